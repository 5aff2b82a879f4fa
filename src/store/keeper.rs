//! What keeping a work means, apart from where it is kept.
//!
//! A *document* is a text under a name with the *versions* it went through.
//! Every write is guarded by the document's record as last seen, so two windows
//! never overwrite each other: the one that comes second goes on in a document
//! of its own. A damaged record costs itself only: a document whose newest
//! text is damaged opens at its last good version, and what cannot be read is
//! handed out as it is.

use std::rc::Rc;

use super::record::Record;
use super::shelf::{Change, Guard, Shelf, StoreError};
use crate::order::order;

/// A version is made when the last one is at least so old, in milliseconds.
const VERSION_EVERY: i64 = 2 * MINUTE;

/// At most so many versions of a document are kept.
pub const MAX_VERSIONS: usize = 60;

/// At most so many bytes of versions of a document are kept.
pub const MAX_VERSION_BYTES: usize = 8 << 20;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

const DOCUMENTS: &str = "document/";
const VERSIONS: &str = "version/";
const DAMAGED: &str = "damaged/";

/// A text under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its number in this browser.
    pub id: u32,
    /// Its title, as its text states it; empty if it states none.
    pub name: String,
    /// Tells apart documents that grew from one: 0, then 2, 3 …
    pub copy: u32,
    /// When it was saved, in milliseconds UTC.
    pub saved: i64,
    /// How many versions were ever made of it.
    pub made: u32,
    /// The text.
    pub text: Rc<str>,
}

impl Document {
    fn key(id: u32) -> String {
        format!("{DOCUMENTS}{id:08}")
    }

    fn write(&self) -> String {
        let values = vec![
            ("name", self.name.clone()),
            ("copy", self.copy.to_string()),
            ("saved", self.saved.to_string()),
            ("versions", self.made.to_string()),
        ];
        Record {
            values,
            text: &self.text,
        }
        .write("document")
    }

    fn read(id: u32, raw: &str) -> Option<Document> {
        let record = Record::read("document", raw)?;
        Some(Document {
            id,
            name: record.value("name")?,
            copy: record.value("copy")?,
            saved: record.value("saved")?,
            made: record.value("versions")?,
            text: record.text.into(),
        })
    }
}

/// Why a version was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Some time had gone by.
    Passing,
    /// Another text was about to take its place at once.
    Replaced,
}

/// A text that a document once had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its document.
    pub document: u32,
    /// Its number there.
    pub number: u32,
    /// When the text was saved, in milliseconds UTC.
    pub saved: i64,
    /// Why it was made.
    pub why: Why,
    /// The first line in which the version before it differs.
    pub changed: Option<FirstChange>,
    /// The text.
    pub text: Rc<str>,
}

impl Version {
    fn prefix(document: u32) -> String {
        format!("{VERSIONS}{document:08}/")
    }

    fn key(&self) -> String {
        format!("{}{:08}", Version::prefix(self.document), self.number)
    }

    fn write(&self) -> String {
        let why = match self.why {
            Why::Passing => "passing",
            Why::Replaced => "replaced",
        };
        let values = vec![("saved", self.saved.to_string()), ("why", why.to_owned())];
        Record {
            values,
            text: &self.text,
        }
        .write("version")
    }

    fn read(key: &str, raw: &str) -> Option<Version> {
        let (document, number) = key.strip_prefix(VERSIONS)?.split_once('/')?;
        let record = Record::read("version", raw)?;
        Some(Version {
            document: document.parse().ok()?,
            number: number.parse().ok()?,
            saved: record.value("saved")?,
            why: match record.value::<String>("why")?.as_str() {
                "passing" => Why::Passing,
                "replaced" => Why::Replaced,
                _ => return None,
            },
            changed: None,
            text: record.text.into(),
        })
    }
}

/// The first line in which two texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstChange {
    /// The line's number, from 1.
    pub line: usize,
    /// What it says, or what it said if it is gone; cut short if it is long.
    pub says: String,
    /// Whether it is gone.
    pub gone: bool,
}

impl FirstChange {
    /// Compares a text with the one before it.
    pub fn between(before: &str, after: &str) -> Option<FirstChange> {
        let (mut old, mut new) = (before.lines(), after.lines());
        let mut line = 0;
        loop {
            line += 1;
            let (was, is) = (old.next(), new.next());
            if was == is {
                was?;
                continue;
            }
            let gone = was.is_some() && (is.is_none() || old.next() == is);
            let says = if gone { was } else { is };
            let says = says.unwrap_or_default().trim().chars().take(60).collect();
            return Some(FirstChange { line, says, gone });
        }
    }
}

/// A record that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// Its key.
    pub key: String,
    /// What stands there.
    pub raw: String,
}

/// Everything damaged as one text to be kept as a file.
pub fn salvage(damaged: &[Damaged]) -> String {
    damaged
        .iter()
        .map(|record| format!("# {}\n{}\n\n", record.key, record.raw))
        .collect()
}

/// What was found in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The documents, the one saved last first.
    pub documents: Vec<Document>,
    /// Those of them that opened at an earlier version.
    pub recovered: Vec<u32>,
    /// What could not be read.
    pub damaged: Vec<Damaged>,
}

/// How a text came to differ from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By an edit.
    Edited,
    /// As a whole: a file, a version, a link.
    Replaced,
}

/// What became of a text that was to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is the document's text.
    Here,
    /// Another window had changed the document: this text is kept as a document
    /// of its own, and work goes on there.
    Apart,
}

/// Keeps the text of one window.
pub struct Keeper {
    shelf: Rc<dyn Shelf>,
    current: Option<Current>,
}

/// The document being worked on, as it was last kept.
struct Current {
    document: Document,
    /// Its record, exactly; empty if there is none but its versions.
    raw: String,
    /// When its last version was saved.
    versioned: i64,
}

impl Current {
    fn expected(&self) -> Option<String> {
        Some(self.raw.clone()).filter(|raw| !raw.is_empty())
    }
}

impl Keeper {
    /// A keeper at this shelf that works on no document yet.
    pub fn new(shelf: Rc<dyn Shelf>) -> Keeper {
        Keeper {
            shelf,
            current: None,
        }
    }

    /// The document being worked on.
    pub fn current(&self) -> Option<&Document> {
        self.current.as_ref().map(|current| &current.document)
    }

    /// Looks at everything that is there.
    pub async fn look(&self) -> Result<Found, StoreError> {
        let mut found = Found::default();
        for (key, raw) in self.shelf.scan(DOCUMENTS).await? {
            let id = key.strip_prefix(DOCUMENTS).and_then(|id| id.parse().ok());
            let document = id.and_then(|id| Document::read(id, &raw));
            if document.is_none() {
                found.damaged.push(Damaged { key, raw });
            }
            found.documents.extend(document);
        }
        let mut lost: Option<Version> = None;
        for (key, raw) in self.shelf.scan(VERSIONS).await? {
            let Some(version) = Version::read(&key, &raw) else {
                found.damaged.push(Damaged { key, raw });
                continue;
            };
            if found
                .documents
                .iter()
                .any(|document| document.id == version.document)
            {
                continue;
            }
            // Versions come in order, so the last good one of each stays.
            if let Some(last) = lost.take_if(|last| last.document != version.document) {
                found.recover(last);
            }
            lost = Some(version);
        }
        if let Some(last) = lost {
            found.recover(last);
        }
        let aside = self.shelf.scan(DAMAGED).await?;
        found
            .damaged
            .extend(aside.into_iter().map(|(key, raw)| Damaged { key, raw }));
        order(&mut found.documents, |a, b| {
            (a.saved, a.id) > (b.saved, b.id)
        });
        Ok(found)
    }

    /// The versions of a document, newest first, each with what changed.
    pub async fn versions(&self, document: u32) -> Result<Vec<Version>, StoreError> {
        let records = self.shelf.scan(&Version::prefix(document)).await?;
        let mut versions: Vec<Version> = records
            .iter()
            .filter_map(|(key, raw)| Version::read(key, raw))
            .collect();
        for index in 1..versions.len() {
            versions[index].changed =
                FirstChange::between(&versions[index - 1].text, &versions[index].text);
        }
        versions.reverse();
        Ok(versions)
    }

    /// Works on this document from now on. Its text is as it was found.
    pub async fn resume(&mut self, id: u32) -> Result<Option<Document>, StoreError> {
        let found = self.look().await?;
        let Some(document) = found
            .documents
            .into_iter()
            .find(|document| document.id == id)
        else {
            return Ok(None);
        };
        // What stands under its key now, damaged or not.
        let raw = self
            .shelf
            .scan(&Document::key(id))
            .await?
            .pop()
            .map(|(_, raw)| raw);
        let versioned = self
            .versions(id)
            .await?
            .first()
            .map_or(0, |version| version.saved);
        let (document, raw) = match raw.as_deref().and_then(|raw| Document::read(id, raw)) {
            Some(now) => (now, raw.unwrap_or_default()),
            None => (document, raw.unwrap_or_default()),
        };
        self.current = Some(Current {
            document: document.clone(),
            raw,
            versioned,
        });
        Ok(Some(document))
    }

    /// Works on a document of its own from now on: the next text kept makes it.
    pub fn leave(&mut self) {
        self.current = None;
    }

    /// Keeps a text, at this time in milliseconds UTC. When the answer is there
    /// so is the text.
    pub async fn keep(&mut self, text: &Rc<str>, how: How, now: i64) -> Result<Kept, StoreError> {
        let Some(current) = &self.current else {
            self.begin(text, now, 0).await?;
            return Ok(Kept::Here);
        };
        let before = &current.document;
        if before.text == *text {
            return Ok(Kept::Here);
        }
        let mut document = Document {
            name: title(text),
            saved: now,
            text: text.clone(),
            ..before.clone()
        };
        let mut changes = Vec::new();
        let mut versioned = current.versioned;
        let due = before.saved.saturating_sub(versioned) >= VERSION_EVERY;
        if due || how == How::Replaced {
            document.made = before.made.saturating_add(1);
            versioned = before.saved;
            let version = Version {
                document: before.id,
                number: document.made,
                saved: before.saved,
                why: if how == How::Replaced {
                    Why::Replaced
                } else {
                    Why::Passing
                },
                changed: None,
                text: before.text.clone(),
            };
            let mut all = self.versions(before.id).await?;
            changes.push((version.key(), Some(version.write())));
            all.insert(0, version);
            changes.extend(
                thin(&all, now)
                    .into_iter()
                    .map(|version| (version.key(), None)),
            );
        }
        let key = Document::key(document.id);
        if Document::read(document.id, &current.raw).is_none() && !current.raw.is_empty() {
            // What could not be read makes room, but stays to be handed out.
            let aside = format!("{DAMAGED}{:08}-{now}", document.id);
            changes.push((aside, Some(current.raw.clone())));
        }
        let raw = document.write();
        changes.push((key.clone(), Some(raw.clone())));
        let guard = Guard {
            key,
            expected: current.expected(),
        };
        if self.shelf.write(guard, changes).await? {
            self.current = Some(Current {
                document,
                raw,
                versioned,
            });
            return Ok(Kept::Here);
        }
        let copy = before.copy.max(1).saturating_add(1);
        self.begin(text, now, copy).await?;
        Ok(Kept::Apart)
    }

    /// Makes a document of its own for a text, and goes on with the one at hand.
    pub async fn fork(&mut self, text: &Rc<str>, now: i64) -> Result<Document, StoreError> {
        let name = title(text);
        let found = self.look().await?;
        let alike = found.documents.iter().filter(|it| it.name == name);
        let copy = alike.map(|it| it.copy.max(1).saturating_add(1)).max();
        let fork = self.add(text, now, copy.unwrap_or(0)).await?;
        Ok(fork.document)
    }

    /// Takes a document away for good.
    pub async fn remove(&mut self, id: u32) -> Result<(), StoreError> {
        let key = Document::key(id);
        let there = self.shelf.scan(&key).await?.pop().map(|(_, raw)| raw);
        let versions = self.shelf.scan(&Version::prefix(id)).await?;
        let mut changes: Vec<Change> = versions.into_iter().map(|(key, _)| (key, None)).collect();
        changes.push((key.clone(), None));
        self.shelf
            .write(
                Guard {
                    key,
                    expected: there,
                },
                changes,
            )
            .await?;
        if self.current().is_some_and(|document| document.id == id) {
            self.current = None;
        }
        Ok(())
    }

    /// Takes away what cannot be read, once it was handed out.
    pub async fn discard(&mut self, damaged: &[Damaged]) -> Result<(), StoreError> {
        for Damaged { key, raw } in damaged {
            let guard = Guard {
                key: key.clone(),
                expected: Some(raw.clone()),
            };
            self.shelf.write(guard, vec![(key.clone(), None)]).await?;
        }
        Ok(())
    }

    /// Makes a document of its own for a text and works on it.
    async fn begin(&mut self, text: &Rc<str>, now: i64, copy: u32) -> Result<(), StoreError> {
        self.current = Some(self.add(text, now, copy).await?);
        Ok(())
    }

    /// Makes a document of its own for a text.
    async fn add(&self, text: &Rc<str>, now: i64, copy: u32) -> Result<Current, StoreError> {
        // Versions count too: a document may be gone from among them.
        let taken = self.shelf.scan(DOCUMENTS).await?.into_iter();
        let taken = taken.chain(self.shelf.scan(VERSIONS).await?);
        let number = |key: &str| key.split('/').nth(1).and_then(|id| id.parse::<u32>().ok());
        let last = taken.filter_map(|(key, _)| number(&key)).max().unwrap_or(0);
        let mut document = Document {
            id: last,
            name: title(text),
            copy,
            saved: now,
            made: 0,
            text: text.clone(),
        };
        loop {
            document.id = document.id.saturating_add(1);
            let key = Document::key(document.id);
            let raw = document.write();
            let guard = Guard {
                key: key.clone(),
                expected: None,
            };
            // Another window may take the number first.
            if self
                .shelf
                .write(guard, vec![(key, Some(raw.clone()))])
                .await?
            {
                return Ok(Current {
                    document,
                    raw,
                    versioned: now,
                });
            }
        }
    }
}

impl Found {
    fn recover(&mut self, version: Version) {
        self.recovered.push(version.document);
        self.documents.push(Document {
            id: version.document,
            name: title(&version.text),
            copy: 0,
            saved: version.saved,
            made: version.number,
            text: version.text,
        });
    }
}

/// What the text's `title` line says; empty if it has none.
pub fn title(text: &str) -> String {
    let quoted = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("title ")?.trim().strip_prefix('"'));
    let mut title = String::new();
    let mut escaped = false;
    for letter in quoted.unwrap_or_default().chars() {
        match letter {
            _ if escaped => {
                title.push(if letter == 'n' { ' ' } else { letter });
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => break,
            _ => title.push(letter),
        }
    }
    title
}

/// Which versions, given newest first, can go: of those that time made, the
/// last of each hour stays for a day, of each day for a month, of each 30 days
/// after that. Beyond
/// the bounds of number and size the oldest go, whatever they are.
fn thin(versions: &[Version], now: i64) -> Vec<&Version> {
    let span = |age: i64| match age {
        ..HOUR => 1,
        HOUR..DAY => HOUR,
        DAY.. if age < 30 * DAY => DAY,
        _ => 30 * DAY,
    };
    let mut gone = Vec::new();
    let (mut kept, mut bytes) = (0, 0);
    let mut last: Option<&Version> = None;
    for (index, version) in versions.iter().enumerate() {
        let span = span(now.saturating_sub(version.saved));
        let close =
            last.is_some_and(|last| last.saved.div_euclid(span) == version.saved.div_euclid(span));
        let crowded =
            kept >= MAX_VERSIONS || (index > 0 && bytes + version.text.len() > MAX_VERSION_BYTES);
        if crowded || (close && version.why == Why::Passing) {
            gone.push(version);
            continue;
        }
        kept += 1;
        bytes += version.text.len();
        last = Some(version);
    }
    gone
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::store::Memory;

    struct Window(Keeper);

    impl Window {
        fn at(shelf: &Rc<Memory>) -> Window {
            Window(Keeper::new(shelf.clone()))
        }

        async fn types(&mut self, text: &str, now: i64) -> Kept {
            self.0.keep(&text.into(), How::Edited, now).await.unwrap()
        }

        async fn opens(&mut self, id: u32) -> String {
            self.0.resume(id).await.unwrap().unwrap().text.to_string()
        }

        async fn texts(&self) -> Vec<String> {
            let found = self.0.look().await.unwrap();
            found
                .documents
                .iter()
                .map(|document| document.text.to_string())
                .collect()
        }
    }

    #[tokio::test]
    async fn the_last_text_kept_is_found_again() {
        let shelf = Rc::new(Memory::default());
        let mut window = Window::at(&shelf);
        assert_eq!(window.0.look().await.unwrap(), Found::default());
        window.types("title \"One\"\n", 1).await;
        window.types("title \"Two\"\n", 2).await;

        let found = Window::at(&shelf).0.look().await.unwrap();
        let [document] = &found.documents[..] else {
            panic!("{found:?}")
        };
        assert_eq!((document.name.as_str(), document.saved), ("Two", 2));
        assert_eq!(&*document.text, "title \"Two\"\n");
    }

    #[tokio::test]
    async fn leaving_a_document_never_overwrites_it() {
        let shelf = Rc::new(Memory::default());
        let mut window = Window::at(&shelf);
        window.types("mine", 1).await;
        window.0.leave();
        window.types("from a link", 2).await;
        assert_eq!(window.texts().await, ["from a link", "mine"]);
    }

    #[tokio::test]
    async fn two_windows_keep_both_texts() {
        let shelf = Rc::new(Memory::default());
        let (mut one, mut two) = (Window::at(&shelf), Window::at(&shelf));
        one.types("start", 1).await;
        assert_eq!(two.opens(1).await, "start");
        assert_eq!(one.types("start, one", 2).await, Kept::Here);
        assert_eq!(two.types("start, two", 3).await, Kept::Apart);
        // Each goes on in its own.
        assert_eq!(one.types("start, one, one", 4).await, Kept::Here);
        assert_eq!(two.types("start, two, two", 5).await, Kept::Here);
        assert_eq!(one.texts().await, ["start, two, two", "start, one, one"]);
        assert_eq!(two.0.current().unwrap().copy, 2);
    }

    #[tokio::test]
    async fn a_fork_is_a_document_of_its_own_and_the_one_at_hand_stays() {
        let mut one = Window::at(&Rc::new(Memory::default()));
        one.types("title \"Lunch\"", 1).await;
        for (text, name, copy) in [("a", "Lunch", 2), ("b", "Lunch", 3), ("c", "Dinner", 0)] {
            let text = format!("title \"{name}\"\n{text}");
            let fork = one.0.fork(&text.into(), 2).await.unwrap();
            assert_eq!((fork.name.as_str(), fork.copy), (name, copy));
        }
        // What is typed next goes where it went before.
        assert_eq!(one.types("goes on", 5).await, Kept::Here);
        assert_eq!(one.texts().await.len(), 4);
        assert!(one.texts().await.contains(&"goes on".to_owned()));
    }

    #[tokio::test]
    async fn two_windows_beginning_at_once_get_a_document_each() {
        let shelf = Rc::new(Memory::default());
        let (mut one, mut two) = (Window::at(&shelf), Window::at(&shelf));
        one.types("one", 1).await;
        two.types("two", 1).await;
        assert_eq!(one.texts().await.len(), 2);
    }

    #[tokio::test]
    async fn versions_tell_when_and_where_they_changed() {
        let shelf = Rc::new(Memory::default());
        let mut window = Window::at(&shelf);
        window.types("a\nb\nc\n", 0).await;
        window.types("a\nb\nc\nd\n", MINUTE).await;
        window.types("a\nB\nc\nd\n", 3 * MINUTE).await;
        window.types("a\nc\nd\n", 6 * MINUTE).await;
        window
            .0
            .keep(&"other".into(), How::Replaced, 7 * MINUTE)
            .await
            .unwrap();
        let versions = window.0.versions(1).await.unwrap();
        let lines: Vec<_> = versions
            .iter()
            .map(|version| {
                let changed = version.changed.as_ref();
                (
                    version.saved / MINUTE,
                    version.why,
                    changed.map(|c| (c.line, c.says.as_str(), c.gone)),
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                (6, Why::Replaced, Some((2, "B", true))),
                (3, Why::Passing, None),
            ]
        );
        assert_eq!(&*versions[1].text, "a\nB\nc\nd\n");
    }

    #[test]
    fn the_first_change_names_its_line() {
        let check = |before: &str, after: &str, expected: Option<(usize, &str, bool)>| {
            let change = FirstChange::between(before, after);
            let change = change.as_ref().map(|c| (c.line, c.says.as_str(), c.gone));
            assert_eq!(change, expected, "{before:?} {after:?}");
        };
        check("a\nb\n", "a\nb\n", None);
        check("a\nb\n", "a\nx\n", Some((2, "x", false)));
        check("a\nb\n", "a\nb\nc\n", Some((3, "c", false)));
        check("a\nb\nc\n", "a\nc\n", Some((2, "b", true)));
        check("a\nb\n", "a\n", Some((2, "b", true)));
        check("", "a", Some((1, "a", false)));
    }

    #[tokio::test]
    async fn a_damaged_document_opens_at_its_last_good_version() {
        let shelf = Rc::new(Memory::default());
        let mut window = Window::at(&shelf);
        for minute in 0..10 {
            window
                .types(&format!("title \"T\"\n# {minute}\n"), minute * 3 * MINUTE)
                .await;
        }
        let damage = |key: &str| {
            let broken = shelf.records()[key].replace("# ", "#!");
            shelf.put(key, &broken);
            broken
        };
        let broken = damage("document/00000001");
        damage("version/00000001/00000008");

        let mut window = Window::at(&shelf);
        let found = window.0.look().await.unwrap();
        assert_eq!(found.recovered, [1]);
        assert_eq!(&*found.documents[0].text, "title \"T\"\n# 7\n");
        assert_eq!(found.documents[0].name, "T");
        let file = salvage(&found.damaged);
        assert!(file.contains("#! 9") || file.contains("#!9"), "{file}");
        assert_eq!(found.damaged.len(), 2);

        // Working on does not throw away what could not be read.
        assert_eq!(window.opens(1).await, "title \"T\"\n# 7\n");
        assert_eq!(
            window.types("title \"T\"\n# on\n", 40 * MINUTE).await,
            Kept::Here
        );
        let found = window.0.look().await.unwrap();
        assert!(found.damaged.iter().any(|damaged| damaged.raw == broken));
        assert_eq!(&*found.documents[0].text, "title \"T\"\n# on\n");
        window.0.discard(&found.damaged).await.unwrap();
        assert_eq!(window.0.look().await.unwrap().damaged, []);
    }

    #[tokio::test]
    async fn a_document_lost_with_all_its_versions_hurts_no_other() {
        let shelf = Rc::new(Memory::default());
        let mut window = Window::at(&shelf);
        window.types("one", 1).await;
        window.0.leave();
        window.types("two", 2).await;
        shelf.put("document/00000001", "garbage");
        shelf.put("document/xyz", "garbage");
        shelf.put("version/9/", "garbage");
        let found = window.0.look().await.unwrap();
        assert_eq!(found.documents.len(), 1);
        assert_eq!(found.damaged.len(), 3);
        // A new document takes nobody's number.
        window.0.leave();
        window.types("three", 3).await;
        assert_eq!(window.texts().await, ["three", "two"]);
        assert_eq!(shelf.records()["document/00000001"], "garbage");
    }

    #[tokio::test]
    async fn a_full_or_refused_store_says_so_and_keeps_what_it_had() {
        let shelf = Rc::new(Memory::default());
        let mut window = Window::at(&shelf);
        window.types("kept", 1).await;
        shelf.fail_with(Some(|| StoreError::Full));
        let answer = window.0.keep(&"more".into(), How::Edited, 2).await;
        assert_eq!(answer, Err(StoreError::Full));
        shelf.fail_with(None);
        assert_eq!(window.texts().await, ["kept"]);
        assert_eq!(window.types("more", 3).await, Kept::Here);
        assert_eq!(window.texts().await, ["more"]);
    }

    #[tokio::test]
    async fn a_document_taken_away_is_gone_with_its_versions() {
        let shelf = Rc::new(Memory::default());
        let mut window = Window::at(&shelf);
        window.types("one", 0).await;
        window.types("two", 9 * MINUTE).await;
        window.types("three", 19 * MINUTE).await;
        window.0.remove(1).await.unwrap();
        assert!(shelf.records().is_empty());
        assert!(window.0.current().is_none());
    }

    #[tokio::test]
    async fn versions_stay_within_their_bounds_and_thin_out_with_age() {
        let shelf = Rc::new(Memory::default());
        let mut window = Window::at(&shelf);
        // Ten minutes apart for three days, then a month later.
        let mut now = 0;
        for step in 0..3 * 24 * 6 {
            now = step * 10 * MINUTE;
            window.types(&format!("# {step}\n"), now).await;
        }
        window.types("# later\n", now + 20 * DAY).await;
        window.types("# last\n", now + 20 * DAY + 3 * MINUTE).await;
        let versions = window.0.versions(1).await.unwrap();
        assert!(versions.len() <= MAX_VERSIONS);
        let old = versions
            .iter()
            .filter(|version| version.saved <= now)
            .count();
        assert!((3..=5).contains(&old), "{old}");
        assert_eq!(&*versions[0].text, "# later\n");
    }

    #[test]
    fn replaced_versions_outlive_passing_ones_and_size_bounds_both() {
        let version = |number: u32, saved: i64, why: Why, text: &str| Version {
            document: 1,
            number,
            saved,
            why,
            changed: None,
            text: text.into(),
        };
        let numbers = |versions: &[Version], now: i64| -> Vec<u32> {
            thin(versions, now)
                .iter()
                .map(|version| version.number)
                .collect()
        };
        let old = [
            version(4, 5 * MINUTE, Why::Passing, ""),
            version(3, 4 * MINUTE, Why::Replaced, ""),
            version(2, 3 * MINUTE, Why::Passing, ""),
            version(1, 0, Why::Passing, ""),
        ];
        assert!(numbers(&old, 6 * MINUTE).is_empty());
        assert_eq!(numbers(&old, 3 * HOUR), [2, 1]);
        let big = "x".repeat(MAX_VERSION_BYTES / 2 + 1);
        let large = [
            version(2, 1, Why::Replaced, &big),
            version(1, 0, Why::Replaced, &big),
        ];
        assert_eq!(numbers(&large, 2), [1]);
        let many: Vec<Version> = (0..70)
            .map(|n| version(70 - n, 0, Why::Replaced, ""))
            .collect();
        assert_eq!(numbers(&many, 1).len(), 70 - MAX_VERSIONS);
    }

    #[test]
    fn the_title_is_what_its_line_says() {
        for (text, expected) in [
            ("title \"Birth of a yuan\"\n", "Birth of a yuan"),
            ("# note\n  title   \"A \\\"b\\\" \\n\" # c", "A \"b\"  "),
            ("title \"open", "open"),
            ("use cny-2025@1", ""),
            ("title", ""),
        ] {
            assert_eq!(title(text), expected, "{text}");
        }
    }
}
