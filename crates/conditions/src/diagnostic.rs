//! What is wrong with a condition or contract, where, and what may have been
//! meant. Typed, so that an app can say it in any language; `Display` is English.

use std::fmt;

use serde::Serialize;

use crate::explain::{Arg, Phrase};

/// A place in a text. Lines are those the block was handed over with; columns
/// count characters from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The first column.
    pub column: u32,
    /// The first column behind it.
    pub end_column: u32,
}

/// Which part of a condition or contract something is wrong with: what a form
/// marks, and what the JSON form points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// All of it.
    Whole,
    /// A party, by its number from 0.
    Party(usize),
    /// A secret.
    Secret(usize),
    /// What is held at the opening.
    Hold,
    /// A handler.
    Handler(usize),
    /// A step.
    Step(usize),
    /// A step's case.
    Case(usize, usize),
    /// What a step does when nothing came.
    Late(usize),
    /// A rule of a condition.
    Rule(usize),
}

impl Spot {
    /// The JSON Pointer of the part.
    #[must_use]
    pub fn pointer(self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Party(at) => format!("/parties/{at}"),
            Self::Secret(at) => format!("/secrets/{at}"),
            Self::Hold => "/hold".to_owned(),
            Self::Handler(at) => format!("/on/{at}"),
            Self::Step(at) => format!("/steps/{at}"),
            Self::Case(step, at) => format!("/steps/{step}/cases/{at}"),
            Self::Late(step) => format!("/steps/{step}/else"),
            Self::Rule(at) => format!("/rules/{at}"),
        }
    }
}

/// A problem at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// Where it is, if it was found in a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The part it is about.
    pub spot: Spot,
    /// What it is.
    pub problem: Problem,
    /// What to write instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(Place { line, column, .. }) => write!(f, "{line}:{column}: ")?,
            None => write!(f, "{}: ", self.spot.pointer())?,
        }
        self.problem.fmt(f)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; did you mean `{suggestion}`?"),
            None => Ok(()),
        }
    }
}

/// Declares [`Problem`]: each variant with its stable code and its English.
macro_rules! problems {
    ($(
        $(#[$doc:meta])*
        $name:ident $code:literal { $($(#[$field_doc:meta])* $field:ident: $ty:ty),* }
        $message:literal
    )*) => {
        /// What can be wrong. Serialises with its code under `code`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(tag = "code", rename_all_fields = "camelCase")]
        pub enum Problem {
            $(
                $(#[$doc])*
                #[serde(rename = $code)]
                $name { $($(#[$field_doc])* $field: $ty),* },
            )*
        }

        impl Problem {
            /// Every code there is.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable name of the problem.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $code,)*
                }
            }

            /// The message that says it, with its arguments.
            #[must_use]
            pub fn phrase(&self) -> Phrase {
                match self {
                    $(Self::$name { $($field),* } => Phrase {
                        key: concat!("cond-problem-", $code).into(),
                        args: vec![$((stringify!($field).into(), Arg::from($field.clone()))),*],
                    },)*
                }
            }
        }

        impl fmt::Display for Problem {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name { $($field),* } => write!(f, $message),)*
                }
            }
        }
    };
}

problems! {
    /// More of something than there may be.
    TooMany "too-many" {
        /// Of what.
        what: Counted,
        /// The most.
        limit: usize
    } "there are at most {limit} {what}"
    /// A character without meaning.
    StrayCharacter "stray-character" {
        /// The character.
        character: String
    } "`{character}` has no meaning here"
    /// A text without its closing quote.
    UnterminatedText "unterminated-text" {} "the closing quote of this text is missing"
    /// A backslash before something that cannot be escaped.
    BadEscape "bad-escape" {} "a quoted name knows the escapes \\\" and \\\\"
    /// Something else had to stand here.
    Expected "expected" {
        /// What had to.
        expected: Expected,
        /// What does.
        found: Found
    } "{expected} was expected here, not {found}"
    /// A word that takes a value which cannot be.
    Malformed "malformed" {
        /// As written.
        text: String,
        /// What it should have been.
        expected: Expected
    } "`{text}` cannot be; {expected} was expected"
    /// A date that the calendar does not have.
    NoSuchTime "no-such-time" {
        /// As written.
        text: String
    } "`{text}` is no date and time of the years 1900 to 2200, such as 2025-12-31T18:00"
    /// Nested too deep.
    TooDeep "too-deep" {
        /// The most levels.
        limit: usize
    } "this is nested more than {limit} levels deep"
    /// A line whose first word means nothing.
    UnknownLine "unknown-line" {
        /// The word.
        word: String
    } "no line of this block begins with `{word}`"
    /// A line that may stand only once.
    Twice "twice" {
        /// Its word.
        word: String
    } "`{word}` stands above already"
    /// A line that belongs to a step, above the first.
    OutsideStep "outside-step" {
        /// Its word.
        word: String
    } "`{word}` belongs to a step; write `step NAME until TIME` above it"
    /// A line that belongs above the steps.
    BelongsAbove "belongs-above" {
        /// Its word.
        word: String
    } "`{word}` belongs above the first step"
    /// A wait that does not say what happens when nobody acts.
    MissingElse "missing-else" {
        /// The step.
        step: String
    } "step `{step}` does not say what happens when nobody acts; add a line like `else: close`"
    /// A step that neither waits nor does anything.
    MissingUntil "missing-until" {
        /// The step.
        step: String
    } "step `{step}` waits for an action and has no time at which it ends; add `until 30d`"
    /// A step whose doings stand under the wrong word.
    ElseOrDo "else-or-do" {
        /// The word that belongs there.
        word: String
    } "what a step with `until` does when nobody acts stands behind `else:`, what one without does at once behind `do:`; `{word}:` was expected"
    /// Nothing in it.
    Empty "empty" {} "this block says nothing"
    /// No parties.
    NoParties "no-parties" {} "a contract names its parties, like `parties buyer=Alice seller=Bob`"
    /// No steps.
    NoSteps "no-steps" {} "a contract has at least one step, like `step delivery until 14d`"
    /// A name used for two things.
    NameTaken "name-taken" {
        /// The name.
        name: String
    } "the name `{name}` is taken"
    /// A party that nobody is.
    UnknownParty "unknown-party" {
        /// The name.
        name: String
    } "no party is called `{name}`"
    /// A step that does not exist.
    UnknownStep "unknown-step" {
        /// The name.
        name: String
    } "no step is called `{name}`"
    /// A secret that does not exist.
    UnknownSecret "unknown-secret" {
        /// The name.
        name: String
    } "no secret is called `{name}`"
    /// A value that does not exist.
    UnknownValue "unknown-value" {
        /// The name.
        name: String
    } "nothing is called `{name}` above this line"
    /// A way back: such a contract need never end.
    Backward "backward" {
        /// The step it leads to.
        name: String
    } "`{name}` does not come later, and a contract never goes back; use `repeat` for turns"
    /// An amount of nothing.
    ZeroAmount "zero-amount" {} "an amount to move is more than zero"
    /// The least is more than the most.
    RangeReversed "range-reversed" {} "the first amount of a range is the lesser one"
    /// A step that ends before it begins.
    TimeReversed "time-reversed" {
        /// The step.
        step: String
    } "step `{step}` ends before it begins"
    /// Beginning without an end, or repeating without one.
    NothingToWaitFor "nothing-to-wait-for" {
        /// The step.
        step: String
    } "step `{step}` has no `until`, so it can neither begin later nor repeat"
    /// A time beyond the longest life.
    TooLong "too-long" {
        /// The most days.
        days: i64
    } "a contract lives at most {days} days"
    /// `all` without saying of whom.
    AllOfWhom "all-of-whom" {} "`all` means what is taken from; write `held of NAME` here"
    /// A payment without saying of whose money.
    FromWhom "from-whom" {} "several parties put money in; say `from` whom"
    /// Nobody puts money in.
    NobodyPays "nobody-pays" {} "nobody puts money into this contract; add `hold 100.00 from NAME` or an action that deposits"
    /// `them` where nobody in particular acted.
    NobodyActed "nobody-acted" {} "nobody acts here who could be paid as `them`"
    /// What is held at the opening depends on what comes later.
    NotConstant "not-constant" {} "what is held at the opening is an amount known in advance"
    /// More signatures than signers, or none.
    BadSigners "bad-signers" {} "at least one must sign, and no more than are listed, each once"
    /// Something listed twice.
    ListedTwice "listed-twice" {
        /// What.
        name: String
    } "`{name}` is listed twice"
    /// An empty list.
    NothingListed "nothing-listed" {} "an empty list allows nothing"
    /// Shares above the whole.
    SharesTooMuch "shares-too-much" {} "the shares are more than the whole"
    /// Shares below the whole.
    SharesTooLittle "shares-too-little" {} "the shares are less than the whole; add `and rest to NAME`"
    /// Shares without a sensible common denominator.
    SharesTooFine "shares-too-fine" {} "these shares have no common denominator of a sensible size"
    /// A cap without anybody to take what is above it.
    CapWithoutRest "cap-without-rest" {} "a capped share needs somebody for what is above; add `and rest to NAME`"
    /// A value that could outgrow every number.
    Overflow "overflow" {} "this could become larger than any amount; use smaller numbers"
    /// An amount finer than the currency.
    TooFine "too-fine" {
        /// The amount.
        amount: String,
        /// The currency's decimals.
        decimals: u8
    } "`{amount}` has more than the {decimals} decimals of the currency"
    /// JSON that cannot be read.
    Json "json" {
        /// The reader's words, in English.
        reason: String
    } "{reason}"
}

/// Declares an enum of words, each with its key and its English.
macro_rules! words {
    (
        $(#[$doc:meta])* $name:ident $prefix:literal {
            $($variant:ident $key:literal $english:literal)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $(
                #[doc = $english]
                $variant,
            )*
        }

        impl $name {
            /// Each of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The message that says it.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $(Self::$variant => concat!($prefix, $key),)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $english,)* })
            }
        }
    };
}

words! {
    /// What there can be too much of.
    Counted "cond-counted-" {
        Bytes "bytes" "bytes in JSON"
        Lines "lines" "lines in a block"
        Characters "characters" "characters in a line"
        Parties "parties" "parties"
        Secrets "secrets" "secrets"
        Words "words" "names of actions, events and values"
        Steps "steps" "steps"
        Turns "turns" "turns of a step"
        States "states" "states once every turn is counted"
        Cases "cases" "actions to wait for in a step"
        Handlers "handlers" "handlers"
        Ops "ops" "things to do in a line"
        AllOps "all-ops" "things to do in all turns together"
        Nodes "nodes" "parts of a value or condition"
        Listed "listed" "names or numbers in a list"
        Rules "rules" "rules"
    }
}

words! {
    /// What had to stand in a place.
    Expected "cond-expected-" {
        Name "name" "a name"
        Party "party" "the name of a party"
        Amount "amount" "an amount such as 1_200.00"
        Value "value" "an amount, a name, `all` or `held of NAME`"
        Duration "duration" "a length of time such as 30d or 1h30m"
        Moment "moment" "a date with a time such as 2025-12-31T18:00"
        Number "number" "a whole number such as 12"
        Category "category" "a merchant category of four digits such as 5812"
        Share "share" "a share such as 1/3 or 12.5%"
        Image "image" "64 hexadecimal digits in quotes"
        Count "count" "a whole number, `days`, `hours` or `minutes`"
        Action "action" "what is done, such as `claims`, `deposits 100.00` or `names price from 1.00 to 9.00`"
        Doing "doing" "`pay`, `set`, `split`, `let`, `if`, `go` or `close`"
        Comparison "comparison" "`at least`, `more than`, `at most`, `less than` or `is`"
        Rule "rule" "a rule such as `amount at most 50.00` or `category in [5812, 5814]`"
        Colon "colon" "`:`"
        Comma "comma" "`,`"
        Equals "equals" "`=`"
        OpenList "open-list" "`[`"
        CloseList "close-list" "`,` or `]`"
        OpenGroup "open-group" "`(`"
        CloseGroup "close-group" "`,` or `)`"
        Aside "aside" "`aside`"
        At "at" "`at`"
        AtLeastOrMost "at-least-or-most" "`least` or `most`"
        Than "than" "`than`"
        For "for" "`for`"
        From "from" "`from`"
        To "to" "`to`"
        Of "of" "`of`"
        As "as" "`as`"
        By "by" "`by`"
        In "in" "`is` or `in`"
        Sign "sign" "`sign`"
        Until "until" "`from`, `until` or `repeat`"
        Go "go" "`go` or `close`"
        LineEnd "line-end" "the end of the line"
    }
}

/// How much of what was found is told.
const FOUND_CHARS: usize = 40;

/// What stands in a place, short enough to be told; nothing at a line's end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Found(pub String);

impl Found {
    pub(crate) fn new(text: &str) -> Self {
        Self(match text.char_indices().nth(FOUND_CHARS) {
            Some((at, _)) => format!("{}…", &text[..at]),
            None => text.to_owned(),
        })
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            f.write_str("the end of the line")
        } else {
            write!(f, "`{}`", self.0)
        }
    }
}

/// The word among these that a wrong one is nearest to, if it is near enough.
pub(crate) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let most = match wrong.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        _ => 3,
    };
    known
        .into_iter()
        .map(|word| (distance(wrong, word), word))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, word)| word)
}

/// How many characters must change, come or go to make one word the other,
/// whatever their case.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, a) in left.chars().flat_map(char::to_lowercase).enumerate() {
        let mut corner = std::mem::replace(&mut row[0], at + 1);
        for (column, b) in right.iter().enumerate() {
            let above = row[column + 1];
            row[column + 1] = (corner + usize::from(a != *b))
                .min(above + 1)
                .min(row[column] + 1);
            corner = above;
        }
    }
    row[right.len()]
}
