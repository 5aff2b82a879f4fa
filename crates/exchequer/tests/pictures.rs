//! Pictures of the opening scenario.
#![allow(clippy::unwrap_used)]

use exchequer::session::Session;
use exchequer::views::{Fate, Form, Moved, Owed};

const BIRTH: &str = include_str!("../../../static/scenarios/birth-of-a-yuan.exq");

#[test]
fn the_story_stands_along_the_run() {
    let mut session = Session::open(BIRTH);
    assert!(
        session.diagnostics().is_empty(),
        "{:?}",
        session.diagnostics()
    );
    let program = session.program();
    let titles: Vec<_> = program
        .steps
        .iter()
        .map(|step| step.title.as_str())
        .collect();
    assert_eq!(titles.len(), 4);
    assert_eq!(titles[2], "Lunch, paid across two banks");
    assert_eq!(program.beats.len(), 6);
    assert_eq!(program.tries.len(), 3);
    let question = &program.steps[3].questions[0];
    assert_eq!(
        question.choices.iter().filter(|(_, right)| *right).count(),
        1
    );
    assert!(program.steps[3].from < question.at && question.at < question.reveal_at);
    assert!(program.unexpected.is_empty());
    for position in 0..=program.length {
        let moment = session.moment(position);
        assert!(moment.accounted.holds, "at {position}");
        for book in &moment.books {
            assert_eq!(
                book.total_owns, book.total_owes,
                "at {position}, party {}",
                book.party
            );
        }
    }
}

#[test]
fn lunch_moves_money_from_wallet_to_wallet_and_messages_through_the_banks() {
    let mut session = Session::open(BIRTH);
    let program = session.program();
    let lunch = program.beats[3];
    let moment = session.moment(lunch.to);
    let money: Vec<_> = moment
        .flows
        .iter()
        .filter(|flow| matches!(flow.what, Moved::Money { .. }))
        .collect();
    assert_eq!(money.len(), 1);
    let what = Moved::Money {
        amount: 1_250,
        form: Form::Digital,
        owed: Owed::CentralBank,
    };
    assert_eq!(money[0].what, what);
    let names = |no: u32| moment.parties[no as usize].name.as_str();
    assert_eq!(
        (names(money[0].from), names(money[0].to)),
        ("Alice", "Noodles")
    );
    let messages: Vec<_> = moment
        .flows
        .iter()
        .filter(|flow| matches!(flow.what, Moved::Information { .. }))
        .map(|flow| (names(flow.from), names(flow.to)))
        .collect();
    assert_eq!(
        messages,
        [
            ("Alice", "Harbour"),
            ("Harbour", "Summit"),
            ("Summit", "central-bank"),
            ("central-bank", "Summit"),
            ("central-bank", "Harbour"),
            ("Summit", "Noodles"),
            ("Harbour", "Alice"),
        ]
    );
    assert_eq!(moment.caption.unwrap().key, "caption-pay");
}

#[test]
fn a_refusal_shows_the_token_that_stops_and_the_rule_with_its_source() {
    let mut session = Session::open(BIRTH);
    let last = *session.program().beats.last().unwrap();
    let moment = session.moment(last.to);
    let refused = moment
        .flows
        .iter()
        .find(|flow| matches!(flow.fate, Fate::Refused(_)))
        .unwrap();
    assert_eq!(moment.parties[refused.to as usize].name, "Noodles");
    let refusal = moment.refusal.unwrap();
    assert_eq!(refusal.code, "limit.payment");
    assert_eq!(
        refusal.numbers,
        [
            ("asked".to_owned(), 250_000),
            ("allowed".to_owned(), 200_000)
        ]
    );
    assert!(refusal.source.is_some());
    assert_eq!(moment.caption.unwrap().key, "caption-refused-pay");
}

#[test]
fn what_stands_above_a_wrong_line_plays_and_the_rest_waits() {
    let text = BIRTH.replace(
        "09:06 Alice: pay Noodles 12.50",
        "09:06 Alice: pay Nodles 12.50",
    );
    let session = Session::open(&text);
    let program = session.program();
    assert_eq!(program.waits_for, Some(22));
    assert_eq!(program.beats.len(), 3);
    assert!(!Session::open("nonsense").diagnostics().is_empty());
}

#[test]
fn a_lost_message_is_listed_and_explains_the_difference() {
    let text = BIRTH.replace(
        "09:06 Alice",
        "network: lose from=Summit to=central-bank\n09:06 Alice",
    );
    let mut session = Session::open(&text);
    let program = session.program();
    let moment = session.moment(program.length);
    assert!(moment.accounted.holds);
    assert_eq!(moment.accounted.messages.len(), 1);
    assert!(moment.accounted.messages[0].overdue);
    assert!(
        program.expectations.iter().any(|it| !it.held)
            || moment.accounted.checks.iter().any(|it| it.on_the_way != 0)
    );
}
