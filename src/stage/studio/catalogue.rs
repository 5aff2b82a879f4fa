//! The catalogue: an entry is chosen, its parameters are filled in, and its
//! block is put into the script or begins another.

use std::collections::BTreeMap;
use std::rc::Rc;

use exchequer::lessons;
use exchequer::studio::blocks;
use exchequer::views::studio::{Entry, ParamKind};
use yew::prelude::*;
use yew::props;

use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::{BlankProps, ButtonKind, ButtonProps, Choice, SelectProps, blank, button, select};
use crate::words::{Glossary, use_words};

/// The entry that is a story of its own rather than a block.
const PREPAID_CARD: &str = "prepaid-card";

/// Properties of [`Catalogue`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CatalogueProps {
    /// What there is.
    pub(super) entries: Vec<Entry>,
    /// Whoever can play a part.
    pub(super) holders: Vec<String>,
    /// Whether the script has no block yet.
    pub(super) empty: bool,
    pub(super) engine: Option<Engine>,
    pub(super) onact: Callback<String>,
    /// Shows the block of this name.
    pub(super) onchosen: Callback<String>,
    /// Opens a story that ships.
    pub(super) onopened: Callback<Rc<str>>,
    /// Opens a text to begin with.
    pub(super) onstarted: Callback<Rc<str>>,
}

/// The catalogue.
#[component]
pub(super) fn Catalogue(props: &CatalogueProps) -> Html {
    let words = use_words();
    let glossary = Glossary::of(&words);
    let key = use_state_eq(|| "escrow".to_owned());
    let given = use_state_eq(BTreeMap::<String, String>::new);
    let refused = use_state_eq(|| false);
    let entry = props.entries.iter().find(|it| it.key == **key);
    let title = |key: &str| glossary.say(&format!("template-{key}"));
    let choices: Vec<Choice> = props
        .entries
        .iter()
        .map(|it| it.key.as_str())
        .chain([PREPAID_CARD])
        .map(|key| Choice {
            value: key.to_owned().into(),
            label: title(key).into(),
        })
        .collect();
    let values = entry.map(|entry| filled(entry, &given, &props.holders));
    let onwritten = {
        let (onact, onchosen, refused) = (
            props.onact.clone(),
            props.onchosen.clone(),
            refused.setter(),
        );
        Callback::from(move |reply: Reply| {
            let Reply::Written(block) = reply else {
                return;
            };
            refused.set(block.is_none());
            if let Some(block) = block {
                onchosen.emit(
                    blocks(&block)
                        .first()
                        .map_or_else(String::new, |it| it.name.clone()),
                );
                onact.emit(block);
            }
        })
    };
    let oninsert = {
        let (engine, key, values) = (props.engine.clone(), (*key).clone(), values.clone());
        move |_: MouseEvent| {
            if let (Some(engine), Some(given)) = (&engine, &values) {
                let (key, given) = (key.clone(), given.clone());
                engine.ask(Inquiry::Fill { key, given }, onwritten.clone());
            }
        }
    };
    let onbegin = {
        let (engine, key, title) = (props.engine.clone(), (*key).clone(), title(&key));
        let (onopened, onstarted) = (props.onopened.clone(), props.onstarted.clone());
        move |_: MouseEvent| {
            if let Some(story) = lessons::find(&key) {
                return onopened.emit(story.text.into());
            }
            let onstarted = onstarted.clone();
            let reply = Callback::from(move |reply| {
                if let Reply::Written(Some(text)) = reply {
                    onstarted.emit(text.into());
                }
            });
            if let Some(engine) = &engine {
                let (key, title) = (key.clone(), title.clone());
                engine.ask(Inquiry::Starter { key, title }, reply);
            }
        }
    };
    let onkey = {
        let (key, given, refused) = (key.setter(), given.setter(), refused.setter());
        move |chosen: AttrValue| {
            key.set(chosen.to_string());
            given.set(BTreeMap::new());
            refused.set(false);
        }
    };
    html! {
        <details class="studio-catalogue" open={props.empty}>
            <summary>{ glossary.say("studio-catalogue") }</summary>
            <div class="studio-entry">
                { select(&props!(SelectProps {
                    id: "studio-template",
                    label: glossary.say("studio-template"),
                    choices,
                    value: (*key).clone(),
                    onchange: onkey,
                })) }
                <p class="studio-aside">{ glossary.say(&format!("template-{}-note", *key)) }</p>
                if let (Some(entry), Some(values)) = (entry, &values) {
                    <div class="studio-fields">
                        { for entry.params.iter().zip(values).map(|((param, kind, _), (_, value))| {
                            let onchange = {
                                let (given, param) = (given.clone(), param.clone());
                                move |value: String| {
                                    let mut others = (*given).clone();
                                    others.insert(param.clone(), value);
                                    given.set(others);
                                }
                            };
                            param_field(&glossary, (param, *kind), value, &props.holders, onchange)
                        }) }
                    </div>
                    if *refused {
                        <p class="field-error" role="alert">{ glossary.say("studio-fill-failed") }</p>
                    }
                }
                <div class="studio-actions">
                    if entry.is_some() && !props.holders.is_empty() {
                        { button(&props!(ButtonProps {
                            kind: ButtonKind::Primary,
                            onclick: oninsert,
                            says: glossary.say("studio-insert"),
                        })) }
                    }
                    { button(&props!(ButtonProps { onclick: onbegin, says: glossary.say("studio-begin") })) }
                </div>
            </div>
        </details>
    }
}

/// What stands in each parameter: what was written, or else somebody of the
/// scenario, each another, or what the entry says itself.
fn filled(
    entry: &Entry,
    given: &BTreeMap<String, String>,
    holders: &[String],
) -> Vec<(String, String)> {
    let plays = |name: &String| {
        let of = |(key, kind, default): &(String, ParamKind, String)| {
            *kind != ParamKind::Written && given.get(key).unwrap_or(default) == name
        };
        entry.params.iter().any(of)
    };
    // Whoever has no part yet comes first.
    let (busy, free): (Vec<&String>, Vec<&String>) = holders.iter().partition(|it| plays(it));
    let mut next = free.into_iter().chain(busy).cycle();
    let of = |(key, kind, default): &(String, ParamKind, String)| {
        let value = match (given.get(key), kind) {
            (Some(value), _) => value.clone(),
            (None, ParamKind::Written) => default.clone(),
            (None, _) if holders.contains(default) => default.clone(),
            (None, _) => next.next().unwrap_or(default).clone(),
        };
        (key.clone(), value)
    };
    entry.params.iter().map(of).collect()
}

fn param_field(
    glossary: &Glossary<'_>,
    (key, kind): (&str, ParamKind),
    value: &str,
    holders: &[String],
    onchange: impl Fn(String) + 'static,
) -> Html {
    let id = format!("studio-param-{key}");
    let label = glossary.say(&format!("template-param-{key}"));
    if kind != ParamKind::Party {
        return blank(&props!(BlankProps {
            id,
            label,
            value: value.to_owned(),
            onchange,
        }));
    }
    let choices: Vec<Choice> = holders
        .iter()
        .map(|name| Choice {
            value: name.clone().into(),
            label: name.clone().into(),
        })
        .collect();
    html! {
        <div class="field">
            { select(&props!(SelectProps {
                id,
                label,
                choices,
                value: value.to_owned(),
                onchange: move |chosen: AttrValue| onchange(chosen.to_string()),
            })) }
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn parties_are_people_of_the_scenario_where_nobody_says_otherwise() {
        let party =
            |key: &str, default: &str| (key.to_owned(), ParamKind::Party, default.to_owned());
        let entry = Entry {
            key: "escrow".to_owned(),
            is_contract: true,
            params: vec![
                party("buyer", "Alice"),
                party("seller", "Bob"),
                party("arbiter", "Carol"),
                ("price".to_owned(), ParamKind::Written, "250.00".to_owned()),
            ],
        };
        let holders = ["Alice", "Maya", "Noodles"].map(str::to_owned);
        let given = BTreeMap::from([("price".to_owned(), "9.00".to_owned())]);
        let values = filled(&entry, &given, &holders);
        let values: Vec<&str> = values.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["Alice", "Maya", "Noodles", "9.00"]);
    }
}
