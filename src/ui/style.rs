//! Positions and times that CSS needs as values. The content security policy
//! forbids style attributes, so they are set as properties after rendering.

use yew::prelude::*;

use crate::browser;

/// Keeps style properties of an element as given. Returns the reference to put
/// on the element.
#[hook]
pub fn use_style(properties: Vec<(&'static str, String)>) -> NodeRef {
    let node = use_node_ref();
    use_effect_with((node.clone(), properties), |(node, properties)| {
        if let Some(element) = node.cast::<web_sys::Element>() {
            browser::style(&element, properties);
        }
    });
    node
}
