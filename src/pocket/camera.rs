//! The camera: asked for when it is wanted, let go when it is not.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, MediaTrackConstraints,
};
use yew::prelude::*;

use super::picture::{WIDEST, texts};
use crate::browser;
use crate::words::{Glossary, use_words};

/// How often a picture is looked at.
const EVERY: u32 = 180;

/// Properties of [`Camera`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CameraProps {
    /// Called with every code that is seen, again and again while it is.
    pub(super) ontext: Callback<String>,
}

/// How far the camera is.
#[derive(Clone, Copy, PartialEq)]
enum Eye {
    Starting,
    Open,
    None,
}

/// What the camera sees. Every code in it is read.
#[component]
pub(super) fn Camera(props: &CameraProps) -> Html {
    let words = use_words();
    let says = Glossary::of_pockets(&words);
    let video = use_node_ref();
    let eye = use_state_eq(|| Eye::Starting);
    // The latest callback: the one that a glance calls.
    let ontext = use_mut_ref(|| props.ontext.clone());
    *ontext.borrow_mut() = props.ontext.clone();
    {
        let (video, eye) = (video.clone(), eye.setter());
        use_effect_with((), move |()| {
            let gone = Rc::new(Cell::new(false));
            let stream = Rc::new(RefCell::new(None::<MediaStream>));
            {
                let (gone, stream, video) = (gone.clone(), stream.clone(), video.clone());
                spawn_local(async move {
                    let opened = open(&video).await;
                    match opened {
                        Some(opened) if gone.get() => stop(&opened),
                        Some(opened) => {
                            *stream.borrow_mut() = Some(opened);
                            eye.set(Eye::Open);
                        }
                        None => eye.set(Eye::None),
                    }
                });
            }
            let canvas = canvas();
            let glance = browser::every(EVERY, move || {
                let seen = canvas.as_ref().and_then(|canvas| look(&video, canvas));
                for text in seen.unwrap_or_default() {
                    let ontext = ontext.borrow().clone();
                    ontext.emit(text);
                }
            });
            move || {
                drop(glance);
                gone.set(true);
                if let Some(stream) = stream.borrow().as_ref() {
                    stop(stream);
                }
            }
        });
    }
    let told = match *eye {
        Eye::Starting => "pocket-camera-starting",
        Eye::Open => "pocket-camera-on",
        Eye::None => "pocket-camera-none",
    };
    html! {
        <div class="pocket-camera">
            <video ref={video} class={classes!((*eye != Eye::Open).then_some("pocket-blind"))}
                muted=true autoplay=true playsinline=true aria-label={says.say("pocket-camera-picture")} />
            <p role="status">{ says.say(told) }</p>
        </div>
    }
}

/// Opens the camera that looks away from the person, if there are two.
async fn open(video: &NodeRef) -> Option<MediaStream> {
    let navigator = web_sys::window()?.navigator();
    // Pages without https have no devices.
    let devices = js_sys::Reflect::get(&navigator, &"mediaDevices".into()).ok()?;
    if !devices.is_object() {
        return None;
    }
    let devices = devices.unchecked_into::<web_sys::MediaDevices>();
    let picture = MediaTrackConstraints::new();
    picture.set_facing_mode(&"environment".into());
    picture.set_width(&JsValue::from(1_280));
    let wanted = MediaStreamConstraints::new();
    wanted.set_video(&picture);
    let asked = devices.get_user_media_with_constraints(&wanted).ok()?;
    let stream = JsFuture::from(asked).await.ok()?;
    let stream = stream.dyn_into::<MediaStream>().ok()?;
    let Some(video) = video.cast::<HtmlVideoElement>() else {
        stop(&stream);
        return None;
    };
    video.set_muted(true);
    video.set_src_object(Some(&stream));
    if let Ok(playing) = video.play() {
        // A browser that does not play by itself is told again by the next glance.
        let _ = JsFuture::from(playing).await;
    }
    Some(stream)
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

fn canvas() -> Option<HtmlCanvasElement> {
    let document = web_sys::window()?.document()?;
    document.create_element("canvas").ok()?.dyn_into().ok()
}

/// The codes in what the camera shows now.
fn look(video: &NodeRef, canvas: &HtmlCanvasElement) -> Option<Vec<String>> {
    let video = video.cast::<HtmlVideoElement>()?;
    let (width, height) = (video.video_width(), video.video_height());
    let longest = width.max(height);
    if longest == 0 {
        return None;
    }
    let shrunk = |side: u32| {
        let longest = longest.max(WIDEST);
        u32::try_from(u64::from(side) * u64::from(WIDEST) / u64::from(longest)).unwrap_or(side)
    };
    let (width, height) = if longest > WIDEST {
        (shrunk(width), shrunk(height))
    } else {
        (width, height)
    };
    canvas.set_width(width);
    canvas.set_height(height);
    let pen = canvas.get_context("2d").ok()??;
    let pen = pen.dyn_into::<CanvasRenderingContext2d>().ok()?;
    let (w, h) = (f64::from(width), f64::from(height));
    pen.draw_image_with_html_video_element_and_dw_and_dh(&video, 0.0, 0.0, w, h)
        .ok()?;
    let picture = pen.get_image_data(0.0, 0.0, w, h).ok()?;
    Some(texts(width as usize, height as usize, &picture.data()))
}
