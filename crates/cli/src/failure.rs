//! What can go wrong outside the language, and how a command ends.

use std::io::{self, Write};
use std::process::ExitCode;

use thiserror::Error;

/// How a command ends; the worst of several files counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// All held.
    Held,
    /// An expectation or an invariant failed.
    Failed,
    /// The input was bad.
    Bad,
}

impl From<Verdict> for ExitCode {
    fn from(verdict: Verdict) -> ExitCode {
        ExitCode::from(verdict as u8)
    }
}

/// Why something could not be done. What is wrong with a scenario is told by
/// the language instead, with its place.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    #[error("{name} cannot be read: {why}")]
    Unreadable { name: String, why: io::Error },
    #[error("{name} is a folder, not a scenario")]
    Folder { name: String },
    #[error("{name} is larger than a scenario may be: {found}, and {limit} bytes are the most")]
    TooLarge {
        name: String,
        found: String,
        limit: usize,
    },
    #[error("{name} cannot be written: {why}")]
    Unwritable { name: String, why: io::Error },
    #[error("{name} is a scenario in its JSON form, which has no layout to bring into order")]
    NoLayout { name: String },
    #[error("{name} cannot be played: {count}")]
    Script { name: String, count: String },
    #[error("there is nobody called {name} in this scenario")]
    Nobody { name: String, known: String },
    #[error("“{written}” is neither a number of events nor a time")]
    NotAMoment { written: String },
    #[error("the scenario has only {length} events, and not {asked}")]
    Beyond { asked: u32, length: u32 },
    #[error("{written} lies before the scenario begins, which is at {start}")]
    TooEarly { written: String, start: String },
    #[error("{written} is no time that the calendar of this scenario has: {why}")]
    NoSuchTime {
        written: String,
        why: money::TimeError,
    },
    #[error("{option} does not go with the view {view}")]
    NotWith {
        option: &'static str,
        view: &'static str,
    },
    #[error("{format} is exported as whoever watches the simulation sees it, and not --as anybody")]
    NotExportedAs { format: &'static str },
    #[error("there is no preset {name}")]
    NoPreset { name: String, known: String },
    #[error("there is no lesson {name}")]
    NoLesson { name: String, known: String },
    #[error("there is no model {name}")]
    NoModel { name: String, known: String },
    #[error("what was to be measured did not go as it must: {0}")]
    Bench(String),
    #[error("the attack {attack} could not be played under {model}")]
    Attack {
        attack: &'static str,
        model: &'static str,
    },
}

impl Failure {
    /// What to do about it.
    fn remedy(&self) -> String {
        match self {
            Failure::Unreadable { why, .. } => match why.kind() {
                io::ErrorKind::NotFound => "look at the name and the folder you are in",
                io::ErrorKind::PermissionDenied => "ask for the right to read it",
                _ => "see that it is a file that can be read",
            }
            .to_owned(),
            Failure::Folder { name } => format!("name the scenarios in it: {name}/*.exq"),
            Failure::TooLarge { .. } => {
                "name a smaller file; a long story can be told in several".to_owned()
            }
            Failure::Unwritable { .. } => {
                "see that the folder exists, has room, and may be written to; nothing was changed"
                    .to_owned()
            }
            Failure::NoLayout { .. } => "format the text form (.exq)".to_owned(),
            Failure::Script { .. } => "correct the lines named above".to_owned(),
            Failure::Nobody { known, .. } => format!("name one of {known}"),
            Failure::NoPreset { known, .. }
            | Failure::NoLesson { known, .. }
            | Failure::NoModel { known, .. } => {
                format!("name one of {known}")
            }
            Failure::NotAMoment { .. } => "write 12, 09:06, +2m or 2025-11-03T09:06".to_owned(),
            Failure::Beyond { length, .. } => {
                format!("name a number from 0 to {length}, or leave --at out")
            }
            Failure::TooEarly { .. } => "name a later time, or a number of events".to_owned(),
            Failure::NoSuchTime { .. } => "name another time, or a number of events".to_owned(),
            Failure::NotWith { option, .. } => format!("leave {option} out"),
            Failure::NotExportedAs { .. } => "leave --as out, or export iso20022".to_owned(),
            Failure::Bench(_) | Failure::Attack { .. } => {
                "this is a defect of the engine: please report it".to_owned()
            }
        }
    }

    /// Prints it, with what to do about it.
    pub(crate) fn tell(&self) -> Verdict {
        complain(&format!("error: {self}\n  help: {}\n", self.remedy()));
        Verdict::Bad
    }
}

/// Prints to standard error. If that is closed nobody wants to know.
pub(crate) fn complain(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
