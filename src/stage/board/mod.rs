//! The board: where everything stands, and what moves between.

pub mod layout;
pub mod motion;
pub mod route;
