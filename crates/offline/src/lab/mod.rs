//! A room with devices, an operator and their accounts, in which everything can be tried.
//!
//! A [`Room`] carries messages between devices and operator, posts what the operator says, and
//! knows at any moment where every unit of value is: in an account, in a device, or in limbo with
//! a name. [`Cut`] breaks off an exchange after any store and any message. [`attack`] runs the
//! attacks in it, and [`tricks`] are what is done to a device for them.

pub mod attack;
pub mod tricks;

use std::collections::{BTreeMap, VecDeque};

use seal::{KeyPair, PublicKey};

use crate::code::{Checked, Code};
use crate::device::{Asked, Chip, Device, Input, Moment, Output, To};
use crate::object::{Class, Form, Hash, Limits, Mode, Model};
use crate::operator::{Act, Address, Command, Effect, Finding, Operator, Setup, certify};
use crate::wire::names;

/// The operator's serial number in a room of one.
pub const OPERATOR: u64 = 1;

/// When a room opens: 1 November 2026.
pub const OPENING: i64 = 1_793_491_200_000;

/// Who is in a room.
#[derive(Clone, Debug)]
pub struct Party {
    /// The device.
    pub device: Device,
    /// What guards its memory.
    pub chip: Chip,
    /// How far its clock is off.
    pub clock: i64,
}

/// Who acts in an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A device, by its place in the room.
    Device(usize),
    /// The operator.
    Operator,
}

names! {
    /// At what stage something is noticed.
    Stage {
        /// Between the devices.
        Transfer = 0 "transfer",
        /// When value is loaded.
        Load = 1 "load",
        /// When value is deposited or claimed.
        Deposit = 2 "deposit",
        /// When a device reports.
        Sync = 3 "sync",
        /// When a ceiling is settled or a device shut.
        Settlement = 4 "settlement",
        /// Never.
        Never = 5 "never",
    }
}

/// Where an exchange breaks off: before the event of this number, counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The number.
    pub before: usize,
    seen: usize,
}

impl Cut {
    /// A break before event `before`.
    #[must_use]
    pub const fn before(before: usize) -> Self {
        Self { before, seen: 0 }
    }

    /// No break.
    #[must_use]
    pub const fn never() -> Self {
        Self::before(usize::MAX)
    }

    /// How many events there were.
    #[must_use]
    pub const fn seen(&self) -> usize {
        self.seen
    }

    /// Whether it may break off at all.
    const fn possible(&self) -> bool {
        self.before != usize::MAX
    }

    /// Whether it breaks off here; counts the event if not.
    const fn here(&mut self) -> bool {
        let here = self.seen >= self.before;
        if !here {
            self.seen += 1;
        }
        here
    }
}

/// Where the value is that was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accounted {
    /// In devices, to be spent.
    pub spendable: i64,
    /// In devices, to be claimed, or at the operator until the settlement.
    pub to_claim: i64,
    /// Paid and not collected, or between operator and device.
    pub limbo: i64,
    /// What the operator's float says it must be.
    pub float: i64,
}

/// Devices, an operator, and their accounts.
#[derive(Clone, Debug)]
pub struct Room {
    /// The true time.
    pub now: i64,
    /// The operator.
    pub operator: Operator,
    /// The devices.
    pub parties: Vec<Party>,
    /// What accounts hold.
    pub accounts: BTreeMap<u64, i64>,
    /// What is kept for each purpose.
    pub kept: BTreeMap<u64, i64>,
    /// What the operator owes offline.
    pub float: i64,
    /// What the operator lost.
    pub equity: i64,
    /// What each device's holder got in goods, less what it gave.
    pub goods: BTreeMap<u64, i64>,
    /// What the operator found.
    pub findings: Vec<Finding>,
    /// At which stage each of them was found.
    pub stages: Vec<Stage>,
    /// What the operator refused to devices.
    pub refused: Vec<(usize, Code)>,
    /// What is being done.
    pub stage: Stage,
    granted: BTreeMap<u64, (u64, i64)>,
    seed: u64,
    draws: u64,
}

impl Room {
    /// A room with an operator.
    pub fn new(model: Model, mode: Mode, limits: Limits, seed: u64) -> Checked<Self> {
        let root = KeyPair::derive(seed, "offline", "central bank");
        let key = KeyPair::derive(seed, "offline", "operator");
        let cert = certify(&root, OPERATOR, key.public(), i64::MAX);
        let operator = Operator::new(Setup {
            secret: key.secret(),
            operators: vec![cert.clone()],
            cert,
            root: root.public(),
            model,
            mode,
            limits,
            now: OPENING,
        })?;
        Ok(Self {
            now: OPENING,
            operator,
            parties: Vec::new(),
            accounts: BTreeMap::new(),
            kept: BTreeMap::new(),
            float: 0,
            equity: 0,
            goods: BTreeMap::new(),
            findings: Vec::new(),
            stages: Vec::new(),
            refused: Vec::new(),
            stage: Stage::Transfer,
            granted: BTreeMap::new(),
            seed,
            draws: 0,
        })
    }

    /// The moment of a step: no two have the same entropy.
    pub fn moment(&mut self, clock: i64) -> Moment {
        self.draws += 1;
        let mut hasher = blake3::Hasher::new_derive_key("exchequer offline lab entropy v1");
        hasher.update(&self.seed.to_be_bytes());
        hasher.update(&self.draws.to_be_bytes());
        Moment {
            now: self.now.saturating_add(clock),
            entropy: *hasher.finalize().as_bytes(),
        }
    }

    /// A new device with an account; its place in the room. Its serial number is 101 and up.
    pub fn join(
        &mut self,
        class: Class,
        form: Form,
        funds: i64,
        pin: Option<u32>,
    ) -> Checked<usize> {
        self.join_with(class, form, funds, pin, None)
    }

    /// A merchant's device whose certificate says what is sold.
    pub fn join_shop(&mut self, category: u32) -> Checked<usize> {
        self.enrol((Class::Merchant, category), Form::Phone, 0, None, None)
    }

    /// A new device with limits of its own.
    pub fn join_with(
        &mut self,
        class: Class,
        form: Form,
        funds: i64,
        pin: Option<u32>,
        limits: Option<Limits>,
    ) -> Checked<usize> {
        self.enrol((class, 0), form, funds, pin, limits)
    }

    fn enrol(
        &mut self,
        (class, category): (Class, u32),
        form: Form,
        funds: i64,
        pin: Option<u32>,
        limits: Option<Limits>,
    ) -> Checked<usize> {
        let place = self.parties.len();
        let serial = 101 + place as u64;
        let secret = KeyPair::derive(self.seed, "offline device", &serial.to_string()).secret();
        let at = self.moment(0);
        let command = Command::Enrol {
            serial,
            hello: Device::hello(secret, form),
            class,
            account: serial,
            return_to: None,
            limits,
            category,
        };
        let acts = self.operator.step(command, at)?;
        let welcome = acts.iter().find_map(|act| match act {
            Act::Send { bytes, .. } => Some(bytes.clone()),
            _ => None,
        });
        let device = Device::new(secret, &welcome.unwrap_or_default(), pin)?;
        // A trusted chip is what the purse rests on; the others are software.
        let chip = match self.operator.model() {
            Model::Purse => Chip::Secure { seen: 0 },
            _ => Chip::Weak,
        };
        self.accounts.insert(serial, funds);
        self.parties.push(Party {
            device,
            chip,
            clock: 0,
        });
        Ok(place)
    }

    /// A device of the room.
    #[must_use]
    pub fn device(&self, place: usize) -> &Device {
        &self.parties[place].device
    }

    /// A device's serial number.
    #[must_use]
    pub fn serial(&self, place: usize) -> u64 {
        self.device(place).serial()
    }

    /// A device's key.
    #[must_use]
    pub fn key(&self, place: usize) -> PublicKey {
        self.device(place).cert.body.key
    }

    /// One step of a device; nothing is delivered.
    pub fn step(&mut self, place: usize, input: Input) -> Checked<Vec<Output>> {
        let at = self.moment(self.parties[place].clock);
        let party = &mut self.parties[place];
        party.device.step(&mut party.chip, input, at)
    }

    /// One step of the operator; what it posts is posted.
    pub fn operate(&mut self, command: Command) -> Checked<Vec<Act>> {
        let at = self.moment(0);
        let acts = self.operator.step(command, at)?;
        for act in &acts {
            self.note(act);
        }
        Ok(acts)
    }

    fn note(&mut self, act: &Act) {
        match act {
            Act::Post(effect) => self.post(*effect),
            Act::Found(finding) => {
                self.findings.push(finding.clone());
                self.stages.push(self.stage);
            }
            Act::Store | Act::Send { .. } => {}
        }
    }

    fn post(&mut self, effect: Effect) {
        let (account, to_account, float) = match effect {
            Effect::Load {
                account, amount, ..
            } => (account, -amount, amount),
            Effect::Unload {
                account, amount, ..
            }
            | Effect::Claim {
                account, amount, ..
            } => (account, amount, -amount),
            Effect::Honour { amount, .. } => {
                self.equity -= amount;
                self.float += amount;
                return;
            }
            Effect::LoadPurpose { number, amount, .. } => {
                *self.kept.entry(number).or_insert(0) -= amount;
                self.float += amount;
                return;
            }
            Effect::UnloadPurpose { number, amount, .. } => {
                *self.kept.entry(number).or_insert(0) += amount;
                self.float -= amount;
                return;
            }
            // Of other operators: their rooms are elsewhere.
            Effect::PayOut { amount, .. } => {
                self.float -= amount;
                return;
            }
            Effect::Adopt { amount, .. } => {
                self.float += amount;
                return;
            }
            Effect::PaidIn {
                account, amount, ..
            } => (account, amount, 0),
        };
        *self.accounts.entry(account).or_insert(0) += to_account;
        self.float += float;
    }

    /// Plays an exchange from one device's input to its end, or to where it is cut. What was on
    /// its way when it was cut is lost, and an unfinished step with it.
    pub fn exchange(&mut self, first: usize, peer: usize, input: Input, cut: &mut Cut) -> Checked {
        let mut waiting = VecDeque::new();
        if !self.device_events(first, peer, input, cut, &mut waiting)? {
            return Ok(());
        }
        while let Some((to, from, bytes)) = waiting.pop_front() {
            let go_on = match to {
                Actor::Device(place) => {
                    let other = if place == first { peer } else { first };
                    self.device_events(place, other, Input::Receive(bytes), cut, &mut waiting)?
                }
                Actor::Operator => self.operator_events(from, bytes, cut, &mut waiting)?,
            };
            if !go_on {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Carries out one step of a device, event by event; `false` when it was cut.
    fn device_events(
        &mut self,
        place: usize,
        peer: usize,
        input: Input,
        cut: &mut Cut,
        waiting: &mut VecDeque<(Actor, usize, Vec<u8>)>,
    ) -> Checked<bool> {
        let before = cut.possible().then(|| self.parties[place].clone());
        let outputs = self.step(place, input)?;
        let mut stored = !outputs.contains(&Output::Store);
        for output in outputs {
            if let Output::Refused(refusal) = output {
                self.refused.push((place, refusal.code));
                continue;
            }
            if cut.here() {
                if let Some(before) = before.filter(|_| !stored) {
                    self.parties[place] = before;
                }
                return Ok(false);
            }
            match output {
                Output::Store => {
                    stored = true;
                    self.received(place);
                }
                // With nobody near, what is meant for a peer is lost.
                Output::Send { to: To::Peer, .. } if peer == place => {}
                Output::Send { to, bytes } => {
                    let to = match to {
                        To::Peer => Actor::Device(peer),
                        To::Operator => Actor::Operator,
                    };
                    waiting.push_back((to, place, bytes));
                }
                Output::Refused(_) => {}
            }
        }
        Ok(true)
    }

    fn operator_events(
        &mut self,
        from: usize,
        bytes: Vec<u8>,
        cut: &mut Cut,
        waiting: &mut VecDeque<(Actor, usize, Vec<u8>)>,
    ) -> Checked<bool> {
        let before = cut.possible().then(|| self.operator.clone());
        let at = self.moment(0);
        let wanted = self.operator.wants(&bytes);
        let mut funds = wanted.map_or(0, |(account, _)| {
            self.accounts.get(&account).copied().unwrap_or(0)
        });
        if let Some(number) = self.operator.wants_purpose(&bytes) {
            funds = self.kept.get(&number).copied().unwrap_or(0);
        }
        let acts = self.operator.step(Command::Receive { bytes, funds }, at)?;
        let mut stored = !acts.contains(&Act::Store);
        let mut with_store = Vec::new();
        for act in acts {
            if matches!(act, Act::Post(_) | Act::Found(_)) {
                with_store.push(act);
                continue;
            }
            if cut.here() {
                if let Some(before) = before.filter(|_| !stored) {
                    self.operator = before;
                }
                return Ok(false);
            }
            match act {
                Act::Send {
                    to: Address::Device(serial),
                    bytes,
                } => {
                    let place = self
                        .parties
                        .iter()
                        .position(|it| it.device.serial() == serial);
                    // A copied device answers for its serial number where it asked.
                    let place = if self.serial(from) == serial {
                        Some(from)
                    } else {
                        place
                    };
                    if let Some(place) = place {
                        waiting.push_back((Actor::Device(place), place, bytes));
                    }
                }
                _ => {
                    stored = true;
                    for act in std::mem::take(&mut with_store) {
                        if let Act::Post(
                            Effect::Load { device, amount, .. }
                            | Effect::LoadPurpose { device, amount, .. },
                        ) = act
                        {
                            let turn = self.operator.record(device).map_or(0, |it| it.turn());
                            self.granted.insert(device, (turn, amount));
                        }
                        self.note(&act);
                    }
                }
            }
        }
        Ok(true)
    }

    /// A device stored: what it waited for may have come.
    fn received(&mut self, place: usize) {
        let (serial, asking) = {
            let device = self.device(place);
            (device.serial(), device.asking.as_ref().map(|it| it.turn))
        };
        if self
            .granted
            .get(&serial)
            .is_some_and(|(turn, _)| asking != Some(*turn))
        {
            self.granted.remove(&serial);
        }
    }

    /// A device asks its operator, to the end.
    pub fn online(&mut self, place: usize, input: Input) -> Checked {
        let refused = self.refused.len();
        self.stage = match &input {
            Input::Sync => Stage::Sync,
            Input::Claim | Input::Unload { .. } => Stage::Deposit,
            _ => Stage::Load,
        };
        self.exchange(place, place, input, &mut Cut::never())?;
        match self.refused.get(refused) {
            Some((_, code)) => Err((*code).into()),
            None => Ok(()),
        }
    }

    /// One device asks another for an amount and is paid.
    pub fn tap(&mut self, payer: usize, payee: usize, amount: i64) -> Checked {
        self.tap_cut(payer, payee, amount, None, &mut Cut::never())
    }

    /// The same, with a PIN, and cut off somewhere. The payee hands over goods once it collected.
    pub fn tap_cut(
        &mut self,
        payer: usize,
        payee: usize,
        amount: i64,
        pin: Option<u32>,
        cut: &mut Cut,
    ) -> Checked {
        let category = 0;
        let outputs = self.step_cut(payee, Input::Request { amount, category }, cut)?;
        let Some(request) = sent(&outputs) else {
            return Ok(());
        };
        self.pay_cut(payer, payee, request, pin, cut)
    }

    /// Pays a request that is shown.
    pub fn pay_cut(
        &mut self,
        payer: usize,
        payee: usize,
        request: Vec<u8>,
        pin: Option<u32>,
        cut: &mut Cut,
    ) -> Checked {
        let had = self.got(payee);
        let refused = self.refused.len();
        let input = Input::Pay {
            request,
            payee: None,
            pin,
        };
        let done = self.exchange(payer, payee, input, cut);
        let got = self.got(payee) - had;
        if got > 0 {
            self.hand_over(payee, payer, got);
        }
        done?;
        match self.refused.get(refused) {
            Some((_, code)) => Err((*code).into()),
            None => Ok(()),
        }
    }

    /// Notes goods that change hands.
    pub fn hand_over(&mut self, from: usize, to: usize, worth: i64) {
        let (from, to) = (self.serial(from), self.serial(to));
        *self.goods.entry(from).or_insert(0) -= worth;
        *self.goods.entry(to).or_insert(0) += worth;
    }

    fn got(&self, place: usize) -> i64 {
        self.device(place).spendable() + self.device(place).to_claim()
    }

    fn step_cut(&mut self, place: usize, input: Input, cut: &mut Cut) -> Checked<Vec<Output>> {
        let before = self.parties[place].clone();
        let outputs = self.step(place, input)?;
        for (at, _) in outputs.iter().enumerate() {
            if cut.here() {
                if at == 0 {
                    self.parties[place] = before;
                }
                return Ok(Vec::new());
            }
        }
        Ok(outputs)
    }

    /// Restarts a device from what it stored.
    pub fn restart(&mut self, place: usize) -> Checked {
        let bytes = self.device(place).to_bytes();
        self.parties[place].device = Device::from_bytes(&bytes)?;
        Ok(())
    }

    /// Where all value is that was loaded.
    #[must_use]
    pub fn accounted(&self) -> Accounted {
        let mut sum = Accounted {
            spendable: 0,
            to_claim: self.operator.settling(),
            limbo: 0,
            float: self.float,
        };
        for party in &self.parties {
            let device = &party.device;
            sum.spendable += device.spendable();
            sum.to_claim += device.to_claim();
            for (pay, pending) in &device.pending {
                if !self.arrived(pending.payee, pay) {
                    sum.limbo += pending.amount;
                }
            }
            let Some(asking) = &device.asking else {
                continue;
            };
            let turn = self
                .operator
                .record(device.serial())
                .map_or(0, |it| it.turn());
            let record = self.operator.record(device.serial());
            let decided = turn == asking.turn && record.is_some_and(|it| !it.turned_down());
            let granted = self.granted.get(&device.serial());
            sum.limbo += granted
                .filter(|(turn, _)| *turn == asking.turn)
                .map_or(0, |it| it.1);
            match &asking.what {
                Asked::Mint(it) => sum.limbo += it.given.iter().map(|it| it.amount).sum::<i64>(),
                Asked::Unload(it) if !decided => sum.limbo += it.amount,
                // Decided and not yet told: what it credited is still listed as a deposit.
                Asked::Claim(count) if decided => {
                    let count = usize::try_from(*count).unwrap_or(usize::MAX);
                    let told = device.deposits.iter().take(count);
                    let amounts = told.filter_map(|it| crate::Payment::decode(&it.pay.0).ok());
                    sum.to_claim -= amounts.map(|it| it.terms().1).sum::<i64>();
                }
                _ => {}
            }
        }
        sum
    }

    fn arrived(&self, payee: u64, pay: &Hash) -> bool {
        let payee = self.parties.iter().find(|it| it.device.serial() == payee);
        payee.is_some_and(|it| it.device.collected.iter().any(|(known, _)| known == pay))
    }

    /// What a device's holder has: account, device, and goods.
    #[must_use]
    pub fn wealth(&self, place: usize) -> i64 {
        let serial = self.serial(place);
        let of = |map: &BTreeMap<u64, i64>| map.get(&serial).copied().unwrap_or(0);
        of(&self.accounts) + of(&self.goods) + self.got(place)
    }

    /// Brings everything a device holds to its account: sync, claim, unload.
    pub fn bring_home(&mut self, place: usize) -> Checked {
        if self.device(place).asking.is_some() {
            // A refusal ends the waiting as well as an answer.
            self.exchange(place, place, Input::Again, &mut Cut::never())?;
        }
        self.online(place, Input::Sync)?;
        while self.device(place).to_claim() > 0 {
            self.online(place, Input::Claim)?;
        }
        let amount = self.device(place).spendable();
        if amount > 0 && self.operator.model() != Model::Promise {
            self.online(place, Input::Unload { amount })?;
        }
        Ok(())
    }

    /// Lets time pass, and the operator notice it.
    pub fn wait(&mut self, ms: i64) -> Checked {
        self.now = self.now.saturating_add(ms);
        self.stage = Stage::Settlement;
        self.operate(Command::Tick).map(drop)
    }
}

/// The bytes a step sends.
#[must_use]
pub fn sent(outputs: &[Output]) -> Option<Vec<u8>> {
    outputs.iter().find_map(|output| match output {
        Output::Send { bytes, .. } => Some(bytes.clone()),
        _ => None,
    })
}
