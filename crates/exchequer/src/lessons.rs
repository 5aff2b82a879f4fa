//! The stories that ship: each a scenario with tell lines, how long it takes
//! in a class, what it is for, and its words in other languages.
//!
//! A translation is a file beside the scenario, `payday.zh-CN.ftl`, with one
//! `id = words` a line: for each tell line by the `id` it has in the scenario,
//! and for the title as `title`.

use crate::script::{self, Statement, Tell};
use crate::{presets, vocabulary};

/// The key of a title's translation; no tell line has it as its id.
pub(crate) const TITLE: &str = "title";

/// A story that ships.
#[derive(Debug)]
pub struct Lesson {
    /// Its name in links and on the command line: `birth-of-a-yuan`.
    pub slug: &'static str,
    /// The scenario.
    pub text: &'static str,
    /// How long it takes, questions and all.
    pub minutes: u8,
    /// Its words in other languages: tag and text of the file.
    translations: &'static [(&'static str, &'static str)],
}

macro_rules! lessons {
    ($($slug:literal: $minutes:literal minutes),* $(,)?) => {
        &[$(Lesson {
            slug: $slug,
            text: include_str!(concat!("../../../static/scenarios/", $slug, ".exq")),
            minutes: $minutes,
            translations: &[(
                "zh-CN",
                include_str!(concat!("../../../static/scenarios/", $slug, ".zh-CN.ftl")),
            )],
        }),*]
    };
}

const LESSONS: &[Lesson] = lessons![
    "birth-of-a-yuan": 3 minutes,
    "four-wallets": 6 minutes,
    "who-sees-what": 7 minutes,
    "before-the-flip": 5 minutes,
    "flip-to-2026": 5 minutes,
    "payday": 6 minutes,
    "bank-run": 6 minutes,
    "cross-border": 7 minutes,
    "tunnel-payment": 6 minutes,
    "pull-the-phone-away": 6 minutes,
    "clone-wars": 6 minutes,
    "stolen-phone": 6 minutes,
    "blackout-week": 6 minutes,
    "gym-goes-bankrupt": 5 minutes,
    "coupon-three-ways": 6 minutes,
    "escrow-quarrel": 5 minutes,
    "prepaid-card": 6 minutes,
];

/// All of them, in the order in which they are taught.
#[must_use]
pub fn all() -> &'static [Lesson] {
    LESSONS
}

/// The lesson of this name.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.slug == slug)
}

impl Lesson {
    /// The key, in the message catalogues, of what one knows at its end.
    #[must_use]
    pub fn goal(&self) -> String {
        format!("lesson-{}-goal", self.slug)
    }

    /// Its title in a language, or as written where that has no words for it.
    #[must_use]
    pub fn title(&self, language: &str) -> String {
        let translated = self
            .translation(language)
            .and_then(|(_, mut words)| words.find(|(id, _)| *id == TITLE));
        match translated {
            Some((_, title)) => title.to_owned(),
            None => self.written_title().to_owned(),
        }
    }

    /// Its title as the scenario has it. Read off its line: a list of titles
    /// is no reason to understand every story.
    fn written_title(&self) -> &'static str {
        let mut lines = self.text.lines();
        let written = lines.find_map(|line| line.strip_prefix("title \"")?.strip_suffix('"'));
        written.unwrap_or(self.slug)
    }

    /// Its words in a language: the language's tag, and what each id says.
    pub(crate) fn translation(
        &self,
        language: &str,
    ) -> Option<(
        &'static str,
        impl Iterator<Item = (&'static str, &'static str)> + use<>,
    )> {
        let (tag, text) = self
            .translations
            .iter()
            .find(|(tag, _)| is_same_language(tag, language))?;
        let words = text.lines().filter_map(|line| line.split_once(" = "));
        Some((tag, words))
    }

    /// Its title and its tell lines as the scenario has them.
    pub(crate) fn told(&self) -> (String, Vec<Tell>) {
        let outcome =
            vocabulary::with(|vocabulary| script::parse(self.text, vocabulary, &presets::Shipped));
        let (mut title, mut tells) = (String::new(), Vec::new());
        for (_, statement) in outcome.script.statements() {
            if let Statement::Title(text) = statement {
                title.clone_from(text);
            }
            tells.extend(statement.tell().cloned());
        }
        (title, tells)
    }
}

/// Whether two tags name one language, wherever it is spoken.
pub(crate) fn is_same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().map(str::to_ascii_lowercase);
    primary(one) == primary(other)
}
