//! What a person, firm, merchant or visitor decides.

use super::desk::{Desk, Input, Out, Refused};
use crate::fact::{Finality, Message, Purpose, Subject, Title};
use crate::refusal::Code;

pub(super) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match input {
        Input::Command(command) => {
            let Some((id, wallet)) = command.wallet.and_then(|id| Some((id, desk.wallet(id)?)))
            else {
                out.refuse(
                    Refused::plain(Code::PartyUnknown, None),
                    desk.me(),
                    command.amount,
                );
                return;
            };
            match command.purpose {
                Purpose::CashIn => {
                    let cash = desk.balance(desk.own(Title::Cash));
                    if cash < command.amount {
                        out.refuse(
                            Refused::short(Code::FundsShort, None, cash),
                            desk.me(),
                            command.amount,
                        );
                        return;
                    }
                    out.post(
                        desk.own(Title::Funds),
                        desk.own(Title::Cash),
                        command.amount,
                        Finality::Provisional,
                    );
                    out.send(
                        wallet.operator,
                        Subject::AskWithNotes,
                        Some(id),
                        None,
                        command.amount,
                    );
                }
                Purpose::Exchange => {
                    // The bank that keeps the account is asked; it passes the money to the wallet's bank.
                    let account_at = desk.party().and_then(|me| me.at).unwrap_or(wallet.operator);
                    out.send(account_at, Subject::Ask, Some(id), None, command.amount);
                }
                _ => out.send(
                    wallet.operator,
                    Subject::Ask,
                    Some(id),
                    command.other,
                    command.amount,
                ),
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
        Input::Message(_) | Input::Timer => {}
    }
}
