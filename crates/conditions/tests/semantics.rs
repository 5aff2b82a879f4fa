//! What holds of every contract, whatever people do.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{Random, later, made, some_act};
use conditions::analysis::{self, Analysis, Play};
use conditions::{Effect, Instance, Machine, Who, text};
use money::Instant;
use proptest::prelude::*;

/// What effects say that came in, went out to others, and went back.
fn flows(effects: &[Effect]) -> (i64, i64, i64) {
    let mut flows = (0, 0, 0);
    for effect in effects {
        match effect {
            Effect::Funded { amount, .. } => flows.0 += amount,
            Effect::Paid {
                from, to, amount, ..
            } if *to == Who::Role(*from) => flows.2 += amount,
            Effect::Paid { amount, .. } => flows.1 += amount,
            _ => {}
        }
    }
    flows
}

/// Plays a contract at random to its end.
fn play(machine: &Machine, seed: u64, opened: Instant) -> (Instance, Vec<Effect>) {
    let mut random = Random::new(seed);
    let mut effects = Vec::new();
    let mut instance = machine.open(opened, &mut effects);
    let mut now = opened;
    for _ in 0..24 {
        assert!(instance.conserves());
        assert_eq!(
            flows(&effects),
            (instance.funded(), instance.released(), instance.refunded())
        );
        if instance.ended() {
            break;
        }
        now = later(&mut random, machine, &instance, now);
        let act = some_act(&mut random, machine, &instance);
        let before = (instance.clone(), effects.len());
        let mut advanced = instance.clone();
        let mut due = Vec::new();
        machine.advance(&mut advanced, now, &mut due);
        if machine.act(&mut instance, now, &act, &mut effects).is_err() {
            assert_eq!(instance, advanced, "a refusal changes nothing");
            assert_eq!(effects[before.1..], due[..]);
        }
    }
    machine.advance(
        &mut instance,
        Instant(opened.0 + machine.latest_end().0),
        &mut effects,
    );
    (instance, effects)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn it_has_ended_by_its_time_holds_nothing_and_all_is_accounted_for(seed: u64, acts: u64) {
        let (_, machine) = made(seed, false);
        let opened = Instant(1_762_160_400_000);
        let (instance, effects) = play(&machine, acts, opened);
        prop_assert!(instance.ended());
        prop_assert!(machine.due(&instance).is_none());
        prop_assert!(machine.offers(&instance).is_empty());
        prop_assert_eq!(instance.held().iter().sum::<i64>(), 0);
        prop_assert_eq!(instance.funded(), instance.released() + instance.refunded());
        prop_assert_eq!(effects.iter().filter(|it| **it == Effect::Ended).count(), 1);
        prop_assert!(effects.len() as u64 <= machine.most_operations());
    }

    #[test]
    fn the_same_acts_give_the_same_to_the_bit(seed: u64, acts: u64) {
        let (_, machine) = made(seed, false);
        let (_, again) = made(seed, false);
        prop_assert_eq!(&machine, &again);
        prop_assert_eq!(play(&machine, acts, Instant(0)), play(&again, acts, Instant(0)));
    }

    #[test]
    fn when_it_opens_makes_no_difference(seed: u64, acts: u64) {
        let (_, machine) = made(seed, false);
        let later = Instant(1_762_160_400_000);
        prop_assert_eq!(play(&machine, acts, Instant(0)).1, play(&machine, acts, later).1);
    }

    #[test]
    fn asking_often_what_is_due_changes_nothing(seed: u64) {
        let (_, machine) = made(seed, false);
        let mut once = Vec::new();
        let mut patient = machine.open(Instant(0), &mut once);
        machine.advance(&mut patient, Instant(machine.latest_end().0), &mut once);
        let mut often = Vec::new();
        let mut eager = machine.open(Instant(0), &mut often);
        while let Some(due) = machine.due(&eager) {
            machine.advance(&mut eager, Instant(due.0 - 1), &mut often);
            machine.advance(&mut eager, due, &mut often);
        }
        prop_assert_eq!(once, often);
    }

    #[test]
    fn text_and_json_give_the_same_contract_back(seed: u64) {
        let (contract, _) = made(seed, false);
        let written = text::contract_text(&contract);
        let lines = text::lines(&written);
        let inner = &lines[1..lines.len() - 1];
        let (read, _) = text::load_contract(&contract.name, 1, inner, 2).unwrap();
        prop_assert_eq!(text::contract_text(&read), written.clone());
        let formatted = text::format_contract(inner).join("\n");
        prop_assert_eq!(formatted, lines[1..lines.len() - 1].iter().map(|(_, it)| *it).collect::<Vec<_>>().join("\n"));
        let json = conditions::contract_to_json(&read).to_string();
        prop_assert_eq!(conditions::contract_from_json(&json).unwrap(), read);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nobody_gets_more_or_less_than_a_whole_analysis_says(seed: u64, acts: u64) {
        let (_, machine) = made(seed, false);
        let analysis = analysis::analyse_within(&machine, 4_000);
        check_plays(&machine, &analysis);
        if analysis.complete() {
            let (_, effects) = play(&machine, acts, Instant(0));
            for takings in &analysis.takings {
                let got: i64 = effects.iter().map(|effect| got_by(effect, takings.role)).sum();
                prop_assert!(takings.least.amount <= got && got <= takings.most.amount);
            }
            let partial = effects.iter().any(|effect| match effect {
                Effect::Paid { amount, asked, .. } | Effect::SetAside { amount, asked, .. } => amount < asked,
                _ => false,
            });
            let found = analysis.findings.iter().any(|finding| finding.key() == "partial");
            prop_assert!(!partial || found);
        }
    }
}

fn got_by(effect: &Effect, role: Option<u8>) -> i64 {
    match (effect, role) {
        (
            Effect::Paid {
                to: Who::Role(to),
                amount,
                ..
            },
            Some(role),
        ) if *to == role => *amount,
        (
            Effect::Paid {
                to: Who::Stranger(_),
                amount,
                ..
            },
            None,
        ) => *amount,
        _ => 0,
    }
}

/// Plays what an analysis gives: every act is taken, and comes to what it says.
fn check_plays(machine: &Machine, analysis: &Analysis) {
    let run = |path: &[Play]| {
        let mut effects = Vec::new();
        let mut instance = machine.open(Instant(0), &mut effects);
        for play in path {
            let at = Instant(play.at.0);
            match &play.act {
                Some(act) => machine.act(&mut instance, at, act, &mut effects).unwrap(),
                None => machine.advance(&mut instance, at, &mut effects),
            }
        }
        (instance, effects)
    };
    for takings in &analysis.takings {
        for reached in [&takings.least, &takings.most] {
            let (instance, effects) = run(&reached.path);
            let got: i64 = effects
                .iter()
                .map(|effect| got_by(effect, takings.role))
                .sum();
            assert!(got == reached.amount && (instance.ended() || !analysis.complete()));
        }
    }
    let (last, _) = run(&analysis.longest);
    assert!(last.ended() || !analysis.complete());
    assert!(
        analysis
            .longest
            .last()
            .is_none_or(|play| play.at <= analysis.latest_end)
    );
    for finding in &analysis.findings {
        run(finding.path());
    }
}
