//! The log's digest, and worlds rebuilt from it.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::follow::Picture;
use common::scene::{Scene, Weather, scene};
use common::{Town, holds_for, rules, start, town};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use std::sync::Arc;
use world::fact::{Cause, Change, Fact, Message, OrderId, PartyId, Stamped, TextId, Timer};
use world::kernel::Simulation;
use world::log::{CHECKPOINT, Genesis, Log, SEGMENT};
use world::rules::Rules;
use world::state::World;
use world::text::Texts;

fn play(scene: &Scene) -> Town {
    let mut town = scene.town();
    for (wait, step) in &scene.moves {
        town.play(&scene.line(*wait, step));
    }
    town
}

fn genesis<'a>() -> Genesis<'a> {
    Genesis {
        engine: "e",
        signing: true,
        seed: 7,
        rules: [3; 32],
    }
}

fn world() -> World {
    World::new(std::sync::Arc::new(rules()), start())
}

/// The digest of a log with this genesis, these facts and texts.
fn digest(genesis: &Genesis<'_>, facts: &[Stamped], texts: &[&str]) -> [u8; 32] {
    let mut log = Log::new(genesis, world());
    let mut all = Texts::default();
    for text in texts {
        all.push(text.as_bytes());
    }
    for fact in facts {
        log.push(fact, &all);
    }
    log.digest(&all)
}

fn idle(at: i64) -> Stamped {
    Stamped {
        at,
        cause: Cause::Timer(1),
        fact: Fact::Changed(Change::Idle),
    }
}

#[test]
fn the_digest_depends_on_all_that_opens_the_log() {
    let facts = [idle(1), idle(2)];
    let base = digest(&genesis(), &facts, &["a"]);
    let others = [
        Genesis {
            engine: "f",
            ..genesis()
        },
        Genesis {
            engine: "e ",
            ..genesis()
        },
        Genesis {
            signing: false,
            ..genesis()
        },
        Genesis {
            seed: 8,
            ..genesis()
        },
        Genesis {
            rules: [4; 32],
            ..genesis()
        },
    ];
    for other in others {
        assert_ne!(digest(&other, &facts, &["a"]), base, "{other:?}");
        assert_ne!(
            digest(&other, &[], &[]),
            digest(&genesis(), &[], &[]),
            "an empty log too: {other:?}"
        );
    }
    assert_eq!(digest(&genesis(), &facts, &["a"]), base);
}

#[test]
fn the_digest_depends_on_every_fact_text_and_their_order() {
    let base = digest(&genesis(), &[idle(1), idle(2)], &["a", "bc"]);
    let facts = [
        &[idle(1)][..],
        &[idle(2), idle(1)],
        &[idle(1), idle(3)],
        &[idle(1), idle(2), idle(2)],
    ];
    for facts in facts {
        assert_ne!(digest(&genesis(), facts, &["a", "bc"]), base);
    }
    for texts in [
        &["a"][..],
        &["bc", "a"],
        &["ab", "c"],
        &["abc"],
        &["a", "bd"],
        &["a", "bc", ""],
    ] {
        assert_ne!(
            digest(&genesis(), &[idle(1), idle(2)], texts),
            base,
            "{texts:?}"
        );
    }
}

#[test]
fn a_text_cannot_pass_for_a_fact() {
    // The bytes of a text of 56 bytes, with their length before them, are as many as a record's.
    let fact = Stamped {
        at: 56,
        cause: Cause::Line(OrderId(0)),
        fact: Fact::Changed(Change::Arrived),
    };
    let bytes: [u8; 64] = bytemuck::cast(fact.record());
    let text = std::str::from_utf8(&bytes[8..]).unwrap();
    assert_eq!(bytes[..8], 56u64.to_le_bytes());
    assert_ne!(
        digest(&genesis(), &[idle(1), fact], &[]),
        digest(&genesis(), &[idle(1)], &[text])
    );
}

/// A text per fact, so that each segment covers its own texts.
fn long_log(length: usize, asked_at: &[usize]) -> (Log, Texts, Vec<[u8; 32]>) {
    let mut log = Log::new(&genesis(), world());
    let mut texts = Texts::default();
    let mut asked = Vec::new();
    for number in 0..length {
        let name = texts.intern(number.to_string().as_bytes());
        let change = Change::PartyOpened {
            party: PartyId(0),
            kind: world::fact::Kind::Person,
            at: None,
            name,
        };
        log.push(
            &Stamped {
                at: 0,
                cause: Cause::Line(OrderId(1)),
                fact: Fact::Changed(change),
            },
            &texts,
        );
        if asked_at.contains(&(number + 1)) {
            asked.push(log.digest(&texts));
        }
    }
    (log, texts, asked)
}

#[test]
fn the_digest_is_the_same_whenever_and_however_often_it_is_asked_for() {
    let lengths = [
        1,
        SEGMENT - 1,
        SEGMENT,
        SEGMENT + 1,
        2 * SEGMENT,
        2 * SEGMENT + 1,
        2 * SEGMENT + 2,
    ];
    let (_, _, along) = long_log(*lengths.last().unwrap(), &lengths);
    let alone: Vec<_> = lengths
        .iter()
        .map(|length| long_log(*length, &[*length]).2[0])
        .collect();
    assert_eq!(along, alone);
    let mut told_apart = along.clone();
    told_apart.sort_unstable();
    told_apart.dedup();
    assert_eq!(told_apart.len(), along.len());
    let (log, texts, _) = long_log(SEGMENT + 1, &(1..SEGMENT + 2).collect::<Vec<_>>());
    assert_eq!(log.digest(&texts), alone[3]);
}

#[test]
fn a_segment_is_covered_with_all_before_it() {
    // BLAKE3 over: the digest before, how many records, the records, and each text with its length.
    let by_hand = |length: usize| {
        let mut chain = genesis().digest();
        for from in (0..length).step_by(SEGMENT) {
            let to = length.min(from + SEGMENT);
            let (log, _, _) = long_log(length, &[]);
            let bytes: Vec<u8> = log
                .bytes()
                .flatten()
                .copied()
                .skip(from * 64)
                .take((to - from) * 64)
                .collect();
            let mut hasher = blake3::Hasher::new();
            hasher
                .update(&chain)
                .update(&((to - from) as u64).to_le_bytes())
                .update(&bytes);
            for number in from..to {
                let text = number.to_string();
                hasher
                    .update(&(text.len() as u64).to_le_bytes())
                    .update(text.as_bytes());
            }
            chain = *hasher.finalize().as_bytes();
        }
        chain
    };
    for length in [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT + 3] {
        let (log, texts, _) = long_log(length, &[]);
        assert_eq!(log.digest(&texts), by_hand(length), "{length} facts");
    }
}

#[test]
fn equal_runs_have_equal_digests_and_every_line_changes_it() {
    let base = town(true).0.digest();
    assert_eq!(town(true).0.digest(), base);
    assert_ne!(town(false).0.digest(), base, "signing");
    let with = |rules: Rules, engine: &str, seed| {
        let mut town = Town(Simulation::new(Arc::new(rules), engine, seed, true, start()).unwrap());
        town.play_all(common::TOWN);
        town.0.digest()
    };
    let plain = with(rules(), common::ENGINE, common::SEED);
    assert_eq!(plain, base, "time alone leaves no trace");
    assert_ne!(with(rules(), "other", common::SEED), plain);
    assert_ne!(with(rules(), common::ENGINE, common::SEED + 1), plain);
    assert_ne!(
        with(
            Rules {
                digest: [8; 32],
                ..rules()
            },
            common::ENGINE,
            common::SEED
        ),
        plain
    );
    for skipped in 0..common::TOWN.len() {
        let mut town = Town::new(rules(), true);
        let needed = |line: &str| line.starts_with("operator") || line.contains("Alice at");
        if needed(common::TOWN[skipped]) {
            continue;
        }
        for (number, line) in common::TOWN.iter().enumerate() {
            if number != skipped {
                town.play(line);
            }
        }
        assert_ne!(town.0.digest(), plain, "without {}", common::TOWN[skipped]);
    }
    let mut words = [town(true), town(true)];
    words[0].play("Bob: cash-in 5");
    words[1].play("Bob: cash-in 5");
    words[0].play("Bob: pay Noodles 1 memo=\"a\"");
    words[1].play("Bob: pay Noodles 1 memo=\"b\"");
    assert_ne!(words[0].0.digest(), words[1].0.digest(), "words");
}

/// The positions at which a log is sought.
fn sought() -> impl Strategy<Value = (Scene, Vec<Index>)> {
    (
        scene(Weather {
            regime: common::scene::Regime::Any,
            latency: 5_000,
            faults: true,
            losses: true,
        }),
        vec(any::<Index>(), 8),
    )
}

#[test]
fn the_world_at_a_position_is_the_one_that_all_facts_before_it_make() {
    holds_for(sought(), |(scene, positions)| {
        let town = play(&scene);
        let log = town.0.log();
        let positions = positions
            .into_iter()
            .map(|it| it.index(log.len() as usize + 1) as u32);
        for position in positions.chain([0, log.len(), log.len() + 1]) {
            let mut built = log.world_at(0);
            log.play(&mut built, 0, position);
            if Picture::of(&log.world_at(position)) != Picture::of(&built) {
                return Err(format!(
                    "the world at {position} is not the one its facts make"
                ));
            }
        }
        let (at_end, now) = (
            Picture::of(&log.world_at(log.len())),
            Picture::of(town.0.world()),
        );
        if at_end == now {
            Ok(())
        } else {
            Err("the world at the end is not the present one".into())
        }
    });
}

#[test]
fn a_long_log_is_sought_from_checkpoints() {
    let mut town = town(false);
    town.play_all(&[
        "Carol: exchange 1_000",
        "network: delay 20d from=Harbour to=central-bank count=3 after=40",
    ]);
    let mut number = 0;
    while town.0.log().len() < 2 * CHECKPOINT + CHECKPOINT / 2 {
        number += 1;
        town.play(&format!("Carol: pay Noodles 0.0{}", number % 9 + 1));
        town.play(&format!("Noodles: pay Carol 0.0{}", number % 9 + 1));
    }
    let log = town.0.log();
    let mut built = log.world_at(0);
    let mut at = 0;
    let around = [1, 2]
        .map(|it| it * CHECKPOINT)
        .map(|it| [it - 1, it, it + 1]);
    for position in around.into_iter().flatten().chain([log.len()]) {
        log.play(&mut built, at, position);
        at = position;
        assert_eq!(
            Picture::of(&log.world_at(position)),
            Picture::of(&built),
            "{position}"
        );
        assert_eq!(
            log.checkpoint_before(position),
            position / CHECKPOINT * CHECKPOINT
        );
    }
    assert_eq!(Picture::of(&built), Picture::of(town.0.world()));
}

#[test]
fn facts_come_back_from_the_log_as_they_were_pushed() {
    let message = |at| Message {
        sent: at,
        ..*town(false).messages().first().unwrap()
    };
    let facts = [
        idle(-5),
        Stamped {
            at: 9,
            cause: Cause::Line(OrderId(3)),
            fact: Fact::Sent(message(9)),
        },
        Stamped {
            at: 9,
            cause: Cause::Timer(2),
            fact: Fact::Scheduled(Timer {
                due: 7,
                number: 2,
                party: PartyId(1),
            }),
        },
    ];
    let mut log = Log::new(&genesis(), world());
    for fact in &facts {
        log.push(fact, &Texts::default());
    }
    assert_eq!(
        log.facts(0, 99).map(|(_, fact)| fact).collect::<Vec<_>>(),
        facts
    );
    assert_eq!(log.facts(1, 2).collect::<Vec<_>>(), [(1, facts[1])]);
    assert_eq!((log.fact(3), log.len(), log.is_empty()), (None, 3, false));
}

#[test]
fn texts_are_kept_once_and_unknown_numbers_are_empty() {
    let mut texts = Texts::default();
    let (a, b) = (texts.intern(b"a"), texts.intern(b"b"));
    assert_eq!(
        (texts.intern(b"a"), texts.intern(b"b"), texts.intern(b"")),
        (a, b, TextId(0))
    );
    assert_ne!(texts.push(b"a"), a, "what is pushed is new every time");
    assert_eq!(
        (
            texts.text(a),
            texts.text(TextId(99)),
            texts.bytes(TextId(99))
        ),
        ("a", "", &[][..])
    );
    let no_text = texts.push(&[0xff]);
    assert_eq!(
        (texts.text(no_text), texts.bytes(no_text)),
        ("", &[0xff][..])
    );
}
