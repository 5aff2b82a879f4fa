//! A bank fails: what is insured of its depositors' money goes to another bank.
//!
//! Digital currency that the central bank owes is untouched by it. Where banks
//! owe the money in wallets, it counts together with the deposit of whoever
//! holds it, up to the insured sum; what is more is frozen, a claim on what the
//! bank leaves.
//!
//! Contracts and money for a purpose that it keeps end with it, as if they had closed that instant:
//! what each party is held goes onto that party's account here and counts with everything else of
//! that depositor's. Money for a purpose is its creator's until it is spent. Nothing is held for
//! parties by an estate that pays nobody, and nobody gets more insured than without the contract.

use std::collections::BTreeMap;

use ledger::{AccountId, Class};

use super::{Desk, Out};
use crate::contracts;
use crate::fact::{Change, Finality, Message, NONE, PartyId, Status, Subject, Title, WalletId};
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, Wallet};

/// What a depositor has at this bank.
#[derive(Default)]
struct Depositor<'a> {
    deposit: Option<AccountId>,
    wallets: Vec<(WalletId, &'a Wallet)>,
}

/// This bank has failed.
pub(super) fn fail(desk: &Desk<'_>, out: &mut Out) {
    let mut depositors: BTreeMap<PartyId, Depositor<'_>> = BTreeMap::new();
    for (owner, account) in desk.all_of(Title::Deposits) {
        depositors.entry(PartyId(owner)).or_default().deposit = Some(account);
    }
    if desk.issuance() == Issuance::Deposit {
        for (id, wallet) in desk.wallets() {
            // A sub-wallet's money is its parent's.
            if desk.purse(id).is_some_and(|(purse, _)| purse == id) {
                let depositor = depositors.entry(wallet.owner).or_default();
                depositor.wallets.push((id, wallet));
            }
        }
    }
    let mut opened = 0;
    let mut open = |title, subject, out: &mut Out| {
        let account = AccountId(desk.next_account().0.saturating_add(opened));
        opened += 1;
        out.open(account, Class::Liability, title, subject);
        account
    };
    let mut closed: BTreeMap<PartyId, i64> = BTreeMap::new();
    for (contract, owner, amount) in contracts::dissolve(desk, out) {
        let depositor = depositors.entry(owner).or_default();
        let new = || open(Title::Deposits, owner.0, out);
        let deposit = *depositor.deposit.get_or_insert_with(new);
        out.post(Some(contract), Some(deposit), amount, Finality::Final);
        *closed.entry(owner).or_insert(0) += amount;
    }
    let owed = match desk.own(Title::OwedToInsurer) {
        Some(account) => account,
        None => open(Title::OwedToInsurer, NONE, out),
    };
    let insured = desk.rules().insurance.unwrap_or(0);
    for (owner, depositor) in depositors {
        let mut left = insured;
        let mut take = |account, held: i64, out: &mut Out| {
            let taken = held.min(left);
            left -= taken;
            if taken > 0 {
                out.post(Some(account), Some(owed), taken, Finality::Final);
            }
            taken
        };
        if let Some(deposit) = depositor.deposit {
            let came = closed.get(&owner).copied().unwrap_or(0);
            take(deposit, desk.balance(Some(deposit)) + came, out);
        }
        for (id, wallet) in depositor.wallets {
            let taken = take(wallet.account, wallet.available, out);
            if taken > 0 {
                out.file(id, &wallet.plus(-taken));
            }
            if wallet.status == Status::Open {
                let status = Status::Frozen;
                out.change(Change::WalletStatus { wallet: id, status });
            }
        }
        let taken = insured - left;
        if taken > 0 {
            out.send(CENTRAL_BANK, Subject::Insured, None, Some(owner.0), taken);
        }
    }
}

/// The central bank pays what is insured of a failed bank's depositor, whose
/// account is here from now on.
pub(super) fn take_depositor(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let Some(owner) = message.other.map(PartyId) else {
        return;
    };
    let deposit = desk.of(Title::Deposits, owner.0).unwrap_or_else(|| {
        let account = desk.next_account();
        out.open(account, Class::Liability, Title::Deposits, owner.0);
        account
    });
    let reserves = desk.own(Title::OwnReserves);
    out.post(reserves, Some(deposit), message.amount, Finality::Final);
    if desk.bank_of(owner) != Some(desk.me()) {
        let bank = desk.me();
        out.change(Change::Moved { party: owner, bank });
    }
    out.send(owner, Subject::Notice, None, None, message.amount);
}
