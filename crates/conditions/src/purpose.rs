//! Purpose-bound money: plain money in a wrapper with a condition on it.
//!
//! ```text
//! wrap ──▶ held by its creator ──distribute──▶ held by others ──transfer──▶ …
//!                    │                               │
//!                    │                redeem: the condition holds
//!                    │                               ▼
//!                    └────── expire ◀──────  the payee has plain money
//!                              │
//!                 what is left goes back to the creator
//! ```
//!
//! Money can be loaded into a device that judges the condition by itself: it is out of the wrapper
//! then, and comes back into it if it is not spent.
//!
//! Always: wrapped = redeemed + returned + what holders still have + what is out on devices, which
//! counts as redeemed until it comes back.

use std::collections::BTreeMap;

use money::{Instant, MAX_MINOR};
use serde::Serialize;
use thiserror::Error;

use crate::{Condition, Name, Rule, Spend, Verdict};

/// A wrapper with money in it, divided among its holders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wrapper {
    creator: Name,
    condition: Condition,
    expires: Instant,
    wrapped: i64,
    redeemed: i64,
    returned: i64,
    /// Who holds how much: never nothing.
    holders: BTreeMap<Name, i64>,
    expired: bool,
}

/// Why something cannot be done with wrapped money. Nothing has changed then.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PurposeError {
    /// An amount of nothing or less, or beyond all bounds.
    #[error("an amount is more than zero")]
    Amount,
    /// The holder has less.
    #[error("only {held} minor units are held")]
    Short {
        /// How much there is.
        held: i64,
    },
    /// The time to spend it is over.
    #[error("the purpose has expired")]
    Expired,
    /// The time is not over yet.
    #[error("the purpose has not expired yet")]
    NotExpired,
    /// The condition does not hold.
    #[error("the condition does not hold")]
    ConditionFails {
        /// The rules because of which.
        because: Vec<Rule>,
    },
    /// Whether the condition holds cannot be told here.
    #[error("whether the condition holds cannot be told here")]
    ConditionUnknown {
        /// The rules because of which.
        because: Vec<Rule>,
    },
}

impl PurposeError {
    /// Every error's stable name.
    pub const KEYS: &'static [&'static str] = &[
        "amount",
        "short",
        "expired",
        "not-expired",
        "condition-fails",
        "condition-unknown",
    ];

    /// The error's stable name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Short { .. } => "short",
            Self::Expired => "expired",
            Self::NotExpired => "not-expired",
            Self::ConditionFails { .. } => "condition-fails",
            Self::ConditionUnknown { .. } => "condition-unknown",
        }
    }
}

impl Wrapper {
    /// Wraps an amount of the creator's plain money.
    pub fn wrap(
        creator: Name,
        amount: i64,
        condition: Condition,
        expires: Instant,
    ) -> Result<Self, PurposeError> {
        if amount <= 0 || amount > MAX_MINOR {
            return Err(PurposeError::Amount);
        }
        Ok(Self {
            holders: BTreeMap::from([(creator.clone(), amount)]),
            creator,
            condition,
            expires,
            wrapped: amount,
            redeemed: 0,
            returned: 0,
            expired: false,
        })
    }

    /// The creator hands wrapped money out.
    pub fn distribute(&mut self, now: Instant, to: &Name, amount: i64) -> Result<(), PurposeError> {
        let creator = self.creator.clone();
        self.transfer(now, &creator, to, amount)
    }

    /// A holder passes wrapped money on, the condition with it.
    pub fn transfer(
        &mut self,
        now: Instant,
        from: &Name,
        to: &Name,
        amount: i64,
    ) -> Result<(), PurposeError> {
        self.usable(now, from, amount)?;
        self.take(from, amount);
        *self.holders.entry(to.clone()).or_default() += amount;
        Ok(())
    }

    /// A holder pays with it: if the condition holds for the spend, its payee
    /// gets plain money. The spend's amount is what is redeemed.
    pub fn redeem(
        &mut self,
        now: Instant,
        from: &Name,
        spend: &Spend<'_>,
    ) -> Result<(), PurposeError> {
        self.usable(now, from, spend.amount)?;
        let judgement = self.condition.judge(spend);
        let because = || {
            judgement
                .because
                .iter()
                .map(|rule| (*rule).clone())
                .collect()
        };
        match judgement.verdict {
            Verdict::Holds => {}
            Verdict::Fails => return Err(PurposeError::ConditionFails { because: because() }),
            Verdict::Unknown => {
                return Err(PurposeError::ConditionUnknown { because: because() });
            }
        }
        self.take_out(now, from, spend.amount)
    }

    /// Takes out what a holder pays with, where the condition has been judged
    /// already.
    pub fn take_out(&mut self, now: Instant, from: &Name, amount: i64) -> Result<(), PurposeError> {
        self.usable(now, from, amount)?;
        self.take(from, amount);
        self.redeemed += amount;
        Ok(())
    }

    /// Once its time is over, the backing of what is left goes back to the
    /// creator. Gives how much; doing it again gives nothing.
    pub fn expire(&mut self, now: Instant) -> Result<i64, PurposeError> {
        if now < self.expires {
            return Err(PurposeError::NotExpired);
        }
        Ok(self.dissolve())
    }

    /// Ends the purpose before its time, because whoever keeps the money fails: the backing of what
    /// is left goes back to the creator. Gives how much.
    pub fn dissolve(&mut self) -> i64 {
        let left = self.outstanding();
        self.holders.clear();
        self.returned += left;
        self.expired = true;
        left
    }

    /// Puts back what a device was loaded with and did not spend. After the end it is for
    /// [`expire`](Self::expire) to return.
    pub fn put_back(&mut self, to: &Name, amount: i64) -> Result<(), PurposeError> {
        if amount <= 0 || amount > self.redeemed {
            return Err(PurposeError::Amount);
        }
        self.redeemed -= amount;
        *self.holders.entry(to.clone()).or_default() += amount;
        Ok(())
    }

    fn usable(&self, now: Instant, from: &Name, amount: i64) -> Result<(), PurposeError> {
        if self.expired || now >= self.expires {
            return Err(PurposeError::Expired);
        }
        if amount <= 0 {
            return Err(PurposeError::Amount);
        }
        let held = self.held(from);
        if amount > held {
            return Err(PurposeError::Short { held });
        }
        Ok(())
    }

    fn take(&mut self, from: &Name, amount: i64) {
        if let Some(held) = self.holders.get_mut(from) {
            *held -= amount;
            if *held == 0 {
                self.holders.remove(from);
            }
        }
    }

    /// Who wrapped it, and gets back what is left.
    #[must_use]
    pub const fn creator(&self) -> &Name {
        &self.creator
    }

    /// What must hold for a spend.
    #[must_use]
    pub const fn condition(&self) -> &Condition {
        &self.condition
    }

    /// Until when it can be spent.
    #[must_use]
    pub const fn expires(&self) -> Instant {
        self.expires
    }

    /// What somebody holds of it.
    #[must_use]
    pub fn held(&self, holder: &Name) -> i64 {
        self.holders.get(holder).copied().unwrap_or(0)
    }

    /// Who holds how much.
    pub fn holders(&self) -> impl Iterator<Item = (&Name, i64)> {
        self.holders.iter().map(|(name, held)| (name, *held))
    }

    /// What all holders together still have.
    #[must_use]
    pub fn outstanding(&self) -> i64 {
        self.holders.values().sum()
    }

    /// All that was wrapped, what of it was redeemed, and what went back.
    #[must_use]
    pub const fn totals(&self) -> (i64, i64, i64) {
        (self.wrapped, self.redeemed, self.returned)
    }
}
