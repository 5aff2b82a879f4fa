//! The simulated world: the kernel (facts, parties, messages, time) and one
//! module a domain.
//!
//! A party **decides** on an input and says so in facts; applying facts
//! changes the world and cannot fail. One decision reads and posts one party's
//! books only, so what two institutions agree on always travels as a message.
//!
//! Never here: a browser, a file, a clock, ambient randomness, a hash map's
//! order, a float, or a sentence in some language.

pub mod bridge;
pub mod cbdc;
pub mod contracts;
pub mod describe;
mod domains;
pub mod fact;
pub mod flight;
pub mod invariants;
pub mod kernel;
pub mod log;
pub mod offline;
pub mod refusal;
pub mod rules;
pub mod spec;
pub mod state;
pub mod text;
pub mod visible;
