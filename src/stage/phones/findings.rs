//! What banks have found out about devices, with the way of the value.

use exchequer::views::{Finding, Handover, Minor, Moment};
use yew::prelude::*;

use crate::ui::amount;
use crate::words::Speech;

/// The findings so far; nothing where there are none.
pub(super) fn findings(words: &Speech, moment: &Moment) -> Html {
    if moment.found.is_empty() {
        return Html::default();
    }
    html! {
        <section class="findings" aria-label={words.say("findings")}>
            <h3>{ words.say("findings") }</h3>
            <ul>{ for moment.found.iter().map(|it| finding(words, moment, it)) }</ul>
        </section>
    }
}

fn finding(words: &Speech, moment: &Moment, it: &Finding) -> Html {
    let bank = moment.party(it.bank).map(|bank| words.name(&bank.name));
    let what = format!("{}: {}", bank.unwrap_or_default(), words.say(&it.key));
    html! {
        <li class="finding">{ found(words, &what, it.amount, it.named.as_deref(), &it.trace) }</li>
    }
}

/// What was found, at whose device if that can be told, and the way of the value.
pub(crate) fn found(
    words: &Speech,
    what: &str,
    sum: Minor,
    named: Option<&str>,
    trace: &[Handover],
) -> Html {
    html! {
        <>
            <p>{ what }{ ", " }<span class="number">{ amount(words, sum) }</span></p>
            <p class="phone-aside">{ match named {
                Some(device) => words.tell("finding-named", &[("device", device.into())]),
                None => words.say("finding-unnamed"),
            } }</p>
            { way(words, trace) }
        </>
    }
}

/// The way of the value, oldest step first; nothing where it is not known.
pub(in crate::stage) fn way(words: &Speech, trace: &[Handover]) -> Html {
    if trace.is_empty() {
        return Html::default();
    }
    html! {
        <ol class="trace" aria-label={words.say("finding-trace")}>
            { for trace.iter().map(|step| hand_over(words, step)) }
        </ol>
    }
}

fn hand_over(words: &Speech, step: &Handover) -> Html {
    html! {
        <li class={classes!("trace-step", step.is_twice.then_some("trace-twice"))}>
            <span class="trace-end">{ step.from.clone() }</span>
            <span class="trace-arrow"><span class="number">{ amount(words, step.amount) }</span>{ " →" }</span>
            <span class="trace-end">{ step.to.clone() }</span>
            if step.is_twice {
                <span class="phone-aside">{ words.say("trace-twice") }</span>
            }
        </li>
    }
}
