//! Reading a whole text: every line on its own, then together with what stands
//! above it. Nothing stops at the first fault.

use std::collections::BTreeMap;

use money::{AmountError, Instant, MAX_MINOR, TimeError, parse_minor, write_grouped};
use world::spec::{FieldSpec, FieldType, Spec, Value};

use super::ast::{
    Act, ActorName, Arg, Args, Declare, Expectation, Line, Path, Place, Script, Statement, Tell,
    When,
};
use super::diagnostic::{Diagnostic, Problem, Severity, Suggestion, ValueType, Words};
use super::lexer::{self, Token, TokenKind};
use super::names::nearest;
use super::syntax::{
    self, At, Bytes, Fault, Item, Raw, RawAct, RawExpectation, RawTell, code_point, name_problem,
    time_fault,
};
use super::vocabulary::{AccountSpec, BUILT_IN, PresetFacts, Presets, Vocabulary};
use super::{FILE_BYTES, LINE_CHARS, LINES, NESTING, PROBLEMS, STATEMENTS, format};

/// What a text says and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What it says. Lines that are wrong are kept as they are written.
    pub script: Script,
    /// The preset it uses, if there is one.
    pub preset: Option<PresetFacts>,
    /// What is wrong with it, from its beginning to its end.
    pub diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// The errors, without the warnings.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Reads a scenario. All its problems are told at once, and what stands above
/// the first of them is good to play.
///
/// The text may have a byte order mark and lines that end in `\r\n`. Time and
/// memory grow with its length, which is bounded; see the
/// [bounds](super#bounds).
#[must_use]
pub fn parse(
    text: impl AsRef<[u8]>,
    vocabulary: &Vocabulary<'_>,
    presets: &dyn Presets,
) -> Outcome {
    parse_bytes(text.as_ref(), vocabulary, presets)
}

fn parse_bytes(text: &[u8], vocabulary: &Vocabulary<'_>, presets: &dyn Presets) -> Outcome {
    let mut checker = Checker::new(text, vocabulary, presets);
    if text.len() > FILE_BYTES {
        checker.too_large(text.len());
        return checker.outcome;
    }
    checker.find_preset();
    for line in lines(text) {
        if line.number as usize > LINES {
            let place = line.place(0..0);
            checker.error(place, Problem::TooManyLines { limit: LINES }, None);
            break;
        }
        if !checker.line(line) {
            break;
        }
    }
    checker.finish();
    checker.outcome
}

/// What a character that cannot stand anywhere in a scenario is.
pub(super) fn forbidden(c: char) -> Option<Problem> {
    match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Problem::BidiControl {
            character: code_point(c),
        }),
        '\t' => None,
        // Some readers end a line at these two.
        '\u{2028}' | '\u{2029}' => Some(Problem::ControlCharacter {
            character: code_point(c),
        }),
        c if c.is_control() => Some(Problem::ControlCharacter {
            character: code_point(c),
        }),
        _ => None,
    }
}

/// A line of the source, without its end.
#[derive(Clone, Copy)]
struct Source<'t> {
    number: u32,
    start: usize,
    bytes: &'t [u8],
}

/// A line of the source that is text.
#[derive(Clone, Copy)]
struct Text<'t> {
    number: u32,
    start: usize,
    text: &'t str,
}

impl Source<'_> {
    /// A place in the line; bytes that are no text count as one column each.
    fn place(&self, bytes: Bytes) -> Place {
        let columns = |to: usize| {
            let text = String::from_utf8_lossy(&self.bytes[..to]);
            count(text.chars())
        };
        Place {
            start: self.start + bytes.start,
            end: self.start + bytes.end,
            line: self.number,
            column: 1 + columns(bytes.start),
            end_column: 1 + columns(bytes.end),
        }
    }
}

impl Text<'_> {
    fn place(&self, bytes: &Bytes) -> Place {
        let column = 1 + count(self.text[..bytes.start].chars());
        Place {
            start: self.start + bytes.start,
            end: self.start + bytes.end,
            line: self.number,
            column,
            end_column: column + count(self.text[bytes.clone()].chars()),
        }
    }
}

fn count(chars: std::str::Chars<'_>) -> u32 {
    // A text has at most a million characters.
    u32::try_from(chars.count()).unwrap_or(u32::MAX)
}

/// The lines of a text. A line end after the last line begins no further one.
fn lines(text: &[u8]) -> impl Iterator<Item = Source<'_>> {
    let mut start = if text.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    let mut number = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|b| *b == b'\n');
        let bytes = &rest[..length.unwrap_or(rest.len())];
        number += 1;
        let line = Source {
            number,
            start,
            bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes),
        };
        start += length.map_or(rest.len(), |length| length + 1);
        Some(line)
    })
}

/// A name and what it stands for.
#[derive(Clone, Copy)]
struct Named {
    /// Its kind, if that is known: what an act creates has none here.
    kind: Option<&'static str>,
    line: u32,
}

/// The question whose answers or revelation may follow.
struct Question {
    /// The `ask` line's position in the script.
    index: usize,
    place: Place,
    choices: usize,
    /// The line of the right answer.
    right: Option<u32>,
    /// Whether further answers may follow.
    open: bool,
    /// Whether one of its lines could not be read, so that its answers cannot
    /// be judged.
    doubtful: bool,
}

/// A `try` line, whose act is looked at when everything above and below it is
/// known: it plays after the last line.
struct Attempt<'t> {
    index: usize,
    text: Text<'t>,
    tell: Tell,
    act: RawAct,
    comment: Option<String>,
}

struct Checker<'t, 'v> {
    source: &'t [u8],
    vocabulary: &'v Vocabulary<'v>,
    presets: &'v dyn Presets,
    outcome: Outcome,
    errors: usize,
    statements: usize,
    /// The headers seen, with their lines.
    headers: BTreeMap<String, u32>,
    names: BTreeMap<String, Named>,
    /// The keys of translations, with their lines.
    ids: BTreeMap<String, u32>,
    /// The time it is; none while no preset or start is known.
    now: Option<Instant>,
    start: Option<Instant>,
    in_body: bool,
    acted: bool,
    question: Option<Question>,
    attempts: Vec<Attempt<'t>>,
    /// The block being left out: its word, its place and how deep it goes.
    block: Option<(String, Place, usize)>,
}

impl<'t, 'v> Checker<'t, 'v> {
    fn new(source: &'t [u8], vocabulary: &'v Vocabulary<'v>, presets: &'v dyn Presets) -> Self {
        let built_in = BUILT_IN.iter().map(|name| {
            let kind = Some(*name);
            ((*name).to_owned(), Named { kind, line: 0 })
        });
        Self {
            source,
            vocabulary,
            presets,
            outcome: Outcome::default(),
            errors: 0,
            statements: 0,
            headers: BTreeMap::new(),
            names: built_in.collect(),
            ids: BTreeMap::new(),
            now: None,
            start: None,
            in_body: false,
            acted: false,
            question: None,
            attempts: Vec::new(),
            block: None,
        }
    }

    // --- telling what is wrong ---

    /// Whether a further problem will be listed, so that it is worth the while
    /// to look for a suggestion.
    fn listens(&self) -> bool {
        self.outcome.diagnostics.len() < PROBLEMS - 1
    }

    fn tell(
        &mut self,
        severity: Severity,
        place: Place,
        problem: Problem,
        suggestion: Option<Suggestion>,
    ) {
        self.errors += usize::from(severity == Severity::Error);
        let listed = self.outcome.diagnostics.len();
        let (severity, problem, suggestion) = if self.listens() {
            (severity, problem, suggestion)
        } else if listed == PROBLEMS - 1 {
            let problem = Problem::TooManyProblems {
                limit: PROBLEMS - 1,
            };
            (Severity::Error, problem, None)
        } else {
            return;
        };
        self.outcome.diagnostics.push(Diagnostic {
            severity,
            place,
            problem,
            suggestion,
            pointer: None,
        });
    }

    fn error(&mut self, place: Place, problem: Problem, suggestion: Option<Suggestion>) {
        self.tell(Severity::Error, place, problem, suggestion);
    }

    fn fault(&mut self, text: Text<'_>, fault: Fault) {
        let suggestion = fault.suggestion.map(|(bytes, replacement)| Suggestion {
            place: text.place(&bytes),
            replacement,
        });
        self.error(text.place(&fault.bytes), fault.problem, suggestion);
    }

    fn at(&mut self, text: Text<'_>, bytes: &Bytes, problem: Problem) {
        self.fault(text, Fault::new(problem, bytes.clone()));
    }

    /// Tells of a word that nothing goes by, and offers the nearest there is.
    fn unknown<'c>(
        &mut self,
        text: Text<'_>,
        bytes: &Bytes,
        problem: Problem,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) {
        let mut fault = Fault::new(problem, bytes.clone());
        if self.listens()
            && let Some(near) = nearest(word, candidates)
        {
            let written = written(near);
            fault = fault.suggest(bytes.clone(), written);
        }
        self.fault(text, fault);
    }

    fn too_large(&mut self, found: usize) {
        let place = Place {
            line: 1,
            column: 1,
            end_column: 1,
            ..Place::default()
        };
        let limit = FILE_BYTES;
        self.error(place, Problem::TooLarge { limit, found }, None);
    }

    // --- lines ---

    /// Looks for the line that names the preset, so that headers above it can
    /// be checked too.
    fn find_preset(&mut self) {
        for line in lines(self.source).take(LINES) {
            let Ok(text) = std::str::from_utf8(line.bytes) else {
                continue;
            };
            if text.len() > 4 * LINE_CHARS || !text.trim_start().starts_with("use") {
                continue;
            }
            let tokens = code(&lexer::tokens(text)).0.to_vec();
            if let Some(token) = tokens.first()
                && &text[token.range()] == "use"
                && let Ok(Raw::Use { name, version }) = syntax::read(text, &tokens, &|_| false)
            {
                let version = version.map(|version| version.it);
                self.outcome.preset = self.presets.find(&name.it, version);
                return;
            }
        }
    }

    /// Takes a line in. False if no more are read.
    fn line(&mut self, line: Source<'t>) -> bool {
        let whole = line.place(0..line.bytes.len());
        let text = match std::str::from_utf8(line.bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.valid_up_to();
                let length = error.error_len().unwrap_or(line.bytes.len() - at);
                self.error(line.place(at..at + length), Problem::InvalidUtf8 {}, None);
                self.push_wrong(whole);
                return true;
            }
        };
        let text = Text {
            number: line.number,
            start: line.start,
            text,
        };
        if (whole.end_column - 1) as usize > LINE_CHARS {
            self.error(whole, Problem::LineTooLong { limit: LINE_CHARS }, None);
            self.push_wrong(whole);
            return true;
        }
        if let Some((at, c, problem)) = text
            .text
            .char_indices()
            .find_map(|(at, c)| Some((at, c, forbidden(c)?)))
        {
            let bytes = at..at + c.len_utf8();
            self.fault(text, Fault::new(problem, bytes.clone()).suggest(bytes, ""));
            self.push_wrong(whole);
            return true;
        }
        let tokens = lexer::tokens(text.text);
        let (tokens, comment) = code(&tokens);
        let comment = comment.map(|token| text.text[token.start + 1..].trim().to_owned());
        if tokens.is_empty() {
            self.outcome.script.lines.push(Line {
                place: whole,
                statement: None,
                comment,
            });
            return true;
        }
        self.statements += 1;
        if self.statements > STATEMENTS {
            self.error(
                text.place(&tokens[0].range()),
                Problem::TooManyStatements { limit: STATEMENTS },
                None,
            );
            self.push_wrong(whole);
            return false;
        }
        if self.block.is_some() {
            self.within_block(text, tokens);
            self.push_wrong(whole);
            return true;
        }
        let errors = self.errors;
        let statement = self.read(text, tokens, comment.as_ref());
        let line = Line {
            place: whole,
            statement,
            comment,
        };
        if line.statement.is_none() {
            self.push_wrong(whole);
            return true;
        }
        // What stands in canonical form is read again within the same bounds.
        if self.errors == errors
            && (whole.end_column as usize) > LINE_CHARS / 2
            && format::line(&line).chars().count() > LINE_CHARS
        {
            self.error(whole, Problem::LineTooLong { limit: LINE_CHARS }, None);
        }
        if self.errors > errors {
            self.push_wrong(whole);
        } else {
            self.outcome.script.lines.push(line);
        }
        true
    }

    /// A place of the source as it is written.
    fn written(&self, place: Place) -> String {
        let bytes = &self.source[place.start..place.end];
        String::from_utf8_lossy(bytes).trim().to_owned()
    }

    fn push_wrong(&mut self, place: Place) {
        self.outcome.script.lines.push(Line {
            place,
            statement: Some(Statement::Wrong(self.written(place))),
            comment: None,
        });
    }

    /// Finds a line taken in before to be wrong.
    fn spoil(&mut self, index: usize) {
        let place = self.outcome.script.lines[index].place;
        let statement = Some(Statement::Wrong(self.written(place)));
        let line = &mut self.outcome.script.lines[index];
        line.statement = statement;
        line.comment = None;
    }

    fn read(
        &mut self,
        text: Text<'t>,
        tokens: &[Token],
        comment: Option<&String>,
    ) -> Option<Statement> {
        let vocabulary = self.vocabulary;
        let is_kind = |word: &str| vocabulary.kind(word).is_some();
        match syntax::read(text.text, tokens, &is_kind) {
            Ok(raw) => {
                if !matches!(raw, Raw::Choice { .. }) {
                    self.close_question();
                }
                self.statement(text, tokens[0].range(), raw, comment)
            }
            Err(fault) => {
                self.unread(text, tokens);
                self.fault(text, fault);
                None
            }
        }
    }

    /// Learns what can be learnt from a line that cannot be read, so that good
    /// lines below it are not told as faults.
    fn unread(&mut self, text: Text<'t>, tokens: &[Token]) {
        let word = &text.text[tokens[0].range()];
        if word == "choice" {
            if let Some(question) = &mut self.question {
                question.choices += 1;
                question.doubtful = true;
            }
            return;
        }
        self.close_question();
        if word == "ask" {
            self.question = Some(Question {
                index: self.outcome.script.lines.len(),
                place: text.place(&tokens[0].range()),
                choices: 0,
                right: None,
                open: true,
                doubtful: true,
            });
        }
        if syntax::HEADERS.contains(&word) {
            self.headers.entry(word.to_owned()).or_insert(text.number);
        }
        let vocabulary = self.vocabulary;
        let is_kind = |word: &str| vocabulary.kind(word).is_some();
        if let Some((kind, name)) = syntax::salvage(text.text, tokens, &is_kind) {
            let kind = kind.and_then(|kind| Some(vocabulary.kind(&kind)?.name));
            self.learn(name.plain(), kind, text.number);
        }
    }

    fn within_block(&mut self, text: Text<'t>, tokens: &[Token]) {
        let word = &text.text[tokens[0].range()];
        let Some((_, _, depth)) = &mut self.block else {
            return;
        };
        if syntax::BLOCKS.contains(&word) {
            *depth += 1;
            if *depth == NESTING + 1 {
                let problem = Problem::TooDeep { limit: NESTING };
                self.at(text, &tokens[0].range(), problem);
            }
        } else if word == "end" && tokens.len() == 1 {
            *depth -= 1;
            if *depth == 0 {
                self.block = None;
            }
        }
    }

    fn statement(
        &mut self,
        text: Text<'t>,
        first: Bytes,
        raw: Raw,
        comment: Option<&String>,
    ) -> Option<Statement> {
        match raw {
            Raw::Title(_)
            | Raw::Use { .. }
            | Raw::Seed(_)
            | Raw::Start(_)
            | Raw::Lang(_)
            | Raw::Signing(_)
            | Raw::Set { .. } => self.header(text, &first, raw),
            Raw::Unknown { word, name } => {
                self.nothing_begins_so(text, &word, name);
                None
            }
            raw => {
                self.begin_body(text, &first);
                self.body(text, first, raw, comment)
            }
        }
    }

    // --- headers ---

    fn header(&mut self, text: Text<'t>, first: &Bytes, raw: Raw) -> Option<Statement> {
        let word = &text.text[first.clone()];
        if self.in_body {
            let header = word.to_owned();
            self.at(text, first, Problem::HeaderLate { header });
            return None;
        }
        let header = match &raw {
            Raw::Set { path, .. } => format!("set {}", path.it),
            _ => word.to_owned(),
        };
        if let Some(&line) = self.headers.get(&header) {
            self.at(text, first, Problem::HeaderTwice { header, line });
            return None;
        }
        self.headers.insert(header, text.number);
        Some(match raw {
            Raw::Title(title) => Statement::Title(title),
            Raw::Use { name, version } => {
                self.check_preset(text, &name, version.as_ref())?;
                Statement::Use {
                    name: name.it,
                    version: version.map(|version| version.it),
                }
            }
            Raw::Seed(seed) => Statement::Seed(seed),
            Raw::Start(At { it: start, bytes }) => {
                if let Some(preset) = &self.outcome.preset {
                    match preset.zone.instant(&start) {
                        Ok(instant) => self.start = Some(instant),
                        Err(error) => {
                            self.bad_time(text, &bytes, error);
                            return None;
                        }
                    }
                }
                Statement::Start(start)
            }
            Raw::Lang(At { it: tag, bytes }) => {
                if !is_language(&tag) {
                    self.at(text, &bytes, Problem::BadLang { tag });
                    return None;
                }
                Statement::Lang(tag)
            }
            Raw::Signing(on) => Statement::Signing(on),
            Raw::Set {
                path,
                value,
                source,
            } => self.set(text, path, value, source)?,
            // The caller gives headers only.
            _ => return None,
        })
    }

    fn check_preset(
        &mut self,
        text: Text<'t>,
        name: &At<String>,
        version: Option<&At<u32>>,
    ) -> Option<()> {
        let list = self.presets.list();
        let newest = list
            .iter()
            .filter(|(known, _)| *known == name.it)
            .map(|(_, version)| *version)
            .max();
        match (newest, version) {
            (None, _) => {
                let problem = Problem::UnknownPreset {
                    name: name.it.clone(),
                };
                let known = list.iter().map(|(name, _)| name.as_str());
                self.unknown(text, &name.bytes, problem, &name.it, known);
                None
            }
            (Some(newest), Some(version)) if self.outcome.preset.is_none() => {
                let problem = Problem::UnknownVersion {
                    name: name.it.clone(),
                    version: version.it,
                    newest,
                };
                let fault = Fault::new(problem, version.bytes.clone())
                    .suggest(version.bytes.clone(), newest.to_string());
                self.fault(text, fault);
                None
            }
            (Some(newest), None) => {
                let end = name.bytes.end..name.bytes.end;
                let suggestion = Suggestion {
                    place: text.place(&end),
                    replacement: format!("@{newest}"),
                };
                self.tell(
                    Severity::Warning,
                    text.place(&name.bytes),
                    Problem::UnpinnedPreset {
                        name: name.it.clone(),
                        newest,
                    },
                    Some(suggestion),
                );
                Some(())
            }
            (Some(_), Some(_)) => Some(()),
        }
    }

    fn set(
        &mut self,
        text: Text<'t>,
        path: At<String>,
        value: At<Value>,
        source: Option<String>,
    ) -> Option<Statement> {
        let mut value = value;
        if let Some(preset) = self.outcome.preset.clone() {
            let Some(ty) = self.presets.settable(&preset, &path.it) else {
                let problem = Problem::UnknownPath {
                    path: path.it.clone(),
                    preset: preset.name.clone(),
                };
                let known = self.presets.settable_paths(&preset);
                let known = known.iter().map(String::as_str);
                self.unknown(text, &path.bytes, problem, &path.it, known);
                return None;
            };
            value.it = self.typed(text, &path.it, ty, value.clone(), false)?;
        }
        Some(Statement::Set {
            path: path.it,
            value: value.it,
            source,
        })
    }

    // --- the body ---

    fn begin_body(&mut self, text: Text<'t>, first: &Bytes) {
        if self.in_body {
            return;
        }
        self.in_body = true;
        if !self.headers.contains_key("use") {
            self.headers.insert("use".to_owned(), text.number);
            self.at(text, first, Problem::MissingUse {});
        }
        self.now = self.start.or_else(|| {
            let preset = self.outcome.preset.as_ref()?;
            // A start that cannot be read has been told of: nothing can be
            // said of times then.
            if self.headers.contains_key("start") {
                return None;
            }
            preset.zone.instant(&preset.start).ok()
        });
    }

    fn body(
        &mut self,
        text: Text<'t>,
        first: Bytes,
        raw: Raw,
        comment: Option<&String>,
    ) -> Option<Statement> {
        Some(match raw {
            Raw::Declare { kind, name, items } => self.declare(text, &kind, name, items)?,
            Raw::Act(act) => {
                if let Some(when) = &act.when {
                    self.advance(text, when);
                }
                let act = self.act(text, act, true);
                self.acted = true;
                Statement::Act(act?)
            }
            Raw::Wait(when) => {
                self.advance(text, &when);
                Statement::Wait(when.it)
            }
            Raw::Expect { when, expectation } => {
                if let Some(when) = &when {
                    self.advance(text, when);
                }
                let expectation = self.expectation(text, &first, expectation)?;
                let when = when.map(|when| when.it);
                Statement::Expect { when, expectation }
            }
            Raw::Step(tell) => Statement::Step(self.told(text, &first, tell)),
            Raw::Note(tell) => Statement::Note(self.told(text, &first, tell)),
            Raw::Ask(tell) => {
                self.question = Some(Question {
                    index: self.outcome.script.lines.len(),
                    place: text.place(&first),
                    choices: 0,
                    right: None,
                    open: true,
                    doubtful: false,
                });
                Statement::Ask(self.told(text, &first, tell))
            }
            Raw::Choice { tell, right } => {
                let tell = self.told(text, &first, tell);
                self.choice(text, &first, right.as_ref());
                let right = right.is_some();
                Statement::Choice { tell, right }
            }
            Raw::Reveal(tell) => {
                let tell = self.told(text, &first, tell);
                if self.question.take().is_none() {
                    self.at(text, &first, Problem::RevealWithoutAsk {});
                }
                Statement::Reveal(tell)
            }
            Raw::Try { tell, act } => {
                let tell = self.told(text, &first, tell);
                self.attempts.push(Attempt {
                    index: self.outcome.script.lines.len(),
                    text,
                    tell,
                    act,
                    comment: comment.cloned(),
                });
                // Until the end it counts as wrong.
                return None;
            }
            Raw::Block(word) => {
                let place = text.place(&word.bytes);
                self.block = Some((word.it.clone(), place, 1));
                self.at(text, &word.bytes, Problem::NotYet { word: word.it });
                return None;
            }
            Raw::End => {
                self.at(text, &first, Problem::EndOfNothing {});
                return None;
            }
            // The caller gives no headers.
            _ => return None,
        })
    }

    fn told(&mut self, text: Text<'t>, first: &Bytes, tell: RawTell) -> Tell {
        let RawTell { text: says, id } = tell;
        if let Some(id) = &id {
            match self.ids.get(id) {
                Some(&line) => {
                    let name = id.clone();
                    self.at(text, first, Problem::NameTaken { name, line });
                }
                None => {
                    self.ids.insert(id.clone(), text.number);
                }
            }
        }
        Tell { text: says, id }
    }

    fn choice(&mut self, text: Text<'t>, first: &Bytes, right: Option<&Bytes>) {
        let Some(question) = self.question.as_mut().filter(|question| question.open) else {
            self.at(text, first, Problem::ChoiceWithoutAsk {});
            return;
        };
        question.choices += 1;
        let Some(right) = right else { return };
        match question.right {
            Some(line) => self.at(text, right, Problem::TwoRightChoices { line }),
            None => question.right = Some(text.number),
        }
    }

    /// Judges the answers of a question when no more can follow.
    fn close_question(&mut self) {
        let Some(question) = self.question.as_mut().filter(|question| question.open) else {
            return;
        };
        question.open = false;
        if question.doubtful {
            return;
        }
        let problem = match (question.choices, question.right) {
            (0, _) => Problem::AskWithoutChoice {},
            (_, None) => Problem::NoRightChoice {},
            _ => return,
        };
        let (index, place) = (question.index, question.place);
        self.error(place, problem, None);
        self.spoil(index);
    }

    fn nothing_begins_so(
        &mut self,
        text: Text<'t>,
        word: &At<String>,
        name: Option<At<ActorName>>,
    ) {
        if self.names.contains_key(&word.it) {
            let actor = word.it.clone();
            let end = word.bytes.end..word.bytes.end;
            let fault = Fault::new(Problem::MissingColon { actor }, word.bytes.clone());
            self.fault(text, fault.suggest(end, ":"));
            return;
        }
        let problem = match name {
            Some(name) => {
                self.learn(name.it.plain(), None, text.number);
                Problem::UnknownKind {
                    kind: word.it.clone(),
                }
            }
            None => Problem::UnknownStatement {
                word: word.it.clone(),
            },
        };
        let kinds = self.vocabulary.kinds.iter().map(|kind| kind.name);
        let words = kinds
            .chain(syntax::HEADERS)
            .chain(syntax::TELLS)
            .chain(syntax::OTHERS);
        self.unknown(text, &word.bytes, problem, &word.it, words);
    }

    // --- names ---

    /// Takes a name in, unless it is taken.
    fn learn(&mut self, name: String, kind: Option<&'static str>, line: u32) {
        self.names.entry(name).or_insert(Named { kind, line });
    }

    /// Whether a name can be given to something new; if not, that is told.
    fn is_free(&mut self, text: Text<'t>, name: &ActorName, bytes: &Bytes) -> bool {
        let name = name.plain();
        let problem = match self.names.get(&name) {
            None => return true,
            Some(Named { line: 0, .. }) => Problem::ReservedName { name },
            Some(&Named { line, .. }) => Problem::NameTaken { name, line },
        };
        self.at(text, bytes, problem);
        false
    }

    /// What a name stands for; if nothing, that is told.
    fn party(&mut self, text: Text<'t>, name: &ActorName, bytes: &Bytes) -> Option<Named> {
        let plain = name.plain();
        let known = self.names.get(&plain).copied();
        if known.is_none() {
            let problem = Problem::UnknownActor {
                name: plain.clone(),
            };
            let names = std::mem::take(&mut self.names);
            let candidates = names.keys().map(String::as_str);
            self.unknown(text, bytes, problem, &plain, candidates);
            self.names = names;
        }
        known
    }

    // --- time ---

    fn bad_time(&mut self, text: Text<'t>, bytes: &Bytes, error: TimeError) {
        let problem = Problem::BadTime {
            text: text.text[bytes.clone()].to_owned(),
            fault: time_fault(error),
        };
        self.at(text, bytes, problem);
    }

    /// The moment of a statement, if times are known and it is not past.
    fn moment(&mut self, text: Text<'t>, when: &At<When>) -> Option<Instant> {
        let now = self.now?;
        let zone = &self.outcome.preset.as_ref()?.zone;
        match when.it.resolve(now, zone) {
            Ok(then) if then >= now => Some(then),
            Ok(_) => {
                let problem = Problem::TimeBackward {
                    written: when.it.to_string(),
                    now: zone.civil(now).to_string(),
                };
                let fault = Fault::new(problem, when.bytes.clone());
                let fault = match when.it {
                    When::TimeOfDay(_) => fault.suggest(when.bytes.clone(), "+1d"),
                    _ => fault,
                };
                self.fault(text, fault);
                None
            }
            Err(error) => {
                self.bad_time(text, &when.bytes, error);
                None
            }
        }
    }

    fn advance(&mut self, text: Text<'t>, when: &At<When>) {
        if let Some(then) = self.moment(text, when) {
            self.now = Some(then);
        }
    }

    // --- declarations, acts, expectations ---

    fn declare(
        &mut self,
        text: Text<'t>,
        kind: &At<String>,
        name: At<ActorName>,
        items: Vec<Item>,
    ) -> Option<Statement> {
        let spec = self.vocabulary.kind(&kind.it)?;
        if name.it.sub.is_some() {
            let owner = ActorName::from_plain(&name.it.name);
            self.party(text, &owner, &name.bytes);
        }
        // Its own name is not among those its fields may use.
        let args = self.bind(text, spec, &kind.bytes, items);
        if self.is_free(text, &name.it, &name.bytes) {
            self.learn(name.it.plain(), Some(spec.name), text.number);
        }
        Some(Statement::Declare(Declare {
            kind: spec,
            name: name.it,
            args,
        }))
    }

    /// Checks an act. What it creates is a name from then on, if it is to be
    /// learnt.
    fn act(&mut self, text: Text<'t>, act: RawAct, learn: bool) -> Option<Act> {
        let party = self.party(text, &act.actor.it, &act.actor.bytes);
        let kind = party.and_then(|party| party.kind);
        let verb = self.verb(text, &act, kind);
        let args = verb.map(|verb| self.bind(text, verb, &act.verb.bytes, act.items));
        if let Some(At { it: name, bytes }) = &act.as_name {
            let thing = ActorName {
                name: name.clone(),
                sub: None,
            };
            let free = self.is_free(text, &thing, bytes);
            if free && learn {
                self.learn(thing.plain(), None, text.number);
                // It is also its creator's thing of that name.
                if act.actor.it.sub.is_none() {
                    let whole = format!("{}/{name}", act.actor.it.name);
                    self.learn(whole, None, text.number);
                }
            }
        }
        Some(Act {
            when: act.when.map(|when| when.it),
            actor: act.actor.it,
            verb: verb?,
            args: args?,
            as_name: act.as_name.map(|name| name.it),
        })
    }

    fn verb(
        &mut self,
        text: Text<'t>,
        act: &RawAct,
        kind: Option<&'static str>,
    ) -> Option<&'static Spec> {
        let allowed = |verb: &&'static Spec| {
            kind.is_none_or(|kind| verb.actors.is_empty() || verb.actors.contains(&kind))
        };
        let At { it: word, bytes } = &act.verb;
        let Some(verb) = self.vocabulary.verb(word) else {
            let verb = word.clone();
            let verbs = self.vocabulary.verbs.iter().copied();
            // Of two that are as near the one the actor has comes first.
            let (can, cannot): (Vec<&Spec>, Vec<&Spec>) = verbs.partition(|verb| allowed(verb));
            let candidates = can.iter().chain(&cannot).map(|verb| verb.name);
            self.unknown(text, bytes, Problem::UnknownVerb { verb }, word, candidates);
            return None;
        };
        if let Some(kind) = kind
            && !allowed(&verb)
        {
            let problem = Problem::VerbNotAllowed {
                verb: word.clone(),
                actor: act.actor.it.plain(),
                kind: kind.to_owned(),
                kinds: Words::of(verb.actors),
            };
            self.at(text, bytes, problem);
        }
        Some(verb)
    }

    fn expectation(
        &mut self,
        text: Text<'t>,
        first: &Bytes,
        expectation: RawExpectation,
    ) -> Option<Expectation> {
        if matches!(expectation, RawExpectation::Ok | RawExpectation::Refused(_)) && !self.acted {
            let place = text.place(first);
            let problem = Problem::NothingToExpectOf {};
            self.tell(Severity::Warning, place, problem, None);
        }
        let known = |words: &[super::Word], name: &str| {
            words.is_empty() || words.iter().any(|word| word.name == name)
        };
        Some(match expectation {
            RawExpectation::Ok => Expectation::Ok,
            RawExpectation::Refused(None) => Expectation::Refused(None),
            RawExpectation::Refused(Some(At { it: code, bytes })) => {
                let refusals = self.vocabulary.refusals;
                if !known(refusals, &code) {
                    let refusal = code.clone();
                    let candidates = refusals.iter().map(|word| word.name);
                    let problem = Problem::UnknownRefusal { refusal };
                    self.unknown(text, &bytes, problem, &code, candidates);
                }
                Expectation::Refused(Some(code))
            }
            RawExpectation::Holds(At { it: name, bytes }) => {
                let invariants = self.vocabulary.invariants;
                if !known(invariants, &name) {
                    let candidates = invariants.iter().map(|word| word.name);
                    let problem = Problem::UnknownInvariant { name: name.clone() };
                    self.unknown(text, &bytes, problem, &name, candidates);
                }
                Expectation::Holds(name)
            }
            RawExpectation::Path {
                actor,
                fields,
                op,
                value,
            } => {
                let party = self.party(text, &actor.it, &actor.bytes);
                let account = match party {
                    Some(party) => self.account(text, &actor.it, party, &fields),
                    None => None,
                };
                let fields: Vec<String> = fields.into_iter().map(|field| field.it).collect();
                let value = match account {
                    Some(account) => {
                        self.typed(text, &fields.join("."), account.ty, value, true)?
                    }
                    None => value.it,
                };
                let actor = actor.it;
                Expectation::Path {
                    path: Path { actor, fields },
                    op,
                    value,
                }
            }
        })
    }

    /// What of a party's an expectation looks at; if the party has no such
    /// thing, that is told.
    fn account(
        &mut self,
        text: Text<'t>,
        actor: &ActorName,
        party: Named,
        fields: &[At<String>],
    ) -> Option<&'v AccountSpec> {
        let accounts = self.vocabulary.accounts;
        let (first, more) = fields.split_first()?;
        if accounts.is_empty() {
            return None;
        }
        let fits = |account: &&AccountSpec| {
            account.kinds.is_empty() || party.kind.is_none_or(|kind| account.kinds.contains(&kind))
        };
        let found = accounts
            .iter()
            .filter(fits)
            .find(|account| account.name == first.it);
        match found {
            Some(account) if account.open || more.is_empty() => Some(account),
            Some(account) => {
                let problem = Problem::UnknownAccount {
                    name: format!("{}.{}", actor.plain(), account.name),
                    account: more[0].it.clone(),
                };
                self.at(text, &more[0].bytes, problem);
                None
            }
            None => {
                let problem = Problem::UnknownAccount {
                    name: actor.plain(),
                    account: first.it.clone(),
                };
                let candidates = accounts.iter().filter(fits).map(|account| account.name);
                self.unknown(text, &first.bytes, problem, &first.it, candidates);
                None
            }
        }
    }

    // --- arguments ---

    /// Gives each argument to its field.
    fn bind(
        &mut self,
        text: Text<'t>,
        spec: &'static Spec,
        head: &Bytes,
        items: Vec<Item>,
    ) -> Args {
        let mut given: BTreeMap<usize, Option<Arg>> = BTreeMap::new();
        let mut named = false;
        let mut items = items.into_iter().peekable();
        while let Some(Item { key, mut value }) = items.next() {
            let index = match &key {
                Some(key) => {
                    named = true;
                    self.named_field(text, spec, key, &given)
                }
                None if named => {
                    self.at(text, &value.bytes, Problem::ValueAfterNamed {});
                    continue;
                }
                None => self.next_field(text, spec, &value, &given),
            };
            let Some(index) = index else { continue };
            let field = &spec.fields[index];
            // `12.50 CNY`: the currency may be a word of its own, unless the
            // next field takes a word.
            if field.ty == FieldType::Amount
                && let Value::Number {
                    unit: unit @ None, ..
                } = &mut value.it
                && (named || !spec.fields.get(index + 1).is_some_and(takes_word))
                && let Some(code) = items.next_if(is_currency_word)
            {
                value.bytes.end = code.value.bytes.end;
                if let Value::Name(code) = code.value.it {
                    *unit = Some(code);
                }
            }
            let place = text.place(&value.bytes);
            let value = self.typed(text, field.name, field.ty, value, false);
            given.insert(
                index,
                value.map(|value| Arg {
                    field,
                    value,
                    place,
                }),
            );
        }
        for (index, field) in spec.fields.iter().enumerate() {
            if field.required && !given.contains_key(&index) {
                let problem = Problem::MissingField {
                    of: spec.name.to_owned(),
                    field: field.name.to_owned(),
                };
                self.at(text, head, problem);
            }
        }
        Args {
            fields: spec.fields,
            given: given.into_values().flatten().collect(),
        }
    }

    fn named_field(
        &mut self,
        text: Text<'t>,
        spec: &'static Spec,
        key: &At<String>,
        given: &BTreeMap<usize, Option<Arg>>,
    ) -> Option<usize> {
        let position = spec.fields.iter().position(|field| field.name == key.it);
        match position {
            None => {
                let problem = Problem::UnknownField {
                    of: spec.name.to_owned(),
                    field: key.it.clone(),
                };
                let free = spec
                    .fields
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| !given.contains_key(index))
                    .map(|(_, field)| field.name);
                self.unknown(text, &key.bytes, problem, &key.it, free);
                None
            }
            Some(index) if given.contains_key(&index) => {
                let field = key.it.clone();
                self.at(text, &key.bytes, Problem::FieldTwice { field });
                None
            }
            index => index,
        }
    }

    /// The field that takes the next value without a name.
    fn next_field(
        &mut self,
        text: Text<'t>,
        spec: &'static Spec,
        value: &At<Value>,
        given: &BTreeMap<usize, Option<Arg>>,
    ) -> Option<usize> {
        let free = |(index, _): &(usize, &FieldSpec)| !given.contains_key(index);
        let fields = || spec.fields.iter().enumerate().filter(free);
        if let Some((index, _)) = fields().find(|(_, field)| field.positional) {
            return Some(index);
        }
        let problem = Problem::TooManyValues {
            of: spec.name.to_owned(),
            most: spec.fields.iter().filter(|field| field.positional).count(),
        };
        let mut fault = Fault::new(problem, value.bytes.clone());
        // If one field only can take it, that was meant.
        let mut takers = fields().filter(|(_, field)| takes(field.ty, &value.it));
        if let (Some((_, field)), None) = (takers.next(), takers.next()) {
            let start = value.bytes.start..value.bytes.start;
            fault = fault.suggest(start, format!("{}=", field.name));
        }
        self.fault(text, fault);
        None
    }

    /// The value as its field's type has it: a quoted word is a name where a
    /// name is taken, and the preset's own currency needs no mention. If it is
    /// of another type, that is told.
    fn typed(
        &mut self,
        text: Text<'t>,
        field: &str,
        ty: FieldType,
        value: At<Value>,
        signed: bool,
    ) -> Option<Value> {
        let At { it: value, bytes } = value;
        match (ty, value) {
            (FieldType::Amount, Value::Number { digits, unit })
                if !matches!(unit.as_deref(), Some("%" | "/s")) =>
            {
                self.amount(text, &bytes, digits, unit, signed)
            }
            (FieldType::Count, Value::Number { digits, unit }) => {
                self.count(text, &bytes, field, digits, unit)
            }
            (FieldType::Actor(kinds), Value::Name(name) | Value::Text(name)) => {
                self.party_of_kind(text, &bytes, field, kinds, name)
            }
            (FieldType::Name, Value::Name(name) | Value::Text(name)) => {
                self.good_name(text, &bytes, &name)?;
                Some(Value::Name(name))
            }
            (FieldType::WalletType, Value::Name(name) | Value::Text(name)) => {
                let Some(preset) = self.outcome.preset.clone() else {
                    return Some(Value::Name(name));
                };
                if preset.wallet_types.contains(&name) {
                    return Some(Value::Name(name));
                }
                let known = preset.wallet_types.iter().map(String::as_str);
                let problem = Problem::UnknownWalletType {
                    wallet_type: name.clone(),
                    preset: preset.name.clone(),
                    types: Words::of(&preset.wallet_types),
                };
                self.unknown(text, &bytes, problem, &name, known);
                None
            }
            (FieldType::Choice(choices), Value::Name(word) | Value::Text(word)) => {
                if choices.contains(&word.as_str()) {
                    return Some(Value::Name(word));
                }
                let problem = Problem::UnknownChoice {
                    field: field.to_owned(),
                    word: word.clone(),
                    choices: Words::of(choices),
                };
                self.unknown(text, &bytes, problem, &word, choices.iter().copied());
                None
            }
            (FieldType::Text, value @ Value::Text(_))
            | (FieldType::Duration, value @ Value::Duration(_))
            | (FieldType::Bool, value @ Value::Bool(_)) => Some(value),
            (_, value) => {
                let problem = Problem::WrongType {
                    field: field.to_owned(),
                    expected: expected_type(ty),
                    found: found_type(&value),
                };
                let mut fault = Fault::new(problem, bytes.clone());
                let written = &text.text[bytes.clone()];
                match (ty, &value) {
                    (FieldType::Text, Value::Name(name)) if !name.contains('/') => {
                        fault = fault.suggest(bytes, format!("\"{name}\""));
                    }
                    (FieldType::Amount, Value::Text(inner))
                        if parse_minor(inner, u8::MAX).is_ok() =>
                    {
                        fault = fault.suggest(bytes, inner.clone());
                    }
                    (FieldType::Duration, Value::Number { unit: None, .. }) => {
                        fault = fault.suggest(bytes, format!("{written}s"));
                    }
                    _ => {}
                }
                self.fault(text, fault);
                None
            }
        }
    }

    fn amount(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        digits: String,
        unit: Option<String>,
        signed: bool,
    ) -> Option<Value> {
        let Some(currency) = self.outcome.preset.as_ref().map(|preset| preset.currency) else {
            return Some(Value::Number { digits, unit });
        };
        if let Some(unit) = unit.filter(|unit| unit != currency.code()) {
            let problem = Problem::WrongCurrency {
                expected: currency.code().to_owned(),
                found: unit,
            };
            self.at(text, bytes, problem);
            return None;
        }
        let fault = match parse_minor(&digits, currency.decimals()) {
            Ok(_) if digits.starts_with('-') && !signed => {
                let sign = bytes.start..bytes.start + 1;
                Fault::new(Problem::NegativeAmount {}, bytes.clone()).suggest(sign, "")
            }
            Ok(_) => return Some(Value::Number { digits, unit: None }),
            Err(AmountError::TooManyDecimals { allowed, found }) => Fault::new(
                Problem::TooManyDecimals {
                    currency: currency.code().to_owned(),
                    allowed,
                    found,
                },
                bytes.clone(),
            ),
            // What cannot be read at all has been told of before.
            Err(_) => {
                let most = write_grouped(MAX_MINOR, currency.decimals(), '_');
                Fault::new(Problem::NumberTooLarge { most }, bytes.clone())
            }
        };
        self.fault(text, fault);
        None
    }

    fn count(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        field: &str,
        digits: String,
        unit: Option<String>,
    ) -> Option<Value> {
        let whole = unit.is_none() && digits.bytes().all(|b| b.is_ascii_digit());
        let problem = match digits.parse::<u64>() {
            Ok(count) if whole && count <= MAX_COUNT => {
                return Some(Value::Number { digits, unit: None });
            }
            _ if whole => Problem::NumberTooLarge {
                most: MAX_COUNT.to_string(),
            },
            _ => Problem::NotACount {
                field: field.to_owned(),
            },
        };
        self.at(text, bytes, problem);
        None
    }

    fn party_of_kind(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        field: &str,
        kinds: &'static [&'static str],
        name: String,
    ) -> Option<Value> {
        let actor = ActorName::from_plain(&name);
        self.good_name(text, bytes, &actor.name)?;
        let party = self.party(text, &actor, bytes)?;
        if let Some(kind) = party.kind
            && !kinds.is_empty()
            && !kinds.contains(&kind)
        {
            let problem = Problem::WrongKind {
                field: field.to_owned(),
                name,
                kind: kind.to_owned(),
                kinds: Words::of(kinds),
            };
            self.at(text, bytes, problem);
            return None;
        }
        Some(Value::Name(name))
    }

    /// Holds a quoted word that is to be a name against the form of names.
    fn good_name(&mut self, text: Text<'t>, bytes: &Bytes, name: &str) -> Option<()> {
        let actor = ActorName::from_plain(name);
        let parts = std::iter::once(&actor.name).chain(actor.sub.as_ref());
        match parts.filter_map(|part| name_problem(part)).next() {
            Some(problem) => {
                self.at(text, bytes, problem);
                None
            }
            None => Some(()),
        }
    }

    // --- the end ---

    fn finish(&mut self) {
        self.close_question();
        if let Some((word, place, _)) = self.block.take() {
            self.error(place, Problem::UnendedBlock { word }, None);
        }
        for attempt in std::mem::take(&mut self.attempts) {
            self.attempt(attempt);
        }
        if !self.headers.contains_key("use") && !self.in_body {
            let place = Place {
                line: 1,
                column: 1,
                end_column: 1,
                ..Place::default()
            };
            self.error(place, Problem::MissingUse {}, None);
        }
        for diagnostic in &mut self.outcome.diagnostics {
            if let Problem::UnknownActor { name } = &diagnostic.problem
                && let Some(&Named { line, .. }) = self.names.get(name)
            {
                let name = name.clone();
                diagnostic.problem = Problem::DeclaredLater { name, line };
                diagnostic.suggestion = None;
            }
        }
        self.outcome
            .diagnostics
            .sort_by_key(|diagnostic| (diagnostic.place.line, diagnostic.place.column));
        // The canonical text is read again within the same bounds.
        if self.errors == 0 && self.source.len() > FILE_BYTES / 2 {
            let length = format::format(&self.outcome.script).len();
            if length > FILE_BYTES {
                self.too_large(length);
            }
        }
    }

    fn attempt(&mut self, attempt: Attempt<'t>) {
        let Attempt {
            index,
            text,
            tell,
            act,
            comment,
        } = attempt;
        let errors = self.errors;
        if let Some(when) = &act.when {
            self.moment(text, when);
        }
        // What it creates is known to nothing else.
        let act = self.act(text, act, false);
        if let Some(act) = act
            && self.errors == errors
        {
            let line = &mut self.outcome.script.lines[index];
            line.statement = Some(Statement::Try { tell, act });
            line.comment = comment;
        }
    }
}

/// The most a count can be: beyond it JavaScript's numbers have gaps.
const MAX_COUNT: u64 = 1 << 53;

/// A line's tokens without its comment, and the comment.
fn code(tokens: &[Token]) -> (&[Token], Option<Token>) {
    match tokens.split_last() {
        Some((last, code)) if last.kind == TokenKind::Comment => (code, Some(*last)),
        _ => (tokens, None),
    }
}

/// A name, verb or word as a line has it: of names only those of parties can
/// need quotes.
fn written(name: &str) -> String {
    if name.contains('.') || name.contains('=') {
        name.to_owned()
    } else {
        ActorName::from_plain(name).to_string()
    }
}

fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|part| {
        matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphabetic())
    }) && parts
        .all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether a field takes a word without quotes next in line.
fn takes_word(field: &FieldSpec) -> bool {
    field.positional
        && matches!(
            field.ty,
            FieldType::Actor(_) | FieldType::Name | FieldType::WalletType | FieldType::Choice(_)
        )
}

fn is_currency_word(item: &Item) -> bool {
    item.key.is_none() && matches!(&item.value.it, Value::Name(word) if lexer::is_currency(word))
}

/// Whether a field could take a value, by their types alone.
fn takes(ty: FieldType, value: &Value) -> bool {
    match ty {
        FieldType::Amount | FieldType::Count => {
            matches!(value, Value::Number { unit, .. } if unit.is_none())
        }
        FieldType::Actor(_) | FieldType::Name | FieldType::WalletType | FieldType::Choice(_) => {
            matches!(value, Value::Name(_))
        }
        FieldType::Text => matches!(value, Value::Text(_)),
        FieldType::Duration => matches!(value, Value::Duration(_)),
        FieldType::Bool => matches!(value, Value::Bool(_)),
    }
}

const fn expected_type(ty: FieldType) -> ValueType {
    match ty {
        FieldType::Amount => ValueType::Amount,
        FieldType::Actor(_) => ValueType::Actor,
        FieldType::Name => ValueType::Name,
        FieldType::Text => ValueType::Text,
        FieldType::Count => ValueType::Count,
        FieldType::WalletType => ValueType::WalletType,
        FieldType::Duration => ValueType::Duration,
        FieldType::Bool => ValueType::Bool,
        FieldType::Choice(_) => ValueType::Choice,
    }
}

fn found_type(value: &Value) -> ValueType {
    match value {
        Value::Number { unit, .. } => match unit.as_deref() {
            None => ValueType::Number,
            Some("%") => ValueType::Percent,
            Some("/s") => ValueType::Rate,
            Some(_) => ValueType::Amount,
        },
        Value::Range(..) => ValueType::Range,
        Value::Text(_) => ValueType::Text,
        Value::Name(_) => ValueType::Name,
        Value::Bool(_) => ValueType::Bool,
        Value::DateTime(_) => ValueType::DateTime,
        Value::Duration(_) => ValueType::Duration,
        Value::List(_) => ValueType::List,
        Value::Record(_) => ValueType::Record,
    }
}
