//! What a chip says of money for a purpose is what the bank says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use conditions::{Amount, Category, Condition, Known, Moment, Name, Rule, Spend, Verdict};
use money::{Instant, Span, Zone};
use offline::Code;
use offline::purpose::{Answer, Purpose, Tap};
use proptest::prelude::*;
use world::contracts::judged_by_chips;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// A Thursday in 2026.
const BEGIN: i64 = 20_454 * DAY;

/// A zone without summer time, and one whose clocks change twice in the days looked at.
fn zones() -> [Zone; 2] {
    let changes = vec![
        (Instant(BEGIN + 3 * DAY + HOUR), 2 * 3_600),
        (Instant(BEGIN + 9 * DAY + HOUR), 3_600),
    ];
    [
        Zone::fixed("Asia/Shanghai", 8 * 3_600).unwrap(),
        Zone::new("Europe/Berlin", 3_600, changes).unwrap(),
    ]
}

/// A deadline: mostly when a day begins, sometimes within one.
fn deadline() -> impl Strategy<Value = Moment> {
    let utc = Zone::fixed("UTC", 0).unwrap();
    let within = prop_oneof![3 => Just(0), 1 => 0..24 * 60i64];
    (0..13i64, within).prop_map(move |(day, minute)| {
        Moment::shown(&utc, Instant(BEGIN + day * DAY + minute * 60_000))
    })
}

fn rule() -> impl Strategy<Value = Rule> {
    let leaf = prop_oneof![
        deadline().prop_map(Rule::After),
        deadline().prop_map(Rule::Before),
        prop::collection::vec(1u16..6, 0..4).prop_map(|codes| Rule::Category(
            codes.into_iter().filter_map(Category::new).collect()
        )),
        (0u32..30)
            .prop_map(|cap| Rule::AmountAtMost(format!("0.{cap:02}").parse::<Amount>().unwrap())),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let rules = prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            rules.clone().prop_map(Rule::All),
            rules.prop_map(Rule::Any),
            inner.prop_map(|rule| Rule::Not(Box::new(rule))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_chip_says_what_the_bank_says_or_that_it_cannot_tell(
        rules in prop::collection::vec(rule(), 0..4),
        (after, amount, category) in (0..13 * DAY, 1i64..30, 0u16..6),
    ) {
        let name = Name::new("Any").unwrap();
        let condition = Condition { name: name.clone(), rules };
        for (zone, has_summer) in zones().into_iter().zip([false, true]) {
            let now = BEGIN + after;
            let rules = judged_by_chips(&condition, &zone, 2).unwrap();
            let purpose = Purpose { operator: 1, number: 1, rules, expires: i64::MAX };
            let chip = purpose.judge(&Tap { now, amount, category: u32::from(category) });
            let shown = Moment::shown(&zone, Instant(now));
            let spend = Spend {
                now: (shown, shown),
                amount,
                decimals: 2,
                paid_today: Known::Is(0),
                payee: Known::Is(&name),
                category: Known::Is(Category::new(category).filter(|_| category != 0)),
                area: Known::Unknown,
                wallet: Known::Is(&name),
                wallet_types: &[],
                signers: Known::Is(&[]),
                shown: Known::Is(&[]),
            };
            let bank = condition.judge(&spend).verdict;
            let by_the_day = condition.judge(&spend.on_a_chip(Span(DAY))).verdict;
            prop_assert_ne!(bank, Verdict::Unknown);
            match chip {
                Answer::Holds => prop_assert_eq!(bank, Verdict::Holds),
                Answer::Fails => prop_assert_eq!(bank, Verdict::Fails),
                Answer::Unknown => prop_assert!(has_summer || by_the_day == Verdict::Unknown),
            }
            // It knows neither more nor less than the day.
            if !has_summer {
                let same = match by_the_day {
                    Verdict::Holds => Answer::Holds,
                    Verdict::Fails => Answer::Fails,
                    Verdict::Unknown => Answer::Unknown,
                };
                prop_assert_eq!(chip, same);
            }
        }
    }
}

#[test]
fn the_first_rule_that_no_chip_can_judge_is_the_reason_wherever_it_stands() {
    let zone = &zones()[0];
    let name = || Name::new("Somebody").unwrap();
    let hidden = [
        (Rule::Payee(vec![name()]), Code::PurposePayee),
        (Rule::Area(vec![name()]), Code::PurposePlace),
        (Rule::DayAtMost("1.00".parse().unwrap()), Code::PurposeDay),
        (Rule::WalletAtLeast(name()), Code::PurposeWallet),
        (
            Rule::Signed {
                least: 1,
                of: vec![name()],
            },
            Code::PurposeSigners,
        ),
        (
            Rule::Shows(conditions::Image::of(b"x")),
            Code::PurposeSecret,
        ),
    ];
    for (rule, code) in hidden {
        let clear = Rule::AmountAtMost("5.00".parse().unwrap());
        let inside = [
            rule.clone(),
            Rule::Not(Box::new(rule.clone())),
            Rule::All(vec![clear.clone(), rule.clone()]),
            Rule::Any(vec![clear.clone(), Rule::All(vec![rule])]),
        ];
        for rule in inside {
            let condition = Condition {
                name: name(),
                rules: vec![clear.clone(), rule],
            };
            assert_eq!(judged_by_chips(&condition, zone, 2), Err(code));
        }
    }
}
