//! A moment of virtual time.

use serde::{Deserialize, Serialize};

use super::{Span, TimeError};

/// A moment: milliseconds of virtual UTC since 1970-01-01T00:00.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// The first moment of 1900, UTC.
    pub const MIN: Self = Self(-2_208_988_800_000);

    /// The last moment of 2200, UTC.
    pub const MAX: Self = Self(7_289_654_399_999);

    /// Whether the moment lies in the years the simulator knows.
    #[must_use]
    pub const fn in_range(self) -> bool {
        Self::MIN.0 <= self.0 && self.0 <= Self::MAX.0
    }

    /// The moment this much later, or earlier if the span is negative.
    pub fn checked_add(self, span: Span) -> Result<Self, TimeError> {
        match self.0.checked_add(span.0).map(Self) {
            Some(later) if later.in_range() => Ok(later),
            _ => Err(TimeError::OutOfRange),
        }
    }

    /// How long after the other moment this one is; negative if before.
    #[must_use]
    pub const fn since(self, other: Self) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}
