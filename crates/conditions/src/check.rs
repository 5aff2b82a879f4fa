//! Checks conditions wherever they come from.

use crate::diagnostic::{Counted, Diagnostic, Problem, Spot};
use crate::machine::Fault;
use crate::{Amount, AmountError, Condition, Rule, limits};

impl Condition {
    /// Checks the condition for a currency with that many decimals: everything
    /// that is wrong with it.
    pub fn check(&self, decimals: u8) -> Result<(), Vec<Diagnostic>> {
        let faults = condition(self, decimals);
        if faults.is_empty() {
            return Ok(());
        }
        let diagnostic = |fault: Fault| Diagnostic {
            place: None,
            spot: fault.spot,
            problem: fault.problem,
            suggestion: fault.suggestion,
        };
        Err(faults.into_iter().map(diagnostic).collect())
    }
}

/// Everything that is wrong with a condition.
pub(crate) fn condition(condition: &Condition, decimals: u8) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |spot, word, problem| {
        faults.push(Fault {
            spot,
            word,
            problem,
            suggestion: None,
        });
    };
    if condition.rules.is_empty() {
        fault(Spot::Whole, None, Problem::Empty {});
    }
    if condition.rules.len() > limits::LINES {
        let (what, limit) = (Counted::Rules, limits::LINES);
        fault(Spot::Whole, None, Problem::TooMany { what, limit });
        return faults;
    }
    for (at, it) in condition.rules.iter().enumerate() {
        let mut nodes = 0;
        if let Err((word, problem)) = rule(it, decimals, 0, &mut nodes) {
            fault(Spot::Rule(at), word, problem);
        }
    }
    faults.truncate(limits::PROBLEMS);
    faults
}

type Wrong = (Option<String>, Problem);

fn rule(it: &Rule, decimals: u8, depth: usize, nodes: &mut usize) -> Result<(), Wrong> {
    *nodes += 1;
    if depth > limits::DEPTH {
        let limit = limits::DEPTH;
        return Err((None, Problem::TooDeep { limit }));
    }
    if *nodes > limits::NODES {
        let (what, limit) = (Counted::Nodes, limits::NODES);
        return Err((None, Problem::TooMany { what, limit }));
    }
    match it {
        Rule::All(rules) | Rule::Any(rules) => {
            if rules.is_empty() {
                return Err((None, Problem::NothingListed {}));
            }
            rules
                .iter()
                .try_for_each(|it| rule(it, decimals, depth + 1, nodes))
        }
        Rule::Not(it) => rule(it, decimals, depth + 1, nodes),
        Rule::Payee(names) | Rule::Area(names) => listed(names),
        Rule::Category(codes) => listed(&codes.iter().map(|code| code.code()).collect::<Vec<_>>()),
        Rule::AmountAtMost(amount) | Rule::DayAtMost(amount) => cap(*amount, decimals),
        Rule::Signed { least, of } => {
            if *least == 0 || usize::from(*least) > of.len() {
                return Err((None, Problem::BadSigners {}));
            }
            if of.len() > limits::PARTIES {
                let (what, limit) = (Counted::Parties, limits::PARTIES);
                return Err((None, Problem::TooMany { what, limit }));
            }
            listed(of)
        }
        Rule::After(_) | Rule::Before(_) | Rule::WalletAtLeast(_) | Rule::Shows(_) => Ok(()),
    }
}

fn cap(amount: Amount, decimals: u8) -> Result<(), Wrong> {
    match amount.minor(decimals) {
        Ok(0) => Err((None, Problem::ZeroAmount {})),
        Ok(_) => Ok(()),
        Err(AmountError::TooFine { decimals }) => {
            let amount = amount.to_string();
            Err((Some(amount.clone()), Problem::TooFine { amount, decimals }))
        }
        Err(_) => Err((None, Problem::Overflow {})),
    }
}

/// A list is neither empty nor too long nor says anything twice.
fn listed<T: ToString + Ord>(items: &[T]) -> Result<(), Wrong> {
    if items.is_empty() {
        return Err((None, Problem::NothingListed {}));
    }
    if items.len() > limits::LISTED {
        let (what, limit) = (Counted::Listed, limits::LISTED);
        return Err((None, Problem::TooMany { what, limit }));
    }
    let mut sorted: Vec<&T> = items.iter().collect();
    sorted.sort();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        None => Ok(()),
        Some(pair) => {
            let name = pair[0].to_string();
            Err((Some(name.clone()), Problem::ListedTwice { name }))
        }
    }
}
