//! Small things that are read: chips, terms, meters.

use yew::prelude::*;

use crate::words::use_words;

/// Properties of [`Chip`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChipProps {
    /// More, for the tooltip.
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// What it says.
    pub children: Html,
}

/// A short fact in a rounded border.
#[component]
pub fn Chip(props: &ChipProps) -> Html {
    html! { <span class="chip" title={props.title.clone()}>{ props.children.clone() }</span> }
}

/// Properties of [`Hidden`].
#[derive(Clone, PartialEq, Properties)]
pub struct HiddenProps {
    /// What is read out.
    pub children: Html,
}

/// Words for those who do not see the picture.
#[component]
pub fn Hidden(props: &HiddenProps) -> Html {
    html! { <span class="hidden">{ props.children.clone() }</span> }
}

/// Properties of [`Term`].
#[derive(Clone, PartialEq, Properties)]
pub struct TermProps {
    /// Which: its definition's key is `term-` and this.
    pub term: AttrValue,
    /// The term as it stands in the text.
    pub children: Html,
}

/// A term of the field, with its definition on focus. A term that the
/// catalogues do not define is plain text.
#[component]
pub fn Term(props: &TermProps) -> Html {
    let words = use_words();
    let Some(definition) = words.try_tell(&format!("term-{}", props.term), &[]) else {
        return props.children.clone();
    };
    html! {
        <dfn class="term" tabindex="0" aria-description={definition.clone()}>
            { props.children.clone() }
            <span class="term-definition" aria-hidden="true">{ definition }</span>
        </dfn>
    }
}

/// Properties of [`Meter`].
#[derive(Clone, PartialEq, Properties)]
pub struct MeterProps {
    /// How much is used, in per mille.
    pub per_mille: u32,
}

/// A thin bar; the numbers stand beside it.
#[component]
pub fn Meter(props: &MeterProps) -> Html {
    let filled = f64::from(props.per_mille.min(1_000)) / 10.0;
    html! {
        <svg class="meter" aria-hidden="true" height="4">
            <rect class="meter-all" width="100%" height="4" rx="2" />
            <rect class="meter-used" width={format!("{filled}%")} height="4" rx="2" />
        </svg>
    }
}
