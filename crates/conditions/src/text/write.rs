//! Writes blocks in canonical form.

use std::fmt::{Display, Write};

use super::KEYWORDS;
use super::contract::Line;
use super::cursor::Read;
use super::lexer::{continues_word, starts_word, tokens};
use crate::contract::{
    Action, Actor, Block, Contract, Count, Handler, Hold, Op, Party, Payee, Secret, Step, Target,
    Test, Value,
};
use crate::{Condition, Name, Rule};

/// A name as the text form writes it: in quotes where it must be.
#[must_use]
pub fn quoted_name(name: &Name) -> String {
    let text = name.as_str();
    let plain = text.starts_with(starts_word)
        && text.chars().all(continues_word)
        && !KEYWORDS.contains(&text);
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// Joins what is written of each.
fn list<T>(items: &[T], between: &str, write: impl Fn(&T) -> String) -> String {
    items.iter().map(write).collect::<Vec<_>>().join(between)
}

fn optional<T: Display>(word: &str, value: Option<T>) -> String {
    value.map_or_else(String::new, |value| format!(" {word} {value}"))
}

/// A `contract` block, from its first line to its `end`.
#[must_use]
pub fn contract_text(contract: &Contract) -> String {
    let mut out = format!("contract {}\n", quoted_name(&contract.name));
    let mut push = |indent: &str, line: String| {
        out.push_str(indent);
        out.push_str(&line);
        out.push('\n');
    };
    if !contract.parties.is_empty() {
        push("  ", parties(&contract.parties));
    }
    contract
        .secrets
        .iter()
        .for_each(|it| push("  ", secret(it)));
    contract.hold.iter().for_each(|it| push("  ", hold(it)));
    contract.on.iter().for_each(|it| push("  ", on(it)));
    for it in &contract.steps {
        push("  ", step(it));
        for case in &it.cases {
            push(
                "    ",
                format!("when {}: {}", action_text(&case.when), block(&case.then)),
            );
        }
        push("    ", format!("{}: {}", late_word(it), block(&it.late)));
    }
    out.push_str("end\n");
    out
}

/// With which word a step says what it does when nobody acts, or at once.
const fn late_word(step: &Step) -> &'static str {
    if step.until.is_some() { "else" } else { "do" }
}

/// A `condition` block, from its first line to its `end`.
#[must_use]
pub fn condition_text(condition: &Condition) -> String {
    let mut out = format!("condition {}\n", quoted_name(&condition.name));
    for it in &condition.rules {
        let _ = writeln!(out, "  {}", rule_text(it));
    }
    out.push_str("end\n");
    out
}

/// A line in canonical form with its comment; as it is if it cannot be read.
pub(super) fn with_comment<T: CanonicalLine>(line: Read<Option<T>>, text: &str) -> String {
    let (_, comment) = tokens(text);
    let mut out = match line {
        Err(_) => return text.to_owned(),
        Ok(None) => String::new(),
        Ok(Some(line)) => line.canonical(),
    };
    if let Some(comment) = comment {
        out.push_str("  #");
        if !comment.is_empty() {
            out.push(' ');
            out.push_str(comment);
        }
    }
    out
}

/// A line that can be written in canonical form.
pub(super) trait CanonicalLine {
    fn canonical(&self) -> String;
}

impl CanonicalLine for Rule {
    fn canonical(&self) -> String {
        format!("  {}", rule_text(self))
    }
}

impl CanonicalLine for Line {
    fn canonical(&self) -> String {
        let (indent, line) = match self {
            Self::Parties(it) => ("  ", parties(it)),
            Self::Secret(it) => ("  ", secret(it)),
            Self::Hold(it) => ("  ", hold(it)),
            Self::On(it) => ("  ", on(it)),
            Self::Step(it) => ("  ", step(it)),
            Self::When(case) => (
                "    ",
                format!("when {}: {}", action_text(&case.when), block(&case.then)),
            ),
            Self::Else(it) => ("    ", format!("else: {}", block(it))),
            Self::Do(it) => ("    ", format!("do: {}", block(it))),
        };
        format!("{indent}{line}")
    }
}

fn parties(parties: &[Party]) -> String {
    let party = |party: &Party| match &party.player {
        Some(player) => format!("{}={}", quoted_name(&party.role), quoted_name(player)),
        None => quoted_name(&party.role),
    };
    format!("parties {}", list(parties, " ", party))
}

fn secret(secret: &Secret) -> String {
    format!(
        "secret {} sha256=\"{}\"",
        quoted_name(&secret.name),
        secret.sha256
    )
}

fn hold(hold: &Hold) -> String {
    format!(
        "hold {} from {}",
        value_text(&hold.value),
        quoted_name(&hold.from)
    )
}

fn on(handler: &Handler) -> String {
    format!(
        "on {} of {}: {}",
        quoted_name(&handler.event),
        quoted_name(&handler.of),
        block(&handler.then)
    )
}

fn step(step: &Step) -> String {
    let repeat = step.repeat.as_ref().map_or_else(String::new, |repeat| {
        format!(
            " repeat {}{}",
            repeat.times,
            optional("every", repeat.every)
        )
    });
    format!(
        "step {}{}{}{repeat}",
        quoted_name(&step.name),
        optional("from", step.from),
        optional("until", step.until),
    )
}

fn actor(actor: &Actor) -> String {
    match actor {
        Actor::Party(name) => quoted_name(name),
        Actor::Anyone => "anyone".to_owned(),
    }
}

/// An action as the text form writes it.
pub(crate) fn action_text(action: &Action) -> String {
    match action {
        Action::Deposit { by, value, owner } => format!(
            "{} deposits {}{}",
            quoted_name(by),
            value_text(value),
            optional("for", owner.as_ref().map(quoted_name))
        ),
        Action::Names {
            by,
            name,
            least,
            most,
        } => format!(
            "{} names {} from {least} to {most}",
            quoted_name(by),
            quoted_name(name)
        ),
        Action::Shows { by, secret } => format!("{} shows {}", actor(by), quoted_name(secret)),
        Action::Sign { least, of, what } => format!(
            "{least} of [{}] sign {}",
            list(of, ", ", quoted_name),
            quoted_name(what)
        ),
        Action::Event { event, of } => format!("{} of {}", quoted_name(event), quoted_name(of)),
        Action::Says { by, what } => format!("{} {}", actor(by), quoted_name(what)),
    }
}

fn block(block: &Block) -> String {
    let mut items: Vec<String> = block.ops.iter().map(op).collect();
    match &block.go {
        Target::Next if !items.is_empty() => {}
        go => items.push(target(go)),
    }
    items.join(", ")
}

fn target(target: &Target) -> String {
    match target {
        Target::Next => "go on".to_owned(),
        Target::Close => "close".to_owned(),
        Target::Step(name) => format!("go {}", quoted_name(name)),
    }
}

fn op(op: &Op) -> String {
    let source = |from: &Option<Name>| optional("from", from.as_ref().map(quoted_name));
    match op {
        Op::Pay { value, to, from } => {
            let to = match to {
                Payee::Party(name) => quoted_name(name),
                Payee::Them => "them".to_owned(),
            };
            format!("pay {} to {to}{}", value_text(value), source(from))
        }
        Op::SetAside { value, owner, from } => format!(
            "set aside {} for {}{}",
            value_text(value),
            quoted_name(owner),
            source(from)
        ),
        Op::Split {
            value,
            from,
            parts,
            rest,
        } => {
            let mut shares: Vec<String> = parts
                .iter()
                .map(|part| {
                    let to = quoted_name(&part.to);
                    format!("{} to {to}{}", part.share, optional("up to", part.cap))
                })
                .collect();
            shares.extend(
                rest.iter()
                    .map(|name| format!("rest to {}", quoted_name(name))),
            );
            format!(
                "split {}{} as {}",
                value_text(value),
                source(from),
                shares.join(" and ")
            )
        }
        Op::Let { name, value } => format!("let {} = {}", quoted_name(name), value_text(value)),
        Op::If { test, go } => format!("if {} {}", test_text(test), target(go)),
    }
}

/// A value as the text form writes it.
#[must_use]
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Plus(a, b) => format!("{} + {}", value_text(a), product(b)),
        Value::Minus(a, b) => format!("{} - {}", value_text(a), product(b)),
        _ => product(value),
    }
}

fn product(value: &Value) -> String {
    match value {
        Value::Times(value, count) => {
            let count = match count {
                Count::Number(number) => number.to_string(),
                Count::Days => "days".to_owned(),
                Count::Hours => "hours".to_owned(),
                Count::Minutes => "minutes".to_owned(),
            };
            format!("{} times {count}", product(value))
        }
        _ => factor(value),
    }
}

fn factor(value: &Value) -> String {
    match value {
        Value::Amount(amount) => amount.to_string(),
        Value::All => "all".to_owned(),
        Value::Held(name) => format!("held of {}", quoted_name(name)),
        Value::Named(name) => quoted_name(name),
        Value::Least(a, b) => format!("least ({}, {})", value_text(a), value_text(b)),
        Value::Most(a, b) => format!("most ({}, {})", value_text(a), value_text(b)),
        Value::Share(share, value) => format!("{share} of {}", factor(value)),
        Value::Plus(..) | Value::Minus(..) | Value::Times(..) => {
            format!("({})", value_text(value))
        }
    }
}

/// A question as the text form writes it.
pub(crate) fn test_text(test: &Test) -> String {
    match test {
        Test::AtLeast(a, b) => format!("{} at least {}", value_text(a), value_text(b)),
        Test::MoreThan(a, b) => format!("{} more than {}", value_text(a), value_text(b)),
        Test::Is(a, b) => format!("{} is {}", value_text(a), value_text(b)),
        Test::All(tests) => format!("all ({})", list(tests, ", ", test_text)),
        Test::Any(tests) => format!("any ({})", list(tests, ", ", test_text)),
        Test::Not(test) => format!("not {}", test_text(test)),
    }
}

/// A rule as the text form writes it.
#[must_use]
pub fn rule_text(rule: &Rule) -> String {
    fn among<T>(word: &str, items: &[T], write: impl Fn(&T) -> String) -> String {
        match items {
            [item] => format!("{word} is {}", write(item)),
            _ => format!("{word} in [{}]", list(items, ", ", write)),
        }
    }
    match rule {
        Rule::All(rules) => format!("all ({})", list(rules, ", ", rule_text)),
        Rule::Any(rules) => format!("any ({})", list(rules, ", ", rule_text)),
        Rule::Not(rule) => format!("not {}", rule_text(rule)),
        Rule::After(moment) => format!("after {moment}"),
        Rule::Before(moment) => format!("before {moment}"),
        Rule::Payee(names) => among("payee", names, quoted_name),
        Rule::Category(codes) => among("category", codes, |code| format!("{:04}", code.code())),
        Rule::Area(names) => among("area", names, quoted_name),
        Rule::AmountAtMost(amount) => format!("amount at most {amount}"),
        Rule::DayAtMost(amount) => format!("day at most {amount}"),
        Rule::WalletAtLeast(name) => format!("wallet at least {}", quoted_name(name)),
        Rule::Signed { least, of } => {
            format!("signed by {least} of [{}]", list(of, ", ", quoted_name))
        }
        Rule::Shows(image) => format!("shows \"{image}\""),
    }
}
