//! What a run begins with: parties, wallets, accounts and opening balances.

use std::sync::Arc;

use ledger::{AccountId, Class};
use money::MAX_MINOR;
use seal::KeyPair;

use super::{MOST_PARTIES, Simulation, Stop};
use crate::cbdc::Declaration;
use crate::describe::{Actor, Minor};
use crate::fact::{
    Cause, Change, Fact, Finality, Journal, Kind, NONE, OrderId, PartyId, Purpose, TextId, Title,
    WalletId,
};
use crate::rules::Issuance;
use crate::state::CENTRAL_BANK;

/// What a holder is opened with.
pub(super) struct Holder {
    pub(super) kind: Kind,
    pub(super) at: PartyId,
    pub(super) ty: u16,
    pub(super) deposit: Option<Minor>,
    pub(super) cash: Option<Minor>,
    /// Whether its wallet has a key, where payments are signed.
    pub(super) signs: bool,
    /// The agent that it comes through.
    pub(super) via: Option<PartyId>,
}

impl Simulation {
    pub(super) fn open_party(
        &mut self,
        cause: Cause,
        name: &str,
        kind: Kind,
        at: Option<PartyId>,
    ) -> Result<PartyId, Stop> {
        if self.names.contains_key(name) {
            return Err(Stop::NameTaken);
        }
        if self.world.party_count() >= MOST_PARTIES {
            return Err(Stop::TooMany);
        }
        let party = PartyId(self.world.party_count());
        let text = self.texts.intern(name.as_bytes());
        self.emit(
            cause,
            Fact::Changed(Change::PartyOpened {
                party,
                kind,
                at,
                name: text,
            }),
        )?;
        self.names.insert(name.to_owned(), Actor::Party(party));
        Ok(party)
    }

    pub(super) fn open_account(
        &mut self,
        cause: Cause,
        book: PartyId,
        class: Class,
        title: Title,
        subject: u32,
        may_overdraw: bool,
    ) -> Result<AccountId, Stop> {
        let account = AccountId(self.world.ledger().len());
        let change = Change::AccountOpened {
            account,
            book,
            class,
            title,
            subject,
            may_overdraw,
        };
        self.emit(cause, Fact::Changed(change))?;
        Ok(account)
    }

    pub(super) fn open_wallet(
        &mut self,
        cause: Cause,
        name: &str,
        key: Option<Arc<KeyPair>>,
        owner: PartyId,
        operator: PartyId,
        ty: u16,
    ) -> Result<WalletId, Stop> {
        if self.world.wallet_count() >= MOST_PARTIES {
            return Err(Stop::TooMany);
        }
        let wallet = WalletId(self.world.wallet_count());
        let public = key
            .as_ref()
            .map_or(TextId::default(), |key| self.texts.push(&key.public().0));
        self.keys.push(key);
        let text = self.texts.intern(name.as_bytes());
        let change = Change::WalletOpened {
            wallet,
            owner,
            operator,
            ty,
            name: text,
            key: public,
        };
        self.emit(cause, Fact::Changed(change))?;
        let (book, title) = match self.rules.issuance {
            Issuance::Stocked | Issuance::OnDemand => (CENTRAL_BANK, Title::Circulation),
            Issuance::Deposit => (operator, Title::Wallets),
        };
        self.open_account(cause, book, Class::Liability, title, wallet.0, false)?;
        Ok(wallet)
    }

    /// An opening balance: a posting that no request asked for.
    pub(super) fn open_with(
        &mut self,
        order: OrderId,
        book: PartyId,
        debit: Option<AccountId>,
        credit: Option<AccountId>,
        amount: i64,
    ) -> Result<(), Stop> {
        let (Some(debit), Some(credit), true) = (debit, credit, amount > 0) else {
            return Ok(());
        };
        let journal = Journal {
            book,
            debit,
            credit,
            amount,
            purpose: Purpose::Opening,
            finality: Finality::Final,
            order,
        };
        self.emit(Cause::Line(order), Fact::Posted(journal))
    }

    /// Two opening balances, if all money together can still be counted. It
    /// opens against the central bank's securities or a bank's loans.
    pub(super) fn fit(&self, one: Option<Minor>, other: Option<Minor>) -> Result<(i64, i64), Stop> {
        let (one, other) = (one.map_or(0, |it| it.0), other.map_or(0, |it| it.0));
        let all = self.world.sum(Title::Securities) + self.world.sum(Title::Loans);
        let fits = one
            .checked_add(other)
            .is_some_and(|sum| sum <= MAX_MINOR - all);
        if fits {
            Ok((one, other))
        } else {
            Err(Stop::TooMuchMoney)
        }
    }

    /// Declares a party or wallet with its opening balances.
    ///
    /// # Errors
    /// If the name is taken, there is too much of something, or the run has to
    /// stop.
    pub fn declare(&mut self, name: &str, declaration: &Declaration) -> Result<OrderId, Stop> {
        let order = self.next_order();
        let cause = Cause::Line(order);
        match *declaration {
            Declaration::Operator(it) => {
                let (reserves, cash) = self.fit(it.reserves, it.cash)?;
                let bank = self.open_party(cause, name, Kind::Operator, None)?;
                let of_regime: &[(Title, Class, bool)] = match self.rules.issuance {
                    Issuance::Stocked => &[(Title::Vault, Class::Asset, false)],
                    Issuance::OnDemand => &[],
                    Issuance::Deposit => &[
                        (Title::ToSettle, Class::Liability, false),
                        (Title::Accrued, Class::Liability, false),
                        (Title::InterestExpense, Class::Equity, true),
                    ],
                };
                let always = [
                    // The bank's book follows the central bank's: an issue may be known before reserves that came.
                    (Title::OwnReserves, Class::Asset, true),
                    (Title::Cash, Class::Asset, false),
                    (Title::Loans, Class::Asset, false),
                    (Title::ToReturn, Class::Liability, true),
                    (Title::Funds, Class::Equity, true),
                ];
                for (title, class, may_overdraw) in always.iter().chain(of_regime) {
                    self.open_account(cause, bank, *class, *title, NONE, *may_overdraw)?;
                }
                let mut owed = vec![Title::Reserves];
                if self.rules.issuance == Issuance::Stocked {
                    owed.push(Title::Repository);
                }
                for title in owed {
                    self.open_account(cause, CENTRAL_BANK, Class::Liability, title, bank.0, false)?;
                }
                let owed = self.world.of(CENTRAL_BANK, Title::Reserves, bank.0);
                let securities = self.world.own(CENTRAL_BANK, Title::Securities);
                self.open_with(order, CENTRAL_BANK, securities, owed, reserves)?;
                let (own, funds) = (
                    self.world.own(bank, Title::OwnReserves),
                    self.world.own(bank, Title::Funds),
                );
                self.open_with(order, bank, own, funds, reserves)?;
                self.hold_cash(order, bank, cash)?;
            }
            Declaration::Agent(it) => {
                self.check_bank(it.at)?;
                let agent = self.open_party(cause, name, Kind::Agent, Some(it.at))?;
                let client = [
                    (agent, Title::ClientAsset, Class::Asset, NONE),
                    (
                        CENTRAL_BANK,
                        Title::ClientReserves,
                        Class::Liability,
                        agent.0,
                    ),
                ];
                for (book, title, class, subject) in client {
                    self.open_account(cause, book, class, title, subject, false)?;
                }
                if it.deposit.is_some() || it.cash.is_some() {
                    let own = Holder {
                        kind: Kind::Agent,
                        at: it.at,
                        ty: self.rules.business_type,
                        deposit: it.deposit,
                        cash: it.cash,
                        signs: true,
                        via: None,
                    };
                    self.provide(order, name, agent, &own, true)?;
                }
            }
            Declaration::Person(it) => {
                let holder = Holder {
                    kind: Kind::Person,
                    at: it.at,
                    ty: it.ty.0,
                    deposit: it.deposit,
                    cash: it.cash,
                    signs: true,
                    via: it.via,
                };
                self.open_holder(order, name, &holder, it.deposit.is_some())?;
            }
            Declaration::Visitor(it) => {
                let holder = Holder {
                    kind: Kind::Visitor,
                    at: it.at,
                    ty: it.ty.0,
                    deposit: None,
                    cash: it.cash,
                    signs: true,
                    via: it.via,
                };
                self.open_holder(order, name, &holder, false)?;
            }
            Declaration::Merchant(it) => {
                let ty = it.ty.map_or(self.rules.business_type, |ty| ty.0);
                let holder = Holder {
                    kind: Kind::Merchant,
                    at: it.at,
                    ty,
                    deposit: it.deposit,
                    cash: it.cash,
                    signs: true,
                    via: it.via,
                };
                self.open_holder(order, name, &holder, true)?;
                self.sells(cause, name, it.category, it.area)?;
            }
            Declaration::Firm(it) => {
                let ty = it.ty.map_or(self.rules.business_type, |ty| ty.0);
                let holder = Holder {
                    kind: Kind::Firm,
                    at: it.at,
                    ty,
                    deposit: it.deposit,
                    cash: it.cash,
                    signs: true,
                    via: it.via,
                };
                self.open_holder(order, name, &holder, true)?;
            }
            Declaration::Wallet(it) => {
                if self.names.contains_key(name) {
                    return Err(Stop::NameTaken);
                }
                self.check_bank(it.at)?;
                self.check_holder(it.owner)?;
                let key = self.key_of(name);
                let wallet = self.open_wallet(cause, name, key, it.owner, it.at, it.ty.0)?;
                self.names.insert(name.to_owned(), Actor::Wallet(wallet));
            }
            Declaration::Crowd(it) => self.open_crowd(order, name, &it)?,
        }
        Ok(order)
    }

    pub(super) fn check_bank(&self, party: PartyId) -> Result<(), Stop> {
        match self.world.party(party) {
            Some(bank) if bank.kind == Kind::Operator => Ok(()),
            _ => Err(Stop::CannotAct),
        }
    }

    pub(super) fn check_holder(&self, party: PartyId) -> Result<(), Stop> {
        match self.world.party(party) {
            Some(holder) if holder.at.is_some() => Ok(()),
            _ => Err(Stop::CannotAct),
        }
    }

    pub(super) fn open_holder(
        &mut self,
        order: OrderId,
        name: &str,
        holder: &Holder,
        has_account: bool,
    ) -> Result<(), Stop> {
        self.check_bank(holder.at)?;
        let of_agent = |agent: PartyId| self.world.party(agent).map(|it| (it.kind, it.at));
        if let Some(agent) = holder.via
            && of_agent(agent) != Some((Kind::Agent, Some(holder.at)))
        {
            return Err(Stop::NotItsAgent);
        }
        self.fit(holder.deposit, holder.cash)?;
        let cause = Cause::Line(order);
        let party = self.open_party(cause, name, holder.kind, Some(holder.at))?;
        if let Some(agent) = holder.via {
            self.emit(cause, Fact::Changed(Change::Fronted { party, agent }))?;
        }
        self.provide(order, name, party, holder, has_account)
    }

    /// Gives a party money of its own: a wallet, banknotes, a bank account.
    pub(super) fn provide(
        &mut self,
        order: OrderId,
        name: &str,
        party: PartyId,
        holder: &Holder,
        has_account: bool,
    ) -> Result<(), Stop> {
        let cause = Cause::Line(order);
        let (deposit, cash) = self.fit(holder.deposit, holder.cash)?;
        for (title, class) in [(Title::Cash, Class::Asset), (Title::Funds, Class::Equity)] {
            // What a holder has elsewhere may exceed what it brought.
            self.open_account(cause, party, class, title, NONE, title == Title::Funds)?;
        }
        if has_account {
            let account = self.open_account(
                cause,
                holder.at,
                Class::Liability,
                Title::Deposits,
                party.0,
                false,
            )?;
            let loans = self.world.own(holder.at, Title::Loans);
            self.open_with(order, holder.at, loans, Some(account), deposit)?;
        }
        self.hold_cash(order, party, cash)?;
        let key = holder.signs.then(|| self.key_of(name)).flatten();
        self.open_wallet(cause, name, key, party, holder.at, holder.ty)?;
        Ok(())
    }

    /// Opening banknotes: the central bank has issued them, somebody holds them.
    pub(super) fn hold_cash(
        &mut self,
        order: OrderId,
        party: PartyId,
        amount: i64,
    ) -> Result<(), Stop> {
        let securities = self.world.own(CENTRAL_BANK, Title::Securities);
        let notes = self.world.own(CENTRAL_BANK, Title::Notes);
        self.open_with(order, CENTRAL_BANK, securities, notes, amount)?;
        let (cash, funds) = (
            self.world.own(party, Title::Cash),
            self.world.own(party, Title::Funds),
        );
        self.open_with(order, party, cash, funds, amount)
    }
}
