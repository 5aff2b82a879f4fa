//! The beat as a sequence: a column a party, a row a message or a movement of
//! money, in order.

use exchequer::views::{Fate, Flow, Moment, Moved, PartyNo};
use yew::prelude::*;

use super::books::party_name;
use crate::order::order;
use crate::ui::Px;
use crate::words::Speech;

const COLUMN: f64 = 184.0;
/// As wide as the longest name of a centre.
const LIFE: f64 = 172.0;
const ROW: f64 = 44.0;
const HEAD: f64 = 48.0;

/// The sequence, as a picture and as a list for who does not see it.
pub fn sequence(words: &Speech, moment: &Moment) -> Html {
    if moment.flows.is_empty() {
        let why = match moment.caption {
            Some(_) => "sequence-nothing",
            None => "sequence-empty",
        };
        return html! { <div class="sequence"><p class="empty">{ words.say(why) }</p></div> };
    }
    let columns = columns(&moment.flows);
    let name = |(party, centre): &Lifeline| end_name(moment, *party, centre.as_deref(), words);
    let width = columns.len() as f64 * COLUMN;
    let height = HEAD + moment.flows.len() as f64 * ROW + 24.0;
    let x = |end: &Lifeline| {
        let at = columns.iter().position(|it| it == end).unwrap_or(0);
        (at as f64 + 0.5) * COLUMN
    };
    html! {
        <div class="sequence">
            <ol class="hidden">
                { for moment.flows.iter().map(|flow| html! { <li>{ sentence(flow, moment, words) }</li> }) }
            </ol>
            <svg width={Px(width).to_string()} height={Px(height).to_string()} aria-hidden="true">
                { for columns.iter().map(|end| {
                    let x = x(end);
                    html! {
                        <>
                            <line class="lifeline" x1={Px(x).to_string()} x2={Px(x).to_string()} y1={Px(HEAD).to_string()} y2={Px(height).to_string()} />
                            <rect class="life" x={Px(x - LIFE / 2.0).to_string()} y="8" width={Px(LIFE).to_string()} height="32" rx="8" />
                            <text class="life-name" x={Px(x).to_string()} y="28" text-anchor="middle">{ name(end) }</text>
                        </>
                    }
                }) }
                { for moment.flows.iter().enumerate().map(|(index, flow)| {
                    let y = HEAD + (index as f64 + 0.75) * ROW;
                    let [from, to] = ends(flow).map(|end| x(&end));
                    let class = classes!("exchange", exchange_class(flow));
                    let middle = (from + to) / 2.0;
                    let way = if flow.from == flow.to {
                        format!("M{} {}h24v16h-24", Px(from), Px(y - 10.0))
                    } else {
                        let end = if to > from { to - 6.0 } else { to + 6.0 };
                        let end = match flow.fate {
                            Fate::Arrived | Fate::Doubled => end,
                            _ => from + (end - from) * 0.55,
                        };
                        let (tip, wing) = (end, if to > from { end - 8.0 } else { end + 8.0 });
                        let [from, y, tip, wing, over, under] =
                            [from, y, tip, wing, y - 4.5, y + 4.5].map(Px);
                        format!("M{from} {y}H{tip}M{wing} {over}L{tip} {y}L{wing} {under}")
                    };
                    html! {
                        <g {class}>
                            <path d={way} />
                            <text x={Px(middle + if flow.from == flow.to { 32.0 } else { 0.0 }).to_string()} y={Px(y - 8.0).to_string()}
                                text-anchor={if flow.from == flow.to { "start" } else { "middle" }}>
                                { label(flow, words) }
                            </text>
                        </g>
                    }
                }) }
            </svg>
        </div>
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
fn columns(flows: &[Flow]) -> Vec<Lifeline> {
    let mut found: Vec<Lifeline> = flows.iter().flat_map(ends).collect();
    order(&mut found, |a, b| a < b);
    found.dedup();
    found
}

fn end_name(moment: &Moment, party: PartyNo, centre: Option<&str>, words: &Speech) -> String {
    centre.map_or_else(|| party_name(moment, party, words), |key| words.say(key))
}

fn exchange_class(flow: &Flow) -> &'static str {
    match (&flow.what, &flow.fate) {
        (_, Fate::Refused(_) | Fate::Lost) => "exchange-refused",
        (Moved::Information { .. }, _) => "exchange-information",
        _ => "exchange-money",
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
