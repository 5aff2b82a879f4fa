//! The chapters, and the addresses that name them.

use crate::words::Language;

/// What the address of the guide begins with, in a fragment: `#/guide/verbs`.
pub const ROUTE: &str = "#/guide";

/// A chapter of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// What there is, and for whom.
    Start,
    /// What one has to know to read the rest.
    Concepts,
    /// Everything that can be done.
    Verbs,
    /// For those who teach.
    Lessons,
    /// For those who shape a product.
    Products,
    /// For those who write programs and tests.
    Developers,
}

impl Chapter {
    /// All of them, in their order.
    pub const ALL: [Self; 6] = [
        Self::Start,
        Self::Concepts,
        Self::Verbs,
        Self::Lessons,
        Self::Products,
        Self::Developers,
    ];

    /// Its name in addresses; the first has none.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Concepts => "concepts",
            Self::Verbs => "verbs",
            Self::Lessons => "lessons",
            Self::Products => "products",
            Self::Developers => "developers",
        }
    }

    /// Its file in a language's folder.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Start => "README.md",
            Self::Concepts => "concepts.md",
            Self::Verbs => "verbs.md",
            Self::Lessons => "lessons.md",
            Self::Products => "products.md",
            Self::Developers => "developers.md",
        }
    }

    /// The chapter that a file is.
    pub fn of_file(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.file() == name)
    }

    /// Its address, or that of one of its sections.
    pub fn link(self, section: &str) -> String {
        match (self.name(), section) {
            ("", _) => ROUTE.to_owned(),
            (name, "") => format!("{ROUTE}/{name}"),
            (name, section) => format!("{ROUTE}/{name}/{section}"),
        }
    }
}

/// A place in the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The chapter; none if the address names one that is not there.
    pub chapter: Option<Chapter>,
    /// The id of a section of it, or nothing.
    pub section: String,
}

impl Place {
    /// The place that a fragment names; none if it is not of the guide.
    pub fn of(fragment: &str) -> Option<Self> {
        let path = fragment.strip_prefix(ROUTE)?;
        let path = match path.strip_prefix('/') {
            Some(path) => path,
            None if path.is_empty() => path,
            None => return None,
        };
        let (name, section) = path.split_once('/').unwrap_or((path, ""));
        Some(Self {
            chapter: Chapter::ALL.into_iter().find(|it| it.name() == name),
            section: section.trim_end_matches('/').to_owned(),
        })
    }
}

/// The chapters of a language, in the order of [`Chapter::ALL`].
pub type Texts = [&'static str; 6];

macro_rules! texts {
    ($folder:literal) => {
        [
            include_str!(concat!("../../docs/guide/", $folder, "README.md")),
            include_str!(concat!("../../docs/guide/", $folder, "concepts.md")),
            include_str!(concat!("../../docs/guide/", $folder, "verbs.md")),
            include_str!(concat!("../../docs/guide/", $folder, "lessons.md")),
            include_str!(concat!("../../docs/guide/", $folder, "products.md")),
            include_str!(concat!("../../docs/guide/", $folder, "developers.md")),
        ]
    };
}

pub(super) const ENGLISH: Texts = texts!("");
pub(super) const CHINESE: Texts = texts!("zh-CN/");

/// The folder of a language's chapters, from the repository's root.
pub const fn folder(language: Language) -> &'static str {
    match language {
        Language::English | Language::Further(_) => "docs/guide",
        Language::Chinese => "docs/guide/zh-CN",
    }
}

/// A chapter's title: its first line.
pub fn title(text: &str) -> &str {
    let first = text.lines().next().unwrap_or_default();
    first.trim_start_matches('#').trim()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_address_names_a_chapter_and_a_section() {
        let place = |fragment: &str| Place::of(fragment).unwrap();
        assert_eq!(place("#/guide").chapter, Some(Chapter::Start));
        assert_eq!(place("#/guide/").chapter, Some(Chapter::Start));
        assert_eq!(place("#/guide/nothing").chapter, None);
        let pay = place("#/guide/verbs/pay");
        assert_eq!((pay.chapter, &*pay.section), (Some(Chapter::Verbs), "pay"));
        for chapter in Chapter::ALL {
            assert_eq!(place(&chapter.link("")).chapter, Some(chapter));
            assert_eq!(Chapter::of_file(chapter.file()), Some(chapter));
        }
        for other in ["", "#/guided", "#/l/payday", "#/studio"] {
            assert_eq!(Place::of(other), None, "{other}");
        }
    }
}
