//! Books of double entry.
//!
//! A [`Ledger`] keeps many books, one a party. A posting debits one account and
//! credits another **of the same book and currency** by the same amount, so a
//! book cannot fall out of balance; a compound journal is several postings with
//! the same cause. Balances stand on each account's normal side: assets and
//! expenses grow by debits, liabilities, funds and income by credits.
//!
//! Never here: time, names, messages, or any rule about who may post what.

use money::Currency;
use thiserror::Error;

/// A book's number: its party's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookId(pub u32);

/// An account's number in the ledger, dense from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub u32);

/// What an account is called, as a small number that the owner of the ledger
/// gives meaning to. Sums are kept a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Title(pub u16);

/// On which side of a balance sheet an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Owned: grows by debits.
    Asset,
    /// Owed: grows by credits.
    Liability,
    /// Own funds: grows by credits.
    Equity,
}

impl Class {
    /// All classes, in the order of their stored numbers.
    pub const ALL: [Class; 3] = [Class::Asset, Class::Liability, Class::Equity];

    /// Whether a debit makes the balance larger.
    pub fn grows_by_debit(self) -> bool {
        matches!(self, Class::Asset)
    }
}

/// One account of one book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The book it belongs to.
    pub book: BookId,
    /// Its title.
    pub title: Title,
    /// Whose it is, where a book has one of this title for each of many
    /// (a bank's deposits): a number the ledger's owner gives meaning to.
    pub subject: u32,
    /// Its side.
    pub class: Class,
    /// Its currency.
    pub currency: Currency,
    /// Whether it may go below zero.
    pub may_overdraw: bool,
    /// Balance in minor units, on its normal side.
    pub balance: i64,
}

/// A debit and a credit of the same amount in one book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The account debited.
    pub debit: AccountId,
    /// The account credited.
    pub credit: AccountId,
    /// Minor units, more than zero.
    pub amount: i64,
}

/// Why a posting cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PostError {
    /// An account does not exist.
    #[error("there is no account number {0}")]
    NoAccount(u32),
    /// The two accounts stand in different books.
    #[error("a posting stays within one book")]
    TwoBooks,
    /// The two accounts are in different currencies.
    #[error("a posting stays within one currency")]
    TwoCurrencies,
    /// The amount is not above zero.
    #[error("a posting moves more than nothing")]
    NotPositive,
    /// Both sides are the same account.
    #[error("a posting needs two accounts")]
    SameAccount,
    /// An account that may not be overdrawn would be.
    #[error("account number {account} would fall {short} minor units below zero")]
    Overdrawn {
        /// Which account.
        account: u32,
        /// How far below zero.
        short: i64,
    },
    /// A balance or sum would not fit.
    #[error("a balance would grow past what can be counted")]
    TooLarge,
}

/// The sums of the balances of all accounts in one currency, by title.
#[derive(Clone, Copy, Debug)]
pub struct Sums<'a>(&'a [i64]);

impl Sums<'_> {
    /// Of this title, over all books.
    pub fn of(self, title: Title) -> i64 {
        self.0.get(usize::from(title.0)).copied().unwrap_or(0)
    }
}

/// Many books with their accounts and running sums.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    accounts: Vec<Account>,
    /// By title, for each currency in which there are accounts.
    sums: Vec<(Currency, Vec<i64>)>,
}

impl Ledger {
    /// Opens an account with a balance of zero.
    pub fn open(&mut self, account: Account) -> AccountId {
        let id = AccountId(u32::try_from(self.accounts.len()).unwrap_or(u32::MAX));
        let title = usize::from(account.title.0);
        let known = self.place(account.currency);
        let place = known.unwrap_or_else(|| {
            self.sums.push((account.currency, Vec::new()));
            self.sums.len() - 1
        });
        let sums = &mut self.sums[place].1;
        if sums.len() <= title {
            sums.resize(title + 1, 0);
        }
        self.accounts.push(Account {
            balance: 0,
            ..account
        });
        id
    }

    /// The account of this number.
    pub fn account(&self, id: AccountId) -> Option<&Account> {
        self.accounts.get(id.0 as usize)
    }

    /// Its balance on its normal side; zero for one that does not exist.
    pub fn balance(&self, id: AccountId) -> i64 {
        self.account(id).map_or(0, |account| account.balance)
    }

    /// Every account with its number, in order of opening.
    pub fn accounts(&self) -> impl Iterator<Item = (AccountId, &Account)> {
        (0u32..).map(AccountId).zip(&self.accounts)
    }

    /// How many accounts there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.accounts.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no account yet.
    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    /// Where the sums of a currency are: there are few currencies.
    fn place(&self, currency: Currency) -> Option<usize> {
        self.sums.iter().position(|(it, _)| *it == currency)
    }

    /// The sum of the balances of all accounts of this title and currency,
    /// over all books, kept as postings are made.
    pub fn sum(&self, title: Title, currency: Currency) -> i64 {
        self.sums(currency).of(title)
    }

    /// The sums of all titles in a currency: for who asks for many of them.
    pub fn sums(&self, currency: Currency) -> Sums<'_> {
        let place = self.place(currency);
        Sums(place.map_or(&[], |place| &self.sums[place].1))
    }

    /// Makes the posting, or leaves everything as it was.
    ///
    /// # Errors
    /// Says which rule of double entry it would break.
    pub fn post(&mut self, posting: Posting) -> Result<(), PostError> {
        let Posting {
            debit,
            credit,
            amount,
        } = posting;
        if amount <= 0 {
            return Err(PostError::NotPositive);
        }
        if debit == credit {
            return Err(PostError::SameAccount);
        }
        let from = *self.account(debit).ok_or(PostError::NoAccount(debit.0))?;
        let to = *self.account(credit).ok_or(PostError::NoAccount(credit.0))?;
        if from.book != to.book {
            return Err(PostError::TwoBooks);
        }
        if from.currency != to.currency {
            return Err(PostError::TwoCurrencies);
        }
        let debit_change = if from.class.grows_by_debit() {
            amount
        } else {
            -amount
        };
        let credit_change = if to.class.grows_by_debit() {
            -amount
        } else {
            amount
        };
        let debit_after = after(debit, &from, debit_change)?;
        let credit_after = after(credit, &to, credit_change)?;
        let debit_title = usize::from(from.title.0);
        let credit_title = usize::from(to.title.0);
        let place = self.place(from.currency).unwrap_or_default();
        let by_title = &self.sums[place].1;
        let mut sums = (by_title[debit_title], by_title[credit_title]);
        if debit_title == credit_title {
            let net = debit_change
                .checked_add(credit_change)
                .ok_or(PostError::TooLarge)?;
            sums.0 = sums.0.checked_add(net).ok_or(PostError::TooLarge)?;
            sums.1 = sums.0;
        } else {
            sums.0 = sums
                .0
                .checked_add(debit_change)
                .ok_or(PostError::TooLarge)?;
            sums.1 = sums
                .1
                .checked_add(credit_change)
                .ok_or(PostError::TooLarge)?;
        }
        self.accounts[debit.0 as usize].balance = debit_after;
        self.accounts[credit.0 as usize].balance = credit_after;
        let by_title = &mut self.sums[place].1;
        by_title[debit_title] = sums.0;
        by_title[credit_title] = sums.1;
        Ok(())
    }

    /// For each of the first `books` books and each of its currencies, what it
    /// owns and what it owes with its own funds: equal whenever the book
    /// balances, which is always.
    pub fn trial_balances(&self, books: u32) -> Vec<Vec<(Currency, i128, i128)>> {
        let mut sides: Vec<Vec<(Currency, i128, i128)>> = vec![Vec::new(); books as usize];
        for account in &self.accounts {
            let Some(book) = sides.get_mut(account.book.0 as usize) else {
                continue;
            };
            let known = book.iter().position(|it| it.0 == account.currency);
            let place = known.unwrap_or_else(|| {
                book.push((account.currency, 0, 0));
                book.len() - 1
            });
            let balance = i128::from(account.balance);
            match account.class {
                Class::Asset => book[place].1 += balance,
                Class::Liability | Class::Equity => book[place].2 += balance,
            }
        }
        sides
    }
}

fn after(id: AccountId, account: &Account, change: i64) -> Result<i64, PostError> {
    let balance = account
        .balance
        .checked_add(change)
        .ok_or(PostError::TooLarge)?;
    if balance < 0 && !account.may_overdraw && change < 0 {
        return Err(PostError::Overdrawn {
            account: id.0,
            short: -balance,
        });
    }
    Ok(balance)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn currency(code: &str) -> Currency {
        Currency::new(code, 2).unwrap()
    }

    fn ledger(may_overdraw: bool) -> Ledger {
        let mut ledger = Ledger::default();
        for book in 0..3 {
            for (title, class) in [
                (0, Class::Asset),
                (1, Class::Asset),
                (2, Class::Liability),
                (3, Class::Equity),
            ] {
                ledger.open(Account {
                    book: BookId(book),
                    title: Title(title),
                    subject: 0,
                    class,
                    currency: currency(if book == 2 { "EUR" } else { "CNY" }),
                    may_overdraw,
                    balance: 0,
                });
            }
        }
        ledger
    }

    fn refused(debit: u32, credit: u32, amount: i64, why: PostError) {
        let mut ledger = ledger(false);
        let posting = Posting {
            debit: AccountId(debit),
            credit: AccountId(credit),
            amount,
        };
        assert_eq!(ledger.post(posting), Err(why));
        assert!(
            ledger.accounts().all(|(_, account)| account.balance == 0),
            "a refused posting changes nothing"
        );
    }

    #[test]
    fn a_posting_that_breaks_double_entry_is_refused_and_changes_nothing() {
        refused(0, 3, 0, PostError::NotPositive);
        refused(0, 3, -5, PostError::NotPositive);
        refused(0, 0, 5, PostError::SameAccount);
        refused(0, 7, 5, PostError::TwoBooks);
        refused(0, 99, 5, PostError::NoAccount(99));
        refused(
            2,
            3,
            5,
            PostError::Overdrawn {
                account: 2,
                short: 5,
            },
        );
        refused(
            0,
            1,
            5,
            PostError::Overdrawn {
                account: 1,
                short: 5,
            },
        );
    }

    #[test]
    fn a_posting_between_two_currencies_of_one_book_is_refused() {
        let mut ledger = ledger(true);
        let euro = ledger.open(Account {
            currency: currency("EUR"),
            ..*ledger.account(AccountId(0)).unwrap()
        });
        let posting = Posting {
            debit: euro,
            credit: AccountId(3),
            amount: 5,
        };
        assert_eq!(ledger.post(posting), Err(PostError::TwoCurrencies));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_refused() {
        let mut ledger = ledger(true);
        let posting = Posting {
            debit: AccountId(0),
            credit: AccountId(3),
            amount: i64::MAX,
        };
        ledger.post(posting).unwrap();
        assert_eq!(ledger.post(posting), Err(PostError::TooLarge));
        assert_eq!(ledger.balance(AccountId(0)), i64::MAX);
    }

    proptest! {
        #[test]
        fn books_balance_and_sums_agree_after_any_postings(
            moves in prop::collection::vec((0u32..12, 0u32..12, -2i64..1_000_000), 0..200),
            may_overdraw: bool,
        ) {
            let mut ledger = ledger(may_overdraw);
            for (debit, credit, amount) in moves {
                let _ = ledger.post(Posting { debit: AccountId(debit), credit: AccountId(credit), amount });
                for (_, owns, owes) in ledger.trial_balances(3).into_iter().flatten() {
                    prop_assert_eq!(owns, owes);
                }
                for (title, code) in (0..4).flat_map(|title| [(title, "CNY"), (title, "EUR")]) {
                    let is_it = |a: &Account| a.title == Title(title) && a.currency == currency(code);
                    let sum: i64 = ledger.accounts().filter(|(_, a)| is_it(a)).map(|(_, a)| a.balance).sum();
                    prop_assert_eq!(ledger.sum(Title(title), currency(code)), sum);
                }
                prop_assert!(may_overdraw || ledger.accounts().all(|(_, account)| account.balance >= 0));
            }
        }
    }
}
