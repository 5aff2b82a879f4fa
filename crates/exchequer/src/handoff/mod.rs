//! A flow as a file for those who build it: the script, what came of it in
//! forms for other programs, and a test that replays it.

use std::fmt::Write;

use crate::export::{self, pack};
use crate::report::Report;
use crate::run::Run;

/// JSON Schema of [`export::json`].
pub const EVENTS_SCHEMA: &str = include_str!("events.schema.json");

/// The files of a hand-off, each a name and its text. Of a run at its end.
#[must_use]
pub fn files(run: &Run) -> Vec<(&'static str, String)> {
    let report = Report::of(run);
    let json = serde_json::to_string_pretty(&report).unwrap_or_default();
    vec![
        ("README.md", readme(run, &report)),
        ("scenario.exq", run.text().to_owned()),
        ("events.json", export::json(run) + "\n"),
        ("events.schema.json", EVENTS_SCHEMA.to_owned()),
        ("report.json", json + "\n"),
        ("sequence.mmd", export::mermaid(run)),
        ("Cargo.toml", include_str!("Cargo.toml.txt").to_owned()),
        ("tests/replay.rs", test(&report)),
    ]
}

/// The same as a zip archive: the same run gives the same bytes. None if it is
/// beyond the 4 GiB of the format.
#[must_use]
pub fn zip(run: &Run) -> Option<Vec<u8>> {
    pack(&files(run))
}

fn readme(run: &Run, report: &Report) -> String {
    let title = match report.title.as_str() {
        "" => "A payment flow".to_owned(),
        title => for_markdown(title),
    };
    filled(
        include_str!("README.md"),
        &[
            ("title", title),
            ("engine", report.engine.clone()),
            ("preset", run.preset().id()),
            ("events", report.events.to_string()),
            ("digest", report.digest.clone()),
            ("refusals", report.refusals.len().to_string()),
            ("held", report.expectations.passed.to_string()),
            ("failed", report.expectations.failed.to_string()),
        ],
    )
}

/// The test. A text of the scenario stands in it only as a literal.
fn test(report: &Report) -> String {
    let rows = |rows: Vec<String>| {
        rows.iter().fold(String::new(), |mut out, row| {
            let start = if out.is_empty() { "\n" } else { "" };
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{start}    {row},");
            out
        })
    };
    let balances = report.balances.iter().map(|it| format!("{it:?}"));
    let refusals = report
        .refusals
        .iter()
        .map(|it| format!("({}, {:?}, {:?})", it.line, it.code, it.by));
    let broken = report.invariants.iter().filter(|(_, holds)| !**holds);
    filled(
        include_str!("replay.rs.txt"),
        &[
            ("engine", format!("{:?}", report.engine)),
            ("digest", format!("{:?}", report.digest)),
            ("balances", rows(balances.collect())),
            ("refusals", rows(refusals.collect())),
            ("held", report.expectations.passed.to_string()),
            ("failed", report.expectations.failed.to_string()),
            (
                "broken",
                rows(broken.map(|(key, _)| format!("{key:?}")).collect()),
            ),
        ],
    )
}

/// A template with its places filled. What is filled in is not looked at again,
/// whatever a scenario calls somebody.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after.split_once('}').and_then(|(name, after)| {
            let value = values.iter().find(|(key, _)| *key == name)?;
            Some((&value.1, after))
        });
        match found {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

/// A text that can be nothing but a text to Markdown.
fn for_markdown(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Run {
        let mut run = Run::load(text).expect("the scenario can be read");
        run.to_end().expect("the scenario can be played");
        run
    }

    const FLOW: &str = "title \"Pay & <b>go</b>\"\nuse cny-2025@1\noperator Harbour reserves=10_000.00\nperson \"Ada {digest}\" at=Harbour type=II deposit=10.00\n\"Ada {digest}\": exchange 500.00\n";

    #[test]
    fn a_name_can_be_nothing_but_a_name_to_the_test() {
        let run = run(FLOW);
        let test = test(&Report::of(&run));
        let path = Report::of(&run)
            .balances
            .into_keys()
            .find(|path| path.ends_with(".deposit"))
            .expect("a deposit");
        assert!(path.contains("{digest}"), "{path}");
        assert!(
            test.contains(&format!("    ({path:?}, \"10.00 CNY\"),\n")),
            "{test}"
        );
        assert!(
            test.contains("    (5, \"funds.short\", \"Harbour\"),\n"),
            "{test}"
        );
    }

    #[test]
    fn a_title_can_be_nothing_but_a_title_to_the_read_me() {
        let run = run(FLOW);
        let readme = readme(&run, &Report::of(&run));
        assert!(
            readme.starts_with("# Pay \\& \\<b\\>go\\<\\/b\\>\n"),
            "{readme}"
        );
        assert!(readme.contains(&run.digest()));
    }

    #[test]
    fn the_same_flow_gives_the_same_bytes() {
        assert_eq!(zip(&run(FLOW)), zip(&run(FLOW)));
    }
}
