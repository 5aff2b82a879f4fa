//! The app: a scenario as a story to watch, a board to read and a text to
//! edit. It decides nothing about money: it sends texts and positions to the
//! engine in its worker and draws the views that come back.

pub mod app;
pub mod browser;
pub mod class;
pub mod engine;
pub mod figures;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub mod fixture;
pub mod guide;
pub mod history;
pub mod later;
mod order;
pub mod part;
pub mod pocket;
pub mod review;
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

/// Mounts the app on the page, or what the address asks for instead, a pocket
/// or a frame for another page, once what it cannot begin without is there.
pub fn mount() {
    words::meet_languages();
    let is_pocket = pocket::is_here();
    let is_frame = !is_pocket && app::is_frame();
    // An address of the other kind, of another pocket or frame, is another page.
    browser::on_fragment(move || {
        if is_pocket || is_frame || pocket::is_here() {
            browser::reload();
        }
    });
    yew::platform::spawn_local(async move {
        let prepared = if is_pocket {
            pocket::prepare().await
        } else if is_frame {
            app::prepare_frame().await
        } else {
            app::prepare().await
        };
        match (prepared, browser::clear_root()) {
            (Ok(()), Some(root)) if is_pocket => {
                yew::Renderer::<pocket::PocketApp>::with_root(root).render();
            }
            (Ok(()), Some(root)) if is_frame => {
                yew::Renderer::<app::EmbedApp>::with_root(root).render();
            }
            (Ok(()), Some(root)) => {
                yew::Renderer::<app::App>::with_root(root).render();
            }
            _ => browser::mark_root("data-start", Some("failed")),
        }
    });
}
