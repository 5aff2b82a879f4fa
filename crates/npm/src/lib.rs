//! The engine as an npm package: the same façade as the Rust crate
//! `exchequer`, for pages and Node. Synchronous, without worker, DOM or clock.
//!
//! TypeScript sees the types in `types/`: those of scenarios are generated from
//! the language's JSON Schema.

pub mod typescript;

#[cfg(target_arch = "wasm32")]
mod bindings;
#[cfg(target_arch = "wasm32")]
pub use bindings::*;
