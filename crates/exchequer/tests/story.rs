//! The opening scenario plays as its text says.
#![allow(clippy::unwrap_used)]

use exchequer::Run;

const BIRTH: &str = include_str!("../../../static/scenarios/birth-of-a-yuan.exq");

#[test]
fn the_opening_scenario_holds_all_it_expects() {
    let mut run = Run::load(BIRTH).unwrap();
    run.to_end().unwrap();
    for checked in run.checked() {
        assert!(
            checked.held,
            "line {}: {} but {}",
            checked.line, checked.expected, checked.found
        );
    }
    assert_eq!(run.checked().len(), 5);
    assert_eq!(run.get("Alice.wallet").unwrap(), "487.50 CNY");
    assert_eq!(run.get("Bob.wallet").unwrap(), "2600.00 CNY");
    assert_eq!(run.get("Harbour.reserves").unwrap(), "9000.00 CNY");
    assert_eq!(run.get("Summit.vault").unwrap(), "400.00 CNY");
    assert!(run.refused().iter().all(|refused| refused.expected));
}

#[test]
fn one_step_at_a_time_ends_with_the_same_digest() {
    let (mut at_once, mut stepped) = (Run::load(BIRTH).unwrap(), Run::load(BIRTH).unwrap());
    at_once.to_end().unwrap();
    stepped.to("09:05").unwrap();
    assert_eq!(stepped.get("Alice.wallet").unwrap(), "500.00 CNY");
    while stepped.step().unwrap() {}
    assert_eq!(at_once.digest(), stepped.digest());
}

#[test]
fn an_act_becomes_the_next_line_of_the_text() {
    let mut run = Run::load(BIRTH).unwrap();
    run.to_end().unwrap();
    run.act("Alice: redeem 400.00").unwrap();
    assert_eq!(run.get("Alice.deposit").unwrap(), "900.00 CNY");
    let mut again = Run::load(run.text()).unwrap();
    again.to_end().unwrap();
    assert_eq!(again.digest(), run.digest());
    assert!(run.act("Alice: fly away").is_err());
}
