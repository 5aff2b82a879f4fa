//! Texts with one act more: a try at the end of a story, or what was clicked.

use exchequer::views::{Moment, Program, Try};

/// A story's text without the line of this try, and with its act at the end.
pub fn text_of(story: &str, attempt: &Try) -> String {
    let mut text = String::with_capacity(story.len() + attempt.act.len() + 1);
    for (index, line) in story.split_inclusive('\n').enumerate() {
        if index + 1 != attempt.line as usize {
            text.push_str(line);
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&attempt.act);
    text.push('\n');
    text
}

/// A text with an act after a line, counted from 1; after the last line for one
/// beyond it. Later lines keep their times.
pub fn with_act(text: &str, line: u32, act: &str) -> String {
    let mut whole = String::with_capacity(text.len() + act.len() + 2);
    let mut lines = text.split_inclusive('\n');
    for kept in lines.by_ref().take(line as usize) {
        whole.push_str(kept);
    }
    if !whole.is_empty() && !whole.ends_with('\n') {
        whole.push('\n');
    }
    whole.push_str(act);
    whole.push('\n');
    whole.extend(lines);
    whole
}

/// The line being shown, from 1: the beat's, or what stands above the first.
pub fn shown_line(program: &Program, moment: &Moment) -> u32 {
    let beat = moment.beat;
    match beat.and_then(|beat| program.beats.get(beat as usize)) {
        Some(beat) => beat.line,
        None => program
            .beats
            .first()
            .map_or(u32::MAX, |first| first.line.saturating_sub(1)),
    }
}

/// A text with a line, counted from 1, in place of the one that stands there.
pub fn with_line(text: &str, line: u32, written: &str) -> String {
    let mut whole = String::with_capacity(text.len() + written.len());
    for (number, kept) in (1..).zip(text.split_inclusive('\n')) {
        if number == line {
            whole.push_str(written);
            whole.push_str(&kept[kept.trim_end_matches(['\r', '\n']).len()..]);
        } else {
            whole.push_str(kept);
        }
    }
    whole
}

/// The later lines that end differently since an act was written at a line:
/// what was refused is not, or the other way round; what was expected holds no
/// more, or again. They are numbered as they stand now.
pub fn differing(before: &Program, after: &Program, line: u32) -> Vec<u32> {
    let moved = |at: u32| if at < line { at } else { at + 1 };
    let refused = |program: &Program, at: u32| {
        let of = program.beats.iter().filter(|beat| beat.line == at);
        of.map(|beat| beat.refused).collect::<Vec<_>>()
    };
    let held = |program: &Program, at: u32| {
        let of = program.expectations.iter().filter(|it| it.line == at);
        of.map(|it| it.held).collect::<Vec<_>>()
    };
    let mut lines: Vec<u32> = before.beats.iter().map(|beat| beat.line).collect();
    lines.extend(before.expectations.iter().map(|it| it.line));
    lines.sort_unstable();
    lines.dedup();
    let differs = |at: &&u32| {
        refused(before, **at) != refused(after, moved(**at))
            || held(before, **at) != held(after, moved(**at))
    };
    lines
        .iter()
        .filter(|at| **at >= line)
        .filter(differs)
        .map(|at| moved(*at))
        .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn later_lines_that_end_differently_are_counted() {
        let program = |text: &str| exchequer::session::Session::open(text).program();
        let text = "use cny-2025@1\noperator Harbour reserves=100\nperson Alice at=Harbour type=II \
                    deposit=50\ncentral-bank: issue 50 to=Harbour\n+1m Alice: exchange 40\n\
                    expect Alice.wallet = 40\n";
        let before = program(text);
        let after = |act| program(&with_act(text, 4, act));
        assert_eq!(differing(&before, &after("Alice: exchange 5"), 5), [7]);
        assert_eq!(differing(&before, &after("Alice: exchange 20"), 5), [6, 7]);
        assert_eq!(differing(&before, &after("Harbour: return 1"), 5), [0; 0]);
    }

    #[test]
    fn an_act_comes_after_its_line_and_what_follows_stays() {
        for (text, line, whole) in [
            ("a\nb\nc\n", 2, "a\nb\nX\nc\n"),
            ("a\nb", 2, "a\nb\nX\n"),
            ("a\nb", 9, "a\nb\nX\n"),
            ("", 0, "X\n"),
            ("a\n", 0, "X\na\n"),
        ] {
            assert_eq!(with_act(text, line, "X"), whole);
        }
    }

    #[test]
    fn a_line_takes_the_place_of_another_and_keeps_its_end() {
        for (text, line, whole) in [
            ("a\nb\nc\n", 2, "a\nX\nc\n"),
            ("a\r\nb\r\nc", 2, "a\r\nX\r\nc"),
            ("a\nb", 2, "a\nX"),
            ("a\n", 9, "a\n"),
        ] {
            assert_eq!(with_line(text, line, "X"), whole);
        }
    }

    #[test]
    fn a_try_takes_the_place_of_its_line() {
        let attempt = Try {
            text: "Pay 2,000 instead".to_owned(),
            line: 2,
            act: "Bob: pay Noodles 2_000.00".to_owned(),
        };
        for (story, text) in [
            ("a\ntry b\ntry c\n", "a\ntry c\nBob: pay Noodles 2_000.00\n"),
            ("a\ntry b", "a\nBob: pay Noodles 2_000.00\n"),
            ("a\r\ntry b\r\nc", "a\r\nc\nBob: pay Noodles 2_000.00\n"),
        ] {
            assert_eq!(text_of(story, &attempt), text);
        }
    }
}
