//! What the central bank's three centres have on file.

use world::fact::{Fact, WalletId};
use world::rules::Issuance;
use world::visible::{Centre, Field, Viewer, visible};

use super::At;
use crate::views::{Arg, Register, RegisterRow};

/// Rows of a register that are shown, the latest ones.
const ROWS: usize = 200;

/// The registers that the viewer may look at, as far as the run has come.
pub fn registers(at: &At<'_>) -> Vec<Register> {
    let may_see = |centre: &Centre| match at.viewer {
        Viewer::Everyone => true,
        Viewer::Centre(viewer) => viewer == *centre,
        Viewer::Party(_) | Viewer::Investigator { .. } => false,
    };
    Centre::ALL
        .into_iter()
        .filter(may_see)
        .map(|centre| {
            let (rows, count) = match centre {
                Centre::Authentication => identities(at),
                Centre::Registration => holdings(at),
                Centre::BigData => payments(at),
            };
            Register {
                key: format!("centre-{}", centre.key()),
                traceable_from: (centre == Centre::BigData)
                    .then(|| at.run.simulation().rules().traceable_from)
                    .flatten(),
                rows,
                count,
            }
        })
        .collect()
}

fn handle(id: WalletId) -> String {
    format!("#{}", id.0)
}

/// Whose wallet it is and of which type; no sums.
fn identities(at: &At<'_>) -> (Vec<RegisterRow>, u64) {
    let types = &at.run.simulation().rules().wallet_types;
    let rows = at.now.wallets().map(|(id, wallet)| RegisterRow {
        wallet: Some(handle(id)),
        who: vec![Arg::Name(at.name(wallet.owner))],
        detail: types
            .get(usize::from(wallet.ty))
            .map(|ty| ty.name.clone())
            .unwrap_or_default(),
        amount: None,
    });
    latest(rows)
}

/// What each wallet holds, by its number; nothing where banks keep the books.
fn holdings(at: &At<'_>) -> (Vec<RegisterRow>, u64) {
    if at.now.issuance() == Issuance::Deposit {
        return (Vec::new(), 0);
    }
    let purses = at.now.wallets().filter(|(id, _)| at.now.purse(*id) == *id);
    let rows = purses.map(|(id, wallet)| RegisterRow {
        wallet: Some(handle(id)),
        who: vec![Arg::Name(at.name(wallet.operator))],
        detail: String::new(),
        amount: Some(at.now.ledger().balance(wallet.account)),
    });
    latest(rows)
}

/// What was paid, and by whom to whom only from the traceable sum on.
fn payments(at: &At<'_>) -> (Vec<RegisterRow>, u64) {
    let centre = Viewer::Centre(Centre::BigData);
    let log = at.run.simulation().log();
    let rows = log.facts(0, at.position).filter_map(|(_, stamped)| {
        let Fact::Sent(message) = stamped.fact else {
            return None;
        };
        if !visible(&stamped.fact, Field::Existence, centre, at.now) {
            return None;
        }
        let named = |wallet: Option<WalletId>, field| {
            let owner = at.now.wallet(wallet?)?.owner;
            Some(if visible(&stamped.fact, field, centre, at.now) {
                Arg::Name(at.name(owner))
            } else {
                Arg::Hidden("hidden-small".to_owned())
            })
        };
        let payee = message
            .other
            .filter(|_| message.purpose.is_between_wallets())
            .map(WalletId);
        let who = [
            named(message.wallet, Field::Holder),
            named(payee, Field::Payee),
        ];
        Some(RegisterRow {
            wallet: None,
            who: who.into_iter().flatten().collect(),
            detail: format!("entry-{}", message.purpose.key()),
            amount: Some(message.amount),
        })
    });
    latest(rows)
}

fn latest(rows: impl Iterator<Item = RegisterRow>) -> (Vec<RegisterRow>, u64) {
    let mut kept = std::collections::VecDeque::new();
    let mut count = 0;
    for row in rows {
        if kept.len() == ROWS {
            kept.pop_front();
        }
        kept.push_back(row);
        count += 1;
    }
    (kept.into(), count)
}
