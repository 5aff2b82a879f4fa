//! Wallets beyond plain payments: their status, type, own limits and handles,
//! requests to be paid and money given back, payments for later, interest, and
//! messages that never arrived.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::follow::{Follower, is_settled};
use common::{Town, rules, slow, town_by};
use world::fact::{Fact, Subject, Title};
use world::rules::{Issuance, Night, Rules};

/// Not refused.
const OK: &str = "";

/// What a line does: a line with the code it is refused with, or what somebody
/// has after the lines before it, in minor units.
enum Line {
    Says(&'static str, &'static str),
    Has(&'static str, &'static str, i64),
}
use Line::{Has, Says};

/// Plays lines in the town by rules; the invariants hold after every event,
/// and in the end nothing is left on its way.
fn check(rules: Rules, lines: &[Line]) -> Town {
    let mut town = town_by(rules, false);
    let mut follower = Follower::new(&town.0, 1);
    for line in lines {
        match *line {
            Says(line, expected) => {
                let before = town.0.log().len();
                town.play(line);
                let codes = town.refusals_since(before).join(" ");
                assert_eq!(codes, expected, "{line}");
            }
            Has(name, what, expected) => {
                let found = match what {
                    "wallet" => town.balance(name),
                    "deposit" => town.deposit(name),
                    _ => town.own(name, Title::from_key(what).unwrap()),
                };
                assert_eq!(found, expected, "{name}.{what}");
            }
        }
    }
    follower.finish(&town.0).unwrap();
    is_settled(town.0.world()).unwrap();
    town
}

fn by(issuance: Issuance) -> Rules {
    Rules {
        issuance,
        ..rules()
    }
}

/// The three ways in which digital currency comes to be.
fn regimes() -> [Rules; 3] {
    [Issuance::Stocked, Issuance::OnDemand, Issuance::Deposit].map(by)
}

#[test]
fn a_frozen_wallet_neither_pays_nor_is_paid_until_it_is_freed() {
    for rules in regimes() {
        check(
            rules,
            &[
                Says("Alice: exchange 100", OK),
                Says("Carol: exchange 100", OK),
                Says("Harbour: freeze Alice", OK),
                Says("Alice: pay Bob 10", "wallet.frozen"),
                Says("Alice: redeem 10", "wallet.frozen"),
                Says("Carol: pay Alice 10", "payee.frozen"),
                Says("Summit: freeze Alice", "party.unknown"),
                Says("Harbour: unfreeze Alice", OK),
                Says("Alice: pay Bob 10", OK),
                Says("Summit: freeze Bob", OK),
                // The other bank's files are its own: it says no when it is asked.
                Says("Alice: pay Bob 10", "payee.frozen"),
                Has("Alice", "wallet", 90_00),
                Has("Bob", "wallet", 10_00),
            ],
        );
    }
}

#[test]
fn a_wallet_is_given_up_only_when_it_is_empty() {
    check(
        rules(),
        &[
            Says("Alice: exchange 100", OK),
            Says("Alice: close", "wallet.not-empty"),
            Says("Alice: redeem 100", OK),
            Says("Alice: close", OK),
            Says("Alice: exchange 1", "wallet.closed"),
            Says("Alice: close", "wallet.closed"),
            Says("Harbour: unfreeze Alice", "wallet.closed"),
            Says("Carol: exchange 10", OK),
            Says("Carol: pay Alice 1", "payee.closed"),
            // Her other wallet goes on.
            Says("AliceB: exchange 5", OK),
        ],
    );
}

#[test]
fn a_wallet_keeps_its_balance_and_what_it_has_paid_when_it_moves_to_another_type() {
    check(
        rules(),
        &[
            Says("Bob: cash-in 2_600", OK),
            Says("Bob: pay Noodles 2_000.01", "limit.payment"),
            Says("Bob: upgrade III", OK),
            Says("Bob: pay Noodles 2_000.01", OK),
            Has("Bob", "wallet", 599_99),
            // 2,000.01 of the day's 5,000 of type IV are used.
            Says("Bob: cash-in 9_000", OK),
            Says("Bob: upgrade IV", OK),
            Says("Bob: pay Noodles 2_000", OK),
            Says("Bob: pay Noodles 999.99", OK),
            Says("Bob: pay Noodles 0.01", "limit.day"),
            Says("Bob: upgrade V", "limit.balance"),
        ],
    );
}

#[test]
fn a_holder_may_set_its_own_limits_below_those_of_its_type() {
    check(
        rules(),
        &[
            Says("Bob: cash-in 5_000", OK),
            Says("Bob: limit payment=100 day=150 balance=5_050", OK),
            Says("Bob: pay Noodles 100.01", "limit.payment"),
            Says("Bob: pay Noodles 100", OK),
            Says("Bob: pay Noodles 50.01", "limit.day"),
            Says("Bob: pay Noodles 50", OK),
            Says("Bob: cash-in 200.01", "limit.balance"),
            Says("Bob: cash-in 200", OK),
            Says("Bob: limit payment=2_000.01", "limit.type"),
            Says("Bob: limit payment=2_000 day=5_000", OK),
            Says("Bob: pay Noodles 2_000", OK),
        ],
    );
}

#[test]
fn a_sub_wallet_pays_its_parent_s_money_to_one_payee_up_to_its_cap() {
    for rules in regimes() {
        let town = check(
            rules,
            &[
                Says("Alice: exchange 500", OK),
                Says("Alice: open-sub for=Noodles cap=40 as Lunches", OK),
                Says("Lunches: pay Bob 5", "payee.other"),
                Says("Lunches: pay Noodles 40.01", "limit.parent"),
                Says("Lunches: pay Noodles 30", OK),
                Says("Lunches: pay Noodles 10.01", "limit.parent"),
                Says("Lunches: pay Noodles 10", OK),
                Has("Alice", "wallet", 460_00),
                Has("Noodles", "wallet", 40_00),
                Says("+1d Lunches: pay Noodles 40", OK),
                Has("Alice", "wallet", 420_00),
                // What is paid through it counts towards the parent's own limits.
                Says("Alice: limit day=100", OK),
                Says("Alice: pay Bob 60.01", "limit.day"),
                Says("Alice: pay Lunches 1", "payee.self"),
                Says("Lunches: close", OK),
                Says("Lunches: pay Noodles 1", "wallet.closed"),
                Says("Alice: pay Bob 60", OK),
            ],
        );
        // The payee's bank and the payee were told the handle, not the parent.
        let parent = town.wallet("Alice");
        let told = town.messages();
        let noodles = town.party("Noodles");
        let notices = told
            .iter()
            .filter(|it| it.to == noodles && it.subject == Subject::Notice);
        assert!(notices.clone().count() == 3);
        assert!(notices.into_iter().all(|it| it.wallet != Some(parent)));
    }
}

#[test]
fn what_a_firm_s_sub_wallet_is_paid_is_the_firm_s() {
    check(
        rules(),
        &[
            Says("Noodles: open-sub as Counter", OK),
            Says("Alice: exchange 100", OK),
            Says("Alice: pay Counter 30", OK),
            Has("Noodles", "wallet", 30_00),
            Says("Counter: pay Bob 10", OK),
            Has("Noodles", "wallet", 20_00),
            Says("Noodles: redeem 20", OK),
        ],
    );
}

#[test]
fn a_request_is_paid_once_declined_or_ends_with_its_time() {
    for rules in regimes() {
        check(
            rules,
            &[
                Says("Alice: exchange 500", OK),
                Says("Noodles: request Alice 12.50 as One", OK),
                Says("Alice: accept One", OK),
                Has("Noodles", "wallet", 12_50),
                Says("Alice: accept One", "request.over"),
                Says("Noodles: request Alice 20 as Two", OK),
                Says("Bob: accept Two", "order.unknown"),
                Says("Alice: decline Two", OK),
                Says("Alice: accept Two", "request.over"),
                Says("Noodles: request Alice 30 expires=10m as Three", OK),
                Says("+9m59s Noodles: request Alice 31 expires=10m as Four", OK),
                Says("+1s Alice: accept Three", "request.over"),
                Says("Alice: accept Four", OK),
                Has("Noodles", "wallet", 43_50),
                // At one bank too.
                Says("Carol: request Alice 1 as Five", OK),
                Says("Alice: accept Five", OK),
                Has("Carol", "wallet", 1_00),
                Says("Carol: request Carol 1 as Six", "payee.self"),
                // A payment that is turned down leaves the request open.
                Says("Noodles: request Bob 5 as Seven", OK),
                Says("Bob: accept Seven", "funds.short"),
                Says("Alice: pay Bob 5", OK),
                Says("Bob: accept Seven", OK),
            ],
        );
    }
}

#[test]
fn a_payment_is_given_back_in_parts_up_to_the_whole() {
    for rules in regimes() {
        let rules = Rules {
            refund_within: Some(money::Span(86_400_000)),
            ..rules
        };
        check(
            rules,
            &[
                Says("Alice: exchange 500", OK),
                Says("Alice: limit payment=50 day=50", OK),
                Says("Alice: pay Noodles 50 as Lunch", OK),
                Says("Bob: refund Lunch 1", "order.unknown"),
                Says("Noodles: refund Lunch 20", OK),
                Has("Alice", "wallet", 470_00),
                Says("Noodles: refund Lunch 30.01", "refund.excess"),
                Says("Noodles: refund Lunch", OK),
                Has("Alice", "wallet", 500_00),
                Has("Noodles", "wallet", 0),
                Says("Noodles: refund Lunch", "refund.excess"),
                // What came back does not give the day's limit back.
                Says("Alice: pay Noodles 0.01", "limit.day"),
                Says("+1d Alice: pay Carol 50 as Debt", OK),
                Says("+24h Carol: refund Debt 1", OK),
                Says("+1ms Carol: refund Debt 1", "refund.late"),
            ],
        );
    }
}

#[test]
fn of_ten_identical_requests_one_is_paid() {
    let again = Says("Alice: pay Noodles 12.50 key=\"seven\"", "duplicate");
    let mut lines = vec![
        Says("Alice: exchange 500", OK),
        Says("Alice: pay Noodles 501 key=\"seven\"", "funds.short"),
        Says("Alice: pay Noodles 12.50 key=\"seven\"", OK),
    ];
    lines.extend((0..9).map(|_| match again {
        Says(line, code) => Says(line, code),
        Has(..) => unreachable!(),
    }));
    lines.extend([
        Has("Noodles", "wallet", 12_50),
        // Another sender's number is another number.
        Says("Carol: exchange 5", OK),
        Says("Carol: pay Noodles 5 key=\"seven\"", OK),
    ]);
    check(rules(), &lines);
}

#[test]
fn a_payment_ordered_for_later_is_made_then_as_often_as_ordered() {
    for rules in regimes() {
        check(
            rules,
            &[
                Says("Alice: exchange 100", OK),
                Says("Alice: schedule Noodles 30 in=1d every=7d times=4", OK),
                Says("Alice: schedule Bob 5 in=1d", OK),
                Says("+23h59m wait", OK),
                Has("Noodles", "wallet", 0),
                Says("+1m wait", OK),
                Has("Noodles", "wallet", 30_00),
                Has("Bob", "wallet", 5_00),
                Says("+7d wait", OK),
                Has("Noodles", "wallet", 60_00),
                Says("+7d wait", OK),
                Has("Noodles", "wallet", 90_00),
                // The last finds too little in the wallet, and says so.
                Says("+7d wait", "funds.short"),
                Says("+30d wait", OK),
                Has("Alice", "wallet", 5_00),
            ],
        );
    }
}

#[test]
fn a_payment_for_later_is_not_made_from_a_wallet_that_was_frozen_or_closed() {
    for rules in regimes() {
        check(
            rules,
            &[
                Says("Alice: exchange 100", OK),
                Says("Alice: schedule Noodles 30 in=1d every=1d times=3", OK),
                Says("Harbour: freeze Alice", OK),
                Says("+1d wait", "wallet.frozen"),
                Has("Noodles", "wallet", 0),
                Says("Harbour: unfreeze Alice", OK),
                Says("+1d wait", OK),
                Has("Noodles", "wallet", 30_00),
                Says("Alice: redeem 70", OK),
                Says("Alice: close", OK),
                Says("+1d wait", "wallet.closed"),
                Has("Noodles", "wallet", 30_00),
            ],
        );
    }
}

#[test]
fn the_longest_times_that_can_be_written_add_up() {
    for rules in regimes() {
        check(
            rules,
            &[
                Says("Alice: exchange 100", OK),
                Says(
                    "Alice: schedule Noodles 1 in=1d every=150000d times=9007199254740992",
                    OK,
                ),
                Says("Alice: schedule Noodles 1 in=150000d every=150000d", OK),
                Says("Noodles: request Alice 1 expires=150000d as Bill", OK),
                Says("+2d wait", OK),
                Has("Noodles", "wallet", 1_00),
            ],
        );
    }
}

#[test]
fn a_lower_limit_holds_at_night() {
    let rules = Rules {
        night: Some(Night {
            from: 20 * 60,
            to: 6 * 60,
            payment: 1_000_00,
        }),
        ..rules()
    };
    check(
        rules,
        &[
            Says("Carol: exchange 50_000", OK),
            Says("2025-11-03T19:59 Carol: pay Noodles 1_000.01", OK),
            Says(
                "2025-11-03T20:00 Carol: pay Noodles 1_000.01",
                "limit.night",
            ),
            Says("Carol: pay Noodles 1_000", OK),
            Says(
                "2025-11-04T05:59 Carol: pay Noodles 1_000.01",
                "limit.night",
            ),
            Says("2025-11-04T06:00 Carol: pay Noodles 1_000.01", OK),
        ],
    );
}

#[test]
fn a_receipt_above_the_limit_flows_on_to_the_account_and_a_shortfall_is_pulled_from_it() {
    for issuance in [Issuance::OnDemand, Issuance::Deposit] {
        let mut rules = Rules {
            waterfall: true,
            reverse_waterfall: true,
            ..by(issuance)
        };
        rules.wallet_types[1].balance = Some(3_000_00);
        [rules.wallet_types[1].payment, rules.wallet_types[1].day] = [None; 2];
        // Firms hold nothing.
        rules.business_type = 4;
        rules.wallet_types[4].balance = Some(0);
        check(
            rules,
            &[
                Says("Carol: exchange 10_000", OK),
                Says("Carol: pay Alice 2_999", OK),
                Has("Alice", "deposit", 200_000_00),
                Says("Carol: pay Alice 2", OK),
                Has("Alice", "wallet", 3_000_00),
                Has("Alice", "deposit", 200_001_00),
                Says("Alice: exchange 0.01", "limit.balance"),
                // What the wallet lacks for it comes from the account.
                Says("Alice: pay Noodles 5_000", OK),
                Has("Alice", "wallet", 0),
                Has("Alice", "deposit", 198_001_00),
                Has("Noodles", "wallet", 0),
                Has("Noodles", "deposit", 6_000_00),
                Says("Alice: pay Noodles 198_001.01", "funds.short"),
                // Who has no account has neither.
                Says("Bob: pay Noodles 1", "funds.short"),
                Says("Carol: pay Bob 5_000", OK),
                Says("Carol: pay Maya 1_000.01", "limit.balance"),
            ],
        );
    }
}

#[test]
fn wallets_that_are_deposits_earn_interest_to_the_last_billionth() {
    let mut rules = by(Issuance::Deposit);
    rules.wallet_types[1].interest = Some("0.0005".parse().unwrap());
    // 0.05 % of 73,000.00 is 36.50 a year, 0.10 a day.
    let town = check(
        rules,
        &[
            Says("Alice: exchange 73_000", OK),
            Says("Bob: cash-in 1_000", OK),
            Says("Harbour: accrue", OK),
            Has("Harbour", "accrued", 0),
            Says("2025-11-03T23:59 Alice: redeem 36_500", OK),
            // The end of the day counts: half of it, for ten days.
            Says("2025-11-13T00:00 Alice: exchange 36_500", OK),
            Says("2025-11-13T12:00 Harbour: accrue", OK),
            Has("Harbour", "accrued", 50),
            Has("Harbour", "interest-expense", -50),
            Has("Alice", "wallet", 73_000_00),
            Says("2025-11-23T00:00 Harbour: accrue pay=true", OK),
            Has("Harbour", "accrued", 0),
            Has("Alice", "wallet", 73_001_50),
            Says("Harbour: accrue pay=true", OK),
            Has("Alice", "wallet", 73_001_50),
            Says("Summit: accrue pay=true", OK),
            Has("Bob", "wallet", 1_000_00),
        ],
    );
    let earned = town.0.world().earned(town.wallet("Alice")).unwrap();
    assert_eq!((earned.owed, earned.interest.remainder()), (0, 0));
    assert!(town.0.world().earned(town.wallet("Bob")).is_none());
}

/// What can get lost on the way of a request, by regime: the subject, and
/// whether its sender can undo what waits for it.
fn losses(issuance: Issuance) -> Vec<(&'static str, Subject, bool)> {
    let mut all = vec![
        ("AliceB: exchange 10", Subject::Transfer, true),
        ("AliceB: exchange 10", Subject::Transferred, false),
    ];
    if issuance == Issuance::Deposit {
        all.extend([
            ("Alice: pay Bob 10", Subject::Transfer, true),
            ("Alice: pay Bob 10", Subject::Transferred, false),
            ("Alice: pay Bob 10", Subject::Settled, false),
            ("Alice: pay Bob 10", Subject::Credited, false),
        ]);
    } else {
        all.extend([
            ("Alice: pay Bob 10", Subject::Offer, true),
            ("Alice: pay Bob 10", Subject::Accept, true),
            ("Alice: pay Bob 10", Subject::Settled, false),
            ("Alice: pay Carol 10", Subject::Order, true),
            ("Alice: exchange 10", Subject::Convert, true),
            ("Alice: exchange 10", Subject::Converted, false),
            ("Alice: redeem 10", Subject::Withdraw, true),
            ("Alice: redeem 10", Subject::Withdrawn, false),
        ]);
    }
    all
}

/// A run in which the first message of a subject that this act causes is lost.
fn lost(issuance: Issuance, act: &str, subject: Subject) -> Town {
    let start = || {
        let mut town = town_by(
            Rules {
                issuance,
                ..slow(1_000)
            },
            false,
        );
        town.play_all(&["Alice: exchange 100", "Carol: exchange 100", "+1h wait"]);
        town
    };
    let mut calm = start();
    let before = calm.messages().len();
    calm.play_all(&[act, "+10s wait"]);
    let sent = calm.messages();
    let found = sent[before..].iter().find(|it| it.subject == subject);
    let found = found.unwrap_or_else(|| panic!("{act} sends no {subject:?}"));
    let name = |party| {
        let names = calm.0.names();
        let is = |actor: &world::describe::Actor| *actor == world::describe::Actor::Party(party);
        names.iter().find(|(_, actor)| is(actor)).unwrap().0.clone()
    };
    let (from, to) = (name(found.from), name(found.to));
    let same = |it: &&world::fact::Message| it.from == found.from && it.to == found.to;
    let earlier = sent[before..]
        .iter()
        .take_while(|it| it.serial != found.serial)
        .filter(same)
        .count();
    let mut town = start();
    let after = if earlier > 0 {
        format!(" after={earlier}")
    } else {
        String::new()
    };
    town.play(&format!("network: lose from={from} to={to}{after}"));
    town.play_all(&[act, "+10s wait"]);
    town
}

fn sender(town: &Town) -> String {
    let message = *town.0.world().pending().next().unwrap();
    let is = |actor: &world::describe::Actor| *actor == world::describe::Actor::Party(message.from);
    let names = town.0.names();
    names.iter().find(|(_, actor)| is(actor)).unwrap().0.clone()
}

fn holdings(town: &Town) -> Vec<i64> {
    let wallets = ["Alice", "Bob", "Carol", "AliceB"].map(|name| town.balance(name));
    let deposits = ["Alice", "Carol"].map(|name| town.deposit(name));
    wallets.into_iter().chain(deposits).collect()
}

#[test]
fn a_message_that_never_arrived_is_sent_again_and_all_ends_as_if_it_had() {
    for issuance in [Issuance::Stocked, Issuance::OnDemand, Issuance::Deposit] {
        for (act, subject, _) in losses(issuance) {
            let mut town = lost(issuance, act, subject);
            let mut calm = town_by(
                Rules {
                    issuance,
                    ..slow(1_000)
                },
                false,
            );
            calm.play_all(&[
                "Alice: exchange 100",
                "Carol: exchange 100",
                "+1h wait",
                act,
                "+1h wait",
            ]);
            let sender = sender(&town);
            town.play(&format!("{sender}: retry"));
            assert_eq!(
                town.refusals(),
                ["nothing.missing"],
                "not before the timeout"
            );
            town.play("+30s wait");
            town.play(&format!("{sender}: retry"));
            town.play("+20s wait");
            is_settled(town.0.world()).unwrap();
            assert_eq!(
                holdings(&town),
                holdings(&calm),
                "{issuance:?} {act} {subject:?}"
            );
        }
    }
}

#[test]
fn what_waits_for_a_message_that_never_arrived_is_undone_where_nothing_was_decided_on_it() {
    for issuance in [Issuance::Stocked, Issuance::OnDemand, Issuance::Deposit] {
        for (act, subject, can_be) in losses(issuance) {
            let mut town = lost(issuance, act, subject);
            let mut before = town_by(
                Rules {
                    issuance,
                    ..slow(1_000)
                },
                false,
            );
            before.play_all(&["Alice: exchange 100", "Carol: exchange 100", "+1h wait"]);
            let mut follower = Follower::new(&town.0, 1);
            let sender = sender(&town);
            if sender == "central-bank" {
                continue;
            }
            town.play("+30s wait");
            town.play(&format!("{sender}: reverse"));
            town.play("+20s wait");
            follower.finish(&town.0).unwrap();
            let what = format!("{issuance:?} {act} {subject:?}");
            if can_be {
                is_settled(town.0.world()).unwrap();
                assert_eq!(holdings(&town), holdings(&before), "{what}");
                assert!(town.refusals().is_empty(), "{what}");
            } else {
                assert_eq!(town.refusals(), ["nothing.missing"], "{what}");
            }
        }
    }
}

#[test]
fn issuing_and_returning_is_information_where_nobody_holds_a_stock() {
    for issuance in [Issuance::OnDemand, Issuance::Deposit] {
        let town = check(
            by(issuance),
            &[
                Says("central-bank: issue 5_000_000 to=Harbour", OK),
                Says("Harbour: return 5_000_000", OK),
                Has("Harbour", "own-reserves", 1_000_000_00),
            ],
        );
        let posted = town
            .facts()
            .into_iter()
            .filter(|fact| matches!(fact, Fact::Posted(it) if it.purpose.key() != "opening"));
        assert_eq!(posted.count(), 0);
    }
}

#[test]
fn an_agent_passes_on_what_was_signed_and_nothing_else() {
    let mut town = town_by(slow(1_000), true);
    town.play_all(&[
        "agent Corner at=Harbour",
        "person Dora at=Harbour via=Corner type=II deposit=500",
        "Dora: exchange 300",
        "+1m Dora: pay Noodles 12.50 memo=\"lunch\"",
    ]);
    let (agent, bank) = (town.party("Corner"), town.party("Harbour"));
    // The request has come to the agent, and is on its way to the bank.
    town.play("+1s wait");
    let passed_on = *town
        .0
        .world()
        .pending()
        .find(|it| it.subject == Subject::Ask && it.from == agent)
        .unwrap();
    assert_eq!(passed_on.to, bank);
    let refused = |message| town.refuses(bank, &world::cbdc::Input::Message(message));
    assert!(refused(passed_on).is_empty());
    for changed in [
        world::fact::Message {
            amount: 12_51,
            ..passed_on
        },
        world::fact::Message {
            other: Some(town.wallet("Bob").0),
            ..passed_on
        },
        // Another party that is not her agent.
        world::fact::Message {
            from: town.party("Summit"),
            ..passed_on
        },
    ] {
        assert_eq!(refused(changed), ["signature.invalid"]);
    }
    town.play("+1m wait");
    assert_eq!(town.balance("Noodles"), 12_50);
    let told: Vec<_> = town
        .messages()
        .into_iter()
        .filter(|it| it.subject == Subject::Receipt && it.to == town.party("Dora"))
        .collect();
    assert!(!told.is_empty() && told.iter().all(|it| it.from == agent));
}

#[test]
fn a_holder_comes_only_through_an_agent_of_its_own_bank() {
    let mut town = town_by(rules(), false);
    town.play("agent Corner at=Harbour");
    let declared = town.try_declare("person Dora at=Summit via=Corner type=II");
    assert_eq!(declared, Err(world::kernel::Stop::NotItsAgent));
}
