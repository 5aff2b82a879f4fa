//! Those of a column without cards of their own, a crowd or the rest: how many,
//! how much, spread how; opening as a list.

use std::rc::Rc;

use exchequer::picture::{BINS, spread};
use exchequer::views::{Crowd, Form, Members, Minor, Owed, Party, PartyNo, Seen};
use yew::prelude::*;
use yew::props;

use super::super::registers::redacted;
use super::layout::CardSize;
use crate::browser;
use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::{ButtonKind, ButtonProps, Px, amount, button, glyph};
use crate::words::{Speech, use_words};

/// Properties of [`group_card`].
#[derive(Clone, PartialEq, Properties)]
pub struct GroupCardProps {
    /// An id for what opens.
    pub id: AttrValue,
    /// Who they are.
    pub members: Vec<Party>,
    /// Called when one is chosen.
    pub onselect: Callback<PartyNo>,
}

/// A group's card.
pub fn group_card(words: &Speech, props: &GroupCardProps) -> Html {
    let balances: Vec<Minor> = props.members.iter().map(balance).collect();
    let sum = balances
        .iter()
        .fold(0_i64, |sum, one| sum.saturating_add(*one));
    let lit = props.members.iter().any(|party| party.lit);
    html! {
        <>
            <button
                type="button"
                class={classes!("card", "card-group", lit.then_some("card-lit"))}
                popovertarget={props.id.clone()}
            >
                <span class="card-name">{ words.tell("group", &[("count", props.members.len().into())]) }</span>
                { bars(spread(&balances)) }
                { amount(words, sum) }
            </button>
            <div class="menu group-list" id={props.id.clone()} popover="auto" role="group">
                { for props.members.iter().map(|party| {
                    let (onselect, no, id) = (props.onselect.clone(), party.no, props.id.clone());
                    html! {
                        <button
                            key={no}
                            type="button"
                            class="menu-item"
                            onclick={move |_: MouseEvent| { browser::hide_popover(&id); onselect.emit(no); }}
                        >
                            <span>{ words.name(&party.name) }</span>
                            { amount(words, balance(party)) }
                        </button>
                    }
                }) }
            </div>
        </>
    }
}

fn balance(party: &Party) -> Minor {
    party.holdings.first().map_or(0, |holding| holding.amount)
}

/// How many have how much, as bars from the least to the most.
fn bars(bins: [u32; BINS]) -> Html {
    let most = bins.iter().copied().max().unwrap_or(0).max(1);
    html! {
        <svg class="group-bars" viewBox="0 0 48 16" preserveAspectRatio="none" aria-hidden="true">
            { for bins.iter().enumerate().map(|(index, count)| {
                let h = 16.0 * f64::from(*count) / f64::from(most);
                // Few beside very many are still somebody.
                let h = if *count > 0 { h.max(1.0) } else { 0.0 };
                html! {
                    <rect x={(index * 4).to_string()} y={Px(16.0 - h).to_string()} width="3" height={Px(h).to_string()} />
                }
            }) }
        </svg>
    }
}

/// Properties of [`CrowdCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct CrowdCardProps {
    /// An id for what opens.
    pub id: AttrValue,
    /// The crowd.
    pub crowd: Crowd,
    /// The size of the public's cards.
    pub size: CardSize,
    /// The position shown.
    pub position: u32,
    /// Who looks.
    pub seen: Seen,
    /// Whom to ask for its people.
    pub engine: Option<Engine>,
    /// Called when one of them is chosen.
    pub onselect: Callback<PartyNo>,
}

/// A crowd's card. Its people come a page at a time, once it is opened.
#[component]
pub fn CrowdCard(props: &CrowdCardProps) -> Html {
    let words = use_words();
    let page = use_state_eq(|| None::<u32>);
    let found = use_state_eq(|| None::<Rc<Members>>);
    {
        let (engine, setter) = (props.engine.clone(), found.setter());
        let of = (props.crowd.no, props.crowd.at);
        let asked = (*page, props.position, props.seen, of);
        use_effect_with(asked, move |(page, position, seen, (crowd, bank))| {
            if let (Some(from), Some(engine)) = (*page, engine) {
                let reply = Callback::from(move |reply| {
                    if let Reply::Members(members) = reply {
                        setter.set(Some(Rc::new(members)));
                    }
                });
                let inquiry = Inquiry::Members {
                    position: *position,
                    seen: *seen,
                    crowd: *crowd,
                    bank: *bank,
                    from,
                };
                engine.ask(inquiry, reply);
            }
        });
    }
    let crowd = &props.crowd;
    let small = props.size == CardSize::Small;
    let class = classes!(
        "card",
        "card-group",
        "card-crowd",
        (!small).then_some("card-crowd-tall"),
        crowd.lit.then_some("card-lit"),
    );
    let open = {
        let page = page.setter();
        move |_: MouseEvent| page.set(Some(0))
    };
    let number = words.figures().count(i64::from(crowd.count));
    let count = [
        ("count", (crowd.count as usize).into()),
        ("number", (&number).into()),
    ];
    let count = words.tell("crowd-count", &count);
    html! {
        <>
            <button type="button" {class} popovertarget={props.id.clone()} onclick={open}>
                <span class="card-row">
                    <span class="card-name">{ words.name(&crowd.name) }</span>
                    <span class="crowd-count">{ count }</span>
                </span>
                { bars(crowd.bins) }
                <span class="card-row crowd-sums">
                    if let Some(held) = crowd.held {
                        <span class="sum">{ glyph(&words, Form::Digital, crowd.owed) }{ amount(&words, held) }</span>
                    } else {
                        { redacted(&words, "hidden-name") }
                    }
                    if let (Some(deposits), false) = (crowd.deposits, small) {
                        <span class="sum crowd-deposits">{ glyph(&words, Form::Account, Owed::Bank) }{ amount(&words, deposits) }</span>
                    }
                </span>
            </button>
            <div class="menu group-list" id={props.id.clone()} popover="auto" role="group" aria-label={words.name(&crowd.name)}>
                if let Some(members) = &*found {
                    { members_view(&words, props, members, &page) }
                }
            </div>
        </>
    }
}

/// A page of a crowd's people, each with what they have.
fn members_view(
    words: &Speech,
    props: &CrowdCardProps,
    members: &Members,
    page: &UseStateHandle<Option<u32>>,
) -> Html {
    let from = (**page).unwrap_or(0);
    let shown = u32::try_from(members.rows.len()).unwrap_or(u32::MAX);
    let number = |count: u32| words.figures().count(i64::from(count));
    let to = |from: u32| {
        let page = page.setter();
        move |_: MouseEvent| page.set(Some(from))
    };
    html! {
        <>
            { for members.rows.iter().map(|member| {
                let (onselect, no, id) = (props.onselect.clone(), member.no, props.id.clone());
                let name = match &member.hidden {
                    Some(reason) => redacted(words, reason),
                    None => html! { { words.name(&member.name) } },
                };
                html! {
                    <button key={no} type="button" class="menu-item"
                        onclick={move |_: MouseEvent| { browser::hide_popover(&id); onselect.emit(no); }}>
                        <span>{ name }</span>
                        { for member.held.map(|held| amount(words, held)) }
                    </button>
                }
            }) }
            <p class="group-page">
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Plain,
                    disabled: from == 0,
                    onclick: to(from.saturating_sub(PAGE)),
                    says: words.say("page-before"),
                })) }
                <span>{ words.tell("page-of", &[
                    ("from", (&number(from + 1)).into()),
                    ("to", (&number(from + shown)).into()),
                    ("count", (&number(members.count)).into()),
                ]) }</span>
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Plain,
                    disabled: from + shown >= members.count,
                    onclick: to(from + shown),
                    says: words.say("page-after"),
                })) }
            </p>
        </>
    }
}

/// People on a page, as the engine gives them.
const PAGE: u32 = 50;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture;

    fn props(held: Option<Minor>) -> CrowdCardProps {
        CrowdCardProps {
            id: "crowd-0-1".into(),
            crowd: Crowd {
                no: 0,
                name: "Town".to_owned(),
                at: Some(1),
                count: 5_000,
                held,
                deposits: Some(70_000),
                owed: Owed::CentralBank,
                bins: [0, 4_990, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10],
                lit: false,
            },
            size: CardSize::Large,
            position: 9,
            seen: Seen::Everyone,
            engine: None,
            onselect: Callback::noop(),
        }
    }

    async fn card(held: Option<Minor>) -> String {
        let props = props(held);
        fixture::drawn(move |_| html! { <CrowdCard ..props.clone() /> }).await
    }

    #[tokio::test]
    async fn a_crowd_says_how_many_and_how_much_and_shows_the_few() {
        let html = card(Some(123_456)).await;
        assert!(
            html.contains("Town") && html.contains("5,000 people"),
            "{html}"
        );
        assert!(
            html.contains("1,234.56") && html.contains("700.00"),
            "{html}"
        );
        // Ten of five thousand are still a bar.
        assert_eq!(html.matches("height=\"1\"").count(), 1, "{html}");
        let hidden = card(None).await;
        assert!(
            hidden.contains("redacted") && !hidden.contains("1,234.56"),
            "{hidden}"
        );
    }
}
