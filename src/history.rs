//! One history of the text: what was typed and what was clicked, undone and
//! redone in order.
//!
//! A step is the smallest replacement that turns one text into the next.
//! Letters typed in one go grow one step; a click is always a step of its own.
//! A change after an undo drops what could have been redone, so whoever wants
//! both keeps one as a document of its own.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use yew::Reducible;

use crate::script::followed;

/// At most so many steps are kept; the oldest go first.
pub const MAX_STEPS: usize = 1_000;

/// At most so many bytes of removed and inserted text are kept in steps.
pub const MAX_BYTES: usize = 8 << 20;

/// Letters typed within so many milliseconds of each other are one step.
const BURST_MS: i64 = 1_000;

/// A step does not grow past so many bytes of typing.
const BURST_BYTES: usize = 64;

/// The caret (an empty range) or what is selected, in bytes of the text.
pub type Selection = Range<usize>;

/// How a change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// With the keyboard, at this many milliseconds of any steady clock.
    Typed(i64),
    /// With a button, a form, a suggestion or a file.
    Clicked,
}

/// One step: at `at`, `removed` became `inserted`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    at: usize,
    removed: String,
    inserted: String,
    before: Selection,
    after: Selection,
    origin: Origin,
}

impl Step {
    fn bytes(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }

    /// This step with the next one in it, if both are one burst of typing.
    fn grown(&self, next: &Step) -> Option<Step> {
        let (Origin::Typed(then), Origin::Typed(now)) = (self.origin, next.origin) else {
            return None;
        };
        let one_line = |text: &str| !text.contains('\n');
        if now.saturating_sub(then) > BURST_MS
            || self.after != next.before
            || self.bytes() + next.bytes() > BURST_BYTES
            || ![&self.removed, &self.inserted, &next.removed, &next.inserted]
                .into_iter()
                .all(|text| one_line(text))
        {
            return None;
        }
        let mut whole = self.clone();
        if next.removed.is_empty() && next.at == self.at + self.inserted.len() {
            // Typing on.
            whole.inserted += &next.inserted;
        } else if next.inserted.is_empty()
            && self.inserted.is_empty()
            && (next.at + next.removed.len() == self.at || next.at == self.at)
        {
            // Deleting on, backward or forward.
            if next.at == self.at {
                whole.removed += &next.removed;
            } else {
                whole.removed.insert_str(0, &next.removed);
                whole.at = next.at;
            }
        } else {
            return None;
        }
        whole.after = next.after.clone();
        whole.origin = next.origin;
        Some(whole)
    }
}

/// A text with the way it came to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    text: Rc<str>,
    selection: Selection,
    undo: VecDeque<Rc<Step>>,
    redo: Vec<Rc<Step>>,
    bytes: usize,
    revision: u64,
}

impl History {
    /// A text without a past.
    pub fn new(text: &str) -> History {
        History {
            text: text.into(),
            selection: 0..0,
            undo: VecDeque::new(),
            redo: Vec::new(),
            bytes: 0,
            revision: 0,
        }
    }

    /// The text as it stands.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Where the caret belongs.
    pub fn selection(&self) -> Selection {
        self.selection.clone()
    }

    /// Grows with every change of the text, undone and redone ones included.
    /// What was computed for an older revision is out of date.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Makes `text` the text, as one step or as part of a burst of typing.
    /// Says whether it differs from what was there.
    pub fn change(&mut self, text: &str, selection: Selection, origin: Origin) -> bool {
        let selection = within(text, selection);
        let Some((at, removed, inserted)) = difference(&self.text, text) else {
            self.selection = selection;
            return false;
        };
        let step = Step {
            at,
            removed: removed.to_owned(),
            inserted: inserted.to_owned(),
            before: self.selection.clone(),
            after: selection,
            origin,
        };
        self.redo.clear();
        let grown = self.undo.back().and_then(|last| last.grown(&step));
        if grown.is_some()
            && let Some(last) = self.undo.pop_back()
        {
            self.bytes -= last.bytes();
        }
        let step = grown.unwrap_or(step);
        self.set(text.into(), step.after.clone());
        self.bytes += step.bytes();
        self.undo.push_back(Rc::new(step));
        while self.undo.len() > MAX_STEPS || (self.bytes > MAX_BYTES && self.undo.len() > 1) {
            if let Some(oldest) = self.undo.pop_front() {
                self.bytes -= oldest.bytes();
            }
        }
        true
    }

    /// Notes where the caret went. Typing elsewhere is a new step.
    pub fn select(&mut self, selection: Selection) {
        self.selection = within(&self.text, selection);
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.undo.pop_back() else {
            return false;
        };
        self.bytes -= step.bytes();
        let text = spliced(&self.text, step.at, &step.inserted, &step.removed);
        self.set(text, step.before.clone());
        self.redo.push(step);
        true
    }

    /// Makes the step last undone again.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.redo.pop() else {
            return false;
        };
        let text = spliced(&self.text, step.at, &step.removed, &step.inserted);
        self.set(text, step.after.clone());
        self.bytes += step.bytes();
        self.undo.push_back(step);
        true
    }

    fn set(&mut self, text: Rc<str>, selection: Selection) {
        self.selection = within(&text, selection);
        self.text = text;
        self.revision += 1;
    }
}

/// What can be done to a history, for [`yew::use_reducer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Make this the text.
    Change {
        /// The whole text.
        text: Rc<str>,
        /// Where the caret belongs then.
        selection: Selection,
        /// How the change was made.
        origin: Origin,
    },
    /// Put the text into another form, if it is still this one.
    Reform {
        /// The text as it was when the other form was asked for.
        of: Rc<str>,
        /// The other form.
        text: Rc<str>,
    },
    /// The caret went here.
    Select(Selection),
    /// Take the last step back.
    Undo,
    /// Make it again.
    Redo,
    /// Begin with another text: nothing before it can be undone.
    Begin(Rc<str>),
}

impl Reducible for History {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Change {
                text,
                selection,
                origin,
            } => {
                next.change(&text, selection, origin);
            }
            Action::Reform { of, text } => {
                if next.text == of {
                    let caret = followed(&of, &text, next.selection.end);
                    next.change(&text, caret..caret, Origin::Clicked);
                }
            }
            Action::Select(selection) => next.select(selection),
            Action::Undo => {
                next.undo();
            }
            Action::Redo => {
                next.redo();
            }
            Action::Begin(text) => {
                next = History {
                    revision: self.revision + 1,
                    ..History::new(&text)
                };
            }
        }
        Rc::new(next)
    }
}

/// The smallest replacement that turns one text into the other: where, what
/// goes, what comes. None if they are the same.
pub fn difference<'a>(old: &'a str, new: &'a str) -> Option<(usize, &'a str, &'a str)> {
    if old == new {
        return None;
    }
    let mut start = old
        .bytes()
        .zip(new.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let same = old_rest.bytes().rev().zip(new_rest.bytes().rev());
    let mut end = same.take_while(|(a, b)| a == b).count();
    while !old_rest.is_char_boundary(old_rest.len() - end)
        || !new_rest.is_char_boundary(new_rest.len() - end)
    {
        end -= 1;
    }
    Some((
        start,
        &old_rest[..old_rest.len() - end],
        &new_rest[..new_rest.len() - end],
    ))
}

/// `text` with `old`, which stands at `at`, replaced by `new`.
fn spliced(text: &str, at: usize, old: &str, new: &str) -> Rc<str> {
    [&text[..at], new, &text[at + old.len()..]].concat().into()
}

/// A selection moved onto character boundaries of the text.
fn within(text: &str, selection: Selection) -> Selection {
    let floor = |at: usize| {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (floor(selection.start), floor(selection.end));
    start.min(end)..end.max(start)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::reversed_empty_ranges)]

    use super::*;
    use proptest::prelude::*;

    /// Types text at the caret, a character every `gap` milliseconds.
    fn type_in(history: &mut History, typed: &str, from: i64, gap: i64) {
        for (index, letter) in typed.chars().enumerate() {
            let caret = history.selection().end;
            let mut text = history.text().to_string();
            text.insert(caret, letter);
            let origin = Origin::Typed(from + gap * i64::try_from(index).unwrap());
            let caret = caret + letter.len_utf8();
            history.change(&text, caret..caret, origin);
        }
    }

    #[test]
    fn letters_typed_in_one_go_are_undone_together() {
        let mut history = History::new("a ");
        history.select(2..2);
        type_in(&mut history, "pay Bob", 0, 100);
        assert_eq!(&**history.text(), "a pay Bob");
        assert!(history.undo());
        assert_eq!((&**history.text(), history.selection()), ("a ", 2..2));
        assert!(history.redo());
        assert_eq!(
            (&**history.text(), history.selection()),
            ("a pay Bob", 9..9)
        );
    }

    #[test]
    fn a_pause_a_line_break_and_a_moved_caret_begin_a_new_step() {
        let mut history = History::new("");
        type_in(&mut history, "ab", 0, 100);
        type_in(&mut history, "cd", 5_000, 100);
        type_in(&mut history, "\nef", 5_300, 100);
        history.select(0..0);
        type_in(&mut history, "x", 5_700, 100);
        let mut seen = vec![history.text().to_string()];
        while history.undo() {
            seen.push(history.text().to_string());
        }
        assert_eq!(seen, ["xabcd\nef", "abcd\nef", "abcd\n", "abcd", "ab", ""]);
    }

    #[test]
    fn deleting_on_is_one_step() {
        let mut history = History::new("abcdef");
        history.select(6..6);
        for (text, at) in [("abcde", 10), ("abcd", 20), ("abc", 30)] {
            history.change(text, text.len()..text.len(), Origin::Typed(at));
        }
        history.undo();
        assert_eq!(&**history.text(), "abcdef");
        history.select(0..0);
        for (text, at) in [("bcdef", 10), ("cdef", 20)] {
            history.change(text, 0..0, Origin::Typed(at));
        }
        history.undo();
        assert_eq!(&**history.text(), "abcdef");
    }

    #[test]
    fn a_click_is_a_step_of_its_own_in_the_same_history() {
        let mut history = History::new("");
        type_in(&mut history, "a", 0, 0);
        history.change("a\nBob: pay Alice 1.00\n", 0..0, Origin::Clicked);
        history.select(0..0);
        type_in(&mut history, "x", 10, 0);
        history.undo();
        assert_eq!(&**history.text(), "a\nBob: pay Alice 1.00\n");
        history.undo();
        assert_eq!(&**history.text(), "a");
        history.undo();
        assert!(!history.can_undo());
    }

    #[test]
    fn a_change_after_an_undo_drops_what_could_be_redone() {
        let mut history = History::new("");
        history.change("one", 3..3, Origin::Clicked);
        history.undo();
        history.change("two", 3..3, Origin::Clicked);
        assert!(!history.redo());
        assert_eq!(&**history.text(), "two");
    }

    #[test]
    fn a_step_that_changes_nothing_is_none() {
        let mut history = History::new("same");
        assert!(!history.change("same", 2..2, Origin::Clicked));
        assert!(!history.can_undo());
        assert_eq!(history.revision(), 0);
        assert_eq!(history.selection(), 2..2);
    }

    #[test]
    fn the_oldest_steps_go_first() {
        let mut history = History::new("");
        for step in 0..MAX_STEPS + 5 {
            history.change(&step.to_string(), 0..0, Origin::Clicked);
        }
        let mut undone = 0;
        while history.undo() {
            undone += 1;
        }
        assert_eq!(undone, MAX_STEPS);
        assert_eq!(&**history.text(), "4");
        let mut history = History::new("");
        let big = "x".repeat(MAX_BYTES / 2 + 1);
        history.change(&big, 0..0, Origin::Clicked);
        history.change("", 0..0, Origin::Clicked);
        assert!(history.undo() && !history.undo());
    }

    #[test]
    fn beginning_anew_forgets_the_past_but_not_the_count() {
        let mut history = History::new("a");
        history.change("b", 0..0, Origin::Clicked);
        let next = Rc::new(history).reduce(Action::Begin("c".into()));
        assert!(!next.can_undo());
        assert_eq!((&**next.text(), next.revision()), ("c", 2));
    }

    #[test]
    fn another_form_comes_only_to_the_text_it_was_asked_for() {
        let mut history = History::new("a\n  b   c");
        history.select(9..9);
        let reform = |of: &str| Action::Reform {
            of: of.into(),
            text: "a\nb c".into(),
        };
        let late = Rc::new(history.clone()).reduce(reform("a"));
        assert_eq!(late.text(), history.text());
        let formed = Rc::new(history).reduce(reform("a\n  b   c"));
        assert_eq!((&**formed.text(), formed.selection()), ("a\nb c", 5..5));
        assert!(formed.can_undo());
    }

    proptest! {
        #[test]
        fn undoing_all_and_redoing_all_comes_back(
            first in "\\PC{0,12}",
            changes in prop::collection::vec(("[aé中\n ]{0,6}", 0usize..20, any::<bool>(), 0i64..3_000), 0..40),
        ) {
            let mut history = History::new(&first);
            let mut now = 0;
            for (text, caret, typed, gap) in changes {
                now += gap;
                let origin = if typed { Origin::Typed(now) } else { Origin::Clicked };
                history.change(&text, caret..caret, origin);
                let at = history.selection();
                prop_assert!(history.text().is_char_boundary(at.start));
            }
            let last = (history.text().clone(), history.can_undo().then(|| history.selection()));
            while history.undo() {
                let at = history.selection();
                prop_assert!(history.text().is_char_boundary(at.start) && at.end <= history.text().len());
            }
            prop_assert_eq!(&**history.text(), &*first);
            prop_assert_eq!(history.bytes, 0);
            while history.redo() {}
            prop_assert_eq!(history.text(), &last.0);
            if let Some(selection) = last.1 {
                prop_assert!(selection.end <= history.text().len());
            }
        }

        #[test]
        fn the_difference_is_minimal_and_exact(old in "[ab中é]{0,12}", new in "[ab中é]{0,12}") {
            match difference(&old, &new) {
                None => prop_assert_eq!(old, new),
                Some((at, removed, inserted)) => {
                    prop_assert_eq!(&*spliced(&old, at, removed, inserted), &*new);
                    // Nothing more could be left out at either end.
                    let (mut gone, mut come) = (removed.chars(), inserted.chars());
                    if let (Some(a), Some(b)) = (gone.next(), come.next()) { prop_assert_ne!(a, b); }
                    let (mut gone, mut come) = (removed.chars(), inserted.chars());
                    if let (Some(a), Some(b)) = (gone.next_back(), come.next_back()) { prop_assert_ne!(a, b); }
                }
            }
        }
    }
}
