//! The model: who has how much, in maps. An operation is a few checks and a few
//! additions; nothing travels, nothing is signed, nobody has books.

use std::collections::BTreeMap;

use money::{Instant, NANO};
use world::rules::{Issuance, Rules, WalletType};

use crate::act::Act;

/// What a rule says no with.
pub(crate) type No = &'static str;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// Balance, payment, day and year.
pub(crate) type Limits = [Option<i64>; 4];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Open,
    Frozen,
    Closed,
}

#[derive(Clone, Debug)]
pub(crate) struct Wallet {
    pub(crate) holder: &'static str,
    pub(crate) bank: &'static str,
    pub(crate) ty: usize,
    /// Whose handle it is, the most it may pay in a day.
    parent: Option<(String, Option<i64>)>,
    pub(crate) balance: i64,
    status: Status,
    own: Limits,
    paid_day: BTreeMap<i64, i64>,
    paid_year: BTreeMap<i64, i64>,
    /// Minor units times billionths a year, and since which day.
    earned: i128,
    day: i64,
    owed: i64,
}

#[derive(Clone, Debug)]
struct Bill {
    payee: String,
    payer: String,
    amount: i64,
    due: i64,
    is_over: bool,
}

#[derive(Clone, Debug)]
struct Paid {
    payer: String,
    payee: String,
    amount: i64,
    refunded: i64,
    made: i64,
}

#[derive(Clone, Debug)]
struct Standing {
    number: usize,
    payer: String,
    payee: String,
    amount: i64,
    due: i64,
    every: i64,
    times: u32,
}

/// The bank that fails, and the one that takes its depositors.
pub(crate) const FAILS: [&str; 2] = ["Quay", "Summit"];

#[derive(Clone)]
pub(crate) struct Oracle {
    rules: Rules,
    now: i64,
    pub(crate) reserves: BTreeMap<&'static str, i64>,
    pub(crate) vault: BTreeMap<&'static str, i64>,
    pub(crate) tills: BTreeMap<&'static str, i64>,
    /// By holder; those who have an account.
    pub(crate) deposit: BTreeMap<&'static str, i64>,
    pub(crate) cash: BTreeMap<&'static str, i64>,
    /// Where a holder's account is.
    pub(crate) home: BTreeMap<&'static str, &'static str>,
    pub(crate) wallets: BTreeMap<String, Wallet>,
    pub(crate) at_agent: BTreeMap<&'static str, i64>,
    restricted: BTreeMap<(&'static str, usize), Limits>,
    bills: BTreeMap<String, Bill>,
    paid: BTreeMap<String, Paid>,
    aliases: BTreeMap<String, String>,
    standing: Vec<Standing>,
    pub(crate) issued: i64,
    pub(crate) has_failed: bool,
}

fn no_unless(holds: bool, no: No) -> Result<(), No> {
    if holds { Ok(()) } else { Err(no) }
}

fn lower(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn of_type(ty: &WalletType) -> Limits {
    [ty.balance, ty.payment, ty.day, ty.year]
}

impl Oracle {
    pub(crate) fn new(rules: &Rules, now: i64) -> Self {
        Oracle {
            rules: rules.clone(),
            now,
            reserves: BTreeMap::new(),
            vault: BTreeMap::new(),
            tills: BTreeMap::new(),
            deposit: BTreeMap::new(),
            cash: BTreeMap::new(),
            home: BTreeMap::new(),
            wallets: BTreeMap::new(),
            at_agent: BTreeMap::new(),
            restricted: BTreeMap::new(),
            bills: BTreeMap::new(),
            paid: BTreeMap::new(),
            aliases: BTreeMap::new(),
            standing: Vec::new(),
            issued: 0,
            has_failed: false,
        }
    }

    pub(crate) fn bank(&mut self, name: &'static str, reserves: i64, cash: i64) {
        self.reserves.insert(name, reserves);
        self.vault.insert(name, 0);
        self.tills.insert(name, cash);
    }

    pub(crate) fn holder(
        &mut self,
        name: &'static str,
        bank: &'static str,
        ty: usize,
        [deposit, cash]: [i64; 2],
    ) {
        self.deposit.insert(name, deposit);
        self.cash.insert(name, cash);
        self.home.insert(name, bank);
        self.wallet(name, name, bank, ty);
    }

    pub(crate) fn wallet(
        &mut self,
        name: &str,
        holder: &'static str,
        bank: &'static str,
        ty: usize,
    ) {
        let wallet = Wallet {
            holder,
            bank,
            ty,
            parent: None,
            balance: 0,
            status: Status::Open,
            own: [None; 4],
            paid_day: BTreeMap::new(),
            paid_year: BTreeMap::new(),
            earned: 0,
            day: self.today(),
            owed: 0,
        };
        self.wallets.insert(name.to_owned(), wallet);
    }

    fn is(&self, issuance: Issuance) -> bool {
        self.rules.issuance == issuance
    }

    fn local(&self) -> i64 {
        self.now + i64::from(self.rules.zone.offset_at(Instant(self.now))) * 1_000
    }

    fn today(&self) -> i64 {
        self.local().div_euclid(DAY)
    }

    fn year(&self) -> i64 {
        let (mut year, mut first) = (1970, 0);
        loop {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = 365 + i64::from(leap);
            if self.today() < first + length {
                return year;
            }
            first += length;
            year += 1;
        }
    }

    /// The next moment at which something happens by itself, before this one.
    pub(crate) fn due_before(&self, then: i64) -> Option<i64> {
        let due = self.standing.iter().map(|it| it.due).min();
        due.filter(|due| *due < then)
    }

    /// Time passes: wallets earn their interest for every midnight.
    pub(crate) fn pass(&mut self, now: i64) {
        self.now = now;
        let today = self.today();
        let deposit_money = self.is(Issuance::Deposit);
        for wallet in self.wallets.values_mut() {
            let rate = self.rules.wallet_types[wallet.ty].interest;
            let nano = rate.and_then(|rate| rate.nano().ok()).unwrap_or(0);
            if deposit_money && wallet.parent.is_none() {
                let days = i128::from(today - wallet.day);
                wallet.earned += i128::from(wallet.balance) * i128::from(nano) * days;
            }
            wallet.day = today;
        }
    }

    /// The payment that is due now is made; says why not, if not.
    pub(crate) fn make_due(&mut self) -> Vec<No> {
        let first = self.standing.iter().enumerate();
        let first = first.min_by_key(|(_, it)| (it.due, it.number));
        let Some((at, _)) = first.filter(|(_, it)| it.due <= self.now) else {
            return Vec::new();
        };
        let standing = self.standing[at].clone();
        if standing.times > 1 {
            self.standing[at].times -= 1;
            self.standing[at].due += standing.every;
        } else {
            self.standing.remove(at);
        }
        let paid = self
            .may(&standing.payer)
            .and_then(|()| self.pay(&standing.payer, &standing.payee, standing.amount, None));
        Vec::from_iter(paid.err())
    }

    /// The wallet whose money it is.
    pub(crate) fn purse(&self, name: &str) -> String {
        match &self.wallets[name].parent {
            Some((parent, _)) => parent.clone(),
            None => name.to_owned(),
        }
    }

    fn limits_at(&self, bank: &'static str, ty: usize) -> Limits {
        let rules = of_type(&self.rules.wallet_types[ty]);
        let own = self.restricted.get(&(bank, ty)).copied();
        let own = own.unwrap_or([None; 4]);
        std::array::from_fn(|kind| lower(rules[kind], own[kind]))
    }

    pub(crate) fn limits(&self, name: &str) -> Limits {
        let wallet = &self.wallets[name];
        let of_type = self.limits_at(wallet.bank, wallet.ty);
        std::array::from_fn(|kind| lower(of_type[kind], wallet.own[kind]))
    }

    fn fits(&self, name: &str, amount: i64) -> Result<(), No> {
        let [most, ..] = self.limits(name);
        let holds = self.wallets[name].balance + amount;
        no_unless(most.is_none_or(|most| holds <= most), "limit.balance")
    }

    /// Where a bank has its means for wallets, if it needs any.
    fn means(&mut self) -> Option<&mut BTreeMap<&'static str, i64>> {
        match self.rules.issuance {
            Issuance::Stocked => Some(&mut self.vault),
            Issuance::OnDemand => Some(&mut self.reserves),
            Issuance::Deposit => None,
        }
    }

    fn has_means(&mut self, bank: &'static str, amount: i64) -> Result<(), No> {
        let enough = self.means().is_none_or(|means| means[bank] >= amount);
        no_unless(enough, "liquidity.short")
    }

    /// A wallet has this much more, or less, from its bank.
    fn fill(&mut self, name: &str, amount: i64) {
        let bank = self.wallets[name].bank;
        if let Some(means) = self.means() {
            add(means, bank, -amount);
        }
        if self.is(Issuance::OnDemand) {
            self.issued += amount;
        }
        self.give(name, amount);
    }

    fn give(&mut self, name: &str, amount: i64) {
        if let Some(wallet) = self.wallets.get_mut(name) {
            wallet.balance += amount;
        }
    }

    /// Whose account at its own bank a wallet's money may flow from and to.
    fn linked(&self, name: &str) -> Option<&'static str> {
        let wallet = &self.wallets[name];
        let here = self.home[wallet.holder] == wallet.bank;
        (here && self.deposit.contains_key(wallet.holder)).then_some(wallet.holder)
    }

    /// Whether the law lets a wallet ask for anything.
    fn may(&self, name: &str) -> Result<(), No> {
        for name in [name.to_owned(), self.purse(name)] {
            match self.wallets[&name].status {
                Status::Open => {}
                Status::Frozen => return Err("wallet.frozen"),
                Status::Closed => return Err("wallet.closed"),
            }
        }
        Ok(())
    }

    /// The same for what empties a wallet, which may have been given up.
    fn may_empty(&self, name: &str) -> Result<(), No> {
        match self.may(name) {
            Err("wallet.closed") => Ok(()),
            other => other,
        }
    }

    fn is_payable(&self, name: &str) -> Result<(), No> {
        for name in [name.to_owned(), self.purse(name)] {
            match self.wallets[&name].status {
                Status::Open => {}
                Status::Frozen => return Err("payee.frozen"),
                Status::Closed => return Err("payee.closed"),
            }
        }
        Ok(())
    }

    /// Whether a request may still be paid.
    fn is_open(&self, bill: &str) -> bool {
        let bill = self.bills.get(bill);
        bill.is_some_and(|bill| !bill.is_over && self.now < bill.due)
    }

    fn can_take(&self, payee: &str, amount: i64, bill: Option<&str>) -> Result<(), No> {
        self.is_payable(payee)?;
        if let Some(bill) = bill {
            no_unless(self.is_open(bill), "request.over")?;
        }
        let purse = self.purse(payee);
        if self.rules.waterfall && self.linked(&purse).is_some() {
            return Ok(());
        }
        self.fits(&purse, amount)
    }

    fn within_limits(&self, handle: &str, amount: i64) -> Result<(), No> {
        let purse = self.purse(handle);
        let [_, payment, day, year] = self.limits(&purse);
        let within = |most: Option<i64>, sum: i64| most.is_none_or(|most| sum <= most);
        no_unless(within(payment, amount), "limit.payment")?;
        if let Some(night) = self.rules.night {
            let minute = self.local().rem_euclid(DAY) / 60_000;
            let (from, to) = (i64::from(night.from), i64::from(night.to));
            let is_night = if from <= to {
                (from..to).contains(&minute)
            } else {
                minute >= from || minute < to
            };
            no_unless(!is_night || amount <= night.payment, "limit.night")?;
        }
        let paid = |name: &str| {
            let wallet = &self.wallets[name];
            let day = wallet.paid_day.get(&self.today()).copied().unwrap_or(0);
            let year = wallet.paid_year.get(&self.year()).copied().unwrap_or(0);
            (day, year)
        };
        let (in_day, in_year) = paid(&purse);
        no_unless(within(day, in_day + amount), "limit.day")?;
        no_unless(within(year, in_year + amount), "limit.year")?;
        if let Some((_, cap)) = &self.wallets[handle].parent {
            let (in_day, _) = paid(handle);
            no_unless(within(*cap, in_day + amount), "limit.parent")?;
        }
        Ok(())
    }

    fn count(&mut self, name: &str, amount: i64) {
        let (day, year) = (self.today(), self.year());
        if let Some(wallet) = self.wallets.get_mut(name) {
            *wallet.paid_day.entry(day).or_default() += amount;
            *wallet.paid_year.entry(year).or_default() += amount;
        }
    }

    fn pay(
        &mut self,
        handle: &str,
        payee: &str,
        amount: i64,
        bill: Option<&str>,
    ) -> Result<(), No> {
        let (purse, taker) = (self.purse(handle), self.purse(payee));
        no_unless(purse != taker, "payee.self")?;
        self.within_limits(handle, amount)?;
        self.move_money(&purse, payee, amount, bill, self.rules.reverse_waterfall)?;
        self.count(&purse, amount);
        if handle != purse {
            self.count(handle, amount);
        }
        if let Some(bill) = bill.and_then(|bill| self.bills.get_mut(bill)) {
            bill.is_over = true;
        }
        Ok(())
    }

    fn move_money(
        &mut self,
        purse: &str,
        payee: &str,
        amount: i64,
        bill: Option<&str>,
        may_pull: bool,
    ) -> Result<(), No> {
        let taker = self.purse(payee);
        let short = amount - self.wallets[purse].balance;
        let (from, at) = (self.wallets[purse].bank, self.wallets[&taker].bank);
        let pulls = self
            .linked(purse)
            .filter(|holder| short > 0 && may_pull && self.deposit[holder] >= short);
        if pulls.is_some() {
            self.has_means(from, short)?;
        } else {
            no_unless(short <= 0, "funds.short")?;
        }
        if from == at {
            self.can_take(payee, amount, bill)?;
        } else if self.is(Issuance::Deposit) {
            no_unless(self.reserves[from] >= amount, "liquidity.short")?;
        }
        if let Some(holder) = pulls {
            add(&mut self.deposit, holder, -short);
            self.fill(purse, short);
        }
        // Another bank says no only when the money has been pulled: it flows back
        // as far as the wallet may not hold it.
        if let Err(no) = self.can_take(payee, amount, bill) {
            self.flow_on(purse);
            return Err(no);
        }
        self.give(purse, -amount);
        self.give(&taker, amount);
        if self.is(Issuance::Deposit) {
            add(&mut self.reserves, from, -amount);
            add(&mut self.reserves, at, amount);
        }
        self.flow_on(&taker);
        Ok(())
    }

    /// What a wallet may not hold goes to the account, where the rules say so.
    fn flow_on(&mut self, name: &str) {
        if let Some(holder) = self.linked(name).filter(|_| self.rules.waterfall) {
            let [most, ..] = self.limits(name);
            let holds = self.wallets[name].balance;
            let excess = most.map_or(0, |most| holds - most).max(0);
            self.fill(name, -excess);
            add(&mut self.deposit, holder, excess);
        }
    }

    /// What there is after a payment that was called off, but for what had been
    /// pulled for it from the account; nothing where nothing is pulled.
    pub(crate) fn after_a_pull(&self, act: &Act) -> Option<Oracle> {
        let (handle, amount) = match act {
            Act::Pay { payer, amount, .. }
            | Act::PayTo(payer, _, amount)
            | Act::Scan(payer, _, amount) => (payer, *amount),
            Act::Accept(name) => {
                let bill = self.bills.get(name)?;
                (&bill.payer, bill.amount)
            }
            _ => return None,
        };
        let purse = self.purse(handle);
        let holder = self.linked(&purse)?;
        let short = amount - self.wallets[&purse].balance;
        let mut pulled = self.clone();
        add(&mut pulled.deposit, holder, -short);
        pulled.fill(&purse, short);
        pulled.flow_on(&purse);
        (short > 0 && self.rules.reverse_waterfall).then_some(pulled)
    }

    fn exchange(&mut self, name: &str, amount: i64) -> Result<(), No> {
        let (holder, operator) = (self.wallets[name].holder, self.wallets[name].bank);
        let bank = self.home[holder];
        if bank == operator {
            self.may(name)?;
        }
        no_unless(self.deposit[holder] >= amount, "funds.short")?;
        if bank != operator {
            no_unless(self.reserves[bank] >= amount, "liquidity.short")?;
            self.is_payable(name)?;
        }
        // What comes from another bank is what it is made from on demand.
        if bank == operator || self.is(Issuance::Stocked) {
            self.has_means(operator, amount)?;
        }
        self.fits(name, amount)?;
        add(&mut self.deposit, holder, -amount);
        add(&mut self.reserves, bank, -amount);
        add(&mut self.reserves, operator, amount);
        self.fill(name, amount);
        Ok(())
    }

    fn redeem(&mut self, name: &str, amount: i64) -> Result<(), No> {
        self.may_empty(name)?;
        let (holder, operator) = (self.wallets[name].holder, self.wallets[name].bank);
        let bank = self.home[holder];
        no_unless(self.wallets[name].balance >= amount, "funds.short")?;
        if bank != operator && !self.is(Issuance::OnDemand) {
            no_unless(self.reserves[operator] >= amount, "liquidity.short")?;
        }
        self.fill(name, -amount);
        add(&mut self.reserves, operator, -amount);
        add(&mut self.reserves, bank, amount);
        add(&mut self.deposit, holder, amount);
        Ok(())
    }

    fn cash_in(&mut self, name: &str, amount: i64) -> Result<(), No> {
        let (holder, operator) = (self.wallets[name].holder, self.wallets[name].bank);
        no_unless(self.cash[holder] >= amount, "funds.short")?;
        self.may(name)?;
        self.has_means(operator, amount)?;
        self.fits(name, amount)?;
        add(&mut self.cash, holder, -amount);
        add(&mut self.tills, operator, amount);
        self.fill(name, amount);
        Ok(())
    }

    fn cash_out(&mut self, name: &str, amount: i64) -> Result<(), No> {
        self.may_empty(name)?;
        let (holder, operator) = (self.wallets[name].holder, self.wallets[name].bank);
        no_unless(self.wallets[name].balance >= amount, "funds.short")?;
        no_unless(self.tills[operator] >= amount, "liquidity.short")?;
        self.fill(name, -amount);
        add(&mut self.tills, operator, -amount);
        add(&mut self.cash, holder, amount);
        Ok(())
    }

    fn refund(&mut self, name: &str, amount: i64) -> Result<(), No> {
        let Some(paid) = self.paid.get(name).cloned() else {
            return Err("order.unknown");
        };
        self.may(&paid.payee)?;
        let over = |span: money::Span| self.now - paid.made > span.0;
        no_unless(!self.rules.refund_within.is_some_and(over), "refund.late")?;
        no_unless(paid.refunded + amount <= paid.amount, "refund.excess")?;
        self.move_money(&paid.payee, &paid.payer, amount, None, false)?;
        if let Some(paid) = self.paid.get_mut(name) {
            paid.refunded += amount;
        }
        Ok(())
    }

    fn upgrade(&mut self, name: &str, ty: usize) -> Result<(), No> {
        self.may(name)?;
        let [most, ..] = self.limits_at(self.wallets[name].bank, ty);
        let holds = self.wallets[name].balance;
        no_unless(most.is_none_or(|most| holds <= most), "limit.balance")?;
        if let Some(wallet) = self.wallets.get_mut(name) {
            wallet.ty = ty;
        }
        Ok(())
    }

    fn limit(&mut self, name: &str, kind: usize, most: i64) -> Result<(), No> {
        self.may(name)?;
        let (bank, ty) = (self.wallets[name].bank, self.wallets[name].ty);
        let of_type = self.limits_at(bank, ty)[kind];
        no_unless(of_type.is_none_or(|it| most <= it), "limit.type")?;
        if let Some(wallet) = self.wallets.get_mut(name) {
            wallet.own[kind] = Some(most);
        }
        Ok(())
    }

    fn set_status(&mut self, bank: &'static str, name: &str, status: Status) -> Result<(), No> {
        let wallet = self.wallets.get_mut(name).filter(|it| it.bank == bank);
        let wallet = wallet.ok_or("party.unknown")?;
        no_unless(wallet.status != Status::Closed, "wallet.closed")?;
        wallet.status = status;
        Ok(())
    }

    /// What has been earned in whole minor units, half to even, is owed, and
    /// paid out if asked.
    fn accrue(&mut self, bank: &'static str, pays: bool) {
        if !self.is(Issuance::Deposit) {
            return;
        }
        let year = 365 * i128::from(NANO);
        let wallets = self.wallets.values_mut();
        for wallet in wallets.filter(|it| it.bank == bank && it.parent.is_none()) {
            let whole = wallet.earned.div_euclid(year);
            let rest = wallet.earned.rem_euclid(year);
            let up = 2 * rest > year || (2 * rest == year && whole % 2 != 0);
            let posted = whole + i128::from(up);
            wallet.earned -= posted * year;
            wallet.owed += i64::try_from(posted).unwrap_or(0);
            if pays && wallet.status == Status::Open {
                wallet.balance += std::mem::take(&mut wallet.owed);
            }
        }
    }

    /// A bank fails: of what each depositor has there, the insured part is at
    /// the successor, which gets reserves for it.
    fn resolve(&mut self) {
        let [failed, successor] = FAILS;
        let insured = self.rules.insurance.unwrap_or(0);
        let holders = self.home.iter().filter(|(_, at)| **at == failed);
        let holders: Vec<_> = holders.map(|(holder, _)| *holder).collect();
        for holder in holders {
            let mut left = insured;
            left -= self.deposit[holder].min(left);
            if self.is(Issuance::Deposit)
                && let Some(wallet) = self.wallets.get_mut(holder)
            {
                let taken = wallet.balance.min(left);
                wallet.balance -= taken;
                left -= taken;
                // What is left is a claim: the wallet's debtor is gone.
                if wallet.status == Status::Open {
                    wallet.status = Status::Frozen;
                }
            }
            // What is not insured stays a claim on the bank that failed.
            if insured > left {
                self.deposit.insert(holder, insured - left);
                add(&mut self.reserves, successor, insured - left);
                self.home.insert(holder, successor);
            }
        }
        self.has_failed = true;
    }

    fn top_up(&mut self, holder: &'static str, amount: i64) -> Result<(), No> {
        // It goes from account to account: no wallet has to do with it.
        let bank = self.home[holder];
        no_unless(self.deposit[holder] >= amount, "funds.short")?;
        no_unless(self.reserves[bank] >= amount, "liquidity.short")?;
        add(&mut self.deposit, holder, -amount);
        add(&mut self.reserves, bank, -amount);
        *self.at_agent.entry(holder).or_default() += amount;
        Ok(())
    }

    fn through_agent(&mut self, holder: &'static str, amount: i64) -> Result<(), No> {
        let balance = self.at_agent.get_mut(holder).ok_or("account.missing")?;
        no_unless(*balance >= amount, "funds.short")?;
        *balance -= amount;
        Ok(())
    }

    /// Plays an act; gives the refusals that it leads to.
    pub(crate) fn play(&mut self, act: &Act, number: usize) -> Vec<No> {
        let done = match act.clone() {
            Act::Issue(bank, amount) => self.issue(bank, amount),
            Act::Return(bank, amount) => self.give_back(bank, amount),
            Act::Exchange(name, amount) => self.exchange(&name, amount),
            Act::Redeem(name, amount) => self.redeem(&name, amount),
            Act::CashIn(name, amount) => self.cash_in(&name, amount),
            Act::CashOut(name, amount) => self.cash_out(&name, amount),
            Act::Pay {
                payer,
                payee,
                amount,
                name,
            } => self.may(&payer).and_then(|()| {
                self.pay(&payer, &payee, amount, None)?;
                if let Some(name) = name {
                    let made = self.now;
                    let paid = Paid {
                        payer,
                        payee,
                        amount,
                        refunded: 0,
                        made,
                    };
                    self.paid.insert(name, paid);
                }
                Ok(())
            }),
            Act::PayTo(payer, alias, amount) | Act::Scan(payer, alias, amount) => {
                self.may(&payer).and_then(|()| {
                    let payee = self.aliases.get(&alias).cloned();
                    self.pay(&payer, &payee.ok_or("address.unknown")?, amount, None)
                })
            }
            Act::PayMany(payer, list) => {
                let pay = |(payee, amount): (String, i64)| {
                    let paid = self
                        .may(&payer)
                        .and_then(|()| self.pay(&payer, &payee, amount, None));
                    paid.err()
                };
                return list.into_iter().filter_map(pay).collect();
            }
            Act::Schedule(payer, payee, amount, times) => self.may(&payer).and_then(|()| {
                no_unless(payer != payee, "payee.self")?;
                self.standing.push(Standing {
                    number,
                    payer,
                    payee,
                    amount,
                    due: self.now + HOUR,
                    every: 2 * DAY + HOUR,
                    times,
                });
                Ok(())
            }),
            Act::Request(payee, payer, amount, lasts, name) => self.may(&payee).and_then(|()| {
                no_unless(payee != payer, "payee.self")?;
                let bill = Bill {
                    payee,
                    payer,
                    amount,
                    due: self.now + lasts,
                    is_over: false,
                };
                self.bills.insert(name, bill);
                Ok(())
            }),
            Act::Accept(name) => {
                let bill = self.bills.get(&name).cloned();
                bill.ok_or("order.unknown").and_then(|bill| {
                    // The phone that was asked was told when it was over.
                    no_unless(self.is_open(&name), "request.over")?;
                    self.may(&bill.payer)?;
                    self.pay(&bill.payer, &bill.payee, bill.amount, Some(&name))
                })
            }
            Act::Decline(name) => {
                let bill = self.bills.get(&name).cloned();
                bill.ok_or("order.unknown").and_then(|bill| {
                    no_unless(self.is_open(&name), "request.over")?;
                    self.may(&bill.payer)?;
                    if let Some(bill) = self.bills.get_mut(&name) {
                        bill.is_over = true;
                    }
                    Ok(())
                })
            }
            Act::Refund(name, amount) => self.refund(&name, amount),
            Act::Alias(name, alias) => self.may(&name).and_then(|()| {
                let taken = self.aliases.get(&alias);
                no_unless(taken.is_none_or(|it| *it == name), "address.taken")?;
                self.aliases.insert(alias, name);
                Ok(())
            }),
            Act::OpenSub(parent, cap, name) => self.may(&parent).map(|()| {
                let wallet = &self.wallets[&parent];
                let (holder, bank, ty) = (wallet.holder, wallet.bank, wallet.ty);
                self.wallet(&name, holder, bank, ty);
                if let Some(sub) = self.wallets.get_mut(&name) {
                    sub.parent = Some((parent, cap));
                }
            }),
            Act::Close(name) => self.may(&name).and_then(|()| {
                no_unless(self.wallets[&name].balance == 0, "wallet.not-empty")?;
                if let Some(wallet) = self.wallets.get_mut(&name) {
                    wallet.status = Status::Closed;
                }
                Ok(())
            }),
            Act::Upgrade(name, ty) => self.upgrade(&name, ty),
            Act::Limit(name, kind, most) => self.limit(&name, kind, most),
            Act::Restrict(bank, ty, kind, most) => {
                let rules = of_type(&self.rules.wallet_types[ty])[kind];
                no_unless(rules.is_none_or(|it| most <= it), "limit.type").map(|()| {
                    let limits = self.restricted.entry((bank, ty)).or_default();
                    limits[kind] = Some(most);
                })
            }
            Act::Freeze(bank, name) => self.set_status(bank, &name, Status::Frozen),
            Act::Unfreeze(bank, name) => self.set_status(bank, &name, Status::Open),
            Act::Accrue(bank, pays) => {
                self.accrue(bank, pays);
                Ok(())
            }
            Act::TopUp(holder, amount) => self.top_up(holder, amount),
            Act::Withdraw(holder, amount) => self.through_agent(holder, amount).map(|()| {
                add(&mut self.reserves, self.home[holder], amount);
                add(&mut self.deposit, holder, amount);
            }),
            Act::Transfer(holder, to, amount) => {
                let had = self.at_agent.contains_key(holder);
                no_unless(had, "account.missing")
                    .and_then(|()| no_unless(holder != to, "payee.self"))
                    .and_then(|()| self.through_agent(holder, amount))
                    .map(|()| *self.at_agent.entry(to).or_default() += amount)
            }
            Act::Resolve => {
                self.resolve();
                Ok(())
            }
        };
        Vec::from_iter(done.err())
    }

    fn issue(&mut self, bank: &'static str, amount: i64) -> Result<(), No> {
        if !self.is(Issuance::Stocked) {
            return Ok(());
        }
        no_unless(self.reserves[bank] >= amount, "funds.short")?;
        add(&mut self.reserves, bank, -amount);
        add(&mut self.vault, bank, amount);
        self.issued += amount;
        Ok(())
    }

    fn give_back(&mut self, bank: &'static str, amount: i64) -> Result<(), No> {
        if !self.is(Issuance::Stocked) {
            return Ok(());
        }
        no_unless(self.vault[bank] >= amount, "funds.short")?;
        add(&mut self.vault, bank, -amount);
        add(&mut self.reserves, bank, amount);
        self.issued -= amount;
        Ok(())
    }

    /// Who was asked to pay.
    pub(crate) fn asked(&self, bill: &str) -> &str {
        self.bills.get(bill).map_or("Alice", |bill| &bill.payer)
    }

    /// Who was paid.
    pub(crate) fn was_paid(&self, payment: &str) -> &str {
        self.paid.get(payment).map_or("Alice", |paid| &paid.payee)
    }

    /// Whether a request, a payment or a handle of this name exists.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.bills.contains_key(name)
            || self.paid.contains_key(name)
            || self.wallets.contains_key(name)
    }

    /// Every balance, by what a scenario calls it.
    pub(crate) fn balances(&self) -> BTreeMap<String, i64> {
        let mut all = BTreeMap::from([("issued".to_owned(), self.issued)]);
        let maps = [
            ("reserves", &self.reserves),
            ("vault", &self.vault),
            ("till", &self.tills),
            ("deposit", &self.deposit),
            ("cash", &self.cash),
            ("at the agent", &self.at_agent),
        ];
        for (what, map) in maps {
            all.extend(map.iter().map(|(of, it)| (format!("{of}: {what}"), *it)));
        }
        let purses = self.wallets.iter().filter(|(_, it)| it.parent.is_none());
        all.extend(purses.map(|(name, it)| (format!("{name}: wallet"), it.balance)));
        all
    }
}

fn add(balances: &mut BTreeMap<&'static str, i64>, of: &'static str, amount: i64) {
    *balances.entry(of).or_default() += amount;
}
