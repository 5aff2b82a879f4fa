//! The façade that others use: the scenario language, the runner, the views
//! and the exports. Synchronous, without worker, DOM or clock.
//!
//! ```
//! let text = r#"
//! use cny-2025@1
//! operator Harbour reserves=10_000.00
//! person Alice at=Harbour type=II deposit=1_000.00
//! merchant Noodles at=Harbour
//! central-bank: issue 1_000.00 to=Harbour
//! 09:05 Alice: exchange 500.00
//! 09:06 Alice: pay Noodles 12.50
//! "#;
//! let mut run = exchequer::Run::load(text)?;
//! run.to_end()?;
//! assert_eq!(run.get("Alice.wallet")?, "487.50 CNY");
//! # Ok::<(), exchequer::RunError>(())
//! ```

pub mod attacks;
pub mod calibration;
pub mod compare;
pub mod export;
pub mod handoff;
pub mod lessons;
pub mod link;
pub mod picture;
pub mod pocket;
pub mod presets;
pub mod report;
pub mod run;
pub mod script;
pub mod series;
pub mod session;
pub mod studio;
mod telling;
pub mod trail;
pub mod views;
pub mod vocabulary;
pub mod workload;

pub use run::{ENGINE, Options, Run, RunError};
