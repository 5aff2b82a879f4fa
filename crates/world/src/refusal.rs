//! Why a request can be turned down: a closed set with stable codes.

use crate::fact::tagged;

tagged! {
    /// The code of a refusal. Requests are checked in the order of this list;
    /// the first check that fails is the refusal.
    Code {
        /// The party or wallet asked for does not exist here.
        PartyUnknown = 1 "party.unknown",
        /// The signature is not that of the wallet's holder over this request.
        SignatureInvalid = 2 "signature.invalid",
        /// The payer and the payee are the same wallet.
        PayeeSelf = 3 "payee.self",
        /// More than the wallet's type may pay at a time.
        LimitPayment = 4 "limit.payment",
        /// More than the wallet's type may pay in a day.
        LimitDay = 5 "limit.day",
        /// More than the wallet's type may pay in a calendar year.
        LimitYear = 6 "limit.year",
        /// There is no bank account to take it from or put it into.
        AccountMissing = 7 "account.missing",
        /// Not enough money.
        FundsShort = 8 "funds.short",
        /// The operator has not enough digital currency, reserves or cash.
        LiquidityShort = 9 "liquidity.short",
        /// More than the receiving wallet's type may hold.
        LimitBalance = 10 "limit.balance",
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
            | Code::LiquidityShort => true,
            Code::PartyUnknown
            | Code::SignatureInvalid
            | Code::PayeeSelf
            | Code::LimitPayment
            | Code::AccountMissing => false,
        }
    }
}
