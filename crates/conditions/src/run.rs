//! Running a contract: what happens when somebody acts, or nobody does in time.

use money::{Instant, MAX_MINOR, Span};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Image;
use crate::machine::{Action, Block, CLOSED, Case, Expr, Machine, Op, Role, State, Test};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// A party of the contract.
    Role(Role),
    /// Somebody else, by a number that the caller knows them by.
    Stranger(u32),
    /// The world: a court, a register.
    World,
}

/// What somebody does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Puts money in.
    Deposit {
        /// How much, in minor units.
        amount: i64,
        /// Whose it will be.
        owner: Role,
    },
    /// Names an amount.
    Names {
        /// The value it names, by its number in [`Machine::values`].
        value: u16,
        /// How much.
        amount: i64,
    },
    /// Shows a secret.
    Shows {
        /// The secret itself.
        preimage: Vec<u8>,
    },
    /// Signs something.
    Signs {
        /// What, by its number in [`Machine::words`].
        what: u16,
    },
    /// Says that something happened to a party.
    Event {
        /// What, by its number in [`Machine::words`].
        event: u16,
        /// To whom.
        of: Role,
    },
    /// Does one of the things that are no more than said: claims, confirms.
    Says {
        /// What, by its number in [`Machine::words`].
        what: u16,
    },
}

/// An action: who does what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Act {
    /// Who.
    pub by: Who,
    /// What.
    pub what: What,
}

/// Why an action is turned down. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Refusal {
    /// The contract has ended.
    #[error("the contract has ended")]
    Ended,
    /// Time has run backwards.
    #[error("the contract has seen a later time")]
    Backward,
    /// The step it belongs to has not begun.
    #[error("this can be done from {from} after the opening")]
    TooEarly {
        /// When it begins, counted from the opening.
        from: Span,
    },
    /// Nobody is waited for to do this now.
    #[error("nothing waits for this now")]
    NotAwaited,
    /// Another amount is waited for.
    #[error("exactly {expected} minor units are waited for")]
    WrongAmount {
        /// How much.
        expected: i64,
    },
    /// The amount named lies outside what may be named.
    #[error("from {least} to {most} minor units can be named")]
    OutOfRange {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// The secret is another one.
    #[error("this is not the secret")]
    WrongSecret,
    /// The same party has signed already.
    #[error("already signed")]
    SignedBefore,
    /// More money than can be held.
    #[error("the contract cannot hold as much")]
    TooMuch,
}

impl Refusal {
    /// Every refusal's stable name.
    pub const KEYS: &'static [&'static str] = &[
        "ended",
        "backward",
        "too-early",
        "not-awaited",
        "wrong-amount",
        "out-of-range",
        "wrong-secret",
        "signed-before",
        "too-much",
    ];

    /// The refusal's stable name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Ended => "ended",
            Self::Backward => "backward",
            Self::TooEarly { .. } => "too-early",
            Self::NotAwaited => "not-awaited",
            Self::WrongAmount { .. } => "wrong-amount",
            Self::OutOfRange { .. } => "out-of-range",
            Self::WrongSecret => "wrong-secret",
            Self::SignedBefore => "signed-before",
            Self::TooMuch => "too-much",
        }
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "effect",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Effect {
    /// Money came in.
    Funded {
        /// Who put it in.
        by: Role,
        /// Whose it is now.
        owner: Role,
        /// How much.
        amount: i64,
    },
    /// Money went out.
    Paid {
        /// Whose it was.
        from: Role,
        /// Who has it now.
        to: Who,
        /// How much.
        amount: i64,
        /// How much should have been paid: more, if it was not there.
        asked: i64,
        /// Whether the contract's end paid it.
        closing: bool,
    },
    /// Money stays held and belongs to another.
    SetAside {
        /// Whose it was.
        from: Role,
        /// Whose it is.
        owner: Role,
        /// How much.
        amount: i64,
        /// How much should have been.
        asked: i64,
    },
    /// A value has an amount from now on.
    Named {
        /// The value.
        value: u16,
        /// The amount.
        amount: i64,
    },
    /// Somebody signed; more must.
    Signed {
        /// Who.
        by: Role,
        /// How many signatures are still missing.
        missing: u8,
    },
    /// Nobody acted in time, or there is no time to: the state does what it
    /// does then.
    Late {
        /// The state.
        state: u32,
    },
    /// A step, or a turn of it, is waited in.
    Waiting {
        /// The state; see [`Machine::step_of`].
        state: u32,
    },
    /// The contract has ended; nothing is held.
    Ended,
}

/// A contract that runs: what it holds of whom, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    pub(crate) opened: Instant,
    pub(crate) clock: Instant,
    pub(crate) at: u32,
    pub(crate) held: Box<[i64]>,
    pub(crate) values: Box<[i64]>,
    /// Who has signed what the present state waits for, a case each.
    pub(crate) signed: Vec<u32>,
    pub(crate) funded: i64,
    pub(crate) released: i64,
    pub(crate) refunded: i64,
}

impl Instance {
    /// When it was opened.
    #[must_use]
    pub const fn opened(&self) -> Instant {
        self.opened
    }

    /// Whether it has ended.
    #[must_use]
    pub const fn ended(&self) -> bool {
        self.at == CLOSED
    }

    /// The state it waits in, unless it has ended; see [`Machine::step_of`].
    #[must_use]
    pub fn state(&self) -> Option<u32> {
        (!self.ended()).then_some(self.at)
    }

    /// What is held of each party, by its number.
    #[must_use]
    pub const fn held(&self) -> &[i64] {
        &self.held
    }

    /// All that was ever put in.
    #[must_use]
    pub const fn funded(&self) -> i64 {
        self.funded
    }

    /// What was paid to others than those whose it was.
    #[must_use]
    pub const fn released(&self) -> i64 {
        self.released
    }

    /// What went back to those whose it was.
    #[must_use]
    pub const fn refunded(&self) -> i64 {
        self.refunded
    }

    /// Whether all that was put in is accounted for.
    #[must_use]
    pub fn conserves(&self) -> bool {
        let held: i64 = self.held.iter().sum();
        self.held.iter().all(|held| *held >= 0)
            && self.funded == self.released + self.refunded + held
    }
}

/// What somebody can do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// Which case of the present state it is.
    pub case: u16,
    /// Who can; nobody in particular if anyone can.
    pub by: Vec<Who>,
    /// What.
    pub what: Offered,
}

/// What can be done, with the amounts that are waited for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offered {
    /// Put in exactly so much.
    Deposit {
        /// How much.
        amount: i64,
        /// Whose it will be.
        owner: Role,
    },
    /// Name an amount.
    Names {
        /// The value.
        value: u16,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// Show the secret.
    Shows {
        /// Which, by its number in [`Machine::secrets`].
        secret: u8,
    },
    /// Sign.
    Signs {
        /// What.
        what: u16,
        /// How many signatures are missing.
        missing: u8,
    },
    /// The world says that something happened.
    Event {
        /// What.
        event: u16,
        /// To whom.
        of: Role,
    },
    /// Say it.
    Says {
        /// What.
        what: u16,
    },
}

/// How an action fits a case.
enum Fit {
    No,
    Almost(Refusal),
    Yes,
    /// It is one signature of which more are needed.
    Counts {
        case: usize,
        mask: u32,
        missing: u8,
    },
}

impl Machine {
    /// Opens the contract. Whatever its first step does at once is done.
    pub fn open(&self, opened: Instant, effects: &mut Vec<Effect>) -> Instance {
        let mut instance = Instance {
            opened,
            clock: opened,
            at: 0,
            held: vec![0; self.roles.len()].into(),
            values: vec![0; self.values.len()].into(),
            signed: Vec::new(),
            funded: 0,
            released: 0,
            refunded: 0,
        };
        if let Some((by, amount)) = self.hold {
            fund(&mut instance, by, by, amount, effects);
        }
        self.go(&mut instance, 0, Who::World, effects);
        instance
    }

    /// When something happens next if nobody acts; never once it has ended.
    #[must_use]
    pub fn due(&self, instance: &Instance) -> Option<Instant> {
        let state = self.states.get(instance.at as usize)?;
        Some(deadline(instance, state).max(instance.clock))
    }

    /// Lets time pass until now: whatever was due by then happens at its own time.
    pub fn advance(&self, instance: &mut Instance, now: Instant, effects: &mut Vec<Effect>) {
        while let Some(state) = self.states.get(instance.at as usize) {
            let due = deadline(instance, state);
            if now < due {
                break;
            }
            instance.clock = instance.clock.max(due);
            effects.push(Effect::Late { state: instance.at });
            self.run(instance, &state.late, Who::World, effects);
        }
        instance.clock = instance.clock.max(now);
    }

    /// Ends the contract at once, whatever it waits for: what is held goes to whom it belongs. Only
    /// the failure of whoever keeps it does this.
    pub fn dissolve(&self, instance: &mut Instance, effects: &mut Vec<Effect>) {
        if !instance.ended() {
            instance.at = CLOSED;
            instance.signed.clear();
            close(instance, effects);
        }
    }

    /// Somebody acts now. What was due before happens first, also if the action
    /// is then turned down; the action itself happens whole or not at all.
    pub fn act(
        &self,
        instance: &mut Instance,
        now: Instant,
        act: &Act,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        if now < instance.clock {
            return Err(Refusal::Backward);
        }
        self.advance(instance, now, effects);
        let state = self
            .states
            .get(instance.at as usize)
            .ok_or(Refusal::Ended)?;
        let mut closest = Refusal::NotAwaited;
        for (at, case) in state.cases.iter().enumerate() {
            match self.fits(instance, at, case, act) {
                Fit::No => {}
                Fit::Almost(refusal) => {
                    if closest == Refusal::NotAwaited {
                        closest = refusal;
                    }
                }
                Fit::Counts {
                    case,
                    mask,
                    missing,
                } => {
                    if instance.signed.len() <= case {
                        instance.signed.resize(case + 1, 0);
                    }
                    instance.signed[case] |= mask;
                    if let Who::Role(by) = act.by {
                        effects.push(Effect::Signed { by, missing });
                    }
                    return Ok(());
                }
                Fit::Yes => {
                    match (&case.action, &act.what) {
                        (Action::Deposit { by, owner, .. }, What::Deposit { amount, .. }) => {
                            fund(instance, *by, *owner, *amount, effects);
                        }
                        (_, What::Names { value, amount }) => {
                            bind(instance, *value, *amount, effects);
                        }
                        _ => {}
                    }
                    self.run(instance, &case.then, act.by, effects);
                    return Ok(());
                }
            }
        }
        if closest == Refusal::NotAwaited && state.early {
            let next = self.states.get(instance.at as usize + 1);
            let fits = next.is_some_and(|next| {
                let mut cases = next.cases.iter().enumerate();
                cases.any(|(at, case)| !matches!(self.fits(instance, at, case, act), Fit::No))
            });
            if fits {
                return Err(Refusal::TooEarly { from: state.until });
            }
        }
        Err(closest)
    }

    fn fits(&self, instance: &Instance, at: usize, case: &Case, act: &Act) -> Fit {
        let is = |by: Option<Role>| match (by, act.by) {
            (Some(role), Who::Role(actor)) => role == actor,
            (None, Who::Role(_) | Who::Stranger(_)) => true,
            _ => false,
        };
        match (&case.action, &act.what) {
            (
                Action::Deposit { by, value, owner },
                What::Deposit {
                    amount,
                    owner: whose,
                },
            ) if is(Some(*by)) && owner == whose => {
                let expected = eval(instance, value);
                if *amount != expected {
                    Fit::Almost(Refusal::WrongAmount { expected })
                } else if expected <= 0 || expected > MAX_MINOR - instance.funded {
                    Fit::Almost(Refusal::TooMuch)
                } else {
                    Fit::Yes
                }
            }
            (
                Action::Names {
                    by,
                    value,
                    least,
                    most,
                },
                What::Names {
                    value: named,
                    amount,
                },
            ) if is(Some(*by)) && value == named => {
                if (least..=most).contains(&amount) {
                    Fit::Yes
                } else {
                    let (least, most) = (*least, *most);
                    Fit::Almost(Refusal::OutOfRange { least, most })
                }
            }
            (Action::Shows { by, secret }, What::Shows { preimage }) if is(*by) => {
                match self.secrets.get(usize::from(*secret)) {
                    Some((_, image)) if Image::of(preimage) == *image => Fit::Yes,
                    _ => Fit::Almost(Refusal::WrongSecret),
                }
            }
            (Action::Sign { least, of, what }, What::Signs { what: signed }) if what == signed => {
                let Who::Role(role) = act.by else {
                    return Fit::No;
                };
                // A number that no party has signs nothing.
                let mask = 1_u32.checked_shl(u32::from(role)).unwrap_or(0);
                let before = instance.signed.get(at).copied().unwrap_or(0);
                if of & mask == 0 {
                    Fit::No
                } else if before & mask != 0 {
                    Fit::Almost(Refusal::SignedBefore)
                } else {
                    let now = (before | mask).count_ones();
                    match u32::from(*least).saturating_sub(now) {
                        0 => Fit::Yes,
                        missing => Fit::Counts {
                            case: at,
                            mask,
                            missing: u8::try_from(missing).unwrap_or(u8::MAX),
                        },
                    }
                }
            }
            (
                Action::Event { event, of },
                What::Event {
                    event: happened,
                    of: whom,
                },
            ) if act.by == Who::World && event == happened && of == whom => Fit::Yes,
            (Action::Says { by, what }, What::Says { what: said }) if is(*by) && what == said => {
                Fit::Yes
            }
            _ => Fit::No,
        }
    }

    /// Does what a block says, and what follows at once from it. States are
    /// entered in rising order, so this ends.
    fn run(&self, instance: &mut Instance, block: &Block, by: Who, effects: &mut Vec<Effect>) {
        let go = self.ops(instance, block, by, effects);
        self.go(instance, go, by, effects);
    }

    fn go(&self, instance: &mut Instance, mut go: u32, by: Who, effects: &mut Vec<Effect>) {
        loop {
            instance.at = go;
            instance.signed.clear();
            let Some(state) = self.states.get(go as usize) else {
                instance.at = CLOSED;
                close(instance, effects);
                return;
            };
            if instance.clock < deadline(instance, state) {
                effects.push(Effect::Waiting { state: go });
                return;
            }
            // Its time is over, or it never waits.
            effects.push(Effect::Late { state: go });
            go = self.ops(instance, &state.late, by, effects);
        }
    }

    /// Does what a block says, and gives where it leads.
    fn ops(
        &self,
        instance: &mut Instance,
        block: &Block,
        by: Who,
        effects: &mut Vec<Effect>,
    ) -> u32 {
        for op in &block.ops {
            match op {
                Op::Pay { value, from, to } => {
                    let asked = eval(instance, value);
                    pay(instance, *from, to.map_or(by, Who::Role), asked, effects);
                }
                Op::SetAside { value, from, owner } => {
                    let asked = eval(instance, value);
                    let amount = take(instance, *from, asked);
                    if amount > 0 || asked > 0 {
                        instance.held[usize::from(*owner)] += amount;
                        effects.push(Effect::SetAside {
                            from: *from,
                            owner: *owner,
                            amount,
                            asked,
                        });
                    }
                }
                Op::Split {
                    value,
                    from,
                    allotment,
                    parts,
                } => {
                    // What is not there cannot be split.
                    let asked = eval(instance, value);
                    let whole = asked.clamp(0, instance.held[usize::from(*from)]);
                    let mut above = 0;
                    let shares = allotment.split(whole).zip(parts).enumerate();
                    for (at, (share, (to, cap))) in shares {
                        let capped = cap.map_or(share, |cap| share.min(cap));
                        above += share - capped;
                        // The last part is the rest's if any is capped.
                        let last = at + 1 == parts.len();
                        let part = if last { capped + above } else { capped };
                        // A shortfall is told once, of the first part.
                        let short = if at == 0 { asked.max(0) - whole } else { 0 };
                        pay_of(instance, *from, Who::Role(*to), part, part + short, effects);
                    }
                }
                Op::Let { name, value } => {
                    let amount = eval(instance, value);
                    bind(instance, *name, amount, effects);
                }
                Op::If { test, go } => {
                    if holds(instance, test) {
                        return *go;
                    }
                }
            }
        }
        block.go
    }

    /// Which case of the present state takes an action; none if it waits for
    /// the step to begin.
    pub(crate) fn takes(&self, instance: &Instance, act: &Act) -> Option<u16> {
        let state = self.states.get(instance.at as usize)?;
        let mut cases = state.cases.iter().enumerate().filter(|_| !state.early);
        let fits = |(at, case): &(usize, &Case)| {
            matches!(
                self.fits(instance, *at, case, act),
                Fit::Yes | Fit::Counts { .. }
            )
        };
        u16::try_from(cases.find(fits)?.0).ok()
    }

    /// What can be done now, in the order in which cases are tried.
    #[must_use]
    pub fn offers(&self, instance: &Instance) -> Vec<Offer> {
        let Some(state) = self.states.get(instance.at as usize) else {
            return Vec::new();
        };
        let mut offers = Vec::new();
        for (at, case) in state.cases.iter().enumerate() {
            let one = |by: Option<Role>| by.map(Who::Role).into_iter().collect();
            let (by, what) = match &case.action {
                Action::Deposit { by, value, owner } => {
                    let amount = eval(instance, value);
                    if amount <= 0 || amount > MAX_MINOR - instance.funded {
                        continue;
                    }
                    let owner = *owner;
                    (one(Some(*by)), Offered::Deposit { amount, owner })
                }
                Action::Names {
                    by,
                    value,
                    least,
                    most,
                } => {
                    let (value, least, most) = (*value, *least, *most);
                    (one(Some(*by)), Offered::Names { value, least, most })
                }
                Action::Shows { by, secret } => (one(*by), Offered::Shows { secret: *secret }),
                Action::Sign { least, of, what } => {
                    let signed = instance.signed.get(at).copied().unwrap_or(0);
                    let open = (0..32).filter(|role| of & !signed & (1 << role) != 0);
                    let missing = u32::from(*least).saturating_sub(signed.count_ones());
                    let missing = u8::try_from(missing).unwrap_or(u8::MAX);
                    let what = *what;
                    (
                        open.map(Who::Role).collect(),
                        Offered::Signs { what, missing },
                    )
                }
                Action::Event { event, of } => {
                    let (event, of) = (*event, *of);
                    (vec![Who::World], Offered::Event { event, of })
                }
                Action::Says { by, what } => (one(*by), Offered::Says { what: *what }),
            };
            let case = u16::try_from(at).unwrap_or(u16::MAX);
            offers.push(Offer { case, by, what });
        }
        offers
    }
}

/// When a state ends. Openings and deadlines lie within bounds, so this fits.
fn deadline(instance: &Instance, state: &State) -> Instant {
    Instant(instance.opened.0.saturating_add(state.until.0))
}

fn fund(instance: &mut Instance, by: Role, owner: Role, amount: i64, effects: &mut Vec<Effect>) {
    instance.held[usize::from(owner)] += amount;
    instance.funded += amount;
    effects.push(Effect::Funded { by, owner, amount });
}

fn bind(instance: &mut Instance, value: u16, amount: i64, effects: &mut Vec<Effect>) {
    instance.values[usize::from(value)] = amount;
    effects.push(Effect::Named { value, amount });
}

/// Takes so much of a party's money, or what there is.
fn take(instance: &mut Instance, from: Role, asked: i64) -> i64 {
    let held = &mut instance.held[usize::from(from)];
    let amount = asked.clamp(0, *held);
    *held -= amount;
    amount
}

fn pay(instance: &mut Instance, from: Role, to: Who, asked: i64, effects: &mut Vec<Effect>) {
    pay_of(instance, from, to, asked, asked, effects);
}

fn pay_of(
    instance: &mut Instance,
    from: Role,
    to: Who,
    amount: i64,
    asked: i64,
    effects: &mut Vec<Effect>,
) {
    let amount = take(instance, from, amount);
    if to == Who::Role(from) {
        instance.refunded += amount;
    } else {
        instance.released += amount;
    }
    if asked > 0 {
        effects.push(Effect::Paid {
            from,
            to,
            amount,
            asked,
            closing: false,
        });
    }
}

/// Pays out what is held to whom it belongs.
fn close(instance: &mut Instance, effects: &mut Vec<Effect>) {
    for (from, held) in (0..).zip(instance.held.iter_mut()) {
        let amount = std::mem::take(held);
        if amount > 0 {
            instance.refunded += amount;
            effects.push(Effect::Paid {
                from,
                to: Who::Role(from),
                amount,
                asked: amount,
                closing: true,
            });
        }
    }
    effects.push(Effect::Ended);
}

/// Works a value out. Every number on the way was proven to fit.
fn eval(instance: &Instance, value: &Expr) -> i64 {
    match value {
        Expr::Amount(amount) => *amount,
        Expr::Held(role) => instance.held[usize::from(*role)],
        Expr::Named(name) => instance.values[usize::from(*name)],
        Expr::Plus(a, b) => eval(instance, a) + eval(instance, b),
        Expr::Minus(a, b) => eval(instance, a) - eval(instance, b),
        Expr::Least(a, b) => eval(instance, a).min(eval(instance, b)),
        Expr::Most(a, b) => eval(instance, a).max(eval(instance, b)),
        Expr::Share { parts, of, value } => {
            let product = i128::from(eval(instance, value)) * i128::from(*parts);
            i64::try_from(product / i128::from(*of)).unwrap_or(i64::MAX)
        }
        Expr::Times(value, times) => eval(instance, value) * i64::from(*times),
        Expr::Elapsed(value, unit) => {
            let passed = instance.clock.since(instance.opened);
            eval(instance, value) * (passed.0 / unit.0)
        }
    }
}

fn holds(instance: &Instance, test: &Test) -> bool {
    match test {
        Test::AtLeast(a, b) => eval(instance, a) >= eval(instance, b),
        Test::MoreThan(a, b) => eval(instance, a) > eval(instance, b),
        Test::Is(a, b) => eval(instance, a) == eval(instance, b),
        Test::All(tests) => tests.iter().all(|test| holds(instance, test)),
        Test::Any(tests) => tests.iter().any(|test| holds(instance, test)),
        Test::Not(test) => !holds(instance, test),
    }
}
