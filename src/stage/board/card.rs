//! A party as a card: its name, what it has, and how near its limits it is.

use exchequer::views::{Holding, Kind, Minor, Party, PartyNo};
use yew::prelude::*;

use super::super::registers::redacted;
use super::layout::CardSize;
use crate::state::Motion;
use crate::ui::{amount_in, glyph, hidden, meter, use_style};
use crate::words::{Speech, use_words};

/// Properties of [`PartyCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct PartyCardProps {
    /// Whose.
    pub party: Party,
    /// The size of the public's cards.
    pub size: CardSize,
    /// Whether its numbers change before the eyes.
    pub motion: Motion,
    /// When they change, in milliseconds from the beat's start.
    pub lands: u32,
    /// What is found held of the money in issue, and whether that is all of it.
    #[prop_or_default]
    pub held: Option<(Minor, bool)>,
    /// The institution it stands under.
    #[prop_or_default]
    pub at: Option<AttrValue>,
    /// The position shown, so that the same change happens anew.
    pub position: u32,
    /// Whether its details are open.
    pub selected: bool,
    /// Called when it is chosen.
    pub onselect: Callback<PartyNo>,
}

/// A party's card.
#[component]
pub fn PartyCard(props: &PartyCardProps) -> Html {
    let words = use_words();
    let node = use_style(vec![("--lands", format!("{}ms", props.lands))]);
    let party = &props.party;
    let (kind, body) = match party.kind {
        Kind::CentralBank => ("card-central-bank", central_bank(props, &words)),
        Kind::Operator | Kind::Authority | Kind::ForeignBank | Kind::Platform => {
            ("card-institution", institution(props, &words))
        }
        Kind::Agent => ("card-institution card-agent", agent(props, &words)),
        _ => match props.size {
            CardSize::Large => ("card-public card-large", large(props, &words)),
            CardSize::Medium => ("card-public card-medium", medium(props, &words)),
            CardSize::Small => ("card-public card-small", small(props, &words)),
        },
    };
    let class = classes!(
        "card",
        kind,
        party.lit.then_some("card-lit"),
        (props.motion == Motion::Playing).then_some("changes"),
        props.selected.then_some("card-selected"),
    );
    let onclick = {
        let (onselect, no) = (props.onselect.clone(), party.no);
        move |_: MouseEvent| onselect.emit(no)
    };
    html! {
        <button
            type="button"
            {class}
            ref={node}
            aria-pressed={if props.selected { "true" } else { "false" }}
            {onclick}
        >
            { body }
        </button>
    }
}

/// Its name; a bar that says why where it is not known to whoever looks.
fn name_of(words: &Speech, party: &Party) -> Html {
    match &party.hidden {
        Some(reason) => redacted(words, reason),
        None => html! { { words.name(&party.name) } },
    }
}

fn central_bank(props: &PartyCardProps, words: &Speech) -> Html {
    let party = &props.party;
    let unit = words.of_money("unit-digital");
    let held = props.held.map(|(sum, holds)| {
        let key = if holds { "held-all" } else { "held-not-all" };
        words.tell(key, &[("amount", (&words.figures().amount(sum)).into())])
    });
    html! {
        <>
            <span class="card-row">
                <span class="card-name">{ name_of(words, party) }</span>
                if let Some(issue) = party.holdings.first() {
                    <span class="card-value">
                        { words.tell(&issue.key, &[("unit", (&unit).into())]) }
                        { " " }
                        { changing(words, issue, props, false) }
                    </span>
                }
            </span>
            // Where banks owe the money, there is nothing to register.
            if party.holdings.first().is_none_or(|it| it.key == "holding-in-issue") {
                <span class="card-row card-aside">
                    <span>{ words.say("registration") }</span>
                    { for held.map(|held| html! { <span class="card-held">{ held }</span> }) }
                </span>
            }
        </>
    }
}

fn agent(props: &PartyCardProps, words: &Speech) -> Html {
    let party = &props.party;
    // The two that there is something of: of an agent with a device, purse and wallet.
    let is_empty = |it: &&Holding| it.amount == 0 && it.before.is_none();
    let mut kept: Vec<&Holding> = party.holdings.iter().collect();
    kept.sort_by_key(is_empty);
    let full = kept.iter().take_while(|it| !is_empty(it)).count();
    kept.truncate(full.clamp(1, 2));
    html! {
        <span class="card-row">
            <span class="card-name">{ name_of(words, party) }</span>
            <span class="card-values">{ for kept.iter().map(|holding| html! {
                <span class="card-value" title={words.say(&holding.key)}>
                    { glyph(words, holding.form, holding.owed) }
                    { " " }
                    { changing(words, holding, props, false) }
                </span>
            }) }</span>
        </span>
    }
}

fn institution(props: &PartyCardProps, words: &Speech) -> Html {
    let party = &props.party;
    let monogram: String = party.name.chars().take(1).collect();
    html! {
        <>
            <span class="card-row">
                <span class="card-name">{ name_of(words, party) }</span>
                <span class="monogram" aria-hidden="true">{ monogram }</span>
            </span>
            { for party.holdings.iter().take(2).enumerate().map(|(index, holding)| html! {
                <span class="card-row card-aside" key={index} title={words.say(&holding.key)}>
                    <span class="card-label">
                        { glyph(words, holding.form, holding.owed) }
                        <span>{ words.say(&holding.key) }</span>
                    </span>
                    { changing(words, holding, props, false) }
                </span>
            }) }
        </>
    }
}

fn large(props: &PartyCardProps, words: &Speech) -> Html {
    let party = &props.party;
    let (main, rest) = balances(party);
    html! {
        <>
            <span class="card-name">{ name_of(words, party) }</span>
            <span class="card-balance">
                { for main.map(|holding| changing(words, holding, props, true)) }
            </span>
            <span class="card-row card-note">
                { note(props, &rest, words) }
            </span>
            { for nearest(party).map(meter) }
        </>
    }
}

fn medium(props: &PartyCardProps, words: &Speech) -> Html {
    let (main, rest) = balances(&props.party);
    html! {
        <>
            <span class="card-row">
                <span class="card-name">{ words.name(&props.party.name) }</span>
                { for main.map(|holding| changing(words, holding, props, true)) }
            </span>
            <span class="card-row card-note">{ note(props, &rest, words) }</span>
        </>
    }
}

fn small(props: &PartyCardProps, words: &Speech) -> Html {
    let (main, _) = balances(&props.party);
    html! {
        <span class="card-row">
            <span class="card-name">{ words.name(&props.party.name) }</span>
            { for main.map(|holding| changing(words, holding, props, true)) }
        </span>
    }
}

/// What is told of a party first, and what else it has.
fn balances(party: &Party) -> (Option<&Holding>, Vec<&Holding>) {
    let mut holdings = party.holdings.iter();
    let main = holdings.next();
    let rest = holdings
        .filter(|holding| holding.amount != 0 || holding.before.is_some())
        .collect();
    (main, rest)
}

/// The line under a balance: what else there is, or what stands nearest to
/// saying no.
fn note(props: &PartyCardProps, rest: &[&Holding], words: &Speech) -> Html {
    if !rest.is_empty() {
        return rest
            .iter()
            .map(|holding| {
                html! {
                    <span class="card-label" key={holding.key.clone()}>
                        { hidden(format!("{} ", words.say(&holding.key))) }
                        { changing(words, holding, props, true) }
                    </span>
                }
            })
            .collect();
    }
    let said = |text: String| html! { <span class="card-said">{ text }</span> };
    if props.party.kind == Kind::Merchant {
        return said(match &props.at {
            Some(at) => words.tell("merchant-at", &[("bank", at.as_str().into())]),
            None => words.say("kind-merchant"),
        });
    }
    let limit = props
        .party
        .wallets
        .iter()
        .flat_map(|wallet| &wallet.limits)
        .next();
    match limit {
        Some(limit) => {
            let allowed = words.figures().round_amount(limit.allowed);
            said(words.tell(
                &format!("{}-short", limit.key),
                &[("amount", (&allowed).into())],
            ))
        }
        None => Html::default(),
    }
}

/// How much of the most used limit is used, if any is limited.
fn nearest(party: &Party) -> Option<u32> {
    party
        .wallets
        .iter()
        .flat_map(|wallet| &wallet.limits)
        .filter(|limit| limit.allowed > 0)
        .map(|limit| {
            let share = i128::from(limit.used) * 1_000 / i128::from(limit.allowed);
            u32::try_from(share.clamp(0, 1_000)).unwrap_or(0)
        })
        .max()
}

/// A sum that changes when the beat's money lands: what it was stands until
/// then, and the difference for those who want nothing to move.
fn changing(words: &Speech, holding: &Holding, props: &PartyCardProps, with_glyph: bool) -> Html {
    let form = with_glyph.then(|| glyph(words, holding.form, holding.owed));
    let Some(before) = holding.before else {
        return html! {
            <span class="sum">{ for form }{ amount_in(words, holding.amount, holding.currency) }</span>
        };
    };
    let change = holding.amount.saturating_sub(before);
    html! {
        <span class="sum sum-changed" key={props.position}>
            { for form }
            <span class="sum-stack">
                if props.motion == Motion::Playing {
                    <span class="sum-before" aria-hidden="true">{ amount_in(words, before, holding.currency) }</span>
                }
                <span class="sum-now">{ amount_in(words, holding.amount, holding.currency) }</span>
            </span>
            { difference(words, change) }
        </span>
    }
}

/// A change as `+12.50`, shown where motion is reduced.
fn difference(words: &Speech, minor: Minor) -> Html {
    let sign = if minor < 0 { "−" } else { "+" };
    let sum = words.figures().amount(minor.saturating_abs());
    html! { <span class="sum-difference" aria-hidden="true">{ sign }{ sum }</span> }
}
