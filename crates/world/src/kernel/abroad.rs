//! What is declared beyond the country, and what banks ask for across a border.

use ledger::{AccountId, Class};
use money::{Currency, MAX_MINOR};

use super::{Simulation, Stop};
use crate::bridge::{Ask, Declaration, Operation};
use crate::cbdc::Input;
use crate::describe::{Actor, Figure};
use crate::fact::{Cause, Change, Deal, Fact, Kind, NONE, OrderId, PartyId, TextId, Title};
use crate::state::CENTRAL_BANK;

impl Simulation {
    /// Declares a central bank or bank abroad, the common platform, or an
    /// account of one bank at another, with its opening balance.
    ///
    /// # Errors
    /// If the name is taken, or there are too many or too much of them.
    pub fn declare_abroad(
        &mut self,
        name: &str,
        declaration: &Declaration,
    ) -> Result<OrderId, Stop> {
        if self.names.contains_key(name) {
            return Err(Stop::NameTaken);
        }
        let order = self.next_order();
        let cause = Cause::Line(order);
        match *declaration {
            Declaration::Platform(_) => {
                if self.world.platform().is_some() {
                    return Err(Stop::PlatformTaken);
                }
                self.open_party(cause, name, Kind::Platform, None)?;
            }
            Declaration::Authority(it) => {
                let currency = it.currency.0;
                let code = currency.code();
                if self.world.currencies().any(|(_, it)| it.code() == code) {
                    return Err(Stop::CurrencyTaken);
                }
                let party = self.open_party(cause, name, Kind::Authority, None)?;
                self.emit(cause, Fact::Changed(Change::Adopted { party, currency }))?;
                self.open_in(cause, party, (Title::Securities, NONE), currency)?;
            }
            Declaration::ForeignBank(it) => {
                let currency = self.currency_abroad(it.at)?;
                let reserves = self.in_minor(it.reserves, currency)?;
                self.fits_in(currency, reserves)?;
                let bank = self.open_party(cause, name, Kind::ForeignBank, Some(it.at))?;
                let own = self.open_in(cause, bank, (Title::OwnReserves, NONE), currency)?;
                let funds = self.open_in(cause, bank, (Title::Funds, NONE), currency)?;
                self.open_in(cause, it.at, (Title::Reserves, bank.0), currency)?;
                self.bring_reserves(order, bank, currency, reserves)?;
                self.open_with(order, bank, Some(own), Some(funds), reserves)?;
            }
            Declaration::Nostro(it) => {
                let (of, at) = (self.bank(it.of)?, self.bank(it.at)?);
                let currency = self.world.home_currency(at);
                let balance = self.in_minor(it.balance, currency)?;
                self.fits_in(currency, balance)?;
                let known = self.world.account_in(of, Title::Nostro, at.0, currency);
                if known.is_some() || of == at {
                    return Err(Stop::CannotAct);
                }
                let nostro = self.open_in(cause, of, (Title::Nostro, at.0), currency)?;
                let vostro = self.open_in(cause, at, (Title::Vostro, of.0), currency)?;
                let position = self.open_in(cause, of, (Title::Position, NONE), currency)?;
                // Whoever opened the account paid in: the bank that keeps it got reserves for it.
                self.bring_reserves(order, at, currency, balance)?;
                let reserves = self
                    .world
                    .account_in(at, Title::OwnReserves, NONE, currency);
                self.open_with(order, at, reserves, Some(vostro), balance)?;
                self.open_with(order, of, Some(nostro), Some(position), balance)?;
                self.names.insert(name.to_owned(), Actor::Account(nostro));
            }
        }
        Ok(order)
    }

    /// Opens an account in a currency of its own, unless there is one.
    fn open_in(
        &mut self,
        cause: Cause,
        book: PartyId,
        (title, subject): (Title, u32),
        currency: Currency,
    ) -> Result<AccountId, Stop> {
        if let Some(account) = self.world.account_in(book, title, subject, currency) {
            return Ok(account);
        }
        let class = match title {
            Title::Securities | Title::OwnReserves | Title::Nostro => Class::Asset,
            Title::Funds | Title::Position => Class::Equity,
            _ => Class::Liability,
        };
        let account = AccountId(self.world.ledger().len());
        let change = Change::AccountIn {
            account,
            book,
            class,
            title,
            subject,
            // As at home: a bank's book follows the central bank's.
            may_overdraw: !matches!(title, Title::Securities | Title::Reserves),
            currency,
        };
        self.emit(cause, Fact::Changed(change))?;
        Ok(account)
    }

    /// The central bank of a bank has taken securities for its reserves.
    fn bring_reserves(
        &mut self,
        order: OrderId,
        bank: PartyId,
        currency: Currency,
        amount: i64,
    ) -> Result<(), Stop> {
        let authority = self.world.authority_of(bank).unwrap_or(CENTRAL_BANK);
        let account = |title, subject| self.world.account_in(authority, title, subject, currency);
        let (securities, owed) = (
            account(Title::Securities, NONE),
            account(Title::Reserves, bank.0),
        );
        self.open_with(order, authority, securities, owed, amount)
    }

    /// The currency of a central bank abroad.
    fn currency_abroad(&self, authority: PartyId) -> Result<Currency, Stop> {
        let is_abroad = self
            .world
            .party(authority)
            .is_some_and(|party| party.kind == Kind::Authority);
        let currency = self.world.currency_of(authority);
        currency.filter(|_| is_abroad).ok_or(Stop::CannotAct)
    }

    fn bank(&self, party: PartyId) -> Result<PartyId, Stop> {
        let kind = self.world.party(party).map(|party| party.kind);
        match kind {
            Some(Kind::Operator | Kind::ForeignBank) => Ok(party),
            _ => Err(Stop::CannotAct),
        }
    }

    fn in_minor(&self, figure: Option<Figure>, currency: Currency) -> Result<i64, Stop> {
        let minor = figure.map(|it| it.minor(currency).ok_or(Stop::NoSuchSum(currency)));
        minor.unwrap_or(Ok(0))
    }

    /// Whether all of a currency can still be counted.
    fn fits_in(&self, currency: Currency, amount: i64) -> Result<(), Stop> {
        let sum = |title| self.world.sum_in(title, currency);
        let all = sum(Title::Securities) + sum(Title::Loans);
        if amount <= MAX_MINOR - all {
            Ok(())
        } else {
            Err(Stop::TooMuchMoney)
        }
    }

    /// Lets a bank ask for something across a border now, under a name if it
    /// is to be spoken of; everything it causes at this instant happens.
    ///
    /// # Errors
    /// If the bank cannot ask that, the name is taken, or the run has to stop.
    pub fn ask_abroad(
        &mut self,
        actor: Actor,
        operation: &Operation,
        name: Option<&str>,
    ) -> Result<OrderId, Stop> {
        self.may_begin(std::iter::empty(), name)?;
        let Actor::Party(me) = actor else {
            return Err(Stop::CannotAct);
        };
        let me = self.bank(me)?;
        let home = self.world.authority_of(me).ok_or(Stop::CannotAct)?;
        let order = OrderId(self.orders + 1);
        let mut ask = Ask {
            order,
            purpose: operation.purpose(),
            deal: Deal {
                seller: me,
                buyer: me,
                sells: home,
                buys: home,
                sell: 0,
                buy: 0,
                due: 0,
                rate: TextId::default(),
            },
            rate: None,
            about: None,
            via: None,
        };
        let deal = &mut ask.deal;
        let home_of = |bank| self.world.authority_of(bank).ok_or(Stop::CannotAct);
        let sum = match *operation {
            Operation::BridgeIssue(it) => {
                deal.sells = it.at.unwrap_or(home);
                deal.buyer = deal.sells;
                Some(it.amount)
            }
            Operation::BridgeRedeem(it) => {
                deal.sells = it.at.unwrap_or(home);
                deal.buyer = deal.sells;
                Some(it.amount)
            }
            Operation::BridgeQuote(it) => {
                deal.buyer = self.bank(it.to)?;
                deal.sells = it.of.unwrap_or(home);
                deal.buys = it.against.map_or_else(|| home_of(it.to), Ok)?;
                deal.due = self.world.now().saturating_add(it.length.0);
                ask.rate = Some(it.rate.0);
                Some(it.sell)
            }
            Operation::BridgePay(it) => {
                deal.buyer = self.bank(it.to)?;
                deal.sells = it.of.map_or_else(|| home_of(it.to), Ok)?;
                Some(it.amount)
            }
            Operation::CorrespondentPay(it) => {
                deal.buyer = self.bank(it.to)?;
                deal.buys = home_of(it.to)?;
                ask.rate = Some(it.rate.0);
                ask.via = it.via;
                Some(it.amount)
            }
            Operation::BridgeAccept(it) => {
                ask.about = Some(quoted(it.quote)?);
                None
            }
            Operation::BridgeDecline(it) => {
                ask.about = Some(quoted(it.quote)?);
                None
            }
        };
        let deal = &mut ask.deal;
        for authority in [deal.sells, deal.buys] {
            self.world.currency_of(authority).ok_or(Stop::CannotAct)?;
        }
        if let Some(sum) = sum {
            let currency = self.world.currency_of(deal.sells).ok_or(Stop::CannotAct)?;
            deal.sell = self.in_minor(Some(sum), currency)?;
            if deal.sell <= 0 {
                return Err(Stop::NotPositive);
            }
        }
        if let Some(rate) = ask.rate {
            deal.rate = self.texts.intern(rate.to_string().as_bytes());
        }
        self.orders = order.0;
        if let Some(name) = name {
            self.names.insert(name.to_owned(), Actor::Order(order));
        }
        let input = Input::Abroad(ask);
        self.decide(me, Cause::Line(order), &input, Change::Idle)?;
        self.drain(self.world.now())?;
        Ok(order)
    }
}

fn quoted(actor: Actor) -> Result<OrderId, Stop> {
    match actor {
        Actor::Order(order) => Ok(order),
        _ => Err(Stop::CannotAct),
    }
}
