//! Packages of Debian and its kin.

use crate::process;
use anyhow::{Result, bail};
use std::process::Command;

/// How administrator rights are had.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rights {
    Root,
    Sudo,
    None,
}

fn rights() -> Rights {
    if process::answer(Command::new("id").arg("-u")).as_deref() == Some("0") {
        Rights::Root
    } else if process::answer(Command::new("sudo").args(["-n", "true"])).is_some() {
        Rights::Sudo
    } else {
        Rights::None
    }
}

/// A command that runs with administrator rights, or `None` if there are none.
pub(super) fn privileged(program: &str) -> Option<Command> {
    match rights() {
        Rights::Root => Some(process::command(program)),
        Rights::Sudo => {
            let mut command = process::command("sudo");
            command.args(["-n", program]);
            Some(command)
        }
        Rights::None => None,
    }
}

/// Whether this system installs packages with apt-get.
pub(super) fn is_here() -> bool {
    process::which("apt-get").is_some() && process::which("apt-cache").is_some()
}

/// The version that would be installed. The package lists are fetched if they
/// do not know the package.
pub(super) fn candidate(package: &str) -> Result<Option<String>> {
    if let Some(version) = known_candidate(package) {
        return Ok(Some(version));
    }
    let Some(mut update) = privileged("apt-get") else {
        return Ok(None);
    };
    process::run("Updating the package lists", "20 s", update.arg("update"))?;
    Ok(known_candidate(package))
}

fn known_candidate(package: &str) -> Option<String> {
    parse_policy(&process::answer(
        Command::new("apt-cache")
            .env("LC_ALL", "C")
            .args(["policy", package]),
    )?)
}

/// The candidate in what `apt-cache policy` prints.
fn parse_policy(output: &str) -> Option<String> {
    let mut lines = output.lines().map(str::trim);
    let version = lines.find_map(|line| line.strip_prefix("Candidate: "))?;
    (version != "(none)").then(|| version.to_owned())
}

/// The names of the packages that one package depends on.
pub(super) fn dependencies(package: &str) -> Vec<String> {
    let mut command = Command::new("apt-cache");
    let output = process::answer(command.env("LC_ALL", "C").args(["depends", package]));
    let output = output.unwrap_or_default();
    let names = output
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Depends: "));
    names.map(str::to_owned).collect()
}

/// Installs packages without the extras they recommend.
pub(super) fn install(what: &str, about: &str, packages: &[&str]) -> Result<()> {
    let attempt = || -> Result<()> {
        let Some(mut command) = privileged("env") else {
            bail!(
                "{what} needs administrator rights, which the current user does not have without a \
                 password. Run this once, then the command again:\n\n  \
                 sudo apt-get install --no-install-recommends {}",
                packages.join(" ")
            );
        };
        command
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y"])
            .args(["--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"])
            .args(packages);
        process::run(what, about, &mut command)
    };
    let Err(first) = attempt() else {
        return Ok(());
    };
    // Package lists that are out of date name files that are gone.
    let stale = ["404", "unable to locate package", "unable to fetch"];
    let text = format!("{first:#}").to_lowercase();
    if !stale.iter().any(|sign| text.contains(sign)) {
        return Err(first);
    }
    if let Some(mut update) = privileged("apt-get") {
        process::run("Updating the package lists", "20 s", update.arg("update"))?;
    }
    attempt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_candidate_is_a_version_or_nothing() {
        let known = "nodejs:\n  Installed: (none)\n  Candidate: 18.20.4+dfsg-1~deb12u1\n";
        assert_eq!(
            parse_policy(known).as_deref(),
            Some("18.20.4+dfsg-1~deb12u1")
        );
        let unknown = "nodejs:\n  Installed: (none)\n  Candidate: (none)\n";
        assert_eq!(parse_policy(unknown), None);
        assert_eq!(parse_policy(""), None);
    }
}
