//! Thousands of random acts of every kind, in calm and under faults, in every
//! regime: whatever wallets, banks and the network do, every book balances,
//! every difference between books is on its way, and no money comes or goes.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use std::cell::RefCell;
use std::collections::BTreeMap;

use common::follow::{Follower, is_settled, wealth};
use common::{Town, amount, holds_for, rules};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use world::describe::Scope;
use world::fact::{Fact, Fate};
use world::rules::{Issuance, Rules};

const DAY: i64 = 86_400_000;

const BANKS: [&str; 3] = ["Harbour", "Summit", "Quay"];
const WALLETS: [&str; 6] = ["Alice", "AliceB", "Bob", "Carol", "Noodles", "Maya"];

const CAST: &[&str] = &[
    "operator Harbour reserves=20_000 cash=2_000",
    "operator Summit reserves=20_000 cash=2_000",
    "operator Quay reserves=2_000",
    "agent Corner at=Harbour",
    "person Alice at=Harbour type=II deposit=9_000 cash=500",
    "person Bob at=Summit type=IV cash=3_000",
    "person Carol at=Harbour via=Corner type=I deposit=9_000 cash=900",
    "merchant Noodles at=Summit deposit=1_000",
    "visitor Maya at=Quay type=V cash=900",
    "wallet AliceB owner=Alice at=Summit type=III",
    "central-bank: issue 9_000 to=Harbour",
    "central-bank: issue 9_000 to=Summit",
    "central-bank: issue 1_000 to=Quay",
    "+1m Alice: exchange 4_000",
    "+1m Carol: exchange 4_000",
    "+1m Bob: cash-in 1_500",
    "+1m Maya: cash-in 300",
    "+1m AliceB: exchange 500",
];

/// An act before it is worded: a verb, who, whom, a sum, a wait.
type Raw = (u8, Index, Index, i64, i64);

fn raw() -> impl Strategy<Value = Raw> {
    let sum = prop_oneof![6 => 1..40_000i64, 2 => 1..400_000i64, 1 => Just(1)];
    let wait = prop_oneof![6 => Just(0), 4 => 0..4_000i64, 2 => 0..90_000i64, 1 => 0..3 * DAY];
    (0..100u8, any::<Index>(), any::<Index>(), sum, wait)
}

/// The act as a line, in which what it names is there. What has been named so
/// far is counted by `named`.
fn line(raw: Raw, number: usize, faults: bool, named: &mut [Vec<String>; 3]) -> String {
    let (verb, one, other, sum, wait) = raw;
    let (wallet, whom) = (one.get(&WALLETS), other.get(&WALLETS));
    let (bank, sum) = (one.get(&BANKS), amount(sum));
    let [payments, requests, subs] = named;
    let known = |names: &Vec<String>| (!names.is_empty()).then(|| other.get(names).clone());
    let pay = format!("{wallet}: pay {whom} {sum}");
    let act = match verb {
        0..8 => pay,
        8..10 => format!("{wallet}: pay-to \"{whom}@town\" {sum}"),
        10..12 => format!("{wallet}: alias \"{whom}@town\""),
        12 => format!("{wallet}: pay-many {{Alice={sum},Noodles={sum},Maya={sum}}}"),
        13 => format!("{bank}: restrict III payment={sum}"),
        14..22 => {
            payments.push(format!("P{number}"));
            format!("{pay} as P{number}")
        }
        22..30 => match known(payments) {
            Some(name) => format!("{wallet}: refund {name} {sum}"),
            None => pay,
        },
        30..36 => {
            requests.push(format!("R{number}"));
            format!("{wallet}: request {whom} {sum} expires=1h as R{number}")
        }
        36..44 => match known(requests) {
            Some(name) if verb < 42 => format!("{wallet}: accept {name}"),
            Some(name) => format!("{wallet}: decline {name}"),
            None => pay,
        },
        44..48 => {
            subs.push(format!("S{number}"));
            format!("{wallet}: open-sub cap={sum} as S{number}")
        }
        48..54 => match known(subs) {
            Some(name) => format!("{name}: pay {whom} {sum}"),
            None => pay,
        },
        54..58 => format!("{wallet}: schedule {whom} {sum} in=30s every=1d times=3"),
        58..61 => format!("{bank}: freeze {wallet}"),
        61..66 => format!("{bank}: unfreeze {wallet}"),
        66..68 => format!("{wallet}: close"),
        68..71 => format!("{wallet}: upgrade {}", other.get(&["II", "III", "IV"])),
        71..74 => format!("{wallet}: limit payment={sum} day={sum}"),
        74..78 => format!("{wallet}: exchange {sum}"),
        78..80 => format!("{wallet}: redeem {sum}"),
        80 => format!("{wallet}: top-up {sum} at=Corner"),
        81 => format!("{wallet}: withdraw {sum} from=Corner"),
        82 => format!("{wallet}: cash-out {sum}"),
        83 => format!("{wallet}: transfer {whom} {sum} at=Corner"),
        84..86 => format!("{wallet}: cash-in {sum}"),
        86 => format!("{bank}: accrue pay=true"),
        87 => "central-bank: resolve Quay to=Summit".to_owned(),
        88..91 => format!("{bank}: retry"),
        91 => "Corner: retry".to_owned(),
        92 => format!("{bank}: reverse"),
        93 => "Corner: reverse".to_owned(),
        94 => "central-bank: retry".to_owned(),
        95 if faults => format!("network: delay 45s to={bank}"),
        96 if faults => "network: lose from=Corner".to_owned(),
        97 if faults => format!("network: lose from={bank}"),
        98 if faults => "network: lose from=central-bank".to_owned(),
        _ if faults => format!("network: double to={bank}"),
        _ => "wait".to_owned(),
    };
    format!("+{} {act}", money::Span(wait))
}

fn storm(
    (issuance, flows): (Issuance, [bool; 2]),
    latency: i64,
    faults: bool,
    raws: &[Raw],
    reached: &RefCell<BTreeMap<String, u32>>,
) -> Result<(), String> {
    let [waterfall, reverse_waterfall] = flows;
    let mut tight = rules();
    // Low enough that receipts flow on.
    tight.wallet_types[1].balance = Some(4_200_00);
    let mut town = Town::new(
        Rules {
            issuance,
            waterfall,
            reverse_waterfall,
            latency: money::Span(latency),
            insurance: Some(150_00),
            ..tight
        },
        false,
    );
    town.play_all(CAST);
    town.play("+1h wait");
    let mut follower = Follower::new(&town.0, 64);
    follower.opened(&town.0)?;
    let before = wealth(town.0.world());
    let mut named = [const { Vec::new() }; 3];
    for (number, raw) in raws.iter().enumerate() {
        let line = line(*raw, number, faults, &mut named);
        // A sub-wallet that its bank did not open cannot be spoken of.
        let actor = line.split(' ').nth(1).unwrap().trim_end_matches(':');
        if actor != "network" && actor != "wait" && town.0.actor(actor).is_none() {
            continue;
        }
        // A bank fails once.
        let quay = town.party("Quay");
        if line.contains("resolve") && town.0.world().successor(quay).is_some() {
            continue;
        }
        town.try_play(&line)
            .map_err(|stop| format!("{line}: {stop}"))?;
        follower
            .follow(&town.0)
            .map_err(|wrong| format!("{line}: {wrong}"))?;
    }
    town.0
        .advance(town.now() + 30 * DAY)
        .map_err(|stop| stop.to_string())?;
    follower.finish(&town.0)?;
    let mut reached = reached.borrow_mut();
    for fact in town.facts() {
        let key = match fact {
            Fact::Refused(refusal) => refusal.code.key(),
            Fact::Sent(message) => message.subject.key(),
            Fact::Posted(journal) => journal.purpose.key(),
            Fact::Changed(_) | Fact::Scheduled(_) => continue,
        };
        *reached.entry(key.to_owned()).or_default() += 1;
    }
    let world = town.0.world();
    if let Some(message) = world.pending().find(|it| it.fate != Fate::Lost) {
        return Err(format!("{message:?} is still on its way"));
    }
    if world.pending().next().is_none() {
        is_settled(world)?;
        if wealth(world) != before {
            return Err(format!("the public had {before} and has {}", wealth(world)));
        }
    }
    Ok(())
}

fn storms(faults: bool, expected: &[&str]) {
    let reached = RefCell::default();
    let issuance = prop::sample::select(vec![
        Issuance::Stocked,
        Issuance::OnDemand,
        Issuance::Deposit,
    ]);
    let weather = (
        (issuance, any::<[bool; 2]>()),
        prop_oneof![Just(0), 0..3_000i64],
    );
    holds_for(
        (weather, vec(raw(), 1..160)),
        |((regime, latency), raws)| storm(regime, latency, faults, &raws, &reached),
    );
    for key in expected {
        assert!(
            reached.borrow().contains_key(*key),
            "no storm reached {key}"
        );
    }
}

#[test]
fn books_agree_and_money_is_conserved_whatever_wallets_do() {
    storms(
        false,
        &[
            "refund",
            "please-pay",
            "will-not-pay",
            "lapsed",
            "wallet.frozen",
            "payee.frozen",
            "wallet.closed",
            "limit.parent",
            "refund.excess",
            "request.over",
            "waterfall",
            "reverse-waterfall",
            "credited",
            "found",
            "address.taken",
            "top-up",
            "withdraw",
            "transfer",
            "insured",
        ],
    );
}

#[test]
fn books_agree_up_to_what_is_lost_whatever_is_sent_again_or_undone() {
    storms(
        true,
        &["refund", "please-pay", "credited", "nothing.missing"],
    );
}
