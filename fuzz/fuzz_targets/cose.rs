//! COSE_Sign1: what is read has one encoding, the one it was read from, and a
//! signature is accepted or refused without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use seal::KeyPair;
use seal::cose::{self, Context, Sign1};
use std::sync::LazyLock;

static KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::derive(1, "fuzz", "Alice"));
const CONTEXT: Context = Context {
    protocol: "fuzz",
    version: 1,
    object: "pay",
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(parts) = Sign1::decode(bytes) {
        assert_eq!(parts.encode().as_deref(), Ok(bytes));
        let _ = parts.verify_published(&KEY.public(), b"");
    }
    if let Ok(parts) = cose::open(bytes) {
        let _ = cose::verify(&parts, &KEY.public(), CONTEXT);
    }
    // What can be signed is read again, and its signature holds.
    if let Ok(signed) = cose::sign(&KEY, CONTEXT, bytes) {
        let parts = cose::open(&signed);
        let parts = parts.expect("what was signed is read");
        assert_eq!(cose::verify(&parts, &KEY.public(), CONTEXT), Ok(()));
        assert_eq!(parts.payload, bytes);
    }
});
