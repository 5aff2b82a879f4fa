//! Every sentence the app says. Code names a message by its key; the
//! catalogues under `static/messages` word it: a folder for a language that is
//! built in, one file for any other.

mod catalogue;
mod further;
mod glossary;

use std::fmt;
use std::rc::Rc;

use exchequer::views::{Arg, Caption};
use yew::prelude::*;

use self::catalogue::Catalogue;
pub use self::catalogue::{Plural, Say};
pub use self::further::{Further, meet as meet_languages};
pub use self::glossary::Glossary;
use crate::figures::Figures;
use crate::part::{NotLoaded, part};

/// A language the app speaks.
#[derive(Clone, Copy, Debug)]
pub enum Language {
    /// English.
    English,
    /// 简体中文.
    Chinese,
    /// Another, that comes as one file.
    Further(&'static Further),
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.tag() == other.tag()
    }
}

impl Eq for Language {}

impl Language {
    /// Those that are built in.
    pub const BUILT_IN: [Self; 2] = [Self::English, Self::Chinese];

    /// All of them, in the order of the menu.
    pub fn all() -> impl Iterator<Item = Self> {
        let further = Further::all().iter().map(Self::Further);
        Self::BUILT_IN.into_iter().chain(further)
    }

    /// Its tag: `en`, `zh-CN`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
            Self::Further(it) => &it.tag,
        }
    }

    /// Its name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "简体中文",
            Self::Further(it) => &it.name,
        }
    }

    /// The language of a tag such as `zh-Hans-SG` or `en-GB`: the one of this very
    /// tag, or else the first whose primary subtag it has.
    pub fn of(tag: &str) -> Option<Self> {
        let primary = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
        let wanted = primary(tag).filter(|it| !it.is_empty())?;
        Self::all()
            .find(|it| it.tag().eq_ignore_ascii_case(tag))
            .or_else(|| Self::all().find(|it| primary(it.tag()).as_deref() == Some(&wanted)))
    }

    /// The direction that it is written in, as documents name it.
    pub fn direction(self) -> &'static str {
        match self {
            Self::Further(it) if it.from_right => "rtl",
            _ => "ltr",
        }
    }

    /// How long a caption's character is worth looking at, in milliseconds.
    pub fn reading_pace(self) -> u32 {
        match self {
            Self::English => 45,
            Self::Chinese => 120,
            Self::Further(it) => it.pace,
        }
    }

    /// What plural a count takes.
    pub fn plural(self) -> Plural {
        match self {
            Self::Further(it) => it.plural(),
            Self::English => |count| if count == 1 { "one" } else { "other" },
            Self::Chinese => |_| "other",
        }
    }

    /// What it says instead of English, all in one, if it comes as a file.
    fn instead(self) -> Option<&'static str> {
        match self {
            Self::English | Self::Chinese => None,
            Self::Further(it) => it.text(),
        }
    }

    /// Its catalogues: file and text; English ones as long as its own are not
    /// there.
    pub fn catalogues(self) -> Catalogues {
        match self {
            Self::English | Self::Further(_) => ENGLISH,
            Self::Chinese => CHINESE.get().map_or(ENGLISH, |it| it.catalogues),
        }
    }

    /// The opening story as it was recorded in it.
    pub fn opening(self) -> Option<&'static [u8]> {
        match self {
            Self::English | Self::Further(_) => ENGLISH_OPENING,
            Self::Chinese => CHINESE.get()?.opening,
        }
    }

    /// Whether its catalogues are there.
    pub fn is_here(self) -> bool {
        match self {
            Self::English => true,
            Self::Chinese => CHINESE.get().is_some(),
            Self::Further(it) => it.text().is_some(),
        }
    }

    /// Fetches its catalogues, if they are not there.
    pub async fn load(self) -> Result<(), NotLoaded> {
        match self {
            Self::English => Ok(()),
            Self::Chinese => CHINESE.load().await.map(|_| ()),
            Self::Further(it) => it.load().await,
        }
    }
}

macro_rules! catalogues {
    ($folder:literal: $($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!("../static/messages/", $folder, "/", $file)))),*]
    };
}

/// The catalogues of a language: file and text.
pub type Catalogues = &'static [(&'static str, &'static str)];

const ENGLISH: Catalogues = catalogues!("en":
    "stage.ftl", "story.ftl", "captions.ftl", "refusals.ftl", "books.ftl", "terms.ftl", "settings.ftl",
    "script.ftl", "share.ftl", "store.ftl", "lessons.ftl", "rules.ftl",
);

/// The opening story as the engine tells it in a language, where it was recorded.
macro_rules! opening {
    ($folder:literal) => {{
        #[cfg(feature = "parts")]
        let recorded: Option<&[u8]> = Some(include_bytes!(concat!(
            env!("OUT_DIR"),
            "/opening.",
            $folder,
            ".postcard"
        )));
        #[cfg(not(feature = "parts"))]
        let recorded: Option<&[u8]> = None;
        recorded
    }};
}

const ENGLISH_OPENING: Option<&[u8]> = opening!("en");

/// What there is in a language that comes when it is spoken.
struct Tongue {
    catalogues: Catalogues,
    opening: Option<&'static [u8]>,
}

part! {
    /// What is said in Chinese.
    CHINESE, chinese: Tongue = Tongue {
        catalogues: catalogues!("zh-CN":
            "stage.ftl", "story.ftl", "captions.ftl", "refusals.ftl", "books.ftl", "terms.ftl", "settings.ftl",
            "script.ftl", "share.ftl", "store.ftl", "lessons.ftl", "rules.ftl",
        ),
        opening: opening!("zh-CN"),
    }
}

impl<'a> From<&'a str> for Say<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Say<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Say<'_> {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Say<'_> {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

/// The messages of a language, with numbers and dates in the reader's manner.
pub struct Words {
    language: Language,
    catalogue: Catalogue,
    figures: Figures,
    /// The code of the run's currency.
    currency: String,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&self.language).finish()
    }
}

impl Words {
    /// The messages of a language; `locale` decides how numbers and dates look.
    pub fn new(language: Language, figures: Figures) -> Self {
        let texts = language.catalogues().iter().map(|(_, text)| *text);
        Self {
            language,
            catalogue: Catalogue::read(texts.chain(language.instead()), language.plural()),
            figures,
            currency: "CNY".to_owned(),
        }
    }

    /// The same for a run in this currency.
    #[must_use]
    pub fn of_currency(mut self, code: &str) -> Self {
        code.clone_into(&mut self.currency);
        self
    }

    /// What a message says of the run's currency: the one of its code, or the
    /// plain one.
    pub fn of_money(&self, key: &str) -> String {
        self.try_tell(&format!("{key}-{}", self.currency), &[])
            .unwrap_or_else(|| self.say(key))
    }

    /// The language spoken.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// How numbers and dates look.
    pub const fn figures(&self) -> &Figures {
        &self.figures
    }

    /// A message without arguments.
    pub fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// A message with arguments.
    pub fn tell(&self, key: &str, args: &[(&str, Say<'_>)]) -> String {
        self.try_tell(key, args).unwrap_or_else(|| key.to_owned())
    }

    /// A message, if any catalogue has it.
    pub fn try_tell(&self, key: &str, args: &[(&str, Say<'_>)]) -> Option<String> {
        self.catalogue.tell(key, args)
    }

    /// What the engine describes as a key with typed arguments.
    pub fn caption(&self, caption: &Caption) -> String {
        let worded: Vec<(&str, Worded)> = caption
            .args
            .iter()
            .map(|(name, arg)| (name.as_str(), self.word(arg)))
            .collect();
        let args: Vec<(&str, Say<'_>)> = worded
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    Worded::Text(text) => Say::Text(text),
                    Worded::Count(count) => Say::Count(*count),
                };
                (*name, value)
            })
            .collect();
        self.tell(&caption.key, &args)
    }

    fn word(&self, arg: &Arg) -> Worded {
        match arg {
            Arg::Amount(minor) => Worded::Text(self.figures.amount(*minor)),
            Arg::Money(minor, currency) => {
                Worded::Text(self.figures.amount_in(*minor, Some(*currency)))
            }
            Arg::Name(name) => Worded::Text(self.name(name)),
            Arg::Time(at) => Worded::Text(self.figures.clock(at)),
            Arg::Moment(at) => Worded::Text(self.figures.moment(at)),
            Arg::Hidden(key) | Arg::Word(key) => Worded::Text(self.say(key)),
            Arg::Count(count) => Worded::Count(*count),
        }
    }

    /// A party's name as shown: built-in parties have words of their own.
    pub fn name(&self, name: &str) -> String {
        match name {
            "central-bank" | "network" | "outside" => self.say(&format!("party-{name}")),
            _ => name.to_owned(),
        }
    }
}

/// The language to speak now, and a way to try again if the one that is wanted
/// cannot be loaded. Until that is there, it stays with the one before.
#[hook]
pub fn use_spoken(wanted: Language) -> (Language, Option<Callback<MouseEvent>>) {
    let spoken = use_state_eq(|| wanted);
    let missing = use_state_eq(|| None::<Language>);
    {
        let (spoken, failed) = (spoken.setter(), missing.setter());
        let failed_now = *missing == Some(wanted);
        use_effect_with((wanted, failed_now), move |(wanted, failed_now)| {
            let wanted = *wanted;
            if !failed_now {
                yew::platform::spawn_local(async move {
                    match wanted.load().await {
                        Ok(()) => spoken.set(wanted),
                        Err(NotLoaded) => failed.set(Some(wanted)),
                    }
                });
            }
        });
    }
    let language = if wanted.is_here() { wanted } else { *spoken };
    let retry = (*missing == Some(wanted)).then(|| {
        let missing = missing.setter();
        Callback::from(move |_: MouseEvent| missing.set(None))
    });
    (language, retry)
}

enum Worded {
    Text(String),
    Count(i64),
}

/// The words in use, as a context. Equal only to itself, so that a change of
/// language redraws what speaks.
#[derive(Clone, Debug)]
pub struct Speech(Rc<Words>);

impl Speech {
    /// Wraps the words for the components below.
    pub fn new(words: Words) -> Self {
        Self(Rc::new(words))
    }
}

impl PartialEq for Speech {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Speech {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.0
    }
}

thread_local! {
    static PLAIN: Speech = Speech::new(Words::new(Language::English, Figures::plain(2)));
}

/// The words in use; plain English where no provider stands above.
#[hook]
pub fn use_words() -> Speech {
    use_context::<Speech>().unwrap_or_else(|| PLAIN.with(Clone::clone))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use std::collections::BTreeMap;

    use super::*;

    fn messages(language: Language) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (file, text) in language.catalogues() {
            for line in text.lines() {
                if let Some((key, _)) = line.split_once(" =")
                    && key.starts_with(|c: char| c.is_ascii_lowercase())
                {
                    let twice = found.insert(key.to_owned(), (*file).to_owned());
                    assert_eq!(twice, None, "{key} stands twice in {}", language.tag());
                }
            }
        }
        found
    }

    fn placeables(text: &str) -> std::collections::BTreeSet<&str> {
        text.split('$')
            .skip(1)
            .map(|rest| {
                let end = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                    .unwrap_or(rest.len());
                &rest[..end]
            })
            .collect()
    }

    #[test]
    fn every_language_has_the_same_messages_in_the_same_files() {
        let english = messages(Language::English);
        for language in Language::BUILT_IN {
            assert_eq!(messages(language), english, "{}", language.tag());
        }
    }

    #[test]
    fn every_language_uses_the_same_arguments_in_each_file() {
        for language in Language::BUILT_IN {
            for ((file, english), (_, other)) in Language::English
                .catalogues()
                .iter()
                .zip(language.catalogues())
            {
                assert_eq!(
                    placeables(other),
                    placeables(english),
                    "{} {file}",
                    language.tag()
                );
            }
        }
    }

    #[test]
    fn a_further_language_says_what_its_file_has_and_the_rest_in_english() {
        let named = ["eo", "Esperanto", "messages/eo.ftl", "one", "ltr", "50"];
        let language = Further::named(named.map(str::to_owned)).unwrap();
        language.read("share = Kunhavigi\nreview-print = Presi\n".to_owned());
        let language = Language::Further(Box::leak(Box::new(language)));
        assert!(language.is_here() && language.reading_pace() == 50);
        let words = Words::new(language, Figures::plain(2));
        assert_eq!(
            (words.say("share"), words.say("present")),
            ("Kunhavigi".into(), "Present".into())
        );
        let says = Glossary::of_reviews(&words);
        assert_eq!(
            (says.say("review-print"), says.say("review-flow")),
            ("Presi".into(), "What happens".into())
        );
        assert_eq!(language, language);
        assert_ne!(language, Language::English);
    }

    #[test]
    fn a_caption_words_its_amounts_names_and_times() {
        let words = Words::new(Language::English, Figures::plain(2));
        let caption = Caption {
            key: "caption-pay".to_owned(),
            args: vec![
                ("actor".to_owned(), Arg::Name("Alice".to_owned())),
                ("money".to_owned(), Arg::Word("money-CNY".to_owned())),
                ("payee".to_owned(), Arg::Name("Noodles".to_owned())),
                ("amount".to_owned(), Arg::Amount(1250)),
                (
                    "time".to_owned(),
                    Arg::Time("2025-11-03T09:06:00".to_owned()),
                ),
            ],
        };
        assert_eq!(
            words.caption(&caption),
            "Alice paid Noodles 12.50 in digital yuan: final at 09:06:00."
        );
    }

    #[test]
    fn the_language_follows_the_primary_subtag() {
        for (tag, language) in [
            ("en-GB", Some(Language::English)),
            ("zh-Hans-SG", Some(Language::Chinese)),
            ("ZH", Some(Language::Chinese)),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Language::of(tag), language, "{tag}");
        }
    }
}
