//! The review pack: a page to print, drawn in the app's place at `#/review`,
//! for whoever has to judge a flow.

mod page;

use yew::prelude::*;

use self::page::Review;
pub use self::page::ReviewProps;
use crate::browser;
use crate::later::later;
use crate::part::part;
use crate::share::page_fragment;

/// The page's address, in a fragment.
pub const ROUTE: &str = "#/review";

/// The function that draws the pack.
struct Pack {
    draw: fn(ReviewProps) -> Html,
}

part! {
    /// The review pack with its words.
    REVIEW, review: Pack = Pack {
        draw: |props| html! { <Review ..props /> },
    }
}

/// Whether the page's address is the review's, kept up with it.
#[hook]
pub fn use_review() -> bool {
    let here = || page_fragment() == ROUTE;
    let open = use_state_eq(here);
    let setter = open.setter();
    use_effect_with((), move |()| {
        browser::on_fragment(move || setter.set(here()));
    });
    *open
}

/// The review of the run.
pub fn review(props: ReviewProps) -> Html {
    later(&REVIEW, move |pack| (pack.draw)(props.clone()))
}
