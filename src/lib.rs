//! The app: a scenario as a story to watch, a board to read and a text to
//! edit. It decides nothing about money: it sends texts and positions to the
//! engine in its worker and draws the views that come back.

pub mod browser;
pub mod figures;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
pub mod history;
pub mod stage;
pub mod state;
pub mod words;
