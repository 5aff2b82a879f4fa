//! The world at a moment, and how facts change it.
//!
//! Only [`World::apply`] changes anything here, and applying cannot fail: what
//! a fact says has already been decided. A posting that would break double
//! entry is a defect of a decision; it is kept as [`World::broken`], and the
//! run stops there.

mod abroad;
mod changes;
mod contracts;
mod files;
mod offline;

pub use abroad::Forward;
pub use contracts::{Form, Open, Purse, Sums, Written, act_of, holder};
pub use files::{Bill, Earned, Payment, Special, Standing};
pub use offline::{Device, Found};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ledger::{Account, AccountId, BookId, Ledger, PostError, Posting};
use money::{Currency, Instant, Interest};

use crate::fact::{
    Cause, Change, Fact, Fate, Journal, Kind, Limits, Message, NONE, OrderId, PartyId, Purpose,
    Serial, Stamped, Status, Terms, TextId, Timer, Title, WalletId,
};
use crate::flight::{Flight, Item};
use crate::invariants::{Explained, Mirror, explains};
use crate::rules::{Issuance, Rules};

/// A party and its accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// What it is.
    pub kind: Kind,
    /// The institution it banks with.
    pub at: Option<PartyId>,
    /// Its name.
    pub name: TextId,
    /// Its first wallet.
    pub wallet: Option<WalletId>,
    /// The agent through which it reaches its bank.
    pub via: Option<PartyId>,
    accounts: [u32; Title::ALL.len()],
}

/// A wallet, as its operator's file and the register know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// Whose it is.
    pub owner: PartyId,
    /// Who runs it.
    pub operator: PartyId,
    /// Its type, as an index into the rules' list.
    pub ty: u16,
    /// Its name.
    pub name: TextId,
    /// Its public key; 0 where payments are not signed.
    pub key: TextId,
    /// Operator's file: what may be spent.
    pub available: i64,
    /// Operator's file: headroom held for money on its way in.
    pub expected: i64,
    /// Operator's file: paid on `day`.
    pub spent_day: i64,
    /// Operator's file: paid in the year of `day`.
    pub spent_year: i64,
    /// Operator's file: the local day the sums belong to.
    pub day: i32,
    /// What it holds: the register's account at the central bank, or under
    /// digital deposit money its operator's own.
    pub account: AccountId,
    /// What may be done with it.
    pub status: Status,
    /// Whether there is a [`Special`] for it.
    pub special: bool,
}

impl Wallet {
    /// With this much more to spend; less if negative.
    #[must_use]
    pub fn plus(&self, amount: i64) -> Self {
        Wallet {
            available: self.available + amount,
            ..*self
        }
    }

    /// With headroom held for this much more on its way in; less if negative.
    #[must_use]
    pub fn expecting(&self, amount: i64) -> Self {
        Wallet {
            expected: self.expected + amount,
            ..*self
        }
    }
}

/// A fault that waits for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it does.
    pub fate: Fate,
    /// From whom, if only from one.
    pub from: Option<PartyId>,
    /// To whom, if only to one.
    pub to: Option<PartyId>,
    /// For how many messages more.
    pub count: u32,
    /// How many fitting messages pass first.
    pub after: u32,
    /// How much later, milliseconds.
    pub delay: i64,
}

/// An order that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chase {
    /// Since when, milliseconds.
    pub since: i64,
    /// Whether the preset's timeout has passed.
    pub overdue: bool,
}

/// Everything that is, at one position of the log.
#[derive(Clone, Debug)]
pub struct World {
    rules: Arc<Rules>,
    /// What each wallet type earns a year in billionths; 0 for nothing.
    rates: Arc<[i64]>,
    now: i64,
    pub(crate) ledger: Ledger,
    parties: Vec<Party>,
    wallets: Vec<Wallet>,
    /// Who has a wallet at an operator other than its own bank: operator, owner.
    elsewhere: BTreeSet<(PartyId, PartyId)>,
    /// Accounts of which a book has many, by title and subject.
    by_subject: BTreeMap<(Title, PartyId, u32), AccountId>,
    pub(crate) flight: Flight,
    faults: Vec<Fault>,
    chases: BTreeMap<(PartyId, OrderId), Chase>,
    /// Payments that wait for what they are short of: the sum to be paid.
    parked: BTreeMap<(PartyId, OrderId), i64>,
    terms: BTreeMap<OrderId, Terms>,
    specials: BTreeMap<WalletId, Special>,
    bills: BTreeMap<OrderId, Bill>,
    payments: BTreeMap<OrderId, Payment>,
    keys: BTreeSet<(WalletId, TextId)>,
    standing: BTreeMap<OrderId, Standing>,
    aliases: BTreeMap<TextId, WalletId>,
    limits_at: BTreeMap<(PartyId, u16), Limits>,
    /// When requests that agents have passed on were signed.
    relayed: BTreeMap<OrderId, i64>,
    /// Banks that have failed, and who takes their insured depositors.
    failed: BTreeMap<PartyId, PartyId>,
    earned: BTreeMap<WalletId, Earned>,
    /// When each party's next timer fires.
    sweeping: BTreeMap<PartyId, i64>,
    abroad: abroad::Abroad,
    offline: offline::Offline,
    contracts: contracts::Contracts,
    pub(crate) explained: Explained,
    pub(crate) wallets_available: i64,
    pub(crate) issued: i64,
    broken: Option<PostError>,
}

impl World {
    /// A world in which nothing is yet.
    pub fn new(rules: Arc<Rules>, start: i64) -> Self {
        let earns = rules.issuance == Issuance::Deposit;
        let rate = |ty: &crate::rules::WalletType| {
            let rate = ty.interest.filter(|_| earns);
            rate.and_then(|rate| rate.nano().ok()).unwrap_or(0)
        };
        World {
            rates: rules.wallet_types.iter().map(rate).collect(),
            rules,
            now: start,
            ledger: Ledger::default(),
            parties: Vec::new(),
            wallets: Vec::new(),
            elsewhere: BTreeSet::new(),
            by_subject: BTreeMap::new(),
            flight: Flight::default(),
            faults: Vec::new(),
            chases: BTreeMap::new(),
            parked: BTreeMap::new(),
            terms: BTreeMap::new(),
            specials: BTreeMap::new(),
            bills: BTreeMap::new(),
            payments: BTreeMap::new(),
            keys: BTreeSet::new(),
            standing: BTreeMap::new(),
            aliases: BTreeMap::new(),
            limits_at: BTreeMap::new(),
            relayed: BTreeMap::new(),
            failed: BTreeMap::new(),
            earned: BTreeMap::new(),
            sweeping: BTreeMap::new(),
            abroad: abroad::Abroad::default(),
            offline: offline::Offline::default(),
            contracts: contracts::Contracts::default(),
            explained: Explained::default(),
            wallets_available: 0,
            issued: 0,
            broken: None,
        }
    }

    /// Virtual time, milliseconds UTC.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// The run's currency: that of every book at home.
    pub fn currency(&self) -> Currency {
        self.rules.currency
    }

    /// How digital currency comes to be.
    pub fn issuance(&self) -> Issuance {
        self.rules.issuance
    }

    /// What only some wallets have, if this one does.
    pub fn special(&self, id: WalletId) -> Option<&Special> {
        self.specials.get(&id)
    }

    /// The wallet whose money it is: the parent of a sub-wallet, or itself.
    pub fn purse(&self, id: WalletId) -> WalletId {
        let special = self.wallet(id).is_some_and(|wallet| wallet.special);
        let special = special.then(|| self.special(id)).flatten();
        special.and_then(|it| it.parent).unwrap_or(id)
    }

    /// What a request says beyond its messages.
    pub fn terms(&self, order: OrderId) -> Option<&Terms> {
        self.terms.get(&order)
    }

    /// Requests to be paid, those that are over too.
    pub fn bills(&self) -> impl Iterator<Item = (OrderId, &Bill)> {
        self.bills.iter().map(|(order, bill)| (*order, bill))
    }

    /// A request to be paid.
    pub fn bill(&self, order: OrderId) -> Option<&Bill> {
        self.bills.get(&order)
    }

    /// A payment that has a name.
    pub fn payment(&self, order: OrderId) -> Option<&Payment> {
        self.payments.get(&order)
    }

    /// Whether a request with this number of its sender's was taken on.
    pub fn is_key_used(&self, wallet: WalletId, key: TextId) -> bool {
        self.keys.contains(&(wallet, key))
    }

    /// Whose name in the directory this is.
    pub fn aliased(&self, alias: TextId) -> Option<WalletId> {
        self.aliases.get(&alias).copied()
    }

    /// The names in the directory and whose they are.
    pub fn aliases(&self) -> impl Iterator<Item = (TextId, WalletId)> {
        self.aliases.iter().map(|(alias, wallet)| (*alias, *wallet))
    }

    /// How much less than the rules a bank lets a wallet type do, if it does.
    pub fn limits_at(&self, bank: PartyId, ty: u16) -> Option<Limits> {
        self.limits_at.get(&(bank, ty)).copied()
    }

    /// When a request that an agent has passed on was signed, milliseconds.
    pub fn signed_at(&self, order: OrderId) -> Option<i64> {
        self.relayed.get(&order).copied()
    }

    /// Who takes the insured depositors of a bank, if it has failed.
    pub fn successor(&self, bank: PartyId) -> Option<PartyId> {
        self.failed.get(&bank).copied()
    }

    /// The accounts of a title that a book has for each of many, by subject.
    pub fn all_of(&self, party: PartyId, title: Title) -> impl Iterator<Item = (u32, AccountId)> {
        let all = (title, party, 0)..=(title, party, NONE);
        self.by_subject
            .range(all)
            .map(|((.., subject), account)| (*subject, *account))
    }

    /// What agents keep for a holder, if one does.
    pub fn kept_by_agents(&self, holder: PartyId) -> Option<i64> {
        let agents = self.parties().filter(|(_, it)| it.kind == Kind::Agent);
        let kept = agents.filter_map(|(id, _)| self.of(id, Title::Balances, holder.0));
        kept.map(|account| self.ledger.balance(account))
            .reduce(|all, one| all + one)
    }

    /// Payments that are made later.
    pub fn standing(&self) -> impl Iterator<Item = (OrderId, &Standing)> {
        self.standing.iter().map(|(order, it)| (*order, it))
    }

    /// What a wallet has earned up to today and not been paid, reckoned with
    /// its balance since the last change.
    pub fn earned(&self, id: WalletId) -> Option<Earned> {
        let wallet = self.wallet(id)?;
        let rate = self.rates.get(usize::from(wallet.ty)).copied()?;
        let earned = *self.earned.get(&id)?;
        Some(earned.up_to(self.today(), wallet.available, rate))
    }

    fn today(&self) -> i32 {
        self.rules.zone.day(Instant(self.now))
    }

    /// The rules that everybody plays by.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    pub(crate) fn set_now(&mut self, now: i64) {
        self.now = now;
    }

    /// All books.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The parties in order of their numbers.
    pub fn parties(&self) -> impl Iterator<Item = (PartyId, &Party)> {
        (0u32..).map(PartyId).zip(&self.parties)
    }

    /// The party of this number.
    pub fn party(&self, id: PartyId) -> Option<&Party> {
        self.parties.get(id.0 as usize)
    }

    /// How many parties there are.
    pub fn party_count(&self) -> u32 {
        count(self.parties.len())
    }

    /// Whether an institution has a party for a customer: as its bank or agent,
    /// as the operator of one of its wallets, or as the keeper of a balance.
    pub fn is_customer(&self, party: PartyId, of: PartyId) -> bool {
        let is_own = |it: &Party| it.at == Some(of) || it.via == Some(of);
        self.party(party).is_some_and(is_own)
            || self.elsewhere.contains(&(of, party))
            || self.of(of, Title::Balances, party.0).is_some()
    }

    /// The wallets in order of their numbers.
    pub fn wallets(&self) -> impl Iterator<Item = (WalletId, &Wallet)> {
        (0u32..).map(WalletId).zip(&self.wallets)
    }

    /// The wallet of this number.
    pub fn wallet(&self, id: WalletId) -> Option<&Wallet> {
        self.wallets.get(id.0 as usize)
    }

    /// How many wallets there are.
    pub fn wallet_count(&self) -> u32 {
        count(self.wallets.len())
    }

    /// A party's only account of this title.
    pub fn own(&self, party: PartyId, title: Title) -> Option<AccountId> {
        let number = *self.party(party)?.accounts.get(title.index())?;
        (number != NONE).then_some(AccountId(number))
    }

    /// A party's account of this title for one subject.
    pub fn of(&self, party: PartyId, title: Title, subject: u32) -> Option<AccountId> {
        self.by_subject.get(&(title, party, subject)).copied()
    }

    /// The balance of a party's only account of this title; zero without one.
    pub fn balance(&self, party: PartyId, title: Title) -> i64 {
        self.own(party, title)
            .map_or(0, |account| self.ledger.balance(account))
    }

    /// The balance of a party's account of this title for one subject.
    pub fn balance_of(&self, party: PartyId, title: Title, subject: u32) -> i64 {
        self.of(party, title, subject)
            .map_or(0, |account| self.ledger.balance(account))
    }

    /// Sum of all accounts of a title in the run's currency, over all books.
    pub fn sum(&self, title: Title) -> i64 {
        self.sum_in(title, self.currency())
    }

    /// Sum of all accounts of a title in a currency, over all books.
    pub fn sum_in(&self, title: Title, currency: Currency) -> i64 {
        self.ledger.sum(ledger::Title(title as u16), currency)
    }

    /// Orders that wait for an answer.
    pub fn chases(&self) -> impl Iterator<Item = (PartyId, OrderId, &Chase)> {
        self.chases
            .iter()
            .map(|((party, order), chase)| (*party, *order, chase))
    }

    /// The order of this party that waits for an answer.
    pub(crate) fn chase(&self, party: PartyId, order: OrderId) -> Option<&Chase> {
        self.chases.get(&(party, order))
    }

    pub(crate) fn chases_of(&self, party: PartyId) -> impl Iterator<Item = (OrderId, &Chase)> {
        let range = (party, OrderId(0))..=(party, OrderId(u32::MAX));
        self.chases
            .range(range)
            .map(|((_, order), chase)| (*order, chase))
    }

    /// What a payment that waits at this party is to pay.
    pub(crate) fn parked(&self, party: PartyId, order: OrderId) -> Option<i64> {
        self.parked.get(&(party, order)).copied()
    }

    /// When this party's next timer fires.
    pub(crate) fn timer(&self, party: PartyId) -> Option<i64> {
        self.sweeping.get(&party).copied()
    }

    /// Messages that have been sent and have not arrived, the lost ones too.
    pub fn pending(&self) -> impl Iterator<Item = &Message> {
        self.flight.pending()
    }

    /// The network's faults in order of their numbers, those that are used up too.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Digital currency issued less returned.
    pub fn issued(&self) -> i64 {
        self.issued
    }

    /// The defect that stopped the run, if one did.
    pub fn broken(&self) -> Option<PostError> {
        self.broken
    }

    /// Makes what the fact says so.
    pub fn apply(&mut self, stamped: &Stamped) {
        self.now = stamped.at;
        match stamped.cause {
            Cause::Line(_) => {}
            Cause::Message(serial) if matches!(stamped.fact, Fact::Changed(Change::PutAside)) => {
                self.flight.take_copy(serial, self.now);
            }
            // The first fact of a message takes it off its way.
            Cause::Message(serial) => {
                if !self.flight.is_handled(serial) {
                    self.take_message(serial);
                }
            }
            Cause::Timer(number) => self.take_timer(number),
        }
        match &stamped.fact {
            Fact::Posted(journal) => {
                let posting = Posting {
                    debit: journal.debit,
                    credit: journal.credit,
                    amount: journal.amount,
                };
                match self.ledger.post(posting) {
                    Ok(()) if journal.book == CENTRAL_BANK => self.count_issue(journal),
                    Ok(()) => {}
                    Err(error) => self.broken = self.broken.or(Some(error)),
                }
            }
            Fact::Sent(message) => self.send(message),
            Fact::Changed(change) => self.change(change),
            Fact::Scheduled(timer) => {
                self.sweeping.insert(timer.party, timer.due);
                self.flight.schedule(*timer);
            }
            Fact::Refused(_) => {}
        }
    }

    /// Keeps the sum in issue: what came out of reserves less what went back.
    fn count_issue(&mut self, journal: &Journal) {
        match journal.purpose {
            Purpose::Issue => self.issued += journal.amount,
            Purpose::Return => self.issued -= journal.amount,
            Purpose::Opening | Purpose::Pay | Purpose::Refund | Purpose::Fault => {}
            // What devices hold stays in issue; what somebody made up comes into it.
            purpose if purpose.is_offline() => {
                let paid_by = self.ledger.account(journal.debit).map(|it| it.title);
                if paid_by == Some(ledger::Title(Title::Funds as u16)) {
                    self.issued += journal.amount;
                }
            }
            // Between a wallet and a contract nothing is issued.
            it if it.is_contract() => {}
            _ if self.issuance() == Issuance::OnDemand => {
                let is = |account, title: Title| {
                    let account = self.ledger.account(account);
                    account.is_some_and(|it| it.title == ledger::Title(title as u16))
                };
                if is(journal.credit, Title::Circulation) {
                    self.issued += journal.amount;
                } else if is(journal.debit, Title::Circulation) {
                    self.issued -= journal.amount;
                }
            }
            _ => {}
        }
    }

    fn take_message(&mut self, serial: Serial) {
        if let Some(message) = self.flight.take(serial, self.now) {
            self.explain(&message, -1);
            if message.subject.is_answer(self.issuance()) {
                self.chases.remove(&(message.to, message.order));
            }
        }
    }

    fn take_timer(&mut self, number: u32) {
        if let Some(Timer { party, due, .. }) = self.flight.take_timer(number, self.now)
            && self.timer(party) == Some(due)
        {
            self.sweeping.remove(&party);
        }
    }

    fn send(&mut self, message: &Message) {
        if let Some(fault) = usize::from(message.fault)
            .checked_sub(1)
            .and_then(|index| self.faults.get_mut(index))
        {
            fault.count = fault.count.saturating_sub(1);
        } else {
            self.let_pass(message);
        }
        if message.subject.wants_answer() {
            self.chases.insert(
                (message.from, message.order),
                Chase {
                    since: self.now,
                    overdue: false,
                },
            );
        }
        // An agent passes on what its customers are told.
        let is_agent = |party| self.party(party).is_some_and(|it| it.kind == Kind::Agent);
        let is_done_with = message.subject.is_notice() && !is_agent(message.to);
        let kept = self.flight.send(message, is_done_with, self.now);
        if kept {
            self.explain(message, 1);
        }
    }

    /// A message that is on its way explains differences, or no longer does.
    fn explain(&mut self, message: &Message, sign: i64) {
        // Most messages explain nothing, and none a second thing alone.
        if let [Some((mirror, difference)), other] = explains(message, self) {
            self.add_explained(mirror, sign * difference);
            if let Some((mirror, difference)) = other {
                self.add_explained(mirror, sign * difference);
            }
        }
    }

    fn add_explained(&mut self, mirror: Mirror, difference: i64) {
        let abroad = match mirror {
            Mirror::Reserves(bank) => {
                Some(self.home_currency(bank)).filter(|it| *it != self.currency())
            }
            Mirror::Bridge(_, authority) | Mirror::Issued(authority) => {
                Some(self.home_currency(authority))
            }
            _ => None,
        };
        self.explained.add(mirror, difference, abroad);
    }

    /// Counts down the faults that let this message pass first.
    fn let_pass(&mut self, message: &Message) {
        for fault in &mut self.faults {
            if fault.after > 0 && fits(fault, message) {
                fault.after -= 1;
            }
        }
    }

    fn make_special(&mut self, id: WalletId) -> &mut Special {
        if let Some(wallet) = self.wallets.get_mut(id.0 as usize) {
            wallet.special = true;
        }
        self.specials.entry(id).or_default()
    }

    fn begin_earning(&mut self, id: WalletId) {
        let day = self.today();
        self.earned.entry(id).or_insert(Earned {
            day,
            interest: Interest::default(),
            owed: 0,
        });
    }

    /// Before a balance or type changes: the days since the last change earned
    /// on what there was at the end of each.
    fn reckon(&mut self, id: WalletId) {
        if !self.earned.is_empty()
            && let Some(earned) = self.earned(id)
        {
            self.earned.insert(id, earned);
        }
    }

    /// The fault that meets this message: its number, and what it does.
    pub(crate) fn fault_for(&self, message: &Message) -> Option<(u8, Fault)> {
        let found = self
            .faults
            .iter()
            .position(|fault| fault.count > 0 && fault.after == 0 && fits(fault, message))?;
        Some((u8::try_from(found + 1).ok()?, self.faults[found]))
    }

    /// What is due at or before a time, next first.
    pub(crate) fn next_due(&mut self, until: i64) -> Option<Item> {
        self.flight.next_due(until)
    }
}

fn fits(fault: &Fault, message: &Message) -> bool {
    !message.subject.is_in_person()
        && fault.from.is_none_or(|from| from == message.from)
        && fault.to.is_none_or(|to| to == message.to)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The central bank's number.
pub const CENTRAL_BANK: PartyId = PartyId(0);
