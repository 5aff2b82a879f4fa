//! The app: one text with its past, the engine that plays it, and the screen
//! that shows a moment of it.

use std::rc::Rc;

use exchequer::views::{Moment, PartyNo, Program, Try};
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::browser::{self, Key};
use crate::engine::{Engine, Finding, News};
use crate::figures::Figures;
use crate::history::{Action, History, Origin};
use crate::settings::{Set, Settings, Theme};
use crate::stage::accounted::{Invariants, Pill};
use crate::stage::board::motion;
use crate::stage::{Page, Picture, Room, Stage};
use crate::state::{Motion, Playback, Step};
use crate::tries;
use crate::ui::{
    Button, ButtonKind, Chip, Choice, Dialog, Menu, MenuItem, Notice, Select, Switch, Tab, Tabs,
    Tone,
};
use crate::words::{Language, Speech, Words, use_words};

/// The scenario a first visitor meets.
pub const OPENING: &str = include_str!("../static/scenarios/birth-of-a-yuan.exq");

/// What the engine made of the text, and where it is shown.
#[derive(Clone, PartialEq)]
struct Show {
    revision: u32,
    program: Option<Rc<Program>>,
    findings: Rc<[Finding]>,
    playback: Playback,
    moment: Option<Rc<Moment>>,
    motion: Motion,
    /// Play was pressed before there was anything to play.
    eager: bool,
    /// A try was begun: play once its text is there.
    trying: bool,
    health: Health,
}

/// How the engine is.
#[derive(Clone, PartialEq)]
enum Health {
    Well,
    Busy,
    Stopped(Option<String>),
}

enum Event {
    Step(Step),
    News(News),
    Sent(u32),
    Eager,
    Trying,
    Restarted,
}

impl Reducible for Show {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match event {
            Event::Step(step) => match &next.program {
                Some(program) => next.playback = next.playback.after(&step, program),
                None if matches!(step, Step::Play | Step::Toggle) => next.eager = true,
                None => {}
            },
            Event::Eager => next.eager = true,
            Event::Trying => next.trying = true,
            Event::Restarted => next.health = Health::Well,
            Event::Sent(revision) => next.revision = revision,
            Event::News(News::Busy(busy)) => {
                next.health = if busy { Health::Busy } else { Health::Well };
            }
            Event::News(News::Stopped(last)) => {
                next.health = Health::Stopped(last);
                next.playback.playing = false;
            }
            Event::News(News::Loaded { revision, program, findings }) => {
                if revision != next.revision {
                    return self;
                }
                next.findings = findings;
                next.playback = next.playback.over(&program);
                let before = next.program.replace(program.clone());
                if std::mem::take(&mut next.trying) && before.is_some() {
                    next.playback = next.playback.after(&Step::Play, &program);
                }
                if std::mem::take(&mut next.eager) {
                    next.playback = next.playback.after(&Step::Play, &program);
                }
            }
            Event::News(News::Arrived { revision, moment }) => {
                if revision != next.revision {
                    return self;
                }
                let current = moment.position == next.playback.position;
                next.motion = if current { next.playback.motion } else { Motion::Still };
                next.moment = Some(moment);
            }
        }
        Rc::new(next)
    }
}

/// A story left for a try.
#[derive(Clone, PartialEq)]
struct Fork {
    name: AttrValue,
    story: Rc<str>,
    position: u32,
}

/// A dialog over the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Accounted,
    Shortcuts,
    About,
}

/// The app.
#[component]
pub fn App() -> Html {
    let settings = use_reducer_eq(Settings::recalled);
    let history = use_reducer(|| History::new(OPENING));
    let show = use_reducer_eq({
        let pace = settings.pace;
        move || Show {
            revision: 0,
            program: None,
            findings: Rc::new([]),
            playback: Playback::at_pace(pace),
            moment: None,
            motion: Motion::Still,
            eager: browser::take_root_mark("data-play"),
            trying: false,
            health: Health::Well,
        }
    });
    let engine = use_memo((), {
        let dispatcher = show.dispatcher();
        move |()| Engine::start(Callback::from(move |news| dispatcher.dispatch(Event::News(news))))
    });
    let fork = use_state_eq(|| None::<Fork>);
    let script_open = use_state_eq(|| false);
    let picture = use_state_eq(Picture::default);
    let page = use_state_eq(Page::default);
    let selected = use_state_eq(|| None::<PartyNo>);
    let open = use_state_eq(|| Open::Nothing);
    let room = use_room();

    let decimals = show.program.as_ref().map_or(2, |program| program.preset.decimals);
    let speech = use_memo((settings.language, decimals), |(_, decimals)| {
        let (language, locale) = settings.speech(&browser::languages());
        browser::mark_root("lang", Some(language.tag()));
        Speech::new(Words::new(language, Figures::of_browser(&locale, *decimals)))
    });
    use_effect_with(*settings, |settings| settings.apply());

    // A text that changed is played.
    {
        let (engine, dispatcher) = (engine.clone(), show.dispatcher());
        let text = history.text().clone();
        use_effect_with(history.revision(), move |revision| {
            let revision = *revision as u32;
            dispatcher.dispatch(Event::Sent(revision));
            engine.load(revision, text);
        });
    }
    // A position that changed is shown.
    {
        let engine = engine.clone();
        let wanted = show.program.clone().map(|program| (program, show.playback.position));
        use_effect_with(wanted, move |wanted| {
            if let Some((_, position)) = wanted {
                engine.moment(*position);
            }
        });
    }
    // While it plays, the next beat comes when this one has been seen.
    {
        let dispatcher = show.dispatcher();
        let (playback, program, moment) =
            (show.playback.clone(), show.program.clone(), show.moment.clone());
        let speech = speech.clone();
        use_effect_with((playback, moment), move |(playback, moment)| {
            let wait = program.zip(moment.clone()).and_then(|(program, moment)| {
                (playback.playing && moment.position == playback.position)
                    .then(|| hold(playback, &program, &moment, &speech))?
            });
            let timer = wait.map(|wait| {
                Timeout::new(wait, move || dispatcher.dispatch(Event::Step(Step::Tick)))
            });
            move || drop(timer)
        });
    }
    {
        let title = show.program.as_ref().map(|program| program.title.clone());
        use_effect_with(title, |title| {
            if let Some(title) = title {
                browser::set_title(&format!("{title} · Exchequer"));
            }
        });
    }

    // The still first picture goes when there is another, or news worth reading.
    {
        let ready = show.moment.is_some() || matches!(show.health, Health::Stopped(_));
        use_effect_with(ready, |ready| {
            if *ready {
                browser::mark_root("data-ready", Some(""));
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
        let position = show.playback.position;
        Callback::from(move |attempt: Try| {
            let story = history.text().clone();
            let text = tries::text_of(&story, &attempt);
            fork.set(Some(Fork { name: attempt.text.into(), story, position }));
            dispatcher.dispatch(Event::Trying);
            change(&history, &text);
        })
    };
    let onreturn = {
        let (history, fork, dispatcher) = (history.clone(), fork.clone(), show.dispatcher());
        Callback::from(move |()| {
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
    use_keys(&settings, &history, &onstep, &open);

    let onopen = |what: Open| {
        let open = open.clone();
        Callback::from(move |()| open.set(what))
    };
    let restart = {
        let (engine, dispatcher) = (engine.clone(), show.dispatcher());
        Callback::from(move |_: MouseEvent| {
            dispatcher.dispatch(Event::Restarted);
            engine.restart();
        })
    };
    let download = {
        let history = history.clone();
        Callback::from(move |()| browser::download("scenario.exq", history.text()))
    };
    html! {
        <ContextProvider<Speech> context={(*speech).clone()}>
            <ContextProvider<Settings> context={*settings}>
                <div class={classes!("app", (room == Room::Narrow).then_some("app-narrow"))}>
                    <TopBar
                        program={show.program.clone()}
                        settings={settings.clone()}
                        onaccounted={onopen(Open::Accounted)}
                        onshortcuts={onopen(Open::Shortcuts)}
                        onabout={onopen(Open::About)}
                        ondownload={download.clone()}
                        narrow={room == Room::Narrow}
                        onpicture={{
                            let (picture, page) = (picture.clone(), page.clone());
                            Callback::from(move |chosen| { picture.set(chosen); page.set(Page::Picture); })
                        }}
                    />
                    if room != Room::Narrow {
                        <nav class="views">
                            <ViewTabs selected={*picture} onselect={{ let picture = picture.setter(); Callback::from(move |chosen| picture.set(chosen)) }} />
                            if let Some(moment) = &show.moment {
                                <Pill moment={moment.clone()} onopen={onopen(Open::Accounted)} />
                            }
                        </nav>
                    }
                    <HealthNotice health={show.health.clone()} ready={show.program.is_some()} onrestart={restart} ondownload={download.reform(|_: MouseEvent| ())} />
                    if let (Some(program), Some(moment)) = (&show.program, &show.moment) {
                        <Stage
                            program={program.clone()}
                            playback={show.playback.clone()}
                            moment={moment.clone()}
                            motion={show.motion}
                            picture={*picture}
                            {room}
                            page={*page}
                            selected={*selected}
                            fork={fork.as_ref().map(|fork| fork.name.clone())}
                            onstep={onstep.clone()}
                            onselect={{ let selected = selected.setter(); Callback::from(move |who| selected.set(who)) }}
                            {ontry}
                            {onreturn}
                            {onscript}
                        />
                    }
                    if room == Room::Narrow {
                        <PageTabs selected={*page} onselect={{ let page = page.setter(); Callback::from(move |chosen| page.set(chosen)) }} />
                    }
                    <Dialogs open={*open} moment={show.moment.clone()} program={show.program.clone()} settings={settings.clone()} onclose={onopen(Open::Nothing)} />
                </div>
            </ContextProvider<Settings>>
        </ContextProvider<Speech>>
    }
}

/// Makes a text the text, as one step of the history.
fn change(history: &UseReducerHandle<History>, text: &str) {
    history.dispatch(Action::Change {
        text: text.into(),
        selection: 0..0,
        origin: Origin::Clicked,
    });
}

/// How long a moment stands before the next beat.
fn hold(playback: &Playback, program: &Program, moment: &Moment, words: &Words) -> Option<u32> {
    let next = playback.next_beat(program)?;
    let beat = moment.beat.and_then(|beat| program.beats.get(beat as usize));
    let caption = moment.caption.as_ref().map_or(0, |caption| {
        let characters = words.caption(caption).chars().count();
        u32::try_from(characters).unwrap_or(200) * words.language().reading_pace()
    });
    Some(playback.pace.hold(beat, next, caption, motion::total(&moment.flows)))
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

/// The keys people bring: space plays, arrows step, Control+Z takes back.
#[hook]
fn use_keys(
    settings: &UseReducerHandle<Settings>,
    history: &UseReducerHandle<History>,
    onstep: &Callback<Step>,
    open: &UseStateHandle<Open>,
) {
    let (history, onstep, open) = (history.dispatcher(), onstep.clone(), open.setter());
    let single = settings.shortcuts;
    use_effect_with(single, move |single| {
        let single = *single;
        let keys = browser::on_key(move |key| match command_of(&key, single) {
            None => false,
            Some(command) => {
                match command {
                    Command::Step(step) => onstep.emit(step),
                    Command::Undo => history.dispatch(Action::Undo),
                    Command::Redo => history.dispatch(Action::Redo),
                    Command::Help => open.set(Open::Shortcuts),
                }
                true
            }
        });
        move || drop(keys)
    });
}

/// What a key does.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Command {
    Step(Step),
    Undo,
    Redo,
    Help,
}

/// The shortcuts as they are listed: keys, and the key of what they do.
const SHORTCUTS: [(&str, &str); 9] = [
    ("Space", "shortcut-play"),
    ("← →", "shortcut-beats"),
    ("PageUp PageDown", "shortcut-steps"),
    ("Home", "shortcut-start"),
    ("End", "shortcut-end"),
    ("Ctrl+Z", "shortcut-undo"),
    ("Ctrl+Shift+Z", "shortcut-redo"),
    ("?", "shortcut-help"),
    ("Esc", "shortcut-close"),
];

fn command_of(key: &Key, single: bool) -> Option<Command> {
    if key.wanted {
        return None;
    }
    if key.control {
        return match (key.name.to_ascii_lowercase().as_str(), key.shift) {
            ("z", false) => Some(Command::Undo),
            ("z", true) | ("y", false) => Some(Command::Redo),
            _ => None,
        };
    }
    if !single {
        return None;
    }
    let step = match key.name.as_str() {
        " " => Step::Toggle,
        "ArrowRight" => Step::Next,
        "ArrowLeft" => Step::Back,
        "PageDown" => Step::NextStep,
        "PageUp" => Step::BackStep,
        "Home" => Step::Start,
        "End" => Step::End,
        "?" => return Some(Command::Help),
        _ => return None,
    };
    Some(Command::Step(step))
}

/// Properties of [`TopBar`].
#[derive(Clone, PartialEq, Properties)]
struct TopBarProps {
    program: Option<Rc<Program>>,
    settings: UseReducerHandle<Settings>,
    narrow: bool,
    onaccounted: Callback<()>,
    onshortcuts: Callback<()>,
    onabout: Callback<()>,
    ondownload: Callback<()>,
    onpicture: Callback<Picture>,
}

/// Title, rules in use, the label that no money is real, and the menu.
#[component]
fn TopBar(props: &TopBarProps) -> Html {
    let words = use_words();
    let menu = "menu";
    html! {
        <header class="top">
            <h1>{ props.program.as_ref().map_or_else(String::new, |program| program.title.clone()) }</h1>
            if let Some(program) = &props.program {
                <Chip title={AttrValue::from(program.preset.id.clone())}>{ preset_name(program, &words) }</Chip>
            }
            <span class="top-space" />
            <span class="toy">{ words.say(if props.narrow { "simulation-short" } else { "simulation" }) }</span>
            <Menu id={menu} label={words.say("menu")}>
                if props.narrow {
                    <MenuItem {menu} label={words.say("view-sequence")} onclick={props.onpicture.reform(|()| Picture::Sequence)} />
                    <MenuItem {menu} label={words.say("view-books")} onclick={props.onpicture.reform(|()| Picture::Books)} />
                    <MenuItem {menu} label={words.say("accounted-short")} onclick={props.onaccounted.clone()} />
                    <hr />
                }
                <SettingsForm settings={props.settings.clone()} />
                <hr />
                <MenuItem {menu} label={words.say("download")} onclick={props.ondownload.clone()} />
                <MenuItem {menu} label={words.say("shortcuts")} aside="?" onclick={props.onshortcuts.clone()} />
                <MenuItem {menu} label={words.say("about-run")} onclick={props.onabout.clone()} />
            </Menu>
        </header>
    }
}

/// `2025 rules, ended 31 Dec 2025`.
fn preset_name(program: &Program, words: &Speech) -> String {
    let preset = &program.preset;
    let name = preset.id.split('@').next().unwrap_or(&preset.id);
    let name = words
        .try_tell(&format!("preset-{name}"), &[])
        .unwrap_or_else(|| preset.id.clone());
    match &preset.ended {
        Some(day) => words.tell(
            "preset-ended",
            &[("name", (&name).into()), ("day", (&words.figures().day(day)).into())],
        ),
        None => name,
    }
}

/// Properties of [`SettingsForm`].
#[derive(Clone, PartialEq, Properties)]
struct SettingsProps {
    settings: UseReducerHandle<Settings>,
}

/// Theme, language and shortcuts.
#[component]
fn SettingsForm(props: &SettingsProps) -> Html {
    let words = use_words();
    let settings = props.settings.clone();
    let ontheme = settings.dispatcher();
    let onlanguage = settings.dispatcher();
    let onshortcuts = settings.dispatcher();
    let languages = [Choice { value: "".into(), label: words.say("language-browser").into() }]
        .into_iter()
        .chain(Language::ALL.iter().map(|language| Choice {
            value: language.tag().into(),
            label: language.name().into(),
        }))
        .collect::<Vec<_>>();
    html! {
        <div class="settings">
            <Select id="theme" label={words.say("theme")} value={settings.theme.name()}
                choices={Theme::ALL.iter().map(|theme| Choice {
                    value: theme.name().into(),
                    label: words.say(&format!("theme-{}", theme.name())).into(),
                }).collect::<Vec<_>>()}
                onchange={move |name: AttrValue| ontheme.dispatch(Set::Theme(Theme::named(&name).unwrap_or_default()))} />
            <Select id="language" label={words.say("language")} value={settings.language.map_or("", Language::tag)}
                choices={languages}
                onchange={move |tag: AttrValue| onlanguage.dispatch(Set::Language(Language::of(&tag)))} />
            <Switch label={words.say("single-keys")} on={settings.shortcuts}
                onchange={move |on| onshortcuts.dispatch(Set::Shortcuts(on))} />
        </div>
    }
}

/// Properties of [`ViewTabs`].
#[derive(Clone, PartialEq, Properties)]
struct ViewTabsProps {
    selected: Picture,
    onselect: Callback<Picture>,
}

/// The pictures as tabs.
#[component]
fn ViewTabs(props: &ViewTabsProps) -> Html {
    let words = use_words();
    let tabs: Vec<Tab> = Picture::ALL
        .iter()
        .map(|picture| Tab {
            id: picture.name(),
            label: words.say(&format!("view-{}", picture.name())).into(),
        })
        .collect();
    let onselect = props.onselect.clone();
    html! {
        <Tabs label={words.say("views")} name="view" {tabs} selected={props.selected.name()} panel="picture"
            onselect={move |name: &'static str| onselect.emit(Picture::named(name).unwrap_or_default())} />
    }
}

/// Properties of [`PageTabs`].
#[derive(Clone, PartialEq, Properties)]
struct PageTabsProps {
    selected: Page,
    onselect: Callback<Page>,
}

/// The pages of a phone, at its lower edge.
#[component]
fn PageTabs(props: &PageTabsProps) -> Html {
    let words = use_words();
    html! {
        <nav class="pages" aria-label={words.say("pages")}>
            { for Page::ALL.iter().map(|page| {
                let (onselect, page) = (props.onselect.clone(), *page);
                let here = page == props.selected;
                html! {
                    <button key={page.name()} type="button" class="page" aria-current={here.then_some("page")}
                        onclick={move |_: MouseEvent| onselect.emit(page)}>
                        { words.say(&format!("page-{}", page.name())) }
                    </button>
                }
            }) }
        </nav>
    }
}

/// Properties of [`HealthNotice`].
#[derive(Clone, PartialEq, Properties)]
struct HealthProps {
    health: Health,
    ready: bool,
    onrestart: Callback<MouseEvent>,
    ondownload: Callback<MouseEvent>,
}

/// How the engine is, when it is worth a word.
#[component]
fn HealthNotice(props: &HealthProps) -> Html {
    let words = use_words();
    match &props.health {
        Health::Well => Html::default(),
        Health::Busy => html! {
            <p class="busy" role="status">{ words.say(if props.ready { "engine-busy" } else { "engine-loading" }) }</p>
        },
        Health::Stopped(last) => html! {
            <Notice tone={Tone::Trouble} text={words.say("engine-stopped")}>
                <Button kind={ButtonKind::Primary} onclick={props.onrestart.clone()}>{ words.say("restart") }</Button>
                <Button onclick={props.ondownload.clone()}>{ words.say("download") }</Button>
                if let Some(last) = last {
                    <details class="rule"><summary>{ words.say("engine-last-words") }</summary><code>{ last.clone() }</code></details>
                }
            </Notice>
        },
    }
}

/// Properties of [`Dialogs`].
#[derive(Clone, PartialEq, Properties)]
struct DialogsProps {
    open: Open,
    moment: Option<Rc<Moment>>,
    program: Option<Rc<Program>>,
    settings: UseReducerHandle<Settings>,
    onclose: Callback<()>,
}

/// What is opened over the page.
#[component]
fn Dialogs(props: &DialogsProps) -> Html {
    let words = use_words();
    let (title, body) = match (props.open, &props.moment, &props.program) {
        (Open::Accounted, Some(moment), _) => {
            ("accounted-title", html! { <Invariants moment={moment.clone()} /> })
        }
        (Open::Shortcuts, ..) => (
            "shortcuts",
            html! {
                <table class="shortcuts">
                    <tbody>
                        { for SHORTCUTS.iter().map(|(keys, what)| html! {
                            <tr key={*what}>
                                <th scope="row">{ for keys.split(' ').map(|key| html! { <><kbd>{ key }</kbd>{ " " }</> }) }</th>
                                <td>{ words.say(what) }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            },
        ),
        (Open::About, _, Some(program)) => (
            "about-run",
            html! {
                <dl class="about">
                    <div><dt>{ words.say("about-engine") }</dt><dd>{ program.engine.clone() }</dd></div>
                    <div><dt>{ words.say("about-preset") }</dt><dd>{ program.preset.id.clone() }</dd></div>
                    <div><dt>{ words.say("about-seed") }</dt><dd>{ program.seed }</dd></div>
                    <div><dt>{ words.say("about-length") }</dt><dd>{ words.figures().count(i64::from(program.length)) }</dd></div>
                    <div><dt>{ words.say("about-digest") }</dt><dd><code>{ program.digest.clone() }</code></dd></div>
                </dl>
            },
        ),
        _ => return Html::default(),
    };
    html! {
        <Dialog key={title} title={words.say(title)} open=true onclose={props.onclose.clone()}>{ body }</Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key { name: name.to_owned(), control: false, shift: false, wanted: false }
    }

    #[test]
    fn keys_do_what_people_expect() {
        for (name, step) in [
            (" ", Step::Toggle),
            ("ArrowRight", Step::Next),
            ("ArrowLeft", Step::Back),
            ("PageDown", Step::NextStep),
            ("PageUp", Step::BackStep),
            ("Home", Step::Start),
            ("End", Step::End),
        ] {
            assert_eq!(command_of(&key(name), true), Some(Command::Step(step)), "{name}");
        }
        assert_eq!(command_of(&key("?"), true), Some(Command::Help));
        assert_eq!(command_of(&key("a"), true), None);
    }

    #[test]
    fn undo_works_also_with_single_keys_off() {
        let held = |name: &str, shift| Key { control: true, shift, ..key(name) };
        for single in [true, false] {
            assert_eq!(command_of(&held("z", false), single), Some(Command::Undo));
            assert_eq!(command_of(&held("Z", true), single), Some(Command::Redo));
        }
        assert_eq!(command_of(&key(" "), false), None);
    }

    #[test]
    fn a_key_that_a_control_wants_is_left_to_it() {
        let wanted = Key { wanted: true, ..key("ArrowRight") };
        assert_eq!(command_of(&wanted, true), None);
    }
}
