//! Fuzz targets on the stable toolchain.
//!
//! cargo-fuzz asks for a nightly compiler because it turns on an address
//! sanitizer. This code has no `unsafe`, so coverage is all that is needed, and
//! stable compilers can be told to record it through LLVM's own options.

use crate::process;
use crate::setup::Workshop;
use crate::tally::Tally;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Turns on the coverage that libFuzzer steers by.
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1 --cfg fuzzing";
/// Seconds for one input, after which it counts as a hang.
const HANG: u32 = 5;
/// Megabytes in use, after which an input counts as a bomb.
const MEMORY: u32 = 1024;

/// Builds the targets and runs each for some seconds; with 0 seconds only the
/// known inputs are tried. One target that finds nothing is one check passed.
pub(crate) fn run(workshop: &Workshop, chosen: &[String], seconds: u32) -> Result<Tally> {
    if cfg!(windows) {
        bail!("libFuzzer with a stable compiler works on Linux and macOS only");
    }
    let fuzz = workshop.root.join("fuzz");
    let all = targets(&fuzz)?;
    if let Some(unknown) = chosen.iter().find(|name| !all.contains(name)) {
        bail!(
            "no fuzz target is called `{unknown}`; there are: {}",
            all.join(", ")
        );
    }
    // A target directory of its own, so that these flags rebuild nothing else;
    // a named platform, so that build scripts are not instrumented.
    let target = workshop.target()?.join("fuzz");
    let host = workshop.host()?;
    let mut cargo = workshop.cargo();
    cargo
        .args([
            "build",
            "--release",
            "--locked",
            "--bins",
            "--target",
            &host,
        ])
        .args(["--manifest-path", "fuzz/Cargo.toml", "--target-dir"])
        .arg(&target)
        .env("RUSTFLAGS", COVERAGE);
    process::run_through("building the fuzz targets", &mut cargo)?;

    let mut tally = Tally::default();
    for name in all
        .iter()
        .filter(|name| chosen.is_empty() || chosen.contains(name))
    {
        let folder = |kind: &str| fuzz.join(kind).join(name);
        for kind in ["corpus", "artifacts"] {
            fs::create_dir_all(folder(kind))?;
        }
        print!("{name}, {seconds} s: ");
        let _ = std::io::stdout().flush();
        let mut run = process::command(target.join(&host).join("release").join(name));
        run.current_dir(&fuzz);
        if seconds == 0 {
            run.arg("-runs=0");
        } else {
            run.arg(format!("-max_total_time={seconds}"));
        }
        run.arg(format!("-timeout={HANG}"))
            .arg(format!("-rss_limit_mb={MEMORY}"))
            .args(["-print_final_stats=1", "-verbosity=0"])
            .arg(format!(
                "-artifact_prefix={}/",
                folder("artifacts").display()
            ))
            .arg(folder("corpus"));
        for kind in ["seeds", "artifacts"] {
            if folder(kind).exists() {
                run.arg(folder(kind));
            }
        }
        let output = run.output().with_context(|| format!("cannot run {name}"))?;
        let log = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            println!("{} inputs, nothing found", inputs_tried(&log));
        } else {
            println!("FAILED\n{log}\nThe input is in fuzz/artifacts/{name}.");
        }
        tally += Tally::one(output.status.success());
    }
    Ok(tally)
}

/// How many inputs libFuzzer says it tried.
fn inputs_tried(log: &str) -> &str {
    let mut lines = log.lines();
    let count = lines.find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    count.unwrap_or("no").trim()
}

/// The names of the targets.
fn targets(fuzz: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(fuzz.join("fuzz_targets")).context("cannot read fuzz/fuzz_targets")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    names.sort();
    ensure!(!names.is_empty(), "fuzz/fuzz_targets holds no target");
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_inputs_is_read_from_the_statistics() {
        let log = "Done\nstat::number_of_executed_units: 808783\nstat::new_units_added: 5\n";
        assert_eq!(inputs_tried(log), "808783");
        assert_eq!(inputs_tried(""), "no");
    }

    #[test]
    fn targets_are_the_files_of_their_folder() -> Result<()> {
        let fuzz = std::env::temp_dir().join(format!("exchequer-fuzz-{}", std::process::id()));
        fs::create_dir_all(fuzz.join("fuzz_targets"))?;
        assert!(targets(&fuzz).is_err(), "no target");
        for file in ["script.rs", "cbor.rs", "notes.md"] {
            fs::write(fuzz.join("fuzz_targets").join(file), "")?;
        }
        assert_eq!(targets(&fuzz)?, ["cbor", "script"]);
        fs::remove_dir_all(&fuzz)?;
        Ok(())
    }
}
