//! Splitting money by shares, exact to the minor unit.

use thiserror::Error;

use crate::Share;

/// Why shares cannot divide anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SplitError {
    /// No shares.
    #[error("a split names at least one share")]
    Nobody,
    /// Together more than the whole.
    #[error("the shares are more than the whole")]
    TooMuch,
    /// Together less than the whole, and nobody takes the rest.
    #[error("the shares are less than the whole; say who gets the rest")]
    TooLittle,
    /// Their common denominator does not fit.
    #[error("the shares have no common denominator of a sensible size")]
    TooFine,
}

/// Shares over a common denominator; the last is the rest's if somebody takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allotment {
    weights: Vec<i128>,
    whole: i128,
}

const fn common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Allotment {
    /// Brings shares over a common denominator. With `rest`, one more part is
    /// what the shares leave; without, they must make up the whole.
    pub fn new(shares: &[Share], rest: bool) -> Result<Self, SplitError> {
        if shares.is_empty() {
            return Err(SplitError::Nobody);
        }
        let mut whole = 1_i128;
        for share in shares {
            let of = i128::from(share.of());
            whole = whole / common_divisor(whole, of) * of;
            // An amount below 2^63 times it still fits.
            if whole > 1_000_000_000_000_000_000 {
                return Err(SplitError::TooFine);
            }
        }
        let weight = |share: &Share| whole / i128::from(share.of()) * i128::from(share.parts());
        let mut weights: Vec<i128> = shares.iter().map(weight).collect();
        let left = whole - weights.iter().sum::<i128>();
        match (left, rest) {
            (..0, _) => return Err(SplitError::TooMuch),
            (1.., false) => return Err(SplitError::TooLittle),
            (_, true) => weights.push(left),
            (0, false) => {}
        }
        Ok(Self { weights, whole })
    }

    /// How many parts there are, the rest's among them.
    #[must_use]
    pub const fn parts(&self) -> usize {
        self.weights.len()
    }

    /// Splits an amount: each part is first rounded down; what that leaves over
    /// goes out unit by unit, in the order of the parts, one each. A rest of
    /// nothing gets nothing. The parts add up to the amount; an amount of
    /// nothing or less gives nothing.
    ///
    /// ```
    /// use conditions::{Allotment, Share};
    /// let third = Share::new(1, 3).unwrap();
    /// let thirds = Allotment::new(&[third; 3], false)?;
    /// assert_eq!(thirds.split(100).collect::<Vec<_>>(), [34, 33, 33]);
    /// # Ok::<(), conditions::SplitError>(())
    /// ```
    pub fn split(&self, minor: i64) -> impl Iterator<Item = i64> + '_ {
        let minor = i128::from(minor.max(0));
        let floor = move |weight: &i128| minor * weight / self.whole;
        let mut left = minor - self.weights.iter().map(floor).sum::<i128>();
        self.weights.iter().map(move |weight| {
            let extra = i128::from(left > 0 && *weight > 0);
            left -= extra;
            i64::try_from(floor(weight) + extra).unwrap_or(i64::MAX)
        })
    }
}
