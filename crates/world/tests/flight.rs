//! Messages that are lost, doubled or late.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::follow::{Follower, is_settled};
use common::{Town, slow, town};
use world::fact::{Change, Fact, Fate, Message, Subject};
use world::invariants::unreconciled;
use world::rules::Issuance;

/// Every operation once, within a bank and between two.
const ACTS: &[&str] = &[
    "central-bank: issue 1_000 to=Summit",
    "Summit: return 500",
    "Alice: exchange 900",
    "AliceB: exchange 300",
    "Bob: cash-in 400",
    "Alice: pay Carol 10",
    "Alice: pay Noodles 20",
    "Alice: redeem 50",
    "AliceB: redeem 60",
    "Bob: cash-out 70",
    "Bob: exchange 5",
];

fn count(town: &Town, wanted: Change) -> usize {
    town.facts()
        .iter()
        .filter(|fact| **fact == Fact::Changed(wanted))
        .count()
}

fn doubled(town: &Town) -> usize {
    town.messages()
        .iter()
        .filter(|message| message.fate == Fate::Doubled)
        .count()
}

/// What was sent, but for the second copies and the faults.
fn conversation(town: &Town) -> Vec<Message> {
    town.messages()
        .into_iter()
        .map(|message| Message {
            fate: Fate::Arrives,
            fault: 0,
            ..message
        })
        .collect()
}

#[test]
fn a_message_that_comes_twice_is_put_aside_once_and_changes_nothing_else() {
    for latency in [0, 700] {
        let mut once = common::town_by(slow(latency), false);
        let mut twice = once.clone();
        let before = once.messages().len();
        twice.play("network: double count=1_000");
        for act in ACTS {
            for town in [&mut once, &mut twice] {
                town.play(act);
                town.play("+1m wait");
            }
        }
        let (asked_once, asked_twice) = (conversation(&once), conversation(&twice));
        assert_eq!(asked_once.len(), asked_twice.len());
        assert!(
            asked_once
                .iter()
                .zip(&asked_twice)
                .all(|(a, b)| (a.subject, a.amount) == (b.subject, b.amount))
        );
        let accounts = |town: &Town| -> Vec<i64> {
            town.0
                .world()
                .ledger()
                .accounts()
                .map(|(_, account)| account.balance)
                .collect()
        };
        assert_eq!(accounts(&once), accounts(&twice));
        let by_network = |message: &&Message| !message.subject.is_in_person();
        assert_eq!(
            doubled(&twice),
            asked_twice[before..].iter().filter(by_network).count()
        );
        assert_eq!(count(&twice, Change::PutAside), doubled(&twice));
        assert_eq!(count(&once, Change::PutAside), 0);
        is_settled(twice.0.world()).unwrap();
        Follower::new(&twice.0, 1).finish(&twice.0).unwrap();
    }
}

#[test]
fn a_doubled_message_on_its_way_is_listed_once() {
    let mut town = common::town_by(slow(1_000), false);
    town.play_all(&["network: double count=2", "Alice: exchange 50"]);
    assert_eq!(town.0.world().pending().count(), 1);
    // The bank has asked the central bank; the second copy of the first request explains nothing.
    town.play("+1s wait");
    let subjects: Vec<_> = town
        .0
        .world()
        .pending()
        .map(|message| message.subject)
        .collect();
    assert_eq!(subjects, [Subject::Convert]);
    Follower::new(&town.0, 1).finish(&town.0).unwrap();
}

#[test]
fn a_late_message_arrives_after_its_order_was_named_overdue_and_settles_it() {
    let mut town = town(false);
    town.play_all(&[
        "network: delay 45s from=Harbour to=central-bank",
        "Alice: exchange 50",
    ]);
    let bank = town.party("Harbour");
    let order = town.messages().last().unwrap().order;
    let overdue = Change::Overdue { order, party: bank };
    let late = *town
        .messages()
        .iter()
        .find(|message| message.fate == Fate::Late)
        .unwrap();
    assert_eq!(
        (late.subject, late.due - late.sent),
        (Subject::Convert, 45_000)
    );
    town.play("+29s999ms wait");
    assert_eq!(
        (
            count(&town, overdue),
            unreconciled(town.0.world(), town.0.world().now(), town.0.rules().timeout).count()
        ),
        (0, 0)
    );
    town.play("+1ms wait");
    assert_eq!(count(&town, overdue), 1);
    let named: Vec<_> = unreconciled(town.0.world(), town.0.world().now(), town.0.rules().timeout)
        .copied()
        .collect();
    assert_eq!(named, [late]);
    assert!(
        town.0
            .world()
            .chases()
            .all(|(party, waits, chase)| (party, waits, chase.overdue) == (bank, order, true))
    );
    town.play("+14s999ms wait");
    assert_eq!(town.balance("Alice"), 0);
    town.play("+1ms wait");
    assert_eq!((town.balance("Alice"), count(&town, overdue)), (50_00, 1));
    assert_eq!(
        unreconciled(town.0.world(), town.0.world().now(), town.0.rules().timeout).count(),
        0
    );
    is_settled(town.0.world()).unwrap();
    Follower::new(&town.0, 1).finish(&town.0).unwrap();
}

#[test]
fn each_order_is_named_overdue_at_its_own_time() {
    let mut town = town(false);
    town.play_all(&[
        "network: lose from=Harbour to=central-bank count=3",
        "Alice: exchange 5",
        "+10s Alice: exchange 6",
        "Bob: cash-in 7",
        "+5s Alice: exchange 8",
    ]);
    let named = |town: &Town| {
        let overdue = |fact: &&Fact| matches!(fact, Fact::Changed(Change::Overdue { .. }));
        town.facts().iter().filter(overdue).count()
    };
    for (line, expected) in [
        ("+14s999ms wait", 0),
        ("+1ms wait", 1),
        ("+9s999ms wait", 1),
        ("+1ms wait", 2),
        ("+4s999ms wait", 2),
        ("+1ms wait", 3),
        ("+1d wait", 3),
    ] {
        town.play(line);
        assert_eq!(named(&town), expected, "{line}");
    }
    // An order after all that has its own timer again.
    town.play_all(&[
        "network: lose from=Harbour to=central-bank",
        "Alice: exchange 9",
        "+30s wait",
    ]);
    assert_eq!(named(&town), 4);
}

#[test]
fn a_lost_message_is_listed_for_ever_and_unreconciled_after_the_timeout() {
    // Each message in turn is the one that is lost.
    let mut lost_ones = 0;
    for act in ACTS {
        for after in 0..6 {
            let mut town = town(false);
            town.play_all(&[
                "Alice: exchange 500",
                "AliceB: exchange 200",
                "Bob: cash-in 300",
                "+1h wait",
            ]);
            town.play(&format!("network: lose after={after}"));
            town.play(act);
            let Some(lost) = town
                .messages()
                .into_iter()
                .find(|message| message.fate == Fate::Lost)
            else {
                continue;
            };
            lost_ones += 1;
            let explains = world::invariants::explains(&lost, town.0.world())[0].is_some();
            let timeout = town.0.rules().timeout;
            let named = |town: &Town| {
                unreconciled(town.0.world(), town.0.world().now(), timeout)
                    .copied()
                    .collect::<Vec<_>>()
            };
            let overdue = |town: &Town| {
                town.facts()
                    .iter()
                    .filter(|fact| matches!(fact, Fact::Changed(Change::Overdue { .. })))
                    .count()
            };
            town.play("+29s999ms wait");
            assert_eq!((named(&town), overdue(&town)), (vec![], 0), "{act} {after}");
            town.play("+1ms wait");
            assert_eq!(
                named(&town),
                if explains { vec![lost] } else { vec![] },
                "{act} {after}"
            );
            // Whoever was to get an answer says that it has not.
            let waits = lost.subject.wants_answer()
                || lost.subject.is_answer(Issuance::Stocked)
                || lost.subject == Subject::Transferred;
            assert_eq!(overdue(&town) > 0, waits, "{act} {after}");
            let before = overdue(&town);
            town.play("+365d wait");
            assert_eq!(
                (named(&town).len(), overdue(&town)),
                (usize::from(explains), before)
            );
            assert_eq!(
                town.0.world().pending().copied().collect::<Vec<_>>(),
                [lost],
                "{act} {after}"
            );
            Follower::new(&town.0, 1).finish(&town.0).unwrap();
        }
    }
    assert_eq!(lost_ones, 42);
}

#[test]
fn a_fault_meets_only_the_messages_it_names() {
    let fates = |faults: &[&str]| -> Vec<(Subject, Fate)> {
        let mut town = town(false);
        town.play_all(faults);
        let from = town.messages().len();
        town.play("Alice: exchange 50");
        town.messages()
            .split_off(from)
            .into_iter()
            .map(|it| (it.subject, it.fate))
            .collect()
    };
    use Fate::{Arrives, Doubled, Lost};
    use Subject::{Ask, Convert, Converted, Receipt};
    assert_eq!(
        fates(&[]),
        [
            (Ask, Arrives),
            (Convert, Arrives),
            (Converted, Arrives),
            (Receipt, Arrives)
        ]
    );
    assert_eq!(fates(&["network: lose"]), [(Ask, Lost)]);
    assert_eq!(
        fates(&["network: lose from=Harbour"]),
        [(Ask, Arrives), (Convert, Lost)]
    );
    assert_eq!(
        fates(&["network: lose to=Harbour after=1"]),
        [(Ask, Arrives), (Convert, Arrives), (Converted, Lost)]
    );
    assert_eq!(fates(&["network: lose from=Summit"]), fates(&[]));
    assert_eq!(fates(&["network: lose count=0"]), fates(&[]));
    assert_eq!(fates(&["network: lose after=4"]), fates(&[]));
    let doubled = [
        (Ask, Arrives),
        (Convert, Doubled),
        (Converted, Doubled),
        (Receipt, Arrives),
    ];
    assert_eq!(fates(&["network: double after=1 count=2"]), doubled);
    // Of two faults that fit, the one laid first meets the message; the other waits.
    let both = [(Ask, Doubled), (Convert, Lost)];
    assert_eq!(fates(&["network: double", "network: lose"]), both);
}

#[test]
fn banknotes_change_hands_without_the_network() {
    let mut town = common::town_by(slow(1_000), false);
    town.play_all(&[
        "network: lose from=Bob count=100",
        "Bob: cash-in 100",
        "+10s wait",
    ]);
    assert_eq!(town.balance("Bob"), 100_00);
    town.play_all(&[
        "network: lose to=Bob count=100",
        "Alice: cash-in 5",
        "Harbour: return 700_000",
    ]);
    assert!(
        town.messages()
            .iter()
            .filter(|it| it.subject.is_in_person())
            .all(|it| it.due == it.sent)
    );
}
