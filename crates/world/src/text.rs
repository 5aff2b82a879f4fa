//! Texts, keys and signatures that facts speak of, each kept once.

use std::collections::BTreeMap;

use crate::fact::TextId;

/// Append-only store of byte strings; number 0 is the empty one.
#[derive(Clone, Debug)]
pub struct Texts {
    by_number: Vec<Box<[u8]>>,
    numbers: BTreeMap<Box<[u8]>, TextId>,
}

impl Default for Texts {
    fn default() -> Self {
        Texts {
            by_number: vec![Box::default()],
            numbers: BTreeMap::from([(Box::default(), TextId(0))]),
        }
    }
}

impl Texts {
    /// The number of these bytes, which are kept if they are new.
    pub fn intern(&mut self, bytes: &[u8]) -> TextId {
        if let Some(number) = self.numbers.get(bytes) {
            return *number;
        }
        let number = self.push(bytes);
        self.numbers.insert(bytes.into(), number);
        number
    }

    /// The number of these bytes, if they have been interned.
    pub fn find(&self, bytes: &[u8]) -> Option<TextId> {
        self.numbers.get(bytes).copied()
    }

    /// Keeps bytes that will not come again, such as a signature.
    pub fn push(&mut self, bytes: &[u8]) -> TextId {
        let number = TextId(u32::try_from(self.by_number.len()).unwrap_or(u32::MAX));
        self.by_number.push(bytes.into());
        number
    }

    /// The bytes of this number; empty for one that was never given.
    pub fn bytes(&self, number: TextId) -> &[u8] {
        self.by_number
            .get(number.0 as usize)
            .map_or(&[], |bytes| bytes)
    }

    /// The text of this number; empty when its bytes are no text.
    pub fn text(&self, number: TextId) -> &str {
        std::str::from_utf8(self.bytes(number)).unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_number.len()
    }

    /// Whether there is only the empty one.
    pub fn is_empty(&self) -> bool {
        self.by_number.len() <= 1
    }

    /// Those with numbers from `first` on.
    pub fn since(&self, first: usize) -> &[Box<[u8]>] {
        self.by_number.get(first..).unwrap_or_default()
    }
}
