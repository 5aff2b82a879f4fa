//! What a bank runs for devices, and how it meets the books.

use std::collections::BTreeMap;

use ::offline::object::{Clear, Cleared, Payment, Verdict};
use ::offline::operator::Address;
use ::offline::{Act, Command, Effect, Signed};
use ledger::AccountId;

use super::super::{Simulation, Stop};
use super::refusal::refusal;
use crate::fact::{
    Cause, Change, DeviceId, Fact, Fate, Finality, Journal, Message, NONE, OfflineChange, OrderId,
    PartyId, Purpose, Refusal, Serial, Status, Subject, TextId, Timer, Title, WalletId,
};
use crate::offline::write_trace;
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, Wallet};

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
        let wanted = operator.wants(&bytes);
        let funds = wanted.map_or(0, |(account, _)| self.funds(account));
        let command = Command::Receive { bytes, funds };
        self.step_operator(bank, command, cause, message.order, message.purpose, asker)
    }

    /// What an account can be loaded from: an open wallet's balance.
    fn funds(&self, account: u64) -> i64 {
        let wallet = u32::try_from(account).ok().map(WalletId);
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
        let acts = match operator.step(command, at) {
            Ok(acts) => acts,
            Err(refused) => {
                let party = asker.and_then(|it| self.holder(it));
                let (party, wallet) = party.map_or((bank, None), |it| (it.0, Some(it.1)));
                let refusal = Refusal {
                    party,
                    ..refusal(refused, bank, order, purpose, wallet, 0)
                };
                return self.say(cause, vec![Fact::Refused(refusal)]);
            }
        };
        let mut desk = Till {
            bank,
            order,
            purpose,
            facts: Vec::new(),
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
                    desk.facts.push(Fact::Changed(Change::Offline(found)));
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
            mut facts,
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

    /// What a bank's operator sends, as a message.
    fn answer(
        &mut self,
        desk: &mut Till,
        to: Address,
        bytes: &[u8],
        asker: Option<DeviceId>,
    ) -> Option<Message> {
        let mut message = desk.message(CENTRAL_BANK, Subject::OfflineClear);
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
            Effect::Honour { amount, .. } if is_deposit => {
                desk.post(own(Title::Funds), own(Title::Float), amount);
                return;
            }
            Effect::Honour { amount, .. } => {
                let mut message = desk.message(CENTRAL_BANK, Subject::FloatHonour);
                message.amount = amount;
                desk.facts.push(Fact::Sent(message));
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
        let Some(wallet) = u32::try_from(account).ok().map(WalletId) else {
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
            desk.file(wallet, &file.plus(sum));
        }
        if !is_deposit {
            let subject = if sign < 0 {
                Subject::FloatIn
            } else {
                Subject::FloatOut
            };
            let mut message = desk.message(CENTRAL_BANK, subject);
            message.wallet = Some(wallet);
            message.amount = amount;
            desk.facts.push(Fact::Sent(message));
            desk.postings += 1;
        }
    }

    /// The central bank has posted: what the bank's operator said can go.
    pub(super) fn confirmed(&mut self, message: &Message) -> Result<(), Stop> {
        let bank = message.to;
        let mut facts = Vec::new();
        if message.subject == Subject::FloatPaid
            && let Some(wallet) = message.wallet
            && let Some(file) = self.world.wallet(wallet)
        {
            let mut desk = Till::of(message);
            desk.file(wallet, &file.plus(message.amount));
            facts = desk.facts;
        }
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

    /// The bank had no reserves for what its customer's device paid: it tries
    /// again when something comes to it.
    pub(super) fn not_paid(&mut self, message: &Message) -> Result<(), Stop> {
        let mut desk = Till::of(message);
        let own = |title| self.world.own(desk.bank, title);
        let (reserves, float) = (own(Title::OwnReserves), own(Title::Float));
        desk.post(reserves, float, message.amount);
        self.offline.unpaid.push(*message);
        self.say(Cause::Message(message.serial), desk.facts)
    }

    /// Pays other banks what could not be paid before.
    fn pay_late(&mut self, bank: PartyId, cause: Cause) -> Result<(), Stop> {
        let waits = |it: &Message| it.to == bank;
        let Some(place) = self.offline.unpaid.iter().position(waits) else {
            return Ok(());
        };
        let message = self.offline.unpaid[place];
        if self.world.balance(bank, Title::OwnReserves) < message.amount {
            return Ok(());
        }
        self.offline.unpaid.remove(place);
        let mut desk = Till::of(&message);
        let own = |title| self.world.own(bank, title);
        let (reserves, float) = (own(Title::OwnReserves), own(Title::Float));
        desk.post(float, reserves, message.amount);
        let again = Message {
            other: message.other,
            amount: message.amount,
            signature: message.signature,
            ..desk.message(CENTRAL_BANK, Subject::FloatTransfer)
        };
        desk.facts.push(Fact::Sent(again));
        self.say(cause, desk.facts)
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

/// What a bank posts and sends for its operator.
struct Till {
    bank: PartyId,
    order: OrderId,
    purpose: Purpose,
    facts: Vec<Fact>,
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
    fn of(message: &Message) -> Self {
        Till {
            bank: message.to,
            order: message.order,
            purpose: message.purpose,
            facts: Vec::new(),
            postings: 0,
            named: Vec::new(),
            filed: BTreeMap::new(),
            owed: BTreeMap::new(),
        }
    }

    fn post(&mut self, debit: Option<AccountId>, credit: Option<AccountId>, amount: i64) {
        if let (Some(debit), Some(credit)) = (debit, credit) {
            self.facts.push(Fact::Posted(Journal {
                book: self.bank,
                debit,
                credit,
                amount,
                purpose: self.purpose,
                finality: Finality::Final,
                order: self.order,
            }));
        }
    }

    fn file(&mut self, id: WalletId, wallet: &Wallet) {
        self.facts.push(Fact::Changed(Change::WalletUsed {
            wallet: id,
            available: wallet.available,
            expected: wallet.expected,
            spent_day: wallet.spent_day,
            spent_year: wallet.spent_year,
            day: wallet.day,
        }));
    }

    fn message(&self, to: PartyId, subject: Subject) -> Message {
        Message {
            serial: Serial(0),
            from: self.bank,
            to,
            subject,
            purpose: self.purpose,
            order: self.order,
            wallet: None,
            other: None,
            amount: 0,
            sent: 0,
            due: 0,
            fate: Fate::Arrives,
            fault: 0,
            memo: TextId::default(),
            signature: TextId::default(),
        }
    }
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
