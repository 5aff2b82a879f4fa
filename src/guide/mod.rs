//! The guide: chapters in Markdown, the same that the repository shows, drawn
//! in the app's place at `#/guide`.

mod chapter;
mod later;
mod markdown;
mod page;

use yew::prelude::*;

pub use self::chapter::{Chapter, Place, ROUTE, folder};
use self::later::GUIDE;
pub use self::page::GuideProps;
use crate::browser;
use crate::later::later;
use crate::share::page_fragment;

/// The place of the guide that the page's address names, kept up with it.
#[hook]
pub fn use_place() -> Option<Place> {
    let here = || Place::of(&page_fragment());
    let place = use_state_eq(here);
    let setter = place.setter();
    use_effect_with((), move |()| {
        browser::on_fragment(move || setter.set(here()));
    });
    (*place).clone()
}

/// The guide at a place of it.
pub fn guide(props: GuideProps) -> Html {
    later(&GUIDE, move |manual| (manual.draw)(props.clone()))
}
