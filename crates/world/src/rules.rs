//! The numbers a run is played by. They come from a preset and the scenario's
//! own `set` lines; the code holds none of them.

use money::{Currency, Rate, Span, Zone};

use crate::offline::Terms;

/// How digital currency comes to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issuance {
    /// Banks hold a stock in a vault, issued against reserves ahead of need.
    Stocked,
    /// The central bank issues against reserves when a customer asks for it;
    /// banks hold none.
    OnDemand,
    /// Banks owe it themselves: a wallet is a deposit.
    Deposit,
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
    /// What it earns a year; none is no interest.
    pub interest: Option<Rate>,
}

/// The hours in which payments are held lower.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Night {
    /// Its first minute, counted from local midnight.
    pub from: u16,
    /// The first minute after it. Before `from`, it is one of the next day.
    pub to: u16,
    /// The most a wallet may pay at a time in these hours, minor units.
    pub payment: i64,
}

impl Night {
    /// Whether this minute of the local day is within it.
    #[must_use]
    pub const fn covers(&self, minute: u16) -> bool {
        if self.from < self.to {
            self.from <= minute && minute < self.to
        } else {
            self.from <= minute || minute < self.to
        }
    }
}

/// What correspondent banks charge, and how long they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Correspondents {
    /// The share of a payment that each keeps; none is nothing.
    pub fee: Option<Rate>,
    /// The share of the rate that the one keeps who changes the money.
    pub spread: Option<Rate>,
    /// How long each takes; none is no time.
    pub working_time: Option<Span>,
    /// The minute of the local day from which a payment waits for the next
    /// working day; none is no such minute.
    pub cut_off: Option<u16>,
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
    /// Whether a receipt above the wallet's limit flows on to the bank account.
    pub waterfall: bool,
    /// Whether what a wallet lacks for a payment is pulled from the bank
    /// account.
    pub reverse_waterfall: bool,
    /// The most that is insured of one depositor's money at one bank.
    pub insurance: Option<i64>,
    /// The share of what it owes its customers that a bank has to hold in
    /// reserves.
    pub reserve_ratio: Option<Rate>,
    /// The share of its customers' balances that a firm that is no bank has to
    /// keep at the central bank.
    pub margin: Option<Rate>,
    /// From which sum on the big-data centre is told who paid; none is never.
    pub traceable_from: Option<i64>,
    /// For how long after it a payment can be asked back.
    pub refund_within: Option<Span>,
    /// The hours in which payments are held lower.
    pub night: Option<Night>,
    /// The central bank's interest rate, a year.
    pub policy_rate: Option<Rate>,
    /// What correspondent banks charge, and how long they take.
    pub correspondents: Correspondents,
    /// How devices pay without a network.
    pub offline: Terms,
}

impl Rules {
    /// Rules without a rule: issuance from stock, messages that take no time
    /// and are overdue after 30 seconds, firms in the first wallet type, and
    /// nothing that is not asked for.
    #[must_use]
    pub fn new(
        preset: &str,
        digest: [u8; 32],
        currency: Currency,
        zone: Zone,
        wallet_types: Vec<WalletType>,
    ) -> Self {
        Self {
            preset: preset.to_owned(),
            digest,
            currency,
            zone,
            issuance: Issuance::Stocked,
            latency: Span(0),
            timeout: Span(30_000),
            business_type: 0,
            wallet_types,
            waterfall: false,
            reverse_waterfall: false,
            insurance: None,
            reserve_ratio: None,
            margin: None,
            traceable_from: None,
            refund_within: None,
            night: None,
            policy_rate: None,
            correspondents: Correspondents::default(),
            offline: Terms::default(),
        }
    }
}
