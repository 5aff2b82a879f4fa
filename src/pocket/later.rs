//! What of pockets comes when it is needed: the wallet's page and the room.

use yew::prelude::*;

use super::wallet::Wallet;
use crate::part::part;
use crate::settings::Settings;
use crate::stage::room::{Room, RoomProps};

/// The functions that draw it.
pub struct Purse {
    /// The wallet.
    pub(super) wallet: fn(UseReducerHandle<Settings>) -> Html,
    /// The room on the Stage.
    pub(crate) room: fn(RoomProps) -> Html,
}

part! {
    /// The wallet and its room, with what they sign and read.
    pub POCKET, pocket: Purse = Purse {
        wallet: |settings| html! { <Wallet {settings} /> },
        room: |props| html! { <Room ..props /> },
    }
}
