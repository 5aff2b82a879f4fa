//! Ed25519 keys and signatures.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, Verifier, VerifyingKey};
use thiserror::Error;

use crate::cbor::CborError;
use crate::stream::derive;

/// Why something signed is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// The bytes are no point of the curve.
    #[error("the bytes are not a public key")]
    Key,
    /// The signature is not this key's signature of this message.
    #[error("the signature does not fit the message and the key")]
    Signature,
    /// The bytes are not deterministic CBOR of the subset in use.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// A field of what is signed is missing, too long, or not of its type.
    #[error("the {field} of what is signed is not as it must be")]
    Field {
        /// The field.
        field: &'static str,
    },
}

/// A secret key with its public key.
///
/// Printing it for debugging shows the public half only, and its memory is wiped when it goes.
#[derive(Clone)]
pub struct KeyPair(SigningKey);

impl KeyPair {
    /// The key pair of a party in a domain, from the scenario's seed.
    ///
    /// Shares nothing with the random numbers that [`stream`](crate::stream()) gives that party.
    #[must_use]
    pub fn derive(seed: u64, domain: &str, party: &str) -> Self {
        Self::from_bytes(derive(
            "exchequer 2026-11 Ed25519 key v1",
            seed,
            domain,
            party,
        ))
    }

    /// The key pair of these 32 secret bytes (RFC 8032 §5.1.5).
    #[must_use]
    pub fn from_bytes(secret: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&secret))
    }

    /// The 32 secret bytes, for a store of the holder's own.
    #[must_use]
    pub fn secret(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs a message; the same message always gets the same signature.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyPair({})", self.public())
    }
}

/// A public key as its 32 bytes, not yet known to be a point of the curve.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

impl PublicKey {
    /// Whether this key signed this message, by the strict rules.
    ///
    /// RFC 8032 leaves room between implementations; money does not. Here the equation is checked
    /// without the cofactor, S must be below the group's order, R must be written in its one
    /// canonical form, and neither R nor the key may be of small order. So each key has at most
    /// one S for a message and an R, and no key fits every message. A key of small order is
    /// refused as [`SealError::Signature`].
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), SealError> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| SealError::Key)?;
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        // What `verify_strict` decides, without computing R's coordinates: the equation compares R
        // by its bytes, so an R that fits is in canonical form, and its form tells its order.
        if key.is_weak() || SMALL_ORDER.contains(signature.r_bytes()) {
            return Err(SealError::Signature);
        }
        key.verify(message, &signature)
            .map_err(|_| SealError::Signature)
    }
}

/// The canonical forms of the eight points whose order divides the cofactor.
const SMALL_ORDER: [[u8; 32]; 8] = {
    const LOW: [u8; 32] = [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ];
    const HIGH: [u8; 32] = [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ];
    let mut all = [[0; 32]; 8];
    all[1][0] = 1;
    all[2][31] = 0x80;
    all[3] = [0xff; 32];
    all[3][0] = 0xec;
    all[3][31] = 0x7f;
    // The two x of one y differ in the highest bit.
    all[4] = LOW;
    all[5] = LOW;
    all[5][31] |= 0x80;
    all[6] = HIGH;
    all[7] = HIGH;
    all[7][31] |= 0x80;
    all
};

/// A signature as its 64 bytes, R then S.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature(pub [u8; 64]);

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

macro_rules! shown_in_hex {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                hex(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    )*};
}

shown_in_hex!(PublicKey Signature);

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::BTreeSet;

    use curve25519_dalek::constants::EIGHT_TORSION;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_points_of_small_order_are_those_of_the_curve() {
        let of_curve = EIGHT_TORSION.map(|point| point.compress().to_bytes());
        assert_eq!(BTreeSet::from(of_curve), BTreeSet::from(SMALL_ORDER));
    }

    proptest! {
        /// Whatever key, R and S are made of, the decision is that of strict verification.
        #[test]
        fn verifying_is_strict(
            seed in 0_u64..4,
            small in proptest::option::of(0_usize..8),
            weak in proptest::option::of(0_usize..8),
            scalar in prop_oneof![Just(None), Just(Some([0; 32])), any::<[u8; 32]>().prop_map(Some)],
            flipped in proptest::option::of(0_usize..512),
            message in any::<[u8; 4]>(),
        ) {
            let keys = KeyPair::derive(seed, "test", "somebody");
            let key = weak.map_or(keys.public(), |at| PublicKey(SMALL_ORDER[at]));
            let mut signature = keys.sign(&message);
            if let Some(at) = small {
                signature.0[..32].copy_from_slice(&SMALL_ORDER[at]);
            }
            if let Some(scalar) = scalar {
                signature.0[32..].copy_from_slice(&scalar);
            }
            if let Some(bit) = flipped {
                signature.0[bit / 8] ^= 1 << (bit % 8);
            }
            let peer = VerifyingKey::from_bytes(&key.0).map(|key| {
                let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
                key.verify_strict(&message, &signature).is_ok()
            });
            prop_assert_eq!(key.verify(&message, &signature).is_ok(), peer.unwrap_or(false));
        }
    }
}
