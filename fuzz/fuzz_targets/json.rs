//! Scenarios in JSON: any bytes are read to their end, every problem has a
//! place in the text they stand for, and what has no error comes back the same.

#![no_main]

use exchequer::presets::Shipped;
use exchequer::script::{format, from_json, to_json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    exchequer::vocabulary::with(|vocabulary| {
        let imported = from_json(bytes, vocabulary, &Shipped);
        for diagnostic in &imported.outcome.diagnostics {
            let length = match diagnostic.pointer {
                Some(_) => imported.text.len(),
                None => bytes.len(),
            };
            let place = diagnostic.place;
            assert!(place.start <= place.end && place.end <= length);
        }
        if imported.outcome.errors().count() == 0 {
            let json = to_json(&imported.outcome.script).to_string();
            let again = from_json(json, vocabulary, &Shipped);
            assert_eq!(again.outcome.errors().count(), 0);
            assert_eq!(
                format(&again.outcome.script),
                format(&imported.outcome.script)
            );
        }
    });
});
