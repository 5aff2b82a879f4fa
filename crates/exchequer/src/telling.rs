//! In which words a story is told: as it is written, or as a story that ships
//! says the same lines in another language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lessons::{self, Lesson, TITLE, is_same_language};
use crate::run::Run;
use crate::script::{Statement, Tell};

/// What a story that ships says under each id, as it is written. Read once:
/// a text is told anew with every change to it.
type Original = BTreeMap<String, String>;

static ORIGINALS: LazyLock<Vec<(&'static Lesson, Original)>> = LazyLock::new(|| {
    let originals = lessons::all().iter().map(|lesson| {
        let (title, tells) = lesson.told();
        let mut original = Original::from([(TITLE.to_owned(), title)]);
        original.extend(
            tells
                .into_iter()
                .filter_map(|tell| Some((tell.id?, tell.text))),
        );
        (lesson, original)
    });
    originals.collect()
});

/// The words for the tell lines of one run.
#[derive(Debug, Default)]
pub(crate) struct Telling {
    /// The language that they are in, if it is known.
    pub(crate) language: Option<String>,
    /// By id: the words that are written, and those to be said for them.
    words: BTreeMap<&'static str, (&'static str, &'static str)>,
}

impl Telling {
    /// As the story is written.
    pub(crate) fn as_written(run: &Run) -> Telling {
        let mut stated = run.script().playable().filter_map(|(_, it)| match it {
            Statement::Lang(tag) => Some(tag.clone()),
            _ => None,
        });
        Telling {
            language: stated.next(),
            words: BTreeMap::new(),
        }
    }

    /// In a language, as far as the story that ships and says most of the
    /// same has words in it.
    pub(crate) fn in_language(run: &Run, language: &str) -> Telling {
        let written = Telling::as_written(run);
        let is_spoken = |tag: &String| is_same_language(tag, language);
        if written.language.as_ref().is_some_and(is_spoken) {
            return written;
        }
        let tells: Vec<&Tell> = run
            .script()
            .playable()
            .filter_map(|(_, it)| it.tell())
            .collect();
        let mut most = 0;
        let mut found = None;
        for (lesson, original) in ORIGINALS.iter() {
            let said = |tell: &&&Tell| {
                let id = tell.id.as_ref();
                id.and_then(|id| original.get(id)) == Some(&tell.text)
            };
            let mut shared = tells.iter().filter(said).count();
            if shared > 0
                && original
                    .get(TITLE)
                    .is_some_and(|title| title == run.title())
            {
                shared += 1;
            }
            if shared > most
                && let Some(translation) = lesson.translation(language)
            {
                most = shared;
                found = Some((translation, original));
            }
        }
        let Some(((tag, translated), original)) = found else {
            return written;
        };
        let words =
            translated.filter_map(|(id, words)| Some((id, (original.get(id)?.as_str(), words))));
        Telling {
            language: Some(tag.to_owned()),
            words: words.collect(),
        }
    }

    /// The words of a tell line.
    pub(crate) fn say(&self, tell: &Tell) -> String {
        self.words_for(tell.id.as_deref(), &tell.text)
    }

    /// The words of the title.
    pub(crate) fn title(&self, title: &str) -> String {
        self.words_for(Some(TITLE), title)
    }

    /// A translation stands for the words it was made of and no others: where
    /// somebody has changed a line, theirs are said.
    fn words_for(&self, id: Option<&str>, written: &str) -> String {
        match id.and_then(|id| self.words.get(id)) {
            Some((original, words)) if *original == written => (*words).to_owned(),
            _ => written.to_owned(),
        }
    }
}
