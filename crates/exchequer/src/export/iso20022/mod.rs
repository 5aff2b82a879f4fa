//! A run as ISO 20022 messages: a credit transfer (pacs.008.001.08) for each
//! payment between two banks, and a statement (camt.053.001.08) for each wallet.
//!
//! What a message cannot hold is shortened: a text keeps its first characters,
//! as many as its element allows; a character that XML does not allow becomes a
//! space. An institution is named by its name, a wallet by its account number:
//! there are no BICs and no IBANs in a simulation.

mod camt053;
mod pacs008;

use money::{Currency, Instant, write_minor};
use world::visible::Viewer;

use crate::picture::{self, At, civil};
use crate::run::Run;

/// One message: what a payment engine takes as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// A name for its file, one of its kind in a run: `pacs.008-59.xml` is the
    /// credit transfer settled by event 59, `camt.053-3.xml` wallet 3's statement.
    pub name: String,
    /// The document.
    pub text: String,
}

/// The messages of a run that a viewer may see, with what it may see of them:
/// first the credit transfers in the order of their settlement, then the
/// statements by the wallets' numbers.
#[must_use]
pub fn messages(run: &Run, viewer: Viewer) -> Vec<Message> {
    let world = run.simulation().world();
    let owned = picture::owned(world);
    let at = At {
        run,
        position: run.position(),
        beat: None,
        before: world,
        now: world,
        viewer,
        owned: &owned,
    };
    let mut out = pacs008::transfers(&at);
    out.extend(camt053::statements(&at));
    out
}

/// Messages one after the other: each begins with an XML declaration on a line
/// of its own.
#[must_use]
pub fn joined(messages: &[Message]) -> String {
    messages.iter().map(|it| it.text.as_str()).collect()
}

/// A document of a message, from its definition and its content.
fn document(definition: &str, root: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{definition}\">\n\
         <{root}>\n{content}</{root}>\n</Document>\n"
    )
}

/// What the identifications of a run's messages begin with: its digest, as far
/// as 35 characters leave room for a number.
fn prefix(run: &Run) -> String {
    run.digest().chars().take(16).collect()
}

/// Local time with its offset from UTC: `2025-11-03T09:06:00+01:00`.
fn moment(run: &Run, at: i64) -> String {
    let minutes = run.zone().offset_at(Instant(at)) / 60;
    let (sign, off) = (if minutes < 0 { '-' } else { '+' }, minutes.abs());
    format!("{}{sign}{:02}:{:02}", civil(run, at), off / 60, off % 60)
}

/// A sum's attribute and digits. Amounts have no sign: an indicator tells it.
fn amount(minor: i64, currency: Currency) -> String {
    let sum = write_minor(minor, currency.decimals());
    format!(
        " Ccy=\"{}\">{}",
        currency.code(),
        sum.trim_start_matches(['-', '\u{2212}'])
    )
}

/// At most so many characters of a text, as XML may hold them.
fn escaped(text: &str, most: usize) -> String {
    let mut out = String::new();
    for letter in text.chars().take(most) {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                out.push(' ');
            }
            letter => out.push(letter),
        }
    }
    out
}

/// An element with a text in it; nothing if there is no text, which no text
/// element may be without.
fn element(name: &str, text: &str, most: usize) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    format!("<{name}>{}</{name}>", escaped(text, most))
}

/// The identification of an account.
fn account(number: &str) -> String {
    format!("<Id><Othr>{}</Othr></Id>", element("Id", number, 34))
}
