//! Every scenario has the recorded digest in the browser too, to the bit.
#![allow(missing_docs, clippy::unwrap_used)]

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{wasm_bindgen_test as test, wasm_bindgen_test_configure};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test_configure!(run_in_browser);

macro_rules! scenarios {
    ($($folder:literal: $($name:literal)+;)+) => {
        /// Name, text and digest of every scenario.
        const SCENARIOS: &[(&str, &str, &str)] = &[$($((
            concat!($folder, "/", $name),
            include_str!(concat!("../../../", $folder, "/", $name, ".exq")),
            include_str!(concat!("../../../", $folder, "/", $name, ".digest")),
        ),)+)+];
    };
}

scenarios! {
    "static/scenarios":
        "bank-run"
        "before-the-flip"
        "birth-of-a-yuan"
        "blackout-week"
        "clone-wars"
        "coupon-three-ways"
        "cross-border"
        "escrow-quarrel"
        "flip-to-2026"
        "four-wallets"
        "gym-goes-bankrupt"
        "payday"
        "prepaid-card"
        "pull-the-phone-away"
        "stolen-phone"
        "tunnel-payment"
        "who-sees-what";
    "tests/scenarios":
        "a-bank-fails"
        "a-bank-fails-under-digital-cash"
        "a-bank-run"
        "a-crowd-trades"
        "a-day-ends-at-midnight"
        "a-digital-euro"
        "a-firm-pays-wages"
        "a-full-log"
        "a-keeper-of-contracts-fails"
        "a-late-report"
        "a-lost-card"
        "a-lower-limit-at-night"
        "a-message-comes-late"
        "a-message-comes-twice"
        "a-message-is-lost"
        "a-payee-who-may-not-hold-it"
        "a-phone-is-copied"
        "a-pix-code"
        "a-quote-ends"
        "a-request-is-closed"
        "a-story-in-chinese"
        "a-visitor"
        "a-wallet-at-another-bank"
        "a-year-ends-at-new-year"
        "an-agent"
        "coins-of-one-size"
        "contract-between-banks"
        "contract-delivery-versus-payment"
        "contract-demurrage"
        "contract-escrow"
        "contract-expiry"
        "contract-hash-lock"
        "contract-interest"
        "contract-keeper-short-of-reserves"
        "contract-payment-versus-payment"
        "contract-prepaid"
        "contract-refund-window"
        "contract-salary"
        "contract-signatures"
        "contract-split"
        "contract-stream"
        "contract-subscription"
        "contract-time-lock"
        "correspondents"
        "deposit-money"
        "five-central-banks"
        "keys-have-an-end"
        "locked-to-a-payee"
        "lost-and-repaired"
        "messages-take-their-time"
        "not-enough-to-go-round"
        "offline-attacks-composed"
        "offline-with-blind"
        "offline-with-coins"
        "offline-with-mint"
        "offline-with-promise"
        "one-draws-at-a-time"
        "one-leg-is-short"
        "paid-by-number-name-and-code"
        "paid-in-a-tunnel"
        "paid-in-a-tunnel-where-banks-owe-it"
        "pulled-apart"
        "purpose-allowance"
        "purpose-area"
        "purpose-categories-and-payees"
        "purpose-coins-have-no-chip"
        "purpose-coupon"
        "purpose-geofence"
        "purpose-in-a-tunnel"
        "purpose-in-a-tunnel-where-banks-owe-it"
        "purpose-no-chip-can-judge"
        "purpose-signed-together"
        "requests-and-refunds"
        "stolen-phone-old-list"
        "the-bridge-repaired"
        "the-way-of-a-copied-coin"
        "too-late-for-a-promise"
        "topped-up-at-the-corner"
        "wallets-change"
        "what-devices-turn-down"
        "who-knows-of-a-swap"
        "who-knows-of-a-tunnel"
        "who-may-know-what";
}

#[test]
fn every_scenario_ends_with_its_recorded_digest() {
    for (name, text, digest) in SCENARIOS {
        let mut run = exchequer::Run::load(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        run.to_end()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(run.digest(), digest.trim(), "{name}");
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn no_scenario_is_left_out() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    let mut there = Vec::new();
    for folder in ["static/scenarios", "tests/scenarios"] {
        for entry in std::fs::read_dir(format!("{root}{folder}")).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            there.extend(
                name.strip_suffix(".exq")
                    .map(|name| format!("{folder}/{name}")),
            );
        }
    }
    there.sort();
    assert_eq!(
        there,
        SCENARIOS.iter().map(|(name, ..)| *name).collect::<Vec<_>>()
    );
}
