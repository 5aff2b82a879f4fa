//! The page that a reviewer reads: who takes part, what happens, by which
//! rules, what was turned down and what never was, who learned what, what was
//! checked, and what the simulation leaves out.

use std::collections::BTreeMap;
use std::rc::Rc;

use exchequer::views::{Kind, Known, Learned, Moment, Program, Review as Pack, Seen, SheetRow};
use yew::prelude::*;
use yew::props;

use crate::browser;
use crate::engine::{Engine, Inquiry, Reply, decode};
use crate::stage::accounted::invariants;
use crate::stage::books::party_name;
use crate::stage::refusal::reason;
use crate::stage::rules::source;
use crate::stage::slide::setting;
use crate::ui::{ButtonKind, ButtonProps, button};
use crate::words::{Glossary, Speech, use_words};

/// What the simulation leaves out, by the keys of the sentences.
const SIMPLIFIED: [&str; 7] = [
    "parties",
    "time",
    "network",
    "identity",
    "law",
    "signatures",
    "values",
];

/// Properties of the review.
#[derive(Clone, PartialEq, Properties)]
pub struct ReviewProps {
    /// The run.
    pub program: Rc<Program>,
    /// Its text.
    pub text: Rc<str>,
    /// Whom to ask for more of it.
    pub engine: Engine,
}

/// The review of a run.
#[component]
pub(super) fn Review(props: &ReviewProps) -> Html {
    let words = use_words();
    let found = use_state_eq(|| None::<Rc<Pack>>);
    {
        let (setter, engine) = (found.setter(), props.engine.clone());
        use_effect_with(props.program.digest.clone(), move |_| {
            let reply = Callback::from(move |reply| {
                if let Reply::Review(bytes) = reply {
                    setter.set(bytes.and_then(|it| decode(&it)).map(Rc::new));
                }
            });
            engine.ask(Inquiry::Review, reply);
        });
    }
    let says = Glossary::of_reviews(&words);
    let title = says.tell("review-of", &[("title", (&props.program.title).into())]);
    use_effect_with(format!("{title} · Exchequer"), |title| {
        browser::set_title(title)
    });
    html! {
        <div class="review">
            <header class="review-bar">
                <a class="button button-plain" href="#">{ says.say("review-back") }</a>
                { button(&props!(ButtonProps {
                    kind: ButtonKind::Primary,
                    onclick: |_: MouseEvent| browser::print(),
                    says: says.say("review-print"),
                })) }
            </header>
            <main class="review-text" tabindex="-1">
                <h1>{ title }</h1>
                { match &*found {
                    Some(pack) => body(&words, &says, (&props.program, &props.text), pack),
                    None => html! { <p role="status">{ words.say("part-loading") }</p> },
                } }
            </main>
        </div>
    }
}

fn body(
    words: &Speech,
    says: &Glossary<'_>,
    (program, text): (&Program, &str),
    pack: &Pack,
) -> Html {
    html! {
        <>
            { masthead(words, says, program, pack) }
            { section(says, "parties", parties(words, says, &pack.end)) }
            { section(says, "flow", flow(words, says, pack)) }
            { section(says, "refused", refused(words, says, pack)) }
            { section(says, "limits", limits(words, says, pack)) }
            { section(says, "known", known(words, says, pack)) }
            { section(says, "checks", checks(words, says, program, &pack.end)) }
            { section(says, "values", values(words, says, pack)) }
            { section(says, "simplified", simplified(says, pack)) }
            { section(says, "script", html! { <pre class="review-script">{ text.to_owned() }</pre> }) }
        </>
    }
}

fn section(says: &Glossary<'_>, name: &str, content: Html) -> Html {
    let id = format!("review-{name}");
    html! {
        // The matrix is wider than a phone: it scrolls, by keys too.
        <section aria-labelledby={id.clone()} tabindex={(name == "known").then_some("0")}>
            <h2 id={id}>{ says.say(&format!("review-{name}")) }</h2>
            if let Some(what) = says.try_tell(&format!("review-{name}-what"), &[]) {
                <p class="review-what">{ what }</p>
            }
            { content }
        </section>
    }
}

/// What this is a review of, so that it can be had again to the bit.
fn masthead(words: &Speech, says: &Glossary<'_>, program: &Program, pack: &Pack) -> Html {
    let row = |name: &str, value: String| {
        html! { <div><dt>{ says.say(name) }</dt><dd>{ value }</dd></div> }
    };
    let figures = words.figures();
    let first = pack.happened.first().map(|it| it.at.clone());
    let span = match first {
        Some(first) if first != pack.end.at => {
            format!(
                "{} – {}",
                figures.moment(&first),
                figures.moment(&pack.end.at)
            )
        }
        _ => figures.moment(&pack.end.at),
    };
    html! {
        <>
            <p class="review-toy">{ words.say("simulation") }</p>
            <dl class="review-facts">
                { row("review-rules", program.preset.id.clone()) }
                { row("review-time", span) }
                { row("review-events", figures.count(i64::from(program.length))) }
                { row("review-engine", program.engine.clone()) }
                { row("review-seed", program.seed.to_string()) }
                <div><dt>{ says.say("review-digest") }</dt><dd><code>{ program.digest.clone() }</code></dd></div>
            </dl>
        </>
    }
}

fn parties(words: &Speech, says: &Glossary<'_>, end: &Moment) -> Html {
    let rows = end.parties.iter().filter(|it| it.crowd.is_none());
    html! {
        <>
            <table>
                <thead><tr>
                    <th scope="col">{ says.say("review-name") }</th>
                    <th scope="col">{ says.say("review-kind") }</th>
                    <th scope="col">{ says.say("review-under") }</th>
                    <th scope="col">{ says.say("review-wallets") }</th>
                </tr></thead>
                <tbody>{ for rows.map(|party| html! {
                    <tr key={party.no}>
                        <th scope="row">{ words.name(&party.name) }</th>
                        <td>{ says.say(&format!("review-kind-{}", kind(party.kind))) }</td>
                        <td>{ party.at.map(|at| party_name(end, at, words)) }</td>
                        <td>{ party.wallets.iter().map(|it| {
                            says.tell("review-wallet", &[("type", (&it.ty).into()), ("bank", (&party_name(end, it.at, words)).into())])
                        }).collect::<Vec<_>>().join(", ") }</td>
                    </tr>
                }) }</tbody>
            </table>
            { for end.crowds.iter().map(|crowd| html! {
                <p key={crowd.no}>{ says.tell("review-crowd", &[("name", (&crowd.name).into()), ("count", i64::from(crowd.count).into())]) }</p>
            }) }
        </>
    }
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::CentralBank => "central-bank",
        Kind::Operator => "operator",
        Kind::Agent => "agent",
        Kind::Person => "person",
        Kind::Firm => "firm",
        Kind::Merchant => "merchant",
        Kind::Visitor => "visitor",
        Kind::Authority => "authority",
        Kind::ForeignBank => "foreign-bank",
        Kind::Platform => "platform",
    }
}

fn flow(words: &Speech, says: &Glossary<'_>, pack: &Pack) -> Html {
    let figures = words.figures();
    let told = pack
        .happened
        .iter()
        .filter_map(|it| Some((it, it.caption.as_ref()?)));
    html! {
        <>
            <ol class="review-flow">{ for told.map(|(passage, caption)| html! {
                <li key={passage.beat}>
                    <span class="review-at">{ figures.moment(&passage.at) }</span>{ " " }
                    { words.caption(caption) }
                </li>
            }) }</ol>
            { more(says, pack.happened.len(), pack.beats) }
        </>
    }
}

/// How much of a long list is not told.
fn more(says: &Glossary<'_>, told: usize, all: u32) -> Html {
    let left = i64::from(all) - told as i64;
    if left <= 0 {
        return Html::default();
    }
    html! { <p class="review-more">{ says.tell("review-more", &[("count", left.into())]) }</p> }
}

fn refused(words: &Speech, says: &Glossary<'_>, pack: &Pack) -> Html {
    if pack.refusals == 0 {
        return html! { <p>{ says.say("review-refused-none") }</p> };
    }
    html! {
        <>
            <table>
                <thead><tr>
                    <th scope="col" class="number">{ says.say("review-line") }</th>
                    <th scope="col">{ says.say("review-when") }</th>
                    <th scope="col">{ says.say("review-why") }</th>
                    <th scope="col">{ says.say("review-by") }</th>
                    <th scope="col">{ says.say("review-rule") }</th>
                </tr></thead>
                <tbody>{ for pack.refused.iter().enumerate().map(|(index, it)| html! {
                    <tr key={index}>
                        <td class="number">{ it.line }</td>
                        <td>{ words.figures().moment(&it.at) }</td>
                        <td>
                            { reason(&it.refusal, &pack.end, words) }{ " " }<code>{ it.refusal.code.clone() }</code>
                            if !it.expected { { " " }{ says.say("review-unexpected") } }
                        </td>
                        <td>{ party_name(&pack.end, it.refusal.by, words) }</td>
                        <td>{ it.rule.as_ref().map(|path| setting(words, path)) }</td>
                    </tr>
                }) }</tbody>
            </table>
            { more(says, pack.refused.len(), pack.refusals) }
        </>
    }
}

/// The limits: how often each turned something down, where its value comes from.
fn limits(words: &Speech, says: &Glossary<'_>, pack: &Pack) -> Html {
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for path in pack.refused.iter().filter_map(|it| it.rule.as_deref()) {
        *times.entry(path).or_default() += 1;
    }
    let is_limit = |row: &&SheetRow| pack.limits.contains(&row.path) && row.value.is_some();
    let (tried, never): (Vec<&SheetRow>, Vec<&SheetRow>) = pack
        .sheet
        .rows
        .iter()
        .filter(is_limit)
        .partition(|row| times.contains_key(row.path.as_str()));
    let of = |row: &SheetRow| times.get(row.path.as_str()).copied().unwrap_or_default();
    html! {
        <>
            <h3>{ says.say("review-exercised") }</h3>
            if tried.is_empty() {
                <p>{ says.say("review-exercised-none") }</p>
            } else {
                { table(words, says, &tried, Some(&of)) }
            }
            <h3>{ says.say("review-never") }</h3>
            if never.is_empty() {
                <p>{ says.say("review-never-none") }</p>
            } else {
                { table(words, says, &never, None) }
            }
        </>
    }
}

/// Values of the rules with their marks and sources.
fn table(
    words: &Speech,
    says: &Glossary<'_>,
    rows: &[&SheetRow],
    times: Option<&dyn Fn(&SheetRow) -> u32>,
) -> Html {
    html! {
        <table class="review-rules">
            <thead><tr>
                <th scope="col">{ words.say("rule") }</th>
                <th scope="col" class="number">{ words.say("rule-value") }</th>
                if times.is_some() { <th scope="col" class="number">{ says.say("review-times") }</th> }
                <th scope="col">{ words.say("rule-source") }</th>
            </tr></thead>
            <tbody>{ for rows.iter().map(|row| html! {
                <tr key={row.path.clone()}>
                    <th scope="row">{ setting(words, &row.path) }</th>
                    <td class="number">{ row.value.clone().unwrap_or_else(|| "–".to_owned()) }</td>
                    if let Some(times) = times { <td class="number">{ times(row) }</td> }
                    <td>{ source(words, row) }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}

fn values(words: &Speech, says: &Glossary<'_>, pack: &Pack) -> Html {
    let rows = pack.sheet.rows.iter();
    let rows: Vec<&SheetRow> = rows
        .filter(|row| !pack.limits.contains(&row.path))
        .collect();
    table(words, says, &rows, None)
}

/// What the columns of the matrix count, of one viewer.
type Column = (&'static str, fn(&Learned) -> u32);

const COLUMNS: [Column; 6] = [
    ("requests", |it| it.requests),
    ("sums", |it| it.sums),
    ("payers", |it| it.payers),
    ("payees", |it| it.payees),
    ("memos", |it| it.memos),
    ("balances", |it| it.balances),
];

fn known(words: &Speech, says: &Glossary<'_>, pack: &Pack) -> Html {
    // What there was nothing of is not asked after.
    let columns: Vec<&Column> = COLUMNS
        .iter()
        .filter(|(_, count)| count(&pack.all) > 0)
        .collect();
    html! {
        <table class="review-known">
            <thead><tr>
                <th scope="col">{ says.say("review-who") }</th>
                { for columns.iter().map(|(name, _)| html! {
                    <th key={*name} scope="col">{ says.say(&format!("review-sees-{name}")) }</th>
                }) }
            </tr></thead>
            <tbody>{ for pack.known.iter().enumerate().map(|(index, it)| html! {
                <tr key={index}>
                    <th scope="row">{ viewer(words, &pack.end, it) }</th>
                    { for columns.iter().map(|(name, count)| {
                        let (seen, all) = (count(&it.learned), count(&pack.all));
                        let (mark, class) = match seen {
                            0 => ("review-none", "review-sees-none"),
                            seen if seen >= all => ("review-all", "review-sees-all"),
                            _ => ("review-some", "review-sees-some"),
                        };
                        html! {
                            <td key={*name} {class}>
                                { says.tell(mark, &[("count", i64::from(seen).into()), ("all", i64::from(all).into())]) }
                            </td>
                        }
                    }) }
                </tr>
            }) }</tbody>
        </table>
    }
}

fn viewer(words: &Speech, end: &Moment, known: &Known) -> String {
    match known.who {
        Seen::Party(no) => party_name(end, no, words),
        Seen::Authentication => words.say("centre-authentication"),
        Seen::Registration => words.say("centre-registration"),
        Seen::BigData => words.say("centre-big-data"),
        Seen::Everyone | Seen::Investigator { .. } => String::new(),
    }
}

fn checks(words: &Speech, says: &Glossary<'_>, program: &Program, end: &Moment) -> Html {
    html! {
        <>
            if !program.expectations.is_empty() {
                <table>
                    <thead><tr>
                        <th scope="col" class="number">{ says.say("review-line") }</th>
                        <th scope="col">{ says.say("review-expected") }</th>
                        <th scope="col">{ says.say("review-result") }</th>
                    </tr></thead>
                    <tbody>{ for program.expectations.iter().map(|it| html! {
                        <tr key={it.line}>
                            <td class="number">{ it.line }</td>
                            <td><code>{ it.expected.clone() }</code></td>
                            <td>{ match it.held {
                                true => says.say("review-held"),
                                false => says.tell("review-not-held", &[("found", (&it.found).into())]),
                            } }</td>
                        </tr>
                    }) }</tbody>
                </table>
            }
            { invariants(words, end) }
        </>
    }
}

fn simplified(says: &Glossary<'_>, pack: &Pack) -> Html {
    let marked = |letter: &str| {
        let rows = pack.sheet.rows.iter();
        rows.filter(|row| row.mark.as_deref() == Some(letter))
            .count()
    };
    let (ours, memory) = (marked("D"), marked("M"));
    let args = [
        ("ours", (ours as i64).into()),
        ("memory", (memory as i64).into()),
    ];
    html! {
        <ul>{ for SIMPLIFIED.iter().map(|name| html! {
            <li key={*name}>{ says.tell(&format!("simplified-{name}"), &args) }</li>
        }) }</ul>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture::drawn;
    use crate::words::Language;
    use exchequer::lessons;
    use exchequer::session::Session;

    async fn shown(text: &'static str) -> String {
        drawn(move |words| {
            let mut session = Session::open(text);
            let program = session.program();
            let pack = session.review().unwrap();
            body(words, &Glossary::of_reviews(words), (&program, text), &pack)
        })
        .await
    }

    #[tokio::test]
    async fn every_lesson_has_a_review_in_words() {
        for lesson in lessons::all() {
            let html = shown(lesson.text).await;
            for key in ["review-", "simplified-", "setting-", "caption-", "reason-"] {
                let words = html
                    .replace("class=\"review-", "")
                    .replace("id=\"review-", "");
                let words = words
                    .replace("labelledby=\"review-", "")
                    .replace(" review-", "");
                assert!(!words.contains(key), "{}: {key}", lesson.slug);
            }
        }
    }

    #[tokio::test]
    async fn what_was_turned_down_is_set_against_what_never_was() {
        let html = shown(crate::app::OPENING).await;
        let (exercised, never) = html.split_once("Never exercised").unwrap();
        let (_, exercised) = exercised.split_once("Exercised").unwrap();
        assert!(exercised.contains("2,000.00") && !exercised.contains("50,000"));
        assert!(never.contains("Who sees what") && never.contains("–"));
        assert!(html.contains("limit.payment") && html.contains("use cny-2025@1"));
    }

    #[test]
    fn every_kind_has_a_word_in_every_language() {
        for language in Language::BUILT_IN {
            let words = crate::words::Words::new(language, crate::figures::Figures::plain(2));
            let says = Glossary::of_reviews(&words);
            for simplified in SIMPLIFIED {
                assert!(
                    says.try_tell(&format!("simplified-{simplified}"), &[])
                        .is_some()
                );
            }
            for (name, _) in COLUMNS {
                assert!(says.try_tell(&format!("review-sees-{name}"), &[]).is_some());
            }
        }
    }
}
