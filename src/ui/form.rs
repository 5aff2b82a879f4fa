//! Things to choose and to fill in.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;
use yew::props;

use crate::browser;

/// Properties of [`field`].
#[derive(Clone, PartialEq, Properties)]
pub struct FieldProps {
    /// What the control is for.
    pub label: AttrValue,
    /// The control's id.
    pub control: AttrValue,
    /// A sentence of help.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// The control.
    pub children: Html,
}

/// A control with its label, help and error.
pub fn field(props: &FieldProps) -> Html {
    html! {
        <div class="field">
            <label for={props.control.clone()}>{ props.label.clone() }</label>
            { props.children.clone() }
            if let Some(hint) = &props.hint {
                <p class="field-hint">{ hint.clone() }</p>
            }
            if let Some(error) = &props.error {
                <p class="field-error" role="alert">{ error.clone() }</p>
            }
        </div>
    }
}

/// Something to choose: its value and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The value.
    pub value: AttrValue,
    /// What it says.
    pub label: AttrValue,
}

/// Properties of [`select`].
#[derive(Clone, PartialEq, Properties)]
pub struct SelectProps {
    /// What it chooses.
    pub label: AttrValue,
    /// An id.
    pub id: AttrValue,
    /// What there is.
    pub choices: Vec<Choice>,
    /// The one chosen.
    pub value: AttrValue,
    /// Whether its label is only read out.
    #[prop_or_default]
    pub bare: bool,
    /// Called with the value chosen.
    pub onchange: Callback<AttrValue>,
}

/// A choice out of a list that opens.
pub fn select(props: &SelectProps) -> Html {
    let onchange = props.onchange.clone();
    let onchange = move |event: Event| {
        let select = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select {
            onchange.emit(select.value().into());
        }
    };
    let class = if props.bare { "hidden" } else { "select-label" };
    html! {
        <span class="select">
            <label {class} for={props.id.clone()}>{ props.label.clone() }</label>
            <select id={props.id.clone()} {onchange}>
                { for props.choices.iter().map(|choice| html! {
                    <option value={choice.value.clone()} selected={choice.value == props.value}>
                        { choice.label.clone() }
                    </option>
                }) }
            </select>
        </span>
    }
}

/// Properties of [`pick`].
#[derive(Clone, PartialEq, Properties)]
pub struct PickProps {
    /// What it chooses.
    pub label: AttrValue,
    /// An id.
    pub id: AttrValue,
    /// What there is, in groups; those of a group without a name stand alone.
    pub groups: Vec<(String, Vec<Choice>)>,
    /// The one chosen.
    pub value: AttrValue,
    /// A sentence of help.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Called with the value chosen.
    pub onchange: Callback<String>,
}

/// A choice out of a list that opens, as a field of a form.
pub fn pick(props: &PickProps) -> Html {
    let onchange = props.onchange.clone();
    let onchange = move |event: Event| {
        let select = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select {
            onchange.emit(select.value());
        }
    };
    let option = |choice: &Choice| {
        html! {
            <option value={choice.value.clone()} selected={choice.value == props.value}>
                { choice.label.clone() }
            </option>
        }
    };
    field(&props!(FieldProps {
        label: props.label.clone(),
        control: props.id.clone(),
        hint: props.hint.clone(),
        error: props.error.clone(),
        children: html! {
            <select id={props.id.clone()} {onchange}>
                { for props.groups.iter().map(|(name, choices)| if name.is_empty() {
                    html! { <>{ for choices.iter().map(option) }</> }
                } else {
                    html! { <optgroup label={name.clone()}>{ for choices.iter().map(option) }</optgroup> }
                }) }
            </select>
        },
    }))
}

/// Properties of [`slider`].
#[derive(Clone, PartialEq, Properties)]
pub struct SliderProps {
    /// What it sets.
    pub label: AttrValue,
    /// An id.
    pub id: AttrValue,
    /// What its stops say.
    pub stops: Vec<AttrValue>,
    /// The stop at which it stands.
    pub at: usize,
    /// Called with the stop that is under the hand.
    pub onhold: Callback<usize>,
    /// Called with the stop at which it is let go.
    pub onset: Callback<usize>,
}

/// A value out of a few that have an order.
pub fn slider(props: &SliderProps) -> Html {
    let stop_of = |event: &web_sys::Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        input.and_then(|input| input.value().parse().ok())
    };
    let onhold = props.onhold.clone();
    let oninput = move |event: InputEvent| {
        if let Some(at) = stop_of(&event) {
            onhold.emit(at);
        }
    };
    let onset = props.onset.clone();
    let onchange = move |event: Event| {
        if let Some(at) = stop_of(&event) {
            onset.emit(at);
        }
    };
    let now = props.stops.get(props.at).cloned();
    html! {
        <div class="slider">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <output for={props.id.clone()}>{ now.clone() }</output>
            <input
                id={props.id.clone()}
                type="range"
                min="0"
                max={props.stops.len().saturating_sub(1).to_string()}
                step="1"
                value={props.at.to_string()}
                aria-valuetext={now}
                {oninput}
                {onchange}
            />
            <ol class="slider-stops" aria-hidden="true">
                { for props.stops.iter().enumerate().map(|(at, stop)| html! {
                    <li key={at} class={classes!((at == props.at).then_some("slider-here"))}>{ stop.clone() }</li>
                }) }
            </ol>
        </div>
    }
}

/// Properties of [`entry`].
#[derive(Clone, PartialEq, Properties)]
pub struct EntryProps {
    /// What it takes.
    pub label: AttrValue,
    /// An id.
    pub id: AttrValue,
    /// What stands in it.
    pub value: AttrValue,
    /// Whether that is a number.
    #[prop_or(true)]
    pub is_number: bool,
    /// A sentence of help.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Called with what it becomes.
    pub oninput: Callback<String>,
}

/// A line to write into.
pub fn entry(props: &EntryProps) -> Html {
    let oninput = props.oninput.clone();
    let oninput = move |event: InputEvent| {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            oninput.emit(input.value());
        }
    };
    field(&props!(FieldProps {
        label: props.label.clone(),
        control: props.id.clone(),
        hint: props.hint.clone(),
        error: props.error.clone(),
        children: html! {
            <input id={props.id.clone()} inputmode={props.is_number.then_some("decimal")} autocomplete="off"
                value={props.value.clone()} {oninput} />
        },
    }))
}

/// Properties of [`blank`].
#[derive(Clone, PartialEq, Properties)]
pub struct BlankProps {
    /// What it takes.
    pub label: AttrValue,
    /// An id.
    pub id: AttrValue,
    /// What stands in it.
    pub value: AttrValue,
    /// Whether that is a number.
    #[prop_or_default]
    pub is_number: bool,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Called with what it has become once that is settled.
    pub onchange: Callback<String>,
}

/// A line to write into that is read once it is left.
pub fn blank(props: &BlankProps) -> Html {
    let onchange = props.onchange.clone();
    let onchange = move |event: Event| {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            onchange.emit(input.value());
        }
    };
    field(&props!(FieldProps {
        label: props.label.clone(),
        control: props.id.clone(),
        error: props.error.clone(),
        children: html! {
            <input id={props.id.clone()} inputmode={props.is_number.then_some("decimal")} autocomplete="off"
                value={props.value.clone()} {onchange} />
        },
    }))
}

/// Properties of [`lines`].
#[derive(Clone, PartialEq, Properties)]
pub struct LinesProps {
    /// What it takes.
    pub label: AttrValue,
    /// An id.
    pub id: AttrValue,
    /// What stands in it.
    pub value: AttrValue,
    /// Called with what it becomes.
    pub oninput: Callback<String>,
}

/// Several lines of code to write into.
pub fn lines(props: &LinesProps) -> Html {
    let oninput = props.oninput.clone();
    let oninput = move |event: InputEvent| {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok());
        if let Some(input) = input {
            oninput.emit(browser::composed(&input.value()));
        }
    };
    let rows = props.value.lines().count() + 1;
    html! {
        <textarea class="lines" id={props.id.clone()} rows={rows.to_string()} spellcheck="false"
            autocomplete="off" autocapitalize="off" aria-label={props.label.clone()}
            value={props.value.clone()} {oninput} />
    }
}

/// Properties of [`switch`].
#[derive(Clone, PartialEq, Properties)]
pub struct SwitchProps {
    /// What it switches.
    pub label: AttrValue,
    /// Whether it is on.
    pub on: bool,
    /// Called with what it becomes.
    pub onchange: Callback<bool>,
}

/// Something that is on or off.
pub fn switch(props: &SwitchProps) -> Html {
    let onchange = props.onchange.clone();
    let onchange = move |event: Event| {
        if let Some(input) = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok())
        {
            onchange.emit(input.checked());
        }
    };
    html! {
        <label class="switch">
            <span>{ props.label.clone() }</span>
            <input type="checkbox" role="switch" checked={props.on} {onchange} />
        </label>
    }
}

/// Properties of [`radios`].
#[derive(Clone, PartialEq, Properties)]
pub struct RadiosProps {
    /// The question.
    pub legend: AttrValue,
    /// What names the group.
    pub name: AttrValue,
    /// The answers.
    pub choices: Vec<AttrValue>,
    /// Called with the number of the one chosen.
    pub onchoose: Callback<usize>,
}

/// A question with one answer out of a few, each as wide as the card.
pub fn radios(props: &RadiosProps) -> Html {
    html! {
        <fieldset class="radios">
            <legend>{ props.legend.clone() }</legend>
            { for props.choices.iter().enumerate().map(|(index, choice)| {
                let onchoose = props.onchoose.clone();
                html! {
                    <label key={index} class="radio">
                        <input
                            type="radio"
                            name={props.name.clone()}
                            onchange={move |_: Event| onchoose.emit(index)}
                        />
                        <span>{ choice.clone() }</span>
                    </label>
                }
            }) }
        </fieldset>
    }
}
