//! Counting tests in what test programs print.

use std::fmt;
use std::ops::AddAssign;

/// How many checks passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    /// One check.
    pub(crate) fn one(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
        }
    }

    /// Adds what one line of output reports, be it Rust's test harness
    /// (`test result: ok. 3 passed; 0 failed; …`) or Node's (`ℹ pass 3`).
    pub(crate) fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += number_before(result, " passed");
            self.failed += number_before(result, " failed");
            return;
        }
        let node = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "));
        if let Some((word, number)) = node.and_then(|line| line.split_once(' ')) {
            let number = number.parse().unwrap_or(0);
            match word {
                "pass" => self.passed += number,
                "fail" | "cancelled" => self.failed += number,
                _ => {}
            }
        }
    }

    pub(crate) fn total(self) -> u64 {
        self.passed + self.failed
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// The number that stands right before a word; 0 if there is none.
fn number_before(text: &str, word: &str) -> u64 {
    let before = text.split(word).next().unwrap_or_default();
    let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_both_harnesses_are_summed() {
        let cases = [
            (
                "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
                12,
                0,
            ),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored", 3, 2),
            (
                "    test result: ok. 5 passed; 0 failed; 0 ignored; 0 filtered out",
                5,
                0,
            ),
            ("ℹ pass 7", 7, 0),
            ("ℹ fail 2", 0, 2),
            ("# cancelled 1", 0, 1),
            ("# pass 4", 4, 0),
            ("ℹ duration_ms 1200.5", 0, 0),
            ("test amounts::split ... ok", 0, 0),
            ("# passengers 4", 0, 0),
            ("", 0, 0),
        ];
        for (line, passed, failed) in cases {
            let mut tally = Tally::default();
            tally.read(line);
            assert_eq!(tally, Tally { passed, failed }, "{line}");
        }
    }

    #[test]
    fn the_last_line_names_both_numbers() {
        let mut tally = Tally::one(true);
        tally += Tally::one(false);
        tally += Tally::one(true);
        assert_eq!(tally.to_string(), "2 passed, 1 failed");
        assert_eq!(tally.total(), 3);
    }
}
