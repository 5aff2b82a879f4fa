//! How objects and states are written: arrays of fields in deterministic CBOR, read strictly.

use std::collections::BTreeMap;

use seal::cbor::{self, Value};
use seal::cose::{self, Context, Sign1};
use seal::{KeyPair, PublicKey};

use crate::code::{Checked, Code, must};

/// The protocol that every signature names.
pub const PROTOCOL: &str = "exchequer/offline";

/// Its version.
pub const VERSION: u64 = 1;

/// The most items of any list.
pub const MAX_ITEMS: usize = 512;

/// What can stand in a field.
pub trait Field: Sized {
    /// It as CBOR.
    fn value(&self) -> Value;
    /// What the CBOR says, if it is of this form.
    fn of(value: &Value) -> Option<Self>;
}

/// An object that travels: its number stands first in its bytes, its name in its signature.
pub trait Object: Field {
    /// The number.
    const NUMBER: u64;
    /// The name.
    const NAME: &'static str;

    /// What a signature of it is for.
    const CONTEXT: Context = Context {
        protocol: PROTOCOL,
        version: VERSION,
        object: Self::NAME,
    };

    /// Its bytes: an array of its number and its fields.
    fn encode(&self) -> Vec<u8> {
        encode(&Value::Array(vec![
            Value::Unsigned(Self::NUMBER),
            self.value(),
        ]))
    }

    /// The object of these bytes.
    fn decode(bytes: &[u8]) -> Checked<Self> {
        let value = cbor::decode(bytes).map_err(|_| Code::Malformed)?;
        let Some([Value::Unsigned(number), fields]) = value.as_array() else {
            return Err(Code::Field.into());
        };
        must(*number == Self::NUMBER, Code::Object)?;
        Self::of(fields).ok_or(Code::Field.into())
    }
}

/// Bytes of a value that is always within bounds: everything written here was read or made within
/// them.
pub(crate) fn encode(value: &Value) -> Vec<u8> {
    cbor::encode(value).unwrap_or_default()
}

/// The number that stands first in an object's bytes, signed or not.
pub fn number_of(bytes: &[u8]) -> Checked<u64> {
    let number = |value: &Value| match value.as_array() {
        Some([Value::Unsigned(number), _]) => Some(*number),
        _ => None,
    };
    let found = match cbor::decode(bytes).map_err(|_| Code::Malformed)? {
        Value::Tag(..) => {
            let parts = cose::open(bytes).map_err(|_| Code::Malformed)?;
            number(&cbor::decode(&parts.payload).map_err(|_| Code::Malformed)?)
        }
        value => number(&value),
    };
    found.ok_or(Code::Field.into())
}

/// An object with a signature, kept as the bytes that were signed.
#[derive(Clone, Debug)]
pub struct Signed<T> {
    /// What was signed.
    pub body: T,
    bytes: Vec<u8>,
    parts: Sign1,
}

impl<T: Object> Signed<T> {
    /// Signs an object.
    #[must_use]
    pub fn sign(key: &KeyPair, body: T) -> Self {
        // Only lengths could fail, and an object's fields are bounded below them.
        let bytes = cose::sign(key, T::CONTEXT, &body.encode()).unwrap_or_default();
        let parts = Sign1::decode(&bytes).unwrap_or(Sign1 {
            protected: Vec::new(),
            unprotected: Vec::new(),
            payload: Vec::new(),
            signature: Vec::new(),
        });
        Self { body, bytes, parts }
    }

    /// Reads a signed object. Its signature is not yet verified.
    pub fn decode(bytes: &[u8]) -> Checked<Self> {
        let parts = cose::open(bytes).map_err(|_| Code::Malformed)?;
        Ok(Self {
            body: T::decode(&parts.payload)?,
            bytes: bytes.to_vec(),
            parts,
        })
    }

    /// Whether the holder of this key signed it.
    pub fn verify(&self, key: &PublicKey) -> Checked {
        cose::verify(&self.parts, key, T::CONTEXT).map_err(|_| Code::Signature.into())
    }

    /// The bytes that travel.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its name among all others.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        hash(&self.bytes)
    }
}

impl<T> PartialEq for Signed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> Eq for Signed<T> {}

impl<T: Object> Field for Signed<T> {
    fn value(&self) -> Value {
        Value::Bytes(self.bytes.clone())
    }

    fn of(value: &Value) -> Option<Self> {
        Self::decode(value.as_bytes()?).ok()
    }
}

/// The digest by which things are named.
#[must_use]
pub fn hash(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// A string of bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes(pub Vec<u8>);

impl Field for Bytes {
    fn value(&self) -> Value {
        Value::Bytes(self.0.clone())
    }

    fn of(value: &Value) -> Option<Self> {
        Some(Self(value.as_bytes()?.to_vec()))
    }
}

impl Field for u64 {
    fn value(&self) -> Value {
        Value::Unsigned(*self)
    }

    fn of(value: &Value) -> Option<Self> {
        value.as_u64()
    }
}

impl Field for u32 {
    fn value(&self) -> Value {
        Value::Unsigned(u64::from(*self))
    }

    fn of(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl Field for i64 {
    fn value(&self) -> Value {
        Value::from(*self)
    }

    fn of(value: &Value) -> Option<Self> {
        value.as_i64()
    }
}

impl Field for bool {
    fn value(&self) -> Value {
        Value::Bool(*self)
    }

    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(is) => Some(*is),
            _ => None,
        }
    }
}

impl<const N: usize> Field for [u8; N] {
    fn value(&self) -> Value {
        Value::Bytes(self.to_vec())
    }

    fn of(value: &Value) -> Option<Self> {
        value.as_bytes()?.try_into().ok()
    }
}

impl Field for PublicKey {
    fn value(&self) -> Value {
        self.0.value()
    }

    fn of(value: &Value) -> Option<Self> {
        Field::of(value).map(Self)
    }
}

impl<T: Field> Field for Option<T> {
    fn value(&self) -> Value {
        // Wrapped, so that an absent thing and an empty one never look alike.
        Value::Array(self.iter().map(Field::value).collect())
    }

    fn of(value: &Value) -> Option<Self> {
        match value.as_array()? {
            [] => Some(None),
            [value] => T::of(value).map(Some),
            _ => None,
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn value(&self) -> Value {
        Value::Array(self.iter().map(Field::value).collect())
    }

    fn of(value: &Value) -> Option<Self> {
        let items = value.as_array()?;
        if items.len() > MAX_ITEMS {
            return None;
        }
        items.iter().map(T::of).collect()
    }
}

impl<A: Field, B: Field> Field for (A, B) {
    fn value(&self) -> Value {
        Value::Array(vec![self.0.value(), self.1.value()])
    }

    fn of(value: &Value) -> Option<Self> {
        match value.as_array()? {
            [a, b] => Some((A::of(a)?, B::of(b)?)),
            _ => None,
        }
    }
}

impl<K: Field + Ord + Clone, V: Field + Clone> Field for BTreeMap<K, V> {
    fn value(&self) -> Value {
        let pair = |(key, value): (&K, &V)| Value::Array(vec![key.value(), value.value()]);
        Value::Array(self.iter().map(pair).collect())
    }

    fn of(value: &Value) -> Option<Self> {
        let pairs = Vec::<(K, V)>::of(value)?;
        let sorted = pairs.windows(2).all(|pair| pair[0].0 < pair[1].0);
        sorted.then(|| pairs.into_iter().collect())
    }
}

/// Declares a struct whose fields are written in order.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])+ $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[$doc])+ pub $field: $type,)+ }

        impl $crate::wire::Field for $name {
            fn value(&self) -> seal::cbor::Value {
                seal::cbor::Value::Array(vec![$($crate::wire::Field::value(&self.$field)),+])
            }

            fn of(value: &seal::cbor::Value) -> Option<Self> {
                let mut fields = value.as_array()?.iter();
                let read = Self { $($field: $crate::wire::Field::of(fields.next()?)?,)+ };
                fields.next().is_none().then_some(read)
            }
        }
    };
}

/// Declares a struct that travels, with its number and its name.
macro_rules! object {
    ($(#[$meta:meta])* $name:ident = $number:literal $text:literal { $($body:tt)+ }) => {
        $crate::wire::record! { $(#[$meta])* $name { $($body)+ } }

        impl $crate::wire::Object for $name {
            const NUMBER: u64 = $number;
            const NAME: &'static str = $text;
        }
    };
}

/// Declares an enum of which each form carries a number and at most one record.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])+ $variant:ident $(($type:ty))? = $number:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])+ $variant $(($type))?,)+ }

        impl $crate::wire::Field for $name {
            fn value(&self) -> seal::cbor::Value {
                use seal::cbor::Value;
                $($crate::wire::arm!(self, $name, $variant, $number $(, $type)?);)+
                Value::Null
            }

            fn of(value: &seal::cbor::Value) -> Option<Self> {
                use seal::cbor::Value;
                match value.as_array()? {
                    $($crate::wire::arm!(@pattern inner, $number $(, $type)?) => {
                        Some($crate::wire::arm!(@make $name, $variant, inner $(, $type)?))
                    })+
                    _ => None,
                }
            }
        }
    };
}

macro_rules! arm {
    (@pattern $inner:ident, $number:literal) => {
        [Value::Unsigned($number)]
    };
    (@pattern $inner:ident, $number:literal, $type:ty) => {
        [Value::Unsigned($number), $inner]
    };
    (@make $name:ident, $variant:ident, $inner:ident) => {
        $name::$variant
    };
    (@make $name:ident, $variant:ident, $inner:ident, $type:ty) => {
        $name::$variant($crate::wire::Field::of($inner)?)
    };
    ($self:ident, $name:ident, $variant:ident, $number:literal) => {
        if let $name::$variant = $self {
            return Value::Array(vec![Value::Unsigned($number)]);
        }
    };
    ($self:ident, $name:ident, $variant:ident, $number:literal, $type:ty) => {
        if let $name::$variant(inner) = $self {
            return Value::Array(vec![
                Value::Unsigned($number),
                $crate::wire::Field::value(inner),
            ]);
        }
    };
}

/// Declares an enum of plain names.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])+ $variant:ident = $number:literal $key:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])+ $variant,)+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The key under which texts, scripts and translations know it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }
        }

        impl $crate::wire::Field for $name {
            fn value(&self) -> seal::cbor::Value {
                seal::cbor::Value::Unsigned(match self { $(Self::$variant => $number),+ })
            }

            fn of(value: &seal::cbor::Value) -> Option<Self> {
                match value.as_u64()? { $($number => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use {arm, choice, names, object, record};
