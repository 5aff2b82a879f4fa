//! Crowds: many people declared and set going by one line each.
//!
//! A crowd is no party. Its members are ordinary persons who ask their banks
//! for ordinary things; what the crowd has is random numbers of its own, one
//! stream for each use, so that nothing else in a scenario changes what its
//! people draw. Their turns come at even intervals while time passes.

mod blackout;

use std::collections::BTreeSet;

use money::{Instant, NANO, Rate};
use seal::ChaCha8Rng;
use seal::rand_core::Rng;

use super::{
    Holder, MAX_MINOR, MOST_AT_AN_INSTANT, MOST_PARTIES, MOST_TURNS, Simulation, Stop, Title,
};
use crate::cbdc::{Activity, Crowd as Declared, Exchange, Operation, Pay, Run, Trade};
use crate::describe::{Actor, CrowdId, Minor, Sums, is_member};
use crate::fact::{Cause, Change, Fact, Kind, OrderId, PartyId, TextId};
use crate::state::Wallet;
use blackout::Dark;
pub(super) use blackout::MOST_PHONES;

/// Everything about crowds that the kernel keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Crowds {
    all: Vec<Crowd>,
    /// What they have begun; none while its turn is being taken.
    going: Vec<Option<Going>>,
    /// When whose turn is next: time, index into `going`.
    due: BTreeSet<(i64, usize)>,
    /// How often people may decide in all that has begun.
    turns: u64,
    /// Requests made for a line: first, last, the line's own.
    pub(super) made: Vec<(OrderId, OrderId, OrderId)>,
    /// The instant of the last turn, and the log's length when it came.
    instant: (i64, u32),
}

impl Crowds {
    pub(super) fn next_due(&self) -> Option<i64> {
        self.due.first().map(|(at, _)| *at)
    }
}

/// Many people as one actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crowd {
    /// Its name.
    pub name: TextId,
    /// Its first member; the others have the numbers after it.
    pub first: PartyId,
    /// How many they are.
    pub count: u32,
    /// How many activities it has begun.
    begun: u32,
}

impl Crowd {
    /// Its members, in order.
    pub fn members(&self) -> impl Iterator<Item = PartyId> + use<> {
        (self.first.0..self.first.0.saturating_add(self.count)).map(PartyId)
    }

    fn member(&self, index: u32) -> PartyId {
        PartyId(self.first.0 + index)
    }
}

/// Something a crowd does.
#[derive(Clone, Debug)]
struct Going {
    order: OrderId,
    crowd: Crowd,
    start: i64,
    until: i64,
    /// The number of the next turn, from 1.
    turn: u64,
    random: ChaCha8Rng,
    does: Does,
}

#[derive(Clone, Debug)]
enum Does {
    Trade {
        trade: Trade,
        /// Whom they can pay besides each other.
        merchants: Vec<PartyId>,
    },
    Run {
        run: Run,
        /// The local day on which each member last went; none for who stays.
        went: Vec<Option<i32>>,
        /// How many could go.
        concerned: u32,
        /// How many have gone.
        gone: u32,
    },
    Blackout(Dark),
}

impl Going {
    /// When its next turn comes, if there is one.
    fn due(&self) -> Option<i64> {
        let after = match &self.does {
            Does::Trade { trade, .. } => trade.rate.after(self.turn),
            // Each member's turn comes once in every interval, at even distances.
            Does::Run { run, .. } => {
                let count = i128::from(self.crowd.count);
                let exact = i128::from(run.every.0) * i128::from(self.turn);
                i64::try_from((exact + count - 1) / count).unwrap_or(i64::MAX)
            }
            Does::Blackout(dark) => dark.after(self.turn, self.crowd.count)?,
        };
        Some(self.start.saturating_add(after))
    }
}

/// A number below `bound`, all as likely as each other; 0 if there is none.
fn below(random: &mut ChaCha8Rng, bound: u64) -> u64 {
    // Products this low would make the lowest numbers likelier: drawn again.
    let unfair = bound.wrapping_neg().checked_rem(bound).unwrap_or(0);
    loop {
        let wide = u128::from(random.next_u64()) * u128::from(bound);
        if wide as u64 >= unfair {
            return (wide >> 64) as u64;
        }
    }
}

fn draw(random: &mut ChaCha8Rng, bound: u32) -> u32 {
    u32::try_from(below(random, u64::from(bound))).unwrap_or(0)
}

/// A sum from `low` to `high`, both included.
fn sum_of(random: &mut ChaCha8Rng, low: i64, high: i64) -> i64 {
    low.saturating_add_unsigned(below(random, high.abs_diff(low) + 1))
}

/// Whether something happens whose chance is so many billionths.
fn happens(random: &mut ChaCha8Rng, chance: i128) -> bool {
    i128::from(sum_of(random, 0, NANO - 1)) < chance
}

fn billionths(rate: Rate) -> i128 {
    i128::from(rate.nano().unwrap_or(NANO))
}

impl Simulation {
    /// The crowd of this number.
    pub fn crowd(&self, id: CrowdId) -> Option<&Crowd> {
        self.crowds.all.get(id.0 as usize)
    }

    /// The crowds in order of declaration.
    pub fn crowds(&self) -> &[Crowd] {
        &self.crowds.all
    }

    /// Whether a crowd's people asked for it.
    pub fn is_by_crowd(&self, order: OrderId) -> bool {
        let made = &self.crowds.made;
        let next = made.partition_point(|(first, ..)| *first <= order);
        let of_crowd = next.checked_sub(1).and_then(|index| made.get(index));
        of_crowd.is_some_and(|(_, last, _)| order <= *last)
    }

    /// Declares a crowd: nobody, if anything about it cannot be.
    pub(super) fn open_crowd(
        &mut self,
        order: OrderId,
        name: &str,
        it: &Declared,
    ) -> Result<(), Stop> {
        let free = MOST_PARTIES.saturating_sub(self.world.party_count());
        let count = u32::try_from(it.count.0).unwrap_or(u32::MAX);
        if count == 0 || count > free {
            return Err(Stop::CrowdSize);
        }
        let banks = it.at.as_slice();
        banks.iter().try_for_each(|bank| self.check_bank(*bank))?;
        if self.is_taken(name, count) {
            return Err(Stop::NameTaken);
        }
        let most = |sums: Option<Sums>| i128::from(sums.map_or(0, |sums| sums.high.0));
        let all = self.world.sum(Title::Securities) + self.world.sum(Title::Loans);
        let opening = (most(it.deposit) + most(it.cash)) * i128::from(count);
        if opening > i128::from(MAX_MINOR - all) {
            return Err(Stop::TooMuchMoney);
        }
        let text = self.texts.intern(name.as_bytes());
        let mut random = seal::stream(self.seed, "crowd", name);
        let mut drawn = |sums: Option<Sums>| {
            sums.map(|sums| Minor(sum_of(&mut random, sums.low.0, sums.high.0)))
        };
        let first = PartyId(self.world.party_count());
        for (number, at) in (1..=count).zip(banks.iter().cycle()) {
            let holder = Holder {
                kind: Kind::Person,
                at: *at,
                ty: it.ty.0,
                deposit: drawn(it.deposit),
                cash: drawn(it.cash),
                signs: false,
                via: None,
            };
            self.open_holder(order, &format!("{name}-{number}"), &holder, true)?;
        }
        let id = CrowdId(u32::try_from(self.crowds.all.len()).map_err(|_| Stop::TooMany)?);
        self.crowds.all.push(Crowd {
            name: text,
            first,
            count,
            begun: 0,
        });
        self.names.insert(name.to_owned(), Actor::Crowd(id));
        Ok(())
    }

    /// Whether a crowd's name, or one of its members' names, is taken.
    fn is_taken(&self, name: &str, count: u32) -> bool {
        let prefix = format!("{name}-");
        let others = self.names.range(prefix.clone()..);
        self.names.contains_key(name)
            || others
                .map_while(|(other, _)| other.strip_prefix(&prefix))
                .any(|number| is_member(number, u64::from(count)))
    }

    /// Sets a crowd going. Its people's turns come while time passes.
    ///
    /// # Errors
    /// If it is no crowd, or cannot do that, or the run has to stop.
    pub fn begin(&mut self, actor: Actor, activity: &Activity) -> Result<OrderId, Stop> {
        let Actor::Crowd(id) = actor else {
            return Err(Stop::CannotAct);
        };
        let crowd = *self.crowd(id).ok_or(Stop::CannotAct)?;
        let does = self.does(&crowd, activity)?;
        let begun = crowd.begun + 1;
        if let Some(crowd) = self.crowds.all.get_mut(id.0 as usize) {
            crowd.begun = begun;
        }
        // Keyed by how many it has begun, so that nothing else changes it.
        let key = format!("{}/{begun}", self.texts.text(crowd.name));
        let order = self.next_order();
        let start = self.world.now();
        let mut going = Going {
            order,
            crowd,
            start,
            until: start.saturating_add(activity.length()),
            turn: 1,
            random: seal::stream(self.seed, "crowd activity", &key),
            does,
        };
        let change = Change::Begun {
            order,
            purpose: activity.purpose(),
            crowd: crowd.name,
            members: crowd.count,
            until: going.until,
        };
        self.emit(Cause::Line(order), Fact::Changed(change))?;
        if let Does::Blackout(dark) = &mut going.does {
            self.hand_out(&crowd, dark)?;
            self.note_made(OrderId(order.0 + 1), order);
        }
        let index = self.crowds.going.len();
        self.set_due(&going, index);
        self.crowds.going.push(Some(going));
        Ok(order)
    }

    fn does(&mut self, crowd: &Crowd, activity: &Activity) -> Result<Does, Stop> {
        match *activity {
            Activity::Trade(trade) => {
                if trade.mean.0 <= 0 || trade.refill.is_some_and(|refill| refill.0 <= 0) {
                    return Err(Stop::NotPositive);
                }
                let parties = self.world.parties();
                let merchants = parties.filter(|(_, party)| party.kind == Kind::Merchant);
                Ok(Does::Trade {
                    trade,
                    merchants: merchants.map(|(id, _)| id).collect(),
                })
            }
            Activity::Blackout(told) => {
                let dark = self.darken(crowd, told)?;
                // A turn may be refused before much is written: no other ceiling ends them.
                let turns = dark.payments(crowd.count);
                self.count_turns(turns)?;
                Ok(Does::Blackout(dark))
            }
            Activity::Run(run) => {
                if run.daily.is_some_and(|daily| daily.0 <= 0) {
                    return Err(Stop::NotPositive);
                }
                // A turn moves nothing as often as not, so that no other ceiling ends them.
                let every = u64::try_from(run.every.0).unwrap_or(0);
                let length = u64::try_from(run.length.0).unwrap_or(0);
                let rounds = length.checked_div(every).ok_or(Stop::TooOften)? + 1;
                let turns = rounds.saturating_mul(u64::from(crowd.count));
                self.count_turns(turns)?;
                let concerned = crowd.members().filter(|it| self.is_concerned(&run, *it));
                let concerned = u32::try_from(concerned.count()).unwrap_or(u32::MAX);
                Ok(Does::Run {
                    run,
                    went: vec![None; crowd.count as usize],
                    concerned,
                    gone: 0,
                })
            }
        }
    }

    fn count_turns(&mut self, turns: u64) -> Result<(), Stop> {
        let turns = self.crowds.turns.saturating_add(turns);
        if turns > u64::from(MOST_TURNS) {
            return Err(Stop::TooOften);
        }
        self.crowds.turns = turns;
        Ok(())
    }

    fn is_concerned(&self, run: &Run, member: PartyId) -> bool {
        let at = self.world.party(member).and_then(|party| party.at);
        run.from.is_none() || at == run.from
    }

    fn set_due(&mut self, going: &Going, index: usize) {
        if let Some(due) = going.due().filter(|due| *due <= going.until) {
            self.crowds.due.insert((due, index));
        }
    }

    /// Lets the one whose turn it is at this time act.
    pub(super) fn take_turn(&mut self, at: i64) -> Result<(), Stop> {
        let Some((_, index)) = self.crowds.due.pop_first() else {
            return Ok(());
        };
        if self.crowds.instant.0 != at {
            self.crowds.instant = (at, self.log.len());
        } else if self.log.len() - self.crowds.instant.1 > MOST_AT_AN_INSTANT {
            return Err(Stop::InstantTooLong);
        }
        self.world.set_now(at);
        let slot = self.crowds.going.get_mut(index);
        let Some(mut going) = slot.and_then(Option::take) else {
            return Ok(());
        };
        let first = OrderId(self.orders + 1);
        let acted = match &mut going.does {
            Does::Trade { trade, merchants } => {
                self.trade(&going.crowd, trade, merchants, &mut going.random)
            }
            Does::Run { .. } => self.maybe_run(&mut going),
            Does::Blackout(dark) => {
                self.pass_dark(&going.crowd, dark, going.turn, &mut going.random)
            }
        };
        self.note_made(first, going.order);
        going.turn += 1;
        self.set_due(&going, index);
        if let Some(slot) = self.crowds.going.get_mut(index) {
            *slot = Some(going);
        }
        acted
    }

    /// Remembers for whose line the requests from `first` on were made.
    fn note_made(&mut self, first: OrderId, line: OrderId) {
        let last = OrderId(self.orders);
        if last < first {
            return;
        }
        match self.crowds.made.last_mut() {
            Some((_, end, of)) if *of == line && end.0 + 1 == first.0 => *end = last,
            _ => self.crowds.made.push((first, last, line)),
        }
    }

    /// Somebody pays somebody.
    fn trade(
        &mut self,
        crowd: &Crowd,
        trade: &Trade,
        merchants: &[PartyId],
        random: &mut ChaCha8Rng,
    ) -> Result<(), Stop> {
        let payer = draw(random, crowd.count);
        let share = trade.merchants.map_or(i128::from(NANO / 2), billionths);
        let to_merchant = happens(random, share);
        let shops = u32::try_from(merchants.len()).unwrap_or(u32::MAX);
        let shop = merchants.get(draw(random, shops) as usize);
        let payee = match shop.filter(|_| to_merchant) {
            Some(shop) => *shop,
            // Anybody but the payer, where there is anybody else.
            None => {
                let other = draw(random, crowd.count - 1);
                let is_after = crowd.count > 1 && other >= payer;
                crowd.member(other + u32::from(is_after))
            }
        };
        let payer = crowd.member(payer);
        let amount = sum_of(random, 1, trade.mean.0.saturating_mul(2) - 1);
        if let Some(refill) = trade.refill
            && self.wallet_of_member(payer).map_or(0, |it| it.available) < amount
        {
            self.exchange(payer, refill.0.min(self.deposit_of(payer)))?;
        }
        let pay = Operation::Pay(Pay {
            to: Actor::Party(payee),
            amount: Minor(amount),
            memo: None,
            key: None,
        });
        self.act(Actor::Party(payer), &pay, None).map(|_| ())
    }

    /// Whoever's turn it is decides whether to run, and runs.
    fn maybe_run(&mut self, going: &mut Going) -> Result<(), Stop> {
        let Does::Run {
            run,
            went,
            concerned,
            gone,
        } = &mut going.does
        else {
            return Ok(());
        };
        let index = (going.turn - 1) % u64::from(going.crowd.count);
        let index = u32::try_from(index).unwrap_or(0);
        let member = going.crowd.member(index);
        let Some(last) = went.get_mut(index as usize) else {
            return Ok(());
        };
        if !self.is_concerned(run, member) {
            return Ok(());
        }
        let today = self.rules.zone.day(Instant(self.world.now()));
        let goes = match *last {
            Some(day) => run.daily.is_some() && day < today,
            None => {
                let alarm = run.contagion.map_or(0, billionths);
                let alarm = alarm * i128::from(*gone) / i128::from(*concerned);
                happens(&mut going.random, billionths(run.chance) + alarm)
            }
        };
        if !goes {
            return Ok(());
        }
        *gone += u32::from(last.is_none());
        *last = Some(today);
        let most = run.daily.map_or(i64::MAX, |daily| daily.0);
        let amount = self.deposit_of(member).min(self.room_of(member)).min(most);
        self.exchange(member, amount)
    }

    /// Swaps a member's bank deposit into the wallet, if there is any to swap.
    fn exchange(&mut self, member: PartyId, amount: i64) -> Result<(), Stop> {
        if amount <= 0 {
            return Ok(());
        }
        let amount = Minor(amount);
        let exchange = Operation::Exchange(Exchange { amount });
        self.act(Actor::Party(member), &exchange, None).map(|_| ())
    }

    fn wallet_of_member(&self, member: PartyId) -> Option<&Wallet> {
        self.world.wallet(self.world.party(member)?.wallet?)
    }

    /// What the wallet's type lets it hold more.
    fn room_of(&self, member: PartyId) -> i64 {
        let Some(wallet) = self.wallet_of_member(member) else {
            return 0;
        };
        let ty = self.rules.wallet_types.get(usize::from(wallet.ty));
        let holds = wallet.available.saturating_add(wallet.expected);
        ty.and_then(|ty| ty.balance)
            .map_or(i64::MAX, |most| most.saturating_sub(holds))
    }

    fn deposit_of(&self, member: PartyId) -> i64 {
        let at = self.world.party(member).and_then(|party| party.at);
        at.map_or(0, |at| self.world.balance_of(at, Title::Deposits, member.0))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn sums_are_drawn_from_both_ends_of_a_range_and_nowhere_else() {
        let mut random = seal::stream(7, "test", "Town");
        let met: BTreeSet<_> = (0..1_000).map(|_| sum_of(&mut random, -2, 3)).collect();
        assert_eq!(met, (-2..=3).collect());
        assert_eq!(sum_of(&mut random, 5, 5), 5);
        assert_eq!(below(&mut random, 0), 0);
    }

    #[test]
    fn what_is_certain_happens_and_what_has_no_chance_does_not() {
        let mut random = seal::stream(7, "test", "Town");
        assert!((0..1_000).all(|_| happens(&mut random, i128::from(NANO))));
        assert!(!(0..1_000).any(|_| happens(&mut random, 0)));
        let half = (0..10_000).filter(|_| happens(&mut random, i128::from(NANO / 2)));
        assert!((4_800..5_200).contains(&half.count()));
    }
}
