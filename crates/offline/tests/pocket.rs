//! Pockets and their room: stored before shown, cut off anywhere, messages lost, doubled and late.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::inconsistent_digit_grouping)]

use offline::pocket::{
    Act, FIRST_OWN, Kind, LOADED, Line, Pocket, Room, RoomCode, SEATS, Stage, Story, is_seat,
    toy_secret,
};
use offline::{Code, Finding, Moment};
use proptest::prelude::*;

/// 1 November 2026, at nine.
const MORNING: i64 = 1_793_523_600_000;
const MINUTE: i64 = 60_000;

const CODE: RoomCode = RoomCode {
    seed: 7,
    opened: MORNING,
};

/// A phone: what is stored, and what is on the screen.
struct Phone {
    stored: String,
    live: Pocket,
}

/// Where a phone is cut off within a step.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Cut {
    Never,
    BeforeStore,
    BeforeShow,
}

impl Phone {
    fn new(pocket: Pocket) -> Self {
        Self {
            stored: pocket.to_text(),
            live: pocket,
        }
    }

    /// A step as an app does it: store, then show. What is shown, if it comes so far.
    fn act(&mut self, act: Act, at: Moment, cut: Cut) -> Result<Option<Vec<u8>>, Code> {
        let next = self.live.step(act, at).map_err(|it| it.code)?;
        if cut != Cut::BeforeStore {
            self.stored = next.pocket.to_text();
        }
        if cut == Cut::Never {
            self.live = next.pocket;
            return Ok(self.live.shown().map(<[u8]>::to_vec));
        }
        self.live = Pocket::from_text(&self.stored).unwrap();
        Ok(None)
    }

    fn holds(&self) -> i64 {
        self.live.device().map_or(0, offline::Device::spendable)
    }

    fn serial(&self) -> u64 {
        self.live.device().map_or(0, offline::Device::serial)
    }
}

/// Phones and the Stage, and every message that was ever on a screen.
struct World {
    room: Room,
    stored: String,
    phones: Vec<Phone>,
    seen: Vec<Vec<u8>>,
    clock: i64,
    draws: u64,
}

impl World {
    fn new() -> Self {
        let room = Room::open(CODE).unwrap();
        let own = |it: u8| Phone::new(Pocket::new([it; 32]));
        let toy = |seat| Phone::new(Pocket::toy(CODE, seat).unwrap());
        Self {
            stored: room.to_text(),
            room,
            phones: vec![toy(1), toy(2), own(9), own(8)],
            seen: Vec::new(),
            clock: MORNING,
            draws: 0,
        }
    }

    fn at(&mut self) -> Moment {
        self.clock += MINUTE;
        self.draws += 1;
        let entropy = *blake3::hash(&self.draws.to_be_bytes()).as_bytes();
        Moment {
            now: self.clock,
            entropy,
        }
    }

    fn phone(&mut self, place: usize, act: Act, cut: Cut) -> Result<Option<Vec<u8>>, Code> {
        let at = self.at();
        let shown = self.phones[place].act(act, at, cut)?;
        self.seen.extend(shown.clone());
        Ok(shown)
    }

    /// The Stage reads something, stores, and shows its answer.
    fn stage(&mut self, bytes: &[u8], cut: Cut) -> Result<Option<Vec<u8>>, Code> {
        let at = self.at();
        let (room, answer) = self.room.read(bytes, at.now).map_err(|it| it.code)?;
        if cut != Cut::BeforeStore {
            self.stored = room.to_text();
        }
        if cut == Cut::Never {
            self.room = room;
            self.seen.push(answer.bytes.clone());
            return Ok(Some(answer.bytes));
        }
        self.room = Room::from_text(&self.stored).unwrap();
        Ok(None)
    }

    /// A phone reads whatever it is: a request is paid, anything else is taken.
    fn reads(&mut self, place: usize, bytes: Vec<u8>, cut: Cut) -> Result<Option<Vec<u8>>, Code> {
        let act = match Kind::of(&bytes) {
            Ok(Kind::Request) => Act::Pay { request: bytes },
            _ => Act::Read(bytes),
        };
        self.phone(place, act, cut)
    }

    fn sync(&mut self, place: usize) {
        if self.phones[place].live.is_asking() {
            self.phone(place, Act::ShowAsked, Cut::Never).unwrap();
        } else if self.phone(place, Act::Sync, Cut::Never).is_err() {
            return;
        }
        let asked = self.phones[place].live.shown().unwrap().to_vec();
        let answer = self.stage(&asked, Cut::Never).unwrap().unwrap();
        self.reads(place, answer, Cut::Never).unwrap();
    }

    /// Payments that were made and that their payees have not got.
    fn on_the_way(&self) -> i64 {
        let devices = || self.phones.iter().filter_map(|it| it.live.device());
        let got = |payee: u64, pay: &[u8; 32]| {
            let mut payee = devices().filter(|it| it.serial() == payee);
            payee.any(|it| it.collected.iter().any(|(it, _)| it == pay))
        };
        let pending = devices().flat_map(|device| &device.pending);
        pending
            .filter(|(pay, it)| !got(it.payee, pay))
            .map(|(_, it)| it.amount)
            .sum()
    }

    fn held(&self) -> i64 {
        self.phones.iter().map(Phone::holds).sum()
    }

    /// What the room gave to these phones. The other seats hold what they were given.
    fn given(&self) -> i64 {
        let idle = (SEATS as i64 - 2) * LOADED;
        self.room.outside() - idle
    }
}

fn cut() -> impl Strategy<Value = Cut> {
    prop_oneof![6 => Just(Cut::Never), 1 => Just(Cut::BeforeStore), 1 => Just(Cut::BeforeShow)]
}

/// Something that a person does, by numbers.
#[derive(Clone, Debug)]
enum Doing {
    Ask(usize, i64, Cut),
    Read(usize, prop::sample::Index, Cut),
    ReadLast(usize, Cut),
    Load(usize, i64, Cut),
    Sync(usize, Cut),
    ShowAsked(usize),
    ShowLine(usize, prop::sample::Index),
    StageReads(prop::sample::Index, Cut),
    StageReadsLast(Cut),
    Done(usize),
}

fn doing() -> impl Strategy<Value = Doing> {
    let who = 0..4_usize;
    prop_oneof![
        4 => (who.clone(), 1..60_00_i64, cut()).prop_map(|(a, b, c)| Doing::Ask(a, b, c)),
        3 => (who.clone(), any::<prop::sample::Index>(), cut()).prop_map(|(a, b, c)| Doing::Read(a, b, c)),
        9 => (who.clone(), cut()).prop_map(|(a, b)| Doing::ReadLast(a, b)),
        2 => (who.clone(), 1..300_00_i64, cut()).prop_map(|(a, b, c)| Doing::Load(a, b, c)),
        2 => (who.clone(), cut()).prop_map(|(a, b)| Doing::Sync(a, b)),
        1 => who.clone().prop_map(Doing::ShowAsked),
        2 => (who.clone(), any::<prop::sample::Index>()).prop_map(|(a, b)| Doing::ShowLine(a, b)),
        2 => (any::<prop::sample::Index>(), cut()).prop_map(|(a, b)| Doing::StageReads(a, b)),
        4 => cut().prop_map(Doing::StageReadsLast),
        1 => who.prop_map(Doing::Done),
    ]
}

fn play(world: &mut World, doing: Doing) {
    // What is turned down changes nothing, and is no matter here.
    let _ = match doing {
        Doing::Ask(who, amount, cut) => world.phone(who, Act::Request { amount }, cut),
        Doing::Load(who, amount, cut) => world.phone(who, Act::Load { amount }, cut),
        Doing::Sync(who, cut) => world.phone(who, Act::Sync, cut),
        Doing::ShowAsked(who) => world.phone(who, Act::ShowAsked, Cut::Never),
        Doing::Done(who) => world.phone(who, Act::Done, Cut::Never),
        Doing::ShowLine(who, which) => {
            let lines = world.phones[who].live.lines();
            if lines.is_empty() {
                return;
            }
            let id = which.get(lines).id;
            world.phone(who, Act::Show(id), Cut::Never)
        }
        Doing::Read(who, which, cut) => {
            if world.seen.is_empty() {
                return;
            }
            let bytes = which.get(&world.seen).clone();
            world.reads(who, bytes, cut)
        }
        Doing::ReadLast(who, cut) => {
            let Some(bytes) = world.seen.last().cloned() else {
                return;
            };
            world.reads(who, bytes, cut)
        }
        Doing::StageReads(which, cut) => {
            if world.seen.is_empty() {
                return;
            }
            let bytes = which.get(&world.seen).clone();
            world.stage(&bytes, cut)
        }
        Doing::StageReadsLast(cut) => {
            let Some(bytes) = world.seen.last().cloned() else {
                return;
            };
            world.stage(&bytes, cut)
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_cut_lost_or_doubled_value_is_in_one_place_and_comes_home(
        doings in prop::collection::vec(doing(), 1..70),
    ) {
        let mut world = World::new();
        for own in [2, 3] {
            let hello = world.phones[own].live.shown().unwrap().to_vec();
            world.seen.push(hello);
        }
        for doing in doings {
            let told = format!("{doing:?}");
            play(&mut world, doing);
            let answering: i64 = world.given() - world.held() - world.on_the_way();
            // What the room has given and nobody has read is with a phone that waits for it.
            prop_assert!(answering >= 0, "{told}: {answering} out of nothing");
            for phone in &world.phones {
                prop_assert_eq!(phone.live.to_text(), phone.stored.clone(), "{}: shown and not stored", told);
                prop_assert_eq!(&Pocket::from_text(&phone.stored).unwrap(), &phone.live);
            }
        }
        // Everybody comes back: first what waits, then reports, until nothing is in limbo.
        for _ in 0..4 {
            for place in 0..world.phones.len() {
                if world.phones[place].live.device().is_some() {
                    world.sync(place);
                }
            }
        }
        prop_assert_eq!(world.held(), world.given());
        prop_assert_eq!(world.room.found(), &[], "honest pockets are never accused");
        for phone in &world.phones {
            prop_assert_eq!(phone.live.unsettled().count(), 0);
            if let Some(device) = phone.live.device() {
                prop_assert_eq!(device.in_limbo(), 0);
            }
        }
        prop_assert_eq!(Room::from_text(&world.stored).unwrap(), world.room);
    }

    #[test]
    fn no_bytes_and_no_text_make_pocket_or_room_stumble(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        text in any::<String>(),
    ) {
        let pocket = Pocket::toy(CODE, 3).unwrap();
        let at = Moment { now: MORNING, entropy: [5; 32] };
        prop_assert!(pocket.step(Act::Read(bytes.clone()), at).is_err());
        let paid = pocket.step(Act::Pay { request: bytes.clone() }, at);
        prop_assert!(paid.is_err());
        prop_assert!(pocket.bill(&bytes, MORNING).is_err());
        prop_assert!(Pocket::from_text(&text).is_err());
        prop_assert!(Room::from_text(&text).is_err());
        if let Some(code) = RoomCode::read(&text) {
            prop_assert_eq!(RoomCode::read(&code.text()), Some(code));
        }
    }
}

/// A payment of 30.00 from one phone to another, to its end.
fn pays(world: &mut World, payer: usize, payee: usize) -> Vec<u8> {
    let amount = 30_00;
    let request = world.phone(payee, Act::Request { amount }, Cut::Never);
    let request = request.unwrap().unwrap();
    let pay = world.reads(payer, request, Cut::Never).unwrap().unwrap();
    let ack = world.reads(payee, pay.clone(), Cut::Never).unwrap();
    world.reads(payer, ack.unwrap(), Cut::Never).unwrap();
    pay
}

fn stages(phone: &Phone) -> Vec<(Story, Stage)> {
    let stage = |line: &Line| (line.story, line.stage);
    phone.live.lines().iter().map(stage).collect()
}

#[test]
fn a_pocket_with_a_key_of_its_own_is_provisioned_loaded_and_settles() {
    let mut world = World::new();
    let hello = world.phones[2].live.shown().unwrap().to_vec();
    let welcome = world.stage(&hello, Cut::Never).unwrap().unwrap();
    world.reads(2, welcome.clone(), Cut::Never).unwrap();
    assert_eq!(world.phones[2].serial(), FIRST_OWN);
    assert_eq!(world.stage(&hello, Cut::Never).unwrap().unwrap(), welcome);

    let ask = world.phone(2, Act::Load { amount: 80_00 }, Cut::Never);
    let load = world.stage(&ask.unwrap().unwrap(), Cut::Never).unwrap();
    world.reads(2, load.unwrap(), Cut::Never).unwrap();
    assert_eq!(world.phones[2].holds(), 80_00);

    pays(&mut world, 2, 0);
    let loaded = (Story::Loaded, Stage::Settled);
    assert_eq!(
        stages(&world.phones[2]),
        [loaded, (Story::Paid, Stage::Arrived)]
    );
    assert_eq!(
        stages(&world.phones[0]),
        [loaded, (Story::Received, Stage::Pending)]
    );
    world.sync(2);
    world.sync(0);
    assert_eq!(
        stages(&world.phones[2]),
        [loaded, (Story::Paid, Stage::Settled)]
    );
    assert_eq!(
        stages(&world.phones[0]),
        [loaded, (Story::Received, Stage::Settled)]
    );
    assert_eq!(
        (world.phones[2].holds(), world.phones[0].holds()),
        (50_00, 230_00)
    );
}

#[test]
fn a_seat_on_two_phones_that_both_pay_is_found_and_named_with_the_way_of_the_value() {
    let mut world = World::new();
    let copy = Phone::new(Pocket::toy(CODE, 1).unwrap());
    world.phones[3] = copy;
    world.phones[2] = Phone::new(Pocket::toy(CODE, 5).unwrap());
    pays(&mut world, 0, 1);
    pays(&mut world, 3, 2);
    world.sync(1);
    assert!(
        world.room.found().is_empty(),
        "one payment alone is in order"
    );
    world.sync(2);
    let found = world.room.found();
    assert_eq!(found.len(), 1);
    let Finding {
        named,
        amount,
        trace,
        ..
    } = &found[0].finding;
    assert_eq!((*named, *amount), (Some(1), 30_00));
    assert!(
        trace
            .iter()
            .any(|hop| hop.twice && hop.from == 1 && hop.to == 5)
    );
    assert_eq!(world.room.honoured(), 30_00);
    let seat = world.room.seats().find(|seat| seat.serial == 1).unwrap();
    assert!(seat.revoked);
}

#[test]
fn a_seat_worked_out_on_a_phone_is_the_one_prepared_in_the_room() {
    let room = Room::open(CODE).unwrap();
    for seat in [1, 17, SEATS] {
        let pocket = Pocket::toy(CODE, seat).unwrap();
        let at = Moment {
            now: MORNING,
            entropy: [0; 32],
        };
        let next = pocket.step(Act::Sync, at).unwrap();
        let (_, answer) = room.read(next.pocket.shown().unwrap(), MORNING).unwrap();
        assert!(!answer.refused, "seat {seat}");
        assert_eq!(answer.serial, seat);
    }
    assert!(Pocket::toy(CODE, 0).is_err() && Pocket::toy(CODE, SEATS + 1).is_err());
    assert!(is_seat(SEATS) && !is_seat(FIRST_OWN));
    assert_ne!(toy_secret(CODE, 1), toy_secret(CODE, 2));
}

#[test]
fn a_payment_that_never_arrives_comes_back_after_both_have_reported() {
    let mut world = World::new();
    let request = world.phone(1, Act::Request { amount: 10_00 }, Cut::Never);
    world
        .reads(0, request.unwrap().unwrap(), Cut::Never)
        .unwrap();
    let pending = (Story::Paid, Stage::Pending);
    assert_eq!(stages(&world.phones[0])[1], pending);
    assert_eq!(world.phones[0].holds(), LOADED - 10_00);
    world.sync(0);
    assert_eq!(
        stages(&world.phones[0])[1],
        pending,
        "the payee may still have it"
    );
    world.sync(1);
    assert_eq!(stages(&world.phones[1])[1], (Story::Asked, Stage::Closed));
    world.sync(0);
    assert_eq!(stages(&world.phones[0])[1], (Story::Paid, Stage::Returned));
    assert_eq!(world.phones[0].holds(), LOADED);
}

#[test]
fn a_request_is_paid_once_and_shown_again_in_the_same_bytes() {
    let mut world = World::new();
    let request = world.phone(1, Act::Request { amount: 10_00 }, Cut::Never);
    let request = request.unwrap().unwrap();
    let bill = world.phones[0].live.bill(&request, MORNING).unwrap();
    assert_eq!((bill.amount, bill.payee, bill.refused), (10_00, 2, None));
    let pay = world.reads(0, request.clone(), Cut::BeforeShow).unwrap();
    assert_eq!(pay, None);
    let shown = world.phones[0].live.shown().unwrap().to_vec();
    let again = world
        .reads(0, request.clone(), Cut::Never)
        .unwrap()
        .unwrap();
    assert_eq!(shown, again);
    assert!(world.phones[0].live.bill(&request, MORNING).unwrap().again);
    assert_eq!(world.phones[0].holds(), LOADED - 10_00);
    let ack = world.reads(1, again.clone(), Cut::Never).unwrap().unwrap();
    assert_eq!(world.reads(1, again, Cut::Never).unwrap().unwrap(), ack);
    assert_eq!(world.phones[1].holds(), LOADED + 10_00);
    world.reads(0, ack.clone(), Cut::Never).unwrap();
    assert_eq!(
        world.reads(0, ack, Cut::Never),
        Ok(None),
        "a second receipt says nothing new"
    );
    let claimed = world.phones[0]
        .live
        .bill(&request, MORNING)
        .unwrap()
        .refused;
    assert_eq!(claimed.map(|it| it.code), Some(Code::RequestClosed));
}

#[test]
fn a_crowd_of_payments_is_stopped_before_its_report_would_be_too_long_to_store() {
    let mut world = World::new();
    let at = Moment {
        now: MORNING,
        entropy: [3; 32],
    };
    let mut stopped = false;
    for seat in 3..SEATS {
        world.phones[0] = Phone::new(Pocket::toy(CODE, seat).unwrap());
        let request = world.phone(1, Act::Request { amount: 1_00 }, Cut::Never);
        let Ok(request) = request else {
            assert_eq!(request, Err(Code::LogFull));
            stopped = true;
            break;
        };
        let pay = world
            .reads(0, request.unwrap(), Cut::Never)
            .unwrap()
            .unwrap();
        world.reads(1, pay, Cut::Never).unwrap();
    }
    assert!(stopped, "the log is bounded");
    let asked = world.phones[1].live.step(Act::Sync, at).unwrap();
    let report = asked.pocket.shown().unwrap();
    assert!(
        seal::parts::split(report, 1_800).is_ok(),
        "{}",
        report.len()
    );
    world.sync(1);
    assert_eq!(world.phones[1].live.unsettled().count(), 0);
}

#[test]
fn a_code_is_read_from_itself_and_from_a_link() {
    let text = CODE.text();
    for given in [
        text.clone(),
        format!("https://exchequer.example/#/pocket/room/{text}"),
    ] {
        assert_eq!(RoomCode::read(&given), Some(CODE));
    }
    for bad in [
        "",
        "7",
        "7-",
        "-7",
        "x-1",
        "7-+1",
        "7-fffffffffffffff",
        "7-7-7",
    ] {
        let read = RoomCode::read(bad);
        assert!(
            read.is_none_or(|it| RoomCode::read(&it.text()) == Some(it)),
            "{bad}"
        );
    }
    assert_eq!(RoomCode::read("x-1"), None);
    assert_eq!(RoomCode::read("7-fffffffffffffff"), None);
}

#[test]
fn a_stored_text_that_was_changed_anywhere_is_not_taken() {
    let text = Pocket::toy(CODE, 4).unwrap().to_text();
    assert!(Pocket::from_text(&text).is_ok());
    for place in (0..text.len()).step_by(41) {
        let mut changed = text.clone().into_bytes();
        changed[place] ^= 1;
        let changed = String::from_utf8_lossy(&changed).into_owned();
        assert!(Pocket::from_text(&changed).is_err(), "byte {place}");
    }
}
