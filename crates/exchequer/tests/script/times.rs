//! What a time means where clocks are put forward and back.

use exchequer::script::{PresetFacts, Presets, When, parse};
use money::{Instant, Span, Zone};
use world::spec::FieldType;

use crate::support::{Shelf, VOCABULARY};

const HOUR: i64 = 3_600_000;

/// Central European time in 2025: forward on 30 March, back on 26 October.
fn berlin() -> Zone {
    let utc = Zone::fixed("UTC", 0).unwrap();
    let at = |text: &str| utc.instant(&text.parse().unwrap()).unwrap();
    let transitions = vec![
        (at("2025-03-30T01:00"), 7_200),
        (at("2025-10-26T01:00"), 3_600),
    ];
    Zone::new("Europe/Berlin", 3_600, transitions).unwrap()
}

fn local(text: &str) -> Instant {
    berlin().instant(&text.parse().unwrap()).unwrap()
}

#[track_caller]
fn check(when: When, now: Instant, then: Instant) {
    assert_eq!(when.resolve(now, &berlin()), Ok(then), "{when}");
}

#[test]
fn a_time_of_day_is_on_the_current_date() {
    let now = local("2025-06-01T12:00");
    check(
        When::TimeOfDay("12:30".parse().unwrap()),
        now,
        local("2025-06-01T12:30"),
    );
    check(
        When::TimeOfDay("11:30".parse().unwrap()),
        now,
        local("2025-06-01T11:30"),
    );
    check(
        When::At("2025-06-02T00:00".parse().unwrap()),
        now,
        local("2025-06-02T00:00"),
    );
    check(When::After(Span(HOUR)), now, Instant(now.0 + HOUR));
}

#[test]
fn a_time_that_comes_twice_is_the_first_that_is_not_past() {
    let half_past_two = When::TimeOfDay("02:30".parse().unwrap());
    let first = local("2025-10-26T02:30");
    let second = Instant(first.0 + HOUR);
    check(half_past_two, Instant(first.0 - HOUR), first);
    check(half_past_two, first, first);
    check(half_past_two, Instant(first.0 + 1), second);
    // The clock shows 02:10 again.
    check(half_past_two, Instant(second.0 - HOUR / 3), second);
    check(
        When::At("2025-10-26T02:30".parse().unwrap()),
        second,
        second,
    );
    // It is past for good.
    check(half_past_two, Instant(second.0 + 1), first);
}

/// The shelf, with its preset in Berlin.
struct InBerlin;

impl Presets for InBerlin {
    fn find(&self, name: &str, version: Option<u32>) -> Option<PresetFacts> {
        let facts = Shelf.find(name, version)?;
        Some(PresetFacts {
            zone: berlin(),
            ..facts
        })
    }

    fn list(&self) -> Vec<(String, u32)> {
        Shelf.list()
    }

    fn settable(&self, preset: &PresetFacts, path: &str) -> Option<FieldType> {
        Shelf.settable(preset, path)
    }

    fn leaves_open(&self, _: &PresetFacts, _: &str) -> bool {
        false
    }

    fn settable_paths(&self, preset: &PresetFacts) -> Vec<String> {
        Shelf.settable_paths(preset)
    }
}

fn codes(text: &str) -> Vec<String> {
    let outcome = parse(text, &VOCABULARY, &InBerlin);
    let codes = outcome.diagnostics.iter();
    codes
        .map(|d| format!("{} {}", d.place.line, d.code()))
        .collect()
}

#[test]
fn a_time_that_never_comes_is_an_error() {
    let text = "use cny-2025@1\nstart 2025-03-30T01:30\n02:30 wait\n03:30 wait\n";
    assert_eq!(codes(text), ["3 bad-time"]);
    let text = "use cny-2025@1\nstart 2025-03-30T02:30\noperator Harbour\n01:00 wait\n";
    // Of a beginning that never comes nothing follows for other times.
    assert_eq!(codes(text), ["2 bad-time"]);
}

#[test]
fn spans_count_real_time() {
    let text =
        "use cny-2025@1\nstart 2025-10-26T01:30\n+1h wait\n+1h wait\n02:30 wait\n02:29 wait\n";
    assert_eq!(codes(text), ["6 time-backward"]);
}

#[test]
fn without_a_start_it_is_the_presets() {
    let text =
        "use cny-2025@1\n08:00 wait\n07:59 wait\n2025-06-02T08:00 wait\n2025-06-02T07:59 wait\n";
    assert_eq!(codes(text), ["3 time-backward", "5 time-backward"]);
}
