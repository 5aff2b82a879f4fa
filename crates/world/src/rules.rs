//! The numbers a run is played by. They come from a preset and the scenario's
//! own `set` lines; the code holds none of them.

use money::Currency;
use money::{Span, Zone};

/// How digital currency comes to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issuance {
    /// Banks hold a stock in a vault, issued against reserves ahead of need.
    Stocked,
}

/// A kind of wallet, by how well its holder is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletType {
    /// Its name: `IV`.
    pub name: String,
    /// The most it may hold, minor units; none is no limit.
    pub balance: Option<i64>,
    /// The most it may pay at a time.
    pub payment: Option<i64>,
    /// The most it may pay in a local day.
    pub day: Option<i64>,
    /// The most it may pay in a local calendar year.
    pub year: Option<i64>,
}

/// All rules of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Name and version of the preset: `cny-2025@1`.
    pub preset: String,
    /// BLAKE3 digest of the preset's content and the scenario's own values:
    /// the log opens with it.
    pub digest: [u8; 32],
    /// The currency.
    pub currency: Currency,
    /// Where days and years begin.
    pub zone: Zone,
    /// How digital currency comes to be.
    pub issuance: Issuance,
    /// How long a message between institutions takes.
    pub latency: Span,
    /// After how long without an answer an order is overdue.
    pub timeout: Span,
    /// The type of a firm's or merchant's wallet that names none.
    pub business_type: u16,
    /// The wallet types, in the preset's order.
    pub wallet_types: Vec<WalletType>,
}
