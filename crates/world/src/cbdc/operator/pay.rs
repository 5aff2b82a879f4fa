//! From wallet to wallet.

use super::{
    Desk, Out, Refused, bills, depositor, has_funds, has_headroom, is_open, may_ask, ours,
    swap::{has_stock, overflow, put_in},
};
use crate::fact::{Finality, Message, Outcome, Purpose, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, Wallet};
use ledger::AccountId;

/// Whether a shortfall may still be pulled from the bank account.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pull {
    /// It may.
    Allowed,
    /// It has been.
    Done,
}

pub(super) fn pay(
    desk: &Desk<'_>,
    message: &Message,
    handle: WalletId,
    out: &mut Out,
    pull: Pull,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, None);
    let purse = desk.purse(handle).ok_or(unknown)?;
    pay_from(desk, message, (handle, purse), out, pull)
}

/// The same with the purse as this decision has left it.
fn pay_from(
    desk: &Desk<'_>,
    message: &Message,
    (handle, (id, wallet)): (WalletId, (WalletId, &Wallet)),
    out: &mut Out,
    pull: Pull,
) -> Result<(), Refused> {
    let amount = message.amount;
    let unknown = Refused::plain(Code::PartyUnknown, None);
    let payee = message.other.map(WalletId).ok_or(unknown)?;
    let payees_bank = desk.operator_of(payee).ok_or(unknown)?;
    let taker = if payees_bank == desk.me() {
        Some(desk.purse(payee).ok_or(unknown)?)
    } else {
        None
    };
    if payee == id || taker.is_some_and(|(taker, _)| taker == id) {
        return Err(Refused::plain(Code::PayeeSelf, Some(id)));
    }
    let spent = within_limits(desk, message, handle, (id, wallet))?;
    let short = amount - wallet.available;
    let pulled = if short > 0 && pull == Pull::Allowed {
        can_pull(desk, id, short)?
    } else {
        None
    };
    if pulled.is_none() {
        has_funds(Code::FundsShort, Some(id), wallet.available, amount)?;
    }
    let is_deposit_money = desk.issuance() == Issuance::Deposit;
    if let Some(taker) = taker {
        can_take(desk, message, taker)?;
    } else if is_deposit_money {
        let reserves = desk.balance(desk.own(Title::OwnReserves));
        has_funds(Code::LiquidityShort, None, reserves, amount)?;
    }
    let mut available = wallet.available;
    if let Some(deposit) = pulled {
        out.begin(Purpose::ReverseWaterfall);
        if !is_deposit_money {
            // The register has to answer first; the payment goes on then.
            out.park(message.order, amount);
            let shortfall = Message {
                purpose: Purpose::ReverseWaterfall,
                amount: short,
                ..*message
            };
            put_in(desk, &shortfall, (id, wallet), Some(deposit), out);
            return Ok(());
        }
        let account = Some(wallet.account);
        out.post(Some(deposit), account, short, Finality::Provisional);
        out.begin(message.purpose);
        available = amount;
    }
    write_off(
        desk,
        message,
        (handle, id),
        (wallet, available),
        &spent,
        out,
    );
    match (taker, is_deposit_money) {
        (Some(taker), true) => {
            let (from, to) = (Some(wallet.account), Some(taker.1.account));
            out.post(from, to, amount, Finality::Final);
            out.pass(wallet.owner, Subject::Receipt, message);
            take(desk, message, taker, out);
        }
        (Some((payee, taker)), false) => {
            accept(desk, message, out);
            out.file(payee, &taker.expecting(amount));
            out.pass(CENTRAL_BANK, Subject::Order, message);
        }
        (None, true) => {
            let to_settle = desk.own(Title::ToSettle);
            out.post(
                Some(wallet.account),
                to_settle,
                amount,
                Finality::Provisional,
            );
            out.pass(CENTRAL_BANK, Subject::Transfer, message);
        }
        (None, false) => out.pass(payees_bank, Subject::Offer, message),
    }
    Ok(())
}

/// What is paid leaves the files of the wallet and of the sub-wallet it is paid
/// with. Gives the wallet's as it is then.
fn write_off(
    desk: &Desk<'_>,
    message: &Message,
    (handle, id): (WalletId, WalletId),
    (wallet, available): (&Wallet, i64),
    spent: &Spent,
    out: &mut Out,
) -> Wallet {
    let left = Wallet {
        available: available - message.amount,
        ..spent.on(wallet)
    };
    out.file(id, &left);
    if handle != id
        && let Some(sub) = desk.wallet(handle)
    {
        out.file(handle, &Spent::of(desk, sub, message).on(sub));
    }
    left
}

/// Takes what goes into a contract out of a wallet's file, if the wallet may
/// pay that. Gives the wallet whose money it is, as it is then.
pub(crate) fn spend(
    desk: &Desk<'_>,
    message: &Message,
    handle: WalletId,
    out: &mut Out,
) -> Result<(WalletId, Wallet), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, None);
    let (id, wallet) = desk.purse(handle).ok_or(unknown)?;
    let spent = within_limits(desk, message, handle, (id, wallet))?;
    has_funds(Code::FundsShort, Some(id), wallet.available, message.amount)?;
    let it = (wallet, wallet.available);
    Ok((id, write_off(desk, message, (handle, id), it, &spent, out)))
}

/// What a wallet has paid on a local day and in its year.
struct Spent {
    day: i32,
    in_day: i64,
    in_year: i64,
}

impl Spent {
    /// With this payment. What is given back counts towards no limit.
    fn of(desk: &Desk<'_>, wallet: &Wallet, message: &Message) -> Self {
        let (day, in_day, in_year) = desk.spent(wallet);
        let counts = if message.purpose.is_spending() {
            message.amount
        } else {
            0
        };
        Spent {
            day,
            in_day: in_day.saturating_add(counts),
            in_year: in_year.saturating_add(counts),
        }
    }

    fn on(&self, wallet: &Wallet) -> Wallet {
        Wallet {
            day: self.day,
            spent_day: self.in_day,
            spent_year: self.in_year,
            ..*wallet
        }
    }
}

/// Whether a payment is within the limits of its wallet, the night and the
/// parent's cap; what the wallet has paid with it.
fn within_limits(
    desk: &Desk<'_>,
    message: &Message,
    handle: WalletId,
    (id, wallet): (WalletId, &Wallet),
) -> Result<Spent, Refused> {
    let spent = Spent::of(desk, wallet, message);
    if !message.purpose.is_spending() {
        return Ok(spent);
    }
    let amount = message.amount;
    let within = |code, wallet, most: Option<i64>, with: i64| match most {
        Some(most) if with > most => Err(Refused {
            code,
            wallet: Some(wallet),
            allowed: most,
            used: with - amount,
        }),
        _ => Ok(()),
    };
    let sub = desk
        .wallet(handle)
        .and_then(|sub| Some((sub, desk.special(handle, sub)?)));
    if let Some(only) = sub.and_then(|(_, special)| special.only)
        && (Some(only.0) != message.other || message.purpose != Purpose::Pay)
    {
        return Err(Refused::plain(Code::PayeeOther, Some(handle)));
    }
    let limits = desk.limits(id, wallet);
    within(Code::LimitPayment, id, limits.payment, amount)?;
    if let Some(night) = desk.rules().night.filter(|it| it.covers(desk.minute())) {
        within(Code::LimitNight, id, Some(night.payment), amount)?;
    }
    within(Code::LimitDay, id, limits.day, spent.in_day)?;
    within(Code::LimitYear, id, limits.year, spent.in_year)?;
    if let Some((sub, special)) = sub.filter(|_| handle != id) {
        let used = Spent::of(desk, sub, message).in_day;
        within(Code::LimitParent, handle, special.cap, used)?;
    }
    Ok(spent)
}

/// The account here that the rules let a shortfall be pulled from, if it has
/// enough; the bank must have the means too.
fn can_pull(desk: &Desk<'_>, id: WalletId, short: i64) -> Result<Option<AccountId>, Refused> {
    let account = depositor(desk, Some(id))
        .map(|(_, deposit)| deposit)
        .filter(|deposit| desk.rules().reverse_waterfall && desk.balance(Some(*deposit)) >= short);
    if account.is_some() {
        has_stock(desk, short)?;
    }
    Ok(account)
}

/// Whether a wallet can be paid this: it has room, or what is too much flows
/// on to the account here.
fn can_take(
    desk: &Desk<'_>,
    message: &Message,
    (id, wallet): (WalletId, &Wallet),
) -> Result<(), Refused> {
    let amount = message.amount;
    let handle = message.other.map(WalletId);
    if let Some((handle, sub)) = handle.and_then(|id| Some((id, desk.wallet(id)?))) {
        is_open(handle, sub)?;
    }
    is_open(id, wallet)?;
    bills::answered(desk, message)?;
    if desk.rules().waterfall && depositor(desk, Some(id)).is_some() {
        return Ok(());
    }
    has_headroom(desk, id, wallet, amount)
}

/// The payee's bank says yes: the request that the payment answers is over.
fn accept(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let Ok(Some((order, _))) = bills::answered(desk, message) {
        out.close_bill(order, Outcome::Paid);
    }
}

/// The payee has been paid in this bank's own book.
fn take(desk: &Desk<'_>, message: &Message, (id, wallet): (WalletId, &Wallet), out: &mut Out) {
    accept(desk, message, out);
    bills::keep(desk, message, out);
    let paid = wallet.plus(message.amount);
    out.file(id, &paid);
    out.pass(wallet.owner, Subject::Notice, message);
    flow_on(desk, message, (id, &paid), out);
}

/// What a wallet may not hold flows on to the account here, where the rules say
/// so. Gives how much that is.
pub(crate) fn flow_on(
    desk: &Desk<'_>,
    message: &Message,
    it: (WalletId, &Wallet),
    out: &mut Out,
) -> i64 {
    if desk.rules().waterfall && depositor(desk, Some(it.0)).is_some() {
        overflow(desk, message, it, out)
    } else {
        0
    }
}

/// The money that a parked payment was short of has come: it goes on.
pub(super) fn resume(
    desk: &Desk<'_>,
    message: &Message,
    (id, wallet): (WalletId, &Wallet),
    out: &mut Out,
) {
    let Some(amount) = desk.parked(message.order) else {
        return;
    };
    out.begin(Purpose::Pay);
    out.unpark(message.order);
    let payment = Message {
        purpose: Purpose::Pay,
        amount,
        ..*message
    };
    // The sub-wallet that it was asked with, if it was.
    let handle = message.wallet.unwrap_or(id);
    let paid = may_ask(desk, handle, Purpose::Pay)
        .and_then(|()| pay_from(desk, &payment, (handle, (id, wallet)), out, Pull::Done));
    if let Err(refused) = paid {
        out.refuse(refused, wallet.owner, amount);
        out.pass(wallet.owner, Subject::Declined, &payment);
    }
}

/// The payer's bank asks whether our customer can take the money.
pub(super) fn offered(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let payee = message.other.map(WalletId).and_then(|id| desk.purse(id));
    let answer = payee
        .ok_or(Refused::plain(Code::PartyUnknown, None))
        .and_then(|payee| can_take(desk, message, payee).map(|()| payee));
    match answer {
        Ok((id, wallet)) => {
            accept(desk, message, out);
            out.file(id, &wallet.expecting(message.amount));
            out.pass(CENTRAL_BANK, Subject::Accept, message);
        }
        Err(refused) => {
            out.refuse(refused, message.from, message.amount);
            out.pass(message.from, Subject::Rejected, message);
        }
    }
}

/// Reserves came for a wallet here: it is paid.
pub(super) fn take_for_payee(
    desk: &Desk<'_>,
    message: &Message,
    out: &mut Out,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, None);
    let payee = ours(desk, message.other.map(WalletId)).ok_or(unknown)?;
    let (_, wallet) = payee;
    can_take(desk, message, payee)?;
    out.post(
        desk.own(Title::OwnReserves),
        Some(wallet.account),
        message.amount,
        Finality::Final,
    );
    take(desk, message, payee, out);
    Ok(())
}

/// The central bank has moved the money: in its register, or in reserves.
pub(super) fn settled(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let payer = ours(desk, message.wallet);
    if desk.issuance() == Issuance::Deposit {
        let owed = match payer {
            Some(_) => Title::ToSettle,
            None => Title::ToReturn,
        };
        out.post(
            desk.own(owed),
            desk.own(Title::OwnReserves),
            message.amount,
            Finality::Final,
        );
        return;
    }
    let payee = ours(desk, message.other.map(WalletId));
    let paid =
        payee.map(|(id, wallet)| (id, wallet.plus(message.amount).expecting(-message.amount)));
    if let Some((id, wallet)) = &paid {
        out.file(*id, wallet);
        bills::keep(desk, message, out);
    }
    if let Some((_, wallet)) = payer {
        out.pass(wallet.owner, Subject::Receipt, message);
    }
    if let Some((id, wallet)) = &paid {
        out.pass(wallet.owner, Subject::Notice, message);
        flow_on(desk, message, (*id, wallet), out);
    }
}

/// What left a wallet's file comes back into it, and so do its limits. Gives the
/// file as it is then.
pub(crate) fn give_back(
    desk: &Desk<'_>,
    message: &Message,
    out: &mut Out,
) -> Option<(WalletId, Wallet)> {
    let (id, wallet) = ours(desk, message.wallet)?;
    let amount = message.amount;
    let without = |wallet: &Wallet| {
        if !message.purpose.is_spending() {
            return *wallet;
        }
        let (day, spent_day, spent_year) = desk.spent_without(wallet, message.order, amount);
        Wallet {
            day,
            spent_day,
            spent_year,
            ..*wallet
        }
    };
    let restored = without(wallet).plus(amount);
    out.file(id, &restored);
    let sub = message.wallet.filter(|handle| *handle != id);
    if let Some((handle, sub)) = sub.and_then(|id| Some((id, desk.wallet(id)?))) {
        out.file(handle, &without(sub));
    }
    Some((id, restored))
}

/// The payment came to nothing: the payer has its money back, and its limits.
pub(super) fn undo(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let amount = message.amount;
    if let Some((_, wallet)) = ours(desk, message.wallet) {
        if desk.issuance() == Issuance::Deposit {
            let from = match message.subject {
                Subject::SentBack => Title::OwnReserves,
                _ => Title::ToSettle,
            };
            out.post(
                desk.own(from),
                Some(wallet.account),
                amount,
                Finality::Final,
            );
        }
        let restored = give_back(desk, message, out);
        bills::not_refunded(desk, message, out);
        out.pass(wallet.owner, Subject::Declined, message);
        // What was pulled for it flows back as far as the wallet may not hold it.
        if let Some(purse) = restored {
            flow_on(desk, message, (purse.0, &purse.1), out);
        }
    }
    // If the payee is ours, we had said yes and held its headroom.
    if desk.issuance() != Issuance::Deposit
        && let Some((id, wallet)) = ours(desk, message.other.map(WalletId))
    {
        out.file(id, &wallet.expecting(-amount));
        bills::reopen(desk, message, out);
    }
}
