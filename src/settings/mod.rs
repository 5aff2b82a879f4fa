//! What the reader chose for all scenarios: theme, language, shortcuts. Kept
//! by the browser where it keeps anything.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser;
use crate::state::Pace;
use crate::words::Language;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// How it is stored, and how its label's key ends.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// The reader's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// The language chosen; the browser's if none is.
    pub language: Option<Language>,
    /// Whether single keys do things.
    pub shortcuts: bool,
    /// The pace last chosen.
    pub pace: Pace,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            language: None,
            shortcuts: true,
            pace: Pace::Story,
        }
    }
}

/// A change of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// Another theme.
    Theme(Theme),
    /// Another language.
    Language(Option<Language>),
    /// Shortcuts on or off.
    Shortcuts(bool),
    /// Another pace.
    Pace(Pace),
}

impl Settings {
    /// As the browser remembers them.
    pub fn recalled() -> Self {
        let found = |name: &str| browser::recall(name);
        Self {
            theme: found("theme")
                .and_then(|name| Theme::named(&name))
                .unwrap_or_default(),
            language: found("language").and_then(|tag| Language::of(&tag)),
            shortcuts: found("shortcuts").as_deref() != Some("off"),
            pace: found("pace")
                .and_then(|name| Pace::named(&name))
                .unwrap_or_default(),
        }
    }

    /// Keeps them and puts them on the page.
    pub fn apply(self) {
        browser::remember("theme", self.theme.name());
        browser::remember("language", self.language.map_or("", Language::tag));
        browser::remember("shortcuts", if self.shortcuts { "on" } else { "off" });
        browser::remember("pace", self.pace.name());
        let theme = (self.theme != Theme::System).then(|| self.theme.name());
        browser::mark_root("data-theme", theme);
    }

    /// The language to speak, and the locale for numbers and dates: what the
    /// reader chose, else the first of the browser's that the app speaks.
    pub fn speech(self, browser_languages: &[String]) -> (Language, String) {
        let spoken = |language: Language| {
            let own = browser_languages
                .iter()
                .find(|tag| Language::of(tag) == Some(language));
            (
                language,
                own.map_or_else(|| language.tag().to_owned(), Clone::clone),
            )
        };
        self.language
            .or_else(|| browser_languages.iter().find_map(|tag| Language::of(tag)))
            .map_or_else(|| spoken(Language::English), spoken)
    }
}

impl Reducible for Settings {
    type Action = Set;

    fn reduce(self: Rc<Self>, set: Set) -> Rc<Self> {
        let mut next = *self;
        match set {
            Set::Theme(theme) => next.theme = theme,
            Set::Language(language) => next.language = language,
            Set::Shortcuts(on) => next.shortcuts = on,
            Set::Pace(pace) => next.pace = pace,
        }
        Rc::new(next)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_browser_until_one_is_chosen() {
        let tags = |list: &[&str]| list.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>();
        let auto = Settings::default();
        let chosen = Settings {
            language: Some(Language::Chinese),
            ..auto
        };
        for (settings, browser, language, locale) in [
            (auto, tags(&["en-GB", "zh-CN"]), Language::English, "en-GB"),
            (
                auto,
                tags(&["fr", "zh-TW", "en"]),
                Language::Chinese,
                "zh-TW",
            ),
            (auto, tags(&["fr"]), Language::English, "en"),
            (auto, tags(&[]), Language::English, "en"),
            (chosen, tags(&["en-US"]), Language::Chinese, "zh-CN"),
            (
                chosen,
                tags(&["en-US", "zh-Hans-SG"]),
                Language::Chinese,
                "zh-Hans-SG",
            ),
        ] {
            assert_eq!(
                settings.speech(&browser),
                (language, locale.to_owned()),
                "{browser:?}"
            );
        }
    }
}
