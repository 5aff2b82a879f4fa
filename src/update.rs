//! A new version of the app: noticed once the service worker has stored it
//! whole, used when the reader says so.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// The page's side of service workers; none where there are none, as in a
/// private window.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let there = js_sys::Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    there.dyn_into().ok()
}

/// Calls `found` when a new version waits, or when another window has brought
/// it. Looks for one whenever the page comes into view.
pub fn watch(found: impl Fn() + Clone + 'static) {
    let Some(container) = container() else { return };
    // The first version that this browser stores is the one being shown.
    let served = Rc::new(Cell::new(container.controller().is_some()));
    {
        let (found, served) = (found.clone(), served.clone());
        EventListener::new(&container, "controllerchange", move |_| {
            if served.replace(true) {
                found();
            }
        })
        .forget();
    }
    spawn_local(async move {
        let Ok(ready) = container.ready() else { return };
        let Ok(registration) = JsFuture::from(ready).await else {
            return;
        };
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        if served.get() && registration.waiting().is_some() {
            found();
        }
        let arriving = registration.clone();
        EventListener::new(&registration, "updatefound", move |_| {
            let Some(worker) = arriving.installing() else {
                return;
            };
            let (found, served, state) = (found.clone(), served.clone(), worker.clone());
            EventListener::new(&worker, "statechange", move |_| {
                if state.state() == ServiceWorkerState::Installed && served.get() {
                    found();
                }
            })
            .forget();
        })
        .forget();
        let Some(document) = web_sys::window().and_then(|window| window.document()) else {
            return;
        };
        let watched = document.clone();
        EventListener::new(&document, "visibilitychange", move |_| {
            if !watched.hidden()
                && let Ok(looking) = registration.update()
            {
                // Without a network there is nothing to find.
                spawn_local(async move { drop(JsFuture::from(looking).await) });
            }
        })
        .forget();
    });
}

/// Uses the new version. A link in the address, which would open the text as it
/// was shared, is taken out of it once the reader has made the text their own:
/// the last work is what opens then. What is not kept yet is asked about before
/// the page is left.
pub fn take(edited: bool) {
    let Some(window) = web_sys::window() else {
        return;
    };
    if edited
        && let (Ok(history), Ok(address)) = (window.history(), window.location().href())
        && let Some((address, _)) = address.split_once('#')
    {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    }
    let reload = move || {
        let _ = window.location().reload();
    };
    let Some(container) = container() else {
        return reload();
    };
    spawn_local(async move {
        let registration = JsFuture::from(container.get_registration()).await;
        let waiting = registration
            .ok()
            .and_then(|it| it.dyn_into::<ServiceWorkerRegistration>().ok())
            .and_then(|it| it.waiting());
        let Some(waiting) = waiting else {
            return reload();
        };
        EventListener::once(&container, "controllerchange", move |_| reload()).forget();
        let _ = waiting.post_message(&"replace".into());
    });
}
