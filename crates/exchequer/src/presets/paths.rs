//! Every value that a preset can hold: its path, its type, and how it is read.

use money::{Rate, Span, TimeOfDay, parse_minor, write_grouped};
use world::spec::FieldType;

use crate::script::yearly;

/// One kind of value. In its path, `*` stands for a wallet type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    path: &'static str,
    pub(super) ty: FieldType,
    /// Whether a preset has to say it, if only that there is no limit.
    pub(super) required: bool,
    /// Whether it can be left open: no limit, no such rule.
    pub(super) open: bool,
}

const fn pattern(path: &'static str, ty: FieldType) -> Pattern {
    Pattern {
        path,
        ty,
        required: false,
        open: true,
    }
}

const fn limit(path: &'static str) -> Pattern {
    Pattern {
        required: true,
        ..pattern(path, FieldType::Amount)
    }
}

const fn needed(path: &'static str, ty: FieldType) -> Pattern {
    Pattern {
        required: true,
        open: false,
        ..pattern(path, ty)
    }
}

/// All of them, in the order in which a preset is shown.
pub(super) const PATTERNS: &[Pattern] = &[
    limit("wallet.*.balance"),
    limit("wallet.*.payment"),
    limit("wallet.*.day"),
    limit("wallet.*.year"),
    pattern("wallet.*.interest", FieldType::Rate),
    pattern("waterfall.receipts", FieldType::Bool),
    pattern("waterfall.payments", FieldType::Bool),
    pattern("insurance.limit", FieldType::Amount),
    pattern("reserve.ratio", FieldType::Rate),
    pattern("margin.non-bank", FieldType::Rate),
    pattern("policy.rate", FieldType::Rate),
    pattern("privacy.traceable-from", FieldType::Amount),
    pattern("refund.within", FieldType::Duration),
    pattern(NIGHT[0], FieldType::TimeOfDay),
    pattern(NIGHT[1], FieldType::TimeOfDay),
    pattern(NIGHT[2], FieldType::Amount),
    needed("message.latency", FieldType::Duration),
    needed("message.timeout", FieldType::Duration),
];

/// The values of which a preset has all or none.
pub(super) const NIGHT: [&str; 3] = ["night.from", "night.to", "night.payment"];

impl Pattern {
    /// The pattern that a path is of, given the wallet types.
    pub(super) fn of(path: &str, wallet_types: &[String]) -> Option<&'static Pattern> {
        PATTERNS
            .iter()
            .find(|pattern| pattern.paths(wallet_types).any(|known| known == path))
    }

    /// The paths of this pattern, one for each wallet type if it speaks of them.
    pub(super) fn paths(self, wallet_types: &[String]) -> impl Iterator<Item = String> {
        let path = self.path;
        let each = if path.contains('*') {
            wallet_types
        } else {
            &[]
        };
        let alone = (!path.contains('*')).then(|| path.to_owned());
        each.iter().map(|ty| path.replace('*', ty)).chain(alone)
    }
}

/// A value that has its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    /// Minor units.
    Amount(i64),
    Duration(Span),
    Rate(Rate),
    Bool(bool),
    /// Minutes since midnight.
    TimeOfDay(u16),
}

impl Figure {
    /// Reads a value of this type.
    pub(super) fn read(ty: FieldType, text: &str, decimals: u8) -> Option<Figure> {
        match ty {
            FieldType::Amount => parse_minor(text, decimals)
                .ok()
                .filter(|minor| *minor >= 0)
                .map(Figure::Amount),
            FieldType::Duration => text
                .parse()
                .ok()
                .filter(|span: &Span| span.0 >= 0)
                .map(Figure::Duration),
            FieldType::Rate => yearly(text).map(Figure::Rate),
            FieldType::Bool => text.parse().ok().map(Figure::Bool),
            FieldType::TimeOfDay => minutes(text.parse().ok()?).map(Figure::TimeOfDay),
            FieldType::Actor(_)
            | FieldType::Name
            | FieldType::Text
            | FieldType::Count
            | FieldType::WalletType
            | FieldType::Choice(_) => None,
        }
    }
}

impl Figure {
    /// Writes it as it is read: `2,000.00`, `0.05%`, `20:00`.
    pub(super) fn write(self, decimals: u8) -> String {
        match self {
            Figure::Amount(minor) => write_grouped(minor, decimals, ','),
            Figure::Duration(span) => span.to_string(),
            Figure::Rate(rate) => rate.percent(),
            Figure::Bool(it) => it.to_string(),
            Figure::TimeOfDay(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
        }
    }
}

/// The minutes since midnight, if it is a whole number of them.
fn minutes(time: TimeOfDay) -> Option<u16> {
    let whole = time.second == 0 && time.millisecond == 0;
    whole.then(|| u16::from(time.hour) * 60 + u16::from(time.minute))
}
