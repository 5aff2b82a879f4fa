//! Contracts and conditions where they are worked on: the same block as text,
//! as form and as diagram, what it guarantees before anybody signs, and what
//! everybody can do now. Whatever is done here is written into the script.

mod catalogue;
mod deals;
mod diagram;
mod edit;
mod form;
mod proof;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use std::rc::Rc;

use exchequer::studio::blocks;
use exchequer::views::Seen;
use exchequer::views::Try;
use exchequer::views::studio::{Proof, Sketch, Studio as Seat};
use yew::prelude::*;
use yew::props;

use self::catalogue::{Catalogue, CatalogueProps};
use self::deals::{DealsProps, deals};
pub use self::edit::Edit;
pub use self::form::{Form, FormProps};
use self::proof::{ProofProps, proven};
use crate::engine::{Engine, Inquiry, Reply, decode};
use crate::ui::{Choice, LinesProps, SelectProps, lines, select};
use crate::words::{Glossary, use_words};

/// Properties of [`Studio`].
#[derive(Clone, PartialEq, Properties)]
pub struct StudioProps {
    /// The script as it stands.
    pub text: Rc<str>,
    /// The script last played.
    pub played: Rc<str>,
    /// The position shown.
    pub position: u32,
    /// Who looks.
    pub seen: Seen,
    /// Whom to ask.
    pub engine: Option<Engine>,
    /// An entry of the catalogue to begin a text with.
    pub begin: Option<AttrValue>,
    /// Writes an act into the script, after what is being shown.
    pub onact: Callback<String>,
    /// Plays something at the end of the script, as a try.
    pub ontry: Callback<Try>,
    /// Makes another text the script; whether it was typed.
    pub onedit: Callback<(String, bool)>,
    /// Opens a story that ships.
    pub onopened: Callback<Rc<str>>,
    /// Opens a text to begin with, at its end.
    pub onstarted: Callback<Rc<str>>,
}

/// The studio.
#[component]
pub fn Studio(props: &StudioProps) -> Html {
    let words = use_words();
    let chosen = use_state_eq(|| None::<String>);
    let found = use_state_eq(|| None::<Rc<Seat>>);
    let proof = use_state_eq(|| None::<(usize, Rc<Proof>)>);
    let here = blocks(&props.text);
    let index = chosen
        .as_ref()
        .and_then(|name| here.iter().position(|it| it.name == *name))
        .unwrap_or(0);
    {
        let (setter, engine) = (found.setter(), props.engine.clone());
        let asked = (props.position, props.seen, index, props.played.clone());
        use_effect_with(asked, move |(position, seen, index, _)| {
            let reply = Callback::from(move |reply| {
                if let Reply::Studio(studio) = reply {
                    setter.set(decode::<Seat>(&studio).map(Rc::new));
                }
            });
            if let Some(engine) = engine {
                let (position, seen, index) = (*position, *seen, *index);
                engine.ask(
                    Inquiry::Studio {
                        position,
                        index,
                        seen,
                    },
                    reply,
                );
            }
        });
    }
    {
        let (setter, engine) = (proof.setter(), props.engine.clone());
        use_effect_with((index, props.played.clone()), move |(index, _)| {
            let index = *index;
            let reply = Callback::from(move |reply| {
                if let Reply::Proof(proof) = reply {
                    let proof = proof.and_then(|proof| decode::<Proof>(&proof));
                    setter.set(proof.map(|proof| (index, Rc::new(proof))));
                }
            });
            if let Some(engine) = engine {
                engine.ask(Inquiry::Proof { index }, reply);
            }
        });
    }
    {
        let (engine, onstarted) = (props.engine.clone(), props.onstarted.clone());
        let title = Glossary::of(&words);
        let title = |key: &str| title.say(&format!("template-{key}"));
        let begin = props
            .begin
            .as_ref()
            .map(|key| (key.to_string(), title(key)));
        use_effect_with(begin, move |begin| {
            let reply = Callback::from(move |reply| {
                if let Reply::Written(Some(text)) = reply {
                    onstarted.emit(text.into());
                }
            });
            if let (Some((key, title)), Some(engine)) = (begin.clone(), engine) {
                engine.ask(Inquiry::Starter { key, title }, reply);
            }
        });
    }
    let glossary = Glossary::of(&words);
    let onedit = {
        let (text, onedit) = (props.text.clone(), props.onedit.clone());
        Callback::from(move |edit: Edit| {
            if let Some(after) = edit.apply(&text) {
                onedit.emit((after, edit.is_typed()));
            }
        })
    };
    let choices: Vec<Choice> = here
        .iter()
        .map(|block| Choice {
            value: block.name.clone().into(),
            label: glossary
                .tell(
                    &format!("studio-block-{}", block.word),
                    &[("name", (&block.name).into())],
                )
                .into(),
        })
        .collect();
    let block = here.get(index);
    let shown = found
        .as_ref()
        .and_then(|it| it.shown.as_ref())
        .filter(|it| it.index == index && block.is_some_and(|block| block.name == it.name));
    let proof = proof.as_ref().filter(|(of, _)| *of == index);
    let onchosen = {
        let chosen = chosen.setter();
        Callback::from(move |name: String| chosen.set(Some(name)))
    };
    html! {
        <div class="studio">
            <header class="studio-bar">
                if !choices.is_empty() {
                    { select(&props!(SelectProps {
                        id: "studio-block",
                        label: glossary.say("studio-block"),
                        value: block.map_or_else(String::new, |it| it.name.clone()),
                        choices,
                        onchange: onchosen.reform(|name: AttrValue| name.to_string()),
                    })) }
                }
                <Catalogue ..props!(CatalogueProps {
                    entries: found.as_ref().map(|it| it.catalogue.clone()).unwrap_or_default(),
                    holders: found.as_ref().map(|it| it.holders.clone()).unwrap_or_default(),
                    empty: here.is_empty(),
                    engine: props.engine.clone(),
                    onact: props.onact.clone(),
                    onchosen,
                    onopened: props.onopened.clone(),
                    onstarted: props.onstarted.clone(),
                }) />
            </header>
            if let Some(block) = block {
                <div class={classes!("studio-columns", (block.word == "condition").then_some("studio-condition"))}>
                    <div class="studio-column">
                        <section class="studio-card" aria-labelledby="studio-text-title">
                            <h3 id="studio-text-title">{ glossary.say("studio-text") }</h3>
                            <div class="studio-code">
                                <code>{ format!("{} {}", block.word, block.name) }</code>
                                { lines(&props!(LinesProps {
                                    id: "studio-lines",
                                    label: glossary.say("studio-text-label"),
                                    value: block.text.to_owned(),
                                    oninput: {
                                        let (onedit, range) = (onedit.clone(), block.body.clone());
                                        move |text: String| onedit.emit(Edit::Body { range: range.clone(), text })
                                    },
                                })) }
                                <code>{ "end" }</code>
                            </div>
                            if let Some(sketch) = shown {
                                { problems(&glossary, sketch) }
                            }
                        </section>
                        if let Some(sketch) = shown {
                            if sketch.is_contract {
                                { proven(&glossary, &props!(ProofProps {
                                    proof: proof.map(|(_, it)| it.clone()),
                                    open: sketch.open.clone(),
                                    is_wrong: !sketch.problems.is_empty(),
                                    onact: props.onact.clone(),
                                    ontry: props.ontry.clone(),
                                })) }
                            } else {
                                { judges(&glossary, sketch) }
                            }
                        }
                    </div>
                    if let Some(sketch) = shown {
                        <div class="studio-column">
                            <section class="studio-card" aria-labelledby="studio-form-title">
                                <h3 id="studio-form-title">{ glossary.say("studio-form") }</h3>
                                <Form ..props!(FormProps {
                                    sketch: Rc::new(sketch.clone()),
                                    holders: found.as_ref().map(|it| it.holders.clone()).unwrap_or_default(),
                                    onedit: onedit.clone(),
                                }) />
                            </section>
                        </div>
                        <div class="studio-column">
                            if sketch.is_contract {
                                { states(&glossary, sketch) }
                                { deals(&glossary, &props!(DealsProps {
                                    deals: sketch.deals.clone(),
                                    onact: props.onact.clone(),
                                })) }
                            }
                            <section class="studio-card" id="studio-words" aria-labelledby="studio-words-title">
                                <h3 id="studio-words-title">{ glossary.say("studio-words") }</h3>
                                <ul>{ for sketch.says.iter().map(|it| html! { <li>{ glossary.sentence(it) }</li> }) }</ul>
                            </section>
                        </div>
                    }
                </div>
            } else {
                <p class="empty studio-empty">{ glossary.say("studio-none") }</p>
            }
        </div>
    }
}

/// What is wrong with a block.
fn problems(glossary: &Glossary<'_>, sketch: &Sketch) -> Html {
    if sketch.problems.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="studio-problems" role="status">
            { for sketch.problems.iter().map(|(line, phrase)| html! {
                <li>{ glossary.tell("studio-problem", &[
                    ("line", i64::from(*line).into()),
                    ("says", (&glossary.sentence(phrase)).into()),
                ]) }</li>
            }) }
        </ul>
    }
}

/// A contract's states, lit where the latest that waits is.
fn states(glossary: &Glossary<'_>, sketch: &Sketch) -> Html {
    let waiting = sketch.deals.iter().find(|deal| deal.waits.is_some());
    let ended = waiting.is_none() && !sketch.deals.is_empty();
    html! {
        <section class="studio-card" aria-labelledby="studio-diagram-title">
            <h3 id="studio-diagram-title">
                { glossary.say("studio-diagram") }
                if let Some(deal) = waiting {
                    <span class="studio-of">{ deal.name.clone() }</span>
                }
            </h3>
            if sketch.states.is_empty() {
                <p class="empty">{ glossary.say("studio-diagram-wrong") }</p>
            } else {
                { diagram::diagram(
                    glossary,
                    &sketch.name,
                    &sketch.states,
                    waiting.and_then(|deal| deal.waits.as_ref()),
                    ended,
                ) }
            }
        </section>
    }
}

/// Who can judge each rule of a condition.
fn judges(glossary: &Glossary<'_>, sketch: &Sketch) -> Html {
    html! {
        <section class="studio-card" aria-labelledby="studio-judges-title">
            <h3 id="studio-judges-title">{ glossary.say("studio-judges") }</h3>
            <p class="studio-aside">{ glossary.say("studio-judges-note") }</p>
            <ul>{ for sketch.judges.iter().map(|it| html! { <li>{ glossary.sentence(it) }</li> }) }</ul>
        </section>
    }
}
