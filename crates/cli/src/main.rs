//! The `exchequer` command: plays, checks, formats, shows and exports
//! scenarios, and measures the engine.
//!
//! Exit codes: 0 if all held, 1 if an expectation or an invariant failed, 2 if
//! the input was bad. What was asked for goes to standard output, everything
//! else to standard error.

mod args;
mod attacks;
mod bench;
mod check;
mod contracts;
mod differences;
mod export;
mod failure;
mod handoff;
mod lessons;
mod out;
mod play;
mod preset;
mod series;
mod show;
mod source;
mod table;
mod verbs;
mod words;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Task};
use crate::failure::{Failure, Verdict};
use crate::out::Out;

/// A log is made of new memory all the time, which this keeps at hand; the
/// system's own goes back to the kernel for it and costs a third of a long run.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is left to tell if this cannot be printed.
            let _ = error.print();
            return if error.use_stderr() {
                Verdict::Bad
            } else {
                Verdict::Held
            }
            .into();
        }
    };
    let mut out = Out::new();
    let verdict = work(&cli.task, &mut out).unwrap_or_else(|failure| failure.tell());
    match out.finish() {
        Ok(()) => verdict.into(),
        Err(failure) => failure.tell().into(),
    }
}

fn work(task: &Task, out: &mut Out) -> Result<Verdict, Failure> {
    match task {
        Task::Run(asked) => Ok(play::run(asked, out)),
        Task::Check(asked) => Ok(check::check(asked, out)),
        Task::Fmt(asked) => Ok(check::fmt(asked, out)),
        Task::Show(asked) => show::show(asked, out),
        Task::Export(asked) => export::export(asked, out),
        Task::HandOff(asked) => handoff::hand_off(asked),
        Task::Verbs(asked) => verbs::verbs(asked, out),
        Task::Preset(asked) => preset::preset(asked, out),
        Task::Lessons(asked) => lessons::lessons(asked, out),
        Task::Attacks(asked) => attacks::attacks(asked, out),
        Task::Schema => verbs::schema(out),
        Task::Bench(asked) => bench::bench(asked, out),
    }
}
