//! Measuring beside others.

use crate::setup::{self, Need};
use crate::{process, site};
use anyhow::Result;
use std::env;
use std::ffi::OsString;

/// Builds what is measured and runs `benches/run.mjs`, which prints the table.
/// It is told by its environment where everything is:
///
/// - `EXCHEQUER_CLI`: the `exchequer` command, optimised;
/// - `EXCHEQUER_DIST`: the built app;
/// - `EXCHEQUER_BROWSER`: the browser;
/// - `PATH`: with the chosen Rust toolchain, wasm-bindgen and Trunk first.
pub(crate) fn run(arguments: &[OsString]) -> Result<()> {
    let workshop = setup::prepare(Need::ALL)?;
    site::build(&workshop)?;
    let mut cargo = workshop.cargo();
    cargo.args(["build", "--release", "--locked", "-p", "exchequer-cli"]);
    process::run_through("building the command", &mut cargo)?;
    let command = format!("exchequer{}", env::consts::EXE_SUFFIX);
    let command = workshop.target()?.join("release").join(command);

    let benches = workshop.root.join("benches");
    if benches.join("package-lock.json").exists() {
        setup::install_packages(&benches)?;
    }
    let mut node = workshop.command("node");
    node.arg(benches.join("run.mjs"))
        .args(arguments)
        .env("EXCHEQUER_CLI", command)
        .env("EXCHEQUER_DIST", workshop.root.join("dist"));
    if let Some(browser) = &workshop.browser {
        node.env("EXCHEQUER_BROWSER", &browser.program);
    }
    process::run_through("benches/run.mjs", &mut node)
}
