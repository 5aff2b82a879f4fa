//! What went wrong once.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::follow::{Follower, is_settled, wealth};
use common::{Town, rules, slow, town, town_by};
use money::MAX_MINOR;
use world::cbdc::Declaration;
use world::fact::{Message, Purpose, Subject, Title};
use world::kernel::Stop;
use world::rules::{Issuance, Rules};

/// The first fitting message from the network, with its fields.
fn answer(town: &Town, subject: Subject) -> Message {
    *town
        .0
        .world()
        .pending()
        .find(|message| message.subject == subject)
        .unwrap()
}

#[test]
fn a_payment_turned_down_after_midnight_gives_nothing_back_to_the_new_day() {
    let mut town = town_by(slow(60_000), false);
    town.play_all(&["Bob: cash-in 10_000", "Maya: cash-in 1_000", "+1h wait"]);
    // Just before midnight Bob pays Maya, whose wallet is full: her bank says no after midnight, and after his next
    // payment.
    town.play_all(&[
        "2025-11-03T23:58:30 Bob: pay Maya 2_000",
        "2025-11-04T00:00 Bob: pay Noodles 2_000",
        "+1h wait",
    ]);
    assert_eq!(town.refusals(), ["limit.balance"]);
    let file = town.0.world().wallet(town.wallet("Bob")).unwrap();
    assert_eq!(
        (file.spent_day, file.spent_year, file.available),
        (2_000_00, 2_000_00, 8_000_00)
    );
    town.play_all(&[
        "Bob: pay Noodles 2_000",
        "+1h Bob: pay Noodles 1_000.01",
        "+1h wait",
    ]);
    assert_eq!(town.refusals(), ["limit.balance", "limit.day"]);
}

#[test]
fn a_payment_turned_down_after_new_year_gives_nothing_back_to_the_new_year() {
    let mut town = town_by(slow(60_000), false);
    town.play_all(&["Bob: cash-in 10_000", "Maya: cash-in 1_000", "+1h wait"]);
    town.play_all(&[
        "2025-12-31T23:58:30 Bob: pay Maya 2_000",
        "2026-01-01T00:00 Bob: pay Noodles 1_500",
        "+1h wait",
    ]);
    let file = town.0.world().wallet(town.wallet("Bob")).unwrap();
    assert_eq!((file.spent_day, file.spent_year), (1_500_00, 1_500_00));
}

#[test]
fn a_payment_turned_down_the_same_day_is_given_back_and_the_next_day_only_to_the_year() {
    let mut town = town_by(slow(60_000), false);
    town.play_all(&[
        "Bob: cash-in 10_000",
        "Maya: cash-in 1_000",
        "+1h Bob: pay Maya 2_000",
        "+1h wait",
    ]);
    let file = |town: &Town| {
        let file = town.0.world().wallet(town.wallet("Bob")).unwrap();
        (file.spent_day, file.spent_year)
    };
    assert_eq!(file(&town), (0, 0));
    town.play_all(&[
        "2025-11-04T23:57:30 Bob: pay Maya 2_000",
        "+1m Bob: pay Noodles 700",
    ]);
    assert_eq!(file(&town), (2_000_00, 2_000_00));
    town.play("+1h wait");
    assert_eq!(file(&town), (0, 700_00));
}

#[test]
fn payments_without_a_limit_may_go_on_for_ever() {
    let mut town = Town::new(common::rules(), false);
    let most = money::write_minor(MAX_MINOR / 4, 2);
    town.play_all(&[
        &format!("operator Harbour reserves={most}"),
        &format!("person Alice at=Harbour type=I deposit={most}"),
        "person Bob at=Harbour type=I deposit=0",
        &format!("central-bank: issue {most} to=Harbour"),
        &format!("Alice: exchange {most}"),
    ]);
    for _ in 0..5_000 {
        town.play(&format!("Alice: pay Bob {most}"));
        town.play(&format!("Bob: pay Alice {most}"));
    }
    assert!(town.refusals().is_empty());
    Follower::new(&town.0, 4_096).finish(&town.0).unwrap();
}

#[test]
fn money_that_comes_back_when_the_vault_is_empty_stays_owed() {
    // Bob has no account at Summit, which Harbour learns only when it has sent the reserves and given its vault away.
    let mut town = town_by(slow(10_000), false);
    town.play_all(&[
        "wallet BobB owner=Bob at=Harbour type=IV",
        "Harbour: return 700_000",
        "Bob: cash-in 500",
        "+1m Bob: pay BobB 500",
        "+1m wait",
    ]);
    let before = wealth(town.0.world());
    town.play_all(&["BobB: redeem 500", "+45s Harbour: return 500", "+10m wait"]);
    let refusals = town.refusals();
    assert_eq!(refusals, ["account.missing", "liquidity.short"]);
    assert_eq!(
        (town.own("Harbour", Title::ToReturn), town.balance("BobB")),
        (500_00, 0)
    );
    assert_eq!(wealth(town.0.world()), before);
    Follower::new(&town.0, 1).finish(&town.0).unwrap();
    is_settled(town.0.world()).unwrap();
}

#[test]
fn all_opening_balances_together_stay_within_what_can_be_counted() {
    let half = money::write_minor(MAX_MINOR / 2 + 1, 2);
    let stopped = |lines: &[&str], line: &str| {
        let mut town = Town::new(common::rules(), false);
        town.play_all(lines);
        let before = town.0.log().len();
        let error = town.try_declare(line).unwrap_err();
        assert_eq!(error, Stop::TooMuchMoney, "{line}");
        assert_eq!(
            town.0.log().len(),
            before,
            "a declaration that stops declares nothing"
        );
    };
    stopped(
        &[],
        &format!("operator Harbour reserves={half} cash={half}"),
    );
    stopped(
        &["operator Harbour"],
        &format!("person Alice at=Harbour type=I deposit={half} cash={half}"),
    );
    stopped(
        &[&format!("operator Harbour reserves={half}")],
        &format!("person Alice at=Harbour type=I deposit={half}"),
    );
    stopped(
        &[
            "operator Harbour",
            &format!("person Alice at=Harbour type=I deposit={half}"),
        ],
        &format!("operator Summit cash={half}"),
    );
}

#[test]
fn only_a_holder_is_given_a_wallet_and_only_by_a_bank() {
    let mut town = town(false);
    let ty = world::describe::TypeNo(0);
    let (harbour, alice) = (town.party("Harbour"), town.party("Alice"));
    for (owner, at) in [
        (harbour, harbour),
        (town.party("central-bank"), harbour),
        (alice, alice),
    ] {
        let wallet = Declaration::Wallet(world::cbdc::Wallet { owner, at, ty });
        assert_eq!(town.0.declare("W", &wallet), Err(Stop::CannotAct));
    }
    let nobody = world::fact::PartyId(99);
    let wallet = Declaration::Wallet(world::cbdc::Wallet {
        owner: nobody,
        at: harbour,
        ty,
    });
    assert_eq!(town.0.declare("W", &wallet), Err(Stop::CannotAct));
}

#[test]
fn a_refusal_names_the_holder_whose_money_did_not_arrive() {
    let mut town = town(false);
    town.play("AliceB: exchange 10_000.01");
    let (_, refusal) = town.0.log().refusals().last().unwrap();
    assert_eq!(
        (refusal.by, refusal.party),
        (town.party("Summit"), town.party("Alice"))
    );
    assert_eq!(refusal.purpose, Purpose::Exchange);
}

#[test]
fn a_bank_that_has_heard_of_no_issue_yet_may_send_reserves_that_are_gone() {
    // The issue takes all reserves; before Harbour knows, it sends some of them for Alice.
    let mut town = town_by(slow(10_000), false);
    town.play_all(&[
        "network: delay 60s from=central-bank to=Harbour",
        "central-bank: issue 300_000 to=Harbour",
        "AliceB: exchange 100",
    ]);
    town.play("+15s wait");
    assert_eq!(answer(&town, Subject::Transfer).amount, 100_00);
    town.play("+10m wait");
    assert_eq!(town.refusals(), ["liquidity.short"]);
    assert_eq!(
        (town.deposit("Alice"), town.balance("AliceB")),
        (200_000_00, 0)
    );
    is_settled(town.0.world()).unwrap();
    Follower::new(&town.0, 1).finish(&town.0).unwrap();
}

#[test]
fn what_was_pulled_for_a_payment_that_came_to_nothing_does_not_stay_above_the_cap() {
    for issuance in [Issuance::OnDemand, Issuance::Deposit] {
        let mut law = Rules {
            issuance,
            waterfall: true,
            reverse_waterfall: true,
            ..rules()
        };
        law.wallet_types[1].balance = Some(0);
        let mut town = town_by(law, false);
        town.play("Summit: freeze Noodles");
        town.play("Alice: pay Noodles 12.50");
        assert_eq!(town.refusals(), ["payee.frozen"]);
        assert_eq!(
            (town.balance("Alice"), town.deposit("Alice")),
            (0, 200_000_00),
            "{issuance:?}"
        );
        is_settled(town.0.world()).unwrap();
        Follower::new(&town.0, 1).finish(&town.0).unwrap();
    }
}
