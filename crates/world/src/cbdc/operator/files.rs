//! The files of wallets: their status, type, limits and handles.

use super::{Desk, Out, Refused, is_open};
use crate::cbdc::Command;
use crate::fact::{Change, Limits, Message, Status, Subject, WalletId};
use crate::refusal::Code;
use crate::state::Wallet;

/// Freezes a wallet or frees it, as the law orders.
pub(super) fn set_status(desk: &Desk<'_>, wallet: Option<WalletId>, status: Status, out: &mut Out) {
    let found = wallet.and_then(|id| Some((id, desk.wallet(id)?)));
    let Some((id, wallet)) = found else {
        let refused = Refused::plain(Code::PartyUnknown, wallet);
        out.refuse(refused, desk.me(), 0);
        return;
    };
    if wallet.status == Status::Closed {
        out.refuse(Refused::plain(Code::WalletClosed, Some(id)), desk.me(), 0);
        return;
    }
    out.change(Change::WalletStatus { wallet: id, status });
    out.send(wallet.owner, Subject::Notice, Some(id), None, 0);
}

/// Moves a wallet to another type. It keeps its balance and history, so the
/// balance must fit the new type.
pub(super) fn upgrade(
    desk: &Desk<'_>,
    message: &Message,
    (id, wallet): (WalletId, &Wallet),
    out: &mut Out,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, Some(id));
    let ty = message
        .other
        .and_then(|ty| u16::try_from(ty).ok())
        .ok_or(unknown)?;
    let most = desk.limits_of_type(ty).ok_or(unknown)?.balance;
    let holds = wallet.available.saturating_add(wallet.expected);
    if let Some(most) = most.filter(|most| holds > *most) {
        return Err(Refused {
            code: Code::LimitBalance,
            wallet: Some(id),
            allowed: most,
            used: holds,
        });
    }
    out.change(Change::WalletTyped { wallet: id, ty });
    out.pass(wallet.owner, Subject::Receipt, message);
    Ok(())
}

/// The limits that a holder can set, by their number in its request.
pub(in crate::cbdc) const KINDS: [fn(&mut Limits) -> &mut Option<i64>; 4] = [
    |limits| &mut limits.balance,
    |limits| &mut limits.payment,
    |limits| &mut limits.day,
    |limits| &mut limits.year,
];

/// Sets one of the holder's own limits, up to the type's.
pub(super) fn limit(
    desk: &Desk<'_>,
    message: &Message,
    (id, wallet): (WalletId, &Wallet),
    out: &mut Out,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, Some(id));
    let kind = message
        .other
        .and_then(|kind| KINDS.get(kind as usize))
        .ok_or(unknown)?;
    let mut of_type = desk.limits_of_type(wallet.ty).ok_or(unknown)?;
    if let Some(most) = kind(&mut of_type).filter(|most| message.amount > *most) {
        return Err(Refused {
            code: Code::LimitType,
            wallet: Some(id),
            allowed: most,
            used: 0,
        });
    }
    let mut limits = desk
        .special(id, wallet)
        .map_or(Limits::default(), |it| it.own);
    *kind(&mut limits) = Some(message.amount);
    out.change(Change::WalletLimited { wallet: id, limits });
    out.pass(wallet.owner, Subject::Receipt, message);
    Ok(())
}

/// Lets wallets of a type do less than the rules do. What they hold and have
/// paid stays.
pub(super) fn restrict(desk: &Desk<'_>, command: &Command, out: &mut Out) {
    let ty = command.other.and_then(|ty| u16::try_from(ty).ok());
    let Some((ty, mut in_rules)) = ty.and_then(|ty| Some((ty, desk.limits_in_rules(ty)?))) else {
        return;
    };
    let mut limits = desk.own_limits(ty);
    let mut asked = command.limits;
    for kind in KINDS {
        let Some(most) = *kind(&mut asked) else {
            continue;
        };
        if let Some(allowed) = kind(&mut in_rules).filter(|allowed| most > *allowed) {
            let refused = Refused {
                code: Code::LimitType,
                wallet: None,
                allowed,
                used: 0,
            };
            out.refuse(refused, desk.me(), most);
            return;
        }
        *kind(&mut limits) = Some(most);
    }
    out.change(Change::TypeLimited {
        bank: desk.me(),
        ty,
        limits,
    });
}

/// Gives a wallet up. It must be empty, with nothing on its way in; a
/// sub-wallet only loses its handle.
pub(super) fn close(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    out: &mut Out,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, Some(id));
    let wallet = desk.wallet(id).ok_or(unknown)?;
    if wallet.available != 0 || wallet.expected != 0 {
        let left = wallet.available;
        return Err(Refused::short(Code::WalletNotEmpty, Some(id), left));
    }
    out.change(Change::WalletStatus {
        wallet: id,
        status: Status::Closed,
    });
    out.pass(wallet.owner, Subject::Receipt, message);
    Ok(())
}

/// Opens a handle of a wallet: a private one that pays one payee, capped, or
/// one more that a firm is paid by.
pub(super) fn open_sub(
    desk: &Desk<'_>,
    message: &Message,
    (parent, wallet): (WalletId, &Wallet),
    out: &mut Out,
) -> Result<(), Refused> {
    is_open(parent, wallet)?;
    let sub = desk.next_wallet();
    let key = desk.terms(message.order).map(|it| it.key);
    out.change(Change::WalletOpened {
        wallet: sub,
        owner: wallet.owner,
        operator: desk.me(),
        ty: wallet.ty,
        name: message.memo,
        key: key.unwrap_or_default(),
    });
    out.change(Change::SubOpened {
        wallet: sub,
        parent,
        only: message.other.map(WalletId),
        cap: (message.amount > 0).then_some(message.amount),
    });
    out.pass(wallet.owner, Subject::Receipt, message);
    Ok(())
}
