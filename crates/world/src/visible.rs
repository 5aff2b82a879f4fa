//! Who sees what: managed anonymity as one function.
//!
//! Never stored and never hashed: any view can be asked for as any viewer.

use crate::fact::{Fact, Kind, Message, PartyId, Subject, WalletId};
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

/// Whether a viewer sees a field of a fact.
///
/// The rules: a bank sees its own books and messages, its own customers'
/// names, both wallets' numbers and the amount. The central bank's register
/// sees wallets and amounts and no names. A holder sees its own requests, whom
/// it pays or is paid by, and the words that came with it. Nobody sees what
/// they took no part in.
pub fn visible(fact: &Fact, field: Field, viewer: Viewer, world: &World) -> bool {
    let Viewer::Party(viewer) = viewer else { return true };
    match fact {
        Fact::Posted(journal) => journal.book == viewer && (field != Field::Holder || viewer != CENTRAL_BANK),
        Fact::Sent(message) => message_visible(message, field, viewer, world),
        Fact::Refused(refusal) => {
            (refusal.by == viewer || refusal.party == viewer || refusal.wallet.is_some_and(|it| owns(world, it, viewer)))
                && (field != Field::Holder || viewer != CENTRAL_BANK)
        }
        Fact::Changed(_) | Fact::Scheduled(_) => false,
    }
}

fn owns(world: &World, wallet: WalletId, viewer: PartyId) -> bool {
    world.wallet(wallet).is_some_and(|wallet| wallet.owner == viewer)
}

fn runs(world: &World, wallet: Option<WalletId>, viewer: PartyId) -> bool {
    wallet.and_then(|wallet| world.wallet(wallet)).is_some_and(|wallet| wallet.operator == viewer)
}

fn message_visible(message: &Message, field: Field, viewer: PartyId, world: &World) -> bool {
    if message.from != viewer && message.to != viewer {
        return false;
    }
    let payee = match message.subject {
        Subject::Transfer | Subject::Transferred | Subject::SendBack | Subject::SentBack => None,
        _ => message.other.map(WalletId),
    };
    let is_holder = |wallet: Option<WalletId>| wallet.is_some_and(|wallet| owns(world, wallet, viewer));
    match field {
        Field::Existence | Field::Amount => true,
        Field::Holder => {
            runs(world, message.wallet, viewer) || is_holder(message.wallet) || is_holder(payee)
        }
        Field::Payee => runs(world, payee, viewer) || is_holder(message.wallet) || is_holder(payee),
        // A holder knows its own wallet's number, and the other side by name.
        Field::Wallet => is_institution(world, viewer) || is_holder(message.wallet),
        Field::PayeeWallet => is_institution(world, viewer) || is_holder(payee),
        Field::Memo => is_holder(message.wallet) || is_holder(payee),
    }
}

fn is_institution(world: &World, party: PartyId) -> bool {
    world.party(party).is_some_and(|party| matches!(party.kind, Kind::CentralBank | Kind::Operator))
}
