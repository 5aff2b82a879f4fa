//! Blind coins at their operator: one open session a key, and double deposits that name the payer.

use std::collections::BTreeMap;

use curve25519_dalek::scalar::Scalar;

use crate::blind::{self, CANDIDATES, Opened, Withdrawal, answer, check_revealed, reveal_owner};
use crate::code::{Checked, Code, must};
use crate::coins::{fewest, sum};
use crate::device::Moment;
use crate::group::{base, bytes, bytes_of, scalar, scalar_of};
use crate::object::{Grant, Hash, Model, Refused, Show, Wish};
use crate::wire::Signed;

use super::{Act, Asked, Book, Caught, Caughtable, Finding, Hop, Operator, What, place_of};

/// How long a session may stay open.
const SESSION_MS: i64 = 60_000;

/// A withdrawal under way. Its k is used once and then gone.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Session {
    device: u64,
    until: i64,
    k: [u8; 32],
    sent: Vec<[u8; 32]>,
    keep: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    opened: Opened,
    payee: u64,
}

/// Sessions by value, and all coins that were deposited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Register {
    sessions: BTreeMap<i64, Session>,
    shown: BTreeMap<Hash, Shown>,
    /// The coins each device is withdrawing.
    amounts: BTreeMap<u64, Vec<i64>>,
}

impl Operator {
    fn blinds(&mut self) -> Checked<&mut Register> {
        match &mut self.book {
            Book::Blind(register) => Ok(register),
            _ => Err(Code::Model.into()),
        }
    }

    /// One of the three rounds of a withdrawal.
    pub(super) fn blind_round(
        &mut self,
        device: u64,
        amount: i64,
        wish: &Wish,
        at: Moment,
    ) -> Checked<Grant> {
        let epoch = self.key_epoch;
        match wish {
            Wish::Open(amounts) => {
                must(
                    *amounts == fewest(amount, self.setup.limits.unit)?,
                    Code::Amount,
                )?;
                let register = self.blinds()?;
                for value in amounts {
                    let busy = register.sessions.get(value);
                    let busy = busy.is_some_and(|it| it.device != device && at.now <= it.until);
                    must(!busy, Code::Session)?;
                }
                let nonce = |value: &i64| {
                    scalar_of(
                        "exchequer offline blind session v1",
                        &[&at.entropy, &device.to_be_bytes(), &value.to_be_bytes()],
                    )
                };
                let mut points = Vec::with_capacity(amounts.len());
                // An older session of this device's is over: its k is forgotten with it.
                register
                    .sessions
                    .retain(|_, session| session.device != device);
                for value in amounts {
                    let k = nonce(value);
                    points.push(bytes(&base(&k)));
                    let session = Session {
                        device,
                        until: at.now.saturating_add(SESSION_MS),
                        k: k.to_bytes(),
                        sent: Vec::new(),
                        keep: None,
                    };
                    register.sessions.insert(*value, session);
                }
                register.amounts.insert(device, amounts.clone());
                Ok(Grant::Opened(points))
            }
            Wish::Candidates(sent) => {
                let amounts = self.withdrawing(device, amount, sent.len(), at.now)?;
                for (value, sent) in amounts.iter().zip(sent) {
                    must(sent.len() == CANDIDATES, Code::Field)?;
                    sent.iter().try_for_each(|it| scalar(it).map(drop))?;
                    let session = self.blinds()?.sessions.get(value);
                    must(session.is_some_and(|it| it.sent.is_empty()), Code::Session)?;
                }
                let register = self.blinds()?;
                let mut keep = Vec::with_capacity(amounts.len());
                for (value, sent) in amounts.iter().zip(sent) {
                    let chosen = bytes_of(
                        "exchequer offline blind keep v1",
                        &[&at.entropy, &value.to_be_bytes()],
                    );
                    let chosen = usize::from(chosen[0]) % CANDIDATES;
                    if let Some(session) = register.sessions.get_mut(value) {
                        session.sent = sent.clone();
                        session.keep = Some(chosen);
                    }
                    keep.push(chosen as u64);
                }
                Ok(Grant::Keep(keep))
            }
            Wish::Reveal(revealed) => {
                let amounts = self.withdrawing(device, amount, revealed.len(), at.now)?;
                let mut answers = Vec::with_capacity(amounts.len());
                for (value, seeds) in amounts.iter().zip(revealed) {
                    let secret = self.coin_secret(epoch, *value);
                    let key = bytes(&base(&secret));
                    let Book::Blind(register) = &self.book else {
                        return Err(Code::Model.into());
                    };
                    let session = register.sessions.get(value).ok_or(Code::Session)?;
                    let keep = session.keep.ok_or(Code::Session)?;
                    let k: Scalar = scalar(&session.k)?;
                    let opened = bytes(&base(&k));
                    let what = Withdrawal {
                        epoch,
                        amount: *value,
                        owner: device,
                        key: &key,
                        opened: &opened,
                    };
                    check_revealed(&session.sent, keep, seeds, &what)?;
                    answers.push(answer(&k, &secret, &session.sent[keep])?);
                }
                self.forget_sessions(device);
                Ok(Grant::Blind(answers))
            }
            _ => Err(Code::Model.into()),
        }
    }

    /// The coins a device is withdrawing, if every session of theirs is still its own.
    fn withdrawing(
        &mut self,
        device: u64,
        amount: i64,
        count: usize,
        now: i64,
    ) -> Checked<Vec<i64>> {
        let register = self.blinds()?;
        let amounts = register
            .amounts
            .get(&device)
            .cloned()
            .ok_or(Code::Session)?;
        must(amounts.len() == count, Code::Field)?;
        must(sum(amounts.iter().copied())? == amount, Code::Amount)?;
        for value in &amounts {
            let session = register.sessions.get(value);
            let own = session.is_some_and(|it| it.device == device && now <= it.until);
            must(own, Code::Session)?;
        }
        Ok(amounts)
    }

    fn forget_sessions(&mut self, device: u64) {
        if let Ok(register) = self.blinds() {
            register
                .sessions
                .retain(|_, session| session.device != device);
            register.amounts.remove(&device);
        }
    }

    /// A withdrawer whose candidates are not what they must be is named and gets nothing.
    pub(super) fn false_candidates(
        &mut self,
        asked: &Asked,
        amount: i64,
        now: i64,
    ) -> (Vec<u8>, Vec<Act>) {
        let device = asked.turn.device;
        self.forget_sessions(device);
        let finding = Finding {
            what: What::Identity,
            named: Some(device),
            amount,
            at: now,
            trace: Vec::new(),
        };
        let refused = Refused {
            turn: asked.turn.clone(),
            asked: asked.hash,
            code: place_of(Code::Candidates),
        };
        let bytes = Signed::sign(&self.key(), refused).bytes().to_vec();
        (bytes, self.note(Some(finding)).into_iter().collect())
    }

    /// Takes coins opened for a request: all of them or none.
    pub(super) fn deposit_shows(
        &mut self,
        shows: &[Show],
        request: &Hash,
        payee: u64,
        now: i64,
    ) -> Caughtable {
        must(!shows.is_empty(), Code::Proof)?;
        if self.closed.get(request) == Some(&payee) {
            return Err(Code::RequestClosed.into());
        }
        let mut all = BTreeMap::new();
        let mut found: Option<Box<Caught>> = None;
        for show in shows {
            self.epoch_open(show.epoch, now)?;
            let key = *self
                .trust()
                .coin_key(Model::Blind, show.epoch, show.amount)?
                .0;
            let opened = blind::check_show(show, &key, request)?;
            let coin = opened.coin;
            if found.is_none()
                && let Book::Blind(register) = &self.book
                && let Some(known) = register.shown.get(&coin)
            {
                found = Some(Box::new(twice(known, &opened, payee, show.amount, now)));
            }
            must(all.insert(coin, opened).is_none(), Code::Spent)?;
        }
        if let Some(caught) = found {
            return Err(caught);
        }
        let register = self.blinds()?;
        for (coin, opened) in all {
            register.shown.insert(coin, Shown { opened, payee });
        }
        Ok(())
    }
}

/// A coin that was deposited before: two different openings name its owner, the same opening the
/// payee who shows it again.
fn twice(known: &Shown, opened: &Opened, payee: u64, amount: i64, now: i64) -> Caught {
    let finding = if known.opened == *opened {
        Finding {
            what: What::Payee,
            named: Some(payee),
            amount,
            at: now,
            trace: Vec::new(),
        }
    } else {
        let named = reveal_owner(&known.opened, opened);
        let hop = |to, twice| Hop {
            from: named.unwrap_or(0),
            to,
            amount,
            twice,
        };
        Finding {
            what: What::Double,
            named,
            amount,
            at: now,
            trace: vec![hop(known.payee, false), hop(payee, true)],
        }
    };
    Caught {
        refusal: Code::Spent.into(),
        finding: Some(finding),
    }
}
