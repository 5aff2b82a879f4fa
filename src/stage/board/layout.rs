//! Where everything on the board stands: a pure function of the parties and
//! the room there is. Bands from the central bank down to the public, one
//! column an institution, wallets under their operator, people before
//! merchants; one card size a run; who does not fit is counted in a group.

use exchequer::views::{Crowd, Kind, Party, PartyNo};

use super::abroad::Abroad;
use crate::order::order;

/// A rectangle in CSS pixels from the board's upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// A rectangle of these measures.
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// Right edge.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// Lower edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// Whether two rectangles have a point inside in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether another lies inside.
    pub fn contains(&self, other: &Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && self.right() >= other.right()
            && self.bottom() >= other.bottom()
    }
}

/// The size of the public's cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardSize {
    /// 168 × 88: name, balance, limit bar.
    Large,
    /// 152 × 56: name, balance, what it is.
    Medium,
    /// 152 × 28: name and balance on one line.
    Small,
}

impl CardSize {
    /// The size for a run with so many of the public.
    pub const fn of_count(count: usize) -> Self {
        match count {
            0..=8 => Self::Large,
            9..=16 => Self::Medium,
            _ => Self::Small,
        }
    }

    /// Width and height.
    pub const fn measures(self) -> (f64, f64) {
        match self {
            Self::Large => (168.0, 88.0),
            Self::Medium => (152.0, 56.0),
            Self::Small => (152.0, 28.0),
        }
    }

    /// The next smaller one.
    pub const fn smaller(self) -> Option<Self> {
        match self {
            Self::Large => Some(Self::Medium),
            Self::Medium => Some(Self::Small),
            Self::Small => None,
        }
    }

    const fn gap(self) -> f64 {
        match self {
            Self::Large => 16.0,
            Self::Medium => 12.0,
            Self::Small => 4.0,
        }
    }
}

/// Which parties are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Everybody.
    Whole,
    /// The event's parties only, for a narrow screen.
    Spotlight,
}

/// A party's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Card {
    /// Whose.
    pub party: PartyNo,
    /// Where.
    pub rect: Rect,
}

/// Those of a column that have no card of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The institution they stand under.
    pub at: Option<PartyNo>,
    /// Which of the crowds told of they are, if they are one.
    pub crowd: Option<usize>,
    /// Who they are.
    pub members: Vec<PartyNo>,
    /// Where.
    pub rect: Rect,
}

/// The board.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Its measures: at least the room given, more if everything needs it.
    pub size: (f64, f64),
    /// Central bank, institutions, public.
    pub bands: Vec<Rect>,
    /// The size of the public's cards.
    pub cards_are: CardSize,
    /// Every card.
    pub cards: Vec<Card>,
    /// Every group.
    pub groups: Vec<Group>,
    /// How many parties a spotlight leaves out.
    pub others: usize,
}

impl Layout {
    /// Where a party is drawn: on its own card, or in its group.
    pub fn place(&self, party: PartyNo) -> Option<Rect> {
        let card = self.cards.iter().find(|card| card.party == party);
        card.map(|card| card.rect).or_else(|| {
            let group = self
                .groups
                .iter()
                .find(|group| group.members.contains(&party));
            group.map(|group| group.rect)
        })
    }

    /// Everything a line must not cross.
    pub fn obstacles(&self) -> Vec<Rect> {
        let cards = self.cards.iter().map(|card| card.rect);
        cards
            .chain(self.groups.iter().map(|group| group.rect))
            .collect()
    }
}

/// At most so many of the public get cards of their own.
pub const MOST_CARDS: usize = 40;

/// At most so many rows in a column.
pub const MOST_ROWS: usize = 8;

pub(super) const GUTTER: f64 = 16.0;
pub(super) const NARROWEST_COLUMN: f64 = 152.0;
const WIDEST_AGENT: f64 = 200.0;

/// The heights of one screen.
struct Heights {
    margin: f64,
    central: f64,
    lane: f64,
    institutions: f64,
    agents: f64,
    pad: f64,
}

impl Heights {
    fn of(room: (f64, f64), view: View) -> Self {
        if view == View::Spotlight {
            return Self {
                margin: 8.0,
                central: 56.0,
                lane: 28.0,
                institutions: 76.0,
                agents: 48.0,
                pad: 4.0,
            };
        }
        // Air goes to the lanes first: that is where everything moves.
        let spare = (room.1 - 458.0).max(0.0);
        let step = (spare / 6.0).min(16.0).floor();
        Self {
            margin: 9.0 + (step / 2.0).floor(),
            central: 64.0 + (step / 2.0).floor(),
            lane: 24.0 + step,
            institutions: 72.0 + step,
            agents: 36.0 + (step / 2.0).floor(),
            pad: 4.0 + (step / 4.0).floor(),
        }
    }
}

/// Lays the board out. What stands beyond the country has its place below.
pub fn layout(parties: &[Party], crowds: &[Crowd], room: (f64, f64), view: View) -> Layout {
    let shown: Vec<&Party> = match view {
        View::Whole => parties.iter().collect(),
        View::Spotlight => spotlight(parties),
    };
    let others = parties.iter().filter(|it| it.crowd.is_none()).count()
        - shown.iter().filter(|it| it.crowd.is_none()).count()
        + crowds
            .iter()
            .filter(|it| view == View::Spotlight && !it.lit)
            .map(|it| it.count as usize)
            .sum::<usize>();
    let (beyond, home): (Vec<&Party>, Vec<&Party>) =
        shown.into_iter().partition(|party| party.kind.is_abroad());
    if beyond.is_empty() {
        return at_home(&home, (parties, crowds), room, view, others);
    }
    let heights = Heights::of(room, view);
    let columns = of_kind(&home, |kind| kind == Kind::Operator).len();
    let (side, left) = sides(columns, room.0, view);
    let below = Abroad::of(&beyond, room.0 - 2.0 * left, view);
    let left_over = (room.1 - below.height() - heights.lane).max(0.0);
    let mut board = at_home(&home, (parties, crowds), (room.0, left_over), view, others);
    let top = board
        .bands
        .last()
        .map_or(heights.margin, |band| band.bottom() + heights.lane);
    let (bands, cards) = below.place(side, left, top);
    board.bands.extend(bands);
    board.cards.extend(cards);
    let right = board.cards.iter().map(|card| card.rect.right() + left);
    let width = right.fold(board.size.0, f64::max);
    let bottom = board.bands.last().map_or(top, Rect::bottom) + heights.margin;
    board.size = (width, bottom.max(room.1));
    for band in &mut board.bands {
        band.w = width - 2.0 * side;
    }
    board
}

/// The part of the board that is one country.
fn at_home(
    shown: &[&Party],
    (parties, crowds): (&[Party], &[Crowd]),
    room: (f64, f64),
    view: View,
    others: usize,
) -> Layout {
    let drawn: Vec<(usize, &Crowd)> = crowds
        .iter()
        .enumerate()
        .filter(|(_, crowd)| view == View::Whole || crowd.lit)
        .collect();
    let institutions: Vec<&Party> = of_kind(shown, |kind| kind == Kind::Operator);
    let agents: Vec<&Party> = of_kind(shown, |kind| kind == Kind::Agent);
    let mut people = of_kind(shown, |kind| !kind.is_institution());
    people.retain(|party| party.crowd.is_none());
    let heights = Heights::of(room, view);
    let mut columns = columns(&institutions, &people, &drawn);
    let of_crowd = |crowd: &Crowd| {
        let in_it = |party: &&Party| party.crowd == Some(crowd.no) && party.at == crowd.at;
        let members = parties.iter().filter(in_it).map(|party| party.no);
        members.collect::<Vec<_>>()
    };
    let (side, left) = sides(columns.len(), room.0, view);
    let inner = spread(&mut columns, room.0 - 2.0 * left, view);
    let width = (inner + 2.0 * left).max(room.0);

    let mut bands = Vec::new();
    let mut cards = Vec::new();
    let mut y = heights.margin;
    let mut band = |y: &mut f64, height: f64| {
        let rect = Rect::new(side, *y, width - 2.0 * side, height);
        bands.push(rect);
        *y += height + heights.lane;
        rect
    };
    let central = of_kind(shown, |kind| kind == Kind::CentralBank);
    if !central.is_empty() || view == View::Whole {
        let rect = band(&mut y, heights.central);
        cards.extend(central.iter().map(|party| Card {
            party: party.no,
            rect: Rect::new(
                left,
                rect.y + heights.pad,
                width - 2.0 * left,
                rect.h - 2.0 * heights.pad,
            ),
        }));
    }
    if !institutions.is_empty() {
        let rect = band(&mut y, heights.institutions);
        for column in columns.iter() {
            cards.extend(column.at.map(|party| Card {
                party,
                rect: Rect::new(
                    left + column.x,
                    rect.y + heights.pad,
                    column.w,
                    rect.h - 2.0 * heights.pad,
                ),
            }));
        }
    }
    if !agents.is_empty() {
        let rect = band(&mut y, heights.agents);
        cards.extend(agent_cards(&agents, &columns, rect, (left, heights.pad)));
    }
    let top = y;
    let least = if view == View::Spotlight { 0.0 } else { 64.0 };
    let mut bottom = (room.1 - heights.margin).max(top + least);
    let pad = if heights.pad > 4.0 || view == View::Spotlight {
        8.0
    } else {
        2.0
    };
    let room_below = bottom - top - 2.0 * pad;
    let cards_are = fitting(&columns, people.len() + drawn.len(), room_below, view);
    // What is left over gives lines and tokens room above the cards.
    let used = columns
        .iter()
        .map(|column| Grid::of(column, cards_are, view).height(column.count()));
    let spare = room_below - used.fold(0.0, f64::max);
    let head = if view == View::Spotlight {
        0.0
    } else {
        (spare / 3.0).clamp(0.0, 56.0).floor()
    };
    let mut groups = Vec::new();
    let spare_cards = MOST_CARDS.min(people.len());
    for column in &columns {
        let share = share(column.people.len(), people.len(), spare_cards);
        let grid = Grid::of(column, cards_are, view);
        let rows = rows_that_fit(room_below, cards_are).clamp(1, MOST_ROWS);
        let slots = (grid.across * rows)
            .saturating_sub(column.crowds.len())
            .max(1);
        let alone = if column.people.len() <= slots.min(share) {
            column.people.len()
        } else {
            slots.min(share).saturating_sub(1)
        };
        let mut places = grid.places(left + column.x, top + pad + head, column.count());
        for (party, rect) in column.people.iter().take(alone).zip(places.by_ref()) {
            bottom = bottom.max(rect.bottom() + pad);
            cards.push(Card {
                party: *party,
                rect,
            });
        }
        if alone < column.people.len()
            && let Some(rect) = places.next()
        {
            bottom = bottom.max(rect.bottom() + pad);
            let members = column.people.iter().skip(alone).copied().collect();
            groups.push(Group {
                at: column.at,
                crowd: None,
                members,
                rect,
            });
        }
        for (index, rect) in column.crowds.iter().copied().zip(places) {
            bottom = bottom.max(rect.bottom() + pad);
            groups.push(Group {
                at: column.at,
                crowd: Some(index),
                members: crowds.get(index).map(of_crowd).unwrap_or_default(),
                rect,
            });
        }
    }
    // Where there is nobody and others are abroad, the room is theirs.
    let is_drawn = view == View::Whole && !parties.iter().any(|it| it.kind.is_abroad());
    if !people.is_empty() || !drawn.is_empty() || is_drawn {
        let lowest = cards
            .iter()
            .map(|card| card.rect.bottom())
            .chain(groups.iter().map(|group| group.rect.bottom()))
            .fold(top + least, f64::max);
        let bottom = if view == View::Spotlight {
            lowest + pad
        } else {
            bottom
        };
        let mut unused = top;
        band(&mut unused, bottom - top);
    }
    let height = bands
        .last()
        .map_or(0.0, |band| band.bottom() + heights.margin);
    Layout {
        size: (width, height.max(room.1)),
        bands,
        cards_are,
        cards,
        groups,
        others,
    }
}

/// The parties of the event; before the first, the institutions.
fn spotlight(parties: &[Party]) -> Vec<&Party> {
    let lit: Vec<&Party> = parties.iter().filter(|party| party.lit).collect();
    if lit.is_empty() {
        return parties
            .iter()
            .filter(|party| party.kind.is_institution())
            .take(5)
            .collect();
    }
    lit
}

fn of_kind<'a>(parties: &[&'a Party], is: impl Fn(Kind) -> bool) -> Vec<&'a Party> {
    parties
        .iter()
        .filter(|party| is(party.kind))
        .copied()
        .collect()
}

/// Agents under their operators, narrow enough that lines pass beside them.
fn agent_cards(
    agents: &[&Party],
    columns: &[Column],
    band: Rect,
    (left, pad): (f64, f64),
) -> Vec<Card> {
    let stands = |agent: &Party| {
        let own = columns.iter().position(|column| column.at == agent.at);
        own.unwrap_or(0)
    };
    let mut cards = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let own: Vec<_> = agents.iter().filter(|it| stands(it) == index).collect();
        let share = column.w / own.len().max(1) as f64;
        let w = (share - GUTTER / 2.0).min(WIDEST_AGENT).floor();
        for (place, agent) in own.into_iter().enumerate() {
            cards.push(Card {
                party: agent.no,
                rect: Rect::new(
                    left + column.x + place as f64 * share,
                    band.y + pad,
                    w,
                    band.h - 2.0 * pad,
                ),
            });
        }
    }
    if columns.is_empty() {
        let share = (band.w - 2.0 * pad) / agents.len().max(1) as f64;
        for (place, agent) in agents.iter().enumerate() {
            cards.push(Card {
                party: agent.no,
                rect: Rect::new(
                    band.x + pad + place as f64 * share,
                    band.y + pad,
                    (share - pad).floor(),
                    band.h - 2.0 * pad,
                ),
            });
        }
    }
    cards
}

/// An institution with its own.
#[derive(Debug)]
struct Column {
    at: Option<PartyNo>,
    people: Vec<PartyNo>,
    /// Crowds, by their places in the list of them.
    crowds: Vec<usize>,
    x: f64,
    w: f64,
}

impl Column {
    /// How many places it needs.
    fn count(&self) -> usize {
        self.people.len() + self.crowds.len()
    }
}

fn columns(institutions: &[&Party], people: &[&Party], crowds: &[(usize, &Crowd)]) -> Vec<Column> {
    let filed = |at: Option<PartyNo>| at.filter(|at| institutions.iter().any(|i| i.no == *at));
    let crowds_at = |at: Option<PartyNo>| {
        let own = crowds.iter().filter(|(_, crowd)| filed(crowd.at) == at);
        own.map(|(index, _)| *index).collect::<Vec<_>>()
    };
    let under = |at: Option<PartyNo>| {
        let mut own: Vec<&&Party> = people
            .iter()
            .filter(|party| filed(party.at) == at)
            .collect();
        let rank = |party: &Party| (party.kind == Kind::Merchant, party.no);
        order(&mut own, |a, b| rank(a) < rank(b));
        own.iter().map(|party| party.no).collect::<Vec<_>>()
    };
    let mut columns: Vec<Column> = institutions
        .iter()
        .map(|party| Column {
            at: Some(party.no),
            people: under(Some(party.no)),
            crowds: crowds_at(Some(party.no)),
            x: 0.0,
            w: 0.0,
        })
        .collect();
    let (alone, crowds) = (under(None), crowds_at(None));
    if !alone.is_empty() || !crowds.is_empty() {
        columns.push(Column {
            at: None,
            people: alone,
            crowds,
            x: 0.0,
            w: 0.0,
        });
    }
    columns
}

/// The bands' distance from the board's edge, and the cards'.
fn sides(columns: usize, room: f64, view: View) -> (f64, f64) {
    let roomy = columns.max(1) as f64 * (NARROWEST_COLUMN + 3.0 * GUTTER) + 80.0 <= room;
    if view == View::Whole && roomy {
        (16.0, 40.0)
    } else {
        (8.0, 16.0)
    }
}

/// Gives the columns their places side by side; says how wide they are in all.
fn spread(columns: &mut [Column], room: f64, view: View) -> f64 {
    let count = columns.len().max(1) as f64;
    let narrowest = if view == View::Spotlight {
        96.0
    } else {
        NARROWEST_COLUMN
    };
    let w = ((room - GUTTER * (count - 1.0)) / count)
        .max(narrowest)
        .floor();
    for (index, column) in columns.iter_mut().enumerate() {
        column.x = index as f64 * (w + GUTTER);
        column.w = w;
    }
    count * (w + GUTTER) - GUTTER
}

/// How many of a column get cards when only so many can.
fn share(own: usize, all: usize, cards: usize) -> usize {
    if all <= cards {
        return own;
    }
    (own * cards / all.max(1)).max(1)
}

fn rows_that_fit(room: f64, size: CardSize) -> usize {
    let (_, h) = size.measures();
    ((room + size.gap()) / (h + size.gap())).floor().max(0.0) as usize
}

/// The largest size for so many in which every column fits.
fn fitting(columns: &[Column], people: usize, room: f64, view: View) -> CardSize {
    if view == View::Spotlight {
        return if people <= 6 {
            CardSize::Medium
        } else {
            CardSize::Small
        };
    }
    let mut size = CardSize::of_count(people);
    loop {
        let fits = columns.iter().all(|column| {
            let across = Grid::of(column, size, view).across;
            let rows = rows_that_fit(room, size).min(MOST_ROWS);
            column.count() <= across * rows
        });
        match size.smaller() {
            Some(smaller) if !fits => size = smaller,
            _ => return size,
        }
    }
}

/// The public's places under one institution.
struct Grid {
    across: usize,
    w: f64,
    h: f64,
    gap: f64,
    column: f64,
}

impl Grid {
    fn of(column: &Column, size: CardSize, view: View) -> Self {
        let (w, h) = size.measures();
        let gap = size.gap();
        let between = gap.max(GUTTER);
        let w = if view == View::Spotlight {
            w.min(column.w)
        } else {
            w.min(column.w.max(NARROWEST_COLUMN))
        };
        let across = ((column.w + between) / (w + between)).floor().max(1.0) as usize;
        Self {
            across,
            w,
            h,
            gap,
            column: column.w,
        }
    }

    /// How high so many stand, in rows that a column may have.
    fn height(&self, count: usize) -> f64 {
        let rows = count.div_ceil(self.across).min(MOST_ROWS);
        rows as f64 * (self.h + self.gap)
    }

    /// Places in order, row by row, centred under the institution.
    fn places(&self, x: f64, y: f64, count: usize) -> impl Iterator<Item = Rect> + use<> {
        let between = self.gap.max(GUTTER);
        let (across, w, h, gap) = (self.across.min(count.max(1)), self.w, self.h, self.gap);
        let used = across as f64 * (w + between) - between;
        let x = x + ((self.column - used) / 2.0).floor();
        (0..).map(move |index: usize| {
            let (row, column) = (index / across, index % across);
            Rect::new(
                x + column as f64 * (w + between),
                y + row as f64 * (h + gap),
                w,
                h,
            )
        })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use crate::fixture::town;

    const ROOMS: [(f64, f64); 4] = [
        (688.0, 458.0),
        (688.0, 608.0),
        (976.0, 458.0),
        (1136.0, 518.0),
    ];

    #[test]
    fn nothing_overlaps_and_everything_is_on_the_board_once() {
        for room in ROOMS {
            for (operators, public) in
                [(1, 0), (2, 3), (2, 8), (3, 16), (4, 30), (4, 40), (10, 400)]
            {
                let parties = town(operators, public);
                let board = layout(&parties, &[], room, View::Whole);
                let all = board.obstacles();
                let page = Rect::new(0.0, 0.0, board.size.0, board.size.1);
                for (index, one) in all.iter().enumerate() {
                    assert!(page.contains(one), "{one:?} outside {page:?}");
                    assert!(board.bands.iter().any(|band| band.contains(one)), "{one:?}");
                    for other in &all[index + 1..] {
                        assert!(!one.overlaps(other), "{one:?} {other:?}");
                    }
                }
                let mut drawn: Vec<PartyNo> = board.cards.iter().map(|card| card.party).collect();
                drawn.extend(
                    board
                        .groups
                        .iter()
                        .flat_map(|group| group.members.iter().copied()),
                );
                drawn.sort_unstable();
                assert_eq!(drawn, parties.iter().map(|p| p.no).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn agents_stand_in_a_band_of_their_own_under_their_operators() {
        for (view, room) in [
            (View::Whole, ROOMS[0]),
            (View::Whole, ROOMS[3]),
            (View::Spotlight, (390.0, 292.0)),
        ] {
            let mut parties = town(3, 8);
            for (no, at) in [(4, 1), (5, 2), (6, 2)] {
                let party = parties.iter_mut().find(|it| it.no == no).unwrap();
                (party.kind, party.at, party.lit) = (Kind::Agent, Some(at), true);
                party.wallets.clear();
            }
            let board = layout(&parties, &[], room, view);
            let rect = |no| board.cards.iter().find(|card| card.party == no);
            let agents: Vec<Rect> = [4, 5, 6].map(|no| rect(no).unwrap().rect).to_vec();
            assert!(agents.iter().all(|it| it.y == agents[0].y && it.w >= 60.0));
            let all = board.obstacles();
            for (index, one) in all.iter().enumerate() {
                assert!(board.bands.iter().any(|band| band.contains(one)), "{one:?}");
                assert!(!all[index + 1..].iter().any(|other| one.overlaps(other)));
            }
            if view == View::Whole {
                let (bank, person) = (rect(2).unwrap().rect, rect(7).unwrap().rect);
                assert!(bank.bottom() < agents[1].y && agents[1].bottom() < person.y);
                assert!(bank.x <= agents[1].x && agents[2].right() <= bank.right());
            }
        }
    }

    #[test]
    fn four_operators_and_thirty_wallets_fit_1280_by_650_with_details_open() {
        let room = (1280.0 - 304.0 - 288.0, 650.0 - 48.0 - 40.0 - 40.0 - 64.0);
        let board = layout(&town(4, 30), &[], room, View::Whole);
        assert_eq!(board.size, room);
        assert_eq!(board.cards_are, CardSize::Small);
        assert!(board.groups.is_empty());
    }

    #[test]
    fn the_number_of_wallets_decides_the_cards_size() {
        let room = (1136.0, 900.0);
        for (public, size) in [
            (8, CardSize::Large),
            (9, CardSize::Medium),
            (16, CardSize::Medium),
            (17, CardSize::Small),
            (40, CardSize::Small),
        ] {
            assert_eq!(
                layout(&town(4, public), &[], room, View::Whole).cards_are,
                size,
                "{public}"
            );
        }
    }

    #[test]
    fn beyond_forty_the_rest_become_groups() {
        let board = layout(&town(4, 200), &[], (1136.0, 900.0), View::Whole);
        let alone = board.cards.len() - 5;
        assert!(alone <= MOST_CARDS);
        assert_eq!(board.groups.len(), 4);
        let grouped: usize = board.groups.iter().map(|group| group.members.len()).sum();
        assert_eq!(alone + grouped, 200);
    }

    #[test]
    fn wallets_stand_under_their_operator_people_before_merchants() {
        let parties = town(2, 6);
        let board = layout(&parties, &[], (976.0, 608.0), View::Whole);
        for party in parties.iter().filter(|party| party.at.is_some()) {
            let card = board.place(party.no).unwrap();
            let bank = board.place(party.at.unwrap()).unwrap();
            assert!(card.x >= bank.x && card.right() <= bank.right() && card.y > bank.bottom());
        }
        let own = |kind: Kind| {
            parties
                .iter()
                .filter(move |party| party.kind == kind && party.at == Some(1))
                .map(|party| board.place(party.no).unwrap())
        };
        for person in own(Kind::Person) {
            for merchant in own(Kind::Merchant) {
                assert!((person.y, person.x) < (merchant.y, merchant.x));
            }
        }
    }

    #[test]
    fn a_spotlight_shows_the_events_parties_and_counts_the_others() {
        let board = layout(&town(4, 30), &[], (390.0, 292.0), View::Spotlight);
        assert_eq!(board.cards.len(), 2);
        assert_eq!(board.others, 33);
        assert!(board.size.0 <= 390.0 && board.size.1 <= 292.0);
    }

    #[test]
    fn a_spotlight_of_a_payment_across_banks_fits_a_phone() {
        let mut parties = town(2, 4);
        for no in [0, 1, 2, 3, 4] {
            parties[no].lit = true;
        }
        let board = layout(&parties, &[], (390.0, 292.0), View::Spotlight);
        assert_eq!(board.cards.len(), 5);
        assert_eq!(board.size, (390.0, 292.0));
    }

    #[test]
    fn a_crowd_is_one_card_a_bank_and_its_people_are_placed_on_it() {
        let mut parties = town(2, 4);
        let crowd = |at| Crowd {
            no: 0,
            name: "Town".to_owned(),
            at: Some(at),
            count: 5_000,
            held: Some(1),
            deposits: None,
            owed: exchequer::views::Owed::CentralBank,
            bins: [1; 12],
            lit: at == 1,
        };
        let mut member = parties[3].clone();
        (member.no, member.at, member.crowd, member.lit) = (900, Some(2), Some(0), true);
        parties.push(member);
        let crowds = [crowd(1), crowd(2)];
        for room in ROOMS {
            let board = layout(&parties, &crowds, room, View::Whole);
            assert_eq!(board.groups.len(), 2);
            assert_eq!(board.place(900), Some(board.groups[1].rect));
            let all = board.obstacles();
            for (index, one) in all.iter().enumerate() {
                assert!(all[index + 1..].iter().all(|other| !one.overlaps(other)));
            }
        }
        let board = layout(&parties, &crowds, (390.0, 292.0), View::Spotlight);
        assert_eq!(board.groups.len(), 1);
        assert_eq!(board.others, 5 + 5_000);
    }
}
