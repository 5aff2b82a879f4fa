//! What devices ask: load, unload, sync.

use crate::code::{Checked, Code, at_most, must};
use crate::device::Moment;
use crate::object::{
    Ask, Cert, Form, Grant, Hash, Load, Model, Rest, Sync, SyncAnswer, Unload, Unloaded, Waiting,
    Wish,
};
use crate::wire::Signed;

use super::{Act, Asked, Caught, Effect, Finding, Nonce, Operator, What};

impl Operator {
    pub(super) fn load(
        &mut self,
        ask: &Ask,
        asked: &Asked,
        funds: i64,
        at: Moment,
    ) -> Checked<(Vec<u8>, Vec<Act>)> {
        let device = asked.turn.device;
        let record = self.records.get(&device).ok_or(Code::Device)?;
        let (account, key) = (record.account, record.cert.body.key);
        must(at.now <= record.cert.body.not_after, Code::Expired)?;
        must(ask.amount > 0, Code::Amount)?;
        if let Wish::Purpose(number) = ask.wish {
            must(self.setup.model == Model::Purse, Code::PurposeModel)?;
            // Why a chip cannot judge it stands before how much there is.
            self.purposes.get(&number).cloned().transpose()?;
        }
        if !matches!(ask.wish, Wish::Swap(_)) {
            at_most(ask.amount, funds, Code::Funds)?;
            let purse = record.cert.body.limits.purse;
            if purse > 0 {
                at_most(ask.amount, purse, Code::LimitPurse)?;
            }
        }
        let grant = match (self.setup.model, &ask.wish) {
            (Model::Purse, Wish::Plain) => {
                let plain = self
                    .records
                    .get(&device)
                    .is_some_and(|it| it.purpose.is_none());
                must(plain, Code::PurposeOther)?;
                self.load_purse(device, ask.amount)?
            }
            (Model::Purse, Wish::Purpose(number)) => {
                self.load_purpose(device, ask.amount, *number, at.now)?
            }
            (Model::Coins, Wish::Plain) => self.issue_coins(device, key, ask.amount, at)?,
            (Model::Promise, Wish::Plain) => self.reserve(device, key, ask.amount, at)?,
            (Model::Blind, wish) => match self.blind_round(device, ask.amount, wish, at) {
                Ok(grant) => grant,
                Err(refusal) if refusal.code == Code::Candidates => {
                    return Ok(self.false_candidates(asked, ask.amount, at.now));
                }
                Err(refusal) => return Err(refusal),
            },
            (Model::Mint, wish) => self.mint(ask.amount, wish, &key, at)?,
            _ => return Err(Code::Model.into()),
        };
        let paid = !matches!(grant, Grant::Opened(_) | Grant::Keep(_))
            && !matches!(ask.wish, Wish::Swap(_));
        let (policy_epoch, revocation_epoch) = (self.policy_epoch, self.list_epoch);
        let record = self.records.get_mut(&device).ok_or(Code::Device)?;
        record.loads += u64::from(paid);
        let load = Load {
            turn: asked.turn.clone(),
            asked: asked.hash,
            amount: ask.amount,
            counter: record.loads,
            policy_epoch,
            revocation_epoch,
            grant,
        };
        let amount = ask.amount;
        let effect = Act::Post(match ask.wish {
            Wish::Purpose(number) => Effect::LoadPurpose {
                device,
                account,
                number,
                amount,
            },
            _ => Effect::Load {
                device,
                account,
                amount,
            },
        });
        let acts = if paid { vec![effect] } else { Vec::new() };
        Ok((Signed::sign(&self.key(), load).bytes().to_vec(), acts))
    }

    pub(super) fn unload(
        &mut self,
        unload: &Unload,
        asked: &Asked,
        at: Moment,
    ) -> Checked<(Vec<u8>, Vec<Act>)> {
        let device = asked.turn.device;
        let record = self.records.get(&device).ok_or(Code::Device)?;
        let account = record.account;
        must(unload.amount > 0, Code::Amount)?;
        let mut acts = Vec::new();
        match (&unload.rest, self.setup.model) {
            (Rest::Balance, Model::Purse) => self.unload_purse(device, unload.amount)?,
            (Rest::Promise, Model::Promise) => return Err(Code::Outstanding.into()),
            (Rest::Coins(chains), Model::Coins) => {
                let total = crate::coins::sum(chains.iter().map(|it| it.coin.body.amount))?;
                must(total == unload.amount, Code::Amount)?;
                acts = match self.deposit_coins(chains, device, at.now) {
                    Ok(()) => acts,
                    Err(caught) => return self.caught(asked, *caught),
                };
            }
            (Rest::Blind(shows), Model::Blind) => {
                let total = crate::coins::sum(shows.iter().map(|it| it.amount))?;
                must(total == unload.amount, Code::Amount)?;
                let request = crate::device::unload_request(&asked.turn);
                acts = match self.deposit_shows(shows, &request, device, at.now) {
                    Ok(()) => acts,
                    Err(caught) => return self.caught(asked, *caught),
                };
            }
            (Rest::Mint(proofs), Model::Mint) => {
                let total = crate::coins::sum(proofs.iter().map(|it| it.amount))?;
                must(total == unload.amount, Code::Amount)?;
                let key = self.records.get(&device).ok_or(Code::Device)?.cert.body.key;
                acts = match self.redeem(proofs, &key, at.now) {
                    Ok(()) => acts,
                    Err(caught) => return self.caught(asked, *caught),
                };
            }
            _ => return Err(Code::Model.into()),
        }
        acts.push(Act::Post(self.give_back(device, account, unload.amount)));
        let unloaded = Unloaded {
            turn: asked.turn.clone(),
            asked: asked.hash,
            amount: unload.amount,
        };
        Ok((Signed::sign(&self.key(), unloaded).bytes().to_vec(), acts))
    }

    /// A refusal that comes with a finding: the finding is stored, its culprit revoked.
    pub(super) fn caught(&mut self, asked: &Asked, caught: Caught) -> Checked<(Vec<u8>, Vec<Act>)> {
        let (bytes, mut acts) = self.refusal(asked, caught.refusal);
        acts.extend(self.note(caught.finding));
        Ok((bytes, acts))
    }

    /// Stores a finding and revokes whom it names.
    pub(super) fn note(&mut self, finding: Option<Finding>) -> Option<Act> {
        let finding = finding?;
        if let Some(named) = finding.named
            && !matches!(finding.what, What::Short | What::Unpaid)
        {
            self.revoke(named, finding.at);
        }
        Some(Act::Found(finding))
    }

    pub(super) fn sync(
        &mut self,
        sync: &Sync,
        asked: &Asked,
        at: Moment,
    ) -> Checked<(Vec<u8>, Vec<Act>)> {
        let device = asked.turn.device;
        let plan = match self.check_log(sync, device) {
            Ok(plan) => plan,
            Err(refusal) => {
                let finding = Finding {
                    what: What::Log,
                    named: Some(device),
                    amount: 0,
                    at: at.now,
                    trace: Vec::new(),
                };
                let finding = Some(finding);
                return self.caught(asked, Caught { refusal, finding });
            }
        };
        let mut acts = self.apply_log(sync, plan, device, at);
        for closed in &sync.closed {
            self.nonces
                .entry((device, closed.nonce))
                .or_insert(Nonce::Closed);
            self.closed.entry(closed.hash).or_insert(device);
        }
        for taken in &sync.taken {
            if let Err(caught) = self.take_nonce(device, taken.nonce, taken.pay, at.now) {
                acts.extend(self.note(caught.finding));
            }
        }
        acts.extend(self.ask_fates(&sync.waiting));
        let (closed, arrived) = self.fates(&sync.waiting, device);
        let still_waiting = arrived.len() < sync.waiting.len();
        self.unbind(device, sync.balance, still_waiting);
        let record = self.records.get(&device).ok_or(Code::Device)?;
        let old = &record.cert.body;
        let limits = record.own_limits.then_some(&old.limits);
        let subject = (device, old.key, old.class, old.category);
        let mut cert = self.certificate(subject, limits, at.now);
        if record.form == Form::Card {
            // A card's end is printed on it.
            let body = Cert {
                not_after: old.not_after,
                ..cert.body
            };
            cert = Signed::sign(&self.key(), body);
        }
        let answer = SyncAnswer {
            turn: asked.turn.clone(),
            asked: asked.hash,
            cert: cert.clone(),
            list: self.list.clone(),
            keys: self.keys.clone(),
            closed,
            arrived,
        };
        if let Some(record) = self.records.get_mut(&device) {
            record.cert = cert;
            record.synced = at.now;
        }
        Ok((Signed::sign(&self.key(), answer).bytes().to_vec(), acts))
    }

    /// Which waiting payments can never be collected any more, and which were.
    pub(super) fn fates(&mut self, waiting: &[Waiting], payer: u64) -> (Vec<Hash>, Vec<Hash>) {
        let (mut closed, mut arrived) = (Vec::new(), Vec::new());
        for it in waiting {
            let gone = self
                .records
                .get(&it.payee)
                .is_some_and(|record| record.shut);
            match self.nonces.get(&(it.payee, it.nonce)) {
                Some(Nonce::Taken(pay)) if *pay == it.pay => arrived.push(it.pay),
                Some(_) => closed.push(it.pay),
                None if gone => closed.push(it.pay),
                None => {}
            }
        }
        for pay in &closed {
            self.allow_return(payer, pay);
        }
        (closed, arrived)
    }
}
