//! Two runs, event by event: what comes out differently by another preset's
//! rules, or after other lines.

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

/// Where a line stands among those of both texts: after which line of the text
/// at hand, and as which of those that only the other has there; 0 is the line
/// itself.
type Place = (u32, u32);

/// The place of every line of the other text. What was put in place of a line
/// stands for that line.
fn places(here: &str, there: &str) -> Vec<Place> {
    let [old, new] = [here, there].map(|text| text.lines().map(str::trim).collect::<Vec<_>>());
    let mut places: Vec<Place> = Vec::with_capacity(new.len());
    let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new) {
        let (old, new) = (op.old_range(), op.new_range());
        for (at, _) in new.enumerate() {
            let own = old.start + at;
            let place = if own < old.end {
                (number(own + 1), 0)
            } else {
                (number(old.end), number(own - old.end + 1))
            };
            places.push(place);
        }
    }
    places
}

/// Compares two runs: of one text by two presets' rules, or of two texts that
/// have lines in common.
pub fn compare(here: &mut Session, there: &mut Session) -> Comparison {
    let texts = [here.run(), there.run()].map(|run| run.map(Run::text).unwrap_or_default());
    let places = places(texts[0], texts[1]);
    let of_other = |line: u32| {
        let index = (line as usize).saturating_sub(1);
        places.get(index).copied().unwrap_or((line, 0))
    };
    let mut of_here = events(here.run(), |line| (line, 0));
    let mut of_there = events(there.run(), of_other);
    let is_cut = of_here.len() > EVENTS || of_there.len() > EVENTS;
    of_here.truncate(EVENTS);
    of_there.truncate(EVENTS);
    let mut keys: Vec<(Place, u32)> = of_here.iter().chain(&of_there).map(|it| it.key).collect();
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
            line: said.map(|it| it.line).unwrap_or_default(),
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
    key: (Place, u32),
    /// Its line in its own text.
    line: u32,
    to: u32,
    said: String,
}

fn events(run: Option<&Run>, place: impl Fn(u32) -> Place) -> Vec<Event> {
    let Some(run) = run else {
        return Vec::new();
    };
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    let event = |played: &Played| {
        let times = seen.entry(played.line).or_default();
        *times += 1;
        Event {
            key: (place(played.line), *times),
            line: played.line,
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
    fn what_only_one_text_says_is_missing_in_the_other_and_the_rest_keeps_its_place() {
        let pay = FLIP
            .lines()
            .position(|it| it.contains("Alice: pay"))
            .unwrap();
        let mut lines: Vec<&str> = FLIP.lines().collect();
        let said = lines[pay];
        lines.insert(pay, "Alice: pay Noodles 1.00");
        let longer = lines.join("\n");
        let sides = [(FLIP, longer.as_str()), (longer.as_str(), FLIP)];
        for (index, (here, there)) in sides.into_iter().enumerate() {
            let found = compare(&mut Session::open(here), &mut Session::open(there));
            let alone: Vec<_> = found
                .differences
                .iter()
                .filter(|it| it.said.contains("1.00"))
                .collect();
            let [it] = alone.as_slice() else {
                panic!("{alone:?}")
            };
            assert_eq!(it.outcomes[index], Outcome::Missing);
            assert_eq!(it.outcomes[1 - index], Outcome::Done);
            assert_eq!(it.line as usize, pay + 1);
            // Every other event stands beside its own.
            let both = found
                .events
                .iter()
                .filter(|it| it.iter().all(Option::is_some));
            assert_eq!(both.count() + 1, found.events.len());
        }
        // A line with another sum stands for the one it was.
        let other = FLIP.replacen(said, &said.replacen("Noodles", "Noodles 0.50 #", 1), 1);
        let found = compare(&mut Session::open(FLIP), &mut Session::open(other));
        assert!(found.events.iter().all(|it| it.iter().all(Option::is_some)));
        assert!(
            found
                .differences
                .iter()
                .any(|it| it.line as usize == pay + 1)
        );
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
