//! `exchequer bench`: how fast the engine is on this machine, all in one
//! process. `cargo xtask bench` sets the figures beside those of others.

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use exchequer::script::STATEMENTS;
use exchequer::session::Session;
use exchequer::workload::{Payments, Signatures};
use exchequer::{ENGINE, Run};
use offline::workload::{Transfers, fifty, fifty_unsigned};
use seal::rand_core::Rng;
use serde::Serialize;
use world::fact::{Fact, Record};
use world::kernel::Simulation;

use crate::args;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::table::{Side, Table};

/// People who pay each other in the town that is measured.
const PEOPLE: u32 = 1_000;

/// Customers of each bank in the scenario that is measured.
const CUSTOMERS: usize = 10;

/// How much of everything is done.
#[derive(Clone, Copy)]
struct Scale {
    /// How often; the middle one counts.
    rounds: usize,
    payments: u32,
    signed: usize,
    signatures: u32,
    /// Pairs of devices that pay each other twenty times without a network.
    pairs: u32,
    /// Facts of the log whose worlds are rebuilt.
    log: u32,
    /// Payments of the scenario that is looked at.
    acts: usize,
    seeks: usize,
}

const WHOLE: Scale = Scale {
    rounds: 5,
    payments: 200_000,
    signed: 5_000,
    signatures: 5_000,
    pairs: 10,
    log: 1_000_000,
    // As many as a text may have, beside its declarations.
    acts: STATEMENTS - 50,
    seeks: 400,
};

const QUICK: Scale = Scale {
    rounds: 1,
    payments: 1_000,
    signed: 20,
    signatures: 20,
    pairs: 1,
    log: 10_000,
    acts: 200,
    seeks: 20,
};

/// What was measured.
#[derive(Serialize)]
struct Figure {
    key: String,
    what: String,
    value: f64,
    unit: &'static str,
}

#[derive(Serialize)]
struct Sheet {
    engine: &'static str,
    /// Whether the compiler optimised: figures without it say nothing.
    optimised: bool,
    quick: bool,
    figures: Vec<Figure>,
}

impl Sheet {
    fn add(
        &mut self,
        key: impl Into<String>,
        what: impl Into<String>,
        value: f64,
        unit: &'static str,
    ) {
        self.figures.push(Figure {
            key: key.into(),
            what: what.into(),
            value,
            unit,
        });
    }

    /// The middle of some times, and the one that 99 of 100 are within.
    fn spread(&mut self, keys: [&'static str; 2], what: &str, times: &mut [f64]) {
        let middle = median(times);
        // The median has sorted them.
        let p99 = times
            .get(times.len() * 99 / 100)
            .copied()
            .unwrap_or_default();
        self.add(keys[0], format!("{what}, median"), middle, "ms");
        self.add(keys[1], format!("{what}, 99 of 100"), p99, "ms");
    }
}

/// Measures, and prints a table.
pub(crate) fn bench(asked: &args::Bench, out: &mut Out) -> Result<Verdict, Failure> {
    let scale = if asked.quick { QUICK } else { WHOLE };
    let optimised = !cfg!(debug_assertions);
    let mut sheet = Sheet {
        engine: ENGINE,
        optimised,
        quick: asked.quick,
        figures: Vec::new(),
    };
    payments(&scale, &mut sheet)?;
    signed_payments(&scale, &mut sheet)?;
    signatures(&scale, &mut sheet)?;
    transfers(&scale, &mut sheet)?;
    pictures(&scale, &mut sheet)?;
    worlds(&scale, &mut sheet)?;
    if asked.json {
        // Texts and numbers that are no fractions of zero: JSON has a form for them.
        out.line(serde_json::to_string_pretty(&sheet).unwrap_or_default());
        return Ok(Verdict::Held);
    }
    out.line(sheet.engine);
    if !sheet.optimised {
        out.line("Built without optimisation: these figures say nothing.");
    }
    let mut table = Table::new(2, &[Side::Left, Side::Right, Side::Left]);
    for figure in &sheet.figures {
        table.row([figure.what.as_str(), &readable(figure.value), figure.unit]);
    }
    out.text(table);
    Ok(Verdict::Held)
}

fn readable(value: f64) -> String {
    match value {
        // Far below where a whole number would lose any of it.
        1_000.0.. => money::write_grouped(value as i64, 0, ','),
        100.0.. => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}

fn broken(why: impl ToString) -> Failure {
    Failure::Bench(why.to_string())
}

fn rate(count: impl Into<f64>, took: Duration) -> f64 {
    count.into() / took.as_secs_f64()
}

/// Payments between wallets of one bank, with limits, postings, facts, the
/// invariants after every one, and the digest of it all.
fn payments(scale: &Scale, sheet: &mut Sheet) -> Result<(), Failure> {
    let (mut rates, mut bytes) = (Vec::new(), 0.0);
    for _ in 0..scale.rounds {
        let mut payments = Payments::new(PEOPLE).map_err(broken)?;
        let before = (payments.facts(), kept(payments.simulation()));
        let begun = Instant::now();
        let unsound = payments.make(scale.payments).map_err(broken)?;
        black_box(payments.simulation().digest());
        rates.push(rate(scale.payments, begun.elapsed()));
        if unsound > 0 || payments.refused() > 0 {
            return Err(broken(
                "a payment was refused or an invariant does not hold",
            ));
        }
        let more = kept(payments.simulation()) - before.1;
        bytes = more as f64 / f64::from(payments.facts() - before.0);
    }
    let what = "Payments a second, same operator, unsigned";
    sheet.add("payments", what, median(&mut rates), "a second");
    sheet.add("fact-bytes", "Memory of a fact, unsigned", bytes, "bytes");
    Ok(())
}

/// The same from a text and between two banks, each signed by its payer and
/// verified by the payer's bank.
fn signed_payments(scale: &Scale, sheet: &mut Sheet) -> Result<(), Failure> {
    let (mut rates, mut bytes) = (Vec::new(), 0.0);
    let story = long_story(true, scale.signed);
    for _ in 0..scale.rounds {
        let mut run = Run::load(&story).map_err(broken)?;
        let begun = Instant::now();
        run.to_end().map_err(broken)?;
        black_box(run.digest());
        rates.push(rate(scale.signed as f64, begun.elapsed()));
        bytes = signed_bytes(run.simulation()).ok_or_else(|| broken("no request is signed"))?;
    }
    let what = "Payments a second, two operators, signed, from a text";
    sheet.add("payments-signed", what, median(&mut rates), "a second");
    sheet.add(
        "fact-bytes-signed",
        "Memory of a fact, signed",
        bytes,
        "bytes",
    );
    Ok(())
}

/// Bytes kept for the facts of a run and the texts they speak of.
fn kept(simulation: &Simulation) -> usize {
    let facts: usize = simulation.log().bytes().map(<[u8]>::len).sum();
    let texts = simulation
        .texts()
        .since(0)
        .iter()
        .map(|text| text_bytes(text));
    facts + texts.sum::<usize>()
}

/// Bytes kept for a fact that carries a signature.
fn signed_bytes(simulation: &Simulation) -> Option<f64> {
    let log = simulation.log();
    let (mut facts, mut bytes) = (0_usize, 0);
    for (_, it) in log.facts(0, log.len()) {
        if let Fact::Sent(message) = it.fact
            && message.signature.0 != 0
        {
            facts += 1;
            bytes += size_of::<Record>() + text_bytes(simulation.texts().bytes(message.signature));
        }
    }
    (facts > 0).then(|| bytes as f64 / facts as f64)
}

/// Bytes kept for a text and for where it lies.
fn text_bytes(text: &[u8]) -> usize {
    text.len() + size_of::<Box<[u8]>>()
}

fn signatures(scale: &Scale, sheet: &mut Sheet) -> Result<(), Failure> {
    let (mut signed, mut verified) = (Vec::new(), Vec::new());
    let mut work = Signatures::default();
    for _ in 0..scale.rounds {
        let begun = Instant::now();
        work.sign(scale.signatures);
        signed.push(rate(scale.signatures, begun.elapsed()));
        let begun = Instant::now();
        let good = work.verify(scale.signatures);
        verified.push(rate(scale.signatures, begun.elapsed()));
        if good != scale.signatures {
            return Err(broken("a good signature was not taken for one"));
        }
    }
    sheet.add(
        "sign",
        "Ed25519 signatures made a second",
        median(&mut signed),
        "a second",
    );
    sheet.add(
        "verify",
        "Ed25519 signatures verified a second",
        median(&mut verified),
        "a second",
    );
    Ok(())
}

/// Transfers without a network, and the workload of fifty devices that make twenty payments each,
/// with every signature and store of each model; then that workload by the rules of a purse alone.
fn transfers(scale: &Scale, sheet: &mut Sheet) -> Result<(), Failure> {
    for model in offline::Model::ALL {
        let (mut rates, mut times) = (Vec::new(), Vec::new());
        for _ in 0..scale.rounds {
            let mut pairs = Transfers::new(*model, scale.pairs).map_err(broken)?;
            let begun = Instant::now();
            let made = pairs.make(20).map_err(broken)?;
            rates.push(rate(made, begun.elapsed()));
        }
        for _ in 0..scale.rounds.min(3) {
            let begun = Instant::now();
            black_box(fifty(*model).map_err(broken)?);
            times.push(milliseconds(begun.elapsed()));
        }
        let key = model.key();
        sheet.add(
            format!("transfers-{key}"),
            format!("Offline transfers a second, {key}"),
            median(&mut rates),
            "a second",
        );
        sheet.add(
            format!("fifty-{key}"),
            format!("50 devices, 20 payments each, {key}"),
            median(&mut times),
            "ms",
        );
    }
    let times = scale.payments / 1_000;
    let begun = Instant::now();
    black_box(fifty_unsigned(times).map_err(broken)?);
    let each = milliseconds(begun.elapsed()) / f64::from(times);
    let what = "The same by the rules of a purse, unsigned";
    sheet.add("fifty-unsigned", what, each, "ms");
    Ok(())
}

/// How long the picture of a long scenario takes, anywhere and one step on.
fn pictures(scale: &Scale, sheet: &mut Sheet) -> Result<(), Failure> {
    let mut session = Session::open(long_story(false, scale.acts));
    let length = session.run().map_or(0, Run::position);
    if !session.diagnostics().is_empty() || length == 0 {
        return Err(broken("the long scenario is wrong"));
    }
    let mut anywhere = places();
    let (mut jumps, mut steps) = (Vec::new(), Vec::new());
    for _ in 0..scale.seeks {
        let position = anywhere(length);
        for (times, position) in [(&mut jumps, position), (&mut steps, position + 1)] {
            let begun = Instant::now();
            black_box(session.moment(position));
            times.push(milliseconds(begun.elapsed()));
        }
    }
    let events = money::write_grouped(i64::from(length), 0, ',');
    let what = format!("Picture anywhere in {events} events");
    sheet.spread(["seek-median", "seek-p99"], &what, &mut jumps);
    sheet.spread(
        ["step-median", "step-p99"],
        "Picture of the step after it",
        &mut steps,
    );
    Ok(())
}

/// How long the world of a log takes that is longer than any text makes it.
fn worlds(scale: &Scale, sheet: &mut Sheet) -> Result<(), Failure> {
    let mut payments = Payments::new(PEOPLE).map_err(broken)?;
    while payments.facts() < scale.log {
        payments.make(100).map_err(broken)?;
    }
    let log = payments.simulation().log();
    let mut anywhere = places();
    let mut times = Vec::new();
    for _ in 0..scale.seeks {
        let position = anywhere(log.len());
        let begun = Instant::now();
        black_box(log.world_at(position));
        times.push(milliseconds(begun.elapsed()));
    }
    let events = money::write_grouped(i64::from(log.len()), 0, ',');
    let what = format!("World anywhere in {events} events");
    sheet.spread(["world-median", "world-p99"], &what, &mut times);
    Ok(())
}

/// Random places below a length, the same in every run.
fn places() -> impl FnMut(u32) -> u32 {
    let mut random = seal::stream(7, "bench", "places");
    move |length| u32::try_from(random.next_u64() % u64::from(length.max(1))).unwrap_or_default()
}

/// A scenario of so many payments between two banks.
fn long_story(signing: bool, payments: usize) -> String {
    let mut text = format!(
        "use cny-2025@1\nsigning {}\n",
        if signing { "on" } else { "off" }
    );
    // Writing to a string cannot fail.
    for bank in ["A", "B"] {
        let _ = writeln!(text, "operator {bank} reserves=10_000_000.00");
        for number in 0..CUSTOMERS {
            let _ = writeln!(text, "firm {bank}{number} at={bank} deposit=100_000.00");
        }
        let _ = writeln!(text, "central-bank: issue 1_000_000.00 to={bank}");
    }
    for number in 0..CUSTOMERS {
        let _ = writeln!(text, "A{number}: exchange 100_000.00");
    }
    for number in 0..payments {
        let (payer, payee) = (number % CUSTOMERS, number * 7 % CUSTOMERS);
        let _ = writeln!(text, "A{payer}: pay B{payee} 0.{:02}", number % 99 + 1);
    }
    text
}

fn milliseconds(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

/// The middle one; sorts them.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut []), 0.0);
    }

    #[test]
    fn figures_are_readable() {
        assert_eq!(
            [1_234_567.8, 123.4, 1.234].map(readable),
            ["1,234,567", "123", "1.23"]
        );
    }
}
