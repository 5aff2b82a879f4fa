//! What of the app is not needed to watch the story that it opens with: the
//! menu, the script, the dialogs, and how links are read and made.

use yew::prelude::*;

use super::Link;
use super::chrome::{DialogsProps, TopBarProps, dialogs, menu_items};
use super::script::{ScriptPanel, ScriptProps};
use crate::class::{NoLessonProps, Present, PresentProps, no_lesson, note};
use crate::part::part;
use crate::share::{ShareDialogProps, share_dialog};
use crate::store::{WorkDialog, WorkDialogProps};
use crate::words::Speech;

/// The functions that do it.
pub(super) struct Tools {
    /// What the page's fragment brings.
    pub(super) arrival: fn(&str) -> Link,
    /// What is in the menu.
    pub(super) menu: fn(&Speech, &TopBarProps) -> Html,
    /// Keeps that a step of a text is being shown, and whether that is its end.
    pub(super) note: fn(&str, usize, bool),
    /// What is said of a short link that opens nothing.
    pub(super) no_lesson: fn(&Speech, &NoLessonProps) -> Html,
    /// The story before a room.
    pub(super) present: fn(PresentProps) -> Html,
    /// The script.
    pub(super) script: fn(ScriptProps) -> Html,
    /// What is opened over the page.
    pub(super) dialogs: fn(&Speech, &DialogsProps) -> Html,
    /// The link and its code.
    pub(super) share: fn(&Speech, &ShareDialogProps) -> Html,
    /// Documents and versions.
    pub(super) work: fn(WorkDialogProps) -> Html,
}

part! {
    /// The menu, the script, the dialogs and the links.
    pub(super) TOOLS, page: Tools = Tools {
        arrival: Link::brought_by,
        menu: menu_items,
        note,
        no_lesson,
        present: |props| html! { <Present ..props /> },
        script: |props| html! { <ScriptPanel ..props /> },
        dialogs,
        share: share_dialog,
        work: |props| html! { <WorkDialog ..props /> },
    }
}
