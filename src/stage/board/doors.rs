//! The doors of the central bank's three centres: a message that passes
//! through one of them is drawn to its door.

use exchequer::views::{Flow, Moved};
use yew::prelude::*;

use super::layout::Layout;
use super::route::Route;
use crate::ui::{Px, use_style};
use crate::words::Speech;

/// The centres, from left to right, by the keys of their names.
const CENTRES: [&str; 3] = [
    "centre-authentication",
    "centre-registration",
    "centre-big-data",
];

/// How high a door is.
const HEIGHT: f64 = 16.0;

/// How wide a door is at most.
const WIDTH: f64 = 104.0;

/// How far lines to two doors stay apart.
const APART: f64 = 5.0;

/// The centre that a message passes through, by its number from the left.
pub(super) fn centre_of(flow: &Flow) -> Option<usize> {
    let centre = flow.centre.as_deref()?;
    let is_message = matches!(flow.what, Moved::Information { .. });
    let at_central_bank = flow.from == 0 || flow.to == 0;
    let place = CENTRES.iter().position(|known| *known == centre);
    place.filter(|_| is_message && at_central_bank)
}

/// The middle of a door's upper edge: on the lower edge of the central bank.
fn place(board: &Layout, centre: usize) -> Option<(f64, f64)> {
    let card = board.place(0)?;
    let share = (centre as f64 * 2.0 + 1.0) / (CENTRES.len() as f64 * 2.0);
    Some((card.x + card.w * share, card.bottom()))
}

/// The same way, but through the centre's door where it meets the central bank.
pub(super) fn through(route: &Route, board: &Layout, centre: usize, leaves: bool) -> Route {
    let mut points = route.points.clone();
    if leaves {
        points.reverse();
    }
    let (Some(door), Some(lane)) = (place(board, centre), board.bands.get(1)) else {
        return route.clone();
    };
    let level = lane.y - APART * (centre + 1) as f64;
    // Only what comes from below can turn aside in the lane.
    let ends_below = points
        .last()
        .is_some_and(|end| (end.1 - door.1).abs() < 1.0);
    let before = points.len().checked_sub(2).and_then(|at| points.get(at));
    if !ends_below || before.is_none_or(|point| point.1 < level) {
        return route.clone();
    }
    if let Some(end) = points.pop() {
        points.extend([(end.0, level), (door.0, level), (door.0, door.1 + HEIGHT)]);
    }
    points.dedup();
    if leaves {
        points.reverse();
    }
    Route { points }
}

/// The doors that the beat's messages pass through.
pub(super) fn doors(words: &Speech, board: &Layout, flows: &[Flow]) -> Html {
    let used = |centre: &usize| flows.iter().any(|flow| centre_of(flow) == Some(*centre));
    let room = board.place(0).map_or(WIDTH, |card| card.w / 3.0 - 8.0);
    (0..CENTRES.len())
        .filter(used)
        .filter_map(|centre| {
            let (x, y) = place(board, centre)?;
            let says = words.say(&CENTRES[centre].replace("centre-", "door-"));
            let wide = room.min(WIDTH);
            Some(html! { <Door key={centre} at={(x - wide / 2.0, y)} {wide} {says} /> })
        })
        .collect()
}

#[derive(Clone, PartialEq, Properties)]
struct DoorProps {
    at: (f64, f64),
    wide: f64,
    says: String,
}

/// A door with its name.
#[component]
fn Door(props: &DoorProps) -> Html {
    let node = use_style(vec![
        ("left", format!("{}px", Px(props.at.0))),
        ("top", format!("{}px", Px(props.at.1))),
        ("width", format!("{}px", Px(props.wide))),
        ("height", format!("{}px", Px(HEIGHT))),
    ]);
    html! { <span class="door" ref={node}>{ props.says.clone() }</span> }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture;
    use crate::stage::board::layout::{View, layout};
    use crate::stage::board::route::routes;

    #[test]
    fn a_message_reaches_its_centre_by_the_door_and_leaves_by_it() {
        let moment = fixture::moment(16);
        let board = layout(&moment.parties, &[], (976.0, 560.0), View::Whole);
        let card = board.place(0).unwrap();
        let found = routes(&board, &[(1, 0, false), (0, 1, false)]);
        for centre in 0..CENTRES.len() {
            let door = place(&board, centre).unwrap();
            let foot = (door.0, card.bottom() + HEIGHT);
            let up = through(found[0].as_ref().unwrap(), &board, centre, false);
            assert_eq!(*up.points.last().unwrap(), foot);
            let down = through(found[1].as_ref().unwrap(), &board, centre, true);
            assert_eq!(*down.points.first().unwrap(), foot);
            // It never leaves the right angle.
            let square = |pair: &[(f64, f64)]| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1;
            assert!(
                up.points
                    .windows(2)
                    .chain(down.points.windows(2))
                    .all(square)
            );
        }
    }
}
