//! Payments without a network: what devices and banks are asked for, and what
//! the world knows of it.
//!
//! The rules are the crate `offline`'s: its devices and operators decide. Here
//! they meet the books. What travels, under stocked and on-demand issuance
//! (`[…]` a posting by the party that decides):
//!
//! ```text
//! load       device ──OfflineAsk──▶ bank ──FloatIn──▶ CB [circulation → float]
//!              ──FloatHeld──▶ bank ──OfflineAnswer──▶ device
//! pay        payee ──OfflineRequest──▶ payer ──OfflinePayment──▶ payee ──OfflineReceipt──▶ payer
//! claim, unload
//!            device ──OfflineAsk──▶ bank ──FloatOut──▶ CB [float → circulation]
//!              ──FloatPaid──▶ bank ──OfflineAnswer──▶ device
//!   another bank's value   bank ──OfflineClear──▶ issuer ──OfflineClear──▶ bank, which goes on as above
//! cheat      bank ──FloatHonour──▶ CB [own funds → float]
//! ```
//!
//! Under digital deposit money the float is each bank's own, and what was paid
//! from one bank's float at another takes reserves with it:
//!
//! ```text
//! load       device ──OfflineAsk──▶ bank [wallets → float] ──OfflineAnswer──▶ device
//! claim      device ──OfflineAsk──▶ B ──OfflineClear──▶ A [float → reserves]
//!              ──FloatTransfer──▶ CB [reserves A → B] ──FloatTransferred──▶ B [reserves → wallets]
//! ```

mod operations;

pub(crate) use operations::{Connect, Copy, Device as Phone, Disconnect, Load, Pay, Sync};
pub use operations::{Declaration, Memory, Operation, PAYERS, Pot, Trick};

use ::offline::operator::Hop;
pub use ::offline::{Limits, Mode, Model};

use crate::fact::DeviceId;

/// The numbers by which devices pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How value is carried.
    pub model: Model,
    /// When value received may be spent onward.
    pub mode: Mode,
    /// How much risk a device may carry.
    pub limits: Limits,
}

impl Default for Terms {
    /// A chip's purse that hands on until it has to sync, with the limits that
    /// are [ours](Limits::default).
    fn default() -> Self {
        Self {
            model: Model::Purse,
            mode: Mode::Intermittently,
            limits: Limits::default(),
        }
    }
}

/// The serial number of the device that was declared first; those of its
/// copies are its own.
pub(crate) const FIRST_SERIAL: u64 = 1_000_001;

/// A step on the way of value, as a finding shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who gave.
    pub from: DeviceId,
    /// Who got.
    pub to: DeviceId,
    /// How much, minor units.
    pub amount: i64,
    /// Whether it had been given away already.
    pub twice: bool,
}

const STEP: usize = 17;

/// The bytes of a trace.
pub(crate) fn write_trace(hops: &[Hop], device: impl Fn(u64) -> DeviceId) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(hops.len() * STEP);
    for hop in hops {
        bytes.extend(device(hop.from).0.to_le_bytes());
        bytes.extend(device(hop.to).0.to_le_bytes());
        bytes.extend(hop.amount.to_le_bytes());
        bytes.push(u8::from(hop.twice));
    }
    bytes
}

/// What was found, as a stable key: `value-twice`.
pub fn what(place: u8) -> &'static str {
    let known = ::offline::operator::What::ALL.get(usize::from(place));
    known.map_or("", |what| what.key())
}

/// The way of the value that a finding speaks of, oldest step first.
pub fn trace(bytes: &[u8]) -> Vec<Step> {
    let number = |bytes: &[u8]| {
        let mut four = [0; 4];
        four.copy_from_slice(bytes);
        DeviceId(u32::from_le_bytes(four))
    };
    let steps = bytes.chunks_exact(STEP).map(|step| {
        let mut eight = [0; 8];
        eight.copy_from_slice(&step[8..16]);
        Step {
            from: number(&step[..4]),
            to: number(&step[4..8]),
            amount: i64::from_le_bytes(eight),
            twice: step[16] == 1,
        }
    });
    steps.collect()
}
