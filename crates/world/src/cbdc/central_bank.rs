//! What the central bank decides: issuance, the register, reserves.

use ledger::{AccountId, Class};

use super::desk::{Desk, Input, Out, Refused};
use crate::contracts;
use crate::fact::{Change, Finality, Message, OrderId, PartyId, Purpose, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::rules::Issuance;

pub(super) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match input {
        Input::Command(command) if command.purpose == Purpose::Resolve => {
            if let Some((bank, successor)) = command.other.map(PartyId).zip(command.to) {
                out.change(Change::BankFailed { bank, successor });
                out.send(bank, Subject::Resolve, None, Some(successor.0), 0);
            }
        }
        Input::Command(command) => {
            let Some(bank) = command
                .other
                .filter(|_| command.purpose == Purpose::Issue)
                .map(PartyId)
            else {
                return;
            };
            if desk.issuance() != Issuance::Stocked {
                // Nobody holds a stock: the bank is told, and that is all.
                out.send(bank, Subject::Issued, None, None, command.amount);
                return;
            }
            let reserves = desk.of(Title::Reserves, bank.0);
            if desk.balance(reserves) < command.amount {
                let refused = Refused::short(Code::FundsShort, None, desk.balance(reserves));
                out.refuse(refused, desk.me(), command.amount);
                return;
            }
            out.post(
                reserves,
                desk.of(Title::Repository, bank.0),
                command.amount,
                Finality::Final,
            );
            out.send(bank, Subject::Issued, None, None, command.amount);
        }
        Input::Message(message) => receive(desk, message, out),
        Input::Abroad(_) | Input::Timer => {}
    }
}

fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let from = message.from;
    // What the bank's digital currency is made from.
    let stock = match desk.issuance() {
        Issuance::Stocked => desk.of(Title::Repository, from.0),
        Issuance::OnDemand | Issuance::Deposit => desk.of(Title::Reserves, from.0),
    };
    let register = message.wallet.and_then(|wallet| desk.registered(wallet));
    match message.subject {
        // The bank posted before it asked; there is nothing to tell it.
        Subject::Returned if desk.issuance() == Issuance::Stocked => {
            let reserves = desk.of(Title::Reserves, from.0);
            move_or_reject(
                desk,
                message,
                out,
                (stock, reserves),
                Code::LiquidityShort,
                None,
            );
        }
        Subject::Convert => {
            let done = Some(Subject::Converted);
            move_or_reject(
                desk,
                message,
                out,
                (stock, register),
                Code::LiquidityShort,
                done,
            );
        }
        Subject::Withdraw => {
            let done = Some(Subject::Withdrawn);
            move_or_reject(
                desk,
                message,
                out,
                (register, stock),
                Code::FundsShort,
                done,
            );
        }
        Subject::FloatIn if message.other.is_some() => contracts::load(desk, message, out),
        Subject::FloatIn => {
            let accounts = (register, desk.own(Title::Float));
            let done = Some(Subject::FloatHeld);
            move_or_reject(desk, message, out, accounts, Code::FundsShort, done);
        }
        Subject::FloatOut => {
            let float = desk.own(Title::Float);
            let purpose = message.other.map(OrderId);
            let subject = if desk.balance(float) >= message.amount {
                match purpose.zip(message.wallet) {
                    Some((purpose, wallet)) => {
                        contracts::unload(desk, (purpose, wallet), message.amount, out);
                    }
                    None => out.post(float, register, message.amount, Finality::Final),
                }
                Subject::FloatPaid
            } else {
                // What another bank has to put in for a counterfeit is not here yet.
                let refused =
                    Refused::short(Code::LiquidityShort, message.wallet, desk.balance(float));
                out.refuse(refused, from, message.amount);
                Subject::FloatRefused
            };
            out.pass(from, subject, message);
        }
        Subject::FloatHonour => {
            let (funds, float) = (desk.own(Title::Funds), desk.own(Title::Float));
            out.post(funds, float, message.amount, Finality::Final);
        }
        Subject::FloatTransfer => clear(desk, message, out),
        Subject::Order | Subject::Accept => settle(desk, message, out),
        Subject::Transfer | Subject::SendBack => transfer(desk, message, out),
        Subject::Insured => insure(desk, message, out),
        Subject::LookUp => look_up(desk, message, out),
        Subject::Enrol => enrol(desk, message, out),
        _ => {}
    }
}

/// Pays what is insured of a failed bank's depositor to the bank that takes it:
/// the one that was named, or where else it has its account.
fn insure(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let failed = message.from;
    let elsewhere = message.other.and_then(|owner| desk.bank_of(PartyId(owner)));
    let bank = elsewhere
        .filter(|bank| *bank != failed && desk.successor(*bank).is_none())
        .or(desk.successor(failed));
    let Some(bank) = bank else { return };
    let claims = desk.of(Title::Claims, failed.0).unwrap_or_else(|| {
        let account = desk.next_account();
        out.open(account, Class::Asset, Title::Claims, failed.0);
        account
    });
    let reserves = desk.of(Title::Reserves, bank.0);
    out.post(Some(claims), reserves, message.amount, Finality::Final);
    out.pass(bank, Subject::Transferred, message);
}

/// Moves the reserves that go with what a bank tells another, and passes it on.
fn clear(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let from = desk.of(Title::Reserves, message.from.0);
    let bank = message.other.map(PartyId);
    let to = bank.and_then(|bank| desk.of(Title::Reserves, bank.0));
    let moves = desk.balance(from) >= message.amount;
    let (to, subject) = match bank.filter(|_| moves && to.is_some()) {
        Some(bank) => {
            out.post(from, to, message.amount, Finality::Final);
            (bank, Subject::FloatTransferred)
        }
        None => {
            let refused = Refused::short(Code::LiquidityShort, None, desk.balance(from));
            out.refuse(refused, message.from, message.amount);
            (message.from, Subject::FloatRefused)
        }
    };
    let passed = Message {
        subject,
        ..*message
    };
    out.relay(to, &passed);
}

/// What it keeps for a bank, or for an agent's customers.
fn kept_for(desk: &Desk<'_>, party: PartyId) -> Option<AccountId> {
    desk.of(Title::Reserves, party.0)
        .or_else(|| desk.of(Title::ClientReserves, party.0))
}

/// The directory says whose name it is.
fn look_up(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let alias = desk.alias_meant(message.order);
    match alias.and_then(|alias| desk.aliased(alias)) {
        Some(WalletId(payee)) => out.send(
            message.from,
            Subject::Found,
            message.wallet,
            Some(payee),
            message.amount,
        ),
        None => {
            let refused = Refused::plain(Code::AddressUnknown, None);
            out.refuse(refused, message.from, message.amount);
            out.pass(message.from, Subject::NotFound, message);
        }
    }
}

/// The directory enters a name, unless another wallet has it.
fn enrol(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let Some(wallet) = message.wallet else { return };
    if desk.aliased(message.memo).is_some_and(|it| it != wallet) {
        out.refuse(
            Refused::plain(Code::AddressTaken, Some(wallet)),
            message.from,
            0,
        );
        out.pass(message.from, Subject::Rejected, message);
        return;
    }
    out.change(Change::Aliased {
        wallet,
        alias: message.memo,
    });
    out.pass(message.from, Subject::Enrolled, message);
}

/// Debits the one account and credits the other, if the first has enough, and
/// says that it is done; otherwise says no to the sender.
fn move_or_reject(
    desk: &Desk<'_>,
    message: &Message,
    out: &mut Out,
    (debit, credit): (Option<AccountId>, Option<AccountId>),
    code: Code,
    done: Option<Subject>,
) {
    let available = desk.balance(debit);
    let answer = if debit.is_some() && credit.is_some() && available >= message.amount {
        out.post(debit, credit, message.amount, Finality::Final);
        done
    } else {
        out.refuse(
            Refused::short(code, message.wallet, available),
            message.from,
            message.amount,
        );
        Some(Subject::Rejected)
    };
    if let Some(answer) = answer {
        out.pass(message.from, answer, message);
    }
}

/// The register changes a holder: final at that instant.
fn settle(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let payer = message.wallet.and_then(|wallet| desk.registered(wallet));
    let payee = message
        .other
        .and_then(|wallet| desk.registered(WalletId(wallet)));
    let payers_bank = message.wallet.and_then(|wallet| desk.operator_of(wallet));
    let subject = if payer.is_some() && payee.is_some() && desk.balance(payer) >= message.amount {
        out.post(payer, payee, message.amount, Finality::Final);
        Subject::Settled
    } else {
        let refused = Refused::short(Code::FundsShort, message.wallet, desk.balance(payer));
        out.refuse(refused, message.from, message.amount);
        Subject::Rejected
    };
    out.pass(message.from, subject, message);
    if let Some(bank) = payers_bank.filter(|bank| *bank != message.from) {
        out.pass(bank, subject, message);
    }
}

/// Moves reserves from the sender to the bank the message names.
fn transfer(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let from = kept_for(desk, message.from);
    let operator = |wallet| desk.operator_of(wallet);
    let bank = match (message.purpose, message.subject) {
        // A payment names wallets; a wallet's number names its bank.
        (Purpose::Pay | Purpose::Refund, Subject::Transfer) => {
            message.other.map(WalletId).and_then(operator)
        }
        (Purpose::Pay | Purpose::Refund, _) => message.wallet.and_then(operator),
        _ => message.other.map(PartyId),
    };
    let to = bank.and_then(|bank| kept_for(desk, bank));
    match bank {
        Some(bank) if to.is_some() && desk.balance(from) >= message.amount => {
            out.post(from, to, message.amount, Finality::Final);
            let subject = if message.subject == Subject::Transfer {
                Subject::Transferred
            } else {
                Subject::SentBack
            };
            if message.purpose.is_payment() {
                out.pass(message.from, Subject::Settled, message);
                out.pass(bank, subject, message);
            } else {
                let sender = Some(message.from.0);
                out.send(bank, subject, message.wallet, sender, message.amount);
            }
        }
        _ => {
            let refused = Refused::short(Code::LiquidityShort, None, desk.balance(from));
            out.refuse(refused, message.from, message.amount);
            out.pass(message.from, Subject::TransferRefused, message);
        }
    }
}
