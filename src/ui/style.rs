//! Positions and times that CSS needs as values. The content security policy
//! forbids style attributes, so they are set as properties after rendering.

use std::fmt;

use yew::prelude::*;

use crate::browser;

/// A length as CSS and SVG read it, to the hundredth of a pixel: what the eye
/// can see, and much less code than a float to its last digit.
#[derive(Clone, Copy, Debug)]
pub struct Px(pub f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 * 100.0).round() as i64;
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
        match part {
            0 => write!(f, "{sign}{whole}"),
            _ if part % 10 == 0 => write!(f, "{sign}{whole}.{}", part / 10),
            _ => write!(f, "{sign}{whole}.{}{}", part / 10, part % 10),
        }
    }
}

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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Px;

    #[test]
    fn a_length_is_written_to_the_hundredth() {
        for (length, written) in [
            (0.0, "0"),
            (-0.001, "0"),
            (12.0, "12"),
            (12.5, "12.5"),
            (-0.25, "-0.25"),
            (7.049, "7.05"),
            (-1280.996, "-1281"),
        ] {
            assert_eq!(Px(length).to_string(), written);
        }
    }
}
