//! What the page and the engine's worker say to each other.

use exchequer::script::{
    Completion, Diagnostic, Draft, Drafted, Hover, Place, Severity, Suggestion,
};
use exchequer::trail::Trail;
use exchequer::views::{
    Address, Attempt, Comparison, Members, Moment, Parting, PartyNo, Passage, Phone, Program,
    Register, Seen, Series, Sheet, Statement,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// From the page to the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Play a text.
    Load {
        /// The number to answer under.
        revision: u32,
        /// The text.
        text: String,
        /// The language its story is told in where it has words in it.
        language: String,
    },
    /// Show the run at a position.
    Moment {
        /// How many facts have happened.
        position: u32,
        /// Since when all that moved is told; else the last beat.
        since: Option<u32>,
        /// Who looks.
        seen: Seen,
        /// Who of a crowd is to be told of on their own.
        also: Option<PartyNo>,
    },
    /// Something about a text, or more of the run.
    Ask(Inquiry),
}

/// What another run differs in from the one at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum With {
    /// It is the same text by the rules of this preset, with its version.
    Rules(String),
    /// It is of this text.
    Text(String),
}

/// A form in which a run can be taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// A zip for those who build the flow.
    HandOff,
    /// A sequence diagram in Mermaid's language.
    Mermaid,
    /// The journal as a table.
    Csv,
    /// Every event.
    Json,
    /// A zip of ISO 20022 messages.
    Iso20022,
}

impl Form {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 5] = [
        Self::HandOff,
        Self::Mermaid,
        Self::Csv,
        Self::Json,
        Self::Iso20022,
    ];

    /// Its name in the catalogues and its file's ending.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::HandOff => ("hand-off", ".zip"),
            Self::Mermaid => ("mermaid", ".mmd"),
            Self::Csv => ("csv", ".csv"),
            Self::Json => ("json", ".json"),
            Self::Iso20022 => ("iso20022", "-iso20022.zip"),
        }
    }

    /// Whether it can be had of what one party sees; the others tell everything.
    pub const fn honours_viewer(self) -> bool {
        matches!(self, Self::Iso20022)
    }
}

/// A question about a text, or about the run of the text last played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inquiry {
    /// Its canonical form.
    Format(String),
    /// What could stand at a place.
    Complete {
        /// The text.
        text: String,
        /// The place, in bytes.
        at: usize,
    },
    /// What the word at a place means.
    Hover {
        /// The text.
        text: String,
        /// The place, in bytes.
        at: usize,
    },
    /// Somebody's phone.
    Phone {
        /// How many facts have happened.
        position: u32,
        /// The wallet's name.
        name: String,
        /// Who looks.
        seen: Seen,
    },
    /// The statement of somebody's wallet.
    Statement {
        /// How many facts have happened.
        position: u32,
        /// The wallet's name.
        name: String,
        /// Who looks.
        seen: Seen,
    },
    /// The payment codes that these wallets show.
    Codes {
        /// How many facts have happened.
        position: u32,
        /// The wallets' names.
        names: Vec<String>,
    },
    /// Every value of the rules in use.
    Sheet,
    /// One attack on offline transfers, played under every model.
    Attack(String),
    /// How the run's money moved over so many distances of time.
    Series {
        /// How many.
        intervals: u32,
    },
    /// What happened up to a position, the last so many beats of it.
    Sequence {
        /// How many facts have happened.
        position: u32,
        /// Who looks.
        seen: Seen,
        /// How many beats.
        most: usize,
    },
    /// What the central bank's centres have on file.
    Registers {
        /// How many facts have happened.
        position: u32,
        /// Who looks.
        seen: Seen,
    },
    /// A page of a crowd's people.
    Members {
        /// How many facts have happened.
        position: u32,
        /// Who looks.
        seen: Seen,
        /// The crowd's number.
        crowd: u32,
        /// The institution they bank at.
        bank: Option<PartyNo>,
        /// From which of them on.
        from: u32,
    },
    /// Another run beside this one.
    Compare {
        /// What it differs in.
        with: With,
    },
    /// That other run at a position of its own.
    Beside {
        /// How many facts have happened there.
        position: u32,
        /// Who looks.
        seen: Seen,
    },
    /// The text's contracts and conditions, and one of them.
    Studio {
        /// How many facts have happened.
        position: u32,
        /// Which, from 0.
        index: usize,
        /// Who looks.
        seen: Seen,
    },
    /// What can be proven of one of the text's contracts.
    Proof {
        /// Which, from 0.
        index: usize,
    },
    /// An entry of the catalogue of contracts as a block for the text.
    Fill {
        /// Its key.
        key: String,
        /// What is filled in: parameter and value.
        given: Vec<(String, String)>,
    },
    /// A text to begin with that has an entry of the catalogue in it.
    Starter {
        /// Its key.
        key: String,
        /// What the text is called.
        title: String,
    },
    /// What somebody can do below a line of a text.
    Deeds {
        /// The text.
        text: String,
        /// The line, from 1.
        line: u32,
        /// Who.
        actor: String,
    },
    /// The line that a form comes to there.
    Draft {
        /// The text.
        text: String,
        /// The line, from 1.
        line: u32,
        /// What was filled in.
        draft: Draft,
    },
    /// The run as a file for other programs.
    Export {
        /// In which form.
        form: Form,
        /// Who looks: of those that tell everything there is none for others.
        seen: Seen,
    },
    /// What a reviewer reads of the run.
    Review,
    /// What each statement of the run came to, in short.
    Trail,
    /// Where the run parts from one that left this trail.
    Parting(Trail),
}

/// The answer to an [`Inquiry`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The canonical form; none of a text with errors.
    Formatted(Option<String>),
    /// What could stand there.
    Completions {
        /// The text asked about.
        text: String,
        /// The place asked about.
        at: usize,
        /// The likeliest first.
        list: Vec<Completion>,
    },
    /// What the word means.
    Help(Option<Hover>),
    /// The phone; none if it is not there, or not to be seen.
    Phone(Option<Box<Phone>>),
    /// The statement; none if it is not there, or not to be seen.
    Statement(Option<Box<Statement>>),
    /// The codes, with whose they are.
    Codes(Vec<Address>),
    /// What came of the attack, model by model.
    Attempts(Vec<Attempt>),
    /// The values, each with where it comes from; none of a text without a run.
    Sheet(Option<Box<Sheet>>),
    /// How the money moved; none of a text without a run.
    Series(Option<Box<Series>>),
    /// What the centres have on file.
    Registers(Vec<Register>),
    /// What happened, oldest first.
    Sequence(Vec<Passage>),
    /// What differs; none if there is nothing to compare with.
    Comparison(Option<Box<Comparison>>),
    /// The moment by the other rules; none if nothing is compared.
    Beside(Option<Box<Moment>>),
    /// A page of a crowd's people.
    Members(Members),
    /// The text's contracts and conditions: a `Studio` as bytes, which only
    /// the studio reads, so that what reads it comes with the studio.
    Studio(Vec<u8>),
    /// What can be proven of a contract, likewise a `Proof`; none of what is no
    /// contract, or wrong.
    Proof(Option<Vec<u8>>),
    /// A block or a text that was asked for; none if it makes no sense.
    Written(Option<String>),
    /// What can be done: `Deeds` as bytes, which only the form reads.
    Deeds(Vec<u8>),
    /// What a form comes to: a [`Judged`] as bytes, likewise.
    Judged(Vec<u8>),
    /// The file's bytes; none of a text that is not played to its end, or of
    /// what the viewer may not have.
    Exported(Option<Vec<u8>>),
    /// A [`Review`](exchequer::views::Review) as bytes, which only its page
    /// reads; none of a text without a run.
    Review(Option<Vec<u8>>),
    /// The run's trail; none of a text without a run.
    Trail(Option<Trail>),
    /// Where it parts from another; none of a text without a run.
    Parting(Option<Parting>),
}

/// The line that a form comes to, with what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The line.
    pub line: String,
    /// Whether it can be played.
    pub is_whole: bool,
    /// What is wrong, each with the field that it is wrong with.
    pub problems: Vec<(Option<String>, Finding)>,
}

impl From<Drafted> for Judged {
    fn from(drafted: Drafted) -> Self {
        let problems = drafted.problems.into_iter();
        Self {
            line: drafted.line,
            is_whole: drafted.is_whole,
            problems: problems
                .map(|(field, it)| (field, Finding::from(&it)))
                .collect(),
        }
    }
}

/// From the worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// It listens.
    Ready,
    /// The text was played.
    Loaded {
        /// The number of the request.
        revision: u32,
        /// The run.
        program: Box<Program>,
        /// What is wrong with the text.
        findings: Vec<Finding>,
    },
    /// The run at the position asked for.
    Moment {
        /// The number of the text.
        revision: u32,
        /// The moment.
        moment: Box<Moment>,
    },
    /// What was asked.
    Told(Reply),
    /// What was asked needs a part of the program that could not be loaded.
    Lacking,
    /// It is about to end, by a fault of its own.
    Panicked(String),
}

/// A diagnostic on its way: its code with what its sentence needs, so that the
/// page can say it in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// The stable name of what is wrong.
    pub code: String,
    /// What the sentence needs, by name.
    pub details: Vec<(String, String)>,
    /// What may have been meant.
    pub suggestion: Option<Suggestion>,
}

impl From<&Diagnostic> for Finding {
    fn from(diagnostic: &Diagnostic) -> Self {
        let written = serde_json::to_value(&diagnostic.problem).unwrap_or_default();
        let fields = written.as_object().into_iter().flatten();
        Self {
            severity: diagnostic.severity,
            place: diagnostic.place,
            code: diagnostic.code().to_owned(),
            details: fields
                .filter(|(name, _)| *name != "code")
                .map(|(name, value)| (name.clone(), plain(value)))
                .collect(),
            suggestion: diagnostic.suggestion.clone(),
        }
    }
}

/// A value as it stands in a sentence.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A message as bytes. What cannot be written is a fault of the program, and
/// arrives as nothing that can be read.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).unwrap_or_default()
}

/// A message from bytes.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture;

    #[test]
    fn every_message_arrives_as_it_was_sent() {
        let requests = [
            Request::Load {
                revision: 7,
                text: "title \"数字人民币\"".to_owned(),
                language: "zh-CN".to_owned(),
            },
            Request::Moment {
                position: u32::MAX,
                since: Some(7),
                seen: Seen::Party(3),
                also: Some(9),
            },
            Request::Ask(Inquiry::Format("use cny-2025".to_owned())),
        ];
        for request in requests {
            assert_eq!(decode::<Request>(&encode(&request)), Some(request));
        }
        let answers = [
            Answer::Ready,
            Answer::Loaded {
                revision: 7,
                program: Box::new(fixture::opening()),
                findings: Vec::new(),
            },
            Answer::Moment {
                revision: 7,
                moment: Box::new(fixture::moment(16)),
            },
            Answer::Told(Reply::Formatted(Some(String::new()))),
            Answer::Lacking,
            Answer::Panicked("index out of bounds".to_owned()),
        ];
        for answer in answers {
            assert_eq!(decode::<Answer>(&encode(&answer)), Some(answer));
        }
    }

    #[test]
    fn a_damaged_message_is_none() {
        let bytes = encode(&Answer::Moment {
            revision: 1,
            moment: Box::new(fixture::moment(3)),
        });
        assert_eq!(decode::<Answer>(&bytes[..bytes.len() / 2]), None);
        assert_eq!(decode::<Request>(&[255; 8]), None);
    }
}
