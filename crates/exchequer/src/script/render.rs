//! A diagnostic as the command line prints it: place, sentence, the line with
//! a caret below, and what may have been meant.

use std::fmt::Write;

use super::ast::Place;
use super::check::forbidden;
use super::diagnostic::{Diagnostic, Severity};

/// The widest piece of a source line that is shown, in characters.
const SHOWN: usize = 120;

/// Writes a diagnostic in English, over several lines, each ended.
///
/// `file` is what the text is called, `source` the text itself. A diagnostic of
/// a JSON form is given the text it stands for (see
/// [`from_json`](super::from_json)) and names its pointer besides.
#[must_use]
pub fn render(diagnostic: &Diagnostic, file: &str, source: &[u8]) -> String {
    let Diagnostic {
        severity,
        place,
        problem,
        suggestion,
        pointer,
    } = diagnostic;
    let severity = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let at = match pointer {
        Some(pointer) => format!(
            "{file}{}{pointer}",
            if pointer.is_empty() { "" } else { "#" }
        ),
        None => format!("{file}:{}:{}", place.line, place.column),
    };
    let mut out = format!("{at}: {severity}: {problem} [{}]\n", problem.code());
    let line = source_line(source, place);
    let gutter = place.line.to_string().len();
    if !line.is_empty() {
        let (shown, indent, carets) = excerpt(&line, place);
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "{:gutter$} |\n{} | {shown}\n{:gutter$} | {:indent$}{}\n",
            "",
            place.line,
            "",
            "",
            "^".repeat(carets)
        );
    }
    if let Some(suggestion) = suggestion {
        let replacement = &suggestion.replacement;
        let help = if replacement.is_empty() {
            "leave this out".to_owned()
        } else if suggestion.place.start == suggestion.place.end {
            format!("write `{}` here", replacement.trim())
        } else {
            format!("did you mean `{replacement}`?")
        };
        let _ = writeln!(out, "{:gutter$} = help: {help}", "");
    }
    out
}

/// The line of the source that a place is in.
fn source_line(source: &[u8], place: &Place) -> String {
    let start = place.start.min(source.len());
    let from = source[..start]
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |at| at + 1);
    let to = source[start..]
        .iter()
        .position(|b| *b == b'\n')
        .map_or(source.len(), |at| start + at);
    let line = &source[from..to];
    // Nothing further in can be shown: it is cut to what fits a screen anyway.
    let line = &line[..line.len().min(8 * super::LINE_CHARS)];
    let text = String::from_utf8_lossy(line);
    text.trim_end_matches('\r')
        .trim_start_matches('\u{FEFF}')
        .to_owned()
}

/// The part of a line that is shown, how far its carets are indented and how
/// many there are, in columns of a terminal.
fn excerpt(line: &str, place: &Place) -> (String, usize, usize) {
    let column = place.column.max(1) as usize - 1;
    let end = (place.end_column as usize)
        .saturating_sub(1)
        .max(column + 1);
    let skipped = if line.chars().count() <= SHOWN {
        0
    } else {
        column.saturating_sub(SHOWN / 2)
    };
    let mut shown = String::new();
    let (mut indent, mut carets) = (0, 0);
    if skipped > 0 {
        shown.push('…');
        indent += 1;
    }
    let mut last = skipped;
    for (at, c) in line.chars().enumerate().skip(skipped).take(SHOWN) {
        last = at + 1;
        let width = match c {
            '\t' => {
                shown.push_str("    ");
                4
            }
            c if forbidden(c).is_some() => {
                shown.push('\u{FFFD}');
                1
            }
            c => {
                shown.push(c);
                width(c)
            }
        };
        if at < column {
            indent += width;
        } else if at < end {
            carets += width;
        }
    }
    if line.chars().nth(last).is_some() {
        shown.push('…');
    }
    (shown, indent, carets.max(1))
}

/// How many columns of a terminal a character takes.
fn width(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36F | 0x200B..=0x200F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}
