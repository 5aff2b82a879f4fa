//! What an operator decides: its customers' wallets and accounts, its vault,
//! tills and reserves.
//!
//! A request is checked in one fixed order, and the first check that fails is
//! the refusal, in the order of [`Code`]: the wallet is known, the signature is
//! its holder's, the payee is known and another, one payment, the day, the
//! year, the account, the money, this bank's own means; then, at the payee's
//! bank, the most that wallet may hold.

use super::desk::{Desk, Input, Out, Refused};
use crate::fact::{Finality, Message, PartyId, Purpose, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::state::{CENTRAL_BANK, Wallet};

pub(super) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match input {
        Input::Command(command) => {
            if command.purpose == Purpose::Return {
                return_to_central_bank(desk, command.amount, out);
            }
        }
        Input::Message(message) => receive(desk, message, out),
        Input::Timer => sweep(desk, out),
    }
    let asks = |fact: &crate::fact::Fact| matches!(fact, crate::fact::Fact::Sent(it) if it.subject.wants_answer());
    if !desk.is_sweeping() && !matches!(input, Input::Timer) && out.facts.iter().any(asks) {
        out.schedule(desk.now + desk.timeout());
    }
}

fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    match message.subject {
        Subject::Issued => {
            out.post(
                desk.own(Title::Vault),
                desk.own(Title::OwnReserves),
                message.amount,
                Finality::Final,
            );
        }
        Subject::Ask | Subject::AskWithNotes => asked(desk, message, out),
        Subject::Offer => offered(desk, message, out),
        Subject::Settled => settled(desk, message, out),
        Subject::Converted => converted(desk, message, out),
        Subject::Withdrawn => withdrawn(desk, message, out),
        Subject::Transferred => transferred(desk, message, out),
        Subject::Rejected => rejected(desk, message, out),
        Subject::TransferRefused | Subject::SentBack => not_transferred(desk, message, out),
        _ => {}
    }
}

fn return_to_central_bank(desk: &Desk<'_>, amount: i64, out: &mut Out) {
    let vault = desk.balance(desk.own(Title::Vault));
    if vault < amount {
        out.refuse(
            Refused::short(Code::FundsShort, None, vault),
            desk.me(),
            amount,
        );
        return;
    }
    out.post(
        desk.own(Title::OwnReserves),
        desk.own(Title::Vault),
        amount,
        Finality::Final,
    );
    out.send(CENTRAL_BANK, Subject::Returned, None, None, amount);
}

/// A customer's request. Whatever fails, the customer is told, and gets back
/// the banknotes that came with it.
fn asked(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Err(refused) = carry_out(desk, message, out) {
        out.refuse(refused, message.from, message.amount);
        decline(message, message.from, out);
    }
}

fn decline(message: &Message, holder: PartyId, out: &mut Out) {
    if message.purpose == Purpose::CashIn {
        out.pass(holder, Subject::HandNotes, message);
    }
    out.pass(holder, Subject::Declined, message);
}

fn carry_out(desk: &Desk<'_>, message: &Message, out: &mut Out) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, message.wallet);
    let id = message.wallet.ok_or(unknown)?;
    let operator = desk.operator_of(id).ok_or(unknown)?;
    if !desk.is_signed(message) {
        return Err(Refused::plain(Code::SignatureInvalid, Some(id)));
    }
    if message.purpose == Purpose::Exchange && operator != desk.me() {
        return exchange_elsewhere(desk, message, id, out);
    }
    let wallet = desk.wallet(id).ok_or(unknown)?;
    match message.purpose {
        Purpose::Exchange => exchange(desk, message, id, wallet, out),
        Purpose::CashIn => cash_in(desk, message, id, wallet, out),
        Purpose::Redeem => redeem(desk, message, id, wallet, out),
        Purpose::CashOut => cash_out(desk, message, id, wallet, out),
        Purpose::Pay => pay(desk, message, id, wallet, out),
        Purpose::Opening | Purpose::Issue | Purpose::Return | Purpose::Fault => Err(unknown),
    }
}

fn has_funds(
    code: Code,
    wallet: Option<WalletId>,
    available: i64,
    amount: i64,
) -> Result<(), Refused> {
    if available < amount {
        Err(Refused::short(code, wallet, available))
    } else {
        Ok(())
    }
}

/// The most the wallet's type may hold, counting what is on its way in.
fn has_headroom(
    desk: &Desk<'_>,
    id: WalletId,
    wallet: &Wallet,
    amount: i64,
) -> Result<(), Refused> {
    let holds = wallet.available.saturating_add(wallet.expected);
    match desk.wallet_type(wallet).and_then(|ty| ty.balance) {
        Some(most) if holds.saturating_add(amount) > most => Err(Refused {
            code: Code::LimitBalance,
            wallet: Some(id),
            allowed: most,
            used: holds,
        }),
        _ => Ok(()),
    }
}

/// Holds the headroom and asks the register to put the money into the wallet.
/// The vault has been debited.
fn convert(message: &Message, id: WalletId, wallet: &Wallet, out: &mut Out) {
    out.file(
        id,
        &Wallet {
            expected: wallet.expected + message.amount,
            ..*wallet
        },
    );
    out.send(
        CENTRAL_BANK,
        Subject::Convert,
        Some(id),
        None,
        message.amount,
    );
}

/// Takes the money out of the file and asks the register to take it out of the
/// wallet.
fn withdraw(message: &Message, id: WalletId, wallet: &Wallet, out: &mut Out) {
    out.file(
        id,
        &Wallet {
            available: wallet.available - message.amount,
            ..*wallet
        },
    );
    out.send(
        CENTRAL_BANK,
        Subject::Withdraw,
        Some(id),
        None,
        message.amount,
    );
}

fn exchange(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    let deposit = desk.of(Title::Deposits, message.from.0);
    let deposit = deposit.ok_or(Refused::plain(Code::AccountMissing, Some(id)))?;
    let vault = desk.own(Title::Vault);
    has_funds(
        Code::FundsShort,
        None,
        desk.balance(Some(deposit)),
        message.amount,
    )?;
    has_funds(
        Code::LiquidityShort,
        None,
        desk.balance(vault),
        message.amount,
    )?;
    has_headroom(desk, id, wallet, message.amount)?;
    out.post(Some(deposit), vault, message.amount, Finality::Provisional);
    convert(message, id, wallet, out);
    Ok(())
}

/// The account is here and the wallet at another bank: the reserves go there.
fn exchange_elsewhere(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    out: &mut Out,
) -> Result<(), Refused> {
    let deposit = desk.of(Title::Deposits, message.from.0);
    let deposit = deposit.ok_or(Refused::plain(Code::AccountMissing, Some(id)))?;
    let reserves = desk.own(Title::OwnReserves);
    has_funds(
        Code::FundsShort,
        None,
        desk.balance(Some(deposit)),
        message.amount,
    )?;
    has_funds(
        Code::LiquidityShort,
        None,
        desk.balance(reserves),
        message.amount,
    )?;
    let to = desk.operator_of(id).map(|bank| bank.0);
    out.post(
        Some(deposit),
        reserves,
        message.amount,
        Finality::Provisional,
    );
    out.send(
        CENTRAL_BANK,
        Subject::Transfer,
        Some(id),
        to,
        message.amount,
    );
    Ok(())
}

fn cash_in(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    let vault = desk.own(Title::Vault);
    has_funds(
        Code::LiquidityShort,
        None,
        desk.balance(vault),
        message.amount,
    )?;
    has_headroom(desk, id, wallet, message.amount)?;
    out.post(
        desk.own(Title::Cash),
        vault,
        message.amount,
        Finality::Provisional,
    );
    convert(message, id, wallet, out);
    Ok(())
}

fn redeem(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    let (owner, bank) = desk
        .account_at(id)
        .ok_or(Refused::plain(Code::AccountMissing, Some(id)))?;
    if bank == desk.me() && desk.of(Title::Deposits, owner.0).is_none() {
        return Err(Refused::plain(Code::AccountMissing, Some(id)));
    }
    has_funds(Code::FundsShort, Some(id), wallet.available, message.amount)?;
    if bank != desk.me() {
        let reserves = desk.balance(desk.own(Title::OwnReserves));
        has_funds(Code::LiquidityShort, None, reserves, message.amount)?;
    }
    withdraw(message, id, wallet, out);
    Ok(())
}

fn cash_out(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    has_funds(Code::FundsShort, Some(id), wallet.available, message.amount)?;
    has_funds(
        Code::LiquidityShort,
        None,
        desk.balance(desk.own(Title::Cash)),
        message.amount,
    )?;
    withdraw(message, id, wallet, out);
    Ok(())
}

fn pay(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    let amount = message.amount;
    let payee = message
        .other
        .map(WalletId)
        .ok_or(Refused::plain(Code::PartyUnknown, None))?;
    let payees_bank = desk
        .operator_of(payee)
        .ok_or(Refused::plain(Code::PartyUnknown, None))?;
    if payee == id {
        return Err(Refused::plain(Code::PayeeSelf, Some(id)));
    }
    let (day, spent_day, spent_year) = desk.spent(wallet);
    if let Some(ty) = desk.wallet_type(wallet) {
        let over = |code, most: Option<i64>, used: i64| match most {
            Some(most) if used.saturating_add(amount) > most => Err(Refused {
                code,
                wallet: Some(id),
                allowed: most,
                used,
            }),
            _ => Ok(()),
        };
        over(Code::LimitPayment, ty.payment, 0)?;
        over(Code::LimitDay, ty.day, spent_day)?;
        over(Code::LimitYear, ty.year, spent_year)?;
    }
    has_funds(Code::FundsShort, Some(id), wallet.available, amount)?;
    let paid = Wallet {
        available: wallet.available - amount,
        day,
        spent_day: spent_day.saturating_add(amount),
        spent_year: spent_year.saturating_add(amount),
        ..*wallet
    };
    if payees_bank == desk.me() {
        let taker = desk
            .wallet(payee)
            .ok_or(Refused::plain(Code::PartyUnknown, None))?;
        has_headroom(desk, payee, taker, amount)?;
        out.file(id, &paid);
        out.file(
            payee,
            &Wallet {
                expected: taker.expected + amount,
                ..*taker
            },
        );
        out.pass(CENTRAL_BANK, Subject::Order, message);
    } else {
        out.file(id, &paid);
        out.pass(payees_bank, Subject::Offer, message);
    }
    Ok(())
}

/// The payer's bank asks whether our customer can take the money.
fn offered(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let payee = message
        .other
        .map(WalletId)
        .and_then(|id| Some((id, desk.wallet(id)?)));
    let answer = payee
        .ok_or(Refused::plain(Code::PartyUnknown, None))
        .and_then(|(id, wallet)| {
            has_headroom(desk, id, wallet, message.amount).map(|()| (id, wallet))
        });
    match answer {
        Ok((id, wallet)) => {
            out.file(
                id,
                &Wallet {
                    expected: wallet.expected + message.amount,
                    ..*wallet
                },
            );
            out.pass(CENTRAL_BANK, Subject::Accept, message);
        }
        Err(refused) => {
            out.refuse(refused, message.from, message.amount);
            out.pass(message.from, Subject::Rejected, message);
        }
    }
}

/// Our own customers among payer and payee, each with its file.
fn ours<'a>(desk: &Desk<'a>, wallet: Option<WalletId>) -> Option<(WalletId, &'a Wallet)> {
    let id = wallet?;
    desk.wallet(id)
        .filter(|wallet| wallet.operator == desk.me())
        .map(|wallet| (id, wallet))
}

fn settled(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let payee = ours(desk, message.other.map(WalletId));
    if let Some((id, wallet)) = payee {
        out.file(
            id,
            &Wallet {
                available: wallet.available + message.amount,
                expected: wallet.expected - message.amount,
                ..*wallet
            },
        );
    }
    if let Some((_, wallet)) = ours(desk, message.wallet) {
        out.pass(wallet.owner, Subject::Receipt, message);
    }
    if let Some((_, wallet)) = payee {
        out.pass(wallet.owner, Subject::Notice, message);
    }
}

fn converted(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Some((id, wallet)) = ours(desk, message.wallet) {
        let expected = wallet.expected - message.amount;
        out.file(
            id,
            &Wallet {
                available: wallet.available + message.amount,
                expected,
                ..*wallet
            },
        );
        let subject = match message.purpose {
            Purpose::Exchange | Purpose::CashIn => Subject::Receipt,
            _ => Subject::Declined,
        };
        out.pass(wallet.owner, subject, message);
    }
}

fn withdrawn(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let Some((id, wallet)) = ours(desk, message.wallet) else {
        return;
    };
    let vault = desk.own(Title::Vault);
    let amount = message.amount;
    let account = desk
        .account_at(id)
        .filter(|_| message.purpose == Purpose::Redeem);
    match account {
        Some((owner, bank)) if bank == desk.me() => {
            out.post(
                vault,
                desk.of(Title::Deposits, owner.0),
                amount,
                Finality::Final,
            );
            out.pass(wallet.owner, Subject::Receipt, message);
        }
        Some((_, bank)) if desk.balance(desk.own(Title::OwnReserves)) >= amount => {
            out.post(
                vault,
                desk.own(Title::OwnReserves),
                amount,
                Finality::Provisional,
            );
            out.send(
                CENTRAL_BANK,
                Subject::Transfer,
                Some(id),
                Some(bank.0),
                amount,
            );
        }
        None if desk.balance(desk.own(Title::Cash)) >= amount => {
            out.post(vault, desk.own(Title::Cash), amount, Finality::Final);
            out.pass(wallet.owner, Subject::HandNotes, message);
            out.pass(wallet.owner, Subject::Receipt, message);
        }
        // What was there when it was asked is gone by now: the money goes back into the wallet.
        _ => {
            let short = if account.is_some() {
                Title::OwnReserves
            } else {
                Title::Cash
            };
            let refused = Refused::short(Code::LiquidityShort, None, desk.balance(desk.own(short)));
            out.refuse(refused, wallet.owner, amount);
            out.post(
                vault,
                desk.own(Title::ToReturn),
                amount,
                Finality::Provisional,
            );
            out.post(
                desk.own(Title::ToReturn),
                vault,
                amount,
                Finality::Provisional,
            );
            convert(message, id, wallet, out);
        }
    }
}

/// Reserves came: for a wallet here, or for an account here.
fn transferred(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let amount = message.amount;
    let reserves = desk.own(Title::OwnReserves);
    let taken = match ours(desk, message.wallet) {
        Some((id, wallet)) => {
            let vault = desk.own(Title::Vault);
            has_funds(Code::LiquidityShort, None, desk.balance(vault), amount)
                .and_then(|()| has_headroom(desk, id, wallet, amount))
                .map(|()| {
                    out.post(reserves, vault, amount, Finality::Provisional);
                    convert(message, id, wallet, out);
                })
        }
        None => {
            let owner = message
                .wallet
                .and_then(|id| desk.account_at(id))
                .map(|(owner, _)| owner);
            match owner.and_then(|owner| Some((owner, desk.of(Title::Deposits, owner.0)?))) {
                Some((owner, deposit)) => {
                    out.post(reserves, Some(deposit), amount, Finality::Final);
                    out.pass(owner, Subject::Receipt, message);
                    Ok(())
                }
                None => Err(Refused::plain(Code::AccountMissing, message.wallet)),
            }
        }
    };
    if let Err(refused) = taken {
        let holder = message
            .wallet
            .and_then(|id| desk.account_at(id))
            .map_or(message.from, |(owner, _)| owner);
        out.refuse(refused, holder, amount);
        out.post(
            reserves,
            desk.own(Title::ToReturn),
            amount,
            Finality::Provisional,
        );
        out.post(
            desk.own(Title::ToReturn),
            reserves,
            amount,
            Finality::Provisional,
        );
        out.send(
            CENTRAL_BANK,
            Subject::SendBack,
            message.wallet,
            message.other,
            amount,
        );
    }
}

/// The central bank, or the payee's bank, said no: what was done before is
/// undone.
fn rejected(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let amount = message.amount;
    let vault = desk.own(Title::Vault);
    let mine = ours(desk, message.wallet);
    match message.purpose {
        Purpose::Return => out.post(vault, desk.own(Title::OwnReserves), amount, Finality::Final),
        Purpose::Pay => {
            if let Some((id, wallet)) = mine {
                let (day, spent_day, spent_year) =
                    desk.spent_without(wallet, message.order, amount);
                let available = wallet.available + amount;
                out.file(
                    id,
                    &Wallet {
                        available,
                        day,
                        spent_day,
                        spent_year,
                        ..*wallet
                    },
                );
                out.pass(wallet.owner, Subject::Declined, message);
            }
            // If the payee is ours, we had said yes and held its headroom.
            if let Some((id, wallet)) = ours(desk, message.other.map(WalletId)) {
                out.file(
                    id,
                    &Wallet {
                        expected: wallet.expected - amount,
                        ..*wallet
                    },
                );
            }
        }
        Purpose::Exchange | Purpose::CashIn => {
            let Some((id, wallet)) = mine else { return };
            out.file(
                id,
                &Wallet {
                    expected: wallet.expected - amount,
                    ..*wallet
                },
            );
            match desk
                .account_at(id)
                .filter(|_| message.purpose == Purpose::Exchange)
            {
                Some((owner, bank)) if bank == desk.me() => {
                    out.post(
                        vault,
                        desk.of(Title::Deposits, owner.0),
                        amount,
                        Finality::Final,
                    );
                    decline(message, wallet.owner, out);
                }
                Some((_, bank)) => {
                    out.post(
                        vault,
                        desk.own(Title::OwnReserves),
                        amount,
                        Finality::Provisional,
                    );
                    out.send(
                        CENTRAL_BANK,
                        Subject::SendBack,
                        Some(id),
                        Some(bank.0),
                        amount,
                    );
                }
                None => {
                    out.post(vault, desk.own(Title::Cash), amount, Finality::Final);
                    decline(message, wallet.owner, out);
                }
            }
        }
        _ => {
            if let Some((id, wallet)) = mine {
                out.file(
                    id,
                    &Wallet {
                        available: wallet.available + amount,
                        ..*wallet
                    },
                );
                out.pass(wallet.owner, Subject::Declined, message);
            }
        }
    }
}

/// Reserves that we sent did not move, or came back.
fn not_transferred(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let amount = message.amount;
    let reserves = desk.own(Title::OwnReserves);
    let vault = desk.own(Title::Vault);
    let mine = ours(desk, message.wallet);
    match (message.purpose, mine) {
        // Exchange: the account's bank pays the depositor back.
        (Purpose::Exchange, None) => {
            let owner = message
                .wallet
                .and_then(|id| desk.account_at(id))
                .map(|(owner, _)| owner);
            if let Some(owner) = owner {
                out.post(
                    reserves,
                    desk.of(Title::Deposits, owner.0),
                    amount,
                    Finality::Final,
                );
                out.pass(owner, Subject::Declined, message);
            }
        }
        // Redemption: the wallet's bank puts the money back into the wallet.
        (Purpose::Redeem, Some((id, wallet))) if desk.balance(vault) >= amount => {
            out.post(reserves, vault, amount, Finality::Provisional);
            convert(message, id, wallet, out);
        }
        // By now the vault has not enough for that, or reserves that were to go back could not: they stay owed.
        (_, mine) => {
            if let Some((_, wallet)) = mine.filter(|_| message.purpose == Purpose::Redeem) {
                let refused = Refused::short(Code::LiquidityShort, None, desk.balance(vault));
                out.refuse(refused, wallet.owner, amount);
            }
            out.post(
                reserves,
                desk.own(Title::ToReturn),
                amount,
                Finality::Provisional,
            );
        }
    }
}

/// Names the orders that have had no answer in time.
fn sweep(desk: &Desk<'_>, out: &mut Out) {
    let mut next: Option<i64> = None;
    for (order, chase) in desk.chases().filter(|(_, chase)| !chase.overdue) {
        let due = chase.since + desk.timeout();
        if due <= desk.now {
            out.overdue(order);
        } else {
            next = Some(next.map_or(due, |next| next.min(due)));
        }
    }
    if let Some(due) = next {
        out.schedule(due);
    }
}
