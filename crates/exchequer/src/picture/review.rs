//! What a reviewer is told of a run.

use std::collections::{BTreeMap, BTreeSet};

use world::fact::{Fact, Message, NONE, OrderId, PartyId, TextId, WalletId};
use world::rules::Issuance;
use world::visible::{Centre, Field, Viewer, is_institution, visible};

use super::At;
use super::caption::{DEVICE_RULES, WALLET_RULES, may_know};
use crate::views::{Known, Learned, Seen, Sheet};

/// Parties, besides institutions, whose knowledge is told.
const PEOPLE: usize = 24;

/// The rules in use, without those for types of wallet that nobody has, and
/// which of them a request can fail at.
pub fn sheet(at: &At<'_>) -> (Sheet, Vec<String>) {
    let mut sheet = at.run.preset().sheet(at.run.ours());
    let types = &at.run.simulation().rules().wallet_types;
    let here: BTreeSet<&str> = at
        .now
        .wallets()
        .filter_map(|(_, wallet)| Some(&*types.get(usize::from(wallet.ty))?.name))
        .collect();
    let devices = at.now.devices().next().is_some();
    sheet.rows.retain(|row| {
        let mut words = row.path.split('.');
        match (words.next(), words.next()) {
            (Some("wallet"), Some(ty)) => here.contains(ty),
            (Some("offline"), _) => devices,
            _ => true,
        }
    });
    let limits = sheet.rows.iter().map(|row| row.path.clone());
    let limits = limits.filter(|path| {
        let last = path.rsplit('.').next().unwrap_or_default();
        (path.starts_with("wallet.") && WALLET_RULES.contains(&last))
            || DEVICE_RULES.contains(&path.as_str())
            || ["night.payment", "refund.within"].contains(&path.as_str())
    });
    let limits = limits.collect();
    (sheet, limits)
}

/// Who learned how much up to here, and how much there was to learn: central
/// bank, its centres, institutions, and the first of the people.
pub fn known(at: &At<'_>) -> (Vec<Known>, Learned) {
    let mut viewers: Vec<Seen> = Vec::new();
    let (institutions, people): (Vec<PartyId>, Vec<PartyId>) = at
        .now
        .parties()
        .map(|(id, _)| id)
        .partition(|id| is_institution(at.now, *id));
    for id in institutions {
        viewers.push(Seen::Party(id.0));
        if id == world::state::CENTRAL_BANK && at.now.issuance() != Issuance::Deposit {
            viewers.extend([Seen::Authentication, Seen::Registration, Seen::BigData]);
        }
    }
    viewers.extend(people.iter().take(PEOPLE).map(|id| Seen::Party(id.0)));
    let known = viewers.into_iter().map(|who| Known {
        who,
        learned: learned(at, who.into()),
    });
    (known.collect(), learned(at, Viewer::Everyone))
}

/// What a viewer learned of one request.
#[derive(Default)]
struct OfRequest {
    sum: bool,
    payer: bool,
    payee: bool,
    memo: bool,
}

fn learned(at: &At<'_>, viewer: Viewer) -> Learned {
    let mut requests: BTreeMap<OrderId, OfRequest> = BTreeMap::new();
    let log = at.run.simulation().log();
    for (_, stamped) in log.facts(0, at.position) {
        let Fact::Sent(message) = stamped.fact else {
            continue;
        };
        let sees = |field| visible(&stamped.fact, field, viewer, at.now);
        if message.wallet.is_none() || message.order == OrderId(NONE) || !sees(Field::Existence) {
            continue;
        }
        let it = requests.entry(message.order).or_default();
        it.sum |= message.amount != 0 && sees(Field::Amount);
        it.payer |= sees(Field::Holder) || owns(at, message.wallet, viewer);
        let payee = payee(&message);
        it.payee |= payee.is_some() && (sees(Field::Payee) || owns(at, payee, viewer));
        it.memo |= message.memo != TextId::default() && sees(Field::Memo);
    }
    let count =
        |what: fn(&OfRequest) -> bool| number(requests.values().filter(|it| what(it)).count());
    let purses = at.now.wallets().filter(|(id, _)| at.now.purse(*id) == *id);
    let looking = At { viewer, ..*at };
    Learned {
        requests: number(requests.len()),
        sums: count(|it| it.sum),
        payers: count(|it| it.payer),
        payees: count(|it| it.payee),
        memos: count(|it| it.memo),
        balances: number(purses.filter(|(id, _)| may_know(&looking, *id)).count()),
    }
}

/// Everybody knows their own part.
fn owns(at: &At<'_>, wallet: Option<WalletId>, viewer: Viewer) -> bool {
    let owner = wallet.and_then(|id| at.now.wallet(id)).map(|it| it.owner);
    match viewer {
        Viewer::Party(viewer) => owner == Some(viewer),
        Viewer::Everyone => true,
        Viewer::Centre(Centre::Authentication | Centre::Registration | Centre::BigData)
        | Viewer::Investigator { .. } => false,
    }
}

fn payee(message: &Message) -> Option<WalletId> {
    let other = message.other.map(WalletId);
    other.filter(|_| message.purpose.is_between_wallets())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
