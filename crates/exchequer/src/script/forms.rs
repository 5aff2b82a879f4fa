//! Acts as forms: what somebody can do at a place of a text, what has to be
//! filled in for it, and the line that it comes to. All of it follows from the
//! declarations that the parser reads by, and what is filled in is judged by
//! the parser itself.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use world::describe;
use world::spec::{FieldType, Spec};

use super::ast::{ActorName, Statement};
use super::check::{parse, survey};
use super::diagnostic::{Diagnostic, Problem, Severity};
use super::format::{self, push_name};
use super::names::quote;
use super::vocabulary::{Presets, Vocabulary};

/// What can be done at a place of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deeds {
    /// Everybody who can do something, by name.
    pub actors: Vec<String>,
    /// What the one who was asked about can do; nothing of somebody unknown.
    pub list: Vec<Deed>,
}

/// Something to do, as a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// The verb.
    pub verb: String,
    /// What has to be filled in, or can be.
    pub blanks: Vec<Blank>,
    /// Whether something comes of it that can be given a name.
    pub creates: bool,
}

/// Something to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blank {
    /// The field's name.
    pub name: String,
    /// Whether it has to be filled in.
    pub required: bool,
    /// What it takes.
    pub takes: Takes,
}

/// What a blank takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Takes {
    /// A number or a length of time, written like this.
    Figure(String),
    /// Any words.
    Text,
    /// One of these.
    One(Vec<String>),
    /// Some of these, in their order.
    Several(Vec<String>),
    /// Some of these, each with a sum.
    Shares(Vec<String>),
    /// Yes or no.
    Decision,
}

/// What was filled in for a deed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Who acts.
    pub actor: String,
    /// The verb.
    pub verb: String,
    /// What stands in each field: of several, each one; of shares, each with
    /// its sum. What is empty is left out.
    pub given: BTreeMap<String, Vec<(String, String)>>,
    /// What the thing is called that comes of it; nothing if empty.
    pub named: String,
}

/// The line that a draft comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    /// The line, in canonical form once nothing is wrong with it.
    pub line: String,
    /// Whether it can be played.
    pub is_whole: bool,
    /// What is wrong, each with the field that it is wrong with.
    pub problems: Vec<(Option<String>, Diagnostic)>,
}

/// The field under which [`Draft::named`] is spoken of.
pub const NAMED: &str = "as";

/// Whether somebody of a kind can do this; anybody of an unknown kind can.
pub(super) fn can(verb: &Spec, kind: Option<&str>) -> bool {
    verb.actors.is_empty() || kind.is_none_or(|kind| verb.actors.contains(&kind))
}

/// What somebody can do below a line of a text, counted from 1.
#[must_use]
pub fn deeds(
    text: &str,
    line: u32,
    actor: &str,
    vocabulary: &Vocabulary<'_>,
    presets: &dyn Presets,
) -> Deeds {
    let found = survey(above(text, line), vocabulary, presets);
    let acts = |kind: &Option<&'static str>| {
        let verbs = vocabulary.verbs;
        kind.is_some_and(|kind| verbs.iter().any(|verb| can(verb, Some(kind))))
    };
    let actors = found.names.iter().filter(|(_, kind)| acts(kind));
    let mut actors: Vec<_> = actors.map(|(name, _)| name.clone()).collect();
    let known = found.names.get(actor).copied().flatten();
    // One of many who were declared together has no line of their own.
    let one_of = || {
        let (many, number) = actor.rsplit_once('-')?;
        let kind = found.names.get(many).copied().flatten()?;
        let is_one = describe::is_member(number, u64::MAX);
        vocabulary.kind(kind)?.creates.filter(|_| is_one)
    };
    let one_of = known.is_none().then(one_of).flatten();
    if one_of.is_some() {
        actors.push(actor.to_owned());
    }
    let Some(kind) = known.or(one_of) else {
        return Deeds {
            actors,
            list: Vec::new(),
        };
    };
    let named = |kinds: &[&str]| {
        let fits =
            |it: &Option<&str>| kinds.is_empty() || it.is_some_and(|kind| kinds.contains(&kind));
        let fitting = found.names.iter().filter(|(_, kind)| fits(kind));
        fitting.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let types = || {
        let preset = found.preset.as_ref();
        preset.map_or_else(Vec::new, |preset| preset.wallet_types.clone())
    };
    let takes = |ty: FieldType| match ty {
        FieldType::Amount | FieldType::Figure => Takes::Figure("12.50".to_owned()),
        FieldType::Amounts => Takes::Figure("100.00..500.00".to_owned()),
        FieldType::Exchange => Takes::Figure("4.95".to_owned()),
        FieldType::Count => Takes::Figure("3".to_owned()),
        FieldType::Duration => Takes::Figure("1h30m".to_owned()),
        FieldType::Rate => Takes::Figure("5%".to_owned()),
        FieldType::Frequency => Takes::Figure("100/s".to_owned()),
        FieldType::Text | FieldType::TimeOfDay | FieldType::Name | FieldType::Currency => {
            Takes::Text
        }
        FieldType::Bool => Takes::Decision,
        FieldType::WalletType => Takes::One(types()),
        FieldType::Choice(words) => Takes::One(words.iter().map(|it| (*it).to_owned()).collect()),
        FieldType::Actor(kinds) => Takes::One(named(kinds)),
        FieldType::Actors(kinds) => Takes::Several(named(kinds)),
        FieldType::Shares(kinds) => Takes::Shares(named(kinds)),
    };
    let verbs = vocabulary.verbs.iter().filter(|verb| can(verb, Some(kind)));
    let list = verbs.map(|verb| Deed {
        verb: verb.name.to_owned(),
        creates: verb.creates.is_some(),
        blanks: verb
            .fields
            .iter()
            .map(|field| Blank {
                name: field.name.to_owned(),
                required: field.required,
                takes: takes(field.ty),
            })
            .collect(),
    });
    Deeds {
        actors,
        list: list.collect(),
    }
}

/// The line that a draft comes to below a line of a text, and what the parser
/// has to say of it there.
#[must_use]
pub fn drafted(
    text: &str,
    line: u32,
    draft: &Draft,
    vocabulary: &Vocabulary<'_>,
    presets: &dyn Presets,
) -> Drafted {
    let Some(spec) = vocabulary.verb(&draft.verb) else {
        return Drafted {
            line: String::new(),
            is_whole: false,
            problems: Vec::new(),
        };
    };
    let (written, spans) = written(draft, spec);
    let mut head = above(text, line).to_owned();
    if !head.is_empty() && !head.ends_with('\n') {
        head.push('\n');
    }
    let start = head.len();
    let outcome = {
        head.push_str(&written);
        parse(&head, vocabulary, presets)
    };
    let act = outcome
        .script
        .lines
        .last()
        .filter(|it| it.place.start >= start);
    let act = act.and_then(|line| match &line.statement {
        Some(Statement::Act(act)) => Some(format::act(act)),
        _ => None,
    });
    let here = outcome.diagnostics.into_iter();
    let problems: Vec<_> = here
        .filter(|it| it.place.start >= start)
        .map(|it| (concerned(&it, it.place.start - start, &spans), it))
        .collect();
    let is_wrong = problems
        .iter()
        .any(|(_, it)| it.severity == Severity::Error);
    Drafted {
        is_whole: act.is_some() && !is_wrong,
        line: act.filter(|_| !is_wrong).unwrap_or(written),
        problems,
    }
}

/// The field that something is wrong with.
fn concerned(
    diagnostic: &Diagnostic,
    at: usize,
    spans: &[(&'static str, Range<usize>)],
) -> Option<String> {
    if let Problem::MissingField { field, .. } = &diagnostic.problem {
        return Some(field.clone());
    }
    let within = |(_, range): &&(&str, Range<usize>)| range.start <= at && at <= range.end;
    let found = spans.iter().rev().find(within);
    found.map(|(field, _)| (*field).to_owned())
}

/// The text down to a line.
fn above(text: &str, line: u32) -> &str {
    let lines = text.split_inclusive('\n').take(line as usize);
    &text[..lines.map(str::len).sum()]
}

/// The line of a draft, and where each of its fields stands.
fn written(draft: &Draft, spec: &'static Spec) -> (String, Vec<(&'static str, Range<usize>)>) {
    let mut out = format!("{}: {}", ActorName::from_plain(&draft.actor), spec.name);
    let mut spans = Vec::new();
    // A value may lack its field's name while those before it do.
    let mut unnamed = true;
    for field in spec.fields {
        unnamed &= field.positional;
        let given = draft.given.get(field.name).map_or(&[][..], Vec::as_slice);
        let Some(value) = value(given, field.ty) else {
            unnamed = false;
            continue;
        };
        out.push(' ');
        let start = out.len();
        if !unnamed {
            out.push_str(field.name);
            out.push('=');
        }
        out.push_str(&value);
        spans.push((field.name, start..out.len()));
    }
    let named = draft.named.trim();
    if !named.is_empty() {
        out.push(' ');
        let start = out.len();
        out.push_str("as ");
        out.push_str(&name(named));
        spans.push((NAMED, start..out.len()));
    }
    (out, spans)
}

/// A field's value as a script has it; none if nothing was filled in. What
/// cannot be one value becomes a text, so that no more than a value is written
/// whatever was typed.
fn value(given: &[(String, String)], ty: FieldType) -> Option<String> {
    let filled = || given.iter().filter(|(it, _)| !it.trim().is_empty());
    let first = filled().next().map(|(it, _)| it.trim())?;
    Some(match ty {
        FieldType::Text | FieldType::TimeOfDay => quote(first),
        FieldType::Name
        | FieldType::Currency
        | FieldType::WalletType
        | FieldType::Choice(_)
        | FieldType::Actor(_) => name(first),
        FieldType::Actors(_) => {
            let all: Vec<_> = filled().map(|(it, _)| name(it.trim())).collect();
            format!("[{}]", all.join(", "))
        }
        FieldType::Shares(_) => {
            let share = |(who, sum): &(String, String)| {
                format!("{}={}", name(who.trim()), figure(sum.trim()))
            };
            let all: Vec<_> = filled().map(share).collect();
            format!("{{{}}}", all.join(", "))
        }
        FieldType::Bool if matches!(first, "true" | "false") => first.to_owned(),
        _ => figure(first),
    })
}

/// A name with its slash, each part in quotes where it needs them.
fn name(plain: &str) -> String {
    let mut out = String::new();
    push_name(&mut out, plain);
    out
}

/// A number as it was typed if it can be one, else a text.
fn figure(typed: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._%/,-".contains(c);
    let begins = typed.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if begins && typed.chars().all(fits) {
        typed.to_owned()
    } else {
        quote(typed)
    }
}
