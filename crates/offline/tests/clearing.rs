//! Payer and payee at different operators: value is claimed at one and paid by the other.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::inconsistent_digit_grouping)]

use std::collections::BTreeMap;

use offline::lab::sent;
use offline::object::{Class, RevocationList};
use offline::operator::{Address, Effect, Setup, certify};
use offline::{
    Act, Chip, Code, Command, Device, Form, Input, Limits, Mode, Model, Moment, Operator, Output,
    Signed, To,
};
use seal::KeyPair;

/// Two operators with a device each.
struct Two {
    operators: BTreeMap<u64, Operator>,
    devices: BTreeMap<u64, Device>,
    effects: Vec<(u64, Effect)>,
    found: usize,
    now: i64,
    draws: u8,
}

const A: u64 = 1;
const B: u64 = 2;
const ALICE: u64 = 11;
const BOB: u64 = 21;

impl Two {
    fn new(model: Model, mode: Mode) -> Self {
        let root = KeyPair::derive(1, "test", "root");
        let key = |serial: u64| KeyPair::derive(1, "test", &serial.to_string());
        let certs: Vec<_> = [A, B]
            .iter()
            .map(|serial| certify(&root, *serial, key(*serial).public(), i64::MAX))
            .collect();
        let operator = |at: usize| {
            Operator::new(Setup {
                secret: key(certs[at].body.serial).secret(),
                cert: certs[at].clone(),
                root: root.public(),
                operators: certs.clone(),
                model,
                mode,
                limits: Limits::default(),
                now: 0,
            })
        };
        let mut two = Self {
            operators: BTreeMap::from([(A, operator(0).unwrap()), (B, operator(1).unwrap())]),
            devices: BTreeMap::new(),
            effects: Vec::new(),
            found: 0,
            now: 0,
            draws: 0,
        };
        for keys in two.operators[&A].keys().to_vec() {
            let keys = keys.bytes().to_vec();
            two.operate(B, Command::Learn { keys });
        }
        for (operator, serial) in [(A, ALICE), (B, BOB)] {
            let secret = [serial as u8; 32];
            let enrol = Command::Enrol {
                serial,
                hello: Device::hello(secret, Form::Phone),
                class: Class::Person,
                account: serial,
                return_to: None,
                limits: None,
                category: 0,
            };
            let acts = two.operate(operator, enrol);
            let Some(Act::Send { bytes, .. }) = acts.last() else {
                panic!("no welcome");
            };
            let device = Device::new(secret, bytes, None).unwrap();
            two.devices.insert(serial, device);
        }
        two
    }

    fn moment(&mut self) -> Moment {
        self.draws = self.draws.wrapping_add(1);
        Moment {
            now: self.now,
            entropy: [self.draws; 32],
        }
    }

    fn operate(&mut self, operator: u64, command: Command) -> Vec<Act> {
        let at = self.moment();
        let acts = self
            .operators
            .get_mut(&operator)
            .unwrap()
            .step(command, at)
            .unwrap();
        for act in &acts {
            match act {
                Act::Post(effect) => self.effects.push((operator, *effect)),
                Act::Found(_) => self.found += 1,
                Act::Store | Act::Send { .. } => {}
            }
        }
        acts
    }

    /// Bytes to an operator, and whatever they bring about.
    fn carry(&mut self, operator: u64, bytes: Vec<u8>) {
        for act in self.operate(
            operator,
            Command::Receive {
                bytes,
                funds: 100_00,
            },
        ) {
            match act {
                Act::Send {
                    to: Address::Operator(other),
                    bytes,
                } => self.carry(other, bytes),
                Act::Send {
                    to: Address::Device(device),
                    bytes,
                } => {
                    let outputs = self.step(device, Input::Receive(bytes));
                    self.online(device, outputs);
                }
                _ => {}
            }
        }
    }

    fn step(&mut self, device: u64, input: Input) -> Vec<Output> {
        let at = self.moment();
        let device = self.devices.get_mut(&device).unwrap();
        device.step(&mut Chip::Weak, input, at).unwrap()
    }

    fn online(&mut self, device: u64, outputs: Vec<Output>) {
        let operator = if device == ALICE { A } else { B };
        for output in outputs {
            if let Output::Send {
                to: To::Operator,
                bytes,
            } = output
            {
                self.carry(operator, bytes);
            }
        }
    }

    fn ask(&mut self, device: u64, input: Input) {
        let outputs = self.step(device, input);
        self.online(device, outputs);
    }

    fn tap(&mut self, amount: i64) -> Vec<u8> {
        let request = sent(&self.step(
            BOB,
            Input::Request {
                amount,
                category: 0,
            },
        ))
        .unwrap();
        let pay = Input::Pay {
            request,
            payee: None,
            pin: None,
        };
        let pay = sent(&self.step(ALICE, pay)).unwrap();
        let ack = sent(&self.step(BOB, Input::Receive(pay.clone()))).unwrap();
        self.step(ALICE, Input::Receive(ack));
        pay
    }
}

#[test]
fn value_of_one_operator_is_claimed_at_another() {
    for model in Model::ALL {
        for mode in Mode::ALL.iter().filter(|mode| model.knows(**mode)) {
            let mut two = Two::new(*model, *mode);
            two.ask(ALICE, Input::Load { amount: 7_50 });
            two.tap(2_00);
            two.ask(BOB, Input::Sync);
            let in_purse = *model == Model::Purse && *mode != Mode::Staged;
            if !in_purse {
                assert_eq!(two.devices[&BOB].to_claim(), 2_00, "{model:?} {mode:?}");
                two.ask(BOB, Input::Claim);
            }
            assert_eq!(two.devices[&BOB].to_claim(), 0, "{model:?} {mode:?}");
            two.now = 2 * 86_400_000;
            for act in two.operate(A, Command::Tick) {
                if let Act::Send {
                    to: Address::Operator(other),
                    bytes,
                } = act
                {
                    two.carry(other, bytes);
                }
            }
            let expected = if in_purse {
                Effect::Adopt {
                    operator: A,
                    device: BOB,
                    amount: 2_00,
                }
            } else {
                Effect::PaidIn {
                    operator: A,
                    device: BOB,
                    account: BOB,
                    amount: 2_00,
                }
            };
            let pay_out = Effect::PayOut {
                operator: B,
                amount: 2_00,
            };
            assert!(two.effects.contains(&(A, pay_out)), "{model:?} {mode:?}");
            assert!(two.effects.contains(&(B, expected)), "{model:?} {mode:?}");
            assert_eq!(two.found, 0, "{model:?} {mode:?}");
        }
    }
}

#[test]
fn what_the_issuer_does_not_pay_is_found_unpaid() {
    for model in [Model::Coins, Model::Blind, Model::Mint] {
        let mut two = Two::new(model, Mode::Staged);
        two.ask(ALICE, Input::Load { amount: 7_50 });
        let before = two.devices[&ALICE].clone();
        two.tap(2_00);
        // Alice's memory is set back, and the same coins go home.
        let turn = two.devices[&ALICE].turn;
        two.devices.insert(ALICE, Device { turn, ..before });
        two.ask(ALICE, Input::Unload { amount: 2_00 });
        two.ask(BOB, Input::Claim);
        // The issuer found the double spending, the payee's operator a claim without money.
        assert_eq!(two.found, 2, "{model:?}");
        let paid = |(_, effect): &(u64, Effect)| matches!(effect, Effect::PaidIn { .. });
        assert!(!two.effects.iter().any(paid), "{model:?}");
    }
}

#[test]
fn an_answer_that_nobody_asked_for_or_that_another_signed_is_refused() {
    let mut two = Two::new(Model::Purse, Mode::Staged);
    two.ask(ALICE, Input::Load { amount: 7_50 });
    two.tap(2_00);
    let claim = sent(&two.step(BOB, Input::Claim)).unwrap();
    let acts = two.operate(
        B,
        Command::Receive {
            bytes: claim,
            funds: 0,
        },
    );
    let clear = acts.iter().find_map(|act| match act {
        Act::Send {
            to: Address::Operator(_),
            bytes,
        } => Some(bytes.clone()),
        _ => None,
    });
    let clear = clear.unwrap();
    let acts = two.operate(
        A,
        Command::Receive {
            bytes: clear.clone(),
            funds: 0,
        },
    );
    let Some(Act::Send { bytes: cleared, .. }) = acts.last().cloned() else {
        panic!("no answer");
    };
    let refused = |two: &mut Two, operator: u64, bytes: &[u8]| {
        let at = two.moment();
        let command = Command::Receive {
            bytes: bytes.to_vec(),
            funds: 0,
        };
        let operator = two.operators.get_mut(&operator).unwrap();
        let before = operator.clone();
        let refused = operator.step(command, at).unwrap_err().code;
        assert_eq!(*operator, before);
        refused
    };
    for at in 0..cleared.len() {
        let mut changed = cleared.clone();
        changed[at] ^= 1;
        refused(&mut two, B, &changed);
    }
    // Its own question is not for it, and an answer is taken once.
    assert_eq!(refused(&mut two, B, &clear), Code::Operator);
    let again = two.operate(B, Command::Tick);
    let to = Address::Operator(A);
    assert_eq!(
        again,
        [Act::Send {
            to,
            bytes: clear.clone()
        }]
    );
    two.operate(
        B,
        Command::Receive {
            bytes: cleared.clone(),
            funds: 0,
        },
    );
    assert_eq!(two.operate(B, Command::Tick), []);
    assert_eq!(refused(&mut two, B, &cleared), Code::NotAsked);
    // The same question again: the same answer, and nothing is paid twice.
    let acts = two.operate(
        A,
        Command::Receive {
            bytes: clear,
            funds: 0,
        },
    );
    let to = Address::Operator(B);
    assert_eq!(acts, [Act::Send { to, bytes: cleared }]);
}

#[test]
fn a_torn_payment_to_another_operators_device_comes_back_or_is_known_to_have_arrived() {
    for model in Model::ALL {
        for collected in [false, true] {
            let mode = if model.can_hand_on() {
                Mode::Intermittently
            } else {
                Mode::Staged
            };
            let mut two = Two::new(*model, mode);
            two.ask(ALICE, Input::Load { amount: 7_50 });
            let request = Input::Request {
                amount: 2_00,
                category: 0,
            };
            let request = sent(&two.step(BOB, request)).unwrap();
            let pay = Input::Pay {
                request,
                payee: None,
                pin: None,
            };
            let pay = sent(&two.step(ALICE, pay)).unwrap();
            if collected {
                // The acknowledgement is lost.
                two.step(BOB, Input::Receive(pay.clone()));
            }
            two.ask(ALICE, Input::Sync);
            assert_eq!(two.devices[&ALICE].in_limbo(), 2_00, "{model:?}");
            two.ask(BOB, Input::Sync);
            // One sync to ask the other operator, one to be told.
            two.ask(ALICE, Input::Sync);
            two.ask(ALICE, Input::Sync);
            let alice = &two.devices[&ALICE];
            assert_eq!(alice.in_limbo(), 0, "{model:?}");
            let left = if collected { 5_50 } else { 7_50 };
            assert_eq!(alice.spendable(), left, "{model:?}");
            assert_eq!(two.found, 0, "{model:?}");
            let late = two.moment();
            let bob = two.devices.get_mut(&BOB).unwrap();
            let late = bob.step(&mut Chip::Weak, Input::Receive(pay), late);
            assert_eq!(late.is_ok(), collected, "{model:?}");
        }
    }
}

#[test]
fn what_one_operator_revokes_another_operators_device_refuses() {
    let mut two = Two::new(Model::Purse, Mode::Intermittently);
    two.ask(ALICE, Input::Load { amount: 7_50 });
    two.operate(A, Command::Revoke { serial: ALICE });
    let list = two.operators[&A].own_list().bytes().to_vec();
    let learn = |list: &[u8]| Command::Receive {
        bytes: list.to_vec(),
        funds: 0,
    };
    assert_eq!(two.operate(B, learn(&list)), [Act::Store]);
    // The same again, or an older one, changes nothing.
    assert_eq!(two.operate(B, learn(&list)), []);
    let request = |two: &mut Two| {
        let request = Input::Request {
            amount: 2_00,
            category: 0,
        };
        sent(&two.step(BOB, request)).unwrap()
    };
    let pay = |request| Input::Pay {
        request,
        payee: None,
        pin: None,
    };
    // Until Bob has a fresh list, he takes it.
    let asked = request(&mut two);
    let paid = sent(&two.step(ALICE, pay(asked))).unwrap();
    two.step(BOB, Input::Receive(paid));
    two.ask(BOB, Input::Sync);
    let asked = request(&mut two);
    let paid = sent(&two.step(ALICE, pay(asked))).unwrap();
    let at = two.moment();
    let bob = two.devices.get_mut(&BOB).unwrap();
    let taken = bob.step(&mut Chip::Weak, Input::Receive(paid), at);
    assert_eq!(taken.unwrap_err().code, Code::Revoked);
}

#[test]
fn no_operator_revokes_anothers_device_and_no_list_is_believed_unsigned() {
    let mut two = Two::new(Model::Purse, Mode::Intermittently);
    let root = KeyPair::derive(1, "test", "root");
    let list = |signer: &KeyPair, operator| {
        let list = RevocationList {
            operator,
            epoch: 9,
            serials: vec![ALICE, BOB],
        };
        Command::Receive {
            bytes: Signed::sign(signer, list).bytes().to_vec(),
            funds: 0,
        }
    };
    let at = two.moment();
    let operator = two.operators.get_mut(&B).unwrap();
    for (signer, of) in [(&root, A), (&KeyPair::derive(1, "test", "2"), A)] {
        let believed = operator.step(list(signer, of), at);
        assert!(believed.is_err());
    }
    two.operate(B, list(&KeyPair::derive(1, "test", "1"), A));
    let listed = &two.operators[&B].list().body.serials;
    assert_eq!(listed, &[ALICE], "its own device is its own to revoke");
}

#[test]
fn a_list_that_grows_too_long_keeps_what_was_revoked_last() {
    let mut two = Two::new(Model::Purse, Mode::Intermittently);
    for serial in 1_000..1_600 {
        let mut secret = [9; 32];
        secret[..8].copy_from_slice(&u64::to_be_bytes(serial));
        two.operate(
            A,
            Command::Enrol {
                serial,
                hello: Device::hello(secret, Form::Phone),
                class: Class::Person,
                account: serial,
                return_to: None,
                limits: None,
                category: 0,
            },
        );
        two.now += 1;
        two.operate(A, Command::Revoke { serial });
    }
    let list = two.operators[&A].list();
    let read = Signed::<RevocationList>::decode(list.bytes()).unwrap();
    let kept: Vec<u64> = (1_600 - 512..1_600).collect();
    assert_eq!(read.body.serials, kept);
    // Devices can read it.
    two.ask(ALICE, Input::Sync);
}
