//! The main screen: story, board, books and sequence over one moment of a run,
//! with the transport under them.

pub mod accounted;
pub mod board;
pub mod books;
pub mod charts;
pub mod compare;
pub mod details;
pub mod doing;
pub mod lab;
mod later;
pub mod phones;
mod question;
pub mod refusal;
pub mod registers;
pub mod room;
pub mod rules;
pub mod sequence;
pub mod slide;
pub mod story;
pub mod studio;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
mod transport;

use std::rc::Rc;

use exchequer::views::{Comparison, Fate, Flow, Moment, PartyNo, Program, Seen, Try};
use yew::prelude::*;
use yew::props;

use self::board::Board;
use self::board::layout::View;
use self::board::motion::is_money;
use self::books::BooksProps;
use self::charts::ChartsProps;
use self::compare::CompareProps;
use self::details::{DetailsProps, Form};
use self::doing::Place;
use self::later::STUDIO;
pub use self::later::VIEWS;
use self::phones::PhonesProps;
use self::registers::RegistersProps;
use self::sequence::SequenceProps;
use self::slide::Rewrite;
use self::story::{StoryProps, story_panel};
use self::studio::StudioProps;
use self::transport::{TransportProps, transport};
use crate::engine::Engine;
use crate::later::later;
use crate::state::{Motion, Playback, Step, step_at};
use crate::tries;
use crate::words::{Speech, use_words};

/// A way to look at the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Picture {
    /// Everybody at their place.
    #[default]
    Board,
    /// One after another.
    Sequence,
    /// Everybody's books.
    Books,
    /// A wallet as the phone of whoever holds it.
    Phones,
    /// What the central bank's centres have on file.
    Registers,
    /// How the money moved as time passed.
    Charts,
    /// Contracts and conditions where they are worked on.
    Studio,
    /// The same text by another preset's rules beside it.
    Compare,
}

impl Picture {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 8] = [
        Self::Board,
        Self::Sequence,
        Self::Books,
        Self::Phones,
        Self::Registers,
        Self::Charts,
        Self::Studio,
        Self::Compare,
    ];

    /// What names it in ids and keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Sequence => "sequence",
            Self::Books => "books",
            Self::Phones => "phones",
            Self::Registers => "registers",
            Self::Charts => "charts",
            Self::Studio => "studio",
            Self::Compare => "compare",
        }
    }

    /// The picture of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|picture| picture.name() == name)
    }
}

/// Which lines are drawn: what information does, and what money does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Messages.
    pub information: bool,
    /// Money.
    pub money: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            information: true,
            money: true,
        }
    }
}

impl Shown {
    /// Whether lines of money, or else of information, are drawn.
    pub const fn of(self, money: bool) -> bool {
        if money { self.money } else { self.information }
    }

    /// Whether a flow is drawn. What was refused always is: it is what the event is about.
    pub fn has(self, flow: &Flow) -> bool {
        matches!(flow.fate, Fate::Refused(_)) || self.of(is_money(flow))
    }
}

/// How much room there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// A phone: one thing at a time.
    Narrow,
    /// Story and board side by side, details when wanted.
    #[default]
    Usual,
    /// Details always, and books under the board.
    Wide,
}

/// What a phone shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The event's parties and the story.
    #[default]
    Story,
    /// A whole picture.
    Picture,
    /// The script.
    Script,
    /// Somebody's details.
    Details,
}

impl Page {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Story, Self::Picture, Self::Script, Self::Details];

    /// What names it in ids and keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Picture => "picture",
            Self::Script => "script",
            Self::Details => "details",
        }
    }

    /// The page of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.name() == name)
    }
}

/// Properties of [`Stage`].
#[derive(Clone, PartialEq, Properties)]
pub struct StageProps {
    /// The run.
    pub program: Rc<Program>,
    /// Where it is shown.
    pub playback: Playback,
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Whether it happens or has happened.
    pub motion: Motion,
    /// How it is looked at.
    pub picture: Picture,
    /// What comes out differently by the rules it is compared with.
    #[prop_or_default]
    pub comparison: Option<Rc<Comparison>>,
    /// What the text is called that is compared with, if it is another.
    #[prop_or_default]
    pub beside: Option<AttrValue>,
    /// Compares with another preset.
    #[prop_or_default]
    pub oncompare: Callback<AttrValue>,
    /// Who looks.
    #[prop_or_default]
    pub seen: Seen,
    /// Whom to ask for more of the run.
    #[prop_or_default]
    pub engine: Option<Engine>,
    /// How much room there is.
    pub room: Room,
    /// What a phone shows.
    #[prop_or_default]
    pub page: Page,
    /// Whose details are open.
    #[prop_or_default]
    pub selected: Option<PartyNo>,
    /// The script editor, when it takes the story's place.
    #[prop_or_default]
    pub script: Option<Html>,
    /// What was tried, if this run is a try.
    #[prop_or_default]
    pub fork: Option<AttrValue>,
    /// Moves the playback.
    pub onstep: Callback<Step>,
    /// Opens or closes somebody's details.
    pub onselect: Callback<Option<PartyNo>>,
    /// Plays a try.
    pub ontry: Callback<Try>,
    /// Writes a line of the script in place of another.
    #[prop_or_default]
    pub onslide: Callback<Rewrite>,
    /// Leaves a try.
    pub onreturn: Callback<()>,
    /// Opens the script.
    pub onscript: Callback<()>,
    /// Writes an act into the script, after what is being shown.
    #[prop_or_default]
    pub onact: Callback<String>,
    /// Whether the story is to be watched only: nothing offers to change it.
    #[prop_or_default]
    pub read_only: bool,
    /// The script as it stands.
    #[prop_or_default]
    pub text: Rc<str>,
    /// The script last played.
    #[prop_or_default]
    pub played: Rc<str>,
    /// An entry of the catalogue of contracts to begin a text with.
    #[prop_or_default]
    pub begin: Option<AttrValue>,
    /// Makes another text the script; whether it was typed.
    #[prop_or_default]
    pub onedit: Callback<(String, bool)>,
    /// Opens a story that ships.
    #[prop_or_default]
    pub onopened: Callback<Rc<str>>,
    /// Opens a text to begin with, at its end.
    #[prop_or_default]
    pub onstarted: Callback<Rc<str>>,
}

/// The stage.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let words = use_words();
    let StageProps {
        program,
        playback,
        moment,
        room,
        page,
        ..
    } = props;
    let narrow = *room == Room::Narrow;
    let shown = use_state_eq(Shown::default);
    let on_page = |wanted: Page| !narrow || *page == wanted;
    let caption = match &moment.caption {
        Some(caption) => words.caption(caption),
        None => words.say("caption-start"),
    };
    let select = {
        let (onselect, selected) = (props.onselect.clone(), props.selected);
        Callback::from(move |no| onselect.emit((selected != Some(no)).then_some(no)))
    };
    let board = |view: View| {
        html! {
            <Board
                moment={moment.clone()}
                motion={props.motion}
                {view}
                seen={props.seen}
                engine={props.engine.clone()}
                selected={props.selected}
                shown={*shown}
                onselect={select.clone()}
            />
        }
    };
    let all_books = |docked: bool| {
        let (words, moment) = (words.clone(), moment.clone());
        let books = props!(BooksProps { moment, docked });
        later(&VIEWS, move |views| (views.books)(&words, &books))
    };
    let picture = match (narrow, page, props.picture) {
        (true, Page::Story, _) => board(View::Spotlight),
        (_, _, Picture::Board) => board(View::Whole),
        (_, _, Picture::Sequence) => {
            let sequence = props!(SequenceProps {
                moment: moment.clone(),
                digest: program.digest.clone(),
                seen: props.seen,
                shown: *shown,
                engine: props.engine.clone(),
                onstep: props.onstep.clone(),
            });
            later(&VIEWS, move |views| (views.sequence)(sequence.clone()))
        }
        (_, _, Picture::Books) => all_books(false),
        (_, _, Picture::Phones) => {
            let phones = props!(PhonesProps {
                moment: moment.clone(),
                seen: props.seen,
                engine: props.engine.clone(),
                selected: props.selected,
                currency: (program.preset.currency.clone(), program.preset.decimals),
                onact: props.onact.clone(),
            });
            later(&VIEWS, move |views| (views.phones)(phones.clone()))
        }
        (_, _, Picture::Studio) => {
            let studio = props!(StudioProps {
                text: props.text.clone(),
                played: props.played.clone(),
                position: moment.position,
                seen: props.seen,
                engine: props.engine.clone(),
                begin: props.begin.clone(),
                onact: props.onact.clone(),
                ontry: props.ontry.clone(),
                onedit: props.onedit.clone(),
                onopened: props.onopened.clone(),
                onstarted: props.onstarted.clone(),
            });
            later(&STUDIO, move |workshop| (workshop.draw)(studio.clone()))
        }
        (_, _, Picture::Compare) => {
            let compare = props!(CompareProps {
                comparison: props.comparison.clone(),
                beside: props.beside.clone(),
                moment: moment.clone(),
                motion: props.motion,
                horizon: playback.horizon(program),
                seen: props.seen,
                engine: props.engine.clone(),
                selected: props.selected,
                onselect: select.clone(),
                onstep: props.onstep.clone(),
            });
            later(&VIEWS, move |views| (views.compare)(compare.clone()))
        }
        (_, _, Picture::Charts) => {
            let charts = props!(ChartsProps {
                position: moment.position,
                digest: program.digest.clone(),
                slides: program.slides.clone(),
                engine: props.engine.clone(),
                script: props.text.clone(),
                onslide: props.onslide.clone(),
            });
            later(&VIEWS, move |views| (views.charts)(charts.clone()))
        }
        (_, _, Picture::Registers) => {
            let registers = props!(RegistersProps {
                position: moment.position,
                digest: program.digest.clone(),
                seen: props.seen,
                engine: props.engine.clone(),
            });
            later(&VIEWS, move |views| (views.registers)(registers.clone()))
        }
    };
    let place = Place {
        text: props.text.clone(),
        line: tries::shown_line(program, moment),
        engine: props.engine.clone(),
        onact: props.onact.clone(),
    };
    let drawn_details = |details: DetailsProps, form: Form| {
        let words = words.clone();
        later(&VIEWS, move |views| (views.details)(&words, &details, form))
    };
    let has_lines = matches!(props.picture, Picture::Board | Picture::Sequence);
    let aside = *room == Room::Wide || (props.selected.is_some() && !narrow);
    let left = match &props.script {
        Some(script) => {
            html! { <aside class="panel panel-script" aria-label={words.say("script")}>{ script.clone() }</aside> }
        }
        None => html! {
            // Another step is read from its beginning.
            <aside key={format!("{:?} {:?}", step_at(program, playback.position), props.fork)}
                class="panel panel-story" lang={program.language.clone()} aria-label={words.say("story")}>
                { story_panel(&words, &props!(StoryProps {
                    program: program.clone(),
                    playback: playback.clone(),
                    moment: moment.clone(),
                    fork: props.fork.clone(),
                    read_only: props.read_only,
                    onstep: props.onstep.clone(),
                    ontry: props.ontry.clone(),
                    onslide: props.onslide.clone(),
                    text: props.text.clone(),
                    engine: props.engine.clone(),
                    onreturn: props.onreturn.clone(),
                    onscript: props.onscript.clone(),
                    oncompare: props.oncompare.clone(),
                })) }
            </aside>
        },
    };
    let class = classes!(
        "stage",
        (*room == Room::Wide).then_some("stage-wide"),
        aside.then_some("stage-details"),
        props.script.is_some().then_some("stage-script"),
        narrow.then(|| format!("stage-page-{}", page.name())),
    );
    html! {
        <main {class}>
            if on_page(Page::Story) && !narrow || (narrow && *page == Page::Script) {
                { left.clone() }
            }
            if !narrow || matches!(page, Page::Story | Page::Picture) {
                <section class={format!("picture picture-{}", props.picture.name())} id="picture" role="tabpanel"
                    aria-labelledby={(!narrow).then(|| format!("view-{}", props.picture.name()))}
                    aria-label={narrow.then(|| words.say(&format!("view-{}", props.picture.name())))}
                    tabindex="0">
                    { picture }
                </section>
                if *room == Room::Wide && props.picture == Picture::Board {
                    <section class="dock" aria-label={words.say("view-books")}>
                        { all_books(true) }
                    </section>
                }
                <div class="caption-row">
                    <p class="caption" aria-live="polite" aria-atomic="true">{ caption.clone() }</p>
                    if has_lines {
                        { lines_shown(&words, &shown) }
                    }
                </div>
            }
            if narrow && *page == Page::Story {
                { left }
            }
            { transport(&words, &props!(TransportProps {
                program: program.clone(),
                playback: playback.clone(),
                at: moment.at.clone(),
                caption,
                onstep: props.onstep.clone(),
            })) }
            if let (true, Some(no)) = (narrow && *page != Page::Details, props.selected) {
                { drawn_details(props!(DetailsProps {
                    moment: moment.clone(),
                    selected: no,
                    bare: true,
                    place: place.clone(),
                    onclose: props.onselect.reform(|()| None),
                }), Form::Sheet) }
            }
            if aside || (narrow && *page == Page::Details) {
                <aside class="panel panel-details" aria-label={words.say("details")}>
                    { drawn_details(props!(DetailsProps {
                        moment: moment.clone(),
                        selected: props.selected,
                        onchoose: narrow.then(|| props.onselect.reform(Some)),
                        bare: narrow,
                        place: place.clone(),
                        onclose: props.onselect.reform(|()| None),
                    }), if narrow { Form::Page } else { Form::Panel }) }
                </aside>
            }
        </main>
    }
}

/// Which lines are drawn, as two switches that are the lines' legend too.
fn lines_shown(words: &Speech, shown: &UseStateHandle<Shown>) -> Html {
    let one = |key: &'static str, class: &'static str, money: bool| {
        let is_on = shown.of(money);
        let shown = shown.clone();
        let onclick = move |_: MouseEvent| {
            let mut next = *shown;
            match money {
                true => next.money = !is_on,
                false => next.information = !is_on,
            }
            shown.set(next);
        };
        html! {
            <button type="button" class="line-switch" aria-pressed={is_on.to_string()} {onclick}>
                <svg width="24" height="8" aria-hidden="true"><path {class} d="M0 4H24" /></svg>
                <span>{ words.say(key) }</span>
            </button>
        }
    };
    html! {
        <div class="lines-shown" role="group" aria-label={words.say("lines-shown")}>
            { one("lines-messages", "legend-information", false) }
            { one("lines-money", "legend-money", true) }
        </div>
    }
}
