//! Devices that pay without a network, among banks, under faults: whatever is
//! lost, doubled or cut off, no money comes or goes, and after everybody has
//! reported nothing is in limbo.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use exchequer::Run;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use world::invariants;

const HOLDERS: [&str; 4] = ["Alice", "Bob", "Carol", "Noodles"];
const BANKS: [&str; 2] = ["Harbour", "Summit"];
const MODELS: [&str; 5] = ["purse", "coins", "blind", "mint", "promise"];
const PRESETS: [&str; 2] = ["cny-2025@1", "cny-2026@1"];

/// Sums that coins can make.
const SUMS: [&str; 5] = ["0.50", "1.00", "2.00", "8.00", "16.00"];

fn cast(preset: &str, model: &str) -> String {
    let issue = if preset.starts_with("cny-2025") {
        "+1s central-bank: issue 5_000.00 to=Harbour\n\
         +1s central-bank: issue 5_000.00 to=Summit\n"
    } else {
        ""
    };
    format!(
        "title \"A storm\"\nuse {preset}\nset offline.model={model}\n\
         operator Harbour reserves=10_000.00\noperator Summit reserves=10_000.00\n\
         person Alice at=Harbour type=II deposit=1_000.00\n\
         person Bob at=Summit type=II deposit=1_000.00\n\
         person Carol at=Harbour type=II deposit=1_000.00\n\
         merchant Noodles at=Summit deposit=1_000.00 category=5812\n\
         device Alice/phone\ndevice Bob/phone\ndevice Carol/phone\ndevice Noodles/phone\n\
         {issue}\
         +1s Alice: exchange 200.00\n+1s Bob: exchange 200.00\n\
         +1s Carol: exchange 200.00\n+1s Noodles: exchange 200.00\n"
    )
}

type Raw = (u8, Index, Index, Index, bool);

fn raw() -> impl Strategy<Value = Raw> {
    let index = any::<Index>;
    (0..34u8, index(), index(), index(), any::<bool>())
}

fn line((verb, one, other, sum, flag): Raw) -> String {
    let (me, whom, sum) = (one.get(&HOLDERS), other.get(&HOLDERS), sum.get(&SUMS));
    let bank = one.get(&BANKS);
    let act = match verb {
        0..5 => format!("{me}: offline.load {sum}"),
        5..16 => format!("{me}: offline.pay {whom} {sum}"),
        16..18 => format!("{me}: offline.claim"),
        18 => format!("{me}: offline.unload {sum}"),
        19..22 => format!("{me}: offline.sync"),
        22 => format!("{me}: offline.again"),
        23 if flag => format!("{me}: offline.disconnect"),
        23 => format!("{me}: offline.connect"),
        24 => return format!("network: lose from={me} to={whom}\n"),
        25 => return format!("network: lose from={bank} to={me}\n"),
        26 if flag => return format!("network: lose from={bank} to=central-bank\n"),
        26 => return format!("network: lose from=central-bank to={bank}\n"),
        27 => return format!("network: double from={me} to={whom}\n"),
        28 => return format!("network: lose from={me} to={bank}\n"),
        30 if flag => return format!("network: double from={bank} to=central-bank\n"),
        30 => return format!("network: double from=central-bank to={bank}\n"),
        31 if flag => return format!("network: double from={bank} to={me}\n"),
        31 => return format!("network: double from={me} to={bank}\n"),
        32 => return format!("network: delay 20s from={me} to={whom}\n"),
        33 if flag => return format!("network: delay 20s from={bank}\n"),
        33 => return format!("network: delay 20s to={bank}\n"),
        _ => format!("{me}: pay {whom} {sum}"),
    };
    format!("+5s {act}\n")
}

/// Everybody reports until nothing waits: what was lost is sent again, then
/// devices ask again, report, and bring home what they received.
fn settle() -> String {
    let mut text = String::new();
    for holder in HOLDERS {
        text += &format!("+1s {holder}: offline.connect\n");
    }
    for _ in 0..3 {
        for bank in BANKS {
            text += &format!("+40s {bank}: retry\n");
        }
        text += "+40s central-bank: retry\n";
        for holder in HOLDERS {
            for verb in ["again", "sync", "again", "sync", "claim"] {
                text += &format!("+90s {holder}: offline.{verb}\n");
            }
        }
    }
    // What was reserved is settled in a day; with a promise nothing is left to claim then.
    text += "+2d wait\n";
    for _ in 0..3 {
        text += "+40s central-bank: retry\n+40s Harbour: retry\n+40s Summit: retry\n";
    }
    text
}

fn play(text: &str) -> Run {
    let mut run = Run::load(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    while run.step().unwrap_or_else(|error| panic!("{error}\n{text}")) {
        for check in invariants::full(run.simulation().world()) {
            assert!(check.holds(), "{check:?}\n{text}");
        }
    }
    run
}

fn wealth(run: &Run) -> i64 {
    let world = run.simulation().world();
    let wallets = world.wallets();
    let wallets = wallets.map(|(_, it)| world.ledger().balance(it.account));
    wallets.sum::<i64>() + world.sum(world::fact::Title::Float)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(60)
    })]

    #[test]
    fn no_storm_makes_or_loses_money(
        model in 0..5usize,
        preset in 0..2usize,
        raws in vec(raw(), 1..40),
    ) {
        let begun = cast(PRESETS[preset], MODELS[model]);
        let text = begun.clone() + &raws.into_iter().map(line).collect::<String>();
        let run = play(&(text + &settle()));
        let sum = run.simulation().accounted();
        prop_assert_eq!(sum.float, sum.held + sum.limbo, "{}", run.text());
        prop_assert_eq!(wealth(&run), 80_000, "{}", run.text());
        prop_assert!(run.simulation().world().found().is_empty(), "{}", run.text());
    }
}

/// The same with money for a purpose: `load` loads that, and it ends after a day.
fn with_purpose(line: &str) -> String {
    match line.split_once(": offline.load ") {
        Some((who, sum)) => format!("{who}: offline.load {} purpose=Gift\n", sum.trim()),
        None => line.to_owned(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(40)
    })]

    #[test]
    fn no_storm_makes_or_loses_money_for_a_purpose(
        preset in 0..2usize,
        raws in vec(raw(), 1..40),
    ) {
        let mut text = cast(PRESETS[preset], "purse");
        // Where banks owe it, only the keeper's own customers can load it.
        text += "condition Any\n  amount at most 10.00\nend\n\
                 +1s Alice: purpose.wrap Any 100.00 for=1d as Gift\n\
                 +1s Alice: purpose.hand Gift Bob 20.00\n\
                 +1s Alice: purpose.hand Gift Carol 20.00\n";
        text += &raws.into_iter().map(|raw| with_purpose(&line(raw))).collect::<String>();
        // Everything comes home: what is left for the purpose goes to its creator.
        let run = play(&(text + &settle() + "+10d wait\n"));
        let world = run.simulation().world();
        let contracts = world.sum(world::fact::Title::Contracts);
        prop_assert_eq!(wealth(&run) + contracts, 80_000, "{}", run.text());
        prop_assert_eq!(contracts, 0, "{}", run.text());
        prop_assert!(world.found().is_empty(), "{}", run.text());
    }
}

/// Plays these lines after a common beginning, holding every invariant at every
/// step, and gives what is at the paths.
fn look<const N: usize>(lines: &str, paths: [&str; N]) -> [String; N] {
    let run = play(&(cast(PRESETS[0], "purse") + lines));
    paths.map(|path| run.get(path).unwrap())
}

#[test]
fn what_the_central_bank_says_twice_is_posted_once() {
    let lines = "+1s Alice: offline.load 100.00\n\
                 network: double from=central-bank to=Harbour count=9\n\
                 +1s Alice: offline.unload 40.00\n+1s Alice: offline.load 10.00\n";
    let found = look(lines, ["Alice.wallet", "Alice.purse", "central-bank.float"]);
    assert_eq!(found, ["130.00 CNY", "70.00 CNY", "70.00 CNY"]);
}

#[test]
fn value_that_the_float_cannot_pay_yet_waits_at_the_bank() {
    // Harbour's word that it honours what the copy paid is lost, so the float is short.
    let lines = "+1s Alice: offline.load 50.00\n+1s Alice: offline.copy as Twin\n\
                 +1s Alice: offline.pay Bob 40.00\n+1s Twin: offline.pay Carol 40.00\n\
                 +1s Bob: offline.sync\n\
                 network: lose from=Harbour to=central-bank\n+1s Carol: offline.sync\n\
                 +1s Bob: offline.unload\n+1s Carol: offline.unload\n";
    let found = look(lines, ["Bob.wallet", "Carol.wallet", "central-bank.float"]);
    assert_eq!(found, ["240.00 CNY", "200.00 CNY", "10.00 CNY"]);
    let later = "+40s Harbour: retry\n+1s Alice: offline.again\n+1s Bob: offline.sync\n\
                 +1s Carol: offline.sync\n+1s Carol: offline.again\n";
    let paths = ["Carol.wallet", "Carol.purse", "central-bank.float"];
    let found = look(&(lines.to_owned() + later), paths);
    assert_eq!(found, ["240.00 CNY", "0.00 CNY", "10.00 CNY"]);
}

#[test]
fn a_phone_without_a_network_hears_nothing_however_often_it_is_told() {
    let lines = "network: lose from=Harbour to=Alice\n+1s Alice: offline.load 50.00\n\
                 +1s Alice: offline.disconnect\n+40s Harbour: retry\n";
    let [purse] = look(lines, ["Alice.purse"]);
    assert_eq!(purse, "0.00 CNY");
    let later = "+1s Alice: offline.connect\n+1s Alice: offline.again\n";
    let [purse] = look(&(lines.to_owned() + later), ["Alice.purse"]);
    assert_eq!(purse, "50.00 CNY");
}

#[test]
fn a_device_is_never_without_the_number_that_was_asked_for() {
    let text = cast(PRESETS[0], "purse") + "device Alice/card pin=4294967296\n";
    let mut run = Run::load(&text).unwrap();
    assert!(run.to_end().is_err(), "a number that no device can keep");
}

#[test]
fn the_same_text_is_the_same_log_in_every_model() {
    for model in MODELS {
        let text = cast(PRESETS[0], model)
            + "+1s Alice: offline.load 16.00\n+1s Alice: offline.pay Bob 16.00\n\
               +1s Bob: offline.claim\n+1s Bob: offline.sync\n";
        assert_eq!(play(&text).digest(), play(&text).digest(), "{model}");
    }
}
