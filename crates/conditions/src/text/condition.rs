//! Reads the lines of a `condition` block: a rule a line.

use super::cursor::{Cursor, Read};
use super::{Places, Reading, SourceLine, readable};
use crate::diagnostic::{Expected, Place, Spot};
use crate::{Condition, Name, Rule, limits};

/// The words with which a rule can begin.
const FIRST: [&str; 13] = [
    "all", "any", "not", "after", "before", "payee", "category", "area", "amount", "day", "wallet",
    "signed", "shows",
];

/// Reads a line for itself; nothing if it is blank.
pub(super) fn line(number: u32, text: &str) -> Read<Option<Rule>> {
    read_line(&mut Cursor::new(number, text))
}

fn read_line(cursor: &mut Cursor<'_>) -> Read<Option<Rule>> {
    if cursor.is_blank() {
        return Ok(None);
    }
    let rule = rule(cursor, 0)?;
    cursor.end()?;
    Ok(Some(rule))
}

/// Puts lines together.
pub(super) fn read(name: &Name, opening: u32, lines: &[SourceLine<'_>]) -> Reading<Condition> {
    let mut diagnostics = Vec::new();
    let mut places = Places::default();
    let whole = Place {
        line: opening,
        column: 1,
        end_column: 1,
    };
    places.0.insert(Spot::Whole, (whole, Vec::new()));
    let mut rules = Vec::new();
    let readable: Vec<_> = readable(lines, &mut diagnostics).collect();
    for (number, text) in readable {
        let mut cursor = Cursor::new(number, text);
        match read_line(&mut cursor) {
            Ok(None) => {}
            Ok(Some(rule)) => {
                places.put(Spot::Rule(rules.len()), &cursor);
                rules.push(rule);
            }
            Err(fault) => diagnostics.push(*fault),
        }
        if diagnostics.len() >= limits::PROBLEMS {
            break;
        }
    }
    Reading {
        value: Condition {
            name: name.clone(),
            rules,
        },
        diagnostics,
        places,
    }
}

fn rule(cursor: &mut Cursor<'_>, depth: usize) -> Read<Rule> {
    cursor.node(depth)?;
    if cursor.take("all") {
        return cursor
            .group(|cursor| rule(cursor, depth + 1))
            .map(Rule::All);
    }
    if cursor.take("any") {
        return cursor
            .group(|cursor| rule(cursor, depth + 1))
            .map(Rule::Any);
    }
    if cursor.take("not") {
        return Ok(Rule::Not(Box::new(rule(cursor, depth + 1)?)));
    }
    if cursor.take("after") {
        return cursor.moment().map(Rule::After);
    }
    if cursor.take("before") {
        return cursor.moment().map(Rule::Before);
    }
    if cursor.take("payee") {
        return one_or_more(cursor, |cursor| cursor.name(Expected::Party)).map(Rule::Payee);
    }
    if cursor.take("category") {
        return one_or_more(cursor, |cursor| cursor.category()).map(Rule::Category);
    }
    if cursor.take("area") {
        return one_or_more(cursor, |cursor| cursor.name(Expected::Name)).map(Rule::Area);
    }
    if cursor.take("amount") {
        at(cursor, "most")?;
        return cursor.amount().map(Rule::AmountAtMost);
    }
    if cursor.take("day") {
        at(cursor, "most")?;
        return cursor.amount().map(Rule::DayAtMost);
    }
    if cursor.take("wallet") {
        at(cursor, "least")?;
        return cursor.name(Expected::Name).map(Rule::WalletAtLeast);
    }
    if cursor.take("signed") {
        cursor.need("by", Expected::By)?;
        let least = cursor.number()?;
        cursor.need("of", Expected::Of)?;
        let of = cursor.list(|cursor| cursor.name(Expected::Party))?;
        return Ok(Rule::Signed { least, of });
    }
    if cursor.take("shows") {
        return cursor.image().map(Rule::Shows);
    }
    cursor.expected_word(Expected::Rule, &FIRST)
}

fn at(cursor: &mut Cursor<'_>, word: &str) -> Read<()> {
    cursor.need("at", Expected::At)?;
    cursor.need(word, Expected::AtLeastOrMost)
}

/// `is one` or `in [one, other]`
fn one_or_more<T>(
    cursor: &mut Cursor<'_>,
    mut item: impl FnMut(&mut Cursor<'_>) -> Read<T>,
) -> Read<Vec<T>> {
    if cursor.take("is") {
        return Ok(vec![item(cursor)?]);
    }
    cursor.need("in", Expected::In)?;
    cursor.list(item)
}
