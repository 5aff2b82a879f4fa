//! What is drawn with a part of the program that may still be on its way.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;
use yew::props;

use crate::part::{NotLoaded, Part};
use crate::ui::{ButtonKind, ButtonProps, NoticeProps, Tone, button, notice};
use crate::words::{Speech, use_words};

/// A part as this module needs it, whatever is in it.
trait Door {
    fn is_open(&self) -> bool;
    fn open(&'static self) -> Pin<Box<dyn Future<Output = Result<(), NotLoaded>>>>;
}

impl<T: Sync> Door for Part<T> {
    fn is_open(&self) -> bool {
        self.get().is_some()
    }

    fn open(&'static self) -> Pin<Box<dyn Future<Output = Result<(), NotLoaded>>>> {
        Box::pin(async { self.load().await.map(|_| ()) })
    }
}

/// Draws with a part: at once if it is there, else when it has come. Until then
/// it says, after a moment, that something comes; and if nothing does, why, with
/// a way to try again.
pub fn later<T: Sync>(part: &'static Part<T>, draw: impl Fn(&'static T) -> Html + 'static) -> Html {
    let draw = move || part.get().map(&draw).unwrap_or_default();
    // Where another part was drawn before, this one is asked for anew.
    let key = std::ptr::from_ref(part) as usize;
    html! { <Later {key} door={Handle(part)} draw={Draw(Rc::new(draw))} /> }
}

/// Fetches a part ahead of need. If it does not come now, it is asked for again
/// when it is needed.
pub fn expect<T: Sync>(part: &'static Part<T>) {
    spawn_local(async {
        let _ = part.load().await;
    });
}

/// Says that a part could not be loaded, with a way to try again.
pub fn part_trouble(words: &Speech, onretry: Callback<MouseEvent>) -> Html {
    notice(&props!(NoticeProps {
        tone: Tone::Trouble,
        text: words.say("part-failed"),
        children: button(&props!(ButtonProps {
            kind: ButtonKind::Primary,
            onclick: onretry,
            says: words.say("try-again"),
        })),
    }))
}

#[derive(Clone, Copy)]
struct Handle(&'static dyn Door);

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::addr_eq(self.0, other.0)
    }
}

#[derive(Clone)]
struct Draw(Rc<dyn Fn() -> Html>);

impl PartialEq for Draw {
    /// What is drawn may have changed whenever it is drawn again.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[derive(Clone, PartialEq, Properties)]
struct LaterProps {
    door: Handle,
    draw: Draw,
}

/// How the last attempt to fetch a part went.
#[derive(Clone, Copy, PartialEq)]
enum Attempt {
    Going,
    Done,
    Failed,
}

#[component]
fn Later(props: &LaterProps) -> Html {
    let words = use_words();
    let door = props.door.0;
    let attempt = use_state_eq(|| Attempt::Going);
    {
        let outcome = attempt.setter();
        use_effect_with(*attempt, move |attempt| {
            if *attempt == Attempt::Going && !door.is_open() {
                spawn_local(async move {
                    outcome.set(match door.open().await {
                        Ok(()) => Attempt::Done,
                        Err(NotLoaded) => Attempt::Failed,
                    });
                });
            }
        });
    }
    if door.is_open() {
        return (props.draw.0)();
    }
    if *attempt == Attempt::Failed {
        let retry = attempt.setter();
        let onretry = Callback::from(move |_: MouseEvent| retry.set(Attempt::Going));
        return part_trouble(&words, onretry);
    }
    html! { <p class="later" role="status">{ words.say("part-loading") }</p> }
}
