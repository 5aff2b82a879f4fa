//! Scenarios from files and standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use exchequer::script::{self, Diagnostic, FILE_BYTES, JSON_BYTES, Severity, render};
use exchequer::{presets::Shipped, vocabulary};

use crate::failure::{Failure, complain};

/// A scenario's text and what it is called.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) text: Vec<u8>,
}

/// Whether a path stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Whether a file holds a scenario in its JSON form.
pub(crate) fn is_json(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

impl Source {
    /// Reads a scenario, and no more of it than a scenario may have. A JSON
    /// form is read as the text it stands for.
    pub(crate) fn read(path: &Path) -> Result<Source, Failure> {
        let name = name_of(path);
        if !is_json(path) {
            return Ok(Source {
                text: bytes(path, &name, FILE_BYTES)?,
                name,
            });
        }
        let json = bytes(path, &name, JSON_BYTES)?;
        let imported =
            vocabulary::with(|vocabulary| script::from_json(&json, vocabulary, &Shipped));
        // A problem of the JSON itself has its place there, any other in the text.
        let in_text = !imported.text.is_empty();
        let text = imported.text.into_bytes();
        let source = Source {
            text: if in_text { text } else { json },
            name,
        };
        source.accept(&imported.outcome.diagnostics)?;
        Ok(source)
    }

    /// Prints everything that is wrong with the scenario, in order.
    pub(crate) fn explain(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            complain(&render(diagnostic, &self.name, &self.text));
        }
    }

    /// Explains a text that has errors, and gives it up.
    pub(crate) fn accept(&self, diagnostics: &[Diagnostic]) -> Result<(), Failure> {
        let errors = diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error)
            .count();
        if errors == 0 {
            return Ok(());
        }
        self.explain(diagnostics);
        Err(Failure::Script {
            name: self.name.clone(),
            count: count(errors, "error"),
        })
    }
}

/// `1 error`, `3 errors`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

fn name_of(path: &Path) -> String {
    if is_standard_input(path) {
        "<standard input>".to_owned()
    } else {
        path.display().to_string()
    }
}

fn bytes(path: &Path, name: &str, limit: usize) -> Result<Vec<u8>, Failure> {
    let unreadable = |why| Failure::Unreadable {
        name: name.to_owned(),
        why,
    };
    if is_standard_input(path) {
        return up_to(io::stdin().lock(), name, limit);
    }
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        return Err(Failure::Folder {
            name: name.to_owned(),
        });
    }
    if about.len() > limit as u64 {
        let found = format!("it has {} bytes", about.len());
        return Err(Failure::TooLarge {
            name: name.to_owned(),
            found,
            limit,
        });
    }
    up_to(File::open(path).map_err(unreadable)?, name, limit)
}

fn up_to(reader: impl Read, name: &str, limit: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = reader.take(limit as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|why| Failure::Unreadable {
        name: name.to_owned(),
        why,
    })?;
    if bytes.len() > limit {
        let found = "it goes on and on".to_owned();
        return Err(Failure::TooLarge {
            name: name.to_owned(),
            found,
            limit,
        });
    }
    Ok(bytes)
}
