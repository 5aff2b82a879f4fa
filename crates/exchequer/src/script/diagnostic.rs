//! What is wrong with a text, where, and what may have been meant. Typed, so
//! that an app can say it in any language; in English for the command line.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::ast::Place;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The line cannot be played, nor can what stands below it.
    Error,
    /// It plays, and may not be what was meant.
    Warning,
}

/// A problem at its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What it is.
    pub problem: Problem,
    /// What may have been meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub suggestion: Option<Suggestion>,
    /// In the JSON form, the JSON Pointer of the value at fault.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pointer: Option<String>,
}

impl Diagnostic {
    /// The stable name of what is wrong, `unknown-verb`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.problem.code()
    }
}

/// Puts problems in the order of their places, behind them the one that says
/// that there are more. One function for all callers: a sort of its own for
/// each would be a large part of the download.
pub(crate) fn in_order(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|Diagnostic { place, problem, .. }| {
        let unlisted = matches!(problem, Problem::TooManyProblems { .. });
        (unlisted, place.line, place.column)
    });
}

/// A text to put in a place of the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// What to replace.
    pub place: Place,
    /// With what.
    pub replacement: String,
}

/// Declares [`Problem`]: each variant with its stable code and its English.
macro_rules! problems {
    ($(
        $(#[$doc:meta])*
        $name:ident $code:literal { $($(#[$field_doc:meta])* $field:ident: $ty:ty),* }
        $message:literal
    )*) => {
        /// What can be wrong with a scenario. Serialises as an object with its
        /// code under `code` and what the sentence needs beside it.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "code", rename_all_fields = "camelCase")]
        pub enum Problem {
            $(
                $(#[$doc])*
                #[serde(rename = $code)]
                $name { $($(#[$field_doc])* $field: $ty),* },
            )*
        }

        impl Problem {
            /// Every code there is, in the order of the documentation.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The stable name of the problem.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $code,)*
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
    /// The whole text is too long to be read.
    TooLarge "too-large" {
        /// The most bytes a text may have.
        limit: usize,
        /// How many it has.
        found: usize
    } "the file has {found} bytes; a scenario has at most {limit}"
    /// Too many statements.
    TooManyStatements "too-many-statements" {
        /// The most a text may have.
        limit: usize
    } "a scenario has at most {limit} statements; nothing from here on was read"
    /// Too many lines, blank ones and comments among them.
    TooManyLines "too-many-lines" {
        /// The most a text may have.
        limit: usize
    } "a scenario has at most {limit} lines; nothing from here on was read"
    /// So many problems that the rest is not listed.
    TooManyProblems "too-many-problems" {
        /// How many are listed.
        limit: usize
    } "too many problems; only the first {limit} are listed"
    /// A line that is too long.
    LineTooLong "line-too-long" {
        /// The most characters a line may have.
        limit: usize
    } "a line has at most {limit} characters"
    /// Lists, records or blocks too deep within each other.
    TooDeep "too-deep" {
        /// The most levels.
        limit: usize
    } "this is nested more than {limit} levels deep"
    /// Bytes that are not UTF-8.
    InvalidUtf8 "invalid-utf8" {} "this is not UTF-8 text; save the file as UTF-8"
    /// A control character.
    ControlCharacter "control-character" {
        /// Its number, `U+0007`.
        character: String
    } "the control character {character} cannot stand in a scenario; delete it"
    /// A character that turns the direction of writing, so that a line can look
    /// different from what it says.
    BidiControl "bidi-control" {
        /// Its number, `U+202E`.
        character: String
    } "the invisible character {character} makes text look different from what it says; delete it"
    /// A character that has no meaning where it stands.
    StrayCharacter "stray-character" {
        /// The character.
        character: String
    } "`{character}` has no meaning here"
    /// A text without its closing quote.
    UnterminatedText "unterminated-text" {} "the closing quote of this text is missing"
    /// A backslash before something that cannot be escaped.
    BadEscape "bad-escape" {
        /// As written.
        escape: String
    } "`{escape}` is not an escape; a text knows \\\" and \\\\ and \\n"
    /// Something else had to stand here.
    Expected "expected" {
        /// What had to.
        expected: Expected,
        /// What does.
        found: Found
    } "{expected} was expected here, not {found}"
    /// Blanks around an argument's `=`.
    SpacedEquals "spaced-equals" {} "an argument's `=` stands without spaces around it"
    /// No blanks around a comparison.
    UnspacedOperator "unspaced-operator" {} "a comparison stands between spaces"
    /// A comma within a number.
    CommaInNumber "comma-in-number" {} "thousands are separated by `_`, not by a comma"
    /// The first word of a line means nothing.
    UnknownStatement "unknown-statement" {
        /// The word.
        word: String
    } "no statement begins with `{word}`"
    /// A kind of thing that does not exist.
    UnknownKind "unknown-kind" {
        /// The word.
        kind: String
    } "there is no kind of thing called `{kind}`"
    /// Behind an actor's name the `:` is missing.
    MissingColon "missing-colon" {
        /// The actor.
        actor: String
    } "a `:` is missing behind `{actor}`, who acts"
    /// A verb that does not exist.
    UnknownVerb "unknown-verb" {
        /// The verb.
        verb: String
    } "there is no verb `{verb}`"
    /// A verb that this kind of actor does not have.
    VerbNotAllowed "verb-not-allowed" {
        /// The verb.
        verb: String,
        /// The actor.
        actor: String,
        /// The actor's kind.
        kind: String,
        /// The kinds that have the verb.
        kinds: Words
    } "`{verb}` is for the kinds {kinds}, and `{actor}` is of the kind {kind}"
    /// A field that the verb or kind does not have.
    UnknownField "unknown-field" {
        /// The verb or kind.
        of: String,
        /// The field.
        field: String
    } "`{of}` has no field `{field}`"
    /// A field that must be given and is not.
    MissingField "missing-field" {
        /// The verb or kind.
        of: String,
        /// The field.
        field: String
    } "`{of}` needs `{field}`"
    /// A field given twice.
    FieldTwice "field-twice" {
        /// The field.
        field: String
    } "`{field}` is given twice"
    /// More values than there are fields to take them.
    TooManyValues "too-many-values" {
        /// The verb or kind.
        of: String,
        /// How many it takes without their names.
        most: usize
    } "`{of}` takes no further value without a field's name (at most {most})"
    /// A value without a name behind one that has one.
    ValueAfterNamed "value-after-named" {} "values without a name stand before those that have one"
    /// A slider with one stop only.
    TooFewStops "too-few-stops" {} "a slider has two stops at least"
    /// More stops than a slider takes.
    TooManyStops "too-many-stops" {
        /// The most.
        most: usize
    } "a slider has {most} stops at most"
    /// A stop given twice.
    StopTwice "stop-twice" {
        /// The stop, as written.
        stop: String
    } "the stop {stop} is given twice"
    /// A value of another type.
    WrongType "wrong-type" {
        /// The field or path.
        field: String,
        /// The type it takes.
        expected: ValueType,
        /// The type found.
        found: ValueType
    } "`{field}` takes {expected}, and this is {found}"
    /// A number that cannot be read.
    BadNumber "bad-number" {
        /// As written.
        text: String
    } "`{text}` is not a number; numbers look like 1_234.50"
    /// A number that is too large.
    NumberTooLarge "number-too-large" {
        /// The most it may be.
        most: String
    } "this is too large; the most is {most}"
    /// More decimals than the currency has.
    TooManyDecimals "too-many-decimals" {
        /// The currency.
        currency: String,
        /// The decimals it has.
        allowed: u8,
        /// The decimals found.
        found: usize
    } "{currency} has {allowed} decimals, and this has {found}"
    /// A negative amount where only others make sense.
    NegativeAmount "negative-amount" {} "an amount cannot be negative here"
    /// An amount in a currency that the preset does not have.
    WrongCurrency "wrong-currency" {
        /// The preset's currency.
        expected: String,
        /// The currency written.
        found: String
    } "amounts here are in {expected}, not in {found}"
    /// A number that should count something and has decimals, a sign or a unit.
    NotACount "not-a-count" {
        /// The field.
        field: String
    } "`{field}` takes a whole number such as 12"
    /// A share or yearly rate that cannot be.
    BadRate "bad-rate" {
        /// The field.
        field: String
    } "`{field}` takes a rate from 0% to 1000% with at most nine decimals, such as 0.05% or 0.0005"
    /// A number a second that cannot be.
    BadFrequency "bad-frequency" {
        /// The field.
        field: String
    } "`{field}` takes so many a second, such as 100/s or 0.5/s: more than nothing and at most 1_000_000/s"
    /// A range that begins above its end.
    RangeReversed "range-reversed" {
        /// The field.
        field: String
    } "`{field}` takes a range such as 100.00..500.00, the lower sum first"
    /// A list of more than it may name.
    TooManyListed "too-many-listed" {
        /// The field.
        field: String,
        /// The most it may name.
        most: usize
    } "`{field}` names at most {most}"
    /// A name that stands twice in a list.
    ListedTwice "listed-twice" {
        /// The field.
        field: String,
        /// The name.
        name: String
    } "`{field}` names `{name}` twice"
    /// A crowd of nobody, or of more people than there may be.
    CrowdSize "crowd-size" {
        /// The most parties of a run.
        most: u32
    } "a crowd has at least one member, and a run at most {most} parties"
    /// People who would think about running too often.
    TooOften "too-often" {
        /// How often they may, all together.
        most: u32
    } "people would have to decide more than {most} times; let there be fewer, or less often"
    /// A time, date or duration that cannot be.
    BadTime "bad-time" {
        /// As written.
        text: String,
        /// Why.
        fault: TimeFault
    } "`{text}` {fault}"
    /// An earlier time than that of the statement before.
    TimeBackward "time-backward" {
        /// The time written.
        written: String,
        /// The time it is by then.
        now: String
    } "{written} is earlier than {now}, the time of the statement before; time runs forward only"
    /// A time before a statement that has none.
    TimeNotTaken "time-not-taken" {
        /// The statement's word.
        word: String
    } "`{word}` has no time of its own"
    /// `wait` without saying until when.
    MissingTime "missing-time" {} "say how long to wait, like `+1d wait`"
    /// A name that nothing has.
    UnknownActor "unknown-actor" {
        /// The name.
        name: String
    } "nobody is called `{name}`"
    /// A name used above the line that declares it.
    DeclaredLater "declared-later" {
        /// The name.
        name: String,
        /// The line that declares it.
        line: u32
    } "`{name}` is declared only later, on line {line}"
    /// A party of another kind than the field takes.
    WrongKind "wrong-kind" {
        /// The field.
        field: String,
        /// The party.
        name: String,
        /// Its kind.
        kind: String,
        /// The kinds the field takes.
        kinds: Words
    } "`{field}` takes the kinds {kinds}, and `{name}` is of the kind {kind}"
    /// A name that is taken.
    NameTaken "name-taken" {
        /// The name.
        name: String,
        /// The line that declares it first.
        line: u32
    } "the name `{name}` is taken since line {line}"
    /// A name that means something already.
    ReservedName "reserved-name" {
        /// The name.
        name: String
    } "`{name}` has a meaning of its own and cannot be a name"
    /// A name that is empty or begins or ends with a blank.
    BlankName "blank-name" {} "a name is not empty and neither begins nor ends with a space"
    /// A name that is too long.
    NameTooLong "name-too-long" {
        /// The most characters.
        limit: usize
    } "a name has at most {limit} characters"
    /// A text that is too long to be signed with its request.
    TextTooLong "text-too-long" {
        /// The most bytes of UTF-8.
        limit: usize
    } "a text that goes with a request has at most {limit} bytes"
    /// A name that can be spelled in two ways.
    NameNotComposed "name-not-composed" {
        /// The number of the character at fault, `U+0301`.
        character: String
    } "with {character} this name has a second spelling; use letters in their composed form (NFC), such as é as one character"
    /// A character that names cannot hold.
    NameCharacter "name-character" {
        /// The character.
        character: String
    } "a name cannot hold `{character}`"
    /// A preset that does not exist.
    UnknownPreset "unknown-preset" {
        /// The name.
        name: String
    } "there is no preset `{name}`"
    /// A version that the preset does not have.
    UnknownVersion "unknown-version" {
        /// The preset.
        name: String,
        /// The version.
        version: u32,
        /// Its newest version.
        newest: u32
    } "the preset `{name}` has no version {version}; the newest is {newest}"
    /// A preset without its version.
    UnpinnedPreset "unpinned-preset" {
        /// The preset.
        name: String,
        /// Its newest version.
        newest: u32
    } "without a version, this file changes its results when `{name}` gets a newer one than {newest}"
    /// A wallet type that the preset does not define.
    UnknownWalletType "unknown-wallet-type" {
        /// The word.
        wallet_type: String,
        /// The preset.
        preset: String,
        /// The wallet types it defines.
        types: Words
    } "the preset `{preset}` has no wallet type `{wallet_type}`; it has {types}"
    /// None of the words that the field takes.
    UnknownChoice "unknown-choice" {
        /// The field.
        field: String,
        /// The word.
        word: String,
        /// The words it takes.
        choices: Words
    } "`{field}` takes {choices}, not `{word}`"
    /// A refusal code that nothing gives.
    UnknownRefusal "unknown-refusal" {
        /// The code.
        refusal: String
    } "nothing is ever refused with the code `{refusal}`"
    /// An invariant that does not exist.
    UnknownInvariant "unknown-invariant" {
        /// The name.
        name: String
    } "there is no invariant `{name}`"
    /// Something that a party does not have.
    UnknownAccount "unknown-account" {
        /// The party.
        name: String,
        /// What it does not have.
        account: String
    } "`{name}` has no `{account}`"
    /// A path that cannot be set.
    UnknownPath "unknown-path" {
        /// The path.
        path: String,
        /// The preset.
        preset: String
    } "the preset `{preset}` has nothing at `{path}` that a scenario can set"
    /// No preset is named.
    MissingUse "missing-use" {} "a scenario names its preset before anything happens, like `use cny-2025@1`"
    /// A header below the first declaration, act or tell line.
    HeaderLate "header-late" {
        /// The header.
        header: String
    } "`{header}` belongs to the headers, above all else"
    /// A header that stands twice.
    HeaderTwice "header-twice" {
        /// The header.
        header: String,
        /// The line where it stands first.
        line: u32
    } "`{header}` stands on line {line} already"
    /// A language tag that cannot be one.
    BadLang "bad-lang" {
        /// The tag.
        tag: String
    } "`{tag}` is not a language tag; they look like `en` or `zh-CN`"
    /// A question without answers to choose from.
    AskWithoutChoice "ask-without-choice" {} "the lines below a question offer its answers, like `choice \"Refused\" right`"
    /// An answer that no question stands above of.
    ChoiceWithoutAsk "choice-without-ask" {} "an answer stands below its `ask`, or below another answer to it"
    /// No answer is the right one.
    NoRightChoice "no-right-choice" {} "one answer of a question is marked `right`"
    /// A second right answer.
    TwoRightChoices "two-right-choices" {
        /// The line of the first.
        line: u32
    } "a question has one right answer, and that is on line {line}"
    /// A revelation that no question stands above of.
    RevealWithoutAsk "reveal-without-ask" {} "`reveal` answers an `ask` above it, once"
    /// An expectation of an act's outcome before the first act.
    NothingToExpectOf "nothing-to-expect-of" {} "nobody has done anything yet that could be refused"
    /// An act that would move nothing.
    ZeroAmount "zero-amount" {} "an amount to move is more than zero"
    /// A line that was read and could not be played.
    Stopped "stopped" {
        /// Why, in English.
        why: String
    } "this line could not be played: {why}"
    /// What is wrong within a block.
    InBlock "in-block" {
        /// The message that says it with its arguments, as JSON.
        phrase: String,
        /// The word that the block begins with.
        block: String,
        /// The same in English.
        says: String
    } "{says}{phrase:.0}{block:.0}"
    /// A party of a contract that nobody plays.
    NobodyPlays "nobody-plays" {
        /// The party.
        role: String
    } "nobody plays `{role}`; write who does behind `=`, like `{role}=Alice`"
    /// A block without its `end`.
    UnendedBlock "unended-block" {
        /// The word it begins with.
        word: String
    } "the `end` of this `{word}` is missing"
    /// An `end` of nothing.
    EndOfNothing "end-of-nothing" {} "there is no block here to end"
    /// JSON that cannot be read.
    JsonSyntax "json-syntax" {
        /// The reader's words, in English.
        reason: String
    } "this is not JSON: {reason}"
    /// A JSON value of another form.
    JsonForm "json-form" {
        /// The form it should have.
        expected: JsonForm
    } "{expected} was expected here"
    /// A key that the JSON form does not have.
    JsonKey "json-key" {
        /// The key.
        key: String
    } "the key `{key}` has no meaning here"
    /// A key that the JSON form needs.
    JsonMissing "json-missing" {
        /// The key.
        key: String
    } "the key `{key}` is missing here"
}

/// Words of a kind, to be listed in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub Vec<String>);

impl Words {
    pub(super) fn of<T: ToString>(words: impl IntoIterator<Item = T>) -> Self {
        Self(words.into_iter().map(|word| word.to_string()).collect())
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.len().saturating_sub(1);
        for (at, word) in self.0.iter().enumerate() {
            match at {
                0 => {}
                at if at == last => f.write_str(" or ")?,
                _ => f.write_str(", ")?,
            }
            f.write_str(word)?;
        }
        Ok(())
    }
}

/// What stands in a place: a piece of the text, or nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Found(pub String);

/// How much of what was found is told.
const FOUND_CHARS: usize = 40;

impl Found {
    pub(super) fn new(text: &str) -> Self {
        match text.char_indices().nth(FOUND_CHARS) {
            Some((at, _)) => Self(format!("{}…", &text[..at])),
            None => Self(text.to_owned()),
        }
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

/// Declares an enum of words, each with its English.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $english:literal)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $(
                #[doc = $english]
                $variant,
            )*
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $english,)* })
            }
        }
    };
}

words! {
    /// What had to stand in a place.
    Expected {
        Statement "a statement"
        ActWaitOrExpect "an act, `wait` or `expect`"
        Actor "the name of who acts"
        Colon "`:`"
        Verb "a verb"
        Text "a text in quotes"
        Name "a name"
        Value "a value"
        List "a list such as [0.00, 500.00, none]"
        WholeNumber "a whole number"
        When "a time such as 09:05 or +30s"
        Duration "a duration such as 1h30m"
        DateTime "a date with a time such as 2025-11-03T09:00"
        Preset "the name of a preset"
        OnOrOff "`on` or `off`"
        LanguageTag "a language tag such as `en`"
        Path "a path such as `card.balance`"
        Account "`.` and what is looked at, such as `.wallet`"
        Operator "one of = != < <= > >="
        Equals "`=`"
        RefusalCode "a refusal code such as `limit.payment`"
        Invariant "the name of an invariant"
        Comma "`,` or the closing bracket"
        End "the end of the line"
    }
}

words! {
    /// A type of value.
    ValueType {
        Amount "an amount such as 12.50"
        Actor "a party's name"
        Name "a name"
        Text "a text in quotes"
        Count "a whole number"
        WalletType "a wallet type"
        Duration "a duration such as 1h30m"
        Share "a rate such as 0.05%"
        TimeOfDay "a time of day in quotes such as \"20:00\""
        Bool "`true` or `false`"
        Choice "one of certain words"
        Amounts "an amount or a range of amounts such as 100.00..500.00"
        Actors "a party's name or a list of them such as [Harbour, Summit]"
        Shares "a list of names with sums such as {Alice=100.00, Bob=250.00}"
        Frequency "so many a second such as 100/s"
        Exchange "what one unit buys, such as 4.95"
        Currency "a currency's three letters, such as THB"
        Number "a number"
        Percent "a percentage"
        Rate "a number a second"
        Range "a range"
        DateTime "a date with a time"
        List "a list"
        Record "a record"
    }
}

words! {
    /// Why a time, date or duration cannot be.
    TimeFault {
        Syntax "is not a time; times look like 09:05, +1h30m or 2025-11-03T09:00"
        NoSuchDate "is no date of the calendar"
        NoSuchTime "is no time of day"
        Skipped "never comes: clocks are put forward over it"
        OutOfRange "lies outside the years 1900 to 2200"
        TooLong "is too long"
        Zone "names a zone; times are always in the preset's zone"
    }
}

words! {
    /// A form of JSON value.
    JsonForm {
        Document "an object with `exq` and `lines`"
        Version "1, the version of this form,"
        Lines "a list of lines"
        Line "an object with one statement"
        Object "an object"
        Text "a string"
        WholeNumber "a whole number"
        Bool "true or false"
        Value "a string, number, true, false, list or object"
        Word "a single word"
        When "a time as a script writes it, such as \"09:05\" or \"+30s\","
        Written "a value as a script writes it"
        Shallower "less nesting"
    }
}
