//! What somebody can be made to do: a form made from the verb's declaration,
//! and the line of script that it comes to. The engine says what there is to
//! fill in and judges what was, by the parser that reads the script.

use std::rc::Rc;

use exchequer::script::{Blank, Deed, Deeds, Draft, NAMED, Takes};
use yew::prelude::*;
use yew::props;

use crate::engine::{Engine, Inquiry, Judged, Reply, decode};
use crate::script::sentence;
use crate::ui::{ButtonKind, ButtonProps, Choice, EntryProps, PickProps, button, entry, pick};
use crate::words::{Glossary, use_words};

/// Where in the script what is done is written.
#[derive(Clone, PartialEq)]
pub struct Place {
    /// The script as it stands.
    pub text: Rc<str>,
    /// The line below which it is written, from 1.
    pub line: u32,
    /// Whom to ask.
    pub engine: Option<Engine>,
    /// Writes it.
    pub onact: Callback<String>,
}

/// Properties of [`Doing`].
#[derive(Clone, PartialEq, Properties)]
pub struct DoingProps {
    /// Who acts, unless another is chosen.
    pub actor: String,
    /// Where it is written.
    pub place: Place,
    /// Called when it is written.
    pub ondone: Callback<()>,
}

/// What is known of a form: what it stood at when it was judged, and how.
type Verdict = Rc<(Draft, Judged)>;

/// A button, and the form that it opens.
#[component]
pub fn Doing(props: &DoingProps) -> Html {
    let words = use_words();
    let open = use_state_eq(|| false);
    let pressed = use_state_eq(|| false);
    let draft = use_state_eq(|| Draft {
        actor: props.actor.clone(),
        ..Draft::default()
    });
    let deeds = use_state_eq(|| None::<Rc<Deeds>>);
    let verdict = use_state_eq(|| None::<Verdict>);
    let Place {
        text,
        line,
        engine,
        onact,
    } = &props.place;
    let place = (text.clone(), *line);
    {
        let (engine, setter) = (engine.clone(), deeds.setter());
        let asked = (*open, place.clone(), draft.actor.clone());
        use_effect_with(asked, move |(open, (text, line), actor)| {
            let reply = Callback::from(move |reply| {
                if let Reply::Deeds(found) = reply {
                    setter.set(decode::<Deeds>(&found).map(Rc::new));
                }
            });
            if let (true, Some(engine)) = (*open, engine) {
                let (text, line, actor) = (text.to_string(), *line, actor.clone());
                engine.ask(Inquiry::Deeds { text, line, actor }, reply);
            }
        });
    }
    {
        let (engine, setter) = (engine.clone(), verdict.setter());
        let asked = (*open, place, (*draft).clone());
        use_effect_with(asked, move |(open, (text, line), draft)| {
            let of = draft.clone();
            let reply = Callback::from(move |reply| {
                if let Reply::Judged(found) = reply {
                    let found = decode::<Judged>(&found);
                    setter.set(found.map(|it| Rc::new((of.clone(), it))));
                }
            });
            if let (true, false, Some(engine)) = (*open, draft.verb.is_empty(), engine) {
                let (text, line, draft) = (text.to_string(), *line, draft.clone());
                engine.ask(Inquiry::Draft { text, line, draft }, reply);
            }
        });
    }
    let close = {
        let (open, draft, pressed) = (open.setter(), draft.clone(), pressed.setter());
        Callback::from(move |()| {
            open.set(false);
            pressed.set(false);
            draft.set(Draft {
                actor: draft.actor.clone(),
                ..Draft::default()
            });
        })
    };
    let onsubmit = {
        let (verdict, draft, pressed) = (verdict.clone(), draft.clone(), pressed.setter());
        let (onact, ondone, close) = (onact.clone(), props.ondone.clone(), close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let judged = verdict
                .as_ref()
                .filter(|it| it.0 == *draft && it.1.is_whole);
            match judged {
                Some(judged) => {
                    onact.emit(judged.1.line.clone());
                    close.emit(());
                    ondone.emit(());
                }
                None => pressed.set(true),
            }
        })
    };
    let glossary = Glossary::of_doing(&words);
    let toggle = {
        let (open, close) = (open.clone(), close.clone());
        move |_: MouseEvent| {
            if *open {
                close.emit(())
            } else {
                open.set(true)
            }
        }
    };
    let form = (*open).then_some(deeds.as_ref()).flatten().map(|deeds| {
        doing_form(
            &glossary,
            &FormProps {
                deeds: deeds.clone(),
                draft: (*draft).clone(),
                verdict: (*verdict).clone(),
                pressed: *pressed,
                line: *line,
                is_end: *line as usize >= text.lines().count(),
                ondraft: {
                    let setter = draft.setter();
                    Callback::from(move |it| setter.set(it))
                },
                onsubmit,
                onclose: close,
            },
        )
    });
    html! {
        <div class="doing">
            <button type="button" class="button" aria-expanded={open.to_string()} onclick={toggle}>
                { glossary.say("do") }
            </button>
            { for form }
        </div>
    }
}

/// What [`doing_form`] draws.
#[derive(Clone, PartialEq)]
pub(super) struct FormProps {
    /// What can be done.
    pub(super) deeds: Rc<Deeds>,
    /// What was filled in.
    pub(super) draft: Draft,
    /// How that was judged.
    pub(super) verdict: Option<Verdict>,
    /// Whether it was to be done as it stands.
    pub(super) pressed: bool,
    /// The line below which it is written.
    pub(super) line: u32,
    /// Whether that is the last.
    pub(super) is_end: bool,
    /// Called with what is filled in.
    pub(super) ondraft: Callback<Draft>,
    /// Called to do it.
    pub(super) onsubmit: Callback<SubmitEvent>,
    /// Called to leave it.
    pub(super) onclose: Callback<()>,
}

/// The form.
pub(super) fn doing_form(glossary: &Glossary<'_>, props: &FormProps) -> Html {
    let FormProps {
        deeds,
        draft,
        ondraft,
        ..
    } = props;
    let deed = deeds.list.iter().find(|deed| deed.verb == draft.verb);
    let judged = props.verdict.as_ref().filter(|it| it.0 == *draft);
    let chosen_actor = {
        let draft = draft.clone();
        ondraft.reform(move |actor: String| Draft {
            actor,
            ..draft.clone()
        })
    };
    let chosen_verb = {
        let actor = draft.actor.clone();
        ondraft.reform(move |verb: String| Draft {
            actor: actor.clone(),
            verb,
            ..Draft::default()
        })
    };
    let choose = plain_choice("", &glossary.say("do-choose"));
    let is_actor = deeds.actors.contains(&draft.actor);
    let actors = (!is_actor).then(|| choose.clone()).into_iter();
    let actors = actors.chain(deeds.actors.iter().map(|name| named(glossary, name)));
    let line = judged.map(|it| &it.1.line).filter(|_| deed.is_some());
    let of_line = match props.is_end {
        true => glossary.say("do-line-end"),
        false => glossary.tell("do-line", &[("line", (props.line as usize).into())]),
    };
    html! {
        <form class="doing-form" onsubmit={props.onsubmit.clone()}>
            { pick(&props!(PickProps {
                id: "do-who",
                label: glossary.say("do-who"),
                groups: vec![(String::new(), actors.collect())],
                value: if is_actor { draft.actor.clone() } else { String::new() },
                onchange: chosen_actor,
            })) }
            { pick(&props!(PickProps {
                id: "do-what",
                label: glossary.say("do-what"),
                groups: verbs(glossary, &deeds.list, choose),
                value: deed.map_or_else(String::new, |deed| deed.verb.clone()),
                hint: deed.map(|deed| AttrValue::from(glossary.say(&format!("deed-{}-help", dashed(&deed.verb))))),
                onchange: chosen_verb,
            })) }
            if let Some(deed) = deed {
                { for deed.blanks.iter().map(|blank| filled(glossary, props, deed, blank)) }
                if deed.creates {
                    { as_name(glossary, props) }
                }
                { for remarks(glossary, props, None).map(|it| html! { <p class="field-error" role="alert">{ it }</p> }) }
                if let Some(line) = line {
                    <figure class="doing-line">
                        <figcaption>{ of_line }</figcaption>
                        <code>{ line.clone() }</code>
                    </figure>
                }
                <div class="doing-ends">
                    <button type="submit" class="button button-primary">{ glossary.say("do-write") }</button>
                    { button(&props!(ButtonProps {
                        kind: ButtonKind::Quiet,
                        onclick: props.onclose.reform(|_: MouseEvent| ()),
                        says: glossary.say("do-cancel"),
                    })) }
                </div>
            }
        </form>
    }
}

/// A verb as keys have it.
fn dashed(verb: &str) -> String {
    verb.replace('.', "-")
}

/// The verbs, those of each area together.
fn verbs(glossary: &Glossary<'_>, deeds: &[Deed], choose: Choice) -> Vec<(String, Vec<Choice>)> {
    let mut groups = vec![(String::new(), vec![choose])];
    for deed in deeds {
        let area = deed.verb.split_once('.').map_or("money", |(area, _)| area);
        let area = glossary.say(&format!("deeds-{area}"));
        let choice = plain_choice(
            &deed.verb,
            &glossary.say(&format!("deed-{}", dashed(&deed.verb))),
        );
        match groups.iter_mut().find(|(it, _)| *it == area) {
            Some((_, list)) => list.push(choice),
            None => groups.push((area, vec![choice])),
        }
    }
    groups
}

fn plain_choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned().into(),
        label: label.to_owned().into(),
    }
}

/// Somebody or something to choose.
fn named(glossary: &Glossary<'_>, name: &str) -> Choice {
    plain_choice(name, &glossary.words().name(name))
}

/// What is wrong with a field, or with the line as a whole. That a field is
/// empty is said only once it was to be done like that.
fn remarks(glossary: &Glossary<'_>, props: &FormProps, field: Option<&str>) -> Option<String> {
    let judged = props.verdict.as_ref().filter(|it| it.0 == props.draft)?;
    let mut about = judged.1.problems.iter();
    let (_, found) = about.find(|(it, _)| it.as_deref() == field)?;
    if found.code != "missing-field" {
        return Some(sentence(glossary.words(), found));
    }
    props.pressed.then(|| glossary.say("do-needed"))
}

/// What a field of a verb is called, and what it says.
fn said(glossary: &Glossary<'_>, deed: &Deed, blank: &Blank) -> (String, String) {
    let (verb, name) = (dashed(&deed.verb), &blank.name);
    let word = |end: &str| {
        glossary
            .try_tell(&format!("blank-{verb}-{name}{end}"), &[])
            .unwrap_or_else(|| glossary.say(&format!("blank-{name}{end}")))
    };
    let label = word("");
    let label = match blank.required {
        true => label,
        false => glossary.tell("do-optional", &[("label", (&label).into())]),
    };
    (label, word("-help"))
}

/// A field with its control.
fn filled(glossary: &Glossary<'_>, props: &FormProps, deed: &Deed, blank: &Blank) -> Html {
    let (label, help) = said(glossary, deed, blank);
    let given = props.draft.given.get(&blank.name);
    let given = given.map_or(&[][..], Vec::as_slice);
    let value = given.first().map_or("", |(it, _)| it);
    let error = remarks(glossary, props, Some(&blank.name));
    let id = format!("do-{}", blank.name);
    let left_out = match blank.required {
        true => glossary.say("do-choose"),
        false => glossary.say("do-left-out"),
    };
    let first = put(props, &blank.name, 0, |it, typed| it.0 = typed);
    let among = |list: &[String]| {
        let choices = list.iter().map(|name| named(glossary, name));
        let all = [plain_choice("", &left_out)].into_iter().chain(choices);
        vec![(String::new(), all.collect())]
    };
    match &blank.takes {
        Takes::Figure(example) => {
            let like = glossary.tell("do-like", &[("example", example.as_str().into())]);
            entry(&props!(EntryProps {
                label,
                id,
                value: value.to_owned(),
                is_number: example.bytes().all(|it| it.is_ascii_digit() || it == b'.'),
                hint: AttrValue::from(format!("{help} {like}")),
                error: error.map(AttrValue::from),
                oninput: first,
            }))
        }
        Takes::Text => entry(&props!(EntryProps {
            label,
            id,
            value: value.to_owned(),
            is_number: false,
            hint: AttrValue::from(help),
            error: error.map(AttrValue::from),
            oninput: first,
        })),
        Takes::One(list) | Takes::Several(list) | Takes::Shares(list) if list.is_empty() => {
            html! {
                <div class="field">
                    <span class="field-name">{ label }</span>
                    <p class="field-hint">{ help }{ " " }{ glossary.say("do-none") }</p>
                </div>
            }
        }
        Takes::One(list) => pick(&props!(PickProps {
            id,
            label,
            groups: among(list),
            value: value.to_owned(),
            hint: AttrValue::from(help),
            error: error.map(AttrValue::from),
            onchange: first,
        })),
        Takes::Decision => {
            let choices = [
                plain_choice("", &left_out),
                plain_choice("true", &glossary.say("do-yes")),
                plain_choice("false", &glossary.say("do-no")),
            ];
            pick(&props!(PickProps {
                id,
                label,
                groups: vec![(String::new(), choices.to_vec())],
                value: value.to_owned(),
                hint: AttrValue::from(help),
                error: error.map(AttrValue::from),
                onchange: first,
            }))
        }
        Takes::Several(list) | Takes::Shares(list) => {
            let with_sums = matches!(blank.takes, Takes::Shares(_));
            let numbered = |key: &str, at: usize| {
                glossary.tell(
                    key,
                    &[("label", (&label).into()), ("number", (at + 1).into())],
                )
            };
            // Where all are filled in there is room for one more.
            let free = given.last().is_none_or(|(it, _)| !it.is_empty());
            let rows = (given.len() + usize::from(free)).max(1);
            html! {
                <div class="doing-rows" role="group" aria-label={label.clone()}>
                    { for (0..rows).map(|at| {
                        let (who, sum) = given.get(at).cloned().unwrap_or_default();
                        html! { <>
                            { pick(&props!(PickProps {
                                id: format!("{id}-{at}"),
                                label: numbered("do-number", at),
                                groups: among(list),
                                value: who.clone(),
                                hint: (at == 0).then(|| AttrValue::from(help.clone())),
                                error: error.clone().filter(|_| at == 0).map(AttrValue::from),
                                onchange: put(props, &blank.name, at, |it, chosen| it.0 = chosen),
                            })) }
                            if with_sums && !who.is_empty() {
                                { entry(&props!(EntryProps {
                                    label: numbered("do-sum-for", at),
                                    id: format!("{id}-{at}-sum"),
                                    value: sum,
                                    oninput: put(props, &blank.name, at, |it, typed| it.1 = typed),
                                })) }
                            }
                        </> }
                    }) }
                </div>
            }
        }
    }
}

/// What writes into one place of a field.
fn put(
    props: &FormProps,
    name: &str,
    at: usize,
    write: impl Fn(&mut (String, String), String) + 'static,
) -> Callback<String> {
    let (draft, name) = (props.draft.clone(), name.to_owned());
    props.ondraft.reform(move |typed| {
        let mut draft = draft.clone();
        let given = draft.given.entry(name.clone()).or_default();
        if given.len() <= at {
            given.resize(at + 1, Default::default());
        }
        if let Some(it) = given.get_mut(at) {
            write(it, typed);
        }
        draft
    })
}

/// What the thing is called that comes of it.
fn as_name(glossary: &Glossary<'_>, props: &FormProps) -> Html {
    let draft = props.draft.clone();
    let label = glossary.say("do-named");
    entry(&props!(EntryProps {
        label: glossary.tell("do-optional", &[("label", (&label).into())]),
        id: "do-named",
        value: draft.named.clone(),
        is_number: false,
        hint: AttrValue::from(glossary.say("do-named-help")),
        error: remarks(glossary, props, Some(NAMED)).map(AttrValue::from),
        oninput: props.ondraft.reform(move |named| Draft {
            named,
            ..draft.clone()
        }),
    }))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::app::OPENING;
    use crate::engine::{Answer, Desk, Request};
    use crate::figures::Figures;
    use crate::fixture::drawn;
    use crate::words::{Language, Words};
    use exchequer::vocabulary;

    /// The line below which Alice swaps in the opening story.
    const LINE: u32 = 18;

    fn told(inquiry: Inquiry) -> Reply {
        match Desk::default().answer(Request::Ask(inquiry)) {
            Answer::Told(reply) => reply,
            other => panic!("{other:?}"),
        }
    }

    fn props_of(draft: Draft, pressed: bool) -> FormProps {
        let (text, line) = (OPENING.to_owned(), LINE);
        let actor = draft.actor.clone();
        let Reply::Deeds(deeds) = told(Inquiry::Deeds { text, line, actor }) else {
            panic!("no deeds");
        };
        let judged = (!draft.verb.is_empty()).then(|| {
            let (text, draft) = (OPENING.to_owned(), draft.clone());
            let Reply::Judged(judged) = told(Inquiry::Draft { text, line, draft }) else {
                panic!("not judged");
            };
            decode::<Judged>(&judged).unwrap()
        });
        FormProps {
            deeds: Rc::new(decode(&deeds).unwrap()),
            verdict: judged.map(|it| Rc::new((draft.clone(), it))),
            draft,
            pressed,
            line: LINE,
            is_end: false,
            ondraft: Callback::noop(),
            onsubmit: Callback::noop(),
            onclose: Callback::noop(),
        }
    }

    async fn form(draft: Draft, pressed: bool) -> String {
        let props = props_of(draft, pressed);
        drawn(move |words| doing_form(&Glossary::of_doing(words), &props)).await
    }

    fn alice(verb: &str, given: &[(&str, &str)]) -> Draft {
        let given = given.iter();
        Draft {
            actor: "Alice".to_owned(),
            verb: verb.to_owned(),
            given: given
                .map(|(name, it)| ((*name).to_owned(), vec![((*it).to_owned(), String::new())]))
                .collect(),
            named: String::new(),
        }
    }

    #[tokio::test]
    async fn a_verb_is_chosen_in_plain_words_and_its_fields_have_their_controls() {
        let html = form(alice("", &[]), false).await;
        assert!(
            html.contains(r#"<optgroup label="Without a network">"#),
            "{html}"
        );
        assert!(!html.contains("Freeze a wallet") && !html.contains("type=\"submit\""));
        let html = form(alice("pay", &[]), false).await;
        assert!(html.contains("Pays another wallet, at the same bank or another."));
        assert!(html.contains(r#"<select id="do-to">"#), "{html}");
        assert!(
            html.contains(r#"id="do-amount" inputmode="decimal""#),
            "{html}"
        );
        assert!(html.contains("Message (optional)") && html.contains("Alice: pay"));
        // Nothing is wrong before it was to be done.
        assert!(!html.contains("field-error"), "{html}");
        let html = form(alice("pay", &[]), true).await;
        assert!(html.contains("Fill this in."), "{html}");
    }

    #[tokio::test]
    async fn what_is_wrong_stands_at_its_field_and_what_is_right_is_the_line() {
        let html = form(
            alice("pay", &[("to", "Noodles"), ("amount", "1,000")]),
            false,
        )
        .await;
        assert!(html.contains("Thousands are separated by"), "{html}");
        let html = form(
            alice("pay", &[("to", "Noodles"), ("amount", "1000.5")]),
            false,
        )
        .await;
        assert!(html.contains("Alice: pay Noodles 1_000.5"), "{html}");
        assert!(html.contains("below line 18"), "{html}");
        // Somebody unknown can do nothing, and another can be chosen.
        let nobody = Draft {
            actor: "Nobody".to_owned(),
            ..Draft::default()
        };
        let html = form(nobody, false).await;
        assert!(
            html.contains("Choose…") && html.contains(r#"value="Bob""#),
            "{html}"
        );
    }

    #[tokio::test]
    async fn several_are_chosen_one_after_another_each_with_a_sum() {
        let mut draft = alice("pay-many", &[]);
        let shares = vec![("Bob".to_owned(), "5".to_owned())];
        draft.given.insert("to".to_owned(), shares);
        let html = form(draft, false).await;
        assert!(
            html.contains(r#"id="do-to-0-sum""#) && html.contains(r#"id="do-to-1""#),
            "{html}"
        );
        assert!(html.contains("Alice: pay-many {Bob=5}"), "{html}");
    }

    #[test]
    fn every_verb_and_field_has_its_words_and_english_ones_are_the_declarations_own() {
        for language in Language::BUILT_IN {
            let words = Words::new(language, Figures::plain(2));
            let glossary = Glossary::of_doing(&words);
            for verb in vocabulary::verbs() {
                let deed = Deed {
                    verb: verb.name.to_owned(),
                    blanks: Vec::new(),
                    creates: false,
                };
                let key = format!("deed-{}", dashed(verb.name));
                let area = verb.name.split_once('.').map_or("money", |(area, _)| area);
                for key in [key.clone(), format!("{key}-help"), format!("deeds-{area}")] {
                    assert!(
                        glossary.try_tell(&key, &[]).is_some(),
                        "{} {key}",
                        language.tag()
                    );
                }
                let english = language == Language::English;
                if english {
                    assert_eq!(glossary.say(&format!("{key}-help")), verb.doc);
                }
                for field in verb.fields {
                    let blank = Blank {
                        name: field.name.to_owned(),
                        required: true,
                        takes: Takes::Text,
                    };
                    let (label, help) = said(&glossary, &deed, &blank);
                    assert!(
                        !label.starts_with("blank-") && !help.starts_with("blank-"),
                        "{label}"
                    );
                    if english {
                        assert_eq!(help, field.doc, "{}", verb.name);
                    }
                }
            }
        }
    }
}
