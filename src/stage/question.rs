//! A question that stops the play: guess first, then see.

use exchequer::views::Question;
use yew::prelude::*;
use yew::props;

use crate::state::{Answer, Step, key_of};
use crate::ui::{ButtonKind, ButtonProps, Icon, RadiosProps, button, radios};
use crate::words::use_words;

/// Properties of [`QuestionCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct QuestionProps {
    /// The question.
    pub question: Question,
    /// What the reader answered.
    pub answer: Option<Answer>,
    /// Whether what happened has been shown.
    pub revealed: bool,
    /// Moves the playback.
    pub onstep: Callback<Step>,
}

/// The question's card: its choices, then the reader's pick beside what
/// happened.
#[component]
pub fn QuestionCard(props: &QuestionProps) -> Html {
    let words = use_words();
    let picked = use_state(|| None::<usize>);
    let question = &props.question;
    let answer = |answer: Answer| {
        let (onstep, key) = (props.onstep.clone(), key_of(question).to_owned());
        move |_: MouseEvent| onstep.emit(Step::Answer(key.clone(), answer))
    };
    let Some(given) = props.answer else {
        let onchoose = {
            let picked = picked.setter();
            Callback::from(move |index| picked.set(Some(index)))
        };
        let chosen = picked.map_or(Answer::Shown, Answer::Choice);
        return html! {
            <section class="question" aria-label={words.say("question")}>
                { radios(&props!(RadiosProps {
                    legend: question.text.clone(),
                    name: format!("question-{}", question.line),
                    choices: question.choices.iter().map(|choice| AttrValue::from(choice.0.clone())).collect::<Vec<_>>(),
                    onchoose,
                })) }
                <div class="question-actions">
                    { button(&props!(ButtonProps {
                        kind: ButtonKind::Primary,
                        disabled: picked.is_none(),
                        onclick: answer(chosen),
                        says: words.say("see-what-happens"),
                    })) }
                    { button(&props!(ButtonProps {
                        kind: ButtonKind::Quiet,
                        onclick: answer(Answer::Shown),
                        says: words.say("just-show-me"),
                    })) }
                </div>
            </section>
        };
    };
    let right = question.choices.iter().position(|choice| choice.1);
    let pick = match given {
        Answer::Choice(index) => question
            .choices
            .get(index)
            .map(|choice| (index, choice.0.clone())),
        Answer::Shown => None,
    };
    html! {
        <section class="question question-answered" aria-label={words.say("question")}>
            <p class="question-text">{ question.text.clone() }</p>
            <dl class="outcome">
                if let Some((index, text)) = &pick {
                    <div>
                        <dt>{ words.say("your-pick") }</dt>
                        <dd>
                            { text.clone() }
                            if props.revealed && right == Some(*index) {
                                { " " }{ Icon::Check.draw() }
                            }
                        </dd>
                    </div>
                }
                if let (true, Some(index)) = (props.revealed, right) {
                    <div class="outcome-right">
                        <dt>{ words.say("what-happened") }</dt>
                        <dd>{ question.choices[index].0.clone() }</dd>
                    </div>
                }
            </dl>
            if let (true, Some(reveal)) = (props.revealed, &question.reveal) {
                <p class="reveal">{ reveal.clone() }</p>
            }
        </section>
    }
}
