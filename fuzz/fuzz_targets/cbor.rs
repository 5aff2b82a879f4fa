//! Deterministic CBOR: what is read has one encoding, the one it was read from.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::cbor;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(value) = cbor::decode(bytes) {
        assert_eq!(cbor::encode(&value).as_deref(), Ok(bytes));
    }
});
