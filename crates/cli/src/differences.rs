//! `exchequer show differences`: what comes out differently by the rules of
//! another preset, event by event.

use exchequer::compare::{compare, with_preset};
use exchequer::session::Session;
use exchequer::views::{Change, Comparison, Outcome};

use crate::args;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::preset;
use crate::source::Source;
use crate::table::{Side, Table};
use crate::words::Words;

/// Prints the differences.
pub(crate) fn show(asked: &args::Show, source: &Source, out: &mut Out) -> Result<Verdict, Failure> {
    let given = [
        ("--at", asked.at.is_some()),
        ("--as", asked.viewer.is_some()),
        ("--json", asked.json),
    ];
    if let Some((option, _)) = given.into_iter().find(|(_, given)| *given) {
        return Err(Failure::NotWith {
            option,
            view: "differences",
        });
    }
    let preset = preset::find(asked.with.as_deref().unwrap_or_default())?.id();
    let text = String::from_utf8_lossy(&source.text);
    let mut here = Session::open(text.as_bytes());
    let other = with_preset(&text, &preset).unwrap_or_else(|| text.clone().into_owned());
    let mut there = Session::open(other);
    let found = compare(&mut here, &mut there);
    let decimals = here
        .run()
        .map_or(2, |run| run.simulation().rules().currency.decimals());
    out.line(format!("{} beside {}", found.presets[0], found.presets[1]));
    for (preset, line) in found.presets.iter().zip(found.waits_for) {
        if let Some(line) = line {
            out.line(format!("{preset}: from line {line} on it cannot be played"));
        }
    }
    out.line("");
    if found.differences.is_empty() {
        out.line("Every event comes to the same.");
    } else {
        out.text(table(&found, &Words::new(decimals)));
    }
    if found.is_cut {
        out.line("Only the first events were compared.");
    }
    Ok(Verdict::Held)
}

fn table(found: &Comparison, words: &Words) -> Table {
    let mut table = Table::new(0, &[Side::Left, Side::Right, Side::Right]);
    let [here, there] = &found.presets;
    table.row(["", here.as_str(), there.as_str()]);
    for it in &found.differences {
        table.across(format!("line {}: {}", it.line, it.said));
        if it.outcomes[0] != it.outcomes[1] {
            let told = it.outcomes.each_ref().map(outcome);
            table.row(["  ".to_owned(), told[0].clone(), told[1].clone()]);
        }
        for change in &it.changes {
            let by = [0, 1].map(|side| change_of(change, side, words));
            let key = words.tell(&change.key, &[("unit", "Digital money")]);
            let name = format!("  {} · {key}", words.name(&change.name));
            table.row([name, by[0].clone(), by[1].clone()]);
        }
    }
    table
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Missing => "did not take place".to_owned(),
        Outcome::Done => "done".to_owned(),
        Outcome::Refused(code) => format!("refused {code}"),
    }
}

/// By how much, and whose debt it is where that differs.
fn change_of(change: &Change, side: usize, words: &Words) -> String {
    let Some((sum, form, owed)) = change.by[side] else {
        return "unchanged".to_owned();
    };
    let signed = if sum < 0 {
        words.sum(sum)
    } else {
        format!("+{}", words.sum(sum))
    };
    let differs = change.by[1 - side].is_some_and(|(_, other, by)| (other, by) != (form, owed));
    if differs {
        return format!("{signed} {}", words.money(form, owed));
    }
    signed
}
