//! The story beside the board: where it stands, what it says, what it asks,
//! and what can be tried when it is over.

use std::rc::Rc;

use exchequer::compare::candidates;
use exchequer::views::{Moment, Program, Try};
use yew::prelude::*;
use yew::props;

use super::VIEWS;
use super::compare::preset_name;
use super::question::QuestionCard;
use super::refusal::{RefusalProps, refusal_card};
use super::slide::{Rewrite, SlidesProps};
use crate::engine::Engine;
use crate::later::later;
use crate::state::{Playback, Step, asked, key_of, question_at, step_at};
use crate::ui::{ButtonKind, ButtonProps, Icon, button};
use crate::words::{Language, Speech};

/// Properties of [`story_panel`].
#[derive(Clone, PartialEq, Properties)]
pub struct StoryProps {
    /// The run.
    pub program: Rc<Program>,
    /// Where it is shown.
    pub playback: Playback,
    /// What is shown.
    pub moment: Rc<Moment>,
    /// What was tried, if this run is a try of a story to come back to.
    #[prop_or_default]
    pub fork: Option<AttrValue>,
    /// Whether it is to be watched only: nothing offers to change it.
    #[prop_or_default]
    pub read_only: bool,
    /// Moves the playback.
    pub onstep: Callback<Step>,
    /// Plays a try.
    pub ontry: Callback<Try>,
    /// Writes a line of the script in place of another.
    #[prop_or_default]
    pub onslide: Callback<Rewrite>,
    /// The script as it stands.
    #[prop_or_default]
    pub text: Rc<str>,
    /// Whom to ask what the run comes to.
    #[prop_or_default]
    pub engine: Option<Engine>,
    /// Leaves the fork.
    pub onreturn: Callback<()>,
    /// Opens the script.
    pub onscript: Callback<()>,
    /// Compares with another preset.
    #[prop_or_default]
    pub oncompare: Callback<AttrValue>,
}

/// The story.
pub fn story_panel(words: &Speech, props: &StoryProps) -> Html {
    let StoryProps {
        program,
        playback,
        moment,
        ..
    } = props;
    let current = step_at(program, playback.position);
    let step = current.and_then(|index| program.steps.get(index));
    let finished = playback.finished(program);
    let over = finished && props.fork.is_none() && !props.read_only;
    // A try is about what it does, not about what was asked before.
    let question = question_at(program, playback.position).filter(|_| props.fork.is_none());
    let next = props.onstep.reform(|_: MouseEvent| Step::Next);
    let script = props.onscript.reform(|_: MouseEvent| ());
    html! {
        <div class="story">
            if let Some(fork) = &props.fork {
                <div class="fork">
                    <p>{ words.tell("fork", &[("name", fork.as_str().into())]) }</p>
                    { button(&props!(ButtonProps {
                        icon: Icon::Return,
                        onclick: props.onreturn.reform(|_: MouseEvent| ()),
                        says: words.say("fork-return"),
                    })) }
                </div>
            }
            <p class="eyebrow">
                { for current.map(|index| words.tell("step-of", &[
                    ("step", (index + 1).into()),
                    ("steps", program.steps.len().into()),
                    ("minutes", minutes(program, words.language()).into()),
                ])) }
            </p>
            <h2 class="step-title">{ step.map_or_else(|| program.title.clone(), |step| step.title.clone()) }</h2>
            { for step.into_iter().flat_map(|step| &step.notes).filter(|note| note.0 <= playback.position).map(|note| html! {
                <p class="step-note">{ note.1.clone() }</p>
            }) }
            if let Some(asked) = question {
                <QuestionCard
                    key={key_of(asked.question).to_owned()}
                    question={asked.question.clone()}
                    answer={playback.answers.get(key_of(asked.question)).copied()}
                    revealed={playback.position >= asked.question.reveal_at}
                    onstep={props.onstep.clone()}
                />
            }
            if let Some(refusal) = &moment.refusal {
                { refusal_card(words, &props!(RefusalProps { refusal: refusal.clone(), moment: moment.clone() })) }
            }
            if over && !program.slides.is_empty() {
                { slides(props) }
            }
            if over && !program.tries.is_empty() {
                <section class="tries" aria-label={words.say("tries")}>
                    <h3>{ words.say("tries") }</h3>
                    { for program.tries.iter().map(|attempt| {
                        let (ontry, given) = (props.ontry.clone(), attempt.clone());
                        button(&props!(ButtonProps {
                            class: "try",
                            icon: Icon::Next,
                            onclick: move |_: MouseEvent| ontry.emit(given.clone()),
                            says: attempt.text.clone(),
                        }))
                    }) }
                </section>
            }
            if over {
                { for sibling(program).map(|preset| {
                    let name = preset_name(words, &preset);
                    let (oncompare, preset) = (props.oncompare.clone(), AttrValue::from(preset));
                    button(&props!(ButtonProps {
                        class: "try",
                        icon: Icon::Next,
                        onclick: move |_: MouseEvent| oncompare.emit(preset.clone()),
                        says: words.tell("compare-story", &[("name", (&name).into())]),
                    }))
                }) }
            }
            if !program.steps.is_empty() {
                <ol class="steps" aria-label={words.say("steps")}>
                    { for program.steps.iter().enumerate().map(|(index, step)| {
                        let seen = playback.position >= step.to && step.to <= playback.horizon(program);
                        let here = current == Some(index);
                        let waits = asked(program).any(|asked| {
                            asked.step == index && !playback.answers.contains_key(key_of(asked.question))
                        });
                        let (icon, state) = match (here, seen, waits) {
                            (true, ..) => (Some(Icon::Here), "step-here"),
                            (_, true, _) => (Some(Icon::Check), "step-seen"),
                            (_, _, true) => (Some(Icon::Question), "step-asks"),
                            _ => (None, "step-ahead"),
                        };
                        let onclick = {
                            let onstep = props.onstep.clone();
                            move |_: MouseEvent| onstep.emit(Step::ToStep(index))
                        };
                        html! {
                            <li class={state} aria-current={here.then_some("step")} key={index}>
                                <span class="step-icon">{ for icon.map(Icon::draw) }</span>
                                if seen && !here {
                                    <button type="button" class="step-link" {onclick}>{ step.title.clone() }</button>
                                } else {
                                    <span>{ step.title.clone() }</span>
                                }
                            </li>
                        }
                    }) }
                </ol>
            }
            <div class="story-actions">
                if !finished && !playback.waits(program) {
                    { button(&props!(ButtonProps {
                        kind: ButtonKind::Plain,
                        onclick: next,
                        says: format!("{} ▸", words.say("next")),
                    })) }
                }
                if !props.read_only {
                    { button(&props!(ButtonProps {
                        kind: ButtonKind::Plain,
                        onclick: script,
                        says: words.say("see-script"),
                    })) }
                }
            </div>
        </div>
    }
}

/// What can be slid, with what it comes to.
fn slides(props: &StoryProps) -> Html {
    let slides = props!(SlidesProps {
        slides: props.program.slides.clone(),
        digest: props.program.digest.clone(),
        engine: props.engine.clone(),
        script: props.text.clone(),
        onslide: props.onslide.clone(),
    });
    later(&VIEWS, move |views| (views.slides)(slides.clone()))
}

/// The nearest other preset of the same family, if there is one: what a story
/// about these rules is best held beside.
fn sibling(program: &Program) -> Option<String> {
    let family = |id: &str| id.split('-').next().map(str::to_owned);
    let nearest = candidates(&program.preset.id).into_iter().next()?;
    let is_of_it =
        program.preset.id.contains('-') && family(&nearest) == family(&program.preset.id);
    (is_of_it && !nearest.contains("-test")).then_some(nearest)
}

/// About how long the story takes: its beats at story pace and its paragraphs
/// at a calm reading speed.
fn minutes(program: &Program, language: Language) -> usize {
    /// A caption's usual length, in characters.
    const CAPTION: u32 = 60;
    let characters: usize = program
        .steps
        .iter()
        .flat_map(|step| {
            let notes = step.notes.iter().map(|note| note.1.as_str());
            let asked = step.questions.iter().flat_map(|question| {
                let choices = question.choices.iter().map(|choice| choice.0.as_str());
                choices.chain([question.text.as_str()])
            });
            notes.chain(asked).chain([step.title.as_str()])
        })
        .map(|text| text.chars().count())
        .sum();
    let pace = language.reading_pace();
    let beats = program.beats.len() as u64 * u64::from(3_000 + CAPTION * pace);
    let reading = characters as u64 * u64::from(pace) * 2;
    usize::try_from((beats + reading).div_ceil(60_000))
        .unwrap_or(1)
        .max(1)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{minutes, sibling};
    use crate::fixture::opening;
    use crate::words::Language;

    #[test]
    fn rules_are_held_beside_those_of_the_same_family_only() {
        let mut program = opening();
        program.preset.id = "cny-2026@1".to_owned();
        assert_eq!(sibling(&program).as_deref(), Some("cny-2025@1"));
        program.preset.id = "pix@1".to_owned();
        assert_eq!(sibling(&program), None);
    }

    #[test]
    fn the_opening_takes_a_minute_or_two() {
        assert!((1..=3).contains(&minutes(&opening(), Language::English)));
    }
}
