//! Deterministic CBOR (RFC 8949 §4.2.1), as far as signed objects need it.
//!
//! One value has one encoding and one encoding has one value: integers and lengths are as short as
//! they can be, lengths are definite, the keys of a map are sorted by their encoded bytes and
//! occur once. There are integers, byte strings, texts, arrays, maps, tags, booleans and null; no
//! floats and no other simple values.
//!
//! Whatever is decoded is encoded again and compared, so what a signature covers cannot be written
//! in two ways. Input of more than [`MAX_BYTES`] or nested deeper than [`MAX_DEPTH`] is refused
//! before it costs anything.

use thiserror::Error;

/// The most bytes an encoding may have.
pub const MAX_BYTES: usize = 64 * 1024;

/// How many arrays, maps and tags may stand inside one another.
pub const MAX_DEPTH: usize = 16;

/// A CBOR data item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// An integer from zero up.
    Unsigned(u64),
    /// The integer −1 − n.
    Negative(u64),
    /// A string of bytes.
    Bytes(Vec<u8>),
    /// A string of characters.
    Text(String),
    /// A list.
    Array(Vec<Value>),
    /// Pairs of key and value. Their order here does not matter: the encoding sorts them.
    Map(Vec<(Value, Value)>),
    /// A tagged item.
    Tag(u64, Box<Value>),
    /// True or false.
    Bool(bool),
    /// Nothing.
    Null,
}

/// Why bytes are not an acceptable encoding, or a value has none. Places are byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CborError {
    /// The bytes end in the middle of an item.
    #[error("the bytes end within the item at {at}")]
    Truncated {
        /// Where the item begins.
        at: usize,
    },
    /// More bytes follow after the item.
    #[error("the item ends at {at}, the bytes do not")]
    Trailing {
        /// Where the item ended.
        at: usize,
    },
    /// A float, an indefinite length, or a simple value other than true, false and null.
    #[error("the item at {at} is of a kind not used here")]
    Unsupported {
        /// Where the item begins.
        at: usize,
    },
    /// A text that is not UTF-8.
    #[error("the text at {at} is not UTF-8")]
    NotUtf8 {
        /// Where the item begins.
        at: usize,
    },
    /// The same value has another encoding, and that is the deterministic one.
    #[error("the bytes depart from the deterministic encoding at {at}")]
    NotDeterministic {
        /// The first byte that differs.
        at: usize,
    },
    /// A map has two equal keys.
    #[error("a map has the same key twice")]
    DuplicateKey,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH}")]
    TooDeep,
    /// Longer than [`MAX_BYTES`].
    #[error("longer than {MAX_BYTES} bytes")]
    TooLong,
}

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The number as an `i64`, if it is one and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Unsigned(n) => i64::try_from(*n).ok(),
            Self::Negative(n) => i64::try_from(*n).ok().map(|n| -1 - n),
            _ => None,
        }
    }

    /// The number as a `u64`, if it is one and not negative.
    #[must_use]
    pub const fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Unsigned(n) => Some(*n),
            _ => None,
        }
    }

    /// The bytes, if it is a string of bytes.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        match u64::try_from(n) {
            Ok(n) => Self::Unsigned(n),
            // For a negative number the complement is −1 − n.
            Err(_) => Self::Negative((!n).unsigned_abs()),
        }
    }
}

/// The deterministic encoding of a value.
///
/// ```
/// use seal::cbor::{Value, encode};
/// let value = Value::Array(vec![Value::Unsigned(1), Value::text("a"), Value::from(-10)]);
/// assert_eq!(encode(&value), Ok(vec![0x83, 0x01, 0x61, 0x61, 0x29]));
/// ```
pub fn encode(value: &Value) -> Result<Vec<u8>, CborError> {
    let mut bytes = Vec::new();
    write(value, 0, &mut bytes)?;
    Ok(bytes)
}

/// The value of a deterministic encoding, which must fill the bytes.
pub fn decode(bytes: &[u8]) -> Result<Value, CborError> {
    if bytes.len() > MAX_BYTES {
        return Err(CborError::TooLong);
    }
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(0)?;
    if reader.at < bytes.len() {
        return Err(CborError::Trailing { at: reader.at });
    }
    // The one check that makes everything deterministic, whatever the reader let pass.
    let again = encode(&value)?;
    if again != bytes {
        let at = again.iter().zip(bytes).take_while(|(a, b)| a == b).count();
        return Err(CborError::NotDeterministic { at });
    }
    Ok(value)
}

// The major types of RFC 8949 §3.1.
const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;

const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
const NULL: u8 = 0xf6;

fn head(major: u8, argument: u64, out: &mut Vec<u8>) {
    let major = major << 5;
    let bytes = argument.to_be_bytes();
    match argument {
        0..24 => out.push(major | bytes[7]),
        24..0x100 => out.extend_from_slice(&[major | 24, bytes[7]]),
        0x100..0x1_0000 => {
            out.push(major | 25);
            out.extend_from_slice(&bytes[6..]);
        }
        0x1_0000..0x1_0000_0000 => {
            out.push(major | 26);
            out.extend_from_slice(&bytes[4..]);
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&bytes);
        }
    }
}

/// Writes the value, which stands inside `depth` others.
fn write(value: &Value, depth: usize, out: &mut Vec<u8>) -> Result<(), CborError> {
    match value {
        Value::Unsigned(n) => head(UNSIGNED, *n, out),
        Value::Negative(n) => head(NEGATIVE, *n, out),
        Value::Bytes(bytes) => {
            head(BYTES, bytes.len() as u64, out);
            out.extend_from_slice(bytes);
        }
        Value::Text(text) => {
            head(TEXT, text.len() as u64, out);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Array(items) => {
            let depth = deeper(depth)?;
            head(ARRAY, items.len() as u64, out);
            for item in items {
                write(item, depth, out)?;
            }
        }
        Value::Map(pairs) => {
            let depth = deeper(depth)?;
            let mut encoded = Vec::with_capacity(pairs.len());
            for (key, item) in pairs {
                let mut bytes = Vec::new();
                write(key, depth, &mut bytes)?;
                encoded.push((bytes, item));
            }
            encoded.sort_by(|(a, _), (b, _)| a.cmp(b));
            if encoded.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                return Err(CborError::DuplicateKey);
            }
            head(MAP, pairs.len() as u64, out);
            for (key, item) in encoded {
                out.extend_from_slice(&key);
                write(item, depth, out)?;
            }
        }
        Value::Tag(tag, item) => {
            let depth = deeper(depth)?;
            head(TAG, *tag, out);
            write(item, depth, out)?;
        }
        Value::Bool(false) => out.push(FALSE),
        Value::Bool(true) => out.push(TRUE),
        Value::Null => out.push(NULL),
    }
    if out.len() > MAX_BYTES {
        Err(CborError::TooLong)
    } else {
        Ok(())
    }
}

const fn deeper(depth: usize) -> Result<usize, CborError> {
    if depth < MAX_DEPTH {
        Ok(depth + 1)
    } else {
        Err(CborError::TooDeep)
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next bytes, which belong to the item that began at `start`.
    fn take(&mut self, count: u64, start: usize) -> Result<&'a [u8], CborError> {
        let taken = usize::try_from(count)
            .ok()
            .and_then(|count| self.at.checked_add(count))
            .and_then(|end| self.bytes.get(self.at..end))
            .ok_or(CborError::Truncated { at: start })?;
        self.at += taken.len();
        Ok(taken)
    }

    /// The argument of a head, in whatever length it is written.
    fn argument(&mut self, info: u8, start: usize) -> Result<u64, CborError> {
        let length = match info {
            0..24 => return Ok(u64::from(info)),
            24..28 => 1 << (info - 24),
            _ => return Err(CborError::Unsupported { at: start }),
        };
        let bytes = self.take(length, start)?;
        Ok(bytes
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    /// The next item, which stands inside `depth` others.
    fn value(&mut self, depth: usize) -> Result<Value, CborError> {
        let start = self.at;
        let initial = self.take(1, start)?[0];
        match initial {
            FALSE => return Ok(Value::Bool(false)),
            TRUE => return Ok(Value::Bool(true)),
            NULL => return Ok(Value::Null),
            _ => {}
        }
        let (major, info) = (initial >> 5, initial & 0x1f);
        if major > TAG {
            return Err(CborError::Unsupported { at: start });
        }
        let argument = self.argument(info, start)?;
        Ok(match major {
            UNSIGNED => Value::Unsigned(argument),
            NEGATIVE => Value::Negative(argument),
            BYTES => Value::Bytes(self.take(argument, start)?.to_vec()),
            TEXT => match std::str::from_utf8(self.take(argument, start)?) {
                Ok(text) => Value::text(text),
                Err(_) => return Err(CborError::NotUtf8 { at: start }),
            },
            ARRAY => {
                let depth = deeper(depth)?;
                let mut items = Vec::with_capacity(self.room(argument, 1, start)?);
                for _ in 0..argument {
                    items.push(self.value(depth)?);
                }
                Value::Array(items)
            }
            MAP => {
                let depth = deeper(depth)?;
                let mut pairs = Vec::with_capacity(self.room(argument, 2, start)?);
                for _ in 0..argument {
                    pairs.push((self.value(depth)?, self.value(depth)?));
                }
                Value::Map(pairs)
            }
            _ => Value::Tag(argument, Box::new(self.value(deeper(depth)?)?)),
        })
    }

    /// A claimed count, if the bytes that are left could hold so many of at least this size.
    fn room(&self, count: u64, size: usize, start: usize) -> Result<usize, CborError> {
        usize::try_from(count)
            .ok()
            .filter(|count| *count <= (self.bytes.len() - self.at) / size)
            .ok_or(CborError::Truncated { at: start })
    }
}
