//! Where records are put: a few operations that IndexedDB and plain memory
//! both offer.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

/// Why the browser did not keep or give something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no storage, or it may not be used.
    #[error("this browser keeps nothing: {0}")]
    Refused(String),
    /// There is no room left.
    #[error("this browser's storage is full")]
    Full,
    /// It was there and then failed.
    #[error("this browser's storage failed: {0}")]
    Failed(String),
}

/// An answer that comes later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + 'a>>;

/// What must be true for a write to happen: the record under this key is still
/// exactly this, or still absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// Which record.
    pub key: String,
    /// What it must be.
    pub expected: Option<String>,
}

/// A change of one record: its key and what it becomes, if it is to stay.
pub type Change = (String, Option<String>);

/// Records under keys, in the keys' order.
pub trait Shelf {
    /// Every record whose key begins with this.
    fn scan(&self, prefix: &str) -> Later<'_, Vec<(String, String)>>;

    /// Makes all changes at once if the guard holds, else none. Says whether
    /// it held. The answer comes when they are kept for good.
    fn write(&self, guard: Guard, changes: Vec<Change>) -> Later<'_, bool>;
}

/// A shelf that is gone with the page: where the browser offers none, and for
/// tests.
#[derive(Debug, Default)]
pub struct Memory {
    records: RefCell<BTreeMap<String, String>>,
    broken: Cell<Option<fn() -> StoreError>>,
}

impl Memory {
    /// Makes every later operation fail like this, or work again.
    pub fn fail_with(&self, error: Option<fn() -> StoreError>) {
        self.broken.set(error);
    }

    /// Puts a record there without asking, as another window or a fault would.
    pub fn put(&self, key: &str, record: &str) {
        self.records
            .borrow_mut()
            .insert(key.to_owned(), record.to_owned());
    }

    /// Every record.
    pub fn records(&self) -> BTreeMap<String, String> {
        self.records.borrow().clone()
    }

    fn answer<'a, T: 'a>(
        &'a self,
        act: impl FnOnce(&mut BTreeMap<String, String>) -> T,
    ) -> Later<'a, T> {
        let answer = match self.broken.get() {
            Some(error) => Err(error()),
            None => Ok(act(&mut self.records.borrow_mut())),
        };
        Box::pin(std::future::ready(answer))
    }
}

impl Shelf for Memory {
    fn scan(&self, prefix: &str) -> Later<'_, Vec<(String, String)>> {
        self.answer(|records| {
            let from = records.range(prefix.to_owned()..);
            let found = from.take_while(|(key, _)| key.starts_with(prefix));
            found
                .map(|(key, record)| (key.clone(), record.clone()))
                .collect()
        })
    }

    fn write(&self, guard: Guard, changes: Vec<Change>) -> Later<'_, bool> {
        self.answer(|records| {
            if records.get(&guard.key) != guard.expected.as_ref() {
                return false;
            }
            for (key, record) in changes {
                match record {
                    Some(record) => records.insert(key, record),
                    None => records.remove(&key),
                };
            }
            true
        })
    }
}
