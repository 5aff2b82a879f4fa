//! The bytes of every message flipped, cut, extended and replayed in every state: refused with a
//! code, and the state is as it was.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::inconsistent_digit_grouping)]

use offline::lab::{Room, sent};
use offline::object::Class;
use offline::{
    Act, Command, Device, Form, Input, Limits, Mode, Model, Moment, Operator, Output, To,
};

/// Who takes a message.
#[derive(Clone, Debug)]
enum Taker {
    Device(Box<Room>, usize),
    /// A payer who is shown a request.
    Payer(Box<Room>, usize),
    Operator(Box<Room>),
}

/// A message and its taker, just before it is taken.
struct Moved {
    name: String,
    bytes: Vec<u8>,
    taker: Taker,
}

impl Taker {
    /// Whether the bytes are refused and the state is left as it was.
    fn refuses(&mut self, bytes: Vec<u8>) -> bool {
        match self {
            Self::Device(room, place) => {
                let before = room.device(*place).clone();
                let refused = room.step(*place, Input::Receive(bytes)).is_err();
                refused && *room.device(*place) == before
            }
            Self::Payer(room, place) => {
                let before = room.device(*place).clone();
                let input = Input::Pay {
                    request: bytes,
                    payee: None,
                    pin: None,
                };
                let refused = room.step(*place, input).is_err();
                refused && *room.device(*place) == before
            }
            Self::Operator(room) => {
                let before = room.operator.clone();
                let at = room.moment(0);
                let command = Command::Receive {
                    bytes,
                    funds: i64::MAX,
                };
                let refused = room.operator.step(command, at).is_err();
                refused && room.operator == before
            }
        }
    }

    fn takes(&self, bytes: Vec<u8>) -> bool {
        !self.clone().refuses(bytes)
    }
}

/// Every message of a life under a model, each with its taker before it arrived: the rounds of a
/// load, request, payment, acknowledgement, claim or unload, sync, and their answers.
fn messages(model: Model) -> Vec<Moved> {
    let mode = if model.can_hand_on() {
        Mode::Intermittently
    } else {
        Mode::Staged
    };
    // Keys of its own for each model: what one operator's devices sign is nothing to another's.
    let seed = 21 + model as u64;
    let mut room = Room::new(model, mode, Limits::default(), seed).unwrap();
    for _ in 0..2 {
        room.join(Class::Person, Form::Phone, 100_00, None).unwrap();
    }
    let mut all = Vec::new();
    online(&mut room, 0, Input::Load { amount: 7_50 }, "load", &mut all);
    if model == Model::Mint {
        let payee = room.device(1).cert.bytes().to_vec();
        online(
            &mut room,
            0,
            Input::Lock {
                payee,
                amount: 1_00,
            },
            "lock",
            &mut all,
        );
    }
    let request = Input::Request {
        amount: 1_50,
        category: 0,
    };
    let request = sent(&room.step(1, request).unwrap()).unwrap();
    let taker = Taker::Payer(Box::new(room.clone()), 0);
    all.push(Moved {
        name: "request".to_owned(),
        bytes: request.clone(),
        taker,
    });
    let pay = Input::Pay {
        request,
        payee: None,
        pin: None,
    };
    let pay = sent(&room.step(0, pay).unwrap()).unwrap();
    let taker = Taker::Device(Box::new(room.clone()), 1);
    all.push(Moved {
        name: "pay".to_owned(),
        bytes: pay.clone(),
        taker,
    });
    let ack = sent(&room.step(1, Input::Receive(pay)).unwrap()).unwrap();
    let taker = Taker::Device(Box::new(room.clone()), 0);
    all.push(Moved {
        name: "ack".to_owned(),
        bytes: ack.clone(),
        taker,
    });
    room.step(0, Input::Receive(ack)).unwrap();
    online(&mut room, 1, Input::Sync, "sync", &mut all);
    if mode == Mode::Staged {
        online(&mut room, 1, Input::Claim, "claim", &mut all);
    }
    let amount = if model == Model::Promise { 6_00 } else { 4_00 };
    online(&mut room, 0, Input::Unload { amount }, "unload", &mut all);
    all
}

fn online(room: &mut Room, place: usize, input: Input, name: &str, all: &mut Vec<Moved>) {
    let mut asked = sent(&room.step(place, input).unwrap());
    let mut round = 1;
    while let Some(bytes) = asked {
        let name = |what: &str| format!("{name} {what} {round}");
        let taker = Taker::Operator(Box::new(room.clone()));
        all.push(Moved {
            name: name("asked"),
            bytes: bytes.clone(),
            taker,
        });
        let acts = room
            .operate(Command::Receive {
                bytes,
                funds: i64::MAX,
            })
            .unwrap();
        let answer = acts.iter().find_map(|act| match act {
            Act::Send { bytes, .. } => Some(bytes.clone()),
            _ => None,
        });
        let bytes = answer.unwrap();
        let taker = Taker::Device(Box::new(room.clone()), place);
        all.push(Moved {
            name: name("answered"),
            bytes: bytes.clone(),
            taker,
        });
        let outputs = room.step(place, Input::Receive(bytes)).unwrap();
        let more = |output: &Output| {
            matches!(
                output,
                Output::Send {
                    to: To::Operator,
                    ..
                }
            )
        };
        asked = outputs.iter().any(more).then(|| sent(&outputs).unwrap());
        round += 1;
    }
}

/// Changes every `step`th byte of every message.
fn change(model: Model, step: usize) {
    for Moved {
        name,
        bytes,
        mut taker,
    } in messages(model)
    {
        let what = format!("{model:?} {name}");
        assert!(taker.takes(bytes.clone()), "{what} is not taken as it is");
        for at in (0..bytes.len()).step_by(step) {
            for bit in [0x01, 0x80] {
                let mut changed = bytes.clone();
                changed[at] ^= bit;
                assert!(
                    taker.refuses(changed),
                    "{what}: byte {at} of {} ^ {bit:02x}",
                    bytes.len()
                );
            }
            assert!(taker.refuses(bytes[..at].to_vec()), "{what}: cut at {at}");
        }
        for more in [vec![0], vec![0xff; 3], bytes.clone()] {
            let longer = [bytes.clone(), more].concat();
            assert!(taker.refuses(longer), "{what}: extended");
        }
    }
}

/// Every message sent to everybody at every other moment: taken only where it is a repetition,
/// and then it changes nothing.
fn replay(model: Model) {
    let all = messages(model);
    for (at, moved) in all.iter().enumerate() {
        for later in all.iter().skip(at + 1) {
            let what = format!("{model:?}: {} at the time of {}", moved.name, later.name);
            let mut room = match &later.taker {
                Taker::Device(room, _) | Taker::Payer(room, _) | Taker::Operator(room) => {
                    (**room).clone()
                }
            };
            for place in [0, 1] {
                let fits = matches!(&later.taker, Taker::Device(_, taker) if *taker == place)
                    && moved.bytes == later.bytes;
                let before = room.device(place).clone();
                let taken = room.step(place, Input::Receive(moved.bytes.clone()));
                let stored = taken.is_ok_and(|outputs| outputs.contains(&Output::Store));
                assert!(!stored || fits, "{what}");
                assert_eq!(*room.device(place), before, "{what}");
            }
            let before = room.operator.clone();
            let bytes = moved.bytes.clone();
            let at = room.moment(0);
            let acts = room.operator.step(
                Command::Receive {
                    bytes,
                    funds: i64::MAX,
                },
                at,
            );
            assert!(!acts.is_ok_and(|acts| acts.contains(&Act::Store)), "{what}");
            assert_eq!(room.operator, before, "{what}");
        }
    }
}

#[test]
fn a_changed_message_is_refused_and_changes_nothing() {
    // The soak changes every byte.
    let soak = std::env::var_os("EXCHEQUER_SOAK").is_some();
    for (model, step) in Model::ALL.iter().zip([7, 17, 41, 41, 7]) {
        change(*model, if soak { 1 } else { step });
    }
}

#[test]
fn a_message_replayed_at_any_later_moment_changes_nothing() {
    for model in Model::ALL {
        replay(*model);
    }
}

#[test]
fn bytes_of_another_model_are_refused_everywhere() {
    for model in Model::ALL {
        let foreign: Vec<_> = Model::ALL
            .iter()
            .filter(|other| *other != model)
            .flat_map(|other| messages(*other))
            .collect();
        for moved in messages(*model) {
            let mut taker = moved.taker;
            for other in &foreign {
                assert!(
                    taker.refuses(other.bytes.clone()),
                    "{}: {}",
                    moved.name,
                    other.name
                );
            }
        }
    }
}

#[test]
fn a_state_of_another_device_or_of_another_time_is_seen() {
    let moment = |now| Moment {
        now,
        entropy: [1; 32],
    };
    let mut room = Room::new(Model::Purse, Mode::Fully, Limits::default(), 2).unwrap();
    room.join(Class::Person, Form::Phone, 100_00, None).unwrap();
    let old = room.device(0).clone();
    room.online(0, Input::Load { amount: 10_00 }).unwrap();
    room.parties[0].device = old;
    let refused = room.step(0, Input::Sync).unwrap_err();
    assert_eq!(refused.code, offline::Code::RolledBack);
    // An operator takes no command that does not fit what it knows.
    let before = room.operator.clone();
    for command in [
        Command::Revoke { serial: 7 },
        Command::Enrol {
            serial: 101,
            hello: Device::hello([5; 32], Form::Card),
            class: Class::Person,
            account: 1,
            return_to: None,
            limits: None,
            category: 0,
        },
        Command::Enrol {
            serial: 999,
            hello: vec![1, 2, 3],
            class: Class::Person,
            account: 1,
            return_to: None,
            limits: None,
            category: 0,
        },
    ] {
        assert!(Operator::step(&mut room.operator, command, moment(room.now)).is_err());
    }
    assert_eq!(room.operator, before);
}
