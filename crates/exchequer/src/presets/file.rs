//! Reading a preset's file: all that is wrong with it at once, each fault with
//! its place and the path of what it speaks of.

use std::collections::BTreeMap;
use std::fmt;

use money::{Civil, Currency, Instant, Zone};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use thiserror::Error;
use world::rules::Issuance;

use super::paths::{Figure, NIGHT, PATTERNS, Pattern};
use super::{Citation, Entry, Mark, Preset};
use crate::script::is_bare;

/// A fault of a preset's file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{line}:{column}: {path}: {problem}")]
pub struct PresetFault {
    /// The line, counted from 1.
    pub line: u32,
    /// The column, in characters, counted from 1.
    pub column: u32,
    /// What it speaks of: a preset's path, `wallet.IV.payment`, or the keys
    /// that lead to the place, `sources.terms.date`.
    pub path: String,
    /// What it is.
    pub problem: PresetProblem,
}

/// What can be wrong with a preset's file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[allow(missing_docs)]
pub enum PresetProblem {
    #[error("this is not JSON: {reason}")]
    Syntax { reason: String },
    #[error("{expected} was expected here")]
    Form { expected: &'static str },
    #[error("a preset has no key `{key}` here; it has {known}")]
    UnknownKey { key: String, known: String },
    #[error("the key `{key}` is missing")]
    MissingKey { key: &'static str },
    #[error("the key `{key}` is given twice")]
    KeyTwice { key: String },
    #[error("no rule goes by this path")]
    UnknownPath,
    #[error("this path has a value already, on line {line}")]
    PathTwice { line: u32 },
    #[error("the value is missing, if only to say that there is no limit")]
    MissingPath,
    #[error("`{value}` is not {expected}")]
    BadValue {
        value: String,
        expected: &'static str,
    },
    #[error("this cannot be left open; {expected} was expected")]
    NotOpen { expected: &'static str },
    #[error("there is no source `{source_key}` above")]
    MissingSource { source_key: String },
    #[error("`{mark}` is not a mark; V is verified, P press, M memory, D design")]
    BadMark { mark: String },
    #[error("`{text}` is no date; dates look like 2025, 2025-11 or 2025-11-03")]
    BadDate { text: String },
    #[error("`{name}` cannot be a wallet type: types are words without quotes, points or spaces")]
    BadTypeName { name: String },
    #[error("the wallet type `{name}` is named twice")]
    TypeTwice { name: String },
    #[error("there is no wallet type `{name}`")]
    UnknownType { name: String },
    #[error("a zone is within 18 hours of UTC, and its changes stand in order within 1900 to 2200")]
    BadZone,
}

/// What a value of a type looks like, with an example.
const fn looks(pattern: &Pattern) -> &'static str {
    use world::spec::FieldType;
    match pattern.setting.ty {
        FieldType::Amount => "an amount that the currency has, such as \"2000.00\"",
        FieldType::Duration => "a duration such as \"30s\"",
        FieldType::Rate => "a rate from 0% to 1000% such as \"0.0005\" or \"0.05%\"",
        FieldType::TimeOfDay => "a time of day such as \"20:00\"",
        FieldType::Count => "a whole number such as \"10\"",
        FieldType::Choice(_) => "one of the words that its page lists",
        _ => "\"true\" or \"false\"",
    }
}

/// Reads a preset's file.
pub(super) fn read(text: &str) -> Result<Preset, Vec<PresetFault>> {
    let mut reader = Reader {
        text,
        faults: Vec::new(),
    };
    let preset = match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => reader.preset(&Piece {
            raw: raw.get(),
            path: String::new(),
        }),
        Err(error) => {
            reader.faults.push(PresetFault {
                line: u32::try_from(error.line()).unwrap_or(u32::MAX),
                column: u32::try_from(error.column()).unwrap_or(u32::MAX),
                path: "preset".to_owned(),
                problem: PresetProblem::Syntax {
                    reason: error.to_string(),
                },
            });
            None
        }
    };
    match preset {
        Some(preset) if reader.faults.is_empty() => Ok(preset),
        _ => {
            reader
                .faults
                .sort_by_key(|fault| (fault.line, fault.column));
            Err(reader.faults)
        }
    }
}

/// A JSON value as it stands in the file.
#[derive(Clone)]
struct Piece<'t> {
    raw: &'t str,
    path: String,
}

impl<'t> Piece<'t> {
    fn is_null(&self) -> bool {
        self.raw == "null"
    }

    fn parsed<T: Deserialize<'t>>(&self) -> Option<T> {
        serde_json::from_str(self.raw).ok()
    }
}

/// An object's keys and values as they stand, even keys given twice.
struct Members<'t>(Vec<(String, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

/// An object of which each key is known.
struct Object<'t>(BTreeMap<&'static str, Piece<'t>>);

impl<'t> Object<'t> {
    fn get(&self, key: &str) -> Option<&Piece<'t>> {
        self.0.get(key)
    }
}

struct Reader<'t> {
    text: &'t str,
    faults: Vec<PresetFault>,
}

impl<'t> Reader<'t> {
    /// Line and column at which a piece begins.
    fn place(&self, piece: &Piece<'t>) -> (u32, u32) {
        // A piece borrows from the text, so it lies in it.
        let at = piece.raw.as_ptr().addr() - self.text.as_ptr().addr();
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            + 1;
        let counted = |count| u32::try_from(count).unwrap_or(u32::MAX);
        (counted(line), counted(column))
    }

    fn fault(&mut self, piece: &Piece<'t>, problem: PresetProblem) {
        let (line, column) = self.place(piece);
        let path = if piece.path.is_empty() {
            "preset".to_owned()
        } else {
            piece.path.clone()
        };
        self.faults.push(PresetFault {
            line,
            column,
            path,
            problem,
        });
    }

    fn form<T>(&mut self, piece: &Piece<'t>, expected: &'static str) -> Option<T> {
        self.fault(piece, PresetProblem::Form { expected });
        None
    }

    fn members(&mut self, piece: &Piece<'t>) -> Option<Vec<(String, Piece<'t>)>> {
        let Some(Members(members)) = piece.parsed() else {
            return self.form(piece, "an object");
        };
        let mut pieces: Vec<(String, Piece<'t>)> = Vec::new();
        for (key, raw) in members {
            let path = if piece.path.is_empty() {
                key.clone()
            } else {
                format!("{}.{key}", piece.path)
            };
            let member = Piece {
                raw: raw.get(),
                path,
            };
            if pieces.iter().any(|(known, _)| *known == key) {
                self.fault(&member, PresetProblem::KeyTwice { key });
            } else {
                pieces.push((key, member));
            }
        }
        Some(pieces)
    }

    /// An object with these keys, all but the optional ones needed.
    fn object(
        &mut self,
        piece: &Piece<'t>,
        needed: &[&'static str],
        optional: &[&'static str],
    ) -> Option<Object<'t>> {
        let mut object = Object(BTreeMap::new());
        for (key, member) in self.members(piece)? {
            match needed.iter().chain(optional).find(|known| **known == key) {
                Some(known) => {
                    object.0.insert(known, member);
                }
                None => {
                    let known = [needed, optional].concat().join(", ");
                    self.fault(&member, PresetProblem::UnknownKey { key, known });
                }
            }
        }
        for key in needed {
            if !object.0.contains_key(key) {
                self.fault(piece, PresetProblem::MissingKey { key });
            }
        }
        Some(object)
    }

    fn list(&mut self, piece: &Piece<'t>) -> Option<Vec<Piece<'t>>> {
        let Some(raws) = piece.parsed::<Vec<&'t RawValue>>() else {
            return self.form(piece, "a list");
        };
        let pieces = raws.into_iter().enumerate().map(|(index, raw)| Piece {
            raw: raw.get(),
            path: format!("{}[{index}]", piece.path),
        });
        Some(pieces.collect())
    }

    fn text(&mut self, piece: &Piece<'t>) -> Option<String> {
        match piece.parsed::<String>() {
            Some(text) if !text.trim().is_empty() => Some(text),
            _ => self.form(piece, "a text"),
        }
    }

    /// A text of another type.
    fn of<T>(
        &mut self,
        piece: &Piece<'t>,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(piece)?;
        let it = read(&text);
        if it.is_none() {
            let value = text;
            self.fault(piece, PresetProblem::BadValue { value, expected });
        }
        it
    }

    fn whole<T: TryFrom<i64>>(&mut self, piece: &Piece<'t>) -> Option<T> {
        match piece.parsed::<i64>().map(T::try_from) {
            Some(Ok(whole)) => Some(whole),
            _ => self.form(piece, "a whole number"),
        }
    }

    fn date(&mut self, piece: &Piece<'t>) -> Option<String> {
        let text = self.text(piece)?;
        if is_date(&text) {
            return Some(text);
        }
        self.fault(piece, PresetProblem::BadDate { text });
        None
    }

    fn preset(&mut self, piece: &Piece<'t>) -> Option<Preset> {
        let object = self.object(
            piece,
            &[
                "name",
                "version",
                "currency",
                "zone",
                "start",
                "issuance",
                "business_type",
                "wallet_types",
                "sources",
                "values",
            ],
            &["ended"],
        )?;
        // Each part is read, whatever is wrong with the others.
        let name = object.get("name").and_then(|it| self.name(it));
        let version = object.get("version").and_then(|it| self.whole(it));
        let ended = object.get("ended").and_then(|it| self.date(it));
        let currency = object.get("currency").and_then(|it| self.currency(it));
        let zone = object.get("zone").and_then(|it| self.zone(it));
        let start = object.get("start").and_then(|it| {
            self.of(
                it,
                "a date with a time such as \"2025-11-03T09:00\"",
                |text| text.parse::<Civil>().ok(),
            )
        });
        if let (Some(zone), Some(start), Some(piece)) = (&zone, &start, object.get("start"))
            && zone.instant(start).is_err()
        {
            let value = start.to_string();
            let expected = "a time that the clocks of the zone show";
            self.fault(piece, PresetProblem::BadValue { value, expected });
        }
        let issuance = object.get("issuance").and_then(|it| {
            let expected = "one of \"stocked\", \"on-demand\" and \"deposit\"";
            self.of(it, expected, |text| match text {
                "stocked" => Some(Issuance::Stocked),
                "on-demand" => Some(Issuance::OnDemand),
                "deposit" => Some(Issuance::Deposit),
                _ => None,
            })
        });
        let wallet_types = object
            .get("wallet_types")
            .and_then(|it| self.wallet_types(it));
        let types = wallet_types.as_deref().unwrap_or_default();
        let business_type = object.get("business_type").and_then(|it| {
            let name = self.text(it)?;
            let index = types.iter().position(|known| *known == name);
            if index.is_none() && !types.is_empty() {
                self.fault(it, PresetProblem::UnknownType { name });
            }
            u16::try_from(index?).ok()
        });
        let sources = object.get("sources").and_then(|it| self.sources(it));
        let values = object.get("values").and_then(|it| {
            let decimals = currency.map(|currency: Currency| currency.decimals());
            self.values(it, types, sources.as_ref(), decimals)
        });
        Some(Preset {
            name: name?,
            version: version?,
            ended,
            currency: currency?,
            zone: zone?,
            start: start?,
            issuance: issuance?,
            business_type: business_type?,
            wallet_types: wallet_types?,
            sources: sources?,
            values: values?,
            digest: *blake3::hash(self.text.as_bytes()).as_bytes(),
        })
    }

    fn name(&mut self, piece: &Piece<'t>) -> Option<String> {
        self.of(piece, "a name such as \"cny-2025\"", |text| {
            is_bare(text).then(|| text.to_owned())
        })
    }

    fn currency(&mut self, piece: &Piece<'t>) -> Option<Currency> {
        let object = self.object(piece, &["code", "decimals"], &[])?;
        let code = object.get("code").and_then(|it| self.text(it));
        let decimals = object.get("decimals").and_then(|it| self.whole(it));
        match Currency::new(&code?, decimals?) {
            Ok(currency) => Some(currency),
            Err(_) => self.form(piece, "a currency of three capitals and few decimals"),
        }
    }

    fn zone(&mut self, piece: &Piece<'t>) -> Option<Zone> {
        let object = self.object(piece, &["name", "offset_seconds"], &["transitions"])?;
        let name = object.get("name").and_then(|it| self.text(it));
        let offset = object.get("offset_seconds").and_then(|it| self.whole(it));
        let transitions = match object.get("transitions") {
            Some(list) => self.transitions(list),
            None => Some(Vec::new()),
        };
        match Zone::new(name?, offset?, transitions?) {
            Ok(zone) => Some(zone),
            Err(_) => {
                self.fault(piece, PresetProblem::BadZone);
                None
            }
        }
    }

    /// When the zone's offset changes, in UTC, and what to.
    fn transitions(&mut self, piece: &Piece<'t>) -> Option<Vec<(Instant, i32)>> {
        let greenwich = Zone::fixed("UTC", 0).ok()?;
        let mut transitions = Some(Vec::new());
        for change in self.list(piece)? {
            let object = self.object(&change, &["at", "offset_seconds"], &[])?;
            let at = object.get("at").and_then(|it| {
                self.of(it, "a moment in UTC such as \"2027-03-28T01:00\"", |text| {
                    greenwich.instant(&text.parse().ok()?).ok()
                })
            });
            let offset = object.get("offset_seconds").and_then(|it| self.whole(it));
            match (at, offset, &mut transitions) {
                (Some(at), Some(offset), Some(transitions)) => transitions.push((at, offset)),
                _ => transitions = None,
            }
        }
        transitions
    }

    fn wallet_types(&mut self, piece: &Piece<'t>) -> Option<Vec<String>> {
        let mut types: Vec<String> = Vec::new();
        for each in self.list(piece)? {
            let Some(name) = self.text(&each) else {
                continue;
            };
            if !is_bare(&name) {
                self.fault(&each, PresetProblem::BadTypeName { name });
            } else if types.contains(&name) {
                self.fault(&each, PresetProblem::TypeTwice { name });
            } else {
                types.push(name);
            }
        }
        if types.is_empty() {
            return self.form(piece, "at least one wallet type");
        }
        Some(types)
    }

    fn sources(&mut self, piece: &Piece<'t>) -> Option<BTreeMap<String, Citation>> {
        let mut sources = BTreeMap::new();
        for (key, each) in self.members(piece)? {
            let Some(object) = self.object(&each, &["title", "date"], &[]) else {
                continue;
            };
            let title = object.get("title").and_then(|it| self.text(it));
            let date = object.get("date").and_then(|it| self.date(it));
            // What is wrong with a source is told once, not with each value.
            let citation = Citation {
                title: title.unwrap_or_default(),
                date: date.unwrap_or_default(),
            };
            sources.insert(key, citation);
        }
        Some(sources)
    }

    fn values(
        &mut self,
        piece: &Piece<'t>,
        types: &[String],
        sources: Option<&BTreeMap<String, Citation>>,
        decimals: Option<u8>,
    ) -> Option<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut lines: BTreeMap<String, u32> = BTreeMap::new();
        for mut each in self.list(piece)? {
            let Some(object) = self.object(&each, &["path", "value", "mark", "source"], &[]) else {
                continue;
            };
            let Some(path) = object.get("path").and_then(|it| self.text(it)) else {
                continue;
            };
            each.path.clone_from(&path);
            // From here on the faults go by the path.
            let part = |key: &str| {
                object.get(key).map(|it| Piece {
                    raw: it.raw,
                    path: path.clone(),
                })
            };
            if let Some(&line) = lines.get(&path) {
                self.fault(&each, PresetProblem::PathTwice { line });
                continue;
            }
            lines.insert(path.clone(), self.place(&each).0);
            let value = part("value").and_then(|it| {
                if types.is_empty() {
                    // Without them no path is known, and that has been told.
                    return None;
                }
                let Some(pattern) = Pattern::of(&path, types) else {
                    self.fault(&each, PresetProblem::UnknownPath);
                    return None;
                };
                self.value(&it, pattern, decimals)
            });
            let mark = part("mark").and_then(|it| {
                let mark = self.text(&it)?;
                let known = Mark::of(&mark);
                if known.is_none() {
                    self.fault(&it, PresetProblem::BadMark { mark });
                }
                known
            });
            let source = part("source").and_then(|it| {
                let source_key = self.text(&it)?;
                if sources.is_some_and(|sources| !sources.contains_key(&source_key)) {
                    self.fault(&it, PresetProblem::MissingSource { source_key });
                    return None;
                }
                Some(source_key)
            });
            if let (Some(mark), Some(source)) = (mark, source) {
                entries.push(Entry {
                    path,
                    value,
                    mark,
                    source,
                });
            }
        }
        self.complete(piece, types, &lines, &entries);
        Some(entries)
    }

    /// A value of its type, or none if it is left open.
    fn value(
        &mut self,
        piece: &Piece<'t>,
        pattern: &'static Pattern,
        decimals: Option<u8>,
    ) -> Option<String> {
        let expected = looks(pattern);
        if piece.is_null() {
            if !pattern.open {
                self.fault(piece, PresetProblem::NotOpen { expected });
            }
            return None;
        }
        let Some(value) = piece.parsed::<String>() else {
            let value = piece.raw.to_owned();
            self.fault(piece, PresetProblem::BadValue { value, expected });
            return None;
        };
        if decimals
            .is_some_and(|decimals| Figure::read(pattern.setting.ty, &value, decimals).is_none())
        {
            self.fault(piece, PresetProblem::BadValue { value, expected });
            return None;
        }
        Some(value)
    }

    /// Tells of the values that a preset must have and this one has not.
    fn complete(
        &mut self,
        piece: &Piece<'t>,
        types: &[String],
        lines: &BTreeMap<String, u32>,
        entries: &[Entry],
    ) {
        let mut missing = |path: String| {
            let piece = Piece {
                raw: piece.raw,
                path,
            };
            self.fault(&piece, PresetProblem::MissingPath);
        };
        for pattern in PATTERNS.iter().filter(|pattern| pattern.required) {
            for path in pattern.paths(types).filter(|it| !lines.contains_key(it)) {
                missing(path);
            }
        }
        // A night has both its ends and its limit.
        let open = |path: &str| {
            let entry = entries.iter().find(|entry| entry.path == path);
            entry.is_none_or(|entry| entry.value.is_none())
        };
        if NIGHT.iter().any(|path| lines.contains_key(*path)) {
            for path in NIGHT.into_iter().filter(|path| open(path)) {
                missing(path.to_owned());
            }
        }
    }
}

/// Whether a text is a year, a month or a day: `2025`, `2025-11`, `2025-11-03`.
fn is_date(text: &str) -> bool {
    let rest = match text.len() {
        4 => "-01-01",
        7 => "-01",
        10 => "",
        _ => return false,
    };
    format!("{text}{rest}T00:00").parse::<Civil>().is_ok()
}

impl Mark {
    /// The mark of this letter.
    fn of(letter: &str) -> Option<Mark> {
        Mark::ALL.into_iter().find(|mark| mark.letter() == letter)
    }
}
