//! A payment flow as a browser test: the twenty lines to begin with.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

use exchequer_npm::Run;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const FLOW: &str = include_str!("../../../static/scenarios/birth-of-a-yuan.exq");

#[wasm_bindgen_test]
fn lunch_is_paid_across_two_banks() {
    let mut run = Run::new(FLOW, None).ok().expect("the text has no problems");
    run.to("09:06").ok().expect("plays");
    assert_eq!(run.get("Alice.wallet").ok().as_deref(), Some("487.50 CNY"));
    run.to_end().ok().expect("plays");
    assert_eq!(
        run.digest(),
        include_str!("../../../static/scenarios/birth-of-a-yuan.digest").trim()
    );
}
