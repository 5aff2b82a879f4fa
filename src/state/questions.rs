//! A story's questions: where play stops, and what may be drawn until then.

use std::collections::BTreeMap;

use exchequer::views::{Program, Question};

use super::Answer;

/// A question with its place in the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The step it is asked in, from 0.
    pub step: usize,
    /// The question.
    pub question: &'a Question,
}

/// What names a question across edits of the text: its position in the run may
/// move, its wording rarely does.
pub fn key_of(question: &Question) -> &str {
    &question.text
}

/// All questions, in order.
pub fn asked(program: &Program) -> impl Iterator<Item = Asked<'_>> {
    program.steps.iter().enumerate().flat_map(|(step, story)| {
        story
            .questions
            .iter()
            .map(move |question| Asked { step, question })
    })
}

/// How far the run may be drawn: to the first question without an answer.
pub fn horizon(program: &Program, answers: &BTreeMap<String, Answer>) -> u32 {
    asked(program)
        .find(|asked| !answers.contains_key(key_of(asked.question)))
        .map_or(program.length, |asked| {
            asked.question.at.min(program.length)
        })
}

/// The question to show at a position: the last one reached in the step being
/// shown, answered or not.
pub fn question_at(program: &Program, position: u32) -> Option<Asked<'_>> {
    let current = step_at(program, position)?;
    asked(program)
        .filter(|asked| asked.step == current && asked.question.at <= position)
        .last()
}

/// The step shown at a position: the last one that has begun. A step begins
/// when its first act is played, except that the first is there from the start
/// and that a step is announced while play stands at its question.
pub fn step_at(program: &Program, position: u32) -> Option<usize> {
    if program.steps.is_empty() {
        return None;
    }
    let begun = program
        .steps
        .iter()
        .rposition(|step| step.from < position || step.from == 0)
        .unwrap_or(0);
    // A question at the very start of the next step stops play before the
    // step's first act: the step it belongs to is the one to read.
    let asked = program
        .steps
        .iter()
        .rposition(|step| step.from == position && step.questions.iter().any(|q| q.at == position));
    Some(asked.map_or(begun, |asked| asked.max(begun)))
}
