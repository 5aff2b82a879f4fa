//! Proves for a whole machine that its values stay within bounds.

use money::Span;

use super::lower::Checker;
use super::{Action, Block, Expr, Op, State, reach};
use crate::diagnostic::{Problem, Spot};
use crate::limits;

impl Checker<'_> {
    /// Proves that no value on the way to an amount can outgrow its number.
    pub(super) fn bounds(&mut self, states: &[State], spots: &[Vec<Spot>], latest: Span) {
        let mut known = vec![(0, 0); self.values.len()];
        for (state, spots) in states.iter().zip(spots) {
            for (case, spot) in state.cases.iter().zip(spots) {
                self.spot = *spot;
                match &case.action {
                    Action::Deposit { value, .. } => {
                        self.bounded(value, &known, latest);
                    }
                    Action::Names {
                        value, least, most, ..
                    } => widen(&mut known, *value, (i128::from(*least), i128::from(*most))),
                    _ => {}
                }
                self.block_bounds(&case.then, &mut known, latest);
            }
            self.spot = Spot::Late(usize::from(state.step));
            self.block_bounds(&state.late, &mut known, latest);
            if self.faults.len() > limits::PROBLEMS {
                return;
            }
        }
    }

    fn block_bounds(&mut self, block: &Block, known: &mut [(i128, i128)], latest: Span) {
        for op in &block.ops {
            match op {
                Op::Pay { value, .. } | Op::SetAside { value, .. } | Op::Split { value, .. } => {
                    self.bounded(value, known, latest);
                }
                Op::Let { name, value } => {
                    if let Some(range) = self.bounded(value, known, latest) {
                        widen(known, *name, range);
                    }
                }
                Op::If { test, .. } => {
                    if reach::test(test, known, latest).is_none() {
                        self.fault(None, Problem::Overflow {}, None);
                    }
                }
            }
        }
    }

    fn bounded(
        &mut self,
        value: &Expr,
        known: &[(i128, i128)],
        latest: Span,
    ) -> Option<(i128, i128)> {
        let range = reach::interval(value, known, latest);
        if range.is_none() {
            self.fault(None, Problem::Overflow {}, None);
        }
        range
    }
}

fn widen(known: &mut [(i128, i128)], at: u16, (least, most): (i128, i128)) {
    if let Some(range) = known.get_mut(usize::from(at)) {
        *range = (range.0.min(least), range.1.max(most));
    }
}
