//! Every dependency's licence is permissive.

use crate::setup::Workshop;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Licences that ask for no more than to be named.
const PERMISSIVE: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "NCSA",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages under another licence, each with the reason it may be used.
const EXCEPTIONS: [(&str, &str, &str); 1] = [(
    "axe-core",
    "MPL-2.0",
    "checks accessibility in journeys; never part of what is published",
)];

/// Packages of these folders' Node lock files are looked at too.
const NODE_FOLDERS: [&str; 2] = ["tests/journeys", "benches"];

/// Looks at every dependency of the workspace, the fuzz targets and the
/// journeys. Returns how many there are, or all that are not permissive.
pub(crate) fn check(workshop: &Workshop) -> Result<usize> {
    let mut found = BTreeSet::new();
    let host = workshop.host()?;
    for platform in [host.as_str(), "wasm32-unknown-unknown"] {
        cargo(
            workshop,
            &["--locked", "--filter-platform", platform],
            &mut found,
        )?;
    }
    if workshop.root.join("fuzz/Cargo.toml").exists() {
        let arguments = [
            "--locked",
            "--filter-platform",
            &host,
            "--manifest-path",
            "fuzz/Cargo.toml",
        ];
        cargo(workshop, &arguments, &mut found)?;
    }
    for folder in NODE_FOLDERS {
        let lock = workshop.root.join(folder).join("package-lock.json");
        if lock.exists() {
            let lock = serde_json::from_str(&fs::read_to_string(&lock)?)
                .with_context(|| format!("{} is no JSON", lock.display()))?;
            node(&lock, &mut found);
        }
    }
    let refused: Vec<String> = found
        .iter()
        .filter(|package| !is_accepted(package))
        .map(|package| {
            let licence = package.licence.as_deref().unwrap_or("no licence stated");
            format!("  {} {}: {licence}", package.name, package.version)
        })
        .collect();
    if refused.is_empty() {
        Ok(found.len())
    } else {
        bail!(
            "not permissive, as far as xtask/src/licence.rs knows:\n{}",
            refused.join("\n")
        )
    }
}

/// A dependency and what it says of its licence.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
}

/// Adds the packages that `cargo metadata` names, our own left out.
fn cargo(workshop: &Workshop, arguments: &[&str], found: &mut BTreeSet<Package>) -> Result<()> {
    let metadata = workshop.metadata(arguments)?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo names no packages")?;
    let in_use: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .context("cargo names no dependencies")?
        .iter()
        .filter_map(|node| node["id"].as_str())
        .collect();
    for package in packages {
        let ours = package["source"].is_null();
        if !ours && package["id"].as_str().is_some_and(|id| in_use.contains(id)) {
            found.insert(Package::new(&package["name"], package));
        }
    }
    Ok(())
}

/// Adds the packages that a `package-lock.json` names.
fn node(lock: &Value, found: &mut BTreeSet<Package>) {
    let packages = lock["packages"].as_object();
    for (path, package) in packages.into_iter().flatten() {
        if let Some((_, name)) = path.rsplit_once("node_modules/") {
            found.insert(Package::new(&Value::from(name), package));
        }
    }
}

impl Package {
    fn new(name: &Value, about: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Self {
            name: text(name).unwrap_or_default(),
            version: text(&about["version"]).unwrap_or_default(),
            licence: text(&about["license"]),
        }
    }
}

fn is_accepted(package: &Package) -> bool {
    let Some(licence) = package.licence.as_deref() else {
        return false;
    };
    is_permissive(licence)
        || EXCEPTIONS
            .iter()
            .any(|(name, excepted, _)| *name == package.name && *excepted == licence)
}

/// Whether an SPDX expression lets one choose permissive licences only.
/// An expression that cannot be read is not permissive.
fn is_permissive(expression: &str) -> bool {
    // Old manifests write a slash for OR.
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let verdict = either(&mut words);
    words.next().is_none() && verdict == Some(true)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

/// `both OR both …`; `None` if it cannot be read.
fn either(words: &mut Words<'_>) -> Option<bool> {
    let mut verdict = both(words)?;
    while words.next_if_eq(&"OR").is_some() {
        verdict |= both(words)?;
    }
    Some(verdict)
}

/// `one AND one …`, which binds more tightly.
fn both(words: &mut Words<'_>) -> Option<bool> {
    let mut verdict = one(words)?;
    while words.next_if_eq(&"AND").is_some() {
        verdict &= one(words)?;
    }
    Some(verdict)
}

/// A licence, with an exception perhaps, or an expression in brackets.
fn one(words: &mut Words<'_>) -> Option<bool> {
    let word = words.next()?;
    if word == "(" {
        let verdict = either(words)?;
        return words.next_if_eq(&")").map(|_| verdict);
    }
    if matches!(word, ")" | "OR" | "AND" | "WITH") {
        return None;
    }
    let name = match words.next_if_eq(&"WITH") {
        Some(_) => format!("{word} WITH {}", words.next()?),
        None => word.to_owned(),
    };
    Some(PERMISSIVE.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_expression_is_permissive_if_one_can_choose_so() {
        let cases = [
            ("MIT", true),
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only OR MIT", true),
            ("(MIT OR Apache-2.0) AND NCSA", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("Apache-2.0 WITH LLVM-exception OR MIT", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("MPL-2.0", false),
            ("GPL-3.0-only", false),
            ("MIT AND GPL-3.0-only", false),
            // AND binds more tightly than OR.
            ("GPL-3.0-only AND MIT OR MIT", true),
            ("MIT OR MIT AND GPL-3.0-only", true),
            ("(GPL-3.0-only OR MPL-2.0) AND MIT", false),
            ("GPL-2.0 WITH Classpath-exception-2.0", false),
            ("MIT WITH unknown-exception", false),
            ("", false),
            ("MIT OR", false),
            ("(MIT", false),
            ("MIT)", false),
            ("MIT Apache-2.0", false),
            ("AND MIT", false),
        ];
        for (expression, permissive) in cases {
            assert_eq!(is_permissive(expression), permissive, "{expression}");
        }
    }

    #[test]
    fn a_package_is_accepted_by_its_licence_or_as_a_named_exception() {
        let package = |name: &str, licence: Option<&str>| Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            licence: licence.map(str::to_owned),
        };
        assert!(is_accepted(&package("any", Some("ISC"))));
        assert!(is_accepted(&package("axe-core", Some("MPL-2.0"))));
        assert!(!is_accepted(&package("axe-core", Some("GPL-3.0-only"))));
        assert!(!is_accepted(&package("other", Some("MPL-2.0"))));
        assert!(!is_accepted(&package("silent", None)));
    }

    #[test]
    fn node_packages_are_read_from_the_lock_file() {
        let lock = json!({ "packages": {
            "": { "name": "journeys" },
            "node_modules/a": { "version": "1.0.0", "license": "MIT" },
            "node_modules/a/node_modules/@b/c": { "version": "2.0.0", "license": "MPL-2.0" },
        }});
        let mut found = BTreeSet::new();
        node(&lock, &mut found);
        let names: Vec<&str> = found.iter().map(|package| package.name.as_str()).collect();
        assert_eq!(names, ["@b/c", "a"]);
    }
}
