//! The board at whatever size shows all of it.

use std::rc::Rc;

use exchequer::picture::is_crowded;
use exchequer::views::{Moment, Seen};
use yew::prelude::*;

use crate::browser::use_size;
use crate::engine::Engine;
use crate::stage::board::layout::{View, layout};
use crate::stage::board::{Board, way};
use crate::state::Motion;
use crate::ui::{Px, use_style};

/// A room's screen less what stands around the board, until the browser tells.
const ASSUMED: (f64, f64) = (1_920.0, 800.0);

/// How much larger than on a desk a room's screen draws, at the least.
const LARGER: f64 = 1.5;

/// How far the board may shrink before its cards do.
const READABLE: f64 = 0.9;

/// How far the board may shrink before only the event's parties are shown.
const SMALLEST: f64 = 0.75;

/// A height for which nothing has to shrink.
const ENDLESS: f64 = 100_000.0;

/// What stands under the board where crowds trade or value was given twice.
const UNDER: f64 = 120.0;

/// Properties of [`FitBoard`].
#[derive(Clone, PartialEq, Properties)]
pub struct FitBoardProps {
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Whether it happens or has happened.
    pub motion: Motion,
    /// Who looks.
    #[prop_or_default]
    pub seen: Seen,
    /// Whom to ask for a crowd's people.
    #[prop_or_default]
    pub engine: Option<Engine>,
    /// The event in words: what the picture says to who does not see it.
    pub caption: AttrValue,
}

/// The board as large as the room for it allows, without anything to press.
#[component]
pub fn FitBoard(props: &FitBoardProps) -> Html {
    let (frame, room) = use_size(ASSUMED);
    let (scale, view) = fit(&props.moment, room);
    let canvas = use_style(vec![
        ("width", format!("{}px", Px(room.0 / scale))),
        ("height", format!("{}px", Px(room.1 / scale))),
        ("transform", format!("scale({})", Px(scale))),
    ]);
    html! {
        <div class="fit" ref={frame} role="img" aria-label={props.caption.clone()}>
            <div class="fit-canvas" ref={canvas} inert=true>
                <Board
                    moment={props.moment.clone()}
                    motion={props.motion}
                    {view}
                    seen={props.seen}
                    engine={props.engine.clone()}
                    onselect={Callback::noop()}
                />
            </div>
        </div>
    }
}

/// The largest scale at which the board fits into a room, and how much of it
/// that is: everybody on cards of their proper size, else on smaller ones, as
/// long as they can be read; else the event's parties.
fn fit(moment: &Moment, room: (f64, f64)) -> (f64, View) {
    // As large again on a screen that has the pixels for it.
    let largest = LARGER.max((room.0 / 1_280.0).min(room.1 / 600.0));
    let under = is_crowded(&moment.flows) || !moment.crowds.is_empty();
    let under = f64::from(u8::from(under)) + f64::from(u8::from(!way::known(moment).is_empty()));
    let drawn = |inside: (f64, f64), view: View| {
        let board = layout(&moment.parties, &moment.crowds, inside, view);
        (board.size, board.cards_are)
    };
    let fits = |scale: f64, view: View, whole_cards: bool| {
        let inside = (room.0 / scale, room.1 / scale - under * UNDER);
        let (needed, cards) = drawn(inside, view);
        inside.1 > 0.0
            && needed.0 <= inside.0 + 0.5
            && needed.1 <= inside.1 + 0.5
            && (!whole_cards || cards == drawn((inside.0, ENDLESS), view).1)
    };
    let largest_of = |smallest: f64, view: View, whole_cards: bool| {
        (0..72)
            .map(|twentieths| largest - f64::from(twentieths) / 20.0)
            .take_while(|scale| *scale >= smallest)
            .find(|scale| fits(*scale, view, whole_cards))
    };
    let whole = largest_of(READABLE, View::Whole, true)
        .or_else(|| largest_of(SMALLEST, View::Whole, false));
    match whole {
        Some(scale) => (scale, View::Whole),
        None => {
            let scale = largest_of(0.25, View::Spotlight, false);
            (scale.unwrap_or(0.25), View::Spotlight)
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_story_fits_both_shapes_of_a_projector_whole() {
        for position in [0, 7, 16] {
            let moment = fixture::moment(position);
            for room in [(1_920.0, 780.0), (1_024.0, 520.0)] {
                let (scale, view) = fit(&moment, room);
                assert_eq!(view, View::Whole, "{room:?}");
                let inside = (room.0 / scale, room.1 / scale);
                let size = layout(&moment.parties, &moment.crowds, inside, view).size;
                assert!(size.0 <= inside.0 + 0.5 && size.1 <= inside.1 + 0.5);
            }
        }
        let wide = fit(&fixture::moment(7), (1_920.0, 780.0));
        assert_eq!(wide, (1.5, View::Whole));
    }

    #[test]
    fn a_frame_without_room_still_draws_something() {
        let (scale, _) = fit(&fixture::moment(7), (0.0, 0.0));
        assert!(scale > 0.0);
    }
}
