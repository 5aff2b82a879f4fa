//! From a contract as written to a machine: every fault is found, in one go.

use money::Span;

use super::{Action, Block, CLOSED, Case, Expr, Machine, Op, Role, State, reach};
use crate::contract::{self, Actor, Contract, Target};
use crate::diagnostic::{Counted, Diagnostic, Problem, Spot, nearest};
use crate::{Name, limits};

/// A problem, the part it is in, and the word of that part it is about.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) spot: Spot,
    pub(crate) word: Option<String>,
    pub(crate) problem: Problem,
    pub(crate) suggestion: Option<String>,
}

impl Machine {
    /// Makes a contract ready to run in a currency with that many decimals.
    /// If it cannot run, tells everything that is wrong with it.
    pub fn new(contract: &Contract, decimals: u8) -> Result<Self, Vec<Diagnostic>> {
        check(contract, decimals).map_err(|faults| {
            faults
                .into_iter()
                .map(|fault| Diagnostic {
                    place: None,
                    spot: fault.spot,
                    problem: fault.problem,
                    suggestion: fault.suggestion,
                })
                .collect()
        })
    }
}

/// A block whose ways are not numbers yet.
pub(super) struct Draft {
    pub(super) ops: Vec<(Op, Option<Target>)>,
    pub(super) go: Target,
}

pub(super) struct Checker<'a> {
    pub(super) contract: &'a Contract,
    pub(super) decimals: u8,
    pub(super) faults: Vec<Fault>,
    pub(super) spot: Spot,
    pub(super) roles: Vec<Name>,
    words: Vec<Name>,
    pub(super) values: Vec<Name>,
    /// Whose money it is if a line does not say so.
    pub(super) payer: Option<Role>,
    pub(super) funders: usize,
    /// The step that is being read.
    pub(super) step: usize,
    /// Whether somebody acts whom `them` can mean.
    pub(super) acted: bool,
    pub(super) nodes: usize,
}

/// Makes a machine of a contract, or says what is wrong with it.
pub(crate) fn check(contract: &Contract, decimals: u8) -> Result<Machine, Vec<Fault>> {
    let mut checker = Checker {
        contract,
        decimals,
        faults: Vec::new(),
        spot: Spot::Whole,
        roles: Vec::new(),
        words: Vec::new(),
        values: Vec::new(),
        payer: None,
        funders: 0,
        step: 0,
        acted: false,
        nodes: 0,
    };
    let machine = checker.contract();
    let mut faults = checker.faults;
    match machine {
        Some(machine) if faults.is_empty() => Ok(machine),
        _ => {
            // The bounds of turns say the same of each of them.
            let mut seen: Vec<(Spot, Problem)> = Vec::new();
            faults.retain(|fault| {
                let told = (fault.spot, fault.problem.clone());
                let new = !seen.contains(&told);
                seen.push(told);
                new
            });
            faults.truncate(limits::PROBLEMS);
            Err(faults)
        }
    }
}

impl Checker<'_> {
    pub(super) fn fault(
        &mut self,
        word: Option<&str>,
        problem: Problem,
        suggestion: Option<String>,
    ) {
        if self.faults.len() < 4 * limits::PROBLEMS {
            self.faults.push(Fault {
                spot: self.spot,
                word: word.map(str::to_owned),
                problem,
                suggestion,
            });
        }
    }

    pub(super) fn wrong<T>(&mut self, problem: Problem) -> Option<T> {
        self.fault(None, problem, None);
        None
    }

    /// Whether there are not too many; says so if there are.
    pub(super) fn few(&mut self, what: Counted, found: usize, limit: usize) -> bool {
        if found > limit {
            self.fault(None, Problem::TooMany { what, limit }, None);
        }
        found <= limit
    }

    fn contract(&mut self) -> Option<Machine> {
        let contract = self.contract;
        if !self.sizes() {
            return None;
        }
        self.parties();
        let secrets = self.secrets();
        self.funders();
        let hold = self.hold();
        let steps: Vec<Name> = contract
            .steps
            .iter()
            .map(|step| step.name.clone())
            .collect();
        for (at, step) in contract.steps.iter().enumerate() {
            self.spot = Spot::Step(at);
            if contract.steps[..at]
                .iter()
                .any(|other| other.name == step.name)
            {
                let name = step.name.to_string();
                self.fault(Some(step.name.as_str()), Problem::NameTaken { name }, None);
            }
        }
        // Handlers stand above the steps, so what they let is known in all of them.
        for (at, handler) in contract.on.iter().enumerate() {
            self.spot = Spot::Handler(at);
            self.party(&handler.of);
            // One that leads behind no wait could never be reached.
            if let Target::Step(name) = &handler.then.go
                && let Some(to) = contract.steps.iter().position(|step| step.name == *name)
                && contract.steps[..to].iter().all(|step| step.until.is_none())
            {
                let problem = Problem::Backward {
                    name: name.to_string(),
                };
                self.fault(Some(name.as_str()), problem, None);
            }
            for op in &handler.then.ops {
                if let contract::Op::Let { name, .. } = op {
                    self.bind(name);
                }
            }
        }
        let layout = self.layout()?;
        let mut states: Vec<State> = Vec::new();
        let mut spots: Vec<Vec<Spot>> = Vec::new();
        let mut most_ops = 0;
        for (at, step) in contract.steps.iter().enumerate() {
            self.step = at;
            let (handlers, handler_spots) = self.handlers(at, step);
            let (cases, case_spots) = self.cases(at, step);
            self.spot = Spot::Late(at);
            let late = self.block(&step.late, false);
            let ops = |cases: &[(Action, Draft)]| -> usize {
                cases.iter().map(|(_, block)| block.ops.len() + 1).sum()
            };
            for turn in &layout[at] {
                most_ops += 1 + ops(&handlers) + late.ops.len();
                if !turn.early {
                    most_ops += ops(&cases);
                }
                if most_ops > limits::ALL_OPS {
                    let (what, limit) = (Counted::AllOps, limits::ALL_OPS);
                    self.spot = Spot::Step(at);
                    return self.wrong(Problem::TooMany { what, limit });
                }
                let here = u32::try_from(states.len()).ok()?;
                let place = |draft: &Draft| draft.place(here, turn.main, at, &layout, &steps);
                let case = |(action, draft): &(Action, Draft)| Case {
                    action: action.clone(),
                    then: place(draft),
                };
                let waiting = if turn.early { &[][..] } else { &cases[..] };
                states.push(State {
                    step: u16::try_from(at).ok()?,
                    turn: turn.number,
                    early: turn.early,
                    until: turn.until,
                    cases: waiting.iter().chain(&handlers).map(case).collect(),
                    late: if turn.early {
                        // The step begins.
                        Block {
                            ops: Vec::new(),
                            go: here + 1,
                        }
                    } else {
                        place(&late)
                    },
                });
                let own = if turn.early { &[][..] } else { &case_spots[..] };
                spots.push(own.iter().chain(&handler_spots).copied().collect());
            }
        }
        if !self.faults.is_empty() {
            return None;
        }
        let latest = states
            .iter()
            .map(|state| state.until)
            .max()
            .unwrap_or(Span::ZERO);
        self.bounds(&states, &spots, latest);
        let cost = reach::cost(&states, contract.parties.len());
        Some(Machine {
            name: contract.name.clone(),
            roles: std::mem::take(&mut self.roles),
            players: contract
                .parties
                .iter()
                .map(|party| party.player.clone())
                .collect(),
            secrets,
            words: std::mem::take(&mut self.words),
            values: std::mem::take(&mut self.values),
            steps,
            hold,
            states,
            latest,
            cost,
            decimals: self.decimals,
        })
    }

    fn sizes(&mut self) -> bool {
        let contract = self.contract;
        let mut right = true;
        let checks = [
            (Counted::Parties, contract.parties.len(), limits::PARTIES),
            (Counted::Secrets, contract.secrets.len(), limits::SECRETS),
            (Counted::Handlers, contract.on.len(), limits::CASES),
            (Counted::Steps, contract.steps.len(), limits::STEPS),
        ];
        for (what, found, limit) in checks {
            right &= self.few(what, found, limit);
        }
        for (at, handler) in contract.on.iter().enumerate() {
            self.spot = Spot::Handler(at);
            right &= self.few(Counted::Ops, handler.then.ops.len(), limits::OPS);
        }
        for (at, step) in contract.steps.iter().enumerate() {
            self.spot = Spot::Step(at);
            right &= self.few(Counted::Cases, step.cases.len(), limits::CASES);
            for (case, it) in step.cases.iter().enumerate() {
                self.spot = Spot::Case(at, case);
                right &= self.few(Counted::Ops, it.then.ops.len(), limits::OPS);
            }
            self.spot = Spot::Late(at);
            right &= self.few(Counted::Ops, step.late.ops.len(), limits::OPS);
        }
        self.spot = Spot::Whole;
        if contract.parties.is_empty() {
            right = false;
            self.fault(None, Problem::NoParties {}, None);
        }
        if contract.steps.is_empty() {
            right = false;
            self.fault(None, Problem::NoSteps {}, None);
        }
        right
    }

    fn parties(&mut self) {
        for (at, party) in self.contract.parties.iter().enumerate() {
            self.spot = Spot::Party(at);
            if self.roles.contains(&party.role) {
                let name = party.role.to_string();
                self.fault(Some(party.role.as_str()), Problem::NameTaken { name }, None);
            }
            self.roles.push(party.role.clone());
        }
    }

    fn secrets(&mut self) -> Vec<(Name, crate::Image)> {
        let secrets = &self.contract.secrets;
        for (at, secret) in secrets.iter().enumerate() {
            self.spot = Spot::Secret(at);
            if secrets[..at].iter().any(|other| other.name == secret.name) {
                let name = secret.name.to_string();
                self.fault(
                    Some(secret.name.as_str()),
                    Problem::NameTaken { name },
                    None,
                );
            }
        }
        secrets
            .iter()
            .map(|secret| (secret.name.clone(), secret.sha256))
            .collect()
    }

    /// Finds out whose money there can be.
    fn funders(&mut self) {
        let contract = self.contract;
        let mut owners: Vec<&Name> = contract.hold.iter().map(|hold| &hold.from).collect();
        let blocks = contract.steps.iter().flat_map(for_each_block);
        for op in blocks
            .chain(contract.on.iter().map(|on| &on.then))
            .flat_map(|block| &block.ops)
        {
            if let contract::Op::SetAside { owner, .. } = op {
                owners.push(owner);
            }
        }
        for case in contract.steps.iter().flat_map(|step| &step.cases) {
            if let contract::Action::Deposit { by, owner, .. } = &case.when {
                owners.push(owner.as_ref().unwrap_or(by));
            }
        }
        owners.sort();
        owners.dedup();
        self.funders = owners.len();
        if let [owner] = owners[..] {
            self.payer = self
                .roles
                .iter()
                .position(|role| role == owner)
                .and_then(|at| Role::try_from(at).ok());
        }
    }

    fn hold(&mut self) -> Option<(Role, i64)> {
        let hold = self.contract.hold.as_ref()?;
        self.spot = Spot::Hold;
        self.nodes = 0;
        let from = self.party(&hold.from);
        let value = self.value(&hold.value, None, 0)?;
        match reach::interval(&value, &[], Span::ZERO) {
            None => self.wrong(Problem::Overflow {}),
            Some((least, most)) if least != most || !constant(&value) => {
                self.wrong(Problem::NotConstant {})
            }
            Some((..=0, _)) => self.wrong(Problem::ZeroAmount {}),
            Some((amount, _)) => match i64::try_from(amount) {
                Ok(amount) if amount <= money::MAX_MINOR => Some((from?, amount)),
                _ => self.wrong(Problem::Overflow {}),
            },
        }
    }

    /// Where each turn of each step stands among the states.
    fn layout(&mut self) -> Option<Vec<Vec<Turn>>> {
        let mut layout = Vec::new();
        let mut next = 0_u32;
        let mut right = true;
        for (at, step) in self.contract.steps.iter().enumerate() {
            self.spot = Spot::Step(at);
            let name = || step.name.to_string();
            let times = step.repeat.as_ref().map_or(1, |repeat| repeat.times);
            let every = step.repeat.as_ref().and_then(|repeat| repeat.every);
            if times == 0 || times > limits::TURNS {
                let (what, limit) = (Counted::Turns, limits::TURNS as usize);
                right = false;
                self.fault(None, Problem::TooMany { what, limit }, None);
                continue;
            }
            if step.until.is_none() {
                let problem = if !step.cases.is_empty() {
                    Some(Problem::MissingUntil { step: name() })
                } else if step.from.is_some() || step.repeat.is_some() {
                    Some(Problem::NothingToWaitFor { step: name() })
                } else {
                    None
                };
                if let Some(problem) = problem {
                    right = false;
                    self.fault(None, problem, None);
                    continue;
                }
            }
            let spans = [step.from, step.until, every];
            let longest = limits::LONGEST;
            let days = longest.0 / Span::DAY.0;
            let last = every.map_or(0, |every| every.0.saturating_mul(i64::from(times - 1)));
            let until = step.until.unwrap_or(Span::ZERO);
            if spans
                .iter()
                .flatten()
                .any(|span| span.0 < 0 || *span > longest)
                || until.0.saturating_add(last) > longest.0
            {
                right = false;
                self.fault(None, Problem::TooLong { days }, None);
                continue;
            }
            let from = step.from.unwrap_or(Span::ZERO);
            if step.until.is_some()
                && from >= until
                && (from > Span::ZERO || !step.cases.is_empty())
            {
                right = false;
                self.fault(None, Problem::TimeReversed { step: name() }, None);
                continue;
            }
            let mut turns = Vec::new();
            for number in 1..=times {
                let later = Span(every.map_or(0, |every| every.0 * i64::from(number - 1)));
                // Turns that share one time need to wait for it once.
                let begins = Span(from.0 + later.0);
                if begins > Span::ZERO && (number == 1 || every.is_some()) && step.until.is_some() {
                    turns.push(Turn {
                        number,
                        early: true,
                        main: next + 1,
                        until: begins,
                    });
                    next += 1;
                }
                turns.push(Turn {
                    number,
                    early: false,
                    main: next,
                    until: Span(until.0 + later.0),
                });
                next += 1;
            }
            layout.push(turns);
            if next as usize > limits::STATES {
                self.few(Counted::States, next as usize, limits::STATES);
                return None;
            }
        }
        right.then_some(layout)
    }

    fn cases(&mut self, at: usize, step: &contract::Step) -> (Vec<(Action, Draft)>, Vec<Spot>) {
        let mut found = Vec::new();
        let mut spots = Vec::new();
        for (number, case) in step.cases.iter().enumerate() {
            self.spot = Spot::Case(at, number);
            self.nodes = 0;
            let action = self.action(&case.when);
            let acted = !matches!(case.when, contract::Action::Event { .. });
            let draft = self.block(&case.then, acted);
            if let Some(action) = action {
                found.push((action, draft));
                spots.push(self.spot);
            }
        }
        (found, spots)
    }

    /// The handlers that a step has: those it does not wait for itself, and
    /// that do not lead to it or to what is above it.
    fn handlers(&mut self, at: usize, step: &contract::Step) -> (Vec<(Action, Draft)>, Vec<Spot>) {
        let mut found = Vec::new();
        let mut spots = Vec::new();
        if step.until.is_none() {
            return (found, spots);
        }
        let contract = self.contract;
        for (number, handler) in contract.on.iter().enumerate() {
            self.spot = Spot::Handler(number);
            self.nodes = 0;
            let own = step.cases.iter().any(|case| {
                matches!(&case.when, contract::Action::Event { event, of }
                    if *event == handler.event && *of == handler.of)
            });
            let behind = matches!(&handler.then.go, Target::Step(name)
                if contract.steps[..=at].iter().any(|step| step.name == *name));
            let event = self.word(&handler.event);
            let of = self.party(&handler.of);
            if behind || own {
                continue;
            }
            let draft = self.block(&handler.then, false);
            if let (Some(event), Some(of)) = (event, of) {
                found.push((Action::Event { event, of }, draft));
                spots.push(self.spot);
            }
        }
        (found, spots)
    }

    pub(super) fn party(&mut self, name: &Name) -> Option<Role> {
        let at = self.roles.iter().position(|role| role == name);
        if at.is_none() {
            let suggestion = nearest(name.as_str(), self.roles.iter().map(Name::as_str));
            let suggestion = suggestion.map(str::to_owned);
            let problem = Problem::UnknownParty {
                name: name.to_string(),
            };
            self.fault(Some(name.as_str()), problem, suggestion);
        }
        Role::try_from(at?).ok()
    }

    fn actor(&mut self, actor: &Actor) -> Option<Option<Role>> {
        match actor {
            Actor::Anyone => Some(None),
            Actor::Party(name) => self.party(name).map(Some),
        }
    }

    fn intern(words: &mut Vec<Name>, name: &Name) -> Option<u16> {
        let at = words
            .iter()
            .position(|word| word == name)
            .unwrap_or_else(|| {
                words.push(name.clone());
                words.len() - 1
            });
        u16::try_from(at).ok().filter(|_| at < limits::WORDS)
    }

    fn word(&mut self, name: &Name) -> Option<u16> {
        let at = Self::intern(&mut self.words, name);
        if at.is_none() {
            let (what, limit) = (Counted::Words, limits::WORDS);
            return self.wrong(Problem::TooMany { what, limit });
        }
        at
    }

    /// Gives a value its number; a value of the same name is the same value.
    pub(super) fn bind(&mut self, name: &Name) -> Option<u16> {
        if self.roles.contains(name) {
            let problem = Problem::NameTaken {
                name: name.to_string(),
            };
            self.fault(Some(name.as_str()), problem, None);
            return None;
        }
        let at = Self::intern(&mut self.values, name);
        if at.is_none() {
            let (what, limit) = (Counted::Words, limits::WORDS);
            return self.wrong(Problem::TooMany { what, limit });
        }
        at
    }

    fn action(&mut self, action: &contract::Action) -> Option<Action> {
        Some(match action {
            contract::Action::Deposit { by, value, owner } => {
                let by = self.party(by);
                let owner = owner.as_ref().map_or(by, |owner| self.party(owner));
                let value = self.value(value, None, 0)?;
                if reach::never_above_nothing(&value) {
                    return self.wrong(Problem::ZeroAmount {});
                }
                Action::Deposit {
                    by: by?,
                    value,
                    owner: owner?,
                }
            }
            contract::Action::Names {
                by,
                name,
                least,
                most,
            } => {
                let by = self.party(by);
                let value = self.bind(name);
                let (least, most) = (self.minor(*least)?, self.minor(*most)?);
                if least > most {
                    return self.wrong(Problem::RangeReversed {});
                }
                Action::Names {
                    by: by?,
                    value: value?,
                    least,
                    most,
                }
            }
            contract::Action::Shows { by, secret } => {
                let by = self.actor(by);
                let secrets = &self.contract.secrets;
                let Some(at) = secrets.iter().position(|known| known.name == *secret) else {
                    let suggestion = nearest(
                        secret.as_str(),
                        secrets.iter().map(|known| known.name.as_str()),
                    );
                    let suggestion = suggestion.map(str::to_owned);
                    let problem = Problem::UnknownSecret {
                        name: secret.to_string(),
                    };
                    self.fault(Some(secret.as_str()), problem, suggestion);
                    return None;
                };
                Action::Shows {
                    by: by?,
                    secret: u8::try_from(at).ok()?,
                }
            }
            contract::Action::Sign { least, of, what } => {
                let mut mask = 0_u32;
                for name in of {
                    mask |= 1 << self.party(name)?;
                }
                let listed = mask.count_ones();
                if *least == 0 || u32::from(*least) > listed || listed as usize != of.len() {
                    return self.wrong(Problem::BadSigners {});
                }
                Action::Sign {
                    least: *least,
                    of: mask,
                    what: self.word(what)?,
                }
            }
            contract::Action::Event { event, of } => Action::Event {
                event: self.word(event)?,
                of: self.party(of)?,
            },
            contract::Action::Says { by, what } => Action::Says {
                by: self.actor(by)?,
                what: self.word(what)?,
            },
        })
    }
}

fn for_each_block(step: &contract::Step) -> impl Iterator<Item = &contract::Block> {
    step.cases
        .iter()
        .map(|case| &case.then)
        .chain(std::iter::once(&step.late))
}

/// Whether a value is made of written amounts only.
fn constant(value: &Expr) -> bool {
    match value {
        Expr::Amount(_) => true,
        Expr::Held(_) | Expr::Named(_) | Expr::Elapsed(..) => false,
        Expr::Plus(a, b) | Expr::Minus(a, b) | Expr::Least(a, b) | Expr::Most(a, b) => {
            constant(a) && constant(b)
        }
        Expr::Share { value, .. } | Expr::Times(value, _) => constant(value),
    }
}

/// A turn of a step among the states.
struct Turn {
    number: u32,
    early: bool,
    /// The state in which the turn itself waits.
    main: u32,
    until: Span,
}

impl Draft {
    /// Puts numbers to where a block leads, from a state of this step.
    fn place(
        &self,
        here: u32,
        main: u32,
        step: usize,
        layout: &[Vec<Turn>],
        steps: &[Name],
    ) -> Block {
        let first = |step: usize| {
            let turn = layout.get(step).and_then(|turns| turns.first());
            turn.map_or(
                CLOSED,
                |turn| if turn.early { turn.main - 1 } else { turn.main },
            )
        };
        let number = |target: &Target| match target {
            Target::Close => CLOSED,
            Target::Step(name) => steps
                .iter()
                .position(|step| step == name)
                .map_or(CLOSED, first),
            Target::Next => {
                let last = layout[step].last().is_some_and(|turn| turn.main == main);
                if last { first(step + 1) } else { main + 1 }
            }
        };
        debug_assert!(here <= main, "a state waits for its own turn");
        Block {
            ops: self
                .ops
                .iter()
                .map(|(op, target)| match (op, target) {
                    (Op::If { test, .. }, Some(target)) => Op::If {
                        test: test.clone(),
                        go: number(target),
                    },
                    _ => op.clone(),
                })
                .collect(),
            go: number(&self.go),
        }
    }
}
