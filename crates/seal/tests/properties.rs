//! What must hold for every value, every instruction and any bytes at all.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use seal::cbor::{self, CborError, Value};
use seal::merchant_qr::{
    Account, Additional, Initiation, MAX_BYTES, MerchantQr, MerchantQrError, Pix,
};
use seal::rand_core::Rng;
use seal::{
    Amount, Instruction, KeyPair, MAX_KIND_BYTES, MAX_MEMO_BYTES, PublicKey, SealError, Signature,
    SignedInstruction, stream,
};

// CBOR

/// Values whose maps are sorted and have each key once, as decoding gives them.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<u64>().prop_map(Value::Unsigned),
        (0..30_u64).prop_map(Value::Unsigned),
        any::<u64>().prop_map(Value::Negative),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        any::<String>().prop_map(Value::Text),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
            prop::collection::vec(pair, 0..6).prop_map(|mut pairs| {
                pairs.sort_by_key(|(key, _)| cbor::encode(key).unwrap());
                pairs.dedup_by(|(a, _), (b, _)| a == b);
                Value::Map(pairs)
            }),
            (any::<u64>(), inner).prop_map(|(tag, item)| Value::Tag(tag, Box::new(item))),
        ]
    })
}

/// The same value for another implementation.
fn theirs(value: &Value) -> ciborium::Value {
    use ciborium::Value as V;
    match value {
        Value::Unsigned(n) => V::Integer((*n).into()),
        Value::Negative(n) => V::Integer((-1 - i128::from(*n)).try_into().unwrap()),
        Value::Bytes(bytes) => V::Bytes(bytes.clone()),
        Value::Text(text) => V::Text(text.clone()),
        Value::Array(items) => V::Array(items.iter().map(theirs).collect()),
        Value::Map(pairs) => V::Map(
            pairs
                .iter()
                .map(|(key, item)| (theirs(key), theirs(item)))
                .collect(),
        ),
        Value::Tag(tag, item) => V::Tag(*tag, Box::new(theirs(item))),
        Value::Bool(is) => V::Bool(*is),
        Value::Null => V::Null,
    }
}

proptest! {
    #[test]
    fn a_value_decodes_from_its_encoding(value in any_value()) {
        let bytes = cbor::encode(&value).unwrap();
        prop_assert_eq!(cbor::decode(&bytes), Ok(value));
    }

    #[test]
    fn another_implementation_writes_the_same_bytes_and_reads_the_same_value(value in any_value()) {
        let bytes = cbor::encode(&value).unwrap();
        let mut their_bytes = Vec::new();
        ciborium::into_writer(&theirs(&value), &mut their_bytes).unwrap();
        prop_assert_eq!(hex(&bytes), hex(&their_bytes));
        let read: ciborium::Value = ciborium::from_reader(bytes.as_slice()).unwrap();
        prop_assert_eq!(read, theirs(&value));
    }

    #[test]
    fn what_is_decoded_from_any_bytes_encodes_to_them(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..64),
            // Heads that go deep and claim much.
            prop::collection::vec(prop::sample::select(&[
                0x00, 0x18, 0x1b, 0x20, 0x41, 0x58, 0x5b, 0x61, 0x81, 0x82, 0x98, 0x9b, 0xa1, 0xa2,
                0xb8, 0xbb, 0xc1, 0xd8, 0xf4, 0xf6, 0xff_u8,
            ][..]), 0..64),
        ],
    ) {
        if let Ok(value) = cbor::decode(&bytes) {
            prop_assert_eq!(cbor::encode(&value), Ok(bytes));
        }
    }

    #[test]
    fn a_prefix_of_an_encoding_is_no_encoding(value in any_value(), cut in any::<prop::sample::Index>()) {
        let bytes = cbor::encode(&value).unwrap();
        let kept = cut.index(bytes.len());
        let refused = cbor::decode(&bytes[..kept]);
        prop_assert!(matches!(refused, Err(CborError::Truncated { .. })), "{refused:?}");
    }

    #[test]
    fn pairs_shuffled_encode_the_same(value in any_value(), by in any::<prop::sample::Index>()) {
        if let Value::Map(mut pairs) = value.clone() && !pairs.is_empty() {
            let middle = by.index(pairs.len());
            pairs.rotate_left(middle);
            prop_assert_eq!(cbor::encode(&Value::Map(pairs)), cbor::encode(&value));
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

// Signatures

proptest! {
    #[test]
    fn a_message_verifies_with_its_key_and_no_other(
        secret: [u8; 32],
        other: [u8; 32],
        message in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        prop_assume!(secret != other);
        let pair = KeyPair::from_bytes(secret);
        let signature = pair.sign(&message);
        prop_assert_eq!(pair.public().verify(&message, &signature), Ok(()));
        prop_assert_eq!(pair.sign(&message), signature);
        let refused = KeyPair::from_bytes(other).public().verify(&message, &signature);
        prop_assert_eq!(refused, Err(SealError::Signature));
    }

    #[test]
    fn random_keys_and_signatures_are_refused(key: [u8; 32], r: [u8; 32], s: [u8; 32]) {
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&r);
        signature[32..].copy_from_slice(&s);
        prop_assert!(PublicKey(key).verify(b"message", &Signature(signature)).is_err());
    }

    #[test]
    fn streams_differ_wherever_their_names_do(
        a in (any::<u64>(), "[ab]{0,3}", "[ab]{0,3}"),
        b in (any::<u64>(), "[ab]{0,3}", "[ab]{0,3}"),
        same_seed: bool,
    ) {
        let b = (if same_seed { a.0 } else { b.0 }, b.1, b.2);
        let draw = |(seed, domain, party): &(u64, String, String)| {
            let mut stream = stream(*seed, domain, party);
            [stream.next_u64(), stream.next_u64()]
        };
        prop_assert_eq!(a == b, draw(&a) == draw(&b));
        let public = |(seed, domain, party): &(u64, String, String)| {
            KeyPair::derive(*seed, domain, party).public()
        };
        prop_assert_eq!(a == b, public(&a) == public(&b));
    }
}

// Instructions

fn any_instruction() -> impl Strategy<Value = Instruction> {
    let amount = (1..=i64::MAX, "[A-Z]{3}").prop_map(|(minor, currency)| Amount {
        minor,
        currency: currency.as_bytes().try_into().unwrap(),
    });
    (
        (any::<[u8; 16]>(), "[a-z][a-z0-9.-]{0,31}", any::<u32>()),
        (
            any::<Option<u32>>(),
            prop::option::of(amount),
            any::<i64>(),
            any::<u64>(),
        ),
        prop::option::of("\\PC{0,100}"),
    )
        .prop_map(
            |((run, kind, wallet), (target, amount, time_ms, sequence), memo)| Instruction {
                run,
                kind,
                wallet,
                target,
                amount,
                time_ms,
                sequence,
                memo,
            },
        )
}

fn alice() -> KeyPair {
    KeyPair::derive(7, "wallet", "Alice")
}

/// Whether these bytes are an instruction that the key's holder signed.
fn accepted(bytes: &[u8], key: &PublicKey) -> bool {
    SignedInstruction::decode(bytes).is_ok_and(|signed| signed.verify(key).is_ok())
}

#[test]
fn no_single_bit_of_a_signed_instruction_can_be_turned() {
    let instruction = Instruction {
        run: [7; 16],
        kind: "pay".to_owned(),
        wallet: 1,
        target: Some(2),
        amount: Some(Amount {
            minor: 1_250,
            currency: *b"CNY",
        }),
        time_ms: 1_762_131_960_000,
        sequence: 3,
        memo: Some("lunch".to_owned()),
    };
    let mut bytes = instruction.sign(&alice()).unwrap().encode().unwrap();
    assert!(accepted(&bytes, &alice().public()));
    for bit in 0..bytes.len() * 8 {
        let turn = 1 << (bit % 8);
        bytes[bit / 8] ^= turn;
        assert!(!accepted(&bytes, &alice().public()), "bit {bit}");
        bytes[bit / 8] ^= turn;
    }
}

#[test]
fn a_field_just_over_its_limit_is_refused_both_ways() {
    let good = Instruction {
        run: [0; 16],
        kind: "k".repeat(MAX_KIND_BYTES),
        wallet: 0,
        target: None,
        amount: Some(Amount {
            minor: 1,
            currency: *b"AAA",
        }),
        time_ms: 0,
        sequence: 0,
        memo: Some("m".repeat(MAX_MEMO_BYTES)),
    };
    let bytes = good.encode().unwrap();
    assert_eq!(Instruction::decode(&bytes), Ok(good.clone()));
    let with_kind = |kind: &str| Instruction {
        kind: kind.to_owned(),
        ..good.clone()
    };
    let with_amount = |minor, currency: &[u8; 3]| Instruction {
        amount: Some(Amount {
            minor,
            currency: *currency,
        }),
        ..good.clone()
    };
    for (field, bad) in [
        ("kind", with_kind("")),
        ("kind", with_kind(&"k".repeat(MAX_KIND_BYTES + 1))),
        ("kind", with_kind("Pay")),
        ("kind", with_kind("pay now")),
        ("kind", with_kind("付")),
        ("amount", with_amount(0, b"AAA")),
        ("amount", with_amount(-1, b"AAA")),
        ("amount", with_amount(1, b"aaa")),
        ("amount", with_amount(1, b"A1A")),
        ("amount", with_amount(1, &[0xff; 3])),
        (
            "memo",
            Instruction {
                memo: Some("m".repeat(MAX_MEMO_BYTES + 1)),
                ..good.clone()
            },
        ),
    ] {
        assert_eq!(bad.encode(), Err(SealError::Field { field }), "{bad:?}");
        assert_eq!(bad.sign(&alice()), Err(SealError::Field { field }));
    }

    // The same from the outside: one field of a good encoding replaced.
    let Ok(Value::Array(fields)) = cbor::decode(&bytes) else {
        panic!("not an array")
    };
    let text = Value::text;
    let amount = |minor, currency| Value::Array(vec![minor, currency]);
    for (index, bad, field) in [
        (0, text("exchequer/pay/2"), "tag"),
        (0, Value::Bytes(b"exchequer/pay/1".to_vec()), "tag"),
        (1, Value::Bytes(vec![0; 15]), "run"),
        (1, text("0123456789abcdef"), "run"),
        (2, text("Pay"), "kind"),
        (2, Value::Null, "kind"),
        (3, Value::Unsigned(1 << 32), "wallet"),
        (3, Value::from(-1), "wallet"),
        (3, Value::Null, "wallet"),
        (4, Value::Unsigned(1 << 32), "target"),
        (4, text("Bob"), "target"),
        (5, amount(Value::from(0), text("CNY")), "amount"),
        (5, amount(Value::from(1), text("cny")), "amount"),
        (5, amount(Value::from(1), text("CNYY")), "amount"),
        (5, amount(Value::Unsigned(1 << 63), text("CNY")), "amount"),
        (5, amount(text("1"), text("CNY")), "amount"),
        (
            5,
            amount(Value::from(1), Value::Bytes(b"CNY".to_vec())),
            "amount",
        ),
        (5, Value::Array(vec![Value::from(1)]), "amount"),
        (5, Value::Unsigned(1), "amount"),
        (6, Value::Unsigned(1 << 63), "time"),
        (6, Value::Null, "time"),
        (7, Value::from(-1), "sequence"),
        (8, text(&"m".repeat(MAX_MEMO_BYTES + 1)), "memo"),
        (8, Value::Bool(false), "memo"),
    ] {
        let mut fields = fields.clone();
        fields[index] = bad;
        let bytes = cbor::encode(&Value::Array(fields)).unwrap();
        assert_eq!(
            Instruction::decode(&bytes),
            Err(SealError::Field { field }),
            "{index}"
        );
    }
    for shape in [
        Value::Array(fields[..8].to_vec()),
        Value::Array([&fields[..], &[Value::Null]].concat()),
        Value::Array(vec![]),
        Value::Null,
        Value::Map(vec![]),
    ] {
        let bytes = cbor::encode(&shape).unwrap();
        assert_eq!(
            Instruction::decode(&bytes),
            Err(SealError::Field { field: "shape" })
        );
    }
}

#[test]
fn a_signed_instruction_of_another_shape_is_refused() {
    let bytes = |value: &[u8]| Value::Bytes(value.to_vec());
    let shape = SealError::Field { field: "shape" };
    for (parts, error) in [
        (vec![], shape),
        (vec![bytes(b"")], shape),
        (vec![bytes(b""), Value::Null], shape),
        (vec![Value::text(""), bytes(&[0; 64])], shape),
        (vec![bytes(b""), bytes(&[0; 64]), Value::Null], shape),
        (
            vec![bytes(b""), bytes(&[0; 63])],
            SealError::Field { field: "signature" },
        ),
        (
            vec![bytes(b""), bytes(&[0; 65])],
            SealError::Field { field: "signature" },
        ),
        (
            vec![bytes(b""), bytes(&[0; 64])],
            SealError::Cbor(CborError::Truncated { at: 0 }),
        ),
    ] {
        let bytes = cbor::encode(&Value::Array(parts)).unwrap();
        assert_eq!(SignedInstruction::decode(&bytes), Err(error));
    }
}

proptest! {
    #[test]
    fn an_instruction_decodes_from_its_encoding(instruction in any_instruction()) {
        let bytes = instruction.encode().unwrap();
        prop_assert_eq!(Instruction::decode(&bytes), Ok(instruction.clone()));
        let signed = instruction.sign(&alice()).unwrap();
        let bytes = signed.encode().unwrap();
        prop_assert_eq!(SignedInstruction::decode(&bytes), Ok(signed));
        prop_assert!(accepted(&bytes, &alice().public()));
    }

    #[test]
    fn any_bit_turned_in_a_signed_instruction_is_noticed(
        instruction in any_instruction(),
        at in any::<prop::sample::Index>(),
        bit in 0..8_u8,
    ) {
        let mut bytes = instruction.sign(&alice()).unwrap().encode().unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        prop_assert!(!accepted(&bytes, &alice().public()));
    }

    #[test]
    fn a_signature_fits_no_other_instruction_and_no_other_key(
        signed in any_instruction(),
        other in any_instruction(),
    ) {
        prop_assume!(signed != other);
        let mut signed = signed.sign(&alice()).unwrap();
        let bob = KeyPair::derive(7, "wallet", "Bob").public();
        prop_assert_eq!(signed.verify(&bob), Err(SealError::Signature));
        signed.instruction = other;
        prop_assert_eq!(signed.verify(&alice().public()), Err(SealError::Signature));
    }

    #[test]
    fn no_bytes_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        instruction in any_instruction(),
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        for result in [Instruction::decode(&bytes).map(|_| ()), SignedInstruction::decode(&bytes).map(|_| ())] {
            prop_assert!(result.is_err());
        }
        // Good bytes with a few replaced: what still decodes is what those bytes say.
        let mut bytes = instruction.encode().unwrap();
        for (place, byte) in places {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(decoded) = Instruction::decode(&bytes) {
            prop_assert_eq!(decoded.encode(), Ok(bytes));
        }
    }
}

// Merchants' codes

fn any_fields(ids: std::ops::RangeInclusive<u8>) -> impl Strategy<Value = BTreeMap<u8, String>> {
    prop::collection::btree_map(ids, "[a-zA-Z0-9 京é*.]{1,9}", 0..3)
}

fn any_account() -> impl Strategy<Value = (u8, Account)> {
    let template = (26..=51_u8, "[a-z.]{1,32}", any_fields(1..=99))
        .prop_map(|(id, gui, fields)| (id, Account::Template { gui, fields }));
    let plain = (2..=25_u8, "[0-9]{1,20}").prop_map(|(id, text)| (id, Account::Plain(text)));
    prop_oneof![template, plain]
}

fn any_additional() -> impl Strategy<Value = Additional> {
    let text = || prop::option::of("[a-zA-Z0-9*]{1,9}");
    (
        text(),
        text(),
        text(),
        prop::option::of("[AME]{1,3}"),
        any_fields(10..=99),
    )
        .prop_filter_map(
            "says nothing",
            |(bill, reference, purpose, request, others)| {
                let additional = Additional {
                    bill,
                    reference,
                    purpose,
                    request,
                    others,
                    ..Additional::default()
                };
                (additional != Additional::default()).then_some(additional)
            },
        )
}

fn any_code() -> impl Strategy<Value = MerchantQr> {
    let initiation = prop::option::of(prop_oneof![
        Just(Initiation::Static),
        Just(Initiation::Dynamic)
    ]);
    let place = (
        "[A-Z]{2}",
        "[a-zA-Z 京é]{1,25}",
        "[a-zA-Z 京é]{1,15}",
        prop::option::of("[0-9-]{1,10}"),
    );
    (
        initiation,
        prop::collection::vec(any_account(), 1..3),
        (
            "[0-9]{4}",
            "[0-9]{3}",
            prop::option::of("[1-9][0-9]{0,8}(\\.[0-9]{1,3})?"),
        ),
        place,
        prop::option::of(any_additional()),
        any_fields(64..=99),
    )
        .prop_map(
            |(initiation, accounts, (category, currency, amount), place, additional, others)| {
                let (country, name, city, postal) = place;
                MerchantQr {
                    initiation,
                    accounts: accounts.into_iter().collect(),
                    category,
                    currency,
                    amount,
                    country,
                    name,
                    city,
                    postal,
                    additional,
                    others,
                }
            },
        )
}

proptest! {
    #[test]
    fn a_code_decodes_from_its_text(code in any_code()) {
        match code.encode() {
            Ok(text) => prop_assert_eq!(MerchantQr::decode(&text), Ok(code)),
            Err(MerchantQrError::TooLong { bytes }) => prop_assert!(bytes > MAX_BYTES),
            Err(error) => prop_assert!(false, "{error}"),
        }
    }

    #[test]
    fn no_text_is_too_strange_for_a_code(text in prop_oneof![
        any::<String>(),
        "000201([0-9]{2}0[1-9][a-zA-Z0-9京]{0,9}){0,9}6304[0-9A-F]{4}",
    ]) {
        if let Ok(code) = MerchantQr::decode(&text) {
            prop_assert_eq!(MerchantQr::decode(&code.encode().unwrap()), Ok(code.clone()));
            let _ = Pix::of(&code);
        }
    }

    #[test]
    fn what_is_cut_off_a_code_is_missed(code in any_code(), cut in any::<prop::sample::Index>()) {
        if let Ok(text) = code.encode() {
            let kept = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            prop_assert!(MerchantQr::decode(&text[..*cut.get(&kept)]).is_err());
        }
    }
}
