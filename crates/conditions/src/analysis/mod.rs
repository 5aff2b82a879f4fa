//! What can be proven of a contract before anybody signs it.
//!
//! The contract is played in every way there is: everybody acts, in every
//! order, at every moment that makes a difference, or does not. What is true of
//! all plays is a guarantee; what goes wrong in one is a [`Finding`] with the
//! shortest such play.
//!
//! # How far this reaches
//!
//! Time: a contract without amounts that depend on time behaves the same at all
//! moments between two deadlines, so one moment each is enough. Where amounts
//! count days, hours or minutes, every day, hour or minute is tried. Amounts: a
//! range of up to eight amounts is tried whole; of a longer one its ends, its
//! middle, and every amount written in the contract with its neighbours.
//! Within these, and while the budget lasts (so many plays, and no more than
//! four million operations in all of them), nothing is left out:
//! [`Analysis::gaps`] is empty. Otherwise it says what was not tried; what was
//! found is found all the same, but what was not found may still be.

mod explore;

use std::collections::{BTreeMap, BTreeSet};

use money::Span;
use serde::Serialize;

use crate::machine::{Machine, Role};
use crate::run::{Act, Effect, Instance, Who};
use explore::{END, Graph};

/// How many plays are tried if nobody says otherwise.
pub const BUDGET: usize = 40_000;

/// One move of a play.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Play {
    /// When, counted from the opening.
    pub at: Span,
    /// Who does what; nothing if nobody acts until then. A secret is shown as
    /// its name's bytes: whoever plays this knows the real one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
}

/// What was not tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "gap", rename_all = "kebab-case")]
pub enum Gap {
    /// Not every amount that a party can name.
    Amounts {
        /// The value, by its number in [`Machine::values`].
        value: u16,
    },
    /// Not every moment at which an amount changes; only the edges of waits.
    Times,
    /// Not everything: there is more than the budget allows.
    Budget {
        /// How many plays were tried.
        plays: usize,
    },
}

/// An amount with the play that leads to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// How much, in minor units.
    pub amount: i64,
    /// The play, from the opening to the end.
    pub path: Vec<Play>,
}

/// What a party can get out of a contract. What it puts in is not taken off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Takings {
    /// The party; strangers if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The least, with a shortest play.
    pub least: Reached,
    /// The most, with a shortest play.
    pub most: Reached,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// Worth knowing.
    Note,
    /// Somebody may lose by it.
    Risk,
}

/// Something that can happen, or never can, and may not be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "finding", rename_all = "kebab-case")]
pub enum Finding {
    /// Less is paid than the contract says, because no more is there.
    Partial {
        /// The step it happens in.
        step: u16,
        /// Whose money it is.
        from: Role,
        /// Who gets less.
        to: Who,
        /// What the contract says.
        asked: i64,
        /// What is paid.
        paid: i64,
        /// How it comes to that.
        path: Vec<Play>,
    },
    /// No play ever reaches this step.
    UnreachableStep {
        /// The step.
        step: u16,
    },
    /// No play ever does this: nobody can, or something else always comes first.
    UnreachableCase {
        /// The step.
        step: u16,
        /// Which of its cases.
        case: u16,
    },
    /// Two can claim the same money, and whoever is second has less of it.
    Race {
        /// The step it happens in.
        step: u16,
        /// One of them.
        first: Who,
        /// The other.
        second: Who,
        /// Whose money it is.
        from: Role,
        /// How it comes to that; then either may act.
        path: Vec<Play>,
        /// What the one may do, and the other.
        claims: (Play, Play),
    },
    /// Anybody at all can take money.
    OpenToAnyone {
        /// The step it happens in.
        step: u16,
        /// How much.
        amount: i64,
        /// How it comes to that, the stranger's act with it.
        path: Vec<Play>,
    },
    /// Money that nobody can move until some time has passed.
    Locked {
        /// The step it happens in.
        step: u16,
        /// How much.
        amount: i64,
        /// Since when, counted from the opening.
        since: Span,
        /// Until when.
        until: Span,
        /// How it comes to that.
        path: Vec<Play>,
    },
    /// Money goes to a party whom nobody plays.
    Ownerless {
        /// The party.
        role: Role,
        /// How much.
        amount: i64,
        /// How it comes to that.
        path: Vec<Play>,
    },
}

impl Finding {
    /// Every finding's stable name.
    pub const KEYS: &'static [&'static str] = &[
        "partial",
        "unreachable-step",
        "unreachable-case",
        "race",
        "open-to-anyone",
        "locked",
        "ownerless",
    ];

    /// The finding's stable name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Partial { .. } => "partial",
            Self::UnreachableStep { .. } => "unreachable-step",
            Self::UnreachableCase { .. } => "unreachable-case",
            Self::Race { .. } => "race",
            Self::OpenToAnyone { .. } => "open-to-anyone",
            Self::Locked { .. } => "locked",
            Self::Ownerless { .. } => "ownerless",
        }
    }

    /// How grave it is.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Locked { .. } => Weight::Note,
            _ => Weight::Risk,
        }
    }

    /// The shortest play that reaches it; nothing of what cannot be reached.
    #[must_use]
    pub fn path(&self) -> &[Play] {
        match self {
            Self::UnreachableStep { .. } | Self::UnreachableCase { .. } => &[],
            Self::Partial { path, .. }
            | Self::Race { path, .. }
            | Self::OpenToAnyone { path, .. }
            | Self::Locked { path, .. }
            | Self::Ownerless { path, .. } => path,
        }
    }
}

/// What is known of a contract before it runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Analysis {
    /// When it has ended at the latest, counted from the opening. Proven,
    /// whatever the gaps.
    pub latest_end: Span,
    /// The shortest of the plays that last longest.
    pub longest: Vec<Play>,
    /// What each party can get, strangers last if they can get anything.
    pub takings: Vec<Takings>,
    /// What may not be meant, risks first.
    pub findings: Vec<Finding>,
    /// What was not tried; nothing if the analysis is complete.
    pub gaps: Vec<Gap>,
    /// In how many situations the contract was seen.
    pub situations: usize,
}

impl Analysis {
    /// Whether everything was tried: then what was not found is not there.
    #[must_use]
    pub const fn complete(&self) -> bool {
        self.gaps.is_empty()
    }
}

/// Analyses a contract with the usual budget.
#[must_use]
pub fn analyse(machine: &Machine) -> Analysis {
    analyse_within(machine, BUDGET)
}

/// Analyses a contract with so many plays at most.
#[must_use]
pub fn analyse_within(machine: &Machine, budget: usize) -> Analysis {
    let machine = &machine.with_open_secrets();
    let mut watch = Watch::new(machine);
    let mut graph = explore::explore(machine, budget, true, &mut |graph, node, play, effects| {
        watch.see(graph, node, play, effects);
    });
    if cut(&graph) && explore::counts_time(machine) {
        watch = Watch::new(machine);
        graph = explore::explore(machine, budget, false, &mut |graph, node, play, effects| {
            watch.see(graph, node, play, effects);
        });
        graph.gaps.push(Gap::Times);
    }
    watch.opening(&graph);
    let best = Best::of(&graph);
    watch.races(&graph, &best);
    watch.locks(&graph);
    let mut findings = watch.finish(&graph);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.weight()));
    Analysis {
        latest_end: machine.latest_end(),
        longest: longest(&graph),
        takings: takings(machine, &graph, &best),
        findings,
        gaps: graph.gaps.clone(),
        situations: graph.nodes.len(),
    }
}

/// Whether the budget did not last.
fn cut(graph: &Graph) -> bool {
    graph
        .gaps
        .iter()
        .any(|gap| matches!(gap, Gap::Budget { .. }))
}

/// The shortest play to a situation.
fn path_to(graph: &Graph, node: u32) -> Vec<Play> {
    let mut path = Vec::new();
    let mut at = node;
    while let Some(Some((before, edge))) = graph.from.get(at as usize) {
        path.push(graph.edges[*before as usize][*edge as usize].play.clone());
        at = *before;
    }
    path.reverse();
    path
}

fn and_then(mut path: Vec<Play>, play: &Play) -> Vec<Play> {
    path.push(play.clone());
    path
}

fn longest(graph: &Graph) -> Vec<Play> {
    let ends = (0..).zip(&graph.edges).flat_map(|(node, edges): (u32, _)| {
        let last = edges.iter().filter(|edge| edge.to == END);
        last.map(move |edge| (node, edge))
    });
    // Of those that last equally long, situations found first are nearer.
    let longest = ends.max_by_key(|(node, edge)| (edge.at, std::cmp::Reverse(*node)));
    longest.map_or_else(Vec::new, |(node, edge)| {
        and_then(path_to(graph, node), &edge.play)
    })
}

/// For each situation and party, what can still be got, with how many plays,
/// and by which way.
struct Best {
    least: Vec<Vec<(i64, u32, u32)>>,
    most: Vec<Vec<(i64, u32, u32)>>,
}

impl Best {
    fn of(graph: &Graph) -> Self {
        let slots = graph.got.len();
        let none = vec![vec![(0, 0, END); slots]; graph.nodes.len()];
        let mut best = Self {
            least: none.clone(),
            most: none,
        };
        // Every way leads to a later state, or to more signatures in the same.
        let mut order: Vec<u32> = (0..).take(graph.nodes.len()).collect();
        let rank = |node: &u32| {
            let instance: &Instance = &graph.nodes[*node as usize];
            let signed: u32 = instance.signed.iter().map(|mask| mask.count_ones()).sum();
            std::cmp::Reverse((instance.at, signed))
        };
        order.sort_by_key(rank);
        for node in order {
            let at = node as usize;
            for slot in 0..slots {
                let ways = (0..).zip(&graph.edges[at]).map(|(way, edge)| {
                    let behind = |table: &Vec<Vec<(i64, u32, u32)>>| match edge.to {
                        END => (0, 0),
                        to => {
                            let (amount, plays, _) = table[to as usize][slot];
                            (amount, plays)
                        }
                    };
                    let got = edge.got[slot];
                    let (least, short) = behind(&best.least);
                    let (most, long) = behind(&best.most);
                    ((got + least, short + 1, way), (got + most, long + 1, way))
                });
                let (least, most): (Vec<_>, Vec<_>) = ways.unzip();
                if let Some(least) = least.into_iter().min() {
                    best.least[at][slot] = least;
                }
                let more = |(amount, plays, way): &(i64, u32, u32)| {
                    (*amount, std::cmp::Reverse((*plays, *way)))
                };
                if let Some(most) = most.into_iter().max_by_key(more) {
                    best.most[at][slot] = most;
                }
            }
        }
        best
    }

    /// What a party can get at most if a way is taken.
    fn most_by(&self, graph: &Graph, node: u32, way: usize, slot: usize) -> i64 {
        let edge = &graph.edges[node as usize][way];
        let behind = match edge.to {
            END => 0,
            to => self.most[to as usize][slot].0,
        };
        edge.got[slot] + behind
    }
}

fn takings(machine: &Machine, graph: &Graph, best: &Best) -> Vec<Takings> {
    let slots = graph.got.len();
    let reached = |table: &Vec<Vec<(i64, u32, u32)>>, slot: usize| {
        let mut amount = graph.got[slot];
        let mut path = Vec::new();
        let mut at = 0;
        if let Some(first) = table.first() {
            amount += first[slot].0;
        }
        while let Some(row) = table.get(at as usize) {
            let Some(edge) = graph.edges[at as usize].get(row[slot].2 as usize) else {
                break;
            };
            path.push(edge.play.clone());
            at = edge.to;
        }
        Reached { amount, path }
    };
    let all = (0..slots).map(|slot| Takings {
        role: Role::try_from(slot)
            .ok()
            .filter(|_| slot < machine.roles().len()),
        least: reached(&best.least, slot),
        most: reached(&best.most, slot),
    });
    all.filter(|takings| takings.role.is_some() || takings.most.amount > 0)
        .collect()
}

/// Watches plays for what may not be meant.
struct Watch<'a> {
    machine: &'a Machine,
    findings: Vec<Finding>,
    /// Findings by what they are about: each is told once, as it is reached first.
    told: BTreeSet<(&'static str, u16, u32)>,
    reached_steps: BTreeSet<u16>,
    reached_cases: BTreeSet<(u16, u16)>,
}

impl<'a> Watch<'a> {
    const fn new(machine: &'a Machine) -> Self {
        Self {
            machine,
            findings: Vec::new(),
            told: BTreeSet::new(),
            reached_steps: BTreeSet::new(),
            reached_cases: BTreeSet::new(),
        }
    }

    fn step(&self, state: u32) -> u16 {
        let state = self.machine.states.get(state as usize);
        state.map_or(u16::MAX, |state| state.step)
    }

    fn passes(&mut self, effects: &[Effect]) {
        for effect in effects {
            if let Effect::Waiting { state } | Effect::Late { state } = effect {
                self.reached_steps.insert(self.step(*state));
            }
        }
    }

    fn opening(&mut self, graph: &Graph) {
        self.passes(&graph.opening);
        self.payments(u16::MAX, &graph.opening, &|| Vec::new());
    }

    fn see(&mut self, graph: &Graph, node: u32, play: &Play, effects: &[Effect]) {
        let instance = &graph.nodes[node as usize];
        let step = self.step(instance.at);
        self.passes(effects);
        if let Some(act) = &play.act {
            let mut then = Instance::clone(instance);
            then.clock = then.clock.max(money::Instant(play.at.0));
            let case = self.machine.takes(&then, act);
            if let Some(case) = case {
                self.reached_cases.insert((step, case));
            }
            if let (Who::Stranger(_), crate::run::What::Says { .. }) = (act.by, &act.what) {
                let strangers = |effect: &Effect| match effect {
                    Effect::Paid {
                        to: Who::Stranger(_),
                        amount,
                        ..
                    } => *amount,
                    _ => 0,
                };
                let amount: i64 = effects.iter().map(strangers).sum();
                if amount > 0 && self.told.insert(("open", step, 0)) {
                    let path = and_then(path_to(graph, node), play);
                    self.findings
                        .push(Finding::OpenToAnyone { step, amount, path });
                }
            }
        }
        self.payments(step, effects, &|| and_then(path_to(graph, node), play));
    }

    /// Looks for payments that are not whole and those to nobody.
    fn payments(&mut self, step: u16, effects: &[Effect], path: &dyn Fn() -> Vec<Play>) {
        let mut at = step;
        for effect in effects {
            let (from, to, paid, asked) = match effect {
                Effect::Waiting { state } | Effect::Late { state } => {
                    at = self.step(*state);
                    continue;
                }
                Effect::Paid {
                    from,
                    to,
                    amount,
                    asked,
                    ..
                } => (*from, *to, *amount, *asked),
                Effect::SetAside {
                    from,
                    owner,
                    amount,
                    asked,
                } => (*from, Who::Role(*owner), *amount, *asked),
                _ => continue,
            };
            let pair = u32::from(from) << 8
                | match to {
                    Who::Role(role) => u32::from(role),
                    Who::Stranger(_) | Who::World => 255,
                };
            if paid < asked && self.told.insert(("partial", at, pair)) {
                let path = path();
                self.findings.push(Finding::Partial {
                    step: at,
                    from,
                    to,
                    asked,
                    paid,
                    path,
                });
            }
            if let Who::Role(role) = to
                && paid > 0
                && matches!(self.machine.players.get(usize::from(role)), Some(None))
                && self.told.insert(("ownerless", 0, u32::from(role)))
            {
                let (amount, path) = (paid, path());
                self.findings
                    .push(Finding::Ownerless { role, amount, path });
            }
        }
    }

    /// Looks for two who claim the same money.
    fn races(&mut self, graph: &Graph, best: &Best) {
        let strangers = graph.got.len() - 1;
        let slot = |who: Who| match who {
            Who::Role(role) => usize::from(role),
            Who::Stranger(_) | Who::World => strangers,
        };
        for (node, edges) in (0..).zip(&graph.edges) {
            let mut claims: BTreeMap<(Span, Role), Vec<(Who, usize)>> = BTreeMap::new();
            for (way, edge) in edges.iter().enumerate() {
                let Some(act) = &edge.play.act else {
                    continue;
                };
                for (from, _) in &edge.claims {
                    // Taking back one's own races with another's claim just as well.
                    claims
                        .entry((edge.play.at, *from))
                        .or_default()
                        .push((act.by, way));
                }
            }
            let step = self.step(graph.nodes[node as usize].at);
            for ((_, from), ways) in claims {
                let pairs = ways
                    .iter()
                    .enumerate()
                    .flat_map(|(at, one)| ways[at + 1..].iter().map(move |other| (*one, *other)));
                for ((first, one), (second, other)) in pairs {
                    // What anyone can do is told as such.
                    let does = |way: usize| edges[way].play.act.as_ref().map(|act| &act.what);
                    if first == second || does(one) == does(other) {
                        continue;
                    }
                    let loses = |who: Who, own: usize, others: usize| {
                        best.most_by(graph, node, others, slot(who))
                            < best.most_by(graph, node, own, slot(who))
                    };
                    let pair = u32::try_from(slot(first) << 8 | slot(second)).unwrap_or(u32::MAX);
                    if loses(first, one, other)
                        && loses(second, other, one)
                        && self.told.insert(("race", step, pair))
                    {
                        let play = |way: usize| edges[way].play.clone();
                        self.findings.push(Finding::Race {
                            step,
                            first,
                            second,
                            from,
                            path: path_to(graph, node),
                            claims: (play(one), play(other)),
                        });
                    }
                }
            }
        }
    }

    /// Looks for money that nobody can move for a while: the longest of each step.
    fn locks(&mut self, graph: &Graph) {
        let mut longest: BTreeMap<u16, (Span, u32)> = BTreeMap::new();
        for (node, instance) in (0..).zip(&graph.nodes) {
            let held: i64 = instance.held.iter().sum();
            let Some(state) = self.machine.states.get(instance.at as usize) else {
                continue;
            };
            let acts = graph.edges[node as usize].iter();
            let moved = acts
                .filter_map(|edge| edge.play.act.as_ref())
                .any(|act| act.by != Who::World);
            if held == 0 || moved {
                continue;
            }
            let length = Span(state.until.0 - instance.clock.0);
            let known = longest.entry(state.step).or_insert((length, node));
            if known.0 < length {
                *known = (length, node);
            }
        }
        for (step, (_, node)) in longest {
            let instance = &graph.nodes[node as usize];
            let state = &self.machine.states[instance.at as usize];
            self.findings.push(Finding::Locked {
                step,
                amount: instance.held.iter().sum(),
                since: Span(instance.clock.0),
                until: state.until,
                path: path_to(graph, node),
            });
        }
    }

    fn finish(mut self, graph: &Graph) -> Vec<Finding> {
        // What was not tried may well be reached.
        if cut(graph) {
            return self.findings;
        }
        for step in (0..).take(self.machine.steps.len()) {
            if !self.reached_steps.contains(&step) {
                self.findings.push(Finding::UnreachableStep { step });
                continue;
            }
            let own = |state: &&crate::machine::State| state.step == step && !state.early;
            let Some(state) = self.machine.states.iter().find(own) else {
                continue;
            };
            for case in (0..).take(state.cases.len()) {
                if !self.reached_cases.contains(&(step, case)) {
                    self.findings.push(Finding::UnreachableCase { step, case });
                }
            }
        }
        self.findings
    }
}
