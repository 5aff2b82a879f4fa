//! The simulated world: the kernel (facts, parties, messages, time) and one
//! module a domain.

pub mod spec;
