//! Token chains at their operator: the first deposit of a coin is paid, and two endorsements of
//! one link name who signed both.

use std::collections::BTreeMap;

use seal::PublicKey;

use crate::code::{Checked, Code, at_most, must};
use crate::coins::{MAX_COINS, purse_full};
use crate::device::Moment;
use crate::group::bytes_of;
use crate::object::{Chain, Coin, Grant, Link};
use crate::wire::Signed;

use super::{Book, Caught, Caughtable, Finding, Hop, Operator, What};

/// All coins that were deposited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Register {
    deposited: BTreeMap<[u8; 16], Chain>,
}

/// The hand-overs of a chain; from `twice` on they are of value already given away.
fn hops(chain: &Chain, twice: usize) -> Vec<Hop> {
    let links = chain.links.iter().enumerate();
    links
        .map(|(at, link)| Hop {
            from: chain.owner_before(at).0,
            to: link.body.to,
            amount: chain.coin.body.amount,
            twice: at == twice,
        })
        .collect()
}

/// Where two chains of one coin part, and who signed there. Equal chains part nowhere.
fn fork(known: &Chain, new: &Chain) -> Option<(usize, u64)> {
    let same = |(a, b): &(&Signed<Link>, &Signed<Link>)| a.hash() == b.hash();
    let at = known.links.iter().zip(&new.links).take_while(same).count();
    if at == known.links.len() && at == new.links.len() {
        return None;
    }
    // Whoever owned it there handed it on in two ways; depositing is one of them.
    Some((at, new.owner_before(at).0))
}

impl Operator {
    pub(super) fn issue_coins(
        &mut self,
        device: u64,
        key: PublicKey,
        amount: i64,
        at: Moment,
    ) -> Checked<Grant> {
        let amounts = purse_full(amount, self.setup.limits.unit)?;
        at_most(amounts.len() as i64, MAX_COINS as i64, Code::Amount)?;
        let signer = self.key();
        let coin = |(place, amount): (usize, i64)| {
            let id = bytes_of(
                "exchequer offline coin id v1",
                &[
                    &self.setup.secret,
                    &at.entropy,
                    &(place as u64).to_be_bytes(),
                ],
            );
            let coin = Coin {
                id: std::array::from_fn(|byte| id[byte]),
                operator: self.serial(),
                amount,
                owner: device,
                key,
                not_after: at.now.saturating_add(self.setup.limits.certificate_ms),
            };
            Signed::sign(&signer, coin)
        };
        Ok(Grant::Coins(
            amounts.into_iter().enumerate().map(coin).collect(),
        ))
    }

    /// Takes coins whose owner is this device: all of them or none.
    pub(super) fn deposit_coins(&mut self, chains: &[Chain], device: u64, now: i64) -> Caughtable {
        must(!chains.is_empty(), Code::Proof)?;
        let mut found: Option<Box<Caught>> = None;
        let mut ids = std::collections::BTreeSet::new();
        for chain in chains {
            let coin = &chain.coin.body;
            must(ids.insert(coin.id), Code::Spent)?;
            must(coin.operator == self.serial(), Code::Operator)?;
            chain.check(&self.setup.cert.body.key)?;
            must(chain.owner().0 == device, Code::RequestOther)?;
            let until = coin.not_after.saturating_add(self.reporting());
            must(now <= until, Code::EpochOver)?;
            let caught = self
                .check_closed(chain, now)
                .or_else(|| self.check_known(chain, now));
            if found.is_none() {
                found = caught.map(Box::new);
            }
        }
        if let Some(caught) = found {
            return Err(caught);
        }
        let Book::Coins(register) = &mut self.book else {
            return Err(Code::Model.into());
        };
        for chain in chains {
            register.deposited.insert(chain.coin.body.id, chain.clone());
        }
        Ok(())
    }

    /// A payee that closed a request and yet uses what answered it.
    fn check_closed(&self, chain: &Chain, now: i64) -> Option<Caught> {
        let closed =
            |link: &Signed<Link>| self.closed.get(&link.body.request) == Some(&link.body.to);
        let at = chain.links.iter().position(closed)?;
        Some(Caught {
            refusal: Code::RequestClosed.into(),
            finding: Some(Finding {
                what: What::Payee,
                named: Some(chain.links[at].body.to),
                amount: chain.coin.body.amount,
                at: now,
                trace: hops(chain, at),
            }),
        })
    }

    /// A coin that was deposited before.
    fn check_known(&self, chain: &Chain, now: i64) -> Option<Caught> {
        let Book::Coins(register) = &self.book else {
            return None;
        };
        let known: &Chain = register.deposited.get(&chain.coin.body.id)?;
        let finding = fork(known, chain).map(|(at, named)| Finding {
            what: What::Double,
            named: Some(named),
            amount: chain.coin.body.amount,
            at: now,
            trace: hops(chain, at),
        });
        Some(Caught {
            refusal: Code::Spent.into(),
            finding,
        })
    }
}
