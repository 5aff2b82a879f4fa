//! Blocks of a scenario: contracts and conditions. What they say is read by the
//! crate that knows them, line by line; this hands the lines over and tells of
//! what is wrong with them at their places.

use conditions::{Condition, Contract, Machine, text};

/// A contract or condition that a scenario says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is called.
    pub name: String,
    /// What it says.
    pub says: Says,
}

/// What a block says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// A contract, ready to run.
    Contract {
        /// As it is written.
        contract: Box<Contract>,
        /// What runs.
        machine: Box<Machine>,
    },
    /// A condition.
    Condition(Condition),
}

impl Block {
    /// The word that it begins with.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.says {
            Says::Contract { .. } => "contract",
            Says::Condition(_) => "condition",
        }
    }

    /// What it says in canonical form, without comments, from its first line to
    /// its `end`.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.says {
            Says::Contract { contract, .. } => text::contract_text(contract),
            Says::Condition(condition) => text::condition_text(condition),
        }
    }

    /// Whoever plays the parties of a contract, in their order.
    #[must_use]
    pub fn players(&self) -> Vec<&str> {
        match &self.says {
            Says::Contract { machine, .. } => {
                let players = machine.players().iter().flatten();
                players.map(conditions::Name::as_str).collect()
            }
            Says::Condition(_) => Vec::new(),
        }
    }
}

/// The names in a condition that must be somebody's.
pub(super) fn payees(condition: &Condition) -> Vec<&str> {
    fn of<'c>(rules: &'c [conditions::Rule], names: &mut Vec<&'c str>) {
        use conditions::Rule;
        for rule in rules {
            match rule {
                Rule::All(rules) | Rule::Any(rules) => of(rules, names),
                Rule::Not(rule) => of(std::slice::from_ref(rule), names),
                Rule::Payee(who) => names.extend(who.iter().map(conditions::Name::as_str)),
                _ => {}
            }
        }
    }
    let mut names = Vec::new();
    of(&condition.rules, &mut names);
    names
}
