//! The canonical text of a scenario: what it says, written in one way.
//!
//! One space between words, two before a comment; no alignment, so that a
//! longer name changes no other line. Arguments stand in the order of their
//! specification, without their names where they may. Digits stand in groups of
//! three: those of amounts from four on, others from five. Blank lines are kept,
//! one at a time, and none at the beginning or the end. Wrong lines stay as
//! they are written.

use std::fmt::Write;

use world::spec::{FieldType, Value};

use super::ast::{Act, Args, Expectation, Line, Script, Statement, Tell};
use super::names::{self, quote};

/// Writes a scenario in canonical form. Of a scenario without errors, what is
/// written reads back as the same scenario, and writes the same again.
#[must_use]
pub fn format(script: &Script) -> String {
    let mut text = String::new();
    let mut blank = false;
    for line in &script.lines {
        if line.statement.is_none() && line.comment.is_none() {
            blank = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            text.push('\n');
        }
        text.push_str(&self::line(line));
        text.push('\n');
    }
    text
}

/// Writes a line in canonical form, without its end.
#[must_use]
pub fn line(line: &Line) -> String {
    let mut out = line.statement.as_ref().map(statement).unwrap_or_default();
    if let Some(comment) = &line.comment {
        if !out.is_empty() {
            out.push_str("  ");
        }
        out.push('#');
        if !comment.is_empty() {
            out.push(' ');
            out.push_str(comment);
        }
    }
    out
}

/// Writes a statement in canonical form, without a line's end.
#[must_use]
pub fn statement(statement: &Statement) -> String {
    match statement {
        Statement::Title(title) => format!("title {}", quote(title)),
        Statement::Use { name, version } => match version {
            Some(version) => format!("use {name}@{version}"),
            None => format!("use {name}"),
        },
        Statement::Seed(seed) => format!("seed {seed}"),
        Statement::Start(start) => format!("start {start}"),
        Statement::Lang(tag) => format!("lang {tag}"),
        Statement::Signing(on) => format!("signing {}", if *on { "on" } else { "off" }),
        Statement::Set {
            path,
            value,
            stops,
            source,
        } => {
            let mut out = format!("set {path}={}", self::value(value, None));
            if !stops.is_empty() {
                out.push_str(" stops=");
                out.push_str(&self::value(&Value::List(stops.clone()), None));
            }
            if let Some(source) = source {
                out.push_str(" source=");
                out.push_str(&quote(source));
            }
            out
        }
        Statement::Declare(declare) => {
            let mut out = format!("{} {}", declare.kind.name, declare.name);
            args(&mut out, &declare.args);
            out
        }
        Statement::Act(act) => self::act(act),
        Statement::Wait(when) => format!("{when} wait"),
        Statement::Expect { when, expectation } => {
            let when = when.map(|when| format!("{when} ")).unwrap_or_default();
            format!("{when}expect {}", self::expectation(expectation))
        }
        Statement::Step(tell) => self::tell("step", tell),
        Statement::Note(tell) => self::tell("note", tell),
        Statement::Ask(tell) => self::tell("ask", tell),
        Statement::Choice { tell, right } => {
            let right = if *right { " right" } else { "" };
            format!("choice {}{right}{}", quote(&tell.text), id(tell))
        }
        Statement::Reveal(tell) => self::tell("reveal", tell),
        Statement::Try { tell, act } => {
            format!("{} {}", self::tell("try", tell), self::act(act))
        }
        Statement::Block(block) => {
            let mut out = format!("{} ", block.word());
            push_name(&mut out, &block.name);
            out
        }
        Statement::End => "end".to_owned(),
        Statement::Within(written) | Statement::Wrong(written) => written.clone(),
    }
}

/// Writes an act in canonical form.
#[must_use]
pub fn act(act: &Act) -> String {
    let when = act.when.map(|when| format!("{when} ")).unwrap_or_default();
    let mut out = format!("{when}{}: {}", act.actor, act.verb.name);
    args(&mut out, &act.args);
    if let Some(name) = &act.as_name {
        out.push_str(" as ");
        push_name(&mut out, name);
    }
    out
}

/// Writes what stands behind `expect` in canonical form.
#[must_use]
pub fn expectation(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Path { path, op, value } => {
            format!("{path} {} {}", op.sign(), self::value(value, None))
        }
        Expectation::Refused(None) => "refused".to_owned(),
        Expectation::Refused(Some(code)) => format!("refused {code}"),
        Expectation::Ok => "ok".to_owned(),
        Expectation::Holds(invariant) => format!("holds {invariant}"),
    }
}

fn tell(word: &str, tell: &Tell) -> String {
    format!("{word} {}{}", quote(&tell.text), id(tell))
}

fn id(tell: &Tell) -> String {
    match &tell.id {
        Some(id) => format!(" id={id}"),
        None => String::new(),
    }
}

fn args(out: &mut String, args: &Args) {
    // A value may lack its field's name while those before it do and none of
    // them is left out.
    let mut unnamed = true;
    for field in args.fields {
        unnamed &= field.positional;
        let Some(arg) = args.get(field.name) else {
            unnamed = false;
            continue;
        };
        out.push(' ');
        if !unnamed {
            out.push_str(field.name);
            out.push('=');
        }
        out.push_str(&value(&arg.value, Some(field.ty)));
    }
}

/// Writes a value, of a field's type where that is known, in canonical form.
#[must_use]
pub fn value(value: &Value, ty: Option<FieldType>) -> String {
    let mut out = String::new();
    push_value(&mut out, value, ty);
    out
}

fn push_value(out: &mut String, value: &Value, ty: Option<FieldType>) {
    match value {
        Value::Number { digits, unit } => {
            let amount = matches!(
                ty,
                Some(FieldType::Amount | FieldType::Amounts | FieldType::Figure)
            ) || digits.contains('.');
            push_digits(out, digits, if amount { 4 } else { 5 });
            if let Some(unit) = unit {
                out.push_str(unit);
            }
        }
        Value::Range(low, high) => {
            push_value(out, low, ty);
            out.push_str("..");
            push_value(out, high, ty);
        }
        Value::Text(text) => out.push_str(&quote(text)),
        Value::Name(name) => push_name(out, name),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        // Writing to a string cannot fail.
        Value::DateTime(civil) => {
            let _ = write!(out, "{civil}");
        }
        Value::Duration(span) => {
            let _ = write!(out, "{span}");
        }
        Value::List(values) => {
            out.push('[');
            for (position, value) in values.iter().enumerate() {
                if position > 0 {
                    out.push_str(", ");
                }
                push_value(out, value, ty);
            }
            out.push(']');
        }
        Value::Record(fields) => {
            out.push('{');
            for (position, (name, value)) in fields.iter().enumerate() {
                if position > 0 {
                    out.push_str(", ");
                }
                push_name(out, name);
                out.push('=');
                let of_share = matches!(ty, Some(FieldType::Shares(_)));
                push_value(out, value, of_share.then_some(FieldType::Amount));
            }
            out.push('}');
        }
    }
}

/// Writes a name with its slash, each part with quotes if it needs them.
pub(super) fn push_name(out: &mut String, name: &str) {
    for (position, part) in name.split('/').enumerate() {
        if position > 0 {
            out.push('/');
        }
        if names::is_bare(part) {
            out.push_str(part);
        } else {
            out.push_str(&quote(part));
        }
    }
}

/// Writes a number's digits, the whole ones in groups of three if there are
/// `from` or more.
fn push_digits(out: &mut String, digits: &str, from: usize) {
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    out.push_str(&digits[..digits.len() - unsigned.len()]);
    let (whole, fraction) = unsigned.split_at(unsigned.find('.').unwrap_or(unsigned.len()));
    for (position, digit) in whole.char_indices() {
        if position > 0 && whole.len() >= from && (whole.len() - position).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out.push_str(fraction);
}
