//! The studio in words: its parts rendered natively over contracts as the
//! engine shows them.

#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use exchequer::session::Session;
use exchequer::studio::starter;
use exchequer::views::Seen;
use exchequer::views::studio::{Proof, Sketch};
use yew::prelude::*;
use yew::props;

use super::deals::{DealsProps, deals};
use super::diagram::diagram;
use super::form::{Form, FormProps};
use super::proof::{ProofProps, proven};
use crate::figures::Figures;
use crate::fixture::drawn;
use crate::words::{Glossary, Language, Speech, Words};

/// An entry of the catalogue, opened, as the studio shows it.
fn opened(key: &str) -> (Sketch, Proof) {
    let text = starter(key, key).unwrap();
    let shown = |text: &str| {
        let mut session = Session::open(text);
        let studio = session.studio(u32::MAX, 0, Seen::Everyone);
        (studio.shown.unwrap(), session.proof(0).unwrap())
    };
    let open = shown(&text).0.open.unwrap();
    shown(&format!("{text}{open}\n"))
}

#[tokio::test]
async fn the_diagram_lights_where_the_contract_waits_and_leads_to_the_end() {
    let (sketch, _) = opened("prepaid");
    let html = drawn(move |words| {
        let glossary = Glossary::of(words);
        let waits = sketch.deals[0].waits.as_ref();
        diagram(&glossary, "Prepaid", &sketch.states, waits, false)
    })
    .await;
    assert!(html.contains("State diagram of Prepaid, 2 states. It waits in step unit."));
    assert_eq!(html.matches("diagram-state diagram-lit").count(), 1);
    assert!(html.contains("now: turn 1 of 12"), "{html}");
    assert!(html.contains("At any time") && html.contains("The end: nothing is held"));
}

#[tokio::test]
async fn the_guarantee_stands_above_the_signature() {
    let (sketch, proof) = opened("time-lock");
    let html = drawn(move |words| {
        let props = props!(ProofProps {
            proof: Some(Rc::new(proof.clone())),
            open: sketch.open.clone(),
            is_wrong: false,
            onact: Callback::noop(),
            ontry: Callback::noop(),
        });
        proven(&Glossary::of(words), &props)
    })
    .await;
    let guarantee = html
        .find("it has ended 365 days after its opening")
        .unwrap();
    let found = html.find("Note:").unwrap();
    let play = html.find("Play it").unwrap();
    let sign = html.find("Sign and open").unwrap();
    assert!(guarantee < found && found < play && play < sign);
    assert!(html.contains("Grandmother: contract.open TimeLock as MyTimeLock2"));
}

#[tokio::test]
async fn each_party_has_a_button_for_what_it_can_do() {
    let (sketch, _) = opened("signatures");
    let html = drawn(move |words| {
        let props = props!(DealsProps {
            deals: sketch.deals.clone(),
            onact: Callback::noop(),
        });
        deals(&Glossary::of(words), &props)
    })
    .await;
    for name in ["Alice", "Bob", "Carol"] {
        assert!(html.contains(&format!("aria-label=\"{name}: ")), "{html}");
    }
    assert!(html.contains("Let time pass until then"));
}

#[tokio::test]
async fn the_form_has_every_field_under_a_name_in_either_language() {
    let (sketch, _) = opened("escrow");
    let holders = ["Alice", "Bob", "Carol"].map(str::to_owned);
    for (language, names) in [
        (Language::English, ["Amount", "Until", "Add a step"]),
        (Language::Chinese, ["金额", "直到", "加一个步骤"]),
    ] {
        let (sketch, holders) = (sketch.clone(), holders.clone());
        let fields: usize = sketch.rows.iter().map(|row| row.fields.len()).sum();
        let html = yew::LocalServerRenderer::<Shown>::with_props(ShownProps {
            language: language.tag().into(),
            sketch: Rc::new(sketch),
            holders: holders.to_vec(),
        })
        .hydratable(false)
        .render()
        .await;
        assert_eq!(html.matches("<label").count(), fields);
        for name in names {
            assert!(html.contains(name), "{name}: {html}");
        }
        assert!(!html.contains("studio-field-"), "a field without a name");
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ShownProps {
    language: AttrValue,
    sketch: Rc<Sketch>,
    holders: Vec<String>,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    let language = Language::of(&props.language).unwrap();
    let words = Words::new(language, Figures::plain(2));
    html! {
        <ContextProvider<Speech> context={Speech::new(words)}>
            <Form ..props!(FormProps {
                sketch: props.sketch.clone(),
                holders: props.holders.clone(),
                onedit: Callback::noop(),
            }) />
        </ContextProvider<Speech>>
    }
}
