//! The page's end of the line to the worker. It ends the worker when it is
//! dropped, which also ends one that hangs.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::protocol::{self, Answer, Request};
use crate::browser;

/// The worker's first script, beside the page. It starts this same program.
const LOADER: &str = "./engine.js";

/// The element of the page that names the program's module.
const PROGRAM: &str = "app-module";

/// What comes in.
pub(super) enum Post {
    /// The worker answers.
    Answer(Answer),
    /// The worker could not be started, fell over, or said what cannot be read.
    Failed,
}

/// A line to a worker of its own.
pub(super) struct Port {
    worker: Worker,
    _onmessage: Closure<dyn FnMut(MessageEvent)>,
    _onerror: Closure<dyn FnMut(web_sys::Event)>,
}

impl Port {
    /// Starts a worker.
    pub(super) fn open(hear: impl Fn(Post) + Clone + 'static) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name("engine");
        let worker = Worker::new_with_options(LOADER, &options).ok()?;
        let onmessage = {
            let hear = hear.clone();
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let bytes = event.data().dyn_into::<Uint8Array>();
                let answer = bytes
                    .ok()
                    .and_then(|bytes| protocol::decode(&bytes.to_vec()));
                hear(answer.map_or(Post::Failed, Post::Answer));
            })
        };
        let onerror = Closure::<dyn FnMut(web_sys::Event)>::new(move |_| hear(Post::Failed));
        let start = Array::of2(
            &JsValue::from(browser::address(PROGRAM)?),
            &wasm_bindgen::module(),
        );
        worker.post_message(&start).ok()?;
        worker.set_onmessage(Some(onmessage.as_ref().unchecked_ref()));
        worker.set_onerror(Some(onerror.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(onerror.as_ref().unchecked_ref()));
        Some(Self {
            worker,
            _onmessage: onmessage,
            _onerror: onerror,
        })
    }

    /// Sends a request.
    pub(super) fn send(&self, request: &Request) {
        let bytes = Uint8Array::from(protocol::encode(request).as_slice());
        // A message of bytes can always be posted; a dead worker's silence is
        // noticed by the engine's patience.
        let _ = self.worker.post_message(&bytes);
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}
