//! What a central bank decides: it issues its own currency on the common
//! platform for its own banks, and takes it back.

use super::{account, post};
use crate::cbdc::{Desk, Out, Refused};
use crate::fact::{Finality, Message, NONE, PartyId, Subject, Title};
use crate::refusal::Code;
use ledger::AccountId;
use money::Currency;

pub(super) fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let (me, from, amount) = (desk.me(), message.from, message.amount);
    let (Some((_, deal)), Some(currency), Some(platform)) = (
        desk.deal(message.order),
        desk.currency_of(me),
        desk.platform(),
    ) else {
        return;
    };
    match message.subject {
        Subject::BridgeAsk | Subject::BridgeGiveBack if desk.authority_of(from) != Some(me) => {
            out.refuse(Refused::plain(Code::BankForeign, None), from, amount);
            out.pass(from, Subject::BridgeRefused, message);
        }
        Subject::BridgeAsk => {
            let has = desk.balance(reserves(desk, from, currency));
            if has < amount {
                out.refuse(Refused::short(Code::FundsShort, None, has), from, amount);
                out.pass(from, Subject::BridgeRefused, message);
                return;
            }
            turn(desk, out, (from, currency), amount, true);
            out.pass(platform, Subject::BridgeIssued, message);
        }
        Subject::BridgeGiveBack => out.pass(platform, Subject::BridgeRetire, message),
        Subject::BridgeRetired => {
            turn(desk, out, (deal.seller, currency), amount, false);
            out.pass(deal.seller, Subject::BridgeRedeemed, message);
        }
        Subject::BridgeRefused => out.pass(deal.seller, Subject::BridgeRefused, message),
        _ => {}
    }
}

fn reserves(desk: &Desk<'_>, bank: PartyId, currency: Currency) -> Option<AccountId> {
    desk.account_in(Title::Reserves, bank.0, currency)
}

/// Turns a bank's reserves into money on the platform, or that into reserves.
fn turn(
    desk: &Desk<'_>,
    out: &mut Out,
    (bank, currency): (PartyId, Currency),
    amount: i64,
    onto: bool,
) {
    let Some(reserves) = reserves(desk, bank, currency) else {
        return;
    };
    let on_bridge = account(desk, out, (Title::OnBridge, NONE), currency);
    let (debit, credit) = if onto {
        (reserves, on_bridge)
    } else {
        (on_bridge, reserves)
    };
    post(out, debit, credit, amount, Finality::Final);
}

/// The platform never heard of an issue, or of what was to be taken back.
pub(super) fn call_off(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let Some((_, deal)) = desk.deal(message.order) else {
        return;
    };
    if message.subject == Subject::BridgeIssued
        && let Some(currency) = desk.currency_of(desk.me())
    {
        turn(desk, out, (deal.seller, currency), message.amount, false);
    }
    out.pass(deal.seller, Subject::BridgeRefused, message);
}
