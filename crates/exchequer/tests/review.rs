//! What a reviewer is told of a run.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use exchequer::session::Session;
use exchequer::views::{Known, Learned, Review, Seen};

const BIRTH: &str = include_str!("../../../static/scenarios/birth-of-a-yuan.exq");

fn review(text: &str) -> Review {
    Session::open(text).review().expect("a run")
}

fn of(review: &Review, who: Seen) -> Learned {
    let found: Option<&Known> = review.known.iter().find(|it| it.who == who);
    found.expect("somebody").learned
}

#[test]
fn a_refusal_names_the_rule_that_decided_it() {
    let told = review(BIRTH);
    let [refused] = told.refused.as_slice() else {
        panic!("one refusal: {:?}", told.refused)
    };
    assert_eq!(refused.refusal.code, "limit.payment");
    assert_eq!(refused.rule.as_deref(), Some("wallet.IV.payment"));
    assert!(refused.expected && told.limits.contains(&"wallet.IV.payment".to_owned()));
    assert_eq!(told.refusals, 1);
    assert!(told.happened.len() as u32 == told.beats && told.beats > 0);
}

#[test]
fn a_rule_is_that_of_the_wallet_as_it_was_then() {
    let text = "use cny-2025@1\noperator Harbour reserves=10_000.00\n\
                person Bob at=Harbour type=IV deposit=9_000.00\nmerchant Noodles at=Harbour\n\
                central-bank: issue 9_000.00 to=Harbour\n\
                Bob: exchange 4_000.00\nBob: pay Noodles 2_500.00\n\
                Bob: upgrade II\nBob: pay Noodles 2_500.00\n";
    let told = review(text);
    let rules: Vec<_> = told.refused.iter().map(|it| it.rule.as_deref()).collect();
    assert_eq!(rules, [Some("wallet.IV.payment")], "{:?}", told.refused);
    // Nobody has such a wallet any more at the end.
    assert!(
        told.sheet
            .rows
            .iter()
            .all(|row| !row.path.starts_with("wallet.IV."))
    );
}

#[test]
fn a_limit_of_ones_own_is_no_rule() {
    let text = "use cny-2025@1\noperator Harbour reserves=10_000.00\n\
                person Alice at=Harbour type=II deposit=900.00\nmerchant Noodles at=Harbour\n\
                central-bank: issue 900.00 to=Harbour\n\
                Alice: exchange 500.00\nAlice: limit payment=10.00\nAlice: pay Noodles 12.50\n";
    let told = review(text);
    let rules: Vec<_> = told.refused.iter().map(|it| it.rule.clone()).collect();
    assert_eq!(rules, [None], "{:?}", told.refused);
}

#[test]
fn everybody_is_told_of_by_what_they_could_learn() {
    let told = review(BIRTH);
    let all = told.all;
    assert!(all.requests > 0 && all.sums > 0 && all.payees > 0 && all.balances > 0);
    let registration = of(&told, Seen::Registration);
    assert_eq!(
        (registration.balances, registration.payers),
        (all.balances, 0)
    );
    let authentication = of(&told, Seen::Authentication);
    assert_eq!((authentication.sums, authentication.balances), (0, 0));
    // Nobody but whoever watches the simulation learns everything.
    for known in &told.known {
        assert!(known.learned.requests <= all.requests);
        let who = known.who;
        assert!(known.learned != all, "{who:?} learned everything");
    }
    // Who pays knows that they did, and whom.
    let session = Session::open(BIRTH);
    let alice = session
        .program()
        .parties
        .iter()
        .position(|it| it == "Alice");
    let alice = of(&told, Seen::Party(alice.unwrap() as u32));
    assert!(alice.requests > 0 && alice.payees > 0 && alice.balances == 1);
}

#[test]
fn a_text_without_a_run_has_nothing_to_review() {
    assert!(Session::open("use nothing@1\n").review().is_none());
}
