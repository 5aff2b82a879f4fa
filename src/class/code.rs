//! The short link of a lesson as a code that a room can scan from the back.

use exchequer::lessons::Lesson;
use yew::prelude::*;
use yew::props;

use crate::share::{QrCode, QrProps, qr_view};
use crate::ui::{ButtonProps, button};
use crate::words::{Glossary, use_words};

/// Properties of [`RoomCode`].
#[derive(Clone, PartialEq, Properties)]
pub struct RoomCodeProps {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// The step that is shown, from 1.
    pub step: usize,
    /// The page's address without its fragment.
    pub address: AttrValue,
}

/// The code with the address in letters under it, for who has no camera.
#[component]
pub fn RoomCode(props: &RoomCodeProps) -> Html {
    let words = use_words();
    let says = Glossary::of_classes(&words);
    let at_step = use_state_eq(|| false);
    let step = if *at_step { props.step } else { 1 };
    let link = format!("{}{}", props.address, props.lesson.link(step));
    let title = props.lesson.title(words.language().tag());
    let toggle = {
        let at_step = at_step.clone();
        move |_: MouseEvent| at_step.set(!*at_step)
    };
    html! {
        <div class="room-code">
            { for QrCode::of(&link).map(|code| qr_view(&props!(QrProps {
                code,
                label: says.tell("code-of-lesson", &[("title", (&title).into())]),
            }))) }
            <div class="room-code-words">
                <p class="room-code-title">{ title.clone() }</p>
                <p class="room-code-link">{ link }</p>
                <p class="room-code-how">{ says.say("code-how") }</p>
                if props.step > 1 {
                    { button(&props!(ButtonProps {
                        pressed: *at_step,
                        onclick: toggle,
                        says: says.tell("code-at-step", &[("step", props.step.into())]),
                    })) }
                }
            </div>
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture::drawn;

    #[tokio::test]
    async fn the_code_is_of_the_short_link() {
        let html = drawn(|_| {
            html! {
                <RoomCode lesson={exchequer::lessons::find("payday").unwrap()} step={3}
                    address="https://exchequer.example/" />
            }
        })
        .await;
        assert!(
            html.contains("https://exchequer.example/#/l/payday<"),
            "{html}"
        );
        assert!(
            html.contains("role=\"img\"") && html.contains("Payday"),
            "{html}"
        );
        assert!(html.contains("At step 3"), "{html}");
    }

    #[test]
    fn a_short_link_makes_a_code_that_survives_a_quarter_covered() {
        for lesson in exchequer::lessons::all() {
            let link = format!("https://teaching.example.org/exchequer/{}", lesson.link(9));
            let code = QrCode::of(&link).unwrap();
            assert_eq!(code.spare, 25, "{link}");
            assert!(code.size <= 41, "{link}: {}", code.size);
        }
    }
}
