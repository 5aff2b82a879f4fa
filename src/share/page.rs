//! What sharing needs of the browser: the page's address and the clipboard.

use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;
use yew::NodeRef;

/// The page's address without its fragment: what a share link begins with.
pub fn page_address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok());
    let address = address.unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// The fragment of the page's address, with its `#`.
pub fn page_fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Puts a field's text on the clipboard, and says whether it is there. Where
/// the browser does not allow it, the text stands selected, to be copied by
/// hand.
pub(super) async fn copy(field: &NodeRef) -> bool {
    let Some(field) = field.cast::<HtmlInputElement>() else {
        return false;
    };
    let _ = field.focus();
    field.select();
    copy_text(&field.value()).await
}

/// Puts a text on the clipboard, and says whether it is there.
pub async fn copy_text(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    // Pages without https have no clipboard, and calling what is not there
    // would throw.
    let navigator = window.navigator();
    match js_sys::Reflect::get(&navigator, &"clipboard".into()) {
        Ok(there) if there.is_object() => JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok(),
        _ => false,
    }
}
