//! Reserved promises at their operator: a hold, the promises under it, and one settlement.
//!
//! ```text
//! reserved ──promises are claimed──▶ … ──the ceiling's end and the grace are over──▶ settled:
//!     by number, then by arrival, as far as the hold goes; what is left returns to the payer
//! ```

use std::collections::BTreeMap;

use seal::PublicKey;

use crate::code::{Checked, Code, at_most, must};
use crate::device::Moment;
use crate::object::{Ceiling, Cleared, Content, Grant, Hash, Pay, Verdict};
use crate::wire::Signed;

use super::{Act, Address, Book, Caughtable, Effect, Finding, Hop, Operator, What};

#[derive(Clone, Debug, PartialEq, Eq)]
struct Promised {
    sequence: u64,
    payee: u64,
    /// The account here, or the operator that asks for a device of its own.
    account: Result<u64, u64>,
    amount: i64,
    pay: Hash,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Hold {
    ceiling: Signed<Ceiling>,
    account: u64,
    promises: Vec<Promised>,
    settled: bool,
}

/// All holds, by their ceiling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Register {
    holds: BTreeMap<Hash, Hold>,
}

impl Operator {
    pub(super) fn reserve(
        &mut self,
        device: u64,
        key: PublicKey,
        amount: i64,
        at: Moment,
    ) -> Checked<Grant> {
        let limits = &self.setup.limits;
        if limits.purse > 0 {
            at_most(amount, limits.purse, Code::LimitPurse)?;
        }
        let ceiling = Ceiling {
            operator: self.serial(),
            payer: device,
            key,
            amount,
            from: at.now,
            to: at.now.saturating_add(limits.ceiling_ms),
            start: 1,
        };
        let ceiling = Signed::sign(&self.key(), ceiling);
        let account = self.records.get(&device).ok_or(Code::Device)?.account;
        let Book::Promise(register) = &mut self.book else {
            return Err(Code::Model.into());
        };
        let open = |it: &Hold| it.ceiling.body.payer == device && !it.settled;
        must(!register.holds.values().any(open), Code::Ceiling)?;
        let hold = Hold {
            ceiling: ceiling.clone(),
            account,
            promises: Vec::new(),
            settled: false,
        };
        register.holds.insert(ceiling.hash(), hold);
        Ok(Grant::Ceiling(ceiling))
    }

    /// Notes a promise for the settlement. One number used twice names the payer.
    pub(super) fn promised(
        &mut self,
        pay: &Signed<Pay>,
        payee: u64,
        account: Result<u64, u64>,
        now: i64,
    ) -> Caughtable<Option<Act>> {
        let Content::Promise(promise) = &pay.body.content else {
            return Err(Code::Model.into());
        };
        let grace = self.setup.limits.grace_ms;
        let Book::Promise(register) = &mut self.book else {
            return Err(Code::Model.into());
        };
        let hold = register
            .holds
            .get_mut(&promise.ceiling.hash())
            .ok_or(Code::Ceiling)?;
        let end = hold.ceiling.body.to.saturating_add(grace);
        must(!hold.settled && now <= end, Code::Late)?;
        let id = pay.hash();
        must(hold.promises.iter().all(|it| it.pay != id), Code::Claimed)?;
        let before = hold
            .promises
            .iter()
            .find(|it| it.sequence == promise.sequence);
        let (payer, amount) = (hold.ceiling.body.payer, pay.body.amount);
        let hop = |to, twice| Hop {
            from: payer,
            to,
            amount,
            twice,
        };
        let finding = before.map(|before| Finding {
            what: What::Double,
            named: Some(payer),
            amount,
            at: now,
            trace: vec![hop(before.payee, false), hop(payee, true)],
        });
        hold.promises.push(Promised {
            sequence: promise.sequence,
            payee,
            account,
            amount,
            pay: id,
        });
        Ok(self.note(finding))
    }

    /// What was promised and claimed and is not settled yet.
    #[must_use]
    pub fn settling(&self) -> i64 {
        let Book::Promise(register) = &self.book else {
            return 0;
        };
        let open = register.holds.values().filter(|it| !it.settled);
        open.flat_map(|it| &it.promises).map(|it| it.amount).sum()
    }

    /// The last moments of the holds that are not settled, their grace included.
    pub(super) fn settlements(&self) -> impl Iterator<Item = i64> {
        let grace = self.setup.limits.grace_ms;
        let holds = match &self.book {
            Book::Promise(register) => Some(register.holds.values()),
            _ => None,
        };
        let open = holds.into_iter().flatten().filter(|it| !it.settled);
        open.map(move |it| it.ceiling.body.to.saturating_add(grace))
    }

    /// Settles every hold whose time is over.
    pub(super) fn settle(&mut self, now: i64) -> Vec<Act> {
        let (grace, serial, key) = (self.setup.limits.grace_ms, self.serial(), self.key());
        let Book::Promise(register) = &mut self.book else {
            return Vec::new();
        };
        let mut acts = Vec::new();
        let mut answers = Vec::new();
        for hold in register.holds.values_mut() {
            let end = hold.ceiling.body.to.saturating_add(grace);
            if hold.settled || now <= end {
                continue;
            }
            hold.settled = true;
            let payer = hold.ceiling.body.payer;
            let mut left = hold.ceiling.body.amount;
            // A stable sort: of one number, who came first comes first.
            hold.promises.sort_by_key(|it| it.sequence);
            for it in &hold.promises {
                let amount = it.amount.min(left);
                left -= amount;
                match it.account {
                    _ if amount == 0 => {}
                    Ok(account) => acts.push(Act::Post(Effect::Claim {
                        device: it.payee,
                        account,
                        amount,
                    })),
                    Err(operator) => acts.push(Act::Post(Effect::PayOut { operator, amount })),
                }
                if let Err(operator) = it.account {
                    let cleared = Cleared {
                        operator: serial,
                        device: it.payee,
                        pay: it.pay,
                        amount,
                        verdict: Verdict::Paid,
                    };
                    let bytes = Signed::sign(&key, cleared).bytes().to_vec();
                    self.cleared.insert(it.pay, (operator, bytes.clone()));
                    let to = Address::Operator(operator);
                    answers.push(Act::Send { to, bytes });
                }
                if amount < it.amount {
                    acts.push(Act::Found(Finding {
                        what: What::Short,
                        named: Some(payer),
                        amount: it.amount - amount,
                        at: now,
                        trace: vec![Hop {
                            from: payer,
                            to: it.payee,
                            amount: it.amount,
                            twice: false,
                        }],
                    }));
                }
            }
            if left > 0 {
                acts.push(Act::Post(Effect::Unload {
                    device: payer,
                    account: hold.account,
                    amount: left,
                }));
            }
        }
        if !acts.is_empty() {
            acts.push(Act::Store);
        }
        acts.extend(answers);
        acts
    }
}
