//! The JSON Schema: every scenario's JSON fits it, and what is wrong does not.

use boon::{Compiler, SchemaIndex, Schemas};
use exchequer::script::{schema, to_json};
use serde_json::{Value, json};

use crate::support::{CAST, KINDS, OPENING, VERBS, VOCABULARY, good};

fn compiled() -> (Schemas, SchemaIndex) {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler
        .add_resource("scenario.json", schema(&VOCABULARY))
        .unwrap();
    let index = compiler.compile("scenario.json", &mut schemas).unwrap();
    (schemas, index)
}

#[test]
fn the_opening_scenario_fits_the_schema() {
    let (schemas, index) = compiled();
    let json = to_json(&good(OPENING).script);
    if let Err(error) = schemas.validate(&json, index) {
        panic!("{error:#}");
    }
}

#[test]
fn every_form_of_statement_fits_the_schema() {
    let (schemas, index) = compiled();
    let text = format!(
        "title \"T\"\nseed 18446744073709551615\nlang en\nsigning on\nset latency=5ms source=\"s\"\n\
         set card.balance=none stops=[0.00, 5.00, none]\n\
         {CAST}\n# comment\nSummit: freeze Bob court for=1h\nAlice: open-sub as x\n+1d wait\n\
         2025-12-01T00:00 expect ok\nexpect refused\nexpect holds books\n\
         network: network.lose Summit count=3\nAlice: contract.claim c share=1.00\n\
         try \"t\" id=t 09:00 Bob: redeem 1\n"
    );
    let json = to_json(&good(&text).script);
    if let Err(error) = schemas.validate(&json, index) {
        panic!("{error:#}");
    }
}

#[test]
fn what_is_no_scenario_does_not_fit_the_schema() {
    let (schemas, index) = compiled();
    let fits = |line: Value| {
        schemas
            .validate(&json!({"exq": 1, "lines": [line]}), index)
            .is_ok()
    };
    let pay = |with: Value| json!({"act": {"actor": "A", "verb": "pay", "with": with}});
    assert!(fits(pay(json!({"to": "B", "amount": "12.50"}))));
    for line in [
        pay(json!({"to": "B", "amount": 12.5})),
        pay(json!({"to": "B", "amount": "12_000"})),
        pay(json!({"to": "B", "amount": "-1"})),
        pay(json!({"to": "B"})),
        pay(json!({"to": "B", "amount": "1", "tip": "1"})),
        json!({"act": {"actor": "A", "verb": "pay"}}),
        json!({"act": {"actor": "A", "verb": "dance"}}),
        json!({"declare": {"kind": "operator"}}),
        json!({"note": {"text": "a"}, "step": {"text": "b"}}),
        json!({"wait": "soon"}),
        json!({"expect": {"ok": false}}),
        json!({"seed": -1}),
        json!("note"),
    ] {
        assert!(!fits(line.clone()), "{line}");
    }
    assert!(
        schemas
            .validate(&json!({"exq": 2, "lines": []}), index)
            .is_err()
    );
    assert!(schemas.validate(&json!({"lines": []}), index).is_err());
}

#[test]
fn every_verb_kind_and_field_is_described() {
    let schema = schema(&VOCABULARY);
    for (area, specs) in [("act", VERBS), ("declare", KINDS)] {
        for spec in specs {
            let definition = &schema["$defs"][format!("{area}.{}", spec.name)];
            assert_eq!(definition["description"], spec.doc);
            for field in spec.fields {
                let property = &definition["properties"]["with"]["properties"][field.name];
                assert_eq!(
                    property["description"], field.doc,
                    "{} {}",
                    spec.name, field.name
                );
            }
        }
    }
}
