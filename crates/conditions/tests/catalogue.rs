//! Every entry of the catalogue, on every path.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use conditions::analysis::{self, Finding, Weight};
use conditions::catalogue::{self, Filled, TEMPLATES};
use conditions::{Act, Contract, Effect, Instance, Machine, Name, Refusal, What, Who, text};
use money::{Instant, Span};

/// What is filled in, or played and what comes of it.
type Pairs = &'static [(&'static str, &'static str)];

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn contract_of(key: &str, given: &[(&str, &str)]) -> (Contract, Machine) {
    match catalogue::find(key).unwrap().fill(&name("It"), given, 2) {
        Ok(Filled::Contract(both)) => *both,
        other => panic!("{key}: {other:?}"),
    }
}

/// What somebody does in a test, in words.
fn what(machine: &Machine, words: &str) -> What {
    let mut parts = words.split(' ');
    let verb = parts.next().unwrap();
    let mut minor = || money::parse_minor(parts.next().unwrap(), 2).unwrap();
    match verb {
        "deposits" => {
            let amount = minor();
            let owner = machine.role(words.rsplit(' ').next().unwrap()).unwrap();
            What::Deposit { amount, owner }
        }
        "names" => What::Names {
            value: 0,
            amount: minor(),
        },
        "shows" => What::Shows {
            preimage: words.as_bytes()["shows ".len()..].to_vec(),
        },
        "signs" => What::Signs {
            what: machine.word("release").unwrap(),
        },
        "insolvency" => What::Event {
            event: machine.word("insolvency").unwrap(),
            of: machine.role("seller").unwrap(),
        },
        verb => What::Says {
            what: machine.word(verb).unwrap_or(u16::MAX),
        },
    }
}

/// Plays `time actor does` and gives what everybody got in the end, as
/// `buyer 1.00 seller 2.00`; refusals stand in between as `!code`.
fn play(machine: &Machine, acts: &str) -> String {
    let mut effects = Vec::new();
    let mut told = Vec::new();
    let mut instance: Instance = machine.open(Instant(0), &mut effects);
    for act in acts.split("; ").filter(|act| !act.is_empty()) {
        let (time, rest) = act.split_once(' ').unwrap();
        let (actor, does) = rest.split_once(' ').unwrap();
        let by = match actor {
            "world" => Who::World,
            "stranger" => Who::Stranger(0),
            role => Who::Role(machine.role(role).unwrap()),
        };
        let time: Span = time.parse().unwrap();
        let act = Act {
            by,
            what: what(machine, does),
        };
        if let Err(refusal) = machine.act(&mut instance, Instant(time.0), &act, &mut effects) {
            told.push(format!("!{}", refusal.key()));
        }
        assert!(instance.conserves());
    }
    machine.advance(&mut instance, Instant(machine.latest_end().0), &mut effects);
    assert!(instance.ended() && instance.conserves());
    assert_eq!(instance.held().iter().sum::<i64>(), 0);
    let refused = machine.act(
        &mut instance,
        Instant(i64::MAX),
        &Act {
            by: Who::World,
            what: What::Says { what: 0 },
        },
        &mut effects,
    );
    assert_eq!(refused, Err(Refusal::Ended));
    for (at, role) in machine.roles().iter().enumerate() {
        let got: i64 = effects
            .iter()
            .map(|effect| match effect {
                Effect::Paid {
                    to: Who::Role(to),
                    amount,
                    ..
                } if usize::from(*to) == at => *amount,
                _ => 0,
            })
            .sum();
        if got != 0 {
            told.push(format!("{role} {}", money::write_minor(got, 2)));
        }
    }
    told.join(" ")
}

/// Each row: an entry, what is filled in, what is played, what comes of it.
#[test]
fn every_entry_does_what_it_says_on_every_path() {
    let rows: &[(&str, Pairs, Pairs)] = &[
        (
            "expiry",
            &[],
            &[
                ("1d holder spends", "shop 100.00"),
                ("1d issuer spends", "!not-awaited issuer 100.00"),
                ("30d holder spends", "!ended issuer 100.00"),
                ("", "issuer 100.00"),
            ],
        ),
        (
            "time-lock",
            &[("opens", "10d")],
            &[
                ("9d receiver claims", "!not-awaited receiver 1000.00"),
                ("", "receiver 1000.00"),
            ],
        ),
        (
            "escrow",
            &[],
            &[
                ("1d buyer confirms", "seller 250.00"),
                ("1d seller refunds", "buyer 250.00"),
                ("1d arbiter pays-seller", "!not-awaited seller 250.00"),
                ("1d buyer disputes; 2d arbiter pays-seller", "seller 250.00"),
                ("1d buyer disputes; 2d arbiter pays-buyer", "buyer 250.00"),
                (
                    "1d buyer disputes; 2d buyer confirms",
                    "!not-awaited buyer 250.00",
                ),
                ("1d buyer disputes", "buyer 250.00"),
                ("", "seller 250.00"),
            ],
        ),
        (
            "delivery-versus-payment",
            &[],
            &[
                ("1d register delivers", "seller 250.00"),
                ("1d seller withdraws", "buyer 250.00"),
                ("1d seller delivers", "!not-awaited buyer 250.00"),
                ("", "buyer 250.00"),
            ],
        ),
        (
            "payment-versus-payment",
            &[],
            &[
                (
                    "1h first deposits 100.00 first; 2h second deposits 80.00 second",
                    "first 80.00 second 100.00",
                ),
                (
                    "1h second deposits 80.00 second; 2h first deposits 100.00 first",
                    "first 80.00 second 100.00",
                ),
                ("1h first deposits 100.00 first", "first 100.00"),
                ("1h second deposits 80.00 second", "second 80.00"),
                ("1h first deposits 99.99 first", "!wrong-amount"),
                (
                    "1h first deposits 100.00 first; 2d second deposits 80.00 second",
                    "!ended first 100.00",
                ),
                ("", ""),
            ],
        ),
        (
            "hash-lock",
            &[],
            &[
                ("1h receiver shows open sesame", "receiver 100.00"),
                (
                    "1h receiver shows open simsim; 2h receiver shows open sesame",
                    "!wrong-secret receiver 100.00",
                ),
                ("1h sender shows open sesame", "!not-awaited sender 100.00"),
                ("1d receiver shows open sesame", "!ended sender 100.00"),
                ("", "sender 100.00"),
            ],
        ),
        (
            "stream",
            &[],
            &[
                ("3d payee draws", "payee 140.00"),
                ("3d payee draws; 5d payer stops", "payer 90.00 payee 50.00"),
                ("12h payer stops", "payer 140.00"),
                (
                    "3d payee draws; 3d payee draws; 5d payee draws; 6d payee draws; 7d payee draws; 8d payer stops",
                    "!not-awaited payer 60.00 payee 80.00",
                ),
                (
                    "3d payee draws; 3d payee draws; 5d payee draws; 6d payee draws",
                    "payee 140.00",
                ),
                ("", "payee 140.00"),
            ],
        ),
        (
            "salary",
            &[("months", "3")],
            &[
                ("45d worker leaves", "employer 6000.00 worker 3000.00"),
                ("1d worker leaves", "employer 9000.00"),
                ("", "worker 9000.00"),
            ],
        ),
        (
            "split",
            &[],
            &[("", "shop 94.05 tax-office 19.00 landlord 5.95")],
        ),
        (
            "split",
            &[("amount", "1_190.00")],
            &[("", "shop 990.00 tax-office 190.00 landlord 10.00")],
        ),
        ("split", &[("amount", "0.01")], &[("", "tax-office 0.01")]),
        (
            "subscription",
            &[],
            &[
                (
                    "1d merchant names 12.50; 31d merchant names 30.00",
                    "customer 47.50 merchant 42.50",
                ),
                ("1d merchant names 30.01", "!out-of-range customer 90.00"),
                (
                    "1d merchant names 30.00; 2d merchant names 30.00",
                    "!too-early customer 60.00 merchant 30.00",
                ),
                ("1d customer cancels", "customer 90.00"),
                ("", "customer 90.00"),
            ],
        ),
        (
            "refund-window",
            &[],
            &[
                ("13d buyer returns", "buyer 80.00"),
                ("14d buyer returns", "!ended seller 80.00"),
                ("", "seller 80.00"),
            ],
        ),
        (
            "prepaid",
            &[("units", "3")],
            &[
                (
                    "1d seller claims; 31d seller claims; 61d seller claims",
                    "seller 300.00",
                ),
                (
                    "1d seller claims; 2d seller claims",
                    "!too-early buyer 200.00 seller 100.00",
                ),
                (
                    "1d seller claims; 2d world insolvency",
                    "buyer 200.00 seller 100.00",
                ),
                (
                    "1d world insolvency; 2d seller claims",
                    "!ended buyer 300.00",
                ),
                ("1d buyer insolvency", "!not-awaited buyer 300.00"),
                ("", "buyer 300.00"),
            ],
        ),
        (
            "interest",
            &[],
            &[
                (
                    "1h bank deposits 49.31 bank; 45d saver withdraws",
                    "saver 10024.65 bank 24.66",
                ),
                ("1h bank deposits 49.31 bank", "saver 10049.31"),
                (
                    "1h bank deposits 49.32 bank",
                    "!wrong-amount saver 10000.00",
                ),
                ("", "saver 10000.00"),
            ],
        ),
        (
            "demurrage",
            &[],
            &[
                ("30d holder takes", "holder 99.02 issuer 0.98"),
                ("", "holder 97.05 issuer 2.95"),
            ],
        ),
        (
            "signatures",
            &[],
            &[
                ("1d first signs; 2d third signs", "payee 500.00"),
                (
                    "1d first signs; 2d first signs",
                    "!signed-before owner 500.00",
                ),
                ("1d owner signs", "!not-awaited owner 500.00"),
                ("1d first signs", "owner 500.00"),
                ("", "owner 500.00"),
            ],
        ),
        (
            "signatures",
            &[("least", "1")],
            &[("1d second signs", "payee 500.00")],
        ),
    ];
    for (key, given, plays) in rows {
        let (_, machine) = contract_of(key, given);
        for (acts, outcome) in *plays {
            assert_eq!(play(&machine, acts), *outcome, "{key} {given:?}: {acts}");
        }
    }
    for template in TEMPLATES
        .iter()
        .filter(|it| it.block == catalogue::Block::Contract)
    {
        assert!(
            rows.iter().any(|(key, ..)| *key == template.key),
            "{}",
            template.key
        );
    }
}

#[test]
fn every_entry_reads_writes_and_says_what_it_takes() {
    for template in TEMPLATES {
        let filled = template
            .fill(&name("It"), &[], 2)
            .unwrap_or_else(|e| panic!("{}: {e:#?}", template.key));
        let text = filled.text();
        let lines = text::lines(&text);
        let inner = &lines[1..lines.len() - 1];
        match &filled {
            Filled::Condition(condition) => {
                assert_eq!(
                    text::read_condition(&condition.name, 1, inner).value,
                    *condition
                );
                let json = conditions::condition_to_json(condition).to_string();
                assert_eq!(conditions::condition_from_json(&json).unwrap(), *condition);
            }
            Filled::Contract(both) => {
                assert_eq!(text::read_contract(&both.0.name, 1, inner).value, both.0);
                let json = conditions::contract_to_json(&both.0).to_string();
                assert_eq!(conditions::contract_from_json(&json).unwrap(), both.0);
            }
        }
        for param in template.params {
            assert!(
                template.body.contains(&format!("{{{}}}", param.key)),
                "{}",
                param.key
            );
            for wrong in ["", "{x}", "-1", "0"] {
                let right = matches!(
                    param.kind,
                    catalogue::Kind::Party | catalogue::Kind::Parties | catalogue::Kind::Areas
                );
                if right && !matches!(wrong, "" | "{x}") {
                    continue;
                }
                let errors = template
                    .fill(&name("It"), &[(param.key, wrong)], 2)
                    .unwrap_err();
                assert_eq!(errors.len(), 1, "{} {} {wrong}", template.key, param.key);
            }
        }
        assert!(template.fill(&name("It"), &[("nonsense", "1")], 2).is_err());
    }
    // Each value is right for itself.
    let together = catalogue::find("escrow")
        .unwrap()
        .fill(&name("It"), &[("price", "0.001")], 2);
    assert!(matches!(
        together.unwrap_err()[..],
        [catalogue::FillError::Together { .. }]
    ));
}

#[test]
fn what_can_go_wrong_with_an_entry_is_known() {
    for template in TEMPLATES {
        let Ok(Filled::Contract(both)) = template.fill(&name("It"), &[], 2) else {
            continue;
        };
        let analysis = analysis::analyse(&both.1);
        let risks = analysis
            .findings
            .iter()
            .filter(|it| it.weight() == Weight::Risk);
        let risks: Vec<_> = risks.map(Finding::key).collect();
        // A customer who cancels and a merchant who charges are in a race by nature.
        let known: &[&str] = if template.key == "subscription" {
            &["race"]
        } else {
            &[]
        };
        assert_eq!(risks, known, "{}: {:#?}", template.key, analysis.findings);
        let sampled = template.key == "subscription";
        assert_eq!(
            analysis.complete(),
            !sampled,
            "{}: {:?}",
            template.key,
            analysis.gaps
        );
    }
}
