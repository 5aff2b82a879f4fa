//! `exchequer preset`: the presets that ship, or every value of one with its
//! mark, date and source.

use exchequer::presets::Preset;
use exchequer::views::{Sheet, SheetRow, Unit};
use serde::Serialize;

use crate::args;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::table::{Side, Table};

/// A preset in the list of all.
#[derive(Serialize)]
struct Listed {
    preset: String,
    currency: String,
    issuance: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
    values: usize,
}

/// Prints a preset, or the list of all.
pub(crate) fn preset(asked: &args::Preset, out: &mut Out) -> Result<Verdict, Failure> {
    match &asked.name {
        Some(name) => {
            let sheet = find(name)?.sheet(&[]);
            if asked.json {
                json(&sheet, out);
            } else {
                values(&sheet, out);
            }
        }
        None => {
            let found = Preset::shipped().filter_map(|(name, version)| {
                let sheet = Preset::find(name, Some(version))?.sheet(&[]);
                Some(Listed {
                    preset: sheet.preset,
                    currency: sheet.currency,
                    issuance: sheet.issuance,
                    ended: sheet.ended,
                    values: sheet.rows.len(),
                })
            });
            let list: Vec<Listed> = found.collect();
            if asked.json {
                json(&list, out);
            } else {
                listed(&list, out);
            }
        }
    }
    Ok(Verdict::Held)
}

fn json(it: &impl Serialize, out: &mut Out) {
    // Texts, numbers and truth values: JSON has a form for all of them.
    out.line(serde_json::to_string_pretty(it).unwrap_or_default());
}

/// The preset of a name, `cny-2025`, or of name and version, `cny-2025@1`.
/// A shipped preset by its name, or by name and version.
///
/// # Errors
/// If there is none.
pub(crate) fn find(asked: &str) -> Result<Preset, Failure> {
    let found = match asked.split_once('@') {
        None => Preset::find(asked, None),
        Some((name, version)) => version
            .parse()
            .ok()
            .and_then(|version| Preset::find(name, Some(version))),
    };
    found.ok_or_else(|| Failure::NoPreset {
        name: asked.to_owned(),
        known: Preset::shipped()
            .map(|(name, version)| format!("{name}@{version}"))
            .collect::<Vec<_>>()
            .join(", "),
    })
}

fn listed(list: &[Listed], out: &mut Out) {
    let mut table = Table::new(0, &[Side::Left; 4]);
    for it in list {
        let ended = it.ended.as_ref().map(|day| format!("until {day}"));
        table.row([
            it.preset.clone(),
            it.currency.clone(),
            it.issuance.clone(),
            ended.unwrap_or_default(),
        ]);
    }
    out.text(table);
}

fn values(sheet: &Sheet, out: &mut Out) {
    out.line(&sheet.preset);
    let mut head = format!(
        "{}, issuance {}, days in {}",
        sheet.currency, sheet.issuance, sheet.zone
    );
    if let Some(day) = &sheet.ended {
        head.push_str(&format!(", in force until {day}"));
    }
    out.line(head);
    out.line("");
    let mut table = Table::new(
        0,
        &[Side::Left, Side::Right, Side::Left, Side::Left, Side::Left],
    );
    for row in &sheet.rows {
        table.row([
            row.path.clone(),
            value(row),
            row.mark.clone().unwrap_or_default(),
            row.date.clone().unwrap_or_default(),
            row.source.clone().unwrap_or_default(),
        ]);
    }
    out.text(table);
    out.line("\nV read in a primary source, P from the press or a secondary page, M from memory, D chosen by this project.");
}

/// A value in words where it has no figure.
fn value(row: &SheetRow) -> String {
    match (&row.value, row.unit) {
        (Some(value), Unit::Switch) if value == "true" => "yes".to_owned(),
        (Some(_), Unit::Switch) => "no".to_owned(),
        (Some(value), _) => value.clone(),
        (None, Unit::Amount) => "no limit".to_owned(),
        (None, _) => "none".to_owned(),
    }
}
