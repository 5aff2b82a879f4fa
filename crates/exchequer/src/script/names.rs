//! Names: their form, how they are written, and which of them is nearest.
//!
//! Two names are the same if they are the same characters, so a name must have
//! one spelling only: Unicode's composed form, NFC. Unicode's composition
//! tables would weigh more in the app than the rest of the language, so a name
//! is not normalised: it must be in that form, as keyboards give it. What
//! has a second spelling is refused in names (texts may hold it): combining
//! accents, letters that Unicode keeps only for older encodings, Hangul in
//! parts, and characters that cannot be seen. The marks with which scripts such
//! as Devanagari or Thai spell are part of their words and allowed. A test
//! holds this against Unicode's own tables for every character.

use std::fmt;

/// The longest name, in characters.
pub const NAME_CHARS: usize = 64;

/// Words that a name cannot be, quoted or not.
pub(super) const RESERVED: [&str; 2] = ["true", "false"];

/// The word that ends an act's arguments, so that a name like it needs quotes.
const AS: &str = "as";

/// Characters that count as letters or digits in Unicode and are refused in
/// names: composed form changes them, or they combine with what stands before.
const REFUSED: &[(u32, u32)] = &[
    (0x300, 0x36F), // combining accents
    (0x374, 0x374),
    (0x591, 0x5C7), // Hebrew points
    (0x610, 0x61A), // Arabic points, up to 0x6ED
    (0x64B, 0x65F),
    (0x670, 0x670),
    (0x6D6, 0x6ED),
    (0x711, 0x711), // Syriac, Samaritan and more Arabic points
    (0x730, 0x74A),
    (0x816, 0x82D),
    (0x897, 0x897),
    (0x8D3, 0x8FF),
    (0x958, 0x95F), // letters with a second spelling
    (0x9D7, 0x9D7),
    (0x9DC, 0x9DD),
    (0x9DF, 0x9DF),
    (0xA33, 0xA33),
    (0xA36, 0xA36),
    (0xA59, 0xA5B),
    (0xA5E, 0xA5E),
    (0xB56, 0xB57),
    (0xB5C, 0xB5D),
    (0xBD7, 0xBD7),
    (0xC55, 0xC56),
    (0xCD5, 0xCD6),
    (0xD57, 0xD57),
    (0xDDF, 0xDDF),
    (0xF43, 0xF43), // Tibetan letters with a second spelling
    (0xF4D, 0xF4D),
    (0xF52, 0xF52),
    (0xF57, 0xF57),
    (0xF5C, 0xF5C),
    (0xF69, 0xF69),
    (0xF73, 0xF73),
    (0xF75, 0xF76),
    (0xF78, 0xF78),
    (0xF81, 0xF83),
    (0xF93, 0xF93),
    (0xF9D, 0xF9D),
    (0xFA2, 0xFA2),
    (0xFA7, 0xFA7),
    (0xFAC, 0xFAC),
    (0xFB9, 0xFB9),
    (0x108D, 0x108D),
    (0x1100, 0x11FF), // Hangul in parts
    (0x18A9, 0x18A9),
    (0x1A17, 0x1A18),
    (0x1AB0, 0x1AFF), // more combining accents
    (0x1B35, 0x1B35),
    (0x1DC0, 0x1DFF),
    (0x1F71, 0x1F71), // Greek letters with a second spelling
    (0x1F73, 0x1F73),
    (0x1F75, 0x1F75),
    (0x1F77, 0x1F77),
    (0x1F79, 0x1F79),
    (0x1F7B, 0x1F7B),
    (0x1F7D, 0x1F7D),
    (0x1FBB, 0x1FBB),
    (0x1FBE, 0x1FBE),
    (0x1FC9, 0x1FC9),
    (0x1FCB, 0x1FCB),
    (0x1FD3, 0x1FD3),
    (0x1FDB, 0x1FDB),
    (0x1FE3, 0x1FE3),
    (0x1FEB, 0x1FEB),
    (0x1FF9, 0x1FF9),
    (0x1FFB, 0x1FFB),
    (0x2126, 0x2126), // ohm, kelvin, ångström
    (0x212A, 0x212B),
    (0x2DE0, 0x2DFF),
    (0xA674, 0xA67B),
    (0xA69E, 0xA69F),
    (0xAAB0, 0xAABE),
    (0xF900, 0xFAFF), // ideographs of older encodings
    (0xFB1D, 0xFB4F),
    (0x10376, 0x1037A),
    (0x10A0D, 0x10A0F),
    (0x10D24, 0x10D27),
    (0x10D69, 0x10D69),
    (0x10EAB, 0x10EAC),
    (0x10EFA, 0x10EFB),
    (0x11100, 0x11102), // marks of scripts that no keyboard of today types
    (0x11127, 0x11127),
    (0x1133E, 0x1133E),
    (0x11357, 0x11357),
    (0x113B8, 0x113C9),
    (0x114B0, 0x114BD),
    (0x115AF, 0x115AF),
    (0x11930, 0x11930),
    (0x1611E, 0x16129),
    (0x16D67, 0x16D68),
    (0x16FF0, 0x16FF1),
    (0x1BC9E, 0x1BC9E),
    (0x1E000, 0x1E02A),
    (0x1E08F, 0x1E08F),
    (0x1E6E3, 0x1E6F5),
    (0x1E947, 0x1E947),
    (0x2F800, 0x2FA1F),
];

/// Marks with which scripts spell, by their canonical combining class: of two
/// in a row the higher class stands last. Class 0 keeps any order.
const MARKS: &[(u32, u32, u8)] = &[
    (0x93C, 0x93C, 7),
    (0x94D, 0x94D, 9),
    (0x9BC, 0x9BC, 7),
    (0x9CD, 0x9CD, 9),
    (0xA3C, 0xA3C, 7),
    (0xA4D, 0xA4D, 9),
    (0xABC, 0xABC, 7),
    (0xACD, 0xACD, 9),
    (0xB3C, 0xB3C, 7),
    (0xB4D, 0xB4D, 9),
    (0xBCD, 0xBCD, 9),
    (0xC4D, 0xC4D, 9),
    (0xCBC, 0xCBC, 7),
    (0xCCD, 0xCCD, 9),
    (0xD4D, 0xD4D, 9),
    (0xDCA, 0xDCA, 9),
    (0xE38, 0xE39, 103),
    (0xE3A, 0xE3A, 9),
    (0xE47, 0xE47, 0),
    (0xE48, 0xE4B, 107),
    (0xE4C, 0xE4E, 0),
    (0xEB8, 0xEB9, 118),
    (0xEBA, 0xEBA, 9),
    (0xEC8, 0xECB, 122),
    (0xECC, 0xECD, 0),
    (0xF71, 0xF71, 129),
    (0xF72, 0xF72, 130),
    (0xF74, 0xF74, 132),
    (0xF7A, 0xF7D, 130),
    (0xF80, 0xF80, 130),
    (0xF84, 0xF84, 9),
    (0x1037, 0x1037, 7),
    (0x1039, 0x103A, 9),
    (0x17D2, 0x17D2, 9),
];

/// Pairs that have a composed form, which is the one to use.
const PAIRS: &[(u32, u32)] = &[
    (0x928, 0x93C),
    (0x930, 0x93C),
    (0x933, 0x93C),
    (0x9C7, 0x9BE),
    (0xB47, 0xB3E),
    (0xBC6, 0xBBE),
    (0xBC7, 0xBBE),
    (0xCC6, 0xCC2),
    (0xD46, 0xD3E),
    (0xD47, 0xD3E),
    (0xDD9, 0xDCA),
    (0xDDC, 0xDCA),
    (0xDD9, 0xDCF),
    (0x1025, 0x102E),
];

/// Signs beyond letters and digits that a quoted name may hold.
const SIGNS: &[(u32, u32)] = &[
    (0x20, 0x21), // ASCII without " / \
    (0x23, 0x2E),
    (0x3A, 0x40),
    (0x5B, 0x5B),
    (0x5D, 0x60),
    (0x7B, 0x7E),
    (0xA1, 0xAC), // without the soft hyphen
    (0xAE, 0xBF),
    (0xD7, 0xD7),
    (0xF7, 0xF7),
    (0x2010, 0x2027), // dashes, quotes, dots
    (0x2030, 0x205E),
    (0x20A0, 0x20C0), // currencies
    (0x2190, 0x2328), // arrows, mathematics, technical signs
    (0x232B, 0x2ADB),
    (0x3001, 0x3003), // ideographic punctuation
    (0x3008, 0x3020),
    (0x30FB, 0x30FB),
    (0xFF01, 0xFF0F), // full-width signs
    (0xFF1A, 0xFF20),
    (0xFF3B, 0xFF40),
    (0xFF5B, 0xFF65),
    (0x1F300, 0x1FAFF), // pictures
];

/// Whether the sorted table has a range that holds the character.
fn within(table: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let behind = table.partition_point(|&(first, _)| first <= c);
    behind > 0 && c <= table[behind - 1].1
}

/// The canonical combining class of a mark with which a script spells.
fn mark(c: char) -> Option<u8> {
    let c = u32::from(c);
    let behind = MARKS.partition_point(|&(first, ..)| first <= c);
    match behind.checked_sub(1).map(|at| MARKS[at]) {
        Some((_, last, class)) if c <= last => Some(class),
        _ => None,
    }
}

/// Whether a character begins a word. Whether the word is a good name is for
/// [`fault`] to say.
pub(super) fn starts_word(c: char) -> bool {
    c.is_alphabetic()
}

/// Whether a character goes on with a word. Combining accents do, so that one
/// fault is told for the whole word.
pub(super) fn continues_word(c: char) -> bool {
    c.is_alphanumeric()
        || c == '-'
        || c == '_'
        || mark(c).is_some()
        || matches!(u32::from(c), 0x300..=0x36F | 0x3099 | 0x309A)
}

/// What is wrong with a name, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameFault {
    /// It is empty, or begins or ends with a blank.
    Blank,
    /// It is longer than [`NAME_CHARS`].
    TooLong,
    /// It has a second spelling, because of this character.
    Composed(char),
    /// This character cannot stand in a name.
    Character(char),
}

/// What is wrong with a name, quoted or not.
pub(super) fn fault(name: &str) -> Option<NameFault> {
    if name.is_empty() || name.starts_with(' ') || name.ends_with(' ') {
        return Some(NameFault::Blank);
    }
    if name.chars().count() > NAME_CHARS {
        return Some(NameFault::TooLong);
    }
    let mut before: Option<char> = None;
    for c in name.chars() {
        if within(REFUSED, c) || matches!(u32::from(c), 0x3099 | 0x309A) {
            return Some(NameFault::Composed(c));
        }
        if !(c.is_alphanumeric() || mark(c).is_some() || within(SIGNS, c)) {
            return Some(NameFault::Character(c));
        }
        if let Some(before) = before {
            let (first, second) = (mark(before).unwrap_or(0), mark(c).unwrap_or(0));
            let disordered = second > 0 && first > second;
            if disordered || PAIRS.contains(&(before.into(), c.into())) {
                return Some(NameFault::Composed(c));
            }
        }
        before = Some(c);
    }
    None
}

/// Whether a good name can be written without quotes.
pub(crate) fn is_bare(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(starts_word)
        && chars.all(continues_word)
        && !RESERVED.contains(&name)
        && name != AS
}

/// Writes a name, with quotes if it needs them.
pub(super) fn write(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    if is_bare(name) {
        f.write_str(name)
    } else {
        f.write_str(&quote(name))
    }
}

/// A text in quotes, with `\"`, `\\` and `\n` for what cannot stand as it is.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// How many candidates [`nearest`] looks at, so that a wrong word costs little
/// in a file of many names.
const CANDIDATES: usize = 4_000;

/// The candidate nearest to a word, if one is near enough to be meant: the
/// fewest letters added, left out, changed or swapped with their neighbour,
/// and at most a third of the word. Between equals the first.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    if word.len() > NAME_CHARS {
        return None;
    }
    let mut best: Option<&str> = None;
    // A distance has to stay below this.
    let mut limit = (word.len() / 3).clamp(1, 3) + 1;
    for candidate in candidates.into_iter().take(CANDIDATES) {
        let letters: Vec<char> = candidate
            .chars()
            .take(NAME_CHARS + 1)
            .flat_map(char::to_lowercase)
            .collect();
        if let Some(distance) = distance_below(&word, &letters, limit) {
            best = Some(candidate);
            limit = distance;
            if distance == 0 {
                break;
            }
        }
    }
    best
}

/// The optimal string alignment distance, if it is below the limit.
fn distance_below(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) >= limit {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            let mut cost = (last[j - 1] + changed).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before_last[j - 2] + 1);
            }
            row[j] = cost;
        }
        if row.iter().all(|cost| *cost >= limit) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    Some(last[b.len()]).filter(|distance| *distance < limit)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::char::{canonical_combining_class, compose};
    use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc, is_nfc_quick};

    use super::*;

    fn every_char() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    fn allowed() -> Vec<char> {
        every_char()
            .filter(|c| fault(&format!("x{c}x")).is_none())
            .collect()
    }

    #[test]
    fn a_character_of_a_name_is_in_composed_form() {
        for c in allowed() {
            assert!(is_nfc(&c.to_string()), "{c:?} {:X}", u32::from(c));
        }
    }

    #[test]
    fn two_characters_of_a_name_have_no_composed_form() {
        let allowed = allowed();
        let composes = |c: &char| is_nfc_quick(std::iter::once(*c)) == IsNormalized::Maybe;
        let combining = allowed.iter().copied().filter(composes);
        let mut pairs = 0;
        for second in combining {
            for first in allowed.iter().copied() {
                if compose(first, second).is_some() {
                    pairs += 1;
                    let pair = format!("{first}{second}");
                    assert!(fault(&pair).is_some(), "{pair:?}");
                }
            }
        }
        assert_eq!(pairs, PAIRS.len());
    }

    #[test]
    fn marks_have_the_class_that_unicode_gives_them() {
        for c in every_char() {
            let class = canonical_combining_class(c);
            if fault(&format!("x{c}")).is_none() {
                assert_eq!(mark(c).unwrap_or(0), class, "{c:?} {:X}", u32::from(c));
            }
        }
    }

    #[test]
    fn tables_are_in_order() {
        for table in [REFUSED, SIGNS] {
            assert!(table.iter().all(|(first, last)| first <= last));
            assert!(table.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
        assert!(MARKS.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn names_of_many_scripts_are_good() {
        for name in [
            "Alice",
            "Zoë",
            "Łukasz",
            "Ελένη",
            "Дмитрий",
            "李小龙",
            "さくら",
            "김철수",
            "हिन्दी",
            "বাংলা",
            "தமிழ்",
            "සිංහල",
            "ไทยน้ำ",
            "ລາວ",
            "မြန်မာ",
            "ខ្មែរ",
            "עברית",
            "العربية",
            "አማርኛ",
            "ქართული",
            "Tiếng",
            "St. Mary's & Co",
            "面馆（一店）",
        ] {
            assert_eq!(fault(name), None, "{name}");
        }
    }

    #[test]
    fn names_with_a_second_spelling_are_refused() {
        for (name, at) in [
            ("e\u{301}", '\u{301}'),
            ("\u{212B}", '\u{212B}'),
            ("\u{1112}\u{1161}", '\u{1112}'),
            ("か\u{3099}", '\u{3099}'),
            ("\u{958}", '\u{958}'),
            ("\u{9C7}\u{9BE}", '\u{9BE}'),
            ("น\u{E49}\u{E38}", '\u{E38}'),
            ("\u{FA1E}", '\u{FA1E}'),
        ] {
            assert_eq!(fault(name), Some(NameFault::Composed(at)), "{name:?}");
        }
    }

    #[test]
    fn names_have_no_blank_ends_and_no_hidden_characters() {
        for name in ["", " ", " a", "a "] {
            assert_eq!(fault(name), Some(NameFault::Blank), "{name:?}");
        }
        for c in [
            '/', '"', '\\', '\n', '\u{200D}', '\u{AD}', '\u{202E}', '\u{FE0F}',
        ] {
            let name = format!("a{c}b");
            assert_eq!(fault(&name), Some(NameFault::Character(c)), "{name:?}");
        }
        assert_eq!(fault(&"a".repeat(NAME_CHARS)), None);
        assert_eq!(fault(&"a".repeat(NAME_CHARS + 1)), Some(NameFault::TooLong));
    }

    #[test]
    fn the_nearest_word_is_offered_if_it_is_near_enough() {
        let verbs = ["pay", "issue", "redeem", "exchange", "cash-in", "cash-out"];
        for (word, near) in [
            ("pya", Some("pay")),
            ("PAY", Some("pay")),
            ("reedem", Some("redeem")),
            ("exchnge", Some("exchange")),
            ("cash-on", Some("cash-in")),
            ("cashout", Some("cash-out")),
            ("buy", None),
            ("", None),
            ("something", None),
        ] {
            assert_eq!(nearest(word, verbs), near, "{word}");
        }
    }

    proptest! {
        #[test]
        fn a_good_name_is_its_own_composed_form(
            name in prop::collection::vec(
                prop_oneof![
                    prop::char::range('\u{900}', '\u{E7F}'),
                    prop::char::range('\u{F00}', '\u{109F}'),
                    prop::char::range('\u{300}', '\u{345}'),
                    prop::char::range('a', 'z'),
                    any::<char>(),
                ],
                1..6,
            )
        ) {
            let name: String = name.into_iter().collect();
            if fault(&name).is_none() {
                prop_assert_eq!(name.nfc().collect::<String>(), name);
            }
        }
    }
}
