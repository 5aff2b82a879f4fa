//! A wallet's statement: what it held, what came and went, what it holds.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ledger::AccountId;
use world::cbdc::address::account_number;
use world::fact::{Fact, OrderId, WalletId};
use world::state::Wallet;
use world::visible::Viewer;

use super::{At, phone};
use crate::views::{Arg, Statement, StatementLine};

/// Lines that a statement shows, the latest ones.
const LINES: usize = 1_000;

/// The statement of a wallet up to the position; none if there is no such
/// wallet, or it is not the viewer's to see.
pub fn statement(at: &At<'_>, id: WalletId) -> Option<Statement> {
    gathered(at, &[id], LINES).pop().map(|(_, found)| found)
}

/// The statement of every wallet that the viewer may look into, with all its
/// lines, in one pass over the log.
pub fn statements(at: &At<'_>) -> Vec<(WalletId, Statement)> {
    let all: Vec<WalletId> = at.now.wallets().map(|(id, _)| id).collect();
    gathered(at, &all, usize::MAX)
}

/// What a wallet's holder was told, and what came and went.
#[derive(Default)]
struct Pages {
    /// Of the other one, request by request.
    told: BTreeMap<OrderId, (Option<Arg>, String)>,
    moved: VecDeque<(OrderId, StatementLine)>,
}

/// The statements of those of these wallets that the viewer may look into, with
/// at most so many lines each, the latest ones.
fn gathered(at: &At<'_>, ids: &[WalletId], most: usize) -> Vec<(WalletId, Statement)> {
    let looked_into = |id: &WalletId| {
        let wallet = at.now.wallet(*id)?;
        phone::may_look_into(at, wallet.owner).then_some((*id, wallet))
    };
    let wallets: BTreeMap<_, _> = ids.iter().filter_map(looked_into).collect();
    let mut of_account: BTreeMap<AccountId, Vec<WalletId>> = BTreeMap::new();
    for (id, wallet) in &wallets {
        of_account.entry(wallet.account).or_default().push(*id);
    }
    let mut pages: BTreeMap<WalletId, Pages> = BTreeMap::new();
    for (index, stamped) in at.run.simulation().log().facts(0, at.position) {
        match stamped.fact {
            Fact::Sent(message) => {
                let named = [message.wallet, message.other.map(WalletId)];
                let named = named.into_iter().flatten();
                let named: BTreeSet<_> = named.flat_map(|it| [it, at.now.purse(it)]).collect();
                for id in named {
                    let Some(wallet) = wallets.get(&id) else {
                        continue;
                    };
                    let holder = At {
                        viewer: Viewer::Party(wallet.owner),
                        ..*at
                    };
                    if phone::concerns(&holder, &message, id) {
                        let entry =
                            phone::entry(&holder, index + 1, stamped.at, &message, id, None);
                        let told = &mut pages.entry(id).or_default().told;
                        told.insert(message.order, (entry.who, entry.memo));
                    }
                }
            }
            // The wallet is a debt of whoever keeps its account.
            Fact::Posted(journal) if journal.debit != journal.credit => {
                let ways = [
                    (journal.debit, -journal.amount),
                    (journal.credit, journal.amount),
                ];
                for (account, change) in ways {
                    for id in of_account.get(&account).into_iter().flatten() {
                        let moved = &mut pages.entry(*id).or_default().moved;
                        if moved.len() == most {
                            moved.pop_front();
                        }
                        let line = StatementLine {
                            position: index + 1,
                            at: at.time(stamped.at),
                            key: format!("entry-{}", journal.purpose.key()),
                            who: None,
                            memo: String::new(),
                            change,
                            balance: 0,
                        };
                        moved.push_back((journal.order, line));
                    }
                }
            }
            _ => {}
        }
    }
    let written = |(id, wallet): (WalletId, &Wallet)| {
        let pages = pages.remove(&id).unwrap_or_default();
        (id, bound(at, id, wallet, pages))
    };
    wallets.into_iter().map(written).collect()
}

/// The lines of a wallet with the balance after each.
fn bound(at: &At<'_>, id: WalletId, wallet: &Wallet, pages: Pages) -> Statement {
    let Pages { told, moved } = pages;
    let closing = at.now.ledger().balance(wallet.account);
    let sum: i64 = moved.iter().map(|(_, line)| line.change).sum();
    let opening = closing - sum;
    let mut balance = opening;
    let lines = moved.into_iter().map(|(order, line)| {
        balance += line.change;
        let (who, memo) = told.get(&order).cloned().unwrap_or_default();
        StatementLine {
            who,
            memo,
            balance,
            ..line
        }
    });
    Statement {
        name: at.text(wallet.name),
        account: account_number(id),
        at: at.time(at.now.now()),
        opening,
        lines: lines.collect(),
        closing,
    }
}
