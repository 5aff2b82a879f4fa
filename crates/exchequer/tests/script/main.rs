//! The scenario language, from the outside.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bounds;
mod crowds;
mod editor;
mod forms;
mod opening;
mod problems;
mod properties;
mod scenarios;
#[cfg(not(target_arch = "wasm32"))]
mod schemas;
mod support;
mod times;
