//! What a bank decides on contracts for its customers: it passes on what they
//! want, or keeps the contract itself where banks owe digital money.

use super::keeper::{self, Call, Till};
use super::{contract_of, keeper_for};
use crate::cbdc::{Desk, Out, Refused, give_back, has_funds, may_ask, spend};
use crate::fact::{Finality, Message, Purpose, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, Form, Wallet};

pub(super) fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    match message.subject {
        Subject::Ask => {
            let asker = desk.asker(message);
            if let Err(refused) = asked(desk, message, out) {
                out.refuse(refused, asker, message.amount);
                out.pass(asker, Subject::Declined, message);
            }
        }
        Subject::ContractCall => keeper::called(desk, message, out),
        Subject::ContractDone | Subject::Credited => receipt(desk, message, out),
        Subject::ContractRefused => declined(desk, message, out),
        Subject::ContractPaid => paid(desk, message, out),
        Subject::Settled => settled(desk, message, out),
        Subject::Transferred => transferred(desk, message, out),
        Subject::SentBack => came_back(desk, message, Title::OwnReserves, out),
        Subject::TransferRefused if message.purpose == Purpose::ContractPay => {
            keeper::not_sent(desk, message, out);
        }
        Subject::TransferRefused => came_back(desk, message, Title::ToSettle, out),
        _ => {}
    }
}

fn ours<'a>(desk: &Desk<'a>, wallet: Option<WalletId>) -> Option<(WalletId, &'a Wallet)> {
    desk.purse(wallet?)
        .filter(|(_, wallet)| wallet.operator == desk.me())
}

/// A customer wants something of a contract.
fn asked(desk: &Desk<'_>, message: &Message, out: &mut Out) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, message.wallet);
    let id = message.wallet.ok_or(unknown)?;
    desk.operator_of(id)
        .filter(|bank| *bank == desk.me())
        .ok_or(unknown)?;
    if !desk.is_signed(message) {
        return Err(Refused::plain(Code::SignatureInvalid, Some(id)));
    }
    may_ask(desk, id, message.purpose)?;
    let form = message.other.and_then(|number| desk.form(number));
    let keeper = if message.purpose == Purpose::ContractOpen {
        if let Some(machine) = form.and_then(Form::machine) {
            keeper::may_open(desk, &Call::of(desk, message), machine)?;
        }
        keeper_for(desk, desk.me())
    } else {
        let contract = contract_of(desk, message);
        let missing = Refused::plain(Code::ContractUnknown, Some(id));
        contract.and_then(|it| desk.keeper_of(it)).ok_or(missing)?
    };
    let funds = message.purpose.funds_contract() && message.amount > 0;
    if keeper == desk.me() {
        // It decides here and now: if it says no, nothing has left the file.
        let before = out.facts.len();
        keep(desk, message, id, out).inspect_err(|_| out.facts.truncate(before))?;
        out.turn_to(message.order, message.purpose);
        out.says(message.memo);
        receipt(desk, message, out);
        return Ok(());
    }
    let is_deposit_money = desk.issuance() == Issuance::Deposit;
    if funds && is_deposit_money {
        let reserves = desk.balance(desk.own(Title::OwnReserves));
        has_funds(Code::LiquidityShort, None, reserves, message.amount)?;
    }
    if funds {
        let (_, file) = spend(desk, message, id, out)?;
        if is_deposit_money {
            let to_settle = desk.own(Title::ToSettle);
            let amount = message.amount;
            out.post(Some(file.account), to_settle, amount, Finality::Provisional);
            out.pass(CENTRAL_BANK, Subject::Transfer, message);
            return Ok(());
        }
    }
    out.pass(keeper, Subject::ContractCall, message);
    Ok(())
}

/// A customer's bank keeps the contract itself.
fn keep(desk: &Desk<'_>, message: &Message, id: WalletId, out: &mut Out) -> Result<(), Refused> {
    let mut till = Till::default();
    if message.purpose.funds_contract() && message.amount > 0 {
        let (purse, file) = spend(desk, message, id, out)?;
        till.files.insert(purse, file);
    }
    keeper::take(desk, &Call::of(desk, message), &mut till, out)
}

fn receipt(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Some((_, wallet)) = ours(desk, message.wallet) {
        out.pass(wallet.owner, Subject::Receipt, message);
    }
}

/// The keeper said no.
fn declined(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if message.purpose.funds_contract() && message.amount > 0 {
        give_back(desk, message, out);
    }
    if let Some((_, wallet)) = ours(desk, message.wallet) {
        out.pass(wallet.owner, Subject::Declined, message);
    }
}

/// The register has credited a customer's wallet.
fn paid(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Some((id, wallet)) = ours(desk, message.other.map(WalletId)) {
        let it = (id, &wallet.plus(message.amount));
        keeper::arrive(desk, message.order, it, message.amount, out);
    }
}

/// Reserves that this bank sent have moved.
fn settled(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let sent_back =
        message.purpose == Purpose::ContractDeposit && ours(desk, message.wallet).is_none();
    let owed = match sent_back {
        true => Title::ToReturn,
        false => Title::ToSettle,
    };
    let reserves = desk.own(Title::OwnReserves);
    out.post(desk.own(owed), reserves, message.amount, Finality::Final);
}

/// Reserves came: for a contract that is kept here, or from one that is kept
/// elsewhere.
fn transferred(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let reserves = desk.own(Title::OwnReserves);
    let keeper = contract_of(desk, message).and_then(|it| desk.keeper_of(it));
    if message.purpose == Purpose::ContractPay {
        if let Some((id, wallet)) = ours(desk, message.other.map(WalletId)) {
            let amount = message.amount;
            out.post(reserves, Some(wallet.account), amount, Finality::Final);
            let it = (id, &wallet.plus(amount));
            keeper::arrive(desk, message.order, it, amount, out);
        }
        out.turn_to(message.order, message.purpose);
        if let Some(keeper) = keeper {
            out.pass(keeper, Subject::Credited, message);
        }
        return;
    }
    let mut till = Till::with(reserves);
    let taken = keeper::take(desk, &Call::of(desk, message), &mut till, out);
    out.turn_to(message.order, message.purpose);
    out.says(message.memo);
    let sender = message.wallet.and_then(|id| desk.operator_of(id));
    let Some(sender) = sender else { return };
    match taken {
        Ok(()) => out.pass(sender, Subject::Credited, message),
        Err(refused) => {
            out.refuse(refused, sender, message.amount);
            let owed = desk.own(Title::ToReturn);
            out.post(reserves, owed, message.amount, Finality::Provisional);
            out.pass(CENTRAL_BANK, Subject::SendBack, message);
        }
    }
}

/// What was to go into a contract elsewhere came back, or never left.
fn came_back(desk: &Desk<'_>, message: &Message, from: Title, out: &mut Out) {
    if let Some((_, wallet)) = ours(desk, message.wallet) {
        let account = Some(wallet.account);
        out.post(desk.own(from), account, message.amount, Finality::Final);
        declined(desk, message, out);
    } else {
        // What was to go back could not: it stays owed.
        let reserves = desk.balance(desk.own(Title::OwnReserves));
        let refused = Refused::short(Code::LiquidityShort, None, reserves);
        out.refuse(refused, desk.me(), message.amount);
    }
}
