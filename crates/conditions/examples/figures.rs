//! How fast contracts run and are analysed on this machine:
//!
//! ```text
//! cargo run --release -p conditions --example figures
//! ```
#![allow(
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout
)]

use std::time::Instant as Clock;

use conditions::catalogue::{Filled, TEMPLATES};
use conditions::{Act, Machine, Name, What, Who, analysis};
use money::Instant;

const ROUNDS: u32 = 200_000;

fn machine(key: &str) -> Machine {
    let template = conditions::catalogue::find(key).unwrap();
    match template.fill(&Name::new("It").unwrap(), &[], 2).unwrap() {
        Filled::Contract(both) => both.1,
        Filled::Condition(_) => panic!("{key} is no contract"),
    }
}

/// Steps a second: a contract is opened and acted on until it has ended.
fn steps(machine: &Machine, acts: &[(i64, Act)]) -> u128 {
    let mut effects = Vec::new();
    let begin = Clock::now();
    for _ in 0..ROUNDS {
        effects.clear();
        let mut instance = machine.open(Instant(0), &mut effects);
        for (time, act) in acts {
            machine
                .act(&mut instance, Instant(*time), act, &mut effects)
                .unwrap();
        }
        assert!(instance.ended());
    }
    let count = u128::from(ROUNDS) * (acts.len() as u128 + 1);
    count * 1_000_000_000 / begin.elapsed().as_nanos().max(1)
}

fn main() {
    let escrow = machine("escrow");
    let says = |machine: &Machine, by: &str, what: &str| Act {
        by: Who::Role(machine.role(by).unwrap()),
        what: What::Says {
            what: machine.word(what).unwrap(),
        },
    };
    let quarrel = [
        (1_000, says(&escrow, "buyer", "disputes")),
        (2_000, says(&escrow, "arbiter", "pays-seller")),
    ];
    println!("escrow: {} steps a second", steps(&escrow, &quarrel));
    let prepaid = machine("prepaid");
    let day = money::Span::DAY.0;
    let claims: Vec<(i64, Act)> = (0..12)
        .map(|at| (at * 30 * day, says(&prepaid, "seller", "claims")))
        .collect();
    println!("prepaid: {} steps a second", steps(&prepaid, &claims));
    for template in TEMPLATES {
        let Ok(Filled::Contract(both)) = template.fill(&Name::new("It").unwrap(), &[], 2) else {
            continue;
        };
        let begin = Clock::now();
        let analysis = analysis::analyse(&both.1);
        println!(
            "{}: analysed in {} µs, {} situations, {}",
            template.key,
            begin.elapsed().as_micros(),
            analysis.situations,
            if analysis.complete() {
                "whole"
            } else {
                "in part"
            }
        );
    }
}
