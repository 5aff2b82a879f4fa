//! The façade that others use: the scenario language, the runner, the views
//! and the exports. Synchronous, without worker, DOM or clock.

pub mod link;
pub mod script;
pub mod views;
