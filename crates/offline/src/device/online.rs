//! Load, lock, claim, unload, sync: what a device asks its operator.
//!
//! ```text
//! (nothing) ──ask: store, send──▶ waiting ──answer: store──▶ (nothing)
//!                                  │   ▲ again: the same bytes
//!                                  │   └ an answer that asks back (blind coins): the next request
//!                                  └──refused: store, what was given comes back──▶ (nothing)
//! ```

use crate::blind::{self, Withdrawal};
use crate::code::{Checked, Code, at_most, must};
use crate::coins::{MAX_COINS, fewest, pick, purse_full, sum};
use crate::group::bytes_of;
use crate::mint::Secret;
use crate::object::{
    Ask, Cert, Claim, Claimed, Entry, Grant, Hash, Keys, Load, Model, Moved, Refused, Rest,
    Returned, Swap, Sync, SyncAnswer, Turn, Unload, Unloaded, Verdict, Wish,
};
use crate::wire::{Bytes, Object, Signed, hash, number_of};

use super::pay::drop_picked;
use super::{
    Asked, Asking, BlindAsked, Device, Held, Holding, MAX_CLAIM, MintAsked, Moment, Output,
    Promises, SyncAsked, To, UnloadAsked, send,
};

/// What blind coins are opened for when their owner gives them back.
#[must_use]
pub fn unload_request(turn: &Turn) -> Hash {
    let (device, number) = (turn.device.to_be_bytes(), turn.number.to_be_bytes());
    bytes_of("exchequer offline unload v1", &[&device, &number])
}

impl Device {
    /// Stores and sends an online request.
    fn ask<T: Object>(&mut self, make: impl FnOnce(Turn) -> T, what: Asked) -> Vec<Output> {
        self.turn += 1;
        let turn = Turn {
            device: self.serial(),
            number: self.turn,
        };
        let signed = Signed::sign(&self.key(), make(turn));
        let outputs = vec![Output::Store, send(To::Operator, signed.bytes())];
        self.asking = Some(Asking {
            turn: self.turn,
            bytes: Bytes(signed.bytes().to_vec()),
            what,
        });
        outputs
    }

    fn ask_for(&mut self, amount: i64, wish: Wish, what: Asked) -> Vec<Output> {
        self.ask(|turn| Ask { turn, amount, wish }, what)
    }

    /// The keys of the newest epoch of this model.
    fn newest_keys(&self, now: i64) -> Checked<&Keys> {
        let keys = self.keys.iter().map(|keys| &keys.body);
        let own = keys.filter(|keys| {
            let mine = keys.model == self.model && keys.operator == self.cert.body.operator;
            mine && now <= keys.not_after
        });
        own.max_by_key(|keys| keys.epoch)
            .ok_or(Code::EpochOver.into())
    }

    fn key_of(&self, epoch: u64, amount: i64) -> Checked<[u8; 32]> {
        Ok(*self.trust().coin_key(self.model, epoch, amount)?.0)
    }

    pub(super) fn load(&mut self, amount: i64, at: Moment) -> Checked<Vec<Output>> {
        must(self.asking.is_none(), Code::Asking)?;
        self.in_order(at.now)?;
        must(amount > 0, Code::Amount)?;
        if self.limits().purse > 0 {
            let sum = self.spendable().checked_add(amount).ok_or(Code::Amount)?;
            at_most(sum, self.limits().purse, Code::LimitPurse)?;
        }
        match &self.holding {
            Holding::Purse(purse) => {
                must(purse.log.len() < super::MAX_LOG, Code::LogFull)?;
                must(!self.is_bound(), Code::PurposeOther)?;
            }
            Holding::Coins(_) => {}
            Holding::Promise(promises) => {
                let over = |ceiling: &crate::object::Ceiling| {
                    at.now > ceiling.to.saturating_add(self.limits().grace_ms)
                };
                let free = promises.ceiling.as_ref().is_none_or(|it| over(&it.body));
                must(free, Code::Ceiling)?;
            }
            Holding::Blind(_) => return self.load_blind(amount, at),
            Holding::Mint(_) => {
                let coins = purse_full(amount, self.limits().unit)?;
                return self.load_mint(amount, &coins, None, at);
            }
        }
        Ok(self.ask_for(amount, Wish::Plain, Asked::Load))
    }

    /// Asks for value under a purpose: into a purse that carries no other money.
    pub(super) fn load_purpose(
        &mut self,
        amount: i64,
        number: u64,
        at: Moment,
    ) -> Checked<Vec<Output>> {
        must(self.asking.is_none(), Code::Asking)?;
        self.in_order(at.now)?;
        must(amount > 0, Code::Amount)?;
        let Holding::Purse(purse) = &self.holding else {
            return Err(Code::PurposeModel.into());
        };
        must(purse.log.len() < super::MAX_LOG, Code::LogFull)?;
        let same = self.purpose().is_some_and(|it| it.number == number);
        // What was paid and is not acknowledged may come back, and what the log tells is of the
        // money that was there before.
        let empty = purse.balance == 0 && self.pending.is_empty() && purse.log.is_empty();
        must(same || (empty && !self.is_bound()), Code::PurposeOther)?;
        if self.limits().purse > 0 {
            let sum = purse.balance.checked_add(amount).ok_or(Code::Amount)?;
            at_most(sum, self.limits().purse, Code::LimitPurse)?;
        }
        Ok(self.ask_for(amount, Wish::Purpose(number), Asked::Purpose(number)))
    }

    fn load_blind(&mut self, amount: i64, at: Moment) -> Checked<Vec<Output>> {
        // One open session a key: each value once.
        let amounts = fewest(amount, self.limits().unit)?;
        let epoch = self.newest_keys(at.now)?.epoch;
        let master = |at_coin: usize| {
            let place = (at_coin as u64).to_be_bytes();
            bytes_of(
                "exchequer offline blind master v1",
                &[&at.entropy, &self.secret, &place],
            )
        };
        let asked = BlindAsked {
            epoch,
            masters: (0..amounts.len()).map(master).collect(),
            amounts: amounts.clone(),
            opened: Vec::new(),
            keep: Vec::new(),
        };
        Ok(self.ask_for(amount, Wish::Open(amounts), Asked::Blind(asked)))
    }

    /// Asks a mint to sign new secrets, for money or for older proofs.
    fn load_mint(
        &mut self,
        amount: i64,
        coins: &[i64],
        lock: Option<(seal::PublicKey, Vec<crate::object::Proof>)>,
        at: Moment,
    ) -> Checked<Vec<Output>> {
        at_most(coins.len() as i64, MAX_COINS as i64, Code::Amount)?;
        let epoch = self.newest_keys(at.now)?.epoch;
        let (lock, given) = lock.map_or((None, Vec::new()), |(key, given)| (Some(key), given));
        let secret = |(place, amount): (usize, &i64)| Secret {
            epoch,
            amount: *amount,
            nonce: bytes_of(
                "exchequer offline mint random v1",
                &[&at.entropy, &self.secret, &(place as u64).to_be_bytes()],
            ),
            lock,
        };
        let secrets: Vec<Secret> = coins.iter().enumerate().map(secret).collect();
        let blinded = secrets.iter().map(|it| (it.amount, it.blinded())).collect();
        let wish = if given.is_empty() {
            Wish::Mint(blinded)
        } else {
            let proofs = given.clone();
            Wish::Swap(Swap { proofs, blinded })
        };
        Ok(self.ask_for(amount, wish, Asked::Mint(MintAsked { secrets, given })))
    }

    /// Exchanges proofs for proofs that only this payee can redeem.
    pub(super) fn lock(&mut self, payee: &[u8], amount: i64, at: Moment) -> Checked<Vec<Output>> {
        must(self.asking.is_none(), Code::Asking)?;
        let payee = Signed::<Cert>::decode(payee)?;
        self.trust().valid(&payee, at.now)?;
        must(self.model == Model::Mint, Code::Model)?;
        let coins = fewest(amount, self.limits().unit)?;
        let Holding::Mint(proofs) = &self.holding else {
            return Err(Code::Model.into());
        };
        let free = |it: &crate::object::Proof| {
            if it.lock.is_none() {
                it.amount
            } else {
                i64::MAX
            }
        };
        let values: Vec<i64> = proofs.iter().map(free).collect();
        let picked = pick(&values, amount).ok_or(Code::NoChange)?;
        let given: Vec<_> = picked.iter().map(|at| proofs[*at].clone()).collect();
        if let Holding::Mint(proofs) = &mut self.holding {
            drop_picked(proofs, &picked);
        }
        self.load_mint(amount, &coins, Some((payee.body.key, given)), at)
    }

    pub(super) fn claim(&mut self) -> Checked<Vec<Output>> {
        must(self.asking.is_none(), Code::Asking)?;
        must(!self.deposits.is_empty(), Code::Funds)?;
        let count = self.deposits.len().min(MAX_CLAIM);
        let pays = self.deposits.iter().take(count).cloned().collect();
        let account = self.account;
        let make = |turn| Claim {
            turn,
            account,
            pays,
        };
        Ok(self.ask(make, Asked::Claim(count as u64)))
    }

    pub(super) fn unload(&mut self, amount: i64) -> Checked<Vec<Output>> {
        must(self.asking.is_none(), Code::Asking)?;
        must(amount > 0, Code::Amount)?;
        at_most(amount, self.spendable(), Code::Funds)?;
        let turn = Turn {
            device: self.serial(),
            number: self.turn + 1,
        };
        let (rest, held) = match &mut self.holding {
            Holding::Purse(purse) => {
                must(purse.log.len() < super::MAX_LOG, Code::LogFull)?;
                purse.balance -= amount;
                (Rest::Balance, Held::Sum(amount))
            }
            Holding::Promise(promises) => {
                must(amount == promises.remaining, Code::Amount)?;
                promises.remaining = 0;
                (Rest::Promise, Held::Sum(amount))
            }
            Holding::Coins(chains) => {
                let values: Vec<i64> = chains.iter().map(|it| it.coin.body.amount).collect();
                let picked = pick(&values, amount).ok_or(Code::NoChange)?;
                let given: Vec<_> = picked.iter().map(|at| chains[*at].clone()).collect();
                drop_picked(chains, &picked);
                (Rest::Coins(given.clone()), Held::Coins(given))
            }
            Holding::Blind(coins) => {
                let values: Vec<i64> = coins.iter().map(|it| it.amount).collect();
                let picked = pick(&values, amount).ok_or(Code::NoChange)?;
                let given: Vec<_> = picked.iter().map(|at| coins[*at].clone()).collect();
                drop_picked(coins, &picked);
                let request = unload_request(&turn);
                let shows = given.iter().map(|coin| coin.show(&request)).collect();
                (Rest::Blind(shows), Held::Blind(given))
            }
            Holding::Mint(proofs) => {
                let own = self.cert.body.key;
                let value = |it: &crate::object::Proof| {
                    if it.lock.is_none_or(|lock| lock == own) {
                        it.amount
                    } else {
                        i64::MAX
                    }
                };
                let values: Vec<i64> = proofs.iter().map(value).collect();
                let picked = pick(&values, amount).ok_or(Code::NoChange)?;
                let given: Vec<_> = picked.iter().map(|at| proofs[*at].clone()).collect();
                drop_picked(proofs, &picked);
                (Rest::Mint(given.clone()), Held::Mint(given))
            }
        };
        let make = |turn| Unload { turn, amount, rest };
        Ok(self.ask(make, Asked::Unload(UnloadAsked { amount, held })))
    }

    pub(super) fn sync(&mut self) -> Checked<Vec<Output>> {
        must(self.asking.is_none(), Code::Asking)?;
        // From here on no open request can be paid: that is what lets payers have their value back.
        self.close_all();
        let (log, head, counter, balance) = match &self.holding {
            Holding::Purse(purse) => (purse.log.clone(), purse.head, purse.counter, purse.balance),
            _ => (Vec::new(), [0; 32], 0, 0),
        };
        let what = Asked::Sync(SyncAsked {
            log: log.len() as u64,
            closed: self.closed.len() as u64,
            taken: self.taken.len() as u64,
        });
        let (closed, taken) = (self.closed.clone(), self.taken.clone());
        let waiting = self.waiting();
        let make = |turn| Sync {
            turn,
            log,
            head,
            counter,
            balance,
            closed,
            taken,
            waiting,
        };
        Ok(self.ask(make, what))
    }

    /// An operator's answer to the request that waits.
    pub(super) fn answer(&mut self, bytes: &[u8], at: Moment) -> Checked<Vec<Output>> {
        match number_of(bytes)? {
            Load::NUMBER => {
                let it = Signed::<Load>::decode(bytes)?;
                let asking = self.answered_by(&it, |it| (it.turn.clone(), it.asked))?;
                self.loaded(it.body, asking)
            }
            Claimed::NUMBER => {
                let it = Signed::<Claimed>::decode(bytes)?;
                let asking = self.answered_by(&it, |it| (it.turn.clone(), it.asked))?;
                let Asked::Claim(count) = asking.what else {
                    return Err(Code::NotAsked.into());
                };
                let verdicts = it.body.verdicts;
                must(verdicts.len() as u64 == count, Code::Field)?;
                self.deposits.drain(..verdicts.len());
                self.asking = None;
                let refused = verdicts.iter().filter_map(|verdict| match verdict {
                    Verdict::Refused(place) => Some(code_at(*place)),
                    _ => None,
                });
                let refused = refused.map(|code| Output::Refused(code.into()));
                Ok([Output::Store].into_iter().chain(refused).collect())
            }
            Unloaded::NUMBER => {
                let it = Signed::<Unloaded>::decode(bytes)?;
                let asking = self.answered_by(&it, |it| (it.turn.clone(), it.asked))?;
                let Asked::Unload(unload) = asking.what else {
                    return Err(Code::NotAsked.into());
                };
                must(it.body.amount == unload.amount, Code::Field)?;
                if let Holding::Purse(purse) = &mut self.holding {
                    purse.log(Entry::Unloaded(Moved {
                        turn: asking.turn,
                        amount: unload.amount,
                    }));
                }
                self.asking = None;
                Ok(vec![Output::Store])
            }
            SyncAnswer::NUMBER => {
                let it = Signed::<SyncAnswer>::decode(bytes)?;
                let asking = self.answered_by(&it, |it| (it.turn.clone(), it.asked))?;
                let Asked::Sync(covered) = asking.what else {
                    return Err(Code::NotAsked.into());
                };
                self.synced(&it.body, &covered, at)
            }
            Refused::NUMBER => {
                let it = Signed::<Refused>::decode(bytes)?;
                let asking = self.answered_by(&it, |it| (it.turn.clone(), it.asked))?;
                match asking.what {
                    Asked::Unload(unload) => self.give_back(unload.held),
                    Asked::Mint(mint) => self.give_back(Held::Mint(mint.given)),
                    Asked::Load
                    | Asked::Blind(_)
                    | Asked::Claim(_)
                    | Asked::Sync(_)
                    | Asked::Purpose(_) => {}
                }
                self.asking = None;
                let code = code_at(it.body.code);
                Ok(vec![Output::Store, Output::Refused(code.into())])
            }
            _ => Err(Code::Object.into()),
        }
    }

    /// The request that this answer answers, if the device's operator signed it.
    fn answered_by<T: Object>(
        &self,
        answer: &Signed<T>,
        of: impl Fn(&T) -> (Turn, Hash),
    ) -> Checked<Asking> {
        let asking = self.asking.clone().ok_or(Code::NotAsked)?;
        answer.verify(&self.trust().operator(self.cert.body.operator)?)?;
        let (turn, asked) = of(&answer.body);
        let fits = turn.device == self.serial()
            && turn.number == asking.turn
            && asked == hash(&asking.bytes.0);
        must(fits, Code::NotAsked)?;
        Ok(asking)
    }

    fn loaded(&mut self, load: Load, asking: Asking) -> Checked<Vec<Output>> {
        match (load.grant, asking.what) {
            (Grant::Purse, Asked::Load) => {
                let Holding::Purse(purse) = &mut self.holding else {
                    return Err(Code::Model.into());
                };
                purse.balance = purse.balance.checked_add(load.amount).ok_or(Code::Amount)?;
                purse.log(Entry::Loaded(Moved {
                    turn: asking.turn,
                    amount: load.amount,
                }));
            }
            (Grant::Purpose(purpose), Asked::Purpose(number)) => {
                let own = purpose.body.operator == self.cert.body.operator
                    && purpose.body.number == number;
                must(own, Code::Proof)?;
                purpose.verify(&self.trust().operator(purpose.body.operator)?)?;
                purpose.body.check()?;
                let Holding::Purse(purse) = &mut self.holding else {
                    return Err(Code::PurposeModel.into());
                };
                purse.balance = purse.balance.checked_add(load.amount).ok_or(Code::Amount)?;
                purse.purpose = Some(purpose);
                purse.log(Entry::Loaded(Moved {
                    turn: asking.turn,
                    amount: load.amount,
                }));
            }
            (Grant::Coins(coins), Asked::Load) => {
                let total = sum(coins.iter().map(|coin| coin.body.amount))?;
                must(total == load.amount, Code::Field)?;
                for coin in &coins {
                    coin.verify(&self.trust().operator(coin.body.operator)?)?;
                    let own = (self.serial(), self.cert.body.key);
                    must((coin.body.owner, coin.body.key) == own, Code::Proof)?;
                }
                let Holding::Coins(chains) = &mut self.holding else {
                    return Err(Code::Model.into());
                };
                let links = Vec::new;
                chains.extend(coins.into_iter().map(|coin| crate::object::Chain {
                    coin,
                    links: links(),
                }));
            }
            (Grant::Ceiling(ceiling), Asked::Load) => {
                let own = ceiling.body.payer == self.serial()
                    && ceiling.body.key == self.cert.body.key
                    && ceiling.body.amount == load.amount;
                must(own, Code::Proof)?;
                ceiling.verify(&self.trust().operator(ceiling.body.operator)?)?;
                let Holding::Promise(promises) = &mut self.holding else {
                    return Err(Code::Model.into());
                };
                *promises = Promises {
                    sequence: ceiling.body.start,
                    remaining: ceiling.body.amount,
                    ceiling: Some(ceiling),
                };
            }
            (Grant::Mint(signatures), Asked::Mint(asked)) => {
                must(signatures.len() == asked.secrets.len(), Code::Field)?;
                let mut proofs = Vec::with_capacity(signatures.len());
                for (secret, signature) in asked.secrets.iter().zip(&signatures) {
                    let key = self.key_of(secret.epoch, secret.amount)?;
                    proofs.push(secret.finish(&key, signature)?);
                }
                self.give_back(Held::Mint(proofs));
            }
            (grant, Asked::Blind(asked)) => return self.blind_round(load.amount, grant, asked),
            _ => return Err(Code::Field.into()),
        }
        self.asking = None;
        Ok(vec![Output::Store])
    }

    /// One of the three rounds in which blind coins are made.
    fn blind_round(
        &mut self,
        amount: i64,
        grant: Grant,
        mut asked: BlindAsked,
    ) -> Checked<Vec<Output>> {
        let count = asked.amounts.len();
        let keys = asked
            .amounts
            .iter()
            .map(|value| self.key_of(asked.epoch, *value));
        let keys = keys.collect::<Checked<Vec<_>>>()?;
        let (epoch, owner) = (asked.epoch, self.serial());
        match grant {
            Grant::Opened(opened) => {
                must(
                    opened.len() == count && asked.opened.is_empty(),
                    Code::Field,
                )?;
                let mut sent = Vec::with_capacity(count);
                for (at, point) in opened.iter().enumerate() {
                    let what = Withdrawal {
                        epoch,
                        amount: asked.amounts[at],
                        owner,
                        key: &keys[at],
                        opened: point,
                    };
                    sent.push(blind::candidates(&asked.masters[at], &what)?);
                }
                asked.opened = opened;
                Ok(self.ask_for(amount, Wish::Candidates(sent), Asked::Blind(asked)))
            }
            Grant::Keep(keep) => {
                must(
                    keep.len() == count && asked.opened.len() == count,
                    Code::Field,
                )?;
                must(asked.keep.is_empty(), Code::Field)?;
                let kept = keep.iter().map(|at| usize::try_from(*at).ok());
                let kept: Option<Vec<usize>> = kept.collect();
                let kept = kept.filter(|kept| kept.iter().all(|at| *at < blind::CANDIDATES));
                let kept = kept.ok_or(Code::Field)?;
                let masters = asked.masters.iter().zip(kept);
                let seeds = masters
                    .map(|(master, keep)| blind::reveal(master, keep))
                    .collect();
                asked.keep = keep;
                Ok(self.ask_for(amount, Wish::Reveal(seeds), Asked::Blind(asked)))
            }
            Grant::Blind(answers) => {
                must(
                    answers.len() == count && asked.keep.len() == count,
                    Code::Field,
                )?;
                let mut coins = Vec::with_capacity(count);
                for (at, answer) in answers.iter().enumerate() {
                    let what = Withdrawal {
                        epoch,
                        amount: asked.amounts[at],
                        owner,
                        key: &keys[at],
                        opened: &asked.opened[at],
                    };
                    let keep = usize::try_from(asked.keep[at]).map_err(|_| Code::Field)?;
                    coins.push(blind::unblind(&asked.masters[at], keep, answer, &what)?);
                }
                self.give_back(Held::Blind(coins));
                self.asking = None;
                Ok(vec![Output::Store])
            }
            _ => Err(Code::Field.into()),
        }
    }

    /// Puts value into the purse.
    fn give_back(&mut self, held: Held) {
        match (&mut self.holding, held) {
            (Holding::Purse(purse), Held::Sum(amount)) => purse.balance += amount,
            (Holding::Promise(promises), Held::Sum(amount)) => promises.remaining += amount,
            (Holding::Coins(chains), Held::Coins(given)) => chains.extend(given),
            (Holding::Blind(coins), Held::Blind(given)) => coins.extend(given),
            (Holding::Mint(proofs), Held::Mint(given)) => {
                // What is locked to somebody else is good for paying that payee only.
                proofs.extend(given);
            }
            _ => {}
        }
    }

    fn synced(
        &mut self,
        answer: &SyncAnswer,
        covered: &SyncAsked,
        at: Moment,
    ) -> Checked<Vec<Output>> {
        let own = answer.cert.body.serial == self.serial()
            && answer.cert.body.key == self.cert.body.key
            && answer.cert.body.operator == self.cert.body.operator;
        must(own, Code::Field)?;
        self.trust().signed(&answer.cert)?;
        self.check_lists(&answer.list, &answer.keys)?;
        self.cert = answer.cert.clone();
        if answer.list.body.epoch >= self.list.body.epoch {
            self.list = answer.list.clone();
        }
        self.keys = answer.keys.clone();
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let closed = count(covered.closed).min(self.closed.len());
        for closed in self.closed.drain(..closed).collect::<Vec<_>>() {
            self.remember(closed.hash);
        }
        let taken = count(covered.taken).min(self.taken.len());
        self.taken.drain(..taken);
        if let Holding::Purse(purse) = &mut self.holding {
            let logged = count(covered.log).min(purse.log.len());
            purse.log.drain(..logged);
            let hops = purse.log.iter().filter_map(super::hop_of);
            purse.hop = hops.max().unwrap_or(0);
        }
        for pay in &answer.arrived {
            if let Some(pending) = self.pending.remove(pay) {
                self.remember(pending.request);
            }
        }
        for pay in &answer.closed {
            if let Some(pending) = self.pending.remove(pay) {
                self.remember(pending.request);
                self.give_back(pending.back);
                if let Holding::Purse(purse) = &mut self.holding {
                    purse.log(Entry::Returned(Returned {
                        pay: *pay,
                        amount: pending.amount,
                    }));
                }
            }
        }
        if let Holding::Purse(purse) = &mut self.holding
            && purse.balance == 0
            && self.pending.is_empty()
        {
            purse.purpose = None;
        }
        self.asking = None;
        self.synced = at.now;
        self.payments = 0;
        Ok(vec![Output::Store])
    }
}

/// The code at a place of the list; one that is not known is a refusal all the same.
fn code_at(place: u32) -> Code {
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    Code::ALL.get(place).copied().unwrap_or(Code::Object)
}
