//! A wallet of one's own on a real phone, and the room in which it is used.
//!
//! A pocket is a [`Device`] of the chip-purse model with what its owner has to see: what it did,
//! and the message that stands on its screen. That message is part of the state: a step gives the
//! state to be stored, and what may be shown is read off it once it *is* stored. So a pocket that
//! was cut off shows after a restart either what it showed before or what it was about to show,
//! and in both cases the bytes that its state remembers.
//!
//! ```text
//! new ── hello ─▶ Room ── welcome ─▶ provisioned ── ask ─▶ Room ── load ─▶ spends
//!                                                  ── sync ─▶ Room ── answer ─▶ settled
//! ```
//!
//! The chip is software here, and anybody may copy it: finding that is the [`Room`]'s work. In a
//! room of sixty, keys come from the room's code and the seat's number: they are toys, and
//! whoever has the code can work out all of them, the operator's too.

mod history;
mod room;

pub use history::{Line, Stage, Story};
pub use room::{
    Answer, FIRST_OWN, Found, LOADED, Room, RoomCode, SEATS, SLACK, Seat, is_seat, toy_secret,
};

use seal::cbor;

use crate::code::{Checked, Code, Refusal, must};
use crate::device::{Chip, Device, Input, Moment, Output};
use crate::object::{
    Ack, Ask, Bearer, Claim, Entry, Form, Hash, Hello, Mode, Model, Pay, Payment, Request, Sync,
    Unload, Welcome,
};
use crate::wire::{Bytes, Field, Object, Signed, encode, hash, number_of, record};

/// The most lines of its history that a pocket keeps.
const MAX_LINES: usize = 120;

/// What one more collected payment may add to a state that is about to report it.
const ROOM_FOR_ONE: usize = 2_500;

/// What stands before a stored pocket.
const STORED: &str = "exchequer-pocket 1";

record! {
    /// The room a toy key comes from.
    #[derive(Copy)]
    Toy {
        /// The room's code: its seed.
        seed: u64,
        /// The room's code: when it was opened.
        opened: i64,
    }
}

record! {
    /// What a pocket is besides its device.
    Face {
        /// Its secret key.
        secret: [u8; 32],
        /// The room its key comes from, if it is a toy.
        toy: Option<Toy>,
        /// What stands on the screen for others to read.
        showing: Option<Bytes>,
        /// What it did, oldest first.
        lines: Vec<Line>,
    }
}

/// A wallet of one's own, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pocket {
    face: Face,
    device: Option<Device>,
}

/// What a pocket's owner does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Asks to be paid.
    Request {
        /// How much.
        amount: i64,
    },
    /// Pays a request that was read and agreed to.
    Pay {
        /// The request's bytes.
        request: Vec<u8>,
    },
    /// Reads anything but a request: a payment, a receipt, an answer.
    Read(Vec<u8>),
    /// Asks the room's operator for value.
    Load {
        /// How much.
        amount: i64,
    },
    /// Reports to the room's operator.
    Sync,
    /// Shows again what a line of the history is about.
    Show(Hash),
    /// Shows again what waits for the operator.
    ShowAsked,
    /// Puts away what is shown.
    Done,
}

/// What a step comes to: a state to be stored. What it shows may be shown after that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// The state.
    pub pocket: Pocket,
    /// Why the operator turned the request down, if that is what was read.
    pub refused: Option<Refusal>,
}

/// What kind of message bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A new pocket asks to be known.
    Hello,
    /// The answer to it.
    Welcome,
    /// A payee asks to be paid.
    Request,
    /// A payment.
    Pay,
    /// A receipt.
    Ack,
    /// A pocket asks the operator: for value, or with a report.
    Ask,
    /// A pocket reports.
    Sync,
    /// The operator's answer to either.
    Answer,
}

impl Kind {
    /// What these bytes are; their signatures are not looked at.
    pub fn of(bytes: &[u8]) -> Checked<Self> {
        use crate::object::{Load, Refused, SyncAnswer, Unloaded};
        Ok(match number_of(bytes)? {
            Hello::NUMBER => Self::Hello,
            Welcome::NUMBER => Self::Welcome,
            Request::NUMBER => Self::Request,
            Pay::NUMBER | Bearer::NUMBER => Self::Pay,
            Ack::NUMBER => Self::Ack,
            Ask::NUMBER | Claim::NUMBER | Unload::NUMBER => Self::Ask,
            Sync::NUMBER => Self::Sync,
            Load::NUMBER | Unloaded::NUMBER | SyncAnswer::NUMBER | Refused::NUMBER => Self::Answer,
            _ => return Err(Code::Object.into()),
        })
    }

    /// The key under which translations know it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hello => "hello",
            Self::Welcome => "welcome",
            Self::Request => "request",
            Self::Pay => "pay",
            Self::Ack => "ack",
            Self::Ask => "ask",
            Self::Sync => "sync",
            Self::Answer => "answer",
        }
    }
}

/// A request that was read, before it is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// How much.
    pub amount: i64,
    /// Who asks.
    pub payee: u64,
    /// Why it cannot be paid now, if so.
    pub refused: Option<Refusal>,
    /// Whether it was paid already, so that the same payment is shown again.
    pub again: bool,
}

impl Pocket {
    /// A new pocket with a key of its own, from bytes that nobody else has.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        let hello = Device::hello(secret, Form::Phone);
        Self {
            face: Face {
                secret,
                toy: None,
                showing: Some(Bytes(hello)),
                lines: Vec::new(),
            },
            device: None,
        }
    }

    /// The pocket of a seat in a room: provisioned and loaded without any message, as everything
    /// in it follows from the room's code.
    pub fn toy(code: RoomCode, seat: u64) -> Checked<Self> {
        let device = Room::seat(code, seat)?;
        let mut lines = Vec::new();
        history::loaded(&mut lines, &device, code.opened);
        Ok(Self {
            face: Face {
                secret: toy_secret(code, seat),
                toy: Some(Toy {
                    seed: code.seed,
                    opened: code.opened,
                }),
                showing: None,
                lines,
            },
            device: Some(device),
        })
    }

    /// The state as a text for a store: a head with its digest, then one line each for face and
    /// device.
    #[must_use]
    pub fn to_text(&self) -> String {
        let face = hex(&encode(&self.face.value()));
        let device = self
            .device
            .as_ref()
            .map_or_else(String::new, |device| hex(&device.to_bytes()));
        let body = format!("{face}\n{device}\n");
        format!("{STORED} {}\n{body}", hex(&hash(body.as_bytes())[..8]))
    }

    /// The state of this text, if it is whole.
    pub fn from_text(text: &str) -> Checked<Self> {
        let (head, body) = text.split_once('\n').ok_or(Code::Malformed)?;
        let digest = hex(&hash(body.as_bytes())[..8]);
        must(head == format!("{STORED} {digest}"), Code::Malformed)?;
        let mut lines = body.lines();
        let mut bytes = || unhex(lines.next()?);
        let face = bytes().ok_or(Code::Malformed)?;
        let device = bytes().ok_or(Code::Malformed)?;
        let face = cbor::decode(&face).map_err(|_| Code::Malformed)?;
        let face = Face::of(&face).ok_or(Code::Field)?;
        let device = match &*device {
            [] => None,
            bytes => Some(Device::from_bytes(bytes)?),
        };
        if let Some(device) = &device {
            must(device.secret == face.secret, Code::Device)?;
            must(
                device.model == Model::Purse && device.mode == Mode::Intermittently,
                Code::Model,
            )?;
        }
        Ok(Self { face, device })
    }

    /// The device, once the room knows it.
    #[must_use]
    pub const fn device(&self) -> Option<&Device> {
        self.device.as_ref()
    }

    /// The room its key comes from, if it is a toy.
    #[must_use]
    pub fn toy_of(&self) -> Option<RoomCode> {
        self.face.toy.map(|it| RoomCode {
            seed: it.seed,
            opened: it.opened,
        })
    }

    /// What stands on the screen for others to read.
    #[must_use]
    pub fn shown(&self) -> Option<&[u8]> {
        self.face.showing.as_ref().map(|it| &*it.0)
    }

    /// What it did, oldest first.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.face.lines
    }

    /// What no sync has settled.
    pub fn unsettled(&self) -> impl Iterator<Item = &Line> {
        self.face.lines.iter().filter(|line| line.is_unsettled())
    }

    /// Whether a question to the operator waits for its answer.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        self.device.as_ref().is_some_and(|it| it.asking.is_some())
    }

    /// What a request says, and whether it can be paid.
    pub fn bill(&self, request: &[u8], now: i64) -> Checked<Bill> {
        let device = self.device.as_ref().ok_or(Code::Device)?;
        let digest = hash(request);
        let request = Signed::<Request>::decode(request)?;
        let again = device.pending.values().any(|it| it.request == digest);
        let terms = device.trust().terms(&request, None)?;
        let able = || {
            device.trust().terms(&request, Some(now))?;
            must(!device.answered.contains(&digest), Code::RequestClosed)?;
            must(terms.payee != device.serial(), Code::Self_)?;
            device.can_pay(terms.amount, Some(&terms.key), now)
        };
        Ok(Bill {
            amount: terms.amount,
            payee: terms.payee,
            refused: able().err().filter(|_| !again),
            again,
        })
    }

    /// One step. A refusal changes nothing.
    pub fn step(&self, act: Act, at: Moment) -> Checked<Next> {
        let mut next = self.clone();
        let refused = next.run(act, at)?;
        next.refresh();
        must(next.can_be_stored(), Code::LogFull)?;
        Ok(Next {
            pocket: next,
            refused,
        })
    }

    fn run(&mut self, act: Act, at: Moment) -> Checked<Option<Refusal>> {
        match act {
            Act::Done => {
                must(self.device.is_some(), Code::Device)?;
                self.face.showing = None;
                return Ok(None);
            }
            Act::Show(id) => {
                let bytes = self.bytes_of(&id).ok_or(Code::PaymentUnknown)?;
                self.face.showing = Some(bytes);
                return Ok(None);
            }
            Act::ShowAsked => {
                let device = self.device.as_ref().ok_or(Code::Device)?;
                let asking = device.asking.as_ref().ok_or(Code::NotAsked)?;
                self.face.showing = Some(asking.bytes.clone());
                return Ok(None);
            }
            Act::Read(bytes) => return self.read(bytes, at),
            Act::Request { amount } => {
                let request = self.ask(
                    Input::Request {
                        amount,
                        category: 0,
                    },
                    at,
                )?;
                let id = hash(&request);
                self.note(Line::new(at.now, Story::Asked, amount, 0, id));
            }
            Act::Pay { request } => {
                let bill = self.bill(&request, at.now)?;
                let pay = self.ask(
                    Input::Pay {
                        request,
                        payee: Some(bill.payee),
                        pin: None,
                    },
                    at,
                )?;
                let id = hash(&pay);
                if self.face.lines.iter().all(|line| line.id != id) {
                    let Bill { amount, payee, .. } = bill;
                    self.note(Line::new(at.now, Story::Paid, amount, payee, id));
                }
            }
            Act::Load { amount } => {
                self.ask(Input::Load { amount }, at)?;
            }
            Act::Sync => {
                self.ask(Input::Sync, at)?;
            }
        }
        Ok(None)
    }

    /// Has the device do something after which its bytes stand on the screen.
    fn ask(&mut self, input: Input, at: Moment) -> Checked<Vec<u8>> {
        if !matches!(input, Input::Sync) {
            must(self.has_room(), Code::LogFull)?;
        }
        let device = self.device.as_mut().ok_or(Code::Device)?;
        // No chip guards what is stored here: a copy of it works, and is found out.
        let outputs = device.step(&mut Chip::Weak, input, at)?;
        let bytes = outputs.into_iter().find_map(|output| match output {
            Output::Send { bytes, .. } => Some(bytes),
            _ => None,
        });
        let bytes = bytes.ok_or(Code::Object)?;
        self.face.showing = Some(Bytes(bytes.clone()));
        Ok(bytes)
    }

    fn read(&mut self, bytes: Vec<u8>, at: Moment) -> Checked<Option<Refusal>> {
        let kind = Kind::of(&bytes)?;
        if kind == Kind::Welcome {
            return self.welcome(&bytes).map(|()| None);
        }
        let device = self.device.as_mut().ok_or(Code::Device)?;
        // A doubled receipt says nothing new.
        if kind == Kind::Ack {
            let pay = Signed::<Ack>::decode(&bytes)?.body.pay;
            let known = |line: &Line| line.id == pay && line.story == Story::Paid;
            if !device.pending.contains_key(&pay) && self.face.lines.iter().any(known) {
                return Ok(None);
            }
        }
        let outputs = device.step(&mut Chip::Weak, Input::Receive(bytes.clone()), at)?;
        let mut refused = None;
        let mut showing = None;
        for output in outputs {
            match output {
                Output::Store => {}
                Output::Send { bytes, .. } => showing = Some(Bytes(bytes)),
                Output::Refused(refusal) => refused = Some(refusal),
            }
        }
        self.face.showing = showing;
        let line = match kind {
            Kind::Pay => {
                let pay = Payment::decode(&bytes)?;
                let (_, amount, request) = pay.terms();
                let payer = match &pay {
                    Payment::Named(pay) => pay.body.payer.body.serial,
                    Payment::Bearer(_) => 0,
                };
                self.face.lines.retain(|line| line.id != request);
                Some(Line::new(
                    at.now,
                    Story::Received,
                    amount,
                    payer,
                    pay.hash(),
                ))
            }
            Kind::Answer if refused.is_none() => self
                .device
                .as_ref()
                .and_then(|it| history::load_of(it, &bytes, at.now)),
            _ => None,
        };
        if let Some(line) = line
            && self.face.lines.iter().all(|it| it.id != line.id)
        {
            self.note(line);
        }
        Ok(refused)
    }

    fn welcome(&mut self, bytes: &[u8]) -> Checked {
        let device = Device::new(self.face.secret, bytes, None)?;
        must(
            device.model == Model::Purse && device.mode == Mode::Intermittently,
            Code::Model,
        )?;
        match &self.device {
            // A doubled welcome says nothing new.
            Some(own) if own.serial() == device.serial() && own.root == device.root => {}
            Some(_) => return Err(Code::Device.into()),
            None => {
                self.device = Some(device);
                self.face.showing = None;
            }
        }
        Ok(())
    }

    /// The bytes that a line of the history is about, if they are still of use to anybody.
    fn bytes_of(&self, id: &Hash) -> Option<Bytes> {
        let device = self.device.as_ref()?;
        let open = device.open.values().find(|it| it.hash == *id);
        let collected = device.collected.iter().find(|(pay, _)| pay == id);
        device
            .pending
            .get(id)
            .map(|it| it.bytes.clone())
            .or_else(|| open.map(|it| it.bytes.clone()))
            .or_else(|| collected.map(|(_, ack)| ack.clone()))
    }

    /// Whether what a line is about can be shown again.
    #[must_use]
    pub fn can_show(&self, line: &Line) -> bool {
        self.bytes_of(&line.id).is_some()
    }

    fn note(&mut self, line: Line) {
        let lines = &mut self.face.lines;
        lines.push(line);
        while lines.len() > MAX_LINES {
            // The oldest that is over; what is pending stays in sight.
            let over = lines.iter().position(|line| !line.is_unsettled());
            lines.remove(over.unwrap_or(0));
        }
    }

    /// Lines and screen as the device's state has it: how far each is follows from that alone.
    fn refresh(&mut self) {
        let Some(device) = &self.device else {
            return;
        };
        history::refresh(&mut self.face.lines, device);
    }

    /// Whether a store gives back exactly this.
    fn can_be_stored(&self) -> bool {
        let face = encode(&self.face.value());
        let device = self.device.as_ref().map(Device::to_bytes);
        !face.is_empty() && device.is_none_or(|bytes| !bytes.is_empty())
    }

    /// Whether there is room for one more payment and the report of all of them.
    fn has_room(&self) -> bool {
        let Some(device) = &self.device else {
            return true;
        };
        let mut reporting = device.clone();
        let mute = Moment {
            now: device.synced,
            entropy: [0; 32],
        };
        // Where a question waits already, its report comes after the answer.
        reporting.asking = None;
        let stored = reporting.step(&mut Chip::Weak, Input::Sync, mute);
        let size = reporting.to_bytes().len();
        let open = device.open.len() + 1;
        stored.is_ok() && size > 0 && size + open * ROOM_FOR_ONE <= cbor::MAX_BYTES
    }
}

/// What a purse has logged since the last sync.
fn log_of(device: &Device) -> &[Entry] {
    match &device.holding {
        crate::device::Holding::Purse(purse) => &purse.log,
        _ => &[],
    }
}

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let pairs = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    pairs
        .map(|half| char::from(DIGITS[usize::from(half)]))
        .collect()
}

/// The bytes of lower-case hexadecimal digits.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let half = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    pairs
        .iter()
        .map(|[a, b]| Some(half(*a)? << 4 | half(*b)?))
        .collect()
}
