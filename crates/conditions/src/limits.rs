//! How much there may be of anything. Every bound is checked when a block is
//! read and again when a contract is made ready to run, from wherever it comes.

use money::Span;

/// The most characters of a name.
pub const NAME_CHARS: usize = 64;
/// The most characters of a line.
pub const LINE_CHARS: usize = 1_000;
/// The most lines of a block.
pub const LINES: usize = 1_000;
/// The most bytes of a condition or contract in JSON.
pub const JSON_BYTES: usize = 1_000_000;
/// The most problems that are listed.
pub const PROBLEMS: usize = 100;
/// The most parties of a contract, and signers of a condition.
pub const PARTIES: usize = 16;
/// The most secrets of a contract.
pub const SECRETS: usize = 16;
/// The most different names of actions, values and events of a contract.
pub const WORDS: usize = 64;
/// The most steps as written.
pub const STEPS: usize = 128;
/// The most turns of a step that repeats.
pub const TURNS: u32 = 512;
/// The most states that steps and their turns may unroll to.
pub const STATES: usize = 2_048;
/// The most actions that one step waits for, and handlers of a contract.
pub const CASES: usize = 16;
/// The most things that one line does.
pub const OPS: usize = 16;
/// The most things that all states together do.
pub const ALL_OPS: usize = 32_768;
/// The most levels of a value, a comparison or a condition within each other.
pub const DEPTH: usize = 12;
/// The most parts of one line's values, or of a condition.
pub const NODES: usize = 128;
/// The most names or categories that one `in [...]` lists.
pub const LISTED: usize = 64;
/// The longest a contract may live, counted from its opening.
pub const LONGEST: Span = Span(36_525 * Span::DAY.0);
/// The largest value that may occur on the way to an amount.
pub const VALUE: i128 = 1 << 62;
