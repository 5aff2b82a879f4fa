//! Standard output, whose reader may leave before everything is said.

use std::fmt::Display;
use std::io::{self, BufWriter, StdoutLock, Write};

use crate::failure::Failure;

/// Standard output. After the first error nothing more is written; a reader
/// that left (`| head`) is no error.
pub(crate) struct Out {
    writer: BufWriter<StdoutLock<'static>>,
    error: Option<io::Error>,
}

impl Out {
    pub(crate) fn new() -> Out {
        Out {
            writer: BufWriter::new(io::stdout().lock()),
            error: None,
        }
    }

    /// Writes a text as it is.
    pub(crate) fn text(&mut self, text: impl Display) {
        if self.error.is_none() {
            self.error = write!(self.writer, "{text}").err();
        }
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, text: impl Display) {
        self.text(format_args!("{text}\n"));
    }

    /// Hands over what is still held back.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let error = self.error.take().or_else(|| self.writer.flush().err());
        // What could not be written must not be tried again when this is dropped.
        let _ = self.writer.into_parts();
        match error {
            Some(why) if why.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Unwritable {
                name: "standard output".to_owned(),
                why,
            }),
            _ => Ok(()),
        }
    }
}
