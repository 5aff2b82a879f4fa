//! Details of one party: its wallets with their limits, and its balance sheet
//! as it stands.

use std::rc::Rc;

use exchequer::views::{Moment, Party, PartyNo, Wallet};
use yew::prelude::*;

use super::books::{BookRow, party_name, shown};
use super::refusal::SourceLine;
use crate::ui::{Amount, Button, ButtonKind, Choice, Glyph, Icon, Meter, Select, Term};
use crate::words::use_words;

/// Properties of [`Details`].
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
    /// Called when they are put away.
    pub onclose: Callback<()>,
}

/// The details.
#[component]
pub fn Details(props: &DetailsProps) -> Html {
    let words = use_words();
    let moment = &props.moment;
    let found = props
        .selected
        .and_then(|no| moment.parties.get(no as usize));
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
        html! {
            <Select id="details-of" label={words.say("details-of")} {onchange}
                value={props.selected.map_or_else(String::new, |no| no.to_string())}
                choices={nobody.into_iter().chain(choices).collect::<Vec<_>>()} />
        }
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
                <Button kind={ButtonKind::Quiet} icon={Icon::Close} label={words.say("close")} onclick={props.onclose.reform(|_: MouseEvent| ())} />
            </header>
            }
            if let Some(book) = book {
                <table class="sheet">
                    <caption>{ words.say("owns") }</caption>
                    <tbody>{ for book.owns.iter().filter(|row| shown(row)).map(|row| html! { <BookRow key={row.account} row={row.clone()} /> }) }</tbody>
                    <tfoot><tr><th scope="row">{ words.say("total") }</th><td><Amount minor={book.total_owns} /></td></tr></tfoot>
                </table>
                <table class="sheet">
                    <caption>{ words.say("owes") }</caption>
                    <tbody>{ for book.owes.iter().filter(|row| shown(row)).map(|row| html! { <BookRow key={row.account} row={row.clone()} /> }) }</tbody>
                    <tfoot><tr><th scope="row">{ words.say("total") }</th><td><Amount minor={book.total_owes} /></td></tr></tfoot>
                </table>
            } else {
                <Holdings party={party.clone()} />
            }
            { for party.wallets.iter().map(|wallet| html! {
                <WalletDetails key={wallet.name.clone()} wallet={wallet.clone()} at={AttrValue::from(party_name(moment, wallet.at, &words))} />
            }) }
        </div>
    }
}

/// Properties of [`Holdings`].
#[derive(Clone, PartialEq, Properties)]
struct HoldingsProps {
    party: Party,
}

/// What somebody without books of its own has.
#[component]
fn Holdings(props: &HoldingsProps) -> Html {
    let words = use_words();
    html! {
        <table class="sheet">
            <caption>{ words.say("owns") }</caption>
            <tbody>
                { for props.party.holdings.iter().map(|holding| html! {
                    <tr key={holding.key.clone()} class={classes!(holding.before.map(|_| "row-changed"))}>
                        <th scope="row">
                            <Glyph form={holding.form} owed={holding.owed} />
                            { " " }
                            <Term term={holding.key.strip_prefix("holding-").unwrap_or("").to_owned()}>{ words.say(&holding.key) }</Term>
                        </th>
                        <td>
                            if let Some(before) = holding.before {
                                <span class="before"><Amount minor={before} /></span>
                                <span class="becomes" aria-label={words.say("becomes")}>{ " → " }</span>
                            }
                            <Amount minor={holding.amount} />
                        </td>
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// Properties of [`WalletDetails`].
#[derive(Clone, PartialEq, Properties)]
struct WalletProps {
    wallet: Wallet,
    at: AttrValue,
}

/// A wallet with its limits, how much of each is used, and where it comes from.
#[component]
fn WalletDetails(props: &WalletProps) -> Html {
    let words = use_words();
    let wallet = &props.wallet;
    html! {
        <section class="wallet" aria-label={wallet.name.clone()}>
            <h3>
                <Term term="wallet">
                    { words.tell("wallet-of-type", &[("type", (&wallet.ty).into()), ("bank", props.at.as_str().into())]) }
                </Term>
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
                            <Meter per_mille={u32::try_from(share).unwrap_or(1_000)} />
                        </summary>
                        <SourceLine source={limit.source.clone()} />
                    </details>
                }
            }) }
        </section>
    }
}
