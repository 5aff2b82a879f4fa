//! How a run's money moved as time passed: small charts of one quantity each,
//! with the figures of the real world beside them.

use std::rc::Rc;

use exchequer::calibration::calibration;
use exchequer::views::{BankReserves, Calibration, Sample, Series, Slide};
use yew::prelude::*;

use super::slide::{Rewrite, Slides};
use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::amount;
use crate::words::{Speech, use_words};

/// How many distances of time a chart is drawn over.
const INTERVALS: u32 = 80;

/// Properties of [`Charts`].
#[derive(Clone, PartialEq, Properties)]
pub struct ChartsProps {
    /// The position shown.
    pub position: u32,
    /// The run it is a position of.
    pub digest: String,
    /// What can be slid.
    #[prop_or_default]
    pub slides: Vec<Slide>,
    /// Whom to ask.
    pub engine: Option<Engine>,
    /// The script as it stands.
    #[prop_or_default]
    pub script: Rc<str>,
    /// Writes a line of the script in place of another.
    #[prop_or_default]
    pub onslide: Callback<Rewrite>,
}

/// The charts of a run.
#[component]
pub fn Charts(props: &ChartsProps) -> Html {
    let words = use_words();
    let found = use_state_eq(|| None::<Series>);
    {
        let (setter, engine) = (found.setter(), props.engine.clone());
        use_effect_with(props.digest.clone(), move |_| {
            let reply = Callback::from(move |reply| {
                if let Reply::Series(series) = reply {
                    setter.set(series.map(|series| *series));
                }
            });
            if let Some(engine) = engine {
                let intervals = INTERVALS;
                engine.ask(Inquiry::Series { intervals }, reply);
            }
        });
    }
    let Some(series) = &*found else {
        return Html::default();
    };
    html! {
        <>
            if !props.slides.is_empty() {
                <Slides
                    slides={props.slides.clone()}
                    digest={props.digest.clone()}
                    told={false}
                    engine={props.engine.clone()}
                    script={props.script.clone()}
                    onslide={props.onslide.clone()}
                />
            }
            { charts(&words, series, props.position) }
        </>
    }
}

/// What a chart shows.
struct Quantity {
    /// The key of its name.
    key: &'static str,
    /// What it is in a sample.
    of: fn(&Sample) -> i64,
    /// Whether that is a sum of money, and no number of things.
    is_sum: bool,
}

const fn sum(key: &'static str, of: fn(&Sample) -> i64) -> Quantity {
    Quantity {
        key,
        of,
        is_sum: true,
    }
}

const QUANTITIES: [Quantity; 11] = [
    sum("series-wallets", |it| it.wallets),
    sum("series-deposits", |it| it.deposits),
    sum("series-reserves", |it| it.reserves),
    sum("series-vaults", |it| it.vaults),
    sum("series-paid", |it| it.paid),
    sum("series-deficiency", |it| it.deficiency),
    sum("series-shortage", |it| it.shortage),
    sum("series-turned-away", |it| it.turned_away),
    Quantity {
        key: "series-by-hand",
        of: |it| i64::from(it.by_hand),
        is_sum: false,
    },
    sum("series-honoured", |it| it.honoured),
    Quantity {
        key: "series-refused",
        of: |it| it.refusals.iter().map(|(_, count)| i64::from(*count)).sum(),
        is_sum: false,
    },
];

/// The charts, and under them what is known of real systems.
pub fn charts(words: &Speech, series: &Series, position: u32) -> Html {
    let samples = &series.samples;
    let moves = |quantity: &&Quantity| samples.iter().any(|it| (quantity.of)(it) != 0);
    html! {
        <div class="charts">
            { for QUANTITIES.iter().filter(moves).map(|quantity| chart(words, quantity, samples, position)) }
            { for samples.last().map(|last| at_the_end(words, last)) }
            { banks(words, &series.banks) }
            <section class="calibration">
                <h3>{ words.say("calibration") }</h3>
                <div class="calibration-sources">
                    { for calibration().chunk_by(|a, b| a.source == b.source).map(|of| from_one_source(words, of)) }
                </div>
            </section>
        </div>
    }
}

/// What the whole run comes to; nothing of it where there is no stock yet.
fn at_the_end(words: &Speech, last: &Sample) -> Html {
    let sum = |sum: Option<i64>| sum.map(|sum| amount(words, sum));
    let velocity = last
        .velocity
        .map(|it| html! { { figure(words, &it.to_string()) } });
    let figures = [
        ("series-average-stock", sum(last.average_stock)),
        ("series-velocity", velocity),
        ("series-seigniorage", sum(last.seigniorage)),
    ];
    if figures.iter().all(|(_, figure)| figure.is_none()) {
        return Html::default();
    }
    html! {
        <section class="calibration">
            <h3>{ words.say("series-whole") }</h3>
            <dl>
                { for figures.into_iter().filter_map(|(key, figure)| Some(html! {
                    <div key={key}><dt>{ words.say(key) }</dt><dd>{ figure? }</dd></div>
                })) }
            </dl>
        </section>
    }
}

/// At most so many banks are told of on their own.
const BANKS: usize = 50;

/// Every bank's reserves at the end, against what it owes.
fn banks(words: &Speech, banks: &[BankReserves]) -> Html {
    let sum = |sum: Option<i64>| sum.map(|sum| amount(words, sum));
    let columns: [Column; 7] = [
        ("series-owed", |it| Some(it.owed)),
        ("series-held", |it| Some(it.held)),
        ("series-required", |it| it.required),
        ("series-deficiency", |it| it.deficiency.map(|it| it.max(0))),
        ("series-outflow", |it| Some(it.outflow)),
        ("series-shortage", |it| Some(it.shortage)),
        ("series-turned-away", |it| Some(it.turned_away)),
    ];
    // A rule that no bank is under needs no column.
    let shown = |(_, of): &&Column| banks.iter().any(|bank| of(bank).is_some());
    let columns: Vec<&Column> = columns.iter().filter(shown).collect();
    if banks.is_empty() {
        return Html::default();
    }
    html! {
        <section class="calibration series-banks" tabindex="0" aria-label={words.say("series-banks")}>
            <h3>{ words.say("series-banks") }</h3>
            <table class="slide-banks">
                <thead><tr>
                    <th scope="col">{ words.say("slide-bank") }</th>
                    { for columns.iter().map(|(key, _)| html! { <th scope="col" class="number">{ words.say(key) }</th> }) }
                </tr></thead>
                <tbody>{ for banks.iter().take(BANKS).map(|bank| html! {
                    <tr key={bank.party} class={classes!((bank.turned_away > 0).then_some("slide-short"))}>
                        <th scope="row">{ words.name(&bank.name) }</th>
                        { for columns.iter().map(|(_, of)| html! { <td class="number">{ for sum(of(bank)) }</td> }) }
                    </tr>
                }) }</tbody>
            </table>
        </section>
    }
}

/// A column of a table of banks: its name's key, and what it is of a bank.
type Column = (&'static str, fn(&BankReserves) -> Option<i64>);

/// What one source says, and which it is.
fn from_one_source(words: &Speech, figures: &[Calibration]) -> Html {
    html! {
        <div>
            <dl>
                { for figures.iter().map(|it| html! {
                    <div key={it.key.clone()}>
                        <dt>{ words.say(&format!("calibration-{}", it.key)) }</dt>
                        <dd>{ figure(words, &it.value) }{ " " }{ &it.unit }</dd>
                    </div>
                }) }
            </dl>
            { for figures.first().map(|it| html! {
                <p class="calibration-source">{ words.tell("source", &[
                    ("source", (&it.source).into()),
                    ("date", (&it.date).into()),
                    ("mark", (&words.say(&format!("mark-{}", it.mark.to_lowercase()))).into()),
                ]) }</p>
            }) }
        </div>
    }
}

/// A figure of the real world; whole ones in groups of digits.
fn figure(words: &Speech, value: &str) -> String {
    let whole = value.parse().map(|whole| words.figures().count(whole));
    whole.unwrap_or_else(|_| value.to_owned())
}

const WIDTH: i64 = 320;
const HEIGHT: i64 = 96;

fn chart(words: &Speech, quantity: &Quantity, samples: &[Sample], position: u32) -> Html {
    let Quantity { key, of, is_sum } = *quantity;
    let said = |value: i64| {
        if is_sum {
            words.figures().amount(value)
        } else {
            words.figures().count(value)
        }
    };
    let most = samples.iter().map(of).max().unwrap_or(0).max(1);
    let least = samples.iter().map(of).min().unwrap_or(0).min(0);
    let shown = samples
        .iter()
        .rposition(|it| it.position <= position)
        .unwrap_or(0);
    let last = i64::try_from(samples.len().saturating_sub(1))
        .unwrap_or(1)
        .max(1);
    let x = |index: usize| i64::try_from(index).unwrap_or(0) * WIDTH / last;
    let y = |sum: i64| {
        let share = i128::from(sum - least) * i128::from(HEIGHT) / i128::from(most - least);
        HEIGHT - i64::try_from(share).unwrap_or(0)
    };
    let points: Vec<String> = samples
        .iter()
        .enumerate()
        .map(|(index, it)| format!("{},{}", x(index), y(of(it))))
        .collect();
    let now = samples.get(shown).map_or(0, of);
    let name = words.say(key);
    let label = words.tell(
        "chart-label",
        &[
            ("name", (&name).into()),
            ("first", (&said(samples.first().map_or(0, of))).into()),
            ("last", (&said(samples.last().map_or(0, of))).into()),
            ("most", (&said(most)).into()),
        ],
    );
    html! {
        <figure class="chart" key={key.to_owned()}>
            <figcaption>
                <span>{ name }</span>
                if is_sum {
                    { amount(words, now) }
                } else {
                    { said(now) }
                }
            </figcaption>
            <svg viewBox={format!("-4 -4 {} {}", WIDTH + 8, HEIGHT + 8)} role="img" aria-label={label}>
                <line class="chart-base" x1="0" x2={WIDTH.to_string()} y1={y(0).to_string()} y2={y(0).to_string()} />
                <polyline class="chart-line" points={points.join(" ")} />
                <line class="chart-now" x1={x(shown).to_string()} x2={x(shown).to_string()} y1="0" y2={HEIGHT.to_string()} />
                <circle class="chart-dot" cx={x(shown).to_string()} cy={y(now).to_string()} r="4" />
            </svg>
        </figure>
    }
}
