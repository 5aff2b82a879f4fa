//! Two runs of one text side by side.

use serde::{Deserialize, Serialize};

use super::{Form, Minor, Owed};

/// Two runs, by two presets' rules or of two texts, and what comes out differently. Of each
/// pair the first is of the run at hand, the second of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The presets' names and versions.
    pub presets: [String; 2],
    /// The currencies' codes.
    pub currencies: [String; 2],
    /// The first line that cannot be played, if there is one.
    pub waits_for: [Option<u32>; 2],
    /// The events in the order of the text, with the positions after them; none
    /// where an event did not take place.
    pub events: Vec<[Option<u32>; 2]>,
    /// The events that come out differently.
    pub differences: Vec<Difference>,
    /// Whether there were too many events to look at all of them.
    pub is_cut: bool,
}

/// An event that comes out differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The script's line, from 1; of what only the other text has, its line there.
    pub line: u32,
    /// The line as script, without its time.
    pub said: String,
    /// The positions after it.
    pub positions: [Option<u32>; 2],
    /// What became of it.
    pub outcomes: [Outcome; 2],
    /// What it changed, where that differs.
    pub changes: Vec<Change>,
}

/// What became of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It did not take place: its line waits, or could not be played.
    Missing,
    /// It was carried out.
    Done,
    /// It, or something it caused, was turned down with this code.
    Refused(String),
}

/// How an event changed what somebody has, here and there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Whose.
    pub name: String,
    /// What, as a key: `holding-wallet` …
    pub key: String,
    /// By how much, in which form, owed by whom; none where nothing changed.
    pub by: [Option<(Minor, Form, Owed)>; 2],
}
