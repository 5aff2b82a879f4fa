//! The layers of the tests, from the quickest verdict to the slowest.

use crate::cli::{FUZZ_SECONDS, Layer};
use crate::setup::{self, Need, Workshop};
use crate::tally::Tally;
use crate::{fuzz, licence, npm, process, site};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// A package that depends on this has tests that run in a browser.
const BROWSER_HARNESS: &str = "wasm-bindgen-test";
const TARGET: &str = "wasm32-unknown-unknown";
/// Modules in `tests/journeys` that journeys share.
const SUPPORT: [&str; 2] = ["app.mjs", "places.mjs"];
/// Milliseconds after which a journey counts as hung.
const JOURNEY_LIMIT: u32 = 300_000;

/// How the long tests are compiled: fast code that still checks itself, without the
/// hour that link-time optimisation of every test would take. Tests need panics
/// that unwind, and so the programs they start are built to do the same.
const SOAK_PROFILE: [&str; 6] = [
    "profile.soak.inherits='release'",
    "profile.soak.opt-level=3",
    "profile.soak.lto='off'",
    "profile.soak.codegen-units=16",
    "profile.soak.debug-assertions=true",
    "profile.soak.panic='unwind'",
];

/// Runs some layers, or all of them if none is named; `Ok(false)` if anything
/// failed. A failed step does not keep the others from running.
pub(crate) fn run(layers: &[Layer]) -> Result<bool> {
    let layers = if layers.is_empty() {
        &Layer::ALL
    } else {
        layers
    };
    let workshop = setup::prepare(&needs(layers))?;
    let mut report = Report::new();
    for &layer in layers {
        match layer {
            Layer::Fmt => fmt(&workshop, &mut report),
            Layer::Licence => licences(&workshop, &mut report),
            Layer::Lint => lint(&workshop, &mut report),
            Layer::Native => native(&workshop, &mut report),
            Layer::Browser => browser(&workshop, &mut report),
            Layer::Journeys => journeys(&workshop, &mut report),
            Layer::Fuzz => {
                report.step("fuzzing", || fuzz::run(&workshop, &[], FUZZ_SECONDS));
            }
        }
    }
    Ok(report.finish())
}

/// What a choice of layers cannot do without.
fn needs(layers: &[Layer]) -> Vec<Need> {
    let mut needs = Vec::new();
    for layer in layers {
        needs.extend_from_slice(match layer {
            Layer::Fmt => &[Need::Lints],
            Layer::Lint => &[Need::Lints, Need::Wasm],
            Layer::Licence | Layer::Native => &[],
            Layer::Browser => &[Need::Wasm, Need::Site, Need::Browser],
            Layer::Journeys => &[Need::Wasm, Need::Site, Need::Browser, Need::Journeys],
            Layer::Fuzz => &[Need::Compiler],
        });
    }
    needs
}

/// Renews golden files by running the native tests with permission to write.
pub(crate) fn bless() -> Result<bool> {
    let workshop = setup::prepare(&[])?;
    let mut report = Report::new();
    report.step("native tests, writing golden files", || {
        let mut cargo = workshop.cargo();
        cargo.args(["test", "--workspace", "--no-fail-fast"]);
        counted(cargo.env("EXCHEQUER_BLESS", "1"))
    });
    println!("`git diff` shows what changed.");
    Ok(report.finish())
}

/// The long tests.
pub(crate) fn soak(cases: u32, seconds: u32) -> Result<bool> {
    let workshop = setup::prepare(&[
        Need::Compiler,
        Need::Wasm,
        Need::Site,
        Need::Browser,
        Need::Journeys,
    ])?;
    let mut report = Report::new();
    report.step("native tests, optimised, long seeds", || {
        let mut cargo = workshop.cargo();
        cargo
            .args(["test", "--workspace", "--locked", "--no-fail-fast"])
            .args(["--profile", "soak"])
            .args(SOAK_PROFILE.iter().flat_map(|line| ["--config", line]))
            .env("EXCHEQUER_SOAK", "1")
            .env("PROPTEST_CASES", cases.to_string());
        counted(&mut cargo)
    });
    if build(&workshop, &mut report) {
        let files = vec![workshop.root.join("tests/pictures/pictures.mjs")];
        visit(&workshop, &mut report, "pictures", files);
    }
    report.step("fuzzing", || fuzz::run(&workshop, &[], seconds));
    Ok(report.finish())
}

fn fmt(workshop: &Workshop, report: &mut Report) {
    let targets = ["--manifest-path", "fuzz/Cargo.toml"];
    for (name, scope) in [
        ("format", &["--all"][..]),
        ("format (fuzz targets)", &targets),
    ] {
        report.step(name, || {
            let mut cargo = workshop.cargo();
            let tally = check(cargo.arg("fmt").args(scope).args(["--", "--check", "-l"]))?;
            if tally.failed > 0 {
                println!("`cargo fmt {}` puts these right.", scope.join(" "));
            }
            Ok(tally)
        });
    }
}

fn licences(workshop: &Workshop, report: &mut Report) {
    report.step("licences", || {
        let count = licence::check(workshop)?;
        println!("{count} packages, all permissive");
        Ok(Tally::one(true))
    });
}

fn native(workshop: &Workshop, report: &mut Report) {
    report.step("native tests", || {
        let mut cargo = workshop.cargo();
        counted(cargo.args(["test", "--workspace", "--locked", "--no-fail-fast"]))
    });
}

fn lint(workshop: &Workshop, report: &mut Report) {
    report.step("lints (native)", || {
        let mut cargo = workshop.cargo();
        cargo.args(["clippy", "--workspace", "--all-targets", "--locked"]);
        check(cargo.args(["--", "-D", "warnings"]))
    });
    report.step("lints (wasm)", || {
        let mut cargo = workshop.cargo();
        cargo.args(["clippy", "--all-targets", "--locked"]);
        cargo.args(packages(&tested_in_browser(workshop)?));
        check(cargo.args(["--target", TARGET, "--", "-D", "warnings"]))
    });
    report.step("lints (documentation)", || {
        let mut cargo = workshop.cargo();
        cargo.args(["doc", "--workspace", "--lib", "--no-deps", "--locked"]);
        check(cargo.env("RUSTDOCFLAGS", "-D warnings"))
    });
}

fn browser(workshop: &Workshop, report: &mut Report) {
    report.step("browser tests (Chromium)", || {
        let browser = workshop
            .browser
            .as_ref()
            .context("no browser was prepared")?;
        // The same browser as in the journeys, not whichever the driver prefers.
        let settings = webdriver(workshop, &browser.program)?;
        counted(
            in_browser(workshop)?
                .env("CHROMEDRIVER", &browser.driver)
                .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", settings),
        )
    });
    let firefox = process::which("firefox").or_else(|| process::which("firefox-esr"));
    if let (Some(_), Some(driver)) = (firefox, process::which("geckodriver")) {
        report.step("browser tests (Firefox)", || {
            counted(in_browser(workshop)?.env("GECKODRIVER", &driver))
        });
    }
}

/// Cargo running the browser tests, in whichever browser has a driver named.
fn in_browser(workshop: &Workshop) -> Result<Command> {
    let mut cargo = workshop.cargo();
    cargo
        .args(["test", "--test", "*", "--locked", "--no-fail-fast"])
        .args(["--target", TARGET])
        .args(packages(&tested_in_browser(workshop)?))
        .env_remove("GECKODRIVER")
        .env_remove("SAFARIDRIVER")
        .env_remove("CHROMEDRIVER")
        // Each package's tests run in its own folder.
        .env(
            "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
            workshop.root.join("webdriver.json"),
        )
        // Seconds for all tests of one file.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    Ok(cargo)
}

/// The packages of the workspace that have tests for a browser.
fn tested_in_browser(workshop: &Workshop) -> Result<Vec<String>> {
    let found = depending_on(&workshop.metadata(&["--no-deps"])?, BROWSER_HARNESS);
    ensure!(!found.is_empty(), "no package depends on {BROWSER_HARNESS}");
    Ok(found)
}

/// The packages that name a crate among their dependencies, of whatever kind.
fn depending_on(metadata: &Value, crate_name: &str) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .filter(|package| {
            list(&package["dependencies"])
                .iter()
                .any(|it| it["name"] == crate_name)
        })
        .filter_map(|package| package["name"].as_str().map(str::to_owned))
        .collect()
}

/// Cargo's options that choose packages.
fn packages(names: &[String]) -> impl Iterator<Item = &str> {
    names.iter().flat_map(|name| ["-p", name])
}

/// The driver's settings, completed by the browser to start.
fn webdriver(workshop: &Workshop, program: &Path) -> Result<PathBuf> {
    let settings = fs::read_to_string(workshop.root.join("webdriver.json"))?;
    let mut settings: Value =
        serde_json::from_str(&settings).context("webdriver.json is no JSON")?;
    settings["goog:chromeOptions"]["binary"] = program.to_string_lossy().into();
    let target = workshop.target()?;
    fs::create_dir_all(&target)?;
    let path = target.join("webdriver.json");
    fs::write(&path, settings.to_string())?;
    Ok(path)
}

fn journeys(workshop: &Workshop, report: &mut Report) {
    if !build(workshop, report) {
        return;
    }
    match journey_files(&workshop.root.join("tests/journeys")) {
        Ok(files) => visit(workshop, report, "journeys", files),
        Err(why) => {
            report.step("journeys", || Err(why));
        }
    }
}

/// Builds what is visited: the app, the package, the command.
fn build(workshop: &Workshop, report: &mut Report) -> bool {
    report.step("build", || {
        site::build(workshop)?;
        npm::build(workshop)?;
        let mut cargo = workshop.cargo();
        cargo.args(["build", "--locked", "--package", "exchequer-cli"]);
        let succeeded = process::run_openly(&mut cargo, |_| {})?;
        ensure!(succeeded, "the command could not be built");
        Ok(Tally::default())
    })
}

/// Visits the app with a browser as these modules say.
fn visit(workshop: &Workshop, report: &mut Report, name: &'static str, modules: Vec<PathBuf>) {
    report.step(name, || {
        let browser = workshop
            .browser
            .as_ref()
            .context("no browser was prepared")?;
        let mut node = workshop.command("node");
        node.args(["--test", "--test-reporter=spec"])
            .arg(format!("--test-timeout={JOURNEY_LIMIT}"))
            .args(modules)
            .env("EXCHEQUER_BROWSER", &browser.program)
            .env("EXCHEQUER_DIST", workshop.root.join("dist"))
            .env("EXCHEQUER_NPM", workshop.target()?.join("npm"))
            .env("EXCHEQUER_PICTURES", workshop.target()?.join("pictures"))
            .env("EXCHEQUER_COMMAND", command(workshop)?);
        counted(&mut node)
    });
}

/// The command that the build has made.
fn command(workshop: &Workshop) -> Result<PathBuf> {
    let name = format!("exchequer{}", std::env::consts::EXE_SUFFIX);
    Ok(workshop.target()?.join("debug").join(name))
}

/// The modules with journeys, in a stable order.
fn journey_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).context("cannot read tests/journeys")? {
        let path = entry?.path();
        let is_module = path.extension().is_some_and(|extension| extension == "mjs");
        if is_module
            && path
                .file_name()
                .is_some_and(|name| !SUPPORT.iter().any(|it| name == *it))
        {
            found.push(path);
        }
    }
    found.sort();
    ensure!(!found.is_empty(), "tests/journeys holds no journey");
    Ok(found)
}

/// A check that passes or fails as a whole.
fn check(command: &mut Command) -> Result<Tally> {
    Ok(Tally::one(process::run_openly(command, |_| {})?))
}

/// A test program: its own count, and one failure more if it failed without
/// telling or ran nothing at all.
fn counted(command: &mut Command) -> Result<Tally> {
    let mut tally = Tally::default();
    let succeeded = process::run_openly(command, |line| tally.read(line))?;
    ensure!(
        tally.total() > 0 || !succeeded,
        "no test ran; a layer without tests proves nothing"
    );
    if !succeeded && tally.failed == 0 {
        tally += Tally::one(false);
    }
    Ok(tally)
}

/// What ran so far.
struct Report {
    started: Instant,
    total: Tally,
    failures: Vec<&'static str>,
}

impl Report {
    fn new() -> Self {
        Self {
            started: Instant::now(),
            total: Tally::default(),
            failures: Vec::new(),
        }
    }

    /// Runs one step and prints how it went; returns whether it passed.
    fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<Tally>) -> bool {
        println!("\n── {name}");
        let started = Instant::now();
        let tally = work().unwrap_or_else(|error| {
            println!("{error:#}");
            Tally::one(false)
        });
        self.total += tally;
        let time = process::duration(started.elapsed());
        if tally.failed == 0 {
            println!("── {name}: ok in {time}");
        } else {
            println!("── {name}: FAILED in {time} ({tally})");
            self.failures.push(name);
        }
        tally.failed == 0
    }

    /// Prints the sum; true if nothing failed.
    fn finish(self) -> bool {
        println!(
            "\nAll steps took {}.",
            process::duration(self.started.elapsed())
        );
        if !self.failures.is_empty() {
            println!("Failed: {}.", self.failures.join(", "));
        }
        println!("{}", self.total);
        self.failures.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_cannot_run_counts_as_a_failure_and_the_next_still_runs() {
        let mut report = Report::new();
        assert!(!report.step("broken", || anyhow::bail!("no such program")));
        assert!(report.step("sound", || Ok(Tally::one(true))));
        assert_eq!(report.total.to_string(), "1 passed, 1 failed");
        assert!(!report.finish());
    }

    #[test]
    fn only_what_the_layers_need_is_set_up() {
        assert!(!needs(&[Layer::Native]).contains(&Need::Wasm));
        assert!(!needs(&[Layer::Browser]).contains(&Need::Journeys));
        let all = needs(&Layer::ALL);
        assert!(Need::ALL.iter().all(|need| all.contains(need)));
    }

    #[test]
    fn packages_with_browser_tests_are_known_by_the_harness_they_depend_on() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "app", "dependencies": [{ "name": "yew" }, { "name": BROWSER_HARNESS }] },
            { "name": "money", "dependencies": [{ "name": "proptest" }] },
        ]});
        let found = depending_on(&metadata, BROWSER_HARNESS);
        assert_eq!(packages(&found).collect::<Vec<_>>(), ["-p", "app"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_fails_silently_or_tests_nothing_does_not_pass() -> Result<()> {
        let shell = |script: &str| {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]);
            counted(&mut shell)
        };
        let ok = shell("echo 'test result: ok. 2 passed; 0 failed; 0 ignored'")?;
        assert_eq!(ok.to_string(), "2 passed, 0 failed");
        let silent = shell("echo 'test result: ok. 2 passed; 0 failed'; exit 101")?;
        assert_eq!(silent.to_string(), "2 passed, 1 failed");
        assert!(shell("true").is_err());
        Ok(())
    }

    #[test]
    fn journeys_are_all_modules_but_the_shared_one() -> Result<()> {
        let folder =
            std::env::temp_dir().join(format!("exchequer-journeys-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        for name in SUPPORT {
            fs::write(folder.join(name), "")?;
        }
        fs::write(folder.join("package.json"), "")?;
        assert!(journey_files(&folder).is_err(), "nothing but support");
        fs::write(folder.join("share.mjs"), "")?;
        fs::write(folder.join("first-visit.mjs"), "")?;
        let found = journey_files(&folder)?;
        assert_eq!(
            found,
            [folder.join("first-visit.mjs"), folder.join("share.mjs")]
        );
        fs::remove_dir_all(&folder)?;
        Ok(())
    }
}
