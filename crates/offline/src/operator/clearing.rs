//! Claims, at the operator that issued the value and between operators.
//!
//! ```text
//! payee's operator                     issuer
//!   claimed ──────── clear ──────────▶ decides, pays out of its float
//!      ▼                                   │
//!   waiting ◀─────── cleared ──────────────┘
//!      ▼ paid: to the account, or to the float for what stays in a purse
//! ```

use crate::code::{Checked, Code, must};
use crate::device::Moment;
use crate::object::{
    AskFate, Bearer, BearerContent, Claim, Claimed, Clear, Cleared, Content, Evidence, Fate, Hash,
    Payment, Verdict, Waiting,
};
use crate::trust::Terms;
use crate::wire::{Signed, hash};

use super::{
    Act, Address, Asked, Caught, Caughtable, Clearing, Effect, Finding, Nonce, Operator, What,
    place_of,
};

impl Operator {
    pub(super) fn claim(
        &mut self,
        claim: &Claim,
        asked: &Asked,
        at: Moment,
    ) -> (Vec<u8>, Vec<Act>) {
        let device = asked.turn.device;
        let mut acts = Vec::new();
        let mut verdicts = Vec::new();
        for evidence in &claim.pays {
            let verdict = match self.claim_one(evidence, device, at, &mut acts) {
                Ok(verdict) => verdict,
                Err(caught) => {
                    acts.extend(self.note(caught.finding));
                    Verdict::Refused(place_of(caught.refusal.code))
                }
            };
            verdicts.push(verdict);
        }
        let claimed = Claimed {
            turn: asked.turn.clone(),
            asked: asked.hash,
            verdicts,
        };
        (Signed::sign(&self.key(), claimed).bytes().to_vec(), acts)
    }

    pub(super) fn claim_one(
        &mut self,
        evidence: &Evidence,
        device: u64,
        at: Moment,
        acts: &mut Vec<Act>,
    ) -> Caughtable<Verdict> {
        let (terms, pay) = self.trust().evidence(evidence)?;
        must(
            terms.payee == device && pay.model() == self.setup.model,
            Code::RequestOther,
        )?;
        self.take_nonce(device, terms.nonce, pay.hash(), at.now)?;
        let issuer = pay.issuer().ok_or(Code::Operator)?;
        let account = self.records.get(&device).ok_or(Code::Device)?.account;
        let amount = terms.amount;
        if issuer != self.serial() {
            acts.push(self.send_to_clear(issuer, device, evidence, amount, false));
            return Ok(Verdict::Clearing);
        }
        let verdict = self.clear(&terms, &pay, device, Ok(account), at, acts)?;
        if verdict == Verdict::Paid {
            acts.push(Act::Post(Effect::Claim {
                device,
                account,
                amount,
            }));
        }
        Ok(verdict)
    }

    /// Decides on value that this operator issued, for an account here or another operator.
    pub(super) fn clear(
        &mut self,
        terms: &Terms,
        pay: &Payment,
        device: u64,
        account: Result<u64, u64>,
        at: Moment,
        acts: &mut Vec<Act>,
    ) -> Caughtable<Verdict> {
        match pay {
            Payment::Named(pay) => match &pay.body.content {
                Content::Purse(_) | Content::Purpose(_) => {
                    self.purpose_open(pay, at.now)?;
                    let again = self.judge_again(terms, pay, at.now);
                    let found = self.register_collected(pay, device, at.now)?;
                    acts.extend(found);
                    let Some((finding, back)) = again else {
                        return Ok(Verdict::Paid);
                    };
                    acts.push(back);
                    Err(Box::new(Caught {
                        refusal: Code::PurposeFails.into(),
                        finding: Some(finding),
                    }))
                }
                Content::Coins(chains) => {
                    self.deposit_coins(chains, device, at.now)?;
                    Ok(Verdict::Paid)
                }
                Content::Promise(_) => {
                    let found = self.promised(pay, device, account, at.now)?;
                    acts.extend(found);
                    Ok(Verdict::Settling)
                }
            },
            Payment::Bearer(Bearer { content, .. }) => match content {
                BearerContent::Blind(shows) => {
                    self.deposit_shows(shows, &terms.request, device, at.now)?;
                    Ok(Verdict::Paid)
                }
                BearerContent::Mint(proofs) => {
                    self.redeem(proofs, &terms.key, at.now)?;
                    Ok(Verdict::Paid)
                }
            },
        }
    }

    /// Notes that a request was paid; a payee who closed it, or had it paid otherwise, lies.
    pub(super) fn take_nonce(
        &mut self,
        payee: u64,
        nonce: [u8; 16],
        pay: Hash,
        now: i64,
    ) -> Caughtable {
        match self.nonces.get(&(payee, nonce)) {
            None => {
                self.nonces.insert((payee, nonce), Nonce::Taken(pay));
                Ok(())
            }
            Some(Nonce::Taken(known)) if *known == pay => Ok(()),
            Some(_) => Err(Box::new(Caught {
                refusal: Code::RequestClosed.into(),
                finding: Some(Finding {
                    what: What::Payee,
                    named: Some(payee),
                    amount: 0,
                    at: now,
                    trace: Vec::new(),
                }),
            })),
        }
    }

    pub(super) fn send_to_clear(
        &mut self,
        issuer: u64,
        device: u64,
        evidence: &Evidence,
        amount: i64,
        adopted: bool,
    ) -> Act {
        let clear = Clear {
            operator: self.serial(),
            device,
            pay: evidence.clone(),
        };
        let bytes = Signed::sign(&self.key(), clear).bytes().to_vec();
        let clearing = Clearing {
            issuer,
            device,
            amount,
            adopted,
            bytes: bytes.clone(),
        };
        self.clearing.insert(hash(&evidence.pay.0), clearing);
        let to = Address::Operator(issuer);
        Act::Send { to, bytes }
    }

    /// Every question to another operator that waits, in the bytes in which it was asked.
    pub(super) fn ask_again(&self) -> Vec<Act> {
        let waiting = self.clearing.values().map(|it| Act::Send {
            to: Address::Operator(it.issuer),
            bytes: it.bytes.clone(),
        });
        waiting.collect()
    }

    /// Another operator's device claims value that was issued here.
    pub(super) fn clear_for(&mut self, bytes: &[u8], at: Moment) -> Checked<Vec<Act>> {
        let it = Signed::<Clear>::decode(bytes)?;
        it.verify(&self.trust().operator(it.body.operator)?)?;
        let (terms, pay) = self.trust().evidence(&it.body.pay)?;
        must(terms.payee == it.body.device, Code::RequestOther)?;
        must(pay.issuer() == Some(self.serial()), Code::Operator)?;
        must(pay.model() == self.setup.model, Code::Model)?;
        let to = Address::Operator(it.body.operator);
        // The same payment gets the same answer again, or what the settlement made of it.
        if let Some((operator, bytes)) = self.cleared.get(&pay.hash())
            && *operator == it.body.operator
        {
            let bytes = bytes.clone();
            return Ok(vec![Act::Send { to, bytes }]);
        }
        let mut acts = Vec::new();
        let asks = Err(it.body.operator);
        let taken = self.take_nonce(terms.payee, terms.nonce, pay.hash(), at.now);
        let decided =
            taken.and_then(|()| self.clear(&terms, &pay, it.body.device, asks, at, &mut acts));
        let verdict = match decided {
            Ok(verdict) => verdict,
            Err(caught) => {
                acts.extend(self.note(caught.finding));
                Verdict::Refused(place_of(caught.refusal.code))
            }
        };
        if verdict == Verdict::Paid {
            acts.push(Act::Post(Effect::PayOut {
                operator: it.body.operator,
                amount: terms.amount,
            }));
        }
        let cleared = Cleared {
            operator: self.serial(),
            device: it.body.device,
            pay: pay.hash(),
            amount: terms.amount,
            verdict,
        };
        let bytes = Signed::sign(&self.key(), cleared).bytes().to_vec();
        self.cleared
            .insert(pay.hash(), (it.body.operator, bytes.clone()));
        acts.extend([Act::Store, Act::Send { to, bytes }]);
        Ok(acts)
    }

    /// Another operator's answer.
    pub(super) fn cleared(&mut self, bytes: &[u8], at: Moment) -> Checked<Vec<Act>> {
        let it = Signed::<Cleared>::decode(bytes)?;
        it.verify(&self.trust().operator(it.body.operator)?)?;
        let waiting = self.clearing.get(&it.body.pay).ok_or(Code::NotAsked)?;
        let fits = waiting.device == it.body.device && waiting.amount >= it.body.amount;
        must(
            fits && waiting.issuer == it.body.operator,
            Code::RequestOther,
        )?;
        if it.body.verdict == Verdict::Settling {
            return Ok(Vec::new());
        }
        let (device, amount, operator) = (waiting.device, it.body.amount, it.body.operator);
        let account = self.records.get(&device).ok_or(Code::Device)?.account;
        let act = match (it.body.verdict, waiting.adopted) {
            (Verdict::Paid, true) => Act::Post(Effect::Adopt {
                operator,
                device,
                amount,
            }),
            (Verdict::Paid, false) => Act::Post(Effect::PaidIn {
                operator,
                device,
                account,
                amount,
            }),
            _ => Act::Found(Finding {
                what: What::Unpaid,
                named: None,
                amount,
                at: at.now,
                trace: Vec::new(),
            }),
        };
        self.clearing.remove(&it.body.pay);
        Ok(vec![act, Act::Store])
    }

    /// Questions to other operators about payments to their devices. Each sync asks again until
    /// it is known.
    pub(super) fn ask_fates(&self, waiting: &[Waiting]) -> Vec<Act> {
        let unknown = waiting.iter().filter(|it| {
            it.operator != self.serial() && !self.nonces.contains_key(&(it.payee, it.nonce))
        });
        let ask = |it: &Waiting| {
            let ask = AskFate {
                operator: self.serial(),
                waiting: it.clone(),
            };
            Act::Send {
                to: Address::Operator(it.operator),
                bytes: Signed::sign(&self.key(), ask).bytes().to_vec(),
            }
        };
        unknown.map(ask).collect()
    }

    /// Tells another operator what became of a payment to a device here, if that is known.
    pub(super) fn tell_fate(&self, bytes: &[u8]) -> Checked<Vec<Act>> {
        let it = Signed::<AskFate>::decode(bytes)?;
        it.verify(&self.trust().operator(it.body.operator)?)?;
        let waiting = it.body.waiting;
        let record = self.records.get(&waiting.payee).ok_or(Code::Device)?;
        let closed = match self.nonces.get(&(waiting.payee, waiting.nonce)) {
            Some(Nonce::Taken(pay)) => *pay != waiting.pay,
            Some(Nonce::Closed) => true,
            None if record.shut => true,
            None => return Ok(Vec::new()),
        };
        let fate = Fate { waiting, closed };
        let bytes = Signed::sign(&self.key(), fate).bytes().to_vec();
        let to = Address::Operator(it.body.operator);
        Ok(vec![Act::Send { to, bytes }])
    }

    /// Notes what another operator tells of a payment to a device of its own.
    pub(super) fn learn_fate(&mut self, bytes: &[u8]) -> Checked<Vec<Act>> {
        let it = Signed::<Fate>::decode(bytes)?;
        let Fate { waiting, closed } = &it.body;
        it.verify(&self.trust().operator(waiting.operator)?)?;
        let foreign = !self.records.contains_key(&waiting.payee);
        must(foreign && waiting.operator != self.serial(), Code::Operator)?;
        let key = (waiting.payee, waiting.nonce);
        must(!self.nonces.contains_key(&key), Code::NotAsked)?;
        let fate = if *closed {
            Nonce::Closed
        } else {
            Nonce::Taken(waiting.pay)
        };
        self.nonces.insert(key, fate);
        Ok(vec![Act::Store])
    }
}
