//! Open contracts at the position shown: what each holds, until when it waits,
//! and what each party can do now, as buttons that write lines of script.

use exchequer::views::studio::{Deal, OfferedAct, Wants};
use yew::prelude::*;
use yew::props;

use crate::ui::{BlankProps, ButtonProps, blank, button};
use crate::words::{Glossary, use_words};

/// Properties of [`deals`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DealsProps {
    /// The contracts, the latest first.
    pub(super) deals: Vec<Deal>,
    pub(super) onact: Callback<String>,
}

/// The open contracts.
pub(super) fn deals(glossary: &Glossary<'_>, props: &DealsProps) -> Html {
    html! {
        <section class="studio-card" aria-labelledby="studio-now-title">
            <h3 id="studio-now-title">{ glossary.say("studio-now") }</h3>
            if props.deals.is_empty() {
                <p class="empty">{ glossary.say("studio-now-none") }</p>
            }
            { for props.deals.iter().map(|it| deal(glossary, it, &props.onact)) }
        </section>
    }
}

fn deal(glossary: &Glossary<'_>, deal: &Deal, onact: &Callback<String>) -> Html {
    let words = glossary.words();
    let sums = [
        "studio-funded",
        "studio-released",
        "studio-refunded",
        "studio-held",
    ];
    let name = match deal.name.is_empty() {
        true => glossary.say("studio-unnamed"),
        false => deal.name.clone(),
    };
    html! {
        <article class={classes!("studio-deal", deal.waits.is_none().then_some("studio-over"))} key={name.clone()}>
            <h4>{ name }</h4>
            <dl>
                { for sums.iter().zip(deal.sums).map(|(key, sum)| html! {
                    <div><dt>{ glossary.say(key) }</dt><dd class="sum">{ words.figures().amount(sum) }</dd></div>
                }) }
            </dl>
            if let Some(waits) = &deal.waits {
                <p>{ glossary.tell("studio-until", &[
                    ("time", (&words.figures().moment(&waits.until)).into()),
                ]) }</p>
                <ul class="studio-offers">
                    { for deal.offers.iter().enumerate().map(|(at, it)| html! {
                        <Offer key={at} offer={it.clone()} says={glossary.sentence(&it.says)} onact={onact.clone()} />
                    }) }
                </ul>
                { button(&props!(ButtonProps {
                    onclick: {
                        let line = waits.line.clone();
                        onact.reform(move |_: MouseEvent| line.clone())
                    },
                    says: glossary.say("studio-let-pass"),
                })) }
            } else {
                <p class="studio-fine">{ glossary.say("studio-ended") }</p>
            }
        </article>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct OfferProps {
    offer: OfferedAct,
    says: String,
    onact: Callback<String>,
}

/// Something that can be done, with whoever can as buttons.
#[component]
fn Offer(props: &OfferProps) -> Html {
    let words = use_words();
    let glossary = Glossary::of(&words);
    let extra = use_state_eq(String::new);
    let behind = match props.offer.wants {
        None => Some(String::new()),
        Some(Wants::Amount) => {
            Some(extra.trim().to_owned()).filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))
        }
        Some(Wants::Secret) => Some(extra.replace(['"', '\\'], ""))
            .filter(|it| !it.is_empty())
            .map(|it| format!("\"{it}\"")),
    };
    let key = match props.offer.wants {
        Some(Wants::Secret) => "studio-secret",
        _ => "studio-field-amount",
    };
    let id = props
        .offer
        .lines
        .first()
        .map_or("", |(_, line)| line.as_str());
    let id = format!("offer {id}").replace(|c: char| !c.is_alphanumeric(), "-");
    html! {
        <li>
            <span>{ props.says.clone() }</span>
            if props.offer.wants.is_some() {
                { blank(&props!(BlankProps {
                    id,
                    label: glossary.say(key),
                    value: (*extra).clone(),
                    onchange: {
                        let extra = extra.setter();
                        move |value| extra.set(value)
                    },
                })) }
            }
            <span class="studio-by">
                { for props.offer.lines.iter().map(|(by, line)| {
                    let act = behind.as_ref().map(|behind| format!("{line}{behind}"));
                    let label = format!("{}: {}", words.name(by), props.says);
                    button(&props!(ButtonProps {
                        disabled: act.is_none(),
                        label: Some(AttrValue::from(label)),
                        onclick: props.onact.reform(move |_: MouseEvent| act.clone().unwrap_or_default()),
                        says: words.name(by),
                    }))
                }) }
            </span>
        </li>
    }
}
