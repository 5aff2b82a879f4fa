//! The set-up: what each command needs is looked for, and installed if missing.
//!
//! A step looks first and acts only if it must, so a second run changes nothing.
//! What a step makes, it makes aside and moves into place when it is whole.

mod apt;
mod browser;
mod cache;
mod node;
mod schemas;
mod toolchain;
mod tools;

use crate::process;
use anyhow::{Context, Result};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use browser::Browser;
pub(crate) use node::install_packages;
use toolchain::Toolchain;

/// Something a command cannot do without.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Need {
    /// rustfmt and clippy.
    Lints,
    /// The wasm32-unknown-unknown target.
    Wasm,
    /// wasm-bindgen and Trunk.
    Site,
    /// Chromium or Chrome with its driver.
    Browser,
    /// Node.js, the packages of the journeys and the schemas they check against.
    Journeys,
    /// A C++ compiler, for libFuzzer.
    Compiler,
}

impl Need {
    pub(crate) const ALL: &[Self] = &[
        Self::Lints,
        Self::Wasm,
        Self::Site,
        Self::Browser,
        Self::Journeys,
        Self::Compiler,
    ];
}

/// What the set-up found or made: how to run the tools.
#[derive(Debug)]
pub(crate) struct Workshop {
    /// The repository.
    pub(crate) root: PathBuf,
    /// The browser, if it was asked for.
    pub(crate) browser: Option<Browser>,
    toolchain: Toolchain,
    /// Folders that come before the user's PATH.
    path: Vec<PathBuf>,
}

impl Workshop {
    /// A program that sees the chosen toolchain and tools, run in the repository.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = process::command(program);
        command.current_dir(&self.root);
        self.toolchain.choose(&mut command);
        let users = env::var_os("PATH").unwrap_or_default();
        let folders = self.path.iter().cloned();
        let folders = folders.chain(self.toolchain.folders());
        // Only a folder with a separator in its name cannot be joined, and then
        // the user's own PATH is the best there is.
        if let Ok(path) = env::join_paths(folders.chain(env::split_paths(&users))) {
            command.env("PATH", path);
        }
        command
    }

    /// Cargo with the chosen toolchain.
    pub(crate) fn cargo(&self) -> Command {
        self.command("cargo")
    }

    /// The folder Cargo builds into.
    pub(crate) fn target(&self) -> Result<PathBuf> {
        let metadata = self.metadata(&["--no-deps"])?;
        let target = metadata["target_directory"].as_str();
        Ok(target
            .context("cargo metadata names no target directory")?
            .into())
    }

    /// What `cargo metadata` knows.
    pub(crate) fn metadata(&self, arguments: &[&str]) -> Result<serde_json::Value> {
        let mut command = self.cargo();
        command
            .args(["metadata", "--format-version", "1"])
            .args(arguments);
        let output = command.output().context("cannot run cargo")?;
        anyhow::ensure!(
            output.status.success(),
            "cargo metadata failed\n\n{}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        serde_json::from_slice(&output.stdout).context("cargo metadata printed no JSON")
    }

    /// The triple of this machine.
    pub(crate) fn host(&self) -> Result<String> {
        let mut rustc = self.command("rustc");
        let about = process::answer(rustc.arg("-vV")).context("cannot run rustc")?;
        let host = about.lines().find_map(|line| line.strip_prefix("host: "));
        Ok(host.context("rustc names no host")?.to_owned())
    }
}

/// The repository this runner was built in.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_owned()
}

/// Makes sure of everything a command needs.
pub(crate) fn prepare(needs: &[Need]) -> Result<Workshop> {
    let root = root();
    let has = |need| needs.contains(&need);
    let mut workshop = Workshop {
        toolchain: toolchain::prepare(has(Need::Wasm), has(Need::Lints))?,
        browser: None,
        path: Vec::new(),
        root,
    };
    if has(Need::Site) {
        tools::prepare(&mut workshop)?;
    }
    if has(Need::Browser) {
        workshop.browser = Some(browser::prepare()?);
    }
    if has(Need::Journeys) {
        let journeys = workshop.root.join("tests/journeys");
        node::prepare(&journeys)?;
        schemas::prepare(&journeys)?;
    }
    if has(Need::Compiler) {
        ensure_compiler()?;
    }
    Ok(workshop)
}

fn ensure_compiler() -> Result<()> {
    let works = || process::answer(process::command("c++").arg("--version")).is_some();
    // On Windows there is no fuzzing to compile for.
    if cfg!(windows) || works() {
        return Ok(());
    }
    println!("C++ compiler for libFuzzer: there is no `c++`.");
    if apt::is_here() {
        apt::install("Installing g++", "20 s", &["g++"])?;
    }
    anyhow::ensure!(
        works(),
        "fuzzing needs a C++ compiler that is called c++: install one"
    );
    Ok(())
}
