//! The room: the operator's side of pockets, on the Stage.
//!
//! A room follows from its code: the operator's key, and sixty seats with certificates and loaded
//! purses. What is stored of it is the code and what it read since; reading that again gives the
//! same room and the same answers, to the byte.

use std::collections::BTreeMap;

use seal::KeyPair;

use crate::code::{Checked, Code, must};
use crate::device::{Chip, Device, Input, Moment, Output};
use crate::object::{Class, Form, Hello, Limits, Mode, Model, Refused, Sync};
use crate::operator::{Act, Address, Command, Effect, Finding, Operator, Setup, certify};
use crate::wire::{Object, Signed, hash, number_of};

use super::{Kind, hex, unhex};

/// How many seats are prepared.
pub const SEATS: u64 = 60;

/// What each seat's purse holds in the beginning.
pub const LOADED: i64 = 200_00;

/// The serial number of the first pocket with a key of its own.
pub const FIRST_OWN: u64 = 101;

/// So much the clocks of phones may differ: certificates are valid from this long ago.
pub const SLACK: i64 = 60 * 60_000;

/// What each account holds of which pockets are loaded.
const FUNDS: i64 = 1_000_00;

/// The operator's serial number.
const OPERATOR: u64 = 1_000;

/// The most messages a room takes.
const MAX_TAKEN: usize = 2_000;

/// What stands before a stored room.
const STORED: &str = "exchequer-room 1";

/// What a room follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoomCode {
    /// The scenario's seed.
    pub seed: u64,
    /// When it was opened: whole minutes, in milliseconds of UTC since 1970.
    pub opened: i64,
}

const MINUTE: i64 = 60_000;

/// The latest opening that a code can name: the end of the year 9999.
const LATEST: i64 = 253_402_300_799_000;

impl RoomCode {
    /// The code of a room that is opened now.
    #[must_use]
    pub const fn new(seed: u64, now: i64) -> Self {
        let opened = now.div_euclid(MINUTE) * MINUTE;
        Self { seed, opened }
    }

    /// The code as it stands in a link: `7-1c8e3f0`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{:x}-{:x}", self.seed, self.opened.div_euclid(MINUTE))
    }

    /// The code that a text says, or that a link ends with.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let code = text.rsplit('/').next().unwrap_or(text);
        let (seed, minutes) = code.split_once('-')?;
        let digits = |text: &str| text.bytes().all(|it| it.is_ascii_hexdigit());
        if !digits(seed) || !digits(minutes) {
            return None;
        }
        let opened = i64::from_str_radix(minutes, 16).ok()?.checked_mul(MINUTE)?;
        let seed = u64::from_str_radix(seed, 16).ok()?;
        (opened <= LATEST).then_some(Self { seed, opened })
    }

    fn key(&self, whose: &str) -> KeyPair {
        let party = format!("{} {whose}", self.opened);
        KeyPair::derive(self.seed, "pocket room", &party)
    }
}

/// Whether a serial number is a seat's.
#[must_use]
pub const fn is_seat(serial: u64) -> bool {
    1 <= serial && serial <= SEATS
}

/// A seat's secret key. Whoever has the room's code can work it out: it is a toy.
#[must_use]
pub fn toy_secret(code: RoomCode, seat: u64) -> [u8; 32] {
    code.key(&format!("seat {seat}")).secret()
}

/// What was found, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// When, by the Stage's clock.
    pub at: i64,
    /// What.
    pub finding: Finding,
}

/// What the room knows of a pocket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Its serial number: for the prepared ones the seat's.
    pub serial: u64,
    /// When it last reported, by the Stage's clock.
    pub synced: Option<i64>,
    /// How often it reported.
    pub syncs: u32,
    /// What it held by its last report or load.
    pub balance: i64,
    /// Whether it was caught and is on the revocation list.
    pub revoked: bool,
}

/// What reading a message comes to. The room must be stored before the answer is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Whose message it was.
    pub serial: u64,
    /// What it was.
    pub kind: Kind,
    /// The bytes to be shown to that pocket.
    pub bytes: Vec<u8>,
    /// Whether the same message was answered before.
    pub again: bool,
    /// Whether the answer is no.
    pub refused: bool,
    /// How much was found by it.
    pub found: usize,
}

/// A room, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    code: RoomCode,
    operator: Operator,
    accounts: BTreeMap<u64, i64>,
    seats: BTreeMap<u64, Seat>,
    welcomes: BTreeMap<[u8; 32], (u64, Vec<u8>)>,
    found: Vec<Found>,
    honoured: i64,
    taken: Vec<(i64, Vec<u8>)>,
}

fn silent(now: i64) -> Moment {
    // A purse's operator draws nothing by chance.
    Moment {
        now: now.saturating_sub(SLACK),
        entropy: [0; 32],
    }
}

fn operator_of(code: RoomCode) -> Checked<Operator> {
    let (root, key) = (code.key("central bank"), code.key("operator"));
    let cert = certify(&root, OPERATOR, key.public(), i64::MAX);
    Operator::new(Setup {
        secret: key.secret(),
        operators: vec![cert.clone()],
        cert,
        root: root.public(),
        model: Model::Purse,
        mode: Mode::Intermittently,
        limits: Limits::default(),
        now: silent(code.opened).now,
    })
}

/// Enrols a seat and loads its purse, as in every copy of this room.
fn prepare(operator: &mut Operator, code: RoomCode, seat: u64) -> Checked<(Device, Vec<Act>)> {
    must(is_seat(seat), Code::Field)?;
    let at = silent(code.opened);
    let secret = toy_secret(code, seat);
    let enrol = Command::Enrol {
        serial: seat,
        hello: Device::hello(secret, Form::Phone),
        class: Class::Person,
        category: 0,
        account: seat,
        return_to: None,
        limits: None,
    };
    let welcome = bytes_of(&operator.step(enrol, at)?).ok_or(Code::Object)?;
    let mut device = Device::new(secret, &welcome, None)?;
    let load = Input::Load { amount: LOADED };
    let asked = device.step(&mut Chip::Weak, load, at)?;
    let asked = asked.into_iter().find_map(|output| match output {
        Output::Send { bytes, .. } => Some(bytes),
        _ => None,
    });
    let ask = Command::Receive {
        bytes: asked.ok_or(Code::Object)?,
        funds: FUNDS,
    };
    let acts = operator.step(ask, at)?;
    let answer = bytes_of(&acts).ok_or(Code::Object)?;
    device.step(&mut Chip::Weak, Input::Receive(answer), at)?;
    Ok((device, acts))
}

/// What goes out to a device.
fn bytes_of(acts: &[Act]) -> Option<Vec<u8>> {
    acts.iter().find_map(|act| match act {
        Act::Send {
            to: Address::Device(_),
            bytes,
        } => Some(bytes.clone()),
        _ => None,
    })
}

impl Room {
    /// A new room with all its seats.
    pub fn open(code: RoomCode) -> Checked<Self> {
        let mut room = Self {
            code,
            operator: operator_of(code)?,
            accounts: BTreeMap::new(),
            seats: BTreeMap::new(),
            welcomes: BTreeMap::new(),
            found: Vec::new(),
            honoured: 0,
            taken: Vec::new(),
        };
        for seat in 1..=SEATS {
            room.enter(seat);
            let (_, acts) = prepare(&mut room.operator, code, seat)?;
            room.book(&acts, code.opened);
        }
        Ok(room)
    }

    /// A seat's device, worked out from the code alone.
    pub(super) fn seat(code: RoomCode, seat: u64) -> Checked<Device> {
        let (device, _) = prepare(&mut operator_of(code)?, code, seat)?;
        Ok(device)
    }

    /// What it follows from.
    #[must_use]
    pub const fn code(&self) -> RoomCode {
        self.code
    }

    /// All pockets, seats first.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        self.seats.values()
    }

    /// What was found, oldest first.
    #[must_use]
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// What was paid for value that nobody issued.
    #[must_use]
    pub const fn honoured(&self) -> i64 {
        self.honoured
    }

    /// How many messages changed it.
    #[must_use]
    pub const fn taken(&self) -> usize {
        self.taken.len()
    }

    /// The room as a text for a store: a head with its code and a digest, then a line for each
    /// message it took.
    #[must_use]
    pub fn to_text(&self) -> String {
        let line = |(time, bytes): &(i64, Vec<u8>)| format!("{time} {}\n", hex(bytes));
        let body: String = self.taken.iter().map(line).collect();
        let digest = hex(&hash(body.as_bytes())[..8]);
        format!("{STORED} {} {digest}\n{body}", self.code.text())
    }

    /// The room of this text, if it is whole.
    pub fn from_text(text: &str) -> Checked<Self> {
        let (head, body) = text.split_once('\n').ok_or(Code::Malformed)?;
        let head = head.strip_prefix(STORED).ok_or(Code::Malformed)?;
        let (code, digest) = head.trim_start().split_once(' ').ok_or(Code::Malformed)?;
        must(digest == hex(&hash(body.as_bytes())[..8]), Code::Malformed)?;
        let mut room = Self::open(RoomCode::read(code).ok_or(Code::Malformed)?)?;
        for line in body.lines() {
            let (time, bytes) = line.split_once(' ').ok_or(Code::Malformed)?;
            let time = time.parse().map_err(|_| Code::Malformed)?;
            let bytes = unhex(bytes).ok_or(Code::Malformed)?;
            room.take(&bytes, time)?;
        }
        Ok(room)
    }

    /// Reads what a pocket shows. A refusal changes nothing.
    pub fn read(&self, bytes: &[u8], now: i64) -> Checked<(Self, Answer)> {
        let mut next = self.clone();
        let answer = next.take(bytes, now)?;
        Ok((next, answer))
    }

    fn take(&mut self, bytes: &[u8], now: i64) -> Checked<Answer> {
        let kind = Kind::of(bytes)?;
        let before = self.found.len();
        let (serial, answer, again) = match kind {
            Kind::Hello => self.welcome(bytes, now)?,
            Kind::Ask | Kind::Sync => self.online(bytes, now)?,
            _ => return Err(Code::Object.into()),
        };
        if !again {
            must(self.taken.len() < MAX_TAKEN, Code::LogFull)?;
            self.taken.push((now, bytes.to_vec()));
        }
        let refused = number_of(&answer)? == Refused::NUMBER;
        if kind == Kind::Sync
            && !again
            && !refused
            && let Some(seat) = self.seats.get_mut(&serial)
        {
            seat.synced = Some(now);
            seat.syncs += 1;
            seat.balance = Signed::<Sync>::decode(bytes)?.body.balance;
        }
        Ok(Answer {
            serial,
            kind,
            bytes: answer,
            again,
            refused,
            found: self.found.len() - before,
        })
    }

    fn welcome(&mut self, bytes: &[u8], now: i64) -> Checked<(u64, Vec<u8>, bool)> {
        let hello = Signed::<Hello>::decode(bytes)?;
        let key = hello.body.key.0;
        if let Some((serial, welcome)) = self.welcomes.get(&key) {
            hello.verify(&hello.body.key)?;
            return Ok((*serial, welcome.clone(), true));
        }
        let serial = FIRST_OWN + self.welcomes.len() as u64;
        let enrol = Command::Enrol {
            serial,
            hello: bytes.to_vec(),
            class: Class::Person,
            category: 0,
            account: serial,
            return_to: None,
            limits: None,
        };
        let acts = self.operator.step(enrol, silent(now))?;
        let welcome = bytes_of(&acts).ok_or(Code::Object)?;
        self.enter(serial);
        self.welcomes.insert(key, (serial, welcome.clone()));
        Ok((serial, welcome, false))
    }

    fn online(&mut self, bytes: &[u8], now: i64) -> Checked<(u64, Vec<u8>, bool)> {
        let wants = self.operator.wants(bytes);
        let funds = wants.and_then(|(account, _)| self.accounts.get(&account));
        let receive = Command::Receive {
            bytes: bytes.to_vec(),
            funds: funds.copied().unwrap_or(0),
        };
        let acts = self.operator.step(receive, silent(now))?;
        let to = acts.iter().find_map(|act| match act {
            Act::Send {
                to: Address::Device(serial),
                ..
            } => Some(*serial),
            _ => None,
        });
        let serial = to.ok_or(Code::Object)?;
        let answer = bytes_of(&acts).ok_or(Code::Object)?;
        self.book(&acts, now);
        Ok((serial, answer, !acts.contains(&Act::Store)))
    }

    fn enter(&mut self, serial: u64) {
        self.accounts.insert(serial, FUNDS);
        let seat = Seat {
            serial,
            synced: None,
            syncs: 0,
            balance: 0,
            revoked: false,
        };
        self.seats.insert(serial, seat);
    }

    /// Posts what a step says, and notes what it found.
    fn book(&mut self, acts: &[Act], now: i64) {
        let mut post = |account: u64, amount: i64| {
            if let Some(holds) = self.accounts.get_mut(&account) {
                *holds += amount;
            }
        };
        for act in acts {
            match act {
                Act::Post(Effect::Load {
                    device,
                    account,
                    amount,
                }) => {
                    post(*account, -amount);
                    if let Some(seat) = self.seats.get_mut(device) {
                        seat.balance += amount;
                    }
                }
                Act::Post(Effect::Unload {
                    account, amount, ..
                }) => post(*account, *amount),
                Act::Post(Effect::Claim {
                    account, amount, ..
                }) => post(*account, *amount),
                Act::Post(Effect::Honour { amount, .. }) => self.honoured += amount,
                Act::Found(finding) => {
                    let finding = finding.clone();
                    self.found.push(Found { at: now, finding });
                }
                Act::Post(_) | Act::Store | Act::Send { .. } => {}
            }
        }
        for (serial, record) in self.operator.devices() {
            if let Some(seat) = self.seats.get_mut(serial) {
                seat.revoked = record.revoked.is_some();
            }
        }
    }

    /// What seats and others loaded and nobody gave back.
    #[must_use]
    pub fn outside(&self) -> i64 {
        let loaded = |holds: &i64| FUNDS - holds;
        self.accounts.values().map(loaded).sum()
    }
}
