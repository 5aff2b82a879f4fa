//! Buttons.

use yew::prelude::*;

use super::Icon;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one obvious thing to do.
    Primary,
    /// One of several.
    #[default]
    Plain,
    /// Without a border, inside of other things.
    Quiet,
}

/// Properties of [`button`].
#[derive(Clone, PartialEq, Properties)]
pub struct ButtonProps {
    /// How much it asks for attention.
    #[prop_or_default]
    pub kind: ButtonKind,
    /// An icon before the text.
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// What it does, for a button whose content does not say it.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// The key that does the same, for the tooltip.
    #[prop_or_default]
    pub shortcut: Option<AttrValue>,
    /// Whether it is down, for a button that stays down.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// Whether it can be used now.
    #[prop_or_default]
    pub disabled: bool,
    /// An id, to move the focus to.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The popover that it opens.
    #[prop_or_default]
    pub opens: Option<AttrValue>,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
    /// What it does.
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// What it says.
    #[prop_or_default]
    pub says: AttrValue,
}

/// A button.
pub fn button(props: &ButtonProps) -> Html {
    let kind = match props.kind {
        ButtonKind::Primary => "button-primary",
        ButtonKind::Plain => "button-plain",
        ButtonKind::Quiet => "button-quiet",
    };
    let title = match (&props.label, &props.shortcut) {
        (Some(label), Some(key)) => Some(AttrValue::from(format!("{label} ({key})"))),
        (Some(label), None) => Some(label.clone()),
        (None, key) => key.clone(),
    };
    html! {
        <button
            type="button"
            class={classes!("button", kind, props.class.clone())}
            id={props.id.clone()}
            aria-label={props.label.clone()}
            {title}
            aria-pressed={props.pressed.map(|down| if down { "true" } else { "false" })}
            disabled={props.disabled}
            popovertarget={props.opens.clone()}
            onclick={props.onclick.clone()}
        >
            if let Some(icon) = props.icon {
                { icon.draw() }
            }
            { &props.says }
        </button>
    }
}
