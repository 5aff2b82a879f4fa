//! The stories that ship: all of them are listed, each is told whole in every
//! language, and a translation stands for the words it was made of only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use exchequer::Run;
use exchequer::lessons::{self, NoLesson};
use exchequer::presets::Shipped;
use exchequer::script::{self, Script};
use exchequer::session::Session;
use exchequer::views::Program;
use exchequer::vocabulary;
use world::refusal::Code;

const CHINESE: &str = "zh-CN";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn parse(text: &str) -> Script {
    vocabulary::with(|vocabulary| script::parse(text, vocabulary, &Shipped).script)
}

/// All that a program says in words, in order.
fn words(program: &Program) -> Vec<String> {
    let mut words = vec![program.title.clone()];
    for step in &program.steps {
        words.push(step.title.clone());
        words.extend(step.notes.iter().map(|(_, note)| note.clone()));
        for question in &step.questions {
            words.push(question.text.clone());
            words.extend(question.choices.iter().map(|(choice, _)| choice.clone()));
            words.extend(question.reveal.clone());
        }
    }
    words.extend(program.tries.iter().map(|it| it.text.clone()));
    words
}

/// The figures in a sentence: what no translation may change.
fn figures(words: &str) -> Vec<String> {
    let mut figures: Vec<String> = words
        .split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .map(|figure| figure.trim_matches([',', '.']).to_owned())
        .filter(|figure| !figure.is_empty())
        .collect();
    figures.sort();
    figures
}

#[test]
fn every_story_that_ships_is_a_lesson_and_can_be_found() {
    let mut there = BTreeSet::new();
    for entry in fs::read_dir(root().join("static/scenarios")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        there.extend(name.strip_suffix(".exq").map(str::to_owned));
    }
    let listed: BTreeSet<String> = lessons::all().iter().map(|it| it.slug.to_owned()).collect();
    assert_eq!(listed, there);
    assert_eq!(listed.len(), lessons::all().len(), "one stands twice");
    for lesson in lessons::all() {
        assert_eq!(lessons::find(lesson.slug).unwrap().text, lesson.text);
        assert!((1..=20).contains(&lesson.minutes), "{}", lesson.slug);
    }
    assert!(lessons::find("Birth of a yuan").is_none());
    assert_eq!(lessons::all()[0].title("en"), "Birth of a yuan");
    assert_eq!(lessons::all()[0].title("zh-Hans-SG"), "一元钱的诞生");
}

#[test]
fn every_lesson_asks_reveals_and_leaves_something_to_try() {
    for lesson in lessons::all() {
        let session = Session::open(lesson.text);
        assert!(session.diagnostics().is_empty(), "{}", lesson.slug);
        let program = session.program();
        let questions: Vec<_> = program.steps.iter().flat_map(|it| &it.questions).collect();
        assert!(!questions.is_empty(), "{} asks nothing", lesson.slug);
        for question in questions {
            let right = question.choices.iter().filter(|(_, right)| *right).count();
            assert_eq!(right, 1, "{}: {}", lesson.slug, question.text);
            assert!(question.choices.len() >= 2, "{}", question.text);
            let reveal = question.reveal.as_ref().expect("a reveal");
            let sentences = reveal.matches(['.', '?', '!']).count();
            let points = figures(reveal).iter().filter(|it| it.contains('.')).count();
            assert!(
                sentences - points <= 2,
                "{}: too long: {reveal}",
                lesson.slug
            );
            assert!(
                question.reveal_at > question.at,
                "nothing happens before: {reveal}"
            );
        }
        assert!(
            !program.tries.is_empty(),
            "{} leaves nothing to try",
            lesson.slug
        );
        for attempt in &program.tries {
            let mut fork = Run::load(lesson.text).unwrap();
            fork.to_end().unwrap();
            fork.act(&attempt.act)
                .unwrap_or_else(|error| panic!("{}: {error}", attempt.text));
        }
    }
}

#[test]
fn every_lesson_is_told_whole_in_chinese_with_the_same_figures() {
    for lesson in lessons::all() {
        let session = Session::open(lesson.text);
        let (written, told) = (session.program(), session.program_in(CHINESE));
        assert_eq!(told.language.as_deref(), Some(CHINESE), "{}", lesson.slug);
        assert_eq!(
            told.digest, written.digest,
            "words are no part of the digest"
        );
        let (written, told) = (words(&written), words(&told));
        assert_eq!(written.len(), told.len());
        for (written, told) in written.iter().zip(&told) {
            assert_eq!(figures(written), figures(told), "{written} / {told}");
            // A sum or a name is the same in every language.
            let is_sum = written
                .chars()
                .all(|c| c.is_ascii_digit() || ",.".contains(c));
            let is_name = lesson.text.contains(&format!("\nperson {written} "));
            let is_chinese = told.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
            assert!(
                is_chinese || is_sum || is_name,
                "{}: not translated: {told}",
                lesson.slug
            );
        }
    }
}

#[test]
fn every_catalogue_has_each_id_of_its_story_once_and_no_other() {
    for lesson in lessons::all() {
        let mut ids = BTreeSet::from(["title".to_owned()]);
        for (line, statement) in parse(lesson.text).statements() {
            let at = format!("{}:{}", lesson.slug, line.place.line);
            if let Some(tell) = statement.tell() {
                let id = tell.id.clone().unwrap_or_else(|| panic!("{at} has no id"));
                assert!(ids.insert(id), "{at}: its id stands twice");
            }
        }
        let file = format!("static/scenarios/{}.{CHINESE}.ftl", lesson.slug);
        let text = fs::read_to_string(root().join(&file)).expect("a catalogue is text");
        let mut keys = BTreeSet::new();
        for line in text.lines() {
            let (id, words) = line.split_once(" = ").expect("a line is `id = words`");
            assert!(!words.trim().is_empty(), "{file}: {id} says nothing");
            assert!(!words.contains(['{', '}']), "{file}: {id} has a gap");
            assert!(keys.insert(id.to_owned()), "{file}: {id} stands twice");
        }
        assert_eq!(keys, ids, "{file}");
    }
}

#[test]
fn a_language_without_a_translation_hears_the_story_as_it_is_written() {
    for lesson in lessons::all() {
        let session = Session::open(lesson.text);
        for language in ["en", "en-GB", "pt-BR", "", "-"] {
            assert_eq!(
                session.program_in(language),
                session.program(),
                "{language}"
            );
        }
    }
}

#[test]
fn a_changed_line_keeps_its_own_words_and_the_others_their_translation() {
    let lesson = lessons::find("birth-of-a-yuan").unwrap();
    let text = lesson
        .text
        .replace("\"Lunch, paid across two banks\"", "\"Supper\"")
        .replace("\"Birth of a yuan\"", "\"My own\"")
        .replace("\"Refused\" right id=cash-b", "\"Refused\" right");
    let told = Session::open(&text).program_in(CHINESE);
    assert_eq!(told.language.as_deref(), Some(CHINESE));
    assert_eq!(told.title, "My own");
    assert_eq!(told.steps[2].title, "Supper");
    assert_eq!(
        told.steps[2].notes[0].1,
        "钱直接到店家手里，向上走的只有消息。"
    );
    let choices = &told.steps[3].questions[0].choices;
    assert_eq!(
        choices[1].0, "Refused",
        "without its id nothing is known of it"
    );
    assert_eq!(choices[2].0, "要等他的银行");
}

#[test]
fn a_story_of_somebodys_own_stays_as_it_is_written() {
    let text = "title \"Birth of a yuan\"\nuse cny-2025@1\nlang en\n\
                step \"Mine\" id=make\nnote \"Lunch, paid across two banks\"\n";
    let session = Session::open(text);
    assert_eq!(session.program_in(CHINESE), session.program());
    let chinese = include_str!("../../../tests/scenarios/a-story-in-chinese.exq");
    let session = Session::open(chinese);
    assert_eq!(session.program_in("zh"), session.program());
    assert_eq!(session.program_in("en"), session.program());
    assert_eq!(
        Session::open("").program_in(CHINESE),
        Session::open("").program()
    );
}

/// A text played to its end.
fn played(text: &str) -> Run {
    let mut run = Run::load(text).unwrap_or_else(|error| panic!("{error}"));
    run.to_end().unwrap_or_else(|error| panic!("{error}"));
    run
}

#[test]
fn flipping_the_use_line_makes_the_one_lesson_play_as_the_other() {
    let text = |slug| lessons::find(slug).unwrap().text;
    let (before, after) = (text("before-the-flip"), text("flip-to-2026"));
    let (old, new) = ("\nuse cny-2025@1\n", "\nuse cny-2026@1\n");
    for (flipped, other) in [
        (before.replace(old, new), after),
        (after.replace(new, old), before),
    ] {
        let run = played(&flipped);
        assert_eq!(run.digest(), played(other).digest());
        assert!(
            run.checked().iter().all(|it| it.held),
            "{:?}",
            run.checked()
        );
        assert!(run.refused().is_empty());
    }
    let (old, new) = (played(before), played(after));
    assert_eq!(old.get("Alice.wallet").unwrap(), "46000.00 CNY");
    assert_eq!(new.get("Alice.wallet").unwrap(), "46001.00 CNY");
    assert_eq!(old.get("central-bank.in-issue").unwrap(), "51000.00 CNY");
    assert_eq!(new.get("Summit.reserves").unwrap(), "13500.00 CNY");
}

#[test]
fn stricter_limits_turn_more_away_and_cost_the_issuer_less() {
    let text = lessons::find("blackout-week").unwrap().text;
    let slides = Session::open(text).program().slides;
    let paths: Vec<_> = slides.iter().map(|slide| slide.path.as_str()).collect();
    assert_eq!(paths, ["offline.payments", "offline.purse"]);
    for slide in &slides {
        let outcomes: Vec<_> = slide
            .stops
            .iter()
            .map(|stop| {
                let mut lines: Vec<&str> = text.lines().collect();
                lines[slide.line as usize - 1] = &stop.text;
                let run = played(&lines.join("\n"));
                let last = exchequer::series::series(&run, 1).samples.pop().unwrap();
                (last.by_hand, last.honoured)
            })
            .collect();
        assert!(
            outcomes.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1),
            "{}: {outcomes:?}",
            slide.path
        );
    }
}

#[test]
fn the_bank_run_goes_as_the_slider_stands() {
    let text = lessons::find("bank-run").unwrap().text;
    let program = Session::open(text).program();
    let [slide] = program.slides.as_slice() else {
        panic!("one slider: {:?}", program.slides);
    };
    assert_eq!(slide.path, "wallet.personal.balance");
    assert_eq!(slide.at, 2);
    let mut outcomes = Vec::new();
    for stop in &slide.stops {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[slide.line as usize - 1] = &stop.text;
        let run = played(&lines.join("\n"));
        // Less is left than one customer could ask for at the cap.
        let is_dry = |bank: &&&str| {
            let left = run.get(&format!("{bank}.reserves")).unwrap();
            left.split('.').next().unwrap().parse::<i64>().unwrap() < 3_000
        };
        let dry = ["Harbour", "Summit", "Quay", "Ferry"].iter().filter(is_dry);
        let short = run.refused().iter();
        let short = short.filter(|it| it.refusal.code == Code::LiquidityShort);
        outcomes.push((stop.value.as_deref(), dry.count(), short.count()));
    }
    assert_eq!(
        outcomes,
        [
            (Some("0.00"), 0, 0),
            (Some("500.00"), 0, 0),
            (Some("3,000.00"), 1, 92),
            (Some("10,000.00"), 2, 517),
            (None, 3, 608),
        ]
    );
}

#[test]
fn steps_and_questions_are_counted_as_the_story_tells_them() {
    for lesson in lessons::all() {
        let program = Session::open(lesson.text).program();
        let asked: usize = program.steps.iter().map(|it| it.questions.len()).sum();
        assert_eq!(lesson.steps(), program.steps.len(), "{}", lesson.slug);
        assert_eq!(lesson.questions(), asked, "{}", lesson.slug);
        assert_eq!(lessons::of_text(lesson.text), Some(lesson));
    }
    assert_eq!(lessons::of_text(""), None);
}

#[test]
fn every_group_has_lessons() {
    for group in lessons::Group::ALL {
        assert!(
            lessons::all().iter().any(|it| it.group == group),
            "{group:?}"
        );
    }
}

#[test]
fn a_short_link_opens_its_step_or_says_why_not() {
    for lesson in lessons::all() {
        for step in 1..=lesson.steps() {
            let link = lesson.link(step);
            assert_eq!(lessons::of_link(&link), Some(Ok((lesson, step))), "{link}");
        }
    }
    let payday = lessons::find("payday").unwrap();
    assert_eq!(payday.link(1), "#/l/payday");
    assert_eq!(lessons::of_link("#/l/payday/"), Some(Ok((payday, 1))));
    assert_eq!(lessons::of_link("#s=1.AAAA"), None);
    let name = |name: &str| Some(Err(NoLesson::Name(name.to_owned())));
    assert_eq!(lessons::of_link("#/l/pay-day"), name("pay-day"));
    assert_eq!(lessons::of_link("#/l/"), name(""));
    for step in ["0", "99", "-1", "three", "1/2", "18446744073709551616"] {
        let step = step.to_owned();
        let found = lessons::of_link(&format!("#/l/payday/{step}"));
        let lesson = payday;
        assert_eq!(found, Some(Err(NoLesson::Step { lesson, step })));
    }
}
