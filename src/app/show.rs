//! What the engine made of the text, and where it is shown: a reducer, free of
//! the browser.

use std::rc::Rc;

use exchequer::views::{Moment, Program};
use yew::Reducible;

use crate::engine::{Finding, News};
use crate::state::{Motion, Pace, Playback, Step};

/// What the engine made of the text, and where it is shown.
#[derive(Clone, PartialEq)]
pub(super) struct Show {
    /// The number of the text last sent.
    revision: u32,
    /// That text.
    sent: Rc<str>,
    /// The run of the text last played.
    pub(super) program: Option<Rc<Program>>,
    /// The text last played.
    pub(super) played: Rc<str>,
    /// What is wrong with it.
    pub(super) findings: Rc<[Finding]>,
    /// Where it is shown.
    pub(super) playback: Playback,
    /// What is shown.
    pub(super) moment: Option<Rc<Moment>>,
    /// Whether it happens or has happened.
    pub(super) motion: Motion,
    /// Play was pressed before there was anything to play.
    eager: bool,
    /// A try was begun: play once its text is there.
    trying: bool,
    /// An act was written: show its event once its text is there.
    acting: bool,
    /// A text was begun: show its end once it is there.
    ending: bool,
    /// A text was begun: show this step, from 0, once it is there.
    beginning: Option<usize>,
    /// How the engine is.
    pub(super) health: Health,
}

/// How the engine is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Health {
    /// It answers.
    Well,
    /// It has been working for a while.
    Busy,
    /// It lacks a part that could not be loaded.
    Lacking,
    /// It has stopped; what it said last, if anything.
    Stopped(Option<String>),
}

/// Something that happened.
pub(super) enum Event {
    /// The reader moved the playback.
    Step(Step),
    /// The engine spoke.
    News(News),
    /// A text was sent to the engine under a number.
    Sent(u32, Rc<str>),
    /// A try was begun: play its act once its text is there.
    Trying,
    /// An act was written after what is shown: show its event.
    Acted,
    /// A text to begin with is on its way: show its end.
    Ending,
    /// A text to begin at this step, from 1, is on its way.
    BeginAt(usize),
    /// Another text altogether is on its way: nothing of this one stays.
    Opened,
    /// What is shown is looked at otherwise: it does not happen again.
    Settled,
    /// The engine was started anew.
    Restarted,
}

impl Show {
    /// Nothing yet.
    pub(super) fn new(pace: Pace, eager: bool) -> Self {
        Self {
            revision: 0,
            sent: "".into(),
            program: None,
            played: "".into(),
            findings: Rc::new([]),
            playback: Playback::at_pace(pace),
            moment: None,
            motion: Motion::Still,
            eager,
            trying: false,
            acting: false,
            ending: false,
            beginning: None,
            health: Health::Well,
        }
    }
}

impl Reducible for Show {
    type Action = Event;

    fn reduce(self: Rc<Self>, event: Event) -> Rc<Self> {
        let mut next = (*self).clone();
        match event {
            Event::Step(step) => match &next.program {
                Some(program) => next.playback = next.playback.after(&step, program),
                None if matches!(step, Step::Play | Step::Toggle) => next.eager = true,
                None => {}
            },
            Event::Settled => next.motion = Motion::Still,
            Event::Trying => next.trying = true,
            Event::Acted => next.acting = true,
            Event::Ending => next.ending = true,
            Event::BeginAt(step) => next.beginning = step.checked_sub(1).filter(|it| *it > 0),
            Event::Restarted => next.health = Health::Well,
            Event::Opened => next.playback = Playback::at_pace(next.playback.pace),
            Event::Sent(revision, text) => {
                next.revision = revision;
                next.sent = text;
            }
            Event::News(News::Lacking(lacking)) => {
                next.health = if lacking {
                    Health::Lacking
                } else {
                    Health::Well
                };
            }
            // What is lacking is more than a wait, and outlives it.
            Event::News(News::Busy(_)) if next.health == Health::Lacking => {}
            Event::News(News::Busy(busy)) => {
                next.health = if busy { Health::Busy } else { Health::Well };
            }
            Event::News(News::Stopped(last)) => {
                next.health = Health::Stopped(last);
                next.playback.playing = false;
            }
            Event::News(News::Loaded {
                revision,
                program,
                findings,
            }) => {
                if revision != next.revision {
                    return self;
                }
                next.findings = findings;
                // While a line is rewritten, by hand, by sliding a value or by taking
                // that back, who looks at the end goes on to do so.
                let rewritten = next.played.lines().count() == next.sent.lines().count();
                let program_before = next.program.as_deref();
                let finished = program_before.is_some_and(|it| next.playback.finished(it));
                let ending = std::mem::take(&mut next.ending) || (rewritten && finished);
                next.played = next.sent.clone();
                next.playback = next.playback.over(&program);
                let before = next.program.replace(program.clone());
                if std::mem::take(&mut next.trying) && before.is_some() {
                    next.playback = next.playback.after(&Step::Play, &program);
                }
                if std::mem::take(&mut next.acting) && before.is_some() {
                    next.playback = next.playback.after(&Step::Next, &program);
                }
                if let Some(step) = next.beginning.take() {
                    next.playback = next.playback.after(&Step::ToStep(step), &program);
                }
                if ending {
                    next.playback = next.playback.after(&Step::End, &program);
                }
                if std::mem::take(&mut next.eager) {
                    next.playback = next.playback.after(&Step::Play, &program);
                }
            }
            Event::News(News::Arrived { revision, moment }) => {
                if revision != next.revision {
                    return self;
                }
                let current = moment.position == next.playback.position;
                next.motion = if current {
                    next.playback.motion
                } else {
                    Motion::Still
                };
                next.moment = Some(moment);
            }
        }
        Rc::new(next)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture;

    fn after(show: Show, events: impl IntoIterator<Item = Event>) -> Show {
        let show = events
            .into_iter()
            .fold(Rc::new(show), |show, event| show.reduce(event));
        (*show).clone()
    }

    fn loaded(revision: u32) -> Event {
        Event::News(News::Loaded {
            revision,
            program: Rc::new(fixture::opening()),
            findings: Rc::new([]),
        })
    }

    fn arrived(revision: u32, position: u32) -> Event {
        Event::News(News::Arrived {
            revision,
            moment: Rc::new(fixture::moment(position)),
        })
    }

    fn sent(revision: u32) -> Event {
        Event::Sent(revision, "text".into())
    }

    #[test]
    fn a_play_before_the_engine_is_ready_is_remembered() {
        let show = after(
            Show::new(Pace::Story, false),
            [Event::Step(Step::Toggle), sent(1), loaded(1)],
        );
        assert!(show.playback.playing);
        let show = after(Show::new(Pace::Story, true), [sent(1), loaded(1)]);
        assert!(show.playback.playing);
        let show = after(Show::new(Pace::Story, false), [sent(1), loaded(1)]);
        assert!(!show.playback.playing);
    }

    #[test]
    fn the_event_of_an_act_that_was_written_is_shown() {
        let show = after(Show::new(Pace::Story, false), [sent(1), loaded(1)]);
        let first = show.playback.position;
        let show = after(show, [Event::Acted, sent(2), loaded(2)]);
        assert!(show.playback.position > first && !show.playback.playing);
        assert_eq!(
            after(show.clone(), [loaded(2)]).playback.position,
            show.playback.position
        );
    }

    #[test]
    fn who_looks_at_the_end_goes_on_to_do_so_while_a_line_is_rewritten() {
        let question = crate::state::key_of(&fixture::opening().steps[3].questions[0]).to_owned();
        let answer = Step::Answer(question, crate::state::Answer::Shown);
        let answered = [Event::Step(Step::End), Event::Step(answer)];
        let show = after(Show::new(Pace::Story, false), [sent(1), loaded(1)]);
        let show = after(show, answered);
        let mut longer = fixture::opening();
        longer.length += 4;
        let last = longer.beats.last_mut().unwrap();
        last.to += 4;
        let end = last.to;
        let news = |revision| {
            Event::News(News::Loaded {
                revision,
                program: Rc::new(longer.clone()),
                findings: Rc::new([]),
            })
        };
        let slid = after(show.clone(), [Event::Step(Step::End), sent(2), news(2)]);
        assert_eq!(slid.playback.position, end);
        let added = Event::Sent(2, "text\nmore".into());
        let grown = after(show.clone(), [Event::Step(Step::End), added, news(2)]);
        assert!(grown.playback.position < end);
        let before = after(show, [Event::Step(Step::Start), sent(2), news(2)]);
        assert!(before.playback.position < end);
    }

    #[test]
    fn a_text_to_begin_with_is_shown_at_its_end_and_the_next_is_not() {
        let show = after(Show::new(Pace::Story, false), [sent(1), loaded(1)]);
        let first = show.playback.position;
        let show = after(show, [Event::Opened, Event::Ending, sent(2), loaded(2)]);
        assert!(show.playback.position > first);
        let show = after(show, [Event::Opened, sent(3), loaded(3)]);
        assert_eq!(show.playback.position, first);
    }

    #[test]
    fn a_text_to_begin_at_a_step_is_shown_there_and_the_next_is_not() {
        let show = after(
            Show::new(Pace::Story, false),
            [Event::BeginAt(3), sent(1), loaded(1)],
        );
        let program = fixture::opening();
        assert_eq!(
            crate::state::step_at(&program, show.playback.position),
            Some(2)
        );
        let first = Playback::first(&program);
        let show = after(show, [Event::Opened, Event::BeginAt(1), sent(2), loaded(2)]);
        assert_eq!(show.playback.position, first);
    }

    #[test]
    fn an_answer_for_an_older_text_is_not_shown() {
        let show = after(
            Show::new(Pace::Story, false),
            [sent(1), loaded(1), sent(2), arrived(1, 3)],
        );
        assert_eq!(show.moment, None);
        let show = after(show, [loaded(1)]);
        assert_eq!(&*show.played, "text");
    }

    #[test]
    fn a_moment_that_was_overtaken_is_shown_standing_still() {
        let show = after(
            Show::new(Pace::Story, false),
            [sent(1), loaded(1), Event::Step(Step::Next)],
        );
        let now = show.playback.position;
        assert_eq!(
            after(show.clone(), [arrived(1, now)]).motion,
            Motion::Playing
        );
        assert_eq!(after(show, [arrived(1, 1)]).motion, Motion::Still);
    }

    #[test]
    fn a_wrong_text_keeps_the_board() {
        let show = after(
            Show::new(Pace::Story, false),
            [sent(1), loaded(1), arrived(1, 0), sent(2)],
        );
        assert!(show.moment.is_some() && show.program.is_some());
    }

    #[test]
    fn a_stopped_engine_stops_the_play_and_keeps_what_is_shown() {
        let events = [sent(1), loaded(1), Event::Step(Step::Play), arrived(1, 2)];
        let show = after(Show::new(Pace::Story, false), events);
        let show = after(show, [Event::News(News::Stopped(None))]);
        assert_eq!(show.health, Health::Stopped(None));
        assert!(!show.playback.playing && show.moment.is_some());
        assert_eq!(after(show, [Event::Restarted]).health, Health::Well);
    }
}
