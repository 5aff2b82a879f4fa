//! Work to measure offline transfers by: the same natively and in a browser, without a clock of
//! its own.
//!
//! [`fifty`] is the workload of the Python simulator CBDC-offline-sim (50 devices, 20 payments
//! each), once with every signature and store of a model and, in [`fifty_unsigned`], by the rules
//! of a purse alone, which is about what that simulator does.

use crate::crowd::Crowd;
use crate::lab::{Cut, Room, sent};
use crate::object::Class;
use crate::{Act, Checked, Code, Command, Form, Input, Limits, Mode, Model, Output, To};

/// Devices of [`fifty`].
const DEVICES: usize = 50;

/// Payments each of them makes.
const ROUNDS: usize = 20;

/// A message and its name.
pub type Named = (String, Vec<u8>);

/// Somebody else than the payer.
fn drawn(state: &mut u64, payer: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1);
    let other = usize::try_from(*state >> 33).unwrap_or(0) % (DEVICES - 1);
    if other < payer { other } else { other + 1 }
}

/// Handed on where a model can, and with money that is claimed where it cannot.
fn mode(model: Model) -> Mode {
    if model.can_hand_on() {
        Mode::Fully
    } else {
        Mode::Staged
    }
}

/// Limits that let everything through.
fn wide() -> Limits {
    Limits {
        payment: 0,
        payments: 0,
        purse: 0,
        pin_from: 0,
        ..Limits::default()
    }
}

/// Every message of a life, with its name.
///
/// # Errors
/// None but for a defect of the model.
pub fn messages(model: Model) -> Checked<Vec<Named>> {
    let mode = if model.can_hand_on() {
        Mode::Intermittently
    } else {
        Mode::Staged
    };
    let mut room = Room::new(model, mode, Limits::default(), 1)?;
    for _ in 0..2 {
        room.join(Class::Person, Form::Phone, 1_000_00, None)?;
    }
    let mut all = Vec::new();
    online(
        &mut room,
        0,
        Input::Load { amount: 200_00 },
        "load",
        &mut all,
    )?;
    let amount = if model == Model::Blind { 8_00 } else { 12_50 };
    let request = room.step(
        1,
        Input::Request {
            amount,
            category: 5812,
        },
    )?;
    let request = sent(&request).ok_or(Code::Object)?;
    let pay = Input::Pay {
        request: request.clone(),
        payee: None,
        pin: None,
    };
    let pay = sent(&room.step(0, pay)?).ok_or(Code::Object)?;
    let ack = sent(&room.step(1, Input::Receive(pay.clone()))?).ok_or(Code::Object)?;
    room.step(0, Input::Receive(ack.clone()))?;
    all.push(("request".to_owned(), request));
    all.push(("pay".to_owned(), pay));
    all.push(("acknowledge".to_owned(), ack));
    if mode == Mode::Staged {
        online(&mut room, 1, Input::Claim, "claim", &mut all)?;
    }
    online(&mut room, 1, Input::Sync, "sync", &mut all)?;
    let amount = room.device(0).spendable();
    online(&mut room, 0, Input::Unload { amount }, "unload", &mut all)?;
    Ok(all)
}

fn online(
    room: &mut Room,
    place: usize,
    input: Input,
    name: &str,
    all: &mut Vec<Named>,
) -> Checked {
    let mut asked = sent(&room.step(place, input)?);
    while let Some(bytes) = asked {
        all.push((format!("{name}, asked"), bytes.clone()));
        let acts = room.operate(Command::Receive {
            bytes,
            funds: i64::MAX,
        })?;
        let answer = acts.iter().find_map(|act| match act {
            Act::Send { bytes, .. } => Some(bytes.clone()),
            _ => None,
        });
        let bytes = answer.ok_or(Code::Object)?;
        all.push((format!("{name}, answered"), bytes.clone()));
        let outputs = room.step(place, Input::Receive(bytes))?;
        let again = |it: &Output| {
            matches!(
                it,
                Output::Send {
                    to: To::Operator,
                    ..
                }
            )
        };
        asked = outputs.iter().any(again).then(|| sent(&outputs)).flatten();
    }
    Ok(())
}

/// What a payer can pay next: the smallest coin it has, or a fixed sum.
fn next_amount(room: &Room, payer: usize) -> Option<i64> {
    let mut amounts = (0..16).map(|power| 50 << power);
    amounts.find(|it| room.device(payer).can_pay(*it, None, room.now).is_ok())
}

/// Pairs of devices of which one pays the other: request, payment, collected, acknowledged.
#[derive(Debug)]
pub struct Transfers(Vec<Room>);

impl Transfers {
    /// So many pairs, the payers loaded.
    ///
    /// # Errors
    /// None but for a defect of the model.
    pub fn new(model: Model, pairs: u32) -> Checked<Self> {
        let pair = |seed| {
            let mut room = Room::new(model, mode(model), wide(), u64::from(seed))?;
            for _ in 0..2 {
                room.join(Class::Person, Form::Phone, 10_000_00, None)?;
            }
            room.online(0, Input::Load { amount: 819_00 })?;
            Ok(room)
        };
        (0..pairs).map(pair).collect::<Checked<_>>().map(Self)
    }

    /// At most so many payments of each pair; how many there were.
    ///
    /// # Errors
    /// None but for a defect of the model.
    pub fn make(&mut self, each: u32) -> Checked<u32> {
        let mut count = 0;
        for room in &mut self.0 {
            for _ in 0..each {
                let Some(amount) = next_amount(room, 0) else {
                    break;
                };
                room.tap(0, 1, amount)?;
                count += 1;
            }
        }
        Ok(count)
    }
}

/// Fifty devices load, make twenty payments each to others, report four times and bring everything
/// home: how many payments were made, and a digest of what everybody has in the end.
///
/// # Errors
/// None but for a defect of the model.
pub fn fifty(model: Model) -> Checked<(u32, [u8; 32])> {
    let mut room = Room::new(model, mode(model), wide(), 50)?;
    for place in 0..DEVICES {
        room.join(Class::Person, Form::Phone, 2_000_00, None)?;
        room.online(place, Input::Load { amount: 819_00 })?;
    }
    let mut count = 0;
    let mut state: u64 = 50;
    for round in 0..ROUNDS {
        for payer in 0..DEVICES {
            let payee = drawn(&mut state, payer);
            if let Some(amount) = next_amount(&room, payer) {
                room.tap_cut(payer, payee, amount, None, &mut Cut::never())?;
                count += 1;
            }
        }
        if round % 5 == 4 {
            for place in 0..DEVICES {
                room.online(place, Input::Sync)?;
            }
        }
    }
    for place in 0..DEVICES {
        room.bring_home(place)?;
    }
    room.wait(2 * 86_400_000)?;
    let accounts = room.accounts.values().flat_map(|it| it.to_le_bytes());
    Ok((count, crate::hash(&accounts.collect::<Vec<u8>>())))
}

/// The same payments by the rules of a purse alone, so many times over; how many were made.
///
/// # Errors
/// None but for a defect of the rules.
pub fn fifty_unsigned(times: u32) -> Checked<u32> {
    let mut paid = 0;
    for run in 0..times {
        let mut crowd = Crowd::new(wide(), Mode::Fully, DEVICES, 0);
        (0..DEVICES).try_for_each(|place| crowd.load(place, 819_00))?;
        let mut state = u64::from(run);
        for _ in 0..ROUNDS {
            for payer in 0..DEVICES {
                let payee = drawn(&mut state, payer);
                paid += u32::from(crowd.pay(payer, payee, 50, 0).is_ok());
            }
        }
    }
    Ok(paid)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_measured_transfers_are_made() {
        for model in Model::ALL {
            let made = Transfers::new(*model, 2).unwrap().make(3).unwrap();
            assert_eq!(made, 6, "{}", model.key());
            let all = messages(*model).unwrap();
            assert!(
                all.iter()
                    .any(|(name, bytes)| name == "pay" && !bytes.is_empty())
            );
        }
        assert_eq!(fifty_unsigned(2).unwrap(), 2_000);
    }

    #[test]
    fn fifty_devices_have_one_answer() {
        let (count, digest) = fifty(Model::Purse).unwrap();
        assert_eq!(count, 1_000);
        assert_eq!(fifty(Model::Purse).unwrap(), (count, digest));
    }
}
