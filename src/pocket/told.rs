//! What went wrong, and whose a number is, in words.

use exchequer::pocket::{Code, Refusal, is_seat, word};

use crate::store::StoreError;
use crate::words::Glossary;

/// Why something did not happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// Device or operator turned it down.
    Refused(Refusal),
    /// It could not be stored, and so was not shown.
    Store(StoreError),
    /// A sentence of this key says it.
    Plain(&'static str),
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Code> for Trouble {
    fn from(code: Code) -> Self {
        Self::Refused(code.into())
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A trouble as a sentence.
pub fn trouble_of(says: &Glossary<'_>, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Plain(key) => says.say(key),
        Trouble::Store(StoreError::Full) => says.say("pocket-store-full"),
        Trouble::Store(StoreError::Refused(why)) => {
            says.tell("pocket-no-store", &[("why", why.into())])
        }
        Trouble::Store(StoreError::Failed(why)) => {
            says.tell("pocket-store-failed", &[("why", why.into())])
        }
        Trouble::Refused(refusal) => {
            let sum = |minor: Option<i64>| says.words().figures().amount(minor.unwrap_or(0));
            let bound = sum(refusal.bound);
            let key = format!("pocket-no-{}", word(refusal.code));
            says.try_tell(&key, &[("bound", (&bound).into())])
                .unwrap_or_else(|| says.tell("pocket-no", &[("code", refusal.code.key().into())]))
        }
    }
}

/// Whose a serial number is: a seat, a wallet with a key of its own, or the
/// Stage.
pub fn who(says: &Glossary<'_>, serial: u64) -> String {
    let number = serial.to_string();
    match serial {
        0 => says.say("pocket-stage"),
        seat if is_seat(seat) => says.tell("pocket-seat", &[("number", (&number).into())]),
        _ => says.tell("pocket-wallet", &[("number", (&number).into())]),
    }
}
