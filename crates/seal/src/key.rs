//! Ed25519 keys and signatures.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
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
        key.verify_strict(message, &signature)
            .map_err(|_| SealError::Signature)
    }
}

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
