//! What is changed in a script from the studio.

use std::ops::Range;

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
        assert!(body("x").is_typed() && !replace(0..1, "a").is_typed());
    }
}
