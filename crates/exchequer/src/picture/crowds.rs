//! Crowds: among many, those whom one line declared stand as one card a bank,
//! with how many they are and how much they have; their people are looked at a
//! page at a time.

use std::collections::BTreeMap;

use world::fact::{Kind, PartyId, Title};
use world::visible::Viewer;

use super::{At, HIDDEN_NAME, parties};
use crate::views::{Crowd, Member, Members, Minor};

/// Up to so many of the public, everybody has a card of their own.
const MOST_CARDS: u32 = 40;

/// Most people on a page.
const PAGE: usize = 50;

/// The crowds that stand as one card a bank.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    crowds: Vec<(u32, PartyId, u32)>,
}

impl Folded {
    /// All of them among many, none among few.
    pub(super) fn of(at: &At<'_>) -> Folded {
        let is_public = |kind| !matches!(kind, Kind::CentralBank | Kind::Operator | Kind::Network);
        let public = at.now.parties().filter(|(_, it)| is_public(it.kind));
        if public.count() <= MOST_CARDS as usize {
            return Folded::default();
        }
        let crowds = at.run.simulation().crowds().iter();
        Folded {
            crowds: (0u32..)
                .zip(crowds)
                .map(|(number, crowd)| (number, crowd.first, crowd.count))
                .collect(),
        }
    }

    /// The crowd that a party is folded into.
    pub(super) fn crowd_of(&self, party: PartyId) -> Option<u32> {
        let holds = |(_, first, count): &&(u32, PartyId, u32)| {
            (first.0..first.0.saturating_add(*count)).contains(&party.0)
        };
        self.crowds.iter().find(holds).map(|(number, ..)| *number)
    }
}

/// A crowd's name.
pub(super) fn name(at: &At<'_>, crowd: u32) -> String {
    let crowd = at.run.simulation().crowds().get(crowd as usize);
    crowd.map(|it| at.text(it.name)).unwrap_or_default()
}

/// The crowds that stand as one card, bank by bank.
pub(super) fn crowds(at: &At<'_>, folded: &Folded, lit: impl Fn(PartyId) -> bool) -> Vec<Crowd> {
    let mut found = Vec::new();
    for (number, first, count) in &folded.crowds {
        let mut by_bank: BTreeMap<Option<u32>, (Crowd, Vec<Minor>)> = BTreeMap::new();
        let members = (first.0..first.0.saturating_add(*count)).map(PartyId);
        for (id, party) in members.filter_map(|id| Some((id, at.now.party(id)?))) {
            let bank = party.at.map(|bank| bank.0);
            let (crowd, held) = by_bank.entry(bank).or_insert_with(|| {
                let crowd = Crowd {
                    no: *number,
                    name: name(at, *number),
                    at: bank,
                    count: 0,
                    held: None,
                    deposits: None,
                    owed: super::owed(at),
                    bins: [0; BINS],
                    lit: false,
                };
                (crowd, Vec::new())
            });
            crowd.count += 1;
            crowd.lit |= lit(id);
            let (wallet, deposit) = has(at, id);
            held.extend(wallet);
            let add = |sum: &mut Option<Minor>, more: Option<Minor>| {
                if let Some(more) = more {
                    *sum = Some(sum.unwrap_or(0).saturating_add(more));
                }
            };
            add(&mut crowd.held, wallet);
            add(&mut crowd.deposits, deposit);
        }
        found.extend(by_bank.into_values().map(|(crowd, held)| Crowd {
            bins: spread(&held),
            ..crowd
        }));
    }
    found
}

/// A page of a crowd's people at one bank, from one of them on.
pub fn members(at: &At<'_>, crowd: u32, bank: Option<u32>, from: u32) -> Members {
    let Some(it) = at.run.simulation().crowds().get(crowd as usize) else {
        return Members::default();
    };
    let here = |id: &PartyId| {
        let party = at.now.party(*id);
        party.is_some_and(|party| party.at.map(|at| at.0) == bank)
    };
    let all: Vec<PartyId> = it.members().filter(here).collect();
    let rows = all.iter().skip(from as usize).take(PAGE).map(|id| {
        let (held, deposit) = has(at, *id);
        let known = at.knows(*id);
        Member {
            no: id.0,
            name: if known { at.name(*id) } else { String::new() },
            hidden: (!known).then(|| HIDDEN_NAME.to_owned()),
            held,
            deposit,
        }
    });
    Members {
        rows: rows.collect(),
        count: u32::try_from(all.len()).unwrap_or(u32::MAX),
    }
}

/// What the viewer knows somebody to have: in wallets, and on deposit.
fn has(at: &At<'_>, id: PartyId) -> (Option<Minor>, Option<Minor>) {
    let balance = |account| at.now.ledger().balance(account);
    let deposit = |bank| at.now.of(bank, Title::Deposits, id.0).map(balance);
    if parties::sees(at, id) {
        let held = at.wallets(id).map(|(_, it)| balance(it.account)).sum();
        let bank = at.now.party(id).and_then(|party| party.at);
        return (Some(held), bank.and_then(deposit));
    }
    let Viewer::Party(bank) = at.viewer else {
        return (None, None);
    };
    let run = at.wallets(id).filter(|(_, it)| it.operator == bank);
    let held = run.map(|(_, it)| balance(it.account)).reduce(|a, b| a + b);
    (held, deposit(bank))
}

/// How many bars a spread has.
pub const BINS: usize = 12;

/// How many sums fall into each twelfth of their range.
pub fn spread(sums: &[Minor]) -> [u32; BINS] {
    let mut bins = [0; BINS];
    let (low, high) = sums
        .iter()
        .fold((Minor::MAX, Minor::MIN), |(low, high), one| {
            (low.min(*one), high.max(*one))
        });
    let range = (i128::from(high) - i128::from(low)).max(1);
    for sum in sums {
        let place = (i128::from(*sum) - i128::from(low)) * BINS as i128 / (range + 1);
        let place = usize::try_from(place).unwrap_or(0).min(BINS - 1);
        bins[place] += 1;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sum_falls_into_one_bin() {
        for sums in [
            vec![],
            vec![5],
            vec![0, 0, 0],
            (0..=1_200).collect(),
            vec![Minor::MIN, 0, Minor::MAX],
        ] {
            assert_eq!(spread(&sums).iter().sum::<u32>() as usize, sums.len());
        }
        assert_eq!(spread(&[0, 1_200])[0], 1);
        assert_eq!(spread(&[0, 1_200])[BINS - 1], 1);
    }
}
