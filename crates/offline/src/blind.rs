//! Blind coins that reveal who spends them twice (after Chaum, Fiat and Naor, 1988).
//!
//! A coin commits to [`PAIRS`] pairs (aᵢ, aᵢ ⊕ ID), where ID is the withdrawer's serial number. A
//! payee's request opens one side of each pair; two different requests open, for some pair, both
//! sides, and their XOR is the ID. One side alone is random and says nothing.
//!
//! The signature is a blind Schnorr signature over Ristretto. The operator picks k and sends
//! R = kG. The withdrawer makes [`CANDIDATES`] coins, blinds R for each with α and β to
//! R′ = R + αG + βX, and sends c = H(R′, X, coin) + β for each. The operator keeps one closed and
//! has all others opened; if each of them holds the withdrawer's ID, it answers for the closed one
//! s = k + cx, and (R′, s + α) signs a coin it has never seen.
//!
//! ```text
//! none ──open──▶ opened ──candidates──▶ kept ──reveal──▶ signed
//!                  │                      │ a candidate is wrong: the withdrawer is caught
//!                  └──── time is up ──────┴────────────▶ none (k is forgotten)
//! ```
//!
//! **Soundness.** One signature costs one answer only while sessions do not overlap: with about
//! 256 sessions open at the same time under one key, whoever withdraws can solve a linear system
//! and leave with one signature more than was paid for (the ROS attack of Benhamouda and others,
//! 2020). So a key has one open session at a time, and a second is refused until it is over
//! (`session.open`). A withdrawer who hides a false ID in one candidate is caught with a chance
//! of 1 − 1/[`CANDIDATES`], by name. Spending twice stays unnamed with a chance of
//! 2^−[`PAIRS`], when both requests happen to open the same sides.
//! This is a teaching construction; it has no published proof as a whole.

use curve25519_dalek::scalar::Scalar;

use crate::code::{Checked, Code, must};
use crate::group::{base, bytes, bytes_of, point, scalar, scalar_of};
use crate::object::{Hash, Show};
use crate::wire::record;

/// How many pairs a coin commits to.
pub const PAIRS: usize = 16;

/// How many candidates a withdrawer makes for one coin.
pub const CANDIDATES: usize = 32;

record! {
    /// A coin in its owner's purse: all of it follows from the seed.
    BlindCoin {
        /// The epoch of its key.
        epoch: u64,
        /// Its value.
        amount: i64,
        /// Whose it is.
        owner: u64,
        /// What its pairs are made from.
        seed: [u8; 32],
        /// The signature's point.
        r: [u8; 32],
        /// The signature's scalar.
        s: [u8; 32],
    }
}

/// One side of a pair: eight bytes of value, sixteen of blinder.
type Side = [u8; 24];

/// Both sides of each pair of the coin of this seed.
fn pairs(seed: &[u8; 32], owner: u64) -> [[Side; 2]; PAIRS] {
    std::array::from_fn(|at| {
        let part = |what: u8| {
            bytes_of(
                "exchequer offline blind pair v1",
                &[seed, &[at as u8, what]],
            )
        };
        let mask = part(0);
        let blinders = part(1);
        let value: [u8; 8] = std::array::from_fn(|at| mask[at]);
        let hidden = (u64::from_be_bytes(value) ^ owner).to_be_bytes();
        let side = |value: [u8; 8], from: usize| {
            std::array::from_fn(|at| {
                if at < 8 {
                    value[at]
                } else {
                    blinders[from + at - 8]
                }
            })
        };
        [side(value, 0), side(hidden, 16)]
    })
}

fn commit(side: &Side, at: usize, which: usize) -> [u8; 32] {
    bytes_of(
        "exchequer offline blind side v1",
        &[side, &[at as u8, which as u8]],
    )
}

/// The coin's name: what is signed.
fn name(epoch: u64, amount: i64, commitments: &[[[u8; 32]; 2]]) -> Hash {
    let mut parts = vec![epoch.to_be_bytes().to_vec(), amount.to_be_bytes().to_vec()];
    parts.extend(commitments.iter().flatten().map(|it| it.to_vec()));
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    bytes_of("exchequer offline blind coin v1", &parts)
}

fn name_of_seed(epoch: u64, amount: i64, seed: &[u8; 32], owner: u64) -> Hash {
    let commitments: Vec<_> = pairs(seed, owner)
        .iter()
        .enumerate()
        .map(|(at, sides)| [commit(&sides[0], at, 0), commit(&sides[1], at, 1)])
        .collect();
    name(epoch, amount, &commitments)
}

/// The Schnorr challenge.
fn challenge(r: &[u8; 32], key: &[u8; 32], coin: &Hash) -> Scalar {
    scalar_of("exchequer offline blind challenge v1", &[r, key, coin])
}

/// Which sides a request opens of the coin with this signature's point.
fn sides(request: &Hash, r: &[u8; 32]) -> [usize; PAIRS] {
    let bits = bytes_of("exchequer offline blind sides v1", &[request, r]);
    std::array::from_fn(|at| usize::from(bits[at / 8] >> (at % 8) & 1))
}

/// The seed of a candidate.
#[must_use]
pub fn candidate_seed(master: &[u8; 32], at: usize) -> [u8; 32] {
    bytes_of(
        "exchequer offline blind candidate v1",
        &[master, &(at as u64).to_be_bytes()],
    )
}

/// A candidate blinded: what it shows the operator, and what its owner keeps.
struct Blinded {
    /// c, as sent.
    sent: Scalar,
    /// α.
    alpha: Scalar,
    /// R′.
    r: [u8; 32],
}

fn blind(seed: &[u8; 32], what: &Withdrawal<'_>) -> Checked<Blinded> {
    let alpha = scalar_of("exchequer offline blind alpha v1", &[seed]);
    let beta = scalar_of("exchequer offline blind beta v1", &[seed]);
    let r = bytes(&(point(what.opened)? + base(&alpha) + point(what.key)? * beta));
    let coin = name_of_seed(what.epoch, what.amount, seed, what.owner);
    let sent = challenge(&r, what.key, &coin) + beta;
    Ok(Blinded { sent, alpha, r })
}

/// What both sides know of a withdrawal.
#[derive(Clone, Copy, Debug)]
pub struct Withdrawal<'a> {
    /// The epoch of the key.
    pub epoch: u64,
    /// The coin's value.
    pub amount: i64,
    /// Whose coin it becomes.
    pub owner: u64,
    /// The key of this value.
    pub key: &'a [u8; 32],
    /// R, as the operator sent it.
    pub opened: &'a [u8; 32],
}

/// The withdrawer's candidates, as sent.
pub fn candidates(master: &[u8; 32], what: &Withdrawal<'_>) -> Checked<Vec<[u8; 32]>> {
    (0..CANDIDATES)
        .map(|at| Ok(blind(&candidate_seed(master, at), what)?.sent.to_bytes()))
        .collect()
}

/// The seeds of all candidates but the kept one.
#[must_use]
pub fn reveal(master: &[u8; 32], keep: usize) -> Vec<[u8; 32]> {
    let others = (0..CANDIDATES).filter(|at| *at != keep);
    others.map(|at| candidate_seed(master, at)).collect()
}

/// The operator's check of the revealed seeds: every one makes the candidate that was sent.
pub fn check_revealed(
    sent: &[[u8; 32]],
    keep: usize,
    revealed: &[[u8; 32]],
    what: &Withdrawal<'_>,
) -> Checked {
    must(
        sent.len() == CANDIDATES && keep < CANDIDATES,
        Code::Candidates,
    )?;
    must(revealed.len() == CANDIDATES - 1, Code::Candidates)?;
    let others = (0..CANDIDATES).filter(|at| *at != keep);
    for (at, seed) in others.zip(revealed) {
        let honest = blind(seed, what)?.sent.to_bytes() == sent[at];
        must(honest, Code::Candidates)?;
    }
    Ok(())
}

/// The operator's answer for the kept candidate. A session is answered once.
pub fn answer(k: &Scalar, secret: &Scalar, sent: &[u8; 32]) -> Checked<[u8; 32]> {
    Ok((k + scalar(sent)? * secret).to_bytes())
}

/// The withdrawer's coin from the answer, if the answer is a signature.
pub fn unblind(
    master: &[u8; 32],
    keep: usize,
    answer: &[u8; 32],
    what: &Withdrawal<'_>,
) -> Checked<BlindCoin> {
    let seed = candidate_seed(master, keep);
    let blinded = blind(&seed, what)?;
    let coin = BlindCoin {
        epoch: what.epoch,
        amount: what.amount,
        owner: what.owner,
        seed,
        r: blinded.r,
        s: (scalar(answer)? + blinded.alpha).to_bytes(),
    };
    let name = name_of_seed(coin.epoch, coin.amount, &seed, coin.owner);
    check_signature(&coin.r, &coin.s, what.key, &name)?;
    Ok(coin)
}

fn check_signature(r: &[u8; 32], s: &[u8; 32], key: &[u8; 32], coin: &Hash) -> Checked {
    let expected = point(r)? + point(key)? * challenge(r, key, coin);
    must(base(&scalar(s)?) == expected, Code::Proof)
}

impl BlindCoin {
    /// Opens the coin for a request.
    #[must_use]
    pub fn show(&self, request: &Hash) -> Show {
        let chosen = sides(request, &self.r);
        let all = pairs(&self.seed, self.owner);
        let opened = (0..PAIRS).map(|at| {
            let open = all[at][chosen[at]];
            let other = commit(&all[at][1 - chosen[at]], at, 1 - chosen[at]);
            std::array::from_fn(|byte| {
                if byte < 24 {
                    open[byte]
                } else {
                    other[byte - 24]
                }
            })
        });
        Show {
            epoch: self.epoch,
            amount: self.amount,
            r: self.r,
            s: self.s,
            sides: opened.collect(),
        }
    }
}

/// What a show opened, as the operator keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The coin.
    pub coin: Hash,
    /// Which side of each pair, and its value.
    pub sides: Vec<(usize, u64)>,
}

/// Checks a show against the key of its value and the request it answers.
pub fn check_show(show: &Show, key: &[u8; 32], request: &Hash) -> Checked<Opened> {
    must(show.sides.len() == PAIRS, Code::Proof)?;
    let chosen = sides(request, &show.r);
    let mut commitments = Vec::with_capacity(PAIRS);
    let mut opened = Vec::with_capacity(PAIRS);
    for (at, which) in chosen.into_iter().enumerate() {
        let bytes = &show.sides[at];
        let side: Side = std::array::from_fn(|byte| bytes[byte]);
        let other: [u8; 32] = std::array::from_fn(|byte| bytes[24 + byte]);
        let own = commit(&side, at, which);
        commitments.push(if which == 0 {
            [own, other]
        } else {
            [other, own]
        });
        let value: [u8; 8] = std::array::from_fn(|byte| side[byte]);
        opened.push((which, u64::from_be_bytes(value)));
    }
    let coin = name(show.epoch, show.amount, &commitments);
    check_signature(&show.r, &show.s, key, &coin)?;
    Ok(Opened {
        coin,
        sides: opened,
    })
}

/// Who spent a coin twice: for a pair of which both sides are open, their XOR. `None` when both
/// requests opened the same sides.
#[must_use]
pub fn reveal_owner(one: &Opened, other: &Opened) -> Option<u64> {
    let mut both = one.sides.iter().zip(&other.sides);
    both.find(|(a, b)| a.0 != b.0).map(|(a, b)| a.1 ^ b.1)
}
