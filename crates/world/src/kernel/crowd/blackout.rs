//! A crowd without a network: its people load their phones, pay from hand to
//! hand, some of them twice, and report when the network is back.
//!
//! The phones are devices like everybody's, with keys, limits and logs, so
//! that what banks find afterwards is found by their own rules.

use seal::ChaCha8Rng;

use super::{Crowd, billionths, draw, happens, sum_of};
use crate::cbdc::Blackout;
use crate::describe::{Actor, Minor};
use crate::fact::{DeviceId, OrderId, PartyId};
use crate::kernel::{Simulation, Stop};
use crate::offline::{self, Declaration, Operation};

/// So many people's phones at most: each signs for itself.
pub(in crate::kernel) const MOST_PHONES: u32 = 1_000;

/// A blackout that a crowd goes through.
#[derive(Clone, Debug)]
pub(super) struct Dark {
    pub(super) told: Blackout,
    /// Whom they can pay besides each other: merchants with devices.
    merchants: Vec<DeviceId>,
    /// Each member's phone, and the copy that a cheat has of it.
    phones: Vec<(DeviceId, Option<DeviceId>)>,
}

/// What a turn is for.
enum Turn {
    /// A member loads, and is cut off.
    Load(u32),
    /// A member pays.
    Pay(u32),
    /// A member has the network back, and reports.
    Report(u32),
}

impl Dark {
    /// How many payments are tried: each member's turn comes once in every interval.
    pub(super) fn payments(&self, count: u32) -> u64 {
        let length = i128::from(self.told.length.0) * i128::from(count);
        let payments = length.checked_div(i128::from(self.told.every.0));
        u64::try_from(payments.unwrap_or(0)).unwrap_or(u64::MAX)
    }

    /// Whom a member comes to pay: a merchant, or anybody else.
    fn payee(&self, payer: u32, random: &mut ChaCha8Rng) -> Option<DeviceId> {
        let half = i128::from(money::NANO / 2);
        let to_merchant = happens(random, self.told.merchants.map_or(half, billionths));
        let shops = u32::try_from(self.merchants.len()).unwrap_or(u32::MAX);
        let shop = self.merchants.get(draw(random, shops) as usize).copied();
        let people = u32::try_from(self.phones.len()).unwrap_or(u32::MAX);
        let other = draw(random, people.saturating_sub(1));
        let other = other + u32::from(people > 1 && other >= payer);
        let neighbour = self.phones.get(other as usize).map(|(phone, _)| *phone);
        shop.filter(|_| to_merchant).or(neighbour)
    }

    fn turn(&self, turn: u64, count: u32) -> Option<Turn> {
        let people = u64::from(count);
        let member = |number: u64| u32::try_from(number % people.max(1)).unwrap_or(0);
        let turn = turn.checked_sub(1)?;
        let Some(paying) = turn.checked_sub(people) else {
            return Some(Turn::Load(member(turn)));
        };
        match paying.checked_sub(self.payments(count)) {
            None => Some(Turn::Pay(member(paying))),
            Some(reporting) if reporting < people => Some(Turn::Report(member(reporting))),
            Some(_) => None,
        }
    }

    /// How long after its beginning a turn comes; none after the last.
    pub(super) fn after(&self, turn: u64, count: u32) -> Option<i64> {
        match self.turn(turn, count)? {
            Turn::Load(_) => Some(0),
            Turn::Report(_) => Some(self.told.length.0),
            Turn::Pay(_) => {
                let number = i128::from(turn - u64::from(count));
                let exact = i128::from(self.told.every.0) * number;
                let people = i128::from(count.max(1));
                let after = i64::try_from((exact + people - 1) / people);
                Some(after.unwrap_or(i64::MAX).min(self.told.length.0))
            }
        }
    }
}

impl Simulation {
    /// Looks at whether a crowd can go through a blackout.
    pub(super) fn darken(&self, crowd: &Crowd, told: Blackout) -> Result<Dark, Stop> {
        if told.load.0 <= 0 || told.mean.0 <= 0 {
            return Err(Stop::NotPositive);
        }
        if told.every.0 <= 0 {
            return Err(Stop::TooOften);
        }
        if crowd.count > MOST_PHONES {
            return Err(Stop::TooManyPhones);
        }
        let shops = self.world.parties();
        let shops = shops.filter(|(_, it)| it.kind == crate::fact::Kind::Merchant);
        Ok(Dark {
            told,
            merchants: shops
                .filter_map(|(id, _)| self.device_of(Actor::Party(id)))
                .collect(),
            phones: Vec::new(),
        })
    }

    /// Gives everybody a phone who has none.
    pub(super) fn hand_out(&mut self, crowd: &Crowd, dark: &mut Dark) -> Result<(), Stop> {
        for member in crowd.members() {
            let actor = Actor::Party(member);
            if self.device_of(actor).is_none() {
                let name = self.name_of_member(member);
                let phone = offline::Phone {
                    form: None,
                    pin: None,
                    expires: None,
                    heir: None,
                    into: None,
                };
                self.declare_device(&format!("{name}/phone"), &Declaration::Device(phone))?;
            }
            let phone = self.device_of(actor).ok_or(Stop::CannotAct)?;
            dark.phones.push((phone, None));
        }
        Ok(())
    }

    fn name_of_member(&self, member: PartyId) -> String {
        let party = self.world.party(member);
        party.map_or_else(String::new, |it| self.texts.text(it.name).to_owned())
    }

    /// The next turn of a blackout.
    pub(super) fn pass_dark(
        &mut self,
        crowd: &Crowd,
        dark: &mut Dark,
        turn: u64,
        random: &mut ChaCha8Rng,
    ) -> Result<(), Stop> {
        match dark.turn(turn, crowd.count) {
            Some(Turn::Load(number)) => self.load_and_leave(crowd, dark, number, random),
            Some(Turn::Pay(number)) => self.pay_by_hand(dark, number, random),
            Some(Turn::Report(number)) => self.report_home(crowd, dark, number),
            None => Ok(()),
        }
    }

    fn load_and_leave(
        &mut self,
        crowd: &Crowd,
        dark: &mut Dark,
        number: u32,
        random: &mut ChaCha8Rng,
    ) -> Result<(), Stop> {
        let member = crowd.member(number);
        let cheats = happens(random, dark.told.cheats.map_or(0, billionths));
        let Some((phone, copy)) = dark.phones.get_mut(number as usize) else {
            return Ok(());
        };
        // Half of the purse stays empty: whoever is to be paid needs room.
        let purse = self.rules.offline.limits.purse;
        let most = if purse > 0 { purse / 2 } else { i64::MAX };
        let amount = dark.told.load.0.min(most);
        let swapped = amount
            .min(self.deposit_of(member))
            .min(self.room_of(member));
        self.exchange(member, swapped)?;
        let load = offline::Load {
            amount: Minor(amount),
            purpose: None,
        };
        self.with_phone(*phone, &Operation::Load(load))?;
        if cheats {
            let name = format!("{}/copy-{}", self.name_of_member(member), self.orders + 1);
            let copied = Operation::Copy(offline::Copy {});
            self.act_offline(Actor::Device(*phone), &copied, Some(&name))?;
            *copy = match self.names.get(&name).copied() {
                Some(Actor::Device(device)) => Some(device),
                _ => None,
            };
        }
        let leave = Operation::Disconnect(offline::Disconnect {});
        self.act_offline(Actor::Party(member), &leave, None)
            .map(|_| ())
    }

    /// Somebody pays somebody, who is near enough.
    fn pay_by_hand(
        &mut self,
        dark: &Dark,
        number: u32,
        random: &mut ChaCha8Rng,
    ) -> Result<(), Stop> {
        // All is drawn each time, so that other limits change nobody's wishes.
        let amount = sum_of(random, 1, dark.told.mean.0.saturating_mul(2) - 1);
        let payees = [dark.payee(number, random), dark.payee(number, random)];
        let Some((phone, copy)) = dark.phones.get(number as usize) else {
            return Ok(());
        };
        // A cheat pays somebody else with the same money.
        for (payer, payee) in [Some(*phone), *copy].into_iter().zip(payees) {
            let (Some(payer), Some(payee)) = (payer, payee) else {
                continue;
            };
            let pay = offline::Pay {
                to: Actor::Device(payee),
                amount: Minor(amount),
                pin: None,
            };
            self.with_phone(payer, &Operation::Pay(pay))?;
        }
        Ok(())
    }

    fn report_home(&mut self, crowd: &Crowd, dark: &Dark, number: u32) -> Result<(), Stop> {
        let back = Operation::Connect(offline::Connect {});
        self.act_offline(Actor::Party(crowd.member(number)), &back, None)?;
        // A cheat keeps quiet about the copy: those it has paid report it.
        match dark.phones.get(number as usize) {
            Some((phone, _)) => self.with_phone(*phone, &Operation::Sync(offline::Sync {})),
            None => Ok(()),
        }
    }

    fn with_phone(&mut self, phone: DeviceId, operation: &Operation) -> Result<(), Stop> {
        self.act_offline(Actor::Device(phone), operation, None)
            .map(|_: OrderId| ())
    }
}
