//! A wallet as a phone that can be used: what is done with it writes a line of
//! script.

mod acts;
mod code;
mod findings;
mod statement;
mod tap;

pub(crate) use self::findings::found;
pub(super) use self::findings::way;

use std::rc::Rc;

use exchequer::views::{Arg, Entry, Kind, Limit, Moment, Owed, PartyNo, Phone, Seen};
use yew::prelude::*;
use yew::props;

use self::acts::Acts;
use self::code::Code;
use self::findings::findings;
use self::statement::StatementDialog;
use self::tap::{Tap, airplane, devices};
use super::registers::redacted;
use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::{ButtonProps, Choice, SelectProps, amount, button, meter, select};
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
    /// The currency's code and decimals.
    pub currency: (String, u8),
    /// Writes an act into the script.
    pub onact: Callback<String>,
}

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
    let phone = use_phone(props, name.clone());
    // Where phones pay each other, two lie side by side.
    let pays_offline = phone.as_ref().is_some_and(|it| !it.devices.is_empty());
    let second = use_state_eq(|| None::<String>);
    let others: Vec<&String> = owners
        .iter()
        .map(|(_, it)| it)
        .filter(|it| Some(*it) != name.as_ref())
        .collect();
    let with = (*second).clone().filter(|it| others.contains(&it));
    let with = with.or_else(|| others.first().map(|it| (*it).clone()));
    let with = with.filter(|_| pays_offline);
    let other = use_phone(props, with.clone());
    let codes = use_state_eq(Shown::default);
    let reading = use_state_eq(|| false);
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
    let owed = owed(&props.moment);
    let onsecond = {
        let second = second.setter();
        Callback::from(move |name: AttrValue| second.set(Some(name.to_string())))
    };
    let seconds: Vec<Choice> = others
        .iter()
        .map(|name| Choice {
            value: (*name).clone().into(),
            label: words.name(name).into(),
        })
        .collect();
    html! {
        <div class={classes!("phones", pays_offline.then_some("phones-two"))}>
            <div class="phones-choice">
                { select(&props!(SelectProps {
                    id: "phone-of",
                    label: words.say("phone-of"),
                    choices,
                    value: name.clone(),
                    onchange,
                })) }
                if let Some(with) = &with {
                    { select(&props!(SelectProps {
                        id: "phone-with",
                        label: words.say("phone-with"),
                        choices: seconds,
                        value: with.clone(),
                        onchange: onsecond,
                    })) }
                }
                <p class="phones-hint">{ words.say("phone-writes") }</p>
            </div>
            { findings(&words, &props.moment) }
            if let Some(phone) = &phone {
                <div class="phone-side">
                    { offline_head(&words, &name, phone, (owed, &props.moment.at), &props.onact) }
                    { phone_view(&words, phone, &statement_button(&words, &reading)) }
                </div>
                if phone.status == "status-open" {
                    <div class="phone-middle">
                        if pays_offline {
                            <Tap key={format!("tap-{name}")} name={name.clone()} phone={phone.clone()} other={with.clone()}
                                decimals={props.currency.1} {owed} onact={props.onact.clone()} />
                        }
                        { hand(props, phone, &codes) }
                    </div>
                }
                if let (Some(other), Some(with)) = (&other, &with) {
                    <div class="phone-side">
                        { offline_head(&words, with, other, (owed, &props.moment.at), &props.onact) }
                        { phone_view(&words, other, &Html::default()) }
                    </div>
                }
                if *reading {
                    <StatementDialog name={name.clone()} position={props.moment.position} seen={props.seen}
                        decimals={props.currency.1} engine={props.engine.clone()}
                        onclose={ let reading = reading.setter(); Callback::from(move |()| reading.set(false)) } />
                }
            } else {
                <p class="empty phones-empty">{ words.say("phone-hidden") }</p>
            }
        </div>
    }
}

/// The phone of a wallet at the moment that is shown, asked for whenever one of
/// them changes.
#[hook]
fn use_phone(props: &PhonesProps, name: Option<String>) -> Option<Rc<Phone>> {
    let phone = use_state_eq(|| None::<Rc<Phone>>);
    let (setter, engine) = (phone.setter(), props.engine.clone());
    let asked = (name, props.seen, props.moment.clone());
    use_effect_with(asked, move |(name, seen, moment)| {
        let Some((engine, name)) = engine.zip(name.clone()) else {
            setter.set(None);
            return;
        };
        let reply = Callback::from(move |reply| {
            if let Reply::Phone(phone) = reply {
                setter.set(phone.map(|phone| Rc::new(*phone)));
            }
        });
        let (position, seen) = (moment.position, *seen);
        engine.ask(
            Inquiry::Phone {
                position,
                name,
                seen,
            },
            reply,
        );
    });
    (*phone).clone()
}

/// Who owes what wallets and devices hold.
fn owed(moment: &Moment) -> Owed {
    let mut all = moment.parties.iter().flat_map(|party| &party.holdings);
    let wallet = all.find(|it| it.key == "holding-wallet");
    wallet.map_or(Owed::CentralBank, |it| it.owed)
}

/// What a phone has to pay with where there is no network, above the phone.
fn offline_head(
    words: &Speech,
    name: &str,
    phone: &Phone,
    (owed, clock): (Owed, &str),
    onact: &Callback<String>,
) -> Html {
    if phone.devices.is_empty() {
        return Html::default();
    }
    html! {
        <>
            { airplane(words, name, phone, onact) }
            { devices(words, phone, owed, clock) }
        </>
    }
}

/// The codes that phones have shown, by name of the wallet.
type Shown = Rc<[(String, String)]>;

/// Keeps the code that a phone shows, so that another can scan it.
fn showing(codes: &UseStateHandle<Shown>) -> Callback<(String, String)> {
    let codes = codes.clone();
    Callback::from(move |(name, code): (String, String)| {
        let others = codes.iter().filter(|(other, _)| *other != name).cloned();
        codes.set(others.chain([(name.clone(), code)]).collect());
    })
}

/// What a phone can do, and the code by which it is paid: at a till that comes
/// first.
fn hand(props: &PhonesProps, phone: &Rc<Phone>, codes: &UseStateHandle<Shown>) -> Html {
    let name = phone.wallet.name.clone();
    let is_till = is_shop(&props.moment, phone.owner);
    let acts = html! {
        <Acts
            key={name.clone()}
            name={name.clone()}
            phone={phone.clone()}
            moment={props.moment.clone()}
            currency={props.currency.clone()}
            codes={(**codes).clone()}
            engine={props.engine.clone()}
            onact={props.onact.clone()}
        />
    };
    let code = phone.address.code.is_some().then(|| {
        html! {
            <Code
                key={format!("code-{name}")}
                address={phone.address.clone()}
                open={is_till}
                currency={props.currency.clone()}
                onshow={showing(codes)}
            />
        }
    });
    html! {
        <div class="phone-hand">
            { for code.clone().filter(|_| is_till) }
            { acts }
            { for code.filter(|_| !is_till) }
        </div>
    }
}

/// Opens the statement.
fn statement_button(words: &Speech, reading: &UseStateHandle<bool>) -> Html {
    let reading = reading.setter();
    button(&props!(ButtonProps {
        onclick: move |_: MouseEvent| reading.set(true),
        says: words.say("statement"),
    }))
}

/// Whether somebody sells things, and so has a code at the till.
fn is_shop(moment: &Moment, owner: PartyNo) -> bool {
    let owner = moment.party(owner);
    owner.is_some_and(|it| matches!(it.kind, Kind::Merchant | Kind::Firm))
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

/// What a phone shows; beside the history, what else there is of it.
pub fn phone_view(words: &Speech, phone: &Phone, beside: &Html) -> Html {
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
                <div class="phone-past"><h4>{ words.say("phone-history") }</h4>{ beside.clone() }</div>
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
                <span class="phone-what">{ words.say(&entry.key) }</span>
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
