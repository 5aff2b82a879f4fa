//! Every value that a preset can hold: its path, its type, and how it is read.

use money::{Rate, Span, TimeOfDay, parse_minor, write_grouped};
use world::spec::FieldType;

use crate::script::{Setting, yearly};

/// One kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) setting: Setting,
    /// Whether a preset has to say it, if only that there is no limit.
    pub(super) required: bool,
    /// Whether it can be left open: no limit, no such rule.
    pub(super) open: bool,
}

const fn pattern(path: &'static str, ty: FieldType, doc: &'static str) -> Pattern {
    Pattern {
        setting: Setting { path, doc, ty },
        required: false,
        open: true,
    }
}

const fn limit(path: &'static str, doc: &'static str) -> Pattern {
    Pattern {
        required: true,
        ..pattern(path, FieldType::Amount, doc)
    }
}

const fn needed(path: &'static str, doc: &'static str) -> Pattern {
    Pattern {
        required: true,
        open: false,
        ..pattern(path, FieldType::Duration, doc)
    }
}

/// All of them, in the order in which they are listed.
pub(super) const PATTERNS: &[Pattern] = &[
    limit(
        "wallet.*.balance",
        "The most that a wallet of the type may hold.",
    ),
    limit("wallet.*.payment", "The most that it may pay at a time."),
    limit("wallet.*.day", "The most that it may pay in a day."),
    limit(
        "wallet.*.year",
        "The most that it may pay in a calendar year.",
    ),
    pattern(
        "wallet.*.interest",
        FieldType::Rate,
        "What it earns a year.",
    ),
    pattern(
        "waterfall.receipts",
        FieldType::Bool,
        "Whether a receipt above the wallet's limit flows on to the bank account.",
    ),
    pattern(
        "waterfall.payments",
        FieldType::Bool,
        "Whether what a wallet lacks for a payment is pulled from the bank account.",
    ),
    pattern(
        "insurance.limit",
        FieldType::Amount,
        "The most that is insured of one depositor's money at one bank.",
    ),
    pattern(
        "reserve.ratio",
        FieldType::Rate,
        "The share of what it owes its customers that a bank has to hold in reserves.",
    ),
    pattern(
        "margin.non-bank",
        FieldType::Rate,
        "The share of its customers' balances that a firm that is no bank has to keep at the central bank.",
    ),
    pattern(
        "policy.rate",
        FieldType::Rate,
        "The central bank's interest rate, a year.",
    ),
    pattern(
        "privacy.traceable-from",
        FieldType::Amount,
        "From which sum on the big-data centre is told who paid.",
    ),
    pattern(
        "refund.within",
        FieldType::Duration,
        "For how long after it a payment can be asked back.",
    ),
    pattern(
        NIGHT[0],
        FieldType::TimeOfDay,
        "When the hours begin in which payments are held lower.",
    ),
    pattern(NIGHT[1], FieldType::TimeOfDay, "When those hours end."),
    pattern(
        NIGHT[2],
        FieldType::Amount,
        "The most that a wallet may pay at a time in those hours.",
    ),
    pattern(
        "correspondent.fee",
        FieldType::Rate,
        "The share of a payment that each correspondent bank keeps.",
    ),
    pattern(
        "correspondent.spread",
        FieldType::Rate,
        "The share of the exchange rate that the correspondent bank keeps that changes the money.",
    ),
    pattern(
        "correspondent.working-time",
        FieldType::Duration,
        "How long each correspondent bank takes, within working days.",
    ),
    pattern(
        "correspondent.cut-off",
        FieldType::TimeOfDay,
        "The time of day from which a payment waits for the correspondent's next working day.",
    ),
    pattern(
        "offline.model",
        FieldType::Choice(MODELS),
        "How devices carry value without a network; a purse if left out.",
    ),
    pattern(
        "offline.mode",
        FieldType::Choice(MODES),
        "When value received may be spent onward: at once, until a sync is due, or after it was claimed.",
    ),
    pattern(
        "offline.payment",
        FieldType::Amount,
        "The most that a device may pay at a time.",
    ),
    pattern(
        "offline.payments",
        FieldType::Count,
        "How many payments a device may make between two syncs.",
    ),
    pattern(
        "offline.purse",
        FieldType::Amount,
        "The most that a device may hold.",
    ),
    pattern(
        "offline.hops",
        FieldType::Count,
        "Through how many hands value may go before it is at a bank.",
    ),
    pattern(
        "offline.sync-within",
        FieldType::Duration,
        "Within which time of its last sync a device must sync again.",
    ),
    pattern(
        "offline.certificate",
        FieldType::Duration,
        "How long a device's certificate is valid.",
    ),
    pattern(
        "offline.coin",
        FieldType::Amount,
        "The smallest coin, in models that have coins.",
    ),
    pattern(
        "offline.pin-from",
        FieldType::Amount,
        "From which sum on a payment needs the device's number.",
    ),
    pattern(
        "offline.locked-only",
        FieldType::Bool,
        "Whether a device takes only proofs of the mint's that are locked to it.",
    ),
    needed(
        "message.latency",
        "How long a message between institutions takes.",
    ),
    needed(
        "message.timeout",
        "After how long without an answer an order is overdue.",
    ),
];

const MODELS: &[&str] = &["purse", "coins", "blind", "mint", "promise"];
const MODES: &[&str] = &["fully", "intermittently", "staged"];

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
        let path = self.setting.path;
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
    Count(u32),
    Choice(&'static str),
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
            FieldType::Count => text.parse().ok().map(Figure::Count),
            FieldType::Choice(words) => {
                let known = words.iter().find(|word| **word == text);
                known.copied().map(Figure::Choice)
            }
            FieldType::Actor(_)
            | FieldType::Name
            | FieldType::Text
            | FieldType::WalletType
            | FieldType::Amounts
            | FieldType::Actors(_)
            | FieldType::Shares(_)
            | FieldType::Figure
            | FieldType::Exchange
            | FieldType::Currency
            | FieldType::Frequency => None,
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
            Figure::Count(it) => it.to_string(),
            Figure::Choice(it) => it.to_owned(),
            Figure::TimeOfDay(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
        }
    }
}

/// The minutes since midnight, if it is a whole number of them.
fn minutes(time: TimeOfDay) -> Option<u16> {
    let whole = time.second == 0 && time.millisecond == 0;
    whole.then(|| u16::from(time.hour) * 60 + u16::from(time.minute))
}
