//! What moved within a beat: messages on dashed lines, money on solid ones.

use ledger::AccountId;
use world::fact::{
    Fact, Fate as NetworkFate, Journal, Message, PartyId, Purpose, Refusal, Subject, Title,
    WalletId,
};

use super::At;
use crate::views::{Fate, Flow, Form, Moved, Owed};

/// Digital currency is owed by the central bank, digital deposit money by a bank.
fn digital(at: &At<'_>) -> (Form, Owed) {
    (Form::Digital, super::owed(at))
}

const RESERVES: (Form, Owed) = (Form::Reserves, Owed::CentralBank);
const NOTES: (Form, Owed) = (Form::Banknote, Owed::CentralBank);
const DEPOSIT: (Form, Owed) = (Form::Account, Owed::Bank);

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
            flows.push(Flow {
                position: index + 1,
                from: from.0,
                to: to.0,
                what,
                fate,
            });
        }
    }
    flows
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
        subject => Moved::Information {
            key: format!("message-{}", subject.key()),
            amount: Some(message.amount).filter(|amount| *amount > 0),
        },
    };
    (message.from, message.to, what, fate)
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
        (Title::Reserves, Title::Reserves) => (
            PartyId(debit_subject),
            PartyId(credit_subject),
            money(amount, RESERVES),
        ),
        _ => return None,
    };
    Some((from, to, what, Fate::Arrived))
}

/// The movement that was asked for and does not happen.
fn refused(at: &At<'_>, refusal: &Refusal) -> Option<Found> {
    let request = at.facts().find_map(|(_, stamped)| match stamped.fact {
        Fact::Sent(message) if message.order == refusal.order => Some(message),
        _ => None,
    });
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
    let (from, to, kind) = match refusal.purpose {
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
