//! Honest devices under every model and mode, natively and, by `wasm-bindgen-test`, in a browser.
#![allow(clippy::unwrap_used, clippy::inconsistent_digit_grouping)]

#[cfg(not(target_arch = "wasm32"))]
use core::prelude::v1::test as check;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as check;
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

use offline::lab::{Cut, Room, sent};
use offline::object::Class;
use offline::{Code, Device, Form, Input, Limits, Mode, Model, Refusal};

const DAY: i64 = 86_400_000;

/// Every model with every mode it knows.
fn all() -> impl Iterator<Item = (Model, Mode)> {
    let modes = |model: Model| Mode::ALL.iter().map(move |mode| (model, *mode));
    let all = Model::ALL.iter().flat_map(move |model| modes(*model));
    all.filter(|(model, mode)| model.knows(*mode))
}

/// A payer with 800 loaded, a payee, a third.
fn room(model: Model, mode: Mode) -> (Room, usize, usize, usize) {
    let mut room = Room::new(model, mode, Limits::default(), 7).unwrap();
    let payer = room
        .join(Class::Person, Form::Phone, 2_000_00, Some(1234))
        .unwrap();
    let payee = room.join(Class::Merchant, Form::Phone, 0, None).unwrap();
    let third = room.join(Class::Person, Form::Phone, 0, None).unwrap();
    room.online(payer, Input::Load { amount: 815_50 }).unwrap();
    (room, payer, payee, third)
}

/// The amounts that fit every model: blind coins come as the binary digits of what was loaded.
fn payable(room: &Room, payer: usize) -> i64 {
    let limits = Limits::default();
    let candidates = [50, 1_00, 2_00, 4_00, 8_00, 16_00, 32_00];
    let fits = |amount: &&i64| {
        **amount < limits.pin_from && room.device(payer).can_pay(**amount, None, room.now).is_ok()
    };
    let found = candidates.iter().find(fits).copied();
    found.unwrap_or_else(|| panic!("{:?}", room.device(payer).can_pay(50, None, room.now)))
}

fn sums_up(room: &Room) {
    let it = room.accounted();
    assert_eq!(it.spendable + it.to_claim + it.limbo, it.float, "{it:?}");
}

#[check]
fn value_is_loaded_paid_collected_acknowledged_and_brought_home() {
    for (model, mode) in all() {
        let (mut room, payer, payee, _) = room(model, mode);
        assert_eq!(room.device(payer).spendable(), 815_50, "{model:?} {mode:?}");
        assert_eq!(room.float, 815_50);
        let amount = payable(&room, payer);
        room.tap(payer, payee, amount).unwrap();
        assert_eq!(room.device(payer).in_limbo(), 0, "{model:?} {mode:?}");
        assert_eq!(room.device(payer).spendable(), 815_50 - amount);
        let staged = mode == Mode::Staged;
        let payee_device = room.device(payee);
        assert_eq!(payee_device.to_claim(), if staged { amount } else { 0 });
        assert_eq!(payee_device.spendable(), if staged { 0 } else { amount });
        sums_up(&room);
        room.bring_home(payee).unwrap();
        room.bring_home(payer).unwrap();
        room.wait(2 * DAY).unwrap();
        assert_eq!(
            room.accounts[&room.serial(payee)],
            amount,
            "{model:?} {mode:?}"
        );
        assert_eq!(room.accounts[&room.serial(payer)], 2_000_00 - amount);
        assert_eq!((room.float, room.equity), (0, 0), "{model:?} {mode:?}");
        assert_eq!(room.findings, []);
    }
}

#[check]
fn what_was_received_is_handed_on_where_the_model_and_the_mode_allow_it() {
    for (model, mode) in all() {
        let (mut room, payer, payee, third) = room(model, mode);
        let amount = payable(&room, payer);
        room.tap(payer, payee, amount).unwrap();
        let onward = room.tap(payee, third, amount);
        if mode == Mode::Staged {
            let code = if model == Model::Promise {
                Code::Ceiling
            } else {
                Code::Funds
            };
            assert_eq!(onward.unwrap_err().code, code, "{model:?} {mode:?}");
        } else {
            onward.unwrap();
            assert_eq!(room.device(third).spendable(), amount, "{model:?} {mode:?}");
        }
        sums_up(&room);
        // In any order of syncs.
        for place in [third, payer, payee] {
            room.bring_home(place).unwrap();
        }
        room.wait(2 * DAY).unwrap();
        assert_eq!((room.float, room.equity), (0, 0), "{model:?} {mode:?}");
        assert_eq!(room.findings, [], "{model:?} {mode:?}");
    }
}

#[check]
fn the_same_code_shown_again_gets_the_same_bytes_and_is_paid_once() {
    for (model, mode) in all() {
        let (mut room, payer, payee, _) = room(model, mode);
        let amount = payable(&room, payer);
        let request = Input::Request {
            amount,
            category: 5812,
        };
        let request = sent(&room.step(payee, request).unwrap()).unwrap();
        let pay = |room: &mut Room| {
            let request = request.clone();
            room.step(
                payer,
                Input::Pay {
                    request,
                    payee: None,
                    pin: None,
                },
            )
        };
        let first = sent(&pay(&mut room).unwrap()).unwrap();
        let before = room.device(payer).clone();
        assert_eq!(sent(&pay(&mut room).unwrap()).unwrap(), first, "{model:?}");
        assert_eq!(*room.device(payer), before);
        let ack = room.step(payee, Input::Receive(first.clone())).unwrap();
        let before = room.device(payee).clone();
        let again = room.step(payee, Input::Receive(first)).unwrap();
        assert_eq!(sent(&again), sent(&ack), "{model:?}");
        assert_eq!(*room.device(payee), before);
        room.step(payer, Input::Receive(sent(&ack).unwrap()))
            .unwrap();
        assert_eq!(pay(&mut room).unwrap_err().code, Code::RequestClosed);
        let again = room.step(payer, Input::Receive(sent(&ack).unwrap()));
        assert_eq!(again.unwrap_err().code, Code::PaymentUnknown);
    }
}

#[check]
fn the_answer_to_can_this_go_offline_names_the_limit() {
    for (model, mode) in all() {
        let (mut room, payer, payee, _) = room(model, mode);
        let refused = |room: &Room, amount: i64| {
            room.device(payer)
                .can_pay(amount, None, room.now)
                .unwrap_err()
        };
        let of = Refusal::of;
        assert_eq!(refused(&room, 0), Code::Amount.into());
        assert_eq!(
            refused(&room, 500_50),
            of(Code::LimitPayment, 500_50, 500_00)
        );
        if matches!(model, Model::Coins | Model::Blind | Model::Mint) {
            assert_eq!(refused(&room, 12_49), of(Code::Indivisible, 12_49, 50));
        }
        let with_pin = |room: &mut Room, pin| {
            room.tap_cut(payer, payee, 256_00, pin, &mut Cut::never())
                .unwrap_err()
                .code
        };
        assert_eq!(with_pin(&mut room, None), Code::Pin);
        assert_eq!(with_pin(&mut room, Some(1)), Code::Pin);
        assert_eq!(with_pin(&mut room, Some(2)), Code::Pin);
        assert_eq!(with_pin(&mut room, Some(3)), Code::PinBlocked);
        assert_eq!(with_pin(&mut room, Some(1234)), Code::PinBlocked);
        room.parties[payer].device.pin = None;
        if matches!(model, Model::Coins | Model::Blind | Model::Mint) {
            for _ in 0..2 {
                room.online(payer, Input::Load { amount: 63_50 }).unwrap();
            }
        }
        let mut paid = 0;
        while paid < 10 {
            room.tap(payer, payee, payable(&room, payer)).unwrap();
            paid += 1;
        }
        let next = room.device(payer).can_pay(50, None, room.now);
        if mode == Mode::Fully {
            assert!(payable(&room, payer) > 0, "{model:?}");
        } else {
            assert_eq!(
                next,
                Err(of(Code::LimitPayments, 11, 10)),
                "{model:?} {mode:?}"
            );
            room.online(payer, Input::Sync).unwrap();
            let amount = payable(&room, payer);
            let late = room.device(payer).sync_by().unwrap() + 1;
            let next = room.device(payer).can_pay(amount, None, late);
            // A ceiling is over long before a sync is due.
            let expected = if model == Model::Promise {
                Code::Ceiling.into()
            } else {
                of(Code::SyncOverdue, late, late - 1)
            };
            assert_eq!(next, Err(expected), "{model:?} {mode:?}");
        }
        let over = room.device(payer).cert.body.not_after + 1;
        let next = room.device(payer).can_pay(50, None, over);
        assert_eq!(next.unwrap_err().code, Code::Expired);
        assert!(Code::Expired.can_retry());
    }
}

#[check]
fn a_device_is_what_it_stored() {
    for (model, mode) in all() {
        let (mut room, payer, payee, _) = room(model, mode);
        room.tap(payer, payee, payable(&room, payer)).unwrap();
        let request = Input::Request {
            amount: 1_00,
            category: 0,
        };
        room.step(payee, request).unwrap();
        for place in [payer, payee] {
            let bytes = room.device(place).to_bytes();
            assert_eq!(Device::from_bytes(&bytes).as_ref(), Ok(room.device(place)));
            for cut in (0..bytes.len()).step_by(97) {
                assert!(Device::from_bytes(&bytes[..cut]).is_err());
            }
        }
    }
}

#[check]
fn an_expired_cards_rest_goes_to_the_account_named_for_it() {
    let mut room = Room::new(Model::Purse, Mode::Intermittently, Limits::default(), 1).unwrap();
    let agent = Limits {
        purse: 10_000_00,
        payments: 0,
        ..Limits::default()
    };
    let agent = room
        .join_with(Class::Agent, Form::Phone, 5_000_00, None, Some(agent))
        .unwrap();
    let card = room.join(Class::Person, Form::Card, 0, None).unwrap();
    let shop = room.join(Class::Merchant, Form::Phone, 0, None).unwrap();
    room.online(agent, Input::Load { amount: 3_000_00 })
        .unwrap();
    // A top-up without a network is a payment of the agent's: it uses a hop and the card's cap.
    room.tap(agent, card, 300_00).unwrap();
    assert_eq!(
        room.tap(agent, card, 500_50).unwrap_err().code,
        Code::LimitPayment
    );
    room.tap(agent, card, 500_00).unwrap();
    assert_eq!(
        room.tap(agent, card, 200_50).unwrap_err().code,
        Code::LimitPurse
    );
    room.tap(card, shop, 100_00).unwrap();
    room.bring_home(shop).unwrap();
    room.online(agent, Input::Sync).unwrap();
    room.online(card, Input::Sync).unwrap();
    let end = room.device(card).cert.body.not_after;
    room.wait(end - room.now + 7 * DAY).unwrap();
    assert_eq!(room.accounts[&room.serial(card)], 0);
    assert_eq!(room.tap(card, shop, 1_00).unwrap_err().code, Code::Expired);
    room.wait(1).unwrap();
    assert_eq!(room.accounts[&room.serial(card)], 700_00);
    assert!(room.operator.record(room.serial(card)).unwrap().shut);
    assert_eq!(room.findings, []);
}
