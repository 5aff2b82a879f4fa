//! Reading what another screen shows: by camera, or from its text.

use exchequer::pocket::{Brought, Reader};
use yew::prelude::*;
use yew::props;

use super::camera::Camera;
use crate::ui::{ButtonKind, ButtonProps, LinesProps, button, lines};
use crate::words::{Glossary, use_words};

/// The id of the field for text.
const FIELD: &str = "pocket-paste";

/// Properties of [`Reading`].
#[derive(Clone, PartialEq, Properties)]
pub struct ReadingProps {
    /// Its heading.
    pub title: AttrValue,
    /// Called with a whole message or a room's code.
    pub onread: Callback<Brought>,
}

/// Reads codes until they are a message.
#[component]
pub fn Reading(props: &ReadingProps) -> Html {
    let words = use_words();
    let says = Glossary::of_pockets(&words);
    let reader = use_mut_ref(Reader::default);
    let text = use_state_eq(String::new);
    let sees = use_state_eq(|| false);
    let told = use_state_eq(String::new);
    let trouble = use_state_eq(|| None::<&'static str>);

    let take = {
        let (told, trouble, words) = (told.setter(), trouble.setter(), words.clone());
        let (text, sees, onread) = (text.setter(), sees.setter(), props.onread.clone());
        move |code: &str| {
            let says = Glossary::of_pockets(&words);
            let taken = reader.borrow_mut().take(code);
            match taken {
                Ok(Brought::Part(progress)) => {
                    trouble.set(None);
                    text.set(String::new());
                    told.set(says.tell(
                        "pocket-progress",
                        &[
                            ("seen", progress.seen.into()),
                            ("count", progress.of.into()),
                        ],
                    ));
                    false
                }
                Ok(whole) => {
                    trouble.set(None);
                    told.set(String::new());
                    text.set(String::new());
                    sees.set(false);
                    onread.emit(whole);
                    false
                }
                Err(_) => true,
            }
        }
    };
    let onpaste = {
        let (take, text, trouble) = (take.clone(), text.clone(), trouble.setter());
        move |_: MouseEvent| {
            if take(&text) {
                let ours = text.contains("XQ1:");
                trouble.set(Some(if ours {
                    "pocket-cut"
                } else {
                    "pocket-unreadable"
                }));
            }
        }
    };
    // A camera sees other codes and half ones as well: they are no matter.
    let onseen = Callback::from(move |code: String| {
        let _ = take(&code);
    });
    let onsees = {
        let sees = sees.clone();
        move |_: MouseEvent| sees.set(!*sees)
    };
    let oninput = {
        let text = text.setter();
        Callback::from(move |written| text.set(written))
    };
    html! {
        <section class="pocket-reading" aria-label={props.title.clone()}>
            <h2>{ props.title.clone() }</h2>
            { button(&props!(ButtonProps {
                class: "pocket-wide",
                onclick: onsees,
                says: says.say(if *sees { "pocket-camera-off" } else { "pocket-camera" }),
            })) }
            if *sees {
                <Camera ontext={onseen} />
            }
            <label for={FIELD}>{ says.say("pocket-paste") }</label>
            { lines(&props!(LinesProps {
                label: says.say("pocket-paste"),
                id: FIELD,
                value: (*text).clone(),
                oninput,
            })) }
            { button(&props!(ButtonProps {
                kind: ButtonKind::Plain,
                class: "pocket-wide",
                disabled: text.trim().is_empty(),
                onclick: onpaste,
                says: says.say("pocket-take"),
            })) }
            <p role="status">{ (*told).clone() }</p>
            if let Some(key) = *trouble {
                <p class="field-error" role="alert">{ says.say(key) }</p>
            }
        </section>
    }
}
