//! Running other programs: a clean environment, progress for the long ones,
//! and failures that say what to do about them.

use anyhow::{Context, Result, anyhow};
use std::collections::VecDeque;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Lines of a failed program's output that are shown.
const TAIL: usize = 30;
/// Between two signs of life where output is not a terminal.
const HEARTBEAT: Duration = Duration::from_secs(30);

/// Variables that Cargo sets for the program it runs. Handed on, they would
/// make build scripts of the inner Cargo run again each time.
const SET_BY_CARGO: [&str; 4] = ["CARGO", "CARGO_BIN_NAME", "CARGO_CRATE_NAME", "OUT_DIR"];
const SET_BY_CARGO_PREFIXES: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];

/// A command that runs as if started from the user's shell.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if SET_BY_CARGO.contains(&text.as_ref())
            || SET_BY_CARGO_PREFIXES
                .iter()
                .any(|prefix| text.starts_with(prefix))
        {
            command.env_remove(&name);
        }
    }
    // `cargo run` also puts the libraries of its own compiler first.
    if let Some(paths) = env::var_os("LD_LIBRARY_PATH") {
        let kept: Vec<PathBuf> = env::split_paths(&paths)
            .filter(|path| is_users(path))
            .collect();
        match env::join_paths(kept) {
            Ok(paths) if !paths.is_empty() => command.env("LD_LIBRARY_PATH", paths),
            _ => command.env_remove("LD_LIBRARY_PATH"),
        };
    }
    command
}

/// Whether a library path was not added by `cargo run`.
fn is_users(path: &Path) -> bool {
    let ours = env::current_exe()
        .ok()
        .and_then(|exe| Some(exe.parent()?.to_owned()));
    !path.as_os_str().is_empty()
        && !path.components().any(|part| part.as_os_str() == "rustlib")
        && !ours.is_some_and(|ours| path.starts_with(ours))
}

/// What a quick program prints, or `None` if it is missing or fails.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The file that a program's name stands for on the PATH.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// Why a program failed, as far as its output tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cause {
    Network,
    Disk,
    Rights,
    Busy,
    Unknown,
}

impl Cause {
    /// Judges by the phrases that cargo, rustup, apt and npm use.
    pub(crate) fn of(output: &str) -> Self {
        let output = output.to_lowercase();
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| output.contains(phrase));
        if says(&[
            "no space left on device",
            "enospc",
            "disk quota exceeded",
            "enough free space",
        ]) {
            Self::Disk
        } else if says(&[
            "could not get lock",
            "unable to acquire the dpkg frontend lock",
        ]) {
            Self::Busy
        } else if says(&[
            "permission denied",
            "eacces",
            "are you root",
            "read-only file system",
        ]) {
            Self::Rights
        } else if says(&[
            "could not resolve",
            "couldn't resolve",
            "could not connect",
            "couldn't connect",
            "connection refused",
            "connection timed out",
            "network is unreachable",
            "network failure",
            "spurious network error",
            "failed to download",
            "could not download",
            "download of",
            "temporary failure resolving",
            "error sending request",
            "enotfound",
            "econnrefused",
            "etimedout",
            "eai_again",
            "timeout was reached",
            "no answer within",
        ]) {
            Self::Network
        } else {
            Self::Unknown
        }
    }

    /// What the reader can do about it.
    pub(crate) fn remedy(self) -> &'static str {
        match self {
            Self::Network => {
                "A download failed. Check the connection (and HTTPS_PROXY, if there is a proxy), \
                 then run the command again: finished steps are not repeated."
            }
            Self::Disk => {
                "The disk is full. Free some gigabytes, or set EXCHEQUER_CACHE to a folder on \
                 another disk, then run the command again."
            }
            Self::Rights => {
                "This needs rights that the current user does not have. Run the command as a user \
                 who has them, or ask for the step to be done by hand."
            }
            Self::Busy => {
                "Another program is installing packages. Wait until it is done, then run the \
                 command again."
            }
            Self::Unknown => "The lines above are the last that the program wrote.",
        }
    }
}

/// Runs a long program quietly: its last line and the time so far are shown
/// while it works, its output only if it fails. `about` is the usual duration.
pub(crate) fn run(what: &str, about: &str, command: &mut Command) -> Result<()> {
    run_within(what, about, Duration::MAX, command)
}

/// Like [`run`], but stopped after `limit`.
pub(crate) fn run_within(
    what: &str,
    about: &str,
    limit: Duration,
    command: &mut Command,
) -> Result<()> {
    let started = Instant::now();
    println!("  {what} (about {about})");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| missing(command, &error))?;
    let (tail, timed_out) = watch(&mut child, started, limit);
    if timed_out {
        // The wait below reaps it; a child that is gone already is no error.
        let _ = child.kill();
    }
    let status = child.wait().context("waiting for a program")?;
    if status.success() && !timed_out {
        println!("  done in {}", duration(started.elapsed()));
        return Ok(());
    }
    let mut output = tail.into_iter().collect::<Vec<_>>().join("\n");
    if timed_out {
        let _ = write!(output, "\n(stopped: no answer within {})", duration(limit));
    }
    let remedy = Cause::of(&output).remedy();
    Err(anyhow!("{what} failed ({status})\n\n{output}\n\n{remedy}"))
}

/// Reads a program's output to its end and shows that it is alive; returns the
/// last lines and whether the time was up.
fn watch(child: &mut Child, started: Instant, limit: Duration) -> (VecDeque<String>, bool) {
    let (send, receive) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        forward(stdout, send.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        forward(stderr, send);
    }
    let terminal = io::stdout().is_terminal();
    let mut tail = VecDeque::new();
    let mut beat = Instant::now();
    loop {
        match receive.recv_timeout(Duration::from_millis(200)) {
            Ok(line) => {
                if tail.len() == TAIL {
                    tail.pop_front();
                }
                tail.push_back(line);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if started.elapsed() > limit {
            clear(terminal);
            return (tail, true);
        }
        let last = tail.back().map_or("", |line| line.trim());
        let so_far = duration(started.elapsed());
        if terminal && beat.elapsed() > Duration::from_millis(100) {
            // Short enough not to wrap, which would leave lines behind.
            let last: String = last.chars().take(56).collect();
            print!("\r\x1b[2K  {so_far}  {last}");
            let _ = io::stdout().flush();
            beat = Instant::now();
        } else if !terminal && beat.elapsed() > HEARTBEAT {
            println!("  … {so_far}  {last}");
            beat = Instant::now();
        }
    }
    clear(terminal);
    (tail, false)
}

fn clear(terminal: bool) {
    if terminal {
        print!("\r\x1b[2K");
    }
}

/// Sends each line that a stream carries.
fn forward(stream: impl Read + Send + 'static, lines: Sender<String>) {
    std::thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let mut line = Vec::new();
        while matches!(stream.read_until(b'\n', &mut line), Ok(count) if count > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if !text.is_empty() && lines.send(text).is_err() {
                break;
            }
        }
    });
}

/// Runs a program in the open, its output passed through; each line of its
/// standard output is also handed to `see`. Returns whether it succeeded.
pub(crate) fn run_openly(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| missing(command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        let mut stream = BufReader::new(stdout);
        let mut line = Vec::new();
        while stream.read_until(b'\n', &mut line)? > 0 {
            let text = String::from_utf8_lossy(&line);
            print!("{text}");
            let _ = io::stdout().flush();
            see(text.trim_end());
            line.clear();
        }
    }
    Ok(child.wait()?.success())
}

/// Runs a program in the open and fails when it fails.
pub(crate) fn run_through(what: &str, command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| missing(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(anyhow!("{what} failed ({status})"))
    }
}

/// The error of a program that could not be started.
fn missing(command: &Command, error: &io::Error) -> anyhow::Error {
    let program: OsString = command.get_program().to_owned();
    anyhow!("cannot run `{}`: {error}", program.to_string_lossy())
}

/// A duration for people: `0.4 s`, `12 s`, `2 min 6 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 {
        format!("{} min {} s", seconds / 60, seconds % 60)
    } else if seconds >= 10 {
        format!("{seconds} s")
    } else {
        format!("{}.{} s", seconds, time.subsec_millis() / 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_judged_by_what_the_program_wrote() {
        let cases = [
            (
                "error: could not download file from 'https://…'",
                Cause::Network,
            ),
            (
                "warning: spurious network error (3 tries remaining)",
                Cause::Network,
            ),
            (
                "E: Temporary failure resolving 'deb.debian.org'",
                Cause::Network,
            ),
            ("npm error code EAI_AGAIN", Cause::Network),
            (
                "error: could not write: No space left on device (os error 28)",
                Cause::Disk,
            ),
            ("npm error code ENOSPC", Cause::Disk),
            (
                "E: You don't have enough free space in /var/cache/apt/archives/.",
                Cause::Disk,
            ),
            (
                "mkdir: cannot create directory: Permission denied",
                Cause::Rights,
            ),
            (
                "E: Unable to acquire the dpkg frontend lock, are you root?",
                Cause::Busy,
            ),
            ("E: Could not open lock file, are you root?", Cause::Rights),
            ("error[E0308]: mismatched types", Cause::Unknown),
        ];
        for (output, cause) in cases {
            assert_eq!(Cause::of(output), cause, "{output}");
        }
    }

    #[test]
    fn durations_read_well() {
        let cases = [
            (0, "0.0 s"),
            (430, "0.4 s"),
            (9_999, "9.9 s"),
            (12_800, "12 s"),
            (126_000, "2 min 6 s"),
        ];
        for (millis, text) in cases {
            assert_eq!(duration(Duration::from_millis(millis)), text);
        }
    }

    #[test]
    fn libraries_of_the_outer_compiler_are_not_handed_on() {
        assert!(!is_users(Path::new(
            "/home/a/.rustup/toolchains/x/lib/rustlib/y/lib"
        )));
        assert!(!is_users(Path::new("")));
        assert!(is_users(Path::new("/opt/lib")));
    }
}
