//! The TypeScript types that ship are those of the language as it is.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use exchequer::{script, vocabulary};
use exchequer_npm::typescript;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/types/scenario.d.ts");

#[test]
fn the_types_of_scenarios_are_those_of_the_schema() {
    let schema = vocabulary::with(script::schema);
    let head = "// Generated from the language's JSON Schema; renewed by `cargo xtask bless`.\n\n";
    let expected = head.to_owned() + &typescript::types(&schema, "Scenario");
    if std::env::var_os("EXCHEQUER_BLESS").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/types")).unwrap();
        std::fs::write(FILE, &expected).unwrap();
    }
    let shipped = std::fs::read_to_string(FILE).unwrap();
    assert_eq!(shipped, expected, "renew it by `cargo xtask bless`");
}

#[test]
fn the_types_of_reports_name_every_key() {
    let mut run = exchequer::Run::load(include_str!(
        "../../../static/scenarios/birth-of-a-yuan.exq"
    ))
    .unwrap();
    run.to_end().unwrap();
    let types = include_str!("../types/reports.d.ts");
    let names = |value: &serde_json::Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let report = serde_json::to_value(exchequer::report::Report::of(&run)).unwrap();
    let diagnostics = exchequer::Run::load("use cny-2025@1\nAlice: payy").unwrap_err();
    let exchequer::RunError::Script(diagnostics) = diagnostics else {
        panic!("a wrong text")
    };
    let diagnostic = serde_json::to_value(&diagnostics[0]).unwrap();
    let event: serde_json::Value =
        serde_json::from_str(&exchequer::export::event_json(&run, 3).unwrap()).unwrap();
    let common = ["position", "at", "cause", "kind"].map(str::to_owned);
    assert!(common.iter().all(|key| names(&event).contains(key)));
    let keys = [
        names(&report),
        names(&report["refusals"][0]),
        names(&report["monitors"][0]),
        names(&diagnostic),
        names(&diagnostic["place"]),
    ];
    for key in keys.into_iter().flatten().chain(common) {
        assert!(
            types.contains(&format!("  {key}: ")) || types.contains(&format!("  {key}?: ")),
            "{key}"
        );
    }
}
