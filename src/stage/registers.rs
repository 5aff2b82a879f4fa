//! What the central bank's three centres have on file, side by side: no one of
//! them knows who paid whom how much.

use exchequer::views::{Arg, Register, Seen};
use yew::prelude::*;

use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::amount;
use crate::words::{Speech, use_words};

/// Properties of [`Registers`].
#[derive(Clone, PartialEq, Properties)]
pub struct RegistersProps {
    /// The position shown.
    pub position: u32,
    /// The run it is a position of.
    pub digest: String,
    /// Who looks.
    pub seen: Seen,
    /// Whom to ask.
    pub engine: Option<Engine>,
}

/// The registers, as they stand at the position shown.
#[component]
pub fn Registers(props: &RegistersProps) -> Html {
    let words = use_words();
    let found = use_state_eq(|| None::<Vec<Register>>);
    {
        let (setter, engine) = (found.setter(), props.engine.clone());
        let asked = (props.position, props.seen, props.digest.clone());
        use_effect_with(asked, move |(position, seen, _)| {
            let reply = Callback::from(move |reply| {
                if let Reply::Registers(registers) = reply {
                    setter.set(Some(registers));
                }
            });
            if let Some(engine) = engine {
                let (position, seen) = (*position, *seen);
                engine.ask(Inquiry::Registers { position, seen }, reply);
            }
        });
    }
    let Some(registers) = &*found else {
        return Html::default();
    };
    registers_view(&words, registers)
}

/// The registers as tables.
pub fn registers_view(words: &Speech, registers: &[Register]) -> Html {
    if registers.is_empty() {
        return html! { <p class="empty registers-empty">{ words.say("registers-none") }</p> };
    }
    html! {
        <div class="registers">
            { for registers.iter().map(|register| html! {
                <section class="register" key={register.key.clone()} aria-label={words.say(&register.key)}>
                    <h3>{ words.say(&register.key) }</h3>
                    <p class="register-what">{ words.say(&format!("{}-what", register.key)) }</p>
                    if let Some(from) = register.traceable_from {
                        <p class="register-what">{ words.tell("traceable-from", &[("amount", (&words.figures().amount(from)).into())]) }</p>
                    }
                    if register.rows.is_empty() {
                        <p class="empty">{ words.say("register-empty") }</p>
                    } else {
                        <table><tbody>{ for register.rows.iter().rev().map(|row| html! {
                            <tr>
                                <td class="handle">{ row.wallet.clone().unwrap_or_default() }</td>
                                <td>{ people(words, &row.who) }</td>
                                <td>{ words.say(&row.detail) }</td>
                                <td class="number">{ for row.amount.map(|sum| amount(words, sum)) }</td>
                            </tr>
                        }) }</tbody></table>
                    }
                    if register.count > register.rows.len() as u64 {
                        <p class="register-what">{ words.tell("register-more", &[("count", (register.count as usize).into())]) }</p>
                    }
                </section>
            }) }
        </div>
    }
}

/// Names one after the other; what is not known here is a bar of one width
/// that says why.
fn people(words: &Speech, who: &[Arg]) -> Html {
    let one = |arg: &Arg| match arg {
        Arg::Hidden(key) => redacted(words, key),
        Arg::Name(name) => html! { { words.name(name) } },
        _ => Html::default(),
    };
    html! {
        { for who.iter().enumerate().map(|(index, arg)| html! {
            <>
                if index > 0 { { " → " } }
                { one(arg) }
            </>
        }) }
    }
}

/// What cannot be seen from here: a bar that names the reason. What it stands
/// for is not in the page.
pub fn redacted(words: &Speech, key: &str) -> Html {
    let reason = words.say(key);
    html! { <span class="redacted" role="img" aria-label={reason.clone()} title={reason}></span> }
}
