//! An operator: it issues offline value, clears it, and finds who cheats.
//!
//! ```text
//! request with the next number ──▶ decided ──▶ answer kept ──▶ answer sent
//! the same bytes again ───────────────────────▶ the same answer sent
//! the same number, other bytes ──▶ refused (online.turn-used)
//! ```
//!
//! [`Operator::step`] tells in order what becomes visible: postings and findings, then that all of
//! it must be stored together, then what is sent. An error leaves the operator as it was. A
//! request that is well signed and turned down gets a signed refusal, so that the device can give
//! up waiting and take back what it gave.
//!
//! A device's life at its operator:
//!
//! ```text
//! enrolled ──sync──▶ good for longer
//!     │ revoked (stolen, caught) ─────┐ the time for others' syncs passes
//!     └ certificate over ─────────────┴──▶ shut: a purse's rest goes to the account named for it
//! ```

mod blind;
mod coins;
mod mint;
mod promise;
mod purse;

use std::collections::{BTreeMap, BTreeSet};

use seal::{KeyPair, PublicKey};

use crate::code::{Checked, Code, Refusal, at_most, must};
use crate::device::Moment;
use crate::object::{
    Ask, Bearer, Cert, Claim, Claimed, Class, Clear, Cleared, Content, Evidence, Form, Grant, Hash,
    Hello, Keys, Limits, Load, Mode, Model, Payment, Refused, Rest, RevocationList, Sync,
    SyncAnswer, Turn, Unload, Unloaded, Verdict, Waiting, Welcome, Wish,
};
use crate::trust::{Terms, Trust};
use crate::wire::{Object, Signed, hash, names, number_of};

/// How an operator is set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Its secret key.
    pub secret: [u8; 32],
    /// Its certificate, signed by the central bank's root.
    pub cert: Signed<Cert>,
    /// The root key.
    pub root: PublicKey,
    /// All operators' certificates, its own among them.
    pub operators: Vec<Signed<Cert>>,
    /// The model.
    pub model: Model,
    /// The mode.
    pub mode: Mode,
    /// The limits of a new device.
    pub limits: Limits,
    /// When it begins.
    pub now: i64,
}

/// A certificate that the central bank's root signs for an operator.
#[must_use]
pub fn certify(root: &KeyPair, serial: u64, key: PublicKey, until: i64) -> Signed<Cert> {
    let cert = Cert {
        serial,
        key,
        operator: 0,
        class: Class::Operator,
        limits: Limits::default(),
        not_before: 0,
        not_after: until,
        epoch: 1,
    };
    Signed::sign(root, cert)
}

/// What an operator is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Know a new device. Answered with a welcome.
    Enrol {
        /// Its serial number.
        serial: u64,
        /// What it sent: its key and what it is.
        hello: Vec<u8>,
        /// Whose it is.
        class: Class,
        /// The account it belongs to.
        account: u64,
        /// The account that gets the rest when it expires, if another.
        return_to: Option<u64>,
        /// Its limits, if others than usual.
        limits: Option<Limits>,
    },
    /// Bytes arrived from a device or another operator.
    Receive {
        /// The bytes.
        bytes: Vec<u8>,
        /// What the asking device's account holds.
        funds: i64,
    },
    /// Put a device on the revocation list.
    Revoke {
        /// Its serial number.
        serial: u64,
    },
    /// Begin an epoch of keys.
    Epoch,
    /// From the next sync on other limits hold.
    Policy(Limits),
    /// Time has passed: settle ceilings and shut devices that are due.
    Tick,
}

/// Whom bytes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// A device.
    Device(u64),
    /// Another operator.
    Operator(u64),
}

/// What has to be posted in the operator's book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Debit the account, credit the float.
    Load {
        /// The device.
        device: u64,
        /// Its account.
        account: u64,
        /// How much.
        amount: i64,
    },
    /// Debit the float, credit the account: what a device gave back.
    Unload {
        /// The device.
        device: u64,
        /// The account.
        account: u64,
        /// How much.
        amount: i64,
    },
    /// Debit the float, credit the account: what a payee claimed.
    Claim {
        /// The payee's device.
        device: u64,
        /// Its account.
        account: u64,
        /// How much.
        amount: i64,
    },
    /// Debit equity, credit the float: value that a cheat made is honoured.
    Honour {
        /// Who made it.
        cheat: u64,
        /// How much.
        amount: i64,
    },
    /// Debit the float, credit reserves: another operator's device claimed value issued here.
    PayOut {
        /// The other operator.
        operator: u64,
        /// How much.
        amount: i64,
    },
    /// Debit reserves, credit the account: another operator paid a claim.
    PaidIn {
        /// The other operator.
        operator: u64,
        /// The payee's device.
        device: u64,
        /// Its account.
        account: u64,
        /// How much.
        amount: i64,
    },
    /// Debit reserves, credit the float: value of another operator's stays in a purse here.
    Adopt {
        /// The other operator.
        operator: u64,
        /// The device.
        device: u64,
        /// How much.
        amount: i64,
    },
}

names! {
    /// What was found.
    What {
        /// The same value was spent twice.
        Double = 0 "value-twice",
        /// More was paid than was ever there.
        Negative = 1 "negative",
        /// A log that does not hold.
        Log = 2 "log",
        /// A payee who closed a request and used its payment, or showed one payment twice.
        Payee = 3 "payee",
        /// A withdrawer whose coins hide another name.
        Identity = 4 "identity",
        /// A settlement that does not cover a promise.
        Short = 5 "short",
        /// A claim that another operator did not pay.
        Unpaid = 6 "unpaid",
    }
}

/// One hand-over of value, as a trace shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Who gave.
    pub from: u64,
    /// Who got.
    pub to: u64,
    /// How much.
    pub amount: i64,
    /// Whether this is the hand-over of value already given away.
    pub twice: bool,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub what: What,
    /// Who did it, if that can be told.
    pub named: Option<u64>,
    /// How much is at stake.
    pub amount: i64,
    /// When it was found.
    pub at: i64,
    /// The way of the value, oldest hand-over first, as far as it is known.
    pub trace: Vec<Hop>,
}

/// What a step makes visible, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Money moves; part of what the next [`Act::Store`] stores.
    Post(Effect),
    /// Something was found; part of what the next [`Act::Store`] stores.
    Found(Finding),
    /// The state must be stored, with all postings and findings before.
    Store,
    /// Bytes go out.
    Send {
        /// Whom they are for.
        to: Address,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

/// What an operator knows of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its certificate of today.
    pub cert: Signed<Cert>,
    /// What it is.
    pub form: Form,
    /// The account it belongs to.
    pub account: u64,
    /// The account that gets the rest.
    pub return_to: u64,
    /// When it last synced.
    pub synced: i64,
    /// When it was revoked.
    pub revoked: Option<i64>,
    /// Whether it is shut.
    pub shut: bool,
    own_limits: bool,
    turn: u64,
    asked: Hash,
    answer: Vec<u8>,
    loads: u64,
    /// What a purse must hold by what is known.
    shadow: purse::Shadow,
}

impl Record {
    /// The number of its last online request.
    #[must_use]
    pub const fn turn(&self) -> u64 {
        self.turn
    }
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nonce {
    Closed,
    Taken(Hash),
}

/// Value whose issuer another operator is, sent there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clearing {
    issuer: u64,
    device: u64,
    amount: i64,
    /// The value is in a purse here already.
    adopted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Book {
    Purse(purse::Register),
    Coins(coins::Register),
    Blind(blind::Register),
    Mint(mint::Register),
    Promise(promise::Register),
}

/// An operator, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    setup: Setup,
    policy_epoch: u64,
    key_epoch: u64,
    list_epoch: u64,
    revoked: BTreeSet<u64>,
    list: Signed<RevocationList>,
    keys: Vec<Signed<Keys>>,
    records: BTreeMap<u64, Record>,
    nonces: BTreeMap<(u64, [u8; 16]), Nonce>,
    /// Closed requests by their digest, and whose they were.
    closed: BTreeMap<Hash, u64>,
    clearing: BTreeMap<Hash, Clearing>,
    book: Book,
}

impl Operator {
    /// A new operator.
    pub fn new(setup: Setup) -> Checked<Self> {
        must(setup.model.knows(setup.mode), Code::Mode)?;
        let key = KeyPair::from_bytes(setup.secret);
        must(setup.cert.body.key == key.public(), Code::Operator)?;
        setup.cert.verify(&setup.root)?;
        let book = match setup.model {
            Model::Purse => Book::Purse(purse::Register::default()),
            Model::Coins => Book::Coins(coins::Register::default()),
            Model::Blind => Book::Blind(blind::Register::default()),
            Model::Mint => Book::Mint(mint::Register::default()),
            Model::Promise => Book::Promise(promise::Register::default()),
        };
        let list = RevocationList {
            operator: setup.cert.body.serial,
            epoch: 1,
            serials: Vec::new(),
        };
        let mut operator = Self {
            list: Signed::sign(&key, list),
            policy_epoch: 1,
            // Numbered by operator, so that an epoch tells whose it is.
            key_epoch: setup.cert.body.serial << 16,
            list_epoch: 1,
            revoked: BTreeSet::new(),
            keys: Vec::new(),
            records: BTreeMap::new(),
            nonces: BTreeMap::new(),
            closed: BTreeMap::new(),
            clearing: BTreeMap::new(),
            book,
            setup,
        };
        operator.new_epoch(operator.setup.now);
        Ok(operator)
    }

    /// Its serial number.
    #[must_use]
    pub const fn serial(&self) -> u64 {
        self.setup.cert.body.serial
    }

    /// The model.
    #[must_use]
    pub const fn model(&self) -> Model {
        self.setup.model
    }

    /// What it knows of a device.
    #[must_use]
    pub fn record(&self, serial: u64) -> Option<&Record> {
        self.records.get(&serial)
    }

    /// The devices it knows.
    pub fn devices(&self) -> impl Iterator<Item = (&u64, &Record)> {
        self.records.iter()
    }

    /// The revocation list of today.
    #[must_use]
    pub const fn list(&self) -> &Signed<RevocationList> {
        &self.list
    }

    /// The keys of coins that are taken.
    #[must_use]
    pub fn keys(&self) -> &[Signed<Keys>] {
        &self.keys
    }

    /// Whom the operator believes.
    #[must_use]
    pub fn trust(&self) -> Trust<'_> {
        Trust {
            root: &self.setup.root,
            operators: &self.setup.operators,
            list: &self.list.body,
            keys: &self.keys,
        }
    }

    /// What a device asks to load and from which account, so that its funds can be looked up.
    #[must_use]
    pub fn wants(&self, bytes: &[u8]) -> Option<(u64, i64)> {
        let ask = Signed::<Ask>::decode(bytes).ok()?;
        let record = self.records.get(&ask.body.turn.device)?;
        Some((record.account, ask.body.amount))
    }

    fn key(&self) -> KeyPair {
        KeyPair::from_bytes(self.setup.secret)
    }

    /// The most time that may pass until others have reported what they collected.
    const fn reporting(&self) -> i64 {
        self.setup.limits.sync_ms
    }

    /// One step. An error leaves the operator as it was.
    pub fn step(&mut self, command: Command, at: Moment) -> Checked<Vec<Act>> {
        match command {
            Command::Enrol {
                serial,
                hello,
                class,
                account,
                return_to,
                limits,
            } => {
                let hello = Signed::<Hello>::decode(&hello)?;
                hello.verify(&hello.body.key)?;
                must(class != Class::Operator && serial > 0, Code::Field)?;
                must(!self.records.contains_key(&serial), Code::Device)?;
                let cert = self.certificate(serial, hello.body.key, class, limits.as_ref(), at.now);
                let record = Record {
                    cert,
                    form: hello.body.form,
                    account,
                    return_to: return_to.unwrap_or(account),
                    synced: at.now,
                    revoked: None,
                    shut: false,
                    own_limits: limits.is_some(),
                    turn: 0,
                    asked: [0; 32],
                    answer: Vec::new(),
                    loads: 0,
                    shadow: purse::Shadow::default(),
                };
                let welcome = Welcome {
                    model: self.setup.model,
                    mode: self.setup.mode,
                    form: hello.body.form,
                    account,
                    root: self.setup.root,
                    cert: record.cert.clone(),
                    operators: self.setup.operators.clone(),
                    list: self.list.clone(),
                    keys: self.keys.clone(),
                    time: at.now,
                };
                self.records.insert(serial, record);
                let bytes = Signed::sign(&self.key(), welcome).bytes().to_vec();
                let to = Address::Device(serial);
                Ok(vec![Act::Store, Act::Send { to, bytes }])
            }
            Command::Receive { bytes, funds } => self.receive(&bytes, funds, at),
            Command::Revoke { serial } => {
                must(self.records.contains_key(&serial), Code::Device)?;
                self.revoke(serial, at.now);
                Ok(vec![Act::Store])
            }
            Command::Epoch => {
                self.new_epoch(at.now);
                Ok(vec![Act::Store])
            }
            Command::Policy(limits) => {
                self.setup.limits = limits;
                self.policy_epoch += 1;
                Ok(vec![Act::Store])
            }
            Command::Tick => {
                let mut acts = self.settle(at.now);
                let shut = self.shut_due(at.now);
                if !shut.is_empty() {
                    acts.extend(shut);
                    acts.push(Act::Store);
                }
                Ok(acts)
            }
        }
    }

    fn certificate(
        &self,
        serial: u64,
        key: PublicKey,
        class: Class,
        limits: Option<&Limits>,
        now: i64,
    ) -> Signed<Cert> {
        let limits = *limits.unwrap_or(&self.setup.limits);
        let cert = Cert {
            serial,
            key,
            operator: self.serial(),
            class,
            limits,
            not_before: now,
            not_after: now.saturating_add(limits.certificate_ms),
            epoch: self.policy_epoch,
        };
        Signed::sign(&self.key(), cert)
    }

    fn revoke(&mut self, serial: u64, now: i64) {
        if !self.revoked.insert(serial) {
            return;
        }
        if let Some(record) = self.records.get_mut(&serial) {
            record.revoked = Some(now);
        }
        self.list_epoch += 1;
        let list = RevocationList {
            operator: self.serial(),
            epoch: self.list_epoch,
            serials: self.revoked.iter().copied().collect(),
        };
        self.list = Signed::sign(&self.key(), list);
    }

    fn new_epoch(&mut self, now: i64) {
        if !matches!(self.setup.model, Model::Blind | Model::Mint) {
            return;
        }
        self.key_epoch += 1;
        let epoch = self.key_epoch;
        let values = crate::coins::values(self.setup.limits.unit);
        let point = |value: i64| {
            crate::group::bytes(&crate::group::base(&self.coin_secret(epoch, value)))
        };
        let keys = Keys {
            operator: self.serial(),
            model: self.setup.model,
            epoch,
            not_after: now.saturating_add(self.setup.limits.certificate_ms),
            points: values.into_iter().map(|value| (value, point(value))).collect(),
        };
        self.keys.push(Signed::sign(&self.key(), keys));
    }

    /// The secret key of a value in an epoch.
    fn coin_secret(&self, epoch: u64, amount: i64) -> curve25519_dalek::scalar::Scalar {
        crate::group::scalar_of(
            "exchequer offline coin key v1",
            &[&self.setup.secret, &epoch.to_be_bytes(), &amount.to_be_bytes()],
        )
    }

    /// Whether coins of this epoch still count.
    fn epoch_open(&self, epoch: u64, now: i64) -> Checked {
        let keys = self.keys.iter().find(|keys| keys.body.epoch == epoch);
        let until = keys.map(|keys| keys.body.not_after.saturating_add(self.reporting()));
        must(until.is_some_and(|until| now <= until), Code::EpochOver)
    }

    fn receive(&mut self, bytes: &[u8], funds: i64, at: Moment) -> Checked<Vec<Act>> {
        match number_of(bytes)? {
            Ask::NUMBER => {
                let it = Signed::<Ask>::decode(bytes)?;
                let turn = it.body.turn.clone();
                self.online(&it, &turn, |own, ask, turn| own.load(ask, turn, funds, at))
            }
            Claim::NUMBER => {
                let it = Signed::<Claim>::decode(bytes)?;
                let turn = it.body.turn.clone();
                self.online(&it, &turn, |own, claim, turn| Ok(own.claim(claim, turn, at)))
            }
            Unload::NUMBER => {
                let it = Signed::<Unload>::decode(bytes)?;
                let turn = it.body.turn.clone();
                self.online(&it, &turn, |own, unload, turn| own.unload(unload, turn, at))
            }
            Sync::NUMBER => {
                let it = Signed::<Sync>::decode(bytes)?;
                let turn = it.body.turn.clone();
                self.online(&it, &turn, |own, sync, turn| own.sync(sync, turn, at))
            }
            Clear::NUMBER => self.clear_for(bytes, at),
            Cleared::NUMBER => self.cleared(bytes, at),
            _ => Err(Code::Object.into()),
        }
    }

    /// Decides an online request once, keeps the answer, and gives it again to the same bytes.
    fn online<T: Object>(
        &mut self,
        it: &Signed<T>,
        turn: &Turn,
        decide: impl FnOnce(&mut Self, &T, &Asked) -> Checked<(Vec<u8>, Vec<Act>)>,
    ) -> Checked<Vec<Act>> {
        let record = self.records.get(&turn.device).ok_or(Code::Device)?;
        it.verify(&record.cert.body.key)?;
        let asked = it.hash();
        let to = Address::Device(turn.device);
        if turn.number == record.turn && asked == record.asked {
            let bytes = record.answer.clone();
            return Ok(vec![Act::Send { to, bytes }]);
        }
        must(turn.number > record.turn, Code::TurnUsed)?;
        must(turn.number == record.turn + 1, Code::TurnGap)?;
        let what = Asked {
            turn: turn.clone(),
            hash: asked,
        };
        let decided = if record.shut {
            Err(Code::Shut.into())
        } else if record.revoked.is_some() {
            Err(Code::Revoked.into())
        } else {
            decide(self, &it.body, &what)
        };
        let (bytes, mut acts) = decided.unwrap_or_else(|refusal| self.refusal(&what, refusal));
        if let Some(record) = self.records.get_mut(&turn.device) {
            record.turn = turn.number;
            record.asked = asked;
            record.answer = bytes.clone();
        }
        // What goes to other operators goes after the store as well.
        let (others, mut first): (Vec<Act>, Vec<Act>) =
            acts.drain(..).partition(|act| matches!(act, Act::Send { .. }));
        first.push(Act::Store);
        first.extend(others);
        first.push(Act::Send { to, bytes });
        Ok(first)
    }

    fn refusal(&self, asked: &Asked, refusal: Refusal) -> (Vec<u8>, Vec<Act>) {
        let refused = Refused {
            turn: asked.turn.clone(),
            asked: asked.hash,
            code: place_of(refusal.code),
        };
        (Signed::sign(&self.key(), refused).bytes().to_vec(), Vec::new())
    }

    fn load(&mut self, ask: &Ask, asked: &Asked, funds: i64, at: Moment) -> Checked<(Vec<u8>, Vec<Act>)> {
        let device = asked.turn.device;
        let record = self.records.get(&device).ok_or(Code::Device)?;
        let (account, key) = (record.account, record.cert.body.key);
        must(at.now <= record.cert.body.not_after, Code::Expired)?;
        must(ask.amount > 0, Code::Amount)?;
        if !matches!(ask.wish, Wish::Swap(_)) {
            at_most(ask.amount, funds, Code::Funds)?;
            let purse = record.cert.body.limits.purse;
            if purse > 0 {
                at_most(ask.amount, purse, Code::LimitPurse)?;
            }
        }
        let grant = match (self.setup.model, &ask.wish) {
            (Model::Purse, Wish::Plain) => self.load_purse(device, ask.amount)?,
            (Model::Coins, Wish::Plain) => self.issue_coins(device, key, ask.amount, at)?,
            (Model::Promise, Wish::Plain) => self.reserve(device, key, ask.amount, at)?,
            (Model::Blind, wish) => match self.blind_round(device, ask.amount, wish, at) {
                Ok(grant) => grant,
                Err(refusal) if refusal.code == Code::Candidates => {
                    return Ok(self.false_candidates(asked, ask.amount, at.now));
                }
                Err(refusal) => return Err(refusal),
            },
            (Model::Mint, wish) => self.mint(ask.amount, wish, &key, at)?,
            _ => return Err(Code::Model.into()),
        };
        let paid = !matches!(grant, Grant::Opened(_) | Grant::Keep(_))
            && !matches!(ask.wish, Wish::Swap(_));
        let (policy_epoch, revocation_epoch) = (self.policy_epoch, self.list_epoch);
        let record = self.records.get_mut(&device).ok_or(Code::Device)?;
        record.loads += u64::from(paid);
        let load = Load {
            turn: asked.turn.clone(),
            asked: asked.hash,
            amount: ask.amount,
            counter: record.loads,
            policy_epoch,
            revocation_epoch,
            grant,
        };
        let amount = ask.amount;
        let effect = Act::Post(Effect::Load {
            device,
            account,
            amount,
        });
        let acts = if paid { vec![effect] } else { Vec::new() };
        Ok((Signed::sign(&self.key(), load).bytes().to_vec(), acts))
    }

    fn unload(&mut self, unload: &Unload, asked: &Asked, at: Moment) -> Checked<(Vec<u8>, Vec<Act>)> {
        let device = asked.turn.device;
        let record = self.records.get(&device).ok_or(Code::Device)?;
        let account = record.account;
        must(unload.amount > 0, Code::Amount)?;
        let mut acts = Vec::new();
        match (&unload.rest, self.setup.model) {
            (Rest::Balance, Model::Purse) => self.unload_purse(device, unload.amount)?,
            (Rest::Promise, Model::Promise) => return Err(Code::Outstanding.into()),
            (Rest::Coins(chains), Model::Coins) => {
                let total = crate::coins::sum(chains.iter().map(|it| it.coin.body.amount))?;
                must(total == unload.amount, Code::Amount)?;
                acts = match self.deposit_coins(chains, device, at.now) {
                    Ok(()) => acts,
                    Err(caught) => return self.caught(asked, *caught),
                };
            }
            (Rest::Blind(shows), Model::Blind) => {
                let total = crate::coins::sum(shows.iter().map(|it| it.amount))?;
                must(total == unload.amount, Code::Amount)?;
                let request = crate::device::unload_request(&asked.turn);
                acts = match self.deposit_shows(shows, &request, device, at.now) {
                    Ok(()) => acts,
                    Err(caught) => return self.caught(asked, *caught),
                };
            }
            (Rest::Mint(proofs), Model::Mint) => {
                let total = crate::coins::sum(proofs.iter().map(|it| it.amount))?;
                must(total == unload.amount, Code::Amount)?;
                let key = self.records.get(&device).ok_or(Code::Device)?.cert.body.key;
                acts = match self.redeem(proofs, &key, at.now) {
                    Ok(()) => acts,
                    Err(caught) => return self.caught(asked, *caught),
                };
            }
            _ => return Err(Code::Model.into()),
        }
        acts.push(Act::Post(Effect::Unload {
            device,
            account,
            amount: unload.amount,
        }));
        let unloaded = Unloaded {
            turn: asked.turn.clone(),
            asked: asked.hash,
            amount: unload.amount,
        };
        Ok((Signed::sign(&self.key(), unloaded).bytes().to_vec(), acts))
    }

    /// A refusal that comes with a finding: the finding is stored, its culprit revoked.
    fn caught(&mut self, asked: &Asked, caught: Caught) -> Checked<(Vec<u8>, Vec<Act>)> {
        let (bytes, mut acts) = self.refusal(asked, caught.refusal);
        acts.extend(self.note(caught.finding));
        Ok((bytes, acts))
    }

    /// Stores a finding and revokes whom it names.
    fn note(&mut self, finding: Option<Finding>) -> Option<Act> {
        let finding = finding?;
        if let Some(named) = finding.named
            && !matches!(finding.what, What::Short | What::Unpaid)
        {
            self.revoke(named, finding.at);
        }
        Some(Act::Found(finding))
    }

    fn claim(&mut self, claim: &Claim, asked: &Asked, at: Moment) -> (Vec<u8>, Vec<Act>) {
        let device = asked.turn.device;
        let mut acts = Vec::new();
        let mut verdicts = Vec::new();
        for evidence in &claim.pays {
            let verdict = match self.claim_one(evidence, device, at, &mut acts) {
                Ok(verdict) => verdict,
                Err(caught) => {
                    acts.extend(self.note(caught.finding));
                    Verdict::Refused(place_of(caught.refusal.code))
                }
            };
            verdicts.push(verdict);
        }
        let claimed = Claimed {
            turn: asked.turn.clone(),
            asked: asked.hash,
            verdicts,
        };
        (Signed::sign(&self.key(), claimed).bytes().to_vec(), acts)
    }

    fn claim_one(
        &mut self,
        evidence: &Evidence,
        device: u64,
        at: Moment,
        acts: &mut Vec<Act>,
    ) -> Caughtable<Verdict> {
        let (terms, pay) = self.trust().evidence(evidence)?;
        must(terms.payee == device && pay.model() == self.setup.model, Code::RequestOther)?;
        self.take_nonce(device, terms.nonce, pay.hash(), at.now)?;
        let issuer = issuer(&pay).ok_or(Code::Operator)?;
        let account = self.records.get(&device).ok_or(Code::Device)?.account;
        let amount = terms.amount;
        if issuer != self.serial() {
            acts.push(self.send_to_clear(issuer, device, evidence, amount, false));
            return Ok(Verdict::Clearing);
        }
        let verdict = self.clear(&terms, &pay, device, Ok(account), at, acts)?;
        if verdict == Verdict::Paid {
            acts.push(Act::Post(Effect::Claim {
                device,
                account,
                amount,
            }));
        }
        Ok(verdict)
    }

    /// Decides on value that this operator issued, for an account here or another operator.
    fn clear(
        &mut self,
        terms: &Terms,
        pay: &Payment,
        device: u64,
        account: Result<u64, u64>,
        at: Moment,
        acts: &mut Vec<Act>,
    ) -> Caughtable<Verdict> {
        match pay {
            Payment::Named(pay) => match &pay.body.content {
                Content::Purse(_) => {
                    let found = self.register_collected(pay, device, at.now)?;
                    acts.extend(found);
                    Ok(Verdict::Paid)
                }
                Content::Coins(chains) => {
                    self.deposit_coins(chains, device, at.now)?;
                    Ok(Verdict::Paid)
                }
                Content::Promise(_) => {
                    let found = self.promised(pay, device, account, at.now)?;
                    acts.extend(found);
                    Ok(Verdict::Settling)
                }
            },
            Payment::Bearer(Bearer { content, .. }) => match content {
                crate::object::BearerContent::Blind(shows) => {
                    self.deposit_shows(shows, &terms.request, device, at.now)?;
                    Ok(Verdict::Paid)
                }
                crate::object::BearerContent::Mint(proofs) => {
                    self.redeem(proofs, &terms.key, at.now)?;
                    Ok(Verdict::Paid)
                }
            },
        }
    }

    /// Notes that a request was paid; a payee who closed it, or had it paid otherwise, lies.
    fn take_nonce(&mut self, payee: u64, nonce: [u8; 16], pay: Hash, now: i64) -> Caughtable {
        match self.nonces.get(&(payee, nonce)) {
            None => {
                self.nonces.insert((payee, nonce), Nonce::Taken(pay));
                Ok(())
            }
            Some(Nonce::Taken(known)) if *known == pay => Ok(()),
            Some(_) => Err(Box::new(Caught {
                refusal: Code::RequestClosed.into(),
                finding: Some(Finding {
                    what: What::Payee,
                    named: Some(payee),
                    amount: 0,
                    at: now,
                    trace: Vec::new(),
                }),
            })),
        }
    }

    fn sync(&mut self, sync: &Sync, asked: &Asked, at: Moment) -> Checked<(Vec<u8>, Vec<Act>)> {
        let device = asked.turn.device;
        let plan = match self.check_log(sync, device) {
            Ok(plan) => plan,
            Err(refusal) => {
                let finding = Finding {
                    what: What::Log,
                    named: Some(device),
                    amount: 0,
                    at: at.now,
                    trace: Vec::new(),
                };
                let finding = Some(finding);
                return self.caught(asked, Caught { refusal, finding });
            }
        };
        let mut acts = self.apply_log(sync, plan, device, at);
        for closed in &sync.closed {
            self.nonces
                .entry((device, closed.nonce))
                .or_insert(Nonce::Closed);
            self.closed.entry(closed.hash).or_insert(device);
        }
        for taken in &sync.taken {
            if let Err(caught) = self.take_nonce(device, taken.nonce, taken.pay, at.now) {
                acts.extend(self.note(caught.finding));
            }
        }
        let (closed, arrived) = self.fates(&sync.waiting, device);
        let record = self.records.get(&device).ok_or(Code::Device)?;
        let old = &record.cert.body;
        let limits = record.own_limits.then_some(&old.limits);
        let mut cert = self.certificate(device, old.key, old.class, limits, at.now);
        if record.form == Form::Card {
            // A card's end is printed on it.
            let body = Cert {
                not_after: old.not_after,
                ..cert.body
            };
            cert = Signed::sign(&self.key(), body);
        }
        let answer = SyncAnswer {
            turn: asked.turn.clone(),
            asked: asked.hash,
            cert: cert.clone(),
            list: self.list.clone(),
            keys: self.keys.clone(),
            closed,
            arrived,
        };
        if let Some(record) = self.records.get_mut(&device) {
            record.cert = cert;
            record.synced = at.now;
        }
        Ok((Signed::sign(&self.key(), answer).bytes().to_vec(), acts))
    }

    /// Which waiting payments can never be collected any more, and which were.
    fn fates(&mut self, waiting: &[Waiting], payer: u64) -> (Vec<Hash>, Vec<Hash>) {
        let (mut closed, mut arrived) = (Vec::new(), Vec::new());
        for it in waiting {
            let gone = self.records.get(&it.payee).is_some_and(|record| record.shut);
            match self.nonces.get(&(it.payee, it.nonce)) {
                Some(Nonce::Taken(pay)) if *pay == it.pay => arrived.push(it.pay),
                Some(_) => closed.push(it.pay),
                None if gone => closed.push(it.pay),
                None => {}
            }
        }
        for pay in &closed {
            self.allow_return(payer, pay);
        }
        (closed, arrived)
    }

    fn send_to_clear(
        &mut self,
        issuer: u64,
        device: u64,
        evidence: &Evidence,
        amount: i64,
        adopted: bool,
    ) -> Act {
        self.clearing.insert(
            hash(&evidence.pay.0),
            Clearing {
                issuer,
                device,
                amount,
                adopted,
            },
        );
        let clear = Clear {
            operator: self.serial(),
            device,
            pay: evidence.clone(),
        };
        Act::Send {
            to: Address::Operator(issuer),
            bytes: Signed::sign(&self.key(), clear).bytes().to_vec(),
        }
    }

    /// Another operator's device claims value that was issued here.
    fn clear_for(&mut self, bytes: &[u8], at: Moment) -> Checked<Vec<Act>> {
        let it = Signed::<Clear>::decode(bytes)?;
        it.verify(&self.trust().operator(it.body.operator)?)?;
        let (terms, pay) = self.trust().evidence(&it.body.pay)?;
        must(terms.payee == it.body.device, Code::RequestOther)?;
        must(issuer(&pay) == Some(self.serial()), Code::Operator)?;
        must(pay.model() == self.setup.model, Code::Model)?;
        let mut acts = Vec::new();
        let asks = Err(it.body.operator);
        let verdict = match self.clear(&terms, &pay, it.body.device, asks, at, &mut acts) {
            Ok(verdict) => verdict,
            Err(caught) => {
                acts.extend(self.note(caught.finding));
                Verdict::Refused(place_of(caught.refusal.code))
            }
        };
        if verdict == Verdict::Paid {
            acts.push(Act::Post(Effect::PayOut {
                operator: it.body.operator,
                amount: terms.amount,
            }));
        }
        let cleared = Cleared {
            operator: self.serial(),
            device: it.body.device,
            pay: pay.hash(),
            amount: terms.amount,
            verdict,
        };
        let bytes = Signed::sign(&self.key(), cleared).bytes().to_vec();
        let to = Address::Operator(it.body.operator);
        acts.extend([Act::Store, Act::Send { to, bytes }]);
        Ok(acts)
    }

    /// Another operator's answer.
    fn cleared(&mut self, bytes: &[u8], at: Moment) -> Checked<Vec<Act>> {
        let it = Signed::<Cleared>::decode(bytes)?;
        it.verify(&self.trust().operator(it.body.operator)?)?;
        let waiting = *self.clearing.get(&it.body.pay).ok_or(Code::NotAsked)?;
        let fits = waiting.device == it.body.device && waiting.amount >= it.body.amount;
        must(fits && waiting.issuer == it.body.operator, Code::RequestOther)?;
        if it.body.verdict == Verdict::Settling {
            return Ok(Vec::new());
        }
        let (device, amount, operator) = (waiting.device, it.body.amount, it.body.operator);
        let account = self.records.get(&device).ok_or(Code::Device)?.account;
        let act = match (it.body.verdict, waiting.adopted) {
            (Verdict::Paid, true) => Act::Post(Effect::Adopt {
                operator,
                device,
                amount,
            }),
            (Verdict::Paid, false) => Act::Post(Effect::PaidIn {
                operator,
                device,
                account,
                amount,
            }),
            _ => Act::Found(Finding {
                what: What::Unpaid,
                named: None,
                amount,
                at: at.now,
                trace: Vec::new(),
            }),
        };
        self.clearing.remove(&it.body.pay);
        Ok(vec![act, Act::Store])
    }
}

/// The request that is decided.
struct Asked {
    turn: Turn,
    hash: Hash,
}

/// A refusal and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Caught {
    refusal: Refusal,
    finding: Option<Finding>,
}

type Caughtable<T = ()> = Result<T, Box<Caught>>;

impl From<Refusal> for Box<Caught> {
    fn from(refusal: Refusal) -> Self {
        Self::new(Caught {
            refusal,
            finding: None,
        })
    }
}

impl From<Code> for Box<Caught> {
    fn from(code: Code) -> Self {
        Refusal::from(code).into()
    }
}

/// A code's place in the list of codes.
fn place_of(code: Code) -> u32 {
    let place = Code::ALL.iter().position(|known| *known == code);
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
}

/// Which operator issued the value of a payment, if it is one.
fn issuer(pay: &Payment) -> Option<u64> {
    fn same(mut issuers: impl Iterator<Item = u64>) -> Option<u64> {
        let first = issuers.next()?;
        issuers.all(|issuer| issuer == first).then_some(first)
    }
    match pay {
        Payment::Named(pay) => match &pay.body.content {
            Content::Purse(_) => Some(pay.body.payer.body.operator),
            Content::Coins(chains) => same(chains.iter().map(|it| it.coin.body.operator)),
            Content::Promise(promise) => Some(promise.ceiling.body.operator),
        },
        Payment::Bearer(pay) => match &pay.content {
            crate::object::BearerContent::Blind(shows) => same(shows.iter().map(|it| it.epoch >> 16)),
            crate::object::BearerContent::Mint(proofs) => same(proofs.iter().map(|it| it.epoch >> 16)),
        },
    }
}
