//! What is seen of a text's contracts and conditions where they are worked on.

pub use conditions::explain::Phrase;
pub use conditions::text::{Field, FieldKind};
use serde::{Deserialize, Serialize};

use super::Minor;

/// The blocks of a text, and one of them with all that there is to say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Studio {
    /// The word and the name of each block, in the order of the text.
    pub blocks: Vec<(String, String)>,
    /// The one asked for.
    pub shown: Option<Sketch>,
    /// Whoever can play a part.
    pub holders: Vec<String>,
    /// What stands ready to be put into the text.
    pub catalogue: Vec<Entry>,
}

/// An entry of the catalogue: its title is the message `template-KEY`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its key.
    pub key: String,
    /// Whether it is a contract.
    pub is_contract: bool,
    /// Its parameters: key, what it takes, what it is if nobody says otherwise.
    pub params: Vec<(String, ParamKind, String)>,
}

/// What a parameter of an entry takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParamKind {
    /// Somebody.
    Party,
    /// Several, between commas.
    Parties,
    /// Anything else, as it is written.
    Written,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// Which of the text's blocks it is, from 0.
    pub index: usize,
    /// Whether it is a contract.
    pub is_contract: bool,
    /// What it is called.
    pub name: String,
    /// Its lines, as a form has them.
    pub rows: Vec<FormRow>,
    /// The parties of a contract.
    pub parties: Vec<String>,
    /// What is wrong: the line, and a sentence.
    pub problems: Vec<(u32, Phrase)>,
    /// What it says, a sentence each.
    pub says: Vec<Phrase>,
    /// Its states, if it is a contract and right.
    pub states: Vec<State>,
    /// Who can judge each rule of a condition.
    pub judges: Vec<Phrase>,
    /// The line that opens it; none of a condition.
    pub open: Option<String>,
    /// What was opened from it.
    pub deals: Vec<Deal>,
}

/// A line of a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRow {
    /// Its number in the text.
    pub line: u32,
    /// The word that it begins with.
    pub word: String,
    /// What it says.
    pub says: Vec<Phrase>,
    /// What can be filled in, in bytes of the text.
    pub fields: Vec<Field>,
    /// Where a payment can be put in, in bytes of the text.
    pub pays_at: Option<usize>,
    /// Its payments: where each stands, what stands there, and what is to stand there instead if
    /// it is taken out.
    pub payments: Vec<(usize, String, String)>,
}

/// A step, as the diagram has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What it is called; empty for what may happen during every wait.
    pub name: String,
    /// When it waits and how often.
    pub waits: Vec<Phrase>,
    /// What may happen in it.
    pub ways: Vec<Way>,
}

/// What may happen in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Who does what; none if nobody does in time.
    pub when: Option<Phrase>,
    /// Whether it is done at once, without a wait.
    pub at_once: bool,
    /// What is done then.
    pub does: Vec<Phrase>,
    /// Where it leads: numbers of states, as many as there are for the end.
    pub goes: Vec<usize>,
    /// Whether another turn of the same step may come first.
    pub again: bool,
}

/// An open contract, or one that has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    /// What it is called.
    pub name: String,
    /// Put in, paid out, gone back, held.
    pub sums: [Minor; 4],
    /// Where it waits; none once it has ended.
    pub waits: Option<Waits>,
    /// What can be done now.
    pub offers: Vec<OfferedAct>,
}

/// Where an open contract waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waits {
    /// The number of its state.
    pub state: usize,
    /// Which turn, and of how many.
    pub turn: (u32, u32),
    /// Until when, local date and time.
    pub until: String,
    /// The line of script that lets time pass until then.
    pub line: String,
}

/// Something that can be done now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedAct {
    /// What.
    pub says: Phrase,
    /// Who can, each with the line of script that does it.
    pub lines: Vec<(String, String)>,
    /// What still has to be written behind each line.
    pub wants: Option<Wants>,
}

/// What a line of script lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wants {
    /// An amount.
    Amount,
    /// A secret that nobody has said yet.
    Secret,
}

/// What can be proven of a contract before anybody signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// When it ends, who can get how much, and how far that is complete.
    pub says: Vec<Phrase>,
    /// What may not be meant.
    pub found: Vec<Found>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Whether somebody may lose by it.
    pub is_risk: bool,
    /// What.
    pub says: Phrase,
    /// The shortest way there.
    pub path: Vec<Phrase>,
    /// What either may do then.
    pub or: Vec<Phrase>,
    /// The lines of script that play it; none where it cannot be played here.
    pub play: Option<String>,
}
