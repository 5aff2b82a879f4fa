//! The dialog that shares a scenario: its link, to copy or to scan, and the
//! file for what is too long for a link.

use std::rc::Rc;

use exchequer::lessons;
use exchequer::link::{Digest, Shared, TooLong, encode};
use exchequer::trail::Trail;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew::props;

use super::exports::{EXPORTS, ExportsProps};
use super::page::copy;
use super::qr::{QrCode, QrProps, qr_view};
use crate::engine::{Engine, Inquiry, Reply};
use crate::later::later;
use crate::ui::{ButtonKind, ButtonProps, Dialog, NoticeProps, button, notice};
use crate::words::{Glossary, Speech, use_words};

const LINK: &str = "share-link";
const SHORT: &str = "share-short";

/// The link that carries a scenario.
pub fn share_link(
    address: &str,
    text: &str,
    engine: &str,
    digest: Option<&str>,
    trail: Option<Trail>,
) -> Result<String, TooLong> {
    let shared = Shared {
        text: text.to_owned(),
        engine: engine.to_owned(),
        digest: digest.and_then(Digest::from_hex),
        trail,
    };
    Ok(format!("{address}#{}", encode(&shared)?))
}

/// Properties of [`share_dialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct ShareDialogProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is closed.
    pub onclose: Callback<()>,
    /// The page's address without its fragment.
    pub address: AttrValue,
    /// The scenario.
    pub text: Rc<str>,
    /// The engine's name and version.
    pub engine: AttrValue,
    /// The log's digest in hexadecimal, once the scenario was played.
    #[prop_or_default]
    pub digest: Option<AttrValue>,
    /// The step that is shown, from 1: what a short link to a lesson goes to.
    #[prop_or(1)]
    pub step: usize,
    /// Shows the room a lesson's code.
    #[prop_or_default]
    pub onroom: Callback<()>,
    /// Whom to ask what each statement came to.
    #[prop_or_default]
    pub trail: Option<Engine>,
    /// Offers the scenario as a file.
    pub ondownload: Callback<()>,
    /// What else can be taken along, once it was played.
    #[prop_or_default]
    pub exports: Option<ExportsProps>,
}

/// The dialog that shares a scenario.
pub fn share_dialog(words: &Speech, props: &ShareDialogProps) -> Html {
    html! {
        <Dialog class="share" title={words.say("share-title")} open={props.open} onclose={props.onclose.clone()}>
            // Made only when it is looked at.
            if props.open {
                <ShareBody ..props.clone() />
            }
        </Dialog>
    }
}

/// How copying went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copied {
    NotYet,
    Done,
    Refused,
}

#[component]
fn ShareBody(props: &ShareDialogProps) -> Html {
    let words = use_words();
    let says = Glossary::of_classes(&words);
    let trail = use_state_eq(|| None::<Trail>);
    {
        let (engine, setter) = (props.trail.clone(), trail.setter());
        // Of another text than the one played there is no digest.
        let played = props.digest.clone();
        use_effect_with(played, move |played| {
            let reply = Callback::from(move |reply| {
                if let Reply::Trail(trail) = reply {
                    setter.set(trail);
                }
            });
            if let (Some(engine), Some(_)) = (engine, played) {
                engine.ask(Inquiry::Trail, reply);
            }
        });
    }
    let made = use_memo(
        (
            props.address.clone(),
            props.text.clone(),
            props.engine.clone(),
            props.digest.clone(),
            (*trail).clone(),
        ),
        |(address, text, engine, digest, trail)| {
            let link = share_link(address, text, engine, digest.as_deref(), trail.clone())?;
            let code = QrCode::of(&link);
            Ok::<_, TooLong>((AttrValue::from(link), code))
        },
    );
    let download = |kind: ButtonKind| {
        let ondownload = props.ondownload.reform(|_: MouseEvent| ());
        button(&props!(ButtonProps {
            kind,
            onclick: ondownload,
            says: words.say("share-file")
        }))
    };
    let (link, code) = match &*made {
        Ok(made) => made,
        Err(TooLong { .. }) => {
            return notice(&props!(NoticeProps {
                text: words.say("share-too-long"),
                children: download(ButtonKind::Primary)
            }));
        }
    };
    let lesson = lessons::of_text(&props.text);
    html! {
        <>
            if let Some(lesson) = lesson {
                <section class="share-lesson" aria-label={says.say("share-lesson")}>
                    <p class="share-what">{ says.say("share-lesson-what") }</p>
                    <CopyField id={SHORT} label={says.say("share-lesson")}
                        value={format!("{}{}", props.address, lesson.link(props.step))} />
                    <div class="share-foot">
                        { button(&props!(ButtonProps {
                            onclick: props.onroom.reform(|_: MouseEvent| ()),
                            says: says.say("code-open"),
                        })) }
                    </div>
                </section>
            }
            <p class="share-what">{ words.say("share-what") }</p>
            <CopyField id={LINK} label={words.say("share-link")} value={link.clone()} />
            if let Some(code) = code {
                { qr_view(&props!(QrProps { code: code.clone(), label: words.say("share-qr") })) }
            } else {
                <p class="share-no-qr">{ words.say("share-no-qr") }</p>
            }
            { match props.exports.clone() {
                Some(exports) => later(&EXPORTS, move |it| (it.draw)(exports.clone())),
                None => html! { <div class="share-foot">{ download(ButtonKind::Plain) }</div> },
            } }
        </>
    }
}

/// Properties of [`CopyField`].
#[derive(Clone, PartialEq, Properties)]
struct CopyFieldProps {
    id: &'static str,
    label: AttrValue,
    value: AttrValue,
}

/// A link to look at and to copy.
#[component]
fn CopyField(props: &CopyFieldProps) -> Html {
    let words = use_words();
    let field = use_node_ref();
    let copied = use_state_eq(|| Copied::NotYet);
    let onclick = {
        let (field, copied) = (field.clone(), copied.clone());
        move |_: MouseEvent| {
            let (field, copied) = (field.clone(), copied.clone());
            spawn_local(async move {
                copied.set(if copy(&field).await {
                    Copied::Done
                } else {
                    Copied::Refused
                });
            });
        }
    };
    let told = match *copied {
        Copied::NotYet => String::new(),
        Copied::Done => words.say("share-copied"),
        Copied::Refused => words.say("share-copy-by-hand"),
    };
    html! {
        <>
            <div class="share-row">
                <label class="share-label" for={props.id}>{ props.label.clone() }</label>
                <input ref={field} id={props.id} class="share-link" type="text" readonly=true value={props.value.clone()} />
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Primary,
                    onclick,
                    says: words.say("share-copy"),
                })) }
            </div>
            <p class="share-told" role="status">{ told }</p>
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture;
    use exchequer::link::decode;

    async fn drawn(text: &str) -> String {
        let props = ShareDialogProps {
            open: true,
            onclose: Callback::noop(),
            address: "https://exchequer.example/".into(),
            text: text.into(),
            engine: "exchequer 0.1.0".into(),
            digest: None,
            step: 3,
            onroom: Callback::noop(),
            trail: None,
            ondownload: Callback::noop(),
            exports: None,
        };
        fixture::drawn(move |words| share_dialog(words, &props)).await
    }

    fn noise(length: usize) -> String {
        let mut state = 1u32;
        let letters = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (state >> 24) as u8 % 26)
        });
        letters.take(length).collect()
    }

    #[tokio::test]
    async fn a_scenario_is_shared_as_a_link_and_a_code() {
        let html = drawn("use cny-2025@1\n").await;
        let (_, rest) = html.split_once("https://exchequer.example/#").unwrap();
        let fragment = rest.split('"').next().unwrap();
        assert_eq!(decode(fragment).unwrap().text, "use cny-2025@1\n");
        assert!(
            html.contains(r#"role="img""#) && html.contains("<path"),
            "{html}"
        );
        assert!(html.contains("readonly"), "{html}");
    }

    #[tokio::test]
    async fn a_lesson_has_a_short_link_to_its_step_besides() {
        let payday = exchequer::lessons::find("payday").unwrap();
        let html = drawn(payday.text).await;
        let short = "https://exchequer.example/#/l/payday/3\"";
        assert!(html.contains(short) && html.contains("#s=1."), "{html}");
        assert!(html.contains("Show the room a code"), "{html}");
        // What was changed is no lesson any more.
        let html = drawn(&format!("{}\n", payday.text)).await;
        assert!(!html.contains("#/l/") && html.contains("#s=1."), "{html}");
    }

    #[tokio::test]
    async fn a_link_too_dense_for_a_code_says_so() {
        let html = drawn(&noise(3_000)).await;
        assert!(html.contains("#s=1."), "{html}");
        assert!(
            !html.contains("role=\"img\"") && html.contains("share-no-qr"),
            "{html}"
        );
    }

    #[tokio::test]
    async fn a_text_too_long_for_a_link_is_offered_as_a_file() {
        let html = drawn(&noise(20_000)).await;
        assert!(!html.contains("#s=1."), "{html}");
        assert!(html.contains("too long for a link"), "{html}");
        assert!(html.contains("Save as a file"), "{html}");
    }
}
