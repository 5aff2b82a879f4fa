//! Random scenarios: a cast, and what it does. Printed, one is a script that
//! plays the same.

use std::cmp::Ordering;
use std::fmt;

use money::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use world::rules::{Issuance, Rules};

use super::{Town, amount, rules};

/// The four limits of a wallet type, minor units.
pub(crate) type Limits = [i64; 4];

/// A bank and what it opens with.
#[derive(Clone, Debug)]
pub(crate) struct Bank {
    pub(crate) name: String,
    pub(crate) reserves: i64,
    pub(crate) cash: i64,
}

/// A holder and what it opens with; its first wallet has its name.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(crate) name: String,
    kind: &'static str,
    pub(crate) bank: usize,
    /// Index into the rules' wallet types.
    pub(crate) ty: usize,
    /// Some where there is a bank account.
    pub(crate) deposit: Option<i64>,
    pub(crate) cash: i64,
}

/// A second wallet.
#[derive(Clone, Debug)]
pub(crate) struct Second {
    pub(crate) name: String,
    pub(crate) owner: usize,
    pub(crate) bank: usize,
    pub(crate) ty: usize,
}

/// What somebody does. Wallets count the holders' first, then the second ones.
#[derive(Clone, Debug)]
pub(crate) enum Move {
    Issue {
        bank: usize,
        amount: i64,
    },
    Return {
        bank: usize,
        amount: i64,
    },
    Exchange {
        wallet: usize,
        amount: i64,
    },
    Redeem {
        wallet: usize,
        amount: i64,
    },
    CashIn {
        wallet: usize,
        amount: i64,
    },
    CashOut {
        wallet: usize,
        amount: i64,
    },
    Pay {
        wallet: usize,
        to: usize,
        amount: i64,
    },
    /// A fault of the network, as it is written.
    Fault(String),
    Wait,
}

impl Move {
    fn wallets(&mut self) -> Vec<&mut usize> {
        match self {
            Move::Exchange { wallet, .. }
            | Move::Redeem { wallet, .. }
            | Move::CashIn { wallet, .. }
            | Move::CashOut { wallet, .. } => vec![wallet],
            Move::Pay { wallet, to, .. } => vec![wallet, to],
            Move::Issue { .. } | Move::Return { .. } | Move::Fault(_) | Move::Wait => Vec::new(),
        }
    }
}

/// A whole scenario.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) signing: bool,
    pub(crate) latency: i64,
    pub(crate) issuance: Issuance,
    /// Whether receipts flow on to the account, and shortfalls are pulled from it.
    pub(crate) flows: [bool; 2],
    /// Of types II to V; type I has none.
    limits: [Limits; 4],
    pub(crate) banks: Vec<Bank>,
    pub(crate) holders: Vec<Holder>,
    pub(crate) seconds: Vec<Second>,
    /// What is done, each after so many milliseconds.
    pub(crate) moves: Vec<(i64, Move)>,
}

const TYPES: [&str; 5] = ["I", "II", "III", "IV", "V"];
const LIMITS: [&str; 4] = ["balance", "payment", "day", "year"];

impl Scene {
    pub(crate) fn rules(&self) -> Rules {
        let mut rules = rules();
        rules.latency = Span(self.latency);
        rules.issuance = self.issuance;
        [rules.waterfall, rules.reverse_waterfall] = self.flows;
        for (ty, limits) in rules.wallet_types[1..].iter_mut().zip(self.limits) {
            [ty.balance, ty.payment, ty.day, ty.year] = limits.map(Some);
        }
        rules
    }

    /// Balance, payment, day and year of a wallet type; none of type I.
    pub(crate) fn limits_of(&self, ty: usize) -> Option<Limits> {
        Some(self.limits[ty.checked_sub(1)?])
    }

    pub(crate) fn wallet_name(&self, wallet: usize) -> &str {
        match wallet.checked_sub(self.holders.len()) {
            Some(second) => &self.seconds[second].name,
            None => &self.holders[wallet].name,
        }
    }

    fn headers(&self) -> Vec<String> {
        let preset = match self.issuance {
            Issuance::Stocked => "cny-2025@1",
            Issuance::OnDemand => "digital-euro@1",
            Issuance::Deposit => "cny-2026@1",
        };
        let mut lines = vec![
            format!("use {preset}"),
            format!("seed {}", super::SEED),
            "start 2025-11-03T09:00".to_owned(),
            format!("signing {}", if self.signing { "on" } else { "off" }),
            format!("set message.latency={}", Span(self.latency)),
            format!("set waterfall.receipts={}", self.flows[0]),
            format!("set waterfall.payments={}", self.flows[1]),
        ];
        for (ty, limits) in TYPES[1..].iter().zip(self.limits) {
            for (limit, most) in LIMITS.iter().zip(limits) {
                lines.push(format!("set wallet.{ty}.{limit}={}", amount(most)));
            }
        }
        lines
    }

    pub(crate) fn declarations(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for Bank {
            name,
            reserves,
            cash,
        } in &self.banks
        {
            lines.push(format!(
                "operator {name} reserves={} cash={}",
                amount(*reserves),
                amount(*cash)
            ));
        }
        for Holder {
            name,
            kind,
            bank,
            ty,
            deposit,
            cash,
        } in &self.holders
        {
            let (at, ty, cash) = (&self.banks[*bank].name, TYPES[*ty], amount(*cash));
            let deposit = match deposit {
                Some(deposit) => format!(" deposit={}", amount(*deposit)),
                None => String::new(),
            };
            lines.push(format!(
                "{kind} {name} at={at} type={ty}{deposit} cash={cash}"
            ));
        }
        for Second {
            name,
            owner,
            bank,
            ty,
        } in &self.seconds
        {
            let (owner, at) = (&self.holders[*owner].name, &self.banks[*bank].name);
            lines.push(format!(
                "wallet {name} owner={owner} at={at} type={}",
                TYPES[*ty]
            ));
        }
        lines
    }

    /// A move as a line of script.
    pub(crate) fn line(&self, wait: i64, step: &Move) -> String {
        let bank = |bank: &usize| &self.banks[*bank].name;
        let asks = |wallet: &usize, verb, sum: &i64| {
            format!("{}: {verb} {}", self.wallet_name(*wallet), amount(*sum))
        };
        let act = match step {
            Move::Issue {
                bank: to,
                amount: sum,
            } => format!("central-bank: issue {} to={}", amount(*sum), bank(to)),
            Move::Return {
                bank: from,
                amount: sum,
            } => format!("{}: return {}", bank(from), amount(*sum)),
            Move::Exchange { wallet, amount } => asks(wallet, "exchange", amount),
            Move::Redeem { wallet, amount } => asks(wallet, "redeem", amount),
            Move::CashIn { wallet, amount } => asks(wallet, "cash-in", amount),
            Move::CashOut { wallet, amount } => asks(wallet, "cash-out", amount),
            Move::Pay {
                wallet,
                to,
                amount: sum,
            } => {
                format!(
                    "{}: pay {} {}",
                    self.wallet_name(*wallet),
                    self.wallet_name(*to),
                    amount(*sum)
                )
            }
            Move::Fault(line) => line.clone(),
            Move::Wait => "wait".to_owned(),
        };
        format!("+{} {act}", Span(wait))
    }

    /// The shortest scene found that still fails: without moves, waits,
    /// wallets and holders that do not matter.
    pub(crate) fn shortest(mut self, fails: impl Fn(&Scene) -> bool) -> Scene {
        let mut chunk = self.moves.len();
        while chunk > 0 {
            let mut from = 0;
            while from < self.moves.len() {
                let mut shorter = self.clone();
                shorter
                    .moves
                    .drain(from..(from + chunk).min(self.moves.len()));
                if fails(&shorter) {
                    self = shorter;
                } else {
                    from += chunk;
                }
            }
            chunk /= 2;
        }
        for wallet in (0..self.holders.len() + self.seconds.len()).rev() {
            self = self.without(wallet).filter(&fails).unwrap_or(self);
        }
        for index in 0..self.moves.len() {
            let mut hasty = self.clone();
            hasty.moves[index].0 = 0;
            if fails(&hasty) {
                self = hasty;
            }
        }
        self
    }

    /// The same without a wallet, and its holder where it is the first, if
    /// nothing speaks of it.
    fn without(&self, gone: usize) -> Option<Scene> {
        let mut scene = self.clone();
        for (_, step) in &mut scene.moves {
            for wallet in step.wallets() {
                match (*wallet).cmp(&gone) {
                    Ordering::Less => {}
                    Ordering::Equal => return None,
                    Ordering::Greater => *wallet -= 1,
                }
            }
        }
        if let Some(second) = gone.checked_sub(self.holders.len()) {
            scene.seconds.remove(second);
            return Some(scene);
        }
        let name = scene.holders.remove(gone).name;
        for second in &mut scene.seconds {
            match second.owner.cmp(&gone) {
                Ordering::Less => {}
                Ordering::Equal => return None,
                Ordering::Greater => second.owner -= 1,
            }
        }
        let speaks = |step: &Move| matches!(step, Move::Fault(line) if line.contains(&name));
        (!scene.moves.iter().any(|(_, step)| speaks(step))).then_some(scene)
    }

    /// A run in which all is declared.
    pub(crate) fn town(&self) -> Town {
        let mut town = Town::new(self.rules(), self.signing);
        for line in self.declarations() {
            town.play(&line);
        }
        town
    }
}

impl fmt::Debug for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n----")?;
        for line in self.headers().into_iter().chain(self.declarations()) {
            writeln!(f, "{line}")?;
        }
        for (wait, step) in &self.moves {
            writeln!(f, "{}", self.line(*wait, step))?;
        }
        writeln!(f, "----")
    }
}

/// How digital currency comes to be, and whether it flows to and from accounts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Regime {
    #[default]
    Stocked,
    OnDemand,
    Deposit,
    /// Any, with flows.
    Any,
}

fn regime(regime: Regime) -> impl Strategy<Value = (Issuance, [bool; 2])> {
    let fixed = |issuance| (Just(issuance), any::<[bool; 2]>()).boxed();
    match regime {
        Regime::Stocked => (Just(Issuance::Stocked), Just([false; 2])).boxed(),
        Regime::OnDemand => fixed(Issuance::OnDemand),
        Regime::Deposit => fixed(Issuance::Deposit),
        Regime::Any => {
            let all = [Issuance::Stocked, Issuance::OnDemand, Issuance::Deposit];
            (prop::sample::select(all.to_vec()), any::<[bool; 2]>()).boxed()
        }
    }
}

/// How wild a scene may be.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weather {
    /// How digital currency comes to be.
    pub(crate) regime: Regime,
    /// The longest latency of messages, milliseconds.
    pub(crate) latency: i64,
    /// Whether the network delays and doubles messages.
    pub(crate) faults: bool,
    /// Whether it loses them too.
    pub(crate) losses: bool,
}

/// Sums of money: most of them small, some about as large as limits and
/// balances, so that checks are met from both sides.
fn sum(most: i64) -> impl Strategy<Value = i64> {
    prop_oneof![6 => 1..=most / 40, 3 => (1..=most / 400).prop_map(|it| it * 100), 1 => 1..=most, 1 => Just(1)]
}

fn limits() -> impl Strategy<Value = Limits> {
    (
        prop_oneof![5..150i64, 150..4_000i64],
        10..900i64,
        20..1_500i64,
        100..4_000i64,
    )
        .prop_map(|limits| {
            let (balance, payment, day, year) = limits;
            [balance, payment, day, year].map(|units| units * 100)
        })
}

fn wait(latency: i64) -> impl Strategy<Value = i64> {
    let long = prop_oneof![1..120_000i64, 1..86_400_000i64, 1..(20 * 86_400_000i64)];
    prop_oneof![6 => Just(0), 4 => 0..=latency, 2 => 0..=latency * 6, 1 => long]
}

/// A move before its indices are bound to a cast.
type Raw = (u8, Index, Index, i64, (u8, Index, Index, u8, u8, i64));

fn raw() -> impl Strategy<Value = Raw> {
    let fault = (
        0..9u8,
        any::<Index>(),
        any::<Index>(),
        0..4u8,
        0..4u8,
        prop_oneof![0..2_000i64, 0..200_000i64],
    );
    (
        0..100u8,
        any::<Index>(),
        any::<Index>(),
        sum(2_400_00),
        fault,
    )
}

/// Random scenarios.
pub(crate) fn scene(weather: Weather) -> impl Strategy<Value = Scene> {
    let banks = vec(
        (
            prop_oneof![sum(40_000_00), 0..=40_000_00i64],
            prop_oneof![sum(2_000_00), 0..=2_000_00i64],
        ),
        2..=4,
    );
    let holder = (
        0..10u8,
        any::<Index>(),
        0..5usize,
        0..=4_000_00i64,
        0..=2_500_00i64,
    );
    let second = (any::<Index>(), any::<Index>(), 0..5usize);
    let latency = prop_oneof![1 => Just(0), 6 => 0..=weather.latency];
    let cast = (
        prop::bool::weighted(0.2),
        latency,
        regime(weather.regime),
        [limits(), limits(), limits(), limits()],
    );
    (cast, banks, vec(holder, 2..=7), vec(second, 0..=4)).prop_flat_map(
        move |(cast, banks, holders, seconds)| {
            let (signing, latency, (issuance, flows), limits) = cast;
            let banks: Vec<Bank> = (1..)
                .zip(banks)
                .map(|(number, (reserves, cash))| Bank {
                    name: format!("Bank{number}"),
                    reserves,
                    cash,
                })
                .collect();
            let holders: Vec<Holder> = (1..)
                .zip(holders)
                .map(|(number, (kind, bank, ty, deposit, cash))| {
                    let (kind, has_account) = match kind {
                        0..=4 => ("person", true),
                        5 => ("person", false),
                        6..=7 => ("merchant", true),
                        _ => ("visitor", false),
                    };
                    let deposit = has_account.then_some(deposit);
                    Holder {
                        name: format!("{kind}{number}"),
                        kind,
                        bank: bank.index(banks.len()),
                        ty,
                        deposit,
                        cash,
                    }
                })
                .collect();
            let seconds: Vec<Second> = (1..)
                .zip(seconds)
                .map(|(number, (owner, bank, ty))| Second {
                    name: format!("second{number}"),
                    owner: owner.index(holders.len()),
                    bank: bank.index(banks.len()),
                    ty,
                })
                .collect();
            let scene = Scene {
                signing,
                latency,
                issuance,
                flows,
                limits,
                banks,
                holders,
                seconds,
                moves: Vec::new(),
            };
            vec((wait(latency), raw()), 1..120).prop_map(move |moves| {
                let mut scene = scene.clone();
                let moves = moves
                    .into_iter()
                    .map(|(wait, raw)| (wait, bind(&scene, weather, raw)));
                let moves = stocks(&scene).into_iter().chain(moves).collect();
                scene.moves = moves;
                scene
            })
        },
    )
}

/// Banks and holders swap half of what they have, so that there is digital
/// currency to move from the beginning.
fn stocks(scene: &Scene) -> Vec<(i64, Move)> {
    let banks = (0..).zip(&scene.banks).map(|(bank, it)| {
        (
            it.reserves,
            Move::Issue {
                bank,
                amount: it.reserves / 2,
            },
        )
    });
    let holders = (0..)
        .zip(&scene.holders)
        .map(|(wallet, it)| match it.deposit {
            Some(deposit) => (
                deposit,
                Move::Exchange {
                    wallet,
                    amount: deposit / 2,
                },
            ),
            None => (
                it.cash,
                Move::CashIn {
                    wallet,
                    amount: it.cash / 2,
                },
            ),
        });
    banks
        .chain(holders)
        .filter(|(has, _)| *has > 1)
        .map(|(_, step)| (60_000, step))
        .collect()
}

fn bind(scene: &Scene, weather: Weather, raw: Raw) -> Move {
    let (verb, one, other, amount, fault) = raw;
    let bank = one.index(scene.banks.len());
    let wallets = scene.holders.len() + scene.seconds.len();
    let wallet = one.index(wallets);
    match verb {
        // What banks move at a time is larger.
        0..6 => Move::Issue {
            bank,
            amount: amount * 5,
        },
        6..12 => Move::Return {
            bank,
            amount: amount * 5,
        },
        12..30 => Move::Exchange { wallet, amount },
        30..42 => Move::Redeem { wallet, amount },
        42..53 => Move::CashIn { wallet, amount },
        53..60 => Move::CashOut { wallet, amount },
        60..90 => Move::Pay {
            wallet,
            to: other.index(wallets),
            amount,
        },
        90..98 if weather.faults => Move::Fault(fault_line(scene, weather, fault)),
        _ => Move::Wait,
    }
}

fn fault_line(scene: &Scene, weather: Weather, fault: (u8, Index, Index, u8, u8, i64)) -> String {
    let (kind, from, to, count, after, delay) = fault;
    let mut line = match kind {
        0..3 => format!("network: delay {}", Span(delay)),
        3..6 if weather.losses => "network: lose".to_owned(),
        _ => "network: double".to_owned(),
    };
    let mut parties = vec![None, Some("central-bank"), Some("central-bank")];
    parties.extend(scene.banks.iter().map(|bank| Some(bank.name.as_str())));
    parties.extend(
        scene
            .holders
            .iter()
            .map(|holder| Some(holder.name.as_str())),
    );
    for (name, index) in [("from", from), ("to", to)] {
        if let Some(party) = parties[index.index(parties.len())] {
            line.push_str(&format!(" {name}={party}"));
        }
    }
    for (name, number) in [("count", count), ("after", after)] {
        if number > 0 {
            line.push_str(&format!(" {name}={number}"));
        }
    }
    line
}
