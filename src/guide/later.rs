//! The guide is fetched when somebody reads it: what draws it, and each
//! language's chapters by themselves.

use yew::prelude::*;

use super::chapter::{self, Texts};
use super::page::{Guide, GuideProps};
use crate::part::{Part, part};
use crate::words::Language;

/// What draws the guide.
pub(super) struct Manual {
    /// The page.
    pub(super) draw: fn(GuideProps) -> Html,
}

/// The chapters of a language.
pub(super) struct Chapters {
    /// Their texts.
    pub(super) texts: &'static Texts,
}

part! {
    /// What draws the guide.
    pub(super) GUIDE, guide: Manual = Manual {
        draw: |props| html! { <Guide ..props /> },
    }
}

part! {
    /// The chapters in English.
    ENGLISH, guide_english: Chapters = Chapters { texts: &chapter::ENGLISH }
}

part! {
    /// The chapters in Chinese.
    CHINESE, guide_chinese: Chapters = Chapters { texts: &chapter::CHINESE }
}

/// The chapters of a language.
pub(super) fn chapters(language: Language) -> &'static Part<Chapters> {
    match language {
        Language::English | Language::Further(_) => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}
