//! Whether every unit of money is accounted for: a pill that opens the sums
//! behind it and the messages on the way.

use std::rc::Rc;

use exchequer::views::Moment;
use yew::prelude::*;

use super::books::party_name;
use crate::ui::{Icon, amount_in, term};
use crate::words::Speech;

/// Properties of [`pill`].
#[derive(Clone, PartialEq, Properties)]
pub struct PillProps {
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Opens the invariants.
    pub onopen: Callback<()>,
}

/// The pill.
pub fn pill(words: &Speech, props: &PillProps) -> Html {
    let accounted = &props.moment.accounted;
    let unit = words.of_money("unit");
    let late = accounted.messages.iter().filter(|it| it.overdue).count();
    let on_the_way = accounted.messages.len() - late;
    let (icon, key, class) = match (accounted.holds, late) {
        (true, 0) => (Icon::Check, "accounted", "pill"),
        (true, _) => (Icon::Cross, "accounted-late", "pill pill-broken"),
        (false, _) => (Icon::Cross, "not-accounted", "pill pill-broken"),
    };
    let onclick = props.onopen.reform(|_: MouseEvent| ());
    html! {
        <button type="button" {class} {onclick}>
            { icon.draw() }
            { words.tell(key, &[("unit", (&unit).into()), ("count", late.into())]) }
            if on_the_way > 0 {
                <span class="pill-count">
                    { words.tell("messages-count", &[("count", on_the_way.into())]) }
                </span>
            }
        </button>
    }
}

/// The checks with both their sums, and the messages on the way.
pub fn invariants(words: &Speech, moment: &Moment) -> Html {
    let accounted = &moment.accounted;
    html! {
        <div class="invariants">
            <table>
                <thead>
                    <tr>
                        <th scope="col">{ words.say("check") }</th>
                        <th scope="col" class="number">{ words.say("check-left") }</th>
                        <th scope="col" class="number">{ words.say("check-right") }</th>
                        <th scope="col" class="number">{ words.say("check-on-the-way") }</th>
                        <th scope="col">{ words.say("check-holds") }</th>
                    </tr>
                </thead>
                <tbody>
                    { for accounted.checks.iter().enumerate().map(|(index, check)| {
                        let name = words.say(&check.key);
                        let name = match &check.party {
                            Some(party) => words.tell("account-of", &[("account", (&name).into()), ("subject", (&words.name(party)).into())]),
                            None => name,
                        };
                        let said = match (check.holds, check.overdue) {
                            (true, false) => (Icon::Check, "holds", false),
                            (true, true) => (Icon::Cross, "unreconciled", true),
                            (false, _) => (Icon::Cross, "broken", true),
                        };
                        html! {
                            <tr key={index} class={classes!(said.2.then_some("check-broken"))}>
                                <th scope="row">{ term(words, &check.key, name) }</th>
                                <td class="number">{ amount_in(words, check.left, check.currency) }</td>
                                <td class="number">{ amount_in(words, check.right, check.currency) }</td>
                                <td class="number">
                                    if check.on_the_way != 0 { { amount_in(words, check.on_the_way, check.currency) } }
                                </td>
                                <td>
                                    { said.0.draw() }
                                    { " " }
                                    { words.say(said.1) }
                                </td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
            <h3>{ words.say("messages-on-the-way") }</h3>
            if accounted.messages.is_empty() {
                <p class="empty">{ words.say("messages-none") }</p>
            } else {
                <ul class="messages">
                    { for accounted.messages.iter().enumerate().map(|(index, message)| html! {
                        <li key={index} class={classes!(message.overdue.then_some("check-broken"))}>
                            { words.tell("message-line", &[
                                ("kind", (&words.say(&message.key)).into()),
                                ("from", (&party_name(moment, message.from, words)).into()),
                                ("to", (&party_name(moment, message.to, words)).into()),
                                ("amount", (&words.figures().amount_in(message.amount, message.currency)).into()),
                                ("time", (&words.figures().clock(&message.sent)).into()),
                            ]) }
                            if message.overdue {
                                { " " }<strong>{ words.say("unreconciled") }</strong>
                            }
                        </li>
                    }) }
                </ul>
            }
        </div>
    }
}
