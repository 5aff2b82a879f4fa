//! The stories that ship: each a scenario with tell lines, how long it takes
//! in a class, what it is for, and its words in other languages.
//!
//! A translation is a file beside the scenario, `payday.zh-CN.ftl`, with one
//! `id = words` a line: for each tell line by the `id` it has in the scenario,
//! and for the title as `title`.

use thiserror::Error;

use crate::script::{self, Statement, Tell};
use crate::{presets, vocabulary};

/// The key of a title's translation; no tell line has it as its id.
pub(crate) const TITLE: &str = "title";

/// What short links to lessons begin with, in a fragment: `#/l/payday/3`.
pub const LINK: &str = "#/l/";

/// What a lesson is about, as a gallery of them is arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Digital cash in everyday use.
    Start,
    /// What banks, and the currencies of others, have to do with it.
    Banks,
    /// Payments without a network.
    Offline,
    /// Money with conditions.
    Conditions,
}

impl Group {
    /// All of them, in the order in which they are taught.
    pub const ALL: [Self; 4] = [Self::Start, Self::Banks, Self::Offline, Self::Conditions];

    /// What names it in the message catalogues.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Banks => "banks",
            Self::Offline => "offline",
            Self::Conditions => "conditions",
        }
    }
}

/// Why a short link opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoLesson {
    /// No lesson has this name.
    #[error("no lesson is called {0:?}")]
    Name(String),
    /// The lesson has no such step.
    #[error("{} has the steps 1 to {}, and no step {step:?}", .lesson.slug, .lesson.steps())]
    Step {
        /// The lesson.
        lesson: &'static Lesson,
        /// What stands in the step's place.
        step: String,
    },
}

/// A story that ships.
#[derive(Debug)]
pub struct Lesson {
    /// Its name in links and on the command line: `birth-of-a-yuan`.
    pub slug: &'static str,
    /// The scenario.
    pub text: &'static str,
    /// How long it takes, questions and all.
    pub minutes: u8,
    /// What it is about.
    pub group: Group,
    /// Its words in other languages: tag and text of the file.
    translations: &'static [(&'static str, &'static str)],
}

/// One lesson is another's equal if it has its name.
impl PartialEq for Lesson {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

impl Eq for Lesson {}

macro_rules! lessons {
    ($($slug:literal: $group:ident, $minutes:literal minutes),* $(,)?) => {
        &[$(Lesson {
            slug: $slug,
            text: include_str!(concat!("../../../static/scenarios/", $slug, ".exq")),
            minutes: $minutes,
            group: Group::$group,
            translations: &[(
                "zh-CN",
                include_str!(concat!("../../../static/scenarios/", $slug, ".zh-CN.ftl")),
            )],
        }),*]
    };
}

const LESSONS: &[Lesson] = lessons![
    "birth-of-a-yuan": Start, 3 minutes,
    "four-wallets": Start, 6 minutes,
    "who-sees-what": Start, 7 minutes,
    "before-the-flip": Banks, 5 minutes,
    "flip-to-2026": Banks, 5 minutes,
    "payday": Start, 6 minutes,
    "bank-run": Banks, 6 minutes,
    "cross-border": Banks, 7 minutes,
    "tunnel-payment": Offline, 6 minutes,
    "pull-the-phone-away": Offline, 6 minutes,
    "clone-wars": Offline, 6 minutes,
    "stolen-phone": Offline, 6 minutes,
    "blackout-week": Offline, 6 minutes,
    "gym-goes-bankrupt": Conditions, 5 minutes,
    "coupon-three-ways": Conditions, 6 minutes,
    "escrow-quarrel": Conditions, 5 minutes,
    "prepaid-card": Conditions, 6 minutes,
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

/// The lesson that has this text.
#[must_use]
pub fn of_text(text: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.text == text)
}

/// What a short link names, `#/l/payday/3`: the lesson and its step, from 1.
/// None if the fragment is no short link.
#[must_use]
pub fn of_link(fragment: &str) -> Option<Result<(&'static Lesson, usize), NoLesson>> {
    let path = fragment.strip_prefix(LINK)?;
    let path = path.strip_suffix('/').unwrap_or(path);
    let (slug, step) = match path.split_once('/') {
        Some((slug, step)) => (slug, Some(step)),
        None => (path, None),
    };
    let Some(lesson) = find(slug) else {
        return Some(Err(NoLesson::Name(slug.to_owned())));
    };
    let Some(step) = step else {
        return Some(Ok((lesson, 1)));
    };
    let number = step.parse().ok();
    let there = number.filter(|number| (1..=lesson.steps()).contains(number));
    Some(match there {
        Some(number) => Ok((lesson, number)),
        None => Err(NoLesson::Step {
            lesson,
            step: step.to_owned(),
        }),
    })
}

impl Lesson {
    /// The short link to one of its steps, from 1.
    #[must_use]
    pub fn link(&self, step: usize) -> String {
        match step {
            0 | 1 => format!("{LINK}{}", self.slug),
            step => format!("{LINK}{}/{step}", self.slug),
        }
    }

    /// How many steps it has.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.lines_that("step \"")
    }

    /// How many questions it asks.
    #[must_use]
    pub fn questions(&self) -> usize {
        self.lines_that("ask \"")
    }

    /// How many of its lines begin like this: a list of lessons is no reason to
    /// understand every story.
    fn lines_that(&self, begin: &str) -> usize {
        let lines = self.text.lines();
        lines.filter(|line| line.starts_with(begin)).count()
    }

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
