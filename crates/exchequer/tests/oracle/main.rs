//! Every operation of the two-tier currency, by the rules of every preset that
//! ships, beside a second, naive model written from the rules alone, while
//! messages are lost, doubled and late.
//!
//! The model knows no messages. Whatever the network does, the engine has to
//! come to what the model says as soon as what was late has arrived and what
//! was lost has been sent again; where it is called off instead, to that or to
//! what was before, and to nothing between.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

#[path = "../../../world/tests/common/mod.rs"]
mod common;

mod act;
mod model;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use act::Act;
use common::{Town, amount, holds_for};
use exchequer::presets::Preset;
use model::{FAILS, No, Oracle};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use world::cbdc::address::{Shown, write_code};
use world::fact::{Fact, Fate, Title};
use world::rules::Rules;

const BANKS: [&str; 3] = ["Harbour", "Summit", "Quay"];
const HOLDERS: [&str; 5] = ["Alice", "Bob", "Carol", "Noodles", "Quinn"];
const WALLETS: [&str; 6] = ["Alice", "AliceB", "Bob", "Carol", "Noodles", "Quinn"];
const HOUR: i64 = 3_600_000;

/// An act before it is worded: which, who, whom, a sum, how the sum is chosen,
/// hours until it, what the network does meanwhile, and to which message.
type Raw = ((u8, Index, Index), (i64, u8, i64), (u8, u8));

fn raw() -> impl Strategy<Value = Raw> {
    let sum = prop_oneof![4 => 1..60_000i64, 2 => 1..1_500_000i64];
    let hours = prop_oneof![3 => 4..9i64, 2 => 9..30i64, 1 => 24..300i64, 1 => Just(2_200)];
    (
        (0..100u8, any::<Index>(), any::<Index>()),
        (sum, 0..10u8, hours),
        (0..14u8, 0..7u8),
    )
}

/// A town under a preset's rules, and the model of it.
struct Pair {
    town: Town,
    oracle: Oracle,
    types: usize,
    names: [Vec<String>; 3],
    number: usize,
}

impl Pair {
    fn new(rules: &Rules) -> Self {
        let types = rules.wallet_types.len();
        let [first, second, last] = [0, 1.min(types - 1), types - 1];
        let mut town = Town::new(rules.clone(), false);
        let mut oracle = Oracle::new(rules, town.now());
        for (bank, reserves, cash) in [
            ("Harbour", 90_000_00, 9_000_00),
            ("Summit", 90_000_00, 9_000_00),
            ("Quay", 9_000_00, 0),
        ] {
            let (minor, cash_minor) = (amount(reserves), amount(cash));
            town.play(&format!(
                "operator {bank} reserves={minor} cash={cash_minor}"
            ));
            oracle.bank(bank, reserves, cash);
        }
        town.play("agent Corner at=Harbour");
        for (name, kind, bank, ty, held) in [
            ("Alice", "person", "Harbour", first, [30_000_00, 5_000_00]),
            ("Bob", "person", "Summit", second, [9_000_00, 9_000_00]),
            ("Carol", "person", "Harbour", last, [9_000_00, 900_00]),
            (
                "Noodles",
                "merchant",
                "Summit",
                usize::from(rules.business_type),
                [1_000_00, 0],
            ),
            ("Quinn", "person", "Quay", first, [700_00, 300_00]),
        ] {
            let ty_name = &rules.wallet_types[ty].name;
            let via = if name == "Carol" { " via=Corner" } else { "" };
            let [deposit, cash] = held.map(amount);
            town.play(&format!(
                "{kind} {name} at={bank} type={ty_name} deposit={deposit} cash={cash}{via}"
            ));
            oracle.holder(name, bank, ty, held);
        }
        let ty_name = &rules.wallet_types[second].name;
        town.play(&format!(
            "wallet AliceB owner=Alice at=Summit type={ty_name}"
        ));
        oracle.wallet("AliceB", "Alice", "Summit", second);
        let mut pair = Pair {
            town,
            oracle,
            types,
            names: [const { Vec::new() }; 3],
            number: 0,
        };
        for act in [
            Act::Issue("Harbour", 30_000_00),
            Act::Issue("Summit", 30_000_00),
            Act::Issue("Quay", 2_000_00),
            Act::TopUp("Alice", 2_000_00),
            Act::TopUp("Bob", 500_00),
        ] {
            let line = pair.line(&act);
            pair.town.play(&line);
            assert_eq!(pair.oracle.play(&act, 0), Vec::<No>::new());
        }
        let then = pair.town.now() + HOUR;
        pair.town.0.advance(then).unwrap();
        pair
    }

    /// The act that the dice mean here and now.
    fn act(&mut self, raw: Raw, rules: &Rules) -> Act {
        let ((verb, one, other), (sum, how, _), _) = raw;
        let stays = if self.oracle.has_failed { 5 } else { 6 };
        let wallet = (*one.get(&WALLETS[..stays])).to_owned();
        let whom = (*other.get(&WALLETS[..stays])).to_owned();
        let holder = *one.get(&HOLDERS[..stays - 1]);
        let other_holder = *other.get(&HOLDERS[..stays - 1]);
        let bank = *one.get(&BANKS[..if self.oracle.has_failed { 2 } else { 3 }]);
        let ty = other.index(self.types);
        let kind = one.index(4);
        let here = &self.oracle.wallets[&wallet];
        // At, just under and just over what a limit allows or a wallet holds.
        let edge = |limit: Option<i64>| limit.map(|most| most - 1 + i64::from(how % 3));
        let sum = match how {
            0..=5 => Some(sum),
            6 => edge(self.oracle.limits(&wallet)[kind]),
            7 => edge(
                self.oracle.limits(&whom)[0].map(|most| most - self.oracle.wallets[&whom].balance),
            ),
            _ => edge(Some(here.balance)),
        };
        let sum = sum
            .filter(|sum| (1..=50_000_000).contains(sum))
            .unwrap_or(sum_of(raw));
        let can_be_hit = self.can_be_hit();
        let [payments, bills, subs] = &mut self.names;
        // Mostly one of the last: the others are over.
        let known = |names: &[String]| {
            let last = &names[names.len().saturating_sub(3)..];
            (!last.is_empty()).then(|| one.get(last).clone())
        };
        let name = |letter: char| format!("{letter}{}", self.number);
        let pay = |name: Option<String>| Act::Pay {
            payer: wallet.clone(),
            payee: whom.clone(),
            amount: sum,
            name,
        };
        match verb {
            0..10 => pay(None),
            10..20 => {
                payments.push(name('P'));
                pay(Some(name('P')))
            }
            20..26 => match known(payments) {
                Some(name) => Act::Refund(name, sum),
                None => pay(None),
            },
            26..31 => {
                bills.push(name('R'));
                let lasts = (4 + i64::from(how) * 30) * HOUR + HOUR / 2;
                Act::Request(wallet, whom, sum, lasts, name('R'))
            }
            31..37 => known(bills).map_or_else(|| pay(None), Act::Accept),
            37..39 => known(bills).map_or_else(|| pay(None), Act::Decline),
            39..43 => {
                subs.push(name('S'));
                Act::OpenSub(wallet, (how < 7).then_some(sum), name('S'))
            }
            43..49 => match known(subs) {
                Some(payer) => Act::Pay {
                    payer,
                    payee: whom,
                    amount: sum,
                    name: None,
                },
                None => pay(None),
            },
            49..51 => match known(subs) {
                Some(payee) => Act::Pay {
                    payer: wallet,
                    payee,
                    amount: sum,
                    name: None,
                },
                None => pay(None),
            },
            51..56 => Act::Exchange(wallet, sum),
            56..60 => Act::Redeem(wallet, sum),
            60..64 => Act::CashIn(wallet, sum),
            64..67 => Act::CashOut(wallet, sum),
            67..69 => Act::Schedule(wallet, whom, sum, 1 + u32::from(how % 3)),
            69..71 => Act::Alias(wallet, format!("{whom}@town")),
            71..73 => Act::PayTo(wallet, format!("{whom}@town"), sum),
            73..75 => Act::Scan(wallet, format!("{whom}@town"), sum),
            75..78 => {
                let mut list = vec![
                    ("Alice".to_owned(), sum),
                    ("Noodles".to_owned(), sum / 2 + 1),
                ];
                list.retain(|(to, _)| *to != wallet);
                // The payments of a list may overtake each other where one is late.
                if can_be_hit {
                    list.truncate(1);
                }
                Act::PayMany(wallet, list)
            }
            78 => Act::Restrict(bank, ty, kind, edge_of(rules, ty, kind, how).unwrap_or(sum)),
            79..81 => Act::Limit(wallet, kind, sum),
            81 => Act::Upgrade(wallet, ty),
            82 => Act::Close(wallet),
            83..85 => Act::Freeze(bank, whom),
            85..88 => Act::Unfreeze(here.bank, wallet),
            88 => Act::Issue(bank, sum),
            89 => Act::Return(bank, sum),
            90..92 => Act::Accrue(bank, how < 7),
            92..95 => Act::TopUp(holder, sum),
            95..97 => Act::Withdraw(holder, sum),
            97..99 => Act::Transfer(holder, other_holder, sum),
            _ if !self.oracle.has_failed => Act::Resolve,
            _ => pay(None),
        }
    }

    /// Whether a fault still waits for a message to hit.
    fn can_be_hit(&self) -> bool {
        self.town.0.world().faults().iter().any(|it| it.count > 0)
    }

    /// An act as a line of script.
    fn line(&self, act: &Act) -> String {
        let ty = |ty: &usize| self.town.0.rules().wallet_types[*ty].name.clone();
        const KINDS: [&str; 4] = ["balance", "payment", "day", "year"];
        let asks = |who: &str, verb: &str, sum: &i64| format!("{who}: {verb} {}", amount(*sum));
        match act {
            Act::Issue(bank, sum) => format!("central-bank: issue {} to={bank}", amount(*sum)),
            Act::Return(bank, sum) => asks(bank, "return", sum),
            Act::Exchange(who, sum) => asks(who, "exchange", sum),
            Act::Redeem(who, sum) => asks(who, "redeem", sum),
            Act::CashIn(who, sum) => asks(who, "cash-in", sum),
            Act::CashOut(who, sum) => asks(who, "cash-out", sum),
            Act::Pay {
                payer,
                payee,
                amount: sum,
                name,
            } => {
                let name = name.as_ref().map(|name| format!(" as {name}"));
                format!(
                    "{payer}: pay {payee} {}{}",
                    amount(*sum),
                    name.unwrap_or_default()
                )
            }
            Act::PayTo(who, alias, sum) => format!("{who}: pay-to \"{alias}\" {}", amount(*sum)),
            Act::Scan(who, alias, sum) => {
                let shown = Shown {
                    payee: alias,
                    name: "Shop",
                    category: None,
                    amount: None,
                    reference: None,
                };
                let code = write_code(&shown, self.town.0.rules().currency).unwrap();
                format!("{who}: scan \"{code}\" {}", amount(*sum))
            }
            Act::PayMany(who, list) => {
                let list = list
                    .iter()
                    .map(|(to, sum)| format!("{to}={}", amount(*sum)));
                format!("{who}: pay-many {{{}}}", list.collect::<Vec<_>>().join(","))
            }
            Act::Schedule(who, to, sum, times) => {
                let sum = amount(*sum);
                format!("{who}: schedule {to} {sum} in=1h every=2d1h times={times}")
            }
            Act::Request(who, from, sum, lasts, name) => {
                let (sum, lasts) = (amount(*sum), money::Span(*lasts));
                format!("{who}: request {from} {sum} expires={lasts} as {name}")
            }
            Act::Accept(name) => format!("{}: accept {name}", self.oracle.asked(name)),
            Act::Decline(name) => format!("{}: decline {name}", self.oracle.asked(name)),
            Act::Refund(name, sum) => {
                format!(
                    "{}: refund {name} {}",
                    self.oracle.was_paid(name),
                    amount(*sum)
                )
            }
            Act::Alias(who, alias) => format!("{who}: alias \"{alias}\""),
            Act::OpenSub(who, cap, name) => {
                let cap = cap.map(|cap| format!(" cap={}", amount(cap)));
                format!("{who}: open-sub{} as {name}", cap.unwrap_or_default())
            }
            Act::Close(who) => format!("{who}: close"),
            Act::Upgrade(who, to) => format!("{who}: upgrade {}", ty(to)),
            Act::Limit(who, kind, most) => {
                format!("{who}: limit {}={}", KINDS[*kind], amount(*most))
            }
            Act::Restrict(bank, of, kind, most) => {
                format!(
                    "{bank}: restrict {} {}={}",
                    ty(of),
                    KINDS[*kind],
                    amount(*most)
                )
            }
            Act::Freeze(bank, who) => format!("{bank}: freeze {who}"),
            Act::Unfreeze(bank, who) => format!("{bank}: unfreeze {who}"),
            Act::Accrue(bank, pays) => format!("{bank}: accrue pay={pays}"),
            Act::TopUp(who, sum) => format!("{who}: top-up {} at=Corner", amount(*sum)),
            Act::Withdraw(who, sum) => format!("{who}: withdraw {} from=Corner", amount(*sum)),
            Act::Transfer(who, to, sum) => {
                format!("{who}: transfer {to} {} at=Corner", amount(*sum))
            }
            Act::Resolve => format!("central-bank: resolve {} to={}", FAILS[0], FAILS[1]),
        }
    }

    /// Whether all that an act speaks of exists.
    fn can_be_said(&self, act: &Act) -> bool {
        match act {
            Act::Accept(name) | Act::Decline(name) | Act::Refund(name, _) => {
                self.oracle.knows(name)
            }
            Act::Pay { payer, payee, .. } => self.oracle.knows(payer) && self.oracle.knows(payee),
            _ => true,
        }
    }

    /// Lets what was late arrive, and has what was lost sent again, or called off.
    fn settle(&mut self, calls_off: bool) -> Result<(), String> {
        for round in 0..40 {
            let then = self.town.now() + 60_000;
            self.town.0.advance(then).map_err(|stop| stop.to_string())?;
            let world = self.town.0.world();
            let lost: BTreeSet<_> = world
                .pending()
                .filter(|message| message.fate == Fate::Lost)
                .map(|message| message.from)
                .collect();
            if world.pending().next().is_none() {
                return Ok(());
            }
            let how = if calls_off && round == 0 {
                "reverse"
            } else {
                "retry"
            };
            for who in ["Harbour", "Summit", "Quay", "Corner", "central-bank"] {
                if lost.contains(&self.town.party(who)) {
                    // What was decided on already can only be sent again.
                    self.town.play(&format!("{who}: {how}"));
                }
            }
        }
        Err("messages are still on their way".to_owned())
    }

    fn balances(&self) -> BTreeMap<String, i64> {
        let (town, world) = (&self.town, self.town.0.world());
        let mut all = BTreeMap::from([("issued".to_owned(), world.issued())]);
        for bank in BANKS {
            for (what, title) in [
                ("reserves", Title::OwnReserves),
                ("vault", Title::Vault),
                ("till", Title::Cash),
            ] {
                all.insert(format!("{bank}: {what}"), town.own(bank, title));
            }
        }
        let agent = town.party("Corner");
        for holder in HOLDERS {
            all.insert(format!("{holder}: deposit"), town.deposit(holder));
            all.insert(format!("{holder}: cash"), town.own(holder, Title::Cash));
            let balance = world.balance_of(agent, Title::Balances, town.party(holder).0);
            all.insert(format!("{holder}: at the agent"), balance);
        }
        for wallet in WALLETS {
            all.insert(format!("{wallet}: wallet"), town.balance(wallet));
        }
        all
    }

    fn differences(&self, oracle: &Oracle) -> Vec<(String, i64, i64)> {
        let theirs = oracle.balances();
        let ours = self.balances();
        // Who never had money at the agent has none there.
        let other = |what: &str| theirs.get(what).copied().unwrap_or(0);
        let pairs = ours.into_iter().filter(|(what, it)| other(what) != *it);
        pairs
            .map(|(what, it)| {
                let other = other(&what);
                (what, it, other)
            })
            .collect()
    }

    /// What was refused from a position on, but for repairs that found nothing.
    fn refused(&self, from: u32) -> Vec<&'static str> {
        let mut codes = self.town.refusals_since(from);
        codes.retain(|code| *code != "nothing.missing");
        codes
    }
}

fn sum_of(raw: Raw) -> i64 {
    raw.1.0
}

fn edge_of(rules: &Rules, ty: usize, kind: usize, how: u8) -> Option<i64> {
    let ty = &rules.wallet_types[ty];
    let most = [ty.balance, ty.payment, ty.day, ty.year][kind]?;
    Some((most - 1 + i64::from(how % 3)).max(0))
}

fn fault((what, after): (u8, u8)) -> Option<(String, bool)> {
    let from = ["Harbour", "Summit", "central-bank", "Corner"][usize::from(after % 4)];
    let after = after / 2;
    Some(match what {
        0 | 1 => (format!("network: lose from={from} after={after}"), false),
        2 => (format!("network: lose from={from} after={after}"), true),
        3 | 4 => (format!("network: double after={after} count=3"), false),
        5 | 6 => (format!("network: delay 20s after={after} count=2"), false),
        _ => return None,
    })
}

fn beside(rules: &Rules, raws: &[Raw], seen: &RefCell<BTreeSet<String>>) -> Result<(), String> {
    let mut pair = Pair::new(rules);
    let mut script = Vec::new();
    for (number, raw) in raws.iter().enumerate() {
        pair.number = number;
        let slot = pair.town.now() + raw.1.2 * HOUR;
        let wrong = |what: &str, script: &[String]| {
            format!("{}: {what}\n{}", rules.preset, script.join("\n"))
        };
        // What happens by itself until then.
        while let Some(due) = pair.oracle.due_before(slot) {
            let from = pair.town.0.log().len();
            pair.oracle.pass(due);
            pair.town.0.advance(due).map_err(|stop| stop.to_string())?;
            pair.settle(false).map_err(|it| wrong(&it, &script))?;
            let expected = pair.oracle.make_due();
            script.push(format!("# {due}: a payment that was ordered"));
            if pair.refused(from) != expected {
                let found = pair.refused(from);
                return Err(wrong(
                    &format!("{found:?}, by the model {expected:?}"),
                    &script,
                ));
            }
        }
        let slot = slot.max(pair.town.now());
        pair.oracle.pass(slot);
        pair.town.0.advance(slot).map_err(|stop| stop.to_string())?;
        let act = pair.act(*raw, rules);
        if !pair.can_be_said(&act) {
            continue;
        }
        let fault = fault(raw.2).filter(|_| !matches!(act, Act::PayMany(..)));
        if let Some((line, _)) = &fault {
            pair.town.play(line);
            script.push(line.clone());
        }
        let line = pair.line(&act);
        script.push(format!("# {slot}\n{line}"));
        let from = pair.town.0.log().len();
        pair.town
            .try_play(&line)
            .map_err(|stop| wrong(&stop.to_string(), &script))?;
        // Called off is what moves money, and shows by that whether it was: no
        // list, of which it could be one payment, and no payment that flows on
        // to an account, of which it could be only that.
        let moves = matches!(
            act,
            Act::Pay { .. }
                | Act::PayTo(..)
                | Act::Scan(..)
                | Act::Accept(_)
                | Act::Refund(..)
                | Act::Exchange(..)
                | Act::Redeem(..)
                | Act::CashIn(..)
                | Act::CashOut(..)
                | Act::TopUp(..)
                | Act::Withdraw(..)
        );
        let is_one = moves && !rules.waterfall;
        let calls_off = is_one && fault.is_some_and(|(_, calls_off)| calls_off);
        pair.settle(calls_off).map_err(|it| wrong(&it, &script))?;
        let before = pair.oracle.clone();
        let expected = pair.oracle.play(&act, number);
        let was_called_off = calls_off
            && pair
                .town
                .0
                .log()
                .facts(from, pair.town.0.log().len())
                .any(|(_, it)| {
                    matches!(it.fact, Fact::Changed(world::fact::Change::Recalled { .. }))
                });
        let found = pair.differences(&pair.oracle);
        if was_called_off && !found.is_empty() {
            let pulled = before.after_a_pull(&act);
            let others = [Some(before), pulled].into_iter().flatten();
            let mut others = others.filter(|other| pair.differences(other).is_empty());
            if let Some(undone) = others.next() {
                pair.oracle = undone;
                continue;
            }
        }
        if was_called_off && found.is_empty() {
            continue;
        }
        if !found.is_empty() {
            return Err(wrong(
                &format!("differ (engine, model): {found:?}"),
                &script,
            ));
        }
        let refused = pair.refused(from);
        if refused != expected {
            return Err(wrong(
                &format!("{refused:?}, by the model {expected:?}"),
                &script,
            ));
        }
        let mut seen = seen.borrow_mut();
        seen.extend(expected.iter().map(|code| (*code).to_owned()));
        if expected.is_empty() {
            let verb = line.split(' ').nth(1).unwrap_or_default();
            seen.insert(verb.to_owned());
        }
    }
    Ok(())
}

#[test]
fn the_engine_comes_to_what_the_model_says_under_every_preset_and_every_fault() {
    let seen = RefCell::default();
    for (least, (name, version)) in (20..).zip(Preset::shipped()) {
        let rules = Preset::find(name, Some(version))
            .unwrap()
            .rules(&[])
            .unwrap();
        // Other lengths, so that each preset meets other acts.
        holds_for(vec(raw(), least..70), |raws| beside(&rules, &raws, &seen));
    }
    let seen = seen.into_inner();
    for what in [
        "issue",
        "return",
        "exchange",
        "redeem",
        "cash-in",
        "cash-out",
        "pay",
        "pay-to",
        "scan",
        "pay-many",
        "schedule",
        "request",
        "accept",
        "decline",
        "refund",
        "alias",
        "open-sub",
        "close",
        "upgrade",
        "limit",
        "restrict",
        "freeze",
        "unfreeze",
        "accrue",
        "top-up",
        "withdraw",
        "transfer",
        "resolve",
        "limit.balance",
        "limit.payment",
        "limit.day",
        "limit.year",
        "limit.night",
        "limit.parent",
        "limit.type",
        "funds.short",
        "liquidity.short",
        "payee.self",
        "wallet.frozen",
        "payee.frozen",
        "wallet.closed",
        "wallet.not-empty",
        "request.over",
        "refund.excess",
        "refund.late",
        "address.taken",
        "address.unknown",
        "account.missing",
        "party.unknown",
    ] {
        assert!(seen.contains(what), "{what} was never reached: {seen:?}");
    }
}
