//! The way of value that was given away twice, hop by hop over the board: from
//! device to device, which is from holder to holder.

use exchequer::views::{Finding, Handover, Moment, PartyNo};
use yew::prelude::*;
use yew::props;

use super::layout::Layout;
use super::lines::arrows;
use super::route::{TOKEN, routes};
use crate::stage::phones::way;
use crate::ui::{ButtonKind, ButtonProps, Px, button};
use crate::words::Speech;

/// At most so many findings are offered, the newest.
const OFFERED: usize = 3;

/// The findings that a way is known of, with their numbers, newest first.
pub fn known(moment: &Moment) -> Vec<(usize, &Finding)> {
    let findings = moment.found.iter().enumerate().rev();
    let known = findings.filter(|(_, it)| !it.trace.is_empty());
    known.take(OFFERED).collect()
}

/// Under the board: buttons that light a way and put it out, and the lit one in
/// words.
pub fn ways(
    words: &Speech,
    moment: &Moment,
    lit: Option<usize>,
    onlight: &Callback<Option<usize>>,
) -> Html {
    let known = known(moment);
    let shown = lit.and_then(|lit| moment.found.get(lit));
    html! {
        <div class="ways">
            <div class="ways-buttons">
                { for known.iter().map(|(number, it)| {
                    let (number, is_lit) = (*number, lit == Some(*number));
                    let sum = words.figures().amount(it.amount);
                    let key = if is_lit { "way-hide" } else { "way-show" };
                    button(&props!(ButtonProps {
                        kind: ButtonKind::Plain,
                        onclick: onlight.reform(move |_: MouseEvent| (!is_lit).then_some(number)),
                        says: words.tell(key, &[("amount", (&sum).into())]),
                    }))
                }) }
            </div>
            { for shown.map(|it| way(words, &it.trace)) }
        </div>
    }
}

/// Who holds a device: its name is its holder's, a slash and its own.
fn holder(moment: &Moment, device: &str) -> Option<PartyNo> {
    let name = device.split('/').next()?;
    let party = moment.parties.iter().find(|it| it.name == name);
    party.map(|it| it.no)
}

/// The hops of a way over the board, numbered as they stand in words.
pub fn hops(moment: &Moment, board: &Layout, trace: &[Handover]) -> Html {
    let ends: Vec<_> = trace
        .iter()
        .map(|hop| Some((holder(moment, &hop.from)?, holder(moment, &hop.to)?, true)))
        .collect();
    let between: Vec<_> = ends.iter().flatten().copied().collect();
    let mut found = routes(board, &between).into_iter();
    let ways: Vec<_> = ends
        .iter()
        .map(|end| end.and_then(|_| found.next().flatten()))
        .collect();
    let (width, height) = board.size;
    let drawn = trace.iter().zip(&ways).zip(1..);
    html! {
        <div class="board-lines" aria-hidden="true">
            <svg width={Px(width).to_string()} height={Px(height).to_string()}>
                <defs>{ arrows() }</defs>
                { for drawn.clone().filter_map(|((hop, route), _)| Some(html! {
                    <path
                        class={classes!("hop", hop.is_twice.then_some("hop-twice"))}
                        d={route.as_ref()?.path()}
                        marker-end={if hop.is_twice { "url(#line-refusal-head)" } else { "url(#line-central-bank-head)" }}
                    />
                })) }
                { for drawn.filter_map(|((hop, route), number): (_, usize)| {
                    // Hops between the same two stand beside each other on their line.
                    let before = ends[..number - 1].iter().filter(|end| **end == ends[number - 1]).count();
                    let (x, y) = route.as_ref()?.at(0.5);
                    let x = x + before as f64 * TOKEN.1;
                    Some(html! {
                        <g class={classes!("hop", hop.is_twice.then_some("hop-twice"))}>
                            <circle cx={Px(x).to_string()} cy={Px(y).to_string()} r="12" />
                            <text x={Px(x).to_string()} y={Px(y + 5.0).to_string()} text-anchor="middle">{ number }</text>
                        </g>
                    })
                }) }
            </svg>
        </div>
    }
}
