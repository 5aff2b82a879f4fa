//! What a payment firm or bank without wallets of its own decides.
//!
//! It is the front end of one operator: what its customers and that operator say
//! to each other it passes on, unchanged and with the customer's signature. And
//! it keeps balances: for all that it owes its customers, the central bank keeps
//! as much.

use ledger::{AccountId, Class};

use super::desk::{Desk, Input, Out, Refused};
use super::operator::retry;
use super::{holder, waiting};
use crate::fact::{Change, Finality, Message, PartyId, Purpose, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::state::CENTRAL_BANK;

pub(super) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match input {
        Input::Command(command) => match command.purpose {
            Purpose::Retry => retry(desk, out),
            Purpose::Reverse => reverse(desk, out),
            _ => holder::decide(desk, input, out),
        },
        Input::Message(message) if is_own(desk, message) => holder::decide(desk, input, out),
        Input::Message(message) => receive(desk, message, out),
        Input::Abroad(_) => {}
        Input::Timer => waiting::name_overdue(desk, out),
    }
    waiting::set_timer(desk, input, out);
}

/// Whether it concerns money of the agent's own.
fn is_own(desk: &Desk<'_>, message: &Message) -> bool {
    let of_mine = || {
        let wallet = desk.wallet(addressee(message)?)?;
        Some(wallet.owner == desk.me())
    };
    message.subject == Subject::HandNotes || of_mine() == Some(true)
}

fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let is_ours = matches!(message.purpose, Purpose::Withdraw | Purpose::Transfer);
    match message.subject {
        Subject::Ask if is_ours => {
            if let Err(refused) = asked(desk, message, out) {
                out.refuse(refused, message.from, message.amount);
                out.pass(message.from, Subject::Declined, message);
            }
        }
        Subject::Ask => {
            if let Some(bank) = desk.party().and_then(|me| me.at) {
                let (order, signed) = (message.order, message.sent);
                out.change(Change::Relayed { order, signed });
                out.relay(bank, message);
            }
        }
        Subject::Transferred => topped_up(desk, message, out),
        Subject::TransferRefused | Subject::SentBack => give_back(desk, message, out),
        Subject::Credited => {}
        _ => {
            if let Some(holder) = addressee(message).and_then(|id| desk.holder_of(id)) {
                out.relay(holder, message);
            }
        }
    }
}

/// Whom a bank's answer is for.
fn addressee(message: &Message) -> Option<WalletId> {
    let payee = message.other.map(WalletId);
    match message.subject {
        Subject::Notice
            if message.purpose.is_payment() || message.purpose == Purpose::ContractPay =>
        {
            payee
        }
        Subject::WillNotPay => payee,
        _ => message.wallet,
    }
}

/// A customer asks for money that is kept here.
fn asked(desk: &Desk<'_>, message: &Message, out: &mut Out) -> Result<(), Refused> {
    if !desk.is_signed(message) {
        return Err(Refused::plain(Code::SignatureInvalid, message.wallet));
    }
    let amount = message.amount;
    let balance = desk.of(Title::Balances, message.from.0);
    let missing = Refused::plain(Code::AccountMissing, message.wallet);
    let balance = balance.ok_or(missing)?;
    let payee = if message.purpose == Purpose::Transfer {
        let payee = message.other.and_then(|id| desk.account_at(WalletId(id)));
        let (payee, _) = payee.ok_or(Refused::plain(Code::PartyUnknown, None))?;
        if payee == message.from {
            return Err(Refused::plain(Code::PayeeSelf, message.wallet));
        }
        Some(payee)
    } else {
        None
    };
    let available = desk.balance(Some(balance));
    if available < amount {
        return Err(Refused::short(Code::FundsShort, None, available));
    }
    if let Some(payee) = payee {
        let theirs = balance_of(desk, payee, out);
        out.post(Some(balance), Some(theirs), amount, Finality::Final);
        out.pass(message.from, Subject::Receipt, message);
        out.pass(payee, Subject::Notice, message);
    } else {
        let asset = desk.own(Title::ClientAsset);
        out.post(Some(balance), asset, amount, Finality::Provisional);
        out.pass(CENTRAL_BANK, Subject::Transfer, message);
    }
    Ok(())
}

/// A customer's balance, which is opened if there is none.
fn balance_of(desk: &Desk<'_>, holder: PartyId, out: &mut Out) -> AccountId {
    desk.of(Title::Balances, holder.0).unwrap_or_else(|| {
        let account = desk.next_account();
        out.open(account, Class::Liability, Title::Balances, holder.0);
        account
    })
}

/// The central bank has taken a customer's money into keeping.
fn topped_up(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let Some((holder, _)) = message.wallet.and_then(|id| desk.account_at(id)) else {
        return;
    };
    let balance = balance_of(desk, holder, out);
    let asset = desk.own(Title::ClientAsset);
    out.post(asset, Some(balance), message.amount, Finality::Final);
    out.pass(holder, Subject::Receipt, message);
    if let Some(bank) = message.other.map(PartyId) {
        out.pass(bank, Subject::Credited, message);
    }
}

/// What a customer wanted back could not be paid: it is in the balance again.
fn give_back(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let Some((holder, _)) = message.wallet.and_then(|id| desk.account_at(id)) else {
        return;
    };
    let asset = desk.own(Title::ClientAsset);
    let balance = desk.of(Title::Balances, holder.0);
    out.post(asset, balance, message.amount, Finality::Final);
    out.pass(holder, Subject::Declined, message);
}

/// Calls off what never reached the central bank.
fn reverse(desk: &Desk<'_>, out: &mut Out) {
    let lost = desk
        .undelivered()
        .find(|message| message.subject == Subject::Transfer);
    let Some(message) = lost else {
        out.refuse(Refused::plain(Code::NothingMissing, None), desk.me(), 0);
        return;
    };
    let serial = message.serial;
    out.change(Change::Recalled { serial });
    out.turn_to(message.order, message.purpose);
    give_back(desk, message, out);
}
