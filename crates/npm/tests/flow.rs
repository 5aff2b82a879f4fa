//! A payment flow as a browser test: the twenty lines to begin with.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

use exchequer_npm::Run;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const FLOW: &str = include_str!("../../../static/scenarios/birth-of-a-yuan.exq");

#[wasm_bindgen_test]
fn lunch_is_paid_across_two_banks() -> Result<(), JsValue> {
    let mut run = Run::new(FLOW, None)?;
    run.to("09:06")?;
    assert_eq!(run.get("Alice.wallet")?, "487.50 CNY");
    run.to_end()?;
    assert_eq!(run.get("Bob.wallet")?, "2600.00 CNY");
    Ok(())
}
