//! A flow as a reviewer reads it: who takes part, what happens, by which
//! rules, who learns what.

use serde::{Deserialize, Serialize};

use super::{Moment, Passage, Refusal, Seen, Sheet};

/// What a reviewer reads of a run besides the run as a whole
/// ([`Program`](super::Program)). Of long runs it tells the beginning, and how
/// much there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The run at its end: parties, wallets, crowds, invariants.
    pub end: Moment,
    /// What happened, in order.
    pub happened: Vec<Passage>,
    /// How much happened in all.
    pub beats: u32,
    /// What was turned down, in order.
    pub refused: Vec<TurnedDown>,
    /// How much was in all.
    pub refusals: u32,
    /// The rules in use, without those for types of wallet that nobody has.
    pub sheet: Sheet,
    /// The paths of the sheet that a request can fail at.
    pub limits: Vec<String>,
    /// Who learned what.
    pub known: Vec<Known>,
    /// How much there was to learn.
    pub all: Learned,
}

/// A request that was turned down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnedDown {
    /// The script's line whose request it was.
    pub line: u32,
    /// Local date and time.
    pub at: String,
    /// The path of the rule whose value decided: `wallet.IV.payment`; none where
    /// no value of the rules did.
    pub rule: Option<String>,
    /// Whether a line expects it.
    pub expected: bool,
    /// The refusal.
    pub refusal: Refusal,
}

/// What somebody learned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Who.
    pub who: Seen,
    /// How much.
    pub learned: Learned,
}

/// Of how many requests about wallets each of these is known, and of how many
/// wallets what they hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    /// Requests that are known to have been made.
    pub requests: u32,
    /// Their sums.
    pub sums: u32,
    /// The names of those who pay, or whose wallet it is.
    pub payers: u32,
    /// The names of those who are paid.
    pub payees: u32,
    /// The words for those who are paid.
    pub memos: u32,
    /// Wallets whose balance is known.
    pub balances: u32,
}
