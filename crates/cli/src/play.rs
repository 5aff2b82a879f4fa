//! `exchequer run`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use exchequer::report::{Balance, Report, balances};
use exchequer::run::Options;
use exchequer::script::Statement;
use exchequer::series;
use exchequer::session::Session;
use exchequer::{Run, RunError};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use money::Currency;
use world::invariants;

use crate::args;
use crate::failure::{Failure, Verdict, complain};
use crate::out::Out;
use crate::source::{Source, count};
use crate::table::{Side, Table};
use crate::words::Words;

/// How long a run may take before it shows how far it is.
const PATIENCE: Duration = Duration::from_millis(500);

/// Plays each file; a bad one does not keep the others from being played.
pub(crate) fn run(asked: &args::Run, out: &mut Out) -> Verdict {
    let mut verdict = Verdict::Held;
    for (index, path) in asked.files.iter().enumerate() {
        if index > 0 && !asked.json && !asked.digest {
            out.line("");
        }
        let found = run_one(asked, path, out).unwrap_or_else(|failure| failure.tell());
        verdict = verdict.max(found);
    }
    verdict
}

fn run_one(asked: &args::Run, path: &Path, out: &mut Out) -> Result<Verdict, Failure> {
    let source = Source::read(path)?;
    let (run, broken) = to_end(
        &source,
        Options {
            seed: asked.seed,
            ceiling: None,
        },
    )?;
    let mut report = Report::of(&run);
    for key in broken {
        report.invariants.insert(key.to_owned(), false);
    }
    let failed = !report.held() || (asked.strict && report.unexpected().next().is_some());
    if asked.digest {
        match asked.files.len() {
            1 => out.line(&report.digest),
            _ => out.line(format_args!("{}  {}", report.digest, source.name)),
        }
    } else if asked.json {
        // Texts, numbers and maps with text keys: JSON has a form for all of them.
        out.line(serde_json::to_string(&report).unwrap_or_default());
    } else {
        describe(&run, &report, out);
    }
    if failed {
        complain_of(&source, &run, &report, asked.strict);
    }
    Ok(if failed {
        Verdict::Failed
    } else {
        Verdict::Held
    })
}

/// Plays a scenario to its end. Beside it, the invariants that failed on the way.
pub(crate) fn to_end(
    source: &Source,
    options: Options,
) -> Result<(Run, BTreeSet<&'static str>), Failure> {
    let (run, diagnostics) = Run::open(&source.text, options);
    source.accept(&diagnostics)?;
    let stopped = |_: RunError| {
        // The session says in the same words as everywhere what a run stopped at.
        source
            .accept(Session::open_with(&source.text, options).diagnostics())
            .err()
            .unwrap_or_else(|| Failure::Script {
                name: source.name.clone(),
                count: "it stopped".to_owned(),
            })
    };
    let mut run = run.map_err(stopped)?;
    let statements = run
        .script()
        .statements()
        .filter(|(_, it)| Statement::acts(it))
        .count();
    let (bar, begun) = (
        ProgressBar::with_draw_target(Some(statements as u64), ProgressDrawTarget::hidden()),
        Instant::now(),
    );
    if let Ok(style) =
        ProgressStyle::with_template("playing {wide_bar} {pos} of {len} lines, {eta} left")
    {
        bar.set_style(style);
    }
    let (mut broken, mut is_late) = (BTreeSet::new(), false);
    loop {
        match run.step() {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                bar.finish_and_clear();
                return Err(stopped(error));
            }
        }
        let checks = invariants::quick(run.simulation().world());
        broken.extend(checks.filter(|check| !check.holds()).map(|check| check.key));
        if !is_late && begun.elapsed() > PATIENCE {
            is_late = true;
            // Draws only where standard error is a terminal.
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok((run, broken))
}

/// The report for people.
fn describe(run: &Run, report: &Report, out: &mut Out) {
    let rules = run.simulation().rules();
    let words = Words::new(rules.currency.decimals());
    if !report.title.is_empty() {
        out.line(&report.title);
    }
    let events = count(report.events as usize, "event");
    out.line(format_args!(
        "{}, seed {}, {events}",
        run.preset().id(),
        run.seed()
    ));
    out.line("");
    out.text(expectations(run));
    if !report.refusals.is_empty() {
        out.line("");
        out.line("Refusals");
        out.text(refusals(run, report, &words));
    }
    out.line("");
    out.line("Invariants");
    let mut table = Table::new(2, &[Side::Left, Side::Left]);
    for (name, holds) in &report.invariants {
        table.row([
            words.say(&format!("check-{name}")),
            words.say(if *holds { "holds" } else { "broken" }),
        ]);
    }
    out.text(table);
    out.line("");
    let watched = monitors(run, &words);
    if !watched.is_empty() {
        out.line("Monitors");
        out.text(watched);
        out.line("");
    }
    out.line(format_args!("Balances in {}", rules.currency.code()));
    out.text(balances_in_short(&balances(run), rules.currency, &words));
    out.line("");
    out.line(format_args!("Digest {}", report.digest));
}

fn expectations(run: &Run) -> Table {
    let mut table = Table::new(2, &[Side::Left, Side::Left, Side::Left]);
    let checked = run.checked();
    let held = checked.iter().filter(|it| it.held).count();
    table.across(match (held, checked.len()) {
        (_, 0) => "Expectations: none".to_owned(),
        (held, all) if held == all => format!("Expectations: all {all} held"),
        (held, all) => format!("Expectations: {held} of {all} held"),
    });
    for it in checked.iter().filter(|it| !it.held) {
        let (line, expected) = (
            format!("line {}", it.line),
            format!("expected {}", it.expected),
        );
        table.row([line, expected, format!("found {}", it.found)]);
    }
    table
}

fn refusals(run: &Run, report: &Report, words: &Words) -> Table {
    let mut table = Table::new(2, &[Side::Left; 5]);
    // What crowds were refused is counted.
    let mut of_crowds: BTreeMap<(u32, &str), usize> = BTreeMap::new();
    let simulation = run.simulation();
    for (it, told) in run.refused().iter().zip(&report.refusals) {
        let order = it.refusal.order;
        if simulation.is_by_crowd(order) {
            *of_crowds
                .entry((it.line, it.refusal.code.key()))
                .or_default() += 1;
            continue;
        }
        let expected = if it.expected {
            "expected"
        } else {
            "not expected"
        };
        let asked = if it.refusal.asked > 0 {
            let currency = run.simulation().world().currency_of_refusal(&it.refusal);
            let other = Some(currency).filter(|it| *it != run.simulation().rules().currency);
            format!("{} asked for", words.sum_in(it.refusal.asked, other))
        } else {
            String::new()
        };
        let party = words.name(&told.party);
        table.row([
            format!("line {}", it.line),
            told.code.clone(),
            party,
            asked,
            expected.to_owned(),
        ]);
    }
    for ((line, code), times) in of_crowds {
        let times = format!("{times} ×");
        table.row([
            format!("line {line}"),
            code.to_owned(),
            words.say("series-a-crowd"),
            times,
            String::new(),
        ]);
    }
    table
}

/// What may be breached, and where it is.
fn monitors(run: &Run, words: &Words) -> Table {
    let mut table = Table::new(2, &[Side::Left, Side::Left, Side::Left, Side::Left]);
    for it in series::monitors(run) {
        let key = words.say(&format!("monitor-{}", it.key));
        let state = if it.breached {
            let (has, needs) = (words.sum(it.has), words.sum(it.needs));
            words.tell("monitor-breached", &[("has", &has), ("needs", &needs)])
        } else {
            words.say("monitor-fine")
        };
        table.row([words.name(&it.name), key, state]);
    }
    table
}

/// One line a party.
fn balances_in_short(balances: &[Balance], own: Currency, words: &Words) -> Table {
    let mut table = Table::new(2, &[Side::Left, Side::Left]);
    for of_one in balances.chunk_by(|one, next| one.name == next.name) {
        let each = of_one.iter().map(|it| {
            let other = Some(it.currency).filter(|it| *it != own);
            format!("{} {}", it.field, words.sum_in(it.minor, other))
        });
        let name = of_one
            .first()
            .map_or(String::new(), |it| words.name(&it.name));
        table.row([name, each.collect::<Vec<_>>().join("   ")]);
    }
    table
}

/// Why the run counts as failed, one line a reason, each with its place.
fn complain_of(source: &Source, run: &Run, report: &Report, strict: bool) {
    for it in run.checked().iter().filter(|it| !it.held) {
        let Source { name, .. } = source;
        complain(&format!(
            "{name}:{}: expected {}, found {}\n",
            it.line, it.expected, it.found
        ));
    }
    for (key, _) in report.invariants.iter().filter(|(_, holds)| !**holds) {
        complain(&format!(
            "{}: the invariant {key} does not hold\n",
            source.name
        ));
    }
    for it in report.unexpected().filter(|_| strict) {
        complain(&format!(
            "{}:{}: refused {}, and no line expects it\n  help: write “expect refused {}” below the line\n",
            source.name, it.line, it.code, it.code
        ));
    }
}
