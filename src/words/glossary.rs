//! What is said of contracts, conditions and attacks, what is said on a pocket,
//! and what is said to classes, by catalogues of their own: only what is fetched later needs them.

use conditions::explain::{Phrase, Said, Speaker};
use money::Span;

use super::catalogue::Catalogue;
use super::{Language, Say, Words};

/// A glossary's files in each language that is built in.
type Texts = [&'static [&'static str]; 2];

macro_rules! texts {
    ($($file:literal),*) => {
        [
            &[$(include_str!(concat!("../../static/messages/en/", $file))),*],
            &[$(include_str!(concat!("../../static/messages/zh-CN/", $file))),*],
        ]
    };
}

static DEEP: Texts = texts!("conditions.ftl", "studio.ftl", "attacks.ftl");
static POCKETS: Texts = texts!("pocket.ftl");
static CLASSES: Texts = texts!("class.ftl");
static DOING: Texts = texts!("doing.ftl");
static GUIDE: Texts = texts!("guide.ftl");
static EXPORTS: Texts = texts!("exports.ftl");
static REVIEWS: Texts = texts!("review.ftl");

/// The catalogues of contracts, conditions and attacks in a language.
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(super) fn texts(language: Language) -> &'static [&'static str] {
    of(&DEEP, language)
}

fn of(texts: &Texts, language: Language) -> &'static [&'static str] {
    match language {
        Language::English | Language::Further(_) => texts[0],
        Language::Chinese => texts[1],
    }
}

/// The words for contracts, conditions and attacks, for pockets, for classes, for
/// acts as forms, or for the guide, besides those for everything else.
pub struct Glossary<'a> {
    words: &'a Words,
    catalogue: Catalogue,
}

impl<'a> Glossary<'a> {
    fn reading(words: &'a Words, texts: &Texts) -> Self {
        let language = words.language();
        let files = of(texts, language).iter().copied();
        Self {
            words,
            catalogue: Catalogue::read(files.chain(language.instead()), language.plural()),
        }
    }

    /// What is said of contracts, conditions and attacks, in the language of these words.
    pub fn of(words: &'a Words) -> Self {
        Self::reading(words, &DEEP)
    }

    /// What is said on a pocket, in the language of these words.
    pub fn of_pockets(words: &'a Words) -> Self {
        Self::reading(words, &POCKETS)
    }

    /// What is said to classes, in the language of these words.
    pub fn of_classes(words: &'a Words) -> Self {
        Self::reading(words, &CLASSES)
    }

    /// What is said of acts as forms, in the language of these words.
    pub fn of_doing(words: &'a Words) -> Self {
        Self::reading(words, &DOING)
    }

    /// What is said around the guide's chapters, in the language of these words.
    pub fn of_guide(words: &'a Words) -> Self {
        Self::reading(words, &GUIDE)
    }

    /// What is said of files to take along, in the language of these words.
    pub fn of_exports(words: &'a Words) -> Self {
        Self::reading(words, &EXPORTS)
    }

    /// What is said to reviewers, in the language of these words.
    pub fn of_reviews(words: &'a Words) -> Self {
        Self::reading(words, &REVIEWS)
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
        let mut letters = said.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => said,
        }
    }

    /// Several sentences, one behind the other.
    pub fn sentences(&self, phrases: &[Phrase]) -> String {
        let gap = match self.words.language() {
            Language::English | Language::Further(_) => " ",
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
