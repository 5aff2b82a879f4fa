//! Small things that are read: terms, meters.

use yew::prelude::*;

use crate::words::Speech;

/// Words for those who do not see the picture.
pub fn hidden(says: String) -> Html {
    html! { <span class="hidden">{ says }</span> }
}

/// A term of the field, with its definition on focus: the message `term-` and
/// its name. A term that the catalogues do not define is plain text.
pub fn term(words: &Speech, name: &str, says: String) -> Html {
    let Some(definition) = words.try_tell(&format!("term-{name}"), &[]) else {
        return html! { {says} };
    };
    html! {
        <dfn class="term" tabindex="0" aria-description={definition.clone()}>
            { says }
            <span class="term-definition" aria-hidden="true">{ definition }</span>
        </dfn>
    }
}

/// A thin bar of what is used, in per mille; the numbers stand beside it.
pub fn meter(per_mille: u32) -> Html {
    let filled = per_mille.min(1_000);
    let width = format!("{}.{}%", filled / 10, filled % 10);
    html! {
        <svg class="meter" aria-hidden="true" height="4">
            <rect class="meter-all" width="100%" height="4" rx="2" />
            <rect class="meter-used" {width} height="4" rx="2" />
        </svg>
    }
}
