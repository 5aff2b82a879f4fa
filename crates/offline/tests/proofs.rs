//! Forged, malleated, low-order and non-canonical points and scalars, in every proof: refused.
#![allow(clippy::unwrap_used, clippy::inconsistent_digit_grouping)]

#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test as check;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as check;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT as G;
use curve25519_dalek::scalar::Scalar;
use offline::blind::{
    CANDIDATES, PAIRS, Withdrawal, answer, candidates, check_revealed, check_show, reveal,
    reveal_owner, unblind,
};
use offline::mint::{Secret, check, check_with_secret, sign};
use offline::object::{MintSignature, Proof, Show};
use offline::{Checked, Code};

/// The group's order, little-endian: as a scalar it is zero written otherwise.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// Bytes that are no acceptable scalar: zero, the order, and what is above it.
fn bad_scalars(good: [u8; 32]) -> Vec<[u8; 32]> {
    // The same scalar plus the order: equal in the group, and not its one encoding.
    let mut carry = 0;
    let above = std::array::from_fn(|at| {
        let sum = u16::from(good[at]) + u16::from(ORDER[at]) + carry;
        carry = sum >> 8;
        sum as u8
    });
    vec![[0; 32], ORDER, [0xff; 32], above]
}

/// Bytes that are no acceptable point: the identity, field elements not below the prime, negative
/// ones, points of the curve that are none of the group's, and points of small order of the curve
/// that Ristretto is built on.
fn bad_points(good: [u8; 32]) -> Vec<[u8; 32]> {
    let mut one = [0; 32];
    one[0] = 1;
    let mut minus_one = [0xff; 32];
    (minus_one[0], minus_one[31]) = (0xec, 0x7f);
    let mut prime = [0xff; 32];
    (prime[0], prime[31]) = (0xed, 0x7f);
    let mut sign = good;
    sign[31] |= 0x80;
    let edwards = curve25519_dalek::constants::EIGHT_TORSION;
    let mut all: Vec<_> = edwards
        .iter()
        .map(|point| point.compress().to_bytes())
        .collect();
    all.extend([[0; 32], one, minus_one, prime, sign, [0xff; 32]]);
    // The basepoint as Ed25519 writes it.
    all.push(curve25519_dalek::constants::ED25519_BASEPOINT_COMPRESSED.to_bytes());
    all.retain(|bytes| *bytes != good);
    all
}

fn refused(result: Checked) {
    assert_eq!(result.unwrap_err().code, Code::Proof);
}

fn scalar(n: u64) -> Scalar {
    Scalar::from(n) * Scalar::from(0x1234_5678_9abc_def1_u64).invert()
}

// The mint

fn proof() -> (Scalar, [u8; 32], Proof) {
    let secret_key = scalar(77);
    let key = (G * secret_key).compress().to_bytes();
    let secret = Secret {
        epoch: 3,
        amount: 400,
        nonce: [7; 32],
        lock: None,
    };
    let signature = sign(&secret_key, &secret.blinded()).unwrap();
    let proof = secret.finish(&key, &signature).unwrap();
    (secret_key, key, proof)
}

#[check]
fn a_proof_of_the_mint_holds_and_each_of_its_parts_counts() {
    let (secret_key, key, proof) = proof();
    assert_eq!(check(&proof, &key), Ok(()));
    assert_eq!(check_with_secret(&proof, &secret_key), Ok(()));
    let other = (G * scalar(78)).compress().to_bytes();
    refused(check(&proof, &other));
    refused(check_with_secret(&proof, &scalar(78)));
    refused(check(
        &Proof {
            nonce: [8; 32],
            ..proof.clone()
        },
        &key,
    ));
    let lock = Some(seal::PublicKey([1; 32]));
    refused(check(
        &Proof {
            lock,
            ..proof.clone()
        },
        &key,
    ));
    for good in [proof.e, proof.s, proof.r] {
        for bad in bad_scalars(good) {
            let swap = |bytes: [u8; 32]| if bytes == good { bad } else { bytes };
            let (e, s, r) = (swap(proof.e), swap(proof.s), swap(proof.r));
            refused(check(
                &Proof {
                    e,
                    s,
                    r,
                    ..proof.clone()
                },
                &key,
            ));
        }
    }
    for c in bad_points(proof.c) {
        refused(check(&Proof { c, ..proof.clone() }, &key));
    }
    for bad in bad_points(key) {
        refused(check(&proof, &bad));
    }
    // Malleated: twice the signature, and the proof's challenge negated.
    let point = curve25519_dalek::ristretto::CompressedRistretto(proof.c)
        .decompress()
        .unwrap();
    let c = (point + point).compress().to_bytes();
    refused(check(&Proof { c, ..proof.clone() }, &key));
    let e = (Scalar::ZERO - Scalar::from_bytes_mod_order(proof.e)).to_bytes();
    refused(check(&Proof { e, ..proof }, &key));
}

#[check]
fn a_mint_signs_points_only_and_a_holder_takes_true_signatures_only() {
    let (secret_key, key, _) = proof();
    let secret = Secret {
        epoch: 3,
        amount: 400,
        nonce: [9; 32],
        lock: None,
    };
    let blinded = secret.blinded();
    for bad in bad_points(blinded) {
        assert_eq!(sign(&secret_key, &bad).unwrap_err().code, Code::Proof);
    }
    let good = sign(&secret_key, &blinded).unwrap();
    assert_eq!(sign(&secret_key, &blinded), Ok(good.clone()));
    for c in bad_points(good.c) {
        let bad = MintSignature { c, ..good.clone() };
        assert_eq!(secret.finish(&key, &bad).unwrap_err().code, Code::Proof);
    }
    // Signed with another key than the one that is published for the value.
    let false_key = sign(&scalar(5), &blinded).unwrap();
    assert_eq!(
        secret.finish(&key, &false_key).unwrap_err().code,
        Code::Proof
    );
    // The signature without its proof.
    let bare = MintSignature {
        e: [0; 32],
        s: [0; 32],
        ..good
    };
    assert_eq!(secret.finish(&key, &bare).unwrap_err().code, Code::Proof);
}

// Blind coins

struct Coins {
    key: [u8; 32],
    secret: Scalar,
    k: Scalar,
    opened: [u8; 32],
}

impl Coins {
    fn new() -> Self {
        let (secret, k) = (scalar(41), scalar(43));
        Self {
            key: (G * secret).compress().to_bytes(),
            opened: (G * k).compress().to_bytes(),
            secret,
            k,
        }
    }

    fn what(&self, owner: u64) -> Withdrawal<'_> {
        Withdrawal {
            epoch: 2,
            amount: 800,
            owner,
            key: &self.key,
            opened: &self.opened,
        }
    }

    fn coin(&self, owner: u64) -> offline::blind::BlindCoin {
        let sent = candidates(&[3; 32], &self.what(owner)).unwrap();
        let answer = answer(&self.k, &self.secret, &sent[5]).unwrap();
        unblind(&[3; 32], 5, &answer, &self.what(owner)).unwrap()
    }
}

#[check]
fn a_blind_coin_is_shown_and_two_shows_name_its_owner() {
    let mint = Coins::new();
    let coin = mint.coin(4711);
    let (one, two) = (coin.show(&[1; 32]), coin.show(&[2; 32]));
    let first = check_show(&one, &mint.key, &[1; 32]).unwrap();
    let second = check_show(&two, &mint.key, &[2; 32]).unwrap();
    assert_eq!(first.coin, second.coin);
    assert_eq!(reveal_owner(&first, &second), Some(4711));
    assert_eq!(reveal_owner(&first, &first), None);
    // One show opens one side of each pair, and none of them is the owner.
    assert!(first.sides.iter().all(|(_, value)| *value != 4711));
    // A show fits its request only.
    refused(check_show(&one, &mint.key, &[2; 32]).map(drop));
}

#[check]
fn every_part_of_a_show_counts() {
    let mint = Coins::new();
    let show = mint.coin(4711).show(&[1; 32]);
    let verdict = |show: &Show| check_show(show, &mint.key, &[1; 32]).map(drop);
    assert_eq!(verdict(&show), Ok(()));
    for r in bad_points(show.r) {
        refused(verdict(&Show { r, ..show.clone() }));
    }
    for s in bad_scalars(show.s) {
        refused(verdict(&Show { s, ..show.clone() }));
    }
    for bad in bad_points(mint.key) {
        refused(check_show(&show, &bad, &[1; 32]).map(drop));
    }
    refused(verdict(&Show {
        epoch: 3,
        ..show.clone()
    }));
    refused(verdict(&Show {
        amount: 1_600,
        ..show.clone()
    }));
    for at in 0..PAIRS {
        for byte in [0, 8, 24, 55] {
            let mut changed = show.clone();
            changed.sides[at][byte] ^= 1;
            refused(verdict(&changed));
        }
    }
    let mut fewer = show.clone();
    fewer.sides.pop();
    refused(verdict(&fewer));
    // Malleated: the signature's mirror image.
    let s = (Scalar::ZERO - Scalar::from_bytes_mod_order(show.s)).to_bytes();
    refused(verdict(&Show { s, ..show }));
}

#[check]
fn a_withdrawer_who_hides_another_name_is_found_in_all_candidates_but_one() {
    let mint = Coins::new();
    let mut sent = candidates(&[3; 32], &mint.what(4711)).unwrap();
    assert_eq!(sent.len(), CANDIDATES);
    for keep in 0..CANDIDATES {
        let seeds = reveal(&[3; 32], keep);
        assert_eq!(
            check_revealed(&sent, keep, &seeds, &mint.what(4711)),
            Ok(())
        );
        let refusal = check_revealed(&sent, keep, &seeds, &mint.what(815)).unwrap_err();
        assert_eq!(refusal.code, Code::Candidates);
    }
    // One false candidate stays hidden only where it is the one that is kept.
    sent[9] = candidates(&[3; 32], &mint.what(815)).unwrap()[9];
    for keep in 0..CANDIDATES {
        let seeds = reveal(&[3; 32], keep);
        let verdict = check_revealed(&sent, keep, &seeds, &mint.what(4711));
        assert_eq!(verdict.is_ok(), keep == 9, "{keep}");
    }
    let seeds = reveal(&[3; 32], 0);
    for (sent, keep, seeds) in [
        (&sent[1..], 0, &seeds[..]),
        (&sent[..], CANDIDATES, &seeds[..]),
        (&sent[..], 0, &seeds[1..]),
    ] {
        let refusal = check_revealed(sent, keep, seeds, &mint.what(4711)).unwrap_err();
        assert_eq!(refusal.code, Code::Candidates);
    }
}

#[check]
fn a_false_answer_makes_no_coin_and_a_false_question_gets_none() {
    let mint = Coins::new();
    let what = mint.what(4711);
    let sent = candidates(&[3; 32], &what).unwrap();
    let good = answer(&mint.k, &mint.secret, &sent[5]).unwrap();
    for bad in bad_scalars(good) {
        assert_eq!(
            unblind(&[3; 32], 5, &bad, &what).unwrap_err().code,
            Code::Proof
        );
        assert_eq!(
            answer(&mint.k, &mint.secret, &bad).unwrap_err().code,
            Code::Proof
        );
    }
    let other = answer(&mint.k, &mint.secret, &sent[6]).unwrap();
    assert_eq!(
        unblind(&[3; 32], 5, &other, &what).unwrap_err().code,
        Code::Proof
    );
    for opened in bad_points(mint.opened) {
        let what = Withdrawal {
            opened: &opened,
            ..mint.what(4711)
        };
        assert_eq!(candidates(&[3; 32], &what).unwrap_err().code, Code::Proof);
    }
}
