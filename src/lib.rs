//! The app: a scenario as a story to watch, a board to read and a text to
//! edit. It decides nothing about money: it sends texts and positions to the
//! engine in its worker and draws the views that come back.

pub mod app;
pub mod browser;
pub mod engine;
pub mod figures;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub mod fixture;
pub mod history;
pub mod later;
mod order;
pub mod part;
pub mod script;
pub mod settings;
pub mod share;
pub mod stage;
pub mod state;
pub mod store;
mod tries;
pub mod ui;
mod update;
pub mod words;

/// Mounts the app on the page, once what it cannot begin without is there.
pub fn mount() {
    yew::platform::spawn_local(async {
        match (app::prepare().await, browser::clear_root()) {
            (Ok(()), Some(root)) => {
                yew::Renderer::<app::App>::with_root(root).render();
            }
            _ => browser::mark_root("data-start", Some("failed")),
        }
    });
}
