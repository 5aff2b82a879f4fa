//! Why something is turned down: a closed list, in the order in which the reasons are looked at.
//!
//! Where several reasons apply, the first of these ladders that fails is the code.
//!
//! * **Paying:** the same request again gets the same bytes; the request's bytes; the payee's
//!   certificate and signature; whether it was answered, is one's own, is of the payee meant; the
//!   own certificate; the amount, PIN blocked, log, ceiling, one payment, payments, sync, hops,
//!   funds, change; the PIN.
//! * **Collecting:** the same payment again gets the same acknowledgement; the bytes; the model;
//!   whether it was asked for; the payer's certificate and signature; payee, amount and request;
//!   the proofs of value; hops; room in the purse.
//! * **At the operator:** the bytes; device and signature; the number of the request; shut,
//!   revoked; then what the model proves; then limits and funds.
//! * **Money for a purpose**, wherever it is judged: its end, then its rules in their order. At the
//!   tap after everything else.

use thiserror::Error;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $key:literal, $again:ident;)+) => {
        /// Why an input is refused, from the bytes to the limits.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The key under which texts, scripts and translations know it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Whether the same thing may be accepted later, once something else has happened.
            #[must_use]
            pub const fn can_retry(self) -> bool {
                match self { $(Self::$name => $again),+ }
            }
        }
    };
}

#[expect(non_upper_case_globals, reason = "words for the list below")]
const later: bool = true;
#[expect(non_upper_case_globals, reason = "words for the list below")]
const never: bool = false;

codes! {
    // The bytes.
    /// Not deterministic CBOR, or longer or deeper than anything here.
    Malformed = "bytes.malformed", never;
    /// An object of another kind than could be used here, or none of this version.
    Object = "bytes.object", never;
    /// A field is missing, too long or not of its form.
    Field = "bytes.field", never;
    // This device or operator.
    /// The stored state is older than the chip has seen.
    RolledBack = "state.rolled-back", never;
    /// The device was shut: revoked, expired and paid out, or caught.
    Shut = "device.shut", never;
    /// An online request is waiting for its answer.
    Asking = "online.waiting", later;
    /// No online request is waiting for this answer.
    NotAsked = "online.not-asked", never;
    /// The number of this online request was used for another.
    TurnUsed = "online.turn-used", never;
    /// Online requests before this one are missing.
    TurnGap = "online.turn-gap", later;
    /// Operator and device work under another model.
    Model = "model.other", never;
    /// The model knows no such mode.
    Mode = "mode.unknown", never;
    // Who signed.
    /// The operator is not among those the central bank certified.
    Operator = "operator.unknown", later;
    /// The device is not this operator's.
    Device = "device.unknown", never;
    /// A signature does not fit its object and its key.
    Signature = "signature.invalid", never;
    /// The certificate is not valid yet.
    NotYet = "certificate.not-yet", later;
    /// The certificate is no longer valid.
    Expired = "certificate.expired", later;
    /// The certificate is on the revocation list.
    Revoked = "certificate.revoked", never;
    // What was asked for.
    /// No request of this device asked for this payment.
    RequestUnknown = "request.unknown", never;
    /// The request was closed: what answers it comes too late.
    RequestClosed = "request.closed", never;
    /// Payee, amount or request differ from what was asked.
    RequestOther = "request.other", never;
    /// The payer would pay itself.
    Self_ = "request.self", never;
    /// The payment is not one of those waiting for an acknowledgement.
    PaymentUnknown = "payment.unknown", never;
    /// The amount is not above zero, or beyond what can be counted.
    Amount = "amount.invalid", never;
    /// The amount is not a multiple of the smallest coin.
    Indivisible = "amount.indivisible", never;
    // What proves the value.
    /// A proof is missing or does not hold.
    Proof = "proof.invalid", never;
    /// Keys or coins of an epoch that is over.
    EpochOver = "epoch.over", never;
    /// The proofs are not locked to this payee, and only such are taken.
    Unlocked = "proof.unlocked", never;
    /// The ceiling is used up or over.
    Ceiling = "promise.ceiling", later;
    // Risk limits.
    /// The PIN is wrong.
    Pin = "pin.wrong", later;
    /// Too many wrong PINs: the device pays no more.
    PinBlocked = "pin.blocked", never;
    /// The amount is above what one payment may be.
    LimitPayment = "limit.payment", never;
    /// So many payments need a sync first.
    LimitPayments = "limit.payments", later;
    /// The purse would hold more than it may.
    LimitPurse = "limit.purse", later;
    /// The value went through as many hands as it may.
    LimitHops = "limit.hops", later;
    /// The last sync is too long ago.
    SyncOverdue = "sync.overdue", later;
    /// The log is full: sync first.
    LogFull = "log.full", later;
    /// There is less than the amount.
    Funds = "funds.short", later;
    /// No coins in the purse make exactly this amount.
    NoChange = "coins.no-change", later;
    // At the operator.
    /// A session under this key is open: only one may be.
    Session = "session.open", later;
    /// The withdrawer's candidates are not what they must be.
    Candidates = "session.candidates", never;
    /// The log does not follow on the last one.
    CounterGap = "log.counter", never;
    /// The log's hash chain does not hold.
    Chain = "log.chain", never;
    /// The log's sums are not the reported balance.
    Shadow = "log.shadow", never;
    /// The payment was claimed before.
    Claimed = "payment.claimed", never;
    /// The value was spent before.
    Spent = "value.spent", never;
    /// The promise comes after the settlement.
    Late = "promise.late", never;
    /// Promises may still be on their way: the rest is free after the settlement.
    Outstanding = "promise.outstanding", later;
    // Money for a purpose.
    /// The time in which the money can be spent is over.
    PurposeOver = "purpose.over", never;
    /// The payee's certificate names another category, or none.
    PurposeCategory = "purpose.category", never;
    /// The amount is above what the purpose allows at a time.
    PurposeCap = "purpose.cap", never;
    /// The purpose allows it at another time only.
    PurposeTime = "purpose.time", later;
    /// What the purpose asks for does not hold.
    PurposeFails = "purpose.fails", never;
    /// The deadline lies in this epoch: a chip cannot tell.
    PurposeUntold = "purpose.untold", later;
    /// The purse carries other money: plain, or for another purpose.
    PurposeOther = "purpose.other", later;
    /// Money for a purpose goes into chip purses only.
    PurposeModel = "purpose.model", never;
    /// The condition has more or deeper rules than a chip holds.
    PurposeLarge = "purpose.large", never;
    /// The money is kept by another bank than the device's.
    PurposeElsewhere = "purpose.elsewhere", never;
    /// The condition asks who is paid: a certificate does not say.
    PurposePayee = "purpose.payee", never;
    /// The condition asks where: nobody there vouches for a place.
    PurposePlace = "purpose.place", never;
    /// The condition asks for the sum of a day: it is in the books.
    PurposeDay = "purpose.day", never;
    /// The condition asks for the type of wallet: a certificate does not say.
    PurposeWallet = "purpose.wallet", never;
    /// The condition asks for signatures: nobody can be reached to sign.
    PurposeSigners = "purpose.signers", never;
    /// The condition asks for a secret: a payment has no room for one.
    PurposeSecret = "purpose.secret", never;
}

/// A code with the numbers that decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{}", self.code.key())]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// What it was, where a number decided.
    pub was: Option<i64>,
    /// What it may be, where a number decided.
    pub bound: Option<i64>,
}

impl Refusal {
    /// A refusal because of two numbers.
    #[must_use]
    pub const fn of(code: Code, was: i64, bound: i64) -> Self {
        Self {
            code,
            was: Some(was),
            bound: Some(bound),
        }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self {
            code,
            was: None,
            bound: None,
        }
    }
}

/// What a check gives.
pub type Checked<T = ()> = Result<T, Refusal>;

/// Refuses unless it holds.
pub(crate) fn must(holds: bool, code: Code) -> Checked {
    if holds { Ok(()) } else { Err(code.into()) }
}

/// Refuses a number above its bound.
pub(crate) fn at_most(was: i64, bound: i64, code: Code) -> Checked {
    if was <= bound {
        Ok(())
    } else {
        Err(Refusal::of(code, was, bound))
    }
}
