//! The lines below the headers, each in its place: what begins the body, what
//! belongs to a question, and what no statement begins with.

use super::super::ast::{ActorName, Statement, Tell};
use super::super::diagnostic::Problem;
use super::super::syntax::{self, At, Bytes, Fault, Raw, RawTell};
use super::{Attempt, Checker, Question, Text};

impl<'t> Checker<'t, '_> {
    pub(super) fn begin_body(&mut self, text: Text<'t>, first: &Bytes) {
        if self.in_body {
            return;
        }
        self.in_body = true;
        if !self.headers.contains_key("use") {
            self.headers.insert("use".to_owned(), text.number);
            self.at(text, first, Problem::MissingUse {});
        }
        self.now = self.start.or_else(|| {
            let preset = self.outcome.preset.as_ref()?;
            // A start that cannot be read has been told of: nothing can be
            // said of times then.
            if self.headers.contains_key("start") {
                return None;
            }
            preset.zone.instant(&preset.start).ok()
        });
    }

    pub(super) fn body(
        &mut self,
        text: Text<'t>,
        first: Bytes,
        raw: Raw,
        comment: Option<&String>,
    ) -> Option<Statement> {
        Some(match raw {
            Raw::Declare { kind, name, items } => self.declare(text, &kind, name, items)?,
            Raw::Act(act) => {
                if let Some(when) = &act.when {
                    self.advance(text, when);
                }
                let act = self.act(text, act, true);
                self.acted = true;
                Statement::Act(act?)
            }
            Raw::Wait(when) => {
                self.advance(text, &when);
                Statement::Wait(when.it)
            }
            Raw::Expect { when, expectation } => {
                if let Some(when) = &when {
                    self.advance(text, when);
                }
                let expectation = self.expectation(text, &first, expectation)?;
                let when = when.map(|when| when.it);
                Statement::Expect { when, expectation }
            }
            Raw::Step(tell) => Statement::Step(self.told(text, &first, tell)),
            Raw::Note(tell) => Statement::Note(self.told(text, &first, tell)),
            Raw::Ask(tell) => {
                self.question = Some(Question {
                    index: self.outcome.script.lines.len(),
                    place: text.place(&first),
                    choices: 0,
                    right: None,
                    open: true,
                    doubtful: false,
                });
                Statement::Ask(self.told(text, &first, tell))
            }
            Raw::Choice { tell, right } => {
                let tell = self.told(text, &first, tell);
                self.choice(text, &first, right.as_ref());
                let right = right.is_some();
                Statement::Choice { tell, right }
            }
            Raw::Reveal(tell) => {
                let tell = self.told(text, &first, tell);
                if self.question.take().is_none() {
                    self.at(text, &first, Problem::RevealWithoutAsk {});
                }
                Statement::Reveal(tell)
            }
            Raw::Try { tell, act } => {
                let errors = self.errors;
                let tell = self.told(text, &first, tell);
                self.attempts.push(Attempt {
                    index: self.outcome.script.lines.len(),
                    text,
                    tell,
                    wrong: self.errors > errors,
                    act,
                    comment: comment.cloned(),
                });
                // Until the end it counts as wrong.
                return None;
            }
            Raw::Block { word, name } => {
                self.open_block(text, word.it, name, comment);
                // Until its end it counts as wrong.
                return None;
            }
            Raw::End => {
                self.at(text, &first, Problem::EndOfNothing {});
                return None;
            }
            // The caller gives no headers.
            _ => return None,
        })
    }

    fn told(&mut self, text: Text<'t>, first: &Bytes, tell: RawTell) -> Tell {
        let RawTell { text: says, id } = tell;
        if let Some(id) = &id {
            match self.ids.get(id) {
                Some(&line) => {
                    let name = id.clone();
                    self.at(text, first, Problem::NameTaken { name, line });
                }
                None => {
                    self.ids.insert(id.clone(), text.number);
                }
            }
        }
        Tell { text: says, id }
    }

    fn choice(&mut self, text: Text<'t>, first: &Bytes, right: Option<&Bytes>) {
        let Some(question) = self.question.as_mut().filter(|question| question.open) else {
            self.at(text, first, Problem::ChoiceWithoutAsk {});
            return;
        };
        question.choices += 1;
        let Some(right) = right else { return };
        match question.right {
            Some(line) => self.at(text, right, Problem::TwoRightChoices { line }),
            None => question.right = Some(text.number),
        }
    }

    /// Judges the answers of a question when no more can follow.
    pub(super) fn close_question(&mut self) {
        let Some(question) = self.question.as_mut().filter(|question| question.open) else {
            return;
        };
        question.open = false;
        if question.doubtful {
            return;
        }
        let problem = match (question.choices, question.right) {
            (0, _) => Problem::AskWithoutChoice {},
            (_, None) => Problem::NoRightChoice {},
            _ => return,
        };
        let (index, place) = (question.index, question.place);
        self.error(place, problem, None);
        self.spoil(index);
    }

    pub(super) fn nothing_begins_so(
        &mut self,
        text: Text<'t>,
        word: &At<String>,
        name: Option<At<ActorName>>,
    ) {
        let verb = name
            .as_ref()
            .and_then(|name| self.vocabulary.verb(&name.it.name));
        if verb.is_some() || self.names.contains_key(&word.it) {
            let actor = word.it.clone();
            let end = word.bytes.end..word.bytes.end;
            let fault = Fault::new(Problem::MissingColon { actor }, word.bytes.clone());
            self.fault(text, fault.suggest(end, ":"));
            return;
        }
        let problem = match name {
            Some(name) => {
                self.learn(name.it.plain(), None, text.number);
                Problem::UnknownKind {
                    kind: word.it.clone(),
                }
            }
            None => Problem::UnknownStatement {
                word: word.it.clone(),
            },
        };
        let kinds = self.vocabulary.kinds.iter().map(|kind| kind.name);
        let words = kinds
            .chain(syntax::HEADERS)
            .chain(syntax::TELLS)
            .chain(syntax::OTHERS);
        self.unknown(text, &word.bytes, problem, &word.it, words);
    }
}
