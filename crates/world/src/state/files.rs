//! What banks keep on file beside balances, and what the kinds of message mean
//! for those who wait.

use money::Interest;

use crate::fact::{Limits, Outcome, Subject, WalletId};
use crate::rules::Issuance;

/// What only some wallets have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Special {
    /// The holder's own limits, below those of the type.
    pub own: Limits,
    /// The wallet that it is a handle of.
    pub parent: Option<WalletId>,
    /// The only wallet it pays.
    pub only: Option<WalletId>,
    /// The most it may pay in a local day.
    pub cap: Option<i64>,
}

/// A request to be paid, at the payee's bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Who asks.
    pub payee: WalletId,
    /// Who is asked.
    pub payer: WalletId,
    /// For how much.
    pub amount: i64,
    /// Until when it may be paid, milliseconds.
    pub due: i64,
    /// What came of it, if it is over.
    pub outcome: Option<Outcome>,
}

/// A payment that has a name, at the payee's bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Who paid.
    pub payer: WalletId,
    /// Who was paid.
    pub payee: WalletId,
    /// How much.
    pub amount: i64,
    /// What has been given back of it.
    pub refunded: i64,
    /// When it was made, milliseconds.
    pub made: i64,
}

/// A payment that is made later, once or again and again, at the payer's bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Who pays.
    pub wallet: WalletId,
    /// Who is paid.
    pub payee: WalletId,
    /// How much.
    pub amount: i64,
    /// When next, milliseconds.
    pub due: i64,
    /// How long after that again, milliseconds.
    pub every: i64,
    /// How often yet.
    pub times: i64,
}

/// What a wallet has earned and its bank has not paid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earned {
    /// The local day up to which it is reckoned.
    pub day: i32,
    /// Reckoned and not posted.
    pub interest: Interest,
    /// Posted and not paid out, minor units.
    pub owed: i64,
}

impl Earned {
    /// With the days up to this one, on which the balance did not change.
    pub(super) fn up_to(mut self, day: i32, balance: i64, rate_nano: i64) -> Self {
        // A run that is longer than sums can be reckoned for earns no more.
        let days = day.saturating_sub(self.day);
        let _ = self.interest.accrue_days(balance, rate_nano, days);
        self.day = day;
        self
    }
}

impl Subject {
    /// Whether its sender waits for an answer to the order.
    pub fn wants_answer(self) -> bool {
        matches!(
            self,
            Subject::Convert
                | Subject::Withdraw
                | Subject::Offer
                | Subject::Accept
                | Subject::Order
                | Subject::Transfer
                | Subject::LookUp
                | Subject::Enrol
                | Subject::BridgeAsk
                | Subject::BridgeGiveBack
                | Subject::BridgeRetire
                | Subject::BridgeAgreed
                | Subject::BridgeOrder
                | Subject::FloatIn
                | Subject::FloatOut
                | Subject::ContractCall
        )
    }

    /// Whether it answers an order its receiver waits for. That reserves have
    /// moved is not the end of a payment: the other bank has to credit it.
    pub fn is_answer(self, issuance: Issuance) -> bool {
        match self {
            Subject::Settled => issuance != Issuance::Deposit,
            Subject::Converted
            | Subject::Withdrawn
            | Subject::Rejected
            | Subject::Credited
            | Subject::SentBack
            | Subject::TransferRefused
            | Subject::Found
            | Subject::NotFound
            | Subject::Enrolled
            | Subject::BridgeHeld
            | Subject::BridgeRetired
            | Subject::BridgeRedeemed
            | Subject::BridgeSettled
            | Subject::BridgeRefused
            | Subject::FloatHeld
            | Subject::FloatPaid
            | Subject::ContractDone
            | Subject::ContractRefused => true,
            _ => false,
        }
    }

    /// Whether it is handed over in person, so that no network can lose it.
    pub fn is_in_person(self) -> bool {
        matches!(self, Subject::AskWithNotes | Subject::HandNotes)
    }

    /// Whether it only informs a holder: nothing is decided on it.
    pub fn is_notice(self) -> bool {
        matches!(self, Subject::Receipt | Subject::Notice | Subject::Declined)
    }
}
