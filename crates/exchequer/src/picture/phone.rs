//! A wallet as the phone of whoever holds it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use world::describe::Actor;
use world::fact::{Fact, Message, OrderId, PartyId, Purpose, Subject, Title, WalletId};
use world::visible::{Field, Viewer, visible};

use super::{At, address, offline, parties};
use crate::views::{Arg, Asked, Entry, Later, Phone, Sub};

/// Entries of the history that a phone shows, the latest ones.
const HISTORY: usize = 100;

/// The phone of a wallet; none if there is no such wallet, or it is not the
/// viewer's to see.
pub fn phone(at: &At<'_>, id: WalletId) -> Option<Phone> {
    let wallet = at.now.wallet(id)?;
    if !may_look_into(at, wallet.owner) {
        return None;
    }
    let holder = At {
        viewer: Viewer::Party(wallet.owner),
        ..*at
    };
    let bank = at.now.party(wallet.owner).and_then(|party| party.at);
    let deposit = bank
        .and_then(|bank| at.now.of(bank, Title::Deposits, wallet.owner.0))
        .map(|account| at.now.ledger().balance(account));
    Some(Phone {
        wallet: parties::wallet(at, id, wallet),
        address: address::of_wallet(at, id)?,
        owner: wallet.owner.0,
        owner_name: at.name(wallet.owner),
        status: format!("status-{}", wallet.status.key()),
        parent: (at.now.purse(id) != id)
            .then(|| at.now.wallet(at.now.purse(id)))
            .flatten()
            .map(|parent| at.text(parent.name)),
        deposit,
        cash: at.now.balance(wallet.owner, Title::Cash),
        is_connected: at.now.is_connected(wallet.owner),
        devices: offline::devices(at, id, wallet.owner),
        crossed: offline::crossed(at, wallet.owner),
        subs: subs(at, id),
        asked: asked(&holder, id),
        later: later(&holder, id),
        history: history(&holder, id),
    })
}

/// Whether the viewer may look into the phone of this holder.
pub(super) fn may_look_into(at: &At<'_>, holder: PartyId) -> bool {
    match at.viewer {
        Viewer::Everyone => true,
        Viewer::Party(viewer) => viewer == holder,
        // A warrant opens what institutions know, from then on; a phone tells
        // what went before, whom its holder knows, and what was said.
        Viewer::Investigator { .. } | Viewer::Centre(_) => false,
    }
}

fn subs(at: &At<'_>, id: WalletId) -> Vec<Sub> {
    let today = at
        .run
        .simulation()
        .rules()
        .zone
        .day(money::Instant(at.now.now()));
    let is_sub =
        |(sub, _): &(WalletId, &world::state::Wallet)| *sub != id && at.now.purse(*sub) == id;
    at.now
        .wallets()
        .filter(is_sub)
        .map(|(number, sub)| {
            let special = at.now.special(number).copied().unwrap_or_default();
            let only = special.only.and_then(|it| at.now.wallet(it));
            Sub {
                name: at.text(sub.name),
                payee: only.map(|it| at.name(it.owner)),
                cap: special.cap,
                used: if sub.day == today { sub.spent_day } else { 0 },
                status: format!("status-{}", sub.status.key()),
            }
        })
        .collect()
}

/// The names by which requests can be spoken of.
fn names<'a>(at: &At<'a>) -> BTreeMap<OrderId, &'a str> {
    let named = |(name, actor): (&'a String, &Actor)| match actor {
        Actor::Order(order) => Some((*order, name.as_str())),
        _ => None,
    };
    at.run
        .simulation()
        .names()
        .iter()
        .filter_map(named)
        .collect()
}

/// The requests to be paid that the wallet was sent or sent itself.
fn asked(at: &At<'_>, id: WalletId) -> Vec<Asked> {
    let names = names(at);
    at.now
        .bills()
        .filter(|(_, bill)| bill.payer == id || bill.payee == id)
        .map(|(order, bill)| {
            let other = if bill.payer == id {
                bill.payee
            } else {
                bill.payer
            };
            Asked {
                name: names.get(&order).map(|name| (*name).to_owned()),
                who: at
                    .now
                    .wallet(other)
                    .map(|it| at.name(it.owner))
                    .unwrap_or_default(),
                amount: bill.amount,
                due: (bill.due > 0).then(|| at.time(bill.due)),
                is_mine: bill.payee == id,
                outcome: bill.outcome.map(|it| format!("outcome-{}", it.key())),
            }
        })
        .collect()
}

fn later(at: &At<'_>, id: WalletId) -> Vec<Later> {
    at.now
        .standing()
        .filter(|(_, it)| it.wallet == id)
        .map(|(_, it)| Later {
            payee: at
                .now
                .wallet(it.payee)
                .map(|wallet| at.name(wallet.owner))
                .unwrap_or_default(),
            amount: it.amount,
            due: at.time(it.due),
            times: it.times,
        })
        .collect()
}

/// In place of the code of a refusal, where there is none.
const NOT_DONE: &str = "not-done";

/// What the holder was told: receipts, notices, and what was declined.
fn history(at: &At<'_>, id: WalletId) -> Vec<Entry> {
    let mut entries = VecDeque::new();
    let mut codes: BTreeMap<OrderId, &'static str> = BTreeMap::new();
    let mut receipts = BTreeSet::new();
    let log = at.run.simulation().log();
    for (index, stamped) in log.facts(0, at.position) {
        let message = match stamped.fact {
            Fact::Refused(refusal) => {
                if visible(&stamped.fact, Field::Existence, at.viewer, at.now) {
                    codes.insert(refusal.order, refusal.code.key());
                }
                continue;
            }
            Fact::Sent(message) if concerns(at, &message, id) => message,
            _ => continue,
        };
        // A payment that comes twice is acknowledged twice, in the same bytes.
        if message.subject == Subject::OfflineReceipt
            && !receipts.insert(at.run.simulation().texts().bytes(message.signature))
        {
            continue;
        }
        let code = match message.subject {
            // Called off, or why is not the holder's to know.
            Subject::Declined => Some(codes.get(&message.order).copied().unwrap_or(NOT_DONE)),
            _ => None,
        };
        if entries.len() == HISTORY {
            entries.pop_front();
        }
        entries.push_back(entry(at, index + 1, stamped.at, &message, id, code));
    }
    entries.into()
}

/// Whether a message tells the holder of something done with this wallet.
pub(super) fn concerns(at: &At<'_>, message: &Message, id: WalletId) -> bool {
    let Viewer::Party(holder) = at.viewer else {
        return false;
    };
    match message.subject {
        // Out when it was sent, in when it was acknowledged: to its sender, that is.
        Subject::OfflinePayment if message.purpose == Purpose::OfflinePay => {
            return message.from == holder && message.wallet == Some(id);
        }
        Subject::OfflineReceipt => {
            return message.from == holder && message.wallet == Some(id);
        }
        Subject::OfflinePayment => return false,
        _ => {}
    }
    let told = matches!(
        message.subject,
        Subject::Receipt | Subject::Notice | Subject::Declined
    );
    let is = |wallet: Option<WalletId>| wallet.is_some_and(|it| it == id || at.now.purse(it) == id);
    let other = message.other.map(WalletId);
    told && message.to == holder
        && (is(message.wallet) || (message.purpose.is_between_wallets() && is(other)))
}

pub(super) fn entry(
    at: &At<'_>,
    position: u32,
    time: i64,
    message: &Message,
    id: WalletId,
    code: Option<&str>,
) -> Entry {
    let is_offline = message.subject.is_between_devices();
    let is_in = message.subject == Subject::Notice
        || message.subject == Subject::OfflineReceipt
        || matches!(message.purpose, Purpose::Exchange | Purpose::CashIn);
    let fact = Fact::Sent(*message);
    let (other, field) = if message.subject == Subject::Notice {
        (message.wallet, Field::Holder)
    } else {
        (message.other.map(WalletId), Field::Payee)
    };
    let other = other.filter(|it| message.purpose.is_between_wallets() && *it != id);
    let who = other.and_then(|it| Some((it, at.now.wallet(it)?.owner)));
    let with = |party: PartyId| {
        // Whoever pays has chosen whom; the other sees a device.
        if is_in {
            at.who(party)
        } else {
            Arg::Name(at.name(party))
        }
    };
    let hand_to_hand = is_offline.then(|| with(message.to));
    let who = who.map(|(wallet, owner)| {
        if visible(&fact, field, at.viewer, at.now) || at.knows(owner) {
            Arg::Name(at.name(owner))
        } else {
            // The handle is what the holder sees of somebody it does not know.
            Arg::Name(format!("#{}", wallet.0))
        }
    });
    Entry {
        position,
        at: at.time(time),
        key: if is_offline {
            "entry-offline-pay".to_owned()
        } else {
            format!("entry-{}", message.purpose.key())
        },
        is_in,
        who: who.or(hand_to_hand),
        amount: message.amount,
        memo: at.text(message.memo),
        refused: code.map(str::to_owned),
    }
}
