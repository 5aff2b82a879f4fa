//! Exact rates, named rounding, and interest that loses nothing.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::amount::{AmountError, scan};
use crate::currency::Currency;

/// The most digits a rate may have, before and behind the point together.
///
/// A rate's digits then fit 60 bits, and its product with any amount fits an `i128`.
pub const MAX_RATE_DIGITS: u32 = 18;

/// What one is in billionths, the unit in which interest is accrued.
pub const NANO: i64 = 1_000_000_000;

/// Why a text is not a rate, or a rate cannot be used so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RateError {
    /// Not a decimal number.
    #[error(transparent)]
    NotANumber(#[from] AmountError),
    /// More digits than [`MAX_RATE_DIGITS`].
    #[error("a rate has at most {MAX_RATE_DIGITS} digits")]
    TooManyDigits,
    /// Finer than a billionth.
    #[error("a rate of interest is not finer than a billionth")]
    TooFine,
    /// The result does not fit.
    #[error("the result is too large")]
    Overflow,
}

/// An exact decimal rate: of interest, a fee, or an exchange.
///
/// ```
/// use money::{Rate, Rounding};
/// let rate: Rate = "0.05%".parse()?;
/// assert_eq!(rate, "0.0005".parse()?);
/// assert_eq!(rate.apply(1_000_000, Rounding::HalfEven), Ok(500));
/// # Ok::<(), money::RateError>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Rate(Decimal);

impl Rate {
    /// A rate of nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A rate from a decimal.
    pub fn new(rate: Decimal) -> Result<Self, RateError> {
        let rate = rate.normalize();
        let bound = 10_i128.pow(MAX_RATE_DIGITS);
        if rate.mantissa().abs() >= bound || rate.scale() > MAX_RATE_DIGITS {
            return Err(RateError::TooManyDigits);
        }
        Ok(Self(rate))
    }

    /// The rate as a decimal, without trailing zeros.
    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The rate in billionths, if it is a whole number of them.
    pub fn nano(self) -> Result<i64, RateError> {
        let finer = 9_u32
            .checked_sub(self.0.scale())
            .ok_or(RateError::TooFine)?;
        i64::try_from(self.0.mantissa() * 10_i128.pow(finer)).map_err(|_| RateError::Overflow)
    }

    /// How many times `divisor` goes into `dividend`, with so many decimals and
    /// rounded once: a velocity, a share.
    ///
    /// ```
    /// use money::{Rate, Rounding};
    /// assert_eq!(Rate::quotient(2, 3, 4, Rounding::HalfEven)?, "0.6667".parse()?);
    /// # Ok::<(), money::RateError>(())
    /// ```
    pub fn quotient(
        dividend: i128,
        divisor: i128,
        decimals: u32,
        rounding: Rounding,
    ) -> Result<Self, RateError> {
        let scaled = 10_i128
            .checked_pow(decimals)
            .and_then(|scale| dividend.checked_mul(scale))
            .filter(|_| divisor > 0)
            .ok_or(RateError::Overflow)?;
        let exact = rounding.divide(scaled, divisor);
        let exact = Decimal::try_from_i128_with_scale(exact, decimals);
        Self::new(exact.map_err(|_| RateError::TooManyDigits)?)
    }

    /// The amount times the rate, rounded once.
    pub fn apply(self, minor: i64, rounding: Rounding) -> Result<i64, RateError> {
        let product = i128::from(minor) * self.0.mantissa();
        let exact = rounding.divide(product, 10_i128.pow(self.0.scale()));
        i64::try_from(exact).map_err(|_| RateError::Overflow)
    }

    /// What an amount of one currency buys of another at this rate, whatever
    /// decimals the two have, rounded once.
    ///
    /// ```
    /// use money::{Currency, Rate, Rounding};
    /// let (yuan, yen) = (Currency::iso("CNY")?, Currency::iso("JPY")?);
    /// let rate: Rate = "21.5".parse()?;
    /// // 1,000.10 yuan are 21,502.15 yen, and yen have no decimals.
    /// assert_eq!(rate.exchange(100_010, yuan, yen, Rounding::HalfEven)?, 21_502);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn exchange(
        self,
        minor: i64,
        from: Currency,
        to: Currency,
        rounding: Rounding,
    ) -> Result<i64, RateError> {
        let product = i128::from(minor) * self.0.mantissa();
        let divides = self.0.scale() + u32::from(from.decimals());
        let multiplies = u32::from(to.decimals());
        let power = |digits| 10_i128.pow(digits);
        let exact = match divides.checked_sub(multiplies) {
            Some(digits) => rounding.divide(product, power(digits)),
            None => product
                .checked_mul(power(multiplies - divides))
                .ok_or(RateError::Overflow)?,
        };
        i64::try_from(exact).map_err(|_| RateError::Overflow)
    }

    /// The rate less a share of it, exactly: an exchange rate less its spread.
    ///
    /// ```
    /// use money::Rate;
    /// let rate: Rate = "4.95".parse()?;
    /// assert_eq!(rate.less("0.3%".parse()?)?, "4.93515".parse()?);
    /// # Ok::<(), money::RateError>(())
    /// ```
    pub fn less(self, share: Self) -> Result<Self, RateError> {
        let kept = Decimal::ONE
            .checked_sub(share.0)
            .ok_or(RateError::Overflow)?;
        // Two rates have at most 36 digits, more than a decimal holds exactly.
        let digits = |it: Decimal| it.normalize().mantissa().unsigned_abs().checked_ilog10();
        let both = digits(self.0).unwrap_or(0) + digits(kept).unwrap_or(0) + 2;
        if both > Decimal::MAX_SCALE {
            return Err(RateError::TooManyDigits);
        }
        let less = self.0.checked_mul(kept).ok_or(RateError::Overflow)?;
        Self::new(less)
    }

    /// The rate written as a percentage: `0.05%`.
    #[must_use]
    pub fn percent(self) -> String {
        // At most 18 digits, so a hundred times it is exact too.
        format!("{}%", (self.0 * Decimal::ONE_HUNDRED).normalize())
    }
}

impl FromStr for Rate {
    type Err = RateError;

    /// Reads `0.0005` or `0.05%`, with underscores between digits if wished.
    fn from_str(text: &str) -> Result<Self, RateError> {
        let (number, percent) = match text.strip_suffix('%') {
            Some(number) => (scan(number)?, 2),
            None => (scan(text)?, 0),
        };
        let mantissa = number
            .mantissa
            .and_then(|mantissa| i128::try_from(mantissa).ok())
            .ok_or(RateError::TooManyDigits)?;
        let signed = if number.negative { -mantissa } else { mantissa };
        let scale = u32::try_from(number.decimals + percent).unwrap_or(u32::MAX);
        Self::new(
            Decimal::try_from_i128_with_scale(signed, scale)
                .map_err(|_| RateError::TooManyDigits)?,
        )
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Rate {
    type Error = RateError;

    fn try_from(text: String) -> Result<Self, RateError> {
        text.parse()
    }
}

impl From<Rate> for String {
    fn from(rate: Rate) -> Self {
        rate.to_string()
    }
}

/// How a result between two whole minor units becomes one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// To the nearest; a half to the even neighbour.
    HalfEven,
    /// To the nearest; a half away from zero.
    HalfUp,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl Rounding {
    /// The quotient by a positive divisor, rounded.
    pub(crate) fn divide(self, dividend: i128, divisor: i128) -> i128 {
        let (quotient, remainder) = (dividend / divisor, dividend % divisor);
        if remainder == 0 {
            return quotient;
        }
        let rest = divisor - remainder.abs();
        let away = match self {
            Self::Down => false,
            Self::Up => true,
            Self::HalfUp => remainder.abs() >= rest,
            Self::HalfEven => {
                remainder.abs() > rest || (remainder.abs() == rest && quotient % 2 != 0)
            }
        };
        if away {
            quotient + dividend.signum()
        } else {
            quotient
        }
    }
}

/// Interest accrued day by day and posted now and then, exact to the last billionth.
///
/// Each day adds balance × yearly rate; posting takes out the whole minor units of a
/// 365th of it and keeps the rest for next time. At every moment
/// `Σ posted × `[`DIVISOR`](Self::DIVISOR)` + remainder = Σ accrued`.
///
/// ```
/// use money::Interest;
/// let mut interest = Interest::default();
/// for _ in 0..365 {
///     interest.accrue(1_000_000, 500_000)?; // 10,000.00 at 0.05 % a year
/// }
/// assert_eq!((interest.post(), interest.remainder()), (Ok(500), 0));
/// # Ok::<(), money::RateError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Interest {
    accrued: i128,
}

impl Interest {
    /// A year of days times a billionth: what one minor unit of interest is in accrued units.
    pub const DIVISOR: i128 = 365 * NANO as i128;

    /// Adds one day of this balance at this yearly rate in billionths ([`Rate::nano`]).
    pub fn accrue(&mut self, minor: i64, rate_nano: i64) -> Result<(), RateError> {
        let day = i128::from(minor) * i128::from(rate_nano);
        self.accrued = self.accrued.checked_add(day).ok_or(RateError::Overflow)?;
        Ok(())
    }

    /// Adds so many days of this balance at this yearly rate in billionths.
    pub fn accrue_days(&mut self, minor: i64, rate_nano: i64, days: i32) -> Result<(), RateError> {
        let day = i128::from(minor) * i128::from(rate_nano);
        self.accrued = day
            .checked_mul(i128::from(days))
            .and_then(|sum| self.accrued.checked_add(sum))
            .ok_or(RateError::Overflow)?;
        Ok(())
    }

    /// Interest of which this much is accrued and not posted.
    #[must_use]
    pub const fn of(accrued: i128) -> Self {
        Self { accrued }
    }

    /// Takes out what is due in whole minor units, rounded half to even.
    ///
    /// A rounding up leaves a negative remainder, which the next days make good.
    pub fn post(&mut self) -> Result<i64, RateError> {
        let due = Rounding::HalfEven.divide(self.accrued, Self::DIVISOR);
        let posted = i64::try_from(due).map_err(|_| RateError::Overflow)?;
        self.accrued -= due * Self::DIVISOR;
        Ok(posted)
    }

    /// What has been accrued and not posted, in units of 1 / [`DIVISOR`](Self::DIVISOR).
    #[must_use]
    pub const fn remainder(&self) -> i128 {
        self.accrued
    }
}
