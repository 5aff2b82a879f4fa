//! Plays a contract in every way there is, as far as a budget reaches.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use money::{Instant, Span};

use super::{Gap, Play};
use crate::machine::{Action, Block, Expr, Machine, Op, Test};
use crate::run::{Act, Effect, Instance, Offer, Offered, What, Who};

/// A number of a play that ends the contract.
pub(super) const END: u32 = u32::MAX;

/// A way from one situation to another: somebody acts, or nobody does in time.
pub(super) struct Edge {
    pub(super) play: Play,
    pub(super) to: u32,
    /// When the contract stands there, counted from its opening.
    pub(super) at: Span,
    /// What each party, and behind them strangers, got by it.
    pub(super) got: Vec<i64>,
    /// Who acted and was paid by it, and of whose money.
    pub(super) claims: Vec<(u8, i64)>,
}

/// Everything that can happen, as a graph without ways back.
pub(super) struct Graph {
    pub(super) nodes: Vec<Rc<Instance>>,
    pub(super) edges: Vec<Vec<Edge>>,
    /// How each situation is reached with the fewest plays.
    pub(super) from: Vec<Option<(u32, u32)>>,
    /// What everybody got from the opening alone.
    pub(super) got: Vec<i64>,
    /// What the opening did.
    pub(super) opening: Vec<Effect>,
    pub(super) gaps: Vec<Gap>,
}

/// At which moments of a wait somebody acts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    /// At every moment at which any amount changes.
    All,
    /// When the wait begins and when another deadline passes, and just before.
    Edges,
}

/// How many operations all plays together may do at most.
const OPERATIONS: u64 = 4_000_000;

/// What watches plays: a situation, what is done in it, and what comes of it.
pub(super) type See<'a> = dyn FnMut(&Graph, u32, &Play, &[Effect]) + 'a;

/// Plays a machine, `budget` plays at most. With `fine`, at every moment at
/// which any amount changes; otherwise at the edges of waits only.
pub(super) fn explore(machine: &Machine, budget: usize, fine: bool, see: &mut See<'_>) -> Graph {
    let units = &units(machine);
    let times = if fine { Times::All } else { Times::Edges };
    // What plays can do is bounded before they begin.
    let most = OPERATIONS / machine.most_operations().max(1);
    let budget = budget.min(usize::try_from(most).unwrap_or(usize::MAX));
    let mut opening = Vec::new();
    let root = machine.open(Instant(0), &mut opening);
    let slots = machine.roles.len() + 1;
    let mut graph = Graph {
        nodes: Vec::new(),
        edges: Vec::new(),
        from: Vec::new(),
        got: vec![0; slots],
        opening,
        gaps: Vec::new(),
    };
    add_up(&mut graph.got, &graph.opening);
    let deadlines: BTreeSet<Span> = machine.states.iter().map(|state| state.until).collect();
    let amounts = amounts(machine);
    let mut sampled = BTreeSet::new();
    let mut known: BTreeMap<Rc<Instance>, u32> = BTreeMap::new();
    let mut queue = VecDeque::new();
    // More moments than plays are not even listed.
    let shortest = units.first().map_or(i64::MAX, |unit| unit.0);
    let too_many = usize::try_from(machine.latest.0 / shortest).is_ok_and(|count| count > budget);
    if fine && too_many {
        graph.gaps.push(Gap::Budget { plays: budget });
    } else if !root.ended() {
        push(&mut graph, &mut known, &mut queue, forget(root), None);
    }
    let mut plays = 0_usize;
    while let Some(node) = queue.pop_front() {
        let instance = Rc::clone(&graph.nodes[node as usize]);
        let Some(due) = machine.due(&instance) else {
            continue;
        };
        let mut ways: Vec<(Instant, Option<Act>)> = Vec::new();
        let offers = machine.offers(&instance);
        for at in moments(&instance, due, &deadlines, units, times) {
            if ways.len() > budget {
                break;
            }
            // Offers may change with time.
            let mut later = Instance::clone(&instance);
            later.clock = at;
            let now = if units.is_empty() {
                offers.clone()
            } else {
                machine.offers(&later)
            };
            for offer in &now {
                for act in acts(machine, offer, &amounts, &mut sampled) {
                    ways.push((at, Some(act)));
                }
            }
        }
        ways.push((due, None));
        for (at, act) in ways {
            plays += 1;
            if plays > budget {
                graph.gaps.push(Gap::Budget { plays: budget });
                queue.clear();
                break;
            }
            let mut next = Instance::clone(&instance);
            let mut effects = Vec::new();
            match &act {
                None => machine.advance(&mut next, at, &mut effects),
                Some(act) => {
                    if machine.act(&mut next, at, act, &mut effects).is_err() {
                        continue;
                    }
                }
            }
            let mut got = vec![0; slots];
            add_up(&mut got, &effects);
            let claims = match &act {
                Some(Act { by, .. }) => claims(*by, &effects),
                None => Vec::new(),
            };
            let play = Play {
                at: Span(at.0),
                act,
            };
            see(&graph, node, &play, &effects);
            let stands = Span(next.clock.0);
            let way = Some((
                node,
                u32::try_from(graph.edges[node as usize].len()).unwrap_or(END),
            ));
            let to = if next.ended() {
                END
            } else {
                push(&mut graph, &mut known, &mut queue, forget(next), way)
            };
            graph.edges[node as usize].push(Edge {
                play,
                to,
                at: stands,
                got,
                claims,
            });
        }
    }
    for value in sampled {
        graph.gaps.push(Gap::Amounts { value });
    }
    graph
}

/// What is past does not tell two situations apart.
fn forget(mut instance: Instance) -> Instance {
    instance.released = 0;
    instance.refunded = 0;
    while instance.signed.last() == Some(&0) {
        instance.signed.pop();
    }
    instance
}

fn push(
    graph: &mut Graph,
    known: &mut BTreeMap<Rc<Instance>, u32>,
    queue: &mut VecDeque<u32>,
    instance: Instance,
    from: Option<(u32, u32)>,
) -> u32 {
    if let Some(node) = known.get(&instance) {
        return *node;
    }
    let node = u32::try_from(graph.nodes.len()).unwrap_or(END);
    let instance = Rc::new(instance);
    known.insert(Rc::clone(&instance), node);
    graph.nodes.push(instance);
    graph.edges.push(Vec::new());
    graph.from.push(from);
    queue.push_back(node);
    node
}

/// Adds what effects paid to what everybody got.
pub(super) fn add_up(got: &mut [i64], effects: &[Effect]) {
    let strangers = got.len() - 1;
    for effect in effects {
        if let Effect::Paid { to, amount, .. } = effect {
            let slot = match to {
                Who::Role(role) => usize::from(*role),
                Who::Stranger(_) | Who::World => strangers,
            };
            got[slot] += amount;
        }
    }
}

/// What somebody who acts is paid by that, or has set aside for them.
fn claims(by: Who, effects: &[Effect]) -> Vec<(u8, i64)> {
    let claim = |effect: &Effect| match effect {
        Effect::Paid {
            from, to, amount, ..
        } if *to == by && *amount > 0 => Some((*from, *amount)),
        Effect::SetAside {
            from,
            owner,
            amount,
            ..
        } if Who::Role(*owner) == by && *amount > 0 => Some((*from, *amount)),
        _ => None,
    };
    effects.iter().filter_map(claim).collect()
}

/// The moments of a wait at which acting makes a difference.
fn moments(
    instance: &Instance,
    due: Instant,
    deadlines: &BTreeSet<Span>,
    units: &BTreeSet<Span>,
    times: Times,
) -> BTreeSet<Instant> {
    let now = instance.clock;
    let mut found: BTreeSet<Instant> = BTreeSet::from([now]);
    let inside = |at: &Instant| now < *at && *at < due;
    let later = deadlines
        .iter()
        .map(|deadline| Instant(deadline.0))
        .filter(inside);
    found.extend(later);
    if !units.is_empty() {
        match times {
            Times::All => {
                for unit in units {
                    let mut next = (now.0 / unit.0 + 1).saturating_mul(unit.0);
                    while next < due.0 {
                        found.insert(Instant(next));
                        next += unit.0;
                    }
                }
            }
            Times::Edges => {
                let edges: Vec<Instant> = found.iter().copied().chain([due]).collect();
                found.extend(edges.iter().map(|at| Instant(at.0 - 1)).filter(inside));
            }
        }
    }
    found
}

/// The acts that an offer stands for.
fn acts(
    machine: &Machine,
    offer: &Offer,
    amounts: &BTreeSet<i64>,
    sampled: &mut BTreeSet<u16>,
) -> Vec<Act> {
    let whats: Vec<What> = match &offer.what {
        Offered::Deposit { amount, owner } => vec![What::Deposit {
            amount: *amount,
            owner: *owner,
        }],
        Offered::Names { value, least, most } => {
            // A short range is tried whole; of a long one, its ends and what
            // the contract compares amounts with.
            let tried: BTreeSet<i64> = if most - least < 8 {
                (*least..=*most).collect()
            } else {
                sampled.insert(*value);
                let near = amounts
                    .iter()
                    .flat_map(|amount| [amount - 1, *amount, amount + 1]);
                [*least, least + (most - least) / 2, *most]
                    .into_iter()
                    .chain(
                        near.filter(|amount| least < amount && amount < most)
                            .take(12),
                    )
                    .collect()
            };
            let names = |amount| What::Names {
                value: *value,
                amount,
            };
            tried.into_iter().map(names).collect()
        }
        Offered::Shows { secret } => {
            let secret = machine.secrets.get(usize::from(*secret));
            let preimage = secret.map(|(name, _)| name.as_str().as_bytes().to_vec());
            vec![What::Shows {
                preimage: preimage.unwrap_or_default(),
            }]
        }
        Offered::Signs { what, .. } => vec![What::Signs { what: *what }],
        Offered::Event { event, of } => vec![What::Event {
            event: *event,
            of: *of,
        }],
        Offered::Says { what } => vec![What::Says { what: *what }],
    };
    let mut by = offer.by.clone();
    if by.is_empty() && !matches!(offer.what, Offered::Signs { .. }) {
        by.push(Who::Stranger(0));
        by.extend((0..).take(machine.roles.len()).map(Who::Role));
    }
    by.into_iter()
        .flat_map(|by| {
            whats.iter().map(move |what| Act {
                by,
                what: what.clone(),
            })
        })
        .collect()
}

/// Whether any amount is worked out by the time that has passed.
pub(super) fn counts_time(machine: &Machine) -> bool {
    !units(machine).is_empty()
}

/// The lengths of time by which any amount is worked out.
fn units(machine: &Machine) -> BTreeSet<Span> {
    let mut found = BTreeSet::new();
    each_value(machine, &mut |value| {
        if let Expr::Elapsed(_, unit) = value {
            found.insert(*unit);
        }
    });
    found
}

/// The amounts that stand in the contract.
fn amounts(machine: &Machine) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    each_value(machine, &mut |value| {
        if let Expr::Amount(amount) = value {
            found.insert(*amount);
        }
    });
    found
}

fn each_value(machine: &Machine, see: &mut dyn FnMut(&Expr)) {
    for state in &machine.states {
        for case in &state.cases {
            if let Action::Deposit { value, .. } = &case.action {
                in_value(value, see);
            }
            in_block(&case.then, see);
        }
        in_block(&state.late, see);
    }
}

fn in_block(block: &Block, see: &mut dyn FnMut(&Expr)) {
    for op in &block.ops {
        match op {
            Op::Pay { value, .. }
            | Op::SetAside { value, .. }
            | Op::Split { value, .. }
            | Op::Let { value, .. } => in_value(value, see),
            Op::If { test, .. } => in_test(test, see),
        }
    }
}

fn in_test(test: &Test, see: &mut dyn FnMut(&Expr)) {
    match test {
        Test::AtLeast(a, b) | Test::MoreThan(a, b) | Test::Is(a, b) => {
            in_value(a, see);
            in_value(b, see);
        }
        Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| in_test(test, see)),
        Test::Not(test) => in_test(test, see),
    }
}

fn in_value(value: &Expr, see: &mut dyn FnMut(&Expr)) {
    see(value);
    match value {
        Expr::Amount(_) | Expr::Held(_) | Expr::Named(_) => {}
        Expr::Plus(a, b) | Expr::Minus(a, b) | Expr::Least(a, b) | Expr::Most(a, b) => {
            in_value(a, see);
            in_value(b, see);
        }
        Expr::Share { value, .. } | Expr::Times(value, _) | Expr::Elapsed(value, _) => {
            in_value(value, see);
        }
    }
}
