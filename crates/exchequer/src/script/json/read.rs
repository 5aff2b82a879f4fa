//! From the JSON form to the text it stands for.

use serde_json::{Map, Value as Json};
use world::spec::{FieldType, Spec, Value};

use super::super::ast::{Op, Place};
use super::super::check::{Outcome, forbidden, parse};
use super::super::diagnostic::{Diagnostic, Expected, JsonForm, Problem, Severity, in_order};
use super::super::names::{quote, starts_word};
use super::super::syntax::{self, Fault as Unread};
use super::super::vocabulary::{Presets, Vocabulary};
use super::super::{FILE_BYTES, LINES, NESTING, PROBLEMS, format, names};
use super::{JSON_BYTES, VERSION};

/// A scenario read from its JSON form.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The text that the JSON stands for, line by line.
    pub text: String,
    /// What was read. Places are in [`text`](Self::text), and each problem has
    /// the JSON Pointer of the value at fault. A problem without a pointer is in
    /// the JSON itself, and its place there.
    pub outcome: Outcome,
}

/// Reads a scenario from its JSON form. All its problems are told at once.
#[must_use]
pub fn from_json(
    json: impl AsRef<[u8]>,
    vocabulary: &Vocabulary<'_>,
    presets: &dyn Presets,
) -> Imported {
    match document(json.as_ref()) {
        Ok(document) => read(&document, vocabulary, presets),
        Err(diagnostic) => Imported {
            text: String::new(),
            outcome: Outcome {
                diagnostics: vec![*diagnostic],
                ..Outcome::default()
            },
        },
    }
}

/// Reads the JSON as such.
fn document(json: &[u8]) -> Result<Json, Box<Diagnostic>> {
    let at = |line: usize, column: usize, problem| {
        // No text within the bound has so many lines or columns.
        let (line, column) = (
            u32::try_from(line).unwrap_or(u32::MAX),
            u32::try_from(column).unwrap_or(u32::MAX - 1),
        );
        let before = json
            .split_inclusive(|b| *b == b'\n')
            .take(line as usize - 1);
        let start = before.map(<[u8]>::len).sum::<usize>() + column as usize - 1;
        let place = Place {
            start,
            end: start,
            line,
            column,
            end_column: column,
        };
        Box::new(error(place, problem, None))
    };
    if json.len() > JSON_BYTES {
        let problem = Problem::TooLarge {
            limit: JSON_BYTES,
            found: json.len(),
        };
        return Err(at(1, 1, problem));
    }
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    serde_json::from_slice(json).map_err(|error| {
        let reason = error.to_string();
        // The place is told apart from the reason.
        let reason = reason
            .split_once(" at line ")
            .map_or(reason.as_str(), |(reason, _)| reason)
            .to_owned();
        at(
            error.line().max(1),
            error.column().max(1),
            Problem::JsonSyntax { reason },
        )
    })
}

const fn error(place: Place, problem: Problem, pointer: Option<String>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        place,
        problem,
        suggestion: None,
        pointer,
    }
}

/// Why a JSON value stands for nothing.
struct Fault {
    pointer: String,
    problem: Box<Problem>,
}

impl Fault {
    fn new(pointer: impl Into<String>, problem: Problem) -> Self {
        Self {
            pointer: pointer.into(),
            problem: Box::new(problem),
        }
    }

    fn form(pointer: &str, expected: JsonForm) -> Self {
        Self::new(pointer, Problem::JsonForm { expected })
    }
}

type Read<T> = Result<T, Fault>;

/// The pointer of what stands in a value under a key.
fn within(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn read(document: &Json, vocabulary: &Vocabulary<'_>, presets: &dyn Presets) -> Imported {
    let (mut text, mut marks) = (String::new(), Vec::new());
    // The lines that stand for nothing, with what is wrong with them.
    let mut faults: Vec<(u32, Fault)> = Vec::new();
    let lines = match lines(document) {
        Ok(lines) => lines,
        Err(fault) => {
            faults.push((0, fault));
            &[]
        }
    };
    let mut number = 0;
    for (index, line) in lines.iter().enumerate() {
        // What comes after is not read anyway.
        if number as usize > LINES || text.len() > FILE_BYTES {
            break;
        }
        let pointer = format!("/lines/{index}");
        let mut writer = Writer {
            vocabulary,
            text: std::mem::take(&mut text),
            marks: std::mem::take(&mut marks),
        };
        let (start, marked) = (writer.text.len(), writer.marks.len());
        let written = writer.line(&pointer, line);
        (text, marks) = (writer.text, writer.marks);
        if let Err(fault) = written {
            // The line is kept as the JSON it is: as text it reads as nothing.
            text.truncate(start);
            marks.truncate(marked);
            text.push_str(&line.to_string());
            faults.push((number + 1, fault));
        }
        // A block is one object and several lines.
        let written = text[start..].matches('\n').count() + 1;
        number += u32::try_from(written).unwrap_or(u32::MAX);
        marks.push(Mark {
            start,
            end: text.len() + 1,
            pointer,
        });
        text.push('\n');
    }
    let mut outcome = parse(&text, vocabulary, presets);
    // What stands for nothing has its own fault, and without lines there is
    // no text to find any in.
    let readable = |line: u32| {
        !faults
            .iter()
            .any(|(faulty, _)| *faulty == 0 || *faulty == line)
    };
    outcome
        .diagnostics
        .retain(|diagnostic| readable(diagnostic.place.line));
    for diagnostic in &mut outcome.diagnostics {
        diagnostic.pointer = Some(pointer_of(&marks, diagnostic.place.start));
    }
    for (line, Fault { pointer, problem }) in faults {
        let place = (line as usize)
            .checked_sub(1)
            .and_then(|index| outcome.script.lines.get(index))
            .map_or_else(Place::default, |line| line.place);
        outcome
            .diagnostics
            .push(error(place, *problem, Some(pointer)));
    }
    in_order(&mut outcome.diagnostics);
    if outcome.diagnostics.len() > PROBLEMS {
        outcome.diagnostics.truncate(PROBLEMS - 1);
        let limit = PROBLEMS - 1;
        let place = outcome.diagnostics[limit - 1].place;
        let problem = Problem::TooManyProblems { limit };
        outcome
            .diagnostics
            .push(error(place, problem, Some(String::new())));
    }
    Imported { text, outcome }
}

/// The lines of a document.
fn lines(document: &Json) -> Read<&[Json]> {
    let Json::Object(document) = document else {
        return Err(Fault::form("", JsonForm::Document));
    };
    known_keys(document, "", &["$schema", "exq", "lines"])?;
    if need(document, "", "exq")?.as_u64() != Some(VERSION) {
        return Err(Fault::form("/exq", JsonForm::Version));
    }
    match need(document, "", "lines")? {
        Json::Array(lines) => Ok(lines),
        _ => Err(Fault::form("/lines", JsonForm::Lines)),
    }
}

/// A piece of the text and the JSON value that it stands for.
struct Mark {
    start: usize,
    end: usize,
    pointer: String,
}

/// The pointer of the smallest value that stands for a place in the text.
fn pointer_of(marks: &[Mark], place: usize) -> String {
    // Marks are in the order of their ends, a line's own behind those in it.
    let from = marks.partition_point(|mark| mark.end <= place);
    marks[from..]
        .iter()
        .find(|mark| mark.start <= place)
        .map(|mark| mark.pointer.clone())
        .unwrap_or_default()
}

fn known_keys(object: &Map<String, Json>, pointer: &str, known: &[&str]) -> Read<()> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(Fault::new(
            within(pointer, key),
            Problem::JsonKey { key: key.clone() },
        )),
        None => Ok(()),
    }
}

fn need<'j>(object: &'j Map<String, Json>, pointer: &str, key: &str) -> Read<&'j Json> {
    object.get(key).ok_or_else(|| {
        let key = key.to_owned();
        Fault::new(pointer, Problem::JsonMissing { key })
    })
}

fn object<'j>(json: &'j Json, pointer: &str, known: &[&str]) -> Read<&'j Map<String, Json>> {
    match json {
        Json::Object(object) => {
            known_keys(object, pointer, known)?;
            Ok(object)
        }
        _ => Err(Fault::form(pointer, JsonForm::Object)),
    }
}

fn string<'j>(json: &'j Json, pointer: &str) -> Read<&'j str> {
    json.as_str()
        .ok_or_else(|| Fault::form(pointer, JsonForm::Text))
}

fn boolean(json: &Json, pointer: &str) -> Read<bool> {
    json.as_bool()
        .ok_or_else(|| Fault::form(pointer, JsonForm::Bool))
}

/// What a string says as a piece of script, or what is wrong with it.
fn scripted<T>(json: &Json, pointer: &str, read: impl Fn(&str) -> Result<T, Unread>) -> Read<T> {
    read(string(json, pointer)?).map_err(|fault| Fault {
        pointer: pointer.to_owned(),
        problem: fault.problem,
    })
}

struct Writer<'v> {
    vocabulary: &'v Vocabulary<'v>,
    text: String,
    marks: Vec<Mark>,
}

impl Writer<'_> {
    /// Writes what a JSON value stands for.
    fn push(&mut self, pointer: &str, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.push(Mark {
            start,
            end: self.text.len(),
            pointer: pointer.to_owned(),
        });
    }

    fn line(&mut self, pointer: &str, json: &Json) -> Read<()> {
        let Json::Object(line) = json else {
            return Err(Fault::form(pointer, JsonForm::Line));
        };
        let mut keys = line.keys().filter(|key| *key != "comment");
        if let Some(key) = keys.next() {
            let at = within(pointer, key);
            if matches!(key.as_str(), "contract" | "condition") {
                let comment = line.get("comment");
                let comment = comment.map(|it| (within(pointer, "comment"), it));
                self.block(&at, key, &line[key], comment)?;
            } else {
                self.statement(&at, key, &line[key])?;
            }
        }
        // A line says one thing.
        if let Some(key) = keys.next() {
            return Err(Fault::new(
                within(pointer, key),
                Problem::JsonKey { key: key.clone() },
            ));
        }
        // A block's stands on its first line.
        let is_block = ["contract", "condition"]
            .iter()
            .any(|key| line.contains_key(*key));
        if let Some(comment) = line.get("comment").filter(|_| !is_block) {
            self.comment(&within(pointer, "comment"), comment)?;
        }
        Ok(())
    }

    fn comment(&mut self, pointer: &str, comment: &Json) -> Read<()> {
        let comment = string(comment, pointer)?;
        if let Some(problem) = comment.chars().find_map(forbidden) {
            return Err(Fault::new(pointer, problem));
        }
        self.push(pointer, &format!(" # {comment}"));
        Ok(())
    }

    fn statement(&mut self, pointer: &str, key: &str, json: &Json) -> Read<()> {
        match key {
            "title" => {
                self.push(pointer, "title ");
                self.quoted(pointer, json)
            }
            "use" => {
                let used = object(json, pointer, &["preset", "version"])?;
                self.push(pointer, "use ");
                let preset = within(pointer, "preset");
                self.word(&preset, need(used, pointer, "preset")?)?;
                if let Some(version) = used.get("version") {
                    self.text.push('@');
                    self.whole(&within(pointer, "version"), version)?;
                }
                Ok(())
            }
            "seed" => {
                self.push(pointer, "seed ");
                self.whole(pointer, json)
            }
            "start" => {
                let value = scripted(json, pointer, syntax::value)?;
                self.push(pointer, "start ");
                self.push(pointer, &format::value(&value, None));
                Ok(())
            }
            "lang" => {
                self.push(pointer, "lang ");
                self.word(pointer, json)
            }
            "signing" => {
                let on = if boolean(json, pointer)? { "on" } else { "off" };
                self.push(pointer, &format!("signing {on}"));
                Ok(())
            }
            "set" => self.set(pointer, json),
            "declare" => self.declare(pointer, json),
            "act" => self.act(pointer, json),
            "wait" => {
                self.when(pointer, json)?;
                self.text.push_str("wait");
                Ok(())
            }
            "expect" => self.expect(pointer, json),
            "step" | "note" | "ask" | "reveal" => {
                self.tell(pointer, key, object(json, pointer, &["text", "id"])?)
            }
            "choice" => {
                let choice = object(json, pointer, &["text", "right", "id"])?;
                self.tell(pointer, key, choice)?;
                if let Some(right) = choice.get("right")
                    && boolean(right, &within(pointer, "right"))?
                {
                    self.push(&within(pointer, "right"), " right");
                }
                Ok(())
            }
            "try" => {
                let attempt = object(json, pointer, &["text", "id", "act"])?;
                self.tell(pointer, key, attempt)?;
                self.text.push(' ');
                let act = within(pointer, "act");
                self.act(&act, need(attempt, pointer, "act")?)
            }
            _ => {
                let key = key.to_owned();
                Err(Fault::new(pointer, Problem::JsonKey { key }))
            }
        }
    }

    /// The lines of a block, without the end of the last.
    fn block(
        &mut self,
        pointer: &str,
        word: &str,
        json: &Json,
        comment: Option<(String, &Json)>,
    ) -> Read<()> {
        let Json::Object(block) = json else {
            return Err(Fault::form(pointer, JsonForm::Object));
        };
        if !block.contains_key("lines") {
            let text = match word {
                "contract" => conditions::contract_from_json(&json.to_string())
                    .map(|it| conditions::text::contract_text(&it)),
                _ => conditions::condition_from_json(&json.to_string())
                    .map(|it| conditions::text::condition_text(&it)),
            };
            let text = text.map_err(|it| {
                let phrase = serde_json::to_string(&it.problem.phrase()).unwrap_or_default();
                let (block, says) = (word.to_owned(), it.problem.to_string());
                Fault::new(
                    pointer,
                    Problem::InBlock {
                        phrase,
                        block,
                        says,
                    },
                )
            })?;
            let (first, rest) = text.trim_end().split_once('\n').unwrap_or((&text, ""));
            self.push(pointer, first);
            if let Some((at, comment)) = comment {
                self.comment(&at, comment)?;
            }
            self.text.push('\n');
            self.push(pointer, rest);
            return Ok(());
        }
        known_keys(block, pointer, &["name", "lines", "endComment"])?;
        self.text.push_str(word);
        self.text.push(' ');
        self.name(&within(pointer, "name"), need(block, pointer, "name")?)?;
        if let Some((at, comment)) = comment {
            self.comment(&at, comment)?;
        }
        let at = within(pointer, "lines");
        let Json::Array(lines) = need(block, pointer, "lines")? else {
            return Err(Fault::form(&at, JsonForm::Lines));
        };
        for (index, line) in lines.iter().enumerate() {
            let at = within(&at, &index.to_string());
            let line = string(line, &at)?;
            // A line is one line.
            if let Some(problem) = line.chars().find_map(forbidden) {
                return Err(Fault::new(at, problem));
            }
            self.text.push('\n');
            self.push(&at, line);
        }
        self.text.push_str("\nend");
        if let Some(comment) = block.get("endComment") {
            self.comment(&within(pointer, "endComment"), comment)?;
        }
        Ok(())
    }

    fn quoted(&mut self, pointer: &str, json: &Json) -> Read<()> {
        self.push(pointer, &quote(string(json, pointer)?));
        Ok(())
    }

    /// A word that stands without quotes.
    fn word(&mut self, pointer: &str, json: &Json) -> Read<()> {
        let word = string(json, pointer)?;
        if !is_word(word) {
            return Err(Fault::form(pointer, JsonForm::Word));
        }
        self.push(pointer, word);
        Ok(())
    }

    /// A whole number, as a number or as a string of digits.
    fn whole(&mut self, pointer: &str, json: &Json) -> Read<()> {
        let digits = match json {
            Json::Number(number) => number.to_string(),
            Json::String(digits) => digits.clone(),
            _ => String::new(),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Fault::form(pointer, JsonForm::WholeNumber));
        }
        self.push(pointer, &digits);
        Ok(())
    }

    fn when(&mut self, pointer: &str, json: &Json) -> Read<()> {
        let when = scripted(json, pointer, syntax::when)?;
        self.push(pointer, &when.to_string());
        self.text.push(' ');
        Ok(())
    }

    fn tell(&mut self, pointer: &str, word: &str, tell: &Map<String, Json>) -> Read<()> {
        self.push(pointer, word);
        self.text.push(' ');
        self.quoted(&within(pointer, "text"), need(tell, pointer, "text")?)?;
        if let Some(id) = tell.get("id") {
            self.text.push_str(" id=");
            self.word(&within(pointer, "id"), id)?;
        }
        Ok(())
    }

    fn set(&mut self, pointer: &str, json: &Json) -> Read<()> {
        let set = object(json, pointer, &["path", "value", "stops", "source"])?;
        let at = within(pointer, "path");
        let path = need(set, pointer, "path")?;
        let path = scripted(path, &at, |path| syntax::dotted(path, Expected::Path))?;
        self.push(pointer, "set ");
        self.push(&at, &path);
        self.text.push('=');
        let at = within(pointer, "value");
        self.value(&at, need(set, pointer, "value")?, None)?;
        if let Some(stops) = set.get("stops") {
            self.text.push_str(" stops=");
            self.value(&within(pointer, "stops"), stops, None)?;
        }
        if let Some(source) = set.get("source") {
            self.text.push_str(" source=");
            self.quoted(&within(pointer, "source"), source)?;
        }
        Ok(())
    }

    fn declare(&mut self, pointer: &str, json: &Json) -> Read<()> {
        let declare = object(json, pointer, &["kind", "name", "with"])?;
        let at = within(pointer, "kind");
        let kind = string(need(declare, pointer, "kind")?, &at)?;
        // Another word could begin another statement.
        let Some(spec) = self.vocabulary.kind(kind) else {
            let kind = kind.to_owned();
            return Err(Fault::new(at, Problem::UnknownKind { kind }));
        };
        self.push(&at, kind);
        self.text.push(' ');
        let at = within(pointer, "name");
        self.name(&at, need(declare, pointer, "name")?)?;
        self.with(pointer, declare, Some(spec))
    }

    fn act(&mut self, pointer: &str, json: &Json) -> Read<()> {
        let act = object(json, pointer, &["when", "actor", "verb", "with", "as"])?;
        if let Some(when) = act.get("when") {
            self.when(&within(pointer, "when"), when)?;
        }
        let at = within(pointer, "actor");
        self.name(&at, need(act, pointer, "actor")?)?;
        self.text.push_str(": ");
        let at = within(pointer, "verb");
        let verb = need(act, pointer, "verb")?;
        let verb = scripted(verb, &at, |verb| syntax::dotted(verb, Expected::Verb))?;
        self.push(&at, &verb);
        self.with(pointer, act, self.vocabulary.verb(&verb))?;
        if let Some(name) = act.get("as") {
            self.text.push_str(" as ");
            self.name(&within(pointer, "as"), name)?;
        }
        Ok(())
    }

    /// The arguments.
    fn with(
        &mut self,
        pointer: &str,
        statement: &Map<String, Json>,
        spec: Option<&'static Spec>,
    ) -> Read<()> {
        let Some(with) = statement.get("with") else {
            return Ok(());
        };
        let pointer = within(pointer, "with");
        let Json::Object(with) = with else {
            return Err(Fault::form(&pointer, JsonForm::Object));
        };
        // As the canonical text has them, so that what fits there fits here.
        let mut unnamed = true;
        for field in spec.map_or(&[][..], |spec| spec.fields) {
            unnamed &= field.positional;
            let Some(value) = with.get(field.name) else {
                unnamed = false;
                continue;
            };
            let at = within(&pointer, field.name);
            if unnamed {
                self.text.push(' ');
            } else {
                self.push(&at, &format!(" {}=", field.name));
            }
            self.value(&at, value, Some(field.ty))?;
        }
        let known = |key: &str| spec.is_some_and(|spec| spec.field(key).is_some());
        for (key, value) in with.iter().filter(|(key, _)| !known(key)) {
            let at = within(&pointer, key);
            if !is_word(key) {
                return Err(Fault::new(at, Problem::JsonKey { key: key.clone() }));
            }
            self.push(&at, &format!(" {key}="));
            self.value(&at, value, None)?;
        }
        Ok(())
    }

    fn name(&mut self, pointer: &str, json: &Json) -> Read<()> {
        let name = Value::Name(string(json, pointer)?.to_owned());
        self.push(pointer, &format::value(&name, None));
        Ok(())
    }

    fn expect(&mut self, pointer: &str, json: &Json) -> Read<()> {
        const KEYS: &[&str] = &["when", "path", "op", "value", "refused", "ok", "holds"];
        let expect = object(json, pointer, KEYS)?;
        if let Some(when) = expect.get("when") {
            self.when(&within(pointer, "when"), when)?;
        }
        self.push(pointer, "expect ");
        let mut forms = ["refused", "ok", "holds", "path"]
            .into_iter()
            .filter(|key| expect.contains_key(*key));
        let form = forms.next().unwrap_or("path");
        let other = forms.next().or_else(|| {
            ["op", "value"]
                .into_iter()
                .find(|key| form != "path" && expect.contains_key(*key))
        });
        // It is expected one thing.
        if let Some(other) = other {
            let key = other.to_owned();
            return Err(Fault::new(within(pointer, other), Problem::JsonKey { key }));
        }
        let at = within(pointer, form);
        let given = need(expect, pointer, form)?;
        match form {
            "refused" if *given == Json::Bool(true) => self.push(&at, "refused"),
            "refused" => {
                let code = scripted(given, &at, |code| {
                    syntax::dotted(code, Expected::RefusalCode)
                })?;
                self.text.push_str("refused ");
                self.push(&at, &code);
            }
            "ok" if *given == Json::Bool(true) => self.push(&at, "ok"),
            "ok" => return Err(Fault::form(&at, JsonForm::Bool)),
            "holds" => {
                let name = scripted(given, &at, |name| syntax::dotted(name, Expected::Invariant))?;
                self.text.push_str("holds ");
                self.push(&at, &name);
            }
            _ => {
                let path = scripted(given, &at, syntax::path)?;
                self.push(&at, &path.to_string());
                let at = within(pointer, "op");
                let op = string(need(expect, pointer, "op")?, &at)?;
                let Some(op) = Op::from_sign(op) else {
                    let expected = Expected::Operator;
                    let found = super::super::Found::new(op);
                    let problem = Problem::Expected { expected, found };
                    return Err(Fault::new(at, problem));
                };
                self.text.push(' ');
                self.push(&at, op.sign());
                self.text.push(' ');
                let at = within(pointer, "value");
                self.value(&at, need(expect, pointer, "value")?, None)?;
            }
        }
        Ok(())
    }

    /// A value of a field's type, or as a script writes it where the type is
    /// not known.
    fn value(&mut self, pointer: &str, json: &Json, ty: Option<FieldType>) -> Read<()> {
        let value = match (json, ty) {
            (Json::String(text), Some(FieldType::Text | FieldType::TimeOfDay)) => {
                Value::Text(text.clone())
            }
            (
                Json::String(name),
                Some(
                    FieldType::Actor(_)
                    | FieldType::Actors(_)
                    | FieldType::Name
                    | FieldType::WalletType
                    | FieldType::Currency
                    | FieldType::Choice(_),
                ),
            ) => Value::Name(name.clone()),
            (Json::Array(shares), Some(FieldType::Shares(_))) => self::shares(pointer, shares)?,
            (json, _) => untyped(pointer, json, 0)?,
        };
        self.push(pointer, &format::value(&value, ty));
        Ok(())
    }
}

/// Who gets how much, in their order.
fn shares(pointer: &str, shares: &[Json]) -> Read<Value> {
    let share = |(index, json): (usize, &Json)| {
        let at = within(pointer, &index.to_string());
        let share = json
            .as_object()
            .ok_or_else(|| Fault::form(&at, JsonForm::Object))?;
        let to = need(share, &at, "to")?;
        let Json::String(to) = to else {
            return Err(Fault::form(&within(&at, "to"), JsonForm::Text));
        };
        let amount = within(&at, "amount");
        let amount = untyped(&amount, need(share, &at, "amount")?, 0)?;
        Ok((to.clone(), amount))
    };
    let shares = shares.iter().enumerate().map(share);
    Ok(Value::Record(shares.collect::<Read<_>>()?))
}

fn untyped(pointer: &str, json: &Json, depth: usize) -> Read<Value> {
    if depth > NESTING {
        return Err(Fault::new(pointer, Problem::TooDeep { limit: NESTING }));
    }
    match json {
        Json::Bool(yes) => Ok(Value::Bool(*yes)),
        Json::Number(number) if number.is_u64() || number.is_i64() => Ok(Value::Number {
            digits: number.to_string(),
            unit: None,
        }),
        Json::String(_) => scripted(json, pointer, syntax::value),
        Json::Array(values) if !values.is_empty() => {
            let values = values.iter().enumerate();
            let values = values.map(|(index, value)| {
                untyped(&within(pointer, &index.to_string()), value, depth + 1)
            });
            Ok(Value::List(values.collect::<Read<_>>()?))
        }
        Json::Object(fields) if !fields.is_empty() => {
            let fields = fields.iter().map(|(key, value)| {
                let at = within(pointer, key);
                if !is_word(key) {
                    return Err(Fault::new(at, Problem::JsonKey { key: key.clone() }));
                }
                Ok((key.clone(), untyped(&at, value, depth + 1)?))
            });
            Ok(Value::Record(fields.collect::<Read<_>>()?))
        }
        _ => Err(Fault::form(pointer, JsonForm::Written)),
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(starts_word) && text.chars().all(names::continues_word)
}
