//! A mint's proofs: blind Diffie–Hellman signatures with a proof of who made them.
//!
//! The mint's key for a value is k, its public key K = kG. A secret x is hashed to a point Y whose
//! logarithm nobody knows. The holder sends B = Y + rG; the mint answers C′ = kB and proves that
//! log_G K = log_B C′ (Chaum and Pedersen's proof, made non-interactive). C = C′ − rK = kY is the
//! proof of value. The holder keeps r and the proof, so that anybody who is handed
//! (x, C, r, proof) can rebuild B and C′ and check, offline, **that the mint signed**. Nobody can
//! check offline that it is **unspent**: whoever redeems first is paid.
//!
//! ```text
//! secret ──blind──▶ asked ──signed──▶ held ──handed over──▶ held by the payee ──redeemed──▶ spent
//!                     │ asked again: the same bytes, the same answer         │ locked: by its
//!                     └──────────────────────────────────────────────        │ owner's key only
//! ```
//!
//! **Soundness.** Unforgeable under the one-more Diffie–Hellman assumption in the random-oracle
//! model; the proof of equality is sound in the same model. A secret may name a key, and then only
//! the signature of that key redeems it: the one way to be safe offline is to have proofs locked
//! to the payee beforehand.

use curve25519_dalek::scalar::Scalar;
use seal::PublicKey;

use crate::code::{Checked, Code, must};
use crate::group::{base, bytes, point, point_of, scalar, scalar_of};
use crate::object::{MintSignature, Proof};
use crate::wire::record;

record! {
    /// A secret that waits for its signature.
    Secret {
        /// The epoch of the key.
        epoch: u64,
        /// The value.
        amount: i64,
        /// The random part.
        nonce: [u8; 32],
        /// Whose key may redeem it, if anybody's.
        lock: Option<PublicKey>,
    }
}

impl Secret {
    /// Y: the point to be signed.
    fn hashed(&self) -> curve25519_dalek::ristretto::RistrettoPoint {
        let lock = self.lock.map_or([0; 32], |key| key.0);
        let locked = [u8::from(self.lock.is_some())];
        point_of(
            "exchequer offline mint secret v1",
            &[&self.nonce, &locked, &lock],
        )
    }

    /// r: follows from the random part, so that the same secret is always asked for in the same
    /// bytes.
    fn blinding(&self) -> Scalar {
        scalar_of("exchequer offline mint blinding v1", &[&self.nonce])
    }

    /// B: what the mint sees.
    #[must_use]
    pub fn blinded(&self) -> [u8; 32] {
        bytes(&(self.hashed() + base(&self.blinding())))
    }

    /// The proof, if the mint's answer holds.
    pub fn finish(&self, key: &[u8; 32], answer: &MintSignature) -> Checked<Proof> {
        let blinding = self.blinding();
        let c = point(&answer.c)? - point(key)? * blinding;
        let proof = Proof {
            epoch: self.epoch,
            amount: self.amount,
            nonce: self.nonce,
            lock: self.lock,
            c: bytes(&c),
            e: answer.e,
            s: answer.s,
            r: blinding.to_bytes(),
        };
        check(&proof, key)?;
        Ok(proof)
    }
}

fn challenge(points: [&[u8; 32]; 4]) -> Scalar {
    let [r1, r2, key, signed] = points;
    scalar_of("exchequer offline mint equality v1", &[r1, r2, key, signed])
}

/// Signs a blinded secret and proves it.
pub fn sign(secret: &Scalar, blinded: &[u8; 32]) -> Checked<MintSignature> {
    let b = point(blinded)?;
    let c = bytes(&(b * secret));
    let key = bytes(&base(secret));
    // The nonce follows from key and message: the same question gets the same answer.
    let nonce = scalar_of(
        "exchequer offline mint nonce v1",
        &[secret.as_bytes(), blinded],
    );
    let (r1, r2) = (bytes(&base(&nonce)), bytes(&(b * nonce)));
    let e = challenge([&r1, &r2, &key, &c]);
    Ok(MintSignature {
        c,
        e: e.to_bytes(),
        s: (nonce + e * secret).to_bytes(),
    })
}

/// Whether the mint with this key signed this proof: anybody can tell, offline.
pub fn check(proof: &Proof, key: &[u8; 32]) -> Checked {
    let (blinding, e, s) = (scalar(&proof.r)?, scalar(&proof.e)?, scalar(&proof.s)?);
    let secret = Secret {
        epoch: proof.epoch,
        amount: proof.amount,
        nonce: proof.nonce,
        lock: proof.lock,
    };
    let public = point(key)?;
    let b = secret.hashed() + base(&blinding);
    let c = point(&proof.c)? + public * blinding;
    let r1 = bytes(&(base(&s) - public * e));
    let r2 = bytes(&(b * s - c * e));
    must(challenge([&r1, &r2, key, &bytes(&c)]) == e, Code::Proof)
}

/// Whether this is the mint's signature, by the mint's own key: what counts at redemption.
pub fn check_with_secret(proof: &Proof, secret: &Scalar) -> Checked {
    let own = Secret {
        epoch: proof.epoch,
        amount: proof.amount,
        nonce: proof.nonce,
        lock: proof.lock,
    };
    must(bytes(&(own.hashed() * secret)) == proof.c, Code::Proof)?;
    check(proof, &bytes(&base(secret)))
}
