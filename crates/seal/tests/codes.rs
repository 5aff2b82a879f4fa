//! COSE, Base45 and sequences of codes: published vectors and every way to be wrong, natively and,
//! by `wasm-bindgen-test`, in a browser.
#![allow(clippy::unwrap_used)]

#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test as check;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as check;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use seal::base45::{self, Base45Error};
use seal::cbor::{self, Value};
use seal::cose::{self, Context, Sign1};
use seal::parts::{self, Collector, PartsError, Progress};
use seal::{KeyPair, PublicKey, SealError};

fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "{text}");
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The rows of a file of vectors, without its comments.
fn rows<const N: usize>(file: &'static str) -> Vec<[&'static str; N]> {
    file.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split(';').collect::<Vec<_>>().try_into().unwrap())
        .collect()
}

// COSE

#[check]
fn the_examples_of_the_cose_working_group_are_read_to_the_letter() {
    for [name, key, external, to_be_signed, bytes] in rows(include_str!("vectors/cose-sign1.txt")) {
        let (external, bytes) = (unhex(external), unhex(bytes));
        let parts = Sign1::decode(&bytes).unwrap();
        assert_eq!(parts.payload, b"This is the content.", "{name}");
        assert_eq!(parts.encode().as_ref(), Ok(&bytes), "{name}");
        assert_eq!(
            hex(&parts.to_be_signed(&external).unwrap()),
            to_be_signed,
            "{name}"
        );
        let verdict = |key: &str| {
            let key = PublicKey(unhex(key).try_into().unwrap());
            parts.verify_published(&key, &external)
        };
        if key.is_empty() {
            // Signed with another algorithm: its structure is ours, its signature is none.
            let any = KeyPair::from_bytes([1; 32]).public();
            let refused = parts.verify_published(&any, &external);
            assert!(matches!(refused, Err(SealError::Field { .. })), "{name}");
        } else {
            assert_eq!(verdict(key), Ok(()), "{name}");
            let mut other = parts.clone();
            other.payload[0] ^= 1;
            let key = PublicKey(unhex(key).try_into().unwrap());
            assert_eq!(
                other.verify_published(&key, &external),
                Err(SealError::Signature)
            );
            assert_eq!(
                parts.verify_published(&key, b"x"),
                Err(SealError::Signature)
            );
        }
        // None of them is of the strict profile.
        assert!(cose::open(&bytes).is_err(), "{name}");
    }
}

const PAY: Context = Context {
    protocol: "exchequer/test",
    version: 1,
    object: "pay",
};

#[check]
fn a_signature_fits_its_key_its_context_and_its_payload_only() {
    let key = KeyPair::from_bytes([7; 32]);
    let bytes = cose::sign(&key, PAY, b"twelve").unwrap();
    assert_eq!(bytes.len(), 1 + 1 + 4 + 1 + 7 + 66);
    let parts = cose::open(&bytes).unwrap();
    assert_eq!(cose::verify(&parts, &key.public(), PAY), Ok(()));
    for other in [
        Context {
            protocol: "exchequer/other",
            ..PAY
        },
        Context { version: 2, ..PAY },
        Context {
            object: "load",
            ..PAY
        },
    ] {
        let refused = cose::verify(&parts, &key.public(), other);
        assert_eq!(refused, Err(SealError::Signature), "{other:?}");
    }
    let stranger = KeyPair::from_bytes([8; 32]).public();
    assert_eq!(
        cose::verify(&parts, &stranger, PAY),
        Err(SealError::Signature)
    );
    // Every byte counts, whichever way it is changed.
    for at in 0..bytes.len() {
        for bit in [0x01, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= bit;
            let verdict =
                cose::open(&changed).and_then(|parts| cose::verify(&parts, &key.public(), PAY));
            assert!(verdict.is_err(), "byte {at} with {bit:02x}");
        }
        assert!(cose::open(&bytes[..at]).is_err());
    }
    assert!(cose::open(&[bytes.clone(), vec![0]].concat()).is_err());
}

#[check]
fn the_strict_profile_has_one_form() {
    let key = KeyPair::from_bytes([7; 32]);
    let good = cose::open(&cose::sign(&key, PAY, b"twelve").unwrap()).unwrap();
    let refused = |parts: Sign1, field| {
        let bytes = parts.encode().unwrap();
        assert_eq!(cose::open(&bytes), Err(SealError::Field { field }));
    };
    let deprecated = vec![0xa1, 0x01, 0x27];
    refused(
        Sign1 {
            protected: deprecated,
            ..good.clone()
        },
        "protected header",
    );
    refused(
        Sign1 {
            protected: Vec::new(),
            ..good.clone()
        },
        "protected header",
    );
    let kid = vec![(Value::Unsigned(4), Value::Bytes(vec![1]))];
    refused(
        Sign1 {
            unprotected: kid,
            ..good.clone()
        },
        "unprotected header",
    );
    refused(
        Sign1 {
            signature: vec![0; 63],
            ..good.clone()
        },
        "signature",
    );
    let untagged = |value: &Value| cose::open(&cbor::encode(value).unwrap());
    let field = |field| Err(SealError::Field { field });
    assert_eq!(untagged(&Value::Array(Vec::new())), field("tag"));
    assert_eq!(
        untagged(&Value::Tag(18, Box::new(Value::Null))),
        field("shape")
    );
    let three = Value::Array(vec![Value::Null, Value::Null, Value::Null]);
    assert_eq!(untagged(&Value::Tag(18, Box::new(three))), field("shape"));
    // A critical header that nobody here understands is not passed over.
    let critical = cbor::encode(&Value::Map(vec![
        (Value::Unsigned(1), Value::from(-19)),
        (Value::Unsigned(2), Value::Array(vec![Value::Unsigned(99)])),
    ]));
    let parts = Sign1 {
        protected: critical.unwrap(),
        ..good
    };
    let refused = parts.verify_published(&key.public(), b"");
    assert_eq!(refused.map(|()| parts), field("critical header"));
}

// Base45

#[check]
fn the_vectors_of_rfc_9285_are_written_and_read() {
    for [text, bytes] in rows::<2>(include_str!("vectors/rfc9285.txt")) {
        let bytes = unhex(bytes);
        assert_eq!(base45::encode(&bytes), text);
        assert_eq!(base45::decode(text), Ok(bytes));
    }
}

#[check]
fn base45_refuses_what_has_no_bytes() {
    for (text, error) in [
        ("GGW", Base45Error::Overflow { at: 0 }),
        ("BB8:::", Base45Error::Overflow { at: 3 }),
        ("::", Base45Error::Overflow { at: 0 }),
        ("V5", Base45Error::Overflow { at: 0 }),
        ("B", Base45Error::Length),
        ("BB8Z", Base45Error::Length),
        ("BB8a", Base45Error::Character { at: 3 }),
        ("bB8", Base45Error::Character { at: 0 }),
        ("B,8", Base45Error::Character { at: 1 }),
        ("BB8Bé", Base45Error::Character { at: 5 }),
    ] {
        assert_eq!(base45::decode(text), Err(error), "{text}");
    }
    assert_eq!(base45::decode("FGW"), Ok(vec![0xff, 0xff]));
    for byte in 0..=255_u8 {
        assert_eq!(base45::decode(&base45::encode(&[byte])), Ok(vec![byte]));
    }
}

// Sequences of codes

fn long(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 7 % 251) as u8).collect()
}

#[check]
fn what_fits_one_code_is_one_code_and_more_is_a_sequence() {
    for length in [1, 2, 378, 379, 380, 381, 760, 1_000, 10_000] {
        let bytes = long(length);
        let codes = parts::split(&bytes, parts::READABLE).unwrap();
        assert!(
            codes.iter().all(|code| code.len() <= parts::READABLE),
            "{length}"
        );
        assert_eq!(codes.len() == 1, length <= 380, "{length}: {}", codes.len());
        let mut collector = Collector::new();
        for code in codes.iter().rev() {
            assert_eq!(collector.finish(), None);
            collector.add(code).unwrap();
        }
        assert_eq!(collector.finish(), Some(Ok(bytes)));
        assert!(collector.missing().is_empty());
    }
    assert_eq!(parts::split(&[], 600), Err(PartsError::Empty));
    assert_eq!(parts::split(&long(10), 20), Err(PartsError::TooLong));
    assert_eq!(
        parts::split(&long(64 * 380 + 1), 600),
        Err(PartsError::TooLong)
    );
}

#[check]
fn parts_come_in_any_order_and_twice_and_mixed_sets_are_refused() {
    let codes = parts::split(&long(1_000), 600).unwrap();
    let others = parts::split(&long(1_001), 600).unwrap();
    assert_eq!(codes.len(), 3);
    let mut collector = Collector::new();
    assert_eq!(collector.progress(), None);
    assert_eq!(collector.add(&codes[2]), Ok(Progress { seen: 1, of: 3 }));
    assert_eq!(collector.add(&codes[2]), Ok(Progress { seen: 1, of: 3 }));
    let before = collector.clone();
    assert_eq!(collector.add(&others[0]), Err(PartsError::OtherSet));
    assert_eq!(
        collector.add("HTTPS://EXAMPLE.COM"),
        Err(PartsError::Foreign)
    );
    assert_eq!(collector, before);
    assert_eq!(collector.missing(), [0, 1]);
    assert_eq!(collector.add(&codes[0]), Ok(Progress { seen: 2, of: 3 }));
    assert_eq!(collector.add(&codes[1]), Ok(Progress { seen: 3, of: 3 }));
    assert_eq!(collector.finish(), Some(Ok(long(1_000))));
}

#[check]
fn a_part_that_contradicts_or_has_another_form_is_refused() {
    let code = |set: u8, number: u64, count: u64, part: &[u8]| {
        let value = Value::Array(vec![
            Value::Bytes(vec![set; 8]),
            Value::Unsigned(number),
            Value::Unsigned(count),
            Value::Bytes(part.to_vec()),
        ]);
        parts::PREFIX.to_owned() + &base45::encode(&cbor::encode(&value).unwrap())
    };
    let mut collector = Collector::new();
    for wrong in [
        code(1, 2, 2, b"a"),
        code(1, 0, 65, b"a"),
        code(1, 0, 1, b""),
    ] {
        assert_eq!(collector.add(&wrong), Err(PartsError::Shape));
    }
    collector.add(&code(1, 0, 3, b"ab")).unwrap();
    for wrong in [
        code(1, 0, 3, b"ax"),
        code(1, 1, 3, b"a"),
        code(1, 2, 3, b"abc"),
    ] {
        assert_eq!(collector.add(&wrong), Err(PartsError::Contradiction));
    }
    collector.add(&code(1, 2, 3, b"a")).unwrap();
    assert_eq!(
        collector.add(&code(1, 1, 3, b"abc")),
        Err(PartsError::Contradiction)
    );
    collector.add(&code(1, 1, 3, b"ab")).unwrap();
    assert_eq!(collector.finish(), Some(Err(PartsError::Digest)));
    let mut collector = Collector::new();
    assert_eq!(collector.add(&"X".repeat(5_000)), Err(PartsError::Foreign));
    let endless = parts::PREFIX.to_owned() + &"0".repeat(5_000);
    assert_eq!(collector.add(&endless), Err(PartsError::TooLong));
    assert!(matches!(
        collector.add("XQ1:GGW"),
        Err(PartsError::Base45(_))
    ));
    assert!(matches!(collector.add("XQ1:000"), Err(PartsError::Cbor(_))));
    assert_eq!(collector, Collector::new());
}
