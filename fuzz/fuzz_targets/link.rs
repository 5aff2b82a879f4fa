//! Share links: any fragment and any payload is read or refused, what is read
//! can be shared again, and a link cut anywhere gives the beginning of its text.

#![no_main]

use exchequer::link::{LinkError, MAX_BODY, Shared, decode, encode, read_payload};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let _ = decode(&text);
    match read_payload(bytes) {
        Ok(shared) => {
            assert!(shared.text.len() <= MAX_BODY);
            if let Ok(fragment) = encode(&shared) {
                assert_eq!(decode(&fragment), Ok(shared));
            }
        }
        Err(error) => assert!(error.readable().is_none_or(|text| text.ends_with('\n'))),
    }

    let shared = Shared {
        text: text.clone().into_owned(),
        engine: "fuzz".to_owned(),
        digest: None,
        trail: None,
    };
    if let Ok(fragment) = encode(&shared) {
        let cut = &fragment[..fragment.len() / 2];
        if let Err(LinkError::Cut { readable }) = decode(cut) {
            assert!(text.starts_with(&readable));
        }
        assert_eq!(decode(&fragment), Ok(shared));
    }
});
