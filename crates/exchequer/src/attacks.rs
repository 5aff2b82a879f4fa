//! The attack lab: every attack on offline transfers, played under every model
//! with real devices and signatures. Nothing of the outcome is written down
//! here; it is read off the run.

mod scenario;

use offline::Model;
use offline::lab::OPERATOR;
use offline::lab::attack::{self, Attack, Outcome};
use offline::operator::{Finding, Hop};

pub use scenario::{REPORTS, scenario};

use crate::views::{Attempt, Evidence, Handover, Minor};

/// What each device is loaded with, minor units.
pub const LOADED: Minor = attack::LOADED;

/// What one payment is worth, minor units.
pub const PAID: Minor = attack::AMOUNT;

/// Who holds the devices of the lab, in the order of their serial numbers. A
/// copy has the number of what it was copied from.
const HOLDERS: [&str; 5] = ["Mallory", "Bob", "Carol", "Dan", "Erin"];

/// The number of the first of them.
const FIRST: u64 = 101;

/// The attacks, in the order of the matrix: `cloned-device` …
pub fn attacks() -> impl Iterator<Item = &'static str> {
    Attack::ALL.iter().map(|attack| attack.key())
}

/// The models, in the order of the matrix: `purse`, `coins` …
pub fn models() -> impl Iterator<Item = &'static str> {
    Model::ALL.iter().map(|model| model.key())
}

/// Those in an attack who did nothing wrong: whose losses count.
pub fn honest(attack: &str) -> impl Iterator<Item = &'static str> {
    let attack = Attack::ALL.iter().find(|it| it.key() == attack);
    attack.into_iter().flat_map(|it| scenario::honest(*it))
}

/// Plays one attack under one model; none where either is unknown.
pub fn play(attack: &str, model: &str) -> Option<Attempt> {
    let attack = Attack::ALL.iter().find(|it| it.key() == attack)?;
    let model = Model::ALL.iter().find(|it| it.key() == model)?;
    attack::run(*attack, *model).ok().map(attempt)
}

fn attempt(outcome: Outcome) -> Attempt {
    Attempt {
        attack: outcome.attack.key().to_owned(),
        model: outcome.model.key().to_owned(),
        stage: outcome.detected_at.key().to_owned(),
        by: outcome.detected_by.key().to_owned(),
        what: what(outcome.as_what),
        is_named: outcome.named,
        bearer: outcome.loss_borne_by.key().to_owned(),
        amount: outcome.amount,
        found: outcome.findings.iter().map(evidence).collect(),
    }
}

/// The message of what was noticed: of a refusal's code, or of a finding.
pub fn what(key: &str) -> Option<String> {
    match key {
        "" => None,
        "in-limbo" => Some("attack-in-limbo".to_owned()),
        code if code.contains('.') => Some(format!("refusal-{}", code.replace('.', "-"))),
        found => Some(format!("found-{found}")),
    }
}

fn evidence(finding: &Finding) -> Evidence {
    Evidence {
        key: format!("found-{}", finding.what.key()),
        named: finding.named.map(holder),
        amount: finding.amount,
        trace: finding.trace.iter().map(handover).collect(),
    }
}

fn handover(hop: &Hop) -> Handover {
    Handover {
        from: holder(hop.from),
        to: holder(hop.to),
        amount: hop.amount,
        is_twice: hop.twice,
    }
}

/// Whose device has a number; of one that is nobody's, the number.
fn holder(serial: u64) -> String {
    let place = serial.checked_sub(FIRST).and_then(|it| it.try_into().ok());
    let known = place.and_then(|place: usize| HOLDERS.get(place));
    match known {
        Some(name) => (*name).to_owned(),
        None if serial == OPERATOR => "operator".to_owned(),
        None => serial.to_string(),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_copied_purse_costs_the_issuer_and_its_trace_names_people() {
        let attempt = play("cloned-device", "purse").unwrap();
        assert_eq!((&*attempt.bearer, attempt.amount), ("issuer", 3_200));
        assert_eq!(attempt.what.as_deref(), Some("found-value-twice"));
        let found = &attempt.found[0];
        assert_eq!(found.named.as_deref(), Some("Mallory"));
        assert!(found.trace.iter().any(|step| step.is_twice));
        for step in &found.trace {
            assert!(HOLDERS.contains(&&*step.from), "{step:?}");
            assert!(HOLDERS.contains(&&*step.to), "{step:?}");
        }
    }

    #[test]
    fn what_is_refused_and_what_nobody_notices_are_told_apart() {
        let tampered = play("tampered-amount", "mint").unwrap();
        assert_eq!(tampered.what.as_deref(), Some("refusal-request-other"));
        let relay = play("relay", "coins").unwrap();
        assert_eq!((relay.what, &*relay.by), (None, "nobody"));
        assert_eq!(play("telepathy", "coins"), None);
        assert_eq!(play("relay", "barter"), None);
    }
}
