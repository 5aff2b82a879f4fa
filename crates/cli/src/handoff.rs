//! `exchequer hand-off`.

use std::io;

use exchequer::handoff;
use exchequer::run::Options;

use crate::args;
use crate::check::replace;
use crate::failure::{Failure, Verdict};
use crate::play::to_end;
use crate::source::Source;

/// Writes a scenario, what came of it and a test that replays it as one archive.
pub(crate) fn hand_off(asked: &args::HandOff) -> Result<Verdict, Failure> {
    let source = Source::read(&asked.file)?;
    let (run, _) = to_end(&source, Options::default())?;
    let written = match handoff::zip(&run) {
        Some(archive) => replace(&asked.output, &archive),
        None => Err(io::ErrorKind::FileTooLarge.into()),
    };
    written.map_err(|why| Failure::Unwritable {
        name: asked.output.display().to_string(),
        why,
    })?;
    Ok(Verdict::Held)
}
