//! Devices, as far as the world knows of them.

use std::collections::{BTreeMap, BTreeSet};

use ::offline::Form;

use crate::fact::{DeviceId, OfflineChange, OrderId, PartyId, TextId, WalletId};

use super::World;

/// A device that pays without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// The wallet it is loaded from.
    pub wallet: WalletId,
    /// A phone or a card.
    pub form: Form,
    /// Its name.
    pub name: TextId,
    /// The device it is a copy of.
    pub copy_of: Option<DeviceId>,
    /// What it can spend, minor units.
    pub held: i64,
    /// What it received and must claim.
    pub to_claim: i64,
    /// What it paid and nobody acknowledged.
    pub limbo: i64,
    /// Payments since its last sync.
    pub payments: u32,
    /// The highest hop it collected since then.
    pub hop: u32,
    /// Until when it must sync, milliseconds.
    pub sync_by: Option<i64>,
    /// Whether it is on its bank's list.
    pub revoked: bool,
    /// What the money in it is for; plain money if nothing.
    pub purpose: Option<OrderId>,
}

/// Something that a bank found not to be as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The bank.
    pub bank: PartyId,
    /// What, as its place in [`offline::operator::What`].
    pub what: u8,
    /// Who did it, if that can be told.
    pub named: Option<DeviceId>,
    /// How much is at stake, minor units.
    pub amount: i64,
    /// The way of the value: [`crate::offline::trace`] reads it.
    pub trace: TextId,
}

/// What happens without a network.
#[derive(Clone, Debug, Default)]
pub(super) struct Offline {
    devices: Vec<Device>,
    /// The first device of each wallet.
    first: BTreeMap<WalletId, DeviceId>,
    /// Holders whose phones have no network.
    cut_off: BTreeSet<PartyId>,
    found: Vec<Found>,
}

impl Offline {
    pub(super) fn change(&mut self, change: OfflineChange) {
        match change {
            OfflineChange::Opened {
                device,
                wallet,
                form,
                name,
                copy_of,
            } => {
                let like = copy_of.and_then(|it| self.devices.get(it.0 as usize));
                self.devices.push(Device {
                    copy_of,
                    name,
                    ..like.copied().unwrap_or(Device {
                        wallet,
                        form,
                        name,
                        copy_of,
                        held: 0,
                        to_claim: 0,
                        limbo: 0,
                        payments: 0,
                        hop: 0,
                        sync_by: None,
                        revoked: false,
                        purpose: None,
                    })
                });
                self.first.entry(wallet).or_insert(device);
            }
            OfflineChange::Stored {
                device,
                held,
                to_claim,
                limbo,
                payments,
                hop,
                sync_by,
            } => {
                if let Some(it) = self.devices.get_mut(device.0 as usize) {
                    *it = Device {
                        held,
                        to_claim,
                        limbo,
                        payments,
                        hop,
                        sync_by,
                        ..*it
                    };
                }
            }
            OfflineChange::Switched { party, connected } => {
                if connected {
                    self.cut_off.remove(&party);
                } else {
                    self.cut_off.insert(party);
                }
            }
            OfflineChange::Found {
                bank,
                what,
                named,
                amount,
                trace,
            } => self.found.push(Found {
                bank,
                what,
                named,
                amount,
                trace,
            }),
            OfflineChange::Revoked { device } => {
                // Copies have its number, and are on the list with it.
                for (number, it) in (0u32..).zip(&mut self.devices) {
                    it.revoked |= number == device.0 || it.copy_of == Some(device);
                }
            }
            OfflineChange::Bound { device, purpose } => {
                if let Some(it) = self.devices.get_mut(device.0 as usize) {
                    it.purpose = purpose;
                }
            }
            OfflineChange::Tampered { .. } => {}
        }
    }
}

impl World {
    /// The devices in the order of their numbers.
    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, &Device)> {
        (0u32..).map(DeviceId).zip(&self.offline.devices)
    }

    /// The device of this number.
    pub fn device(&self, id: DeviceId) -> Option<&Device> {
        self.offline.devices.get(id.0 as usize)
    }

    /// How many devices there are.
    pub fn device_count(&self) -> u32 {
        super::count(self.offline.devices.len())
    }

    /// The device that is meant where a wallet is named.
    pub fn device_of(&self, wallet: WalletId) -> Option<DeviceId> {
        self.offline.first.get(&wallet).copied()
    }

    /// The devices of a party's wallets.
    pub fn devices_of(&self, party: PartyId) -> impl Iterator<Item = (DeviceId, &Device)> {
        let is_its = move |device: &Device| {
            let wallet = self.wallet(device.wallet);
            wallet.is_some_and(|wallet| wallet.owner == party)
        };
        self.devices().filter(move |(_, device)| is_its(device))
    }

    /// Whether a holder's phones have a network.
    pub fn is_connected(&self, party: PartyId) -> bool {
        !self.offline.cut_off.contains(&party)
    }

    /// What banks have found.
    pub fn found(&self) -> &[Found] {
        &self.offline.found
    }
}
