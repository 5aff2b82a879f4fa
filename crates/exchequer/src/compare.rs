//! Two runs of one text, event by event: what comes out differently by another
//! preset's rules.

use std::collections::BTreeMap;

use crate::export::statement;
use crate::picture;
use crate::run::{Played, Run};
use crate::session::Session;
use crate::views::{Change, Comparison, Difference, Form, Minor, Moment, Outcome, Owed};

/// Most events that are looked at.
const EVENTS: usize = 500;

/// A text with the rules of another preset; everything else stays as it is.
/// None if it names no preset, or this one.
pub fn with_preset(text: &str, preset: &str) -> Option<String> {
    let mut changed = false;
    let lines = text.split_inclusive('\n').map(|line| {
        let word = line.trim_start().strip_prefix("use ");
        match word.map(str::trim_start).filter(|_| !changed) {
            Some(rest) => {
                let old = rest.split_whitespace().next().unwrap_or_default();
                changed = true;
                line.replacen(old, preset, usize::from(!old.is_empty()))
            }
            None => line.to_owned(),
        }
    });
    let other: String = lines.collect();
    (other != text).then_some(other)
}

/// The shipped presets that a run can be compared with, the nearest first: of
/// the same family, then all others.
pub fn candidates(preset: &str) -> Vec<String> {
    let family = |id: &str| id.split('-').next().unwrap_or_default().to_owned();
    let own = family(preset);
    let shipped =
        crate::presets::Preset::shipped().map(|(name, version)| format!("{name}@{version}"));
    let mut others: Vec<String> = shipped.filter(|id| id != preset).collect();
    // What was only a test is no one's sibling.
    others.sort_by_key(|id| (family(id) != own || id.contains("-test"), id.clone()));
    others
}

/// Who has how much more or less since an event.
type Changes = BTreeMap<(String, String), (Minor, Form, Owed)>;

/// Compares two runs of one text.
pub fn compare(here: &mut Session, there: &mut Session) -> Comparison {
    let mut of_here = events(here.run());
    let mut of_there = events(there.run());
    let is_cut = of_here.len() > EVENTS || of_there.len() > EVENTS;
    of_here.truncate(EVENTS);
    of_there.truncate(EVENTS);
    let mut keys: Vec<(u32, u32)> = of_here.iter().chain(&of_there).map(|it| it.key).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut comparison = Comparison {
        presets: [preset(here), preset(there)],
        currencies: [currency(here), currency(there)],
        waits_for: [here.waits_for(), there.waits_for()],
        events: Vec::new(),
        differences: Vec::new(),
        is_cut,
    };
    for key in keys {
        let find = |all: &[Event]| all.iter().find(|it| it.key == key).cloned();
        let (ours, theirs) = (find(&of_here), find(&of_there));
        let positions = [&ours, &theirs].map(|it| it.as_ref().map(|it| it.to));
        comparison.events.push(positions);
        let (outcome, changed) = look(here, ours.as_ref());
        let (other_outcome, other_changed) = look(there, theirs.as_ref());
        let changes = differing(&changed, &other_changed);
        if outcome == other_outcome && changes.is_empty() {
            continue;
        }
        let said = [&ours, &theirs].into_iter().flatten().next();
        comparison.differences.push(Difference {
            line: key.0,
            said: said.map(|it| it.said.clone()).unwrap_or_default(),
            positions,
            outcomes: [outcome, other_outcome],
            changes,
        });
    }
    comparison
}

/// An event of a run: a line, and which time it was that it did something.
#[derive(Clone, Debug)]
struct Event {
    key: (u32, u32),
    to: u32,
    said: String,
}

fn events(run: Option<&Run>) -> Vec<Event> {
    let Some(run) = run else {
        return Vec::new();
    };
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    let event = |played: &Played| {
        let times = seen.entry(played.line).or_default();
        *times += 1;
        Event {
            key: (played.line, *times),
            to: played.to,
            said: statement(run, played).unwrap_or_default(),
        }
    };
    picture::beats(run).map(event).collect()
}

/// What became of an event, and what it changed.
fn look(session: &mut Session, event: Option<&Event>) -> (Outcome, Changes) {
    let Some(event) = event else {
        return (Outcome::Missing, Changes::new());
    };
    let moment = session.moment(event.to);
    let outcome = match &moment.refusal {
        Some(refusal) => Outcome::Refused(refusal.code.clone()),
        None => Outcome::Done,
    };
    (outcome, changes(&moment))
}

fn changes(moment: &Moment) -> Changes {
    let of_party = |party: &crate::views::Party| {
        let name = party.name.clone();
        let changed = party.holdings.iter().filter_map(move |it| {
            let change = it.amount.saturating_sub(it.before?);
            Some(((name.clone(), it.key.clone()), (change, it.form, it.owed)))
        });
        changed.collect::<Vec<_>>()
    };
    moment.parties.iter().flat_map(of_party).collect()
}

/// What differs between two sets of changes.
fn differing(here: &Changes, there: &Changes) -> Vec<Change> {
    let mut keys: Vec<&(String, String)> = here.keys().chain(there.keys()).collect();
    keys.sort();
    keys.dedup();
    let change = |key: &(String, String)| {
        let by = [here.get(key).copied(), there.get(key).copied()];
        (by[0] != by[1]).then(|| Change {
            name: key.0.clone(),
            key: key.1.clone(),
            by,
        })
    };
    keys.into_iter().filter_map(change).collect()
}

fn preset(session: &Session) -> String {
    session
        .run()
        .map(|run| run.preset().id())
        .unwrap_or_default()
}

fn currency(session: &Session) -> String {
    let code = |run: &Run| run.simulation().rules().currency.code().to_owned();
    session.run().map(code).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const FLIP: &str = include_str!("../../../static/scenarios/flip-to-2026.exq");

    fn against(text: &str, preset: &str) -> Comparison {
        let other = with_preset(text, preset).unwrap();
        compare(&mut Session::open(text), &mut Session::open(other))
    }

    #[test]
    fn only_the_use_line_becomes_another() {
        let text = "title \"use it\"\n  use  cny-2025@1 # rules\nuse x\n";
        let other = with_preset(text, "cny-2026@1").unwrap();
        assert_eq!(
            other,
            "title \"use it\"\n  use  cny-2026@1 # rules\nuse x\n"
        );
        assert_eq!(with_preset(text, "cny-2025@1"), None);
        assert_eq!(with_preset("title \"a\"\n", "cny-2025@1"), None);
    }

    #[test]
    fn the_flip_moves_reserves_and_changes_who_owes() {
        let found = against(FLIP, "cny-2025@1");
        assert_eq!(found.presets, ["cny-2026@1", "cny-2025@1"]);
        assert_eq!(found.waits_for, [None, None]);
        let pay = found
            .differences
            .iter()
            .find(|it| it.said.contains("pay Noodles 3_500"))
            .unwrap();
        assert_eq!(pay.outcomes, [Outcome::Done, Outcome::Done]);
        let reserves = pay
            .changes
            .iter()
            .find(|it| (it.name.as_str(), it.key.as_str()) == ("Harbour", "holding-reserves"));
        let by = reserves.unwrap().by;
        assert_eq!(by[0].map(|it| it.0), Some(-350_000));
        assert_eq!(by[1], None);
        // The same sum in Alice's wallet, owed by another.
        let wallet = pay.changes.iter().find(|it| it.name == "Alice").unwrap().by;
        assert_eq!(wallet.map(|it| it.unwrap().0), [-350_000; 2]);
        assert_eq!(
            wallet.map(|it| it.unwrap().2),
            [Owed::Bank, Owed::CentralBank]
        );
        assert!(found.events.iter().all(|it| it.iter().all(Option::is_some)));
    }

    #[test]
    fn a_run_beside_itself_differs_in_nothing() {
        let found = compare(&mut Session::open(FLIP), &mut Session::open(FLIP));
        assert_eq!(found.differences, []);
        assert!(!found.events.is_empty() && !found.is_cut);
    }

    #[test]
    fn a_limit_that_only_one_has_is_a_refusal_on_one_side() {
        let found = against(
            include_str!("../../../static/scenarios/birth-of-a-yuan.exq"),
            "cny-2020-test@1",
        );
        assert!(!found.differences.is_empty());
        let refused = |it: &Outcome| matches!(it, Outcome::Refused(_));
        for it in &found.differences {
            assert!(
                it.outcomes[0] != it.outcomes[1] || !it.changes.is_empty(),
                "{it:?}"
            );
            assert!(
                it.outcomes.iter().filter(|it| refused(it)).count() < 2
                    || it.outcomes[0] != it.outcomes[1]
                    || !it.changes.is_empty()
            );
        }
    }

    #[test]
    fn what_cannot_be_played_there_is_missing_there() {
        let found = against(FLIP, "digital-euro@1");
        assert!(found.waits_for[1].is_some() && found.waits_for[0].is_none());
        assert!(
            found
                .differences
                .iter()
                .all(|it| it.outcomes[1] == Outcome::Missing)
        );
    }

    #[test]
    fn the_nearest_presets_are_offered_first() {
        let all = candidates("cny-2026@1");
        assert_eq!(all[0], "cny-2025@1");
        assert!(!all.contains(&"cny-2026@1".to_owned()));
    }
}
