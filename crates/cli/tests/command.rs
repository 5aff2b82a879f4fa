//! The command as a person runs it: what it prints, what it leaves behind, and
//! how it ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const BIRTH: &str = "static/scenarios/birth-of-a-yuan.exq";
const A_BANK_RUN: &str = "tests/scenarios/a-bank-run.exq";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the project")
}

/// The command, run from the project's folder.
fn exchequer(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_exchequer"));
    command
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::null());
    command
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Ran {
            code: output.status.code().expect("an exit code"),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

fn run(arguments: &[&str]) -> Ran {
    exchequer(arguments)
        .output()
        .expect("the command starts")
        .into()
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = exchequer(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // It may close its input before it has read everything.
    let _ = child.stdin.take().expect("an input").write_all(input);
    child.wait_with_output().expect("the command ends").into()
}

/// A folder of a test's own, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("exchequer-{test}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a name").to_owned()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder can be read");
        let mut names: Vec<_> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .into_string()
                    .expect("a name")
            })
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn birth() -> String {
    fs::read_to_string(root().join(BIRTH)).expect("the opening scenario")
}

fn assert_same(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("EXCHEQUER_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, found).expect("a golden file");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == found,
        "{name} differs (EXCHEQUER_BLESS=1 writes it anew):\n{found}"
    );
}

#[test]
fn the_opening_scenario_is_shown_as_recorded() {
    for (name, arguments) in [
        ("run.txt", &["run"][..]),
        ("run.json", &["run", "--json"]),
        ("balance-sheet.txt", &["show", "balance-sheet"]),
        (
            "balance-sheet-at-lunch.txt",
            &["show", "balance-sheet", "--at", "09:06"],
        ),
        ("journal.txt", &["show", "journal"]),
        (
            "journal-as-harbour.txt",
            &["show", "journal", "--as", "Harbour"],
        ),
        ("sequence.txt", &["show", "sequence"]),
        (
            "sequence-as-alice.txt",
            &["show", "sequence", "--as", "Alice"],
        ),
        ("flows.txt", &["show", "flows"]),
        ("refusals.txt", &["show", "refusals"]),
        ("series.txt", &["show", "series"]),
        ("export.mermaid", &["export", "mermaid"]),
        ("export.csv", &["export", "csv"]),
    ] {
        let ran = run(&[arguments, &[BIRTH]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}");
        assert_same(name, &ran.out);
    }
    assert_same("verbs.txt", &run(&["verbs"]).out);
}

#[test]
fn lessons_are_listed_with_minutes_and_goal_and_one_is_printed() {
    assert_same("lessons.txt", &run(&["lessons"]).out);
    let birth = fs::read_to_string(root().join(BIRTH)).expect("a scenario is text");
    assert_eq!(run(&["lessons", "birth-of-a-yuan"]).out, birth);
    let ran = run(&["lessons", "paydey"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("who-sees-what"), "{}", ran.err);
}

#[test]
fn attacks_are_played_and_their_matrix_is_as_recorded() {
    let ran = run(&["attacks"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_same("attacks.txt", &ran.out);
    let ran = run(&["attacks", "--model", "purse", "--json"]);
    let list: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(list.as_array().expect("a list").len(), 18);
    assert_eq!(list[0]["bearer"], "issuer");
    assert_eq!(list[0]["found"][0]["named"], "Mallory");
    let ran = run(&["attacks", "--model", "barter"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("purse, coins, blind"), "{}", ran.err);
}

#[test]
fn presets_are_listed_and_one_is_shown_with_every_value() {
    assert_same("presets.txt", &run(&["preset"]).out);
    assert_same("preset.txt", &run(&["preset", "cny-2026"]).out);
    let ran = run(&["preset", "pix@1", "--json"]);
    let sheet: Value = serde_json::from_str(&ran.out).expect("JSON");
    let rows = sheet["rows"].as_array().expect("a list");
    let row = rows.iter().find(|row| row["path"] == "night.payment");
    assert_eq!(
        row.expect("the night's limit"),
        &serde_json::json!({
            "path": "night.payment",
            "value": "1,000.00",
            "unit": "amount",
            "mark": "P",
            "date": "2026-11",
            "source": "Pix: night limit of BRL 1,000 and return request within 80 days, from secondary reports",
            "ours": false,
        })
    );
    let list: Value = serde_json::from_str(&run(&["preset", "--json"]).out).expect("JSON");
    assert_eq!(list[1]["preset"], "cny-2025@1");
    for name in ["cny", "cny-2026@2", "cny-2026@", "@", ""] {
        let ran = run(&["preset", name]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(
            ran.err.contains("cny-2026@1, digital-euro@1"),
            "{name}: {}",
            ran.err
        );
    }
}

#[test]
fn a_run_in_json_has_exactly_the_agreed_keys() {
    let ran = run(&["run", "--json", BIRTH]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.out.lines().count(), 1);
    let object: Value = serde_json::from_str(&ran.out).expect("JSON");
    let keys: Vec<_> = object
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    let agreed = [
        "balances",
        "digest",
        "engine",
        "events",
        "expectations",
        "invariants",
        "monitors",
        "refusals",
        "title",
    ];
    assert_eq!(keys, agreed);
    let digest = fs::read_to_string(root().join(BIRTH).with_extension("digest")).expect("a digest");
    assert_eq!(object["digest"], digest.trim());
    assert_eq!(object["refusals"][0]["code"], "limit.payment");
}

#[test]
fn several_files_are_played_one_after_the_other_and_the_worst_counts() {
    let folder = Folder::new("several");
    let wrong = folder.file("wrong.exq", "use cny-2025@1\nnonsense\n");
    let failing = folder.file("failing.exq", birth().replace("= 487.50", "= 400.00"));
    let ran = run(&["run", "--digest", BIRTH, &failing]);
    assert_eq!(ran.code, 1);
    let digest = fs::read_to_string(root().join(BIRTH).with_extension("digest")).expect("a digest");
    let digest = digest.trim();
    assert_eq!(ran.out, format!("{digest}  {BIRTH}\n{digest}  {failing}\n"));
    let ran = run(&["run", "--json", &failing, &wrong, BIRTH]);
    assert_eq!((ran.code, ran.out.lines().count()), (2, 2));
}

#[test]
fn a_failed_expectation_ends_with_one_and_names_line_expected_and_found() {
    let text = birth().replace("= 487.50", "= 400.00");
    for arguments in [
        &["run", "-"][..],
        &["run", "--json", "-"],
        &["run", "--digest", "-"],
    ] {
        let ran = run_with_input(arguments, text.as_bytes());
        assert_eq!(ran.code, 1, "{arguments:?}");
        assert_eq!(
            ran.err,
            "<standard input>:23: expected Alice.wallet = 400.00, found 487.50\n"
        );
    }
    let ran = run_with_input(&["run", "-"], text.as_bytes());
    assert!(ran.out.contains(
        "Expectations: 4 of 5 held\n  line 23  expected Alice.wallet = 400.00  found 487.50\n"
    ));
    let object: Value =
        serde_json::from_str(&run_with_input(&["run", "--json", "-"], text.as_bytes()).out)
            .expect("JSON");
    assert_eq!(
        object["expectations"],
        serde_json::json!({"passed": 4, "failed": 1})
    );
}

#[test]
fn a_refusal_nobody_expects_fails_only_when_asked_strictly() {
    let text = birth().replace("expect refused limit.payment\n", "");
    let plain = run_with_input(&["run", "-"], text.as_bytes());
    assert_eq!((plain.code, plain.err.as_str()), (0, ""));
    assert!(plain.out.contains("not expected"));
    let strict = run_with_input(&["run", "--strict", "-"], text.as_bytes());
    assert_eq!(strict.code, 1);
    assert!(
        strict
            .err
            .contains("refused limit.payment, and no line expects it")
    );
    assert_eq!(run(&["run", "--strict", BIRTH]).code, 0);
}

#[test]
fn another_seed_gives_another_digest_and_the_same_seed_the_same() {
    let digest = |seed: &str| run(&["run", "--digest", "--seed", seed, BIRTH]).out;
    assert_eq!(digest("7"), run(&["run", "--digest", BIRTH]).out);
    assert_ne!(digest("8"), digest("7"));
    assert_eq!(digest("8"), digest("8"));
    assert_eq!(digest("7").trim().len(), 64);
}

#[test]
fn the_json_form_of_a_scenario_plays_as_its_text_does() {
    use exchequer::{presets::Shipped, script, vocabulary};
    let text = birth();
    let json =
        vocabulary::with(|words| script::to_json(&script::parse(&text, words, &Shipped).script));
    let folder = Folder::new("json-form");
    let file = folder.file("birth.json", json.to_string());
    assert_eq!(
        run(&["run", "--digest", &file]).out,
        run(&["run", "--digest", BIRTH]).out
    );
    let wrong = folder.file(
        "wrong.json",
        json.to_string()
            .replace(r#""to":"Noodles""#, r#""to":"Nodles""#),
    );
    let ran = run(&["check", &wrong]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("#/lines/"), "{}", ran.err);
    assert_eq!(
        run(&["check", &folder.file("no.json", "{\"exq\": 1, ")]).code,
        2
    );
    assert_eq!(run(&["fmt", &file]).code, 2);
}

/// A scenario with one bad line, and what the complaint about it must name.
fn bad_lines() -> Vec<(&'static str, &'static str)> {
    vec![
        ("Alice: pey Noodles 1.00", "did you mean `pay`?"),
        ("Alice: pay Nodles 1.00", "did you mean `Noodles`?"),
        ("Alice: pay Noodles 1.234", "decimal"),
        ("Alice: pay Noodles -1.00", "negative"),
        (
            "Alice: pay Noodles 10000000000000000000000000000000000000000.00",
            "too-large",
        ),
        ("Alice: pay Noodles 0.00", "more than zero"),
        (
            "09:00 Alice: pay Noodles 1.00\n08:59 Alice: pay Noodles 1.00",
            "+1d",
        ),
        ("person Alice at=Harbour type=II", "Alice"),
        (
            "Alice: pay Noodles [[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]",
            "deep",
        ),
        ("Alice: pay Noodles 1.00 memo=\"never closed", "quote"),
        ("nonsense", "nonsense"),
    ]
}

#[test]
fn what_is_wrong_with_a_line_is_told_with_its_place_and_ends_with_two() {
    let head = "use cny-2025@1\noperator Harbour reserves=10_000.00\nperson Alice at=Harbour type=II deposit=9.00\nmerchant Noodles at=Harbour\n";
    for (line, named) in bad_lines() {
        let text = format!("{head}{line}\n");
        let at = format!("<standard input>:{}:", text.lines().count());
        for command in ["run", "check"] {
            let ran = run_with_input(&[command, "-"], text.as_bytes());
            assert_eq!(ran.code, 2, "{command}: {line}");
            assert!(ran.err.contains(&at), "{command}: {line}\n{}", ran.err);
            assert!(ran.err.contains(named), "{command}: {line}\n{}", ran.err);
            assert!(ran.err.contains('^'), "{command}: {line}\n{}", ran.err);
        }
    }
}

#[test]
fn all_errors_of_a_file_are_told_at_once() {
    let ran = run_with_input(&["check", "-"], b"use cny-2025@1\none\ntwo\nthree\n");
    assert_eq!(ran.code, 2);
    for line in 2..5 {
        assert!(
            ran.err
                .contains(&format!("<standard input>:{line}:1: error: ")),
            "{}",
            ran.err
        );
    }
    assert_eq!(ran.out, "<standard input>: 3 errors\n");
}

#[test]
fn a_file_that_is_no_scenario_at_all_ends_with_two() {
    let folder = Folder::new("no-scenario");
    let huge = folder.0.join("huge.exq");
    fs::File::create(&huge)
        .expect("a file")
        .set_len(50 << 20)
        .expect("50 MB");
    let deep = "[".repeat(900_000);
    for (file, named) in [
        (folder.file("empty.exq", ""), "use"),
        (
            folder.file("binary.exq", b"use cny-2025@1\ntitle \"\xff\xfe\"\n"),
            "UTF-8",
        ),
        (
            folder.file("deep.exq", format!("use cny-2025@1\nset a={deep}\n")),
            "error",
        ),
        (folder.file("deep.json", &deep), "error"),
        (
            huge.to_str().expect("a name").to_owned(),
            "larger than a scenario may be",
        ),
        (folder.0.to_str().expect("a name").to_owned(), "is a folder"),
        (
            folder
                .0
                .join("nothing.exq")
                .to_str()
                .expect("a name")
                .to_owned(),
            "cannot be read",
        ),
    ] {
        for arguments in [
            &["run"][..],
            &["check"],
            &["show", "journal"],
            &["export", "csv"],
        ] {
            let ran = run(&[arguments, &[file.as_str()]].concat());
            assert_eq!(ran.code, 2, "{arguments:?} {file}");
            assert!(
                ran.err.contains(named) && !ran.err.contains("panicked"),
                "{arguments:?} {file}: {}",
                ran.err
            );
        }
    }
}

#[test]
fn standard_input_without_end_is_not_read_to_its_end() {
    let ran = run_with_input(&["run", "-"], &vec![b'#'; 3 << 20]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("larger than a scenario may be"),
        "{}",
        ran.err
    );
}

#[test]
fn arguments_that_mean_nothing_end_with_two_and_help_with_nought() {
    for arguments in [
        &[][..],
        &["play", BIRTH],
        &["run"],
        &["run", "--seed", "seven", BIRTH],
        &["run", "--json", "--digest", BIRTH],
        &["show", "weather", BIRTH],
        &["show", "journal", "--at", "25:00", BIRTH],
        &["show", "journal", "--at", "08:00", BIRTH],
        &["show", "journal", "--at", "9999", BIRTH],
        &["show", "journal", "--json", BIRTH],
        &["show", "series", "--at", "9", BIRTH],
        &["show", "series", "--as", "Alice", BIRTH],
        &["show", "journal", "--as", "Zoe", BIRTH],
        &["export", "docx", BIRTH],
        &["export", "csv", "-o", "/no/such/folder/out.csv", BIRTH],
        &["export", "csv", "--as", "Alice", BIRTH],
        &["export", "iso20022", "--as", "Zoe", BIRTH],
        &["export", "iso20022", "-o", "/dev/null/no-folder", BIRTH],
    ] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(
            !ran.err.is_empty() && !ran.err.contains("panicked"),
            "{arguments:?}"
        );
    }
    for arguments in [&["--help"][..], &["--version"], &["run", "--help"]] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
    }
    let nobody = run(&["show", "journal", "--as", "Zoe", BIRTH]).err;
    assert!(
        nobody.contains("Alice") && nobody.contains("central-bank"),
        "{nobody}"
    );
}

#[test]
fn a_hand_off_is_one_archive_and_the_same_each_time() {
    let folder = Folder::new("hand-off");
    let archives = ["one.zip", "two.zip"].map(|name| {
        let path = folder.file(name, "");
        let ran = run(&["hand-off", "-o", &path, BIRTH]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
        fs::read(path).expect("the archive")
    });
    assert_eq!(archives[0], archives[1]);
    assert!(archives[0].starts_with(b"PK\x03\x04"));
    assert_eq!(folder.names(), ["one.zip", "two.zip"]);
    let nowhere = run(&["hand-off", "-o", "/no/such/folder/out.zip", BIRTH]);
    assert_eq!((nowhere.code, nowhere.out.as_str()), (2, ""));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = exchequer(&["export", "json", BIRTH])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let ran: Ran = child.wait_with_output().expect("the command ends").into();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let output = exchequer(&["run", BIRTH])
        .stdout(full)
        .output()
        .expect("the command starts");
    let ran = Ran::from(output);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("standard output cannot be written"),
        "{}",
        ran.err
    );
}

#[test]
fn fmt_brings_a_file_into_its_form_once_and_for_all() {
    let folder = Folder::new("fmt");
    let file = folder.file("birth.exq", birth());
    let checked = run(&["fmt", "--check", &file]);
    assert_eq!(
        (checked.code, fs::read_to_string(&file).expect("the file")),
        (1, birth())
    );
    assert_eq!(run(&["fmt", &file]).code, 0);
    let formatted = fs::read_to_string(&file).expect("the file");
    assert_ne!(formatted, birth());
    let again = run(&["fmt", "--check", &file]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert_eq!(
        run_with_input(&["fmt", "-"], birth().as_bytes()).out,
        formatted
    );
    assert_eq!(
        run(&["run", "--digest", &file]).out,
        run(&["run", "--digest", BIRTH]).out
    );
    assert_eq!(folder.names(), ["birth.exq"]);
}

#[test]
fn fmt_leaves_a_file_alone_that_has_errors() {
    let folder = Folder::new("fmt-errors");
    let text = "use   cny-2025@1\nnonsense\n";
    let file = folder.file("wrong.exq", text);
    let ran = run(&["fmt", &file]);
    assert_eq!(ran.code, 2);
    assert_eq!(fs::read_to_string(&file).expect("the file"), text);
    assert_eq!(folder.names(), ["wrong.exq"]);
}

#[cfg(unix)]
#[test]
fn fmt_keeps_a_link_and_the_rights_of_its_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("fmt-link");
    let file = folder.file("birth.exq", birth());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("rights");
    let link = folder.0.join("link.exq");
    symlink(&file, &link).expect("a link");
    assert_eq!(run(&["fmt", link.to_str().expect("a name")]).code, 0);
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert_ne!(fs::read_to_string(&file).expect("the file"), birth());
    assert_eq!(
        fs::metadata(&file).expect("the file").permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn a_view_can_be_had_at_any_event_and_any_time() {
    let digest = |at: &str| run(&["show", "balance-sheet", "--at", at, BIRTH]).out;
    let lunch = digest("09:06");
    assert!(lunch.contains("Digital cash · Noodles") && !lunch.contains("2,600.00"));
    for same in ["2025-11-03T09:06", "+6m", "09:06:29"] {
        assert_eq!(digest(same), lunch, "{same}");
    }
    for at in 0..=90 {
        let ran = run(&["show", "sequence", "--at", &at.to_string(), BIRTH]);
        assert_eq!(ran.code, 0, "at {at}: {}", ran.err);
        assert!(ran.out.contains(&format!("after {at} of 90 events")));
    }
}

#[test]
fn the_same_text_by_other_rules_is_shown_where_it_differs() {
    let flip = root().join("static/scenarios/flip-to-2026.exq");
    let flip = flip.display().to_string();
    let shown = run(&["show", "differences", "--with", "cny-2025", &flip]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert_same("differences.txt", &shown.out);
    let none = run(&["show", "differences", &flip]);
    assert_eq!(none.code, 2, "{}", none.out);
    let unknown = run(&["show", "differences", "--with", "cny-1999", &flip]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("there is no preset cny-1999"),
        "{}",
        unknown.err
    );
    let astray = run(&["show", "journal", "--with", "cny-2025", &flip]);
    assert_eq!(astray.code, 2, "{}", astray.out);
}

#[test]
fn what_a_party_may_not_see_is_absent() {
    let views = ["balance-sheet", "journal", "sequence", "flows", "refusals"];
    let seen = |party: &str| -> String {
        views
            .iter()
            .map(|view| run(&["show", view, "--as", party, BIRTH]).out)
            .collect()
    };
    for (party, hidden) in [
        // The register knows wallets and no holders.
        ("central-bank", &["Alice", "Bob", "Noodles", "lunch"][..]),
        // A bank does not know other banks' customers.
        ("Harbour", &["Bob", "Noodles", "2,500.00"]),
        ("Summit", &["Alice", "1,000.00"]),
        ("Alice", &["Bob", "2,500.00", "Summit"]),
        ("Noodles", &["Bob", "2,500.00", "Alice", "Harbour"]),
    ] {
        let seen = seen(party);
        for name in hidden {
            assert!(!seen.contains(name), "{party} sees {name}:\n{seen}");
        }
    }
    assert!(seen("Bob").contains("limit.payment"));
    assert!(seen("Summit").contains("limit.payment"));
}

#[test]
fn an_export_goes_to_a_file_or_to_standard_output() {
    let folder = Folder::new("export");
    let out = folder.0.join("out.csv");
    let name = out.to_str().expect("a name");
    let ran = run(&["export", "csv", "-o", name, BIRTH]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    let text = run(&["export", "csv", BIRTH]).out;
    assert_eq!(fs::read_to_string(&out).expect("the file"), text);
    assert_eq!(run(&["export", "csv", "-o", "-", BIRTH]).out, text);
    assert_eq!(folder.names(), ["out.csv"]);
    let log: Value = serde_json::from_str(&run(&["export", "json", BIRTH]).out).expect("JSON");
    assert_eq!(log["events"].as_array().map(Vec::len), Some(90));
}

#[test]
fn messages_go_to_a_folder_one_file_each() {
    let folder = Folder::new("iso20022");
    let out = folder.0.join("messages");
    let name = out.to_str().expect("a name");
    let ran = run(&["export", "iso20022", "-o", name, BIRTH]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    let mut files: Vec<_> = fs::read_dir(&out)
        .expect("the folder")
        .map(|it| it.expect("a file").path())
        .collect();
    files.sort();
    let joined = run(&["export", "iso20022", BIRTH]).out;
    assert_eq!(joined.matches("<?xml").count(), files.len());
    for kind in ["pacs.008-", "camt.053-"] {
        let named = |it: &PathBuf| {
            it.file_name()
                .is_some_and(|it| it.to_string_lossy().starts_with(kind))
        };
        assert!(files.iter().any(named), "no {kind}: {files:?}");
    }
    for file in files {
        let text = fs::read_to_string(file).expect("a message");
        assert!(joined.contains(&text), "{text}");
    }
    // A holder is sent the statement of its own wallet, and of no other.
    let alices = run(&["export", "iso20022", "--as", "Alice", BIRTH]).out;
    assert_eq!(alices.matches("<?xml").count(), 1, "{alices}");
}

#[test]
fn the_reference_has_every_verb_and_the_schema_is_json() {
    let reference: Value = serde_json::from_str(&run(&["verbs", "--json"]).out).expect("JSON");
    let names = |list: &str| -> Vec<String> {
        let list = reference[list].as_array().expect("a list");
        list.iter()
            .map(|it| it["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    for verb in [
        "issue", "return", "exchange", "redeem", "cash-in", "cash-out", "pay", "lose", "double",
        "delay",
    ] {
        assert!(names("verbs").contains(&verb.to_owned()), "{verb}");
    }
    assert!(names("kinds").contains(&"operator".to_owned()));
    assert!(names("refusals").contains(&"limit.payment".to_owned()));
    assert!(names("invariants").contains(&"in-issue".to_owned()));
    assert!(names("accounts").contains(&"wallet".to_owned()));
    let schema: Value = serde_json::from_str(&run(&["schema"]).out).expect("JSON");
    assert!(schema["$defs"]["act.pay"].is_object());
}

#[test]
fn the_bench_runs() {
    let ran = run(&["bench", "--quick", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let sheet: Value = serde_json::from_str(&ran.out).expect("JSON");
    let figures = sheet["figures"].as_array().expect("a list");
    let keys: Vec<_> = figures
        .iter()
        .map(|figure| figure["key"].as_str().expect("a key"))
        .collect();
    for key in [
        "payments",
        "sign",
        "verify",
        "seek-median",
        "seek-p99",
        "step-median",
        "step-p99",
        "fact-bytes",
    ] {
        assert!(keys.contains(&key), "{key}");
    }
    assert!(
        figures
            .iter()
            .all(|figure| figure["value"].as_f64().is_some_and(|value| value > 0.0))
    );
}

#[test]
fn a_series_is_one_json_object_with_the_figures_beside_it() {
    let ran = run(&["show", "series", "--json", A_BANK_RUN]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let whole: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let samples = whole["series"]["samples"].as_array().unwrap();
    assert_eq!(samples.len(), 201);
    assert_eq!(samples[200]["wallets"], 600_000);
    assert_eq!(whole["series"]["banks"][0]["name"], "Harbour");
    assert_eq!(whole["calibration"][0]["mark"], "P");
    let table = run(&["show", "series", A_BANK_RUN]).out;
    for part in [
        "Digital euro",
        "699,000,000,000 EUR",
        "8.2%",
        "Seigniorage",
        "Harbour",
    ] {
        assert!(table.contains(part), "{part}: {table}");
    }
}

#[test]
fn what_crowds_were_refused_is_counted_and_monitors_say_what_is_breached() {
    let told = run(&["run", "--strict", A_BANK_RUN]);
    assert_eq!(told.code, 0, "{}", told.err);
    for part in [
        "liquidity.short  people of a crowd  10 ×",
        "Reserve ratio  breached: 2,800.00 needed, 2,000.00 held",
        "Town          wallet 6,000.00",
    ] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
}

/// Names, sums and words that only some may see, as the run of the canaries
/// has them: what it is, and who may see it.
const CANARIES: &[(&str, &[&str])] = &[
    ("Yolanda", &["Yolanda", "Harbour", "authentication"]),
    ("7,013.37", &["Yolanda", "Harbour"]),
    (
        "991.11",
        &["Tito", "Summit", "central-bank", "registration", "big-data"],
    ),
    ("66,345.67", &["Quay", "central-bank"]),
];

#[test]
fn no_view_shows_what_is_hidden_from_whoever_looks() {
    let file = "tests/scenarios/who-may-know-what.exq";
    for who in [
        "central-bank",
        "Harbour",
        "Summit",
        "Quay",
        "Ximena",
        "Yolanda",
        "Tito",
        "Kiosk",
        "authentication",
        "registration",
        "big-data",
        "investigator:Walter",
    ] {
        let mut shown = String::new();
        for view in [
            "balance-sheet",
            "journal",
            "sequence",
            "flows",
            "refusals",
            "registers",
        ] {
            for at in ["10", "60", "+9h"] {
                shown += &run(&["show", view, "--as", who, "--at", at, file]).out;
            }
        }
        // Sums are written there without the commas between thousands.
        let messages = run(&["export", "iso20022", "--as", who, file]).out;
        for (canary, may) in CANARIES {
            assert!(
                !messages.contains(&canary.replace(',', "")) || may.contains(&who),
                "{who} is sent {canary}:\n{messages}"
            );
        }
        for (canary, may) in CANARIES {
            assert!(
                !shown.contains(canary) || may.contains(&who),
                "{who} sees {canary}:\n{shown}"
            );
        }
    }
}
