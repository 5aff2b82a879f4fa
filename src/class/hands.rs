//! Hands raised in a room: how many for each choice of each question. Nothing
//! is scored, and nothing is kept when the room is left.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::Reducible;

/// More hands than any room has.
const MOST: u32 = 9_999;

/// The hands raised so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    raised: BTreeMap<(String, usize), u32>,
    /// Whether the room sees how many there are.
    pub shown: bool,
}

/// Something done about hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raise {
    /// One more for a choice, from 0, of the question of this key.
    One(String, usize),
    /// One less.
    Less(String, usize),
    /// Shows the room how many there are, or no longer does.
    Show,
    /// None any more: the story begins again.
    Forget,
}

impl Hands {
    /// How many hands were raised for a choice.
    pub fn of(&self, question: &str, choice: usize) -> u32 {
        let found = self.raised.get(&(question.to_owned(), choice));
        found.copied().unwrap_or(0)
    }
}

impl Reducible for Hands {
    type Action = Raise;

    fn reduce(self: Rc<Self>, raise: Raise) -> Rc<Self> {
        let mut next = (*self).clone();
        match raise {
            Raise::One(question, choice) => {
                let count = next.raised.entry((question, choice)).or_default();
                *count = (*count + 1).min(MOST);
            }
            Raise::Less(question, choice) => {
                let count = next.raised.entry((question, choice)).or_default();
                *count = count.saturating_sub(1);
            }
            Raise::Show => next.shown = !next.shown,
            Raise::Forget => next.raised.clear(),
        }
        Rc::new(next)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn hands_are_counted_for_each_choice_of_each_question() {
        let one = |question: &str, choice| Raise::One(question.to_owned(), choice);
        let less = |question: &str, choice| Raise::Less(question.to_owned(), choice);
        let raised = [one("q", 0), one("q", 0), one("q", 1), one("r", 0)];
        let lowered = [less("q", 1), less("q", 1), less("r", 2), Raise::Show];
        let hands = raised
            .into_iter()
            .chain(lowered)
            .fold(Rc::new(Hands::default()), |hands, it| hands.reduce(it));
        assert_eq!(
            (hands.of("q", 0), hands.of("q", 1), hands.of("r", 0)),
            (2, 0, 1)
        );
        assert!(hands.shown);
        let hands = hands.reduce(Raise::Forget);
        assert_eq!((hands.of("q", 0), hands.shown), (0, true));
    }
}
