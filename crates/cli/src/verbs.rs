//! `exchequer verbs` and `exchequer schema`: the language's reference, from the
//! same descriptions that the parser reads by.

use exchequer::script::{AccountSpec, Setting, Vocabulary, Word, headers, schema as schema_of};
use exchequer::vocabulary;
use serde::Serialize;
use world::spec::{FieldSpec, FieldType, Spec};

use crate::args;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::table::{Side, Table};

#[derive(Serialize)]
struct Reference {
    headers: Vec<OfWord>,
    kinds: Vec<OfSpec>,
    verbs: Vec<OfSpec>,
    accounts: Vec<OfAccount>,
    settings: Vec<OfSetting>,
    refusals: Vec<OfWord>,
    invariants: Vec<OfWord>,
}

#[derive(Serialize)]
struct OfSpec {
    name: &'static str,
    doc: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    actors: &'static [&'static str],
    fields: Vec<OfField>,
    example: &'static str,
}

#[derive(Serialize)]
struct OfField {
    name: &'static str,
    doc: &'static str,
    #[serde(rename = "type")]
    ty: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    one_of: &'static [&'static str],
    required: bool,
    positional: bool,
}

#[derive(Serialize)]
struct OfAccount {
    name: &'static str,
    doc: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    kinds: &'static [&'static str],
}

#[derive(Serialize)]
struct OfSetting {
    path: &'static str,
    doc: &'static str,
    #[serde(rename = "type")]
    ty: &'static str,
}

#[derive(Serialize)]
struct OfWord {
    name: &'static str,
    doc: &'static str,
}

/// A type's word, and the kinds or words it is one of.
fn ty(ty: FieldType) -> (&'static str, &'static [&'static str]) {
    match ty {
        FieldType::Amount => ("amount", &[]),
        FieldType::Actor(kinds) => ("actor", kinds),
        FieldType::Name => ("name", &[]),
        FieldType::Text => ("text", &[]),
        FieldType::Count => ("count", &[]),
        FieldType::WalletType => ("wallet-type", &[]),
        FieldType::Duration => ("duration", &[]),
        FieldType::Rate => ("rate", &[]),
        FieldType::TimeOfDay => ("time-of-day", &[]),
        FieldType::Bool => ("bool", &[]),
        FieldType::Choice(words) => ("choice", words),
        FieldType::Amounts => ("amounts", &[]),
        FieldType::Actors(kinds) => ("actors", kinds),
        FieldType::Shares(kinds) => ("shares", kinds),
        FieldType::Frequency => ("frequency", &[]),
        FieldType::Figure => ("figure", &[]),
        FieldType::Exchange => ("exchange", &[]),
        FieldType::Currency => ("currency", &[]),
    }
}

fn spec(spec: &Spec) -> OfSpec {
    let field = |field: &FieldSpec| {
        let (ty, one_of) = ty(field.ty);
        let FieldSpec {
            name,
            doc,
            required,
            positional,
            ..
        } = *field;
        OfField {
            name,
            doc: doc.trim(),
            ty,
            one_of,
            required,
            positional,
        }
    };
    OfSpec {
        name: spec.name,
        doc: spec.doc.trim(),
        actors: spec.actors,
        fields: spec.fields.iter().map(field).collect(),
        example: spec.example,
    }
}

fn reference(vocabulary: &Vocabulary<'_>) -> Reference {
    let word = |it: &Word| OfWord {
        name: it.name,
        doc: it.doc,
    };
    let words = |words: &[Word]| words.iter().map(word).collect();
    let account = |it: &AccountSpec| OfAccount {
        name: it.name,
        doc: it.doc,
        kinds: it.kinds,
    };
    let setting = |it: &Setting| OfSetting {
        path: it.path,
        doc: it.doc,
        ty: ty(it.ty).0,
    };
    Reference {
        headers: headers().map(|it| word(&it)).collect(),
        kinds: vocabulary.kinds.iter().map(|it| spec(it)).collect(),
        verbs: vocabulary.verbs.iter().map(|it| spec(it)).collect(),
        accounts: vocabulary.accounts.iter().map(account).collect(),
        settings: vocabulary.settings.iter().map(setting).collect(),
        refusals: words(vocabulary.refusals),
        invariants: words(vocabulary.invariants),
    }
}

/// Prints the reference.
pub(crate) fn verbs(asked: &args::Verbs, out: &mut Out) -> Result<Verdict, Failure> {
    let reference = vocabulary::with(reference);
    if asked.json {
        // Texts and truth values: JSON has a form for all of them.
        out.line(serde_json::to_string_pretty(&reference).unwrap_or_default());
        return Ok(Verdict::Held);
    }
    let named = |words: Vec<OfWord>| words.into_iter().map(|it| (it.name.to_owned(), it.doc));
    list("What stands first: headers", named(reference.headers), out);
    out.line("\nWhat can be declared: kind name field=value …");
    for kind in &reference.kinds {
        describe(kind, out);
    }
    out.line("\nWhat can be done: actor: verb value field=value …\n(the name of a field in brackets may be left out)");
    for verb in &reference.verbs {
        describe(verb, out);
    }
    let accounts = reference
        .accounts
        .into_iter()
        .map(|it| (format!("X.{}", it.name), it.doc));
    list("What can be looked at: expect path = value", accounts, out);
    out.line("\nWhat can be set: set path=value (a wallet type for *)\n");
    let mut table = Table::new(2, &[Side::Left; 3]);
    for it in &reference.settings {
        table.row([it.path, it.ty, it.doc]);
    }
    out.text(table);
    list(
        "Why something is refused: expect refused code",
        named(reference.refusals),
        out,
    );
    list(
        "What always holds: expect holds invariant",
        named(reference.invariants),
        out,
    );
    Ok(Verdict::Held)
}

fn describe(spec: &OfSpec, out: &mut Out) {
    out.line(format_args!("\n  {}", spec.example));
    out.line(format_args!("      {}", spec.doc));
    if !spec.actors.is_empty() {
        out.line(format_args!("      by {}", spec.actors.join(", ")));
    }
    let mut table = Table::new(6, &[Side::Left, Side::Left, Side::Left]);
    for field in &spec.fields {
        let ty = if field.required {
            field.ty.to_owned()
        } else {
            format!("{}, if needed", field.ty)
        };
        let name = if field.positional {
            format!("[{}=]", field.name)
        } else {
            format!("{}=", field.name)
        };
        table.row([name, ty, field.doc.to_owned()]);
    }
    out.text(table);
}

fn list(heading: &str, words: impl Iterator<Item = (String, &'static str)>, out: &mut Out) {
    out.line(format_args!("\n{heading}\n"));
    let mut table = Table::new(2, &[Side::Left, Side::Left]);
    for (name, doc) in words {
        table.row([name.as_str(), doc]);
    }
    out.text(table);
}

/// Prints the JSON Schema of the JSON form.
pub(crate) fn schema(out: &mut Out) -> Result<Verdict, Failure> {
    let schema = vocabulary::with(schema_of);
    // A JSON value has a form as text.
    out.line(serde_json::to_string_pretty(&schema).unwrap_or_default());
    Ok(Verdict::Held)
}
