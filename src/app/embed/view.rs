//! What a frame shows, and how it listens.

use std::rc::Rc;

use exchequer::lessons;
use exchequer::views::{PartyNo, Seen};
use serde_json::Value;
use yew::prelude::*;
use yew::props;

use super::host;
use super::protocol::{self, Act, Said};
use crate::app::show::{Event, Show};
use crate::app::teach::step_shown;
use crate::app::{Link, OPENING, told_of, use_playing, use_room};
use crate::browser;
use crate::engine::Engine;
use crate::figures::Figures;
use crate::settings::Settings;
use crate::share::{page_address, page_fragment, share_link};
use crate::stage::{Picture, Room, Stage};
use crate::state::{Pace, Step};
use crate::ui::{NoticeProps, Tone, notice};
use crate::words::{Glossary, Speech, Words, use_spoken};

/// A text to play, with its number.
#[derive(Clone, PartialEq)]
struct Text {
    revision: u32,
    text: Rc<str>,
}

/// What the frame's address brings: a text, its step from 1, and whether the
/// fragment is one that opens nothing.
fn brought() -> (Rc<str>, usize, bool) {
    match Link::brought_by(&page_fragment()) {
        Link::Lesson(text, step) => (text.into(), step, false),
        Link::Whole(shared) => (shared.text.as_str().into(), 1, false),
        Link::Broken(_) | Link::NoLesson(_) => (OPENING.into(), 1, true),
        Link::None | Link::Studio(_) => (OPENING.into(), 1, false),
    }
}

/// The app in a frame.
#[component]
pub(super) fn Embed() -> Html {
    let frame = use_memo((), |()| protocol::frame(&host::query()).unwrap_or_default());
    let brought = use_memo((), |()| brought());
    let text = use_state_eq(|| Text {
        revision: 1,
        text: brought.0.clone(),
    });
    let show = use_reducer_eq(|| Show::new(Pace::Story, false));
    let engine = use_memo((), {
        let dispatcher = show.dispatcher();
        move |()| {
            Engine::start(Callback::from(move |news| {
                dispatcher.dispatch(Event::News(news))
            }))
        }
    });
    let selected = use_state_eq(|| None::<PartyNo>);
    let room = use_room();
    let speech = use_speech(&show);

    {
        let (dispatcher, step) = (show.dispatcher(), brought.1);
        use_effect_with((), move |()| dispatcher.dispatch(Event::BeginAt(step)));
    }
    {
        let (engine, dispatcher) = (engine.clone(), show.dispatcher());
        let told = ((*text).clone(), speech.language());
        use_effect_with(told, move |(Text { revision, text }, language)| {
            dispatcher.dispatch(Event::Sent(*revision, text.clone()));
            engine.load(*revision, text.clone(), language.tag());
        });
    }
    {
        let engine = engine.clone();
        let also = told_of(&show, *selected);
        let wanted = show.program.clone();
        let playback = &show.playback;
        let wanted = wanted.map(|program| (program, playback.position, playback.since, also));
        use_effect_with(wanted, move |wanted| {
            if let Some((_, position, since, also)) = wanted {
                engine.moment(*position, *since, Seen::Everyone, *also);
            }
        });
    }
    use_playing(&show, &speech);
    use_effect_with(show.moment.is_some(), |drawn| {
        if *drawn {
            browser::end_still_picture();
        }
    });
    use_page_around(&frame.origin, &text, &show, &speech);

    let onstep = {
        let dispatcher = show.dispatcher();
        Callback::from(move |step: Step| dispatcher.dispatch(Event::Step(step)))
    };
    let onselect = {
        let setter = selected.setter();
        Callback::from(move |no| setter.set(no))
    };
    let says = Glossary::of_classes(&speech);
    let narrow = room == Room::Narrow;
    html! {
        <ContextProvider<Speech> context={speech.clone()}>
            <div class={classes!("app", "app-embed", narrow.then_some("app-narrow"))}>
                <header class="top">
                    <h1>{ show.program.as_ref().map_or_else(String::new, |program| program.title.clone()) }</h1>
                    <span class="top-space" />
                    <span class="toy">{ speech.say(if narrow { "simulation-short" } else { "simulation" }) }</span>
                    <a class="button button-plain" href={whole(&text.text, &show)} target="_blank" rel="noopener noreferrer">
                        { says.say("embed-open") }
                    </a>
                </header>
                <div class="news">
                    if brought.2 && text.revision == 1 {
                        { notice(&props!(NoticeProps { tone: Tone::Trouble, text: says.say("embed-no-link") })) }
                    }
                </div>
                if let (Some(program), Some(moment)) = (&show.program, &show.moment) {
                    <Stage
                        program={program.clone()}
                        playback={show.playback.clone()}
                        moment={moment.clone()}
                        motion={show.motion}
                        picture={Picture::Board}
                        engine={Some((*engine).clone())}
                        room={if narrow { Room::Narrow } else { Room::Usual }}
                        read_only=true
                        selected={*selected}
                        {onstep}
                        {onselect}
                        ontry={Callback::noop()}
                        onreturn={Callback::noop()}
                        onscript={Callback::noop()}
                    />
                }
            </div>
        </ContextProvider<Speech>>
    }
}

/// The words of the reader's language.
#[hook]
fn use_speech(show: &Show) -> Speech {
    let settings = use_memo((), |()| Settings::recalled());
    let (language, locale) = settings.speech(&browser::languages());
    let (language, _) = use_spoken(language);
    let preset = show.program.as_ref().map(|program| &program.preset);
    let decimals = preset.map_or(2, |preset| preset.decimals);
    let currency = preset.map_or_else(String::new, |preset| preset.currency.clone());
    let spoken = (language, locale, decimals, currency);
    let speech = use_memo(spoken, |(language, locale, decimals, currency)| {
        browser::mark_language(language.tag(), language.direction());
        let figures = Figures::of_browser(locale, *decimals);
        Speech::new(Words::new(*language, figures).of_currency(currency))
    });
    (*speech).clone()
}

/// The address of the story in the whole app: a lesson's at its step, else the
/// text itself, if a link can hold it.
fn whole(text: &str, show: &Show) -> String {
    let address = page_address();
    let address = address.split('?').next().unwrap_or_default();
    if let Some(lesson) = lessons::of_text(text) {
        return format!("{address}{}", lesson.link(step_shown(show)));
    }
    let engine = show.program.as_ref().map_or("", |program| &program.engine);
    share_link(address, text, engine, None, None).unwrap_or_else(|_| address.to_owned())
}

/// Listens to the page around, and tells it where the story stands.
#[hook]
fn use_page_around(
    origin: &Option<String>,
    text: &UseStateHandle<Text>,
    show: &UseReducerHandle<Show>,
    words: &Speech,
) {
    // What was said last of where the story stands, for who asks.
    let latest = use_mut_ref(|| None::<protocol::State>);
    let current = use_mut_ref(|| (**text).clone());
    let story = use_mut_ref(|| show.clone());
    *current.borrow_mut() = (**text).clone();
    *story.borrow_mut() = show.clone();
    let shown = show.program.as_ref().zip(show.moment.as_ref());
    let state = shown
        .filter(|(_, moment)| moment.position == show.playback.position)
        .map(|(program, moment)| {
            let caption = match &moment.caption {
                Some(caption) => words.caption(caption),
                None => words.say("caption-start"),
            };
            protocol::state(&show.played, program, &show.playback, moment, caption)
        });
    let engine = show.program.as_ref().map(|program| program.engine.clone());
    {
        let (origin, latest) = (origin.clone(), latest.clone());
        use_effect_with(state, move |state| {
            let (Some(origin), Some(state)) = (origin, state) else {
                return;
            };
            let first = latest.borrow_mut().replace(state.clone()).is_none();
            let state = state.clone();
            let said = if first {
                Said::Ready {
                    versions: [protocol::VERSION],
                    engine: engine.unwrap_or_default(),
                    state,
                }
            } else {
                Said::State { state }
            };
            say(&origin, &said, None);
        });
    }
    let (setter, dispatcher) = (text.setter(), show.dispatcher());
    use_effect_with(origin.clone(), move |origin| {
        let listener = origin.clone().and_then(|origin| {
            host::on_message(origin.clone(), move |json| {
                let (id, command) = protocol::read(&json);
                let known = story.borrow().clone();
                let stands = known.program.as_deref().map(|it| (it, &known.playback));
                match command.and_then(|command| protocol::act(command, stands)) {
                    Ok(Act::Tell) => {
                        if let Some(state) = latest.borrow().clone() {
                            say(&origin, &Said::State { state }, id.as_ref());
                        } else {
                            refuse(&origin, &protocol::Refusal::NotReady, id.as_ref());
                        }
                    }
                    Ok(Act::Step(step)) => {
                        dispatcher.dispatch(Event::Step(step));
                        say(&origin, &Said::Done, id.as_ref());
                    }
                    Ok(Act::Load(text, step)) => {
                        let revision = current.borrow().revision + 1;
                        dispatcher.dispatch(Event::Opened);
                        dispatcher.dispatch(Event::BeginAt(step));
                        setter.set(Text {
                            revision,
                            text: text.into(),
                        });
                        say(&origin, &Said::Done, id.as_ref());
                    }
                    Err(refusal) => refuse(&origin, &refusal, id.as_ref()),
                }
            })
        });
        move || drop(listener)
    });
}

fn say(origin: &str, said: &Said, re: Option<&Value>) {
    if let Some(json) = protocol::written(said, re) {
        host::say(origin, &json);
    }
}

fn refuse(origin: &str, refusal: &protocol::Refusal, re: Option<&Value>) {
    let said = Said::Error {
        code: refusal.code(),
        message: refusal.to_string(),
    };
    say(origin, &said, re);
}
