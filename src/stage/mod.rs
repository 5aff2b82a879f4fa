//! The main screen.

pub mod board;
