//! What can be filled in on the lines of a block: every amount, length of
//! time, count, share, date, image, party and name in its place. A form changes
//! one of them by changing its text, so that nothing else of the line is
//! touched and what the form writes is what anybody could have written.

use money::Span;
use serde::{Deserialize, Serialize};

use super::lexer::{Kind, Token, tokens, unquote};
use super::{KEYWORDS, SourceLine, quoted_name};
use crate::{Amount, Category, Image, Moment, Name, Share};

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// An amount.
    Amount,
    /// A length of time.
    Duration,
    /// A whole number.
    Count,
    /// A share.
    Share,
    /// A date with a time.
    Moment,
    /// A SHA-256 image.
    Image,
    /// Somebody of the scenario, who plays a party.
    Player,
    /// A party of the contract.
    Party,
    /// A merchant category.
    Category,
    /// Somebody or something by name, as rules of a condition list them.
    Name,
    /// What a step is called: the block names it elsewhere, too, so that
    /// [`renamed_step`](super::renamed_step) changes it.
    Step,
}

impl FieldKind {
    /// A value as the text writes it, if the field takes it.
    #[must_use]
    pub fn written(self, value: &str) -> Option<String> {
        let value = value.trim();
        let name = || Name::new(value).ok().map(|name| quoted_name(&name));
        match self {
            Self::Amount => {
                let amount: Amount = value.parse().ok()?;
                amount.minor(money::MAX_DECIMALS).ok()?;
                Some(amount.to_string())
            }
            Self::Duration => {
                let span: Span = value.parse().ok()?;
                Some(span)
                    .filter(|span| span.0 > 0)
                    .map(|it| it.to_string())
            }
            Self::Count => {
                let count: u32 = value.parse().ok()?;
                (count > 0).then(|| count.to_string())
            }
            Self::Share => Some(value.parse::<Share>().ok()?.to_string()),
            Self::Moment => Some(value.parse::<Moment>().ok()?.to_string()),
            Self::Image => {
                let image: Image = value.trim_matches('"').parse().ok()?;
                Some(format!("\"{image}\""))
            }
            Self::Player | Self::Party | Self::Name | Self::Step => name(),
            Self::Category => {
                let code: u16 = value.parse().ok().filter(|_| value.len() == 4)?;
                Category::new(code).map(|it| format!("{:04}", it.code()))
            }
        }
    }
}

/// A place of a line that can be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The line's number.
    pub line: u32,
    /// Where it stands on the line, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it takes.
    pub kind: FieldKind,
    /// The word it stands behind, such as `until`; of a player the party.
    pub behind: String,
    /// What stands there, as it is written.
    pub text: String,
}

impl Field {
    /// What stands there, without the quotes of a name that needs them.
    #[must_use]
    pub fn plain(&self) -> String {
        match self.text.starts_with('"') {
            true => unquote(&self.text).unwrap_or_else(|| self.text.clone()),
            false => self.text.clone(),
        }
    }
}

/// The fields of a block's lines, in order. `parties` are those of a contract;
/// of a condition there are none.
#[must_use]
pub fn fields(lines: &[SourceLine<'_>], parties: &[&str]) -> Vec<Field> {
    let mut found = Vec::new();
    for (number, text) in lines {
        of_line(*number, text, parties, &mut found);
    }
    found
}

fn of_line(line: u32, text: &str, parties: &[&str], found: &mut Vec<Field>) {
    let (tokens, _) = tokens(text);
    let first = tokens.first().map_or("", |token| token.text);
    let is_rule = parties.is_empty();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let behind = keyword(&tokens[..at]);
        let kind = match token.kind {
            Kind::Duration => FieldKind::Duration,
            Kind::Share => FieldKind::Share,
            Kind::Moment => FieldKind::Moment,
            Kind::Number if is_rule && tokens.iter().any(|it| it.text == "category") => {
                let is_category = tokens[..at]
                    .iter()
                    .rev()
                    .find(|it| it.kind == Kind::Word && !matches!(it.text, "in" | "is"))
                    .is_some_and(|it| it.text == "category");
                if is_category {
                    FieldKind::Category
                } else {
                    FieldKind::Amount
                }
            }
            Kind::Number if is_count(&tokens, at) => FieldKind::Count,
            Kind::Number => FieldKind::Amount,
            Kind::Word | Kind::Quoted if first == "step" && at == 1 => FieldKind::Step,
            Kind::Word | Kind::Quoted => match named(token, before, &tokens[at + 1..], first) {
                Some(Named::Player) => FieldKind::Player,
                Some(Named::Image) => FieldKind::Image,
                Some(Named::Word) if is_rule && listed(&tokens[..at]) => FieldKind::Name,
                Some(Named::Word) if !is_rule && first != "parties" && first != "secret" => {
                    let name = match token.kind {
                        Kind::Quoted => unquote(token.text).unwrap_or_default(),
                        _ => token.text.to_owned(),
                    };
                    // A step or a word may be called as a party is.
                    if !parties.contains(&name.as_str()) || names_else(before) {
                        continue;
                    }
                    FieldKind::Party
                }
                _ => continue,
            },
            _ => continue,
        };
        let byte = |column: u32| {
            let at = text.char_indices().nth(column.saturating_sub(1) as usize);
            at.map_or(text.len(), |(at, _)| at)
        };
        let behind = match kind {
            FieldKind::Player => at
                .checked_sub(2)
                .and_then(|at| tokens.get(at))
                .map_or("", |role| role.text),
            _ => behind,
        };
        found.push(Field {
            line,
            from: byte(token.column),
            to: byte(token.end_column),
            kind,
            behind: behind.to_owned(),
            text: token.text.to_owned(),
        });
    }
}

/// What a word can be.
enum Named {
    Player,
    Image,
    Word,
}

fn named(
    token: &Token<'_>,
    before: Option<&Token<'_>>,
    after: &[Token<'_>],
    first: &str,
) -> Option<Named> {
    let assigned = before.is_some_and(|it| it.text == "=");
    match first {
        "parties" if assigned => return Some(Named::Player),
        "secret" if assigned => return Some(Named::Image),
        "shows" if token.kind == Kind::Quoted => return Some(Named::Image),
        _ => {}
    }
    // What stands before `=` is being named here.
    let names = after.first().is_some_and(|it| it.text == "=");
    let keyword = token.kind == Kind::Word && KEYWORDS.contains(&token.text);
    (!names && !keyword).then_some(Named::Word)
}

/// Whether a number says how often: behind `repeat` and `times`, or how many
/// must sign.
fn is_count(tokens: &[Token<'_>], at: usize) -> bool {
    let text = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |it| it.text);
    matches!(text(at.checked_sub(1)), "repeat" | "times")
        || (text(Some(at + 1)) == "of" && tokens[at].kind == Kind::Number)
}

/// Whether a word behind this one is no party: a step, a value, an event.
fn names_else(before: Option<&Token<'_>>) -> bool {
    before.is_some_and(|it| {
        matches!(
            it.text,
            "go" | "step" | "let" | "names" | "shows" | "sign" | "on"
        )
    })
}

/// Whether a word of a rule is one of those that it lists.
fn listed(before: &[Token<'_>]) -> bool {
    let inside = before
        .iter()
        .rev()
        .find(|it| matches!(it.text, "[" | "]" | "(" | ")"));
    let is_list = inside.is_some_and(|it| it.text == "[");
    is_list
        || before
            .last()
            .is_some_and(|it| matches!(it.text, "is" | "least"))
}

/// The last word before a field that means something.
fn keyword<'a>(before: &[Token<'a>]) -> &'a str {
    let known = |it: &&Token<'_>| {
        it.kind == Kind::Word
            && (KEYWORDS.contains(&it.text)
                || matches!(
                    it.text,
                    "before"
                        | "after"
                        | "amount"
                        | "day"
                        | "wallet"
                        | "payee"
                        | "area"
                        | "category"
                        | "signed"
                        | "up"
                ))
    };
    before.iter().rev().find(known).map_or("", |it| it.text)
}
