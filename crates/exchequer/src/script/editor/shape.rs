//! What a line is about to be, as far as it is written.

use world::spec::Spec;

use super::super::ast::ActorName;
use super::super::lexer::{self, Token, TokenKind};
use super::super::vocabulary::Vocabulary;

/// A line in parts.
pub(super) struct Shape<'t> {
    pub(super) line: &'t str,
    /// Its tokens without the comment.
    pub(super) tokens: Vec<Token>,
    /// Whether a time comes first.
    pub(super) timed: bool,
    pub(super) head: Head,
}

/// What a line begins with, behind its time and, if it is a `try`, its text.
pub(super) enum Head {
    /// Nothing yet.
    Empty {
        /// Whether only an act can follow.
        tried: bool,
    },
    /// Somebody who acts.
    Act {
        actor: ActorName,
        /// The first token behind the colon.
        verb: usize,
    },
    /// A word, at this token.
    Word(usize),
    /// Something else.
    Other,
}

impl<'t> Shape<'t> {
    pub(super) fn of(line: &'t str) -> Self {
        let mut tokens = lexer::tokens(line);
        tokens.retain(|token| token.kind != TokenKind::Comment);
        let mut shape = Self {
            line,
            tokens,
            timed: false,
            head: Head::Other,
        };
        let mut at = shape.behind_time(0);
        shape.timed = at > 0;
        let tried = at == 0 && shape.is(0, "try") && shape.kind(1) == Some(TokenKind::Text);
        if tried {
            at = 2;
            if shape.is(at, "id") && shape.is(at + 1, "=") {
                at = (at + 3).min(shape.tokens.len());
            }
            at = shape.behind_time(at);
        }
        shape.head = shape.head_at(at, tried);
        shape
    }

    /// The first token behind the time that may stand at a token.
    fn behind_time(&self, at: usize) -> usize {
        match self.kind(at) {
            Some(TokenKind::Time | TokenKind::DateTime) => at + 1,
            Some(TokenKind::Sign)
                if self.is(at, "+") && self.kind(at + 1) == Some(TokenKind::Duration) =>
            {
                at + 2
            }
            _ => at,
        }
    }

    fn head_at(&self, at: usize, tried: bool) -> Head {
        let Some(kind) = self.kind(at) else {
            return Head::Empty { tried };
        };
        let name = |at: usize| self.name(at);
        if let Some(name) = name(at) {
            if self.is(at + 1, ":") {
                return Head::Act {
                    actor: ActorName { name, sub: None },
                    verb: at + 2,
                };
            }
            if let Some(sub) = self.name(at + 2)
                && self.is(at + 1, "/")
                && self.is(at + 3, ":")
            {
                return Head::Act {
                    actor: ActorName {
                        name,
                        sub: Some(sub),
                    },
                    verb: at + 4,
                };
            }
        }
        if kind == TokenKind::Word && !tried {
            Head::Word(at)
        } else {
            Head::Other
        }
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn text(&self, at: usize) -> &'t str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.line[token.range()])
    }

    pub(super) fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some() && self.text(at) == text
    }

    /// The name at a token, without its quotes.
    pub(super) fn name(&self, at: usize) -> Option<String> {
        match self.kind(at)? {
            TokenKind::Word => Some(self.text(at).to_owned()),
            TokenKind::Text => lexer::unquote(self.text(at)).ok(),
            _ => None,
        }
    }

    /// The words with points between that begin at a token, and the first
    /// token behind them.
    pub(super) fn dotted(&self, at: usize) -> (String, usize) {
        let mut word = self.text(at).to_owned();
        let mut behind = at + 1;
        while self.is(behind, ".") && self.kind(behind + 1) == Some(TokenKind::Word) {
            word.push('.');
            word.push_str(self.text(behind + 1));
            behind += 2;
        }
        (word, behind)
    }

    /// Whether the line's end is within a list that stands behind a word's `=`.
    pub(super) fn within(&self, word: &str) -> bool {
        let last = |sign| (0..self.tokens.len()).rev().find(|at| self.is(*at, sign));
        last("[").is_some_and(|open| {
            open >= 2
                && self.is(open - 1, "=")
                && self.is(open - 2, word)
                && last("]").is_none_or(|close| close < open)
        })
    }

    /// The verb or kind that the line is about, and the first token behind it.
    pub(super) fn spec(&self, vocabulary: &Vocabulary<'_>) -> Option<(&'static Spec, usize)> {
        match &self.head {
            Head::Act { verb, .. } => {
                let (word, behind) = self.dotted(*verb);
                Some((vocabulary.verb(&word)?, behind))
            }
            Head::Word(at) => Some((vocabulary.kind(self.text(*at))?, at + 2)),
            _ => None,
        }
    }
}
