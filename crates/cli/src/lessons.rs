//! `exchequer lessons`: the stories that ship, or the text of one.

use exchequer::lessons;

use crate::args;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::table::{Side, Table};
use crate::words::Words;

/// Prints a lesson's text, or the list of all.
pub(crate) fn lessons(asked: &args::Lessons, out: &mut Out) -> Result<Verdict, Failure> {
    match &asked.name {
        Some(name) => {
            let lesson = lessons::find(name).ok_or_else(|| Failure::NoLesson {
                name: name.clone(),
                known: lessons::all()
                    .iter()
                    .map(|lesson| lesson.slug)
                    .collect::<Vec<_>>()
                    .join(", "),
            })?;
            out.text(lesson.text);
        }
        None => {
            // Goals have no sums in them.
            let words = Words::new(0);
            let mut table = Table::new(0, &[Side::Left, Side::Right, Side::Left]);
            for lesson in lessons::all() {
                table.row([
                    lesson.slug.to_owned(),
                    format!("{} min", lesson.minutes),
                    words.say(&lesson.goal()),
                ]);
            }
            out.text(table);
        }
    }
    Ok(Verdict::Held)
}
