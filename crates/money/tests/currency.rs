//! Currencies are three capital letters and a bounded number of decimals.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use money::{Currency, CurrencyError, MAX_DECIMALS};

#[test]
fn a_code_is_exactly_three_capital_letters() {
    for (code, good) in [
        ("CNY", true),
        ("JPY", true),
        ("", false),
        ("CN", false),
        ("CNYY", false),
        ("cny", false),
        ("C1Y", false),
        ("€", false), // three bytes, one letter
    ] {
        let made = Currency::new(code, 2).map(|currency| currency.code().to_owned());
        let wanted = if good {
            Ok(code.to_owned())
        } else {
            Err(CurrencyError::Code)
        };
        assert_eq!(made, wanted, "{code}");
    }
}

#[test]
fn decimals_stop_at_the_limit() {
    assert_eq!(
        Currency::new("XAU", MAX_DECIMALS).unwrap().decimals(),
        MAX_DECIMALS
    );
    assert_eq!(
        Currency::new("XAU", MAX_DECIMALS + 1),
        Err(CurrencyError::Decimals {
            found: MAX_DECIMALS + 1
        })
    );
}

#[test]
fn a_currency_reads_back_from_its_bytes_and_prints_its_code() {
    let yen = Currency::new("JPY", 0).unwrap();
    assert_eq!(Currency::from_bytes(yen.bytes(), 0), Ok(yen));
    assert_eq!(Currency::from_bytes([0xff; 3], 0), Err(CurrencyError::Code));
    assert_eq!(format!("{yen} {yen:>4} {yen:?}"), "JPY  JPY JPY/0");
}

#[test]
fn a_file_cannot_bring_in_a_currency_the_constructor_refuses() {
    let yuan = Currency::new("CNY", 2).unwrap();
    let text = serde_json::to_string(&yuan).unwrap();
    assert_eq!(text, r#"{"code":"CNY","decimals":2}"#);
    assert_eq!(serde_json::from_str::<Currency>(&text).unwrap(), yuan);
    for bad in [
        r#"{"code":"cny","decimals":2}"#,
        r#"{"code":"CNY","decimals":9}"#,
        r#"{"code":"CNY"}"#,
        r#"{"code":"CNY","decimals":2,"symbol":"¥"}"#,
    ] {
        assert!(serde_json::from_str::<Currency>(bad).is_err(), "{bad}");
    }
}
