//! What devices and banks are asked for.

use ::offline::Form;
use money::Span;

use crate::cbdc::HOLDERS;
use crate::describe;
use crate::describe::{Actor, Count, Field, Minor, Scope, ValueError};
use crate::fact::{Purpose, tagged};
use crate::spec::{FieldType, Value};

/// Whoever can have a device, and devices.
pub const PAYERS: &[&str] = &[
    "person", "firm", "merchant", "visitor", "agent", "wallet", "device",
];
const CONNECTED: &[&str] = &["person", "firm", "merchant", "visitor", "agent", "wallet"];

const OTHER: FieldType = FieldType::Actor(PAYERS);
const DEVICE: FieldType = FieldType::Actor(&["device"]);
const WALLET: FieldType = FieldType::Actor(HOLDERS);
const PURPOSE: FieldType = FieldType::Actor(&["purpose-money"]);
const POT: FieldType = FieldType::Choice(&["wallet", "deposit"]);
const FORM: FieldType = FieldType::Choice(&["phone", "card"]);
const MEMORY: FieldType = FieldType::Choice(&["payment", "report"]);

impl Field for Form {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Name(word)) => {
                let known = Form::ALL.iter().find(|form| form.key() == word);
                known.copied().ok_or(ValueError::WrongType(name))
            }
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

tagged! {
    /// What a memory is set back to.
    Memory {
        /// What it was before the last payment.
        Payment = 0 "payment",
        /// What it was before the last report.
        Report = 1 "report",
    }
}

tagged! {
    /// Where the rest of a device goes that is shut.
    Pot {
        /// Into a wallet.
        Wallet = 0 "wallet",
        /// Into the bank account of the wallet's holder.
        Deposit = 1 "deposit",
    }
}

impl Field for Pot {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Name(word)) => {
                let known = Self::ALL.iter().find(|pot| pot.key() == word);
                known.copied().ok_or(ValueError::WrongType(name))
            }
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for Memory {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Name(word)) if word == Self::Payment.key() => Ok(Self::Payment),
            Some(Value::Name(word)) if word == Self::Report.key() => Ok(Self::Report),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

describe! {
    /// What pays without a network.
    Declaration;

    /// A phone or card of a holder's that pays without a network. It is called after its holder.
    Device "device" by &[], "device Alice/phone pin=4321" {
        /// A phone, or a card, whose clock is that of the reader it is held to; a phone if left out.
        named form: Option<Form> as FORM, "form";
        /// The number without which it pays no larger sums.
        named pin: Option<Count> as FieldType::Count, "pin";
        /// After how long it pays no more; what the preset says if left out.
        named expires: Option<Span> as FieldType::Duration, "expires";
        /// The wallet, run by the same bank, that gets what is on it when it has expired; its holder's if left out.
        named heir: Option<Actor> as WALLET, "return";
        /// Whether that stays in the wallet, or goes on into its holder's bank account; the wallet if left out.
        named into: Option<Pot> as POT, "into";
    }
}

describe! {
    /// What is done without a network, and for it.
    Operation;

    /// Moves digital currency from the wallet into the device, over the network.
    Load "offline.load" by PAYERS, "Alice: offline.load 200.00" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// The money for a purpose that it is taken from; the wallet's plain money if left out.
        named purpose: Option<Actor> as PURPOSE, "purpose";
    }

    /// Pays from device to device, with no network: request, payment, receipt.
    Pay "offline.pay" by PAYERS, "Alice: offline.pay Bob 12.50" {
        /// Whose device is paid.
        plain to: Actor as OTHER, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
        /// The number that the payer types in.
        named pin: Option<Count> as FieldType::Count, "pin";
    }

    /// Puts value out of the purse of an agent on a card or phone, for banknotes over the counter and with no network.
    TopUp "offline.top-up" by &["agent"], "Corner: offline.top-up Alice/card 50.00" {
        /// Whose device is topped up.
        plain to: Actor as OTHER, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Has the mint make value over, over the network, so that nobody but this payee can redeem it.
    Lock "offline.lock" by PAYERS, "Alice: offline.lock Bob 12.50" {
        /// Whose device it is for.
        plain to: Actor as OTHER, "to";
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// Brings what the device received and cannot hand on to its wallet.
    Claim "offline.claim" by PAYERS, "Bob: offline.claim" {}

    /// Gives value in the device back to its wallet.
    Unload "offline.unload" by PAYERS, "Alice: offline.unload 20.00" {
        /// How much; everything if left out.
        plain amount: Option<Minor> as FieldType::Amount, "amount";
    }

    /// Reports to the bank, and learns of revoked devices and new limits.
    Sync "offline.sync" by PAYERS, "Bob: offline.sync" {}

    /// Sends again, in the same bytes, what waits for an answer.
    Again "offline.again" by PAYERS, "Alice: offline.again" {}

    /// The holder's phones lose the network.
    Disconnect "offline.disconnect" by CONNECTED, "Alice: offline.disconnect" {}

    /// The holder's phones have the network back.
    Connect "offline.connect" by CONNECTED, "Alice: offline.connect" {}

    /// A bank puts a device on its list: it was lost, or its holder cheats.
    Revoke "offline.revoke" by &["operator"], "Harbour: offline.revoke Alice/phone" {
        /// The device.
        plain device: Actor as DEVICE, "device";
    }

    /// An attack: copies the device with its keys and all that is in it.
    Copy "offline.copy" by PAYERS, "Mallory: offline.copy as Twin" creates "device" {}

    /// An attack: breaks the chip, which no longer tells an older state from the latest.
    BreakChip "offline.break-chip" by PAYERS, "Mallory: offline.break-chip" {}

    /// An attack: sets the device's memory back to before its last payment, or before its last report.
    RollBack "offline.roll-back" by PAYERS, "Mallory: offline.roll-back" {
        /// Before its last payment if left out. Before its last report, what it received since is brought home again.
        named to: Option<Memory> as MEMORY, "to";
    }

    /// An attack: sets the device's clock back.
    SetClock "offline.set-clock" by PAYERS, "Mallory: offline.set-clock back=90d" {
        /// How far behind the true time it is from now on.
        named back: Span as FieldType::Duration, "back";
    }

    /// An attack: changes the device's next payment on its way.
    Alter "offline.alter" by PAYERS, "Mallory: offline.alter" {}

    /// An attack: breaks the device open and writes value into it that nobody issued.
    Forge "offline.forge" by PAYERS, "Mallory: offline.forge 32.00" {
        /// How much.
        plain amount: Minor as FieldType::Amount, "amount";
    }

    /// An attack: changes the device's software, which then keeps to no limits and takes whatever it is paid.
    DropChecks "offline.drop-checks" by PAYERS, "Mallory: offline.drop-checks" {}

    /// An attack: whoever pays the device next is shown another's request instead: by a code that is pasted over, or relayed from afar.
    SwapCode "offline.swap-code" by PAYERS, "Bob: offline.swap-code Mallory" {
        /// Whose request is shown.
        plain other: Actor as OTHER, "other";
    }
}

tagged! {
    /// What was done to a device that it is not meant for.
    Trick {
        /// It was copied.
        Copied = 0 "copy",
        /// Its chip was broken.
        ChipBroken = 1 "break-chip",
        /// Its memory was set back.
        RolledBack = 2 "roll-back",
        /// Its clock was set back.
        ClockSet = 3 "set-clock",
        /// Its next payment is changed on its way.
        Altered = 4 "alter",
        /// Its memory was set back to before its last report.
        Unreported = 5 "roll-back-report",
        /// Value was written into it.
        Forged = 6 "forge",
        /// Its software was changed.
        ChecksDropped = 7 "drop-checks",
        /// Another's request is shown in place of its own.
        CodeSwapped = 8 "swap-code",
    }
}

impl Operation {
    /// The purpose that its messages and postings carry.
    pub fn purpose(&self) -> Purpose {
        match self {
            Operation::Load(_) => Purpose::OfflineLoad,
            Operation::Pay(_) | Operation::TopUp(_) => Purpose::OfflinePay,
            Operation::Lock(_) => Purpose::OfflineLock,
            Operation::Claim(_) => Purpose::OfflineClaim,
            Operation::Unload(_) => Purpose::OfflineUnload,
            Operation::Sync(_) => Purpose::OfflineSync,
            Operation::Again(_) => Purpose::OfflineAgain,
            Operation::Disconnect(_) | Operation::Connect(_) => Purpose::OfflineSwitch,
            Operation::Revoke(_) => Purpose::OfflineRevoke,
            Operation::Copy(_)
            | Operation::BreakChip(_)
            | Operation::RollBack(_)
            | Operation::SetClock(_)
            | Operation::Alter(_)
            | Operation::Forge(_)
            | Operation::DropChecks(_)
            | Operation::SwapCode(_) => Purpose::OfflineTamper,
        }
    }

    /// The sum it speaks of, minor units.
    pub fn amount(&self) -> Option<i64> {
        match self {
            Operation::Load(it) => Some(it.amount.0),
            Operation::Pay(it) => Some(it.amount.0),
            Operation::TopUp(it) => Some(it.amount.0),
            Operation::Lock(it) => Some(it.amount.0),
            Operation::Forge(it) => Some(it.amount.0),
            Operation::Unload(it) => it.amount.map(|it| it.0),
            _ => None,
        }
    }
}
