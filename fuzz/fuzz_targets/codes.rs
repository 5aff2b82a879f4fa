//! Base45 and sequences of codes: one text has one meaning, any bytes survive
//! being split and collected in any order, and foreign texts change nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::base45;
use seal::parts::{Collector, split};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(decoded) = base45::decode(&text) {
        assert_eq!(base45::encode(&decoded), text);
    }
    assert_eq!(base45::decode(&base45::encode(bytes)).as_deref(), Ok(bytes));

    // Lines are codes in front of the camera, one after the other.
    let mut seen = Collector::new();
    for line in text.lines() {
        let before = seen.clone();
        if seen.add(line).is_err() {
            assert_eq!(seen, before);
        }
    }
    let _ = seen.finish();

    let readable = 40 + usize::from(bytes.first().copied().unwrap_or(0)) * 4;
    if let Ok(codes) = split(bytes, readable) {
        let mut collector = Collector::new();
        for code in codes.iter().rev() {
            assert!(code.len() <= readable);
            assert!(collector.add(code).is_ok());
            assert!(collector.add(code).is_ok());
        }
        assert_eq!(collector.finish(), Some(Ok(bytes.to_vec())));
    }
});
