//! What is said of a link that was opened: one that cannot be read whole, and
//! one whose run differs here.

use std::rc::Rc;

use exchequer::link::LinkError;
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

/// Properties of [`run_differs`].
#[derive(Clone, PartialEq, Properties)]
pub struct RunDiffersProps {
    /// The engine that the link was made with.
    pub theirs: AttrValue,
    /// The engine here.
    pub ours: AttrValue,
    /// Shows where the runs part, where that can be told.
    #[prop_or_default]
    pub onsee: Option<Callback<()>>,
    /// Puts the notice away.
    pub onclose: Callback<()>,
}

/// Says that a shared scenario comes to another log here.
pub fn run_differs(words: &Speech, props: &RunDiffersProps) -> Html {
    let told = words.tell(
        "link-run-differs",
        &[
            ("theirs", (&*props.theirs).into()),
            ("ours", (&*props.ours).into()),
        ],
    );
    let see = props.onsee.as_ref().map(|onsee| {
        let onclick = onsee.reform(|_: MouseEvent| ());
        button(&props!(ButtonProps {
            onclick,
            says: words.say("link-see-where")
        }))
    });
    notice(&props!(NoticeProps {
        text: told,
        children: html! { <>
        { for see }
        { button(&props!(ButtonProps {
            onclick: props.onclose.reform(|_: MouseEvent| ()),
            says: words.say("link-all-right"),
        })) }</> }
    }))
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
}
