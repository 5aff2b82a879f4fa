//! Ready-made conditions and contracts, with parameters to fill in.
//!
//! An entry is a text with holes. [`Template::fill`] checks each value by its
//! kind, puts them in, and reads the text as any other: so an entry can say
//! nothing that a user could not write, and what it gives can be edited.

mod entries;

use money::Span;
use serde::Serialize;

use crate::text::{self, quoted_name};
use crate::{
    Amount, Category, Condition, Contract, Diagnostic, Image, Machine, Moment, Name, Share,
};

pub use entries::TEMPLATES;

/// What a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An amount above nothing.
    Amount,
    /// A length of time above nothing.
    Duration,
    /// A whole number above nothing.
    Count,
    /// The name of a party.
    Party,
    /// Names of parties, between commas.
    Parties,
    /// Names of areas, between commas.
    Areas,
    /// Merchant categories, between commas.
    Categories,
    /// A share or yearly rate.
    Share,
    /// A SHA-256 image.
    Image,
    /// A date with a time.
    Moment,
}

/// A hole in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Param {
    /// Its name, as the text has it in braces.
    pub key: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it is if nobody says otherwise.
    pub default: &'static str,
}

/// Whether an entry is a condition or a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A condition on spending.
    Condition,
    /// A contract that holds money.
    Contract,
}

/// An entry. Its title is the message `template-KEY`, what it is for
/// `template-KEY-note`, a parameter's label `template-param-PARAM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Template {
    /// Its stable name.
    pub key: &'static str,
    /// Which row of the catalogue of conditions it is.
    pub row: &'static str,
    /// What it gives.
    pub block: Block,
    /// What can be filled in.
    pub params: &'static [Param],
    /// The lines of the block, with parameters in braces.
    pub body: &'static str,
}

/// Why a value does not go into a hole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum FillError {
    /// No parameter is called so.
    Unknown {
        /// The name given.
        param: String,
    },
    /// The value is none of its kind.
    Malformed {
        /// The parameter.
        param: &'static str,
        /// What it takes.
        kind: Kind,
        /// What was given.
        value: String,
    },
    /// Each value is one of its kind, and together they make no sense.
    Together {
        /// What is wrong with the text.
        diagnostic: Box<Diagnostic>,
    },
}

/// What filling in gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// A condition.
    Condition(Condition),
    /// A contract, and the same ready to run.
    Contract(Box<(Contract, Machine)>),
}

impl Filled {
    /// The block as text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Condition(condition) => text::condition_text(condition),
            Self::Contract(both) => text::contract_text(&both.0),
        }
    }
}

/// The entry of this name.
#[must_use]
pub fn find(key: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.key == key)
}

impl Template {
    /// Fills in: what is not given is as by default. Tells everything that is
    /// wrong with what is given.
    pub fn fill(
        &self,
        name: &Name,
        given: &[(&str, &str)],
        decimals: u8,
    ) -> Result<Filled, Vec<FillError>> {
        let mut errors: Vec<FillError> = given
            .iter()
            .filter(|(key, _)| self.params.iter().all(|param| param.key != *key))
            .map(|(key, _)| FillError::Unknown {
                param: (*key).to_owned(),
            })
            .collect();
        let mut body = self.body.to_owned();
        for param in self.params {
            let value = given.iter().rev().find(|(key, _)| *key == param.key);
            let value = value.map_or(param.default, |(_, value)| *value);
            match written(param.kind, value.trim()) {
                // Names in braces are put in once each, so none is put in twice.
                Some(value) => body = body.replace(&format!("{{{}}}", param.key), &value),
                None => errors.push(FillError::Malformed {
                    param: param.key,
                    kind: param.kind,
                    value: value.to_owned(),
                }),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let lines = text::lines(&body);
        let together = |diagnostics: Vec<Diagnostic>| {
            let together = |diagnostic| FillError::Together {
                diagnostic: Box::new(diagnostic),
            };
            diagnostics.into_iter().map(together).collect::<Vec<_>>()
        };
        match self.block {
            Block::Condition => text::load_condition(name, 0, &lines, decimals)
                .map(Filled::Condition)
                .map_err(together),
            Block::Contract => text::load_contract(name, 0, &lines, decimals)
                .map(|both| Filled::Contract(Box::new(both)))
                .map_err(together),
        }
    }
}

/// A value as the text writes it, if it is one of its kind.
fn written(kind: Kind, value: &str) -> Option<String> {
    fn each<T>(
        value: &str,
        read: impl Fn(&str) -> Option<T>,
        write: impl Fn(&T) -> String,
    ) -> Option<String> {
        let items: Option<Vec<T>> = value.split(',').map(|item| read(item.trim())).collect();
        let items: Vec<String> = items?.iter().map(write).collect();
        Some(items.join(", "))
    }
    // A brace in a name would look like a hole.
    let name = |value: &str| {
        Name::new(value)
            .ok()
            .filter(|_| !value.contains(['{', '}']))
    };
    Some(match kind {
        Kind::Amount => {
            let amount: Amount = value.parse().ok()?;
            amount
                .minor(money::MAX_DECIMALS)
                .ok()
                .filter(|minor| *minor > 0)?;
            amount.to_string()
        }
        Kind::Duration => {
            let span: Span = value.parse().ok()?;
            Some(span).filter(|span| span.0 > 0)?.to_string()
        }
        Kind::Count => {
            let count: u32 = value.parse().ok()?;
            Some(count).filter(|count| *count > 0)?.to_string()
        }
        Kind::Party => quoted_name(&name(value)?),
        Kind::Parties | Kind::Areas => each(value, name, quoted_name)?,
        Kind::Categories => each(
            value,
            |code| {
                code.parse()
                    .ok()
                    .filter(|_| code.len() == 4)
                    .and_then(Category::new)
            },
            |category| format!("{:04}", category.code()),
        )?,
        Kind::Share => value.parse::<Share>().ok()?.to_string(),
        Kind::Image => value.parse::<Image>().ok()?.to_string(),
        Kind::Moment => value.parse::<Moment>().ok()?.to_string(),
    })
}
