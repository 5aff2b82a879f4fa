//! How large a text may be, and what happens just there and beyond.

use std::cell::Cell;

use exchequer::script::{
    FILE_BYTES, LINE_CHARS, LINES, PROBLEMS, PresetFacts, Presets, STATEMENTS, format, from_json,
    parse, to_json,
};
use world::spec::FieldType;

use crate::support::{CAST, Shelf, VOCABULARY, good, read};

/// A text of exactly so many bytes.
fn of_length(length: usize) -> String {
    let line = format!("note \"{}\"\n", "x".repeat(4_000));
    let mut text = CAST.to_owned();
    while text.len() + line.len() < length {
        text.push_str(&line);
    }
    let rest = length - text.len() - "# \n".len();
    text.push_str(&format!("# {}\n", "x".repeat(rest)));
    text
}

#[test]
fn a_file_of_the_greatest_length_is_read_and_one_byte_more_is_not() {
    let text = of_length(FILE_BYTES);
    assert_eq!(text.len(), FILE_BYTES);
    good(&text);
    let outcome = read(of_length(FILE_BYTES + 1));
    assert_eq!(outcome.diagnostics.len(), 1);
    assert_eq!(outcome.diagnostics[0].code(), "too-large");
    assert_eq!(outcome.script.lines, []);
}

/// Presets that count how often they are asked.
struct Counting(Cell<usize>);

impl Presets for Counting {
    fn find(&self, name: &str, version: Option<u32>) -> Option<PresetFacts> {
        self.0.set(self.0.get() + 1);
        Shelf.find(name, version)
    }

    fn list(&self) -> Vec<(String, u32)> {
        self.0.set(self.0.get() + 1);
        Shelf.list()
    }

    fn settable(&self, preset: &PresetFacts, path: &str) -> Option<FieldType> {
        Shelf.settable(preset, path)
    }

    fn leaves_open(&self, _: &PresetFacts, _: &str) -> bool {
        false
    }

    fn settable_paths(&self, preset: &PresetFacts) -> Vec<String> {
        Shelf.settable_paths(preset)
    }
}

#[test]
fn a_file_of_fifty_megabytes_is_one_error_and_nothing_of_it_is_read() {
    let presets = Counting(Cell::new(0));
    let mut text = CAST.repeat(50_000_000 / CAST.len());
    text.push_str("Alice: dance");
    let outcome = parse(&text, &VOCABULARY, &presets);
    assert_eq!(outcome.diagnostics.len(), 1);
    assert_eq!(outcome.diagnostics[0].code(), "too-large");
    assert_eq!(presets.0.get(), 0);
}

#[test]
fn a_line_of_the_greatest_length_is_read_and_one_character_more_is_not() {
    let line = |chars: usize| format!("{CAST}note \"{}\"\nAlice: dance\n", "é".repeat(chars - 7));
    let codes = |text: &str| {
        let outcome = read(text);
        let codes = outcome.diagnostics.iter().map(|d| (d.place.line, d.code()));
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes(&line(LINE_CHARS)), [(10, "unknown-verb")]);
    assert_eq!(
        codes(&line(LINE_CHARS + 1)),
        [(9, "line-too-long"), (10, "unknown-verb")]
    );
}

#[test]
fn a_line_whose_canonical_form_is_too_long_is_too_long() {
    // `9999.00` becomes `9_999.00`.
    let lines = |count: usize| {
        let numbers = vec!["9999.00"; count].join(",");
        format!("{CAST}expect Alice.books.x = [{numbers}]\n")
    };
    let untyped = |text: &str| {
        let vocabulary = exchequer::script::Vocabulary {
            accounts: &[],
            ..VOCABULARY
        };
        parse(text, &vocabulary, &Shelf)
    };
    let (short, long) = (untyped(&lines(400)), untyped(&lines(420)));
    assert_eq!(short.diagnostics, []);
    assert!(
        lines(420)
            .lines()
            .all(|line| line.chars().count() < LINE_CHARS)
    );
    assert_eq!(long.diagnostics[0].code(), "line-too-long");
    assert!(
        format(&short.script)
            .lines()
            .all(|line| line.chars().count() <= LINE_CHARS)
    );
}

#[test]
fn the_largest_text_comes_back_from_its_json() {
    let act = "+1s Alice: pay Noodles 1_000.50 memo=\"lunch\"\n";
    let text = format!("{CAST}{}", act.repeat(19_900));
    assert!(text.len() > FILE_BYTES * 4 / 5);
    let script = good(&text).script;
    let imported = from_json(to_json(&script).to_string(), &VOCABULARY, &Shelf);
    assert_eq!(imported.outcome.diagnostics, []);
    assert_eq!(imported.text, format(&script));
}

#[test]
fn statements_and_lines_are_counted() {
    let header = CAST.lines().count();
    let statements = |count: usize| format!("{CAST}{}", "+1s wait\n".repeat(count - header));
    assert_eq!(good(&statements(STATEMENTS)).diagnostics, []);
    let outcome = read(statements(STATEMENTS + 1));
    let last = outcome.diagnostics.last().unwrap();
    assert_eq!(last.code(), "too-many-statements");
    assert_eq!(last.place.line as usize, STATEMENTS + 1);
    assert_eq!(outcome.script.playable().count(), STATEMENTS);

    let lines = |count: usize| format!("{CAST}{}", "\n".repeat(count - header));
    assert_eq!(good(&lines(LINES)).diagnostics, []);
    let outcome = read(lines(LINES + 1));
    assert_eq!(outcome.diagnostics.last().unwrap().code(), "too-many-lines");
    assert_eq!(outcome.script.lines.len(), LINES);
}

#[test]
fn only_so_many_problems_are_listed_and_the_last_says_so() {
    let wrong = |count: usize| read(format!("{CAST}{}", "Alice: dance\n".repeat(count)));
    let outcome = wrong(PROBLEMS - 1);
    assert_eq!(outcome.diagnostics.len(), PROBLEMS - 1);
    assert!(
        outcome
            .diagnostics
            .iter()
            .all(|d| d.code() == "unknown-verb")
    );
    for count in [PROBLEMS, 10 * PROBLEMS] {
        let outcome = wrong(count);
        assert_eq!(outcome.diagnostics.len(), PROBLEMS);
        assert_eq!(
            outcome.diagnostics[PROBLEMS - 1].code(),
            "too-many-problems"
        );
        // Lines beyond are read all the same.
        assert_eq!(outcome.script.lines.len(), CAST.lines().count() + count);
    }
}
