//! What there is beyond one country: other central banks and their banks, the
//! common platform, accounts in other currencies, and what is dealt across.

use std::collections::BTreeMap;

use ledger::AccountId;
use money::Currency;

use super::{CENTRAL_BANK, World};
use crate::fact::{
    Change, Deal, Kind, Message, NONE, OrderId, PartyId, Purpose, Refusal, Stage, Title,
};
use crate::refusal::Code;

/// A payment at a correspondent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forward {
    /// Who it came from.
    pub from: PartyId,
    /// How much came.
    pub amount: i64,
    /// When it is passed on, milliseconds.
    pub due: i64,
    /// What of it was passed on, after the fee; 0 before.
    pub passed: i64,
}

/// All of it. In a run within one country it is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Abroad {
    platform: Option<PartyId>,
    currencies: BTreeMap<PartyId, Currency>,
    accounts: BTreeMap<(PartyId, Title, Currency, u32), AccountId>,
    deals: BTreeMap<OrderId, Deal>,
    stages: BTreeMap<(PartyId, OrderId), Stage>,
    routes: BTreeMap<OrderId, Vec<PartyId>>,
    forwards: BTreeMap<(PartyId, OrderId), Forward>,
}

impl Abroad {
    /// Takes in what changed.
    pub(super) fn change(&mut self, change: &Change) {
        match *change {
            Change::PartyOpened {
                party,
                kind: Kind::Platform,
                ..
            } => self.platform = Some(party),
            Change::AccountIn {
                account,
                book,
                title,
                subject,
                currency,
                ..
            } => {
                self.accounts
                    .insert((book, title, currency, subject), account);
            }
            Change::Adopted { party, currency } => {
                self.currencies.insert(party, currency);
            }
            Change::Dealt { order, deal } => {
                self.deals.insert(order, deal);
            }
            Change::Filed {
                order,
                party,
                stage,
            } => {
                self.stages.insert((party, order), stage);
            }
            Change::Routed { order, party, .. } => {
                self.routes.entry(order).or_default().push(party);
            }
            Change::Forwarding {
                order,
                party,
                amount: 0,
                ..
            } => {
                self.forwards.remove(&(party, order));
            }
            Change::Forwarding {
                order,
                party,
                from,
                amount,
                due,
                passed,
            } => {
                let forward = Forward {
                    from,
                    amount,
                    due,
                    passed,
                };
                self.forwards.insert((party, order), forward);
            }
            _ => {}
        }
    }
}

impl World {
    /// The central banks' common platform, if there is one.
    pub fn platform(&self) -> Option<PartyId> {
        self.abroad.platform
    }

    /// Every central bank with its currency, the run's own first.
    pub fn currencies(&self) -> impl Iterator<Item = (PartyId, Currency)> {
        let own = (CENTRAL_BANK, self.currency());
        let others = self.abroad.currencies.iter();
        std::iter::once(own).chain(others.map(|(party, currency)| (*party, *currency)))
    }

    /// A central bank's currency.
    pub fn currency_of(&self, authority: PartyId) -> Option<Currency> {
        if authority == CENTRAL_BANK {
            return Some(self.currency());
        }
        self.abroad.currencies.get(&authority).copied()
    }

    /// The central bank whose currency this is.
    pub fn authority_for(&self, currency: Currency) -> Option<PartyId> {
        let found = self.currencies().find(|(_, it)| *it == currency);
        found.map(|(authority, _)| authority)
    }

    /// The central bank that a bank is at home with; a central bank is at home
    /// with itself.
    pub fn authority_of(&self, party: PartyId) -> Option<PartyId> {
        let found = self.party(party)?;
        match found.kind {
            Kind::CentralBank | Kind::Authority => Some(party),
            Kind::Operator => Some(CENTRAL_BANK),
            Kind::ForeignBank => found.at,
            _ => None,
        }
    }

    /// The currency that a bank or central bank is at home in; the run's own
    /// for everybody else.
    pub fn home_currency(&self, party: PartyId) -> Currency {
        let authority = self.authority_of(party);
        authority
            .and_then(|authority| self.currency_of(authority))
            .unwrap_or(self.currency())
    }

    /// An account of a book by its title, whose it is ([`NONE`] for the
    /// book's own) and its currency.
    pub fn account_in(
        &self,
        book: PartyId,
        title: Title,
        subject: u32,
        currency: Currency,
    ) -> Option<AccountId> {
        let key = (book, title, currency, subject);
        let found = self.abroad.accounts.get(&key).copied();
        let at_home = || match subject {
            _ if currency != self.currency() => None,
            NONE => self
                .own(book, title)
                .filter(|own| self.currency_of_account(*own) == currency),
            subject => self.of(book, title, subject),
        };
        found.or_else(at_home)
    }

    /// The balance of such an account; zero where there is none.
    pub fn balance_in(&self, book: PartyId, title: Title, subject: u32, currency: Currency) -> i64 {
        self.account_in(book, title, subject, currency)
            .map_or(0, |account| self.ledger.balance(account))
    }

    /// What a request across a border is about: its own deal, or that of the
    /// request it speaks of.
    pub fn deal(&self, order: OrderId) -> Option<(OrderId, &Deal)> {
        let about = self.terms(order).and_then(|terms| terms.about);
        let order = about.unwrap_or(order);
        Some((order, self.abroad.deals.get(&order)?))
    }

    /// How far a swap is in a party's file.
    pub fn stage(&self, party: PartyId, order: OrderId) -> Option<Stage> {
        self.abroad.stages.get(&(party, order)).copied()
    }

    /// The swaps that a party has on file.
    pub fn stages(&self, party: PartyId) -> impl Iterator<Item = (OrderId, Stage)> {
        let range = (party, OrderId(0))..=(party, OrderId(u32::MAX));
        let files = self.abroad.stages.range(range);
        files.map(|((_, order), stage)| (*order, *stage))
    }

    /// The banks that a payment through correspondents passes, the payer's
    /// first.
    pub fn route(&self, order: OrderId) -> &[PartyId] {
        self.abroad.routes.get(&order).map_or(&[], Vec::as_slice)
    }

    /// A payment at a correspondent.
    pub fn forward(&self, party: PartyId, order: OrderId) -> Option<&Forward> {
        self.abroad.forwards.get(&(party, order))
    }

    /// The payments that a correspondent has or had to pass on.
    pub fn forwards(&self, party: PartyId) -> impl Iterator<Item = (OrderId, &Forward)> {
        let range = (party, OrderId(0))..=(party, OrderId(u32::MAX));
        let kept = self.abroad.forwards.range(range);
        kept.map(|((_, order), forward)| (*order, forward))
    }

    /// The currency in which a payment travels from a bank of its route to the
    /// next: the payee's on the last stretch, the payer's before.
    pub fn currency_from(&self, order: OrderId, from: PartyId) -> Option<Currency> {
        let (_, deal) = self.deal(order)?;
        let last = self.route(order).iter().rev().nth(1);
        self.currency_of(if last == Some(&from) {
            deal.buys
        } else {
            deal.sells
        })
    }

    /// The currency of what a message speaks of.
    pub fn currency_of_message(&self, message: &Message) -> Currency {
        let found = match message.purpose {
            Purpose::CorrespondentPay => {
                let route = self.route(message.order);
                let place = |party| route.iter().position(|it| *it == party);
                // What comes back comes in the currency in which it went.
                let first = if place(message.to) < place(message.from) {
                    message.to
                } else {
                    message.from
                };
                self.currency_from(message.order, first)
            }
            purpose if purpose.is_abroad() => self
                .deal(message.order)
                .and_then(|(_, deal)| self.currency_of(deal.sells)),
            _ => None,
        };
        found.unwrap_or(self.currency())
    }

    /// The currency of the sums of a refusal: of what the party lacks.
    pub fn currency_of_refusal(&self, refusal: &Refusal) -> Currency {
        let found = match refusal.purpose {
            Purpose::CorrespondentPay if refusal.code == Code::FundsShort => {
                self.currency_from(refusal.order, refusal.by)
            }
            purpose if purpose.is_abroad() => self.deal(refusal.order).and_then(|(_, deal)| {
                let short = refusal.code == Code::FundsShort;
                let bought = short && deal.buy > 0 && refusal.party == deal.buyer;
                self.currency_of(if bought { deal.buys } else { deal.sells })
            }),
            _ => None,
        };
        found.unwrap_or(self.currency())
    }

    /// The currency of an account.
    pub fn currency_of_account(&self, account: AccountId) -> Currency {
        let account = self.ledger.account(account);
        account.map_or(self.currency(), |account| account.currency)
    }
}
