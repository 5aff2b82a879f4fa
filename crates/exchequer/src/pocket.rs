//! Pockets as an app needs them: a wallet of one's own, the room's side, and
//! how their messages travel as codes and as text.

pub use offline::pocket::{
    Act, Answer, Bill, FIRST_OWN, Found, Kind, LOADED, Line, Next, Pocket, Room, RoomCode, SEATS,
    Seat, Stage, Story, is_seat,
};
pub use offline::{Code, Moment, Refusal};
pub use seal::parts::Progress;
use seal::parts::{Collector, PREFIX, PartsError, READABLE, split};

/// The decimals of a pocket's sums.
pub const DECIMALS: u8 = 2;

/// Characters of the codes that carry what is too long for small ones.
const DENSE: [usize; 2] = [1_000, 1_800];

/// The key under which a code of refusal is worded: `request-closed`.
#[must_use]
pub fn word(code: Code) -> String {
    code.key().replace('.', "-")
}

/// The sum that a person wrote, if it is one above zero.
#[must_use]
pub fn sum(text: &str) -> Option<i64> {
    let sum = money::parse_minor(text.trim(), DECIMALS).ok()?;
    (sum > 0).then_some(sum)
}

/// The texts of the codes that carry a message: as few as a phone's camera
/// reads with ease.
#[must_use]
pub fn codes(bytes: &[u8]) -> Vec<String> {
    let sizes = [READABLE].into_iter().chain(DENSE);
    let mut made = sizes.filter_map(|size| split(bytes, size).ok());
    made.next().unwrap_or_default()
}

/// A message as a text to send by any means. Base45 knows a space, which many
/// programs drop or double: it travels as an underscore.
#[must_use]
pub fn to_text(codes: &[String]) -> String {
    codes.join("\n").replace(' ', "_")
}

/// What a text that was scanned or pasted brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Brought {
    /// Some of a message's codes.
    Part(Progress),
    /// A whole message.
    Message(Vec<u8>),
    /// The code of a room.
    Room(RoomCode),
}

/// Collects codes until they are a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    collected: Collector,
}

impl Reader {
    /// How far it is; none before the first code.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        self.collected.progress()
    }

    /// Takes a text: one code as a camera reads it, all codes as they were
    /// copied, or a room's link. The codes of another message begin anew.
    pub fn take(&mut self, text: &str) -> Result<Brought, PartsError> {
        if !text.contains(PREFIX) {
            let room = text.contains("/pocket/room/").then(|| RoomCode::read(text));
            return room.flatten().map(Brought::Room).ok_or(PartsError::Foreign);
        }
        let mut last = Err(PartsError::Foreign);
        for code in text.lines().filter(|line| !line.trim().is_empty()) {
            let code = code.trim_matches(['\r', '\t']).replace('_', " ");
            last = match self.collected.add(&code) {
                Err(PartsError::OtherSet) => {
                    self.collected = Collector::new();
                    self.collected.add(&code)
                }
                taken => taken,
            };
            last?;
        }
        let progress = last?;
        match self.collected.finish() {
            None => Ok(Brought::Part(progress)),
            Some(whole) => {
                self.collected = Collector::new();
                whole.map(Brought::Message)
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn message(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at * 7 % 251) as u8).collect()
    }

    #[test]
    fn a_message_is_read_from_its_text_and_from_its_codes_in_any_order() {
        for length in [1, 300, 2_000, 24_000, 60_000] {
            let bytes = message(length);
            let codes = codes(&bytes);
            assert!(!codes.is_empty(), "{length}");
            let whole = Ok(Brought::Message(bytes.clone()));
            assert_eq!(Reader::default().take(&to_text(&codes)), whole, "{length}");
            let mut reader = Reader::default();
            let mut last = None;
            for code in codes.iter().rev() {
                last = Some(reader.take(code));
            }
            assert_eq!(last, Some(whole), "{length}");
            assert_eq!(reader.progress(), None);
        }
    }

    #[test]
    fn codes_of_another_message_begin_anew() {
        let (one, two) = (codes(&message(900)), codes(&message(40)));
        let mut reader = Reader::default();
        assert_eq!(
            reader.take(&one[0]),
            Ok(Brought::Part(Progress {
                seen: 1,
                of: one.len()
            }))
        );
        assert_eq!(reader.take(&two[0]), Ok(Brought::Message(message(40))));
    }

    #[test]
    fn a_room_is_read_from_its_link_and_anything_else_is_told_apart() {
        let code = RoomCode::new(7, 1_793_523_600_000);
        let link = format!("https://exchequer.example/#/pocket/room/{}", code.text());
        let mut reader = Reader::default();
        assert_eq!(reader.take(&link), Ok(Brought::Room(code)));
        assert_eq!(reader.take("00020101021102"), Err(PartsError::Foreign));
        assert_eq!(reader.take(""), Err(PartsError::Foreign));
        assert!(reader.take("XQ1:ABC").is_err());
    }

    #[test]
    fn a_sum_is_above_zero_and_has_two_decimals() {
        for (text, is) in [
            ("12.50", Some(1_250)),
            (" 3 ", Some(300)),
            ("0", None),
            ("-1", None),
            ("1.005", None),
            ("", None),
        ] {
            assert_eq!(sum(text), is, "{text:?}");
        }
    }
}
