//! COSE_Sign1 (RFC 9052 §4.2) with Ed25519 (RFC 9864), in one strict profile.
//!
//! What is written here has one form: the tag 18, a protected header that names the algorithm −19
//! and nothing else, an empty unprotected header, the payload, 64 bytes of signature. Which
//! protocol, version and object a signature is meant for stands in the external data that it
//! covers and that does not travel ([`Context`]), so a signature of one kind of object fits no
//! other, whatever its bytes are.
//!
//! The deprecated identifier −8 ("EdDSA") is only read, by [`Sign1::verify_published`], which
//! exists for published examples. Everything is deterministic CBOR: what another encoder would
//! write differently is refused.

use crate::cbor::{self, Value};
use crate::{KeyPair, PublicKey, SealError, Signature};

/// The tag of COSE_Sign1.
pub const TAG: u64 = 18;

/// Ed25519 as RFC 9864 registers it.
pub const ED25519: i64 = -19;

/// EdDSA with any curve, which RFC 9864 deprecates.
pub const EDDSA: i64 = -8;

/// The protected header of everything signed here: {1: −19}.
const PROTECTED: [u8; 3] = [0xa1, 0x01, 0x32];

/// What a signature is for. It is signed and not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The protocol.
    pub protocol: &'static str,
    /// Its version.
    pub version: u64,
    /// The kind of object.
    pub object: &'static str,
}

impl Context {
    /// The external data: an array of the three.
    pub fn external(&self) -> Result<Vec<u8>, SealError> {
        Ok(cbor::encode(&Value::Array(vec![
            Value::text(self.protocol),
            Value::Unsigned(self.version),
            Value::text(self.object),
        ]))?)
    }
}

/// The parts of a COSE_Sign1, its signature not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign1 {
    /// The protected header as the bytes that are signed.
    pub protected: Vec<u8>,
    /// The pairs of the unprotected header.
    pub unprotected: Vec<(Value, Value)>,
    /// What is signed.
    pub payload: Vec<u8>,
    /// The signature's bytes.
    pub signature: Vec<u8>,
}

impl Sign1 {
    /// Reads any COSE_Sign1 that is deterministic and has its payload with it.
    pub fn decode(bytes: &[u8]) -> Result<Self, SealError> {
        let Value::Tag(TAG, inner) = cbor::decode(bytes)? else {
            return Err(field("tag"));
        };
        let Value::Array(parts) = *inner else {
            return Err(field("shape"));
        };
        let [
            Value::Bytes(protected),
            Value::Map(unprotected),
            Value::Bytes(payload),
            Value::Bytes(signature),
        ] = <[Value; 4]>::try_from(parts).map_err(|_| field("shape"))?
        else {
            return Err(field("shape"));
        };
        Ok(Self {
            protected,
            unprotected,
            payload,
            signature,
        })
    }

    /// The bytes that travel.
    pub fn encode(&self) -> Result<Vec<u8>, SealError> {
        let parts = vec![
            Value::Bytes(self.protected.clone()),
            Value::Map(self.unprotected.clone()),
            Value::Bytes(self.payload.clone()),
            Value::Bytes(self.signature.clone()),
        ];
        Ok(cbor::encode(&Value::Tag(
            TAG,
            Box::new(Value::Array(parts)),
        ))?)
    }

    /// The bytes a signature covers: RFC 9052's `Sig_structure`.
    pub fn to_be_signed(&self, external: &[u8]) -> Result<Vec<u8>, SealError> {
        to_be_signed(&self.protected, external, &self.payload)
    }

    /// Whether the holder of this key signed it with Ed25519 under either identifier, as published
    /// examples are. Unknown headers are allowed, as long as none is critical.
    pub fn verify_published(&self, key: &PublicKey, external: &[u8]) -> Result<(), SealError> {
        let Value::Map(headers) = cbor::decode(&self.protected)? else {
            return Err(field("protected header"));
        };
        let header = |label: u64| {
            let pair = headers.iter().find(|(key, _)| key.as_u64() == Some(label));
            pair.map(|(_, value)| value)
        };
        let algorithm = header(1).and_then(Value::as_i64);
        if !matches!(algorithm, Some(ED25519 | EDDSA)) {
            return Err(field("algorithm"));
        }
        if header(2).is_some() {
            return Err(field("critical header"));
        }
        self.check(key, external)
    }

    fn check(&self, key: &PublicKey, external: &[u8]) -> Result<(), SealError> {
        let signature = self.signature.as_slice().try_into();
        let signature = signature.map_err(|_| field("signature"))?;
        key.verify(&self.to_be_signed(external)?, &Signature(signature))
    }
}

/// Signs a payload for a context: the bytes that travel.
pub fn sign(key: &KeyPair, context: Context, payload: &[u8]) -> Result<Vec<u8>, SealError> {
    let signed = to_be_signed(&PROTECTED, &context.external()?, payload)?;
    let signature = key.sign(&signed);
    Sign1 {
        protected: PROTECTED.to_vec(),
        unprotected: Vec::new(),
        payload: payload.to_vec(),
        signature: signature.0.to_vec(),
    }
    .encode()
}

/// Reads bytes of the strict profile. The signature is not yet verified: see [`verify`].
pub fn open(bytes: &[u8]) -> Result<Sign1, SealError> {
    let parts = Sign1::decode(bytes)?;
    if parts.protected != PROTECTED {
        return Err(field("protected header"));
    }
    if !parts.unprotected.is_empty() {
        return Err(field("unprotected header"));
    }
    if parts.signature.len() != 64 {
        return Err(field("signature"));
    }
    Ok(parts)
}

/// Whether the holder of this key signed these parts, in the strict profile, for this context.
pub fn verify(parts: &Sign1, key: &PublicKey, context: Context) -> Result<(), SealError> {
    if parts.protected != PROTECTED || !parts.unprotected.is_empty() {
        return Err(field("protected header"));
    }
    parts.check(key, &context.external()?)
}

fn to_be_signed(protected: &[u8], external: &[u8], payload: &[u8]) -> Result<Vec<u8>, SealError> {
    // An empty protected header is signed as an empty string, however it was written.
    let protected = if protected == [0xa0] { &[] } else { protected };
    Ok(cbor::encode(&Value::Array(vec![
        Value::text("Signature1"),
        Value::Bytes(protected.to_vec()),
        Value::Bytes(external.to_vec()),
        Value::Bytes(payload.to_vec()),
    ]))?)
}

const fn field(field: &'static str) -> SealError {
    SealError::Field { field }
}
