//! What of a condition a chip is given to judge, and what it cannot be given.

use ::offline::Code;
use ::offline::purpose::{Epoch, Rule as ChipRule};
use conditions::{Condition, Hidden, Moment, Rule};
use money::{Span, Zone};

use crate::fact::{OrderId, PartyId};
use crate::rules::Issuance;
use crate::state::{Form, World};

/// How fine a chip knows the time where a deadline lies: by the day.
pub(crate) const EPOCH: Span = Span::DAY;

/// What a chip is given to judge of a purpose, and when that ends; why it cannot be loaded into a
/// device of this bank's if it cannot.
pub(crate) fn loadable(
    world: &World,
    zone: &Zone,
    purpose: OrderId,
    bank: PartyId,
) -> Result<(Vec<ChipRule>, i64), Code> {
    let purse = world.purse_of(purpose).ok_or(Code::PurposeElsewhere)?;
    let is_here = world.issuance() != Issuance::Deposit || purse.keeper == bank;
    let Some(Form::Condition(condition)) = world.form(purse.number).filter(|_| is_here) else {
        return Err(Code::PurposeElsewhere);
    };
    let decimals = world.currency().decimals();
    let rules = judged_by_chips(condition, zone, decimals)?;
    Ok((rules, purse.wrapper.expires().0))
}

/// A condition as a chip judges it, by its own clock; the first rule that none can judge if there
/// is one.
///
/// # Errors
/// The reason as a device's refusal gives it.
pub fn judged_by_chips(
    condition: &Condition,
    zone: &Zone,
    decimals: u8,
) -> Result<Vec<ChipRule>, Code> {
    let rules = condition.rules.iter();
    rules.map(|rule| translated(rule, zone, decimals)).collect()
}

fn translated(rule: &Rule, zone: &Zone, decimals: u8) -> Result<ChipRule, Code> {
    let all = |rules: &[Rule]| {
        let rules = rules.iter().map(|it| translated(it, zone, decimals));
        rules.collect::<Result<Vec<_>, _>>()
    };
    match rule {
        Rule::All(rules) => all(rules).map(ChipRule::All),
        Rule::Any(rules) => all(rules).map(ChipRule::Any),
        Rule::Not(rule) => all(std::slice::from_ref(rule)).map(ChipRule::None),
        Rule::After(moment) => Ok(ChipRule::After(epoch(*moment, zone))),
        Rule::Before(moment) => Ok(ChipRule::Before(epoch(*moment, zone))),
        Rule::Category(codes) => {
            let codes = codes.iter().map(|it| u32::from(it.code()));
            // A certificate has no way to say 0000, which is no trade.
            Ok(ChipRule::Category(codes.filter(|it| *it != 0).collect()))
        }
        // A cap that cannot be written in this currency is never kept.
        Rule::AmountAtMost(cap) => Ok(ChipRule::AtMost(cap.minor(decimals).unwrap_or(0))),
        rule => Err(rule.hidden_from_chips().map_or(Code::PurposeLarge, why)),
    }
}

fn why(hidden: Hidden) -> Code {
    match hidden {
        Hidden::Payee => Code::PurposePayee,
        Hidden::Place => Code::PurposePlace,
        Hidden::Day => Code::PurposeDay,
        Hidden::Wallet => Code::PurposeWallet,
        Hidden::Signers => Code::PurposeSigners,
        Hidden::Secret => Code::PurposeSecret,
    }
}

/// The epoch of a deadline, in true time. Where the clocks change within a day of it, it is as
/// much longer as they change: a chip then says less, and never anything wrong.
fn epoch(deadline: Moment, zone: &Zone) -> Epoch {
    let (first, last) = deadline.epoch(EPOCH);
    let at = deadline.local().0;
    let begins = first == deadline;
    let offset = |local: i64| i64::from(zone.offset_at(money::Instant(local))) * 1_000;
    let offsets = [
        offset(at.saturating_sub(2 * EPOCH.0)),
        offset(at.saturating_add(2 * EPOCH.0)),
    ];
    let (least, most) = (offsets[0].min(offsets[1]), offsets[0].max(offsets[1]));
    // A deadline at which an epoch begins divides it from the one before.
    let last = if begins { at - 1 } else { last.local().0 };
    Epoch {
        from: first.local().0.saturating_sub(most),
        to: last.saturating_sub(least),
    }
}
