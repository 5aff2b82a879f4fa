//! The attack lab: every attack on transfers without a network, under every
//! model, played while one looks.

use std::rc::Rc;

use exchequer::attacks;
use exchequer::views::{Attempt, Evidence};
use yew::prelude::*;

use super::phones::found;
use crate::engine::{Engine, Inquiry, Reply};
use crate::ui::hidden;
use crate::words::{Glossary, Speech, use_words};

/// Properties of [`Lab`].
#[derive(Clone, PartialEq, Properties)]
pub struct LabProps {
    /// Whom to ask.
    pub engine: Engine,
    /// Opens an attack as a scenario.
    pub onplay: Callback<Rc<str>>,
}

/// The attacks, played one after another, and what came of each.
#[component]
pub fn Lab(props: &LabProps) -> Html {
    let words = use_words();
    let rows = use_state_eq(Vec::<Vec<Attempt>>::new);
    let chosen = use_state_eq(|| None::<Chosen>);
    let next = attacks::attacks().nth(rows.len());
    {
        let (rows, engine) = (rows.clone(), props.engine.clone());
        use_effect_with(next, move |next| {
            let Some(attack) = next else { return };
            let reply = Callback::from(move |reply| {
                if let Reply::Attempts(played) = reply {
                    let mut all = (*rows).clone();
                    all.push(played);
                    rows.set(all);
                }
            });
            engine.ask(Inquiry::Attack((*attack).to_owned()), reply);
        });
    }
    let onchoose = {
        let chosen = chosen.clone();
        Callback::from(move |one: Chosen| chosen.set((*chosen != Some(one)).then_some(one)))
    };
    outcomes(&words, &rows, *chosen, &onchoose, &props.onplay)
}

/// An outcome: the number of its attack, and of its model.
type Chosen = (usize, usize);

/// What came of the attacks that were played, as a table.
fn outcomes(
    words: &Speech,
    rows: &[Vec<Attempt>],
    chosen: Option<Chosen>,
    onchoose: &Callback<Chosen>,
    onplay: &Callback<Rc<str>>,
) -> Html {
    let glossary = Glossary::of(words);
    let sum = |minor| words.figures().amount(minor);
    let (loaded, paid) = (sum(attacks::LOADED), sum(attacks::PAID));
    let all = attacks::attacks().count();
    html! {
        <div class="lab">
            <p class="register-what">{ glossary.tell("lab-what", &[
                ("loaded", (&loaded).into()),
                ("paid", (&paid).into()),
            ]) }</p>
            <ul class="lab-legend">
                { for Mark::ALL.map(|mark| html! {
                    <li><span class={mark.class()} aria-hidden="true">{ mark.sign() }</span>{ " " }{ glossary.say(mark.key()) }</li>
                }) }
            </ul>
            <table class="lab-table">
                <thead><tr>
                    <th scope="col">{ glossary.say("attack-attack") }</th>
                    { for attacks::models().map(|model| html! {
                        <th scope="col">{ glossary.say(&format!("attack-model-{model}")) }</th>
                    }) }
                </tr></thead>
                <tbody>{ for attacks::attacks().zip(rows).enumerate().map(|(number, (attack, row))| {
                    let open = chosen.and_then(|(at, model)| row.get(model).filter(|_| at == number));
                    html! {
                        <>
                            <tr key={attack}>
                                <th scope="row">{ glossary.say(&format!("attack-{attack}")) }</th>
                                { for row.iter().enumerate().map(|(model, it)| {
                                    let onclick = onchoose.reform(move |_: MouseEvent| (number, model));
                                    html! { <td>{ cell(&glossary, it, chosen == Some((number, model)), onclick) }</td> }
                                }) }
                            </tr>
                            if let Some(it) = open {
                                <tr class="lab-open"><td colspan="6">{ details(words, &glossary, it, onplay) }</td></tr>
                            }
                        </>
                    }
                }) }</tbody>
            </table>
            if rows.len() < all {
                <p role="status">{ glossary.tell("lab-progress", &[
                    ("done", rows.len().into()),
                    ("all", all.into()),
                ]) }</p>
            }
        </div>
    }
}

/// How bad an outcome is.
#[derive(Clone, Copy)]
enum Mark {
    Safe,
    Quiet,
    Late,
    Lost,
}

impl Mark {
    const ALL: [Self; 4] = [Self::Safe, Self::Quiet, Self::Late, Self::Lost];

    fn of(it: &Attempt) -> Self {
        match (it.by == "nobody", it.amount > 0) {
            (false, false) => Self::Safe,
            (true, false) => Self::Quiet,
            (false, true) => Self::Late,
            (true, true) => Self::Lost,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Safe => "lab-safe",
            Self::Quiet => "lab-quiet",
            Self::Late => "lab-late",
            Self::Lost => "lab-lost",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Safe => "lab-mark",
            Self::Quiet => "lab-mark lab-mark-quiet",
            Self::Late => "lab-mark lab-mark-late",
            Self::Lost => "lab-mark lab-mark-lost",
        }
    }

    /// Colour is not the only difference.
    const fn sign(self) -> &'static str {
        match self {
            Self::Safe => "✓",
            Self::Quiet => "?",
            Self::Late => "−",
            Self::Lost => "✕",
        }
    }
}

/// An outcome in short; more of it is a click away.
fn cell(
    glossary: &Glossary<'_>,
    it: &Attempt,
    is_open: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let mark = Mark::of(it);
    let model = glossary.say(&format!("attack-model-{}", it.model));
    let stage = glossary.say(&format!("attack-stage-{}", it.stage));
    let noticed = match mark {
        Mark::Quiet | Mark::Lost => glossary.say("lab-unnoticed"),
        Mark::Safe | Mark::Late => stage,
    };
    let attack = glossary.say(&format!("attack-{}", it.attack));
    let of = glossary.tell(
        "lab-cell",
        &[("attack", (&attack).into()), ("model", (&model).into())],
    );
    html! {
        <button type="button" class="lab-cell" aria-expanded={is_open.to_string()} {onclick}>
            { hidden(format!("{of}: ")) }
            <span class="lab-model" aria-hidden="true">{ model }</span>
            <span class="lab-noticed">
                <span class={mark.class()} aria-hidden="true">{ mark.sign() }</span>{ noticed }
            </span>
            if let Some(loss) = loss(glossary, it) {
                <span class="lab-loss">{ loss }</span>
            } else {
                { hidden(glossary.say("lab-safe")) }
            }
        </button>
    }
}

/// `Payee loses 32.00`; nothing if nobody does.
fn loss(glossary: &Glossary<'_>, it: &Attempt) -> Option<String> {
    let sum = glossary.words().figures().amount(it.amount);
    let who = glossary.say(&format!("attack-bearer-{}", it.bearer));
    (it.amount > 0).then(|| {
        glossary.tell(
            "lab-loses",
            &[("who", (&who).into()), ("amount", (&sum).into())],
        )
    })
}

/// All that came of an attack.
fn details(
    words: &Speech,
    glossary: &Glossary<'_>,
    it: &Attempt,
    onplay: &Callback<Rc<str>>,
) -> Html {
    let as_what = it.what.as_deref().map(|key| {
        glossary
            .try_tell(key, &[])
            .unwrap_or_else(|| words.say(key))
    });
    let named = if it.is_named {
        "attack-named"
    } else {
        "attack-unnamed"
    };
    let rows = [
        (
            "attack-noticed",
            glossary.say(&format!("attack-stage-{}", it.stage)),
        ),
        (
            "attack-noticed-by",
            glossary.say(&format!("attack-by-{}", it.by)),
        ),
        ("attack-as", as_what.unwrap_or_else(|| "–".to_owned())),
        ("attack-culprit", glossary.say(named)),
        (
            "attack-loss-by",
            loss(glossary, it).unwrap_or_else(|| glossary.say("lab-safe")),
        ),
    ];
    html! {
        <div class="lab-details">
            <p>{ glossary.say(&format!("attack-{}-how", it.attack)) }</p>
            <p class="register-what">
                <strong>{ glossary.say(&format!("attack-model-{}", it.model)) }</strong>{ ": " }
                { glossary.say(&format!("attack-model-{}-how", it.model)) }
            </p>
            <dl class="lab-facts">
                { for rows.into_iter().map(|(key, says)| html! { <div key={key}><dt>{ glossary.say(key) }</dt><dd>{ says }</dd></div> }) }
            </dl>
            if !it.found.is_empty() {
                <h3>{ glossary.say("lab-found") }</h3>
                <ul class="lab-found">{ for it.found.iter().map(|it| evidence(words, it)) }</ul>
            }
            if let Some(text) = scenario(glossary, it) {
                <p><button type="button" class="button" onclick={onplay.reform(move |_: MouseEvent| text.clone())}>
                    { glossary.say("lab-play") }
                </button></p>
            }
        </div>
    }
}

/// The same deeds as the lines of a scenario, under a title in the reader's language.
fn scenario(glossary: &Glossary<'_>, it: &Attempt) -> Option<Rc<str>> {
    let attack = glossary.say(&format!("attack-{}", it.attack));
    let model = glossary.say(&format!("attack-model-{}", it.model));
    let title = glossary.tell(
        "lab-cell",
        &[("attack", (&attack).into()), ("model", (&model).into())],
    );
    attacks::scenario(&it.attack, &it.model, &title).map(Rc::from)
}

fn evidence(words: &Speech, it: &Evidence) -> Html {
    let what = words.say(&it.key);
    html! { <li>{ found(words, &what, it.amount, it.named.as_deref(), &it.trace) }</li> }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::figures::Figures;
    use crate::fixture::drawn;
    use crate::words::{Language, Words};

    fn row(attack: &str) -> Vec<Attempt> {
        attacks::models()
            .filter_map(|model| attacks::play(attack, model))
            .collect()
    }

    async fn shown(language: Language, chosen: Option<Chosen>) -> String {
        let rows: Vec<_> = attacks::attacks().take(2).map(row).collect();
        drawn(move |_| {
            let words = Speech::new(Words::new(language, Figures::plain(2)));
            outcomes(&words, &rows, chosen, &Callback::noop(), &Callback::noop())
        })
        .await
    }

    #[tokio::test]
    async fn a_copied_device_costs_the_issuer_under_the_purse_and_the_payee_under_coins() {
        let page = shown(Language::English, None).await;
        let said = |model: &str| {
            let cell = page.split(&format!("Copied device, {model}: ")).nth(1);
            let cell = cell.and_then(|it| it.split("</button>").next());
            cell.unwrap_or_default().to_owned()
        };
        for (model, stage, loss) in [
            ("Purse", "at a report", "Issuer loses 32.00"),
            ("Coins", "at deposit", "Payee loses 32.00"),
        ] {
            let cell = said(model);
            assert!(cell.contains(stage) && cell.contains(loss), "{cell}");
        }
        assert!(page.contains("2 of 18 attacks played"));
        assert!(!page.contains("lab-open"));
    }

    #[tokio::test]
    async fn an_outcome_that_is_chosen_says_who_it_was_and_how_the_value_went() {
        let page = shown(Language::English, Some((0, 1))).await;
        assert!(page.contains("Mallory copies the device"));
        assert!(page.contains("the same value was spent twice"));
        assert!(page.contains("trace-twice"));
        assert!(page.contains("Play it as a scenario"));
    }

    #[tokio::test]
    async fn every_word_is_there_in_both_languages() {
        for language in Language::BUILT_IN {
            for model in 0..5 {
                let page = shown(language, Some((1, model))).await;
                for key in ["lab-", "attack-", "refusal-", "found-"] {
                    let bare = page.split('>').any(|it| it.starts_with(key));
                    assert!(!bare, "{language:?} {model}: {key}");
                }
            }
        }
    }
}
