//! A block as a form: a row a line, with what it says and what can be filled
//! in. What is changed is written where it stands in the text.

use std::collections::BTreeMap;
use std::rc::Rc;

use conditions::Name;
use exchequer::views::studio::{Field, FieldKind, FormRow, Sketch};
use yew::prelude::*;
use yew::props;

use super::Edit;
use crate::ui::{BlankProps, ButtonKind, ButtonProps, Choice, SelectProps, blank, button, select};
use crate::words::{Glossary, use_words};

/// What stands in fields that do not take it, by line and field.
type Unfit = BTreeMap<(u32, usize), String>;

/// Properties of [`Form`].
#[derive(Clone, PartialEq, Properties)]
pub struct FormProps {
    /// The block.
    pub sketch: Rc<Sketch>,
    /// Whoever can play a part.
    pub holders: Vec<String>,
    /// Changes the text.
    pub onedit: Callback<Edit>,
}

/// The form of a block.
#[component]
pub fn Form(props: &FormProps) -> Html {
    let words = use_words();
    let unfit = use_state_eq(Unfit::new);
    let FormProps {
        sketch,
        holders,
        onedit,
    } = props;
    form(&Glossary::of(&words), sketch, holders, &unfit, onedit)
}

fn form(
    glossary: &Glossary<'_>,
    sketch: &Sketch,
    holders: &[String],
    unfit: &UseStateHandle<Unfit>,
    onedit: &Callback<Edit>,
) -> Html {
    let last = sketch.rows.last().map(|row| row.line);
    html! {
        <div class="studio-form">
            { for sketch.rows.iter().map(|row| form_row(glossary, sketch, row, holders, unfit, onedit)) }
            if let (true, Some(line)) = (sketch.is_contract, last) {
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Plain,
                    onclick: insert(onedit, line, step_lines(sketch)),
                    says: glossary.say("studio-add-step"),
                })) }
            }
        </div>
    }
}

/// A step with a name that is free, later than all others.
fn step_lines(sketch: &Sketch) -> String {
    let taken = |name: &str| sketch.states.iter().any(|state| state.name == name);
    let name = (2..)
        .map(|number| format!("step-{number}"))
        .find(|name| !taken(name))
        .unwrap_or_default();
    format!("  step {name} until 365d\n    else: close\n")
}

fn insert(onedit: &Callback<Edit>, after: u32, text: String) -> Callback<MouseEvent> {
    onedit.reform(move |_| Edit::Insert {
        after,
        text: text.clone(),
    })
}

/// A payment that can be changed into what is meant: to the last party, out of
/// what the contract holds.
fn payment(sketch: &Sketch, first: &str) -> String {
    let hold = sketch.rows.iter().find(|row| row.word == "hold");
    let from = hold.and_then(|row| row.fields.iter().find(|it| it.kind == FieldKind::Party));
    let from = from.map_or_else(|| first.to_owned(), |it| it.text.clone());
    let to = sketch.parties.iter().rev().find(|name| **name != from);
    let to = to.map_or(first, String::as_str);
    format!("pay 1.00 to {to} from {from}, ")
}

fn put_in(onedit: &Callback<Edit>, at: usize, text: String) -> Callback<MouseEvent> {
    onedit.reform(move |_| Edit::Replace {
        range: at..at,
        was: String::new(),
        text: text.clone(),
    })
}

fn take_out(onedit: &Callback<Edit>, at: usize, was: &str, instead: &str) -> Callback<MouseEvent> {
    let (was, text) = (was.to_owned(), instead.to_owned());
    onedit.reform(move |_| Edit::Replace {
        range: at..at + was.len(),
        was: was.clone(),
        text: text.clone(),
    })
}

fn form_row(
    glossary: &Glossary<'_>,
    sketch: &Sketch,
    row: &FormRow,
    holders: &[String],
    unfit: &UseStateHandle<Unfit>,
    onedit: &Callback<Edit>,
) -> Html {
    let title = match row.says.is_empty() {
        true => glossary
            .try_tell(&format!("studio-row-{}", row.word), &[])
            .unwrap_or_else(|| row.word.clone()),
        false => glossary.sentences(&row.says),
    };
    let wrong = sketch.problems.iter().filter(|(line, _)| *line == row.line);
    let line = row.line;
    let party = sketch.parties.first();
    html! {
        <fieldset class={classes!("studio-row", format!("studio-row-{}", row.word))} key={line}>
            <legend>{ title }</legend>
            if !row.fields.is_empty() {
                <div class="studio-fields">
                    { for row.fields.iter().enumerate().map(|(at, it)| one(glossary, sketch, it, at, holders, unfit, onedit)) }
                </div>
            }
            { for wrong.map(|(_, phrase)| html! { <p class="field-error">{ glossary.sentence(phrase) }</p> }) }
            if let (true, Some(party)) = (row.word == "step", party) {
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Quiet,
                    onclick: insert(onedit, line, format!("    when {party} claims: close\n")),
                    says: glossary.say("studio-add-action"),
                })) }
            }
            if let (Some(at), Some(party)) = (row.pays_at, party) {
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Quiet,
                    onclick: put_in(onedit, at, payment(sketch, party)),
                    says: glossary.say("studio-add-payment"),
                })) }
            }
            { for row.payments.iter().map(|(at, was, instead)| html! {
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Quiet,
                    onclick: take_out(onedit, *at, was, instead),
                    says: glossary.tell("studio-remove-payment", &[("payment", was.trim_matches([',', ' ']).into())]),
                })) }
            }) }
            if row.word == "when" {
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Quiet,
                    onclick: onedit.reform(move |_: MouseEvent| Edit::Remove { line }),
                    says: glossary.say("studio-remove"),
                })) }
            }
        </fieldset>
    }
}

/// What a field is called: by the word it stands behind, where that says more
/// than what it takes.
fn label(glossary: &Glossary<'_>, field: &Field) -> String {
    if field.kind == FieldKind::Player {
        return field.behind.clone();
    }
    let kind = match field.kind {
        FieldKind::Amount => "amount",
        FieldKind::Duration => "duration",
        FieldKind::Count => "count",
        FieldKind::Share => "share",
        FieldKind::Moment => "moment",
        FieldKind::Image => "image",
        FieldKind::Player | FieldKind::Party => "party",
        FieldKind::Category => "category",
        FieldKind::Name => "name",
        FieldKind::Step => "step",
    };
    glossary
        .try_tell(&format!("studio-field-{kind}-{}", field.behind), &[])
        .unwrap_or_else(|| glossary.say(&format!("studio-field-{kind}")))
}

fn one(
    glossary: &Glossary<'_>,
    sketch: &Sketch,
    field: &Field,
    at: usize,
    holders: &[String],
    unfit: &UseStateHandle<Unfit>,
    onedit: &Callback<Edit>,
) -> Html {
    let id = format!("studio-{}-{at}", field.line);
    let place = (field.line, at);
    let plain = field.plain();
    let write = {
        let (onedit, unfit, field) = (onedit.clone(), unfit.clone(), field.clone());
        let steps = sketch.rows.iter().flat_map(|row| &row.fields);
        let steps = steps.filter(|it| it.kind == FieldKind::Step);
        let taken: Vec<String> = steps.map(Field::plain).collect();
        move |value: String| {
            let mut others = (*unfit).clone();
            others.remove(&place);
            let named = Name::new(value.trim()).ok();
            match field.kind.written(&value) {
                // Wherever the block names the step, it follows.
                Some(text) if field.kind == FieldKind::Step && text != field.text => {
                    match named.filter(|name| !taken.contains(&name.to_string())) {
                        Some(to) => onedit.emit(Edit::Rename {
                            at: field.from,
                            was: field.plain(),
                            to,
                        }),
                        None => {
                            others.insert(place, value);
                        }
                    }
                }
                Some(text) if text != field.text => onedit.emit(Edit::Replace {
                    range: field.from..field.to,
                    was: field.text.clone(),
                    text,
                }),
                Some(_) => {}
                None => {
                    others.insert(place, value);
                }
            }
            unfit.set(others);
        }
    };
    let among: &[String] = match field.kind {
        FieldKind::Player => holders,
        FieldKind::Party => &sketch.parties,
        _ => {
            let wrong = unfit.get(&place);
            return blank(&props!(BlankProps {
                id,
                label: label(glossary, field),
                value: wrong.cloned().unwrap_or(plain),
                is_number: matches!(field.kind, FieldKind::Amount | FieldKind::Count),
                error: wrong.map(|_| AttrValue::from(
                    glossary.tell("studio-unfit", &[("example", (&field.plain()).into())],)
                )),
                onchange: write,
            }));
        }
    };
    let mut choices: Vec<Choice> = among
        .iter()
        .map(|name| Choice {
            value: name.clone().into(),
            label: name.clone().into(),
        })
        .collect();
    if !among.contains(&plain) {
        choices.insert(
            0,
            Choice {
                value: plain.clone().into(),
                label: plain.clone().into(),
            },
        );
    }
    html! {
        <div class="field">
            { select(&props!(SelectProps {
                id,
                label: label(glossary, field),
                choices,
                value: plain,
                onchange: move |chosen: AttrValue| write(chosen.to_string()),
            })) }
        </div>
    }
}
