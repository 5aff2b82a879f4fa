//! The five kinds of fact, and the 64-byte record each is kept and hashed as.
//!
//! Everything that happens in a run is one of these. Applying the facts of a
//! log in order rebuilds the world at any position, so a fact holds all that is
//! needed to apply it. The tags of the record format are explicit and only ever
//! appended to: a number once given keeps its meaning.

mod abroad;
mod contract;
mod offline;
mod record;
mod verbs;

pub use abroad::{Deal, Stage};
pub use contract::{ContractChange, Deed, Did, Shop};
pub use offline::{DeviceId, OfflineChange};
pub use record::{NotAFact, Record};
pub use verbs::{Purpose, Subject};

use ledger::{AccountId, Class};
use money::Currency;

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

            /// Its place among them, from 0, whatever its tag.
            pub fn index(self) -> usize {
                enum Place { $($variant),+ }
                match self { $($name::$variant => Place::$variant as usize),+ }
            }

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
        /// A payment firm or bank without wallets of its own: the front end of
        /// one operator, and a keeper of its customers' money.
        Agent = 7 "agent",
        /// A central bank abroad.
        Authority = 20 "authority",
        /// A bank abroad.
        ForeignBank = 21 "foreign-bank",
        /// The central banks' common platform.
        Platform = 22 "platform",
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
        /// Central bank: what it keeps of an agent's customers' money.
        ClientReserves = 16 "client-reserves",
        /// Agent: its customers' money at the central bank.
        ClientAsset = 17 "client-asset",
        /// Agent: what it owes each customer.
        Balances = 18 "balances",
        /// Central bank: what a failed bank owes it for insured deposits.
        Claims = 19 "claims",
        /// Failed bank: insured deposits that the central bank has paid.
        OwedToInsurer = 20 "owed-to-insurer",
        /// Central bank: its currency that is on the common platform.
        OnBridge = 40 "on-bridge",
        /// Common platform: a currency that its central bank has issued on it.
        Issued = 41 "issued",
        /// Common platform: what of a currency it keeps for each bank.
        Holding = 42 "holding",
        /// Bank: what of a currency it has on the common platform.
        Bridge = 43 "bridge",
        /// Bank: what of a currency it has been paid, less what it has paid.
        Position = 44 "position",
        /// Bank: its account at a bank in another country.
        Nostro = 45 "nostro",
        /// Bank: what it owes a bank in another country.
        Vostro = 46 "vostro",
        /// Correspondent: payments that it has to pass on.
        InTransit = 47 "in-transit",
        /// Central bank's register, or the bank that owes it: digital money
        /// that a contract holds.
        Contracts = 60 "contracts",
        /// Whoever owes digital currency: what of it is in offline purses.
        Float = 80 "float",
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

impl Kind {
    /// Whether it keeps books for others, and is known to everybody.
    pub fn is_institution(self) -> bool {
        matches!(
            self,
            Kind::CentralBank
                | Kind::Operator
                | Kind::Agent
                | Kind::Authority
                | Kind::ForeignBank
                | Kind::Platform
        )
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
    /// The name in the directory, or the text of a payment code, by which the
    /// payee is meant.
    pub address: TextId,
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

impl Limits {
    /// The lower of each two.
    #[must_use]
    pub fn lower(self, other: Self) -> Self {
        let lower = |one: Option<i64>, other: Option<i64>| match (one, other) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Limits {
            balance: lower(self.balance, other.balance),
            payment: lower(self.payment, other.payment),
            day: lower(self.day, other.day),
            year: lower(self.year, other.year),
        }
    }
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
    /// The directory has a name for a wallet.
    Aliased {
        /// Which wallet.
        wallet: WalletId,
        /// Its name there.
        alias: TextId,
    },
    /// A bank lets its wallets of a type do less than the rules do.
    TypeLimited {
        /// Which bank.
        bank: PartyId,
        /// Which type, as an index into the rules' wallet types.
        ty: u16,
        /// Its limits now.
        limits: Limits,
    },
    /// A holder reaches its bank through an agent.
    Fronted {
        /// Who.
        party: PartyId,
        /// Through whom.
        agent: PartyId,
    },
    /// An agent passes a request on that was signed earlier.
    Relayed {
        /// Which request.
        order: OrderId,
        /// When it was signed, milliseconds.
        signed: i64,
    },
    /// The central bank has declared a bank failed.
    BankFailed {
        /// Which.
        bank: PartyId,
        /// Who takes its insured depositors.
        successor: PartyId,
    },
    /// A holder's account is at another bank now.
    Moved {
        /// Whose.
        party: PartyId,
        /// Where it is.
        bank: PartyId,
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
    /// An account was opened in a currency of its own.
    AccountIn {
        /// Its number.
        account: AccountId,
        /// Whose book.
        book: PartyId,
        /// Its side.
        class: Class,
        /// Its title.
        title: Title,
        /// Whose it is within the book: a party's number.
        subject: u32,
        /// Whether it may go below zero.
        may_overdraw: bool,
        /// Its currency.
        currency: Currency,
    },
    /// A central bank abroad has this currency.
    Adopted {
        /// Which central bank.
        party: PartyId,
        /// Its currency.
        currency: Currency,
    },
    /// What a request across a border is about.
    Dealt {
        /// The request.
        order: OrderId,
        /// What it is about.
        deal: Deal,
    },
    /// A party's file of a swap: how far it is.
    Filed {
        /// The request that offered it.
        order: OrderId,
        /// Whose file.
        party: PartyId,
        /// How far.
        stage: Stage,
    },
    /// A bank on the way of a payment through correspondents.
    Routed {
        /// The payment.
        order: OrderId,
        /// Its place on the way, from 0: the payer's bank.
        place: u32,
        /// The bank.
        party: PartyId,
    },
    /// A correspondent has a payment to pass on, or has passed it on.
    Forwarding {
        /// The payment.
        order: OrderId,
        /// The correspondent.
        party: PartyId,
        /// Who it came from.
        from: PartyId,
        /// How much came; 0 when it has gone back.
        amount: i64,
        /// When it is passed on, milliseconds.
        due: i64,
        /// What of it was passed on, after the fee; 0 before.
        passed: i64,
    },
    /// Something of what happens without a network.
    Offline(OfflineChange),
    /// Something about a contract that holds money.
    Contract(ContractChange),
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
