//! Everybody's books: T-accounts side by side with the rows that changed lit,
//! mirror accounts joined by a mark, and the beat's journal as a table.

use std::collections::BTreeMap;
use std::rc::Rc;

use exchequer::views::{Book, Currency, Minor, Moment, OtherTotal, PartyNo, Row};
use yew::prelude::*;
use yew::props;

use crate::ui::{amount_in, hidden, term};
use crate::words::Speech;

/// Properties of [`books`].
#[derive(Clone, PartialEq, Properties)]
pub struct BooksProps {
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Without the journal: a dock under the board.
    #[prop_or_default]
    pub docked: bool,
}

/// The books of every institution.
pub fn books(words: &Speech, props: &BooksProps) -> Html {
    let moment = &props.moment;
    let marks = marks(&moment.books);
    html! {
        <div class={classes!("books", props.docked.then_some("books-docked"))}>
            if moment.books.is_empty() {
                <p class="empty">{ words.say("books-none") }</p>
            }
            <div class="ledgers">
                { for moment.books.iter().map(|book| t_account(words, &props!(TAccountProps {
                    book: book.clone(),
                    name: AttrValue::from(party_name(moment, book.party, words)),
                    marks: marks_of(&marks, book.party),
                }))) }
            </div>
            if !props.docked {
                { journal(words, moment) }
            }
        </div>
    }
}

/// A party's name as shown.
pub fn party_name(moment: &Moment, party: PartyNo, words: &Speech) -> String {
    let found = moment.party(party);
    found.map_or_else(String::new, |party| match &party.hidden {
        Some(reason) => words.say(reason),
        None => words.name(&party.name),
    })
}

/// An account's name with whose it is: `Reserves · Harbour`.
pub fn account_name(row: &Row, words: &Speech) -> String {
    subject_name(&row.key, row.subject.as_deref(), words)
}

fn subject_name(key: &str, subject: Option<&str>, words: &Speech) -> String {
    let name = words.say(key);
    match subject {
        Some(subject) => words.tell(
            "account-of",
            &[
                ("account", (&name).into()),
                ("subject", (&words.name(subject)).into()),
            ],
        ),
        None => name,
    }
}

type Marks = BTreeMap<(PartyNo, u32), usize>;

/// Numbers the pairs of mirror accounts, so that the eye can join them.
fn marks(books: &[Book]) -> Marks {
    let mut marks = Marks::new();
    let mut next = 0;
    for book in books {
        for row in book.owns.iter().chain(&book.owes) {
            let Some(mirror) = row.mirror else { continue };
            let here = (book.party, row.account);
            let known = marks.get(&here).or_else(|| marks.get(&mirror)).copied();
            let mark = known.unwrap_or_else(|| {
                next += 1;
                next
            });
            marks.insert(here, mark);
            marks.insert(mirror, mark);
        }
    }
    marks
}

fn marks_of(marks: &Marks, party: PartyNo) -> Vec<(u32, usize)> {
    marks
        .range((party, 0)..=(party, u32::MAX))
        .map(|((_, account), mark)| (*account, *mark))
        .collect()
}

/// Properties of [`t_account`].
#[derive(Clone, PartialEq, Properties)]
pub struct TAccountProps {
    /// The book.
    pub book: Book,
    /// Whose.
    pub name: AttrValue,
    /// Marks of accounts that mirror others.
    #[prop_or_default]
    pub marks: Vec<(u32, usize)>,
}

/// One balance sheet in the form of a T.
pub fn t_account(words: &Speech, props: &TAccountProps) -> Html {
    let book = &props.book;
    let mark = |row: &Row| {
        let found = props
            .marks
            .iter()
            .find(|(account, _)| *account == row.account);
        found.map(|(_, mark)| *mark)
    };
    let side = |title: &'static str, rows: &[Row], totals: Vec<(Minor, Option<Currency>)>| {
        html! {
            <table class="side">
                <caption>{ words.say(title) }</caption>
                <tbody>
                    { for rows.iter().filter(|row| shown(row)).map(|row| book_row(words, &props!(BookRowProps {
                        row: row.clone(),
                        mark: mark(row),
                    }))) }
                </tbody>
                <tfoot>
                    { for totals.into_iter().map(|(total, currency)| html! {
                        <tr>
                            <th scope="row">{ words.say("total") }</th>
                            <td>{ amount_in(words, total, currency) }</td>
                        </tr>
                    }) }
                </tfoot>
            </table>
        }
    };
    html! {
        <section class="ledger" aria-label={props.name.clone()}>
            <h3>{ props.name.clone() }</h3>
            <div class="sides">
                { side("owns", &book.owns, totals(book, book.total_owns, |it| it.owns)) }
                { side("owes", &book.owes, totals(book, book.total_owes, |it| it.owes)) }
            </div>
        </section>
    }
}

/// The sums of one side, one a currency, the book's own first.
pub fn totals(
    book: &Book,
    own: Minor,
    other: fn(&OtherTotal) -> Minor,
) -> Vec<(Minor, Option<Currency>)> {
    let others = book.others.iter();
    std::iter::once((own, book.currency))
        .chain(others.map(|it| (other(it), Some(it.currency))))
        .collect()
}

/// Whether a row is worth a line: accounts that are and were empty are not.
pub fn shown(row: &Row) -> bool {
    row.balance != 0 || row.before.is_some()
}

/// Properties of [`book_row`].
#[derive(Clone, PartialEq, Properties)]
pub struct BookRowProps {
    /// The row.
    pub row: Row,
    /// The mark of the account it mirrors.
    #[prop_or_default]
    pub mark: Option<usize>,
}

/// A row of a balance sheet; a changed one is lit, with what it was.
pub fn book_row(words: &Speech, props: &BookRowProps) -> Html {
    let row = &props.row;
    let name = row.key.strip_prefix("account-").unwrap_or(&row.key);
    html! {
        <tr class={classes!(row.before.map(|_| "row-changed"))}>
            <th scope="row">
                { term(words, name, account_name(row, words)) }
                if let Some(mark) = props.mark {
                    <sup class="mirror" title={words.tell("mirror", &[("mark", mark.into())])}>
                        { mark }
                        { hidden(words.tell("mirror", &[("mark", mark.into())])) }
                    </sup>
                }
            </th>
            <td>{ became(words, row.before, row.balance, row.currency) }</td>
        </tr>
    }
}

/// A sum, after what it was if it changed.
pub fn became(
    words: &Speech,
    before: Option<Minor>,
    now: Minor,
    currency: Option<Currency>,
) -> Html {
    html! {
        <>
            if let Some(before) = before {
                <span class="before">
                    { amount_in(words, before, currency) }
                    <span aria-label={words.say("becomes")}>{ " → " }</span>
                </span>
                { " " }
            }
            <span class="after">{ amount_in(words, now, currency) }</span>
        </>
    }
}

/// The beat's postings as a table: the picture in words.
pub fn journal(words: &Speech, moment: &Moment) -> Html {
    html! {
        <section class="journal" aria-label={words.say("journal")}>
            <h3>{ term(words, "journal", words.say("journal")) }</h3>
            if moment.journal.is_empty() {
                <p class="empty">{ words.say("journal-empty") }</p>
            } else {
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ words.say("journal-book") }</th>
                            <th scope="col">{ words.say("journal-debit") }</th>
                            <th scope="col">{ words.say("journal-credit") }</th>
                            <th scope="col" class="number">{ words.say("journal-amount") }</th>
                            <th scope="col">{ words.say("journal-finality") }</th>
                        </tr>
                    </thead>
                    <tbody>
                        { for moment.journal.iter().enumerate().map(|(index, posting)| html! {
                            <tr key={index}>
                                <td>{ party_name(moment, posting.party, words) }</td>
                                <td>{ subject_name(&posting.debit, posting.debit_subject.as_deref(), words) }</td>
                                <td>{ subject_name(&posting.credit, posting.credit_subject.as_deref(), words) }</td>
                                <td class="number">{ amount_in(words, posting.amount, posting.currency) }</td>
                                <td>{ words.say(if posting.is_final { "final" } else { "provisional" }) }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            }
        </section>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture::moment;

    #[test]
    fn mirror_accounts_share_a_mark() {
        let moment = moment(4);
        let marks = marks(&moment.books);
        let mut pairs = 0;
        for book in &moment.books {
            for row in book.owns.iter().chain(&book.owes) {
                if let Some(mirror) = row.mirror {
                    assert_eq!(marks[&(book.party, row.account)], marks[&mirror]);
                    pairs += 1;
                }
            }
        }
        let distinct: std::collections::BTreeSet<_> = marks.values().collect();
        assert_eq!(distinct.len(), pairs);
        assert!(pairs > 0);
    }
}
