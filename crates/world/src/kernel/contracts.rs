//! Contracts and conditions that the run's text says, and what is asked of them.

use std::sync::Arc;

use super::{Simulation, Stop};
use crate::cbdc::{Command, Input};
use crate::contracts::Operation;
use crate::describe::{Actor, Count};
use crate::fact::{
    Cause, Change, ContractChange, Fact, Kind, Limits, OrderId, PartyId, Shop, Terms, TextId,
    WalletId,
};
use crate::state::Form;

impl Simulation {
    /// Gives the contracts and conditions that the run's text says, in their
    /// order, before anything happens.
    pub fn know(&mut self, forms: Vec<Form>) {
        let forms: Arc<[Form]> = forms.into();
        self.log.know(&forms);
        self.world.know(forms);
    }

    /// A contract or condition stands written from now on: the next of those
    /// that are [known](Self::know). `players` are whoever plays its parties, in
    /// their order.
    ///
    /// # Errors
    /// If the name is taken, or somebody has no wallet to play with.
    pub fn write(
        &mut self,
        name: &str,
        number: u32,
        text: &str,
        players: &[&str],
    ) -> Result<OrderId, Stop> {
        if self.names.contains_key(name) {
            return Err(Stop::NameTaken);
        }
        if self.world.form(number).is_none() {
            return Err(Stop::CannotAct);
        }
        let wallets: Option<Vec<WalletId>> = players
            .iter()
            .map(|player| self.wallet_of(*self.names.get(*player)?))
            .collect();
        let wallets = wallets.ok_or(Stop::CannotAct)?;
        let order = self.next_order();
        let cause = Cause::Line(order);
        let title = self.texts.intern(name.as_bytes());
        let text = self.texts.intern(text.as_bytes());
        self.change(
            cause,
            ContractChange::Written {
                number,
                name: title,
                text,
            },
        )?;
        for (role, wallet) in (0..).zip(wallets) {
            self.change(
                cause,
                ContractChange::Plays {
                    number,
                    role,
                    wallet,
                },
            )?;
        }
        // A condition may ask what a merchant sells and where.
        if matches!(self.world.form(number), Some(Form::Condition(_))) {
            let known: Vec<_> = self.shops.iter().map(|(id, it)| (*id, *it)).collect();
            for (wallet, shop) in known {
                if self.world.shop(wallet).is_none() {
                    self.change(cause, ContractChange::Sells { wallet, shop })?;
                }
            }
        }
        self.names.insert(name.to_owned(), Actor::Form(number));
        Ok(order)
    }

    /// Keeps what a merchant sells and where, and says so where a condition may ask.
    pub(super) fn sells(
        &mut self,
        cause: Cause,
        name: &str,
        category: Option<Count>,
        area: Option<TextId>,
    ) -> Result<(), Stop> {
        let most = Stop::NumberTooLarge(u32::from(u16::MAX));
        let category = category.map(|it| u16::try_from(it.0).map_err(|_| most));
        let shop = Shop {
            category: category.transpose()?,
            area: area.filter(|it| !self.texts.text(*it).is_empty()),
        };
        let wallet = self.names.get(name).and_then(|it| self.wallet_of(*it));
        let (Some(wallet), true) = (wallet, shop != Shop::default()) else {
            return Ok(());
        };
        self.shops.insert(wallet, shop);
        let forms = (0..).map_while(|number| self.world.form(number));
        let asks = forms.zip(0..).any(|(form, number)| {
            matches!(form, Form::Condition(_)) && self.world.written(number).is_some()
        });
        if asks {
            self.change(cause, ContractChange::Sells { wallet, shop })?;
        }
        Ok(())
    }

    fn change(&mut self, cause: Cause, change: ContractChange) -> Result<(), Stop> {
        self.emit(cause, Fact::Changed(Change::Contract(change)))
    }

    /// Lets an actor ask something of a contract now, under a name if it is to
    /// be spoken of; everything it causes at this instant happens.
    ///
    /// # Errors
    /// If the actor cannot ask that, the name is taken, or the run has to stop.
    pub fn ask_contract(
        &mut self,
        actor: Actor,
        operation: &Operation,
        name: Option<&str>,
    ) -> Result<OrderId, Stop> {
        self.may_begin(operation.amount().into_iter(), name)?;
        let (party, wallet) = self.who_asks(actor, operation)?;
        let order = OrderId(self.orders + 1);
        let mut terms = Terms::default();
        let mut command = Command {
            order,
            purpose: operation.purpose(),
            wallet,
            other: None,
            to: None,
            amount: operation.amount().unwrap_or(0),
            memo: TextId::default(),
            terms: None,
            limits: Limits::default(),
        };
        let payee = |it| self.wallet_of(it).map(|it| it.0).ok_or(Stop::CannotAct);
        match *operation {
            Operation::Open(it) => {
                let number = form(it.contract)?;
                command.other = Some(number);
                let machine = self.world.form(number).and_then(Form::machine);
                let machine = machine.ok_or(Stop::CannotAct)?;
                command.amount = machine.hold().map_or(0, |(_, amount)| amount);
            }
            Operation::Wrap(it) => {
                command.other = Some(form(it.condition)?);
                terms.due = self.world.now().saturating_add(it.length.0);
            }
            Operation::Claim(it) => {
                terms.about = Some(opened(it.contract)?);
                command.memo = self.texts.intern(b"claims");
            }
            Operation::Say(it) => {
                terms.about = Some(opened(it.contract)?);
                command.memo = it.what.0;
            }
            Operation::Deposit(it) => {
                terms.about = Some(opened(it.contract)?);
                terms.address = it.owner.map_or(TextId::default(), |it| it.0);
            }
            Operation::Sign(it) => {
                terms.about = Some(opened(it.contract)?);
                command.memo = it.what.0;
            }
            Operation::Show(it) => {
                terms.about = Some(opened(it.contract)?);
                command.memo = it.preimage;
            }
            Operation::Name(it) => {
                terms.about = Some(opened(it.contract)?);
                command.memo = it.value.0;
                command.amount = it.sum.0;
            }
            Operation::Event(it) => {
                terms.about = Some(opened(it.contract)?);
                command.memo = it.event.0;
                terms.address = it.of.0;
            }
            Operation::Hand(it) => {
                terms.about = Some(opened(it.money)?);
                command.other = Some(payee(it.to)?);
            }
            Operation::Approve(it) => {
                terms.about = Some(opened(it.money)?);
                command.other = Some(payee(it.to)?);
            }
            Operation::Spend(it) => {
                terms.about = Some(opened(it.money)?);
                command.other = Some(payee(it.to)?);
                terms.address = it.preimage.unwrap_or_default();
            }
        }
        if command.other.is_none() {
            command.other = terms.about.map(|it| it.0);
        }
        if let Some(name) = name {
            terms.name = self.texts.intern(name.as_bytes());
            self.names.insert(name.to_owned(), Actor::Order(order));
        }
        command.terms = (terms != Terms::default()).then_some(terms);
        self.orders = order.0;
        if !self.world.is_connected(party) {
            let asked = (command.purpose, command.amount);
            return self.no_network(order, party, wallet, asked);
        }
        let input = Input::Command(command);
        self.decide(party, Cause::Line(order), &input, Change::Idle)?;
        self.drain(self.world.now())?;
        Ok(order)
    }

    fn who_asks(
        &self,
        actor: Actor,
        operation: &Operation,
    ) -> Result<(PartyId, Option<WalletId>), Stop> {
        match (actor, operation) {
            (Actor::Party(party), Operation::Event(_)) => {
                let kind = self.world.party(party).map(|it| it.kind);
                let may = kind == Some(Kind::CentralBank);
                may.then_some((party, None)).ok_or(Stop::CannotAct)
            }
            (_, Operation::Event(_)) => Err(Stop::CannotAct),
            _ => {
                let wallet = self.wallet_of(actor).ok_or(Stop::CannotAct)?;
                let owner = self.world.wallet(wallet).ok_or(Stop::CannotAct)?.owner;
                Ok((owner, Some(wallet)))
            }
        }
    }
}

fn form(actor: Actor) -> Result<u32, Stop> {
    match actor {
        Actor::Form(number) => Ok(number),
        _ => Err(Stop::CannotAct),
    }
}

fn opened(actor: Actor) -> Result<OrderId, Stop> {
    match actor {
        Actor::Order(order) => Ok(order),
        _ => Err(Stop::CannotAct),
    }
}
