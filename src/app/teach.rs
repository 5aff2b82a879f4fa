//! Short links to lessons while the page is open, how far one came, and what
//! stands in the page's place: the guide, the review.

use std::rc::Rc;

use exchequer::views::{Moment, Program, Seen};
use yew::prelude::*;
use yew::props;

use super::Link;
use super::chrome::Open;
use super::later::TOOLS;
use super::show::{Event, Show};
use crate::browser;
use crate::class::{Opening, PresentProps};
use crate::engine::Engine;
use crate::guide::{self, GuideProps, Place};
use crate::later::later;
use crate::review::{self, ReviewProps};
use crate::share::{ExportsProps, page_address, page_fragment, stem};
use crate::state::{Step, step_at};
use crate::store::file_name;
use crate::words::Speech;

/// The step that is shown, from 1.
pub(super) fn step_shown(show: &Show) -> usize {
    let program = show.program.as_ref();
    let step = program.and_then(|program| step_at(program, show.playback.position));
    step.map_or(1, |step| step + 1)
}

/// The story before a room, once there is one: of this run as somebody sees it,
/// its script, and whether single letters do something.
pub(super) fn presented(
    (show, seen, engine, text, single): (&Show, Seen, &Engine, &Rc<str>, bool),
    onstep: &Callback<Step>,
    onleave: Callback<()>,
) -> Option<Html> {
    let props = props!(PresentProps {
        program: show.program.clone()?,
        playback: show.playback.clone(),
        moment: show.moment.clone()?,
        motion: show.motion,
        seen,
        engine: Some(engine.clone()),
        text: text.clone(),
        address: page_address(),
        single,
        onstep: onstep.clone(),
        onleave,
    });
    Some(later(&TOOLS, move |tools| (tools.present)(props.clone())))
}

/// The place of the guide that is read, if it is. What plays stands still
/// meanwhile, and nothing is left open over it.
#[hook]
pub(super) fn use_guide(
    show: UseReducerDispatcher<Show>,
    open: UseStateSetter<Open>,
) -> Option<Place> {
    let place = guide::use_place();
    use_effect_with(place.is_some(), move |reading| {
        if *reading {
            show.dispatch(Event::Step(Step::Pause));
            open.set(Open::Nothing);
        }
    });
    place
}

/// The guide at a place of it, from where a scenario can be opened in the Stage.
pub(super) fn guided(place: Place, onopened: &Callback<Rc<str>>) -> Html {
    let onplay = onopened.reform(|text| {
        browser::set_fragment("");
        text
    });
    guide::guide(props!(GuideProps { place, onplay }))
}

/// The review of the text as it was played, once it was.
pub(super) fn reviewed(show: &Show, engine: &Engine, text: &Rc<str>) -> Option<Html> {
    Some(review::review(props!(ReviewProps {
        program: show.program.clone()?,
        text: text.clone(),
        engine: engine.clone(),
    })))
}

/// What can be taken along of a run at a moment.
pub(super) fn exports(
    (words, engine, program, moment): (&Speech, &Engine, &Program, &Moment),
    (seen, played): (Seen, bool),
    (onscript, onleave): (&Callback<()>, Callback<()>),
) -> ExportsProps {
    let said = moment.caption.as_ref().map(|it| words.caption(it));
    let foot = [
        Some(words.figures().moment(&moment.at)),
        said,
        Some(words.say("simulation")),
    ];
    let foot: Vec<String> = foot.into_iter().flatten().collect();
    props!(ExportsProps {
        engine: engine.clone(),
        seen,
        whole: played && program.waits_for.is_none(),
        title: program.title.clone(),
        foot: foot.join(" · "),
        stem: AttrValue::from(stem(&file_name(&program.title))),
        onscript: onscript.clone(),
        onleave,
    })
}

/// Opens a lesson at one of its steps, from 1, as a text of its own.
pub(super) fn lesson_opener(
    onopened: &Callback<Rc<str>>,
    show: UseReducerDispatcher<Show>,
) -> Callback<Opening> {
    onopened.reform(move |(text, step): Opening| {
        show.dispatch(Event::BeginAt(step));
        text
    })
}

/// Begins a lesson that a link names at its step, opens one that the page's
/// address names later, and keeps how far one came.
#[hook]
pub(super) fn use_lessons(
    link: &UseStateHandle<Link>,
    text: &Rc<str>,
    show: &UseReducerHandle<Show>,
    onopened: &Callback<Rc<str>>,
) {
    {
        let (here, setter) = ((**link).clone(), link.setter());
        let (show, onopened) = (show.dispatcher(), onopened.clone());
        use_effect_with((), move |()| {
            if let Link::Lesson(_, step) = here {
                show.dispatch(Event::BeginAt(step));
            }
            let onlesson = lesson_opener(&onopened, show);
            browser::on_fragment(move || {
                let (setter, onopened) = (setter.clone(), onopened.clone());
                let onlesson = onlesson.clone();
                yew::platform::spawn_local(async move {
                    let Ok(tools) = TOOLS.load().await else {
                        return;
                    };
                    match (tools.arrival)(&page_fragment()) {
                        Link::None | Link::Studio(_) => {}
                        Link::Lesson(text, step) => onlesson.emit((text.into(), step)),
                        Link::Whole(shared) => {
                            onopened.emit(shared.text.as_str().into());
                            setter.set(Link::Whole(shared));
                        }
                        trouble => setter.set(trouble),
                    }
                });
            });
        });
    }
    let shown = show
        .program
        .as_ref()
        .filter(|_| show.played == *text)
        .and_then(|program| {
            let step = step_at(program, show.playback.position)?;
            Some((text.clone(), step + 1, show.playback.finished(program)))
        });
    use_effect_with(shown, |shown| {
        if let (Some((text, step, end)), Some(tools)) = (shown, TOOLS.get()) {
            (tools.note)(text, *step, *end);
        }
    });
}
