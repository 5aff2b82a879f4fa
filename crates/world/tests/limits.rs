//! Each limit at, just under and just over it, and the order of checks.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::follow::{Follower, is_settled};
use common::{Town, town};
use world::cbdc::Input;
use world::fact::{Subject, Title};
use world::refusal::Code;

/// Not refused.
const OK: &str = "";

/// Plays lines in the town, each with the code it is refused with; the
/// invariants hold after every event.
fn check(lines: &[(impl AsRef<str>, &str)]) -> Town {
    let mut town = town(false);
    let mut follower = Follower::new(&town.0, 1);
    for (line, expected) in lines {
        let before = town.0.log().len();
        town.play(line.as_ref());
        assert_eq!(
            town.refusals_since(before).join(" "),
            *expected,
            "{}",
            line.as_ref()
        );
    }
    follower.finish(&town.0).unwrap();
    town
}

/// One a wallet type: its name, what brings it money up to its balance limit,
/// and the sums of its rules.
struct Limits {
    ty: &'static str,
    balance: i64,
    payment: i64,
    day: i64,
    year: Option<i64>,
}

const TYPES: &[Limits] = &[
    Limits {
        ty: "II",
        balance: 500_000_00,
        payment: 50_000_00,
        day: 100_000_00,
        year: None,
    },
    Limits {
        ty: "III",
        balance: 20_000_00,
        payment: 5_000_00,
        day: 10_000_00,
        year: None,
    },
    Limits {
        ty: "IV",
        balance: 10_000_00,
        payment: 2_000_00,
        day: 5_000_00,
        year: Some(50_000_00),
    },
    Limits {
        ty: "V",
        balance: 1_000_00,
        payment: 500_00,
        day: 1_000_00,
        year: Some(10_000_00),
    },
];

impl Limits {
    /// A person with banknotes in plenty and a wallet of this type.
    fn person(&self) -> (String, &'static str) {
        (
            format!("person Dora at=Summit type={} cash=600_000", self.ty),
            OK,
        )
    }

    /// Payments in whole chunks that make up a sum.
    fn payments(&self, mut sum: i64) -> Vec<(String, &'static str)> {
        let mut lines = Vec::new();
        while sum > 0 {
            let amount = sum.min(self.payment);
            lines.push((pay(amount), OK));
            sum -= amount;
        }
        lines
    }
}

fn cash_in(minor: i64) -> String {
    format!("Dora: cash-in {}", common::amount(minor))
}

fn pay(minor: i64) -> String {
    format!("Dora: pay Noodles {}", common::amount(minor))
}

#[test]
fn a_wallet_may_be_filled_to_its_limit_and_not_beyond() {
    for it in TYPES {
        check(&[it.person(), (cash_in(it.balance), OK)]);
        check(&[
            it.person(),
            (cash_in(it.balance - 1), OK),
            (cash_in(1), OK),
            (cash_in(1), "limit.balance"),
        ]);
        check(&[
            it.person(),
            (cash_in(it.balance + 1), "limit.balance"),
            (cash_in(it.balance), OK),
        ]);
    }
}

#[test]
fn a_payment_may_reach_the_limit_and_not_pass_it() {
    for it in TYPES {
        let filled = cash_in(it.balance);
        check(&[it.person(), (filled.clone(), OK), (pay(it.payment - 1), OK)]);
        check(&[it.person(), (filled.clone(), OK), (pay(it.payment), OK)]);
        check(&[
            it.person(),
            (filled, OK),
            (pay(it.payment + 1), "limit.payment"),
            (pay(it.payment), OK),
        ]);
    }
}

#[test]
fn a_day_s_payments_add_up_to_the_limit_and_midnight_begins_anew() {
    for it in TYPES {
        let mut lines = vec![it.person(), (cash_in(it.balance), OK)];
        lines.extend(it.payments(it.day - 1));
        lines.push((pay(2), "limit.day"));
        lines.push((pay(1), OK));
        lines.push((pay(1), "limit.day"));
        lines.push((format!("2025-11-03T23:59:59.999 {}", cash_in(it.day)), OK));
        lines.push((pay(1), "limit.day"));
        lines.push(("2025-11-04T00:00 wait".into(), OK));
        lines.extend(it.payments(it.day));
        lines.push((pay(1), "limit.day"));
        check(&lines);
    }
}

#[test]
fn a_year_s_payments_add_up_over_the_days_and_new_year_begins_anew() {
    let mut checked = 0;
    for it in TYPES {
        let Some(year) = it.year else { continue };
        checked += 1;
        let days = year / it.day;
        let mut lines = vec![it.person()];
        for number in 0..days {
            let date = 31 - days + number;
            lines.push((format!("2025-12-{date:02}T12:00 {}", cash_in(it.day)), OK));
            // The last of the year's payments is one minor unit short.
            lines.extend(it.payments(it.day - i64::from(number + 1 == days)));
        }
        lines.push((format!("2025-12-31T12:00 {}", cash_in(it.day - 1)), OK));
        lines.push((pay(2), "limit.year"));
        lines.push((pay(1), OK));
        lines.push((pay(1), "limit.year"));
        lines.push((format!("2025-12-31T23:59:59.999 {}", pay(1)), "limit.year"));
        lines.push((format!("2026-01-01T00:00 {}", pay(1)), OK));
        lines.extend(it.payments(it.day - it.payment));
        let town = check(&lines);
        let spent = town
            .0
            .world()
            .wallet(town.wallet("Dora"))
            .unwrap()
            .spent_year;
        assert_eq!(
            spent,
            it.day - it.payment + 1,
            "only the new year's payments count"
        );
    }
    assert_eq!(checked, 2);
}

#[test]
fn a_wallet_of_type_i_has_no_limits() {
    check(&[
        ("Carol: exchange 690_000", OK),
        ("Carol: pay Noodles 690_000", OK),
        ("Noodles: pay Carol 690_000", OK),
        ("Carol: pay Noodles 690_000", OK),
    ]);
}

#[test]
fn top_ups_do_not_count_towards_payment_limits() {
    check(&[
        ("Bob: cash-in 10_000", OK),
        ("Bob: cash-out 10_000", OK),
        ("Bob: cash-in 10_000", OK),
        ("Bob: pay Noodles 2_000", OK),
        ("Bob: pay Noodles 2_000", OK),
        ("Bob: pay Noodles 1_000", OK),
    ]);
}

#[test]
fn a_refused_payment_does_not_count_towards_any_limit() {
    let town = check(&[
        ("Bob: cash-in 10_000", OK),
        ("Alice: exchange 150_000", OK),
        // Bob's bank turns it down after Alice's bank has let it pass.
        ("Alice: pay Bob 50_000", "limit.balance"),
        ("Alice: pay Carol 50_000.01", "limit.payment"),
        ("Alice: pay Carol 50_000", OK),
        ("Alice: pay Carol 50_000", OK),
        ("Alice: pay Carol 0.01", "limit.day"),
    ]);
    assert_eq!(town.balance("Alice"), 50_000_00);
}

#[test]
fn a_received_payment_is_held_against_the_payee_s_limit() {
    let over = [
        ("Alice: exchange 20_000", OK),
        ("Alice: pay Bob 9_999.99", OK),
        ("Alice: pay Bob 0.02", "limit.balance"),
        ("Alice: pay Bob 0.01", OK),
        ("Alice: pay Bob 0.01", "limit.balance"),
    ];
    check(&over);
    // The same within one bank.
    let within = [
        ("Carol: exchange 20_000", OK),
        ("Carol: pay Maya 999.99", OK),
        ("Carol: pay Maya 0.02", "limit.balance"),
        ("Carol: pay Maya 0.01", OK),
    ];
    check(&within);
}

#[test]
fn money_on_its_way_into_a_wallet_takes_up_its_room() {
    // Two sums that fit alone and not together, asked for in the same instant.
    let pairs = [
        ["Alice: pay Bob 600", "Alice: pay Bob 400.01"],
        ["Alice: pay Bob 600", "Bob: cash-in 400.01"],
        ["Bob: cash-in 600", "Alice: pay Bob 400.01"],
        ["Bob: cash-in 600", "Bob: cash-in 400.01"],
        ["AliceB: pay Bob 600", "AliceB: pay Bob 400.01"],
    ];
    for pair in pairs {
        let mut town = common::town_by(common::slow(1_000), false);
        town.play_all(&[
            "Alice: exchange 5_000",
            "AliceB: exchange 5_000",
            "Bob: cash-in 9_000",
            "+1m wait",
        ]);
        let mut fits = town.clone();
        town.play_all(&pair);
        town.play("+1m wait");
        assert_eq!(town.refusals(), ["limit.balance"], "{pair:?}");
        assert!(
            [9_600_00, 9_400_01].contains(&town.balance("Bob")),
            "{pair:?}"
        );
        fits.play_all(&[pair[0], &pair[1].replace("400.01", "400"), "+1m wait"]);
        assert_eq!(
            (fits.refusals(), fits.balance("Bob")),
            (vec![], 10_000_00),
            "{pair:?}"
        );
    }
}

#[test]
fn money_must_be_there_to_the_last_minor_unit() {
    check(&[("Alice: pay Bob 0.01", "funds.short")]);
    check(&[
        ("Alice: exchange 200_000.01", "funds.short"),
        ("Alice: exchange 200_000", OK),
    ]);
    check(&[
        ("Alice: cash-in 500.01", "funds.short"),
        ("Alice: cash-in 500", OK),
        ("Alice: cash-in 0.01", "funds.short"),
    ]);
    check(&[
        ("Alice: exchange 5", OK),
        ("Alice: redeem 5.01", "funds.short"),
        ("Alice: redeem 5", OK),
    ]);
    check(&[
        ("Alice: exchange 5", OK),
        ("Alice: cash-out 5.01", "funds.short"),
        ("Alice: cash-out 5", OK),
    ]);
    check(&[
        ("Alice: exchange 5", OK),
        ("Alice: pay Bob 5.01", "funds.short"),
        ("Alice: pay Bob 5", OK),
    ]);
    check(&[
        ("central-bank: issue 300_000.01 to=Harbour", "funds.short"),
        ("central-bank: issue 300_000 to=Harbour", OK),
    ]);
    check(&[
        ("Harbour: return 700_000.01", "funds.short"),
        ("Harbour: return 700_000", OK),
    ]);
}

#[test]
fn the_bank_must_have_the_means() {
    check(&[
        ("Harbour: return 699_999", OK),
        ("Alice: exchange 1.01", "liquidity.short"),
        ("Alice: cash-in 1.01", "liquidity.short"),
        ("Alice: exchange 1", OK),
    ]);
    // Another bank's account: that bank's reserves, then this bank's vault.
    check(&[
        ("central-bank: issue 299_999 to=Harbour", OK),
        ("AliceB: exchange 1.01", "liquidity.short"),
        ("AliceB: exchange 1", OK),
    ]);
    check(&[
        ("Summit: return 699_999", OK),
        ("AliceB: exchange 1.01", "liquidity.short"),
        ("AliceB: exchange 1", OK),
    ]);
    check(&[
        ("AliceB: exchange 10", OK),
        ("central-bank: issue 300_009 to=Summit", OK),
        ("AliceB: redeem 1.01", "liquidity.short"),
        ("AliceB: redeem 1", OK),
    ]);
    check(&[
        ("Alice: exchange 100_000", OK),
        ("Alice: cash-out 50_000.01", "liquidity.short"),
        ("Alice: cash-out 50_000", OK),
    ]);
}

#[test]
fn means_that_are_gone_by_the_time_they_are_needed_send_the_money_back_into_the_wallet() {
    // Two requests that a bank can meet each, and not both.
    let mut town = common::town_by(common::slow(1_000), false);
    town.play_all(&[
        "Alice: exchange 30_000",
        "Carol: exchange 30_000",
        "+1m wait",
    ]);
    town.play_all(&[
        "Alice: cash-out 30_000",
        "Carol: cash-out 20_000.01",
        "+1m wait",
    ]);
    assert_eq!(town.refusals(), ["liquidity.short"]);
    assert_eq!(
        (town.balance("Alice"), town.balance("Carol")),
        (0, 30_000_00)
    );
    is_settled(town.0.world()).unwrap();

    let mut town = common::town_by(common::slow(1_000), false);
    town.play_all(&[
        "AliceB: exchange 8_000",
        "+1m central-bank: issue 303_000 to=Summit",
        "+1m wait",
    ]);
    assert_eq!(town.own("Summit", Title::OwnReserves), 5_000_00);
    town.play_all(&[
        "AliceB: redeem 3_000",
        "AliceB: redeem 2_000.01",
        "+1m wait",
    ]);
    assert_eq!(town.refusals(), ["liquidity.short"]);
    assert_eq!(
        (town.balance("AliceB"), town.deposit("Alice")),
        (5_000_00, 195_000_00)
    );
    let (_, refusal) = town.0.log().refusals().last().unwrap();
    assert_eq!(
        refusal.by,
        town.party("Summit"),
        "it promises no reserves that it has not"
    );
    is_settled(town.0.world()).unwrap();
}

#[test]
fn without_a_bank_account_there_is_nothing_to_swap_with() {
    let town = check(&[
        ("Bob: exchange 1", "account.missing"),
        ("Bob: cash-in 10", OK),
        ("Bob: redeem 1", "account.missing"),
        ("Maya: exchange 1", "account.missing"),
        // The wallet's bank cannot know; the other bank says so, and the money comes back.
        ("wallet BobB owner=Bob at=Harbour type=IV", OK),
        ("BobB: exchange 1", "account.missing"),
        ("Bob: pay BobB 5", OK),
        ("BobB: redeem 5", "account.missing"),
        ("BobB: redeem 5.01", "funds.short"),
    ]);
    assert_eq!((town.balance("Bob"), town.balance("BobB")), (5_00, 5_00));
}

#[test]
fn a_deposit_at_one_bank_fills_a_wallet_at_another_and_goes_back() {
    let town = check(&[
        ("AliceB: exchange 10_000.01", "limit.balance"),
        ("AliceB: exchange 10_000", OK),
        ("AliceB: redeem 4_000", OK),
        ("AliceB: exchange 4_000.01", "limit.balance"),
    ]);
    assert_eq!(
        (town.balance("AliceB"), town.deposit("Alice")),
        (6_000_00, 194_000_00)
    );
}

/// When several checks would fail, the refusal is the first in the documented
/// order.
#[test]
fn the_first_check_that_fails_is_the_refusal() {
    // An unknown payee, before any sum.
    check(&[("Bob: pay Harbour 99_999", "party.unknown")]);
    // Paying oneself, before the limits and the money.
    check(&[("Bob: pay Bob 99_999", "payee.self")]);
    // One payment, before the day and the money.
    check(&[("Bob: pay Noodles 5_000.01", "limit.payment")]);
    // The day, before the money.
    let day = [
        ("Bob: cash-in 5_000", OK),
        ("Bob: pay Noodles 2_000", OK),
        ("Bob: pay Noodles 2_000", OK),
        ("Bob: pay Noodles 1_000", OK),
        ("Bob: pay Noodles 0.01", "limit.day"),
        ("Bob: pay Bob 0.01", "payee.self"),
        ("Bob: pay Noodles 2_000.01", "limit.payment"),
    ];
    check(&day);
    // The day before the year, the year before the money: Maya pays all she may in ten days.
    let mut year = Vec::new();
    for date in 10..20 {
        year.push((format!("2025-11-{date}T09:00 Maya: cash-in 1_000"), OK));
        year.push(("Maya: pay Noodles 500".into(), OK));
        year.push(("Maya: pay Noodles 500".into(), OK));
    }
    year.push(("Maya: pay Noodles 0.01".into(), "limit.day"));
    year.push((
        "2025-11-20T00:00 Maya: pay Noodles 0.01".into(),
        "limit.year",
    ));
    year.push(("Maya: pay Noodles 500.01".into(), "limit.payment"));
    check(&year);
    // The money, before the payee's limit, at the same bank and another.
    check(&[
        ("Bob: cash-in 10_000", OK),
        ("Alice: pay Bob 1", "funds.short"),
    ]);
    check(&[
        ("Maya: cash-in 1_000", OK),
        ("Alice: pay Maya 1", "funds.short"),
    ]);
    // The account, before the money in it.
    check(&[
        ("Summit: return 700_000", OK),
        ("Bob: exchange 999_999", "account.missing"),
    ]);
    // The money, before the bank's means.
    check(&[
        ("Harbour: return 700_000", OK),
        ("Alice: exchange 200_000.01", "funds.short"),
    ]);
    check(&[
        ("Summit: return 700_000", OK),
        ("Bob: cash-in 30_000.01", "funds.short"),
    ]);
    check(&[("Alice: cash-out 50_000.01", "funds.short")]);
    // The bank's means, before the wallet's limit.
    check(&[
        ("Summit: return 700_000", OK),
        ("Bob: cash-in 10_000.01", "liquidity.short"),
    ]);
    check(&[
        ("Summit: return 700_000", OK),
        ("AliceB: exchange 10_000.01", "liquidity.short"),
    ]);
}

/// A case for every code there is: a new code does not compile without one.
#[test]
fn every_code_is_reached() {
    // What devices turn down is met by the scenarios.
    for code in Code::ALL.iter().filter(|code| !code.is_of_device()) {
        let lines: &[&str] = match code {
            Code::SignatureInvalid => continue, // the next test
            // Those that take other rules: in `wallets.rs`.
            Code::LimitNight | Code::RefundLate => continue,
            // In `contracts.rs`.
            Code::ContractUnknown
            | Code::ContractEnded
            | Code::ContractEarly
            | Code::ContractNotAwaited
            | Code::ContractAmount
            | Code::ContractRange
            | Code::ContractSecret
            | Code::ContractSigned
            | Code::ContractFull
            | Code::ContractOpener
            | Code::PurposeExpired
            | Code::PurposeFails
            | Code::PurposeUntold => continue,
            // Of money for a purpose in devices: by the scenarios.
            Code::PurposeCategory
            | Code::PurposeCap
            | Code::PurposeTime
            | Code::PurposeOther
            | Code::PurposeModel
            | Code::PurposeLarge
            | Code::PurposeElsewhere
            | Code::PurposePayee
            | Code::PurposeWhere
            | Code::PurposeDay
            | Code::PurposeWallet
            | Code::PurposeSigners
            | Code::PurposeSecret => continue,
            Code::PartyUnknown => &["Bob: pay Harbour 1"],
            Code::PayeeSelf => &["Bob: pay Bob 1"],
            Code::LimitPayment => &["Bob: pay Noodles 2_000.01"],
            Code::LimitDay => &[MAYA[0], MAYA[1], MAYA[1], "Maya: pay Noodles 0.01"],
            Code::LimitYear => &[],
            Code::AccountMissing => &["Bob: exchange 1"],
            Code::FundsShort => &["Alice: pay Bob 1"],
            Code::LiquidityShort => &["Carol: exchange 700_000.01"],
            Code::LimitBalance => &["Bob: cash-in 10_000.01"],
            Code::Duplicate => &[
                MAYA[0],
                "Maya: pay Bob 1 key=\"a\"",
                "Maya: pay Bob 1 key=\"a\"",
            ],
            Code::WalletFrozen => &["Harbour: freeze Alice", "Alice: exchange 1"],
            Code::WalletClosed => &["Alice: close", "Alice: exchange 1"],
            Code::PayeeFrozen => &[MAYA[0], "Summit: freeze Bob", "Maya: pay Bob 1"],
            Code::PayeeClosed => &[MAYA[0], "Bob: close", "Maya: pay Bob 1"],
            Code::PayeeOther => &[
                "Carol: exchange 10",
                "Carol: open-sub for=Noodles as Lunches",
                "Lunches: pay Bob 1",
            ],
            Code::LimitParent => &[
                "Carol: exchange 10",
                "Carol: open-sub cap=5 as Lunches",
                "Lunches: pay Bob 5.01",
            ],
            Code::LimitType => &["Bob: limit payment=2_000.01"],
            Code::WalletNotEmpty => &[MAYA[0], "Maya: close"],
            Code::OrderUnknown => &["Noodles: request Carol 5 as Bill", "Alice: accept Bill"],
            Code::RequestOver => &[
                "Noodles: request Carol 5 as Bill",
                "Carol: decline Bill",
                "Carol: accept Bill",
            ],
            Code::RefundExcess => &[
                MAYA[0],
                "Maya: pay Noodles 10 as Lunch",
                "Noodles: refund Lunch 10.01",
            ],
            Code::NothingMissing => &["Harbour: retry"],
            Code::BankFailed => &[
                "central-bank: resolve Harbour to=Summit",
                "Alice: exchange 1",
            ],
            Code::AddressInvalid => &["Alice: pay-to \"EX00000001\" 1"],
            Code::AddressUnknown => &["Alice: pay-to \"nobody\" 1"],
            Code::AddressTaken => &["Alice: alias \"me\"", "Bob: alias \"me\""],
            Code::CodeAmount => &[NOODLES],
            Code::BridgeMissing => &["Harbour: bridge.issue 1"],
            Code::BankForeign => &[ABROAD[0], ABROAD[1], "Harbour: bridge.issue 1 at=Bangkok"],
            Code::QuoteOver => &[
                ABROAD[0],
                ABROAD[1],
                ABROAD[2],
                "Harbour: bridge.quote Siam sell=1 rate=5 for=1h as Q",
                "Siam: bridge.decline Q",
                "Siam: bridge.accept Q",
            ],
            Code::QuoteExpired => &[
                ABROAD[0],
                ABROAD[1],
                ABROAD[2],
                "Harbour: bridge.quote Siam sell=1 rate=5 for=1h as Q",
                "+1h Siam: bridge.accept Q",
            ],
            Code::CurrencySame => &[
                ABROAD[0],
                "Harbour: bridge.quote Summit sell=1 rate=5 for=1h",
            ],
            Code::RateUnusable => &[
                ABROAD[0],
                ABROAD[1],
                ABROAD[2],
                "Harbour: bridge.quote Siam sell=1 rate=0.005 for=1h",
            ],
            Code::RouteMissing => &[
                ABROAD[1],
                ABROAD[2],
                "Harbour: correspondent.pay Siam 1 rate=5",
            ],
            Code::MessageUnusable
            | Code::StateRolledBack
            | Code::DeviceShut
            | Code::OnlineWaiting
            | Code::CertificateNotYet
            | Code::CertificateExpired
            | Code::CertificateRevoked
            | Code::RequestClosed
            | Code::RequestOther
            | Code::AmountIndivisible
            | Code::ProofInvalid
            | Code::EpochOver
            | Code::ProofUnlocked
            | Code::PromiseCeiling
            | Code::PinWrong
            | Code::PinBlocked
            | Code::LimitDevice
            | Code::LimitPayments
            | Code::LimitPurse
            | Code::LimitHops
            | Code::SyncOverdue
            | Code::LogFull
            | Code::CoinsNoChange
            | Code::SessionOpen
            | Code::LogBroken
            | Code::PaymentClaimed
            | Code::ValueSpent
            | Code::PromiseLate
            | Code::PromiseOutstanding
            | Code::DeviceNone
            | Code::PayeeDeviceNone
            | Code::NetworkNone => &[],
        };
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        if *code == Code::LimitYear {
            for date in 4..14 {
                lines.push(format!("2025-11-{date:02}T09:00 {}", MAYA[0]));
                lines.extend([MAYA[1].to_owned(), MAYA[1].to_owned()]);
            }
            lines.push("2025-11-14T00:00 Maya: pay Noodles 0.01".to_owned());
        }
        let last = lines.len() - 1;
        let says = |index| if index == last { code.key() } else { OK };
        let lines: Vec<_> = (0..)
            .zip(lines)
            .map(|(index, line)| (line, says(index)))
            .collect();
        check(&lines);
    }
}

/// A payment code that names no sum.
const NOODLES: &str = "Alice: scan \"00020101021126310013sim.exchequer0110EX130000025204000053031565802CN5907Noodles6009Exchequer63042AB9\"";
/// A platform, and a bank in another country.
const ABROAD: [&str; 3] = [
    "platform Hub",
    "authority Bangkok currency=THB",
    "foreign-bank Siam at=Bangkok reserves=1_000",
];

/// A visitor fills her wallet, and pays as much as she may at a time.
const MAYA: [&str; 2] = ["Maya: cash-in 1_000", "Maya: pay Noodles 500"];

#[test]
fn a_tampered_request_is_refused_with_signature_invalid() {
    let mut town = common::town_by(common::slow(1_000), true);
    town.play_all(&[
        "Alice: exchange 50",
        "Bob: cash-in 100",
        "+10s Alice: pay Noodles 12.50 memo=\"lunch\"",
    ]);
    let request = *town
        .0
        .world()
        .pending()
        .find(|message| message.subject == Subject::Ask)
        .unwrap();
    let bank = town.party("Harbour");
    town.play("+1s wait");
    assert!(
        town.refusals().is_empty(),
        "the request as it was signed is carried out"
    );
    let words = town
        .messages()
        .iter()
        .find(|message| message.memo.0 != 0)
        .map(|message| message.memo);
    assert_eq!(words, Some(request.memo));

    let (bob, carol) = (town.wallet("Bob"), town.wallet("Carol"));
    let other_memo = world::fact::TextId(town.0.texts().len() as u32 - 1);
    type Tamper<'a> = (&'a str, &'a dyn Fn(&mut world::fact::Message));
    let tampered: &[Tamper<'_>] = &[
        ("amount", &|it| it.amount += 1),
        ("amount beyond every limit", &|it| it.amount = 99_999_99),
        ("payee", &|it| it.other = Some(carol.0)),
        ("no payee", &|it| it.other = None),
        ("verb", &|it| it.purpose = world::fact::Purpose::Redeem),
        ("order", &|it| it.order.0 += 1),
        ("time", &|it| it.sent += 1),
        ("words", &|it| it.memo = other_memo),
        ("no words", &|it| it.memo = world::fact::TextId(0)),
        ("wallet", &|it| it.wallet = Some(carol)),
        ("no signature", &|it| it.signature = world::fact::TextId(0)),
        ("other text as signature", &|it| it.signature = it.memo),
        ("somebody else's name", &|it| {
            it.from = world::fact::PartyId(it.from.0 + 2)
        }),
    ];
    assert!(town.refuses(bank, &Input::Message(request)).is_empty());
    for (what, tamper) in tampered {
        let mut message = request;
        tamper(&mut message);
        assert_eq!(
            town.refuses(bank, &Input::Message(message)),
            ["signature.invalid"],
            "{what}"
        );
    }
    // Nor does another wallet's good signature help.
    let bobs = town
        .messages()
        .into_iter()
        .find(|it| it.subject == Subject::AskWithNotes && it.wallet == Some(bob));
    let stolen = world::fact::Message {
        signature: bobs.unwrap().signature,
        ..request
    };
    assert_eq!(
        town.refuses(bank, &Input::Message(stolen)),
        ["signature.invalid"]
    );
}

#[test]
fn a_bank_pays_an_account_out_to_another_bank_s_wallet_only_on_the_holder_s_signature() {
    let mut town = common::town_by(common::slow(1_000), true);
    town.play("AliceB: exchange 50");
    let request = *town
        .0
        .world()
        .pending()
        .find(|message| message.subject == Subject::Ask)
        .unwrap();
    let bank = town.party("Harbour");
    assert_eq!(request.to, bank);
    assert!(town.refuses(bank, &Input::Message(request)).is_empty());
    let more = world::fact::Message {
        amount: 60_00,
        ..request
    };
    assert_eq!(
        town.refuses(bank, &Input::Message(more)),
        ["signature.invalid"]
    );
    // Carol's account is at the same bank: Alice's signature does not open it.
    let from_carol = world::fact::Message {
        from: town.party("Carol"),
        ..request
    };
    assert_eq!(
        town.refuses(bank, &Input::Message(from_carol)),
        ["signature.invalid"]
    );
}
