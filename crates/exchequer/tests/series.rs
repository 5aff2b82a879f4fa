//! What became of all money as time passed, held against what the world says
//! and against sums done by hand.
#![allow(clippy::unwrap_used, clippy::expect_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

use exchequer::Run;
use exchequer::report::Report;
use exchequer::series::{monitors, series};
use exchequer::session::Session;
use exchequer::views::Arg;
use world::fact::Title;

const RUN: &str = include_str!("../../../tests/scenarios/a-bank-run.exq");
const TRADE: &str = include_str!("../../../tests/scenarios/a-crowd-trades.exq");

fn play(text: &str) -> Run {
    let mut run = Run::load(text).expect("the scenario can be read");
    run.to_end().expect("the scenario can be played");
    run
}

fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replace(from, to)
}

#[test]
fn every_sample_is_the_world_at_its_position() {
    for text in [RUN, TRADE] {
        let run = play(text);
        let found = series(&run, 10);
        assert_eq!(found.samples.len(), 11);
        let mut last = 0;
        for sample in &found.samples {
            let world = run.simulation().log().world_at(sample.position);
            let sums = [
                (sample.reserves, Title::Reserves),
                (sample.vaults, Title::Vault),
                (sample.deposits, Title::Deposits),
                (sample.wallets, Title::Circulation),
            ];
            for (sum, title) in sums {
                assert_eq!(sum, world.sum(title), "{title:?} at {}", sample.time);
            }
            assert_eq!(sample.in_issue, world.issued());
            assert!(sample.position >= last && sample.at >= world.now());
            last = sample.position;
        }
        assert_eq!(last, run.position());
        let refused: u32 = found.samples[10].refusals.iter().map(|(_, n)| n).sum();
        assert_eq!(refused as usize, run.refused().len());
    }
}

#[test]
fn a_run_without_time_has_its_beginning_and_its_end() {
    let text = "use cny-2025@1\noperator Harbour reserves=10.00\n";
    assert_eq!(series(&play(text), 200).samples.len(), 1);
    let text = format!("{text}central-bank: issue 4.00 to=Harbour\n");
    let samples = series(&play(&text), 200).samples;
    let vaults: Vec<_> = samples.iter().map(|sample| sample.vaults).collect();
    assert_eq!(vaults, [0, 4_00]);
    assert_eq!(samples[1].velocity, None);
}

#[test]
fn velocity_is_the_value_of_payments_over_the_average_stock() {
    let text = "use cny-2025@1\nsigning off\noperator Harbour reserves=1_000.00\n\
        person Alice at=Harbour type=II deposit=300.00\nmerchant Noodles at=Harbour\n\
        central-bank: issue 1_000.00 to=Harbour\n+10s Alice: exchange 300.00\n\
        +10s Alice: pay Noodles 100.00\n+10s wait\n";
    for preset in ["cny-2025@1", "cny-2026@1"] {
        let run = play(&text.replace("cny-2025@1", preset));
        let last = series(&run, 3).samples.pop().unwrap();
        // 300.00 for 20 of 30 seconds.
        assert_eq!((last.payments, last.paid), (1, 100_00), "{preset}");
        assert_eq!(last.average_stock, Some(200_00), "{preset}");
        assert_eq!(last.velocity, Some("0.5".parse().unwrap()), "{preset}");
    }
}

#[test]
fn the_formula_of_a_shortage_is_what_the_books_show() {
    let run = play(RUN);
    let found = series(&run, 20);
    let [harbour, summit] = found.banks.as_slice() else {
        panic!("two banks")
    };
    // Ten people took 600.00 each. It holds 2,000.00 and needs 20 % of 14,000.00.
    assert_eq!((harbour.outflow, harbour.held), (6_000_00, 2_000_00));
    assert_eq!(harbour.required, Some(2_800_00));
    assert_eq!(harbour.deficiency, Some(800_00));
    assert_eq!(harbour.shortage, 800_00);
    assert_eq!(harbour.turned_away, 6_000_00);
    assert_eq!((summit.outflow, summit.shortage), (0, 0));
    assert_eq!(summit.deficiency, Some(4_000_00 - 20_000_00));
    let last = found.samples.last().unwrap();
    assert_eq!((last.shortage, last.deficiency), (800_00, 800_00));
    // 6,000.00 in wallets at 2 % a year.
    assert_eq!(last.seigniorage, Some(120_00));
    let breached: Vec<_> = monitors(&run)
        .into_iter()
        .filter(|monitor| monitor.breached)
        .map(|monitor| (monitor.key, monitor.name, monitor.needs - monitor.has))
        .collect();
    let of = |key: &str, short| (key.to_owned(), "Harbour".to_owned(), short);
    assert_eq!(
        breached,
        [of("reserve-ratio", 800_00), of("liquidity", 6_000_00)]
    );
    assert!(Report::of(&run).held());
}

#[test]
fn where_wallets_are_the_banks_own_debt_nobody_is_turned_away() {
    let text = with(RUN, "cny-2025@1", "cny-2026@1");
    let end = text.find("+11h").unwrap();
    let run = play(&format!("{}+11h wait\n", &text[..end]));
    let found = series(&run, 20);
    let harbour = &found.banks[0];
    assert_eq!(
        (harbour.outflow, harbour.shortage, harbour.turned_away),
        (0, 0, 0)
    );
    assert_eq!(harbour.owed, 20_000_00);
    assert!(found.samples.last().unwrap().wallets > 10_000_00);
}

#[test]
fn a_lower_cap_holds_a_run_back() {
    let moved = |cap: &str| {
        let text = with(RUN, "balance=600.00", &format!("balance={cap}"));
        let end = text.find("+11h").unwrap();
        let run = play(&format!("{}+11h wait\n", &text[..end]));
        run.look("Town", &["wallet".to_owned()]).unwrap()
    };
    assert_eq!(moved("0.00"), 0);
    assert_eq!(moved("100.00"), 20 * 100_00);
    assert_eq!(moved("900.00"), 6 * 900_00);
}

#[test]
fn a_crowd_is_looked_at_as_a_whole_and_its_people_by_number() {
    let run = play(TRADE);
    let look = |name: &str| run.look(name, &["deposit".to_owned()]).unwrap();
    let each = (1..=40).map(|number| look(&format!("Town-{number}")));
    assert_eq!(each.sum::<i64>(), look("Town"));
    let balances = Report::of(&run).balances;
    assert!(balances.contains_key("Town.wallet"));
    assert!(!balances.keys().any(|path| path.starts_with("Town-")));
}

#[test]
fn a_crowd_takes_one_beat_to_begin_and_one_for_each_wait() {
    let mut session = Session::open(with(TRADE, "rate=5/s", "rate=50/s"));
    let line = |word: &str| {
        TRADE
            .lines()
            .zip(1..)
            .find(|(line, _)| line.contains(word))
            .unwrap()
            .1
    };
    let program = session.program();
    let beats: Vec<_> = program
        .beats
        .iter()
        .filter(|beat| beat.line >= line("Town: trade"))
        .collect();
    // The line itself, the first fifteen seconds, the payment, the rest.
    assert_eq!(beats.len(), 4);
    assert!(program.unexpected.is_empty());
    let begun = session.moment(beats[0].to).caption.unwrap();
    assert_eq!(begun.key, "caption-trade");
    assert!(begun.args.contains(&("count".to_owned(), Arg::Count(40))));
    let later = session.moment(beats[3].to);
    let caption = later.caption.unwrap();
    assert_eq!(caption.key, "caption-crowd");
    // A picture shows the end of a long beat, not thousands of tokens.
    assert!(!later.flows.is_empty() && later.flows.len() < 1_000);
    assert!(beats[3].to - beats[3].from > 1_000);
}
