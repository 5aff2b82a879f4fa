//! The five kinds of fact, and the 64-byte record each is kept and hashed as.
//!
//! Everything that happens in a run is one of these. Applying the facts of a
//! log in order rebuilds the world at any position, so a fact holds all that is
//! needed to apply it. The tags of the record format are explicit and only ever
//! appended to: a number once given keeps its meaning.

mod record;

pub use record::{NotAFact, Record};

use ledger::{AccountId, Class};

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
        /// A payment firm or bank without wallets of its own: the front end of
        /// one operator, and a keeper of its customers' money.
        Agent = 7 "agent",
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
        /// A wallet gets a name in the directory.
        Alias = 26 "alias",
        /// A payer asks whose name it is.
        LookUp = 27 "look-up",
        /// A bank lets a type of wallet do less.
        Restrict = 28 "restrict",
        /// A payer reads a payment code.
        Scan = 29 "scan",
        /// A payer pays a list.
        PayMany = 30 "pay-many",
        /// Deposit to a balance at an agent.
        TopUp = 31 "top-up",
        /// A balance at an agent to deposit.
        Withdraw = 32 "withdraw",
        /// From balance to balance at an agent.
        Transfer = 33 "transfer",
        /// A bank has failed: insured deposits go to another.
        Resolve = 34 "resolve",
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
        /// Bank to the directory: whose name is this?
        LookUp = 26 "look-up",
        /// Directory to bank, and on to the holder: this wallet's.
        Found = 27 "found",
        /// Directory to bank, and on to the holder: nobody's.
        NotFound = 28 "not-found",
        /// Bank to the directory: enter this name for this wallet.
        Enrol = 29 "enrol",
        /// Directory to bank: entered.
        Enrolled = 30 "enrolled",
        /// Central bank to a bank: you have failed.
        Resolve = 31 "resolve",
        /// Failed bank to the central bank: so much of this depositor's is
        /// insured.
        Insured = 32 "insured",
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
        matches!(self, Kind::CentralBank | Kind::Operator | Kind::Agent)
    }
}

impl Purpose {
    /// Whether it is between two wallets, whose numbers its messages bear.
    pub fn is_between_wallets(self) -> bool {
        self.is_payment()
            || matches!(
                self,
                Purpose::Request
                    | Purpose::Decline
                    | Purpose::Schedule
                    | Purpose::OpenSub
                    | Purpose::LookUp
                    | Purpose::Transfer
            )
    }

    /// Whether what is asked for by it ends in a payment, if nothing is in its
    /// way.
    pub fn leads_to_payment(self) -> bool {
        matches!(self, Purpose::Pay | Purpose::LookUp | Purpose::Scan)
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
