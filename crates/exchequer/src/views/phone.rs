//! A wallet as a phone that can be used.

use serde::{Deserialize, Serialize};

use super::{Arg, Crossing, Device, Minor, PartyNo, Wallet};

/// A wallet as the phone of whoever holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// The wallet with its limits.
    pub wallet: Wallet,
    /// By what it can be paid.
    pub address: Address,
    /// Whose it is.
    pub owner: PartyNo,
    /// The holder's name.
    pub owner_name: String,
    /// `status-open`, `status-frozen` or `status-closed`.
    pub status: String,
    /// The wallet it is a handle of, if it is one.
    pub parent: Option<String>,
    /// What the holder's bank account holds, if there is one.
    pub deposit: Option<Minor>,
    /// Banknotes in the pocket.
    pub cash: Minor,
    /// Whether it has a network.
    pub is_connected: bool,
    /// The devices that are loaded from it.
    pub devices: Vec<Device>,
    /// What crossed from device to device in the beat being shown.
    pub crossed: Vec<Crossing>,
    /// Its sub-wallets.
    pub subs: Vec<Sub>,
    /// Requests to be paid, sent to it or by it.
    pub asked: Vec<Asked>,
    /// Payments ordered for later.
    pub later: Vec<Later>,
    /// What was done, oldest first.
    pub history: Vec<Entry>,
}

/// By what a wallet can be paid without a name of the scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The wallet's name.
    pub name: String,
    /// Its account number.
    pub account: String,
    /// Its name in the directory, if it has one.
    pub alias: Option<String>,
    /// The text of its payment code for many payments, where the currency has
    /// a place in such codes.
    pub code: Option<String>,
}

/// A sub-wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sub {
    /// Its name.
    pub name: String,
    /// The only one it pays, if there is only one.
    pub payee: Option<String>,
    /// The most it may pay in a day.
    pub cap: Option<Minor>,
    /// What it has paid today.
    pub used: Minor,
    /// As a phone's.
    pub status: String,
}

/// A request to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The name by which a line of script can speak of it.
    pub name: Option<String>,
    /// Who asks, or is asked.
    pub who: String,
    /// For how much.
    pub amount: Minor,
    /// Until when it can be paid.
    pub due: Option<String>,
    /// Whether this wallet asks.
    pub is_mine: bool,
    /// `outcome-paid`, `outcome-declined` or `outcome-expired`; none while open.
    pub outcome: Option<String>,
}

/// A payment ordered for later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// Who is paid.
    pub payee: String,
    /// How much each time.
    pub amount: Minor,
    /// When next.
    pub due: String,
    /// How often yet.
    pub times: i64,
}

/// Something that was done with a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Position after its fact.
    pub position: u32,
    /// When.
    pub at: String,
    /// What, as a key: `entry-pay`, `entry-cash-in` …
    pub key: String,
    /// Whether money came in.
    pub is_in: bool,
    /// The other one, if there is one.
    pub who: Option<Arg>,
    /// How much.
    pub amount: Minor,
    /// Words that went with it.
    pub memo: String,
    /// The code with which it was turned down, if it was.
    pub refused: Option<String>,
}

/// What a payment code says to whoever scans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scanned {
    /// The payee's name as it stands there.
    pub name: String,
    /// The account number or alias.
    pub payee: String,
    /// How much, if the code is for one payment.
    pub amount: Option<Minor>,
}

/// What came into a wallet and went out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The wallet's name.
    pub name: String,
    /// Its account number.
    pub account: String,
    /// Local date and time of the moment it is of.
    pub at: String,
    /// What it held before the first line.
    pub opening: Minor,
    /// The lines, oldest first.
    pub lines: Vec<StatementLine>,
    /// What it holds after the last.
    pub closing: Minor,
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementLine {
    /// Position after its fact.
    pub position: u32,
    /// When.
    pub at: String,
    /// What, as a key: `entry-pay`, `entry-cash-in` …
    pub key: String,
    /// The other one, if the holder was told of one.
    pub who: Option<Arg>,
    /// Words that went with it.
    pub memo: String,
    /// How much; below zero what went out.
    pub change: Minor,
    /// What the wallet held after it.
    pub balance: Minor,
}
