//! A run as a whole: its beats, and the story told along it.

use money::parse_minor;
use world::fact::Fact;
use world::spec::Value;

use super::beats;
use crate::presets::written;
use crate::run::{ENGINE, Played, Run};
use crate::script::{self, Line, NONE, Statement};
use crate::telling::Telling;
use crate::views::{Beat, Expectation, Owed, Preset, Program, Question, Slide, Step, Stop, Try};

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
        slides: slides(run),
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

/// The values that the scenario offers to slide.
fn slides(run: &Run) -> Vec<Slide> {
    let mut slides = Vec::new();
    for line in &run.script().lines {
        let Some(Statement::Set {
            path,
            value,
            stops,
            source,
        }) = &line.statement
        else {
            continue;
        };
        let Some(unit) = run.preset().unit(path).filter(|_| !stops.is_empty()) else {
            continue;
        };
        let offered = stops;
        let (at, stops) = with_its_own(offered, value);
        let stop = |value: Value| Stop {
            value: run.preset().shown(path, &value),
            text: script::line(&Line {
                statement: Some(Statement::Set {
                    path: path.clone(),
                    value,
                    stops: offered.clone(),
                    source: source.clone(),
                }),
                ..line.clone()
            }),
        };
        slides.push(Slide {
            line: line.place.line,
            path: path.clone(),
            unit,
            at,
            stops: stops.into_iter().map(stop).collect(),
        });
    }
    slides
}

/// The stops with the value that is set, and which of them it is. A number that
/// is none of them comes before the first that is greater, all else at the end.
fn with_its_own(stops: &[Value], own: &Value) -> (u32, Vec<Value>) {
    let mut stops = stops.to_vec();
    let at = stops
        .iter()
        .position(|stop| stop == own)
        .unwrap_or_else(|| {
            let is_greater = |stop: &Value| match (stop, own) {
                (Value::Number { digits: stop, .. }, Value::Number { digits: own, .. }) => {
                    let nano = |digits: &str| parse_minor(digits, 9).ok();
                    nano(stop) > nano(own)
                }
                _ => false,
            };
            let open = |stop: &Value| *stop == Value::Name(NONE.to_owned());
            let place = stops.iter().position(|stop| is_greater(stop) || open(stop));
            let place = place.unwrap_or(stops.len());
            stops.insert(place, own.clone());
            place
        });
    (u32::try_from(at).unwrap_or(0), stops)
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
