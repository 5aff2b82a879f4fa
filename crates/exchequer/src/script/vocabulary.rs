//! What the language is told from outside: the words of the modules and the
//! facts of presets.

use money::{Civil, Currency, Zone};
use world::spec::{FieldType, Spec};

/// The parties that need no declaration. Each is of the kind of its name.
pub const BUILT_IN: [&str; 3] = ["central-bank", "network", "outside"];

/// The words that the modules bring.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// The operations.
    pub verbs: &'a [&'static Spec],
    /// The kinds of things that can be declared.
    pub kinds: &'a [&'static Spec],
    /// What `expect` can look at.
    pub accounts: &'a [AccountSpec],
    /// What presets hold and `set` sets, for help and the JSON Schema; where
    /// there is none, the schema takes any path.
    pub settings: &'a [Setting],
    /// The refusal codes; where there are none, any code is taken.
    pub refusals: &'a [Word],
    /// The invariants; where there are none, any name is taken.
    pub invariants: &'a [Word],
}

/// A word with what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as it is written.
    pub name: &'static str,
    /// One or two sentences for help and the reference page.
    pub doc: &'static str,
}

/// Something of a party's that `expect` can look at: `wallet`, `reserves`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountSpec {
    /// The word behind the point.
    pub name: &'static str,
    /// One or two sentences for help and the reference page.
    pub doc: &'static str,
    /// The kinds that have it; empty for all.
    pub kinds: &'static [&'static str],
    /// What it is compared with.
    pub ty: FieldType,
    /// Whether further fields follow it, as in `books.deposits`.
    pub open: bool,
}

/// A value that a preset can hold and a scenario can `set`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its path, in which `*` stands for a wallet type: `wallet.*.payment`.
    pub path: &'static str,
    /// One or two sentences for help and the reference page.
    pub doc: &'static str,
    /// How its value is read.
    pub ty: FieldType,
}

impl Setting {
    /// Whether a path is one of this.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        let mut parts = path.split('.');
        self.path.split('.').all(|own| {
            let part = parts.next();
            part.is_some_and(|part| own == "*" || own == part)
        }) && parts.next().is_none()
    }
}

impl Vocabulary<'_> {
    /// What can be set at this path.
    #[must_use]
    pub fn setting(&self, path: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.covers(path))
    }

    /// The operation of this name.
    #[must_use]
    pub fn verb(&self, name: &str) -> Option<&'static Spec> {
        self.verbs.iter().copied().find(|verb| verb.name == name)
    }

    /// The kind of this name.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&'static Spec> {
        self.kinds.iter().copied().find(|kind| kind.name == name)
    }
}

/// What the language must know of the preset that a scenario uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetFacts {
    /// Its name, `cny-2025`.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The currency of every amount.
    pub currency: Currency,
    /// The zone of every date and time of day.
    pub zone: Zone,
    /// When a scenario begins that does not say.
    pub start: Civil,
    /// The wallet types it defines, in their order.
    pub wallet_types: Vec<String>,
}

/// Where presets come from.
pub trait Presets {
    /// The preset of this name, in this version or the newest.
    fn find(&self, name: &str, version: Option<u32>) -> Option<PresetFacts>;

    /// Every preset there is: name and version, in order, newest last.
    fn list(&self) -> Vec<(String, u32)>;

    /// The type of the value at a path that a scenario may `set`.
    fn settable(&self, preset: &PresetFacts, path: &str) -> Option<FieldType>;

    /// Whether the value at a path that a scenario may `set` can be left open
    /// by `none`: no limit, no such rule.
    fn leaves_open(&self, preset: &PresetFacts, path: &str) -> bool;

    /// Every path that a scenario may `set`.
    fn settable_paths(&self, preset: &PresetFacts) -> Vec<String>;
}
