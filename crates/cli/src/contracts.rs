//! What contracts hold and wait for, and what can be proven of them before
//! anybody signs: `exchequer show contracts`, `show analysis`, and what `check`
//! warns of.

use conditions::analysis::{Finding, Weight, analyse};
use conditions::explain::{self, Said, Speaker};
use conditions::{Condition, Machine, Offer, Offered, Who};
use exchequer::Run;
use exchequer::script::{Says, Script, Statement};
use money::Span;
use world::state::{Form, World};

use crate::out::Out;
use crate::words::Words;

impl Speaker for Words {
    fn message(&self, key: &str, args: &[(&str, Said)]) -> String {
        self.said(key, args)
    }

    fn amount(&self, minor: i64) -> String {
        self.sum(minor)
    }

    fn span(&self, span: Span) -> String {
        span.to_string()
    }
}

/// The contracts that a text says, ready to run.
fn machines(script: &Script) -> impl Iterator<Item = &Machine> {
    script
        .playable()
        .filter_map(|(_, statement)| match statement {
            Statement::Block(block) => match &block.says {
                Says::Contract { machine, .. } => Some(&**machine),
                Says::Condition(_) => None,
            },
            _ => None,
        })
}

/// The conditions that a text says.
fn conditions(script: &Script) -> impl Iterator<Item = &Condition> {
    script
        .playable()
        .filter_map(|(_, statement)| match statement {
            Statement::Block(block) => match &block.says {
                Says::Condition(condition) => Some(condition),
                Says::Contract { .. } => None,
            },
            _ => None,
        })
}

/// What may go wrong in a text's contracts, a sentence each.
pub(crate) fn risks(script: &Script, words: &Words) -> Vec<String> {
    let mut found = Vec::new();
    for machine in machines(script) {
        let analysis = analyse(machine);
        let risks = analysis
            .findings
            .iter()
            .filter(|finding| finding.weight() == Weight::Risk);
        found.extend(risks.map(|finding| {
            let sentence = explain::finding(machine, finding).say(words);
            format!("contract {}: {sentence}", machine.name())
        }));
    }
    found
}

/// Prints what can be proven of each contract of a text, and the shortest play
/// that reaches each thing that was found; of each condition, what a chip
/// without a network can judge.
pub(crate) fn analysis(script: &Script, words: &Words, out: &mut Out) {
    let mut any = false;
    for machine in machines(script) {
        if std::mem::replace(&mut any, true) {
            out.line("");
        }
        let analysis = analyse(machine);
        out.line(format_args!("contract {}", machine.name()));
        for phrase in explain::analysis(machine, &analysis) {
            out.line(format_args!("  {}", phrase.say(words)));
        }
        for finding in &analysis.findings {
            let grave = match finding.weight() {
                Weight::Risk => "risk",
                Weight::Note => "note",
            };
            let sentence = explain::finding(machine, finding).say(words);
            out.line(format_args!("  {grave}: {sentence}"));
            for play in finding.path() {
                let said = explain::play(machine, play).say(words);
                out.line(format_args!("    {said}"));
            }
            if let Finding::Race { claims, .. } = finding {
                for play in [&claims.0, &claims.1] {
                    let said = explain::play(machine, play).say(words);
                    out.line(format_args!("    or {said}"));
                }
            }
        }
    }
    for condition in conditions(script) {
        if std::mem::replace(&mut any, true) {
            out.line("");
        }
        out.line(format_args!("condition {}", condition.name));
        for phrase in explain::judges(condition) {
            out.line(format_args!("  {}", phrase.say(words)));
        }
    }
    if !any {
        out.line("No contracts.");
    }
}

/// Prints each open contract at a position: what it holds, what was put in and
/// came out, and who can do what now.
pub(crate) fn contracts(run: &Run, world: &World, words: &Words, out: &mut Out) {
    let simulation = run.simulation();
    let text = |id| simulation.texts().text(id).to_owned();
    let mut any = false;
    for (order, open) in world.contracts() {
        let Some(machine) = world.form(open.number).and_then(Form::machine) else {
            continue;
        };
        if std::mem::replace(&mut any, true) {
            out.line("");
        }
        let name = Some(text(open.name)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| format!("#{}", order.0));
        let sums = world.sums_of(order).unwrap_or_default();
        out.line(format_args!("{name}: {}", machine.name()));
        out.line(format_args!(
            "  put in {}   paid out {}   gone back {}   held {}",
            words.sum(sums.funded),
            words.sum(sums.released),
            words.sum(sums.refunded),
            words.sum(sums.held),
        ));
        let Some(state) = open.instance.state() else {
            out.line("  It has ended.");
            continue;
        };
        let due = machine.due(&open.instance);
        let due = due.map(|due| run.zone().civil(due).to_string());
        if let Some((step, turn, turns)) = machine.step_of(state) {
            let turn = match turns {
                0 | 1 => String::new(),
                turns => format!(", turn {turn} of {turns}"),
            };
            out.line(format_args!(
                "  waits in step {step}{turn}, until {}",
                due.unwrap_or_default()
            ));
        }
        for offer in machine.offers(&open.instance) {
            out.line(format_args!("  {}", offered(machine, &offer, words)));
        }
    }
    for (order, purse) in world.purses() {
        if std::mem::replace(&mut any, true) {
            out.line("");
        }
        let name = Some(text(purse.name)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| format!("#{}", order.0));
        let (wrapped, spent, back) = purse.wrapper.totals();
        let written = world.written(purse.number).map(|it| text(it.name));
        out.line(format_args!("{name}: {}", written.unwrap_or_default()));
        out.line(format_args!(
            "  wrapped {}   spent {}   gone back {}   held {}",
            words.sum(wrapped),
            words.sum(spent),
            words.sum(back),
            words.sum(purse.wrapper.outstanding()),
        ));
        for (wallet, of) in world.wallets() {
            let held = world::state::holder(wallet).map_or(0, |it| purse.wrapper.held(&it));
            if held > 0 {
                let who = words.name(&text(of.name));
                out.line(format_args!("  {who} has {}", words.sum(held)));
            }
        }
    }
    if !any {
        out.line("No contracts.");
    }
}

/// What somebody can do now.
fn offered(machine: &Machine, offer: &Offer, words: &Words) -> String {
    let role = |it: &Who| match it {
        Who::Role(role) => {
            let at = usize::from(*role);
            let name = machine.roles().get(at);
            let player = machine.players().get(at).and_then(Option::as_ref);
            match (name, player) {
                (Some(name), Some(player)) => format!("{player} ({name})"),
                (name, _) => name.map_or_else(String::new, ToString::to_string),
            }
        }
        Who::Stranger(_) => "anyone".to_owned(),
        Who::World => "the central bank".to_owned(),
    };
    let by: Vec<String> = offer.by.iter().map(role).collect();
    let by = match by.as_slice() {
        [] => "anyone".to_owned(),
        names => names.join(" or "),
    };
    let word = |at: u16| {
        let word = machine.words().get(usize::from(at));
        word.map_or_else(String::new, ToString::to_string)
    };
    let what = match &offer.what {
        Offered::Deposit { amount, .. } => format!("can put in {}", words.sum(*amount)),
        Offered::Names { value, least, most } => {
            let name = machine.values().get(usize::from(*value));
            let name = name.map_or_else(String::new, ToString::to_string);
            let (least, most) = (words.sum(*least), words.sum(*most));
            format!("can name {name} from {least} to {most}")
        }
        Offered::Shows { .. } => "can show the secret".to_owned(),
        Offered::Signs { what, missing } => {
            format!("can sign {}; {missing} missing", word(*what))
        }
        Offered::Event { event, of } => {
            let of = machine.roles().get(usize::from(*of));
            let of = of.map_or_else(String::new, ToString::to_string);
            format!("can say: {} of {of}", word(*event))
        }
        Offered::Says { what } => format!("can say: {}", word(*what)),
    };
    format!("{by} {what}")
}
