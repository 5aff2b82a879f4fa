//! Lines of the scenario: what a party gets of one, and faults of the network.

use super::*;

impl Simulation {
    /// A line of the scenario as its party gets it.
    pub(super) fn command(
        &mut self,
        order: OrderId,
        wallet: Option<WalletId>,
        operation: &Operation,
        name: Option<&str>,
    ) -> Command {
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
        let now = self.world.now();
        let wallet_of = |it| self.wallet_of(it).map(|wallet| wallet.0);
        let about = |it| match it {
            Actor::Order(order) => Some(order),
            Actor::Party(_)
            | Actor::Wallet(_)
            | Actor::Crowd(_)
            | Actor::Account(_)
            | Actor::Form(_) => None,
        };
        let mut says = Terms::default();
        match operation {
            Operation::Issue(it) => command.other = Some(it.to.0),
            Operation::Resolve(it) => {
                command.other = Some(it.bank.0);
                command.to = Some(it.to);
            }
            Operation::TopUp(it) => command.other = Some(it.at.0),
            Operation::Withdraw(it) => command.to = Some(it.from),
            Operation::Transfer(it) => {
                command.other = wallet_of(it.payee);
                command.to = Some(it.at);
            }
            Operation::Pay(it) => {
                command.other = wallet_of(it.to);
                command.memo = it.memo.unwrap_or_default();
                says.key = it.key.unwrap_or_default();
            }
            Operation::PayTo(it) => {
                says.address = it.to;
                command.memo = it.memo.unwrap_or_default();
                says.key = it.key.unwrap_or_default();
            }
            Operation::Scan(it) => {
                says.address = it.code;
                says.key = it.key.unwrap_or_default();
            }
            Operation::Alias(it) => command.memo = it.name,
            Operation::Restrict(it) => {
                let most = |it: Option<Minor>| it.map(|it| it.0);
                command.other = Some(u32::from(it.ty.0));
                command.limits = Limits {
                    balance: most(it.balance),
                    payment: most(it.payment),
                    day: most(it.day),
                    year: most(it.year),
                };
            }
            Operation::Schedule(it) => {
                command.other = wallet_of(it.to);
                let (every, times) = (it.every.map_or(0, |it| it.0), it.times.map_or(1, |it| it.0));
                says.due = now.saturating_add(it.after.0);
                says.every = every;
                // Without a time between them there is one.
                says.times = if every == 0 {
                    1
                } else {
                    i64::try_from(times).unwrap_or(i64::MAX)
                };
            }
            Operation::Request(it) => {
                command.other = wallet_of(it.from);
                command.memo = it.memo.unwrap_or_default();
                says.due = it.expires.map_or(0, |it| now.saturating_add(it.0));
            }
            Operation::Accept(it) => says.about = about(it.request),
            Operation::Decline(it) => says.about = about(it.request),
            Operation::Refund(it) => says.about = about(it.payment),
            Operation::Upgrade(it) => command.other = Some(u32::from(it.to.0)),
            Operation::Limit(it) => {
                let most = |it: Option<Minor>| it.map(|it| it.0);
                command.limits = Limits {
                    balance: most(it.balance),
                    payment: most(it.payment),
                    day: most(it.day),
                    year: most(it.year),
                };
            }
            Operation::OpenSub(it) => {
                command.other = it.payee.and_then(wallet_of);
                let name = name.map_or_else(|| format!("sub-{}", order.0), str::to_owned);
                command.memo = self.texts.intern(name.as_bytes());
                let key = self.key_of(&name);
                says.key = key.map_or(TextId::default(), |key| self.texts.push(&key.public().0));
            }
            Operation::Freeze(it) => command.other = wallet_of(it.wallet),
            Operation::Unfreeze(it) => command.other = wallet_of(it.wallet),
            Operation::Accrue(it) => command.amount = i64::from(it.pay == Some(true)),
            Operation::Return(_)
            | Operation::Exchange(_)
            | Operation::Redeem(_)
            | Operation::CashIn(_)
            | Operation::CashOut(_)
            | Operation::PayMany(_)
            | Operation::Close(_)
            | Operation::Retry(_)
            | Operation::Reverse(_) => {}
        }
        if let Some(name) = name.filter(|_| operation.purpose().leads_to_payment()) {
            says.name = self.texts.intern(name.as_bytes());
        }
        command.terms = (says != Terms::default()).then_some(says);
        command
    }

    /// Lays a fault on the network.
    ///
    /// # Errors
    /// If there are too many.
    pub fn fault(&mut self, fault: &cbdc::Fault) -> Result<OrderId, Stop> {
        let (fate, from, to, count, after, delay) = match *fault {
            cbdc::Fault::Lose(it) => (Fate::Lost, it.from, it.to, it.count, it.after, 0),
            cbdc::Fault::Double(it) => (Fate::Doubled, it.from, it.to, it.count, it.after, 0),
            cbdc::Fault::Delay(it) => (Fate::Late, it.from, it.to, it.count, it.after, it.by.0),
        };
        let number = u8::try_from(self.world.faults().len() + 1).map_err(|_| Stop::TooMany)?;
        let times = |count: Option<Count>, otherwise| match count {
            Some(Count(count)) => u32::try_from(count).unwrap_or(u32::MAX),
            None => otherwise,
        };
        let order = self.next_order();
        let change = Change::FaultLaid {
            fault: number,
            fate,
            from,
            to,
            count: times(count, 1),
            after: times(after, 0),
            delay,
        };
        self.emit(Cause::Line(order), Fact::Changed(change))?;
        Ok(order)
    }
}
