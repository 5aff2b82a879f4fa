//! What can be written at a place.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use world::spec::{FieldType, Spec};

use super::super::ast::{ActorName, Op};
use super::super::check::{Survey, survey};
use super::super::forms::can;
use super::super::lexer::{self, TokenKind};
use super::super::names;
use super::super::vocabulary::{AccountSpec, Presets, Vocabulary};
use super::keywords::{self, Keyword};
use super::line_at;
use super::shape::{Head, Shape};

/// Something that can be written at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// What it is called.
    pub label: String,
    /// What is written for it.
    pub insert: String,
    /// What it is, in a sentence or two; may be empty.
    pub doc: String,
    /// What it is.
    pub kind: CompletionKind,
    /// The bytes of the text that it takes the place of.
    pub replace: Range<usize>,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompletionKind {
    /// A word of the language.
    Keyword,
    /// A kind of thing to declare.
    Kind,
    /// Somebody, or something of somebody's.
    Actor,
    /// A verb.
    Verb,
    /// A field.
    Field,
    /// A word that a field takes.
    Choice,
    /// A wallet type of the preset.
    WalletType,
    /// A preset.
    Preset,
    /// A value that can be set, or an account that can be looked at.
    Path,
    /// A refusal code or an invariant.
    Code,
    /// A comparison.
    Operator,
}

/// Gives what can be written at a place of a text, the likeliest first. What
/// stands before the place in its word narrows it down; the whole word is
/// replaced. Within texts and comments, and where only the writer knows, there
/// is nothing.
#[must_use]
pub fn complete(
    text: &str,
    offset: usize,
    vocabulary: &Vocabulary<'_>,
    presets: &dyn Presets,
) -> Vec<Completion> {
    let (start, line, offset) = line_at(text, offset);
    let head = &line[..offset - start];
    let written = lexer::tokens(head);
    if written
        .last()
        .is_some_and(|last| matches!(last.kind, TokenKind::Comment | TokenKind::OpenText))
    {
        return Vec::new();
    }
    // The word that is being written.
    let partial = head
        .char_indices()
        .rev()
        .take_while(|(_, c)| names::continues_word(*c))
        .last()
        .map_or(head.len(), |(at, _)| at);
    let shape = Shape::of(&head[..partial]);
    let word_end = line[head.len()..]
        .find(|c| !names::continues_word(c))
        .unwrap_or(line.len() - head.len());
    let mut offers = Offers {
        vocabulary,
        presets,
        survey: survey(&text[..start], vocabulary, presets),
        shape,
        at: start,
        from: partial,
        to: offset + word_end,
        partial: head[partial..].to_lowercase(),
        list: Vec::new(),
    };
    offers.find();
    offers.list
}

struct Offers<'t, 'v> {
    vocabulary: &'v Vocabulary<'v>,
    presets: &'v dyn Presets,
    survey: Survey,
    /// The line up to the word that is being written.
    shape: Shape<'t>,
    /// Where the line starts.
    at: usize,
    /// Where what is replaced starts in the line.
    from: usize,
    /// Where it ends in the text.
    to: usize,
    /// What is written of it, in small letters.
    partial: String,
    list: Vec<Completion>,
}

impl Offers<'_, '_> {
    fn offer(&mut self, kind: CompletionKind, label: &str, insert: &str, doc: &str) {
        if label.to_lowercase().starts_with(&self.partial) {
            self.list.push(Completion {
                label: label.to_owned(),
                insert: insert.to_owned(),
                doc: doc.to_owned(),
                kind,
                replace: self.at + self.from..self.to,
            });
        }
    }

    fn keyword(&mut self, keyword: &Keyword) {
        let Keyword { word, insert, doc } = keyword;
        self.offer(CompletionKind::Keyword, word, insert, doc);
    }

    /// Widens what is replaced to begin at a token: words with points between
    /// are offered as a whole.
    fn widen(&mut self, token: usize) {
        if let Some(first) = self.shape.tokens.get(token) {
            let before = &self.shape.line[first.start..];
            self.partial = format!("{}{}", before.to_lowercase(), self.partial);
            self.from = first.start;
        }
    }

    fn find(&mut self) {
        match &self.shape.head {
            Head::Empty { tried } => {
                let tried = *tried;
                self.statement(tried);
            }
            Head::Act { actor, verb } => {
                let (kind, verb) = (self.kind_of(actor), *verb);
                self.act(kind, verb);
            }
            Head::Word(at) => {
                let at = *at;
                self.word(at);
            }
            Head::Other => {}
        }
    }

    fn kind_of(&self, actor: &ActorName) -> Option<&'static str> {
        self.survey.names.get(&actor.plain()).copied().flatten()
    }

    fn statement(&mut self, tried: bool) {
        let timed = self.shape.timed;
        self.actors(": ", |offers, kind| {
            kind.is_none_or(|kind| {
                let verbs = offers.vocabulary.verbs;
                verbs.iter().any(|verb| can(verb, Some(kind)))
            })
        });
        if tried {
            return;
        }
        self.keyword(&keywords::EXPECT);
        if timed {
            self.keyword(&keywords::WAIT);
            return;
        }
        keywords::TELLS.iter().for_each(|word| self.keyword(word));
        for kind in self.vocabulary.kinds {
            let insert = format!("{} ", kind.name);
            self.offer(CompletionKind::Kind, kind.name, &insert, kind.doc);
        }
        if !self.survey.in_body {
            let taken = |word: &str| self.survey.headers.iter().any(|header| header == word);
            let free: Vec<_> = keywords::HEADERS
                .iter()
                .filter(|keyword| !taken(keyword.word))
                .collect();
            free.into_iter().for_each(|word| self.keyword(word));
        }
    }

    /// Offers the parties of certain kinds.
    fn actors(&mut self, behind: &str, fits: impl Fn(&Self, Option<&'static str>) -> bool) {
        let fitting: Vec<(String, Option<&str>)> = self
            .survey
            .names
            .iter()
            .filter(|(_, kind)| fits(self, **kind))
            .map(|(name, kind)| (ActorName::from_plain(name).to_string(), *kind))
            .collect();
        for (name, kind) in fitting {
            let insert = format!("{name}{behind}");
            let doc = kind.unwrap_or_default();
            self.offer(CompletionKind::Actor, &name, &insert, doc);
        }
    }

    fn act(&mut self, kind: Option<&'static str>, verb: usize) {
        match self.shape.spec(self.vocabulary) {
            // Behind the verb, with a blank between.
            Some((spec, behind)) if !self.touches(behind) => self.argument(spec, behind, true),
            _ if self.shape.tokens.len() <= verb || self.touches(self.shape.tokens.len()) => {
                self.widen(verb);
                let verbs: Vec<&Spec> = self
                    .vocabulary
                    .verbs
                    .iter()
                    .copied()
                    .filter(|verb| can(verb, kind))
                    .collect();
                for verb in verbs {
                    let insert = match verb.fields {
                        [] => verb.name.to_owned(),
                        _ => format!("{} ", verb.name),
                    };
                    self.offer(CompletionKind::Verb, verb.name, &insert, verb.doc);
                }
            }
            _ => {}
        }
    }

    /// Whether the token before this one is the last and touches what is being
    /// written.
    fn touches(&self, behind: usize) -> bool {
        let tokens = &self.shape.tokens;
        behind == tokens.len()
            && tokens
                .last()
                .is_some_and(|last| last.end == self.shape.line.len())
    }

    fn argument(&mut self, spec: &'static Spec, first: usize, acts: bool) {
        let last = self.shape.tokens.len();
        if last > first + 1 && self.shape.is(last - 1, "=") {
            if let Some(field) = spec.field(self.shape.text(last - 2)) {
                self.value(field.ty);
            }
            return;
        }
        // A value is being written, or something else that is not a field.
        if self.touches(last) && last >= first {
            return;
        }
        let mut given: Vec<&str> = Vec::new();
        let mut unnamed = 0;
        let mut at = first;
        while at < last {
            if self.shape.is(at + 1, "=") {
                given.push(self.shape.text(at));
                at += 3;
            } else {
                unnamed += 1;
                at += 1;
                // A thing of somebody's is one value.
                while self.shape.is(at, "/") {
                    at += 2;
                }
            }
        }
        let positional = spec.fields.iter().filter(|field| field.positional);
        given.extend(positional.clone().take(unnamed).map(|field| field.name));
        let named = given.len() > unnamed;
        if let Some(next) = positional.into_iter().nth(unnamed)
            && !named
        {
            self.value(next.ty);
        }
        for field in spec.fields {
            if !given.contains(&field.name) {
                let insert = format!("{}=", field.name);
                self.offer(CompletionKind::Field, field.name, &insert, field.doc);
            }
        }
        if acts {
            self.keyword(&keywords::AS);
        }
    }

    fn value(&mut self, ty: FieldType) {
        match ty {
            FieldType::Actor(kinds) | FieldType::Actors(kinds) => self.actors("", |_, kind| {
                kinds.is_empty() || kind.is_none_or(|kind| kinds.contains(&kind))
            }),
            FieldType::Shares(kinds) => {
                self.actors("=", |_, kind| kind.is_none_or(|kind| kinds.contains(&kind)))
            }
            FieldType::WalletType => {
                let types = self.survey.preset.as_ref();
                let types = types.map(|preset| preset.wallet_types.clone());
                for name in types.unwrap_or_default() {
                    self.offer(CompletionKind::WalletType, &name, &name, "");
                }
            }
            FieldType::Choice(words) => {
                for word in words {
                    self.offer(CompletionKind::Choice, word, word, "");
                }
            }
            FieldType::Bool => {
                for word in ["true", "false"] {
                    self.offer(CompletionKind::Choice, word, word, "");
                }
            }
            FieldType::TimeOfDay => {
                for time in ["\"06:00\"", "\"20:00\""] {
                    self.offer(CompletionKind::Choice, time, time, "");
                }
            }
            FieldType::Currency => {
                for code in ["AED", "HKD", "SAR", "THB"] {
                    self.offer(CompletionKind::Choice, code, code, "");
                }
            }
            FieldType::Amount
            | FieldType::Figure
            | FieldType::Exchange
            | FieldType::Amounts
            | FieldType::Frequency
            | FieldType::Rate
            | FieldType::Name
            | FieldType::Text
            | FieldType::Count
            | FieldType::Duration => {}
        }
    }

    fn word(&mut self, at: usize) {
        let tokens = self.shape.tokens.len();
        let next = at + 1;
        match self.shape.text(at) {
            "use" => {
                self.widen(next);
                for (name, version) in self.presets.list().into_iter().rev() {
                    let preset = format!("{name}@{version}");
                    self.offer(CompletionKind::Preset, &preset, &preset, "");
                }
            }
            "signing" if tokens == next => {
                keywords::SWITCH.iter().for_each(|word| self.keyword(word));
            }
            "choice" if tokens == next + 1 => self.keyword(&keywords::RIGHT),
            "set" => self.set(next),
            "expect" => self.expect(next),
            _ => {
                if let Some((spec, behind)) = self.shape.spec(self.vocabulary)
                    && tokens >= behind
                {
                    self.argument(spec, behind, false);
                }
            }
        }
    }

    fn set(&mut self, next: usize) {
        let Some(preset) = self.survey.preset.clone() else {
            return;
        };
        let (path, behind) = self.shape.dotted(next);
        if self.shape.is(behind, "=") {
            let last = self.shape.tokens.len();
            let is_value = last == behind + 1 || self.shape.within("stops");
            if is_value && let Some(ty) = self.presets.settable(&preset, &path) {
                self.value(ty);
                if self.presets.leaves_open(&preset, &path) {
                    self.keyword(&keywords::NONE);
                }
            } else if !self.touches(last) {
                let given: Vec<bool> = keywords::SETTING
                    .iter()
                    .map(|keyword| (behind..last).any(|at| self.shape.is(at, keyword.word)))
                    .collect();
                // They stand in this order.
                let free = keywords::SETTING.iter().enumerate();
                let free = free.filter(|(at, _)| given.iter().skip(*at).all(|given| !given));
                free.for_each(|(_, keyword)| self.keyword(keyword));
            }
            return;
        }
        self.widen(next);
        for path in self.presets.settable_paths(&preset) {
            let insert = format!("{path}=");
            let doc = self.vocabulary.setting(&path).map_or("", |it| it.doc);
            self.offer(CompletionKind::Path, &path, &insert, doc);
        }
    }

    fn expect(&mut self, next: usize) {
        let tokens = self.shape.tokens.len();
        if tokens == next {
            self.actors(".", |_, _| true);
            keywords::EXPECTED
                .iter()
                .for_each(|word| self.keyword(word));
            return;
        }
        let codes = match self.shape.text(next) {
            "refused" if !self.shape.is(next + 1, ".") => Some(self.vocabulary.refusals),
            "holds" if !self.shape.is(next + 1, ".") => Some(self.vocabulary.invariants),
            _ => None,
        };
        if let Some(codes) = codes {
            self.widen(next + 1);
            for code in codes {
                self.offer(CompletionKind::Code, code.name, code.name, code.doc);
            }
            return;
        }
        let Some((actor, behind)) = self.actor(next) else {
            return;
        };
        let kind = self.kind_of(&actor);
        let fits = |account: &&AccountSpec| {
            account.kinds.is_empty() || kind.is_none_or(|kind| account.kinds.contains(&kind))
        };
        let accounts = self.vocabulary.accounts;
        if self.shape.is(behind, ".") && tokens == behind + 1 && self.touches(tokens) {
            for account in accounts.iter().filter(fits) {
                let behind = if account.open { "." } else { " " };
                let insert = format!("{}{behind}", account.name);
                self.offer(CompletionKind::Path, account.name, &insert, account.doc);
            }
            return;
        }
        let mut path = behind;
        while self.shape.is(path, ".") {
            path += 2;
        }
        if path > behind && tokens == path && !self.touches(tokens) {
            for op in Op::ALL {
                let insert = format!("{} ", op.sign());
                self.offer(CompletionKind::Operator, op.sign(), &insert, "");
            }
        } else if tokens == path + 1 {
            let word = self.shape.text(behind + 1);
            let found = accounts.iter().filter(fits).find(|a| a.name == word);
            if let Some(account) = found {
                self.value(account.ty);
            }
        }
    }

    /// The actor at a token, and the first token behind it.
    fn actor(&self, at: usize) -> Option<(ActorName, usize)> {
        let name = self.shape.name(at)?;
        if self.shape.is(at + 1, "/") {
            let sub = Some(self.shape.name(at + 2)?);
            Some((ActorName { name, sub }, at + 3))
        } else {
            Some((ActorName { name, sub: None }, at + 1))
        }
    }
}
