//! How far one came in each lesson. The browser keeps it, if it keeps anything;
//! nothing of it leaves the page.

use exchequer::lessons::{self, Lesson};

use crate::browser;

/// What it is kept under.
const KEPT: &str = "lessons";

/// How far one came in a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The step one was at last, from 1.
    pub step: usize,
    /// Whether its end was ever seen.
    pub done: bool,
}

/// How far one came in all of them, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress(Vec<Mark>);

impl Progress {
    /// As the browser remembers it.
    pub fn recalled() -> Self {
        Self::read(&browser::recall(KEPT).unwrap_or_default())
    }

    /// As it was written: `payday 3;birth-of-a-yuan 4 done`. What names no
    /// lesson or no step of it is left out.
    fn read(text: &str) -> Self {
        let mut progress = Self::default();
        for entry in text.split(';') {
            let mut words = entry.split(' ');
            let lesson = words.next().and_then(lessons::find);
            let step = words.next().and_then(|step| step.parse().ok());
            if let (Some(lesson), Some(step)) = (lesson, step)
                && (1..=lesson.steps()).contains(&step)
                && progress.of(lesson).is_none()
            {
                let done = words.next() == Some("done");
                progress.0.push(Mark { lesson, step, done });
            }
        }
        progress
    }

    /// As it would be if this had been kept.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(super) fn sample(text: &str) -> Self {
        Self::read(text)
    }

    fn written(&self) -> String {
        let entries = self.0.iter().map(|mark| {
            let done = if mark.done { " done" } else { "" };
            format!("{} {}{done}", mark.lesson.slug, mark.step)
        });
        entries.collect::<Vec<_>>().join(";")
    }

    /// How far one came in this lesson.
    pub fn of(&self, lesson: &Lesson) -> Option<Mark> {
        self.0.iter().copied().find(|mark| mark.lesson == lesson)
    }

    /// Where one was, if that was in the middle of something.
    pub fn latest(&self) -> Option<Mark> {
        let latest = self.0.first().copied()?;
        let over = latest.done && latest.step == latest.lesson.steps();
        (latest.step > 1 && !over).then_some(latest)
    }

    /// With a step that is being shown, and whether that is the end.
    #[must_use]
    fn at(mut self, lesson: &'static Lesson, step: usize, end: bool) -> Self {
        let before = self.of(lesson);
        self.0.retain(|mark| mark.lesson != lesson);
        let done = end || before.is_some_and(|mark| mark.done);
        self.0.insert(0, Mark { lesson, step, done });
        self
    }
}

/// Keeps that a step of a text, from 1, is being shown, if the text is a
/// lesson's as it ships.
pub fn note(text: &str, step: usize, end: bool) {
    let Some(lesson) = lessons::of_text(text) else {
        return;
    };
    // The start is where everybody is who opens a lesson, also one half done.
    if (2..=lesson.steps()).contains(&step) {
        let before = Progress::recalled();
        browser::remember(KEPT, &before.at(lesson, step, end).written());
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn lesson(slug: &str) -> &'static Lesson {
        lessons::find(slug).unwrap()
    }

    #[test]
    fn what_was_kept_is_read_again_and_nonsense_is_left_out() {
        let progress = Progress::default()
            .at(lesson("payday"), 2, false)
            .at(lesson("birth-of-a-yuan"), 4, true)
            .at(lesson("payday"), 3, false);
        assert_eq!(progress.written(), "payday 3;birth-of-a-yuan 4 done");
        assert_eq!(Progress::read(&progress.written()), progress);
        let noise = "no-such 2;payday;payday x;payday 0;payday 99;;payday 2 done;payday 3";
        assert_eq!(Progress::read(noise).written(), "payday 2 done");
        assert_eq!(Progress::read(""), Progress::default());
    }

    #[test]
    fn what_was_done_stays_done_when_it_is_looked_at_again() {
        let payday = lesson("payday");
        let progress = Progress::default().at(payday, payday.steps(), true);
        assert_eq!(progress.latest(), None);
        let again = progress.at(payday, 2, false);
        assert!(again.of(payday).unwrap().done);
        assert_eq!(again.latest().unwrap().step, 2);
    }

    #[test]
    fn where_one_was_is_the_lesson_looked_at_last() {
        let progress =
            Progress::default()
                .at(lesson("payday"), 3, false)
                .at(lesson("bank-run"), 2, false);
        assert_eq!(progress.latest().unwrap().lesson.slug, "bank-run");
        assert_eq!(progress.at(lesson("payday"), 1, false).latest(), None);
    }
}
