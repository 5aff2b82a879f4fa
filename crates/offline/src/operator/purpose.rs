//! Money for a purpose at the operator: it signs what chips may judge, and judges again.

use crate::code::{Checked, Code, must};
use crate::object::{Content, Grant, Pay};
use crate::purpose::{Answer, Purpose, Rule};
use crate::trust::Terms;
use crate::wire::Signed;

use super::{Act, Effect, Finding, Operator, What};

impl Operator {
    /// Signs a purpose, if every chip can hold it.
    pub(super) fn sign_purpose(
        &self,
        number: u64,
        (rules, expires): (Vec<Rule>, i64),
    ) -> Result<Signed<Purpose>, Code> {
        let purpose = Purpose {
            operator: self.serial(),
            number,
            rules,
            expires,
        };
        purpose.check().map_err(|refusal| refusal.code)?;
        Ok(Signed::sign(&self.key(), purpose))
    }

    /// Grants value under a purpose, into a purse that holds no other money.
    pub(super) fn load_purpose(
        &mut self,
        device: u64,
        amount: i64,
        number: u64,
        now: i64,
    ) -> Checked<Grant> {
        let known = self.purposes.get(&number).ok_or(Code::PurposeElsewhere)?;
        let purpose = known.clone()?;
        must(now < purpose.body.expires, Code::PurposeOver)?;
        let record = self.records.get(&device).ok_or(Code::Device)?;
        let same = record.purpose().map(|it| it.number) == Some(number);
        let empty = record.purpose.is_none() && record.shadow.known() == 0;
        must(same || empty, Code::PurposeOther)?;
        self.load_purse(device, amount)?;
        if let Some(record) = self.records.get_mut(&device) {
            record.purpose = Some(purpose.clone());
        }
        Ok(Grant::Purpose(purpose))
    }

    /// A purse that reported that it is empty, and for which nothing can come back, is plain again.
    pub(super) fn unbind(&mut self, device: u64, balance: i64, still_waiting: bool) {
        if balance == 0
            && !still_waiting
            && let Some(record) = self.records.get_mut(&device)
        {
            record.purpose = None;
        }
    }

    /// How value of a device's goes back: as what it is for, or as plain money.
    pub(super) fn give_back(&self, device: u64, account: u64, amount: i64) -> Effect {
        let record = self.records.get(&device);
        match record.and_then(super::Record::purpose) {
            Some(purpose) => Effect::UnloadPurpose {
                device,
                account: record.map_or(account, |it| it.account),
                number: purpose.number,
                amount,
            },
            None => Effect::Unload {
                device,
                account,
                amount,
            },
        }
    }

    /// Whether money for a purpose comes in time to be honoured: as long after the purpose's end
    /// as a payee may take to report.
    pub(super) fn purpose_open(&self, pay: &Signed<Pay>, now: i64) -> Checked {
        let Content::Purpose(bound) = &pay.body.content else {
            return Ok(());
        };
        let last = bound.purpose.body.expires.saturating_add(self.reporting());
        must(now <= last, Code::EpochOver)
    }

    /// Judges a payment again that chips let pass, by the time that its payer signed. What was
    /// paid against its purpose goes back to where the money is kept; the payer's chip let it out.
    pub(super) fn judge_again(
        &self,
        terms: &Terms,
        pay: &Signed<Pay>,
        now: i64,
    ) -> Option<(Finding, Act)> {
        let Content::Purpose(bound) = &pay.body.content else {
            return None;
        };
        let purpose = &bound.purpose.body;
        if purpose.judge(&terms.tap(pay.body.time)) == Answer::Holds {
            return None;
        }
        let device = pay.body.payer.body.serial;
        let account = self.records.get(&device).map_or(0, |it| it.account);
        let amount = terms.amount;
        let finding = Finding {
            what: What::Purpose,
            named: Some(device),
            amount,
            at: now,
            trace: Vec::new(),
        };
        let back = Effect::UnloadPurpose {
            device,
            account,
            number: purpose.number,
            amount,
        };
        Some((finding, Act::Post(back)))
    }
}
