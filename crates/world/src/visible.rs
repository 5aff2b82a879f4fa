//! Who sees what: managed anonymity as one function.
//!
//! Never stored and never hashed: any view can be asked for as any viewer.

use crate::fact::{Fact, Kind, Message, PartyId, Purpose, WalletId};
use crate::state::{CENTRAL_BANK, World};

/// What a fact may show or hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// That it happened at all.
    Existence,
    /// How much.
    Amount,
    /// The payer's or only holder's name.
    Holder,
    /// The payer's or only wallet's number.
    Wallet,
    /// The payee's name.
    Payee,
    /// The payee's wallet's number.
    PayeeWallet,
    /// Words for the payee.
    Memo,
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Whoever watches the simulation: sees everything.
    Everyone,
    /// A party of the simulation.
    Party(PartyId),
}

impl Field {
    /// Whether it says who somebody is: the register keeps no such thing.
    fn is_personal(self) -> bool {
        matches!(self, Field::Holder | Field::Payee | Field::Memo)
    }
}

/// Whether a viewer sees a field of a fact.
///
/// A bank sees its own books and messages, its own customers' names, both
/// wallets' numbers and the amount. The central bank's register sees wallets
/// and amounts and no names. A payer sees whom it pays, a payee the amount and
/// the payer's handle, which is the wallet; both see the words that came with
/// it. Nobody sees what they took no part in.
pub fn visible(fact: &Fact, field: Field, viewer: Viewer, world: &World) -> bool {
    let Viewer::Party(viewer) = viewer else {
        return true;
    };
    match fact {
        Fact::Posted(journal) => {
            journal.book == viewer && !(field.is_personal() && viewer == CENTRAL_BANK)
        }
        Fact::Sent(message) => message_visible(message, field, viewer, world),
        Fact::Refused(refusal) => {
            let asks = refusal.party == viewer;
            let holds = refusal
                .wallet
                .is_some_and(|wallet| owns(world, wallet, viewer));
            if !(refusal.by == viewer || asks || holds) {
                return false;
            }
            // One bank hears from another that a wallet is full, not whose it is.
            let knows = holds
                || runs(world, refusal.wallet, viewer)
                || !(asks && is_institution(world, viewer));
            !field.is_personal() || (viewer != CENTRAL_BANK && knows)
        }
        Fact::Changed(_) | Fact::Scheduled(_) => false,
    }
}

fn owns(world: &World, wallet: WalletId, viewer: PartyId) -> bool {
    world
        .wallet(wallet)
        .is_some_and(|wallet| wallet.owner == viewer)
}

fn runs(world: &World, wallet: Option<WalletId>, viewer: PartyId) -> bool {
    wallet
        .and_then(|wallet| world.wallet(wallet))
        .is_some_and(|wallet| wallet.operator == viewer)
}

/// Whether the viewer keeps the account that the wallet is filled from or
/// emptied into. In a payment that bank learns nothing of its customer.
fn keeps_account(world: &World, message: &Message, viewer: PartyId) -> bool {
    let owner = message
        .wallet
        .and_then(|wallet| world.party(world.wallet(wallet)?.owner));
    matches!(message.purpose, Purpose::Exchange | Purpose::Redeem)
        && owner.is_some_and(|it| it.at == Some(viewer))
}

fn message_visible(message: &Message, field: Field, viewer: PartyId, world: &World) -> bool {
    if message.from != viewer && message.to != viewer {
        return false;
    }
    // Between two wallets; in a transfer the number is a bank's.
    let payee = message
        .other
        .filter(|_| message.purpose.is_between_wallets())
        .map(WalletId);
    let is_holder =
        |wallet: Option<WalletId>| wallet.is_some_and(|wallet| owns(world, wallet, viewer));
    let names = |wallet| is_holder(wallet) || runs(world, wallet, viewer);
    match field {
        Field::Existence | Field::Amount => true,
        Field::Holder => names(message.wallet) || keeps_account(world, message, viewer),
        Field::Wallet => message.wallet.is_some(),
        Field::Payee => names(payee) || (payee.is_some() && is_holder(message.wallet)),
        Field::PayeeWallet => payee.is_some(),
        Field::Memo => is_holder(message.wallet) || is_holder(payee),
    }
}

fn is_institution(world: &World, party: PartyId) -> bool {
    world
        .party(party)
        .is_some_and(|party| matches!(party.kind, Kind::CentralBank | Kind::Operator))
}
