//! Chip purses at their operator: counters, logs and shadow balances.
//!
//! The operator keeps for each purse what it must hold: loads + collected − paid − unloads. A
//! payment is known by its payer and counter; the same counter twice is a copied chip, and the
//! second payment is value that nobody issued. The issuer honours it, so that payees need not
//! fear each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::{Checked, Code, at_most, must};
use crate::device::{Moment, chained};
use crate::object::{Content, Entry, Evidence, Grant, Hash, Pay, Payment, Sync};
use crate::purpose::Purpose;
use crate::trust::Terms;
use crate::wire::{Object, Signed, number_of};

use super::{Act, Book, Caught, Caughtable, Effect, Finding, Hop, Operator, What};

/// What is known of a purse's holdings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shadow {
    loads: i64,
    collected: i64,
    paid: i64,
    unloads: i64,
    /// What was honoured beyond what was ever there.
    honoured: i64,
    /// The balance of the last sync, and what moved between purse and operator since.
    balance: i64,
    moved: i64,
    /// What was loaded since, and what was paid out of that and the balance: the payments of a
    /// purse that says it has collected nothing since.
    fresh: i64,
    direct: i64,
    counter: u64,
    head: Hash,
    /// Payments whose value may come back.
    returns: BTreeMap<Hash, i64>,
}

impl Shadow {
    /// What the purse must hold.
    pub(super) const fn known(&self) -> i64 {
        self.loads + self.collected - self.paid - self.unloads
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    payer: u64,
    payee: u64,
    amount: i64,
    hop: u32,
    /// In which order it became known.
    order: u64,
    collected: bool,
    void: bool,
}

/// All payments that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Register {
    pays: BTreeMap<Hash, Seen>,
    /// The first payment known of a payer and a counter.
    first: BTreeMap<(u64, u64), Hash>,
}

impl Register {
    fn insert(&mut self, pay: &Signed<Pay>, hop: u32, collected: bool) {
        let seen = Seen {
            payer: pay.body.payer.body.serial,
            payee: pay.body.payee,
            amount: pay.body.amount,
            hop,
            order: self.pays.len() as u64,
            collected,
            void: false,
        };
        self.pays.insert(pay.hash(), seen);
    }

    /// The way of a payment's value, as far as hops and payees tell; the last hand-over may be of
    /// value already given away.
    fn trace(&self, pay: &Hash, twice: bool) -> Vec<Hop> {
        let mut hops = Vec::new();
        let mut at = self.pays.get(pay);
        while let Some(seen) = at {
            hops.push(Hop {
                from: seen.payer,
                to: seen.payee,
                amount: seen.amount,
                twice: twice && hops.is_empty(),
            });
            // The hop before is of the payment that raised the payer's hop: the latest such.
            let before = self.pays.values().filter(|it| {
                it.payee == seen.payer && it.hop + 1 == seen.hop && it.order < seen.order
            });
            at = before.max_by_key(|it| it.order);
        }
        hops.reverse();
        hops
    }
}

/// What a checked log says.
pub(super) struct Plan {
    paid: Vec<(u64, u32, Signed<Pay>)>,
    collected: Vec<(Terms, Signed<Pay>, Evidence)>,
    returned: Vec<Hash>,
}

fn content(pay: &Signed<Pay>) -> Checked<(u64, Hash, u32)> {
    let chip = pay.body.content.chip().ok_or(Code::Model)?;
    Ok((chip.counter, chip.previous, chip.hop))
}

/// Whether a payment is of the money that the purse was given.
fn of_kind(pay: &Signed<Pay>, purpose: Option<&Purpose>) -> bool {
    let paid = match &pay.body.content {
        Content::Purpose(bound) => Some(bound.purpose.body.number),
        _ => None,
    };
    paid == purpose.map(|it| it.number)
}

impl Operator {
    fn purses(&mut self) -> Checked<&mut Register> {
        match &mut self.book {
            Book::Purse(register) => Ok(register),
            _ => Err(Code::Model.into()),
        }
    }

    pub(super) fn load_purse(&mut self, device: u64, amount: i64) -> Checked<Grant> {
        let record = self.records.get_mut(&device).ok_or(Code::Device)?;
        let purse = record.cert.body.limits.purse;
        let holds = record.shadow.known().saturating_add(amount);
        if purse > 0 {
            at_most(holds, purse, Code::LimitPurse)?;
        }
        record.shadow.loads += amount;
        record.shadow.moved += amount;
        record.shadow.fresh += amount;
        Ok(Grant::Purse)
    }

    pub(super) fn unload_purse(&mut self, device: u64, amount: i64) -> Checked {
        let record = self.records.get_mut(&device).ok_or(Code::Device)?;
        // What the operator does not know of yet a sync brings first.
        at_most(amount, record.shadow.known(), Code::Funds)?;
        record.shadow.unloads += amount;
        record.shadow.moved -= amount;
        Ok(())
    }

    /// Notes a payment that its payee shows. The same counter twice names the payer; the second
    /// payment is honoured.
    pub(super) fn register_collected(
        &mut self,
        pay: &Signed<Pay>,
        payee: u64,
        now: i64,
    ) -> Caughtable<Vec<Act>> {
        let (counter, _, hop) = content(pay)?;
        let (id, payer, amount) = (pay.hash(), pay.body.payer.body.serial, pay.body.amount);
        let register = self.purses()?;
        if let Some(seen) = register.pays.get_mut(&id) {
            if seen.void {
                return Err(Box::new(Caught {
                    refusal: Code::RequestClosed.into(),
                    finding: Some(Finding {
                        what: What::Payee,
                        named: Some(payee),
                        amount,
                        at: now,
                        trace: register.trace(&id, true),
                    }),
                }));
            }
            if seen.collected {
                return Err(Code::Claimed.into());
            }
            seen.collected = true;
            return Ok(Vec::new());
        }
        register.insert(pay, hop, true);
        if register.first.contains_key(&(payer, counter)) {
            let finding = Finding {
                what: What::Double,
                named: Some(payer),
                amount,
                at: now,
                trace: register.trace(&id, true),
            };
            let honour = Act::Post(Effect::Honour {
                cheat: payer,
                amount,
            });
            return Ok(self
                .note(Some(finding))
                .into_iter()
                .chain([honour])
                .collect());
        }
        register.first.insert((payer, counter), id);
        let mut certain = false;
        if let Some(record) = self.records.get_mut(&payer) {
            let shadow = &mut record.shadow;
            shadow.paid += amount;
            if hop == 1 {
                shadow.direct += amount;
            }
            // A purse that has collected nothing cannot have paid more than it was known to hold.
            certain = record.shut || shadow.direct > shadow.balance + shadow.fresh;
        }
        let trace = self.purses()?.trace(&id, false);
        Ok(self.deficit(payer, certain, trace, now))
    }

    /// What a purse paid beyond what was ever there. While it may still have collected that from
    /// somebody who has not synced, it is left open; once it is certain, the issuer honours it.
    fn deficit(&mut self, device: u64, certain: bool, trace: Vec<Hop>, now: i64) -> Vec<Act> {
        let Some(record) = self.records.get_mut(&device) else {
            return Vec::new();
        };
        let shadow = &mut record.shadow;
        let missing = -shadow.known() - shadow.honoured;
        if missing <= 0 || !certain {
            return Vec::new();
        }
        shadow.honoured += missing;
        let found = self.note(Some(Finding {
            what: What::Negative,
            named: Some(device),
            amount: missing,
            at: now,
            trace,
        }));
        let honour = Act::Post(Effect::Honour {
            cheat: device,
            amount: missing,
        });
        found.into_iter().chain([honour]).collect()
    }

    /// Whether a report holds: the log follows on the last one, its chain is intact, every payment
    /// in it is signed, and its sums are what the purse says it holds.
    pub(super) fn check_log(&self, sync: &Sync, device: u64) -> Checked<Plan> {
        let mut plan = Plan {
            paid: Vec::new(),
            collected: Vec::new(),
            returned: Vec::new(),
        };
        let Book::Purse(register) = &self.book else {
            must(
                sync.log.is_empty() && sync.counter == 0 && sync.balance == 0,
                Code::Model,
            )?;
            return Ok(plan);
        };
        let record = self.records.get(&device).ok_or(Code::Device)?;
        let shadow = &record.shadow;
        let (mut counter, mut head) = (shadow.counter, shadow.head);
        let (mut balance, mut moved, mut known) = (shadow.balance, 0_i64, shadow.known());
        let mut seen = BTreeSet::new();
        for entry in &sync.log {
            counter += 1;
            let change = match entry {
                Entry::Loaded(it) => {
                    moved = moved.checked_add(it.amount).ok_or(Code::Amount)?;
                    it.amount
                }
                Entry::Unloaded(it) => {
                    moved = moved.checked_sub(it.amount).ok_or(Code::Amount)?;
                    it.amount.checked_neg().ok_or(Code::Amount)?
                }
                Entry::Returned(it) => {
                    must(
                        shadow.returns.get(&it.pay) == Some(&it.amount),
                        Code::Shadow,
                    )?;
                    must(seen.insert(it.pay), Code::Shadow)?;
                    plan.returned.push(it.pay);
                    it.amount
                }
                Entry::Paid(bytes) => {
                    must(number_of(&bytes.0)? == Pay::NUMBER, Code::Object)?;
                    let pay = Signed::<Pay>::decode(&bytes.0)?;
                    pay.verify(&record.cert.body.key)?;
                    let (number, previous, hop) = content(&pay)?;
                    must(pay.body.payer.body.serial == device, Code::Signature)?;
                    must(number == counter, Code::CounterGap)?;
                    must(previous == head, Code::Chain)?;
                    must(of_kind(&pay, record.purpose()), Code::Shadow)?;
                    let amount = pay.body.amount;
                    must(amount > 0, Code::Amount)?;
                    if !register.first.contains_key(&(device, number)) {
                        known = known.checked_sub(amount).ok_or(Code::Amount)?;
                    }
                    plan.paid.push((number, hop, pay));
                    -amount
                }
                Entry::Collected(evidence) => {
                    must(record.purpose.is_none(), Code::Shadow)?;
                    let (terms, pay) = self.trust().evidence(evidence)?;
                    must(terms.payee == device, Code::RequestOther)?;
                    let id = pay.hash();
                    let known_pay = register.pays.get(&id);
                    must(known_pay.is_none_or(|it| !it.collected), Code::Claimed)?;
                    must(seen.insert(id), Code::Claimed)?;
                    let Payment::Named(pay) = pay else {
                        return Err(Code::Model.into());
                    };
                    content(&pay)?;
                    let amount = terms.amount;
                    known = known.checked_add(amount).ok_or(Code::Amount)?;
                    plan.collected.push((terms, *pay, evidence.clone()));
                    amount
                }
            };
            head = chained(&head, entry);
            balance = balance.checked_add(change).ok_or(Code::Amount)?;
        }
        must(counter == sync.counter, Code::CounterGap)?;
        must(head == sync.head, Code::Chain)?;
        // A report may be sent again later than payments that it does not know of yet and that
        // their payees have reported.
        let after = (device, counter.saturating_add(1))..=(device, u64::MAX);
        for (_, pay) in register.first.range(after) {
            let later = register.pays.get(pay).filter(|it| !it.void);
            let amount = later.map_or(0, |it| it.amount);
            known = known.checked_add(amount).ok_or(Code::Amount)?;
        }
        let sums = balance == sync.balance
            && known == sync.balance
            && moved == shadow.moved
            && sync.balance >= 0;
        must(sums, Code::Shadow)?;
        Ok(plan)
    }

    /// Notes what a checked log says.
    pub(super) fn apply_log(
        &mut self,
        sync: &Sync,
        plan: Plan,
        device: u64,
        at: Moment,
    ) -> Vec<Act> {
        let mut acts = Vec::new();
        for (counter, hop, pay) in &plan.paid {
            let Ok(register) = self.purses() else {
                return acts;
            };
            match register.first.get(&(device, *counter)) {
                Some(known) if *known == pay.hash() => {}
                // Whoever shows this one will be honoured; that there are two is known now.
                Some(_) => {
                    let finding = Finding {
                        what: What::Double,
                        named: Some(device),
                        amount: pay.body.amount,
                        at: at.now,
                        trace: Vec::new(),
                    };
                    acts.extend(self.note(Some(finding)));
                }
                None => {
                    register.insert(pay, *hop, false);
                    register.first.insert((device, *counter), pay.hash());
                    if let Some(record) = self.records.get_mut(&device) {
                        record.shadow.paid += pay.body.amount;
                    }
                }
            }
        }
        for (terms, pay, evidence) in plan.collected {
            if let Some(record) = self.records.get_mut(&device) {
                record.shadow.collected += terms.amount;
            }
            let payment = Payment::Named(Box::new(pay.clone()));
            if let Some(other) = payment.issuer()
                && other != self.serial()
            {
                acts.push(self.send_to_clear(other, device, &evidence, terms.amount, true));
                continue;
            }
            let again = self.judge_again(&terms, &pay, at.now);
            let open = self.purpose_open(&pay, at.now);
            match open
                .map_err(Into::into)
                .and_then(|()| self.register_collected(&pay, device, at.now))
            {
                Ok(found) => {
                    acts.extend(found);
                    if let Some((finding, back)) = again {
                        // Its value is in the purse all the same: the issuer bears it.
                        let cheat = pay.body.payer.body.serial;
                        let amount = terms.amount;
                        acts.extend(self.note(Some(finding)));
                        acts.push(Act::Post(Effect::Honour { cheat, amount }));
                        acts.push(back);
                    }
                }
                Err(caught) => {
                    // Its value is in the purse: the issuer honours it and names the payee.
                    acts.extend(self.note(caught.finding));
                    acts.push(Act::Post(Effect::Honour {
                        cheat: device,
                        amount: terms.amount,
                    }));
                }
            }
        }
        if let Some(record) = self.records.get_mut(&device) {
            let shadow = &mut record.shadow;
            shadow.returns.retain(|pay, _| !plan.returned.contains(pay));
            shadow.balance = sync.balance;
            shadow.moved = 0;
            shadow.fresh = 0;
            shadow.direct = 0;
            shadow.counter = sync.counter;
            shadow.head = sync.head;
        }
        acts
    }

    /// Lets a payment's value come back to its payer, since nobody can collect it any more.
    pub(super) fn allow_return(&mut self, payer: u64, pay: &Hash) {
        let Ok(register) = self.purses() else {
            return;
        };
        let Some(seen) = register.pays.get_mut(pay) else {
            return;
        };
        if seen.payer != payer || seen.void || seen.collected {
            return;
        }
        seen.void = true;
        let amount = seen.amount;
        if let Some(record) = self.records.get_mut(&payer) {
            record.shadow.paid -= amount;
            record.shadow.returns.insert(*pay, amount);
        }
    }

    /// Shuts devices whose time is over: nobody's report on them can still be on its way. A
    /// purse's rest goes to the account named for it.
    pub(super) fn shut_due(&mut self, now: i64) -> Vec<Act> {
        let reporting = self.reporting();
        let due =
            |record: &super::Record| !record.shut && now > record.end().saturating_add(reporting);
        let shut = self.records.iter().filter(|(_, record)| due(record));
        let shut: Vec<u64> = shut.map(|(serial, _)| *serial).collect();
        let mut acts = Vec::new();
        for device in shut {
            let Some(record) = self.records.get_mut(&device) else {
                continue;
            };
            record.shut = true;
            let rest = record.shadow.known();
            if rest > 0 {
                record.shadow.unloads += rest;
                let account = record.return_to;
                acts.push(Act::Post(self.give_back(device, account, rest)));
            }
            acts.extend(self.deficit(device, true, Vec::new(), now));
        }
        acts
    }
}
