//! What a line does, from names to numbers.

use super::lower::{Checker, Draft};
use super::{CLOSED, Expr, Op, Role, Test, reach};
use crate::contract::{self, Payee, Target, Value};
use crate::diagnostic::{Counted, Problem, nearest};
use crate::split::{Allotment, SplitError};
use crate::{Amount, AmountError, Name, limits};

impl Checker<'_> {
    pub(super) fn block(&mut self, block: &contract::Block, acted: bool) -> Draft {
        self.acted = acted;
        let mut ops = Vec::new();
        for op in &block.ops {
            self.nodes = 0;
            if let Some(op) = self.op(op) {
                ops.push(op);
            }
        }
        self.target(&block.go);
        Draft {
            ops,
            go: block.go.clone(),
        }
    }

    /// Checks that a way leads forward.
    pub(super) fn target(&mut self, target: &Target) {
        let Target::Step(name) = target else {
            return;
        };
        let steps = &self.contract.steps;
        let suggest = |from: usize| {
            let later = steps.iter().skip(from).map(|step| step.name.as_str());
            nearest(name.as_str(), later).map(str::to_owned)
        };
        match steps.iter().position(|step| step.name == *name) {
            None => {
                let suggestion = suggest(self.step + 1);
                let problem = Problem::UnknownStep {
                    name: name.to_string(),
                };
                self.fault(Some(name.as_str()), problem, suggestion);
            }
            Some(at) if at <= self.step => {
                let problem = Problem::Backward {
                    name: name.to_string(),
                };
                self.fault(Some(name.as_str()), problem, None);
            }
            Some(_) => {}
        }
    }

    /// Whose money a line takes.
    fn source(&mut self, from: Option<&Name>) -> Option<Role> {
        match (from, self.payer) {
            (Some(name), _) => self.party(name),
            (None, Some(payer)) => Some(payer),
            (None, None) if self.funders == 0 => self.wrong(Problem::NobodyPays {}),
            // The one who pays is unknown, which is told elsewhere.
            (None, None) if self.funders == 1 => None,
            (None, None) => self.wrong(Problem::FromWhom {}),
        }
    }

    pub(super) fn op(&mut self, op: &contract::Op) -> Option<(Op, Option<Target>)> {
        let op = match op {
            contract::Op::Pay { value, to, from } => {
                let from = self.source(from.as_ref());
                let to = match to {
                    Payee::Party(name) => self.party(name).map(Some),
                    Payee::Them if self.acted => Some(None),
                    Payee::Them => self.wrong(Problem::NobodyActed {}),
                };
                let value = self.amount(value, from?);
                Op::Pay {
                    value: value?,
                    from: from?,
                    to: to?,
                }
            }
            contract::Op::SetAside { value, owner, from } => {
                let from = self.source(from.as_ref());
                let owner = self.party(owner);
                let value = self.amount(value, from?);
                Op::SetAside {
                    value: value?,
                    from: from?,
                    owner: owner?,
                }
            }
            contract::Op::Split {
                value,
                from,
                parts,
                rest,
            } => self.split(value, from.as_ref(), parts, rest.as_ref())?,
            contract::Op::Let { name, value } => {
                let value = self.value(value, None, 0)?;
                Op::Let {
                    name: self.bind(name)?,
                    value,
                }
            }
            contract::Op::If { test, go } => {
                self.target(go);
                let test = self.test(test, 0)?;
                return Some((Op::If { test, go: CLOSED }, Some(go.clone())));
            }
        };
        Some((op, None))
    }

    fn split(
        &mut self,
        value: &Value,
        from: Option<&Name>,
        parts: &[contract::Part],
        rest: Option<&Name>,
    ) -> Option<Op> {
        let from = self.source(from);
        if !self.few(Counted::Parties, parts.len(), limits::PARTIES) {
            return None;
        }
        let mut given = Vec::new();
        for part in parts {
            let cap = match part.cap {
                Some(cap) => Some(self.minor(cap)?),
                None => None,
            };
            if cap.is_some() && rest.is_none() {
                return self.wrong(Problem::CapWithoutRest {});
            }
            given.push((self.party(&part.to)?, cap));
        }
        if let Some(rest) = rest {
            given.push((self.party(rest)?, None));
        }
        let shares: Vec<_> = parts.iter().map(|part| part.share).collect();
        let allotment = match Allotment::new(&shares, rest.is_some()) {
            Ok(allotment) => allotment,
            Err(error) => {
                return self.wrong(match error {
                    SplitError::Nobody | SplitError::TooLittle => Problem::SharesTooLittle {},
                    SplitError::TooMuch => Problem::SharesTooMuch {},
                    SplitError::TooFine => Problem::SharesTooFine {},
                });
            }
        };
        let value = self.amount(value, from?)?;
        Some(Op::Split {
            value,
            from: from?,
            allotment,
            parts: given,
        })
    }

    pub(super) fn minor(&mut self, amount: Amount) -> Option<i64> {
        match amount.minor(self.decimals) {
            Ok(minor) => Some(minor),
            Err(AmountError::TooFine { decimals }) => {
                let amount = amount.to_string();
                self.fault(
                    Some(&amount.clone()),
                    Problem::TooFine { amount, decimals },
                    None,
                );
                None
            }
            Err(_) => self.wrong(Problem::Overflow {}),
        }
    }

    /// A value that is taken of a party's money and moved.
    pub(super) fn amount(&mut self, value: &Value, from: Role) -> Option<Expr> {
        let value = self.value(value, Some(from), 0)?;
        if reach::never_above_nothing(&value) {
            return self.wrong(Problem::ZeroAmount {});
        }
        Some(value)
    }

    /// Whether one more part, so deep, is still allowed.
    fn node(&mut self, depth: usize) -> bool {
        self.nodes += 1;
        if depth > limits::DEPTH {
            let limit = limits::DEPTH;
            self.fault(None, Problem::TooDeep { limit }, None);
            return false;
        }
        if self.nodes == limits::NODES + 1 {
            self.few(Counted::Nodes, self.nodes, limits::NODES);
        }
        self.nodes <= limits::NODES
    }

    pub(super) fn value(
        &mut self,
        value: &Value,
        from: Option<Role>,
        depth: usize,
    ) -> Option<Expr> {
        if !self.node(depth) {
            return None;
        }
        let mut below = |value: &Value| Some(Box::new(self.value(value, from, depth + 1)?));
        Some(match value {
            Value::Amount(amount) => Expr::Amount(self.minor(*amount)?),
            Value::All => match from {
                Some(from) => Expr::Held(from),
                None => return self.wrong(Problem::AllOfWhom {}),
            },
            Value::Held(name) => Expr::Held(self.party(name)?),
            Value::Named(name) => {
                let Some(at) = self.values.iter().position(|known| known == name) else {
                    let suggestion = nearest(name.as_str(), self.values.iter().map(Name::as_str));
                    let suggestion = suggestion.map(str::to_owned);
                    let problem = Problem::UnknownValue {
                        name: name.to_string(),
                    };
                    self.fault(Some(name.as_str()), problem, suggestion);
                    return None;
                };
                Expr::Named(u16::try_from(at).ok()?)
            }
            Value::Plus(a, b) => Expr::Plus(below(a)?, below(b)?),
            Value::Minus(a, b) => Expr::Minus(below(a)?, below(b)?),
            Value::Least(a, b) => Expr::Least(below(a)?, below(b)?),
            Value::Most(a, b) => Expr::Most(below(a)?, below(b)?),
            Value::Share(share, value) => Expr::Share {
                parts: share.parts(),
                of: share.of(),
                value: below(value)?,
            },
            Value::Times(value, count) => {
                let value = below(value)?;
                match (*count, count.unit()) {
                    (contract::Count::Number(number), _) => Expr::Times(value, number),
                    (_, Some(unit)) => Expr::Elapsed(value, unit),
                    (_, None) => return None,
                }
            }
        })
    }

    fn test(&mut self, test: &contract::Test, depth: usize) -> Option<Test> {
        if !self.node(depth) {
            return None;
        }
        let depth = depth + 1;
        Some(match test {
            contract::Test::AtLeast(a, b) => {
                Test::AtLeast(self.value(a, None, depth)?, self.value(b, None, depth)?)
            }
            contract::Test::MoreThan(a, b) => {
                Test::MoreThan(self.value(a, None, depth)?, self.value(b, None, depth)?)
            }
            contract::Test::Is(a, b) => {
                Test::Is(self.value(a, None, depth)?, self.value(b, None, depth)?)
            }
            contract::Test::All(tests) => Test::All(self.tests(tests, depth)?),
            contract::Test::Any(tests) => Test::Any(self.tests(tests, depth)?),
            contract::Test::Not(test) => Test::Not(Box::new(self.test(test, depth)?)),
        })
    }

    fn tests(&mut self, tests: &[contract::Test], depth: usize) -> Option<Vec<Test>> {
        if tests.is_empty() {
            return self.wrong(Problem::NothingListed {});
        }
        tests.iter().map(|test| self.test(test, depth)).collect()
    }
}
