//! Transfers without a network, model by model.

use offline::{Model, Refusal, workload};
use qrcodegen::{QrCode, QrCodeEcc};
use seal::parts;
use wasm_bindgen::prelude::*;

fn model(number: usize) -> Result<Model, JsError> {
    let model = Model::ALL.get(number).copied();
    model.ok_or_else(|| JsError::new("there is no such model"))
}

fn refused(why: Refusal) -> JsError {
    JsError::new(&why.to_string())
}

/// The keys of the models, in the order of their numbers.
#[wasm_bindgen]
pub fn models() -> Vec<String> {
    Model::ALL.iter().map(|it| it.key().to_owned()).collect()
}

/// Pairs of devices that pay.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Transfers(workload::Transfers);

#[wasm_bindgen]
impl Transfers {
    /// So many pairs under a model.
    #[wasm_bindgen(constructor)]
    pub fn new(number: usize, pairs: u32) -> Result<Transfers, JsError> {
        let made = workload::Transfers::new(model(number)?, pairs);
        made.map(Transfers).map_err(refused)
    }

    /// At most so many payments of each pair; how many there were.
    pub fn make(&mut self, each: u32) -> Result<u32, JsError> {
        self.0.make(each).map_err(refused)
    }
}

/// Fifty devices make twenty payments each; how many came about.
#[wasm_bindgen]
pub fn fifty(number: usize) -> Result<u32, JsError> {
    let (count, _) = workload::fifty(model(number)?).map_err(refused)?;
    Ok(count)
}

/// The same by the rules of a purse alone, so many times.
#[wasm_bindgen(js_name = fiftyUnsigned)]
pub fn fifty_unsigned(times: u32) -> Result<u32, JsError> {
    workload::fifty_unsigned(times).map_err(refused)
}

/// Bytes of a payment, how many QR codes carry it, and the version of the largest.
#[wasm_bindgen]
pub fn payment(number: usize) -> Result<Vec<u32>, JsError> {
    let messages = workload::messages(model(number)?).map_err(refused)?;
    let wrong = || JsError::new("no payment that fits codes");
    let (_, bytes) = messages.iter().find(|it| it.0 == "pay").ok_or_else(wrong)?;
    let codes = parts::split(bytes, parts::READABLE).map_err(|_| wrong())?;
    let longest = codes.iter().max_by_key(|it| it.len()).ok_or_else(wrong)?;
    let code = QrCode::encode_text(longest, QrCodeEcc::Medium).map_err(|_| wrong())?;
    let version = u32::from(code.version().value());
    Ok(vec![bytes.len() as u32, codes.len() as u32, version])
}
