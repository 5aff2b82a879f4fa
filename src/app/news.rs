//! What there is to say above the stage: of a link, of a line that was clicked,
//! of a new version.

use std::rc::Rc;

use exchequer::link::Shared;
use exchequer::views::{Parting, Program};
use yew::prelude::*;
use yew::props;

use super::Link;
use super::later::TOOLS;
use super::show::{Event, Show};
use super::teach::lesson_opener;
use crate::class::NoLessonProps;
use crate::engine::{Engine, Inquiry, Reply};
use crate::history::{Action, History};
use crate::later::later;
use crate::share::{LinkTroubleProps, Place, RunDiffersProps, link_trouble, run_differs};
use crate::state::Step;
use crate::tries;
use crate::ui::{ButtonKind, ButtonProps, NoticeProps, button, notice};
use crate::update;
use crate::words::Speech;

/// A new version is offered; the page goes on with the old one until the reader
/// takes it.
pub(super) fn update_news(words: &Speech, edited: bool) -> Html {
    notice(&props!(NoticeProps {
        text: words.say("new-version"),
        children: button(&props!(ButtonProps {
            kind: ButtonKind::Primary,
            onclick: move |_: MouseEvent| update::take(edited),
            says: words.say("reload"),
        })),
    }))
}

/// An act that was clicked: where it was written, and the run before it.
#[derive(Clone, PartialEq)]
pub(super) struct Written {
    pub(super) line: u32,
    pub(super) before: Rc<Program>,
    pub(super) text: Rc<str>,
}

/// What became of the lines below one that was clicked, for as long as the
/// text is the one that it made.
pub(super) fn written_news(
    words: &Speech,
    written: &UseStateHandle<Option<Written>>,
    show: &Show,
    history: &UseReducerHandle<History>,
    onfork: &Callback<Rc<str>>,
) -> Html {
    let shown = (**written)
        .as_ref()
        .zip(show.program.as_ref())
        .filter(|(it, _)| it.text == *history.text() && it.text == show.played);
    let Some((it, program)) = shown else {
        return Html::default();
    };
    let differing = tries::differing(&it.before, program, it.line);
    let line = it.line as usize;
    let text = if differing.is_empty() {
        words.tell("line-added", &[("line", line.into())])
    } else {
        let args = [("line", line.into()), ("count", differing.len().into())];
        words.tell("line-added-differs", &args)
    };
    let keep = {
        let written = written.setter();
        move |_: MouseEvent| written.set(None)
    };
    let undo = {
        let (written, history) = (written.setter(), history.clone());
        move |_: MouseEvent| {
            written.set(None);
            history.dispatch(Action::Undo);
        }
    };
    // What was written is kept beside, and this text is as it was.
    let fork = {
        let (written, history, onfork) = (written.setter(), history.clone(), onfork.clone());
        move |_: MouseEvent| {
            written.set(None);
            onfork.emit(history.text().clone());
            history.dispatch(Action::Undo);
        }
    };
    let says = |line: u32| {
        let said = it.text.lines().nth(line.saturating_sub(1) as usize);
        said.unwrap_or_default().trim().to_owned()
    };
    notice(&props!(NoticeProps {
        text,
        children: html! { <>
            if !differing.is_empty() {
                <details class="news-lines">
                    <summary>{ words.say("line-added-which") }</summary>
                    <ol>
                        { for differing.iter().map(|line| html! {
                            <li>
                                <span class="phone-aside">{ words.tell("difference-line", &[("line", (*line as usize).into())]) }</span>
                                { " " }<code>{ says(*line) }</code>
                            </li>
                        }) }
                    </ol>
                </details>
            }
            { button(&props!(ButtonProps { onclick: keep, says: words.say("keep") })) }
            { button(&props!(ButtonProps { onclick: undo, says: words.say("script-undo") })) }
            { button(&props!(ButtonProps { onclick: fork, says: words.say("keep-as-fork") })) }
        </> },
    }))
}

/// What is to be said of the link that opened the page.
pub(super) fn link_news(
    words: &Speech,
    link: &UseStateHandle<Link>,
    show: &UseReducerHandle<Show>,
    engine: &Engine,
    place: &UseStateHandle<Place>,
    onopened: &Callback<Rc<str>>,
    ongallery: &Callback<()>,
) -> Html {
    let onclose = {
        let link = link.setter();
        Callback::from(move |()| link.set(Link::None))
    };
    match &**link {
        Link::None | Link::Lesson(..) | Link::Studio(_) => Html::default(),
        Link::NoLesson(why) => {
            let speech = words.clone();
            let props = props!(NoLessonProps {
                why: why.clone(),
                onlesson: lesson_opener(onopened, show.dispatcher()),
                ongallery: ongallery.clone(),
                onclose,
            });
            later(&TOOLS, move |tools| (tools.no_lesson)(&speech, &props))
        }
        Link::Broken(error) => link_trouble(
            words,
            &props!(LinkTroubleProps {
                error: error.clone(),
                onopen: onopened.clone(),
                onlast: Some(onclose)
            }),
        ),
        Link::Whole(shared) => {
            let program = show
                .program
                .as_ref()
                .filter(|_| *show.played == *shared.text);
            match (program, shared.digest) {
                (Some(program), Some(digest)) if !digest.agrees_with(&program.digest) => {
                    run_differs(
                        words,
                        &props!(RunDiffersProps {
                            theirs: shared.engine.clone(),
                            ours: program.engine.clone(),
                            text: shared.text.clone(),
                            place: **place,
                            onsee: see_where(shared, show, engine, place),
                            onclose
                        }),
                    )
                }
                _ => Html::default(),
            }
        }
    }
}

/// Finds the place where the run parts from the one that was shared, and shows
/// it.
fn see_where(
    shared: &Shared,
    show: &UseReducerHandle<Show>,
    engine: &Engine,
    place: &UseStateHandle<Place>,
) -> Callback<()> {
    let (trail, engine) = (shared.trail.clone(), engine.clone());
    let (dispatcher, place) = (show.dispatcher(), place.setter());
    Callback::from(move |()| {
        let Some(trail) = trail.clone() else {
            place.set(Place::Untold);
            return;
        };
        let (dispatcher, place) = (dispatcher.clone(), place.clone());
        let reply = Callback::from(move |reply| {
            if let Reply::Parting(Some(parting)) = reply {
                place.set(Place::Found(parting));
                if let Parting::Between { position, .. } = parting {
                    dispatcher.dispatch(Event::Step(Step::Arrive(position)));
                }
            }
        });
        engine.ask(Inquiry::Parting(trail), reply);
    })
}
