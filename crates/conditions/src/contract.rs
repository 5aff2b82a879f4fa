//! A contract as it is written: the second layer. Text and JSON are two forms
//! of these types; [`crate::Machine`] is what runs.

use money::Span;
use serde::{Deserialize, Serialize};

use crate::{Amount, Image, Name, Share};

/// A contract: who takes part, what is put in when it opens, and the steps in
/// which it waits for somebody to act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// What it is called.
    pub name: Name,
    /// Who takes part.
    pub parties: Vec<Party>,
    /// Secrets of which the images are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<Secret>,
    /// What is put in when it opens, by whoever opens it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Hold>,
    /// What may happen during every wait.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<Handler>,
    /// The steps, in order. A step leads to a later one or to the end, never back.
    pub steps: Vec<Step>,
}

/// A role in a contract, and who plays it if that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The role, `buyer`.
    pub role: Name,
    /// Who plays it, `Alice`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub player: Option<Name>,
}

/// A secret that opens something when shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// What it is called in the contract.
    pub name: Name,
    /// Its SHA-256 image.
    pub sha256: Image,
}

/// What is put in when the contract opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// How much.
    pub value: Value,
    /// By whom; it belongs to the same.
    pub from: Name,
}

/// Something that ends every wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handler {
    /// What happens, `insolvency`.
    pub event: Name,
    /// To whom.
    pub of: Name,
    /// What is done then.
    pub then: Block,
}

/// A wait for one of several actions until a time, or a few things done at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What it is called.
    pub name: Name,
    /// When it begins, counted from the opening; before that its actions are refused.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "length")]
    pub from: Option<Span>,
    /// When it ends, counted from the opening. Without, nothing is waited for.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "length")]
    pub until: Option<Span>,
    /// How often it is done, one turn after the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// What is waited for. The first that fits an action takes it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<Case>,
    /// What is done if nothing came in time; of a step without wait, what is done.
    #[serde(rename = "else")]
    pub late: Block,
}

/// How a step repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// How many turns.
    pub times: u32,
    /// How much later each turn begins and ends than the one before. Without,
    /// all turns share one time.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "length")]
    pub every: Option<Span>,
}

/// An action that is waited for, and what is done when it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The action.
    pub when: Action,
    /// What is done.
    pub then: Block,
}

/// Who may act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// A party of the contract.
    Party(Name),
    /// Whoever comes first, a stranger too.
    Anyone,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Action {
    /// `buyer deposits 100.00`, perhaps `for seller`.
    Deposit {
        /// Who puts in.
        by: Name,
        /// How much, exactly.
        value: Value,
        /// Whose it is from then on; the depositor's if not said.
        #[serde(default, skip_serializing_if = "Option::is_none", rename = "for")]
        owner: Option<Name>,
    },
    /// `seller names price from 1.00 to 100.00`
    Names {
        /// Who chooses.
        by: Name,
        /// What the chosen amount is called from then on.
        name: Name,
        /// The least.
        least: Amount,
        /// The most.
        most: Amount,
    },
    /// `seller shows key`
    Shows {
        /// Who.
        by: Actor,
        /// Which secret.
        secret: Name,
    },
    /// `2 of [a, b, c] sign release`
    Sign {
        /// How many must.
        least: u8,
        /// Who may.
        of: Vec<Name>,
        /// What they sign.
        what: Name,
    },
    /// `insolvency of seller`: something the world says.
    Event {
        /// What happens.
        event: Name,
        /// To whom.
        of: Name,
    },
    /// `seller claims`
    Says {
        /// Who.
        by: Actor,
        /// What.
        what: Name,
    },
}

/// What is done, in order, and where it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// What is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ops: Vec<Op>,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "Target::is_next")]
    pub go: Target,
}

/// Where a contract goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// At the next turn, or the next step, or the end behind the last.
    #[default]
    Next,
    /// At a later step.
    Step(Name),
    /// At the end: what is held goes to whom it belongs.
    Close,
}

impl Target {
    const fn is_next(&self) -> bool {
        matches!(self, Self::Next)
    }
}

/// Who is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payee {
    /// A party of the contract.
    Party(Name),
    /// Whoever just acted.
    Them,
}

/// Something that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Op {
    /// `pay 100.00 to seller from buyer`: out of the contract.
    Pay {
        /// How much; no more than is held is paid.
        value: Value,
        /// To whom.
        to: Payee,
        /// Of whose money; of the only party that puts any in, if not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Name>,
    },
    /// `set aside 100.00 for seller from buyer`: stays held, belongs to another.
    SetAside {
        /// How much; no more than is held.
        value: Value,
        /// Whose it is from then on.
        #[serde(rename = "for")]
        owner: Name,
        /// Of whose money.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Name>,
    },
    /// `split all as 19% to tax and rest to shop`
    Split {
        /// How much; no more than is held.
        value: Value,
        /// Of whose money.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Name>,
        /// Who gets which share.
        parts: Vec<Part>,
        /// Who gets what the shares and their caps leave.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rest: Option<Name>,
    },
    /// `let paid = 10.00 times days`
    Let {
        /// What it is called.
        name: Name,
        /// The value it has from then on.
        value: Value,
    },
    /// `if paid at least 100.00 go done`: or else on with the line.
    If {
        /// The question.
        test: Test,
        /// Where a yes leads.
        go: Target,
    },
}

/// A share of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The share.
    pub share: Share,
    /// Whose.
    pub to: Name,
    /// The most it may be; the rest gets what is above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Amount>,
}

/// An amount to be worked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// As written.
    Amount(Amount),
    /// Everything held of whom it is taken from.
    All,
    /// What is held of a party.
    Held(Name),
    /// What was named or let; nothing if that has not happened.
    Named(Name),
    /// The sum.
    Plus(Box<Self>, Box<Self>),
    /// The difference; below zero nothing is paid.
    Minus(Box<Self>, Box<Self>),
    /// The lesser of both.
    Least(Box<Self>, Box<Self>),
    /// The greater of both.
    Most(Box<Self>, Box<Self>),
    /// A share, rounded towards zero.
    Share(Share, Box<Self>),
    /// So many times.
    Times(Box<Self>, Count),
}

/// A number of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// As written.
    Number(u32),
    /// Whole days since the opening.
    Days,
    /// Whole hours since the opening.
    Hours,
    /// Whole minutes since the opening.
    Minutes,
}

impl Count {
    /// The length of one, if it counts time.
    #[must_use]
    pub const fn unit(self) -> Option<Span> {
        match self {
            Self::Number(_) => None,
            Self::Days => Some(Span::DAY),
            Self::Hours => Some(Span::HOUR),
            Self::Minutes => Some(Span::MINUTE),
        }
    }
}

/// A question about amounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// The first is at least the second.
    AtLeast(Value, Value),
    /// The first is more than the second.
    MoreThan(Value, Value),
    /// Both are the same.
    Is(Value, Value),
    /// Each of these.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
}

/// Lengths of time stand in JSON as in a text: `30d`.
mod length {
    use money::Span;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(
        span: &Option<Span>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match span {
            Some(span) => serializer.collect_str(span),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Span>, D::Error> {
        let text: Option<String> = Option::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(D::Error::custom))
            .transpose()
    }
}
