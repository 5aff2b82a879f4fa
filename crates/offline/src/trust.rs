//! What a payment is checked against, the same at a payee and at an operator.

use seal::PublicKey;

use crate::blind;
use crate::code::{Checked, Code, must};
use crate::coins::sum;
use crate::mint;
use crate::object::{
    BearerContent, Cert, Class, Content, Evidence, Hash, Keys, Model, Payment, Request,
    RevocationList,
};
use crate::purpose::Tap;
use crate::wire::Signed;

/// Whether the central bank certified each of these operators.
pub(crate) fn check_operators(root: &PublicKey, operators: &[Signed<Cert>]) -> Checked {
    operators.iter().try_for_each(|cert| {
        let of_the_root = cert.body.class == Class::Operator && cert.body.operator == 0;
        must(of_the_root, Code::Operator)?;
        cert.verify(root)
    })
}

/// Whom to believe.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'a> {
    /// The operators' certificates, checked when they were learned.
    pub operators: &'a [Signed<Cert>],
    /// The revocation list.
    pub list: &'a RevocationList,
    /// The keys of coins.
    pub keys: &'a [Signed<Keys>],
}

/// What a request asks for, once it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The request's digest.
    pub request: Hash,
    /// Who asks.
    pub payee: u64,
    /// The payee's operator.
    pub operator: u64,
    /// The payee's key.
    pub key: PublicKey,
    /// How much.
    pub amount: i64,
    /// The request's nonce.
    pub nonce: [u8; 16],
    /// The category on the payee's certificate, zero for none.
    pub category: u32,
}

impl Terms {
    /// What a device knows of paying these terms.
    #[must_use]
    pub const fn tap(&self, now: i64) -> Tap {
        Tap {
            now,
            amount: self.amount,
            category: self.category,
        }
    }
}

impl Trust<'_> {
    /// The key of an operator that the central bank certified.
    pub fn operator(&self, serial: u64) -> Checked<PublicKey> {
        let cert = self
            .operators
            .iter()
            .find(|cert| cert.body.serial == serial);
        Ok(cert.ok_or(Code::Operator)?.body.key)
    }

    /// Whether an operator signed this certificate of a device.
    pub fn signed(&self, cert: &Signed<Cert>) -> Checked {
        must(cert.body.class != Class::Operator, Code::Operator)?;
        cert.verify(&self.operator(cert.body.operator)?)
    }

    /// Whether a certificate is signed, valid now and not revoked.
    pub fn valid(&self, cert: &Signed<Cert>, now: i64) -> Checked {
        self.signed(cert)?;
        let body = &cert.body;
        must(now >= body.not_before, Code::NotYet)?;
        must(now <= body.not_after, Code::Expired)?;
        must(!self.revoked(body.serial), Code::Revoked)
    }

    /// Whether the list names this serial number.
    #[must_use]
    pub fn revoked(&self, serial: u64) -> bool {
        self.list.serials.binary_search(&serial).is_ok()
    }

    /// A request's terms, if its payee signed it. Whether the certificate is valid is asked with
    /// a time; without one it is signed only.
    pub fn terms(&self, request: &Signed<Request>, now: Option<i64>) -> Checked<Terms> {
        let body = &request.body;
        match now {
            Some(now) => self.valid(&body.payee, now)?,
            None => self.signed(&body.payee)?,
        }
        request.verify(&body.payee.body.key)?;
        must(body.amount > 0, Code::Amount)?;
        Ok(Terms {
            request: request.hash(),
            payee: body.payee.body.serial,
            operator: body.payee.body.operator,
            key: body.payee.body.key,
            amount: body.amount,
            nonce: body.nonce,
            category: body.payee.body.category,
        })
    }

    /// The public key of coins of a value and an epoch.
    pub fn coin_key(&self, model: Model, epoch: u64, amount: i64) -> Checked<(&[u8; 32], i64)> {
        let of_epoch = |keys: &&Signed<Keys>| keys.body.model == model && keys.body.epoch == epoch;
        let keys = self.keys.iter().find(of_epoch).ok_or(Code::EpochOver)?;
        let point = keys.body.points.iter().find(|(value, _)| *value == amount);
        let (_, point) = point.ok_or(Code::Proof)?;
        Ok((point, keys.body.not_after))
    }

    /// Whether a payment pays these terms: every signature and every proof. With a time, the
    /// payer's certificate and the coins' epochs must be valid at it as well.
    pub fn payment(&self, pay: &Payment, terms: &Terms, now: Option<i64>) -> Checked {
        let (payee, amount, request) = pay.terms();
        let fits = payee == terms.payee && amount == terms.amount && request == terms.request;
        match pay {
            Payment::Named(pay) => {
                let body = &pay.body;
                match now {
                    Some(now) => self.valid(&body.payer, now)?,
                    None => self.signed(&body.payer)?,
                }
                pay.verify(&body.payer.body.key)?;
                must(fits, Code::RequestOther)?;
                must(body.payer.body.serial != terms.payee, Code::Self_)?;
                self.content(&body.content, &body.payer.body, terms, now)
            }
            Payment::Bearer(pay) => match &pay.content {
                _ if !fits => Err(Code::RequestOther.into()),
                BearerContent::Blind(shows) => {
                    must(!shows.is_empty(), Code::Proof)?;
                    let ascending = shows.windows(2).all(|pair| pair[0].r < pair[1].r);
                    must(ascending, Code::Proof)?;
                    let total = sum(shows.iter().map(|show| show.amount))?;
                    must(total == terms.amount, Code::RequestOther)?;
                    for show in shows {
                        let key = self.coin_key(Model::Blind, show.epoch, show.amount)?;
                        must(now.is_none_or(|now| now <= key.1), Code::EpochOver)?;
                        blind::check_show(show, key.0, &terms.request)?;
                    }
                    Ok(())
                }
                BearerContent::Mint(proofs) => {
                    must(!proofs.is_empty(), Code::Proof)?;
                    let ascending = proofs.windows(2).all(|pair| pair[0].nonce < pair[1].nonce);
                    must(ascending, Code::Proof)?;
                    let total = sum(proofs.iter().map(|proof| proof.amount))?;
                    must(total == terms.amount, Code::RequestOther)?;
                    for proof in proofs {
                        let key = self.coin_key(Model::Mint, proof.epoch, proof.amount)?;
                        must(now.is_none_or(|now| now <= key.1), Code::EpochOver)?;
                        must(proof.lock.is_none_or(|lock| lock == terms.key), Code::Proof)?;
                        mint::check(proof, key.0)?;
                    }
                    Ok(())
                }
            },
        }
    }

    fn content(&self, content: &Content, payer: &Cert, terms: &Terms, now: Option<i64>) -> Checked {
        match content {
            // The chip's word is its signature, which is verified.
            Content::Purse(_) => Ok(()),
            Content::Purpose(bound) => {
                let purpose = &bound.purpose;
                must(purpose.body.operator == payer.operator, Code::Proof)?;
                purpose.verify(&self.operator(purpose.body.operator)?)?;
                // Without a clock, whoever asks judges by what it knows.
                now.map_or(Ok(()), |now| purpose.body.allows(&terms.tap(now)))
            }
            Content::Coins(chains) => {
                must(!chains.is_empty(), Code::Proof)?;
                let id = |at: usize| chains[at].coin.body.id;
                must((1..chains.len()).all(|at| id(at - 1) < id(at)), Code::Proof)?;
                let total = sum(chains.iter().map(|chain| chain.coin.body.amount))?;
                must(total == terms.amount, Code::RequestOther)?;
                for chain in chains {
                    let coin = &chain.coin.body;
                    must(now.is_none_or(|now| now <= coin.not_after), Code::EpochOver)?;
                    let last = chain.links.last().ok_or(Code::Proof)?;
                    must(
                        chain.owner() == (terms.payee, terms.key),
                        Code::RequestOther,
                    )?;
                    must(last.body.request == terms.request, Code::RequestOther)?;
                    let before = chain.owner_before(chain.links.len() - 1);
                    must(before == (payer.serial, payer.key), Code::Proof)?;
                    chain.check(&self.operator(coin.operator)?)?;
                    // A name on the list anywhere in the chain makes the coin doubtful.
                    let named = chain.links.iter().map(|link| link.body.to);
                    let doubtful = named.chain([coin.owner]).any(|serial| self.revoked(serial));
                    must(now.is_none() || !doubtful, Code::Revoked)?;
                }
                Ok(())
            }
            Content::Promise(promise) => {
                let ceiling = &promise.ceiling.body;
                promise.ceiling.verify(&self.operator(ceiling.operator)?)?;
                let own = (ceiling.payer, ceiling.key) == (payer.serial, payer.key);
                must(own, Code::Proof)?;
                let within = promise.remaining >= 0
                    && promise.sequence >= ceiling.start
                    && promise
                        .remaining
                        .checked_add(terms.amount)
                        .is_some_and(|sum| sum <= ceiling.amount);
                must(within, Code::Ceiling)?;
                let open = now.is_none_or(|now| ceiling.from <= now && now <= ceiling.to);
                must(open, Code::Ceiling)
            }
        }
    }

    /// A payment with its request, both verified, but for what time and lists say.
    pub fn evidence(&self, evidence: &Evidence) -> Checked<(Terms, Payment)> {
        let request = Signed::<Request>::decode(&evidence.request.0)?;
        let terms = self.terms(&request, None)?;
        let pay = Payment::decode(&evidence.pay.0)?;
        self.payment(&pay, &terms, None)?;
        Ok((terms, pay))
    }
}
