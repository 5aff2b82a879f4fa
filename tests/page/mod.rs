//! A page to test components on: mounts one, acts as a person would, and
//! clears up behind it.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlTextAreaElement};
use yew::BaseComponent;

/// Lets the page do what is due.
pub async fn tick() {
    for _ in 0..3 {
        wait(0).await;
    }
}

/// Waits so many milliseconds.
pub async fn wait(millis: i32) {
    let promise = js_sys::Promise::new(&mut |done, _| {
        let window = web_sys::window().unwrap();
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&done, millis)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Runs a piece of JavaScript with one argument.
pub fn script(body: &str, argument: &JsValue) -> JsValue {
    Function::new_with_args("it", body)
        .call1(&JsValue::NULL, argument)
        .unwrap()
}

/// A component on the page.
pub struct Page {
    root: Element,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

impl Page {
    /// Mounts a component.
    pub async fn mount<C: BaseComponent>(props: C::Properties) -> Page {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        yew::Renderer::<C>::with_root_and_props(root.clone(), props).render();
        tick().await;
        Page { root }
    }

    /// Adds a style sheet to the page.
    pub fn style(&self, css: &str) {
        let document = web_sys::window().unwrap().document().unwrap();
        let style = document.create_element("style").unwrap();
        style.set_text_content(Some(css));
        self.root.append_child(&style).unwrap();
    }

    /// Everything that matches a selector.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length())
            .filter_map(|index| found.get(index)?.dyn_into().ok())
            .collect()
    }

    /// The first that matches.
    pub fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found
            .unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html()))
            .unchecked_into()
    }

    /// Left, top, width and height on the screen.
    pub fn rect(&self, selector: &str) -> [f64; 4] {
        let body = "const rect = it.getBoundingClientRect(); return [rect.left, rect.top, rect.width, rect.height]";
        let sides: js_sys::Array = script(body, &self.find(selector)).unchecked_into();
        [0, 1, 2, 3].map(|side| sides.get(side).as_f64().unwrap())
    }

    /// Its text.
    pub fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap()
    }

    /// Everything the page says.
    pub fn says(&self) -> String {
        self.root.text_content().unwrap()
    }

    /// Clicks.
    pub async fn click(&self, selector: &str) {
        self.find(selector).click();
        tick().await;
    }

    fn field(&self, selector: &str) -> HtmlTextAreaElement {
        self.find(selector).unchecked_into()
    }

    /// A field's text.
    pub fn value(&self, selector: &str) -> String {
        self.field(selector).value()
    }

    /// Where a field's caret stands, in UTF-16 units.
    pub fn caret(&self, selector: &str) -> u32 {
        self.selection(selector).1
    }

    /// What is selected in a field, in UTF-16 units.
    pub fn selection(&self, selector: &str) -> (u32, u32) {
        let field = self.field(selector);
        (
            field.selection_start().unwrap().unwrap(),
            field.selection_end().unwrap().unwrap(),
        )
    }

    /// Sets a field as the browser does before it tells of it.
    pub fn set(&self, selector: &str, text: &str, caret: u32) {
        let field = self.field(selector);
        field.set_value(text);
        field.set_selection_range(caret, caret).unwrap();
    }

    /// Types text at a place, in UTF-16 units.
    pub async fn type_at(&self, selector: &str, at: u32, typed: &str) {
        let field = self.field(selector);
        field.focus().unwrap();
        field.set_selection_range(at, at).unwrap();
        self.input_event(selector, "beforeinput", "insertText")
            .await;
        let mut units: Vec<u16> = field.value().encode_utf16().collect();
        let behind = units.split_off(at as usize);
        units.extend(typed.encode_utf16());
        let caret = units.len() as u32;
        units.extend(behind);
        self.set(selector, &String::from_utf16(&units).unwrap(), caret);
        self.input_event(selector, "input", "insertText").await;
    }

    /// Sends an event without details.
    pub async fn event(&self, selector: &str, kind: &str) -> bool {
        let body = "return new Event(it, { bubbles: true, cancelable: true })";
        self.send(&self.find(selector), script(body, &kind.into()))
            .await
    }

    /// Sends an input event, and says whether it was prevented.
    pub async fn input_event(&self, selector: &str, kind: &str, input: &str) -> bool {
        let body = format!(
            "return new InputEvent(it, {{ bubbles: true, cancelable: true, inputType: '{input}' }})"
        );
        self.send(&self.find(selector), script(&body, &kind.into()))
            .await
    }

    /// Presses a key, and says whether the page took it.
    pub async fn key(&self, selector: &str, key: &str, held: &str) -> bool {
        let held = if held.is_empty() {
            String::new()
        } else {
            format!(", {held}Key: true")
        };
        let body = format!(
            "return new KeyboardEvent('keydown', {{ key: it, bubbles: true, cancelable: true{held} }})"
        );
        self.send(&self.find(selector), script(&body, &key.into()))
            .await
    }

    /// Sends an event, and says whether it was prevented.
    pub async fn send(&self, target: &EventTarget, event: JsValue) -> bool {
        let event: Event = event.unchecked_into();
        target.dispatch_event(&event).unwrap();
        tick().await;
        event.default_prevented()
    }
}
