//! What a pocket did, and how far each of it is.

use crate::device::Device;
use crate::object::{Entry, Evidence, Hash, Load};
use crate::wire::{Object, Signed, hash, names, number_of, record};

use super::log_of;

names! {
    /// What happened.
    Story {
        /// Value came from the operator.
        Loaded = 0 "loaded",
        /// It was asked to be paid.
        Asked = 1 "asked",
        /// It paid.
        Paid = 2 "paid",
        /// It was paid.
        Received = 3 "received",
    }
}

names! {
    /// How far it is.
    Stage {
        /// A request waits for its payment.
        Waiting = 0 "waiting",
        /// A payment was made and nobody has said that it arrived; or was received and not told
        /// to the operator.
        Pending = 1 "pending",
        /// The payee has signed a receipt; the operator has not been told.
        Arrived = 2 "arrived",
        /// The operator has been told.
        Settled = 3 "settled",
        /// The payee closed the request, and the value came back.
        Returned = 4 "returned",
        /// The request was closed.
        Closed = 5 "closed",
    }
}

record! {
    /// A line of the history.
    Line {
        /// When, by this pocket's clock.
        time: i64,
        /// What.
        story: Story,
        /// How much.
        amount: i64,
        /// The other's serial number, zero for the operator or nobody yet.
        other: u64,
        /// The request or payment it is about.
        id: Hash,
        /// How far it is.
        stage: Stage,
    }
}

impl Line {
    pub(super) const fn new(time: i64, story: Story, amount: i64, other: u64, id: Hash) -> Self {
        let stage = match story {
            Story::Loaded => Stage::Settled,
            Story::Asked => Stage::Waiting,
            Story::Paid | Story::Received => Stage::Pending,
        };
        Self {
            time,
            story,
            amount,
            other,
            id,
            stage,
        }
    }

    /// Whether it moved value that no sync has settled.
    #[must_use]
    pub const fn is_unsettled(&self) -> bool {
        matches!(self.stage, Stage::Pending | Stage::Arrived)
    }
}

/// The line of a load that has just been answered.
pub(super) fn load_of(device: &Device, answer: &[u8], now: i64) -> Option<Line> {
    if number_of(answer).ok()? != Load::NUMBER {
        return None;
    }
    let load = Signed::<Load>::decode(answer).ok()?.body;
    let ours = load.turn.device == device.serial();
    ours.then(|| Line::new(now, Story::Loaded, load.amount, 0, hash(answer)))
}

/// The lines of the loads in a device's log.
pub(super) fn loaded(lines: &mut Vec<Line>, device: &Device, now: i64) {
    for entry in log_of(device) {
        if let Entry::Loaded(moved) = entry {
            let id = hash(&moved.turn.to_be_bytes());
            lines.push(Line::new(now, Story::Loaded, moved.amount, 0, id));
        }
    }
}

/// Brings the lines up to what the device's state says.
pub(super) fn refresh(lines: &mut [Line], device: &Device) {
    let log = log_of(device);
    let logged = |id: &Hash| {
        log.iter().any(|entry| match entry {
            Entry::Paid(bytes) => hash(&bytes.0) == *id,
            Entry::Collected(Evidence { pay, .. }) => hash(&pay.0) == *id,
            _ => false,
        })
    };
    let returned = |id: &Hash| {
        log.iter()
            .any(|entry| matches!(entry, Entry::Returned(it) if it.pay == *id))
    };
    for line in lines {
        line.stage = match (line.story, line.stage) {
            (Story::Asked, Stage::Waiting) => {
                if device.open.values().any(|it| it.hash == line.id) {
                    Stage::Waiting
                } else {
                    Stage::Closed
                }
            }
            (Story::Paid, Stage::Pending | Stage::Arrived) => {
                if device.pending.contains_key(&line.id) {
                    Stage::Pending
                } else if returned(&line.id) {
                    Stage::Returned
                } else if logged(&line.id) {
                    Stage::Arrived
                } else {
                    Stage::Settled
                }
            }
            (Story::Received, Stage::Pending) => {
                if logged(&line.id) {
                    Stage::Pending
                } else {
                    Stage::Settled
                }
            }
            (_, stage) => stage,
        };
    }
}
