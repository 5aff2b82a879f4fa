//! Crowds in a text: ranges, lists, rates a second, and the names of members.

use exchequer::presets::Shipped;
use exchequer::script::{Problem, complete, format, from_json, parse, schema, to_json};
use exchequer::vocabulary;
use exchequer::{Run, RunError};

const TOWN: &str =
    "use cny-2025@1\noperator Harbour\noperator Summit\nmerchant Noodles at=Summit\n";

fn crowd(fields: &str) -> String {
    format!("{TOWN}crowd Town {fields}\n")
}

/// The codes of all problems of a text, and what is marked.
fn problems(text: &str) -> Vec<(&'static str, String)> {
    vocabulary::with(|vocabulary| {
        let found = parse(text, vocabulary, &Shipped).diagnostics;
        let told = found.iter().map(|it| {
            let marked = text[it.place.start..it.place.end].to_owned();
            (it.problem.code(), marked)
        });
        told.collect()
    })
}

fn check(text: &str, expected: &[(&str, &str)]) {
    let found = problems(text);
    let found: Vec<_> = found
        .iter()
        .map(|(code, at)| (*code, at.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_crowd_takes_sums_or_ranges_and_one_bank_or_several() {
    for fields in [
        "count=10_000 at=[Harbour, Summit] type=IV deposit=100.00..5_000.00 cash=0.00..500.00",
        "count=3 at=Harbour type=IV deposit=1_000.00",
        "count=3 at=[Harbour] type=IV",
    ] {
        let text = crowd(fields);
        check(&text, &[]);
        vocabulary::with(|vocabulary| {
            let script = parse(&text, vocabulary, &Shipped).script;
            assert_eq!(format(&script), text);
            let json = to_json(&script).to_string();
            let back = from_json(&json, vocabulary, &Shipped);
            assert_eq!(format(&back.outcome.script), text, "{json}");
        });
    }
}

#[test]
fn what_a_crowd_cannot_take_is_told_at_its_place() {
    let with = |rest: &str| crowd(&format!("count=3 type=IV {rest}"));
    check(
        &with("at=Harbour deposit=5.00..1.00"),
        &[("range-reversed", "5.00..1.00")],
    );
    check(
        &with("at=Harbour deposit=1.00..5.001"),
        &[("too-many-decimals", "1.00..5.001")],
    );
    check(
        &with("at=Harbour cash=\"5.00\""),
        &[("wrong-type", "\"5.00\"")],
    );
    check(
        &with("at=[Harbour, Noodles]"),
        &[("wrong-kind", "[Harbour, Noodles]")],
    );
    check(
        &with("at=[Harbour, Harbour]"),
        &[("listed-twice", "[Harbour, Harbour]")],
    );
    check(&with("at=12.50"), &[("wrong-type", "12.50")]);
    let many: Vec<_> = (0..33).map(|number| format!("Bank{number}")).collect();
    let banks: String = many
        .iter()
        .map(|name| format!("operator {name}\n"))
        .collect();
    let list = format!("[{}]", many.join(", "));
    let text = format!("use cny-2025@1\n{banks}crowd Town count=3 at={list} type=IV\n");
    check(&text, &[("too-many-listed", &list)]);
}

#[test]
fn members_go_by_their_numbers_and_by_no_others() {
    let text = crowd("count=10 at=Harbour type=IV");
    check(
        &format!(
            "{text}Town-10: pay Town-1 1.00\nexpect Town-3.wallet = 0.00\nexpect Town.cash = 0.00\n"
        ),
        &[],
    );
    check(
        &format!("{text}Town-11: pay Town-0 1.00\n"),
        &[("unknown-actor", "Town-11"), ("unknown-actor", "Town-0")],
    );
    // Nobody pays a crowd, and no member trades.
    check(
        &format!("{text}Town-1: pay Town 1.00\n"),
        &[("wrong-kind", "Town")],
    );
    check(
        &format!("{text}Town-1: trade rate=1/s for=1h mean=1.00\n"),
        &[("verb-not-allowed", "trade")],
    );
    // A name is taken whichever comes first.
    let member = "person Town-7 at=Harbour type=IV\n";
    check(&format!("{text}{member}"), &[("name-taken", "Town-7")]);
    check(
        &format!("{text}{}", member.replace("Town-7", "Town-11")),
        &[],
    );
    let after = text.replace("crowd", &format!("{member}crowd"));
    check(&after, &[("name-taken", "Town")]);
}

#[test]
fn a_rate_a_second_is_more_than_nothing_and_at_most_a_million() {
    let text = crowd("count=10 at=Harbour type=IV");
    let trade = |rate: &str| format!("{text}Town: trade rate={rate} for=1h mean=25.00\n");
    for good in ["100/s", "0.5/s", "1_000_000/s", "0.000000001/s"] {
        check(&trade(good), &[]);
    }
    for bad in ["0/s", "1_000_000.1/s", "0.0000000001/s"] {
        check(&trade(bad), &[("bad-frequency", bad)]);
    }
    check(&trade("100"), &[("wrong-type", "100")]);
    check(&trade("5%"), &[("wrong-type", "5%")]);
}

#[test]
fn banks_are_offered_where_a_list_of_them_is_taken() {
    let text = format!("{TOWN}crowd Town count=3 at=");
    let offers = vocabulary::with(|vocabulary| complete(&text, text.len(), vocabulary, &Shipped));
    let labels: Vec<_> = offers.iter().map(|offer| offer.label.as_str()).collect();
    assert_eq!(labels, ["Harbour", "Summit"]);
}

#[test]
fn the_schema_knows_ranges_lists_and_rates_a_second() {
    let schema = vocabulary::with(schema);
    let crowd = &schema["$defs"]["declare.crowd"]["properties"]["with"]["properties"];
    assert_eq!(crowd["deposit"]["$ref"], "#/$defs/amounts");
    assert_eq!(crowd["at"]["anyOf"][1]["type"], "array");
    let trade = &schema["$defs"]["act.trade"]["properties"]["with"]["properties"];
    assert_eq!(trade["rate"]["$ref"], "#/$defs/frequency");
}

#[test]
fn a_crowd_that_is_too_large_is_a_typed_problem_at_its_line() {
    use exchequer::session::Session;
    for count in ["0", "1_000_000", "9_007_199_254_740_992"] {
        let text = crowd(&format!("count={count} at=Harbour type=IV"));
        let mut run = Run::load(&text).expect("the text can be read");
        assert!(matches!(
            run.to_end(),
            Err(RunError::Stopped { line: 5, .. })
        ));
        let session = Session::open(&text);
        let [problem] = session.diagnostics() else {
            panic!("one problem: {:?}", session.diagnostics())
        };
        assert_eq!(problem.problem, Problem::CrowdSize { most: 1_000_000 });
        assert_eq!(problem.place.line, 5);
    }
    let text = crowd("count=10 at=Harbour type=IV") + "Town: run chance=1% every=0s for=1h\n";
    let session = Session::open(&text);
    let problem = &session.diagnostics()[0].problem;
    assert_eq!(*problem, Problem::TooOften { most: 20_000_000 });
}
