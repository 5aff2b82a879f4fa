//! What presenting needs of the browser: the whole screen, a screen that stays
//! awake, the size of a frame, and whether somebody moves the pointer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Document;
use yew::prelude::*;

/// For how long the controls stay after the pointer moved, in milliseconds.
const LINGER: u32 = 3_000;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Takes the whole screen while it is used, where that is allowed; else the
/// window is all there is. Calls back when the screen is given back by other
/// means, such as Escape.
#[hook]
pub(super) fn use_whole_screen(onleft: Callback<()>) {
    use_effect_with((), move |()| {
        let document = document();
        if let Some(root) = document.as_ref().and_then(Document::document_element) {
            let _ = root.request_fullscreen();
        }
        let taken = Cell::new(false);
        let watch = document.clone().map(|document| {
            EventListener::new(&document.clone(), "fullscreenchange", move |_| {
                let now = document.fullscreen_element().is_some();
                if taken.replace(now) && !now {
                    onleft.emit(());
                }
            })
        });
        move || {
            drop(watch);
            if let Some(document) = document.filter(|it| it.fullscreen_element().is_some()) {
                document.exit_fullscreen();
            }
        }
    });
}

/// Keeps the screen awake while it is used, where the browser can.
#[hook]
pub(super) fn use_awake_screen() {
    use_effect_with((), |()| {
        let lock = Rc::new(WakeLock::default());
        lock.clone().take();
        // A page that was hidden has lost it.
        let again = lock.clone();
        let watch = document().map(|document| {
            EventListener::new(&document, "visibilitychange", move |_| again.clone().take())
        });
        move || {
            drop(watch);
            lock.release();
        }
    });
}

/// What keeps the screen awake. Few browsers know it, so it is looked up.
#[derive(Default)]
struct WakeLock {
    held: RefCell<Option<JsValue>>,
    over: Cell<bool>,
}

impl WakeLock {
    fn take(self: Rc<Self>) {
        spawn_local(async move {
            let Some(lock) = Self::asked().await else {
                return;
            };
            *self.held.borrow_mut() = Some(lock);
            if self.over.get() {
                self.release();
            }
        });
    }

    async fn asked() -> Option<JsValue> {
        let navigator = web_sys::window()?.navigator();
        let manager = Reflect::get(&navigator, &"wakeLock".into()).ok()?;
        let promise = call(&manager, "request", &["screen".into()])?;
        JsFuture::from(promise.dyn_into::<Promise>().ok()?)
            .await
            .ok()
    }

    fn release(&self) {
        self.over.set(true);
        if let Some(lock) = self.held.take() {
            let _ = call(&lock, "release", &[]);
        }
    }
}

fn call(object: &JsValue, name: &str, args: &[JsValue]) -> Option<JsValue> {
    let method = Reflect::get(object, &name.into()).ok()?;
    let method = method.dyn_into::<Function>().ok()?;
    Reflect::apply(&method, object, &args.iter().cloned().collect()).ok()
}

/// Whether the pointer moved a moment ago.
#[hook]
pub(super) fn use_pointer() -> bool {
    let moved = use_state_eq(|| true);
    let setter = moved.setter();
    use_effect_with((), move |()| {
        let resting: Rc<RefCell<Option<Timeout>>> = Rc::default();
        let rest = {
            let (resting, setter) = (resting.clone(), setter.clone());
            move || {
                let setter = setter.clone();
                *resting.borrow_mut() = Some(Timeout::new(LINGER, move || setter.set(false)));
            }
        };
        rest();
        let watch = document().map(|document| {
            EventListener::new(&document, "pointermove", move |_| {
                setter.set(true);
                rest();
            })
        });
        move || {
            drop(watch);
            resting.take();
        }
    });
    *moved
}
