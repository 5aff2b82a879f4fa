//! Those of a column without cards of their own: how many, how much, spread
//! how; opening as a list.

use exchequer::views::{Minor, Party, PartyNo};
use yew::prelude::*;

use crate::browser;
use crate::ui::{Px, amount};
use crate::words::Speech;

/// How many bars.
const BINS: usize = 12;

/// Properties of [`group_card`].
#[derive(Clone, PartialEq, Properties)]
pub struct GroupCardProps {
    /// An id for what opens.
    pub id: AttrValue,
    /// Who they are.
    pub members: Vec<Party>,
    /// Called when one is chosen.
    pub onselect: Callback<PartyNo>,
}

/// A group's card.
pub fn group_card(words: &Speech, props: &GroupCardProps) -> Html {
    let balances: Vec<Minor> = props.members.iter().map(balance).collect();
    let sum = balances
        .iter()
        .fold(0_i64, |sum, one| sum.saturating_add(*one));
    let lit = props.members.iter().any(|party| party.lit);
    let bins = bins(&balances);
    let most = bins.iter().copied().max().unwrap_or(0).max(1);
    html! {
        <>
            <button
                type="button"
                class={classes!("card", "card-group", lit.then_some("card-lit"))}
                popovertarget={props.id.clone()}
            >
                <span class="card-name">{ words.tell("group", &[("count", props.members.len().into())]) }</span>
                <svg class="group-bars" viewBox="0 0 48 16" aria-hidden="true">
                    { for bins.iter().enumerate().map(|(index, count)| {
                        let h = 16.0 * *count as f64 / most as f64;
                        html! {
                            <rect x={(index * 4).to_string()} y={Px(16.0 - h).to_string()} width="3" height={Px(h).to_string()} />
                        }
                    }) }
                </svg>
                { amount(words, sum) }
            </button>
            <div class="menu group-list" id={props.id.clone()} popover="auto" role="group">
                { for props.members.iter().map(|party| {
                    let (onselect, no, id) = (props.onselect.clone(), party.no, props.id.clone());
                    html! {
                        <button
                            key={no}
                            type="button"
                            class="menu-item"
                            onclick={move |_: MouseEvent| { browser::hide_popover(&id); onselect.emit(no); }}
                        >
                            <span>{ words.name(&party.name) }</span>
                            { amount(words, balance(party)) }
                        </button>
                    }
                }) }
            </div>
        </>
    }
}

fn balance(party: &Party) -> Minor {
    party.holdings.first().map_or(0, |holding| holding.amount)
}

/// How many balances fall into each twelfth of their range.
fn bins(balances: &[Minor]) -> [usize; BINS] {
    let mut bins = [0; BINS];
    let (low, high) = balances
        .iter()
        .fold((Minor::MAX, Minor::MIN), |(low, high), one| {
            (low.min(*one), high.max(*one))
        });
    for balance in balances {
        let range = (i128::from(high) - i128::from(low)).max(1);
        let place = (i128::from(*balance) - i128::from(low)) * BINS as i128 / (range + 1);
        let place = usize::try_from(place).unwrap_or(0).min(BINS - 1);
        bins[place] += 1;
    }
    bins
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn every_balance_falls_into_one_bin() {
        for balances in [
            vec![],
            vec![5],
            vec![0, 0, 0],
            (0..=1_200).collect(),
            vec![Minor::MIN, 0, Minor::MAX],
        ] {
            assert_eq!(bins(&balances).iter().sum::<usize>(), balances.len());
        }
        assert_eq!(bins(&[0, 1_200])[0], 1);
        assert_eq!(bins(&[0, 1_200])[BINS - 1], 1);
    }
}
