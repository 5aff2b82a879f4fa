//! What an editor asks of a text that is being written: colours, completion
//! and help. All of it works on any text, wrong ones above all.

mod complete;
mod highlight;
mod hover;
mod keywords;
mod shape;

use std::ops::Range;

pub use complete::{Completion, CompletionKind, complete};
pub use highlight::{TokenClass, highlight};
pub use hover::{Hover, hover};

use super::vocabulary::Word;

/// The words that begin a scenario's headers, with what they mean.
pub fn headers() -> impl Iterator<Item = Word> {
    keywords::HEADERS.iter().map(|keyword| Word {
        name: keyword.word,
        doc: keyword.doc,
    })
}

/// The line of a text that a place is in: where it starts and what it says.
/// A place within a character counts as the one before it.
fn line_at(text: &str, offset: usize) -> (usize, &str, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..]
        .find('\n')
        .map_or(text.len(), |at| offset + at);
    (start, &text[start..end], offset)
}

/// Where the lines of a text stand.
fn line_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let from = start;
        start += line.len();
        from..from + line.trim_end_matches(['\n', '\r']).len()
    })
}
