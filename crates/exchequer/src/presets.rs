//! Presets: the numbers of real systems, each with its mark, source and date.
//!
//! A shipped preset never changes; a correction gets a new version. A scenario
//! overrides single values by `set`, which shows as "ours".

use std::collections::BTreeMap;

use blake3::Hasher;
use money::{Civil, Currency, Span, Zone, parse_minor};
use serde::Deserialize;
use thiserror::Error;
use world::rules::{Issuance, Rules, WalletType};
use world::spec::{FieldType, Value};

use crate::script::{PresetFacts, Presets};
use crate::views::Source;

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
        let decimals = facts.currency.decimals();
        let text = |path: &str| -> Result<Option<String>, PresetError> {
            if let Some(ours) = ours.iter().rev().find(|ours| ours.path == path) {
                return Ok(Some(written(&ours.value)));
            }
            let entry = self.values.iter().find(|entry| entry.path == path);
            entry
                .map(|entry| entry.value.clone())
                .ok_or_else(|| PresetError::Missing(path.into()))
        };
        let amount = |path: String| -> Result<Option<i64>, PresetError> {
            let Some(value) = text(&path)? else {
                return Ok(None);
            };
            parse_minor(&value, decimals)
                .map(Some)
                .map_err(|_| PresetError::Value { path, value })
        };
        let duration = |path: &str| -> Result<Span, PresetError> {
            let value = text(path)?.ok_or_else(|| PresetError::Missing(path.into()))?;
            value.parse().map_err(|_| PresetError::Value {
                path: path.into(),
                value,
            })
        };
        let mut wallet_types = Vec::new();
        for name in &self.wallet_types {
            wallet_types.push(WalletType {
                name: name.clone(),
                balance: amount(format!("wallet.{name}.balance"))?,
                payment: amount(format!("wallet.{name}.payment"))?,
                day: amount(format!("wallet.{name}.day"))?,
                year: amount(format!("wallet.{name}.year"))?,
            });
        }
        let business = self
            .wallet_types
            .iter()
            .position(|name| *name == self.business_type);
        let mut hasher = Hasher::new_derive_key("exchequer 2026 rules 1");
        hasher.update(&self.digest);
        for ours in ours {
            for part in [&ours.path, &written(&ours.value)] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        Ok(Rules {
            preset: self.id(),
            digest: *hasher.finalize().as_bytes(),
            currency: facts.currency,
            zone: facts.zone,
            issuance: match self.issuance {
                IssuanceOf::Stocked => Issuance::Stocked,
            },
            latency: duration("message.latency")?,
            timeout: duration("message.timeout")?,
            business_type: business
                .and_then(|index| u16::try_from(index).ok())
                .ok_or_else(|| PresetError::Missing("business_type".into()))?,
            wallet_types,
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

    fn settable(&self, path: &str) -> Option<FieldType> {
        self.values.iter().find(|entry| entry.path == path)?;
        Some(if path.starts_with("message.") {
            FieldType::Duration
        } else {
            FieldType::Amount
        })
    }
}

/// A value as the preset's file would write it.
pub(crate) fn written(value: &Value) -> String {
    match value {
        Value::Number { digits, .. } => digits.clone(),
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
        let preset = Preset::find(&preset.name, Some(preset.version));
        preset
            .map(|preset| preset.values.into_iter().map(|entry| entry.path).collect())
            .unwrap_or_default()
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
