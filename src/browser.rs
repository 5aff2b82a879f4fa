//! The app's dealings with the page around it: storage of small settings,
//! attributes of the root element, sizes, keys, downloads. Together with
//! [`crate::engine`] this is where `web_sys` lives; components call it from
//! effects and handlers only, so that they also render natively.

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, HtmlElement, HtmlLinkElement, KeyboardEvent, ResizeObserver, ResizeObserverEntry,
};
use yew::{NodeRef, hook, use_effect_with, use_node_ref, use_state_eq};

/// A setting kept by the browser, if it keeps any.
pub fn recall(name: &str) -> Option<String> {
    web_sys::window()?
        .local_storage()
        .ok()??
        .get_item(&key(name))
        .ok()?
}

/// Keeps a setting. A browser that refuses storage only forgets it.
pub fn remember(name: &str, value: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) {
        let _ = storage.set_item(&key(name), value);
    }
}

fn key(name: &str) -> String {
    format!("exchequer.{name}")
}

/// The reader's languages, most wanted first.
pub fn languages() -> Vec<String> {
    web_sys::window()
        .map(|window| window.navigator().languages())
        .map(|list| list.iter().filter_map(|tag| tag.as_string()).collect())
        .unwrap_or_default()
}

/// The languages that the page names as files beside it: tag, name, address,
/// plural rule, direction, pace.
pub fn languages_beside() -> Vec<[String; 6]> {
    let Some(links) = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector_all("link.language").ok())
    else {
        return Vec::new();
    };
    let links = (0..links.length()).filter_map(|at| links.item(at)?.dyn_into::<Element>().ok());
    let names = [
        "hreflang",
        "title",
        "href",
        "data-plural",
        "data-direction",
        "data-pace",
    ];
    links
        .map(|link| names.map(|name| link.get_attribute(name).unwrap_or_default()))
        .collect()
}

/// The text of a file of the app; none if it could not be had.
pub async fn fetched(address: &str) -> Option<String> {
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(address)).await;
    let answer = answer.ok()?.dyn_into::<web_sys::Response>().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

/// Says on the page which language it is in, and its direction.
pub fn mark_language(tag: &str, direction: &str) {
    mark_root("lang", Some(tag));
    mark_root("dir", Some(direction));
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

/// Sets or removes an attribute of the page's root element.
pub fn mark_root(name: &str, value: Option<&str>) {
    if let Some(root) = root() {
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// Takes an attribute off the root element and says whether it was there.
pub fn take_root_mark(name: &str) -> bool {
    let Some(root) = root() else { return false };
    let there = root.has_attribute(name);
    let _ = root.remove_attribute(name);
    there
}

/// Takes the still first picture off the page, and shows the app in its place.
pub fn end_still_picture() {
    mark_root("data-ready", Some(""));
    if let Some(still) = by_id("still") {
        still.remove();
    }
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Sets custom properties and geometry on an element. The content security
/// policy forbids style attributes, so this is the way positions reach CSS.
pub fn style(element: &Element, properties: &[(&str, String)]) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        for (name, value) in properties {
            let _ = element.style().set_property(name, value);
        }
    } else if let Some(element) = element.dyn_ref::<web_sys::SvgElement>() {
        for (name, value) in properties {
            let _ = element.style().set_property(name, value);
        }
    }
}

/// Opens a dialog modally, or closes it.
pub fn show_dialog(element: &Element, open: bool) {
    if let Some(dialog) = element.dyn_ref::<web_sys::HtmlDialogElement>() {
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    }
}

/// What has the focus, to give it back.
pub fn focused() -> Option<HtmlElement> {
    let active = web_sys::window()?.document()?.active_element()?;
    active.dyn_into::<HtmlElement>().ok()
}

/// Gives the focus back to what had it, if it is there and nothing else has it.
pub fn give_back(focus: Option<&HtmlElement>) {
    let nothing = focused().is_none_or(|active| active.tag_name() == "BODY");
    if let Some(element) = focus.filter(|element| nothing && element.is_connected()) {
        let _ = element.focus();
    }
}

/// Closes the popover that an element is.
pub fn hide_popover(id: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.hide_popover();
    }
}

fn by_id(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// The absolute address that the link of this id refers to.
pub fn address(id: &str) -> Option<String> {
    Some(by_id(id)?.unchecked_into::<HtmlLinkElement>().href())
}

/// Moves the focus to the element of this id.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Scrolls the element of this id into view, if it is not.
pub fn reveal(id: &str) {
    if let Some(element) = by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Moves the focus to the element of this id, at the upper edge of the screen;
/// false if there is none.
pub fn go_to(id: &str) -> bool {
    let Some(element) = by_id(id) else {
        return false;
    };
    focus(id);
    element.scroll_into_view();
    true
}

/// Scrolls to the page's upper edge.
pub fn go_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Whether a media query matches now.
pub fn matches(query: &str) -> bool {
    web_sys::window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// Calls back whenever the window changes its size.
pub fn on_resize(callback: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "resize", move |_| callback()))
}

/// Calls back whenever the page's fragment changes, as long as there is a page.
pub fn on_fragment(callback: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        EventListener::new(&window, "hashchange", move |_| callback()).forget();
    }
}

/// Takes the fragment out of the page's address, as if it had not been there:
/// who goes back to it finds the page as it was left.
pub fn forget_fragment() {
    let forget = || {
        let window = web_sys::window()?;
        let address = window.location().href().ok()?;
        let plain = address.split('#').next()?;
        let history = window.history().ok()?;
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(plain))
            .ok()
    };
    forget();
}

/// Makes this the fragment of the page's address, as a link to it would.
pub fn set_fragment(fragment: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Calls back again and again, after so many milliseconds each, while it is kept.
pub fn every(millis: u32, callback: impl FnMut() + 'static) -> Interval {
    Interval::new(millis, callback)
}

/// A key press that no control of the page wants for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// `ArrowLeft`, `a`, ` ` …
    pub name: String,
    /// Whether Control or Command is held.
    pub control: bool,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether the focus is on something that has its own use for the key.
    pub wanted: bool,
}

/// Calls back on every key press; the press counts as used if the callback
/// says so.
pub fn on_key(callback: impl Fn(Key) -> bool + 'static) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(
        &document,
        "keydown",
        options,
        move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            if event.alt_key() || event.is_composing() {
                return;
            }
            let name = event.key();
            let key = Key {
                control: event.ctrl_key() || event.meta_key(),
                shift: event.shift_key(),
                wanted: wants(event, &name),
                name,
            };
            if callback(key) {
                event.prevent_default();
            }
        },
    ))
}

/// Whether the focused control has its own use for a key.
fn wants(event: &KeyboardEvent, name: &str) -> bool {
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    else {
        return false;
    };
    let inside = |selector: &str| target.closest(selector).ok().flatten().is_some();
    if inside(
        "input:not([type=range]):not([type=radio]), textarea, select, [contenteditable], dialog[open]",
    ) {
        return true;
    }
    let moves = name.starts_with("Arrow") || matches!(name, "Home" | "End" | "PageUp" | "PageDown");
    if moves {
        return inside(
            "[role=tablist], [role=menu], [type=radio], [type=range]:not(.timeline-input), [popover]",
        );
    }
    matches!(name, " " | "Enter")
        && inside("button, a, summary, label, [type=radio], [tabindex='0']")
}

/// Watches an element's size for as long as it is kept.
struct SizeWatch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(js_sys::Array)>,
}

impl SizeWatch {
    /// Calls back with width and height now and at every change.
    fn new(element: &Element, callback: impl Fn(f64, f64) + 'static) -> Option<Self> {
        let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            for entry in entries.iter() {
                let rect = entry.unchecked_into::<ResizeObserverEntry>().content_rect();
                callback(rect.width(), rect.height());
            }
        });
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The size of the element that the reference is put on; the one assumed until
/// the browser tells.
#[hook]
pub fn use_size(assumed: (f64, f64)) -> (NodeRef, (f64, f64)) {
    let node = use_node_ref();
    let size = use_state_eq(|| assumed);
    let setter = size.setter();
    use_effect_with(node.clone(), move |node| {
        let watch = node.cast::<Element>().and_then(|element| {
            SizeWatch::new(&element, move |w, h| setter.set((w.floor(), h.floor())))
        });
        move || drop(watch)
    });
    (node, *size)
}

/// Opens the browser's own way to print what is on the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// A text with every letter in its composed form (NFC): what looks the same is
/// the same, wherever it was typed.
pub fn composed(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// Offers a text as a file to keep.
pub fn download(name: &str, text: &str) {
    save(name, text.as_bytes());
}

/// The same for bytes.
pub fn save(name: &str, bytes: &[u8]) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(match name.rsplit('.').next() {
        Some("zip") => "application/zip",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("csv") => "text/csv;charset=utf-8",
        _ => "text/plain;charset=utf-8",
    });
    let Ok(blob) = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options) else {
        return;
    };
    let Ok(address) = web_sys::Url::create_object_url_with_blob(&blob) else {
        return;
    };
    let anchor = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<web_sys::HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&address);
        anchor.set_download(name);
        anchor.click();
    }
    let _ = web_sys::Url::revoke_object_url(&address);
}

/// The element that the app is mounted on.
pub fn clear_root() -> Option<Element> {
    by_id("app")
}
