//! Walks over a line's tokens. The first fault of a line ends it; other lines
//! are read all the same.

use std::str::FromStr;

use money::Span;

use super::lexer::{Kind, Token, tokens, unquote};
use crate::diagnostic::{Counted, Diagnostic, Expected, Found, Place, Problem, Spot, nearest};
use crate::{Amount, Category, Image, Moment, Name, Share, limits};

/// A fault, boxed: it is large and rare.
pub(super) type Read<T> = Result<T, Box<Diagnostic>>;

pub(super) struct Cursor<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
    line: u32,
    /// Behind the last token.
    end: u32,
    /// How many parts a value or rule has so far.
    nodes: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(line: u32, text: &'a str) -> Self {
        let (tokens, _) = tokens(text);
        let end = tokens.last().map_or(1, |token| token.end_column);
        Self {
            tokens,
            at: 0,
            line,
            end,
            nodes: 0,
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Where all of the line stands.
    pub(super) fn place(&self) -> Place {
        Place {
            line: self.line,
            column: self.tokens.first().map_or(1, |token| token.column),
            end_column: self.end,
        }
    }

    /// Where each word of the line stands.
    pub(super) fn words(&self) -> Vec<(String, Place)> {
        let word = |token: &Token<'_>| {
            let text = match token.kind {
                Kind::Quoted => unquote(token.text)?,
                _ => token.text.to_owned(),
            };
            Some((text, self.place_of(token)))
        };
        self.tokens.iter().filter_map(word).collect()
    }

    fn place_of(&self, token: &Token<'_>) -> Place {
        Place {
            line: self.line,
            column: token.column,
            end_column: token.end_column,
        }
    }

    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.at).copied()
    }

    pub(super) fn fault(&self, problem: Problem, suggestion: Option<String>) -> Box<Diagnostic> {
        let place = self.peek().map_or(
            Place {
                line: self.line,
                column: self.end,
                end_column: self.end,
            },
            |token| self.place_of(&token),
        );
        Box::new(Diagnostic {
            place: Some(place),
            spot: Spot::Whole,
            problem,
            suggestion,
        })
    }

    pub(super) fn expected<T>(&self, expected: Expected) -> Read<T> {
        self.expected_word(expected, &[])
    }

    /// Something else was expected, perhaps one of these words.
    pub(super) fn expected_word<T>(&self, expected: Expected, words: &[&str]) -> Read<T> {
        let token = self.peek();
        let problem = match token {
            Some(token) if token.kind == Kind::Open => Problem::UnterminatedText {},
            Some(token) if token.kind == Kind::Stray => Problem::StrayCharacter {
                character: token.text.to_owned(),
            },
            _ => Problem::Expected {
                expected,
                found: Found::new(token.map_or("", |token| token.text)),
            },
        };
        let suggestion = token
            .filter(|token| token.kind == Kind::Word)
            .and_then(|token| nearest(token.text, words.iter().copied()))
            .map(str::to_owned);
        Err(self.fault(problem, suggestion))
    }

    /// Whether this word comes next.
    pub(super) fn is(&self, word: &str) -> bool {
        self.peek()
            .is_some_and(|token| token.kind == Kind::Word && token.text == word)
    }

    /// Whether this word comes so much later.
    pub(super) fn is_then(&self, ahead: usize, word: &str) -> bool {
        self.tokens
            .get(self.at + ahead)
            .is_some_and(|token| token.text == word && token.kind != Kind::Quoted)
    }

    pub(super) fn next_is(&self, kind: Kind) -> bool {
        self.peek().is_some_and(|token| token.kind == kind)
    }

    /// Takes this word if it comes next.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let taken = self.is(word);
        self.at += usize::from(taken);
        taken
    }

    pub(super) fn need(&mut self, word: &str, expected: Expected) -> Read<()> {
        if self.take(word) {
            Ok(())
        } else {
            self.expected_word(expected, &[word])
        }
    }

    /// Takes this sign if it comes next.
    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let taken = self
            .peek()
            .is_some_and(|token| token.kind == Kind::Sign && token.text == sign);
        self.at += usize::from(taken);
        taken
    }

    pub(super) fn need_sign(&mut self, sign: &str, expected: Expected) -> Read<()> {
        if self.take_sign(sign) {
            Ok(())
        } else {
            self.expected(expected)
        }
    }

    pub(super) fn end(&self) -> Read<()> {
        if self.at == self.tokens.len() {
            Ok(())
        } else {
            self.expected(Expected::LineEnd)
        }
    }

    /// The word at the beginning, for what it does.
    pub(super) fn first_word(&mut self) -> Option<&'a str> {
        let token = self.peek().filter(|token| token.kind == Kind::Word)?;
        self.at += 1;
        Some(token.text)
    }

    /// Steps back to the beginning, to tell of the first word.
    pub(super) fn rewind(&mut self) {
        self.at = 0;
    }

    /// A name, quoted or not. Words with a meaning of their own must be quoted.
    pub(super) fn name(&mut self, expected: Expected) -> Read<Name> {
        let token = match self.peek() {
            Some(token) if matches!(token.kind, Kind::Word | Kind::Quoted) => token,
            _ => return self.expected(expected),
        };
        let text = match token.kind {
            Kind::Quoted => match unquote(token.text) {
                Some(text) => text,
                None => return Err(self.fault(Problem::BadEscape {}, None)),
            },
            // A word with a meaning of its own is a name in quotes only.
            _ if super::KEYWORDS.contains(&token.text) => {
                let mut fault = self.expected::<Name>(expected);
                if let Err(fault) = &mut fault {
                    fault.suggestion = Some(format!("\"{}\"", token.text));
                }
                return fault;
            }
            _ => token.text.to_owned(),
        };
        match Name::new(text) {
            Ok(name) => {
                self.at += 1;
                Ok(name)
            }
            Err(_) => Err(self.malformed(token, expected)),
        }
    }

    fn malformed(&self, token: Token<'_>, expected: Expected) -> Box<Diagnostic> {
        let text = token.text.chars().take(40).collect();
        self.fault(Problem::Malformed { text, expected }, None)
    }

    /// A token of a kind, read as what it stands for.
    fn read<T: FromStr>(&mut self, kind: Kind, expected: Expected) -> Read<T> {
        match self.peek() {
            Some(token) if token.kind == kind => {
                let value = token.text.parse();
                let value = value.map_err(|_| self.malformed(token, expected))?;
                self.at += 1;
                Ok(value)
            }
            _ => self.expected(expected),
        }
    }

    pub(super) fn amount(&mut self) -> Read<Amount> {
        self.read(Kind::Number, Expected::Amount)
    }

    pub(super) fn share(&mut self) -> Read<Share> {
        self.read(Kind::Share, Expected::Share)
    }

    pub(super) fn duration(&mut self) -> Read<Span> {
        self.read(Kind::Duration, Expected::Duration)
    }

    pub(super) fn moment(&mut self) -> Read<Moment> {
        match self.peek() {
            Some(token) if token.kind == Kind::Moment => match token.text.parse() {
                Ok(moment) => {
                    self.at += 1;
                    Ok(moment)
                }
                Err(_) => {
                    let text = token.text.to_owned();
                    Err(self.fault(Problem::NoSuchTime { text }, None))
                }
            },
            _ => self.expected(Expected::Moment),
        }
    }

    pub(super) fn number<T: FromStr>(&mut self) -> Read<T> {
        self.read(Kind::Number, Expected::Number)
    }

    pub(super) fn category(&mut self) -> Read<Category> {
        match self.peek() {
            Some(token) if token.kind == Kind::Number => {
                let code = Some(token.text).filter(|text| text.len() == 4);
                let code = code
                    .and_then(|text| text.parse().ok())
                    .and_then(Category::new);
                let code = code.ok_or_else(|| self.malformed(token, Expected::Category))?;
                self.at += 1;
                Ok(code)
            }
            _ => self.expected(Expected::Category),
        }
    }

    pub(super) fn image(&mut self) -> Read<Image> {
        match self.peek() {
            Some(token) if token.kind == Kind::Quoted => {
                let image = token.text.trim_matches('"').parse();
                let image = image.map_err(|_| self.malformed(token, Expected::Image))?;
                self.at += 1;
                Ok(image)
            }
            _ => self.expected(Expected::Image),
        }
    }

    /// `[a, b, c]`
    pub(super) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        self.need_sign("[", Expected::OpenList)?;
        let mut items = Vec::new();
        loop {
            if items.len() == limits::LISTED {
                let (what, limit) = (Counted::Listed, limits::LISTED);
                return Err(self.fault(Problem::TooMany { what, limit }, None));
            }
            items.push(item(self)?);
            if self.take_sign("]") {
                return Ok(items);
            }
            self.need_sign(",", Expected::CloseList)?;
        }
    }

    /// `(a, b, c)`
    pub(super) fn group<T>(&mut self, mut item: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        self.need_sign("(", Expected::OpenGroup)?;
        let mut items = Vec::new();
        loop {
            items.push(item(self)?);
            if self.take_sign(")") {
                return Ok(items);
            }
            self.need_sign(",", Expected::CloseGroup)?;
        }
    }

    /// One more part of a value or rule, so deep.
    pub(super) fn node(&mut self, depth: usize) -> Read<()> {
        self.nodes += 1;
        if depth > limits::DEPTH {
            let limit = limits::DEPTH;
            return Err(self.fault(Problem::TooDeep { limit }, None));
        }
        if self.nodes > limits::NODES {
            let (what, limit) = (Counted::Nodes, limits::NODES);
            return Err(self.fault(Problem::TooMany { what, limit }, None));
        }
        Ok(())
    }

    /// The parts of another value are counted anew.
    pub(super) fn new_value(&mut self) {
        self.nodes = 0;
    }
}
