//! Rates are exact, rounding is named, and interest keeps what it has not paid.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use money::{AmountError, Interest, NANO, Rate, RateError, Rounding, Rounding::*};
use proptest::prelude::*;

fn rate(text: &str) -> Rate {
    text.parse().unwrap()
}

#[test]
fn a_rate_is_read_as_a_decimal_or_a_percentage() {
    for (text, decimal, percent) in [
        ("0.05%", "0.0005", "0.05%"),
        ("0.0005", "0.0005", "0.05%"),
        ("5%", "0.05", "5%"),
        ("100%", "1", "100%"),
        ("1.50", "1.5", "150%"),
        ("-0.1%", "-0.001", "-0.1%"),
        ("1_000", "1000", "100000%"),
        ("0", "0", "0%"),
        ("-0", "0", "0%"),
        (
            "0.000000000000000001",
            "0.000000000000000001",
            "0.0000000000000001%",
        ),
        (
            "999999999999999999",
            "999999999999999999",
            "99999999999999999900%",
        ),
    ] {
        assert_eq!(rate(text).to_string(), decimal);
        assert_eq!(rate(text).percent(), percent);
        assert_eq!(rate(decimal), rate(percent));
    }
}

#[test]
fn what_is_not_a_rate_is_refused() {
    let no_number = |at| RateError::NotANumber(AmountError::NotANumber { at });
    for (text, error) in [
        ("", RateError::NotANumber(AmountError::Empty)),
        ("%", RateError::NotANumber(AmountError::Empty)),
        ("5%%", no_number(1)),
        ("5 %", no_number(1)),
        ("1/2", no_number(1)),
        ("0.0000000000000000001", RateError::TooManyDigits),
        ("0.00000000000000001%", RateError::TooManyDigits),
        ("1000000000000000000", RateError::TooManyDigits),
        (
            "10000000000000000000000000000000000000000",
            RateError::TooManyDigits,
        ),
    ] {
        assert_eq!(text.parse::<Rate>(), Err(error), "{text}");
    }
}

#[test]
fn a_rate_in_billionths_is_whole_or_refused() {
    assert_eq!(rate("0.05%").nano(), Ok(500_000));
    assert_eq!(rate("1").nano(), Ok(NANO));
    assert_eq!(rate("-0.000000001").nano(), Ok(-1));
    assert_eq!(rate("0.0000000001").nano(), Err(RateError::TooFine));
    assert_eq!(rate("9223372036").nano(), Ok(9_223_372_036 * NANO));
    assert_eq!(rate("9223372037").nano(), Err(RateError::Overflow));
}

#[test]
fn each_rounding_does_what_its_name_says() {
    // Tenths of a minor unit, as an amount times 0.1.
    for (tenths, half_even, half_up, down, up) in [
        (0, 0, 0, 0, 0),
        (1, 0, 0, 0, 1),
        (4, 0, 0, 0, 1),
        (5, 0, 1, 0, 1),
        (6, 1, 1, 0, 1),
        (10, 1, 1, 1, 1),
        (14, 1, 1, 1, 2),
        (15, 2, 2, 1, 2),
        (25, 2, 3, 2, 3),
        (26, 3, 3, 2, 3),
        (-1, 0, 0, 0, -1),
        (-5, 0, -1, 0, -1),
        (-15, -2, -2, -1, -2),
        (-25, -2, -3, -2, -3),
        (-26, -3, -3, -2, -3),
    ] {
        for (rounding, wanted) in [
            (HalfEven, half_even),
            (HalfUp, half_up),
            (Down, down),
            (Up, up),
        ] {
            assert_eq!(
                rate("0.1").apply(tenths, rounding),
                Ok(wanted),
                "{tenths} {rounding:?}"
            );
            assert_eq!(
                rate("-0.1").apply(-tenths, rounding),
                Ok(wanted),
                "{tenths} {rounding:?}"
            );
        }
    }
}

#[test]
fn a_result_that_does_not_fit_is_refused() {
    assert_eq!(rate("1").apply(i64::MIN, Down), Ok(i64::MIN));
    assert_eq!(rate("-1").apply(i64::MIN, Down), Err(RateError::Overflow));
    assert_eq!(
        rate("999999999999999999").apply(i64::MIN, Up),
        Err(RateError::Overflow)
    );
    assert_eq!(rate("0.000000000000000001").apply(i64::MAX, Down), Ok(9));
}

#[test]
fn a_file_holds_a_rate_as_text() {
    assert_eq!(
        serde_json::to_string(&rate("0.05%")).unwrap(),
        r#""0.0005""#
    );
    assert_eq!(
        serde_json::from_str::<Rate>(r#""0.05%""#).unwrap(),
        rate("0.0005")
    );
    assert!(serde_json::from_str::<Rate>("0.0005").is_err());
}

#[test]
fn a_year_at_the_demand_rate_pays_the_rate() {
    // 123,456.78 at 0.05 % for 365 days, posted at each quarter: 61.72839 in all.
    let mut interest = Interest::default();
    let mut posted = 0;
    for day in 1..=365 {
        interest.accrue(12_345_678, 500_000).unwrap();
        if day % 91 == 0 {
            posted += interest.post().unwrap();
        }
    }
    posted += interest.post().unwrap();
    assert_eq!(posted, 6_173);
    // 6,172.839 was due, so a sixth of a fen has been paid ahead.
    assert_eq!(interest.remainder() * 1_000, -161 * Interest::DIVISOR);
    assert_eq!(interest.post(), Ok(0));
}

#[test]
fn interest_that_does_not_fit_is_refused_and_changes_nothing() {
    let mut interest = Interest::default();
    interest.accrue(i64::MAX, i64::MAX).unwrap();
    let before = interest;
    assert_eq!(interest.post(), Err(RateError::Overflow));
    assert_eq!(interest, before);
    interest.accrue(i64::MAX, i64::MAX).unwrap();
    let before = interest;
    assert_eq!(
        interest.accrue(i64::MAX, i64::MAX),
        Err(RateError::Overflow)
    );
    assert_eq!(interest, before);
}

/// Whether `whole` is `exact = dividend / divisor` rounded so, by the definition of each word.
fn rounds(dividend: i128, divisor: i128, whole: i128, rounding: Rounding) -> bool {
    let error = whole * divisor - dividend;
    let away = error.signum() == dividend.signum();
    match rounding {
        Down => error == 0 || (!away && error.abs() < divisor),
        Up => error == 0 || (away && error.abs() < divisor),
        HalfUp => 2 * error.abs() < divisor || (2 * error.abs() == divisor && away),
        HalfEven => 2 * error.abs() < divisor || (2 * error.abs() == divisor && whole % 2 == 0),
    }
}

fn any_rounding() -> impl Strategy<Value = Rounding> {
    prop::sample::select(vec![HalfEven, HalfUp, Down, Up])
}

proptest! {
    #[test]
    fn applying_a_rate_rounds_the_exact_product_once(
        minor: i64,
        digits in -999_999_999_999_999_999_i64..=999_999_999_999_999_999,
        scale in 0_u32..=18,
        rounding in any_rounding(),
    ) {
        let rate = Rate::new(rust_decimal::Decimal::new(digits, scale)).unwrap();
        let (dividend, divisor) = (i128::from(minor) * i128::from(digits), 10_i128.pow(scale));
        match rate.apply(minor, rounding) {
            Ok(whole) => prop_assert!(rounds(dividend, divisor, whole.into(), rounding)),
            Err(error) => {
                prop_assert_eq!(error, RateError::Overflow);
                prop_assert!((dividend / divisor).abs() >= i128::from(i64::MAX));
            }
        }
    }

    #[test]
    fn halves_round_by_their_name(half in -1_000_000_i64..1_000_000, rounding in any_rounding()) {
        let odd = 2 * half + 1;
        let whole = rate("0.5").apply(odd, rounding).unwrap();
        prop_assert!(rounds(odd.into(), 2, whole.into(), rounding), "{odd} / 2 became {whole}");
    }

    #[test]
    fn a_rate_reads_back_as_printed(
        digits in -999_999_999_999_999_999_i64..=999_999_999_999_999_999,
        scale in 0_u32..=18,
    ) {
        let rate = Rate::new(rust_decimal::Decimal::new(digits, scale)).unwrap();
        prop_assert_eq!(rate.to_string().parse(), Ok(rate));
        prop_assert_eq!(rate.percent().parse(), Ok(rate));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), digits in "-?[0-9._%]{0,60}") {
        for text in [text, digits] {
            if let Ok(rate) = text.parse::<Rate>() {
                prop_assert_eq!(rate.to_string().parse(), Ok(rate));
            }
        }
    }

    #[test]
    fn what_is_posted_and_what_remains_are_what_has_accrued(
        days in prop::collection::vec((any::<i64>(), -NANO..=NANO, any::<bool>()), 0..200),
    ) {
        let mut interest = Interest::default();
        let (mut accrued, mut posted) = (0_i128, 0_i128);
        for (minor, rate, post) in days {
            // Balances as large as can be read.
            let minor = minor % money::MAX_MINOR;
            interest.accrue(minor, rate).unwrap();
            accrued += i128::from(minor) * i128::from(rate);
            if post {
                posted += i128::from(interest.post().unwrap());
                // Half to even: what remains is at most half a minor unit.
                prop_assert!(2 * interest.remainder().abs() <= Interest::DIVISOR);
            }
            prop_assert_eq!(posted * Interest::DIVISOR + interest.remainder(), accrued);
        }
    }
}
