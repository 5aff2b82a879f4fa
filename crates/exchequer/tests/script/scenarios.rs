//! The scenarios that ship and those that test, with the words of the modules.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use boon::{Compiler, Schemas};
use exchequer::presets::Shipped;
use exchequer::script::{format, from_json, parse, schema, to_json};
use exchequer::vocabulary;

/// Every scenario with its name.
fn scenarios() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for folder in ["static/scenarios", "tests/scenarios"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "exq") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.display().to_string(), text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

#[test]
fn every_scenario_reads_and_keeps_its_meaning_in_every_form() {
    vocabulary::with(|vocabulary| {
        for (name, text) in scenarios() {
            let outcome = parse(&text, vocabulary, &Shipped);
            assert_eq!(outcome.diagnostics, [], "{name}");
            let canonical = format(&outcome.script);
            let again = parse(&canonical, vocabulary, &Shipped);
            assert_eq!(again.diagnostics, [], "{name}");
            assert_eq!(format(&again.script), canonical, "{name}");
            let json = to_json(&outcome.script).to_string();
            let imported = from_json(json, vocabulary, &Shipped);
            assert_eq!(imported.outcome.diagnostics, [], "{name}");
            assert_eq!(format(&imported.outcome.script), canonical, "{name}");
        }
    });
}

#[test]
fn every_scenario_fits_the_schema() {
    vocabulary::with(|vocabulary| {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler
            .add_resource("scenario.json", schema(vocabulary))
            .unwrap();
        let index = compiler.compile("scenario.json", &mut schemas).unwrap();
        for (name, text) in scenarios() {
            let json = to_json(&parse(&text, vocabulary, &Shipped).script);
            if let Err(error) = schemas.validate(&json, index) {
                panic!("{name}: {error:#}");
            }
        }
    });
}

#[test]
fn every_example_of_a_verb_or_kind_can_be_read() {
    vocabulary::with(|vocabulary| {
        let kinds = "use cny-2025@1\noperator Harbour\noperator Summit\nperson Alice at=Harbour type=II\n\
                     person Bob at=Summit type=IV\nmerchant Noodles at=Summit\n\
                     crowd Town count=10 at=[Harbour, Summit] type=IV deposit=500.00\n\
                     agent Corner at=Harbour\nplatform mBridge\nauthority HongKong currency=HKD\nauthority Bangkok currency=THB\n\
                     foreign-bank Peak at=HongKong\nforeign-bank Siam at=Bangkok\n\
                     person Mallory at=Harbour type=II\ndevice Alice/phone\n\
                     device Alice/card form=card\n\
                     merchant Gym at=Summit\nmerchant Gazette at=Summit\nfirm City at=Harbour\n\
                     contract GymYear\n  parties buyer=Alice seller=Gym\n  step once until 1d\n    when seller claims: close\n    else: close\nend\n\
                     condition LunchOnly\n  amount at most 5.00\nend\n";
        let orders = "Alice: pay Noodles 12.50 as Lunch\nNoodles: request Alice 12.50 as Bill\n\
                      Harbour: bridge.quote Siam sell=1.00 rate=5 for=1h as Q\n\
                      Alice: contract.open GymYear as MyGym\nAlice: contract.open GymYear as MyDeal\n\
                      Alice: contract.open GymYear as Swap\nAlice: contract.open GymYear as MyLock\n\
                      Alice: contract.open GymYear as MyPaper\n\
                      City: purpose.wrap LunchOnly 5.00 for=1d as Vouchers\n";
        for spec in vocabulary.verbs {
            // What is named above, where the example does not name it itself.
            let orders = if spec.example.contains(" as ") {
                ""
            } else {
                orders
            };
            let example = spec.example;
            let text = format!("{kinds}{orders}{example}\n");
            let outcome = parse(&text, vocabulary, &Shipped);
            assert_eq!(outcome.diagnostics, [], "{}", spec.example);
            assert_eq!(format(&outcome.script), text);
        }
        for spec in vocabulary.kinds {
            let mut words = spec.example.splitn(3, ' ');
            let (kind, name) = (words.next().unwrap(), words.next().unwrap());
            let example = spec.example.replacen(name, "New", 1);
            let text = format!("{kinds}{example}\n");
            let outcome = parse(&text, vocabulary, &Shipped);
            assert_eq!(outcome.diagnostics, [], "{example}");
            assert_eq!((kind, format(&outcome.script)), (spec.name, text));
        }
    });
}
