//! A device: a phone or a card that pays and is paid without a network.
//!
//! A device is all of its state, and [`Device::step`] its only way to change. A step either
//! refuses and changes nothing, or tells in order what becomes visible outside: first that the new
//! state must be stored, then what is sent. **Nothing is sent before the state that made it is
//! stored**; whoever carries the steps out may be cut off between any two of them.
//!
//! ```text
//!            payer                                          payee
//!                                                  ask ──▶ open request
//!    (nothing) ◀──────────── request ──────────────────────────┤ closed: by hand or by a sync
//!        │ store the debit, then send                          ▼
//!        ▼                                                  closed ──(told at sync)──▶ refund
//!    in limbo ─────────────── payment ──────────▶ store the credit, then acknowledge
//!        │  the same request again: the same bytes   the same payment again: the same bytes
//!        ├◀──────────── acknowledgement ────────────────────────┘
//!        ▼
//!      paid       sync: "arrived" ends the limbo; "closed" brings the value back
//! ```
//!
//! Online requests have numbers, one waits at a time, and it is sent again in the same bytes until
//! it is answered; the operator answers the same bytes with the same bytes.

mod online;
mod pay;

use std::collections::BTreeMap;

use seal::{KeyPair, PublicKey};

use crate::blind::BlindCoin;
use crate::code::{Checked, Code, Refusal, must};
use crate::mint::Secret;
use crate::object::{
    Ack, Bearer, Ceiling, Cert, Chain, Closed, Entry, Evidence, Form, Hash, Hello, Keys, Limits,
    Mode, Model, Pay, Payment, Proof, RevocationList, Taken, Waiting, Welcome,
};
pub use online::unload_request;

use crate::crowd::Standing;
use crate::purpose::{Purpose, Tap};
use crate::trust::{Trust, check_operators};
use crate::wire::{Bytes, Field, Object, Signed, choice, encode, hash, number_of, record};

/// The most requests a device keeps open.
const MAX_OPEN: usize = 32;

/// The most closed and paid requests a device keeps until it has told of them.
const MAX_TOLD: usize = 256;

/// The most entries a purse's log holds between two syncs.
pub const MAX_LOG: usize = 48;

/// The most deposits one claim carries.
const MAX_CLAIM: usize = 8;

/// How many answered requests are remembered, so that an old code is not paid twice.
const REMEMBERED: usize = 64;

/// How many acknowledgements are kept, so that a payer who missed one gets it again.
const KEPT_ACKS: usize = 32;

/// Wrong PINs in a row after which a device pays no more.
const PIN_TRIES: u32 = 3;

/// When a step happens, and what chance brings to it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The clock's time: a phone's own, a card's reader's.
    pub now: i64,
    /// Bytes that are never used again.
    pub entropy: [u8; 32],
}

/// What guards a device's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chip {
    /// A secure element: it counts the stores and refuses an older state.
    Secure {
        /// The count.
        seen: u64,
    },
    /// Software, or a chip that was broken: any state goes.
    Weak,
}

/// What a device is told to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Ask a payer for an amount.
    Request {
        /// How much.
        amount: i64,
        /// The merchant's category, zero for none.
        category: u32,
    },
    /// Close an open request: it can no longer be paid.
    Close {
        /// Its nonce.
        nonce: [u8; 16],
    },
    /// Pay a request.
    Pay {
        /// The request's bytes.
        request: Vec<u8>,
        /// Whom the payer means to pay, if the payer says so.
        payee: Option<u64>,
        /// The PIN, if it was entered.
        pin: Option<u32>,
    },
    /// Bytes arrived: a payment, an acknowledgement, or an operator's answer.
    Receive(Vec<u8>),
    /// Send again what waits for an answer.
    Again,
    /// Ask the operator for value.
    Load {
        /// How much.
        amount: i64,
    },
    /// Ask the operator for value that is for a purpose.
    LoadPurpose {
        /// How much.
        amount: i64,
        /// The purpose's number.
        number: u64,
    },
    /// Have the mint lock proofs to a payee.
    Lock {
        /// The payee's certificate.
        payee: Vec<u8>,
        /// How much.
        amount: i64,
    },
    /// Claim what was received and cannot be handed on.
    Claim,
    /// Give value back.
    Unload {
        /// How much.
        amount: i64,
    },
    /// Report, and learn what is new.
    Sync,
}

/// Whom bytes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// The other device.
    Peer,
    /// The device's operator.
    Operator,
}

/// What a step makes visible, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// The state must be stored before anything that follows.
    Store,
    /// Bytes go out.
    Send {
        /// Whom they are for.
        to: To,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// It was turned down, and yet the state changed: a wrong PIN counts, and an operator's
    /// refusal ends a request.
    Refused(Refusal),
}

record! {
    /// What a PIN is compared with.
    Pin {
        /// The PIN's digest under the device's secret.
        tag: [u8; 32],
        /// Tries left.
        tries: u32,
    }
}

record! {
    /// A request that waits for its payment.
    Open {
        /// Its digest.
        hash: Hash,
        /// How much.
        amount: i64,
        /// Its bytes.
        bytes: Bytes,
    }
}

record! {
    /// A payment that was made and is not acknowledged.
    Pending {
        /// Who is to get it.
        payee: u64,
        /// The payee's operator.
        operator: u64,
        /// The payee's key.
        key: PublicKey,
        /// The request's nonce.
        nonce: [u8; 16],
        /// The request's digest.
        request: Hash,
        /// How much.
        amount: i64,
        /// Its bytes: they and no others are sent again.
        bytes: Bytes,
        /// What comes back if the request is closed.
        back: Held,
    }
}

choice! {
    /// Value taken out of the purse.
    Held {
        /// From a balance or a ceiling.
        Sum(i64) = 0,
        /// Coins.
        Coins(Vec<Chain>) = 1,
        /// Blind coins.
        Blind(Vec<BlindCoin>) = 2,
        /// Proofs.
        Mint(Vec<Proof>) = 3,
    }
}

choice! {
    /// What a device holds.
    Holding {
        /// A balance.
        Purse(Purse) = 0,
        /// Coins.
        Coins(Vec<Chain>) = 1,
        /// Blind coins.
        Blind(Vec<BlindCoin>) = 2,
        /// Proofs.
        Mint(Vec<Proof>) = 3,
        /// A ceiling.
        Promise(Promises) = 4,
    }
}

record! {
    /// A purse.
    Purse {
        /// What it holds.
        balance: i64,
        /// How many entries its log had ever.
        counter: u64,
        /// The head of the log's hash chain.
        head: Hash,
        /// The highest hop collected since the last sync.
        hop: u32,
        /// The log since the last sync.
        log: Vec<Entry>,
        /// What the money in it is for; plain money if nothing.
        purpose: Option<Signed<Purpose>>,
    }
}

record! {
    /// A ceiling and how far it is used.
    Promises {
        /// The ceiling.
        ceiling: Option<Signed<Ceiling>>,
        /// The next promise's number.
        sequence: u64,
        /// What is left.
        remaining: i64,
    }
}

record! {
    /// An online request that waits for its answer.
    Asking {
        /// Its number.
        turn: u64,
        /// Its bytes: they and no others are sent again.
        bytes: Bytes,
        /// What it is for.
        what: Asked,
    }
}

choice! {
    /// What an online request is for.
    Asked {
        /// Value, by one round.
        Load = 0,
        /// Blind coins.
        Blind(BlindAsked) = 1,
        /// Proofs; what was given for them comes back if they are refused.
        Mint(MintAsked) = 2,
        /// So many deposits.
        Claim(u64) = 3,
        /// Value given back; it stays if that is refused.
        Unload(UnloadAsked) = 4,
        /// A report.
        Sync(SyncAsked) = 5,
        /// Value for a purpose.
        Purpose(u64) = 6,
    }
}

record! {
    /// Blind coins on their way.
    BlindAsked {
        /// The epoch of the keys.
        epoch: u64,
        /// Their values.
        amounts: Vec<i64>,
        /// Each coin's master seed.
        masters: Vec<[u8; 32]>,
        /// Each session's point, once it came.
        opened: Vec<[u8; 32]>,
        /// Which candidate of each coin is kept, once it is known.
        keep: Vec<u64>,
    }
}

record! {
    /// Proofs on their way.
    MintAsked {
        /// The secrets to be signed.
        secrets: Vec<Secret>,
        /// What was given for them.
        given: Vec<Proof>,
    }
}

record! {
    /// Value on its way back.
    UnloadAsked {
        /// How much.
        amount: i64,
        /// The value.
        held: Held,
    }
}

record! {
    /// How much of the state a report covers.
    SyncAsked {
        /// Entries of the log.
        log: u64,
        /// Closed requests.
        closed: u64,
        /// Paid requests.
        taken: u64,
    }
}

record! {
    /// A device, whole.
    Device {
        /// The model.
        model: Model,
        /// The mode.
        mode: Mode,
        /// What it is.
        form: Form,
        /// Its secret key.
        secret: [u8; 32],
        /// The account it belongs to.
        account: u64,
        /// The central bank's root key.
        root: PublicKey,
        /// Its certificate.
        cert: Signed<Cert>,
        /// The operators' certificates.
        operators: Vec<Signed<Cert>>,
        /// The revocation list.
        list: Signed<RevocationList>,
        /// The keys of coins.
        keys: Vec<Signed<Keys>>,
        /// Its PIN, if it has one.
        pin: Option<Pin>,
        /// How many times the state was stored.
        version: u64,
        /// The number of the last online request.
        turn: u64,
        /// The online request that waits.
        asking: Option<Asking>,
        /// When it last synced.
        synced: i64,
        /// Payments made since.
        payments: u32,
        /// Requests that wait for a payment, by nonce.
        open: BTreeMap<[u8; 16], Open>,
        /// Requests that were closed, not yet reported.
        closed: Vec<Closed>,
        /// Requests that were paid, not yet reported.
        taken: Vec<Taken>,
        /// The latest payments collected, with their acknowledgements.
        collected: Vec<(Hash, Bytes)>,
        /// Payments in limbo.
        pending: BTreeMap<Hash, Pending>,
        /// Requests answered and acknowledged lately.
        answered: Vec<Hash>,
        /// Payments received that must be claimed.
        deposits: Vec<Evidence>,
        /// What it holds.
        holding: Holding,
    }
}

/// The digest a PIN is compared with.
fn pin_tag(secret: &[u8; 32], pin: u32) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("exchequer offline pin v1");
    hasher.update(secret).update(&pin.to_be_bytes());
    *hasher.finalize().as_bytes()
}

impl Device {
    /// What a new device sends to be known.
    #[must_use]
    pub fn hello(secret: [u8; 32], form: Form) -> Vec<u8> {
        let key = KeyPair::from_bytes(secret);
        let hello = Hello {
            key: key.public(),
            form,
        };
        Signed::sign(&key, hello).bytes().to_vec()
    }

    /// The device that this welcome makes, if it is for this key and its signatures hold. The
    /// root key is believed because of where the welcome comes from.
    pub fn new(secret: [u8; 32], welcome: &[u8], pin: Option<u32>) -> Checked<Self> {
        let signed = Signed::<Welcome>::decode(welcome)?;
        let it = &signed.body;
        must(it.model.knows(it.mode), Code::Mode)?;
        must(
            it.cert.body.key == KeyPair::from_bytes(secret).public(),
            Code::Device,
        )?;
        let device = Self {
            model: it.model,
            mode: it.mode,
            form: it.form,
            secret,
            account: it.account,
            root: it.root,
            cert: it.cert.clone(),
            operators: it.operators.clone(),
            list: it.list.clone(),
            keys: it.keys.clone(),
            pin: pin.map(|pin| Pin {
                tag: pin_tag(&secret, pin),
                tries: PIN_TRIES,
            }),
            version: 0,
            turn: 0,
            asking: None,
            synced: it.time,
            payments: 0,
            open: BTreeMap::new(),
            closed: Vec::new(),
            taken: Vec::new(),
            collected: Vec::new(),
            pending: BTreeMap::new(),
            answered: Vec::new(),
            deposits: Vec::new(),
            holding: match it.model {
                Model::Purse => Holding::Purse(Purse {
                    balance: 0,
                    counter: 0,
                    head: [0; 32],
                    hop: 0,
                    log: Vec::new(),
                    purpose: None,
                }),
                Model::Coins => Holding::Coins(Vec::new()),
                Model::Blind => Holding::Blind(Vec::new()),
                Model::Mint => Holding::Mint(Vec::new()),
                Model::Promise => Holding::Promise(Promises {
                    ceiling: None,
                    sequence: 0,
                    remaining: 0,
                }),
            },
        };
        check_operators(&device.root, &device.operators)?;
        let operator = device.trust().operator(device.cert.body.operator)?;
        signed.verify(&operator)?;
        device.trust().signed(&device.cert)?;
        device.check_lists(&device.list, &device.keys)?;
        Ok(device)
    }

    /// The state as bytes, for a store.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        encode(&self.value())
    }

    /// The state of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Checked<Self> {
        let value = seal::cbor::decode(bytes).map_err(|_| Code::Malformed)?;
        let device = Self::of(&value).ok_or(Code::Field)?;
        let own = matches!(
            (device.model, &device.holding),
            (Model::Purse, Holding::Purse(_))
                | (Model::Coins, Holding::Coins(_))
                | (Model::Blind, Holding::Blind(_))
                | (Model::Mint, Holding::Mint(_))
                | (Model::Promise, Holding::Promise(_))
        );
        must(own, Code::Model)?;
        Ok(device)
    }

    /// Its serial number.
    #[must_use]
    pub const fn serial(&self) -> u64 {
        self.cert.body.serial
    }

    /// Its certificate, which every payee and payer may see.
    #[must_use]
    pub const fn cert(&self) -> &Signed<Cert> {
        &self.cert
    }

    /// Its limits.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.cert.body.limits
    }

    /// What it can spend, now and in this mode.
    #[must_use]
    pub fn spendable(&self) -> i64 {
        match &self.holding {
            Holding::Purse(purse) => purse.balance,
            Holding::Coins(chains) => chains.iter().map(|it| it.coin.body.amount).sum(),
            Holding::Blind(coins) => coins.iter().map(|it| it.amount).sum(),
            Holding::Mint(proofs) => proofs.iter().map(|it| it.amount).sum(),
            Holding::Promise(promises) => promises.remaining,
        }
    }

    /// What was paid and is not acknowledged: it is with the payee or comes back.
    #[must_use]
    pub fn in_limbo(&self) -> i64 {
        self.pending.values().map(|it| it.amount).sum()
    }

    /// What was received and must be claimed.
    #[must_use]
    pub fn to_claim(&self) -> i64 {
        let amount = |it: &Evidence| Payment::decode(&it.pay.0).map(|it| it.terms().1);
        self.deposits.iter().filter_map(|it| amount(it).ok()).sum()
    }

    /// What the limits look at.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing {
            held: self.spendable(),
            hop: match &self.holding {
                Holding::Purse(purse) => purse.hop,
                // Coins tell their own hops; the others have one.
                _ => 0,
            },
            payments: self.payments,
            synced: self.synced,
        }
    }

    /// Until when the device must sync, if this mode and its limits say so.
    #[must_use]
    pub fn sync_by(&self) -> Option<i64> {
        self.standing().sync_by(self.limits(), self.mode)
    }

    /// Whom the device believes.
    #[must_use]
    pub fn trust(&self) -> Trust<'_> {
        Trust {
            operators: &self.operators,
            list: &self.list.body,
            keys: &self.keys,
        }
    }

    /// One step. A refusal changes nothing.
    pub fn step(&mut self, chip: &mut Chip, input: Input, at: Moment) -> Checked<Vec<Output>> {
        if let Chip::Secure { seen } = chip {
            must(self.version >= *seen, Code::RolledBack)?;
        }
        let mut next = self.clone();
        let outputs = next.run(input, at)?;
        if outputs.contains(&Output::Store) {
            next.version += 1;
            if let Chip::Secure { seen } = chip {
                *seen = next.version;
            }
        }
        *self = next;
        Ok(outputs)
    }

    fn run(&mut self, input: Input, at: Moment) -> Checked<Vec<Output>> {
        match input {
            Input::Request { amount, category } => self.request(amount, category, at),
            Input::Close { nonce } => {
                let open = self.open.remove(&nonce).ok_or(Code::RequestUnknown)?;
                let hash = open.hash;
                self.closed.push(Closed { nonce, hash });
                Ok(vec![Output::Store])
            }
            Input::Pay {
                request,
                payee,
                pin,
            } => self.pay(&request, payee, pin, at),
            Input::Receive(bytes) => match number_of(&bytes)? {
                Pay::NUMBER | Bearer::NUMBER => self.collect(&bytes, at),
                Ack::NUMBER => self.acknowledged(&bytes),
                _ => self.answer(&bytes, at),
            },
            Input::Again => Ok(self.again()),
            Input::Load { amount } => self.load(amount, at),
            Input::LoadPurpose { amount, number } => self.load_purpose(amount, number, at),
            Input::Lock { payee, amount } => self.lock(&payee, amount, at),
            Input::Claim => self.claim(),
            Input::Unload { amount } => self.unload(amount),
            Input::Sync => self.sync(),
        }
    }

    /// Everything that waits for an answer, in the bytes in which it was sent.
    fn again(&self) -> Vec<Output> {
        let pays = self.pending.values().map(|it| send(To::Peer, &it.bytes.0));
        let asking = self.asking.iter().map(|it| send(To::Operator, &it.bytes.0));
        pays.chain(asking).collect()
    }

    fn key(&self) -> KeyPair {
        KeyPair::from_bytes(self.secret)
    }

    /// Whether limits that a sync lifts apply in this mode.
    const fn bounded(&self) -> bool {
        !matches!(self.mode, Mode::Fully)
    }

    /// Whether both lists are this operator's.
    fn check_lists(&self, list: &Signed<RevocationList>, keys: &[Signed<Keys>]) -> Checked {
        let trust = self.trust();
        list.verify(&trust.operator(list.body.operator)?)?;
        must(list.body.serials.is_sorted(), Code::Field)?;
        keys.iter()
            .try_for_each(|keys| keys.verify(&trust.operator(keys.body.operator)?))
    }

    /// Whether the device itself is in order.
    fn in_order(&self, now: i64) -> Checked {
        must(now >= self.cert.body.not_before, Code::NotYet)?;
        must(now <= self.cert.body.not_after, Code::Expired)?;
        must(!self.trust().revoked(self.serial()), Code::Revoked)
    }

    /// Whether an amount can be paid offline now, PIN aside: the answer to "can this go offline?".
    pub fn can_pay(&self, amount: i64, payee: Option<&PublicKey>, now: i64) -> Checked {
        self.in_order(now)?;
        must(amount > 0, Code::Amount)?;
        let limits = *self.limits();
        if matches!(self.model, Model::Coins | Model::Blind | Model::Mint)
            && amount % limits.unit.max(1) != 0
        {
            return Err(Refusal::of(Code::Indivisible, amount, limits.unit));
        }
        must(
            self.pin.as_ref().is_none_or(|pin| pin.tries > 0),
            Code::PinBlocked,
        )?;
        if let Holding::Purse(purse) = &self.holding {
            must(purse.log.len() < MAX_LOG, Code::LogFull)?;
        }
        if let Holding::Promise(promises) = &self.holding {
            let over = promises.ceiling.as_ref().is_none_or(|it| now > it.body.to);
            must(!over, Code::Ceiling)?;
        }
        self.standing().can_pay(&limits, self.mode, amount, now)?;
        self.pick(amount, payee).map(drop)
    }

    /// Whether an amount can be received offline now.
    pub fn can_request(&self, amount: i64, now: i64) -> Checked {
        self.in_order(now)?;
        must(amount > 0, Code::Amount)?;
        let limits = *self.limits();
        if matches!(self.model, Model::Coins | Model::Blind | Model::Mint)
            && amount % limits.unit.max(1) != 0
        {
            return Err(Refusal::of(Code::Indivisible, amount, limits.unit));
        }
        must(self.open.len() < MAX_OPEN, Code::LogFull)?;
        must(
            self.closed.len() + self.taken.len() < MAX_TOLD,
            Code::LogFull,
        )?;
        self.has_room(amount)
    }

    /// What the money in it is for, if it is not plain.
    #[must_use]
    pub fn purpose(&self) -> Option<&Purpose> {
        match &self.holding {
            Holding::Purse(purse) => purse.purpose.as_ref().map(|it| &it.body),
            _ => None,
        }
    }

    /// Whether there is money for a purpose in it, or on its way into it. Only a sync of an empty
    /// purse makes it plain again: device and operator agree on it there.
    fn is_bound(&self) -> bool {
        let asking = self.asking.as_ref().map(|it| &it.what);
        self.purpose().is_some() || matches!(asking, Some(Asked::Purpose(_)))
    }

    /// Whether a spend is what the money in the purse is for.
    pub fn suits(&self, tap: &Tap) -> Checked {
        self.purpose().map_or(Ok(()), |purpose| purpose.allows(tap))
    }

    /// Whether an amount more can be stored.
    fn has_room(&self, amount: i64) -> Checked {
        if let Holding::Purse(purse) = &self.holding {
            // Plain money and money for a purpose are never mixed.
            let mixes = self.mode != Mode::Staged && self.is_bound();
            must(!mixes, Code::PurposeOther)?;
            must(purse.log.len() < MAX_LOG, Code::LogFull)?;
        }
        self.standing().has_room(self.limits(), self.mode, amount)
    }

    /// The places of the coins that make this amount for this payee; nothing where there are no
    /// coins.
    fn pick(&self, amount: i64, payee: Option<&PublicKey>) -> Checked<Vec<usize>> {
        // What cannot be used has a value beyond every amount.
        const NEVER: i64 = i64::MAX;
        let pick = |values: &[i64]| crate::coins::pick(values, amount).ok_or(Code::NoChange.into());
        match &self.holding {
            Holding::Purse(_) | Holding::Promise(_) => Ok(Vec::new()),
            Holding::Coins(chains) => {
                // A coin that went through as many hands as it may is for the operator only.
                let hops = self.limits().hops as usize;
                let fresh = |chain: &Chain| !self.bounded() || chain.links.len() < hops;
                must(chains.iter().any(fresh), Code::LimitHops)?;
                let value = |it: &Chain| {
                    if fresh(it) {
                        it.coin.body.amount
                    } else {
                        NEVER
                    }
                };
                pick(&chains.iter().map(value).collect::<Vec<_>>())
            }
            Holding::Blind(coins) => pick(&coins.iter().map(|it| it.amount).collect::<Vec<_>>()),
            Holding::Mint(proofs) => {
                // Proofs locked to the payee first; proofs locked to others never.
                let values = |unlocked: bool| {
                    let value = |it: &Proof| match &it.lock {
                        None if unlocked => it.amount,
                        Some(lock) if payee == Some(lock) => it.amount,
                        _ => NEVER,
                    };
                    proofs.iter().map(value).collect::<Vec<_>>()
                };
                pick(&values(false)).or_else(|_: Refusal| pick(&values(true)))
            }
        }
    }
}

fn send(to: To, bytes: &[u8]) -> Output {
    let bytes = bytes.to_vec();
    Output::Send { to, bytes }
}

/// The head of a log's hash chain after one more entry.
pub(crate) fn chained(head: &Hash, entry: &Entry) -> Hash {
    hash(&[head.as_slice(), &encode(&entry.value())].concat())
}

/// The hop with which an entry brought value.
fn hop_of(entry: &Entry) -> Option<u32> {
    let Entry::Collected(evidence) = entry else {
        return None;
    };
    let pay = Signed::<Pay>::decode(&evidence.pay.0).ok()?;
    pay.body.content.chip().map(|chip| chip.hop)
}

impl Purse {
    /// Writes an entry.
    fn log(&mut self, entry: Entry) {
        self.head = chained(&self.head, &entry);
        self.counter += 1;
        self.log.push(entry);
    }
}

impl Device {
    /// What is waiting to be told at the next sync.
    fn waiting(&self) -> Vec<Waiting> {
        let waiting = |(pay, it): (&Hash, &Pending)| Waiting {
            payee: it.payee,
            operator: it.operator,
            nonce: it.nonce,
            pay: *pay,
        };
        self.pending.iter().map(waiting).collect()
    }
}
