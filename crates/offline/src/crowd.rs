//! The rules of a purse without its signatures: what a device checks, and crowds that it is
//! checked for.
//!
//! [`Standing`] is what the limits look at. A [`Device`](crate::Device) asks it before it pays or
//! collects, and a [`Crowd`] of many purses whose people nobody looks at one by one asks the same
//! rules and nothing else: no key, no message, no store. **A crowd's payments prove nothing to
//! anybody**; they are for questions about limits, not about cheats.

use crate::code::{Checked, Code, at_most, must};
use crate::object::{Limits, Mode};

/// What the limits look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What it holds.
    pub held: i64,
    /// The highest hop collected since the last sync.
    pub hop: u32,
    /// Payments made since the last sync.
    pub payments: u32,
    /// When it last synced.
    pub synced: i64,
}

impl Standing {
    /// Until when it must sync, if mode and limits say so.
    #[must_use]
    pub const fn sync_by(&self, limits: &Limits, mode: Mode) -> Option<i64> {
        if matches!(mode, Mode::Fully) || limits.sync_ms == 0 {
            None
        } else {
            Some(self.synced.saturating_add(limits.sync_ms))
        }
    }

    /// Whether an amount can be paid: one payment, payments since the sync, the sync itself, hops,
    /// funds.
    pub fn can_pay(&self, limits: &Limits, mode: Mode, amount: i64, now: i64) -> Checked {
        must(amount > 0, Code::Amount)?;
        if limits.payment > 0 {
            at_most(amount, limits.payment, Code::LimitPayment)?;
        }
        if mode != Mode::Fully {
            if limits.payments > 0 {
                let next = i64::from(self.payments) + 1;
                at_most(next, i64::from(limits.payments), Code::LimitPayments)?;
            }
            if let Some(by) = self.sync_by(limits, mode) {
                at_most(now, by, Code::SyncOverdue)?;
            }
            let hop = i64::from(self.hop) + 1;
            at_most(hop, i64::from(limits.hops), Code::LimitHops)?;
        }
        at_most(amount, self.held, Code::Funds)
    }

    /// Whether an amount that comes with this hop can be taken: hops, then room.
    pub fn can_take(&self, limits: &Limits, mode: Mode, amount: i64, hop: u32) -> Checked {
        if mode != Mode::Fully {
            at_most(i64::from(hop), i64::from(limits.hops), Code::LimitHops)?;
        }
        self.has_room(limits, mode, amount)
    }

    /// Whether so much more can be held. What is staged is not held.
    pub fn has_room(&self, limits: &Limits, mode: Mode, amount: i64) -> Checked {
        if mode == Mode::Staged || limits.purse == 0 {
            return Ok(());
        }
        let sum = self.held.checked_add(amount).ok_or(Code::Amount)?;
        at_most(sum, limits.purse, Code::LimitPurse)
    }
}

/// Many purses under the same limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crowd {
    /// The limits.
    pub limits: Limits,
    /// The mode.
    pub mode: Mode,
    /// Each purse's standing.
    pub purses: Vec<Standing>,
    /// What each has received and must claim.
    pub to_claim: Vec<i64>,
}

impl Crowd {
    /// So many empty purses.
    #[must_use]
    pub fn new(limits: Limits, mode: Mode, count: usize, now: i64) -> Self {
        let empty = Standing {
            synced: now,
            ..Standing::default()
        };
        Self {
            limits,
            mode,
            purses: vec![empty; count],
            to_claim: vec![0; count],
        }
    }

    fn purse(&self, at: usize) -> Checked<&Standing> {
        self.purses.get(at).ok_or(Code::Device.into())
    }

    /// Value from the operator.
    pub fn load(&mut self, at: usize, amount: i64) -> Checked {
        must(amount > 0, Code::Amount)?;
        let purse = self.purse(at)?;
        let sum = purse.held.checked_add(amount).ok_or(Code::Amount)?;
        if self.limits.purse > 0 {
            at_most(sum, self.limits.purse, Code::LimitPurse)?;
        }
        self.purses[at].held = sum;
        Ok(())
    }

    /// A payment, if both purses' limits allow it.
    pub fn pay(&mut self, from: usize, to: usize, amount: i64, now: i64) -> Checked {
        must(from != to, Code::Self_)?;
        let (payer, payee) = (*self.purse(from)?, *self.purse(to)?);
        // A payee asks only for what it has room for.
        must(amount > 0, Code::Amount)?;
        payee.has_room(&self.limits, self.mode, amount)?;
        payer.can_pay(&self.limits, self.mode, amount, now)?;
        let hop = payer.hop + 1;
        payee.can_take(&self.limits, self.mode, amount, hop)?;
        let payer = &mut self.purses[from];
        payer.held -= amount;
        payer.payments = payer.payments.saturating_add(1);
        if self.mode == Mode::Staged {
            self.to_claim[to] = self.to_claim[to].checked_add(amount).ok_or(Code::Amount)?;
        } else {
            let payee = &mut self.purses[to];
            payee.held = payee.held.checked_add(amount).ok_or(Code::Amount)?;
            payee.hop = payee.hop.max(hop);
        }
        Ok(())
    }

    /// A sync: the counts begin anew.
    pub fn sync(&mut self, at: usize, now: i64) -> Checked {
        self.purse(at)?;
        let purse = &mut self.purses[at];
        purse.hop = 0;
        purse.payments = 0;
        purse.synced = now;
        Ok(())
    }
}
