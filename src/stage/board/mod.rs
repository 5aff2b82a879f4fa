//! The board: everybody at their place, what they have, and what moves between
//! them in the beat being shown.

mod abroad;
mod card;
mod doors;
mod group;
pub mod layout;
mod lines;
pub mod motion;
mod ribbons;
pub mod route;
pub mod way;

use std::rc::Rc;

use exchequer::picture::is_crowded;
use exchequer::views::{Crowd, Fate, Moment, PartyNo, Seen};
use yew::prelude::*;
use yew::props;

use self::card::PartyCard;
use self::group::{CrowdCard, GroupCardProps, group_card};
use self::layout::{Rect, View, layout};
use self::lines::Lines;
use self::ribbons::ribbons_view;
use super::Shown;
use crate::browser::use_size;
use crate::engine::Engine;
use crate::state::Motion;
use crate::ui::{Px, use_style};
use crate::words::use_words;

/// The room assumed until the browser tells: the board at 1280 × 800 with
/// Details open.
const ASSUMED: (f64, f64) = (688.0, 608.0);

/// Properties of [`Board`].
#[derive(Clone, PartialEq, Properties)]
pub struct BoardProps {
    /// What is shown.
    pub moment: Rc<Moment>,
    /// Whether it happens or has happened.
    pub motion: Motion,
    /// Everybody, or the event's parties.
    pub view: View,
    /// Who looks.
    #[prop_or_default]
    pub seen: Seen,
    /// Whom to ask for a crowd's people.
    #[prop_or_default]
    pub engine: Option<Engine>,
    /// Whose details are open.
    #[prop_or_default]
    pub selected: Option<PartyNo>,
    /// Who has something else on a board beside this one.
    #[prop_or_default]
    pub differs: Rc<[PartyNo]>,
    /// Which lines are wanted.
    #[prop_or_default]
    pub shown: Shown,
    /// Called when a card is chosen.
    pub onselect: Callback<PartyNo>,
}

/// The board.
#[component]
pub fn Board(props: &BoardProps) -> Html {
    let words = use_words();
    let (frame, room) = use_size(ASSUMED);
    let moment = &props.moment;
    let board = use_memo(
        (places(moment, props.view), room, props.view),
        |(_, room, view)| layout(&moment.parties, &moment.crowds, *room, *view),
    );
    let (width, height) = board.size;
    let canvas = use_style(vec![
        ("width", format!("{}px", Px(width))),
        ("height", format!("{}px", Px(height))),
    ]);
    let refused = moment
        .flows
        .iter()
        .any(|flow| matches!(flow.fate, Fate::Refused(_)));
    let crowded = is_crowded(&moment.flows);
    let lit = use_state_eq(|| None::<usize>);
    let ways = !way::known(moment).is_empty();
    let trace = lit.and_then(|lit| moment.found.get(lit));
    // Where there are crowds the room for what they do stays free, so that
    // nobody moves when they do something.
    let ribbons = crowded || (props.view == View::Whole && !moment.crowds.is_empty());
    html! {
        <div class={classes!(
            "board-frame",
            ribbons.then_some("board-with-ribbons"),
            ways.then_some("board-with-ways"),
        )}>
        <div class={classes!("board", (props.view == View::Spotlight).then_some("board-spotlight"))} ref={frame}>
            <section
                class={classes!("board-canvas", refused.then_some("board-refused"))}
                aria-label={words.say("board")}
                ref={canvas}
            >
                <svg class="board-bands" width={Px(width).to_string()} height={Px(height).to_string()} aria-hidden="true">
                    { for board.bands.iter().map(|band| html! {
                        <rect
                            class="band"
                            x={Px(band.x + 0.5).to_string()}
                            y={Px(band.y + 0.5).to_string()}
                            width={Px(band.w - 1.0).to_string()}
                            height={Px(band.h - 1.0).to_string()}
                            rx="8"
                        />
                    }) }
                </svg>
                { for board.cards.iter().filter_map(|card| {
                    let party = moment.party(card.party)?;
                    let differs = props.differs.contains(&party.no);
                    Some(html! {
                        <Placed key={party.no} rect={card.rect} class={classes!(differs.then_some("placed-differs"))}>
                            <PartyCard
                                party={party.clone()}
                                size={board.cards_are}
                                motion={props.motion}
                                lands={motion::landing(party.no, &moment.flows)}
                                held={held(moment, party.no)}
                                at={party.at.and_then(|at| moment.party(at)).map(|at| AttrValue::from(at.name.clone()))}
                                position={moment.position}
                                selected={props.selected == Some(party.no)}
                                onselect={props.onselect.clone()}
                            />
                        </Placed>
                    })
                }) }
                { for board.groups.iter().filter_map(|group| Some((group, moment.crowds.get(group.crowd?)?))).map(|(group, crowd)| html! {
                    <Placed key={format!("crowd-{}-{:?}", crowd.no, crowd.at)} rect={group.rect}>
                        <CrowdCard
                            id={format!("crowd-{}-{}", crowd.no, crowd.at.unwrap_or(0))}
                            crowd={crowd.clone()}
                            size={board.cards_are}
                            position={moment.position}
                            seen={props.seen}
                            engine={props.engine.clone()}
                            onselect={props.onselect.clone()}
                        />
                    </Placed>
                }) }
                { for board.groups.iter().filter(|group| group.crowd.is_none()).map(|group| html! {
                    <Placed key={format!("group-{:?}", group.at)} rect={group.rect}>
                        { group_card(&words, &props!(GroupCardProps {
                            id: format!("group-{}", group.at.unwrap_or(0)),
                            members: group.members.iter().filter_map(|no| moment.party(*no).cloned()).collect::<Vec<_>>(),
                            onselect: props.onselect.clone(),
                        })) }
                    </Placed>
                }) }
                if let Some(found) = trace {
                    { way::hops(moment, &board, &found.trace) }
                } else if !crowded {
                    <Lines
                        key={format!("lines-{}", moment.position)}
                        moment={props.moment.clone()}
                        board={board.clone()}
                        motion={props.motion}
                        shown={props.shown}
                    />
                }
            </section>
            if board.others > 0 {
                <p class="board-others">{ words.tell("others", &[("count", board.others.into())]) }</p>
            }
        </div>
        if ways {
            { way::ways(&words, moment, *lit, &Callback::from({
                let lit = lit.setter();
                move |wanted| lit.set(wanted)
            })) }
        }
        if crowded {
            { ribbons_view(&words, moment) }
        }
        </div>
    }
}

/// What of the parties decides where they stand: the spotlight follows the
/// event, the whole board does not.
fn places(moment: &Moment, view: View) -> Vec<Place> {
    let spot = |lit: bool| view == View::Spotlight && lit;
    let party = |it: &exchequer::views::Party| Place {
        no: Some(it.no),
        at: it.at,
        crowd: it.crowd,
        lit: spot(it.lit),
    };
    let crowd = |it: &Crowd| Place {
        no: None,
        at: it.at,
        crowd: Some(it.no),
        lit: spot(it.lit),
    };
    let parties = moment.parties.iter().map(party);
    parties.chain(moment.crowds.iter().map(crowd)).collect()
}

/// What decides where a party, or a crowd's card, stands.
#[derive(PartialEq)]
struct Place {
    no: Option<PartyNo>,
    at: Option<PartyNo>,
    crowd: Option<u32>,
    lit: bool,
}

/// What the invariant of money in issue finds held, for the central bank.
fn held(moment: &Moment, party: PartyNo) -> Option<(i64, bool)> {
    let check = moment
        .accounted
        .checks
        .iter()
        .find(|check| check.key == "check-in-issue")?;
    (party == 0).then_some((check.right, check.holds))
}

/// Properties of [`Placed`].
#[derive(Clone, PartialEq, Properties)]
struct PlacedProps {
    rect: Rect,
    #[prop_or_default]
    class: Classes,
    children: Html,
}

/// Something at its place on the board.
#[component]
fn Placed(props: &PlacedProps) -> Html {
    let Rect { x, y, w, h } = props.rect;
    let node = use_style(vec![
        ("left", format!("{}px", Px(x))),
        ("top", format!("{}px", Px(y))),
        ("width", format!("{}px", Px(w))),
        ("height", format!("{}px", Px(h))),
    ]);
    html! { <div class={classes!("placed", props.class.clone())} ref={node}>{ props.children.clone() }</div> }
}
