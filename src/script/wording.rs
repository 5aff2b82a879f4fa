//! What the engine finds wrong with a text, in the reader's words.

use std::rc::Rc;

use conditions::explain::Phrase;
use exchequer::script;

use super::{Remark, Remarks, Severity};
use crate::engine::Finding;
use crate::words::{Glossary, Say, Words};

impl Remarks {
    /// What was found wrong with a text, in these words.
    pub fn of(text: &Rc<str>, findings: &[Finding], words: &Words) -> Remarks {
        let list = findings.iter().map(|finding| Remark {
            severity: match finding.severity {
                script::Severity::Error => Severity::Error,
                script::Severity::Warning => Severity::Warning,
            },
            range: finding.place.start..finding.place.end,
            message: sentence(words, finding),
            suggestion: finding.suggestion.as_ref().map(|suggestion| {
                (
                    suggestion.place.start..suggestion.place.end,
                    suggestion.replacement.clone(),
                )
            }),
        });
        Remarks {
            text: text.clone(),
            list: list.collect(),
        }
    }
}

/// A finding as a sentence. A test sees to it that the catalogues have them all.
pub fn sentence(words: &Words, finding: &Finding) -> String {
    // What is wrong within a block has words of its own.
    let phrase = finding.details.iter().find(|(name, _)| name == "phrase");
    let phrase = phrase.and_then(|(_, it)| serde_json::from_str::<Phrase>(it).ok());
    if let Some(phrase) = phrase {
        return Glossary::of(words).sentence(&phrase);
    }
    let worded = |(name, value): &(String, String)| {
        (name.clone(), detail(words, &finding.code, name, value))
    };
    let details: Vec<(String, String)> = finding.details.iter().map(worded).collect();
    let args: Vec<(&str, Say<'_>)> = details
        .iter()
        .map(|(name, value)| (name.as_str(), Say::from(value)))
        .collect();
    words.tell(&format!("problem-{}", finding.code), &args)
}

/// One detail of a sentence. Some stand for words of the catalogues, some are
/// lists or numbers; the others are pieces of the text.
fn detail(words: &Words, code: &str, name: &str, value: &str) -> String {
    let set = match (code, name) {
        ("expected", "expected") => "expected",
        ("wrong-type", "expected" | "found") => "value-type",
        ("bad-time", "fault") => "time-fault",
        ("json-form", "expected") => "json-form",
        ("expected", "found") if value.is_empty() => return words.say("problem-nothing"),
        ("expected", "found") => return words.tell("problem-quoted", &[("text", value.into())]),
        (_, "kinds" | "types" | "choices") => return listed(words, value),
        (_, "limit") | ("too-large", "found") => {
            return value
                .parse()
                .map_or(value.to_owned(), |count| words.figures().count(count));
        }
        _ => return value.to_owned(),
    };
    words.say(&format!("{set}-{value}"))
}

/// Words that came with commas between them, as the language lists them.
fn listed(words: &Words, list: &str) -> String {
    let Some((rest, last)) = list.rsplit_once(", ") else {
        return list.to_owned();
    };
    let rest = rest.split(", ").map(str::to_owned).reduce(|list, next| {
        words.tell(
            "script-list-comma",
            &[("list", (&list).into()), ("next", (&next).into())],
        )
    });
    let rest = rest.unwrap_or_default();
    words.tell(
        "script-list-or",
        &[("list", (&rest).into()), ("last", last.into())],
    )
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::figures::Figures;
    use crate::words::Language;
    use exchequer::script::{Diagnostic, Expected, Found, Place, Problem, TimeFault, ValueType};

    fn said(language: Language, problem: Problem) -> String {
        let finding = Finding::from(&Diagnostic {
            severity: script::Severity::Error,
            place: Place::default(),
            problem,
            suggestion: None,
            pointer: None,
        });
        sentence(&Words::new(language, Figures::plain(2)), &finding)
    }

    #[test]
    fn every_problem_has_its_sentence_in_every_language() {
        for language in Language::BUILT_IN {
            let words = Words::new(language, Figures::plain(2));
            for code in Problem::CODES {
                let key = format!("problem-{code}");
                assert!(
                    words.try_tell(&key, &[]).is_some(),
                    "{} {key}",
                    language.tag()
                );
            }
        }
    }

    #[test]
    fn what_is_wrong_within_a_block_is_said_in_the_readers_language() {
        let text = "use cny-2025@1\noperator Harbour reserves=100\nperson Alice at=Harbour type=II\n\
                    contract Deal\n  parties a=Alice\n  step one until never\n    else: close\nend\n";
        let session = exchequer::session::Session::open(text);
        let finding = Finding::from(&session.diagnostics()[0]);
        let said = |language| sentence(&Words::new(language, Figures::plain(2)), &finding);
        assert_eq!(
            said(Language::English),
            "Expected here: a length of time such as 30d or 1h30m. Found: “never”."
        );
        assert_eq!(
            said(Language::Chinese),
            "这里应为：时长，如 30d 或 1h30m。实际是：“never”。"
        );
    }

    #[test]
    fn a_sentence_names_what_it_speaks_of() {
        let kinds = || script::Words(["operator", "agent", "firm"].map(str::to_owned).to_vec());
        for (found, english, chinese) in [
            (
                Problem::UnknownVerb {
                    verb: "pya".to_owned(),
                },
                "There is no verb “pya”.",
                "没有动词“pya”。",
            ),
            (
                Problem::Expected {
                    expected: Expected::Verb,
                    found: Found(String::new()),
                },
                "Expected here: a verb. Found: the end of the line.",
                "这里应为：一个动词。实际是：行尾。",
            ),
            (
                Problem::Expected {
                    expected: Expected::Colon,
                    found: Found("pay".to_owned()),
                },
                "Expected here: “:”. Found: “pay”.",
                "这里应为：“:”。实际是：“pay”。",
            ),
            (
                Problem::WrongType {
                    field: "amount".to_owned(),
                    expected: ValueType::Amount,
                    found: ValueType::Text,
                },
                "“amount” takes an amount such as 12.50, and this is a text in quotes.",
                "“amount”要的是金额，比如 12.50，而这是引号里的文字。",
            ),
            (
                Problem::WrongKind {
                    field: "to".to_owned(),
                    name: "Alice".to_owned(),
                    kind: "person".to_owned(),
                    kinds: kinds(),
                },
                "“to” takes operator, agent or firm, and “Alice” is a person.",
                "“to”要的是operator、agent 或 firm，而“Alice”是 person。",
            ),
            (
                Problem::BadTime {
                    text: "25:00".to_owned(),
                    fault: TimeFault::NoSuchTime,
                },
                "“25:00” is no time of day.",
                "“25:00”不是一天里有的时刻。",
            ),
            (
                Problem::TooManyLines { limit: 40_000 },
                "A scenario has at most 40,000 lines; nothing from here on was read.",
                "一个场景最多 40,000 行；从这里起没有再读。",
            ),
        ] {
            assert_eq!(said(Language::English, found.clone()), english);
            assert_eq!(said(Language::Chinese, found), chinese);
        }
    }
}
