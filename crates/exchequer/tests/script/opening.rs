//! The opening scenario: the language's first reader.

use exchequer::script::{Statement, format};

use crate::support::{OPENING, good};

/// The opening scenario in canonical form.
const CANONICAL: &str = r##"title "Birth of a yuan"
use cny-2025@1  # preset and its version: currency, zone, wallet types, limits, regime
seed 7
start 2025-11-03T09:00

operator Harbour reserves=10_000.00
operator Summit reserves=10_000.00
person Alice at=Harbour type=II deposit=1_000.00
person Bob at=Summit type=IV cash=3_000.00
merchant Noodles at=Summit category=5812

step "The central bank makes it" id=make
note "Each bank swaps reserves for digital yuan. Nothing is added." id=make-note
central-bank: issue 1_000.00 to=Harbour
central-bank: issue 3_000.00 to=Summit
step "Alice swaps one promise for another" id=swap
note "The colour changes: colour says who owes you the money." id=swap-note
09:05 Alice: exchange 500.00
expect Alice.deposit = 500.00
step "Lunch, paid across two banks" id=lunch
note "The money goes straight to the shop. Only messages climb." id=lunch-note
09:06 Alice: pay Noodles 12.50 memo="lunch"
expect Alice.wallet = 487.50
step "Bob brings cash and no papers" id=cash
09:07 Bob: cash-in 2_600.00
ask "Bob's wallet knows only his phone number. He pays 2,500. What happens?" id=cash-ask
choice "Paid: he has 2,600" id=cash-a
choice "Refused" right id=cash-b
choice "It waits for his bank" id=cash-c
09:08 Bob: pay Noodles 2_500.00
expect refused limit.payment
reveal "Refused: a phone-only wallet pays at most 2,000 at a time. Fewer papers, lower limits." id=cash-reveal
expect Bob.wallet = 2_600.00
expect central-bank.in-issue = 4_000.00
try "Pay 2,000 instead" id=try-less Bob: pay Noodles 2_000.00
try "Alice goes back to her bank" id=try-back Alice: redeem 400.00
try "Alice overspends" id=try-over Alice: pay Noodles 900.00
"##;

#[test]
fn the_opening_scenario_reads_without_a_fault() {
    let outcome = good(OPENING);
    assert_eq!(outcome.diagnostics, []);
    assert_eq!(outcome.preset.unwrap().version, 1);
    let count = |wanted: fn(&Statement) -> bool| {
        outcome
            .script
            .statements()
            .filter(|(_, s)| wanted(s))
            .count()
    };
    assert_eq!(count(|s| matches!(s, Statement::Act(_))), 6);
    assert_eq!(count(|s| matches!(s, Statement::Try { .. })), 3);
    assert_eq!(count(|s| matches!(s, Statement::Declare(_))), 5);
}

#[test]
fn the_opening_scenario_has_this_canonical_form() {
    assert_eq!(format(&good(OPENING).script), CANONICAL);
    assert_eq!(format(&good(CANONICAL).script), CANONICAL);
}
