//! A wallet's statement: what it held, what came and went, what it holds.

use std::collections::{BTreeMap, VecDeque};

use world::cbdc::address::account_number;
use world::fact::{Fact, OrderId, WalletId};
use world::visible::Viewer;

use super::{At, phone};
use crate::views::{Arg, Statement, StatementLine};

/// Lines that a statement shows, the latest ones.
const LINES: usize = 1_000;

/// The statement of a wallet up to the position; none if there is no such
/// wallet, or it is not the viewer's to see.
pub fn statement(at: &At<'_>, id: WalletId) -> Option<Statement> {
    let wallet = at.now.wallet(id)?;
    if !phone::may_look_into(at, wallet.owner) {
        return None;
    }
    let holder = At {
        viewer: Viewer::Party(wallet.owner),
        ..*at
    };
    // What the holder was told of the other one, request by request.
    let mut told: BTreeMap<OrderId, (Option<Arg>, String)> = BTreeMap::new();
    let mut moved: VecDeque<(OrderId, StatementLine)> = VecDeque::new();
    for (index, stamped) in at.run.simulation().log().facts(0, at.position) {
        match stamped.fact {
            Fact::Sent(message) if phone::concerns(&holder, &message, id) => {
                let entry = phone::entry(&holder, index + 1, stamped.at, &message, id, None);
                told.insert(message.order, (entry.who, entry.memo));
            }
            // The wallet is a debt of whoever keeps its account.
            Fact::Posted(journal)
                if [journal.debit, journal.credit].contains(&wallet.account)
                    && journal.debit != journal.credit =>
            {
                let is_in = journal.credit == wallet.account;
                if moved.len() == LINES {
                    moved.pop_front();
                }
                let line = StatementLine {
                    position: index + 1,
                    at: at.time(stamped.at),
                    key: format!("entry-{}", journal.purpose.key()),
                    who: None,
                    memo: String::new(),
                    change: if is_in {
                        journal.amount
                    } else {
                        -journal.amount
                    },
                    balance: 0,
                };
                moved.push_back((journal.order, line));
            }
            _ => {}
        }
    }
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
    Some(Statement {
        name: at.text(wallet.name),
        account: account_number(id),
        at: at.time(at.now.now()),
        opening,
        lines: lines.collect(),
        closing,
    })
}
