//! The gallery of the stories that ship.

use std::rc::Rc;

use exchequer::lessons::{self, Group, Lesson, NoLesson};
use yew::prelude::*;
use yew::props;

use super::progress::{Mark, Progress};
use crate::browser;
use crate::guide::Chapter;
use crate::ui::{ButtonKind, ButtonProps, Icon, NoticeProps, Tone, button, notice};
use crate::words::{Glossary, Speech};

/// A lesson to open: its text, and the step to begin at, from 1.
pub type Opening = (Rc<str>, usize);

/// Properties of [`gallery`].
#[derive(Clone, PartialEq, Properties)]
pub struct GalleryProps {
    /// How far one came.
    pub progress: Progress,
    /// The lesson that is open behind it.
    #[prop_or_default]
    pub current: Option<&'static Lesson>,
    /// Opens a lesson.
    pub onlesson: Callback<Opening>,
}

/// Every lesson in its group: what one knows at its end, how long it takes and
/// how far one came. Chosen, it goes on where one was.
pub fn gallery(words: &Speech, props: &GalleryProps) -> Html {
    let says = Glossary::of_classes(words);
    let language = words.language().tag();
    html! {
        <div class="gallery">
            if let Some(mark) = props.progress.latest() {
                <section class="gallery-resume" aria-label={says.say("gallery-resume")}>
                    <div>
                        <p class="gallery-eyebrow">{ says.say("gallery-resume") }</p>
                        <p class="gallery-where">{ mark.lesson.title(language) }</p>
                        <p class="gallery-how-far">{ how_far(&says, mark) }</p>
                    </div>
                    { button(&props!(ButtonProps {
                        kind: ButtonKind::Primary,
                        icon: Icon::Play,
                        onclick: open(props, mark.lesson, mark.step),
                        says: says.say("gallery-go-on"),
                    })) }
                </section>
            }
            { for Group::ALL.iter().map(|group| {
                let heading = format!("gallery-{}", group.key());
                let members = lessons::all().iter().filter(|it| it.group == *group);
                html! {
                    <section key={group.key()} class="gallery-group" aria-labelledby={heading.clone()}>
                        <h3 id={heading.clone()}>{ says.say(&heading) }</h3>
                        <p class="gallery-about">{ says.say(&format!("{heading}-about")) }</p>
                        <ul class="gallery-cards">
                            { for members.map(|lesson| card(words, &says, props, lesson)) }
                        </ul>
                    </section>
                }
            }) }
            <p>
                <a href={Chapter::Lessons.link("")} onclick={|_: MouseEvent| browser::forget_fragment()}>
                    { Glossary::of_guide(words).say("guide-teaching") }
                </a>
            </p>
        </div>
    }
}

fn open(
    props: &GalleryProps,
    lesson: &'static Lesson,
    step: usize,
) -> impl Fn(MouseEvent) + 'static {
    let onlesson = props.onlesson.clone();
    move |_| onlesson.emit((lesson.text.into(), step))
}

/// Where one begins who chooses a lesson: where one was, or at its start.
fn begins_at(mark: Option<Mark>) -> usize {
    mark.map_or(1, |mark| if mark.done { 1 } else { mark.step })
}

fn how_far(says: &Glossary, mark: Mark) -> String {
    let args = [
        ("step", mark.step.into()),
        ("steps", mark.lesson.steps().into()),
    ];
    says.tell("gallery-step", &args)
}

fn card(words: &Speech, says: &Glossary, props: &GalleryProps, lesson: &'static Lesson) -> Html {
    let mark = props.progress.of(lesson);
    let begin = begins_at(mark);
    let here = props.current == Some(lesson);
    let steps = lesson.steps();
    let told = match mark {
        Some(mark) if mark.done => says.say("gallery-done"),
        Some(mark) if mark.step > 1 => how_far(says, mark),
        _ if here => says.say("gallery-open-now"),
        _ => String::new(),
    };
    let reached = match mark {
        Some(mark) if mark.done => steps,
        Some(mark) => mark.step,
        None => 0,
    };
    let facts = [
        words.tell(
            "lesson-minutes",
            &[("count", usize::from(lesson.minutes).into())],
        ),
        says.tell("gallery-steps", &[("count", steps.into())]),
        says.tell("gallery-questions", &[("count", lesson.questions().into())]),
    ];
    html! {
        <li key={lesson.slug} class={classes!("gallery-card", here.then_some("gallery-here"))}>
            <button type="button" class="lesson" aria-current={here.then_some("true")}
                onclick={open(props, lesson, begin)}>
                <span class="lesson-title">{ lesson.title(words.language().tag()) }</span>
                <span class="lesson-goal">{ words.say(&lesson.goal()) }</span>
                <span class="lesson-facts">{ facts.join(" · ") }</span>
                <span class="lesson-told">
                    <span class="lesson-pips" aria-hidden="true">
                        { for (1..=steps).map(|step| html! {
                            <i key={step} class={(step <= reached).then_some("pip-past")} />
                        }) }
                    </span>
                    <span class="lesson-far">
                        { told }
                        if mark.is_some_and(|mark| mark.done) {
                            { Icon::Check.draw() }
                        }
                    </span>
                </span>
            </button>
            if begin > 1 {
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Quiet,
                    class: "lesson-again",
                    icon: Icon::Start,
                    label: says.tell("gallery-again", &[("title", (&lesson.title(words.language().tag())).into())]),
                    onclick: open(props, lesson, 1),
                })) }
            }
        </li>
    }
}

/// Properties of [`no_lesson`].
#[derive(Clone, PartialEq, Properties)]
pub struct NoLessonProps {
    /// Why the link opens nothing.
    pub why: NoLesson,
    /// Opens a lesson.
    pub onlesson: Callback<Opening>,
    /// Opens the gallery.
    pub ongallery: Callback<()>,
    /// Puts the notice away.
    pub onclose: Callback<()>,
}

/// A short link that opens nothing, and what can be opened instead. No work is
/// touched until the reader chooses.
pub fn no_lesson(words: &Speech, props: &NoLessonProps) -> Html {
    let says = Glossary::of_classes(words);
    let (text, whole) = match &props.why {
        NoLesson::Name(name) => (
            says.tell("no-lesson", &[("name", (&shortened(name)).into())]),
            None,
        ),
        NoLesson::Step { lesson, step } => {
            let title = lesson.title(words.language().tag());
            let step = shortened(step);
            let args = [
                ("title", (&title).into()),
                ("step", (&step).into()),
                ("steps", lesson.steps().into()),
            ];
            (says.tell("no-step", &args), Some(*lesson))
        }
    };
    notice(&props!(NoticeProps {
        tone: Tone::Trouble,
        text,
        children: html! { <>
            { for whole.map(|lesson| {
                let onlesson = props.onlesson.clone();
                button(&props!(ButtonProps {
                    kind: ButtonKind::Primary,
                    onclick: move |_: MouseEvent| onlesson.emit((lesson.text.into(), 1)),
                    says: says.say("no-step-start"),
                }))
            }) }
            { button(&props!(ButtonProps {
                onclick: props.ongallery.reform(|_: MouseEvent| ()),
                says: says.say("no-lesson-gallery"),
            })) }
            { button(&props!(ButtonProps {
                onclick: props.onclose.reform(|_: MouseEvent| ()),
                says: words.say("close"),
            })) }
        </> },
    }))
}

/// As much of what a link says as is worth repeating.
fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture::drawn;

    async fn shown(progress: Progress, current: Option<&'static Lesson>) -> String {
        drawn(move |words| {
            let props = GalleryProps {
                progress: progress.clone(),
                current,
                onlesson: Callback::noop(),
            };
            gallery(words, &props)
        })
        .await
    }

    #[tokio::test]
    async fn every_lesson_stands_in_its_group_with_goal_and_length() {
        let html = shown(Progress::default(), lessons::find("payday")).await;
        assert_eq!(
            html.matches("class=\"lesson\"").count(),
            lessons::all().len()
        );
        assert_eq!(html.matches("<h3").count(), Group::ALL.len());
        assert!(html.contains("See how a digital yuan is made"), "{html}");
        assert!(html.contains("3 minutes · 4 steps · 1 question"), "{html}");
        assert!(html.contains("Open now"), "{html}");
        assert!(!html.contains("Go on") && !html.contains("Done"), "{html}");
    }

    #[tokio::test]
    async fn who_was_in_the_middle_goes_on_there() {
        let progress = Progress::sample("payday 3;birth-of-a-yuan 4 done");
        let html = shown(progress, None).await;
        assert!(
            html.contains("Where you were") && html.contains("Go on"),
            "{html}"
        );
        assert_eq!(html.matches("Step 3 of 10").count(), 2, "{html}");
        assert_eq!(html.matches("Done").count(), 1, "{html}");
        assert!(html.contains("“Payday” from its start"), "{html}");
    }

    #[tokio::test]
    async fn a_link_that_names_nothing_says_so_and_offers_the_gallery() {
        let told = |why: NoLesson| {
            drawn(move |words| {
                let props = NoLessonProps {
                    why: why.clone(),
                    onlesson: Callback::noop(),
                    ongallery: Callback::noop(),
                    onclose: Callback::noop(),
                };
                no_lesson(words, &props)
            })
        };
        let html = told(NoLesson::Name("<b>".repeat(99))).await;
        assert!(
            html.contains("No lesson is called") && html.contains('…'),
            "{html}"
        );
        assert!(
            html.contains("See all lessons") && !html.contains("<b>"),
            "{html}"
        );
        let lesson = lessons::find("payday").unwrap();
        let step = "99".to_owned();
        let html = told(NoLesson::Step { lesson, step }).await;
        assert!(
            html.contains("steps 1 to 10") && html.contains("“99”"),
            "{html}"
        );
        assert!(html.contains("Begin it at its start"), "{html}");
    }
}
