//! What became of a run's money as time passed, and figures of the real world.

use money::Rate;
use serde::{Deserialize, Serialize};

use super::{Minor, PartyNo};

/// What became of a run's money as time passed: for charts and tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The moments, the first when everything has been declared and the last
    /// at the end, at even distances of virtual time.
    pub samples: Vec<Sample>,
    /// Every bank at the end.
    pub banks: Vec<BankReserves>,
}

/// All money at one moment, and all that has happened up to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// How many facts have happened.
    pub position: u32,
    /// Virtual time, milliseconds UTC.
    pub at: i64,
    /// Local date and time.
    pub time: String,
    /// What the central bank owes banks.
    pub reserves: Minor,
    /// Digital currency that banks hold.
    pub vaults: Minor,
    /// What banks owe depositors.
    pub deposits: Minor,
    /// Digital money in wallets: the stock.
    pub wallets: Minor,
    /// Digital currency issued less returned.
    pub in_issue: Minor,
    /// How many payments have been made.
    pub payments: u32,
    /// What they come to.
    pub paid: Minor,
    /// How many requests have been refused, by code.
    pub refusals: Vec<(String, u32)>,
    /// The stock on average since the first sample, to the nearest minor unit,
    /// a half to the even one.
    pub average_stock: Option<Minor>,
    /// The value of payments divided by the average stock, with four decimals,
    /// a half rounded to the even one.
    pub velocity: Option<Rate>,
    /// What the stock earns its issuer a year at these rates: times the policy
    /// rate less what the wallets earn, to the nearest minor unit. What running
    /// the system costs is not simulated and would come off it. None without a
    /// policy rate.
    pub seigniorage: Option<Minor>,
    /// What banks would lack for their outflows since the first sample, by the
    /// formula, all together.
    pub shortage: Minor,
    /// What they do lack of the reserves they have to hold, all together.
    pub deficiency: Minor,
    /// What customers asked for and banks had not, all together.
    pub turned_away: Minor,
    /// For how many payments from hand to hand a device has given a receipt.
    pub by_hand: u32,
    /// What issuers have paid for that a cheat had made up.
    pub honoured: Minor,
}

/// A bank's reserves against what it owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankReserves {
    /// Whose.
    pub party: PartyNo,
    /// Its name.
    pub name: String,
    /// What it owes its customers: deposits, and wallets where it owes them.
    pub owed: Minor,
    /// What it holds at the central bank: reserves and digital currency.
    pub held: Minor,
    /// What it has to hold: the reserve ratio's share of what it owes, to the
    /// nearest minor unit; none without a ratio.
    pub required: Option<Minor>,
    /// What it lacks of that; below zero, what it has in excess.
    pub deficiency: Option<Minor>,
    /// How much less it owes than at the first sample; nothing if more.
    pub outflow: Minor,
    /// What it would lack by the formula: the part of the outflow that no lower
    /// requirement makes good, less the excess at the first sample. None of it
    /// where wallets are the bank's own debt: the money stays within it.
    pub shortage: Minor,
    /// What customers asked for and it had not.
    pub turned_away: Minor,
}

/// Something that may be breached, and then is said to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Monitor {
    /// Stable key: `reserve-ratio` or `liquidity`.
    pub key: String,
    /// Whose.
    pub party: PartyNo,
    /// Its name.
    pub name: String,
    /// What it holds at the central bank.
    pub has: Minor,
    /// What it would need to hold.
    pub needs: Minor,
    /// Whether it is breached.
    pub breached: bool,
}

/// A figure of the real world to hold beside a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibration {
    /// What it is: a stable key, worded by `calibration-…` in the catalogues.
    pub key: String,
    /// The number, as a decimal.
    pub value: String,
    /// A currency code or `%`; empty for a number of things.
    pub unit: String,
    /// `V` verified, `P` press, `M` memory or `D` ours.
    pub mark: String,
    /// As of.
    pub date: String,
    /// Title of the source.
    pub source: String,
}
