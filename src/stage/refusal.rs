//! Why a request was turned down: the sentence and its numbers at once, the
//! rule and its source a click away.

use std::rc::Rc;

use exchequer::views::{Moment, Refusal, Source};
use yew::prelude::*;

use crate::ui::{amount_in, term};
use crate::words::{Say, Speech};

/// Properties of [`refusal_card`].
#[derive(Clone, PartialEq, Properties)]
pub struct RefusalProps {
    /// The refusal.
    pub refusal: Refusal,
    /// The moment it belongs to, for names.
    pub moment: Rc<Moment>,
}

/// A refusal's card.
pub fn refusal_card(words: &Speech, props: &RefusalProps) -> Html {
    let refusal = &props.refusal;
    let by = name(&props.moment, refusal.by, words);
    html! {
        <section class="refusal" aria-label={words.say("refusal")}>
            <p class="refusal-head">
                { term(words, "refusal", words.say("refused")) }
                <code>{ refusal.code.clone() }</code>
            </p>
            <p class="refusal-reason">{ reason(refusal, &props.moment, words) }</p>
            <details class="rule">
                <summary>{ words.say("rule-and-source") }</summary>
                <dl class="numbers">
                    { for refusal.numbers.iter().map(|(name, minor)| html! {
                        <div key={name.clone()}>
                            <dt>{ words.say(&format!("number-{name}")) }</dt>
                            <dd>{ amount_in(words, *minor, refusal.currency) }</dd>
                        </div>
                    }) }
                </dl>
                <p>{ words.tell("refused-by", &[("party", (&by).into())]) }</p>
                <p>{ words.say(if refusal.retryable { "refusal-can-retry" } else { "refusal-is-final" }) }</p>
                { for refusal.source.as_ref().map(|source| source_line(words, source)) }
            </details>
        </section>
    }
}

fn name(moment: &Moment, party: u32, words: &Speech) -> String {
    let found = moment.party(party);
    found.map_or_else(String::new, |party| words.name(&party.name))
}

/// The refusal's sentence in words.
pub fn reason(refusal: &Refusal, moment: &Moment, words: &Speech) -> String {
    let key = format!("reason-{}", refusal.code.replace('.', "-"));
    let party = name(moment, refusal.party, words);
    let numbers: Vec<(&str, String)> = refusal
        .numbers
        .iter()
        .map(|(name, minor)| {
            (
                name.as_str(),
                words.figures().amount_in(*minor, refusal.currency),
            )
        })
        .collect();
    let mut args: Vec<(&str, Say<'_>)> = numbers
        .iter()
        .map(|(name, sum)| (*name, sum.into()))
        .collect();
    args.push(("party", (&party).into()));
    words
        .try_tell(&key, &args)
        .unwrap_or_else(|| words.tell("reason-other", &[("code", (&refusal.code).into())]))
}

/// Where a number comes from, and how well it is known.
pub fn source_line(words: &Speech, source: &Source) -> Html {
    match source {
        Source::Preset { mark, source, date } => {
            let mark = words.say(&format!("mark-{}", mark.to_lowercase()));
            html! {
                <p class="source">
                    { words.tell("source", &[("source", source.into()), ("date", date.into()), ("mark", (&mark).into())]) }
                </p>
            }
        }
        Source::Ours(source) => html! {
            <p class="source">
                { match source {
                    Some(source) => words.tell("source-ours", &[("source", source.into())]),
                    None => words.say("source-ours-plain"),
                } }
            </p>
        },
        Source::Operator => html! { <p class="source">{ words.say("source-operator") }</p> },
        Source::Holder => html! { <p class="source">{ words.say("source-holder") }</p> },
    }
}
