//! What became of a run's money as time passed, and figures derived from it.
//!
//! Pure functions of the run's log, in one pass over it.

use std::collections::BTreeMap;

use ledger::{AccountId, Class};
use money::{Rate, Rounding};
use world::fact::{
    Change, Fact, Finality, Journal, Kind, NONE, PartyId, Purpose, Stamped, Subject, Title,
    WalletId,
};
use world::refusal::Code;
use world::rules::{Issuance, Rules};

use crate::picture::civil;
use crate::run::{Run, What};
use crate::views::{BankReserves, Monitor, Sample, Series};

/// Decimals of a velocity.
const DECIMALS: u32 = 4;

/// The run at so many even distances of virtual time, from when everything
/// has been declared to its end; fewer where not so many milliseconds pass.
#[must_use]
pub fn series(run: &Run, intervals: u32) -> Series {
    let simulation = run.simulation();
    let (log, length) = (simulation.log(), run.position());
    let first = run.played().iter().find(|it| it.what != What::Declared);
    let opened = first.map_or(length, |played| played.from);
    let end = simulation.world().now();
    let mut tally = Tally::new(simulation.rules());
    let mut samples = Vec::new();
    for (_, stamped) in log.facts(0, opened) {
        tally.take(&stamped);
    }
    let start = log.fact(opened).map_or(end, |fact| fact.at.min(end));
    tally.open(start);
    let mut times = times(start, end, intervals).peekable();
    let mut position = opened;
    for (index, stamped) in log.facts(opened, length) {
        while let Some(at) = times.next_if(|at| *at < stamped.at) {
            samples.push(tally.sample(run, position, at));
        }
        // What everything began with, before the first act at the same instant.
        if index == opened
            && let Some(at) = times.next()
        {
            samples.push(tally.sample(run, position, at));
        }
        tally.take(&stamped);
        position = index + 1;
    }
    // At the end there is always one, even if no time has passed.
    let rest: Vec<i64> = times.collect();
    for at in if rest.is_empty() { vec![end] } else { rest } {
        samples.push(tally.sample(run, position, at));
    }
    Series {
        samples,
        banks: tally.banks(run),
    }
}

/// Moments at even distances, the first and the last included, each once.
fn times(start: i64, end: i64, intervals: u32) -> impl Iterator<Item = i64> {
    let intervals = i128::from(intervals.max(1));
    let mut last = None;
    (0..=intervals).filter_map(move |number| {
        let passed = i128::from(end - start) * number / intervals;
        let at = start + i64::try_from(passed).unwrap_or(0);
        let is_new = last != Some(at);
        last = Some(at);
        is_new.then_some(at)
    })
}

/// Whether banks hold what they have to, and had what was asked of them: at
/// the end of what has been played.
#[must_use]
pub fn monitors(run: &Run) -> Vec<Monitor> {
    let simulation = run.simulation();
    let (world, rules) = (simulation.world(), simulation.rules());
    let mut owed: BTreeMap<u32, i64> = BTreeMap::new();
    for (_, account) in world.ledger().accounts() {
        if account.title.0 == Title::Deposits as u16 || account.title.0 == Title::Wallets as u16 {
            *owed.entry(account.book.0).or_default() += account.balance;
        }
    }
    let mut short: BTreeMap<PartyId, i64> = BTreeMap::new();
    for refused in run.refused() {
        if refused.refusal.code == Code::LiquidityShort {
            let sum = short.entry(refused.refusal.by).or_default();
            *sum = sum.saturating_add(refused.refusal.asked);
        }
    }
    let mut found = Vec::new();
    for (party, bank) in world.parties() {
        if let (Kind::Agent, Some(share)) = (bank.kind, rules.margin) {
            let balances = world.all_of(party, Title::Balances);
            let owed = balances.map(|(_, account)| world.ledger().balance(account));
            let has = world.balance(party, Title::ClientAsset);
            let needs = share
                .apply(owed.sum(), Rounding::HalfEven)
                .unwrap_or(i64::MAX);
            found.push(Monitor {
                key: "margin".to_owned(),
                party: party.0,
                name: simulation.texts().text(bank.name).to_owned(),
                has,
                needs,
                breached: needs > has,
            });
        }
        if bank.kind != Kind::Operator {
            continue;
        }
        let has = world.balance(party, Title::OwnReserves) + world.balance(party, Title::Vault);
        let mut add = |key: &str, needs: i64| {
            found.push(Monitor {
                key: key.to_owned(),
                party: party.0,
                name: simulation.texts().text(bank.name).to_owned(),
                has,
                needs,
                breached: needs > has,
            });
        };
        let owed = owed.get(&party.0).copied().unwrap_or(0);
        if let Some(required) = required(rules, owed) {
            add("reserve-ratio", required);
        }
        let short = short.get(&party).copied().unwrap_or(0);
        add(
            "liquidity",
            if short > 0 {
                has.saturating_add(short)
            } else {
                0
            },
        );
    }
    found
}

/// What a bank that owes so much has to hold, if the rules say.
fn required(rules: &Rules, owed: i64) -> Option<i64> {
    rules.reserve_ratio?.apply(owed, Rounding::HalfEven).ok()
}

/// An account as far as sums need it.
#[derive(Clone, Copy)]
struct Account {
    book: PartyId,
    title: Title,
    subject: u32,
    is_asset: bool,
    /// Of another currency: it is no part of the sums.
    is_abroad: bool,
}

/// A bank so far.
#[derive(Clone, Copy, Default)]
struct Bank {
    held: i64,
    owed: i64,
    held_at_first: i64,
    owed_at_first: i64,
    turned_away: i64,
}

impl Bank {
    fn outflow(&self) -> i64 {
        (self.owed_at_first - self.owed).max(0)
    }

    /// The formula of both regimes. An outflow takes as much from what is held,
    /// and the requirement falls with what is owed.
    fn shortage(&self, rules: &Rules) -> i64 {
        if rules.issuance == Issuance::Deposit {
            return 0;
        }
        let needs = |owed| required(rules, owed).unwrap_or(0);
        let outflow = self.outflow();
        let excess = self.held_at_first - needs(self.owed_at_first);
        (outflow - needs(outflow) - excess).max(0)
    }

    fn deficiency(&self, rules: &Rules) -> Option<i64> {
        Some(required(rules, self.owed)? - self.held)
    }
}

/// Everything that a pass over the log keeps.
struct Tally<'a> {
    rules: &'a Rules,
    accounts: Vec<Account>,
    sums: [i64; Title::ALL.len()],
    banks: BTreeMap<PartyId, Bank>,
    /// What each wallet type's wallets hold together.
    by_type: Vec<i64>,
    types: Vec<u16>,
    in_wallets: Vec<i64>,
    payments: u32,
    paid: i64,
    refusals: BTreeMap<Code, u32>,
    by_hand: u32,
    honoured: i64,
    /// When the first sample is, and up to when the stock is reckoned.
    start: i64,
    reckoned: i64,
    /// Σ stock × milliseconds since the first sample.
    stock_time: i128,
}

impl<'a> Tally<'a> {
    fn new(rules: &'a Rules) -> Self {
        Tally {
            rules,
            accounts: Vec::new(),
            sums: [0; Title::ALL.len()],
            banks: BTreeMap::new(),
            by_type: vec![0; rules.wallet_types.len()],
            types: Vec::new(),
            in_wallets: Vec::new(),
            payments: 0,
            paid: 0,
            refusals: BTreeMap::new(),
            by_hand: 0,
            honoured: 0,
            start: 0,
            reckoned: 0,
            stock_time: 0,
        }
    }

    /// What there is now is what outflows and averages are reckoned from.
    fn open(&mut self, at: i64) {
        (self.start, self.reckoned) = (at, at);
        self.stock_time = 0;
        (self.payments, self.paid) = (0, 0);
        for bank in self.banks.values_mut() {
            (bank.held_at_first, bank.owed_at_first) = (bank.held, bank.owed);
        }
    }

    fn sum(&self, title: Title) -> i64 {
        self.sums[title.index()]
    }

    fn stock(&self) -> i64 {
        self.sum(Title::Circulation) + self.sum(Title::Wallets)
    }

    fn reckon(&mut self, at: i64) {
        self.stock_time += i128::from(self.stock()) * i128::from(at - self.reckoned);
        self.reckoned = at;
    }

    fn take(&mut self, stamped: &Stamped) {
        self.reckon(stamped.at);
        match stamped.fact {
            Fact::Posted(journal) => self.post(&journal),
            Fact::Sent(message) => {
                // A bank tells its own customer that a payment has come; the
                // register's own posting is the payment where there is one.
                if self.rules.issuance == Issuance::Deposit
                    && message.subject == Subject::Notice
                    && message.purpose == Purpose::Pay
                {
                    self.pay(message.amount);
                }
                if message.subject == Subject::OfflineReceipt {
                    self.by_hand += 1;
                }
            }
            Fact::Refused(refusal) => {
                *self.refusals.entry(refusal.code).or_default() += 1;
                if refusal.code == Code::LiquidityShort
                    && let Some(bank) = self.banks.get_mut(&refusal.by)
                {
                    bank.turned_away = bank.turned_away.saturating_add(refusal.asked);
                }
            }
            Fact::Changed(change) => self.change(change),
            Fact::Scheduled(_) => {}
        }
    }

    fn pay(&mut self, amount: i64) {
        self.payments += 1;
        self.paid = self.paid.saturating_add(amount);
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::PartyOpened {
                party,
                kind: Kind::Operator,
                ..
            } => {
                self.banks.insert(party, Bank::default());
            }
            Change::AccountOpened {
                book,
                class,
                title,
                subject,
                ..
            } => self.accounts.push(Account {
                book,
                title,
                subject,
                is_asset: class == Class::Asset,
                is_abroad: false,
            }),
            Change::AccountIn {
                book,
                class,
                title,
                subject,
                currency,
                ..
            } => self.accounts.push(Account {
                book,
                title,
                subject,
                is_asset: class == Class::Asset,
                is_abroad: currency != self.rules.currency,
            }),
            Change::WalletOpened { ty, .. } => {
                self.types.push(ty);
                self.in_wallets.push(0);
            }
            Change::WalletTyped {
                wallet: WalletId(wallet),
                ty,
            } => {
                let held = self.in_wallets.get(wallet as usize).copied().unwrap_or(0);
                self.add_to_type(wallet, -held);
                if let Some(slot) = self.types.get_mut(wallet as usize) {
                    *slot = ty;
                }
                self.add_to_type(wallet, held);
            }
            _ => {}
        }
    }

    fn add_to_type(&mut self, wallet: u32, amount: i64) {
        let ty = self.types.get(wallet as usize).copied();
        if let Some(sum) = ty.and_then(|ty| self.by_type.get_mut(usize::from(ty))) {
            *sum += amount;
        }
    }

    fn post(&mut self, journal: &Journal) {
        let debit = self.add(journal.debit, journal.amount, true);
        let credit = self.add(journal.credit, journal.amount, false);
        // Value that nobody had loaded becomes the issuer's debt.
        if (debit, credit) == (Some(Title::Funds), Some(Title::Float)) {
            self.honoured = self.honoured.saturating_add(journal.amount);
        }
        if (debit, credit) == (Some(Title::Circulation), Some(Title::Circulation))
            && journal.purpose == Purpose::Pay
            && journal.finality == Finality::Final
        {
            self.pay(journal.amount);
        }
    }

    /// Debits or credits an account; says its title.
    fn add(&mut self, id: AccountId, amount: i64, debits: bool) -> Option<Title> {
        let account = *self.accounts.get(id.0 as usize)?;
        let change = if account.is_asset == debits {
            amount
        } else {
            -amount
        };
        if account.is_abroad {
            return Some(account.title);
        }
        self.sums[account.title.index()] += change;
        match account.title {
            Title::OwnReserves | Title::Vault => {
                if let Some(bank) = self.banks.get_mut(&account.book) {
                    bank.held += change;
                }
            }
            Title::Deposits | Title::Wallets => {
                if let Some(bank) = self.banks.get_mut(&account.book) {
                    bank.owed += change;
                }
            }
            _ => {}
        }
        if matches!(account.title, Title::Circulation | Title::Wallets) && account.subject != NONE {
            self.add_to_type(account.subject, change);
            if let Some(held) = self.in_wallets.get_mut(account.subject as usize) {
                *held += change;
            }
        }
        Some(account.title)
    }

    fn sample(&mut self, run: &Run, position: u32, at: i64) -> Sample {
        self.reckon(at);
        let elapsed = i128::from(at - self.start);
        let average = Rate::quotient(self.stock_time, elapsed, 0, Rounding::HalfEven);
        let average = average.and_then(|it| it.apply(1, Rounding::HalfEven));
        let all = |sum: &dyn Fn(&Bank) -> i64| {
            let sums = self.banks.values().map(sum);
            sums.fold(0, i64::saturating_add)
        };
        Sample {
            position,
            at,
            time: civil(run, at),
            reserves: self.sum(Title::Reserves),
            vaults: self.sum(Title::Vault),
            deposits: self.sum(Title::Deposits),
            wallets: self.stock(),
            in_issue: self.sum(Title::Repository) + self.sum(Title::Circulation),
            payments: self.payments,
            paid: self.paid,
            refusals: self
                .refusals
                .iter()
                .map(|(code, count)| (code.key().to_owned(), *count))
                .collect(),
            average_stock: average.ok(),
            velocity: i128::from(self.paid).checked_mul(elapsed).and_then(|paid| {
                Rate::quotient(paid, self.stock_time, DECIMALS, Rounding::HalfEven).ok()
            }),
            seigniorage: self.seigniorage(),
            shortage: all(&|bank| bank.shortage(self.rules)),
            deficiency: all(&|bank| bank.deficiency(self.rules).unwrap_or(0).max(0)),
            turned_away: all(&|bank| bank.turned_away),
            by_hand: self.by_hand,
            honoured: self.honoured,
        }
    }

    fn seigniorage(&self) -> Option<i64> {
        let earned = self.rules.policy_rate?;
        let mut all = earned.apply(self.stock(), Rounding::HalfEven).ok()?;
        // Only where banks owe the money do wallets earn anything.
        let pays = self.rules.issuance == Issuance::Deposit;
        for (ty, held) in self.rules.wallet_types.iter().zip(&self.by_type) {
            if let Some(rate) = ty.interest.filter(|_| pays) {
                all -= rate.apply(*held, Rounding::HalfEven).ok()?;
            }
        }
        Some(all)
    }

    fn banks(&self, run: &Run) -> Vec<BankReserves> {
        let simulation = run.simulation();
        let name = |party: PartyId| {
            let party = simulation.world().party(party);
            party.map_or("", |party| simulation.texts().text(party.name))
        };
        let bank = |(party, bank): (&PartyId, &Bank)| BankReserves {
            party: party.0,
            name: name(*party).to_owned(),
            owed: bank.owed,
            held: bank.held,
            required: required(self.rules, bank.owed),
            deficiency: bank.deficiency(self.rules),
            outflow: bank.outflow(),
            shortage: bank.shortage(self.rules),
            turned_away: bank.turned_away,
        };
        self.banks.iter().map(bank).collect()
    }
}
