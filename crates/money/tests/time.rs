//! Virtual time: durations, dates, and zones that come from presets.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use money::{Civil, Instant, Span, TimeError, TimeOfDay, Weekday, Zone};
use proptest::prelude::*;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn civil(text: &str) -> Civil {
    text.parse().unwrap()
}

fn utc() -> Zone {
    Zone::fixed("UTC", 0).unwrap()
}

fn utc_instant(text: &str) -> Instant {
    utc().instant(&civil(text)).unwrap()
}

/// Central Europe in 2025: forward on 30 March, back on 26 October, both at 01:00 UTC.
fn berlin() -> Zone {
    let changes = vec![
        (utc_instant("2025-03-30T01:00"), 7_200),
        (utc_instant("2025-10-26T01:00"), 3_600),
    ];
    Zone::new("Europe/Berlin", 3_600, changes).unwrap()
}

// Durations

#[test]
fn a_duration_is_whole_numbers_with_units() {
    for (text, ms, printed) in [
        ("0s", 0, "0s"),
        ("0d", 0, "0s"),
        ("1ms", 1, "1ms"),
        ("30s", 30_000, "30s"),
        ("90m", 90 * 60_000, "1h30m"),
        ("1h30m", 90 * 60_000, "1h30m"),
        ("30m1h", 90 * 60_000, "1h30m"),
        ("1m1m", 120_000, "2m"),
        ("1m1ms", 60_001, "1m1ms"),
        ("1d2h3m4s5ms", 93_784_005, "1d2h3m4s5ms"),
        ("1_000ms", 1_000, "1s"),
        ("0007s", 7_000, "7s"),
        ("12960000000000ms", Span::LONGEST.0, "150000d"),
    ] {
        let span: Span = text.parse().unwrap();
        assert_eq!(span, Span(ms), "{text}");
        assert_eq!(span.to_string(), printed);
    }
    assert_eq!(Span(-90_000).to_string(), "-1m30s");
    assert_eq!(Span(i64::MIN).to_string(), "-106751991167d7h12m55s808ms");
}

#[test]
fn what_is_not_a_duration_is_refused_with_its_place() {
    let number = "a whole number";
    let underscore = "a number with `_` between digits";
    let unit = "ms, s, m, h or d";
    for (text, at, expected) in [
        ("", 0, number),
        ("h", 0, number),
        ("-1h", 0, number),
        ("1h-", 2, number),
        ("_1h", 0, number),
        ("1h m", 2, number),
        ("1_h", 0, underscore),
        ("1h1__0m", 2, underscore),
        ("1", 1, unit),
        ("1h30", 4, unit),
        ("1x", 1, unit),
        ("1hm", 1, unit),
        ("1.5h", 1, unit),
        ("1 h", 1, unit),
        ("1H", 1, unit),
        ("1日", 1, unit),
    ] {
        assert_eq!(
            text.parse::<Span>(),
            Err(TimeError::Syntax { at, expected }),
            "{text}"
        );
    }
}

#[test]
fn a_duration_that_does_not_fit_is_refused() {
    for text in [
        "12960000000001ms",
        "150000d1ms",
        "9223372036854775808ms",
        "9223372036854775807ms1ms",
        "18446744073709551615ms1ms",
        "106751991168d",
        "99999999999999999999999999999999999999d",
    ] {
        assert_eq!(text.parse::<Span>(), Err(TimeError::SpanTooLong), "{text}");
    }
    // A fault of writing is told before one of size.
    let expected = "ms, s, m, h or d";
    assert_eq!(
        "99999999999999999999h1".parse::<Span>(),
        Err(TimeError::Syntax { at: 22, expected })
    );
}

// Instants

#[test]
fn adding_to_an_instant_stays_within_the_years_known() {
    assert_eq!(Instant(5).checked_add(Span(-7)), Ok(Instant(-2)));
    assert_eq!(Instant(5).since(Instant(7)), Span(-2));
    assert_eq!(Instant(i64::MIN).since(Instant(i64::MAX)), Span(i64::MIN));
    assert_eq!(Instant::MAX.checked_add(Span::ZERO), Ok(Instant::MAX));
    for (instant, span) in [
        (Instant::MAX, Span(1)),
        (Instant::MIN, Span(-1)),
        (Instant(0), Span(i64::MAX)),
        (Instant(i64::MAX), Span(i64::MAX)),
        (Instant(i64::MIN), Span::ZERO),
    ] {
        assert_eq!(instant.checked_add(span), Err(TimeError::OutOfRange));
    }
}

#[test]
fn the_years_known_are_1900_to_2200() {
    assert_eq!(utc_instant("1900-01-01T00:00"), Instant::MIN);
    assert_eq!(utc_instant("2200-12-31T23:59:59.999"), Instant::MAX);
    assert_eq!(utc().civil(Instant(0)).to_string(), "1970-01-01T00:00");
}

// Dates and times of day

#[test]
fn a_date_and_time_print_as_short_as_they_can() {
    for (text, printed) in [
        ("2025-11-03T09:00", "2025-11-03T09:00"),
        ("2025-11-03T09:00:00", "2025-11-03T09:00"),
        ("2025-11-03T09:00:07", "2025-11-03T09:00:07"),
        ("2025-11-03T09:00:00.000", "2025-11-03T09:00"),
        ("2025-11-03T09:00:00.050", "2025-11-03T09:00:00.050"),
        ("2024-02-29T23:59:59.999", "2024-02-29T23:59:59.999"),
    ] {
        assert_eq!(civil(text).to_string(), printed);
        let (time, printed) = (&text[11..], &printed[11..]);
        assert_eq!(time.parse::<TimeOfDay>().unwrap().to_string(), printed);
    }
}

#[test]
fn a_text_that_is_no_date_and_time_is_refused_with_its_place() {
    for (text, at, expected) in [
        ("", 0, "a four-digit year"),
        ("25-11-03T09:00", 2, "a four-digit year"),
        ("2025/11/03", 4, "`-`"),
        ("2025-1-03T09:00", 6, "a two-digit month"),
        ("2025-11-3", 9, "a two-digit day"),
        ("2025-11-03", 10, "`T`"),
        ("2025-11-03 09:00", 10, "`T`"),
        ("2025-11-03T9:00", 12, "a two-digit hour"),
        ("2025-11-03T0900", 13, "`:`"),
        ("2025-11-03T09:0", 15, "a two-digit minute"),
        ("2025-11-03T09:00:", 17, "a two-digit second"),
        ("2025-11-03T09:00:00.5", 21, "three digits of a second"),
        ("2025-11-03T09:00Z", 16, "the end"),
        ("2025-11-03T09:00:00.0000", 23, "the end"),
        ("２025-11-03T09:00", 0, "a four-digit year"),
    ] {
        assert_eq!(
            text.parse::<Civil>(),
            Err(TimeError::Syntax { at, expected }),
            "{text}"
        );
    }
    assert_eq!(
        "9:00".parse::<TimeOfDay>(),
        Err(TimeError::Syntax {
            at: 1,
            expected: "a two-digit hour"
        })
    );
}

#[test]
fn a_day_or_time_that_does_not_exist_is_refused() {
    let no_date = |year, month, day| TimeError::NoSuchDate { year, month, day };
    let no_time = |hour, minute, second| TimeError::NoSuchTime {
        hour,
        minute,
        second,
        millisecond: 0,
    };
    for (text, error) in [
        ("2025-02-29T00:00", no_date(2025, 2, 29)),
        ("2100-02-29T00:00", no_date(2100, 2, 29)),
        ("2025-04-31T00:00", no_date(2025, 4, 31)),
        ("2025-00-01T00:00", no_date(2025, 0, 1)),
        ("2025-13-01T00:00", no_date(2025, 13, 1)),
        ("2025-01-00T00:00", no_date(2025, 1, 0)),
        ("1899-12-31T00:00", TimeError::OutOfRange),
        ("2201-01-01T00:00", TimeError::OutOfRange),
        ("2025-01-01T24:00", no_time(24, 0, 0)),
        ("2025-01-01T00:60", no_time(0, 60, 0)),
        ("2016-12-31T23:59:60", no_time(23, 59, 60)),
    ] {
        assert_eq!(text.parse::<Civil>(), Err(error), "{text}");
    }
    for (hour, minute, second, millisecond) in [
        (24, 0, 0, 0),
        (0, 60, 0, 0),
        (0, 0, 60, 0),
        (0, 0, 0, 1_000),
    ] {
        let error = TimeError::NoSuchTime {
            hour,
            minute,
            second,
            millisecond,
        };
        assert_eq!(
            TimeOfDay::new(hour, minute, second, millisecond),
            Err(error)
        );
    }
    assert_eq!(
        TimeOfDay::new(23, 59, 59, 999).unwrap().to_string(),
        "23:59:59.999"
    );
    // A date altered into one that does not exist is caught when it is used.
    let mut altered = civil("2025-01-31T00:00");
    altered.month = 2;
    assert_eq!(utc().instant(&altered), Err(no_date(2025, 2, 31)));
    altered = civil("2025-01-31T00:00");
    altered.hour = 25;
    assert_eq!(utc().instant(&altered), Err(no_time(25, 0, 0)));
}

#[test]
fn every_day_of_three_centuries_is_the_calendars() {
    let epoch = date(1970, 1, 1);
    let mut expected: Date = date(1900, 1, 1);
    let zone = utc();
    let mut days = 0;
    while expected.year() <= 2200 {
        let number = expected.since(epoch).unwrap().get_days();
        let noon = Instant(i64::from(number) * DAY_MS + DAY_MS / 2);
        assert_eq!(zone.day(noon), number);
        assert_eq!(zone.year(noon), i32::from(expected.year()));
        let shown = zone.civil(noon);
        assert_eq!(
            (shown.year, shown.month, shown.day),
            (
                expected.year().into(),
                expected.month() as u8,
                expected.day() as u8
            )
        );
        let weekdays = [
            Weekday::Monday,
            Weekday::Tuesday,
            Weekday::Wednesday,
            Weekday::Thursday,
            Weekday::Friday,
            Weekday::Saturday,
            Weekday::Sunday,
        ];
        let weekday = expected.weekday().to_monday_zero_offset() as usize;
        assert_eq!(shown.weekday, weekdays[weekday]);
        assert_eq!(zone.instant(&shown), Ok(noon));
        assert_eq!(zone.start_of_day(number), Ok(Instant(noon.0 - DAY_MS / 2)));
        expected = expected.tomorrow().unwrap();
        days += 1;
    }
    assert_eq!(days, 109_938);
}

// Zones

#[test]
fn a_day_begins_at_local_midnight() {
    let shanghai = Zone::fixed("Asia/Shanghai", 8 * 3_600).unwrap();
    let midnight = shanghai.instant(&civil("2026-01-01T00:00")).unwrap();
    assert_eq!(midnight, utc_instant("2025-12-31T16:00"));
    let before = Instant(midnight.0 - 1);
    assert_eq!(shanghai.day(midnight), shanghai.day(before) + 1);
    assert_eq!(
        (shanghai.year(before), shanghai.year(midnight)),
        (2025, 2026)
    );
    assert_eq!(utc().day(midnight), utc().day(before));
    assert_eq!(shanghai.start_of_day(shanghai.day(midnight)), Ok(midnight));
    // West of Greenwich and before 1970 a day is still the day it is there.
    let honolulu = Zone::fixed("Pacific/Honolulu", -10 * 3_600).unwrap();
    assert_eq!(honolulu.day(Instant(0)), -1);
    assert_eq!(honolulu.civil(Instant(0)).to_string(), "1969-12-31T14:00");
    assert_eq!(honolulu.civil(Instant(0)).weekday, Weekday::Wednesday);
}

#[test]
fn a_time_skipped_in_spring_is_refused() {
    let zone = berlin();
    for (text, result) in [
        (
            "2025-03-30T01:59:59.999",
            Ok(utc_instant("2025-03-30T00:59:59.999")),
        ),
        (
            "2025-03-30T02:00",
            Err(TimeError::Skipped {
                civil: civil("2025-03-30T02:00"),
            }),
        ),
        (
            "2025-03-30T02:59:59",
            Err(TimeError::Skipped {
                civil: civil("2025-03-30T02:59:59"),
            }),
        ),
        ("2025-03-30T03:00", Ok(utc_instant("2025-03-30T01:00"))),
        ("2025-07-01T12:00", Ok(utc_instant("2025-07-01T10:00"))),
    ] {
        assert_eq!(zone.instant(&civil(text)), result, "{text}");
    }
}

#[test]
fn of_a_time_that_comes_twice_in_autumn_the_earlier_is_meant() {
    let zone = berlin();
    let earlier = utc_instant("2025-10-26T00:30");
    let later = utc_instant("2025-10-26T01:30");
    assert_eq!(zone.civil(earlier), zone.civil(later));
    assert_eq!(zone.instant(&civil("2025-10-26T02:30")), Ok(earlier));
    assert_eq!(
        zone.instant(&civil("2025-10-26T03:00")),
        Ok(utc_instant("2025-10-26T02:00"))
    );
}

#[test]
fn a_time_skipped_and_then_set_back_to_is_found() {
    let changes = vec![(Instant(1_000), 3_600), (Instant(1_001), 0)];
    let zone = Zone::new("blink", 0, changes).unwrap();
    assert_eq!(
        zone.instant(&utc().civil(Instant(1_001))),
        Ok(Instant(1_001))
    );
    let skipped = utc().civil(Instant(1_000));
    assert_eq!(
        zone.instant(&skipped),
        Err(TimeError::Skipped { civil: skipped })
    );
}

#[test]
fn a_day_whose_midnight_is_skipped_begins_when_the_clock_jumps() {
    // São Paulo put its clocks forward at midnight: 4 November 2018 began at 01:00.
    let jump = utc_instant("2018-11-04T03:00");
    let zone = Zone::new("America/Sao_Paulo", -10_800, vec![(jump, -7_200)]).unwrap();
    assert_eq!(zone.civil(jump).to_string(), "2018-11-04T01:00");
    assert_eq!(zone.start_of_day(zone.day(jump)), Ok(jump));
    assert_eq!(zone.day(Instant(jump.0 - 1)), zone.day(jump) - 1);
}

#[test]
fn a_zone_that_cannot_be_is_refused() {
    let change = |at, offset| (Instant(at), offset);
    assert!(Zone::fixed("far", 64_800).is_ok());
    assert_eq!(
        Zone::fixed("too far", 64_801),
        Err(TimeError::Offset { seconds: 64_801 })
    );
    assert_eq!(
        Zone::new("too far", 0, vec![change(0, i32::MIN)]),
        Err(TimeError::Offset { seconds: i32::MIN })
    );
    for second in [5, 4] {
        assert_eq!(
            Zone::new("disorder", 0, vec![change(5, 1), change(second, 2)]),
            Err(TimeError::TransitionOrder { index: 1 })
        );
    }
    let late = Instant(Instant::MAX.0 + 1);
    assert_eq!(
        Zone::new("late", 0, vec![(late, 1)]),
        Err(TimeError::OutOfRange)
    );
}

#[test]
fn moments_out_of_range_show_as_the_nearest_in_range() {
    let zone = Zone::fixed("east", 64_800).unwrap();
    for (instant, nearest) in [(i64::MIN, Instant::MIN), (i64::MAX, Instant::MAX)] {
        assert_eq!(zone.civil(Instant(instant)), zone.civil(nearest));
        assert_eq!(zone.day(Instant(instant)), zone.day(nearest));
        assert_eq!(zone.year(Instant(instant)), zone.year(nearest));
    }
    for day in [i32::MIN, i32::MAX] {
        assert_eq!(zone.start_of_day(day), Err(TimeError::OutOfRange));
    }
}

#[test]
fn a_file_cannot_bring_in_a_zone_the_constructor_refuses() {
    let text = serde_json::to_string(&berlin()).unwrap();
    assert_eq!(serde_json::from_str::<Zone>(&text).unwrap(), berlin());
    let fixed = r#"{"name":"Asia/Shanghai","offset_seconds":28800}"#;
    let shanghai = Zone::fixed("Asia/Shanghai", 28_800).unwrap();
    assert_eq!(serde_json::from_str::<Zone>(fixed).unwrap(), shanghai);
    assert_eq!(serde_json::to_string(&shanghai).unwrap(), fixed);
    for bad in [
        r#"{"name":"x","offset_seconds":99999}"#,
        r#"{"name":"x","offset_seconds":0,"transitions":[[5,0],[5,1]]}"#,
        r#"{"name":"x","offset_seconds":0,"dst":true}"#,
    ] {
        assert!(serde_json::from_str::<Zone>(bad).is_err(), "{bad}");
    }
}

fn any_instant() -> impl Strategy<Value = Instant> {
    // Away from the ends by more than an offset, so that the local time is in range too.
    (Instant::MIN.0 + DAY_MS..Instant::MAX.0 - DAY_MS).prop_map(Instant)
}

/// Zones with any few transitions, near one another as well as far apart.
fn any_zone() -> impl Strategy<Value = Zone> {
    let offset = -18 * 3_600..=18 * 3_600_i32;
    let gaps = prop_oneof![1..3 * DAY_MS, 1..400 * DAY_MS];
    (offset.clone(), prop::collection::vec((gaps, offset), 0..6)).prop_map(|(first, changes)| {
        let mut at = 0;
        let changes = changes
            .into_iter()
            .map(|(gap, offset)| {
                at += gap;
                (Instant(at), offset)
            })
            .collect();
        Zone::new("any", first, changes).unwrap()
    })
}

/// The earliest moment that shows these local milliseconds, by looking at every stretch.
fn earliest(zone: &Zone, local: i64) -> Option<Instant> {
    let offsets = std::iter::once(zone.offset_seconds())
        .chain(zone.transitions().iter().map(|(_, offset)| *offset));
    offsets
        .map(|offset| Instant(local - i64::from(offset) * 1_000))
        .filter(|at| at.0 + i64::from(zone.offset_at(*at)) * 1_000 == local)
        .min()
}

proptest! {
    #[test]
    fn a_duration_reads_back_as_printed(ms in 0..=Span::LONGEST.0) {
        prop_assert_eq!(Span(ms).to_string().parse(), Ok(Span(ms)));
    }

    #[test]
    fn no_text_panics(any in any::<String>(), like in "[0-9_dhms:T.-]{0,40}") {
        for text in [any, like] {
            if let Ok(span) = text.parse::<Span>() {
                prop_assert_eq!(span.to_string().parse(), Ok(span));
            }
            if let Ok(time) = text.parse::<TimeOfDay>() {
                prop_assert_eq!(time.to_string().parse(), Ok(time));
            }
            if let Ok(civil) = text.parse::<Civil>() {
                prop_assert_eq!(civil.to_string().parse(), Ok(civil));
            }
        }
    }

    #[test]
    fn what_a_fixed_zone_shows_leads_back(instant in any_instant(), offset in -64_800..=64_800) {
        let zone = Zone::fixed("any", offset).unwrap();
        let shown = zone.civil(instant);
        prop_assert_eq!(shown.to_string().parse(), Ok(shown));
        prop_assert_eq!(zone.instant(&shown), Ok(instant));
    }

    #[test]
    fn an_instant_shows_what_was_asked_for_and_is_the_earliest(
        zone in any_zone(),
        // Around the transitions, where it matters.
        local in -3 * DAY_MS..900 * DAY_MS,
    ) {
        let asked = utc().civil(Instant(local));
        let wanted = earliest(&zone, local).ok_or(TimeError::Skipped { civil: asked });
        prop_assert_eq!(zone.instant(&asked), wanted);
        if let Ok(instant) = wanted {
            prop_assert_eq!(zone.civil(instant), asked);
        }
    }

    #[test]
    fn a_day_starts_at_its_first_moment(zone in any_zone(), day in -3..900_i32) {
        let start = zone.start_of_day(day).unwrap();
        prop_assert!(zone.day(start) >= day);
        prop_assert!(zone.day(Instant(start.0 - 1)) < day);
    }

    #[test]
    fn day_and_year_agree_with_what_is_shown(zone in any_zone(), ms in -3 * DAY_MS..900 * DAY_MS) {
        let instant = Instant(ms);
        let shown = zone.civil(instant);
        let at_midnight = shown.at(TimeOfDay::MIDNIGHT);
        let number = utc().instant(&at_midnight).unwrap().0 / DAY_MS;
        prop_assert_eq!(i64::from(zone.day(instant)), number);
        prop_assert_eq!(zone.year(instant), shown.year);
        prop_assert_eq!(Weekday::of(zone.day(instant)), shown.weekday);
    }
}
