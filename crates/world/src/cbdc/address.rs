//! How a payee can be meant without a name of the scenario: by account number,
//! by alias, by payment code.
//!
//! An account number is `EX`, two check digits and the wallet's number in at
//! least six digits, so that it says whose wallet it is and a slip of the finger
//! is noticed. The check digits are those of ISO 13616 (ISO 7064, MOD 97-10).
//! What is shaped otherwise is an alias: the central bank's directory knows whose.

use std::collections::BTreeMap;

use money::Currency;
use seal::merchant_qr::{Account, Initiation, MerchantQr, MerchantQrError, Pix, PixTarget};
use thiserror::Error;

use crate::fact::WalletId;

/// The longest alias: that of a key of Pix's directory.
pub const MAX_ALIAS: usize = 77;

const PREFIX: &str = "EX";
/// `EX` as ISO 13616 counts letters (A is 10), then two places for check digits.
const PREFIX_IN_DIGITS: u64 = 143_300;

/// Whose account numbers a code's template holds.
const SCHEME: &str = "sim.exchequer";
/// The template of the scheme, and the account number within it.
const TEMPLATE: (u8, u8) = (26, 1);

/// Whom an address means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address<'t> {
    /// The wallet of an account number.
    Account(WalletId),
    /// Whoever the directory says.
    Alias(&'t str),
}

/// Why an address or code means nobody.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    /// The check digits are not those of the number.
    #[error("the check digits do not fit the account number")]
    CheckDigits,
    /// An alias has 1 to 77 characters and no blanks.
    #[error("an alias has from 1 to {MAX_ALIAS} characters and no blanks")]
    Alias,
    /// The text is no payment code.
    #[error("this is no payment code: {0}")]
    Code(#[from] MerchantQrError),
    /// The code speaks of another currency.
    #[error("the code is for another currency")]
    Currency,
    /// The code's sum is none of the currency.
    #[error("the code's sum cannot be read")]
    Amount,
    /// The code names no account of a scheme that is known here.
    #[error("the code names no account that can be paid here")]
    Scheme,
}

/// The account number of a wallet.
pub fn account_number(WalletId(wallet): WalletId) -> String {
    format!("{PREFIX}{:02}{wallet:06}", check_digits(wallet))
}

fn check_digits(wallet: u32) -> u64 {
    98 - remainder(wallet, 0)
}

/// The number with its prefix and check digits behind it, divided by 97.
fn remainder(wallet: u32, check: u64) -> u64 {
    (u64::from(wallet) * 1_000_000 + PREFIX_IN_DIGITS + check) % 97
}

impl<'t> Address<'t> {
    /// Reads an account number, in which blanks do not count, or an alias.
    ///
    /// # Errors
    /// If it can be neither.
    pub fn read(text: &'t str) -> Result<Self, AddressError> {
        let plain: String = text.chars().filter(|it| *it != ' ').collect();
        let digits = plain.strip_prefix(PREFIX).filter(|digits| {
            (8..=12).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit())
        });
        if let Some((check, number)) = digits.and_then(|it| it.split_at_checked(2)) {
            let (check, number) = (check.parse(), number.parse());
            return match (check, number) {
                (Ok(check @ 2..=98), Ok(wallet)) if remainder(wallet, check) == 1 => {
                    Ok(Address::Account(WalletId(wallet)))
                }
                _ => Err(AddressError::CheckDigits),
            };
        }
        let is_blank = |it: char| it.is_whitespace() || it.is_control();
        if text.is_empty() || text.chars().count() > MAX_ALIAS || text.contains(is_blank) {
            return Err(AddressError::Alias);
        }
        Ok(Address::Alias(text))
    }
}

/// What a payment code asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whom it says to pay, as it stands there.
    pub payee: String,
    /// How much, minor units, if the code says so.
    pub amount: Option<i64>,
    /// What the payee knows the payment by.
    pub reference: Option<String>,
}

impl Asked {
    /// Whom it says to pay.
    ///
    /// # Errors
    /// If that is no address.
    pub fn address(&self) -> Result<Address<'_>, AddressError> {
        Address::read(&self.payee)
    }
}

/// Reads a merchant's payment code: of this scheme by EMV's rules, or a BR Code.
///
/// # Errors
/// Says what keeps it from being paid in this currency.
pub fn read_code(text: &str, currency: Currency) -> Result<Asked, AddressError> {
    let code = MerchantQr::decode(text)?;
    let (digits, _) = numbers_of(currency).ok_or(AddressError::Currency)?;
    if code.currency != digits {
        return Err(AddressError::Currency);
    }
    let read = |sum: &String| {
        let minor = money::parse_minor(sum, currency.decimals()).ok();
        minor.filter(|it| *it > 0).ok_or(AddressError::Amount)
    };
    let amount = code.amount.as_ref().map(read).transpose()?;
    if let Some(pix) = Pix::of(&code)? {
        let PixTarget::Key(payee) = pix.target else {
            return Err(AddressError::Scheme);
        };
        return Ok(Asked {
            payee,
            amount,
            reference: pix.transaction,
        });
    }
    let account = code.accounts.values().find_map(|account| match account {
        Account::Template { gui, fields } if gui == SCHEME => fields.get(&TEMPLATE.1),
        _ => None,
    });
    Ok(Asked {
        payee: account.ok_or(AddressError::Scheme)?.clone(),
        amount,
        reference: code.additional.and_then(|it| it.reference),
    })
}

/// What a merchant shows to be paid: its account number or alias, its name, and
/// how much, if the code is for one payment.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'t> {
    /// The account number or alias.
    pub payee: &'t str,
    /// The merchant's name; what a code has no room for is cut off.
    pub name: &'t str,
    /// What it sells (ISO 18245), if that is known.
    pub category: Option<u16>,
    /// How much, minor units, for a code of one payment.
    pub amount: Option<i64>,
    /// What the payee knows the payment by: letters and digits, at most 25.
    pub reference: Option<&'t str>,
}

/// Where simulated merchants are.
const CITY: &str = "Exchequer";

/// Writes a payment code, a BR Code where money is Brazil's.
///
/// # Errors
/// If the currency has no numbers in a code, or something is not of its form.
pub fn write_code(shown: &Shown<'_>, currency: Currency) -> Result<String, AddressError> {
    let (digits, country) = numbers_of(currency).ok_or(AddressError::Currency)?;
    let plain = shown.amount.map(|it| decimal(it, currency.decimals()));
    let name: String = shown.name.chars().take(25).collect();
    let mut code = if country == "BR" {
        let pix = Pix {
            target: PixTarget::Key(shown.payee.to_owned()),
            description: None,
            transaction: shown.reference.map(str::to_owned),
        };
        pix.code(&name, CITY, plain.as_deref())?
    } else {
        let fields = BTreeMap::from([(TEMPLATE.1, shown.payee.to_owned())]);
        let gui = SCHEME.to_owned();
        let account = (TEMPLATE.0, Account::Template { gui, fields });
        let mut code = MerchantQr::new(account, digits, country, &name, CITY);
        code.amount = plain;
        if let Some(reference) = shown.reference {
            code.additional.get_or_insert_default().reference = Some(reference.to_owned());
        }
        code
    };
    code.initiation = Some(match shown.amount {
        Some(_) => Initiation::Dynamic,
        None => Initiation::Static,
    });
    if let Some(category) = shown.category {
        code.category = format!("{category:04}");
    }
    Ok(code.encode()?)
}

/// A sum as codes write it: `12.50`, without grouping.
fn decimal(minor: i64, decimals: u8) -> String {
    let written = format!("{minor:0width$}", width = usize::from(decimals) + 1);
    match written.split_at_checked(written.len() - usize::from(decimals)) {
        Some((whole, part)) if !part.is_empty() => format!("{whole}.{part}"),
        _ => written,
    }
}

/// The three digits of a currency (ISO 4217) and the country that codes name
/// with it.
fn numbers_of(currency: Currency) -> Option<(&'static str, &'static str)> {
    Some(match currency.code() {
        "AED" => ("784", "AE"),
        "BRL" => ("986", "BR"),
        "CNY" => ("156", "CN"),
        "EUR" => ("978", "EU"),
        "GBP" => ("826", "GB"),
        "HKD" => ("344", "HK"),
        "INR" => ("356", "IN"),
        "NGN" => ("566", "NG"),
        "SAR" => ("682", "SA"),
        "THB" => ("764", "TH"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::new(code, 2).unwrap()
    }

    #[test]
    fn the_check_digits_are_those_of_iso_13616() {
        // The standard's own way: the number, the prefix as digits, the check digits, modulo 97.
        for wallet in [0, 1, 42, 999_999, u32::MAX - 1] {
            let number = account_number(WalletId(wallet));
            let moved = format!("{}1433{}", &number[4..], &number[2..4]);
            assert_eq!(moved.parse::<u128>().unwrap() % 97, 1, "{number}");
        }
    }

    #[test]
    fn what_is_neither_an_account_number_nor_an_alias_is_told() {
        for (text, why) in [
            ("", AddressError::Alias),
            ("bob at summit", AddressError::Alias),
            ("bob\n", AddressError::Alias),
            (&"x".repeat(78), AddressError::Alias),
            ("EX00000001", AddressError::CheckDigits),
            ("EX994294967296", AddressError::CheckDigits),
        ] {
            assert_eq!(Address::read(text), Err(why), "{text}");
        }
        assert_eq!(Address::read("EX12"), Ok(Address::Alias("EX12")));
        let longest = "x".repeat(77);
        assert_eq!(Address::read(&longest), Ok(Address::Alias(&longest)));
    }

    #[test]
    fn a_code_of_another_currency_scheme_or_sum_is_not_paid() {
        let shown = Shown {
            payee: "bob@summit",
            name: "Bob",
            category: None,
            amount: Some(1_250),
            reference: None,
        };
        let yuan = write_code(&shown, currency("CNY")).unwrap();
        let read = |code: &str, in_currency| read_code(code, currency(in_currency)).map(|_| ());
        assert_eq!(read(&yuan, "EUR"), Err(AddressError::Currency));
        assert_eq!(read(&yuan, "CNY"), Ok(()));
        let mut other = MerchantQr::decode(&yuan).unwrap();
        other.amount = Some("1.234".to_owned());
        let odd = other.encode().unwrap();
        assert_eq!(read(&odd, "CNY"), Err(AddressError::Amount));
        other.amount = None;
        other.accounts = BTreeMap::from([(2, Account::Plain("4000123456789012".to_owned()))]);
        let card = other.encode().unwrap();
        assert_eq!(read(&card, "CNY"), Err(AddressError::Scheme));
        assert!(matches!(read("hello", "CNY"), Err(AddressError::Code(_))));
        assert_eq!(
            write_code(&shown, currency("XXX")),
            Err(AddressError::Currency)
        );
    }

    proptest! {
        #[test]
        fn a_wallet_is_read_off_its_number_and_no_wrong_digit_passes(
            wallet in 0u32..u32::MAX,
            place in 0usize..8,
            digit in 0u8..10,
        ) {
            let number = account_number(WalletId(wallet));
            prop_assert_eq!(Address::read(&number), Ok(Address::Account(WalletId(wallet))));
            let spaced: String = number.chars().flat_map(|it| [it, ' ']).collect();
            prop_assert_eq!(Address::read(&spaced), Ok(Address::Account(WalletId(wallet))));
            let mut wrong = number.clone().into_bytes();
            let place = 2 + place % (wrong.len() - 2);
            let digit = b'0' + digit;
            prop_assume!(wrong[place] != digit);
            wrong[place] = digit;
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(Address::read(&wrong), Err(AddressError::CheckDigits));
        }

        #[test]
        fn a_code_says_what_was_written_into_it(
            wallet in 0u32..1_000_000,
            amount in proptest::option::of(1i64..=9_999_999_999),
            brazil: bool,
            reference in proptest::option::of("[A-Za-z0-9]{1,25}"),
        ) {
            let payee = account_number(WalletId(wallet));
            let shown = Shown {
                payee: &payee,
                name: "The Noodle Bar of the Long Market Street",
                category: Some(5812),
                amount,
                reference: reference.as_deref(),
            };
            let currency = currency(if brazil { "BRL" } else { "CNY" });
            let code = write_code(&shown, currency).unwrap();
            let asked = read_code(&code, currency).unwrap();
            prop_assert_eq!(asked.address(), Ok(Address::Account(WalletId(wallet))));
            prop_assert_eq!((asked.amount, asked.reference), (amount, reference));
        }

        #[test]
        fn no_text_is_too_much(text in ".{0,200}") {
            let _ = (Address::read(&text).is_ok(), read_code(&text, currency("CNY")).is_ok());
        }
    }
}
