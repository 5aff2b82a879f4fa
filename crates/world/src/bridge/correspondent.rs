//! Correspondent banking: a payment goes from bank to bank, each of which has
//! an account at the next or keeps one for it.
//!
//! ```text
//! payer's bank [position → nostro, or → vostro]
//!   ──CorrespondentOrder──▶ correspondent [vostro → in-transit, or nostro ←]
//!     … in working time … [in-transit → position: the fee, and what is changed; position → nostro or vostro]
//!   ──CorrespondentOrder──▶ payee's bank [vostro → position, or nostro ←]
//! ```
//!
//! Between two banks the first pays from its account at the second (its
//! *nostro*, the second's *vostro*), or else into the account that the second
//! has at it. The last correspondent changes the money, at the rate less the
//! preset's spread. A correspondent that cannot pay on sends back what came less
//! its fee, and so does each before it: the work was done.

use ledger::AccountId;
use money::{Currency, Instant, Rate, Rounding, Zone};

use super::{Ask, No, account, exchanged, post};
use crate::cbdc::{Desk, Out, Refused};
use crate::fact::{Change, Finality, Message, NONE, OrderId, PartyId, Purpose, Subject, Title};
use crate::refusal::Code;
use crate::rules::Correspondents;
use crate::state::Forward;

/// An account between this bank and another.
#[derive(Clone, Copy)]
enum Between {
    /// This bank's, at the other.
    Nostro(AccountId),
    /// The other's, at this bank.
    Vostro(AccountId),
}

/// The account over which `first` pays `second`, of whom one is this bank.
fn between(
    desk: &Desk<'_>,
    first: PartyId,
    second: PartyId,
    currency: Currency,
) -> Option<Between> {
    let find = |of: PartyId, at: PartyId| {
        if of == desk.me() {
            let nostro = desk.account_in(Title::Nostro, at.0, currency);
            nostro.map(Between::Nostro)
        } else {
            let vostro = desk.account_in(Title::Vostro, of.0, currency);
            vostro.map(Between::Vostro)
        }
    };
    find(first, second).or_else(|| find(second, first))
}

/// Posts what went to the other bank (from an account of this book), or came
/// back from it.
fn pays(out: &mut Out, over: Between, own: AccountId, amount: i64, back: bool, finality: Finality) {
    let (Between::Nostro(there) | Between::Vostro(there)) = over;
    let (debit, credit) = if back { (there, own) } else { (own, there) };
    post(out, debit, credit, amount, finality);
}

/// A line of the scenario asks the payer's bank.
pub(super) fn pay(desk: &Desk<'_>, ask: &Ask, out: &mut Out) -> Result<(), No> {
    let (order, deal) = (ask.order, ask.deal);
    let plain = |code| (Refused::plain(code, None), desk.me(), deal.sell);
    let via = ask.via.as_ref().map_or(&[][..], |via| via.as_slice());
    let route: Vec<PartyId> = std::iter::once(deal.seller)
        .chain(via.iter().copied())
        .chain([deal.buyer])
        .collect();
    let spread = desk.rules().correspondents.spread.unwrap_or(Rate::ZERO);
    let rate = ask.rate.and_then(|rate| rate.less(spread).ok());
    let between_them = (deal.sells, deal.buys);
    let bought = rate.and_then(|rate| exchanged(desk, rate, deal.sell, between_them));
    out.change(Change::Dealt {
        order,
        deal: crate::fact::Deal {
            buy: bought.unwrap_or(0),
            ..deal
        },
    });
    for (place, party) in (0u32..).zip(&route) {
        out.change(Change::Routed {
            order,
            place,
            party: *party,
        });
    }
    if deal.seller == deal.buyer {
        return Err(plain(Code::PayeeSelf));
    }
    if route
        .iter()
        .collect::<std::collections::BTreeSet<_>>()
        .len()
        < route.len()
    {
        return Err(plain(Code::RouteMissing));
    }
    let bought = bought.filter(|it| *it > 0);
    let bought = bought.ok_or(plain(Code::RateUnusable))?;
    // Without a correspondent the payer's bank changes the money itself.
    let (authority, amount) = if via.is_empty() {
        (deal.buys, bought)
    } else {
        (deal.sells, deal.sell)
    };
    let next = route.get(1).copied().unwrap_or(deal.buyer);
    let currency = desk
        .currency_of(authority)
        .ok_or(plain(Code::RouteMissing))?;
    let over = between(desk, desk.me(), next, currency).ok_or(plain(Code::RouteMissing))?;
    can_pay(desk, over, amount).map_err(|refused| (refused, desk.me(), amount))?;
    let position = account(desk, out, (Title::Position, NONE), currency);
    pays(out, over, position, amount, false, Finality::Provisional);
    out.send(next, Subject::CorrespondentOrder, None, None, amount);
    Ok(())
}

/// What a bank has at another has to be there; what it owes another it can owe.
fn can_pay(desk: &Desk<'_>, over: Between, amount: i64) -> Result<(), Refused> {
    match over {
        Between::Nostro(there) if desk.balance(Some(there)) < amount => Err(Refused::short(
            Code::FundsShort,
            None,
            desk.balance(Some(there)),
        )),
        _ => Ok(()),
    }
}

pub(super) fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if message.subject == Subject::CorrespondentReturn {
        came_back(desk, message, out);
        return;
    }
    let (order, from, amount) = (message.order, message.from, message.amount);
    let me = desk.me();
    let found = desk.currency_from(order, from);
    let found = found.and_then(|it| Some((it, between(desk, from, me, it)?)));
    let Some((currency, over)) = found else {
        return;
    };
    if desk.route(order).last() == Some(&me) {
        let position = account(desk, out, (Title::Position, NONE), currency);
        pays(out, over, position, amount, true, Finality::Final);
        return;
    }
    let in_transit = account(desk, out, (Title::InTransit, NONE), currency);
    pays(out, over, in_transit, amount, true, Finality::Provisional);
    let rules = desk.rules();
    let due = ready(&rules.correspondents, &rules.zone, desk.now);
    out.change(Change::Forwarding {
        order,
        party: me,
        from,
        amount,
        due,
        passed: 0,
    });
    out.remind(due);
}

/// Payments whose working time is over are passed on.
pub(crate) fn pass_on(desk: &Desk<'_>, out: &mut Out) {
    for (order, forward) in desk.forwards().filter(|(_, it)| it.passed == 0) {
        if forward.due > desk.now {
            out.remind(forward.due);
            continue;
        }
        out.turn_to(order, Purpose::CorrespondentPay);
        let net = net(&desk.rules().correspondents, forward.amount);
        match onward(desk, order, net) {
            Ok(onward) => {
                let came = account(desk, out, (Title::InTransit, NONE), onward.came_in);
                let position = account(desk, out, (Title::Position, NONE), onward.came_in);
                if onward.came_in == onward.goes_in {
                    let fee = forward.amount - net;
                    post(out, came, position, fee, Finality::Final);
                    pays(out, onward.over, came, net, false, Finality::Provisional);
                } else {
                    post(out, came, position, forward.amount, Finality::Provisional);
                    let other = account(desk, out, (Title::Position, NONE), onward.goes_in);
                    let amount = onward.amount;
                    pays(
                        out,
                        onward.over,
                        other,
                        amount,
                        false,
                        Finality::Provisional,
                    );
                }
                out.change(Change::Forwarding {
                    order,
                    party: desk.me(),
                    from: forward.from,
                    amount: forward.amount,
                    due: forward.due,
                    passed: net,
                });
                let next = onward.next;
                out.send(next, Subject::CorrespondentOrder, None, None, onward.amount);
            }
            Err(refused) => {
                let asked = refused.1;
                out.refuse(refused.0, desk.me(), asked);
                give_back(desk, order, forward, net, forward.amount - net, out);
            }
        }
    }
}

/// What is left of a sum after this bank's fee; nothing at worst.
fn net(rules: &Correspondents, amount: i64) -> i64 {
    let fee = rules.fee.unwrap_or(Rate::ZERO);
    let fee = fee.apply(amount, Rounding::HalfEven).unwrap_or(amount);
    (amount - fee).max(0)
}

/// The next stretch of a payment.
struct Onward {
    next: PartyId,
    came_in: Currency,
    goes_in: Currency,
    amount: i64,
    over: Between,
}

fn onward(desk: &Desk<'_>, order: OrderId, net: i64) -> Result<Onward, (Refused, i64)> {
    let plain = |code| (Refused::plain(code, None), net);
    let missing = plain(Code::RouteMissing);
    let me = desk.me();
    let route = desk.route(order);
    let place = route.iter().position(|it| *it == me).ok_or(missing)?;
    let next = *route.get(place + 1).ok_or(missing)?;
    let (_, deal) = desk.deal(order).ok_or(missing)?;
    let came_in = desk.currency_of(deal.sells).ok_or(missing)?;
    let goes_in = desk.currency_from(order, me).ok_or(missing)?;
    let over = between(desk, me, next, goes_in).ok_or(missing)?;
    let changes = place + 2 == route.len();
    let amount = if changes {
        let rate = desk.rate(deal.rate).ok_or(missing)?;
        let spread = desk.rules().correspondents.spread.unwrap_or(Rate::ZERO);
        let less = rate.less(spread).ok();
        less.and_then(|it| exchanged(desk, it, net, (deal.sells, deal.buys)))
            .ok_or(plain(Code::RateUnusable))?
    } else {
        net
    };
    if amount <= 0 {
        return Err(plain(Code::RateUnusable));
    }
    can_pay(desk, over, amount).map_err(|refused| (refused, amount))?;
    Ok(Onward {
        next,
        came_in,
        goes_in,
        amount,
        over,
    })
}

/// A payment that could not be passed on goes back to the bank before, less
/// this one's fee.
fn give_back(
    desk: &Desk<'_>,
    order: OrderId,
    forward: &Forward,
    net: i64,
    fee: i64,
    out: &mut Out,
) {
    let found = desk.currency_from(order, forward.from);
    let found = found.and_then(|it| Some((it, between(desk, forward.from, desk.me(), it)?)));
    let Some((currency, over)) = found else {
        return;
    };
    let in_transit = account(desk, out, (Title::InTransit, NONE), currency);
    let position = account(desk, out, (Title::Position, NONE), currency);
    post(out, in_transit, position, fee, Finality::Final);
    pays(out, over, in_transit, net, false, Finality::Provisional);
    out.change(Change::Forwarding {
        order,
        party: desk.me(),
        from: forward.from,
        amount: 0,
        due: forward.due,
        passed: 0,
    });
    if net > 0 {
        out.send(forward.from, Subject::CorrespondentReturn, None, None, net);
    }
}

/// What this bank passed on came back, or never arrived and was called off.
pub(super) fn came_back(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let (order, amount, me) = (message.order, message.amount, desk.me());
    let other = if message.from == me {
        message.to
    } else {
        message.from
    };
    let found = desk.currency_from(order, me);
    let found = found.and_then(|it| Some((it, between(desk, me, other, it)?)));
    let Some((currency, over)) = found else {
        return;
    };
    let position = account(desk, out, (Title::Position, NONE), currency);
    let Some(forward) = desk.forward(order) else {
        // The payer's bank has it again.
        pays(out, over, position, amount, true, Finality::Final);
        return;
    };
    let came_in = desk.currency_from(order, forward.from).unwrap_or(currency);
    let in_transit = account(desk, out, (Title::InTransit, NONE), came_in);
    let left = if came_in == currency {
        pays(out, over, in_transit, amount, true, Finality::Provisional);
        amount
    } else {
        // It is changed back at the rate at which it was changed.
        pays(out, over, position, amount, true, Finality::Provisional);
        let own = account(desk, out, (Title::Position, NONE), came_in);
        post(out, own, in_transit, forward.passed, Finality::Provisional);
        forward.passed
    };
    give_back(desk, order, forward, left, 0, out);
}

/// When a payment that came now is passed on: after the working time, which
/// begins on a working day before the cut-off, or when the next one begins.
fn ready(rules: &Correspondents, zone: &Zone, now: i64) -> i64 {
    let working = rules.working_time.map_or(0, |it| it.0);
    let time = zone.civil(Instant(now)).time();
    let minute = u16::from(time.hour) * 60 + u16::from(time.minute);
    let today = zone.day(Instant(now));
    let in_time = rules.cut_off.is_none_or(|cut_off| minute < cut_off);
    let begins = if is_working_day(today) && in_time {
        now
    } else {
        start(zone, next_working_day(today), now)
    };
    let due = begins.saturating_add(working);
    let day = zone.day(Instant(due));
    if is_working_day(day) {
        due
    } else {
        start(zone, next_working_day(day), due)
    }
}

fn start(zone: &Zone, day: i32, otherwise: i64) -> i64 {
    zone.start_of_day(day).map_or(otherwise, |it| it.0)
}

/// Monday to Friday; holidays are not kept.
fn is_working_day(day: i32) -> bool {
    // Day 0 was a Thursday.
    (day + 3).rem_euclid(7) < 5
}

fn next_working_day(day: i32) -> i32 {
    (day + 1..day + 4)
        .find(|it| is_working_day(*it))
        .unwrap_or(day + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use money::{Civil, Span};

    #[test]
    fn a_payment_waits_for_its_working_time_within_working_days() {
        let zone = Zone::fixed("Asia/Shanghai", 28_800).unwrap();
        let rules = Correspondents {
            working_time: Some(Span(86_400_000)),
            cut_off: Some(15 * 60),
            ..Correspondents::default()
        };
        let at = |text: &str| zone.instant(&text.parse::<Civil>().unwrap()).unwrap().0;
        for (came, goes) in [
            // Monday in time, at the cut-off, and on Friday.
            ("2025-11-03T14:59", "2025-11-04T14:59"),
            ("2025-11-03T15:00", "2025-11-05T00:00"),
            ("2025-11-07T10:00", "2025-11-10T00:00"),
            ("2025-11-07T16:00", "2025-11-11T00:00"),
            ("2025-11-08T10:00", "2025-11-11T00:00"),
        ] {
            assert_eq!(ready(&rules, &zone, at(came)), at(goes), "{came}");
        }
        assert_eq!(ready(&Correspondents::default(), &zone, 7), 7);
    }
}
