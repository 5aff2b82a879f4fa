//! Presets: the numbers of real systems, each with its mark, source and date.
//!
//! A shipped preset never changes; a correction gets a new version. A scenario
//! overrides single values by `set`, which shows as "ours".
//!
//! A file is a JSON object with a name, a version, the currency, the zone (its
//! offset, and in UTC the moments at which it changes), the start of scenarios
//! that name none, how money is issued, the wallet types, the type of firms,
//! the sources, and the values: each with path, value, mark and source.

mod file;
mod paths;

use std::collections::BTreeMap;

use blake3::Hasher;
use money::{Civil, Currency, Rate, Span, Zone};
use thiserror::Error;
use world::offline::{Mode, Model, Terms};
use world::rules::{Correspondents, Issuance, Night, Rules, WalletType};
use world::spec::{FieldType, Value};

use crate::script::{NONE, PresetFacts, Presets, Setting};
use crate::views::{Sheet, SheetRow, Source, Unit};
pub use file::{PresetFault, PresetProblem};
use paths::{Figure, NIGHT, PATTERNS, Pattern};

/// A file that ships. It is read when it is asked for.
struct Printed {
    name: &'static str,
    version: u32,
    text: &'static str,
}

macro_rules! shipped {
    ($($name:literal @ $version:literal),* $(,)?) => {
        &[$(Printed {
            name: $name,
            version: $version,
            text: include_str!(concat!(
                "../../../static/presets/", $name, "@", $version, ".json"
            )),
        }),*]
    };
}

/// The files that ship, as they are listed, the oldest version of a name first.
const SHIPPED: &[Printed] = shipped![
    "cny-2020-test" @ 1,
    "cny-2025" @ 1,
    "cny-2026" @ 1,
    "digital-euro" @ 1,
    "digital-pound" @ 1,
    "enaira" @ 1,
    "e-rupee" @ 1,
    "pix" @ 1,
    "upi-lite" @ 1,
    "mbridge" @ 1,
];

/// A preset as its file says it.
#[derive(Clone, Debug)]
pub struct Preset {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The last day on which its rules were in force.
    pub ended: Option<String>,
    currency: Currency,
    zone: Zone,
    start: Civil,
    issuance: Issuance,
    business_type: u16,
    wallet_types: Vec<String>,
    sources: BTreeMap<String, Citation>,
    values: Vec<Entry>,
    /// BLAKE3 digest of the file's bytes.
    digest: [u8; 32],
}

#[derive(Clone, Debug)]
struct Citation {
    title: String,
    date: String,
}

/// One value with where it comes from.
#[derive(Clone, Debug)]
struct Entry {
    path: String,
    value: Option<String>,
    mark: Mark,
    source: String,
}

/// How far a value can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Read in a primary or technical source.
    Verified,
    /// From the press or another secondary page.
    Press,
    /// From memory.
    Memory,
    /// Chosen by this project.
    Design,
}

impl Mark {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Verified, Self::Press, Self::Memory, Self::Design];

    /// Its letter in a preset's file and on screen.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Verified => "V",
            Self::Press => "P",
            Self::Memory => "M",
            Self::Design => "D",
        }
    }
}

/// Why a preset cannot be used with the values that a scenario sets.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PresetError {
    /// A value is not of its type.
    #[error("{path}: “{value}” is not a value for it")]
    Value {
        /// Where.
        path: String,
        /// What stands there.
        value: String,
    },
    /// Something that the rules need is not there.
    #[error("{0} is missing")]
    Missing(String),
}

/// What a scenario sets itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    /// Which value.
    pub path: String,
    /// The value.
    pub value: Value,
    /// Where it comes from, in the scenario's words.
    pub source: Option<String>,
}

impl Preset {
    /// Reads a preset's file.
    ///
    /// # Errors
    /// All that is wrong with it, from its beginning to its end.
    pub fn read(text: &str) -> Result<Preset, Vec<PresetFault>> {
        file::read(text)
    }

    /// Name and version of every preset that ships.
    pub fn shipped() -> impl Iterator<Item = (&'static str, u32)> {
        SHIPPED
            .iter()
            .map(|printed| (printed.name, printed.version))
    }

    /// The shipped preset of this name, in this version or the newest.
    #[must_use]
    pub fn find(name: &str, version: Option<u32>) -> Option<Preset> {
        let printed = SHIPPED
            .iter()
            .filter(|it| it.name == name && version.is_none_or(|version| it.version == version))
            .max_by_key(|it| it.version)?;
        Preset::read(printed.text).ok()
    }

    /// Name and version: `cny-2025@1`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    fn facts(&self) -> PresetFacts {
        PresetFacts {
            name: self.name.clone(),
            version: self.version,
            currency: self.currency,
            zone: self.zone.clone(),
            start: self.start,
            wallet_types: self.wallet_types.clone(),
        }
    }

    /// The rules of a run that sets these values itself.
    ///
    /// # Errors
    /// Says which value cannot be used.
    pub fn rules(&self, ours: &[Ours]) -> Result<Rules, PresetError> {
        let mut hasher = Hasher::new_derive_key("exchequer 2026 rules 1");
        hasher.update(&self.digest);
        for ours in ours {
            for part in [&ours.path, &written(&ours.value)] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        let figures = Figures { preset: self, ours };
        let mut wallet_types = Vec::new();
        for name in &self.wallet_types {
            let of = |what: &str| format!("wallet.{name}.{what}");
            wallet_types.push(WalletType {
                name: name.clone(),
                balance: figures.amount(&of("balance"))?,
                payment: figures.amount(&of("payment"))?,
                day: figures.amount(&of("day"))?,
                year: figures.amount(&of("year"))?,
                interest: figures.rate(&of("interest"))?,
            });
        }
        Ok(Rules {
            issuance: self.issuance,
            latency: figures.span("message.latency")?,
            timeout: figures.span("message.timeout")?,
            business_type: self.business_type,
            waterfall: figures.holds("waterfall.receipts")?,
            reverse_waterfall: figures.holds("waterfall.payments")?,
            insurance: figures.amount("insurance.limit")?,
            reserve_ratio: figures.rate("reserve.ratio")?,
            margin: figures.rate("margin.non-bank")?,
            traceable_from: figures.amount("privacy.traceable-from")?,
            refund_within: figures.duration("refund.within")?,
            night: figures.night()?,
            policy_rate: figures.rate("policy.rate")?,
            correspondents: Correspondents {
                fee: figures.rate("correspondent.fee")?,
                spread: figures.rate("correspondent.spread")?,
                working_time: figures.duration("correspondent.working-time")?,
                cut_off: match figures.figure("correspondent.cut-off")? {
                    Some(Figure::TimeOfDay(minute)) => Some(minute),
                    _ => None,
                },
            },
            offline: figures.offline()?,
            ..Rules::new(
                &self.id(),
                *hasher.finalize().as_bytes(),
                self.currency,
                self.zone.clone(),
                wallet_types,
            )
        })
    }

    /// Where a value comes from.
    pub fn source(&self, path: &str, ours: &[Ours]) -> Option<Source> {
        if let Some(ours) = ours.iter().rev().find(|ours| ours.path == path) {
            return Some(Source::Ours(ours.source.clone()));
        }
        let entry = self.values.iter().find(|entry| entry.path == path)?;
        let citation = self.sources.get(&entry.source)?;
        Some(Source::Preset {
            mark: entry.mark.letter().to_owned(),
            source: citation.title.clone(),
            date: citation.date.clone(),
        })
    }

    /// Every value with where it comes from: the preset's own in their order,
    /// those that the scenario sets in their place, and at the end what the
    /// scenario adds.
    #[must_use]
    pub fn sheet(&self, ours: &[Ours]) -> Sheet {
        let held = |path: &str| self.values.iter().any(|entry| entry.path == path);
        let last = |ours: &&Ours| !held(&ours.path);
        let paths = self.values.iter().map(|entry| &entry.path);
        let added = ours.iter().filter(last).map(|ours| &ours.path);
        Sheet {
            preset: self.id(),
            currency: self.currency.code().to_owned(),
            zone: self.zone.name().to_owned(),
            issuance: match self.issuance {
                Issuance::Stocked => "stocked",
                Issuance::OnDemand => "on-demand",
                Issuance::Deposit => "deposit",
            }
            .to_owned(),
            ended: self.ended.clone(),
            rows: paths
                .chain(added)
                .filter_map(|path| self.row(path, ours))
                .collect(),
        }
    }

    /// What kind of value stands at a path.
    #[must_use]
    pub fn unit(&self, path: &str) -> Option<Unit> {
        Some(match Pattern::of(path, &self.wallet_types)?.setting.ty {
            FieldType::Amount => Unit::Amount,
            FieldType::Duration => Unit::Duration,
            FieldType::Rate => Unit::Rate,
            FieldType::TimeOfDay => Unit::TimeOfDay,
            FieldType::Bool => Unit::Switch,
            _ => Unit::Plain,
        })
    }

    /// A value at a path, as a row of the [sheet](Preset::sheet) has it; none
    /// where it is left open.
    pub(crate) fn shown(&self, path: &str, value: &Value) -> Option<String> {
        let ours = [Ours {
            path: path.to_owned(),
            value: value.clone(),
            source: None,
        }];
        let figures = Figures {
            preset: self,
            ours: &ours,
        };
        let figure = figures.figure(path).ok()??;
        Some(figure.write(self.currency.decimals()))
    }

    fn row(&self, path: &str, ours: &[Ours]) -> Option<SheetRow> {
        let unit = self.unit(path)?;
        // A value that cannot be read has stopped the run before.
        let figure = Figures { preset: self, ours }.figure(path).ok()?;
        let (mark, date, source, is_ours) = match self.source(path, ours)? {
            Source::Preset { mark, source, date } => (Some(mark), Some(date), Some(source), false),
            Source::Ours(source) => (None, None, source, true),
            Source::Holder | Source::Operator => return None,
        };
        Some(SheetRow {
            path: path.to_owned(),
            value: figure.map(|figure| figure.write(self.currency.decimals())),
            unit,
            mark,
            date,
            source,
            ours: is_ours,
        })
    }

    /// The type of the value at a path that a scenario can set: any there is,
    /// whether or not this preset makes use of it.
    fn settable(&self, path: &str) -> Option<FieldType> {
        let pattern = Pattern::of(path, &self.wallet_types)?;
        let night = !NIGHT.contains(&path) || self.value(path).is_some();
        night.then_some(pattern.setting.ty)
    }

    fn value(&self, path: &str) -> Option<&str> {
        let entry = self.values.iter().find(|entry| entry.path == path)?;
        entry.value.as_deref()
    }
}

/// A preset's values with those that a scenario sets in their stead, read by
/// their types.
struct Figures<'a> {
    preset: &'a Preset,
    ours: &'a [Ours],
}

impl Figures<'_> {
    fn figure(&self, path: &str) -> Result<Option<Figure>, PresetError> {
        let preset = self.preset;
        let pattern = Pattern::of(path, &preset.wallet_types)
            .ok_or_else(|| PresetError::Missing(path.into()))?;
        let ours = self.ours.iter().rev().find(|ours| ours.path == path);
        let entry = preset.values.iter().find(|entry| entry.path == path);
        let value = match (ours, entry) {
            (Some(ours), _) => Some(written(&ours.value)).filter(|value| value != NONE),
            (None, Some(entry)) => entry.value.clone(),
            (None, None) if pattern.required => return Err(PresetError::Missing(path.into())),
            (None, None) => None,
        };
        let Some(value) = value else {
            return if pattern.open {
                Ok(None)
            } else {
                Err(PresetError::Missing(path.into()))
            };
        };
        match Figure::read(pattern.setting.ty, &value, preset.currency.decimals()) {
            Some(figure) => Ok(Some(figure)),
            None => Err(PresetError::Value {
                path: path.into(),
                value,
            }),
        }
    }

    fn amount(&self, path: &str) -> Result<Option<i64>, PresetError> {
        Ok(match self.figure(path)? {
            Some(Figure::Amount(minor)) => Some(minor),
            _ => None,
        })
    }

    fn rate(&self, path: &str) -> Result<Option<Rate>, PresetError> {
        Ok(match self.figure(path)? {
            Some(Figure::Rate(rate)) => Some(rate),
            _ => None,
        })
    }

    fn duration(&self, path: &str) -> Result<Option<Span>, PresetError> {
        Ok(match self.figure(path)? {
            Some(Figure::Duration(span)) => Some(span),
            _ => None,
        })
    }

    fn span(&self, path: &str) -> Result<Span, PresetError> {
        self.duration(path)?
            .ok_or_else(|| PresetError::Missing(path.into()))
    }

    fn holds(&self, path: &str) -> Result<bool, PresetError> {
        Ok(self.figure(path)? == Some(Figure::Bool(true)))
    }

    fn count(&self, path: &str) -> Result<Option<u32>, PresetError> {
        Ok(match self.figure(path)? {
            Some(Figure::Count(count)) => Some(count),
            _ => None,
        })
    }

    fn choice(&self, path: &str) -> Result<Option<&'static str>, PresetError> {
        Ok(match self.figure(path)? {
            Some(Figure::Choice(word)) => Some(word),
            _ => None,
        })
    }

    /// How devices pay: what is not said is the engine's own choice.
    fn offline(&self) -> Result<Terms, PresetError> {
        let mut terms = Terms::default();
        let one = 10i64.pow(u32::from(self.preset.currency.decimals()));
        // The engine's own sums are in hundredths.
        let sum = |minor: i64| minor * one / 100;
        let limits = &mut terms.limits;
        let (payment, purse) = ("offline.payment", "offline.purse");
        limits.payment = self.amount(payment)?.unwrap_or(sum(limits.payment));
        limits.purse = self.amount(purse)?.unwrap_or(sum(limits.purse));
        limits.unit = self
            .amount("offline.coin")?
            .unwrap_or(sum(limits.unit))
            .max(1);
        let pin_from = self.amount("offline.pin-from")?;
        limits.pin_from = pin_from.unwrap_or(sum(limits.pin_from));
        limits.locked_only = self.holds("offline.locked-only")?;
        limits.payments = self.count("offline.payments")?.unwrap_or(limits.payments);
        limits.hops = self.count("offline.hops")?.unwrap_or(limits.hops);
        let span = |path| Ok::<_, PresetError>(self.duration(path)?.map(|span| span.0));
        limits.sync_ms = span("offline.sync-within")?.unwrap_or(limits.sync_ms);
        limits.certificate_ms = span("offline.certificate")?.unwrap_or(limits.certificate_ms);
        if let Some(word) = self.choice("offline.model")? {
            let model = Model::ALL.iter().find(|model| model.key() == word);
            terms.model = model.copied().unwrap_or(terms.model);
        }
        if !terms.model.knows(terms.mode) {
            terms.mode = Mode::Staged;
        }
        if let Some(word) = self.choice("offline.mode")? {
            let mode = Mode::ALL.iter().find(|mode| mode.key() == word);
            terms.mode = mode.copied().unwrap_or(terms.mode);
            if !terms.model.knows(terms.mode) {
                return Err(PresetError::Value {
                    path: "offline.mode".into(),
                    value: word.into(),
                });
            }
        }
        Ok(terms)
    }

    fn night(&self) -> Result<Option<Night>, PresetError> {
        let [from, to, payment] = NIGHT;
        match (self.figure(from)?, self.figure(to)?, self.figure(payment)?) {
            (None, None, None) => Ok(None),
            (
                Some(Figure::TimeOfDay(from)),
                Some(Figure::TimeOfDay(to)),
                Some(Figure::Amount(payment)),
            ) => Ok(Some(Night { from, to, payment })),
            (None, ..) => Err(PresetError::Missing(from.into())),
            (_, None, _) => Err(PresetError::Missing(to.into())),
            _ => Err(PresetError::Missing(payment.into())),
        }
    }
}

/// A value as the preset's file would write it.
pub(crate) fn written(value: &Value) -> String {
    match value {
        Value::Number { digits, unit } => {
            format!("{digits}{}", unit.as_deref().unwrap_or_default())
        }
        Value::Text(text) | Value::Name(text) => text.clone(),
        Value::Duration(span) => span.to_string(),
        Value::Bool(it) => it.to_string(),
        Value::DateTime(civil) => civil.to_string(),
        Value::Range(low, high) => format!("{}..{}", written(low), written(high)),
        Value::List(items) => items.iter().map(written).collect::<Vec<_>>().join(", "),
        Value::Record(fields) => fields
            .iter()
            .map(|(name, value)| format!("{name}={}", written(value)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// Every kind of value that a preset can hold.
pub fn settings() -> impl Iterator<Item = Setting> {
    PATTERNS.iter().map(|pattern| pattern.setting)
}

/// The presets that ship, for the language.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shipped;

impl Presets for Shipped {
    fn find(&self, name: &str, version: Option<u32>) -> Option<PresetFacts> {
        Some(Preset::find(name, version)?.facts())
    }

    fn list(&self) -> Vec<(String, u32)> {
        Preset::shipped()
            .map(|(name, version)| (name.to_owned(), version))
            .collect()
    }

    fn settable(&self, preset: &PresetFacts, path: &str) -> Option<FieldType> {
        Preset::find(&preset.name, Some(preset.version))?.settable(path)
    }

    fn leaves_open(&self, preset: &PresetFacts, path: &str) -> bool {
        // The hours of a lower limit and the limit itself stand or fall together.
        !NIGHT.contains(&path)
            && Pattern::of(path, &preset.wallet_types).is_some_and(|pattern| pattern.open)
    }

    fn settable_paths(&self, preset: &PresetFacts) -> Vec<String> {
        let Some(preset) = Preset::find(&preset.name, Some(preset.version)) else {
            return Vec::new();
        };
        PATTERNS
            .iter()
            .flat_map(|pattern| pattern.paths(&preset.wallet_types))
            .filter(|path| preset.settable(path).is_some())
            .collect()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_shipped_file_is_of_its_name_and_version() {
        for printed in SHIPPED {
            let preset = Preset::read(printed.text).unwrap();
            let id = format!("{}@{}", printed.name, printed.version);
            assert_eq!(preset.id(), id);
            assert!(preset.rules(&[]).is_ok(), "{id}");
        }
    }

    #[test]
    fn every_path_that_a_scenario_can_set_has_a_type() {
        for (name, version) in Preset::shipped() {
            let facts = Preset::find(name, Some(version)).unwrap().facts();
            let paths = Shipped.settable_paths(&facts);
            assert!(paths.len() >= 4 * facts.wallet_types.len() + 9, "{name}");
            for path in paths {
                assert!(Shipped.settable(&facts, &path).is_some(), "{name} {path}");
            }
        }
    }
}
