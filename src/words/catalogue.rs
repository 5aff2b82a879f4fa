//! Reads the message catalogues. They are written in Fluent's syntax, of which
//! they use what a tenth of a Fluent library can read: texts with arguments,
//! and a choice by a count. A test holds every message against the library.

/// An argument of a message.
#[derive(Clone, Copy, Debug)]
pub enum Say<'a> {
    /// Shown as it is.
    Text(&'a str),
    /// A number that may choose a plural.
    Count(i64),
}

/// A language's plural category of a count: `one`, `other`.
pub type Plural = fn(i64) -> &'static str;

/// Messages by their keys.
pub struct Catalogue {
    plural: Plural,
    /// In the order of the keys.
    messages: Vec<(&'static str, &'static str)>,
}

impl Catalogue {
    /// The messages of some files. Of two of the same key the later counts.
    pub fn read(texts: impl IntoIterator<Item = &'static str>, plural: Plural) -> Self {
        let mut messages = Vec::new();
        for text in texts {
            let mut rest = text;
            while !rest.is_empty() {
                let (message, after) = rest.split_at(entry_length(rest));
                if message.starts_with(|c: char| c.is_ascii_lowercase())
                    && let Some((key, value)) = message.split_once('=')
                {
                    messages.push((key.trim(), value.trim()));
                }
                rest = after;
            }
        }
        // The order of the files stays among those of one key.
        messages.sort_by_key(|(key, _)| *key);
        messages.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = later.1;
            }
            same
        });
        Self { plural, messages }
    }

    /// A message with its arguments, if there is one of this key.
    pub fn tell(&self, key: &str, args: &[(&str, Say<'_>)]) -> Option<String> {
        let found = self
            .messages
            .binary_search_by(|(known, _)| (*known).cmp(key));
        let mut told = String::new();
        write(&mut told, self.messages[found.ok()?].1, args, self.plural);
        Some(told)
    }
}

/// The length of the first line with those that continue it: a choice's.
fn entry_length(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        if length > 0 && !line.starts_with([' ', '}']) {
            break;
        }
        length += line.len();
    }
    length
}

fn write(told: &mut String, pattern: &str, args: &[(&str, Say<'_>)], plural: Plural) {
    let mut rest = pattern;
    while let Some((before, placed)) = rest.split_once('{') {
        told.push_str(before);
        let (inside, after) = placed.split_at(closing(placed));
        rest = after.strip_prefix('}').unwrap_or(after);
        let mut parts = inside.trim().splitn(2, ' ');
        let name = parts.next().unwrap_or_default().trim_start_matches('$');
        let value = args.iter().find(|(known, _)| *known == name);
        match (value, parts.next()) {
            (Some((_, Say::Text(text))), None) => told.push_str(text),
            (Some((_, Say::Count(count))), None) => told.push_str(&count.to_string()),
            (Some((_, Say::Count(count))), Some(variants)) => {
                let chosen = variant(variants, &count.to_string(), plural(*count));
                write(told, chosen, args, plural);
            }
            // What is not given is seen to be missing.
            _ => told.push_str(name),
        }
    }
    told.push_str(rest);
}

/// Where the brace that is open is closed.
fn closing(text: &str) -> usize {
    let mut open = 1;
    let close = text.char_indices().find(|(_, letter)| {
        match letter {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        open == 0
    });
    close.map_or(text.len(), |(at, _)| at)
}

/// The first variant of a number or its category, each in a line of its own;
/// the starred one if there is none.
fn variant<'a>(variants: &'a str, number: &str, category: &str) -> &'a str {
    let mut fallback = "";
    for line in variants.lines() {
        let Some((label, text)) = line.split_once(']') else {
            continue;
        };
        let (label, text) = (label.trim_start(), text.trim());
        let of = label.trim_start_matches(['*', '[']);
        if of == number || of == category {
            return text;
        }
        if label.starts_with('*') {
            fallback = text;
        }
    }
    fallback
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::words::Language;
    use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

    /// The names of the arguments in a file.
    fn names(text: &str) -> Vec<&str> {
        let named = text.split('$').skip(1);
        let end = |rest: &str| rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        let mut names: Vec<_> = named.map(|rest| &rest[..end(rest).unwrap()]).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn every_message_reads_as_the_fluent_library_reads_it() {
        for language in Language::BUILT_IN {
            let more = crate::words::glossary::texts(language).iter();
            let more = more.map(|text| ("glossary", *text));
            for (file, text) in language.catalogues().iter().copied().chain(more) {
                let mut bundle = FluentBundle::new(vec![language.tag().parse().unwrap()]);
                bundle.set_use_isolating(false);
                let resource = FluentResource::try_new(text.to_owned()).unwrap();
                bundle.add_resource(resource).unwrap();
                let catalogue = Catalogue::read([text], language.plural());
                let written = text.lines().filter(|line| {
                    line.contains(" =") && line.starts_with(|c: char| c.is_ascii_lowercase())
                });
                assert_eq!(catalogue.messages.len(), written.count(), "{file}");
                for count in [0, 1, 2, 5, 11, 21, 1_000_000] {
                    let args: Vec<_> = names(text)
                        .into_iter()
                        .map(|name| {
                            // What a choice is made by is a number.
                            if name == "count" || text.contains(&format!("${name} ->")) {
                                (name, Say::Count(count))
                            } else {
                                (name, Say::Text("Noodles { $x }"))
                            }
                        })
                        .collect();
                    let values: FluentArgs<'_> = args
                        .iter()
                        .map(|(name, value)| match value {
                            Say::Text(text) => (*name, FluentValue::from(*text)),
                            Say::Count(count) => (*name, FluentValue::from(*count)),
                        })
                        .collect();
                    for (key, _) in &catalogue.messages {
                        let pattern = bundle.get_message(key).unwrap().value().unwrap();
                        let expected =
                            bundle.format_pattern(pattern, Some(&values), &mut Vec::new());
                        let told = catalogue.tell(key, &args);
                        assert_eq!(told, Some(expected.into_owned()), "{file} {key}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_not_there_is_none_or_shows_its_name() {
        let catalogue = Catalogue::read(
            ["# A note = none\na = { $b }, { $c ->\n  *[x] y\n}.\n"],
            |_| "other",
        );
        assert_eq!(catalogue.tell("b", &[]), None);
        assert_eq!(catalogue.tell("a", &[]).unwrap(), "b, c.");
        let args = [("b", Say::Count(3)), ("c", Say::Count(3))];
        assert_eq!(catalogue.tell("a", &args).unwrap(), "3, y.");
    }

    #[test]
    fn a_damaged_catalogue_is_read_without_a_fault() {
        for text in [
            "a = { $b",
            "a = {",
            "a = }",
            "a = { $b ->\n [",
            " = ",
            "a",
            "a =",
        ] {
            let catalogue = Catalogue::read([text], |_| "one");
            catalogue.tell("a", &[("b", Say::Count(1))]);
        }
    }
}
