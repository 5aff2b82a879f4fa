//! Messages that never arrived: sent again, or what waits for them undone.

use super::{Desk, Out, Refused, not_transferred, pay, rejected};
use crate::bridge;
use crate::contracts;
use crate::fact::{Change, Message, Purpose, Subject, WalletId};
use crate::refusal::Code;

/// Sends again, or calls off, what never arrived.
pub(crate) fn repair(desk: &Desk<'_>, how: Purpose, out: &mut Out) {
    if how == Purpose::Reverse {
        reverse(desk, out);
    } else {
        retry(desk, out);
    }
}

/// Sends again what nobody has confirmed. Receivers tell by its number if they
/// have had it after all.
pub(in crate::cbdc) fn retry(desk: &Desk<'_>, out: &mut Out) {
    let mut any = false;
    for message in desk.undelivered() {
        any = true;
        out.change(Change::Resent {
            serial: message.serial,
            due: desk.now + desk.rules().latency.0,
        });
    }
    if !any {
        out.refuse(Refused::plain(Code::NothingMissing, None), desk.me(), 0);
    }
}

/// Calls off what nobody has confirmed and that nothing was decided on yet,
/// and undoes what was done before it was sent.
fn reverse(desk: &Desk<'_>, out: &mut Out) {
    let can_be = |message: &&Message| {
        matches!(
            message.subject,
            Subject::Offer
                | Subject::Order
                | Subject::Accept
                | Subject::Convert
                | Subject::Withdraw
                | Subject::Transfer
                | Subject::LookUp
                | Subject::Enrol
                | Subject::ContractCall
        ) || bridge::can_be_called_off(message.subject)
    };
    // One at a time, as each is decided on what the one before it left.
    let Some(message) = desk.undelivered().find(can_be) else {
        out.refuse(Refused::plain(Code::NothingMissing, None), desk.me(), 0);
        return;
    };
    out.change(Change::Recalled {
        serial: message.serial,
    });
    out.turn_to(message.order, message.purpose);
    if message.purpose.is_abroad() {
        bridge::call_off(desk, message, out);
        return;
    }
    if message.purpose.is_contract() {
        contracts::call_off(desk, message, out);
        return;
    }
    let answered = |subject| Message {
        subject,
        ..*message
    };
    match message.subject {
        Subject::Transfer => not_transferred(desk, &answered(Subject::TransferRefused), out),
        Subject::Accept => {
            pay::undo(desk, message, out);
            let payers_bank = message.wallet.and_then(|id: WalletId| desk.operator_of(id));
            if let Some(bank) = payers_bank {
                out.pass(bank, Subject::Rejected, message);
            }
        }
        _ => rejected(desk, &answered(Subject::Rejected), out),
    }
}
