//! What travels: certificates, requests, payments, and what device and operator ask and answer.
//!
//! Every object has a number, which stands first in its bytes, and a name, which its signature
//! covers. Times are milliseconds of virtual UTC since 1970, amounts minor units, serial numbers
//! those under which the operator knows a device.

use seal::PublicKey;

pub use crate::cert::Cert;
use crate::purpose::Purpose;
use crate::wire::{Bytes, Object, Signed, choice, hash, names, number_of, object, record};
use crate::{Checked, Code};

/// The digest by which an object is named.
pub type Hash = [u8; 32];

names! {
    /// How value is carried.
    Model {
        /// A balance and a counter in a trusted chip.
        Purse = 0 "purse",
        /// Signed coins with a chain of endorsements.
        Coins = 1 "coins",
        /// Blind-signed coins that reveal who spends them twice.
        Blind = 2 "blind",
        /// Blind Diffie–Hellman proofs of a mint.
        Mint = 3 "mint",
        /// Promises under a ceiling that is reserved online.
        Promise = 4 "promise",
    }
}

impl Model {
    /// Whether what was received can be handed on before it was at the operator.
    #[must_use]
    pub const fn can_hand_on(self) -> bool {
        matches!(self, Self::Purse | Self::Coins | Self::Mint)
    }

    /// Whether the model knows this mode.
    #[must_use]
    pub const fn knows(self, mode: Mode) -> bool {
        self.can_hand_on() || matches!(mode, Mode::Staged)
    }
}

names! {
    /// When value received may be spent onward.
    Mode {
        /// At once, with no bound in time.
        Fully = 0 "fully",
        /// At once, until a risk limit forces a sync.
        Intermittently = 1 "intermittently",
        /// After it was deposited.
        Staged = 2 "staged",
    }
}

names! {
    /// What a device is.
    Form {
        /// A phone with its own clock and a secure element.
        Phone = 0 "phone",
        /// A card, whose clock is its reader's.
        Card = 1 "card",
    }
}

names! {
    /// Whose a certificate is.
    Class {
        /// An operator, certified by the central bank.
        Operator = 0 "operator",
        /// A person's device.
        Person = 1 "person",
        /// A merchant's device.
        Merchant = 2 "merchant",
        /// The prefunded purse of an agent who tops up cards.
        Agent = 3 "agent",
    }
}

record! {
    /// How much risk a device may carry. A number that is zero is no limit, but for `hops`.
    #[derive(Copy)]
    Limits {
        /// The most one payment may be.
        payment: i64,
        /// So many payments may be made between two syncs.
        payments: u32,
        /// The most a device may hold.
        purse: i64,
        /// Through how many hands value may go.
        hops: u32,
        /// Within this time of the last sync the device must sync again.
        sync_ms: i64,
        /// How long a certificate is valid; keys and coins of an epoch as long.
        certificate_ms: i64,
        /// The smallest coin: in models with coins every amount is a multiple of it.
        unit: i64,
        /// From this amount on a payment needs the PIN.
        pin_from: i64,
        /// Whether only proofs locked to the payee are taken.
        locked_only: bool,
        /// How long a ceiling is valid.
        ceiling_ms: i64,
        /// How long after a ceiling's end promises may still come.
        grace_ms: i64,
    }
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

impl Default for Limits {
    /// Our own choice: payment 500, ten payments, purse 1,000, three hops, a sync within 7 days,
    /// certificates for 90 days, half a unit of money as the smallest coin, the PIN from 100 on,
    /// ceilings for 24 hours with 30 minutes of grace.
    fn default() -> Self {
        Self {
            payment: 500_00,
            payments: 10,
            purse: 1_000_00,
            hops: 3,
            sync_ms: 7 * DAY,
            certificate_ms: 90 * DAY,
            unit: 50,
            pin_from: 100_00,
            locked_only: false,
            ceiling_ms: DAY,
            grace_ms: 30 * MINUTE,
        }
    }
}

object! {
    /// The certificates that are no longer good. The operator signs.
    RevocationList = 2 "revocation-list" {
        /// Who signs.
        operator: u64,
        /// Which list this is: a later one replaces an earlier one.
        epoch: u64,
        /// The serial numbers, ascending.
        serials: Vec<u64>,
    }
}

object! {
    /// The public keys of an epoch, one for each value of coin. The operator signs.
    Keys = 3 "keys" {
        /// Who signs.
        operator: u64,
        /// Whether they are blind coins' or a mint's.
        model: Model,
        /// The epoch.
        epoch: u64,
        /// Until when coins under these keys are taken.
        not_after: i64,
        /// Value and key, by ascending value.
        points: Vec<(i64, [u8; 32])>,
    }
}

object! {
    /// What a payee asks for. The payee signs.
    Request = 4 "request" {
        /// The payee's certificate.
        payee: Signed<Cert>,
        /// How much.
        amount: i64,
        /// Sixteen bytes that are never used again.
        nonce: [u8; 16],
        /// The merchant's category, zero for none.
        category: u32,
        /// The payee's revocation list.
        revocation_epoch: u64,
    }
}

object! {
    /// A payment whose payer is named. The payer signs, after the debit is stored.
    Pay = 5 "pay" {
        /// The payer's certificate.
        payer: Signed<Cert>,
        /// The payee's serial number.
        payee: u64,
        /// How much.
        amount: i64,
        /// The request it answers.
        request: Hash,
        /// When, by the payer's clock: for audits only.
        time: i64,
        /// What carries the value.
        content: Content,
    }
}

choice! {
    /// What carries the value of a payment whose payer is named.
    Content {
        /// The chip's word.
        Purse(PurseContent) = 0,
        /// Coins, each endorsed to the payee.
        Coins(Vec<Chain>) = 1,
        /// A promise under a ceiling.
        Promise(PromiseContent) = 2,
        /// The chip's word on money for a purpose.
        Purpose(BoundContent) = 3,
    }
}

impl Content {
    /// What a chip says, of plain money or of money for a purpose.
    #[must_use]
    pub const fn chip(&self) -> Option<&PurseContent> {
        match self {
            Self::Purse(chip) => Some(chip),
            Self::Purpose(bound) => Some(&bound.chip),
            Self::Coins(_) | Self::Promise(_) => None,
        }
    }
}

record! {
    /// What a chip says of a payment with money for a purpose.
    BoundContent {
        /// The purpose, as the operator signed it.
        purpose: Signed<Purpose>,
        /// The chip's word.
        chip: PurseContent,
    }
}

record! {
    /// What a chip says of a payment.
    PurseContent {
        /// The number of this payment among all of the chip's log.
        counter: u64,
        /// The head of the log's hash chain before it.
        previous: Hash,
        /// The how manieth hand-over of the value it is.
        hop: u32,
        /// The policy's epoch.
        policy_epoch: u64,
    }
}

record! {
    /// What a payer says of a promise.
    PromiseContent {
        /// The ceiling.
        ceiling: Signed<Ceiling>,
        /// The number of this promise under it, from the ceiling's start.
        sequence: u64,
        /// What is left of the ceiling after it.
        remaining: i64,
    }
}

object! {
    /// A payment that names no payer: what proves the value is in it. Not signed.
    Bearer = 6 "bearer" {
        /// The payee's serial number.
        payee: u64,
        /// How much.
        amount: i64,
        /// The request it answers.
        request: Hash,
        /// What carries the value.
        content: BearerContent,
    }
}

choice! {
    /// What carries the value of a payment that names no payer.
    BearerContent {
        /// Coins, each opened as the request demands.
        Blind(Vec<Show>) = 0,
        /// A mint's proofs.
        Mint(Vec<Proof>) = 1,
    }
}

object! {
    /// The payee has stored the payment. The payee signs.
    Ack = 7 "ack" {
        /// The payment.
        pay: Hash,
    }
}

object! {
    /// A coin of a token chain. The operator signs.
    Coin = 8 "coin" {
        /// Its name.
        id: [u8; 16],
        /// Who issued it.
        operator: u64,
        /// Its value.
        amount: i64,
        /// Its first owner.
        owner: u64,
        /// The first owner's key.
        key: PublicKey,
        /// Until when it is taken.
        not_after: i64,
    }
}

object! {
    /// An endorsement: the owner hands a coin on. The owner signs.
    Link = 9 "link" {
        /// The coin or the link before.
        previous: Hash,
        /// The next owner.
        to: u64,
        /// The next owner's key.
        key: PublicKey,
        /// The request it answers.
        request: Hash,
    }
}

record! {
    /// A coin with all its endorsements.
    Chain {
        /// The coin.
        coin: Signed<Coin>,
        /// The endorsements, oldest first.
        links: Vec<Signed<Link>>,
    }
}

object! {
    /// How much a payer may promise. The operator signs, and holds the amount.
    Ceiling = 10 "ceiling" {
        /// Who signs.
        operator: u64,
        /// The payer.
        payer: u64,
        /// The payer's key.
        key: PublicKey,
        /// How much.
        amount: i64,
        /// From when.
        from: i64,
        /// Until when.
        to: i64,
        /// The first promise's number.
        start: u64,
    }
}

record! {
    /// One blind-signed coin, opened for one request.
    Show {
        /// The epoch of its key.
        epoch: u64,
        /// Its value, which picks the key.
        amount: i64,
        /// The signature's point.
        r: [u8; 32],
        /// The signature's scalar.
        s: [u8; 32],
        /// Each pair: the opened side's value and blinder, and the other side's commitment.
        sides: Vec<[u8; 56]>,
    }
}

record! {
    /// One proof of a mint.
    Proof {
        /// The epoch of its key.
        epoch: u64,
        /// Its value, which picks the key.
        amount: i64,
        /// The secret's random part.
        nonce: [u8; 32],
        /// Whose key may redeem it, if anybody's.
        lock: Option<PublicKey>,
        /// The mint's signature on the secret.
        c: [u8; 32],
        /// The proof that the mint signed: challenge, response, and the blinding it was made over.
        e: [u8; 32],
        /// The response.
        s: [u8; 32],
        /// The blinding.
        r: [u8; 32],
    }
}

record! {
    /// Which of a device's online requests this is. None counts twice.
    Turn {
        /// The device.
        device: u64,
        /// The number, from one.
        number: u64,
    }
}

object! {
    /// A device asks for value. The device signs.
    Ask = 11 "ask" {
        /// Which request.
        turn: Turn,
        /// How much.
        amount: i64,
        /// What the model needs for it.
        wish: Wish,
    }
}

choice! {
    /// What a device asks for, by model and round.
    Wish {
        /// Value in its purse, coins to its key, or a ceiling.
        Plain = 0,
        /// Sessions for blind coins of these values.
        Open(Vec<i64>) = 1,
        /// The candidates' challenges, coin by coin.
        Candidates(Vec<Vec<[u8; 32]>>) = 2,
        /// The seeds of all candidates but the kept one, coin by coin.
        Reveal(Vec<Vec<[u8; 32]>>) = 3,
        /// Signatures on blinded secrets.
        Mint(Vec<(i64, [u8; 32])>) = 4,
        /// Signatures on blinded secrets, paid with these proofs.
        Swap(Swap) = 5,
        /// Value in its purse for the purpose of this number.
        Purpose(u64) = 6,
    }
}

record! {
    /// Proofs for new proofs.
    Swap {
        /// What is given.
        proofs: Vec<Proof>,
        /// What is wanted: value and blinded secret.
        blinded: Vec<(i64, [u8; 32])>,
    }
}

record! {
    /// A payment with the request it answers: what a payee can show.
    Evidence {
        /// The request's bytes.
        request: Bytes,
        /// The payment's bytes.
        pay: Bytes,
    }
}

object! {
    /// A payee claims payments for its account. The device signs.
    Claim = 12 "claim" {
        /// Which request.
        turn: Turn,
        /// The account.
        account: u64,
        /// The payments.
        pays: Vec<Evidence>,
    }
}

object! {
    /// A device gives value back. The device signs.
    Unload = 13 "unload" {
        /// Which request.
        turn: Turn,
        /// How much.
        amount: i64,
        /// The value.
        rest: Rest,
    }
}

choice! {
    /// Value that is given back.
    Rest {
        /// From the balance.
        Balance = 0,
        /// Coins the device owns.
        Coins(Vec<Chain>) = 1,
        /// Blind coins, opened for this very request.
        Blind(Vec<Show>) = 2,
        /// A mint's proofs.
        Mint(Vec<Proof>) = 3,
        /// What is left of the ceiling.
        Promise = 4,
    }
}

object! {
    /// A device reports. The device signs.
    Sync = 14 "sync" {
        /// Which request.
        turn: Turn,
        /// The log since the last sync.
        log: Vec<Entry>,
        /// The head of its hash chain.
        head: Hash,
        /// How many entries there were ever.
        counter: u64,
        /// What the purse holds.
        balance: i64,
        /// Requests that were closed uncollected, once and for all.
        closed: Vec<Closed>,
        /// Requests that were paid, and by which payment.
        taken: Vec<Taken>,
        /// Payments made and not acknowledged.
        waiting: Vec<Waiting>,
    }
}

record! {
    /// A request that no payment answers any more.
    Closed {
        /// Its nonce.
        nonce: [u8; 16],
        /// Its digest.
        hash: Hash,
    }
}

record! {
    /// A request that was paid.
    Taken {
        /// The request's nonce.
        nonce: [u8; 16],
        /// The payment.
        pay: Hash,
    }
}

record! {
    /// A payment whose acknowledgement never came: its value is in limbo.
    Waiting {
        /// The payee.
        payee: u64,
        /// The payee's operator.
        operator: u64,
        /// The request's nonce.
        nonce: [u8; 16],
        /// The payment.
        pay: Hash,
    }
}

choice! {
    /// What happened in a purse.
    Entry {
        /// Value came from the operator.
        Loaded(Moved) = 0,
        /// A payment was made.
        Paid(Bytes) = 1,
        /// A payment was collected.
        Collected(Evidence) = 2,
        /// Value went back to the operator.
        Unloaded(Moved) = 3,
        /// A payment came back, because its request was closed.
        Returned(Returned) = 4,
    }
}

record! {
    /// Value moved between purse and operator.
    Moved {
        /// The online request.
        turn: u64,
        /// How much.
        amount: i64,
    }
}

record! {
    /// A payment that came back.
    Returned {
        /// The payment.
        pay: Hash,
        /// How much.
        amount: i64,
    }
}

object! {
    /// The answer to [`Ask`]. The operator signs.
    Load = 15 "load" {
        /// Which request it answers.
        turn: Turn,
        /// The request's bytes' digest.
        asked: Hash,
        /// How much.
        amount: i64,
        /// How many loads the device had, this one included.
        counter: u64,
        /// The policy's epoch.
        policy_epoch: u64,
        /// The latest revocation list.
        revocation_epoch: u64,
        /// The value.
        grant: Grant,
    }
}

choice! {
    /// What the operator gives, by model and round.
    Grant {
        /// Value for the purse.
        Purse = 0,
        /// Coins.
        Coins(Vec<Signed<Coin>>) = 1,
        /// Each session's point.
        Opened(Vec<[u8; 32]>) = 2,
        /// Which candidate of each coin is kept closed.
        Keep(Vec<u64>) = 3,
        /// Each session's answer.
        Blind(Vec<[u8; 32]>) = 4,
        /// Signatures of a mint, one for each blinded secret.
        Mint(Vec<MintSignature>) = 5,
        /// A ceiling.
        Ceiling(Signed<Ceiling>) = 6,
        /// Value for the purse, under a purpose.
        Purpose(Signed<Purpose>) = 7,
    }
}

record! {
    /// A mint's signature on a blinded secret, and the proof that its key made it.
    MintSignature {
        /// The signature.
        c: [u8; 32],
        /// The proof's challenge.
        e: [u8; 32],
        /// The proof's response.
        s: [u8; 32],
    }
}

object! {
    /// The answer to [`Claim`], payment by payment. The operator signs.
    Claimed = 16 "claimed" {
        /// Which request it answers.
        turn: Turn,
        /// The request's bytes' digest.
        asked: Hash,
        /// What became of each payment.
        verdicts: Vec<Verdict>,
    }
}

choice! {
    /// What became of a claim.
    Verdict {
        /// Credited.
        Paid = 0,
        /// Will be paid at the settlement, as far as the hold goes.
        Settling = 1,
        /// Not paid: the code's place in the list of codes.
        Refused(u32) = 2,
        /// Sent to the operator that issued the value, which decides.
        Clearing = 3,
    }
}

object! {
    /// The answer to [`Unload`]. The operator signs.
    Unloaded = 17 "unloaded" {
        /// Which request it answers.
        turn: Turn,
        /// The request's bytes' digest.
        asked: Hash,
        /// How much.
        amount: i64,
    }
}

object! {
    /// The answer to [`Sync`]. The operator signs.
    SyncAnswer = 18 "sync-answer" {
        /// Which request it answers.
        turn: Turn,
        /// The request's bytes' digest.
        asked: Hash,
        /// A new certificate, with the limits of today.
        cert: Signed<Cert>,
        /// The latest revocation list.
        list: Signed<RevocationList>,
        /// The keys of coins that are taken.
        keys: Vec<Signed<Keys>>,
        /// Of the payments waiting: those that can never be collected any more.
        closed: Vec<Hash>,
        /// Of the payments waiting: those that arrived.
        arrived: Vec<Hash>,
    }
}

object! {
    /// The operator turns an online request down. The operator signs.
    Refused = 19 "refused" {
        /// Which request it answers.
        turn: Turn,
        /// The request's bytes' digest.
        asked: Hash,
        /// The code's place in the list of codes.
        code: u32,
    }
}

object! {
    /// One operator asks another to clear value that the other issued. The operator signs.
    Clear = 20 "clear" {
        /// Who asks.
        operator: u64,
        /// The device that claims.
        device: u64,
        /// What it claims.
        pay: Evidence,
    }
}

object! {
    /// The answer to [`Clear`]. The operator signs.
    Cleared = 21 "cleared" {
        /// Who answers.
        operator: u64,
        /// The device that claims.
        device: u64,
        /// The payment.
        pay: Hash,
        /// How much.
        amount: i64,
        /// What became of it.
        verdict: Verdict,
    }
}

object! {
    /// A payer's operator asks the payee's what became of a payment. The operator signs.
    AskFate = 24 "ask-fate" {
        /// Who asks.
        operator: u64,
        /// About which payment.
        waiting: Waiting,
    }
}

object! {
    /// The answer to [`AskFate`], given once it is known. The payee's operator signs.
    Fate = 25 "fate" {
        /// Which payment.
        waiting: Waiting,
        /// Whether it can never be collected any more; if not, it was.
        closed: bool,
    }
}

object! {
    /// A new device asks to be known. It signs with its own key.
    Hello = 22 "hello" {
        /// Its key.
        key: PublicKey,
        /// What it is.
        form: Form,
    }
}

object! {
    /// All that a new device has to know. The operator signs.
    Welcome = 23 "welcome" {
        /// The model.
        model: Model,
        /// The mode.
        mode: Mode,
        /// What the device is.
        form: Form,
        /// The account it belongs to.
        account: u64,
        /// The central bank's root key.
        root: PublicKey,
        /// The device's certificate.
        cert: Signed<Cert>,
        /// The operators' certificates.
        operators: Vec<Signed<Cert>>,
        /// The revocation list.
        list: Signed<RevocationList>,
        /// The keys of coins.
        keys: Vec<Signed<Keys>>,
        /// When.
        time: i64,
    }
}

/// A payment, named or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payment {
    /// Its payer is named and signed.
    Named(Box<Signed<Pay>>),
    /// What it proves is in it.
    Bearer(Bearer),
}

impl Payment {
    /// Reads a payment of either kind. Nothing is verified yet.
    pub fn decode(bytes: &[u8]) -> Checked<Self> {
        match number_of(bytes)? {
            Pay::NUMBER => Ok(Self::Named(Box::new(Signed::decode(bytes)?))),
            Bearer::NUMBER => Bearer::decode(bytes).map(Self::Bearer),
            _ => Err(Code::Object.into()),
        }
    }

    /// The bytes that travel.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Named(pay) => pay.bytes().to_vec(),
            Self::Bearer(pay) => pay.encode(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn hash(&self) -> Hash {
        hash(&self.bytes())
    }

    /// The model whose value it carries.
    #[must_use]
    pub fn model(&self) -> Model {
        match self {
            Self::Named(pay) => match pay.body.content {
                Content::Purse(_) | Content::Purpose(_) => Model::Purse,
                Content::Coins(_) => Model::Coins,
                Content::Promise(_) => Model::Promise,
            },
            Self::Bearer(pay) => match pay.content {
                BearerContent::Blind(_) => Model::Blind,
                BearerContent::Mint(_) => Model::Mint,
            },
        }
    }

    /// Payee, amount and request.
    #[must_use]
    pub fn terms(&self) -> (u64, i64, Hash) {
        match self {
            Self::Named(pay) => (pay.body.payee, pay.body.amount, pay.body.request),
            Self::Bearer(pay) => (pay.payee, pay.amount, pay.request),
        }
    }

    /// Which operator issued the value, if it is one alone.
    #[must_use]
    pub fn issuer(&self) -> Option<u64> {
        fn same(mut issuers: impl Iterator<Item = u64>) -> Option<u64> {
            let first = issuers.next()?;
            issuers.all(|issuer| issuer == first).then_some(first)
        }
        // An epoch's number begins with its operator's.
        match self {
            Self::Named(pay) => match &pay.body.content {
                Content::Purse(_) | Content::Purpose(_) => Some(pay.body.payer.body.operator),
                Content::Coins(chains) => same(chains.iter().map(|it| it.coin.body.operator)),
                Content::Promise(promise) => Some(promise.ceiling.body.operator),
            },
            Self::Bearer(pay) => match &pay.content {
                BearerContent::Blind(shows) => same(shows.iter().map(|it| it.epoch >> 16)),
                BearerContent::Mint(proofs) => same(proofs.iter().map(|it| it.epoch >> 16)),
            },
        }
    }
}
