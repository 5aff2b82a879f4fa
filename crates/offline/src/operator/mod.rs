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
mod clearing;
mod coins;
mod mint;
mod online;
mod promise;
mod purpose;
mod purse;
mod types;

pub use types::{Act, Address, Command, Effect, Finding, Hop, What};

use std::collections::{BTreeMap, BTreeSet};

use seal::{KeyPair, PublicKey};

use crate::code::{Checked, Code, Refusal, must};
use crate::device::Moment;
use crate::object::{
    Ask, AskFate, Cert, Claim, Class, Clear, Cleared, Fate, Form, Hash, Hello, Keys, Limits, Mode,
    Model, Refused, RevocationList, Sync, Turn, Unload, Welcome, Wish,
};
use crate::purpose::Purpose;
use crate::trust::{Trust, check_operators};
use crate::wire::{MAX_ITEMS, Object, Signed, number_of};

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
        category: 0,
    };
    Signed::sign(root, cert)
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
    /// What the money in a purse is for; plain money if nothing.
    purpose: Option<Signed<Purpose>>,
}

impl Record {
    /// The number of its last online request.
    #[must_use]
    pub const fn turn(&self) -> u64 {
        self.turn
    }

    /// The last moment at which it may pay.
    fn end(&self) -> i64 {
        let over = self.cert.body.not_after;
        let over = self.revoked.map_or(over, |revoked| revoked.min(over));
        // What is left of money for a purpose when that is over goes back as well.
        let bound = self.purpose.as_ref().filter(|_| self.shadow.known() > 0);
        bound.map_or(over, |purpose| over.min(purpose.body.expires - 1))
    }

    /// What the money in its purse is for, if it is not plain.
    #[must_use]
    pub fn purpose(&self) -> Option<&Purpose> {
        self.purpose.as_ref().map(|it| &it.body)
    }

    /// Whether its last online request was turned down.
    #[must_use]
    pub fn turned_down(&self) -> bool {
        number_of(&self.answer) == Ok(Refused::NUMBER)
    }
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nonce {
    Closed,
    Taken(Hash),
}

/// Value whose issuer another operator is, sent there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clearing {
    issuer: u64,
    device: u64,
    amount: i64,
    /// The value is in a purse here already.
    adopted: bool,
    /// The question: it and no other is asked again.
    bytes: Vec<u8>,
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
    /// What other operators have on their lists, as far as they told.
    listed: BTreeMap<u64, RevocationList>,
    list: Signed<RevocationList>,
    keys: Vec<Signed<Keys>>,
    records: BTreeMap<u64, Record>,
    nonces: BTreeMap<(u64, [u8; 16]), Nonce>,
    /// Closed requests by their digest, and whose they were.
    closed: BTreeMap<Hash, u64>,
    /// Claims that other operators decide, by payment.
    clearing: BTreeMap<Hash, Clearing>,
    /// What was answered to other operators, by payment, and to whom.
    cleared: BTreeMap<Hash, (u64, Vec<u8>)>,
    /// Purposes of money, or why a chip cannot be given them.
    purposes: BTreeMap<u64, Result<Signed<Purpose>, Code>>,
    book: Book,
}

impl Operator {
    /// A new operator.
    pub fn new(setup: Setup) -> Checked<Self> {
        must(setup.model.knows(setup.mode), Code::Mode)?;
        let key = KeyPair::from_bytes(setup.secret);
        must(setup.cert.body.key == key.public(), Code::Operator)?;
        check_operators(&setup.root, &setup.operators)?;
        must(setup.operators.contains(&setup.cert), Code::Operator)?;
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
            listed: BTreeMap::new(),
            keys: Vec::new(),
            records: BTreeMap::new(),
            nonces: BTreeMap::new(),
            closed: BTreeMap::new(),
            clearing: BTreeMap::new(),
            cleared: BTreeMap::new(),
            purposes: BTreeMap::new(),
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

    /// How many devices of its own it has revoked.
    #[must_use]
    pub fn revocations(&self) -> usize {
        self.revoked.len()
    }

    /// Its own devices on the list of today, for the other operators.
    #[must_use]
    pub fn own_list(&self) -> Signed<RevocationList> {
        self.list_of(BTreeSet::new())
    }

    /// The revocation list of today, for devices: others' devices are on it too.
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

    /// The purpose for which a device asks value, if it asks for the first time.
    #[must_use]
    pub fn wants_purpose(&self, bytes: &[u8]) -> Option<u64> {
        let ask = Signed::<Ask>::decode(bytes).ok()?;
        let record = self.records.get(&ask.body.turn.device)?;
        match ask.body.wish {
            Wish::Purpose(number) if ask.body.turn.number > record.turn => Some(number),
            _ => None,
        }
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
                category,
            } => {
                let hello = Signed::<Hello>::decode(&hello)?;
                hello.verify(&hello.body.key)?;
                must(class != Class::Operator && serial > 0, Code::Field)?;
                must(!self.records.contains_key(&serial), Code::Device)?;
                let subject = (serial, hello.body.key, class, category);
                let cert = self.certificate(subject, limits.as_ref(), at.now);
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
                    purpose: None,
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
            Command::Purpose { number, terms } => {
                let signed = terms.and_then(|terms| self.sign_purpose(number, terms));
                self.purposes.insert(number, signed);
                Ok(vec![Act::Store])
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
            Command::Learn { keys } => {
                let keys = Signed::<Keys>::decode(&keys)?;
                let (operator, epoch) = (keys.body.operator, keys.body.epoch);
                keys.verify(&self.trust().operator(operator)?)?;
                must(
                    operator != self.serial() && epoch >> 16 == operator,
                    Code::Operator,
                )?;
                must(keys.body.model == self.setup.model, Code::Model)?;
                must(
                    self.keys.iter().all(|it| it.body.epoch != epoch),
                    Code::Field,
                )?;
                self.keys.push(keys);
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
                acts.extend(self.ask_again());
                Ok(acts)
            }
        }
    }

    /// When time next brings something that a [tick](Command::Tick) finds: a ceiling to settle, a
    /// device to shut.
    #[must_use]
    pub fn next_due(&self) -> Option<i64> {
        let shut = self.records.values().filter(|record| !record.shut);
        let shut = shut.map(|record| record.end().saturating_add(self.reporting()));
        let last = shut.chain(self.settlements()).min()?;
        Some(last.saturating_add(1))
    }

    fn certificate(
        &self,
        (serial, key, class, category): (u64, PublicKey, Class, u32),
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
            category,
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
        self.new_list();
    }

    fn new_list(&mut self) {
        self.list_epoch += 1;
        let listed = self.listed.values().flat_map(|it| &it.serials);
        let listed = listed.filter(|serial| !self.records.contains_key(serial));
        self.list = self.list_of(listed.copied().collect());
    }

    /// A list of its own devices, and of these of others'. A list has room for [`MAX_ITEMS`]:
    /// what was revoked last comes first, then what others revoked.
    fn list_of(&self, others: BTreeSet<u64>) -> Signed<RevocationList> {
        let since = |serial: &u64| self.record(*serial).and_then(|it| it.revoked);
        let mut own: Vec<u64> = self.revoked.iter().copied().collect();
        own.sort_by_key(|serial| std::cmp::Reverse(since(serial)));
        let mut serials: Vec<u64> = own.into_iter().chain(others).take(MAX_ITEMS).collect();
        serials.sort_unstable();
        let list = RevocationList {
            operator: self.serial(),
            epoch: self.list_epoch,
            serials,
        };
        Signed::sign(&self.key(), list)
    }

    /// Another operator's list came: its devices are on this one's list too, from now on. None of
    /// this operator's own devices is, whatever others say of it.
    fn learn_list(&mut self, bytes: &[u8]) -> Checked<Vec<Act>> {
        let list = Signed::<RevocationList>::decode(bytes)?;
        let operator = list.body.operator;
        list.verify(&self.trust().operator(operator)?)?;
        must(operator != self.serial(), Code::Operator)?;
        must(list.body.serials.is_sorted(), Code::Field)?;
        let known = self.listed.get(&operator);
        if known.is_some_and(|it| it.epoch >= list.body.epoch) {
            return Ok(Vec::new());
        }
        self.listed.insert(operator, list.body);
        self.new_list();
        Ok(vec![Act::Store])
    }

    fn new_epoch(&mut self, now: i64) {
        if !matches!(self.setup.model, Model::Blind | Model::Mint) {
            return;
        }
        self.key_epoch += 1;
        let epoch = self.key_epoch;
        let values = crate::coins::values(self.setup.limits.unit);
        let point =
            |value: i64| crate::group::bytes(&crate::group::base(&self.coin_secret(epoch, value)));
        let keys = Keys {
            operator: self.serial(),
            model: self.setup.model,
            epoch,
            not_after: now.saturating_add(self.setup.limits.certificate_ms),
            points: values
                .into_iter()
                .map(|value| (value, point(value)))
                .collect(),
        };
        self.keys.push(Signed::sign(&self.key(), keys));
    }

    /// The secret key of a value in an epoch.
    fn coin_secret(&self, epoch: u64, amount: i64) -> curve25519_dalek::scalar::Scalar {
        crate::group::scalar_of(
            "exchequer offline coin key v1",
            &[
                &self.setup.secret,
                &epoch.to_be_bytes(),
                &amount.to_be_bytes(),
            ],
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
                self.online(
                    &it,
                    &turn,
                    |own, claim, turn| Ok(own.claim(claim, turn, at)),
                )
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
            AskFate::NUMBER => self.tell_fate(bytes),
            Fate::NUMBER => self.learn_fate(bytes),
            RevocationList::NUMBER => self.learn_list(bytes),
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
        let (others, mut first): (Vec<Act>, Vec<Act>) = acts
            .drain(..)
            .partition(|act| matches!(act, Act::Send { .. }));
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
        (
            Signed::sign(&self.key(), refused).bytes().to_vec(),
            Vec::new(),
        )
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
    place
        .and_then(|place| u32::try_from(place).ok())
        .unwrap_or(u32::MAX)
}
