//! A QR code as a picture.

use qrcodegen::{Mask, QrCodeEcc, QrSegment, Version};
use yew::prelude::*;

/// The largest code that phones still read off a screen: 137 modules a side.
const LARGEST: u8 = 30;

/// Blank modules around a code, as the standard asks.
const QUIET: usize = 4;

/// A code's dark modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// Modules a side, without the quiet zone.
    pub size: usize,
    /// How much of it may be damaged or covered, in per cent.
    pub spare: u8,
    dark: Vec<bool>,
}

impl QrCode {
    /// The code of a text; none if it would be too dense to read. A short text
    /// gets a code that survives more.
    pub fn of(text: &str) -> Option<QrCode> {
        let levels = [
            (QrCodeEcc::Quartile, 25, 14),
            (QrCodeEcc::Medium, 15, 20),
            (QrCodeEcc::Low, 7, LARGEST),
        ];
        let segments = QrSegment::make_segments(text);
        levels.into_iter().find_map(|(level, spare, largest)| {
            let code = qrcodegen::QrCode::encode_segments_advanced(
                &segments,
                level,
                Version::MIN,
                Version::new(largest),
                None::<Mask>,
                false,
            );
            let code = code.ok()?;
            let side = code.size();
            let modules = (0..side).flat_map(|y| (0..side).map(move |x| (x, y)));
            Some(QrCode {
                size: usize::try_from(side).ok()?,
                spare,
                dark: modules.map(|(x, y)| code.get_module(x, y)).collect(),
            })
        })
    }

    /// Whether the module in this column and row is dark.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && self.dark.get(y * self.size + x).copied().unwrap_or(false)
    }

    /// The dark modules as an SVG path, a module one unit wide.
    fn path(&self) -> String {
        let mut path = String::new();
        for (y, row) in self.dark.chunks(self.size).enumerate() {
            let mut x = 0;
            for run in row.chunk_by(|a, b| a == b) {
                if run[0] {
                    let (left, top, width) = (x + QUIET, y + QUIET, run.len());
                    path += &format!("M{left} {top}h{width}v1h-{width}z");
                }
                x += run.len();
            }
        }
        path
    }
}

/// Properties of [`qr_view`].
#[derive(Clone, PartialEq, Properties)]
pub struct QrProps {
    /// The code.
    pub code: QrCode,
    /// What it is a code of.
    pub label: AttrValue,
}

/// Draws a code: dark on light in every theme, as readers expect.
pub fn qr_view(props: &QrProps) -> Html {
    let side = props.code.size + 2 * QUIET;
    html! {
        <svg class="qr" viewBox={format!("0 0 {side} {side}")} role="img" aria-label={props.label.clone()}
            shape-rendering="crispEdges">
            <rect class="qr-light" width={side.to_string()} height={side.to_string()} />
            <path class="qr-dark" d={props.code.path()} />
        </svg>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// What a camera reads off the drawn path.
    fn read(code: &QrCode) -> String {
        const SCALE: usize = 3;
        let side = (code.size + 2 * QUIET) * SCALE;
        let mut picture = vec![255; side * side];
        for run in code.path().split('M').skip(1) {
            let (place, run) = run.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let [x, y]: [usize; 2] = [x, y].map(|number| number.parse().unwrap());
            let width: usize = run.split_once('v').unwrap().0.parse().unwrap();
            for row in y * SCALE..(y + 1) * SCALE {
                picture[row * side + x * SCALE..row * side + (x + width) * SCALE].fill(0);
            }
        }
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| picture[y * side + x]);
        let grids = image.detect_grids();
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_reader_reads_what_was_drawn() {
        for length in [10, 100, 400, 900, 1_500] {
            let text = format!(
                "https://exchequer.example/#s=1.{}",
                "Az9_-".repeat(length / 5)
            );
            let code = QrCode::of(&text).unwrap();
            assert_eq!(read(&code), text);
        }
    }

    #[test]
    fn a_short_text_gets_a_code_that_survives_more() {
        let spare = |length: usize| QrCode::of(&"a".repeat(length)).map(|code| code.spare);
        assert_eq!(spare(100), Some(25));
        assert_eq!(spare(500), Some(15));
        assert_eq!(spare(1_200), Some(7));
        assert_eq!(spare(2_000), None);
        assert_eq!(spare(9_000), None);
    }
}
