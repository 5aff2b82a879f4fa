//! The worker's end of the line.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::desk::{DEPTHS, Desk};
use super::protocol::{self, Answer, Request};
use crate::later::expect;
use crate::part::{NotLoaded, part};

/// Whether this thread is the worker's.
pub fn in_worker() -> bool {
    js_sys::global().has_type::<DedicatedWorkerGlobalScope>()
}

part! {
    /// The engine: what makes the worker more than a thread.
    ENGINE, engine: fn() = listen
}

/// Serves requests for as long as the worker lives.
pub fn serve() {
    spawn_local(async {
        match ENGINE.load().await {
            Ok(listen) => listen(),
            // What is no answer counts as a failure.
            Err(NotLoaded) => {
                let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
                let _ = scope.post_message(&JsValue::NULL);
            }
        }
    });
}

/// Answers requests as they come. A fault is told before the worker ends.
fn listen() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    std::panic::set_hook(Box::new(|info| {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        post(&scope, &Answer::Panicked(info.to_string()));
    }));
    let desk = Rc::new(RefCell::new(Desk::default()));
    let listener = scope.clone();
    let onmessage = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = event.data().dyn_into::<Uint8Array>();
        let request = bytes
            .ok()
            .and_then(|bytes| protocol::decode(&bytes.to_vec()));
        let Some(request) = request else { return };
        if DEPTHS.get().is_some() || !Desk::goes_deep(&request) {
            let first = matches!(request, Request::Moment { .. });
            post(&listener, &desk.borrow_mut().answer(request));
            // With a picture on the page, there is time to fetch the rest.
            if first && DEPTHS.get().is_none() {
                expect(&DEPTHS);
            }
            return;
        }
        // The page waits for one answer before it asks for another, so that
        // nothing comes in between.
        let (desk, listener) = (desk.clone(), listener.clone());
        spawn_local(async move {
            let _ = DEPTHS.load().await;
            post(&listener, &desk.borrow_mut().answer(request));
        });
    });
    scope.set_onmessage(Some(onmessage.as_ref().unchecked_ref()));
    onmessage.forget();
    post(&scope, &Answer::Ready);
}

fn post(scope: &DedicatedWorkerGlobalScope, answer: &Answer) {
    let bytes = Uint8Array::from(protocol::encode(answer).as_slice());
    let _ = scope.post_message(&bytes);
}
