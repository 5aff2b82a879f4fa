//! The script beside the board: the editor, with the engine to ask.

use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;
use yew::props;

use crate::engine::{Engine, Finding, Inquiry, Reply};
use crate::history::{Action, History};
use crate::script::{Ask, Editor, Offers, Remarks};
use crate::ui::{ButtonKind, ButtonProps, Icon, button};
use crate::words::use_words;

/// Properties of [`ScriptPanel`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ScriptProps {
    /// The text with its past.
    pub(super) history: UseReducerHandle<History>,
    /// Whom to ask about it.
    pub(super) engine: Engine,
    /// The text last played.
    pub(super) played: Rc<str>,
    /// What is wrong with that.
    pub(super) findings: Rc<[Finding]>,
    /// The first line that cannot be played.
    pub(super) waits_for: Option<u32>,
    /// The line being shown.
    pub(super) playing: Option<u32>,
    /// Puts the script away; none where it has a page of its own.
    #[prop_or_default]
    pub(super) onclose: Option<Callback<()>>,
}

/// The script.
#[component]
pub(super) fn ScriptPanel(props: &ScriptProps) -> Html {
    let words = use_words();
    let offers = use_state_eq(|| None::<Rc<Offers>>);
    let help = use_state_eq(|| None::<(String, String)>);
    let on_offers = {
        let (engine, offers) = (props.engine.clone(), offers.setter());
        Callback::from(move |ask: Ask| {
            let offers = offers.clone();
            let reply = Callback::from(move |reply| {
                if let Reply::Completions { text, at, list } = reply {
                    offers.set(Some(Rc::new(Offers {
                        text: text.into(),
                        at,
                        list,
                    })));
                }
            });
            engine.ask(
                Inquiry::Complete {
                    text: ask.text.to_string(),
                    at: ask.at,
                },
                reply,
            );
        })
    };
    let on_help = {
        let (engine, help) = (props.engine.clone(), help.setter());
        Callback::from(move |ask: Ask| {
            let (help, text) = (help.clone(), ask.text.clone());
            let reply = Callback::from(move |reply| {
                if let Reply::Help(found) = reply {
                    let word = |range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
                    help.set(found.map(|hover| (word(hover.range), hover.doc)));
                }
            });
            engine.ask(
                Inquiry::Hover {
                    text: ask.text.to_string(),
                    at: ask.at,
                },
                reply,
            );
        })
    };
    let on_format = {
        let (engine, history) = (props.engine.clone(), props.history.clone());
        Callback::from(move |()| {
            let (history, of) = (history.clone(), history.text().clone());
            let inquiry = Inquiry::Format(of.to_string());
            let reply = Callback::from(move |reply| {
                if let Reply::Formatted(Some(text)) = reply {
                    history.dispatch(Action::Reform {
                        of: of.clone(),
                        text: text.into(),
                    });
                }
            });
            engine.ask(inquiry, reply);
        })
    };
    let remarks = Remarks::of(&props.played, &props.findings, &words);
    html! {
        <>
            <Editor
                history={props.history.clone()}
                {remarks}
                offers={(*offers).clone()}
                {on_offers}
                help={(*help).clone()}
                {on_help}
                waits_for={props.waits_for}
                playing={props.playing}
                on_format={Some(on_format)}
            />
            if let Some(onclose) = &props.onclose {
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Plain,
                    icon: Icon::Return,
                    onclick: onclose.reform(|_: MouseEvent| ()),
                    says: words.say("see-story"),
                })) }
            }
        </>
    }
}
