//! What a line says before names and types are looked at.

use std::ops::Range;

use money::Civil;
use world::spec::Value;

use super::super::ast::{ActorName, Op, When};
use super::super::diagnostic::Problem;

/// A place in a line, in bytes from its start.
pub(in super::super) type Bytes = Range<usize>;

/// Something with the place where it stands.
#[derive(Clone, Debug)]
pub(in super::super) struct At<T> {
    pub(in super::super) it: T,
    pub(in super::super) bytes: Bytes,
}

impl<T> At<T> {
    pub(in super::super) const fn new(it: T, bytes: Bytes) -> Self {
        Self { it, bytes }
    }
}

/// Why a line cannot be read, and what may have been meant.
#[derive(Debug)]
pub(in super::super) struct Fault {
    pub(in super::super) problem: Box<Problem>,
    pub(in super::super) bytes: Bytes,
    pub(in super::super) suggestion: Option<(Bytes, String)>,
}

impl Fault {
    pub(in super::super) fn new(problem: Problem, bytes: Bytes) -> Self {
        Self {
            problem: Box::new(problem),
            bytes,
            suggestion: None,
        }
    }

    /// The same with what to write in a place.
    pub(in super::super) fn suggest(
        mut self,
        bytes: Bytes,
        replacement: impl Into<String>,
    ) -> Self {
        self.suggestion = Some((bytes, replacement.into()));
        self
    }
}

/// A line as it is written.
#[derive(Debug)]
pub(in super::super) enum Raw {
    Title(String),
    Use {
        name: At<String>,
        version: Option<At<u32>>,
    },
    Seed(u64),
    Start(At<Civil>),
    Lang(At<String>),
    Signing(bool),
    Set {
        path: At<String>,
        value: At<Value>,
        stops: Vec<At<Value>>,
        source: Option<String>,
    },
    Declare {
        kind: At<String>,
        name: At<ActorName>,
        items: Vec<Item>,
    },
    Act(RawAct),
    Wait(At<When>),
    Expect {
        when: Option<At<When>>,
        expectation: RawExpectation,
    },
    Step(RawTell),
    Note(RawTell),
    Ask(RawTell),
    Choice {
        tell: RawTell,
        right: Option<Bytes>,
    },
    Reveal(RawTell),
    Try {
        tell: RawTell,
        act: RawAct,
    },
    /// The first line of a block: `contract` or `condition`.
    Block {
        word: At<String>,
        name: At<String>,
    },
    End,
    /// A word that begins no statement.
    Unknown {
        word: At<String>,
        /// What follows, if it is a name.
        name: Option<At<ActorName>>,
    },
}

/// What a tell line says.
#[derive(Debug)]
pub(in super::super) struct RawTell {
    pub(in super::super) text: String,
    pub(in super::super) id: Option<String>,
}

/// An act as it is written.
#[derive(Debug)]
pub(in super::super) struct RawAct {
    pub(in super::super) when: Option<At<When>>,
    pub(in super::super) actor: At<ActorName>,
    pub(in super::super) verb: At<String>,
    pub(in super::super) items: Vec<Item>,
    pub(in super::super) as_name: Option<At<String>>,
}

/// An argument as it is written.
#[derive(Clone, Debug)]
pub(in super::super) struct Item {
    pub(in super::super) key: Option<At<String>>,
    pub(in super::super) value: At<Value>,
}

/// An expectation as it is written.
#[derive(Debug)]
pub(in super::super) enum RawExpectation {
    Path {
        actor: At<ActorName>,
        fields: Vec<At<String>>,
        op: Op,
        value: At<Value>,
    },
    Refused(Option<At<String>>),
    Ok,
    Holds(At<String>),
}
