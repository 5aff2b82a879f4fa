//! Parts of the program that come when they are first needed.
//!
//! A part is a value, a table of functions as a rule, that nothing else in the
//! program names. What only it refers to can then be moved to a file of its
//! own: `cargo xtask build` does so. Everywhere else, in tests and in a build
//! by Trunk alone, the program is one piece and every part is there at once.

use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;

use thiserror::Error;

/// A part that could not be fetched. Asking again tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a part of the app could not be loaded")]
pub struct NotLoaded;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// What opens a part's door.
#[doc(hidden)]
pub type Opening<T> = Pin<Box<dyn Future<Output = Result<&'static T, NotLoaded>>>>;

/// A part of the program.
pub struct Part<T: 'static> {
    here: OnceLock<&'static T>,
    open: fn() -> Opening<T>,
    /// Opens the door where there is nothing behind it to be fetched.
    whole: Option<fn() -> &'static T>,
}

impl<T> Part<T> {
    /// A part behind a door.
    #[doc(hidden)]
    pub const fn new(open: fn() -> Opening<T>, whole: Option<fn() -> &'static T>) -> Self {
        Self {
            here: OnceLock::new(),
            open,
            whole,
        }
    }

    /// The part, if it is there.
    pub fn get(&self) -> Option<&'static T> {
        match self.whole {
            Some(whole) => Some(whole()),
            None => self.here.get().copied(),
        }
    }

    /// The part, fetched if it is not there.
    pub async fn load(&self) -> Result<&'static T, NotLoaded> {
        if let Some(it) = self.get() {
            return Ok(it);
        }
        let it = (self.open)().await?;
        Ok(self.here.get_or_init(|| it))
    }
}

/// Declares a part: its name in the program and among the files, and what it
/// is. Nothing else may name what shall come with it.
macro_rules! part {
    ($(#[$docs:meta])* $visibility:vis $name:ident, $file:ident: $type:ty = $value:expr) => {
        $(#[$docs])*
        $visibility static $name: $crate::part::Part<$type> = {
            static WHOLE: $type = $value;

            #[cfg(split)]
            #[wasm_split_helpers::wasm_split($file, fallible)]
            fn $file() -> Result<&'static $type, $crate::part::NotLoaded> {
                Ok(&WHOLE)
            }

            #[cfg(split)]
            let part = $crate::part::Part::new(|| Box::pin($file()), None);
            #[cfg(not(split))]
            let part = $crate::part::Part::new(
                || Box::pin(std::future::ready(Ok(&WHOLE))),
                Some(|| &WHOLE),
            );
            part
        };
    };
}
pub(crate) use part;
