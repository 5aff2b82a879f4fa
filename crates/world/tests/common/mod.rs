//! Rules, a small town, and a reader of script lines for the tests of the kernel.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

pub(crate) mod between;
pub(crate) mod follow;
pub(crate) mod scene;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use money::{Civil, Currency, Span, Zone};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use world::bridge;
use world::cbdc::{Declaration, Desk, Fault, Input, Operation, Out};
use world::contracts;
use world::describe::{Actor, Args, Described, Scope};
use world::fact::{Fact, Message, PartyId, Title, WalletId};
use world::kernel::{Simulation, Stop};
use world::log::Genesis;
use world::rules::{Rules, WalletType};
use world::spec::{Spec, Value};

use scene::{Scene, Weather, scene};

/// The engine's name in these tests.
pub(crate) const ENGINE: &str = "test";

/// The seed of these tests.
pub(crate) const SEED: u64 = 7;

/// Wallet types I to V with the numbers of the 2025 rules.
pub(crate) fn rules() -> Rules {
    let ty = |name: &str, [balance, payment, day, year]: [Option<i64>; 4]| WalletType {
        name: name.into(),
        balance,
        payment,
        day,
        year,
        interest: None,
    };
    Rules::new(
        "test@1",
        [7; 32],
        Currency::new("CNY", 2).unwrap(),
        Zone::fixed("Asia/Shanghai", 8 * 3600).unwrap(),
        vec![
            ty("I", [None; 4]),
            ty(
                "II",
                [Some(500_000_00), Some(50_000_00), Some(100_000_00), None],
            ),
            ty(
                "III",
                [Some(20_000_00), Some(5_000_00), Some(10_000_00), None],
            ),
            ty(
                "IV",
                [
                    Some(10_000_00),
                    Some(2_000_00),
                    Some(5_000_00),
                    Some(50_000_00),
                ],
            ),
            ty(
                "V",
                [
                    Some(1_000_00),
                    Some(500_00),
                    Some(1_000_00),
                    Some(10_000_00),
                ],
            ),
        ],
    )
}

/// The same, where each message between institutions takes so many milliseconds.
pub(crate) fn slow(latency: i64) -> Rules {
    Rules {
        latency: Span(latency),
        ..rules()
    }
}

/// A local time in the rules' zone as virtual time.
pub(crate) fn at(local: &str) -> i64 {
    let civil: Civil = local.parse().unwrap();
    rules().zone.instant(&civil).unwrap().0
}

pub(crate) fn start() -> i64 {
    at("2025-11-03T09:00")
}

struct Words(Vec<(&'static str, Value)>);

impl Args for Words {
    fn value(&self, field: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, value)| value)
    }
}

fn value(text: &str) -> Value {
    if let Some(quoted) = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
    {
        Value::Text(quoted.into())
    } else if let Some(listed) = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
    {
        let listed = listed.split(',').filter_map(|it| it.split_once('='));
        Value::Record(listed.map(|(name, it)| (name.into(), value(it))).collect())
    } else if matches!(text, "true" | "false") {
        Value::Bool(text == "true")
    } else if let Some(listed) = text.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        Value::List(listed.split(',').map(value).collect())
    } else if let Ok(span) = text.parse() {
        Value::Duration(span)
    } else if text.starts_with(|c: char| c.is_ascii_digit()) {
        Value::Number {
            digits: text.replace('_', ""),
            unit: None,
        }
    } else {
        Value::Name(text.into())
    }
}

/// The words after a verb as arguments: those without a name go to the fields
/// that may be written so, in their order.
fn arguments<'a>(
    spec: &'static Spec,
    words: impl Iterator<Item = &'a str>,
) -> Vec<(&'static str, &'a str)> {
    let mut positional = spec.fields.iter().filter(|field| field.positional);
    words
        .map(
            |word| match word.split_once('=').filter(|_| !word.starts_with('{')) {
                Some((name, text)) => (spec.field(name).expect("a field").name, text),
                None => (
                    positional.next().expect("a field that needs no name").name,
                    word,
                ),
            },
        )
        .collect()
}

/// A run with the lines of script that made it.
#[derive(Clone)]
pub(crate) struct Town(pub(crate) Simulation);

impl Town {
    pub(crate) fn new(rules: Rules, signing: bool) -> Self {
        Town(Simulation::new(Arc::new(rules), ENGINE, SEED, signing, start()).unwrap())
    }

    fn declared(
        &mut self,
        kind: &str,
        name: &str,
        args: &[(&'static str, &str)],
    ) -> Result<(), Stop> {
        let words = Words(
            args.iter()
                .map(|(field, text)| (*field, value(text)))
                .collect(),
        );
        if let Some(declaration) = bridge::Declaration::read(kind, &words, &mut self.0).unwrap() {
            return self.0.declare_abroad(name, &declaration).map(|_| ());
        }
        let declaration = Declaration::read(kind, &words, &mut self.0)
            .unwrap()
            .expect("a kind");
        self.0.declare(name, &declaration).map(|_| ())
    }

    /// Declares by a line of script, which may not be possible.
    pub(crate) fn try_declare(&mut self, line: &str) -> Result<(), Stop> {
        let mut words = line.split(' ');
        let (kind, name) = (words.next().expect("a kind"), words.next().expect("a name"));
        let spec = Declaration::SPECS
            .iter()
            .chain(bridge::Declaration::SPECS)
            .find(|spec| spec.name == kind)
            .expect("a kind");
        self.declared(kind, name, &arguments(spec, words))
    }

    fn acted(
        &mut self,
        actor: &str,
        verb: &str,
        args: &[(&'static str, &str)],
        name: Option<&str>,
    ) -> Result<(), Stop> {
        let words = Words(
            args.iter()
                .map(|(field, text)| (*field, value(text)))
                .collect(),
        );
        if let Some(operation) = Operation::read(verb, &words, &mut self.0).unwrap() {
            let actor = self.0.actor(actor).expect("an actor");
            self.0.act(actor, &operation, name).map(|_| ())
        } else if let Some(operation) = bridge::Operation::read(verb, &words, &mut self.0).unwrap()
        {
            let actor = self.0.actor(actor).expect("an actor");
            self.0.ask_abroad(actor, &operation, name).map(|_| ())
        } else if let Some(operation) =
            contracts::Operation::read(verb, &words, &mut self.0).unwrap()
        {
            let actor = self.0.actor(actor).expect("an actor");
            self.0.ask_contract(actor, &operation, name).map(|_| ())
        } else {
            let fault = Fault::read(verb, &words, &mut self.0)
                .unwrap()
                .expect("a verb");
            self.0.fault(&fault).map(|_| ())
        }
    }

    /// Plays a line of script: a declaration, or an act with or without its
    /// time (`+30s` or `2025-11-03T10:00`), or only a `wait`.
    pub(crate) fn play(&mut self, line: &str) {
        self.try_play(line).unwrap();
    }

    /// The same, where the run may have to stop.
    pub(crate) fn try_play(&mut self, line: &str) -> Result<(), Stop> {
        let mut words = line.split(' ').peekable();
        if let Some(when) =
            words.next_if(|word| word.starts_with(|c: char| c == '+' || c.is_ascii_digit()))
        {
            let then = match when.strip_prefix('+') {
                Some(span) => self.now() + span.parse::<Span>().unwrap().0,
                None => at(when),
            };
            self.0.advance(then)?;
        }
        let first = words.next().expect("a word");
        if let Some(actor) = first.strip_suffix(':') {
            let verb = words.next().expect("a verb");
            let specs = Operation::SPECS.iter().chain(bridge::Operation::SPECS);
            let specs = specs.chain(contracts::Operation::SPECS);
            let specs = specs.chain(Fault::SPECS);
            let spec = specs
                .into_iter()
                .find(|spec| spec.name == verb)
                .expect("a verb");
            let words: Vec<_> = words.collect();
            let (words, name) = match words.as_slice() {
                [words @ .., "as", name] => (words, Some(*name)),
                words => (words, None),
            };
            self.acted(actor, verb, &arguments(spec, words.iter().copied()), name)
        } else if first != "wait" {
            self.try_declare(line)
        } else {
            Ok(())
        }
    }

    pub(crate) fn play_all(&mut self, lines: &[&str]) {
        for line in lines {
            self.play(line);
        }
    }

    pub(crate) fn now(&self) -> i64 {
        self.0.world().now()
    }

    pub(crate) fn actor(&self, name: &str) -> Actor {
        self.0.actor(name).unwrap()
    }

    pub(crate) fn party(&self, name: &str) -> PartyId {
        match self.actor(name) {
            Actor::Party(party) => party,
            _ => panic!("{name} is no party"),
        }
    }

    pub(crate) fn wallet(&self, name: &str) -> WalletId {
        self.0.wallet_of(self.actor(name)).unwrap()
    }

    /// What the register has of a wallet.
    pub(crate) fn balance(&self, name: &str) -> i64 {
        let world = self.0.world();
        world
            .ledger()
            .balance(world.wallet(self.wallet(name)).unwrap().account)
    }

    /// A party's own account of a title.
    pub(crate) fn own(&self, name: &str, title: Title) -> i64 {
        self.0.world().balance(self.party(name), title)
    }

    /// A holder's bank deposit.
    pub(crate) fn deposit(&self, name: &str) -> i64 {
        let (world, party) = (self.0.world(), self.party(name));
        world.balance_of(
            world.party(party).unwrap().at.unwrap(),
            Title::Deposits,
            party.0,
        )
    }

    /// Codes of all refusals so far.
    pub(crate) fn refusals(&self) -> Vec<&'static str> {
        self.refusals_since(0)
    }

    /// Codes of the refusals from a position of the log on.
    pub(crate) fn refusals_since(&self, position: u32) -> Vec<&'static str> {
        let code = |fact| {
            if let Fact::Refused(refusal) = fact {
                Some(refusal.code.key())
            } else {
                None
            }
        };
        self.0
            .log()
            .facts(position, u32::MAX)
            .filter_map(|(_, stamped)| code(stamped.fact))
            .collect()
    }

    /// Every fact so far.
    pub(crate) fn facts(&self) -> Vec<Fact> {
        self.0
            .log()
            .facts(0, u32::MAX)
            .map(|(_, stamped)| stamped.fact)
            .collect()
    }

    /// Every message so far.
    pub(crate) fn messages(&self) -> Vec<Message> {
        let sent = |fact| {
            if let Fact::Sent(message) = fact {
                Some(message)
            } else {
                None
            }
        };
        self.facts().into_iter().filter_map(sent).collect()
    }

    /// What a party would say to an input, which nobody but a test sends it.
    pub(crate) fn decide(&self, party: PartyId, input: &Input) -> Vec<Fact> {
        let sim = &self.0;
        let signing = sim.world().wallets().any(|(_, wallet)| wallet.key.0 != 0);
        let genesis = Genesis {
            engine: ENGINE,
            signing,
            seed: SEED,
            rules: sim.rules().digest,
        };
        let run = *genesis.digest().first_chunk().unwrap();
        let desk = Desk::new(
            sim.world(),
            sim.rules(),
            sim.texts(),
            run,
            signing,
            party,
            self.now(),
        );
        let mut out = Out::new(Vec::new(), party, input);
        world::cbdc::decide(&desk, input, &mut out);
        out.facts
    }

    /// The codes of what a party would refuse.
    pub(crate) fn refuses(&self, party: PartyId, input: &Input) -> Vec<&'static str> {
        let code = |fact| {
            if let Fact::Refused(refusal) = fact {
                Some(refusal.code.key())
            } else {
                None
            }
        };
        self.decide(party, input)
            .into_iter()
            .filter_map(code)
            .collect()
    }
}

/// Two banks, people with wallets of several types, a merchant, a visitor, and
/// a second wallet at another bank than its holder's account.
pub(crate) const TOWN: &[&str] = &[
    "operator Harbour reserves=1_000_000 cash=50_000",
    "operator Summit reserves=1_000_000 cash=50_000",
    "person Alice at=Harbour type=II deposit=200_000 cash=500",
    "person Bob at=Summit type=IV cash=30_000",
    "person Carol at=Harbour type=I deposit=900_000 cash=900",
    "merchant Noodles at=Summit deposit=1_000",
    "visitor Maya at=Harbour type=V cash=20_000",
    "wallet AliceB owner=Alice at=Summit type=IV",
    "central-bank: issue 700_000 to=Harbour",
    "central-bank: issue 700_000 to=Summit",
];

pub(crate) fn town(signing: bool) -> Town {
    town_by(rules(), signing)
}

pub(crate) fn town_by(rules: Rules, signing: bool) -> Town {
    let mut town = Town::new(rules, signing);
    town.play_all(TOWN);
    town.play("+1h wait");
    town
}

/// The words that an operation's or declaration's amount is written with.
pub(crate) fn amount(minor: i64) -> String {
    money::write_minor(minor, 2)
}

/// How many cases a random test tries: `PROPTEST_CASES`, or 64, or many more
/// where `EXCHEQUER_SOAK` asks for a long run.
fn cases() -> Option<u32> {
    let told = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|number| number.parse().ok());
    told.or_else(|| std::env::var_os("EXCHEQUER_SOAK").map(|_| 20_000))
}

/// Tries a property on random values and panics with the smallest that fails.
/// The ordinary run tries the same 64 every time; a longer one is new each
/// time.
pub(crate) fn holds_for<S: Strategy>(strategy: S, test: impl Fn(S::Value) -> Result<(), String>) {
    if let Err(error) =
        runner(1_024).run(&strategy, |value| test(value).map_err(TestCaseError::fail))
    {
        panic!("{error}");
    }
}

/// The same for scenarios, with the number of facts between two full checks:
/// many, or one while a scenario that fails is made as short as it can be. It
/// is printed as a script that does the same.
pub(crate) fn holds_for_scenes(weather: Weather, test: impl Fn(&Scene, u32) -> Result<(), String>) {
    let outcome = runner(0).run(&scene(weather), |scene| {
        test(&scene, 256).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(_, scene)) => {
            // A panic of the engine is as wrong as a broken invariant.
            let test = |scene: &Scene| {
                let tried = catch_unwind(AssertUnwindSafe(|| test(scene, 1)));
                tried.unwrap_or_else(|_| Err("the engine panicked".into()))
            };
            let scene = scene.shortest(|scene| test(scene).is_err());
            panic!(
                "{}\nthis plays it again:{scene:?}",
                test(&scene).unwrap_err()
            );
        }
        Err(error) => panic!("{error}"),
    }
}

fn runner(most_shrinks: u32) -> TestRunner {
    let config = Config {
        cases: cases().unwrap_or(64),
        failure_persistence: None,
        max_shrink_iters: most_shrinks,
        ..Config::default()
    };
    match cases() {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    }
}
