//! From a line's tokens to what it says, before names and types are looked at.

mod raw;
mod values;

use money::{Civil, Span};
use world::spec::Value;

use super::ast::{ActorName, Op, Path, When};
use super::diagnostic::{Expected, Found, Problem};
use super::lexer::{self, Token, TokenKind};
use super::names;
use values::{date_time, number, span, time_of_day};

pub(super) use raw::{At, Bytes, Fault, Item, Raw, RawAct, RawExpectation, RawTell};
pub(super) use values::time_fault;

/// The words that begin a header line.
pub(super) const HEADERS: [&str; 7] = ["title", "use", "seed", "start", "lang", "signing", "set"];
/// The words that begin a tell line.
pub(super) const TELLS: [&str; 6] = ["step", "note", "ask", "choice", "reveal", "try"];
/// The words that begin a block.
pub(super) const BLOCKS: [&str; 2] = ["contract", "condition"];
/// The words that begin other lines.
pub(super) const OTHERS: [&str; 3] = ["wait", "expect", "end"];

type Read<T> = Result<T, Fault>;

/// Reads a line's tokens, of which none is a comment, and which are at least
/// one. `is_kind` knows the kinds of things that can be declared.
pub(super) fn read(line: &str, tokens: &[Token], is_kind: &dyn Fn(&str) -> bool) -> Read<Raw> {
    let mut cursor = Cursor {
        line,
        tokens,
        at: 0,
    };
    cursor.check_tokens()?;
    let raw = cursor.statement(is_kind)?;
    cursor.end()?;
    Ok(raw)
}

/// Reads a value that stands alone.
pub(super) fn value(text: &str) -> Read<Value> {
    alone(text, |cursor| Ok(cursor.value_with_currency()?.it))
}

/// Reads a time that stands alone.
pub(super) fn when(text: &str) -> Read<When> {
    alone(text, |cursor| match cursor.when()? {
        Some(when) => Ok(when.it),
        None => cursor.expected(Expected::When),
    })
}

/// Reads what an expectation looks at, standing alone.
pub(super) fn path(text: &str) -> Read<Path> {
    alone(text, |cursor| {
        let (actor, fields) = cursor.path()?;
        Ok(Path {
            actor: actor.it,
            fields: fields.into_iter().map(|field| field.it).collect(),
        })
    })
}

/// Reads words with points between, standing alone.
pub(super) fn dotted(text: &str, expected: Expected) -> Read<String> {
    alone(text, |cursor| Ok(cursor.dotted(expected)?.it))
}

fn alone<T>(text: &str, read: impl FnOnce(&mut Cursor<'_>) -> Read<T>) -> Read<T> {
    let tokens = lexer::tokens(text);
    let mut cursor = Cursor {
        line: text,
        tokens: &tokens,
        at: 0,
    };
    cursor.check_tokens()?;
    let it = read(&mut cursor)?;
    cursor.end()?;
    Ok(it)
}

/// Saves the name that a line means to declare although it cannot be read, so
/// that its uses are not told as faults too.
pub(super) fn salvage(
    line: &str,
    tokens: &[Token],
    is_kind: &dyn Fn(&str) -> bool,
) -> Option<(Option<String>, ActorName)> {
    let mut cursor = Cursor {
        line,
        tokens,
        at: 0,
    };
    let first = cursor.peek()?;
    if first.kind == TokenKind::Word && is_kind(cursor.text(first)) {
        cursor.at = 1;
        let name = cursor.actor(Expected::Name).ok()?;
        return Some((Some(cursor.text(first).to_owned()), name.it));
    }
    cursor.at = tokens.len().checked_sub(2)?;
    if !cursor.is_word("as") {
        return None;
    }
    cursor.at += 1;
    let name = cursor.name().ok()?.it;
    Some((None, ActorName { name, sub: None }))
}

struct Cursor<'t> {
    line: &'t str,
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Cursor<'t> {
    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    fn peek_at(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn text(&self, token: Token) -> &'t str {
        &self.line[token.range()]
    }

    /// Where the next token stands, or the end of the last one.
    fn here(&self) -> Bytes {
        match self.peek() {
            Some(token) => token.range(),
            None => {
                let end = self.tokens.last().map_or(0, |token| token.end);
                end..end
            }
        }
    }

    /// Whether nothing stands between the last token taken and the next one.
    fn adjacent(&self) -> bool {
        match (self.at.checked_sub(1), self.peek()) {
            (Some(before), Some(next)) => self.tokens[before].end == next.start,
            _ => false,
        }
    }

    fn is_sign(&self, ahead: usize, sign: &str) -> bool {
        self.peek_at(ahead)
            .is_some_and(|token| token.kind == TokenKind::Sign && self.text(token) == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        self.peek()
            .is_some_and(|token| token.kind == TokenKind::Word && self.text(token) == word)
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(0, sign);
        self.at += usize::from(found);
        found
    }

    fn expected<T>(&self, expected: Expected) -> Read<T> {
        let found = self.peek().map_or("", |token| self.text(token));
        Err(Fault::new(
            Problem::Expected {
                expected,
                found: Found::new(found),
            },
            self.here(),
        ))
    }

    /// What is wrong with the tokens themselves comes before what they say.
    fn check_tokens(&self) -> Read<()> {
        for token in self.tokens {
            let text = self.text(*token);
            match token.kind {
                TokenKind::Stray => {
                    let problem = Problem::StrayCharacter {
                        character: text.to_owned(),
                    };
                    let fault = Fault::new(problem, token.range());
                    return Err(match text.chars().next().and_then(plain_sign) {
                        Some(sign) => fault.suggest(token.range(), sign),
                        None => fault,
                    });
                }
                TokenKind::OpenText => {
                    let end = token.end..token.end;
                    return Err(
                        Fault::new(Problem::UnterminatedText {}, token.range()).suggest(end, "\"")
                    );
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn end(&self) -> Read<()> {
        if self.peek().is_none() {
            return Ok(());
        }
        if self.is_sign(0, ",") {
            self.comma_in_number()?;
        }
        self.expected(Expected::End)
    }

    /// `2,500` outside a list means a number with a comma in it.
    fn comma_in_number(&self) -> Read<()> {
        let around = (
            self.at.checked_sub(1).map(|before| self.tokens[before]),
            self.peek(),
            self.peek_at(1),
        );
        if let (Some(before), Some(comma), Some(behind)) = around
            && before.kind == TokenKind::Number
            && behind.kind == TokenKind::Number
            && before.end == comma.start
            && comma.end == behind.start
        {
            return Err(
                Fault::new(Problem::CommaInNumber {}, comma.range()).suggest(comma.range(), "_")
            );
        }
        Ok(())
    }

    fn statement(&mut self, is_kind: &dyn Fn(&str) -> bool) -> Read<Raw> {
        let when = self.when()?;
        if self.is_act() {
            return Ok(Raw::Act(self.act(when)?));
        }
        let Some(token) = self.peek().filter(|token| token.kind == TokenKind::Word) else {
            return self.expected(if when.is_some() {
                Expected::ActWaitOrExpect
            } else {
                Expected::Statement
            });
        };
        let word = self.text(token);
        self.at += 1;
        match (word, when) {
            ("wait", Some(when)) => return Ok(Raw::Wait(when)),
            ("wait", None) => {
                let start = token.start..token.start;
                return Err(
                    Fault::new(Problem::MissingTime {}, token.range()).suggest(start, "+1d ")
                );
            }
            ("expect", when) => {
                let expectation = self.expectation()?;
                return Ok(Raw::Expect { when, expectation });
            }
            (word, Some(when)) if begins_statement(word) || is_kind(word) => {
                let word = word.to_owned();
                return Err(Fault::new(Problem::TimeNotTaken { word }, when.bytes));
            }
            _ => {}
        }
        match word {
            "title" => Ok(Raw::Title(self.quoted()?.it)),
            "use" => self.use_(),
            "seed" => Ok(Raw::Seed(self.whole(u64::MAX)?.it)),
            "start" => Ok(Raw::Start(self.start()?)),
            "lang" => Ok(Raw::Lang(self.word(Expected::LanguageTag)?)),
            "signing" => {
                let word = self.word(Expected::OnOrOff)?;
                match word.it.as_str() {
                    "on" => Ok(Raw::Signing(true)),
                    "off" => Ok(Raw::Signing(false)),
                    _ => {
                        self.at -= 1;
                        self.expected(Expected::OnOrOff)
                    }
                }
            }
            "set" => self.set(),
            "step" => Ok(Raw::Step(self.tell()?)),
            "note" => Ok(Raw::Note(self.tell()?)),
            "ask" => Ok(Raw::Ask(self.tell()?)),
            "choice" => self.choice(),
            "reveal" => Ok(Raw::Reveal(self.tell()?)),
            "try" => {
                let tell = self.tell()?;
                let when = self.when()?;
                let act = self.act(when)?;
                Ok(Raw::Try { tell, act })
            }
            "contract" | "condition" => {
                let word = At::new(word.to_owned(), token.range());
                Ok(Raw::Block {
                    word,
                    name: self.name()?,
                })
            }
            "end" if self.peek().is_none() => Ok(Raw::End),
            kind if is_kind(kind) => Ok(Raw::Declare {
                kind: At::new(kind.to_owned(), token.range()),
                name: self.actor(Expected::Name)?,
                items: self.items()?,
            }),
            word => {
                let word = At::new(word.to_owned(), token.range());
                let name = self.actor(Expected::Name).ok();
                self.at = self.tokens.len();
                Ok(Raw::Unknown { word, name })
            }
        }
    }

    /// Whether an actor's name and a colon come next.
    fn is_act(&self) -> bool {
        let is_name = |ahead| {
            self.peek_at(ahead)
                .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Text))
        };
        is_name(0)
            && (self.is_sign(1, ":")
                || (self.is_sign(1, "/") && is_name(2) && self.is_sign(3, ":")))
    }

    fn when(&mut self) -> Read<Option<At<When>>> {
        let Some(token) = self.peek() else {
            return Ok(None);
        };
        let text = self.text(token);
        let when = match token.kind {
            TokenKind::Time => When::TimeOfDay(time_of_day(text, token.range())?),
            TokenKind::DateTime => When::At(date_time(text, token.range())?),
            TokenKind::Sign if text == "+" => {
                self.at += 1;
                if !self.adjacent() {
                    return self.expected(Expected::Duration);
                }
                let span = self.duration()?;
                let bytes = token.start..span.bytes.end;
                return Ok(Some(At::new(When::After(span.it), bytes)));
            }
            TokenKind::Duration => {
                let start = token.start..token.start;
                return self
                    .expected(Expected::When)
                    .map_err(|fault: Fault| fault.suggest(start, "+"));
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(At::new(when, token.range())))
    }

    fn duration(&mut self) -> Read<At<Span>> {
        match self.peek() {
            Some(token) if token.kind == TokenKind::Duration => {
                self.at += 1;
                Ok(At::new(
                    span(self.text(token), token.range())?,
                    token.range(),
                ))
            }
            _ => self.expected(Expected::Duration),
        }
    }

    fn start(&mut self) -> Read<At<Civil>> {
        match self.peek() {
            Some(token) if token.kind == TokenKind::DateTime => {
                self.at += 1;
                let civil = date_time(self.text(token), token.range())?;
                Ok(At::new(civil, token.range()))
            }
            _ => self.expected(Expected::DateTime),
        }
    }

    fn word(&mut self, expected: Expected) -> Read<At<String>> {
        match self.peek() {
            Some(token) if token.kind == TokenKind::Word => {
                self.at += 1;
                Ok(At::new(self.text(token).to_owned(), token.range()))
            }
            _ => self.expected(expected),
        }
    }

    /// Words with points between: a verb, a path, a code.
    fn dotted(&mut self, expected: Expected) -> Read<At<String>> {
        let mut word = self.word(expected)?;
        while self.is_sign(0, ".") && self.adjacent() {
            self.at += 1;
            if !self.adjacent() {
                return self.expected(expected);
            }
            let next = self.word(expected)?;
            word.it.push('.');
            word.it.push_str(&next.it);
            word.bytes.end = next.bytes.end;
        }
        Ok(word)
    }

    fn quoted(&mut self) -> Read<At<String>> {
        match self.peek() {
            Some(token) if token.kind == TokenKind::Text => {
                self.at += 1;
                self.unquote(token)
            }
            None => self.expected(Expected::Text),
            Some(token) => {
                // Quotes around the rest of the line make it a text.
                let end = self.tokens.last().map_or(token.end, |last| last.end);
                let rest = &self.line[token.start..end];
                let fault = self.expected(Expected::Text);
                if rest.contains(['"', '\\']) {
                    return fault;
                }
                fault.map_err(|fault: Fault| fault.suggest(token.start..end, names::quote(rest)))
            }
        }
    }

    fn unquote(&self, token: Token) -> Read<At<String>> {
        match lexer::unquote(self.text(token)) {
            Ok(text) => Ok(At::new(text, token.range())),
            Err(range) => {
                let bytes = token.start + range.start..token.start + range.end;
                let escape = self.line[bytes.clone()].to_owned();
                let start = bytes.start..bytes.start;
                Err(Fault::new(Problem::BadEscape { escape }, bytes).suggest(start, "\\"))
            }
        }
    }

    /// A name, bare or quoted, in good form.
    fn name(&mut self) -> Read<At<String>> {
        let name = match self.peek() {
            Some(token) if token.kind == TokenKind::Word => {
                self.at += 1;
                At::new(self.text(token).to_owned(), token.range())
            }
            Some(token) if token.kind == TokenKind::Text => {
                self.at += 1;
                self.unquote(token)?
            }
            _ => return self.expected(Expected::Name),
        };
        match name_problem(&name.it) {
            Some(problem) => Err(Fault::new(problem, name.bytes)),
            None => Ok(name),
        }
    }

    /// A party's name or that of a thing of a party's.
    fn actor(&mut self, expected: Expected) -> Read<At<ActorName>> {
        if !self
            .peek()
            .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Text))
        {
            return self.expected(expected);
        }
        let At {
            it: name,
            mut bytes,
        } = self.name()?;
        let mut sub = None;
        if self.is_sign(0, "/") && self.adjacent() {
            self.at += 1;
            if !self.adjacent() {
                return self.expected(Expected::Name);
            }
            let thing = self.name()?;
            bytes.end = thing.bytes.end;
            sub = Some(thing.it);
        }
        Ok(At::new(ActorName { name, sub }, bytes))
    }

    fn whole(&mut self, most: u64) -> Read<At<u64>> {
        match self.peek() {
            Some(token) if token.kind == TokenKind::Number => {
                let text = self.text(token);
                let number = number(text, token.range())?;
                let Value::Number { digits, unit: None } = number else {
                    return self.expected(Expected::WholeNumber);
                };
                if !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return self.expected(Expected::WholeNumber);
                }
                match digits.parse::<u64>() {
                    Ok(whole) if whole <= most => {
                        self.at += 1;
                        Ok(At::new(whole, token.range()))
                    }
                    _ => Err(Fault::new(
                        Problem::NumberTooLarge {
                            most: most.to_string(),
                        },
                        token.range(),
                    )),
                }
            }
            _ => self.expected(Expected::WholeNumber),
        }
    }

    fn use_(&mut self) -> Read<Raw> {
        let name = self.word(Expected::Preset)?;
        let mut version = None;
        if self.is_sign(0, "@") && self.adjacent() {
            self.at += 1;
            if !self.adjacent() {
                return self.expected(Expected::WholeNumber);
            }
            let At { it, bytes } = self.whole(u64::from(u32::MAX))?;
            version = u32::try_from(it).ok().map(|it| At::new(it, bytes));
        }
        Ok(Raw::Use { name, version })
    }

    fn set(&mut self) -> Read<Raw> {
        let path = self.dotted(Expected::Path)?;
        self.equals()?;
        let value = self.value_with_currency()?;
        let mut stops = Vec::new();
        if self.is_word("stops") {
            self.at += 1;
            self.equals()?;
            stops = self.values()?;
        }
        let mut source = None;
        if self.is_word("source") {
            self.at += 1;
            self.equals()?;
            source = Some(self.quoted()?.it);
        }
        Ok(Raw::Set {
            path,
            value,
            stops,
            source,
        })
    }

    /// An argument's `=`, which touches what stands before and behind it.
    fn equals(&mut self) -> Read<()> {
        if !self.is_sign(0, "=") {
            return self.expected(Expected::Equals);
        }
        let before = self.adjacent();
        let start = self
            .at
            .checked_sub(1)
            .map_or(0, |before| self.tokens[before].end);
        let sign = self.here();
        self.at += 1;
        match self.peek() {
            None => self.expected(Expected::Value),
            Some(_) if before && self.adjacent() => Ok(()),
            Some(value) => {
                Err(Fault::new(Problem::SpacedEquals {}, sign).suggest(start..value.start, "="))
            }
        }
    }

    fn tell(&mut self) -> Read<RawTell> {
        let text = self.quoted()?.it;
        Ok(RawTell {
            text,
            id: self.id()?,
        })
    }

    fn id(&mut self) -> Read<Option<String>> {
        if !(self.is_word("id") && self.is_sign(1, "=")) {
            return Ok(None);
        }
        self.at += 1;
        self.equals()?;
        Ok(Some(self.word(Expected::Name)?.it))
    }

    fn choice(&mut self) -> Read<Raw> {
        let mut tell = self.tell()?;
        let mut right = None;
        if self.is_word("right") {
            right = Some(self.here());
            self.at += 1;
            if tell.id.is_none() {
                tell.id = self.id()?;
            }
        }
        Ok(Raw::Choice { tell, right })
    }

    fn act(&mut self, when: Option<At<When>>) -> Read<RawAct> {
        let actor = self.actor(Expected::Actor)?;
        if !self.take_sign(":") {
            return self.expected(Expected::Colon);
        }
        let verb = self.dotted(Expected::Verb)?;
        let items = self.items()?;
        let mut as_name = None;
        if self.is_word("as") {
            self.at += 1;
            as_name = Some(self.name()?);
        }
        Ok(RawAct {
            when,
            actor,
            verb,
            items,
            as_name,
        })
    }

    /// The arguments up to the end or an `as` before the last word.
    fn items(&mut self) -> Read<Vec<Item>> {
        let mut items: Vec<Item> = Vec::new();
        while let Some(token) = self.peek() {
            if self.is_word("as") && self.at + 2 >= self.tokens.len() {
                break;
            }
            if self.is_sign(0, ",") {
                self.comma_in_number()?;
            }
            let key = if token.kind == TokenKind::Word && self.is_sign(1, "=") {
                self.at += 1;
                self.equals()?;
                Some(At::new(self.text(token).to_owned(), token.range()))
            } else {
                None
            };
            let value = self.value(0)?;
            items.push(Item { key, value });
        }
        Ok(items)
    }

    fn path(&mut self) -> Read<(At<ActorName>, Vec<At<String>>)> {
        let actor = self.actor(Expected::Name)?;
        let mut fields = Vec::new();
        while self.is_sign(0, ".") && self.adjacent() {
            self.at += 1;
            if !self.adjacent() {
                return self.expected(Expected::Account);
            }
            fields.push(self.word(Expected::Account)?);
        }
        if fields.is_empty() {
            return self.expected(Expected::Account);
        }
        Ok((actor, fields))
    }

    fn expectation(&mut self) -> Read<RawExpectation> {
        if !self.is_sign(1, ".") && !self.is_sign(1, "/") {
            if self.is_word("ok") {
                self.at += 1;
                return Ok(RawExpectation::Ok);
            }
            if self.is_word("refused") {
                self.at += 1;
                let code = match self.peek() {
                    Some(_) => Some(self.dotted(Expected::RefusalCode)?),
                    None => None,
                };
                return Ok(RawExpectation::Refused(code));
            }
            if self.is_word("holds") {
                self.at += 1;
                return Ok(RawExpectation::Holds(self.dotted(Expected::Invariant)?));
            }
        }
        let (actor, fields) = self.path()?;
        let sign = self.here();
        let op = self
            .peek()
            .filter(|token| token.kind == TokenKind::Sign)
            .and_then(|token| Op::from_sign(self.text(token)));
        let Some(op) = op else {
            return self.expected(Expected::Operator);
        };
        let spaced_before = !self.adjacent();
        self.at += 1;
        let Some(behind) = self.peek() else {
            return self.expected(Expected::Value);
        };
        if !spaced_before || self.adjacent() {
            let start = fields.last().map_or(sign.start, |field| field.bytes.end);
            let fault = Fault::new(Problem::UnspacedOperator {}, sign);
            return Err(fault.suggest(start..behind.start, format!(" {} ", op.sign())));
        }
        let value = self.value_with_currency()?;
        Ok(RawExpectation::Path {
            actor,
            fields,
            op,
            value,
        })
    }
}

/// Whether a word begins a statement that is not a declaration.
pub(super) fn begins_statement(word: &str) -> bool {
    HEADERS.contains(&word)
        || TELLS.contains(&word)
        || BLOCKS.contains(&word)
        || OTHERS.contains(&word)
}

/// The sign that a keyboard for another script gives in its own form.
fn plain_sign(c: char) -> Option<String> {
    match u32::from(c) {
        // Full-width forms stand in the order of ASCII.
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).map(String::from),
        0xA0 | 0x2000..=0x200A | 0x202F | 0x3000 => Some(" ".to_owned()),
        0x201C..=0x201F | 0x300C..=0x300F | 0xAB | 0xBB => Some("\"".to_owned()),
        0x2010..=0x2015 | 0x2212 => Some("-".to_owned()),
        0x3001 => Some(",".to_owned()),
        0x3010 => Some("[".to_owned()),
        0x3011 => Some("]".to_owned()),
        _ => None,
    }
}

/// What is wrong with the form of a name, if anything.
pub(super) fn name_problem(name: &str) -> Option<Problem> {
    use names::NameFault;
    if names::RESERVED.contains(&name) {
        let name = name.to_owned();
        return Some(Problem::ReservedName { name });
    }
    Some(match names::fault(name)? {
        NameFault::Blank => Problem::BlankName {},
        NameFault::TooLong => Problem::NameTooLong {
            limit: names::NAME_CHARS,
        },
        NameFault::Composed(c) => Problem::NameNotComposed {
            character: code_point(c),
        },
        NameFault::Character(c) => Problem::NameCharacter {
            character: c.to_string(),
        },
    })
}

/// A character's number, `U+0301`.
pub(super) fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}
