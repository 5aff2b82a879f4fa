//! wasm-bindgen and Trunk.

use super::{Workshop, cache};
use crate::process;
use crate::version::{self, Version};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// A command-line tool published as a crate.
struct Tool {
    /// The crate.
    package: &'static str,
    /// The programs it brings; the first one tells its version.
    programs: &'static [&'static str],
    version: Version,
    /// Whether no other version will do.
    exactly: bool,
    /// How far to optimise it: compiling takes longer than it ever runs.
    optimise: &'static str,
    /// How long that usually takes on two cores.
    about: &'static str,
}

/// The Trunk that the build is tried with.
const TRUNK: Version = Version::new(0, 21, 14);

/// Makes sure of both tools.
pub(super) fn prepare(workshop: &mut Workshop) -> Result<()> {
    let lock = fs::read_to_string(workshop.root.join("Cargo.lock")).context("no Cargo.lock")?;
    let bindgen = version::locked(&lock, "wasm-bindgen");
    let tools = [
        Tool {
            package: "wasm-bindgen-cli",
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            // What the tool writes must fit what the library expects.
            version: bindgen.context("Cargo.lock does not name wasm-bindgen")?,
            exactly: true,
            optimise: "1",
            about: "3 min",
        },
        Tool {
            package: "trunk",
            programs: &["trunk"],
            version: TRUNK,
            exactly: false,
            optimise: "0",
            about: "5 min",
        },
    ];
    for tool in &tools {
        if let Some(folder) = tool.prepare()? {
            workshop.path.push(folder);
        }
    }
    Ok(())
}

impl Tool {
    /// The folder to put on the PATH; none if the PATH has the tool already.
    fn prepare(&self) -> Result<Option<PathBuf>> {
        if self
            .programs
            .iter()
            .all(|program| self.fits(Path::new(program)))
        {
            return Ok(None);
        }
        let cache = cache::folder()?;
        let home = cache.join(format!("{}-{}", self.package, self.version));
        let folder = home.join("bin");
        if !self.is_in(&folder) {
            let bench = cache::Workbench::new(&cache)?;
            // Another set-up may have made it while this one waited.
            if !self.is_in(&folder) {
                self.install(&bench.folder, &home)?;
            }
        }
        Ok(Some(folder))
    }

    fn fits(&self, program: &Path) -> bool {
        let printed = process::answer(process::command(program).arg("--version"));
        printed
            .and_then(|text| Version::find(&text))
            .is_some_and(|found| self.accepts(found))
    }

    fn accepts(&self, found: Version) -> bool {
        if self.exactly {
            found == self.version
        } else {
            found.is_compatible_with(self.version)
        }
    }

    fn is_in(&self, folder: &Path) -> bool {
        self.programs
            .iter()
            .all(|program| self.fits(&folder.join(program)))
    }

    /// Compiles the tool aside and moves it to its home.
    fn install(&self, aside: &Path, home: &Path) -> Result<()> {
        let name = format!("{} {}", self.package, self.version);
        println!("{name} is not on the PATH.");
        let task = format!("Compiling {name}");
        cache::ensure_free(aside, 1500, &task)?;
        // The compiler that this runner was built with: any will do, and where
        // there are two, rustup's is the faster one.
        let mut cargo = process::command("cargo");
        cargo
            // Away from the repository, whose Cargo settings are not for tools.
            .current_dir(aside)
            .env("CARGO_TARGET_DIR", aside.join("target"))
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.optimise)
            .args([
                "install",
                self.package,
                "--version",
                &self.version.to_string(),
            ])
            .args(["--locked", "--no-default-features", "--no-track", "--root"])
            .arg(aside);
        process::run(&task, self.about, &mut cargo)?;
        if home.exists() {
            fs::remove_dir_all(home).context("cannot replace a broken tool")?;
        }
        let made = aside.join("made");
        fs::create_dir(&made)?;
        fs::rename(aside.join("bin"), made.join("bin"))?;
        fs::rename(&made, home).context("cannot move the tool into place")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bindgen_must_match_and_trunk_may_be_a_later_patch() {
        let tool = |exactly, version| Tool {
            package: "",
            programs: &[],
            version,
            exactly,
            optimise: "0",
            about: "",
        };
        let bindgen = tool(true, Version::new(0, 2, 129));
        assert!(bindgen.accepts(Version::new(0, 2, 129)));
        assert!(!bindgen.accepts(Version::new(0, 2, 130)));
        let trunk = tool(false, TRUNK);
        assert!(trunk.accepts(Version::new(0, 21, 15)));
        assert!(!trunk.accepts(Version::new(0, 21, 13)));
        assert!(!trunk.accepts(Version::new(0, 22, 1)));
    }
}
