//! Trying something at the end of a story: the same text with one act more.

use exchequer::views::Try;

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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

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
