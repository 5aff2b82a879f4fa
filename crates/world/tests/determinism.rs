//! The same scenario gives the same run, and what is beside the point does
//! not matter.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::scene::Weather;
use common::{TOWN, Town, rules};
use std::collections::BTreeMap;
use world::fact::{Fact, Stamped};

/// The public key of every wallet by its name.
fn keys(town: &Town) -> BTreeMap<String, Vec<u8>> {
    let texts = town.0.texts();
    let key = |wallet: &world::state::Wallet| {
        (
            texts.text(wallet.name).to_owned(),
            texts.bytes(wallet.key).to_vec(),
        )
    };
    town.0
        .world()
        .wallets()
        .map(|(_, wallet)| key(wallet))
        .collect()
}

fn played(lines: &[&str]) -> Town {
    let mut town = Town::new(rules(), true);
    town.play_all(lines);
    town
}

#[test]
fn a_person_more_changes_no_one_else_s_keys() {
    let before = keys(&played(TOWN));
    let mut town = played(TOWN);
    town.play_all(&[
        "person Zoe at=Summit type=II deposit=5",
        "wallet ZoeB owner=Zoe at=Harbour type=IV",
    ]);
    let mut after = keys(&town);
    assert!(after.remove("Zoe").is_some() && after.remove("ZoeB").is_some());
    assert_eq!(before, after);
    let different: std::collections::BTreeSet<_> = before.values().collect();
    assert_eq!(different.len(), before.len(), "no two wallets share a key");
    assert!(before.values().all(|key| key.len() == 32));
}

#[test]
fn keys_depend_on_the_seed_and_the_name_alone() {
    let forwards = [
        "operator Harbour",
        "operator Summit",
        "person Alice at=Harbour type=II deposit=5",
        "person Bob at=Summit type=IV",
    ];
    let backwards = [
        "operator Summit",
        "operator Harbour",
        "person Bob at=Summit type=I cash=7",
        "person Alice at=Summit type=IV",
    ];
    assert_eq!(keys(&played(&forwards)), keys(&played(&backwards)));
}

#[test]
fn a_declaration_more_changes_what_nobody_does() {
    // Balances, refusals and times of everything else stay the same.
    let acts = [
        "+1m Alice: exchange 5_000",
        "Bob: cash-in 9_000",
        "+1h Alice: pay Bob 1_500",
        "AliceB: exchange 80",
        "Bob: pay Noodles 2_500",
        "+1d Bob: cash-out 70",
    ];
    let outcome = |extra: &[&str]| {
        let mut town = played(&[TOWN, extra, &acts].concat());
        town.play("+1d wait");
        let names = ["Alice", "Bob", "Carol", "Noodles", "AliceB"];
        (
            names.map(|name| town.balance(name)),
            town.refusals(),
            town.now(),
        )
    };
    let plain = outcome(&[]);
    assert_eq!(plain.1, ["limit.balance", "limit.payment"]);
    assert_eq!(
        outcome(&[
            "operator Third reserves=5",
            "person Zoe at=Third type=II deposit=5"
        ]),
        plain
    );
}

/// What happened, with the time and in order, but for the numbers.
fn outline(town: &Town) -> Vec<String> {
    let line = |stamped: Stamped| match stamped.fact {
        Fact::Posted(it) => format!("{} {} {}", stamped.at, it.purpose.key(), it.amount),
        Fact::Sent(it) => format!(
            "{} {} {} {:?}",
            stamped.at,
            it.subject.key(),
            it.amount,
            it.fate
        ),
        Fact::Refused(it) => format!(
            "{} {} {} {} {}",
            stamped.at,
            it.code.key(),
            it.asked,
            it.allowed,
            it.used
        ),
        Fact::Scheduled(it) => format!("{} until {}", stamped.at, it.due),
        Fact::Changed(it) => format!("{} {:?}", stamped.at, std::mem::discriminant(&it)),
    };
    town.0
        .log()
        .facts(0, u32::MAX)
        .map(|(_, stamped)| line(stamped))
        .collect()
}

#[test]
fn unrelated_parties_may_be_declared_in_any_order() {
    let one = [
        "operator Harbour reserves=900",
        "operator Summit reserves=900",
        "person Alice at=Harbour type=II deposit=500",
        "person Bob at=Summit type=II deposit=500",
    ];
    let other = [one[1], one[0], one[3], one[2]];
    let acts = [
        "central-bank: issue 400 to=Harbour",
        "central-bank: issue 300 to=Summit",
        "+5s Alice: exchange 100",
        "Bob: exchange 301",
        "+5s Alice: pay Bob 60",
        "Bob: pay Alice 61",
        "+5s Alice: redeem 40",
    ];
    let (one, other) = (
        played(&[&one[..], &acts].concat()),
        played(&[&other[..], &acts].concat()),
    );
    for name in ["Alice", "Bob"] {
        assert_eq!(
            (one.balance(name), one.deposit(name)),
            (other.balance(name), other.deposit(name))
        );
    }
    let declared = one
        .facts()
        .iter()
        .position(|fact| matches!(fact, Fact::Sent(_)))
        .unwrap();
    assert_eq!(outline(&one)[declared..], outline(&other)[declared..]);
    assert_ne!(one.0.digest(), other.0.digest(), "but it is another log");
}

#[test]
fn a_scene_played_twice_gives_the_same_log_to_the_bit() {
    let weather = Weather {
        regime: common::scene::Regime::Any,
        latency: 5_000,
        faults: true,
        losses: true,
    };
    common::holds_for_scenes(weather, |scene, _| {
        let play = |in_steps: bool| {
            let mut town = scene.town();
            for (wait, step) in &scene.moves {
                if in_steps {
                    // Time may be let pass bit by bit.
                    for part in [wait / 3, wait / 3] {
                        town.0.advance(town.now() + part).unwrap();
                    }
                    town.try_play(&scene.line(wait - wait / 3 * 2, step))
                        .map_err(|stop| stop.to_string())?;
                } else {
                    town.try_play(&scene.line(*wait, step))
                        .map_err(|stop| stop.to_string())?;
                }
            }
            Ok::<_, String>((
                town.0.digest(),
                town.0.log().bytes().map(<[u8]>::to_vec).collect::<Vec<_>>(),
            ))
        };
        let (once, again, in_steps) = (play(false)?, play(false)?, play(true)?);
        match (once == again, once == in_steps) {
            (true, true) => Ok(()),
            (false, _) => Err("a second run is another one".into()),
            (_, false) => Err("letting time pass in steps gives another run".into()),
        }
    });
}
