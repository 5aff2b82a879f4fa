//! A line's words, numbers and signs. Total: every character belongs to a
//! token, to the blanks between, or is a token of its own that says that it
//! belongs nowhere.

/// What a token is, by its shape alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `seller`
    Word,
    /// `"…"`
    Quoted,
    /// A text whose closing quote is missing.
    Open,
    /// `1_200.00`
    Number,
    /// `12.5%`, `1/3`
    Share,
    /// `30d`
    Duration,
    /// `2025-12-31T18:00`
    Moment,
    /// `: = , ( ) [ ] + -`
    Sign,
    /// Anything else.
    Stray,
}

/// A token, its text and where it stands, in characters from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    pub(super) column: u32,
    pub(super) end_column: u32,
}

/// Whether a word can begin so.
pub(super) fn starts_word(c: char) -> bool {
    c.is_alphabetic()
}

/// Whether a word can go on so.
pub(super) fn continues_word(c: char) -> bool {
    // Scripts such as Devanagari spell with marks that are no letters.
    c.is_alphanumeric() || matches!(c, '-' | '_') || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{DFF}' | '\u{E00}'..='\u{FFF}' | '\u{1780}'..='\u{17D3}')
}

/// Reads a line's tokens; apart from them, its comment without the `#`.
pub(super) fn tokens(line: &str) -> (Vec<Token<'_>>, Option<&str>) {
    let mut tokens = Vec::new();
    let mut rest = line;
    let mut column = 1;
    while let Some(c) = rest.chars().next() {
        if c == ' ' || c == '\t' {
            rest = &rest[1..];
            column += 1;
            continue;
        }
        let (kind, length) = match c {
            '#' => return (tokens, Some(rest[1..].trim())),
            '"' => quoted(rest),
            '0'..='9' => number(rest),
            c if starts_word(c) => (Kind::Word, run(rest, continues_word)),
            ':' | '=' | ',' | '(' | ')' | '[' | ']' | '+' | '-' => (Kind::Sign, 1),
            c => (Kind::Stray, c.len_utf8()),
        };
        let (text, behind) = rest.split_at(length);
        let end_column = column + u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        tokens.push(Token {
            kind,
            text,
            column,
            end_column,
        });
        (rest, column) = (behind, end_column);
    }
    (tokens, None)
}

fn run(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn quoted(rest: &str) -> (Kind, usize) {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (Kind::Quoted, at + 1),
            _ => {}
        }
    }
    (Kind::Open, rest.len())
}

/// As much as could be meant as one number, length of time or date, so that
/// what is wrong with it is told once.
fn number(rest: &str) -> (Kind, usize) {
    let mut end = 0;
    while let Some(c) = rest[end..].chars().next() {
        let behind = &rest[end + c.len_utf8()..];
        let digit_follows = behind.starts_with(|next: char| next.is_ascii_digit());
        let belongs = match c {
            '_' => true,
            '.' | ':' | '/' => digit_follows,
            '-' => digit_follows && matches!(end, 4 | 7) && is_date(&rest[..end]),
            '%' => {
                return (Kind::Share, end + 1);
            }
            c => c.is_alphanumeric(),
        };
        if !belongs {
            break;
        }
        end += c.len_utf8();
    }
    let text = &rest[..end];
    let kind = if text.contains(['-', ':']) {
        Kind::Moment
    } else if text.contains('/') {
        Kind::Share
    } else if text.ends_with(|c: char| c.is_ascii_lowercase()) {
        Kind::Duration
    } else {
        Kind::Number
    };
    (kind, end)
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

/// Undoes the escapes of a quoted text.
pub(super) fn unquote(token: &str) -> Option<String> {
    let inner = token.get(1..token.len().checked_sub(1)?)?;
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(c @ ('"' | '\\')) => text.push(c),
                _ => return None,
            },
            c => text.push(c),
        }
    }
    Some(text)
}
