//! Signed transfers without a network: five models behind one interface.
//!
//! * [`object`] is what travels: certificates, requests, payments, online requests and answers.
//! * [`device`] is a phone or a card: [`Device::step`] pays, collects, acknowledges, asks.
//! * [`operator`] issues, clears and finds cheats: [`Operator::step`].
//! * [`purpose`] is money for a purpose in a chip purse, and what a chip judges of it.
//! * [`crowd`] is the rules of a purse alone: for devices, and for crowds without signatures.
//! * [`pocket`] is a wallet of one's own on a real phone, and the room it is used in.
//! * [`lab`] plays both, cuts them off at any point, and runs the attacks.
//!
//! | model | what carries the value | who finds a cheat |
//! |---|---|---|
//! | [`Model::Purse`] | a balance and a counter in a chip | the operator, at sync |
//! | [`Model::Coins`] | coins with a chain of endorsements ([`coins`]) | the operator, at deposit |
//! | [`Model::Blind`] | blind-signed coins that reveal a double spender ([`blind`]) | the operator, at deposit |
//! | [`Model::Mint`] | a mint's proofs ([`mint`]) | the mint, at redemption; no culprit |
//! | [`Model::Promise`] | promises under a reserved ceiling | the operator, at settlement |
//!
//! Nothing here reads a clock or asks for randomness: each step is given its [`Moment`]. Each step
//! tells in order what has to be stored, posted and sent, so that it can be cut off anywhere.
//! The cryptography is real. The chip's protocol is an illustration: none is published for the
//! real e-CNY.

#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "amounts are written as whole units and hundredths"
)]

pub mod blind;
mod cert;
mod code;
pub mod coins;
pub mod crowd;
pub mod device;
mod group;
pub mod lab;
pub mod mint;
pub mod object;
pub mod operator;
pub mod pocket;
pub mod purpose;
mod trust;
mod wire;
pub mod workload;

pub use code::{Checked, Code, Refusal};
pub use device::{Chip, Device, Input, Moment, Output, To};
pub use object::{Form, Limits, Mode, Model, Payment};
pub use operator::{Act, Command, Effect, Finding, Operator};
pub use trust::{Terms, Trust};
pub use wire::{Bytes, Field, Object, PROTOCOL, Signed, VERSION, hash, number_of};
