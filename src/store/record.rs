//! The form in which things are kept: a head of named values and a text, under
//! a checksum. Plain enough to be read by eye where nothing else can read it.
//!
//! ```text
//! exchequer-document 1 cbf43926
//! name: Birth of a yuan
//! saved: 1762160000000
//!
//! title "Birth of a yuan"
//! …
//! ```

use std::str::FromStr;

use exchequer::link::Crc32;

const FORMAT: u32 = 1;

/// A record's values and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) values: Vec<(&'a str, String)>,
    pub(super) text: &'a str,
}

impl<'a> Record<'a> {
    /// Writes it as a thing of this kind.
    pub(super) fn write(&self, kind: &str) -> String {
        let mut body = String::new();
        for (name, value) in &self.values {
            body += name;
            body += ": ";
            body.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c }));
            body.push('\n');
        }
        body.push('\n');
        body += self.text;
        format!(
            "exchequer-{kind} {FORMAT} {:08x}\n{body}",
            Crc32::of(body.as_bytes())
        )
    }

    /// Reads a thing of this kind; none if it is damaged or something else.
    pub(super) fn read(kind: &str, raw: &'a str) -> Option<Record<'a>> {
        let (head, body) = raw.split_once('\n')?;
        let (named, check) = head.rsplit_once(' ')?;
        let check = u32::from_str_radix(check, 16).ok()?;
        if named != format!("exchequer-{kind} {FORMAT}") || check != Crc32::of(body.as_bytes()) {
            return None;
        }
        let (head, text) = match body.strip_prefix('\n') {
            Some(text) => ("", text),
            None => body.split_once("\n\n")?,
        };
        let pair = |line: &'a str| {
            let (name, value) = line.split_once(": ")?;
            Some((name, value.to_owned()))
        };
        let values = head.lines().map(pair).collect::<Option<_>>()?;
        Some(Record { values, text })
    }

    /// The value of this name.
    pub(super) fn value<T: FromStr>(&self, name: &str) -> Option<T> {
        let (_, value) = self.values.iter().find(|(there, _)| *there == name)?;
        value.parse().ok()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_written_is_read_and_any_change_is_noticed(
            name in "\\PC{0,10}",
            count: u64,
            text in any::<String>(),
            place: prop::sample::Index,
        ) {
            let record = Record { values: vec![("name", name.clone()), ("count", count.to_string())], text: &text };
            let raw = record.write("thing");
            let read = Record::read("thing", &raw).unwrap();
            prop_assert_eq!(read.value::<String>("name"), Some(name));
            prop_assert_eq!(read.value::<u64>("count"), Some(count));
            prop_assert_eq!(read.text, &text);
            prop_assert_eq!(Record::read("other", &raw), None);

            let mut letters: Vec<char> = raw.chars().collect();
            let place = place.index(letters.len());
            letters[place] = if letters[place] == 'x' { 'y' } else { 'x' };
            let changed: String = letters.iter().collect();
            prop_assert_eq!(Record::read("thing", &changed), None);
            let cut: String = letters[..place].iter().collect();
            prop_assert_eq!(Record::read("thing", &cut), None);
        }

        #[test]
        fn any_text_is_read_or_refused(raw in any::<String>()) {
            prop_assert_eq!(Record::read("thing", &raw), None);
        }
    }

    #[test]
    fn a_value_keeps_to_its_line() {
        let record = Record {
            values: vec![("name", "a\nsaved: 5".to_owned())],
            text: "",
        };
        let raw = record.write("thing");
        let read = Record::read("thing", &raw).unwrap();
        assert_eq!(read.value::<String>("name").unwrap(), "a saved: 5");
        assert_eq!(read.value::<String>("saved"), None);
    }

    #[test]
    fn a_record_without_values_is_one_too() {
        let raw = Record {
            values: Vec::new(),
            text: "\n\nx: y\n\n",
        }
        .write("thing");
        assert_eq!(Record::read("thing", &raw).unwrap().text, "\n\nx: y\n\n");
    }
}
