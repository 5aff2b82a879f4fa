//! What can be done with a phone: a form that says a line of script.

use std::rc::Rc;

use exchequer::picture::scanned;
use exchequer::views::{Asked, Moment, Phone, Scanned};
use yew::prelude::*;
use yew::props;

use super::{Shown, is_shop, owners};
use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::{ButtonKind, ButtonProps, Choice, EntryProps, SelectProps, button, entry, select};
use crate::words::{Speech, use_words};

/// The verb that pays what a code says.
const SCAN: &str = "scan";

/// What can be done with a phone, as the verbs of the script.
const ACTS: [&str; 7] = [
    "pay", SCAN, "request", "exchange", "redeem", "cash-in", "cash-out",
];

/// Verbs that need another one.
const WITH_ANOTHER: [&str; 2] = ["pay", "request"];

/// Properties of [`Acts`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ActsProps {
    pub(super) name: String,
    pub(super) phone: Rc<Phone>,
    pub(super) moment: Rc<Moment>,
    pub(super) currency: (String, u8),
    /// The codes that phones have shown.
    pub(super) codes: Shown,
    pub(super) engine: Option<Engine>,
    pub(super) onact: Callback<String>,
}

/// What can be done with the phone now: each button writes a line of script.
#[component]
pub(super) fn Acts(props: &ActsProps) -> Html {
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
    let scans = *verb == SCAN;
    let code = use_state_eq(String::new);
    let till = use_tills(props, scans);
    let found = (scans && !code.trim().is_empty()).then(|| {
        let (currency, decimals) = &props.currency;
        scanned(code.trim(), (currency, *decimals))
    });
    // A code for one payment says how much.
    let says_sum = matches!(
        &found,
        Some(Ok(Scanned {
            amount: Some(_),
            ..
        }))
    );
    let line = match &found {
        Some(Ok(_)) => line(
            &props.name,
            SCAN,
            Some(&quoted(code.trim())),
            (!says_sum).then_some(&**sum),
        ),
        Some(Err(_)) => None,
        None if scans => None,
        None => {
            let payee = payee.as_deref().filter(|_| needs).map(written);
            line(&props.name, *verb, payee.as_deref(), Some(&**sum))
        }
    };
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
        Callback::from(move |value| sum.set(value))
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
            if scans {
                { scan_fields(&words, &till, &code, found.as_ref()) }
            }
            if !says_sum {
                { entry(&props!(EntryProps {
                    label: words.say("phone-sum"),
                    id: "phone-sum",
                    value: (*sum).clone(),
                    oninput,
                })) }
            }
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

/// The codes that stand at tills, and those that other phones have shown: the
/// newest of each.
#[hook]
fn use_tills(props: &ActsProps, wanted: bool) -> Vec<(String, String)> {
    let found = use_state_eq(Vec::<(String, String)>::new);
    {
        let (engine, setter) = (props.engine.clone(), found.setter());
        let position = wanted.then_some(props.moment.position);
        let names: Vec<String> = owners(&props.moment)
            .into_iter()
            .filter(|(owner, name)| is_shop(&props.moment, *owner) && *name != props.name)
            .map(|(_, name)| name)
            .collect();
        use_effect_with((position, names), move |(position, names)| {
            let reply = Callback::from(move |reply| {
                if let Reply::Codes(codes) = reply {
                    let codes = codes.into_iter();
                    setter.set(codes.filter_map(|it| Some((it.name, it.code?))).collect());
                }
            });
            if let (Some(position), Some(engine)) = (*position, engine) {
                let names = names.clone();
                engine.ask(Inquiry::Codes { position, names }, reply);
            }
        });
    }
    let shown = props.codes.iter().filter(|(name, _)| *name != props.name);
    let is_shown = |name: &String| props.codes.iter().any(|(other, _)| other == name);
    let standing = found.iter().filter(|(name, _)| !is_shown(name));
    shown.chain(standing).cloned().collect()
}

/// A code to choose among those on screen, or its text; and what it says.
fn scan_fields(
    words: &Speech,
    tills: &[(String, String)],
    code: &UseStateHandle<String>,
    found: Option<&Result<Scanned, &'static str>>,
) -> Html {
    let none = Choice {
        value: "".into(),
        label: words.say("scan-paste").into(),
    };
    let of_till = |(name, code): &(String, String)| Choice {
        value: code.clone().into(),
        label: words
            .tell("scan-code-of", &[("name", (&words.name(name)).into())])
            .into(),
    };
    let onchange = {
        let code = code.setter();
        Callback::from(move |chosen: AttrValue| code.set(chosen.to_string()))
    };
    let on_screen = tills.iter().any(|(_, it)| *it == **code);
    let told = found.map(|found| match found {
        Ok(scanned) => {
            let name = words.name(&scanned.name);
            match scanned.amount {
                Some(sum) => words.tell(
                    "scan-says-sum",
                    &[
                        ("name", (&name).into()),
                        ("amount", (&words.figures().amount(sum)).into()),
                    ],
                ),
                None => words.tell("scan-says", &[("name", (&name).into())]),
            }
        }
        Err(key) => words.say(key),
    });
    html! {
        <>
            { select(&props!(SelectProps {
                id: "scan-code",
                label: words.say("scan-which"),
                choices: [none].into_iter().chain(tills.iter().map(of_till)).collect::<Vec<_>>(),
                value: if on_screen { (**code).clone() } else { String::new() },
                onchange: onchange.clone(),
            })) }
            { entry(&props!(EntryProps {
                label: words.say("scan-text"),
                id: "scan-text",
                value: (**code).clone(),
                is_number: false,
                oninput: onchange.reform(AttrValue::from),
            })) }
            <p class="phone-aside" role="status">{ for told }</p>
        </>
    }
}

/// The line of script that a form says; none while it says nothing whole. The
/// other one, or the code, stands as the script has it; a sum that a code says
/// is not said twice.
fn line(name: &str, verb: &str, other: Option<&str>, sum: Option<&str>) -> Option<String> {
    let sum = match sum.map(str::trim) {
        None => String::new(),
        Some(sum) if is_sum(sum) => format!(" {sum}"),
        Some(_) => return None,
    };
    if WITH_ANOTHER.contains(&verb) && other.is_none() {
        return None;
    }
    let other = other.map_or_else(String::new, |other| format!(" {other}"));
    Some(format!("{}: {verb}{other}{sum}", written(name)))
}

/// Whether a text is a sum above zero, as a script has it.
fn is_sum(sum: &str) -> bool {
    let digits = sum.replace(['_', '.'], "");
    !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.bytes().any(|b| b != b'0')
        && sum.matches('.').count() <= 1
        && !sum.starts_with('.')
        && !sum.ends_with('.')
}

/// A text as a script has it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A name as a script has it: in quotes where it is not one plain word.
pub(super) fn written(name: &str) -> String {
    let mut chars = name.chars();
    let plain = chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if plain { name.to_owned() } else { quoted(name) }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_a_line_of_script_once_it_is_whole() {
        let said = |verb, other: Option<&str>, sum| {
            let other = other.map(written);
            line("Alice", verb, other.as_deref(), Some(sum))
        };
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

    #[test]
    fn a_code_is_quoted_and_says_its_own_sum() {
        let code = quoted("0002\\\"x");
        assert_eq!(code, r#""0002\\\"x""#);
        assert_eq!(
            line("Alice", SCAN, Some("\"0002\""), None).as_deref(),
            Some("Alice: scan \"0002\"")
        );
        assert_eq!(
            line("Alice", SCAN, Some("\"0002\""), Some("4.20")).as_deref(),
            Some("Alice: scan \"0002\" 4.20")
        );
        assert_eq!(line("Alice", SCAN, Some("\"0002\""), Some("")), None);
    }
}
