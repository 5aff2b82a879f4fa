//! Bytes as a numbered sequence of QR codes.
//!
//! Each code's text is `XQ1:` and the Base45 of a CBOR array of four: the set (the first eight
//! bytes of the whole's BLAKE3 digest), the part's number from zero, the number of parts, and the
//! part's bytes. The parts of a set are equally long but for the last, so the same bytes in the
//! same number of parts always give the same texts. They may be collected in any order and seen
//! more than once.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::base45::{self, Base45Error};
use crate::cbor::{self, CborError, Value};

/// What every code's text begins with.
pub const PREFIX: &str = "XQ1:";

/// The most parts a set may have.
pub const MAX_PARTS: usize = 64;

/// The most characters one code should hold to be read from a screen: a QR code of version 15
/// with error correction M.
pub const READABLE: usize = 600;

/// The most characters a code may hold at all: version 40 with error correction L.
const MAX_TEXT: usize = 4_296;

/// What stands around a part's bytes: array, set, two numbers, and the head of the bytes.
const FRAME: usize = 1 + 9 + 2 + 2 + 3;

/// Why a text is not taken as a part of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PartsError {
    /// It does not begin with [`PREFIX`]: another code is in the picture.
    #[error("the code is none of ours")]
    Foreign,
    /// It is longer than a QR code can be, or there is too much for [`MAX_PARTS`] parts.
    #[error("too long")]
    TooLong,
    /// There is nothing to show.
    #[error("there are no bytes")]
    Empty,
    /// It is not Base45.
    #[error(transparent)]
    Base45(#[from] Base45Error),
    /// It is not deterministic CBOR.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// It is not an array of set, number, count and bytes.
    #[error("the part is not of its form")]
    Shape,
    /// It belongs to another set than the parts before.
    #[error("the code belongs to another set")]
    OtherSet,
    /// The same part was seen with other bytes, or its length does not fit the others.
    #[error("the part contradicts one seen before")]
    Contradiction,
    /// All parts are here and their bytes are not those of the set.
    #[error("the parts do not add up to their set")]
    Digest,
}

/// How far a collection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many different parts were seen.
    pub seen: usize,
    /// How many there are.
    pub of: usize,
}

/// The texts of the codes that carry these bytes, each at most `readable` characters long.
pub fn split(bytes: &[u8], readable: usize) -> Result<Vec<String>, PartsError> {
    if bytes.is_empty() {
        return Err(PartsError::Empty);
    }
    let characters = readable.min(MAX_TEXT).saturating_sub(PREFIX.len());
    // Three characters carry two bytes, and two of what is left over one.
    let room = (characters / 3 * 2 + characters % 3 / 2).saturating_sub(FRAME);
    if room == 0 {
        return Err(PartsError::TooLong);
    }
    let count = bytes.len().div_ceil(room);
    if count > MAX_PARTS {
        return Err(PartsError::TooLong);
    }
    let size = bytes.len().div_ceil(count);
    // Rounding up may leave the last parts without a byte.
    let count = bytes.len().div_ceil(size);
    let set = set_of(bytes);
    let text = |(number, part): (usize, &[u8])| {
        let value = Value::Array(vec![
            Value::Bytes(set.to_vec()),
            Value::Unsigned(number as u64),
            Value::Unsigned(count as u64),
            Value::Bytes(part.to_vec()),
        ]);
        Ok(PREFIX.to_owned() + &base45::encode(&cbor::encode(&value)?))
    };
    bytes.chunks(size).enumerate().map(text).collect()
}

/// Parts of one set, seen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collector {
    set: Option<([u8; 8], usize)>,
    parts: BTreeMap<usize, Vec<u8>>,
}

impl Collector {
    /// Nothing seen yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How far it is; `None` before the first part.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        let (_, of) = self.set?;
        let seen = self.parts.len();
        Some(Progress { seen, of })
    }

    /// The numbers of the parts that are still to be seen.
    #[must_use]
    pub fn missing(&self) -> Vec<usize> {
        let count = self.set.map_or(0, |(_, count)| count);
        (0..count)
            .filter(|number| !self.parts.contains_key(number))
            .collect()
    }

    /// Takes the text of one code. A part that was seen before changes nothing; a text that is
    /// refused changes nothing either.
    pub fn add(&mut self, text: &str) -> Result<Progress, PartsError> {
        let (set, number, count, part) = read(text)?;
        if self.set.is_some_and(|known| known != (set, count)) {
            return Err(PartsError::OtherSet);
        }
        match self.parts.get(&number) {
            Some(known) if *known == part => {}
            Some(_) => return Err(PartsError::Contradiction),
            None => {
                if !self.fits(number, count, part.len()) {
                    return Err(PartsError::Contradiction);
                }
                self.parts.insert(number, part);
            }
        }
        self.set = Some((set, count));
        let seen = self.parts.len();
        Ok(Progress { seen, of: count })
    }

    /// The bytes, once all parts are here.
    pub fn finish(&self) -> Option<Result<Vec<u8>, PartsError>> {
        let (set, count) = self.set?;
        (self.parts.len() == count).then(|| {
            let bytes = self.parts.values().flatten().copied().collect::<Vec<_>>();
            if set_of(&bytes) == set {
                Ok(bytes)
            } else {
                Err(PartsError::Digest)
            }
        })
    }

    /// Whether a part of this length can stand beside those seen: all are equally long, and only
    /// the last may be shorter.
    fn fits(&self, number: usize, count: usize, length: usize) -> bool {
        self.parts.iter().all(|(other, part)| {
            let last = count - 1;
            match (number == last, *other == last) {
                (true, _) => length <= part.len(),
                (_, true) => part.len() <= length,
                _ => length == part.len(),
            }
        })
    }
}

type Part = ([u8; 8], usize, usize, Vec<u8>);

fn read(text: &str) -> Result<Part, PartsError> {
    let body = text.strip_prefix(PREFIX).ok_or(PartsError::Foreign)?;
    if text.len() > MAX_TEXT {
        return Err(PartsError::TooLong);
    }
    let value = cbor::decode(&base45::decode(body)?)?;
    let Some([set, number, count, Value::Bytes(part)]) = value.as_array() else {
        return Err(PartsError::Shape);
    };
    let set = set.as_bytes().and_then(|set| set.try_into().ok());
    let index = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    match (set, index(number), index(count)) {
        (Some(set), Some(number), Some(count))
            if number < count && count <= MAX_PARTS && !part.is_empty() =>
        {
            Ok((set, number, count, part.clone()))
        }
        _ => Err(PartsError::Shape),
    }
}

fn set_of(bytes: &[u8]) -> [u8; 8] {
    let digest = blake3::hash(bytes);
    std::array::from_fn(|at| digest.as_bytes()[at])
}
