//! What an operator is told, and what it makes visible.

use crate::code::Code;
use crate::object::{Class, Limits};
use crate::purpose::Rule;
use crate::wire::names;

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
        /// What a merchant sells: its category, zero for none.
        category: u32,
    },
    /// Know a purpose of money, or why a chip cannot be given it.
    Purpose {
        /// Its number.
        number: u64,
        /// What a chip is to judge, and when the purpose ends; or why none can.
        terms: Result<(Vec<Rule>, i64), Code>,
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
    /// Know another operator's keys of coins, and tell devices of them.
    Learn {
        /// The keys' bytes.
        keys: Vec<u8>,
    },
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
    /// Debit what is kept for a purpose, credit the float.
    LoadPurpose {
        /// The device.
        device: u64,
        /// Its account.
        account: u64,
        /// The purpose.
        number: u64,
        /// How much.
        amount: i64,
    },
    /// Debit the float, credit what is kept for a purpose: what a device gave back or has left
    /// when it is shut, or what was paid against the purpose.
    UnloadPurpose {
        /// The device.
        device: u64,
        /// Its account.
        account: u64,
        /// The purpose.
        number: u64,
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
        /// Money for a purpose that a chip paid against its purpose.
        Purpose = 7 "purpose",
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
