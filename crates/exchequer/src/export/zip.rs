//! A zip archive of a few texts, written in one piece. The same files give the
//! same bytes: nothing in it tells when or where it was made.

use miniz_oxide::deflate::compress_to_vec;

/// What can be asked of the archive at the least: deflate, and names in UTF-8.
const VERSION: u16 = 20;
const NAMES_ARE_UTF8: u16 = 1 << 11;
const DEFLATED: u16 = 8;
/// The first day that the format can tell of, at midnight.
const TIME: u16 = 0;
const DAY: u16 = 1 << 5 | 1;
/// How hard to press, of ten.
const EFFORT: u8 = 6;

/// Packs files, each a name and its text. None where the format has no number
/// large enough for what is to be packed.
#[must_use]
pub fn pack<N: AsRef<str>>(files: &[(N, String)]) -> Option<Vec<u8>> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let name = name.as_ref();
        let offset = u32::try_from(out.len()).ok()?;
        let pressed = compress_to_vec(text.as_bytes(), EFFORT);
        let mut about = Vec::new();
        for word in [VERSION, NAMES_ARE_UTF8, DEFLATED, TIME, DAY] {
            about.extend(word.to_le_bytes());
        }
        about.extend(crc32(text.as_bytes()).to_le_bytes());
        about.extend(u32::try_from(pressed.len()).ok()?.to_le_bytes());
        about.extend(u32::try_from(text.len()).ok()?.to_le_bytes());
        about.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
        // Nothing more is said of a file.
        about.extend(0u16.to_le_bytes());

        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(&pressed);

        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&about);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let begins = u32::try_from(out.len()).ok()?;
    let count = u16::try_from(files.len()).ok()?;
    let length = u32::try_from(directory.len()).ok()?;
    out.extend(directory);
    out.extend(b"PK\x05\x06");
    // This disk, and that of the directory: the first.
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(begins.to_le_bytes());
    // No comment.
    out.extend([0; 2]);
    Some(out)
}

/// The check sum of IEEE 802.3 that the format asks for.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            sum >> 1 ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_the_one_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn an_archive_without_files_is_its_end_alone() {
        let packed = pack::<&str>(&[]).expect("an archive");
        assert_eq!((packed.len(), &packed[..4]), (22, &b"PK\x05\x06"[..]));
    }
}
