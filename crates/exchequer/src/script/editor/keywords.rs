//! The words of the language itself, with what they mean.

/// A word, what an editor writes for it, and what it means.
pub(super) struct Keyword {
    pub(super) word: &'static str,
    pub(super) insert: &'static str,
    pub(super) doc: &'static str,
}

const fn keyword(word: &'static str, insert: &'static str, doc: &'static str) -> Keyword {
    Keyword { word, insert, doc }
}

/// The words that begin a header.
pub(super) static HEADERS: [Keyword; 7] = [
    keyword(
        "title",
        "title ",
        "What the scenario is called: `title \"Lunch\"`.",
    ),
    keyword(
        "use",
        "use ",
        "The preset and its version: currency, zone, wallet types, limits and rules. Every scenario names one: `use cny-2025@1`.",
    ),
    keyword(
        "seed",
        "seed ",
        "A whole number from which all chance comes. The same seed gives the same run: `seed 7`.",
    ),
    keyword(
        "start",
        "start ",
        "When the scenario begins, in the preset's zone: `start 2025-11-03T09:00`.",
    ),
    keyword(
        "lang",
        "lang ",
        "The language in which steps, notes and questions are written: `lang en`.",
    ),
    keyword(
        "signing",
        "signing ",
        "Whether every instruction is really signed: `signing off` runs large scenarios faster.",
    ),
    keyword(
        "set",
        "set ",
        "Sets a value of the preset for this scenario: `set card.balance=1_000.00 source=\"Card terms v3\"`. The value `none` leaves it open: no limit. With `stops`, whoever reads the scenario can slide it: `set card.balance=500.00 stops=[0.00, 500.00, none]`.",
    ),
];

/// The words behind the value of `set`.
pub(super) static SETTING: [Keyword; 2] = [
    keyword(
        "stops",
        "stops=[",
        "The values of a slider with which whoever reads the scenario can set this one: `stops=[0.00, 500.00, none]`.",
    ),
    keyword(
        "source",
        "source=\"",
        "Where the value comes from: `source=\"Card terms v3\"`.",
    ),
];

/// `none`, a value of `set`.
pub(super) static NONE: Keyword = keyword("none", "none", "No limit, or no such rule.");

/// The words that begin what is told.
pub(super) static TELLS: [Keyword; 6] = [
    keyword(
        "step",
        "step ",
        "A chapter of the story begins: `step \"Lunch\"`.",
    ),
    keyword(
        "note",
        "note ",
        "A paragraph of the story: `note \"Only messages climb.\"`.",
    ),
    keyword(
        "ask",
        "ask ",
        "A question. Play stops at it until it is answered; the lines below offer its answers.",
    ),
    keyword(
        "choice",
        "choice ",
        "An answer to the question above; one of them is marked `right`.",
    ),
    keyword(
        "reveal",
        "reveal ",
        "What is said once the question above is answered and its outcome shown.",
    ),
    keyword(
        "try",
        "try ",
        "Something to try when the scenario has ended: `try \"Pay 10 more\" Alice: pay Noodles 10.00`.",
    ),
];

/// `wait`, which follows a time.
pub(super) static WAIT: Keyword = keyword(
    "wait",
    "wait",
    "Lets time pass and what is due by then happen: `+1d wait`.",
);

/// `expect`.
pub(super) static EXPECT: Keyword = keyword(
    "expect",
    "expect ",
    "Says what should be so now: `expect Alice.wallet = 487.50`, `expect refused limit.payment`.",
);

/// The words that follow `expect`.
pub(super) static EXPECTED: [Keyword; 3] = [
    keyword(
        "refused",
        "refused ",
        "The last act, or something it led to, was refused, with this code if one is stated.",
    ),
    keyword("ok", "ok", "Nothing of the last act was refused."),
    keyword("holds", "holds ", "This invariant holds."),
];

/// `right`, behind an answer.
pub(super) static RIGHT: Keyword = keyword("right", "right", "Marks the right answer.");

/// `as`, behind an act.
pub(super) static AS: Keyword = keyword("as", "as ", "Gives a name to what the act creates.");

/// `on` and `off`, behind `signing`.
pub(super) static SWITCH: [Keyword; 2] = [
    keyword("on", "on", "Every instruction is signed and checked."),
    keyword("off", "off", "No instruction is signed."),
];

/// The word so written that begins a line.
pub(super) fn find(word: &str) -> Option<&'static Keyword> {
    HEADERS
        .iter()
        .chain(&TELLS)
        .chain([&WAIT, &EXPECT])
        .find(|keyword| keyword.word == word)
}
