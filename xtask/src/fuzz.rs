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
        println!("{name} ({seconds} s)");
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
        let status = run.status().with_context(|| format!("cannot run {name}"))?;
        if !status.success() {
            println!("{name} failed: the input is in fuzz/artifacts/{name}");
        }
        tally += Tally::one(status.success());
    }
    Ok(tally)
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
