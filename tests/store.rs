//! Keeping the work in a real IndexedDB.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod page;

use std::rc::Rc;

use exchequer_app::store::{
    DATABASE, Guard, How, Indexed, Keeper, Kept, SaveStatusProps, Shelf, StoreError, salvage,
    save_status, use_work,
};
use exchequer_app::words::use_words;
use page::{Page, script, tick, wait};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

/// A database of this name with nothing in it.
async fn fresh(name: &str) {
    idb::Factory::new()
        .unwrap()
        .delete(name)
        .unwrap()
        .await
        .unwrap();
}

async fn window(name: &str) -> Keeper {
    Keeper::new(Rc::new(Indexed::open(name).await.unwrap()))
}

async fn keep(keeper: &mut Keeper, text: &str, now: i64) -> Kept {
    keeper.keep(&text.into(), How::Edited, now).await.unwrap()
}

#[wasm_bindgen_test]
async fn what_was_kept_is_there_after_a_reload() {
    fresh("reload").await;
    let mut keeper = window("reload").await;
    keep(&mut keeper, "title \"Lunch\"\n", 1).await;
    keep(&mut keeper, "title \"Lunch\"\n# 中\n", 2).await;
    drop(keeper);

    let found = window("reload").await.look().await.unwrap();
    assert_eq!(found.documents.len(), 1);
    assert_eq!(&*found.documents[0].text, "title \"Lunch\"\n# 中\n");
    assert_eq!(found.documents[0].name, "Lunch");
}

#[wasm_bindgen_test]
async fn two_windows_never_overwrite_each_other() {
    fresh("two").await;
    let (mut one, mut two) = (window("two").await, window("two").await);
    keep(&mut one, "start", 1).await;
    two.resume(1).await.unwrap().unwrap();
    // Both write at once: whichever comes first, neither text is lost.
    let (a, b) = ("start one".into(), "start two".into());
    let (first, second) = futures(one.keep(&a, How::Edited, 2), two.keep(&b, How::Edited, 2)).await;
    assert_eq!((first.unwrap(), second.unwrap()), (Kept::Here, Kept::Apart));
    let mut texts: Vec<_> = one
        .look()
        .await
        .unwrap()
        .documents
        .iter()
        .map(|d| d.text.to_string())
        .collect();
    texts.sort();
    assert_eq!(texts, ["start one", "start two"]);
}

/// Runs two futures side by side.
async fn futures<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (std::pin::pin!(a), std::pin::pin!(b));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(move |context| {
        use std::task::Poll;
        if first.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(context)
        {
            first = Some(value);
        }
        if second.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(context)
        {
            second = Some(value);
        }
        match (first.take(), second.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}

#[wasm_bindgen_test]
async fn a_damaged_record_opens_at_its_last_good_version() {
    fresh("damaged").await;
    let mut keeper = window("damaged").await;
    for minute in 0..6 {
        keep(&mut keeper, &format!("# {minute}\n"), minute * 180_000).await;
    }
    let shelf = Indexed::open("damaged").await.unwrap();
    let (key, raw) = shelf.scan("document/").await.unwrap().remove(0);
    let broken = raw.replace("# 5", "# 6");
    let guard = Guard {
        key: key.clone(),
        expected: Some(raw),
    };
    assert!(shelf.write(guard, vec![(key, Some(broken))]).await.unwrap());

    let found = window("damaged").await.look().await.unwrap();
    assert_eq!(&*found.documents[0].text, "# 4\n");
    assert_eq!(found.recovered, [1]);
    assert!(salvage(&found.damaged).contains("# 6\n"));
}

#[wasm_bindgen_test]
async fn a_write_whose_guard_fails_changes_nothing() {
    fresh("guard").await;
    let shelf = Indexed::open("guard").await.unwrap();
    let guard = |expected: Option<&str>| Guard {
        key: "a".to_owned(),
        expected: expected.map(str::to_owned),
    };
    let put = |text: &str| {
        vec![
            ("a".to_owned(), Some(text.to_owned())),
            ("b".to_owned(), Some(text.to_owned())),
        ]
    };
    assert!(shelf.write(guard(None), put("1")).await.unwrap());
    assert!(!shelf.write(guard(None), put("2")).await.unwrap());
    assert!(!shelf.write(guard(Some("2")), put("3")).await.unwrap());
    let all = shelf.scan("").await.unwrap();
    assert_eq!(
        all,
        [
            ("a".to_owned(), "1".to_owned()),
            ("b".to_owned(), "1".to_owned())
        ]
    );
    assert!(
        shelf
            .write(guard(Some("1")), vec![("a".to_owned(), None)])
            .await
            .unwrap()
    );
    assert_eq!(shelf.scan("").await.unwrap().len(), 1);
}

#[derive(PartialEq, Properties)]
struct HostProps {
    text: &'static str,
}

/// An app in small: a button that edits, and the status.
#[component]
fn Host(props: &HostProps) -> Html {
    let words = use_words();
    let work = use_work();
    let edit = {
        let (work, text) = (work.clone(), props.text);
        move |_: MouseEvent| work.keep(&text.into(), How::Edited)
    };
    let resume = {
        let work = work.clone();
        let shown = use_state(String::new);
        let set = shown.setter();
        let resume = move |_: MouseEvent| {
            let set = set.clone();
            work.resume(
                1,
                Callback::from(move |text: Rc<str>| set.set(text.to_string())),
            );
        };
        html! { <><button id="resume" onclick={resume} /><output>{ (*shown).clone() }</output></> }
    };
    html! {
        <>
            <button id="edit" onclick={edit} />
            { resume }
            { save_status(&words, &SaveStatusProps { state: (*work).clone(), ondownload: Callback::noop() }) }
        </>
    }
}

#[wasm_bindgen_test]
async fn an_edit_is_said_to_be_saved_once_it_is() {
    fresh(DATABASE).await;
    let page = Page::mount::<Host>(HostProps { text: "my text" }).await;
    wait(100).await;
    assert_eq!(page.says(), "");
    page.find("#edit").click();
    for _ in 0..100 {
        if page.says() == "Saved" {
            break;
        }
        wait(10).await;
    }
    assert_eq!(page.says(), "Saved");
    let found = window(DATABASE).await.look().await.unwrap();
    assert_eq!(&*found.documents[0].text, "my text");

    // Another visit takes it up again.
    let page = Page::mount::<Host>(HostProps { text: "more" }).await;
    page.find("#resume").click();
    wait(100).await;
    assert_eq!(page.text("output"), "my text");
}

#[wasm_bindgen_test]
async fn a_browser_that_keeps_nothing_says_so() {
    let hidden =
        "Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true })";
    script(hidden, &JsValue::NULL);
    let refused = Indexed::open("refused").await.err();
    let page = Page::mount::<Host>(HostProps { text: "mine" }).await;
    page.click("#edit").await;
    tick().await;
    let says = page.says();
    script("delete window.indexedDB", &JsValue::NULL);
    assert!(
        matches!(refused, Some(StoreError::Refused(_))),
        "{refused:?}"
    );
    assert!(
        says.contains("This browser will not keep your work."),
        "{says}"
    );
    assert!(says.contains("Download"), "{says}");
}
