//! Each attack of the lab is a scenario as well, and comes to the same: who notices, when, and who
//! loses how much.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use exchequer::Run;
use exchequer::attacks::{self, REPORTS};
use exchequer::views::Attempt;
use world::fact::{
    Cause, Change, DeviceId, Fact, OfflineChange, OrderId, PartyId, Purpose, Stamped, Subject,
};
use world::invariants;

/// What happened, read off the log.
#[derive(Default)]
struct Seen {
    /// What each message is for and says.
    sent: BTreeMap<u32, (Purpose, Subject)>,
    /// Who paid, whom, and how much, by request: what was received.
    paid: BTreeMap<OrderId, (PartyId, PartyId, i64)>,
    /// Refused between devices: by whom, whose payment, and as what.
    stopped: Option<(PartyId, PartyId, &'static str)>,
    /// Found by a bank: when, as what, and whom it named.
    found: Vec<(&'static str, &'static str, Option<DeviceId>)>,
    /// Refused by a bank.
    turned_down: Option<&'static str>,
}

impl Seen {
    fn message(&self, cause: Cause) -> Option<(Purpose, Subject)> {
        match cause {
            Cause::Message(serial) => self.sent.get(&serial.0).copied(),
            Cause::Line(_) | Cause::Timer(_) => None,
        }
    }

    fn stage(&self, cause: Cause) -> &'static str {
        match self.message(cause).map(|it| it.0) {
            Some(Purpose::OfflineSync) => "sync",
            Some(Purpose::OfflineClaim | Purpose::OfflineUnload) => "deposit",
            _ => "settlement",
        }
    }

    fn note(&mut self, stamped: &Stamped) {
        match stamped.fact {
            Fact::Sent(it) => {
                self.sent.insert(it.serial.0, (it.purpose, it.subject));
                if it.subject == Subject::OfflineReceipt {
                    self.paid.insert(it.order, (it.to, it.from, it.amount));
                }
            }
            Fact::Refused(it) if it.purpose == Purpose::OfflinePay => {
                let stopped = (it.by, it.party, it.code.key());
                self.stopped.get_or_insert(stopped);
            }
            Fact::Refused(it) => {
                // A device says what its bank answered; what it refuses itself is none of that.
                let message = self.message(stamped.cause);
                let is_told = message.is_some_and(|it| it.1 == Subject::OfflineAnswer);
                let code = it.code.key();
                // Of a device that is shut nothing more is noticed.
                let is_after = ["device.shut", "certificate.revoked", "funds.short"];
                if is_told && !is_after.contains(&code) {
                    self.turned_down.get_or_insert(code);
                }
            }
            Fact::Changed(Change::Offline(OfflineChange::Found { what, named, .. })) => {
                let stage = self.stage(stamped.cause);
                self.found.push((stage, world::offline::what(what), named));
            }
            _ => {}
        }
    }
}

fn play(text: &str) -> (Run, Seen) {
    let mut run = Run::load(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let facts = Rc::new(RefCell::new(Vec::new()));
    let sink = Rc::clone(&facts);
    run.subscribe(move |_, stamped| sink.borrow_mut().push(*stamped));
    while run.step().unwrap_or_else(|error| panic!("{error}\n{text}")) {
        for check in invariants::full(run.simulation().world()) {
            assert!(check.holds(), "{check:?}\n{text}");
        }
    }
    let mut seen = Seen::default();
    for stamped in facts.borrow().iter() {
        seen.note(stamped);
    }
    (run, seen)
}

fn party(run: &Run, name: &str) -> PartyId {
    let simulation = run.simulation();
    let mut parties = simulation.world().parties();
    let found = parties.find(|(_, it)| simulation.texts().text(it.name) == name);
    found.expect("everybody is declared").0
}

fn sum(run: &Run, path: &str) -> i64 {
    let (name, fields) = path.split_once('.').expect("a path");
    let fields: Vec<String> = fields.split('.').map(str::to_owned).collect();
    run.look(name, &fields).unwrap_or(0)
}

/// The device that a copy was made from, by its holder's name.
fn holder(run: &Run, device: DeviceId) -> String {
    let simulation = run.simulation();
    let wallet = simulation.world().device(device).unwrap().wallet;
    let owner = simulation.world().wallet(wallet).unwrap().owner;
    let name = simulation.world().party(owner).unwrap().name;
    simulation.texts().text(name).to_owned()
}

/// Who loses, by the rules of the lab: the issuer, then payees, then the payer.
fn loss(run: &Run, seen: &Seen, attack: &str) -> (&'static str, i64) {
    let to_a_thief = ["stolen-device", "relay", "swapped-qr", "starved-list"];
    let lost = |name: &str| {
        let me = party(run, name);
        let mut goods = 0;
        for (payer, payee, amount) in seen.paid.values() {
            if *payee == me {
                goods -= amount;
            }
            if *payer == me && !to_a_thief.contains(&attack) {
                goods += amount;
            }
        }
        let had = if name == "Mallory" { 10_000 } else { 0 };
        (had - sum(run, &format!("{name}.wallet")) - goods).max(0)
    };
    let by_payees = attacks::honest(attack).filter(|name| *name != "Mallory");
    let by_payer = attacks::honest(attack).filter(|name| *name == "Mallory");
    let losses = [
        ("issuer", -sum(run, "central-bank.books.funds")),
        ("payee", by_payees.map(lost).sum()),
        ("payer", by_payer.map(lost).sum()),
    ];
    let found = losses.into_iter().find(|(_, amount)| *amount > 0);
    found.unwrap_or(("nobody", 0))
}

/// What came of a scenario, in the lab's words.
fn outcome(attack: &str, model: &str) -> Attempt {
    let text = attacks::scenario(attack, model, "An attack").expect("a scenario");
    let (run, seen) = play(&text);
    let limbo = || {
        let until = text.find(REPORTS).expect("reports");
        play(&text[..until]).0.simulation().accounted().limbo
    };
    let (stage, by, what) = match (seen.stopped, seen.found.first(), seen.turned_down) {
        (Some((by, payer, code)), ..) if by == payer => ("transfer", "payer", code),
        (Some((.., code)), ..) => ("transfer", "payee", code),
        (None, Some((stage, what, _)), _) => (*stage, "operator", *what),
        (None, None, Some(code)) => ("deposit", "operator", code),
        (None, None, None) if limbo() > 0 => ("sync", "operator", "in-limbo"),
        _ => ("never", "nobody", ""),
    };
    let cheat = match attack {
        "replay" => "Bob",
        "counterfeit" | "colluding-counterfeit-sink" => "Dan",
        _ => "Mallory",
    };
    let named = seen.found.iter().filter_map(|(.., named)| *named);
    let is_named = named
        .into_iter()
        .any(|device| holder(&run, device) == cheat);
    let (bearer, amount) = loss(&run, &seen, attack);
    Attempt {
        attack: attack.to_owned(),
        model: model.to_owned(),
        stage: stage.to_owned(),
        by: by.to_owned(),
        what: attacks::what(what),
        is_named,
        bearer: bearer.to_owned(),
        amount,
        found: Vec::new(),
    }
}

#[test]
fn every_row_under_every_model_comes_to_the_same_as_a_scenario() {
    let mut other = Vec::new();
    let mut played = 0;
    for attack in attacks::attacks() {
        for model in attacks::models() {
            let matrix = Attempt {
                found: Vec::new(),
                ..attacks::play(attack, model).expect("an outcome")
            };
            let scenario = outcome(attack, model);
            if matrix != scenario {
                other.push(format!("{matrix:?}\n{scenario:?}\n"));
            }
            played += 1;
        }
    }
    assert!(other.is_empty(), "{}\n{}", other.len(), other.join("\n"));
    assert_eq!(played, 18 * 5);
}

#[test]
fn a_title_of_any_kind_is_one_line_of_the_scenario() {
    let text = attacks::scenario("relay", "coins", "A \"title\"\nuse x\\").unwrap();
    assert!(text.starts_with("title \"A titleuse x\"\nuse cny-2025@1\n"));
    assert_eq!(attacks::scenario("telepathy", "coins", "A"), None);
    assert_eq!(attacks::scenario("relay", "barter", "A"), None);
}
