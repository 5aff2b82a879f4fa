//! Share links: a whole scenario in the fragment of an address,
//! `#s=1.PAYLOAD`.
//!
//! The payload is base64url of
//!
//! | bytes | what |
//! |---|---|
//! | 1 | flags: 1 = a digest follows |
//! | 1–3 | length of the body, LEB128 |
//! | 4 | CRC-32 of everything below and of the flags, little-endian |
//! | 16 | the digest's first half, if flagged |
//! | rest | the body as a raw deflate stream over the dictionary of format 1 |
//! | behind it | the [trail](crate::trail) of the run, if there is one |
//!
//! where the body is the engine's name, a line break and the script. The trail
//! stands where a reader that knows of none has stopped reading, and what is
//! left of it after a cut is passed over. What is
//! needed to judge a link stands at its head, and deflate unpacks from the
//! front, so a link that was cut still gives its first lines. The length is
//! stated before anything is unpacked, so a small link cannot unfold into a
//! large text.

use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use crate::trail::Trail;

/// What a link's fragment begins with, before its format's number.
const MARK: &str = "s=";

/// The format that [`encode`] writes.
const FORMAT: u32 = 1;

/// What both ends know beforehand: words of the language and the opening
/// scenario, which most shared texts grow from. It belongs to format 1 and
/// never changes; a new one needs a new format.
const DICTIONARY: &str = include_str!("link.dict");

/// The longest fragment that [`encode`] makes, in characters. Browsers take
/// more; what people paste links into often does not.
pub const MAX_FRAGMENT: usize = 8_000;

/// The longest body that a link may unfold into, in bytes.
pub const MAX_BODY: usize = 1 << 20;

/// The longest fragment that [`decode`] looks at, in bytes.
const MAX_INPUT: usize = 1 << 21;

const HAS_DIGEST: u8 = 1;

/// The first half of a log's BLAKE3 digest: enough to tell two runs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 16]);

impl Digest {
    /// Reads the first half of a digest written in hexadecimal.
    pub fn from_hex(hex: &str) -> Option<Digest> {
        let digits = hex.as_bytes().get(..32)?;
        let mut half = [0; 16];
        for (byte, pair) in half.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Some(Digest(half))
    }

    /// Whether this is the beginning of a digest written in hexadecimal.
    pub fn agrees_with(&self, hex: &str) -> bool {
        Digest::from_hex(hex) == Some(*self)
    }
}

/// What a link carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The scenario's text.
    pub text: String,
    /// Name and version of the engine that it was shared from.
    pub engine: String,
    /// What its log came to there; none if it had not been played.
    pub digest: Option<Digest>,
    /// What each of its statements came to there, in short.
    pub trail: Option<Trail>,
}

/// The text is too long for a link: it is better sent as a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too long for a link: {length} characters, at most {MAX_FRAGMENT}")]
pub struct TooLong {
    /// How long the link would be, or the text if that alone is too long.
    pub length: usize,
}

/// Why a link could not be read whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The fragment is something else, or nothing.
    #[error("not a share link")]
    Foreign,
    /// A later version wrote it.
    #[error("made by a newer version: format {0}")]
    Newer(u32),
    /// Its end is missing.
    #[error("this link is cut short")]
    Cut {
        /// The whole lines that could be read.
        readable: String,
    },
    /// Something in it was changed.
    #[error("this link is damaged")]
    Damaged {
        /// What could be read. Nothing tells which part of it is right.
        readable: String,
    },
    /// It says that it unfolds into more than [`MAX_BODY`] bytes.
    #[error("this link unfolds into more than {MAX_BODY} bytes")]
    TooLarge,
}

impl LinkError {
    /// What could be read all the same.
    pub fn readable(&self) -> Option<&str> {
        match self {
            LinkError::Cut { readable } | LinkError::Damaged { readable } => Some(readable)
                .filter(|text| !text.is_empty())
                .map(String::as_str),
            LinkError::Foreign | LinkError::Newer(_) | LinkError::TooLarge => None,
        }
    }
}

/// The fragment, without its `#`, that carries this.
pub fn encode(shared: &Shared) -> Result<String, TooLong> {
    let engine = shared.engine.lines().next().unwrap_or_default();
    let body = [engine, &shared.text].join("\n");
    if body.len() > MAX_BODY {
        return Err(TooLong { length: body.len() });
    }
    let digest = shared.digest.map(|digest| digest.0);
    let flags = if digest.is_some() { HAS_DIGEST } else { 0 };
    let digest = digest.as_ref().map_or(&[][..], |half| half);

    let mut bytes = vec![flags];
    push_length(&mut bytes, body.len());
    bytes.extend(checksum(flags, digest, body.as_bytes()).to_le_bytes());
    bytes.extend(digest);
    deflate(body.as_bytes(), &mut bytes);
    if let Some(trail) = &shared.trail {
        bytes.extend(trail.to_bytes());
    }

    let mut fragment = format!("{MARK}{FORMAT}.");
    push_base64url(&mut fragment, &bytes);
    if fragment.len() > MAX_FRAGMENT {
        return Err(TooLong {
            length: fragment.len(),
        });
    }
    Ok(fragment)
}

/// Whether a fragment, with or without its `#`, means to be a share link.
pub fn is_share_link(fragment: &str) -> bool {
    strip_mark(fragment).is_some()
}

/// Reads a fragment, with or without its `#`. Line breaks inside it and
/// characters glued to its end are passed over.
pub fn decode(fragment: &str) -> Result<Shared, LinkError> {
    let rest = strip_mark(fragment).ok_or(LinkError::Foreign)?;
    let (format, payload) = rest.split_once('.').unwrap_or((rest, ""));
    match format.parse::<u32>() {
        Ok(FORMAT) => {}
        Ok(newer) if newer > FORMAT => return Err(LinkError::Newer(newer)),
        // `s=`, `s=1` with its point cut off, or something else entirely.
        _ if rest.is_empty() => {
            return Err(LinkError::Cut {
                readable: String::new(),
            });
        }
        _ => return Err(LinkError::Foreign),
    }
    if payload.len() > MAX_INPUT {
        return Err(LinkError::TooLarge);
    }
    read_payload(&from_base64url(payload))
}

fn strip_mark(fragment: &str) -> Option<&str> {
    let fragment = fragment.trim_start();
    fragment
        .strip_prefix('#')
        .unwrap_or(fragment)
        .strip_prefix(MARK)
}

/// Reads the bytes of a payload of format 1.
pub fn read_payload(bytes: &[u8]) -> Result<Shared, LinkError> {
    let cut = |readable| Err(LinkError::Cut { readable });
    let mut rest = bytes;
    let Some(&[flags]) = take::<1>(&mut rest) else {
        return cut(String::new());
    };
    if flags & !HAS_DIGEST != 0 {
        return Err(LinkError::Damaged {
            readable: String::new(),
        });
    }
    let Some(length) = take_length(&mut rest)? else {
        return cut(String::new());
    };
    let Some(&expected) = take::<4>(&mut rest) else {
        return cut(String::new());
    };
    let digest = if flags & HAS_DIGEST == 0 {
        None
    } else {
        let Some(&half) = take::<16>(&mut rest) else {
            return cut(String::new());
        };
        Some(Digest(half))
    };

    let (body, end, behind) = inflate(rest, length);
    let whole = std::str::from_utf8(&body)
        .ok()
        .and_then(|text| text.split_once('\n'));
    let digest_bytes = digest.as_ref().map_or(&[][..], |half| &half.0);
    match (end, whole) {
        (End::Reached, Some((engine, text)))
            if body.len() == length
                && checksum(flags, digest_bytes, &body) == u32::from_le_bytes(expected) =>
        {
            Ok(Shared {
                text: text.to_owned(),
                engine: engine.to_owned(),
                digest,
                trail: Trail::from_bytes(behind),
            })
        }
        (End::Missing, _) => cut(whole_lines(&body)),
        (End::Reached | End::Broken, _) => Err(LinkError::Damaged {
            readable: whole_lines(&body),
        }),
    }
}

/// How the unpacking of a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// At the stream's own end.
    Reached,
    /// The bytes ran out before it.
    Missing,
    /// At something that is no deflate stream, or that is longer than stated.
    Broken,
}

/// The script's lines in a body that may end or go wrong anywhere.
fn whole_lines(body: &[u8]) -> String {
    let valid = match std::str::from_utf8(body) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&body[..error.valid_up_to()]).unwrap_or_default(),
    };
    let script = valid
        .split_once('\n')
        .map_or("", |(_engine, script)| script);
    script[..script.rfind('\n').map_or(0, |last| last + 1)].to_owned()
}

/// Appends `body` as a raw deflate stream that may refer to the dictionary.
fn deflate(body: &[u8], into: &mut Vec<u8>) {
    const BEST: i32 = 10;
    const RAW: i32 = -15;
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(BEST, RAW, 0));
    // What the dictionary packs into is known to the reader and left out. The
    // flush ends it on a whole byte and keeps it within reach.
    let (primed, _) =
        compress_to_output(&mut state, DICTIONARY.as_bytes(), TDEFLFlush::Sync, |_| {
            true
        });
    let (packed, _) = compress_to_output(&mut state, body, TDEFLFlush::Finish, |bytes| {
        into.extend_from_slice(bytes);
        true
    });
    debug_assert_eq!((primed, packed), (TDEFLStatus::Okay, TDEFLStatus::Done));
}

/// Unpacks at most `length` bytes behind the dictionary. Beside them, what
/// stands behind the stream.
fn inflate(packed: &[u8], length: usize) -> (Vec<u8>, End, &[u8]) {
    let known = DICTIONARY.len();
    // One byte more than stated, so that a stream that goes on is noticed.
    let mut out = vec![0; known + length + 1];
    out[..known].copy_from_slice(DICTIONARY.as_bytes());
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF
        | inflate_flags::TINFL_FLAG_HAS_MORE_INPUT
        | inflate_flags::TINFL_FLAG_IGNORE_ADLER32;
    let mut state = DecompressorOxide::new();
    let (status, read, written) = decompress(&mut state, packed, &mut out, known, flags);
    out.truncate(known + written);
    out.drain(..known);
    let end = match status {
        TINFLStatus::Done => End::Reached,
        TINFLStatus::NeedsMoreInput => End::Missing,
        _ => End::Broken,
    };
    (out, end, packed.get(read..).unwrap_or_default())
}

fn checksum(flags: u8, digest: &[u8], body: &[u8]) -> u32 {
    let mut crc = Crc32::new();
    crc.add(&[flags]);
    crc.add(digest);
    crc.add(body);
    crc.value()
}

/// The CRC-32 of Ethernet, zip and PNG. It notices damage, not intent.
#[derive(Clone, Copy, Debug)]
pub struct Crc32(u32);

impl Default for Crc32 {
    fn default() -> Self {
        Self::new()
    }
}

impl Crc32 {
    /// The checksum of nothing.
    pub const fn new() -> Crc32 {
        Crc32(!0)
    }

    /// Takes in more bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        /// The effect of each half byte.
        const TABLE: [u32; 16] = {
            let mut table = [0; 16];
            let mut half = 0;
            while half < 16 {
                let mut crc = half as u32;
                let mut bit = 0;
                while bit < 4 {
                    crc = if crc & 1 == 1 {
                        crc >> 1 ^ 0xEDB8_8320
                    } else {
                        crc >> 1
                    };
                    bit += 1;
                }
                table[half] = crc;
                half += 1;
            }
            table
        };
        for &byte in bytes {
            self.0 ^= u32::from(byte);
            self.0 = self.0 >> 4 ^ TABLE[(self.0 & 15) as usize];
            self.0 = self.0 >> 4 ^ TABLE[(self.0 & 15) as usize];
        }
    }

    /// The checksum of what was taken in.
    pub const fn value(self) -> u32 {
        !self.0
    }

    /// The checksum of these bytes.
    pub fn of(bytes: &[u8]) -> u32 {
        let mut crc = Crc32::new();
        crc.add(bytes);
        crc.value()
    }
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(head)
}

fn push_length(bytes: &mut Vec<u8>, mut length: usize) {
    while length >= 0x80 {
        bytes.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
}

/// A length of at most [`MAX_BODY`]; none if the bytes end within it.
fn take_length(rest: &mut &[u8]) -> Result<Option<usize>, LinkError> {
    let mut length = 0;
    for shift in [0, 7, 14] {
        let Some(&[byte]) = take::<1>(rest) else {
            return Ok(None);
        };
        length |= usize::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return if length <= MAX_BODY {
                Ok(Some(length))
            } else {
                Err(LinkError::TooLarge)
            };
        }
    }
    Err(LinkError::TooLarge)
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn push_base64url(into: &mut String, bytes: &[u8]) {
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0, |bits, &byte| bits << 8 | u32::from(byte));
        let bits = bits << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            let digit = bits >> (18 - 6 * place) & 63;
            into.push(char::from(ALPHABET[digit as usize]));
        }
    }
}

/// The whole bytes in a text of base64url: white space is passed over, any
/// other character ends it.
fn from_base64url(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    bytes
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    fn shared(text: &str) -> Shared {
        Shared {
            text: text.to_owned(),
            engine: "exchequer 0.1.0".to_owned(),
            digest: Digest::from_hex("00112233445566778899aabbccddeeff"),
            trail: None,
        }
    }

    /// Lines that the dictionary does not know.
    fn story(lines: usize) -> String {
        (0..lines)
            .map(|line| {
                format!(
                    "{:02}:{:02} P{line}: pay Q{} {}.{:02}\n",
                    9 + line / 60,
                    line % 60,
                    line * 7919 % 1009,
                    line * 31,
                    line % 100
                )
            })
            .collect()
    }

    #[test]
    fn a_link_gives_back_what_it_was_made_of() {
        let sent = shared(&story(40));
        let fragment = encode(&sent).unwrap();
        assert!(fragment.starts_with("s=1."));
        assert_eq!(decode(&fragment), Ok(sent.clone()));
        assert_eq!(decode(&format!("#{fragment}")), Ok(sent));
    }

    #[test]
    fn the_format_does_not_drift() {
        // Made with another deflate (zlib's, with the dictionary as its preset).
        let text = "title \"Two people pay\"\n10:00 Alice: pay Bob 5.00\n";
        let fixed = "s=1.AUHySDJiABEiM0RVZneImaq7zN3u_8NR8ocA80FBan5BDjgpKHEBayagu5GMAaVGU5ABAA";
        assert_eq!(decode(fixed), Ok(shared(text)));
    }

    #[test]
    fn the_opening_scenario_with_a_small_edit_makes_a_short_link() {
        let at = DICTIONARY.find("title").unwrap();
        let edited = DICTIONARY[at..].replace("12.50", "13.50");
        let length = encode(&shared(&edited)).unwrap().len();
        assert!(length < 160, "{length}");
    }

    #[test]
    fn a_cut_link_gives_its_first_lines() {
        let text = story(60);
        let fragment = encode(&shared(&text)).unwrap();
        let mut longest = 0;
        for length in "s=".len()..fragment.len() {
            let Err(LinkError::Cut { readable }) = decode(&fragment[..length]) else {
                panic!("{length}: {:?}", decode(&fragment[..length]));
            };
            assert!(text.starts_with(&readable));
            assert!(readable.is_empty() || readable.ends_with('\n'));
            longest = longest.max(readable.len());
        }
        let half = decode(&fragment[..fragment.len() / 2]).unwrap_err();
        assert!(half.readable().unwrap().lines().count() > 15);
        assert!(longest > text.len() * 9 / 10);
    }

    #[test]
    fn a_trail_is_carried_behind_and_a_cut_takes_no_more_than_it() {
        let mut run = crate::Run::load(&DICTIONARY[DICTIONARY.find("title").unwrap()..]).unwrap();
        run.to_end().unwrap();
        let sent = Shared {
            trail: Some(Trail::of(&run)),
            ..shared(run.text())
        };
        let fragment = encode(&sent).unwrap();
        assert_eq!(decode(&fragment), Ok(sent.clone()));
        // What older readers take to be the whole link is whole.
        let plain = Shared {
            trail: None,
            ..sent
        };
        let shorter = encode(&plain).unwrap();
        let whole = shorter.len() - 1;
        assert_eq!(fragment[..whole], shorter[..whole]);
        for end in shorter.len()..fragment.len() - 1 {
            assert_eq!(decode(&fragment[..end]), Ok(plain.clone()), "{end}");
        }
    }

    #[test]
    fn a_changed_link_is_noticed() {
        let fragment = encode(&shared(&story(12))).unwrap();
        for place in "s=1.".len()..fragment.len() {
            let mut changed = fragment.clone().into_bytes();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            // The last character holds bits that belong to no byte.
            if from_base64url(&changed[4..]) != from_base64url(&fragment[4..]) {
                assert!(decode(&changed).is_err(), "{place}");
            }
        }
    }

    #[test]
    fn what_a_chat_program_glues_on_is_passed_over() {
        let sent = shared(&story(12));
        let fragment = encode(&sent).unwrap();
        let (head, tail) = fragment.split_at(50);
        for glued in [
            format!("{fragment}."),
            format!("{fragment}) see"),
            format!("{head}\r\n{tail}"),
        ] {
            assert_eq!(decode(&glued), Ok(sent.clone()), "{glued}");
        }
    }

    #[test]
    fn other_fragments_are_not_share_links() {
        for other in [
            "",
            "#",
            "#/l/birth-of-a-yuan/3",
            "s",
            "s=x.AAAA",
            "t=1.AAAA",
            "s=-1.AAAA",
        ] {
            assert_eq!(decode(other), Err(LinkError::Foreign), "{other}");
        }
        assert!(is_share_link("#s=1."));
        assert!(!is_share_link("#/l/a"));
    }

    #[test]
    fn a_later_format_is_named() {
        assert_eq!(decode("s=2.AAAA"), Err(LinkError::Newer(2)));
    }

    #[test]
    fn a_text_too_long_for_a_link_is_refused() {
        let mut state = 1u32;
        let noise: String = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (state >> 24) as u8 % 26)
        })
        .take(2 * MAX_FRAGMENT)
        .collect();
        let TooLong { length } = encode(&shared(&noise)).unwrap_err();
        assert!(length > MAX_FRAGMENT);
        let TooLong { length } = encode(&shared(&"a".repeat(MAX_BODY))).unwrap_err();
        assert!(length > MAX_BODY);
    }

    #[test]
    fn a_link_cannot_unfold_into_more_than_it_states() {
        // A payload that states 3 bytes and holds a million.
        let mut bytes = vec![0, 3];
        bytes.extend([0; 4]);
        deflate(&vec![b'a'; 1 << 20], &mut bytes);
        assert!(bytes.len() < 2_000);
        assert_eq!(
            read_payload(&bytes),
            Err(LinkError::Damaged {
                readable: String::new()
            })
        );
        // One that states more than is allowed.
        assert_eq!(
            read_payload(&[0, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0]),
            Err(LinkError::TooLarge)
        );
        assert_eq!(
            read_payload(&[0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
            Err(LinkError::TooLarge)
        );
    }

    #[test]
    fn the_digest_is_compared_by_its_first_half() {
        let hex = "00112233445566778899aabbccddeeff".to_owned() + &"5".repeat(32);
        let digest = Digest::from_hex(&hex).unwrap();
        assert!(digest.agrees_with(&hex));
        assert!(!digest.agrees_with(&"0".repeat(64)));
        assert_eq!(Digest::from_hex("0011"), None);
        assert_eq!(Digest::from_hex(&"g".repeat(64)), None);
        assert_eq!(Digest::from_hex(&"é".repeat(64)), None);
    }

    #[test]
    fn the_checksum_is_the_one_of_the_catalogue() {
        assert_eq!(Crc32::of(b"123456789"), 0xCBF4_3926);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>(), digest in any::<Option<[u8; 16]>>()) {
            let sent = Shared { text, engine: "e 1".to_owned(), digest: digest.map(Digest), trail: None };
            prop_assert_eq!(decode(&encode(&sent).unwrap()), Ok(sent));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut fragment = "s=1.".to_owned();
            push_base64url(&mut fragment, &bytes);
            prop_assert_eq!(&from_base64url(&fragment[4..]), &bytes);
            if let Ok(shared) = decode(&fragment) {
                prop_assert!(shared.text.len() <= MAX_BODY);
            }
        }

        #[test]
        fn any_fragment_is_read_or_refused(fragment in "#?s=[0-9.]{0,4}\\PC{0,60}") {
            if let Err(error) = decode(&fragment) {
                prop_assert!(error.readable().is_none_or(|text| text.ends_with('\n')));
            }
        }
    }
}
