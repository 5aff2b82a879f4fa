//! What devices and operators turn down, in the words of the world.

use ::offline::{Code as OfflineCode, Refusal as Refused};

use crate::fact::{OrderId, PartyId, Purpose, Refusal, WalletId};
use crate::refusal::Code;

/// What a device or operator turned down, as a fact.
pub(super) fn refusal(
    refused: Refused,
    by: PartyId,
    order: OrderId,
    purpose: Purpose,
    wallet: Option<WalletId>,
    asked: i64,
) -> Refusal {
    // Other bounds are counts and times.
    let is_sum = matches!(
        refused.code,
        OfflineCode::LimitPayment
            | OfflineCode::LimitPurse
            | OfflineCode::Funds
            | OfflineCode::Indivisible
            | OfflineCode::PurposeCap
    );
    let (was, bound) = (
        refused.was.filter(|_| is_sum),
        refused.bound.filter(|_| is_sum),
    );
    Refusal {
        code: code(refused.code),
        by,
        party: by,
        order,
        purpose,
        wallet,
        asked: was.unwrap_or(asked),
        allowed: bound.unwrap_or(0),
        used: 0,
    }
}

fn code(code: OfflineCode) -> Code {
    match code {
        OfflineCode::Malformed
        | OfflineCode::Object
        | OfflineCode::Field
        | OfflineCode::NotAsked
        | OfflineCode::TurnUsed
        | OfflineCode::TurnGap
        | OfflineCode::Model
        | OfflineCode::Mode
        | OfflineCode::Operator
        | OfflineCode::Device
        | OfflineCode::RequestUnknown
        | OfflineCode::PaymentUnknown
        | OfflineCode::Amount
        | OfflineCode::Candidates => Code::MessageUnusable,
        OfflineCode::RolledBack => Code::StateRolledBack,
        OfflineCode::Shut => Code::DeviceShut,
        OfflineCode::Asking => Code::OnlineWaiting,
        OfflineCode::Signature => Code::SignatureInvalid,
        OfflineCode::NotYet => Code::CertificateNotYet,
        OfflineCode::Expired => Code::CertificateExpired,
        OfflineCode::Revoked => Code::CertificateRevoked,
        OfflineCode::RequestClosed => Code::RequestClosed,
        OfflineCode::RequestOther => Code::RequestOther,
        OfflineCode::Self_ => Code::PayeeSelf,
        OfflineCode::Indivisible => Code::AmountIndivisible,
        OfflineCode::Proof => Code::ProofInvalid,
        OfflineCode::EpochOver => Code::EpochOver,
        OfflineCode::Unlocked => Code::ProofUnlocked,
        OfflineCode::Ceiling => Code::PromiseCeiling,
        OfflineCode::Pin => Code::PinWrong,
        OfflineCode::PinBlocked => Code::PinBlocked,
        OfflineCode::LimitPayment => Code::LimitDevice,
        OfflineCode::LimitPayments => Code::LimitPayments,
        OfflineCode::LimitPurse => Code::LimitPurse,
        OfflineCode::LimitHops => Code::LimitHops,
        OfflineCode::SyncOverdue => Code::SyncOverdue,
        OfflineCode::LogFull => Code::LogFull,
        OfflineCode::Funds => Code::FundsShort,
        OfflineCode::NoChange => Code::CoinsNoChange,
        OfflineCode::Session => Code::SessionOpen,
        OfflineCode::CounterGap | OfflineCode::Chain | OfflineCode::Shadow => Code::LogBroken,
        OfflineCode::Claimed => Code::PaymentClaimed,
        OfflineCode::Spent => Code::ValueSpent,
        OfflineCode::Late => Code::PromiseLate,
        OfflineCode::Outstanding => Code::PromiseOutstanding,
        OfflineCode::PurposeOver => Code::PurposeExpired,
        OfflineCode::PurposeFails => Code::PurposeFails,
        OfflineCode::PurposeUntold => Code::PurposeUntold,
        OfflineCode::PurposeCategory => Code::PurposeCategory,
        OfflineCode::PurposeCap => Code::PurposeCap,
        OfflineCode::PurposeTime => Code::PurposeTime,
        OfflineCode::PurposeOther => Code::PurposeOther,
        OfflineCode::PurposeModel => Code::PurposeModel,
        OfflineCode::PurposeLarge => Code::PurposeLarge,
        OfflineCode::PurposeElsewhere => Code::PurposeElsewhere,
        OfflineCode::PurposePayee => Code::PurposePayee,
        OfflineCode::PurposePlace => Code::PurposeWhere,
        OfflineCode::PurposeDay => Code::PurposeDay,
        OfflineCode::PurposeWallet => Code::PurposeWallet,
        OfflineCode::PurposeSigners => Code::PurposeSigners,
        OfflineCode::PurposeSecret => Code::PurposeSecret,
    }
}
