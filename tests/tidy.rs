//! The house rules, held by reading the source as text.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A source file is one thing; past this it is two.
const MOST_LINES: usize = 900;

/// Files that talk to the browser. Everything else renders natively too.
const BROWSER_CALLS: &[&str] = &[
    "src/app/embed/host.rs",
    "src/app/mod.rs",
    "src/browser.rs",
    "src/class/screen.rs",
    "src/engine/mod.rs",
    "src/engine/port.rs",
    "src/engine/worker.rs",
    "src/figures.rs",
    "src/pocket/camera.rs",
    "src/pocket/phone.rs",
    "src/script/editor.rs",
    "src/script/field.rs",
    "src/share/draw.rs",
    "src/share/page.rs",
    "src/stage/board/mod.rs",
    "src/stage/transport.rs",
    "src/store/file.rs",
    "src/store/indexed.rs",
    "src/store/work.rs",
    "src/ui/form.rs",
    "src/ui/overlay.rs",
    "src/ui/style.rs",
    "src/update.rs",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder with this ending, as paths from the root.
fn files(folder: &str, ending: &str) -> Vec<String> {
    fn visit(folder: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.map(Result::unwrap) {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "target" && name != "node_modules" {
                visit(&path, found);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    visit(&root().join(folder), &mut found);
    let mut names: Vec<String> = found
        .iter()
        .map(|path| {
            path.strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/")
        })
        .filter(|path| path.ends_with(ending))
        .collect();
    names.sort();
    names
}

fn sources() -> Vec<String> {
    ["src", "crates", "tests", "xtask"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .collect()
}

/// Fails with all places at once.
fn none(what: &str, places: &[String]) {
    assert!(places.is_empty(), "{what}:\n  {}", places.join("\n  "));
}

/// The crates that know no browser, clock or chance.
const PURE_FLOORS: [&str; 7] = [
    "money",
    "conditions",
    "ledger",
    "seal",
    "offline",
    "world",
    "exchequer",
];

#[test]
fn the_pure_floors_depend_on_no_browser_crate() {
    let mut found = Vec::new();
    for floor in PURE_FLOORS {
        let manifest = read(&format!("crates/{floor}/Cargo.toml"));
        let dependencies = manifest.split("[dev-dependencies]").next().unwrap();
        let dependencies = dependencies.split("[target.").next().unwrap();
        for name in [
            "web-sys",
            "js-sys",
            "wasm-bindgen",
            "gloo",
            "yew",
            "getrandom",
        ] {
            if dependencies.lines().any(|line| line.starts_with(name)) {
                found.push(format!("crates/{floor}: {name}"));
            }
        }
    }
    none("browser crates below the app", &found);
}

#[test]
fn the_pure_floors_use_no_hash_order_no_system_clock_and_no_float() {
    let words = [
        "HashMap",
        "HashSet",
        "SystemTime",
        "std::time::Instant",
        "f32",
        "f64",
        "thread_rng",
        "OsRng",
    ];
    let mut found = Vec::new();
    for floor in PURE_FLOORS {
        for file in files(&format!("crates/{floor}/src"), ".rs") {
            for (line, text) in read(&file)
                .lines()
                .zip(1..)
                .map(|(text, line)| (line, text))
            {
                let code = text.split("//").next().unwrap();
                let names = code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
                for name in names.filter(|name| words.contains(name)) {
                    found.push(format!("{file}:{line}: {name}"));
                }
            }
        }
    }
    none("what the same text and seed must not depend on", &found);
}

#[test]
fn the_browser_is_called_in_its_few_places_only() {
    let mut found = Vec::new();
    for file in files("src", ".rs") {
        let text = read(&file);
        let code = text.split("#[cfg(test)]").next().unwrap();
        let calls = ["web_sys::", "js_sys::", "gloo::"]
            .iter()
            .any(|name| code.contains(name));
        if calls && !BROWSER_CALLS.contains(&file.as_str()) {
            found.push(file);
        }
    }
    none("browser calls outside the named places", &found);
}

#[test]
fn no_source_file_is_two_things() {
    let long = sources().into_iter().filter_map(|file| {
        let lines = read(&file).lines().count();
        (lines > MOST_LINES).then(|| format!("{file}: {lines} lines"))
    });
    none(
        &format!("files over {MOST_LINES} lines"),
        &long.collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_is_left_for_later_in_the_source() {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
    ];
    let mut found = Vec::new();
    for file in sources() {
        let text = read(&file);
        found.extend(
            marks
                .iter()
                .filter(|mark| text.contains(**mark))
                .map(|mark| format!("{file}: {mark}")),
        );
    }
    none("marks of unfinished work", &found);
}

#[test]
fn colours_stand_in_the_token_file_only() {
    let mut found = Vec::new();
    for file in files("static/styles", ".css") {
        if file.ends_with("tokens.css") {
            continue;
        }
        for (text, line) in read(&file).lines().zip(1..) {
            let is_colour = |word: &str| {
                let digits = word.strip_prefix('#').unwrap_or_default();
                [3, 4, 6, 8].contains(&digits.len())
                    && digits.chars().all(|c| c.is_ascii_hexdigit())
            };
            let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '#');
            if words.clone().any(is_colour) || text.contains("rgb(") || text.contains("hsl(") {
                found.push(format!("{file}:{line}: {}", text.trim()));
            }
        }
    }
    none("colours outside the token file", &found);
}

/// The messages of a language: key → the variables it takes.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files(&format!("static/messages/{language}"), ".ftl") {
        let mut current = None;
        for line in read(&file).lines() {
            let starts = line.starts_with(|c: char| c.is_ascii_alphabetic());
            if let Some((key, _)) = line.split_once(" =").filter(|_| starts) {
                assert!(
                    found.insert(key.to_owned(), BTreeSet::new()).is_none(),
                    "{file}: {key} stands twice"
                );
                current = Some(key.to_owned());
            }
            let Some(variables) = current.as_ref().and_then(|key| found.get_mut(key)) else {
                continue;
            };
            for rest in line.split('$').skip(1) {
                let name: String = rest
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                    .collect();
                variables.insert(name);
            }
        }
    }
    found
}

fn languages() -> Vec<String> {
    // Those that are built in; another is one file, and says what it can.
    let mut names: Vec<String> = fs::read_dir(root().join("static/messages"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let english = messages("en");
    assert!(languages().len() >= 2);
    for language in languages() {
        let theirs = messages(&language);
        let missing: Vec<_> = english
            .keys()
            .filter(|key| !theirs.contains_key(*key))
            .cloned()
            .collect();
        none(&format!("messages that {language} lacks"), &missing);
        let extra: Vec<_> = theirs
            .keys()
            .filter(|key| !english.contains_key(*key))
            .cloned()
            .collect();
        none(&format!("messages that only {language} has"), &extra);
        let differ: Vec<_> = theirs
            .iter()
            .filter(|(key, variables)| english[*key] != **variables)
            .map(|(key, variables)| format!("{key}: {variables:?}"))
            .collect();
        none(
            &format!("messages whose variables differ in {language}"),
            &differ,
        );
    }
}

/// Families of keys whose ends are names of the engine's: what a reader of
/// scripts or of conditions expects, counts or finds wrong, currencies, doors.
const FAMILIES: [&str; 9] = [
    "cond-counted",
    "cond-expected",
    "door",
    "expected",
    "json-form",
    "time-fault",
    "unit",
    "unit-digital",
    "value-type",
];

/// The string literals of the code, each once.
fn literals() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files("src", ".rs")
        .into_iter()
        .chain(files("crates", ".rs"))
    {
        // An escaped quote ends no literal; what lies between two literals does
        // no harm.
        let text = read(&file).replace("\\\"", " ");
        found.extend(text.split('"').map(str::to_owned));
    }
    found
}

/// Whether a literal with places to be filled comes to a key.
fn makes(literal: &str, key: &str) -> bool {
    let mut rest = key;
    let mut fixed = literal.split('{').enumerate();
    fixed.all(|(index, piece)| {
        let piece = match index {
            0 => piece,
            _ => piece.split_once('}').map_or("", |(_, after)| after),
        };
        let at = if index == 0 {
            rest.strip_prefix(piece).map(|_| 0)
        } else {
            rest.find(piece)
        };
        match at {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        }
    }) && (rest.is_empty() || literal.ends_with('}'))
}

#[test]
fn no_message_is_unused() {
    let literals = literals();
    let word = |it: char| it.is_ascii_alphanumeric() || "-_{}:.".contains(it);
    let makers: Vec<&String> = literals
        .iter()
        .filter(|it| it.contains('{') && it.chars().all(word))
        // Something of a key has to stand in it.
        .filter(|it| it.split(['{', '}']).step_by(2).any(|piece| piece.len() > 3))
        .collect();
    let is_said = |key: &str| {
        let family = FAMILIES
            .iter()
            .any(|it| key.strip_prefix(it).is_some_and(|end| end.starts_with('-')));
        family || literals.contains(key) || makers.iter().any(|it| makes(it, key))
    };
    let unused: Vec<_> = messages("en")
        .into_keys()
        .filter(|key| !is_said(key))
        .collect();
    none("messages that no code says", &unused);
    assert!(makes("setting-wallet-{what}", "setting-wallet-payment"));
    assert!(!makes("setting-wallet-{what}", "setting-offline"));
}

/// The ids of a scenario's tell lines, its title's among them.
fn told(file: &str) -> BTreeSet<String> {
    let words = read(file);
    let ids = words
        .lines()
        .filter_map(|line| {
            line.split("\" ")
                .skip(1)
                .find_map(|rest| rest.split_once("id="))
        })
        .map(|(_, rest)| rest.split(' ').next().unwrap().to_owned());
    ids.chain(["title".to_owned()]).collect()
}

#[test]
fn every_language_tells_the_stories_that_ship_line_by_line() {
    let folder = "static/scenarios";
    let mut catalogues = BTreeSet::new();
    for file in files(folder, ".exq") {
        let ids = told(&file);
        assert!(ids.len() > 1, "{file} tells nothing");
        for language in languages().iter().filter(|language| *language != "en") {
            let catalogue = file.replace(".exq", &format!(".{language}.ftl"));
            let keys: BTreeSet<String> = read(&catalogue)
                .lines()
                .filter_map(|line| line.split_once(" = "))
                .map(|(key, _)| key.to_owned())
                .collect();
            let differ: Vec<_> = ids.symmetric_difference(&keys).cloned().collect();
            none(&format!("ids that {file} or {catalogue} lacks"), &differ);
            catalogues.insert(catalogue);
        }
    }
    let stray: Vec<_> = files(folder, ".ftl")
        .into_iter()
        .filter(|file| !catalogues.contains(file))
        .collect();
    none("catalogues without a story or a language", &stray);
}

#[test]
fn every_key_of_the_engine_has_its_words() {
    use world::fact::{Subject, Title};
    let english = messages("en");
    let mut keys: Vec<String> = Vec::new();
    keys.extend(
        world::refusal::Code::ALL
            .iter()
            .map(|code| format!("refusal-{}", code.key().replace('.', "-"))),
    );
    keys.extend(
        Subject::ALL
            .iter()
            .map(|subject| format!("message-{}", subject.key())),
    );
    keys.extend(
        world::invariants::KEYS
            .iter()
            .map(|key| format!("check-{key}")),
    );
    let titles = Title::ALL
        .iter()
        .filter(|title| **title != Title::OwnReserves);
    keys.extend(titles.map(|title| format!("account-{}", title.key())));
    // What moves money can have been asked for and not be done.
    let moves_money = [
        "issue",
        "return",
        "exchange",
        "redeem",
        "cash-in",
        "cash-out",
        "pay",
        "refund",
        "top-up",
        "withdraw",
        "transfer",
        "bridge-issue",
        "bridge-redeem",
        "bridge-accept",
        "bridge-pay",
        "correspondent-pay",
    ];
    for verb in exchequer::vocabulary::verbs() {
        let name = &*verb.name.replace('.', "-");
        let forms: &[&str] = match (verb.actors, name) {
            (["network"], _) => &["caption-network"],
            // What a crowd's people ask for is told of each wait.
            (["crowd"], _) => &["caption"],
            // These are ways to pay.
            (_, "accept" | "pay-to" | "scan") => &[],
            // A bank's list, a switch and attacks do as they are told.
            (
                _,
                "offline-revoke"
                | "offline-connect"
                | "offline-disconnect"
                | "offline-copy"
                | "offline-break-chip"
                | "offline-roll-back"
                | "offline-set-clock"
                | "offline-alter"
                | "offline-forge"
                | "offline-drop-checks"
                | "offline-swap-code",
            ) => &["caption"],
            // This is a way to say something.
            (_, "contract-claim") => &[],
            (_, name) if name.starts_with("contract-") => {
                keys.push(format!("caption-{name}-paid"));
                &["caption", "caption-refused"]
            }
            (_, "purpose-pay") => &["caption", "caption-refused", "caption-asked"],
            _ if moves_money.contains(&name) => &["caption", "caption-refused", "caption-asked"],
            _ => &["caption", "caption-refused"],
        };
        keys.extend(forms.iter().map(|form| format!("{form}-{name}")));
    }
    keys.push("caption-crowd".to_owned());
    for file in files("static/presets", ".json") {
        let name = file.rsplit('/').next().and_then(|it| it.split('@').next());
        keys.extend(name.map(|name| format!("preset-{name}")));
    }
    for it in exchequer::calibration::calibration() {
        keys.push(format!("calibration-{}", it.key));
    }
    for key in ["in-issue", "vault", "reserves", "cash", "wallet", "deposit"] {
        keys.push(format!("holding-{key}"));
    }
    keys.extend(exchequer::lessons::all().iter().map(|lesson| lesson.goal()));
    keys.extend(
        [
            "account-wallet",
            "account-deposit",
            "caption-later",
            "caption-contract-passed",
            "caption-contract-passed-paid",
            "caption-overdue",
            "caption-offline-limbo",
            "caption-offline-found",
            "caption-offline-found-named",
            "caption-refused-offline-tamper",
        ]
        .map(str::to_owned),
    );
    keys.extend(
        exchequer::script::Problem::CODES
            .iter()
            .map(|code| format!("problem-{code}")),
    );
    let found = (0..)
        .map(world::offline::what)
        .take_while(|it| !it.is_empty());
    keys.extend(found.map(|it| format!("found-{it}")));
    for attack in exchequer::attacks::attacks() {
        keys.extend([format!("attack-{attack}"), format!("attack-{attack}-how")]);
    }
    for model in exchequer::attacks::models() {
        keys.extend([
            format!("attack-model-{model}"),
            format!("attack-model-{model}-how"),
        ]);
    }
    let missing: Vec<_> = keys
        .into_iter()
        .filter(|key| !english.contains_key(key))
        .collect();
    none("keys without words", &missing);
}

#[test]
fn every_operation_and_refusal_is_played_by_a_scenario() {
    let mut text = String::new();
    for folder in ["static/scenarios", "tests/scenarios"] {
        for file in files(folder, ".exq") {
            text.push_str(&read(&file));
        }
    }
    let verbs = exchequer::vocabulary::verbs()
        .into_iter()
        .map(|verb| format!(": {}", verb.name));
    let kinds = exchequer::vocabulary::kinds()
        .into_iter()
        .map(|kind| format!("{} ", kind.name));
    let missing: Vec<_> = verbs
        .chain(kinds)
        .filter(|words| !text.contains(words))
        .collect();
    none("operations that no scenario plays", &missing);
}

#[test]
fn every_scenario_has_its_digest() {
    let mut found = Vec::new();
    for folder in ["static/scenarios", "tests/scenarios"] {
        for file in files(folder, ".exq") {
            if !root().join(file.replace(".exq", ".digest")).exists() {
                found.push(file);
            }
        }
    }
    none("scenarios without a recorded digest", &found);
}
