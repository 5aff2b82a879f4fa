//! Languages besides those that are built in: each is one file of messages,
//! `static/messages/TAG.ftl`, that lies beside the app and is read when it is
//! spoken. The build names them in the page. What such a file does not say is
//! said in English.

use std::sync::OnceLock;

use super::Plural;
use crate::browser;
use crate::part::NotLoaded;

/// A language that comes as a file.
#[derive(Debug)]
pub struct Further {
    /// Its tag.
    pub tag: String,
    /// Its name in itself.
    pub name: String,
    /// Where its file is, from the page.
    pub address: String,
    /// What plural a count takes, by the name of the rule.
    pub rule: String,
    /// Whether it is written from right to left.
    pub from_right: bool,
    /// How long a caption's character is worth looking at, in milliseconds.
    pub pace: u32,
    /// Its file, once it was read.
    text: OnceLock<String>,
}

static THERE: OnceLock<Vec<Further>> = OnceLock::new();

/// What a page says of a language in the order `tag`, `name`, `address`,
/// `plural`, `direction`, `pace`.
pub type Named = [String; 6];

impl Further {
    /// A language as the page names it; none of one without tag or name.
    pub fn named([tag, name, address, rule, direction, pace]: Named) -> Option<Self> {
        (!tag.is_empty() && !name.is_empty()).then(|| Self {
            tag,
            name,
            address,
            rule,
            from_right: direction == "rtl",
            pace: pace.parse().unwrap_or(45),
            text: OnceLock::new(),
        })
    }

    /// Those that the page named, once they were [met](meet).
    pub fn all() -> &'static [Self] {
        THERE.get().map_or(&[], Vec::as_slice)
    }

    /// Takes a text for its file.
    pub fn read(&self, text: String) {
        let _ = self.text.set(text);
    }

    /// Its file, once it was read.
    pub fn text(&self) -> Option<&str> {
        self.text.get().map(String::as_str)
    }

    /// Reads its file, if that was not done.
    pub async fn load(&self) -> Result<(), NotLoaded> {
        if self.text.get().is_none() {
            let text = browser::fetched(&self.address).await.ok_or(NotLoaded)?;
            self.read(text);
        }
        Ok(())
    }

    /// What plural a count takes in it.
    pub fn plural(&self) -> Plural {
        plural(&self.rule)
    }
}

/// Meets the languages that the page names: the first thing an app does.
pub fn meet() {
    let named = browser::languages_beside().into_iter();
    let _ = THERE.set(named.filter_map(Further::named).collect());
}

/// The plural rules of whole numbers that a file can name, after Unicode's
/// Common Locale Data Repository, version 47: `other` (Chinese, Japanese),
/// `one` (English, German), `zero-one` (French, Portuguese), `slavic`
/// (Russian, Ukrainian), `polish`, `arabic`.
fn plural(rule: &str) -> Plural {
    match rule {
        "other" => |_| "other",
        "zero-one" => |count| {
            if matches!(count, 0 | 1) {
                "one"
            } else {
                "other"
            }
        },
        "slavic" => |count| match (count % 10, count % 100) {
            (_, 11..=14) => "many",
            (1, _) => "one",
            (2..=4, _) => "few",
            _ => "many",
        },
        "polish" => |count| match (count, count % 10, count % 100) {
            (1, ..) => "one",
            (_, _, 12..=14) => "many",
            (_, 2..=4, _) => "few",
            _ => "many",
        },
        "arabic" => |count| match (count, count % 100) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        _ => |count| if count == 1 { "one" } else { "other" },
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn counts_take_the_plurals_of_the_common_locale_data() {
        for (rule, expected) in [
            ("other", "other other other other other other"),
            ("one", "other one other other other other"),
            ("zero-one", "one one other other other other"),
            ("slavic", "many one few many many one"),
            ("polish", "many one few many many many"),
            ("arabic", "zero one two few many many"),
        ] {
            let said: Vec<_> = [0, 1, 2, 5, 11, 21].map(plural(rule)).to_vec();
            assert_eq!(said.join(" "), expected, "{rule}");
        }
    }

    #[test]
    fn a_language_without_a_name_is_none() {
        let of = |tag: &str, name: &str| {
            Further::named([tag, name, "messages/ar.ftl", "arabic", "rtl", "x"].map(str::to_owned))
        };
        assert!(of("", "العربية").is_none() && of("ar", "").is_none());
        let arabic = of("ar", "العربية").map(|it| (it.from_right, it.pace, it.plural()(2)));
        assert_eq!(arabic, Some((true, 45, "two")));
    }
}
