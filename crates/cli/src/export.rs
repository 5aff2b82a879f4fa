//! `exchequer export`.

use std::path::PathBuf;

use exchequer::export;
use exchequer::run::Options;

use crate::args::{self, Format};
use crate::check::replace;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::play::to_end;
use crate::source::{Source, is_standard_input};

/// Writes a played scenario in a form for other programs.
pub(crate) fn export(asked: &args::Export, out: &mut Out) -> Result<Verdict, Failure> {
    let write = match asked.format {
        Format::Mermaid => export::mermaid,
        Format::Csv => export::csv,
        Format::Json => |run: &_| export::json(run) + "\n",
        Format::Iso20022 => return Err(Failure::NotYet { format: "iso20022" }),
        Format::Svg => return Err(Failure::NotYet { format: "svg" }),
    };
    let source = Source::read(&asked.file)?;
    let (run, _) = to_end(&source, Options::default())?;
    let text = write(&run);
    match &asked.output {
        None => out.text(text),
        Some(path) if is_standard_input(path) => out.text(text),
        Some(path) => {
            let name = |path: &PathBuf| path.display().to_string();
            replace(path, text.as_bytes()).map_err(|why| Failure::Unwritable {
                name: name(path),
                why,
            })?;
        }
    }
    Ok(Verdict::Held)
}
