//! Time zones given by presets, never by the machine.

use serde::{Deserialize, Serialize};

use super::civil::{self, Civil, DAY_MS};
use super::{Instant, TimeError};

/// A time zone: an offset from UTC, and the moments at which it changed.
///
/// ```
/// use money::{Instant, Zone};
/// let shanghai = Zone::fixed("Asia/Shanghai", 8 * 3_600)?;
/// let nine = shanghai.instant(&"2025-11-03T09:00".parse()?)?;
/// assert_eq!(shanghai.civil(nine).to_string(), "2025-11-03T09:00");
/// assert_eq!(shanghai.day(nine), shanghai.day(Instant(nine.0 + 15 * 3_600_000 - 1)));
/// # Ok::<(), money::TimeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Plain", into = "Plain")]
pub struct Zone {
    name: String,
    offset_seconds: i32,
    transitions: Vec<(Instant, i32)>,
}

/// The furthest any zone is from UTC, in seconds.
const MAX_OFFSET: i32 = 18 * 3_600;

impl Zone {
    /// A zone that starts out at an offset and changes to another at each transition.
    pub fn new(
        name: impl Into<String>,
        offset_seconds: i32,
        transitions: Vec<(Instant, i32)>,
    ) -> Result<Self, TimeError> {
        let offsets = transitions.iter().map(|(_, offset)| *offset);
        for seconds in std::iter::once(offset_seconds).chain(offsets) {
            if !(-MAX_OFFSET..=MAX_OFFSET).contains(&seconds) {
                return Err(TimeError::Offset { seconds });
            }
        }
        if let Some(index) = transitions
            .windows(2)
            .position(|pair| pair[0].0 >= pair[1].0)
        {
            return Err(TimeError::TransitionOrder { index: index + 1 });
        }
        if !transitions.iter().all(|(at, _)| at.in_range()) {
            return Err(TimeError::OutOfRange);
        }
        Ok(Self {
            name: name.into(),
            offset_seconds,
            transitions,
        })
    }

    /// A zone that never changes.
    pub fn fixed(name: impl Into<String>, offset_seconds: i32) -> Result<Self, TimeError> {
        Self::new(name, offset_seconds, Vec::new())
    }

    /// The zone's name, such as `Asia/Shanghai`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The offset before the first transition, in seconds east of UTC.
    #[must_use]
    pub const fn offset_seconds(&self) -> i32 {
        self.offset_seconds
    }

    /// The moments at which the offset changes, with the offset from then on.
    #[must_use]
    pub fn transitions(&self) -> &[(Instant, i32)] {
        &self.transitions
    }

    /// The offset at this moment, in seconds east of UTC.
    #[must_use]
    pub fn offset_at(&self, instant: Instant) -> i32 {
        self.offset_of(self.transitions.partition_point(|(at, _)| *at <= instant))
    }

    /// The offset after so many transitions.
    fn offset_of(&self, passed: usize) -> i32 {
        match passed.checked_sub(1) {
            Some(last) => self.transitions[last].1,
            None => self.offset_seconds,
        }
    }

    /// Local milliseconds since 1970-01-01T00:00.
    ///
    /// A moment out of range counts as the nearest in range, so that nothing below can overflow.
    fn local_ms(&self, instant: Instant) -> i64 {
        let instant = instant.clamp(Instant::MIN, Instant::MAX);
        instant.0 + i64::from(self.offset_at(instant)) * 1_000
    }

    /// What calendar and clock show at this moment.
    ///
    /// A moment before 1900 or after 2200 (UTC) shows as the first or last one in range.
    #[must_use]
    pub fn civil(&self, instant: Instant) -> Civil {
        Civil::from_local_ms(self.local_ms(instant))
    }

    /// The number of the local day, counted from 1970-01-01.
    #[must_use]
    pub fn day(&self, instant: Instant) -> i32 {
        civil::local_day(self.local_ms(instant))
    }

    /// The local calendar year.
    #[must_use]
    pub fn year(&self, instant: Instant) -> i32 {
        civil::year(self.day(instant))
    }

    /// The moment at which calendar and clock show this; of two such moments, the earlier.
    ///
    /// The weekday is not looked at.
    pub fn instant(&self, civil: &Civil) -> Result<Instant, TimeError> {
        let local = civil.local_ms()?;
        self.stretches(local)
            .find(|stretch| (stretch.start..stretch.end).contains(&stretch.at))
            .map_or(Err(TimeError::Skipped { civil: *civil }), |stretch| {
                in_range(stretch.at)
            })
    }

    /// The moment at which the local day of this number begins.
    pub fn start_of_day(&self, day: i32) -> Result<Instant, TimeError> {
        // Where midnight is skipped, the day begins as soon as the clock is past it.
        self.stretches(i64::from(day) * DAY_MS)
            .map(|stretch| (stretch.at.max(stretch.start), stretch.end))
            .find(|(at, end)| at < end)
            .map_or(Err(TimeError::OutOfRange), |(at, _)| in_range(at))
    }

    /// The stretches of constant offset, in order, without those that end too early to reach this
    /// local time by any offset.
    fn stretches(&self, local: i64) -> impl Iterator<Item = Stretch> {
        let earliest = local - i64::from(MAX_OFFSET) * 1_000;
        let first = self.transitions.partition_point(|(at, _)| at.0 <= earliest);
        (first..=self.transitions.len()).map(move |passed| Stretch {
            start: passed
                .checked_sub(1)
                .map_or(i64::MIN, |last| self.transitions[last].0.0),
            end: self
                .transitions
                .get(passed)
                .map_or(i64::MAX, |(at, _)| at.0),
            at: local - i64::from(self.offset_of(passed)) * 1_000,
        })
    }
}

/// A stretch of time in which a zone keeps one offset.
struct Stretch {
    start: i64,
    /// Where the next stretch starts.
    end: i64,
    /// When a local time is shown by this offset, be it within the stretch or not.
    at: i64,
}

fn in_range(ms: i64) -> Result<Instant, TimeError> {
    let instant = Instant(ms);
    if instant.in_range() {
        Ok(instant)
    } else {
        Err(TimeError::OutOfRange)
    }
}

/// The form a zone takes in files.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plain {
    name: String,
    offset_seconds: i32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    transitions: Vec<(Instant, i32)>,
}

impl TryFrom<Plain> for Zone {
    type Error = TimeError;

    fn try_from(plain: Plain) -> Result<Self, TimeError> {
        Self::new(plain.name, plain.offset_seconds, plain.transitions)
    }
}

impl From<Zone> for Plain {
    fn from(zone: Zone) -> Self {
        let Zone {
            name,
            offset_seconds,
            transitions,
        } = zone;
        Self {
            name,
            offset_seconds,
            transitions,
        }
    }
}
