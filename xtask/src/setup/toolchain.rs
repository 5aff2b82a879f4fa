//! The Rust toolchain that compiles for wasm.
//!
//! Ordinarily this is the user's own, and rustup adds the target to it. Where
//! rustup cannot download, Debian's `rustc-web` packages bring a compiler and
//! the source of its library, from which the wasm library is compiled once. The
//! same toolchain then serves native and wasm builds, so that what both need is
//! built once.

use super::{apt, cache};
use crate::process::{self, Cause};
use crate::version::Version;
use anyhow::{Context, Result, anyhow, bail};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const TARGET: &str = "wasm32-unknown-unknown";
/// The name under which rustup knows Debian's compiler.
const DEBIAN: &str = "debian";
/// Debian's compiler, whatever comes first on the PATH.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
/// Where that compiler looks for libraries of other targets.
const DEBIAN_TARGETS: &str = "/usr/lib/rustlib";
/// The oldest compiler that builds this workspace.
const OLDEST: &str = env!("CARGO_PKG_RUST_VERSION");
/// A download of some 20 MB that takes longer is not going to end.
const PATIENCE: Duration = Duration::from_secs(240);

/// Which compiler builds the project.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Toolchain {
    /// What `cargo` means to the user.
    Ordinary,
    /// Debian's, through rustup's proxies.
    DebianLinked,
    /// Debian's, where there is no rustup.
    Debian,
}

impl Toolchain {
    /// Makes a command use this toolchain.
    pub(super) fn choose(self, command: &mut Command) {
        if self == Self::DebianLinked {
            command.env("RUSTUP_TOOLCHAIN", DEBIAN);
        }
    }

    /// Folders that have to come first on the PATH.
    pub(super) fn folders(self) -> Option<PathBuf> {
        (self == Self::Debian).then(|| PathBuf::from("/usr/bin"))
    }

    fn debian() -> Self {
        if has_rustup() {
            Self::DebianLinked
        } else {
            Self::Debian
        }
    }

    fn rustc(self) -> Command {
        let mut rustc = process::command(match self {
            Self::Debian => DEBIAN_RUSTC,
            Self::Ordinary | Self::DebianLinked => "rustc",
        });
        self.choose(&mut rustc);
        rustc
    }
}

fn has_rustup() -> bool {
    process::which("rustup").is_some()
}

/// Finds or makes a toolchain with what is asked for.
pub(super) fn prepare(wasm: bool, lints: bool) -> Result<Toolchain> {
    let wish = env::var("EXCHEQUER_TOOLCHAIN").unwrap_or_default();
    let (may_be_ordinary, may_be_debian) = match wish.as_str() {
        "" => (true, true),
        "ordinary" => (true, false),
        DEBIAN => (false, true),
        other => bail!("EXCHEQUER_TOOLCHAIN is `{other}`; it may be `ordinary` or `debian`"),
    };
    // Without wasm any compiler would do; but what the other commands use has
    // built most of the work already.
    if may_be_ordinary && (knows_wasm(Toolchain::Ordinary) || (!wasm && !is_debian_ready())) {
        if lints {
            ensure_components()?;
        }
        return Ok(Toolchain::Ordinary);
    }
    if may_be_debian && is_debian_ready() && (!lints || has_debian_lints()) {
        return Ok(Toolchain::debian());
    }
    println!("Rust for the browser: the {TARGET} target is missing.");
    let mut reason = anyhow!("rustup is not installed");
    if may_be_ordinary && has_rustup() {
        match add_target() {
            Ok(()) => {
                if lints {
                    ensure_components()?;
                }
                return Ok(Toolchain::Ordinary);
            }
            Err(error) => reason = error,
        }
    }
    if !may_be_debian || !apt::is_here() || apt::candidate("rustc-web")?.is_none() {
        return Err(reason.context(
            "this compiler has no standard library for wasm. With rustup (https://rustup.rs), \
             `rustup target add wasm32-unknown-unknown` brings it",
        ));
    }
    if may_be_ordinary && has_rustup() {
        println!("  rustup cannot bring it here; taking Debian's packages instead");
    }
    install_debian()?;
    Ok(Toolchain::debian())
}

/// Whether a compiler finds the wasm library.
fn knows_wasm(toolchain: Toolchain) -> bool {
    let mut rustc = toolchain.rustc();
    let folder = process::answer(rustc.args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_some_and(|folder| has_library(Path::new(&folder)))
}

/// Whether a folder holds a standard library.
fn has_library(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

fn add_target() -> Result<()> {
    let mut rustup = process::command("rustup");
    process::run_within(
        "Adding the target with rustup",
        "10 s",
        PATIENCE,
        rustup.args(["target", "add", TARGET]),
    )
}

/// rustfmt and clippy of the ordinary toolchain.
fn ensure_components() -> Result<()> {
    let works = |tool: &str| {
        let mut cargo = process::command("cargo");
        process::answer(cargo.args([tool, "--version"])).is_some()
    };
    if works("fmt") && works("clippy") {
        return Ok(());
    }
    if !has_rustup() {
        bail!("rustfmt or clippy is missing: install them beside this Rust compiler");
    }
    let mut rustup = process::command("rustup");
    process::run_within(
        "Adding rustfmt and clippy with rustup",
        "10 s",
        PATIENCE,
        rustup.args(["component", "add", "rustfmt", "clippy"]),
    )
}

fn has_debian_lints() -> bool {
    ["/usr/bin/cargo-clippy", "/usr/bin/cargo-fmt"]
        .iter()
        .all(|tool| Path::new(tool).exists())
}

/// Whether Debian's compiler, its wasm library and rustup's link are in place,
/// and the library was made by this very compiler.
fn is_debian_ready() -> bool {
    let Some(about) = process::answer(process::command(DEBIAN_RUSTC).arg("-vV")) else {
        return false;
    };
    is_stamped(&Path::new(DEBIAN_TARGETS).join(TARGET), &about)
        && Path::new(DEBIAN_CARGO).exists()
        && (!has_rustup() || is_linked())
}

fn is_linked() -> bool {
    let mut rustc = Toolchain::DebianLinked.rustc();
    process::answer(rustc.args(["--print", "sysroot"])).as_deref() == Some("/usr")
}

/// Whether a library's stamp, written last, names the compiler.
fn is_stamped(library: &Path, compiler: &str) -> bool {
    fs::read_to_string(library.join("stamp")).is_ok_and(|stamp| stamp.trim() == compiler.trim())
}

fn install_debian() -> Result<()> {
    let cache = cache::folder()?;
    cache::ensure_free(Path::new("/usr"), 1500, "Debian's Rust compiler")?;
    cache::ensure_free(&cache, 500, "compiling the wasm library")?;
    let mut packages = vec![
        "rustc-web".to_owned(),
        "cargo-web".to_owned(),
        "rust-web-src".to_owned(),
        "rust-web-llvm".to_owned(),
        "rust-web-clippy".to_owned(),
        "rustfmt-web".to_owned(),
    ];
    packages.extend(linker(&apt::dependencies("rust-web-llvm")));
    let packages: Vec<&str> = packages.iter().map(String::as_str).collect();
    apt::install("Installing Debian's Rust compiler", "40 s", &packages)?;
    let about = process::answer(process::command(DEBIAN_RUSTC).arg("-vV"))
        .context("the installed compiler does not run")?;
    let version = Version::find(&about).context("rustc prints no version")?;
    if Version::find(OLDEST).is_some_and(|oldest| version < oldest) {
        bail!("Debian's compiler here is {version}, and {OLDEST} is needed: install rustup");
    }
    if !is_stamped(&Path::new(DEBIAN_TARGETS).join(TARGET), &about) {
        compile_library(&cache, &about)?;
    }
    if has_rustup() && !is_linked() {
        let mut rustup = process::command("rustup");
        let link = rustup.args(["toolchain", "link", DEBIAN, "/usr"]);
        process::run("Telling rustup about it", "1 s", link)?;
    }
    Ok(())
}

/// The package of the linker that goes with a compiler's LLVM: `lld-22` for
/// `llvm-22`.
fn linker(dependencies: &[String]) -> Option<String> {
    let numbers = dependencies
        .iter()
        .filter_map(|name| name.strip_prefix("llvm-"));
    let number = numbers
        .filter_map(|number| number.parse::<u32>().ok())
        .max()?;
    Some(format!("lld-{number}"))
}

/// Compiles the standard library for wasm from Debian's source package, in a
/// throw-away crate, and moves it to where the compiler looks.
fn compile_library(cache: &Path, about: &str) -> Result<()> {
    let bench = cache::Workbench::new(cache)?;
    let source = Path::new(DEBIAN_TARGETS).join("src/rust/library");
    let write = |file: &str, text: &str| -> Result<()> {
        let path = bench.folder.join(file);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, text)?)
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"throwaway\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [profile.release]\nopt-level = 3\ncodegen-units = 1\ndebug = false\n\n\
         [workspace]\n",
    )?;
    write("src/lib.rs", "#![no_std]\n")?;
    // The library's own dependencies come with its source.
    let vendor = source.join("vendor");
    write(
        ".cargo/config.toml",
        &format!(
            "[source.crates-io]\nreplace-with = \"vendored\"\n\n\
             [source.vendored]\ndirectory = \"{}\"\n",
            vendor.display()
        ),
    )?;
    let mut cargo = process::command(DEBIAN_CARGO);
    cargo
        .current_dir(&bench.folder)
        // `-Zbuild-std` is for nightly compilers unless this is set.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", DEBIAN_RUSTC)
        .env("RUSTFLAGS", "-Cembed-bitcode=yes")
        .env("CARGO_TARGET_DIR", bench.folder.join("target"))
        .args(["build", "--offline", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro")
        .arg("-Zbuild-std-features=panic-unwind");
    process::run("Compiling the wasm library", "1 min", &mut cargo)?;

    let made = bench.folder.join("library/lib");
    fs::create_dir_all(&made)?;
    let built = bench
        .folder
        .join("target")
        .join(TARGET)
        .join("release/deps");
    for entry in fs::read_dir(&built).context("the compiled library is missing")? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libthrowaway") {
            fs::copy(entry.path(), made.join(&name))?;
        }
    }
    fs::write(bench.folder.join("library/stamp"), about)?;
    place_library(&bench.folder.join("library"))
}

/// Copies the library beside its place, then swaps it in.
fn place_library(made: &Path) -> Result<()> {
    let place = Path::new(DEBIAN_TARGETS).join(TARGET);
    let beside = Path::new(DEBIAN_TARGETS).join(format!(".{TARGET}.unfinished"));
    let step = |program: &str, arguments: &[&Path]| -> Result<()> {
        let mut command = apt::privileged(program)
            .context("administrator rights are needed to write to /usr/lib/rustlib")?;
        let options: &[&str] = match program {
            "rm" => &["-rf", "--"],
            "cp" => &["-R", "--"],
            _ => &["--"],
        };
        let output = command.args(options).args(arguments).output()?;
        let wrote = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        if output.status.success() {
            Ok(())
        } else {
            let remedy = Cause::of(&wrote).remedy();
            Err(anyhow!(
                "cannot place the wasm library in {}: {wrote}\n\n{remedy}",
                place.display()
            ))
        }
    };
    step("rm", &[&beside])?;
    let swapped = step("cp", &[made, &beside])
        .and_then(|()| step("rm", &[&place]))
        .and_then(|()| step("mv", &[&beside, &place]));
    if swapped.is_err() {
        // The first error is the one to tell.
        let _ = step("rm", &[&beside]);
    }
    swapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linker_goes_with_the_compilers_llvm() {
        let names = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let depends = names(&["libc6", "libgcc-s1", "llvm-22"]);
        assert_eq!(linker(&depends).as_deref(), Some("lld-22"));
        assert_eq!(linker(&names(&["libc6", "llvm-tools"])), None);
    }

    #[test]
    fn a_library_counts_only_if_its_stamp_names_this_compiler() -> Result<()> {
        let folder = env::temp_dir().join(format!("exchequer-stamp-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let compiler = "rustc 1.96.0 (ac68faa20 2026-05-25)\nhost: x86_64-unknown-linux-gnu";
        assert!(!is_stamped(&folder, compiler), "no stamp");
        fs::write(folder.join("stamp"), format!("{compiler}\n"))?;
        assert!(is_stamped(&folder, compiler));
        assert!(
            !is_stamped(&folder, "rustc 1.97.0 (0 2026-07-01)"),
            "after an upgrade"
        );
        fs::remove_dir_all(&folder)?;
        Ok(())
    }

    #[test]
    fn a_standard_library_is_known_by_its_file() -> Result<()> {
        let folder = env::temp_dir().join(format!("exchequer-library-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("libstd_detect-1.rlib"), "")?;
        assert!(!has_library(&folder));
        fs::write(folder.join("libstd-1.rlib"), "")?;
        assert!(has_library(&folder));
        fs::remove_dir_all(&folder)?;
        assert!(!has_library(&folder));
        Ok(())
    }
}
