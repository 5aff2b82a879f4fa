//! Contracts and conditions among the lines of a text.

use conditions::{Name, text};
use world::cbdc::HOLDERS;
use world::contracts::{CONDITION, CONTRACT};

use super::super::ast::{ActorName, Place, Statement};
use super::super::block::{Block, Says, payees};
use super::super::diagnostic::{Problem, Severity, Suggestion, Words};
use super::super::lexer::Token;
use super::super::syntax::{At, Bytes};
use super::{Checker, Text};

/// A block whose `end` has not come yet.
pub(super) struct Opened<'t> {
    /// The word that it begins with.
    word: String,
    name: At<String>,
    /// The line that it begins with, and where that is in the script.
    first: Text<'t>,
    index: usize,
    comment: Option<String>,
    /// Whether something is wrong with the line that it begins with.
    wrong: bool,
    lines: Vec<Text<'t>>,
}

impl Opened<'_> {
    /// Its word, and where that stands.
    pub(super) fn begins(&self) -> (String, Place) {
        let start = self.first.text.len() - self.first.text.trim_start().len();
        (
            self.word.clone(),
            self.first.place(&(start..start + self.word.len())),
        )
    }
}

impl<'t> Checker<'t, '_> {
    pub(super) fn open_block(
        &mut self,
        text: Text<'t>,
        word: String,
        name: At<String>,
        comment: Option<&String>,
    ) {
        let thing = ActorName {
            name: name.it.clone(),
            sub: None,
        };
        let wrong = !self.is_free(text, &thing, &name.bytes);
        if !wrong {
            let kind = if word == CONTRACT {
                CONTRACT
            } else {
                CONDITION
            };
            self.learn(name.it.clone(), Some(kind), text.number);
        }
        self.block = Some(Opened {
            word,
            name,
            first: text,
            index: self.outcome.script.lines.len(),
            comment: comment.cloned(),
            wrong,
            lines: Vec::new(),
        });
    }

    /// A line of a block; its `end` ends it.
    pub(super) fn within_block(&mut self, text: Text<'t>, tokens: &[Token]) {
        let is_end = tokens.len() == 1 && &text.text[tokens[0].range()] == "end";
        if !is_end {
            if let Some(block) = &mut self.block {
                block.lines.push(text);
            }
            return;
        }
        if let Some(block) = self.block.take() {
            self.end_block(text, block);
        }
    }

    fn end_block(&mut self, end: Text<'t>, block: Opened<'t>) {
        let errors = self.errors;
        let Ok(name) = Name::new(block.name.it.as_str()) else {
            return;
        };
        let lines: Vec<_> = block
            .lines
            .iter()
            .map(|line| (line.number, line.text))
            .collect();
        let preset = self.outcome.preset.as_ref();
        let decimals = preset.map_or(2, |preset| preset.currency.decimals());
        let opening = block.first.number;
        let (says, canonical) = if block.word == CONTRACT {
            let read = text::load_contract(&name, opening, &lines, decimals);
            let says = read.map(|(contract, machine)| Says::Contract {
                contract: Box::new(contract),
                machine: Box::new(machine),
            });
            (says, text::format_contract(&lines))
        } else {
            let read = text::load_condition(&name, opening, &lines, decimals);
            (read.map(Says::Condition), text::format_condition(&lines))
        };
        let says = match says {
            Ok(says) => says,
            Err(diagnostics) => {
                for diagnostic in &diagnostics {
                    self.tell_of(&block, end, diagnostic);
                }
                return;
            }
        };
        self.know_players(&block, &says);
        if self.errors > errors || block.wrong {
            return;
        }
        let script = &mut self.outcome.script.lines;
        let said = Block {
            name: block.name.it,
            says,
        };
        if let Some(line) = script.get_mut(block.index) {
            line.statement = Some(Statement::Block(Box::new(said)));
            line.comment = block.comment;
        }
        for (line, canonical) in block.lines.iter().zip(canonical) {
            // Lines are numbered from 1 without gaps.
            if let Some(line) = script.get_mut(line.number as usize - 1) {
                let canonical = Some(canonical).filter(|it| !it.is_empty());
                line.statement = canonical.map(Statement::Within);
                line.comment = None;
            }
        }
        self.ends = true;
    }

    /// Tells of what is wrong within a block, at its place.
    fn tell_of(&mut self, block: &Opened<'t>, end: Text<'t>, it: &conditions::Diagnostic) {
        let all = || block.lines.iter().chain([&block.first, &end]);
        let found = it.place.and_then(|place| {
            let line = all().find(|line| line.number == place.line)?;
            Some((line, bytes_of(line.text, place.column, place.end_column)))
        });
        let (word, whole) = block.begins();
        let place = match &found {
            Some((line, _)) if line.number == block.first.number => whole,
            Some((line, bytes)) => line.place(bytes),
            None => whole,
        };
        let phrase = serde_json::to_string(&it.problem.phrase()).unwrap_or_default();
        let problem = Problem::InBlock {
            phrase,
            block: word,
            says: it.problem.to_string(),
        };
        let suggestion = it.suggestion.as_ref().map(|replacement| Suggestion {
            place,
            replacement: replacement.clone(),
        });
        self.tell(Severity::Error, place, problem, suggestion);
    }

    /// Whoever plays a party exists and has a wallet, and so does whoever a
    /// condition lets be paid.
    fn know_players(&mut self, block: &Opened<'t>, says: &Says) {
        let names: Vec<(Option<&str>, &str)> = match says {
            Says::Contract { machine, .. } => {
                let roles = machine.roles().iter().zip(machine.players());
                let known = roles.map(|(role, player)| {
                    (
                        Some(role.as_str()),
                        player.as_ref().map_or("", Name::as_str),
                    )
                });
                known.collect()
            }
            Says::Condition(condition) => payees(condition)
                .into_iter()
                .map(|name| (None, name))
                .collect(),
        };
        for (role, name) in names {
            let wanted = if name.is_empty() {
                role.unwrap_or_default()
            } else {
                name
            };
            let (text, bytes) = block.find(wanted);
            if let Some(role) = role.filter(|_| name.is_empty()) {
                let role = role.to_owned();
                self.at(text, &bytes, Problem::NobodyPlays { role });
                continue;
            }
            let actor = ActorName::from_plain(name);
            let Some(party) = self.party(text, &actor, &bytes) else {
                continue;
            };
            if let Some(kind) = party.kind
                && !HOLDERS.contains(&kind)
            {
                let problem = Problem::WrongKind {
                    field: role.unwrap_or("payee").to_owned(),
                    name: name.to_owned(),
                    kind: kind.to_owned(),
                    kinds: Words::of(HOLDERS),
                };
                self.at(text, &bytes, problem);
            }
        }
    }
}

impl<'t> Opened<'t> {
    /// Where a name stands in the block: where its first line is, if it cannot
    /// be found.
    fn find(&self, name: &str) -> (Text<'t>, Bytes) {
        let within = self.lines.iter().find_map(|line| {
            let is_whole = |at: &(usize, &str)| {
                let (before, behind) = (&line.text[..at.0], &line.text[at.0 + name.len()..]);
                let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
                !before.ends_with(is_name) && !behind.starts_with(is_name)
            };
            // A role may be called as who plays it: the last on the line is meant.
            let found = line.text.match_indices(name).filter(is_whole).last()?;
            Some((*line, found.0..found.0 + name.len()))
        });
        within.unwrap_or_else(|| (self.first, self.name.bytes.clone()))
    }
}

/// The bytes of columns, which count characters from 1.
fn bytes_of(text: &str, column: u32, end_column: u32) -> Bytes {
    let byte = |column: u32| {
        let at = text.char_indices().nth(column.saturating_sub(1) as usize);
        at.map_or(text.len(), |(at, _)| at)
    };
    byte(column)..byte(end_column.max(column))
}
