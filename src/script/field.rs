//! The text field itself: the only place of the editor that touches the page.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, InputEvent};
use yew::NodeRef;

use super::place::{byte_of, units_of};
use crate::browser;
use crate::history::Selection;

/// The field behind a reference, once it is on the page.
pub(super) fn field(node: &NodeRef) -> Option<HtmlTextAreaElement> {
    node.cast()
}

/// What is selected, in bytes of the field's text.
pub(super) fn selection(field: &HtmlTextAreaElement, text: &str) -> Selection {
    let place = |units: Result<Option<u32>, _>| match units {
        Ok(Some(units)) => byte_of(text, units as usize),
        _ => text.len(),
    };
    let (start, end) = (place(field.selection_start()), place(field.selection_end()));
    start..end.max(start)
}

/// The field's text and what is selected of it, every letter in its composed
/// form: what was pasted may come in another.
pub(super) fn composed(field: &HtmlTextAreaElement) -> (String, Selection) {
    let raw = field.value();
    let selected = selection(field, &raw);
    let text = browser::composed(&raw);
    if text == raw {
        return (text, selected);
    }
    let moved = |byte: usize| browser::composed(raw.get(..byte).unwrap_or(&raw)).len();
    let end = moved(selected.end).min(text.len());
    (text, moved(selected.start).min(end)..end)
}

/// Makes the field show a text with this selection. A field that shows it
/// already is left alone, with whatever is being composed in it.
pub(super) fn show(field: &HtmlTextAreaElement, text: &str, selection: &Selection) -> bool {
    if field.value() == text {
        return false;
    }
    field.set_value(text);
    select(field, text, selection);
    true
}

/// Selects a piece of the field's text.
pub(super) fn select(field: &HtmlTextAreaElement, text: &str, selection: &Selection) {
    let units = |byte| u32::try_from(units_of(text, byte)).unwrap_or(u32::MAX);
    let _ = field.set_selection_range(units(selection.start), units(selection.end));
}

/// What the field reports beyond what components hear of.
pub(super) enum Report {
    /// The text is about to change, in the manner of this input type.
    Before(String),
    /// An input method begins to compose.
    Composing,
    /// It has composed.
    Composed,
}

/// Listens to the field. An input that the callback takes upon itself does not
/// happen.
pub(super) fn listen(
    field: &HtmlTextAreaElement,
    report: impl Fn(Report) -> bool + Clone + 'static,
) -> [EventListener; 3] {
    let before = report.clone();
    let composing = report.clone();
    let options = EventListenerOptions::enable_prevent_default();
    [
        EventListener::new_with_options(field, "beforeinput", options, move |event| {
            let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type);
            if before(Report::Before(kind.unwrap_or_default())) {
                event.prevent_default();
            }
        }),
        EventListener::new(field, "compositionstart", move |_| {
            composing(Report::Composing);
        }),
        EventListener::new(field, "compositionend", move |_| {
            report(Report::Composed);
        }),
    ]
}

/// Whether the reader is writing in the field.
pub(super) fn has_focus(field: &HtmlTextAreaElement) -> bool {
    let focused = web_sys::window().and_then(|window| window.document()?.active_element());
    focused.is_some_and(|element| element == **field.unchecked_ref::<HtmlElement>())
}

/// Where the anchor stands within its page: left edge and lower edge.
pub(super) fn below(anchor: &NodeRef) -> Option<(i32, i32)> {
    let anchor: HtmlElement = anchor.cast()?;
    Some((
        anchor.offset_left(),
        anchor.offset_top() + anchor.offset_height(),
    ))
}

/// The byte of the text under a point of the screen, where the browser tells.
pub(super) fn byte_at(text: &str, x: i32, y: i32) -> Option<usize> {
    let document = web_sys::window()?.document()?;
    // Older browsers lack it, and calling what is not there would throw.
    let tells = js_sys::Reflect::has(&document, &"caretPositionFromPoint".into());
    if tells != Ok(true) {
        return None;
    }
    let place = document.caret_position_from_point(x as f32, y as f32)?;
    let inside = place.offset_node()?.dyn_into::<Element>().ok()?.tag_name() == "TEXTAREA";
    inside.then(|| byte_of(text, place.offset() as usize))
}
