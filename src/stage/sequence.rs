//! What happened as a sequence, event by event: a column a party, a row a message
//! or a movement of money, in order. The event being shown is lit, and each of
//! those before it is a button that goes there.

use std::rc::Rc;

use exchequer::views::{Fate, Flow, Moment, Moved, PartyNo, Passage, Seen};
use yew::prelude::*;

use super::Shown;
use super::board::motion::is_money;
use super::books::party_name;
use crate::browser::{self, use_size};
use crate::engine::{Engine, Inquiry, Reply};
use crate::order::order;
use crate::state::Step;
use crate::ui::{Px, use_style};
use crate::words::{Speech, use_words};

/// The least and the most a column takes.
const COLUMN: (f64, f64) = (104.0, 200.0);
const ROW: f64 = 44.0;

/// Events shown to begin with, and as many more at each wish; on a phone the one at hand first.
const EVENTS: usize = 12;
const NARROW: &str = "(max-width: 767px)";

/// The room assumed until the browser tells: the picture at 1280 with Details open.
const ASSUMED: f64 = 656.0;

/// Properties of [`Sequence`].
#[derive(Clone, PartialEq, Properties)]
pub struct SequenceProps {
    /// What is shown.
    pub moment: Rc<Moment>,
    /// The run it is a moment of.
    pub digest: String,
    /// Who looks.
    pub seen: Seen,
    /// Which lines are wanted.
    pub shown: Shown,
    /// Whom to ask for what happened before.
    pub engine: Option<Engine>,
    /// Moves the playback.
    pub onstep: Callback<Step>,
}

/// The sequence up to the moment.
#[component]
pub fn Sequence(props: &SequenceProps) -> Html {
    let words = use_words();
    let most = use_state_eq(|| EVENTS);
    {
        let most = most.setter();
        use_effect_with((), move |()| {
            if browser::matches(NARROW) {
                most.set(1);
            }
        });
    }
    let found = use_state_eq(Vec::<Passage>::new);
    let (frame, room) = use_size((ASSUMED, 0.0));
    let moment = &props.moment;
    {
        let (setter, engine) = (found.setter(), props.engine.clone());
        let asked = (moment.position, props.seen, *most, props.digest.clone());
        use_effect_with(asked, move |(position, seen, most, _)| {
            let reply = Callback::from(move |reply| {
                if let Reply::Sequence(passages) = reply {
                    setter.set(passages);
                }
            });
            if let Some(engine) = engine {
                let (position, seen, most) = (*position, *seen, *most);
                engine.ask(
                    Inquiry::Sequence {
                        position,
                        seen,
                        most,
                    },
                    reply,
                );
            }
        });
    }
    // Until what was before has come, the event itself is drawn.
    let passages = match moment.beat {
        Some(beat)
            if found.last().map(|it| (it.beat, it.position)) != Some((beat, moment.position)) =>
        {
            let before = found.iter().filter(|it| it.beat < beat);
            let mut passages: Vec<_> = before.cloned().collect();
            let spare = (passages.len() + 1).saturating_sub(*most);
            passages.drain(..spare.min(passages.len()));
            passages.push(Passage {
                beat,
                position: moment.position,
                at: moment.at.clone(),
                caption: moment.caption.clone(),
                flows: moment.flows.clone(),
            });
            passages
        }
        Some(_) => found.to_vec(),
        None => Vec::new(),
    };
    {
        let shown = passages.last().map(|it| it.beat);
        use_effect_with((shown, passages.len()), |(beat, _)| {
            if let Some(beat) = beat {
                browser::reveal(&passage_id(*beat));
            }
        });
    }
    let onmore = {
        let most = most.clone();
        Callback::from(move |_: MouseEvent| most.set(*most + EVENTS))
    };
    let sheet = sheet(&words, moment, &passages, props.shown, room.0);
    let width = use_style(vec![
        ("width", format!("{}px", Px(sheet.width))),
        ("--column", format!("{}px", Px(sheet.column))),
    ]);
    html! {
        <div class="sequence">
            <div class="sequence-room" ref={frame} />
            if passages.is_empty() {
                <p class="empty">{ words.say("sequence-empty") }</p>
            }
            if passages.first().is_some_and(|it| it.beat > 0) {
                <button type="button" class="sequence-more" onclick={onmore}>{ words.say("sequence-earlier") }</button>
            }
            <div class="sequence-sheet" ref={width}>
                { sheet.heads }
                <ol class="sequence-events">
                    { for passages.iter().zip(sheet.rows).map(|(passage, rows)| {
                        let is_now = moment.beat == Some(passage.beat);
                        let position = passage.position;
                        let onclick = props.onstep.reform(move |_: MouseEvent| Step::Arrive(position));
                        let said = passage.caption.as_ref().map(|it| words.caption(it)).unwrap_or_default();
                        html! {
                            <li key={passage.beat} id={passage_id(passage.beat)} class={classes!("passage", is_now.then_some("passage-now"))}
                                aria-current={is_now.then_some("step")}>
                                <button type="button" class="passage-head" {onclick} disabled={is_now}>
                                    <span class="passage-time">{ words.figures().moment(&passage.at) }</span>
                                    <span>{ said }</span>
                                </button>
                                { rows }
                            </li>
                        }
                    }) }
                </ol>
            </div>
        </div>
    }
}

fn passage_id(beat: u32) -> String {
    format!("passage-{beat}")
}

/// What is drawn of passages: everybody's names over the columns, and each
/// event's rows.
struct Sheet {
    width: f64,
    column: f64,
    heads: Html,
    rows: Vec<Html>,
}

fn sheet(words: &Speech, moment: &Moment, passages: &[Passage], shown: Shown, room: f64) -> Sheet {
    let wanted: Vec<Vec<&Flow>> = passages
        .iter()
        .map(|it| it.flows.iter().filter(|flow| shown.has(flow)).collect())
        .collect();
    let columns = columns(wanted.iter().flatten().copied());
    let count = columns.len().max(1) as f64;
    let column = (room / count).clamp(COLUMN.0, COLUMN.1).floor();
    let width = (count * column).max(room);
    let x = |end: &Lifeline| {
        let at = columns.iter().position(|it| it == end).unwrap_or(0);
        (at as f64 + 0.5) * column
    };
    let heads = html! {
        <div class="sequence-heads" aria-hidden="true">
            { for columns.iter().map(|end| html! {
                <span class="life"><span>{ end_name(moment, end.0, end.1.as_deref(), words) }</span></span>
            }) }
        </div>
    };
    let rows = wanted.iter().zip(passages).map(|(flows, passage)| {
        if flows.is_empty() {
            let why = match passage.flows.is_empty() {
                true => "sequence-nothing",
                false => "sequence-hidden",
            };
            return html! { <p class="passage-nothing">{ words.say(why) }</p> };
        }
        let height = flows.len() as f64 * ROW + 8.0;
        html! {
            <>
                <ol class="hidden">
                    { for flows.iter().map(|flow| html! { <li>{ sentence(flow, moment, words) }</li> }) }
                </ol>
                <svg width={Px(width).to_string()} height={Px(height).to_string()} aria-hidden="true">
                    { for columns.iter().map(|end| {
                        let x = Px(x(end)).to_string();
                        html! { <line class="lifeline" x1={x.clone()} x2={x} y1="0" y2={Px(height).to_string()} /> }
                    }) }
                    { for flows.iter().enumerate().map(|(index, flow)| {
                        let y = (index as f64 + 0.75) * ROW;
                        exchange(words, flow, ends(flow).map(|end| x(&end)), y)
                    }) }
                </svg>
            </>
        }
    });
    Sheet {
        width,
        column,
        rows: rows.collect(),
        heads,
    }
}

/// One message or movement of money, from one column to another.
fn exchange(words: &Speech, flow: &Flow, [from, to]: [f64; 2], y: f64) -> Html {
    let class = classes!("exchange", exchange_class(flow));
    let is_own = flow.from == flow.to;
    let way = if is_own {
        format!("M{} {}h24v16h-24", Px(from), Px(y - 10.0))
    } else {
        let end = if to > from { to - 6.0 } else { to + 6.0 };
        let end = match flow.fate {
            Fate::Arrived | Fate::Doubled => end,
            _ => from + (end - from) * 0.55,
        };
        let (tip, wing) = (end, if to > from { end - 8.0 } else { end + 8.0 });
        let [from, y, tip, wing, over, under] = [from, y, tip, wing, y - 4.5, y + 4.5].map(Px);
        format!("M{from} {y}H{tip}M{wing} {over}L{tip} {y}L{wing} {under}")
    };
    let (at, anchor) = match is_own {
        true => (from + 32.0, "start"),
        false => ((from + to) / 2.0, "middle"),
    };
    html! {
        <g {class}>
            <path d={way} />
            <text x={Px(at).to_string()} y={Px(y - 8.0).to_string()} text-anchor={anchor}>{ label(flow, words) }</text>
        </g>
    }
}

/// A column: a party, or a centre of the central bank that messages pass
/// through.
type Lifeline = (PartyNo, Option<String>);

/// The two ends of a flow.
fn ends(flow: &Flow) -> [Lifeline; 2] {
    [flow.from, flow.to].map(|party| (party, flow.centre.clone().filter(|_| party == 0)))
}

/// The columns of the flows, in order of the parties' numbers: the central bank
/// first with its centres, then institutions, then the public.
fn columns<'a>(flows: impl Iterator<Item = &'a Flow>) -> Vec<Lifeline> {
    let mut found: Vec<Lifeline> = flows.flat_map(ends).collect();
    order(&mut found, |a, b| a < b);
    found.dedup();
    found
}

fn end_name(moment: &Moment, party: PartyNo, centre: Option<&str>, words: &Speech) -> String {
    centre.map_or_else(|| party_name(moment, party, words), |key| words.say(key))
}

fn exchange_class(flow: &Flow) -> &'static str {
    match &flow.fate {
        Fate::Refused(_) | Fate::Lost => "exchange-refused",
        _ if is_money(flow) => "exchange-money",
        _ => "exchange-information",
    }
}

fn label(flow: &Flow, words: &Speech) -> String {
    let what = match &flow.what {
        Moved::Information { key, .. } => words.say(key),
        Moved::Money { amount, .. } | Moved::Swapped { amount, .. } => {
            words.figures().amount_in(*amount, flow.currency)
        }
    };
    match &flow.fate {
        Fate::Arrived => what,
        Fate::Refused(code) => format!("{what} ✕ {code}"),
        Fate::OnTheWay => format!("{what} · {}", words.say("fate-on-the-way")),
        Fate::Lost => format!("{what} · {}", words.say("fate-lost")),
        Fate::Doubled => format!("{what} · {}", words.say("fate-doubled")),
    }
}

fn sentence(flow: &Flow, moment: &Moment, words: &Speech) -> String {
    let [from, to] =
        ends(flow).map(|(party, centre)| end_name(moment, party, centre.as_deref(), words));
    words.tell(
        "sequence-line",
        &[
            ("from", (&from).into()),
            ("to", (&to).into()),
            ("what", (&label(flow, words)).into()),
        ],
    )
}
