//! Keys, signatures and the bytes that are signed.
//!
//! * [`stream`] gives every party its own random numbers, from the scenario's seed alone.
//! * [`KeyPair`], [`PublicKey`] and [`Signature`] are Ed25519 (RFC 8032), verified strictly.
//! * [`cbor`] is the deterministic subset of CBOR in which everything signed is written.
//! * [`cose`] signs and verifies COSE_Sign1 in one strict profile.
//! * [`base45`] and [`parts`] carry bytes in one QR code or a numbered sequence of them.
//! * [`Instruction`] is what a wallet's holder asks for and signs.
//! * [`merchant_qr`] is the text in the QR code that a merchant shows.
//!
//! The cryptography is real and the money is not: keys come from a seed that stands in a text, so
//! whoever has the scenario has its keys. Nothing here asks the machine for randomness or time,
//! and no input makes it panic.

pub mod base45;
pub mod cbor;
pub mod cose;
mod instruction;
mod key;
pub mod merchant_qr;
pub mod parts;
mod stream;

pub use instruction::{
    Amount, INSTRUCTION_TAG, Instruction, MAX_KIND_BYTES, MAX_MEMO_BYTES, SignedInstruction,
};
pub use key::{KeyPair, PublicKey, SealError, Signature};
pub use rand_chacha::{ChaCha8Rng, rand_core};
pub use stream::stream;
