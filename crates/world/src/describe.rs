//! One declaration an operation: its type, its words, its documentation.

use crate::fact::{OrderId, PartyId, TextId, WalletId};
use crate::spec::Value;
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

/// A whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u64);

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
            Actor::Wallet(_) | Actor::Order(_) => Err(ValueError::WrongType(name)),
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
