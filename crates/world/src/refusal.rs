//! Why a request can be turned down: a closed set with stable codes.

use crate::fact::tagged;

tagged! {
    /// The code of a refusal. [`Code::ORDER`] is the order in which requests
    /// are checked; the first check that fails is the refusal.
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
        /// A request with this number of the sender's own was taken on before.
        Duplicate = 11 "duplicate",
        /// The wallet is frozen.
        WalletFrozen = 12 "wallet.frozen",
        /// The wallet has been closed.
        WalletClosed = 13 "wallet.closed",
        /// The payee's wallet is frozen.
        PayeeFrozen = 14 "payee.frozen",
        /// The payee's wallet has been closed.
        PayeeClosed = 15 "payee.closed",
        /// The sub-wallet pays another payee only.
        PayeeOther = 16 "payee.other",
        /// More than may be paid at a time at night.
        LimitNight = 17 "limit.night",
        /// More than the parent lets its sub-wallet pay in a day.
        LimitParent = 18 "limit.parent",
        /// Above the limit of the wallet's type.
        LimitType = 19 "limit.type",
        /// There is still money in the wallet, or on its way.
        WalletNotEmpty = 20 "wallet.not-empty",
        /// There is no such request or payment, or not between these two.
        OrderUnknown = 21 "order.unknown",
        /// The request to be paid is over: paid, declined or expired.
        RequestOver = 22 "request.over",
        /// More than is left of the payment.
        RefundExcess = 23 "refund.excess",
        /// The time in which the payment can be given back is over.
        RefundLate = 24 "refund.late",
        /// No message of this bank's is missing, or none that can be undone.
        NothingMissing = 25 "nothing.missing",
        /// The account number, alias or code cannot be read.
        AddressInvalid = 26 "address.invalid",
        /// Nobody has this account number or alias.
        AddressUnknown = 27 "address.unknown",
        /// Another wallet has this alias.
        AddressTaken = 28 "address.taken",
        /// A payment code and its payer do not name one sum between them.
        CodeAmount = 29 "code.amount",
        /// The bank has failed.
        BankFailed = 30 "bank.failed",
        /// There is no common platform.
        BridgeMissing = 40 "bridge.missing",
        /// A central bank issues and redeems for its own banks only.
        BankForeign = 41 "bank.foreign",
        /// The swap has been settled, declined, called off or refused.
        QuoteOver = 42 "quote.over",
        /// Nobody took the quote in time.
        QuoteExpired = 43 "quote.expired",
        /// Both sides of the swap are of one currency.
        CurrencySame = 44 "currency.same",
        /// At this rate the other side is nothing, or more than can be counted.
        RateUnusable = 45 "rate.unusable",
        /// Two banks on the way have no account with each other.
        RouteMissing = 46 "route.missing",
        /// There is no such contract: it was never opened.
        ContractUnknown = 70 "contract.unknown",
        /// The contract has ended.
        ContractEnded = 71 "contract.ended",
        /// The step that this belongs to has not begun.
        ContractEarly = 72 "contract.too-early",
        /// The contract does not wait for this now, or not from this party.
        ContractNotAwaited = 73 "contract.not-awaited",
        /// The contract waits for another amount.
        ContractAmount = 74 "contract.wrong-amount",
        /// The amount lies outside what may be named.
        ContractRange = 75 "contract.out-of-range",
        /// This is not the secret.
        ContractSecret = 76 "contract.wrong-secret",
        /// The same party has signed already.
        ContractSigned = 77 "contract.signed-before",
        /// More money than a contract can hold.
        ContractFull = 78 "contract.too-much",
        /// Whoever puts in what a contract holds opens it.
        ContractOpener = 79 "contract.opener",
        /// The time in which money for a purpose can be spent is over.
        PurposeExpired = 80 "purpose.expired",
        /// The condition does not hold for this payment.
        PurposeFails = 81 "purpose.fails",
        /// Whether the condition holds cannot be told here.
        PurposeUntold = 82 "purpose.untold",
        /// The payee's category is none of those that the purpose allows.
        PurposeCategory = 100 "purpose.category",
        /// More than the purpose allows at a time.
        PurposeCap = 101 "purpose.cap",
        /// The purpose allows it at another time only.
        PurposeTime = 102 "purpose.time",
        /// The device carries other money: plain, or for another purpose.
        PurposeOther = 103 "purpose.other",
        /// Money for a purpose goes into chip purses only.
        PurposeModel = 104 "purpose.model",
        /// The condition has more or deeper rules than a chip holds.
        PurposeLarge = 105 "purpose.large",
        /// Another bank than the device's keeps the money.
        PurposeElsewhere = 106 "purpose.elsewhere",
        /// No chip can judge who is paid.
        PurposePayee = 107 "purpose.payee",
        /// No chip can judge where it is.
        PurposeWhere = 108 "purpose.place",
        /// No chip can judge the sum of a day.
        PurposeDay = 109 "purpose.day",
        /// No chip can judge the type of a wallet.
        PurposeWallet = 110 "purpose.wallet",
        /// No chip can judge who has signed.
        PurposeSigners = 111 "purpose.signers",
        /// No chip can judge what secret is shown.
        PurposeSecret = 112 "purpose.secret",
        /// What came cannot be read, or answers nothing that was asked.
        MessageUnusable = 120 "message.unusable",
        /// The device's memory is older than its chip has seen.
        StateRolledBack = 121 "state.rolled-back",
        /// The device was shut by its bank.
        DeviceShut = 122 "device.shut",
        /// The device waits for its bank's answer.
        OnlineWaiting = 123 "online.waiting",
        /// The device's certificate is not valid yet.
        CertificateNotYet = 124 "certificate.not-yet",
        /// The device's certificate is no longer valid.
        CertificateExpired = 125 "certificate.expired",
        /// The device is on its bank's list of revoked devices.
        CertificateRevoked = 126 "certificate.revoked",
        /// The payee's request was closed before.
        RequestClosed = 127 "request.closed",
        /// The payment is not the one that was asked for.
        RequestOther = 128 "request.other",
        /// The sum is not a multiple of the smallest coin.
        AmountIndivisible = 129 "amount.indivisible",
        /// What proves the value is missing or does not hold.
        ProofInvalid = 130 "proof.invalid",
        /// The keys that the value was made with are no longer taken.
        EpochOver = 131 "epoch.over",
        /// The value is not locked to the payee, and only such is taken.
        ProofUnlocked = 132 "proof.unlocked",
        /// Nothing is reserved, or its time is over.
        PromiseCeiling = 133 "promise.ceiling",
        /// The number typed in is wrong, or missing.
        PinWrong = 134 "pin.wrong",
        /// Too many wrong numbers: the device pays no more.
        PinBlocked = 135 "pin.blocked",
        /// More than a device may pay at a time.
        LimitDevice = 151 "limit.device",
        /// The device has to sync after so many payments.
        LimitPayments = 136 "limit.payments",
        /// More than a device may hold.
        LimitPurse = 137 "limit.purse",
        /// The value went through as many hands as it may.
        LimitHops = 138 "limit.hops",
        /// The device's last sync is too long ago.
        SyncOverdue = 139 "sync.overdue",
        /// The device can remember no more before it syncs.
        LogFull = 140 "log.full",
        /// No coins in the device make this sum.
        CoinsNoChange = 141 "coins.no-change",
        /// Another device is drawing coins under this key.
        SessionOpen = 142 "session.open",
        /// What the device reports does not follow on its last report, or does not add up.
        LogBroken = 143 "log.broken",
        /// The payment was claimed before.
        PaymentClaimed = 144 "payment.claimed",
        /// The value was spent before.
        ValueSpent = 145 "value.spent",
        /// The promise comes after the settlement.
        PromiseLate = 146 "promise.late",
        /// Promises may still be on their way.
        PromiseOutstanding = 147 "promise.outstanding",
        /// Who pays has no device.
        DeviceNone = 148 "device.none",
        /// Who is to be paid has no device.
        PayeeDeviceNone = 149 "payee.device-none",
        /// The phone has no network.
        NetworkNone = 150 "network.none",
    }
}

impl Code {
    /// The order in which requests are checked.
    pub const ORDER: &'static [Code] = &[
        Code::Duplicate,
        Code::PartyUnknown,
        Code::AddressInvalid,
        Code::AddressUnknown,
        Code::AddressTaken,
        Code::CodeAmount,
        Code::BankFailed,
        Code::OrderUnknown,
        Code::RequestOver,
        Code::RefundLate,
        Code::RefundExcess,
        Code::NothingMissing,
        Code::ContractUnknown,
        Code::ContractOpener,
        Code::BridgeMissing,
        Code::BankForeign,
        Code::QuoteExpired,
        Code::QuoteOver,
        Code::SignatureInvalid,
        Code::WalletClosed,
        Code::WalletFrozen,
        Code::WalletNotEmpty,
        Code::LimitType,
        Code::PayeeSelf,
        Code::CurrencySame,
        Code::RouteMissing,
        Code::RateUnusable,
        Code::PayeeOther,
        Code::LimitPayment,
        Code::LimitNight,
        Code::LimitDay,
        Code::LimitYear,
        Code::LimitParent,
        Code::AccountMissing,
        Code::FundsShort,
        Code::LiquidityShort,
        Code::PayeeClosed,
        Code::PayeeFrozen,
        Code::LimitBalance,
        Code::MessageUnusable,
        Code::StateRolledBack,
        Code::DeviceShut,
        Code::OnlineWaiting,
        Code::CertificateNotYet,
        Code::CertificateExpired,
        Code::CertificateRevoked,
        Code::RequestClosed,
        Code::RequestOther,
        Code::AmountIndivisible,
        Code::ProofInvalid,
        Code::EpochOver,
        Code::ProofUnlocked,
        Code::PromiseCeiling,
        Code::PinWrong,
        Code::PinBlocked,
        Code::LimitDevice,
        Code::LimitPayments,
        Code::LimitPurse,
        Code::LimitHops,
        Code::SyncOverdue,
        Code::LogFull,
        Code::CoinsNoChange,
        Code::SessionOpen,
        Code::LogBroken,
        Code::PaymentClaimed,
        Code::ValueSpent,
        Code::PromiseLate,
        Code::PromiseOutstanding,
        Code::DeviceNone,
        Code::PayeeDeviceNone,
        Code::NetworkNone,
        Code::ContractEnded,
        Code::ContractEarly,
        Code::ContractNotAwaited,
        Code::ContractAmount,
        Code::ContractRange,
        Code::ContractSecret,
        Code::ContractSigned,
        Code::ContractFull,
        Code::PurposeExpired,
        Code::PurposeFails,
        Code::PurposeUntold,
        Code::PurposeCategory,
        Code::PurposeCap,
        Code::PurposeTime,
        Code::PurposeOther,
        Code::PurposeModel,
        Code::PurposeLarge,
        Code::PurposeElsewhere,
        Code::PurposePayee,
        Code::PurposeWhere,
        Code::PurposeDay,
        Code::PurposeWallet,
        Code::PurposeSigners,
        Code::PurposeSecret,
    ];

    /// Whether it is about devices that pay without a network.
    pub fn is_of_device(self) -> bool {
        (Code::MessageUnusable as u8..=Code::LimitDevice as u8).contains(&(self as u8))
    }

    /// Whether the same request may succeed later without anyone changing the
    /// rules or the wallet.
    pub fn retryable(self) -> bool {
        match self {
            Code::LimitDay
            | Code::LimitYear
            | Code::LimitBalance
            | Code::FundsShort
            | Code::LiquidityShort
            | Code::WalletFrozen
            | Code::PayeeFrozen
            | Code::LimitNight
            | Code::LimitParent
            | Code::WalletNotEmpty
            | Code::NothingMissing
            | Code::OnlineWaiting
            | Code::CertificateNotYet
            | Code::CertificateExpired
            | Code::PromiseCeiling
            | Code::PinWrong
            | Code::LimitPayments
            | Code::LimitPurse
            | Code::LimitHops
            | Code::SyncOverdue
            | Code::LogFull
            | Code::CoinsNoChange
            | Code::SessionOpen
            | Code::PromiseOutstanding
            | Code::NetworkNone
            | Code::ContractEarly
            | Code::ContractNotAwaited
            | Code::PurposeOther
            | Code::PurposeTime => true,
            Code::PartyUnknown
            | Code::SignatureInvalid
            | Code::PayeeSelf
            | Code::LimitPayment
            | Code::AccountMissing
            | Code::Duplicate
            | Code::WalletClosed
            | Code::PayeeClosed
            | Code::PayeeOther
            | Code::LimitType
            | Code::OrderUnknown
            | Code::RequestOver
            | Code::RefundExcess
            | Code::RefundLate
            | Code::BridgeMissing
            | Code::BankForeign
            | Code::QuoteOver
            | Code::QuoteExpired
            | Code::CurrencySame
            | Code::RateUnusable
            | Code::RouteMissing
            | Code::AddressInvalid
            | Code::AddressUnknown
            | Code::AddressTaken
            | Code::CodeAmount
            | Code::BankFailed
            | Code::MessageUnusable
            | Code::StateRolledBack
            | Code::LimitDevice
            | Code::DeviceShut
            | Code::CertificateRevoked
            | Code::RequestClosed
            | Code::RequestOther
            | Code::AmountIndivisible
            | Code::ProofInvalid
            | Code::EpochOver
            | Code::ProofUnlocked
            | Code::PinBlocked
            | Code::LogBroken
            | Code::PaymentClaimed
            | Code::ValueSpent
            | Code::PromiseLate
            | Code::DeviceNone
            | Code::PayeeDeviceNone
            | Code::ContractUnknown
            | Code::ContractEnded
            | Code::ContractAmount
            | Code::ContractRange
            | Code::ContractSecret
            | Code::ContractSigned
            | Code::ContractFull
            | Code::ContractOpener
            | Code::PurposeExpired
            | Code::PurposeFails
            | Code::PurposeUntold
            | Code::PurposeCategory
            | Code::PurposeCap
            | Code::PurposeModel
            | Code::PurposeLarge
            | Code::PurposeElsewhere
            | Code::PurposePayee
            | Code::PurposeWhere
            | Code::PurposeDay
            | Code::PurposeWallet
            | Code::PurposeSigners
            | Code::PurposeSecret => false,
        }
    }
}
