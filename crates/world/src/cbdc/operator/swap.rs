//! Between wallet, bank account and banknotes.

use super::{
    Desk, Out, Refused, decline, depositor, has_funds, has_headroom, ours, pay, stock, taken_from,
};
use crate::fact::{Finality, Kind, Message, PartyId, Purpose, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, Wallet};
use ledger::AccountId;

/// Where digital currency is made or held ahead, the bank must have enough.
pub(super) fn has_stock(desk: &Desk<'_>, amount: i64) -> Result<(), Refused> {
    if desk.issuance() == Issuance::Deposit {
        return Ok(());
    }
    has_funds(
        Code::LiquidityShort,
        None,
        desk.balance(stock(desk)),
        amount,
    )
}

pub(super) fn exchange(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    has_not_failed(desk)?;
    let deposit = desk.of(Title::Deposits, message.from.0);
    let deposit = deposit.ok_or(Refused::plain(Code::AccountMissing, Some(id)))?;
    let amount = message.amount;
    has_funds(Code::FundsShort, None, desk.balance(Some(deposit)), amount)?;
    has_stock(desk, amount)?;
    has_headroom(desk, id, wallet, amount)?;
    put_in(desk, message, (id, wallet), Some(deposit), out);
    Ok(())
}

/// The account is here and the wallet at another bank: the reserves go there.
pub(super) fn exchange_elsewhere(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    out: &mut Out,
) -> Result<(), Refused> {
    has_not_failed(desk)?;
    let deposit = desk.of(Title::Deposits, message.from.0);
    let deposit = deposit.ok_or(Refused::plain(Code::AccountMissing, Some(id)))?;
    let reserves = desk.own(Title::OwnReserves);
    let amount = message.amount;
    has_funds(Code::FundsShort, None, desk.balance(Some(deposit)), amount)?;
    has_funds(Code::LiquidityShort, None, desk.balance(reserves), amount)?;
    let to = desk.operator_of(id).map(|bank| bank.0);
    out.post(Some(deposit), reserves, amount, Finality::Provisional);
    out.send(CENTRAL_BANK, Subject::Transfer, Some(id), to, amount);
    Ok(())
}

/// From the account here into a balance that an agent keeps.
pub(super) fn top_up(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    out: &mut Out,
) -> Result<(), Refused> {
    let agent = message.other.map(PartyId);
    let agent = agent.filter(|agent| desk.kind_of(*agent) == Some(Kind::Agent));
    let agent = agent.ok_or(Refused::plain(Code::PartyUnknown, Some(id)))?;
    has_not_failed(desk)?;
    let deposit = desk.of(Title::Deposits, message.from.0);
    let deposit = deposit.ok_or(Refused::plain(Code::AccountMissing, Some(id)))?;
    let reserves = desk.own(Title::OwnReserves);
    let amount = message.amount;
    has_funds(Code::FundsShort, None, desk.balance(Some(deposit)), amount)?;
    has_funds(Code::LiquidityShort, None, desk.balance(reserves), amount)?;
    out.post(Some(deposit), reserves, amount, Finality::Provisional);
    let agent = Some(agent.0);
    out.send(CENTRAL_BANK, Subject::Transfer, Some(id), agent, amount);
    Ok(())
}

/// From an account at a failed bank nothing can be taken: what is insured of it
/// is elsewhere by now, and the rest is frozen.
fn has_not_failed(desk: &Desk<'_>) -> Result<(), Refused> {
    match desk.successor(desk.me()) {
        Some(_) => Err(Refused::plain(Code::BankFailed, None)),
        None => Ok(()),
    }
}

pub(super) fn cash_in(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    let amount = message.amount;
    has_stock(desk, amount)?;
    has_headroom(desk, id, wallet, amount)?;
    put_in(desk, message, (id, wallet), desk.own(Title::Cash), out);
    Ok(())
}

pub(super) fn redeem(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    let missing = Refused::plain(Code::AccountMissing, Some(id));
    let (_, bank) = desk.account_at(id).ok_or(missing)?;
    if bank == desk.me() && depositor(desk, Some(id)).is_none() {
        return Err(missing);
    }
    has_funds(Code::FundsShort, Some(id), wallet.available, message.amount)?;
    if bank != desk.me() {
        let reserves = match desk.issuance() {
            // The central bank gives the reserves for the digital currency.
            Issuance::OnDemand => message.amount,
            Issuance::Stocked | Issuance::Deposit => desk.balance(desk.own(Title::OwnReserves)),
        };
        has_funds(Code::LiquidityShort, None, reserves, message.amount)?;
    }
    take_out(desk, message, (id, wallet), out);
    Ok(())
}

pub(super) fn cash_out(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    let tills = desk.balance(desk.own(Title::Cash));
    has_funds(Code::FundsShort, Some(id), wallet.available, message.amount)?;
    has_funds(Code::LiquidityShort, None, tills, message.amount)?;
    take_out(desk, message, (id, wallet), out);
    Ok(())
}

/// A receipt above what the wallet may hold flows on to the bank account, as
/// the digital euro's rules have it.
pub(super) fn overflow(
    desk: &Desk<'_>,
    message: &Message,
    (id, wallet): (WalletId, &Wallet),
    out: &mut Out,
) -> i64 {
    let most = desk.limits(id, wallet).balance;
    let Some(excess) = most
        .map(|most| wallet.available - most)
        .filter(|it| *it > 0)
    else {
        return 0;
    };
    into_account(desk, message, (id, wallet), excess, out);
    excess
}

/// Money in a wallet goes on into its holder's bank account.
pub(crate) fn into_account(
    desk: &Desk<'_>,
    message: &Message,
    (id, wallet): (WalletId, &Wallet),
    amount: i64,
    out: &mut Out,
) {
    out.begin(Purpose::Waterfall);
    let flow = Message {
        purpose: Purpose::Waterfall,
        wallet: Some(id),
        other: None,
        amount,
        ..*message
    };
    take_out(desk, &flow, (id, wallet), out);
    out.begin(message.purpose);
}

/// Reserves are here and the wallet is too: it is filled.
pub(super) fn fill_from_reserves(
    desk: &Desk<'_>,
    message: &Message,
    it: (WalletId, &Wallet),
    out: &mut Out,
) {
    let reserves = desk.own(Title::OwnReserves);
    let bare = Message {
        other: None,
        ..*message
    };
    if desk.issuance() == Issuance::OnDemand {
        // The reserves that came are the ones the central bank takes for it.
        pass_through(desk, message.amount, out);
        put_in(desk, &bare, it, stock(desk), out);
    } else {
        put_in(desk, &bare, it, reserves, out);
    }
}

/// Reserves that come and go on at once.
fn pass_through(desk: &Desk<'_>, amount: i64, out: &mut Out) {
    let (reserves, passing) = (desk.own(Title::OwnReserves), desk.own(Title::ToReturn));
    out.post(reserves, passing, amount, Finality::Provisional);
    out.post(passing, reserves, amount, Finality::Provisional);
}

/// Puts money into a wallet, from where the bank has it. In the central bank's
/// register that takes an answer, and headroom is held for it; in this bank's
/// own book it is done at once.
pub(super) fn put_in(
    desk: &Desk<'_>,
    message: &Message,
    (id, wallet): (WalletId, &Wallet),
    from: Option<AccountId>,
    out: &mut Out,
) {
    let amount = message.amount;
    if desk.issuance() == Issuance::Deposit {
        out.post(from, Some(wallet.account), amount, Finality::Final);
        out.file(id, &wallet.plus(amount));
        out.pass(wallet.owner, filled(message), message);
        return;
    }
    let stock = stock(desk);
    if from != stock {
        out.post(from, stock, amount, Finality::Provisional);
    }
    out.file(id, &wallet.expecting(amount));
    out.send(
        CENTRAL_BANK,
        Subject::Convert,
        Some(id),
        message.other,
        amount,
    );
}

/// Takes money out of a wallet's file, and pays it out: when the register has
/// taken it out too, or at once where the wallet is in this bank's own book.
fn take_out(desk: &Desk<'_>, message: &Message, (id, wallet): (WalletId, &Wallet), out: &mut Out) {
    let left = wallet.plus(-message.amount);
    out.file(id, &left);
    if desk.issuance() == Issuance::Deposit {
        pay_out(desk, message, (id, &left), out);
    } else {
        out.send(
            CENTRAL_BANK,
            Subject::Withdraw,
            Some(id),
            message.other,
            message.amount,
        );
    }
}

/// What the holder of a wallet that was filled is told.
fn filled(message: &Message) -> Subject {
    match message.purpose {
        Purpose::Exchange | Purpose::CashIn => Subject::Receipt,
        _ => Subject::Declined,
    }
}

/// The register has put the money into the wallet.
pub(super) fn converted(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Some((id, wallet)) = ours(desk, message.wallet) {
        let wallet = wallet.plus(message.amount).expecting(-message.amount);
        out.file(id, &wallet);
        if message.purpose == Purpose::ReverseWaterfall {
            pay::resume(desk, message, (id, &wallet), out);
        } else {
            out.pass(wallet.owner, filled(message), message);
            let from = desk.account_at(id).map(|(_, bank)| bank);
            if let Some(bank) =
                from.filter(|bank| message.purpose == Purpose::Exchange && *bank != desk.me())
            {
                out.pass(bank, Subject::Credited, message);
            }
        }
    }
}

/// The register has taken the money out of the wallet.
pub(super) fn withdrawn(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Some(it) = ours(desk, message.wallet) {
        pay_out(desk, message, it, out);
    }
}

/// Money that left the wallet goes into the account, here or at another bank,
/// or over the counter.
fn pay_out(desk: &Desk<'_>, message: &Message, (id, wallet): (WalletId, &Wallet), out: &mut Out) {
    let from = taken_from(desk, wallet);
    let amount = message.amount;
    let account = desk
        .account_at(id)
        .filter(|_| message.purpose != Purpose::CashOut);
    let reserves = desk.own(Title::OwnReserves);
    match account {
        Some((owner, bank)) if bank == desk.me() => {
            out.post(
                from,
                desk.of(Title::Deposits, owner.0),
                amount,
                Finality::Final,
            );
            out.pass(wallet.owner, Subject::Receipt, message);
        }
        Some((_, bank))
            if desk.issuance() == Issuance::OnDemand || desk.balance(reserves) >= amount =>
        {
            if from == reserves {
                pass_through(desk, amount, out);
            } else {
                out.post(from, reserves, amount, Finality::Provisional);
            }
            out.send(
                CENTRAL_BANK,
                Subject::Transfer,
                Some(id),
                Some(bank.0),
                amount,
            );
        }
        None if desk.balance(desk.own(Title::Cash)) >= amount => {
            out.post(from, desk.own(Title::Cash), amount, Finality::Final);
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
            let owed = desk.own(Title::ToReturn);
            out.post(from, owed, amount, Finality::Provisional);
            put_in(desk, message, (id, wallet), owed, out);
        }
    }
}

/// The register would not fill the wallet: the money goes back where it came
/// from.
pub(super) fn undo_filling(
    desk: &Desk<'_>,
    message: &Message,
    (id, wallet): (WalletId, &Wallet),
    out: &mut Out,
) {
    let amount = message.amount;
    let stock = stock(desk);
    out.file(id, &wallet.expecting(-amount));
    match desk
        .account_at(id)
        .filter(|_| message.purpose != Purpose::CashIn)
    {
        Some((owner, bank)) if bank == desk.me() => {
            out.post(
                stock,
                desk.of(Title::Deposits, owner.0),
                amount,
                Finality::Final,
            );
            decline(message, wallet.owner, out);
        }
        Some((_, bank)) => {
            let reserves = desk.own(Title::OwnReserves);
            if stock == reserves {
                pass_through(desk, amount, out);
            } else {
                out.post(stock, reserves, amount, Finality::Provisional);
            }
            out.send(
                CENTRAL_BANK,
                Subject::SendBack,
                Some(id),
                Some(bank.0),
                amount,
            );
        }
        None => {
            out.post(stock, desk.own(Title::Cash), amount, Finality::Final);
            decline(message, wallet.owner, out);
        }
    }
}
