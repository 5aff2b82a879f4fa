//! Who sees what: managed anonymity as tables.
//!
//! A payer's bank sees its customer's name, both wallets and the sum. The
//! payee sees the sum and the payer's handle, its wallet. The payee's bank sees
//! its customer, the sum and the payer's wallet. The register sees wallets and
//! sums and no names. Nobody else sees that anything happened.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::{Town, town};
use world::fact::{Fact, Message};
use world::visible::{Field, Viewer, visible};

const FIELDS: [(char, Field); 7] = [
    ('e', Field::Existence),
    ('a', Field::Amount),
    ('H', Field::Holder),
    ('w', Field::Wallet),
    ('P', Field::Payee),
    ('v', Field::PayeeWallet),
    ('m', Field::Memo),
];

const EVERYONE: &[&str] = &[
    "central-bank",
    "Harbour",
    "Summit",
    "Alice",
    "Bob",
    "Carol",
    "Noodles",
    "Maya",
];

/// The letters of the fields that a party sees.
fn seen(town: &Town, fact: &Fact, viewer: &str) -> String {
    let viewer = Viewer::Party(town.party(viewer));
    FIELDS
        .iter()
        .filter(|(_, field)| visible(fact, *field, viewer, town.0.world()))
        .map(|(letter, _)| letter)
        .collect()
}

fn label(message: &Message, town: &Town) -> String {
    let name = |party| {
        town.0
            .texts()
            .text(town.0.world().party(party).unwrap().name)
            .to_owned()
    };
    format!(
        "{} {} → {}",
        message.subject.key(),
        name(message.from),
        name(message.to)
    )
}

/// Plays a line and compares every message it causes with the table: what is
/// sent, then who sees which fields. Who is not named sees nothing.
fn check(line: &str, table: &[(&str, &[(&str, &str)])]) {
    let mut town = town(true);
    town.play_all(&[
        "Alice: exchange 500",
        "AliceB: exchange 300",
        "Carol: exchange 500",
        "Bob: cash-in 9_990",
    ]);
    let before = town.messages().len();
    town.play(line);
    let messages = town.messages().split_off(before);
    let labels: Vec<_> = messages
        .iter()
        .map(|message| label(message, &town))
        .collect();
    assert_eq!(
        labels,
        table.iter().map(|(label, _)| *label).collect::<Vec<_>>(),
        "{line}"
    );
    for (message, (label, row)) in messages.iter().zip(table) {
        for viewer in EVERYONE {
            let expected = row
                .iter()
                .find(|(name, _)| name == viewer)
                .map_or("", |(_, letters)| letters);
            assert_eq!(
                seen(&town, &Fact::Sent(*message), viewer),
                expected,
                "{line}: {label}, seen by {viewer}"
            );
        }
        let watches = |(_, field): &(char, Field)| {
            visible(
                &Fact::Sent(*message),
                *field,
                Viewer::Everyone,
                town.0.world(),
            )
        };
        assert!(
            FIELDS.iter().all(watches),
            "whoever watches the simulation sees everything"
        );
    }
}

#[test]
fn a_payment_between_two_banks() {
    check(
        "Alice: pay Noodles 5 memo=\"lunch\"",
        &[
            (
                "ask Alice → Harbour",
                &[("Alice", "eaHwPvm"), ("Harbour", "eaHwv")],
            ),
            (
                "offer Harbour → Summit",
                &[("Harbour", "eaHwv"), ("Summit", "eawPv")],
            ),
            (
                "accept Summit → central-bank",
                &[("Summit", "eawPv"), ("central-bank", "eawv")],
            ),
            (
                "settled central-bank → Summit",
                &[("Summit", "eawPv"), ("central-bank", "eawv")],
            ),
            (
                "settled central-bank → Harbour",
                &[("Harbour", "eaHwv"), ("central-bank", "eawv")],
            ),
            (
                "notice Summit → Noodles",
                &[("Summit", "eawPv"), ("Noodles", "eawPvm")],
            ),
            (
                "receipt Harbour → Alice",
                &[("Harbour", "eaHwv"), ("Alice", "eaHwPvm")],
            ),
        ],
    );
}

#[test]
fn a_payment_within_one_bank() {
    check(
        "Alice: pay Carol 5",
        &[
            (
                "ask Alice → Harbour",
                &[("Alice", "eaHwPvm"), ("Harbour", "eaHwPv")],
            ),
            (
                "order Harbour → central-bank",
                &[("Harbour", "eaHwPv"), ("central-bank", "eawv")],
            ),
            (
                "settled central-bank → Harbour",
                &[("Harbour", "eaHwPv"), ("central-bank", "eawv")],
            ),
            (
                "receipt Harbour → Alice",
                &[("Harbour", "eaHwPv"), ("Alice", "eaHwPvm")],
            ),
            (
                "notice Harbour → Carol",
                &[("Harbour", "eaHwPv"), ("Carol", "eawPvm")],
            ),
        ],
    );
}

#[test]
fn a_second_wallet_keeps_its_holder_s_name_from_the_bank_of_the_account() {
    // Alice's account is at Harbour, but Harbour only sees a wallet of Summit pay its customer.
    check(
        "AliceB: pay Carol 5",
        &[
            (
                "ask Alice → Summit",
                &[("Alice", "eaHwPvm"), ("Summit", "eaHwv")],
            ),
            (
                "offer Summit → Harbour",
                &[("Summit", "eaHwv"), ("Harbour", "eawPv")],
            ),
            (
                "accept Harbour → central-bank",
                &[("Harbour", "eawPv"), ("central-bank", "eawv")],
            ),
            (
                "settled central-bank → Harbour",
                &[("Harbour", "eawPv"), ("central-bank", "eawv")],
            ),
            (
                "settled central-bank → Summit",
                &[("Summit", "eaHwv"), ("central-bank", "eawv")],
            ),
            (
                "notice Harbour → Carol",
                &[("Harbour", "eawPv"), ("Carol", "eawPvm")],
            ),
            (
                "receipt Summit → Alice",
                &[("Summit", "eaHwv"), ("Alice", "eaHwPvm")],
            ),
        ],
    );
}

#[test]
fn a_payment_that_the_payee_s_bank_turns_down() {
    check(
        "Alice: pay Bob 50",
        &[
            (
                "ask Alice → Harbour",
                &[("Alice", "eaHwPvm"), ("Harbour", "eaHwv")],
            ),
            (
                "offer Harbour → Summit",
                &[("Harbour", "eaHwv"), ("Summit", "eawPv")],
            ),
            (
                "rejected Summit → Harbour",
                &[("Summit", "eawPv"), ("Harbour", "eaHwv")],
            ),
            (
                "declined Harbour → Alice",
                &[("Harbour", "eaHwv"), ("Alice", "eaHwPvm")],
            ),
        ],
    );
}

#[test]
fn deposit_into_a_wallet_and_back() {
    check(
        "Alice: exchange 5",
        &[
            (
                "ask Alice → Harbour",
                &[("Alice", "eaHwm"), ("Harbour", "eaHw")],
            ),
            (
                "convert Harbour → central-bank",
                &[("Harbour", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "converted central-bank → Harbour",
                &[("Harbour", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "receipt Harbour → Alice",
                &[("Harbour", "eaHw"), ("Alice", "eaHwm")],
            ),
        ],
    );
    check(
        "Alice: redeem 5",
        &[
            (
                "ask Alice → Harbour",
                &[("Alice", "eaHwm"), ("Harbour", "eaHw")],
            ),
            (
                "withdraw Harbour → central-bank",
                &[("Harbour", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "withdrawn central-bank → Harbour",
                &[("Harbour", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "receipt Harbour → Alice",
                &[("Harbour", "eaHw"), ("Alice", "eaHwm")],
            ),
        ],
    );
}

#[test]
fn deposit_at_one_bank_into_a_wallet_at_another_and_back() {
    check(
        "AliceB: exchange 5",
        &[
            (
                "ask Alice → Harbour",
                &[("Alice", "eaHwm"), ("Harbour", "eaHw")],
            ),
            (
                "transfer Harbour → central-bank",
                &[("Harbour", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "transferred central-bank → Summit",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "convert Summit → central-bank",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "converted central-bank → Summit",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "receipt Summit → Alice",
                &[("Summit", "eaHw"), ("Alice", "eaHwm")],
            ),
            (
                "credited Summit → Harbour",
                &[("Summit", "eaHw"), ("Harbour", "eaHw")],
            ),
        ],
    );
    check(
        "AliceB: redeem 5",
        &[
            (
                "ask Alice → Summit",
                &[("Alice", "eaHwm"), ("Summit", "eaHw")],
            ),
            (
                "withdraw Summit → central-bank",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "withdrawn central-bank → Summit",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "transfer Summit → central-bank",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "transferred central-bank → Harbour",
                &[("Harbour", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "receipt Harbour → Alice",
                &[("Harbour", "eaHw"), ("Alice", "eaHwm")],
            ),
            (
                "credited Harbour → Summit",
                &[("Harbour", "eaHw"), ("Summit", "eaHw")],
            ),
        ],
    );
    check(
        "AliceB: exchange 9_990",
        &[
            (
                "ask Alice → Harbour",
                &[("Alice", "eaHwm"), ("Harbour", "eaHw")],
            ),
            (
                "transfer Harbour → central-bank",
                &[("Harbour", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "transferred central-bank → Summit",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "send-back Summit → central-bank",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "sent-back central-bank → Harbour",
                &[("Harbour", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "declined Harbour → Alice",
                &[("Harbour", "eaHw"), ("Alice", "eaHwm")],
            ),
        ],
    );
}

#[test]
fn banknotes_into_a_wallet_and_out_of_it() {
    check(
        "Bob: cash-in 5",
        &[
            (
                "ask-with-notes Bob → Summit",
                &[("Bob", "eaHwm"), ("Summit", "eaHw")],
            ),
            (
                "convert Summit → central-bank",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "converted central-bank → Summit",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "receipt Summit → Bob",
                &[("Summit", "eaHw"), ("Bob", "eaHwm")],
            ),
        ],
    );
    check(
        "Bob: cash-out 5",
        &[
            ("ask Bob → Summit", &[("Bob", "eaHwm"), ("Summit", "eaHw")]),
            (
                "withdraw Summit → central-bank",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "withdrawn central-bank → Summit",
                &[("Summit", "eaHw"), ("central-bank", "eaw")],
            ),
            (
                "hand-notes Summit → Bob",
                &[("Summit", "eaHw"), ("Bob", "eaHwm")],
            ),
            (
                "receipt Summit → Bob",
                &[("Summit", "eaHw"), ("Bob", "eaHwm")],
            ),
        ],
    );
}

#[test]
fn what_banks_and_the_central_bank_do_between_them() {
    check(
        "central-bank: issue 5 to=Summit",
        &[(
            "issued central-bank → Summit",
            &[("Summit", "ea"), ("central-bank", "ea")],
        )],
    );
    check(
        "Harbour: return 5",
        &[(
            "returned Harbour → central-bank",
            &[("Harbour", "ea"), ("central-bank", "ea")],
        )],
    );
}

/// Plays a line and compares what is seen of each posting or refusal.
fn check_others(line: &str, wanted: impl Fn(&Fact) -> bool, table: &[&[(&str, &str)]]) {
    let mut town = town(false);
    town.play_all(&["Alice: exchange 500", "Bob: cash-in 9_990"]);
    let before = town.facts().len();
    town.play(line);
    let facts: Vec<_> = town
        .facts()
        .split_off(before)
        .into_iter()
        .filter(wanted)
        .collect();
    assert_eq!(facts.len(), table.len(), "{line}: {facts:?}");
    for (fact, row) in facts.iter().zip(table) {
        for viewer in EVERYONE {
            let expected = row
                .iter()
                .find(|(name, _)| name == viewer)
                .map_or("", |(_, letters)| letters);
            assert_eq!(
                seen(&town, fact, viewer),
                expected,
                "{line}: {fact:?}, seen by {viewer}"
            );
        }
    }
}

#[test]
fn a_book_is_its_owner_s_and_the_register_s_has_no_names() {
    let posted = |fact: &Fact| matches!(fact, Fact::Posted(_));
    check_others(
        "Alice: pay Noodles 5",
        posted,
        &[&[("central-bank", "eawv")]],
    );
    let bank = ("Harbour", "eaHwPvm");
    check_others(
        "Alice: redeem 5",
        posted,
        &[&[("central-bank", "eawv")], &[bank]],
    );
}

#[test]
fn a_refusal_is_seen_by_who_says_it_and_who_hears_it() {
    let refused = |fact: &Fact| matches!(fact, Fact::Refused(_));
    check_others(
        "Alice: pay Bob 501",
        refused,
        &[&[("Harbour", "eaHwPvm"), ("Alice", "eaHwPvm")]],
    );
    // The payer's bank hears that the payee's wallet is full, not whose it is.
    check_others(
        "Alice: pay Bob 50",
        refused,
        &[&[
            ("Summit", "eaHwPvm"),
            ("Harbour", "eawv"),
            ("Bob", "eaHwPvm"),
        ]],
    );
    check_others(
        "central-bank: issue 300_001 to=Harbour",
        refused,
        &[&[("central-bank", "eawv")]],
    );
}

#[test]
fn nobody_sees_the_files_of_others() {
    let mut town = town(false);
    town.play("Alice: exchange 5");
    for fact in town.facts() {
        if matches!(fact, Fact::Changed(_) | Fact::Scheduled(_)) {
            assert!(
                EVERYONE
                    .iter()
                    .all(|viewer| seen(&town, &fact, viewer).is_empty()),
                "{fact:?}"
            );
        }
    }
}
