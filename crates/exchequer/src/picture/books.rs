//! Balance sheets, mirrors, invariants and messages on the way.

use std::collections::{BTreeMap, BTreeSet};

use ledger::{Account, AccountId, Class};
use money::Currency;
use world::fact::{Message, NONE, OrderId, PartyId, Title, WalletId};
use world::invariants;
use world::rules::Issuance;
use world::state::CENTRAL_BANK;
use world::visible::{Field, Viewer, is_institution, visible};

use super::At;
use super::crowds::{self, Folded};
use super::flows::end_of as end;
use crate::views::{Accounted, Book, Check, OtherTotal, Pending, Row};

fn title(account: &Account) -> Option<Title> {
    Title::from_tag(u8::try_from(account.title.0).ok()?)
}

/// The key of an account's name.
pub(super) fn account_key(account: &Account) -> String {
    let key = match title(account) {
        // Each book calls them reserves: what is owed to it, and what it owes.
        Some(Title::OwnReserves) => "reserves",
        Some(title) => title.key(),
        None => "funds",
    };
    format!("account-{key}")
}

/// Whose account it is within its book.
pub(super) fn subject(at: &At<'_>, account: &Account) -> Option<String> {
    if account.subject == NONE {
        return None;
    }
    if matches!(title(account), Some(Title::Circulation | Title::Wallets)) {
        let wallet = at.now.wallet(WalletId(account.subject))?;
        // The register knows wallets, not people; a bank knows its own customers.
        return Some(match at.viewer {
            Viewer::Everyone => at.text(wallet.name),
            Viewer::Party(viewer) if viewer == wallet.operator => at.text(wallet.name),
            _ => format!("#{}", account.subject),
        });
    }
    if title(account) == Some(Title::Contracts) {
        return Some(super::contract_name(at, OrderId(account.subject)));
    }
    Some(at.name(PartyId(account.subject)))
}

/// Parties up to this number have their balance sheets in a picture; beyond it
/// only institutions do.
const MOST_SHEETS: u32 = 200;

/// The crowd on whose card the person stands whose account this is.
fn crowd_of(at: &At<'_>, account: &Account, folded: &Folded) -> Option<u32> {
    let party = match title(account)? {
        Title::Circulation | Title::Wallets => at.now.wallet(WalletId(account.subject))?.owner,
        Title::Deposits => PartyId(account.subject),
        _ => return None,
    };
    folded.crowd_of(party)
}

/// The balance sheets that the viewer may look at. What a book has for each of
/// a crowd's people is one row in it.
pub(super) fn books(at: &At<'_>, folded: &Folded) -> Vec<Book> {
    let mut rows: BTreeMap<u32, (Vec<Row>, Vec<Row>)> = BTreeMap::new();
    // Book, title and crowd: the first account, and the sums now and before.
    let mut of_crowds: BTreeMap<(u32, u16, u32), (u32, i64, i64)> = BTreeMap::new();
    for (id, account) in at.now.ledger().accounts() {
        let before = at.before.ledger().balance(id);
        if account.balance == 0 && before == 0 {
            continue;
        }
        if let Some(crowd) = crowd_of(at, account, folded) {
            let sums = of_crowds
                .entry((account.book.0, account.title.0, crowd))
                .or_insert((id.0, 0, 0));
            sums.1 = sums.1.saturating_add(account.balance);
            sums.2 = sums.2.saturating_add(before);
            continue;
        }
        let (owns, owes) = rows.entry(account.book.0).or_default();
        let row = Row {
            account: id.0,
            key: account_key(account),
            subject: subject(at, account),
            balance: account.balance,
            before: (before != account.balance).then_some(before),
            mirror: mirror(at, account),
            currency: at.other(account.currency),
        };
        match account.class {
            Class::Asset => owns.push(row),
            Class::Liability | Class::Equity => owes.push(row),
        }
    }
    for ((book, title, crowd), (account, balance, before)) in of_crowds {
        let title = u8::try_from(title).ok().and_then(Title::from_tag);
        let (_, owes) = rows.entry(book).or_default();
        owes.push(Row {
            account,
            key: format!("account-{}", title.map_or("funds", Title::key)),
            // Whose wallets they are is not in the register.
            subject: (at.viewer == Viewer::Everyone || at.viewer == Viewer::Party(PartyId(book)))
                .then(|| crowds::name(at, crowd))
                .filter(|_| at.viewer != Viewer::Party(CENTRAL_BANK)),
            balance,
            before: (before != balance).then_some(before),
            mirror: None,
            currency: None,
        });
    }
    at.now
        .parties()
        .filter(|(id, _)| at.viewer == Viewer::Everyone || at.viewer == Viewer::Party(*id))
        // A crowd's people are looked at one at a time, not sheet by sheet.
        .filter(|(id, _)| {
            let is_institution = is_institution(at.now, *id);
            let is_alone = id.0 < MOST_SHEETS && folded.crowd_of(*id).is_none();
            is_institution || is_alone || at.viewer == Viewer::Party(*id)
        })
        .map(|(id, _)| {
            let (mut owns, mut owes) = rows.remove(&id.0).unwrap_or_default();
            if !is_institution(at.now, id) {
                online(at, id, &mut owns, &mut owes);
            }
            // Own funds last.
            let (funds, mut owes): (Vec<_>, Vec<_>) =
                owes.into_iter().partition(|row| row.key == "account-funds");
            owes.extend(funds);
            let own = at.other(at.now.home_currency(id));
            let sum = |rows: &[Row], currency| {
                let of_it = rows.iter().filter(|row| row.currency == currency);
                of_it.map(|row| row.balance).sum()
            };
            let used: BTreeSet<Option<Currency>> =
                owns.iter().chain(&owes).map(|row| row.currency).collect();
            let others = used.into_iter().filter(|currency| *currency != own);
            let others = others.map(|currency| OtherTotal {
                currency: currency.unwrap_or(at.now.currency()),
                owns: sum(&owns, currency),
                owes: sum(&owes, currency),
            });
            Book {
                party: id.0,
                total_owns: sum(&owns, own),
                total_owes: sum(&owes, own),
                currency: own,
                others: others.collect(),
                owns,
                owes,
            }
        })
        .collect()
}

/// The account in another book that mirrors this one.
fn mirror(at: &At<'_>, account: &Account) -> Option<(u32, u32)> {
    let party = PartyId(account.book.0);
    let (other, found) = match title(account)? {
        Title::OwnReserves => {
            let authority = at.now.authority_of(party)?;
            return in_book(at, authority, Title::Reserves, party.0, account.currency);
        }
        Title::Vault => (
            CENTRAL_BANK,
            at.now.of(CENTRAL_BANK, Title::Repository, party.0),
        ),
        Title::Reserves => (
            PartyId(account.subject),
            at.now.own(PartyId(account.subject), Title::OwnReserves),
        ),
        Title::ClientAsset => (
            CENTRAL_BANK,
            at.now.of(CENTRAL_BANK, Title::ClientReserves, party.0),
        ),
        Title::OwedToInsurer => (
            CENTRAL_BANK,
            at.now.of(CENTRAL_BANK, Title::Claims, party.0),
        ),
        Title::ClientReserves => (
            PartyId(account.subject),
            at.now.own(PartyId(account.subject), Title::ClientAsset),
        ),
        Title::Claims => (
            PartyId(account.subject),
            at.now.own(PartyId(account.subject), Title::OwedToInsurer),
        ),
        Title::Bridge => {
            let platform = at.now.platform()?;
            return in_book(at, platform, Title::Holding, party.0, account.currency);
        }
        Title::Holding => {
            let bank = PartyId(account.subject);
            return in_book(at, bank, Title::Bridge, NONE, account.currency);
        }
        Title::OnBridge => {
            let platform = at.now.platform()?;
            return in_book(at, platform, Title::Issued, NONE, account.currency);
        }
        Title::Issued => {
            let authority = at.now.authority_for(account.currency)?;
            return in_book(at, authority, Title::OnBridge, NONE, account.currency);
        }
        Title::Nostro => {
            let keeper = PartyId(account.subject);
            return in_book(at, keeper, Title::Vostro, party.0, account.currency);
        }
        Title::Vostro => {
            let holder = PartyId(account.subject);
            return in_book(at, holder, Title::Nostro, party.0, account.currency);
        }
        Title::Repository => (
            PartyId(account.subject),
            at.now.own(PartyId(account.subject), Title::Vault),
        ),
        _ => return None,
    };
    found.map(|account| (other.0, account.0))
}

/// An account in another book, as a mirror names it.
fn in_book(
    at: &At<'_>,
    party: PartyId,
    title: Title,
    subject: u32,
    currency: Currency,
) -> Option<(u32, u32)> {
    let account = at.now.account_in(party, title, subject, currency)?;
    Some((party.0, account.0))
}

/// A holder's online money: a view of its bank's and the central bank's books.
fn online(at: &At<'_>, holder: PartyId, owns: &mut Vec<Row>, owes: &mut Vec<Row>) {
    let deposit = at
        .now
        .party(holder)
        .and_then(|party| party.at)
        .and_then(|bank| {
            let account = at.now.of(bank, Title::Deposits, holder.0)?;
            Some(("account-deposit", bank, account, None))
        });
    let balances = at.now.parties().filter_map(|(agent, _)| {
        let account = at.now.of(agent, Title::Balances, holder.0)?;
        Some(("account-balance", agent, account, Some(at.name(agent))))
    });
    let wallets = at.wallets(holder).map(|(_, wallet)| {
        let keeper = match at.now.issuance() {
            Issuance::Stocked | Issuance::OnDemand => CENTRAL_BANK,
            Issuance::Deposit => wallet.operator,
        };
        (
            "account-wallet",
            keeper,
            wallet.account,
            Some(at.text(wallet.name)),
        )
    });
    let found: Vec<(&str, PartyId, AccountId, Option<String>)> =
        wallets.chain(deposit).chain(balances).collect();
    let mut change = (0, 0);
    for (number, device) in at.now.devices_of(holder) {
        let was = at.before.device(number);
        let held = |it: &world::state::Device| it.held + it.to_claim;
        let (balance, before) = (held(device), was.map_or(0, held));
        change.0 += balance;
        change.1 += before;
        if balance != 0 || before != 0 {
            owns.push(Row {
                // No account: what a device holds is in no book but the float.
                account: u32::MAX - number.0,
                key: "account-purse".to_owned(),
                subject: Some(at.text(device.name)),
                balance,
                before: (before != balance).then_some(before),
                mirror: None,
                currency: None,
            });
        }
    }
    for (key, party, account, subject) in found {
        let (balance, before) = (
            at.now.ledger().balance(account),
            at.before.ledger().balance(account),
        );
        change.0 += balance;
        change.1 += before;
        if balance != 0 || before != 0 {
            owns.push(Row {
                account: account.0,
                key: key.to_owned(),
                subject,
                balance,
                before: (before != balance).then_some(before),
                mirror: Some((party.0, account.0)),
                currency: None,
            });
        }
    }
    if let Some(funds) = at.now.own(holder, Title::Funds) {
        let balance = at.now.ledger().balance(funds) + change.0;
        let before = at.before.ledger().balance(funds) + change.1;
        owes.retain(|row| row.key != "account-funds");
        owes.push(Row {
            account: funds.0,
            key: "account-funds".to_owned(),
            subject: None,
            balance,
            before: (before != balance).then_some(before),
            mirror: None,
            currency: None,
        });
    }
}

/// The invariants and the messages on the way.
pub(super) fn accounted(at: &At<'_>) -> Accounted {
    let mut full = invariants::full(at.now);
    // Whoever takes part knows its own books only.
    if at.viewer != Viewer::Everyone {
        full.retain(|it| {
            it.party
                .is_some_and(|party| at.viewer == Viewer::Party(party))
        });
    }
    let timeout = at.run.simulation().rules().timeout;
    // Time has passed after the last event, too.
    let time = match at.beat {
        Some((_, played)) if at.position == played.to => played.at,
        _ => at.now.now(),
    };
    let late: Vec<&Message> = invariants::unreconciled(at.now, time, timeout).collect();
    let apart: Vec<_> = late
        .iter()
        .flat_map(|message| invariants::explains(message, at.now).into_iter().flatten())
        .map(|(mirror, _)| mirror.check(at.now))
        .collect();
    let check = |check: &invariants::Check| Check {
        key: format!("check-{}", check.key),
        party: check.party.map(|party| at.name(party)),
        left: check.left,
        right: check.right,
        on_the_way: check.on_the_way,
        currency: at.other(check.currency),
        holds: check.holds(),
        overdue: check.on_the_way != 0
            && apart.iter().any(|(key, party)| {
                *key == check.key && (check.party.is_none() || check.party == *party)
            }),
    };
    let mut checks: Vec<Check> = full
        .iter()
        .filter(|it| {
            it.party.is_none() || at.viewer != Viewer::Everyone || !it.holds() || it.on_the_way != 0
        })
        .map(check)
        .collect();
    // All books of all parties, as one line.
    let mut books = Check {
        key: "check-books".to_owned(),
        party: None,
        left: 0,
        right: 0,
        on_the_way: 0,
        currency: None,
        holds: true,
        overdue: false,
    };
    // Sums of two currencies are no sum: one line each.
    let own = at.now.currency();
    let others = full
        .iter()
        .filter(|it| it.key == "books" && it.currency != own);
    let mut abroad: BTreeMap<Currency, Check> = BTreeMap::new();
    for it in others {
        let line = abroad.entry(it.currency).or_insert_with(|| Check {
            currency: Some(it.currency),
            ..books.clone()
        });
        line.left = line.left.saturating_add(it.left);
        line.right = line.right.saturating_add(it.right);
        line.holds &= it.holds();
    }
    let at_home = |it: &&invariants::Check| it.key == "books" && it.currency == own;
    for it in full.iter().filter(at_home) {
        books.left = books.left.saturating_add(it.left);
        books.right = books.right.saturating_add(it.right);
        books.holds &= it.holds();
    }
    checks.push(books);
    checks.extend(abroad.into_values());
    let messages = at
        .now
        .pending()
        // What was lost between two devices is not on its way: they hold it in limbo.
        .filter(|message| !message.subject.is_between_devices())
        .filter(|message| {
            visible(
                &world::fact::Fact::Sent(**message),
                Field::Existence,
                at.viewer,
                at.now,
            )
        })
        .map(|message| Pending {
            from: end(at, message, message.from).0.0,
            to: end(at, message, message.to).0.0,
            key: format!("message-{}", message.subject.key()),
            // No sum, where the viewer learns none.
            amount: if visible(
                &world::fact::Fact::Sent(*message),
                Field::Amount,
                at.viewer,
                at.now,
            ) {
                message.amount
            } else {
                0
            },
            currency: at.other(at.now.currency_of_message(message)),
            sent: at.time(message.sent),
            overdue: late.iter().any(|it| it.serial == message.serial),
        })
        .collect();
    Accounted {
        holds: full.iter().all(invariants::Check::holds),
        checks,
        messages,
    }
}
