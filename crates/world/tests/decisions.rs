//! Decisions that honest banks never bring about: the central bank says no to
//! a bank that asks for more than it has, and what was done before is undone.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use std::collections::VecDeque;

use common::follow::{Picture, is_settled};
use common::{Town, slow, town, town_by};
use world::cbdc::{Desk, Input, Out, decide};
use world::fact::{
    Cause, Fact, Journal, Message, PartyId, Purpose, Serial, Stamped, Subject, Title,
};
use world::invariants::{Check, full};
use world::state::{CENTRAL_BANK, World};

/// A message that a bank would send about a wallet if it were up to no good.
fn forged(town: &Town, subject: Subject, purpose: Purpose, amount: i64) -> Message {
    let template = town
        .messages()
        .into_iter()
        .find(|message| message.subject == Subject::Issued)
        .unwrap();
    Message {
        from: town.party("Harbour"),
        to: CENTRAL_BANK,
        subject,
        purpose,
        wallet: Some(town.wallet("Alice")),
        other: Some(town.wallet("Noodles").0),
        amount,
        ..template
    }
}

fn answers(facts: &[Fact]) -> Vec<(PartyId, Subject)> {
    let answer = |fact: &Fact| {
        if let Fact::Sent(message) = fact {
            Some((message.to, message.subject))
        } else {
            None
        }
    };
    facts.iter().filter_map(answer).collect()
}

fn posted(facts: &[Fact]) -> Vec<Journal> {
    facts
        .iter()
        .filter_map(|fact| {
            if let Fact::Posted(journal) = fact {
                Some(*journal)
            } else {
                None
            }
        })
        .collect()
}

#[test]
fn the_central_bank_moves_no_more_than_there_is() {
    let mut town = town(false);
    town.play("Alice: exchange 100");
    let (harbour, summit) = (town.party("Harbour"), town.party("Summit"));
    let no = Subject::Rejected;
    // What is asked, how much there is, who is told.
    let cases = [
        (
            Subject::Convert,
            Purpose::Exchange,
            699_900_00,
            "liquidity.short",
            vec![(harbour, no)],
        ),
        (
            Subject::Withdraw,
            Purpose::Redeem,
            100_00,
            "funds.short",
            vec![(harbour, no)],
        ),
        (
            Subject::Returned,
            Purpose::Return,
            699_900_00,
            "liquidity.short",
            vec![(harbour, no)],
        ),
        (
            Subject::Order,
            Purpose::Pay,
            100_00,
            "funds.short",
            vec![(harbour, no)],
        ),
        (
            Subject::Transfer,
            Purpose::Exchange,
            300_000_00,
            "liquidity.short",
            vec![(harbour, Subject::TransferRefused)],
        ),
        (
            Subject::SendBack,
            Purpose::Redeem,
            300_000_00,
            "liquidity.short",
            vec![(harbour, Subject::TransferRefused)],
        ),
    ];
    for (subject, purpose, most, code, told) in cases {
        let mut message = forged(&town, subject, purpose, most);
        if matches!(subject, Subject::Transfer | Subject::SendBack) {
            message.other = Some(summit.0);
        }
        let facts = town.decide(CENTRAL_BANK, &Input::Message(message));
        assert_eq!(posted(&facts).len(), 1, "{subject:?} of all there is");
        message.amount += 1;
        let facts = town.decide(CENTRAL_BANK, &Input::Message(message));
        assert_eq!(
            (posted(&facts), answers(&facts)),
            (vec![], told),
            "{subject:?} of more"
        );
        assert_eq!(
            town.refuses(CENTRAL_BANK, &Input::Message(message)),
            [code],
            "{subject:?}"
        );
    }
    // The payee's bank says that it accepts: both banks are told.
    let accept = Message {
        from: summit,
        ..forged(&town, Subject::Accept, Purpose::Pay, 100_01)
    };
    let facts = town.decide(CENTRAL_BANK, &Input::Message(accept));
    assert_eq!(
        (posted(&facts), answers(&facts)),
        (vec![], vec![(summit, no), (harbour, no)])
    );
}

#[test]
fn reserves_go_to_banks_only() {
    let town = town(false);
    for other in [None, Some(town.party("Alice").0), Some(99)] {
        let message = Message {
            other,
            ..forged(&town, Subject::Transfer, Purpose::Exchange, 1)
        };
        let facts = town.decide(CENTRAL_BANK, &Input::Message(message));
        assert_eq!(
            (posted(&facts), answers(&facts)),
            (vec![], vec![(message.from, Subject::TransferRefused)])
        );
    }
}

#[test]
fn a_bank_runs_only_its_own_wallets_and_verbs() {
    let town = town(false);
    let (harbour, summit) = (town.party("Harbour"), town.party("Summit"));
    let ask = |purpose| Message {
        from: town.party("Alice"),
        ..forged(&town, Subject::Ask, purpose, 1)
    };
    assert_eq!(
        town.refuses(summit, &Input::Message(ask(Purpose::Pay))),
        ["party.unknown"]
    );
    for purpose in [
        Purpose::Opening,
        Purpose::Issue,
        Purpose::Return,
        Purpose::Fault,
    ] {
        assert_eq!(
            town.refuses(harbour, &Input::Message(ask(purpose))),
            ["party.unknown"]
        );
    }
    let none = Message {
        wallet: None,
        ..ask(Purpose::Pay)
    };
    assert_eq!(
        town.refuses(harbour, &Input::Message(none)),
        ["party.unknown"]
    );
    let unknown = Message {
        wallet: Some(world::fact::WalletId(99)),
        ..ask(Purpose::Pay)
    };
    assert_eq!(
        town.refuses(harbour, &Input::Message(unknown)),
        ["party.unknown"]
    );
    let payee = Message {
        other: Some(99),
        ..ask(Purpose::Pay)
    };
    assert_eq!(
        town.refuses(harbour, &Input::Message(payee)),
        ["party.unknown"]
    );
    // An offer for a wallet that is not here.
    let offer = Message {
        from: summit,
        ..forged(&town, Subject::Offer, Purpose::Pay, 1)
    };
    assert_eq!(
        town.refuses(harbour, &Input::Message(offer)),
        ["party.unknown"]
    );
}

/// A world in which the central bank turns this message down, and everything
/// that comes of it has arrived.
fn turned_down(town: &Town, message: &Message) -> World {
    let mut world = town.0.world().clone();
    let mut number = 1_000_000;
    let mut queue = VecDeque::from([(*message, true)]);
    while let Some((message, refuse)) = queue.pop_front() {
        let cause = Cause::Message(message.serial);
        let facts = if refuse {
            let no = |to| Message {
                from: CENTRAL_BANK,
                to,
                subject: Subject::Rejected,
                ..message
            };
            let payers_bank = message
                .wallet
                .map(|wallet| world.wallet(wallet).unwrap().operator);
            let others =
                payers_bank.filter(|bank| *bank != message.from && message.purpose == Purpose::Pay);
            [Some(message.from), others]
                .into_iter()
                .flatten()
                .map(|to| Fact::Sent(no(to)))
                .collect()
        } else {
            let input = Input::Message(message);
            let desk = Desk::new(
                &world,
                town.0.rules(),
                town.0.texts(),
                [0; 16],
                false,
                message.to,
                message.due,
            );
            let mut out = Out::new(Vec::new(), message.to, &input);
            decide(&desk, &input, &mut out);
            if out.facts.is_empty() {
                vec![Fact::Changed(world::fact::Change::Arrived)]
            } else {
                out.facts
            }
        };
        for fact in facts {
            let fact = match fact {
                Fact::Sent(sent) => {
                    number += 1;
                    let sent = Message {
                        serial: Serial(number),
                        sent: message.due,
                        due: message.due,
                        ..sent
                    };
                    if !sent.subject.is_notice() {
                        queue.push_back((sent, false));
                    }
                    Fact::Sent(sent)
                }
                fact => fact,
            };
            world.apply(&Stamped {
                at: message.due,
                cause,
                fact,
            });
        }
        assert_eq!(world.broken(), None);
        let wrong: Vec<Check> = full(&world)
            .into_iter()
            .filter(|check| !check.holds())
            .collect();
        assert_eq!(wrong, [], "after {message:?}");
    }
    world
}

#[test]
fn what_the_central_bank_turns_down_is_undone_in_every_book() {
    let cases = [
        ("Alice: exchange 50", Subject::Convert),
        ("AliceB: exchange 50", Subject::Convert),
        ("Bob: cash-in 50", Subject::Convert),
        ("Alice: redeem 50", Subject::Withdraw),
        ("AliceB: redeem 50", Subject::Withdraw),
        ("Bob: cash-out 50", Subject::Withdraw),
        ("Alice: pay Carol 50", Subject::Order),
        ("Alice: pay Noodles 50", Subject::Accept),
        ("Harbour: return 50", Subject::Returned),
    ];
    for (act, subject) in cases {
        let mut town = town_by(slow(1_000), false);
        town.play_all(&[
            "Alice: exchange 500",
            "AliceB: exchange 500",
            "Bob: cash-in 500",
            "+1m wait",
        ]);
        let before = balances(town.0.world());
        town.play(act);
        let turned = loop {
            let found = town
                .0
                .world()
                .pending()
                .find(|message| message.subject == subject)
                .copied();
            if let Some(message) = found {
                break message;
            }
            town.play("+1s wait");
        };
        assert_ne!(
            balances(town.0.world()),
            before,
            "{act}: something was done before"
        );
        let after = turned_down(&town, &turned);
        assert_eq!(balances(&after), before, "{act}");
        is_settled(&after).unwrap();
        // And nothing of it is in the run itself.
        assert_ne!(Picture::of(&after), Picture::of(town.0.world()));
    }
}

/// Every account's balance, and the numbers of every wallet's file.
fn balances(world: &World) -> Vec<i64> {
    let accounts = world
        .ledger()
        .accounts()
        .map(|(_, account)| account.balance);
    let files = world
        .wallets()
        .flat_map(|(_, it)| [it.available, it.expected, it.spent_day, it.spent_year]);
    accounts.chain(files).collect()
}

#[test]
fn every_title_of_a_bank_s_book_is_its_own() {
    // A decision posts only in the book of who decides.
    let mut town = town(true);
    town.play_all(&[
        "Alice: exchange 50",
        "AliceB: exchange 50",
        "Alice: pay Noodles 5",
        "AliceB: redeem 7",
    ]);
    for (_, stamped) in town.0.log().facts(0, u32::MAX) {
        if let Fact::Posted(journal) = stamped.fact {
            for account in [journal.debit, journal.credit] {
                assert_eq!(
                    town.0.world().ledger().account(account).unwrap().book.0,
                    journal.book.0
                );
            }
        }
    }
    assert_eq!(town.own("Harbour", Title::ToReturn), 0);
}
