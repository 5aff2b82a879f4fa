//! Random contracts and what people do in them.
#![allow(dead_code, unused_imports)] // each test file uses its part

use conditions::{
    Act, Action, Actor, Amount, Block, Case, Contract, Count, Effect, Handler, Hold, Image,
    Instance, Machine, Name, Offered, Op, Part, Party, Payee, Repeat, Secret, Share, Step, Target,
    Test, Value, What, Who,
};
use money::{Instant, Span};

/// Numbers that follow from a seed (SplitMix64).
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below the bound, which is not zero.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub const fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[usize::try_from(self.below(items.len() as u64)).unwrap()]
    }
}

pub fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

const ROLES: [&str; 3] = ["ann", "bob", "cyd"];
const LABELS: [&str; 3] = ["claims", "confirms", "leaves"];
const VALUES: [&str; 2] = ["x", "y"];
const SECRET: &str = "key";

/// Makes contracts that are right in form.
pub struct Maker {
    pub random: Random,
    /// Only what Marlowe core v1 has a counterpart of.
    pub plain: bool,
    steps: u64,
    known: Vec<&'static str>,
}

impl Maker {
    pub const fn new(seed: u64, plain: bool) -> Self {
        Self {
            random: Random::new(seed),
            plain,
            steps: 0,
            known: Vec::new(),
        }
    }

    pub fn contract(&mut self) -> Contract {
        self.steps = 1 + self.random.below(4);
        let parties = ROLES.iter().map(|role| Party {
            role: name(role),
            player: (!self.random.one_in(3)).then(|| name("Ann Müller")),
        });
        let parties = parties.collect();
        let hold = (!self.random.one_in(4)).then(|| Hold {
            value: Value::Amount(self.amount()),
            from: self.role(),
        });
        let handlers = self.random.below(2);
        let on = (0..handlers)
            .map(|_| Handler {
                event: name("insolvency"),
                of: self.role(),
                then: self.block(self.steps, false),
            })
            .collect();
        // What handlers let is known to all steps; what steps let to those below.
        let steps = (0..self.steps).map(|at| self.step(at)).collect();
        Contract {
            name: name("Random"),
            parties,
            secrets: vec![Secret {
                name: name(SECRET),
                sha256: Image::of(SECRET.as_bytes()),
            }],
            hold,
            on,
            steps,
        }
    }

    fn role(&mut self) -> Name {
        name(self.random.pick::<&str>(&ROLES))
    }

    fn amount(&mut self) -> Amount {
        let most = if self.random.one_in(3) { 20 } else { 3_000 };
        let units = 1 + self.random.below(most);
        Amount::new(u32::try_from(units).unwrap(), 2)
    }

    fn days(&mut self) -> Span {
        Span(i64::try_from(1 + self.random.below(40)).unwrap() * Span::DAY.0)
    }

    fn step(&mut self, at: u64) -> Step {
        let step = name(&format!("s{at}"));
        if self.random.one_in(6) {
            return Step {
                name: step,
                from: None,
                until: None,
                repeat: None,
                cases: Vec::new(),
                late: self.block(at, false),
            };
        }
        let until = self.days();
        let from = self.random.one_in(4).then_some(Span(until.0 / 2));
        let repeat = self.random.one_in(5).then(|| Repeat {
            times: 2,
            every: self.random.one_in(2).then(|| self.days()),
        });
        let cases = 1 + self.random.below(3);
        let cases = (0..cases).map(|_| self.case(at)).collect();
        Step {
            name: step,
            from,
            until: Some(until),
            repeat,
            cases,
            late: self.block(at, false),
        }
    }

    fn actor(&mut self) -> Actor {
        if !self.plain && self.random.one_in(4) {
            return Actor::Anyone;
        }
        Actor::Party(self.role())
    }

    fn case(&mut self, at: u64) -> Case {
        let when = match self.random.below(if self.plain { 5 } else { 7 }) {
            0 | 1 => Action::Deposit {
                by: self.role(),
                value: if self.random.one_in(4) {
                    let held = Box::new(Value::Held(self.role()));
                    Value::Plus(Box::new(Value::Amount(self.amount())), held)
                } else {
                    Value::Amount(self.amount())
                },
                owner: self.random.one_in(2).then(|| self.role()),
            },
            2 => {
                let value = *self.random.pick(&VALUES);
                self.known.push(value);
                let (a, b) = (self.amount(), self.amount());
                Action::Names {
                    by: self.role(),
                    name: name(value),
                    least: a.min(b),
                    most: a.max(b),
                }
            }
            3 | 4 => Action::Says {
                by: self.actor(),
                what: name(self.random.pick::<&str>(&LABELS)),
            },
            5 => Action::Shows {
                by: self.actor(),
                secret: name(SECRET),
            },
            _ => Action::Sign {
                least: u8::try_from(1 + self.random.below(3)).unwrap(),
                of: ROLES.iter().map(|role| name(role)).collect(),
                what: name("release"),
            },
        };
        let then = self.block(at, true);
        Case { when, then }
    }

    fn target(&mut self, at: u64) -> Target {
        match self.random.below(4) {
            0 => Target::Close,
            1 if at + 1 < self.steps => {
                let later = at + 1 + self.random.below(self.steps - at - 1);
                Target::Step(name(&format!("s{later}")))
            }
            _ => Target::Next,
        }
    }

    fn block(&mut self, at: u64, acted: bool) -> Block {
        let ops = self.random.below(4);
        let ops = (0..ops).map(|_| self.op(at, acted)).collect();
        let go = self.target(at);
        Block { ops, go }
    }

    fn op(&mut self, at: u64, acted: bool) -> Op {
        let from = Some(self.role());
        match self.random.below(if self.plain { 7 } else { 8 }) {
            0..=2 => Op::Pay {
                value: self.value(0, true),
                to: if acted && !self.plain && self.random.one_in(4) {
                    Payee::Them
                } else {
                    Payee::Party(self.role())
                },
                from,
            },
            3 => Op::SetAside {
                value: self.value(0, true),
                owner: self.role(),
                from,
            },
            4 | 5 => {
                let value = self.value(0, false);
                let name_of = *self.random.pick(&VALUES);
                self.known.push(name_of);
                Op::Let {
                    name: name(name_of),
                    value,
                }
            }
            6 => Op::If {
                test: self.test(0),
                go: self.target(at),
            },
            _ => Op::Split {
                value: self.value(0, true),
                from,
                parts: vec![
                    Part {
                        share: Share::new(1 + u32::try_from(self.random.below(3)).unwrap(), 7)
                            .unwrap(),
                        to: self.role(),
                        cap: self.random.one_in(3).then(|| self.amount()),
                    },
                    Part {
                        share: "12.5%".parse().unwrap(),
                        to: self.role(),
                        cap: None,
                    },
                ],
                rest: Some(self.role()),
            },
        }
    }

    fn value(&mut self, depth: u32, moved: bool) -> Value {
        let kinds = if depth > 2 { 4 } else { 10 };
        match self.random.below(kinds) {
            0 if moved => Value::All,
            0 | 1 => Value::Amount(self.amount()),
            2 => Value::Held(self.role()),
            3 => match self.known.is_empty() {
                true => Value::Amount(self.amount()),
                false => Value::Named(name(self.random.pick::<&str>(&self.known.clone()))),
            },
            4 => Value::Plus(self.below(depth, moved), self.below(depth, moved)),
            5 => Value::Minus(self.below(depth, moved), self.below(depth, moved)),
            6 => Value::Least(self.below(depth, moved), self.below(depth, moved)),
            7 => Value::Most(self.below(depth, moved), self.below(depth, moved)),
            8 => {
                let share = Share::new(1 + u32::try_from(self.random.below(5)).unwrap(), 6);
                Value::Share(share.unwrap(), self.below(depth, moved))
            }
            _ => {
                let count = if !self.plain && self.random.one_in(2) {
                    Count::Days
                } else {
                    Count::Number(u32::try_from(self.random.below(4)).unwrap())
                };
                Value::Times(self.below(depth, moved), count)
            }
        }
    }

    fn below(&mut self, depth: u32, moved: bool) -> Box<Value> {
        Box::new(self.value(depth + 1, moved))
    }

    fn test(&mut self, depth: u32) -> Test {
        match self.random.below(if depth > 1 { 3 } else { 6 }) {
            0 => Test::AtLeast(self.value(1, false), self.value(1, false)),
            1 => Test::MoreThan(self.value(1, false), self.value(1, false)),
            2 => Test::Is(self.value(1, false), self.value(1, false)),
            3 => Test::All(vec![self.test(depth + 1), self.test(depth + 1)]),
            4 => Test::Any(vec![self.test(depth + 1), self.test(depth + 1)]),
            _ => Test::Not(Box::new(self.test(depth + 1))),
        }
    }
}

/// A contract of a seed that can run. Chance also makes amounts that are never
/// more than nothing, such as could outgrow all numbers, and handlers that lead
/// back; nothing else.
pub fn made(seed: u64, plain: bool) -> (Contract, Machine) {
    for attempt in 0_u64.. {
        let seed = seed.wrapping_add(attempt.wrapping_mul(0x5851_F42D_4C95_7F2D));
        let contract = Maker::new(seed, plain).contract();
        match Machine::new(&contract, 2) {
            Ok(machine) => return (contract, machine),
            Err(faults) => {
                let fair = |it: &conditions::Diagnostic| {
                    matches!(it.problem.code(), "zero-amount" | "overflow" | "backward")
                };
                assert!(
                    faults.iter().all(fair),
                    "{}\n{faults:#?}",
                    conditions::text::contract_text(&contract)
                );
            }
        }
    }
    unreachable!("some contract can run")
}

/// Something that somebody might do now: mostly what is waited for.
pub fn some_act(random: &mut Random, machine: &Machine, instance: &Instance) -> Act {
    let offers = machine.offers(instance);
    if offers.is_empty() || random.one_in(5) {
        return Act {
            by: match random.below(5) {
                0 => Who::World,
                1 => Who::Stranger(7),
                other => Who::Role(u8::try_from(other - 2).unwrap()),
            },
            what: match random.below(4) {
                0 => What::Deposit {
                    amount: i64::try_from(random.below(500)).unwrap(),
                    owner: 0,
                },
                1 => What::Names {
                    value: u16::try_from(random.below(3)).unwrap(),
                    amount: i64::try_from(random.below(4_000)).unwrap(),
                },
                2 => What::Shows {
                    preimage: b"wrong".to_vec(),
                },
                _ => What::Says {
                    what: u16::try_from(random.below(6)).unwrap(),
                },
            },
        };
    }
    let offer = random.pick(&offers).clone();
    let by = match offer.by.is_empty() {
        true => Who::Stranger(u32::try_from(random.below(3)).unwrap()),
        false => *random.pick(&offer.by),
    };
    let what = match offer.what {
        Offered::Deposit { amount, owner } => What::Deposit { amount, owner },
        Offered::Names { value, least, most } => {
            let wide = u64::try_from(most - least).unwrap() + 1;
            let amount = least + i64::try_from(random.below(wide)).unwrap();
            What::Names { value, amount }
        }
        Offered::Shows { .. } => What::Shows {
            preimage: SECRET.as_bytes().to_vec(),
        },
        Offered::Signs { what, .. } => What::Signs { what },
        Offered::Event { event, of } => What::Event { event, of },
        Offered::Says { what } => What::Says { what },
    };
    Act { by, what }
}

/// A little later, or as late as something is due.
pub fn later(random: &mut Random, machine: &Machine, instance: &Instance, now: Instant) -> Instant {
    let due = machine.due(instance).unwrap_or(now);
    let wait = match random.below(4) {
        0 => 0,
        1 => (due.0 - now.0).max(0),
        2 => (due.0 - now.0 - 1).max(0),
        _ => i64::try_from(random.below(10)).unwrap() * Span::DAY.0,
    };
    Instant(now.0 + wait)
}
