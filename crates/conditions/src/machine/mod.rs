//! A contract made ready to run: every name a number, every amount minor units,
//! every turn a state of its own, every bound proven.

mod bounds;
mod lower;
mod ops;
mod reach;

use money::Span;

use crate::split::Allotment;
use crate::{Image, Name};

pub(crate) use lower::{Fault, check};

/// A party's number in its contract.
pub type Role = u8;

/// Where a contract that has ended stands.
pub(crate) const CLOSED: u32 = u32::MAX;

/// A contract that can run. Made by [`Machine::new`]; cannot be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    pub(crate) name: Name,
    pub(crate) roles: Vec<Name>,
    pub(crate) players: Vec<Option<Name>>,
    pub(crate) secrets: Vec<(Name, Image)>,
    /// Names of actions and events.
    pub(crate) words: Vec<Name>,
    /// Names of values.
    pub(crate) values: Vec<Name>,
    pub(crate) steps: Vec<Name>,
    pub(crate) hold: Option<(Role, i64)>,
    pub(crate) states: Vec<State>,
    pub(crate) latest: Span,
    pub(crate) cost: u64,
    pub(crate) decimals: u8,
}

/// A wait. Blocks lead to states of higher numbers only, so every run ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// The step it is a turn of.
    pub(crate) step: u16,
    /// Which turn, from 1.
    pub(crate) turn: u32,
    /// Whether this only waits for the step to begin.
    pub(crate) early: bool,
    /// When it ends, counted from the opening.
    pub(crate) until: Span,
    pub(crate) cases: Vec<Case>,
    pub(crate) late: Block,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) action: Action,
    pub(crate) then: Block,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Deposit {
        by: Role,
        value: Expr,
        owner: Role,
    },
    Names {
        by: Role,
        value: u16,
        least: i64,
        most: i64,
    },
    Shows {
        by: Option<Role>,
        secret: u8,
    },
    Sign {
        least: u8,
        of: u32,
        what: u16,
    },
    Event {
        event: u16,
        of: Role,
    },
    Says {
        by: Option<Role>,
        what: u16,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) ops: Vec<Op>,
    pub(crate) go: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    /// Nobody in `to` means whoever acted.
    Pay {
        value: Expr,
        from: Role,
        to: Option<Role>,
    },
    SetAside {
        value: Expr,
        from: Role,
        owner: Role,
    },
    Split {
        value: Expr,
        from: Role,
        allotment: Allotment,
        parts: Vec<(Role, Option<i64>)>,
    },
    Let {
        name: u16,
        value: Expr,
    },
    If {
        test: Test,
        go: u32,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expr {
    Amount(i64),
    Held(Role),
    Named(u16),
    Plus(Box<Self>, Box<Self>),
    Minus(Box<Self>, Box<Self>),
    Least(Box<Self>, Box<Self>),
    Most(Box<Self>, Box<Self>),
    Share {
        parts: u32,
        of: u32,
        value: Box<Self>,
    },
    Times(Box<Self>, u32),
    /// So many times as units of this length have passed.
    Elapsed(Box<Self>, Span),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    AtLeast(Expr, Expr),
    MoreThan(Expr, Expr),
    Is(Expr, Expr),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
}

impl Machine {
    /// A copy in which every secret is its own name, so that it can be shown
    /// where the real one is not known.
    #[must_use]
    pub fn with_open_secrets(&self) -> Self {
        let mut machine = self.clone();
        for (name, image) in &mut machine.secrets {
            *image = Image::of(name.as_str().as_bytes());
        }
        machine
    }

    /// What the contract is called.
    #[must_use]
    pub const fn name(&self) -> &Name {
        &self.name
    }

    /// The parties by their numbers.
    #[must_use]
    pub fn roles(&self) -> &[Name] {
        &self.roles
    }

    /// Who plays each party, as far as the contract says.
    #[must_use]
    pub fn players(&self) -> &[Option<Name>] {
        &self.players
    }

    /// A party's number.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<Role> {
        let at = self.roles.iter().position(|role| role.as_str() == name)?;
        Role::try_from(at).ok()
    }

    /// What actions and events are called, by their numbers.
    #[must_use]
    pub fn words(&self) -> &[Name] {
        &self.words
    }

    /// The number of an action or event.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<u16> {
        let at = self.words.iter().position(|word| word.as_str() == name)?;
        u16::try_from(at).ok()
    }

    /// The secrets by their numbers.
    #[must_use]
    pub fn secrets(&self) -> &[(Name, Image)] {
        &self.secrets
    }

    /// The values that are named or let, by their numbers.
    #[must_use]
    pub fn values(&self) -> &[Name] {
        &self.values
    }

    /// The steps by their numbers.
    #[must_use]
    pub fn steps(&self) -> &[Name] {
        &self.steps
    }

    /// Who opens the contract by putting in how much; nobody in particular if
    /// it opens empty.
    #[must_use]
    pub const fn hold(&self) -> Option<(Role, i64)> {
        self.hold
    }

    /// When it has ended at the latest, counted from the opening.
    #[must_use]
    pub const fn latest_end(&self) -> Span {
        self.latest
    }

    /// How many operations it takes at most from the opening to the end; a run
    /// has no more effects than that either.
    #[must_use]
    pub const fn most_operations(&self) -> u64 {
        self.cost
    }

    /// How many states its steps unroll to.
    #[must_use]
    pub fn size(&self) -> usize {
        self.states.len()
    }

    /// The decimals of the currency it was made for.
    #[must_use]
    pub const fn decimals(&self) -> u8 {
        self.decimals
    }

    /// Which step a state is of, which turn of it from 1, and of how many.
    #[must_use]
    pub fn step_of(&self, state: u32) -> Option<(&Name, u32, u32)> {
        let state = self.states.get(state as usize)?;
        let turns = self.states.iter().filter(|other| other.step == state.step);
        let turns = turns.map(|other| other.turn).max()?;
        Some((self.steps.get(usize::from(state.step))?, state.turn, turns))
    }
}
