//! How far values and runs can reach, proven before anything runs.

use money::{MAX_MINOR, Span};

use super::{Block, CLOSED, Expr, Op, State, Test};
use crate::limits;

/// The least and the most a value can be, if every number on the way to it
/// stays within bounds. Values that were named or let lie within `known`, and
/// no more time than `latest` passes.
pub(super) fn interval(value: &Expr, known: &[(i128, i128)], latest: Span) -> Option<(i128, i128)> {
    let below = |value: &Expr| interval(value, known, latest);
    let (least, most) = match value {
        Expr::Amount(amount) => (i128::from(*amount), i128::from(*amount)),
        Expr::Held(_) => (0, i128::from(MAX_MINOR)),
        Expr::Named(at) => *known.get(usize::from(*at))?,
        Expr::Plus(a, b) => {
            let (a, b) = (below(a)?, below(b)?);
            (a.0 + b.0, a.1 + b.1)
        }
        Expr::Minus(a, b) => {
            let (a, b) = (below(a)?, below(b)?);
            (a.0 - b.1, a.1 - b.0)
        }
        Expr::Least(a, b) => {
            let (a, b) = (below(a)?, below(b)?);
            (a.0.min(b.0), a.1.min(b.1))
        }
        Expr::Most(a, b) => {
            let (a, b) = (below(a)?, below(b)?);
            (a.0.max(b.0), a.1.max(b.1))
        }
        Expr::Share { parts, of, value } => {
            let (least, most) = below(value)?;
            let share = |value: i128| value * i128::from(*parts) / i128::from(*of);
            (share(least), share(most))
        }
        Expr::Times(value, times) => {
            let (least, most) = below(value)?;
            (least * i128::from(*times), most * i128::from(*times))
        }
        Expr::Elapsed(value, unit) => {
            let (least, most) = below(value)?;
            let times = i128::from(latest.0 / unit.0.max(1));
            ((least * times).min(0), (most * times).max(0))
        }
    };
    // Each part is below 2^62, so no result here reaches 2^127.
    (-limits::VALUE <= least && most <= limits::VALUE).then_some((least, most))
}

/// Whether a value can be seen to be nothing or less whatever happens, without
/// knowing more than what is written.
pub(super) fn never_above_nothing(value: &Expr) -> bool {
    let open = [(-limits::VALUE, limits::VALUE); limits::WORDS];
    interval(value, &open, limits::LONGEST).is_some_and(|(_, most)| most <= 0)
}

/// Whether all values of a question stay within bounds.
pub(super) fn test(test: &Test, known: &[(i128, i128)], latest: Span) -> Option<()> {
    match test {
        Test::AtLeast(a, b) | Test::MoreThan(a, b) | Test::Is(a, b) => {
            interval(a, known, latest)?;
            interval(b, known, latest).map(|_| ())
        }
        Test::All(tests) | Test::Any(tests) => tests
            .iter()
            .try_for_each(|it| self::test(it, known, latest)),
        Test::Not(it) => self::test(it, known, latest),
    }
}

/// The most operations, and effects, from the opening to the end.
pub(super) fn cost(states: &[State], roles: usize) -> u64 {
    // The end pays each party once, and ends.
    let end = roles as u64 + 1;
    let mut costs = vec![0_u64; states.len()];
    let block = |block: &Block, costs: &[u64]| {
        let of = |go: u32| match go {
            CLOSED => end,
            go => costs.get(go as usize).copied().unwrap_or(end),
        };
        let asides = block.ops.iter().map(|op| match op {
            Op::If { go, .. } => of(*go),
            _ => 0,
        });
        let own = block.ops.iter().map(|op| match op {
            Op::Split { parts, .. } => parts.len() as u64,
            _ => 1,
        });
        own.sum::<u64>() + asides.chain([of(block.go)]).max().unwrap_or(end)
    };
    for (at, state) in states.iter().enumerate().rev() {
        let blocks = state.cases.iter().map(|case| &case.then);
        let most = blocks
            .chain([&state.late])
            .map(|it| block(it, &costs))
            .max()
            .unwrap_or(end);
        // Signatures that are not yet enough.
        let signatures = state.cases.iter().map(|case| match case.action {
            super::Action::Sign { of, .. } => u64::from(of.count_ones()),
            _ => 0,
        });
        // It is waited in, and left by an action or by time.
        costs[at] = most + 2 + signatures.sum::<u64>();
    }
    // What is held comes in.
    1 + costs.first().copied().unwrap_or(end)
}
