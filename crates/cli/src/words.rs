//! The sentences of the command line: the English catalogues of the app.

use conditions::explain::Said;
use exchequer::views::{Arg, Caption, Form, Owed};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use money::{Currency, write_grouped};
use unic_langid::LanguageIdentifier;

macro_rules! catalogues {
    ($($file:literal),* $(,)?) => {
        [$(include_str!(concat!("../../../static/messages/en/", $file))),*]
    };
}

const CATALOGUES: [&str; 7] = catalogues!(
    "stage.ftl",
    "captions.ftl",
    "refusals.ftl",
    "books.ftl",
    "lessons.ftl",
    "conditions.ftl",
    "attacks.ftl"
);

/// Messages by their keys, and sums as they are read in English.
pub(crate) struct Words {
    bundle: FluentBundle<FluentResource>,
    decimals: u8,
}

impl Words {
    /// The words for sums of so many decimals.
    pub(crate) fn new(decimals: u8) -> Words {
        let mut bundle =
            FluentBundle::new(vec!["en".parse::<LanguageIdentifier>().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        for text in CATALOGUES {
            // What can be read of a catalogue is used; that all of it can is a test's job.
            let catalogue =
                FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(catalogue);
        }
        Words { bundle, decimals }
    }

    /// A sum: `1,234.50`.
    pub(crate) fn sum(&self, minor: i64) -> String {
        write_grouped(minor, self.decimals, ',')
    }

    /// A sum of another currency: `1,234.50 THB`; of the run's where none is
    /// named.
    pub(crate) fn sum_in(&self, minor: i64, other: Option<Currency>) -> String {
        match other {
            Some(other) => format!("{} {other}", write_grouped(minor, other.decimals(), ',')),
            None => self.sum(minor),
        }
    }

    /// A message without arguments; its key if there is none.
    pub(crate) fn say(&self, key: &str) -> String {
        self.tell(key, &[])
    }

    /// A message with its arguments; its key if there is none.
    pub(crate) fn tell(&self, key: &str, args: &[(&str, &str)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, FluentValue::from((*value).to_owned()));
        }
        self.format(key, &values)
    }

    /// A message about a contract, with texts and numbers.
    pub(crate) fn said(&self, key: &str, args: &[(&str, Said)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, said) in args {
            values.set(
                *name,
                match said {
                    Said::Text(text) => FluentValue::from(text.clone()),
                    Said::Count(count) => FluentValue::from(*count),
                },
            );
        }
        self.format(key, &values)
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let pattern = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value());
        pattern.map_or_else(
            || key.to_owned(),
            |pattern| {
                self.bundle
                    .format_pattern(pattern, Some(args), &mut Vec::new())
                    .into_owned()
            },
        )
    }

    /// A sentence that the engine describes by its key.
    pub(crate) fn caption(&self, caption: &Caption) -> String {
        let mut values = FluentArgs::with_capacity(caption.args.len());
        for (name, arg) in &caption.args {
            let value = match arg {
                Arg::Amount(minor) => FluentValue::from(self.sum(*minor)),
                Arg::Money(minor, currency) => {
                    FluentValue::from(self.sum_in(*minor, Some(*currency)))
                }
                Arg::Name(name) => FluentValue::from(self.name(name)),
                Arg::Time(at) => FluentValue::from(clock(at).to_owned()),
                Arg::Moment(at) => FluentValue::from(at.replace('T', " ")),
                Arg::Word(key) => FluentValue::from(self.say(key)),
                Arg::Count(count) => FluentValue::from(*count),
                Arg::Hidden(key) => FluentValue::from(self.say(key)),
            };
            values.set(name.as_str(), value);
        }
        self.format(&caption.key, &values)
    }

    /// Who somebody is, or why that is not shown.
    pub(crate) fn who(&self, who: &Arg) -> String {
        match who {
            Arg::Name(name) => self.name(name),
            Arg::Word(key) | Arg::Hidden(key) => self.say(key),
            Arg::Time(at) => clock(at).to_owned(),
            Arg::Moment(at) => at.replace('T', " "),
            Arg::Amount(minor) => self.sum(*minor),
            Arg::Money(minor, currency) => self.sum_in(*minor, Some(*currency)),
            Arg::Count(count) => count.to_string(),
        }
    }

    /// A party's name: the built-in ones have words of their own.
    pub(crate) fn name(&self, name: &str) -> String {
        match name {
            "central-bank" | "network" | "outside" => self.say(&format!("party-{name}")),
            _ => name.to_owned(),
        }
    }

    /// An account, and whose it is where a book has one for each.
    pub(crate) fn account(&self, key: &str, subject: Option<&str>) -> String {
        let account = self.say(key);
        match subject {
            Some(subject) => self.tell(
                "account-of",
                &[("account", &account), ("subject", &self.name(subject))],
            ),
            None => account,
        }
    }

    /// A kind of money: its form and who owes it.
    pub(crate) fn money(&self, form: Form, owed: Owed) -> String {
        let form = self.say(match form {
            Form::Reserves => "form-reserves",
            Form::Digital => "form-digital",
            Form::Banknote => "form-banknote",
            Form::Account => "form-account",
            Form::Purse => "form-purse",
        });
        let owed = self.say(match owed {
            Owed::CentralBank => "owed-by-central-bank",
            Owed::Bank => "owed-by-bank",
            Owed::Firm => "owed-by-firm",
            Owed::Nobody => "owed-by-nobody",
        });
        self.tell("glyph", &[("form", &form), ("owed", &owed)])
    }
}

/// The time of day of `2025-11-03T09:06:00`.
pub(crate) fn clock(at: &str) -> &str {
    at.split_once('T').map_or(at, |(_, time)| time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_words_its_amounts_names_and_times() {
        let caption = Caption {
            key: "caption-pay".to_owned(),
            args: vec![
                ("actor".to_owned(), Arg::Name("Alice".to_owned())),
                ("payee".to_owned(), Arg::Name("central-bank".to_owned())),
                ("amount".to_owned(), Arg::Amount(123_450)),
                (
                    "time".to_owned(),
                    Arg::Time("2025-11-03T09:06:00".to_owned()),
                ),
            ],
        };
        let sentence = Words::new(2).caption(&caption);
        for part in ["Alice", "1,234.50", "09:06:00"] {
            assert!(sentence.contains(part), "{sentence}");
        }
        assert!(!sentence.contains("central-bank"), "{sentence}");
    }

    #[test]
    fn a_message_that_is_missing_shows_its_key() {
        assert_eq!(Words::new(2).say("no-such-message"), "no-such-message");
    }

    #[test]
    fn every_catalogue_can_be_read_whole() {
        for text in CATALOGUES {
            assert!(FluentResource::try_new(text.to_owned()).is_ok());
        }
    }
}
