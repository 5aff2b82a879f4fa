//! Devices that pay without a network, and what banks find out about them.

use serde::{Deserialize, Serialize};

use super::{Minor, PartyNo};

/// A device as its holder sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its number.
    pub no: u32,
    /// Its name.
    pub name: String,
    /// `device-phone` or `device-card`.
    pub form: String,
    /// What it can spend.
    pub held: Minor,
    /// What it received and has to claim.
    pub to_claim: Minor,
    /// What it paid and nobody has acknowledged.
    pub limbo: Minor,
    /// Payments since its last report.
    pub payments: u32,
    /// How many it may make; 0 is any number.
    pub most_payments: u32,
    /// Through how many hands what it holds has gone at most.
    pub hop: u32,
    /// Through how many it may go.
    pub most_hops: u32,
    /// The most it may pay at a time.
    pub payment: Option<Minor>,
    /// The most it may hold.
    pub most: Option<Minor>,
    /// Until when it has to report.
    pub sync_by: Option<String>,
    /// Whether that time has passed.
    pub is_overdue: bool,
    /// Whether it is on its bank's list of revoked devices.
    pub is_revoked: bool,
    /// Whether it is a copy of another.
    pub is_copy: bool,
    /// What the money in it is for, if it is not plain.
    pub purpose: Option<ForPurpose>,
}

/// What the money in a device is for, as its chip judges it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForPurpose {
    /// What the money is called.
    pub name: String,
    /// Until when it can be spent.
    pub until: String,
    /// Whether that time has passed.
    pub is_over: bool,
    /// The most it pays at a time.
    pub most: Option<Minor>,
}

/// What one device said to another, as codes that a camera can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossing {
    /// What it is: `message-offline-request` …
    pub key: String,
    /// Whose device it came from, and whose it went to: their wallets' names.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Whether it arrived.
    pub arrived: bool,
    /// How many bytes it has.
    pub size: u32,
    /// Its codes in their order.
    pub codes: Vec<String>,
}

/// Something that a bank found not to be as it should.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The bank.
    pub bank: PartyNo,
    /// What: `found-value-twice` …
    pub key: String,
    /// The device that did it, if that can be told.
    pub named: Option<String>,
    /// How much is at stake.
    pub amount: Minor,
    /// The way of the value, oldest step first.
    pub trace: Vec<Handover>,
}

/// One hand-over of value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The device that gave.
    pub from: String,
    /// The device that got.
    pub to: String,
    /// How much.
    pub amount: Minor,
    /// Whether it had been given away already.
    pub is_twice: bool,
}

/// What came of one attack under one model, as it was played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The attack: `cloned-device` …
    pub attack: String,
    /// The model: `purse` …
    pub model: String,
    /// When it was noticed: `transfer` … `never`.
    pub stage: String,
    /// Who noticed: `payer`, `payee`, `operator`, `nobody`.
    pub by: String,
    /// As what: `refusal-signature-invalid`, `found-value-twice` …
    pub what: Option<String>,
    /// Whether the culprit was named.
    pub is_named: bool,
    /// Who bears the loss: `payer`, `payee`, `issuer`, `nobody`.
    pub bearer: String,
    /// How much it is.
    pub amount: Minor,
    /// What the operator found.
    pub found: Vec<Evidence>,
}

/// Something that the operator of an attack's room found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What: `found-value-twice` …
    pub key: String,
    /// Whose device did it, if that can be told.
    pub named: Option<String>,
    /// How much is at stake.
    pub amount: Minor,
    /// The way of the value, oldest step first.
    pub trace: Vec<Handover>,
}
