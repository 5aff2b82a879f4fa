//! What a frame needs of the browser: its address, and the page around it.

use gloo::events::EventListener;
use js_sys::{JSON, Object};
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, Window};

/// The query of the page's address, with its `?`.
pub(super) fn query() -> String {
    let window = web_sys::window();
    window
        .and_then(|window| window.location().search().ok())
        .unwrap_or_default()
}

/// The page around this one, if there is one.
fn parent() -> Option<Window> {
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    (!Object::is(&parent, &window)).then_some(parent)
}

/// Says something to the page around this one, if it is of this origin.
pub(super) fn say(origin: &str, json: &str) {
    if let (Some(parent), Ok(message)) = (parent(), JSON::parse(json)) {
        let _ = parent.post_message(&message, origin);
    }
}

/// Calls back with everything that the page around this one says, if it is of
/// this origin, as JSON; empty for what cannot be written as such. What anybody
/// else says is not heard.
pub(super) fn on_message(
    origin: String,
    callback: impl Fn(String) + 'static,
) -> Option<EventListener> {
    let (window, parent) = (web_sys::window()?, parent()?);
    Some(EventListener::new(&window, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else {
            return;
        };
        let is_hers = event
            .source()
            .is_some_and(|source| Object::is(&source, &parent));
        if is_hers && event.origin() == origin {
            let json = JSON::stringify(&event.data()).ok();
            callback(json.and_then(|json| json.as_string()).unwrap_or_default());
        }
    }))
}
