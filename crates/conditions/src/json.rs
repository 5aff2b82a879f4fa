//! The JSON form: the same types, read with bounds.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Counted, Diagnostic, Place, Problem, Spot};
use crate::{Condition, Contract, limits};

/// Reads a contract from JSON. That it can run is found out by [`crate::Machine::new`].
pub fn contract_from_json(json: &str) -> Result<Contract, Diagnostic> {
    read(json)
}

/// Reads a condition from JSON. That it makes sense is found out by [`Condition::check`].
pub fn condition_from_json(json: &str) -> Result<Condition, Diagnostic> {
    read(json)
}

/// A contract as JSON.
#[must_use]
pub fn contract_to_json(contract: &Contract) -> Value {
    serde_json::to_value(contract).unwrap_or_default()
}

/// A condition as JSON.
#[must_use]
pub fn condition_to_json(condition: &Condition) -> Value {
    serde_json::to_value(condition).unwrap_or_default()
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Diagnostic> {
    let at = |line, column, problem| Diagnostic {
        place: Some(Place {
            line,
            column,
            end_column: column,
        }),
        spot: Spot::Whole,
        problem,
        suggestion: None,
    };
    if json.len() > limits::JSON_BYTES {
        let (what, limit) = (Counted::Bytes, limits::JSON_BYTES);
        return Err(at(1, 1, Problem::TooMany { what, limit }));
    }
    // The reader bounds how deep values nest.
    serde_json::from_str(json).map_err(|error| {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let reason = error.to_string();
        at(
            number(error.line()),
            number(error.column()).max(1),
            Problem::Json { reason },
        )
    })
}
