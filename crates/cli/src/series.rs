//! `exchequer show series`: what became of all money, and figures to hold
//! beside it.

use exchequer::Run;
use exchequer::calibration::calibration;
use exchequer::series::series;
use exchequer::views::{Calibration, Sample, Series};
use money::{Rate, Rounding, write_grouped};
use serde::Serialize;

use crate::out::Out;
use crate::table::{Side, Table};
use crate::words::Words;

/// Intervals in a table, and in JSON, from which charts are drawn.
const ROWS: u32 = 20;
const POINTS: u32 = 200;

#[derive(Serialize)]
struct Whole {
    series: Series,
    calibration: Vec<Calibration>,
}

/// Prints it as JSON.
pub(crate) fn json(run: &Run, out: &mut Out) {
    let whole = Whole {
        series: series(run, POINTS),
        calibration: calibration(),
    };
    // Texts and numbers: JSON has a form for all of them.
    out.line(serde_json::to_string_pretty(&whole).unwrap_or_default());
}

/// Prints it as tables.
pub(crate) fn tables(run: &Run, out: &mut Out) {
    let words = Words::new(run.simulation().rules().currency.decimals());
    let found = series(run, ROWS);
    out.text(samples(&found, &words));
    out.line("");
    out.text(banks(&found, &words));
    if let Some(last) = found.samples.last() {
        out.line("");
        out.text(at_the_end(last, &words));
    }
    out.line("");
    out.line(words.say("calibration"));
    out.text(figures(&words));
}

fn heads(words: &Words, keys: &[&str]) -> Vec<String> {
    let heads = keys.iter().map(|key| words.say(&format!("series-{key}")));
    [String::new()].into_iter().chain(heads).collect()
}

fn samples(series: &Series, words: &Words) -> Table {
    let keys = [
        "reserves", "vaults", "deposits", "wallets", "in-issue", "payments", "paid", "refused",
        "velocity",
    ];
    let mut sides = [Side::Right; 10];
    sides[0] = Side::Left;
    let mut table = Table::new(0, &sides);
    table.row(heads(words, &keys));
    for it in &series.samples {
        let refused: u32 = it.refusals.iter().map(|(_, count)| count).sum();
        let velocity = it.velocity.map(|velocity| velocity.to_string());
        table.row([
            it.time.replace('T', " "),
            words.sum(it.reserves),
            words.sum(it.vaults),
            words.sum(it.deposits),
            words.sum(it.wallets),
            words.sum(it.in_issue),
            it.payments.to_string(),
            words.sum(it.paid),
            refused.to_string(),
            velocity.unwrap_or_default(),
        ]);
    }
    table
}

fn banks(series: &Series, words: &Words) -> Table {
    let keys = [
        "owed",
        "held",
        "required",
        "deficiency",
        "outflow",
        "shortage",
        "turned-away",
    ];
    let mut sides = [Side::Right; 8];
    sides[0] = Side::Left;
    let mut table = Table::new(0, &sides);
    table.row(heads(words, &keys));
    let some = |sum: Option<i64>| sum.map_or_else(String::new, |sum| words.sum(sum));
    for it in &series.banks {
        table.row([
            words.name(&it.name),
            words.sum(it.owed),
            words.sum(it.held),
            some(it.required),
            some(it.deficiency),
            words.sum(it.outflow),
            words.sum(it.shortage),
            words.sum(it.turned_away),
        ]);
    }
    table
}

/// Figures of the whole run, and the refusals by their codes.
fn at_the_end(last: &Sample, words: &Words) -> Table {
    let mut table = Table::new(0, &[Side::Left, Side::Right]);
    for (key, sum) in [
        ("average-stock", last.average_stock),
        ("seigniorage", last.seigniorage),
    ] {
        if let Some(sum) = sum {
            table.row([words.say(&format!("series-{key}")), words.sum(sum)]);
        }
    }
    if last.by_hand > 0 {
        table.row([words.say("series-by-hand"), last.by_hand.to_string()]);
        table.row([words.say("series-honoured"), words.sum(last.honoured)]);
    }
    for (code, count) in &last.refusals {
        let code = words.say(&format!("refusal-{}", code.replace('.', "-")));
        table.row([
            words.tell("series-refused-for", &[("code", &code)]),
            count.to_string(),
        ]);
    }
    table
}

fn figures(words: &Words) -> Table {
    let mut table = Table::new(
        2,
        &[Side::Left, Side::Right, Side::Left, Side::Left, Side::Left],
    );
    for it in calibration() {
        let value = match it
            .value
            .parse::<Rate>()
            .map(|rate| rate.apply(1, Rounding::Down))
        {
            // Large numbers are read in groups of three.
            Ok(Ok(whole)) if !it.value.contains('.') => write_grouped(whole, 0, ','),
            _ => it.value,
        };
        let value = match it.unit.as_str() {
            "" => value,
            "%" => format!("{value}%"),
            unit => format!("{value} {unit}"),
        };
        table.row([
            words.say(&format!("calibration-{}", it.key)),
            value,
            it.mark,
            it.date,
            it.source,
        ]);
    }
    table
}
