//! Certificates, which alone are written in two lengths: a category stands in those that have one.

use seal::PublicKey;
use seal::cbor::Value;

use crate::object::{Class, Limits};
use crate::wire::{Field, Object};

/// Whose a key is. The central bank's root signs operators', operators sign devices'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cert {
    /// The serial number of the subject.
    pub serial: u64,
    /// Its key.
    pub key: PublicKey,
    /// Who signs: an operator's serial number, zero for the central bank.
    pub operator: u64,
    /// Whose it is.
    pub class: Class,
    /// The subject's limits.
    pub limits: Limits,
    /// From when it is valid.
    pub not_before: i64,
    /// Until when it is valid, this moment included.
    pub not_after: i64,
    /// The policy's epoch.
    pub epoch: u64,
    /// What a merchant sells: its category, zero for none.
    pub category: u32,
}

impl Field for Cert {
    fn value(&self) -> Value {
        let mut fields = vec![
            self.serial.value(),
            self.key.value(),
            self.operator.value(),
            self.class.value(),
            self.limits.value(),
            self.not_before.value(),
            self.not_after.value(),
            self.epoch.value(),
        ];
        // Written only where there is one: nobody else's certificate grows.
        if self.category != 0 {
            fields.push(self.category.value());
        }
        Value::Array(fields)
    }

    fn of(value: &Value) -> Option<Self> {
        let fields = value.as_array()?;
        let (first, category) = match fields {
            [first @ .., category] if fields.len() == 9 => {
                // None is not written: a zero would be a second form of the same.
                let code = u32::of(category).filter(|code| *code != 0)?;
                (first, code)
            }
            first => (first, 0),
        };
        let [
            serial,
            key,
            operator,
            class,
            limits,
            not_before,
            not_after,
            epoch,
        ] = first
        else {
            return None;
        };
        Some(Self {
            serial: Field::of(serial)?,
            key: Field::of(key)?,
            operator: Field::of(operator)?,
            class: Field::of(class)?,
            limits: Field::of(limits)?,
            not_before: Field::of(not_before)?,
            not_after: Field::of(not_after)?,
            epoch: Field::of(epoch)?,
            category,
        })
    }
}

impl Object for Cert {
    const NUMBER: u64 = 1;
    const NAME: &'static str = "certificate";
}
