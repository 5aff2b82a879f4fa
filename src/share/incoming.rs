//! What is said of a link that was opened: one that cannot be read whole, and
//! one whose run differs here.

use std::rc::Rc;

use exchequer::link::LinkError;
use exchequer::views::Parting;
use yew::prelude::*;
use yew::props;

use crate::ui::{ButtonKind, ButtonProps, NoticeProps, Tone, button, notice};
use crate::words::Speech;

/// Properties of [`link_trouble`].
#[derive(Clone, PartialEq, Properties)]
pub struct LinkTroubleProps {
    /// What is wrong with the link.
    pub error: LinkError,
    /// Opens what could be read of it.
    pub onopen: Callback<Rc<str>>,
    /// Opens the reader's last work; none if there is none.
    #[prop_or_default]
    pub onlast: Option<Callback<()>>,
}

/// A link that cannot be read whole, and what can be done about it. Nothing is
/// opened, and no work touched, until the reader chooses.
pub fn link_trouble(words: &Speech, props: &LinkTroubleProps) -> Html {
    let key = match &props.error {
        LinkError::Cut { .. } => "link-cut",
        LinkError::Damaged { .. } => "link-damaged",
        LinkError::Newer(_) => "link-newer",
        LinkError::TooLarge => "link-too-large",
        LinkError::Foreign => "link-foreign",
    };
    let open = props.error.readable().map(|text| {
        let (onopen, text) = (props.onopen.clone(), Rc::<str>::from(text));
        let onclick = move |_: MouseEvent| onopen.emit(text.clone());
        button(&props!(ButtonProps {
            kind: ButtonKind::Primary,
            onclick,
            says: words.say("link-open-readable")
        }))
    });
    let last = props.onlast.as_ref().map(|onlast| {
        let onclick = onlast.reform(|_: MouseEvent| ());
        button(&props!(ButtonProps {
            onclick,
            says: words.say("link-last-work")
        }))
    });
    notice(&props!(NoticeProps {
        tone: Tone::Trouble,
        text: words.say(key),
        children: html! { <>
        { for open }
        { for last }</> }
    }))
}

/// What is known of the place where a shared run and the one here part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nobody has asked.
    NotAsked,
    /// The link does not carry enough to tell.
    Untold,
    /// It was looked for.
    Found(Parting),
}

/// Properties of [`run_differs`].
#[derive(Clone, PartialEq, Properties)]
pub struct RunDiffersProps {
    /// The engine that the link was made with.
    pub theirs: AttrValue,
    /// The engine here.
    pub ours: AttrValue,
    /// The text of both.
    pub text: AttrValue,
    /// Where they part.
    pub place: Place,
    /// Looks for the place and shows it.
    pub onsee: Callback<()>,
    /// Puts the notice away.
    pub onclose: Callback<()>,
}

/// Says that a shared scenario comes to another log here; asked, where it does
/// and what that may mean.
pub fn run_differs(words: &Speech, props: &RunDiffersProps) -> Html {
    let told = words.tell(
        "link-run-differs",
        &[
            ("theirs", (&*props.theirs).into()),
            ("ours", (&*props.ours).into()),
        ],
    );
    let asked = props.place != Place::NotAsked;
    notice(&props!(NoticeProps {
        text: told,
        children: html! { <>
        if asked {
            <p class="notice-more">{ place_view(words, &props.place, &props.text) }</p>
        } else {
            { button(&props!(ButtonProps {
                kind: ButtonKind::Primary,
                onclick: props.onsee.reform(|_: MouseEvent| ()),
                says: words.say("link-see-where"),
            })) }
        }
        { button(&props!(ButtonProps {
            onclick: props.onclose.reform(|_: MouseEvent| ()),
            says: words.say("link-all-right"),
        })) }</> }
    }))
}

/// Where two runs part, with the line itself, and what it may mean.
fn place_view(words: &Speech, place: &Place, text: &str) -> Html {
    let quoted = |line: u32| {
        let line = text.lines().nth((line as usize).saturating_sub(1));
        html! { <code>{ line.unwrap_or_default().trim().to_owned() }</code> }
    };
    match place {
        Place::NotAsked => Html::default(),
        Place::Untold => html! { { words.say("link-parts-untold") } },
        Place::Found(Parting::Nowhere) => html! { { words.say("link-parts-nowhere") } },
        Place::Found(Parting::Between { first, last, .. }) => {
            let (from, to) = (*first as usize, *last as usize);
            let found = if first == last {
                words.tell("link-parts-at", &[("line", from.into())])
            } else {
                let args = [("first", from.into()), ("last", to.into())];
                words.tell("link-parts-between", &args)
            };
            html! { <>{ found }{ " " }{ quoted(*first) }{ " " }{ words.say("link-parts-means") }</> }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture;

    async fn drawn(error: LinkError, last: bool) -> String {
        let props = LinkTroubleProps {
            error,
            onopen: Callback::noop(),
            onlast: last.then(Callback::noop),
        };
        fixture::drawn(move |words| link_trouble(words, &props)).await
    }

    #[tokio::test]
    async fn a_cut_link_offers_what_is_readable_and_the_last_work() {
        let html = drawn(
            LinkError::Cut {
                readable: "use cny-2025@1\n".to_owned(),
            },
            true,
        )
        .await;
        assert!(html.contains("This link is cut short."), "{html}");
        assert!(
            html.contains("Open what is readable") && html.contains("Your last work"),
            "{html}"
        );
    }

    #[tokio::test]
    async fn a_link_of_which_nothing_is_left_offers_nothing_to_open() {
        let html = drawn(
            LinkError::Cut {
                readable: String::new(),
            },
            false,
        )
        .await;
        assert!(html.contains("This link is cut short."), "{html}");
        assert!(!html.contains("<button"), "{html}");
    }

    async fn differs(place: Place) -> String {
        let props = RunDiffersProps {
            theirs: "exchequer 0.1.0".into(),
            ours: "exchequer 0.2.0".into(),
            text: "use cny-2025@1\n10:00 Alice: pay Bob 5.00\n".into(),
            place,
            onsee: Callback::noop(),
            onclose: Callback::noop(),
        };
        fixture::drawn(move |words| run_differs(words, &props)).await
    }

    #[tokio::test]
    async fn where_a_run_parts_from_the_shared_one_is_told_with_the_line() {
        assert!(differs(Place::NotAsked).await.contains("See where"));
        let found = |first, last| {
            Place::Found(Parting::Between {
                first,
                last,
                position: 3,
            })
        };
        let html = differs(found(2, 2)).await;
        assert!(html.contains("Line 2 is the first"), "{html}");
        assert!(
            html.contains("Alice: pay Bob 5.00") && !html.contains("See where"),
            "{html}"
        );
        assert!(differs(found(2, 9)).await.contains("lines 2 to 9"));
        let nowhere = differs(Place::Found(Parting::Nowhere)).await;
        assert!(
            nowhere.contains("Every line comes to the same"),
            "{nowhere}"
        );
        assert!(differs(Place::Untold).await.contains("cannot be told"));
    }
}
