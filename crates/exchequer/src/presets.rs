//! Presets: the numbers of real systems, each with its mark, source and date.
//!
//! A shipped preset never changes; a correction gets a new version. A scenario
//! overrides single values by `set`, which shows as "ours".

mod paths;

use std::collections::BTreeMap;

use blake3::Hasher;
use money::{Civil, Currency, Rate, Span, Zone};
use serde::Deserialize;
use thiserror::Error;
use world::rules::{Issuance, Night, Rules, WalletType};
use world::spec::{FieldType, Value};

use crate::script::{PresetFacts, Presets};
use crate::views::Source;
use paths::{Figure, NIGHT, PATTERNS, Pattern};

/// The files that ship, oldest version of a name first.
const SHIPPED: &[&str] = &[include_str!("../../../static/presets/cny-2025@1.json")];

/// A preset as its file says it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The last day on which its rules were in force.
    pub ended: Option<String>,
    currency: CurrencyOf,
    zone: ZoneOf,
    start: String,
    issuance: IssuanceOf,
    business_type: String,
    wallet_types: Vec<String>,
    sources: BTreeMap<String, Citation>,
    values: Vec<Entry>,
    /// BLAKE3 digest of the file's bytes.
    #[serde(skip)]
    digest: [u8; 32],
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CurrencyOf {
    code: String,
    decimals: u8,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneOf {
    name: String,
    offset_seconds: i32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum IssuanceOf {
    Stocked,
    OnDemand,
    Deposit,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Citation {
    title: String,
    date: String,
}

/// One value with where it comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    value: Option<String>,
    mark: String,
    source: String,
}

/// Why a preset's file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PresetError {
    /// It is not of the form of a preset.
    #[error("not a preset: {0}")]
    Form(String),
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
    /// Says what is not as it should be.
    pub fn read(text: &str) -> Result<Preset, PresetError> {
        let mut preset: Preset =
            serde_json::from_str(text).map_err(|error| PresetError::Form(error.to_string()))?;
        preset.digest = *blake3::hash(text.as_bytes()).as_bytes();
        for entry in &preset.values {
            if !preset.sources.contains_key(&entry.source) {
                return Err(PresetError::Missing(format!(
                    "the source “{}” of {}",
                    entry.source, entry.path
                )));
            }
        }
        preset.facts()?;
        preset.rules(&[])?;
        Ok(preset)
    }

    /// Every preset that ships.
    pub fn shipped() -> impl Iterator<Item = Preset> {
        SHIPPED.iter().filter_map(|text| Preset::read(text).ok())
    }

    /// The shipped preset of this name, in this version or the newest.
    pub fn find(name: &str, version: Option<u32>) -> Option<Preset> {
        Preset::shipped()
            .filter(|preset| preset.name == name && version.is_none_or(|it| it == preset.version))
            .last()
    }

    /// Name and version: `cny-2025@1`.
    pub fn id(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    fn facts(&self) -> Result<PresetFacts, PresetError> {
        let bad = |path: &str, value: &str| PresetError::Value {
            path: path.into(),
            value: value.into(),
        };
        Ok(PresetFacts {
            name: self.name.clone(),
            version: self.version,
            currency: Currency::new(&self.currency.code, self.currency.decimals)
                .map_err(|_| bad("currency", &self.currency.code))?,
            zone: Zone::fixed(&self.zone.name, self.zone.offset_seconds)
                .map_err(|_| bad("zone", &self.zone.name))?,
            start: self
                .start
                .parse::<Civil>()
                .map_err(|_| bad("start", &self.start))?,
            wallet_types: self.wallet_types.clone(),
        })
    }

    /// The rules of a run that sets these values itself.
    ///
    /// # Errors
    /// Says which value cannot be used.
    pub fn rules(&self, ours: &[Ours]) -> Result<Rules, PresetError> {
        let facts = self.facts()?;
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
        let business_type = self
            .wallet_types
            .iter()
            .position(|name| *name == self.business_type)
            .and_then(|index| u16::try_from(index).ok())
            .ok_or_else(|| PresetError::Missing("business_type".into()))?;
        Ok(Rules {
            issuance: match self.issuance {
                IssuanceOf::Stocked => Issuance::Stocked,
                IssuanceOf::OnDemand => Issuance::OnDemand,
                IssuanceOf::Deposit => Issuance::Deposit,
            },
            latency: figures.span("message.latency")?,
            timeout: figures.span("message.timeout")?,
            business_type,
            waterfall: figures.holds("waterfall.receipts")?,
            reverse_waterfall: figures.holds("waterfall.payments")?,
            insurance: figures.amount("insurance.limit")?,
            reserve_ratio: figures.rate("reserve.ratio")?,
            margin: figures.rate("margin.non-bank")?,
            traceable_from: figures.amount("privacy.traceable-from")?,
            refund_within: figures.duration("refund.within")?,
            night: figures.night()?,
            policy_rate: figures.rate("policy.rate")?,
            ..Rules::new(
                &self.id(),
                *hasher.finalize().as_bytes(),
                facts.currency,
                facts.zone,
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
            mark: entry.mark.clone(),
            source: citation.title.clone(),
            date: citation.date.clone(),
        })
    }

    /// The type of the value at a path that a scenario can set: any there is,
    /// whether or not this preset makes use of it.
    fn settable(&self, path: &str) -> Option<FieldType> {
        let pattern = Pattern::of(path, &self.wallet_types)?;
        let night = !NIGHT.contains(&path) || self.value(path).is_some();
        night.then_some(pattern.ty)
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
            (Some(ours), _) => Some(written(&ours.value)),
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
        match Figure::read(pattern.ty, &value, preset.currency.decimals) {
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

/// The presets that ship, for the language.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shipped;

impl Presets for Shipped {
    fn find(&self, name: &str, version: Option<u32>) -> Option<PresetFacts> {
        Preset::find(name, version)?.facts().ok()
    }

    fn list(&self) -> Vec<(String, u32)> {
        Preset::shipped()
            .map(|preset| (preset.name, preset.version))
            .collect()
    }

    fn settable(&self, preset: &PresetFacts, path: &str) -> Option<FieldType> {
        Preset::find(&preset.name, Some(preset.version))?.settable(path)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_shipped_preset_can_be_read() {
        for text in SHIPPED {
            let preset = Preset::read(text).unwrap();
            assert!(
                preset
                    .values
                    .iter()
                    .all(|entry| ["V", "P", "M", "D"].contains(&entry.mark.as_str()))
            );
        }
    }

    #[test]
    fn a_value_of_ours_replaces_the_presets_and_changes_the_digest() {
        let preset = Preset::find("cny-2025", None).unwrap();
        let ours = Ours {
            path: "wallet.IV.payment".into(),
            value: Value::Number {
                digits: "2500.00".into(),
                unit: None,
            },
            source: Some("Terms v3".into()),
        };
        let (plain, changed) = (
            preset.rules(&[]).unwrap(),
            preset.rules(std::slice::from_ref(&ours)).unwrap(),
        );
        assert_eq!(plain.wallet_types[3].payment, Some(200_000));
        assert_eq!(changed.wallet_types[3].payment, Some(250_000));
        assert_ne!(plain.digest, changed.digest);
        assert_eq!(
            preset.source("wallet.IV.payment", &[ours]),
            Some(Source::Ours(Some("Terms v3".into())))
        );
    }

    #[test]
    fn a_damaged_preset_is_named() {
        assert!(matches!(Preset::read("{}"), Err(PresetError::Form(_))));
        let text = SHIPPED[0].replace("\"2000.00\"", "\"two thousand\"");
        assert!(
            matches!(Preset::read(&text), Err(PresetError::Value { path, .. }) if path == "wallet.IV.payment")
        );
    }
}
