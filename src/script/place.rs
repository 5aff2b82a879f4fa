//! Places in a text: bytes as the language counts them, UTF-16 units as the
//! browser does, lines as people do.

use std::ops::Range;

use crate::history::difference;

/// The byte at which this many UTF-16 units end, at most the text's end.
pub(super) fn byte_of(text: &str, units: usize) -> usize {
    let mut passed = 0;
    for (at, letter) in text.char_indices() {
        if passed >= units {
            return at;
        }
        passed += letter.len_utf16();
    }
    text.len()
}

/// How many UTF-16 units stand before this byte.
pub(super) fn units_of(text: &str, byte: usize) -> usize {
    text.char_indices()
        .take_while(|(at, _)| *at < byte)
        .map(|(_, letter)| letter.len_utf16())
        .sum()
}

/// The line, from 1, in which this byte stands.
pub fn line_of(text: &str, byte: usize) -> usize {
    text.bytes()
        .take(byte)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

/// Where a piece of an older text stands in a newer one; none if it was
/// touched by what changed.
pub(super) fn moved(old: &str, new: &str, piece: &Range<usize>) -> Option<Range<usize>> {
    let Some((at, removed, inserted)) = difference(old, new) else {
        return Some(piece.clone());
    };
    if piece.end < at {
        Some(piece.clone())
    } else if piece.start > at + removed.len() {
        let shift = |byte: usize| byte - removed.len() + inserted.len();
        Some(shift(piece.start)..shift(piece.end))
    } else {
        None
    }
}

/// Where a caret belongs after a text was put into another form: the same
/// line, as far from its end.
pub fn followed(old: &str, new: &str, caret: usize) -> usize {
    let caret = caret.min(old.len());
    let line = line_of(old, caret);
    let behind = old
        .get(caret..)
        .map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    let start = new
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum::<usize>();
    let rest = &new[start..];
    let length = rest.find('\n').unwrap_or(rest.len());
    let mut at = start + length.saturating_sub(behind);
    while !new.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_browser_counts_units_and_the_language_bytes() {
        let text = "a中😀b";
        for (units, byte) in [(0, 0), (1, 1), (2, 4), (4, 8), (5, 9), (99, 9)] {
            assert_eq!(byte_of(text, units), byte, "{units}");
        }
        // Between the halves of a pair, what stands behind it.
        assert_eq!(byte_of(text, 3), 8);
        assert_eq!(units_of(text, 8), 4);
    }

    #[test]
    fn a_piece_moves_with_what_is_typed_before_it_and_goes_when_touched() {
        let check = |new: &str, expected: Option<Range<usize>>| {
            assert_eq!(moved("one two three", new, &(4..7)), expected, "{new}");
        };
        check("one two three", Some(4..7));
        check("1one two three", Some(5..8));
        check("one two thre", Some(4..7));
        check("one tow three", None);
        check("one twos three", None);
    }

    #[test]
    fn a_caret_keeps_its_line_when_the_form_changes() {
        let old = "a\n  b   c\nd";
        let new = "a\nb c\nd";
        assert_eq!(followed(old, new, 0), 0);
        assert_eq!(followed(old, new, 8), 4);
        assert_eq!(followed(old, new, 9), 5);
        assert_eq!(followed(old, new, old.len()), new.len());
        assert_eq!(followed("a\nb\nc", "a", 4), 1);
    }

    proptest! {
        #[test]
        fn units_and_bytes_agree(text in "\\PC{0,20}") {
            for (at, _) in text.char_indices() {
                prop_assert_eq!(byte_of(&text, units_of(&text, at)), at);
            }
        }

        #[test]
        fn a_followed_caret_stands_in_the_text(old in "[a中\n ]{0,20}", new in "[a中\n ]{0,20}", caret in 0usize..80) {
            prop_assert!(new.is_char_boundary(followed(&old, &new, caret)));
        }

        #[test]
        fn a_moved_piece_says_the_same(old in "[ab\n]{0,20}", new in "[ab\n]{0,20}", a in 0usize..20, b in 0usize..20) {
            let (a, b) = (a.min(b).min(old.len()), a.max(b).min(old.len()));
            if let Some(piece) = moved(&old, &new, &(a..b)) {
                prop_assert_eq!(&new[piece], &old[a..b]);
            }
        }
    }
}
