//! Orders that wait for an answer, and the timer that looks after them.

use super::desk::{Desk, Input, Out};
use crate::fact::Fact;

/// Names the orders that have had no answer in time, and wants to be reminded
/// of the others.
pub(crate) fn name_overdue(desk: &Desk<'_>, out: &mut Out) {
    for (order, chase) in desk.chases().filter(|(_, chase)| !chase.overdue) {
        let due = chase.since + desk.timeout();
        if due <= desk.now {
            out.overdue(order);
        } else {
            out.remind(due);
        }
    }
}

/// Sets the timer of whoever has decided, if it has to fire earlier than it is
/// set to.
pub(crate) fn set_timer(desk: &Desk<'_>, input: &Input, out: &mut Out) {
    let asks = |fact: &Fact| matches!(fact, Fact::Sent(it) if it.subject.wants_answer());
    if out.facts.iter().any(asks) {
        out.remind(desk.now + desk.timeout());
    }
    let Some(due) = out.reminder else {
        return;
    };
    // The timer that fires now is no longer set.
    let set = desk.timer().filter(|_| !matches!(input, Input::Timer));
    if set.is_none_or(|set| due < set) {
        out.schedule(due);
    }
}
