//! The world at a moment, and how facts change it.
//!
//! Only [`World::apply`] changes anything here, and applying cannot fail: what
//! a fact says has already been decided. A posting that would break double
//! entry is a defect of a decision; it is kept as [`World::broken`], and the
//! run stops there.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Account, AccountId, BookId, Ledger, PostError, Posting};
use money::Currency;

use crate::fact::{
    Cause, Change, Fact, Fate, Kind, Message, NONE, OrderId, PartyId, Serial, Stamped, Subject,
    TextId, Timer, Title, WalletId,
};
use crate::flight::{Flight, Item};
use crate::invariants::{Explained, explains};

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
    /// The register's account of it, at the central bank.
    pub circulation: AccountId,
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
    currency: Currency,
    now: i64,
    pub(crate) ledger: Ledger,
    parties: Vec<Party>,
    wallets: Vec<Wallet>,
    /// Accounts of which a book has many, by title and subject.
    by_subject: BTreeMap<(Title, PartyId, u32), AccountId>,
    pub(crate) flight: Flight,
    faults: Vec<Fault>,
    chases: BTreeMap<(PartyId, OrderId), Chase>,
    sweeping: BTreeSet<PartyId>,
    pub(crate) explained: Explained,
    pub(crate) wallets_available: i64,
    pub(crate) issued: i64,
    broken: Option<PostError>,
}

impl World {
    /// A world in which nothing is yet.
    pub fn new(currency: Currency, start: i64) -> Self {
        World {
            currency,
            now: start,
            ledger: Ledger::default(),
            parties: Vec::new(),
            wallets: Vec::new(),
            by_subject: BTreeMap::new(),
            flight: Flight::default(),
            faults: Vec::new(),
            chases: BTreeMap::new(),
            sweeping: BTreeSet::new(),
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

    /// The currency of all books.
    pub fn currency(&self) -> Currency {
        self.currency
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
        let number = *self.party(party)?.accounts.get(title as usize)?;
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

    /// Sum of all accounts of a title, over all books.
    pub fn sum(&self, title: Title) -> i64 {
        self.ledger.sum(ledger::Title(title as u16))
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

    pub(crate) fn is_sweeping(&self, party: PartyId) -> bool {
        self.sweeping.contains(&party)
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
            Cause::Message(serial) if stamped.fact == Fact::Changed(Change::PutAside) => {
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
        match stamped.fact {
            Fact::Posted(journal) => {
                let posting = Posting {
                    debit: journal.debit,
                    credit: journal.credit,
                    amount: journal.amount,
                };
                match self.ledger.post(posting) {
                    Ok(()) => self.count_issue(journal.purpose, journal.book, journal.amount),
                    Err(error) => self.broken = self.broken.or(Some(error)),
                }
            }
            Fact::Sent(message) => self.send(message),
            Fact::Changed(change) => self.change(change),
            Fact::Scheduled(timer) => {
                self.sweeping.insert(timer.party);
                self.flight.schedule(timer);
            }
            Fact::Refused(_) => {}
        }
    }

    fn count_issue(&mut self, purpose: crate::fact::Purpose, book: PartyId, amount: i64) {
        use crate::fact::Purpose;
        if book == CENTRAL_BANK {
            match purpose {
                Purpose::Issue => self.issued += amount,
                Purpose::Return => self.issued -= amount,
                _ => {}
            }
        }
    }

    fn take_message(&mut self, serial: Serial) {
        if let Some(message) = self.flight.take(serial, self.now) {
            let explained = explains(&message, self);
            self.explained.remove(explained);
            if message.subject.is_answer() {
                self.chases.remove(&(message.to, message.order));
            }
        }
    }

    fn take_timer(&mut self, number: u32) {
        if let Some(Timer { party, .. }) = self.flight.take_timer(number, self.now) {
            self.sweeping.remove(&party);
        }
    }

    fn send(&mut self, message: Message) {
        if let Some(fault) = usize::from(message.fault)
            .checked_sub(1)
            .and_then(|index| self.faults.get_mut(index))
        {
            fault.count = fault.count.saturating_sub(1);
        } else {
            self.let_pass(&message);
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
        let kept = self.flight.send(message, self.now);
        if kept {
            let explained = explains(&message, self);
            self.explained.add(explained);
        }
    }

    /// Counts down the faults that let this message pass first.
    fn let_pass(&mut self, message: &Message) {
        for fault in &mut self.faults {
            if fault.after > 0 && fits(fault, message) {
                fault.after -= 1;
            }
        }
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::PartyOpened { kind, at, name, .. } => {
                self.parties.push(Party {
                    kind,
                    at,
                    name,
                    wallet: None,
                    accounts: [NONE; Title::ALL.len()],
                });
            }
            Change::AccountOpened {
                book,
                class,
                title,
                subject,
                may_overdraw,
                ..
            } => {
                let account = self.ledger.open(Account {
                    book: BookId(book.0),
                    title: ledger::Title(title as u16),
                    subject,
                    class,
                    currency: self.currency,
                    may_overdraw,
                    balance: 0,
                });
                if subject == NONE {
                    if let Some(party) = self.parties.get_mut(book.0 as usize) {
                        party.accounts[title as usize] = account.0;
                    }
                } else if title == Title::Circulation {
                    if let Some(wallet) = self.wallets.get_mut(subject as usize) {
                        wallet.circulation = account;
                    }
                } else {
                    self.by_subject.insert((title, book, subject), account);
                }
            }
            Change::WalletOpened {
                wallet,
                owner,
                operator,
                ty,
                name,
                key,
            } => {
                self.wallets.push(Wallet {
                    owner,
                    operator,
                    ty,
                    name,
                    key,
                    available: 0,
                    expected: 0,
                    spent_day: 0,
                    spent_year: 0,
                    day: 0,
                    circulation: AccountId(NONE),
                });
                if let Some(owner) = self.parties.get_mut(owner.0 as usize) {
                    owner.wallet.get_or_insert(wallet);
                }
            }
            Change::WalletUsed {
                wallet,
                available,
                expected,
                spent_day,
                spent_year,
                day,
            } => {
                if let Some(wallet) = self.wallets.get_mut(wallet.0 as usize) {
                    self.wallets_available += available - wallet.available;
                    *wallet = Wallet {
                        available,
                        expected,
                        spent_day,
                        spent_year,
                        day,
                        ..*wallet
                    };
                }
            }
            Change::FaultLaid {
                fate,
                from,
                to,
                count,
                after,
                delay,
                ..
            } => {
                self.faults.push(Fault {
                    fate,
                    from,
                    to,
                    count,
                    after,
                    delay,
                });
            }
            Change::Overdue { order, party } => {
                if let Some(chase) = self.chases.get_mut(&(party, order)) {
                    chase.overdue = true;
                }
            }
            Change::Arrived | Change::PutAside | Change::Idle => {}
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

impl Subject {
    /// Whether its sender waits for an answer to the order.
    pub fn wants_answer(self) -> bool {
        matches!(
            self,
            Subject::Convert
                | Subject::Withdraw
                | Subject::Offer
                | Subject::Accept
                | Subject::Order
        )
    }

    /// Whether it answers an order its receiver waits for.
    pub fn is_answer(self) -> bool {
        matches!(
            self,
            Subject::Converted | Subject::Withdrawn | Subject::Settled | Subject::Rejected
        )
    }

    /// Whether it is handed over in person, so that no network can lose it.
    pub fn is_in_person(self) -> bool {
        matches!(self, Subject::AskWithNotes | Subject::HandNotes)
    }

    /// Whether it only informs a holder: nothing is decided on it.
    pub fn is_notice(self) -> bool {
        matches!(self, Subject::Receipt | Subject::Notice | Subject::Declined)
    }
}
