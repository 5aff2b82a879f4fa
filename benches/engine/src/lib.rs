//! The work that `cargo xtask bench` measures in a web worker. The clock is
//! the page's.
#![cfg(target_arch = "wasm32")]

mod contracts;
mod transfers;

use exchequer::workload;
use wasm_bindgen::prelude::*;

/// Unsigned payments within one operator.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Payments(workload::Payments);

#[wasm_bindgen]
impl Payments {
    /// A bank with this many customers.
    #[wasm_bindgen(constructor)]
    pub fn new(wallets: u32) -> Result<Payments, JsError> {
        Ok(Payments(workload::Payments::new(wallets)?))
    }

    /// Makes payments; an error if an invariant broke.
    pub fn make(&mut self, payments: u32) -> Result<(), JsError> {
        match self.0.make(payments)? {
            0 => Ok(()),
            broken => Err(JsError::new(&format!(
                "{broken} payments broke an invariant"
            ))),
        }
    }

    /// How many facts there are.
    pub fn facts(&self) -> u32 {
        self.0.facts()
    }

    /// Rebuilds the world at a position, as a seek does.
    pub fn seek(&self, position: u32) -> i64 {
        self.0.simulation().log().world_at(position).now()
    }
}

/// Signatures verified together, as the library offers it. It decides without the strict rules, so
/// that nothing in the product uses it; measured because others have it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Batch {
    messages: Vec<Vec<u8>>,
    signatures: Vec<ed25519_dalek::Signature>,
    keys: Vec<ed25519_dalek::VerifyingKey>,
}

#[wasm_bindgen]
impl Batch {
    /// So many messages, each of another signer.
    #[wasm_bindgen(constructor)]
    pub fn new(size: u8) -> Batch {
        use ed25519_dalek::Signer;
        let signers = (0..size).map(|number| ed25519_dalek::SigningKey::from_bytes(&[number; 32]));
        let signers: Vec<_> = signers.collect();
        let messages: Vec<_> = (0..size).map(|number| vec![number; 128]).collect();
        let both = signers.iter().zip(&messages);
        Batch {
            signatures: both.map(|(signer, message)| signer.sign(message)).collect(),
            keys: signers
                .iter()
                .map(|signer| signer.verifying_key())
                .collect(),
            messages,
        }
    }

    /// Verifies them all this often; whether they were good each time.
    pub fn verify(&self, times: u32) -> bool {
        let messages: Vec<&[u8]> = self.messages.iter().map(Vec::as_slice).collect();
        (0..times)
            .all(|_| ed25519_dalek::verify_batch(&messages, &self.signatures, &self.keys).is_ok())
    }
}

/// Ed25519 over messages of the size of a payment instruction.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Signatures(workload::Signatures);

#[wasm_bindgen]
impl Signatures {
    /// A key and its first signature.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Signatures {
        Signatures::default()
    }

    /// Signs this often.
    pub fn sign(&mut self, times: u32) {
        self.0.sign(times);
    }

    /// Verifies this often; says how often the signature was good.
    pub fn verify(&self, times: u32) -> u32 {
        self.0.verify(times)
    }
}
