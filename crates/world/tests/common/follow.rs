//! A second world that follows a run fact by fact and checks what must always
//! hold.

use ledger::AccountId;
use world::fact::{Cause, Kind, Message, OrderId, PartyId, Stage, Title};
use world::invariants::{Check, full, quick};
use world::kernel::Simulation;
use world::state::{Chase, Fault, Forward, Wallet, World};

/// Everything about a world that can be told apart from outside.
#[derive(Debug, PartialEq)]
pub(crate) struct Picture {
    accounts: Vec<(AccountId, ledger::Account)>,
    sums: Vec<i64>,
    parties: Vec<(PartyId, world::state::Party)>,
    wallets: Vec<Wallet>,
    pending: Vec<Message>,
    faults: Vec<Fault>,
    chases: Vec<(PartyId, OrderId, Chase)>,
    issued: i64,
    stages: Vec<(PartyId, OrderId, Stage)>,
    forwards: Vec<(PartyId, OrderId, Forward)>,
}

impl Picture {
    pub(crate) fn of(world: &World) -> Self {
        let mut pending: Vec<Message> = world.pending().copied().collect();
        pending.sort_by_key(|message| message.serial);
        Picture {
            accounts: world
                .ledger()
                .accounts()
                .map(|(id, account)| (id, *account))
                .collect(),
            sums: Title::ALL.iter().map(|title| world.sum(*title)).collect(),
            parties: world
                .parties()
                .map(|(id, party)| (id, party.clone()))
                .collect(),
            wallets: world.wallets().map(|(_, wallet)| *wallet).collect(),
            pending,
            faults: world.faults().to_vec(),
            chases: world
                .chases()
                .map(|(party, order, chase)| (party, order, *chase))
                .collect(),
            issued: world.issued(),
            stages: world
                .parties()
                .flat_map(|(id, _)| world.stages(id).map(move |(order, it)| (id, order, it)))
                .collect(),
            forwards: world
                .parties()
                .flat_map(|(id, _)| world.forwards(id).map(move |(order, it)| (id, order, *it)))
                .collect(),
        }
    }
}

/// Why a run is wrong.
pub(crate) type Wrong = String;

/// A world that has followed a run so far.
pub(crate) struct Follower {
    world: World,
    seen: u32,
    every: u32,
    full_at: u32,
    /// What no operation may change: securities, loans, and each bank's funds.
    fixed: Option<(i64, i64, Vec<i64>)>,
}

impl Follower {
    /// Follows from the beginning; looks at everything after so many facts.
    pub(crate) fn new(sim: &Simulation, every: u32) -> Self {
        Follower {
            world: sim.log().world_at(0),
            seen: 0,
            every,
            full_at: every,
            fixed: None,
        }
    }

    /// Takes note of what no operation may change, when all is declared.
    pub(crate) fn opened(&mut self, sim: &Simulation) -> Result<(), Wrong> {
        self.follow(sim)?;
        self.fixed = Some(fixed(&self.world));
        Ok(())
    }

    /// Follows the run to where it is now. The invariants must hold after
    /// every decision, the full ones after every so many facts.
    pub(crate) fn follow(&mut self, sim: &Simulation) -> Result<(), Wrong> {
        let log = sim.log();
        while let Some(stamped) = log.fact(self.seen) {
            self.world.apply(&stamped);
            self.seen += 1;
            let next = log.fact(self.seen).map(|next| next.cause);
            if next == Some(stamped.cause) {
                continue;
            }
            let checks: Vec<_> = quick(&self.world).collect();
            self.all_hold(&checks, stamped.cause)?;
            if self.seen >= self.full_at {
                self.full_at = self.seen + self.every;
                self.check_full(stamped.cause)?;
            }
        }
        Ok(())
    }

    fn all_hold(&self, checks: &[Check], cause: Cause) -> Result<(), Wrong> {
        match checks.iter().find(|check| !check.holds()) {
            Some(check) => Err(format!("after fact {} ({cause:?}): {check:?}", self.seen)),
            None => Ok(()),
        }
    }

    fn check_full(&self, cause: Cause) -> Result<(), Wrong> {
        self.all_hold(&full(&self.world), cause)?;
        for (id, account) in self.world.ledger().accounts() {
            if account.balance < 0 && !account.may_overdraw {
                return Err(format!("account {id:?} is overdrawn: {account:?}"));
            }
        }
        for (id, wallet) in self.world.wallets() {
            let numbers = [
                wallet.available,
                wallet.expected,
                wallet.spent_day,
                wallet.spent_year,
            ];
            if numbers.iter().any(|number| *number < 0) || wallet.spent_day > wallet.spent_year {
                return Err(format!("the file of {id:?} is wrong: {wallet:?}"));
            }
        }
        match &self.fixed {
            Some(before) if *before != fixed(&self.world) => Err(format!(
                "own funds changed from {before:?} to {:?}",
                fixed(&self.world)
            )),
            _ => Ok(()),
        }
    }

    /// The full checks, and that applying the facts gave the world that the
    /// run has.
    pub(crate) fn finish(&mut self, sim: &Simulation) -> Result<(), Wrong> {
        self.follow(sim)?;
        self.check_full(Cause::Line(OrderId(0)))?;
        let (followed, ran) = (Picture::of(&self.world), Picture::of(sim.world()));
        if followed == ran {
            Ok(())
        } else {
            Err(format!("replayed {followed:?}\nran {ran:?}"))
        }
    }
}

fn fixed(world: &World) -> (i64, i64, Vec<i64>) {
    let banks = world
        .parties()
        .filter(|(_, party)| party.kind == Kind::Operator);
    let funds = banks
        .map(|(bank, _)| world.balance(bank, Title::Funds))
        .collect();
    (world.sum(Title::Securities), world.sum(Title::Loans), funds)
}

/// What the public owns: cash, deposits and wallets, with what banks owe it
/// because a transfer could not be undone.
pub(crate) fn wealth(world: &World) -> i64 {
    let is_public = |party: &world::state::Party| !party.kind.is_institution();
    let cash: i64 = world
        .parties()
        .filter(|(_, party)| is_public(party))
        .map(|(id, _)| world.balance(id, Title::Cash))
        .sum();
    cash + [
        Title::Deposits,
        Title::Circulation,
        Title::Wallets,
        Title::ToSettle,
        Title::ToReturn,
        Title::Balances,
    ]
    .iter()
    .map(|title| world.sum(*title))
    .sum::<i64>()
}

/// That everything sent has been dealt with: nothing is on its way, nobody
/// waits, no headroom is held, and every pair of books agrees exactly.
pub(crate) fn is_settled(world: &World) -> Result<(), Wrong> {
    if let Some(message) = world.pending().next() {
        return Err(format!("{message:?} is still on its way"));
    }
    if let Some((party, order, chase)) = world.chases().next() {
        return Err(format!("{party:?} still waits for {order:?}: {chase:?}"));
    }
    if let Some((id, wallet)) = world.wallets().find(|(_, wallet)| wallet.expected != 0) {
        return Err(format!("headroom of {id:?} is still held: {wallet:?}"));
    }
    match full(world)
        .into_iter()
        .find(|check| check.on_the_way != 0 || check.left != check.right)
    {
        Some(check) => Err(format!("{check:?}")),
        None => Ok(()),
    }
}
