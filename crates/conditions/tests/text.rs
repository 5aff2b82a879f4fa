//! Reading blocks: what is wrong is told at its place, all of it at once.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use conditions::catalogue::{Block, TEMPLATES};
use conditions::text::FieldKind;
use conditions::{Contract, Diagnostic, Name, limits, text};
use proptest::prelude::*;

fn name() -> Name {
    Name::new("It").unwrap()
}

fn told(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|it| {
            let place = it.place.unwrap();
            let suggestion = it
                .suggestion
                .as_ref()
                .map_or(String::new(), |it| format!(" -> {it}"));
            format!(
                "{}:{} {}{suggestion}",
                place.line,
                place.column,
                it.problem.code()
            )
        })
        .collect()
}

fn contract(body: &str) -> Vec<String> {
    match text::load_contract(&name(), 0, &text::lines(body), 2) {
        Ok(_) => Vec::new(),
        Err(errors) => told(&errors),
    }
}

fn condition(body: &str) -> Vec<String> {
    match text::load_condition(&name(), 0, &text::lines(body), 2) {
        Ok(_) => Vec::new(),
        Err(errors) => told(&errors),
    }
}

/// A right contract with one line put in the place of another.
fn with(line: usize, replacement: &str) -> Vec<String> {
    let right = [
        "parties buyer=Alice seller=Bob",
        "hold 100.00 from buyer",
        "step one until 10d",
        "when seller claims: pay 50.00 to seller",
        "else: go on",
        "step two until 20d",
        "when buyer confirms: pay all to seller",
        "else: close",
    ];
    let mut lines = right.to_vec();
    lines[line - 1] = replacement;
    contract(&lines.join("\n"))
}

#[test]
fn each_fault_of_a_contract_is_told_at_its_place() {
    let rows: &[(usize, &str, &[&str])] = &[
        (1, "parties buyer=Alice seller=Bob  # right", &[]),
        (
            1,
            "partys buyer=Alice seller=Bob",
            &["1:1 unknown-line -> parties"],
        ),
        (
            1,
            "parties buyer=Alice buyer=Bob seller",
            &["1:21 name-taken"],
        ),
        (
            1,
            "parties buyer",
            &["4:34 unknown-party", "7:33 unknown-party"],
        ),
        (1, "parties buyer= 5", &["1:16 expected"]),
        (
            1,
            "parties from=Alice seller=Bob",
            &["1:9 expected -> \"from\""],
        ),
        (2, "hold 0.00 from buyer", &["2:1 zero-amount"]),
        (2, "hold -5.00 from buyer", &["2:6 expected"]),
        (2, "hold 1,000.00 from buyer", &["2:7 expected"]),
        (2, "hold 100.001 from buyer", &["2:6 too-fine"]),
        (
            2,
            "hold 99_999_999_999_999_999.00 from buyer",
            &["2:6 malformed"],
        ),
        (
            2,
            "hold 90_000_000_000_000.00 times 2 from buyer",
            &["2:1 overflow"],
        ),
        (2, "hold held of buyer from buyer", &["2:1 not-constant"]),
        (2, "hold all from buyer", &["2:1 all-of-whom"]),
        (2, "hold 100.00 from byer", &["2:18 unknown-party -> buyer"]),
        (2, "hold 100.00 from \"buyer", &["2:18 unterminated-text"]),
        (2, "hold 100.00 from \"bu\\yer\"", &["2:18 bad-escape"]),
        (2, "hold 100.00 € from buyer", &["2:13 stray-character"]),
        (2, "", &["4:1 nobody-pays", "7:1 nobody-pays"]),
        (
            2,
            "hold 1.00 from buyer\non ruin of seller: go one",
            &["3:23 backward"],
        ),
        (
            2,
            "hold 1.00 from buyer\non ruin of seler: go two",
            &["3:12 unknown-party -> seller"],
        ),
        (3, "step one", &["3:1 missing-until"]),
        (3, "step one until 10", &["3:16 expected"]),
        (3, "step one until 10x", &["3:16 malformed"]),
        (3, "step one from 10d until 10d", &["3:1 time-reversed"]),
        (3, "step one until 99_999d", &["3:1 too-long"]),
        (3, "step one until 10d repeat 0", &["3:1 too-many"]),
        (3, "step one until 10d repeat 513", &["3:1 too-many"]),
        (
            3,
            "step one until 10d repeat 500 every 365d",
            &["3:1 too-long"],
        ),
        (
            3,
            "step one until 10d repat 2",
            &["3:20 expected -> repeat"],
        ),
        (3, "step two until 10d", &["6:6 name-taken"]),
        (
            4,
            "when seler claims: pay 50.00 to seller",
            &["4:6 unknown-party -> seller"],
        ),
        (
            4,
            "when seller claims pay 50.00 to seller",
            &["4:20 expected"],
        ),
        (
            4,
            "when seller claims: pya 50.00 to seller",
            &["4:21 expected -> pay"],
        ),
        (
            4,
            "when seller claims: pay 0 to seller",
            &["4:1 zero-amount"],
        ),
        (
            4,
            "when seller claims: pay x to seller",
            &["4:25 unknown-value"],
        ),
        (4, "when seller claims: pay 1.00 to them", &[]),
        (4, "when seller claims: go one", &["4:24 backward"]),
        (
            4,
            "when seller claims: go too",
            &["4:24 unknown-step -> two"],
        ),
        (4, "when seller claims: close, close", &["4:26 expected"]),
        (
            4,
            "when seller claims: let buyer = 1.00",
            &["4:25 name-taken"],
        ),
        (
            4,
            "when seller claims: split all as 60% to seller and 50% to buyer",
            &["4:1 shares-too-much"],
        ),
        (
            4,
            "when seller claims: split all as 60% to seller",
            &["4:1 shares-too-little"],
        ),
        (
            4,
            "when seller claims: split all as 60% to seller up to 1.00 and 40% to buyer",
            &["4:1 cap-without-rest"],
        ),
        (
            4,
            "when seller names x from 2.00 to 1.00: pay x to seller",
            &["4:1 range-reversed"],
        ),
        (
            4,
            "when 3 of [buyer, seller] sign it: close",
            &["4:1 bad-signers"],
        ),
        (4, "when seller shows key: close", &["4:19 unknown-secret"]),
        (
            4,
            "when buyer deposits 1.00 - 1.00: go on",
            &["4:1 zero-amount"],
        ),
        (
            4,
            "when seller claims: let x = 90_000_000_000_000.00 times 1_000",
            &["4:57 malformed"],
        ),
        (
            4,
            "when seller claims: let x = 90_000_000_000_000.00 times 1000",
            &["4:1 overflow"],
        ),
        (
            4,
            "when seller claims: if 1.00 above 2.00 close",
            &["4:29 expected"],
        ),
        (
            4,
            "when seller claims: if 1.00 at most 2.00 close, pay 1.00 to seller",
            &[],
        ),
        (5, "else: pay 1.00 to them", &["5:1 nobody-acted"]),
        (5, "", &["3:6 missing-else"]),
        (5, "do: go on", &["5:1 else-or-do"]),
        (6, "parties x y", &["6:1 belongs-above", "8:1 twice"]),
        (8, "else: close\nelse: close", &["9:1 twice"]),
    ];
    let mut wrong = Vec::new();
    for (line, replacement, expected) in rows {
        let found = with(*line, replacement);
        if found != *expected {
            wrong.push(format!("{replacement}\n  {found:?}\n  {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(contract(""), ["0:1 no-parties", "0:1 no-steps"]);
    assert_eq!(contract("when a claims: close"), ["1:1 outside-step"]);
}

#[test]
fn all_faults_are_told_at_once() {
    let body = "parties buyer=Alice seller=Bob
        hold 0 from buyer
        step one until 10d
        when seller claims: pay nothing
        when seler claims: pay 5.00 to seller
        else: go one
        step two until 20y
        when nobody cares: close";
    assert_eq!(
        contract(body),
        [
            "2:9 zero-amount",
            "4:40 expected",
            "5:14 unknown-party -> seller",
            "6:18 backward",
            "7:24 malformed"
        ]
    );
}

#[test]
fn each_fault_of_a_condition_is_told_at_its_place() {
    let rows: &[(&str, &[&str])] = &[
        ("category in [5812, 5814]\nbefore 2025-12-31T00:00", &[]),
        (
            "any (payee is Bar, not area in [\"Old Town\", Harbour])",
            &[],
        ),
        (
            "shows \"41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb\"",
            &[],
        ),
        ("", &["0:1 empty"]),
        ("amount at least 5.00", &["1:11 expected"]),
        ("amuont at most 5.00", &["1:1 expected -> amount"]),
        ("amount at most 0", &["1:1 zero-amount"]),
        ("amount at most 0.001", &["1:16 too-fine"]),
        ("category is 58", &["1:13 malformed"]),
        ("category in [5812, 5812]", &["1:20 listed-twice"]),
        ("before 2025-02-30T00:00", &["1:8 no-such-time"]),
        ("before soon", &["1:8 expected"]),
        ("signed by 3 of [a, b]", &["1:1 bad-signers"]),
        ("signed by 1 of [a, a]", &["1:20 listed-twice"]),
        ("shows \"41ef\"", &["1:7 malformed"]),
        ("any ()", &["1:6 expected"]),
        ("payee in [a, b", &["1:15 expected"]),
    ];
    for (body, expected) in rows {
        assert_eq!(condition(body), *expected, "{body}");
    }
}

#[test]
fn what_is_too_much_is_refused() {
    let nested = format!(
        "{}amount at most 1.00{}",
        "any (".repeat(14),
        ")".repeat(14)
    );
    assert_eq!(
        condition(&nested)[0].split(' ').next_back(),
        Some("too-deep")
    );
    let long = format!("payee in [{}]", vec!["a"; 65].join(", "));
    assert_eq!(condition(&long)[0].split(' ').next_back(), Some("too-many"));
    let wide = format!("amount at most {}", "1".repeat(limits::LINE_CHARS));
    assert_eq!(condition(&wide), ["1:1 too-many"]);
    let many = "amount at most 1.00\n".repeat(limits::LINES + 1);
    assert_eq!(condition(&many), ["1001:1 too-many"]);
    let sum = vec!["1.00"; 200].join(" + ");
    assert_eq!(
        with(2, &format!("hold {sum} from buyer"))[0]
            .split(' ')
            .next_back(),
        Some("too-many")
    );
    let parens = format!("hold {}1.00{} from buyer", "(".repeat(400), ")".repeat(400));
    assert_eq!(with(2, &parens)[0].split(' ').next_back(), Some("too-deep"));
    let turns = "step a until 1d repeat 512 every 1d\nelse: go on\n";
    let mut body = "parties a=A\nhold 1.00 from a\n".to_owned();
    for step in 0..5 {
        body.push_str(&turns.replace("step a", &format!("step s{step}")));
    }
    assert_eq!(contract(&body)[0].split(' ').next_back(), Some("too-many"));
    let json = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(
        conditions::contract_from_json(&json)
            .unwrap_err()
            .problem
            .code(),
        "json"
    );
    let huge = " ".repeat(limits::JSON_BYTES + 1);
    assert_eq!(
        conditions::contract_from_json(&huge)
            .unwrap_err()
            .problem
            .code(),
        "too-many"
    );
}

#[test]
fn formatting_keeps_comments_blank_lines_and_what_cannot_be_read() {
    let body = "parties   buyer=Alice  # who\n\n# a remark\nstep one until 90m repeat 2\nwhen buyer \"go\":close\nelse:close\nhold what";
    assert_eq!(
        text::format_contract(&text::lines(body)),
        [
            "  parties buyer=Alice  # who",
            "",
            "  # a remark",
            "  step one until 1h30m repeat 2",
            "    when buyer \"go\": close",
            "    else: close",
            "hold what",
        ]
    );
}

#[test]
fn the_blocks_of_the_reference_page_are_right_and_written_as_the_formatter_writes() {
    let page = include_str!("../../../docs/conditions.md");
    let blocks: Vec<&str> = page
        .split("```exq\n")
        .skip(1)
        .map(|it| it.split("```").next().unwrap())
        .collect();
    assert!(blocks.len() >= 4);
    for block in blocks {
        let lines = text::lines(block);
        let (first, inner) = (lines[0].1, &lines[1..lines.len() - 1]);
        let (word, called) = first.split_once(' ').unwrap();
        let called = Name::new(called).unwrap();
        let written = match word {
            "contract" => {
                text::contract_text(&text::load_contract(&called, 1, inner, 2).unwrap().0)
            }
            _ => text::condition_text(&text::load_condition(&called, 1, inner, 2).unwrap()),
        };
        assert_eq!(written, block);
    }
    let json = page
        .split("```json\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let contract = conditions::contract_from_json(json).unwrap();
    assert!(conditions::Machine::new(&contract, 2).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_is_too_strange(body in "([a-z0-9 .:,=()\\[\\]%/\"+-]|pay |when |step |until |all |of |[^x]){0,60}") {
        let lines = text::lines(&body);
        for diagnostics in [
            text::load_contract(&name(), 0, &lines, 2).err(),
            text::load_condition(&name(), 0, &lines, 2).err(),
        ].into_iter().flatten() {
            for it in diagnostics {
                let place = it.place.unwrap();
                let line = place.line as usize;
                prop_assert!(line <= lines.len() && place.column <= place.end_column);
                let width = if line == 0 { 0 } else { lines[line - 1].1.chars().count() };
                prop_assert!(place.column as usize <= width + 1);
                prop_assert!(!it.to_string().is_empty());
            }
        }
    }
}

#[test]
fn every_field_of_the_catalogue_can_be_filled_in_where_it_stands() {
    for template in conditions::catalogue::TEMPLATES {
        let name = Name::new("It").unwrap();
        let filled = template.fill(&name, &[], 2).unwrap();
        let whole = filled.text();
        // Without its first line and its `end`.
        let lines: Vec<&str> = whole.lines().collect();
        let lines: Vec<(u32, &str)> = (1..)
            .zip(lines[1..lines.len() - 1].iter().copied())
            .collect();
        let roles: Vec<String> = match &filled {
            conditions::catalogue::Filled::Contract(both) => {
                both.1.roles().iter().map(ToString::to_string).collect()
            }
            conditions::catalogue::Filled::Condition(_) => Vec::new(),
        };
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        let fields = text::fields(&lines, &roles);
        assert!(
            fields.len() >= template.params.len() / 2,
            "{}",
            template.key
        );
        for field in &fields {
            let line = lines[field.line as usize - 1].1;
            assert_eq!(&line[field.from..field.to], field.text, "{}", template.key);
            let other = match field.kind {
                FieldKind::Amount => "1.01",
                FieldKind::Duration => "366d",
                FieldKind::Count => "1",
                FieldKind::Share => "1/1000",
                FieldKind::Moment => "2031-01-02T03:04",
                FieldKind::Image => {
                    "\"00ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb\""
                }
                FieldKind::Player | FieldKind::Name => "\"Somebody else\"",
                FieldKind::Party => field.text.as_str(),
                FieldKind::Category => "4111",
                // With all that the block says of it: the next test.
                FieldKind::Step => continue,
            };
            assert_eq!(
                field.kind.written(&field.plain()).as_deref(),
                Some(field.text.as_str()),
                "{}",
                template.key
            );
            let other = match other.strip_prefix("\"Some") {
                Some(_) => "Somebody else",
                None => other,
            };
            let other = &field.kind.written(other).expect(other);
            assert_eq!(field.kind.written(""), None);
            let changed = format!("{}{other}{}", &line[..field.from], &line[field.to..]);
            let mut others = lines.clone();
            others[field.line as usize - 1].1 = &changed;
            // One field alone may make no sense with the others; it can be read.
            let unread = match &filled {
                conditions::catalogue::Filled::Contract(_) => {
                    text::read_contract(&name, 0, &others).diagnostics
                }
                conditions::catalogue::Filled::Condition(_) => {
                    text::read_condition(&name, 0, &others).diagnostics
                }
            };
            assert!(unread.is_empty(), "{}: {changed}: {unread:?}", template.key);
        }
    }
}

#[test]
fn fields_know_what_they_take_and_what_they_stand_behind() {
    let body = "parties buyer=Alice seller=\"Night market\"
secret key sha256=\"41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb\"
hold 100.00 times 12 from buyer
step month from 1d until 30d repeat 12 every 30d # until 9d
when buyer names fee from 1.00 to 2.00: pay 5% of fee to seller from buyer
when 1 of [buyer, seller] sign buyer: close
else: split all as 1/3 to seller up to 5.00 and rest to buyer, go month";
    let fields = text::fields(&text::lines(body), &["buyer", "seller"]);
    let told: Vec<String> = fields
        .iter()
        .map(|it| format!("{} {:?} {} {}", it.line, it.kind, it.behind, it.text))
        .collect();
    assert_eq!(
        told,
        [
            "1 Player buyer Alice",
            "1 Player seller \"Night market\"",
            "2 Image  \"41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb\"",
            "3 Amount hold 100.00",
            "3 Count times 12",
            "3 Party from buyer",
            "4 Step step month",
            "4 Duration from 1d",
            "4 Duration until 30d",
            "4 Count repeat 12",
            "4 Duration every 30d",
            "5 Party when buyer",
            "5 Amount from 1.00",
            "5 Amount to 2.00",
            "5 Share pay 5%",
            "5 Party to seller",
            "5 Party from buyer",
            "6 Count when 1",
            "6 Party of buyer",
            "6 Party of seller",
            "7 Share as 1/3",
            "7 Party to seller",
            "7 Amount to 5.00",
            "7 Party to buyer",
        ]
    );
    let rules =
        "category in [5812, 5814]\nday at most 100.00\nany (payee is Alice, signed by 1 of [Bob])";
    let fields = text::fields(&text::lines(rules), &[]);
    let told: Vec<String> = fields
        .iter()
        .map(|it| format!("{:?} {}", it.kind, it.text))
        .collect();
    assert_eq!(
        told,
        [
            "Category 5812",
            "Category 5814",
            "Amount 100.00",
            "Name Alice",
            "Count 1",
            "Name Bob"
        ]
    );
}

#[test]
fn a_step_is_renamed_wherever_the_block_names_it() {
    let mut renamed = 0;
    for template in TEMPLATES.iter().filter(|it| it.block == Block::Contract) {
        let name = Name::new("Any").unwrap();
        let filled = template.fill(&name, &[], 2).unwrap().text();
        let whole: Vec<&str> = filled.lines().collect();
        let body = whole[1..whole.len() - 1].join("\n") + "\n";
        let before = text::read_contract(&name, 0, &text::lines(&body));
        assert!(before.diagnostics.is_empty());
        for step in &before.value.steps {
            for new in ["on", "all", "the long way", "step-99"] {
                let to = Name::new(new).unwrap();
                let after = text::renamed_step(&body, step.name.as_str(), &to).unwrap();
                let read = text::read_contract(&name, 0, &text::lines(&after));
                assert!(read.diagnostics.is_empty(), "{after}");
                // The same contract under another name, in every form, and back again.
                let json = serde_json::to_string(&read.value).unwrap();
                assert_eq!(serde_json::from_str::<Contract>(&json).unwrap(), read.value);
                let back = text::renamed_step(&after, new, &step.name).unwrap();
                assert_eq!(back, body);
                assert_ne!(read.value, before.value);
                renamed += 1;
            }
            for other in &before.value.steps {
                let taken = text::renamed_step(&body, step.name.as_str(), &other.name);
                assert_eq!(taken.is_some(), other.name == step.name);
            }
        }
        assert_eq!(text::renamed_step(&body, "no such step", &name), None);
    }
    assert!(renamed > 40);
}

#[test]
fn payments_are_found_in_a_line_and_taken_out_whole() {
    for (line, payments) in [
        ("when a claims: pay 1.00 to b", vec!["pay 1.00 to b"]),
        ("else: close", vec![]),
        ("do: pay 1.00 to b, close", vec!["pay 1.00 to b, "]),
        (
            "else: let x = least (1.00, 2.00), pay x to b, pay most (x, 3.00) to c from d, go on",
            vec!["pay x to b, ", "pay most (x, 3.00) to c from d, "],
        ),
        (
            "when 1 of [a, b] sign it: set aside 1.00 for a, pay all to b # , pay",
            vec![", pay all to b"],
        ),
        ("else: pay 1.00 to \"a, b\"", vec!["pay 1.00 to \"a, b\""]),
    ] {
        let found = text::doings(line).unwrap();
        let places: Vec<&str> = found.payments.iter().map(|at| &line[at.clone()]).collect();
        assert_eq!(places, payments, "{line}");
        assert!(line[..found.begin].trim_end().ends_with(':'));
        assert_eq!(
            found.only,
            !line.contains(", ") || line.contains('"'),
            "{line}"
        );
    }
    for none in [
        "step one until 1d",
        "parties a b",
        "else:",
        "",
        "# a: pay 1.00 to b",
    ] {
        assert_eq!(text::doings(none), None, "{none}");
    }
}
