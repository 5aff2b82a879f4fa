//! Amounts: what is read, what is written, and that nothing is lost between.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use money::{
    AmountError::{self, *},
    Currency, MAX_MINOR, Money, MoneyError, parse_minor, split_minor, write_grouped, write_minor,
};
use proptest::prelude::*;

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::new("CNY", 2).unwrap())
}

#[test]
fn an_amount_is_read_exactly_or_refused_with_its_place() {
    let cases: &[(&str, u8, Result<i64, AmountError>)] = &[
        ("0", 2, Ok(0)),
        ("-0.00", 2, Ok(0)),
        ("12.5", 2, Ok(1_250)),
        ("12.50", 2, Ok(1_250)),
        ("-0.05", 2, Ok(-5)),
        ("007", 0, Ok(7)),
        ("1_000.00", 2, Ok(100_000)),
        ("1_0_0", 0, Ok(100)),
        ("0.1_2", 2, Ok(12)),
        // What is not a number, and where it stops being one.
        ("", 2, Err(Empty)),
        ("-", 2, Err(NotANumber { at: 1 })),
        ("+1", 2, Err(NotANumber { at: 0 })),
        (" 1", 2, Err(NotANumber { at: 0 })),
        ("1 ", 2, Err(NotANumber { at: 1 })),
        ("--1", 2, Err(NotANumber { at: 1 })),
        (".5", 2, Err(NotANumber { at: 0 })),
        ("5.", 2, Err(NotANumber { at: 2 })),
        ("1.2.3", 2, Err(NotANumber { at: 3 })),
        ("1e3", 2, Err(NotANumber { at: 1 })),
        ("12,50", 2, Err(NotANumber { at: 2 })),
        ("１２", 2, Err(NotANumber { at: 0 })),
        ("∞", 2, Err(NotANumber { at: 0 })),
        // Underscores stand between two digits.
        ("_1", 2, Err(MisplacedUnderscore { at: 0 })),
        ("-_1", 2, Err(MisplacedUnderscore { at: 1 })),
        ("1_", 2, Err(MisplacedUnderscore { at: 1 })),
        ("1__0", 2, Err(MisplacedUnderscore { at: 1 })),
        ("1_.5", 2, Err(MisplacedUnderscore { at: 1 })),
        ("1._5", 2, Err(MisplacedUnderscore { at: 2 })),
        ("1_x", 2, Err(MisplacedUnderscore { at: 1 })),
        // Decimals belong to the currency.
        (
            "1.5",
            0,
            Err(TooManyDecimals {
                allowed: 0,
                found: 1,
            }),
        ),
        (
            "1.005",
            2,
            Err(TooManyDecimals {
                allowed: 2,
                found: 3,
            }),
        ),
        (
            "1.500",
            2,
            Err(TooManyDecimals {
                allowed: 2,
                found: 3,
            }),
        ),
        // The limit, at, just under and just over it.
        ("90_000_000_000_000.00", 2, Ok(MAX_MINOR)),
        ("-90_000_000_000_000.00", 2, Ok(-MAX_MINOR)),
        ("89_999_999_999_999.99", 2, Ok(MAX_MINOR - 1)),
        ("90_000_000_000_000.01", 2, Err(TooLarge)),
        ("-90_000_000_000_000.01", 2, Err(TooLarge)),
        ("9000000000000000", 0, Ok(MAX_MINOR)),
        ("9000000000000001", 0, Err(TooLarge)),
        (
            "10000000000000000000000000000000000000000",
            2,
            Err(TooLarge),
        ), // 10^40
        ("1", 255, Err(TooLarge)),
        ("0", 255, Ok(0)),
        // Of several faults, writing comes first, then decimals, then size.
        (
            "99999999999999999999999999999999999999999999x",
            2,
            Err(NotANumber { at: 44 }),
        ),
        (
            "99999999999999999999999999999999999999999999.123",
            2,
            Err(TooManyDecimals {
                allowed: 2,
                found: 3,
            }),
        ),
    ];
    for (text, decimals, wanted) in cases {
        assert_eq!(
            parse_minor(text, *decimals),
            *wanted,
            "{text:?} with {decimals} decimals"
        );
    }
}

#[test]
fn an_amount_is_written_with_all_its_decimals() {
    for (minor, decimals, plain, grouped) in [
        (48_750, 2, "487.50", "487.50"),
        (-5, 2, "-0.05", "-0.05"),
        (0, 2, "0.00", "0.00"),
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1_000, 0, "1000", "1_000"),
        (-123_456, 0, "-123456", "-123_456"),
        (123_456_789, 2, "1234567.89", "1_234_567.89"),
        (
            i64::MIN,
            2,
            "-92233720368547758.08",
            "-92_233_720_368_547_758.08",
        ),
        (7, 8, "0.00000007", "0.00000007"),
    ] {
        assert_eq!(write_minor(minor, decimals), plain);
        assert_eq!(write_grouped(minor, decimals, '_'), grouped);
    }
    assert_eq!(
        write_grouped(123_456_789, 2, '\u{202f}'),
        "1\u{202f}234\u{202f}567.89"
    );
}

#[test]
fn money_prints_with_its_currency() {
    assert_eq!(yuan(48_750).to_string(), "487.50 CNY");
    let yen = Currency::new("JPY", 0).unwrap();
    assert_eq!(Money::parse("1_200", yen).unwrap().to_string(), "1200 JPY");
}

#[test]
fn only_one_currency_adds_up_and_only_as_far_as_it_fits() {
    let yen = Money::new(1, Currency::new("JPY", 0).unwrap());
    let mixed = MoneyError::MixedCurrencies {
        left: yuan(0).currency,
        right: yen.currency,
    };
    assert_eq!(yuan(1).checked_add(yen), Err(mixed));
    assert_eq!(yuan(1).checked_sub(yen), Err(mixed));
    // The same code with other decimals is another currency.
    let odd = Money::new(1, Currency::new("CNY", 3).unwrap());
    assert!(matches!(
        yuan(1).checked_add(odd),
        Err(MoneyError::MixedCurrencies { .. })
    ));
    assert_eq!(yuan(3).checked_add(yuan(4)), Ok(yuan(7)));
    assert_eq!(yuan(3).checked_sub(yuan(4)), Ok(yuan(-1)));
    assert_eq!(
        yuan(i64::MAX).checked_add(yuan(1)),
        Err(MoneyError::Overflow)
    );
    assert_eq!(
        yuan(i64::MIN).checked_sub(yuan(1)),
        Err(MoneyError::Overflow)
    );
}

#[test]
fn a_split_gives_the_units_left_over_to_the_largest_remainders() {
    let cases: &[(i64, &[u64], &[i64])] = &[
        (100, &[1, 1, 1], &[34, 33, 33]),     // equals: the one listed first
        (200, &[1, 1, 1], &[67, 67, 66]),     // two left over
        (-100, &[1, 1, 1], &[-34, -33, -33]), // like its opposite
        (100, &[1, 2], &[33, 67]),            // 33⅓ and 66⅔: the second lost more
        (10, &[1, 1, 8], &[1, 1, 8]),         // nothing left over
        (5, &[0, 3, 0, 7], &[0, 2, 0, 3]),    // 1½ and 3½, and nothing for a share of zero
        (1, &[u64::MAX, u64::MAX], &[1, 0]),  // shares of any size
        (0, &[3, 4], &[0, 0]),
        (7, &[5], &[7]),
        (i64::MIN, &[u64::MAX], &[i64::MIN]),
        (i64::MIN, &[1, 1], &[i64::MIN / 2, i64::MIN / 2]),
        (i64::MAX, &[1, 1], &[i64::MAX / 2 + 1, i64::MAX / 2]),
    ];
    for (minor, shares, wanted) in cases {
        assert_eq!(
            split_minor(*minor, shares).as_deref(),
            Ok(*wanted),
            "{minor} by {shares:?}"
        );
    }
    assert_eq!(
        yuan(100).split(&[1, 1, 1]),
        Ok(vec![yuan(34), yuan(33), yuan(33)])
    );
}

#[test]
fn nobody_to_give_to_is_an_error() {
    for shares in [&[][..], &[0], &[0, 0]] {
        assert_eq!(split_minor(100, shares), Err(MoneyError::NoShares));
    }
}

/// The allotment rule once more, as slowly and plainly as it can be said: hand out one unit at a
/// time to whoever is furthest below the exact part.
fn split_unit_by_unit(minor: i64, shares: &[u64]) -> Vec<i64> {
    let total: i128 = shares.iter().copied().map(i128::from).sum();
    let whole = i128::from(minor.abs());
    let mut parts: Vec<i128> = shares
        .iter()
        .map(|share| whole * i128::from(*share) / total)
        .collect();
    while parts.iter().sum::<i128>() < whole {
        let missing = |i: usize| whole * i128::from(shares[i]) - parts[i] * total;
        let mut most = 0;
        for i in 1..shares.len() {
            if missing(i) > missing(most) {
                most = i;
            }
        }
        parts[most] += 1;
    }
    parts
        .iter()
        .map(|part| minor.signum() * *part as i64)
        .collect()
}

proptest! {
    #[test]
    fn what_is_written_reads_back(minor in -MAX_MINOR..=MAX_MINOR, decimals in 0_u8..=8) {
        prop_assert_eq!(parse_minor(&write_minor(minor, decimals), decimals), Ok(minor));
        prop_assert_eq!(parse_minor(&write_grouped(minor, decimals, '_'), decimals), Ok(minor));
    }

    #[test]
    fn no_text_panics_and_what_is_read_is_within_the_limit(text in any::<String>(), decimals: u8) {
        if let Ok(minor) = parse_minor(&text, decimals) {
            prop_assert!(minor.abs() <= MAX_MINOR);
        }
    }

    #[test]
    fn number_like_texts_never_panic(text in "-?[0-9_.]{0,60}", decimals in 0_u8..=30) {
        if let Ok(minor) = parse_minor(&text, decimals) {
            prop_assert!(minor.abs() <= MAX_MINOR);
            // Reading is faithful: only leading zeros, underscores and trailing zeros may differ.
            let plain = |text: &str| {
                let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
                let keep = |part: &str| part.replace(['_', '-'], "");
                (
                    keep(whole).trim_start_matches('0').to_owned(),
                    keep(fraction).trim_end_matches('0').to_owned(),
                )
            };
            prop_assert_eq!(plain(&text), plain(&write_minor(minor, decimals)));
            prop_assert_eq!(minor < 0, text.starts_with('-') && minor != 0);
        }
    }

    #[test]
    fn a_split_conserves_the_whole_and_keeps_everyone_within_a_unit(
        minor: i64,
        shares in prop::collection::vec(prop_oneof![0_u64..5, any::<u64>()], 1..20),
    ) {
        prop_assume!(shares.iter().any(|share| *share > 0));
        let parts = split_minor(minor, &shares).unwrap();
        prop_assert_eq!(parts.iter().copied().map(i128::from).sum::<i128>(), i128::from(minor));
        let total: i128 = shares.iter().copied().map(i128::from).sum();
        for (part, share) in parts.iter().zip(&shares) {
            // |part − exact| < 1, compared without the division. Divided down first where the
            // products would not fit.
            let low = (i128::from(minor).abs() * i128::from(*share)) / total;
            let size = i128::from(*part).abs();
            prop_assert!(size == low || size == low + 1);
            prop_assert!(*share > 0 || *part == 0);
            prop_assert!(*part == 0 || part.signum() == minor.signum());
        }
    }

    #[test]
    fn a_split_is_the_plainly_told_rule(
        minor in -100_000_i64..100_000,
        shares in prop::collection::vec(0_u64..1_000, 1..12),
    ) {
        prop_assume!(shares.iter().any(|share| *share > 0));
        prop_assert_eq!(split_minor(minor, &shares).unwrap(), split_unit_by_unit(minor, &shares));
    }

    #[test]
    fn adding_and_subtracting_are_inverse(a in -MAX_MINOR..=MAX_MINOR, b in -MAX_MINOR..=MAX_MINOR) {
        prop_assert_eq!(yuan(a).checked_add(yuan(b)).unwrap().checked_sub(yuan(b)), Ok(yuan(a)));
    }
}
