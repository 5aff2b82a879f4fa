//! The rules in use: every value of the preset with its mark, date and source.

use exchequer::compare::candidates;
use exchequer::views::{Sheet, SheetRow};
use yew::prelude::*;
use yew::props;

use super::compare::preset_name;
use super::slide::setting;
use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::{Choice, SelectProps, select};
use crate::words::{Speech, use_words};

/// Properties of [`Rules`].
#[derive(Clone, PartialEq, Properties)]
pub struct RulesProps {
    /// Whom to ask.
    pub engine: Engine,
    /// Compares with another preset.
    pub oncompare: Callback<AttrValue>,
}

/// The rules of the run.
#[component]
pub fn Rules(props: &RulesProps) -> Html {
    let words = use_words();
    let found = use_state_eq(|| None::<Sheet>);
    {
        let (setter, engine) = (found.setter(), props.engine.clone());
        use_effect_with((), move |()| {
            let reply = Callback::from(move |reply| {
                if let Reply::Sheet(sheet) = reply {
                    setter.set(sheet.map(|sheet| *sheet));
                }
            });
            engine.ask(Inquiry::Sheet, reply);
        });
    }
    match &*found {
        Some(sheet) => {
            html! { <>{ compare_with(&words, sheet, &props.oncompare) }{ sheet_view(&words, sheet) }</> }
        }
        None => Html::default(),
    }
}

/// A choice of other rules to hold these beside.
fn compare_with(words: &Speech, sheet: &Sheet, oncompare: &Callback<AttrValue>) -> Html {
    let none = Choice {
        value: "".into(),
        label: words.say("compare-choose").into(),
    };
    let others = candidates(&sheet.preset).into_iter().map(|id| Choice {
        label: preset_name(words, &id).into(),
        value: id.into(),
    });
    let oncompare = oncompare.clone();
    let onchange = Callback::from(move |id: AttrValue| {
        if !id.is_empty() {
            oncompare.emit(id);
        }
    });
    html! {
        <div class="compare-with">
            { select(&props!(SelectProps {
                id: "compare-with",
                label: words.say("compare-with"),
                choices: [none].into_iter().chain(others).collect::<Vec<_>>(),
                value: "",
                onchange,
            })) }
            <p class="register-what">{ words.say("compare-what") }</p>
        </div>
    }
}

/// The values as a table.
pub fn sheet_view(words: &Speech, sheet: &Sheet) -> Html {
    html! {
        <>
            <p class="register-what">
                { &sheet.preset }{ " · " }{ &sheet.currency }{ " · " }{ &sheet.zone }{ " · " }
                { words.say(&format!("issuance-{}", sheet.issuance)) }
            </p>
            <table class="rules">
                <thead><tr>
                    <th scope="col">{ words.say("rule") }</th>
                    <th scope="col" class="number">{ words.say("rule-value") }</th>
                    <th scope="col">{ words.say("rule-source") }</th>
                </tr></thead>
                <tbody>{ for sheet.rows.iter().map(|row| html! {
                    <tr key={row.path.clone()} class={classes!(row.ours.then_some("row-changed"))}>
                        <th scope="row">{ setting(words, &row.path) }<code class="rule-path">{ &row.path }</code></th>
                        <td class="number">{ row.value.clone().unwrap_or_else(|| "–".to_owned()) }</td>
                        <td>{ source(words, row) }</td>
                    </tr>
                }) }</tbody>
            </table>
        </>
    }
}

/// Where a value comes from, and how well it is known.
pub fn source(words: &Speech, row: &SheetRow) -> String {
    if row.ours {
        return match &row.source {
            Some(source) => words.tell("source-ours", &[("source", source.into())]),
            None => words.say("source-ours-plain"),
        };
    }
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let mark = said(&row.mark).to_lowercase();
    words.tell(
        "source",
        &[
            ("source", (&said(&row.source)).into()),
            ("date", (&said(&row.date)).into()),
            ("mark", (&words.say(&format!("mark-{mark}"))).into()),
        ],
    )
}
