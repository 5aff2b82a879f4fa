//! What is shown of the work that is kept.

use std::rc::Rc;

use yew::prelude::*;
use yew::props;

use super::keeper::{Document, Version, Why, salvage};
use super::work::{State, Status};
use crate::ui::{ButtonKind, ButtonProps, Dialog, NoticeProps, Tone, button, notice};
use crate::words::{Say, Speech, Words, use_words};

/// Properties of [`save_status`].
#[derive(Clone, PartialEq, Properties)]
pub struct SaveStatusProps {
    /// What is known of the store.
    pub state: State,
    /// Offers the text as a file.
    pub ondownload: Callback<()>,
}

/// Whether the last edit is kept: a word while all is well, a notice with what
/// to do when it is not.
pub fn save_status(words: &Speech, props: &SaveStatusProps) -> Html {
    let key = match &props.state.status {
        Status::Looking | Status::Untouched => return Html::default(),
        Status::Unsaved(error) => {
            let key = match error {
                super::StoreError::Refused(_) => "work-refused",
                super::StoreError::Full => "work-full",
                super::StoreError::Failed(_) => "work-failed",
            };
            return notice(&props!(NoticeProps {
                tone: Tone::Trouble,
                text: words.say(key),
                children: button(&props!(ButtonProps {
                    kind: ButtonKind::Primary,
                    onclick: props.ondownload.reform(|_: MouseEvent| ()),
                    says: words.say("work-download")
                }))
            }));
        }
        Status::Saving => "work-saving",
        Status::Saved(_) if props.state.apart => "work-apart",
        Status::Saved(_) => "work-saved",
    };
    html! { <p class="save-status" role="status">{ words.say(key) }</p> }
}

/// Properties of [`WorkDialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct WorkDialogProps {
    /// Whether it is open.
    pub open: bool,
    /// Called when it is closed.
    pub onclose: Callback<()>,
    /// What is known of the store.
    pub state: State,
    /// Begins a scenario of its own.
    pub onnew: Callback<()>,
    /// Works on another document.
    pub ondocument: Callback<u32>,
    /// Takes a document away.
    pub onremove: Callback<u32>,
    /// Makes the text of a version the text.
    pub onversion: Callback<Rc<str>>,
    /// Holds another text, by its name, beside the one at hand.
    pub onbeside: Callback<(AttrValue, Rc<str>)>,
    /// Keeps the text as a document of its own, beside the one at hand.
    pub onfork: Callback<()>,
    /// Offers what could not be read as a file.
    pub onsalvage: Callback<String>,
    /// Takes away what could not be read.
    pub ondiscard: Callback<()>,
}

/// The documents of this browser, and the versions of the one being worked on.
#[component]
pub fn WorkDialog(props: &WorkDialogProps) -> Html {
    let words = use_words();
    // The document about to be taken away, until that is confirmed.
    let leaving = use_state_eq(|| None::<u32>);
    let state = &props.state;
    html! {
        <Dialog class="work" title={words.say("work-title")} open={props.open} onclose={props.onclose.clone()}>
            if !state.damaged.is_empty() {
                { damaged(&words, props) }
            }
            <section class="work-part">
                <header class="work-head">
                    <h3>{ words.say("work-documents") }</h3>
                    { button(&props!(ButtonProps {
                        onclick: props.onfork.reform(|_: MouseEvent| ()),
                        says: words.say("work-fork"),
                    })) }
                    { button(&props!(ButtonProps {
                        onclick: props.onnew.reform(|_: MouseEvent| ()),
                        says: words.say("work-new"),
                    })) }
                </header>
                if state.documents.is_empty() {
                    <p class="work-none">{ words.say("work-no-documents") }</p>
                } else {
                    <ul class="work-list">
                        { for state.documents.iter().map(|document| drawn_document(&words, props, document, &leaving)) }
                    </ul>
                }
            </section>
            if state.current.is_some() {
                <section class="work-part">
                    <h3>{ words.say("work-versions") }</h3>
                    if state.versions.is_empty() {
                        <p class="work-none">{ words.say("work-no-versions") }</p>
                    } else {
                        <ol class="work-list">
                            { for state.versions.iter().map(|version| drawn_version(&words, props, version)) }
                        </ol>
                    }
                </section>
            }
        </Dialog>
    }
}

fn damaged(words: &Words, props: &WorkDialogProps) -> Html {
    let (onsalvage, records) = (props.onsalvage.clone(), props.state.damaged.clone());
    let onclick = move |_: MouseEvent| onsalvage.emit(salvage(&records));
    let count = [("count", props.state.damaged.len().into())];
    notice(&props!(NoticeProps {
        tone: Tone::Trouble,
        text: words.tell("work-damaged", &count),
        children: html! { <>
        { button(&props!(ButtonProps { kind: ButtonKind::Primary, onclick, says: words.say("work-salvage") })) }
        { button(&props!(ButtonProps {
            onclick: props.ondiscard.reform(|_: MouseEvent| ()),
            says: words.say("work-discard"),
        })) }</> }
    }))
}

fn drawn_document(
    words: &Words,
    props: &WorkDialogProps,
    document: &Document,
    leaving: &UseStateHandle<Option<u32>>,
) -> Html {
    let id = document.id;
    let state = &props.state;
    let here = state.current == Some(id);
    let name = document_name(words, document);
    let removal = if **leaving == Some(id) {
        let (onremove, leaving) = (props.onremove.clone(), leaving.clone());
        let confirm = move |_: MouseEvent| {
            leaving.set(None);
            onremove.emit(id);
        };
        button(&props!(ButtonProps {
            onclick: confirm,
            says: words.say("work-remove-really")
        }))
    } else {
        let leaving = leaving.clone();
        let label = words.tell("work-remove-name", &[("name", (&name).into())]);
        button(&props!(ButtonProps {
            kind: ButtonKind::Quiet,
            label,
            onclick: move |_: MouseEvent| leaving.set(Some(id)),
            says: words.say("work-remove")
        }))
    };
    html! {
        <li key={id} class={classes!("work-item", here.then_some("is-current"))}
            aria-current={here.then_some("true")}>
            <span class="work-name">{ name.clone() }</span>
            <span class="work-when">{ moment(words, state, document.saved) }</span>
            if state.recovered.contains(&id) {
                <span class="work-note">{ words.say("work-recovered") }</span>
            }
            <span class="work-does">
                if !here {
                    { button(&props!(ButtonProps {
                        onclick: props.ondocument.reform(move |_: MouseEvent| id),
                        says: words.say("work-open"),
                    })) }
                    { compared(words, props, &name, &document.text) }
                }
                { removal }
            </span>
        </li>
    }
}

fn drawn_version(words: &Words, props: &WorkDialogProps, version: &Version) -> Html {
    let changed = match &version.changed {
        Some(change) => {
            let key = if change.gone {
                "work-line-gone"
            } else {
                "work-line-changed"
            };
            words.tell(
                key,
                &[
                    ("line", change.line.into()),
                    ("says", (&change.says).into()),
                ],
            )
        }
        None => words.say("work-first-version"),
    };
    let when = moment(words, &props.state, version.saved);
    let (onversion, text) = (props.onversion.clone(), version.text.clone());
    let onclick = move |_: MouseEvent| onversion.emit(text.clone());
    html! {
        <li key={version.number} class="work-item">
            <span class="work-name">{ when.clone() }</span>
            <span class="work-when">{ changed }</span>
            if version.why == Why::Replaced {
                <span class="work-note">{ words.say("work-replaced") }</span>
            }
            <span class="work-does">
                { compared(words, props, &when, &version.text) }
                { button(&props!(ButtonProps {
                    onclick,
                    says: words.say("work-restore"),
                })) }
            </span>
            <details class="work-look">
                <summary>{ words.say("work-look") }</summary>
                <pre tabindex="0">{ version.text.to_string() }</pre>
            </details>
        </li>
    }
}

/// A text to be held beside the one at hand.
fn compared(words: &Words, props: &WorkDialogProps, name: &str, text: &Rc<str>) -> Html {
    let (name, text) = (AttrValue::from(name.to_owned()), text.clone());
    let label = words.tell("work-compare-name", &[("name", name.as_str().into())]);
    button(&props!(ButtonProps {
        label,
        onclick: props
            .onbeside
            .reform(move |_: MouseEvent| (name.clone(), text.clone())),
        says: words.say("work-compare"),
    }))
}

/// What a document is called: its title, and which of several it is.
pub fn document_name(words: &Words, document: &Document) -> String {
    let name = match document.name.trim() {
        "" => words.say("work-untitled"),
        name => name.to_owned(),
    };
    match document.copy {
        0 => name,
        copy => words.tell(
            "work-copy",
            &[("name", (&name).into()), ("copy", Say::Count(copy.into()))],
        ),
    }
}

fn moment(words: &Words, state: &State, at: i64) -> String {
    words.figures().moment(&local(at, state.zone))
}

/// A time in milliseconds UTC as the reader's clock shows it, so many minutes
/// ahead of UTC: `2026-11-03T09:06:00`.
pub fn local(at: i64, ahead: i32) -> String {
    let seconds = at.div_euclid(1_000) + i64::from(ahead) * 60;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // The civil date of a day number, by eras of 400 years from March 1st.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!(
        "{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{:02}",
        second % 60
    )
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::store::{Damaged, FirstChange, StoreError};
    use yew::LocalServerRenderer;

    #[test]
    fn the_readers_clock_is_ahead_or_behind() {
        for (at, ahead, expected) in [
            (0, 0, "1970-01-01T00:00:00"),
            (951_782_399_000, 0, "2000-02-28T23:59:59"),
            (951_782_400_000, 0, "2000-02-29T00:00:00"),
            (1_762_160_760_000, 480, "2025-11-03T17:06:00"),
            (1_735_689_600_000, -60, "2024-12-31T23:00:00"),
            (-1, 0, "1969-12-31T23:59:59"),
        ] {
            assert_eq!(local(at, ahead), expected);
        }
    }

    async fn status(state: State) -> String {
        let props = SaveStatusProps {
            state,
            ondownload: Callback::noop(),
        };
        crate::fixture::drawn(move |words| save_status(words, &props)).await
    }

    #[tokio::test]
    async fn a_refused_store_says_so_and_offers_the_file() {
        let refused = Status::Unsaved(StoreError::Refused("denied".to_owned()));
        let html = status(State {
            status: refused,
            ..State::default()
        })
        .await;
        assert!(
            html.contains("This browser will not keep your work."),
            "{html}"
        );
        assert!(
            html.contains("Download") && html.contains(r#"role="alert""#),
            "{html}"
        );
    }

    #[tokio::test]
    async fn the_status_says_saved_only_when_it_is() {
        let say = |status, apart| State {
            status,
            apart,
            ..State::default()
        };
        assert_eq!(status(say(Status::Untouched, false)).await, "");
        assert!(status(say(Status::Saving, false)).await.contains("Saving"));
        assert!(status(say(Status::Saved(1), false)).await.contains("Saved"));
        let apart = status(say(Status::Saved(1), true)).await;
        assert!(
            apart.contains("another window") && apart.contains("Both are kept"),
            "{apart}"
        );
    }

    #[tokio::test]
    async fn the_dialog_lists_documents_versions_and_what_is_damaged() {
        let document = |id, name: &str, copy| Document {
            id,
            name: name.to_owned(),
            copy,
            saved: 1_762_160_760_000,
            made: 1,
            text: "".into(),
        };
        let version = Version {
            document: 2,
            number: 1,
            saved: 1_762_160_700_000,
            why: Why::Replaced,
            changed: Some(FirstChange {
                line: 9,
                says: "09:06 Alice: pay <b>".to_owned(),
                gone: false,
            }),
            text: "".into(),
        };
        let props = WorkDialogProps {
            open: true,
            onclose: Callback::noop(),
            state: State {
                documents: Rc::new([document(2, "Two people pay", 2), document(1, "", 0)]),
                recovered: Rc::new([1]),
                damaged: Rc::new([Damaged {
                    key: "document/1".to_owned(),
                    raw: "x".to_owned(),
                }]),
                current: Some(2),
                versions: Rc::new([version]),
                zone: 480,
                ..State::default()
            },
            onnew: Callback::noop(),
            ondocument: Callback::noop(),
            onremove: Callback::noop(),
            onversion: Callback::noop(),
            onbeside: Callback::noop(),
            onfork: Callback::noop(),
            onsalvage: Callback::noop(),
            ondiscard: Callback::noop(),
        };
        let html = LocalServerRenderer::<WorkDialog>::with_props(props)
            .hydratable(false)
            .render()
            .await;
        for expected in [
            "Two people pay (2)",
            "Untitled",
            "2025-11-03 17:06:00",
            "Line 9: 09:06 Alice: pay &lt;b&gt;",
            "Save what is left as a file",
            r#"aria-current="true""#,
        ] {
            assert!(html.contains(expected), "{expected}: {html}");
        }
        // Only the other document can be opened.
        assert_eq!(html.matches(">Open<").count(), 1, "{html}");
    }
}
