//! `exchequer export`.

use std::fs;
use std::path::Path;

use exchequer::export;
use exchequer::export::iso20022::{self, Message};
use exchequer::run::Options;
use world::visible::Viewer;

use crate::args::{self, Format};
use crate::check::replace;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::play::to_end;
use crate::show::viewer;
use crate::source::{Source, is_standard_input};

/// Writes a played scenario in a form for other programs.
pub(crate) fn export(asked: &args::Export, out: &mut Out) -> Result<Verdict, Failure> {
    let name = match asked.format {
        Format::Mermaid => "mermaid",
        Format::Csv => "csv",
        Format::Json => "json",
        Format::Iso20022 => "iso20022",
    };
    if asked.viewer.is_some() && asked.format != Format::Iso20022 {
        return Err(Failure::NotExportedAs { format: name });
    }
    let source = Source::read(&asked.file)?;
    let (run, _) = to_end(&source, Options::default())?;
    let output = asked.output.as_deref();
    let output = output.filter(|path| !is_standard_input(path));
    let text = match asked.format {
        Format::Mermaid => export::mermaid(&run),
        Format::Csv => export::csv(&run),
        Format::Iso20022 => {
            let named = asked.viewer.as_deref();
            let who = named.map_or(Ok(Viewer::Everyone), |name| viewer(&run, name))?;
            let messages = iso20022::messages(&run, who);
            match output {
                Some(folder) => return in_folder(folder, &messages),
                None => iso20022::joined(&messages),
            }
        }
        Format::Json => export::json(&run) + "\n",
    };
    match output {
        None => out.text(text),
        Some(path) => write(path, &text)?,
    }
    Ok(Verdict::Held)
}

/// One file a message.
fn in_folder(folder: &Path, messages: &[Message]) -> Result<Verdict, Failure> {
    fs::create_dir_all(folder).map_err(|why| Failure::Unwritable {
        name: folder.display().to_string(),
        why,
    })?;
    for message in messages {
        write(&folder.join(&message.name), &message.text)?;
    }
    Ok(Verdict::Held)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    replace(path, text.as_bytes()).map_err(|why| Failure::Unwritable {
        name: path.display().to_string(),
        why,
    })
}
