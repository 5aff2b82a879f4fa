//! A wallet of one's own on a real phone: `#/pocket`, `#/pocket/2`,
//! `#/pocket/room/7-1c8e3f0`. It has a page to itself, without the engine. The
//! room of such wallets is opened on the Stage ([`crate::stage::room`]).
//!
//! A step's state is stored before anything of it is shown, and what is shown
//! is read off the stored state: see [`exchequer::pocket`].

mod camera;
mod drawer;
mod later;
mod phone;
mod picture;
mod reading;
mod shown;
mod told;
mod view;
mod wallet;

use yew::prelude::*;

pub use self::drawer::{Drawer, POCKETS, ROOMS, shelf};
pub use self::later::{POCKET, Purse};
pub use self::phone::{ahead, now};
pub use self::reading::{Reading, ReadingProps};
pub use self::shown::{Shown, ShownProps};
pub use self::told::{Trouble, trouble_of, who};
use crate::browser;
use crate::figures::Figures;
use crate::later::{later, part_trouble};
use crate::part::NotLoaded;
use crate::settings::Settings;
use crate::share::page_fragment;
use crate::words::{Speech, Words, use_spoken};

/// What a pocket's address begins with.
const ADDRESS: &str = "#/pocket";

/// Whether the page's address is a pocket's.
pub fn is_here() -> bool {
    let fragment = page_fragment();
    let rest = fragment.strip_prefix(ADDRESS);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Which pocket an address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The one of this number, from 1.
    Number(u32),
    /// The one that has a seat in this room, or a new one.
    Room(String),
}

impl Place {
    /// What follows the address of pockets in a fragment.
    pub fn of(fragment: &str) -> Self {
        let rest = fragment.strip_prefix(ADDRESS).unwrap_or_default();
        let rest = rest.trim_start_matches('/');
        match rest.strip_prefix("room/") {
            Some(code) => Self::Room(code.to_owned()),
            None => Self::Number(
                rest.parse()
                    .ok()
                    .filter(|it| (1..=99).contains(it))
                    .unwrap_or(1),
            ),
        }
    }
}

/// Fetches what a pocket's page begins with.
pub async fn prepare() -> Result<(), NotLoaded> {
    POCKET.load().await?;
    let (language, _) = Settings::recalled().speech(&browser::languages());
    language.load().await
}

/// The page of a pocket.
#[component]
pub fn PocketApp() -> Html {
    let settings = use_reducer_eq(Settings::recalled);
    let chosen = use_memo(settings.language, |_| {
        settings.speech(&browser::languages())
    });
    let (language, missing) = use_spoken(chosen.0);
    let speech = use_memo((language, chosen.clone()), |(language, chosen)| {
        browser::mark_language(language.tag(), language.direction());
        let figures = Figures::of_browser(&chosen.1, exchequer::pocket::DECIMALS);
        Speech::new(Words::new(*language, figures))
    });
    use_effect_with(*settings, |settings| settings.apply());
    use_effect_with((), |()| browser::end_still_picture());
    html! {
        <ContextProvider<Speech> context={(*speech).clone()}>
            { for missing.map(|onretry| part_trouble(&speech, onretry)) }
            { later(&POCKET, move |purse| (purse.wallet)(settings.clone())) }
        </ContextProvider<Speech>>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_pocket_or_a_room() {
        for (fragment, place) in [
            ("#/pocket", Place::Number(1)),
            ("#/pocket/", Place::Number(1)),
            ("#/pocket/2", Place::Number(2)),
            ("#/pocket/0", Place::Number(1)),
            ("#/pocket/many", Place::Number(1)),
            ("#/pocket/room/7-1c8", Place::Room("7-1c8".to_owned())),
        ] {
            assert_eq!(Place::of(fragment), place, "{fragment}");
        }
    }
}
