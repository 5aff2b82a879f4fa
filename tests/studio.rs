//! The studio's form in a browser: what is filled in, renamed, put in and taken
//! out is written into the text, and the text is what everything else reads.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod page;

use std::rc::Rc;

use exchequer::session::Session;
use exchequer::views::Seen;
use exchequer_app::stage::studio::{Edit, Form, FormProps};
use page::{Page, tick};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yew::prelude::*;
use yew::props;

wasm_bindgen_test_configure!(run_in_browser);

const TEXT: &str = "title \"Two steps\"\nuse cny-2025@1\n\
    operator Harbour reserves=1_000.00\n\
    person Alice at=Harbour type=I\nperson Bob at=Harbour type=I\n\
    contract Sale\n  parties buyer=Alice seller=Bob\n  hold 100.00 from buyer\n  \
    step first until 1d\n    when seller claims: go second\n    else: close\n  \
    step second until 2d\n    else: pay 100.00 to seller\nend\n\
    note \"second to none\"\n";

/// A script with the form of its first block, in small.
#[component]
fn Host() -> Html {
    let text = use_state_eq(|| TEXT.to_owned());
    let mut session = Session::open(&*text);
    let sketch = session.studio(u32::MAX, 0, Seen::Everyone).shown.unwrap();
    let wrong = sketch.problems.len();
    let onedit = {
        let text = text.clone();
        Callback::from(move |edit: Edit| {
            if let Some(after) = edit.apply(&text) {
                text.set(after);
            }
        })
    };
    html! {
        <>
            <Form ..props!(FormProps {
                sketch: Rc::new(sketch),
                holders: vec!["Alice".to_owned(), "Bob".to_owned()],
                onedit,
            }) />
            <pre>{ (*text).clone() }</pre>
            <output>{ wrong }</output>
        </>
    }
}

/// The field under this label.
fn labelled(page: &Page, label: &str, at: usize) -> String {
    let labels = page.all("label");
    let mut found = labels
        .iter()
        .filter(|it| it.text_content().is_some_and(|text| text.contains(label)));
    let label = found.nth(at).unwrap_or_else(|| panic!("no {label}"));
    format!("#{}", label.get_attribute("for").unwrap())
}

async fn fill(page: &Page, field: &str, value: &str) {
    page.set(field, value, 0);
    page.input_event(field, "input", "insertText").await;
    page.event(field, "change").await;
    tick().await;
}

async fn press(page: &Page, says: &str, at: usize) {
    let buttons = page.all("button");
    let mut found = buttons
        .iter()
        .filter(|it| it.text_content().is_some_and(|text| text.contains(says)));
    let button = found.nth(at).unwrap_or_else(|| panic!("no button {says}"));
    let body = "return new MouseEvent(it, { bubbles: true, cancelable: true })";
    page.send(button, page::script(body, &"click".into())).await;
    tick().await;
}

#[wasm_bindgen_test]
async fn a_step_is_renamed_wherever_the_block_names_it_and_nowhere_else() {
    let page = Page::mount::<Host>(()).await;
    let second = labelled(&page, "What the step is called", 1);
    assert_eq!(page.value(&second), "second");
    fill(&page, &second, "the end").await;
    let expected = TEXT
        .replace("go second", "go \"the end\"")
        .replace("step second", "step \"the end\"");
    assert_eq!(page.text("pre"), expected);
    assert_eq!(page.text("output"), "0");
    // A name that is taken does not reach the text.
    let second = labelled(&page, "What the step is called", 1);
    fill(&page, &second, "first").await;
    assert_eq!(page.text("pre"), expected);
    assert_eq!(page.all(".field-error").len(), 1);
}

#[wasm_bindgen_test]
async fn a_payment_is_put_into_a_line_and_taken_out_of_it() {
    let page = Page::mount::<Host>(()).await;
    press(&page, "Add a payment", 0).await;
    let line = "when seller claims: pay 1.00 to seller from buyer, go second";
    assert!(page.text("pre").contains(line), "{}", page.text("pre"));
    assert_eq!(page.text("output"), "0");
    press(
        &page,
        "Remove the payment: pay 1.00 to seller from buyer",
        0,
    )
    .await;
    assert_eq!(page.text("pre"), TEXT);
    // The only thing that a line does leaves a line that goes on.
    press(&page, "Remove the payment: pay 100.00 to seller", 0).await;
    assert_eq!(
        page.text("pre"),
        TEXT.replace("pay 100.00 to seller", "go on")
    );
    assert_eq!(page.text("output"), "0");
}

#[wasm_bindgen_test]
async fn what_does_not_fit_is_said_beside_its_field_and_stays_out_of_the_text() {
    let page = Page::mount::<Host>(()).await;
    let until = labelled(&page, "Until", 0);
    fill(&page, &until, "soon").await;
    assert_eq!(page.text("pre"), TEXT);
    assert!(page.text(".field-error").contains("1d"));
    fill(&page, &until, "3d").await;
    assert_eq!(page.text("pre"), TEXT.replace("until 1d", "until 3d"));
    assert_eq!(page.all(".field-error").len(), 0);
}
