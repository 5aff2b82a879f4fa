//! Lengths of time as scripts write them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::TimeError;

/// A length of time in milliseconds.
///
/// Written as whole numbers with units, `1h30m`, in any order and with underscores between digits
/// if wished. Printed with the largest units first, each at most once: `90m` prints as `1h30m`. A
/// negative span (a distance backwards) prints with a `-` and cannot be written.
///
/// ```
/// use money::Span;
/// let span: Span = "90m".parse()?;
/// assert_eq!((span, span.to_string()), (Span(5_400_000), "1h30m".to_owned()));
/// # Ok::<(), money::TimeError>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub i64);

/// The units, largest first, with their milliseconds.
const UNITS: [(&str, u64); 5] = [
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// One second.
    pub const SECOND: Self = Self(1_000);
    /// One minute.
    pub const MINUTE: Self = Self(60_000);
    /// One hour.
    pub const HOUR: Self = Self(3_600_000);
    /// One day of 24 hours.
    pub const DAY: Self = Self(86_400_000);
    /// The longest that can be written, 150,000 days: longer than all of virtual
    /// time, and short enough that sums of times and spans always fit.
    pub const LONGEST: Self = Self(150_000 * Self::DAY.0);
}

impl FromStr for Span {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let mut rest = text;
        let mut total = Some(0_u64);
        loop {
            let at = text.len() - rest.len();
            let length = rest
                .bytes()
                .take_while(|b| b.is_ascii_digit() || *b == b'_')
                .count();
            let (digits, tail) = rest.split_at(length);
            if length == 0 || digits.starts_with('_') {
                return Err(TimeError::Syntax {
                    at,
                    expected: "a whole number",
                });
            }
            if digits.ends_with('_') || digits.contains("__") {
                return Err(TimeError::Syntax {
                    at,
                    expected: "a number with `_` between digits",
                });
            }
            let length = tail.bytes().take_while(u8::is_ascii_lowercase).count();
            let (unit, tail) = tail.split_at(length);
            let Some((_, size)) = UNITS.iter().find(|(name, _)| *name == unit) else {
                let at = text.len() - tail.len() - length;
                return Err(TimeError::Syntax {
                    at,
                    expected: "ms, s, m, h or d",
                });
            };
            let count = digits
                .bytes()
                .filter(u8::is_ascii_digit)
                .try_fold(0_u64, |count, b| {
                    count.checked_mul(10)?.checked_add(u64::from(b - b'0'))
                });
            total = total
                .zip(count)
                .and_then(|(total, count)| total.checked_add(count.checked_mul(*size)?));
            if tail.is_empty() {
                break;
            }
            rest = tail;
        }
        total
            .and_then(|total| i64::try_from(total).ok())
            .map(Self)
            .filter(|span| *span <= Self::LONGEST)
            .ok_or(TimeError::SpanTooLong)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let mut rest = self.0.unsigned_abs();
        for (unit, size) in UNITS {
            if rest >= size {
                write!(f, "{}{unit}", rest / size)?;
                rest %= size;
            }
        }
        Ok(())
    }
}
