//! What a condition, a contract or a finding says, in plain words: as message
//! keys with typed arguments, for a catalogue in any language.
//!
//! A [`Phrase`] may hold others. [`Phrase::say`] puts them together with the
//! help of whoever knows a language.

use std::borrow::Cow;

use money::Span;
use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Finding, Gap, Play, Takings};
use crate::contract::{
    Action, Actor, Block, Case, Contract, Count, Handler, Hold, Op, Payee, Step, Target, Test,
    Value,
};
use crate::diagnostic::{Counted, Expected, Found};
use crate::machine::{Machine, Role};
use crate::purpose::PurposeError;
use crate::run::{Act, Offer, Offered, Refusal, What, Who};
use crate::{Condition, Name, Rule};

/// A message with its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The message.
    pub key: Cow<'static, str>,
    /// What goes into it.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

/// What goes into a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arg {
    /// A name, an amount as written, a share: shown as it is.
    Text(String),
    /// A number.
    Count(i64),
    /// Minor units of the contract's currency.
    Amount(i64),
    /// A length of time.
    Span(Span),
    /// Another message.
    Phrase(Box<Phrase>),
    /// Several, joined by the message `cond-and`.
    And(Vec<Phrase>),
    /// Several, joined by `cond-or`.
    Or(Vec<Phrase>),
    /// Several, one after the other, joined by `cond-then`.
    Then(Vec<Phrase>),
    /// Several of which some are meant, joined by `cond-comma`.
    List(Vec<Phrase>),
}

/// An argument ready for a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A text.
    Text(String),
    /// A number that may choose a plural.
    Count(i64),
}

/// Somebody who knows a language.
pub trait Speaker {
    /// A message of the catalogue.
    fn message(&self, key: &str, args: &[(&str, Said)]) -> String;
    /// An amount in minor units.
    fn amount(&self, minor: i64) -> String;
    /// A length of time.
    fn span(&self, span: Span) -> String;
}

impl Phrase {
    fn new(key: &'static str) -> Self {
        let (key, args) = (Cow::Borrowed(key), Vec::new());
        Self { key, args }
    }

    fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), arg.into()));
        self
    }

    /// The whole sentence.
    #[must_use]
    pub fn say(&self, speaker: &dyn Speaker) -> String {
        let said = |arg: &Arg| {
            Said::Text(match arg {
                Arg::Text(text) => text.clone(),
                Arg::Count(count) => return Said::Count(*count),
                Arg::Amount(minor) => speaker.amount(*minor),
                Arg::Span(span) => speaker.span(*span),
                Arg::Phrase(phrase) => phrase.say(speaker),
                Arg::And(phrases) => joined(phrases, "cond-and", speaker),
                Arg::Or(phrases) => joined(phrases, "cond-or", speaker),
                Arg::Then(phrases) => joined(phrases, "cond-then", speaker),
                Arg::List(phrases) => joined(phrases, "cond-comma", speaker),
            })
        };
        let args: Vec<_> = self
            .args
            .iter()
            .map(|(name, arg)| (&**name, said(arg)))
            .collect();
        speaker.message(&self.key, &args)
    }
}

fn joined(phrases: &[Phrase], key: &str, speaker: &dyn Speaker) -> String {
    let words = phrases.iter().map(|phrase| phrase.say(speaker));
    words
        .reduce(|first, second| {
            let args = [("first", Said::Text(first)), ("second", Said::Text(second))];
            speaker.message(key, &args)
        })
        .unwrap_or_default()
}

impl From<&Name> for Arg {
    fn from(name: &Name) -> Self {
        Self::Text(name.to_string())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u8> for Arg {
    fn from(count: u8) -> Self {
        Self::Count(i64::from(count))
    }
}

impl From<i64> for Arg {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<Expected> for Arg {
    fn from(expected: Expected) -> Self {
        Phrase::new(expected.message()).into()
    }
}

impl From<Counted> for Arg {
    fn from(counted: Counted) -> Self {
        Phrase::new(counted.message()).into()
    }
}

impl From<Found> for Arg {
    fn from(found: Found) -> Self {
        if found.0.is_empty() {
            Phrase::new("cond-end-of-line").into()
        } else {
            Phrase::new("cond-quoted").with("text", found.0).into()
        }
    }
}

impl From<Span> for Arg {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(Box::new(phrase))
    }
}

fn named(name: &Name) -> Phrase {
    Phrase::new("cond-name").with("name", name)
}

/// Each rule of a condition as a sentence.
#[must_use]
pub fn condition(condition: &Condition) -> Vec<Phrase> {
    condition.rules.iter().map(rule).collect()
}

/// Each single rule of a condition, who can judge it, and why no chip can where
/// none can.
#[must_use]
pub fn judges(condition: &Condition) -> Vec<Phrase> {
    let judge = |it: &Rule| {
        match it.hidden_from_chips() {
            None => Phrase::new("cond-judge-chip"),
            Some(why) => Phrase::new("cond-judge-network").with("why", Phrase::new(why.message())),
        }
        .with("rule", rule(it))
    };
    let judges = condition.judges();
    judges.into_iter().map(|(it, _)| judge(it)).collect()
}

/// A rule in words.
#[must_use]
pub fn rule(it: &Rule) -> Phrase {
    let names = |names: &[Name]| Arg::Or(names.iter().map(named).collect());
    match it {
        Rule::All(rules) => {
            Phrase::new("cond-rule-all").with("rules", Arg::And(rules.iter().map(rule).collect()))
        }
        Rule::Any(rules) => {
            Phrase::new("cond-rule-any").with("rules", Arg::Or(rules.iter().map(rule).collect()))
        }
        Rule::Not(it) => Phrase::new("cond-rule-not").with("rule", rule(it)),
        Rule::After(moment) => Phrase::new("cond-rule-after").with("time", moment.to_string()),
        Rule::Before(moment) => Phrase::new("cond-rule-before").with("time", moment.to_string()),
        Rule::Payee(payees) => Phrase::new("cond-rule-payee").with("names", names(payees)),
        Rule::Category(codes) => {
            let code = |code: &crate::Category| {
                Phrase::new("cond-name").with("name", format!("{:04}", code.code()))
            };
            let codes = Arg::Or(codes.iter().map(code).collect());
            Phrase::new("cond-rule-category").with("codes", codes)
        }
        Rule::Area(areas) => Phrase::new("cond-rule-area").with("names", names(areas)),
        Rule::AmountAtMost(amount) => {
            Phrase::new("cond-rule-amount").with("amount", amount.to_string())
        }
        Rule::DayAtMost(amount) => Phrase::new("cond-rule-day").with("amount", amount.to_string()),
        Rule::WalletAtLeast(name) => Phrase::new("cond-rule-wallet").with("name", name),
        Rule::Signed { least, of } => Phrase::new("cond-rule-signed")
            .with("count", Arg::Count(i64::from(*least)))
            .with("names", Arg::List(of.iter().map(named).collect())),
        Rule::Shows(_) => Phrase::new("cond-rule-shows"),
    }
}

/// Each part of a contract as a sentence, in the order of its text.
#[must_use]
pub fn contract(contract: &Contract) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    phrases.extend(contract.hold.iter().map(hold));
    phrases.extend(contract.on.iter().map(handler));
    for it in &contract.steps {
        step(it, &mut phrases);
    }
    phrases.push(Phrase::new("cond-promise"));
    phrases
}

fn step(step: &Step, phrases: &mut Vec<Phrase>) {
    let Some(until) = step.until else {
        phrases.push(
            Phrase::new("cond-step-do")
                .with("step", &step.name)
                .with("then", block(&step.late)),
        );
        return;
    };
    phrases.push(match step.from {
        None => Phrase::new("cond-step-wait")
            .with("step", &step.name)
            .with("until", until),
        Some(from) => Phrase::new("cond-step-window")
            .with("step", &step.name)
            .with("from", from)
            .with("until", until),
    });
    if let Some(repeat) = &step.repeat {
        let times = Arg::Count(i64::from(repeat.times));
        phrases.push(match repeat.every {
            None => Phrase::new("cond-turns").with("count", times),
            Some(every) => Phrase::new("cond-turns-every")
                .with("count", times)
                .with("every", every),
        });
    }
    phrases.extend(step.cases.iter().map(case));
    phrases.push(late(step));
}

fn actor(actor: &Actor) -> Phrase {
    match actor {
        Actor::Party(name) => named(name),
        Actor::Anyone => Phrase::new("cond-anyone"),
    }
}

/// An action in words.
#[must_use]
pub fn action(action: &Action) -> Phrase {
    match action {
        Action::Deposit {
            by,
            value: amount,
            owner,
        } => match owner {
            None => Phrase::new("cond-act-deposit"),
            Some(owner) => Phrase::new("cond-act-deposit-for").with("owner", owner),
        }
        .with("party", by)
        .with("amount", value(amount)),
        Action::Names {
            by,
            name,
            least,
            most,
        } => Phrase::new("cond-act-names")
            .with("party", by)
            .with("name", name)
            .with("least", least.to_string())
            .with("most", most.to_string()),
        Action::Shows { by, secret } => Phrase::new("cond-act-shows")
            .with("party", actor(by))
            .with("secret", secret),
        Action::Sign { least, of, what } => Phrase::new("cond-act-sign")
            .with("count", Arg::Count(i64::from(*least)))
            .with("names", Arg::List(of.iter().map(named).collect()))
            .with("what", what),
        Action::Event { event, of } => Phrase::new("cond-act-event")
            .with("event", event)
            .with("party", of),
        Action::Says { by, what } => Phrase::new("cond-act-says")
            .with("party", actor(by))
            .with("what", what),
    }
}

fn block(block: &Block) -> Arg {
    let mut phrases: Vec<Phrase> = block.ops.iter().map(op).collect();
    if !matches!(block.go, Target::Next) || phrases.is_empty() {
        phrases.push(target(&block.go));
    }
    Arg::Then(phrases)
}

/// What is done, without where it leads.
#[must_use]
pub fn doings(block: &Block) -> Vec<Phrase> {
    block.ops.iter().map(op).collect()
}

/// When a step waits, and how often.
#[must_use]
pub fn waits(it: &Step) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    step(it, &mut phrases);
    let turns = usize::from(it.repeat.is_some());
    phrases.truncate(if it.until.is_some() { 1 + turns } else { 1 });
    phrases
}

/// An event that ends every wait, and what is done then.
#[must_use]
pub fn handler(it: &Handler) -> Phrase {
    Phrase::new("cond-on")
        .with("event", &it.event)
        .with("party", &it.of)
        .with("then", block(&it.then))
}

/// An action that is waited for, and what is done then.
#[must_use]
pub fn case(it: &Case) -> Phrase {
    Phrase::new("cond-case")
        .with("action", action(&it.when))
        .with("then", block(&it.then))
}

/// What is done when nobody acts in time.
#[must_use]
pub fn late(it: &Step) -> Phrase {
    Phrase::new("cond-else").with("then", block(&it.late))
}

/// What is put in at the opening.
#[must_use]
pub fn hold(it: &Hold) -> Phrase {
    Phrase::new("cond-hold")
        .with("party", &it.from)
        .with("amount", value(&it.value))
}

/// What somebody can do now, in words.
#[must_use]
pub fn offer(machine: &Machine, offer: &Offer) -> Phrase {
    let name = |names: &[Name], at: u16| {
        let name = names.get(usize::from(at));
        Arg::Text(name.map_or_else(String::new, Name::to_string))
    };
    match &offer.what {
        Offered::Deposit { amount, .. } => {
            Phrase::new("cond-offer-deposit").with("amount", Arg::Amount(*amount))
        }
        Offered::Names { value, least, most } => Phrase::new("cond-offer-names")
            .with("name", name(machine.values(), *value))
            .with("least", Arg::Amount(*least))
            .with("most", Arg::Amount(*most)),
        Offered::Shows { secret } => {
            let secret = machine.secrets().get(usize::from(*secret));
            let name = secret.map_or_else(String::new, |(name, _)| name.to_string());
            Phrase::new("cond-offer-shows").with("secret", name)
        }
        Offered::Signs { what, missing } => Phrase::new("cond-offer-signs")
            .with("what", name(machine.words(), *what))
            .with("count", *missing),
        Offered::Event { event, of } => Phrase::new("cond-act-event")
            .with("event", name(machine.words(), *event))
            .with("party", role(machine, *of)),
        Offered::Says { what } => {
            Phrase::new("cond-offer-says").with("what", name(machine.words(), *what))
        }
    }
}

fn target(target: &Target) -> Phrase {
    match target {
        Target::Next => Phrase::new("cond-go-on"),
        Target::Step(name) => Phrase::new("cond-go-step").with("step", name),
        Target::Close => Phrase::new("cond-close"),
    }
}

fn op(op: &Op) -> Phrase {
    let from = |plain: &'static str, of: &'static str, from: &Option<Name>| match from {
        None => Phrase::new(plain),
        Some(from) => Phrase::new(of).with("source", from),
    };
    match op {
        Op::Pay {
            value: amount,
            to,
            from: source,
        } => {
            let to = match to {
                Payee::Party(name) => named(name),
                Payee::Them => Phrase::new("cond-them"),
            };
            from("cond-op-pay", "cond-op-pay-from", source)
                .with("amount", value(amount))
                .with("party", to)
        }
        Op::SetAside {
            value: amount,
            owner,
            from: source,
        } => from("cond-op-set-aside", "cond-op-set-aside-from", source)
            .with("amount", value(amount))
            .with("party", owner),
        Op::Split {
            value: amount,
            from: source,
            parts,
            rest,
        } => {
            let part = |part: &crate::Part| {
                match part.cap {
                    None => Phrase::new("cond-part"),
                    Some(cap) => Phrase::new("cond-part-cap").with("cap", cap.to_string()),
                }
                .with("share", part.share.to_string())
                .with("party", &part.to)
            };
            let rest = rest
                .iter()
                .map(|name| Phrase::new("cond-part-rest").with("party", name));
            let parts = parts.iter().map(part).chain(rest).collect();
            from("cond-op-split", "cond-op-split-from", source)
                .with("amount", value(amount))
                .with("parts", Arg::And(parts))
        }
        Op::Let {
            name,
            value: amount,
        } => Phrase::new("cond-op-let")
            .with("name", name)
            .with("amount", value(amount)),
        Op::If { test: it, go } => Phrase::new("cond-op-if")
            .with("test", test(it))
            .with("then", target(go)),
    }
}

/// A value in words.
#[must_use]
pub fn value(it: &Value) -> Phrase {
    let two = |key, a: &Value, b: &Value| {
        Phrase::new(key)
            .with("first", value(a))
            .with("second", value(b))
    };
    match it {
        Value::Amount(amount) => Phrase::new("cond-name").with("name", amount.to_string()),
        Value::All => Phrase::new("cond-value-all"),
        Value::Held(name) => Phrase::new("cond-value-held").with("party", name),
        Value::Named(name) => named(name),
        Value::Plus(a, b) => two("cond-value-plus", a, b),
        Value::Minus(a, b) => two("cond-value-minus", a, b),
        Value::Least(a, b) => two("cond-value-least", a, b),
        Value::Most(a, b) => two("cond-value-most", a, b),
        Value::Share(share, of) => Phrase::new("cond-value-share")
            .with("share", share.to_string())
            .with("amount", value(of)),
        Value::Times(of, count) => match count {
            Count::Number(number) => {
                Phrase::new("cond-value-times").with("count", Arg::Count(i64::from(*number)))
            }
            Count::Days => Phrase::new("cond-value-days"),
            Count::Hours => Phrase::new("cond-value-hours"),
            Count::Minutes => Phrase::new("cond-value-minutes"),
        }
        .with("amount", value(of)),
    }
}

/// A question in words.
#[must_use]
pub fn test(it: &Test) -> Phrase {
    let two = |key, a: &Value, b: &Value| {
        Phrase::new(key)
            .with("first", value(a))
            .with("second", value(b))
    };
    match it {
        Test::AtLeast(a, b) => two("cond-test-at-least", a, b),
        Test::MoreThan(a, b) => two("cond-test-more", a, b),
        Test::Is(a, b) => two("cond-test-is", a, b),
        Test::All(tests) => {
            Phrase::new("cond-rule-all").with("rules", Arg::And(tests.iter().map(test).collect()))
        }
        Test::Any(tests) => {
            Phrase::new("cond-rule-any").with("rules", Arg::Or(tests.iter().map(test).collect()))
        }
        Test::Not(it) => Phrase::new("cond-rule-not").with("rule", test(it)),
    }
}

fn role(machine: &Machine, role: Role) -> Phrase {
    match machine.roles().get(usize::from(role)) {
        Some(name) => named(name),
        None => Phrase::new("cond-stranger"),
    }
}

fn who(machine: &Machine, who: Who) -> Phrase {
    match who {
        Who::Role(it) => role(machine, it),
        Who::Stranger(_) => Phrase::new("cond-stranger"),
        Who::World => Phrase::new("cond-world"),
    }
}

/// What somebody did or may do, in words.
#[must_use]
pub fn act(machine: &Machine, act: &Act) -> Phrase {
    let name = |names: &[Name], at: u16| {
        let name = names.get(usize::from(at));
        Arg::Text(name.map_or_else(String::new, Name::to_string))
    };
    match &act.what {
        What::Deposit { amount, .. } => {
            Phrase::new("cond-did-deposit").with("amount", Arg::Amount(*amount))
        }
        What::Names { value, amount } => Phrase::new("cond-did-name")
            .with("name", name(machine.values(), *value))
            .with("amount", Arg::Amount(*amount)),
        What::Shows { .. } => Phrase::new("cond-did-show"),
        What::Signs { what } => {
            Phrase::new("cond-did-sign").with("what", name(machine.words(), *what))
        }
        What::Event { event, of } => {
            return Phrase::new("cond-act-event")
                .with("event", name(machine.words(), *event))
                .with("party", role(machine, *of));
        }
        What::Says { what } => {
            Phrase::new("cond-act-says").with("what", name(machine.words(), *what))
        }
    }
    .with("party", who(machine, act.by))
}

/// A move of a play, in words.
#[must_use]
pub fn play(machine: &Machine, play: &Play) -> Phrase {
    match &play.act {
        None => Phrase::new("cond-play-nobody"),
        Some(it) => Phrase::new("cond-play").with("act", act(machine, it)),
    }
    .with("time", play.at)
}

/// What an analysis says, apart from what it found: when it ends, who can get
/// how much, and whether that is all.
#[must_use]
pub fn analysis(machine: &Machine, analysis: &Analysis) -> Vec<Phrase> {
    let mut phrases = vec![Phrase::new("cond-ends").with("time", analysis.latest_end)];
    let whole = analysis.complete();
    phrases.extend(
        analysis
            .takings
            .iter()
            .map(|it| takings(machine, it, whole)),
    );
    if whole {
        phrases.push(Phrase::new("cond-complete"));
    }
    phrases.extend(analysis.gaps.iter().map(|it| gap(machine, it)));
    phrases
}

fn takings(machine: &Machine, takings: &Takings, whole: bool) -> Phrase {
    let party = takings
        .role
        .map_or_else(|| Phrase::new("cond-stranger"), |it| role(machine, it));
    let (least, most) = (takings.least.amount, takings.most.amount);
    let phrase = if !whole {
        Phrase::new("cond-takings-seen")
            .with("least", Arg::Amount(least))
            .with("most", Arg::Amount(most))
    } else if least == most {
        Phrase::new("cond-takings-same").with("amount", Arg::Amount(least))
    } else {
        Phrase::new("cond-takings")
            .with("least", Arg::Amount(least))
            .with("most", Arg::Amount(most))
    };
    phrase.with("party", party)
}

fn gap(machine: &Machine, gap: &Gap) -> Phrase {
    match gap {
        Gap::Amounts { value } => {
            let name = machine.values().get(usize::from(*value));
            let name = name.map_or_else(String::new, Name::to_string);
            Phrase::new("cond-gap-amounts").with("name", name)
        }
        Gap::Times => Phrase::new("cond-gap-times"),
        Gap::Budget { plays } => {
            let count = i64::try_from(*plays).unwrap_or(i64::MAX);
            Phrase::new("cond-gap-budget").with("count", Arg::Count(count))
        }
    }
}

/// What was found, in words. The play that reaches it is told apart ([`play`]).
#[must_use]
pub fn finding(machine: &Machine, finding: &Finding) -> Phrase {
    let step = |step: u16| {
        let name = machine.steps().get(usize::from(step));
        Arg::Text(name.map_or_else(String::new, Name::to_string))
    };
    match finding {
        Finding::Partial {
            step: at,
            to,
            asked,
            paid,
            ..
        } => Phrase::new("cond-found-partial")
            .with("step", step(*at))
            .with("party", who(machine, *to))
            .with("asked", Arg::Amount(*asked))
            .with("paid", Arg::Amount(*paid)),
        Finding::UnreachableStep { step: at } => {
            Phrase::new("cond-found-unreachable-step").with("step", step(*at))
        }
        Finding::UnreachableCase { step: at, case } => Phrase::new("cond-found-unreachable-case")
            .with("step", step(*at))
            .with("number", Arg::Count(i64::from(*case) + 1)),
        Finding::Race {
            step: at,
            first,
            second,
            from,
            ..
        } => Phrase::new("cond-found-race")
            .with("step", step(*at))
            .with("first", who(machine, *first))
            .with("second", who(machine, *second))
            .with("owner", role(machine, *from)),
        Finding::OpenToAnyone {
            step: at, amount, ..
        } => Phrase::new("cond-found-open-to-anyone")
            .with("step", step(*at))
            .with("amount", Arg::Amount(*amount)),
        Finding::Locked {
            step: at,
            amount,
            since,
            until,
            ..
        } => Phrase::new("cond-found-locked")
            .with("step", step(*at))
            .with("amount", Arg::Amount(*amount))
            .with("since", *since)
            .with("until", *until),
        Finding::Ownerless {
            role: it, amount, ..
        } => Phrase::new("cond-found-ownerless")
            .with("party", role(machine, *it))
            .with("amount", Arg::Amount(*amount)),
    }
}

/// Why an action was turned down, in words.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Phrase {
    match refusal {
        Refusal::Ended => Phrase::new("cond-refused-ended"),
        Refusal::Backward => Phrase::new("cond-refused-backward"),
        Refusal::TooEarly { from } => Phrase::new("cond-refused-too-early").with("from", *from),
        Refusal::NotAwaited => Phrase::new("cond-refused-not-awaited"),
        Refusal::WrongAmount { expected } => {
            Phrase::new("cond-refused-wrong-amount").with("amount", Arg::Amount(*expected))
        }
        Refusal::OutOfRange { least, most } => Phrase::new("cond-refused-out-of-range")
            .with("least", Arg::Amount(*least))
            .with("most", Arg::Amount(*most)),
        Refusal::WrongSecret => Phrase::new("cond-refused-wrong-secret"),
        Refusal::SignedBefore => Phrase::new("cond-refused-signed-before"),
        Refusal::TooMuch => Phrase::new("cond-refused-too-much"),
    }
}

/// Why something cannot be done with purpose-bound money, in words.
#[must_use]
pub fn purpose(error: &PurposeError) -> Phrase {
    let because = |rules: &[Rule]| Arg::And(rules.iter().map(rule).collect());
    match error {
        PurposeError::Amount => Phrase::new("cond-purpose-amount"),
        PurposeError::Short { held } => {
            Phrase::new("cond-purpose-short").with("amount", Arg::Amount(*held))
        }
        PurposeError::Expired => Phrase::new("cond-purpose-expired"),
        PurposeError::NotExpired => Phrase::new("cond-purpose-not-expired"),
        PurposeError::ConditionFails { because: rules } => {
            Phrase::new("cond-purpose-fails").with("rules", because(rules))
        }
        PurposeError::ConditionUnknown { because: rules } => {
            Phrase::new("cond-purpose-unknown").with("rules", because(rules))
        }
    }
}
