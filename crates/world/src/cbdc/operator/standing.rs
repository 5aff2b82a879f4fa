//! Payments that are made later, once or again and again.

use super::{Desk, Out, Refused, may_ask, pay};
use crate::fact::{Change, Fate, Message, OrderId, Purpose, Serial, Subject, TextId, WalletId};
use crate::refusal::Code;
use crate::state::Standing;

/// A customer orders a payment for later.
pub(super) fn order(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    out: &mut Out,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, None);
    let payee = message.other.map(WalletId).ok_or(unknown)?;
    desk.operator_of(payee).ok_or(unknown)?;
    if payee == id {
        return Err(Refused::plain(Code::PayeeSelf, Some(id)));
    }
    let terms = desk.terms(message.order).ok_or(unknown)?;
    let standing = Standing {
        wallet: id,
        payee,
        amount: message.amount,
        due: terms.due,
        every: terms.every,
        times: terms.times,
    };
    write(message.order, &standing, out);
    out.remind(standing.due);
    if let Some(wallet) = desk.wallet(id) {
        out.pass(wallet.owner, Subject::Receipt, message);
    }
    Ok(())
}

fn write(order: OrderId, standing: &Standing, out: &mut Out) {
    out.change(Change::Standing {
        order,
        wallet: standing.wallet,
        payee: standing.payee,
        amount: standing.amount,
        due: standing.due,
        every: standing.every,
        times: standing.times,
    });
}

/// Makes the first payment that is due, and wants to be reminded of the next:
/// each is decided on what the one before it left.
pub(super) fn make(desk: &Desk<'_>, out: &mut Out) {
    let first = desk
        .standing()
        .min_by_key(|(order, standing)| (standing.due, *order));
    let Some((order, standing)) = first else {
        return;
    };
    let others = desk.standing().filter(|(other, _)| *other != order);
    if let Some(next) = others.map(|(_, it)| it.due).min() {
        out.remind(next.max(desk.now));
    }
    if standing.due > desk.now {
        out.remind(standing.due);
        return;
    }
    let next = Standing {
        due: standing.due + standing.every,
        times: standing.times - 1,
        ..*standing
    };
    write(order, &next, out);
    if next.times > 0 {
        out.remind(next.due.max(desk.now));
    }
    let Some(wallet) = desk.wallet(standing.wallet) else {
        return;
    };
    out.turn_to(order, Purpose::Pay);
    let payment = Message {
        serial: Serial(0),
        from: wallet.owner,
        to: desk.me(),
        subject: Subject::Ask,
        purpose: Purpose::Pay,
        order,
        wallet: Some(standing.wallet),
        other: Some(standing.payee.0),
        amount: standing.amount,
        sent: desk.now,
        due: desk.now,
        fate: Fate::Arrives,
        fault: 0,
        memo: TextId::default(),
        signature: TextId::default(),
    };
    let paid = may_ask(desk, standing.wallet, Purpose::Pay)
        .and_then(|()| pay::pay(desk, &payment, standing.wallet, out, pay::Pull::Allowed));
    if let Err(refused) = paid {
        out.refuse(refused, wallet.owner, standing.amount);
        out.pass(wallet.owner, Subject::Declined, &payment);
    }
}
