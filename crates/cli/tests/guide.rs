//! The commands of the guide, run as it says them, on the files that it shows.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const EXCHEQUER: &str = env!("CARGO_BIN_EXE_exchequer");

/// The chapters of the guide.
fn chapters() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide");
    let files = fs::read_dir(folder)
        .expect("the guide")
        .map(|it| it.unwrap().path());
    let texts = files.filter(|path| path.is_file()).map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    });
    texts.collect()
}

/// The blocks of code of a chapter: what stands behind the fence, and the code.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), inside) {
            (Some(info), false) => found.push((info, String::new())),
            (None, true) => {
                let (_, code) = found.last_mut().unwrap();
                code.push_str(line);
                code.push('\n');
            }
            _ => {}
        }
        inside ^= line.starts_with("```");
    }
    found
}

/// A shell in which `exchequer` is this build's.
fn shell(line: &str, folder: &Path) -> Command {
    let place = Path::new(EXCHEQUER).parent().unwrap().to_path_buf();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<PathBuf> = vec![place];
    places.extend(std::env::split_paths(&others));
    let mut command = Command::new("sh");
    command
        .args(["-e", "-c", line])
        .env("PATH", std::env::join_paths(places).unwrap())
        .current_dir(folder);
    command
}

#[test]
fn every_command_of_the_guide_runs_as_it_is_written() {
    let mut ran = 0;
    for (chapter, text) in chapters() {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("guide-{chapter}"));
        fs::create_dir_all(&folder).unwrap();
        for (info, code) in blocks(&text) {
            if let Some(name) = info.strip_prefix("exq ") {
                fs::write(folder.join(name), code).unwrap();
            } else if info == "sh" {
                for line in code.lines() {
                    let done = shell(line, &folder).output().unwrap();
                    let said = String::from_utf8_lossy(&done.stderr);
                    assert!(done.status.success(), "{chapter}: {line}\n{said}");
                    ran += 1;
                }
            }
        }
    }
    assert!(ran >= 10, "{ran}");
}

#[test]
fn every_command_that_a_sentence_names_is_there() {
    let mut found = 0;
    for (chapter, text) in chapters() {
        for (index, code) in text.split('`').enumerate() {
            let Some(words) = code.strip_prefix("exchequer ").filter(|_| index % 2 == 1) else {
                continue;
            };
            let mut command = Command::new(EXCHEQUER);
            command.args(words.split(' ')).arg("--help");
            let done = command.output().unwrap();
            assert!(done.status.success(), "{chapter}: exchequer {words}");
            found += 1;
        }
    }
    assert!(found >= 6, "{found}");
}

#[test]
fn a_shell_that_finds_nothing_to_run_fails() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let done = shell("exchequer run no-such-file.exq", folder).output();
    assert_eq!(done.unwrap().status.code(), Some(2));
}
