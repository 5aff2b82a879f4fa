//! What stands beyond the country: the common platform across, and under it
//! one column a central bank with its banks, side by side and in further rows
//! where there is no room.

use exchequer::views::{Kind, Party, PartyNo};

use super::layout::{Card, GUTTER, NARROWEST_COLUMN, Rect, View};

/// The narrowest column on a phone: three fit side by side.
const NARROWEST_ON_A_PHONE: f64 = 112.0;
const PAD: f64 = 8.0;

/// A central bank and its banks.
struct Country {
    cards: Vec<PartyNo>,
}

/// All of it, with the measures it needs.
pub(super) struct Abroad {
    platform: Option<PartyNo>,
    countries: Vec<Country>,
    across: usize,
    column: f64,
    width: f64,
    card: f64,
    gap: f64,
    lane: f64,
}

impl Abroad {
    /// Those of the parties that are beyond the country, in so much width.
    pub(super) fn of(parties: &[&Party], width: f64, view: View) -> Self {
        let on_a_phone = view == View::Spotlight;
        let is = |kind: Kind| parties.iter().filter(move |party| party.kind == kind);
        let mut countries: Vec<Country> = is(Kind::Authority)
            .map(|authority| {
                let banks = is(Kind::ForeignBank).filter(|bank| bank.at == Some(authority.no));
                let cards = std::iter::once(authority).chain(banks);
                Country {
                    cards: cards.map(|party| party.no).collect(),
                }
            })
            .collect();
        // A spotlight may show a bank without its central bank.
        let stands_alone = |bank: &&&Party| !is(Kind::Authority).any(|it| bank.at == Some(it.no));
        countries.extend(
            is(Kind::ForeignBank)
                .filter(stands_alone)
                .map(|bank| Country {
                    cards: vec![bank.no],
                }),
        );
        let narrowest = if on_a_phone {
            NARROWEST_ON_A_PHONE
        } else {
            NARROWEST_COLUMN
        };
        let fit = ((width + GUTTER) / (narrowest + GUTTER)).floor().max(1.0) as usize;
        let across = fit.min(countries.len()).max(1);
        let count = across as f64;
        Self {
            platform: is(Kind::Platform).map(|party| party.no).next(),
            countries,
            across,
            column: ((width - GUTTER * (count - 1.0)) / count).floor(),
            width,
            card: if on_a_phone { 68.0 } else { 64.0 },
            gap: if on_a_phone { 12.0 } else { 16.0 },
            lane: if on_a_phone { 28.0 } else { 32.0 },
        }
    }

    fn rows(&self) -> impl Iterator<Item = &[Country]> {
        self.countries.chunks(self.across)
    }

    fn height_of(&self, row: &[Country]) -> f64 {
        let most = row.iter().map(|it| it.cards.len()).max().unwrap_or(0) as f64;
        most * self.card + (most - 1.0).max(0.0) * self.gap + 2.0 * PAD
    }

    /// How high it is in all.
    pub(super) fn height(&self) -> f64 {
        let platform = self.platform.map(|_| self.card + 2.0 * PAD);
        let bands = platform
            .into_iter()
            .chain(self.rows().map(|row| self.height_of(row)));
        bands.map(|height| height + self.lane).sum::<f64>()
    }

    /// Its bands and cards from a height on.
    pub(super) fn place(&self, side: f64, left: f64, top: f64) -> (Vec<Rect>, Vec<Card>) {
        let (mut bands, mut cards) = (Vec::new(), Vec::new());
        let mut y = top;
        let mut band = |y: &mut f64, height: f64| {
            let width = self.width + 2.0 * (left - side);
            bands.push(Rect::new(side, *y, width, height));
            *y += height + self.lane;
        };
        if let Some(party) = self.platform {
            let rect = Rect::new(left, y + PAD, self.width, self.card);
            cards.push(Card { party, rect });
            band(&mut y, self.card + 2.0 * PAD);
        }
        for row in self.rows() {
            for (place, country) in row.iter().enumerate() {
                let x = left + place as f64 * (self.column + GUTTER);
                for (below, party) in country.cards.iter().enumerate() {
                    let down = below as f64 * (self.card + self.gap);
                    let rect = Rect::new(x, y + PAD + down, self.column, self.card);
                    cards.push(Card {
                        party: *party,
                        rect,
                    });
                }
            }
            band(&mut y, self.height_of(row));
        }
        (bands, cards)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture::{party, town};
    use crate::stage::board::layout::layout;

    /// Four countries beside the town, with a bank or two each.
    fn five_countries() -> Vec<Party> {
        let mut parties = town(2, 0);
        let first = u32::try_from(parties.len()).unwrap();
        parties.push(party(first, Kind::Platform, None, false));
        for country in 0..4 {
            let no = first + 1 + country;
            parties.push(party(no, Kind::Authority, None, false));
        }
        for (bank, country) in [0, 1, 1, 2, 3].into_iter().enumerate() {
            let no = first + 5 + u32::try_from(bank).unwrap();
            parties.push(party(
                no,
                Kind::ForeignBank,
                Some(first + 1 + country),
                false,
            ));
        }
        parties
    }

    #[test]
    fn everybody_beyond_the_country_has_a_card_and_none_covers_another() {
        let parties = five_countries();
        for room in [
            (374.0, 500.0),
            (688.0, 458.0),
            (976.0, 608.0),
            (1616.0, 800.0),
        ] {
            let board = layout(&parties, &[], room, View::Whole);
            let page = Rect::new(0.0, 0.0, board.size.0, board.size.1);
            assert_eq!(board.cards.len(), parties.len());
            for (index, one) in board.cards.iter().enumerate() {
                let within = board.bands.iter().any(|band| band.contains(&one.rect));
                assert!(within && page.contains(&one.rect), "{one:?} {room:?}");
                for other in &board.cards[index + 1..] {
                    assert!(!one.rect.overlaps(&other.rect), "{one:?} {other:?}");
                }
            }
            // A bank stands under its central bank.
            for bank in parties.iter().filter(|it| it.kind == Kind::ForeignBank) {
                let (own, above) = (board.place(bank.no), board.place(bank.at.unwrap()));
                let (own, above) = (own.unwrap(), above.unwrap());
                assert!(own.x == above.x && own.y > above.y);
            }
        }
    }

    #[test]
    fn a_payment_between_countries_fits_the_width_of_a_phone() {
        let mut parties = five_countries();
        for party in &mut parties {
            party.lit = matches!(party.kind, Kind::Platform | Kind::ForeignBank);
        }
        parties[1].lit = true;
        let board = layout(&parties, &[], (390.0, 292.0), View::Spotlight);
        assert!(board.size.0 <= 390.0, "{:?}", board.size);
        assert_eq!(board.cards.len(), 7);
        assert_eq!(board.others, parties.len() - 7);
    }
}
