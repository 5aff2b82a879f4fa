//! Contracts that have an exact counterpart in Marlowe core v1 pay the same
//! there: the translation, and the answers that its own interpreter
//! (`@marlowe.io/language-core-v1`) gave to random contracts and inputs.
//!
//! `EXCHEQUER_PEER=1 cargo test -p conditions --test peer` asks it anew, about
//! many more of them, and writes the answers; it needs node and
//! `npm ci --prefix benches`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Random, later, made, some_act};
use conditions::{
    Act, Action, Actor, Block, Contract, Effect, Machine, Name, Op, Payee, Step, Target, Test,
    Value, What, Who,
};
use money::Instant;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

/// How many contracts the peer is asked about, and how many answers are kept.
const ASKED: u64 = 3_000;
const KEPT: usize = 160;
/// Larger translations are left out: ours is a graph, theirs a tree.
const MOST_NODES: usize = 1_500;

#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Payment {
    from: String,
    to: String,
    /// Whether it stays held, and belongs to another.
    held: bool,
    amount: i64,
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Answer {
    taken: bool,
    payments: Vec<Payment>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    contract: Contract,
    acts: Vec<(i64, Who, Json)>,
    answers: Vec<Answer>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peer")
}

fn party(name: &str) -> Json {
    json!({ "role_token": name })
}

fn token() -> Json {
    json!({ "currency_symbol": "", "token_name": "" })
}

/// Translates a contract; the time is counted from its opening.
struct Translator<'a> {
    contract: &'a Contract,
    nodes: usize,
}

impl Translator<'_> {
    fn step(&mut self, at: usize, turn: u32) -> Option<Json> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return None;
        }
        let Some(step) = self.contract.steps.get(at) else {
            return Some(json!("close"));
        };
        let next = |this: &mut Self| match &step.repeat {
            Some(repeat) if turn + 1 < repeat.times => this.step(at, turn + 1),
            _ => this.step(at + 1, 0),
        };
        let late = self.block(&step.late, &next)?;
        let Some(until) = step.until else {
            return Some(late);
        };
        let handlers = self.handlers(at, step, &next)?;
        let mut cases = Vec::new();
        for case in &step.cases {
            let (action, value) = self.action(&case.when);
            let mut then = self.block(&case.then, &next)?;
            if let Some((name, chosen)) = value {
                then = json!({ "let": name, "be": chosen, "then": then });
            }
            cases.push(json!({ "case": action, "then": then }));
        }
        cases.extend(handlers.clone());
        let every = step.repeat.as_ref().and_then(|repeat| repeat.every);
        let shift = every.map_or(0, |every| every.0) * i64::from(turn);
        let main = json!({
            "when": cases, "timeout": until.0 + shift, "timeout_continuation": late,
        });
        let begins = step.from.map_or(0, |from| from.0) + shift;
        if begins > 0 && (turn == 0 || every.is_some()) {
            return Some(json!({
                "when": handlers, "timeout": begins, "timeout_continuation": main,
            }));
        }
        Some(main)
    }

    fn handlers(
        &mut self,
        at: usize,
        _: &Step,
        next: &dyn Fn(&mut Self) -> Option<Json>,
    ) -> Option<Vec<Json>> {
        let mut cases = Vec::new();
        for handler in &self.contract.on {
            let behind = matches!(&handler.then.go, Target::Step(name)
                if self.contract.steps[..=at].iter().any(|step| step.name == *name));
            if !behind {
                let then = self.block(&handler.then, next)?;
                let action = choice("World", &event(&handler.event, &handler.of), 0, 0);
                cases.push(json!({ "case": action, "then": then }));
            }
        }
        Some(cases)
    }

    /// The action, and the value it names.
    fn action(&mut self, action: &Action) -> (Json, Option<(String, Json)>) {
        match action {
            Action::Deposit { by, value, owner } => (
                json!({
                    "party": party(by.as_str()),
                    "deposits": self.value(value, None),
                    "of_token": token(),
                    "into_account": party(owner.as_ref().unwrap_or(by).as_str()),
                }),
                None,
            ),
            Action::Names {
                by,
                name,
                least,
                most,
            } => {
                let named = format!("name {name}");
                let (least, most) = (least.minor(2).unwrap(), most.minor(2).unwrap());
                let chosen = json!({
                    "value_of_choice": { "choice_name": named, "choice_owner": party(by.as_str()) },
                });
                let action = choice(by.as_str(), &named, least, most);
                (action, Some((name.to_string(), chosen)))
            }
            Action::Says {
                by: Actor::Party(by),
                what,
            } => (choice(by.as_str(), &format!("say {what}"), 0, 0), None),
            other => panic!("no counterpart: {other:?}"),
        }
    }

    fn block(&mut self, block: &Block, next: &dyn Fn(&mut Self) -> Option<Json>) -> Option<Json> {
        let mut then = self.target(&block.go, next)?;
        for op in block.ops.iter().rev() {
            then = match op {
                Op::Pay {
                    value,
                    to: Payee::Party(to),
                    from: Some(from),
                } => self.pay(value, from, &json!({ "party": party(to.as_str()) }), &then),
                Op::SetAside {
                    value,
                    owner,
                    from: Some(from),
                } => self.pay(
                    value,
                    from,
                    &json!({ "account": party(owner.as_str()) }),
                    &then,
                ),
                Op::Let { name, value } => json!({
                    "let": name, "be": self.value(value, None), "then": then,
                }),
                Op::If { test, go } => json!({
                    "if": self.test(test), "then": self.target(go, next)?, "else": then,
                }),
                other => panic!("no counterpart: {other:?}"),
            };
        }
        Some(then)
    }

    fn pay(&mut self, value: &Value, from: &Name, to: &Json, then: &Json) -> Json {
        json!({
            "pay": self.value(value, Some(from)),
            "token": token(),
            "from_account": party(from.as_str()),
            "to": to,
            "then": then,
        })
    }

    fn target(
        &mut self,
        target: &Target,
        next: &dyn Fn(&mut Self) -> Option<Json>,
    ) -> Option<Json> {
        match target {
            Target::Next => next(self),
            Target::Close => Some(json!("close")),
            Target::Step(name) => {
                let at = self
                    .contract
                    .steps
                    .iter()
                    .position(|step| step.name == *name);
                self.step(at.unwrap(), 0)
            }
        }
    }

    fn value(&mut self, value: &Value, from: Option<&Name>) -> Json {
        self.nodes += 1;
        let held =
            |name: &Name| json!({ "amount_of_token": token(), "in_account": party(name.as_str()) });
        let mut below = |value: &Value| self.value(value, from);
        match value {
            Value::Amount(amount) => json!(amount.minor(2).unwrap()),
            Value::All => held(from.unwrap()),
            Value::Held(name) => held(name),
            Value::Named(name) => json!({ "use_value": name }),
            Value::Plus(a, b) => json!({ "add": below(a), "and": below(b) }),
            Value::Minus(a, b) => json!({ "value": below(a), "minus": below(b) }),
            Value::Least(a, b) | Value::Most(a, b) => {
                let (a, b) = (below(a), below(b));
                let test = match value {
                    Value::Least(..) => json!({ "value": a, "le_than": b }),
                    _ => json!({ "value": a, "ge_than": b }),
                };
                json!({ "if": test, "then": a, "else": b })
            }
            Value::Share(share, value) => json!({
                "divide": { "multiply": below(value), "times": share.parts() },
                "by": share.of(),
            }),
            Value::Times(value, conditions::Count::Number(times)) => {
                json!({ "multiply": below(value), "times": times })
            }
            Value::Times(..) => panic!("no counterpart: time"),
        }
    }

    fn test(&mut self, test: &Test) -> Json {
        match test {
            Test::AtLeast(a, b) => {
                json!({ "value": self.value(a, None), "ge_than": self.value(b, None) })
            }
            Test::MoreThan(a, b) => {
                json!({ "value": self.value(a, None), "gt": self.value(b, None) })
            }
            Test::Is(a, b) => {
                json!({ "value": self.value(a, None), "equal_to": self.value(b, None) })
            }
            Test::All(tests) => tests.iter().fold(
                json!(true),
                |all, test| json!({ "both": all, "and": self.test(test) }),
            ),
            Test::Any(tests) => tests.iter().fold(
                json!(false),
                |any, test| json!({ "either": any, "or": self.test(test) }),
            ),
            Test::Not(test) => json!({ "not": self.test(test) }),
        }
    }
}

fn event(event: &Name, of: &Name) -> String {
    format!("{event} of {of}")
}

fn choice(by: &str, name: &str, least: i64, most: i64) -> Json {
    json!({
        "for_choice": { "choice_name": name, "choice_owner": party(by) },
        "choose_between": [{ "from": least, "to": most }],
    })
}

/// An act as an input.
fn input(machine: &Machine, act: &Act) -> Json {
    let role = |role: u8| machine.roles()[usize::from(role)].to_string();
    let by = match act.by {
        Who::Role(by) => role(by),
        Who::Stranger(_) => "Stranger".to_owned(),
        Who::World => "World".to_owned(),
    };
    let chosen = |name: String, number: i64| {
        json!({
            "for_choice_id": { "choice_name": name, "choice_owner": party(&by) },
            "input_that_chooses_num": number,
        })
    };
    let of = |names: &[Name], at: u16| {
        names
            .get(usize::from(at))
            .map_or("?".to_owned(), Name::to_string)
    };
    match &act.what {
        What::Deposit { amount, owner } => json!({
            "input_from_party": party(&by),
            "that_deposits": amount,
            "of_token": token(),
            "into_account": party(&role(*owner)),
        }),
        What::Names { value, amount } => {
            chosen(format!("name {}", of(machine.values(), *value)), *amount)
        }
        What::Says { what } => chosen(format!("say {}", of(machine.words(), *what)), 0),
        What::Event { event, of: whom } => chosen(
            format!("{} of {}", of(machine.words(), *event), role(*whom)),
            0,
        ),
        What::Shows { .. } | What::Signs { .. } => chosen("?".to_owned(), 0),
    }
}

/// What effects say was paid, in no particular order.
fn payments(machine: &Machine, effects: &[Effect]) -> Vec<Payment> {
    let role = |role: u8| machine.roles()[usize::from(role)].to_string();
    let mut payments: Vec<Payment> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Paid {
                from,
                to: Who::Role(to),
                amount,
                ..
            } => Some((*from, *to, false, *amount)),
            Effect::SetAside {
                from,
                owner,
                amount,
                ..
            } => Some((*from, *owner, true, *amount)),
            _ => None,
        })
        .filter(|(.., amount)| *amount > 0)
        .map(|(from, to, held, amount)| Payment {
            from: role(from),
            to: role(to),
            held,
            amount,
        })
        .collect();
    sort(&mut payments);
    payments
}

fn sort(payments: &mut [Payment]) {
    payments.sort_by(|a, b| {
        (&a.from, &a.to, a.held, a.amount).cmp(&(&b.from, &b.to, b.held, b.amount))
    });
}

/// Plays acts: what each brought, the opening first and the end last.
fn play(machine: &Machine, acts: &[(i64, Act)]) -> Vec<Answer> {
    let mut effects = Vec::new();
    let mut instance = machine.open(Instant(0), &mut effects);
    let mut answers = vec![Answer {
        taken: true,
        payments: payments(machine, &effects),
    }];
    for (time, act) in acts {
        effects.clear();
        let taken = machine
            .act(&mut instance, Instant(*time), act, &mut effects)
            .is_ok();
        answers.push(Answer {
            taken,
            payments: payments(machine, &effects),
        });
    }
    effects.clear();
    machine.advance(&mut instance, Instant(machine.latest_end().0), &mut effects);
    answers.push(Answer {
        taken: true,
        payments: payments(machine, &effects),
    });
    answers
}

/// What somebody does by chance.
fn random_acts(machine: &Machine, seed: u64) -> Vec<(i64, Act)> {
    let mut random = Random::new(seed);
    let mut effects = Vec::new();
    let mut instance = machine.open(Instant(0), &mut effects);
    let mut now = Instant(0);
    let mut acts = Vec::new();
    while !instance.ended() && acts.len() < 10 {
        now = later(&mut random, machine, &instance, now);
        let mut then = instance.clone();
        machine.advance(&mut then, now, &mut effects);
        let act = some_act(&mut random, machine, &then);
        let _refused = machine.act(&mut instance, now, &act, &mut effects);
        acts.push((now.0, act));
    }
    acts
}

fn ask(cases: &[Json]) -> Vec<Vec<Answer>> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../benches");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peer-cases.json");
    std::fs::write(&file, serde_json::to_vec(cases).unwrap()).unwrap();
    let out = Command::new("node")
        .arg(folder().join("run.mjs"))
        .arg(&file)
        .current_dir(benches)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    serde_json::from_slice(&out.stdout).unwrap()
}

/// The transactions of a case: time passes, then somebody acts.
fn case(contract: &Contract, machine: &Machine, acts: &[(i64, Act)]) -> Option<Json> {
    let mut translator = Translator { contract, nodes: 0 };
    let translated = translator.step(0, 0)?;
    let at = |time: i64, inputs: Vec<Json>| json!({ "tx_interval": { "from": time, "to": time }, "tx_inputs": inputs });
    let mut transactions = vec![at(0, Vec::new())];
    for (time, act) in acts {
        transactions.push(at(*time, Vec::new()));
        transactions.push(at(*time, vec![input(machine, act)]));
    }
    transactions.push(at(machine.latest_end().0, Vec::new()));
    let accounts: Vec<Json> = machine
        .hold()
        .iter()
        .map(|(role, amount)| {
            json!([
                [party(machine.roles()[usize::from(*role)].as_str()), token()],
                amount
            ])
        })
        .collect();
    Some(json!({ "contract": translated, "accounts": accounts, "transactions": transactions }))
}

/// Puts the passing of time together with the act behind it.
fn together(answers: Vec<Answer>) -> Vec<Answer> {
    let last = answers.len() - 1;
    let mut found: Vec<Answer> = Vec::new();
    let mut passed = Vec::new();
    for (at, mut answer) in answers.into_iter().enumerate() {
        // Time alone changes nothing while nothing is due.
        let time_only = at % 2 == 1 && at != last;
        if time_only {
            passed = answer.payments;
            continue;
        }
        answer.taken |= at == 0 || at == last;
        answer.payments.append(&mut passed);
        sort(&mut answer.payments);
        found.push(answer);
    }
    found
}

#[test]
fn contracts_pay_what_they_pay_in_marlowe() {
    let file = folder().join("vectors.json");
    if std::env::var_os("EXCHEQUER_PEER").is_some() {
        let mut plays = Vec::new();
        let mut cases = Vec::new();
        for seed in 0..ASKED {
            let (contract, machine) = made(seed, true);
            let acts = random_acts(&machine, seed);
            if let Some(case) = case(&contract, &machine, &acts) {
                cases.push(case);
                plays.push((contract, machine, acts));
            }
        }
        let answers = ask(&cases);
        let mut kept = Vec::new();
        let mut paid = 0;
        for ((contract, machine, acts), answers) in plays.into_iter().zip(answers) {
            let answers = together(answers);
            let text = conditions::text::contract_text(&contract);
            assert_eq!(play(&machine, &acts), answers, "{text}{acts:?}");
            paid += answers
                .iter()
                .map(|answer| answer.payments.len())
                .sum::<usize>();
            let acts = acts
                .into_iter()
                .map(|(time, act)| (time, act.by, serde_json::to_value(act.what).unwrap()));
            kept.push(Kept {
                contract,
                acts: acts.collect(),
                answers,
            });
        }
        println!("{} contracts, {paid} payments", kept.len());
        // The eventful ones say the most.
        kept.sort_by_key(|it| {
            std::cmp::Reverse(
                it.answers
                    .iter()
                    .filter(|it| !it.payments.is_empty())
                    .count(),
            )
        });
        kept.truncate(KEPT);
        let lines: Vec<String> = kept
            .iter()
            .map(|it| serde_json::to_string(it).unwrap())
            .collect();
        std::fs::write(&file, format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
    }
    let kept: Vec<Kept> = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(kept.len(), KEPT);
    for Kept {
        contract,
        acts,
        answers,
    } in kept
    {
        let machine = Machine::new(&contract, 2).unwrap();
        let act = |(time, by, what): (i64, Who, Json)| {
            (
                time,
                Act {
                    by,
                    what: serde_json::from_value(what).unwrap(),
                },
            )
        };
        let acts: Vec<(i64, Act)> = acts.into_iter().map(act).collect();
        assert!(answers.iter().any(|answer| !answer.payments.is_empty()));
        assert_eq!(
            play(&machine, &acts),
            answers,
            "{}",
            conditions::text::contract_text(&contract)
        );
    }
}
