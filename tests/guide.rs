//! The guide holds what it says: its generated parts are current, its scenarios
//! play, its links lead somewhere, and both languages have the same of it.
//! `EXCHEQUER_BLESS=1` renews what is generated.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use exchequer::lessons::{self, Group, Lesson};
use exchequer::{Run, script, vocabulary};
use exchequer_app::figures::Figures;
use exchequer_app::guide::{Chapter, folder};
use exchequer_app::words::{Glossary, Language, Words};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream};
use world::spec::{FieldType, Spec};

const BEGIN: &str = "<!-- From here on generated: see tests/guide.rs -->\n";

/// What joins the words of the catalogues on generated pages.
struct Joints {
    by: &'static str,
    anyone: &'static str,
    colon: &'static str,
    comma: &'static str,
    optional: (&'static str, &'static str),
    crowds: &'static str,
    faults: &'static str,
    in_all: &'static str,
    stop: &'static str,
}

fn joints(language: Language) -> Joints {
    match language {
        Language::English | Language::Further(_) => Joints {
            by: "Who",
            anyone: "anyone",
            colon: ": ",
            comma: ", ",
            optional: (" (", ", may be left out)"),
            crowds: "Crowds",
            faults: "Faults of the network",
            in_all: "In all",
            stop: ".",
        },
        Language::Chinese => Joints {
            by: "谁来做",
            anyone: "任何人",
            colon: "：",
            comma: "、",
            optional: ("（", "，可不填）"),
            crowds: "人群",
            faults: "网络故障",
            in_all: "合计",
            stop: "。",
        },
    }
}

/// What a field takes, in a word or two.
fn takes(ty: FieldType, language: Language) -> String {
    let (english, chinese) = match ty {
        FieldType::Amount => ("a sum", "金额"),
        FieldType::Figure => ("a sum in its currency", "相应货币的金额"),
        FieldType::Exchange => ("an exchange rate", "汇率"),
        FieldType::Currency => ("a currency", "货币"),
        FieldType::Actor(_) => ("a name", "名字"),
        FieldType::Name => ("a name", "名字"),
        FieldType::Text => ("a text", "文字"),
        FieldType::Count => ("a whole number", "整数"),
        FieldType::WalletType => ("a wallet type", "钱包类型"),
        FieldType::Duration => ("a length of time", "时长"),
        FieldType::Rate => ("a share", "比例"),
        FieldType::TimeOfDay => ("a time of day", "一天中的时刻"),
        FieldType::Bool => ("`true` or `false`", "`true` 或 `false`"),
        FieldType::Choice(words) => {
            let comma = joints(language).comma;
            let words: Vec<_> = words.iter().map(|it| format!("`{it}`")).collect();
            return words.join(comma);
        }
        FieldType::Amounts => ("a sum or a range", "金额或范围"),
        FieldType::Actors(_) => ("one name or several", "一个或几个名字"),
        FieldType::Shares(_) => ("names, each with a sum", "名字与各自的金额"),
        FieldType::Frequency => ("so many a second", "每秒次数"),
    };
    let word = match language {
        Language::English | Language::Further(_) => english,
        Language::Chinese => chinese,
    };
    word.to_owned()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn path(language: Language, chapter: Chapter) -> PathBuf {
    root().join(folder(language)).join(chapter.file())
}

fn read(language: Language, chapter: Chapter) -> String {
    let path = path(language, chapter);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn words(language: Language) -> Words {
    Words::new(language, Figures::plain(2))
}

fn pages() -> impl Iterator<Item = (Language, Chapter)> {
    let languages = Language::BUILT_IN.into_iter();
    languages.flat_map(|language| Chapter::ALL.map(|chapter| (language, chapter)))
}

/// The area of a verb, with its title on the page.
fn area(verb: &Spec, says: &Glossary<'_>, joints: &Joints) -> String {
    match (verb.actors, verb.name.split_once('.')) {
        (["crowd"], _) => joints.crowds.to_owned(),
        (["network"], _) => joints.faults.to_owned(),
        (_, Some((area, _))) => says.say(&format!("deeds-{area}")),
        _ => says.say("deeds-money"),
    }
}

/// The anchor of a heading that is a verb's name.
fn anchor(verb: &str) -> String {
    verb.replace('.', "")
}

fn verb(out: &mut String, verb: &Spec, says: &Glossary<'_>, language: Language) {
    let joints = joints(language);
    let key = format!("deed-{}", verb.name.replace('.', "-"));
    writeln!(out, "\n### `{}`\n", verb.name).unwrap();
    let help = says.say(&format!("{key}-help"));
    writeln!(out, "**{}**{}{help}\n", says.say(&key), joints.colon).unwrap();
    writeln!(out, "```text\n{}\n```\n", verb.example).unwrap();
    let actors: Vec<_> = verb.actors.iter().map(|it| format!("`{it}`")).collect();
    let actors = match actors.is_empty() {
        true => joints.anyone.to_owned(),
        false => actors.join(joints.comma),
    };
    writeln!(out, "- {}{}{actors}", joints.by, joints.colon).unwrap();
    for field in verb.fields {
        let key = format!("blank-{}-{}-help", verb.name.replace('.', "-"), field.name);
        let help = says
            .try_tell(&key, &[])
            .unwrap_or_else(|| says.say(&format!("blank-{}-help", field.name)));
        let (open, close) = joints.optional;
        let takes = takes(field.ty, language);
        let takes = match (field.required, language) {
            (false, _) => format!("{open}{takes}{close}"),
            (true, Language::Chinese) => format!("（{takes}）"),
            (true, _) => format!(" ({takes})"),
        };
        writeln!(out, "- `{}`{takes}{}{help}", field.name, joints.colon).unwrap();
    }
}

/// Every verb in its area, from the declarations and the forms' words.
fn verbs(language: Language) -> String {
    let words = words(language);
    let says = Glossary::of_doing(&words);
    let joints = joints(language);
    let mut areas: Vec<(String, Vec<&Spec>)> = Vec::new();
    for verb in vocabulary::verbs() {
        let area = area(verb, &says, &joints);
        match areas.iter_mut().find(|(it, _)| *it == area) {
            Some((_, list)) => list.push(verb),
            None => areas.push((area, vec![verb])),
        }
    }
    let mut out = String::new();
    for (area, list) in areas {
        writeln!(out, "\n## {area}\n").unwrap();
        let names = list
            .iter()
            .map(|it| format!("[`{}`](#{})", it.name, anchor(it.name)));
        writeln!(out, "{}", names.collect::<Vec<_>>().join(" · ")).unwrap();
        for it in list {
            verb(&mut out, it, &says, language);
        }
    }
    out
}

/// What a lesson asks, in a language.
fn questions(lesson: &Lesson, language: Language) -> Vec<String> {
    let translated = match language {
        Language::English | Language::Further(_) => String::new(),
        Language::Chinese => {
            let file = format!("static/scenarios/{}.{}.ftl", lesson.slug, language.tag());
            fs::read_to_string(root().join(file)).unwrap()
        }
    };
    let asked = lesson.text.lines().filter_map(|line| {
        let (words, id) = line.strip_prefix("ask \"")?.rsplit_once("\" id=")?;
        let translation = translated
            .lines()
            .find_map(|line| line.strip_prefix(id)?.strip_prefix(" = "));
        Some(translation.unwrap_or(words).to_owned())
    });
    asked.collect()
}

/// Every lesson in its group, from the scenarios.
fn lesson_list(language: Language) -> String {
    let words = words(language);
    let says = Glossary::of_classes(&words);
    let joints = joints(language);
    let up = "../".repeat(folder(language).split('/').count());
    let minutes = |count: u8| words.tell("lesson-minutes", &[("count", usize::from(count).into())]);
    let mut out = String::new();
    for group in Group::ALL {
        let key = format!("gallery-{}", group.key());
        let members = || lessons::all().iter().filter(|it| it.group == group);
        writeln!(out, "\n## {}\n", says.say(&key)).unwrap();
        let total = minutes(members().map(|it| it.minutes).sum());
        let about = says.say(&format!("{key}-about"));
        let space = if language == Language::English {
            " "
        } else {
            ""
        };
        let (in_all, colon, stop) = (joints.in_all, joints.colon, joints.stop);
        writeln!(out, "{about}{space}{in_all}{colon}{total}{stop}").unwrap();
        for lesson in members() {
            let title = lesson.title(language.tag());
            let file = format!("{up}static/scenarios/{}.exq", lesson.slug);
            writeln!(out, "\n### [{title}]({file})\n").unwrap();
            writeln!(out, "{}\n", words.say(&lesson.goal())).unwrap();
            let facts = [
                minutes(lesson.minutes),
                says.tell("gallery-steps", &[("count", lesson.steps().into())]),
                says.tell("gallery-questions", &[("count", lesson.questions().into())]),
                format!("`{}`", lesson.link(1)),
            ];
            writeln!(out, "{}\n", facts.join(" · ")).unwrap();
            let asked = questions(lesson, language);
            assert_eq!(asked.len(), lesson.questions(), "{}", lesson.slug);
            for question in asked {
                writeln!(out, "- {question}").unwrap();
            }
        }
    }
    out
}

/// Compares what stands in a chapter below its mark with what is generated.
fn is_current(chapter: Chapter, generate: fn(Language) -> String) {
    for language in Language::BUILT_IN {
        let text = read(language, chapter);
        let (head, _) = text.split_once(BEGIN).expect("the mark");
        let expected = format!("{head}{BEGIN}{}", generate(language));
        if std::env::var_os("EXCHEQUER_BLESS").is_some() {
            fs::write(path(language, chapter), &expected).unwrap();
        }
        let shipped = read(language, chapter);
        assert!(
            shipped == expected,
            "{} is out of date: EXCHEQUER_BLESS=1 cargo test --test guide renews it",
            path(language, chapter).display()
        );
    }
}

#[test]
fn the_verbs_are_those_of_the_declarations() {
    is_current(Chapter::Verbs, verbs);
}

#[test]
fn the_lessons_are_those_that_ship() {
    is_current(Chapter::Lessons, lesson_list);
}

fn events(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The blocks of code: what stands behind the fence, and the code.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut inside = None;
    for event in events(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                inside = Some((info.to_string(), String::new()));
            }
            Event::Text(words) => {
                if let Some((_, code)) = &mut inside {
                    code.push_str(&words);
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(inside.take()),
            _ => {}
        }
    }
    found
}

#[test]
fn every_scenario_plays_holds_what_it_expects_and_is_in_canonical_form() {
    let mut played = 0;
    for (language, chapter) in pages() {
        for (info, code) in blocks(&read(language, chapter)) {
            let Some(name) = info.strip_prefix("exq") else {
                continue;
            };
            assert!(
                name.trim().ends_with(".exq"),
                "{info}: a scenario has a name"
            );
            let mut run = Run::load(&code).unwrap_or_else(|error| panic!("{name}: {error}"));
            run.to_end()
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!run.checked().is_empty(), "{name} expects nothing");
            let failed = run.checked().iter().filter(|it| !it.held).count();
            assert_eq!(failed, 0, "{name}");
            assert_eq!(script::format(run.script()), code, "{name}: exchequer fmt");
            played += 1;
        }
    }
    assert!(played >= 12, "{played}");
}

/// What a page is made of, whatever language it is in.
fn shape(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => found.push(format!("{level}")),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let name = dest_url.rsplit('/').next().unwrap_or_default();
                found.push(format!("link {name}"));
            }
            Event::Start(Tag::Table(columns)) => found.push(format!("table {}", columns.len())),
            Event::Start(Tag::TableRow) => found.push("row".to_owned()),
            Event::Start(Tag::Item) => found.push("item".to_owned()),
            Event::Start(Tag::Paragraph) => found.push("paragraph".to_owned()),
            _ => {}
        }
    }
    found
}

#[test]
fn every_language_has_the_same_headings_lists_links_and_code() {
    for chapter in Chapter::ALL {
        let english = read(Language::English, chapter);
        for language in Language::BUILT_IN {
            let theirs = read(language, chapter);
            assert_eq!(shape(&english), shape(&theirs), "{chapter:?} {language:?}");
            assert_eq!(
                blocks(&english),
                blocks(&theirs),
                "{chapter:?} {language:?}"
            );
        }
    }
}

#[test]
fn every_link_leads_somewhere_in_the_repository_and_stays_in_it() {
    for (language, chapter) in pages() {
        let text = read(language, chapter);
        let names: Vec<String> = vocabulary::verbs()
            .iter()
            .map(|verb| format!("#{}", anchor(verb.name)))
            .collect();
        for event in events(&text) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            let place = path(language, chapter);
            let here = place.parent().unwrap_or(Path::new(""));
            let is_there = match dest_url.starts_with('#') {
                true => chapter == Chapter::Verbs && names.iter().any(|it| **it == *dest_url),
                false => here.join(&*dest_url).is_file(),
            };
            assert!(is_there, "{}: {dest_url}", place.display());
        }
    }
}

#[test]
fn a_chapter_has_one_title_and_no_html_but_its_mark() {
    for (language, chapter) in pages() {
        let text = read(language, chapter);
        assert!(text.starts_with("# "), "{chapter:?} {language:?}");
        let mut titles = 0;
        for event in TextMergeStream::new(events(&text)) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    titles += usize::from(level == pulldown_cmark::HeadingLevel::H1);
                }
                Event::Html(html) => assert_eq!(&*html, BEGIN, "{chapter:?}"),
                Event::InlineHtml(html) => panic!("{chapter:?} {language:?}: {html}"),
                // Emphasis that punctuation and letters without blanks keep from ending.
                Event::Text(words) => {
                    assert!(!words.contains("**"), "{chapter:?} {language:?}: {words}");
                }
                _ => {}
            }
        }
        assert_eq!(titles, 1, "{chapter:?} {language:?}");
    }
}

#[test]
fn what_the_guide_runs_is_what_ships_as_an_example() {
    for (file, example) in [
        ("flow.test.mjs", "crates/npm/examples/flow.test.mjs"),
        ("checkout.exq", "crates/npm/examples/checkout.exq"),
    ] {
        let text = read(Language::English, Chapter::Developers);
        let found = blocks(&text);
        let block = found.iter().find(|(info, _)| info.ends_with(file));
        let shipped = fs::read_to_string(root().join(example)).unwrap();
        assert_eq!(block.map(|(_, code)| code), Some(&shipped), "{example}");
    }
}
