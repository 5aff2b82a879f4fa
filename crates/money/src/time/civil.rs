//! Dates and times of day as people write them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Reader, TimeError};

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // their names say it
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The weekday of a day counted from 1970-01-01, which was a Thursday.
    #[must_use]
    pub const fn of(day: i32) -> Self {
        Self::ALL[(day.rem_euclid(7) as usize + 3) % 7]
    }
}

/// A time of day, `HH:MM[:SS[.mmm]]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub struct TimeOfDay {
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub millisecond: u16,
}

impl TimeOfDay {
    /// Midnight, when a day begins.
    pub const MIDNIGHT: Self = Self {
        hour: 0,
        minute: 0,
        second: 0,
        millisecond: 0,
    };

    /// A time that a clock can show.
    pub const fn new(
        hour: u8,
        minute: u8,
        second: u8,
        millisecond: u16,
    ) -> Result<Self, TimeError> {
        if hour < 24 && minute < 60 && second < 60 && millisecond < 1_000 {
            Ok(Self {
                hour,
                minute,
                second,
                millisecond,
            })
        } else {
            Err(TimeError::NoSuchTime {
                hour,
                minute,
                second,
                millisecond,
            })
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, TimeError> {
        let hour = reader.pair("a two-digit hour")?;
        reader.need(b':', "`:`")?;
        let minute = reader.pair("a two-digit minute")?;
        let (mut second, mut millisecond) = (0, 0);
        if reader.take(b':') {
            second = reader.pair("a two-digit second")?;
            if reader.take(b'.') {
                millisecond = reader.digits(3, "three digits of a second")?;
            }
        }
        Self::new(hour, minute, second, millisecond)
    }
}

impl FromStr for TimeOfDay {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let mut reader = Reader::new(text);
        let time = Self::read(&mut reader)?;
        reader.end()?;
        Ok(time)
    }
}

impl fmt::Display for TimeOfDay {
    /// Seconds and milliseconds are written only where there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if self.second != 0 || self.millisecond != 0 {
            write!(f, ":{:02}", self.second)?;
        }
        if self.millisecond != 0 {
            write!(f, ".{:03}", self.millisecond)?;
        }
        Ok(())
    }
}

/// A local date and time of day, `YYYY-MM-DDTHH:MM[:SS[.mmm]]`, in the years 1900 to 2200.
///
/// ```
/// use money::{Civil, Weekday};
/// let start: Civil = "2025-11-03T09:00".parse()?;
/// assert_eq!((start.month, start.weekday), (11, Weekday::Monday));
/// # Ok::<(), money::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub struct Civil {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub millisecond: u16,
    /// Follows from the date.
    pub weekday: Weekday,
}

impl Civil {
    /// A date of the calendar with a time of day.
    pub fn new(year: i32, month: u8, day: u8, time: TimeOfDay) -> Result<Self, TimeError> {
        let number = day_number(year, month, day)?;
        let TimeOfDay {
            hour,
            minute,
            second,
            millisecond,
        } = time;
        let weekday = Weekday::of(number);
        Ok(Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
            millisecond,
            weekday,
        })
    }

    /// The time of day.
    #[must_use]
    pub const fn time(&self) -> TimeOfDay {
        let Self {
            hour,
            minute,
            second,
            millisecond,
            ..
        } = *self;
        TimeOfDay {
            hour,
            minute,
            second,
            millisecond,
        }
    }

    /// The same date at another time of day.
    #[must_use]
    pub const fn at(self, time: TimeOfDay) -> Self {
        let TimeOfDay {
            hour,
            minute,
            second,
            millisecond,
        } = time;
        Self {
            hour,
            minute,
            second,
            millisecond,
            ..self
        }
    }

    /// Local milliseconds since 1970-01-01T00:00, if such a time exists.
    pub(super) fn local_ms(&self) -> Result<i64, TimeError> {
        let day = day_number(self.year, self.month, self.day)?;
        TimeOfDay::new(self.hour, self.minute, self.second, self.millisecond)?;
        let seconds =
            i64::from(self.hour) * 3_600 + i64::from(self.minute) * 60 + i64::from(self.second);
        Ok(i64::from(day) * DAY_MS + seconds * 1_000 + i64::from(self.millisecond))
    }

    /// The date and time of so many local milliseconds since 1970-01-01T00:00.
    pub(super) fn from_local_ms(ms: i64) -> Self {
        let day = local_day(ms);
        let (year, month, day_of_month) = date(day);
        let of_day = ms.rem_euclid(DAY_MS) as u32;
        Self {
            year,
            month,
            day: day_of_month,
            hour: (of_day / 3_600_000) as u8,
            minute: (of_day / 60_000 % 60) as u8,
            second: (of_day / 1_000 % 60) as u8,
            millisecond: (of_day % 1_000) as u16,
            weekday: Weekday::of(day),
        }
    }
}

impl FromStr for Civil {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let mut reader = Reader::new(text);
        let year = i32::from(reader.digits(4, "a four-digit year")?);
        reader.need(b'-', "`-`")?;
        let month = reader.pair("a two-digit month")?;
        reader.need(b'-', "`-`")?;
        let day = reader.pair("a two-digit day")?;
        reader.need(b'T', "`T`")?;
        let time = TimeOfDay::read(&mut reader)?;
        reader.end()?;
        Self::new(year, month, day, time)
    }
}

impl fmt::Display for Civil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}T{}",
            self.year,
            self.month,
            self.day,
            self.time()
        )
    }
}

pub(super) const DAY_MS: i64 = 86_400_000;

/// The local day that so many local milliseconds since 1970-01-01T00:00 fall into.
///
/// The caller keeps them within a few centuries of 1970.
pub(super) const fn local_day(ms: i64) -> i32 {
    ms.div_euclid(DAY_MS) as i32
}

/// Days from 0000-03-01 to 1970-01-01. A year that begins in March ends with its leap day.
const MARCH_0000: i32 = 719_468;
const DAYS_IN_400_YEARS: i32 = 146_097;
const DAYS_IN_100_YEARS: i32 = 36_524;
const DAYS_IN_4_YEARS: i32 = 1_461;

/// The day's number counted from 1970-01-01.
fn day_number(year: i32, month: u8, day: u8) -> Result<i32, TimeError> {
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return Err(TimeError::NoSuchDate { year, month, day });
    }
    if !(1900..=2200).contains(&year) {
        return Err(TimeError::OutOfRange);
    }
    let (march_year, march_month) = if month > 2 {
        (year, i32::from(month) - 3)
    } else {
        (year - 1, i32::from(month) + 9)
    };
    let leap_days = march_year / 4 - march_year / 100 + march_year / 400;
    // Months from March on run 31, 30, 31, 30, 31 and again: 153 days each five.
    let before_month = (153 * march_month + 2) / 5;
    Ok(march_year * 365 + leap_days + before_month + i32::from(day) - 1 - MARCH_0000)
}

/// The date of a day's number; the inverse of [`day_number`].
fn date(number: i32) -> (i32, u8, u8) {
    let days = number + MARCH_0000;
    let of_400 = days % DAYS_IN_400_YEARS;
    // The last day of 400 years is a leap day, and so is that of each four: neither may be
    // counted into a century or a year of its own.
    let centuries = (of_400 / DAYS_IN_100_YEARS).min(3);
    let of_100 = of_400 - centuries * DAYS_IN_100_YEARS;
    let of_4 = of_100 % DAYS_IN_4_YEARS;
    let years = (of_4 / 365).min(3);
    let of_year = of_4 - years * 365;
    let march_year =
        days / DAYS_IN_400_YEARS * 400 + centuries * 100 + of_100 / DAYS_IN_4_YEARS * 4 + years;
    let march_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_month + 2) / 5 + 1;
    let (year, month) = if march_month < 10 {
        (march_year, march_month + 3)
    } else {
        (march_year + 1, march_month - 9)
    };
    (year, month as u8, day as u8)
}

/// The year of a day's number.
pub(super) fn year(number: i32) -> i32 {
    date(number).0
}

const fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}
