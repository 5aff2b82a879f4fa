//! What stands over the page: dialogs, menus, notices.

use yew::prelude::*;
use yew::props;

use super::{ButtonKind, ButtonProps, Icon, button};
use crate::browser;
use crate::words::{Speech, use_words};

/// Properties of [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// Its heading.
    pub title: AttrValue,
    /// Whether it is open.
    pub open: bool,
    /// More classes: `sheet` makes it rise from the lower edge.
    #[prop_or_default]
    pub class: Classes,
    /// Called when it is closed, by its button or by Escape.
    pub onclose: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// A dialog: the page behind it waits. Nothing of it is in the page while it
/// is closed.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let words = use_words();
    let node = use_node_ref();
    use_effect_with((node.clone(), props.open), |(node, open)| {
        let before = open.then(browser::focused).flatten();
        if let Some(element) = node.cast::<web_sys::Element>() {
            browser::show_dialog(&element, *open);
        }
        // The dialog goes out of the page before the browser could do this.
        move || browser::give_back(before.as_ref())
    });
    if !props.open {
        return Html::default();
    }
    let onclose = props.onclose.clone();
    let close = props.onclose.reform(|_: MouseEvent| ());
    html! {
        <dialog
            ref={node}
            class={classes!("dialog", props.class.clone())}
            aria-labelledby="dialog-title"
            onclose={move |_: Event| onclose.emit(())}
        >
            <header class="dialog-head">
                <h2 id="dialog-title">{ props.title.clone() }</h2>
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Quiet,
                    icon: Icon::Close,
                    label: words.say("close"),
                    onclick: close,
                })) }
            </header>
            <div class="dialog-body">{ props.children.clone() }</div>
        </dialog>
    }
}

/// Properties of [`menu`].
#[derive(Clone, PartialEq, Properties)]
pub struct MenuProps {
    /// An id for the popover.
    pub id: AttrValue,
    /// What its button says to those who do not see the dots.
    pub label: AttrValue,
    /// What is in it.
    pub children: Html,
}

/// A button with three dots and what it opens.
pub fn menu(props: &MenuProps) -> Html {
    html! {
        <>
            { button(&props!(ButtonProps {
                icon: Icon::More,
                label: props.label.clone(),
                opens: props.id.clone(),
            })) }
            <div class="menu" id={props.id.clone()} popover="auto" role="group" aria-label={props.label.clone()}>
                { props.children.clone() }
            </div>
        </>
    }
}

/// Properties of [`menu_item`].
#[derive(Clone, PartialEq, Properties)]
pub struct MenuItemProps {
    /// The menu it closes.
    pub menu: AttrValue,
    /// What it says.
    pub label: AttrValue,
    /// Something that stands at its end: a shortcut, a value.
    #[prop_or_default]
    pub aside: Option<AttrValue>,
    /// What it does.
    pub onclick: Callback<()>,
}

/// One thing to do in a menu.
pub fn menu_item(props: &MenuItemProps) -> Html {
    let onclick = {
        let props = props.clone();
        move |_: MouseEvent| {
            browser::hide_popover(&props.menu);
            props.onclick.emit(());
        }
    };
    html! {
        <button type="button" class="menu-item" {onclick}>
            <span>{ props.label.clone() }</span>
            if let Some(aside) = &props.aside {
                <span class="menu-aside">{ aside.clone() }</span>
            }
        </button>
    }
}

/// How a notice is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Plain,
    /// Something is wrong.
    Trouble,
}

/// Properties of [`notice`].
#[derive(Clone, PartialEq, Properties)]
pub struct NoticeProps {
    /// How it is meant.
    #[prop_or_default]
    pub tone: Tone,
    /// What happened, why, and what to do.
    pub text: AttrValue,
    /// Buttons.
    #[prop_or_default]
    pub children: Html,
}

/// A sentence with what can be done about it, beside the thing it is about.
pub fn notice(props: &NoticeProps) -> Html {
    let (class, role) = match props.tone {
        Tone::Plain => ("notice", "status"),
        Tone::Trouble => ("notice notice-trouble", "alert"),
    };
    html! {
        <div {class} {role}>
            <p>{ props.text.clone() }</p>
            <div class="notice-actions">{ props.children.clone() }</div>
        </div>
    }
}

/// Properties of [`toast`].
#[derive(Clone, PartialEq, Properties)]
pub struct ToastProps {
    /// What it says.
    pub text: AttrValue,
    /// Called when it is put away.
    pub onclose: Callback<()>,
    /// Buttons.
    #[prop_or_default]
    pub children: Html,
}

/// A notice at the lower edge that stays until it is put away.
pub fn toast(words: &Speech, props: &ToastProps) -> Html {
    html! {
        <div class="toast" role="status">
            <p>{ props.text.clone() }</p>
            { props.children.clone() }
            { button(&props!(ButtonProps {
                kind: ButtonKind::Quiet,
                icon: Icon::Close,
                label: words.say("close"),
                onclick: props.onclose.reform(|_: MouseEvent| ()),
            })) }
        </div>
    }
}
