//! What moves in a beat: money on a solid line, information on a dashed one,
//! each with what became of it.

use std::rc::Rc;

use exchequer::views::{Currency, Fate, Flow, Form, Minor, Moment, Moved, Owed, Trace};
use yew::prelude::*;

use super::super::Shown;
use super::doors;
use super::layout::{Layout, Rect};
use super::motion::{self, REFUSAL_STOP, Timing};
use super::route::{Route, TOKEN, routes};
use crate::state::Motion;
use crate::ui::{Px, amount_in, glyph, owed_class, use_style};
use crate::words::{Speech, use_words};

/// Properties of [`Lines`].
#[derive(Clone, PartialEq, Properties)]
pub struct LinesProps {
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Where everything stands.
    pub board: Rc<Layout>,
    /// Whether it happens or has happened.
    pub motion: Motion,
    /// Which are wanted.
    pub shown: Shown,
}

/// The lines and tokens of a beat. The caption and the journal say the same in
/// words.
#[component]
pub fn Lines(props: &LinesProps) -> Html {
    let words = use_words();
    let flows = &props.moment.flows;
    let mut ends: Vec<_> = flows
        .iter()
        .map(|flow| (flow.from, flow.to, motion::is_money(flow)))
        .collect();
    // The lines of the beat before find their ways beside these.
    let traces: Vec<Trace> = props
        .moment
        .traces
        .iter()
        .filter(|trace| props.shown.of(trace.money.is_some()))
        .filter(|trace| !ends.contains(&(trace.from, trace.to, trace.money.is_some())))
        .copied()
        .collect();
    ends.extend(traces.iter().map(|it| (it.from, it.to, it.money.is_some())));
    let centres: Vec<_> = flows.iter().map(doors::centre_of).collect();
    let routes = use_memo(
        (props.board.clone(), ends, centres),
        |(board, ends, centres)| {
            let mut found = routes(board, ends);
            for ((route, end), centre) in found.iter_mut().zip(ends).zip(centres) {
                if let (Some(way), Some(centre)) = (route.as_mut(), centre) {
                    *way = doors::through(way, board, *centre, end.0 == 0);
                }
            }
            found
        },
    );
    let timings = motion::schedule(flows);
    let rests = rests(flows, &routes, &props.board);
    let (width, height) = props.board.size;
    let class = classes!(
        "board-lines",
        (props.motion == Motion::Playing).then_some("plays"),
    );
    html! {
        <div {class} aria-hidden="true">
            <svg width={Px(width).to_string()} height={Px(height).to_string()}>
                <defs>{ arrows() }</defs>
                { for traces.iter().zip(routes.iter().skip(flows.len())).filter_map(|(trace, route)| Some(html! {
                    <path
                        class={classes!("line-trace", trace_hue(trace))}
                        d={route.as_ref()?.path()}
                    />
                })) }
                { for flows.iter().zip(routes.iter()).zip(&timings).enumerate().filter_map(|(index, ((flow, route), timing))| {
                    let drawn = !props.shown.has(flow) || flows[..index].iter().any(|other| same_line(other, flow));
                    let route = route.as_ref()?;
                    (!drawn).then(|| html! { <Line key={index} flow={flow.clone()} route={route.clone()} timing={*timing} /> })
                }) }
            </svg>
            { doors::doors(&words, &props.board, flows) }
            { for flows.iter().zip(routes.iter()).zip(&timings).enumerate().filter_map(|(index, ((flow, route), timing))| {
                if !props.shown.has(flow) {
                    return None;
                }
                let route = match route {
                    Some(route) => route.clone(),
                    None => beside(props.board.place(flow.from)?),
                };
                // The bar's code stands on the side where nobody does.
                let end = route.at(reach(&flow.fate));
                let label = Rect::new(end.0 + 20.0, end.1 - 10.0, TOKEN.0 + 16.0, 20.0);
                let left = props.board.obstacles().iter().any(|card| card.overlaps(&label));
                Some(html! {
                    <Traveller {left} key={index} flow={flow.clone()} {route} timing={*timing} rest={rests[index]} />
                })
            }) }
        </div>
    }
}

/// Whether two flows share a line.
fn same_line(one: &Flow, other: &Flow) -> bool {
    one.from == other.from
        && one.to == other.to
        && motion::is_money(one) == motion::is_money(other)
        && doors::centre_of(one) == doors::centre_of(other)
        && std::mem::discriminant(&one.fate) == std::mem::discriminant(&other.fate)
}

/// The place of what changes in the same hands: over the card's upper edge.
fn beside(card: Rect) -> Route {
    let at = (card.x + card.w / 2.0, card.y);
    Route {
        points: vec![at, at],
    }
}

/// A flow's colour.
fn hue(flow: &Flow) -> &'static str {
    match (&flow.what, &flow.fate) {
        (Moved::Information { .. }, Fate::Refused(_)) => "line-refusal",
        (Moved::Information { .. }, _) => "line-information",
        (Moved::Money { owed, .. }, _) | (Moved::Swapped { is: (_, owed), .. }, _) => {
            owed_hue(*owed)
        }
    }
}

/// The colour of money that somebody owes.
fn owed_hue(owed: Owed) -> &'static str {
    match owed {
        Owed::CentralBank => "line-central-bank",
        Owed::Bank => "line-bank",
        Owed::Firm => "line-firm",
        Owed::Nobody => "line-nobody",
    }
}

/// The colour of a line of the beat before.
fn trace_hue(trace: &Trace) -> &'static str {
    trace
        .money
        .map_or("line-information line-message", owed_hue)
}

const HUES: [&str; 5] = [
    "line-central-bank",
    "line-bank",
    "line-firm",
    "line-nobody",
    "line-refusal",
];

/// The arrow heads: filled for money, open for information.
pub(super) fn arrows() -> Html {
    html! {
        <>
            { for HUES.iter().map(|hue| html! {
                <marker id={format!("{hue}-head")} class={*hue} viewBox="0 0 10 10" refX="9.5" refY="5"
                    markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">
                    <path class="head-filled" d="M0 .5 10 5 0 9.5z" />
                </marker>
            }) }
            <marker id="line-information-head" class="line-information" viewBox="0 0 10 10" refX="9" refY="5"
                markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">
                <path class="head-open" d="M2 1.5 9 5 2 8.5" />
            </marker>
        </>
    }
}

/// Properties of [`Line`].
#[derive(Clone, PartialEq, Properties)]
struct LineProps {
    flow: Flow,
    route: Route,
    timing: Timing,
}

/// The share of its way that a flow got.
fn reach(fate: &Fate) -> f64 {
    match fate {
        Fate::Arrived | Fate::Doubled => 1.0,
        Fate::OnTheWay => 0.5,
        Fate::Lost | Fate::Refused(_) => f64::from(REFUSAL_STOP) / 100.0,
    }
}

/// A line, with its arrow head or with the bar at which it ends.
#[component]
fn Line(props: &LineProps) -> Html {
    let node = use_style(vec![("--start", format!("{}ms", props.timing.start))]);
    let flow = &props.flow;
    let hue = hue(flow);
    let form = if motion::is_money(flow) {
        "line-money"
    } else {
        "line-message"
    };
    let end = props.route.at(reach(&flow.fate));
    let mark = match &flow.fate {
        Fate::Arrived | Fate::Doubled => Html::default(),
        Fate::OnTheWay => Html::default(),
        Fate::Lost => html! {
            <path class="line-lost" d={format!("M{} {}l10 10m0 -10l-10 10", Px(end.0 - 5.0), Px(end.1 - 5.0))} />
        },
        Fate::Refused(_) => {
            let (dx, dy) = if props.route.is_level_at(reach(&flow.fate)) {
                (0.0, 16.0)
            } else {
                (16.0, 0.0)
            };
            html! {
                <path class="line-bar" d={format!("M{} {}L{} {}", Px(end.0 - dx), Px(end.1 - dy), Px(end.0 + dx), Px(end.1 + dy))} />
            }
        }
    };
    let whole = reach(&flow.fate) >= 1.0;
    html! {
        <g class={classes!("line", hue, form)} ref={node}>
            if whole {
                <path class="line-way" d={props.route.path()} marker-end={format!("url(#{hue}-head)")} />
            } else {
                <path class="line-way line-rest" d={props.route.path()} />
                <path class="line-way" d={props.route.first(reach(&flow.fate)).path()} />
            }
            { mark }
        </g>
    }
}

/// Properties of [`Traveller`].
#[derive(Clone, PartialEq, Properties)]
struct TravellerProps {
    flow: Flow,
    route: Route,
    timing: Timing,
    rest: (f64, f64),
    left: bool,
}

/// What runs along a line: a token of money, or a dot of information. Once
/// there, money rests on the line with its sum.
#[component]
fn Traveller(props: &TravellerProps) -> Html {
    let words = use_words();
    let flow = &props.flow;
    let way = props.route.first(reach(&flow.fate));
    let rest = props.rest;
    let end = props.route.at(reach(&flow.fate));
    let node = use_style(vec![
        ("--way", format!("path(\"{}\")", way.path())),
        ("--start", format!("{}ms", props.timing.start)),
        ("--lasts", format!("{}ms", props.timing.lasts)),
        ("--end", format!("{}ms", props.timing.end())),
        ("--rest-x", format!("{}px", Px(rest.0))),
        ("--rest-y", format!("{}px", Px(rest.1))),
        ("--bar-x", format!("{}px", Px(end.0))),
        ("--bar-y", format!("{}px", Px(end.1))),
    ]);
    let fate = match &flow.fate {
        Fate::Arrived => "fate-arrived",
        Fate::OnTheWay => "fate-on-the-way",
        Fate::Lost => "fate-lost",
        Fate::Doubled => "fate-doubled",
        Fate::Refused(_) => "fate-refused",
    };
    let label = match &flow.fate {
        Fate::Refused(code) => Some(html! {
            <span class="bar-code">{ code.clone() }</span>
        }),
        Fate::Lost => Some(html! { <span class="bar-code">{ words.say("fate-lost") }</span> }),
        Fate::Doubled => {
            Some(html! { <span class="bar-code">{ words.say("fate-doubled") }</span> })
        }
        Fate::Arrived | Fate::OnTheWay => None,
    };
    let upright = !props.route.is_level_at(reach(&flow.fate));
    let token = match &flow.what {
        Moved::Information { .. } => html! { <span class="dot travels" /> },
        Moved::Money {
            amount: sum,
            form,
            owed,
        } => {
            let stands = token(&words, (*sum, flow.currency), *form, *owed);
            html! {
                <>
                    <span class="travels">{ stands.clone() }</span>
                    <span class="rests">{ stands }</span>
                </>
            }
        }
        Moved::Swapped {
            amount: sum,
            was,
            is,
        } => html! {
            <>
                <span class="travels token-pair">
                    <span class="token-was">{ token(&words, (*sum, flow.currency), was.0, was.1) }</span>
                    <span class="token-is">{ token(&words, (*sum, flow.currency), is.0, is.1) }</span>
                </span>
                <span class="rests">
                    <span class={classes!("token", "token-swapped", owed_class(is.1))}>
                        { glyph(&words, was.0, was.1) }
                        <span class="token-arrow">{ "→" }</span>
                        { glyph(&words, is.0, is.1) }
                        { amount_in(&words, *sum, flow.currency) }
                    </span>
                </span>
            </>
        },
    };
    html! {
        <div class={classes!("traveller", fate, upright.then_some("traveller-upright"), props.left.then_some("traveller-left"))} ref={node}>
            { token }
            { for label }
        </div>
    }
}

/// Where each token rests: on its line, over no card if that can be, and beside
/// the tokens that rest there already.
fn rests(flows: &[Flow], routes: &[Option<Route>], board: &Layout) -> Vec<(f64, f64)> {
    let obstacles = board.obstacles();
    let mut rests: Vec<(f64, f64)> = flows
        .iter()
        .zip(routes)
        .map(|(flow, route)| {
            let Some(route) = route else {
                return board
                    .place(flow.from)
                    .map_or((0.0, 0.0), |card| beside(card).at(0.0));
            };
            match flow.fate {
                Fate::OnTheWay => route.at(0.5),
                // Before the bar, with the bar in sight.
                Fate::Refused(_) => {
                    let stop = reach(&flow.fate);
                    let half = if route.is_level_at(stop) {
                        TOKEN.0
                    } else {
                        TOKEN.1
                    } / 2.0;
                    let room = (half + 8.0) / route.length().max(1.0);
                    route.at((stop - room).max(0.0))
                }
                _ => route.rest(TOKEN, &obstacles),
            }
        })
        .collect();
    let money: Vec<usize> = (0..flows.len())
        .filter(|index| motion::is_money(&flows[*index]))
        .collect();
    for (rank, index) in money.iter().enumerate() {
        let near = |other: &&usize| {
            let (a, b) = (rests[*index], rests[**other]);
            (a.0 - b.0).abs() < TOKEN.0 && (a.1 - b.1).abs() < TOKEN.1 + 2.0
        };
        if let Some(other) = money[..rank].iter().find(near).copied() {
            rests[other].0 -= TOKEN.0 / 2.0;
            rests[*index].0 = rests[other].0 + TOKEN.0 + 4.0;
        }
    }
    rests
}

/// A pill with the glyph of its form and its sum, in its debtor's colours.
fn token(
    words: &Speech,
    (sum, currency): (Minor, Option<Currency>),
    form: Form,
    owed: Owed,
) -> Html {
    html! {
        <span class={classes!("token", owed_class(owed))}>
            { glyph(words, form, owed) }
            { amount_in(words, sum, currency) }
        </span>
    }
}
