//! The work that `cargo xtask bench` measures in a web worker. The clock is
//! the page's.
#![cfg(target_arch = "wasm32")]

mod contracts;

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
