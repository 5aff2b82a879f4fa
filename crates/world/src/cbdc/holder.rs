//! What a person, firm, merchant or visitor decides.

use super::address::{self, Address, AddressError};
use super::desk::{Desk, Input, Out, Refused};
use super::{Command, operator::KINDS};
use crate::fact::{Change, Finality, Message, Purpose, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::state::Wallet;

pub(super) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match input {
        Input::Command(command) => {
            if let Some(terms) = command.terms {
                let order = command.order;
                out.change(Change::Instructed { order, terms });
            }
            let asked = match command.wallet.and_then(|id| Some((id, desk.wallet(id)?))) {
                Some((id, wallet)) => ask(desk, command, id, wallet, out),
                None => Err(Refused::plain(Code::PartyUnknown, None)),
            };
            if let Err(refused) = asked {
                out.refuse(refused, desk.me(), command.amount);
            }
        }
        Input::Message(Message {
            subject: Subject::HandNotes,
            amount,
            ..
        }) => {
            out.post(
                desk.own(Title::Cash),
                desk.own(Title::Funds),
                *amount,
                Finality::Final,
            );
        }
        // The directory knows whose name it is: now the payment can be signed.
        Input::Message(message) if message.subject == Subject::Found => {
            let bank = message.wallet.and_then(|id| desk.wallet(id));
            if let Some(wallet) = bank {
                out.begin(Purpose::Pay);
                out.pass(wallet.operator, Subject::Ask, message);
            }
        }
        Input::Message(_) | Input::Abroad(_) | Input::Timer => {}
    }
}

/// Whom an address means and what a code asks for, as the payer's phone reads
/// them: an account number says whose wallet it is, an alias has to be looked
/// up.
fn ask_address(
    desk: &Desk<'_>,
    command: &Command,
    (id, wallet): (WalletId, &Wallet),
    out: &mut Out,
) -> Result<(), Refused> {
    let invalid = |_: AddressError| Refused::plain(Code::AddressInvalid, None);
    let terms = command.terms.unwrap_or_default();
    let text = desk.text(terms.address);
    let code;
    let (amount, address) = if command.purpose == Purpose::Scan {
        code = address::read_code(text, desk.currency()).map_err(invalid)?;
        let amount = match (code.amount, command.amount) {
            (Some(amount), 0) | (None, amount @ 1..) => amount,
            (Some(asked), given) if asked == given => given,
            (asked, _) => {
                let asked = asked.unwrap_or(0);
                return Err(Refused::short(Code::CodeAmount, None, asked));
            }
        };
        (amount, code.address().map_err(invalid)?)
    } else {
        (command.amount, Address::read(text).map_err(invalid)?)
    };
    match address {
        Address::Account(payee) => {
            desk.operator_of(payee)
                .ok_or(Refused::plain(Code::AddressUnknown, None))?;
            out.begin(Purpose::Pay);
            out.send(
                wallet.operator,
                Subject::Ask,
                Some(id),
                Some(payee.0),
                amount,
            );
        }
        Address::Alias(_) => {
            out.begin(Purpose::LookUp);
            out.send(wallet.operator, Subject::Ask, Some(id), None, amount);
        }
    }
    Ok(())
}

/// Asks the bank, as the line of the scenario says.
fn ask(
    desk: &Desk<'_>,
    command: &Command,
    id: WalletId,
    wallet: &Wallet,
    out: &mut Out,
) -> Result<(), Refused> {
    let mut send = |to, subject, other, amount| out.send(to, subject, Some(id), other, amount);
    let bank = wallet.operator;
    let about = command.terms.and_then(|it| it.about);
    match command.purpose {
        Purpose::LookUp | Purpose::Scan => ask_address(desk, command, (id, wallet), out)?,
        Purpose::CashIn => {
            let cash = desk.balance(desk.own(Title::Cash));
            if cash < command.amount {
                return Err(Refused::short(Code::FundsShort, None, cash));
            }
            out.post(
                desk.own(Title::Funds),
                desk.own(Title::Cash),
                command.amount,
                Finality::Provisional,
            );
            out.send(bank, Subject::AskWithNotes, Some(id), None, command.amount);
        }
        Purpose::Exchange => {
            // The bank that keeps the account is asked; it passes the money to the wallet's bank.
            let account_at = desk.party().and_then(|me| me.at).unwrap_or(bank);
            send(account_at, Subject::Ask, None, command.amount);
        }
        Purpose::TopUp => {
            let account_at = desk.party().and_then(|me| me.at).unwrap_or(bank);
            send(account_at, Subject::Ask, command.other, command.amount);
        }
        // The agent is told which bank to pay.
        Purpose::Withdraw => {
            let account_at = desk.party().and_then(|me| me.at);
            let account_at = account_at.map(|bank| bank.0);
            let agent = command.to.unwrap_or(bank);
            send(agent, Subject::Ask, account_at, command.amount);
        }
        Purpose::Transfer => {
            let agent = command.to.unwrap_or(bank);
            send(agent, Subject::Ask, command.other, command.amount);
        }
        Purpose::Limit => {
            let mut limits = command.limits;
            for (number, kind) in (0..).zip(KINDS) {
                if let Some(most) = *kind(&mut limits) {
                    send(bank, Subject::Ask, Some(number), most);
                }
            }
        }
        // What was asked for is known from the request that came.
        Purpose::Pay | Purpose::Decline if about.is_some() => {
            let unknown = Refused::plain(Code::OrderUnknown, Some(id));
            let bill = about
                .and_then(|about| desk.sent_bill(about))
                .ok_or(unknown)?;
            if bill.outcome.is_some() {
                return Err(Refused::plain(Code::RequestOver, Some(id)));
            }
            send(bank, Subject::Ask, Some(bill.payee.0), bill.amount);
        }
        Purpose::Refund => {
            let unknown = Refused::plain(Code::OrderUnknown, Some(id));
            let payment = about.and_then(|about| desk.kept(about)).ok_or(unknown)?;
            let left = payment.amount - payment.refunded;
            let amount = if command.amount > 0 {
                command.amount
            } else {
                left
            };
            if left <= 0 {
                return Err(Refused {
                    code: Code::RefundExcess,
                    wallet: Some(id),
                    allowed: payment.amount,
                    used: payment.refunded,
                });
            }
            send(bank, Subject::Ask, Some(payment.payer.0), amount);
        }
        _ => send(bank, Subject::Ask, command.other, command.amount),
    }
    Ok(())
}
