//! A wallet as a phone that can be used: what is done with it writes a line of
//! script.

use std::rc::Rc;

use exchequer::views::{Arg, Asked, Entry, Limit, Moment, PartyNo, Phone, Seen};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew::props;

use super::registers::redacted;
use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::{
    ButtonKind, ButtonProps, Choice, FieldProps, SelectProps, amount, button, field, meter, select,
};
use crate::words::{Speech, use_words};

/// Properties of [`Phones`].
#[derive(Clone, PartialEq, Properties)]
pub struct PhonesProps {
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Who looks.
    pub seen: Seen,
    /// Whom to ask for a phone.
    pub engine: Option<Engine>,
    /// Whose details are open: whose phone to begin with.
    pub selected: Option<PartyNo>,
    /// Writes an act into the script.
    pub onact: Callback<String>,
}

/// What can be done with a phone, as the verbs of the script.
const ACTS: [&str; 6] = [
    "pay", "request", "exchange", "redeem", "cash-in", "cash-out",
];

/// Verbs that need another one.
const WITH_ANOTHER: [&str; 2] = ["pay", "request"];

/// A phone to choose and to use.
#[component]
pub fn Phones(props: &PhonesProps) -> Html {
    let words = use_words();
    let owners = owners(&props.moment);
    let first = props
        .selected
        .and_then(|no| owners.iter().find(|(owner, _)| *owner == no))
        .or(owners.first())
        .map(|(_, name)| name.clone());
    let chosen = use_state_eq(|| None::<String>);
    let known = |name: &String| owners.iter().any(|(_, it)| it == name);
    let name = (*chosen).clone().filter(known).or(first);
    let phone = use_state_eq(|| None::<Rc<Phone>>);
    {
        let (setter, engine) = (phone.setter(), props.engine.clone());
        let asked = (name.clone(), props.seen, props.moment.clone());
        use_effect_with(asked, move |(name, seen, moment)| {
            let reply = Callback::from(move |reply| {
                if let Reply::Phone(phone) = reply {
                    setter.set(phone.map(|phone| Rc::new(*phone)));
                }
            });
            if let Some((engine, name)) = engine.zip(name.clone()) {
                let (position, seen) = (moment.position, *seen);
                engine.ask(
                    Inquiry::Phone {
                        position,
                        name,
                        seen,
                    },
                    reply,
                );
            }
        });
    }
    let Some(name) = name else {
        return html! { <p class="empty phones-empty">{ words.say("phones-none") }</p> };
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |name: AttrValue| chosen.set(Some(name.to_string())))
    };
    let choices: Vec<Choice> = owners
        .iter()
        .map(|(_, name)| Choice {
            value: name.clone().into(),
            label: words.name(name).into(),
        })
        .collect();
    html! {
        <div class="phones">
            <div class="phones-choice">
                { select(&props!(SelectProps {
                    id: "phone-of",
                    label: words.say("phone-of"),
                    choices,
                    value: name.clone(),
                    onchange,
                })) }
                <p class="phones-hint">{ words.say("phone-writes") }</p>
            </div>
            if let Some(phone) = &*phone {
                { phone_view(&words, phone) }
                if phone.status == "status-open" {
                    <Acts key={name.clone()} name={name.clone()} phone={phone.clone()} moment={props.moment.clone()} onact={props.onact.clone()} />
                }
            } else {
                <p class="empty phones-empty">{ words.say("phone-hidden") }</p>
            }
        </div>
    }
}

/// The wallets that can be spoken of, with their holders.
fn owners(moment: &Moment) -> Vec<(PartyNo, String)> {
    let wallets = moment.parties.iter().filter(|party| party.hidden.is_none());
    wallets
        .flat_map(|party| {
            let wallets = party.wallets.iter();
            wallets.map(move |wallet| (party.no, wallet.name.clone()))
        })
        .collect()
}

/// What a phone shows.
pub fn phone_view(words: &Speech, phone: &Phone) -> Html {
    let wallet = &phone.wallet;
    let open = phone.status == "status-open";
    let money = |sum| html! { <span class="number">{ amount(words, sum) }</span> };
    html! {
        <article class="phone" aria-label={words.tell("phone-label", &[("name", wallet.name.as_str().into())])}>
            <header class="phone-head">
                <h3>{ words.name(&wallet.name) }</h3>
                <p>{ words.tell("phone-type", &[("type", wallet.ty.as_str().into())]) }</p>
                if !open {
                    <p class="phone-status">{ words.say(&phone.status) }</p>
                }
            </header>
            <p class="phone-balance">{ amount(words, wallet.balance) }</p>
            <dl class="phone-beside">
                if let Some(deposit) = phone.deposit {
                    <div><dt>{ words.say("holding-deposit") }</dt><dd>{ money(deposit) }</dd></div>
                }
                <div><dt>{ words.say("holding-cash") }</dt><dd>{ money(phone.cash) }</dd></div>
            </dl>
            { limits(words, &wallet.limits) }
            if !phone.subs.is_empty() {
                <section>
                    <h4>{ words.say("phone-subs") }</h4>
                    <ul class="phone-list">{ for phone.subs.iter().map(|sub| html! {
                        <li>
                            <span>{ sub.name.clone() }</span>
                            <span class="phone-aside">
                                { for sub.payee.as_ref().map(|payee| words.tell("phone-only", &[("name", payee.as_str().into())])) }
                                { " " }
                                { for sub.cap.map(|cap| words.tell("used-of", &[
                                    ("used", (&words.figures().amount(sub.used)).into()),
                                    ("allowed", (&words.figures().amount(cap)).into()),
                                ])) }
                            </span>
                        </li>
                    }) }</ul>
                </section>
            }
            if !phone.later.is_empty() {
                <section>
                    <h4>{ words.say("phone-later") }</h4>
                    <ul class="phone-list">{ for phone.later.iter().map(|later| html! {
                        <li>
                            <span>{ words.name(&later.payee) }{ " · " }{ words.figures().clock(&later.due) }</span>
                            { money(later.amount) }
                        </li>
                    }) }</ul>
                </section>
            }
            <section>
                <h4>{ words.say("phone-history") }</h4>
                if phone.history.is_empty() {
                    <p class="empty">{ words.say("phone-nothing") }</p>
                }
                <ol class="phone-list" reversed=true>{ for phone.history.iter().rev().map(|entry| history(words, entry)) }</ol>
            </section>
        </article>
    }
}

fn limits(words: &Speech, limits: &[Limit]) -> Html {
    html! {
        <ul class="phone-limits">
            { for limits.iter().filter(|limit| limit.allowed > 0).map(|limit| {
                let share = limit.used.saturating_mul(1_000) / limit.allowed;
                html! {
                    <li key={limit.key.clone()}>
                        <span>{ words.say(&limit.key) }</span>
                        <span class="phone-aside">{ words.tell("used-of", &[
                            ("used", (&words.figures().amount(limit.used)).into()),
                            ("allowed", (&words.figures().amount(limit.allowed)).into()),
                        ]) }</span>
                        { meter(u32::try_from(share.clamp(0, 1_000)).unwrap_or(0)) }
                    </li>
                }
            }) }
        </ul>
    }
}

fn history(words: &Speech, entry: &Entry) -> Html {
    let who = entry.who.as_ref().map(|who| match who {
        Arg::Hidden(key) => redacted(words, key),
        Arg::Name(name) => html! { { words.name(name) } },
        _ => Html::default(),
    });
    let sign = if entry.is_in { "+" } else { "−" };
    let class = classes!(entry.refused.is_some().then_some("phone-refused"));
    html! {
        <li {class} key={entry.position}>
            <span>
                { words.say(&entry.key) }
                if let Some(who) = who { { " · " }{ who } }
                if !entry.memo.is_empty() { <span class="phone-memo">{ entry.memo.clone() }</span> }
                <span class="phone-aside">
                    { words.figures().clock(&entry.at) }
                    if let Some(code) = &entry.refused {
                        { " · " }
                        { words.say(&format!("refusal-{}", code.replace('.', "-"))) }
                    }
                </span>
            </span>
            if entry.amount > 0 {
                <span class="number">{ sign }{ amount(words, entry.amount) }</span>
            }
        </li>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ActsProps {
    name: String,
    phone: Rc<Phone>,
    moment: Rc<Moment>,
    onact: Callback<String>,
}

/// What can be done with the phone now: each button writes a line of script.
#[component]
fn Acts(props: &ActsProps) -> Html {
    let words = use_words();
    let verb = use_state_eq(|| ACTS[0]);
    let other = use_state_eq(String::new);
    let sum = use_state_eq(String::new);
    let others: Vec<Choice> = owners(&props.moment)
        .into_iter()
        .filter(|(_, name)| *name != props.name)
        .map(|(_, name)| Choice {
            label: words.name(&name).into(),
            value: name.into(),
        })
        .collect();
    let payee = others
        .iter()
        .find(|choice| *choice.value == **other)
        .or(others.first())
        .map(|choice| choice.value.to_string());
    let needs = WITH_ANOTHER.contains(&*verb);
    let line = line(&props.name, *verb, payee.as_deref().filter(|_| needs), &sum);
    let choices = ACTS.map(|verb| Choice {
        value: verb.into(),
        label: words.say(&format!("act-{verb}")).into(),
    });
    let onverb = {
        let verb = verb.setter();
        Callback::from(move |chosen: AttrValue| {
            verb.set(
                ACTS.into_iter()
                    .find(|it| *it == chosen.as_str())
                    .unwrap_or(ACTS[0]),
            );
        })
    };
    let onother = {
        let other = other.setter();
        Callback::from(move |chosen: AttrValue| other.set(chosen.to_string()))
    };
    let oninput = {
        let sum = sum.setter();
        move |event: InputEvent| {
            let input = event
                .target()
                .and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input {
                sum.set(input.value());
            }
        }
    };
    let onsubmit = {
        let (onact, line) = (props.onact.clone(), line.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(line) = &line {
                onact.emit(line.clone());
            }
        }
    };
    html! {
        <form class="phone-acts" {onsubmit}>
            { select(&props!(SelectProps {
                id: "phone-verb",
                label: words.say("phone-do"),
                choices: choices.to_vec(),
                value: *verb,
                onchange: onverb,
            })) }
            if needs {
                { select(&props!(SelectProps {
                    id: "phone-other",
                    label: words.say("phone-whom"),
                    choices: others,
                    value: payee.unwrap_or_default(),
                    onchange: onother,
                })) }
            }
            { field(&props!(FieldProps {
                label: words.say("phone-sum"),
                control: "phone-sum",
                children: html! {
                    <input id="phone-sum" inputmode="decimal" autocomplete="off" value={(*sum).clone()} {oninput} />
                },
            })) }
            <button type="submit" class="button button-primary" disabled={line.is_none()}>{ words.say("phone-go") }</button>
            if let Some(line) = &line {
                <code class="phone-line">{ line.clone() }</code>
            }
            { asked(&words, props) }
        </form>
    }
}

/// Open requests to be paid, each with its two answers.
fn asked(words: &Speech, props: &ActsProps) -> Html {
    let open = |asked: &&Asked| asked.outcome.is_none() && !asked.is_mine;
    let answer = |verb: &'static str, asked: &Asked| {
        let line = asked
            .name
            .as_ref()
            .map(|bill| format!("{}: {verb} {}", written(&props.name), written(bill)));
        let onact = props.onact.clone();
        let disabled = line.is_none();
        button(&props!(ButtonProps {
            kind: ButtonKind::Plain,
            disabled,
            onclick: move |_: MouseEvent| {
                if let Some(line) = &line {
                    onact.emit(line.clone());
                }
            },
            says: words.say(&format!("act-{verb}")),
        }))
    };
    html! {
        <ul class="phone-list">
            { for props.phone.asked.iter().filter(open).map(|asked| html! {
                <li>
                    <span>{ words.tell("phone-asks", &[
                        ("name", (&words.name(&asked.who)).into()),
                        ("amount", (&words.figures().amount(asked.amount)).into()),
                    ]) }</span>
                    <span class="phone-answers">{ answer("accept", asked) }{ answer("decline", asked) }</span>
                </li>
            }) }
        </ul>
    }
}

/// The line of script that a form says; none while it says nothing whole.
fn line(name: &str, verb: &str, other: Option<&str>, sum: &str) -> Option<String> {
    let sum = sum.trim();
    let digits = sum.replace(['_', '.'], "");
    let is_sum = !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.bytes().any(|b| b != b'0')
        && sum.matches('.').count() <= 1
        && !sum.starts_with('.')
        && !sum.ends_with('.');
    if !is_sum || (WITH_ANOTHER.contains(&verb) && other.is_none()) {
        return None;
    }
    let other = other.map_or_else(String::new, |other| format!(" {}", written(other)));
    let name = written(name);
    Some(format!("{name}: {verb}{other} {sum}"))
}

/// A name as a script has it: in quotes where it is not one plain word.
fn written(name: &str) -> String {
    let mut chars = name.chars();
    let plain = chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if plain {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_a_line_of_script_once_it_is_whole() {
        let said = |verb, other, sum| line("Alice", verb, other, sum);
        assert_eq!(
            said("pay", Some("Noodles"), "12.50").as_deref(),
            Some("Alice: pay Noodles 12.50")
        );
        assert_eq!(
            said("redeem", None, " 1_000 ").as_deref(),
            Some("Alice: redeem 1_000")
        );
        assert_eq!(
            said("pay", Some("Night market"), "5").as_deref(),
            Some("Alice: pay \"Night market\" 5")
        );
        for sum in ["", "0", "0.00", "-5", "1.2.3", ".5", "5.", "five", "1e3"] {
            assert_eq!(said("pay", Some("Noodles"), sum), None, "{sum}");
        }
        assert_eq!(said("pay", None, "5"), None);
    }
}
