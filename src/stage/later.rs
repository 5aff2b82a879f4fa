//! What of the stage is not needed to watch a story: every picture but the
//! board, and the details.

use yew::prelude::*;

use super::books::{BooksProps, books};
use super::charts::{Charts, ChartsProps};
use super::compare::{Compare, CompareProps};
use super::details::{DetailsProps, Form, details_as};
use super::doing::{Doing, DoingProps};
use super::phones::{Phones, PhonesProps};
use super::registers::{Registers, RegistersProps};
use super::sequence::{Sequence, SequenceProps};
use super::slide::{Slides, SlidesProps};
use super::studio::{Studio, StudioProps};
use crate::part::part;
use crate::words::Speech;

/// The functions that draw it.
pub struct Views {
    /// One after another.
    pub(super) sequence: fn(SequenceProps) -> Html,
    /// Everybody's books.
    pub(super) books: fn(&Speech, &BooksProps) -> Html,
    /// Phones.
    pub(super) phones: fn(PhonesProps) -> Html,
    /// The centres' files.
    pub(super) registers: fn(RegistersProps) -> Html,
    /// What can be slid.
    pub(super) slides: fn(SlidesProps) -> Html,
    /// The charts.
    pub(super) charts: fn(ChartsProps) -> Html,
    /// The same text by two presets' rules.
    pub(super) compare: fn(CompareProps) -> Html,
    /// Somebody's details.
    pub(super) details: fn(&Speech, &DetailsProps, Form) -> Html,
}

/// The function that draws the studio.
pub struct Workshop {
    /// Contracts and conditions where they are worked on.
    pub(super) draw: fn(StudioProps) -> Html,
}

part! {
    /// The studio with its words.
    pub STUDIO, studio: Workshop = Workshop {
        draw: |props| html! { <Studio ..props /> },
    }
}

/// The function that draws the form of an act.
pub struct Hands {
    /// What somebody can do, to be filled in.
    pub(super) doing: fn(DoingProps) -> Html,
}

part! {
    /// What somebody can do, with its words.
    pub HANDS, hands: Hands = Hands {
        doing: |props| {
            let key = props.actor.clone();
            html! { <Doing {key} ..props /> }
        },
    }
}

part! {
    /// Every picture but the board, and the details.
    pub VIEWS, page: Views = Views {
        sequence: |props| html! { <Sequence ..props /> },
        books,
        phones: |props| html! { <Phones ..props /> },
        registers: |props| html! { <Registers ..props /> },
        slides: |props| html! { <Slides ..props /> },
        charts: |props| html! { <Charts ..props /> },
        compare: |props| html! { <Compare ..props /> },
        details: details_as,
    }
}
