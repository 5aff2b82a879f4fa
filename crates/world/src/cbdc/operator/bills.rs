//! Requests to be paid, and money given back.
//!
//! ```text
//!            request                accept: an ordinary payment
//! payee ───────────────▶ open ─────────────────────────────────▶ paid
//!                         │ decline                               ▲ undone: open again
//!                         ├───────▶ declined
//!                         │ its time is over
//!                         └───────▶ expired
//! ```
//!
//! The payee's bank keeps the request; what pays it names it.

use super::{Desk, Out, Refused, ours, pay};
use crate::fact::{Change, Message, OrderId, Outcome, Purpose, Subject, WalletId};
use crate::refusal::Code;
use crate::state::{Bill, Payment};

/// A customer asks to be paid.
pub(super) fn request(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    out: &mut Out,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, None);
    let payer = message.other.map(WalletId).ok_or(unknown)?;
    let bank = desk.operator_of(payer).ok_or(unknown)?;
    if payer == id {
        return Err(Refused::plain(Code::PayeeSelf, Some(id)));
    }
    let due = desk.terms(message.order).map_or(0, |it| it.due);
    out.change(Change::BillMade {
        order: message.order,
        payee: id,
        payer,
        amount: message.amount,
        due,
    });
    if due > 0 {
        out.remind(due);
    }
    tell_payer(
        desk,
        (payer, bank),
        id,
        message.amount,
        Subject::PleasePay,
        out,
    );
    Ok(())
}

/// The payer hears it from its bank, which may be this one.
fn tell_payer(
    desk: &Desk<'_>,
    (payer, bank): (WalletId, crate::fact::PartyId),
    payee: WalletId,
    amount: i64,
    subject: Subject,
    out: &mut Out,
) {
    let to = match ours(desk, Some(payer)) {
        Some((_, wallet)) => wallet.owner,
        None => bank,
    };
    out.send(to, subject, Some(payer), Some(payee.0), amount);
}

/// Another bank's customer asks ours to pay.
pub(super) fn please_pay(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Some((_, wallet)) = ours(desk, message.wallet) {
        out.pass(wallet.owner, Subject::PleasePay, message);
    }
}

/// Our customer will not pay: the payee's bank hears it, which may be this one.
pub(super) fn decline(desk: &Desk<'_>, message: &Message, out: &mut Out) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::OrderUnknown, message.wallet);
    let payee = message.other.map(WalletId).ok_or(unknown)?;
    if ours(desk, Some(payee)).is_some() {
        will_not_pay(desk, message, out);
    } else {
        let bank = desk.operator_of(payee).ok_or(unknown)?;
        out.pass(bank, Subject::WillNotPay, message);
    }
    Ok(())
}

/// The payer has declined: the request is over and the payee hears it.
pub(super) fn will_not_pay(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let open = desk
        .bill(message.order)
        .filter(|(_, it)| it.outcome.is_none());
    if let Some((order, bill)) = open {
        out.close_bill(order, Outcome::Declined);
        if let Some((_, wallet)) = ours(desk, Some(bill.payee)) {
            out.pass(wallet.owner, Subject::WillNotPay, message);
        }
    }
}

/// Ends requests whose time is over, and wants to be reminded of the next.
pub(super) fn expire(desk: &Desk<'_>, out: &mut Out) {
    for (order, bill) in desk.bills() {
        if bill.due > desk.now {
            out.remind(bill.due);
            continue;
        }
        out.turn_to(order, Purpose::Request);
        out.close_bill(order, Outcome::Expired);
        if let Some(bank) = desk.operator_of(bill.payer) {
            let payer = (bill.payer, bank);
            tell_payer(desk, payer, bill.payee, bill.amount, Subject::Lapsed, out);
        }
    }
}

/// The request that a payment answers, which must be open and for this sum;
/// none if it answers none.
pub(super) fn answered<'a>(
    desk: &Desk<'a>,
    message: &Message,
) -> Result<Option<(OrderId, &'a Bill)>, Refused> {
    let answers = desk.terms(message.order).and_then(|it| it.about);
    if answers.is_none() || message.purpose != Purpose::Pay {
        return Ok(None);
    }
    let unknown = Refused::plain(Code::OrderUnknown, message.other.map(WalletId));
    let (order, bill) = desk.bill(message.order).ok_or(unknown)?;
    if bill.amount != message.amount || Some(bill.payee.0) != message.other {
        return Err(unknown);
    }
    let in_time = bill.due == 0 || desk.now < bill.due;
    if bill.outcome.is_some() || !in_time {
        return Err(Refused::plain(Code::RequestOver, Some(bill.payee)));
    }
    Ok(Some((order, bill)))
}

/// The payment came to nothing: the request it answered is open again.
pub(super) fn reopen(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Some((order, bill)) = desk.bill(message.order)
        && bill.outcome == Some(Outcome::Paid)
    {
        // Its time may have passed meanwhile.
        if bill.due > 0 {
            out.remind(bill.due.max(desk.now));
        }
        out.change(Change::BillMade {
            order,
            payee: bill.payee,
            payer: bill.payer,
            amount: bill.amount,
            due: bill.due,
        });
    }
}

/// Keeps a payment that has a name, so that it can be given back.
pub(super) fn keep(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let named = desk.terms(message.order).is_some_and(|it| it.name.0 != 0);
    let parties = message.wallet.zip(message.other.map(WalletId));
    if let Some((payer, payee)) = parties.filter(|_| named && message.purpose == Purpose::Pay) {
        let payment = Payment {
            payer,
            payee,
            amount: message.amount,
            refunded: 0,
            made: desk.now,
        };
        write(message.order, &payment, out);
    }
}

fn write(order: OrderId, payment: &Payment, out: &mut Out) {
    out.change(Change::PaymentKept {
        order,
        payer: payment.payer,
        payee: payment.payee,
        amount: payment.amount,
        refunded: payment.refunded,
        made: payment.made,
    });
}

/// A customer gives back what it was paid, in part or whole.
pub(super) fn refund(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    out: &mut Out,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::OrderUnknown, Some(id));
    let (order, payment) = desk.payment(message.order).ok_or(unknown)?;
    if payment.payee != id || Some(payment.payer.0) != message.other {
        return Err(unknown);
    }
    let over = |span: money::Span| desk.now - payment.made > span.0;
    if desk.rules().refund_within.is_some_and(over) {
        return Err(Refused::plain(Code::RefundLate, Some(id)));
    }
    let left = payment.amount - payment.refunded;
    if message.amount > left {
        return Err(Refused {
            code: Code::RefundExcess,
            wallet: Some(id),
            allowed: payment.amount,
            used: payment.refunded,
        });
    }
    pay::pay(desk, message, id, out, pay::Pull::Done)?;
    let refunded = payment.refunded + message.amount;
    write(
        order,
        &Payment {
            refunded,
            ..*payment
        },
        out,
    );
    Ok(())
}

/// What was to be given back came to nothing.
pub(super) fn not_refunded(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if message.purpose == Purpose::Refund
        && let Some((order, payment)) = desk.payment(message.order)
    {
        let refunded = (payment.refunded - message.amount).max(0);
        write(
            order,
            &Payment {
                refunded,
                ..*payment
            },
            out,
        );
    }
}
