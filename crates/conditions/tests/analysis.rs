//! What the analysis finds, with the shortest play that reaches it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use conditions::analysis::{self, Analysis, Finding, Gap, Play};
use conditions::{Machine, Name, What, Who, text};

fn machine(body: &str) -> Machine {
    let name = Name::new("It").unwrap();
    let loaded = text::load_contract(&name, 0, &text::lines(body), 2);
    loaded.unwrap_or_else(|errors| panic!("{errors:#?}")).1
}

/// A play in words.
fn told(machine: &Machine, path: &[Play]) -> String {
    let moves = path.iter().map(|play| {
        let Some(act) = &play.act else {
            return format!("{} nobody", play.at);
        };
        let by = match act.by {
            Who::Role(role) => machine.roles()[usize::from(role)].to_string(),
            Who::Stranger(_) => "stranger".to_owned(),
            Who::World => "world".to_owned(),
        };
        let word = |word: u16| machine.words()[usize::from(word)].to_string();
        let what = match &act.what {
            What::Says { what } | What::Signs { what } => word(*what),
            What::Event { event, .. } => word(*event),
            What::Deposit { amount, .. } => format!("deposits {amount}"),
            What::Names { amount, .. } => format!("names {amount}"),
            What::Shows { preimage } => format!("shows {}", String::from_utf8_lossy(preimage)),
        };
        format!("{} {by} {what}", play.at)
    });
    moves.collect::<Vec<_>>().join("; ")
}

fn findings(machine: &Machine, analysis: &Analysis) -> Vec<String> {
    let step = |step: u16| machine.steps()[usize::from(step)].to_string();
    let describe = |finding: &Finding| {
        let about = match finding {
            Finding::Partial {
                step: at,
                asked,
                paid,
                ..
            } => format!("{} {paid} of {asked}", step(*at)),
            Finding::UnreachableStep { step: at } => step(*at),
            Finding::UnreachableCase { step: at, case } => format!("{} {case}", step(*at)),
            Finding::Race {
                step: at, claims, ..
            } => format!(
                "{} [{} | {}]",
                step(*at),
                told(machine, std::slice::from_ref(&claims.0)),
                told(machine, std::slice::from_ref(&claims.1))
            ),
            Finding::OpenToAnyone {
                step: at, amount, ..
            } => format!("{} {amount}", step(*at)),
            Finding::Locked {
                step: at,
                amount,
                since,
                until,
                ..
            } => {
                format!("{} {amount} {since}..{until}", step(*at))
            }
            Finding::Ownerless { role, amount, .. } => {
                format!("{} {amount}", machine.roles()[usize::from(*role)])
            }
        };
        format!(
            "{} {about} <- {}",
            finding.key(),
            told(machine, finding.path())
        )
    };
    analysis.findings.iter().map(describe).collect()
}

/// Each row: a contract, and what is found.
#[test]
fn what_may_not_be_meant_is_found_with_the_shortest_way_there() {
    let rows: &[(&str, &[&str])] = &[
        // A hash lock whose secret still counts after the timeout.
        (
            "parties sender=A receiver=B
            secret key sha256=\"41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb\"
            hold 10.00 from sender
            step locked until 1d
            when receiver shows key: pay all to receiver, close
            else: go on
            step refund until 2d
            when receiver shows key: pay all to receiver
            when sender refunds: close
            else: close",
            &["race refund [1d receiver shows key | 1d sender refunds] <- 1d nobody"],
        ),
        // The same, closed in time.
        (
            "parties sender=A receiver=B
            secret key sha256=\"41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb\"
            hold 10.00 from sender
            step locked until 1d
            when receiver shows key: pay all to receiver, close
            else: close",
            &[],
        ),
        // A lock whose time has passed without a refund key.
        (
            "parties owner=A receiver=B
            hold 10.00 from owner
            step locked until 7d
            when receiver claims: pay all to receiver, close
            else: go on
            step expired until 30d
            when anyone takes: pay all to them
            else: close",
            &["open-to-anyone expired 1000 <- 7d nobody; 7d stranger takes"],
        ),
        // More is promised than is there, on one of the ways.
        (
            "parties a=A b=B
            hold 10.00 from a
            step one until 1d
            when b claims: pay 8.00 to b
            else: go on
            step two until 2d
            when b claims: pay 8.00 to b
            else: close",
            &["partial two 200 of 800 <- 0s b claims; 0s b claims"],
        ),
        // A step that nothing leads to, and an action that another always takes.
        (
            "parties a=A b=B
            hold 10.00 from a
            step one until 1d
            when a leaves: close
            when a leaves: pay all to b, close
            else: close
            step two until 2d
            when b claims: pay all to b
            else: close",
            &["unreachable-case one 1 <- ", "unreachable-step two <- "],
        ),
        // A second step that is over before the first one can end.
        (
            "parties a=A b=B
            hold 10.00 from a
            step one until 9d
            else: go on
            step two until 5d
            when b claims: pay all to b
            else: close",
            &["unreachable-case two 0 <- ", "locked one 1000 0s..9d <- "],
        ),
        // Money for a party whom nobody plays.
        (
            "parties a=A b
            hold 10.00 from a
            step one until 1d
            when a confirms: pay 4.00 to b
            else: close",
            &["ownerless b 400 <- 0s a confirms"],
        ),
        // A deposit that comes too late to count: acting late makes it so.
        (
            "parties a=A b=B
            hold 10.00 from a
            step one until 9d
            when a confirms: go two
            else: close
            step two until 5d
            when b claims: pay all to b
            else: pay 12.00 to b",
            &["partial two 1000 of 1200 <- 5d a confirms"],
        ),
    ];
    for (body, expected) in rows {
        let machine = machine(body);
        let analysis = analysis::analyse(&machine);
        assert!(analysis.complete(), "{body}");
        assert_eq!(findings(&machine, &analysis), *expected, "{body}");
    }
}

#[test]
fn it_says_who_can_get_how_much_and_when_it_ends() {
    let machine = machine(
        "parties buyer=Alice seller=Gym
        hold 100.00 times 3 from buyer
        on insolvency of seller: close
        step unit until 30d repeat 3 every 30d
        when seller claims: pay 100.00 to seller
        else: pay 100.00 to buyer",
    );
    let analysis = analysis::analyse(&machine);
    let told = |reached: &analysis::Reached| (reached.amount, told(&machine, &reached.path));
    assert_eq!(analysis.latest_end.to_string(), "90d");
    let [buyer, seller] = &analysis.takings[..] else {
        panic!("{:?}", analysis.takings);
    };
    let all = "0s seller claims; 30d nobody; 30d seller claims; 60d nobody; 60d seller claims";
    assert_eq!(told(&buyer.least), (0, all.to_owned()));
    assert_eq!(
        told(&buyer.most),
        (30_000, "0s world insolvency".to_owned())
    );
    assert_eq!(told(&seller.least), (0, "0s world insolvency".to_owned()));
    assert_eq!(told(&seller.most), (30_000, all.to_owned()));
    // Between the claims nobody can do anything but wait.
    assert_eq!(
        findings(&machine, &analysis),
        ["locked unit 20000 0s..30d <- 0s seller claims"]
    );
}

#[test]
fn it_says_what_it_did_not_try() {
    let named = machine(
        "parties a=A b=B
        hold 10.00 from a
        step one until 1d
        when b names x from 0 to 9.00: pay x to b
        else: close",
    );
    assert_eq!(analysis::analyse(&named).gaps, [Gap::Amounts { value: 0 }]);
    let few = machine(
        "parties a=A b=B
        hold 10.00 from a
        step one until 1d
        when b names x from 0 to 0.07: pay x to b
        else: close",
    );
    assert!(analysis::analyse(&few).complete());
    let whole = analysis::analyse_within(&few, 9);
    assert!(whole.complete());
    assert_eq!(
        analysis::analyse_within(&few, 8).gaps,
        [Gap::Budget { plays: 8 }]
    );
    let timed = machine(
        "parties a=A b=B
        hold 600.00 from a
        step one until 50d repeat 12
        when b draws: pay 0.01 times minutes to b
        else: close",
    );
    let gaps = analysis::analyse(&timed).gaps;
    assert!(gaps.contains(&Gap::Times), "{gaps:?}");
}

#[test]
fn a_contract_as_large_as_allowed_is_analysed_in_bounded_work() {
    // Two thousand states that nothing waits in, sixteen doings each.
    let doings = vec!["let x = x + 0.01"; 15].join(", ");
    let mut body = "parties a=A b=B\nhold 10.00 from a\nstep first until 9000d\nwhen a claims: let x = 0.01\nelse: let x = 0".to_owned();
    for step in 0..3 {
        body.push_str(&format!(
            "\nstep s{step} until 0s repeat 500\nelse: {doings}"
        ));
    }
    body.push_str("\nstep last until 9000d repeat 9\nwhen anyone draws: pay 0.01 times minutes to them\nelse: close");
    let machine = machine(&body);
    assert!(machine.most_operations() > 22_000);
    let analysis = analysis::analyse(&machine);
    assert_eq!(analysis.gaps, [Gap::Times]);
    assert!(analysis.situations < 200);
}
