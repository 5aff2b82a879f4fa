//! Node.js and the packages that journeys and benches use.

use super::apt;
use crate::process;
use crate::version::Version;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The oldest Node.js that the packages run on.
const OLDEST: Version = Version::new(20, 0, 0);
const REMEDY: &str = "Install Node.js 20 or later with npm (https://nodejs.org); \
                      it drives the browser in tests/journeys";

/// Makes sure of Node.js and of the packages in a folder.
pub(super) fn prepare(folder: &Path) -> Result<()> {
    if let Err(problem) = find() {
        println!("Node.js for the journeys: {problem}.");
        let offered = if apt::is_here() {
            apt::candidate("nodejs")?
        } else {
            None
        };
        let new_enough = offered
            .and_then(|version| Version::find(&version))
            .is_some_and(|version| version >= OLDEST);
        if !new_enough {
            bail!("{problem}. {REMEDY}");
        }
        apt::install("Installing Node.js", "30 s", &["nodejs", "npm"])?;
        if let Err(problem) = find() {
            bail!("{problem}, even after installing it. {REMEDY}");
        }
    }
    install_packages(folder)
}

/// Whether node and npm are here and new enough, or what is wrong.
fn find() -> Result<(), String> {
    let node = process::answer(process::command("node").arg("--version"));
    judge(node.as_deref())?;
    match process::answer(npm().arg("--version")) {
        Some(_) => Ok(()),
        None => Err("npm is not installed".to_owned()),
    }
}

fn judge(node: Option<&str>) -> Result<(), String> {
    let node = node.ok_or("it is not installed")?;
    match Version::find(node) {
        Some(version) if version >= OLDEST => Ok(()),
        _ => Err(format!("this one is {node}, and {OLDEST} is needed")),
    }
}

fn npm() -> Command {
    process::command(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// Installs exactly what a folder's lock file names, unless that was done.
pub(crate) fn install_packages(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let stamp = stamp(&lock);
    let modules = folder.join("node_modules");
    let place = modules.join(".stamp");
    if fs::read_to_string(&place).is_ok_and(|found| found == stamp) {
        return Ok(());
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut npm = npm();
    npm.current_dir(folder)
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    let installed = process::run(
        &format!("Installing the packages of {name}"),
        "10 s",
        &mut npm,
    );
    if installed.is_err() && modules.exists() {
        fs::remove_dir_all(&modules).context("cannot clear an unfinished installation")?;
    }
    installed?;
    fs::write(&place, stamp).context("cannot stamp the installed packages")
}

/// Names the content of a lock file.
pub(super) fn stamp(lock: &[u8]) -> String {
    let digest = Sha256::digest(lock);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_must_be_new_enough() {
        assert_eq!(judge(Some("v20.0.0")), Ok(()));
        assert_eq!(judge(Some("v22.11.0")), Ok(()));
        assert!(judge(Some("v18.20.4")).is_err());
        assert!(judge(Some("nothing")).is_err());
        assert!(judge(None).is_err());
    }

    #[test]
    fn a_stamp_names_the_locks_content() {
        assert_eq!(
            stamp(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_ne!(stamp(b"abc"), stamp(b"abd"));
    }
}
