//! What ends a run or a line, and leaves everything as it was.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::{Town, rules, slow, town};
use world::cbdc::{Exchange, Issue, Operation, Pay, Return};
use world::describe::Minor;
use world::kernel::Stop;

#[test]
fn who_cannot_act_so_is_told_and_nothing_happens() {
    let mut town = town(false);
    let harbour = town.party("Harbour");
    let (alice, second) = (town.actor("Alice"), town.actor("AliceB"));
    let (bank, central_bank) = (town.actor("Harbour"), town.actor("central-bank"));
    let amount = Minor(1);
    let issue = |to| Operation::Issue(Issue { amount, to });
    let give_back = Operation::Return(Return { amount });
    let exchange = Operation::Exchange(Exchange { amount });
    let pay = Operation::Pay(Pay {
        to: alice,
        amount,
        memo: None,
        key: None,
    });
    let before = (town.0.digest(), town.0.log().len());
    let cases = [
        (alice, issue(harbour)),
        (bank, issue(harbour)),
        (second, issue(harbour)),
        (central_bank, issue(town.party("Alice"))),
        (central_bank, give_back),
        (alice, give_back),
        (second, give_back),
        (bank, exchange),
        (central_bank, exchange),
        (bank, pay),
        (world::describe::Actor::Party(world::fact::PartyId(99)), pay),
        (
            world::describe::Actor::Wallet(world::fact::WalletId(99)),
            pay,
        ),
    ];
    for (actor, operation) in cases {
        assert_eq!(
            town.0.act(actor, &operation, None),
            Err(Stop::CannotAct),
            "{actor:?} {operation:?}"
        );
    }
    for minor in [0, -1, i64::MIN] {
        let nothing = Operation::Exchange(Exchange {
            amount: Minor(minor),
        });
        assert_eq!(town.0.act(alice, &nothing, None), Err(Stop::NotPositive));
    }
    assert_eq!((town.0.digest(), town.0.log().len()), before);
}

#[test]
fn a_name_is_given_once() {
    let mut town = town(false);
    let before = town.0.log().len();
    for line in [
        "operator Alice",
        "person AliceB at=Harbour type=I",
        "visitor central-bank at=Harbour type=V",
        "merchant Harbour at=Summit",
        "firm Noodles at=Summit",
        "wallet Bob owner=Alice at=Harbour type=I",
    ] {
        assert_eq!(town.try_declare(line), Err(Stop::NameTaken), "{line}");
    }
    assert_eq!(town.0.log().len(), before);
}

#[test]
fn a_customer_banks_with_a_bank() {
    let mut town = town(false);
    for line in [
        "person Zoe at=Alice type=I",
        "merchant Zoe at=central-bank",
        "wallet Zoe owner=Alice at=Bob type=I",
    ] {
        assert_eq!(town.try_declare(line), Err(Stop::CannotAct), "{line}");
    }
}

#[test]
fn a_run_stops_at_its_ceiling_and_not_before() {
    let mut whole = town(false);
    whole.play("Alice: exchange 5");
    let length = whole.0.log().len();
    let mut exact = town(false);
    exact.0.set_ceiling(length);
    exact.play("Alice: exchange 5");
    assert_eq!(exact.0.digest(), whole.0.digest());
    assert_eq!(
        exact.try_play("Alice: exchange 5"),
        Err(Stop::Ceiling(length))
    );
    assert_eq!(exact.0.log().len(), length);
    let mut short = town(false);
    short.0.set_ceiling(length - 1);
    assert_eq!(
        short.try_play("Alice: exchange 5"),
        Err(Stop::Ceiling(length - 1))
    );
}

#[test]
fn an_instant_ends_after_a_hundred_thousand_facts() {
    let mut town = Town::new(slow(1_000), false);
    town.play_all(&[
        "operator Harbour reserves=900_000",
        "person Alice at=Harbour type=I deposit=900_000",
        "central-bank: issue 900_000 to=Harbour",
        "+1h wait",
    ]);
    // Everything asked for now arrives in the same instant later; each request alone causes few facts.
    let mut few = town.clone();
    for _ in 0..9_000 {
        few.play("Alice: exchange 0.01");
    }
    assert_eq!(few.try_play("+1h wait"), Ok(()));
    for _ in 0..34_000 {
        town.play("Alice: exchange 0.01");
    }
    assert_eq!(town.try_play("+1h wait"), Err(Stop::InstantTooLong));
}

#[test]
fn there_are_at_most_255_faults() {
    let mut town = town(false);
    for _ in 0..255 {
        town.play("network: lose count=0");
    }
    assert_eq!(town.try_play("network: lose"), Err(Stop::TooMany));
    assert_eq!(town.0.world().faults().len(), 255);
}

#[test]
fn time_does_not_run_backwards() {
    let mut town = Town::new(rules(), false);
    let now = town.now();
    town.0.advance(now - 1).unwrap();
    assert_eq!(town.now(), now);
}
