//! Versions as tools print them.

use std::fmt;

/// `major.minor.patch`; anything after it, such as a build note, is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    pub(crate) major: u64,
    pub(crate) minor: u64,
    pub(crate) patch: u64,
}

impl Version {
    pub(crate) const fn new(major: u64, minor: u64, patch: u64) -> Self {
        Self {
            major,
            minor,
            patch,
        }
    }

    /// The first version in a line such as `trunk 0.21.14` or `v20.20.2`.
    pub(crate) fn find(text: &str) -> Option<Self> {
        text.split_whitespace().find_map(|word| {
            let word = word.strip_prefix('v').unwrap_or(word);
            let mut parts = word.splitn(4, '.');
            let major = parts.next()?.parse().ok()?;
            let minor = parts.next()?.parse().ok()?;
            let patch = parts.next().map_or(Some(0), leading_number)?;
            Some(Self::new(major, minor, patch))
        })
    }

    /// Whether this version may stand in for `wanted` by Cargo's caret rule:
    /// not older, and equal in the leftmost part that is not zero.
    pub(crate) fn is_compatible_with(self, wanted: Self) -> bool {
        let same_line = if wanted.major > 0 {
            self.major == wanted.major
        } else if wanted.minor > 0 {
            self.major == 0 && self.minor == wanted.minor
        } else {
            self == wanted
        };
        same_line && self >= wanted
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// The number a text starts with: `14` in `14-beta`.
fn leading_number(text: &str) -> Option<u64> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text[..end].parse().ok()
}

/// The version of a package in the text of a `Cargo.lock`.
pub(crate) fn locked(lock: &str, package: &str) -> Option<Version> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Version::find(version.strip_suffix('"')?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_print() {
        let cases = [
            ("wasm-bindgen 0.2.129", Some(Version::new(0, 2, 129))),
            ("trunk 0.21.14", Some(Version::new(0, 21, 14))),
            ("v20.20.2", Some(Version::new(20, 20, 2))),
            (
                "rustc 1.97.0-nightly (5fb2ff861 2026-04-01)",
                Some(Version::new(1, 97, 0)),
            ),
            (
                "Chromium 156.0.8078.79 built on Debian",
                Some(Version::new(156, 0, 8078)),
            ),
            (
                "ChromeDriver 156.0.8078.79 (a21c)",
                Some(Version::new(156, 0, 8078)),
            ),
            ("1.95", Some(Version::new(1, 95, 0))),
            ("no version here", None),
            ("", None),
        ];
        for (text, found) in cases {
            assert_eq!(Version::find(text), found, "{text}");
        }
    }

    #[test]
    fn compatibility_follows_the_leftmost_part_that_is_not_zero() {
        let cases = [
            ("0.21.14", "0.21.14", true),
            ("0.21.15", "0.21.14", true),
            ("0.21.13", "0.21.14", false),
            ("0.22.0", "0.21.14", false),
            ("1.3.0", "1.2.9", true),
            ("2.0.0", "1.2.9", false),
            ("0.0.4", "0.0.3", false),
        ];
        for (have, wanted, fits) in cases {
            let (Some(a), Some(b)) = (Version::find(have), Version::find(wanted)) else {
                panic!("{have} {wanted}");
            };
            assert_eq!(a.is_compatible_with(b), fits, "{have} for {wanted}");
        }
    }

    #[test]
    fn the_lock_file_names_a_package_by_its_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some(Version::new(0, 2, 129)));
        assert_eq!(locked(lock, "wasm"), None);
    }
}
