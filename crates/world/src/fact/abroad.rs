//! What facts say of dealings between countries.

use super::{PartyId, Purpose, TextId, tagged};

tagged! {
    /// How far a swap of currencies is, in one party's file.
    Stage {
        /// It can be taken.
        Open = 0 "open",
        /// The other bank has taken it; the platform has not answered.
        Agreed = 1 "agreed",
        /// Both legs are posted.
        Settled = 2 "settled",
        /// It was declined or called off.
        Declined = 3 "declined",
        /// Nobody took it in time.
        Expired = 4 "expired",
        /// The platform posted neither leg.
        Failed = 5 "failed",
    }
}

/// What two parties deal about across a border. It travels with the messages of
/// its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deal {
    /// The bank that sells or pays; whoever asks for it.
    pub seller: PartyId,
    /// The bank that buys or is paid, or the central bank that is asked.
    pub buyer: PartyId,
    /// The central bank whose currency is sold or paid.
    pub sells: PartyId,
    /// The central bank whose currency is bought.
    pub buys: PartyId,
    /// How much is sold or paid, in minor units of that currency.
    pub sell: i64,
    /// How much is bought; 0 where nothing comes back for it.
    pub buy: i64,
    /// Until when it can be taken, milliseconds; 0 for no time.
    pub due: i64,
    /// The rate as it was written; none where there is nothing to exchange.
    pub rate: TextId,
}

impl Purpose {
    /// Whether it is between countries.
    pub fn is_abroad(self) -> bool {
        matches!(
            self,
            Purpose::BridgeIssue
                | Purpose::BridgeRedeem
                | Purpose::BridgeQuote
                | Purpose::BridgeAccept
                | Purpose::BridgeDecline
                | Purpose::BridgePay
                | Purpose::CorrespondentPay
        )
    }
}
