//! Work to measure the engine by: the same natively and in a browser, without
//! a clock of its own.

use std::sync::Arc;

use seal::{KeyPair, PublicKey, Signature};
use world::cbdc::{Declaration, Exchange, Issue, Operation, Operator, Pay, Person};
use world::describe::{Actor, Minor, Scope, TypeNo};
use world::fact::PartyId;
use world::invariants;
use world::kernel::{Simulation, Stop};

use crate::presets::Preset;
use crate::run::{ENGINE, RunError};

/// What each wallet begins with, minor units.
const EACH: i64 = 10_000_000;

/// Unsigned payments between wallets of one operator: each is checked against
/// the wallet's limits, posted, recorded, digested and followed by the quick
/// invariants.
#[derive(Debug)]
pub struct Payments {
    simulation: Simulation,
    wallets: Vec<Actor>,
    made: usize,
}

impl Payments {
    /// A bank with this many customers, each with money in its wallet.
    ///
    /// # Errors
    /// If the run has to stop.
    pub fn new(wallets: u32) -> Result<Payments, RunError> {
        let preset =
            Preset::find("cny-2025", None).ok_or_else(|| RunError::Path("cny-2025".to_owned()))?;
        let rules = Arc::new(preset.rules(&[])?);
        let start = rules.zone.start_of_day(20_395).map_or(0, |start| start.0);
        let stopped = |stop: Stop| RunError::Stopped {
            line: 0,
            why: stop.into(),
        };
        let mut simulation = Simulation::new(rules, ENGINE, 1, false, start).map_err(stopped)?;
        let total = EACH * i64::from(wallets);
        let bank = Declaration::Operator(Operator {
            reserves: Some(Minor(total)),
            cash: None,
        });
        simulation.declare("Bank", &bank).map_err(stopped)?;
        let bank = PartyId(1);
        let issue = Operation::Issue(Issue {
            amount: Minor(total),
            to: bank,
        });
        simulation
            .act(Actor::Party(PartyId(0)), &issue, None)
            .map_err(stopped)?;
        let ty = TypeNo(simulation.wallet_type("II").unwrap_or(0));
        let mut actors = Vec::new();
        for number in 0..wallets {
            let name = format!("P{number}");
            let person = Declaration::Person(Person {
                at: bank,
                ty,
                deposit: Some(Minor(EACH)),
                cash: None,
                via: None,
            });
            simulation.declare(&name, &person).map_err(stopped)?;
            let actor = simulation.actor(&name).unwrap_or(Actor::Party(PartyId(0)));
            simulation
                .act(
                    actor,
                    &Operation::Exchange(Exchange {
                        amount: Minor(EACH),
                    }),
                    None,
                )
                .map_err(stopped)?;
            actors.push(actor);
        }
        Ok(Payments {
            simulation,
            wallets: actors,
            made: 0,
        })
    }

    /// Makes this many payments. Says how many were followed by a broken
    /// invariant: none, if the engine is sound.
    ///
    /// # Errors
    /// If the run has to stop.
    pub fn make(&mut self, payments: u32) -> Result<u32, Stop> {
        let mut broken = 0;
        let wallets = self.wallets.len();
        for _ in 0..payments {
            let (payer, payee) = (self.made * 3 % wallets, (self.made * 7 + 1) % wallets);
            let payee = if payer == payee {
                (payee + 1) % wallets
            } else {
                payee
            };
            let amount = Minor(1 + (self.made % 50) as i64);
            let pay = Operation::Pay(Pay {
                to: self.wallets[payee],
                amount,
                memo: None,
                key: None,
            });
            self.simulation.act(self.wallets[payer], &pay, None)?;
            let holds = invariants::hold(self.simulation.world());
            broken += u32::from(!holds);
            self.made += 1;
        }
        Ok(broken)
    }

    /// How many facts there are.
    pub fn facts(&self) -> u32 {
        self.simulation.log().len()
    }

    /// How many requests were refused.
    pub fn refused(&self) -> usize {
        self.simulation.log().refusals().count()
    }

    /// The run.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }
}

/// Ed25519 over messages of the size of a payment instruction.
#[derive(Debug)]
pub struct Signatures {
    key: KeyPair,
    public: PublicKey,
    message: [u8; 128],
    signature: Signature,
}

impl Default for Signatures {
    fn default() -> Self {
        let key = KeyPair::derive(1, "bench", "signer");
        let message = [0x5a; 128];
        Signatures {
            public: key.public(),
            signature: key.sign(&message),
            message,
            key,
        }
    }
}

impl Signatures {
    /// Signs this often, each time another message.
    pub fn sign(&mut self, times: u32) {
        for number in 0..times {
            self.message[..4].copy_from_slice(&number.to_le_bytes());
            self.signature = self.key.sign(&self.message);
        }
    }

    /// Verifies the last signature this often; says how often it was good.
    pub fn verify(&self, times: u32) -> u32 {
        (0..times)
            .filter(|_| self.public.verify(&self.message, &self.signature).is_ok())
            .count() as u32
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_measured_payments_are_made_and_sound() {
        let mut payments = Payments::new(20).unwrap();
        let before = payments.facts();
        assert_eq!(payments.make(500).unwrap(), 0);
        assert_eq!(payments.refused(), 0);
        assert!(payments.facts() > before + 500 * 5);
        let mut signatures = Signatures::default();
        signatures.sign(3);
        assert_eq!(signatures.verify(3), 3);
    }
}
