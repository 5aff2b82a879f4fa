//! Objects of offline transfers: what is read has one encoding, the one it was
//! read from, and no device and no operator of any model panics on any bytes or
//! changes when it refuses them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use offline::lab::Room;
use offline::object::{
    Ack, Ask, AskFate, Bearer, Ceiling, Cert, Claim, Claimed, Class, Clear, Cleared, Coin, Fate,
    Hello, Keys, Link, Load, Pay, Refused, Request, RevocationList, Sync, SyncAnswer, Unload,
    Unloaded, Welcome,
};
use offline::pocket;
use offline::{Command, Device, Form, Input, Limits, Mode, Model, Moment, Object, Payment, Signed};
use std::sync::LazyLock;

/// A room for each model, with value on one device and an open request on both.
static ROOMS: LazyLock<Vec<Room>> = LazyLock::new(|| {
    let room = |model: &Model| {
        let mut room = Room::new(*model, Mode::Staged, Limits::default(), 1)?;
        for place in 0..2 {
            room.join(Class::Person, Form::Phone, 100_00, None)?;
            room.online(place, Input::Load { amount: 7_50 })?;
            room.wait(61_000)?;
            let request = Input::Request {
                amount: 50,
                category: 0,
            };
            room.step(place, request)?;
        }
        Ok::<_, offline::Refusal>(room)
    };
    let rooms = Model::ALL.iter().map(room);
    rooms.collect::<Result<_, _>>().expect("rooms open")
});

fn object<T: Object>(bytes: &[u8]) {
    if let Ok(object) = T::decode(bytes) {
        assert_eq!(object.encode(), bytes);
    }
    if let Ok(signed) = Signed::<T>::decode(bytes) {
        assert_eq!(signed.bytes(), bytes);
    }
}

macro_rules! objects {
    ($bytes:ident: $($name:ident)+) => {
        $(object::<$name>($bytes);)+
    };
}

fuzz_target!(|bytes: &[u8]| {
    objects!(bytes: Ack Ask AskFate Bearer Ceiling Cert Claim Claimed Clear Cleared Coin Fate Hello Keys Link Load
        Pay Refused Request RevocationList Sync SyncAnswer Unload Unloaded Welcome);
    if let Ok(payment) = Payment::decode(bytes) {
        assert_eq!(payment.bytes(), bytes);
    }
    if let Ok(device) = Device::from_bytes(bytes) {
        assert_eq!(device.to_bytes(), bytes);
    }
    for room in ROOMS.iter() {
        let mut room = room.clone();
        let before = room.device(0).clone();
        if room.step(0, Input::Receive(bytes.to_vec())).is_err() {
            assert_eq!(*room.device(0), before);
        }
        let request = bytes.to_vec();
        let _ = room.step(
            1,
            Input::Pay {
                request,
                payee: None,
                pin: None,
            },
        );
        let before = room.operator.clone();
        let at = Moment {
            now: room.now,
            entropy: [2; 32],
        };
        let command = Command::Receive {
            bytes: bytes.to_vec(),
            funds: 100_00,
        };
        if room.operator.step(command, at).is_err() {
            assert_eq!(room.operator, before);
        }
    }
    pockets(bytes);
});

/// A seat on a phone and the room it is in.
static SEAT: LazyLock<(pocket::Pocket, pocket::Room)> = LazyLock::new(|| {
    let code = pocket::RoomCode::new(7, 1_793_523_600_000);
    let seat = pocket::Pocket::toy(code, 7).expect("a seat is taken");
    (seat, pocket::Room::open(code).expect("a room opens"))
});

/// What is read off another screen, pasted, or found in a store.
fn pockets(bytes: &[u8]) {
    let (seat, room) = &*SEAT;
    let at = Moment {
        now: 1_793_523_660_000,
        entropy: [3; 32],
    };
    for act in [
        pocket::Act::Read(bytes.to_vec()),
        pocket::Act::Pay {
            request: bytes.to_vec(),
        },
    ] {
        if let Ok(next) = seat.step(act, at) {
            let stored = next.pocket.to_text();
            assert_eq!(pocket::Pocket::from_text(&stored), Ok(next.pocket));
        }
    }
    let _ = room.read(bytes, at.now);
    let text = String::from_utf8_lossy(bytes);
    let _ = exchequer::pocket::Reader::default().take(&text);
    if let Ok(stored) = pocket::Pocket::from_text(&text) {
        assert_eq!(stored.to_text(), text);
    }
}
