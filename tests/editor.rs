//! The script editor in a browser: typing, suggestions, input methods, undo.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod page;

use std::rc::Rc;

use exchequer::script::{Completion, CompletionKind};
use exchequer_app::history::History;
use exchequer_app::script::{Ask, Editor, Offers, Remark, Remarks, Severity};
use page::{Page, tick};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

#[derive(PartialEq, Properties)]
struct HostProps {
    text: &'static str,
    #[prop_or_default]
    remarks: Remarks,
}

/// An app in small: it keeps the history, and offers `pay` and `payback`
/// wherever a word with `p` was begun.
#[component]
fn Host(props: &HostProps) -> Html {
    let text = props.text;
    let history = use_reducer(|| History::new(text));
    let offers = use_state(|| None::<Rc<Offers>>);
    let on_offers = {
        let offers = offers.clone();
        Callback::from(move |Ask { text, at }: Ask| {
            let begun = text[..at].rfind(' ').map_or(0, |blank| blank + 1);
            let offer = |word: &str| Completion {
                label: word.to_owned(),
                insert: format!("{word} "),
                doc: "money".to_owned(),
                kind: CompletionKind::Verb,
                replace: begun..at,
            };
            let list = if text[begun..at].starts_with('p') {
                vec![offer("pay"), offer("payback")]
            } else {
                Vec::new()
            };
            offers.set(Some(Rc::new(Offers { text, at, list })));
        })
    };
    html! {
        <>
            <Editor history={history.clone()} offers={(*offers).clone()} {on_offers} remarks={props.remarks.clone()} playing={2} />
            <output>{ history.text().clone() }</output>
        </>
    }
}

async fn page(text: &'static str) -> Page {
    Page::mount::<Host>(HostProps {
        text,
        remarks: Remarks::default(),
    })
    .await
}

fn text(page: &Page) -> String {
    page.text("output")
}

/// What the drawing under the field says.
fn drawn(page: &Page) -> Vec<String> {
    page.all(".script-line")
        .iter()
        .map(|line| line.text_content().unwrap().replace('\n', ""))
        .collect()
}

#[wasm_bindgen_test]
async fn what_is_typed_is_text_and_drawn() {
    let page = page("use a\n").await;
    page.type_at("textarea", 5, "b").await;
    page.type_at("textarea", 6, "c # d").await;
    assert_eq!(text(&page), "use abc # d\n");
    assert_eq!(drawn(&page), ["use abc # d", ""]);
    assert!(
        page.all(".script-line span")
            .iter()
            .any(|span| span.text_content().unwrap() == "# d")
    );
    assert!(
        page.find(".script-line:nth-child(2)")
            .class_name()
            .contains("is-playing")
    );
}

#[wasm_bindgen_test]
async fn the_drawing_lies_exactly_under_the_field() {
    let page = page("note \"a long line that has to be wrapped because it is longer than the field is wide\"\nb\n").await;
    page.style(include_str!("../static/styles/script.css"));
    let (field, paint) = (page.rect("textarea"), page.rect(".script-paint"));
    assert_eq!(field, paint);
    // Nothing of the field is scrolled away from the drawing.
    assert!(f64::from(page.find("textarea").scroll_height()) <= field[3] + 1.0);
}

#[wasm_bindgen_test]
async fn a_suggestion_is_chosen_with_the_keyboard_and_undone() {
    let page = page("Alice: ").await;
    page.type_at("textarea", 7, "p").await;
    let options = page.all("[role=option]");
    assert_eq!(options.len(), 2);
    let field = page.find("textarea");
    assert_eq!(
        field.get_attribute("aria-activedescendant").as_deref(),
        Some("script-offer-0")
    );
    assert_eq!(
        field.get_attribute("aria-controls"),
        Some(page.find("[role=listbox]").id())
    );

    assert!(
        page.key("textarea", "ArrowDown", "").await,
        "the arrow is the list's"
    );
    assert_eq!(
        page.find("[aria-selected=true]").text_content().unwrap(),
        "paybackmoney"
    );
    assert!(page.key("textarea", "Tab", "").await);
    assert_eq!(text(&page), "Alice: payback ");
    assert_eq!(page.caret("textarea"), 15);
    assert!(page.all("[role=listbox]").is_empty());
    assert_eq!(field.get_attribute("aria-activedescendant"), None);

    assert!(page.key("textarea", "z", "ctrl").await);
    assert_eq!(text(&page), "Alice: p");
    assert_eq!(page.value("textarea"), "Alice: p");
    assert!(page.key("textarea", "Z", "ctrl").await);
    assert_eq!(text(&page), "Alice: payback ");
}

#[wasm_bindgen_test]
async fn escape_closes_suggestions_and_tab_then_leaves() {
    let page = page("").await;
    page.type_at("textarea", 0, "p").await;
    assert!(page.key("textarea", "Escape", "").await);
    assert!(page.all("[role=listbox]").is_empty());
    assert!(
        !page.key("textarea", "Tab", "").await,
        "Tab is the browser's"
    );
    assert!(!page.key("textarea", "Enter", "").await);
    // Asked for again.
    assert!(page.key("textarea", " ", "ctrl").await);
    assert_eq!(page.all("[role=option]").len(), 2);
}

#[wasm_bindgen_test]
async fn a_suggestion_is_taken_with_the_pointer() {
    let page = page("").await;
    page.type_at("textarea", 0, "p").await;
    page.event("[role=option]:nth-child(2)", "pointerdown")
        .await;
    assert_eq!(text(&page), "payback ");
}

#[wasm_bindgen_test]
async fn what_an_input_method_composes_is_one_edit() {
    let page = page("").await;
    page.event("textarea", "compositionstart").await;
    for composed in ["z", "zh", "支"] {
        page.set("textarea", composed, composed.chars().count() as u32);
        page.event("textarea", "input").await;
        assert_eq!(text(&page), "", "nothing is edited while composing");
        assert_eq!(drawn(&page), [composed], "what is composed is seen");
        assert_eq!(page.value("textarea"), composed, "the field is left alone");
    }
    page.set("textarea", "支付", 2);
    page.event("textarea", "input").await;
    page.event("textarea", "compositionend").await;
    assert_eq!(text(&page), "支付");
    assert_eq!(page.caret("textarea"), 2);
    assert!(page.key("textarea", "z", "ctrl").await);
    assert_eq!(text(&page), "");
}

#[wasm_bindgen_test]
async fn undo_from_the_browsers_menu_is_the_apps_undo() {
    let page = page("a").await;
    page.type_at("textarea", 1, "b").await;
    assert!(
        page.input_event("textarea", "beforeinput", "historyUndo")
            .await,
        "the field's own undo does not happen"
    );
    assert_eq!(text(&page), "a");
    assert_eq!(page.value("textarea"), "a");
}

#[wasm_bindgen_test]
async fn a_remark_leads_to_its_line_and_its_suggestion_mends_it() {
    let script = "Alice: pay Bob 1.00\nAlice: pya Bob 2.00\n";
    let remark = Remark {
        severity: Severity::Error,
        range: 27..30,
        message: "there is no verb `pya`".to_owned(),
        suggestion: Some((27..30, "pay".to_owned())),
    };
    let remarks = Remarks {
        text: script.into(),
        list: Rc::new([remark]),
    };
    let page = Page::mount::<Host>(HostProps {
        text: script,
        remarks,
    })
    .await;
    assert_eq!(page.text(".script-error"), "pya");
    assert!(
        page.find("#script-line-2")
            .class_name()
            .contains("has-error")
    );
    assert_eq!(
        page.find("textarea")
            .get_attribute("aria-invalid")
            .as_deref(),
        Some("true")
    );

    // Typing above it moves it along.
    page.type_at("textarea", 0, "# 中\n").await;
    assert_eq!(page.text(".script-error"), "pya");
    assert!(
        page.find("#script-line-3")
            .class_name()
            .contains("has-error")
    );

    page.click(".script-remark button:first-child").await;
    assert_eq!(page.selection("textarea"), (31, 34));
    page.click(".script-remark button:last-child").await;
    assert!(text(&page).contains("Alice: pay Bob 2.00"));
    tick().await;
    assert!(page.all(".script-error").is_empty());
}
