//! What holds of every text, also of random ones.

use std::collections::BTreeMap;

use exchequer::script::{
    Outcome, Problem, Severity, complete, format, from_json, highlight, hover, render, to_json,
};
use proptest::prelude::*;

use crate::support::{CAST, OPENING, Shelf, VOCABULARY, read};

/// What holds of any text whatever.
fn sound(text: &[u8]) {
    let outcome = read(text);
    let mut last = (0, 0);
    for diagnostic in &outcome.diagnostics {
        let place = diagnostic.place;
        assert!(place.start <= place.end && place.end <= text.len());
        assert!(place.line >= 1 && place.column >= 1 && place.column <= place.end_column);
        if !matches!(diagnostic.problem, Problem::TooManyProblems { .. }) {
            assert!(last <= (place.line, place.column));
            last = (place.line, place.column);
        }
        assert!(!render(diagnostic, "x.exq", text).is_empty());
        let json = serde_json::to_value(diagnostic).unwrap();
        assert_eq!(json["problem"]["code"], diagnostic.code());
        assert_eq!(
            serde_json::from_value::<exchequer::script::Diagnostic>(json).unwrap(),
            *diagnostic
        );
    }
    // An error spoils its line, and only an error does.
    let errors = outcome.errors().count();
    if outcome.preset.is_some() {
        assert_eq!(outcome.script.waits_for().is_some(), errors > 0);
    }
    for (number, line) in (1_u32..).zip(&outcome.script.lines) {
        assert_eq!(line.place.line, number);
    }
    if errors == 0 {
        round_trip(&outcome);
    }
}

fn round_trip(outcome: &Outcome) {
    let text = format(&outcome.script);
    let again = read(&text);
    assert_eq!(again.errors().count(), 0, "{text}");
    assert_eq!(format(&again.script), text);
    let statements = |outcome: &Outcome| {
        let statements = outcome.script.statements();
        statements.map(|(_, s)| s.clone()).collect::<Vec<_>>()
    };
    assert_eq!(statements(&again), statements(outcome), "{text}");
    let json = to_json(&outcome.script);
    let imported = from_json(json.to_string(), &VOCABULARY, &Shelf);
    assert_eq!(imported.outcome.errors().count(), 0, "{json}");
    assert_eq!(format(&imported.outcome.script), text);
}

/// What an editor does with a text at a place.
fn edited(text: &str, place: usize) {
    let mut last = 0;
    for (range, _) in highlight(text) {
        assert!(last <= range.start && range.start < range.end);
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
        last = range.end;
    }
    for offer in complete(text, place, &VOCABULARY, &Shelf) {
        assert!(text.get(offer.replace).is_some());
    }
    if let Some(hover) = hover(text, place, &VOCABULARY, &Shelf) {
        assert!(text.get(hover.range).is_some());
    }
}

/// A piece of script, good or not.
fn piece() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "title",
        "use",
        "seed",
        "start",
        "lang",
        "signing",
        "set",
        "step",
        "note",
        "ask",
        "choice",
        "reveal",
        "try",
        "contract",
        "condition",
        "end",
        "wait",
        "expect",
        "refused",
        "ok",
        "holds",
        "right",
        "as",
        "id",
        "source",
        "person",
        "operator",
        "wallet",
        "Alice",
        "Bob",
        "Noodles",
        "Harbour",
        "\"Noodle Bar\"",
        "central-bank",
        "network",
        "pay",
        "exchange",
        "issue",
        "redeem",
        "open-sub",
        "contract.claim",
        "at",
        "amount",
        "to",
        "memo",
        "type",
        "IV",
        "cny-2025",
        "card.balance",
        "limit.payment",
        "true",
        "CNY",
        "on",
        "1",
        "12.50",
        "1_000.00",
        "-1",
        "5%",
        "2/s",
        "09:30",
        "+5m",
        "2025-11-04T09:00",
        "1h30m",
        "\"text\"",
        "\"",
        "\\",
        ":",
        "=",
        "!=",
        "<=",
        "[",
        "]",
        "{",
        "}",
        ",",
        ".",
        "..",
        "/",
        "+",
        "@",
        "#",
        "\t",
        " ",
        "：",
        "é",
        "e\u{301}",
        "\u{202E}",
        "\u{7}",
        "李",
    ];
    prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn line() -> impl Strategy<Value = String> {
    let spaced = prop::collection::vec((piece(), prop::bool::weighted(0.6)), 0..9);
    let random = spaced.prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(piece, space)| if space { format!("{piece} ") } else { piece })
            .collect()
    });
    let good: Vec<&str> = OPENING.lines().chain(CAST.lines()).collect();
    let good = prop::sample::select(good).prop_map(str::to_owned);
    prop_oneof![random, good]
}

/// A line that is good below the cast.
fn good_line() -> impl Strategy<Value = String> {
    let amount =
        (0_u64..10_000_000, 0_u8..100).prop_map(|(whole, part)| format!("{whole}.{part:02}"));
    let text = "[a-zA-Zé李\"\\\\\n #]{0,12}".prop_map(|text: String| {
        let text = text
            .replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n");
        format!("\"{text}\"")
    });
    let party = prop::sample::select(vec!["Alice", "Bob", "Noodles", "\"Noodle Bar\""]);
    let when = prop::sample::select(vec!["", "+1s ", "+1m30s ", "+0ms "]);
    let comment = prop::sample::select(vec!["", " # why", "#", "   #  a  b "]);
    let statement = prop_oneof![
        (
            when.clone(),
            party.clone(),
            party.clone(),
            amount.clone(),
            text.clone()
        )
            .prop_map(|(when, from, to, amount, memo)| {
                format!("{when}{from}:  pay memo={memo} to={to} amount={amount}")
            }),
        (when.clone(), party.clone(), amount.clone())
            .prop_map(|(when, from, amount)| format!("{when}{from}: redeem {amount} CNY")),
        (when, party.clone(), amount.clone())
            .prop_map(|(when, who, amount)| format!("{when}expect {who}.wallet <= -{amount}")),
        text.clone().prop_map(|text| format!("note {text}")),
        (text.clone(), text.clone()).prop_map(|(ask, choice)| {
            format!("ask {ask}\nchoice {choice}\nchoice {choice} right\nreveal {ask}")
        }),
        (text, party, amount)
            .prop_map(|(text, who, amount)| format!("try {text} {who}: redeem {amount}")),
        Just("\n\n".to_owned()),
        Just("+1d wait".to_owned()),
    ];
    (statement, comment).prop_map(|(statement, comment)| format!("{statement}{comment}"))
}

proptest! {
    #[test]
    fn random_bytes_are_read_to_the_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sound(&bytes);
    }

    #[test]
    fn random_lines_are_read_to_the_end(
        lines in prop::collection::vec(line(), 0..12),
        headed in any::<bool>(),
        place in 0_usize..400,
    ) {
        let text = if headed { format!("{CAST}{}", lines.join("\n")) } else { lines.join("\n") };
        sound(text.as_bytes());
        edited(&text, place);
    }

    #[test]
    fn the_opening_scenario_mutated_is_read_to_the_end(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..6),
    ) {
        let mut bytes = OPENING.as_bytes().to_vec();
        for (index, byte, change) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            match change {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => bytes.truncate(at.max(1)),
            }
        }
        sound(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        edited(&text, text.len() / 2);
    }

    #[test]
    fn lines_swapped_and_doubled_are_read_to_the_end(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 1..6),
    ) {
        let mut lines: Vec<&str> = OPENING.lines().collect();
        for (one, other, double) in changes {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            if double {
                lines.insert(one, lines[other]);
            } else {
                lines.swap(one, other);
            }
        }
        sound(lines.join("\n").as_bytes());
    }

    #[test]
    fn good_lines_are_good_and_keep_their_meaning(lines in prop::collection::vec(good_line(), 0..12)) {
        let text = format!("{CAST}{}\n", lines.join("\n"));
        let outcome = read(&text);
        prop_assert_eq!(outcome.errors().count(), 0, "{}", text);
        round_trip(&outcome);
    }

    #[test]
    fn random_json_is_read_to_the_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let imported = from_json(&bytes, &VOCABULARY, &Shelf);
        prop_assert!(imported.outcome.errors().count() > 0);
    }

    #[test]
    fn the_opening_scenario_in_json_mutated_is_read_to_the_end(
        changes in prop::collection::vec((any::<prop::sample::Index>(), piece()), 1..4),
    ) {
        let mut json = to_json(&read(OPENING).script);
        for (index, piece) in changes {
            // One string somewhere becomes another.
            let mut strings = Vec::new();
            collect(&mut json, &mut strings);
            let count = strings.len();
            **strings.get_mut(index.index(count)).unwrap() = piece.into();
        }
        let imported = from_json(json.to_string(), &VOCABULARY, &Shelf);
        for diagnostic in &imported.outcome.diagnostics {
            let pointer = diagnostic.pointer.as_deref().unwrap();
            prop_assert!(json.pointer(pointer).is_some(), "{} {:?}", pointer, diagnostic);
        }
        if imported.outcome.errors().count() == 0 {
            round_trip(&imported.outcome);
        }
    }
}

fn collect<'j>(json: &'j mut serde_json::Value, strings: &mut Vec<&'j mut serde_json::Value>) {
    match json {
        serde_json::Value::String(_) => strings.push(json),
        serde_json::Value::Array(values) => values.iter_mut().for_each(|v| collect(v, strings)),
        serde_json::Value::Object(values) => values.values_mut().for_each(|v| collect(v, strings)),
        _ => {}
    }
}

#[test]
fn codes_are_kebab_case_and_stand_for_one_problem_each() {
    let mut seen = BTreeMap::new();
    for code in Problem::CODES {
        assert!(
            code.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{code}"
        );
        assert_eq!(seen.insert(code, ()), None, "{code}");
    }
}

#[test]
fn a_diagnostic_is_an_object_that_an_app_can_word() {
    let outcome = read(format!("{CAST}Alice: pya Noodles 1\n"));
    assert_eq!(
        serde_json::to_value(&outcome.diagnostics[0]).unwrap(),
        serde_json::json!({
            "severity": "error",
            "place": {"start": CAST.len() + 7, "end": CAST.len() + 10, "line": 9, "column": 8, "endColumn": 11},
            "problem": {"code": "unknown-verb", "verb": "pya"},
            "suggestion": {
                "place": {"start": CAST.len() + 7, "end": CAST.len() + 10, "line": 9, "column": 8, "endColumn": 11},
                "replacement": "pay",
            },
        })
    );
    assert_eq!(outcome.diagnostics[0].severity, Severity::Error);
}

/// Taking what is suggested leads somewhere: the same problem is not found in
/// the same place again.
#[test]
fn suggestions_are_worth_taking() {
    let mut taken = 0;
    for line in [
        "Alice: pya Noodles 1",
        "Alcie: redeem 1",
        "persn Carol at=Harbour",
        "person Carol at=Harbor",
        "Alice: pay Noodles 1 mem=\"x\"",
        "Alice: pay Noodles 1 memo=lunch",
        "Alice: redeem \"5.00\"",
        "Alice: redeem -1.00",
        "Alice: redeem 2,500.00",
        "Alice: pay Noodles 1 memo = \"x\"",
        "Alice redeem 1",
        "08:00 Alice: redeem 1",
        "9:30 Alice: redeem 1",
        "2025-12-01 wait",
        "30s wait",
        "wait",
        "note \"open",
        "note open air",
        "note \"a\\tb\"",
        "Alice： redeem 1",
        "Alice: redeem １",
        "expect Alice.wallet=1",
        "central-bank: issue 1.00 Harbour",
        "Summit: freeze Bob for=30",
        "Summit: freeze Bob frad",
        "expect Alice.walet = 1",
        "person Carol at=Harbour type=VI",
        "note \"a\u{202E}b\"",
        "Alice: pay \"Noodle Baz\" 1",
    ] {
        let text = format!("{CAST}{line}\n");
        let before = read(&text);
        let problem = before
            .diagnostics
            .iter()
            .find(|diagnostic| diagnostic.suggestion.is_some())
            .unwrap_or_else(|| panic!("{line}"));
        let suggestion = problem.suggestion.as_ref().unwrap();
        let mut better = text.clone();
        better.replace_range(
            suggestion.place.start..suggestion.place.end,
            &suggestion.replacement,
        );
        assert_eq!(read(&better).errors().count(), 0, "{better}");
        taken += 1;
    }
    assert_eq!(taken, 29);
}
