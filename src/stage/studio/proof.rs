//! What is guaranteed before anybody signs, and what may go wrong: each with
//! the shortest way there and a button that plays it.

use std::rc::Rc;

use exchequer::views::Try;
use exchequer::views::studio::{Found, Proof};
use yew::prelude::*;
use yew::props;

use crate::ui::{ButtonKind, ButtonProps, Icon, button};
use crate::words::Glossary;

/// Properties of [`proven`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ProofProps {
    /// What is proven, once it is.
    pub(super) proof: Option<Rc<Proof>>,
    /// The line that opens the contract.
    pub(super) open: Option<String>,
    /// Whether something is wrong with the contract.
    pub(super) is_wrong: bool,
    pub(super) onact: Callback<String>,
    pub(super) ontry: Callback<Try>,
}

/// The guarantee, what was found, and where to sign.
pub(super) fn proven(glossary: &Glossary<'_>, props: &ProofProps) -> Html {
    html! {
        <section class="studio-card studio-proof" aria-labelledby="studio-proof-title">
            <h3 id="studio-proof-title">{ glossary.say("studio-proof") }</h3>
            if props.is_wrong {
                <p class="empty">{ glossary.say("studio-proof-wrong") }</p>
            } else if let Some(proof) = &props.proof {
                <ul class="studio-sure">
                    { for proof.says.iter().map(|it| html! { <li>{ glossary.sentence(it) }</li> }) }
                </ul>
                if proof.found.is_empty() {
                    <p class="studio-fine">{ glossary.say("studio-found-nothing") }</p>
                } else {
                    <ul class="studio-found">
                        { for proof.found.iter().map(|it| found(glossary, it, &props.ontry)) }
                    </ul>
                }
                { for props.open.clone().map(|line| {
                    let onact = props.onact.clone();
                    let act = line.clone();
                    html! {
                        <div class="studio-sign">
                            { button(&props!(ButtonProps {
                                kind: ButtonKind::Primary,
                                onclick: move |_: MouseEvent| onact.emit(act.clone()),
                                says: glossary.say("studio-sign"),
                            })) }
                            <code>{ line }</code>
                        </div>
                    }
                }) }
            } else {
                <p class="later" role="status">{ glossary.say("studio-proving") }</p>
            }
        </section>
    }
}

fn found(glossary: &Glossary<'_>, found: &Found, ontry: &Callback<Try>) -> Html {
    let says = glossary.sentence(&found.says);
    let weight = if found.is_risk {
        "studio-risk"
    } else {
        "studio-note"
    };
    let play = found.play.clone().map(|act| {
        let attempt = Try {
            text: says.clone(),
            line: 0,
            act,
        };
        let label = glossary.tell("studio-play-label", &[("says", (&says).into())]);
        button(&props!(ButtonProps {
            icon: Icon::Play,
            label: Some(AttrValue::from(label)),
            onclick: ontry.reform(move |_: MouseEvent| attempt.clone()),
            says: glossary.say("studio-play"),
        }))
    });
    html! {
        <li class={weight}>
            <p><b>{ glossary.say(weight) }</b>{ " " }{ says }</p>
            if !found.path.is_empty() || !found.or.is_empty() {
                <ol>
                    { for found.path.iter().map(|it| html! { <li>{ glossary.sentence(it) }</li> }) }
                    { for found.or.iter().map(|it| html! {
                        <li>{ glossary.tell("studio-or", &[("says", (&glossary.sentence(it)).into())]) }</li>
                    }) }
                </ol>
            }
            { for play }
        </li>
    }
}
