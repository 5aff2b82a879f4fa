//! The scenario language: plain text, one statement a line.
//!
//! ```text
//! title "Lunch"
//! use cny-2025@1
//! operator Harbour reserves=10_000.00
//! person Alice at=Harbour type=II deposit=1_000.00
//! merchant Noodles at=Harbour
//! 09:05 Alice: exchange 500.00
//! 09:06 Alice: pay Noodles 12.50 memo="lunch"
//! expect Alice.wallet = 487.50
//! ```
//!
//! A text becomes a [`Script`] by [`parse`], which finds all its problems at
//! once; a script becomes text again by [`format()`], in one canonical form. What
//! verbs and kinds there are comes in as a [`Vocabulary`], what presets there
//! are as [`Presets`]: the language itself knows no operation and no rule.
//!
//! # Bounds
//!
//! No text panics, loops or grows without bound. A file has at most
//! [`FILE_BYTES`] bytes, [`LINES`] lines and [`STATEMENTS`] statements; a line
//! at most [`LINE_CHARS`] characters; lists, records and blocks nest at most
//! [`NESTING`] deep; names have at most [`NAME_CHARS`] characters; at most
//! [`PROBLEMS`] problems are listed.

mod ast;
mod block;
mod check;
mod diagnostic;
mod editor;
mod format;
mod forms;
mod json;
mod lexer;
mod names;
mod render;
mod schema;
mod syntax;
mod vocabulary;

pub use ast::{
    Act, ActorName, Arg, Args, Declare, Expectation, Line, Op, Path, Place, Script, Statement,
    Tell, When, changed_from,
};
pub use block::{Block, Says};
pub use check::{Outcome, parse, yearly};
pub(crate) use diagnostic::in_order;
pub use diagnostic::{
    Diagnostic, Expected, Found, JsonForm, Problem, Severity, Suggestion, TimeFault, ValueType,
    Words,
};
pub use editor::{
    Completion, CompletionKind, Hover, TokenClass, complete, headers, highlight, hover,
};
pub use format::{act, expectation, format, line, statement, value};
pub use forms::{Blank, Deed, Deeds, Draft, Drafted, NAMED, Takes, deeds, drafted};
pub use json::{Imported, JSON_BYTES, from_json, to_json};
pub use names::NAME_CHARS;
pub(crate) use names::is_bare;
pub use render::render;
pub use schema::schema;
pub use vocabulary::{AccountSpec, BUILT_IN, PresetFacts, Presets, Setting, Vocabulary, Word};

/// The most bytes of a file.
pub const FILE_BYTES: usize = 1 << 20;
/// The most lines of a file, blank ones and comments among them.
pub const LINES: usize = 40_000;
/// The most statements of a file.
pub const STATEMENTS: usize = 20_000;
/// The most characters of a line.
pub const LINE_CHARS: usize = 4_096;
/// How deep lists, records and blocks nest.
pub const NESTING: usize = 8;
/// The most stops of a slider.
pub const MOST_STOPS: usize = 16;
/// What leaves a value that is `set` open.
pub const NONE: &str = "none";
/// The most problems that are listed.
pub const PROBLEMS: usize = 100;
