//! What is shown, and what happened, as files for others: pictures of the view,
//! a pack for reviewers, a hand-off for engineers, and forms for other programs.

use std::rc::Rc;

use exchequer::views::Seen;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::draw;
use crate::browser;
use crate::engine::{Engine, Form, Inquiry, Reply};
use crate::part::part;
use crate::review;
use crate::words::{Glossary, use_words};

/// Properties of the list.
#[derive(Clone, PartialEq, Properties)]
pub struct ExportsProps {
    /// Whom to ask for what happened.
    pub engine: Engine,
    /// Who looks.
    pub seen: Seen,
    /// Whether the text was played to its end as it stands.
    pub whole: bool,
    /// The scenario's title.
    pub title: AttrValue,
    /// What stands under a picture: the moment in words.
    pub foot: AttrValue,
    /// What the files are called, without an ending.
    pub stem: AttrValue,
    /// Saves the script.
    pub onscript: Callback<()>,
    /// Called when the page turns to the review.
    pub onleave: Callback<()>,
}

/// The function that draws the list.
pub struct Exports {
    /// The ways out.
    pub draw: fn(ExportsProps) -> Html,
}

part! {
    /// The ways out with their words, and what draws pictures.
    pub EXPORTS, exports: Exports = Exports {
        draw: |props| html! { <Ways ..props /> },
    }
}

/// A way out.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Svg,
    Png,
    Review,
    Run(Form),
    Script,
}

impl Way {
    const fn name(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Review => "review",
            Self::Run(form) => form.names().0,
            Self::Script => "script",
        }
    }
}

/// What the ways are for, in the order of the list.
const GROUPS: [(&str, &[Way]); 3] = [
    ("show", &[Way::Png, Way::Svg, Way::Run(Form::Mermaid)]),
    ("review", &[Way::Review, Way::Run(Form::Iso20022)]),
    (
        "build",
        &[
            Way::Run(Form::HandOff),
            Way::Run(Form::Json),
            Way::Run(Form::Csv),
            Way::Script,
        ],
    ),
];

/// How taking something along went.
#[derive(Clone, PartialEq)]
enum Went {
    NotYet,
    Busy,
    Saved(String),
    Failed,
}

#[component]
fn Ways(props: &ExportsProps) -> Html {
    let words = use_words();
    let says = Glossary::of_exports(&words);
    let went = use_state_eq(|| Went::NotYet);
    // Why it cannot be had now, if it cannot.
    let barred = |way: Way| match way {
        Way::Run(_) | Way::Review if !props.whole => Some("export-not-whole"),
        Way::Run(form) if props.seen != Seen::Everyone && !form.honours_viewer() => {
            Some("export-tells-all")
        }
        Way::Review if props.seen != Seen::Everyone => Some("export-tells-all"),
        _ => None,
    };
    let take = |way: Way| {
        let (props, went) = (props.clone(), went.setter());
        Callback::from(move |_: MouseEvent| {
            went.set(Went::Busy);
            let stem = props.stem.clone();
            match way {
                Way::Svg => went.set(saved_svg(&props)),
                Way::Png => {
                    let (props, went) = (props.clone(), went.clone());
                    spawn_local(async move { went.set(saved_png(&props).await) });
                }
                Way::Review => {
                    props.onleave.emit(());
                    browser::set_fragment(review::ROUTE);
                }
                Way::Run(form) => {
                    let seen = props.seen;
                    let name = format!("{stem}{}", form.names().1);
                    let went = went.clone();
                    let reply = Callback::from(move |reply| {
                        if let Reply::Exported(bytes) = reply {
                            went.set(match bytes {
                                Some(bytes) => saved(name.clone(), &bytes),
                                None => Went::Failed,
                            });
                        }
                    });
                    props.engine.ask(Inquiry::Export { form, seen }, reply);
                }
                Way::Script => {
                    props.onscript.emit(());
                    went.set(Went::Saved(format!("{stem}.exq")));
                }
            }
        })
    };
    let told = match &*went {
        Went::NotYet => String::new(),
        Went::Busy => says.say("export-busy"),
        Went::Saved(name) => says.tell("export-saved", &[("name", name.into())]),
        Went::Failed => says.say("export-failed"),
    };
    html! {
        <section class="exports" aria-labelledby="exports">
            <h3 id="exports">{ says.say("exports") }</h3>
            { for GROUPS.iter().map(|(group, ways)| html! {
                <div key={*group} class="exports-group" role="group" aria-labelledby={format!("exports-{group}")}>
                    <h4 id={format!("exports-{group}")}>{ says.say(&format!("exports-{group}")) }</h4>
                    <ul>{ for ways.iter().map(|way| {
                        let barred = barred(*way);
                        let what = barred.map_or_else(|| format!("export-{}-what", way.name()), str::to_owned);
                        let what_id = format!("export-{}", way.name());
                        html! {
                            <li key={way.name()}>
                                <button type="button" class="button button-plain" disabled={barred.is_some()}
                                    aria-describedby={what_id.clone()} onclick={take(*way)}>
                                    { says.say(&format!("export-{}", way.name())) }
                                </button>
                                <p id={what_id}>{ says.say(&what) }</p>
                            </li>
                        }
                    }) }</ul>
                </div>
            }) }
            <p class="share-told" role="status">{ told }</p>
        </section>
    }
}

fn saved(name: String, bytes: &[u8]) -> Went {
    browser::save(&name, bytes);
    Went::Saved(name)
}

fn saved_svg(props: &ExportsProps) -> Went {
    match draw::view(&props.title, &props.foot) {
        Some(drawing) => saved(format!("{}.svg", props.stem), drawing.svg.as_bytes()),
        None => Went::Failed,
    }
}

async fn saved_png(props: &ExportsProps) -> Went {
    let Some(drawing) = draw::view(&props.title, &props.foot) else {
        return Went::Failed;
    };
    match drawing.png().await {
        Some(bytes) => saved(format!("{}.png", props.stem), &bytes),
        None => Went::Failed,
    }
}

/// The name that a picture or an export of a scenario begins with.
pub fn stem(file: &str) -> Rc<str> {
    file.trim_end_matches(".exq").into()
}
