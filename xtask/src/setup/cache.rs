//! The folder of the user's that tools are kept in.

use crate::process;
use anyhow::{Context, Result, bail};
use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The cache; it exists afterwards.
pub(super) fn folder() -> Result<PathBuf> {
    let folder = choose(|name| env::var_os(name).map(PathBuf::from))
        .context("no place for tools: set EXCHEQUER_CACHE to a folder")?;
    fs::create_dir_all(&folder).with_context(|| {
        format!(
            "cannot make {}: set EXCHEQUER_CACHE to a folder that can be written",
            folder.display()
        )
    })?;
    Ok(folder)
}

/// Where the platform keeps caches, from the variables it sets.
fn choose(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |name| variable(name).filter(|path| path.is_absolute());
    if let Some(own) = absolute("EXCHEQUER_CACHE") {
        return Some(own);
    }
    let caches = if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        absolute("HOME").map(|home| home.join("Library/Caches"))
    } else {
        absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")))
    };
    Some(caches?.join("exchequer"))
}

/// A folder to make something in that is moved away when whole; it is removed
/// on every other way out. Only one set-up works at a time: a second one waits.
#[derive(Debug)]
pub(super) struct Workbench {
    pub(super) folder: PathBuf,
    _lock: File,
}

impl Workbench {
    pub(super) fn new(cache: &Path) -> Result<Self> {
        let lock = File::create(cache.join("lock")).context("cannot write to the tools' cache")?;
        if lock.try_lock().is_err() {
            println!("  waiting for another set-up to finish");
            lock.lock().context("cannot lock the tools' cache")?;
        }
        let folder = cache.join("unfinished");
        // What an interrupted set-up left behind.
        if folder.exists() {
            fs::remove_dir_all(&folder).context("cannot clear an unfinished set-up")?;
        }
        fs::create_dir(&folder).context("cannot write to the tools' cache")?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }
}

impl Drop for Workbench {
    fn drop(&mut self) {
        // If this fails, the next set-up tries again and says why.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Fails early where an installation would run out of disk.
pub(super) fn ensure_free(place: &Path, megabytes: u64, purpose: &str) -> Result<()> {
    let Some(free) = free_megabytes(place) else {
        return Ok(());
    };
    if free < megabytes {
        bail!(
            "{purpose} needs about {megabytes} MB in {}, and {free} MB are free. Free some space, \
             or set EXCHEQUER_CACHE to a folder on another disk.",
            place.display()
        );
    }
    Ok(())
}

/// Free space as `df` tells it; `None` where there is no `df`.
fn free_megabytes(place: &Path) -> Option<u64> {
    let mut df = Command::new("df");
    parse_df(&process::answer(df.arg("-Pk").arg(place))?)
}

/// The fourth column of the second line, in kilobytes.
fn parse_df(output: &str) -> Option<u64> {
    let kilobytes: u64 = output
        .lines()
        .nth(1)?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()?;
    Some(kilobytes / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_where_the_user_says_or_the_platform_keeps_caches() {
        let chosen = |name: &str| match name {
            "EXCHEQUER_CACHE" => Some(PathBuf::from(if cfg!(windows) { r"C:\t" } else { "/t" })),
            _ => None,
        };
        assert!(choose(chosen).is_some_and(|path| path.ends_with("t")));
        assert_eq!(choose(|_| None), None);
        assert_eq!(choose(|_| Some(PathBuf::from("relative"))), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_cache_follows_xdg_before_home() {
        let home = |name: &str| (name == "HOME").then(|| PathBuf::from("/home/a"));
        assert_eq!(choose(home), Some("/home/a/.cache/exchequer".into()));
        let xdg = |name: &str| match name {
            "HOME" => Some(PathBuf::from("/home/a")),
            "XDG_CACHE_HOME" => Some(PathBuf::from("/var/tmp/a")),
            _ => None,
        };
        assert_eq!(choose(xdg), Some("/var/tmp/a/exchequer".into()));
    }

    #[test]
    fn free_space_is_read_from_df() {
        let output = "Filesystem 1024-blocks Used Available Capacity Mounted on\n\
                      /dev/vda 263174212 13631488 82837504 15% /\n";
        assert_eq!(parse_df(output), Some(80_896));
        assert_eq!(parse_df("Filesystem\n"), None);
    }

    #[test]
    fn a_workbench_starts_empty_and_leaves_nothing() -> Result<()> {
        let cache = env::temp_dir().join(format!("exchequer-cache-{}", std::process::id()));
        fs::create_dir_all(cache.join("unfinished/old"))?;
        let bench = Workbench::new(&cache)?;
        assert_eq!(fs::read_dir(&bench.folder)?.count(), 0);
        fs::write(bench.folder.join("half"), "half")?;
        let folder = bench.folder.clone();
        drop(bench);
        assert!(!folder.exists());
        fs::remove_dir_all(&cache)?;
        Ok(())
    }
}
