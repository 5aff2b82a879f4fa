//! The ways of lines between cards: upright and level segments through lanes
//! and gutters, never over a card, with few corners, parallels kept apart.

use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use exchequer::views::PartyNo;

use super::layout::{Layout, Rect};
use crate::order::order;
use crate::ui::Px;

/// How far parallel lines keep apart.
pub const PARALLEL: f64 = 5.0;
/// How far their ends keep apart, where arrow heads need room.
pub const PORTS: f64 = 12.0;
/// The radius of a corner.
pub const CORNER: f64 = 8.0;

/// How far from a card a line runs along it; in the middle of what is free
/// where that is less.
const NEAR: f64 = 20.0;
/// The same for a line whose token needs the room.
const FAR: f64 = 64.0;
const BEND: u32 = 60;

/// A way over the board, as corner points.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// From the edge of the one card to the edge of the other.
    pub points: Vec<(f64, f64)>,
}

/// One line to draw: who to whom, and a mark that keeps several lines between
/// the same two apart.
pub type End = (PartyNo, PartyNo, bool);

/// The room a resting token takes.
pub const TOKEN: (f64, f64) = (104.0, 24.0);

/// Finds the ways of lines. A line to oneself, or to somebody who is not on
/// the board, has none. Money between neighbours with no room for a token in
/// between goes round by the lane, where its token covers nobody.
pub fn routes(layout: &Layout, ends: &[End]) -> Vec<Option<Route>> {
    let near = Lines::of(layout, NEAR);
    let far = LazyCell::new(|| Lines::of(layout, FAR));
    let mut known: BTreeMap<End, Option<Route>> = BTreeMap::new();
    let mut found: Vec<Option<Route>> = ends
        .iter()
        .map(|end| {
            let (from, to, money) = *end;
            let way = known.entry(*end).or_insert_with(|| {
                let (one, other) = (layout.place(from)?, layout.place(to)?);
                if one == other {
                    return None;
                }
                let direct = near.way(one, other, Leave::AnySide)?;
                let covers = |way: &Route| near.covers(way.rest(TOKEN, &near.obstacles));
                if money && covers(&direct) {
                    let round = [
                        (false, Leave::Upright),
                        (true, Leave::Sideways),
                        (true, Leave::Upright),
                    ];
                    let mut ways = round.iter().filter_map(|(wide, leave)| {
                        let grid = if *wide { &*far } else { &near };
                        grid.way(one, other, *leave)
                    });
                    return ways.find(|way| !covers(way)).or(Some(direct));
                }
                Some(direct)
            });
            way.clone()
        })
        .collect();
    spread(&mut found, ends);
    found
}

/// The lines on which anything may run, and what stands in the way.
struct Lines {
    xs: Vec<f64>,
    ys: Vec<f64>,
    obstacles: Vec<Rect>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Heading {
    Level,
    Upright,
}

type Node = (usize, usize, Heading);

/// By which sides of a card a line may leave and arrive.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leave {
    AnySide,
    Upright,
    Sideways,
}

impl Lines {
    fn of(layout: &Layout, channel: f64) -> Self {
        let obstacles = layout.obstacles();
        let mut xs = Vec::new();
        let mut ys = Vec::new();
        for card in &obstacles {
            let gap = |near: fn(&Rect, &Rect) -> Option<f64>| {
                let free = obstacles.iter().filter_map(|other| near(card, other));
                (free.fold(2.0 * channel, f64::min) / 2.0).floor()
            };
            xs.push(
                card.x - gap(|card, other| beside(card, other).then(|| card.x - other.right())),
            );
            xs.push(card.x + card.w / 2.0);
            xs.push(
                card.right()
                    + gap(|card, other| beside(other, card).then(|| other.x - card.right())),
            );
            ys.push(
                card.y - gap(|card, other| above(other, card).then(|| card.y - other.bottom())),
            );
            ys.push(card.y + card.h / 2.0);
            ys.push(
                card.bottom()
                    + gap(|card, other| above(card, other).then(|| other.y - card.bottom())),
            );
        }
        for pair in layout.bands.windows(2) {
            ys.push((pair[0].bottom() + pair[1].y) / 2.0);
        }
        xs.retain(|x| (0.0..=layout.size.0).contains(x));
        ys.retain(|y| (0.0..=layout.size.1).contains(y));
        for axis in [&mut xs, &mut ys] {
            order(axis, |a, b| a < b);
            axis.dedup_by(|a, b| (*a - *b).abs() < 0.5);
        }
        Self { xs, ys, obstacles }
    }

    /// Whether a token resting here lies over a card.
    fn covers(&self, at: (f64, f64)) -> bool {
        let (w, h) = TOKEN;
        let token = Rect::new(at.0 - w / 2.0, at.1 - h / 2.0, w, h);
        self.obstacles.iter().any(|card| card.overlaps(&token))
    }

    fn way(&self, from: Rect, to: Rect, leave: Leave) -> Option<Route> {
        let blocking: Vec<Rect> = self
            .obstacles
            .iter()
            .filter(|card| **card != from && **card != to)
            .copied()
            .collect();
        let mut best: BTreeMap<Node, u32> = BTreeMap::new();
        let mut came: BTreeMap<Node, Node> = BTreeMap::new();
        let mut open = BinaryHeap::new();
        for (node, cost) in self.inside(from) {
            for heading in [Heading::Level, Heading::Upright] {
                let node = (node.0, node.1, heading);
                best.insert(node, cost);
                open.push(Reverse((cost, node)));
            }
        }
        let goals: Vec<_> = self.inside(to).collect();
        let goal = |at: (usize, usize)| {
            let found = goals.iter().find(|(place, _)| *place == at);
            found.map(|(_, cost)| *cost)
        };
        while let Some(Reverse((cost, node))) = open.pop() {
            if best.get(&node).is_some_and(|known| *known < cost) {
                continue;
            }
            if goal((node.0, node.1)).is_some() {
                return Some(self.trace(node, &came, from, to));
            }
            for (next, length) in self.neighbours(node) {
                let (a, b) = (self.point(node), self.point(next));
                let barred = match leave {
                    Leave::AnySide => false,
                    Leave::Upright => next.2 == Heading::Level,
                    Leave::Sideways => next.2 == Heading::Upright,
                };
                let through = barred && [from, to].iter().any(|card| crosses(a, b, card));
                if through || blocking.iter().any(|card| crosses(a, b, card)) {
                    continue;
                }
                let turn = if next.2 == node.2 { 0 } else { BEND };
                let arrival = goal((next.0, next.1)).unwrap_or(0);
                let total = cost + length + turn + arrival;
                if best.get(&next).is_none_or(|known| total < *known) {
                    best.insert(next, total);
                    came.insert(next, node);
                    open.push(Reverse((total, next)));
                }
            }
        }
        None
    }

    /// The crossings inside a card, each with what it costs to leave from
    /// there: least from the middle.
    fn inside(&self, card: Rect) -> impl Iterator<Item = ((usize, usize), u32)> + use<'_> {
        let margin = 12.0_f64.min(card.w / 2.0);
        let middle = (card.x + card.w / 2.0, card.y + card.h / 2.0);
        self.xs.iter().enumerate().flat_map(move |(i, x)| {
            self.ys.iter().enumerate().filter_map(move |(j, y)| {
                let wide = (card.x + margin..=card.right() - margin).contains(x);
                let high = (y - middle.1).abs() < 0.5;
                let cost = (x - middle.0).abs() / 4.0;
                (wide && high).then_some(((i, j), cost as u32))
            })
        })
    }

    fn point(&self, node: Node) -> (f64, f64) {
        (self.xs[node.0], self.ys[node.1])
    }

    fn neighbours(&self, (i, j, _): Node) -> impl Iterator<Item = (Node, u32)> + use<'_> {
        let level = [i.checked_sub(1), Some(i + 1).filter(|i| *i < self.xs.len())];
        let upright = [j.checked_sub(1), Some(j + 1).filter(|j| *j < self.ys.len())];
        let level = level.into_iter().flatten().map(move |next| {
            (
                (next, j, Heading::Level),
                (self.xs[next] - self.xs[i]).abs() as u32,
            )
        });
        let upright = upright.into_iter().flatten().map(move |next| {
            (
                (i, next, Heading::Upright),
                (self.ys[next] - self.ys[j]).abs() as u32,
            )
        });
        level.chain(upright)
    }

    fn trace(&self, goal: Node, came: &BTreeMap<Node, Node>, from: Rect, to: Rect) -> Route {
        let mut points = vec![self.point(goal)];
        let mut node = goal;
        while let Some(before) = came.get(&node) {
            node = *before;
            points.push(self.point(node));
        }
        points.reverse();
        trim(&mut points, from);
        points.reverse();
        trim(&mut points, to);
        points.reverse();
        straighten(&mut points);
        Route { points }
    }
}

/// Whether one card stands to the right of another, at the same height.
fn beside(right: &Rect, left: &Rect) -> bool {
    left.right() <= right.x && left.y < right.bottom() && right.y < left.bottom()
}

/// Whether one card stands above another, in the same column.
fn above(upper: &Rect, lower: &Rect) -> bool {
    upper.bottom() <= lower.y && upper.x < lower.right() && lower.x < upper.right()
}

/// Whether a segment passes over a card.
fn crosses(a: (f64, f64), b: (f64, f64), card: &Rect) -> bool {
    let (left, right) = (a.0.min(b.0), a.0.max(b.0));
    let (top, bottom) = (a.1.min(b.1), a.1.max(b.1));
    left < card.right() && right > card.x && top < card.bottom() && bottom > card.y
}

/// Cuts off what runs under the card at the start.
fn trim(points: &mut Vec<(f64, f64)>, card: Rect) {
    let is_inside =
        |p: (f64, f64)| p.0 > card.x && p.0 < card.right() && p.1 > card.y && p.1 < card.bottom();
    while points.len() > 2 && is_inside(points[1]) {
        points.remove(0);
    }
    if points.len() < 2 || !is_inside(points[0]) {
        return;
    }
    let (a, b) = (points[0], points[1]);
    points[0] = if a.0 == b.0 {
        (a.0, if b.1 < a.1 { card.y } else { card.bottom() })
    } else {
        (if b.0 < a.0 { card.x } else { card.right() }, a.1)
    };
}

/// Drops points on the way of a straight line.
fn straighten(points: &mut Vec<(f64, f64)>) {
    let mut index = 1;
    while index + 1 < points.len() {
        let (a, b, c) = (points[index - 1], points[index], points[index + 1]);
        if (a.0 == b.0 && b.0 == c.0) || (a.1 == b.1 && b.1 == c.1) {
            points.remove(index);
        } else {
            index += 1;
        }
    }
}

/// A segment of a route: where it runs, and from where to where.
#[derive(Clone, Copy)]
struct Segment {
    route: usize,
    index: usize,
    upright: bool,
    /// Whether it touches a card.
    port: bool,
    at: f64,
    low: f64,
    high: f64,
}

/// Moves segments that lie on each other apart.
fn spread(routes: &mut [Option<Route>], ends: &[End]) {
    let mut segments = Vec::new();
    for (route, way) in routes.iter().enumerate() {
        // The same line drawn twice needs no room for itself.
        if ends[..route].contains(&ends[route]) {
            continue;
        }
        let count = way.as_ref().map_or(0, |way| way.points.len() - 1);
        for (index, pair) in way.iter().flat_map(|way| way.points.windows(2)).enumerate() {
            let port = index == 0 || index + 1 == count;
            let upright = pair[0].0 == pair[1].0;
            let (at, a, b) = if upright {
                (pair[0].0, pair[0].1, pair[1].1)
            } else {
                (pair[0].1, pair[0].0, pair[1].0)
            };
            segments.push(Segment {
                route,
                index,
                upright,
                port,
                at,
                low: a.min(b),
                high: a.max(b),
            });
        }
    }
    let mut moved: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut done = vec![false; segments.len()];
    for first in 0..segments.len() {
        if done[first] {
            continue;
        }
        let mut bundle = vec![first];
        let mut next = 0;
        while next < bundle.len() {
            let one = segments[bundle[next]];
            for (index, other) in segments.iter().enumerate() {
                let together = other.upright == one.upright
                    && (other.at - one.at).abs() < 1.0
                    && other.low < one.high
                    && one.low < other.high;
                if together && !bundle.contains(&index) {
                    bundle.push(index);
                }
            }
            next += 1;
        }
        order(&mut bundle, |a, b| a < b);
        let middle = (bundle.len() as f64 - 1.0) / 2.0;
        let apart = if bundle.iter().any(|index| segments[*index].port) {
            PORTS
        } else {
            PARALLEL
        };
        for (rank, index) in bundle.iter().enumerate() {
            done[*index] = true;
            let segment = segments[*index];
            moved.insert(
                (segment.route, segment.index),
                (rank as f64 - middle) * apart,
            );
        }
    }
    for route in 0..routes.len() {
        let same = ends[..route].iter().position(|end| *end == ends[route]);
        if let Some(same) = same {
            routes[route] = routes[same].clone();
            continue;
        }
        let Some(way) = &mut routes[route] else {
            continue;
        };
        let original = way.points.clone();
        for (index, pair) in original.windows(2).enumerate() {
            let shift = moved.get(&(route, index)).copied().unwrap_or(0.0);
            for point in &mut way.points[index..=index + 1] {
                if pair[0].0 == pair[1].0 {
                    point.0 = pair[0].0 + shift;
                } else {
                    point.1 = pair[0].1 + shift;
                }
            }
        }
    }
}

impl Route {
    /// The way as an SVG path with rounded corners.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for (index, point) in self.points.iter().enumerate() {
            let corner = (index > 0).then(|| self.points.get(index + 1)).flatten();
            match (index, corner) {
                (0, _) => path.push_str(&format!("M{} {}", Px(point.0), Px(point.1))),
                (_, None) => path.push_str(&format!("L{} {}", Px(point.0), Px(point.1))),
                (_, Some(next)) => {
                    let before = towards(*point, self.points[index - 1]);
                    let after = towards(*point, *next);
                    path.push_str(&format!(
                        "L{} {}Q{} {} {} {}",
                        Px(before.0),
                        Px(before.1),
                        Px(point.0),
                        Px(point.1),
                        Px(after.0),
                        Px(after.1)
                    ));
                }
            }
        }
        path
    }

    /// The point at this share of the way, 0 to 1.
    pub fn at(&self, share: f64) -> (f64, f64) {
        let mut left = self.length() * share;
        for pair in self.points.windows(2) {
            let length = distance(pair[0], pair[1]);
            if left <= length && length > 0.0 {
                let part = left / length;
                return (
                    pair[0].0 + (pair[1].0 - pair[0].0) * part,
                    pair[0].1 + (pair[1].1 - pair[0].1) * part,
                );
            }
            left -= length;
        }
        self.points.last().copied().unwrap_or_default()
    }

    /// The way up to this share of it.
    #[must_use]
    pub fn first(&self, share: f64) -> Self {
        if share >= 1.0 {
            return self.clone();
        }
        let mut left = self.length() * share;
        let mut points: Vec<_> = self.points.first().copied().into_iter().collect();
        for pair in self.points.windows(2) {
            let length = distance(pair[0], pair[1]);
            if left <= length {
                break;
            }
            left -= length;
            points.push(pair[1]);
        }
        points.push(self.at(share));
        Self { points }
    }

    /// Whether the way runs level at this share of it.
    pub fn is_level_at(&self, share: f64) -> bool {
        let points = self.first(share).points;
        match points.as_slice() {
            [.., a, b] if a != b => a.1 == b.1,
            _ => self.points.windows(2).any(|pair| pair[0].1 == pair[1].1),
        }
    }

    /// Its length.
    pub fn length(&self) -> f64 {
        self.points
            .windows(2)
            .map(|pair| distance(pair[0], pair[1]))
            .sum()
    }

    /// Where a token of this size rests with the least of any card under it.
    pub fn rest(&self, size: (f64, f64), obstacles: &[Rect]) -> (f64, f64) {
        let covered = |at: (f64, f64)| -> f64 {
            let token = Rect::new(at.0 - size.0 / 2.0, at.1 - size.1 / 2.0, size.0, size.1);
            obstacles
                .iter()
                .map(|card| {
                    let w = (token.right().min(card.right()) - token.x.max(card.x)).max(0.0);
                    let h = (token.bottom().min(card.bottom()) - token.y.max(card.y)).max(0.0);
                    w * h
                })
                .sum()
        };
        self.points
            .windows(2)
            .map(|pair| {
                let middle = ((pair[0].0 + pair[1].0) / 2.0, (pair[0].1 + pair[1].1) / 2.0);
                (covered(middle), -distance(pair[0], pair[1]), middle)
            })
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)))
            .map_or_else(|| self.at(0.5), |best| best.2)
    }
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

/// The point where a corner's rounding begins on the way to a neighbour.
fn towards(corner: (f64, f64), neighbour: (f64, f64)) -> (f64, f64) {
    let length = distance(corner, neighbour);
    let reach = CORNER.min(length / 2.0);
    if length == 0.0 {
        return corner;
    }
    (
        corner.0 + (neighbour.0 - corner.0) / length * reach,
        corner.1 + (neighbour.1 - corner.1) / length * reach,
    )
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::fixture::town;
    use crate::stage::board::layout::{View, layout};

    #[test]
    fn every_line_runs_upright_and_level_from_card_to_card_over_no_other() {
        for (operators, public) in [(2, 3), (4, 30), (4, 40)] {
            let board = layout(&town(operators, public), &[], (688.0, 458.0), View::Whole);
            let all = 1 + operators + public;
            for from in 0..all {
                // A sample of the pairs; all of a small town's.
                for to in (0..all).filter(|to| *to != from && (all < 10 || (from + to) % 7 == 0)) {
                    // Two in one group have no way between them to draw.
                    if board.place(from) == board.place(to) {
                        continue;
                    }
                    let ends = [(from, to, true)];
                    let route = routes(&board, &ends).remove(0);
                    let route = route.unwrap_or_else(|| panic!("no way {from} → {to}"));
                    let (one, other) = (board.place(from).unwrap(), board.place(to).unwrap());
                    for pair in route.points.windows(2) {
                        assert!(
                            pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1,
                            "{route:?}"
                        );
                        for card in board.obstacles() {
                            let own = card == one || card == other;
                            assert!(
                                own || !crosses(pair[0], pair[1], &card),
                                "{route:?} {card:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn neighbours_in_a_row_are_joined_by_one_level_line() {
        let board = layout(&town(2, 2), &[], (688.0, 608.0), View::Whole);
        let route = routes(&board, &[(3, 4, true)]).remove(0).unwrap();
        assert_eq!(route.points.len(), 2);
        assert_eq!(route.points[0].0, board.place(3).unwrap().right());
        assert_eq!(route.points[1].0, board.place(4).unwrap().x);
    }

    fn covered(board: &Layout, money: &Route) -> bool {
        let at = money.rest(TOKEN, &board.obstacles());
        let token = Rect::new(at.0 - 52.0, at.1 - 12.0, TOKEN.0, TOKEN.1);
        board.obstacles().iter().any(|card| card.overlaps(&token))
    }

    #[test]
    fn money_between_close_neighbours_goes_round_and_covers_nobody() {
        // Four of the public under one operator, side by side.
        let board = layout(&town(1, 4), &[], (976.0, 608.0), View::Whole);
        let ways = routes(&board, &[(3, 4, true), (3, 4, false)]);
        let [money, message] = [&ways[0], &ways[1]].map(|way| way.clone().unwrap());
        assert_eq!(message.points.len(), 2);
        assert!(!covered(&board, &money), "{money:?}");
        // One under the other.
        let board = layout(&town(2, 4), &[], (688.0, 608.0), View::Whole);
        let money = routes(&board, &[(5, 3, true)]).remove(0).unwrap();
        assert!(!covered(&board, &money), "{money:?}");
    }

    #[test]
    fn a_question_and_its_answer_run_side_by_side() {
        let board = layout(&town(2, 2), &[], (688.0, 608.0), View::Whole);
        let ways = routes(&board, &[(3, 1, false), (1, 3, false)]);
        let x = |way: &Option<Route>| way.as_ref().unwrap().points[0].0;
        assert_eq!((x(&ways[0]) - x(&ways[1])).abs(), PORTS);
    }

    #[test]
    fn the_same_line_twice_is_one_line() {
        let board = layout(&town(2, 2), &[], (688.0, 608.0), View::Whole);
        let ways = routes(&board, &[(3, 4, true), (3, 4, true)]);
        assert_eq!(ways[0], ways[1]);
    }

    #[test]
    fn a_line_to_oneself_or_to_nobody_has_no_way() {
        let board = layout(&town(2, 2), &[], (688.0, 608.0), View::Whole);
        assert_eq!(routes(&board, &[(3, 3, true), (3, 99, true)]), [None, None]);
    }

    #[test]
    fn corners_are_rounded() {
        let route = Route {
            points: vec![(0.0, 0.0), (0.0, 40.0), (30.0, 40.0)],
        };
        assert_eq!(route.path(), "M0 0L0 32Q0 40 8 40L30 40");
        assert_eq!(route.length(), 70.0);
        assert_eq!(route.at(0.5), (0.0, 35.0));
        assert_eq!(route.first(0.5).points, [(0.0, 0.0), (0.0, 35.0)]);
        assert!(!route.is_level_at(0.5));
        assert!(route.is_level_at(0.8));
    }
}
