//! Other runs beside the one at hand: by other rules, of a fork, of an earlier
//! version.

use std::rc::Rc;

use exchequer::views::Comparison;
use yew::prelude::*;
use yew::props;

use super::show::Show;
use crate::engine::{Engine, Inquiry, Reply, With};
use crate::store::{Document, document_name};
use crate::ui::{ButtonKind, ButtonProps, NoticeProps, button, notice};
use crate::words::Speech;

/// What is held beside the run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Beside {
    with: With,
    /// What the other text is called, if it is one.
    pub(super) name: Option<AttrValue>,
}

impl Beside {
    /// The same text by another preset's rules.
    pub(super) fn rules(preset: &str) -> Self {
        Self {
            with: With::Rules(preset.to_owned()),
            name: None,
        }
    }

    /// Another text.
    pub(super) fn text(name: AttrValue, text: &str) -> Self {
        Self {
            with: With::Text(text.to_owned()),
            name: Some(name),
        }
    }
}

/// What comes out differently in the run that is held beside, kept up with the
/// text.
#[hook]
pub(super) fn use_comparison(
    engine: &Engine,
    show: &Show,
    beside: &UseStateHandle<Option<Beside>>,
) -> Option<Rc<Comparison>> {
    let found = use_state_eq(|| None::<Rc<Comparison>>);
    let (engine, setter) = (engine.clone(), found.setter());
    let digest = show.program.as_ref().map(|program| program.digest.clone());
    use_effect_with(((**beside).clone(), digest), move |(beside, _)| {
        setter.set(None);
        if let Some(beside) = beside {
            let reply = Callback::from(move |reply| {
                if let Reply::Comparison(comparison) = reply {
                    setter.set(comparison.map(|it| Rc::new(*it)));
                }
            });
            let with = beside.with.clone();
            engine.ask(Inquiry::Compare { with }, reply);
        }
    });
    (*found).clone()
}

/// A text was kept beside this one: it can be looked at, or gone on with.
pub(super) fn forked_news(
    words: &Speech,
    forked: &UseStateHandle<Option<Document>>,
    onbeside: &Callback<(AttrValue, Rc<str>)>,
    onopen: &Callback<u32>,
) -> Html {
    let Some(document) = (**forked).clone() else {
        return Html::default();
    };
    let name = document_name(words, &document);
    let close = {
        let forked = forked.setter();
        move |_: MouseEvent| forked.set(None)
    };
    let compare = {
        let (onbeside, forked) = (onbeside.clone(), forked.setter());
        let (name, text) = (AttrValue::from(name.clone()), document.text.clone());
        move |_: MouseEvent| {
            onbeside.emit((name.clone(), text.clone()));
            forked.set(None);
        }
    };
    let open = {
        let (onopen, forked, id) = (onopen.clone(), forked.setter(), document.id);
        move |_: MouseEvent| {
            onopen.emit(id);
            forked.set(None);
        }
    };
    notice(&props!(NoticeProps {
        text: words.tell("fork-kept", &[("name", (&name).into())]),
        children: html! { <>
            { button(&props!(ButtonProps { kind: ButtonKind::Primary, onclick: compare, says: words.say("work-compare") })) }
            { button(&props!(ButtonProps { onclick: open, says: words.say("work-open") })) }
            { button(&props!(ButtonProps { onclick: close, says: words.say("close") })) }
        </> },
    }))
}
