//! The app in a frame of another page, `?embed=1`: a story, the board, its
//! caption and the transport, to watch and not to edit. The page around it may
//! speak to it if the address names its origin.

mod host;
mod protocol;
mod view;

use yew::prelude::*;

use self::view::Embed;
use crate::later::later;
use crate::part::{NotLoaded, part};

/// What draws it.
struct Frame {
    draw: fn() -> Html,
}

part! {
    /// The app in a frame.
    FRAME, page: Frame = Frame {
        draw: || html! { <Embed /> },
    }
}

/// Whether the page's address asks for a frame.
pub fn is_here() -> bool {
    protocol::frame(&host::query()).is_some()
}

/// Fetches what a frame begins with.
pub async fn prepare() -> Result<(), NotLoaded> {
    FRAME.load().await?;
    super::prepare().await
}

/// The page of a frame.
#[component]
pub fn EmbedApp() -> Html {
    later(&FRAME, |frame| (frame.draw)())
}
