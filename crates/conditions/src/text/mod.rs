//! The text form of blocks: reading, writing, and what is wrong with a text.
//!
//! A block is handed over as its lines with their numbers, without the line
//! that opens it and the `end` that closes it. Every line is read for itself
//! and written for itself, so comments and blank lines survive formatting, and
//! a fault on one line hides none on another.

mod condition;
mod contract;
mod cursor;
mod edit;
mod fields;
mod lexer;
mod write;

use std::collections::BTreeMap;

use crate::diagnostic::{Counted, Diagnostic, Place, Problem, Spot};
use crate::machine::Machine;
use crate::{Condition, Contract, Name, limits};

pub use edit::{Doings, doings, renamed_step};
pub use fields::{Field, FieldKind, fields};
pub use write::{condition_text, contract_text, quoted_name, rule_text, value_text};

/// A line of a block: its number in the file, and its text without its end.
pub type SourceLine<'a> = (u32, &'a str);

/// What reading gives: as much as could be read, and everything wrong with the
/// rest.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// What was read: whole if there are no diagnostics.
    pub value: T,
    /// What is wrong, in the order of lines.
    pub diagnostics: Vec<Diagnostic>,
    places: Places,
}

/// Where the parts of a block stand, each with its words.
#[derive(Clone, Debug, Default)]
struct Places(BTreeMap<Spot, (Place, Vec<(String, Place)>)>);

impl Places {
    fn put(&mut self, spot: Spot, cursor: &cursor::Cursor<'_>) {
        self.0
            .entry(spot)
            .or_insert_with(|| (cursor.place(), cursor.words()));
    }

    /// Where a part stands, or a word of it.
    fn find(&self, spot: Spot, word: Option<&str>) -> Option<Place> {
        let (place, words) = self.0.get(&spot).or_else(|| self.0.get(&Spot::Whole))?;
        let found = word.and_then(|word| words.iter().rev().find(|(known, _)| known == word));
        Some(found.map_or(*place, |(_, place)| *place))
    }
}

/// Words that mean something where a name could stand, so that a name like
/// them is written in quotes.
pub(crate) const KEYWORDS: &[&str] = &[
    "aside", "all", "any", "anyone", "as", "at", "close", "days", "deposits", "do", "else", "end",
    "every", "false", "for", "from", "go", "held", "hold", "hours", "if", "is", "least", "let",
    "minutes", "more", "most", "names", "not", "of", "on", "pay", "repeat", "rest", "set", "shows",
    "sign", "split", "step", "than", "them", "times", "to", "true", "until", "when",
];

/// The lines of a text, numbered from 1.
#[must_use]
pub fn lines(text: &str) -> Vec<SourceLine<'_>> {
    (1..).zip(text.lines()).collect()
}

/// Reads the lines of a `contract` block. No line is opened here; `opening` is
/// the number of the line that opened the block, for what is wrong with all of it.
#[must_use]
pub fn read_contract(name: &Name, opening: u32, lines: &[SourceLine<'_>]) -> Reading<Contract> {
    contract::read(name, opening, lines)
}

/// Reads the lines of a `condition` block.
#[must_use]
pub fn read_condition(name: &Name, opening: u32, lines: &[SourceLine<'_>]) -> Reading<Condition> {
    condition::read(name, opening, lines)
}

/// Reads a `contract` block and makes it ready to run. Tells everything that
/// is wrong with it, at its place.
pub fn load_contract(
    name: &Name,
    opening: u32,
    lines: &[SourceLine<'_>],
    decimals: u8,
) -> Result<(Contract, Machine), Vec<Diagnostic>> {
    let mut reading = read_contract(name, opening, lines);
    let unread = !reading.diagnostics.is_empty();
    match crate::machine::check(&reading.value, decimals) {
        Ok(machine) if !unread => return Ok((reading.value, machine)),
        Ok(_) => {}
        Err(faults) => {
            for fault in faults {
                // What a line that could not be read might have said is not missed.
                let named = !reading.value.parties.is_empty();
                let party = matches!(fault.problem, Problem::UnknownParty { .. });
                if unread && may_follow(&fault.problem) && !(party && named) {
                    continue;
                }
                reading.diagnostics.push(Diagnostic {
                    place: reading.places.find(fault.spot, fault.word.as_deref()),
                    spot: fault.spot,
                    problem: fault.problem,
                    suggestion: fault.suggestion,
                });
            }
        }
    }
    Err(in_order(reading.diagnostics))
}

/// Whether a problem may be no more than the consequence of another line's.
const fn may_follow(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::NoParties {}
            | Problem::NoSteps {}
            | Problem::UnknownParty { .. }
            | Problem::UnknownStep { .. }
            | Problem::UnknownSecret { .. }
            | Problem::UnknownValue { .. }
            | Problem::NobodyPays {}
            | Problem::FromWhom {}
            | Problem::MissingUntil { .. }
    )
}

/// Reads a `condition` block and checks it for a currency with that many decimals.
pub fn load_condition(
    name: &Name,
    opening: u32,
    lines: &[SourceLine<'_>],
    decimals: u8,
) -> Result<Condition, Vec<Diagnostic>> {
    let mut reading = read_condition(name, opening, lines);
    for fault in crate::check::condition(&reading.value, decimals) {
        if matches!(fault.problem, Problem::Empty {}) && !reading.diagnostics.is_empty() {
            continue;
        }
        reading.diagnostics.push(Diagnostic {
            place: reading.places.find(fault.spot, fault.word.as_deref()),
            spot: fault.spot,
            problem: fault.problem,
            suggestion: fault.suggestion,
        });
    }
    if reading.diagnostics.is_empty() {
        Ok(reading.value)
    } else {
        Err(in_order(reading.diagnostics))
    }
}

fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| diagnostic.place);
    diagnostics.truncate(limits::PROBLEMS);
    diagnostics
}

/// The lines in canonical form, comments and blank lines kept; a line that
/// cannot be read stays as it is.
#[must_use]
pub fn format_contract(lines: &[SourceLine<'_>]) -> Vec<String> {
    lines
        .iter()
        .map(|(number, text)| write::with_comment(contract::line(*number, text), text))
        .collect()
}

/// The same of a `condition` block.
#[must_use]
pub fn format_condition(lines: &[SourceLine<'_>]) -> Vec<String> {
    lines
        .iter()
        .map(|(number, text)| write::with_comment(condition::line(*number, text), text))
        .collect()
}

/// Says what is wrong with a text as a whole: more lines than are read, or too
/// long ones. Gives the lines that are read.
fn readable<'a, 'b>(
    lines: &'a [SourceLine<'b>],
    diagnostics: &mut Vec<Diagnostic>,
) -> impl Iterator<Item = SourceLine<'b>> + use<'a, 'b> {
    let mut tell = |line: u32, what, limit| {
        diagnostics.push(Diagnostic {
            place: Some(Place {
                line,
                column: 1,
                end_column: 1,
            }),
            spot: Spot::Whole,
            problem: Problem::TooMany { what, limit },
            suggestion: None,
        });
    };
    if let Some((line, _)) = lines.get(limits::LINES) {
        tell(*line, Counted::Lines, limits::LINES);
    }
    let lines = &lines[..lines.len().min(limits::LINES)];
    let too_long = |text: &str| text.chars().nth(limits::LINE_CHARS).is_some();
    for (line, _) in lines.iter().filter(|(_, text)| too_long(text)) {
        tell(*line, Counted::Characters, limits::LINE_CHARS);
    }
    lines
        .iter()
        .copied()
        .filter(move |(_, text)| !too_long(text))
}
