//! Reading a whole text: every line on its own, then together with what stands
//! above it. Nothing stops at the first fault.

mod acts;
mod arguments;
mod blocks;
mod headers;
mod story;

pub use arguments::yearly;

use std::collections::BTreeMap;

use money::Instant;

use super::ast::{ActorName, Line, Place, Script, Statement, Tell};
use super::diagnostic::{self, Diagnostic, Problem, Severity, Suggestion};
use super::lexer::{self, Token, TokenKind};
use super::names::nearest;
use super::syntax::{self, Bytes, Fault, Raw, RawAct, code_point};
use super::vocabulary::{BUILT_IN, PresetFacts, Presets, Vocabulary};
use super::{FILE_BYTES, LINE_CHARS, LINES, PROBLEMS, STATEMENTS, format};

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

/// What an editor wants to know of the text above the line being written.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) preset: Option<PresetFacts>,
    /// Every name with its kind, as far as that is known.
    pub(super) names: BTreeMap<String, Option<&'static str>>,
    /// The headers seen.
    pub(super) headers: Vec<String>,
    /// Whether a line that is no header has been seen.
    pub(super) in_body: bool,
}

/// Looks through a text, wrong or not, for what an editor wants to know.
pub(super) fn survey(text: &str, vocabulary: &Vocabulary<'_>, presets: &dyn Presets) -> Survey {
    if text.len() > FILE_BYTES {
        return Survey::default();
    }
    let mut checker = Checker::new(text.as_bytes(), vocabulary, presets);
    checker.find_preset();
    for line in lines(checker.source).take(LINES) {
        if !checker.line(line) {
            break;
        }
    }
    let mut names = BTreeMap::new();
    for (name, named) in checker.names {
        names.insert(name, named.kind);
    }
    Survey {
        preset: checker.outcome.preset,
        names,
        headers: checker.headers.into_keys().collect(),
        in_body: checker.in_body,
    }
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

/// Things that were declared together, called `NAME-1`, `NAME-2` ….
#[derive(Clone, Copy, Debug)]
struct Many {
    /// What each of them is.
    kind: Option<&'static str>,
    count: u64,
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
    /// Whether something is wrong with what it says.
    wrong: bool,
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
    many: BTreeMap<String, Many>,
    /// The keys of translations, with their lines.
    ids: BTreeMap<String, u32>,
    /// The time it is; none while no preset or start is known.
    now: Option<Instant>,
    start: Option<Instant>,
    in_body: bool,
    acted: bool,
    question: Option<Question>,
    attempts: Vec<Attempt<'t>>,
    /// The block that is being read.
    block: Option<blocks::Opened<'t>>,
    /// Whether the line that was taken in ends a block that is good.
    ends: bool,
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
            many: BTreeMap::new(),
            ids: BTreeMap::new(),
            now: None,
            start: None,
            in_body: false,
            acted: false,
            question: None,
            attempts: Vec::new(),
            block: None,
            ends: false,
        }
    }

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
        self.error(text.place(&fault.bytes), *fault.problem, suggestion);
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
            self.push_wrong(whole);
            self.within_block(text, tokens);
            if std::mem::take(&mut self.ends)
                && let Some(line) = self.outcome.script.lines.last_mut()
            {
                line.statement = Some(Statement::End);
                line.comment = comment;
            }
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

    fn finish(&mut self) {
        self.close_question();
        if let Some(block) = self.block.take() {
            let (word, place) = block.begins();
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
        let mut diagnostics = std::mem::take(&mut self.outcome.diagnostics);
        for diagnostic in &mut diagnostics {
            if let Problem::UnknownActor { name } = &diagnostic.problem
                && let Some(Named { line, .. }) = self.named(name)
            {
                let name = name.clone();
                diagnostic.problem = Problem::DeclaredLater { name, line };
                diagnostic.suggestion = None;
            }
        }
        self.outcome.diagnostics = diagnostics;
        diagnostic::in_order(&mut self.outcome.diagnostics);
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
            wrong,
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
            && !wrong
        {
            let line = &mut self.outcome.script.lines[index];
            line.statement = Some(Statement::Try { tell, act });
            line.comment = comment;
        }
    }
}

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
