//! An event in which more moves than the eye can follow: ribbons between banks
//! and the public, as thick as the logarithm of their sum, with count and sum.

use std::collections::BTreeMap;

use exchequer::views::{Fate, Form, Moment, Moved, Owed, PartyNo};
use yew::prelude::*;

use crate::stage::books::party_name;
use crate::ui::{amount, glyph, owed_class};
use crate::words::Speech;

/// Most ribbons that are drawn.
const RIBBONS: usize = 8;

/// Whose side of a ribbon: an institution, or the public at one.
type Side = (PartyNo, bool);

/// What a ribbon stands for: from, to, the kind of money, and the code it was
/// turned down with, if it was.
type Key = (Side, Side, (Form, Owed), Option<String>);

/// The ribbons of an event with how much each stands for, largest first.
fn ribbons(moment: &Moment) -> Vec<(Key, (usize, i64))> {
    let side = |no: PartyNo| {
        let at = moment.party(no).and_then(|party| party.at);
        at.map_or((no, false), |bank| (bank, true))
    };
    let mut sums: BTreeMap<Key, (usize, i64)> = BTreeMap::new();
    for flow in &moment.flows {
        let (sum, kind) = match flow.what {
            Moved::Information { .. } => continue,
            Moved::Money { amount, form, owed } => (amount, (form, owed)),
            Moved::Swapped { amount, is, .. } => (amount, is),
        };
        let code = match &flow.fate {
            Fate::Refused(code) => Some(code.clone()),
            _ => None,
        };
        let of = sums
            .entry((side(flow.from), side(flow.to), kind, code))
            .or_default();
        of.0 += 1;
        of.1 = of.1.saturating_add(sum);
    }
    let mut ribbons: Vec<_> = sums.into_iter().collect();
    ribbons.sort_by_key(|(key, (_, sum))| (std::cmp::Reverse(*sum), key.clone()));
    ribbons
}

/// How thick a ribbon is: 2 to 10 px by the logarithm of its sum.
fn thickness(sum: i64) -> u32 {
    let digits = sum.unsigned_abs().checked_ilog10().unwrap_or(0);
    (2 + digits.saturating_sub(1)).min(10)
}

/// The ribbons over the board.
pub fn ribbons_view(words: &Speech, moment: &Moment) -> Html {
    let name = |(no, public): Side| {
        let name = party_name(moment, no, words);
        if public {
            words.tell("customers-of", &[("bank", (&name).into())])
        } else {
            name
        }
    };
    let all = ribbons(moment);
    html! {
        <ul class="ribbons" aria-label={words.say("ribbons")}>
            { for all.iter().take(RIBBONS).map(|((from, to, (form, owed), code), (count, sum))| html! {
                <li class={classes!("ribbon", code.is_some().then_some("ribbon-refused"))}>
                    <span class="ribbon-ends">{ name(*from) }{ " → " }{ name(*to) }</span>
                    <span class="ribbon-sum">
                        { glyph(words, *form, *owed) }{ " " }{ amount(words, *sum) }
                        <span class="ribbon-count">{ format!("{count} ×") }</span>
                        if let Some(code) = code { <code>{ code.clone() }</code> }
                    </span>
                    <svg class={classes!("ribbon-line", owed_class(*owed))} height="10" aria-hidden="true">
                        <rect width="100%" y={((10 - thickness(*sum)) / 2).to_string()} height={thickness(*sum).to_string()} rx="1" />
                    </svg>
                </li>
            }) }
            if all.len() > RIBBONS {
                <li class="ribbon-count">{ words.tell("others", &[("count", (all.len() - RIBBONS).into())]) }</li>
            }
        </ul>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use exchequer::picture::is_crowded;

    use crate::stage::board::motion::is_money;

    #[test]
    fn a_ribbon_is_two_to_ten_pixels_thick_by_the_logarithm_of_its_sum() {
        for (sum, thick) in [
            (0, 2),
            (9, 2),
            (99, 2),
            (100, 3),
            (100_000, 6),
            (i64::MAX, 10),
        ] {
            assert_eq!(thickness(sum), thick, "{sum}");
        }
    }

    #[test]
    fn a_run_on_a_bank_is_two_ribbons_what_was_paid_out_and_what_was_refused() {
        let text = include_str!("../../../tests/scenarios/a-bank-run.exq");
        let mut session = exchequer::session::Session::open(text);
        let end = session.program().length;
        let moment = session.moment(end);
        assert!(is_crowded(&moment.flows));
        let found = ribbons(&moment);
        let moved: usize = found.iter().map(|(_, (count, _))| count).sum();
        assert_eq!(
            moved,
            moment.flows.iter().filter(|flow| is_money(flow)).count()
        );
        let refused = found.iter().filter(|(key, _)| key.3.is_some()).count();
        assert!(found.len() < 5 && refused == 1, "{found:?}");
    }
}
