//! The script as it is written: the editor and what it shows.

mod editor;
mod field;
mod paint;
mod place;
mod wording;

use std::ops::Range;
use std::rc::Rc;

use exchequer::script::Completion;

pub use editor::{Ask, Editor, EditorProps};
pub use place::{followed, line_of};
pub use wording::sentence;

/// How bad something is; the worse, the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The line cannot be played, nor can what stands below it.
    Error,
    /// It plays, and may not be what was meant.
    Warning,
}

/// Something found wrong, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// How bad it is.
    pub severity: Severity,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// What it is, and what to do.
    pub message: String,
    /// What to put where instead.
    pub suggestion: Option<(Range<usize>, String)>,
}

/// What was found wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarks {
    /// The text it was found in.
    pub text: Rc<str>,
    /// What was found, in order of place.
    pub list: Rc<[Remark]>,
}

impl Default for Remarks {
    fn default() -> Remarks {
        Remarks {
            text: "".into(),
            list: Rc::new([]),
        }
    }
}

/// Everything that could stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// The text asked about.
    pub text: Rc<str>,
    /// The place asked about, in bytes.
    pub at: usize,
    /// The offers, the likeliest first.
    pub list: Vec<Completion>,
}
