//! What a run came to, in short: the object that `exchequer run --json` prints
//! and a test looks at.

use std::collections::{BTreeMap, BTreeSet};

use money::{Currency, write_minor};
use serde::{Deserialize, Serialize};
use world::describe::Actor;
use world::fact::{PartyId, Title, WalletId};
use world::invariants;

use crate::picture::civil;
use crate::run::{ENGINE, Run};
use crate::script::{ActorName, Path};
use crate::series;
use crate::views::Monitor;
use crate::vocabulary::ACCOUNTS;

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The scenario's title.
    pub title: String,
    /// The engine's name and version.
    pub engine: String,
    /// BLAKE3 digest of the log, in hexadecimal.
    pub digest: String,
    /// How many facts the log has.
    pub events: u32,
    /// The requests that were turned down, in order.
    pub refusals: Vec<Refusal>,
    /// How many expectations held and how many did not.
    pub expectations: Expectations,
    /// Everything that everyone has at the end, by the path that `expect` and
    /// `get` name it by: `"Alice.wallet": "487.50 CNY"`.
    pub balances: BTreeMap<String, String>,
    /// Whether each invariant holds at the end, by its name.
    pub invariants: BTreeMap<String, bool>,
    /// What may be breached, bank by bank, and whether it is.
    pub monitors: Vec<Monitor>,
}

/// How many expectations held and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectations {
    /// How many held.
    pub passed: u32,
    /// How many did not.
    pub failed: u32,
}

/// A request that was turned down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// The line of the script whose request it was.
    pub line: u32,
    /// Local date and time.
    pub at: String,
    /// Stable code: `limit.payment`.
    pub code: String,
    /// Who turned it down.
    pub by: String,
    /// Whose rule or money it failed at.
    pub party: String,
    /// What was asked for.
    pub asked: String,
    /// The limit, or what there is.
    pub allowed: String,
    /// How much of the limit is used.
    pub used: String,
    /// Whether trying the same again later can help.
    pub retryable: bool,
    /// Whether a line of the script expects it.
    pub expected: bool,
}

/// What somebody has at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Whose.
    pub name: String,
    /// What of theirs: `wallet`, `bridge.THB`.
    pub field: String,
    /// Minor units.
    pub minor: i64,
    /// Of which currency.
    pub currency: Currency,
}

impl Report {
    /// What a run has come to by now.
    #[must_use]
    pub fn of(run: &Run) -> Report {
        let mut invariants: BTreeMap<String, bool> = BTreeMap::new();
        for check in invariants::full(run.simulation().world()) {
            *invariants.entry(check.key.to_owned()).or_insert(true) &= check.holds();
        }
        let mut expectations = Expectations::default();
        for checked in run.checked() {
            match checked.held {
                true => expectations.passed += 1,
                false => expectations.failed += 1,
            }
        }
        Report {
            title: run.title().to_owned(),
            engine: ENGINE.to_owned(),
            digest: run.digest(),
            events: run.position(),
            refusals: refusals(run),
            expectations,
            balances: balances(run)
                .into_iter()
                .map(|it| (it.path(), money(it.minor, it.currency)))
                .collect(),
            invariants,
            monitors: series::monitors(run),
        }
    }

    /// Whether every expectation and every invariant held.
    #[must_use]
    pub fn held(&self) -> bool {
        self.expectations.failed == 0 && self.invariants.values().all(|holds| *holds)
    }

    /// The refusals that no line expects.
    pub fn unexpected(&self) -> impl Iterator<Item = &Refusal> {
        self.refusals.iter().filter(|refusal| !refusal.expected)
    }
}

impl Balance {
    /// As `expect` writes it: `Alice.wallet`.
    #[must_use]
    pub fn path(&self) -> String {
        Path {
            actor: ActorName::from_plain(&self.name),
            fields: self.field.split('.').map(str::to_owned).collect(),
        }
        .to_string()
    }
}

/// A sum with its currency: `487.50 CNY`.
fn money(minor: i64, currency: Currency) -> String {
    format!(
        "{} {}",
        write_minor(minor, currency.decimals()),
        currency.code()
    )
}

/// Everything that everyone has: parties in order of declaration, then the
/// wallets declared besides, then crowds, each as one.
#[must_use]
pub fn balances(run: &Run) -> Vec<Balance> {
    let simulation = run.simulation();
    let text = |id| simulation.texts().text(id).to_owned();
    let crowds = simulation.crowds();
    // Crowds were declared one after the other, and so were their members.
    let is_member = |party: PartyId| {
        let before = crowds.partition_point(|crowd| crowd.first <= party);
        let crowd = before.checked_sub(1).and_then(|index| crowds.get(index));
        crowd.is_some_and(|crowd| party.0 - crowd.first.0 < crowd.count)
    };
    let parties = simulation
        .world()
        .parties()
        .filter(|(id, _)| !is_member(*id))
        .map(|(_, party)| (text(party.name), party.kind.key()));
    let crowds = crowds.iter().map(|crowd| (text(crowd.name), "crowd"));
    let wallets = simulation
        .world()
        .wallets()
        .map(|(_, wallet)| (text(wallet.name), "wallet"))
        // A party's first wallet has the party's name.
        .filter(|(name, _)| match simulation.names().get(name) {
            // A sub-wallet's money is its parent's.
            Some(Actor::Wallet(id)) => simulation.world().purse(*id) == *id,
            _ => false,
        });
    let nostros = simulation.names().iter();
    let nostros = nostros
        .filter(|(_, actor)| matches!(actor, Actor::Account(_)))
        .map(|(name, _)| (name.clone(), "nostro"));
    // What there can be one of in each currency is listed where it was ever used.
    let world = simulation.world();
    let in_use: BTreeSet<(String, &str, String)> = world
        .ledger()
        .accounts()
        .filter_map(|(_, account)| {
            let title = Title::from_tag(u8::try_from(account.title.0).ok()?)?;
            let word = ACCOUNTS
                .iter()
                .find(|it| it.open && it.name == title.key())?;
            let party = world.party(PartyId(account.book.0))?;
            Some((text(party.name), word.name, account.currency.to_string()))
        })
        .collect();
    let mut found = Vec::new();
    for (name, kind) in parties.chain(wallets).chain(crowds).chain(nostros) {
        let plain = ACCOUNTS.iter().filter(|it| !it.open);
        let plain = plain.filter(|it| it.kinds.contains(&kind));
        let fields = plain.map(|it| vec![it.name.to_owned()]);
        let of_it = in_use.iter().filter(|(of, ..)| *of == name);
        let by_currency = of_it.map(|(_, word, code)| vec![(*word).to_owned(), code.clone()]);
        for fields in fields.chain(by_currency) {
            if let Some((minor, currency)) = run.find(&name, &fields) {
                found.push(Balance {
                    name: name.clone(),
                    field: fields.join("."),
                    minor,
                    currency,
                });
            }
        }
    }
    found
}

fn refusals(run: &Run) -> Vec<Refusal> {
    let world = run.simulation().world();
    let name = |party: PartyId| {
        let party = world.party(party);
        party
            .map_or("", |party| run.simulation().texts().text(party.name))
            .to_owned()
    };
    let owner = |wallet: WalletId| world.wallet(wallet).map(|wallet| wallet.owner);
    let log = run.simulation().log();
    run.refused()
        .iter()
        .map(|it| {
            let refusal = it.refusal;
            let currency = world.currency_of_refusal(&refusal);
            Refusal {
                line: it.line,
                at: log
                    .fact(it.index)
                    .map(|fact| civil(run, fact.at))
                    .unwrap_or_default(),
                code: refusal.code.key().to_owned(),
                by: name(refusal.by),
                party: name(refusal.wallet.and_then(owner).unwrap_or(refusal.party)),
                asked: money(refusal.asked, currency),
                allowed: money(refusal.allowed, currency),
                used: money(refusal.used, currency),
                retryable: refusal.code.retryable(),
                expected: it.expected,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIRTH: &str = include_str!("../../../static/scenarios/birth-of-a-yuan.exq");

    fn report(text: &str) -> Report {
        let mut run = Run::load(text).expect("the scenario can be read");
        run.to_end().expect("the scenario can be played");
        Report::of(&run)
    }

    #[test]
    fn the_report_has_the_agreed_keys_and_no_others() {
        let value = serde_json::to_value(report(BIRTH)).expect("a report is JSON");
        let keys: Vec<_> = value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        let agreed =
            "balances digest engine events expectations invariants monitors refusals title";
        assert_eq!(keys.join(" "), agreed);
        assert_eq!(
            value["expectations"],
            serde_json::json!({"passed": 5, "failed": 0})
        );
        assert_eq!(value["balances"]["Alice.wallet"], "487.50 CNY");
        assert_eq!(value["balances"]["central-bank.in-issue"], "4000.00 CNY");
    }

    #[test]
    fn every_balance_can_be_got_by_its_path() {
        let text = format!("{BIRTH}\nwallet BobB owner=Bob at=Harbour type=IV\n");
        let mut run = Run::load(&text).expect("the scenario can be read");
        run.to_end().expect("the scenario can be played");
        let balances = Report::of(&run).balances;
        assert!(balances.contains_key("BobB.wallet") && !balances.contains_key("BobB.cash"));
        for (path, sum) in balances {
            assert_eq!(run.get(&path).expect("a path"), sum, "{path}");
        }
    }

    #[test]
    fn a_refusal_nobody_expects_is_listed_as_such() {
        let told = report(BIRTH);
        assert_eq!(told.unexpected().count(), 0);
        let [refusal] = told.refusals.as_slice() else {
            panic!("one refusal: {:?}", told.refusals)
        };
        assert_eq!(
            (refusal.code.as_str(), refusal.by.as_str()),
            ("limit.payment", "Summit")
        );
        assert_eq!(
            (refusal.party.as_str(), refusal.allowed.as_str()),
            ("Bob", "2000.00 CNY")
        );
        let silent = report(&BIRTH.replace("expect refused limit.payment\n", ""));
        assert_eq!(silent.unexpected().count(), 1);
        assert!(silent.held() && silent.digest == told.digest);
    }

    #[test]
    fn an_expectation_that_fails_is_counted() {
        let told = report(&BIRTH.replace(
            "expect Alice.wallet = 487.50",
            "expect Alice.wallet = 400.00",
        ));
        assert_eq!(
            told.expectations,
            Expectations {
                passed: 4,
                failed: 1
            }
        );
        assert!(!told.held());
    }
}
