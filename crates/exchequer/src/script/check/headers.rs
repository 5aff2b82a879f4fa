//! The headers of a scenario.

use world::spec::Value;

use super::super::ast::Statement;
use super::super::diagnostic::{Problem, Severity, Suggestion};
use super::super::syntax::{At, Bytes, Fault, Raw};
use super::{Checker, Text};
use crate::script::{MOST_STOPS, NONE};

impl<'t> Checker<'t, '_> {
    pub(super) fn header(&mut self, text: Text<'t>, first: &Bytes, raw: Raw) -> Option<Statement> {
        let word = &text.text[first.clone()];
        if self.in_body {
            let header = word.to_owned();
            self.at(text, first, Problem::HeaderLate { header });
            return None;
        }
        let header = match &raw {
            Raw::Set { path, .. } => format!("set {}", path.it),
            _ => word.to_owned(),
        };
        if let Some(&line) = self.headers.get(&header) {
            self.at(text, first, Problem::HeaderTwice { header, line });
            return None;
        }
        self.headers.insert(header, text.number);
        Some(match raw {
            Raw::Title(title) => Statement::Title(title),
            Raw::Use { name, version } => {
                self.check_preset(text, &name, version.as_ref())?;
                Statement::Use {
                    name: name.it,
                    version: version.map(|version| version.it),
                }
            }
            Raw::Seed(seed) => Statement::Seed(seed),
            Raw::Start(At { it: start, bytes }) => {
                if let Some(preset) = &self.outcome.preset {
                    match preset.zone.instant(&start) {
                        Ok(instant) => self.start = Some(instant),
                        Err(error) => {
                            self.bad_time(text, &bytes, error);
                            return None;
                        }
                    }
                }
                Statement::Start(start)
            }
            Raw::Lang(At { it: tag, bytes }) => {
                if !is_language(&tag) {
                    self.at(text, &bytes, Problem::BadLang { tag });
                    return None;
                }
                Statement::Lang(tag)
            }
            Raw::Signing(on) => Statement::Signing(on),
            Raw::Set {
                path,
                value,
                stops,
                source,
            } => self.set(text, path, value, stops, source)?,
            // The caller gives headers only.
            _ => return None,
        })
    }

    fn check_preset(
        &mut self,
        text: Text<'t>,
        name: &At<String>,
        version: Option<&At<u32>>,
    ) -> Option<()> {
        let list = self.presets.list();
        let newest = list
            .iter()
            .filter(|(known, _)| *known == name.it)
            .map(|(_, version)| *version)
            .max();
        match (newest, version) {
            (None, _) => {
                let problem = Problem::UnknownPreset {
                    name: name.it.clone(),
                };
                let known = list.iter().map(|(name, _)| name.as_str());
                self.unknown(text, &name.bytes, problem, &name.it, known);
                None
            }
            (Some(newest), Some(version)) if self.outcome.preset.is_none() => {
                let problem = Problem::UnknownVersion {
                    name: name.it.clone(),
                    version: version.it,
                    newest,
                };
                let fault = Fault::new(problem, version.bytes.clone())
                    .suggest(version.bytes.clone(), newest.to_string());
                self.fault(text, fault);
                None
            }
            (Some(newest), None) => {
                let end = name.bytes.end..name.bytes.end;
                let suggestion = Suggestion {
                    place: text.place(&end),
                    replacement: format!("@{newest}"),
                };
                self.tell(
                    Severity::Warning,
                    text.place(&name.bytes),
                    Problem::UnpinnedPreset {
                        name: name.it.clone(),
                        newest,
                    },
                    Some(suggestion),
                );
                Some(())
            }
            (Some(_), Some(_)) => Some(()),
        }
    }

    fn set(
        &mut self,
        text: Text<'t>,
        path: At<String>,
        value: At<Value>,
        stops: Vec<At<Value>>,
        source: Option<String>,
    ) -> Option<Statement> {
        let mut values = vec![value];
        values.extend(stops);
        if let Some(preset) = self.outcome.preset.clone() {
            let Some(ty) = self.presets.settable(&preset, &path.it) else {
                let problem = Problem::UnknownPath {
                    path: path.it.clone(),
                    preset: preset.name.clone(),
                };
                let known = self.presets.settable_paths(&preset);
                let known = known.iter().map(String::as_str);
                self.unknown(text, &path.bytes, problem, &path.it, known);
                return None;
            };
            let open = self.presets.leaves_open(&preset, &path.it);
            for value in &mut values {
                if !(open && value.it == Value::Name(NONE.to_owned())) {
                    value.it = self.typed(text, &path.it, ty, value.clone(), false)?;
                }
            }
        }
        let stops = values.split_off(1);
        self.check_stops(text, &stops)?;
        Some(Statement::Set {
            path: path.it,
            value: values.pop()?.it,
            stops: stops.into_iter().map(|stop| stop.it).collect(),
            source,
        })
    }

    /// A slider has an end at either side, and no stop twice.
    fn check_stops(&mut self, text: Text<'t>, stops: &[At<Value>]) -> Option<()> {
        let twice = |(at, stop): &(usize, &At<Value>)| {
            stops[..*at].iter().any(|before| before.it == stop.it)
        };
        let wrong = match stops {
            [only] => Some((only, Problem::TooFewStops {})),
            _ if stops.len() > MOST_STOPS => stops
                .get(MOST_STOPS)
                .map(|stop| (stop, Problem::TooManyStops { most: MOST_STOPS })),
            _ => stops.iter().enumerate().find(twice).map(|(_, stop)| {
                let stop_text = text.text[stop.bytes.clone()].to_owned();
                (stop, Problem::StopTwice { stop: stop_text })
            }),
        };
        match wrong {
            Some((stop, problem)) => {
                self.at(text, &stop.bytes, problem);
                None
            }
            None => Some(()),
        }
    }
}

fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    parts.next().is_some_and(|part| {
        matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphabetic())
    }) && parts
        .all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
