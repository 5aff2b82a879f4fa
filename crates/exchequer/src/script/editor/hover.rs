//! What the word at a place means.

use std::ops::Range;

use super::super::ast::ActorName;
use super::super::check::survey;
use super::super::lexer::TokenKind;
use super::super::vocabulary::{Presets, Vocabulary};
use super::keywords;
use super::line_at;
use super::shape::{Head, Shape};

use serde::{Deserialize, Serialize};

/// Help for a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hover {
    /// The bytes of the text that it is about.
    pub range: Range<usize>,
    /// What it says.
    pub doc: String,
}

/// Gives help for the word at a place of a text, if there is any: a word of
/// the language, a kind, a verb, a field, an account, a code, or what a name
/// stands for.
#[must_use]
pub fn hover(
    text: &str,
    offset: usize,
    vocabulary: &Vocabulary<'_>,
    presets: &dyn Presets,
) -> Option<Hover> {
    let (start, line, offset) = line_at(text, offset);
    let shape = Shape::of(line);
    let place = offset - start;
    let touched = |at: usize| {
        let token = shape.tokens.get(at)?;
        (token.start <= place && place <= token.end).then_some(at)
    };
    // Between a word and a sign that touch, the word is meant.
    let is_word = |at: &usize| shape.kind(*at) != Some(TokenKind::Sign);
    let at = (0..shape.tokens.len()).filter_map(touched).find(is_word)?;
    let named = |at| named(&shape, text, at, vocabulary, presets);
    let (first, behind) = whole(&shape, at);
    let mut tokens = at..at + 1;
    let doc = match &shape.head {
        Head::Act { verb, .. } if first == *verb => {
            tokens = first..behind;
            described(vocabulary.verb(&shape.dotted(first).0)?)
        }
        Head::Word(head) if at == *head => match keywords::find(shape.text(at)) {
            Some(keyword) => keyword.doc.to_owned(),
            None => described(vocabulary.kind(shape.text(at))?),
        },
        Head::Word(head) if shape.is(*head, "expect") => {
            expected(&shape, head + 1, at, vocabulary).or_else(|| named(at))?
        }
        Head::Word(head) if shape.is(*head, "set") && first == head + 1 => {
            tokens = first..behind;
            vocabulary.setting(&shape.dotted(first).0)?.doc.to_owned()
        }
        Head::Word(head) if shape.is(*head, "set") && shape.is(at + 1, "=") => {
            let word = shape.text(at);
            let mut known = keywords::SETTING.iter();
            known.find(|it| it.word == word)?.doc.to_owned()
        }
        _ if shape.is(at + 1, "=") => {
            let (spec, _) = shape.spec(vocabulary)?;
            spec.field(shape.text(at))?.doc.to_owned()
        }
        _ if shape.is(at, "try") => keywords::find("try")?.doc.to_owned(),
        _ => named(at)?,
    };
    let range = start + shape.tokens[tokens.start].start..start + shape.tokens[tokens.end - 1].end;
    Some(Hover { range, doc })
}

/// The words with points between of which a token is one.
fn whole(shape: &Shape<'_>, at: usize) -> (usize, usize) {
    let mut first = at;
    while first >= 2 && shape.is(first - 1, ".") && shape.kind(first) == Some(TokenKind::Word) {
        first -= 2;
    }
    (first, shape.dotted(first).1.min(shape.tokens.len()))
}

fn described(spec: &world::spec::Spec) -> String {
    if spec.example.is_empty() {
        spec.doc.to_owned()
    } else {
        format!("{}\n\n{}", spec.doc, spec.example)
    }
}

/// Help within an expectation whose first token behind `expect` is `first`.
fn expected(
    shape: &Shape<'_>,
    first: usize,
    at: usize,
    vocabulary: &Vocabulary<'_>,
) -> Option<String> {
    let path = shape.is(first + 1, ".") || shape.is(first + 1, "/");
    if !path && at == first {
        let keyword = keywords::EXPECTED
            .iter()
            .find(|keyword| keyword.word == shape.text(at))?;
        return Some(keyword.doc.to_owned());
    }
    if path {
        let word = shape.text(at);
        let account = vocabulary
            .accounts
            .iter()
            .find(|account| account.name == word)?;
        return (at > first).then(|| account.doc.to_owned());
    }
    let codes = match shape.text(first) {
        "refused" => vocabulary.refusals,
        "holds" => vocabulary.invariants,
        _ => return None,
    };
    let code = shape.dotted(first + 1).0;
    let word = codes.iter().find(|word| word.name == code)?;
    Some(word.doc.to_owned())
}

/// What a name stands for.
fn named(
    shape: &Shape<'_>,
    text: &str,
    at: usize,
    vocabulary: &Vocabulary<'_>,
    presets: &dyn Presets,
) -> Option<String> {
    let name = shape.name(at)?;
    let name = ActorName { name, sub: None }.plain();
    let kind = (*survey(text, vocabulary, presets).names.get(&name)?)?;
    let spec = vocabulary.kind(kind);
    Some(spec.map_or_else(|| kind.to_owned(), |spec| format!("{kind}: {}", spec.doc)))
}
