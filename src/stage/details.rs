//! Details of one party: its wallets with their limits, and its balance sheet
//! as it stands.

use std::rc::Rc;

use exchequer::views::{Currency, Minor, Moment, Party, PartyNo, Wallet};
use yew::prelude::*;
use yew::props;

use super::books::{BookRowProps, became, book_row, journal, party_name, shown, totals};
use super::doing::{DoingProps, Place};
use super::later::HANDS;
use super::refusal::source_line;
use crate::later::later;
use crate::ui::{
    ButtonKind, ButtonProps, Choice, Dialog, Icon, SelectProps, amount_in, button, glyph, meter,
    select, term,
};
use crate::words::Speech;

/// Properties of [`details`].
#[derive(Clone, PartialEq, Properties)]
pub struct DetailsProps {
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Whose.
    pub selected: Option<PartyNo>,
    /// Chooses somebody from a list, where no board is in sight.
    #[prop_or_default]
    pub onchoose: Option<Callback<PartyNo>>,
    /// Without a heading of its own.
    #[prop_or_default]
    pub bare: bool,
    /// Where in the script it is written what somebody is made to do.
    #[prop_or_default]
    pub place: Option<Place>,
    /// Called when they are put away.
    pub onclose: Callback<()>,
}

/// How details are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Beside the board.
    Panel,
    /// A phone's page, with the journal below.
    Page,
    /// Over the page, from its lower edge.
    Sheet,
}

/// The details in a form.
pub fn details_as(words: &Speech, props: &DetailsProps, form: Form) -> Html {
    let drawn = details(words, props);
    match (form, props.selected) {
        (Form::Page, _) => html! { <>{ drawn }{ journal(words, &props.moment) }</> },
        (Form::Sheet, Some(no)) => html! {
            <Dialog class="sheet" title={party_name(&props.moment, no, words)} open=true onclose={props.onclose.clone()}>
                { drawn }
            </Dialog>
        },
        _ => drawn,
    }
}

/// The details.
pub fn details(words: &Speech, props: &DetailsProps) -> Html {
    let moment = &props.moment;
    let found = props.selected.and_then(|no| moment.party(no));
    let chooser = props.onchoose.as_ref().map(|onchoose| {
        let onchange = onchoose.reform(|no: AttrValue| no.parse().unwrap_or_default());
        let choices = moment.parties.iter().map(|party| Choice {
            value: party.no.to_string().into(),
            label: words.name(&party.name).into(),
        });
        let nobody = props.selected.is_none().then(|| Choice {
            value: "".into(),
            label: "–".into(),
        });
        select(&props!(SelectProps {
            id: "details-of",
            label: words.say("details-of"),
            onchange,
            value: props.selected.map_or_else(String::new, |no| no.to_string()),
            choices: nobody.into_iter().chain(choices).collect::<Vec<_>>()
        }))
    });
    let Some(party) = found else {
        return html! {
            <div class="details details-empty">
                if chooser.is_some() {
                    { for chooser }
                } else {
                    <p class="empty">{ words.say("select-anyone") }</p>
                }
            </div>
        };
    };
    let book = moment.books.iter().find(|book| book.party == party.no);
    html! {
        <div class="details">
            { for chooser }
            if !props.bare {
            <header class="details-head">
                <div>
                    <p class="eyebrow">{ words.say(if book.is_some() { "balance-sheet" } else { "holdings" }) }</p>
                    <h2>{ words.name(&party.name) }</h2>
                </div>
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Quiet,
                    icon: Icon::Close,
                    label: words.say("close"),
                    onclick: props.onclose.reform(|_: MouseEvent| ()),
                })) }
            </header>
            }
            if let Some(place) = &props.place {
                { doing(party, place, props) }
            }
            if let Some(book) = book {
                <table class="sheet">
                    <caption>{ words.say("owns") }</caption>
                    <tbody>{ for book.owns.iter().filter(|row| shown(row)).map(|row| book_row(words, &props!(BookRowProps {
                        row: row.clone(),
                    }))) }</tbody>
                    <tfoot>{ for totals(book, book.total_owns, |it| it.owns).into_iter().map(|(sum, currency)| total(words, sum, currency)) }</tfoot>
                </table>
                <table class="sheet">
                    <caption>{ words.say("owes") }</caption>
                    <tbody>{ for book.owes.iter().filter(|row| shown(row)).map(|row| book_row(words, &props!(BookRowProps {
                        row: row.clone(),
                    }))) }</tbody>
                    <tfoot>{ for totals(book, book.total_owes, |it| it.owes).into_iter().map(|(sum, currency)| total(words, sum, currency)) }</tfoot>
                </table>
            } else {
                { holdings(words, party) }
            }
            { for party.wallets.iter().map(|wallet| wallet_details(words, &props!(WalletProps {
                wallet: wallet.clone(),
                at: AttrValue::from(party_name(moment, wallet.at, words)),
            }))) }
        </div>
    }
}

/// What the party can be made to do. On a phone the sheet goes once it is done,
/// so that what comes of it is in sight.
fn doing(party: &Party, place: &Place, props: &DetailsProps) -> Html {
    let covers = props.bare && props.onchoose.is_none();
    let props = props!(DoingProps {
        actor: party.name.clone(),
        place: place.clone(),
        ondone: if covers {
            props.onclose.clone()
        } else {
            Callback::noop()
        },
    });
    later(&HANDS, move |hands| (hands.doing)(props.clone()))
}

/// The sum of one side in one currency.
fn total(words: &Speech, sum: Minor, currency: Option<Currency>) -> Html {
    html! {
        <tr><th scope="row">{ words.say("total") }</th><td>{ amount_in(words, sum, currency) }</td></tr>
    }
}

/// What somebody without books of its own has.
fn holdings(words: &Speech, party: &Party) -> Html {
    html! {
        <table class="sheet">
            <caption>{ words.say("owns") }</caption>
            <tbody>
                { for party.holdings.iter().enumerate().map(|(index, holding)| html! {
                    <tr key={index} class={classes!(holding.before.map(|_| "row-changed"))}>
                        <th scope="row">
                            { glyph(words, holding.form, holding.owed) }
                            { " " }
                            { term(words, holding.key.strip_prefix("holding-").unwrap_or(""), words.say(&holding.key)) }
                        </th>
                        <td>{ became(words, holding.before, holding.amount, holding.currency) }</td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// Properties of [`wallet_details`].
#[derive(Clone, PartialEq, Properties)]
struct WalletProps {
    wallet: Wallet,
    at: AttrValue,
}

/// A wallet with its limits, how much of each is used, and where it comes from.
fn wallet_details(words: &Speech, props: &WalletProps) -> Html {
    let wallet = &props.wallet;
    html! {
        <section class="wallet" aria-label={wallet.name.clone()}>
            <h3>
                { term(words, "wallet", words.tell("wallet-of-type", &[("type", (&wallet.ty).into()), ("bank", props.at.as_str().into())])) }
            </h3>
            if wallet.limits.is_empty() {
                <p class="empty">{ words.say("no-limits") }</p>
            }
            { for wallet.limits.iter().map(|limit| {
                let allowed = words.figures().round_amount(limit.allowed);
                let used = words.figures().amount(limit.used);
                let share = i128::from(limit.used.max(0)) * 1_000 / i128::from(limit.allowed.max(1));
                html! {
                    <details class="limit" key={limit.key.clone()}>
                        <summary>
                            <span>{ words.say(&limit.key) }</span>
                            <span>{ words.tell("used-of", &[("used", (&used).into()), ("allowed", (&allowed).into())]) }</span>
                            { meter(u32::try_from(share).unwrap_or(1_000)) }
                        </summary>
                        { source_line(words, &limit.source) }
                    </details>
                }
            }) }
        </section>
    }
}
