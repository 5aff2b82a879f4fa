//! What a bank decides on the common platform: it asks, offers, agrees and pays,
//! and writes down what has become of it.

use super::{Ask, No, account, correspondent, exchanged, post};
use crate::cbdc::{Desk, Out, Refused};
use crate::fact::{
    Change, Deal, Finality, Message, NONE, OrderId, Purpose, Stage, Subject, Terms, Title,
};
use crate::refusal::Code;

/// A line of the scenario asks.
pub(super) fn ask(desk: &Desk<'_>, ask: &Ask, out: &mut Out) -> Result<(), No> {
    let deal = ask.deal;
    let plain = |code| (Refused::plain(code, None), desk.me(), deal.sell);
    if let Some(about) = ask.about {
        return answer(desk, ask, about, out);
    }
    if ask.purpose == Purpose::CorrespondentPay {
        return correspondent::pay(desk, ask, out);
    }
    // What is asked for is known to whoever is told of a refusal.
    let deal = Deal {
        buy: bought(desk, ask).unwrap_or(0),
        ..deal
    };
    out.change(Change::Dealt {
        order: ask.order,
        deal,
    });
    let platform = desk.platform().ok_or(plain(Code::BridgeMissing))?;
    let between_banks = matches!(ask.purpose, Purpose::BridgeQuote | Purpose::BridgePay);
    if between_banks && deal.seller == deal.buyer {
        return Err(plain(Code::PayeeSelf));
    }
    match ask.purpose {
        Purpose::BridgeIssue => {
            let own = desk.authority_of(desk.me()) == Some(deal.sells);
            let reserves = desk.own_reserves();
            if own && desk.balance(reserves) < deal.sell {
                let refused = Refused::short(Code::FundsShort, None, desk.balance(reserves));
                return Err((refused, desk.me(), deal.sell));
            }
            out.send(deal.buyer, Subject::BridgeAsk, None, None, deal.sell);
        }
        Purpose::BridgeRedeem => {
            out.send(deal.buyer, Subject::BridgeGiveBack, None, None, deal.sell);
        }
        Purpose::BridgePay => {
            out.send(platform, Subject::BridgeOrder, None, None, deal.sell);
        }
        Purpose::BridgeQuote => {
            if deal.sells == deal.buys {
                return Err(plain(Code::CurrencySame));
            }
            if deal.buy <= 0 {
                return Err(plain(Code::RateUnusable));
            }
            file(desk, out, ask.order, Stage::Open);
            out.remind(deal.due);
            out.send(deal.buyer, Subject::BridgeQuoted, None, None, deal.sell);
        }
        _ => {}
    }
    Ok(())
}

/// The sum that is bought at the rate, rounded half to even, if there is one.
fn bought(desk: &Desk<'_>, ask: &Ask) -> Option<i64> {
    exchanged(
        desk,
        ask.rate?,
        ask.deal.sell,
        (ask.deal.sells, ask.deal.buys),
    )
}

/// A quote is taken, or declined.
fn answer(desk: &Desk<'_>, ask: &Ask, about: OrderId, out: &mut Out) -> Result<(), No> {
    let terms = Terms {
        about: Some(about),
        ..Terms::default()
    };
    out.change(Change::Instructed {
        order: ask.order,
        terms,
    });
    let sum = desk.deal(about).map_or(0, |(_, deal)| deal.sell);
    let plain = |code| (Refused::plain(code, None), desk.me(), sum);
    let unknown = plain(Code::OrderUnknown);
    let (_, deal) = desk
        .deal(about)
        .filter(|(_, deal)| deal.buyer == desk.me())
        .ok_or(unknown)?;
    let stage = desk.stage(about).ok_or(unknown)?;
    let late = stage == Stage::Open && desk.now >= deal.due;
    if late || stage == Stage::Expired {
        return Err(plain(Code::QuoteExpired));
    }
    if stage != Stage::Open {
        return Err(plain(Code::QuoteOver));
    }
    if ask.purpose == Purpose::BridgeDecline {
        file(desk, out, about, Stage::Declined);
        out.send(deal.seller, Subject::BridgeDeclined, None, None, deal.sell);
        return Ok(());
    }
    let platform = desk.platform().ok_or(plain(Code::BridgeMissing))?;
    file(desk, out, about, Stage::Agreed);
    out.send(platform, Subject::BridgeAgreed, None, None, deal.sell);
    Ok(())
}

fn file(desk: &Desk<'_>, out: &mut Out, order: OrderId, stage: Stage) {
    out.change(Change::Filed {
        order,
        party: desk.me(),
        stage,
    });
}

pub(super) fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let Some((order, deal)) = desk.deal(message.order) else {
        return;
    };
    let stage = desk.stage(order);
    match message.subject {
        Subject::BridgeHeld | Subject::BridgeRedeemed => {
            let Some((currency, reserves)) = desk.currency_of(deal.sells).zip(desk.own_reserves())
            else {
                return;
            };
            let bridge = account(desk, out, (Title::Bridge, NONE), currency);
            let (debit, credit) = if message.subject == Subject::BridgeHeld {
                (bridge, reserves)
            } else {
                (reserves, bridge)
            };
            post(out, debit, credit, message.amount, Finality::Final);
        }
        Subject::BridgeQuoted => {
            file(desk, out, order, Stage::Open);
            out.remind(deal.due.max(desk.now));
        }
        Subject::BridgeSettled => settled(desk, order, deal, out),
        Subject::BridgeDeclined if stage == Some(Stage::Open) => {
            file(desk, out, order, Stage::Declined);
        }
        Subject::BridgeRefused
            if matches!(stage, Some(Stage::Open | Stage::Agreed | Stage::Expired)) =>
        {
            file(desk, out, order, Stage::Failed);
        }
        _ => {}
    }
}

/// The platform has posted: so does the bank, each currency for itself.
fn settled(desk: &Desk<'_>, order: OrderId, deal: &Deal, out: &mut Out) {
    let sold = (deal.sells, deal.sell);
    let bought = (deal.buys, deal.buy);
    let (paid, got) = if deal.seller == desk.me() {
        (sold, bought)
    } else {
        (bought, sold)
    };
    for (leg, is_in) in [(paid, false), (got, true)] {
        let (authority, amount) = leg;
        let Some(currency) = desk.currency_of(authority).filter(|_| amount > 0) else {
            continue;
        };
        let bridge = account(desk, out, (Title::Bridge, NONE), currency);
        let position = account(desk, out, (Title::Position, NONE), currency);
        let (debit, credit) = if is_in {
            (bridge, position)
        } else {
            (position, bridge)
        };
        post(out, debit, credit, amount, Finality::Final);
    }
    if deal.buy > 0 {
        file(desk, out, order, Stage::Settled);
    }
}

/// Quotes that nobody took in time end.
pub(super) fn expire(desk: &Desk<'_>, out: &mut Out) {
    for (order, stage) in desk.stages() {
        let due = desk.deal(order).map_or(0, |(_, deal)| deal.due);
        match stage {
            Stage::Open if due <= desk.now => file(desk, out, order, Stage::Expired),
            Stage::Open => out.remind(due),
            _ => {}
        }
    }
}

/// The other bank never heard of the quote, or the platform of the yes.
pub(super) fn call_off(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let Some((order, deal)) = desk.deal(message.order) else {
        return;
    };
    file(desk, out, order, Stage::Declined);
    if message.subject == Subject::BridgeAgreed {
        out.pass(deal.seller, Subject::BridgeDeclined, message);
    }
}
