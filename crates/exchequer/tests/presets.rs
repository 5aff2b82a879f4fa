//! The presets: every file that ships, the numbers of the design pages, what is
//! told of a damaged file, and what a scenario sets.
#![allow(clippy::unwrap_used)]

use exchequer::presets::{Ours, Preset, PresetProblem, Shipped};
use exchequer::script::{self, Problem};
use exchequer::views::{Source, Unit};
use exchequer::vocabulary;
use money::{Civil, Span};
use world::rules::{Issuance, Night, Rules};
use world::spec::Value;

const OLD: &str = include_str!("../../../static/presets/cny-2025@1.json");

fn rules(name: &str) -> Rules {
    Preset::find(name, None).unwrap().rules(&[]).unwrap()
}

fn number(digits: &str, unit: Option<&str>) -> Value {
    Value::Number {
        digits: digits.into(),
        unit: unit.map(Into::into),
    }
}

fn ours(path: &str, value: Value) -> Ours {
    Ours {
        path: path.into(),
        value,
        source: Some("Terms v3".into()),
    }
}

/// Whole units, where there is a limit, of balance, payment, day and year.
fn limits(preset: &str, wallet_type: &str) -> [Option<i64>; 4] {
    let rules = rules(preset);
    let ty = rules
        .wallet_types
        .iter()
        .find(|ty| ty.name == wallet_type)
        .unwrap();
    [ty.balance, ty.payment, ty.day, ty.year].map(|limit| limit.map(|minor| minor / 100))
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_file_in_the_folder_ships() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../static/presets");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    let mut shipped: Vec<String> = Preset::shipped()
        .map(|(name, version)| format!("{name}@{version}.json"))
        .collect();
    shipped.sort();
    assert_eq!(found, shipped);
}

#[test]
fn wallet_limits_are_those_of_the_sources() {
    for (preset, wallet_type, expected) in [
        ("cny-2025", "I", [None, None, None, None]),
        (
            "cny-2025",
            "II",
            [Some(500_000), Some(50_000), Some(100_000), None],
        ),
        (
            "cny-2026",
            "III",
            [Some(20_000), Some(5_000), Some(10_000), None],
        ),
        (
            "cny-2026",
            "IV",
            [Some(10_000), Some(2_000), Some(5_000), Some(50_000)],
        ),
        (
            "cny-2020-test",
            "I",
            [Some(500_000), Some(50_000), Some(100_000), Some(500_000)],
        ),
        (
            "cny-2020-test",
            "II",
            [Some(10_000), Some(5_000), Some(10_000), Some(300_000)],
        ),
        (
            "cny-2020-test",
            "IV",
            [Some(1_000), Some(500), Some(1_000), Some(10_000)],
        ),
        ("digital-euro", "personal", [Some(3_000), None, None, None]),
        ("digital-euro", "business", [Some(0), None, None, None]),
        (
            "digital-pound",
            "personal",
            [Some(20_000), None, None, None],
        ),
        ("enaira", "I", [Some(120_000), None, Some(20_000), None]),
        ("enaira", "IV", [Some(5_000_000), None, Some(500_000), None]),
        ("upi-lite", "lite", [Some(5_000), Some(1_000), None, None]),
        ("pix", "personal", [None, None, None, None]),
    ] {
        assert_eq!(
            limits(preset, wallet_type),
            expected,
            "{preset} {wallet_type}"
        );
    }
}

#[test]
fn the_regimes_are_those_of_the_sources() {
    for (preset, issuance, currency, business) in [
        ("cny-2020-test", Issuance::Stocked, "CNY", "I"),
        ("cny-2025", Issuance::Stocked, "CNY", "I"),
        ("cny-2026", Issuance::Deposit, "CNY", "I"),
        ("digital-euro", Issuance::OnDemand, "EUR", "business"),
        ("digital-pound", Issuance::OnDemand, "GBP", "business"),
        ("enaira", Issuance::Stocked, "NGN", "merchant"),
        ("e-rupee", Issuance::Stocked, "INR", "business"),
        ("pix", Issuance::Deposit, "BRL", "business"),
        ("upi-lite", Issuance::Deposit, "INR", "business"),
    ] {
        let rules = rules(preset);
        let type_of_firms = &rules.wallet_types[usize::from(rules.business_type)].name;
        assert_eq!(rules.issuance, issuance, "{preset}");
        assert_eq!(
            (rules.currency.code(), type_of_firms.as_str()),
            (currency, business)
        );
    }
    let cny = rules("cny-2026");
    let interest: Vec<_> = cny
        .wallet_types
        .iter()
        .map(|ty| ty.interest.map(|rate| rate.percent()))
        .collect();
    let rate = Some("0.05%".to_owned());
    assert_eq!(interest, [rate.clone(), rate.clone(), rate, None, None]);
    assert_eq!(cny.insurance, Some(50_000_000));
    assert_eq!(cny.margin.unwrap().percent(), "100%");
    let euro = rules("digital-euro");
    assert!(euro.waterfall && euro.reverse_waterfall);
    let pound = rules("digital-pound");
    assert!(pound.waterfall && !pound.reverse_waterfall);
    let pix = rules("pix");
    assert_eq!(pix.refund_within, Some(Span(80 * 86_400_000)));
    let night = pix.night.unwrap();
    assert_eq!(
        night,
        Night {
            from: 20 * 60,
            to: 6 * 60,
            payment: 100_000
        }
    );
    let covered: Vec<u16> = (0..24).filter(|hour| night.covers(hour * 60)).collect();
    assert_eq!(covered, [0, 1, 2, 3, 4, 5, 20, 21, 22, 23]);
    assert!(night.covers(1_199 + 1) && !night.covers(1_199) && !night.covers(360));
}

#[test]
fn what_2025_has_not_no_other_rule_invents() {
    let rules = rules("cny-2025");
    let plain = Rules {
        latency: rules.latency,
        timeout: rules.timeout,
        ..Rules::new(
            &rules.preset,
            rules.digest,
            rules.currency,
            rules.zone.clone(),
            rules.wallet_types.clone(),
        )
    };
    assert_eq!(rules, plain);
}

#[test]
fn brussels_puts_its_clocks_forward_and_back() {
    let zone = rules("digital-euro").zone;
    let greenwich = money::Zone::fixed("UTC", 0).unwrap();
    for (utc, local) in [
        ("2027-03-28T00:59", "2027-03-28T01:59"),
        ("2027-03-28T01:00", "2027-03-28T03:00"),
        ("2027-10-31T00:59", "2027-10-31T02:59"),
        ("2027-10-31T01:00", "2027-10-31T02:00"),
    ] {
        let at = greenwich.instant(&utc.parse::<Civil>().unwrap()).unwrap();
        assert_eq!(zone.civil(at).to_string(), local);
    }
    let zone = rules("digital-pound").zone;
    let at = greenwich
        .instant(&"2027-07-01T12:00".parse::<Civil>().unwrap())
        .unwrap();
    assert_eq!(zone.civil(at).to_string(), "2027-07-01T13:00");
}

#[test]
fn a_value_of_ours_replaces_the_presets_and_changes_the_digest() {
    let preset = Preset::find("cny-2025", None).unwrap();
    let ours = [
        ours("wallet.IV.payment", number("2500.00", None)),
        ours("wallet.II.interest", number("0.05", Some("%"))),
        ours("waterfall.receipts", Value::Bool(true)),
        ours("refund.within", Value::Duration(Span(60_000))),
    ];
    let (plain, changed) = (preset.rules(&[]).unwrap(), preset.rules(&ours).unwrap());
    assert_eq!(plain.wallet_types[3].payment, Some(200_000));
    assert_eq!(changed.wallet_types[3].payment, Some(250_000));
    let interest = changed.wallet_types[1].interest.unwrap();
    assert_eq!(interest.nano(), Ok(500_000));
    assert!(changed.waterfall && !plain.waterfall);
    assert_eq!(changed.refund_within, Some(Span(60_000)));
    assert_ne!(plain.digest, changed.digest);
    assert_eq!(
        preset.source("wallet.IV.payment", &ours),
        Some(Source::Ours(Some("Terms v3".into())))
    );
}

#[test]
fn a_sheet_has_every_value_with_where_it_comes_from() {
    let preset = Preset::find("cny-2026", None).unwrap();
    let sheet = preset.sheet(&[
        ours("wallet.IV.payment", number("2500.00", None)),
        ours("waterfall.payments", Value::Bool(true)),
    ]);
    assert_eq!(
        (sheet.preset.as_str(), sheet.issuance.as_str()),
        ("cny-2026@1", "deposit")
    );
    let row = |path: &str| sheet.rows.iter().find(|row| row.path == path).unwrap();
    let interest = row("wallet.I.interest");
    assert_eq!(interest.value.as_deref(), Some("0.05%"));
    assert_eq!((interest.unit, interest.ours), (Unit::Rate, false));
    assert_eq!(interest.mark.as_deref(), Some("P"));
    assert_eq!(interest.date.as_deref(), Some("2026-01"));
    assert_eq!(row("insurance.limit").value.as_deref(), Some("500,000.00"));
    assert_eq!(row("wallet.I.balance").value, None);
    let payment = row("wallet.IV.payment");
    assert_eq!(payment.value.as_deref(), Some("2,500.00"));
    assert!(payment.ours && payment.mark.is_none());
    assert_eq!(payment.source.as_deref(), Some("Terms v3"));
    // What the preset itself does not have stands at the end.
    assert_eq!(sheet.rows.last().unwrap().path, "waterfall.payments");
    assert_eq!(sheet.rows.last().unwrap().unit, Unit::Switch);
    assert_eq!(sheet.rows.len(), preset.sheet(&[]).rows.len() + 1);
}

/// What is told of the 2025 preset where one text in it is replaced.
fn told(from: &str, to: &str) -> Vec<String> {
    assert!(OLD.contains(from), "{from}");
    let faults = Preset::read(&OLD.replacen(from, to, 1)).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_damaged_preset_is_told_with_path_and_place() {
    for (from, to, expected) in [
        (
            "\"2000.00\"",
            "\"two thousand\"",
            "31:45: wallet.IV.payment: `two thousand` is not an amount that the currency has, such as \"2000.00\"",
        ),
        (
            "\"30s\"",
            "30",
            "39:43: message.timeout: `30` is not a duration such as \"30s\"",
        ),
        (
            "\"30s\"",
            "null",
            "message.timeout: this cannot be left open; a duration such as \"30s\" was expected",
        ),
        (
            "\"mark\": \"M\"",
            "\"mark\": \"X\"",
            "wallet.I.year: `X` is not a mark; V is verified, P press, M memory, D design",
        ),
        (
            "\"source\": \"terms\"",
            "\"source\": \"rumour\"",
            "wallet.IV.balance: there is no source `rumour` above",
        ),
        (
            "\"date\": \"2026-11\"",
            "\"date\": \"2026-13\"",
            "12:93: sources.design.date: `2026-13` is no date; dates look like 2025, 2025-11 or 2025-11-03",
        ),
        (
            "wallet.IV.payment",
            "wallet.VI.payment",
            "wallet.VI.payment: no rule goes by this path",
        ),
        (
            "wallet.IV.payment",
            "wallet.IV.day",
            "wallet.IV.day: this path has a value already, on line 31",
        ),
        (
            "wallet.IV.payment",
            "wallet.IV.interest",
            "wallet.IV.payment: the value is missing, if only to say that there is no limit",
        ),
    ] {
        let told = told(from, to);
        assert!(
            told.iter().any(|fault| fault.ends_with(expected)),
            "{from} → {to}: {told:#?}"
        );
    }
}

#[test]
fn the_head_of_a_damaged_preset_is_told_with_path_and_place() {
    for (from, to, expected) in [
        (
            "\"stocked\"",
            "\"printed\"",
            "issuance: `printed` is not one of \"stocked\", \"on-demand\" and \"deposit\"",
        ),
        (
            "\"issuance\"",
            "\"issue\"",
            "issue: a preset has no key `issue` here; it has name, version, currency, zone, start, issuance, business_type, wallet_types, sources, values, ended",
        ),
        (
            "\"issuance\"",
            "\"issue\"",
            "preset: the key `issuance` is missing",
        ),
        (
            "\"version\": 1",
            "\"version\": 1, \"version\": 2",
            "3:28: version: the key `version` is given twice",
        ),
        (
            "\"2025-12-31\"",
            "\"2025-12-32\"",
            "ended: `2025-12-32` is no date; dates look like 2025, 2025-11 or 2025-11-03",
        ),
        (
            "\"business_type\": \"I\"",
            "\"business_type\": \"VI\"",
            "business_type: there is no wallet type `VI`",
        ),
        (
            "\"V\"]",
            "\"V.1\"]",
            "wallet_types[4]: `V.1` cannot be a wallet type: types are words without quotes, points or spaces",
        ),
        (
            "\"V\"]",
            "\"I\"]",
            "wallet_types[4]: the wallet type `I` is named twice",
        ),
        (
            "\"CNY\"",
            "\"yuan\"",
            "currency: a currency of three capitals and few decimals was expected here",
        ),
        (
            "28800",
            "288000",
            "zone: a zone is within 18 hours of UTC, and its changes stand in order within 1900 to 2200",
        ),
        (
            "T09:00",
            "T25:00",
            "start: `2025-11-03T25:00` is not a date with a time such as \"2025-11-03T09:00\"",
        ),
        (
            "28800 }",
            "28800, \"transitions\": [{\"at\": \"soon\", \"offset_seconds\": 0}] }",
            "zone.transitions[0].at: `soon` is not a moment in UTC such as \"2027-03-28T01:00\"",
        ),
    ] {
        let told = told(from, to);
        assert!(
            told.iter().any(|fault| fault.ends_with(expected)),
            "{from} → {to}: {told:#?}"
        );
    }
}

#[test]
fn all_that_is_wrong_with_a_preset_is_told_at_once_and_in_order() {
    let text = OLD
        .replace("\"stocked\"", "\"printed\"")
        .replace("\"30s\"", "\"soon\"")
        .replace("\"2000.00\"", "2000");
    let faults = Preset::read(&text).unwrap_err();
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(paths, ["issuance", "wallet.IV.payment", "message.timeout"]);
}

#[test]
fn a_night_has_both_its_ends_and_its_limit() {
    let text = include_str!("../../../static/presets/pix@1.json");
    let text = text.replace("night.to", "policy.rate");
    let faults = Preset::read(&text).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| fault.path == "night.to" && fault.problem == PresetProblem::MissingPath),
        "{faults:?}"
    );
}

#[test]
fn what_is_no_preset_is_one_error_and_no_panic() {
    for text in ["", "{", "nonsense", "[1", "{\"name\": 1,}"] {
        let faults = Preset::read(text).unwrap_err();
        assert_eq!(faults.len(), 1, "{text}");
        assert!(matches!(faults[0].problem, PresetProblem::Syntax { .. }));
    }
    for text in ["{}", "null", "[]", "1", "\"x\""] {
        assert!(Preset::read(text).is_err(), "{text}");
    }
    // Cut short anywhere, or with any byte replaced.
    for at in (0..OLD.len())
        .step_by(7)
        .filter(|at| OLD.is_char_boundary(*at))
    {
        assert!(Preset::read(&OLD[..at]).is_err());
        let mut bytes = OLD.as_bytes().to_vec();
        bytes[at] = b'"';
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = Preset::read(&text);
        }
    }
}

fn problems(lines: &str) -> Vec<String> {
    let text = format!("use cny-2026@1\n{lines}\n");
    let outcome = vocabulary::with(|words| script::parse(&text, words, &Shipped));
    outcome
        .errors()
        .map(|error| error.problem.to_string())
        .collect()
}

#[test]
fn set_takes_every_type_of_value() {
    for line in [
        "set wallet.II.interest=0.05%",
        "set wallet.II.interest=0.0005",
        "set wallet.V.balance=500.00 CNY",
        "set waterfall.receipts=false",
        "set insurance.limit=500_000.00 source=\"a law\"",
        "set policy.rate=1000%",
        "set refund.within=80d",
    ] {
        assert_eq!(problems(line), [""; 0], "{line}");
    }
    let night = "use pix@1\nset night.from=\"22:00\"\n";
    let outcome = vocabulary::with(|words| script::parse(night, words, &Shipped));
    assert_eq!(outcome.diagnostics, []);
}

#[test]
fn set_says_what_it_expects_with_an_example() {
    let rate = "`policy.rate` takes a rate from 0% to 1000% with at most nine decimals, such as 0.05% or 0.0005";
    for (line, expected) in [
        ("set policy.rate=1000.1%", rate),
        ("set policy.rate=-1%", rate),
        ("set policy.rate=0.000_000_000_1", rate),
        (
            "set policy.rate=3/s",
            "`policy.rate` takes a rate such as 0.05%, and this is a number a second",
        ),
        (
            "set waterfall.receipts=1",
            "`waterfall.receipts` takes `true` or `false`, and this is a number",
        ),
        (
            "set insurance.limit=5%",
            "`insurance.limit` takes an amount such as 12.50, and this is a percentage",
        ),
        (
            "set refund.within=80",
            "`refund.within` takes a duration such as 1h30m, and this is a number",
        ),
    ] {
        assert_eq!(problems(line), [expected], "{line}");
    }
    // A night cannot be had in part.
    let problem = &problems("set night.from=\"22:00\"")[0];
    assert!(problem.contains("nothing at `night.from`"), "{problem}");
    for (time, fault) in [("24:00", "no time of day"), ("22:00:01", "times look like")] {
        let text = format!("use pix@1\nset night.from=\"{time}\"\n");
        let outcome = vocabulary::with(|words| script::parse(&text, words, &Shipped));
        let problem = &outcome.diagnostics[0].problem;
        assert!(matches!(problem, Problem::BadTime { .. }), "{problem}");
        assert!(problem.to_string().contains(fault), "{problem}");
    }
}

#[test]
fn what_is_set_keeps_its_meaning_through_both_forms() {
    let text = "use pix@1\nset wallet.personal.interest=0.05%\nset waterfall.receipts=true\nset night.from=\"22:00\"\n";
    vocabulary::with(|words| {
        let outcome = script::parse(text, words, &Shipped);
        assert_eq!(script::format(&outcome.script), text);
        let json = script::to_json(&outcome.script).to_string();
        let back = script::from_json(&json, words, &Shipped);
        assert_eq!(script::format(&back.outcome.script), text);
    });
}

#[test]
fn completion_and_help_say_what_a_value_means() {
    let doc = "The most that it may pay at a time.";
    let text = "use pix@1\nset wallet.personal.pay";
    vocabulary::with(|words| {
        let list = script::complete(text, text.len(), words, &Shipped);
        let paths: Vec<_> = list.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(paths, ["wallet.personal.payment"]);
        assert_eq!(list[0].doc, doc);
        let line = "use pix@1\nset wallet.personal.payment=5.00";
        let at = line.find("personal").unwrap();
        let help = script::hover(line, at, words, &Shipped).unwrap();
        assert_eq!(
            (&line[help.range], help.doc.as_str()),
            ("wallet.personal.payment", doc)
        );
        let text = "use pix@1\nset waterfall.receipts=";
        let list = script::complete(text, text.len(), words, &Shipped);
        let values: Vec<_> = list.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(values, ["true", "false", "none"]);
    });
}

/// The reference pages and the JSON Schema know the same values.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_schema_takes_each_value_by_its_path() {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let schema = vocabulary::with(script::schema);
    compiler.add_resource("scenario.json", schema).unwrap();
    let index = compiler.compile("scenario.json", &mut schemas).unwrap();
    let fits = |line: &str| {
        let text = format!("use pix@1\n{line}\n");
        let outcome = vocabulary::with(|words| script::parse(&text, words, &Shipped));
        schemas
            .validate(&script::to_json(&outcome.script), index)
            .is_ok()
    };
    for line in [
        "set wallet.personal.payment=5_000.00",
        "set wallet.business.interest=0.05%",
        "set night.from=\"22:00\"",
        "set refund.within=1d12h",
        "set waterfall.payments=true",
    ] {
        assert!(fits(line), "{line}");
    }
    for (path, value) in [
        ("wallet.personal.limit", "5.00"),
        ("wallet.payment", "5.00"),
        ("refund.within", "5.00"),
        ("waterfall.payments", "5.00"),
        ("night.from", "22:00"),
    ] {
        let json =
            serde_json::json!({"exq": 1, "lines": [{"set": {"path": path, "value": value}}]});
        assert!(schemas.validate(&json, index).is_err(), "{path}");
    }
}
