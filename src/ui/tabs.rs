//! Tabs: one stop for the Tab key, arrows between them.

use yew::prelude::*;

use crate::browser;

/// One tab.
#[derive(Clone, PartialEq)]
pub struct Tab {
    /// What names it in code and in ids.
    pub id: &'static str,
    /// What it says.
    pub label: AttrValue,
}

/// Properties of [`tabs`].
#[derive(Clone, PartialEq, Properties)]
pub struct TabsProps {
    /// What the tabs choose, for the screen reader.
    pub label: AttrValue,
    /// What the ids of the tabs begin with.
    pub name: AttrValue,
    /// The tabs.
    pub tabs: Vec<Tab>,
    /// The one selected.
    pub selected: &'static str,
    /// The id of the element in which the selected one's content stands.
    pub panel: AttrValue,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
    /// Called with the id of a tab chosen.
    pub onselect: Callback<&'static str>,
}

/// A row of tabs.
pub fn tabs(props: &TabsProps) -> Html {
    let onkeydown = {
        let props = props.clone();
        Callback::from(move |event: KeyboardEvent| {
            let ids: Vec<&'static str> = props.tabs.iter().map(|tab| tab.id).collect();
            if let Some(next) = neighbour(&ids, props.selected, &event.key()) {
                event.prevent_default();
                props.onselect.emit(next);
                browser::focus(&format!("{}-{next}", props.name));
            }
        })
    };
    html! {
        <div class={classes!("tabs", props.class.clone())} role="tablist" aria-label={props.label.clone()} {onkeydown}>
            { for props.tabs.iter().map(|tab| {
                let selected = tab.id == props.selected;
                let id = tab.id;
                let onselect = props.onselect.clone();
                html! {
                    <button
                        key={id}
                        type="button"
                        role="tab"
                        class="tab"
                        id={format!("{}-{id}", props.name)}
                        aria-selected={if selected { "true" } else { "false" }}
                        aria-controls={selected.then(|| props.panel.clone())}
                        tabindex={if selected { "0" } else { "-1" }}
                        onclick={move |_| onselect.emit(id)}
                    >
                        { tab.label.clone() }
                    </button>
                }
            }) }
        </div>
    }
}

/// The tab that a key leads to.
fn neighbour(ids: &[&'static str], selected: &str, key: &str) -> Option<&'static str> {
    let at = ids.iter().position(|id| *id == selected)?;
    let last = ids.len() - 1;
    let to = match key {
        "ArrowRight" => (at + 1) % ids.len(),
        "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    ids.get(to).copied()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::neighbour;

    #[test]
    fn arrows_go_round_the_tabs() {
        let ids = ["a", "b", "c"];
        for (from, key, to) in [
            ("a", "ArrowRight", Some("b")),
            ("c", "ArrowRight", Some("a")),
            ("a", "ArrowLeft", Some("c")),
            ("b", "Home", Some("a")),
            ("b", "End", Some("c")),
            ("b", "x", None),
            ("z", "Home", None),
        ] {
            assert_eq!(neighbour(&ids, from, key), to, "{from} {key}");
        }
    }
}
