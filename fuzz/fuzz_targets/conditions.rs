//! Conditions and contracts from any bytes: they are read to their end, every
//! problem has a place, what has none comes back the same, runs to its end and
//! is analysed within its budget.

#![no_main]

use conditions::analysis;
use conditions::text;
use conditions::{Act, Machine, Name, Offered, What, Who};
use libfuzzer_sys::fuzz_target;
use money::Instant;

/// Plays a contract, the bytes choosing who acts.
fn play(machine: &Machine, bytes: &[u8]) {
    let mut effects = Vec::new();
    let mut instance = machine.open(Instant(0), &mut effects);
    for byte in bytes.iter().take(64) {
        let offers = machine.offers(&instance);
        let due = machine.due(&instance).unwrap_or_default();
        let Some(offer) = offers.get(usize::from(*byte) % offers.len().max(1)) else {
            machine.advance(&mut instance, due, &mut effects);
            continue;
        };
        let what = match offer.what {
            Offered::Deposit { amount, owner } => What::Deposit { amount, owner },
            Offered::Names { value, least, .. } => What::Names {
                value,
                amount: least,
            },
            Offered::Shows { .. } => What::Shows {
                preimage: vec![*byte],
            },
            Offered::Signs { what, .. } => What::Signs { what },
            Offered::Event { event, of } => What::Event { event, of },
            Offered::Says { what } => What::Says { what },
        };
        let by = offer.by.first().copied().unwrap_or(Who::Stranger(0));
        // A wrong secret is refused; then time passes.
        if machine
            .act(&mut instance, due, &Act { by, what }, &mut effects)
            .is_err()
        {
            machine.advance(&mut instance, due, &mut effects);
        }
        assert!(instance.conserves());
    }
    machine.advance(&mut instance, Instant(machine.latest_end().0), &mut effects);
    assert!(instance.ended() && instance.held().iter().all(|held| *held == 0));
    assert!(effects.len() as u64 <= machine.most_operations());
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(body) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(name) = Name::new("It") else {
        return;
    };
    let lines = text::lines(body);
    let contract = text::load_contract(&name, 0, &lines, 2);
    let condition = text::load_condition(&name, 0, &lines, 2);
    let problems = contract
        .as_ref()
        .err()
        .into_iter()
        .chain(condition.as_ref().err());
    for diagnostic in problems.flatten() {
        assert!(
            diagnostic
                .place
                .is_some_and(|place| place.column <= place.end_column)
        );
    }
    if let Ok(condition) = condition {
        let written = text::condition_text(&condition);
        let lines = text::lines(&written);
        let again = text::read_condition(&name, 0, &lines[1..lines.len() - 1]);
        assert_eq!(again.value, condition);
        let json = conditions::condition_to_json(&condition).to_string();
        assert_eq!(
            conditions::condition_from_json(&json).as_ref(),
            Ok(&condition)
        );
    }
    if let Ok((contract, machine)) = contract {
        let written = text::contract_text(&contract);
        let lines = text::lines(&written);
        let again = text::load_contract(&name, 0, &lines[1..lines.len() - 1], 2);
        // What is written reads the same, sums that are grouped otherwise apart.
        let again = again.map(|(contract, _)| text::contract_text(&contract));
        assert_eq!(again.as_ref(), Ok(&written));
        play(&machine, bytes);
        let analysis = analysis::analyse_within(&machine, 500);
        assert!(analysis.latest_end == machine.latest_end());
    }
    if let Ok(contract) = conditions::contract_from_json(body)
        && let Ok(machine) = Machine::new(&contract, 2)
    {
        play(&machine, bytes);
    }
    if let Ok(condition) = conditions::condition_from_json(body) {
        let _checked = condition.check(2);
    }
});
