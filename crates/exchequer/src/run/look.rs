//! What a path of a script shows: `Alice.wallet`, `Siam.bridge.THB`.

use money::{Currency, parse_minor, write_minor};
use world::describe::{Actor, CrowdId, Scope};
use world::fact::{DeviceId, Kind, NONE, OrderId, PartyId, Title};
use world::spec::Value;

use super::{Run, RunError};

impl Run {
    /// What a path shows, with its currency: `487.50 CNY`.
    ///
    /// # Errors
    /// If there is nothing at the path.
    pub fn get(&self, path: &str) -> Result<String, RunError> {
        let missing = || RunError::Path(path.to_owned());
        let (name, fields) = path.split_once('.').ok_or_else(missing)?;
        let fields: Vec<String> = fields.split('.').map(str::to_owned).collect();
        let (minor, currency) = self.find(name, &fields).ok_or_else(missing)?;
        let sum = write_minor(minor, currency.decimals());
        Ok(format!("{sum} {}", currency.code()))
    }

    /// The same in minor units.
    pub fn look(&self, name: &str, fields: &[String]) -> Option<i64> {
        self.find(name, fields).map(|(minor, _)| minor)
    }

    /// The same in minor units, with the currency.
    pub fn find(&self, name: &str, fields: &[String]) -> Option<(i64, Currency)> {
        let world = self.simulation.world();
        let actor = self.simulation.actor(name)?;
        if let Actor::Party(party) = actor
            && let Some(found) = self.find_abroad(party, fields)
        {
            return Some(found);
        }
        let currency = match actor {
            Actor::Account(account) => {
                let found = world.ledger().account(account)?;
                let is_balance = matches!(fields, [field] if field == "balance");
                return is_balance.then_some((found.balance, found.currency));
            }
            Actor::Party(party) => world.home_currency(party),
            _ => world.currency(),
        };
        self.look_at_home(actor, fields).map(|it| (it, currency))
    }

    /// What a bank or central bank has in a currency that is named, or beyond
    /// its own country.
    fn find_abroad(&self, party: PartyId, fields: &[String]) -> Option<(i64, Currency)> {
        let world = self.simulation.world();
        let kind = world.party(party)?.kind;
        let named = |code: &str| {
            let mut all = world.currencies().map(|(_, currency)| currency);
            all.find(|currency| currency.code() == code)
        };
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let is_bank = matches!(kind, Kind::Operator | Kind::ForeignBank);
        let (title, currency) = match fields.as_slice() {
            ["bridge", code] if is_bank => (Title::Bridge, named(code)?),
            ["position", code] if is_bank => (Title::Position, named(code)?),
            ["issued", code] if kind == Kind::Platform => (Title::Issued, named(code)?),
            ["on-bridge"]
                if matches!(kind, Kind::CentralBank | Kind::Authority)
                    && world.platform().is_some() =>
            {
                (Title::OnBridge, world.home_currency(party))
            }
            ["books", title, code] => {
                let currency = named(code)?;
                let sum = self.book_sum(party, title, currency)?;
                return Some((sum, currency));
            }
            _ => return None,
        };
        Some((world.balance_in(party, title, NONE, currency), currency))
    }

    fn look_at_home(&self, actor: Actor, fields: &[String]) -> Option<i64> {
        let world = self.simulation.world();
        let party = match actor {
            Actor::Party(party) => party,
            Actor::Wallet(wallet) => world.wallet(wallet)?.owner,
            Actor::Crowd(crowd) => return self.look_at_all(crowd, fields),
            Actor::Device(device) => return self.look_at_device(device, fields),
            Actor::Order(order) => return self.look_at_contract(order, fields),
            Actor::Account(_) | Actor::Form(_) => return None,
        };
        self.look_at(actor, party, fields)
    }

    /// What an open contract, or money for a purpose, holds and has paid; of
    /// money for a purpose also what somebody has of it.
    fn look_at_contract(&self, order: OrderId, fields: &[String]) -> Option<i64> {
        let world = self.simulation.world();
        let sums = world.sums_of(order)?;
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        match fields.as_slice() {
            ["held"] => Some(sums.held),
            ["funded"] => Some(sums.funded),
            ["released"] => Some(sums.released),
            ["refunded"] => Some(sums.refunded),
            ["held", whose] => {
                if let Some(open) = world.contract(order) {
                    let role = world.machine(open)?.role(whose)?;
                    return open.instance.held().get(usize::from(role)).copied();
                }
                let wallet = self.simulation.wallet_of(self.simulation.actor(whose)?)?;
                let purse = world.purse_of(order)?;
                Some(purse.wrapper.held(&world::state::holder(wallet)?))
            }
            _ => None,
        }
    }

    /// What all people of a crowd have together.
    fn look_at_all(&self, crowd: CrowdId, fields: &[String]) -> Option<i64> {
        let members = self.simulation.crowd(crowd)?.members();
        let mut sums = members.map(|it| self.look_at(Actor::Party(it), it, fields));
        sums.try_fold(0, |all: i64, sum| all.checked_add(sum?))
    }

    fn look_at_device(&self, device: DeviceId, fields: &[String]) -> Option<i64> {
        let device = self.simulation.world().device(device)?;
        let [field] = fields else { return None };
        match field.as_str() {
            "purse" => Some(device.held),
            "to-claim" => Some(device.to_claim),
            "limbo" => Some(device.limbo),
            _ => None,
        }
    }

    fn look_at(&self, actor: Actor, party: PartyId, fields: &[String]) -> Option<i64> {
        let world = self.simulation.world();
        let own = |title| {
            world
                .own(party, title)
                .map(|account| world.ledger().balance(account))
        };
        match fields {
            [field] => match field.as_str() {
                "wallet" => {
                    let wallet = world.wallet(self.simulation.wallet_of(actor)?)?;
                    Some(world.ledger().balance(wallet.account))
                }
                "deposit" => {
                    let account = world.of(world.party(party)?.at?, Title::Deposits, party.0)?;
                    Some(world.ledger().balance(account))
                }
                "balance" => world.kept_by_agents(party),
                "purse" | "to-claim" | "limbo" => {
                    self.look_at_device(self.simulation.device_of(actor)?, fields)
                }
                "float" => {
                    let float = world.own(party, Title::Float);
                    float.map(|account| world.ledger().balance(account))
                }
                "cash" => own(Title::Cash),
                "reserves" => own(Title::OwnReserves),
                "vault" => own(Title::Vault),
                "in-issue" => {
                    (world.party(party)?.kind == Kind::CentralBank).then(|| world.issued())
                }
                _ => None,
            },
            [books, title] if books == "books" => {
                self.book_sum(party, title, world.home_currency(party))
            }
            _ => None,
        }
    }

    /// The sum of a party's own accounts of a title in a currency.
    fn book_sum(&self, party: PartyId, title: &str, currency: Currency) -> Option<i64> {
        let world = self.simulation.world();
        let title = match (world.party(party)?.kind, title) {
            (Kind::Operator | Kind::ForeignBank, "reserves") => Title::OwnReserves,
            _ => Title::from_key(title)?,
        };
        let mut found = world
            .ledger()
            .accounts()
            .filter(|(_, account)| account.book.0 == party.0 && account.title.0 == title as u16)
            .filter(|(_, account)| account.currency == currency)
            .map(|(_, account)| account.balance)
            .peekable();
        found.peek()?;
        Some(found.sum())
    }
}

/// A value as a sum of this currency, if it is one.
pub(super) fn minor(value: &Value, currency: Currency) -> Option<i64> {
    match value {
        Value::Number { digits, unit } => {
            let fits = unit.as_deref().is_none_or(|code| code == currency.code());
            parse_minor(digits, currency.decimals())
                .ok()
                .filter(|_| fits)
        }
        _ => None,
    }
}
