//! Who looks: everybody, a party, one of the central bank's centres, or an
//! investigator with a warrant for one person from a time on.

use std::rc::Rc;

use exchequer::views::{Moment, PartyNo, Program, Seen};
use yew::prelude::*;
use yew::props;

use crate::ui::{ButtonKind, ButtonProps, Choice, SelectProps, button, select};
use crate::words::Speech;

/// Properties of [`seen_as`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SeenAsProps {
    pub(super) seen: Seen,
    pub(super) program: Rc<Program>,
    pub(super) moment: Rc<Moment>,
    /// Whose details are open: whom a warrant is for to begin with.
    pub(super) selected: Option<PartyNo>,
    pub(super) onchange: Callback<Seen>,
}

const CENTRES: [(Seen, &str); 3] = [
    (Seen::Authentication, "authentication"),
    (Seen::Registration, "registration"),
    (Seen::BigData, "big-data"),
];

const INVESTIGATOR: &str = "investigator";

/// A choice of who looks.
pub(super) fn seen_as(words: &Speech, props: &SeenAsProps) -> Html {
    let value = match props.seen {
        Seen::Everyone => String::new(),
        Seen::Party(no) => no.to_string(),
        Seen::Investigator { .. } => INVESTIGATOR.to_owned(),
        other => CENTRES
            .iter()
            .find(|(centre, _)| *centre == other)
            .map_or_else(String::new, |(_, name)| (*name).to_owned()),
    };
    let named = |no: PartyNo, name: &str| Choice {
        value: no.to_string().into(),
        label: words.name(name).into(),
    };
    let said = |value: &'static str, key: &str| Choice {
        value: value.into(),
        label: words.say(key).into(),
    };
    let people = people(props);
    let mut choices = vec![said("", "seen-by-everyone")];
    choices.extend(
        (0..)
            .zip(&props.program.parties)
            .map(|(no, name)| named(no, name)),
    );
    choices.extend(CENTRES.map(|(_, name)| said(name, &format!("centre-{name}"))));
    let subject = subject(props, &people);
    choices.extend(subject.map(|_| said(INVESTIGATOR, "seen-by-investigator")));
    let now = now(props);
    let onchange = props.onchange.reform(move |value: AttrValue| {
        let centre = CENTRES.iter().find(|(_, name)| *name == value.as_str());
        match (centre, subject, value.parse()) {
            (Some((centre, _)), ..) => *centre,
            (None, Some(subject), _) if value == INVESTIGATOR => Seen::Investigator {
                subject,
                since: now,
            },
            (None, _, Ok(no)) => Seen::Party(no),
            (None, _, Err(_)) => Seen::Everyone,
        }
    });
    html! {
        <div class="seen-as">
            { select(&props!(SelectProps {
                id: "seen-as",
                label: words.say("seen-as"),
                choices,
                value,
                onchange,
            })) }
            if let Seen::Investigator { subject, since } = props.seen {
                { warrant(words, props, &people, (subject, since)) }
            }
        </div>
    }
}

/// Whom a warrant is for, and from when.
fn warrant(
    words: &Speech,
    props: &SeenAsProps,
    people: &[(PartyNo, &String)],
    (subject, since): (PartyNo, i64),
) -> Html {
    let choices = people.iter().map(|(no, name)| Choice {
        value: no.to_string().into(),
        label: words.name(name).into(),
    });
    let now = now(props);
    let onsubject = props
        .onchange
        .reform(move |value: AttrValue| Seen::Investigator {
            subject: value.parse().unwrap_or(subject),
            since,
        });
    let onnow = props
        .onchange
        .reform(move |_: MouseEvent| Seen::Investigator {
            subject,
            since: now,
        });
    html! {
        <>
            { select(&props!(SelectProps {
                id: "warrant-for",
                label: words.say("warrant-for"),
                choices: choices.collect::<Vec<_>>(),
                value: subject.to_string(),
                onchange: onsubject,
            })) }
            if let Some(time) = &props.moment.warrant {
                <span class="warrant-from">{ words.tell("warrant-from", &[("time", (&words.figures().moment(time)).into())]) }</span>
            }
            if since != now {
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Plain,
                    onclick: onnow,
                    says: words.say("warrant-now"),
                })) }
            }
        </>
    }
}

/// Who a warrant can be for: the public, whom the program has names for.
fn people(props: &SeenAsProps) -> Vec<(PartyNo, &String)> {
    let is_public = |no: PartyNo| {
        let party = props.moment.party(no);
        party.is_none_or(|it| !it.kind.is_institution())
    };
    let named = (0..).zip(&props.program.parties);
    named.filter(|(no, _)| is_public(*no)).collect()
}

/// Whom a warrant is for to begin with: who is selected, or the first.
fn subject(props: &SeenAsProps, people: &[(PartyNo, &String)]) -> Option<PartyNo> {
    let selected = people.iter().find(|(no, _)| Some(*no) == props.selected);
    selected.or(people.first()).map(|(no, _)| *no)
}

/// The time of the event being shown: a warrant that begins now opens it.
fn now(props: &SeenAsProps) -> i64 {
    let beats = &props.program.beats;
    let beat = props.moment.beat.and_then(|beat| beats.get(beat as usize));
    beat.or(beats.first()).map_or(0, |beat| beat.at)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::fixture;

    fn props(seen: Seen) -> SeenAsProps {
        let mut moment = fixture::moment(16);
        if matches!(seen, Seen::Investigator { .. }) {
            moment.warrant = Some("2025-11-03T09:06:00".to_owned());
        }
        SeenAsProps {
            seen,
            program: Rc::new(fixture::opening()),
            moment: Rc::new(moment),
            selected: Some(4),
            onchange: Callback::noop(),
        }
    }

    #[tokio::test]
    async fn a_warrant_names_a_person_and_a_time() {
        let plain = props(Seen::Everyone);
        let html = fixture::drawn(move |words| seen_as(words, &plain)).await;
        assert!(html.contains("An investigator"), "{html}");
        assert!(!html.contains("warrant-for"), "{html}");
        let with = props(Seen::Investigator {
            subject: 3,
            since: 1,
        });
        assert_eq!(subject(&with, &people(&with)), Some(4));
        let html = fixture::drawn(move |words| seen_as(words, &with)).await;
        let (_, people) = html.split_once("id=\"warrant-for\"").unwrap_or_default();
        assert!(
            people.contains("Alice") && !people.contains("Harbour"),
            "{html}"
        );
        assert!(
            html.contains("09:06:00") && html.contains("Begin here"),
            "{html}"
        );
    }
}
