//! What a scenario says, once read and checked.

use std::fmt;

use money::{Civil, Instant, Span, TimeError, TimeOfDay, Zone};
use serde::{Deserialize, Serialize};
use world::spec::{FieldSpec, Spec, Value};

use super::block::Block;
use super::names;

/// A place in a text: bytes to cut it out by, a line and columns to show.
///
/// Lines and columns count from 1, columns in characters; `end` and
/// `end_column` are the first byte and column behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// First byte.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
    /// Line, from 1.
    pub line: u32,
    /// First column, from 1, in characters.
    pub column: u32,
    /// First column behind it.
    pub end_column: u32,
}

/// A scenario: its lines in order, blank and comment lines among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// The lines. Line numbers run from 1 without gaps.
    pub lines: Vec<Line>,
}

/// A line of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands, without the line's end.
    pub place: Place,
    /// What it says; none in a blank or comment line.
    pub statement: Option<Statement>,
    /// What stands behind `#`, without the blanks around it.
    pub comment: Option<String>,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `title "Birth of a yuan"`
    Title(String),
    /// `use cny-2025@1`: the preset, and its version if stated.
    Use {
        /// The preset's name.
        name: String,
        /// Its version; the newest if none is stated.
        version: Option<u32>,
    },
    /// `seed 7`
    Seed(u64),
    /// `start 2025-11-03T09:00`, in the preset's zone.
    Start(Civil),
    /// `lang zh-CN`: the language of the tell lines.
    Lang(String),
    /// `signing on`
    Signing(bool),
    /// `set card.balance=1_000.00 source="Card terms v3"`
    Set {
        /// What is set.
        path: String,
        /// To what; the name `none` leaves it open: no limit, no such rule.
        value: Value,
        /// What a reader is offered to set it to, in the order of a slider;
        /// empty if nothing is offered.
        stops: Vec<Value>,
        /// Where the value comes from.
        source: Option<String>,
    },
    /// `person Alice at=Harbour type=II`
    Declare(Declare),
    /// `09:06 Alice: pay Noodles 12.50`
    Act(Act),
    /// `+1d wait`
    Wait(When),
    /// `expect Alice.wallet = 487.50`
    Expect {
        /// When it is looked at; at once if not stated.
        when: Option<When>,
        /// What should be so.
        expectation: Expectation,
    },
    /// `step "Lunch"`: a chapter of the story begins.
    Step(Tell),
    /// `note "The money goes straight to the shop."`
    Note(Tell),
    /// `ask "What happens?"`
    Ask(Tell),
    /// `choice "Refused" right`
    Choice {
        /// The answer offered.
        tell: Tell,
        /// Whether it is the right one.
        right: bool,
    },
    /// `reveal "Refused: …"`
    Reveal(Tell),
    /// `try "Pay 2,000 instead" Bob: pay Noodles 2_000.00`
    Try {
        /// What the button says.
        tell: Tell,
        /// What it plays after the last line.
        act: Act,
    },
    /// `contract GymYear`: the first line of a block, with all that it says.
    Block(Box<Block>),
    /// A line of a block, as its canonical form has it, with its comment.
    Within(String),
    /// `end`: the last line of a block.
    End,
    /// A line that could not be read or is wrong, as it was written, without
    /// the blanks around it. Its comment, if any, is within.
    Wrong(String),
}

/// What a tell line says to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tell {
    /// The text.
    pub text: String,
    /// The key of its translations.
    pub id: Option<String>,
}

/// A declaration: a thing of some kind comes to be, with these properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declare {
    /// Its kind.
    pub kind: &'static Spec,
    /// Its name, `Alice` or `Alice/card`.
    pub name: ActorName,
    /// Its properties.
    pub args: Args,
}

/// Somebody does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// When; at the same instant as the statement before if not stated.
    pub when: Option<When>,
    /// Who.
    pub actor: ActorName,
    /// What.
    pub verb: &'static Spec,
    /// With what.
    pub args: Args,
    /// What to call the thing it creates.
    pub as_name: Option<String>,
}

/// A party's name, `Alice`, or that of a thing of a party's, `Alice/card`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActorName {
    /// The party.
    pub name: String,
    /// The thing.
    pub sub: Option<String>,
}

impl ActorName {
    /// The name as [`Value::Name`] holds it: `Alice/card`, without quotes.
    #[must_use]
    pub fn plain(&self) -> String {
        match &self.sub {
            Some(sub) => format!("{}/{sub}", self.name),
            None => self.name.clone(),
        }
    }

    /// The two parts of what [`plain`](Self::plain) gives. A name cannot
    /// contain a slash.
    #[must_use]
    pub fn from_plain(text: &str) -> Self {
        match text.split_once('/') {
            Some((name, sub)) => Self {
                name: name.to_owned(),
                sub: Some(sub.to_owned()),
            },
            None => Self {
                name: text.to_owned(),
                sub: None,
            },
        }
    }
}

impl fmt::Display for ActorName {
    /// As a script writes it, with quotes where they are needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        names::write(f, &self.name)?;
        if let Some(sub) = &self.sub {
            f.write_str("/")?;
            names::write(f, sub)?;
        }
        Ok(())
    }
}

/// When a statement takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// `09:05`: on the current date.
    TimeOfDay(TimeOfDay),
    /// `+30s`: after the statement before.
    After(Span),
    /// `2025-11-04T09:00`
    At(Civil),
}

impl When {
    /// The moment that is meant at a moment, which may turn out to be past.
    ///
    /// Of two moments at which the clock shows the same, because it was put
    /// back between, the later is meant once the earlier is past.
    pub fn resolve(self, now: Instant, zone: &Zone) -> Result<Instant, TimeError> {
        let civil = match self {
            Self::After(span) => return now.checked_add(span),
            Self::TimeOfDay(time) => zone.civil(now).at(time),
            Self::At(civil) => civil,
        };
        let then = zone.instant(&civil)?;
        let put_back = zone.transitions().iter().find(|(at, _)| *at > then);
        if then < now
            && let Some((_, offset)) = put_back
        {
            let back = i64::from(zone.offset_at(then) - offset) * 1_000;
            let again = then.checked_add(Span(back))?;
            if again >= now && zone.civil(again) == civil {
                return Ok(again);
            }
        }
        Ok(then)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimeOfDay(time) => time.fmt(f),
            Self::After(span) => write!(f, "+{span}"),
            Self::At(civil) => civil.fmt(f),
        }
    }
}

/// What is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// `Alice.wallet = 487.50`
    Path {
        /// What is looked at.
        path: Path,
        /// How it is compared.
        op: Op,
        /// With what.
        value: Value,
    },
    /// `refused limit.payment`: the last act was refused, with this code if
    /// one is stated.
    Refused(Option<String>),
    /// `ok`: the last act was not refused.
    Ok,
    /// `holds in-issue`: this invariant holds.
    Holds(String),
}

/// What an expectation looks at: `Alice.wallet`, `ICBC.books.deposits`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Whose.
    pub actor: ActorName,
    /// What of theirs, from the outside in; at least one.
    pub fields: Vec<String>,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.actor.fmt(f)?;
        self.fields
            .iter()
            .try_for_each(|field| write!(f, ".{field}"))
    }
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Op {
    /// All of them, as they are offered.
    pub const ALL: [Self; 6] = [
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
    ];

    /// The operator as it is written.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// The operator so written.
    #[must_use]
    pub fn from_sign(sign: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.sign() == sign)
    }
}

/// The arguments of a verb or declaration, in the order in which its
/// specification lists the fields; each field at most once, required ones
/// always, every value of its field's type.
#[derive(Clone, Debug, Default)]
pub struct Args {
    /// Every field there is.
    pub(super) fields: &'static [FieldSpec],
    pub(super) given: Vec<Arg>,
}

impl PartialEq for Args {
    fn eq(&self, other: &Self) -> bool {
        self.given == other.given
    }
}

impl Eq for Args {}

/// A field and the value given for it.
#[derive(Clone, Debug)]
pub struct Arg {
    /// The field.
    pub field: &'static FieldSpec,
    /// Its value.
    pub value: Value,
    /// Where the value stands.
    pub place: Place,
}

impl PartialEq for Arg {
    /// The same field and value, wherever they stand.
    fn eq(&self, other: &Self) -> bool {
        self.field.name == other.field.name && self.value == other.value
    }
}

impl Eq for Arg {}

impl Args {
    /// The argument given for the field of this name.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Arg> {
        self.given.iter().find(|arg| arg.field.name == field)
    }

    /// The value given for the field of this name.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.get(field).map(|arg| &arg.value)
    }

    /// All arguments, in the order of the specification.
    pub fn iter(&self) -> std::slice::Iter<'_, Arg> {
        self.given.iter()
    }
}

impl<'a> IntoIterator for &'a Args {
    type Item = &'a Arg;
    type IntoIter = std::slice::Iter<'a, Arg>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Statement {
    /// Whether it bears on the run. Tell lines do not: they never enter log
    /// or digest (a `try` plays in a fork of its own).
    #[must_use]
    pub const fn acts(&self) -> bool {
        !matches!(
            self,
            Self::Title(_)
                | Self::Lang(_)
                | Self::Step(_)
                | Self::Note(_)
                | Self::Ask(_)
                | Self::Choice { .. }
                | Self::Reveal(_)
                | Self::Try { .. }
                | Self::Within(_)
                | Self::End
        )
    }

    /// What it says to the reader, where it is a tell line.
    #[must_use]
    pub const fn tell(&self) -> Option<&Tell> {
        match self {
            Self::Step(tell)
            | Self::Note(tell)
            | Self::Ask(tell)
            | Self::Choice { tell, .. }
            | Self::Reveal(tell)
            | Self::Try { tell, .. } => Some(tell),
            _ => None,
        }
    }
}

impl Script {
    /// The statements with their lines, in order.
    pub fn statements(&self) -> impl Iterator<Item = (&Line, &Statement)> {
        self.lines
            .iter()
            .filter_map(|line| Some((line, line.statement.as_ref()?)))
    }

    /// The number of the first line that cannot be played, if there is one:
    /// everything above it plays, and the rest waits for it.
    #[must_use]
    pub fn waits_for(&self) -> Option<u32> {
        self.statements()
            .find(|(_, statement)| matches!(statement, Statement::Wrong(_)))
            .map(|(line, _)| line.place.line)
    }

    /// The statements that can be played: those above the first wrong line.
    pub fn playable(&self) -> impl Iterator<Item = (&Line, &Statement)> {
        self.statements()
            .take_while(|(_, statement)| !matches!(statement, Statement::Wrong(_)))
    }
}

/// Where a changed scenario begins to play differently: the position of the
/// first difference among the statements that [bear on the run](Statement::acts),
/// counted from 0 and the same in both; none if they play alike. Undo reruns
/// from there. What tell lines and comments say is of no account, nor where
/// statements stand.
#[must_use]
pub fn changed_from(old: &Script, new: &Script) -> Option<usize> {
    fn acting(script: &Script) -> impl Iterator<Item = &Statement> {
        script
            .statements()
            .map(|(_, statement)| statement)
            .filter(|statement| statement.acts())
    }
    let (mut old, mut new) = (acting(old), acting(new));
    let mut position = 0;
    loop {
        match (old.next(), new.next()) {
            (None, None) => return None,
            (old, new) if old == new => position += 1,
            _ => return Some(position),
        }
    }
}
