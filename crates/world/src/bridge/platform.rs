//! What the common platform decides. It keeps what each bank holds of each
//! currency, and moves it when both sides have agreed.

use super::{account, post};
use crate::cbdc::{Desk, Out, Refused};
use crate::fact::{Change, Deal, Finality, Message, NONE, OrderId, PartyId, Stage, Subject, Title};
use crate::refusal::Code;

pub(super) fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let (from, amount) = (message.from, message.amount);
    let Some((order, deal)) = desk.deal(message.order) else {
        return;
    };
    match message.subject {
        Subject::BridgeIssued | Subject::BridgeRetire => {
            let Some(currency) = desk.currency_of(from) else {
                return;
            };
            let bank = deal.seller;
            let holding = (Title::Holding, bank.0);
            let onto = message.subject == Subject::BridgeIssued;
            let has = desk.balance(desk.account_in(holding.0, holding.1, currency));
            if !onto && has < amount {
                out.refuse(Refused::short(Code::FundsShort, None, has), bank, amount);
                out.pass(from, Subject::BridgeRefused, message);
                return;
            }
            let holding = account(desk, out, holding, currency);
            let issued = account(desk, out, (Title::Issued, NONE), currency);
            if onto {
                post(out, issued, holding, amount, Finality::Final);
                out.pass(bank, Subject::BridgeHeld, message);
            } else {
                post(out, holding, issued, amount, Finality::Final);
                out.pass(from, Subject::BridgeRetired, message);
            }
        }
        Subject::BridgeAgreed | Subject::BridgeOrder => {
            match check(desk, message, order, deal) {
                Ok(()) => {
                    settle(desk, out, deal);
                    file(out, desk.me(), order, deal, Stage::Settled);
                    out.pass(deal.seller, Subject::BridgeSettled, message);
                    out.pass(deal.buyer, Subject::BridgeSettled, message);
                }
                Err((refused, party, asked)) => {
                    out.refuse(refused, party, asked);
                    // A swap that was settled before stays so.
                    if desk.stage(order).is_none() {
                        file(out, desk.me(), order, deal, Stage::Failed);
                    }
                    out.pass(from, Subject::BridgeRefused, message);
                    if deal.buy > 0 {
                        out.pass(deal.seller, Subject::BridgeRefused, message);
                    }
                }
            }
        }
        _ => {}
    }
}

/// A swap is posted once.
fn file(out: &mut Out, party: PartyId, order: OrderId, deal: &Deal, stage: Stage) {
    if deal.buy > 0 {
        out.change(Change::Filed {
            order,
            party,
            stage,
        });
    }
}

fn check(desk: &Desk<'_>, message: &Message, order: OrderId, deal: &Deal) -> Result<(), super::No> {
    let no = |code| (Refused::plain(code, None), message.from, deal.sell);
    if desk.stage(order).is_some() {
        return Err(no(Code::QuoteOver));
    }
    if deal.due > 0 && desk.now >= deal.due {
        return Err(no(Code::QuoteExpired));
    }
    let legs = [
        (deal.seller, deal.sells, deal.sell),
        (deal.buyer, deal.buys, deal.buy),
    ];
    for (bank, authority, amount) in legs {
        let currency = desk.currency_of(authority);
        let holding = currency.and_then(|it| desk.account_in(Title::Holding, bank.0, it));
        let has = desk.balance(holding);
        if has < amount {
            return Err((Refused::short(Code::FundsShort, None, has), bank, amount));
        }
    }
    Ok(())
}

/// Posts both legs, or the only one.
fn settle(desk: &Desk<'_>, out: &mut Out, deal: &Deal) {
    let legs = [
        (deal.seller, deal.buyer, deal.sells, deal.sell),
        (deal.buyer, deal.seller, deal.buys, deal.buy),
    ];
    for (from, to, authority, amount) in legs.into_iter().filter(|it| it.3 > 0) {
        if let Some(currency) = desk.currency_of(authority) {
            let from = account(desk, out, (Title::Holding, from.0), currency);
            let to = account(desk, out, (Title::Holding, to.0), currency);
            post(out, from, to, amount, Finality::Final);
        }
    }
}
