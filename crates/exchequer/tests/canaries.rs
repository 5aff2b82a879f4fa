//! Who sees what: a run in which every hidden name and sum is one of its kind,
//! searched for in everything that somebody is shown.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use exchequer::session::Session;
use exchequer::views::{Arg, Moment};
use serde_json::Value;
use world::describe::{Actor, Scope};
use world::visible::{Centre, Viewer};

/// Names and sums that stand for nothing else.
const RUN: &str = include_str!("../../../tests/scenarios/who-may-know-what.exq");

/// What is done by a name in the directory.
const NAMED: &str = "+1m Yolanda: alias \"okapi@harbour\"\n\
                     +1m Ximena: pay-to \"okapi@harbour\" 8.19\n";

/// A canary: what to look for, and who may see it besides whoever watches the
/// simulation. Presets differ in who keeps the books.
struct Canary {
    what: What,
    register: &'static [&'static str],
    deposit: &'static [&'static str],
}

enum What {
    Word(&'static str),
    Minor(i64),
}
use What::{Minor, Word};

const CANARIES: &[Canary] = &[
    // A payer is known to itself and its bank, to whoever knows all wallets'
    // holders, and for large sums to the big-data centre.
    Canary {
        what: Word("Ximena"),
        register: &[
            "Ximena",
            "Harbour",
            "authentication",
            "big-data",
            "investigator",
        ],
        deposit: &[
            "Ximena",
            "Harbour",
            "authentication",
            "big-data",
            "investigator",
        ],
    },
    Canary {
        what: Word("Yolanda"),
        // Ximena pays her by a name, and is told who that is.
        register: &["Yolanda", "Harbour", "authentication", "Ximena"],
        deposit: &["Yolanda", "Harbour", "authentication", "Ximena"],
    },
    Canary {
        what: Word("Tito"),
        register: &["Tito", "Summit", "authentication", "Ximena"],
        deposit: &["Tito", "Summit", "authentication", "Ximena"],
    },
    // The handle's name is a name: the merchant sees its number.
    Canary {
        what: Word("Lunches"),
        register: &["Ximena"],
        deposit: &["Ximena"],
    },
    Canary {
        what: Word("zebra"),
        register: &["Ximena", "Kiosk"],
        deposit: &["Ximena", "Kiosk"],
    },
    // A deposit, a small payment, a balance, what a refusal would give away.
    Canary {
        what: Minor(701_337),
        register: &["Yolanda", "Harbour"],
        deposit: &["Yolanda", "Harbour"],
    },
    Canary {
        what: Minor(6_137),
        register: &[
            "Ximena",
            "Kiosk",
            "Harbour",
            "Summit",
            "central-bank",
            "registration",
            "big-data",
            "investigator",
        ],
        deposit: &[
            "Ximena",
            "Kiosk",
            "Harbour",
            "Summit",
            "central-bank",
            "big-data",
            "investigator",
        ],
    },
    // A name by which somebody can be paid: the holder's and its bank's.
    Canary {
        what: Word("okapi"),
        register: &["Yolanda", "Harbour"],
        deposit: &["Yolanda", "Harbour"],
    },
    Canary {
        what: Minor(819),
        register: &[
            "Ximena",
            "Yolanda",
            "Harbour",
            "central-bank",
            "registration",
            "big-data",
            "investigator",
        ],
        deposit: &["Ximena", "Yolanda", "Harbour", "big-data", "investigator"],
    },
    Canary {
        what: Minor(99_111),
        register: &["Tito", "Summit", "central-bank", "registration", "big-data"],
        deposit: &["Tito", "Summit", "big-data"],
    },
    Canary {
        what: Minor(34_567),
        register: &["Ximena", "Harbour", "investigator"],
        deposit: &["Ximena", "Harbour", "investigator"],
    },
    Canary {
        what: Minor(6_634_567),
        register: &["Quay", "central-bank"],
        deposit: &["Quay", "central-bank"],
    },
];

/// What somebody is shown: every moment of the run, the registers, and the
/// phone of a holder.
struct Shown {
    words: String,
    numbers: BTreeSet<i64>,
}

impl Shown {
    fn new() -> Self {
        Shown {
            words: String::new(),
            numbers: BTreeSet::new(),
        }
    }

    fn take(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                self.words.push_str(text);
                self.words.push('\n');
            }
            Value::Number(number) => self.numbers.extend(number.as_i64()),
            Value::Array(items) => items.iter().for_each(|item| self.take(item)),
            Value::Object(fields) => fields.values().for_each(|item| self.take(item)),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn has(&self, what: &What) -> bool {
        match what {
            Word(word) => self.words.contains(word),
            Minor(minor) => self.numbers.contains(minor),
        }
    }
}

/// Everybody there is to look, by name.
const VIEWERS: &[&str] = &[
    "central-bank",
    "Harbour",
    "Summit",
    "Quay",
    "Ximena",
    "Yolanda",
    "Tito",
    "Walter",
    "Kiosk",
    "authentication",
    "registration",
    "big-data",
    "investigator",
];

fn viewer(session: &Session, name: &str) -> Viewer {
    if let Some(centre) = Centre::ALL.into_iter().find(|it| it.key() == name) {
        return Viewer::Centre(centre);
    }
    let party = |name: &str| match session.run().unwrap().simulation().actor(name) {
        Some(Actor::Party(party)) => party,
        other => panic!("{name}: {other:?}"),
    };
    match name {
        "investigator" => Viewer::Investigator {
            subject: party("Ximena"),
            since: 0,
        },
        name => Viewer::Party(party(name)),
    }
}

/// A swap between two countries, in which every sum is one of its kind.
const SWAP: &str = include_str!("../../../tests/scenarios/who-knows-of-a-swap.exq");

/// Everybody who could look at it.
const LOOKERS: &[&str] = &[
    "central-bank",
    "Bangkok",
    "HongKong",
    "Dubai",
    "mBridge",
    "Harbour",
    "Summit",
    "Siam",
    "Peak",
    "Creek",
    "authentication",
    "registration",
    "big-data",
];

/// Sums of the swap, and who may know them: both banks, their central banks,
/// whoever issues the currency, and the platform that carries it.
const OF_A_SWAP: &[(i64, &[&str])] = &[
    // Dirhams that Harbour sells to Siam: Dubai is neither's central bank.
    (
        313_371,
        &[
            "Harbour",
            "Siam",
            "central-bank",
            "Bangkok",
            "Dubai",
            "mBridge",
        ],
    ),
    // The baht that come back for them.
    (
        2_820_339,
        &[
            "Harbour",
            "Siam",
            "central-bank",
            "Bangkok",
            "Dubai",
            "mBridge",
        ],
    ),
    // A quote that nobody took is between the two banks.
    (171_717, &["Harbour", "Siam"]),
    // What Siam lacked when it agreed: its own, its central bank's, the platform's.
    (5_050_607, &["Siam", "Bangkok", "mBridge"]),
    // A payment on the platform.
    (
        424_243,
        &["Harbour", "Siam", "central-bank", "Bangkok", "mBridge"],
    ),
    // One through a correspondent: only those on its way.
    (606_061, &["Harbour", "Peak"]),
];

/// A payment without a network, in which every sum is one of its kind.
const TUNNEL: &str = include_str!("../../../tests/scenarios/who-knows-of-a-tunnel.exq");

/// Everybody who could look at that.
const OUTSIDE: &[&str] = &[
    "central-bank",
    "Harbour",
    "Summit",
    "Quay",
    "Yolanda",
    "Walter",
    "Kiosk",
    "authentication",
    "registration",
    "big-data",
];

/// Its sums, and who may know them.
const OF_A_TUNNEL: &[(i64, &[&str])] = &[
    // What goes into a device: its bank and the register.
    (
        20_317,
        &["Yolanda", "Harbour", "central-bank", "registration"],
    ),
    // What goes from hand to hand is between the two.
    (5_791, &["Yolanda", "Kiosk"]),
    // What a device turned down, too.
    (90_111, &["Yolanda", "Kiosk"]),
    // What comes out of the other one.
    (3_119, &["Kiosk", "Summit", "central-bank", "registration"]),
];

#[test]
fn a_payment_without_a_network_is_known_to_the_two_who_made_it() {
    let found = known_of(TUNNEL, OUTSIDE, OF_A_TUNNEL, &|_| {});
    assert_eq!(found, Vec::<String>::new());
}

fn of_a_swap(tamper: &dyn Fn(&mut Moment)) -> Vec<String> {
    known_of(SWAP, LOOKERS, OF_A_SWAP, tamper)
}

/// Who sees which sum without being allowed to, and who does not although it is.
fn known_of(
    text: &str,
    lookers: &[&str],
    sums: &[(i64, &[&str])],
    tamper: &dyn Fn(&mut Moment),
) -> Vec<String> {
    let mut session = Session::open(text);
    assert!(
        session.diagnostics().is_empty(),
        "{:?}",
        session.diagnostics()
    );
    let mut wrong = Vec::new();
    for name in lookers {
        let shown = shown(&mut session, name, tamper);
        for (sum, may) in sums {
            match (shown.numbers.contains(sum), may.contains(name)) {
                (true, false) => wrong.push(format!("{name} sees {sum}")),
                (false, true) => wrong.push(format!("{name} does not see {sum}")),
                _ => {}
            }
        }
    }
    wrong
}

#[test]
fn a_swap_is_known_to_both_banks_their_central_banks_and_the_issuer() {
    assert_eq!(of_a_swap(&|_| {}), Vec::<String>::new());
}

#[test]
fn a_leak_of_a_swap_is_found() {
    let found = of_a_swap(&|moment| {
        if let Some(posting) = moment.journal.first_mut() {
            posting.amount = 313_371;
        }
    });
    assert!(
        found.contains(&"Summit sees 313371".to_owned()),
        "{found:?}"
    );
}

fn shown(session: &mut Session, name: &str, tamper: &dyn Fn(&mut Moment)) -> Shown {
    let viewer = viewer(session, name);
    let mut shown = Shown::new();
    for position in 0..=session.run().unwrap().position() {
        let mut moment = session.moment_as(position, viewer);
        tamper(&mut moment);
        shown.take(&serde_json::to_value(moment).unwrap());
    }
    let end = session.run().unwrap().position();
    shown.take(&serde_json::to_value(session.registers(end, viewer)).unwrap());
    let sequence = session.sequence(end, viewer, usize::MAX);
    shown.take(&serde_json::to_value(sequence).unwrap());
    shown.take(&serde_json::to_value(session.addresses(end, viewer)).unwrap());
    for holder in ["Ximena", "Yolanda", "Tito", "Walter", "Kiosk"] {
        // Whoever may not look gets nothing.
        let phone = session.phone(end, holder, viewer);
        let statement = session.statement(end, holder, viewer);
        assert!(name != holder || (phone.is_some() && statement.is_some()));
        shown.take(&serde_json::to_value(phone).unwrap());
        shown.take(&serde_json::to_value(statement).unwrap());
    }
    shown
}

/// Who sees which canary without being allowed to, and who does not although
/// it is.
fn check(preset: &str, tamper: &dyn Fn(&mut Moment)) -> Vec<String> {
    let mut session = Session::open(RUN.replace("cny-2025@1", preset) + NAMED);
    assert!(
        session.diagnostics().is_empty(),
        "{:?}",
        session.diagnostics()
    );
    let mut wrong = Vec::new();
    for name in VIEWERS {
        let shown = shown(&mut session, name, tamper);
        for canary in CANARIES {
            let may = match preset {
                "cny-2026@1" => canary.deposit,
                _ => canary.register,
            };
            let label = match canary.what {
                Word(word) => word.to_owned(),
                Minor(minor) => minor.to_string(),
            };
            match (shown.has(&canary.what), may.contains(name)) {
                (true, false) => wrong.push(format!("{name} sees {label}")),
                (false, true) => wrong.push(format!("{name} does not see {label}")),
                _ => {}
            }
        }
    }
    wrong
}

#[test]
fn nobody_is_shown_what_is_hidden_from_it() {
    for preset in ["cny-2025@1", "cny-2026@1"] {
        assert_eq!(check(preset, &|_| {}), Vec::<String>::new(), "{preset}");
    }
}

#[test]
fn a_planted_leak_is_found() {
    let name = check("cny-2025@1", &|moment| {
        if let Some(caption) = &mut moment.caption {
            caption
                .args
                .push(("leak".to_owned(), Arg::Name("Yolanda".to_owned())));
        }
    });
    assert!(name.contains(&"Walter sees Yolanda".to_owned()), "{name:?}");
    let sum = check("cny-2025@1", &|moment| {
        moment
            .accounted
            .checks
            .iter_mut()
            .for_each(|it| it.left = 701_337);
    });
    assert!(sum.contains(&"Summit sees 701337".to_owned()), "{sum:?}");
}
