//! A run as a whole: its beats, and the story told along it.

use world::fact::Fact;

use super::beats;
use crate::presets::written;
use crate::run::{ENGINE, Played, Run};
use crate::script::{self, Statement};
use crate::telling::Telling;
use crate::views::{Beat, Expectation, Owed, Preset, Program, Question, Step, Try};

/// Parties that the reader is offered to look as.
const PARTIES: usize = 100;

/// What there is to know about a run as a whole, told as it is written.
pub fn program(run: &Run) -> Program {
    told(run, Telling::as_written(run))
}

/// The same, told in a language as far as there are words in it.
pub fn program_in(run: &Run, language: &str) -> Program {
    told(run, Telling::in_language(run, language))
}

fn told(run: &Run, telling: Telling) -> Program {
    let rules = run.simulation().rules();
    let (steps, tries) = story(run, &telling);
    Program {
        title: telling.title(run.title()),
        language: telling.language,
        preset: Preset {
            id: run.preset().id(),
            currency: rules.currency.code().to_owned(),
            decimals: rules.currency.decimals(),
            ended: run.preset().ended.clone(),
            ours: run
                .ours()
                .iter()
                .map(|ours| (ours.path.clone(), written(&ours.value)))
                .collect(),
        },
        seed: run.seed(),
        length: run.position(),
        parties: run
            .simulation()
            .world()
            .parties()
            .take(PARTIES)
            .map(|(_, party)| run.simulation().texts().text(party.name).to_owned())
            .collect(),
        beats: beats(run).map(|played| beat(run, played)).collect(),
        steps,
        tries,
        expectations: run
            .checked()
            .iter()
            .map(|it| Expectation {
                line: it.line,
                held: it.held,
                expected: it.expected.clone(),
                found: it.found.clone(),
            })
            .collect(),
        unexpected: run
            .refused()
            .iter()
            .filter(|it| !it.expected)
            .map(|it| it.index + 1)
            .collect(),
        waits_for: None,
        digest: run.digest(),
        engine: ENGINE.to_owned(),
    }
}

fn beat(run: &Run, played: &Played) -> Beat {
    let mut beat = Beat {
        from: played.from,
        to: played.to,
        at: played.at,
        line: played.line,
        messages: 0,
        postings: 0,
        owed: None,
        refused: false,
    };
    for (_, stamped) in run.simulation().log().facts(played.from, played.to) {
        match stamped.fact {
            Fact::Sent(_) => beat.messages = beat.messages.saturating_add(1),
            Fact::Posted(_) => beat.postings = beat.postings.saturating_add(1),
            Fact::Refused(_) => beat.refused = true,
            Fact::Changed(_) | Fact::Scheduled(_) => {}
        }
    }
    if beat.postings > 0 {
        beat.owed = Some(Owed::CentralBank);
    }
    beat
}

/// The tell lines, each with the position reached when it was passed.
fn story(run: &Run, telling: &Telling) -> (Vec<Step>, Vec<Try>) {
    let mut steps: Vec<Step> = Vec::new();
    let mut tries = Vec::new();
    let begin = beats(run)
        .next()
        .map_or(run.position(), |played| played.from);
    for (index, line) in run.script().lines.iter().enumerate() {
        let number = line.place.line;
        let Some(statement) = &line.statement else {
            continue;
        };
        if matches!(statement, Statement::Wrong(_)) {
            break;
        }
        // What stands above the first act is told when the scene is set.
        let mark = run.mark(index).max(begin);
        match statement {
            Statement::Step(tell) => {
                if let Some(last) = steps.last_mut() {
                    last.to = mark;
                }
                steps.push(step(telling.say(tell), mark, number));
            }
            Statement::Note(_) | Statement::Ask(_) if steps.is_empty() => {
                steps.push(step(telling.title(run.title()), mark, number));
            }
            Statement::Try { tell, act } => {
                tries.push(Try {
                    text: telling.say(tell),
                    line: number,
                    act: script::act(act),
                });
            }
            _ => {}
        }
        let Some(step) = steps.last_mut() else {
            continue;
        };
        match statement {
            Statement::Note(tell) => step.notes.push((mark, telling.say(tell))),
            Statement::Ask(tell) => step.questions.push(Question {
                at: mark,
                line: number,
                text: telling.say(tell),
                choices: Vec::new(),
                reveal: None,
                reveal_at: u32::MAX,
            }),
            Statement::Choice { tell, right } => {
                if let Some(question) = step.questions.last_mut() {
                    question.choices.push((telling.say(tell), *right));
                }
            }
            Statement::Reveal(tell) => {
                if let Some(question) = step.questions.last_mut() {
                    question.reveal = Some(telling.say(tell));
                    question.reveal_at = mark;
                }
            }
            _ => {}
        }
    }
    if let Some(last) = steps.last_mut() {
        last.to = run.position();
    }
    (steps, tries)
}

fn step(title: String, from: u32, line: u32) -> Step {
    Step {
        title,
        notes: Vec::new(),
        from,
        to: from,
        line,
        questions: Vec::new(),
    }
}
