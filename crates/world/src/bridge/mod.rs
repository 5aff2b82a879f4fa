//! Payments between countries: a common platform of central banks, and beside
//! it what correspondent banks do.
//!
//! On the platform each central bank alone issues and redeems its own currency,
//! and only its domestic banks may ask it to. A bank can then pay with any
//! currency that it holds there, or swap two: the rate is agreed off the
//! platform, from bank to bank, and the platform posts both legs in one
//! decision or neither.
//!
//! What travels (solid lines are messages, `[…]` a posting by the party that
//! decides):
//!
//! ```text
//! issue     bank ──BridgeAsk──▶ central bank [reserves → on-bridge]
//!             ──BridgeIssued──▶ platform [issued ← holding] ──BridgeHeld──▶ bank [bridge ← reserves]
//! quote     seller ──BridgeQuoted──▶ buyer
//! accept    buyer ──BridgeAgreed──▶ platform [holding → holding; holding → holding, final]
//!             ──BridgeSettled──▶ both [bridge ← position; position ← bridge]
//! decline   buyer ──BridgeDeclined──▶ seller
//! pay       payer ──BridgeOrder──▶ platform [holding → holding, final] ──BridgeSettled──▶ both
//! redeem    bank ──BridgeGiveBack──▶ central bank ──BridgeRetire──▶ platform [holding → issued]
//!             ──BridgeRetired──▶ central bank [on-bridge → reserves]
//!             ──BridgeRedeemed──▶ bank [reserves ← bridge]
//! ```
//!
//! Whoever cannot go on answers `BridgeRefused`, and nothing was posted. A swap
//! in the files of its two banks and of the platform, each its own:
//!
//! ```text
//!            ┌─ declined or called off ──▶ declined
//!   open ────┼─ nobody took it in time ──▶ expired
//!            └─ the buyer takes it ──▶ agreed ──┬─ both legs posted ──▶ settled
//!                                               └─ neither leg ──▶ failed
//! ```
//!
//! The seller's file goes from open to settled or failed when it hears from the
//! platform, whose word counts: a swap that was settled in time is settled, also
//! where the news comes after the seller gave it up.
//!
//! A message that was lost is sent again (`retry`), or called off (`reverse`)
//! where nothing was decided on it yet: the central bank takes an issue back
//! that the platform never heard of, a buyer its yes, a correspondent a payment
//! that never reached the next. What the platform has posted is final, so the
//! news of it can only be sent again.

mod authority;
mod bank;
mod correspondent;
mod platform;

pub(crate) use correspondent::pass_on;

use ledger::{AccountId, Class};
use money::{Currency, MAX_MINOR, Rate, Rounding, Span};

use crate::cbdc::{Desk, Input, Out, Refused, name_overdue, set_timer};
use crate::describe;
use crate::describe::{Actor, Exchange, Figure, Parties, Three};
use crate::fact::{Deal, Finality, Kind, Message, OrderId, PartyId, Purpose, Subject, Title};
use crate::invariants::{Differences, Mirror};
use crate::spec::FieldType;
use crate::state::World;

/// Banks, at home and abroad.
pub const BANKS: &[&str] = &["operator", "foreign-bank"];

const BANK: FieldType = FieldType::Actor(BANKS);
const AUTHORITY: FieldType = FieldType::Actor(&["central-bank", "authority"]);
const FOREIGN_AUTHORITY: FieldType = FieldType::Actor(&["authority"]);
const QUOTE: FieldType = FieldType::Actor(&["quote"]);

describe! {
    /// What banks ask for between countries.
    Operation;

    /// A bank asks a central bank to turn some of its reserves into that central bank's currency on the common platform. Each central bank serves its own banks only.
    BridgeIssue "bridge.issue" by BANKS, "Harbour: bridge.issue 1_000.00" {
        /// How much, in the central bank's currency.
        plain amount: Figure as FieldType::Figure, "amount";
        /// The central bank that is asked; the bank's own if left out.
        named at: Option<PartyId> as AUTHORITY, "at";
    }

    /// A bank asks a central bank to take its currency off the platform again and give reserves for it.
    BridgeRedeem "bridge.redeem" by BANKS, "Siam: bridge.redeem 4_950.00" {
        /// How much, in the central bank's currency.
        plain amount: Figure as FieldType::Figure, "amount";
        /// The central bank that is asked; the bank's own if left out.
        named at: Option<PartyId> as AUTHORITY, "at";
    }

    /// A bank offers another to swap what both hold on the platform, at a rate that they have agreed off it.
    BridgeQuote "bridge.quote" by BANKS, "Harbour: bridge.quote Siam sell=1_000.00 rate=4.95 for=30m as Q" creates "quote" {
        /// The bank it is offered to.
        plain to: PartyId as BANK, "to";
        /// How much is sold.
        named sell: Figure as FieldType::Figure, "sell";
        /// What one unit of it buys. The sum is rounded to the nearest minor unit, a half to the even one.
        named rate: Exchange as FieldType::Exchange, "rate";
        /// For how long the offer stands.
        named length: Span as FieldType::Duration, "for";
        /// The central bank whose currency is sold; the seller's own if left out.
        named of: Option<PartyId> as AUTHORITY, "of";
        /// The central bank whose currency is bought; the buyer's own if left out.
        named against: Option<PartyId> as AUTHORITY, "against";
    }

    /// Takes a quote: the platform posts both legs, or neither.
    BridgeAccept "bridge.accept" by BANKS, "Siam: bridge.accept Q" {
        /// The quote.
        plain quote: Actor as QUOTE, "quote";
    }

    /// Does not take a quote.
    BridgeDecline "bridge.decline" by BANKS, "Siam: bridge.decline Q" {
        /// The quote.
        plain quote: Actor as QUOTE, "quote";
    }

    /// Pays another bank with what one holds on the platform.
    BridgePay "bridge.pay" by BANKS, "Harbour: bridge.pay Siam 4_950.00 of=Bangkok" {
        /// The bank that is paid.
        plain to: PartyId as BANK, "to";
        /// How much.
        plain amount: Figure as FieldType::Figure, "amount";
        /// The central bank whose currency it is; that of the bank that is paid if left out.
        named of: Option<PartyId> as AUTHORITY, "of";
    }

    /// Pays a bank in another country through correspondent banks. Each keeps a fee and takes its time; the last of them changes the money.
    CorrespondentPay "correspondent.pay" by BANKS, "Harbour: correspondent.pay Siam 1_000.00 rate=4.95 via=[Peak]" {
        /// The bank that is paid.
        plain to: PartyId as BANK, "to";
        /// How much, in the payer's currency.
        plain amount: Figure as FieldType::Figure, "amount";
        /// What one unit of it buys, before the spread.
        named rate: Exchange as FieldType::Exchange, "rate";
        /// The correspondents on the way, in their order; without any, the two banks have an account with each other.
        named via: Option<Parties> as FieldType::Actors(BANKS), "via";
    }
}

describe! {
    /// What can be declared beyond the country.
    Declaration;

    /// The central banks' common platform; there is one at most.
    Platform "platform" by &[], "platform mBridge" {}

    /// The central bank of another country, with its currency.
    Authority "authority" by &[], "authority Bangkok currency=THB" {
        /// Its currency: three letters of ISO 4217, which says how many decimals it has.
        named currency: Three as FieldType::Currency, "currency";
    }

    /// A bank in another country.
    ForeignBank "foreign-bank" by &[], "foreign-bank Siam at=Bangkok reserves=1_000_000.00" {
        /// The central bank of its country.
        named at: PartyId as FOREIGN_AUTHORITY, "at";
        /// Its reserves there to begin with, in that country's currency.
        named reserves: Option<Figure> as FieldType::Figure, "reserves";
    }

    /// An account that a bank has at a bank in another country: a nostro to the one, a vostro to the other.
    Nostro "nostro" by &[], "nostro PeakAtSiam of=Peak at=Siam balance=100_000.00" {
        /// Whose account it is.
        named of: PartyId as BANK, "of";
        /// The bank that keeps it, in its own country's currency.
        named at: PartyId as BANK, "at";
        /// What is in it to begin with.
        named balance: Option<Figure> as FieldType::Figure, "balance";
    }
}

impl Operation {
    /// The purpose that its messages and postings carry.
    pub fn purpose(&self) -> Purpose {
        match self {
            Operation::BridgeIssue(_) => Purpose::BridgeIssue,
            Operation::BridgeRedeem(_) => Purpose::BridgeRedeem,
            Operation::BridgeQuote(_) => Purpose::BridgeQuote,
            Operation::BridgeAccept(_) => Purpose::BridgeAccept,
            Operation::BridgeDecline(_) => Purpose::BridgeDecline,
            Operation::BridgePay(_) => Purpose::BridgePay,
            Operation::CorrespondentPay(_) => Purpose::CorrespondentPay,
        }
    }
}

/// A request across a border as a bank gets it: resolved to numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Its number.
    pub order: OrderId,
    /// The verb.
    pub purpose: Purpose,
    /// What it is about, without the sum that is bought.
    pub deal: Deal,
    /// The rate, where something is to be exchanged.
    pub rate: Option<Rate>,
    /// The earlier request that it speaks of.
    pub about: Option<OrderId>,
    /// The correspondents on the way.
    pub via: Option<Parties>,
}

/// What a central bank, a bank or the platform does with an input that crosses
/// a border. Reads and posts its own books only.
pub(crate) fn decide(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    match (input, desk.kind()) {
        (Input::Abroad(ask), _) => {
            if let Err((refused, party, asked)) = bank::ask(desk, ask, out) {
                out.refuse(refused, party, asked);
            }
        }
        (Input::Message(message), Kind::Platform) => platform::receive(desk, message, out),
        (Input::Message(message), Kind::CentralBank | Kind::Authority) => {
            authority::receive(desk, message, out);
        }
        (Input::Message(message), _) if message.purpose == Purpose::CorrespondentPay => {
            correspondent::receive(desk, message, out);
        }
        (Input::Message(message), _) => bank::receive(desk, message, out),
        (Input::Timer, _) => {
            name_overdue(desk, out);
            sweep(desk, out);
            crate::contracts::sweep(desk, out);
        }
        (Input::Command(_), _) => {}
    }
    set_timer(desk, input, out);
}

/// The timer of a bank fired: quotes whose time is over end, payments that are
/// ready are passed on.
pub(crate) fn sweep(desk: &Desk<'_>, out: &mut Out) {
    bank::expire(desk, out);
    pass_on(desk, out);
}

/// The differences between mirrors that a message explains while it is on its
/// way.
pub(crate) fn explains(message: &Message, world: &World) -> Differences {
    let Message {
        from, to, amount, ..
    } = *message;
    let Some((_, deal)) = world.deal(message.order) else {
        return [None, None];
    };
    let bank = deal.seller;
    let reserves = |difference| Some((Mirror::Reserves(bank), difference));
    let bridge = |bank, of, difference| Some((Mirror::Bridge(bank, of), difference));
    let issued = Some((Mirror::Issued(deal.sells), -amount));
    match message.subject {
        Subject::BridgeIssued => [reserves(amount), issued],
        Subject::BridgeHeld => [reserves(amount), bridge(bank, deal.sells, -amount)],
        Subject::BridgeRetired => [bridge(bank, deal.sells, amount), issued],
        Subject::BridgeRedeemed => [bridge(bank, deal.sells, amount), reserves(-amount)],
        Subject::BridgeSettled => {
            let sign = if to == deal.seller { 1 } else { -1 };
            let back = (deal.buy > 0).then_some(-sign * deal.buy);
            [
                bridge(to, deal.sells, sign * deal.sell),
                back.and_then(|back| bridge(to, deal.buys, back)),
            ]
        }
        Subject::CorrespondentOrder | Subject::CorrespondentReturn => {
            let currency = world.currency_of_message(message);
            let [first, second] = if message.subject == Subject::CorrespondentOrder {
                [from, to]
            } else {
                [to, from]
            };
            let has = |of: PartyId, at: PartyId| {
                let nostro = world.account_in(of, Title::Nostro, at.0, currency);
                nostro.map(|_| Mirror::Nostro { of, at, currency })
            };
            let between = has(first, second).or_else(|| has(second, first));
            [between.map(|mirror| (mirror, -amount)), None]
        }
        _ => [None, None],
    }
}

/// Whether a message of this kind can be called off when it was lost: nothing
/// was decided on it, and what was posted before it can be undone.
pub(crate) fn can_be_called_off(subject: Subject) -> bool {
    matches!(
        subject,
        Subject::BridgeAsk
            | Subject::BridgeIssued
            | Subject::BridgeGiveBack
            | Subject::BridgeRetire
            | Subject::BridgeQuoted
            | Subject::BridgeAgreed
            | Subject::BridgeOrder
            | Subject::CorrespondentOrder
    )
}

/// A lost message was called off: what was done before it was sent is undone,
/// and whoever waits is told.
pub(crate) fn call_off(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    match message.subject {
        Subject::BridgeIssued | Subject::BridgeRetire => authority::call_off(desk, message, out),
        Subject::BridgeQuoted | Subject::BridgeAgreed => bank::call_off(desk, message, out),
        Subject::CorrespondentOrder => correspondent::came_back(desk, message, out),
        // What was asked for and never heard has changed nothing.
        _ => {}
    }
}

/// What a sum of one central bank's currency buys of another's, rounded half to
/// even; none if that is more than can be counted.
fn exchanged(
    desk: &Desk<'_>,
    rate: Rate,
    amount: i64,
    (sells, buys): (PartyId, PartyId),
) -> Option<i64> {
    let (from, to) = (desk.currency_of(sells)?, desk.currency_of(buys)?);
    let bought = rate.exchange(amount, from, to, Rounding::HalfEven).ok()?;
    (bought <= MAX_MINOR).then_some(bought)
}

/// Why a request is refused, who lacks what it needs, and what was asked for.
type No = (Refused, PartyId, i64);

/// A book's account, opened when it is first needed.
fn account(
    desk: &Desk<'_>,
    out: &mut Out,
    (title, subject): (Title, u32),
    currency: Currency,
) -> AccountId {
    let (class, may_overdraw) = match title {
        Title::Issued => (Class::Asset, false),
        // A bank's book follows others': what went out may be known before what came in.
        Title::Bridge | Title::Nostro => (Class::Asset, true),
        Title::Position => (Class::Equity, true),
        Title::Vostro => (Class::Liability, true),
        _ => (Class::Liability, false),
    };
    out.account(desk, (title, subject), class, may_overdraw, currency)
}

fn post(out: &mut Out, debit: AccountId, credit: AccountId, amount: i64, finality: Finality) {
    if amount > 0 {
        out.post(Some(debit), Some(credit), amount, finality);
    }
}
