//! A line's words, numbers, texts and signs. Total: every character of every
//! line belongs to a token, to the blanks between, or is a token of its own
//! that says it belongs nowhere.

use std::ops::Range;

use super::names;

/// What a token is, by its shape alone. Whether a time exists or a number has
/// a sensible size is found out by whoever takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `Alice`, `cash-in`
    Word,
    /// `"…"`, escapes not yet undone.
    Text,
    /// A text whose closing quote is missing.
    OpenText,
    /// `-1_234.50`, `5%`, `100/s`, `12.50CNY`; or begins like one and is none.
    Number,
    /// `1h30m`
    Duration,
    /// `09:05`
    Time,
    /// `2025-11-03T09:00`
    DateTime,
    /// `:` `=` `!=` `<` `<=` `>` `>=` `[` `]` `{` `}` `,` `.` `..` `/` `+` `@`
    Sign,
    /// `#` and all behind it.
    Comment,
    /// A character that belongs nowhere.
    Stray,
}

/// A token and where it stands, in bytes from the start of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Token {
    pub(super) const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Whether a character is a blank between tokens.
pub(super) const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t')
}

/// Reads a line's tokens.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let length = c.len_utf8();
        if is_blank(c) {
            at += length;
            continue;
        }
        let rest = &line[at..];
        let (kind, length) = match c {
            '#' => (TokenKind::Comment, rest.len()),
            '"' => quoted(rest),
            '0'..='9' => number(rest, 0),
            '-' if rest[1..].starts_with(|next: char| next.is_ascii_digit()) => number(rest, 1),
            c if names::starts_word(c) => (TokenKind::Word, word(rest)),
            _ => match sign(rest) {
                0 => (TokenKind::Stray, length),
                length => (TokenKind::Sign, length),
            },
        };
        tokens.push(Token {
            kind,
            start: at,
            end: at + length,
        });
        at += length;
    }
    tokens
}

fn quoted(rest: &str) -> (TokenKind, usize) {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (TokenKind::Text, at + 1),
            _ => {}
        }
    }
    (TokenKind::OpenText, rest.len())
}

fn word(rest: &str) -> usize {
    rest.find(|c| !names::continues_word(c))
        .unwrap_or(rest.len())
}

fn sign(rest: &str) -> usize {
    const TWO: [&str; 4] = ["!=", "<=", ">=", ".."];
    if TWO.iter().any(|sign| rest.starts_with(sign)) {
        2
    } else {
        usize::from(rest.starts_with([
            ':', '=', '<', '>', '[', ']', '{', '}', ',', '.', '/', '+', '@',
        ]))
    }
}

/// A run that begins with a digit behind `lead` bytes of sign: as much as could
/// be meant as one number, duration or time, so that what is wrong with it is
/// told once.
fn number(rest: &str, lead: usize) -> (TokenKind, usize) {
    let mut end = lead;
    while let Some(c) = rest[end..].chars().next() {
        let behind = &rest[end + c.len_utf8()..];
        let digit_follows = behind.starts_with(|next: char| next.is_ascii_digit());
        let belongs = match c {
            '_' | '^' => true,
            '.' | ':' => digit_follows,
            '-' => digit_follows && matches!(end - lead, 4 | 7) && is_date(&rest[lead..end]),
            '%' => {
                end += 1;
                break;
            }
            '/' => {
                if behind.starts_with('s') && !behind[1..].starts_with(names::continues_word) {
                    end += 2;
                }
                break;
            }
            c => c.is_alphanumeric(),
        };
        if !belongs {
            break;
        }
        end += c.len_utf8();
    }
    (number_kind(&rest[lead..end]), end)
}

/// Whether a text is the beginning of a date, `2025` or `2025-11`.
fn is_date(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, b)| {
        if at == 4 {
            b == b'-'
        } else {
            b.is_ascii_digit()
        }
    })
}

fn number_kind(run: &str) -> TokenKind {
    if run.contains('-') {
        return TokenKind::DateTime;
    }
    if run.contains(':') {
        return TokenKind::Time;
    }
    let spanning = |b: u8| b.is_ascii_digit() || b == b'_' || b.is_ascii_lowercase();
    if run.bytes().all(spanning) && run.ends_with(|c: char| c.is_ascii_lowercase()) {
        TokenKind::Duration
    } else {
        TokenKind::Number
    }
}

/// Parts a number from the unit attached to it, if there is one.
pub(super) fn split_unit(run: &str) -> (&str, Option<&str>) {
    let digits = if let Some(digits) = run.strip_suffix('%') {
        digits
    } else if let Some(digits) = run.strip_suffix("/s") {
        digits
    } else {
        let currency = run.len().checked_sub(3).filter(|&at| {
            at > 0
                && run.is_char_boundary(at)
                && is_currency(&run[at..])
                && run[..at].ends_with(|c: char| c.is_ascii_digit())
        });
        match currency {
            Some(at) => &run[..at],
            None => run,
        }
    };
    let unit = &run[digits.len()..];
    (digits, Some(unit).filter(|unit| !unit.is_empty()))
}

/// Whether a word has the form of a currency code.
pub(super) fn is_currency(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Undoes the escapes of a text token. What cannot be undone is given as its
/// range in the token.
pub(super) fn unquote(token: &str) -> Result<String, Range<usize>> {
    let inner = &token[1..token.len() - 1];
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some((_, '"')) => text.push('"'),
            Some((_, '\\')) => text.push('\\'),
            Some((_, 'n')) => text.push('\n'),
            other => {
                let length = other.map_or(0, |(_, c)| c.len_utf8());
                return Err(at + 1..at + 2 + length);
            }
        }
    }
    Ok(text)
}
