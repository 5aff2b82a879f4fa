//! Forms say what the script says: every act of every scenario, and nothing
//! but one line whatever is typed.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use exchequer::presets::Shipped;
use exchequer::script::{self, Act, Deeds, Draft, Drafted, Problem, Statement, Takes};
use exchequer::vocabulary;
use proptest::prelude::*;
use world::spec::{FieldType, Value};

const TEXT: &str = "use cny-2025@1\noperator Harbour reserves=1_000.00\n\
    person Alice at=Harbour type=II deposit=500.00\nperson \"Old Bob\" at=Harbour type=IV\n\
    merchant Noodles at=Harbour\ncentral-bank: issue 500.00 to=Harbour\n\
    +1m Alice: exchange 100.00\nAlice: pay Noodles 5.00\n";

fn deeds(text: &str, line: u32, actor: &str) -> Deeds {
    vocabulary::with(|words| script::deeds(text, line, actor, words, &Shipped))
}

fn drafted(text: &str, line: u32, draft: &Draft) -> Drafted {
    vocabulary::with(|words| script::drafted(text, line, draft, words, &Shipped))
}

fn draft(actor: &str, verb: &str, given: &[(&str, &str)]) -> Draft {
    Draft {
        actor: actor.to_owned(),
        verb: verb.to_owned(),
        given: given
            .iter()
            .map(|(field, it)| ((*field).to_owned(), vec![((*it).to_owned(), String::new())]))
            .collect(),
        named: String::new(),
    }
}

/// What has to be filled in to say an act.
fn draft_of(act: &Act) -> Draft {
    let said = |value: &Value, ty| match value {
        Value::Name(name) => name.clone(),
        Value::Text(text) => text.clone(),
        other => script::value(other, Some(ty)),
    };
    let mut given = BTreeMap::new();
    for field in act.verb.fields {
        let Some(arg) = act.args.get(field.name) else {
            continue;
        };
        let filled = match &arg.value {
            Value::List(list) => list
                .iter()
                .map(|it| (said(it, field.ty), String::new()))
                .collect(),
            Value::Record(list) => list
                .iter()
                .map(|(name, sum)| (name.clone(), said(sum, FieldType::Amount)))
                .collect(),
            value => vec![(said(value, field.ty), String::new())],
        };
        given.insert(field.name.to_owned(), filled);
    }
    Draft {
        actor: act.actor.plain(),
        verb: act.verb.name.to_owned(),
        given,
        named: act.as_name.clone().unwrap_or_default(),
    }
}

#[test]
fn every_act_of_every_scenario_can_be_said_by_its_form() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    let mut verbs = BTreeSet::new();
    for folder in ["tests/scenarios", "static/scenarios"] {
        for file in fs::read_dir(format!("{root}{folder}")).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|it| it != "exq") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let outcome = vocabulary::with(|words| script::parse(&text, words, &Shipped));
            let mut seen = BTreeSet::new();
            for line in &outcome.script.lines {
                let Some(Statement::Act(act)) = &line.statement else {
                    continue;
                };
                // One of each kind of act is enough of a file.
                let fields: Vec<_> = act
                    .verb
                    .fields
                    .iter()
                    .map(|it| act.args.get(it.name).is_some())
                    .collect();
                if !seen.insert((act.verb.name, fields)) {
                    continue;
                }
                let above = line.place.line - 1;
                let offered = deeds(&text, above, &act.actor.plain());
                let deed = offered.list.iter().find(|deed| deed.verb == act.verb.name);
                let deed = deed.unwrap_or_else(|| panic!("{}: {}", path.display(), act.verb.name));
                let draft = draft_of(act);
                for blank in &deed.blanks {
                    let given = draft.given.get(&blank.name).map_or(&[][..], Vec::as_slice);
                    let among = match &blank.takes {
                        Takes::One(list) | Takes::Several(list) | Takes::Shares(list) => list,
                        _ => continue,
                    };
                    // Of many who were declared together, none is offered alone.
                    let alone = |it: &str| !it.ends_with(|c: char| c.is_ascii_digit());
                    for (it, _) in given.iter().filter(|(it, _)| alone(it)) {
                        assert!(
                            among.contains(it),
                            "{}: {it} is not offered",
                            path.display()
                        );
                    }
                }
                let said = drafted(&text, above, &draft);
                let plain = Act {
                    when: None,
                    ..act.clone()
                };
                assert_eq!(said.line, script::act(&plain), "{}", path.display());
                assert!(said.is_whole, "{}: {:?}", path.display(), said.problems);
                verbs.insert(act.verb.name);
            }
        }
    }
    let all: BTreeSet<_> = vocabulary::verbs().iter().map(|verb| verb.name).collect();
    assert_eq!(verbs, all);
}

#[test]
fn who_acts_has_the_verbs_of_their_kind() {
    let of = |actor| {
        let found = deeds(TEXT, u32::MAX, actor);
        found.list.into_iter().map(|it| it.verb).collect::<Vec<_>>()
    };
    assert!(of("Alice").contains(&"pay".to_owned()));
    assert!(!of("Alice").contains(&"freeze".to_owned()));
    assert!(of("Harbour").contains(&"freeze".to_owned()));
    assert!(of("central-bank").contains(&"issue".to_owned()));
    assert_eq!(of("network"), ["lose", "double", "delay"]);
    assert_eq!(of("Nobody"), [""; 0]);
    let actors = deeds(TEXT, u32::MAX, "Nobody").actors;
    for name in [
        "Alice",
        "Old Bob",
        "Noodles",
        "Harbour",
        "central-bank",
        "network",
    ] {
        assert!(actors.contains(&name.to_owned()), "{name}");
    }
    // Nobody acts who is declared further down.
    let above = deeds(TEXT, 3, "Alice").actors;
    assert!(above.contains(&"Alice".to_owned()) && !above.contains(&"Noodles".to_owned()));
}

#[test]
fn what_is_wrong_is_said_of_its_field() {
    let said = |draft: Draft| {
        let found = drafted(TEXT, 6, &draft);
        assert!(!found.is_whole);
        let codes = found.problems.into_iter();
        codes
            .map(|(field, it)| (field.unwrap_or_default(), it.code()))
            .collect::<Vec<_>>()
    };
    let code = |problem: Problem| problem.code();
    let missing = code(Problem::MissingField {
        of: String::new(),
        field: String::new(),
    });
    assert_eq!(
        said(draft("Alice", "pay", &[("to", "Noodles")])),
        [("amount".to_owned(), missing)]
    );
    assert_eq!(
        said(draft(
            "Alice",
            "pay",
            &[("to", "Noodles"), ("amount", "1,000")]
        ))[0],
        ("amount".to_owned(), "comma-in-number")
    );
    assert_eq!(
        said(draft(
            "Alice",
            "pay",
            &[("to", "Noodles"), ("amount", "five")]
        ))[0],
        ("amount".to_owned(), "wrong-type")
    );
    let nameless = Draft {
        named: "true".to_owned(),
        ..draft("Alice", "pay", &[("to", "Noodles"), ("amount", "5")])
    };
    assert_eq!(said(nameless)[0].0, script::NAMED);
    // What comes to be below the line is not there yet.
    let late = format!("{TEXT}Alice: request \"Old Bob\" 5.00 as bill\n");
    let early = drafted(
        &late,
        8,
        &draft("Old Bob", "accept", &[("request", "bill")]),
    );
    assert_eq!(early.problems[0].0.as_deref(), Some("request"));
    assert!(
        drafted(
            &late,
            9,
            &draft("Old Bob", "accept", &[("request", "bill")])
        )
        .is_whole
    );
}

#[test]
fn names_are_quoted_and_sums_made_canonical() {
    let said = drafted(
        TEXT,
        6,
        &draft(
            "Old Bob",
            "pay",
            &[
                ("to", "Alice"),
                ("amount", " 1000.00 "),
                ("memo", "a \"b\" # c"),
            ],
        ),
    );
    assert!(said.is_whole);
    assert_eq!(
        said.line,
        r#""Old Bob": pay Alice 1_000.00 memo="a \"b\" # c""#
    );
}

proptest! {
    /// Whatever is typed, at most one act by the same actor with the same verb
    /// comes of it, in one line; and only fields that were filled in are given.
    #[test]
    fn nothing_typed_says_more_than_its_field(
        typed in prop::collection::vec("[0-9a-zA-Z\"\\\\ =#{}\\[\\],./:%_\n\r中-]{0,12}|\\PC{0,8}", 4),
        named in "[a-z\"= #\n]{0,6}",
        verb in 0usize..80,
    ) {
        let list = deeds(TEXT, u32::MAX, "Alice").list;
        let deed = &list[verb % list.len()];
        let given = deed.blanks.iter().zip(&typed);
        let given: BTreeMap<_, _> = given
            .map(|(blank, it)| (blank.name.clone(), vec![(it.clone(), "1".to_owned())]))
            .collect();
        let draft = Draft {
            actor: "Alice".to_owned(),
            verb: deed.verb.clone(),
            given,
            named,
        };
        let said = drafted(TEXT, 8, &draft);
        prop_assert_eq!(said.is_whole, !said.problems.iter().any(|(_, it)| it.severity == script::Severity::Error));
        if said.is_whole {
            prop_assert!(!said.line.contains(['\n', '\r']));
            let whole = format!("{TEXT}{}\n", said.line);
            let outcome = vocabulary::with(|words| script::parse(&whole, words, &Shipped));
            prop_assert_eq!(outcome.errors().count(), 0);
            let last = outcome.script.lines.iter().rev().find_map(|it| it.statement.as_ref());
            let Some(Statement::Act(act)) = last else { panic!("no act: {}", said.line) };
            prop_assert_eq!((act.actor.plain(), act.verb.name), ("Alice".to_owned(), &*deed.verb));
            for field in act.verb.fields {
                let filled = draft.given.get(field.name).is_some_and(|it| !it[0].0.trim().is_empty());
                prop_assert_eq!(act.args.get(field.name).is_some(), filled, "{}", said.line);
            }
        }
    }
}
