//! `exchequer check` and `exchequer fmt`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use exchequer::presets::Shipped;
use exchequer::script::{self, Severity};
use exchequer::session::Session;
use exchequer::vocabulary;

use crate::args;
use crate::contracts;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::source::{Source, count, is_json, is_standard_input};
use crate::words::Words;

/// Lists everything that is wrong with each file.
pub(crate) fn check(asked: &args::Check, out: &mut Out) -> Verdict {
    let mut verdict = Verdict::Held;
    for path in &asked.files {
        let found = check_one(path, out).unwrap_or_else(|failure| failure.tell());
        verdict = verdict.max(found);
    }
    verdict
}

fn check_one(path: &Path, out: &mut Out) -> Result<Verdict, Failure> {
    let source = Source::read(path)?;
    // Some lines show only when they are played that they cannot be.
    let session = Session::open(&source.text);
    let diagnostics = session.diagnostics();
    source.explain(diagnostics);
    let of = |severity| {
        diagnostics
            .iter()
            .filter(|it| it.severity == severity)
            .count()
    };
    let (errors, warnings) = (of(Severity::Error), of(Severity::Warning));
    let risks = session.run().map_or_else(Vec::new, |run| {
        let words = Words::new(run.simulation().rules().currency.decimals());
        contracts::risks(run.script(), &words)
    });
    for risk in &risks {
        out.line(format_args!("{}: warning: {risk}", source.name));
    }
    let warnings = warnings + risks.len();
    let found = match (errors, warnings) {
        (0, 0) => "nothing wrong".to_owned(),
        (0, warnings) => count(warnings, "warning"),
        (errors, 0) => count(errors, "error"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    };
    out.line(format_args!("{}: {found}", source.name));
    Ok(if errors > 0 {
        Verdict::Bad
    } else {
        Verdict::Held
    })
}

/// Brings each file into the canonical form, or says that it is not in it.
pub(crate) fn fmt(asked: &args::Fmt, out: &mut Out) -> Verdict {
    let mut verdict = Verdict::Held;
    for path in &asked.files {
        let found = fmt_one(path, asked.check, out).unwrap_or_else(|failure| failure.tell());
        verdict = verdict.max(found);
    }
    verdict
}

fn fmt_one(path: &Path, only_check: bool, out: &mut Out) -> Result<Verdict, Failure> {
    if is_json(path) {
        return Err(Failure::NoLayout {
            name: path.display().to_string(),
        });
    }
    let source = Source::read(path)?;
    let outcome = vocabulary::with(|vocabulary| script::parse(&source.text, vocabulary, &Shipped));
    source.accept(&outcome.diagnostics)?;
    let text = script::format(&outcome.script);
    let differs = text.as_bytes() != source.text;
    if only_check {
        if differs {
            out.line(format_args!("{}: not in canonical form", source.name));
        }
        return Ok(if differs {
            Verdict::Failed
        } else {
            Verdict::Held
        });
    }
    if is_standard_input(path) {
        out.text(text);
    } else if differs {
        replace(path, text.as_bytes()).map_err(|why| Failure::Unwritable {
            name: source.name.clone(),
            why,
        })?;
        out.line(format_args!("{}: formatted", source.name));
    }
    Ok(Verdict::Held)
}

/// Puts new bytes in a file's place, whole or not at all: they are written
/// beside it and then take its name. A link keeps pointing at the file.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        found => found?,
    };
    if fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
        // A pipe or a device takes the bytes itself; nothing may take its name.
        return OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let written = (|| {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)?;
        file.write_all(bytes)?;
        if let Ok(about) = fs::metadata(&path) {
            file.set_permissions(about.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&beside, &path)
    })();
    if written.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}
