//! The Ristretto group (RFC 9496): points and scalars read strictly, and digests into both.
//!
//! Ristretto is of prime order, so there are no points of small order but the identity, which is
//! refused; each point and each scalar has one encoding, and others are refused.

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity;

use crate::code::{Checked, Code, must};

/// A point's bytes, if they are its one encoding and it is not the identity.
pub(crate) fn point(bytes: &[u8; 32]) -> Checked<RistrettoPoint> {
    let point = CompressedRistretto(*bytes)
        .decompress()
        .ok_or(Code::Proof)?;
    must(!point.is_identity(), Code::Proof)?;
    Ok(point)
}

/// A scalar's bytes, if they are its one encoding and it is not zero.
pub(crate) fn scalar(bytes: &[u8; 32]) -> Checked<Scalar> {
    let scalar: Option<Scalar> = Scalar::from_canonical_bytes(*bytes).into();
    let scalar = scalar.ok_or(Code::Proof)?;
    must(scalar != Scalar::ZERO, Code::Proof)?;
    Ok(scalar)
}

/// The generator times a scalar.
pub(crate) fn base(scalar: &Scalar) -> RistrettoPoint {
    RistrettoPoint::mul_base(scalar)
}

/// A point's bytes.
pub(crate) fn bytes(point: &RistrettoPoint) -> [u8; 32] {
    point.compress().to_bytes()
}

fn wide(purpose: &str, parts: &[&[u8]]) -> [u8; 64] {
    let mut hasher = blake3::Hasher::new_derive_key(purpose);
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut wide = [0; 64];
    hasher.finalize_xof().fill(&mut wide);
    wide
}

/// A scalar from bytes, for one purpose; never zero but with a chance of 2⁻²⁵².
pub(crate) fn scalar_of(purpose: &str, parts: &[&[u8]]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&wide(purpose, parts))
}

/// A point from bytes, for one purpose, whose logarithm nobody knows.
pub(crate) fn point_of(purpose: &str, parts: &[&[u8]]) -> RistrettoPoint {
    RistrettoPoint::from_uniform_bytes(&wide(purpose, parts))
}

/// 32 bytes from bytes, for one purpose.
pub(crate) fn bytes_of(purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
    let wide = wide(purpose, parts);
    std::array::from_fn(|at| wide[at])
}
