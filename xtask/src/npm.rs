//! The engine as an npm package in `target/npm/`.

use crate::process;
use crate::setup::Workshop;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The crate that the package is made of.
const CRATE: &str = "exchequer-npm";
/// The package's name, and its modules'.
const ENGINE: &str = "exchequer";
const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the engine and writes the package: `web` for pages and Node (call
/// the default export first), `bundler` for tools that import wasm themselves.
pub(crate) fn build(workshop: &Workshop) -> Result<()> {
    let metadata = workshop.metadata(&["--no-deps"])?;
    let packages = metadata["packages"].as_array();
    let engine = packages
        .and_then(|all| all.iter().find(|package| package["name"] == CRATE))
        .context("the workspace has no engine")?;
    if !is_dynamic_library(engine) {
        bail!("{CRATE} has no `cdylib` to make a package of");
    }
    println!("Building the npm package (about 1 minute from nothing)");
    let mut cargo = workshop.cargo();
    cargo.args([
        "build",
        "--profile",
        "small",
        "--locked",
        "--target",
        TARGET,
        "--lib",
        "-p",
        CRATE,
    ]);
    process::run_through("compiling the engine for wasm", &mut cargo)?;

    let target = workshop.target()?;
    let module = target
        .join(TARGET)
        .join("small")
        .join(format!("{}.wasm", CRATE.replace('-', "_")));
    let unfinished = target.join("npm.unfinished");
    let place = target.join("npm");
    clear(&unfinished)?;
    for kind in ["web", "bundler"] {
        let mut bindgen = workshop.command("wasm-bindgen");
        bindgen
            .args([
                "--target",
                kind,
                "--remove-name-section",
                "--remove-producers-section",
            ])
            .args(["--out-name", ENGINE])
            .arg("--out-dir")
            .arg(unfinished.join(kind))
            .arg(&module);
        process::run_through("wasm-bindgen", &mut bindgen)?;
    }
    let manifest = serde_json::to_string_pretty(&manifest(engine))?;
    fs::write(unfinished.join("package.json"), manifest + "\n")?;
    let engine_folder = workshop.root.join("crates").join("npm");
    for (from, name) in [
        (engine_folder.join("README.md"), "README.md"),
        (engine_folder.join("REFERENCE.md"), "REFERENCE.md"),
        (workshop.root.join("LICENSE-MIT"), "LICENSE-MIT"),
        (workshop.root.join("LICENSE-APACHE"), "LICENSE-APACHE"),
    ] {
        if from.exists() {
            fs::copy(from, unfinished.join(name))?;
        }
    }
    clear(&place)?;
    fs::rename(&unfinished, &place).context("cannot move the package into place")?;
    println!("{} is ready", place.display());
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    Ok(())
}

fn is_dynamic_library(package: &Value) -> bool {
    let targets = package["targets"].as_array().map_or(&[][..], Vec::as_slice);
    let kinds = targets
        .iter()
        .filter_map(|target| target["crate_types"].as_array());
    kinds.flatten().any(|kind| kind == "cdylib")
}

/// `package.json`, from what Cargo knows of the crate.
fn manifest(engine: &Value) -> Value {
    let web = format!("./web/{ENGINE}.js");
    json!({
        "name": ENGINE,
        "version": engine["version"],
        "description": engine["description"],
        "license": engine["license"],
        "type": "module",
        "main": web,
        // The types of each module are in the file beside it.
        "exports": {
            ".": web,
            "./bundler": format!("./bundler/{ENGINE}.js"),
            "./wasm": format!("./web/{ENGINE}_bg.wasm"),
        },
        "files": ["web", "bundler", "REFERENCE.md"],
        "sideEffects": ["./bundler/*.js"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_dynamic_library_makes_a_package() {
        let with = |kinds: Value| json!({ "targets": [{ "crate_types": kinds }] });
        assert!(is_dynamic_library(&with(json!(["cdylib", "rlib"]))));
        assert!(!is_dynamic_library(&with(json!(["lib"]))));
        assert!(!is_dynamic_library(&json!({})));
    }

    #[test]
    fn the_manifest_takes_its_facts_from_cargo() {
        let manifest =
            manifest(&json!({ "version": "1.2.3", "license": "MIT", "description": "d" }));
        assert_eq!(manifest["version"], "1.2.3");
        assert_eq!(manifest["exports"]["."], "./web/exchequer.js");
    }
}
