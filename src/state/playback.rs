//! Playing, stepping and scrubbing: a position in the run and what moves it.

use std::collections::BTreeMap;

use exchequer::views::{Beat, Program, Step as Told};

use super::questions::{self, horizon, key_of};

/// How fast play runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// One act a beat, with time to read its caption; idle time is skipped.
    #[default]
    Story,
    /// By the clock, so many times faster.
    Clock(u16),
    /// By the clock, as fast as it draws.
    Max,
}

/// How much of the clock is played at once, in real milliseconds: four pictures
/// a second, however much happens.
const TICK: i64 = 250;

/// How long nothing else may happen for tokens to be seen moving, in real
/// milliseconds.
const SEEN: i64 = 1_200;

impl Pace {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 5] = [
        Self::Story,
        Self::Clock(1),
        Self::Clock(2),
        Self::Clock(8),
        Self::Max,
    ];

    /// How it is stored and how its label's key ends.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Clock(2) => "clock-2",
            Self::Clock(8) => "clock-8",
            Self::Clock(_) => "clock-1",
            Self::Max => "clock-max",
        }
    }

    /// The pace of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pace| pace.name() == name)
    }

    /// Whether beats follow each other too fast for the eye to follow tokens.
    pub const fn is_fast(self) -> bool {
        matches!(self, Self::Clock(8..) | Self::Max)
    }

    /// How long a beat stands before the next one begins, in milliseconds.
    /// `caption` is the reading time of its caption, `motion` what its drawing
    /// takes.
    pub fn hold(self, beat: Option<&Beat>, next: &Beat, caption: u32, motion: u32) -> u32 {
        match self {
            Self::Story => (1_200 + caption).max(motion),
            Self::Clock(times) => {
                let idle = beat.map_or(0, |beat| real(beat, next, times));
                let least = if idle < SEEN {
                    TICK as u32
                } else {
                    motion / u32::from(times.max(1))
                };
                let idle = u32::try_from(idle).unwrap_or(u32::MAX);
                idle.clamp(least, 3_600_000)
            }
            Self::Max => 16,
        }
    }
}

/// How long the next beat is away by the clock, in real milliseconds.
fn real(beat: &Beat, next: &Beat, times: u16) -> i64 {
    next.at.saturating_sub(beat.at).max(0) / i64::from(times.max(1))
}

/// What a reader answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One of the choices, from 0.
    Choice(usize),
    /// "Just show me".
    Shown,
}

/// Whether the position was reached by playing on, so that its beat is drawn
/// moving, or by a jump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// Drawn as it stands.
    #[default]
    Still,
    /// The beat happens before the eyes.
    Playing,
}

/// Where a run is shown, and what is known of the reader's answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Playback {
    /// How many facts have happened.
    pub position: u32,
    /// The position before the first of several beats that were played at once.
    pub since: Option<u32>,
    /// Whether it plays on by itself.
    pub playing: bool,
    /// How fast.
    pub pace: Pace,
    /// How the position was reached.
    pub motion: Motion,
    /// Answers by question.
    pub answers: BTreeMap<String, Answer>,
    /// Play stops here although more could be drawn: at a reveal.
    stop_at: Option<u32>,
}

/// Something that moves the playback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Play on, or again from the start when at the end.
    Play,
    /// Stand still.
    Pause,
    /// Play if standing, pause if playing.
    Toggle,
    /// The time for the next beat has come.
    Tick,
    /// One beat on.
    Next,
    /// One beat back.
    Back,
    /// To the next step of the story.
    NextStep,
    /// To the step before.
    BackStep,
    /// To the start.
    Start,
    /// To the start, with every answer forgotten.
    Again,
    /// To the end, or to the question that stands before it.
    End,
    /// To a position.
    Seek(u32),
    /// To a position, with what is asked before it just shown.
    Arrive(u32),
    /// To the beginning of a step, from 0, likewise.
    ToStep(usize),
    /// Another pace.
    Pace(Pace),
    /// An answer to the question of this key; play goes on to its reveal.
    Answer(String, Answer),
}

impl Playback {
    /// At the start, standing still.
    pub fn at_pace(pace: Pace) -> Self {
        Self {
            pace,
            ..Self::default()
        }
    }

    /// Where the story begins: after everybody got what they start with.
    pub fn first(program: &Program) -> u32 {
        program
            .beats
            .first()
            .map_or(program.length, |beat| beat.from)
    }

    /// What may be drawn of a run.
    pub fn horizon(&self, program: &Program) -> u32 {
        horizon(program, &self.answers)
    }

    /// Whether play stands at a question that waits for an answer.
    pub fn waits(&self, program: &Program) -> bool {
        let horizon = self.horizon(program);
        horizon < program.length && self.position >= horizon
    }

    /// Whether everything has been shown.
    pub fn finished(&self, program: &Program) -> bool {
        self.position >= program.length
    }

    /// The beat that Next would play.
    pub fn next_beat<'a>(&self, program: &'a Program) -> Option<&'a Beat> {
        self.beat_after(self.position, program)
    }

    fn beat_after<'a>(&self, position: u32, program: &'a Program) -> Option<&'a Beat> {
        let first = program.beats.partition_point(|beat| beat.to <= position);
        let beat = program.beats.get(first)?;
        (position < self.horizon(program)).then_some(beat)
    }

    /// The playback after a step.
    #[must_use]
    pub fn after(&self, step: &Step, program: &Program) -> Self {
        let mut next = self.clone();
        match step {
            Step::Play => next.play(program),
            Step::Pause => next.playing = false,
            Step::Toggle if self.playing => next.playing = false,
            Step::Toggle => next.play(program),
            Step::Tick => {
                if self.playing {
                    next.forward(program);
                }
            }
            Step::Next => {
                next.playing = false;
                next.stop_at = None;
                next.forward(program);
            }
            Step::Back => {
                let before = program
                    .beats
                    .partition_point(|beat| beat.to < self.position);
                let target = match before.checked_sub(1).and_then(|i| program.beats.get(i)) {
                    Some(beat) => beat.to,
                    None => 0,
                };
                next.jump(target, program);
            }
            Step::NextStep => {
                let target = program.steps.iter().map(|step| step.to);
                let target = target.filter(|to| *to > self.position).min();
                next.jump(target.unwrap_or(program.length), program);
            }
            Step::BackStep => {
                let target = program.steps.iter().map(|step| step.from);
                let target = target.filter(|from| *from < self.position).max();
                next.jump(target.unwrap_or(0), program);
            }
            Step::Start => next.jump(0, program),
            Step::Again => {
                next = Self::at_pace(self.pace);
                next.jump(0, program);
            }
            Step::End => next.jump(program.length, program),
            Step::Seek(position) => next.jump(*position, program),
            Step::Arrive(position) => {
                next.pass_over(program, |asked| asked.question.at < *position);
                next.jump(*position, program);
            }
            Step::ToStep(index) => {
                if let Some(step) = program.steps.get(*index) {
                    next.pass_over(program, |asked| asked.step < *index);
                    next.jump(beginning(step, program), program);
                }
            }
            Step::Pace(pace) => next.pace = *pace,
            Step::Answer(key, answer) => next.answer(key, *answer, program),
        }
        next
    }

    /// The playback of a text that has changed: answers stay, and the position
    /// where it still can be.
    #[must_use]
    pub fn over(&self, program: &Program) -> Self {
        let mut next = self.clone();
        next.position = self
            .position
            .max(Self::first(program))
            .min(next.horizon(program));
        next.motion = Motion::Still;
        next.since = None;
        next.stop_at = None;
        if next.waits(program) || next.finished(program) {
            next.playing = false;
        }
        next
    }

    fn play(&mut self, program: &Program) {
        if self.finished(program) {
            *self = Self::at_pace(self.pace);
            self.position = Self::first(program);
        }
        self.stop_at = None;
        if self.waits(program) || program.beats.is_empty() {
            self.playing = false;
            return;
        }
        self.playing = true;
        self.forward(program);
    }

    fn forward(&mut self, program: &Program) {
        let horizon = self.horizon(program);
        let stops = |position: u32| self.stop_at.is_some_and(|stop| position >= stop);
        let before = self.position;
        self.since = None;
        match self.next_beat(program).copied() {
            Some(first) => {
                let (mut last, mut position) = (first, first.to.min(horizon));
                let mut next = self.beat_after(position, program);
                let clock = match self.pace {
                    Pace::Clock(times) if self.playing => Some(times),
                    _ => None,
                };
                // By the clock, what happens in one tick is one picture.
                while let (Some(times), Some(beat)) = (clock, next) {
                    if real(&first, beat, times) >= TICK || position >= horizon || stops(position) {
                        break;
                    }
                    (last, position) = (*beat, beat.to.min(horizon));
                    next = self.beat_after(position, program);
                }
                let has_time = match (clock, next) {
                    (Some(times), Some(next)) => real(&last, next, times) >= SEEN,
                    _ => true,
                };
                let is_still = self.playing && (self.pace.is_fast() || !has_time);
                self.motion = if is_still {
                    Motion::Still
                } else {
                    Motion::Playing
                };
                self.since = (last != first).then_some(before);
                self.position = position;
            }
            None => self.playing = false,
        }
        let stop = self.stop_at.is_some_and(|stop| self.position >= stop);
        if stop || self.position >= horizon {
            self.playing = false;
            self.stop_at = None;
        }
    }

    fn jump(&mut self, position: u32, program: &Program) {
        self.since = None;
        self.playing = false;
        self.stop_at = None;
        self.position = position
            .max(Self::first(program))
            .min(self.horizon(program));
        self.motion = Motion::Still;
    }

    /// "Just show me" to questions that have no answer yet.
    fn pass_over(&mut self, program: &Program, are: impl Fn(&questions::Asked<'_>) -> bool) {
        for asked in questions::asked(program).filter(are) {
            let key = key_of(asked.question).to_owned();
            self.answers.entry(key).or_insert(Answer::Shown);
        }
    }

    fn answer(&mut self, key: &str, answer: Answer, program: &Program) {
        if self.answers.contains_key(key) {
            return;
        }
        let Some(asked) = questions::asked(program).find(|asked| key_of(asked.question) == key)
        else {
            return;
        };
        self.answers.insert(key.to_owned(), answer);
        self.stop_at = Some(asked.question.reveal_at);
        self.playing = true;
        self.forward(program);
    }
}

/// Where a step is to be seen: at the question it opens with, else after its
/// first event, for until then the step before it is told; and within that event
/// if the next step asks at once where it ends.
fn beginning(step: &Told, program: &Program) -> u32 {
    let opens = |step: &Told| step.questions.iter().any(|it| it.at == step.from);
    let first = program.beats.iter().find(|beat| beat.from >= step.from);
    match first {
        Some(beat) if !opens(step) && beat.to <= step.to => {
            let mut others = program.steps.iter().filter(|it| it.from == beat.to);
            if others.any(opens) && step.from + 1 < beat.to {
                step.from + 1
            } else {
                beat.to
            }
        }
        _ => step.from,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::fixture::opening;

    fn playing_to_rest(mut playback: Playback, program: &Program) -> Playback {
        for _ in 0..100 {
            if !playback.playing {
                return playback;
            }
            playback = playback.after(&Step::Tick, program);
        }
        panic!("play does not come to rest");
    }

    fn question(program: &Program) -> exchequer::views::Question {
        questions::asked(program).next().unwrap().question.clone()
    }

    #[test]
    fn play_runs_to_the_question_and_no_further() {
        let program = opening();
        let at = question(&program).at;
        let playback = Playback::default().after(&Step::Play, &program);
        let playback = playing_to_rest(playback, &program);
        assert_eq!(playback.position, at);
        assert!(playback.waits(&program));
        for step in [
            Step::Play,
            Step::Next,
            Step::End,
            Step::Seek(u32::MAX),
            Step::NextStep,
        ] {
            assert_eq!(playback.after(&step, &program).position, at, "{step:?}");
        }
    }

    #[test]
    fn an_answer_plays_on_to_its_reveal() {
        let program = opening();
        let question = question(&program);
        let playback = Playback::default().after(&Step::End, &program);
        let answer = Step::Answer(question.text.clone(), Answer::Choice(0));
        let playback = playing_to_rest(playback.after(&answer, &program), &program);
        assert!(playback.position >= question.reveal_at);
        assert_eq!(
            playback.answers.get(&question.text),
            Some(&Answer::Choice(0))
        );
        let again = Step::Answer(question.text.clone(), Answer::Choice(1));
        assert_eq!(playback.after(&again, &program).answers, playback.answers);
    }

    #[test]
    fn every_step_of_every_lesson_can_be_gone_to() {
        for lesson in exchequer::lessons::all() {
            let program = exchequer::session::Session::open(lesson.text).program();
            for step in 0..program.steps.len() {
                let there = Playback::default().after(&Step::ToStep(step), &program);
                let shown = questions::step_at(&program, there.position);
                // A step without events stands at the end of the one before it.
                let empty = program.steps[step].from == program.steps[step].to;
                let told = if empty { step - 1 } else { step };
                assert_eq!(shown, Some(told), "{}", lesson.link(step + 1));
            }
        }
    }

    #[test]
    fn a_step_behind_a_question_is_gone_to_with_the_answer_shown() {
        let program = opening();
        let asked = questions::asked(&program).next().unwrap();
        let key = key_of(asked.question);
        for index in 0..program.steps.len() {
            let there = Playback::default().after(&Step::ToStep(index), &program);
            assert_eq!(questions::step_at(&program, there.position), Some(index));
            assert!(!there.playing);
            let passed = there.answers.get(key).copied();
            let shown = (asked.step < index).then_some(Answer::Shown);
            assert_eq!(passed, shown, "step {index}");
        }
        let nowhere = Playback::default().after(&Step::ToStep(99), &program);
        assert_eq!(nowhere, Playback::default());
        let end = Playback::default().after(&Step::Arrive(u32::MAX), &program);
        assert!(end.finished(&program));
        // What somebody chose stays chosen.
        let chosen = Playback::default()
            .after(&Step::End, &program)
            .after(&Step::Answer(key.to_owned(), Answer::Choice(1)), &program)
            .after(&Step::Arrive(u32::MAX), &program);
        assert_eq!(chosen.answers.get(key), Some(&Answer::Choice(1)));
    }

    #[test]
    fn next_and_back_go_from_beat_to_beat() {
        let program = opening();
        let mut playback = Playback::default();
        let mut seen = vec![0];
        while let Some(beat) = playback.next_beat(&program) {
            let to = beat.to;
            playback = playback.after(&Step::Next, &program);
            assert_eq!(playback.position, to);
            assert_eq!(playback.motion, Motion::Playing);
            seen.push(to);
        }
        for expected in seen.iter().rev().skip(1) {
            playback = playback.after(&Step::Back, &program);
            assert_eq!(playback.position, *expected);
            assert_eq!(playback.motion, Motion::Still);
        }
    }

    #[test]
    fn by_the_clock_four_pictures_a_second_tell_of_however_much_happens() {
        let mut program = opening();
        program.steps.clear();
        // A beat every 10 ms for three seconds, then one much later.
        let model = program.beats[0];
        program.beats = (0..=300)
            .map(|no| Beat {
                from: no,
                to: no + 1,
                at: if no == 300 {
                    60_000
                } else {
                    i64::from(no) * 10
                },
                ..model
            })
            .collect();
        program.length = 301;
        let mut playback = Playback::at_pace(Pace::Clock(1)).after(&Step::Start, &program);
        playback.position = 0;
        playback = playback.after(&Step::Play, &program);
        let (mut ticks, mut last) = (1, 0);
        while playback.position < 300 {
            assert_eq!(
                (playback.since, playback.motion),
                (Some(last), Motion::Still)
            );
            let (beat, next) = (
                program.beats[playback.position as usize - 1],
                program.beats[playback.position as usize],
            );
            assert_eq!(playback.pace.hold(Some(&beat), &next, 0, 9_000), 250);
            last = playback.position;
            playback = playback.after(&Step::Tick, &program);
            ticks += 1;
        }
        assert_eq!(ticks, 300 / 25);
        // What has time moves before the eyes.
        playback = playback.after(&Step::Tick, &program);
        assert_eq!((playback.since, playback.motion), (None, Motion::Playing));
        // By steps, one beat is one beat.
        let one = Playback::at_pace(Pace::Clock(1)).after(&Step::Next, &program);
        assert_eq!((one.since, one.motion), (None, Motion::Playing));
    }

    #[test]
    fn play_at_the_end_starts_again_with_the_question_unanswered() {
        let program = opening();
        let key = question(&program).text;
        let end = Playback::default()
            .after(&Step::End, &program)
            .after(&Step::Answer(key, Answer::Shown), &program)
            .after(&Step::End, &program);
        assert!(end.finished(&program));
        let again = end.after(&Step::Play, &program);
        assert!(again.answers.is_empty());
        assert!(again.playing);
        assert_eq!(again.position, program.beats[0].to);
    }

    #[test]
    fn a_shorter_text_pulls_the_position_back() {
        let program = opening();
        let end = Playback::default().after(&Step::End, &program);
        let mut shorter = program.clone();
        shorter.beats.truncate(1);
        shorter.steps.clear();
        shorter.length = shorter.beats[0].to;
        assert_eq!(end.over(&shorter).position, shorter.length);
    }

    #[test]
    fn story_pace_waits_for_the_reader_and_the_drawing() {
        let program = opening();
        let next = &program.beats[1];
        assert_eq!(Pace::Story.hold(None, next, 600, 100), 1_800);
        assert_eq!(Pace::Story.hold(None, next, 600, 4_000), 4_000);
    }

    #[test]
    fn clock_pace_keeps_the_scenarios_intervals() {
        let program = opening();
        let mut beat = program.beats[0];
        let mut next = program.beats[1];
        beat.at = 0;
        next.at = 60_000;
        assert_eq!(Pace::Clock(1).hold(Some(&beat), &next, 0, 0), 60_000);
        assert_eq!(Pace::Clock(8).hold(Some(&beat), &next, 0, 0), 7_500);
        assert_eq!(Pace::Max.hold(Some(&beat), &next, 9_000, 9_000), 16);
    }
}
