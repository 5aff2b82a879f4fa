//! Contracts in the books: under a storm of lost, doubled and late messages
//! every invariant holds after every act, in every regime; what was put in is
//! released, went back or is held; and any position of the log can be rebuilt.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;

use common::Town;
use conditions::{Name, text};
use proptest::prelude::*;
use world::describe::{Args, Described};
use world::fact::Title;
use world::invariants;
use world::kernel::Stop;
use world::offline::Operation;
use world::rules::{Issuance, Rules};
use world::spec::Value;
use world::state::Form;

const DEAL: &str = "  parties first=Alice second=Bob judge=Carol
  secret key sha256=\"d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272\"
  hold 10.00 from first
  on insolvency of second: close
  step paying until 1h
    when second deposits 5.00: go choosing
    when second shows key: pay all to second from first, close
    else: close
  step choosing until 2h
    when judge names fee from 1.00 to 3.00: pay fee to judge from first, go signing
    when anyone takes: pay 1.00 to them from second
    else: go signing
  step signing until 3h
    when 2 of [first, second] sign release: pay all to second from first
    when second claims: close
    else: pay all to first from second";
const RULE: &str = "  amount at most 4.00\n  not payee is Carol";

fn lines(block: &str) -> Vec<(u32, &str)> {
    text::lines(block)
}

fn town(issuance: Issuance, latency: i64) -> Town {
    let rules = Rules {
        issuance,
        ..common::slow(latency)
    };
    let mut town = common::town_by(rules, false);
    let name = |name: &str| Name::new(name).unwrap();
    let (_, machine) = text::load_contract(&name("Deal"), 1, &lines(DEAL), 2).unwrap();
    let condition = text::load_condition(&name("Rule"), 1, &lines(RULE), 2).unwrap();
    town.0
        .know(vec![Form::contract(&machine), Form::Condition(condition)]);
    town.0
        .write("Deal", 0, DEAL, &["Alice", "Bob", "Carol"])
        .unwrap();
    town.0.write("Rule", 1, RULE, &[]).unwrap();
    town.play_all(&[
        "Alice: exchange 500",
        "Bob: cash-in 500",
        "Carol: exchange 100",
        "+1m wait",
    ]);
    town
}

/// What somebody may try; most of it is turned down.
const ACTS: &[&str] = &[
    "Alice: contract.open Deal",
    "Bob: contract.open Deal",
    "Bob: contract.deposit D 5",
    "Bob: contract.deposit D 6",
    "Alice: contract.deposit D 5",
    "Bob: contract.show D preimage=\"sesame\"",
    "Bob: contract.show D preimage=\"no\"",
    "Carol: contract.name D fee 2",
    "Carol: contract.name D fee 9",
    "Noodles: contract.say D takes",
    "Alice: contract.sign D release",
    "Bob: contract.sign D release",
    "Bob: contract.claim D",
    "central-bank: contract.event D insolvency of=second",
    "Alice: purpose.hand P Bob 3",
    "Alice: purpose.pay P Bob 2",
    "Bob: purpose.pay P Noodles 5",
    "Bob: purpose.pay P Carol 1",
    "Bob: purpose.pay P Alice 1",
    "Summit: freeze Bob",
    "Summit: unfreeze Bob",
    "network: lose count=1",
    "network: double count=2",
    "network: delay 5m count=1",
    "Harbour: retry",
    "Summit: retry",
    "central-bank: retry",
    "Harbour: reverse",
    "Summit: reverse",
];

fn holds(town: &Town) -> Result<(), String> {
    match invariants::full(town.0.world())
        .into_iter()
        .find(|it| !it.holds())
    {
        Some(check) => Err(format!("{check:?}")),
        None => Ok(()),
    }
}

fn storm() -> impl Strategy<Value = Vec<(i64, usize)>> {
    proptest::collection::vec((0..40i64, 0..ACTS.len()), 1..40)
}

fn in_a_storm(issuance: Issuance) {
    common::holds_for((storm(), 0..3i64), |(acts, slow)| {
        let mut town = town(issuance, slow * 700);
        town.play_all(&[
            "Alice: contract.open Deal as D",
            "Alice: purpose.wrap Rule 50 for=2h as P",
        ]);
        for (minutes, act) in acts {
            let line = format!("+{minutes}m {}", ACTS[act]);
            match town.try_play(&line) {
                Ok(()) | Err(Stop::TooMany) => {}
                Err(stop) => return Err(format!("{line}: {stop}")),
            }
            holds(&town).map_err(|it| format!("{line}: {it}"))?;
        }
        town.play("+5h wait");
        holds(&town)?;
        let world = town.0.world();
        let sums = world.contract_sums();
        if world
            .contracts()
            .any(|(_, it)| !it.instance.ended() || !it.instance.conserves())
        {
            return Err("a contract has not ended".to_owned());
        }
        if sums.held != 0 || world.sum(Title::Contracts) != 0 {
            return Err(format!("ended contracts hold {sums:?}"));
        }
        // Any position can be rebuilt from the facts alone.
        let length = town.0.log().len();
        for position in [0, length / 3, length / 2, length] {
            let there = town.0.log().world_at(position);
            let twice = town.0.log().world_at(position);
            if there.contract_sums() != twice.contract_sums() {
                return Err(format!("two worlds at {position}"));
            }
        }
        let rebuilt = town.0.log().world_at(length);
        let stands = |world: &world::state::World| {
            let open = world
                .contracts()
                .map(|(order, it)| (order, it.instance.clone()));
            open.collect::<Vec<_>>()
        };
        if rebuilt.contract_sums() != sums || stands(&rebuilt) != stands(world) {
            return Err("the world rebuilt is another".to_owned());
        }
        Ok(())
    });
}

#[test]
fn invariants_hold_in_a_storm_where_banks_stock_digital_cash() {
    in_a_storm(Issuance::Stocked);
}

#[test]
fn invariants_hold_in_a_storm_where_it_is_made_on_demand() {
    in_a_storm(Issuance::OnDemand);
}

#[test]
fn invariants_hold_in_a_storm_where_banks_owe_it() {
    in_a_storm(Issuance::Deposit);
}

#[test]
fn every_reason_to_turn_somebody_down_is_met() {
    for issuance in [Issuance::Stocked, Issuance::OnDemand, Issuance::Deposit] {
        let mut town = town(issuance, 0);
        for (line, code) in [
            ("Bob: contract.open Deal as Never", Some("contract.opener")),
            ("Bob: contract.claim Never", Some("contract.unknown")),
            ("Alice: contract.open Deal as D", None),
            ("Bob: contract.deposit D 6", Some("contract.wrong-amount")),
            (
                "Bob: contract.show D preimage=\"no\"",
                Some("contract.wrong-secret"),
            ),
            ("Bob: contract.claim D", Some("contract.not-awaited")),
            ("Bob: contract.deposit D 5", None),
            (
                "Carol: contract.name D fee 3.01",
                Some("contract.out-of-range"),
            ),
            ("Carol: contract.name D fee 2", None),
            ("Alice: contract.sign D release", None),
            (
                "Alice: contract.sign D release",
                Some("contract.signed-before"),
            ),
            ("Bob: contract.sign D release", None),
            ("Bob: contract.claim D", Some("contract.ended")),
            ("Alice: purpose.wrap Rule 20 for=1h as P", None),
            ("Alice: purpose.pay P Bob 5", Some("purpose.fails")),
            ("Alice: purpose.pay P Carol 1", Some("purpose.fails")),
            ("Bob: purpose.pay P Alice 1", Some("funds.short")),
            ("Alice: purpose.pay P Alice 1", Some("payee.self")),
            ("+1h Alice: purpose.pay P Bob 1", Some("purpose.expired")),
        ] {
            let before = town.0.log().len();
            town.play(line);
            let met = town.refusals_since(before);
            assert_eq!(met.first().copied(), code, "{issuance:?} {line}");
            holds(&town).unwrap();
        }
        // Alice put in 10 and got nothing back but what was wrapped and not spent.
        assert_eq!(town.balance("Bob"), 500_00 + 8_00, "{issuance:?}");
        assert_eq!(town.balance("Carol"), 100_00 + 2_00, "{issuance:?}");
        assert_eq!(town.balance("Alice"), 500_00 - 10_00, "{issuance:?}");
    }
}

#[test]
fn money_reaches_a_wallet_that_is_frozen_and_full() {
    for issuance in [Issuance::Stocked, Issuance::OnDemand, Issuance::Deposit] {
        let mut town = town(issuance, 0);
        town.play_all(&[
            "Alice: contract.open Deal as D",
            "Bob: contract.deposit D 5",
            "Carol: contract.name D fee 1",
            "Bob: contract.sign D release",
            // A wallet of this type may hold 10,000.
            "Bob: cash-in 9_505",
        ]);
        assert_eq!(town.balance("Bob"), 10_000_00, "{issuance:?}");
        town.play_all(&["Summit: freeze Bob", "Alice: contract.sign D release"]);
        holds(&town).unwrap();
        assert_eq!(town.balance("Bob"), 10_014_00, "{issuance:?}");
        assert_eq!(town.0.world().contract_sums().held, 0);
        // Nothing more can be paid in until it holds less, and it can be spent once it is free.
        let before = town.0.log().len();
        town.play_all(&[
            "Carol: pay Bob 1",
            "Summit: unfreeze Bob",
            "Carol: pay Bob 1",
        ]);
        town.play("Bob: pay Noodles 15");
        assert_eq!(
            town.refusals_since(before),
            ["payee.frozen", "limit.balance"]
        );
        assert_eq!(town.balance("Bob"), 9_999_00);
    }
}

/// A verb without arguments.
struct Bare;

impl Args for Bare {
    fn value(&self, _: &str) -> Option<&Value> {
        None
    }
}

fn switch(verb: &str, town: &mut Town) -> Operation {
    Operation::read(verb, &Bare, &mut town.0).unwrap().unwrap()
}

#[test]
fn what_a_holder_without_a_network_asks_of_a_contract_does_not_leave_the_phone() {
    let mut town = town(Issuance::Stocked, 0);
    let bob = town.actor("Bob");
    let leave = switch("offline.disconnect", &mut town);
    town.play("Alice: contract.open Deal as D");
    town.0.act_offline(bob, &leave, None).unwrap();
    let before = town.0.log().len();
    town.play("Bob: contract.deposit D 5");
    assert_eq!(town.refusals_since(before), ["network.none"]);
    assert_eq!(town.balance("Bob"), 500_00);
    let back = switch("offline.connect", &mut town);
    town.0.act_offline(bob, &back, None).unwrap();
    town.play("Bob: contract.deposit D 5");
    assert_eq!(town.balance("Bob"), 495_00);
    holds(&town).unwrap();
}
