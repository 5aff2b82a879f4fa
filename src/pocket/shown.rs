//! A message on the screen: as codes for a camera, and as text.

use exchequer::pocket::{codes, to_text};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew::props;

use crate::browser;
use crate::share::{QrCode, QrProps, copy_text, qr_view};
use crate::ui::{ButtonProps, Icon, SwitchProps, button, switch};
use crate::words::{Glossary, use_words};

/// How long one of several codes stands before the next.
const TURN: u32 = 1_400;

/// Properties of [`Shown`].
#[derive(Clone, PartialEq, Properties)]
pub struct ShownProps {
    /// Its heading: for whom it is.
    pub title: AttrValue,
    /// What it is.
    pub what: AttrValue,
    /// The message.
    pub bytes: AttrBytes,
}

/// A message's bytes, cheap to hand on.
pub type AttrBytes = std::rc::Rc<[u8]>;

/// How copying went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Refused,
}

/// A message for another screen to read.
#[component]
pub fn Shown(props: &ShownProps) -> Html {
    let words = use_words();
    let says = Glossary::of_pockets(&words);
    let made = use_memo(props.bytes.clone(), |bytes| codes(bytes));
    let at = use_state_eq(|| 0_usize);
    let turns = use_state_eq(|| true);
    let copied = use_state_eq(|| Copied::NotYet);
    let count = made.len().max(1);
    let number = *at % count;
    {
        let (at, copied) = (at.setter(), copied.setter());
        use_effect_with(props.bytes.clone(), move |_| {
            at.set(0);
            copied.set(Copied::NotYet);
        });
    }
    {
        let next = at.setter();
        use_effect_with(
            (*turns && count > 1, number, count),
            move |(turns, at, count)| {
                let following = (at + 1) % count;
                let timer = turns.then(|| browser::every(TURN, move || next.set(following)));
                move || drop(timer)
            },
        );
    }
    let turn = |by: usize| {
        let (at, turns) = (at.setter(), turns.setter());
        move |_: MouseEvent| {
            turns.set(false);
            at.set((number + by) % count);
        }
    };
    let text = to_text(&made);
    let oncopy = {
        let (text, copied) = (text.clone(), copied.setter());
        move |_: MouseEvent| {
            let (text, copied) = (text.clone(), copied.clone());
            spawn_local(async move {
                copied.set(if copy_text(&text).await {
                    Copied::Done
                } else {
                    Copied::Refused
                });
            });
        }
    };
    let told = match *copied {
        Copied::NotYet => String::new(),
        Copied::Done => says.say("pocket-copied"),
        Copied::Refused => says.say("pocket-copy-by-hand"),
    };
    let numbered = [("number", (number + 1).into()), ("count", count.into())];
    let label = if count > 1 {
        let what = ("what", (&*props.what).into());
        says.tell("pocket-code-of", &[numbered[0], numbered[1], what])
    } else {
        props.what.to_string()
    };
    let picture = made.get(number).and_then(|code| QrCode::of(code));
    html! {
        <section class="pocket-shown" aria-label={props.title.clone()}>
            <h2>{ props.title.clone() }</h2>
            { for picture.map(|code| qr_view(&props!(QrProps { code, label }))) }
            if count > 1 {
                <div class="pocket-turn">
                    { button(&props!(ButtonProps {
                        icon: Icon::Back,
                        label: says.say("pocket-code-before"),
                        onclick: turn(count - 1),
                    })) }
                    <span class="number">{ says.tell("pocket-code-number", &numbered) }</span>
                    { button(&props!(ButtonProps {
                        icon: Icon::Next,
                        label: says.say("pocket-code-after"),
                        onclick: turn(1),
                    })) }
                </div>
                { switch(&props!(SwitchProps {
                    label: says.say("pocket-code-turn"),
                    on: *turns,
                    onchange: {
                        let turns = turns.setter();
                        Callback::from(move |on| turns.set(on))
                    },
                })) }
            }
            <p class="pocket-aside">{ says.say("pocket-kept") }</p>
            { button(&props!(ButtonProps { class: "pocket-wide", onclick: oncopy, says: says.say("pocket-copy") })) }
            <p role="status">{ told }</p>
            <details class="pocket-text">
                <summary>{ says.say("pocket-code-text") }</summary>
                <textarea readonly=true rows="4" aria-label={says.say("pocket-code-text")} value={text} />
            </details>
        </section>
    }
}
