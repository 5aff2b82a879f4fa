//! The common platform and correspondents under a storm of lost, doubled and
//! late messages: every invariant holds after every decision, both legs of a
//! swap are posted or neither, and where nothing is lost a naive reckoning of
//! who holds what says the same.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use common::Town;
use common::follow::Follower;
use money::{Currency, Span};
use proptest::prelude::*;
use world::fact::{Fact, NONE, Stage, Title};
use world::rules::{Correspondents, Rules};

/// Banks with their central bank's place among [`CURRENCIES`].
const BANKS: [(&str, usize); 5] = [
    ("Harbour", 0),
    ("Summit", 0),
    ("Peak", 1),
    ("Siam", 2),
    ("Orchid", 2),
];

/// Central banks and their currencies; one has no decimals, one three.
const CURRENCIES: [(&str, &str); 3] =
    [("central-bank", "CNY"), ("Tokyo", "JPY"), ("Kuwait", "KWD")];

/// What each bank has in reserves to begin with, and what is in each nostro.
const RESERVES: i64 = 100_000;
const NOSTRO: i64 = 20_000;

fn rules(latency: i64) -> Rules {
    Rules {
        correspondents: Correspondents {
            fee: Some("0.2%".parse().unwrap()),
            spread: Some("0.3%".parse().unwrap()),
            working_time: Some(Span(3_600_000)),
            cut_off: Some(15 * 60),
        },
        ..common::slow(latency)
    }
}

/// A sum of minor units, as a line of script writes it.
fn written(minor: i64, currency: usize) -> String {
    let decimals = Currency::iso(CURRENCIES[currency].1).unwrap().decimals();
    money::write_minor(minor, decimals)
}

fn world_of_banks(latency: i64) -> Town {
    let mut town = Town::new(rules(latency), false);
    town.play("platform Bridge");
    for (name, code) in &CURRENCIES[1..] {
        town.play(&format!("authority {name} currency={code}"));
    }
    for (name, currency) in BANKS {
        let reserves = written(RESERVES, currency);
        town.play(&match currency {
            0 => format!("operator {name} reserves={reserves}"),
            abroad => format!(
                "foreign-bank {name} at={} reserves={reserves}",
                CURRENCIES[abroad].0
            ),
        });
    }
    for (of, at) in [(1, 0), (2, 1), (2, 3), (0, 2), (3, 4)] {
        let (of, at) = (BANKS[of].0, BANKS[at]);
        let balance = written(NOSTRO, at.1);
        town.play(&format!(
            "nostro {of}At{} of={of} at={} balance={balance}",
            at.0, at.0
        ));
    }
    town
}

#[derive(Clone, Copy, Debug)]
enum Move {
    Issue {
        bank: usize,
        at: usize,
        amount: i64,
    },
    Redeem {
        bank: usize,
        at: usize,
        amount: i64,
    },
    /// Offered at so many thousandths, and taken, declined, or left, after a while.
    Swap {
        seller: usize,
        buyer: usize,
        of: usize,
        against: usize,
        amount: i64,
        rate: i64,
        answer: usize,
    },
    Pay {
        from: usize,
        to: usize,
        of: usize,
        amount: i64,
    },
    Correspond {
        from: usize,
        to: usize,
        via: usize,
        amount: i64,
    },
    Fault {
        kind: usize,
        after: u8,
    },
    Repair {
        who: usize,
        how: usize,
    },
    Wait {
        seconds: i64,
    },
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let (bank, currency, amount) = (0..BANKS.len(), 0..CURRENCIES.len(), 1..30_000i64);
    let one = prop_oneof![
        4 => (bank.clone(), currency.clone(), amount.clone(), 0..4)
            .prop_map(|(bank, at, amount, own)| Move::Issue {
                bank,
                // Mostly its own: another is refused.
                at: if own > 0 { BANKS[bank].1 } else { at },
                amount,
            }),
        2 => (bank.clone(), currency.clone(), amount.clone(), 0..4)
            .prop_map(|(bank, at, amount, own)| Move::Redeem {
                bank,
                at: if own > 0 { BANKS[bank].1 } else { at },
                amount,
            }),
        5 => ((bank.clone(), bank.clone()), (currency.clone(), currency.clone()), amount.clone(), 1..9_000i64, 0..6usize)
            .prop_map(|((seller, buyer), (of, against), amount, rate, answer)| Move::Swap {
                seller, buyer, of, against, amount, rate, answer,
            }),
        3 => (bank.clone(), bank.clone(), currency, amount.clone())
            .prop_map(|(from, to, of, amount)| Move::Pay { from, to, of, amount }),
        3 => (bank.clone(), bank.clone(), 0..6usize, amount)
            .prop_map(|(from, to, via, amount)| Move::Correspond { from, to, via, amount }),
        2 => (0..3usize, 0..4u8).prop_map(|(kind, after)| Move::Fault { kind, after }),
        3 => (0..BANKS.len() + CURRENCIES.len() + 1, 0..2usize)
            .prop_map(|(who, how)| Move::Repair { who, how }),
        2 => (1..90_000i64).prop_map(|seconds| Move::Wait { seconds }),
    ];
    prop::collection::vec(one, 1..40)
}

/// The lines of a move; the number names its quote.
fn lines(step: &Move, number: usize) -> Vec<String> {
    let name = |bank: usize| BANKS[bank].0;
    let central = |currency: usize| CURRENCIES[currency].0;
    match *step {
        Move::Issue { bank, at, amount } => {
            let amount = written(amount, at);
            vec![format!(
                "{}: bridge.issue {amount} at={}",
                name(bank),
                central(at)
            )]
        }
        Move::Redeem { bank, at, amount } => {
            let amount = written(amount, at);
            vec![format!(
                "{}: bridge.redeem {amount} at={}",
                name(bank),
                central(at)
            )]
        }
        Move::Swap {
            seller,
            buyer,
            of,
            against,
            amount,
            rate,
            answer,
        } => {
            let rate = money::write_minor(rate, 3);
            let offer = format!(
                "{}: bridge.quote {} sell={} rate={rate} for=60s of={} against={} as Q{number}",
                name(seller),
                name(buyer),
                written(amount, of),
                central(of),
                central(against),
            );
            let mut lines = vec![offer];
            match answer {
                // Whoever says yes twice is told that it is over.
                2 => {
                    lines.push(format!("+20s {}: bridge.accept Q{number}", name(buyer)));
                    lines.push(format!("+20s {}: bridge.accept Q{number}", name(buyer)));
                }
                0..=1 => lines.push(format!("+20s {}: bridge.accept Q{number}", name(buyer))),
                3 => lines.push(format!("+20s {}: bridge.decline Q{number}", name(buyer))),
                4 => lines.push(format!("+60s {}: bridge.accept Q{number}", name(buyer))),
                _ => {}
            }
            lines
        }
        Move::Pay {
            from,
            to,
            of,
            amount,
        } => vec![format!(
            "{}: bridge.pay {} {} of={}",
            name(from),
            name(to),
            written(amount, of),
            central(of)
        )],
        Move::Correspond {
            from,
            to,
            via,
            amount,
        } => {
            let via = [
                "",
                " via=[Summit]",
                " via=[Summit,Peak]",
                " via=[Peak]",
                " via=[Peak,Siam]",
                " via=[Siam,Orchid]",
            ][via];
            let amount = written(amount, BANKS[from].1);
            vec![format!(
                "{}: correspondent.pay {} {amount} rate=2{via}",
                name(from),
                name(to)
            )]
        }
        Move::Fault { kind, after } => vec![match kind {
            0 => format!("network: lose after={after}"),
            1 => format!("network: double after={after}"),
            _ => format!("network: delay 50s after={after}"),
        }],
        Move::Repair { who, how } => {
            let names = BANKS
                .iter()
                .map(|it| it.0)
                .chain(CURRENCIES.iter().map(|it| it.0));
            let who = names.chain(["Bridge"]).nth(who).unwrap();
            let how = if how == 0 || who == "Bridge" {
                "retry"
            } else {
                "reverse"
            };
            vec![format!("{who}: {how}")]
        }
        Move::Wait { seconds } => vec![format!("+{seconds}s wait")],
    }
}

/// Plays moves, each decision followed and checked; says how often things
/// happened.
fn play(town: &mut Town, moves: &[Move], faults: bool) -> BTreeMap<String, u32> {
    let mut follower = Follower::new(&town.0, 40);
    follower.follow(&town.0).unwrap();
    let mut counted = BTreeMap::new();
    let mut number = 0;
    for step in moves {
        if !faults && matches!(step, Move::Fault { .. } | Move::Repair { .. }) {
            continue;
        }
        number += 1;
        for line in lines(step, number) {
            town.play(&line);
            follower
                .follow(&town.0)
                .unwrap_or_else(|wrong| panic!("{line}: {wrong}"));
        }
    }
    town.play("+40d wait");
    follower.finish(&town.0).unwrap();
    for fact in town.facts() {
        let mut count = |what: &str| *counted.entry(what.to_owned()).or_default() += 1;
        match fact {
            Fact::Sent(message) => {
                count(message.subject.key());
                count(message.fate.key());
            }
            Fact::Refused(refusal) => count(refusal.code.key()),
            _ => {}
        }
    }
    counted
}

/// All money of each currency is where it was issued, and nothing came or went
/// in a bank's books but what its position says.
fn is_conserved(town: &Town) {
    let world = town.0.world();
    for (authority, currency) in world.currencies() {
        let sum = |title| world.sum_in(title, currency);
        let banks = BANKS
            .iter()
            .filter(|(_, it)| CURRENCIES[*it].1 == currency.code());
        let nostros = [0, 1, 3, 2, 4]
            .iter()
            .filter(|at| CURRENCIES[BANKS[**at].1].1 == currency.code());
        let brought = RESERVES * banks.count() as i64 + NOSTRO * nostros.count() as i64;
        assert_eq!(sum(Title::Securities), brought, "{currency}");
        let on_bridge = world.balance_in(authority, Title::OnBridge, NONE, currency);
        assert_eq!(sum(Title::Reserves) + on_bridge, brought, "{currency}");
    }
    // Whoever has a swap on file has what the platform has, or had no news of it.
    let platform = world.platform().unwrap();
    for (order, stage) in world.stages(platform) {
        let (_, deal) = world.deal(order).unwrap();
        for bank in [deal.seller, deal.buyer] {
            match (stage, world.stage(bank, order)) {
                (Stage::Settled, Some(Stage::Settled)) | (Stage::Failed, Some(Stage::Failed)) => {}
                (_, own) => {
                    let waits = world.pending().any(|it| it.to == bank);
                    assert!(waits, "{order:?}: {stage:?} and {own:?}");
                }
            }
        }
    }
}

#[test]
fn every_invariant_holds_while_messages_are_lost_doubled_and_late() {
    let mut reached: BTreeMap<String, u32> = BTreeMap::new();
    let reach = std::cell::RefCell::new(&mut reached);
    common::holds_for(moves(), |moves| {
        let mut town = world_of_banks(2_000);
        let counted = play(&mut town, &moves, true);
        is_conserved(&town);
        for (what, count) in counted {
            *reach.borrow_mut().entry(what).or_default() += count;
        }
        Ok(())
    });
    let expected = [
        "lost",
        "doubled",
        "late",
        "bridge-settled",
        "bridge-refused",
        "bridge-declined",
        "bridge-redeemed",
        "correspondent-order",
        "correspondent-return",
        "bank.foreign",
        "funds.short",
        "quote.expired",
        "quote.over",
        "route.missing",
        "currency.same",
    ];
    for what in expected {
        assert!(
            reached.contains_key(what),
            "nothing reached {what}: {reached:?}"
        );
    }
}

/// Who holds what of which currency on the platform, and who has what reserves:
/// by the rules, without messages.
#[derive(Default)]
struct Oracle {
    held: BTreeMap<(usize, usize), i64>,
    reserves: BTreeMap<usize, i64>,
}

impl Oracle {
    fn shift(&mut self, from: (usize, usize), to: (usize, usize), amount: i64) {
        *self.held.entry(from).or_default() -= amount;
        *self.held.entry(to).or_default() += amount;
    }

    fn has(&self, bank: usize, currency: usize, amount: i64) -> bool {
        self.held.get(&(bank, currency)).copied().unwrap_or(0) >= amount
    }

    fn play(&mut self, step: &Move) {
        match *step {
            Move::Issue { bank, at, amount } if at == BANKS[bank].1 => {
                let reserves = self.reserves.entry(bank).or_insert(0);
                if *reserves >= amount {
                    *reserves -= amount;
                    *self.held.entry((bank, at)).or_default() += amount;
                }
            }
            Move::Redeem { bank, at, amount }
                if at == BANKS[bank].1 && self.has(bank, at, amount) =>
            {
                *self.held.entry((bank, at)).or_default() -= amount;
                *self.reserves.entry(bank).or_default() += amount;
            }
            Move::Pay {
                from,
                to,
                of,
                amount,
            } if from != to && self.has(from, of, amount) => {
                self.shift((from, of), (to, of), amount);
            }
            Move::Swap {
                seller,
                buyer,
                of,
                against,
                amount,
                rate,
                answer: 0..=2,
            } => {
                let decimals = |of: usize| Currency::iso(CURRENCIES[of].1).unwrap().decimals();
                let back = rescaled(amount, rate, decimals(of), decimals(against));
                let can = seller != buyer && of != against && back > 0;
                if can && self.has(seller, of, amount) && self.has(buyer, against, back) {
                    self.shift((seller, of), (buyer, of), amount);
                    self.shift((buyer, against), (seller, against), back);
                }
            }
            _ => {}
        }
    }
}

/// The sum that comes back, reckoned in units and rounded half to even.
fn rescaled(amount: i64, thousandths: i64, from: u8, to: u8) -> i64 {
    let dividend = i128::from(amount) * i128::from(thousandths) * 10i128.pow(u32::from(to));
    let divisor = 1_000 * 10i128.pow(u32::from(from));
    let (whole, rest) = (dividend / divisor, dividend % divisor);
    let up = 2 * rest > divisor || 2 * rest == divisor && whole % 2 == 1;
    i64::try_from(whole).unwrap() + i64::from(up)
}

#[test]
fn where_nothing_is_lost_the_engine_holds_what_a_naive_reckoning_holds() {
    common::holds_for(moves(), |moves| {
        let mut town = world_of_banks(0);
        let mut oracle = Oracle::default();
        for (bank, (name, _)) in BANKS.iter().enumerate() {
            let reserves = town.own(name, Title::OwnReserves);
            oracle.reserves.insert(bank, reserves);
        }
        play(&mut town, &moves, false);
        moves.iter().for_each(|step| oracle.play(step));
        is_conserved(&town);
        let world = town.0.world();
        for (bank, (name, _)) in BANKS.iter().enumerate() {
            let party = town.party(name);
            let found = town.own(name, Title::OwnReserves);
            if found != oracle.reserves[&bank] {
                return Err(format!("{name} has {found} of reserves"));
            }
            for (at, (authority, currency)) in world.currencies().enumerate() {
                assert_eq!(currency.code(), CURRENCIES[at].1, "{authority:?}");
                let expected = oracle.held.get(&(bank, at)).copied().unwrap_or(0);
                let own = world.balance_in(party, Title::Bridge, NONE, currency);
                let platform = world.platform().unwrap();
                let kept = world.balance_in(platform, Title::Holding, party.0, currency);
                if (own, kept) != (expected, expected) {
                    return Err(format!(
                        "{name} holds {own}, {kept} {currency}, not {expected}"
                    ));
                }
            }
        }
        Ok(())
    });
}
