//! Base45 (RFC 9285): bytes as the characters of a QR code's alphanumeric mode.

use thiserror::Error;

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Why a text is not Base45. Places are byte offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Base45Error {
    /// A character that is none of the forty-five.
    #[error("the character at {at} is none of Base45")]
    Character {
        /// Where it stands.
        at: usize,
    },
    /// Three characters that stand for more than two bytes, or two for more than one.
    #[error("the characters at {at} stand for more than their bytes can hold")]
    Overflow {
        /// Where they begin.
        at: usize,
    },
    /// One character too many or too few.
    #[error("the text's length fits no bytes")]
    Length,
}

/// The text of these bytes.
///
/// ```
/// assert_eq!(seal::base45::encode(b"base-45"), "UJCLQE7W581");
/// ```
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let mut value = pair
            .iter()
            .fold(0, |sum, byte| sum * 256 + usize::from(*byte));
        for _ in 0..=pair.len() {
            text.push(char::from(ALPHABET[value % 45]));
            value /= 45;
        }
    }
    text
}

/// The bytes of this text. One text has one meaning, and one meaning one text.
pub fn decode(text: &str) -> Result<Vec<u8>, Base45Error> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for (group, at) in text.as_bytes().chunks(3).zip((0..).step_by(3)) {
        if group.len() == 1 {
            return Err(match digit(group[0]) {
                Some(_) => Base45Error::Length,
                None => Base45Error::Character { at },
            });
        }
        let mut value = 0;
        for (place, character) in group.iter().enumerate().rev() {
            let digit = digit(*character).ok_or(Base45Error::Character { at: at + place })?;
            value = value * 45 + digit;
        }
        let overflow = Base45Error::Overflow { at };
        if group.len() == 3 {
            bytes.extend(u16::try_from(value).map_err(|_| overflow)?.to_be_bytes());
        } else {
            bytes.push(u8::try_from(value).map_err(|_| overflow)?);
        }
    }
    Ok(bytes)
}

fn digit(character: u8) -> Option<u32> {
    let place = ALPHABET.iter().position(|known| *known == character)?;
    u32::try_from(place).ok()
}
