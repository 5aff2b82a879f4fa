//! Virtual time: instants and spans, and what the clock on the wall shows.
//!
//! Everything lies in the years 1900 to 2200. Time moves only when the world says so.

mod civil;
mod instant;
mod span;
mod zone;

use thiserror::Error;

pub use civil::{Civil, TimeOfDay, Weekday};
pub use instant::Instant;
pub use span::Span;
pub use zone::Zone;

/// Why a text is not a time, or a time cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TimeError {
    /// Something else was expected here.
    #[error("{expected} was expected at place {at}")]
    Syntax {
        /// The byte offset into the text.
        at: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// The calendar has no such day.
    #[error("there is no {year:04}-{month:02}-{day:02} in the calendar")]
    NoSuchDate {
        /// The year given.
        year: i32,
        /// The month given.
        month: u8,
        /// The day given.
        day: u8,
    },
    /// The clock never shows this.
    #[error("no clock shows {hour:02}:{minute:02}:{second:02}.{millisecond:03}")]
    NoSuchTime {
        /// The hour given.
        hour: u8,
        /// The minute given.
        minute: u8,
        /// The second given.
        second: u8,
        /// The millisecond given.
        millisecond: u16,
    },
    /// Clocks were put forward over this local time, so it never came.
    #[error("clocks were put forward over {civil}, so it never came")]
    Skipped {
        /// The local time that never came.
        civil: Civil,
    },
    /// Before 1900 or after 2200.
    #[error("time here lies between the years 1900 and 2200")]
    OutOfRange,
    /// A span that does not fit.
    #[error("the duration is too long")]
    SpanTooLong,
    /// An offset of more than 18 hours from UTC.
    #[error("a zone is at most 18 hours from UTC, not {seconds} seconds")]
    Offset {
        /// The offset given.
        seconds: i32,
    },
    /// A zone's transitions are not in the order of time.
    #[error("transition {index} of the zone does not come after the one before it")]
    TransitionOrder {
        /// Which transition, counted from 0.
        index: usize,
    },
}

/// Reads the fixed parts of a written time, one after the other.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    const fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
        }
    }

    const fn expected<T>(&self, expected: &'static str) -> Result<T, TimeError> {
        Err(TimeError::Syntax {
            at: self.at,
            expected,
        })
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Takes this byte if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn need(&mut self, byte: u8, expected: &'static str) -> Result<(), TimeError> {
        if self.take(byte) {
            Ok(())
        } else {
            self.expected(expected)
        }
    }

    /// Exactly this many digits (at most four).
    fn digits(&mut self, count: usize, expected: &'static str) -> Result<u16, TimeError> {
        let mut value = 0;
        for _ in 0..count {
            match self.peek() {
                Some(byte @ b'0'..=b'9') => value = value * 10 + u16::from(byte - b'0'),
                _ => return self.expected(expected),
            }
            self.at += 1;
        }
        Ok(value)
    }

    /// Exactly two digits.
    fn pair(&mut self, expected: &'static str) -> Result<u8, TimeError> {
        // Two digits are at most 99.
        Ok(self.digits(2, expected)? as u8)
    }

    const fn end(&self) -> Result<(), TimeError> {
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            self.expected("the end")
        }
    }
}
