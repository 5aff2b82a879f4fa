//! The five kinds of fact, and the 64-byte record each is kept and hashed as.
//!
//! Everything that happens in a run is one of these. Applying the facts of a
//! log in order rebuilds the world at any position, so a fact holds all that is
//! needed to apply it. The tags of the record format are explicit and only ever
//! appended to: a number once given keeps its meaning.

use ledger::{AccountId, Class};
use thiserror::Error;

use crate::refusal::Code;

/// A party's number; the central bank is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub u32);

/// A wallet's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WalletId(pub u32);

/// A request's number, kept by all that it causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(pub u32);

/// A message's number: receivers tell a message that comes twice by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(pub u32);

/// An interned text or signature; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(pub u32);

/// "No party", "no wallet" in a record.
pub const NONE: u32 = u32::MAX;

macro_rules! tagged {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $tag:literal $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant = $tag),+ }

        impl $name {
            /// Every one, in the order of their tags.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Its stable key.
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }

            /// The one with this tag.
            pub fn from_tag(tag: u8) -> Option<Self> {
                match tag { $($tag => Some($name::$variant),)+ _ => None }
            }

            /// The one with this key.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use tagged;

tagged! {
    /// What kind of party.
    Kind {
        /// The central bank.
        CentralBank = 0 "central-bank",
        /// A bank that runs wallets.
        Operator = 1 "operator",
        /// A person.
        Person = 2 "person",
        /// A firm.
        Firm = 3 "firm",
        /// A merchant.
        Merchant = 4 "merchant",
        /// A visitor.
        Visitor = 5 "visitor",
        /// The network, whose faults are acts.
        Network = 6 "network",
    }
}

tagged! {
    /// The accounts of the books.
    Title {
        /// Central bank: what it owns against what it issues.
        Securities = 0 "securities",
        /// Central bank: what it owes each bank.
        Reserves = 1 "reserves",
        /// Central bank: digital currency issued to a bank and not yet out.
        Repository = 2 "repository",
        /// Central bank: digital currency in a wallet.
        Circulation = 3 "circulation",
        /// Central bank: banknotes.
        Notes = 4 "notes",
        /// Bank: what the central bank owes it.
        OwnReserves = 5 "own-reserves",
        /// Bank: its digital currency.
        Vault = 6 "vault",
        /// Banknotes held, by a bank or a person.
        Cash = 7 "cash",
        /// Bank: what borrowers owe it.
        Loans = 8 "loans",
        /// Bank: what it owes each depositor.
        Deposits = 9 "deposits",
        /// Bank: reserves received that go back.
        ToReturn = 10 "to-return",
        /// Own funds.
        Funds = 11 "funds",
        /// Bank: digital money that it owes each wallet.
        Wallets = 12 "wallets",
        /// Bank: payments whose reserves are on their way to another bank.
        ToSettle = 13 "to-settle",
        /// Bank: interest that it owes wallets and has not paid out.
        Accrued = 14 "accrued",
        /// Bank: what interest has cost it; lessens its own funds.
        InterestExpense = 15 "interest-expense",
    }
}

tagged! {
    /// What was asked for: the verb that an order, its messages and its
    /// postings belong to.
    Purpose {
        /// Opening balances.
        Opening = 0 "opening",
        /// The central bank issues.
        Issue = 1 "issue",
        /// A bank returns.
        Return = 2 "return",
        /// Deposit to wallet.
        Exchange = 3 "exchange",
        /// Wallet to deposit.
        Redeem = 4 "redeem",
        /// Banknotes to wallet.
        CashIn = 5 "cash-in",
        /// Wallet to banknotes.
        CashOut = 6 "cash-out",
        /// Wallet to wallet.
        Pay = 7 "pay",
        /// A fault of the network.
        Fault = 8 "fault",
        /// What a wallet may not hold flows on to the bank account.
        Waterfall = 9 "waterfall",
        /// What a payment is short of is pulled from the bank account.
        ReverseWaterfall = 10 "reverse-waterfall",
        /// A payee asks to be paid.
        Request = 11 "request",
        /// A payer will not pay what it was asked for.
        Decline = 12 "decline",
        /// A payee gives back what it was paid.
        Refund = 13 "refund",
        /// A payment is ordered for later.
        Schedule = 14 "schedule",
        /// A wallet moves to another type.
        Upgrade = 15 "upgrade",
        /// A holder lowers its own limits.
        Limit = 16 "limit",
        /// A wallet may not pay or be paid.
        Freeze = 17 "freeze",
        /// It may again.
        Unfreeze = 18 "unfreeze",
        /// A wallet is given up.
        Close = 19 "close",
        /// A wallet gets a handle of its own.
        OpenSub = 20 "open-sub",
        /// A bank reckons interest.
        Accrue = 21 "accrue",
        /// Messages that never arrived are sent again.
        Retry = 22 "retry",
        /// What waits for a message that never arrived is undone.
        Reverse = 23 "reverse",
        /// A crowd's people pay each other.
        Trade = 24 "trade",
        /// A crowd's people take their deposits out.
        Run = 25 "run",
    }
}

tagged! {
    /// What a message says. The states an order passes through are drawn in
    /// [`crate::cbdc`].
    Subject {
        /// A holder asks its bank.
        Ask = 0 "ask",
        /// A holder hands banknotes over with its request.
        AskWithNotes = 1 "ask-with-notes",
        /// Central bank to bank: issued to your vault.
        Issued = 2 "issued",
        /// Bank to central bank: returned from my vault.
        Returned = 3 "returned",
        /// Bank to central bank: from my repository to this wallet.
        Convert = 4 "convert",
        /// Central bank to bank: the wallet has it.
        Converted = 5 "converted",
        /// Bank to central bank: from this wallet to my repository.
        Withdraw = 6 "withdraw",
        /// Central bank to bank: your repository has it.
        Withdrawn = 7 "withdrawn",
        /// Payer's bank to payee's bank: can you take it?
        Offer = 8 "offer",
        /// Payee's bank to the central bank's register: I can, move it.
        Accept = 9 "accept",
        /// A bank of both to the central bank's register: move it.
        Order = 10 "order",
        /// Register to a bank: moved, final.
        Settled = 11 "settled",
        /// Bank to central bank: reserves to that bank.
        Transfer = 12 "transfer",
        /// Central bank to bank: reserves came for you.
        Transferred = 13 "transferred",
        /// Bank to central bank: send these reserves back.
        SendBack = 14 "send-back",
        /// Central bank to bank: your reserves are back.
        SentBack = 15 "sent-back",
        /// Turned down.
        Rejected = 16 "rejected",
        /// Bank to holder: here are banknotes.
        HandNotes = 17 "hand-notes",
        /// Bank to holder: done.
        Receipt = 18 "receipt",
        /// Bank to holder: you were paid.
        Notice = 19 "notice",
        /// Bank to holder: turned down.
        Declined = 20 "declined",
        /// Central bank to bank: your reserves were not moved.
        TransferRefused = 21 "transfer-refused",
        /// Bank to bank: whom your reserves were for has the money.
        Credited = 22 "credited",
        /// Payee's bank to payer's bank, and on to the payer: please pay.
        PleasePay = 23 "please-pay",
        /// Payer's bank to payee's bank, and on to the payee: it will not.
        WillNotPay = 24 "will-not-pay",
        /// Payee's bank to payer's bank, and on to the payer: no longer wanted.
        Lapsed = 25 "lapsed",
    }
}

tagged! {
    /// What the network makes of a message.
    Fate {
        /// It arrives.
        Arrives = 0 "arrives",
        /// It never arrives.
        Lost = 1 "lost",
        /// It arrives twice.
        Doubled = 2 "doubled",
        /// It arrives late.
        Late = 3 "late",
    }
}

tagged! {
    /// What may be done with a wallet.
    Status {
        /// It may pay and be paid.
        Open = 0 "open",
        /// It may do neither until its operator lets it.
        Frozen = 1 "frozen",
        /// It has been given up.
        Closed = 2 "closed",
    }
}

tagged! {
    /// What came of a request to be paid.
    Outcome {
        /// It was paid.
        Paid = 0 "paid",
        /// The payer declined.
        Declined = 1 "declined",
        /// Nobody paid in time.
        Expired = 2 "expired",
    }
}

tagged! {
    /// Whether a posting can still be undone by the protocol.
    Finality {
        /// It can.
        Provisional = 0 "provisional",
        /// It cannot.
        Final = 1 "final",
    }
}

impl Purpose {
    /// Whether it is between two wallets, whose numbers its messages bear.
    pub fn is_between_wallets(self) -> bool {
        self.is_payment()
            || matches!(
                self,
                Purpose::Request | Purpose::Decline | Purpose::Schedule | Purpose::OpenSub
            )
    }

    /// Whether money goes from one wallet to another for it.
    pub fn is_payment(self) -> bool {
        matches!(self, Purpose::Pay | Purpose::Refund)
    }
}

/// What brought a fact about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A line of the scenario.
    Line(OrderId),
    /// A delivered message.
    Message(Serial),
    /// A due timer.
    Timer(u32),
}

/// Money moved in one party's book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Journal {
    /// Whose book.
    pub book: PartyId,
    /// The account debited.
    pub debit: AccountId,
    /// The account credited.
    pub credit: AccountId,
    /// Minor units.
    pub amount: i64,
    /// What for.
    pub purpose: Purpose,
    /// Whether it can be undone.
    pub finality: Finality,
    /// The request it belongs to.
    pub order: OrderId,
}

/// Information moved between two parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub serial: Serial,
    /// Who sent it.
    pub from: PartyId,
    /// Who is to get it.
    pub to: PartyId,
    /// What it says.
    pub subject: Subject,
    /// The verb it belongs to.
    pub purpose: Purpose,
    /// The request it belongs to.
    pub order: OrderId,
    /// The wallet it speaks of: the payer's, or the only one.
    pub wallet: Option<WalletId>,
    /// The payee's wallet, or as a number the bank a transfer goes to.
    pub other: Option<u32>,
    /// Minor units it speaks of.
    pub amount: i64,
    /// When it was sent, milliseconds: the time of its fact.
    pub sent: i64,
    /// When it is to arrive, milliseconds.
    pub due: i64,
    /// What the network makes of it.
    pub fate: Fate,
    /// The fault that made it so, from 1; 0 for none.
    pub fault: u8,
    /// Free text.
    pub memo: TextId,
    /// The holder's signature over the request.
    pub signature: TextId,
}

/// What a request says beyond what its messages have room for. It travels with
/// them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The earlier request it speaks of: the bill that is paid, the payment
    /// that is given back.
    pub about: Option<OrderId>,
    /// The sender's own number for it: of two that have the same, one counts.
    pub key: TextId,
    /// The name it is spoken of by.
    pub name: TextId,
    /// When it is to be done, or until when it may be, milliseconds; 0 for no
    /// time.
    pub due: i64,
    /// How long after it comes again, milliseconds.
    pub every: i64,
    /// How often it comes.
    pub times: i64,
}

/// The four limits of a wallet, minor units; none is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most it may hold.
    pub balance: Option<i64>,
    /// The most it may pay at a time.
    pub payment: Option<i64>,
    /// The most it may pay in a local day.
    pub day: Option<i64>,
    /// The most it may pay in a local calendar year.
    pub year: Option<i64>,
}

/// A thing's state changed: the state after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A party came to be.
    PartyOpened {
        /// Its number.
        party: PartyId,
        /// Its kind.
        kind: Kind,
        /// The institution it banks with.
        at: Option<PartyId>,
        /// Its name.
        name: TextId,
    },
    /// An account was opened.
    AccountOpened {
        /// Its number.
        account: AccountId,
        /// Whose book.
        book: PartyId,
        /// Its side.
        class: Class,
        /// Its title.
        title: Title,
        /// Whose it is within the book: a party's or wallet's number.
        subject: u32,
        /// Whether it may go below zero.
        may_overdraw: bool,
    },
    /// A wallet was opened.
    WalletOpened {
        /// Its number.
        wallet: WalletId,
        /// Its holder.
        owner: PartyId,
        /// Its operator.
        operator: PartyId,
        /// Its type, as an index into the rules' wallet types.
        ty: u16,
        /// Its name.
        name: TextId,
        /// Its public key, where payments are signed.
        key: TextId,
    },
    /// The operator's file of a wallet: what may be spent, what is expected,
    /// what was spent this day and year.
    WalletUsed {
        /// Which.
        wallet: WalletId,
        /// What may be spent.
        available: i64,
        /// Headroom held for money on its way in.
        expected: i64,
        /// Paid on `day`.
        spent_day: i64,
        /// Paid in the calendar year of `day`.
        spent_year: i64,
        /// The local day the two sums belong to.
        day: i32,
    },
    /// A fault was laid on the network, for the next messages that fit.
    FaultLaid {
        /// Its number, from 1.
        fault: u8,
        /// What it does.
        fate: Fate,
        /// From whom, if only from one.
        from: Option<PartyId>,
        /// To whom, if only to one.
        to: Option<PartyId>,
        /// How many messages.
        count: u32,
        /// How many fitting messages pass first.
        after: u32,
        /// How much later, milliseconds.
        delay: i64,
    },
    /// A message arrived and asked for nothing more.
    Arrived,
    /// A message arrived a second time and was put aside.
    PutAside,
    /// An order has had no answer for the preset's timeout.
    Overdue {
        /// Which.
        order: OrderId,
        /// Who waits for the answer.
        party: PartyId,
    },
    /// A timer fired and nothing was to be done.
    Idle,
    /// A payment waits until what it is short of has come.
    Parked {
        /// Which.
        order: OrderId,
        /// Who keeps it.
        party: PartyId,
        /// How much is to be paid.
        amount: i64,
    },
    /// A payment that waited goes on, or has come to nothing.
    Unparked {
        /// Which.
        order: OrderId,
        /// Who kept it.
        party: PartyId,
    },
    /// What a request says beyond its messages.
    Instructed {
        /// Which request.
        order: OrderId,
        /// What it says.
        terms: Terms,
    },
    /// A wallet was frozen, freed or closed.
    WalletStatus {
        /// Which.
        wallet: WalletId,
        /// What it is now.
        status: Status,
    },
    /// A wallet moved to another type.
    WalletTyped {
        /// Which.
        wallet: WalletId,
        /// Its type now, as an index into the rules' wallet types.
        ty: u16,
    },
    /// A holder set its own limits, below those of the type.
    WalletLimited {
        /// Which.
        wallet: WalletId,
        /// Its own limits now.
        limits: Limits,
    },
    /// A wallet that was just opened is a handle of another: what it pays and
    /// gets is the other's.
    SubOpened {
        /// Which.
        wallet: WalletId,
        /// The other.
        parent: WalletId,
        /// The only wallet it pays, if there is only one.
        only: Option<WalletId>,
        /// The most it may pay in a local day.
        cap: Option<i64>,
    },
    /// A payee's bank keeps a request to be paid.
    BillMade {
        /// The request.
        order: OrderId,
        /// Who asks.
        payee: WalletId,
        /// Who is asked.
        payer: WalletId,
        /// For how much.
        amount: i64,
        /// Until when it may be paid, milliseconds.
        due: i64,
    },
    /// A request to be paid is over.
    BillClosed {
        /// The request.
        order: OrderId,
        /// What came of it.
        outcome: Outcome,
    },
    /// A payment that has a name was made, or part of it given back.
    PaymentKept {
        /// The payment.
        order: OrderId,
        /// Who paid.
        payer: WalletId,
        /// Who was paid.
        payee: WalletId,
        /// How much.
        amount: i64,
        /// What has been given back of it.
        refunded: i64,
        /// When it was made, milliseconds.
        made: i64,
    },
    /// A bank has taken on the request with this number of the sender's own.
    KeyUsed {
        /// The sender's wallet.
        wallet: WalletId,
        /// Its own number for the request.
        key: TextId,
    },
    /// A bank keeps a payment for later.
    Standing {
        /// The request.
        order: OrderId,
        /// Who pays.
        wallet: WalletId,
        /// Who is paid.
        payee: WalletId,
        /// How much.
        amount: i64,
        /// When next, milliseconds.
        due: i64,
        /// How long after that again, milliseconds.
        every: i64,
        /// How often yet; 0 is over.
        times: i64,
    },
    /// What a wallet has earned and its bank has not posted or paid out.
    Earned {
        /// Which.
        wallet: WalletId,
        /// The local day up to which it is reckoned.
        day: i32,
        /// Not posted yet, in the units of [`money::Interest`].
        accrued: i128,
        /// Posted and not paid out, minor units.
        owed: i64,
    },
    /// A message that never arrived was sent again.
    Resent {
        /// Which.
        serial: Serial,
        /// When it is to arrive, milliseconds.
        due: i64,
    },
    /// A message that never arrived was called off by its sender.
    Recalled {
        /// Which.
        serial: Serial,
    },
    /// The people of a crowd begin to do something, each for itself.
    Begun {
        /// The line that says so.
        order: OrderId,
        /// What they do.
        purpose: Purpose,
        /// The crowd's name.
        crowd: TextId,
        /// How many they are.
        members: u32,
        /// Until when, milliseconds.
        until: i64,
    },
}

/// Something will happen at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// When, milliseconds.
    pub due: i64,
    /// Its number.
    pub number: u32,
    /// Whose.
    pub party: PartyId,
}

/// A request was turned down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why.
    pub code: Code,
    /// Who turned it down.
    pub by: PartyId,
    /// Whose request.
    pub party: PartyId,
    /// The request.
    pub order: OrderId,
    /// The verb.
    pub purpose: Purpose,
    /// The wallet whose rule decided, if a wallet's did.
    pub wallet: Option<WalletId>,
    /// The sum asked for.
    pub asked: i64,
    /// The limit, or what there is.
    pub allowed: i64,
    /// What is used of it.
    pub used: i64,
}

/// One of the five kinds of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Money moved.
    Posted(Journal),
    /// Information moved.
    Sent(Message),
    /// A thing's state changed.
    Changed(Change),
    /// Something will happen.
    Scheduled(Timer),
    /// A request was turned down.
    Refused(Refusal),
}

/// A fact with its time and cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// Milliseconds of virtual UTC.
    pub at: i64,
    /// What brought it about.
    pub cause: Cause,
    /// The fact.
    pub fact: Fact,
}

/// A fact as it is kept and hashed: 64 bytes, little-endian.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Record {
    at: i64,
    cause: u32,
    tag: u8,
    sub: u8,
    flags: [u8; 2],
    a: u32,
    b: u32,
    c: u32,
    d: u32,
    x: i64,
    y: i64,
    z: i64,
    w: i64,
}

/// A record that is no fact: the log is damaged or newer than the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the record with tag {tag}.{sub} is not a fact this engine knows")]
pub struct NotAFact {
    tag: u8,
    sub: u8,
}

const CAUSE_MESSAGE: u32 = 1 << 30;
const CAUSE_TIMER: u32 = 2 << 30;
const CAUSE_NUMBER: u32 = (1 << 30) - 1;

fn two(low: u32, high: u32) -> i64 {
    (u64::from(low) | u64::from(high) << 32).cast_signed()
}

fn low(pair: i64) -> u32 {
    (pair.cast_unsigned() & 0xffff_ffff) as u32
}

fn high(pair: i64) -> u32 {
    (pair.cast_unsigned() >> 32) as u32
}

/// A limit in a record: sums are never negative.
fn most(limit: Option<i64>) -> i64 {
    limit.unwrap_or(-1)
}

fn limit(most: i64) -> Option<i64> {
    (most >= 0).then_some(most)
}

fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

impl Stamped {
    /// The record this fact is kept as.
    pub fn record(&self) -> Record {
        let cause = match self.cause {
            Cause::Line(OrderId(number)) => number & CAUSE_NUMBER,
            Cause::Message(Serial(number)) => number & CAUSE_NUMBER | CAUSE_MESSAGE,
            Cause::Timer(number) => number & CAUSE_NUMBER | CAUSE_TIMER,
        };
        let record = Record {
            at: self.at,
            cause,
            ..Record::default()
        };
        match self.fact {
            Fact::Posted(it) => Record {
                tag: 1,
                sub: it.purpose as u8,
                flags: [it.finality as u8, 0],
                a: it.book.0,
                b: it.debit.0,
                c: it.credit.0,
                d: it.order.0,
                x: it.amount,
                ..record
            },
            Fact::Sent(it) => Record {
                tag: 2,
                sub: it.subject as u8,
                flags: [it.purpose as u8 | (it.fate as u8) << 6, it.fault],
                a: it.from.0,
                b: it.to.0,
                c: it.wallet.map_or(NONE, |wallet| wallet.0),
                d: it.other.unwrap_or(NONE),
                x: it.amount,
                y: it.due,
                z: two(it.serial.0, it.order.0),
                w: two(it.memo.0, it.signature.0),
                ..record
            },
            Fact::Changed(change) => change_record(change, Record { tag: 3, ..record }),
            Fact::Scheduled(it) => Record {
                tag: 4,
                a: it.party.0,
                b: it.number,
                x: it.due,
                ..record
            },
            Fact::Refused(it) => Record {
                tag: 5,
                sub: it.code as u8,
                flags: [it.purpose as u8, 0],
                a: it.by.0,
                b: it.party.0,
                c: it.wallet.map_or(NONE, |wallet| wallet.0),
                d: it.order.0,
                x: it.asked,
                y: it.allowed,
                z: it.used,
                ..record
            },
        }
    }
}

fn change_record(change: Change, record: Record) -> Record {
    match change {
        Change::PartyOpened {
            party,
            kind,
            at,
            name,
        } => Record {
            sub: 1,
            flags: [kind as u8, 0],
            a: party.0,
            b: at.map_or(NONE, |at| at.0),
            c: name.0,
            ..record
        },
        Change::AccountOpened {
            account,
            book,
            class,
            title,
            subject,
            may_overdraw,
        } => Record {
            sub: 2,
            flags: [class as u8 | u8::from(may_overdraw) << 7, title as u8],
            a: account.0,
            b: book.0,
            c: subject,
            ..record
        },
        Change::WalletOpened {
            wallet,
            owner,
            operator,
            ty,
            name,
            key,
        } => Record {
            sub: 3,
            flags: ty.to_le_bytes(),
            a: wallet.0,
            b: owner.0,
            c: operator.0,
            d: name.0,
            x: i64::from(key.0),
            ..record
        },
        Change::WalletUsed {
            wallet,
            available,
            expected,
            spent_day,
            spent_year,
            day,
        } => Record {
            sub: 4,
            a: wallet.0,
            b: day.cast_unsigned(),
            x: available,
            y: expected,
            z: spent_day,
            w: spent_year,
            ..record
        },
        Change::FaultLaid {
            fault,
            fate,
            from,
            to,
            count,
            after,
            delay,
        } => Record {
            sub: 5,
            flags: [fate as u8, fault],
            a: from.map_or(NONE, |party| party.0),
            b: to.map_or(NONE, |party| party.0),
            c: count,
            d: after,
            x: delay,
            ..record
        },
        Change::Arrived => Record { sub: 6, ..record },
        Change::PutAside => Record { sub: 7, ..record },
        Change::Overdue { order, party } => Record {
            sub: 8,
            a: order.0,
            b: party.0,
            ..record
        },
        Change::Idle => Record { sub: 9, ..record },
        Change::Parked {
            order,
            party,
            amount,
        } => Record {
            sub: 10,
            a: order.0,
            b: party.0,
            x: amount,
            ..record
        },
        Change::Unparked { order, party } => Record {
            sub: 11,
            a: order.0,
            b: party.0,
            ..record
        },
        Change::Instructed { order, terms } => Record {
            sub: 12,
            a: order.0,
            b: terms.about.map_or(NONE, |about| about.0),
            c: terms.key.0,
            d: terms.name.0,
            x: terms.due,
            y: terms.every,
            z: terms.times,
            ..record
        },
        Change::WalletStatus { wallet, status } => Record {
            sub: 13,
            flags: [status as u8, 0],
            a: wallet.0,
            ..record
        },
        Change::WalletTyped { wallet, ty } => Record {
            sub: 14,
            flags: ty.to_le_bytes(),
            a: wallet.0,
            ..record
        },
        Change::WalletLimited { wallet, limits } => Record {
            sub: 15,
            a: wallet.0,
            x: most(limits.balance),
            y: most(limits.payment),
            z: most(limits.day),
            w: most(limits.year),
            ..record
        },
        Change::SubOpened {
            wallet,
            parent,
            only,
            cap,
        } => Record {
            sub: 16,
            a: wallet.0,
            b: parent.0,
            c: only.map_or(NONE, |only| only.0),
            x: most(cap),
            ..record
        },
        Change::BillMade {
            order,
            payee,
            payer,
            amount,
            due,
        } => Record {
            sub: 17,
            a: order.0,
            b: payee.0,
            c: payer.0,
            x: amount,
            y: due,
            ..record
        },
        Change::BillClosed { order, outcome } => Record {
            sub: 18,
            flags: [outcome as u8, 0],
            a: order.0,
            ..record
        },
        Change::PaymentKept {
            order,
            payer,
            payee,
            amount,
            refunded,
            made,
        } => Record {
            sub: 19,
            a: order.0,
            b: payer.0,
            c: payee.0,
            x: amount,
            y: refunded,
            z: made,
            ..record
        },
        Change::KeyUsed { wallet, key } => Record {
            sub: 20,
            a: wallet.0,
            b: key.0,
            ..record
        },
        Change::Standing {
            order,
            wallet,
            payee,
            amount,
            due,
            every,
            times,
        } => Record {
            sub: 21,
            a: order.0,
            b: wallet.0,
            c: payee.0,
            x: amount,
            y: due,
            z: every,
            w: times,
            ..record
        },
        Change::Earned {
            wallet,
            day,
            accrued,
            owed,
        } => Record {
            sub: 22,
            a: wallet.0,
            b: day.cast_unsigned(),
            x: (accrued.cast_unsigned() as u64).cast_signed(),
            y: (accrued >> 64) as i64,
            z: owed,
            ..record
        },
        Change::Resent { serial, due } => Record {
            sub: 23,
            a: serial.0,
            x: due,
            ..record
        },
        Change::Recalled { serial } => Record {
            sub: 24,
            a: serial.0,
            ..record
        },
        Change::Begun {
            order,
            purpose,
            crowd,
            members,
            until,
        } => Record {
            sub: 25,
            flags: [purpose as u8, 0],
            a: order.0,
            b: crowd.0,
            c: members,
            x: until,
            ..record
        },
    }
}

impl TryFrom<&Record> for Stamped {
    type Error = NotAFact;

    fn try_from(record: &Record) -> Result<Self, NotAFact> {
        let number = record.cause & CAUSE_NUMBER;
        let cause = match record.cause & !CAUSE_NUMBER {
            0 => Some(Cause::Line(OrderId(number))),
            CAUSE_MESSAGE => Some(Cause::Message(Serial(number))),
            CAUSE_TIMER => Some(Cause::Timer(number)),
            _ => None,
        };
        match (cause, fact(record)) {
            (Some(cause), Some(fact)) => Ok(Stamped {
                at: record.at,
                cause,
                fact,
            }),
            _ => Err(NotAFact {
                tag: record.tag,
                sub: record.sub,
            }),
        }
    }
}

fn fact(record: &Record) -> Option<Fact> {
    let Record {
        at,
        sub,
        flags,
        a,
        b,
        c,
        d,
        x,
        y,
        z,
        w,
        ..
    } = *record;
    Some(match record.tag {
        1 => Fact::Posted(Journal {
            book: PartyId(a),
            debit: AccountId(b),
            credit: AccountId(c),
            amount: x,
            purpose: Purpose::from_tag(sub)?,
            finality: Finality::from_tag(flags[0])?,
            order: OrderId(d),
        }),
        2 => Fact::Sent(Message {
            serial: Serial(low(z)),
            from: PartyId(a),
            to: PartyId(b),
            subject: Subject::from_tag(sub)?,
            purpose: Purpose::from_tag(flags[0] & 0x3f)?,
            order: OrderId(high(z)),
            wallet: some(c).map(WalletId),
            other: some(d),
            amount: x,
            sent: at,
            due: y,
            fate: Fate::from_tag(flags[0] >> 6)?,
            fault: flags[1],
            memo: TextId(low(w)),
            signature: TextId(high(w)),
        }),
        3 => Fact::Changed(change(record)?),
        4 => Fact::Scheduled(Timer {
            due: x,
            number: b,
            party: PartyId(a),
        }),
        5 => Fact::Refused(Refusal {
            code: Code::from_tag(sub)?,
            by: PartyId(a),
            party: PartyId(b),
            order: OrderId(d),
            purpose: Purpose::from_tag(flags[0])?,
            wallet: some(c).map(WalletId),
            asked: x,
            allowed: y,
            used: z,
        }),
        _ => return None,
    })
}

fn change(record: &Record) -> Option<Change> {
    let Record {
        sub,
        flags,
        a,
        b,
        c,
        d,
        x,
        y,
        z,
        w,
        ..
    } = *record;
    Some(match sub {
        1 => Change::PartyOpened {
            party: PartyId(a),
            kind: Kind::from_tag(flags[0])?,
            at: some(b).map(PartyId),
            name: TextId(c),
        },
        2 => Change::AccountOpened {
            account: AccountId(a),
            book: PartyId(b),
            class: *Class::ALL.get(usize::from(flags[0] & 0x7f))?,
            title: Title::from_tag(flags[1])?,
            subject: c,
            may_overdraw: flags[0] & 0x80 != 0,
        },
        3 => Change::WalletOpened {
            wallet: WalletId(a),
            owner: PartyId(b),
            operator: PartyId(c),
            ty: u16::from_le_bytes(flags),
            name: TextId(d),
            key: TextId(low(x)),
        },
        4 => Change::WalletUsed {
            wallet: WalletId(a),
            available: x,
            expected: y,
            spent_day: z,
            spent_year: w,
            day: b.cast_signed(),
        },
        5 => Change::FaultLaid {
            fault: flags[1],
            fate: Fate::from_tag(flags[0])?,
            from: some(a).map(PartyId),
            to: some(b).map(PartyId),
            count: c,
            after: d,
            delay: x,
        },
        6 => Change::Arrived,
        7 => Change::PutAside,
        8 => Change::Overdue {
            order: OrderId(a),
            party: PartyId(b),
        },
        9 => Change::Idle,
        10 => Change::Parked {
            order: OrderId(a),
            party: PartyId(b),
            amount: x,
        },
        11 => Change::Unparked {
            order: OrderId(a),
            party: PartyId(b),
        },
        12 => Change::Instructed {
            order: OrderId(a),
            terms: Terms {
                about: some(b).map(OrderId),
                key: TextId(c),
                name: TextId(d),
                due: x,
                every: y,
                times: z,
            },
        },
        13 => Change::WalletStatus {
            wallet: WalletId(a),
            status: Status::from_tag(flags[0])?,
        },
        14 => Change::WalletTyped {
            wallet: WalletId(a),
            ty: u16::from_le_bytes(flags),
        },
        15 => Change::WalletLimited {
            wallet: WalletId(a),
            limits: Limits {
                balance: limit(x),
                payment: limit(y),
                day: limit(z),
                year: limit(w),
            },
        },
        16 => Change::SubOpened {
            wallet: WalletId(a),
            parent: WalletId(b),
            only: some(c).map(WalletId),
            cap: limit(x),
        },
        17 => Change::BillMade {
            order: OrderId(a),
            payee: WalletId(b),
            payer: WalletId(c),
            amount: x,
            due: y,
        },
        18 => Change::BillClosed {
            order: OrderId(a),
            outcome: Outcome::from_tag(flags[0])?,
        },
        19 => Change::PaymentKept {
            order: OrderId(a),
            payer: WalletId(b),
            payee: WalletId(c),
            amount: x,
            refunded: y,
            made: z,
        },
        20 => Change::KeyUsed {
            wallet: WalletId(a),
            key: TextId(b),
        },
        21 => Change::Standing {
            order: OrderId(a),
            wallet: WalletId(b),
            payee: WalletId(c),
            amount: x,
            due: y,
            every: z,
            times: w,
        },
        22 => Change::Earned {
            wallet: WalletId(a),
            day: b.cast_signed(),
            accrued: i128::from(y) << 64 | i128::from(x.cast_unsigned()),
            owed: z,
        },
        23 => Change::Resent {
            serial: Serial(a),
            due: x,
        },
        24 => Change::Recalled { serial: Serial(a) },
        25 => Change::Begun {
            order: OrderId(a),
            purpose: Purpose::from_tag(flags[0])?,
            crowd: TextId(b),
            members: c,
            until: x,
        },
        _ => return None,
    })
}
