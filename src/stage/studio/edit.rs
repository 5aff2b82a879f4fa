//! What is changed in a script from the studio.

use std::ops::Range;

use conditions::Name;
use conditions::text::renamed_step;
use exchequer::studio::blocks;

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// What stands in a place, if it still stands there, becomes something else.
    Replace {
        /// The place, in bytes.
        range: Range<usize>,
        /// What stands there.
        was: String,
        /// What shall.
        text: String,
    },
    /// A step is called otherwise, wherever its block names it.
    Rename {
        /// Where its name stands, in bytes.
        at: usize,
        /// What it is called.
        was: String,
        /// What it shall be called.
        to: Name,
    },
    /// Lines behind a line, from 1.
    Insert {
        /// The line.
        after: u32,
        /// The lines, each with its end.
        text: String,
    },
    /// Takes a line out, from 1.
    Remove {
        /// The line.
        line: u32,
    },
    /// The lines of a block were typed.
    Body {
        /// Where they stand, in bytes.
        range: Range<usize>,
        /// What they are.
        text: String,
    },
}

impl Edit {
    /// Whether it was typed, letter by letter.
    pub const fn is_typed(&self) -> bool {
        matches!(self, Self::Body { .. })
    }

    /// The text after it; none if it is a change of another text.
    pub fn apply(&self, text: &str) -> Option<String> {
        match self {
            Self::Replace {
                range,
                was,
                text: new,
            } => {
                let stands = text.get(range.clone())? == was;
                stands.then(|| replaced(text, range, new))
            }
            Self::Rename { at, was, to } => {
                let blocks = blocks(text);
                let block = blocks.iter().find(|it| it.body.contains(at))?;
                let body = renamed_step(block.text, was, to)?;
                Some(replaced(text, &block.body, &body))
            }
            Self::Body { range, text: new } => {
                text.get(range.clone())?;
                let end = if new.is_empty() || new.ends_with('\n') {
                    ""
                } else {
                    "\n"
                };
                Some(replaced(text, range, &format!("{new}{end}")))
            }
            Self::Insert { after, text: new } => Some(crate::tries::with_act(
                text,
                *after,
                new.strip_suffix('\n').unwrap_or(new),
            )),
            Self::Remove { line } => {
                let lines = text.split_inclusive('\n').zip(1..);
                let kept = lines.filter(|(_, number)| number != line);
                Some(kept.map(|(line, _)| line).collect())
            }
        }
    }
}

fn replaced(text: &str, range: &Range<usize>, new: &str) -> String {
    let mut after = text.to_owned();
    after.replace_range(range.clone(), new);
    after
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_change_touches_its_place_only_and_no_other_text() {
        let text = "a 1\nb 2\nend\n";
        let replace = |range, was: &str| Edit::Replace {
            range,
            was: was.to_owned(),
            text: "30".to_owned(),
        };
        let insert = Edit::Insert {
            after: 1,
            text: "x\n".to_owned(),
        };
        let body = |new: &str| Edit::Body {
            range: 0..8,
            text: new.to_owned(),
        };
        for (edit, after) in [
            (replace(2..3, "1"), Some("a 30\nb 2\nend\n")),
            (replace(2..3, "2"), None),
            (replace(90..91, "2"), None),
            (insert, Some("a 1\nx\nb 2\nend\n")),
            (Edit::Remove { line: 2 }, Some("a 1\nend\n")),
            (body("c"), Some("c\nend\n")),
            (body(""), Some("end\n")),
            (body("c\n\n"), Some("c\n\nend\n")),
        ] {
            assert_eq!(edit.apply(text).as_deref(), after, "{edit:?}");
        }
        let contract = "contract A\n  step one until 1d\n    when a claims: go two\n    else: go two\n  step two until 2d\n    else: close\nend\nnote \"two\"\n";
        let rename = |was: &str, to: &str| Edit::Rename {
            at: 60,
            was: was.to_owned(),
            to: Name::new(to).unwrap(),
        };
        let after = rename("two", "the end").apply(contract).unwrap();
        let expected = contract
            .replace("go two", "go \"the end\"")
            .replace("step two", "step \"the end\"");
        assert_eq!(after, expected);
        assert_eq!(rename("two", "one").apply(contract), None, "taken");
        assert_eq!(rename("three", "four").apply(contract), None);
        assert!(body("x").is_typed() && !replace(0..1, "a").is_typed());
    }
}
