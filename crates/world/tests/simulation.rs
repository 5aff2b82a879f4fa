//! Thousands of random acts under faults of the network: whatever happens,
//! every book balances, every difference between books is on its way, and no
//! money comes or goes.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use std::cell::RefCell;
use std::collections::BTreeMap;

use common::follow::{Follower, Wrong, is_settled, wealth};
use common::scene::{Regime, Scene, Weather};
use world::fact::{Fact, Fate};

const DAY: i64 = 86_400_000;

/// Counts what random scenarios reached, so that a quiet generator is noticed.
#[derive(Default)]
struct Reached(RefCell<BTreeMap<String, u32>>);

impl Reached {
    fn count(&self, what: impl Into<String>) {
        *self.0.borrow_mut().entry(what.into()).or_default() += 1;
    }

    fn of(&self, what: &str) -> u32 {
        self.0.borrow().get(what).copied().unwrap_or(0)
    }
}

/// Plays a scene to its end and until nothing is on its way any more.
fn simulate(scene: &Scene, every: u32, reached: &Reached) -> Result<(), Wrong> {
    let mut town = scene.town();
    let mut follower = Follower::new(&town.0, every);
    follower.opened(&town.0)?;
    let before = wealth(town.0.world());
    for (wait, step) in &scene.moves {
        let line = scene.line(*wait, step);
        town.try_play(&line)
            .map_err(|stop| format!("{line}: {stop}"))?;
        reached.count("moves");
        follower.follow(&town.0)?;
    }
    town.0
        .advance(town.now() + 400 * DAY)
        .map_err(|stop| stop.to_string())?;
    follower.finish(&town.0)?;
    let mut lost = 0;
    for fact in town.facts() {
        reached.count("facts");
        match fact {
            Fact::Refused(refusal) => reached.count(refusal.code.key()),
            Fact::Posted(journal) => reached.count(journal.purpose.key()),
            Fact::Sent(message) => {
                reached.count(message.subject.key());
                reached.count(message.purpose.key());
                reached.count(message.fate.key());
                lost += u32::from(message.fate == Fate::Lost);
            }
            _ => {}
        }
    }
    let world = town.0.world();
    if lost == 0 {
        is_settled(world)?;
        if wealth(world) != before {
            return Err(format!("the public had {before} and has {}", wealth(world)));
        }
    } else if let Some(message) = world.pending().find(|message| message.fate != Fate::Lost) {
        return Err(format!("{message:?} is still on its way"));
    } else if world.pending().count() != lost as usize {
        return Err(format!(
            "{lost} messages were lost and {} are listed",
            world.pending().count()
        ));
    }
    Ok(())
}

fn simulations(weather: Weather, expected: &[&str]) {
    let reached = Reached::default();
    common::holds_for_scenes(weather, |scene, every| {
        reached.count("scenes");
        simulate(scene, every, &reached)
    });
    eprintln!("{weather:?}: {:?}", reached.0.borrow());
    for what in expected {
        assert!(reached.of(what) > 0, "no scene reached {what}");
    }
}

const REFUSALS: &[&str] = &[
    "account.missing",
    "funds.short",
    "limit.balance",
    "limit.day",
    "limit.payment",
    "limit.year",
    "liquidity.short",
    "payee.self",
];

#[test]
fn books_agree_and_money_is_conserved_when_messages_arrive_at_once() {
    simulations(Weather::default(), REFUSALS);
}

#[test]
fn books_agree_and_money_is_conserved_when_messages_take_time() {
    simulations(
        Weather {
            latency: 20_000,
            ..Weather::default()
        },
        REFUSALS,
    );
}

#[test]
fn books_agree_and_money_is_conserved_when_messages_come_late_and_twice() {
    simulations(
        Weather {
            latency: 5_000,
            faults: true,
            ..Weather::default()
        },
        &["doubled", "late", "sent-back"],
    );
}

/// Each regime in calm and in a storm, with flows to and from accounts.
#[test]
fn books_agree_and_money_is_conserved_under_every_regime() {
    for regime in [Regime::OnDemand, Regime::Deposit, Regime::Any] {
        for losses in [false, true] {
            let weather = Weather {
                regime,
                latency: 5_000,
                faults: true,
                losses,
            };
            simulations(
                weather,
                &["doubled", "late", "credited", "reverse-waterfall"],
            );
        }
    }
}

#[test]
fn books_agree_up_to_what_is_listed_as_lost() {
    simulations(
        Weather {
            latency: 5_000,
            faults: true,
            losses: true,
            ..Weather::default()
        },
        &["lost", "doubled", "late"],
    );
}
