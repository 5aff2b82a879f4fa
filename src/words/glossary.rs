//! What is said of contracts, conditions and attacks, what is said on a pocket,
//! and what is said to classes, by catalogues of their own: only what is fetched later needs them.

use conditions::explain::{Phrase, Said, Speaker};
use money::Span;

use super::catalogue::Catalogue;
use super::{Language, Say, Words};

macro_rules! texts {
    ($folder:literal) => {
        [
            include_str!(concat!(
                "../../static/messages/",
                $folder,
                "/conditions.ftl"
            )),
            include_str!(concat!("../../static/messages/", $folder, "/studio.ftl")),
            include_str!(concat!("../../static/messages/", $folder, "/attacks.ftl")),
        ]
    };
}

static ENGLISH: [&str; 3] = texts!("en");
static CHINESE: [&str; 3] = texts!("zh-CN");

/// The catalogues of contracts, conditions and attacks in a language.
pub(super) fn texts(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

/// What is said on a pocket and of its room.
fn pocket_texts(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../static/messages/en/pocket.ftl"),
        Language::Chinese => include_str!("../../static/messages/zh-CN/pocket.ftl"),
    }
}

/// What is said to classes: in the gallery, before a room, in a frame.
fn class_texts(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../static/messages/en/class.ftl"),
        Language::Chinese => include_str!("../../static/messages/zh-CN/class.ftl"),
    }
}

/// What is said of acts as forms.
fn doing_texts(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../static/messages/en/doing.ftl"),
        Language::Chinese => include_str!("../../static/messages/zh-CN/doing.ftl"),
    }
}

/// What is said around the guide's chapters.
fn guide_texts(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../static/messages/en/guide.ftl"),
        Language::Chinese => include_str!("../../static/messages/zh-CN/guide.ftl"),
    }
}

/// What is said of files to take along.
fn exports_texts(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../static/messages/en/exports.ftl"),
        Language::Chinese => include_str!("../../static/messages/zh-CN/exports.ftl"),
    }
}

/// What is said to reviewers.
fn review_texts(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../static/messages/en/review.ftl"),
        Language::Chinese => include_str!("../../static/messages/zh-CN/review.ftl"),
    }
}

/// The words for contracts, conditions and attacks, for pockets, for classes, for
/// acts as forms, or for the guide, besides those for everything else.
pub struct Glossary<'a> {
    words: &'a Words,
    catalogue: Catalogue,
}

impl<'a> Glossary<'a> {
    /// In the language of these words.
    pub fn of(words: &'a Words) -> Self {
        let language = words.language();
        Self {
            words,
            catalogue: Catalogue::read(texts(language), language.plural()),
        }
    }

    /// What is said on a pocket, in the language of these words.
    pub fn of_pockets(words: &'a Words) -> Self {
        let language = words.language();
        Self {
            words,
            catalogue: Catalogue::read([&pocket_texts(language)], language.plural()),
        }
    }

    /// What is said to classes, in the language of these words.
    pub fn of_classes(words: &'a Words) -> Self {
        let language = words.language();
        Self {
            words,
            catalogue: Catalogue::read([&class_texts(language)], language.plural()),
        }
    }

    /// What is said of acts as forms, in the language of these words.
    pub fn of_doing(words: &'a Words) -> Self {
        let language = words.language();
        Self {
            words,
            catalogue: Catalogue::read([&doing_texts(language)], language.plural()),
        }
    }

    /// What is said around the guide's chapters, in the language of these words.
    pub fn of_guide(words: &'a Words) -> Self {
        let language = words.language();
        Self {
            words,
            catalogue: Catalogue::read([&guide_texts(language)], language.plural()),
        }
    }

    /// What is said of files to take along, in the language of these words.
    pub fn of_exports(words: &'a Words) -> Self {
        let language = words.language();
        Self {
            words,
            catalogue: Catalogue::read([&exports_texts(language)], language.plural()),
        }
    }

    /// What is said to reviewers, in the language of these words.
    pub fn of_reviews(words: &'a Words) -> Self {
        let language = words.language();
        Self {
            words,
            catalogue: Catalogue::read([&review_texts(language)], language.plural()),
        }
    }

    /// The words for everything else.
    pub const fn words(&self) -> &'a Words {
        self.words
    }

    /// A message without arguments.
    pub fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// A message with arguments; its key if there is none.
    pub fn tell(&self, key: &str, args: &[(&str, Say<'_>)]) -> String {
        self.try_tell(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// A message, if there is one.
    pub fn try_tell(&self, key: &str, args: &[(&str, Say<'_>)]) -> Option<String> {
        self.catalogue.tell(key, args)
    }

    /// A sentence about a contract or a condition, begun like one.
    pub fn sentence(&self, phrase: &Phrase) -> String {
        let said = phrase.say(self);
        // Only English begins its sentences with a capital.
        if self.words.language() != Language::English {
            return said;
        }
        let mut letters = said.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => said,
        }
    }

    /// Several sentences, one behind the other.
    pub fn sentences(&self, phrases: &[Phrase]) -> String {
        let gap = match self.words.language() {
            Language::English => " ",
            Language::Chinese => "",
        };
        let said: Vec<String> = phrases.iter().map(|it| self.sentence(it)).collect();
        said.join(gap)
    }
}

impl Speaker for Glossary<'_> {
    fn message(&self, key: &str, args: &[(&str, Said)]) -> String {
        let args: Vec<(&str, Say<'_>)> = args
            .iter()
            .map(|(name, said)| match said {
                Said::Text(text) => (*name, Say::Text(text)),
                Said::Count(count) => (*name, Say::Count(*count)),
            })
            .collect();
        self.tell(key, &args)
    }

    fn amount(&self, minor: i64) -> String {
        self.words.figures().amount(minor)
    }

    /// `14 days`, `1 hour 30 minutes`.
    fn span(&self, span: Span) -> String {
        let units = [
            ("span-days", 86_400_000),
            ("span-hours", 3_600_000),
            ("span-minutes", 60_000),
            ("span-seconds", 1_000),
        ];
        let mut rest = span.0.max(0);
        let mut parts = Vec::new();
        for (key, size) in units {
            if rest >= size {
                parts.push(self.tell(key, &[("count", (rest / size).into())]));
                rest %= size;
            }
        }
        match (parts.is_empty(), rest) {
            (true, 0) => self.tell("span-seconds", &[("count", 0_i64.into())]),
            (true, _) => span.to_string(),
            _ => parts.join(" "),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::figures::Figures;

    #[test]
    fn lengths_of_time_are_said_in_words() {
        let hour = 3_600_000;
        for (language, span, said) in [
            (Language::English, 24 * hour, "1 day"),
            (Language::English, 14 * 24 * hour, "14 days"),
            (Language::English, hour + hour / 2, "1 hour 30 minutes"),
            (Language::English, 0, "0 seconds"),
            (Language::English, 5, "5ms"),
            (Language::Chinese, 14 * 24 * hour, "14 天"),
        ] {
            let words = Words::new(language, Figures::plain(2));
            assert_eq!(Glossary::of(&words).span(Span(span)), said);
        }
    }

    #[test]
    fn a_phrase_is_said_as_a_sentence_in_either_language() {
        let rule =
            conditions::Rule::Before("2025-12-31T00:00".parse().unwrap_or_else(|_| panic!()));
        let phrase = conditions::explain::rule(&rule);
        for (language, said) in [
            (Language::English, "It is earlier than 2025-12-31T00:00"),
            (Language::Chinese, "时间早于 2025-12-31T00:00"),
        ] {
            let words = Words::new(language, Figures::plain(2));
            assert_eq!(Glossary::of(&words).sentence(&phrase), said);
        }
    }
}
