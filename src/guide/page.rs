//! The page of the guide: its chapters, one of them, and what is on it.

use std::rc::Rc;

use yew::prelude::*;

use super::chapter::{Chapter, Place, Texts, title};
use super::later::chapters;
use super::markdown::{Section, article, heading_id};
use crate::browser;
use crate::later::later;
use crate::words::{Glossary, Speech, use_words};

/// Properties of the guide.
#[derive(Clone, PartialEq, Properties)]
pub struct GuideProps {
    /// The place that is read.
    pub place: Place,
    /// Opens a scenario in the Stage.
    pub onplay: Callback<Rc<str>>,
}

/// The guide at a place of it.
#[component]
pub(super) fn Guide(props: &GuideProps) -> Html {
    let words = use_words();
    let props = props.clone();
    let language = words.language();
    later(chapters(language), move |there| {
        html! { <Reading key={language.tag()} texts={Shelf(there.texts)} guide={props.clone()} /> }
    })
}

/// Chapters, the same if they are those of the same language.
#[derive(Clone, Copy)]
struct Shelf(&'static Texts);

impl PartialEq for Shelf {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ReadingProps {
    texts: Shelf,
    guide: GuideProps,
}

/// The page, with the focus where the address says.
#[component]
fn Reading(props: &ReadingProps) -> Html {
    let words = use_words();
    let place = props.guide.place.clone();
    let chapter = place.chapter.unwrap_or(Chapter::Start);
    let name = text_of(props.texts.0, chapter).map_or("", title);
    let guide = Glossary::of_guide(&words).say("guide");
    let shown = format!("{name} · {guide} · Exchequer");
    use_effect_with(shown, |shown| browser::set_title(shown));
    use_effect_with(place, |place| {
        if !browser::go_to(&heading_id(&place.section)) {
            browser::go_to(&heading_id(""));
        }
        // Where one begins, the chapters are seen too.
        if matches!(place.chapter, None | Some(Chapter::Start)) {
            browser::go_to_top();
        }
    });
    page(&words, props.texts.0, &props.guide)
}

fn text_of(texts: &'static Texts, chapter: Chapter) -> Option<&'static str> {
    let at = Chapter::ALL.iter().position(|it| *it == chapter)?;
    texts.get(at).copied()
}

/// What is on the page: the way back, the chapters, the one that is read with
/// its sections, and those before and after it.
fn page(words: &Speech, texts: &'static Texts, props: &GuideProps) -> Html {
    let says = Glossary::of_guide(words);
    let chapter = props.place.chapter.unwrap_or(Chapter::Start);
    let text = text_of(texts, chapter).unwrap_or_default();
    let drawn = article(text, chapter, &says, &props.onplay);
    let at = Chapter::ALL.iter().position(|it| *it == chapter);
    let beside = |by: isize| {
        let to = at?.checked_add_signed(by)?;
        Some((*Chapter::ALL.get(to)?, *texts.get(to)?))
    };
    let turn = |key: &str, to: Option<(Chapter, &'static str)>| {
        to.map(|(chapter, text)| {
            html! {
                <a class={classes!("guide-turn", key.to_owned())} href={chapter.link("")}>
                    <span class="guide-turn-to">{ says.say(key) }</span>{ " " }
                    <span class="guide-turn-title">{ title(text) }</span>
                </a>
            }
        })
    };
    html! {
        <div class="guide">
            <header class="guide-top">
                <a class="button button-plain" href="#">{ says.say("guide-back") }</a>
                <a class="guide-name" href={Chapter::Start.link("")}>{ says.say("guide") }</a>
            </header>
            <nav class="guide-chapters" aria-label={says.say("guide-chapters")}>
                <ol>
                    { for Chapter::ALL.iter().zip(texts).map(|(it, text)| html! {
                        <li key={it.file()}>
                            <a href={it.link("")} aria-current={(*it == chapter).then_some("page")}>{ title(text) }</a>
                        </li>
                    }) }
                </ol>
            </nav>
            { sections(&says, chapter, &drawn.sections) }
            <main class="guide-text">
                if props.place.chapter.is_none() {
                    <p class="guide-lost" role="status">{ says.say("guide-no-chapter") }</p>
                }
                <article key={chapter.file()}>{ drawn.body }</article>
                <div class="guide-turns">
                    { for turn("guide-previous", beside(-1)) }
                    { for turn("guide-next", beside(1)) }
                </div>
            </main>
        </div>
    }
}

/// What is on the page, if there is something to choose.
fn sections(says: &Glossary<'_>, chapter: Chapter, found: &[Section]) -> Html {
    if found.len() < 2 || chapter == Chapter::Start {
        return Html::default();
    }
    html! {
        <nav class="guide-sections" aria-labelledby="guide-sections">
            <p id="guide-sections">{ says.say("guide-sections") }</p>
            <ul>
                { for found.iter().map(|section| html! {
                    <li key={section.id.clone()}>
                        <a href={chapter.link(&section.id)}>{ section.title.clone() }</a>
                    </li>
                }) }
            </ul>
        </nav>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture::drawn;
    use crate::guide::chapter::{CHINESE, ENGLISH};

    async fn shown(fragment: &str, texts: &'static Texts) -> String {
        let place = Place::of(fragment).unwrap();
        drawn(move |words| {
            let props = GuideProps {
                place: place.clone(),
                onplay: Callback::noop(),
            };
            page(words, texts, &props)
        })
        .await
    }

    #[tokio::test]
    async fn every_chapter_has_one_title_its_place_among_the_others_and_a_way_back() {
        for texts in [&ENGLISH, &CHINESE] {
            for (chapter, text) in Chapter::ALL.iter().zip(texts) {
                let html = shown(&chapter.link(""), texts).await;
                assert_eq!(html.matches("<h1").count(), 1, "{chapter:?}");
                assert_eq!(html.matches("aria-current=\"page\"").count(), 1);
                assert!(html.contains(title(text)) && html.contains("Back to the Stage"));
                let turns = html.matches("class=\"guide-turn guide-").count();
                let ends = matches!(chapter, Chapter::Start | Chapter::Developers);
                assert_eq!(turns, if ends { 1 } else { 2 }, "{chapter:?}");
            }
        }
    }

    #[tokio::test]
    async fn an_address_of_no_chapter_says_so_and_begins_at_the_start() {
        let html = shown("#/guide/nothing", &ENGLISH).await;
        assert!(html.contains("no chapter at this address"), "{html}");
        assert!(html.contains(title(ENGLISH[0])), "{html}");
        let html = shown("#/guide/concepts", &ENGLISH).await;
        assert!(!html.contains("no chapter at this address"), "{html}");
    }
}
