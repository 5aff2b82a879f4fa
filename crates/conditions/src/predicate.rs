//! The first layer: what must hold for one spend.
//!
//! A condition is judged against what is known of a [`Spend`]. What is not
//! known makes the answer [`Verdict::Unknown`] unless the rest decides without
//! it, so a chip that is offline refuses what is surely wrong, lets pass what is
//! surely right, and says of everything else that only the network can tell.

use money::Span;
use serde::{Deserialize, Serialize};

use crate::{Amount, Image, Moment, Name};

/// A merchant's category code, `5812`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Category(u16);

impl Category {
    /// A category of at most four digits.
    pub fn new(code: u16) -> Option<Self> {
        (code <= 9_999).then_some(Self(code))
    }

    /// Its number.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Category {
    type Error = &'static str;

    fn try_from(code: u16) -> Result<Self, Self::Error> {
        Self::new(code).ok_or("a merchant category has four digits")
    }
}

impl From<Category> for u16 {
    fn from(category: Category) -> Self {
        category.0
    }
}

/// A condition on spending: all of its rules must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What it is called.
    pub name: Name,
    /// What must hold.
    pub rules: Vec<Rule>,
}

/// A rule of a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rule {
    /// Each of these holds.
    All(Vec<Self>),
    /// At least one of these holds.
    Any(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// The clock on the wall shows this or later.
    After(Moment),
    /// The clock on the wall shows something earlier than this.
    Before(Moment),
    /// The payee is one of these.
    Payee(Vec<Name>),
    /// The payee is a merchant of one of these categories.
    Category(Vec<Category>),
    /// The payment is made in one of these areas.
    Area(Vec<Name>),
    /// The amount is at most this.
    AmountAtMost(Amount),
    /// What is paid under the condition in a day, this spend with it, is at most this.
    DayAtMost(Amount),
    /// The paying wallet's type is this or a better known one.
    WalletAtLeast(Name),
    /// So many of these have signed.
    Signed {
        /// How many must.
        least: u8,
        /// Who may.
        of: Vec<Name>,
    },
    /// The secret of this image is shown.
    Shows(Image),
}

/// What is known of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<T> {
    /// It is this.
    Is(T),
    /// Whoever judges cannot know.
    Unknown,
}

/// A spend to be judged, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spend<'a> {
    /// What the clock on the wall shows: no earlier than the first and no
    /// later than the second. Two that agree are a time known exactly.
    pub now: (Moment, Moment),
    /// How much is paid, in minor units.
    pub amount: i64,
    /// The decimals of the currency's minor unit.
    pub decimals: u8,
    /// How much was paid before under the same condition on the same day.
    pub paid_today: Known<i64>,
    /// Who is paid.
    pub payee: Known<&'a Name>,
    /// The payee's category; none if it is no merchant.
    pub category: Known<Option<Category>>,
    /// Where the payment is made, as far as anybody vouches for it.
    pub area: Known<Option<&'a Name>>,
    /// The type of the paying wallet.
    pub wallet: Known<&'a Name>,
    /// The types of wallet, the best known holder's first.
    pub wallet_types: &'a [Name],
    /// Who has signed, the payer's own signature aside.
    pub signers: Known<&'a [Name]>,
    /// The secrets shown, as images.
    pub shown: Known<&'a [Image]>,
}

impl Spend<'_> {
    /// The same spend as a chip that is offline knows it: the time only as the
    /// epoch of this length, and nothing but the amount and the category on the
    /// payee's certificate.
    #[must_use]
    pub fn on_a_chip(&self, epoch: Span) -> Self {
        let (first, last) = self.now.0.epoch(epoch);
        Self {
            now: (first, last.max(self.now.1)),
            paid_today: Known::Unknown,
            payee: Known::Unknown,
            area: Known::Unknown,
            wallet: Known::Unknown,
            signers: Known::Unknown,
            shown: Known::Unknown,
            ..self.clone()
        }
    }
}

/// The answer to a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It does not hold.
    Fails,
    /// Whoever judges cannot tell.
    Unknown,
    /// It holds.
    Holds,
}

impl Verdict {
    const fn of(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }

    const fn not(self) -> Self {
        match self {
            Self::Fails => Self::Holds,
            Self::Unknown => Self::Unknown,
            Self::Holds => Self::Fails,
        }
    }

    fn of_known<T>(known: &Known<T>, holds: impl FnOnce(&T) -> bool) -> Self {
        match known {
            Known::Is(it) => Self::of(holds(it)),
            Known::Unknown => Self::Unknown,
        }
    }
}

/// The answer with the rules that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement<'a> {
    /// The answer.
    pub verdict: Verdict,
    /// If it does not hold or cannot be told: the rules because of which.
    pub because: Vec<&'a Rule>,
}

/// Who can judge a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judge {
    /// A chip that is offline: expiry by epoch, category, cap.
    Chip,
    /// The network only.
    Network,
}

/// Why a chip that is offline cannot judge a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// A device's certificate does not say who holds it.
    Payee,
    /// Nobody there vouches for a place.
    Place,
    /// What was paid online, or with another device, is not known.
    Day,
    /// A device's certificate does not say of what type the wallet is.
    Wallet,
    /// Nobody else can be reached to sign.
    Signers,
    /// What devices say to each other has no room for a secret.
    Secret,
}

impl Hidden {
    /// The message that says it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Payee => "cond-hidden-payee",
            Self::Place => "cond-hidden-place",
            Self::Day => "cond-hidden-day",
            Self::Wallet => "cond-hidden-wallet",
            Self::Signers => "cond-hidden-signers",
            Self::Secret => "cond-hidden-secret",
        }
    }
}

impl Rule {
    /// Judges the rule.
    #[must_use]
    pub fn judge(&self, spend: &Spend<'_>) -> Verdict {
        let at_most = |cap: &Amount, sum: Option<i64>| {
            let cap = cap.minor(spend.decimals);
            Verdict::of(cap.is_ok_and(|cap| sum.is_some_and(|sum| sum <= cap)))
        };
        match self {
            // Of three-valued answers, "all" is the least and "any" the greatest.
            Self::All(rules) => rules
                .iter()
                .map(|rule| rule.judge(spend))
                .min()
                .unwrap_or(Verdict::Holds),
            Self::Any(rules) => rules
                .iter()
                .map(|rule| rule.judge(spend))
                .max()
                .unwrap_or(Verdict::Fails),
            Self::Not(rule) => rule.judge(spend).not(),
            Self::After(moment) => match spend.now {
                (first, _) if *moment <= first => Verdict::Holds,
                (_, last) if last < *moment => Verdict::Fails,
                _ => Verdict::Unknown,
            },
            Self::Before(moment) => Self::After(*moment).judge(spend).not(),
            Self::Payee(names) => Verdict::of_known(&spend.payee, |payee| names.contains(payee)),
            Self::Category(codes) => Verdict::of_known(&spend.category, |category| {
                category.is_some_and(|category| codes.contains(&category))
            }),
            Self::Area(names) => Verdict::of_known(&spend.area, |area| {
                area.is_some_and(|area| names.contains(area))
            }),
            Self::AmountAtMost(cap) => at_most(cap, Some(spend.amount)),
            Self::DayAtMost(cap) => match spend.paid_today {
                Known::Is(paid) => at_most(cap, paid.checked_add(spend.amount)),
                // Whatever was paid before, this alone is too much.
                Known::Unknown if at_most(cap, Some(spend.amount)) == Verdict::Fails => {
                    Verdict::Fails
                }
                Known::Unknown => Verdict::Unknown,
            },
            Self::WalletAtLeast(least) => Verdict::of_known(&spend.wallet, |wallet| {
                let rank = |name: &Name| spend.wallet_types.iter().position(|known| known == name);
                rank(wallet)
                    .zip(rank(least))
                    .is_some_and(|(rank, least)| rank <= least)
            }),
            Self::Signed { least, of } => Verdict::of_known(&spend.signers, |signers| {
                let signed = of.iter().filter(|name| signers.contains(name)).count();
                signed >= usize::from(*least)
            }),
            Self::Shows(image) => Verdict::of_known(&spend.shown, |shown| shown.contains(image)),
        }
    }

    /// Why a chip that is offline cannot judge this rule; nothing if it can. It
    /// can judge `all`, `any` and `not` of what it can judge.
    #[must_use]
    pub fn hidden_from_chips(&self) -> Option<Hidden> {
        match self {
            Self::All(rules) | Self::Any(rules) => rules.iter().find_map(Self::hidden_from_chips),
            Self::Not(rule) => rule.hidden_from_chips(),
            Self::After(_) | Self::Before(_) | Self::Category(_) | Self::AmountAtMost(_) => None,
            Self::Payee(_) => Some(Hidden::Payee),
            Self::Area(_) => Some(Hidden::Place),
            Self::DayAtMost(_) => Some(Hidden::Day),
            Self::WalletAtLeast(_) => Some(Hidden::Wallet),
            Self::Signed { .. } => Some(Hidden::Signers),
            Self::Shows(_) => Some(Hidden::Secret),
        }
    }

    /// Who can judge this rule.
    #[must_use]
    pub fn judged_by(&self) -> Judge {
        match self.hidden_from_chips() {
            None => Judge::Chip,
            Some(_) => Judge::Network,
        }
    }

    /// The rules of which this one consists that have none below them.
    fn leaves<'a>(&'a self, found: &mut Vec<&'a Self>) {
        match self {
            Self::All(rules) | Self::Any(rules) => {
                rules.iter().for_each(|rule| rule.leaves(found));
            }
            Self::Not(rule) => rule.leaves(found),
            _ => found.push(self),
        }
    }

    /// Collects the rules because of which this one came out as it did.
    fn because<'a>(&'a self, spend: &Spend<'_>, verdict: Verdict, found: &mut Vec<&'a Self>) {
        match self {
            Self::All(rules) | Self::Any(rules) => {
                for rule in rules.iter().filter(|rule| rule.judge(spend) == verdict) {
                    rule.because(spend, verdict, found);
                }
            }
            Self::Not(rule) if verdict == Verdict::Unknown => rule.because(spend, verdict, found),
            _ => found.push(self),
        }
    }
}

impl Condition {
    /// Judges a spend.
    #[must_use]
    pub fn judge(&self, spend: &Spend<'_>) -> Judgement<'_> {
        let verdict = self
            .rules
            .iter()
            .map(|rule| rule.judge(spend))
            .min()
            .unwrap_or(Verdict::Holds);
        let mut because = Vec::new();
        if verdict != Verdict::Holds {
            for rule in self
                .rules
                .iter()
                .filter(|rule| rule.judge(spend) == verdict)
            {
                rule.because(spend, verdict, &mut because);
            }
        }
        Judgement { verdict, because }
    }

    /// Each single rule in the condition with who can judge it: which of them
    /// hold offline, and which the app must say do not.
    #[must_use]
    pub fn judges(&self) -> Vec<(&Rule, Judge)> {
        let mut leaves = Vec::new();
        self.rules.iter().for_each(|rule| rule.leaves(&mut leaves));
        leaves
            .into_iter()
            .map(|rule| (rule, rule.judged_by()))
            .collect()
    }
}
