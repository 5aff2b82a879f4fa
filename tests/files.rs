//! Files dropped on the page and chosen by the button.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod page;

use exchequer_app::store::{DropFile, FileError, FileTroubleProps, OpenFile, Opened, file_trouble};
use exchequer_app::words::use_words;
use page::{Page, script, wait};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

/// Shows what came of a file, as the app would.
#[component]
fn Host() -> Html {
    let words = use_words();
    let came = use_state(|| None::<Result<Opened, FileError>>);
    let onfile = {
        let came = came.clone();
        Callback::from(move |file| came.set(Some(file)))
    };
    html! {
        <DropFile onfile={onfile.clone()}>
            <OpenFile {onfile} />
            {
                match &*came {
                    Some(Ok(opened)) => html! { <output>{ format!("{}|{}", opened.name, opened.text) }</output> },
                    Some(Err(error)) => file_trouble(&words, &FileTroubleProps { error: error.clone(), onclose: Callback::noop() }),
                    None => Html::default(),
                }
            }
        </DropFile>
    }
}

async fn dropped(file: &str) -> Page {
    let page = Page::mount::<Host>(()).await;
    let transfer =
        format!("const transfer = new DataTransfer(); transfer.items.add({file}); return transfer");
    let transfer = script(&transfer, &JsValue::NULL);
    for kind in ["dragover", "drop"] {
        let body = format!(
            "return new DragEvent('{kind}', {{ dataTransfer: it, bubbles: true, cancelable: true }})"
        );
        let taken = page
            .send(&page.find(".drop"), script(&body, &transfer))
            .await;
        assert!(taken, "the browser would leave the page for the file");
    }
    wait(50).await;
    page
}

#[wasm_bindgen_test]
async fn a_dropped_file_is_opened() {
    let page = dropped("new File(['use cny-2025@1\\r\\n'], 'lunch.exq')").await;
    assert_eq!(page.text("output"), "lunch.exq|use cny-2025@1\n");
    assert!(page.all(".drop-here").is_empty());
}

#[wasm_bindgen_test]
async fn a_file_of_50_megabytes_is_refused_unread() {
    // Reading it would throw, so that it would be told apart.
    let big = "Object.defineProperty(new File(['x'], 'big.exq'), 'size', { value: 50 * 2 ** 20 })";
    script(
        "window.wasRead = false; const read = Blob.prototype.arrayBuffer; Blob.prototype.arrayBuffer = function () { window.wasRead = true; return read.call(this) }",
        &JsValue::NULL,
    );
    // The transfer copies the file, so it is handed over as it is.
    let body = format!(
        "const file = {big}; return {{ types: ['Files'], files: Object.assign([file], {{ item: (i) => [file][i] }}) }}"
    );
    let transfer = script(&body, &JsValue::NULL);
    let page = Page::mount::<Host>(()).await;
    let body = "const event = new DragEvent('drop', { bubbles: true, cancelable: true }); Object.defineProperty(event, 'dataTransfer', { value: it }); return event";
    page.send(&page.find(".drop"), script(body, &transfer))
        .await;
    wait(20).await;
    assert!(page.says().contains("50 MB"), "{}", page.says());
    assert_eq!(
        script("return window.wasRead", &JsValue::NULL),
        JsValue::FALSE
    );
}

#[wasm_bindgen_test]
async fn a_file_that_is_no_text_is_refused_with_its_place() {
    let page = dropped("new File([new Uint8Array([97, 10, 98, 255])], 'photo.exq')").await;
    assert!(page.says().contains("line 2, at byte 2"), "{}", page.says());
}

#[wasm_bindgen_test]
async fn dropping_something_else_is_left_to_the_browser() {
    let page = Page::mount::<Host>(()).await;
    let body = "const transfer = new DataTransfer(); transfer.setData('text/plain', 'x'); return new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })";
    let taken = page
        .send(&page.find(".drop"), script(body, &JsValue::NULL))
        .await;
    assert!(!taken);
    assert!(page.all("output").is_empty());
}
