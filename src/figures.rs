//! Numbers and dates as the reader writes them: by the browser's `Intl` where
//! there is one, by a plain English formatter elsewhere. Sums travel as digits,
//! never as floats, so that every one is shown exactly.

use exchequer::views::Currency;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The longest sum written out; a longer one is shortened, with the exact sum
/// a focus away.
pub const EXACT_LENGTH: usize = 12;

/// How a run's sums and a reader's dates look.
pub struct Figures {
    decimals: u8,
    browser: Option<Browser>,
}

struct Browser {
    amount: Function,
    compact: Function,
    count: Function,
    moment: Function,
    clock: Function,
    day: Function,
    weekday: Function,
}

impl Figures {
    /// By the browser, in the manner of a locale such as `en-GB`.
    pub fn of_browser(locale: &str, decimals: u8) -> Self {
        Self {
            decimals,
            browser: Browser::new(locale, decimals),
        }
    }

    /// Plain English, without a browser.
    pub const fn plain(decimals: u8) -> Self {
        Self {
            decimals,
            browser: None,
        }
    }

    /// A sum in minor units, written out: `1,234.50`.
    pub fn amount(&self, minor: i64) -> String {
        let digits = decimal(minor, self.decimals);
        match &self.browser {
            Some(browser) => call(&browser.amount, &digits.as_str().into()).unwrap_or(digits),
            None => grouped(&digits),
        }
    }

    /// A sum of another currency with its letters, `4,950.00 THB`; of the run's
    /// where none is named.
    pub fn amount_in(&self, minor: i64, other: Option<Currency>) -> String {
        let Some(other) = other else {
            return self.amount(minor);
        };
        let sum = if other.decimals() == self.decimals {
            self.amount(minor)
        } else {
            grouped(&decimal(minor, other.decimals()))
        };
        format!("{sum}\u{a0}{other}")
    }

    /// A sum shortened if it is long: the shown form, and the exact one where
    /// they differ.
    pub fn short_amount(&self, minor: i64) -> (String, Option<String>) {
        let exact = self.amount(minor);
        if exact.chars().count() <= EXACT_LENGTH {
            return (exact, None);
        }
        let digits = decimal(minor, self.decimals);
        let short = match &self.browser {
            Some(browser) => call(&browser.compact, &digits.as_str().into()),
            None => Some(compact(minor, self.decimals)),
        };
        match short {
            Some(short) => (short, Some(exact)),
            None => (exact, None),
        }
    }

    /// A sum without its decimals where they are zero: a limit, `50,000`.
    pub fn round_amount(&self, minor: i64) -> String {
        let unit = 10_i64.pow(u32::from(self.decimals.min(9)));
        if minor % unit == 0 {
            self.count(minor / unit)
        } else {
            self.amount(minor)
        }
    }

    /// A whole number.
    pub fn count(&self, count: i64) -> String {
        let digits = count.to_string();
        match &self.browser {
            Some(browser) => call(&browser.count, &digits.as_str().into()).unwrap_or(digits),
            None => grouped(&digits),
        }
    }

    /// The time of day of a local moment `2025-11-03T09:06:00`.
    pub fn clock(&self, at: &str) -> String {
        self.date(at, |browser| &browser.clock)
            .unwrap_or_else(|| at.split_once('T').map_or(at, |(_, time)| time).to_owned())
    }

    /// The day of a local moment: `Mon 3 Nov`.
    pub fn weekday(&self, at: &str) -> String {
        self.date(at, |browser| &browser.weekday)
            .unwrap_or_else(|| at.split_once('T').map_or(at, |(day, _)| day).to_owned())
    }

    /// Day and time of a local moment: `Mon 3 Nov 09:06:00`.
    pub fn moment(&self, at: &str) -> String {
        self.date(at, |browser| &browser.moment)
            .unwrap_or_else(|| at.replace('T', " "))
    }

    /// A day, `2025-12-31`: `31 Dec 2025`.
    pub fn day(&self, day: &str) -> String {
        self.date(&format!("{day}T00:00:00"), |browser| &browser.day)
            .unwrap_or_else(|| day.to_owned())
    }

    fn date(&self, at: &str, format: fn(&Browser) -> &Function) -> Option<String> {
        let browser = self.browser.as_ref()?;
        // Read as UTC and shown as UTC: the preset's zone has been applied.
        let millis = js_sys::Date::parse(&format!("{at}Z"));
        if millis.is_nan() {
            return None;
        }
        call(format(browser), &millis.into())
    }
}

impl Browser {
    fn new(locale: &str, decimals: u8) -> Option<Self> {
        let locales = Array::of1(&locale.into());
        let number = |pairs: &[(&str, JsValue)]| -> Option<Function> {
            let options = object(pairs)?;
            let format = js_sys::Intl::NumberFormat::new(&locales, &options);
            Some(format.format())
        };
        let date = |pairs: &[(&str, JsValue)]| -> Option<Function> {
            let options = object(pairs)?;
            let format = js_sys::Intl::DateTimeFormat::new(&locales, &options);
            Some(format.format())
        };
        let digits = JsValue::from(u32::from(decimals));
        let two = || JsValue::from("2-digit");
        let time = [
            ("hour", two()),
            ("minute", two()),
            ("second", two()),
            ("hourCycle", "h23".into()),
            ("timeZone", "UTC".into()),
        ];
        let day = [
            ("weekday", JsValue::from("short")),
            ("day", "numeric".into()),
            ("month", "short".into()),
            ("timeZone", "UTC".into()),
        ];
        let both: Vec<_> = day.iter().chain(&time).cloned().collect();
        Some(Self {
            amount: number(&[
                ("minimumFractionDigits", digits.clone()),
                ("maximumFractionDigits", digits),
            ])?,
            compact: number(&[
                ("notation", "compact".into()),
                ("maximumSignificantDigits", 4.into()),
            ])?,
            count: number(&[("maximumFractionDigits", 0.into())])?,
            moment: date(&both)?,
            weekday: date(&day)?,
            clock: date(&time)?,
            day: date(&[("dateStyle", "medium".into()), ("timeZone", "UTC".into())])?,
        })
    }
}

fn object(pairs: &[(&str, JsValue)]) -> Option<Object> {
    let object = Object::new();
    for (name, value) in pairs {
        Reflect::set(&object, &(*name).into(), value).ok()?;
    }
    Some(object)
}

fn call(function: &Function, value: &JsValue) -> Option<String> {
    function
        .call1(&JsValue::UNDEFINED, value)
        .ok()?
        .dyn_into::<js_sys::JsString>()
        .ok()
        .map(String::from)
}

/// `-1234.50`.
fn decimal(minor: i64, decimals: u8) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let digits = format!(
        "{:0>width$}",
        minor.unsigned_abs(),
        width = usize::from(decimals) + 1
    );
    let (whole, fraction) = digits.split_at(digits.len() - usize::from(decimals));
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

fn grouped(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn compact(minor: i64, decimals: u8) -> String {
    let whole = minor / 10_i64.pow(u32::from(decimals.min(9)));
    let size = whole.unsigned_abs();
    let (unit, letter) = match size {
        0..=999_999 => (1_000, "K"),
        1_000_000..=999_999_999 => (1_000_000, "M"),
        1_000_000_000..=999_999_999_999 => (1_000_000_000, "B"),
        _ => (1_000_000_000_000, "T"),
    };
    let tenths = whole / (unit / 10);
    format!("{}.{}{letter}", tenths / 10, (tenths % 10).abs())
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_sum_is_written_out_to_the_minor_unit() {
        let figures = Figures::plain(2);
        for (minor, written) in [
            (0, "0.00"),
            (5, "0.05"),
            (-5, "-0.05"),
            (1_250, "12.50"),
            (100_000, "1,000.00"),
            (-123_456_789, "-1,234,567.89"),
            (9_000_000_000_000_000, "90,000,000,000,000.00"),
        ] {
            assert_eq!(figures.amount(minor), written);
        }
        assert_eq!(Figures::plain(0).amount(1_500), "1,500");
        assert_eq!(Figures::plain(3).amount(1_500), "1.500");
    }

    #[test]
    fn a_sum_of_another_currency_has_its_letters_and_its_own_decimals() {
        let figures = Figures::plain(2);
        let currency = |code: &str| Some(Currency::iso(code).unwrap());
        let written = figures.amount_in(495_000, currency("THB"));
        assert_eq!(written, "4,950.00\u{a0}THB");
        let written = figures.amount_in(495_000, currency("JPY"));
        assert_eq!(written, "495,000\u{a0}JPY");
        assert_eq!(figures.amount_in(495_000, None), "4,950.00");
    }

    #[test]
    fn a_long_sum_is_shortened_and_keeps_its_exact_form() {
        let figures = Figures::plain(2);
        assert_eq!(figures.short_amount(400_000), ("4,000.00".to_owned(), None));
        assert_eq!(
            figures.short_amount(69_912_345_678_901),
            ("699.1B".to_owned(), Some("699,123,456,789.01".to_owned()))
        );
    }

    #[test]
    fn a_round_limit_has_no_decimals() {
        let figures = Figures::plain(2);
        assert_eq!(figures.round_amount(5_000_000), "50,000");
        assert_eq!(figures.round_amount(5_000_050), "50,000.50");
    }

    #[test]
    fn without_a_browser_times_are_shown_as_they_stand() {
        let figures = Figures::plain(2);
        assert_eq!(figures.clock("2025-11-03T09:06:00"), "09:06:00");
        assert_eq!(figures.moment("2025-11-03T09:06:00"), "2025-11-03 09:06:00");
    }
}
