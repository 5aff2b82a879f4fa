//! The app: one text with its past, the engine that plays it, the store that
//! keeps it, and the screen that shows a moment of it.

mod chrome;
mod embed;
mod forks;
mod keys;
mod later;
mod news;
mod script;
mod seen;
mod show;
mod teach;

use std::rc::Rc;

use exchequer::lessons::{self, NoLesson};
use exchequer::link::{self, LinkError, Shared};
use exchequer::views::{Moment, PartyNo, Program, Seen, Try};
use gloo::timers::callback::Timeout;
use yew::prelude::*;
use yew::props;

use self::chrome::{
    DialogsProps, HealthProps, Open, PageTabsProps, TopBarProps, ViewTabsProps, health_notice,
    page_tabs, top_bar, view_tabs,
};
use self::forks::{Beside, forked_news, use_comparison};
use self::keys::use_keys;
use self::later::TOOLS;
use self::news::{Written, link_news, update_news, written_news};
use self::script::ScriptProps;
use self::seen::{SeenAsProps, seen_as};
use self::show::{Event, Health, Show};
use self::teach::{
    exports, guided, lesson_opener, presented, reviewed, step_shown, use_guide, use_lessons,
};
use crate::browser;
use crate::engine::Engine;
use crate::figures::Figures;
use crate::history::{Action, History, Origin};
use crate::later::{expect, later, part_trouble};
use crate::part::NotLoaded;
use crate::review::use_review;
use crate::settings::{Set, Settings};
use crate::share::{Place, ShareDialogProps, page_address, page_fragment};
use crate::stage::accounted::{PillProps, pill};
use crate::stage::board::motion;
use crate::stage::slide::Rewrite;
use crate::stage::{Page, Picture, Room, Stage, VIEWS};
use crate::state::{Pace, Playback, Step};
use crate::store::{
    Document, DropFile, FileError, FileTroubleProps, How, Opened, SaveStatusProps, Status,
    WorkDialogProps, file_name, file_trouble, save_status, use_work,
};
use crate::tries;
use crate::update;
use crate::words::{Speech, Words, use_spoken};

pub use self::embed::{EmbedApp, is_here as is_frame, prepare as prepare_frame};

/// The scenario a first visitor meets.
pub const OPENING: &str = include_str!("../../static/scenarios/birth-of-a-yuan.exq");

/// A story left for a try.
#[derive(Clone, PartialEq)]
struct Fork {
    name: AttrValue,
    story: Rc<str>,
    position: u32,
}

/// What a link brought.
#[derive(Clone, PartialEq)]
enum Link {
    None,
    Whole(Rc<Shared>),
    Broken(LinkError),
    /// A lesson that ships, and the step it begins at, from 1.
    Lesson(&'static str, usize),
    /// A short link that opens none.
    NoLesson(NoLesson),
    /// The studio, with an entry of its catalogue to begin a text with.
    Studio(Option<AttrValue>),
}

impl Link {
    fn of_page() -> Self {
        match TOOLS.get() {
            Some(tools) => (tools.arrival)(&page_fragment()),
            None => Self::None,
        }
    }

    fn brought_by(fragment: &str) -> Self {
        match lessons::of_link(fragment) {
            Some(Ok((lesson, step))) => return Self::Lesson(lesson.text, step),
            Some(Err(why)) => return Self::NoLesson(why),
            None => {}
        }
        if let Some(path) = fragment.strip_prefix("#/studio") {
            let key = path.strip_prefix('/').filter(|key| !key.is_empty());
            return Self::Studio(key.map(|key| key.to_owned().into()));
        }
        if !link::is_share_link(fragment) {
            return Self::None;
        }
        match link::decode(fragment) {
            Ok(shared) => Self::Whole(Rc::new(shared)),
            Err(error) => Self::Broken(error),
        }
    }
}

/// Fetches what the page's address and the reader's language call for, if
/// anything, before the app is drawn.
pub async fn prepare() -> Result<(), NotLoaded> {
    if !page_fragment().is_empty() {
        TOOLS.load().await?;
    }
    let (language, _) = Settings::recalled().speech(&browser::languages());
    language.load().await
}

/// The app.
#[component]
pub fn App() -> Html {
    let settings = use_reducer_eq(Settings::recalled);
    let link = use_state_eq(Link::of_page);
    let history = use_reducer({
        let link = (*link).clone();
        move || match link {
            Link::Whole(shared) => History::new(&shared.text),
            Link::Lesson(lesson, _) => History::new(lesson),
            _ => History::new(OPENING),
        }
    });
    let show = use_reducer_eq({
        let pace = settings.pace;
        move || Show::new(pace, browser::take_root_mark("data-play"))
    });
    let engine = use_memo((), {
        let dispatcher = show.dispatcher();
        move |()| {
            Engine::start(Callback::from(move |news| {
                dispatcher.dispatch(Event::News(news))
            }))
        }
    });
    let work = use_work();
    let fork = use_state_eq(|| None::<Fork>);
    let script_open = use_state_eq(|| false);
    let picture = use_state_eq(|| match *link {
        Link::Studio(_) => Picture::Studio,
        _ => Picture::default(),
    });
    let seen = use_state_eq(Seen::default);
    let page = use_state_eq(|| match *link {
        Link::Studio(_) => Page::Picture,
        _ => Page::default(),
    });
    let selected = use_state_eq(|| None::<PartyNo>);
    let open = use_state_eq(|| Open::Nothing);
    let beside = use_state_eq(|| None::<Beside>);
    let comparison = use_comparison(&engine, &show, &beside);
    let misread = use_state_eq(|| None::<FileError>);
    let parting = use_state_eq(|| Place::NotAsked);
    let updated = use_new_version();
    let room = use_room();
    let guide = use_guide(show.dispatcher(), open.setter());
    let reviewing = use_review();

    let decimals = show
        .program
        .as_ref()
        .map_or(2, |program| program.preset.decimals);
    let currency = show
        .program
        .as_ref()
        .map_or_else(String::new, |program| program.preset.currency.clone());
    let chosen = use_memo(settings.language, |_| {
        settings.speech(&browser::languages())
    });
    let (language, language_missing) = use_spoken(chosen.0);
    let spoken = (language, chosen.clone(), decimals, currency);
    let speech = use_memo(spoken, |(language, chosen, decimals, currency)| {
        browser::mark_language(language.tag(), language.direction());
        let figures = Figures::of_browser(&chosen.1, *decimals);
        Speech::new(Words::new(*language, figures).of_currency(currency))
    });
    use_effect_with(*settings, |settings| settings.apply());

    let edited = history.can_undo() || history.can_redo();

    // A text that changed is played, and kept once it is the reader's own.
    let how = use_mut_ref(|| None::<How>);
    let passing = use_mut_ref(|| false);
    {
        let (engine, dispatcher) = (engine.clone(), show.dispatcher());
        let (work, how, passing) = (work.clone(), how.clone(), passing.clone());
        let text = history.text().clone();
        let told = (history.revision(), speech.language());
        {
            let text = text.clone();
            use_effect_with(told, move |(revision, language)| {
                let revision = *revision as u32;
                dispatcher.dispatch(Event::Sent(revision, text.clone()));
                engine.load(revision, text, language.tag());
            });
        }
        use_effect_with(history.revision(), move |_| {
            let replaced = how.borrow_mut().take();
            // A try can be had again: it is not worth keeping by itself.
            let passing = passing.replace(false);
            if let Some(how) = replaced.or((edited && !passing).then_some(How::Edited)) {
                work.keep(&text, how);
            }
        });
    }
    // Who comes back finds the work of last time, unless a link brought other.
    {
        let found = work.status != Status::Looking;
        let last = work.documents.first().map(|document| document.id);
        let (work, history, dispatcher) = (work.clone(), history.clone(), show.dispatcher());
        let fresh = *link == Link::None && !history.can_undo();
        use_effect_with(found, move |found| {
            if let (true, true, Some(last)) = (*found, fresh, last) {
                work.resume(last, begin(&history, dispatcher));
            }
        });
    }
    // A position that changed is shown.
    {
        let engine = engine.clone();
        let wanted = show.program.clone().map(|program| {
            (
                program,
                (show.playback.position, show.playback.since),
                *seen,
                told_of(&show, *selected),
            )
        });
        use_effect_with(wanted, move |wanted| {
            if let Some((_, (position, since), seen, also)) = wanted {
                engine.moment(*position, *since, *seen, *also);
            }
        });
    }
    use_playing(&show, &speech);
    {
        let title = show.program.as_ref().map(|program| program.title.clone());
        use_effect_with((title, guide.is_some() || reviewing), |(title, alone)| {
            let title = title.as_ref().filter(|title| !title.is_empty() && !alone);
            if let Some(title) = title {
                browser::set_title(&format!("{title} · Exchequer"));
            }
        });
    }
    // Once there is a picture, the rest of the app comes too.
    use_effect_with(show.moment.is_some(), |drawn| {
        if *drawn {
            expect(&TOOLS);
            expect(&VIEWS);
        }
    });
    // The still first picture goes when there is another, or news worth reading.
    {
        let stopped = matches!(show.health, Health::Stopped(_));
        let ready = show.moment.is_some() || stopped || guide.is_some();
        use_effect_with(ready, |ready| {
            if *ready {
                browser::end_still_picture();
            }
        });
    }

    let onstep = {
        let (dispatcher, settings) = (show.dispatcher(), settings.dispatcher());
        Callback::from(move |step: Step| {
            if let Step::Pace(pace) = step {
                settings.dispatch(Set::Pace(pace));
            }
            dispatcher.dispatch(Event::Step(step));
        })
    };
    let ontry = {
        let (history, fork, dispatcher) = (history.clone(), fork.clone(), show.dispatcher());
        let (position, passing) = (show.playback.position, passing.clone());
        Callback::from(move |attempt: Try| {
            passing.replace(true);
            let story = history.text().clone();
            let text = tries::text_of(&story, &attempt);
            fork.set(Some(Fork {
                name: attempt.text.into(),
                story,
                position,
            }));
            dispatcher.dispatch(Event::Trying);
            change(&history, &text);
        })
    };
    // What is clicked is written after the line being shown.
    let written = use_state_eq(|| None::<Written>);
    let onact = {
        let (history, dispatcher, written) = (history.clone(), show.dispatcher(), written.clone());
        let shown = show.program.as_ref().zip(show.moment.as_ref());
        let line = shown.map_or(u32::MAX, |(program, moment)| {
            tries::shown_line(program, moment)
        });
        let before = show.program.clone();
        Callback::from(move |act: String| {
            let text = tries::with_act(history.text(), line, &act);
            if act.contains('\n') {
                // A block says nothing that happens.
                return change(&history, &text);
            }
            let line = line.min(u32::try_from(history.text().lines().count()).unwrap_or(line)) + 1;
            written.set(before.clone().map(|before| Written {
                line,
                before,
                text: text.as_str().into(),
            }));
            dispatcher.dispatch(Event::Acted);
            change(&history, &text);
        })
    };
    let onedit = {
        let history = history.clone();
        Callback::from(move |(text, typed): (String, bool)| {
            let origin = if typed {
                Origin::Typed(js_sys::Date::now() as i64)
            } else {
                Origin::Clicked
            };
            history.dispatch(Action::Change {
                text: text.into(),
                selection: 0..0,
                origin,
            });
        })
    };
    // What is slid is written in its own line; undo takes it back.
    let onslide = {
        let history = history.clone();
        Callback::from(move |(line, written): Rewrite| {
            change(&history, &tries::with_line(history.text(), line, &written));
        })
    };
    let onreturn = {
        let (history, fork, dispatcher) = (history.clone(), fork.clone(), show.dispatcher());
        let passing = passing.clone();
        Callback::from(move |()| {
            passing.replace(true);
            if let Some(left) = (*fork).clone() {
                change(&history, &left.story);
                dispatcher.dispatch(Event::Step(Step::Seek(left.position)));
            }
            fork.set(None);
        })
    };
    let onscript = {
        let (script_open, page) = (script_open.clone(), page.clone());
        Callback::from(move |()| {
            script_open.set(!*script_open);
            page.set(Page::Script);
        })
    };
    // Another text altogether: a document of its own, and nothing of this one.
    let onopened = {
        let (work, history, dispatcher) = (work.clone(), history.clone(), show.dispatcher());
        let (how, fork, link) = (how.clone(), fork.clone(), link.clone());
        let (beside, seen, selected) = (beside.setter(), seen.setter(), selected.setter());
        Callback::from(move |text: Rc<str>| {
            work.leave();
            *how.borrow_mut() = Some(How::Replaced);
            fork.set(None);
            link.set(Link::None);
            beside.set(None);
            seen.set(Seen::default());
            selected.set(None);
            begin(&history, dispatcher.clone()).emit(text);
        })
    };
    let onfile = {
        let (onopened, trouble) = (onopened.clone(), misread.clone());
        Callback::from(move |file: Result<Opened, FileError>| match file {
            Ok(file) => {
                trouble.set(None);
                onopened.emit(file.text.into());
            }
            Err(error) => trouble.set(Some(error)),
        })
    };
    let presenting = *open == Open::Present;
    let alone = presenting || guide.is_some() || reviewing;
    use_keys(settings.shortcuts && !alone, &history, &onstep, &open);
    use_lessons(&link, history.text(), &show, &onopened);

    let onopen = |what: Open| {
        let open = open.clone();
        Callback::from(move |()| open.set(what))
    };
    let onrestart = {
        let (engine, dispatcher) = (engine.clone(), show.dispatcher());
        Callback::from(move |_: MouseEvent| {
            dispatcher.dispatch(Event::Restarted);
            engine.restart();
        })
    };
    let onresume = {
        let engine = engine.clone();
        Callback::from(move |_: MouseEvent| engine.resume())
    };
    let ondownload = {
        let history = history.clone();
        let name = file_name(show.program.as_ref().map_or("", |program| &program.title));
        Callback::from(move |()| browser::download(&name, history.text()))
    };
    // Another run beside this one: by other rules, or of another text.
    let hold_beside = {
        let (beside, picture, page) = (beside.setter(), picture.setter(), page.setter());
        let selected = selected.setter();
        Callback::from(move |other: Beside| {
            beside.set(Some(other));
            // Two boards want the room that somebody's details take.
            selected.set(None);
            picture.set(Picture::Compare);
            page.set(Page::Picture);
        })
    };
    let oncompare = hold_beside.reform(|preset: AttrValue| Beside::rules(&preset));
    let onbeside =
        hold_beside.reform(|(name, text): (AttrValue, Rc<str>)| Beside::text(name, &text));
    let ondocument = {
        let (work, history) = (work.clone(), history.clone());
        let dispatcher = show.dispatcher();
        Callback::from(move |id| work.resume(id, begin(&history, dispatcher.clone())))
    };
    // A text is kept as a document of its own, beside the one at hand.
    let forked = use_state_eq(|| None::<Document>);
    let onfork = {
        let (work, forked) = (work.clone(), forked.setter());
        Callback::from(move |text: Rc<str>| {
            let forked = forked.clone();
            work.fork(&text, Callback::from(move |it| forked.set(Some(it))));
        })
    };
    let narrow = room == Room::Narrow;
    let script = (*script_open || (narrow && *page == Page::Script)).then(|| {
        let beat = show.moment.as_ref().and_then(|moment| moment.beat);
        let program = show.program.as_ref();
        let line = beat
            .and_then(|beat| program?.beats.get(beat as usize))
            .map(|beat| beat.line);
        let onclose = (!narrow).then(|| onscript.clone());
        let script = props!(ScriptProps {
            history: history.clone(),
            engine: (*engine).clone(),
            played: show.played.clone(),
            findings: show.findings.clone(),
            waits_for: program.and_then(|program| program.waits_for),
            playing: line,
            onclose,
        });
        later(&TOOLS, move |tools| (tools.script)(script.clone()))
    });
    // What is opened over the page.
    let over_the_page = match (*open, &show.program) {
        (Open::Nothing, _) | (Open::Share, None) => None,
        (Open::Share, Some(program)) => {
            let speech = (*speech).clone();
            let share = props!(ShareDialogProps {
                open: true,
                onclose: onopen(Open::Nothing),
                address: page_address(),
                text: history.text().clone(),
                engine: program.engine.clone(),
                trail: Some((*engine).clone()),
                digest: (show.played == *history.text())
                    .then(|| AttrValue::from(program.digest.clone())),
                step: step_shown(&show),
                onroom: onopen(Open::Code),
                ondownload: ondownload.clone(),
                exports: show.moment.as_ref().map(|moment| exports(
                    (&speech, &engine, program, moment),
                    (*seen, show.played == *history.text()),
                    (&ondownload, onopen(Open::Nothing)),
                )),
            });
            Some(later(&TOOLS, move |tools| (tools.share)(&speech, &share)))
        }
        (Open::Work, _) => {
            let onnew = {
                let (onopened, close) = (onopened.clone(), onopen(Open::Nothing));
                Callback::from(move |()| {
                    onopened.emit(OPENING.into());
                    close.emit(());
                })
            };
            let close = onopen(Open::Nothing);
            let onbeside = {
                let (onbeside, close) = (onbeside.clone(), close.clone());
                Callback::from(move |it| {
                    close.emit(());
                    onbeside.emit(it);
                })
            };
            let onfork = {
                let (onfork, text) = (onfork.clone(), history.text().clone());
                Callback::from(move |()| {
                    close.emit(());
                    onfork.emit(text.clone());
                })
            };
            let onversion = {
                let history = history.clone();
                Callback::from(move |text: Rc<str>| change(&history, &text))
            };
            let (removing, discarding) = (work.clone(), work.clone());
            let shelf = props!(WorkDialogProps {
                open: true,
                onclose: onopen(Open::Nothing),
                state: (*work).clone(),
                onnew,
                ondocument: ondocument.clone(),
                onremove: move |id| removing.remove(id),
                onversion,
                onbeside,
                onfork,
                onsalvage: |text: String| browser::download("salvaged.txt", &text),
                ondiscard: move |()| discarding.discard_damaged(),
            });
            Some(later(&TOOLS, move |tools| (tools.work)(shelf.clone())))
        }
        (what, _) => {
            let speech = (*speech).clone();
            let onlesson = {
                let open_it = lesson_opener(&onopened, show.dispatcher());
                let close = onopen(Open::Nothing);
                Callback::from(move |lesson| {
                    open_it.emit(lesson);
                    close.emit(());
                })
            };
            let dialogs = props!(DialogsProps {
                open: what,
                moment: show.moment.clone(),
                program: show.program.clone(),
                engine: (*engine).clone(),
                onlesson,
                text: history.text().clone(),
                step: step_shown(&show),
                oncompare: {
                    let (close, oncompare) = (onopen(Open::Nothing), oncompare.clone());
                    Callback::from(move |preset| {
                        close.emit(());
                        oncompare.emit(preset);
                    })
                },
                onclose: onopen(Open::Nothing),
            });
            Some(later(&TOOLS, move |tools| {
                (tools.dialogs)(&speech, &dialogs)
            }))
        }
    };
    let contracts = !exchequer::studio::blocks(history.text()).is_empty();
    // A word in the bar while all is well; a notice of its own when it is not.
    let saved = save_status(
        &speech,
        &props!(SaveStatusProps {
            state: (*work).clone(),
            ondownload: ondownload.clone()
        }),
    );
    let unsaved = matches!(work.status, Status::Unsaved(_));
    let seen_by = |program: &Rc<Program>, moment: &Rc<Moment>| {
        seen_as(
            &speech,
            &props!(SeenAsProps {
                seen: *seen,
                program: program.clone(),
                moment: moment.clone(),
                selected: *selected,
                onchange: {
                    let (seen, dispatcher) = (seen.setter(), show.dispatcher());
                    Callback::from(move |chosen| {
                        dispatcher.dispatch(Event::Settled);
                        seen.set(chosen);
                    })
                },
            }),
        )
    };
    let leave = onopen(Open::Nothing);
    let before = (&*show, *seen, &*engine, history.text(), settings.shortcuts);
    let guide = guide.map(|place| guided(place, &onopened));
    let review = reviewing.then(|| reviewed(&show, &engine, history.text()));
    let present = || presenting.then(|| presented(before, &onstep, leave));
    if let Some(alone) = guide.or(review.flatten()).or_else(|| present().flatten()) {
        return html! { <ContextProvider<Speech> context={(*speech).clone()}>{ alone }</ContextProvider<Speech>> };
    }
    html! {
        <ContextProvider<Speech> context={(*speech).clone()}>
            <DropFile onfile={onfile.clone()}>
                <div class={classes!("app", narrow.then_some("app-narrow"))}>
                    { top_bar(&speech, &props!(TopBarProps {
                        program: show.program.clone(),
                        settings: settings.clone(),
                        narrow,
                        comparing: beside.is_some(),
                        onaccounted: onopen(Open::Accounted),
                        onshortcuts: onopen(Open::Shortcuts),
                        onabout: onopen(Open::About),
                        onshare: onopen(Open::Share),
                        onpresent: onopen(Open::Present),
                        onwork: onopen(Open::Work),
                        onlessons: onopen(Open::Lessons),
                        onrules: onopen(Open::Rules),
                        onlab: onopen(Open::Lab),
                        onroom: onopen(Open::Room),
                        ondownload: ondownload.clone(),
                        onfile: onfile.clone(),
                        onpicture: {
                            let (picture, page) = (picture.clone(), page.clone());
                            Callback::from(move |chosen| { picture.set(chosen); page.set(Page::Picture); })
                        },
                        children: if unsaved { Html::default() } else { saved.clone() },
                    })) }
                    if !narrow {
                        <nav class="views" aria-label={speech.say("views")}>
                            { view_tabs(&speech, &props!(ViewTabsProps { selected: *picture, comparing: beside.is_some(), contracts, onselect: {
                                let (picture, dispatcher) = (picture.setter(), show.dispatcher());
                                Callback::from(move |chosen| {
                                    dispatcher.dispatch(Event::Settled);
                                    picture.set(chosen);
                                })
                            } })) }
                            if let (Some(moment), Some(program)) = (&show.moment, &show.program) {
                                { seen_by(program, moment) }
                                { pill(&speech, &props!(PillProps {
                                    moment: moment.clone(),
                                    onopen: onopen(Open::Accounted),
                                })) }
                            }
                        </nav>
                    }
                    if let (true, Some(moment), Some(program)) = (narrow && *page == Page::Picture, &show.moment, &show.program) {
                        <div class="narrow-seen">{ seen_by(program, moment) }</div>
                    }
                    <div class="news">
                        { health_notice(&speech, &props!(HealthProps {
                            health: show.health.clone(),
                            ready: show.program.is_some(),
                            onrestart,
                            onresume,
                            ondownload: ondownload.reform(|_: MouseEvent| ()),
                        })) }
                        { for unsaved.then_some(saved) }
                        { for language_missing.map(|onretry| part_trouble(&speech, onretry)) }
                        { for updated.then(|| update_news(&speech, edited)) }
                        { link_news(&speech, &link, &show, &engine, &parting, &onopened, &onopen(Open::Lessons)) }
                        { written_news(&speech, &written, &show, &history, &onfork) }
                        { forked_news(&speech, &forked, &onbeside, &ondocument) }
                        if let Some(error) = &*misread {
                            { file_trouble(&speech, &props!(FileTroubleProps { error: error.clone(), onclose: {
                                let trouble = misread.setter();
                                Callback::from(move |()| trouble.set(None))
                            } })) }
                        }
                    </div>
                    if let (Some(program), Some(moment)) = (&show.program, &show.moment) {
                        <Stage
                            program={program.clone()}
                            playback={show.playback.clone()}
                            moment={moment.clone()}
                            motion={show.motion}
                            picture={*picture}
                            seen={*seen}
                            comparison={comparison.clone()}
                            beside={beside.as_ref().and_then(|it| it.name.clone())}
                            oncompare={oncompare.clone()}
                            engine={Some((*engine).clone())}
                            {room}
                            page={*page}
                            selected={*selected}
                            {script}
                            fork={fork.as_ref().map(|fork| fork.name.clone())}
                            {onstep}
                            onselect={setting(&selected)}
                            {ontry}
                            {onslide}
                            {onreturn}
                            {onscript}
                            {onact}
                            text={history.text().clone()}
                            played={show.played.clone()}
                            begin={match &*link {
                                Link::Studio(entry) => entry.clone(),
                                _ => None,
                            }}
                            {onedit}
                            onopened={onopened.clone()}
                            onstarted={
                                let (onopened, dispatcher) = (onopened.clone(), show.dispatcher());
                                Callback::from(move |text: Rc<str>| {
                                    onopened.emit(text);
                                    dispatcher.dispatch(Event::Ending);
                                })
                            }
                        />
                    }
                    if narrow {
                        { page_tabs(&speech, &props!(PageTabsProps { selected: *page, onselect: {
                            let (page, dispatcher) = (page.setter(), show.dispatcher());
                            Callback::from(move |chosen| {
                                dispatcher.dispatch(Event::Settled);
                                page.set(chosen);
                            })
                        } })) }
                    }
                    // A list of one length: else what stands before would be drawn anew.
                    { over_the_page.unwrap_or_default() }
                </div>
            </DropFile>
        </ContextProvider<Speech>>
    }
}

/// Who of a crowd is told of on their own: who is selected and has no card.
fn told_of(show: &Show, selected: Option<PartyNo>) -> Option<PartyNo> {
    let shown = show.moment.as_ref();
    let folded = |no: &PartyNo| {
        let party = shown.and_then(|moment| moment.party(*no));
        party.is_none_or(|party| party.crowd.is_some())
    };
    selected.filter(folded)
}

/// A callback that sets a state.
fn setting<T: PartialEq + 'static>(state: &UseStateHandle<T>) -> Callback<T> {
    let setter = state.setter();
    Callback::from(move |value| setter.set(value))
}

/// Makes a text the text, as one step of the history.
fn change(history: &UseReducerHandle<History>, text: &str) {
    history.dispatch(Action::Change {
        text: text.into(),
        selection: 0..0,
        origin: Origin::Clicked,
    });
}

/// Begins with another text.
fn begin(
    history: &UseReducerHandle<History>,
    show: UseReducerDispatcher<Show>,
) -> Callback<Rc<str>> {
    let history = history.dispatcher();
    Callback::from(move |text: Rc<str>| {
        show.dispatch(Event::Opened);
        history.dispatch(Action::Begin(text));
    })
}

/// While it plays, the next beat comes when this one has been seen.
#[hook]
fn use_playing(show: &UseReducerHandle<Show>, speech: &Speech) {
    let dispatcher = show.dispatcher();
    let program = show.program.clone();
    let speech = speech.clone();
    // When the last beat was asked for: what fetching and drawing it took is
    // part of the time that it stands, if that goes by the clock.
    let asked = use_mut_ref(js_sys::Date::now);
    use_effect_with(
        (show.playback.clone(), show.moment.clone()),
        move |(playback, moment)| {
            let wait = program.zip(moment.clone()).and_then(|(program, moment)| {
                (playback.playing && moment.position == playback.position)
                    .then(|| hold(playback, &program, &moment, &speech))?
            });
            let taken = match playback.pace {
                Pace::Clock(_) => (js_sys::Date::now() - *asked.borrow()).max(0.0) as u32,
                Pace::Story | Pace::Max => 0,
            };
            let timer = wait.map(|wait| {
                Timeout::new(wait.saturating_sub(taken), move || {
                    asked.replace(js_sys::Date::now());
                    dispatcher.dispatch(Event::Step(Step::Tick));
                })
            });
            move || drop(timer)
        },
    );
}

/// How long a moment stands before the next beat.
fn hold(playback: &Playback, program: &Program, moment: &Moment, words: &Words) -> Option<u32> {
    let next = playback.next_beat(program)?;
    let beat = moment
        .beat
        .and_then(|beat| program.beats.get(beat as usize));
    let caption = moment.caption.as_ref().map_or(0, |caption| {
        let characters = words.caption(caption).chars().count();
        u32::try_from(characters).unwrap_or(200) * words.language().reading_pace()
    });
    Some(
        playback
            .pace
            .hold(beat, next, caption, motion::total(&moment.flows)),
    )
}

/// Whether a new version of the app waits to be used.
#[hook]
fn use_new_version() -> bool {
    let found = use_state_eq(|| false);
    let setter = found.setter();
    use_effect_with((), move |()| update::watch(move || setter.set(true)));
    *found
}

/// How much room there is, kept up with the window.
#[hook]
fn use_room() -> Room {
    fn now() -> Room {
        if browser::matches("(max-width: 767px)") {
            Room::Narrow
        } else if browser::matches("(min-width: 1600px)") {
            Room::Wide
        } else {
            Room::Usual
        }
    }
    let room = use_state_eq(now);
    {
        let room = room.setter();
        use_effect_with((), move |()| {
            let watch = browser::on_resize(move || room.set(now()));
            move || drop(watch)
        });
    }
    *room
}
