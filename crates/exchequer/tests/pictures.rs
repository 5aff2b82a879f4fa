//! Pictures of the opening scenario.
#![allow(clippy::unwrap_used)]

use exchequer::session::Session;
use exchequer::views::{Arg, Fate, Form, Moved, Owed};
use world::fact::PartyId;
use world::visible::Viewer;

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
fn the_sequence_tells_each_event_as_it_was_seen_at_its_time() {
    let mut session = Session::open(BIRTH);
    let program = session.program();
    for viewer in [Viewer::Everyone, Viewer::Party(PartyId(1))] {
        for position in 0..=program.length {
            let begun = program.beats.iter().filter(|beat| beat.from < position);
            let begun: Vec<_> = begun.collect();
            for most in [0, 1, 3, usize::MAX] {
                let passages = session.sequence(position, viewer, most);
                assert_eq!(passages.len(), begun.len().min(most), "at {position}");
                let last = &begun[begun.len() - passages.len()..];
                for (passage, beat) in passages.iter().zip(last) {
                    let moment = session.moment_with(beat.to.min(position), viewer, None);
                    assert_eq!(Some(passage.beat), moment.beat);
                    assert_eq!(passage.flows, moment.flows, "at {position}");
                    assert_eq!(passage.caption, moment.caption, "at {position}");
                }
            }
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

const CITY: &str = r#"use cny-2025@1
signing off
operator Harbour reserves=9_000_000.00
operator Summit reserves=9_000_000.00
merchant Noodles at=Summit
person Alice at=Harbour type=II deposit=500.00
crowd City count=10_000 at=[Harbour, Summit] type=IV deposit=100.00
central-bank: issue 1_000_000.00 to=Harbour
central-bank: issue 1_000_000.00 to=Summit
09:00 Alice: exchange 50.00
09:01 City-7: exchange 5.00
09:02 Alice: pay Noodles 1.00
"#;

#[test]
fn a_crowd_of_ten_thousand_is_two_cards_and_its_people_come_by_the_page() {
    let mut session = Session::open(CITY);
    assert!(
        session.diagnostics().is_empty(),
        "{:?}",
        session.diagnostics()
    );
    let end = session.program().length;
    let moment = session.moment(end);
    assert_eq!(moment.parties.len(), 5);
    assert_eq!(moment.crowds.len(), 2);
    let held: i64 = moment.crowds.iter().filter_map(|crowd| crowd.held).sum();
    let count: u32 = moment.crowds.iter().map(|crowd| crowd.count).sum();
    assert_eq!((held, count), (500, 10_000));
    let rows = moment
        .books
        .iter()
        .flat_map(|book| book.owns.iter().chain(&book.owes));
    assert!(rows.count() < 60);
    for book in &moment.books {
        assert_eq!(book.total_owns, book.total_owes, "{}", book.party);
    }
    // Who does something is told of, and who is asked for; by their numbers.
    let program = session.program();
    let act = program.beats.iter().find(|beat| beat.line == 11).unwrap();
    let acting = session.moment(act.to);
    let city_7 = acting
        .parties
        .iter()
        .find(|party| party.name == "City-7")
        .unwrap();
    assert!(city_7.lit && city_7.crowd == Some(0) && !city_7.wallets.is_empty());
    assert!(moment.party(city_7.no).is_none());
    let asked = session.moment_with(end, Viewer::Everyone, Some(city_7.no));
    assert_eq!(asked.party(city_7.no).unwrap().holdings[0].amount, 500);
    // Page after page, everybody once.
    let bank = moment.crowds[0].at;
    let mut seen = Vec::new();
    while seen.len() < moment.crowds[0].count as usize {
        let page = session.members(end, Viewer::Everyone, (0, bank), seen.len() as u32);
        assert!(!page.rows.is_empty() && page.count == moment.crowds[0].count);
        seen.extend(page.rows.into_iter().map(|row| row.no));
    }
    assert!(seen.is_sorted() && seen.windows(2).all(|two| two[0] < two[1]));
}

#[test]
fn of_a_crowd_a_bank_sees_its_own_customers_and_nobody_else_anything() {
    let mut session = Session::open(CITY);
    let end = session.program().length;
    let harbour = session.moment(end).crowds[0].at.unwrap();
    let as_bank = session.moment_as(end, Viewer::Party(PartyId(harbour)));
    assert!(as_bank.crowds[0].deposits.is_some() && as_bank.crowds[1].deposits.is_none());
    assert_eq!(as_bank.crowds[1].held, None);
    let shop = session
        .moment(end)
        .parties
        .iter()
        .find(|it| it.name == "Noodles")
        .unwrap()
        .no;
    let as_shop = session.moment_as(end, Viewer::Party(PartyId(shop)));
    assert!(
        as_shop
            .crowds
            .iter()
            .all(|it| it.held.is_none() && it.deposits.is_none())
    );
    let page = session.members(end, Viewer::Party(PartyId(shop)), (0, Some(harbour)), 0);
    assert!(
        page.rows
            .iter()
            .all(|row| row.name.is_empty() && row.hidden.is_some())
    );
}

#[test]
fn the_lines_of_the_beat_before_are_traces() {
    let mut session = Session::open(BIRTH);
    let program = session.program();
    let first = session.moment(program.beats[0].to);
    assert_eq!(first.traces, []);
    let next = session.moment(program.beats[1].to);
    let of_first: Vec<_> = first
        .flows
        .iter()
        .map(|flow| (flow.from, flow.to))
        .collect();
    assert!(!next.traces.is_empty());
    assert!(
        next.traces
            .iter()
            .all(|it| of_first.contains(&(it.from, it.to)))
    );
}

#[test]
fn a_statement_runs_from_its_opening_to_its_closing_balance() {
    let mut session = Session::open(BIRTH);
    let end = session.program().length;
    let statement = session.statement(end, "Alice", Viewer::Everyone).unwrap();
    let changes: Vec<_> = statement
        .lines
        .iter()
        .map(|it| (it.change, it.balance))
        .collect();
    assert_eq!(changes, [(50_000, 50_000), (-1_250, 48_750)]);
    assert_eq!((statement.opening, statement.closing), (0, 48_750));
    assert_eq!(
        statement.lines[1].who,
        Some(Arg::Name("Noodles".to_owned()))
    );
    let csv = exchequer::export::statement_csv(&statement, 2);
    assert!(
        csv.contains(",pay,Noodles,lunch,-12.50,487.50\r\n"),
        "{csv}"
    );
    assert!(csv.ends_with(",closing,,,,487.50\r\n"), "{csv}");
    // The shop knows the payer by the wallet, and nobody else sees any of it.
    let shop = session.statement(end, "Noodles", Viewer::Everyone).unwrap();
    assert_eq!(shop.lines[0].change, 1_250);
    assert!(
        matches!(&shop.lines[0].who, Some(Arg::Name(who)) if who.starts_with('#')),
        "{shop:?}"
    );
    let bob = session
        .moment(end)
        .parties
        .iter()
        .find(|it| it.name == "Bob")
        .unwrap()
        .no;
    assert_eq!(
        session.statement(end, "Alice", Viewer::Party(PartyId(bob))),
        None
    );
}

#[test]
fn every_beat_of_every_scenario_is_told() {
    let mut untold = Vec::new();
    for folder in ["tests/scenarios", "static/scenarios"] {
        let folder = format!("{}/../../{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|it| it != "exq") {
                continue;
            }
            let mut session = Session::open(std::fs::read_to_string(&path).unwrap());
            for beat in session.program().beats {
                if session.moment(beat.to).caption.is_none() {
                    untold.push((path.file_stem().unwrap().to_owned(), beat.line));
                }
            }
        }
    }
    assert!(untold.is_empty(), "{untold:?}");
}

#[test]
fn an_agents_customer_hears_of_all_it_does() {
    let mut session = Session::open(include_str!("../../../tests/scenarios/an-agent.exq"));
    let end = session.program().length;
    let phone = session.phone(end, "Alice", Viewer::Everyone).unwrap();
    let told: Vec<_> = phone.history.iter().map(|it| it.key.as_str()).collect();
    for key in ["entry-exchange", "entry-pay", "entry-top-up"] {
        assert!(told.contains(&key), "{key}: {told:?}");
    }
    // The second top-up and the last withdrawal never arrived and were called off.
    let undone = phone
        .history
        .iter()
        .filter(|it| it.refused.as_deref() == Some("not-done"));
    let undone: Vec<_> = undone.map(|it| it.key.as_str()).collect();
    assert_eq!(undone, ["entry-top-up", "entry-withdraw"]);
}

#[test]
fn who_gets_money_back_knows_from_whom() {
    let text = include_str!("../../../tests/scenarios/requests-and-refunds.exq");
    let mut session = Session::open(text);
    let end = session.program().length;
    let phone = session.phone(end, "Alice", Viewer::Everyone).unwrap();
    let refunds = phone.history.iter().filter(|it| it.key == "entry-refund");
    let whom: Vec<_> = refunds.map(|it| it.who.clone()).collect();
    assert_eq!(whom.len(), 2);
    assert!(
        whom.iter()
            .all(|it| *it == Some(Arg::Name("Noodles".to_owned()))),
        "{whom:?}"
    );
}

#[test]
fn what_a_lost_message_keeps_apart_is_unreconciled_until_it_is_repaired() {
    let mut session = Session::open(include_str!(
        "../../../tests/scenarios/lost-and-repaired.exq"
    ));
    let beats = session.program().beats;
    let mut late = Vec::new();
    for beat in &beats {
        let moment = session.moment(beat.to);
        let is_told = moment.caption.is_some_and(|it| it.key == "caption-overdue");
        let named = moment.accounted.messages.iter().any(|it| it.overdue);
        let apart = moment.accounted.checks.iter().any(|it| it.overdue);
        assert_eq!(named, apart, "at line {}", beat.line);
        assert!(named || !is_told, "at line {}", beat.line);
        late.push(named);
    }
    late.dedup();
    // Three losses, each repaired.
    assert_eq!(late, [false, true, false, true, false, true, false]);
}

#[test]
fn what_is_played_at_once_is_all_that_moved_as_far_as_one_may_know() {
    let mut session = Session::open(BIRTH);
    let program = session.program();
    let (first, last) = (program.beats[1], program.beats[3]);
    for viewer in [Viewer::Everyone, Viewer::Party(PartyId(2))] {
        let mut one_by_one = Vec::new();
        for beat in &program.beats[1..=3] {
            one_by_one.extend(session.moment_as(beat.to, viewer).flows);
        }
        let at_once = session.moment_since(first.from, last.to, viewer, None);
        let what = |flows: &[exchequer::views::Flow]| -> Vec<_> {
            flows
                .iter()
                .map(|it| (it.position, it.what.clone()))
                .collect()
        };
        assert_eq!(what(&at_once.flows), what(&one_by_one));
        let alone = session.moment_as(last.to, viewer);
        assert_eq!(
            (at_once.caption, at_once.parties),
            (alone.caption, alone.parties)
        );
    }
}
