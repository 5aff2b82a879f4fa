//! What a change makes of the world.

use super::*;

impl World {
    pub(super) fn change(&mut self, change: &Change) {
        match *change {
            Change::PartyOpened { kind, at, name, .. } => {
                self.abroad.change(change);
                self.parties.push(Party {
                    kind,
                    at,
                    name,
                    wallet: None,
                    via: None,
                    accounts: [NONE; Title::ALL.len()],
                });
            }
            Change::AccountOpened {
                book,
                class,
                title,
                subject,
                may_overdraw,
                ..
            } => {
                let account = self.ledger.open(Account {
                    book: BookId(book.0),
                    title: ledger::Title(title as u16),
                    subject,
                    class,
                    currency: self.currency(),
                    may_overdraw,
                    balance: 0,
                });
                if subject == NONE {
                    if let Some(party) = self.parties.get_mut(book.0 as usize) {
                        party.accounts[title.index()] = account.0;
                    }
                } else if matches!(title, Title::Circulation | Title::Wallets) {
                    if let Some(wallet) = self.wallets.get_mut(subject as usize) {
                        wallet.account = account;
                    }
                } else {
                    self.by_subject.insert((title, book, subject), account);
                }
            }
            Change::WalletOpened {
                wallet,
                owner,
                operator,
                ty,
                name,
                key,
            } => {
                self.wallets.push(Wallet {
                    owner,
                    operator,
                    ty,
                    name,
                    key,
                    available: 0,
                    expected: 0,
                    spent_day: 0,
                    spent_year: 0,
                    day: 0,
                    account: AccountId(NONE),
                    status: Status::Open,
                    special: false,
                });
                if self
                    .rates
                    .get(usize::from(ty))
                    .is_some_and(|rate| *rate != 0)
                {
                    self.begin_earning(wallet);
                }
                if let Some(party) = self.parties.get_mut(owner.0 as usize) {
                    party.wallet.get_or_insert(wallet);
                    if party.at != Some(operator) {
                        self.elsewhere.insert((operator, owner));
                    }
                }
            }
            Change::WalletUsed {
                wallet,
                available,
                expected,
                spent_day,
                spent_year,
                day,
            } => {
                self.reckon(wallet);
                if let Some(wallet) = self.wallets.get_mut(wallet.0 as usize) {
                    self.wallets_available += available - wallet.available;
                    *wallet = Wallet {
                        available,
                        expected,
                        spent_day,
                        spent_year,
                        day,
                        ..*wallet
                    };
                }
            }
            Change::FaultLaid {
                fate,
                from,
                to,
                count,
                after,
                delay,
                ..
            } => {
                self.faults.push(Fault {
                    fate,
                    from,
                    to,
                    count,
                    after,
                    delay,
                });
            }
            Change::Overdue { order, party } => {
                if let Some(chase) = self.chases.get_mut(&(party, order)) {
                    chase.overdue = true;
                }
            }
            Change::Parked {
                order,
                party,
                amount,
            } => {
                self.parked.insert((party, order), amount);
            }
            Change::Unparked { order, party } => {
                self.parked.remove(&(party, order));
            }
            Change::Instructed { order, terms } => {
                self.terms.insert(order, terms);
            }
            Change::WalletStatus { wallet, status } => {
                if let Some(wallet) = self.wallets.get_mut(wallet.0 as usize) {
                    wallet.status = status;
                }
            }
            Change::WalletTyped { wallet, ty } => {
                self.reckon(wallet);
                if let Some(wallet) = self.wallets.get_mut(wallet.0 as usize) {
                    wallet.ty = ty;
                }
                if self
                    .rates
                    .get(usize::from(ty))
                    .is_some_and(|rate| *rate != 0)
                {
                    self.begin_earning(wallet);
                }
            }
            Change::WalletLimited { wallet, limits } => {
                self.make_special(wallet).own = limits;
            }
            Change::SubOpened {
                wallet,
                parent,
                only,
                cap,
            } => {
                let account = self.wallet(parent).map(|parent| parent.account);
                if let Some((wallet, account)) =
                    self.wallets.get_mut(wallet.0 as usize).zip(account)
                {
                    wallet.account = account;
                }
                self.earned.remove(&wallet);
                *self.make_special(wallet) = Special {
                    parent: Some(parent),
                    only,
                    cap,
                    ..Special::default()
                };
            }
            Change::BillMade {
                order,
                payee,
                payer,
                amount,
                due,
            } => {
                let bill = Bill {
                    payee,
                    payer,
                    amount,
                    due,
                    outcome: None,
                };
                self.bills.insert(order, bill);
            }
            Change::BillClosed { order, outcome } => {
                if let Some(bill) = self.bills.get_mut(&order) {
                    bill.outcome = Some(outcome);
                }
            }
            Change::PaymentKept {
                order,
                payer,
                payee,
                amount,
                refunded,
                made,
            } => {
                let payment = Payment {
                    payer,
                    payee,
                    amount,
                    refunded,
                    made,
                };
                self.payments.insert(order, payment);
            }
            Change::KeyUsed { wallet, key } => {
                self.keys.insert((wallet, key));
            }
            Change::Standing {
                order, times: 0, ..
            } => {
                self.standing.remove(&order);
            }
            Change::Standing {
                order,
                wallet,
                payee,
                amount,
                due,
                every,
                times,
            } => {
                let standing = Standing {
                    wallet,
                    payee,
                    amount,
                    due,
                    every,
                    times,
                };
                self.standing.insert(order, standing);
            }
            Change::Earned {
                wallet,
                day,
                accrued,
                owed,
            } => {
                let interest = Interest::of(accrued);
                let earned = Earned {
                    day,
                    interest,
                    owed,
                };
                self.earned.insert(wallet, earned);
            }
            Change::Resent { serial, due } => self.flight.resend(serial, due, self.now),
            Change::Recalled { serial } => {
                if let Some(message) = self.flight.recall(serial) {
                    self.explain(&message, -1);
                    self.chases.remove(&(message.from, message.order));
                }
            }
            Change::Aliased { wallet, alias } => {
                self.aliases.insert(alias, wallet);
            }
            Change::TypeLimited { bank, ty, limits } => {
                self.limits_at.insert((bank, ty), limits);
            }
            Change::Fronted { party, agent } => {
                if let Some(party) = self.parties.get_mut(party.0 as usize) {
                    party.via = Some(agent);
                }
            }
            Change::Relayed { order, signed } => {
                self.relayed.insert(order, signed);
            }
            Change::BankFailed { bank, successor } => {
                self.failed.insert(bank, successor);
            }
            Change::Moved { party, bank } => {
                if let Some(it) = self.parties.get_mut(party.0 as usize) {
                    // The bank before knows whom it had.
                    self.elsewhere.extend(it.at.map(|before| (before, party)));
                    it.at = Some(bank);
                }
            }
            Change::AccountIn {
                book,
                class,
                title,
                subject,
                may_overdraw,
                currency,
                ..
            } => {
                let account = self.ledger.open(Account {
                    book: BookId(book.0),
                    title: ledger::Title(title as u16),
                    subject,
                    class,
                    currency,
                    may_overdraw,
                    balance: 0,
                });
                // A bank abroad has one account of its reserves, as one at home has.
                if let Some(party) = self.parties.get_mut(book.0 as usize)
                    && subject == NONE
                    && party.accounts[title.index()] == NONE
                {
                    party.accounts[title.index()] = account.0;
                }
                self.abroad.change(change);
            }
            Change::Adopted { .. }
            | Change::Dealt { .. }
            | Change::Filed { .. }
            | Change::Routed { .. }
            | Change::Forwarding { .. } => self.abroad.change(change),
            Change::Offline(change) => self.offline.change(change),
            Change::Contract(change) => self.contracts.change(change, self.now, self.today()),
            Change::Begun { .. } | Change::Arrived | Change::PutAside | Change::Idle => {}
        }
    }
}
