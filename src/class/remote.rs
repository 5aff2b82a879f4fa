//! What keys do before a room: those of a keyboard, and those that remotes
//! send.

use crate::browser::Key;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// The next event; at a question, what happened.
    Forward,
    /// One event back.
    Back,
    /// Plays or pauses.
    Toggle,
    /// From the start, as if nothing had been asked.
    Again,
    /// Nothing but black, or no longer.
    Blank,
    /// Shows how many hands there are, or no longer does.
    Counts,
    /// Shows the code of the lesson, or no longer does.
    Code,
    /// Back to the app.
    Leave,
    /// One hand more for a choice, from 0.
    Hand(usize),
    /// One hand less.
    Less(usize),
}

/// The keys as they are listed, and the message of what they do.
pub const KEYS: [(&str, &str); 9] = [
    ("PageDown →", "key-forward"),
    ("PageUp ←", "key-back"),
    ("Space", "key-play"),
    ("A B C D", "key-hand"),
    ("H", "key-counts"),
    ("B .", "key-blank"),
    ("Q", "key-code"),
    ("Home", "key-again"),
    ("Esc", "key-leave"),
];

/// What a key does while a question with so many choices waits, or none.
/// Letters do nothing for who has switched single keys off.
pub fn command_of(key: &Key, choices: Option<usize>, single: bool) -> Option<Command> {
    if key.control || key.wanted {
        return None;
    }
    match key.name.as_str() {
        "PageDown" | "ArrowRight" | "ArrowDown" => return Some(Command::Forward),
        "PageUp" | "ArrowLeft" | "ArrowUp" => return Some(Command::Back),
        "Home" => return Some(Command::Again),
        "Escape" => return Some(Command::Leave),
        " " => return Some(Command::Toggle),
        _ if !single => return None,
        _ => {}
    }
    let letter = match key.name.as_bytes() {
        [letter] => letter.to_ascii_lowercase(),
        _ => return None,
    };
    // B is the second choice while something is asked.
    let choice = usize::from(letter.wrapping_sub(b'a'));
    if choices.is_some_and(|choices| choice < choices) {
        return Some(if key.shift {
            Command::Less(choice)
        } else {
            Command::Hand(choice)
        });
    }
    match letter {
        b'b' | b'.' => Some(Command::Blank),
        b'h' => Some(Command::Counts),
        b'q' => Some(Command::Code),
        _ => None,
    }
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
    fn remotes_and_keyboards_drive_the_story() {
        for (name, command) in [
            ("PageDown", Command::Forward),
            ("PageUp", Command::Back),
            ("Home", Command::Again),
            ("Escape", Command::Leave),
            (" ", Command::Toggle),
        ] {
            for single in [true, false] {
                assert_eq!(
                    command_of(&key(name), None, single),
                    Some(command),
                    "{name}"
                );
            }
        }
        assert_eq!(command_of(&key("b"), None, true), Some(Command::Blank));
        assert_eq!(command_of(&key("."), Some(4), true), Some(Command::Blank));
        assert_eq!(command_of(&key("Q"), Some(4), true), Some(Command::Code));
        assert_eq!(command_of(&key("F5"), None, true), None);
    }

    #[test]
    fn letters_are_hands_while_something_is_asked() {
        let held = |shift| Key { shift, ..key("B") };
        assert_eq!(
            command_of(&held(false), Some(3), true),
            Some(Command::Hand(1))
        );
        assert_eq!(
            command_of(&held(true), Some(3), true),
            Some(Command::Less(1))
        );
        assert_eq!(command_of(&key("d"), Some(3), true), None);
        assert_eq!(command_of(&key("a"), None, true), None);
        assert_eq!(command_of(&key("a"), Some(3), false), None);
    }

    #[test]
    fn what_a_control_wants_is_left_to_it() {
        let wanted = Key {
            wanted: true,
            ..key("PageDown")
        };
        let control = Key {
            control: true,
            ..key("b")
        };
        assert_eq!(command_of(&wanted, None, true), None);
        assert_eq!(command_of(&control, None, true), None);
    }
}
