//! Every scenario plays to its end as it says: what it expects holds, nothing
//! is refused that it does not expect, every invariant holds at every step, and
//! its log has the digest beside it. `EXCHEQUER_BLESS=1` writes the digests anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use exchequer::link::{Digest, Shared, decode, encode};
use exchequer::report::Report;
use exchequer::script::{self, Statement};
use exchequer::{Run, presets::Shipped, vocabulary};
use world::describe::Described;
use world::fact::Fact;
use world::invariants;
use world::refusal::Code;

/// Codes that no text can bring about: the language knows every name before a
/// line is played, a payer's device knows whom it means to pay, no preset asks
/// for value that is locked to its payee, and a device that was tampered with
/// is known by the number of its report before its log is looked at. A
/// contract never holds more than there is.
const BEYOND_TEXTS: [&str; 6] = [
    "party.unknown",
    "request.other",
    "proof.unlocked",
    "log.broken",
    "payment.claimed",
    "contract.too-much",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All scenarios of the project: file and text.
fn scenarios() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["static/scenarios", "tests/scenarios"] {
        let before = found.len();
        for entry in fs::read_dir(root().join(folder)).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            if path.extension().is_some_and(|extension| extension == "exq") {
                found.push((
                    path.clone(),
                    fs::read_to_string(&path).expect("a scenario is text"),
                ));
            }
        }
        assert!(found.len() > before, "{folder} holds no scenario");
    }
    found.sort();
    found
}

fn play(path: &Path, text: &str) -> Run {
    let mut run = Run::load(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    while run
        .step()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    {
        for check in invariants::full(run.simulation().world()) {
            assert!(
                check.holds(),
                "{} at event {}: {check:?}",
                path.display(),
                run.position()
            );
        }
    }
    run
}

#[test]
fn every_scenario_plays_as_it_says() {
    for (path, text) in scenarios() {
        let run = play(&path, &text);
        let failed: Vec<_> = run
            .checked()
            .iter()
            .filter(|checked| !checked.held)
            .collect();
        assert!(failed.is_empty(), "{}: {failed:?}", path.display());
        assert!(
            !run.checked().is_empty(),
            "{} expects nothing",
            path.display()
        );
        let report = Report::of(&run);
        let unexpected: Vec<_> = report.unexpected().collect();
        assert!(unexpected.is_empty(), "{}: {unexpected:?}", path.display());
    }
}

#[test]
fn every_scenario_has_the_recorded_digest() {
    let bless = std::env::var_os("EXCHEQUER_BLESS").is_some();
    let mut wrong = Vec::new();
    for (path, text) in scenarios() {
        let digest = play(&path, &text).digest() + "\n";
        let file = path.with_extension("digest");
        if bless {
            fs::write(&file, &digest).expect("the digest can be written");
        }
        let recorded = fs::read_to_string(&file).unwrap_or_default();
        if recorded != digest {
            wrong.push(format!(
                "{}: recorded {recorded:?}, played {digest:?}",
                path.display()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nEXCHEQUER_BLESS=1 writes them anew",
        wrong.join("\n")
    );
}

#[test]
fn a_digest_stands_beside_a_scenario_or_not_at_all() {
    for folder in ["static/scenarios", "tests/scenarios"] {
        for entry in fs::read_dir(root().join(folder)).expect("the folder can be read") {
            let path = entry.expect("the folder can be read").path();
            let is_orphan = path.extension().is_some_and(|it| it == "digest")
                && !path.with_extension("exq").exists();
            assert!(!is_orphan, "{} has no scenario", path.display());
        }
    }
}

#[test]
fn another_seed_is_another_log_and_the_same_money() {
    for (path, text) in scenarios() {
        let seed = |seed| {
            let options = exchequer::Options {
                seed: Some(seed),
                ceiling: None,
            };
            let mut run = Run::load_with(&text, options).expect("a scenario can be read");
            run.to_end().expect("a scenario can be played");
            (run.digest(), Report::of(&run).balances)
        };
        let (one, two) = (seed(1), seed(2));
        assert_ne!(one.0, two.0, "{}", path.display());
        // What a crowd does is.
        if text.contains("\ncrowd ") {
            continue;
        }
        assert_eq!(
            one.1,
            two.1,
            "{}: nothing in it is left to chance",
            path.display()
        );
    }
}

#[test]
fn the_test_scenarios_are_in_canonical_form_and_survive_their_json_form() {
    for (path, text) in scenarios() {
        vocabulary::with(|vocabulary| {
            let outcome = script::parse(&text, vocabulary, &Shipped);
            assert!(
                outcome.diagnostics.is_empty(),
                "{}: {:?}",
                path.display(),
                outcome.diagnostics
            );
            let canonical = script::format(&outcome.script);
            if path.starts_with(root().join("tests")) {
                assert_eq!(text, canonical, "{}", path.display());
            }
            let json = script::to_json(&outcome.script).to_string();
            let back = script::from_json(&json, vocabulary, &Shipped);
            assert_eq!(
                script::format(&back.outcome.script),
                canonical,
                "{}",
                path.display()
            );
        });
    }
}

/// What leaves the project as a file or a link and comes back: the same text
/// for the engine, or at least the same run.
#[test]
fn what_is_exported_and_read_again_has_the_same_digest() {
    for (path, text) in scenarios() {
        let digest = |text: &str| play(&path, text).digest();
        let recorded = digest(&text);
        let (canonical, json, back) = vocabulary::with(|vocabulary| {
            let outcome = script::parse(&text, vocabulary, &Shipped);
            let canonical = script::format(&outcome.script);
            let json = script::to_json(&outcome.script).to_string();
            let read = script::from_json(&json, vocabulary, &Shipped);
            let back = script::format(&read.outcome.script);
            let again = script::to_json(&read.outcome.script).to_string();
            assert_eq!(json, again, "{}", path.display());
            (canonical, json, back)
        });
        assert_eq!(digest(&canonical), recorded, "{}", path.display());
        assert_eq!(digest(&back), recorded, "{} by its JSON", path.display());
        // Cut off, it is not read as something shorter.
        let cut = json.get(..json.len() / 2).unwrap_or_default();
        vocabulary::with(|vocabulary| {
            let read = script::from_json(cut, vocabulary, &Shipped);
            assert!(!read.outcome.diagnostics.is_empty(), "{}", path.display());
        });
        let shared = Shared {
            text: text.clone(),
            engine: "exchequer".to_owned(),
            digest: Digest::from_hex(&recorded),
            trail: None,
        };
        // Too long for a link is said when it is made.
        if let Ok(link) = encode(&shared) {
            let opened = decode(&link).expect("a link of ours");
            assert_eq!(opened, shared, "{}", path.display());
            assert_eq!(
                digest(&opened.text),
                recorded,
                "{} by its link",
                path.display()
            );
        }
    }
}

#[test]
fn the_scenarios_use_every_verb_and_kind_and_meet_every_refusal() {
    let (mut used, mut met) = (BTreeSet::new(), BTreeSet::new());
    for (path, text) in scenarios() {
        let run = play(&path, &text);
        for (_, statement) in run.script().statements() {
            match statement {
                Statement::Act(act) => used.insert(act.verb.name),
                Statement::Declare(declare) => used.insert(declare.kind.name),
                _ => false,
            };
        }
        for (_, stamped) in run.simulation().log().facts(0, run.position()) {
            if let Fact::Refused(refusal) = stamped.fact {
                met.insert(refusal.code.key());
            }
        }
    }
    let operations = world::cbdc::Operation::SPECS
        .iter()
        .chain(world::contracts::Operation::SPECS)
        .chain(world::cbdc::Activity::SPECS)
        .chain(world::cbdc::Fault::SPECS);
    let operations = operations.chain(world::offline::Operation::SPECS);
    let kinds = world::cbdc::Declaration::SPECS
        .iter()
        .chain(world::offline::Declaration::SPECS);
    for spec in operations.chain(kinds) {
        assert!(used.contains(spec.name), "no scenario uses {}", spec.name);
    }
    for code in Code::ALL
        .iter()
        .map(|code| code.key())
        .filter(|code| !BEYOND_TEXTS.contains(code))
    {
        assert!(met.contains(code), "no scenario meets {code}");
    }
}
