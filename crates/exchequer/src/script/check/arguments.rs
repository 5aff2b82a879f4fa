//! Each value to its field, and held against the field's type.

use std::collections::BTreeMap;

use money::{AmountError, MAX_MINOR, NANO, Rate, TimeOfDay, parse_minor, write_grouped};
use seal::MAX_MEMO_BYTES;
use world::describe::{Exchange, Figure, MOST_LISTED, MOST_SHARES, PerSecond};
use world::spec::{FieldSpec, FieldType, Spec, Value};

use super::super::ast::{ActorName, Arg, Args};
use super::super::diagnostic::{Found, Problem, TimeFault, ValueType, Words};
use super::super::lexer;
use super::super::syntax::{self, At, Bytes, Fault, Item, name_problem};
use super::super::vocabulary::PresetFacts;
use super::{Checker, Text};

/// The fields that hold a sum to be moved or asked for.
const MOVED: [&str; 3] = ["amount", "cap", "sell"];

/// The most a count can be: beyond it JavaScript's numbers have gaps.
const MAX_COUNT: u64 = 1 << 53;

/// The most a share or yearly rate can be, in billionths: a thousand per cent.
const MAX_YEARLY: i64 = 10 * NANO;

/// Reads a share or yearly rate, `0.05%` or `0.0005`: from nothing to a
/// thousand per cent and not finer than a billionth.
#[must_use]
pub fn yearly(text: &str) -> Option<Rate> {
    let rate: Rate = text.parse().ok()?;
    (0..=MAX_YEARLY)
        .contains(&rate.nano().ok()?)
        .then_some(rate)
}

impl<'t> Checker<'t, '_> {
    /// Gives each argument to its field.
    pub(super) fn bind(
        &mut self,
        text: Text<'t>,
        spec: &'static Spec,
        head: &Bytes,
        items: Vec<Item>,
    ) -> Args {
        let mut given: BTreeMap<usize, Option<Arg>> = BTreeMap::new();
        let mut named = false;
        let mut items = items.into_iter().peekable();
        while let Some(Item { key, mut value }) = items.next() {
            let index = match &key {
                Some(key) => {
                    named = true;
                    self.named_field(text, spec, key, &given)
                }
                None if named => {
                    self.at(text, &value.bytes, Problem::ValueAfterNamed {});
                    continue;
                }
                None => self.next_field(text, spec, &value, &given),
            };
            let Some(index) = index else { continue };
            let field = &spec.fields[index];
            // `12.50 CNY`: the currency may be a word of its own, unless the
            // next field takes a word.
            if field.ty == FieldType::Amount
                && let Value::Number {
                    unit: unit @ None, ..
                } = &mut value.it
                && (named || !spec.fields.get(index + 1).is_some_and(takes_word))
                && let Some(code) = items.next_if(is_currency_word)
            {
                value.bytes.end = code.value.bytes.end;
                if let Value::Name(code) = code.value.it {
                    *unit = Some(code);
                }
            }
            let place = text.place(&value.bytes);
            let is_nothing =
                matches!(&value.it, Value::Number { digits, .. } if is_nothing(digits));
            // What is to move is more than nothing; a limit may be nothing.
            let is_sum = matches!(field.ty, FieldType::Amount | FieldType::Figure);
            if is_nothing && is_sum && MOVED.contains(&field.name) {
                self.at(text, &value.bytes, Problem::ZeroAmount {});
                given.insert(index, None);
                continue;
            }
            let value = self.typed(text, field.name, field.ty, value, false);
            given.insert(
                index,
                value.map(|value| Arg {
                    field,
                    value,
                    place,
                }),
            );
        }
        for (index, field) in spec.fields.iter().enumerate() {
            if field.required && !given.contains_key(&index) {
                let problem = Problem::MissingField {
                    of: spec.name.to_owned(),
                    field: field.name.to_owned(),
                };
                self.at(text, head, problem);
            }
        }
        Args {
            fields: spec.fields,
            given: given.into_values().flatten().collect(),
        }
    }

    fn named_field(
        &mut self,
        text: Text<'t>,
        spec: &'static Spec,
        key: &At<String>,
        given: &BTreeMap<usize, Option<Arg>>,
    ) -> Option<usize> {
        let position = spec.fields.iter().position(|field| field.name == key.it);
        match position {
            None => {
                let problem = Problem::UnknownField {
                    of: spec.name.to_owned(),
                    field: key.it.clone(),
                };
                let free = spec
                    .fields
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| !given.contains_key(index))
                    .map(|(_, field)| field.name);
                self.unknown(text, &key.bytes, problem, &key.it, free);
                None
            }
            Some(index) if given.contains_key(&index) => {
                let field = key.it.clone();
                self.at(text, &key.bytes, Problem::FieldTwice { field });
                None
            }
            index => index,
        }
    }

    /// The field that takes the next value without a name.
    fn next_field(
        &mut self,
        text: Text<'t>,
        spec: &'static Spec,
        value: &At<Value>,
        given: &BTreeMap<usize, Option<Arg>>,
    ) -> Option<usize> {
        let free = |(index, _): &(usize, &FieldSpec)| !given.contains_key(index);
        let fields = || spec.fields.iter().enumerate().filter(free);
        if let Some((index, _)) = fields().find(|(_, field)| field.positional) {
            return Some(index);
        }
        let problem = Problem::TooManyValues {
            of: spec.name.to_owned(),
            most: spec.fields.iter().filter(|field| field.positional).count(),
        };
        let mut fault = Fault::new(problem, value.bytes.clone());
        // If one field only can take it, that was meant.
        let mut takers = fields().filter(|(_, field)| self.takes(field.ty, &value.it));
        if let (Some((_, field)), None) = (takers.next(), takers.next()) {
            let start = value.bytes.start..value.bytes.start;
            fault = fault.suggest(start, format!("{}=", field.name));
        }
        self.fault(text, fault);
        None
    }

    /// Whether a field of a type could take a value.
    fn takes(&self, ty: FieldType, value: &Value) -> bool {
        match (ty, value) {
            (
                FieldType::Amount
                | FieldType::Amounts
                | FieldType::Figure
                | FieldType::Exchange
                | FieldType::Count,
                Value::Number { unit, .. },
            ) => unit.is_none(),
            (FieldType::Frequency, Value::Number { unit, .. }) => unit.as_deref() == Some("/s"),
            (FieldType::Actors(kinds), Value::Name(_)) => {
                self.takes(FieldType::Actor(kinds), value)
            }
            (FieldType::Amounts, Value::Range(..))
            | (FieldType::Actors(_), Value::List(_))
            | (FieldType::Shares(_), Value::Record(_)) => true,
            (FieldType::Rate, Value::Number { unit, .. }) => unit.as_deref() == Some("%"),
            (FieldType::Actor(kinds), Value::Name(name)) => self.named(name).is_some_and(|party| {
                kinds.is_empty() || party.kind.is_none_or(|kind| kinds.contains(&kind))
            }),
            (FieldType::WalletType, Value::Name(name)) => {
                let preset = self.outcome.preset.as_ref();
                preset.is_some_and(|preset| preset.wallet_types.contains(name))
            }
            (FieldType::Currency, Value::Name(word)) => lexer::is_currency(word),
            (FieldType::Choice(words), Value::Name(word)) => words.contains(&word.as_str()),
            (FieldType::Name, Value::Name(_))
            | (FieldType::Text, Value::Text(_))
            | (FieldType::Duration, Value::Duration(_))
            | (FieldType::Bool, Value::Bool(_)) => true,
            _ => false,
        }
    }

    /// The value as its field's type has it: a quoted word is a name where a
    /// name is taken, and the preset's own currency needs no mention. If it is
    /// of another type, that is told.
    pub(super) fn typed(
        &mut self,
        text: Text<'t>,
        field: &str,
        ty: FieldType,
        value: At<Value>,
        signed: bool,
    ) -> Option<Value> {
        let At { it: value, bytes } = value;
        match (ty, value) {
            (FieldType::Amount, Value::Number { digits, unit })
                if !matches!(unit.as_deref(), Some("%" | "/s")) =>
            {
                self.amount(text, &bytes, digits, unit, signed)
            }
            (FieldType::Figure, Value::Number { digits, unit })
                if unit.is_none() || signed && !matches!(unit.as_deref(), Some("%" | "/s")) =>
            {
                self.figure(text, &bytes, digits, unit, signed)
            }
            (FieldType::Exchange, Value::Number { digits, unit: None })
                if Exchange::parse(&digits).is_some() =>
            {
                Some(Value::Number { digits, unit: None })
            }
            (FieldType::Currency, Value::Name(code) | Value::Text(code))
                if lexer::is_currency(&code) =>
            {
                Some(Value::Name(code))
            }
            (FieldType::Rate, Value::Number { digits, unit })
                if matches!(unit.as_deref(), None | Some("%")) =>
            {
                self.rate(text, &bytes, field, digits, unit)
            }
            (FieldType::Amounts, Value::Range(low, high)) => {
                self.amounts(text, &bytes, field, *low, *high)
            }
            (FieldType::Amounts, value @ Value::Number { .. }) => {
                let value = At::new(value, bytes);
                self.typed(text, field, FieldType::Amount, value, false)
            }
            (FieldType::Frequency, Value::Number { digits, unit })
                if unit.as_deref() == Some("/s") =>
            {
                if PerSecond::parse(&digits).is_some() {
                    return Some(Value::Number { digits, unit });
                }
                let field = field.to_owned();
                self.at(text, &bytes, Problem::BadFrequency { field });
                None
            }
            (FieldType::Actors(kinds), Value::List(listed)) if !listed.is_empty() => {
                self.actors(text, &bytes, field, kinds, listed)
            }
            (FieldType::Shares(kinds), Value::Record(shares)) => {
                self.shares(text, &bytes, field, kinds, shares)
            }
            (FieldType::Actors(kinds), Value::Name(name) | Value::Text(name)) => {
                self.party_of_kind(text, &bytes, field, kinds, name)
            }
            (FieldType::TimeOfDay, Value::Text(time)) => self.time_of_day(text, &bytes, time),
            (FieldType::Count, Value::Number { digits, unit }) => {
                self.count(text, &bytes, field, digits, unit)
            }
            (FieldType::Actor(kinds), Value::Name(name) | Value::Text(name)) => {
                self.party_of_kind(text, &bytes, field, kinds, name)
            }
            (FieldType::Name, Value::Name(name) | Value::Text(name)) => {
                self.good_name(text, &bytes, &name)?;
                Some(Value::Name(name))
            }
            (FieldType::WalletType, Value::Name(name) | Value::Text(name)) => {
                match &self.outcome.preset {
                    Some(preset) if !preset.wallet_types.contains(&name) => {
                        let preset = preset.clone();
                        self.unknown_wallet_type(text, &bytes, &name, &preset);
                        None
                    }
                    _ => Some(Value::Name(name)),
                }
            }
            (FieldType::Choice(choices), Value::Name(word) | Value::Text(word)) => {
                if choices.contains(&word.as_str()) {
                    return Some(Value::Name(word));
                }
                let problem = Problem::UnknownChoice {
                    field: field.to_owned(),
                    word: word.clone(),
                    choices: Words::of(choices),
                };
                self.unknown(text, &bytes, problem, &word, choices.iter().copied());
                None
            }
            (FieldType::Text, Value::Text(words)) if words.len() > MAX_MEMO_BYTES => {
                let limit = MAX_MEMO_BYTES;
                self.at(text, &bytes, Problem::TextTooLong { limit });
                None
            }
            (FieldType::Text, value @ Value::Text(_))
            | (FieldType::Duration, value @ Value::Duration(_))
            | (FieldType::Bool, value @ Value::Bool(_)) => Some(value),
            (_, value) => {
                let problem = Problem::WrongType {
                    field: field.to_owned(),
                    expected: expected_type(ty),
                    found: found_type(&value),
                };
                let mut fault = Fault::new(problem, bytes.clone());
                let written = &text.text[bytes.clone()];
                match (ty, &value) {
                    (FieldType::Text, Value::Name(name)) if !name.contains('/') => {
                        fault = fault.suggest(bytes, format!("\"{name}\""));
                    }
                    (FieldType::Amount, Value::Text(inner))
                        if matches!(syntax::value(inner), Ok(Value::Number { .. })) =>
                    {
                        fault = fault.suggest(bytes, inner.clone());
                    }
                    (FieldType::Duration, Value::Number { digits, unit: None })
                        if !digits.contains(['-', '.']) =>
                    {
                        fault = fault.suggest(bytes, format!("{written}s"));
                    }
                    _ => {}
                }
                self.fault(text, fault);
                None
            }
        }
    }

    fn unknown_wallet_type(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        name: &str,
        preset: &PresetFacts,
    ) {
        let types = &preset.wallet_types;
        let problem = Problem::UnknownWalletType {
            wallet_type: name.to_owned(),
            preset: preset.name.clone(),
            types: Words::of(types),
        };
        self.unknown(text, bytes, problem, name, types.iter().map(String::as_str));
    }

    fn amount(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        digits: String,
        unit: Option<String>,
        signed: bool,
    ) -> Option<Value> {
        let Some(currency) = self.outcome.preset.as_ref().map(|preset| preset.currency) else {
            return Some(Value::Number { digits, unit });
        };
        if let Some(unit) = unit.filter(|unit| unit != currency.code()) {
            let problem = Problem::WrongCurrency {
                expected: currency.code().to_owned(),
                found: unit,
            };
            self.at(text, bytes, problem);
            return None;
        }
        let fault = match parse_minor(&digits, currency.decimals()) {
            Ok(_) if digits.starts_with('-') && !signed => {
                let sign = bytes.start..bytes.start + 1;
                Fault::new(Problem::NegativeAmount {}, bytes.clone()).suggest(sign, "")
            }
            Ok(_) => return Some(Value::Number { digits, unit: None }),
            Err(AmountError::TooManyDecimals { allowed, found }) => Fault::new(
                Problem::TooManyDecimals {
                    currency: currency.code().to_owned(),
                    allowed,
                    found,
                },
                bytes.clone(),
            ),
            // What cannot be read at all has been told of before.
            Err(_) => {
                let most = write_grouped(MAX_MINOR, currency.decimals(), '_');
                Fault::new(Problem::NumberTooLarge { most }, bytes.clone())
            }
        };
        self.fault(text, fault);
        None
    }

    /// A sum of a currency that is known when it is played: it must be one that
    /// some currency has.
    fn figure(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        digits: String,
        unit: Option<String>,
        signed: bool,
    ) -> Option<Value> {
        let fault = match Figure::parse(&digits) {
            Ok(_) if digits.starts_with('-') && !signed => {
                let sign = bytes.start..bytes.start + 1;
                Fault::new(Problem::NegativeAmount {}, bytes.clone()).suggest(sign, "")
            }
            Ok(_) => return Some(Value::Number { digits, unit }),
            Err(_) => {
                let most = write_grouped(MAX_MINOR, 2, '_');
                Fault::new(Problem::NumberTooLarge { most }, bytes.clone())
            }
        };
        self.fault(text, fault);
        None
    }

    /// A range of sums, the lower first.
    fn amounts(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        field: &str,
        low: Value,
        high: Value,
    ) -> Option<Value> {
        let mut end = |value| {
            let value = At::new(value, bytes.clone());
            self.typed(text, field, FieldType::Amount, value, false)
        };
        let (low, high) = (end(low)?, end(high)?);
        let minor = |value: &Value| match (value, self.outcome.preset.as_ref()) {
            (Value::Number { digits, .. }, Some(preset)) => {
                parse_minor(digits, preset.currency.decimals()).ok()
            }
            _ => None,
        };
        if minor(&low) > minor(&high) {
            let field = field.to_owned();
            self.at(text, bytes, Problem::RangeReversed { field });
            return None;
        }
        Some(Value::Range(Box::new(low), Box::new(high)))
    }

    /// Several parties, each named once.
    fn actors(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        field: &str,
        kinds: &'static [&'static str],
        listed: Vec<Value>,
    ) -> Option<Value> {
        if listed.len() > MOST_LISTED {
            let problem = Problem::TooManyListed {
                field: field.to_owned(),
                most: MOST_LISTED,
            };
            self.at(text, bytes, problem);
            return None;
        }
        let mut named: Vec<Value> = Vec::new();
        for one in listed {
            let one = At::new(one, bytes.clone());
            let one = self.typed(text, field, FieldType::Actor(kinds), one, false)?;
            if named.contains(&one) {
                let Value::Name(name) = one else { return None };
                let field = field.to_owned();
                self.at(text, bytes, Problem::ListedTwice { field, name });
                return None;
            }
            named.push(one);
        }
        Some(Value::List(named))
    }

    /// Several who exist, each with a sum that is more than nothing.
    fn shares(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        field: &str,
        kinds: &'static [&'static str],
        listed: Vec<(String, Value)>,
    ) -> Option<Value> {
        if listed.len() > MOST_SHARES {
            let problem = Problem::TooManyListed {
                field: field.to_owned(),
                most: MOST_SHARES,
            };
            self.at(text, bytes, problem);
            return None;
        }
        let mut shares = Vec::new();
        for (name, amount) in listed {
            self.party_of_kind(text, bytes, field, kinds, name.clone())?;
            let amount = At::new(amount, bytes.clone());
            let amount = self.typed(text, &name, FieldType::Amount, amount, false)?;
            if matches!(&amount, Value::Number { digits, .. } if is_nothing(digits)) {
                self.at(text, bytes, Problem::ZeroAmount {});
                return None;
            }
            shares.push((name, amount));
        }
        Some(Value::Record(shares))
    }

    fn count(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        field: &str,
        digits: String,
        unit: Option<String>,
    ) -> Option<Value> {
        let whole = unit.is_none() && digits.bytes().all(|b| b.is_ascii_digit());
        let problem = match digits.parse::<u64>() {
            Ok(count) if whole && count <= MAX_COUNT => {
                return Some(Value::Number { digits, unit: None });
            }
            _ if whole => Problem::NumberTooLarge {
                most: MAX_COUNT.to_string(),
            },
            _ => Problem::NotACount {
                field: field.to_owned(),
            },
        };
        self.at(text, bytes, problem);
        None
    }

    fn rate(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        field: &str,
        digits: String,
        unit: Option<String>,
    ) -> Option<Value> {
        let written = format!("{digits}{}", unit.as_deref().unwrap_or_default());
        if yearly(&written).is_some() {
            return Some(Value::Number { digits, unit });
        }
        let field = field.to_owned();
        self.at(text, bytes, Problem::BadRate { field });
        None
    }

    fn time_of_day(&mut self, text: Text<'t>, bytes: &Bytes, time: String) -> Option<Value> {
        let fault = match time.parse::<TimeOfDay>() {
            Ok(at) if at.second == 0 && at.millisecond == 0 => return Some(Value::Text(time)),
            Ok(_) => TimeFault::Syntax,
            Err(error) => syntax::time_fault(error),
        };
        let text_of = Found::new(&time).0;
        self.at(
            text,
            bytes,
            Problem::BadTime {
                text: text_of,
                fault,
            },
        );
        None
    }

    fn party_of_kind(
        &mut self,
        text: Text<'t>,
        bytes: &Bytes,
        field: &str,
        kinds: &'static [&'static str],
        name: String,
    ) -> Option<Value> {
        let actor = ActorName::from_plain(&name);
        self.good_name(text, bytes, &actor.name)?;
        let party = self.party(text, &actor, bytes)?;
        if let Some(kind) = party.kind
            && !kinds.is_empty()
            && !kinds.contains(&kind)
        {
            let problem = Problem::WrongKind {
                field: field.to_owned(),
                name,
                kind: kind.to_owned(),
                kinds: Words::of(kinds),
            };
            self.at(text, bytes, problem);
            return None;
        }
        Some(Value::Name(name))
    }

    /// Holds a quoted word that is to be a name against the form of names.
    fn good_name(&mut self, text: Text<'t>, bytes: &Bytes, name: &str) -> Option<()> {
        let actor = ActorName::from_plain(name);
        let parts = std::iter::once(&actor.name).chain(actor.sub.as_ref());
        match parts.filter_map(|part| name_problem(part)).next() {
            Some(problem) => {
                self.at(text, bytes, problem);
                None
            }
            None => Some(()),
        }
    }
}

fn is_nothing(digits: &str) -> bool {
    digits.bytes().all(|b| matches!(b, b'0' | b'.'))
}

/// Whether a field takes a word without quotes next in line.
fn takes_word(field: &FieldSpec) -> bool {
    field.positional
        && matches!(
            field.ty,
            FieldType::Actor(_) | FieldType::Name | FieldType::WalletType | FieldType::Choice(_)
        )
}

fn is_currency_word(item: &Item) -> bool {
    item.key.is_none() && matches!(&item.value.it, Value::Name(word) if lexer::is_currency(word))
}

const fn expected_type(ty: FieldType) -> ValueType {
    match ty {
        FieldType::Amount => ValueType::Amount,
        FieldType::Actor(_) => ValueType::Actor,
        FieldType::Name => ValueType::Name,
        FieldType::Text => ValueType::Text,
        FieldType::Count => ValueType::Count,
        FieldType::WalletType => ValueType::WalletType,
        FieldType::Duration => ValueType::Duration,
        FieldType::Rate => ValueType::Share,
        FieldType::TimeOfDay => ValueType::TimeOfDay,
        FieldType::Bool => ValueType::Bool,
        FieldType::Choice(_) => ValueType::Choice,
        FieldType::Amounts => ValueType::Amounts,
        FieldType::Actors(_) => ValueType::Actors,
        FieldType::Shares(_) => ValueType::Shares,
        FieldType::Frequency => ValueType::Frequency,
        FieldType::Figure => ValueType::Amount,
        FieldType::Exchange => ValueType::Exchange,
        FieldType::Currency => ValueType::Currency,
    }
}

fn found_type(value: &Value) -> ValueType {
    match value {
        Value::Number { unit, .. } => match unit.as_deref() {
            None => ValueType::Number,
            Some("%") => ValueType::Percent,
            Some("/s") => ValueType::Rate,
            Some(_) => ValueType::Amount,
        },
        Value::Range(..) => ValueType::Range,
        Value::Text(_) => ValueType::Text,
        Value::Name(_) => ValueType::Name,
        Value::Bool(_) => ValueType::Bool,
        Value::DateTime(_) => ValueType::DateTime,
        Value::Duration(_) => ValueType::Duration,
        Value::List(_) => ValueType::List,
        Value::Record(_) => ValueType::Record,
    }
}
