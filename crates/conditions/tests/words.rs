//! Everything that can be explained has its words in every language, and every
//! word of these catalogues is used.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use common::{Random, made, some_act};
use conditions::analysis::{self, Finding, Gap, Play};
use conditions::catalogue::{Filled, TEMPLATES};
use conditions::explain::{self, Phrase, Said, Speaker};
use conditions::purpose::PurposeError;
use conditions::{Contract, Counted, Expected, Machine, Name, Problem, Refusal, Who, text};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use money::{Instant, Span};

struct Fluent {
    bundle: FluentBundle<FluentResource>,
    keys: BTreeSet<String>,
    used: RefCell<BTreeSet<String>>,
}

impl Fluent {
    fn of(language: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/messages");
        let source = std::fs::read_to_string(root.join(language).join("conditions.ftl")).unwrap();
        let keys = source.lines().filter_map(|line| line.split_once(" = "));
        let keys = keys.map(|(key, _)| key.to_owned()).collect();
        let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
        bundle.set_use_isolating(false);
        bundle
            .add_resource(FluentResource::try_new(source).unwrap())
            .unwrap();
        Self {
            bundle,
            keys,
            used: RefCell::default(),
        }
    }
}

impl Speaker for Fluent {
    fn message(&self, key: &str, args: &[(&str, Said)]) -> String {
        let message = self
            .bundle
            .get_message(key)
            .unwrap_or_else(|| panic!("no words for {key}"));
        let mut given = FluentArgs::new();
        for (name, said) in args {
            given.set(
                *name,
                match said {
                    Said::Text(text) => FluentValue::from(text.clone()),
                    Said::Count(count) => FluentValue::from(*count),
                },
            );
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(message.value().unwrap(), Some(&given), &mut errors);
        assert!(errors.is_empty(), "{key}: {errors:?}");
        self.used.borrow_mut().insert(key.to_owned());
        text.into_owned()
    }

    fn amount(&self, minor: i64) -> String {
        money::write_minor(minor, 2)
    }

    fn span(&self, span: Span) -> String {
        span.to_string()
    }
}

/// What a problem's sentence may speak of.
const ARGUMENTS: [&str; 13] = [
    "what",
    "limit",
    "character",
    "expected",
    "found",
    "text",
    "word",
    "step",
    "name",
    "days",
    "amount",
    "decimals",
    "reason",
];

/// Every kind of thing that can be done.
fn offers() -> Vec<Phrase> {
    let body = "parties a b
        secret key sha256=\"41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb\"
        hold 5.00 from a
        on insolvency of b: close
        step one until 1d
        when a deposits 1.00: close
        when a names fee from 1.00 to 2.00: close
        when b shows key: close
        when 2 of [a, b] sign it: close
        when a claims: close
        else: close";
    let name = Name::new("It").unwrap();
    let (_, machine) = text::load_contract(&name, 0, &text::lines(body), 2).unwrap();
    let instance = machine.open(money::Instant(0), &mut Vec::new());
    let offers = machine.offers(&instance);
    assert_eq!(offers.len(), 6);
    offers
        .iter()
        .map(|it| explain::offer(&machine, it))
        .collect()
}

fn everything() -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let of_contract =
        |phrases: &mut Vec<Phrase>, contract: &Contract, machine: &Machine, budget| {
            phrases.extend(explain::contract(contract));
            let analysis = analysis::analyse_within(machine, budget);
            phrases.extend(explain::analysis(machine, &analysis));
            for finding in &analysis.findings {
                phrases.push(explain::finding(machine, finding));
                phrases.extend(
                    finding
                        .path()
                        .iter()
                        .map(|play| explain::play(machine, play)),
                );
            }
            for takings in &analysis.takings {
                phrases.extend(
                    takings
                        .most
                        .path
                        .iter()
                        .map(|play| explain::play(machine, play)),
                );
            }
        };
    for template in TEMPLATES {
        match template.fill(&Name::new("It").unwrap(), &[], 2).unwrap() {
            Filled::Contract(both) => of_contract(&mut phrases, &both.0, &both.1, 5_000),
            Filled::Condition(_) => {}
        }
    }
    let small = "parties a b
        hold 5.00 from a
        step one
        do: set aside 1.00 for b from a, pay 0.01 times hours + 0.01 times minutes to b from a
        step two
        do: go on";
    let name = Name::new("It").unwrap();
    let (contract, machine) = text::load_contract(&name, 0, &text::lines(small), 2).unwrap();
    of_contract(&mut phrases, &contract, &machine, 10);
    let plain = small
        .replace(" from a, pay", ", pay")
        .replace("for b", "for a");
    let (contract, machine) = text::load_contract(&name, 0, &text::lines(&plain), 2).unwrap();
    of_contract(&mut phrases, &contract, &machine, 10);
    for seed in 0..300 {
        let (contract, machine) = made(seed, false);
        of_contract(&mut phrases, &contract, &machine, 300);
        let mut effects = Vec::new();
        let instance = machine.open(Instant(0), &mut effects);
        let act = some_act(&mut Random::new(seed), &machine, &instance);
        let play = Play {
            at: Span::DAY,
            act: Some(act),
        };
        phrases.push(explain::play(&machine, &play));
    }
    let (_, machine) = made(1, false);
    let path = Vec::new();
    let races = Play {
        at: Span::DAY,
        act: None,
    };
    for finding in [
        Finding::Race {
            step: 0,
            first: Who::Stranger(0),
            second: Who::World,
            from: 0,
            path: path.clone(),
            claims: (races.clone(), races),
        },
        Finding::UnreachableStep { step: 0 },
        Finding::UnreachableCase { step: 0, case: 0 },
        Finding::OpenToAnyone {
            step: 0,
            amount: 1,
            path: path.clone(),
        },
        Finding::Locked {
            step: 0,
            amount: 1,
            since: Span::ZERO,
            until: Span::DAY,
            path: path.clone(),
        },
        Finding::Ownerless {
            role: 0,
            amount: 1,
            path,
        },
    ] {
        phrases.push(explain::finding(&machine, &finding));
    }
    for wrong in [
        "parties a
hold 1.001 from b
step",
        "step x
parties",
        "€",
        "hold 1.00 form a",
        "hold \"x",
    ] {
        let errors = text::load_contract(&name, 0, &text::lines(wrong), 2).unwrap_err();
        phrases.extend(errors.iter().map(|it| it.problem.phrase()));
    }
    let rules = "all (amount at most 5.00, day at most 9.00, not wallet at least II)
        any (after 2025-01-01T00:00, before 2025-01-01T00:00, payee in [A, B], category is 5812, area is C)
        signed by 1 of [A, B]
        shows \"41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb\"";
    let condition =
        text::load_condition(&Name::new("It").unwrap(), 0, &text::lines(rules), 2).unwrap();
    phrases.extend(explain::condition(&condition));
    phrases.extend(offers());
    phrases.extend(explain::judges(&condition));
    let refusals = [
        Refusal::Ended,
        Refusal::Backward,
        Refusal::TooEarly { from: Span::DAY },
        Refusal::NotAwaited,
        Refusal::WrongAmount { expected: 1 },
        Refusal::OutOfRange { least: 1, most: 2 },
        Refusal::WrongSecret,
        Refusal::SignedBefore,
        Refusal::TooMuch,
    ];
    assert_eq!(refusals.map(|it| it.key()), Refusal::KEYS);
    phrases.extend(refusals.iter().map(explain::refusal));
    let because = condition.rules;
    let errors = [
        PurposeError::Amount,
        PurposeError::Short { held: 1 },
        PurposeError::Expired,
        PurposeError::NotExpired,
        PurposeError::ConditionFails {
            because: because.clone(),
        },
        PurposeError::ConditionUnknown { because },
    ];
    assert_eq!(errors.each_ref().map(PurposeError::key), PurposeError::KEYS);
    phrases.extend(errors.iter().map(explain::purpose));
    let gaps = [
        Gap::Times,
        Gap::Budget { plays: 1 },
        Gap::Amounts { value: 0 },
    ];
    let mut analysis = analysis::analyse_within(&machine, 1);
    analysis.gaps = gaps.to_vec();
    phrases.extend(explain::analysis(&machine, &analysis));
    phrases
}

#[test]
fn every_phrase_has_its_words_in_every_language_and_every_word_is_used() {
    let phrases = everything();
    for language in ["en", "zh-CN"] {
        let fluent = Fluent::of(language);
        for phrase in &phrases {
            assert!(!phrase.say(&fluent).is_empty());
        }
        let any: Vec<_> = ARGUMENTS
            .iter()
            .map(|it| (*it, Said::Text("x".to_owned())))
            .collect();
        for code in Problem::CODES {
            fluent.message(&format!("cond-problem-{code}"), &any);
        }
        let expected = Expected::ALL.iter().map(|it| it.message());
        for key in expected.chain(Counted::ALL.iter().map(|it| it.message())) {
            fluent.message(key, &[]);
        }
        for template in TEMPLATES {
            fluent.message(&format!("template-{}", template.key), &[]);
            fluent.message(&format!("template-{}-note", template.key), &[]);
            for param in template.params {
                fluent.message(&format!("template-param-{}", param.key), &[]);
            }
        }
        let unused: Vec<_> = fluent
            .keys
            .difference(&fluent.used.borrow())
            .cloned()
            .collect();
        assert!(unused.is_empty(), "{language}: nothing says {unused:?}");
    }
}

#[test]
fn a_contract_reads_like_a_letter() {
    let body = "parties buyer=Alice seller=Gym
        hold 100.00 times 12 from buyer
        on insolvency of seller: close
        step month until 30d repeat 12 every 30d
        when seller claims: pay 100.00 to seller
        else: pay 100.00 to buyer";
    let name = Name::new("GymYear").unwrap();
    let (contract, machine) = text::load_contract(&name, 0, &text::lines(body), 2).unwrap();
    let english = Fluent::of("en");
    let said: Vec<String> = explain::contract(&contract)
        .iter()
        .map(|it| it.say(&english))
        .collect();
    assert_eq!(
        said,
        [
            "buyer puts in 12 times 100.00 when the contract opens.",
            "At any time, if insolvency of seller is declared: the contract ends, and what is held goes back to whom it belongs.",
            "Step month waits until 30d after the opening.",
            "It is done 12 times, each 30d after the one before.",
            "If seller claims: seller is paid 100.00.",
            "If nobody does so in time: buyer is paid 100.00.",
            "Behind the last step, whatever is still held goes back to whom it belongs.",
        ]
    );
    let analysis = analysis::analyse(&machine);
    let known: Vec<String> = explain::analysis(&machine, &analysis)
        .iter()
        .map(|it| it.say(&english))
        .collect();
    assert_eq!(
        known,
        [
            "Whatever happens, it has ended 360d after its opening, and holds nothing then.",
            "buyer gets at least 0.00 and at most 1200.00.",
            "seller gets at least 0.00 and at most 1200.00.",
            "Everything that can happen was tried.",
        ]
    );
}
