//! Read models: what a screen, a phone or the command line shows of a run at
//! one moment. Pure data, no sentences: a view names things by stable keys and
//! typed values, and each language says them in its own words.

mod compare;
mod crowd;
mod offline;
mod phone;
mod review;
mod series;
pub mod studio;

pub use compare::{Change, Comparison, Difference, Outcome};
pub use crowd::{Crowd, Member, Members};
pub use offline::{Attempt, Crossing, Device, Evidence, Finding, ForPurpose, Handover};
pub use phone::{Address, Asked, Entry, Later, Phone, Scanned, Statement, StatementLine, Sub};
pub use review::{Known, Learned, Review, TurnedDown};
pub use series::{BankReserves, Calibration, Monitor, Sample, Series};

pub use money::Currency;
use serde::{Deserialize, Serialize};
use world::fact::PartyId;
use world::visible::{Centre, Viewer};

/// A party's number in a run: dense, in order of declaration. The central
/// bank is 0.
pub type PartyNo = u32;

/// A sum in minor units of the run's currency.
pub type Minor = i64;

/// What there is to know about a run as a whole. It changes only when the
/// text does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// The scenario's title.
    pub title: String,
    /// The language that its title and tell lines are in here: that of their
    /// translation, or the one they are written in (`lang`), if stated. Lines
    /// that somebody changed are in their own words, whatever this says.
    pub language: Option<String>,
    /// The preset in use.
    pub preset: Preset,
    /// The seed of every random stream.
    pub seed: u64,
    /// How many facts the run has. A position is a number from 0 to this: how
    /// many of them have happened.
    pub length: u32,
    /// The parties' names in order of their numbers, the first hundred: the
    /// reader may look as any of them.
    pub parties: Vec<String>,
    /// The acts that were played, in order.
    pub beats: Vec<Beat>,
    /// The steps of the story, in order. A story without `step` lines has none.
    pub steps: Vec<Step>,
    /// What can be tried at the end.
    pub tries: Vec<Try>,
    /// What can be slid.
    pub slides: Vec<Slide>,
    /// Every `expect` line and whether it held.
    pub expectations: Vec<Expectation>,
    /// Refusals that no line expects, as positions of their facts.
    pub unexpected: Vec<u32>,
    /// The first line that could not be played because it, or one above it, is
    /// wrong. What stands above it was played.
    pub waits_for: Option<u32>,
    /// BLAKE3 digest of the log, in hexadecimal.
    pub digest: String,
    /// The engine's name and version.
    pub engine: String,
}

/// The rules in use, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    /// Name and version: `cny-2025@1`.
    pub id: String,
    /// Currency code: `CNY`.
    pub currency: String,
    /// Decimals of an amount.
    pub decimals: u8,
    /// Last day of validity, `2025-12-31`.
    pub ended: Option<String>,
    /// Values that the scenario sets itself: path and value.
    pub ours: Vec<(String, String)>,
}

/// One act with everything it caused: the unit of playing and stepping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    /// Position before its first fact.
    pub from: u32,
    /// Position after its last fact.
    pub to: u32,
    /// Virtual time, milliseconds UTC.
    pub at: i64,
    /// The script's line, from 1.
    pub line: u32,
    /// How many messages it sent.
    pub messages: u16,
    /// How many postings it made.
    pub postings: u16,
    /// Who owes the money that moved last in it, if any moved: the colour of
    /// its tick on the timeline.
    pub owed: Option<Owed>,
    /// Whether it, or something it caused, was refused.
    pub refused: bool,
}

/// A step of the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Heading.
    pub title: String,
    /// Paragraphs under it, each with the position from which it is shown.
    pub notes: Vec<(u32, String)>,
    /// Position at which the step begins.
    pub from: u32,
    /// Position at which it ends.
    pub to: u32,
    /// The script's line.
    pub line: u32,
    /// Questions asked in it.
    pub questions: Vec<Question>,
}

/// A question: play stops at it, and nothing after it is drawn until it is
/// answered or "Just show me".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Position at which play stops.
    pub at: u32,
    /// The script's line.
    pub line: u32,
    /// The question.
    pub text: String,
    /// The answers offered, and whether each is right.
    pub choices: Vec<(String, bool)>,
    /// What is shown afterwards.
    pub reveal: Option<String>,
    /// Position from which the reveal is shown.
    pub reveal_at: u32,
}

/// Something to try at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// What the button says.
    pub text: String,
    /// The script's line.
    pub line: u32,
    /// The act as script, to be played after the last line.
    pub act: String,
}

/// A value of the rules that whoever reads the story can slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slide {
    /// The script's line that sets it.
    pub line: u32,
    /// What it is: `wallet.IV.balance`.
    pub path: String,
    /// What kind of value it is.
    pub unit: Unit,
    /// The stop at which it stands.
    pub at: u32,
    /// Its stops, from one end to the other: those that the line offers, and in
    /// its place the value it has if that is none of them.
    pub stops: Vec<Stop>,
}

/// A stop of a slider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The value as a [`SheetRow`] has it; none where it is left open.
    pub value: Option<String>,
    /// The script's line that sets it so.
    pub text: String,
}

/// An `expect` line and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// The script's line.
    pub line: u32,
    /// Whether it held.
    pub held: bool,
    /// What was expected, as script.
    pub expected: String,
    /// What was found, as script.
    pub found: String,
}

/// Where two runs of one text part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Parting {
    /// Nowhere, as far as it can be told: every statement comes to the same.
    Nowhere,
    /// Everything before this comes to the same.
    Between {
        /// The first line that may come out differently, from 1.
        first: u32,
        /// The last line that may be the first to.
        last: u32,
        /// Position after it.
        position: u32,
    },
}

/// Who looks at the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    /// Whoever watches the simulation: sees everything.
    #[default]
    Everyone,
    /// A party.
    Party(PartyNo),
    /// The centre that knows whose wallet it is.
    Authentication,
    /// The centre that knows what each wallet holds.
    Registration,
    /// The centre that knows what is paid.
    BigData,
    /// Whoever has a warrant for one person, from a time on.
    Investigator {
        /// The person.
        subject: PartyNo,
        /// Since when, milliseconds UTC.
        since: i64,
    },
}

impl From<Seen> for Viewer {
    fn from(seen: Seen) -> Viewer {
        match seen {
            Seen::Everyone => Viewer::Everyone,
            Seen::Party(party) => Viewer::Party(PartyId(party)),
            Seen::Authentication => Viewer::Centre(Centre::Authentication),
            Seen::Registration => Viewer::Centre(Centre::Registration),
            Seen::BigData => Viewer::Centre(Centre::BigData),
            Seen::Investigator { subject, since } => Viewer::Investigator {
                subject: PartyId(subject),
                since,
            },
        }
    }
}

/// A run at one position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// How many facts have happened.
    pub position: u32,
    /// The beat being shown: the last one that has begun, if any has.
    pub beat: Option<u32>,
    /// Local date and time in the preset's zone: `2025-11-03T09:06:00`.
    pub at: String,
    /// From when the viewer may know, likewise, if there is a warrant that says.
    pub warrant: Option<String>,
    /// What the beat did, as a sentence to be worded.
    pub caption: Option<Caption>,
    /// What moved within the beat so far, in order.
    pub flows: Vec<Flow>,
    /// The lines of the beat before, if there were not too many.
    pub traces: Vec<Trace>,
    /// The parties in order of their numbers. Of a crowd that stands as one
    /// card, those who take part in the beat, and who was asked for.
    pub parties: Vec<Party>,
    /// The crowds that stand as one card each.
    pub crowds: Vec<Crowd>,
    /// The balance sheet of every party that keeps one.
    pub books: Vec<Book>,
    /// The invariants and the messages on the way.
    pub accounted: Accounted,
    /// What banks have found out about devices.
    pub found: Vec<Finding>,
    /// The beat's refusal, if it has one by now.
    pub refusal: Option<Refusal>,
    /// The beat's postings so far.
    pub journal: Vec<Posting>,
}

impl Moment {
    /// The party of a number, if it is among those told of.
    pub fn party(&self, no: PartyNo) -> Option<&Party> {
        let found = self.parties.binary_search_by_key(&no, |party| party.no);
        self.parties.get(found.ok()?)
    }
}

/// A sentence: a key of the message catalogues and its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caption {
    /// `caption-pay`, `caption-issue` …
    pub key: String,
    /// Arguments by name.
    pub args: Vec<(String, Arg)>,
}

/// An argument of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    /// A sum in the run's currency.
    Amount(Minor),
    /// A sum in another.
    Money(Minor, Currency),
    /// A name from the scenario, shown as it is.
    Name(String),
    /// Local date and time, of which the time is told.
    Time(String),
    /// Local date and time, on another day than the event's: both are told.
    Moment(String),
    /// A key of the catalogues, to be worded in place.
    Word(String),
    /// A whole number.
    Count(i64),
    /// What the viewer cannot see: a key of the catalogues that says why.
    Hidden(String),
}

/// Who owes a kind of money: its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Owed {
    /// By the central bank.
    CentralBank,
    /// By a bank.
    Bank,
    /// By a payment firm.
    Firm,
    /// By nobody.
    Nobody,
}

/// The form of a kind of money: its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Form {
    /// ■ Reserves at the central bank.
    Reserves,
    /// ● Digital currency in a wallet or a bank's vault.
    Digital,
    /// ▬ Banknotes.
    Banknote,
    /// ◆ An account's balance.
    Account,
    /// ◉ Digital currency in a device, to be paid without a network.
    Purse,
}

/// Something that moved: money on a solid line, information on a dashed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Position after its fact.
    pub position: u32,
    /// From whom; where the viewer does not know who that is, the institution
    /// that runs the wallet.
    pub from: PartyNo,
    /// To whom, likewise.
    pub to: PartyNo,
    /// The wallets' numbers instead of names, `#7`, where the viewer does not
    /// know who it is.
    pub handles: [Option<String>; 2],
    /// The centre of the central bank that a message passes through, by the key
    /// of its name: `centre-registration`.
    pub centre: Option<String>,
    /// What moved.
    pub what: Moved,
    /// The currency of its sum, if it is another than the run's.
    pub currency: Option<Currency>,
    /// What became of it.
    pub fate: Fate,
}

/// What happened in one beat: a part of the sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The beat's number.
    pub beat: u32,
    /// The position at which all of it has happened.
    pub position: u32,
    /// When, as the clock on the wall shows it.
    pub at: String,
    /// What happened, as a sentence.
    pub caption: Option<Caption>,
    /// What moved, in order.
    pub flows: Vec<Flow>,
}

/// A line along which something moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Trace {
    /// From whom.
    pub from: PartyNo,
    /// To whom.
    pub to: PartyNo,
    /// Who owes the money; none where information moved.
    pub money: Option<Owed>,
}

/// Information or money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moved {
    /// A message: its kind's key (`message-order`), and the sum it speaks of.
    Information {
        /// Key of its kind.
        key: String,
        /// The sum it speaks of.
        amount: Option<Minor>,
    },
    /// Money.
    Money {
        /// How much.
        amount: Minor,
        /// Its form.
        form: Form,
        /// Who owes it.
        owed: Owed,
    },
    /// Money that turned into another kind in the same hands.
    Swapped {
        /// How much.
        amount: Minor,
        /// What it was.
        was: (Form, Owed),
        /// What it is now.
        is: (Form, Owed),
    },
}

/// What became of something that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It arrived.
    Arrived,
    /// It is on the way.
    OnTheWay,
    /// It was lost.
    Lost,
    /// It arrived twice.
    Doubled,
    /// It was turned down with this code.
    Refused(String),
}

/// What kind of party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// The central bank.
    CentralBank,
    /// A bank that runs wallets.
    Operator,
    /// A payment firm or bank without wallets of its own.
    Agent,
    /// A person.
    Person,
    /// A firm.
    Firm,
    /// A merchant.
    Merchant,
    /// A visitor.
    Visitor,
    /// A central bank abroad.
    Authority,
    /// A bank abroad.
    ForeignBank,
    /// The central banks' common platform.
    Platform,
}

impl Kind {
    /// Whether it is a bank, a central bank or a platform of these.
    #[must_use]
    pub const fn is_institution(self) -> bool {
        matches!(self, Kind::CentralBank | Kind::Operator | Kind::Agent) || self.is_abroad()
    }

    /// Whether it stands beyond the country.
    #[must_use]
    pub const fn is_abroad(self) -> bool {
        matches!(self, Kind::Authority | Kind::ForeignBank | Kind::Platform)
    }
}

/// A party as a card on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its number.
    pub no: PartyNo,
    /// Its name; empty where the viewer does not know it.
    pub name: String,
    /// Why the viewer does not know its name, as a key of the catalogues.
    pub hidden: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// The institution under which it stands.
    pub at: Option<PartyNo>,
    /// What it has, most telling first.
    pub holdings: Vec<Holding>,
    /// Its wallets.
    pub wallets: Vec<Wallet>,
    /// Whether it takes part in the beat being shown.
    pub lit: bool,
    /// The crowd on whose card it stands, if on one.
    pub crowd: Option<u32>,
}

/// One kind of money a party has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Key of its label: `holding-reserves`, `holding-vault`, `holding-cash`,
    /// `holding-deposit`, `holding-wallet`, `holding-in-issue`, `holding-bridge`,
    /// `holding-nostro`, `holding-on-bridge`, `holding-issued`.
    pub key: String,
    /// Its form.
    pub form: Form,
    /// Who owes it.
    pub owed: Owed,
    /// How much.
    pub amount: Minor,
    /// How much before the beat being shown, if that differs.
    pub before: Option<Minor>,
    /// Its currency, if it is another than the run's.
    pub currency: Option<Currency>,
}

/// A wallet with its limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wallet {
    /// Its number.
    pub no: u32,
    /// Its name: the owner's, or its own.
    pub name: String,
    /// Its type's name in the preset: `IV`.
    pub ty: String,
    /// The operator that runs it.
    pub at: PartyNo,
    /// What it holds.
    pub balance: Minor,
    /// Its limits: key (`limit-payment`, `limit-day`, `limit-year`,
    /// `limit-balance`), used, allowed.
    pub limits: Vec<Limit>,
}

/// What one of the central bank's three centres has on file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// `centre-authentication`, `centre-registration` or `centre-big-data`.
    pub key: String,
    /// From which sum on it is told who paid, where that matters.
    pub traceable_from: Option<Minor>,
    /// The latest rows.
    pub rows: Vec<RegisterRow>,
    /// How many rows there are in all.
    pub count: u64,
}

/// A row of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// The wallet's number, `#7`.
    pub wallet: Option<String>,
    /// Who it is about: the holder, or the bank; payer and payee.
    pub who: Vec<Arg>,
    /// The wallet's type, or what was done as a key.
    pub detail: String,
    /// How much.
    pub amount: Option<Minor>,
}

/// A limit and how much of it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Key of its label.
    pub key: String,
    /// How much is used.
    pub used: Minor,
    /// How much is allowed.
    pub allowed: Minor,
    /// Where the number comes from.
    pub source: Source,
}

/// Where a number comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The preset: its mark (V verified, P secondary, M memory, D ours) and
    /// source.
    Preset {
        /// `V`, `P`, `M` or `D`.
        mark: String,
        /// Title or address.
        source: String,
        /// As of.
        date: String,
    },
    /// The scenario's own `set` line.
    Ours(Option<String>),
    /// The wallet's holder.
    Holder,
    /// The bank that runs the wallet.
    Operator,
}

/// Every value of a preset, and where each comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Name and version: `cny-2025@1`.
    pub preset: String,
    /// Currency code: `CNY`.
    pub currency: String,
    /// Where days and years begin: `Asia/Shanghai`.
    pub zone: String,
    /// How money is issued: `stocked`, `on-demand` or `deposit`.
    pub issuance: String,
    /// Last day of validity, `2025-12-31`.
    pub ended: Option<String>,
    /// The values.
    pub rows: Vec<SheetRow>,
}

/// One value of a preset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// What it is: `wallet.IV.payment`.
    pub path: String,
    /// The value as it is read: `2,000.00`, `0.05%`, `30s`; none where there
    /// is no limit or no such rule.
    pub value: Option<String>,
    /// What kind of value it is.
    pub unit: Unit,
    /// `V` verified, `P` press, `M` memory or `D` ours; none for a value that
    /// the scenario sets.
    pub mark: Option<String>,
    /// As of.
    pub date: Option<String>,
    /// Title or address of the source; the scenario's words for what it sets.
    pub source: Option<String>,
    /// Whether the scenario sets it.
    pub ours: bool,
}

/// The kind of a preset's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A sum of the preset's currency.
    Amount,
    /// A share or a rate a year.
    Rate,
    /// A length of time.
    Duration,
    /// A time of day.
    TimeOfDay,
    /// On or off.
    Switch,
    /// A number of things, or a word.
    Plain,
}

/// A balance sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Whose.
    pub party: PartyNo,
    /// What it owns.
    pub owns: Vec<Row>,
    /// What it owes, its own funds last.
    pub owes: Vec<Row>,
    /// Sum of what it owns in its own currency.
    pub total_owns: Minor,
    /// Sum of what it owes in its own currency.
    pub total_owes: Minor,
    /// Its own currency, if it is another than the run's.
    pub currency: Option<Currency>,
    /// The same sums in each other currency of its rows.
    pub others: Vec<OtherTotal>,
}

/// The sums of a balance sheet in another currency than its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherTotal {
    /// The currency.
    pub currency: Currency,
    /// Sum of what is owned in it.
    pub owns: Minor,
    /// Sum of what is owed in it.
    pub owes: Minor,
}

/// A row of a balance sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The account's number in the run.
    pub account: u32,
    /// Key of the account's name: `account-reserves`, `account-circulation` …
    pub key: String,
    /// Whose account it is, where the book has one for each.
    pub subject: Option<String>,
    /// Balance on its normal side.
    pub balance: Minor,
    /// Balance before the beat being shown, if that differs.
    pub before: Option<Minor>,
    /// The account in another party's book that mirrors it: party, account.
    pub mirror: Option<(PartyNo, u32)>,
    /// Its currency, if it is another than the run's.
    pub currency: Option<Currency>,
}

/// The invariants and monitors at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounted {
    /// Whether all hold.
    pub holds: bool,
    /// Each of them.
    pub checks: Vec<Check>,
    /// Messages on the way or lost.
    pub messages: Vec<Pending>,
}

/// An invariant: two sums that must be equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Key: `check-books`, `check-in-issue`, `check-vaults`, `check-reserves`,
    /// `check-notes`, `check-wallets`, `check-bridge`, `check-issued`,
    /// `check-nostros`.
    pub key: String,
    /// Whose, where it is one party's.
    pub party: Option<String>,
    /// The one sum.
    pub left: Minor,
    /// The other.
    pub right: Minor,
    /// Sum of the messages on the way that explain a difference.
    pub on_the_way: Minor,
    /// The currency of the sums, if it is another than the run's.
    pub currency: Option<Currency>,
    /// Whether it holds.
    pub holds: bool,
    /// Whether a message that is lost or late keeps the two sums apart:
    /// unreconciled until it is sent again or called off.
    pub overdue: bool,
}

/// A message that has not arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// From whom.
    pub from: PartyNo,
    /// To whom.
    pub to: PartyNo,
    /// Key of its kind.
    pub key: String,
    /// The sum it speaks of.
    pub amount: Minor,
    /// The currency of the sum, if it is another than the run's.
    pub currency: Option<Currency>,
    /// When it was sent.
    pub sent: String,
    /// Whether it keeps two books apart for longer than the preset's timeout:
    /// unreconciled.
    pub overdue: bool,
}

/// A request that was turned down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable code: `limit.payment`.
    pub code: String,
    /// Who turned it down.
    pub by: PartyNo,
    /// Whose request.
    pub party: PartyNo,
    /// The numbers that decided it, by name: `asked`, `allowed`, `used`,
    /// `available`.
    pub numbers: Vec<(String, Minor)>,
    /// The currency of the numbers, if it is another than the run's.
    pub currency: Option<Currency>,
    /// Whether trying the same again later can help.
    pub retryable: bool,
    /// Where the rule's number comes from.
    pub source: Option<Source>,
}

/// One posting in one book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Position after its fact.
    pub position: u32,
    /// Whose book.
    pub party: PartyNo,
    /// Key of the debited account's name.
    pub debit: String,
    /// Its subject.
    pub debit_subject: Option<String>,
    /// Key of the credited account's name.
    pub credit: String,
    /// Its subject.
    pub credit_subject: Option<String>,
    /// How much.
    pub amount: Minor,
    /// The currency, if it is another than the run's.
    pub currency: Option<Currency>,
    /// Whether it is final.
    pub is_final: bool,
}
