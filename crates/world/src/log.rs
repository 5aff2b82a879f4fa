//! The log: every fact in order, its digest, and checkpoints to seek from.

use blake3::Hasher;

use crate::fact::{Fact, Record, Stamped};
use crate::state::World;
use crate::text::Texts;

/// Facts a digest segment.
pub const SEGMENT: usize = 4_096;

/// Facts between two checkpoints, until there are too many of them.
pub const CHECKPOINT: u32 = 32_768;

/// Most checkpoints kept; beyond, every second one is let go.
const MOST_CHECKPOINTS: usize = 48;

/// What opens a log: two runs can only have the same digest if these agree.
#[derive(Clone, Copy, Debug)]
pub struct Genesis<'a> {
    /// Name and version of the engine.
    pub engine: &'a str,
    /// Whether requests are signed.
    pub signing: bool,
    /// The seed.
    pub seed: u64,
    /// Digest of the preset's content and the scenario's own values.
    pub rules: [u8; 32],
}

impl Genesis<'_> {
    /// The digest the first segment builds on.
    pub fn digest(&self) -> [u8; 32] {
        let mut hasher = Hasher::new_derive_key("exchequer 2026 log genesis 1");
        hasher.update(&(self.engine.len() as u64).to_le_bytes());
        hasher.update(self.engine.as_bytes());
        hasher.update(&[u8::from(self.signing)]);
        hasher.update(&self.seed.to_le_bytes());
        hasher.update(&self.rules);
        *hasher.finalize().as_bytes()
    }
}

/// Every fact of a run in order.
#[derive(Clone, Debug)]
pub struct Log {
    full: Vec<Vec<Record>>,
    /// The segment that facts are added to, never full.
    open: Vec<Record>,
    length: u32,
    /// Digest over all full segments.
    chain: [u8; 32],
    /// How many texts the chain covers.
    texts: usize,
    checkpoints: Vec<(u32, World)>,
    stride: u32,
}

impl Log {
    /// An empty log that begins with `world`.
    pub fn new(genesis: &Genesis<'_>, world: World) -> Self {
        Log {
            full: Vec::new(),
            open: Vec::new(),
            length: 0,
            chain: genesis.digest(),
            texts: 1,
            checkpoints: vec![(0, world)],
            stride: CHECKPOINT,
        }
    }

    /// Gives every world that is kept what the run's text says of contracts.
    pub(crate) fn know(&mut self, forms: &std::sync::Arc<[crate::state::Form]>) {
        for (_, world) in &mut self.checkpoints {
            world.know(std::sync::Arc::clone(forms));
        }
    }

    /// How many facts there are.
    pub fn len(&self) -> u32 {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Adds a fact. `texts` are all texts known by now.
    pub fn push(&mut self, fact: &Stamped, texts: &Texts) {
        self.open.push(fact.record());
        self.length += 1;
        if self.open.len() == SEGMENT {
            self.close(texts);
        }
    }

    /// Closes the open segment, which is full.
    #[cold]
    fn close(&mut self, texts: &Texts) {
        self.chain = cover(self.chain, &self.open, texts.since(self.texts));
        self.texts = texts.len();
        let next = Vec::with_capacity(SEGMENT);
        self.full.push(std::mem::replace(&mut self.open, next));
    }

    /// Whether a checkpoint should be kept here.
    pub fn wants_checkpoint(&self) -> bool {
        // The stride is a power of two: this is asked after every fact.
        self.length & (self.stride - 1) == 0
    }

    /// Keeps the world as it is now to seek from.
    pub fn checkpoint(&mut self, world: &World) {
        if self.checkpoints.len() >= MOST_CHECKPOINTS {
            self.stride = self.stride.saturating_mul(2);
            let stride = self.stride;
            self.checkpoints
                .retain(|(position, _)| position % stride == 0);
        }
        self.checkpoints.push((self.length, world.clone()));
    }

    /// The digest over all facts so far and the texts they speak of.
    pub fn digest(&self, texts: &Texts) -> [u8; 32] {
        if self.open.is_empty() {
            return self.chain;
        }
        cover(self.chain, &self.open, texts.since(self.texts))
    }

    /// The fact at this index.
    pub fn fact(&self, index: u32) -> Option<Stamped> {
        if index >= self.length {
            return None;
        }
        let full = self.full.get(index as usize / SEGMENT);
        let record = full.unwrap_or(&self.open).get(index as usize % SEGMENT)?;
        Stamped::try_from(record).ok()
    }

    /// The facts from one position up to another.
    pub fn facts(&self, from: u32, to: u32) -> impl Iterator<Item = (u32, Stamped)> {
        (from..to.min(self.length)).filter_map(|index| Some((index, self.fact(index)?)))
    }

    /// The bytes of every fact, segment by segment: what is hashed.
    pub fn bytes(&self) -> impl Iterator<Item = &[u8]> {
        let segments = self.full.iter().chain([&self.open]);
        let begun = segments.filter(|segment| !segment.is_empty());
        begun.map(|segment| bytemuck::cast_slice(segment))
    }

    /// The world at a position, rebuilt from the nearest checkpoint before it.
    pub fn world_at(&self, position: u32) -> World {
        let position = position.min(self.length);
        let index = self
            .checkpoints
            .partition_point(|(at, _)| *at <= position)
            .saturating_sub(1);
        let (from, mut world) = self.checkpoints[index].clone();
        self.play(&mut world, from, position);
        world
    }

    /// Applies the facts from one position up to another.
    pub fn play(&self, world: &mut World, from: u32, to: u32) {
        for (_, fact) in self.facts(from, to) {
            world.apply(&fact);
        }
    }

    /// The position after the last checkpoint at or before `position`: where a
    /// seek to it begins.
    pub fn checkpoint_before(&self, position: u32) -> u32 {
        let index = self
            .checkpoints
            .partition_point(|(at, _)| *at <= position)
            .saturating_sub(1);
        self.checkpoints[index].0
    }

    /// The refusals, with their positions.
    pub fn refusals(&self) -> impl Iterator<Item = (u32, crate::fact::Refusal)> {
        self.facts(0, self.length)
            .filter_map(|(index, stamped)| match stamped.fact {
                Fact::Refused(refusal) => Some((index, refusal)),
                _ => None,
            })
    }
}

/// The digest over a segment, the texts it brought, and all before them.
fn cover(before: [u8; 32], segment: &[Record], texts: &[Box<[u8]>]) -> [u8; 32] {
    let mut hasher = Hasher::new();
    hasher.update(&before);
    // How many there are, so that no text can pass for one more.
    hasher.update(&(segment.len() as u64).to_le_bytes());
    hasher.update(bytemuck::cast_slice(segment));
    for text in texts {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text);
    }
    *hasher.finalize().as_bytes()
}

// Records are hashed as they lie in memory, which is their format only here.
const _: () = assert!(cfg!(target_endian = "little") && size_of::<Record>() == 64);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Cause, Change, Kind, OrderId, PartyId, TextId};
    use crate::rules::Rules;
    use money::{Currency, Zone};
    use std::sync::Arc;

    /// A log with a checkpoint every four facts and one party a fact, until
    /// there are too many checkpoints many times over.
    fn long() -> (Log, u32) {
        let rules = Rules::new(
            "test@1",
            [0; 32],
            Currency::new("CNY", 2).unwrap(),
            Zone::fixed("UTC", 0).unwrap(),
            Vec::new(),
        );
        let mut world = World::new(Arc::new(rules), 0);
        let genesis = Genesis {
            engine: "test",
            signing: false,
            seed: 1,
            rules: [0; 32],
        };
        let mut log = Log {
            stride: 4,
            ..Log::new(&genesis, world.clone())
        };
        let most = 4 * MOST_CHECKPOINTS as u32 * 20 + 3;
        for number in 0..most {
            let change = Change::PartyOpened {
                party: PartyId(number),
                kind: Kind::Person,
                at: None,
                name: TextId(0),
            };
            let stamped = Stamped {
                at: 0,
                cause: Cause::Line(OrderId(1)),
                fact: Fact::Changed(change),
            };
            world.apply(&stamped);
            log.push(&stamped, &Texts::default());
            if log.wants_checkpoint() {
                log.checkpoint(&world);
            }
            assert!(log.checkpoints.len() <= MOST_CHECKPOINTS, "at {number}");
        }
        (log, most)
    }

    #[test]
    fn beyond_the_most_every_second_checkpoint_is_let_go() {
        let (log, most) = long();
        assert!(log.checkpoints.len() >= MOST_CHECKPOINTS / 2);
        assert_eq!(
            log.checkpoints.first().map(|(position, _)| *position),
            Some(0)
        );
        assert!(
            log.checkpoints
                .iter()
                .all(|(position, _)| position % log.stride == 0)
        );
        let gaps = log.checkpoints.windows(2).map(|pair| pair[1].0 - pair[0].0);
        assert!(gaps.into_iter().all(|gap| gap > 0 && gap <= log.stride));
        assert!(most - log.checkpoints.last().unwrap().0 <= log.stride);
    }

    #[test]
    fn worlds_are_right_before_at_and_after_the_checkpoints_that_are_left() {
        let (log, most) = long();
        for (position, world) in &log.checkpoints {
            assert_eq!(world.party_count(), *position);
        }
        for position in (0..=most).step_by(7).chain([most - 1, most, most + 1]) {
            assert_eq!(log.world_at(position).party_count(), position.min(most));
            let before = log.checkpoint_before(position);
            assert!(before <= position && log.checkpoints.iter().any(|(at, _)| *at == before));
        }
    }
}
