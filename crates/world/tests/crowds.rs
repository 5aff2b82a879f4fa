//! Crowds: drawn alike by every run of a seed, alone in what they draw, and as
//! careful with money as everybody else, whatever the network does.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use std::collections::BTreeSet;
use std::sync::Arc;

use common::{ENGINE, rules, slow, start};
use money::{Rate, Span};
use world::cbdc::{
    Activity, Blackout, Crowd, Declaration, Delay, Double, Fault, Issue, Lose, Merchant, Operation,
    Operator, Person, Run, Trade,
};
use world::describe::{
    Actor, Count, Field, Minor, Parties, PerSecond, Scope, Sums, TypeNo, is_member,
};
use world::fact::{Cause, Fact, PartyId, Purpose, Subject, Title, WalletId};
use world::invariants;
use world::kernel::{MOST_PARTIES, Simulation, Stop};
use world::refusal::Code;
use world::rules::{Issuance, Rules};
use world::spec::Value;

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
const BANKS: [&str; 2] = ["Harbour", "Summit"];

fn sums(low: i64, high: i64) -> Option<Sums> {
    Some(Sums {
        low: Minor(low),
        high: Minor(high),
    })
}

fn share(text: &str) -> Rate {
    text.parse().unwrap()
}

/// A town in which both banks have digital currency ready.
struct Town(Simulation);

impl Town {
    fn new(rules: Rules, seed: u64, signing: bool) -> Town {
        let rules = Arc::new(rules);
        let mut town = Town(Simulation::new(rules, ENGINE, seed, signing, start()).unwrap());
        for name in BANKS {
            let bank = Operator {
                reserves: Some(Minor(1_000_000_00)),
                cash: None,
            };
            town.0.declare(name, &Declaration::Operator(bank)).unwrap();
            let issue = Issue {
                amount: Minor(20_000_00),
                to: town.bank(name),
            };
            let bank = Actor::Party(PartyId(0));
            town.0.act(bank, &Operation::Issue(issue), None).unwrap();
        }
        town
    }

    fn bank(&self, name: &str) -> PartyId {
        match self.0.actor(name) {
            Some(Actor::Party(bank)) => bank,
            other => panic!("{name} is {other:?}"),
        }
    }

    fn crowd(&mut self, name: &str, count: u64) -> Result<(), Stop> {
        self.crowd_with(name, count, sums(100_00, 5_000_00))
    }

    fn crowd_with(&mut self, name: &str, count: u64, deposit: Option<Sums>) -> Result<(), Stop> {
        let banks = BANKS.map(|name| Value::Name(name.to_owned()));
        let banks = Value::List(banks.to_vec());
        let crowd = Crowd {
            count: Count(count),
            at: Parties::read("at", Some(&banks), &mut self.0).unwrap(),
            ty: TypeNo(3),
            deposit,
            cash: sums(0, 500_00),
        };
        self.0.declare(name, &Declaration::Crowd(crowd)).map(|_| ())
    }

    fn person(&mut self, name: &str) {
        let person = Person {
            via: None,
            at: self.bank("Harbour"),
            ty: TypeNo(1),
            deposit: Some(Minor(5)),
            cash: None,
        };
        self.0.declare(name, &Declaration::Person(person)).unwrap();
    }

    fn shop(&mut self, name: &str) {
        let shop = Merchant {
            via: None,
            at: self.bank("Summit"),
            ty: None,
            deposit: None,
            cash: None,
            category: None,
            area: None,
        };
        self.0.declare(name, &Declaration::Merchant(shop)).unwrap();
    }

    fn begin(&mut self, name: &str, activity: Activity) -> Result<(), Stop> {
        let crowd = self.0.actor(name).unwrap();
        self.0.begin(crowd, &activity).map(|_| ())
    }

    fn wait(&mut self, span: i64) -> Result<(), Stop> {
        let to = self.0.world().now() + span;
        self.0.advance(to)
    }

    /// What the crowd's people have drawn, or asked for since: time, who, whom,
    /// how much, with people counted within their crowd.
    fn asked(&self, name: &str) -> Vec<(i64, u32, Option<u32>, i64)> {
        let Some(Actor::Crowd(crowd)) = self.0.actor(name) else {
            panic!("{name} is no crowd")
        };
        let crowd = self.0.crowd(crowd).unwrap();
        let first = self.0.world().party(crowd.first).unwrap().wallet.unwrap();
        let within =
            |wallet: WalletId| wallet.0.checked_sub(first.0).filter(|it| *it < crowd.count);
        let facts = self.0.log().facts(0, self.0.log().len());
        let asks = facts.filter_map(|(_, it)| match it.fact {
            Fact::Sent(message) if message.subject == Subject::Ask => {
                let who = within(message.wallet?)?;
                let whom = message
                    .other
                    .map(|wallet| within(WalletId(wallet)).unwrap_or(u32::MAX));
                Some((it.at, who, whom, message.amount))
            }
            _ => None,
        });
        asks.collect()
    }

    fn deposits(&self, name: &str) -> Vec<i64> {
        let Some(Actor::Crowd(crowd)) = self.0.actor(name) else {
            panic!("{name} is no crowd")
        };
        let world = self.0.world();
        let of = |member: PartyId| {
            let at = world.party(member).unwrap().at.unwrap();
            world.balance_of(at, Title::Deposits, member.0)
        };
        self.0.crowd(crowd).unwrap().members().map(of).collect()
    }

    fn refused(&self, code: Code) -> usize {
        let refusals = self.0.log().refusals();
        refusals.filter(|(_, refusal)| refusal.code == code).count()
    }

    fn check(&self) {
        for check in invariants::full(self.0.world()) {
            assert!(check.holds(), "{check:?}");
        }
    }
}

fn trade(rate: &str, length: i64) -> Activity {
    Activity::Trade(Trade {
        rate: PerSecond::parse(rate).unwrap(),
        length: Span(length),
        mean: Minor(25_00),
        merchants: None,
        refill: Some(Minor(200_00)),
    })
}

fn run(chance: &str, contagion: &str) -> Run {
    Run {
        from: None,
        chance: share(chance),
        contagion: Some(share(contagion)),
        every: Span(10 * MINUTE),
        length: Span(DAY),
        daily: None,
    }
}

#[test]
fn one_seed_is_one_crowd_and_another_seed_another() {
    let play = |seed| {
        let mut town = Town::new(rules(), seed, true);
        town.shop("Noodles");
        town.crowd("Town", 50).unwrap();
        town.begin("Town", trade("10", MINUTE)).unwrap();
        town.wait(2 * MINUTE).unwrap();
        (town.0.digest(), town.asked("Town"))
    };
    let (one, again, other) = (play(7), play(7), play(8));
    assert_eq!(one, again);
    assert_ne!(one.0, other.0);
    assert_ne!(one.1, other.1);
}

#[test]
fn whoever_else_is_there_changes_nothing_that_a_crowd_draws() {
    let play = |others: bool| {
        let mut town = Town::new(rules(), 7, false);
        if others {
            town.person("Alice");
            town.crowd("Village", 10).unwrap();
            town.begin("Village", trade("3", MINUTE)).unwrap();
        }
        town.crowd("Town", 50).unwrap();
        let drawn = town.deposits("Town");
        town.begin("Town", trade("10", MINUTE)).unwrap();
        town.wait(MINUTE).unwrap();
        (drawn, town.asked("Town"))
    };
    let (alone, among) = (play(false), play(true));
    assert_eq!(alone, among);
    let distinct: BTreeSet<_> = alone.0.iter().collect();
    assert!(distinct.len() > 40, "{distinct:?}");
    assert!(alone.0.iter().all(|sum| (100_00..=5_000_00).contains(sum)));
}

#[test]
fn members_are_called_by_number_and_bank_in_turn() {
    let mut town = Town::new(rules(), 7, true);
    town.crowd_with("Town", 3, sums(7_00, 7_00)).unwrap();
    let at = |name: &str| {
        let party = town.0.world().party(town.bank(name)).unwrap();
        party.at.unwrap()
    };
    assert_eq!(at("Town-1"), town.bank("Harbour"));
    assert_eq!(at("Town-2"), town.bank("Summit"));
    assert_eq!(at("Town-3"), town.bank("Harbour"));
    assert!(town.0.actor("Town-0").is_none() && town.0.actor("Town-4").is_none());
    assert_eq!(town.deposits("Town"), [7_00; 3]);
    let numbers = ["1", "10", "11", "0", "01", "", "+1", "1x"];
    let members = numbers.map(|number| is_member(number, 10));
    assert_eq!(
        members,
        [true, true, false, false, false, false, false, false]
    );
}

#[test]
fn a_crowd_that_cannot_be_leaves_nobody_behind() {
    let mut town = Town::new(rules(), 7, false);
    town.person("Town-3");
    town.person("Village");
    let before = town.0.log().len();
    assert_eq!(town.crowd("Town", 0), Err(Stop::CrowdSize));
    assert_eq!(
        town.crowd("Town", u64::from(MOST_PARTIES)),
        Err(Stop::CrowdSize)
    );
    assert_eq!(town.crowd("Town", 3), Err(Stop::NameTaken));
    assert_eq!(town.crowd("Village", 3), Err(Stop::NameTaken));
    let all = sums(0, money::MAX_MINOR / 2);
    assert_eq!(town.crowd_with("Rich", 3, all), Err(Stop::TooMuchMoney));
    assert_eq!(town.0.log().len(), before);
    town.crowd("Town", 2).unwrap();
}

#[test]
fn payments_come_at_even_intervals_until_the_end() {
    let mut town = Town::new(rules(), 7, false);
    town.crowd("Town", 20).unwrap();
    let begin = town.0.world().now();
    let activity = Trade {
        rate: PerSecond::parse("3").unwrap(),
        length: Span(2_000),
        mean: Minor(1_00),
        merchants: None,
        refill: None,
    };
    town.begin("Town", Activity::Trade(activity)).unwrap();
    assert_eq!(town.asked("Town").len(), 0);
    town.wait(334).unwrap();
    assert_eq!(town.asked("Town").len(), 1);
    town.wait(DAY).unwrap();
    let times: Vec<_> = town.asked("Town").iter().map(|ask| ask.0 - begin).collect();
    assert_eq!(times, [334, 667, 1000, 1334, 1667, 2000]);
    for (_, payer, payee, amount) in town.asked("Town") {
        assert_ne!(Some(payer), payee);
        assert!((1..2_00).contains(&amount), "{amount}");
    }
    // Nobody had anything in the wallet.
    assert_eq!(town.refused(Code::FundsShort), 6);
    assert_eq!(town.0.world().now(), begin + 334 + DAY);
}

#[test]
fn rates_are_exact() {
    let after = |rate: &str, number| PerSecond::parse(rate).unwrap().after(number);
    assert_eq!(after("100", 360_000), 3_600_000);
    assert_eq!(after("0.5", 1), 2_000);
    assert_eq!(after("1000000", 1_000), 1);
    assert_eq!(after("1000000", 1_001), 2);
    assert_eq!(after("0.000000001", 2), 2_000_000_000_000);
    for wrong in ["0", "-1", "1000000.1", "0.0000000001", "", "x"] {
        assert_eq!(PerSecond::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn merchants_are_paid_their_share() {
    let paid = |merchants: &str| {
        let mut town = Town::new(rules(), 7, false);
        town.shop("Noodles");
        town.crowd("Town", 20).unwrap();
        let Activity::Trade(plain) = trade("10", MINUTE) else {
            panic!("a trade")
        };
        let merchants = Some(share(merchants));
        town.begin("Town", Activity::Trade(Trade { merchants, ..plain }))
            .unwrap();
        town.wait(MINUTE).unwrap();
        let asked = town.asked("Town");
        let pays = asked.iter().filter_map(|ask| ask.2);
        let (all, shops) = pays.fold((0, 0), |(all, shops), payee| {
            (all + 1, shops + u32::from(payee == u32::MAX))
        });
        assert_eq!(all, 600);
        shops
    };
    assert_eq!((paid("0"), paid("1")), (0, 600));
    assert!((220..380).contains(&paid("0.5")));
}

#[test]
fn a_crowd_of_one_can_pay_only_itself_and_is_refused() {
    let mut town = Town::new(rules(), 7, false);
    town.crowd("Hermit", 1).unwrap();
    town.begin("Hermit", trade("1", 3_000)).unwrap();
    town.wait(MINUTE).unwrap();
    assert_eq!(town.refused(Code::PayeeSelf), 3);
}

#[test]
fn what_a_crowd_asks_is_told_of_its_line() {
    let mut town = Town::new(rules(), 7, true);
    town.crowd("Town", 20).unwrap();
    town.crowd("Village", 20).unwrap();
    let mut lines = BTreeSet::new();
    for name in ["Town", "Village"] {
        let crowd = town.0.actor(name).unwrap();
        lines.insert(town.0.begin(crowd, &trade("5", MINUTE)).unwrap());
    }
    town.wait(MINUTE).unwrap();
    let facts = town.0.log().facts(0, town.0.log().len());
    let mut met = BTreeSet::new();
    for (_, it) in facts {
        if let (Cause::Line(order), Fact::Sent(message)) = (it.cause, it.fact)
            && message.subject == Subject::Ask
        {
            assert!(!lines.contains(&order));
            assert_eq!(order, message.order);
            // They sign nothing, where everybody else does.
            assert_eq!(message.signature, Default::default());
            met.insert(town.0.asked_by(order));
        }
    }
    assert_eq!(met, lines);
    assert_eq!(town.refused(Code::SignatureInvalid), 0);
    let own = *lines.first().unwrap();
    assert_eq!(town.0.asked_by(own), own);
}

#[test]
fn a_run_takes_everybody_to_the_cap_and_no_further() {
    let mut town = Town::new(rules(), 7, false);
    town.crowd_with("Town", 10, sums(15_000_00, 15_000_00))
        .unwrap();
    town.begin("Town", Activity::Run(run("1", "0"))).unwrap();
    town.wait(9 * MINUTE).unwrap();
    assert!(town.deposits("Town").contains(&15_000_00));
    town.wait(DAY).unwrap();
    // Two at each bank: its 20,000 fill two wallets of 10,000; nobody asks twice.
    let served = town
        .deposits("Town")
        .iter()
        .filter(|it| **it == 5_000_00)
        .count();
    assert_eq!(served, 4);
    assert_eq!(town.refused(Code::LiquidityShort), 6);
    assert_eq!(town.asked("Town").len(), 10);
    town.check();
}

#[test]
fn a_run_from_one_bank_leaves_the_other_alone() {
    let mut town = Town::new(rules(), 7, false);
    town.crowd_with("Town", 10, sums(1_000_00, 1_000_00))
        .unwrap();
    let from = Some(town.bank("Harbour"));
    town.begin(
        "Town",
        Activity::Run(Run {
            from,
            ..run("1", "0")
        }),
    )
    .unwrap();
    town.wait(DAY).unwrap();
    let expected = [0, 1_000_00].repeat(5);
    assert_eq!(town.deposits("Town"), expected);
}

#[test]
fn under_a_daily_limit_who_has_run_goes_on_the_day_after() {
    let mut town = Town::new(rules(), 7, false);
    town.crowd_with("Town", 2, sums(1_000_00, 1_000_00))
        .unwrap();
    let activity = Run {
        daily: Some(Minor(400_00)),
        length: Span(5 * DAY),
        ..run("1", "0")
    };
    town.begin("Town", Activity::Run(activity)).unwrap();
    let mut left = Vec::new();
    for _ in 0..4 {
        town.wait(DAY).unwrap();
        left.push(town.deposits("Town")[0]);
    }
    // It begins at nine: the second morning is another day.
    assert_eq!(left, [200_00, 0, 0, 0]);
}

#[test]
fn fear_spreads_only_by_contagion() {
    let gone = |chance: &str, contagion: &str| {
        let mut town = Town::new(rules(), 7, false);
        town.crowd_with("Town", 100, sums(10_00, 10_00)).unwrap();
        town.begin("Town", Activity::Run(run(chance, contagion)))
            .unwrap();
        town.wait(DAY).unwrap();
        town.deposits("Town").iter().filter(|it| **it == 0).count()
    };
    assert_eq!(gone("0", "1"), 0);
    let (calm, afraid) = (gone("0.001", "0"), gone("0.001", "0.2"));
    assert!(calm > 0 && calm < 40, "{calm}");
    assert!(afraid > 95, "{afraid}");
}

#[test]
fn too_many_decisions_are_a_typed_stop_and_zero_sums_too() {
    let mut town = Town::new(rules(), 7, false);
    town.crowd("Town", 1_000).unwrap();
    let often = |every| {
        Activity::Run(Run {
            every: Span(every),
            ..run("0", "0")
        })
    };
    for every in [0, 1, 1_000] {
        assert_eq!(town.begin("Town", often(every)), Err(Stop::TooOften));
    }
    // 10,000 rounds each: the second is one too many.
    let half = |town: &mut Town| town.begin("Town", often(DAY / 10_000));
    assert_eq!(half(&mut town), Ok(()));
    assert_eq!(half(&mut town), Err(Stop::TooOften));
    let Activity::Trade(plain) = trade("1", MINUTE) else {
        panic!("a trade")
    };
    for wrong in [
        Activity::Trade(Trade {
            mean: Minor(0),
            ..plain
        }),
        Activity::Trade(Trade {
            refill: Some(Minor(0)),
            ..plain
        }),
        Activity::Run(Run {
            daily: Some(Minor(0)),
            ..run("0", "0")
        }),
    ] {
        assert_eq!(town.begin("Town", wrong), Err(Stop::NotPositive));
    }
    assert_eq!(
        town.begin("Harbour", trade("1", MINUTE)),
        Err(Stop::CannotAct)
    );
}

#[test]
fn the_ceilings_of_a_run_hold_for_crowds() {
    let mut town = Town::new(rules(), 7, false);
    town.crowd("Town", 100).unwrap();
    for _ in 0..40 {
        town.begin("Town", trade("1000000", DAY)).unwrap();
    }
    assert_eq!(town.wait(DAY), Err(Stop::InstantTooLong));
    let mut town = Town::new(rules(), 7, false);
    town.crowd("Town", 100).unwrap();
    town.0.set_ceiling(5_000);
    town.begin("Town", trade("100", DAY)).unwrap();
    assert_eq!(town.wait(DAY), Err(Stop::Ceiling(5_000)));
}

#[test]
fn money_is_conserved_in_trade_whatever_the_network_does() {
    let regimes = [
        (Issuance::Stocked, 0),
        (Issuance::Stocked, 3_000),
        (Issuance::OnDemand, 3_000),
        (Issuance::Deposit, 3_000),
    ];
    for (issuance, latency) in regimes {
        let rules = Rules {
            issuance,
            ..slow(latency)
        };
        let mut town = Town::new(rules, 7, false);
        town.shop("Noodles");
        town.crowd("Town", 40).unwrap();
        let wealth = common::follow::wealth(town.0.world());
        for fault in [
            Fault::Lose(Lose {
                from: None,
                to: None,
                count: Some(Count(9)),
                after: Some(Count(40)),
            }),
            Fault::Double(Double {
                from: None,
                to: None,
                count: Some(Count(50)),
                after: Some(Count(90)),
            }),
            Fault::Delay(Delay {
                by: Span(7_000),
                from: None,
                to: None,
                count: Some(Count(50)),
                after: Some(Count(200)),
            }),
        ] {
            town.0.fault(&fault).unwrap();
        }
        town.begin("Town", trade("5", 2 * MINUTE)).unwrap();
        town.begin(
            "Town",
            Activity::Run(Run {
                every: Span(MINUTE),
                ..run("0.05", "0.5")
            }),
        )
        .unwrap();
        for _ in 0..20 {
            town.wait(17_000).unwrap();
            town.check();
        }
        town.wait(DAY).unwrap();
        town.check();
        assert_eq!(town.0.world().pending().count(), 9, "{issuance:?}");
        let paid = town.0.log().facts(0, town.0.log().len());
        let paid = paid
            .filter(|(_, it)| matches!(it.fact, Fact::Posted(it) if it.purpose == Purpose::Pay));
        assert!(paid.count() > 100, "{issuance:?}");
        assert!(common::follow::wealth(town.0.world()) <= wealth);
    }
}

#[test]
fn one_party_may_stand_for_a_list_and_a_list_is_bounded() {
    let mut town = Town::new(rules(), 7, false);
    let name = Value::Name("Summit".to_owned());
    let summit = [town.bank("Summit")];
    let one = Parties::read("at", Some(&name), &mut town.0).unwrap();
    assert_eq!(one.as_slice(), summit);
    let many = Value::List(vec![name; 33]);
    assert!(Parties::read("at", Some(&many), &mut town.0).is_err());
    assert!(Parties::read("at", Some(&Value::List(Vec::new())), &mut town.0).is_err());
    let reversed = ["2", "1"].map(|digits| {
        Box::new(Value::Number {
            digits: digits.to_owned(),
            unit: None,
        })
    });
    let [low, high] = reversed;
    assert!(Sums::read("cash", Some(&Value::Range(low, high)), &mut town.0).is_err());
}

fn blackout(cheats: Option<&str>) -> Blackout {
    Blackout {
        load: Minor(100_00),
        mean: Minor(20_00),
        every: Span(DAY / 4),
        length: Span(2 * DAY),
        merchants: None,
        cheats: cheats.map(share),
    }
}

/// A dozen people through a blackout, and a month after it.
fn after_a_blackout(cheats: Option<&str>, seed: u64) -> Town {
    let mut town = Town::new(rules(), seed, true);
    town.crowd("Town", 12).unwrap();
    let start = town.0.world().now();
    let activity = Activity::Blackout(blackout(cheats));
    town.begin("Town", activity).unwrap();
    for day in [1, 2, 40] {
        town.0.advance(start + day * DAY).unwrap();
        let sum = town.0.accounted();
        if cheats.is_none() {
            assert_eq!(sum.float, sum.held + sum.limbo, "day {day}");
            assert!(sum.float > 0);
        }
        town.check();
    }
    town
}

fn made_up(town: &Town) -> i64 {
    -town.0.world().balance(PartyId(0), Title::Funds)
}

#[test]
fn honest_people_bring_through_a_blackout_what_they_loaded() {
    let town = after_a_blackout(None, 3);
    assert_eq!(made_up(&town), 0);
    assert_eq!(town.0.world().device_count(), 12);
    let by_hand = town.0.log().facts(0, town.0.log().len());
    let by_hand = by_hand.filter(|(_, it)| {
        matches!(it.fact, Fact::Sent(message) if message.subject == Subject::OfflineReceipt)
    });
    assert!(by_hand.count() > 20);
}

#[test]
fn what_cheats_paid_twice_is_found_when_all_have_reported() {
    let town = after_a_blackout(Some("0.5"), 3);
    assert!(made_up(&town) > 0);
    assert!(town.0.world().device_count() > 12);
    let again = after_a_blackout(Some("0.5"), 3);
    assert_eq!(made_up(&town), made_up(&again));
    assert_eq!(town.0.digest(), again.0.digest());
}

#[test]
fn a_blackout_that_cannot_be_is_none() {
    let mut town = Town::new(rules(), 3, true);
    town.crowd("Town", 3).unwrap();
    town.crowd("City", 1_001).unwrap();
    let plain = blackout(None);
    let length = town.0.log().len();
    for (name, told, stop) in [
        (
            "Town",
            Blackout {
                load: Minor(0),
                ..plain
            },
            Stop::NotPositive,
        ),
        (
            "Town",
            Blackout {
                mean: Minor(0),
                ..plain
            },
            Stop::NotPositive,
        ),
        (
            "Town",
            Blackout {
                every: Span(0),
                ..plain
            },
            Stop::TooOften,
        ),
        ("City", plain, Stop::TooManyPhones),
    ] {
        assert_eq!(town.begin(name, Activity::Blackout(told)), Err(stop));
    }
    assert_eq!(town.0.log().len(), length);
}
