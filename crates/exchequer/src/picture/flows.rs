//! What moved within a beat: messages on dashed lines, money on solid ones.

use ledger::AccountId;
use world::fact::{
    Fact, Fate as NetworkFate, Journal, Message, PartyId, Purpose, Refusal, Subject, Title,
    WalletId,
};

use world::state::CENTRAL_BANK;
use world::visible::{Field, centre_of, visible};

use super::At;
use crate::views::{Fate, Flow, Form, Moved, Owed};

/// Digital currency is owed by the central bank, digital deposit money by a bank.
fn digital(at: &At<'_>) -> (Form, Owed) {
    (Form::Digital, super::owed(at))
}

const RESERVES: (Form, Owed) = (Form::Reserves, Owed::CentralBank);
const NOTES: (Form, Owed) = (Form::Banknote, Owed::CentralBank);
const DEPOSIT: (Form, Owed) = (Form::Account, Owed::Bank);

/// What an agent keeps.
const BALANCE: (Form, Owed) = (Form::Account, Owed::Firm);

/// What moved within the beat up to the position.
pub fn flows(at: &At<'_>) -> Vec<Flow> {
    let mut flows = Vec::new();
    for (index, stamped) in at.facts() {
        let found = match stamped.fact {
            Fact::Sent(message) => Some(sent(at, &message)),
            Fact::Posted(journal) => posted(at, &journal),
            Fact::Refused(refusal) => refused(at, &refusal),
            Fact::Changed(_) | Fact::Scheduled(_) => None,
        };
        if let Some((from, to, what, fate)) = found {
            let [from, to] = match stamped.fact {
                Fact::Sent(message) => [from, to].map(|party| end_of(at, &message, party)),
                _ => {
                    let wallets = wallets(at, &stamped.fact);
                    [(from, wallets[0]), (to, wallets[1])].map(|it| end(at, it))
                }
            };
            let currency = match stamped.fact {
                Fact::Posted(journal) => at.now.currency_of_account(journal.debit),
                Fact::Sent(message) => at.now.currency_of_message(&message),
                Fact::Refused(refusal) => at.now.currency_of_refusal(&refusal),
                Fact::Changed(_) | Fact::Scheduled(_) => at.now.currency(),
            };
            flows.push(Flow {
                position: index + 1,
                from: from.0.0,
                to: to.0.0,
                handles: [from.1, to.1],
                centre: match &stamped.fact {
                    Fact::Sent(message) => centre_of(message, at.now),
                    _ => None,
                }
                .map(|centre| format!("centre-{}", centre.key())),
                what,
                currency: at.other(currency),
                fate,
            });
        }
    }
    flows
}

/// An end of a flow as the viewer knows it: an institution knows its own
/// customers, and everybody else by their wallets' numbers.
fn end(at: &At<'_>, (party, wallet): (PartyId, Option<WalletId>)) -> (PartyId, Option<String>) {
    if at.knows(party) {
        return (party, None);
    }
    let filed = wallet.and_then(|id| Some((id, at.now.wallet(id)?)));
    match filed {
        Some((id, wallet)) => (wallet.operator, Some(format!("#{}", id.0))),
        None => {
            let bank = at.now.party(party).and_then(|party| party.at);
            (bank.unwrap_or(CENTRAL_BANK), Some("#".to_owned()))
        }
    }
}

/// An end of a message as the viewer knows it.
pub(super) fn end_of(at: &At<'_>, message: &Message, party: PartyId) -> (PartyId, Option<String>) {
    let fact = Fact::Sent(*message);
    let sees = |field| visible(&fact, field, at.viewer, at.now);
    let is_its = |id: &WalletId| at.now.wallet(*id).is_some_and(|it| it.owner == party);
    let wallet = message
        .wallet
        .filter(|_| sees(Field::Wallet))
        .filter(is_its)
        .or_else(|| {
            let other = message.other.filter(|_| sees(Field::PayeeWallet));
            other.map(WalletId).filter(is_its)
        });
    end(at, (party, wallet))
}

/// The wallets at the two ends of what moved.
fn wallets(at: &At<'_>, fact: &Fact) -> [Option<WalletId>; 2] {
    match fact {
        Fact::Posted(journal) => [journal.debit, journal.credit].map(|account| {
            let account = at.now.ledger().account(account)?;
            let titles = [Title::Circulation as u16, Title::Wallets as u16];
            titles
                .contains(&account.title.0)
                .then_some(WalletId(account.subject))
        }),
        Fact::Refused(refusal) => {
            let request = request(at, refusal);
            let wallet = request.and_then(|it| it.wallet).or(refusal.wallet);
            let other = request
                .filter(|it| it.purpose.is_between_wallets())
                .and_then(|it| it.other);
            [wallet, other.map(WalletId).or(wallet)]
        }
        Fact::Sent(_) | Fact::Changed(_) | Fact::Scheduled(_) => [None; 2],
    }
}

/// The request that was refused, as far as the viewer knows of it.
fn request(at: &At<'_>, refusal: &Refusal) -> Option<Message> {
    at.facts().find_map(|(_, stamped)| match stamped.fact {
        Fact::Sent(message) if message.order == refusal.order => Some(message),
        _ => None,
    })
}

type Found = (PartyId, PartyId, Moved, Fate);

fn sent(at: &At<'_>, message: &Message) -> Found {
    let is_pending = at
        .now
        .pending()
        .any(|pending| pending.serial == message.serial);
    let fate = match message.fate {
        NetworkFate::Lost => Fate::Lost,
        _ if is_pending => Fate::OnTheWay,
        NetworkFate::Doubled => Fate::Doubled,
        NetworkFate::Arrives | NetworkFate::Late => Fate::Arrived,
    };
    let what = match message.subject {
        Subject::AskWithNotes | Subject::HandNotes => money(message.amount, NOTES),
        Subject::OfflinePayment => money(message.amount, purse(at)),
        subject => Moved::Information {
            key: format!("message-{}", subject.key()),
            amount: Some(message.amount).filter(|amount| {
                *amount > 0 && visible(&Fact::Sent(*message), Field::Amount, at.viewer, at.now)
            }),
        },
    };
    (message.from, message.to, what, fate)
}

/// What a device holds: whoever owes what a wallet holds owes it.
fn purse(at: &At<'_>) -> (Form, Owed) {
    (Form::Purse, digital(at).1)
}

fn money(amount: i64, (form, owed): (Form, Owed)) -> Moved {
    Moved::Money { amount, form, owed }
}

/// The movement a posting stands for. Where two books mirror it, the one in
/// which it becomes final is drawn.
fn posted(at: &At<'_>, journal: &Journal) -> Option<Found> {
    let world = at.now;
    let account = |id: AccountId| {
        let account = world.ledger().account(id)?;
        Some((
            Title::from_tag(u8::try_from(account.title.0).ok()?)?,
            account.subject,
        ))
    };
    let (debit, debit_subject) = account(journal.debit)?;
    let (credit, credit_subject) = account(journal.credit)?;
    let owner = |wallet: u32| world.wallet(WalletId(wallet)).map(|wallet| wallet.owner);
    let amount = journal.amount;
    let swap = |was, is| Moved::Swapped { amount, was, is };
    let digital = digital(at);
    // Into a wallet, and out of it: from what the bank has at the central bank, or from its own book.
    let into = |bank, wallet| {
        let what = match journal.purpose {
            Purpose::Exchange | Purpose::ReverseWaterfall => swap(DEPOSIT, digital),
            _ => money(amount, digital),
        };
        Some((bank, owner(wallet)?, what))
    };
    let (in_wallet, in_device) = (digital, purse(at));
    let by_itself = |wallet, was, is| {
        let holder = owner(wallet)?;
        Some((holder, holder, swap(was, is), Fate::Arrived))
    };
    match (debit, credit) {
        (Title::Circulation | Title::Wallets, Title::Float) => {
            return by_itself(debit_subject, in_wallet, in_device);
        }
        (Title::Float, Title::Circulation | Title::Wallets) => {
            return by_itself(credit_subject, in_device, in_wallet);
        }
        _ => {}
    }
    let out_of = |wallet, bank| {
        let what = match journal.purpose {
            Purpose::Redeem | Purpose::Waterfall => swap(digital, DEPOSIT),
            _ => money(amount, digital),
        };
        Some((owner(wallet)?, bank, what))
    };
    let filled = match (debit, credit) {
        (Title::Repository | Title::Reserves, Title::Circulation) => {
            Some(into(PartyId(debit_subject), credit_subject)?)
        }
        (Title::Circulation, Title::Contracts) => Some(out_of(debit_subject, journal.book)?),
        (Title::Contracts, Title::Circulation) => Some(into(journal.book, credit_subject)?),
        (Title::Circulation, Title::Repository | Title::Reserves) => {
            Some(out_of(debit_subject, PartyId(credit_subject))?)
        }
        (from, Title::Wallets) if from != Title::Wallets => {
            Some(into(journal.book, credit_subject)?)
        }
        (Title::Wallets, to) if to != Title::Wallets => Some(out_of(debit_subject, journal.book)?),
        _ => None,
    };
    if let Some((from, to, what)) = filled {
        return Some((from, to, what, Fate::Arrived));
    }
    let (from, to, what) = match (debit, credit) {
        (Title::Circulation, Title::Circulation) | (Title::Wallets, Title::Wallets) => (
            owner(debit_subject)?,
            owner(credit_subject)?,
            money(amount, digital),
        ),
        (Title::Reserves, Title::Repository) => (
            journal.book,
            PartyId(credit_subject),
            swap(RESERVES, digital),
        ),
        (Title::Repository, Title::Reserves) => (
            PartyId(debit_subject),
            journal.book,
            swap(digital, RESERVES),
        ),
        (Title::ClientAsset, Title::Balances) => (
            journal.book,
            PartyId(credit_subject),
            money(amount, BALANCE),
        ),
        (Title::Balances, Title::ClientAsset) => {
            (PartyId(debit_subject), journal.book, money(amount, BALANCE))
        }
        (Title::Balances, Title::Balances) => (
            PartyId(debit_subject),
            PartyId(credit_subject),
            money(amount, BALANCE),
        ),
        (Title::OwnReserves, Title::Deposits) if journal.purpose == Purpose::Resolve => (
            journal.book,
            PartyId(credit_subject),
            money(amount, DEPOSIT),
        ),
        (Title::Claims, Title::Reserves) => (
            journal.book,
            PartyId(credit_subject),
            money(amount, RESERVES),
        ),
        (Title::Reserves | Title::ClientReserves, Title::Reserves | Title::ClientReserves) => (
            PartyId(debit_subject),
            PartyId(credit_subject),
            money(amount, RESERVES),
        ),
        _ => return posted_abroad(journal, (debit, debit_subject), (credit, credit_subject)),
    };
    Some((from, to, what, Fate::Arrived))
}

/// The same between countries.
fn posted_abroad(
    journal: &Journal,
    (debit, payer): (Title, u32),
    (credit, payee): (Title, u32),
) -> Option<Found> {
    const BRIDGE: (Form, Owed) = (Form::Digital, Owed::CentralBank);
    let amount = journal.amount;
    let swap = |was, is| Moved::Swapped { amount, was, is };
    let (from, to, what) = match (debit, credit) {
        (Title::Reserves, Title::OnBridge) => {
            (journal.book, PartyId(payer), swap(RESERVES, BRIDGE))
        }
        (Title::OnBridge, Title::Reserves) => {
            (PartyId(payee), journal.book, swap(BRIDGE, RESERVES))
        }
        (Title::Holding, Title::Holding) => (PartyId(payer), PartyId(payee), money(amount, BRIDGE)),
        (Title::Position | Title::InTransit, Title::Nostro | Title::Vostro) => {
            (journal.book, PartyId(payee), money(amount, DEPOSIT))
        }
        _ => return None,
    };
    Some((from, to, what, Fate::Arrived))
}

/// The movement that was asked for and does not happen.
fn refused(at: &At<'_>, refusal: &Refusal) -> Option<Found> {
    let request = request(at, refusal);
    let bank = |wallet: Option<WalletId>| {
        wallet
            .and_then(|id| at.now.wallet(id))
            .map(|wallet| wallet.operator)
    };
    let wallet = request.and_then(|it| it.wallet).or(refusal.wallet);
    let owner = wallet
        .and_then(|id| at.now.wallet(id))
        .map_or(refusal.party, |wallet| wallet.owner);
    let digital = digital(at);
    let deal = at.now.deal(refusal.order).map(|(_, deal)| *deal);
    let bridge = (Form::Digital, Owed::CentralBank);
    let (from, to, kind) = match (refusal.purpose, deal) {
        (Purpose::BridgeIssue, Some(deal)) => (deal.buyer, deal.seller, bridge),
        (Purpose::BridgeRedeem, Some(deal)) => (deal.seller, deal.buyer, bridge),
        (Purpose::BridgePay | Purpose::BridgeAccept, Some(deal)) => {
            let other = if refusal.party == deal.seller {
                deal.buyer
            } else {
                deal.seller
            };
            (refusal.party, other, bridge)
        }
        (Purpose::CorrespondentPay, Some(deal)) => (refusal.by, deal.buyer, DEPOSIT),
        _ => match refusal.purpose {
            Purpose::Pay | Purpose::Refund => {
                let payee = request
                    .and_then(|it| it.other)
                    .and_then(|id| at.now.wallet(WalletId(id)));
                (
                    owner,
                    payee.map_or(refusal.by, |wallet| wallet.owner),
                    digital,
                )
            }
            Purpose::Exchange => (bank(wallet).unwrap_or(refusal.by), owner, digital),
            Purpose::CashIn => (owner, bank(wallet).unwrap_or(refusal.by), NOTES),
            Purpose::Redeem => (owner, bank(wallet).unwrap_or(refusal.by), digital),
            Purpose::CashOut => (bank(wallet).unwrap_or(refusal.by), owner, NOTES),
            Purpose::Return => (refusal.party, refusal.by, digital),
            // No money was to move, or it says so by itself.
            _ => return None,
        },
    };
    (from != to).then(|| {
        (
            from,
            to,
            money(refusal.asked, kind),
            Fate::Refused(refusal.code.key().to_owned()),
        )
    })
}
