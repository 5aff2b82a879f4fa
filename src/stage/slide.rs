//! Values of the rules that whoever reads a story can slide: a native slider
//! over the stops that the script offers, and what the run comes to.
//!
//! Sliding writes the script's own line, as every click does; the run that is
//! told here is that of the text as it then stands.

use std::rc::Rc;

use exchequer::views::{Series, Slide, Stop};
use yew::prelude::*;
use yew::props;

use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::{SliderProps, amount, slider};
use crate::words::{Speech, use_words};

/// At most so many banks are told of on their own.
const BANKS: usize = 8;

/// A line of the script, from 1, and what is to stand in its place.
pub type Rewrite = (u32, String);

/// Properties of [`Slides`].
#[derive(Clone, PartialEq, Properties)]
pub struct SlidesProps {
    /// What can be slid.
    pub slides: Vec<Slide>,
    /// The run that is told of.
    pub digest: String,
    /// Whether what the run comes to is told here.
    #[prop_or(true)]
    pub told: bool,
    /// Whom to ask.
    pub engine: Option<Engine>,
    /// The script as it stands, of which the run may not tell yet.
    pub script: Rc<str>,
    /// Writes a line of the script.
    pub onslide: Callback<Rewrite>,
}

/// Every slider of a story, with what the run comes to.
#[component]
pub fn Slides(props: &SlidesProps) -> Html {
    let words = use_words();
    let found = use_state_eq(|| None::<Series>);
    {
        let (setter, engine) = (found.setter(), props.engine.clone());
        let wanted = (props.told && !props.slides.is_empty()).then(|| props.digest.clone());
        use_effect_with(wanted, move |wanted| {
            let reply = Callback::from(move |reply| {
                if let Reply::Series(series) = reply {
                    setter.set(series.map(|series| *series));
                }
            });
            if let (Some(engine), Some(_)) = (engine, wanted) {
                engine.ask(Inquiry::Series { intervals: 1 }, reply);
            }
        });
    }
    if props.slides.is_empty() {
        return Html::default();
    }
    html! {
        <section class="slides" aria-label={words.say("slides")}>
            { for props.slides.iter().map(|slide| html! {
                <Slidable
                    key={slide.path.clone()}
                    slide={slide.clone()}
                    at={written(slide, &props.script)}
                    onslide={props.onslide.clone()}
                />
            }) }
            { for found.as_ref().filter(|_| props.told).map(|series| outcome(&words, series)) }
        </section>
    }
}

/// The stop at which the script has it; the run's where the script says another
/// thing there.
fn written(slide: &Slide, script: &str) -> usize {
    let index = slide.line.saturating_sub(1) as usize;
    let line = script.lines().nth(index);
    let stop = line.and_then(|line| slide.stops.iter().position(|stop| stop.text == line));
    stop.unwrap_or(slide.at as usize)
}

#[derive(Clone, PartialEq, Properties)]
struct SlidableProps {
    slide: Slide,
    /// The stop at which it stands.
    at: usize,
    onslide: Callback<Rewrite>,
}

/// One value. What is under the hand shows at once; the script is written when
/// it is let go.
#[component]
fn Slidable(props: &SlidableProps) -> Html {
    let words = use_words();
    let slide = &props.slide;
    let held = use_state_eq(|| None::<usize>);
    let stands = props.at;
    let onset = {
        let (slide, onslide) = (slide.clone(), props.onslide.clone());
        let held = held.setter();
        Callback::from(move |at: usize| {
            held.set(None);
            if let Some(stop) = slide.stops.get(at).filter(|_| at != stands) {
                onslide.emit((slide.line, stop.text.clone()));
            }
        })
    };
    let stops = slide.stops.iter().map(|stop| said(&words, stop).into());
    slider(&props!(SliderProps {
        label: setting(&words, &slide.path),
        id: format!("slide-{}", slide.path.replace('.', "-")),
        stops: stops.collect::<Vec<AttrValue>>(),
        at: held.unwrap_or(stands),
        onhold: {
            let held = held.setter();
            Callback::from(move |at| held.set(Some(at)))
        },
        onset,
    }))
}

/// A stop in words; whole sums without their noughts.
fn said(words: &Speech, stop: &Stop) -> String {
    match &stop.value {
        Some(value) => value.strip_suffix(".00").unwrap_or(value).to_owned(),
        None => words.say("slide-none"),
    }
}

/// What a value of the rules is called: `wallet.IV.balance` is what a wallet of
/// type IV may hold.
pub fn setting(words: &Speech, path: &str) -> String {
    match path
        .strip_prefix("wallet.")
        .and_then(|rest| rest.split_once('.'))
    {
        Some((ty, what)) => words.tell(&format!("setting-wallet-{what}"), &[("type", ty.into())]),
        None => words.say(&format!("setting-{}", path.replace('.', "-"))),
    }
}

/// What the run comes to.
fn outcome(words: &Speech, series: &Series) -> Html {
    let Some(last) = series.samples.last() else {
        return Html::default();
    };
    let refused = last
        .refusals
        .iter()
        .map(|(_, count)| i64::from(*count))
        .sum();
    // Where people pay from hand to hand, what counts is who could and who cheated.
    let is_by_hand = last.by_hand > 0;
    let outflow = series.banks.iter().map(|bank| bank.outflow).sum();
    html! {
        <div class="slide-outcome" role="status">
            <dl>
                if is_by_hand {
                    <div><dt>{ words.say("series-by-hand") }</dt><dd>{ words.figures().count(i64::from(last.by_hand)) }</dd></div>
                    <div><dt>{ words.say("series-honoured") }</dt><dd>{ amount(words, last.honoured) }</dd></div>
                } else {
                    <div><dt>{ words.say("series-outflow") }</dt><dd>{ amount(words, outflow) }</dd></div>
                    <div><dt>{ words.say("series-turned-away") }</dt><dd>{ amount(words, last.turned_away) }</dd></div>
                }
                <div><dt>{ words.say("series-refused") }</dt><dd>{ words.figures().count(refused) }</dd></div>
            </dl>
            if !is_by_hand { <table class="slide-banks">
                <thead><tr>
                    <th scope="col">{ words.say("slide-bank") }</th>
                    <th scope="col" class="number">{ words.say("slide-left") }</th>
                    <th scope="col" class="number">{ words.say("slide-unpaid") }</th>
                </tr></thead>
                <tbody>{ for series.banks.iter().take(BANKS).map(|bank| html! {
                    <tr key={bank.party} class={classes!((bank.turned_away > 0).then_some("slide-short"))}>
                        <th scope="row">{ &bank.name }</th>
                        <td class="number">{ amount(words, bank.held) }</td>
                        <td class="number">{ amount(words, bank.turned_away) }</td>
                    </tr>
                }) }</tbody>
            </table> }
        </div>
    }
}
