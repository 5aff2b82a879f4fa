//! A contract as a diagram of its states: each step with what may happen in it,
//! and lines to where that leads. They lead down only, to the end.

use exchequer::views::studio::{State, Waits};
use yew::prelude::*;

use crate::words::Glossary;

const WIDTH: i32 = 296;
const LEFT: i32 = 2;
const PAD: i32 = 12;
const LINE: i32 = 18;
const LANE: i32 = 12;
const BETWEEN: i32 = 24;
const END_HEIGHT: i32 = 36;

/// About how wide a letter is at the size of the diagram's text.
fn width_of(letter: char) -> i32 {
    match letter {
        '\u{2e80}'.. => 14,
        'i' | 'l' | 'j' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | ';' | '’' => 5,
        'm' | 'w' | 'M' | 'W' => 12,
        'A'..='Z' | '0'..='9' => 9,
        _ => 8,
    }
}

/// A text in lines that fit a width: broken at blanks, and between letters of
/// scripts that have none.
fn wrapped(text: &str, room: i32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    let mut word = String::new();
    let mut long = 0;
    let mut put = |word: &mut String, long: &mut i32| {
        if let Some(line) = lines.last_mut() {
            if used + *long > room && !line.is_empty() {
                used = 0;
                lines.push(word.trim_start().to_owned());
            } else {
                line.push_str(word);
            }
        }
        used += *long;
        word.clear();
        *long = 0;
    };
    for letter in text.chars() {
        // A line does not begin with a full stop.
        let may_break = letter >= '\u{2e80}' && !"。，；：、）".contains(letter);
        if letter == ' ' || may_break || long > room {
            put(&mut word, &mut long);
        }
        word.push(letter);
        long += width_of(letter);
    }
    put(&mut word, &mut long);
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// A way out of a state as it is drawn.
struct Drawn {
    when: Vec<String>,
    does: Vec<String>,
    is_late: bool,
    goes: Vec<usize>,
    top: i32,
    height: i32,
}

/// A state as it is drawn.
struct Boxed {
    name: String,
    waits: Vec<String>,
    ways: Vec<Drawn>,
    top: i32,
    height: i32,
}

fn laid_out(glossary: &Glossary<'_>, states: &[State], room: i32) -> (Vec<Boxed>, i32) {
    let mut top = LEFT;
    let mut boxes = Vec::new();
    for state in states {
        let name = match state.name.is_empty() {
            true => glossary.say("studio-any-time"),
            false => state.name.clone(),
        };
        let waits: Vec<String> = state
            .waits
            .iter()
            .flat_map(|it| wrapped(&glossary.sentence(it), room))
            .collect();
        let lines = |count: usize| i32::try_from(count).unwrap_or(0) * LINE;
        let head = 8 + LINE + lines(waits.len()) + 4;
        let mut at = top + head;
        let mut ways = Vec::new();
        for way in &state.ways {
            let when = match (&way.when, way.at_once) {
                (Some(action), _) => glossary.sentence(action),
                (None, true) => glossary.say("studio-at-once"),
                (None, false) => glossary.say("studio-nobody"),
            };
            let mut does: Vec<String> = way
                .does
                .iter()
                .flat_map(|it| wrapped(&glossary.sentence(it), room - PAD))
                .collect();
            if way.again {
                does.extend(wrapped(&glossary.say("studio-again"), room - PAD));
            }
            let when = wrapped(&when, room);
            let height = 6 + lines(when.len() + does.len()) + 6;
            ways.push(Drawn {
                when,
                does,
                is_late: way.when.is_none(),
                goes: way.goes.clone(),
                top: at,
                height,
            });
            at += height;
        }
        boxes.push(Boxed {
            name,
            waits,
            ways,
            top,
            height: at - top,
        });
        top = at + BETWEEN;
    }
    (boxes, top)
}

/// The diagram. What is waited for now is lit.
pub(super) fn diagram(
    glossary: &Glossary<'_>,
    name: &str,
    states: &[State],
    now: Option<&Waits>,
    ended: bool,
) -> Html {
    // A lane for each state that something leads to, the nearest innermost.
    let mut targets: Vec<usize> = states
        .iter()
        .flat_map(|state| state.ways.iter().flat_map(|way| way.goes.clone()))
        .collect();
    targets.sort_unstable();
    targets.dedup();
    let lanes = i32::try_from(targets.len()).unwrap_or(0);
    let right = WIDTH - LEFT - LANE * (lanes + 1);
    let room = right - LEFT - 2 * PAD;
    let (boxes, end_top) = laid_out(glossary, states, room);
    let lane = |target: usize| {
        let at = targets.iter().position(|it| *it == target).unwrap_or(0);
        right + LANE * (i32::try_from(at).unwrap_or(0) + 1)
    };
    let middle = |target: usize| match boxes.get(target) {
        Some(boxed) => boxed.top + 8 + LINE / 2,
        None => end_top + END_HEIGHT / 2,
    };
    let height = end_top + END_HEIGHT + LEFT;
    let lit = |at: usize| now.is_some_and(|it| it.state == at);
    let where_now = match (now, ended) {
        (Some(now), _) => {
            let step = states.get(now.state).map_or("", |it| it.name.as_str());
            glossary.tell("studio-diagram-now", &[("step", step.into())])
        }
        (None, true) => glossary.say("studio-diagram-ended"),
        (None, false) => String::new(),
    };
    let label = glossary.tell(
        "studio-diagram-label",
        &[
            ("name", name.into()),
            ("count", states.len().into()),
            ("now", (&where_now).into()),
        ],
    );
    html! {
        <svg class="diagram" viewBox={format!("0 0 {WIDTH} {height}")} role="img"
            aria-label={label} aria-describedby="studio-words">
            { for boxes.iter().flat_map(|boxed| boxed.ways.iter()).flat_map(|way| way.goes.iter().map(move |to| (way, *to))).map(|(way, to)| {
                let (from, x, to_y) = (way.top + way.height / 2, lane(to), middle(to));
                let path = format!("M{right} {from}H{}q6 0 6 6V{}q0 6 -6 6H{}", x - 6, to_y - 6, right + 2);
                html! { <path class={classes!("diagram-line", way.is_late.then_some("diagram-late"))} d={path} /> }
            }) }
            { for targets.iter().map(|to| {
                let y = middle(*to);
                html! { <path class="diagram-head" d={format!("M{right} {y}l8 -5v10z")} /> }
            }) }
            { for boxes.iter().enumerate().map(|(at, boxed)| state_box(glossary, boxed, right, lit(at), now)) }
            <g class={classes!("diagram-end", ended.then_some("diagram-lit"))}>
                <rect x={LEFT.to_string()} y={end_top.to_string()} width={(right - LEFT).to_string()}
                    height={END_HEIGHT.to_string()} rx="18" />
                <text x={((LEFT + right) / 2).to_string()} y={(end_top + 23).to_string()} text-anchor="middle">
                    { glossary.say("studio-end") }
                </text>
            </g>
        </svg>
    }
}

fn state_box(
    glossary: &Glossary<'_>,
    boxed: &Boxed,
    right: i32,
    lit: bool,
    now: Option<&Waits>,
) -> Html {
    let x = LEFT + PAD;
    let text = |class: &'static str, x: i32, y: i32, says: &str| {
        html! { <text {class} x={x.to_string()} y={y.to_string()}>{ says.to_owned() }</text> }
    };
    let first = boxed.top + 8 + 13;
    let turn = now.filter(|now| lit && now.turn.1 > 1).map(|now| {
        let (turn, turns) = now.turn;
        glossary.tell(
            "studio-turn",
            &[
                ("turn", i64::from(turn).into()),
                ("turns", i64::from(turns).into()),
            ],
        )
    });
    html! {
        <g class={classes!("diagram-state", lit.then_some("diagram-lit"))}>
            <rect x={LEFT.to_string()} y={boxed.top.to_string()} width={(right - LEFT).to_string()}
                height={boxed.height.to_string()} rx="8" />
            { text("diagram-name", x, first, &boxed.name) }
            if lit {
                <text class="diagram-mark" x={(right - PAD).to_string()} y={first.to_string()} text-anchor="end">
                    { turn.unwrap_or_else(|| glossary.say("studio-here")) }
                </text>
            }
            { for boxed.waits.iter().zip(1..).map(|(line, at)| text("diagram-aside", x, first + at * LINE, line)) }
            { for boxed.ways.iter().map(|way| {
                let first = way.top + 6 + 13;
                let behind = i32::try_from(way.when.len()).unwrap_or(0);
                html! {
                    <>
                        <line class="diagram-rule" x1={LEFT.to_string()} x2={right.to_string()}
                            y1={way.top.to_string()} y2={way.top.to_string()} />
                        { for way.when.iter().zip(0..).map(|(line, at)| text(
                            if way.is_late { "diagram-aside" } else { "diagram-when" }, x, first + at * LINE, line,
                        )) }
                        { for way.does.iter().zip(behind..).map(|(line, at)| text("diagram-does", x + PAD, first + at * LINE, line)) }
                    </>
                }
            }) }
        </g>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_where_it_may_be() {
        assert_eq!(wrapped("buyer confirms", 60), ["buyer", "confirms"]);
        assert_eq!(wrapped("buyer confirms", 600), ["buyer confirms"]);
        assert_eq!(wrapped("买方确认收到", 45), ["买方确", "认收到"]);
        assert_eq!(wrapped("买方确认。", 60), ["买方确", "认。"]);
        assert!(wrapped("", 50).is_empty());
        assert!(wrapped(&"x".repeat(500), 50).len() > 5);
    }
}
