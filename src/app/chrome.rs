//! What stands around the stage: the bars, the menu, the engine's state, the
//! dialogs.

use std::rc::Rc;

use exchequer::lessons;
use exchequer::views::{Moment, Program};
use yew::prelude::*;
use yew::props;

use super::keys::SHORTCUTS;
use super::later::TOOLS;
use super::show::Health;
use crate::browser;
use crate::class::{GalleryProps, KEYS, Opening, Progress, RoomCode, gallery};
use crate::engine::Engine;
use crate::guide;
use crate::later::{later, part_trouble};
use crate::pocket::POCKET;
use crate::settings::{Set, Settings, Theme};
use crate::share::page_address;
use crate::stage::accounted::invariants;
use crate::stage::lab::Lab;
use crate::stage::room::RoomProps;
use crate::stage::rules::Rules;
use crate::stage::{Page, Picture};
use crate::store::{OnFile, OpenFile};
use crate::ui::{
    ButtonKind, ButtonProps, Choice, Dialog, MenuItemProps, MenuProps, NoticeProps, SelectProps,
    SwitchProps, Tab, TabsProps, Tone, button, menu, menu_item, notice, select, switch, tabs,
};
use crate::words::{Glossary, Language, Speech};

/// What is open over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Nothing.
    Nothing,
    /// The invariants.
    Accounted,
    /// The list of shortcuts.
    Shortcuts,
    /// Facts about the run.
    About,
    /// The link.
    Share,
    /// Documents and versions.
    Work,
    /// The lessons that ship.
    Lessons,
    /// The values of the rules in use.
    Rules,
    /// Attacks on offline transfers.
    Lab,
    /// The room of wallets on real phones.
    Room,
    /// The code of the lesson.
    Code,
    /// Nothing over the page: the story before a room in its place.
    Present,
}

/// Properties of [`top_bar`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TopBarProps {
    pub(super) program: Option<Rc<Program>>,
    pub(super) settings: UseReducerHandle<Settings>,
    pub(super) narrow: bool,
    /// Whether other rules are held beside.
    pub(super) comparing: bool,
    pub(super) onaccounted: Callback<()>,
    pub(super) onshortcuts: Callback<()>,
    pub(super) onabout: Callback<()>,
    pub(super) onshare: Callback<()>,
    pub(super) onpresent: Callback<()>,
    pub(super) onwork: Callback<()>,
    pub(super) onlessons: Callback<()>,
    pub(super) onrules: Callback<()>,
    pub(super) onlab: Callback<()>,
    pub(super) onroom: Callback<()>,
    pub(super) ondownload: Callback<()>,
    pub(super) onfile: OnFile,
    pub(super) onpicture: Callback<Picture>,
    /// How the work is kept.
    pub(super) children: Html,
}

/// The id of the menu.
const MENU: &str = "menu";

/// Title, rules in use, the label that no money is real, and the menu.
pub(super) fn top_bar(words: &Speech, props: &TopBarProps) -> Html {
    let (speech, inside) = (words.clone(), props.clone());
    html! {
        <header class="top">
            <h1>{ props.program.as_ref().map_or_else(String::new, |program| program.title.clone()) }</h1>
            if let Some(program) = &props.program {
                <button type="button" class="chip" title={program.preset.id.clone()}
                    onclick={props.onrules.reform(|_: MouseEvent| ())}>
                    { preset_name(program, words) }
                </button>
            }
            <span class="top-space" />
            { props.children.clone() }
            <span class="toy">{ words.say(if props.narrow { "simulation-short" } else { "simulation" }) }</span>
            if !props.narrow {
                { button(&props!(ButtonProps {
                    onclick: props.onshare.reform(|_: MouseEvent| ()),
                    says: words.say("share"),
                })) }
                { button(&props!(ButtonProps {
                    onclick: props.onpresent.reform(|_: MouseEvent| ()),
                    says: words.say("present"),
                })) }
            }
            { menu(&props!(MenuProps {
                id: MENU,
                label: words.say("menu"),
                children: later(&TOOLS, move |tools| (tools.menu)(&speech, &inside)),
            })) }
        </header>
    }
}

/// What is in the menu.
pub(super) fn menu_items(words: &Speech, props: &TopBarProps) -> Html {
    html! {
        <>
        if props.narrow {
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("view-sequence"),
                onclick: props.onpicture.reform(|()| Picture::Sequence),
            })) }
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("view-books"),
                onclick: props.onpicture.reform(|()| Picture::Books),
            })) }
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("view-phones"),
                onclick: props.onpicture.reform(|()| Picture::Phones),
            })) }
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("view-charts"),
                onclick: props.onpicture.reform(|()| Picture::Charts),
            })) }
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("view-registers"),
                onclick: props.onpicture.reform(|()| Picture::Registers),
            })) }
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("rules-title"),
                onclick: props.onrules.clone(),
            })) }
            if props.comparing {
                { menu_item(&props!(MenuItemProps {
                    menu: MENU,
                    label: words.say("view-compare"),
                    onclick: props.onpicture.reform(|()| Picture::Compare),
                })) }
            }
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("share"),
                onclick: props.onshare.clone(),
            })) }
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("present"),
                onclick: props.onpresent.clone(),
            })) }
            { menu_item(&props!(MenuItemProps {
                menu: MENU,
                label: words.say("accounted-short"),
                onclick: props.onaccounted.clone(),
            })) }
            <hr />
        }
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: words.say("lessons"),
            aside: "L",
            onclick: props.onlessons.clone(),
        })) }
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: Glossary::of_guide(words).say("guide"),
            onclick: |()| {
                browser::forget_fragment();
                browser::set_fragment(guide::ROUTE);
            },
        })) }
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: words.say("studio-open"),
            onclick: props.onpicture.reform(|()| Picture::Studio),
        })) }
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: words.say("lab-title"),
            onclick: props.onlab.clone(),
        })) }
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: words.say("room-title"),
            onclick: props.onroom.clone(),
        })) }
        <hr />
        { settings_form(words, &props.settings) }
        <hr />
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: words.say("work-title"),
            onclick: props.onwork.clone(),
        })) }
        <OpenFile onfile={props.onfile.clone()} />
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: words.say("download"),
            onclick: props.ondownload.clone(),
        })) }
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: words.say("shortcuts"),
            aside: "?",
            onclick: props.onshortcuts.clone(),
        })) }
        { menu_item(&props!(MenuItemProps {
            menu: MENU,
            label: words.say("about-run"),
            onclick: props.onabout.clone(),
        })) }</>
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
            &[
                ("name", (&name).into()),
                ("day", (&words.figures().day(day)).into()),
            ],
        ),
        None => name,
    }
}

/// Theme, language and shortcuts.
fn settings_form(words: &Speech, settings: &UseReducerHandle<Settings>) -> Html {
    let ontheme = settings.dispatcher();
    let onlanguage = settings.dispatcher();
    let onshortcuts = settings.dispatcher();
    let languages = [Choice {
        value: "".into(),
        label: words.say("language-browser").into(),
    }]
    .into_iter()
    .chain(Language::all().map(|language| Choice {
        value: language.tag().into(),
        label: language.name().into(),
    }))
    .collect::<Vec<_>>();
    html! {
        <div class="settings">
            { select(&props!(SelectProps {
                id: "theme",
                label: words.say("theme"),
                value: settings.theme.name(),
                choices: Theme::ALL.iter().map(|theme| Choice {
                    value: theme.name().into(),
                    label: words.say(&format!("theme-{}", theme.name())).into(),
                }).collect::<Vec<_>>(),
                onchange: move |name: AttrValue| ontheme.dispatch(Set::Theme(Theme::named(&name).unwrap_or_default())),
            })) }
            { select(&props!(SelectProps {
                id: "language",
                label: words.say("language"),
                value: settings.language.map_or("", Language::tag),
                choices: languages,
                onchange: move |tag: AttrValue| onlanguage.dispatch(Set::Language(Language::of(&tag))),
            })) }
            { switch(&props!(SwitchProps {
                label: words.say("single-keys"),
                on: settings.shortcuts,
                onchange: move |on| onshortcuts.dispatch(Set::Shortcuts(on)),
            })) }
        </div>
    }
}

/// Properties of [`view_tabs`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ViewTabsProps {
    pub(super) selected: Picture,
    /// Whether other rules are held beside.
    pub(super) comparing: bool,
    /// Whether the script has contracts or conditions.
    pub(super) contracts: bool,
    pub(super) onselect: Callback<Picture>,
}

/// The pictures as tabs.
pub(super) fn view_tabs(words: &Speech, props: &ViewTabsProps) -> Html {
    let pictures: Vec<Tab> = Picture::ALL
        .iter()
        .filter(|picture| match picture {
            Picture::Compare => props.comparing,
            Picture::Studio => props.contracts || props.selected == Picture::Studio,
            _ => true,
        })
        .map(|picture| Tab {
            id: picture.name(),
            label: words.say(&format!("view-{}", picture.name())).into(),
        })
        .collect();
    let onselect = props.onselect.clone();
    tabs(&props!(TabsProps {
        label: words.say("views"),
        name: "view",
        tabs: pictures,
        selected: props.selected.name(),
        panel: "picture",
        onselect: move |name: &'static str| onselect.emit(Picture::named(name).unwrap_or_default())
    }))
}

/// Properties of [`page_tabs`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PageTabsProps {
    pub(super) selected: Page,
    pub(super) onselect: Callback<Page>,
}

/// The pages of a phone, at its lower edge.
pub(super) fn page_tabs(words: &Speech, props: &PageTabsProps) -> Html {
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

/// Properties of [`health_notice`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct HealthProps {
    pub(super) health: Health,
    pub(super) ready: bool,
    pub(super) onrestart: Callback<MouseEvent>,
    pub(super) onresume: Callback<MouseEvent>,
    pub(super) ondownload: Callback<MouseEvent>,
}

/// How the engine is, when it is worth a word.
pub(super) fn health_notice(words: &Speech, props: &HealthProps) -> Html {
    match &props.health {
        Health::Well => Html::default(),
        Health::Busy => html! {
            <p class="busy" role="status">{ words.say(if props.ready { "engine-busy" } else { "engine-loading" }) }</p>
        },
        Health::Lacking => part_trouble(words, props.onresume.clone()),
        Health::Stopped(last) => notice(&props!(NoticeProps {
            tone: Tone::Trouble,
            text: words.say("engine-stopped"),
            children: html! { <>
            { button(&props!(ButtonProps {
                kind: ButtonKind::Primary,
                onclick: props.onrestart.clone(),
                says: words.say("restart"),
            })) }
            { button(&props!(ButtonProps { onclick: props.ondownload.clone(), says: words.say("download") })) }
            if let Some(last) = last {
                <details class="rule"><summary>{ words.say("engine-last-words") }</summary><code>{ last.clone() }</code></details>
            }</> }
        })),
    }
}

/// Properties of [`dialogs`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct DialogsProps {
    pub(super) open: Open,
    pub(super) moment: Option<Rc<Moment>>,
    pub(super) program: Option<Rc<Program>>,
    pub(super) engine: Engine,
    /// The script as it stands.
    pub(super) text: Rc<str>,
    /// The step of it that is shown, from 1.
    pub(super) step: usize,
    /// Opens a lesson.
    pub(super) onlesson: Callback<Opening>,
    /// Compares with another preset.
    pub(super) oncompare: Callback<AttrValue>,
    pub(super) onclose: Callback<()>,
}

/// What is opened over the page.
pub(super) fn dialogs(words: &Speech, props: &DialogsProps) -> Html {
    let (title, body) = match (props.open, &props.moment, &props.program) {
        (Open::Accounted, Some(moment), _) => ("accounted-title", invariants(words, moment)),
        (Open::Lessons, ..) => {
            let gallery_props = props!(GalleryProps {
                progress: Progress::recalled(),
                current: lessons::of_text(&props.text),
                onlesson: props.onlesson.clone(),
            });
            ("lessons", gallery(words, &gallery_props))
        }
        (Open::Rules, ..) => (
            "rules-title",
            html! { <Rules engine={props.engine.clone()} oncompare={props.oncompare.clone()} /> },
        ),
        (Open::Lab, ..) => (
            "lab-title",
            html! { <Lab engine={props.engine.clone()} onplay={props.onlesson.reform(|text| (text, 0))} /> },
        ),
        (Open::Room, _, program) => {
            let seed = program.as_ref().map_or(0, |program| program.seed);
            let room = later(&POCKET, move |purse| (purse.room)(RoomProps { seed }));
            ("room-title", room)
        }
        (Open::Code, ..) => {
            let Some(lesson) = lessons::of_text(&props.text) else {
                return Html::default();
            };
            let code = html! { <RoomCode {lesson} step={props.step} address={page_address()} /> };
            return html! {
                <Dialog class="code-room" title={Glossary::of_classes(words).say("code-title")} open=true
                    onclose={props.onclose.clone()}>{ code }</Dialog>
            };
        }
        (Open::Shortcuts, ..) => {
            let says = Glossary::of_classes(words);
            let row = |keys: &str, what: String| {
                html! {
                    <tr>
                        <th scope="row">{ for keys.split(' ').map(|key| html! { <><kbd>{ key }</kbd>{ " " }</> }) }</th>
                        <td>{ what }</td>
                    </tr>
                }
            };
            (
                "shortcuts",
                html! { <>
                    <table class="shortcuts">
                        <tbody>{ for SHORTCUTS.iter().map(|(keys, what)| row(keys, words.say(what))) }</tbody>
                    </table>
                    <h3 class="shortcuts-more">{ words.say("present") }</h3>
                    <table class="shortcuts">
                        <tbody>{ for KEYS.iter().map(|(keys, what)| row(keys, says.say(what))) }</tbody>
                    </table>
                </> },
            )
        }
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
    let class =
        classes!(matches!(props.open, Open::Lab | Open::Room | Open::Lessons).then_some("wide"));
    html! {
        <Dialog key={title} {class} title={words.say(title)} open=true onclose={props.onclose.clone()}>{ body }</Dialog>
    }
}
