//! The keys people bring: space plays, arrows step, Control+Z takes back.

use yew::prelude::*;

use super::chrome::Open;
use crate::browser::{self, Key};
use crate::history::{Action, History};
use crate::state::Step;

/// Listens to keys for as long as the app is there; single ones only if the
/// reader wants them.
#[hook]
pub(super) fn use_keys(
    single: bool,
    history: &UseReducerHandle<History>,
    onstep: &Callback<Step>,
    open: &UseStateHandle<Open>,
) {
    let (history, onstep, open) = (history.dispatcher(), onstep.clone(), open.setter());
    use_effect_with(single, move |single| {
        let single = *single;
        let keys = browser::on_key(move |key| match command_of(&key, single) {
            None => false,
            Some(command) => {
                match command {
                    Command::Step(step) => onstep.emit(step),
                    Command::Undo => history.dispatch(Action::Undo),
                    Command::Redo => history.dispatch(Action::Redo),
                    Command::Help => open.set(Open::Shortcuts),
                    Command::Present => open.set(Open::Present),
                    Command::Lessons => open.set(Open::Lessons),
                }
                true
            }
        });
        move || drop(keys)
    });
}

/// What a key does.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Command {
    Step(Step),
    Undo,
    Redo,
    Help,
    Lessons,
    Present,
}

/// The shortcuts as they are listed: keys, and the key of what they do.
pub(super) const SHORTCUTS: [(&str, &str); 11] = [
    ("Space", "shortcut-play"),
    ("← →", "shortcut-beats"),
    ("PageUp PageDown", "shortcut-steps"),
    ("Home", "shortcut-start"),
    ("End", "shortcut-end"),
    ("Ctrl+Z", "shortcut-undo"),
    ("Ctrl+Shift+Z", "shortcut-redo"),
    ("L", "lessons"),
    ("P", "present"),
    ("?", "shortcut-help"),
    ("Esc", "shortcut-close"),
];

fn command_of(key: &Key, single: bool) -> Option<Command> {
    if key.wanted {
        return None;
    }
    if key.control {
        return match (key.name.to_ascii_lowercase().as_str(), key.shift) {
            ("z", false) => Some(Command::Undo),
            ("z", true) | ("y", false) => Some(Command::Redo),
            _ => None,
        };
    }
    if !single {
        return None;
    }
    let step = match key.name.as_str() {
        " " => Step::Toggle,
        "ArrowRight" => Step::Next,
        "ArrowLeft" => Step::Back,
        "PageDown" => Step::NextStep,
        "PageUp" => Step::BackStep,
        "Home" => Step::Start,
        "End" => Step::End,
        "?" => return Some(Command::Help),
        "p" | "P" => return Some(Command::Present),
        "l" | "L" => return Some(Command::Lessons),
        _ => return None,
    };
    Some(Command::Step(step))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        Key {
            name: name.to_owned(),
            control: false,
            shift: false,
            wanted: false,
        }
    }

    #[test]
    fn keys_do_what_people_expect() {
        for (name, step) in [
            (" ", Step::Toggle),
            ("ArrowRight", Step::Next),
            ("ArrowLeft", Step::Back),
            ("PageDown", Step::NextStep),
            ("PageUp", Step::BackStep),
            ("Home", Step::Start),
            ("End", Step::End),
        ] {
            assert_eq!(
                command_of(&key(name), true),
                Some(Command::Step(step)),
                "{name}"
            );
        }
        assert_eq!(command_of(&key("?"), true), Some(Command::Help));
        assert_eq!(command_of(&key("l"), true), Some(Command::Lessons));
        assert_eq!(command_of(&key("P"), true), Some(Command::Present));
        assert_eq!(command_of(&key("a"), true), None);
    }

    #[test]
    fn undo_works_also_with_single_keys_off() {
        let held = |name: &str, shift| Key {
            control: true,
            shift,
            ..key(name)
        };
        for single in [true, false] {
            assert_eq!(command_of(&held("z", false), single), Some(Command::Undo));
            assert_eq!(command_of(&held("Z", true), single), Some(Command::Redo));
        }
        assert_eq!(command_of(&key(" "), false), None);
    }

    #[test]
    fn a_key_that_a_control_wants_is_left_to_it() {
        let wanted = Key {
            wanted: true,
            ..key("ArrowRight")
        };
        assert_eq!(command_of(&wanted, true), None);
    }
}
