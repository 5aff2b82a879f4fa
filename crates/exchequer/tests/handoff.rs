//! What is handed over holds by itself: a fresh project of the archive's files
//! alone tests green, and red if anybody changed the script.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use boon::{Compiler, Schemas};
use exchequer::{Run, export, handoff};
use miniz_oxide::inflate::decompress_to_vec;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

fn played(file: &str) -> Run {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let mut run = Run::load(&text).unwrap();
    run.to_end().unwrap();
    run
}

/// The files of an archive, found as any reader finds them: by the directory
/// at its end.
fn unpacked(archive: &[u8]) -> BTreeMap<String, String> {
    let half = |at: usize| usize::from(u16::from_le_bytes(archive[at..at + 2].try_into().unwrap()));
    let word = |at: usize| u32::from_le_bytes(archive[at..at + 4].try_into().unwrap()) as usize;
    let end = archive.len() - 22;
    assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
    let mut files = BTreeMap::new();
    let mut at = word(end + 16);
    assert_eq!(at + word(end + 12), end);
    for _ in 0..half(end + 10) {
        assert_eq!(&archive[at..at + 4], b"PK\x01\x02");
        let (pressed, length, name) = (word(at + 20), word(at + 24), half(at + 28));
        let local = word(at + 42);
        assert_eq!(&archive[local..local + 4], b"PK\x03\x04");
        // What the file says of itself is what the directory says of it.
        assert_eq!(archive[local + 4..local + 30], archive[at + 6..at + 32]);
        let body = local + 30 + name;
        let text = decompress_to_vec(&archive[body..body + pressed]).unwrap();
        assert_eq!(text.len(), length);
        let name = String::from_utf8(archive[at + 46..at + 46 + name].to_vec()).unwrap();
        at += 46 + name.len();
        files.insert(name, String::from_utf8(text).unwrap());
    }
    assert_eq!(at, end);
    files
}

#[test]
fn the_archive_holds_the_files_whole() {
    let run = played("static/scenarios/birth-of-a-yuan.exq");
    let files = unpacked(&handoff::zip(&run).unwrap());
    let expected: BTreeMap<String, String> = handoff::files(&run)
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect();
    assert_eq!(files, expected);
    assert_eq!(files["scenario.exq"], run.text());
}

/// A folder with a fresh project, gone when the test is over.
struct Project(PathBuf);

impl Project {
    fn of(archive: &[u8]) -> Project {
        let folder =
            std::env::temp_dir().join(format!("exchequer-hand-off-{}", std::process::id()));
        let project = Project(folder);
        for (name, text) in unpacked(archive) {
            let path = project.0.join("flow").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        // As its manifest says: where a reader has a checkout, this one's own
        // crates stand. Its lock keeps to the versions that are here already.
        let manifest = project.0.join("flow/Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        let checkout = root().to_string_lossy().replace('\\', "/");
        let here = text.replace("../exchequer/", &format!("{checkout}/"));
        assert_ne!(here, text);
        fs::write(manifest, here).unwrap();
        fs::copy(root().join("Cargo.lock"), project.0.join("flow/Cargo.lock")).unwrap();
        project
    }

    /// Whether its tests pass, and what they said.
    fn tests(&self) -> (bool, String) {
        let cargo = std::env::var_os("CARGO").expect("cargo runs the tests");
        let ran = Command::new(cargo)
            .args(["test", "--offline"])
            .current_dir(self.0.join("flow"))
            // Beside the other files of tests, so that what was built is built once.
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("hand-off"),
            )
            .env_remove("CARGO_BUILD_TARGET")
            .output()
            .unwrap();
        let said = [ran.stdout, ran.stderr].concat();
        (
            ran.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }

    /// Puts other words into the script.
    fn rewrite(&self, was: &str, is: &str) {
        let path = self.0.join("flow/scenario.exq");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(was), "{was}");
        fs::write(path, text.replace(was, is)).unwrap();
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_fresh_project_tests_green_and_red_once_the_script_is_tampered_with() {
    let run = played("static/scenarios/birth-of-a-yuan.exq");
    assert!(!run.refused().is_empty());
    let project = Project::of(&handoff::zip(&run).unwrap());
    let (passed, said) = project.tests();
    assert!(passed && said.contains("4 passed"), "{said}");

    project.rewrite("pay Noodles 12.50", "pay Noodles 12.51");
    let (passed, said) = project.tests();
    assert!(!passed, "{said}");
    for red in [
        "the_log_is_the_same_to_the_bit",
        "everyone_has_what_was_handed_over",
    ] {
        assert!(said.contains(&format!("test {red} ... FAILED")), "{said}");
    }
}

#[test]
fn the_events_of_every_scenario_fit_the_schema_handed_over() {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    let schema = serde_json::from_str(handoff::EVENTS_SCHEMA).unwrap();
    compiler.add_resource("events.json", schema).unwrap();
    let index = compiler.compile("events.json", &mut schemas).unwrap();
    let mut kinds = BTreeMap::new();
    for entry in fs::read_dir(root().join("static/scenarios")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "exq") {
            continue;
        }
        let run = played(path.to_str().unwrap());
        let mut log: serde_json::Value = serde_json::from_str(&export::json(&run)).unwrap();
        if let Err(error) = schemas.validate(&log, index) {
            panic!("{}: {error:#}", path.display());
        }
        for event in log["events"].as_array().unwrap() {
            *kinds.entry(event["kind"].to_string()).or_insert(0) += 1;
        }
        // What is no event does not fit.
        log["events"][0]["kind"] = "posted".into();
        assert!(schemas.validate(&log, index).is_err());
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}
