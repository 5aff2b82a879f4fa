//! The two-tier currency: its operations, and what each party decides on them.
//!
//! What travels for each operation under stocked issuance (solid lines are
//! messages, `[…]` a posting by the party that decides). A bank that cannot go
//! on answers `Rejected` or sends reserves back, and every step before it is
//! undone in its own book.
//!
//! ```text
//! issue      CB [reserves → repository] ──Issued──▶ bank [vault ← reserves]
//! return     bank [reserves ← vault] ──Returned──▶ CB [repository → reserves]
//! exchange   holder ──Ask──▶ bank [deposits → vault] ──Convert──▶ CB [repository → circulation]
//!              ──Converted──▶ bank ──Receipt──▶ holder
//!   from elsewhere   holder ──Ask──▶ D [deposits → reserves] ──Transfer──▶ CB [reserves D → O]
//!              ──Transferred──▶ O [reserves ← vault] ──Convert──▶ … as above
//! cash-in    holder [cash out] ──AskWithNotes──▶ bank [cash ← vault] ──Convert──▶ … as above
//! redeem     holder ──Ask──▶ O ──Withdraw──▶ CB [circulation → repository] ──Withdrawn──▶
//!              O [vault → deposits]
//!   to elsewhere     … O [vault → reserves] ──Transfer──▶ CB [reserves O → D] ──Transferred──▶
//!              D [reserves → deposits]
//! cash-out   holder ──Ask──▶ O ──Withdraw──▶ CB ──Withdrawn──▶ O [vault → cash]
//!              ──HandNotes──▶ holder [cash in]
//! pay        payer ──Ask──▶ O ──Order──▶ CB [circulation → circulation, final] ──Settled──▶ O
//!   other bank       payer ──Ask──▶ A ──Offer──▶ B ──Accept──▶ CB [the same] ──Settled──▶ A and B
//! ```
//!
//! A bank that was sent reserves answers `Credited` when whom they were for has
//! the money. On demand the same travels with reserves in the place of vault and
//! repository. Under digital deposit money wallets are in the bank's own book,
//! and only what goes to another bank travels:
//!
//! ```text
//! exchange, redeem, cash-in, cash-out, pay within a bank
//!            holder ──Ask──▶ bank [deposits, cash or wallets → wallets] ──Receipt──▶ holder
//! pay, other bank
//!            payer ──Ask──▶ A [wallets → to-settle] ──Transfer──▶ CB [reserves A → B]
//!              ──Settled──▶ A [to-settle → reserves]
//!              ──Transferred──▶ B [reserves → wallets] ──Credited──▶ A ──Receipt──▶ payer
//!   B says no        B [reserves → to-return] ──SendBack──▶ CB [reserves B → A]
//!              ──Settled──▶ B [to-return → reserves], ──SentBack──▶ A [reserves → wallets]
//! ```
//!
//! A holder may reach its bank through an agent, which passes on what the two say
//! to each other. An agent also keeps balances; what it owes is at the central
//! bank, every bit of it:
//!
//! ```text
//! top-up     holder ──Ask──▶ bank [deposits → reserves] ──Transfer──▶ CB [reserves → client reserves]
//!              ──Transferred──▶ agent [client asset ← balances] ──Credited──▶ bank
//! withdraw   holder ──Ask──▶ agent [balances → client asset] ──Transfer──▶ CB [client reserves → reserves]
//!              ──Transferred──▶ bank [reserves ← deposits] ──Credited──▶ agent
//! transfer   holder ──Ask──▶ agent [balances → balances]
//! resolve    CB ──Resolve──▶ failed bank [deposits, and wallets that it owes → owed to insurer]
//!              ──Insured──▶ CB [claims → reserves] ──Transferred──▶ successor [reserves ← deposits]
//! ```
//!
//! Who is meant by an account number the payer's phone reads off it. By an alias:
//!
//! ```text
//! alias      holder ──Ask──▶ bank ──Enrol──▶ CB (its directory) ──Enrolled──▶ bank ──Receipt──▶ holder
//! pay-to     payer ──Ask──▶ A ──LookUp──▶ CB ──Found──▶ A ──Found──▶ payer, who pays as above
//! ```
//!
//! A message that never arrived is known to its sender: nobody confirmed it. The
//! sender can send it again (`retry`; receivers know it by its number) or, where
//! nothing was decided on it, call it off and undo what waits (`reverse`).

pub mod address;
mod agent;
mod central_bank;
mod desk;
mod holder;
mod operator;
mod waiting;

pub(crate) use desk::Refused;
pub use desk::{Desk, Input, Out};
pub(crate) use operator::{flow_on, give_back, has_funds, into_account, may_ask, repair, spend};
pub(crate) use waiting::{name_overdue, set_timer};

use crate::describe;
use crate::describe::{Actor, Count, Minor, Parties, PerSecond, Shares, Sums, TypeNo};
use crate::fact::{Kind, Limits, Message, OrderId, PartyId, Purpose, Terms, TextId, WalletId};
use crate::spec::FieldType;
use crate::state::World;
use money::{Rate, Span};
use seal::Instruction;

/// Whoever can hold a wallet.
pub const HOLDERS: &[&str] = &["person", "firm", "merchant", "visitor", "wallet"];

/// Whoever can have money of its own to swap: agents hold it for what they sell over the counter.
const OWNERS: &[&str] = &["person", "firm", "merchant", "visitor", "agent", "wallet"];

const BANK: FieldType = FieldType::Actor(&["operator"]);
const PARTY: FieldType = FieldType::Actor(&[
    "central-bank",
    "operator",
    "agent",
    "person",
    "firm",
    "merchant",
    "visitor",
    "authority",
    "foreign-bank",
    "platform",
]);
const HOLDER: FieldType = FieldType::Actor(&["person", "firm", "merchant", "visitor"]);
const PAYEE: FieldType = FieldType::Actor(HOLDERS);
const REQUEST: FieldType = FieldType::Actor(&["request"]);
const PAYMENT: FieldType = FieldType::Actor(&["payment"]);
const SHARES: FieldType = FieldType::Shares(HOLDERS);
const AGENT: FieldType = FieldType::Actor(&["agent"]);
const BANKS: FieldType = FieldType::Actors(&["operator"]);

describe! {
    /// What parties can ask for.
    Operation;

    /// The central bank turns some of a bank's reserves into digital currency in that bank's vault.
    Issue "issue" by &["central-bank"], "central-bank: issue 1_000.00 to=Harbour" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// The bank that receives it.
        named to: PartyId as BANK, "to";
    }

    /// A bank gives digital currency from its vault back to the central bank and gets reserves for it.
    Return "return" by &["operator"], "Harbour: return 200.00" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Swaps bank deposit into digital currency in the wallet.
    Exchange "exchange" by OWNERS, "Alice: exchange 500.00" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Swaps digital currency in the wallet back into bank deposit.
    Redeem "redeem" by OWNERS, "Alice: redeem 400.00" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Brings banknotes to the wallet's bank and gets digital currency for them.
    CashIn "cash-in" by OWNERS, "Bob: cash-in 2_600.00" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Takes digital currency out of the wallet as banknotes.
    CashOut "cash-out" by OWNERS, "Bob: cash-out 100.00" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Pays another wallet, at the same bank or another.
    Pay "pay" by HOLDERS, "Alice: pay Noodles 12.50 memo=\"lunch\"" creates "payment" {
        /// Who is paid.
        plain to: Actor as PAYEE, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// Words for the payee.
        named memo: Option<TextId> as FieldType::Text, "memo";
        /// The sender's own number: of requests that have the same, one counts.
        named key: Option<TextId> as FieldType::Text, "key";
    }

    /// Pays whoever has an account number, or a name in the central bank's directory.
    PayTo "pay-to" by HOLDERS, "Alice: pay-to \"bob@summit\" 12.50" creates "payment" {
        /// The account number, as the payee's phone shows it, or the alias.
        plain to: TextId as FieldType::Text, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// Words for the payee.
        named memo: Option<TextId> as FieldType::Text, "memo";
        /// The sender's own number: of requests that have the same, one counts.
        named key: Option<TextId> as FieldType::Text, "key";
    }

    /// Pays what a merchant's payment code says: an EMV code, or a BR Code where money is Brazil's.
    Scan "scan" by HOLDERS, "Alice: scan \"00020101...\" 12.50" creates "payment" {
        /// The text of the code, as the merchant's phone shows it.
        plain code: TextId as FieldType::Text, "code";
        /// How much; left out where the code says it.
        plain amount: Option<Minor> as FieldType::Amount, "amount";
        /// The sender's own number: of requests that have the same, one counts.
        named key: Option<TextId> as FieldType::Text, "key";
    }

    /// Pays many at once, each its own sum; each is a payment of its own.
    PayMany "pay-many" by HOLDERS, "Noodles: pay-many {Alice=100.00, Bob=250.00} memo=\"wages\"" {
        /// Who is paid, and how much.
        plain to: Shares as SHARES, "to";
        /// Words for the payees.
        named memo: Option<TextId> as FieldType::Text, "memo";
    }

    /// Gives the wallet a name in the central bank's directory, by which it can be paid.
    Alias "alias" by HOLDERS, "Bob: alias \"bob@summit\"" {
        /// The name: a telephone number, an address, any word without blanks.
        plain name: TextId as FieldType::Text, "name";
    }

    /// Orders a payment for later, once or again and again.
    Schedule "schedule" by HOLDERS, "Alice: schedule Noodles 30.00 in=1d every=7d times=4" {
        /// Who is paid.
        plain to: Actor as PAYEE, "to";
        /// How much each time.
        plain amount: Minor as FieldType::Amount, "amount";
        /// How long from now the first payment is made.
        named after: Span as FieldType::Duration, "in";
        /// How long after that each further one; left out for a single payment.
        named every: Option<Span> as FieldType::Duration, "every";
        /// How often in all; 1 if left out.
        named times: Option<Count> as FieldType::Count, "times";
    }

    /// Asks another wallet to pay.
    Request "request" by HOLDERS, "Noodles: request Alice 12.50 expires=10m as Bill" creates "request" {
        /// Who is asked.
        plain from: Actor as PAYEE, "from";
        /// For how much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// Words for the payer.
        named memo: Option<TextId> as FieldType::Text, "memo";
        /// For how long it may be paid; left out, it does not end.
        named expires: Option<Span> as FieldType::Duration, "expires";
    }

    /// Pays what one was asked for.
    Accept "accept" by HOLDERS, "Alice: accept Bill" {
        /// The request to be paid.
        plain request: Actor as REQUEST, "request";
    }

    /// Says that one will not pay what one was asked for.
    Decline "decline" by HOLDERS, "Alice: decline Bill" {
        /// The request to be paid.
        plain request: Actor as REQUEST, "request";
    }

    /// Gives back a payment that has a name, in part or whole.
    Refund "refund" by HOLDERS, "Noodles: refund Lunch 5.00" {
        /// The payment.
        plain payment: Actor as PAYMENT, "payment";
        /// How much of it; all that is left of it if left out.
        plain amount: Option<Minor> as FieldType::Amount, "amount";
    }

    /// Moves the wallet to another type, as better papers allow. It keeps its balance and history.
    Upgrade "upgrade" by HOLDERS, "Bob: upgrade II" {
        /// The type.
        plain to: TypeNo as FieldType::WalletType, "to";
    }

    /// Sets the holder's own limits, up to those of the wallet's type.
    Limit "limit" by HOLDERS, "Alice: limit payment=100.00 day=300.00" {
        /// The most the wallet may hold.
        named balance: Option<Minor> as FieldType::Amount, "balance";
        /// The most it may pay at a time.
        named payment: Option<Minor> as FieldType::Amount, "payment";
        /// The most it may pay in a day.
        named day: Option<Minor> as FieldType::Amount, "day";
        /// The most it may pay in a calendar year.
        named year: Option<Minor> as FieldType::Amount, "year";
    }

    /// Gives an empty wallet up.
    Close "close" by HOLDERS, "Bob: close" {}

    /// Opens a sub-wallet: a person's private, capped handle for one payee, or one more that a firm is paid by.
    OpenSub "open-sub" by HOLDERS, "Alice: open-sub for=Noodles cap=200.00 as Lunches" creates "wallet" {
        /// The only wallet it pays; left out, it pays any.
        named payee: Option<Actor> as PAYEE, "for";
        /// The most it may pay in a day.
        named cap: Option<Minor> as FieldType::Amount, "cap";
    }

    /// An operator stops a wallet, as the law orders: it may neither pay nor be paid.
    Freeze "freeze" by &["operator"], "Harbour: freeze Alice" {
        /// The wallet.
        plain wallet: Actor as PAYEE, "wallet";
    }

    /// Lets the bank's wallets of a type do less than the rules do, up to what they allow.
    Restrict "restrict" by &["operator"], "Harbour: restrict IV payment=500.00" {
        /// The type.
        plain ty: TypeNo as FieldType::WalletType, "type";
        /// The most such a wallet may hold.
        named balance: Option<Minor> as FieldType::Amount, "balance";
        /// The most it may pay at a time.
        named payment: Option<Minor> as FieldType::Amount, "payment";
        /// The most it may pay in a day.
        named day: Option<Minor> as FieldType::Amount, "day";
        /// The most it may pay in a calendar year.
        named year: Option<Minor> as FieldType::Amount, "year";
    }

    /// Lets a frozen wallet pay and be paid again.
    Unfreeze "unfreeze" by &["operator"], "Harbour: unfreeze Alice" {
        /// The wallet.
        plain wallet: Actor as PAYEE, "wallet";
    }

    /// Posts the interest that wallets have earned up to today, where wallets earn interest.
    Accrue "accrue" by &["operator"], "Harbour: accrue pay=true" {
        /// Whether it is paid out into the wallets; if left out, it is only owed.
        named pay: Option<bool> as FieldType::Bool, "pay";
    }

    /// Moves bank deposit into a balance that an agent keeps for the holder: its customers' money is at the central bank.
    TopUp "top-up" by HOLDERS, "Alice: top-up 200.00 at=Corner" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// The agent.
        named at: PartyId as AGENT, "at";
    }

    /// Takes money back from an agent into the bank account.
    Withdraw "withdraw" by HOLDERS, "Alice: withdraw 50.00 from=Corner" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// The agent.
        named from: PartyId as AGENT, "from";
    }

    /// Pays from the balance at an agent into another's balance there.
    Transfer "transfer" by HOLDERS, "Alice: transfer Bob 20.00 at=Corner" {
        /// Who is paid.
        plain payee: Actor as PAYEE, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// The agent.
        named at: PartyId as AGENT, "at";
    }

    /// The central bank declares that a bank has failed: what is insured of its depositors' money goes to another bank.
    Resolve "resolve" by &["central-bank"], "central-bank: resolve Summit to=Harbour" {
        /// The bank that has failed.
        plain bank: PartyId as BANK, "bank";
        /// The bank that takes its insured depositors.
        named to: PartyId as BANK, "to";
    }

    /// Sends messages again that have never arrived.
    Retry "retry" by &["operator", "agent", "central-bank", "authority", "foreign-bank", "platform"], "Harbour: retry" {}

    /// Calls the oldest message off that has never arrived, and undoes what waits for it.
    Reverse "reverse" by &["operator", "agent", "central-bank", "authority", "foreign-bank"], "Harbour: reverse" {}
}

describe! {
    /// Faults of the network, so that a failing run can be written as a scenario.
    Fault;

    /// The next message that fits never arrives.
    Lose "lose" by &["network"], "network: lose from=Harbour to=central-bank" {
        /// Only messages from this party.
        named from: Option<PartyId> as PARTY, "from";
        /// Only messages to this party.
        named to: Option<PartyId> as PARTY, "to";
        /// How many messages; 1 if left out.
        named count: Option<Count> as FieldType::Count, "count";
        /// How many fitting messages pass first; 0 if left out.
        named after: Option<Count> as FieldType::Count, "after";
    }

    /// The next message that fits arrives twice.
    Double "double" by &["network"], "network: double to=Summit count=3" {
        /// Only messages from this party.
        named from: Option<PartyId> as PARTY, "from";
        /// Only messages to this party.
        named to: Option<PartyId> as PARTY, "to";
        /// How many messages; 1 if left out.
        named count: Option<Count> as FieldType::Count, "count";
        /// How many fitting messages pass first; 0 if left out.
        named after: Option<Count> as FieldType::Count, "after";
    }

    /// The next message that fits arrives late.
    Delay "delay" by &["network"], "network: delay 30s from=central-bank to=Summit" {
        /// How much later.
        plain by: Span as FieldType::Duration, "by";
        /// Only messages from this party.
        named from: Option<PartyId> as PARTY, "from";
        /// Only messages to this party.
        named to: Option<PartyId> as PARTY, "to";
        /// How many messages; 1 if left out.
        named count: Option<Count> as FieldType::Count, "count";
        /// How many fitting messages pass first; 0 if left out.
        named after: Option<Count> as FieldType::Count, "after";
    }
}

describe! {
    /// What a crowd does: its people act for themselves, drawn by its own
    /// random numbers, while time passes.
    Activity;

    /// The crowd's people pay each other and the merchants, at even intervals.
    Trade "trade" by &["crowd"], "Town: trade rate=100/s for=1h mean=25.00 refill=200.00" {
        /// How many payments a second.
        named rate: PerSecond as FieldType::Frequency, "rate";
        /// For how long.
        named length: Span as FieldType::Duration, "for";
        /// The mean of the sums, which are drawn evenly between nothing and twice as much.
        named mean: Minor as FieldType::Amount, "mean";
        /// The share of the payments that go to merchants, where there are any; half if left out.
        named merchants: Option<Rate> as FieldType::Rate, "merchants";
        /// How much bank deposit a payer swaps first whose wallet is short; none if left out.
        named refill: Option<Minor> as FieldType::Amount, "refill";
    }

    /// A bank run: people swap their deposits into their wallets, up to what a wallet may hold, the more of them the more have gone before.
    Run "run" by &["crowd"], "Town: run from=Harbour chance=1% contagion=20% every=10m for=1d" {
        /// The bank they run from; all of the crowd's banks if left out.
        named from: Option<PartyId> as BANK, "from";
        /// The chance that somebody runs whom nobody else alarms, each time.
        named chance: Rate as FieldType::Rate, "chance";
        /// What is added to that chance when all others have gone, and in proportion when only some have.
        named contagion: Option<Rate> as FieldType::Rate, "contagion";
        /// How often each of them thinks about it.
        named every: Span as FieldType::Duration, "every";
        /// For how long.
        named length: Span as FieldType::Duration, "for";
        /// The most that each may swap in a local day, who then goes on the day after; no limit if left out.
        named daily: Option<Minor> as FieldType::Amount, "daily";
    }

    /// A time without a network: everybody loads a phone, pays the others and the merchants that have devices from hand to hand, and reports when it is over. A cheat pays each time from a copy of the phone as well.
    Blackout "blackout" by &["crowd"], "Town: blackout load=200.00 mean=15.00 every=12h for=7d cheats=5%" {
        /// How much each loads before, or half of what a device may hold, if that is less: the other half is room to be paid.
        named load: Minor as FieldType::Amount, "load";
        /// The mean of the sums, which are drawn evenly between nothing and twice as much.
        named mean: Minor as FieldType::Amount, "mean";
        /// How often each of them wants to pay.
        named every: Span as FieldType::Duration, "every";
        /// For how long there is no network.
        named length: Span as FieldType::Duration, "for";
        /// The share of the payments that go to merchants, where there are any with a device; half if left out.
        named merchants: Option<Rate> as FieldType::Rate, "merchants";
        /// The share of people who have copied their phone; none if left out.
        named cheats: Option<Rate> as FieldType::Rate, "cheats";
    }
}

describe! {
    /// What can be declared.
    Declaration;

    /// A bank that runs wallets and keeps accounts.
    Operator "operator" by &[], "operator Harbour reserves=10_000.00" {
        /// Its reserves at the central bank to begin with.
        named reserves: Option<Minor> as FieldType::Amount, "reserves";
        /// Banknotes in its tills to begin with.
        named cash: Option<Minor> as FieldType::Amount, "cash";
    }

    /// A payment firm or bank that runs no wallets: through it people reach the operator behind it, and it keeps balances for them. Money of its own, from which it tops up cards, it has with `deposit` or `cash`.
    Agent "agent" by &[], "agent Corner at=Harbour" {
        /// The operator behind it.
        named at: PartyId as BANK, "at";
        /// Bank deposit of its own to begin with: with it come an account and a wallet for businesses.
        named deposit: Option<Minor> as FieldType::Amount, "deposit";
        /// Banknotes in its till to begin with, likewise.
        named cash: Option<Minor> as FieldType::Amount, "cash";
    }

    /// A person with a wallet, and a bank account where `deposit` is given.
    Person "person" by &[], "person Alice at=Harbour type=II deposit=1_000.00" {
        /// The bank that runs the wallet and keeps the account.
        named at: PartyId as BANK, "at";
        /// The wallet's type.
        named ty: TypeNo as FieldType::WalletType, "type";
        /// Bank deposit to begin with.
        named deposit: Option<Minor> as FieldType::Amount, "deposit";
        /// Banknotes to begin with.
        named cash: Option<Minor> as FieldType::Amount, "cash";
        /// The agent through which it reaches that bank.
        named via: Option<PartyId> as AGENT, "via";
    }

    /// A visitor from abroad with a wallet and no bank account.
    Visitor "visitor" by &[], "visitor Maya at=Summit type=V cash=500.00" {
        /// The bank that runs the wallet.
        named at: PartyId as BANK, "at";
        /// The wallet's type.
        named ty: TypeNo as FieldType::WalletType, "type";
        /// Banknotes to begin with.
        named cash: Option<Minor> as FieldType::Amount, "cash";
        /// The agent through which it reaches that bank.
        named via: Option<PartyId> as AGENT, "via";
    }

    /// A merchant with a wallet and a bank account.
    Merchant "merchant" by &[], "merchant Noodles at=Summit category=5812" {
        /// The bank that runs the wallet and keeps the account.
        named at: PartyId as BANK, "at";
        /// The wallet's type, if not the preset's for businesses.
        named ty: Option<TypeNo> as FieldType::WalletType, "type";
        /// Bank deposit to begin with.
        named deposit: Option<Minor> as FieldType::Amount, "deposit";
        /// Banknotes to begin with.
        named cash: Option<Minor> as FieldType::Amount, "cash";
        /// What it sells, as a merchant category code (ISO 18245).
        named category: Option<Count> as FieldType::Count, "category";
        /// Where its shop is, as its certificate says, for money that may be spent in some places only.
        named area: Option<TextId> as FieldType::Text, "area";
        /// The agent through which it reaches that bank.
        named via: Option<PartyId> as AGENT, "via";
    }

    /// A firm with a wallet and a bank account.
    Firm "firm" by &[], "firm Weavers at=Harbour deposit=50_000.00" {
        /// The bank that runs the wallet and keeps the account.
        named at: PartyId as BANK, "at";
        /// The wallet's type, if not the preset's for businesses.
        named ty: Option<TypeNo> as FieldType::WalletType, "type";
        /// Bank deposit to begin with.
        named deposit: Option<Minor> as FieldType::Amount, "deposit";
        /// Banknotes to begin with.
        named cash: Option<Minor> as FieldType::Amount, "cash";
        /// The agent through which it reaches that bank.
        named via: Option<PartyId> as AGENT, "via";
    }

    /// Another wallet of somebody who exists, an actor of its own.
    Wallet "wallet" by &[], "wallet AliceB owner=Alice at=Summit type=IV" {
        /// Whose it is.
        named owner: PartyId as HOLDER, "owner";
        /// The bank that runs it.
        named at: PartyId as BANK, "at";
        /// Its type.
        named ty: TypeNo as FieldType::WalletType, "type";
    }

    /// Many people as one actor, each with a bank account and a wallet, called Town-1, Town-2 and so on. Their sums come from the crowd's own random numbers, and their requests bear no signatures.
    Crowd "crowd" by &[], "crowd Town count=10_000 at=[Harbour, Summit] type=IV deposit=100.00..5_000.00" creates "person" {
        /// How many people.
        named count: Count as FieldType::Count, "count";
        /// The banks that run their wallets and keep their accounts, in turn.
        named at: Parties as BANKS, "at";
        /// The wallets' type.
        named ty: TypeNo as FieldType::WalletType, "type";
        /// Bank deposit of each to begin with: a sum, or a range in which all are as likely.
        named deposit: Option<Sums> as FieldType::Amounts, "deposit";
        /// Banknotes of each to begin with, likewise.
        named cash: Option<Sums> as FieldType::Amounts, "cash";
    }
}

impl Activity {
    /// The purpose that the fact of its beginning carries.
    pub fn purpose(&self) -> Purpose {
        match self {
            Activity::Trade(_) => Purpose::Trade,
            Activity::Run(_) => Purpose::Run,
            Activity::Blackout(_) => Purpose::Blackout,
        }
    }

    /// For how long it goes on, milliseconds.
    pub fn length(&self) -> i64 {
        match self {
            Activity::Trade(it) => it.length.0,
            Activity::Run(it) => it.length.0,
            Activity::Blackout(it) => it.length.0,
        }
    }
}

impl Operation {
    /// The purpose that its messages and postings carry.
    pub fn purpose(&self) -> Purpose {
        match self {
            Operation::Issue(_) => Purpose::Issue,
            Operation::Return(_) => Purpose::Return,
            Operation::Exchange(_) => Purpose::Exchange,
            Operation::Redeem(_) => Purpose::Redeem,
            Operation::CashIn(_) => Purpose::CashIn,
            Operation::CashOut(_) => Purpose::CashOut,
            // What accepts a request is a payment.
            Operation::Pay(_) | Operation::Accept(_) => Purpose::Pay,
            Operation::PayMany(_) => Purpose::PayMany,
            // Whose name it is has to be found out first.
            Operation::PayTo(_) => Purpose::LookUp,
            Operation::Scan(_) => Purpose::Scan,
            Operation::Alias(_) => Purpose::Alias,
            Operation::Restrict(_) => Purpose::Restrict,
            Operation::TopUp(_) => Purpose::TopUp,
            Operation::Withdraw(_) => Purpose::Withdraw,
            Operation::Transfer(_) => Purpose::Transfer,
            Operation::Resolve(_) => Purpose::Resolve,
            Operation::Schedule(_) => Purpose::Schedule,
            Operation::Request(_) => Purpose::Request,
            Operation::Decline(_) => Purpose::Decline,
            Operation::Refund(_) => Purpose::Refund,
            Operation::Upgrade(_) => Purpose::Upgrade,
            Operation::Limit(_) => Purpose::Limit,
            Operation::Close(_) => Purpose::Close,
            Operation::OpenSub(_) => Purpose::OpenSub,
            Operation::Freeze(_) => Purpose::Freeze,
            Operation::Unfreeze(_) => Purpose::Unfreeze,
            Operation::Accrue(_) => Purpose::Accrue,
            Operation::Retry(_) => Purpose::Retry,
            Operation::Reverse(_) => Purpose::Reverse,
        }
    }

    /// The sum that it moves or asks for, minor units, if it names one.
    pub fn amount(&self) -> Option<i64> {
        match self {
            Operation::Issue(it) => Some(it.amount.0),
            Operation::Return(it) => Some(it.amount.0),
            Operation::Exchange(it) => Some(it.amount.0),
            Operation::Redeem(it) => Some(it.amount.0),
            Operation::CashIn(it) => Some(it.amount.0),
            Operation::CashOut(it) => Some(it.amount.0),
            Operation::Pay(it) => Some(it.amount.0),
            Operation::PayTo(it) => Some(it.amount.0),
            Operation::TopUp(it) => Some(it.amount.0),
            Operation::Withdraw(it) => Some(it.amount.0),
            Operation::Transfer(it) => Some(it.amount.0),
            Operation::Scan(it) => it.amount.map(|it| it.0),
            Operation::Schedule(it) => Some(it.amount.0),
            Operation::Request(it) => Some(it.amount.0),
            Operation::Refund(it) => it.amount.map(|it| it.0),
            Operation::OpenSub(it) => it.cap.map(|it| it.0),
            Operation::Accept(_)
            | Operation::PayMany(_)
            | Operation::Alias(_)
            | Operation::Restrict(_)
            | Operation::Resolve(_)
            | Operation::Decline(_)
            | Operation::Upgrade(_)
            | Operation::Limit(_)
            | Operation::Close(_)
            | Operation::Freeze(_)
            | Operation::Unfreeze(_)
            | Operation::Accrue(_)
            | Operation::Retry(_)
            | Operation::Reverse(_) => None,
        }
    }
}

/// A request as a party gets it: resolved to numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// Its number.
    pub order: OrderId,
    /// The verb.
    pub purpose: Purpose,
    /// The wallet that asks, where a wallet does.
    pub wallet: Option<WalletId>,
    /// The payee's wallet, or the bank that it is about.
    pub other: Option<u32>,
    /// Whom it is asked of, or who else it is about.
    pub to: Option<PartyId>,
    /// Minor units.
    pub amount: i64,
    /// Words for the payee, or the name of a sub-wallet.
    pub memo: TextId,
    /// What it says beyond that.
    pub terms: Option<Terms>,
    /// The holder's own limits that it sets.
    pub limits: Limits,
}

/// What a party does with an input. Reads and posts that party's books only.
pub fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match desk.kind() {
        Kind::CentralBank => central_bank::decide(desk, input, out),
        Kind::Operator => operator::decide(desk, input, out),
        Kind::Agent => agent::decide(desk, input, out),
        Kind::Person | Kind::Firm | Kind::Merchant | Kind::Visitor => {
            holder::decide(desk, input, out)
        }
        // What crosses a border is decided in [`crate::bridge`].
        Kind::Network | Kind::Authority | Kind::ForeignBank | Kind::Platform => {}
    }
}

/// The instruction that a request's signature stands over.
pub fn instruction(run: [u8; 16], world: &World, message: &Message, memo: &str) -> Instruction {
    Instruction {
        run,
        kind: message.purpose.key().to_owned(),
        wallet: message.wallet.map_or(0, |wallet| wallet.0),
        target: message.other,
        amount: (message.amount > 0).then(|| seal::Amount {
            minor: message.amount,
            currency: code_of(world),
        }),
        time_ms: message.sent,
        sequence: u64::from(message.order.0),
        memo: (!memo.is_empty()).then(|| memo.to_owned()),
    }
}

fn code_of(world: &World) -> [u8; 3] {
    let mut code = [b'X'; 3];
    for (slot, byte) in code.iter_mut().zip(world.currency().code().bytes()) {
        *slot = byte;
    }
    code
}
