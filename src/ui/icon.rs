//! Icons: one stroke weight, drawn on a grid of 16.

use yew::prelude::*;

/// A picture of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// To the start.
    Start,
    /// Back one beat.
    Back,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// One beat on.
    Next,
    /// More.
    More,
    /// Close.
    Close,
    /// Done, or holding.
    Check,
    /// Turned down, or broken.
    Cross,
    /// Waiting for an answer.
    Question,
    /// Here.
    Here,
    /// Back to where one came from.
    Return,
    /// On the way.
    OnTheWay,
}

impl Icon {
    const fn path(self) -> (&'static str, bool) {
        match self {
            Self::Start => ("M3.5 3v10M13 3 5.5 8 13 13z", true),
            Self::Back => ("M11.5 3 4 8l7.5 5z", true),
            Self::Play => ("M4.5 2.5 13 8l-8.5 5.5z", true),
            Self::Pause => ("M4 3h2.5v10H4zM9.5 3H12v10H9.5z", true),
            Self::Next => ("M4.5 3 12 8l-7.5 5z", true),
            Self::More => ("M3 8h.01M8 8h.01M13 8h.01", false),
            Self::Close => ("M3.5 3.5l9 9M12.5 3.5l-9 9", false),
            Self::Check => ("M3 8.5l3.2 3.5L13 4.5", false),
            Self::Cross => ("M4 4l8 8M12 4l-8 8", false),
            Self::Question => (
                "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.8h.01",
                false,
            ),
            Self::Here => ("M5 3.5 11.5 8 5 12.5z", true),
            Self::Return => ("M6.5 4 3 7.5 6.5 11M3 7.5h6.5a3.5 3.5 0 0 1 0 7H8", false),
            Self::OnTheWay => ("M2 8h11M9 4l4 4-4 4", false),
        }
    }

    /// The icon; what it means stands beside it or in its button's label.
    pub fn draw(self) -> Html {
        let (path, filled) = self.path();
        html! {
            <svg class={classes!("icon", filled.then_some("icon-filled"))} viewBox="0 0 16 16" aria-hidden="true">
                <path d={path} />
            </svg>
        }
    }
}
