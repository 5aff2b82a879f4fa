//! What an operator decides: its customers' wallets and accounts, its vault,
//! tills and reserves.
//!
//! A request is checked in one fixed order, [`Code::ORDER`], and the first check
//! that fails is the refusal.

mod bills;
mod directory;
mod files;
mod interest;
mod pay;
mod repair;
mod resolve;
mod standing;
mod swap;

pub(super) use files::KINDS;
pub(crate) use pay::{flow_on, give_back, spend};
pub(crate) use repair::repair;
pub(super) use repair::retry;
pub(crate) use swap::into_account;

use super::desk::{Desk, Input, Out, Refused};
use super::waiting;
use crate::fact::{Change, Finality, Message, PartyId, Purpose, Status, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, Wallet};
use ledger::AccountId;

pub(super) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match input {
        Input::Command(command) => {
            let wallet = command.other.map(WalletId);
            match command.purpose {
                Purpose::Return => return_to_central_bank(desk, command.amount, out),
                Purpose::Freeze => files::set_status(desk, wallet, Status::Frozen, out),
                Purpose::Unfreeze => files::set_status(desk, wallet, Status::Open, out),
                Purpose::Restrict => files::restrict(desk, command, out),
                Purpose::Accrue => interest::accrue(desk, command.amount > 0, out),
                purpose @ (Purpose::Retry | Purpose::Reverse) => repair(desk, purpose, out),
                _ => {}
            }
        }
        Input::Message(message) => receive(desk, message, out),
        Input::Abroad(_) => {}
        Input::Timer => sweep(desk, out),
    }
    waiting::set_timer(desk, input, out);
}

fn receive(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    match message.subject {
        Subject::Issued if desk.issuance() == Issuance::Stocked => {
            out.post(
                desk.own(Title::Vault),
                desk.own(Title::OwnReserves),
                message.amount,
                Finality::Final,
            );
        }
        Subject::Ask | Subject::AskWithNotes => asked(desk, message, out),
        Subject::Offer => pay::offered(desk, message, out),
        Subject::Settled => pay::settled(desk, message, out),
        Subject::Credited => credited(desk, message, out),
        Subject::PleasePay => bills::please_pay(desk, message, out),
        Subject::WillNotPay => bills::will_not_pay(desk, message, out),
        Subject::Lapsed => {
            if let Some((_, wallet)) = ours(desk, message.wallet) {
                out.pass(wallet.owner, Subject::Lapsed, message);
            }
        }
        Subject::Found | Subject::NotFound | Subject::Enrolled => {
            directory::answered(desk, message, out);
        }
        Subject::Converted => swap::converted(desk, message, out),
        Subject::Withdrawn => swap::withdrawn(desk, message, out),
        Subject::Transferred => transferred(desk, message, out),
        Subject::Resolve => resolve::fail(desk, out),
        Subject::Rejected => rejected(desk, message, out),
        Subject::TransferRefused | Subject::SentBack => not_transferred(desk, message, out),
        _ => {}
    }
}

fn return_to_central_bank(desk: &Desk<'_>, amount: i64, out: &mut Out) {
    // Without a stock there is nothing to return: the central bank is told.
    if desk.issuance() == Issuance::Stocked {
        let vault = desk.balance(desk.own(Title::Vault));
        if let Err(refused) = has_funds(Code::FundsShort, None, vault, amount) {
            out.refuse(refused, desk.me(), amount);
            return;
        }
        out.post(
            desk.own(Title::OwnReserves),
            desk.own(Title::Vault),
            amount,
            Finality::Final,
        );
    }
    out.send(CENTRAL_BANK, Subject::Returned, None, None, amount);
}

/// A customer's request. Whatever fails, the customer is told, and gets back
/// the banknotes that came with it.
fn asked(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let asker = desk.asker(message);
    match carry_out(desk, message, out) {
        Ok(()) => {
            let key = desk.terms(message.order).map(|it| it.key);
            // To ask whose name it is comes before the payment that the number is of.
            let counts = message.purpose != Purpose::LookUp;
            if let Some((wallet, key)) = message.wallet.zip(key.filter(|key| key.0 != 0 && counts))
            {
                out.change(Change::KeyUsed { wallet, key });
            }
        }
        Err(refused) => {
            out.refuse(refused, asker, message.amount);
            decline(message, asker, out);
        }
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
    let key = desk.terms(message.order).map(|it| it.key);
    if key.is_some_and(|key| key.0 != 0 && desk.is_key_used(id, key)) {
        return Err(Refused::plain(Code::Duplicate, Some(id)));
    }
    let operator = desk.operator_of(id).ok_or(unknown)?;
    if !desk.is_signed(message) {
        return Err(Refused::plain(Code::SignatureInvalid, Some(id)));
    }
    let message = &Message {
        from: desk.asker(message),
        ..*message
    };
    if message.purpose == Purpose::TopUp {
        return swap::top_up(desk, message, id, out);
    }
    if message.purpose == Purpose::Exchange && operator != desk.me() {
        return swap::exchange_elsewhere(desk, message, id, out);
    }
    let (purse, wallet) = desk.purse(id).ok_or(unknown)?;
    may_ask(desk, id, message.purpose)?;
    match message.purpose {
        Purpose::Exchange => swap::exchange(desk, message, purse, wallet, out),
        Purpose::CashIn => swap::cash_in(desk, message, purse, wallet, out),
        Purpose::Redeem => swap::redeem(desk, message, purse, wallet, out),
        Purpose::CashOut => swap::cash_out(desk, message, purse, wallet, out),
        Purpose::Pay => pay::pay(desk, message, id, out, pay::Pull::Allowed),
        Purpose::Refund => bills::refund(desk, message, id, out),
        Purpose::Request => bills::request(desk, message, id, out),
        Purpose::Decline => bills::decline(desk, message, out),
        Purpose::Schedule => standing::order(desk, message, id, out),
        Purpose::Upgrade => files::upgrade(desk, message, (purse, wallet), out),
        Purpose::Limit => files::limit(desk, message, (purse, wallet), out),
        Purpose::Close => files::close(desk, message, id, out),
        Purpose::OpenSub => files::open_sub(desk, message, (purse, wallet), out),
        Purpose::Alias => directory::enrol(desk, message, id, out),
        Purpose::LookUp => directory::look_up(message, out),
        Purpose::Opening
        | Purpose::Issue
        | Purpose::Return
        | Purpose::Fault
        | Purpose::Waterfall
        | Purpose::ReverseWaterfall
        | Purpose::Freeze
        | Purpose::Unfreeze
        | Purpose::Accrue
        | Purpose::Retry
        | Purpose::Reverse
        | Purpose::Restrict
        | Purpose::Scan
        | Purpose::PayMany
        | Purpose::TopUp
        | Purpose::Withdraw
        | Purpose::Transfer
        | Purpose::Resolve
        | Purpose::Trade
        | Purpose::Run
        | Purpose::Blackout
        | Purpose::BridgeIssue
        | Purpose::BridgeRedeem
        | Purpose::BridgeQuote
        | Purpose::BridgeAccept
        | Purpose::BridgeDecline
        | Purpose::BridgePay
        | Purpose::CorrespondentPay
        | Purpose::OfflineLoad
        | Purpose::OfflineLock
        | Purpose::OfflinePay
        | Purpose::OfflineClaim
        | Purpose::OfflineUnload
        | Purpose::OfflineSync
        | Purpose::OfflineAgain
        | Purpose::OfflineRevoke
        | Purpose::OfflineSwitch
        | Purpose::OfflineTamper
        | Purpose::OfflineSettle
        | Purpose::ContractOpen
        | Purpose::ContractDeposit
        | Purpose::ContractSay
        | Purpose::ContractSign
        | Purpose::ContractShow
        | Purpose::ContractName
        | Purpose::ContractEvent
        | Purpose::ContractPay
        | Purpose::ContractHand
        | Purpose::ContractApprove => Err(unknown),
    }
}

pub(crate) fn has_funds(
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
    match desk.limits(id, wallet).balance {
        Some(most) if holds.saturating_add(amount) > most => Err(Refused {
            code: Code::LimitBalance,
            wallet: Some(id),
            allowed: most,
            used: holds,
        }),
        _ => Ok(()),
    }
}

/// What the bank holds digital currency ready in: a vault, or the reserves it
/// is made from on demand.
fn stock(desk: &Desk<'_>) -> Option<AccountId> {
    desk.own(match desk.issuance() {
        Issuance::Stocked => Title::Vault,
        Issuance::OnDemand | Issuance::Deposit => Title::OwnReserves,
    })
}

/// What money that left a wallet came out into: the bank's stock, or the
/// wallet's account in this bank's own book.
fn taken_from(desk: &Desk<'_>, wallet: &Wallet) -> Option<AccountId> {
    match desk.issuance() {
        Issuance::Stocked | Issuance::OnDemand => stock(desk),
        Issuance::Deposit => Some(wallet.account),
    }
}

/// Our own customers among payer and payee, each with the file of the wallet
/// whose money it is.
fn ours<'a>(desk: &Desk<'a>, wallet: Option<WalletId>) -> Option<(WalletId, &'a Wallet)> {
    desk.purse(wallet?)
        .filter(|(_, wallet)| wallet.operator == desk.me())
}

/// The owner of an account here that a wallet is filled from or emptied into.
fn depositor(desk: &Desk<'_>, wallet: Option<WalletId>) -> Option<(PartyId, AccountId)> {
    let (owner, _) = desk.account_at(wallet?)?;
    Some((owner, desk.of(Title::Deposits, owner.0)?))
}

/// Reserves came: for a wallet here, or for an account here.
fn transferred(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let amount = message.amount;
    let reserves = desk.own(Title::OwnReserves);
    if message.purpose == Purpose::Resolve {
        resolve::take_depositor(desk, message, out);
        return;
    }
    // What comes from an agent is for the account, wherever the wallet is.
    let wallet = ours(desk, message.wallet).filter(|_| message.purpose != Purpose::Withdraw);
    let taken = if message.purpose.is_payment() {
        pay::take_for_payee(desk, message, out)
    } else if let Some((id, wallet)) = wallet {
        let ready = match desk.issuance() {
            Issuance::Stocked => desk.balance(stock(desk)),
            // What came is what the wallet is filled from.
            Issuance::OnDemand | Issuance::Deposit => amount,
        };
        is_open(id, wallet)
            .and_then(|()| has_funds(Code::LiquidityShort, None, ready, amount))
            .and_then(|()| has_headroom(desk, id, wallet, amount))
            .map(|()| swap::fill_from_reserves(desk, message, (id, wallet), out))
    } else {
        depositor(desk, message.wallet)
            .ok_or(Refused::plain(Code::AccountMissing, message.wallet))
            .map(|(owner, deposit)| {
                out.post(reserves, Some(deposit), amount, Finality::Final);
                out.pass(owner, Subject::Receipt, message);
            })
    };
    match taken {
        // A wallet in the register is filled, and the sender told, when the register has answered.
        Ok(()) if desk.issuance() != Issuance::Deposit && wallet.is_some() => {}
        Ok(()) => answer_sender(desk, message, out),
        Err(refused) => send_back(desk, message, refused, out),
    }
}

/// The bank that sent the reserves hears that its customer's money arrived.
fn answer_sender(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let sender = match message.purpose {
        Purpose::Pay | Purpose::Refund => message.wallet.and_then(|it| desk.operator_of(it)),
        _ => message.other.map(PartyId),
    };
    if let Some(bank) = sender {
        out.pass(bank, Subject::Credited, message);
    }
}

/// The other bank has credited whom the reserves were for.
fn credited(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if message.purpose.is_payment()
        && let Some((_, wallet)) = ours(desk, message.wallet)
    {
        out.pass(wallet.owner, Subject::Receipt, message);
    }
}

/// Reserves came that cannot be passed on: they are owed until they are back.
fn send_back(desk: &Desk<'_>, message: &Message, refused: Refused, out: &mut Out) {
    let amount = message.amount;
    let (reserves, owed) = (desk.own(Title::OwnReserves), desk.own(Title::ToReturn));
    let asker = match message.purpose {
        Purpose::Pay | Purpose::Refund => message.wallet.and_then(|it| desk.operator_of(it)),
        _ => message
            .wallet
            .and_then(|id| desk.account_at(id))
            .map(|(owner, _)| owner),
    };
    out.refuse(refused, asker.unwrap_or(message.from), amount);
    out.post(reserves, owed, amount, Finality::Provisional);
    // A payment's reserves leave this book when the central bank says that they have moved.
    if !message.purpose.is_payment() {
        out.post(owed, reserves, amount, Finality::Provisional);
    }
    out.send(
        CENTRAL_BANK,
        Subject::SendBack,
        message.wallet,
        message.other,
        amount,
    );
}

/// The central bank, or the payee's bank, said no: what was done before is
/// undone.
fn rejected(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let amount = message.amount;
    let mine = ours(desk, message.wallet);
    match message.purpose {
        Purpose::Return => {
            if desk.issuance() == Issuance::Stocked {
                let reserves = desk.own(Title::OwnReserves);
                out.post(desk.own(Title::Vault), reserves, amount, Finality::Final);
            }
        }
        Purpose::Pay | Purpose::Refund => pay::undo(desk, message, out),
        Purpose::Exchange | Purpose::CashIn | Purpose::ReverseWaterfall => {
            if message.purpose == Purpose::ReverseWaterfall {
                out.unpark(message.order);
            }
            if let Some(it) = mine {
                swap::undo_filling(desk, message, it, out);
            }
        }
        Purpose::Alias | Purpose::LookUp => directory::answered(desk, message, out),
        _ => {
            if let Some((id, wallet)) = mine {
                out.file(id, &wallet.plus(amount));
                out.pass(wallet.owner, Subject::Declined, message);
            }
        }
    }
}

/// Reserves that we sent did not move, or came back.
fn not_transferred(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let amount = message.amount;
    let reserves = desk.own(Title::OwnReserves);
    match (message.purpose, ours(desk, message.wallet)) {
        (Purpose::Pay | Purpose::Refund, Some(_)) => pay::undo(desk, message, out),
        // The account's bank pays the depositor back.
        (Purpose::Exchange, None) | (Purpose::TopUp, _) => {
            if let Some((owner, deposit)) = depositor(desk, message.wallet) {
                out.post(reserves, Some(deposit), amount, Finality::Final);
                out.pass(owner, Subject::Declined, message);
            }
        }
        // Redemption: the wallet's bank puts the money back into the wallet.
        (Purpose::Redeem | Purpose::Waterfall, Some(it))
            if desk.issuance() != Issuance::Stocked || desk.balance(stock(desk)) >= amount =>
        {
            swap::fill_from_reserves(desk, message, it, out);
        }
        // By now the vault has not enough for that, or reserves that were to go back could not: they stay owed.
        (_, mine) => {
            if let Some((_, wallet)) = mine.filter(|_| message.purpose != Purpose::Exchange) {
                let refused = Refused::short(Code::LiquidityShort, None, desk.balance(stock(desk)));
                out.refuse(refused, wallet.owner, amount);
            }
            // A payment's reserves are owed already.
            if !message.purpose.is_payment() {
                out.post(
                    reserves,
                    desk.own(Title::ToReturn),
                    amount,
                    Finality::Provisional,
                );
            }
        }
    }
}

/// Whether something may be done with a wallet, and with the one whose handle
/// it is. What is left in one that was given up can still be taken out.
pub(crate) fn may_ask(desk: &Desk<'_>, id: WalletId, purpose: Purpose) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, Some(id));
    let handle = desk.wallet(id).ok_or(unknown)?;
    let (_, purse) = desk.purse(id).ok_or(unknown)?;
    let empties = matches!(purpose, Purpose::Redeem | Purpose::CashOut);
    for wallet in [handle, purse] {
        match wallet.status {
            Status::Closed if !empties => {
                return Err(Refused::plain(Code::WalletClosed, Some(id)));
            }
            Status::Frozen => return Err(Refused::plain(Code::WalletFrozen, Some(id))),
            Status::Open | Status::Closed => {}
        }
    }
    Ok(())
}

/// Whether a wallet may be paid.
fn is_open(id: WalletId, wallet: &Wallet) -> Result<(), Refused> {
    match wallet.status {
        Status::Open => Ok(()),
        Status::Frozen => Err(Refused::plain(Code::PayeeFrozen, Some(id))),
        Status::Closed => Err(Refused::plain(Code::PayeeClosed, Some(id))),
    }
}

/// The timer fired: names the orders that have had no answer in time, ends
/// requests whose time is over, and makes the payments that are due.
fn sweep(desk: &Desk<'_>, out: &mut Out) {
    waiting::name_overdue(desk, out);
    bills::expire(desk, out);
    standing::make(desk, out);
    crate::bridge::sweep(desk, out);
    crate::contracts::sweep(desk, out);
}
