//! The JSON form of a scenario: the same lines, one object each.
//!
//! ```json
//! {"exq": 1, "lines": [
//!   {"use": {"preset": "cny-2025", "version": 1}, "comment": "the rules"},
//!   {},
//!   {"declare": {"kind": "person", "name": "Alice", "with": {"at": "Harbour", "deposit": "1000.00"}}},
//!   {"act": {"when": "09:06", "actor": "Alice", "verb": "pay", "with": {"to": "Noodles", "amount": "12.50"}}},
//!   {"expect": {"path": "Alice.wallet", "op": "=", "value": "487.50"}}
//! ]}
//! ```
//!
//! An object has one key that says what the line is, and may have a `comment`;
//! an empty one is a blank line. Arguments stand under `with` by their fields'
//! names: amounts as decimal strings, whole numbers as numbers, names and texts
//! as plain strings. Where no field gives a value its type (in `set` and
//! `expect`), a string holds the value as a script writes it: a name `Alice`, a
//! text `"\"lunch\""`.
//!
//! A block is one object: `{"contract": {"name": "Deal", "parties": […], …}}` as
//! the reference of conditions describes it, or with its `lines` as the script
//! writes them where it has comments.
//!
//! JSON is read by writing the text it stands for and reading that, so there is
//! one set of rules. Problems then carry the JSON Pointer of the value at fault.

mod read;

use serde_json::{Map, Value as Json, json};
use world::spec::{FieldType, Value};

use super::ast::{Act, Args, Expectation, Line, Script, Statement, Tell, When};
use super::block::{Block, Says};
use super::format;

pub use read::{Imported, from_json};

/// The most bytes of a JSON form.
pub const JSON_BYTES: usize = 4 * super::FILE_BYTES;

/// The version of the JSON form.
pub(super) const VERSION: u64 = 1;

/// Gives a scenario in its JSON form. A line that is wrong, which has none, is
/// given as `{"wrong": "…"}` and not read back.
#[must_use]
pub fn to_json(script: &Script) -> Json {
    let mut lines = Vec::new();
    let mut rest = script.lines.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        let Some(Statement::Block(said)) = &first.statement else {
            lines.push(line(first));
            continue;
        };
        let is_end = |line: &Line| line.statement == Some(Statement::End);
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        let (within, behind) = rest.split_at(length);
        let end = behind.first();
        rest = behind.get(1..).unwrap_or_default();
        lines.push(block(first, said, within, end));
    }
    json!({"exq": VERSION, "lines": lines})
}

/// A block: what it says as data where that is all there is to it, and its
/// lines where it has comments or an order of its own.
fn block(first: &Line, said: &Block, within: &[Line], end: Option<&Line>) -> Json {
    let lines: Vec<&str> = within
        .iter()
        .map(|line| match &line.statement {
            Some(Statement::Within(text)) => text.as_str(),
            _ => "",
        })
        .collect();
    let end_comment = end.and_then(|end| end.comment.as_deref());
    let text = said.text();
    let inner = text.lines().skip(1).filter(|line| *line != "end");
    let value = if end_comment.is_none() && inner.eq(lines.iter().copied()) {
        match &said.says {
            Says::Contract { contract, .. } => conditions::contract_to_json(contract),
            Says::Condition(condition) => conditions::condition_to_json(condition),
        }
    } else {
        object([
            ("name", Some(json!(said.name))),
            ("lines", Some(json!(lines))),
            ("endComment", end_comment.map(|comment| json!(comment))),
        ])
    };
    let comment = first.comment.as_ref().map(|comment| json!(comment));
    object([(said.word(), Some(value)), ("comment", comment)])
}

fn line(line: &Line) -> Json {
    let mut object = Map::new();
    if let Some(statement) = &line.statement {
        let (key, value) = self::statement(statement);
        object.insert(key.to_owned(), value);
    }
    if let Some(comment) = &line.comment {
        object.insert("comment".to_owned(), json!(comment));
    }
    Json::Object(object)
}

/// An object of what is there.
fn object<const N: usize>(entries: [(&str, Option<Json>); N]) -> Json {
    let entries = entries.into_iter();
    Json::Object(
        entries
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect(),
    )
}

fn statement(statement: &Statement) -> (&'static str, Json) {
    match statement {
        Statement::Title(title) => ("title", json!(title)),
        Statement::Use { name, version } => (
            "use",
            object([
                ("preset", Some(json!(name))),
                ("version", version.map(Json::from)),
            ]),
        ),
        // JavaScript's numbers have gaps above 2^53.
        Statement::Seed(seed) if *seed > 1 << 53 => ("seed", json!(seed.to_string())),
        Statement::Seed(seed) => ("seed", json!(seed)),
        Statement::Start(start) => ("start", json!(start.to_string())),
        Statement::Lang(tag) => ("lang", json!(tag)),
        Statement::Signing(on) => ("signing", json!(on)),
        Statement::Set {
            path,
            value,
            stops,
            source,
        } => (
            "set",
            object([
                ("path", Some(json!(path))),
                ("value", Some(self::value(value, None))),
                (
                    "stops",
                    (!stops.is_empty())
                        .then(|| stops.iter().map(|stop| self::value(stop, None)).collect()),
                ),
                ("source", source.as_ref().map(|source| json!(source))),
            ]),
        ),
        Statement::Declare(declare) => (
            "declare",
            object([
                ("kind", Some(json!(declare.kind.name))),
                ("name", Some(json!(declare.name.plain()))),
                ("with", args(&declare.args)),
            ]),
        ),
        Statement::Act(act) => ("act", self::act(act)),
        Statement::Wait(when) => ("wait", json!(when.to_string())),
        Statement::Expect { when, expectation } => ("expect", self::expect(*when, expectation)),
        Statement::Step(tell) => ("step", self::tell(tell)),
        Statement::Note(tell) => ("note", self::tell(tell)),
        Statement::Ask(tell) => ("ask", self::tell(tell)),
        Statement::Choice { tell, right } => (
            "choice",
            object([
                ("text", Some(json!(tell.text))),
                ("right", right.then_some(Json::Bool(true))),
                ("id", tell.id.as_ref().map(|id| json!(id))),
            ]),
        ),
        Statement::Reveal(tell) => ("reveal", self::tell(tell)),
        Statement::Try { tell, act } => (
            "try",
            object([
                ("text", Some(json!(tell.text))),
                ("id", tell.id.as_ref().map(|id| json!(id))),
                ("act", Some(self::act(act))),
            ]),
        ),
        // The lines of a block are given with its first.
        Statement::Block(block) => (block.word(), json!({"name": block.name, "lines": []})),
        Statement::End => ("end", Json::Bool(true)),
        Statement::Within(written) | Statement::Wrong(written) => ("wrong", json!(written)),
    }
}

fn tell(tell: &Tell) -> Json {
    object([
        ("text", Some(json!(tell.text))),
        ("id", tell.id.as_ref().map(|id| json!(id))),
    ])
}

fn act(act: &Act) -> Json {
    object([
        ("when", act.when.map(|when| json!(when.to_string()))),
        ("actor", Some(json!(act.actor.plain()))),
        ("verb", Some(json!(act.verb.name))),
        ("with", args(&act.args)),
        ("as", act.as_name.as_ref().map(|name| json!(name))),
    ])
}

fn args(args: &Args) -> Option<Json> {
    let with: Map<String, Json> = args
        .iter()
        .map(|arg| {
            (
                arg.field.name.to_owned(),
                value(&arg.value, Some(arg.field.ty)),
            )
        })
        .collect();
    (!with.is_empty()).then_some(Json::Object(with))
}

fn expect(when: Option<When>, expectation: &Expectation) -> Json {
    let when = ("when", when.map(|when| json!(when.to_string())));
    match expectation {
        Expectation::Path { path, op, value } => object([
            when,
            ("path", Some(json!(path.to_string()))),
            ("op", Some(json!(op.sign()))),
            ("value", Some(self::value(value, None))),
        ]),
        Expectation::Refused(code) => {
            let code = code.as_ref().map_or(Json::Bool(true), |code| json!(code));
            object([when, ("refused", Some(code))])
        }
        Expectation::Ok => object([when, ("ok", Some(Json::Bool(true)))]),
        Expectation::Holds(invariant) => object([when, ("holds", Some(json!(invariant)))]),
    }
}

/// A value, of a field's type where that is known.
fn value(value: &Value, ty: Option<FieldType>) -> Json {
    match (value, ty) {
        (Value::Number { digits, unit: None }, Some(FieldType::Count)) => {
            // A count is at most 2^53; it was checked.
            digits
                .parse::<u64>()
                .map_or_else(|_| json!(digits), Json::from)
        }
        (Value::Number { digits, unit }, _) => {
            json!(format!("{digits}{}", unit.as_deref().unwrap_or_default()))
        }
        // Digits are grouped for the eye only.
        (Value::Range(..), _) => json!(format::value(value, ty).replace('_', "")),
        (Value::Text(text), Some(_)) => json!(text),
        (Value::Name(name), Some(_)) => json!(name),
        (Value::Bool(yes), _) => json!(yes),
        (Value::List(values), _) => values
            .iter()
            .map(|value| self::value(value, None))
            .collect(),
        // An object has no order, and in this order they are paid.
        (Value::Record(shares), Some(FieldType::Shares(_))) => shares
            .iter()
            .map(|(to, amount)| json!({"to": to, "amount": self::value(amount, None)}))
            .collect(),
        (Value::Record(fields), _) => fields
            .iter()
            .map(|(name, value)| (name.clone(), self::value(value, None)))
            .collect(),
        (value, _) => json!(format::value(value, ty)),
    }
}
