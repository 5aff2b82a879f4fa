//! What attackers do to devices, and to what passes between them.

use ::offline::Chip;
use ::offline::lab::tricks;

use super::Simulation;
use crate::describe::Actor;
use crate::fact::{Cause, Change, DeviceId, Fact, OfflineChange};
use crate::kernel::Stop;
use crate::offline::{Memory, Operation, Trick};

impl Simulation {
    /// Attacks on a device.
    pub(super) fn tamper(
        &mut self,
        device: DeviceId,
        operation: &Operation,
        name: Option<&str>,
        cause: Cause,
    ) -> Result<(), Stop> {
        let shown = match operation {
            Operation::SwapCode(it) => self.device_of(it.other),
            _ => None,
        };
        let now = self.world.now();
        let Some(slot) = self.offline.slots.get_mut(device.0 as usize) else {
            return Err(Stop::CannotAct);
        };
        let trick = match operation {
            Operation::Copy(_) => {
                // What can be copied has given its secrets away.
                slot.chip = Chip::Weak;
                let copy = slot.clone();
                let number = DeviceId(self.world.device_count());
                let name = name.map_or_else(|| format!("copy-{}", number.0), str::to_owned);
                let text = self.texts.intern(name.as_bytes());
                let like = *self.world.device(device).ok_or(Stop::CannotAct)?;
                self.offline.slots.push(copy);
                let opened = OfflineChange::Opened {
                    device: number,
                    wallet: like.wallet,
                    form: like.form,
                    name: text,
                    copy_of: Some(like.copy_of.unwrap_or(device)),
                };
                self.emit(cause, Fact::Changed(Change::Offline(opened)))?;
                self.names.insert(name, Actor::Device(number));
                Trick::Copied
            }
            Operation::BreakChip(_) => {
                slot.chip = Chip::Weak;
                Trick::ChipBroken
            }
            Operation::RollBack(it) if it.to == Some(Memory::Report) => {
                if let Some(before) = slot.unreported.clone() {
                    tricks::set_back(&mut slot.device, before);
                }
                Trick::Unreported
            }
            Operation::RollBack(_) => {
                if let Some(before) = slot.before.clone() {
                    slot.device = before;
                }
                Trick::RolledBack
            }
            Operation::SetClock(it) => {
                slot.behind = it.back.0;
                Trick::ClockSet
            }
            Operation::Forge(it) => {
                // A chip that is whole lets nobody write to it.
                slot.chip = Chip::Weak;
                let forged = tricks::forge(&mut slot.device, it.amount.0, now);
                forged.map_err(|_| Stop::CannotAct)?;
                Trick::Forged
            }
            Operation::DropChecks(_) => {
                tricks::lift_limits(&mut slot.device);
                slot.lax = true;
                Trick::ChecksDropped
            }
            Operation::SwapCode(_) => {
                slot.shows = Some(shown.ok_or(Stop::CannotAct)?);
                Trick::CodeSwapped
            }
            _ => {
                slot.altered = true;
                Trick::Altered
            }
        };
        let tampered = OfflineChange::Tampered {
            device,
            trick: trick as u8,
        };
        self.emit(cause, Fact::Changed(Change::Offline(tampered)))?;
        if matches!(trick, Trick::RolledBack | Trick::Unreported | Trick::Forged) {
            let stored = self.stored(device);
            self.emit(cause, stored)?;
            if let Some(bound) = self.bound(device) {
                self.emit(cause, bound)?;
            }
        }
        Ok(())
    }

    /// Whose request a payer sees who means to pay a device: its own, unless another's code is
    /// pasted over it. That is done for one payment.
    pub(super) fn shown_by(&mut self, payee: DeviceId) -> DeviceId {
        let slot = self.offline.slots.get_mut(payee.0 as usize);
        let shows = slot.and_then(|slot| slot.shows.take());
        shows.unwrap_or(payee)
    }
}

/// Changes the amount of a payment on its way; where none is written, one bit in the middle, of
/// what is signed.
pub(super) fn alter(bytes: &mut [u8], amount: i64) {
    let big = amount.to_be_bytes();
    // CBOR writes a number in the fewest of these bytes that hold it, after one that counts them.
    let written: &[u8] = match amount {
        ..=23 => &[],
        24..=0xff => &big[7..],
        0x100..=0xffff => &big[6..],
        0x1_0000..=0xffff_ffff => &big[4..],
        _ => &big,
    };
    let head = match written.len() {
        1 => 0x18,
        2 => 0x19,
        4 => 0x1a,
        _ => 0x1b,
    };
    let places = bytes.windows(written.len() + 1);
    let is_it = |it: &[u8]| !written.is_empty() && it[0] == head && it[1..] == *written;
    let place = places.enumerate().rfind(|(_, it)| is_it(it));
    let place = place.map_or(bytes.len() / 2, |(at, _)| at + written.len());
    if let Some(byte) = bytes.get_mut(place) {
        *byte ^= 1;
    }
}
