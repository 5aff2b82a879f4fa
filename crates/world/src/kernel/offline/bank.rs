//! What a bank runs for devices, and how it meets the books.

use std::collections::BTreeMap;

use ::offline::object::{Clear, Cleared, Payment, Verdict};
use ::offline::operator::Address;
use ::offline::{Act, Command, Effect, Signed};
use ledger::AccountId;

use super::super::{Simulation, Stop};
use super::refusal::refusal;
use super::{INTO_ACCOUNT, wallet_at};
use crate::cbdc::{Desk, Out, into_account};
use crate::contracts;
use crate::fact::{
    Cause, Change, DeviceId, Fact, Finality, Message, NONE, OfflineChange, OrderId, PartyId,
    Purpose, Refusal, Status, Subject, Timer, Title, WalletId,
};
use crate::offline::write_trace;
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::state::{self, CENTRAL_BANK};

impl Simulation {
    /// A bank's books, and its operator, decide on what came.
    pub(super) fn ask_operator(&mut self, message: &Message, bytes: Vec<u8>) -> Result<(), Stop> {
        let cause = Cause::Message(message.serial);
        let bank = message.to;
        let asker = message.other.map(DeviceId);
        let asker = asker.filter(|_| message.subject == Subject::OfflineAsk);
        // Value leaves only with reserves.
        if self.rules.issuance == Issuance::Deposit
            && let Some(amount) = cleared_amount(&bytes)
        {
            let own = self.world.balance(bank, Title::OwnReserves);
            if own < amount {
                let refusal = Refusal {
                    code: Code::LiquidityShort,
                    by: bank,
                    party: message.from,
                    order: message.order,
                    purpose: message.purpose,
                    wallet: None,
                    asked: amount,
                    allowed: own,
                    used: 0,
                };
                return self.say(cause, vec![Fact::Refused(refusal)]);
            }
        }
        let Some(operator) = self.offline.operators.get(&bank) else {
            return self.say(cause, Vec::new());
        };
        if let Some(number) = operator.wants_purpose(&bytes) {
            return self.ask_for_purpose(message, bytes, number);
        }
        let wanted = operator.wants(&bytes);
        let funds = wanted.map_or(0, |(account, _)| self.funds(account));
        let command = Command::Receive { bytes, funds };
        self.step_operator(bank, command, cause, message.order, message.purpose, asker)
    }

    /// A device asks for money that is for a purpose. The bank has its operator sign what a chip
    /// may judge of it; the money is first moved by whoever keeps it.
    fn ask_for_purpose(
        &mut self,
        message: &Message,
        bytes: Vec<u8>,
        number: u64,
    ) -> Result<(), Stop> {
        let cause = Cause::Message(message.serial);
        let bank = message.to;
        let asker = message.other.map(DeviceId);
        let asked_again = self.offline.wanting.values().any(|(_, it)| *it == bytes);
        if asked_again {
            return self.say(cause, Vec::new());
        }
        let purpose = OrderId(u32::try_from(number).unwrap_or(NONE));
        let terms = contracts::loadable(&self.world, &self.rules.zone, purpose, bank);
        let may = terms.is_ok();
        let at = self.moment(0);
        let Some(operator) = self.offline.operators.get_mut(&bank) else {
            return self.say(cause, Vec::new());
        };
        let taught = operator.step(Command::Purpose { number, terms }, at);
        taught.map_err(|_| Stop::CannotAct)?;
        let amount = operator.wants(&bytes).map_or(0, |(_, amount)| amount);
        let file = message.wallet.map(|id| self.world.purse(id));
        let file = file.and_then(|id| self.world.wallet(id));
        let is_open = file.is_some_and(|it| it.status == Status::Open);
        let is_kept_here = self.rules.issuance == Issuance::Deposit;
        if may && is_open && !is_kept_here {
            let mut out = about(message);
            out.send(
                CENTRAL_BANK,
                Subject::FloatIn,
                message.wallet,
                Some(purpose.0),
                amount,
            );
            let key = (bank, message.order);
            self.offline.wanting.insert(key, (*message, bytes));
            return self.say(cause, out.facts);
        }
        let held = || {
            let purse = self.world.purse_of(purpose)?;
            let wallet = state::holder(message.wallet?)?;
            Some(purse.wrapper.held(&wallet))
        };
        let funds = if may && is_open { held() } else { None };
        let command = Command::Receive {
            bytes,
            funds: funds.unwrap_or(0),
        };
        self.step_operator(bank, command, cause, message.order, message.purpose, asker)
    }

    /// The register has moved money for a purpose into the float, or says that there is less: the
    /// bank decides. What it turns down goes back.
    fn decide_purpose(&mut self, message: &Message) -> Result<(), Stop> {
        let bank = message.to;
        let cause = Cause::Message(message.serial);
        let Some((asked, bytes)) = self.offline.wanting.remove(&(bank, message.order)) else {
            return self.say(cause, Vec::new());
        };
        let device = asked.other.map(DeviceId);
        let funds = message.amount;
        let command = Command::Receive { bytes, funds };
        self.step_operator(bank, command, cause, asked.order, asked.purpose, device)?;
        let serial = device.map_or(0, |it| self.serial(it));
        let operator = self.offline.operators.get(&bank);
        let record = operator.and_then(|it| it.record(serial));
        if funds > 0 && record.is_none_or(|it| it.turned_down()) {
            let mut out = about(message);
            out.send(
                CENTRAL_BANK,
                Subject::FloatOut,
                message.wallet,
                message.other,
                funds,
            );
            self.say(cause, out.facts)?;
        }
        Ok(())
    }

    /// What an account can be loaded from: an open wallet's balance.
    fn funds(&self, account: u64) -> i64 {
        let wallet = wallet_at(account);
        let wallet = wallet.and_then(|id| self.world.wallet(self.world.purse(id)));
        let open = wallet.filter(|it| it.status == Status::Open);
        open.map_or(0, |it| it.available)
    }

    fn step_operator(
        &mut self,
        bank: PartyId,
        command: Command,
        cause: Cause,
        order: OrderId,
        purpose: Purpose,
        asker: Option<DeviceId>,
    ) -> Result<(), Stop> {
        let at = self.moment(0);
        let Some(operator) = self.offline.operators.get_mut(&bank) else {
            return self.say(cause, Vec::new());
        };
        let revoked_before = operator.revocations();
        let acts = match operator.step(command, at) {
            Ok(acts) => acts,
            Err(refused) => {
                let party = asker.and_then(|it| self.holder(it));
                let (party, wallet) = party.map_or((bank, None), |it| (it.0, Some(it.1)));
                let mut refusal = refusal(refused, bank, order, purpose, wallet, 0);
                refusal.party = party;
                // What cannot be used is not short.
                let file = wallet.and_then(|id| self.world.wallet(self.world.purse(id)));
                match file.map(|it| it.status) {
                    Some(Status::Frozen) if refusal.code == Code::FundsShort => {
                        refusal.code = Code::WalletFrozen;
                    }
                    Some(Status::Closed) if refusal.code == Code::FundsShort => {
                        refusal.code = Code::WalletClosed;
                    }
                    _ => {}
                }
                return self.say(cause, vec![Fact::Refused(refusal)]);
            }
        };
        let mut desk = Till {
            bank,
            out: Out::about(bank, order, purpose),
            postings: 0,
            named: Vec::new(),
            filed: BTreeMap::new(),
            owed: BTreeMap::new(),
        };
        let mut answers = Vec::new();
        for act in acts {
            match act {
                Act::Post(effect) => self.book(&mut desk, effect),
                Act::Found(found) => {
                    let of = |serial| self.of_serial(serial);
                    let trace =
                        write_trace(&found.trace, |serial| of(serial).unwrap_or(DeviceId(NONE)));
                    let named = found.named.and_then(of);
                    let trace = self.texts.push(&trace);
                    let found = OfflineChange::Found {
                        bank,
                        what: found.what as u8,
                        named,
                        amount: found.amount,
                        trace,
                    };
                    desk.out.change(Change::Offline(found));
                    desk.named.extend(named);
                }
                Act::Store => {}
                Act::Send { to, bytes } => {
                    let answer = self.answer(&mut desk, to, &bytes, asker);
                    answers.extend(answer);
                }
            }
        }
        let Till {
            out: Out { mut facts, .. },
            postings,
            named,
            ..
        } = desk;
        // Who is caught is put on the list.
        for device in named {
            let record = self.offline.operators.get(&bank);
            let record = record.and_then(|it| it.record(self.serial(device)));
            let is_listed = record.is_some_and(|it| it.revoked.is_some());
            let is_known = self.world.device(device).is_some_and(|it| it.revoked);
            if is_listed && !is_known {
                let revoked = OfflineChange::Revoked { device };
                facts.push(Fact::Changed(Change::Offline(revoked)));
            }
        }
        let operator = self.offline.operators.get(&bank);
        if operator.is_some_and(|it| it.revocations() > revoked_before) {
            facts.extend(self.tell_list(bank, order, purpose));
        }
        let kept = self.offline.kept.entry((bank, order)).or_default();
        kept.postings += postings;
        kept.answers.extend(answers);
        if kept.postings == 0 {
            facts.extend(kept.answers.drain(..).map(Fact::Sent));
            self.offline.kept.remove(&(bank, order));
        }
        self.say(cause, facts)?;
        self.wake(cause, bank)
    }

    /// A bank tells the others which devices it has on its list.
    pub(super) fn tell_list(
        &mut self,
        bank: PartyId,
        order: OrderId,
        purpose: Purpose,
    ) -> Vec<Fact> {
        let Some(operator) = self.offline.operators.get(&bank) else {
            return Vec::new();
        };
        let signature = self.texts.push(operator.own_list().bytes());
        let others = self.offline.operators.keys().filter(|it| **it != bank);
        let tell = |other: &PartyId| {
            Fact::Sent(Message {
                signature,
                ..Out::about(bank, order, purpose).message(*other, Subject::OfflineList)
            })
        };
        others.map(tell).collect()
    }

    /// What a bank's operator sends, as a message.
    fn answer(
        &mut self,
        desk: &mut Till,
        to: Address,
        bytes: &[u8],
        asker: Option<DeviceId>,
    ) -> Option<Message> {
        let mut message = desk.out.message(CENTRAL_BANK, Subject::OfflineClear);
        message.signature = self.texts.push(bytes);
        match to {
            Address::Device(serial) => {
                // A copied device gets its answer where it asked.
                let asking = asker.filter(|it| self.serial(*it) == serial);
                let device = asking.or_else(|| self.of_serial(serial))?;
                let (party, wallet, _) = self.holder(device)?;
                message.to = party;
                message.subject = Subject::OfflineAnswer;
                message.wallet = Some(wallet);
                message.other = Some(device.0);
            }
            Address::Operator(serial) => {
                let bank = PartyId(u32::try_from(serial).ok()?);
                message.to = bank;
                let paid = paid(bytes).filter(|_| self.rules.issuance == Issuance::Deposit);
                if let Some(amount) = paid {
                    let owed = desk.owed.entry(bank).or_insert(0);
                    // Where reserves go with the answer, it is not given twice: the first brings
                    // them.
                    if *owed < amount {
                        return None;
                    }
                    *owed -= amount;
                    message.to = CENTRAL_BANK;
                    message.subject = Subject::FloatTransfer;
                    message.other = Some(bank.0);
                    message.amount = amount;
                }
            }
        }
        Some(message)
    }

    /// A bank's own view of its books.
    fn desk(&self, bank: PartyId) -> Desk<'_> {
        let (now, signing) = (self.world.now(), self.signing);
        Desk::new(
            &self.world,
            &self.rules,
            &self.texts,
            self.run,
            signing,
            bank,
            now,
        )
    }

    /// Posts an effect, or has the central bank post it.
    fn book(&mut self, desk: &mut Till, effect: Effect) {
        let bank = desk.bank;
        let own = |title| self.world.own(bank, title);
        let is_deposit = self.rules.issuance == Issuance::Deposit;
        let (account, amount, sign) = match effect {
            Effect::Load {
                account, amount, ..
            } => (account, amount, -1),
            Effect::Unload {
                account, amount, ..
            }
            | Effect::Claim {
                account, amount, ..
            }
            | Effect::PaidIn {
                account, amount, ..
            } => (account, amount, 1),
            Effect::LoadPurpose {
                account,
                number,
                amount,
                ..
            } => {
                // The register has moved it before the bank decided.
                if is_deposit && let Some(it) = whose(number, account) {
                    let view = self.desk(bank);
                    contracts::into_float(&view, it, amount, &mut desk.out);
                }
                return;
            }
            Effect::UnloadPurpose {
                account,
                number,
                amount,
                ..
            } => {
                let Some(it) = whose(number, account) else {
                    return;
                };
                if is_deposit {
                    let view = self.desk(bank);
                    contracts::unload(&view, it, amount, &mut desk.out);
                } else {
                    let (subject, purpose) = (Subject::FloatOut, Some(it.0.0));
                    let out = &mut desk.out;
                    out.send(CENTRAL_BANK, subject, Some(it.1), purpose, amount);
                    desk.postings += 1;
                }
                return;
            }
            Effect::Honour { amount, .. } if is_deposit => {
                desk.post(own(Title::Funds), own(Title::Float), amount);
                return;
            }
            Effect::Honour { amount, .. } => {
                let out = &mut desk.out;
                out.send(CENTRAL_BANK, Subject::FloatHonour, None, None, amount);
                return;
            }
            Effect::PayOut { operator, amount } if is_deposit => {
                desk.post(own(Title::Float), own(Title::OwnReserves), amount);
                if let Ok(operator) = u32::try_from(operator) {
                    *desk.owed.entry(PartyId(operator)).or_insert(0) += amount;
                }
                return;
            }
            Effect::Adopt { amount, .. } if is_deposit => {
                desk.post(own(Title::OwnReserves), own(Title::Float), amount);
                return;
            }
            // One float for all banks.
            Effect::PayOut { .. } | Effect::Adopt { .. } => return,
        };
        let goes_on = account & INTO_ACCOUNT != 0;
        let Some(wallet) = wallet_at(account) else {
            return;
        };
        let wallet = self.world.purse(wallet);
        let Some(file) = self.world.wallet(wallet).copied() else {
            return;
        };
        if is_deposit {
            let theirs = Some(file.account);
            let float = match effect {
                Effect::PaidIn { .. } => own(Title::OwnReserves),
                _ => own(Title::Float),
            };
            if sign < 0 {
                desk.post(theirs, float, amount);
            } else {
                desk.post(float, theirs, amount);
            }
        }
        if is_deposit || sign < 0 {
            let sum = desk.filed.entry(wallet).or_insert(0);
            *sum += sign * amount;
            let sum = *sum;
            desk.out.file(wallet, &file.plus(sum));
            if goes_on {
                let message = desk.out.message(bank, Subject::FloatPaid);
                let view = self.desk(bank);
                into_account(
                    &view,
                    &message,
                    (wallet, &file.plus(sum)),
                    amount,
                    &mut desk.out,
                );
                desk.filed.insert(wallet, sum - amount);
            }
        }
        if !is_deposit {
            if goes_on {
                let it = (
                    bank,
                    desk.out.message(bank, Subject::FloatOut).order,
                    wallet,
                    amount,
                );
                self.offline.onward.push(it);
            }
            let subject = if sign < 0 {
                Subject::FloatIn
            } else {
                Subject::FloatOut
            };
            let out = &mut desk.out;
            out.send(CENTRAL_BANK, subject, Some(wallet), None, amount);
            desk.postings += 1;
        }
    }

    /// The central bank has posted: what the bank's operator said can go.
    pub(super) fn confirmed(&mut self, message: &Message) -> Result<(), Stop> {
        let bank = message.to;
        let of_purpose = message.other.is_some();
        if message.subject == Subject::FloatHeld && of_purpose {
            return self.decide_purpose(message);
        }
        let mut out = about(message);
        if message.subject == Subject::FloatPaid
            && !of_purpose
            && let Some(wallet) = message.wallet
            && let Some(file) = self.world.wallet(wallet)
        {
            let file = file.plus(message.amount);
            out.file(wallet, &file);
            let it = (bank, message.order, wallet, message.amount);
            let place = self.offline.onward.iter().position(|known| *known == it);
            if let Some(place) = place {
                self.offline.onward.remove(place);
                let desk = self.desk(bank);
                into_account(&desk, message, (wallet, &file), message.amount, &mut out);
            }
        }
        let mut facts = out.facts;
        let key = (bank, message.order);
        if let Some(kept) = self.offline.kept.get_mut(&key) {
            kept.postings = kept.postings.saturating_sub(1);
            if kept.postings == 0 {
                facts.extend(kept.answers.drain(..).map(Fact::Sent));
                self.offline.kept.remove(&key);
            }
        }
        self.say(Cause::Message(message.serial), facts)
    }

    /// The central bank could not move what it was to move: the bank had no
    /// reserves for what its customer's device paid, or the float not yet what
    /// is to be paid from it. The bank tries again when something comes to it.
    pub(super) fn not_paid(&mut self, message: &Message) -> Result<(), Stop> {
        let mut out = about(message);
        if message.wallet.is_none() {
            let own = |title| self.world.own(message.to, title);
            let (reserves, float) = (own(Title::OwnReserves), own(Title::Float));
            out.post(reserves, float, message.amount, Finality::Final);
        }
        self.offline.unpaid.push(*message);
        self.say(Cause::Message(message.serial), out.facts)
    }

    /// Lets be paid what could not be paid before.
    fn pay_late(&mut self, bank: PartyId, cause: Cause) -> Result<(), Stop> {
        let own = |title| self.world.own(bank, title);
        let (reserves, float) = (own(Title::OwnReserves), own(Title::Float));
        let can = self.world.balance(bank, Title::OwnReserves);
        let may = |it: &Message| it.to == bank && (it.wallet.is_some() || it.amount <= can);
        let Some(place) = self.offline.unpaid.iter().position(may) else {
            return Ok(());
        };
        let message = self.offline.unpaid.remove(place);
        let mut out = about(&message);
        let subject = if message.wallet.is_some() {
            Subject::FloatOut
        } else {
            out.post(float, reserves, message.amount, Finality::Final);
            Subject::FloatTransfer
        };
        let again = Message { subject, ..message };
        out.relay(CENTRAL_BANK, &again);
        self.say(cause, out.facts)
    }

    /// Sets a bank's timer for the next thing that time brings to devices.
    pub(super) fn wake(&mut self, cause: Cause, bank: PartyId) -> Result<(), Stop> {
        self.pay_late(bank, cause)?;
        let now = self.world.now();
        let operator = self.offline.operators.get(&bank);
        let Some(due) = operator.and_then(|it| it.next_due()) else {
            return Ok(());
        };
        let due = due.max(now + 1);
        if self.world.timer(bank).is_some_and(|set| set <= due) {
            return Ok(());
        }
        let timer = Timer {
            due,
            number: 0,
            party: bank,
        };
        self.say(cause, vec![Fact::Scheduled(timer)])
    }

    /// Time has passed at a bank: what is due for devices happens.
    pub(in crate::kernel) fn tick_offline(
        &mut self,
        bank: PartyId,
        cause: Cause,
    ) -> Result<(), Stop> {
        let now = self.world.now();
        let operator = self.offline.operators.get(&bank);
        let due = operator.and_then(|it| it.next_due());
        if due.is_none_or(|due| due > now) {
            return self.wake(cause, bank);
        }
        let slots = self.offline.slots.iter();
        let order = slots.map(|slot| slot.order).max().unwrap_or(OrderId(0));
        let purpose = Purpose::OfflineSettle;
        self.step_operator(bank, Command::Tick, cause, order, purpose, None)
    }
}

/// Which money for a purpose an effect is about, and whose.
fn whose(number: u64, account: u64) -> Option<(OrderId, WalletId)> {
    let purpose = OrderId(u32::try_from(number).ok()?);
    Some((purpose, wallet_at(account)?))
}

/// What a bank posts and sends for its operator.
struct Till {
    bank: PartyId,
    out: Out,
    /// How many postings the central bank has to confirm.
    postings: u32,
    /// Devices that were caught.
    named: Vec<DeviceId>,
    /// By how much each wallet's file has changed in this step.
    filed: BTreeMap<WalletId, i64>,
    /// Reserves that go with the answers to each bank.
    owed: BTreeMap<PartyId, i64>,
}

impl Till {
    fn post(&mut self, debit: Option<AccountId>, credit: Option<AccountId>, amount: i64) {
        self.out.post(debit, credit, amount, Finality::Final);
    }
}

/// What is done about the order of a message that a bank got.
fn about(message: &Message) -> Out {
    Out::about(message.to, message.order, message.purpose)
}

/// What a bank is asked to clear for another, if it is.
fn cleared_amount(bytes: &[u8]) -> Option<i64> {
    let clear = Signed::<Clear>::decode(bytes).ok()?;
    let payment = Payment::decode(&clear.body.pay.pay.0).ok()?;
    Some(payment.terms().1)
}

/// What a bank tells another that it pays, if it does.
fn paid(bytes: &[u8]) -> Option<i64> {
    let it = Signed::<Cleared>::decode(bytes).ok()?;
    (it.body.verdict == Verdict::Paid).then_some(it.body.amount)
}
