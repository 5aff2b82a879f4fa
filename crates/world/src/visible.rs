//! Who sees what: managed anonymity as one function.
//!
//! Never stored and never hashed: any view can be asked for as any viewer.

use crate::fact::{Change, Fact, Message, OrderId, PartyId, Purpose, Subject, Title, WalletId};
use crate::rules::Issuance;
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
    /// One of the central bank's three centres.
    Centre(Centre),
    /// Whoever has a warrant for one person, from a time on (milliseconds).
    Investigator {
        /// The person.
        subject: PartyId,
        /// Since when.
        since: i64,
    },
}

/// The central bank's three centres, as the prototype of 2016 to 2018 divided
/// its knowledge: who somebody is, what a wallet holds, and what is paid are
/// never in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Centre {
    /// Whose wallet it is, and no sums.
    Authentication,
    /// What each wallet holds, and no names.
    Registration,
    /// What is paid, and by whom only from the traceable sum on.
    BigData,
}

impl Centre {
    /// All three.
    pub const ALL: [Centre; 3] = [
        Centre::Authentication,
        Centre::Registration,
        Centre::BigData,
    ];

    /// Its name in a script or on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Centre::Authentication => "authentication",
            Centre::Registration => "registration",
            Centre::BigData => "big-data",
        }
    }
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
/// it. Nobody sees what they took no part in. What happens on the platform
/// between countries is for the banks that deal, for their central banks, and
/// for whoever issues the currency; the platform carries it.
pub fn visible(fact: &Fact, field: Field, viewer: Viewer, world: &World) -> bool {
    let viewer = match viewer {
        Viewer::Everyone => return true,
        Viewer::Party(party) => party,
        Viewer::Centre(centre) => return at_centre(fact, field, centre, world),
        Viewer::Investigator { subject, .. } => return by_warrant(fact, field, subject, world),
    };
    match fact {
        Fact::Posted(journal) if Some(journal.book) == world.platform() => {
            journal.book == viewer || deals(world, journal.order, viewer)
        }
        Fact::Posted(journal) => {
            journal.book == viewer && !(field.is_personal() && viewer == CENTRAL_BANK)
        }
        Fact::Sent(message) => message_visible(message, field, viewer, world),
        Fact::Refused(refusal) => {
            let asks = refusal.party == viewer;
            let holds = refusal
                .wallet
                .is_some_and(|wallet| owns(world, wallet, viewer));
            let told = Some(refusal.by) == world.platform() && deals(world, refusal.order, viewer);
            if !(refusal.by == viewer || asks || holds || told) {
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

/// Whether a viewer knows who a party is: institutions are public, a bank knows
/// its customers, the authentication centre everybody.
pub fn knows(viewer: Viewer, party: PartyId, world: &World) -> bool {
    if is_institution(world, party) {
        return true;
    }
    match viewer {
        Viewer::Everyone | Viewer::Centre(Centre::Authentication) => true,
        Viewer::Centre(Centre::Registration | Centre::BigData) => false,
        Viewer::Investigator { subject, .. } => subject == party,
        Viewer::Party(viewer) => {
            viewer == party
                || (viewer != CENTRAL_BANK
                    && is_institution(world, viewer)
                    && world.is_customer(party, viewer))
        }
    }
}

/// The centre of the central bank that a message to or from it passes through;
/// none where it concerns reserve accounts, or where banks owe the money and
/// the central bank registers nothing.
pub fn centre_of(message: &Message, world: &World) -> Option<Centre> {
    if message.from != CENTRAL_BANK && message.to != CENTRAL_BANK {
        return None;
    }
    match message.subject {
        Subject::LookUp
        | Subject::Found
        | Subject::NotFound
        | Subject::Enrol
        | Subject::Enrolled => Some(Centre::Authentication),
        Subject::Convert
        | Subject::Converted
        | Subject::Withdraw
        | Subject::Withdrawn
        | Subject::Order
        | Subject::Accept
        | Subject::Settled
        | Subject::Rejected
        | Subject::FloatIn
        | Subject::FloatHeld
        | Subject::FloatOut
        | Subject::FloatPaid
        | Subject::ContractCall
        | Subject::ContractDone
        | Subject::ContractRefused
        | Subject::ContractPaid => {
            let registers = world.issuance() != Issuance::Deposit;
            registers.then_some(Centre::Registration)
        }
        _ => None,
    }
}

/// What the central bank's centres know.
fn at_centre(fact: &Fact, field: Field, centre: Centre, world: &World) -> bool {
    match (centre, fact) {
        (Centre::Authentication, Fact::Changed(Change::WalletOpened { .. })) => {
            matches!(field, Field::Existence | Field::Holder | Field::Wallet)
        }
        (Centre::Registration, Fact::Sent(message)) => {
            let is_register = centre_of(message, world) == Some(Centre::Registration);
            is_register && !field.is_personal()
        }
        (Centre::Registration, Fact::Posted(journal)) => {
            let is_wallet = |account| {
                let account = world.ledger().account(account);
                account.is_some_and(|it| it.title.0 == Title::Circulation as u16)
            };
            (is_wallet(journal.debit) || is_wallet(journal.credit)) && !field.is_personal()
        }
        // It is told of every payment and of banknotes in and out.
        (Centre::BigData, Fact::Sent(message)) => {
            let is_told = match message.subject {
                Subject::Notice => {
                    message.purpose.is_payment() || message.purpose == Purpose::ContractPay
                }
                Subject::Receipt => matches!(message.purpose, Purpose::CashIn | Purpose::CashOut),
                _ => false,
            };
            let traceable = world.rules().traceable_from;
            is_told
                && match field {
                    Field::Existence | Field::Amount => true,
                    Field::Holder | Field::Payee => {
                        traceable.is_some_and(|from| message.amount >= from)
                    }
                    Field::Wallet | Field::PayeeWallet | Field::Memo => false,
                }
        }
        _ => false,
    }
}

/// What a warrant for one person opens: what that person's bank knows of it.
fn by_warrant(fact: &Fact, field: Field, subject: PartyId, world: &World) -> bool {
    let is_subject = |wallet: Option<WalletId>| wallet.is_some_and(|it| owns(world, it, subject));
    match fact {
        Fact::Sent(message) => {
            let payee = payee_of(message);
            let (pays, is_paid) = (is_subject(message.wallet), is_subject(payee));
            (pays || is_paid || message.from == subject || message.to == subject)
                && match field {
                    Field::Existence | Field::Amount | Field::Memo => true,
                    Field::Wallet => message.wallet.is_some(),
                    Field::PayeeWallet => payee.is_some(),
                    Field::Holder => pays,
                    Field::Payee => is_paid,
                }
        }
        Fact::Posted(journal) => {
            let is_subjects = |account| {
                let account = world.ledger().account(account);
                account.is_some_and(|it| {
                    let wallets = [Title::Circulation as u16, Title::Wallets as u16];
                    wallets.contains(&it.title.0) && owns(world, WalletId(it.subject), subject)
                })
            };
            journal.book == subject || is_subjects(journal.debit) || is_subjects(journal.credit)
        }
        Fact::Refused(refusal) => refusal.party == subject || is_subject(refusal.wallet),
        Fact::Changed(_) | Fact::Scheduled(_) => false,
    }
}

/// The other wallet that a message is about; in a transfer the number is a
/// bank's.
fn payee_of(message: &Message) -> Option<WalletId> {
    message
        .other
        .filter(|_| message.purpose.is_between_wallets())
        .map(WalletId)
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

/// Whether the viewer is the agent that the wallet's holder comes through, or
/// keeps a balance for it.
fn serves(world: &World, wallet: Option<WalletId>, viewer: PartyId) -> bool {
    let owner = wallet.and_then(|id| world.wallet(id)).map(|it| it.owner);
    owner.is_some_and(|owner| {
        world.party(owner).is_some_and(|it| it.via == Some(viewer))
            || world.of(viewer, Title::Balances, owner.0).is_some()
    })
}

/// Whether the viewer keeps the account that the wallet is filled from or
/// emptied into. In a payment that bank learns nothing of its customer.
fn keeps_account(world: &World, message: &Message, viewer: PartyId) -> bool {
    let owner = message
        .wallet
        .and_then(|wallet| world.party(world.wallet(wallet)?.owner));
    matches!(
        message.purpose,
        Purpose::Exchange | Purpose::Redeem | Purpose::TopUp | Purpose::Withdraw
    ) && owner.is_some_and(|it| it.at == Some(viewer))
}

/// Whether a party takes part in what a request across a border is about: one
/// of the two banks, the central bank of one, or whoever issues what is paid.
fn deals(world: &World, order: OrderId, viewer: PartyId) -> bool {
    world.deal(order).is_some_and(|(_, deal)| {
        let banks = [deal.seller, deal.buyer];
        let is_of = |bank: &PartyId| world.authority_of(*bank) == Some(viewer);
        banks.contains(&viewer)
            || banks.iter().any(is_of)
            || [deal.sells, deal.buys].contains(&viewer)
    })
}

fn message_visible(message: &Message, field: Field, viewer: PartyId, world: &World) -> bool {
    let platform = world.platform();
    if [message.from, message.to].map(Some).contains(&platform)
        && deals(world, message.order, viewer)
    {
        return matches!(field, Field::Existence | Field::Amount);
    }
    if message.from != viewer && message.to != viewer {
        return false;
    }
    let payee = payee_of(message);
    let is_holder =
        |wallet: Option<WalletId>| wallet.is_some_and(|wallet| owns(world, wallet, viewer));
    let names =
        |wallet| is_holder(wallet) || runs(world, wallet, viewer) || serves(world, wallet, viewer);
    // The directory is asked whose name it is, and not for how much.
    let is_asked_who = centre_of(message, world) == Some(Centre::Authentication);
    match field {
        Field::Amount => !(is_asked_who && viewer == CENTRAL_BANK),
        Field::Existence => true,
        // Whoever gets money back knows to whom it was paid.
        Field::Holder => {
            let gets_back = message.purpose == Purpose::Refund && is_holder(payee);
            names(message.wallet) || gets_back || keeps_account(world, message, viewer)
        }
        Field::Wallet => message.wallet.is_some(),
        // Whoever gives money back knows the handle it came from, no more.
        Field::Payee => {
            let chose = message.purpose != Purpose::Refund && is_holder(message.wallet);
            names(payee) || (payee.is_some() && chose)
        }
        Field::PayeeWallet => payee.is_some(),
        Field::Memo => is_holder(message.wallet) || is_holder(payee),
    }
}

/// Whether a party is an institution, which everybody knows by its name.
pub fn is_institution(world: &World, party: PartyId) -> bool {
    world
        .party(party)
        .is_some_and(|party| party.kind.is_institution())
}
