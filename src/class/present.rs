//! The story before a room: the board without chrome, the caption as its
//! subtitle, a question in letters that the last row reads, and a remote.

use std::rc::Rc;

use exchequer::lessons;
use exchequer::views::{Moment, Program, Question, Seen};
use yew::prelude::*;
use yew::props;

use super::code::RoomCode;
use super::fit::FitBoard;
use super::hands::{Hands, Raise};
use super::remote::{Command, command_of};
use super::screen::{use_awake_screen, use_pointer, use_whole_screen};
use crate::browser;
use crate::engine::Engine;
use crate::state::{Answer, Motion, Playback, Step, key_of, question_at, step_at};
use crate::ui::{ButtonKind, ButtonProps, Dialog, Icon, button};
use crate::words::{Glossary, Speech, use_words};

/// Properties of [`Present`].
#[derive(Clone, PartialEq, Properties)]
pub struct PresentProps {
    /// The run.
    pub program: Rc<Program>,
    /// Where it is shown.
    pub playback: Playback,
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Whether it happens or has happened.
    pub motion: Motion,
    /// Who looks.
    #[prop_or_default]
    pub seen: Seen,
    /// Whom to ask for a crowd's people.
    #[prop_or_default]
    pub engine: Option<Engine>,
    /// The script: a lesson's has a code for the room.
    pub text: Rc<str>,
    /// The page's address without its fragment.
    pub address: AttrValue,
    /// Whether single letters do something.
    pub single: bool,
    /// Moves the playback.
    pub onstep: Callback<Step>,
    /// Back to the app.
    pub onleave: Callback<()>,
}

/// Where a question stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It waits: the room guesses.
    Asked,
    /// What happens is being played.
    Seen,
    /// What happened is told.
    Told,
}

/// The story before a room.
#[component]
pub fn Present(props: &PresentProps) -> Html {
    let words = use_words();
    let says = Glossary::of_classes(&words);
    let blank = use_state_eq(|| false);
    let code = use_state_eq(|| false);
    let hands = use_reducer_eq(Hands::default);
    let awake = use_pointer();
    use_whole_screen(props.onleave.clone());
    use_awake_screen();
    let PresentProps {
        program,
        playback,
        moment,
        ..
    } = props;
    let asked = question_at(program, playback.position).map(|asked| asked.question);
    let stage = asked.map(|question| {
        if !playback.answers.contains_key(key_of(question)) {
            Stage::Asked
        } else if playback.position < question.reveal_at {
            Stage::Seen
        } else {
            Stage::Told
        }
    });
    let waiting = asked.filter(|_| stage == Some(Stage::Asked)).cloned();
    let lesson = lessons::of_text(&props.text);
    let act = {
        let (onstep, onleave) = (props.onstep.clone(), props.onleave.clone());
        let (blank, code, hands) = (blank.clone(), code.clone(), hands.dispatcher());
        let waiting = waiting.clone();
        Callback::from(move |command: Command| {
            let raise = |raise: fn(String, usize) -> Raise, choice: usize| {
                if let Some(question) = &waiting {
                    hands.dispatch(raise(key_of(question).to_owned(), choice));
                }
            };
            match command {
                // Whatever was meant, the room first sees again.
                _ if *blank && command != Command::Leave => blank.set(false),
                Command::Blank => blank.set(true),
                Command::Forward => onstep.emit(match &waiting {
                    Some(question) => Step::Answer(key_of(question).to_owned(), Answer::Shown),
                    None => Step::Next,
                }),
                Command::Back => onstep.emit(Step::Back),
                Command::Toggle => onstep.emit(Step::Toggle),
                Command::Again => {
                    hands.dispatch(Raise::Forget);
                    onstep.emit(Step::Again);
                }
                Command::Counts => hands.dispatch(Raise::Show),
                Command::Code => code.set(!*code),
                Command::Hand(choice) => raise(Raise::One, choice),
                Command::Less(choice) => raise(Raise::Less, choice),
                Command::Leave => onleave.emit(()),
            }
        })
    };
    {
        let choices = waiting.as_ref().map(|question| question.choices.len());
        let with = (act.clone(), choices, props.single);
        use_effect_with(with, |(act, choices, single)| {
            let (act, choices, single) = (act.clone(), *choices, *single);
            let keys = browser::on_key(move |key| {
                let command = command_of(&key, choices, single);
                command.into_iter().for_each(|command| act.emit(command));
                command.is_some()
            });
            move || drop(keys)
        });
    }
    let step = step_at(program, playback.position);
    let told = step.and_then(|index| program.steps.get(index));
    let caption = match &moment.caption {
        Some(caption) => words.caption(caption),
        None => words.say("caption-start"),
    };
    let press = |command: Command| act.reform(move |_: MouseEvent| command);
    let class = classes!(
        "present",
        (!awake).then_some("present-resting"),
        match stage {
            None => "present-telling",
            Some(Stage::Asked) => "present-asked",
            Some(Stage::Seen) => "present-seen",
            Some(Stage::Told) => "present-told",
        }
    );
    html! {
        <div {class}>
            <header class="present-head" lang={program.language.clone()}>
                <p class="present-eyebrow">
                    { program.title.clone() }
                    if let Some(index) = step {
                        { " · " }
                        { says.tell("gallery-step", &[("step", (index + 1).into()), ("steps", program.steps.len().into())]) }
                    }
                    { " · " }
                    { words.say("simulation") }
                </p>
                <h1>{ told.map_or_else(|| program.title.clone(), |step| step.title.clone()) }</h1>
            </header>
            <main class="present-stage">
                <FitBoard
                    moment={moment.clone()}
                    motion={props.motion}
                    seen={props.seen}
                    engine={props.engine.clone()}
                    caption={caption.clone()}
                />
                if let (Some(question), Some(stage)) = (asked, stage) {
                    { question_view(&words, &says, question, stage, &hands, &act) }
                }
            </main>
            <p class="present-caption" lang={words.language().tag()} aria-live="polite" aria-atomic="true">
                { caption }
            </p>
            <nav class="present-bar" aria-label={says.say("present-bar")}>
                { button(&props!(ButtonProps {
                    icon: Icon::Start, label: says.say("key-again"), shortcut: "Home",
                    onclick: press(Command::Again),
                })) }
                { button(&props!(ButtonProps {
                    icon: Icon::Back, label: says.say("key-back"), shortcut: "PageUp",
                    disabled: playback.position <= Playback::first(program),
                    onclick: press(Command::Back),
                })) }
                { button(&props!(ButtonProps {
                    icon: if playback.playing { Icon::Pause } else { Icon::Play },
                    disabled: waiting.is_some(),
                    onclick: press(Command::Toggle),
                    says: words.say(if playback.playing { "pause" } else { "play" }),
                })) }
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Primary,
                    icon: Icon::Next, label: says.say("key-forward"), shortcut: "PageDown",
                    disabled: playback.finished(program),
                    onclick: press(Command::Forward),
                })) }
                { button(&props!(ButtonProps {
                    pressed: hands.shown,
                    onclick: press(Command::Counts),
                    says: says.say("present-counts"),
                })) }
                { button(&props!(ButtonProps {
                    onclick: press(Command::Blank),
                    says: says.say("present-blank"),
                })) }
                if lesson.is_some() {
                    { button(&props!(ButtonProps {
                        onclick: press(Command::Code),
                        says: says.say("code-title"),
                    })) }
                }
                { button(&props!(ButtonProps {
                    icon: Icon::Close,
                    onclick: press(Command::Leave),
                    says: says.say("present-leave"),
                })) }
            </nav>
            if let (true, Some(lesson)) = (*code, lesson) {
                <Dialog class="code-room" title={says.say("code-title")} open=true onclose={
                    let code = code.clone();
                    Callback::from(move |()| code.set(false))
                }>
                    <RoomCode {lesson} step={step.map_or(1, |step| step + 1)} address={props.address.clone()} />
                </Dialog>
            }
            if *blank {
                <button type="button" class="present-blank" aria-label={says.say("present-unblank")}
                    onclick={press(Command::Blank)} />
            }
        </div>
    }
}

/// The question, its choices under their letters, and what became of it.
fn question_view(
    words: &Speech,
    says: &Glossary,
    question: &Question,
    stage: Stage,
    hands: &Hands,
    act: &Callback<Command>,
) -> Html {
    let key = key_of(question);
    html! {
        <section class="present-question" aria-label={words.say("question")}>
            <p class="present-ask">{ question.text.clone() }</p>
            <ol class="present-choices">
                { for question.choices.iter().enumerate().map(|(index, (text, right))| {
                    let right = *right && stage == Stage::Told;
                    let letter = char::from(b'A' + u8::try_from(index).unwrap_or(25).min(25));
                    let press = |command: Command| act.reform(move |_: MouseEvent| command);
                    let about = |key: &str| {
                        let letter = letter.to_string();
                        says.tell(key, &[("letter", (&letter).into())])
                    };
                    html! {
                        <li key={index} class={right.then_some("present-right")}>
                            <span class="present-letter">{ letter }</span>
                            <span class="present-choice">
                                { text.clone() }
                                if right {
                                    { " " }{ Icon::Check.draw() }
                                    <span class="hidden">{ words.say("what-happened") }</span>
                                }
                            </span>
                            if hands.shown {
                                <span class="present-count">
                                    { says.tell("present-hands", &[("count", i64::from(hands.of(key, index)).into())]) }
                                </span>
                            }
                            if stage == Stage::Asked {
                                <span class="present-raise">
                                    { button(&props!(ButtonProps {
                                        label: about("present-less"), says: "−",
                                        disabled: hands.of(key, index) == 0,
                                        onclick: press(Command::Less(index)),
                                    })) }
                                    { button(&props!(ButtonProps {
                                        label: about("present-more"), says: "+",
                                        onclick: press(Command::Hand(index)),
                                    })) }
                                </span>
                            }
                        </li>
                    }
                }) }
            </ol>
            if let (Stage::Told, Some(reveal)) = (stage, &question.reveal) {
                <p class="present-reveal">{ reveal.clone() }</p>
            }
        </section>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture;

    async fn shown(playback: Playback) -> String {
        let moment = fixture::moment(playback.position);
        fixture::drawn(move |_| {
            html! {
                <Present
                    program={Rc::new(fixture::opening())}
                    playback={playback.clone()}
                    moment={Rc::new(moment.clone())}
                    motion={Motion::Still}
                    text={Rc::<str>::from(crate::app::OPENING)}
                    address="https://exchequer.example/"
                    single=true
                    onstep={Callback::noop()}
                    onleave={Callback::noop()}
                />
            }
        })
        .await
    }

    fn at(steps: &[Step]) -> Playback {
        let program = fixture::opening();
        let start = Playback::default().after(&Step::Again, &program);
        steps
            .iter()
            .fold(start, |playback, step| playback.after(step, &program))
    }

    #[tokio::test]
    async fn the_board_has_its_caption_and_no_chrome() {
        let html = shown(at(&[Step::Next])).await;
        assert!(html.contains("present-telling") && html.contains("present-caption"));
        assert!(html.contains("inert") && html.contains("Simulation: no real money"));
        assert!(
            html.contains("Code for the room") && html.contains("Step 1 of"),
            "{html}"
        );
        for chrome in ["tablist", "transport", "<h3", "present-question"] {
            assert!(!html.contains(chrome), "{chrome}");
        }
    }

    #[tokio::test]
    async fn a_question_is_asked_in_letters_and_told_afterwards() {
        let asked = shown(at(&[Step::End])).await;
        assert!(asked.contains("present-asked"), "{asked}");
        for letter in [">A<", ">B<", ">C<"] {
            assert!(asked.contains(letter), "{letter}");
        }
        assert!(!asked.contains("present-right") && !asked.contains("present-reveal"));
        let key = key_of(&fixture::opening().steps[3].questions[0]).to_owned();
        let told = shown(at(&[
            Step::End,
            Step::Answer(key, Answer::Shown),
            Step::End,
        ]))
        .await;
        assert!(
            told.contains("present-told") && told.contains("present-right"),
            "{told}"
        );
        assert!(told.contains("present-reveal"), "{told}");
    }
}
