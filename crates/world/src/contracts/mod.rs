//! Contracts that hold money, and money for a purpose: what is asked of them,
//! and who decides.
//!
//! A contract has a **keeper**, who alone decides on it and keeps the money in
//! it: the central bank's register where it owes digital money, and the bank of
//! whoever opened the contract where banks do. Its number is that of the request
//! that opened it. What travels (solid lines are messages, `[…]` a posting by
//! the party that decides):
//!
//! ```text
//! in the register
//!   open, deposit, wrap   holder ──Ask──▶ O ──ContractCall──▶ CB [circulation → contracts]
//!                           ──ContractDone──▶ O ──Receipt──▶ holder
//!   say, sign, show, name holder ──Ask──▶ O ──ContractCall──▶ CB ──ContractDone──▶ O ──Receipt──▶ holder
//!   hand on               the same
//!   what it pays          CB [contracts → circulation] ──ContractPaid──▶ O ──Notice──▶ payee
//! in a bank's book
//!   at the same bank      holder ──Ask──▶ K [wallets → contracts, contracts → wallets]
//!                           ──Receipt──▶ holder, ──Notice──▶ payee
//!   deposit from another  holder ──Ask──▶ B [wallets → to-settle] ──Transfer──▶ CB [reserves B → K]
//!                           ──Settled──▶ B [to-settle → reserves]
//!                           ──Transferred──▶ K [reserves → contracts] ──Credited──▶ B ──Receipt──▶ holder
//!   what it pays there    K [contracts → to-settle] ──Transfer──▶ CB [reserves K → B]
//!                           ──Settled──▶ K [to-settle → reserves]
//!                           ──Transferred──▶ B [reserves → wallets] ──Notice──▶ payee, ──Credited──▶ K
//! ```
//!
//! A keeper that says no answers `ContractRefused`, or sends reserves back, and
//! the bank before it undoes what it did. Time is the keeper's: a contract counts
//! from the instant at which its keeper opened it, and what it does when nobody
//! acts it does at that instant, by a timer.
//!
//! **What a contract pays always arrives.** It was agreed at the opening, and a
//! contract cannot wait: so a payee's balance limit and a frozen or closed wallet
//! do not stop it. What is above the limit flows on to the bank account where the
//! rules know a waterfall, and stays in the wallet otherwise, which can be paid
//! nothing more until it holds less. A frozen wallet keeps what came until it is
//! freed. Of one that was closed it can still be taken out. A keeper that lacks
//! the reserves owes what it paid and tries again every day.

mod bank;
mod chip;
mod keeper;
mod purpose;

pub use chip::judged_by_chips;
pub(crate) use chip::loadable;
pub(crate) use keeper::{dissolve, sweep};
pub(crate) use purpose::{into_float, load, unload};

use crate::cbdc::{Command, Desk, HOLDERS, Input, Out, Refused, set_timer};
use crate::describe;
use crate::describe::{Actor, Minor, Word};
use crate::fact::{
    Change, Deed, Did, Kind, Message, OrderId, PartyId, Purpose, Subject, TextId, WalletId,
};
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::spec::FieldType;
use crate::state::CENTRAL_BANK;
use money::Span;

/// What kind of name a contract block gives.
pub const CONTRACT: &str = "contract";
/// What kind of name a condition block gives.
pub const CONDITION: &str = "condition";

const WRITTEN: FieldType = FieldType::Actor(&[CONTRACT]);
const RULED: FieldType = FieldType::Actor(&[CONDITION]);
const DEAL: FieldType = FieldType::Actor(&["deal"]);
const PURSE: FieldType = FieldType::Actor(&["purpose-money"]);
const PAYEE: FieldType = FieldType::Actor(HOLDERS);

describe! {
    /// What is asked of contracts.
    Operation;

    /// Opens a contract. Whoever puts in what it holds opens it, and puts it in.
    Open "contract.open" by HOLDERS, "Alice: contract.open GymYear as MyGym" creates "deal" {
        /// The contract as it is written above.
        plain contract: Actor as WRITTEN, "contract";
    }

    /// Claims: the word that most contracts wait for. The same as `contract.say … claims`.
    Claim "contract.claim" by HOLDERS, "Gym: contract.claim MyGym" {
        /// The open contract.
        plain contract: Actor as DEAL, "contract";
    }

    /// Says a word that a contract waits for: that one confirms, cancels, delivers.
    Say "contract.say" by HOLDERS, "Alice: contract.say MyDeal confirms" {
        /// The open contract.
        plain contract: Actor as DEAL, "contract";
        /// The word, as the contract has it.
        plain what: Word as FieldType::Name, "what";
    }

    /// Puts money into an open contract: exactly what it waits for.
    Deposit "contract.deposit" by HOLDERS, "Bob: contract.deposit Swap 80.00" {
        /// The open contract.
        plain contract: Actor as DEAL, "contract";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// Whose it is from then on, as the contract calls that party; the depositor's if left out.
        named owner: Option<Word> as FieldType::Name, "for";
    }

    /// Signs something that a contract wants signatures for.
    Sign "contract.sign" by HOLDERS, "Alice: contract.sign MyDeal release" {
        /// The open contract.
        plain contract: Actor as DEAL, "contract";
        /// What is signed, as the contract has it.
        plain what: Word as FieldType::Name, "what";
    }

    /// Shows a secret that a contract waits for.
    Show "contract.show" by HOLDERS, "Bob: contract.show MyLock preimage=\"open sesame\"" {
        /// The open contract.
        plain contract: Actor as DEAL, "contract";
        /// The secret.
        named preimage: TextId as FieldType::Text, "preimage";
    }

    /// Names an amount that a contract leaves open.
    Name "contract.name" by HOLDERS, "Gazette: contract.name MyPaper price 12.00" {
        /// The open contract.
        plain contract: Actor as DEAL, "contract";
        /// What the amount is called in the contract.
        plain value: Word as FieldType::Name, "value";
        /// The amount.
        plain sum: Minor as FieldType::Amount, "sum";
    }

    /// The central bank says that something has happened to a party, which ends what a contract waits for.
    Event "contract.event" by &["central-bank"], "central-bank: contract.event MyGym insolvency of=seller" {
        /// The open contract.
        plain contract: Actor as DEAL, "contract";
        /// What has happened, as the contract has it.
        plain event: Word as FieldType::Name, "event";
        /// To whom, as the contract calls that party.
        named of: Word as FieldType::Name, "of";
    }

    /// Wraps money for a purpose: it can be handed on, and spent only as the condition says.
    Wrap "purpose.wrap" by HOLDERS, "City: purpose.wrap LunchOnly 500.00 for=30d as Vouchers" creates "purpose-money" {
        /// The condition as it is written above.
        plain condition: Actor as RULED, "condition";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// For how long it can be spent. What is left then goes back.
        named length: Span as FieldType::Duration, "for";
    }

    /// Hands money for a purpose on, wrapped as it is.
    Hand "purpose.hand" by HOLDERS, "City: purpose.hand Vouchers Alice 50.00" {
        /// The money.
        plain money: Actor as PURSE, "money";
        /// To whom.
        plain to: Actor as PAYEE, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Signs a payment with money for a purpose that somebody else will make, for conditions that want signatures.
    Approve "purpose.sign" by HOLDERS, "Bob: purpose.sign Vouchers Noodles 12.50" {
        /// The money.
        plain money: Actor as PURSE, "money";
        /// Who is to be paid.
        plain to: Actor as PAYEE, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Pays with money for a purpose. If its condition holds, the payee has plain money.
    Spend "purpose.pay" by HOLDERS, "Alice: purpose.pay Vouchers Noodles 12.50" {
        /// The money.
        plain money: Actor as PURSE, "money";
        /// Who is paid.
        plain to: Actor as PAYEE, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// The secret that the condition wants to be shown.
        named preimage: Option<TextId> as FieldType::Text, "preimage";
    }
}

impl Operation {
    /// The purpose that its messages and postings carry.
    pub fn purpose(&self) -> Purpose {
        match self {
            Operation::Open(_) | Operation::Wrap(_) => Purpose::ContractOpen,
            Operation::Claim(_) | Operation::Say(_) => Purpose::ContractSay,
            Operation::Deposit(_) => Purpose::ContractDeposit,
            Operation::Sign(_) => Purpose::ContractSign,
            Operation::Show(_) => Purpose::ContractShow,
            Operation::Name(_) => Purpose::ContractName,
            Operation::Event(_) => Purpose::ContractEvent,
            Operation::Hand(_) => Purpose::ContractHand,
            Operation::Approve(_) => Purpose::ContractApprove,
            Operation::Spend(_) => Purpose::ContractPay,
        }
    }

    /// The sum that it moves, minor units, if it moves one.
    pub fn amount(&self) -> Option<i64> {
        match self {
            Operation::Deposit(it) => Some(it.amount.0),
            Operation::Wrap(it) => Some(it.amount.0),
            Operation::Hand(it) => Some(it.amount.0),
            Operation::Approve(it) => Some(it.amount.0),
            Operation::Spend(it) => Some(it.amount.0),
            _ => None,
        }
    }
}

/// What a party does with an input that is about a contract. Reads and posts
/// its own books only.
pub(crate) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match (input, desk.kind()) {
        (Input::Command(command), Kind::CentralBank) => event(desk, command, out),
        (Input::Command(command), _) => ask(desk, command, out),
        (Input::Message(message), Kind::CentralBank) => match message.subject {
            Subject::ContractCall => keeper::called(desk, message, out),
            Subject::Transfer | Subject::SendBack => transfer(desk, message, out),
            _ => {}
        },
        (Input::Message(message), Kind::Operator) => bank::receive(desk, message, out),
        _ => {}
    }
    set_timer(desk, input, out);
}

/// A holder asks its bank.
fn ask(desk: &Desk<'_>, command: &Command, out: &mut Out) {
    if let Some(terms) = command.terms {
        let order = command.order;
        out.change(Change::Instructed { order, terms });
    }
    let known = |id| Some((id, desk.wallet(id)?));
    let Some((id, wallet)) = command.wallet.and_then(known) else {
        let unknown = Refused::plain(Code::PartyUnknown, None);
        out.refuse(unknown, desk.me(), command.amount);
        return;
    };
    let bank = wallet.operator;
    out.send(bank, Subject::Ask, Some(id), command.other, command.amount);
}

/// The central bank says that something has happened.
fn event(desk: &Desk<'_>, command: &Command, out: &mut Out) {
    if let Some(terms) = command.terms {
        let order = command.order;
        out.change(Change::Instructed { order, terms });
    }
    let about = command.terms.and_then(|it| it.about);
    let Some((contract, keeper)) = about.and_then(|it| Some((it, desk.keeper_of(it)?))) else {
        let unknown = Refused::plain(Code::ContractUnknown, None);
        out.refuse(unknown, desk.me(), 0);
        return;
    };
    if keeper != desk.me() {
        out.send(keeper, Subject::ContractCall, None, Some(contract.0), 0);
        return;
    }
    let terms = command.terms.unwrap_or_default();
    let call = keeper::Call {
        order: command.order,
        contract: Some(contract),
        purpose: Purpose::ContractEvent,
        wallet: None,
        other: Some(contract.0),
        amount: 0,
        memo: command.memo,
        terms,
    };
    if let Err(refused) = keeper::take(desk, &call, &mut keeper::Till::default(), out) {
        out.refuse(refused, desk.me(), 0);
    }
}

/// The contract that a message is about: the one its request speaks of, or the
/// one that the request opened.
fn contract_of(desk: &Desk<'_>, message: &Message) -> Option<OrderId> {
    if message.purpose == Purpose::ContractOpen {
        return Some(message.order);
    }
    let about = desk.terms(message.order).and_then(|it| it.about);
    Some(about.unwrap_or(message.order))
}

/// Under digital deposit money: reserves of what goes into a contract at another
/// bank, or comes out of one.
fn transfer(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let of_wallet = |wallet: Option<WalletId>| wallet.and_then(|it| desk.operator_of(it));
    let bank = match (message.purpose, message.subject) {
        (Purpose::ContractDeposit, Subject::Transfer) => {
            contract_of(desk, message).and_then(|it| desk.keeper_of(it))
        }
        (Purpose::ContractDeposit, _) => of_wallet(message.wallet),
        _ => of_wallet(message.other.map(WalletId)),
    };
    let reserves = |bank: PartyId| desk.of(crate::fact::Title::Reserves, bank.0);
    let from = reserves(message.from);
    let to = bank.and_then(reserves);
    match bank {
        Some(bank) if to.is_some() && desk.balance(from) >= message.amount => {
            out.post(from, to, message.amount, crate::fact::Finality::Final);
            let subject = match message.subject {
                Subject::Transfer => Subject::Transferred,
                _ => Subject::SentBack,
            };
            out.pass(message.from, Subject::Settled, message);
            out.pass(bank, subject, message);
        }
        _ => {
            let refused = Refused::short(Code::LiquidityShort, None, desk.balance(from));
            out.refuse(refused, message.from, message.amount);
            out.pass(message.from, Subject::TransferRefused, message);
        }
    }
}

/// A lost message was called off: what was done before it was sent is undone.
pub(crate) fn call_off(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let subject = match message.subject {
        Subject::Transfer => Subject::TransferRefused,
        _ => Subject::ContractRefused,
    };
    if desk.me() != CENTRAL_BANK {
        let answer = Message {
            subject,
            ..*message
        };
        bank::receive(desk, &answer, out);
    }
}

/// Who keeps what a customer of a bank opens.
fn keeper_for(desk: &Desk<'_>, bank: PartyId) -> PartyId {
    match desk.issuance() {
        Issuance::Stocked | Issuance::OnDemand => CENTRAL_BANK,
        Issuance::Deposit => bank,
    }
}

/// The word for what somebody did: as the contract has it, where it has one.
pub fn word_of<'m>(machine: &'m conditions::Machine, deed: &Deed) -> Option<&'m str> {
    let at = usize::from(deed.number);
    match deed.did {
        Did::Deposits => Some("deposits"),
        Did::Names => machine.values().get(at).map(conditions::Name::as_str),
        Did::Shows => machine.secrets().get(at).map(|(name, _)| name.as_str()),
        Did::Signs | Did::Event | Did::Says => {
            machine.words().get(at).map(conditions::Name::as_str)
        }
    }
}
