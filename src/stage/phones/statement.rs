//! A wallet's statement, to be read, printed or kept as a file.

use std::rc::Rc;

use exchequer::export::statement_csv;
use exchequer::views::{Arg, Seen, Statement};
use yew::prelude::*;
use yew::props;

use super::redacted;
use crate::browser;
use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::{ButtonProps, Dialog, amount, button};
use crate::words::{Speech, use_words};

/// Properties of [`StatementDialog`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct StatementProps {
    /// The wallet's name.
    pub(super) name: String,
    /// The position shown.
    pub(super) position: u32,
    /// Who looks.
    pub(super) seen: Seen,
    /// The currency's decimals.
    pub(super) decimals: u8,
    /// Whom to ask.
    pub(super) engine: Option<Engine>,
    /// Called when it is closed.
    pub(super) onclose: Callback<()>,
}

/// The statement in a dialog.
#[component]
pub(super) fn StatementDialog(props: &StatementProps) -> Html {
    let words = use_words();
    let found = use_state_eq(|| None::<Rc<Statement>>);
    {
        let (engine, setter) = (props.engine.clone(), found.setter());
        let asked = (props.name.clone(), props.position, props.seen);
        use_effect_with(asked, move |(name, position, seen)| {
            let reply = Callback::from(move |reply| {
                if let Reply::Statement(statement) = reply {
                    setter.set(statement.map(|it| Rc::new(*it)));
                }
            });
            if let Some(engine) = engine {
                let inquiry = Inquiry::Statement {
                    position: *position,
                    name: name.clone(),
                    seen: *seen,
                };
                engine.ask(inquiry, reply);
            }
        });
    }
    let title = words.tell(
        "statement-of",
        &[("name", (&words.name(&props.name)).into())],
    );
    html! {
        <Dialog class="statement-dialog" {title} open=true onclose={props.onclose.clone()}>
            if let Some(statement) = &*found {
                { statement_view(&words, statement) }
                <div class="statement-foot">
                    { button(&props!(ButtonProps {
                        onclick: |_: MouseEvent| browser::print(),
                        says: words.say("statement-print"),
                    })) }
                    { button(&props!(ButtonProps {
                        onclick: {
                            let (statement, decimals) = (statement.clone(), props.decimals);
                            move |_: MouseEvent| {
                                let name = format!("{}.csv", statement.account);
                                browser::download(&name, &statement_csv(&statement, decimals));
                            }
                        },
                        says: words.say("statement-csv"),
                    })) }
                </div>
            }
        </Dialog>
    }
}

/// A statement as a table: opening balance, each line with what the wallet held
/// after it, closing balance.
fn statement_view(words: &Speech, statement: &Statement) -> Html {
    let who = |who: &Arg| match who {
        Arg::Name(name) => html! { { words.name(name) } },
        Arg::Hidden(key) => redacted(words, key),
        _ => Html::default(),
    };
    let what = |key: &str| {
        words
            .try_tell(key, &[])
            .unwrap_or_else(|| words.say("entry-other"))
    };
    let edge = |key: &str, sum| {
        html! {
            <tr class="statement-edge">
                <th scope="row" colspan="3">{ words.say(key) }</th>
                <td class="number">{ amount(words, sum) }</td>
            </tr>
        }
    };
    html! {
        <>
            <p class="register-what">{ statement.account.clone() }{ " · " }{ words.figures().moment(&statement.at) }</p>
            <table class="statement">
                <thead><tr>
                    <th scope="col">{ words.say("statement-when") }</th>
                    <th scope="col">{ words.say("statement-what") }</th>
                    <th scope="col" class="number">{ words.say("statement-change") }</th>
                    <th scope="col" class="number">{ words.say("statement-balance") }</th>
                </tr></thead>
                <tbody>
                    { edge("statement-opening", statement.opening) }
                    { for statement.lines.iter().map(|line| html! {
                        <tr key={line.position}>
                            <td>{ words.figures().moment(&line.at) }</td>
                            <td>
                                { what(&line.key) }
                                if let Some(it) = &line.who { { " · " }{ who(it) } }
                                if !line.memo.is_empty() { <span class="phone-memo">{ line.memo.clone() }</span> }
                            </td>
                            <td class="number">{ if line.change < 0 { "−" } else { "+" } }{ amount(words, line.change.saturating_abs()) }</td>
                            <td class="number">{ amount(words, line.balance) }</td>
                        </tr>
                    }) }
                    { edge("statement-closing", statement.closing) }
                </tbody>
            </table>
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture;

    #[tokio::test]
    async fn a_statement_reads_from_opening_to_closing() {
        let mut session = exchequer::session::Session::open(crate::app::OPENING);
        let end = session.program().length;
        let statement = session.statement(end, "Alice", Seen::Everyone).unwrap();
        let html = fixture::drawn(move |words| statement_view(words, &statement)).await;
        let places: Vec<_> = [
            "Opening balance",
            "500.00",
            "Noodles",
            "−",
            "12.50",
            "487.50",
            "Closing balance",
        ]
        .iter()
        .map(|it| html.find(it))
        .collect();
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "{html}"
        );
    }
}
