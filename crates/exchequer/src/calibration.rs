//! Figures of the real world, each with its mark, date and source, to hold
//! beside a run.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::views::Calibration;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: BTreeMap<String, Source>,
    figures: Vec<Figure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    title: String,
    date: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure {
    key: String,
    value: String,
    unit: String,
    mark: String,
    source: String,
}

const FILE: &str = include_str!("../../../static/calibration.json");

/// All of them, in the file's order.
#[must_use]
pub fn calibration() -> Vec<Calibration> {
    read(FILE).unwrap_or_default()
}

/// The figures of a file whose sources are all named.
fn read(text: &str) -> Option<Vec<Calibration>> {
    let File { sources, figures } = serde_json::from_str(text).ok()?;
    let figure = |it: Figure| {
        let source = sources.get(&it.source)?;
        Some(Calibration {
            key: it.key,
            value: it.value,
            unit: it.unit,
            mark: it.mark,
            date: source.date.clone(),
            source: source.title.clone(),
        })
    };
    figures.into_iter().map(figure).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_a_number_with_mark_date_and_source() {
        let figures = read(FILE).expect("the file can be read and names its sources");
        assert!(figures.len() > 10);
        for it in &figures {
            assert!(it.value.parse::<money::Rate>().is_ok(), "{it:?}");
            assert!(["V", "P", "M", "D"].contains(&it.mark.as_str()), "{it:?}");
            assert!(it.date.len() == 10 && !it.source.is_empty(), "{it:?}");
        }
        let keys: std::collections::BTreeSet<_> = figures.iter().map(|it| &it.key).collect();
        assert_eq!(keys.len(), figures.len());
    }
}
