//! A second, naive model of the two-tier currency beside the engine.
//!
//! It is written from the rules, not from the engine: who has how much, in
//! maps; an operation is a few checks and a few additions; nothing travels.
//! Where messages arrive at once and none is lost, both must say the same.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use std::collections::{BTreeMap, BTreeSet};

use common::Town;
use common::scene::{Move, Regime, Scene, Weather};
use world::fact::Title;
use world::rules::Issuance;

/// What a rule says no with.
type No = &'static str;

/// The most a type of wallet may hold, pay at a time, pay in a day and a year.
struct Limits {
    balance: i64,
    payment: i64,
    day: i64,
    year: i64,
}

#[derive(Default)]
struct Oracle {
    /// By bank.
    reserves: BTreeMap<usize, i64>,
    vault: BTreeMap<usize, i64>,
    tills: BTreeMap<usize, i64>,
    /// By holder; only those who have an account.
    deposit: BTreeMap<usize, i64>,
    cash: BTreeMap<usize, i64>,
    /// By wallet.
    wallet: BTreeMap<usize, i64>,
    holder: BTreeMap<usize, usize>,
    operator: BTreeMap<usize, usize>,
    limits: BTreeMap<usize, Limits>,
    /// The bank of each holder.
    bank: BTreeMap<usize, usize>,
    /// By wallet and day, and by wallet and year.
    paid_day: BTreeMap<(usize, i64), i64>,
    paid_year: BTreeMap<(usize, i64), i64>,
    issued: i64,
    issuance: Option<Issuance>,
    /// Whether receipts flow on to the account, and shortfalls are pulled from it.
    flows: [bool; 2],
}

impl Oracle {
    fn of(scene: &Scene) -> Self {
        let mut oracle = Oracle {
            issuance: Some(scene.issuance),
            flows: scene.flows,
            ..Oracle::default()
        };
        for (number, bank) in scene.banks.iter().enumerate() {
            oracle.reserves.insert(number, bank.reserves);
            oracle.vault.insert(number, 0);
            oracle.tills.insert(number, bank.cash);
        }
        let mut wallets = Vec::new();
        for (number, holder) in scene.holders.iter().enumerate() {
            oracle.cash.insert(number, holder.cash);
            oracle.bank.insert(number, holder.bank);
            if let Some(deposit) = holder.deposit {
                oracle.deposit.insert(number, deposit);
            }
            wallets.push((number, holder.bank, holder.ty));
        }
        wallets.extend(
            scene
                .seconds
                .iter()
                .map(|second| (second.owner, second.bank, second.ty)),
        );
        for (number, (holder, bank, ty)) in wallets.into_iter().enumerate() {
            oracle.wallet.insert(number, 0);
            oracle.holder.insert(number, holder);
            oracle.operator.insert(number, bank);
            if let Some([balance, payment, day, year]) = scene.limits_of(ty) {
                oracle.limits.insert(
                    number,
                    Limits {
                        balance,
                        payment,
                        day,
                        year,
                    },
                );
            }
        }
        oracle
    }

    fn fits(&self, wallet: usize, amount: i64) -> Result<(), No> {
        let most = self.limits.get(&wallet).map(|limits| limits.balance);
        no_unless(
            most.is_none_or(|most| self.wallet[&wallet] + amount <= most),
            "limit.balance",
        )
    }

    fn is(&self, issuance: Issuance) -> bool {
        self.issuance == Some(issuance)
    }

    /// Where a bank has its means for wallets, if it needs any.
    fn means(&mut self) -> Option<&mut BTreeMap<usize, i64>> {
        match self.issuance? {
            Issuance::Stocked => Some(&mut self.vault),
            Issuance::OnDemand => Some(&mut self.reserves),
            Issuance::Deposit => None,
        }
    }

    fn has_means(&mut self, bank: usize, amount: i64) -> Result<(), No> {
        let enough = self.means().is_none_or(|means| means[&bank] >= amount);
        no_unless(enough, "liquidity.short")
    }

    /// A wallet at this bank has this much more, or less.
    fn fill(&mut self, wallet: usize, amount: i64) {
        let bank = self.operator[&wallet];
        if let Some(means) = self.means() {
            add(means, bank, -amount);
        }
        if self.is(Issuance::OnDemand) {
            self.issued += amount;
        }
        add(&mut self.wallet, wallet, amount);
    }

    /// The deposit that a wallet's money may flow from and to: an account at
    /// the wallet's own bank.
    fn linked(&self, wallet: usize) -> Option<usize> {
        let holder = self.holder[&wallet];
        let here = self.bank[&holder] == self.operator[&wallet];
        (here && self.deposit.contains_key(&holder)).then_some(holder)
    }

    fn can_take(&self, wallet: usize, amount: i64) -> Result<(), No> {
        if self.flows[0] && self.linked(wallet).is_some() {
            return Ok(());
        }
        self.fits(wallet, amount)
    }

    fn issue(&mut self, bank: usize, amount: i64) -> Result<(), No> {
        if !self.is(Issuance::Stocked) {
            return Ok(());
        }
        no_unless(self.reserves[&bank] >= amount, "funds.short")?;
        add(&mut self.reserves, bank, -amount);
        add(&mut self.vault, bank, amount);
        self.issued += amount;
        Ok(())
    }

    fn give_back(&mut self, bank: usize, amount: i64) -> Result<(), No> {
        if !self.is(Issuance::Stocked) {
            return Ok(());
        }
        no_unless(self.vault[&bank] >= amount, "funds.short")?;
        add(&mut self.vault, bank, -amount);
        add(&mut self.reserves, bank, amount);
        self.issued -= amount;
        Ok(())
    }

    fn exchange(&mut self, wallet: usize, amount: i64) -> Result<(), No> {
        let (holder, operator) = (self.holder[&wallet], self.operator[&wallet]);
        let bank = self.bank[&holder];
        let deposit = *self.deposit.get(&holder).ok_or("account.missing")?;
        no_unless(deposit >= amount, "funds.short")?;
        if bank != operator {
            no_unless(self.reserves[&bank] >= amount, "liquidity.short")?;
        }
        // What comes from another bank is what it is made from on demand.
        if bank == operator || self.is(Issuance::Stocked) {
            self.has_means(operator, amount)?;
        }
        self.fits(wallet, amount)?;
        add(&mut self.deposit, holder, -amount);
        add(&mut self.reserves, bank, -amount);
        add(&mut self.reserves, operator, amount);
        self.fill(wallet, amount);
        Ok(())
    }

    fn redeem(&mut self, wallet: usize, amount: i64) -> Result<(), No> {
        let (holder, operator) = (self.holder[&wallet], self.operator[&wallet]);
        let bank = self.bank[&holder];
        let has_account = self.deposit.contains_key(&holder);
        // A bank knows its own accounts; another bank's says no only at the end.
        no_unless(bank != operator || has_account, "account.missing")?;
        no_unless(self.wallet[&wallet] >= amount, "funds.short")?;
        if bank != operator && !self.is(Issuance::OnDemand) {
            no_unless(self.reserves[&operator] >= amount, "liquidity.short")?;
        }
        no_unless(has_account, "account.missing")?;
        self.fill(wallet, -amount);
        add(&mut self.reserves, operator, -amount);
        add(&mut self.reserves, bank, amount);
        add(&mut self.deposit, holder, amount);
        Ok(())
    }

    fn cash_in(&mut self, wallet: usize, amount: i64) -> Result<(), No> {
        let (holder, operator) = (self.holder[&wallet], self.operator[&wallet]);
        no_unless(self.cash[&holder] >= amount, "funds.short")?;
        self.has_means(operator, amount)?;
        self.fits(wallet, amount)?;
        add(&mut self.cash, holder, -amount);
        add(&mut self.tills, operator, amount);
        self.fill(wallet, amount);
        Ok(())
    }

    fn cash_out(&mut self, wallet: usize, amount: i64) -> Result<(), No> {
        let (holder, operator) = (self.holder[&wallet], self.operator[&wallet]);
        no_unless(self.wallet[&wallet] >= amount, "funds.short")?;
        no_unless(self.tills[&operator] >= amount, "liquidity.short")?;
        self.fill(wallet, -amount);
        add(&mut self.tills, operator, -amount);
        add(&mut self.cash, holder, amount);
        Ok(())
    }

    fn pay(&mut self, wallet: usize, to: usize, amount: i64, now: i64) -> Result<(), No> {
        no_unless(to != wallet, "payee.self")?;
        let (day, year) = calendar(now);
        let today = self.paid_day.get(&(wallet, day)).copied().unwrap_or(0);
        let this_year = self.paid_year.get(&(wallet, year)).copied().unwrap_or(0);
        if let Some(limits) = self.limits.get(&wallet) {
            no_unless(amount <= limits.payment, "limit.payment")?;
            no_unless(today + amount <= limits.day, "limit.day")?;
            no_unless(this_year + amount <= limits.year, "limit.year")?;
        }
        let short = amount - self.wallet[&wallet];
        let pulls = self
            .linked(wallet)
            .filter(|holder| short > 0 && self.flows[1] && self.deposit[holder] >= short);
        if pulls.is_some() {
            self.has_means(self.operator[&wallet], short)?;
        } else {
            no_unless(short <= 0, "funds.short")?;
        }
        let (from, at) = (self.operator[&wallet], self.operator[&to]);
        if from == at {
            self.can_take(to, amount)?;
        } else if self.is(Issuance::Deposit) {
            no_unless(self.reserves[&from] >= amount, "liquidity.short")?;
        }
        if let Some(holder) = pulls {
            add(&mut self.deposit, holder, -short);
            self.fill(wallet, short);
        }
        // Another bank says no only when the money has been pulled: it flows back
        // as far as the wallet may not hold it.
        if let Err(no) = self.can_take(to, amount) {
            self.flow_on(wallet);
            return Err(no);
        }
        add(&mut self.wallet, wallet, -amount);
        add(&mut self.wallet, to, amount);
        if self.is(Issuance::Deposit) {
            add(&mut self.reserves, from, -amount);
            add(&mut self.reserves, at, amount);
        }
        self.flow_on(to);
        self.paid_day.insert((wallet, day), today + amount);
        self.paid_year.insert((wallet, year), this_year + amount);
        Ok(())
    }

    /// What a wallet may not hold goes to the account, where the rules say so.
    fn flow_on(&mut self, wallet: usize) {
        if let Some(holder) = self.linked(wallet).filter(|_| self.flows[0]) {
            let most = self.limits.get(&wallet).map(|limits| limits.balance);
            let excess = most.map_or(0, |most| self.wallet[&wallet] - most).max(0);
            self.fill(wallet, -excess);
            add(&mut self.deposit, holder, excess);
        }
    }

    fn play(&mut self, step: &Move, now: i64) -> Result<(), No> {
        match *step {
            Move::Issue { bank, amount } => self.issue(bank, amount),
            Move::Return { bank, amount } => self.give_back(bank, amount),
            Move::Exchange { wallet, amount } => self.exchange(wallet, amount),
            Move::Redeem { wallet, amount } => self.redeem(wallet, amount),
            Move::CashIn { wallet, amount } => self.cash_in(wallet, amount),
            Move::CashOut { wallet, amount } => self.cash_out(wallet, amount),
            Move::Pay { wallet, to, amount } => self.pay(wallet, to, amount, now),
            Move::Fault(_) | Move::Wait => Ok(()),
        }
    }

    /// Every balance, with what it is.
    fn balances(&self, scene: &Scene) -> BTreeMap<String, i64> {
        let banks = [
            ("reserves", &self.reserves),
            ("vault", &self.vault),
            ("cash", &self.tills),
        ];
        let holders = [("deposit", &self.deposit), ("cash", &self.cash)];
        let mut all = BTreeMap::from([("issued".to_owned(), self.issued)]);
        for (what, map) in banks {
            all.extend(
                map.iter()
                    .map(|(bank, it)| (format!("{}.{what}", scene.banks[*bank].name), *it)),
            );
        }
        for (what, map) in holders {
            all.extend(
                map.iter()
                    .map(|(holder, it)| (format!("{}.{what}", scene.holders[*holder].name), *it)),
            );
        }
        all.extend(
            self.wallet
                .iter()
                .map(|(wallet, it)| (format!("{}.wallet", scene.wallet_name(*wallet)), *it)),
        );
        all
    }
}

fn no_unless(holds: bool, no: No) -> Result<(), No> {
    if holds { Ok(()) } else { Err(no) }
}

fn add(balances: &mut BTreeMap<usize, i64>, of: usize, amount: i64) {
    *balances.entry(of).or_default() += amount;
}

/// The day since 1970 and the year, in China.
fn calendar(now: i64) -> (i64, i64) {
    let day = (now + 8 * 3_600_000).div_euclid(86_400_000);
    let (mut year, mut first) = (1970, 0);
    loop {
        let length = 365 + i64::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
        if day < first + length {
            return (day, year);
        }
        first += length;
        year += 1;
    }
}

/// The engine's balances, from the books of those who hold them and from the
/// books of those who owe them: they must be the same.
fn balances(town: &Town, scene: &Scene) -> Result<BTreeMap<String, i64>, String> {
    let world = town.0.world();
    let central_bank = town.party("central-bank");
    let mut all = BTreeMap::from([("issued".to_owned(), world.issued())]);
    let mut twice = |what: String, own: i64, theirs: i64| {
        all.insert(what.clone(), own);
        if own == theirs {
            Ok(())
        } else {
            Err(format!(
                "{what} is {own} in one book and {theirs} in the other"
            ))
        }
    };
    for bank in &scene.banks {
        let (name, party) = (&bank.name, town.party(&bank.name));
        let at_central_bank = |title| world.balance_of(central_bank, title, party.0);
        twice(
            format!("{name}.reserves"),
            town.own(name, Title::OwnReserves),
            at_central_bank(Title::Reserves),
        )?;
        twice(
            format!("{name}.vault"),
            town.own(name, Title::Vault),
            at_central_bank(Title::Repository),
        )?;
        twice(
            format!("{name}.cash"),
            town.own(name, Title::Cash),
            town.own(name, Title::Cash),
        )?;
    }
    for holder in &scene.holders {
        let name = &holder.name;
        twice(
            format!("{name}.cash"),
            town.own(name, Title::Cash),
            town.own(name, Title::Funds),
        )?;
        if holder.deposit.is_some() {
            twice(
                format!("{name}.deposit"),
                town.deposit(name),
                town.deposit(name),
            )?;
        }
    }
    for wallet in 0..scene.holders.len() + scene.seconds.len() {
        let name = scene.wallet_name(wallet);
        let available = world.wallet(town.wallet(name)).unwrap().available;
        twice(format!("{name}.wallet"), available, town.balance(name))?;
    }
    Ok(all)
}

fn beside(scene: &Scene, codes: &std::cell::RefCell<BTreeSet<No>>) -> Result<(), String> {
    let mut town = scene.town();
    let mut oracle = Oracle::of(scene);
    for (wait, step) in &scene.moves {
        let line = scene.line(*wait, step);
        let from = town.0.log().len();
        town.play(&line);
        let refused = town.refusals_since(from);
        let expected = oracle.play(step, town.now()).err();
        if refused != Vec::from_iter(expected) {
            return Err(format!(
                "{line}: the engine says {refused:?}, the oracle {expected:?}"
            ));
        }
        codes.borrow_mut().extend(expected);
        let (engine, oracle) = (balances(&town, scene)?, oracle.balances(scene));
        if engine != oracle {
            let differs = |(what, it): &(&String, &i64)| oracle.get(*what) != Some(*it);
            let found: Vec<_> = engine
                .iter()
                .filter(differs)
                .map(|(what, it)| (what, it, oracle.get(what)))
                .collect();
            return Err(format!(
                "{line}: the engine and the oracle differ: {found:?}"
            ));
        }
    }
    Ok(())
}

#[test]
fn the_engine_and_the_oracle_refuse_the_same_under_every_regime() {
    for regime in [Regime::OnDemand, Regime::Deposit, Regime::Any] {
        let codes = std::cell::RefCell::default();
        let weather = Weather {
            regime,
            ..Weather::default()
        };
        common::holds_for_scenes(weather, |scene, _| beside(scene, &codes));
        assert!(codes.borrow().len() >= 7, "{regime:?}: {codes:?}");
    }
}

#[test]
fn the_engine_and_the_oracle_refuse_the_same_and_have_the_same_balances() {
    let codes = std::cell::RefCell::default();
    common::holds_for_scenes(Weather::default(), |scene, _| beside(scene, &codes));
    let reached: Vec<_> = codes.into_inner().into_iter().collect();
    let expected = [
        "account.missing",
        "funds.short",
        "limit.balance",
        "limit.day",
        "limit.payment",
        "limit.year",
        "liquidity.short",
        "payee.self",
    ];
    assert_eq!(reached, expected);
}
