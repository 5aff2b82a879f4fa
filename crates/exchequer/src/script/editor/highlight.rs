//! Colours for a text, by the shape of its lines alone.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::super::lexer::{self, Token, TokenKind};
use super::super::{LINE_CHARS, syntax};
use super::line_ranges;

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenClass {
    /// A word of the language: `title`, `expect`, `as`.
    Keyword,
    /// A kind of thing: `person`.
    Kind,
    /// A verb: `pay`.
    Verb,
    /// A name, or a word that a field takes.
    Name,
    /// A field's name before its `=`, or behind a point.
    Field,
    /// A number.
    Number,
    /// A time, date or duration.
    Time,
    /// A text in quotes.
    Text,
    /// A sign.
    Sign,
    /// A comment.
    Comment,
    /// What belongs nowhere: a stray character, a text without its end.
    Wrong,
}

/// Gives the pieces of a text with what they are, in order; blanks are left
/// out. Cheap, total, and the same for a line whatever stands around it: an
/// editor may give it one line at a time.
#[must_use]
pub fn highlight(text: &str) -> Vec<(Range<usize>, TokenClass)> {
    let mut pieces = Vec::new();
    for line in line_ranges(text) {
        // A line that long is not read either.
        if line.len() <= 4 * LINE_CHARS {
            let pushed = |(range, class): (Range<usize>, _)| {
                pieces.push((line.start + range.start..line.start + range.end, class));
            };
            highlight_line(&text[line.clone()])
                .into_iter()
                .for_each(pushed);
        } else {
            pieces.push((line, TokenClass::Wrong));
        }
    }
    pieces
}

fn highlight_line(line: &str) -> Vec<(Range<usize>, TokenClass)> {
    let tokens = lexer::tokens(line);
    let text = |token: Token| &line[token.range()];
    let is_sign = |token: Option<&Token>, sign| token.is_some_and(|token| text(*token) == sign);
    // What the next word is, as far as those before it say.
    let mut next = Next::Statement;
    let mut pieces = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let behind = tokens.get(index + 1);
        let class = match token.kind {
            TokenKind::Comment => TokenClass::Comment,
            TokenKind::Stray | TokenKind::OpenText => TokenClass::Wrong,
            TokenKind::Number => TokenClass::Number,
            TokenKind::Time | TokenKind::DateTime | TokenKind::Duration => TokenClass::Time,
            TokenKind::Sign if text(*token) == "+" && next == Next::Statement => TokenClass::Time,
            TokenKind::Sign => {
                if text(*token) == ":" && next == Next::Actor {
                    next = Next::Verb;
                }
                TokenClass::Sign
            }
            TokenKind::Word | TokenKind::Text => {
                let word = text(*token);
                let quoted = token.kind == TokenKind::Text;
                let after = |sign| {
                    let before = index.checked_sub(1);
                    before.is_some_and(|before| text(tokens[before]) == sign)
                };
                match next {
                    _ if is_sign(behind, "=") && !quoted => TokenClass::Field,
                    Next::Statement if after("=") => TokenClass::Name,
                    Next::Verb => {
                        if !is_sign(behind, ".") {
                            next = Next::Argument;
                        }
                        TokenClass::Verb
                    }
                    Next::Statement if begins_act(&tokens[index..], line) => {
                        next = Next::Actor;
                        TokenClass::Name
                    }
                    Next::Statement if syntax::begins_statement(word) => {
                        next = match word {
                            "try" => Next::Tried,
                            "expect" => Next::Expected,
                            "set" => Next::Looked,
                            "choice" | "signing" => Next::Marked,
                            _ => Next::Argument,
                        };
                        TokenClass::Keyword
                    }
                    Next::Statement => {
                        next = Next::Argument;
                        if quoted {
                            TokenClass::Text
                        } else {
                            TokenClass::Kind
                        }
                    }
                    // The act follows the text.
                    Next::Tried if quoted => {
                        next = Next::Statement;
                        TokenClass::Text
                    }
                    Next::Expected
                        if !is_sign(behind, ".") && matches!(word, "refused" | "ok" | "holds") =>
                    {
                        next = Next::Argument;
                        TokenClass::Keyword
                    }
                    Next::Expected => {
                        next = Next::Looked;
                        TokenClass::Name
                    }
                    Next::Looked if after(".") => TokenClass::Field,
                    Next::Marked if matches!(word, "right" | "on" | "off") => TokenClass::Keyword,
                    _ if matches!(word, "true" | "false") => TokenClass::Keyword,
                    _ if word == "as" && index + 2 == code_length(&tokens) => TokenClass::Keyword,
                    _ if quoted => TokenClass::Text,
                    _ => TokenClass::Name,
                }
            }
        };
        pieces.push((token.range(), class));
    }
    pieces
}

/// What a word can be next in a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Statement,
    Actor,
    Verb,
    Argument,
    /// The text of a `try`, and its act behind it.
    Tried,
    /// What is expected.
    Expected,
    /// A path, or what it is compared with.
    Looked,
    /// A line with a word of the language in it.
    Marked,
}

fn code_length(tokens: &[Token]) -> usize {
    match tokens.last() {
        Some(last) if last.kind == TokenKind::Comment => tokens.len() - 1,
        _ => tokens.len(),
    }
}

/// Whether an actor and a colon come next.
fn begins_act(tokens: &[Token], line: &str) -> bool {
    let colon = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| &line[token.range()] == ":")
    };
    let slash = tokens
        .get(1)
        .is_some_and(|token| &line[token.range()] == "/");
    colon(1) || (slash && colon(3))
}
