//! The project's task runner. `cargo xtask help` lists what it does.
//!
//! Every command prepares the tools it needs ([`setup`]) and then does its own
//! work. Nothing is installed into the repository: tools go to a cache of the
//! user's, dependencies of the journeys to an ignored `node_modules`.

mod bench;
mod cli;
mod fuzz;
mod licence;
mod npm;
mod process;
mod serve;
mod setup;
mod site;
mod tally;
mod test;
mod version;

use cli::Task;
use setup::Need;
use std::process::ExitCode;

fn main() -> ExitCode {
    let task = match cli::parse(std::env::args_os().skip(1)) {
        Ok(task) => task,
        Err(usage) => {
            eprintln!("error: {usage}\n\n`cargo xtask help` lists the commands.");
            return ExitCode::from(2);
        }
    };
    match perform(task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does one task; `Ok(false)` when it ran to its end and found failures.
fn perform(task: Task) -> anyhow::Result<bool> {
    match task {
        Task::Help(text) => print!("{text}"),
        Task::Setup => {
            let started = std::time::Instant::now();
            setup::prepare(Need::ALL)?;
            println!(
                "Everything is in place ({}).",
                process::duration(started.elapsed())
            );
        }
        Task::Serve { port } => {
            // The port is taken before the build, so that a clash shows at once.
            let server = serve::Server::bind(port)?;
            let workshop = setup::prepare(&[Need::Wasm, Need::Site])?;
            site::build(&workshop)?;
            server.run(&workshop.root.join("dist"))?;
        }
        Task::Build => {
            let workshop = setup::prepare(&[Need::Wasm, Need::Site])?;
            site::build(&workshop)?;
            npm::build(&workshop)?;
        }
        Task::Test { layers } => return test::run(&layers),
        Task::Bless => return test::bless(),
        Task::Bench { arguments } => bench::run(&arguments)?,
        Task::Soak { cases, seconds } => return test::soak(cases, seconds),
        Task::Fuzz { targets, seconds } => {
            let workshop = setup::prepare(&[Need::Compiler])?;
            let tally = fuzz::run(&workshop, &targets, seconds)?;
            println!("\n{tally}");
            return Ok(tally.failed == 0);
        }
    }
    Ok(true)
}
