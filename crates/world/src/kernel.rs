//! The kernel: takes what is asked, lets parties decide, applies and records
//! the facts, and delivers messages and timers when they fall due.

mod abroad;
mod command;
mod contracts;
mod crowd;
mod declare;
mod offline;

use std::collections::BTreeMap;
use std::sync::Arc;

use ledger::PostError;
use money::{Currency, MAX_MINOR};
use seal::KeyPair;
use thiserror::Error;

use crate::cbdc::{self, Command, Desk, Input, Operation, Out, instruction};
use crate::describe::{Actor, Count, Minor, Scope};
use crate::domains;
use crate::fact::{
    Cause, Change, Fact, Fate, Kind, Limits, Message, NONE, OrderId, PartyId, Serial, Shop,
    Stamped, Subject, Terms, TextId, Title, WalletId,
};
use crate::flight::Item;
use crate::log::{Genesis, Log};
use crate::rules::Rules;
use crate::state::World;
use crate::text::Texts;
use crowd::{Crowds, MOST_PHONES};
use declare::Holder;
use ledger::Class;

/// Most facts that one act may cause at one instant.
pub const MOST_AT_AN_INSTANT: u32 = 100_000;

/// Most facts of a run, unless it is told otherwise.
pub const CEILING: u32 = 20_000_000;

/// The most parties, and the most wallets, of a run.
pub const MOST_PARTIES: u32 = 1_000_000;

/// How often people of crowds may decide whether to run, all together.
pub const MOST_TURNS: u32 = 20_000_000;

/// Why a run cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Stop {
    /// One act caused more facts at one instant than are allowed.
    #[error("one act caused more than {MOST_AT_AN_INSTANT} events at one instant")]
    InstantTooLong,
    /// The run has more facts than it may.
    #[error("the run has reached its ceiling of {0} events")]
    Ceiling(u32),
    /// A decision broke double entry: a defect of the engine.
    #[error("the books would not balance: {0}; this is a defect of the engine")]
    Broken(PostError),
    /// The name is taken.
    #[error("the name is taken")]
    NameTaken,
    /// Everything declared would add up to more than can be counted.
    #[error("all opening balances together may not exceed 90 trillion units")]
    TooMuchMoney,
    /// There are too many parties or faults.
    #[error("there are too many of them")]
    TooMany,
    /// An act moves more than nothing.
    #[error("the amount must be more than zero")]
    NotPositive,
    /// Whoever acts has no such thing to act with.
    #[error("this actor cannot do that")]
    CannotAct,
    /// The agent is another bank's.
    #[error("the agent is not one of this bank's")]
    NotItsAgent,
    /// A crowd has somebody in it, and not more than there may be.
    #[error("a crowd has from 1 to {MOST_PARTIES} people, all parties of the run together")]
    CrowdSize,
    /// Another central bank has the currency.
    #[error("another central bank has this currency")]
    CurrencyTaken,
    /// A number is more than there is room for.
    #[error("this number may be {0} at most")]
    NumberTooLarge(u32),
    /// There is one common platform at most.
    #[error("there is a common platform already")]
    PlatformTaken,
    /// A device is called after whose it is.
    #[error("a device's name is its holder's, a slash and its own: Alice/phone")]
    DeviceOfNobody,
    /// A bank pays what is left on a card to its own customers.
    #[error("what is left on it can go to a wallet of the same bank only")]
    HeirElsewhere,
    /// There is no bank account to pay what is left into.
    #[error("whoever gets what is left on it has no bank account")]
    HeirWithoutAccount,
    /// An agent has a wallet only if it has money of its own.
    #[error("this agent has no money of its own: declare it with a deposit or cash")]
    AgentWithoutMoney,
    /// The central bank certifies banks once, with the first device.
    #[error("banks are declared before the first device")]
    BankAfterDevices,
    /// A sum is finer than its currency, or more than can be counted.
    #[error("{0} has no such sum")]
    NoSuchSum(Currency),
    /// People would think about running too often for a run to end in time.
    #[error(
        "people would have to decide more than {MOST_TURNS} times; let there be fewer, or less often"
    )]
    TooOften,
    /// Each phone of a crowd signs for itself.
    #[error("at most {MOST_PHONES} people go through a blackout")]
    TooManyPhones,
}

/// A run: the world as it is, and the log of how it came to be.
#[derive(Clone, Debug)]
pub struct Simulation {
    rules: Arc<Rules>,
    world: World,
    log: Log,
    texts: Texts,
    names: BTreeMap<String, Actor>,
    keys: Vec<Option<Arc<KeyPair>>>,
    seed: u64,
    signing: bool,
    run: [u8; 16],
    orders: u32,
    ceiling: u32,
    out: Vec<Fact>,
    crowds: Crowds,
    offline: offline::Field,
    /// Payments of lists: the first order, the last, the line.
    lists: Vec<(OrderId, OrderId, OrderId)>,
    /// What merchants sell and where, where they said so.
    shops: BTreeMap<WalletId, Shop>,
}

impl Simulation {
    /// A run in which only the central bank is, at a virtual time.
    ///
    /// # Errors
    /// If the ceiling is too low even for that.
    pub fn new(
        rules: Arc<Rules>,
        engine: &str,
        seed: u64,
        signing: bool,
        start: i64,
    ) -> Result<Self, Stop> {
        let genesis = Genesis {
            engine,
            signing,
            seed,
            rules: rules.digest,
        };
        let mut run = [0; 16];
        run.copy_from_slice(&genesis.digest()[..16]);
        let world = World::new(Arc::clone(&rules), start);
        let mut simulation = Simulation {
            log: Log::new(&genesis, world.clone()),
            rules,
            world,
            texts: Texts::default(),
            names: BTreeMap::new(),
            keys: Vec::new(),
            seed,
            signing,
            run,
            orders: 0,
            ceiling: CEILING,
            out: Vec::new(),
            crowds: Crowds::default(),
            offline: offline::Field::default(),
            lists: Vec::new(),
            shops: BTreeMap::new(),
        };
        let cause = Cause::Line(simulation.next_order());
        let central_bank = simulation.open_party(cause, "central-bank", Kind::CentralBank, None)?;
        for (title, class) in [
            (Title::Securities, Class::Asset),
            (Title::Notes, Class::Liability),
        ] {
            simulation.open_account(cause, central_bank, class, title, NONE, false)?;
        }
        Ok(simulation)
    }

    /// Lowers or raises the most facts the run may have.
    pub fn set_ceiling(&mut self, ceiling: u32) {
        self.ceiling = ceiling;
    }

    /// The world as it is.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// How it came to be.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// The texts that facts speak of.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The rules it is played by.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The names of all actors.
    pub fn names(&self) -> &BTreeMap<String, Actor> {
        &self.names
    }

    /// BLAKE3 digest of the log.
    pub fn digest(&self) -> [u8; 32] {
        self.log.digest(&self.texts)
    }

    fn next_order(&mut self) -> OrderId {
        self.orders += 1;
        OrderId(self.orders)
    }

    fn emit(&mut self, cause: Cause, fact: Fact) -> Result<(), Stop> {
        self.keep(&Stamped {
            at: self.world.now(),
            cause,
            fact,
        })
    }

    /// Makes a fact so and keeps it.
    fn keep(&mut self, stamped: &Stamped) -> Result<(), Stop> {
        if self.log.len() >= self.ceiling {
            return Err(Stop::Ceiling(self.ceiling));
        }
        self.world.apply(stamped);
        if let Some(error) = self.world.broken() {
            return Err(Stop::Broken(error));
        }
        self.log.push(stamped, &self.texts);
        if self.log.wants_checkpoint() {
            self.log.checkpoint(&self.world);
        }
        Ok(())
    }

    /// Lets virtual time pass: everything due at or before `to` happens, and
    /// crowds do what they have begun.
    ///
    /// # Errors
    /// If the run has to stop.
    pub fn advance(&mut self, to: i64) -> Result<(), Stop> {
        while let Some(at) = self.crowds.next_due().filter(|at| *at <= to) {
            // What arrives at an instant comes before what is asked at it.
            self.drain(at)?;
            self.take_turn(at)?;
        }
        self.drain(to)
    }

    /// Lets everything happen that is due at or before `to`.
    fn drain(&mut self, to: i64) -> Result<(), Stop> {
        let mut instant = (self.world.now(), self.log.len());
        while let Some(item) = self.world.next_due(to) {
            let due = match item {
                Item::Message(message) | Item::Copy(message) => message.due,
                Item::Timer(timer) => timer.due,
            };
            if due > self.world.now() {
                self.world.set_now(due);
            }
            self.handle(item)?;
            if self.world.now() != instant.0 {
                instant = (self.world.now(), self.log.len());
            } else if self.log.len() - instant.1 > MOST_AT_AN_INSTANT {
                return Err(Stop::InstantTooLong);
            }
        }
        if to > self.world.now() {
            self.world.set_now(to);
        }
        Ok(())
    }

    fn handle(&mut self, item: Item) -> Result<(), Stop> {
        match item {
            Item::Message(message) if message.subject.is_for_offline() => {
                self.arrive_offline(message, false)
            }
            Item::Copy(message) if message.subject.is_for_offline() => {
                self.arrive_offline(message, true)
            }
            Item::Message(message) => self.decide(
                message.to,
                Cause::Message(message.serial),
                &Input::Message(message),
                Change::Arrived,
            ),
            // Receivers tell by the number that they have had it.
            Item::Copy(message) => self.emit(
                Cause::Message(message.serial),
                Fact::Changed(Change::PutAside),
            ),
            Item::Timer(timer) => {
                let cause = Cause::Timer(timer.number);
                self.decide(timer.party, cause, &Input::Timer, Change::Idle)?;
                self.tick_offline(timer.party, cause)
            }
        }
    }

    /// Lets a party decide and makes what it says so; `otherwise` if it says
    /// nothing.
    fn decide(
        &mut self,
        party: PartyId,
        cause: Cause,
        input: &Input,
        otherwise: Change,
    ) -> Result<(), Stop> {
        let mut out = Out::new(std::mem::take(&mut self.out), party, input);
        let now = self.world.now();
        let desk = Desk::new(
            &self.world,
            &self.rules,
            &self.texts,
            self.run,
            self.signing,
            party,
            now,
        );
        domains::decide(&desk, input, &mut out);
        let mut facts = out.facts;
        if facts.is_empty() {
            facts.push(Fact::Changed(otherwise));
        }
        self.carry_out(cause, &mut facts)?;
        facts.clear();
        self.out = facts;
        Ok(())
    }

    /// Makes a decision so: its messages go on their way, its timers are set,
    /// its facts are kept.
    fn carry_out(&mut self, cause: Cause, facts: &mut [Fact]) -> Result<(), Stop> {
        let at = self.world.now();
        for fact in facts {
            match fact {
                Fact::Sent(message) => {
                    message.to = self.through_agent(message);
                    self.post_to_network(message);
                }
                Fact::Scheduled(timer) => timer.number = self.world.flight.next_number(),
                Fact::Posted(_) | Fact::Changed(_) | Fact::Refused(_) => {}
            }
            let fact = *fact;
            self.keep(&Stamped { at, cause, fact })?;
            if let Fact::Changed(Change::WalletOpened { name, wallet, .. }) = fact {
                self.take_in_wallet(wallet, name);
            }
        }
        Ok(())
    }

    /// A wallet that a bank opened on request: its key is its holder's, and it
    /// can be spoken of.
    fn take_in_wallet(&mut self, wallet: WalletId, name: TextId) {
        let name = self.texts.text(name).to_owned();
        self.keys.push(self.key_of(&name));
        self.names.entry(name).or_insert(Actor::Wallet(wallet));
    }

    /// The key pair of the wallet of this name, where payments are signed.
    fn key_of(&self, name: &str) -> Option<Arc<KeyPair>> {
        self.signing
            .then(|| Arc::new(KeyPair::derive(self.seed, "wallet", name)))
    }

    /// Who gets a message: what a holder and its bank say to each other goes
    /// through its agent.
    fn through_agent(&self, message: &Message) -> PartyId {
        let agent_between = |holder: PartyId, bank: PartyId| {
            let agent = self.world.party(holder)?.via?;
            (self.world.party(agent)?.at == Some(bank)).then_some(agent)
        };
        // Devices and their banks need nobody between them.
        let agent = if message.subject.is_in_person() || message.subject.is_for_offline() {
            None
        } else {
            agent_between(message.from, message.to).or(agent_between(message.to, message.from))
        };
        agent.unwrap_or(message.to)
    }

    /// Gives a message its number, its time, what the network makes of it,
    /// and its sender's signature.
    fn post_to_network(&mut self, message: &mut Message) {
        message.serial = Serial(self.world.flight.next_number());
        let latency = if message.subject.is_in_person() || message.subject.is_between_devices() {
            0
        } else {
            self.rules.latency.0
        };
        message.sent = self.world.now();
        message.due = message.sent + latency;
        if let Some((number, fault)) = self.world.fault_for(message) {
            message.fault = number;
            message.fate = fault.fate;
            message.due += fault.delay;
        }
        // A phone without a network hears nothing; its bank can send it again.
        if message.subject == Subject::OfflineAnswer && !self.world.is_connected(message.to) {
            message.fate = Fate::Lost;
        }
        let is_request = matches!(message.subject, Subject::Ask | Subject::AskWithNotes);
        // What an agent passes on is signed.
        let is_own = message.signature == TextId::default();
        if self.signing && is_request && is_own {
            message.signature = self.sign(message).unwrap_or_default();
        }
    }

    fn sign(&mut self, message: &Message) -> Option<TextId> {
        let key = self.keys.get(message.wallet?.0 as usize)?.clone()?;
        let memo = self.texts.text(message.memo);
        let signed = instruction(self.run, &self.world, message, memo)
            .sign(&key)
            .ok()?;
        Some(self.texts.push(&signed.signature.0))
    }

    /// Why a party cannot ask what only who has a wallet can.
    fn cannot(&self, party: PartyId) -> Stop {
        match self.world.party(party).map(|it| it.kind) {
            Some(Kind::Agent) => Stop::AgentWithoutMoney,
            _ => Stop::CannotAct,
        }
    }

    /// What may be asked moves more than nothing, and is called what nothing
    /// else is.
    fn may_begin(
        &self,
        mut amounts: impl Iterator<Item = i64>,
        name: Option<&str>,
    ) -> Result<(), Stop> {
        if amounts.any(|amount| amount <= 0) {
            return Err(Stop::NotPositive);
        }
        if name.is_some_and(|name| self.names.contains_key(name)) {
            return Err(Stop::NameTaken);
        }
        Ok(())
    }

    /// Lets an actor ask for something now, under a name if it is to be spoken
    /// of; everything it causes at this instant happens.
    ///
    /// # Errors
    /// If the actor cannot ask that, the name is taken, or the run has to stop.
    /// A request that is turned down is no error: it is a fact.
    pub fn act(
        &mut self,
        actor: Actor,
        operation: &Operation,
        name: Option<&str>,
    ) -> Result<OrderId, Stop> {
        let shares = match operation {
            Operation::PayMany(it) => it.to.as_slice(),
            _ => &[],
        };
        let amounts = operation.amount().into_iter();
        self.may_begin(
            amounts.chain(shares.iter().map(|(_, amount)| amount.0)),
            name,
        )?;
        let (party, wallet) = match actor {
            Actor::Party(party) => (
                party,
                self.world.party(party).and_then(|party| party.wallet),
            ),
            Actor::Wallet(wallet) => (
                self.world.wallet(wallet).ok_or(Stop::CannotAct)?.owner,
                Some(wallet),
            ),
            _ => return Err(Stop::CannotAct),
        };
        let kind = self.world.party(party).ok_or(Stop::CannotAct)?.kind;
        let may = match operation {
            Operation::Issue(it) => kind == Kind::CentralBank && self.check_bank(it.to).is_ok(),
            Operation::Resolve(it) => {
                kind == Kind::CentralBank
                    && it.bank != it.to
                    && self.check_bank(it.bank).is_ok()
                    && self.check_bank(it.to).is_ok()
                    && self.world.successor(it.bank).is_none()
                    && self.world.successor(it.to).is_none()
            }
            Operation::Return(_)
            | Operation::Freeze(_)
            | Operation::Unfreeze(_)
            | Operation::Accrue(_)
            | Operation::Restrict(_) => kind == Kind::Operator,
            Operation::Retry(_) | Operation::Reverse(_) => matches!(
                kind,
                Kind::Operator
                    | Kind::Agent
                    | Kind::CentralBank
                    | Kind::Authority
                    | Kind::ForeignBank
                    | Kind::Platform
            ),
            _ => wallet.is_some(),
        };
        if !may {
            return Err(self.cannot(party));
        }
        let order = self.next_order();
        if !self.world.is_connected(party) {
            let asked = operation.amount().unwrap_or(0);
            return self.no_network(order, party, wallet, (operation.purpose(), asked));
        }
        if let Operation::PayMany(it) = operation {
            return self.pay_many(order, party, wallet, it);
        }
        let command = self.command(order, wallet, operation, name);
        // A sub-wallet can be spoken of once its bank has opened it.
        if let Some(name) = name.filter(|_| !matches!(operation, Operation::OpenSub(_))) {
            self.names.insert(name.to_owned(), Actor::Order(order));
        }
        self.decide(
            party,
            Cause::Line(order),
            &Input::Command(command),
            Change::Idle,
        )?;
        self.drain(self.world.now())?;
        Ok(order)
    }

    /// The wallet that a name is paid into.
    pub fn wallet_of(&self, actor: Actor) -> Option<WalletId> {
        match actor {
            Actor::Party(party) => self.world.party(party)?.wallet,
            Actor::Wallet(wallet) => Some(wallet),
            _ => None,
        }
    }
}

impl Scope for Simulation {
    fn actor(&self, name: &str) -> Option<Actor> {
        self.names.get(name).copied()
    }

    fn decimals(&self) -> u8 {
        self.rules.currency.decimals()
    }

    fn wallet_type(&self, name: &str) -> Option<u16> {
        let found = self
            .rules
            .wallet_types
            .iter()
            .position(|ty| ty.name == name)?;
        u16::try_from(found).ok()
    }

    fn intern(&mut self, text: &str) -> TextId {
        self.texts.intern(text.as_bytes())
    }
}
