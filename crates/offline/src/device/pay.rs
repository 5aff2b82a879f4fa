//! Request, pay, collect, acknowledge: what devices do among themselves.

use crate::code::{Checked, Code, at_most, must};
use crate::object::{
    Ack, Bearer, BearerContent, BoundContent, Closed, Content, Entry, Evidence, Link, Mode, Model,
    Pay, Payment, PromiseContent, PurseContent, Request, Taken,
};
use crate::trust::Terms;
use crate::wire::{Bytes, Object, Signed, hash};

use super::{
    Device, Held, Holding, KEPT_ACKS, MAX_LOG, Moment, Open, Output, PIN_TRIES, Pending,
    REMEMBERED, To, pin_tag, send,
};

impl Device {
    pub(super) fn request(
        &mut self,
        amount: i64,
        category: u32,
        at: Moment,
    ) -> Checked<Vec<Output>> {
        self.can_request(amount, at.now)?;
        let nonce = std::array::from_fn(|byte| at.entropy[byte]);
        must(!self.open.contains_key(&nonce), Code::Field)?;
        let request = Request {
            payee: self.cert.clone(),
            amount,
            nonce,
            category,
            revocation_epoch: self.list.body.epoch,
        };
        let request = Signed::sign(&self.key(), request);
        let open = Open {
            hash: request.hash(),
            amount,
            bytes: Bytes(request.bytes().to_vec()),
        };
        self.open.insert(nonce, open);
        Ok(vec![Output::Store, send(To::Peer, request.bytes())])
    }

    pub(super) fn pay(
        &mut self,
        request: &[u8],
        payee: Option<u64>,
        pin: Option<u32>,
        at: Moment,
    ) -> Checked<Vec<Output>> {
        let digest = hash(request);
        // The same request again gets the same bytes again, whatever has changed since.
        let sent = self.pending.values().find(|it| it.request == digest);
        if let Some(sent) = sent {
            return Ok(vec![send(To::Peer, &sent.bytes.0)]);
        }
        let request = Signed::<Request>::decode(request)?;
        let terms = self.trust().terms(&request, Some(at.now))?;
        must(!self.answered.contains(&digest), Code::RequestClosed)?;
        must(terms.payee != self.serial(), Code::Self_)?;
        must(
            payee.is_none_or(|payee| payee == terms.payee),
            Code::RequestOther,
        )?;
        self.can_pay(terms.amount, Some(&terms.key), at.now)?;
        self.suits(&terms.tap(at.now))?;
        if let Some(refused) = self.check_pin(terms.amount, pin)? {
            return Ok(refused);
        }
        self.spend(&terms, at)
    }

    /// Whether the PIN allows this amount. A wrong one is counted, and the count is stored.
    fn check_pin(&mut self, amount: i64, pin: Option<u32>) -> Checked<Option<Vec<Output>>> {
        let from = self.limits().pin_from;
        let Some(own) = &mut self.pin else {
            return Ok(None);
        };
        if from == 0 || (amount < from && pin.is_none()) {
            return Ok(None);
        }
        let pin = pin.ok_or(Code::Pin)?;
        if pin_tag(&self.secret, pin) == own.tag {
            own.tries = PIN_TRIES;
            return Ok(None);
        }
        own.tries = own.tries.saturating_sub(1);
        let code = if own.tries == 0 {
            Code::PinBlocked
        } else {
            Code::Pin
        };
        Ok(Some(vec![Output::Store, Output::Refused(code.into())]))
    }

    /// Takes the value out of the purse and makes the payment, limits aside.
    pub(crate) fn spend(&mut self, terms: &Terms, at: Moment) -> Checked<Vec<Output>> {
        let picked = self.pick(terms.amount, Some(&terms.key))?;
        let key = self.key();
        let named = |content: Content| {
            let pay = Pay {
                payer: self.cert.clone(),
                payee: terms.payee,
                amount: terms.amount,
                request: terms.request,
                time: at.now,
                content,
            };
            Signed::sign(&key, pay).bytes().to_vec()
        };
        let bearer = |content: BearerContent| {
            let pay = Bearer {
                payee: terms.payee,
                amount: terms.amount,
                request: terms.request,
                content,
            };
            pay.encode()
        };
        let (bytes, back) = match &self.holding {
            Holding::Purse(purse) => {
                let content = PurseContent {
                    counter: purse.counter + 1,
                    previous: purse.head,
                    hop: purse.hop + 1,
                    policy_epoch: self.cert.body.epoch,
                };
                let content = match purse.purpose.clone() {
                    None => Content::Purse(content),
                    Some(purpose) => Content::Purpose(BoundContent {
                        purpose,
                        chip: content,
                    }),
                };
                (named(content), Held::Sum(terms.amount))
            }
            Holding::Coins(chains) => {
                let mut given = take(chains, &picked);
                given.sort_by_key(|chain| chain.coin.body.id);
                let endorsed = given.iter().map(|chain| {
                    let mut chain = chain.clone();
                    let link = Link {
                        previous: chain.head(),
                        to: terms.payee,
                        key: terms.key,
                        request: terms.request,
                    };
                    chain.links.push(Signed::sign(&key, link));
                    chain
                });
                let bytes = named(Content::Coins(endorsed.collect()));
                (bytes, Held::Coins(given))
            }
            Holding::Blind(coins) => {
                let mut given = take(coins, &picked);
                given.sort_by_key(|coin| coin.r);
                let shows = given.iter().map(|coin| coin.show(&terms.request)).collect();
                (bearer(BearerContent::Blind(shows)), Held::Blind(given))
            }
            Holding::Mint(proofs) => {
                let mut given = take(proofs, &picked);
                given.sort_by_key(|proof| proof.nonce);
                (
                    bearer(BearerContent::Mint(given.clone())),
                    Held::Mint(given),
                )
            }
            Holding::Promise(promises) => {
                let ceiling = promises.ceiling.clone().ok_or(Code::Ceiling)?;
                let remaining = promises.remaining - terms.amount;
                let content = PromiseContent {
                    ceiling,
                    sequence: promises.sequence,
                    remaining,
                };
                (named(Content::Promise(content)), Held::Sum(terms.amount))
            }
        };
        match &mut self.holding {
            Holding::Purse(purse) => {
                purse.balance -= terms.amount;
                purse.log(Entry::Paid(Bytes(bytes.clone())));
            }
            Holding::Coins(chains) => drop_picked(chains, &picked),
            Holding::Blind(coins) => drop_picked(coins, &picked),
            Holding::Mint(proofs) => drop_picked(proofs, &picked),
            Holding::Promise(promises) => {
                promises.sequence += 1;
                promises.remaining -= terms.amount;
            }
        }
        self.payments = self.payments.saturating_add(1);
        let outputs = vec![Output::Store, send(To::Peer, &bytes)];
        let pending = Pending {
            payee: terms.payee,
            operator: terms.operator,
            key: terms.key,
            nonce: terms.nonce,
            request: terms.request,
            amount: terms.amount,
            bytes: Bytes(bytes),
            back,
        };
        self.pending.insert(hash(&pending.bytes.0), pending);
        Ok(outputs)
    }

    /// Checks a payment and stores its value, then acknowledges it.
    pub(super) fn collect(&mut self, bytes: &[u8], at: Moment) -> Checked<Vec<Output>> {
        let id = hash(bytes);
        if let Some((_, ack)) = self.collected.iter().find(|(pay, _)| *pay == id) {
            return Ok(vec![send(To::Peer, &ack.0)]);
        }
        let pay = Payment::decode(bytes)?;
        must(pay.model() == self.model, Code::Model)?;
        let (payee, _, request) = pay.terms();
        must(payee == self.serial(), Code::RequestOther)?;
        let found = self.open.iter().find(|(_, open)| open.hash == request);
        let Some((nonce, open)) = found else {
            let closed =
                self.closed.iter().any(|it| it.hash == request) || self.answered.contains(&request);
            let code = if closed {
                Code::RequestClosed
            } else {
                Code::RequestUnknown
            };
            return Err(code.into());
        };
        let (nonce, open) = (*nonce, open.clone());
        let terms = Terms {
            request,
            payee,
            operator: self.cert.body.operator,
            key: self.cert.body.key,
            amount: open.amount,
            nonce,
            category: self.cert.body.category,
        };
        self.trust().payment(&pay, &terms, Some(at.now))?;
        self.check_hops(&pay)?;
        self.has_room(terms.amount)?;
        let evidence = Evidence {
            request: open.bytes,
            pay: Bytes(bytes.to_vec()),
        };
        // Another operator's coins are claimed before they are spent; a purse's balance is one.
        let own = self.model == Model::Purse || pay.issuer() == Some(self.cert.body.operator);
        if self.mode == Mode::Staged || !self.model.can_hand_on() || !own {
            must(self.deposits.len() < MAX_LOG, Code::LogFull)?;
            self.deposits.push(evidence);
        } else {
            self.keep(pay, evidence, terms.amount);
        }
        self.open.remove(&nonce);
        self.taken.push(Taken { nonce, pay: id });
        self.remember(request);
        let ack = Signed::sign(&self.key(), Ack { pay: id });
        self.collected.push((id, Bytes(ack.bytes().to_vec())));
        if self.collected.len() > KEPT_ACKS {
            self.collected.remove(0);
        }
        Ok(vec![Output::Store, send(To::Peer, ack.bytes())])
    }

    /// Puts collected value into the purse.
    fn keep(&mut self, pay: Payment, evidence: Evidence, amount: i64) {
        match (&mut self.holding, pay) {
            (Holding::Purse(purse), Payment::Named(pay)) => {
                if let Some(chip) = pay.body.content.chip() {
                    purse.hop = purse.hop.max(chip.hop);
                }
                purse.balance += amount;
                purse.log(Entry::Collected(evidence));
            }
            (Holding::Coins(chains), Payment::Named(pay)) => {
                if let Content::Coins(received) = pay.body.content {
                    chains.extend(received);
                }
            }
            (Holding::Mint(proofs), Payment::Bearer(pay)) => {
                if let BearerContent::Mint(received) = pay.content {
                    proofs.extend(received);
                }
            }
            // The models are equal: that was checked.
            _ => {}
        }
    }

    fn check_hops(&self, pay: &Payment) -> Checked {
        let hops = match pay {
            Payment::Named(pay) => match &pay.body.content {
                Content::Purse(chip) | Content::Purpose(BoundContent { chip, .. }) => chip.hop,
                Content::Coins(chains) => {
                    let longest = chains.iter().map(|chain| chain.links.len()).max();
                    u32::try_from(longest.unwrap_or(0)).unwrap_or(u32::MAX)
                }
                Content::Promise(_) => 1,
            },
            Payment::Bearer(pay) => {
                if let BearerContent::Mint(proofs) = &pay.content {
                    let locked = proofs.iter().all(|it| it.lock.is_some());
                    must(locked || !self.limits().locked_only, Code::Unlocked)?;
                }
                // Nothing in these tells through how many hands they went.
                return Ok(());
            }
        };
        if self.bounded() {
            let bound = i64::from(self.limits().hops);
            at_most(i64::from(hops), bound, Code::LimitHops)?;
        }
        Ok(())
    }

    pub(super) fn acknowledged(&mut self, bytes: &[u8]) -> Checked<Vec<Output>> {
        let ack = Signed::<Ack>::decode(bytes)?;
        let pending = self
            .pending
            .get(&ack.body.pay)
            .ok_or(Code::PaymentUnknown)?;
        ack.verify(&pending.key)?;
        let request = pending.request;
        self.pending.remove(&ack.body.pay);
        self.remember(request);
        Ok(vec![Output::Store])
    }

    /// Keeps the digest of a request that was answered, and forgets the oldest.
    pub(super) fn remember(&mut self, request: crate::object::Hash) {
        self.answered.push(request);
        if self.answered.len() > REMEMBERED {
            self.answered.remove(0);
        }
    }

    /// Closes every open request: none of them can be paid any more.
    pub(super) fn close_all(&mut self) {
        for (nonce, open) in std::mem::take(&mut self.open) {
            let hash = open.hash;
            self.closed.push(Closed { nonce, hash });
        }
    }
}

fn take<T: Clone>(items: &[T], picked: &[usize]) -> Vec<T> {
    picked.iter().map(|at| items[*at].clone()).collect()
}

pub(super) fn drop_picked<T>(items: &mut Vec<T>, picked: &[usize]) {
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        !picked.contains(&(at - 1))
    });
}
