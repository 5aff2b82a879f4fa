//! Programmable conditions.
//!
//! Two layers, both small and both total: there are no loops, and everything ends.
//!
//! * A [`Condition`] says what must hold for one spend. It is judged against
//!   what is known of a [`Spend`], and the answer may be that it cannot be told.
//! * A [`Contract`] holds money and waits for people to act. [`Machine::new`]
//!   makes it ready to run or says everything that is wrong with it;
//!   [`Machine::open`], [`Machine::act`] and [`Machine::advance`] run it.
//!
//! Purpose-bound money ([`purpose`]) is plain money in a wrapper with a
//! condition on it.
//!
//! # The life of a contract
//!
//! ```text
//!            open: what is held comes in
//!                      │
//!                      ▼
//!   before `from`  ┌────────┐  `from` comes   ┌─────────┐
//!   only events ──▶│ early  │───────────────▶ │ waiting │◀─┐ a signature of which
//!                  └───┬────┘                 └────┬────┘──┘ more are needed
//!                      │ on EVENT                  │
//!                      │        when ACTION, on EVENT, or `until` comes: else
//!                      ▼                           ▼
//!               what the line says, in order: pay, set aside, split, let, if
//!                      │                           │
//!            go on, go STEP: always a later   close, or behind the last step:
//!            state, so every run ends         what is held goes to whom it belongs
//!                      │                           │
//!                      └──▶ early or waiting       ▼
//!                                               ended: nothing is held
//! ```
//!
//! What holds always: funded = released + refunded + held; it has ended by
//! [`Machine::latest_end`]; an ended contract holds nothing; a run does no more
//! than [`Machine::most_operations`] operations.
//!
//! Here is no clock, no randomness, no file and no sentence in any language:
//! [`explain`] and [`analysis`] give message keys with typed arguments.

pub mod analysis;
mod basics;
pub mod catalogue;
mod check;
mod contract;
mod diagnostic;
pub mod explain;
mod json;
pub mod limits;
mod machine;
mod predicate;
pub mod purpose;
mod run;
mod split;
pub mod text;

pub use basics::{
    Amount, AmountError, Image, ImageError, Moment, Name, NameError, Share, ShareError,
};
pub use contract::{
    Action, Actor, Block, Case, Contract, Count, Handler, Hold, Op, Part, Party, Payee, Repeat,
    Secret, Step, Target, Test, Value,
};
pub use diagnostic::{Counted, Diagnostic, Expected, Found, Place, Problem, Spot};
pub use json::{condition_from_json, condition_to_json, contract_from_json, contract_to_json};
pub use machine::{Machine, Role};
pub use predicate::{Category, Condition, Hidden, Judge, Judgement, Known, Rule, Spend, Verdict};
pub use run::{Act, Effect, Instance, Offer, Offered, Refusal, What, Who};
pub use split::{Allotment, SplitError};
