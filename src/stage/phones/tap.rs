//! Two phones held together: what a device holds, whether a sum can go offline,
//! and what crosses the gap.

use std::rc::Rc;

use exchequer::picture::can_go_offline;
use exchequer::views::{Crossing, Device, Form, Owed, Phone};
use yew::prelude::*;
use yew::props;

use super::acts::written;
use crate::share::{QrCode, QrProps, qr_view};
use crate::ui::{
    ButtonKind, ButtonProps, EntryProps, SwitchProps, amount, button, entry, glyph, switch,
};
use crate::words::{Speech, use_words};

/// Properties of [`Tap`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TapProps {
    /// The payer's wallet's name.
    pub(super) name: String,
    /// The payer's phone.
    pub(super) phone: Rc<Phone>,
    /// The payee's wallet's name.
    pub(super) other: Option<String>,
    /// Decimals of the currency.
    pub(super) decimals: u8,
    /// Who owes what devices hold.
    pub(super) owed: Owed,
    /// Writes an act into the script.
    pub(super) onact: Callback<String>,
}

/// What can be done with a device: a payment to the other phone, and what goes
/// to the bank when there is a network.
#[component]
pub(super) fn Tap(props: &TapProps) -> Html {
    let words = use_words();
    let sum = use_state_eq(String::new);
    let pin = use_state_eq(String::new);
    let over = use_state_eq(|| false);
    let Some(device) = props.phone.devices.first() else {
        return Html::default();
    };
    let actor = written(&props.name);
    let verdict = can_go_offline(device, &sum, props.decimals);
    let pays = verdict.ok().zip(props.other.as_ref()).map(|(_, other)| {
        let pin = match pin.trim() {
            "" => String::new(),
            pin => format!(" pin={pin}"),
        };
        format!(
            "{actor}: offline.pay {} {}{pin}",
            written(other),
            sum.trim()
        )
    });
    let set = |state: &UseStateHandle<String>| {
        let setter = state.setter();
        Callback::from(move |value| setter.set(value))
    };
    let say = |key: &str| words.say(key);
    let act = |verb: &str, sum: Option<&str>, can: bool| {
        let sum = sum.map_or_else(String::new, |sum| format!(" {}", sum.trim()));
        let (onact, line) = (props.onact.clone(), format!("{actor}: offline.{verb}{sum}"));
        button(&props!(ButtonProps {
            kind: ButtonKind::Plain,
            disabled: !can,
            onclick: move |_: MouseEvent| onact.emit(line.clone()),
            says: words.say(&format!("device-{verb}")),
        }))
    };
    let pay = {
        let (onact, line) = (props.onact.clone(), pays.clone());
        move || {
            if let Some(line) = &line {
                onact.emit(line.clone());
            }
        }
    };
    let ondrop = {
        let (pay, over) = (pay.clone(), over.setter());
        move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            pay();
        }
    };
    let ondragover = {
        let over = over.setter();
        move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        }
    };
    let ondragleave = {
        let over = over.setter();
        move |_: DragEvent| over.set(false)
    };
    let is_sum = !matches!(verdict, Err("offline-no-sum"));
    let online = props.phone.is_connected;
    // The bound that decided.
    let most = match (verdict, &device.purpose) {
        (Err("offline-not-purpose-cap"), Some(purpose)) => purpose.most,
        _ => device.payment,
    };
    let most = most.unwrap_or(0);
    let told = match verdict {
        Ok(_) => "offline-can",
        Err(reason) => reason,
    };
    html! {
        <section class="tap" aria-label={say("tap")}>
            <h3>{ say("tap") }</h3>
            { entry(&props!(EntryProps {
                label: say("phone-sum"),
                id: "tap-sum",
                value: (*sum).clone(),
                oninput: set(&sum),
            })) }
            <p class={classes!("tap-verdict", verdict.is_ok().then_some("tap-can"))} role="status">
                { words.tell(told, &[("amount", (&words.figures().amount(most)).into())]) }
            </p>
            { entry(&props!(EntryProps {
                label: say("tap-pin"),
                id: "tap-pin",
                value: (*pin).clone(),
                oninput: set(&pin),
            })) }
            if let Some(other) = &props.other {
                <div class={classes!("tap-target", over.then_some("tap-over"))} {ondrop} {ondragover} {ondragleave}>
                    <p class="phone-aside">{ words.tell("tap-drop", &[("name", (&words.name(other)).into())]) }</p>
                    <button type="button" class="button button-primary" disabled={pays.is_none()}
                        onclick={move |_: MouseEvent| pay()}>
                        { words.tell("tap-pay", &[("name", (&words.name(other)).into())]) }
                    </button>
                </div>
            }
            if let Some(line) = &pays {
                <code class="phone-line">{ line.clone() }</code>
            }
            <div class="tap-bank" role="group" aria-label={say("tap-bank")}>
                { act("load", Some(&sum), online && is_sum) }
                { act("sync", None, online) }
                { act("claim", None, online && device.to_claim > 0) }
                { act("unload", None, online && device.held > 0) }
                { act("again", None, device.limbo > 0) }
            </div>
            if !online {
                <p class="phone-aside">{ say("tap-no-network") }</p>
            }
            { crossed(&words, &props.phone.crossed) }
        </section>
    }
}

/// What one device said to the other, each as the code that a camera reads.
fn crossed(words: &Speech, said: &[Crossing]) -> Html {
    if said.is_empty() {
        return Html::default();
    }
    html! {
        <section class="crossed">
            <h4>{ words.say("crossed") }</h4>
            <ol>
                { for said.iter().map(|it| {
                    let count = i64::try_from(it.codes.len()).unwrap_or(i64::MAX);
                    let size = words.tell("crossed-size", &[
                        ("size", i64::from(it.size).into()), ("count", count.into()),
                    ]);
                    html! {
                        <li class={classes!((!it.arrived).then_some("crossed-lost"))}>
                            <details class="phone-code">
                                <summary>
                                    { words.name(&it.from) }{ " → " }{ words.name(&it.to) }{ ": " }{ words.say(&it.key) }
                                    if !it.arrived { { " · " }{ words.say("crossed-lost") } }
                                    <span class="phone-aside">{ size }</span>
                                </summary>
                                { for it.codes.iter().map(|text| {
                                    let label = words.say(&it.key);
                                    let code = QrCode::of(text);
                                    html! { { for code.map(|code| qr_view(&props!(QrProps { code, label: label.clone() }))) } }
                                }) }
                            </details>
                        </li>
                    }
                }) }
            </ol>
        </section>
    }
}

/// Whether the phone has a network, as a switch that writes script.
pub(super) fn airplane(
    words: &Speech,
    name: &str,
    phone: &Phone,
    onact: &Callback<String>,
) -> Html {
    let (onact, actor) = (onact.clone(), written(name));
    switch(&props!(SwitchProps {
        label: words.say("airplane"),
        on: !phone.is_connected,
        onchange: move |off: bool| {
            let verb = if off { "disconnect" } else { "connect" };
            onact.emit(format!("{actor}: offline.{verb}"));
        },
    }))
}

/// The devices of a phone: what each holds, and what its limits still allow. A card lies on a
/// reader, whose clock it goes by.
pub(super) fn devices(words: &Speech, phone: &Phone, owed: Owed, clock: &str) -> Html {
    let time = words.figures().moment(clock);
    html! {
        <ul class="devices">
            { for phone.devices.iter().map(|device| {
                let is_card = device.form == "device-card";
                html! {
                    <li key={device.no} class={classes!("device", is_card.then_some("device-card"))} draggable="true">
                        { head(words, device, owed, is_card) }
                        if is_card {
                            <p class="card-reader">{ words.tell("device-reader", &[("time", (&time).into())]) }</p>
                        }
                        { one(words, device) }
                    </li>
                }
            }) }
        </ul>
    }
}

/// What a device is called and holds; a card with its chip.
fn head(words: &Speech, device: &Device, owed: Owed, is_card: bool) -> Html {
    html! {
        <div class={if is_card { "device-head card-face" } else { "device-head" }}>
            if is_card {
                <span class="card-chip" aria-hidden="true"></span>
                <span class="phone-aside">{ words.say(&device.form) }</span>
            }
            <span class="device-name">{ glyph(words, Form::Purse, owed) }{ words.name(&device.name) }</span>
            <span class="number">{ amount(words, device.held) }</span>
        </div>
    }
}

fn one(words: &Speech, device: &Device) -> Html {
    let used = |used: u32, most: u32| {
        (most > 0).then(|| {
            words.tell(
                "used-of",
                &[
                    ("used", (&used.to_string()).into()),
                    ("allowed", (&most.to_string()).into()),
                ],
            )
        })
    };
    let line = |key: &str, sum| {
        (sum > 0).then(|| {
            html! { <p class="device-waits">{ words.say(key) }{ " " }<span class="number">{ amount(words, sum) }</span></p> }
        })
    };
    html! {
        <>
            { for line("device-limbo", device.limbo) }
            { for line("device-to-claim", device.to_claim) }
            if let Some(purpose) = &device.purpose {
                <p class="device-purpose">{ words.tell("device-purpose", &[
                    ("name", (&words.name(&purpose.name)).into()),
                    ("time", (&words.figures().moment(&purpose.until)).into()),
                ]) }</p>
            }
            if device.is_revoked {
                <p class="phone-status">{ words.say("device-revoked") }</p>
            }
            if device.is_copy {
                <p class="phone-status">{ words.say("device-copy") }</p>
            }
            <dl class="device-limits">
                if let Some(used) = used(device.payments, device.most_payments) {
                    <div><dt>{ words.say("device-payments") }</dt><dd>{ used }</dd></div>
                }
                if let Some(used) = used(device.hop, device.most_hops) {
                    <div><dt>{ words.say("device-hops") }</dt><dd>{ used }</dd></div>
                }
                if let Some(due) = &device.sync_by {
                    <div class={classes!(device.is_overdue.then_some("device-overdue"))}>
                        <dt>{ words.say("device-sync-by") }</dt><dd>{ words.figures().moment(due) }</dd>
                    </div>
                }
            </dl>
        </>
    }
}
