//! The words that conditions and contracts are made of: names, amounts as
//! written, shares, hash images, moments.

use std::fmt;
use std::str::FromStr;

use money::{Civil, Instant, TimeError, Zone};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::limits;

/// Why something is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    /// Nothing, or a blank at an end.
    #[error("a name is not empty and neither begins nor ends with a space")]
    Blank,
    /// Too long.
    #[error("a name has at most {} characters", limits::NAME_CHARS)]
    TooLong,
    /// A control character.
    #[error("a name cannot hold control characters")]
    Control,
}

/// A name: of a party, a step, a label. Whether its letters have one spelling
/// only is for the language above to see to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

impl Name {
    /// A name from its text.
    pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
        let text = text.into();
        if text.is_empty() || text.trim() != text {
            return Err(NameError::Blank);
        }
        if text.chars().count() > limits::NAME_CHARS {
            return Err(NameError::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(NameError::Control);
        }
        Ok(Self(text))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Name {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::new(text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Not a number of the form `1_200.00`.
    #[error("an amount looks like 1_200.00")]
    Form,
    /// Too large, or finer than any currency.
    #[error("an amount is at most 90_000_000_000_000.00, with at most eight decimals")]
    Size,
    /// More decimals than the currency has.
    #[error("the currency has {decimals} decimals")]
    TooFine {
        /// How many it has.
        decimals: u8,
    },
}

/// An amount as written, before it is known what currency it is of: never
/// below zero, with the decimals it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount {
    units: i64,
    decimals: u8,
}

impl Amount {
    /// So many units of which 10^decimals are one.
    #[must_use]
    pub const fn new(units: u32, decimals: u8) -> Self {
        Self {
            units: units as i64,
            decimals: if decimals > money::MAX_DECIMALS {
                money::MAX_DECIMALS
            } else {
                decimals
            },
        }
    }

    /// In minor units of a currency with that many decimals.
    pub fn minor(self, decimals: u8) -> Result<i64, AmountError> {
        let finer = decimals
            .checked_sub(self.decimals)
            .ok_or(AmountError::TooFine { decimals })?;
        10_i64
            .checked_pow(u32::from(finer))
            .and_then(|unit| self.units.checked_mul(unit))
            .filter(|minor| *minor <= money::MAX_MINOR)
            .ok_or(AmountError::Size)
    }

    /// How many decimals it was written with.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        self.decimals
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| {
            decimals.bytes().filter(|b| *b != b'_').count()
        });
        let decimals = u8::try_from(decimals)
            .ok()
            .filter(|decimals| *decimals <= money::MAX_DECIMALS)
            .ok_or(AmountError::Size)?;
        let units = money::parse_minor(text, decimals).map_err(|error| match error {
            money::AmountError::TooLarge => AmountError::Size,
            _ => AmountError::Form,
        })?;
        if text.starts_with('-') {
            return Err(AmountError::Form);
        }
        Ok(Self { units, decimals })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&money::write_grouped(self.units, self.decimals, '_'))
    }
}

impl TryFrom<String> for Amount {
    type Error = AmountError;

    fn try_from(text: String) -> Result<Self, AmountError> {
        text.parse()
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}

/// Why a text is not a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a share looks like 1/3 or 12.5%, is more than nothing, and is not finer than a millionth")]
pub struct ShareError;

/// An exact share: a whole number of parts out of a whole number. Not reduced,
/// so that `50%` comes back as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Share {
    parts: u32,
    of: u32,
    /// Written as a percentage.
    percent: bool,
}

impl Share {
    /// The most parts, and the finest share.
    pub const FINEST: u32 = 1_000_000;

    /// So many parts out of so many.
    pub const fn new(parts: u32, of: u32) -> Result<Self, ShareError> {
        if parts == 0 || of == 0 || parts > Self::FINEST || of > Self::FINEST {
            return Err(ShareError);
        }
        Ok(Self {
            parts,
            of,
            percent: false,
        })
    }

    /// The parts.
    #[must_use]
    pub const fn parts(self) -> u32 {
        self.parts
    }

    /// Out of how many.
    #[must_use]
    pub const fn of(self) -> u32 {
        self.of
    }
}

impl FromStr for Share {
    type Err = ShareError;

    fn from_str(text: &str) -> Result<Self, ShareError> {
        let whole = |text: &str| {
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<u32>()
                .ok()
                .filter(|_| digits)
                .ok_or(ShareError)
        };
        if let Some(number) = text.strip_suffix('%') {
            let (before, behind) = number.split_once('.').unwrap_or((number, ""));
            if number.ends_with('.') || behind.len() > 4 || before.is_empty() {
                return Err(ShareError);
            }
            // 12.5 % are 125 of 1000.
            let of = 10_u32.pow(u32::try_from(behind.len()).map_err(|_| ShareError)?);
            let share = Self::new(whole(&format!("{before}{behind}"))?, of * 100)?;
            return Ok(Self {
                percent: true,
                ..share
            });
        }
        let (parts, of) = text.split_once('/').ok_or(ShareError)?;
        Self::new(whole(parts)?, whole(of)?)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.percent {
            return write!(f, "{}/{}", self.parts, self.of);
        }
        let of = self.of / 100;
        write!(f, "{}", self.parts / of)?;
        if of > 1 {
            let width = of.ilog10() as usize;
            write!(f, ".{:0width$}", self.parts % of)?;
        }
        f.write_str("%")
    }
}

impl TryFrom<String> for Share {
    type Error = ShareError;

    fn try_from(text: String) -> Result<Self, ShareError> {
        text.parse()
    }
}

impl From<Share> for String {
    fn from(share: Share) -> Self {
        share.to_string()
    }
}

/// Why a text is not a hash image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a SHA-256 image is 64 hexadecimal digits")]
pub struct ImageError;

/// The SHA-256 of a secret that opens something when shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Image(pub [u8; 32]);

impl Image {
    /// The image of a secret.
    #[must_use]
    pub fn of(preimage: &[u8]) -> Self {
        Self(Sha256::digest(preimage).into())
    }
}

impl FromStr for Image {
    type Err = ImageError;

    fn from_str(text: &str) -> Result<Self, ImageError> {
        let bytes = text.as_bytes();
        let mut image = [0; 32];
        if bytes.len() != 64 || !bytes.iter().all(u8::is_ascii_hexdigit) {
            return Err(ImageError);
        }
        for (byte, pair) in image.iter_mut().zip(bytes.chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| ImageError)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| ImageError)?;
        }
        Ok(Self(image))
    }
}

impl fmt::Display for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl TryFrom<String> for Image {
    type Error = ImageError;

    fn try_from(text: String) -> Result<Self, ImageError> {
        text.parse()
    }
}

impl From<Image> for String {
    fn from(image: Image) -> Self {
        image.to_string()
    }
}

/// A date with a time as the clock on the wall shows it where the money is at
/// home: in the scenario's zone, which is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    /// What the wall shows, as if it were UTC: comparable.
    local: Instant,
}

impl Moment {
    /// What the wall shows at an instant in a zone.
    #[must_use]
    pub fn shown(zone: &Zone, instant: Instant) -> Self {
        let offset = money::Span(i64::from(zone.offset_at(instant)) * 1_000);
        Self {
            local: Instant(instant.0.saturating_add(offset.0)),
        }
    }

    /// What the wall shows, as if it were UTC.
    #[must_use]
    pub const fn local(self) -> Instant {
        self.local
    }

    /// The first and the last moment of the epoch of this length that this one
    /// lies in: as fine as a chip without a clock can know it.
    #[must_use]
    pub fn epoch(self, length: money::Span) -> (Self, Self) {
        let length = length.0.clamp(1, money::Span::LONGEST.0);
        let local = self.local.0.clamp(Instant::MIN.0, Instant::MAX.0);
        let first = local - local.rem_euclid(length);
        let at = |local| Self {
            local: Instant(local),
        };
        (at(first), at(first + length - 1))
    }
}

impl FromStr for Moment {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let civil: Civil = text.parse()?;
        let local = Zone::fixed("UTC", 0)?.instant(&civil)?;
        Ok(Self { local })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Zone::fixed("UTC", 0) {
            Ok(zone) => zone.civil(self.local).fmt(f),
            Err(_) => Err(fmt::Error),
        }
    }
}

impl TryFrom<String> for Moment {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, TimeError> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}
