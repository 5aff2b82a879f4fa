//! Reads the lines of a `contract` block.

use super::cursor::{Cursor, Read};
use super::lexer::Kind;
use super::{Places, Reading, SourceLine, readable};
use crate::contract::{
    Action, Actor, Block, Case, Contract, Count, Handler, Hold, Op, Part, Party, Payee, Repeat,
    Secret, Step, Target, Test, Value,
};
use crate::diagnostic::{Counted, Expected, Place, Problem, Spot, nearest};
use crate::{Name, limits};

/// A line that was read.
pub(super) enum Line {
    Parties(Vec<Party>),
    Secret(Secret),
    Hold(Hold),
    On(Handler),
    Step(Step),
    When(Case),
    Else(Block),
    Do(Block),
}

/// The words with which a line can begin.
const FIRST: [&str; 8] = [
    "parties", "secret", "hold", "on", "step", "when", "else", "do",
];

/// Reads a line for itself; nothing if it is blank.
pub(super) fn line(number: u32, text: &str) -> Read<Option<Line>> {
    read_line(&mut Cursor::new(number, text))
}

fn read_line(cursor: &mut Cursor<'_>) -> Read<Option<Line>> {
    if cursor.is_blank() {
        return Ok(None);
    }
    let word = cursor.first_word();
    let line = match word {
        Some("parties") => Line::Parties(parties(cursor)?),
        Some("secret") => {
            let name = cursor.name(Expected::Name)?;
            cursor.need("sha256", Expected::Image)?;
            cursor.need_sign("=", Expected::Equals)?;
            let sha256 = cursor.image()?;
            Line::Secret(Secret { name, sha256 })
        }
        Some("hold") => {
            let value = value(cursor, 0)?;
            cursor.need("from", Expected::From)?;
            let from = cursor.name(Expected::Party)?;
            Line::Hold(Hold { value, from })
        }
        Some("on") => {
            let event = cursor.name(Expected::Name)?;
            cursor.need("of", Expected::Of)?;
            let of = cursor.name(Expected::Party)?;
            cursor.need_sign(":", Expected::Colon)?;
            let then = block(cursor)?;
            Line::On(Handler { event, of, then })
        }
        Some("step") => Line::Step(step(cursor)?),
        Some("when") => {
            let when = action(cursor)?;
            cursor.need_sign(":", Expected::Colon)?;
            let then = block(cursor)?;
            Line::When(Case { when, then })
        }
        Some(word @ ("else" | "do")) => {
            cursor.need_sign(":", Expected::Colon)?;
            let block = block(cursor)?;
            if word == "do" {
                Line::Do(block)
            } else {
                Line::Else(block)
            }
        }
        _ => {
            cursor.rewind();
            let word = word.unwrap_or_default();
            let suggestion = nearest(word, FIRST).map(str::to_owned);
            if word.is_empty() {
                return cursor.expected(Expected::Doing);
            }
            let word = word.to_owned();
            return Err(cursor.fault(Problem::UnknownLine { word }, suggestion));
        }
    };
    cursor.end()?;
    Ok(Some(line))
}

/// Puts lines together.
pub(super) fn read(name: &Name, opening: u32, lines: &[SourceLine<'_>]) -> Reading<Contract> {
    let mut diagnostics = Vec::new();
    let mut places = Places::default();
    let whole = Place {
        line: opening,
        column: 1,
        end_column: 1,
    };
    places.0.insert(Spot::Whole, (whole, Vec::new()));
    let mut contract = Contract {
        name: name.clone(),
        parties: Vec::new(),
        secrets: Vec::new(),
        hold: None,
        on: Vec::new(),
        steps: Vec::new(),
    };
    let mut named = false;
    // Whether the step above could be read, and whether its `else` stands.
    let mut step_read = true;
    let mut settled = true;
    let readable: Vec<_> = readable(lines, &mut diagnostics).collect();
    for (number, text) in readable {
        let mut cursor = Cursor::new(number, text);
        let begins_step = cursor.is("step");
        let begins_else = cursor.is("else") || cursor.is("do");
        let line = read_line(&mut cursor);
        cursor.rewind();
        let problem = |problem| *cursor.fault(problem, None);
        let word = |word: &str| word.to_owned();
        let above = contract.steps.is_empty() && step_read;
        if begins_step {
            unsettled(&contract, &places, settled || !step_read, &mut diagnostics);
            (step_read, settled) = (line.is_ok(), false);
        }
        settled |= begins_else;
        let at = contract.steps.len();
        match line {
            Ok(None) => {}
            Err(fault) => diagnostics.push(*fault),
            Ok(Some(Line::Step(step))) => {
                places.put(Spot::Step(at), &cursor);
                contract.steps.push(step);
            }
            Ok(Some(Line::When(case))) => match contract.steps.last_mut() {
                _ if !step_read => {}
                Some(step) => {
                    places.put(Spot::Case(at - 1, step.cases.len()), &cursor);
                    step.cases.push(case);
                }
                None => diagnostics.push(problem(Problem::OutsideStep { word: word("when") })),
            },
            Ok(Some(line @ (Line::Else(_) | Line::Do(_)))) => {
                let (written, waits, block) = match line {
                    Line::Do(block) => ("do", false, block),
                    Line::Else(block) => ("else", true, block),
                    _ => continue,
                };
                match contract.steps.last_mut() {
                    _ if !step_read => {}
                    None => {
                        let word = word(written);
                        diagnostics.push(problem(Problem::OutsideStep { word }));
                    }
                    Some(_) if places.0.contains_key(&Spot::Late(at - 1)) => {
                        let word = word(written);
                        diagnostics.push(problem(Problem::Twice { word }));
                    }
                    // A step without a time that waits is told of its time.
                    Some(step)
                        if step.until.is_some() != waits && (step.cases.is_empty() || !waits) =>
                    {
                        places.put(Spot::Late(at - 1), &cursor);
                        let word = word(if waits { "do" } else { "else" });
                        diagnostics.push(problem(Problem::ElseOrDo { word }));
                    }
                    Some(step) => {
                        places.put(Spot::Late(at - 1), &cursor);
                        step.late = block;
                    }
                }
            }
            Ok(Some(_)) if !above => {
                let word = text.split_whitespace().next().unwrap_or_default();
                let word = word.to_owned();
                diagnostics.push(problem(Problem::BelongsAbove { word }));
            }
            Ok(Some(Line::Parties(_))) if named => {
                diagnostics.push(problem(Problem::Twice {
                    word: word("parties"),
                }));
            }
            Ok(Some(Line::Parties(parties))) => {
                named = true;
                for party in 0..parties.len() {
                    places.put(Spot::Party(party), &cursor);
                }
                contract.parties = parties;
            }
            Ok(Some(Line::Secret(secret))) => {
                places.put(Spot::Secret(contract.secrets.len()), &cursor);
                contract.secrets.push(secret);
            }
            Ok(Some(Line::Hold(_))) if contract.hold.is_some() => {
                diagnostics.push(problem(Problem::Twice { word: word("hold") }));
            }
            Ok(Some(Line::Hold(hold))) => {
                places.put(Spot::Hold, &cursor);
                contract.hold = Some(hold);
            }
            Ok(Some(Line::On(handler))) => {
                places.put(Spot::Handler(contract.on.len()), &cursor);
                contract.on.push(handler);
            }
        }
        if diagnostics.len() >= limits::PROBLEMS {
            break;
        }
    }
    unsettled(&contract, &places, settled || !step_read, &mut diagnostics);
    Reading {
        value: contract,
        diagnostics,
        places,
    }
}

/// Tells of a step above that does not say what happens when nobody acts.
fn unsettled(
    contract: &Contract,
    places: &Places,
    settled: bool,
    diagnostics: &mut Vec<crate::Diagnostic>,
) {
    let Some(step) = contract.steps.last().filter(|_| !settled) else {
        return;
    };
    let spot = Spot::Step(contract.steps.len() - 1);
    diagnostics.push(crate::Diagnostic {
        place: places.find(spot, Some(step.name.as_str())),
        spot,
        problem: Problem::MissingElse {
            step: step.name.to_string(),
        },
        suggestion: None,
    });
}

fn parties(cursor: &mut Cursor<'_>) -> Read<Vec<Party>> {
    let mut parties = Vec::new();
    loop {
        if parties.len() == limits::PARTIES {
            let (what, limit) = (Counted::Parties, limits::PARTIES);
            return Err(cursor.fault(Problem::TooMany { what, limit }, None));
        }
        let role = cursor.name(Expected::Party)?;
        let player = if cursor.take_sign("=") {
            Some(cursor.name(Expected::Party)?)
        } else {
            None
        };
        parties.push(Party { role, player });
        if cursor.end().is_ok() {
            return Ok(parties);
        }
    }
}

fn step(cursor: &mut Cursor<'_>) -> Read<Step> {
    let name = cursor.name(Expected::Name)?;
    let from = if cursor.take("from") {
        Some(cursor.duration()?)
    } else {
        None
    };
    let until = if cursor.take("until") {
        Some(cursor.duration()?)
    } else {
        None
    };
    let repeat = if cursor.take("repeat") {
        let times = cursor.number()?;
        let every = if cursor.take("every") {
            Some(cursor.duration()?)
        } else {
            None
        };
        Some(Repeat { times, every })
    } else {
        None
    };
    if cursor.end().is_err() {
        return cursor.expected_word(Expected::Until, &["from", "until", "repeat", "every"]);
    }
    Ok(Step {
        name,
        from,
        until,
        repeat,
        cases: Vec::new(),
        late: Block::default(),
    })
}

fn actor(cursor: &mut Cursor<'_>) -> Read<Actor> {
    if cursor.take("anyone") {
        return Ok(Actor::Anyone);
    }
    cursor.name(Expected::Party).map(Actor::Party)
}

fn action(cursor: &mut Cursor<'_>) -> Read<Action> {
    if cursor.next_is(Kind::Number) {
        let least = cursor.number()?;
        cursor.need("of", Expected::Of)?;
        let of = cursor.list(|cursor| cursor.name(Expected::Party))?;
        cursor.need("sign", Expected::Sign)?;
        let what = cursor.name(Expected::Name)?;
        return Ok(Action::Sign { least, of, what });
    }
    let by = actor(cursor)?;
    if cursor.take("shows") {
        let secret = cursor.name(Expected::Name)?;
        return Ok(Action::Shows { by, secret });
    }
    let by = match by {
        Actor::Party(name) => name,
        Actor::Anyone => {
            let what = cursor.name(Expected::Action)?;
            return Ok(Action::Says { by, what });
        }
    };
    if cursor.take("deposits") {
        let value = value(cursor, 0)?;
        let owner = if cursor.take("for") {
            Some(cursor.name(Expected::Party)?)
        } else {
            None
        };
        return Ok(Action::Deposit { by, value, owner });
    }
    if cursor.take("names") {
        let name = cursor.name(Expected::Name)?;
        cursor.need("from", Expected::From)?;
        let least = cursor.amount()?;
        cursor.need("to", Expected::To)?;
        let most = cursor.amount()?;
        return Ok(Action::Names {
            by,
            name,
            least,
            most,
        });
    }
    if cursor.take("of") {
        let of = cursor.name(Expected::Party)?;
        return Ok(Action::Event { event: by, of });
    }
    let what = cursor.name(Expected::Action)?;
    Ok(Action::Says {
        by: Actor::Party(by),
        what,
    })
}

fn block(cursor: &mut Cursor<'_>) -> Read<Block> {
    let mut ops = Vec::new();
    loop {
        if ops.len() > limits::OPS {
            let (what, limit) = (Counted::Ops, limits::OPS);
            return Err(cursor.fault(Problem::TooMany { what, limit }, None));
        }
        cursor.new_value();
        if cursor.is("go") || cursor.is("close") {
            let go = target(cursor)?;
            return Ok(Block { ops, go });
        }
        ops.push(op(cursor)?);
        if !cursor.take_sign(",") {
            return Ok(Block {
                ops,
                go: Target::Next,
            });
        }
    }
}

fn target(cursor: &mut Cursor<'_>) -> Read<Target> {
    if cursor.take("close") {
        return Ok(Target::Close);
    }
    cursor.need("go", Expected::Go)?;
    if cursor.take("on") {
        return Ok(Target::Next);
    }
    cursor.name(Expected::Name).map(Target::Step)
}

/// `from NAME`, if it stands there.
fn source(cursor: &mut Cursor<'_>) -> Read<Option<Name>> {
    if cursor.take("from") {
        return cursor.name(Expected::Party).map(Some);
    }
    Ok(None)
}

fn op(cursor: &mut Cursor<'_>) -> Read<Op> {
    if cursor.take("pay") {
        let value = value(cursor, 0)?;
        cursor.need("to", Expected::To)?;
        let to = if cursor.take("them") {
            Payee::Them
        } else {
            Payee::Party(cursor.name(Expected::Party)?)
        };
        let from = source(cursor)?;
        return Ok(Op::Pay { value, to, from });
    }
    if cursor.take("set") {
        cursor.need("aside", Expected::Aside)?;
        let value = value(cursor, 0)?;
        cursor.need("for", Expected::For)?;
        let owner = cursor.name(Expected::Party)?;
        let from = source(cursor)?;
        return Ok(Op::SetAside { value, owner, from });
    }
    if cursor.take("split") {
        let value = value(cursor, 0)?;
        let from = source(cursor)?;
        cursor.need("as", Expected::As)?;
        let mut parts = Vec::new();
        let mut rest = None;
        loop {
            if !parts.is_empty() && cursor.take("rest") {
                cursor.need("to", Expected::To)?;
                rest = Some(cursor.name(Expected::Party)?);
                break;
            }
            let share = cursor.share()?;
            cursor.need("to", Expected::To)?;
            let to = cursor.name(Expected::Party)?;
            let cap = if cursor.take("up") {
                cursor.need("to", Expected::To)?;
                Some(cursor.amount()?)
            } else {
                None
            };
            parts.push(Part { share, to, cap });
            if !cursor.take("and") {
                break;
            }
        }
        return Ok(Op::Split {
            value,
            from,
            parts,
            rest,
        });
    }
    if cursor.take("let") {
        let name = cursor.name(Expected::Name)?;
        cursor.need_sign("=", Expected::Equals)?;
        let value = value(cursor, 0)?;
        return Ok(Op::Let { name, value });
    }
    if cursor.take("if") {
        let test = test(cursor, 0)?;
        let go = target(cursor)?;
        return Ok(Op::If { test, go });
    }
    cursor.expected_word(
        Expected::Doing,
        &["pay", "set", "split", "let", "if", "go", "close"],
    )
}

fn value(cursor: &mut Cursor<'_>, depth: usize) -> Read<Value> {
    let mut left = product(cursor, depth)?;
    // Each sum nests the one before; the machine bounds how deep.
    loop {
        if cursor.take_sign("+") {
            cursor.node(depth)?;
            left = Value::Plus(Box::new(left), Box::new(product(cursor, depth + 1)?));
        } else if cursor.take_sign("-") {
            cursor.node(depth)?;
            left = Value::Minus(Box::new(left), Box::new(product(cursor, depth + 1)?));
        } else {
            return Ok(left);
        }
    }
}

fn product(cursor: &mut Cursor<'_>, depth: usize) -> Read<Value> {
    let mut value = factor(cursor, depth)?;
    while cursor.take("times") {
        cursor.node(depth)?;
        let count = match () {
            () if cursor.take("days") => Count::Days,
            () if cursor.take("hours") => Count::Hours,
            () if cursor.take("minutes") => Count::Minutes,
            () if cursor.next_is(Kind::Number) => Count::Number(cursor.number()?),
            () => {
                return cursor.expected_word(Expected::Count, &["days", "hours", "minutes"]);
            }
        };
        value = Value::Times(Box::new(value), count);
    }
    Ok(value)
}

fn factor(cursor: &mut Cursor<'_>, depth: usize) -> Read<Value> {
    cursor.node(depth)?;
    if cursor.next_is(Kind::Number) {
        return cursor.amount().map(Value::Amount);
    }
    if cursor.next_is(Kind::Share) {
        let share = cursor.share()?;
        cursor.need("of", Expected::Of)?;
        return Ok(Value::Share(share, Box::new(factor(cursor, depth + 1)?)));
    }
    if cursor.take("all") {
        return Ok(Value::All);
    }
    if cursor.take("held") {
        cursor.need("of", Expected::Of)?;
        return cursor.name(Expected::Party).map(Value::Held);
    }
    for (word, least) in [("least", true), ("most", false)] {
        if cursor.take(word) {
            cursor.need_sign("(", Expected::OpenGroup)?;
            let a = Box::new(value(cursor, depth + 1)?);
            cursor.need_sign(",", Expected::Comma)?;
            let b = Box::new(value(cursor, depth + 1)?);
            cursor.need_sign(")", Expected::CloseGroup)?;
            return Ok(if least {
                Value::Least(a, b)
            } else {
                Value::Most(a, b)
            });
        }
    }
    if cursor.take_sign("(") {
        let value = value(cursor, depth + 1)?;
        cursor.need_sign(")", Expected::CloseGroup)?;
        return Ok(value);
    }
    cursor.name(Expected::Value).map(Value::Named)
}

fn test(cursor: &mut Cursor<'_>, depth: usize) -> Read<Test> {
    cursor.node(depth)?;
    if cursor.take("not") {
        return Ok(Test::Not(Box::new(test(cursor, depth + 1)?)));
    }
    if cursor.is("all") && cursor.is_then(1, "(") {
        cursor.take("all");
        return cursor
            .group(|cursor| test(cursor, depth + 1))
            .map(Test::All);
    }
    if cursor.take("any") {
        return cursor
            .group(|cursor| test(cursor, depth + 1))
            .map(Test::Any);
    }
    let left = value(cursor, depth + 1)?;
    if cursor.take("is") {
        return Ok(Test::Is(left, value(cursor, depth + 1)?));
    }
    if cursor.take("at") {
        if cursor.take("least") {
            return Ok(Test::AtLeast(left, value(cursor, depth + 1)?));
        }
        cursor.need("most", Expected::AtLeastOrMost)?;
        return Ok(Test::AtLeast(value(cursor, depth + 1)?, left));
    }
    if cursor.take("more") {
        cursor.need("than", Expected::Than)?;
        return Ok(Test::MoreThan(left, value(cursor, depth + 1)?));
    }
    if cursor.take("less") {
        cursor.need("than", Expected::Than)?;
        return Ok(Test::MoreThan(value(cursor, depth + 1)?, left));
    }
    cursor.expected_word(Expected::Comparison, &["at", "more", "less", "is"])
}
