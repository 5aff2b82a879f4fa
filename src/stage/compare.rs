//! Two runs on one timeline, by two presets' rules or of two texts: two boards,
//! what differs lit, and the list of differences.

use std::rc::Rc;

use exchequer::views::{
    Change, Comparison, Difference, Form, Minor, Moment, Outcome, Owed, Party, PartyNo, Seen,
};
use yew::prelude::*;

use super::board::Board;
use super::board::layout::View;
use crate::browser;
use crate::engine::{Engine, Inquiry, Reply};
use crate::state::{Motion, Step};
use crate::ui::{amount, glyph};
use crate::words::{Speech, use_words};

/// A phone, on which the list stands below the boards on one page.
const NARROW: &str = "(max-width: 767px)";

/// Properties of [`Compare`].
#[derive(Clone, PartialEq, Properties)]
pub struct CompareProps {
    /// What differs; none until it is known.
    pub comparison: Option<Rc<Comparison>>,
    /// What the other text is called; none if it is the same text by other rules.
    pub beside: Option<AttrValue>,
    /// The run at hand.
    pub moment: Rc<Moment>,
    /// Whether it happens or has happened.
    pub motion: Motion,
    /// How far the run may be drawn: nothing is told that is still asked.
    pub horizon: u32,
    /// Who looks.
    pub seen: Seen,
    /// Whom to ask for the other run.
    pub engine: Option<Engine>,
    /// Whose details are open.
    pub selected: Option<PartyNo>,
    /// Opens somebody's details.
    pub onselect: Callback<PartyNo>,
    /// Moves the playback.
    pub onstep: Callback<Step>,
}

/// Two runs side by side.
#[component]
pub fn Compare(props: &CompareProps) -> Html {
    let words = use_words();
    let other = use_state_eq(|| None::<Rc<Moment>>);
    let there = props
        .comparison
        .as_ref()
        .map(|it| position_there(it, props.moment.position));
    {
        let (engine, setter) = (props.engine.clone(), other.setter());
        let asked = (there, props.seen, props.comparison.clone());
        use_effect_with(asked, move |(there, seen, _)| {
            let reply = Callback::from(move |reply| {
                if let Reply::Beside(moment) = reply {
                    setter.set(moment.map(|it| Rc::new(*it)));
                }
            });
            if let (Some(position), Some(engine)) = (*there, engine) {
                let seen = *seen;
                engine.ask(Inquiry::Beside { position, seen }, reply);
            }
        });
    }
    // The list follows the playback, where it has a room of its own.
    {
        let shown = props.comparison.as_ref().and_then(|it| {
            let at = Some(props.moment.position);
            it.differences.iter().position(|it| it.positions[0] == at)
        });
        use_effect_with((shown, other.is_some()), |(shown, _)| {
            if let (Some(index), false) = (shown, browser::matches(NARROW)) {
                browser::reveal(&row_id(*index));
            }
        });
    }
    let (Some(comparison), Some(other)) = (&props.comparison, &*other) else {
        return html! { <p class="empty compare-empty" role="status">{ words.say("compare-working") }</p> };
    };
    let differs = differing(&props.moment, other);
    let said = |moment: &Moment| match &moment.caption {
        Some(caption) => words.caption(caption),
        None => words.say("caption-start"),
    };
    let names = names(&words, comparison, props.beside.as_ref());
    let waits = match props.beside {
        Some(_) => "compare-waits-text",
        None => "compare-waits",
    };
    let side = |index: usize, moment: &Rc<Moment>| {
        let caption = said(moment);
        let name = names[index].clone();
        let told = said(&props.moment) != said(other);
        html! {
            <section class="compare-side" aria-label={name.clone()}>
                <h3>{ name }</h3>
                if let Some(line) = comparison.waits_for[index] {
                    <p class="compare-waits">{ words.tell(waits, &[("line", (line as usize).into())]) }</p>
                }
                <Board
                    moment={moment.clone()}
                    motion={if index == 0 { props.motion } else { Motion::Still }}
                    view={View::Whole}
                    seen={props.seen}
                    selected={props.selected}
                    differs={differs.clone()}
                    onselect={props.onselect.clone()}
                />
                // The stage says it where both have the same to say.
                if told {
                    <p class="compare-caption">{ caption }</p>
                }
            </section>
        }
    };
    html! {
        <div class="compare">
            <div class="compare-boards">
                { side(0, &props.moment) }
                { side(1, other) }
            </div>
            { differences_view(&words, (comparison, &names), props.horizon, props.moment.position, &props.onstep) }
        </div>
    }
}

/// The id of a difference's row.
fn row_id(index: usize) -> String {
    format!("difference-{index}")
}

/// What the two runs are called: by their rules, or by their texts.
fn names(words: &Speech, comparison: &Comparison, beside: Option<&AttrValue>) -> [String; 2] {
    match beside {
        Some(name) => [words.say("compare-this"), name.to_string()],
        None => [0, 1].map(|index| preset_name(words, &comparison.presets[index])),
    }
}

/// A preset's name in short: `2025 rules`.
pub fn preset_name(words: &Speech, id: &str) -> String {
    let name = id.split('@').next().unwrap_or(id);
    words
        .try_tell(&format!("preset-{name}"), &[])
        .unwrap_or_else(|| id.to_owned())
}

/// Where the other run stands when the one at hand stands here: after the last
/// event that both have had, and, once the next one has begun here, after what
/// only the other has in between.
fn position_there(comparison: &Comparison, here: u32) -> u32 {
    let (mut there, mut between, mut done) = (0, None, 0);
    for [ours, theirs] in &comparison.events {
        match ours {
            Some(to) if *to > here => break,
            Some(to) => {
                done = *to;
                let passed = between.take();
                there = theirs.or(passed).unwrap_or(there);
            }
            None => between = *theirs,
        }
    }
    between.filter(|_| here > done).unwrap_or(there)
}

/// Who has something else on the other board.
fn differing(here: &Moment, there: &Moment) -> Rc<[PartyNo]> {
    let has = |party: &Party| {
        let told = party.holdings.iter().filter(|it| it.amount != 0);
        let told = told.map(|it| (it.key.clone(), it.amount, it.owed));
        told.collect::<Vec<_>>()
    };
    // Of two texts the same name may have two numbers.
    let other = |party: &Party| {
        let same = there.parties.iter().find(|it| it.name == party.name);
        same.map(has)
    };
    let differs = |party: &&Party| party.no != 0 && other(party) != Some(has(party));
    here.parties
        .iter()
        .filter(differs)
        .map(|it| it.no)
        .collect()
}

/// The events that come out differently, as far as they may be told.
fn differences_view(
    words: &Speech,
    (comparison, names): (&Comparison, &[String; 2]),
    horizon: u32,
    position: u32,
    onstep: &Callback<Step>,
) -> Html {
    let may_tell = |it: &&Difference| it.positions[0].is_none_or(|to| to <= horizon);
    // After something that is still asked, nothing is told.
    let told: Vec<&Difference> = comparison.differences.iter().take_while(may_tell).collect();
    let held = comparison.differences.len() - told.len();
    html! {
        <section class="differences" aria-label={words.say("differences")}>
            <h3>{ words.tell("differences-count", &[("count", comparison.differences.len().into())]) }</h3>
            if comparison.differences.is_empty() {
                <p class="empty">{ words.say("differences-none") }</p>
            } else {
                <table>
                    <thead><tr>
                        <th scope="col">{ words.say("difference-event") }</th>
                        { for names.iter().map(|name| html! { <th scope="col">{ name.clone() }</th> }) }
                    </tr></thead>
                    <tbody>{ for told.iter().enumerate().map(|(index, it)| difference_row(words, index, it, position, onstep)) }</tbody>
                </table>
            }
            if held > 0 {
                <p class="empty">{ words.tell("differences-held", &[("count", held.into())]) }</p>
            }
            if comparison.is_cut {
                <p class="empty">{ words.say("differences-cut") }</p>
            }
        </section>
    }
}

fn difference_row(
    words: &Speech,
    index: usize,
    it: &Difference,
    position: u32,
    onstep: &Callback<Step>,
) -> Html {
    let here = it.positions[0] == Some(position);
    let onclick = it.positions[0].map(|to| onstep.reform(move |_: MouseEvent| Step::Seek(to)));
    let line = words.tell("difference-line", &[("line", (it.line as usize).into())]);
    html! {
        <tr class={classes!(here.then_some("row-changed"))} id={row_id(index)} key={index}>
            <th scope="row">
                if let Some(onclick) = onclick {
                    <button type="button" class="difference-go" {onclick} aria-current={here.then_some("true")}>
                        <span class="phone-aside">{ line }</span>
                        <code>{ it.said.clone() }</code>
                    </button>
                } else {
                    <span class="phone-aside">{ line }</span>{ " " }
                    <code>{ it.said.clone() }</code>
                }
            </th>
            { for [0, 1].map(|side| html! {
                <td>
                    { outcome(words, &it.outcomes[side]) }
                    if it.outcomes[side] != Outcome::Missing && !it.changes.is_empty() {
                        <ul class="difference-changes">
                            { for it.changes.iter().map(|change| change_view(words, change, side)) }
                        </ul>
                    }
                </td>
            }) }
        </tr>
    }
}

/// What became of an event; that it was carried out goes without saying.
fn outcome(words: &Speech, outcome: &Outcome) -> Html {
    match outcome {
        Outcome::Done => Html::default(),
        Outcome::Missing => {
            html! { <span class="empty">{ words.say("difference-missing") }</span> }
        }
        Outcome::Refused(code) => html! {
            <span class="difference-refused">
                { words.say(&format!("refusal-{}", code.replace('.', "-"))) }{ " " }<code>{ code.clone() }</code>
            </span>
        },
    }
}

fn change_view(words: &Speech, change: &Change, side: usize) -> Html {
    let name = words.name(&change.name);
    let unit = words.of_money("unit-digital");
    let key = words.tell(&change.key, &[("unit", (&unit).into())]);
    let by = |(sum, form, owed): (Minor, Form, Owed)| {
        let sign = if sum < 0 { "−" } else { "+" };
        html! { <>{ glyph(words, form, owed) }{ " " }{ sign }{ amount(words, sum.saturating_abs()) }</> }
    };
    html! {
        <li>
            <span>{ name }{ " · " }{ key }</span>
            <span class="number">
                if let Some(it) = change.by[side] { { by(it) } } else { { words.say("difference-same") } }
            </span>
        </li>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture;
    use exchequer::compare::{compare, with_preset};
    use exchequer::session::Session;

    const FLIP: &str = include_str!("../../static/scenarios/flip-to-2026.exq");

    fn flip() -> (Session, Session, Comparison) {
        let other = with_preset(FLIP, "cny-2025@1").unwrap();
        let (mut here, mut there) = (Session::open(FLIP), Session::open(other));
        let found = compare(&mut here, &mut there);
        (here, there, found)
    }

    #[test]
    fn the_other_run_stands_after_the_same_event() {
        let (here, there, found) = flip();
        let (ours, theirs) = (here.program(), there.program());
        for (beat, other) in ours.beats.iter().zip(&theirs.beats) {
            assert_eq!(position_there(&found, beat.to), other.to);
        }
        assert_eq!(position_there(&found, 0), 0);
    }

    #[test]
    fn whoever_has_something_else_is_lit() {
        let (mut here, mut there, found) = flip();
        let pay = found
            .differences
            .iter()
            .find(|it| it.said.contains("3_500"))
            .unwrap();
        let [ours, theirs] = pay.positions.map(Option::unwrap);
        let (ours, theirs) = (here.moment(ours), there.moment(theirs));
        let lit = differing(&ours, &theirs);
        let harbour = ours
            .parties
            .iter()
            .find(|it| it.name == "Harbour")
            .unwrap()
            .no;
        assert!(lit.contains(&harbour), "{lit:?}");
        assert_eq!(differing(&ours, &ours).len(), 0);
    }

    async fn list(horizon: u32) -> String {
        let (_, _, found) = flip();
        fixture::drawn(move |words| {
            let names = names(words, &found, None);
            differences_view(words, (&found, &names), horizon, 0, &Callback::noop())
        })
        .await
    }

    #[tokio::test]
    async fn each_difference_is_told_on_both_sides_and_nothing_that_is_still_asked() {
        let html = list(u32::MAX).await;
        assert!(html.contains("Alice: pay Noodles 3_500.00"), "{html}");
        assert!(
            html.contains("2026 rules") && html.contains("2025 rules"),
            "{html}"
        );
        assert!(html.contains("−") && html.contains("3,500.00"), "{html}");
        let (_, _, found) = flip();
        let first = found.differences[0].positions[0].unwrap();
        let asked = list(first).await;
        assert!(!asked.contains("3_500.00"), "{asked}");
        assert!(asked.contains("after the question"), "{asked}");
    }
}
