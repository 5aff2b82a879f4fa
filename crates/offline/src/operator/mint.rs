//! A mint: it signs blinded secrets and pays each secret once, to whoever comes first.

use std::collections::BTreeSet;

use seal::PublicKey;

use crate::code::{Checked, Code, at_most, must};
use crate::coins::{MAX_COINS, sum};
use crate::device::Moment;
use crate::mint::{check_with_secret, sign};
use crate::object::{Grant, Proof, Wish};

use super::{Book, Caught, Caughtable, Finding, Operator, What};

/// All secrets that were redeemed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Register {
    spent: BTreeSet<[u8; 32]>,
}

impl Operator {
    /// Signs blinded secrets, for money or for proofs that are spent with it.
    pub(super) fn mint(
        &mut self,
        amount: i64,
        wish: &Wish,
        key: &PublicKey,
        at: Moment,
    ) -> Checked<Grant> {
        let (blinded, given) = match wish {
            Wish::Mint(blinded) => (blinded, None),
            Wish::Swap(swap) => (&swap.blinded, Some(&swap.proofs)),
            _ => return Err(Code::Model.into()),
        };
        at_most(blinded.len() as i64, MAX_COINS as i64, Code::Amount)?;
        let total = sum(blinded.iter().map(|(value, _)| *value))?;
        must(total == amount, Code::Amount)?;
        let epoch = self.key_epoch;
        let values = crate::coins::values(self.setup.limits.unit);
        let sign_one = |(value, point): &(i64, [u8; 32])| {
            must(values.contains(value), Code::Amount)?;
            sign(&self.coin_secret(epoch, *value), point)
        };
        let signatures = blinded.iter().map(sign_one).collect::<Checked<Vec<_>>>()?;
        if let Some(given) = given {
            must(
                sum(given.iter().map(|it| it.amount))? == amount,
                Code::Amount,
            )?;
            self.redeem(given, key, at.now)
                .map_err(|caught| caught.refusal)?;
        }
        Ok(Grant::Mint(signatures))
    }

    /// Pays secrets, all of them or none. Nobody can be named: a proof says who made it and not
    /// who had it.
    pub(super) fn redeem(&mut self, proofs: &[Proof], key: &PublicKey, now: i64) -> Caughtable {
        must(!proofs.is_empty(), Code::Proof)?;
        let Book::Mint(register) = &self.book else {
            return Err(Code::Model.into());
        };
        let mut new = BTreeSet::new();
        let mut spent = 0;
        for proof in proofs {
            self.epoch_open(proof.epoch, now)?;
            check_with_secret(proof, &self.coin_secret(proof.epoch, proof.amount))?;
            must(proof.lock.is_none_or(|lock| lock == *key), Code::Proof)?;
            must(new.insert(proof.nonce), Code::Spent)?;
            if register.spent.contains(&proof.nonce) {
                spent += proof.amount;
            }
        }
        if spent > 0 {
            return Err(Box::new(Caught {
                refusal: Code::Spent.into(),
                finding: Some(Finding {
                    what: What::Double,
                    named: None,
                    amount: spent,
                    at: now,
                    trace: Vec::new(),
                }),
            }));
        }
        if let Book::Mint(register) = &mut self.book {
            register.spent.extend(new);
        }
        Ok(())
    }
}
