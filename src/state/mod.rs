//! What the app knows, as plain data moved by pure functions: the playback of a
//! run and the questions that stop it. Components read it from contexts split
//! by how often they change.

mod playback;
mod questions;

pub use playback::{Answer, Motion, Pace, Playback, Step};
pub use questions::{Asked, asked, horizon, key_of, question_at, step_at};
