//! Playing and scrubbing: the buttons, the timeline with its ticks, the clock.

use std::rc::Rc;

use exchequer::views::{Beat, Program};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew::props;

use crate::state::{Pace, Playback, Step};
use crate::ui::{ButtonKind, ButtonProps, Choice, Icon, SelectProps, button, owed_class, select};
use crate::words::Speech;

/// Properties of [`transport`].
#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    /// The run.
    pub program: Rc<Program>,
    /// Where it is shown.
    pub playback: Playback,
    /// The local time shown.
    pub at: AttrValue,
    /// The caption shown, for who scrubs without seeing.
    pub caption: AttrValue,
    /// Moves the playback.
    pub onstep: Callback<Step>,
}

/// The transport.
pub fn transport(words: &Speech, props: &TransportProps) -> Html {
    let TransportProps {
        program, playback, ..
    } = props;
    let step = |step: Step| props.onstep.reform(move |_: MouseEvent| step.clone());
    let waits = playback.waits(program);
    let finished = playback.finished(program) && program.length > 0;
    let (icon, play) = match (playback.playing, finished) {
        (true, _) => (Icon::Pause, "pause"),
        (false, true) => (Icon::Play, "play-again"),
        (false, false) => (Icon::Play, "play"),
    };
    let onpace = props
        .onstep
        .reform(|name: AttrValue| Step::Pace(Pace::named(&name).unwrap_or_default()));
    html! {
        <section class="transport" aria-label={words.say("transport")}>
            { button(&props!(ButtonProps {
                class: "transport-start",
                icon: Icon::Start,
                label: words.say("to-start"),
                shortcut: "Home",
                disabled: playback.position <= Playback::first(program),
                onclick: step(Step::Start),
            })) }
            { button(&props!(ButtonProps {
                icon: Icon::Back,
                label: words.say("back"),
                shortcut: "←",
                disabled: playback.position <= Playback::first(program),
                onclick: step(Step::Back),
            })) }
            { button(&props!(ButtonProps {
                class: "transport-play",
                kind: ButtonKind::Primary,
                icon,
                id: "play",
                disabled: waits,
                onclick: step(Step::Toggle),
                says: words.say(play),
            })) }
            { button(&props!(ButtonProps {
                class: "transport-next",
                icon: Icon::Next,
                label: words.say("next-beat"),
                shortcut: "→",
                disabled: waits || finished,
                onclick: step(Step::Next),
                says: words.say("next"),
            })) }
            { timeline(words, &props!(TimelineProps {
                program: program.clone(),
                position: playback.position,
                horizon: playback.horizon(program),
                label: AttrValue::from(format!("{}. {}", words.figures().moment(&props.at), props.caption)),
                onseek: props.onstep.reform(Step::Seek),
            })) }
            <time class="clock" datetime={props.at.clone()}>
                <span class="clock-day">{ words.figures().weekday(&props.at) }{ " " }</span>
                { words.figures().clock(&props.at) }
            </time>
            { select(&props!(SelectProps {
                id: "pace",
                label: words.say("pace"),
                bare: true,
                value: playback.pace.name(),
                choices: Pace::ALL.iter().map(|pace| Choice {
                    value: pace.name().into(),
                    label: words.say(&format!("pace-{}", pace.name())).into(),
                }).collect::<Vec<_>>(),
                onchange: onpace,
            })) }
        </section>
    }
}

/// Properties of [`timeline`].
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The run.
    pub program: Rc<Program>,
    /// The position shown.
    pub position: u32,
    /// How far it may be drawn.
    pub horizon: u32,
    /// The position in words.
    pub label: AttrValue,
    /// Called with a position chosen.
    pub onseek: Callback<u32>,
}

/// At most so many ticks are drawn.
const MOST_TICKS: usize = 400;

/// The timeline: a native slider over ticks, a short grey one where
/// information moved, a tall one in its debtor's colour where money did, a red
/// one for a refusal.
pub fn timeline(words: &Speech, props: &TimelineProps) -> Html {
    let first = Playback::first(&props.program);
    let length = props.program.length.saturating_sub(first).max(1);
    let share = |position: u32| {
        let seen = u64::from(position.saturating_sub(first));
        let share = seen * 100_000 / u64::from(length);
        format!("{}.{:03}%", share / 1_000, share % 1_000)
    };
    let oninput = {
        let onseek = props.onseek.clone();
        move |event: InputEvent| {
            let input = event
                .target()
                .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
            if let Some(position) = input.and_then(|input| input.value().parse().ok()) {
                onseek.emit(position);
            }
        }
    };
    let ticks = ticks(&props.program.beats, props.horizon);
    html! {
        <div class="timeline">
            <svg class="ticks" aria-hidden="true">
                <rect class="ticks-line" y="22" width="100%" height="2" />
                <rect class="ticks-past" y="22" width={share(props.position)} height="2" />
                { for ticks.iter().map(|tick| {
                    let (class, height) = match tick.kind {
                        TickKind::Information => ("tick tick-information".to_owned(), 10),
                        TickKind::Money(owed) => (format!("tick {owed}"), 16),
                        TickKind::Refusal => ("tick tick-refusal".to_owned(), 16),
                    };
                    let ahead = (tick.position > props.position).then_some("tick-ahead");
                    html! {
                        <rect class={classes!(class, ahead)} x={share(tick.position)} y={(24 - height).to_string()} width="2" height={height.to_string()} />
                    }
                }) }
                <rect class="ticks-now" x={share(props.position)} y="0" width="3" height="24" />
            </svg>
            <input
                class="timeline-input"
                type="range"
                min={first.to_string()}
                max={props.program.length.to_string()}
                step="1"
                value={props.position.to_string()}
                aria-label={words.say("timeline")}
                aria-valuetext={props.label.clone()}
                {oninput}
            />
        </div>
    }
}

/// A tick on the timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tick {
    position: u32,
    kind: TickKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum TickKind {
    Information,
    Money(&'static str),
    Refusal,
}

/// The ticks up to the horizon, thinned where they would only be a smear.
fn ticks(beats: &[Beat], horizon: u32) -> Vec<Tick> {
    let drawn = &beats[..beats.partition_point(|beat| beat.to <= horizon)];
    let stride = drawn.len().div_ceil(MOST_TICKS).max(1);
    drawn
        .iter()
        .enumerate()
        .filter(|(index, beat)| index % stride == 0 || beat.refused)
        .flat_map(|(_, beat)| {
            let told = (beat.messages > 0 && stride == 1).then_some(Tick {
                position: beat.from,
                kind: TickKind::Information,
            });
            let done = match (beat.refused, beat.owed) {
                (true, _) => Some(TickKind::Refusal),
                (false, Some(owed)) => Some(TickKind::Money(owed_class(owed))),
                (false, None) => None,
            };
            let done = done.map(|kind| Tick {
                position: beat.to,
                kind,
            });
            told.into_iter().chain(done)
        })
        .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture::opening;

    #[test]
    fn no_tick_stands_after_an_unanswered_question() {
        let program = opening();
        let ticks = ticks(&program.beats, 14);
        assert!(ticks.iter().all(|tick| tick.position <= 14));
        assert!(ticks.iter().all(|tick| tick.kind != TickKind::Refusal));
    }

    #[test]
    fn a_refusal_is_a_tick_of_its_own() {
        let program = opening();
        let ticks = ticks(&program.beats, program.length);
        assert_eq!(
            ticks.last(),
            Some(&Tick {
                position: 16,
                kind: TickKind::Refusal
            })
        );
        assert_eq!(ticks[1].kind, TickKind::Money("owed-central-bank"));
        assert_eq!(
            ticks[0],
            Tick {
                position: 0,
                kind: TickKind::Information
            }
        );
    }

    #[test]
    fn a_long_run_has_no_more_ticks_than_can_be_told_apart() {
        let mut program = opening();
        let beat = program.beats[0];
        program.beats = (0..100_000)
            .map(|n| Beat {
                from: n,
                to: n + 1,
                ..beat
            })
            .collect();
        assert!(ticks(&program.beats, 100_000).len() <= MOST_TICKS);
    }
}
