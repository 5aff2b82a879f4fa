//! Amounts in minor units: reading, writing, adding and splitting them.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Currency;

/// The largest amount that can be read, in minor units, either side of zero.
///
/// A thousand such amounts still add up within an `i64`.
pub const MAX_MINOR: i64 = 9_000_000_000_000_000;

/// Why a text is not an amount. Places are byte offsets into the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Nothing was written.
    #[error("an amount is missing")]
    Empty,
    /// A digit was expected here and something else, or the end, was found.
    #[error("a digit was expected at place {at}")]
    NotANumber {
        /// Where the digit was expected.
        at: usize,
    },
    /// An underscore that does not stand between two digits.
    #[error("an underscore at place {at} does not stand between two digits")]
    MisplacedUnderscore {
        /// Where the underscore stands.
        at: usize,
    },
    /// More decimals than the currency has.
    #[error("{found} decimals where the currency has {allowed}")]
    TooManyDecimals {
        /// The decimals the currency has.
        allowed: u8,
        /// The decimals written.
        found: usize,
    },
    /// Further from zero than [`MAX_MINOR`].
    #[error("the amount is too large")]
    TooLarge,
}

/// A decimal number as written: `mantissa / 10^decimals`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) negative: bool,
    /// All digits read as one number; `None` if they do not fit.
    pub(crate) mantissa: Option<u128>,
    /// How many of the digits stand behind the point.
    pub(crate) decimals: usize,
}

/// Reads `["-"] digits ["." digits]`, where single underscores may stand between digits.
pub(crate) fn scan(text: &str) -> Result<Number, AmountError> {
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return Err(AmountError::Empty);
    }
    let negative = bytes[0] == b'-';
    let mut mantissa = Some(0_u128);
    let mut decimals = 0;
    let mut after_point = false;
    // Whether the byte before is a digit: only then may an underscore, a point or the end follow.
    let mut digit_before = false;
    for (at, &byte) in bytes.iter().enumerate().skip(usize::from(negative)) {
        match byte {
            b'0'..=b'9' => {
                mantissa =
                    mantissa.and_then(|m| m.checked_mul(10)?.checked_add(u128::from(byte - b'0')));
                decimals += usize::from(after_point);
                digit_before = true;
            }
            b'_' => {
                let digit_after = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
                if !(digit_before && digit_after) {
                    return Err(AmountError::MisplacedUnderscore { at });
                }
                digit_before = false;
            }
            b'.' if digit_before && !after_point => {
                after_point = true;
                digit_before = false;
            }
            _ => return Err(AmountError::NotANumber { at }),
        }
    }
    if !digit_before {
        return Err(AmountError::NotANumber { at: bytes.len() });
    }
    Ok(Number {
        negative,
        mantissa,
        decimals,
    })
}

/// Reads an amount into minor units of a currency with that many decimals.
///
/// Accepts an optional `-`, digits with single underscores between them, and an optional fraction
/// of at most `decimals` digits. Of several faults the first in this order is told: a fault of
/// writing, too many decimals, too large.
///
/// ```
/// use money::{AmountError, parse_minor};
/// assert_eq!(parse_minor("1_000.5", 2), Ok(100_050));
/// assert_eq!(parse_minor("12.345", 2), Err(AmountError::TooManyDecimals { allowed: 2, found: 3 }));
/// ```
pub fn parse_minor(text: &str, decimals: u8) -> Result<i64, AmountError> {
    let number = scan(text)?;
    let missing =
        usize::from(decimals)
            .checked_sub(number.decimals)
            .ok_or(AmountError::TooManyDecimals {
                allowed: decimals,
                found: number.decimals,
            })?;
    let minor = match number.mantissa {
        Some(0) => 0,
        Some(mantissa) => u32::try_from(missing)
            .ok()
            .and_then(|missing| 10_u128.checked_pow(missing))
            .and_then(|unit| unit.checked_mul(mantissa))
            .and_then(|minor| i64::try_from(minor).ok())
            .filter(|minor| *minor <= MAX_MINOR)
            .ok_or(AmountError::TooLarge)?,
        None => return Err(AmountError::TooLarge),
    };
    Ok(if number.negative { -minor } else { minor })
}

/// Writes minor units as a plain decimal: `487.50`, `-0.05`, or `-5` without decimals.
#[must_use]
pub fn write_minor(minor: i64, decimals: u8) -> String {
    write(minor, decimals, None)
}

/// The same with a separator between each three digits of the whole part: `1_234_567.50`.
#[must_use]
pub fn write_grouped(minor: i64, decimals: u8, separator: char) -> String {
    write(minor, decimals, Some(separator))
}

fn write(minor: i64, decimals: u8, separator: Option<char>) -> String {
    let decimals = usize::from(decimals);
    // At least one digit stands before the point.
    let digits = format!("{:0>width$}", minor.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut text = String::with_capacity(digits.len() + 10);
    if minor < 0 {
        text.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if let Some(separator) = separator
            && index > 0
            && (whole.len() - index).is_multiple_of(3)
        {
            text.push(separator);
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// An amount with its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount in minor units.
    pub minor: i64,
    /// The currency these are units of.
    pub currency: Currency,
}

/// Why a sum or a split cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Two currencies met that do not mix.
    #[error("{left} and {right} do not add up")]
    MixedCurrencies {
        /// The currency of the first amount.
        left: Currency,
        /// The currency of the second.
        right: Currency,
    },
    /// The result does not fit.
    #[error("the result is too large")]
    Overflow,
    /// The shares add up to nothing, so there is nobody to give to.
    #[error("the shares add up to nothing")]
    NoShares,
}

impl Money {
    /// An amount of a currency, in minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads an amount of this currency by [`parse_minor`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, AmountError> {
        Ok(Self::new(parse_minor(text, currency.decimals())?, currency))
    }

    /// The sum, if the currencies agree and it fits.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// The difference, if the currencies agree and it fits.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    fn combine(self, other: Self, op: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::MixedCurrencies {
                left: self.currency,
                right: other.currency,
            });
        }
        let minor = op(self.minor, other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// Splits the amount in proportion to the shares by [`split_minor`].
    pub fn split(self, shares: &[u64]) -> Result<Vec<Self>, MoneyError> {
        let parts = split_minor(self.minor, shares)?;
        Ok(parts
            .into_iter()
            .map(|minor| Self { minor, ..self })
            .collect())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}",
            write_minor(self.minor, self.currency.decimals()),
            self.currency
        )
    }
}

/// Splits minor units in proportion to the shares, by largest remainder.
///
/// Everyone first gets the whole units of their exact part. The units left over go one each to
/// those whose exact part lost the most by that; between equals, to the one listed first. A share
/// of zero gets nothing, the parts always add up to the whole, and a negative amount splits like
/// its opposite. The only refusal is [`MoneyError::NoShares`].
///
/// ```
/// assert_eq!(money::split_minor(100, &[1, 1, 1]), Ok(vec![34, 33, 33]));
/// assert_eq!(money::split_minor(-100, &[1, 0, 2]), Ok(vec![-33, 0, -67]));
/// ```
pub fn split_minor(minor: i64, shares: &[u64]) -> Result<Vec<i64>, MoneyError> {
    let total: i128 = shares.iter().copied().map(i128::from).sum();
    if total == 0 {
        return Err(MoneyError::NoShares);
    }
    // |minor| ≤ 2^63 and share < 2^64, so no product reaches 2^127.
    let whole = i128::from(minor).abs();
    let mut parts: Vec<i128> = Vec::with_capacity(shares.len());
    let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(shares.len());
    for (index, &share) in shares.iter().enumerate() {
        let product = whole * i128::from(share);
        parts.push(product / total);
        remainders.push((product % total, index));
    }
    // Fewer units are left over than there are remainders above zero.
    let left_over = usize::try_from(whole - parts.iter().sum::<i128>()).unwrap_or(usize::MAX);
    remainders.sort_by(|(a, first), (b, second)| b.cmp(a).then(first.cmp(second)));
    for &(_, index) in remainders.iter().take(left_over) {
        parts[index] += 1;
    }
    let sign = i128::from(minor.signum());
    parts
        .into_iter()
        .map(|part| i64::try_from(sign * part).map_err(|_| MoneyError::Overflow))
        .collect()
}
