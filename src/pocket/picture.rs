//! Reads codes off a picture.

use rqrr::PreparedImage;

/// The widest picture that is looked at.
pub const WIDEST: u32 = 960;

/// The smallest side in which a code with its margin could stand.
const SMALLEST: usize = 29;

/// The texts of the codes in a picture, given as red, green, blue and opacity
/// of each pixel, row by row. A picture that is not as large as it says has
/// none.
pub fn texts(width: usize, height: usize, pixels: &[u8]) -> Vec<String> {
    let fits = width
        .checked_mul(height)
        .and_then(|count| count.checked_mul(4))
        .is_some_and(|bytes| bytes == pixels.len());
    let most = WIDEST as usize;
    if !fits || width < SMALLEST || height < SMALLEST || width > most || height > most {
        return Vec::new();
    }
    let (grey, _) = pixels.as_chunks::<4>();
    let grey = |x: usize, y: usize| {
        let [red, green, blue, _] = grey[y * width + x].map(u32::from);
        u8::try_from((red * 77 + green * 150 + blue * 29) >> 8).unwrap_or(u8::MAX)
    };
    let mut picture = PreparedImage::prepare_from_greyscale(width, height, grey);
    let grids = picture.detect_grids();
    let read = grids.iter().filter_map(|grid| grid.decode().ok());
    read.map(|(_, text)| text).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::share::QrCode;
    use proptest::prelude::*;

    /// A code drawn with so many pixels a module, as a camera gives it.
    fn drawn(text: &str, scale: usize) -> (usize, Vec<u8>) {
        let code = QrCode::of(text).unwrap();
        let side = (code.size + 8) * scale;
        let pixel = |at: usize| {
            let (x, y) = (at % side / scale, at / side / scale);
            let dark = x >= 4 && y >= 4 && code.is_dark(x - 4, y - 4);
            let light = if dark { 20 } else { 235 };
            [light, light, light, 255]
        };
        (side, (0..side * side).flat_map(pixel).collect())
    }

    #[test]
    fn what_a_pocket_shows_is_read_off_a_picture() {
        let bytes: Vec<u8> = (0..900_u16).map(|at| (at % 251) as u8).collect();
        for code in exchequer::pocket::codes(&bytes) {
            let (side, pixels) = drawn(&code, 4);
            assert_eq!(texts(side, side, &pixels), [code]);
        }
    }

    #[test]
    fn a_picture_that_is_not_as_large_as_it_says_has_no_codes() {
        assert!(texts(100, 100, &[0; 16]).is_empty());
        assert!(texts(0, 0, &[]).is_empty());
        assert!(texts(usize::MAX, 2, &[0; 16]).is_empty());
        assert!(texts(8, 8, &[0; 256]).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_random_picture_is_looked_at_to_the_end(
            width in 1..160_usize,
            height in 1..160_usize,
            grain in 1..9_usize,
            seed in any::<u32>(),
        ) {
            let mut state = seed;
            let mut noise = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            };
            let row: Vec<u8> = (0..width * height / grain + width + 1).map(|_| noise()).collect();
            let pixel = |at: usize| {
                let (x, y) = (at % width, at / width);
                let it = row[(y / grain * width + x / grain) % row.len()];
                [it, it, it, 255]
            };
            let pixels: Vec<u8> = (0..width * height).flat_map(pixel).collect();
            texts(width, height, &pixels);
        }

        #[test]
        fn a_damaged_code_is_looked_at_to_the_end(
            scale in 2..6_usize,
            spots in prop::collection::vec((any::<prop::sample::Index>(), 1..30_usize, any::<u8>()), 0..40),
            cut in any::<prop::sample::Index>(),
        ) {
            let (side, mut pixels) = drawn("XQ1:ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", scale);
            for (place, size, light) in spots {
                let at = place.index(side * side);
                let (left, top) = (at % side, at / side);
                for y in top..(top + size).min(side) {
                    for x in left..(left + size).min(side) {
                        pixels[(y * side + x) * 4..][..3].fill(light);
                    }
                }
            }
            texts(side, side, &pixels);
            let rows = cut.index(side);
            texts(side, rows, &pixels[..side * rows * 4]);
        }
    }
}
