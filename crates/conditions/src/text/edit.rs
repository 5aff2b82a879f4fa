//! Changes of a block that touch more than one place: a step is called
//! otherwise, a payment is put into a line or taken out of it.

use std::ops::Range;

use super::lexer::{Kind, Token, tokens, unquote};
use super::{KEYWORDS, quoted_name};
use crate::Name;

/// Where something of a line stands, in bytes.
fn bytes(line: &str, from: u32, to: u32) -> Range<usize> {
    let byte = |column: u32| {
        let at = line.char_indices().nth(column.saturating_sub(1) as usize);
        at.map_or(line.len(), |(at, _)| at)
    };
    byte(from)..byte(to)
}

/// The step that each token of a line names: behind `step` where one begins,
/// and behind `go` where the block goes to it.
fn steps<'a>(tokens: &'a [Token<'a>]) -> impl Iterator<Item = (&'a Token<'a>, String, bool)> {
    let begins = tokens.first().is_some_and(|it| it.text == "step");
    tokens.windows(2).enumerate().filter_map(move |(at, pair)| {
        let (before, token) = (&pair[0], &pair[1]);
        let is_step = begins && at == 0;
        let names = is_step || (before.kind == Kind::Word && before.text == "go");
        let name = match token.kind {
            Kind::Quoted => unquote(token.text)?,
            Kind::Word if is_step || !KEYWORDS.contains(&token.text) => token.text.to_owned(),
            _ => return None,
        };
        names.then_some((token, name, is_step))
    })
}

/// A block's text with a step called otherwise, where it stands and wherever
/// the block goes to it. None if there is no such step, or another is called so.
#[must_use]
pub fn renamed_step(text: &str, old: &str, new: &Name) -> Option<String> {
    let (mut after, mut found) = (String::with_capacity(text.len()), false);
    for line in text.split_inclusive('\n') {
        let (words, _) = tokens(line.trim_end_matches(['\n', '\r']));
        let mut at = 0;
        for (token, name, is_step) in steps(&words) {
            if is_step && old != new.as_str() && name == new.as_str() {
                return None;
            }
            if name == old {
                found |= is_step;
                let place = bytes(line, token.column, token.end_column);
                after.push_str(&line[at..place.start]);
                after.push_str(&quoted_name(new));
                at = place.end;
            }
        }
        after.push_str(&line[at..]);
    }
    found.then_some(after)
}

/// What is done by a line: where it begins, and its payments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doings {
    /// Where the first doing stands, in bytes of the line.
    pub begin: usize,
    /// Each payment's place, with the comma that divides it from another doing.
    pub payments: Vec<Range<usize>>,
    /// Whether a payment is all that is done.
    pub only: bool,
}

/// What a line of a contract does, if it is one that does something.
#[must_use]
pub fn doings(line: &str) -> Option<Doings> {
    let (words, _) = tokens(line);
    let colon = words.iter().position(|it| it.text == ":")?;
    let does = &words[colon + 1..];
    let first = does.first()?;
    // Doings are divided by commas that stand in no brackets.
    let (mut depth, mut parts, mut from) = (0_usize, Vec::new(), 0);
    for (at, token) in does.iter().enumerate() {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            "," if depth == 0 => {
                parts.push(from..at);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(from..does.len());
    let start = |at: usize| {
        does.get(at)
            .map(|it| bytes(line, it.column, it.column).start)
    };
    let mut payments = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        if does.get(part.start).is_none_or(|it| it.text != "pay") {
            continue;
        }
        let last = does.get(part.end.checked_sub(1)?)?;
        let end = bytes(line, last.column, last.end_column).end;
        // With what follows, or with the comma before the last.
        let place = match parts.get(number + 1) {
            Some(next) => start(part.start)?..start(next.start)?,
            None if number > 0 => {
                let before = does.get(parts[number - 1].end.checked_sub(1)?)?;
                bytes(line, before.column, before.end_column).end..end
            }
            None => start(part.start)?..end,
        };
        payments.push(place);
    }
    Some(Doings {
        begin: bytes(line, first.column, first.column).start,
        only: parts.len() == 1,
        payments,
    })
}
