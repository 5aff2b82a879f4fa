//! Scenarios: any bytes are read to their end, every problem has a place in
//! them, what has no error keeps its meaning in canonical form and in JSON, and
//! an editor can ask about any place.

#![no_main]

use exchequer::presets::Shipped;
use exchequer::script::{
    Vocabulary, complete, format, from_json, highlight, hover, parse, render, to_json,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    exchequer::vocabulary::with(|vocabulary| {
        read(bytes, vocabulary);
        edit(&String::from_utf8_lossy(bytes), vocabulary);
    });
});

fn read(bytes: &[u8], vocabulary: &Vocabulary<'_>) {
    let outcome = parse(bytes, vocabulary, &Shipped);
    for diagnostic in &outcome.diagnostics {
        let place = diagnostic.place;
        assert!(place.start <= place.end && place.end <= bytes.len());
        assert!(!render(diagnostic, "fuzz.exq", bytes).is_empty());
    }
    if outcome.errors().count() > 0 {
        return;
    }
    let text = format(&outcome.script);
    let again = parse(&text, vocabulary, &Shipped);
    assert_eq!(again.errors().count(), 0);
    assert_eq!(format(&again.script), text);
    let json = to_json(&outcome.script).to_string();
    let imported = from_json(json, vocabulary, &Shipped);
    assert_eq!(imported.outcome.errors().count(), 0);
    assert_eq!(format(&imported.outcome.script), text);
}

fn edit(text: &str, vocabulary: &Vocabulary<'_>) {
    let mut last = 0;
    for (range, _) in highlight(text) {
        assert!(last <= range.start && text.get(range.clone()).is_some());
        last = range.end;
    }
    for place in [text.len() / 2, text.len()] {
        for offer in complete(text, place, vocabulary, &Shipped) {
            assert!(text.get(offer.replace).is_some());
        }
        if let Some(hover) = hover(text, place, vocabulary, &Shipped) {
            assert!(text.get(hover.range).is_some());
        }
    }
}
