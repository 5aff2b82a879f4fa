//! The scenario language, from the outside.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod opening;
mod support;
