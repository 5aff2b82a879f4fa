//! What captions say of contracts and of money for a purpose.

use world::fact::{Change, ContractChange, Fact, OrderId, Purpose, Subject, Title, WalletId};

use super::{At, contract_name, order};
use crate::views::Arg;

/// How a caption goes on, and with what.
pub(super) struct Told {
    /// What is behind the caption's key, or all of it.
    pub(super) key: &'static str,
    pub(super) args: Vec<(String, Arg)>,
}

/// The verb that was asked for, where several have one purpose.
pub(super) fn verb(at: &At<'_>, purpose: Purpose) -> &'static str {
    // What is wrapped has an end of its own.
    let wraps = || {
        let terms = order(at).and_then(|order| at.now.terms(order));
        terms.is_some_and(|terms| terms.due > 0)
    };
    match purpose {
        Purpose::ContractOpen if wraps() => "purpose-wrap",
        Purpose::ContractPay => "purpose-pay",
        purpose => purpose.key(),
    }
}

/// Which contract an act of this beat is about, what was said, and what the
/// contract paid on it.
pub(super) fn told(at: &At<'_>) -> Told {
    let Some(order) = order(at) else {
        return Told {
            key: "",
            args: Vec::new(),
        };
    };
    let about = at.now.terms(order).and_then(|it| it.about);
    let memo = at.facts().find_map(|(_, it)| match it.fact {
        Fact::Sent(message) if message.order == order && message.subject == Subject::Ask => {
            Some(message.memo)
        }
        _ => None,
    });
    // What the central bank says goes to nobody else where it keeps the contract.
    let event = at.facts().find_map(|(_, it)| match it.fact {
        Fact::Changed(Change::Contract(ContractChange::Acted(deed))) => {
            let open = at.now.contract(deed.contract)?;
            let machine = at.now.machine(open)?;
            world::contracts::word_of(machine, &deed).map(str::to_owned)
        }
        _ => None,
    });
    let what = event.or(memo.map(|it| at.text(it))).unwrap_or_default();
    let mut args = vec![
        (
            "contract".to_owned(),
            Arg::Name(contract_name(at, about.unwrap_or(order))),
        ),
        ("what".to_owned(), Arg::Name(what)),
    ];
    let purpose = at.beat.and_then(|(_, played)| played.purpose);
    let paid = match purpose {
        Some(Purpose::ContractPay | Purpose::ContractHand | Purpose::ContractApprove) => None,
        _ => paid(at),
    };
    let key = match paid {
        Some((payee, sum)) => {
            args.push(("paid".to_owned(), Arg::Amount(sum)));
            args.push(("payee".to_owned(), payee));
            "-paid"
        }
        None => "",
    };
    Told { key, args }
}

/// Who contracts paid in this beat, and how much in all: the first by name.
fn paid(at: &At<'_>) -> Option<(Arg, i64)> {
    let mut sum = 0;
    let mut payee = None;
    for (_, it) in at.facts() {
        match it.fact {
            Fact::Posted(journal) if journal.purpose == Purpose::ContractPay => {
                let account = at.now.ledger().account(journal.debit)?;
                if account.title.0 == Title::Contracts as u16 {
                    sum += journal.amount;
                }
            }
            Fact::Sent(message) if message.subject == Subject::Notice => {
                let wallet = message.other.and_then(|id| at.now.wallet(WalletId(id)));
                payee = payee.or(wallet.map(|wallet| at.who(wallet.owner)));
            }
            _ => {}
        }
    }
    payee.filter(|_| sum > 0).map(|payee| (payee, sum))
}

/// What contracts did in this beat because nobody acted in time.
pub(super) fn passed_by_itself(at: &At<'_>) -> Option<Told> {
    let mut contracts: Vec<OrderId> = Vec::new();
    for (_, it) in at.facts() {
        if let Fact::Changed(Change::Contract(ContractChange::Passed { contract })) = it.fact
            && !contracts.contains(&contract)
        {
            contracts.push(contract);
        }
    }
    let contract = Arg::Name(contract_name(at, *contracts.first()?));
    let count = i64::try_from(contracts.len()).unwrap_or(i64::MAX);
    let mut args = vec![
        ("contract".to_owned(), contract),
        ("count".to_owned(), Arg::Count(count)),
    ];
    let Some((payee, sum)) = paid(at) else {
        return Some(Told {
            key: "caption-contract-passed",
            args,
        });
    };
    args.push(("paid".to_owned(), Arg::Amount(sum)));
    args.push(("payee".to_owned(), payee));
    Some(Told {
        key: "caption-contract-passed-paid",
        args,
    })
}
