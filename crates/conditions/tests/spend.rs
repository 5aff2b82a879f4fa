//! Conditions on a spend, purpose-bound money, and splits.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::Random;
use conditions::purpose::{PurposeError, Wrapper};
use conditions::{
    Allotment, Category, Condition, Image, Judge, Known, Moment, Name, Share, Spend, SplitError,
    Verdict, text,
};
use money::{Instant, Span};
use proptest::prelude::*;

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn condition(body: &str) -> Condition {
    text::load_condition(&name("It"), 0, &text::lines(body), 2).unwrap()
}

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// A spend of 12.50 at a restaurant called Noodles, in Harbour, at noon.
struct World {
    noodles: Name,
    harbour: Name,
    second: Name,
    types: Vec<Name>,
    signers: Vec<Name>,
    shown: Vec<Image>,
}

impl World {
    fn new() -> Self {
        Self {
            noodles: name("Noodles"),
            harbour: name("Harbour"),
            second: name("II"),
            types: ["I", "II", "III", "IV"].map(name).to_vec(),
            signers: vec![name("Ann"), name("Cyd")],
            shown: vec![Image::of(b"open sesame")],
        }
    }

    fn spend(&self) -> Spend<'_> {
        let noon = moment("2025-11-03T12:00");
        Spend {
            now: (noon, noon),
            amount: 1_250,
            decimals: 2,
            paid_today: Known::Is(4_000),
            payee: Known::Is(&self.noodles),
            category: Known::Is(Category::new(5812)),
            area: Known::Is(Some(&self.harbour)),
            wallet: Known::Is(&self.second),
            wallet_types: &self.types,
            signers: Known::Is(&self.signers),
            shown: Known::Is(&self.shown),
        }
    }
}

#[test]
fn each_rule_holds_at_its_limit_and_fails_just_beyond() {
    let image = "41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb";
    let shows = format!("shows \"{image}\"");
    let other = format!("shows \"{}\"", image.replace('4', "5"));
    let rows: &[(&str, Verdict, Verdict)] = &[
        // A rule; what the network says; what a chip says that knows the day.
        ("amount at most 12.50", Verdict::Holds, Verdict::Holds),
        ("amount at most 12.49", Verdict::Fails, Verdict::Fails),
        ("day at most 52.50", Verdict::Holds, Verdict::Unknown),
        ("day at most 52.49", Verdict::Fails, Verdict::Unknown),
        ("day at most 12.49", Verdict::Fails, Verdict::Fails),
        ("after 2025-11-03T12:00", Verdict::Holds, Verdict::Unknown),
        ("after 2025-11-03T12:01", Verdict::Fails, Verdict::Unknown),
        ("after 2025-11-03T00:00", Verdict::Holds, Verdict::Holds),
        ("before 2025-11-03T12:00", Verdict::Fails, Verdict::Unknown),
        ("before 2025-11-03T12:01", Verdict::Holds, Verdict::Unknown),
        ("before 2025-11-04T00:00", Verdict::Holds, Verdict::Holds),
        ("after 2025-11-04T00:00", Verdict::Fails, Verdict::Fails),
        ("before 2025-11-05T00:00", Verdict::Holds, Verdict::Holds),
        ("before 2025-11-03T00:00", Verdict::Fails, Verdict::Fails),
        ("payee is Noodles", Verdict::Holds, Verdict::Unknown),
        ("payee in [Bar, Noodles]", Verdict::Holds, Verdict::Unknown),
        ("payee is Bar", Verdict::Fails, Verdict::Unknown),
        ("category in [5411, 5812]", Verdict::Holds, Verdict::Holds),
        ("category is 5813", Verdict::Fails, Verdict::Fails),
        ("area is Harbour", Verdict::Holds, Verdict::Unknown),
        ("area is Summit", Verdict::Fails, Verdict::Unknown),
        ("wallet at least II", Verdict::Holds, Verdict::Unknown),
        ("wallet at least III", Verdict::Holds, Verdict::Unknown),
        ("wallet at least I", Verdict::Fails, Verdict::Unknown),
        ("wallet at least IX", Verdict::Fails, Verdict::Unknown),
        (
            "signed by 2 of [Ann, Bob, Cyd]",
            Verdict::Holds,
            Verdict::Unknown,
        ),
        (
            "signed by 3 of [Ann, Bob, Cyd]",
            Verdict::Fails,
            Verdict::Unknown,
        ),
        (&shows, Verdict::Holds, Verdict::Unknown),
        (&other, Verdict::Fails, Verdict::Unknown),
        ("not payee is Bar", Verdict::Holds, Verdict::Unknown),
        (
            "any (payee is Bar, category is 5812)",
            Verdict::Holds,
            Verdict::Holds,
        ),
        (
            "all (payee is Noodles, category is 5813)",
            Verdict::Fails,
            Verdict::Fails,
        ),
        (
            "any (payee is Noodles, amount at most 1.00)",
            Verdict::Holds,
            Verdict::Unknown,
        ),
    ];
    let world = World::new();
    let online = world.spend();
    let offline = online.on_a_chip(Span::DAY);
    for (rule, network, chip) in rows {
        let condition = condition(rule);
        assert_eq!(condition.judge(&online).verdict, *network, "{rule}");
        assert_eq!(condition.judge(&offline).verdict, *chip, "offline: {rule}");
    }
}

#[test]
fn a_merchant_without_a_category_and_a_place_nobody_vouches_for_do_not_count() {
    let world = World::new();
    let spend = Spend {
        category: Known::Is(None),
        area: Known::Is(None),
        ..world.spend()
    };
    for rule in ["category is 5812", "area is Harbour"] {
        assert_eq!(
            condition(rule).judge(&spend).verdict,
            Verdict::Fails,
            "{rule}"
        );
    }
}

#[test]
fn a_judgement_names_the_rules_because_of_which() {
    let world = World::new();
    let it = condition(
        "category is 5813\namount at most 20.00\nany (payee is Bar, not area is Harbour)",
    );
    let judgement = it.judge(&world.spend());
    let because: Vec<_> = judgement
        .because
        .iter()
        .map(|rule| text::rule_text(rule))
        .collect();
    assert_eq!(
        because,
        ["category is 5813", "payee is Bar", "not area is Harbour"]
    );
    let offline = world.spend().on_a_chip(Span::DAY);
    let it = condition("category is 5812\nany (payee is Bar, not area is Harbour)");
    let judgement = it.judge(&offline);
    let because: Vec<_> = judgement
        .because
        .iter()
        .map(|rule| text::rule_text(rule))
        .collect();
    assert_eq!(
        (judgement.verdict, because),
        (
            Verdict::Unknown,
            vec!["payee is Bar".to_owned(), "area is Harbour".to_owned()]
        )
    );
}

#[test]
fn a_chip_judges_expiry_category_and_cap() {
    let it = condition(
        "before 2025-12-31T00:00\ncategory is 5812\namount at most 5.00\nday at most 9.00\nnot area is Summit",
    );
    let judges: Vec<_> = it.judges().into_iter().map(|(_, judge)| judge).collect();
    use Judge::{Chip, Network};
    assert_eq!(judges, [Chip, Chip, Chip, Network, Network]);
}

proptest! {
    /// What a chip is sure of, the network says too.
    #[test]
    fn a_chip_never_contradicts_the_network(amount in 1_i64..6_000, cap in 1_i64..6_000, hour in 0_u8..24, day in 1_u8..28, epoch_hours in 1_i64..72) {
        let world = World::new();
        let now = moment(&format!("2025-11-{day:02}T{hour:02}:30"));
        let spend = Spend { now: (now, now), amount, ..world.spend() };
        let body = format!(
            "any (amount at most {}, all (before 2025-11-14T00:00, day at most 50.00))\nnot after 2025-11-20T12:00",
            money::write_minor(cap, 2)
        );
        let condition = condition(&body);
        let chip = condition.judge(&spend.on_a_chip(Span(epoch_hours * Span::HOUR.0))).verdict;
        prop_assert!(chip == Verdict::Unknown || chip == condition.judge(&spend).verdict);
    }
}

#[test]
fn purpose_bound_money_is_wrapped_handed_out_passed_on_redeemed_and_swept_back() {
    let (city, ann, bob) = (name("City"), name("Ann"), name("Bob"));
    let world = World::new();
    let lunch = condition("category is 5812");
    let (now, end) = (Instant(0), Instant(1_000));
    assert_eq!(
        Wrapper::wrap(city.clone(), 0, lunch.clone(), end),
        Err(PurposeError::Amount)
    );
    let mut coupon = Wrapper::wrap(city.clone(), 10_000, lunch, end).unwrap();
    assert_eq!(
        coupon.distribute(now, &ann, 10_001),
        Err(PurposeError::Short { held: 10_000 })
    );
    coupon.distribute(now, &ann, 6_000).unwrap();
    coupon.transfer(now, &ann, &bob, 2_000).unwrap();
    assert_eq!(
        coupon.transfer(now, &ann, &bob, 0),
        Err(PurposeError::Amount)
    );
    coupon.redeem(now, &bob, &world.spend()).unwrap();
    assert_eq!(
        (coupon.held(&city), coupon.held(&ann), coupon.held(&bob)),
        (4_000, 4_000, 750)
    );
    let bar = Spend {
        category: Known::Is(Category::new(5813)),
        ..world.spend()
    };
    assert!(
        matches!(coupon.redeem(now, &ann, &bar), Err(PurposeError::ConditionFails { because }) if because.len() == 1)
    );
    let unknown = Spend {
        category: Known::Unknown,
        ..world.spend()
    };
    assert!(matches!(
        coupon.redeem(now, &ann, &unknown),
        Err(PurposeError::ConditionUnknown { .. })
    ));
    assert_eq!(coupon.expire(Instant(999)), Err(PurposeError::NotExpired));
    assert_eq!(
        coupon.redeem(end, &ann, &world.spend()),
        Err(PurposeError::Expired)
    );
    assert_eq!(coupon.expire(end), Ok(8_750));
    assert_eq!(coupon.expire(end), Ok(0));
    assert_eq!(
        coupon.transfer(now, &ann, &bob, 1),
        Err(PurposeError::Expired)
    );
    assert_eq!(
        (coupon.totals(), coupon.outstanding()),
        ((10_000, 1_250, 8_750), 0)
    );
}

proptest! {
    #[test]
    fn wrapped_money_is_always_accounted_for(seed: u64) {
        let mut random = Random::new(seed);
        let people = ["City", "Ann", "Bob"].map(name);
        let world = World::new();
        let mut coupon = Wrapper::wrap(people[0].clone(), 5_000, condition("amount at most 20.00"), Instant(50)).unwrap();
        for time in 0..60 {
            let amount = i64::try_from(random.below(3_000)).unwrap();
            let (from, to) = (random.pick(&people).clone(), random.pick(&people).clone());
            let before = coupon.clone();
            let failed = match random.below(3) {
                0 => coupon.transfer(Instant(time), &from, &to, amount).is_err(),
                1 => coupon.redeem(Instant(time), &from, &Spend { amount, ..world.spend() }).is_err(),
                _ => coupon.expire(Instant(time)).is_err(),
            };
            prop_assert!(!failed || coupon == before);
            let (wrapped, redeemed, returned) = coupon.totals();
            prop_assert_eq!(wrapped, redeemed + returned + coupon.outstanding());
            prop_assert!(coupon.holders().all(|(_, held)| held > 0));
        }
        coupon.expire(Instant(60)).unwrap();
        prop_assert_eq!(coupon.outstanding(), 0);
    }
}

/// The rule as it is stated, worked out the slow way: whole parts first, then
/// the rest unit by unit, in order.
fn by_hand(minor: i64, weights: &[u32]) -> Vec<i64> {
    let whole: i128 = weights.iter().copied().map(i128::from).sum();
    let mut parts: Vec<i64> = weights
        .iter()
        .map(|weight| i64::try_from(i128::from(minor) * i128::from(*weight) / whole).unwrap())
        .collect();
    let mut left = minor - parts.iter().sum::<i64>();
    for (part, weight) in parts.iter_mut().zip(weights) {
        if left > 0 && *weight > 0 {
            *part += 1;
            left -= 1;
        }
    }
    assert_eq!(left, 0);
    parts
}

#[test]
fn splits_follow_the_rule_on_thousands_of_random_shares() {
    let mut random = Random::new(5);
    for round in 0..20_000 {
        let count = 1 + random.below(12);
        let weights: Vec<u32> = (0..count)
            .map(|_| 1 + u32::try_from(random.below(900)).unwrap())
            .collect();
        let whole = weights.iter().sum();
        let amount = match round % 3 {
            0 => i64::try_from(random.below(1_000)).unwrap(),
            1 => i64::try_from(random.below(10_000_000)).unwrap(),
            _ => i64::try_from(random.below(money::MAX_MINOR as u64 + 1)).unwrap(),
        };
        let shares: Vec<Share> = weights
            .iter()
            .map(|weight| Share::new(*weight, whole).unwrap())
            .collect();
        let split: Vec<i64> = Allotment::new(&shares, false)
            .unwrap()
            .split(amount)
            .collect();
        assert_eq!(split, by_hand(amount, &weights), "{amount} by {weights:?}");
        // The same with the last share left to the rest.
        if let Some((_, first)) = shares.split_last().filter(|(_, first)| !first.is_empty()) {
            let split: Vec<i64> = Allotment::new(first, true).unwrap().split(amount).collect();
            assert_eq!(split, by_hand(amount, &weights));
        }
    }
}

#[test]
fn shares_that_cannot_divide_are_refused() {
    let share = |text: &str| text.parse::<Share>().unwrap();
    let new = |shares: &[&str], rest| {
        Allotment::new(&shares.iter().map(|it| share(it)).collect::<Vec<_>>(), rest).map(|_| ())
    };
    assert_eq!(new(&[], true), Err(SplitError::Nobody));
    assert_eq!(new(&["1/2", "51%"], true), Err(SplitError::TooMuch));
    assert_eq!(new(&["1/2", "49.9999%"], false), Err(SplitError::TooLittle));
    assert_eq!(new(&["1/2", "50%"], true), Ok(()));
    assert_eq!(
        new(&["1/999983", "1/999979", "1/999961", "1/999959"], true),
        Err(SplitError::TooFine)
    );
    for text in [
        "0/1",
        "1/0",
        "0%",
        "1.%",
        "%",
        "1/2/3",
        "-1/2",
        "1.00001%",
        "a%",
        "1/1000001",
    ] {
        assert!(text.parse::<Share>().is_err(), "{text}");
    }
    for text in ["1/3", "12.5%", "12.05%", "100%", "0.0001%"] {
        assert_eq!(share(text).to_string(), text);
    }
}
