//! `exchequer attacks`: what comes of each attack on offline transfers under
//! each model, played while it is asked for.

use exchequer::attacks;
use exchequer::views::Attempt;

use crate::args;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::table::{Side, Table};
use crate::words::Words;

/// Prints the matrix: one row an attack and model.
pub(crate) fn attacks(asked: &args::Attacks, out: &mut Out) -> Result<Verdict, Failure> {
    let wanted = |model: &str| asked.model.as_deref().is_none_or(|it| it == model);
    let models: Vec<&'static str> = attacks::models().filter(|model| wanted(model)).collect();
    if models.is_empty() {
        return Err(Failure::NoModel {
            name: asked.model.clone().unwrap_or_default(),
            known: attacks::models().collect::<Vec<_>>().join(", "),
        });
    }
    let mut attempts = Vec::new();
    for attack in attacks::attacks() {
        for model in models.iter().copied() {
            let attempt = attacks::play(attack, model);
            attempts.push(attempt.ok_or(Failure::Attack { attack, model })?);
        }
    }
    if asked.json {
        // Texts and numbers: JSON has a form for all of them.
        out.line(serde_json::to_string_pretty(&attempts).unwrap_or_default());
    } else {
        out.text(matrix(&attempts));
    }
    Ok(Verdict::Held)
}

fn matrix(attempts: &[Attempt]) -> Table {
    use Side::{Left, Right};
    let words = Words::new(2);
    let mut table = Table::new(0, &[Left, Left, Left, Left, Left, Left, Left, Right]);
    let heads = [
        "attack",
        "model",
        "noticed",
        "noticed-by",
        "as",
        "culprit",
        "loss-by",
        "amount",
    ];
    table.row(heads.map(|head| words.say(&format!("attack-{head}"))));
    for it in attempts {
        let what = it.what.as_deref().map(|what| words.say(what));
        let named = if it.is_named {
            "attack-named"
        } else {
            "attack-unnamed"
        };
        table.row([
            words.say(&format!("attack-{}", it.attack)),
            words.say(&format!("attack-model-{}", it.model)),
            words.say(&format!("attack-stage-{}", it.stage)),
            words.say(&format!("attack-by-{}", it.by)),
            what.unwrap_or_default(),
            words.say(named),
            words.say(&format!("attack-bearer-{}", it.bearer)),
            words.sum(it.amount),
        ]);
    }
    table
}
