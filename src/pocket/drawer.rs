//! Where pockets and rooms are kept: one record each, never written over
//! unseen. A record is stored for good before its state is used.

use std::cell::RefCell;
use std::rc::Rc;

use crate::store::{Guard, Indexed, Shelf, StoreError};

/// The database's name.
const DATABASE: &str = "exchequer-pockets";

/// What a pocket's key begins with; its number follows.
pub const POCKETS: &str = "pocket/";

/// What a room's key begins with; its code follows.
pub const ROOMS: &str = "room/";

/// The shelf of pockets and rooms.
pub async fn shelf() -> Result<Rc<dyn Shelf>, StoreError> {
    Ok(Rc::new(Indexed::open(DATABASE).await?))
}

/// The place of one record.
pub struct Drawer {
    shelf: Rc<dyn Shelf>,
    key: String,
    last: RefCell<Option<String>>,
}

impl Drawer {
    /// The drawer of this key, in which this was found.
    pub fn new(shelf: Rc<dyn Shelf>, key: String, found: Option<String>) -> Self {
        let last = RefCell::new(found);
        Self { shelf, key, last }
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Stores a state in the place of the one last seen. `false` if another tab
    /// has been here since: then nothing was stored.
    pub async fn put(&self, state: String) -> Result<bool, StoreError> {
        let expected = self.last.borrow().clone();
        let guard = Guard {
            key: self.key.clone(),
            expected,
        };
        let change = (self.key.clone(), Some(state.clone()));
        let held = self.shelf.write(guard, vec![change]).await?;
        if held {
            *self.last.borrow_mut() = Some(state);
        }
        Ok(held)
    }

    /// Looks again at what is stored.
    pub async fn look(&self) -> Result<Option<String>, StoreError> {
        let found = self.shelf.scan(&self.key).await?;
        let own = found.into_iter().find(|(key, _)| *key == self.key);
        let state = own.map(|(_, state)| state);
        self.last.borrow_mut().clone_from(&state);
        Ok(state)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::store::Memory;

    fn drawer(shelf: &Rc<Memory>) -> Drawer {
        Drawer::new(shelf.clone(), format!("{POCKETS}0001"), None)
    }

    #[tokio::test]
    async fn two_tabs_never_write_over_each_other() {
        let shelf = Rc::new(Memory::default());
        let (one, two) = (drawer(&shelf), drawer(&shelf));
        assert_eq!(one.put("a".to_owned()).await, Ok(true));
        assert_eq!(two.put("b".to_owned()).await, Ok(false));
        assert_eq!(two.look().await, Ok(Some("a".to_owned())));
        assert_eq!(two.put("b".to_owned()).await, Ok(true));
        assert_eq!(one.put("c".to_owned()).await, Ok(false));
        assert_eq!(shelf.records().values().collect::<Vec<_>>(), ["b"]);
    }

    #[tokio::test]
    async fn what_could_not_be_stored_is_not_taken_for_stored() {
        let shelf = Rc::new(Memory::default());
        let one = drawer(&shelf);
        one.put("a".to_owned()).await.unwrap();
        shelf.fail_with(Some(|| StoreError::Full));
        assert_eq!(one.put("b".to_owned()).await, Err(StoreError::Full));
        shelf.fail_with(None);
        assert_eq!(one.put("c".to_owned()).await, Ok(true));
    }
}
