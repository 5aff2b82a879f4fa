//! Random lives of honest devices, cut off at random: after every act each unit of value has its
//! place, and in the end everything comes home.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::inconsistent_digit_grouping)]

use offline::crowd::Crowd;
use offline::lab::{Cut, Room};
use offline::object::Class;
use offline::{Form, Input, Limits, Mode, Model};
use seal::rand_core::Rng;

const DEVICES: usize = 4;
const FUNDS: i64 = 500_00;

struct Storm {
    room: Room,
    random: seal::ChaCha8Rng,
}

impl Storm {
    fn below(&mut self, n: u64) -> u64 {
        self.random.next_u64() % n
    }

    fn place(&mut self) -> usize {
        usize::try_from(self.below(DEVICES as u64)).unwrap()
    }

    /// Mostly none; sometimes somewhere early in the exchange.
    fn cut(&mut self) -> Cut {
        match self.below(3) {
            0 => Cut::before(usize::try_from(self.below(9)).unwrap()),
            _ => Cut::never(),
        }
    }

    fn amount(&mut self) -> i64 {
        50 << self.below(8)
    }

    /// One act; a device or the operator may well refuse it.
    fn act(&mut self) {
        let (place, other) = (self.place(), self.place());
        let (amount, mut cut) = (self.amount(), self.cut());
        let input = match self.below(12) {
            0..5 if place != other => {
                let _ = self.room.tap_cut(place, other, amount, None, &mut cut);
                return;
            }
            0..6 => {
                // What waits is tried again, with whoever it is for.
                let peer = self
                    .room
                    .device(place)
                    .pending
                    .values()
                    .next()
                    .map(|it| it.payee);
                let peer = (0..DEVICES).find(|other| Some(self.room.serial(*other)) == peer);
                let _ = self
                    .room
                    .exchange(place, peer.unwrap_or(place), Input::Again, &mut cut);
                return;
            }
            6 => Input::Load { amount: amount * 3 },
            7 => Input::Unload { amount },
            8 => Input::Claim,
            9 | 10 => Input::Sync,
            _ => {
                // Short of a ceiling's day: who claims after its settlement is late, by design.
                let ms = i64::try_from(self.below(600_000)).unwrap();
                self.room.wait(ms).unwrap();
                return;
            }
        };
        let _ = self.room.exchange(place, place, input, &mut cut);
    }

    fn sums_up(&self, what: &str) {
        let it = self.room.accounted();
        assert_eq!(
            it.spendable + it.to_claim + it.limbo,
            it.float,
            "{what}: {it:?}"
        );
        let accounts: i64 = self.room.accounts.values().sum();
        assert_eq!(accounts + it.float, FUNDS * DEVICES as i64, "{what}");
    }
}

fn storm(model: Model, mode: Mode, seed: u64, acts: u32) {
    let limits = Limits {
        payments: 0,
        pin_from: 0,
        hops: 6,
        ..Limits::default()
    };
    let mut room = Room::new(model, mode, limits, seed).unwrap();
    for _ in 0..DEVICES {
        room.join(Class::Person, Form::Phone, FUNDS, None).unwrap();
    }
    let random = seal::stream(seed, "storm", model.key());
    let mut storm = Storm { room, random };
    for act in 0..acts {
        storm.act();
        assert_eq!(storm.room.findings, [], "{model:?} {mode:?} {seed} {act}");
        storm.sums_up(&format!("{model:?} {mode:?}, seed {seed}, act {act}"));
    }
    // Twice: what a payee reports in the first round a payer learns in the second.
    for _ in 0..2 {
        for place in 0..DEVICES {
            let home = storm.room.bring_home(place);
            let findings = &storm.room.findings;
            assert_eq!(
                home,
                Ok(()),
                "{model:?} {mode:?}, seed {seed}: {findings:?}"
            );
        }
    }
    storm.room.wait(2 * 86_400_000).unwrap();
    let what = format!("{model:?} {mode:?}, seed {seed}");
    assert_eq!(storm.room.accounted().limbo, 0, "{what}");
    assert_eq!((storm.room.float, storm.room.equity), (0, 0), "{what}");
    assert_eq!(storm.room.findings, [], "{what}");
}

#[test]
fn honest_devices_lose_and_make_nothing_in_any_storm() {
    let soak = std::env::var_os("EXCHEQUER_SOAK").is_some();
    let (seeds, acts) = if soak { (60, 200) } else { (2, 60) };
    for model in Model::ALL {
        for mode in Mode::ALL.iter().filter(|mode| model.knows(**mode)) {
            for seed in 0..seeds {
                storm(*model, *mode, seed, acts);
            }
        }
    }
}

/// A crowd's rules and a purse's are the same: whatever one refuses the other refuses, with the
/// same numbers.
#[test]
fn a_crowd_decides_as_devices_do() {
    for mode in Mode::ALL {
        let limits = Limits {
            payment: 40_00,
            payments: 4,
            purse: 100_00,
            hops: 2,
            pin_from: 0,
            ..Limits::default()
        };
        let mut room = Room::new(Model::Purse, *mode, limits, 9).unwrap();
        let mut crowd = Crowd::new(limits, *mode, DEVICES, room.now);
        for _ in 0..DEVICES {
            room.join(Class::Person, Form::Phone, FUNDS, None).unwrap();
        }
        let mut random = seal::stream(9, "crowd", mode.key());
        let mut below = |n: u64| random.next_u64() % n;
        let mut refusals = std::collections::BTreeSet::new();
        for _ in 0..250 {
            let (place, other) = (below(4) as usize, below(4) as usize);
            match below(10) {
                0 => {
                    // The operator counts what it knows, so a report comes first.
                    room.online(place, Input::Sync).unwrap();
                    crowd.sync(place, room.now).unwrap();
                    let amount = 30_00;
                    let loaded = room.online(place, Input::Load { amount });
                    assert_eq!(crowd.load(place, amount), loaded);
                }
                1 => {
                    room.online(place, Input::Sync).unwrap();
                    crowd.sync(place, room.now).unwrap();
                }
                2 => room
                    .wait(i64::try_from(below(86_400_000 * 2)).unwrap())
                    .unwrap(),
                _ if place != other => {
                    let amount = i64::try_from(below(45_00)).unwrap();
                    let paid = room.tap(place, other, amount);
                    assert_eq!(crowd.pay(place, other, amount, room.now), paid);
                    refusals.extend(paid.err().map(|it| it.code));
                }
                _ => {}
            }
            for at in 0..DEVICES {
                assert_eq!(crowd.purses[at], room.device(at).standing(), "{mode:?}");
                assert_eq!(crowd.to_claim[at], room.device(at).to_claim());
            }
        }
        assert!(refusals.len() >= 3, "{mode:?}: {refusals:?}");
    }
}
