//! What changes where devices pay without a network.

use ::offline::Form;

use super::{OrderId, PartyId, TextId, WalletId};

/// A device's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub u32);

/// Something of what happens without a network: the state after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfflineChange {
    /// A device was made known to its bank, or copied.
    Opened {
        /// Its number.
        device: DeviceId,
        /// The wallet it is loaded from.
        wallet: WalletId,
        /// A phone or a card.
        form: Form,
        /// Its name.
        name: TextId,
        /// The device it is a copy of.
        copy_of: Option<DeviceId>,
    },
    /// A device stored its state.
    Stored {
        /// Which.
        device: DeviceId,
        /// What it can spend, minor units.
        held: i64,
        /// What it received and must claim.
        to_claim: i64,
        /// What it paid and nobody acknowledged.
        limbo: i64,
        /// Payments since its last sync.
        payments: u32,
        /// The highest hop it collected since then.
        hop: u32,
        /// Until when it must sync, milliseconds; none is never.
        sync_by: Option<i64>,
    },
    /// A holder's phones have a network, or have none.
    Switched {
        /// Whose.
        party: PartyId,
        /// Whether they have one now.
        connected: bool,
    },
    /// A bank found that something is not as it should be.
    Found {
        /// The bank.
        bank: PartyId,
        /// What, as its place in [`offline::operator::What`].
        what: u8,
        /// Who did it, if that can be told.
        named: Option<DeviceId>,
        /// How much is at stake.
        amount: i64,
        /// The way of the value: [`crate::offline::trace`] reads it.
        trace: TextId,
    },
    /// A device is on its bank's list.
    Revoked {
        /// Which.
        device: DeviceId,
    },
    /// What a device carries is for a purpose from now on, or plain money again.
    Bound {
        /// Which.
        device: DeviceId,
        /// What for; plain money if nothing.
        purpose: Option<OrderId>,
    },
    /// Something was done to a device that it is not meant for.
    Tampered {
        /// Which.
        device: DeviceId,
        /// What, as its place in [`crate::offline::Trick`].
        trick: u8,
    },
}
