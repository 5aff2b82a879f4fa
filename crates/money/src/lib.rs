//! Money and time in exact integers: the ground floor of the simulator.
//!
//! * An amount is an `i64` of a currency's minor units (fen, cents, yen). [`parse_minor`] and
//!   [`write_minor`] turn it into text and back; [`Money`] ties it to its [`Currency`].
//! * A [`Rate`] is an exact decimal; whatever must be rounded names its [`Rounding`]. [`Interest`]
//!   rounds nothing away: what is not posted today is carried to tomorrow.
//! * An [`Instant`] is virtual time, a [`Span`] the distance between two, and a [`Zone`] says what
//!   the clock on the wall shows.
//!
//! Nothing here uses floating point, reads a clock, or knows the machine's time zone, so the same
//! scenario gives the same figures everywhere. No function panics on any input.

mod amount;
mod currency;
mod rate;
mod time;

pub use amount::{
    AmountError, MAX_MINOR, Money, MoneyError, parse_minor, split_minor, write_grouped, write_minor,
};
pub use currency::{Currency, CurrencyError, MAX_DECIMALS};
pub use rate::{Interest, MAX_RATE_DIGITS, NANO, Rate, RateError, Rounding};
pub use time::{Civil, Instant, Span, TimeError, TimeOfDay, Weekday, Zone};
