//! Coins of models that have coins: their values, how an amount is made of them, and chains of
//! endorsements.
//!
//! ```text
//! issued to A ──A endorses to B──▶ B's ──B endorses to C──▶ C's ──deposited──▶ done
//!      │ the same coin endorsed to D as well: two endorsements of one link, both signed by A
//! ```

use seal::PublicKey;

use crate::code::{Checked, Code, Refusal, at_most, must};
use crate::object::{Chain, Hash};

/// The most coins one load brings.
pub const MAX_COINS: usize = 40;

/// How many different values of coin there are: the unit times powers of two.
pub const VALUES: u32 = 24;

/// The values of coin, ascending.
#[must_use]
pub fn values(unit: i64) -> Vec<i64> {
    (0..VALUES)
        .map_while(|power| unit.checked_mul(1 << power))
        .collect()
}

/// How many units an amount is.
fn units(amount: i64, unit: i64) -> Checked<i64> {
    must(amount > 0 && unit > 0, Code::Amount)?;
    if amount % unit == 0 {
        Ok(amount / unit)
    } else {
        Err(Refusal::of(Code::Indivisible, amount, unit))
    }
}

/// The fewest coins for an amount: one for each binary digit.
pub fn fewest(amount: i64, unit: i64) -> Checked<Vec<i64>> {
    let units = units(amount, unit)?;
    at_most(units, (1 << VALUES) - 1, Code::Amount)?;
    let digits = (0..VALUES).filter(|power| units >> power & 1 == 1);
    Ok(digits.map(|power| unit << power).collect())
}

/// Coins that make every amount up to this one: 1, 2, 4 … units as far as they go, and the fewest
/// coins for what is left.
pub fn purse_full(amount: i64, unit: i64) -> Checked<Vec<i64>> {
    let mut left = units(amount, unit)?;
    at_most(left, (1 << VALUES) - 1, Code::Amount)?;
    let mut coins = Vec::new();
    let mut next = 1;
    while next <= left {
        coins.push(unit * next);
        left -= next;
        next *= 2;
    }
    if left > 0 {
        coins.extend(fewest(left * unit, unit)?);
    }
    Ok(coins)
}

/// Which of these coins make exactly this amount, by place, ascending. Values are powers of two
/// of one unit, so taking the largest that fits finds a way if there is one.
#[must_use]
pub fn pick(coins: &[i64], amount: i64) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = (0..coins.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(coins[*at]));
    let mut left = amount;
    let mut picked = Vec::new();
    for at in order {
        if coins[at] <= left {
            left -= coins[at];
            picked.push(at);
        }
    }
    picked.sort_unstable();
    (left == 0).then_some(picked)
}

impl Chain {
    /// What the next endorsement follows on.
    #[must_use]
    pub fn head(&self) -> Hash {
        self.links
            .last()
            .map_or_else(|| self.coin.hash(), |link| link.hash())
    }

    /// Who owns it now, and by which key.
    #[must_use]
    pub fn owner(&self) -> (u64, PublicKey) {
        let coin = &self.coin.body;
        let last = self.links.last().map(|link| &link.body);
        last.map_or((coin.owner, coin.key), |link| (link.to, link.key))
    }

    /// Who owned it before endorsement number `at`, and by which key.
    #[must_use]
    pub fn owner_before(&self, at: usize) -> (u64, PublicKey) {
        let coin = &self.coin.body;
        let before = at.checked_sub(1).and_then(|at| self.links.get(at));
        before.map_or((coin.owner, coin.key), |link| (link.body.to, link.body.key))
    }

    /// Whether the operator issued the coin and every owner endorsed it to the next.
    pub fn check(&self, operator: &PublicKey) -> Checked {
        self.coin.verify(operator)?;
        must(self.coin.body.amount > 0, Code::Amount)?;
        let mut previous = self.coin.hash();
        for (at, link) in self.links.iter().enumerate() {
            must(link.body.previous == previous, Code::Proof)?;
            link.verify(&self.owner_before(at).1)?;
            previous = link.hash();
        }
        Ok(())
    }
}

/// The sum of amounts, each above zero.
pub fn sum(amounts: impl IntoIterator<Item = i64>) -> Checked<i64> {
    let mut total: i64 = 0;
    for amount in amounts {
        must(amount > 0, Code::Amount)?;
        total = total.checked_add(amount).ok_or(Code::Amount)?;
    }
    Ok(total)
}
