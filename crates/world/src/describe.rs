//! One declaration an operation: its type, its words, its documentation.

use ledger::AccountId;

use crate::fact::{DeviceId, OrderId, PartyId, TextId, WalletId};
use crate::spec::Value;
use money::{AmountError, Currency, MAX_DECIMALS, Rate, write_minor};
use thiserror::Error;

/// Whom a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A party.
    Party(PartyId),
    /// A wallet declared as an actor of its own.
    Wallet(WalletId),
    /// A request that has a name: a payment, or a request to be paid.
    Order(OrderId),
    /// Many people who act as one.
    Crowd(CrowdId),
    /// A bank's account at another.
    Account(AccountId),
    /// A device that pays without a network.
    Device(DeviceId),
    /// A contract or condition as it stands written, by its number.
    Form(u32),
}

/// A crowd's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CrowdId(pub u32);

/// Whether a text is the number of a thing of `count`, as its name `NAME-1`
/// ends with it.
pub fn is_member(number: &str, count: u64) -> bool {
    let is_number = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number && number.parse().is_ok_and(|number: u64| number <= count)
}

/// Why a value does not fit its field.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ValueError {
    /// The field is needed and missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// The value is of another type.
    #[error("{0} takes another kind of value")]
    WrongType(&'static str),
    /// The amount cannot be read.
    #[error("{0}: {1}")]
    Amount(&'static str, money::AmountError),
    /// The name stands for nobody.
    #[error("there is nobody called {0}")]
    Unknown(String),
    /// The list names more than it may.
    #[error("{0} names at most {MOST_LISTED}")]
    TooMany(&'static str),
    /// The list of shares names more than it may.
    #[error("{0} names at most {MOST_SHARES}")]
    TooManyShares(&'static str),
}

/// What a value is read against: names, currency, texts.
pub trait Scope {
    /// Whom a name stands for.
    fn actor(&self, name: &str) -> Option<Actor>;
    /// Decimals of the scenario's currency.
    fn decimals(&self) -> u8;
    /// The index of a wallet type.
    fn wallet_type(&self, name: &str) -> Option<u16>;
    /// Keeps a text.
    fn intern(&mut self, text: &str) -> TextId;
}

/// A type that a field can have.
pub trait Field: Sized {
    /// Whether it must be given.
    const REQUIRED: bool = true;
    /// Reads the written value; `None` when it was left out.
    ///
    /// # Errors
    /// Says what does not fit.
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError>;
}

impl<T: Field> Field for Option<T> {
    const REQUIRED: bool = false;
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        value
            .map(|value| T::read(name, Some(value), scope))
            .transpose()
    }
}

/// Minor units of the scenario's currency, more than or equal to zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minor(pub i64);

/// A sum of a currency that is known when it is used: the digits that were
/// written, and how many of them stand behind the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    digits: i64,
    decimals: u8,
}

impl Figure {
    /// In minor units of a currency, if it is as fine as was written and can
    /// be counted in it.
    pub fn minor(self, currency: Currency) -> Option<i64> {
        let written = write_minor(self.digits, self.decimals);
        money::parse_minor(&written, currency.decimals()).ok()
    }

    /// Reads a decimal as it is written: `4950.00`.
    ///
    /// # Errors
    /// If it has more decimals than any currency, or is too large.
    pub fn parse(written: &str) -> Result<Self, AmountError> {
        let behind = written.split_once('.').map_or("", |(_, behind)| behind);
        let decimals = u8::try_from(behind.len()).unwrap_or(u8::MAX);
        if decimals > MAX_DECIMALS {
            return Err(AmountError::TooManyDecimals {
                allowed: MAX_DECIMALS,
                found: behind.len(),
            });
        }
        let digits = money::parse_minor(written, decimals)?;
        Ok(Figure { digits, decimals })
    }
}

/// What one unit of a currency buys of another: more than nothing, and not
/// finer than a billionth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exchange(pub Rate);

impl Exchange {
    /// Reads a decimal: `4.95`.
    pub fn parse(digits: &str) -> Option<Self> {
        let rate: Rate = digits.parse().ok()?;
        rate.nano().is_ok_and(|nano| nano > 0).then_some(Self(rate))
    }
}

/// The three letters of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Three(pub Currency);

/// A whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u64);

/// A sum, or any sum of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// The least.
    pub low: Minor,
    /// The most.
    pub high: Minor,
}

/// The most that a list of parties may name.
pub const MOST_LISTED: usize = 32;

/// Parties, in the order in which they are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Parties {
    listed: [PartyId; MOST_LISTED],
    length: u8,
}

impl Parties {
    /// The parties.
    pub fn as_slice(&self) -> &[PartyId] {
        &self.listed[..usize::from(self.length)]
    }
}

impl std::fmt::Debug for Parties {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_slice().fmt(f)
    }
}

/// The most that a list of shares may name.
pub const MOST_SHARES: usize = 64;

/// Who gets how much, in the order in which they are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    listed: [(Actor, Minor); MOST_SHARES],
    length: u8,
}

impl Shares {
    /// Who gets how much.
    pub fn as_slice(&self) -> &[(Actor, Minor)] {
        &self.listed[..usize::from(self.length)]
    }
}

impl std::fmt::Debug for Shares {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_slice().fmt(f)
    }
}

/// So many times a second, in billionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PerSecond {
    nano: i64,
}

impl PerSecond {
    /// The most that can be: a million.
    pub const MOST: i64 = 1_000_000;

    /// Reads a decimal, without `/s`.
    pub fn parse(digits: &str) -> Option<Self> {
        let nano = digits.parse::<money::Rate>().ok()?.nano().ok()?;
        let can_be = 0 < nano && nano <= Self::MOST * money::NANO;
        can_be.then_some(PerSecond { nano })
    }

    /// After how many milliseconds the time of this number comes, from 1: the
    /// first whole one at which as many are due.
    pub fn after(self, number: u64) -> i64 {
        let nano = i128::from(self.nano);
        let exact = i128::from(number) * 1_000 * i128::from(money::NANO);
        i64::try_from((exact + nano - 1) / nano).unwrap_or(i64::MAX)
    }
}

/// A word of a contract: of an action, a party, a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(pub TextId);

/// A wallet type, as an index into the rules' list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeNo(pub u16);

impl Field for Minor {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Number { digits, .. }) => money::parse_minor(digits, scope.decimals())
                .map(Minor)
                .map_err(|error| ValueError::Amount(name, error)),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for Figure {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Number { digits, .. }) => {
                Figure::parse(digits).map_err(|error| ValueError::Amount(name, error))
            }
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for Exchange {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Number { digits, unit: None }) => {
                Exchange::parse(digits).ok_or(ValueError::WrongType(name))
            }
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for Three {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Name(word)) => Currency::iso(word)
                .map(Three)
                .map_err(|_| ValueError::WrongType(name)),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for Count {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Number { digits, unit: None }) => digits
                .parse()
                .map(Count)
                .map_err(|_| ValueError::WrongType(name)),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for Actor {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Name(word)) => scope
                .actor(word)
                .ok_or_else(|| ValueError::Unknown(word.clone())),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for PartyId {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match Actor::read(name, value, scope)? {
            Actor::Party(party) => Ok(party),
            _ => Err(ValueError::WrongType(name)),
        }
    }
}

impl Field for Sums {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        let (low, high) = match value {
            Some(Value::Range(low, high)) => (low.as_ref(), high.as_ref()),
            Some(sum) => (sum, sum),
            None => return Err(ValueError::Missing(name)),
        };
        let low = Minor::read(name, Some(low), scope)?;
        let high = Minor::read(name, Some(high), scope)?;
        if low <= high {
            Ok(Sums { low, high })
        } else {
            Err(ValueError::WrongType(name))
        }
    }
}

impl Field for Parties {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        let listed = match value {
            Some(Value::List(listed)) => listed.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => return Err(ValueError::Missing(name)),
        };
        let mut parties = Parties {
            listed: [PartyId(0); MOST_LISTED],
            length: u8::try_from(listed.len()).unwrap_or(u8::MAX),
        };
        match listed.len() {
            0 => return Err(ValueError::Missing(name)),
            1..=MOST_LISTED => {}
            _ => return Err(ValueError::TooMany(name)),
        }
        for (slot, one) in parties.listed.iter_mut().zip(listed) {
            *slot = PartyId::read(name, Some(one), scope)?;
        }
        Ok(parties)
    }
}

impl Field for Shares {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        let listed = match value {
            Some(Value::Record(listed)) => listed,
            Some(_) => return Err(ValueError::WrongType(name)),
            None => return Err(ValueError::Missing(name)),
        };
        let length = u8::try_from(listed.len()).ok();
        let length = length.filter(|it| usize::from(*it) <= MOST_SHARES);
        let mut shares = Shares {
            listed: [(Actor::Party(PartyId(0)), Minor(0)); MOST_SHARES],
            length: length.ok_or(ValueError::TooManyShares(name))?,
        };
        if listed.is_empty() {
            return Err(ValueError::Missing(name));
        }
        for (slot, (who, amount)) in shares.listed.iter_mut().zip(listed) {
            let actor = scope.actor(who);
            let actor = actor.ok_or_else(|| ValueError::Unknown(who.clone()))?;
            *slot = (actor, Minor::read(name, Some(amount), scope)?);
        }
        Ok(shares)
    }
}

impl Field for PerSecond {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Number {
                digits,
                unit: Some(unit),
            }) if unit == "/s" => PerSecond::parse(digits).ok_or(ValueError::WrongType(name)),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for money::Rate {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Number { digits, unit }) => {
                let written = format!("{digits}{}", unit.as_deref().unwrap_or_default());
                let rate: Option<money::Rate> = written.parse().ok();
                rate.filter(|rate| rate.nano().is_ok_and(|nano| nano >= 0))
                    .ok_or(ValueError::WrongType(name))
            }
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for TypeNo {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Name(word)) => scope
                .wallet_type(word)
                .map(TypeNo)
                .ok_or_else(|| ValueError::Unknown(word.clone())),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for Word {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Name(word)) => Ok(Word(scope.intern(word))),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for TextId {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        scope: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Text(text)) => Ok(scope.intern(text)),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for money::Span {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Duration(span)) => Ok(*span),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

impl Field for bool {
    fn read(
        name: &'static str,
        value: Option<&Value>,
        _: &mut dyn Scope,
    ) -> Result<Self, ValueError> {
        match value {
            Some(Value::Bool(it)) => Ok(*it),
            Some(_) => Err(ValueError::WrongType(name)),
            None => Err(ValueError::Missing(name)),
        }
    }
}

/// The arguments of a line, bound to fields.
pub trait Args {
    /// The value of this field, if it was written.
    fn value(&self, field: &str) -> Option<&Value>;
}

/// A written line as an operation of a module.
pub trait Described: Sized {
    /// How each of the operations is described to the language.
    const SPECS: &'static [Spec];
    /// Reads the arguments of the operation called `word`.
    ///
    /// # Errors
    /// Says which value does not fit, or that the word is not one of these.
    fn read(word: &str, args: &dyn Args, scope: &mut dyn Scope)
    -> Result<Option<Self>, ValueError>;
}

use crate::spec::Spec;

/// Declares operations, each once. From it come the type that carries an
/// operation, its reading from a line, and its [`Spec`].
///
/// A field written `name: Type` may be given without its name, one written
/// `name = Type` may not; both take a [`FieldType`](crate::spec::FieldType) after `as`.
#[macro_export]
macro_rules! describe {
    (
        $(#[doc = $enum_doc:literal])*
        $enum:ident;
        $(
            $(#[doc = $doc:literal])*
            $name:ident $word:literal by $actors:expr, $example:literal $(creates $made:literal)? {
                $( $(#[doc = $field_doc:literal])* $mode:ident $field:ident : $ty:ty as $field_ty:expr, $label:literal; )*
            }
        )+
    ) => {
        $(#[doc = $enum_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(
            clippy::large_enum_variant,
            reason = "one is read a line; none is kept in numbers"
        )]
        pub enum $enum { $( $(#[doc = $doc])* $name($name), )+ }

        $(
            $(#[doc = $doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $name { $( $(#[doc = $field_doc])* pub $field: $ty, )* }
        )+

        impl $crate::describe::Described for $enum {
            const SPECS: &'static [$crate::spec::Spec] = &[ $(
                $crate::spec::Spec {
                    name: $word,
                    doc: concat!($($doc,)* "").trim_ascii(),
                    actors: $actors,
                    example: $example,
                    creates: $crate::describe!(@creates $($made)?),
                    fields: &[ $(
                        $crate::spec::FieldSpec {
                            name: $label,
                            doc: concat!($($field_doc,)* "").trim_ascii(),
                            ty: $field_ty,
                            required: <$ty as $crate::describe::Field>::REQUIRED,
                            positional: $crate::describe!(@mode $mode),
                        },
                    )* ],
                },
            )+ ];

            fn read(
                word: &str,
                args: &dyn $crate::describe::Args,
                scope: &mut dyn $crate::describe::Scope,
            ) -> Result<Option<Self>, $crate::describe::ValueError> {
                // Operations without fields read nothing.
                let (_, _) = (args, &scope);
                match word {
                    $( $word => Ok(Some($enum::$name($name {
                        $( $field: $crate::describe::Field::read($label, args.value($label), scope)?, )*
                    }))), )+
                    _ => Ok(None),
                }
            }
        }
    };
    (@creates) => { None };
    (@creates $made:literal) => { Some($made) };
    (@mode plain) => { true };
    (@mode named) => { false };
}
