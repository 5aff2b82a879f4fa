//! Many people as one card.

use serde::{Deserialize, Serialize};

use super::{Minor, Owed, PartyNo};

/// Those of a crowd who bank at one institution, as one card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crowd {
    /// The crowd's number.
    pub no: u32,
    /// Its name.
    pub name: String,
    /// The institution under which it stands.
    pub at: Option<PartyNo>,
    /// How many they are.
    pub count: u32,
    /// What they have in wallets, as far as the viewer may know; none if that
    /// is nothing at all.
    pub held: Option<Minor>,
    /// What they have on deposit, likewise.
    pub deposits: Option<Minor>,
    /// Who owes the money in wallets.
    pub owed: Owed,
    /// How many have how much in wallets: twelve steps from the least to the
    /// most.
    pub bins: [u32; 12],
    /// Whether any of them takes part in the beat being shown.
    pub lit: bool,
}

/// A page of a crowd's people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    /// The people.
    pub rows: Vec<Member>,
    /// How many there are in all.
    pub count: u32,
}

/// One of a crowd's people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Their number.
    pub no: PartyNo,
    /// Their name; empty where the viewer does not know it.
    pub name: String,
    /// Why the viewer does not know it, as a key of the catalogues.
    pub hidden: Option<String>,
    /// What they have in wallets, where the viewer may know.
    pub held: Option<Minor>,
    /// What they have on deposit, likewise.
    pub deposit: Option<Minor>,
}
