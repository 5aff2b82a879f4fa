//! Why a request can be turned down: a closed set with stable codes.

use crate::fact::tagged;

tagged! {
    /// The code of a refusal. Requests are checked in the order of this list;
    /// the first check that fails is the refusal.
    Code {
        /// The request was already carried out.
        Duplicate = 1 "duplicate",
        /// The party or wallet asked for does not exist here.
        PartyUnknown = 2 "party.unknown",
        /// The signature is not the wallet's.
        SignatureInvalid = 3 "signature.invalid",
        /// The payer's wallet is frozen.
        WalletFrozen = 4 "wallet.frozen",
        /// The payer's wallet is closed.
        WalletClosed = 5 "wallet.closed",
        /// More than the wallet's type may pay at a time.
        LimitPayment = 6 "limit.payment",
        /// More than the wallet's type may pay in a day.
        LimitDay = 7 "limit.day",
        /// More than the wallet's type may pay in a calendar year.
        LimitYear = 8 "limit.year",
        /// Not enough money.
        FundsShort = 9 "funds.short",
        /// The operator has not enough digital currency, reserves or cash.
        LiquidityShort = 10 "liquidity.short",
        /// The payee's wallet is frozen or closed.
        PayeeClosed = 11 "payee.closed",
        /// More than the receiving wallet's type may hold.
        LimitBalance = 12 "limit.balance",
        /// There is no bank account to take it from or put it into.
        AccountMissing = 13 "account.missing",
        /// The payer and the payee are the same wallet.
        PayeeSelf = 14 "payee.self",
    }
}

impl Code {
    /// Whether the same request may succeed later without anyone changing the
    /// rules or the wallet.
    pub fn retryable(self) -> bool {
        match self {
            Code::LimitDay
            | Code::LimitYear
            | Code::LimitBalance
            | Code::FundsShort
            | Code::LiquidityShort
            | Code::WalletFrozen => true,
            Code::Duplicate
            | Code::PartyUnknown
            | Code::SignatureInvalid
            | Code::WalletClosed
            | Code::LimitPayment
            | Code::PayeeClosed
            | Code::AccountMissing
            | Code::PayeeSelf => false,
        }
    }
}
