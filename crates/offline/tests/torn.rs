//! Cut after every store and every message, in both directions, restart either device: value is on
//! one side, on the other, or in a limbo that has a name and that a sync resolves; never lost and
//! never doubled by honest devices.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::inconsistent_digit_grouping)]

use offline::device::Holding;
use offline::lab::{Cut, Room, sent};
use offline::object::Class;
use offline::{Code, Form, Input, Limits, Mode, Model};

const AMOUNT: i64 = 8_00;
const LOADED: i64 = 63_50;
const DAY: i64 = 86_400_000;

/// What is torn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// Request, payment, acknowledgement.
    Transfer,
    /// The other way round.
    Back,
    Load,
    Unload,
    Claim,
    Sync,
    Lock,
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recovery {
    /// Everything that waits is sent again, and the devices are tapped again.
    Again,
    /// The payee syncs, then the payer.
    PayeeFirst,
    /// The payer syncs, then the payee, then the payer.
    PayerFirst,
}

const RECOVERIES: [Recovery; 3] = [Recovery::Again, Recovery::PayeeFirst, Recovery::PayerFirst];

/// Every way to recover with every choice of restarted devices; without the long seeds, each at
/// least once.
fn ways() -> Vec<(Recovery, &'static [usize])> {
    const RESTARTED: [&[usize]; 4] = [&[], &[0], &[1], &[0, 1]];
    if std::env::var_os("EXCHEQUER_SOAK").is_some() {
        let with_all = |recovery| {
            RESTARTED
                .iter()
                .map(move |restarted| (recovery, *restarted))
        };
        return RECOVERIES.into_iter().flat_map(with_all).collect();
    }
    let once = [
        Recovery::PayerFirst,
        Recovery::Again,
        Recovery::Again,
        Recovery::PayeeFirst,
    ];
    once.into_iter().zip(RESTARTED).collect()
}

/// Alice with value, Bob with value, and a payment of Alice's that Bob has.
fn room(model: Model, mode: Mode) -> Room {
    let mut room = Room::new(model, mode, Limits::default(), 3).unwrap();
    for _ in 0..2 {
        let place = room
            .join(Class::Person, Form::Phone, 1_000_00, None)
            .unwrap();
        room.online(place, Input::Load { amount: LOADED }).unwrap();
        // A blind coin's key serves one session at a time.
        room.wait(61_000).unwrap();
    }
    room.tap(0, 1, 50).unwrap();
    room
}

/// Plays the flow up to the cut. The request, if one was shown, can be shown again.
fn play(room: &mut Room, flow: Flow, cut: &mut Cut) -> Option<Vec<u8>> {
    let (payer, payee) = if flow == Flow::Back { (1, 0) } else { (0, 1) };
    let online = |room: &mut Room, place: usize, input: Input, cut: &mut Cut| {
        room.exchange(place, place, input, cut).unwrap();
        None
    };
    match flow {
        Flow::Transfer | Flow::Back => {
            let before = room.parties[payee].clone();
            let input = Input::Request {
                amount: AMOUNT,
                category: 0,
            };
            let outputs = room.step(payee, input).unwrap();
            // The payee's own store and sending are the first two events.
            if cut.before == 0 {
                room.parties[payee] = before;
                return None;
            }
            let request = sent(&outputs).unwrap();
            let mut rest = Cut::before(cut.before.saturating_sub(2));
            if cut.before > 1 {
                room.pay_cut(payer, payee, request.clone(), None, &mut rest)
                    .unwrap();
            }
            *cut = Cut::before(cut.before);
            Some(request)
        }
        Flow::Load => online(room, 0, Input::Load { amount: AMOUNT }, cut),
        Flow::Unload => online(room, 0, Input::Unload { amount: AMOUNT }, cut),
        Flow::Claim => online(room, 1, Input::Claim, cut),
        Flow::Sync => online(room, 0, Input::Sync, cut),
        Flow::Lock => {
            let payee = room.device(1).cert.bytes().to_vec();
            online(
                room,
                0,
                Input::Lock {
                    payee,
                    amount: AMOUNT,
                },
                cut,
            )
        }
    }
}

fn flows(model: Model, mode: Mode) -> Vec<Flow> {
    let mut flows = vec![Flow::Transfer, Flow::Back, Flow::Sync];
    // A ceiling is renewed when it is over, and given back at the settlement.
    if model != Model::Promise {
        flows.extend([Flow::Load, Flow::Unload]);
    }
    if mode == Mode::Staged {
        flows.push(Flow::Claim);
    }
    if model == Model::Mint {
        flows.push(Flow::Lock);
    }
    flows
}

fn sums_up(room: &Room, what: &str) {
    let it = room.accounted();
    assert_eq!(
        it.spendable + it.to_claim + it.limbo,
        it.float,
        "{what}: {it:?}"
    );
}

/// An online request that waits is asked again until it is answered.
fn online_again(room: &mut Room, place: usize) {
    if room.device(place).asking.is_some() {
        room.exchange(place, 1 - place, Input::Again, &mut Cut::never())
            .unwrap();
    }
    assert_eq!(room.device(place).asking, None);
}

fn recover(room: &mut Room, recovery: Recovery, flow: Flow, request: Option<&[u8]>, what: &str) {
    let (payer, payee) = if flow == Flow::Back { (1, 0) } else { (0, 1) };
    online_again(room, 0);
    online_again(room, 1);
    sums_up(room, what);
    let order: &[usize] = match recovery {
        Recovery::Again => {
            if let Some(request) = request {
                let result = room.pay_cut(payer, payee, request.to_vec(), None, &mut Cut::never());
                // Either it goes through now, or it had gone through to the end.
                let code = result.map_err(|refusal| refusal.code);
                assert!(
                    matches!(code, Ok(()) | Err(Code::RequestClosed)),
                    "{what}: {code:?}"
                );
                sums_up(room, what);
                assert_eq!(room.device(payer).in_limbo(), 0, "{what}");
                assert!(room.device(payee).open.is_empty(), "{what}");
            }
            &[]
        }
        Recovery::PayeeFirst => &[payee, payer],
        Recovery::PayerFirst => &[payer, payee, payer],
    };
    for place in order {
        room.online(*place, Input::Sync).unwrap();
        sums_up(room, what);
    }
    assert_eq!(room.accounted().limbo, 0, "{what}");
    assert_eq!(
        room.device(0).in_limbo() + room.device(1).in_limbo(),
        0,
        "{what}"
    );
}

/// Every cut of every flow, with either device restarted and every way to recover.
fn tear(model: Model, mode: Mode) {
    let fresh = room(model, mode);
    for flow in flows(model, mode) {
        let mut events = 0;
        loop {
            let mut torn = fresh.clone();
            let mut cut = Cut::before(events);
            let request = play(&mut torn, flow, &mut cut);
            let what = format!("{model:?} {mode:?} {flow:?}, cut before event {events}");
            sums_up(&torn, &what);
            for (recovery, restarted) in ways() {
                let mut room = torn.clone();
                for place in restarted {
                    room.restart(*place).unwrap();
                }
                let what = format!("{what}, {restarted:?} restarted, {recovery:?}");
                recover(&mut room, recovery, flow, request.as_deref(), &what);
                at_home(room, &what);
            }
            let whole = fresh_length(&fresh, flow);
            if events == whole {
                break;
            }
            events += 1;
        }
        assert!(events >= 4, "{flow:?} has {events} events only");
    }
}

/// How many events the flow has when nothing cuts it.
fn fresh_length(fresh: &Room, flow: Flow) -> usize {
    match flow {
        // Request: 2. Payment: 2. Collecting: 2. The acknowledgement stored: 1.
        Flow::Transfer | Flow::Back => 7,
        _ => {
            let mut cut = Cut::never();
            play(&mut fresh.clone(), flow, &mut cut);
            cut.seen()
        }
    }
}

/// Everything is brought home, and nothing is missing or too much.
fn at_home(mut room: Room, what: &str) {
    let mine = room.key(0);
    let locked = matches!(&room.device(0).holding,
        Holding::Mint(proofs) if proofs.iter().any(|it| it.lock.is_some_and(|lock| lock != mine)));
    if locked {
        // What is locked to the payee is good for paying that payee.
        room.tap(0, 1, AMOUNT).unwrap();
    }
    for place in [0, 1] {
        room.bring_home(place).unwrap();
    }
    room.wait(2 * DAY).unwrap();
    assert_eq!((room.float, room.equity), (0, 0), "{what}");
    let accounts = room.accounts.values().sum::<i64>();
    assert_eq!(accounts, 2 * 1_000_00, "{what}");
    for place in [0, 1] {
        let serial = room.serial(place);
        let goods = room.goods.get(&serial).copied().unwrap_or(0);
        assert_eq!(room.accounts[&serial] + goods, 1_000_00, "{what}: {serial}");
    }
    assert_eq!(room.findings, [], "{what}");
}

#[test]
fn a_torn_chip_purse_loses_and_doubles_nothing() {
    for mode in Mode::ALL {
        tear(Model::Purse, *mode);
    }
}

#[test]
fn a_torn_token_chain_loses_and_doubles_nothing() {
    for mode in Mode::ALL {
        tear(Model::Coins, *mode);
    }
}

#[test]
fn torn_blind_coins_lose_and_double_nothing() {
    tear(Model::Blind, Mode::Staged);
}

#[test]
fn torn_mint_proofs_lose_and_double_nothing() {
    for mode in Mode::ALL {
        tear(Model::Mint, *mode);
    }
}

#[test]
fn a_torn_promise_loses_and_doubles_nothing() {
    tear(Model::Promise, Mode::Staged);
}
