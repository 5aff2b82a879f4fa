//! The attacks a person can try, each played out with real devices, and what comes of it.
//!
//! [`run`] plays one attack under one model and reads the outcome off the room: who noticed and
//! when, whether the culprit is named, and who ends up with less than the goods and the money that
//! changed hands. Nothing of the table is written down anywhere but here, as deeds.

use crate::code::{Checked, Code, Refusal};
use crate::device::{Chip, Holding, Input};
use crate::object::{Class, Form, Limits, Mode, Model};
use crate::operator::{Command, Finding};
use crate::wire::names;

use super::{Cut, Room, Stage, sent, tricks};

names! {
    /// What is tried.
    Attack {
        /// The device's memory and key are copied, and both copies pay.
        Cloned = 0 "cloned-device",
        /// A payee brings the same payment twice.
        Replay = 1 "replay",
        /// The amount is changed on the way.
        Tampered = 2 "tampered-amount",
        /// A device whose certificate is over pays; its own clock is set back.
        Expired = 3 "expired-certificate",
        /// A revoked device pays a payee with a fresh list.
        Revoked = 4 "revoked-device",
        /// The memory is set back after a payment, and the device pays again.
        RolledBack = 5 "rolled-back-state",
        /// The same, with a chip that was broken.
        WeakChip = 6 "rolled-back-weak-chip",
        /// Value goes through one hand more than it may.
        HopLimit = 7 "hop-limit-passed",
        /// A thief pays until the device is reported.
        Stolen = 8 "stolen-device",
        /// The devices are pulled apart after the payment left.
        Torn = 9 "torn-transfer",
        /// A certificate is over, and the payee's clock is set back too.
        ClockMoved = 10 "clock-moved",
        /// A thief has a stranger pay the thief's bill.
        Relay = 11 "relay",
        /// A merchant's code is pasted over with another payee's.
        SwappedQr = 12 "swapped-qr",
        /// A copied device pays, and everybody syncs as late as they may.
        WithheldSync = 13 "withheld-sync",
        /// A large payment is made as several small ones.
        Splitting = 14 "splitting",
        /// A broken device makes value up.
        Counterfeit = 15 "counterfeit",
        /// The same, and the payee is in league and accepts everything.
        CounterfeitSink = 16 "colluding-counterfeit-sink",
        /// A stolen, revoked device pays a payee whose list is old.
        StarvedList = 17 "starved-list",
    }
}

names! {
    /// Who notices.
    By {
        /// The payer's own device.
        Payer = 0 "payer",
        /// The payee's device.
        Payee = 1 "payee",
        /// The operator.
        Operator = 2 "operator",
        /// Nobody.
        Nobody = 3 "nobody",
    }
}

names! {
    /// Who bears a loss.
    Bearer {
        /// Nobody.
        Nobody = 0 "nobody",
        /// The payer, or whose device was stolen.
        Payer = 1 "payer",
        /// A payee.
        Payee = 2 "payee",
        /// The issuer.
        Issuer = 3 "issuer",
    }
}

/// What came of an attack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The attack.
    pub attack: Attack,
    /// The model.
    pub model: Model,
    /// When it was noticed.
    pub detected_at: Stage,
    /// Who noticed.
    pub detected_by: By,
    /// The code of the refusal or the kind of finding.
    pub as_what: &'static str,
    /// Whether the culprit was named.
    pub named: bool,
    /// Who bears the loss.
    pub loss_borne_by: Bearer,
    /// How much it is.
    pub amount: i64,
    /// The findings, with their traces.
    pub findings: Vec<Finding>,
}

/// What one payment is worth in the attacks.
pub const AMOUNT: i64 = 32_00;
/// What a device is loaded with.
pub const LOADED: i64 = 63_50;
const FUNDS: i64 = 1_000_00;
const DAY: i64 = 86_400_000;

/// The places of those in the room.
const MALLORY: usize = 0;
const BOB: usize = 1;
const CAROL: usize = 2;
const DAN: usize = 3;
const ERIN: usize = 4;

/// Noticed between devices: by whom, and as what.
type Stopped = (By, Code);
type Tried<T = ()> = Result<T, Stopped>;

struct Scene {
    room: Room,
    honest: Vec<usize>,
    stopped: Option<Stopped>,
}

/// Plays an attack.
pub fn run(attack: Attack, model: Model) -> Checked<Outcome> {
    let mode = if model.can_hand_on() {
        Mode::Intermittently
    } else {
        Mode::Staged
    };
    let mut limits = Limits::default();
    match attack {
        Attack::Stolen => limits.pin_from = 20_00,
        Attack::Splitting => {
            limits.payment = 8_00;
            limits.payments = 3;
        }
        _ => {}
    }
    let mut room = Room::new(model, mode, limits, 11)?;
    let pin = matches!(attack, Attack::Stolen).then_some(4321);
    for place in MALLORY..=ERIN {
        let pin = pin.filter(|_| place == MALLORY);
        // A merchant's certificate outlasts its customers'.
        let long = Limits {
            certificate_ms: 365 * DAY,
            ..limits
        };
        let own = (place == BOB).then_some(long);
        room.join_with(Class::Person, Form::Phone, FUNDS, pin, own)?;
    }
    room.online(MALLORY, Input::Load { amount: LOADED })?;
    let mut scene = Scene {
        room,
        honest: vec![BOB, CAROL],
        stopped: None,
    };
    scene.room.stage = Stage::Transfer;
    scene.stopped = scene.play(attack)?.err();
    scene.outcome(attack, model)
}

impl Scene {
    /// The deeds. What a device refuses stops the attack there.
    fn play(&mut self, attack: Attack) -> Checked<Tried> {
        match attack {
            Attack::Cloned | Attack::WithheldSync => {
                self.honest.push(DAN);
                let tried = self.clone_and_pay();
                if attack == Attack::WithheldSync {
                    self.room.wait(7 * DAY - 60_000)?;
                }
                Ok(tried)
            }
            Attack::Replay => {
                self.honest = vec![MALLORY, CAROL];
                let tried = self.tap(MALLORY, BOB, AMOUNT);
                let before = self.room.device(BOB).clone();
                self.home(BOB);
                // The payee's memory as it was, and its online requests go on counting.
                tricks::set_back(&mut self.room.parties[BOB].device, before);
                self.room.parties[BOB].chip = Chip::Weak;
                self.home(BOB);
                Ok(tried)
            }
            Attack::Tampered => {
                self.honest = vec![MALLORY, BOB, CAROL];
                Ok(self.tamper())
            }
            Attack::Expired | Attack::ClockMoved => {
                let end = self.room.device(MALLORY).cert.body.not_after;
                let late = if attack == Attack::Expired {
                    1
                } else {
                    8 * DAY
                };
                self.room.wait(end - self.room.now + late)?;
                self.room.stage = Stage::Transfer;
                let back = super::OPENING + 60_000 - self.room.now;
                self.room.parties[MALLORY].clock = back;
                if attack == Attack::ClockMoved {
                    self.room.parties[BOB].clock = back;
                }
                Ok(self.tap(MALLORY, BOB, AMOUNT))
            }
            Attack::Revoked => {
                let serial = self.room.serial(MALLORY);
                self.room.operate(Command::Revoke { serial })?;
                self.room.online(BOB, Input::Sync)?;
                self.room.stage = Stage::Transfer;
                Ok(self.tap(MALLORY, BOB, AMOUNT))
            }
            Attack::RolledBack | Attack::WeakChip => {
                if attack == Attack::WeakChip {
                    self.room.parties[MALLORY].chip = Chip::Weak;
                }
                let before = self.room.device(MALLORY).clone();
                let first = self.tap(MALLORY, BOB, AMOUNT);
                self.room.parties[MALLORY].device = before;
                Ok(first.and_then(|()| self.tap(MALLORY, CAROL, AMOUNT)))
            }
            Attack::HopLimit => {
                self.honest.push(ERIN);
                // Dan's software was changed and asks for no limits of its own.
                tricks::lift_limits(&mut self.room.parties[DAN].device);
                let way = [(MALLORY, BOB), (BOB, CAROL), (CAROL, DAN), (DAN, ERIN)];
                Ok(way
                    .into_iter()
                    .try_for_each(|(from, to)| self.tap(from, to, AMOUNT)))
            }
            Attack::Stolen => {
                self.honest.push(MALLORY);
                let large = self.tap(MALLORY, BOB, AMOUNT);
                let small = self.tap(MALLORY, BOB, 16_00);
                self.thief_keeps(16_00, small.is_ok());
                let serial = self.room.serial(MALLORY);
                self.room.operate(Command::Revoke { serial })?;
                self.room.online(BOB, Input::Sync)?;
                let after = self.tap(MALLORY, BOB, 8_00);
                self.thief_keeps(8_00, after.is_ok());
                Ok(large)
            }
            Attack::Torn => {
                self.honest = vec![MALLORY, BOB, CAROL];
                // Stored and sent by the payer, and never received.
                let request = self.request(BOB, AMOUNT);
                let cut = &mut Cut::before(2);
                let torn = request.and_then(|request| {
                    let paid = self.room.pay_cut(MALLORY, BOB, request, None, cut);
                    paid.map_err(|refusal| (By::Payer, refusal.code))
                });
                Ok(torn)
            }
            Attack::Relay => {
                self.honest = vec![MALLORY, BOB, CAROL];
                // Bob's bill for the thief is shown to the victim as if it were Carol's.
                let tried = self.tap(MALLORY, BOB, AMOUNT);
                self.thief_keeps(AMOUNT, tried.is_ok());
                Ok(tried)
            }
            Attack::SwappedQr => {
                self.honest = vec![MALLORY, BOB, CAROL];
                // The victim pays Dan's code in Bob's shop, and gets nothing for it.
                let tried = self.tap(MALLORY, DAN, AMOUNT);
                self.thief_keeps(AMOUNT, tried.is_ok());
                Ok(tried)
            }
            Attack::Splitting => {
                let whole = self.tap(MALLORY, BOB, 15_00);
                if whole.is_ok() {
                    return Ok(whole);
                }
                let parts = [8_00, 4_00, 2_00, 1_00];
                Ok(parts
                    .into_iter()
                    .try_for_each(|part| self.tap(MALLORY, BOB, part)))
            }
            Attack::Counterfeit => {
                self.counterfeit(DAN)?;
                Ok(self.tap(DAN, BOB, AMOUNT))
            }
            Attack::CounterfeitSink => {
                self.honest = vec![MALLORY, BOB];
                self.counterfeit(DAN)?;
                Ok(self.sink(DAN, CAROL))
            }
            Attack::StarvedList => {
                self.honest.push(MALLORY);
                let serial = self.room.serial(MALLORY);
                self.room.operate(Command::Revoke { serial })?;
                let tried = self.tap(MALLORY, BOB, AMOUNT);
                self.thief_keeps(AMOUNT, tried.is_ok());
                Ok(tried)
            }
        }
    }

    /// The payee's request, shown.
    fn request(&mut self, payee: usize, amount: i64) -> Tried<Vec<u8>> {
        let input = Input::Request {
            amount,
            category: 0,
        };
        let outputs = self.room.step(payee, input);
        let outputs = outputs.map_err(|refusal| (By::Payee, refusal.code))?;
        Ok(sent(&outputs).unwrap_or_default())
    }

    /// The payer's answer to a request.
    fn paid(&mut self, payer: usize, request: Vec<u8>) -> Tried<Vec<u8>> {
        let input = Input::Pay {
            request,
            payee: None,
            pin: None,
        };
        let outputs = self.room.step(payer, input);
        let outputs = outputs.map_err(|refusal| (By::Payer, refusal.code))?;
        Ok(sent(&outputs).unwrap_or_default())
    }

    /// A whole transfer; whoever refuses stops it.
    fn tap(&mut self, payer: usize, payee: usize, amount: i64) -> Tried {
        let request = self.request(payee, amount)?;
        let pay = self.paid(payer, request)?;
        self.deliver(payer, payee, pay, amount)
    }

    fn deliver(&mut self, payer: usize, payee: usize, pay: Vec<u8>, amount: i64) -> Tried {
        let outputs = self.room.step(payee, Input::Receive(pay));
        let outputs = outputs.map_err(|refusal| (By::Payee, refusal.code))?;
        self.room.hand_over(payee, payer, amount);
        let ack = sent(&outputs).unwrap_or_default();
        let stored = self.room.step(payer, Input::Receive(ack));
        stored
            .map(drop)
            .map_err(|refusal| (By::Payer, refusal.code))
    }

    fn clone_and_pay(&mut self) -> Tried {
        self.room.parties[MALLORY].chip = Chip::Weak;
        let copy = self.room.parties[MALLORY].clone();
        self.room.parties.push(copy);
        let copy = self.room.parties.len() - 1;
        self.tap(MALLORY, BOB, AMOUNT)?;
        self.tap(copy, CAROL, AMOUNT)?;
        // Where value can be handed on, it goes on before anybody notices.
        if self.room.operator.model().can_hand_on() {
            self.tap(CAROL, DAN, AMOUNT)?;
        }
        Ok(())
    }

    fn tamper(&mut self) -> Tried {
        let request = self.request(BOB, AMOUNT)?;
        let mut pay = self.paid(MALLORY, request)?;
        // 3,200 as CBOR writes it, one more: the last place where it stands.
        let written = [0x19, 0x0c, 0x80];
        let at = pay.windows(3).rposition(|bytes| bytes == written);
        if let Some(at) = at {
            pay[at + 2] = 0x81;
        }
        self.deliver(MALLORY, BOB, pay, AMOUNT)
    }

    /// Goods that a holder's device paid for go to somebody else.
    fn thief_keeps(&mut self, worth: i64, paid: bool) {
        if paid {
            let serial = self.room.serial(MALLORY);
            *self.room.goods.entry(serial).or_insert(0) -= worth;
        }
    }

    /// A broken device with value that nobody issued.
    fn counterfeit(&mut self, place: usize) -> Checked {
        let now = self.room.now;
        self.room.parties[place].chip = Chip::Weak;
        tricks::forge(&mut self.room.parties[place].device, AMOUNT, now)
    }

    /// A payee in league takes what it is given, without a check.
    fn sink(&mut self, payer: usize, payee: usize) -> Tried {
        let request = self.request(payee, AMOUNT)?;
        let pay = self.paid(payer, request)?;
        if tricks::take_unchecked(&mut self.room.parties[payee].device, &pay) {
            return Ok(());
        }
        self.deliver(payer, payee, pay, AMOUNT)
    }

    /// Brings home what can be brought home: all at once, or coin by coin.
    fn home(&mut self, place: usize) {
        let room = &mut self.room;
        let model = room.operator.model();
        let _ = room.online(place, Input::Sync);
        while !room.device(place).deposits.is_empty() && room.device(place).asking.is_none() {
            if room.online(place, Input::Claim).is_err() && room.device(place).asking.is_some() {
                break;
            }
        }
        let amount = room.device(place).spendable();
        if amount == 0 || model == Model::Promise {
            return;
        }
        if room.online(place, Input::Unload { amount }).is_ok() {
            return;
        }
        let values: Vec<i64> = match &room.device(place).holding {
            Holding::Coins(chains) => chains.iter().map(|it| it.coin.body.amount).collect(),
            Holding::Mint(proofs) => proofs.iter().map(|it| it.amount).collect(),
            _ => Vec::new(),
        };
        for amount in values {
            let _ = room.online(place, Input::Unload { amount });
        }
    }

    fn outcome(mut self, attack: Attack, model: Model) -> Checked<Outcome> {
        let cheat = match attack {
            Attack::Replay => BOB,
            Attack::Counterfeit | Attack::CounterfeitSink => DAN,
            _ => MALLORY,
        };
        let cheat = self.room.serial(cheat);
        let limbo = self.room.accounted().limbo;
        for place in [BOB, CAROL, DAN, ERIN] {
            self.home(place);
        }
        if self.honest.contains(&MALLORY) {
            self.home(MALLORY);
        }
        self.room.wait(2 * DAY)?;
        self.room.wait(200 * DAY)?;
        let refused = self.room.refused.iter().find(|(_, code)| {
            // Of a device that is shut nothing more is noticed.
            !matches!(code, Code::Shut | Code::Revoked | Code::Funds)
        });
        let found = self.room.findings.first().zip(self.room.stages.first());
        let (detected_at, detected_by, as_what) = match (self.stopped, found, refused) {
            (Some((by, code)), ..) => (Stage::Transfer, by, code.key()),
            (None, Some((finding, stage)), _) => (*stage, By::Operator, finding.what.key()),
            (None, None, Some((_, code))) => (Stage::Deposit, By::Operator, code.key()),
            (None, None, None) if limbo > 0 => (Stage::Sync, By::Operator, "in-limbo"),
            _ => (Stage::Never, By::Nobody, ""),
        };
        let named = self.room.findings.iter().any(|it| it.named == Some(cheat));
        let lost = |place: usize| {
            let serial = self.room.serial(place);
            let goods = self.room.goods.get(&serial).copied().unwrap_or(0);
            let account = self.room.accounts.get(&serial).copied().unwrap_or(0);
            (FUNDS - account - goods).max(0)
        };
        let by_payer = self.honest.iter().filter(|place| **place == MALLORY);
        let by_payer: i64 = by_payer.map(|place| lost(*place)).sum();
        let by_payees = self.honest.iter().filter(|place| **place != MALLORY);
        let by_payees: i64 = by_payees.map(|place| lost(*place)).sum();
        let by_issuer = -self.room.equity;
        let losses = [
            (Bearer::Issuer, by_issuer),
            (Bearer::Payee, by_payees),
            (Bearer::Payer, by_payer),
        ];
        let (loss_borne_by, amount) = losses
            .into_iter()
            .find(|(_, amount)| *amount > 0)
            .unwrap_or((Bearer::Nobody, 0));
        Ok(Outcome {
            attack,
            model,
            detected_at,
            detected_by,
            as_what,
            named,
            loss_borne_by,
            amount,
            findings: self.room.findings,
        })
    }
}

/// Plays every attack under every model.
pub fn run_all() -> Checked<Vec<Outcome>> {
    let pairs = Attack::ALL
        .iter()
        .flat_map(|attack| Model::ALL.iter().map(move |model| (*attack, *model)));
    pairs.map(|(attack, model)| run(attack, model)).collect()
}

/// The matrix of all outcomes as Markdown.
pub fn matrix() -> Result<String, Refusal> {
    let mut text = String::from("| attack |");
    for model in Model::ALL {
        text.push_str(&format!(" {} |", model.key()));
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(Model::ALL.len()));
    text.push('\n');
    for attack in Attack::ALL {
        text.push_str(&format!("| {} |", attack.key()));
        for model in Model::ALL {
            text.push_str(&format!(" {} |", cell(&run(*attack, *model)?)));
        }
        text.push('\n');
    }
    Ok(text)
}

fn cell(outcome: &Outcome) -> String {
    let noticed = if outcome.detected_by == By::Nobody {
        "not noticed".to_owned()
    } else {
        let named = if outcome.named { ", culprit named" } else { "" };
        format!(
            "{} at {}: `{}`{named}",
            outcome.detected_by.key(),
            outcome.detected_at.key(),
            outcome.as_what
        )
    };
    let lost = if outcome.amount == 0 {
        "no loss".to_owned()
    } else {
        let (whole, cents) = (outcome.amount / 100, outcome.amount % 100);
        format!("{} loses {whole}.{cents:02}", outcome.loss_borne_by.key())
    };
    format!("{noticed}; {lost}")
}
