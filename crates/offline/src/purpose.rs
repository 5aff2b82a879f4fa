//! Money for a purpose in a chip purse: what the operator lets the chip judge.
//!
//! The operator signs a [`Purpose`] and grants value under it. A purse carries one kind of money
//! at a time, plain or for one purpose. At the tap the payer's chip judges before it signs and
//! the payee's device before it stores, each by its own clock, the amount and the category on the
//! payee's certificate; whoever is paid has plain money. At the claim the operator judges again.
//! What a chip cannot judge the operator never signs: it turns the load down and says why.

use crate::code::{Checked, Code, Refusal, must};
use crate::wire::{choice, object, record};

/// The most rules a purpose has, those inside others counted.
pub const MAX_RULES: usize = 64;

/// The deepest a rule stands inside others.
pub const MAX_DEPTH: usize = 4;

record! {
    /// An epoch: a chip tells no two moments in it apart where a deadline lies in it.
    #[derive(Copy)]
    Epoch {
        /// Its first moment.
        from: i64,
        /// Its last moment; before the first if the deadline is when an epoch begins.
        to: i64,
    }
}

choice! {
    /// What a chip can judge of a spend.
    Rule {
        /// Each of these holds.
        All(Vec<Rule>) = 0,
        /// At least one of these holds.
        Any(Vec<Rule>) = 1,
        /// None of these holds.
        None(Vec<Rule>) = 2,
        /// The deadline in this epoch is over.
        After(Epoch) = 3,
        /// The deadline in this epoch is still to come.
        Before(Epoch) = 4,
        /// The payee's certificate names one of these categories.
        Category(Vec<u32>) = 5,
        /// The amount is at most this.
        AtMost(i64) = 6,
    }
}

object! {
    /// A purpose under which value is granted. The operator signs.
    Purpose = 26 "purpose" {
        /// Who signs, and grants.
        operator: u64,
        /// Its number in the operator's books.
        number: u64,
        /// What must hold of every spend: all of it.
        rules: Vec<Rule>,
        /// From this moment on nothing can be spent.
        expires: i64,
    }
}

/// What a device knows of a spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tap {
    /// Its clock.
    pub now: i64,
    /// How much is paid.
    pub amount: i64,
    /// The category on the payee's certificate, zero for none.
    pub category: u32,
}

/// What a chip says of a spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// The rule does not hold.
    Fails,
    /// Its deadline lies in this epoch: only the network can tell.
    Unknown,
    /// It holds.
    Holds,
}

impl Answer {
    const fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }

    const fn not(self) -> Self {
        match self {
            Self::Fails => Self::Holds,
            Self::Unknown => Self::Unknown,
            Self::Holds => Self::Fails,
        }
    }
}

impl Epoch {
    fn over(&self, now: i64) -> Answer {
        if now < self.from {
            Answer::Fails
        } else if now > self.to {
            Answer::Holds
        } else {
            Answer::Unknown
        }
    }
}

impl Rule {
    /// Judges the rule.
    #[must_use]
    pub fn judge(&self, tap: &Tap) -> Answer {
        let least = |rules: &[Self]| rules.iter().map(|it| it.judge(tap)).min();
        let most = |rules: &[Self]| rules.iter().map(|it| it.judge(tap)).max();
        match self {
            Self::All(rules) => least(rules).unwrap_or(Answer::Holds),
            Self::Any(rules) => most(rules).unwrap_or(Answer::Fails),
            Self::None(rules) => most(rules).unwrap_or(Answer::Fails).not(),
            Self::After(epoch) => epoch.over(tap.now),
            Self::Before(epoch) => epoch.over(tap.now).not(),
            Self::Category(codes) => Answer::of(tap.category != 0 && codes.contains(&tap.category)),
            Self::AtMost(cap) => Answer::of(tap.amount <= *cap),
        }
    }

    /// How many rules it is, if it stands no deeper than may be.
    fn size(&self, depth: usize) -> Option<usize> {
        match self {
            Self::All(rules) | Self::Any(rules) | Self::None(rules) => {
                let depth = depth.checked_sub(1)?;
                let sizes = rules.iter().map(|it| it.size(depth));
                sizes.sum::<Option<usize>>()?.checked_add(1)
            }
            Self::Category(codes) => Some(1 + codes.len()),
            _ => Some(1),
        }
    }

    /// Why a spend is turned down because of this rule.
    fn refusal(&self, tap: &Tap) -> Refusal {
        match self {
            Self::Category(_) => Code::PurposeCategory.into(),
            Self::AtMost(cap) => Refusal::of(Code::PurposeCap, tap.amount, *cap),
            Self::Before(_) | Self::After(_) => Code::PurposeTime.into(),
            Self::All(rules) => {
                let fails = rules.iter().find(|it| it.judge(tap) == Answer::Fails);
                fails.map_or(Code::PurposeFails.into(), |it| it.refusal(tap))
            }
            Self::Any(_) | Self::None(_) => Code::PurposeFails.into(),
        }
    }
}

impl Purpose {
    /// Whether it is within bounds, so that every chip can hold and judge it.
    pub fn check(&self) -> Checked {
        let sizes = self.rules.iter().map(|it| it.size(MAX_DEPTH));
        let size: Option<usize> = sizes.sum();
        must(size.is_some_and(|it| it <= MAX_RULES), Code::PurposeLarge)
    }

    /// What a chip says of a spend, the end of the purpose included.
    #[must_use]
    pub fn judge(&self, tap: &Tap) -> Answer {
        let rules = self.rules.iter().map(|it| it.judge(tap)).min();
        let open = Answer::of(tap.now < self.expires);
        open.min(rules.unwrap_or(Answer::Holds))
    }

    /// Lets a spend pass only if it surely may.
    pub fn allows(&self, tap: &Tap) -> Checked {
        must(tap.now < self.expires, Code::PurposeOver)?;
        match self.judge(tap) {
            Answer::Holds => Ok(()),
            Answer::Unknown => Err(Code::PurposeUntold.into()),
            Answer::Fails => Err(Rule::All(self.rules.clone()).refusal(tap)),
        }
    }
}
