//! Contracts that stand written, those that are open, and money for a purpose.
//!
//! A fact about a contract is a decision that was taken: applying it lets the
//! contract do again what it did then, which cannot fail.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use conditions::purpose::Wrapper;
use conditions::{Act, Condition, Effect, Image, Instance, Machine, Name, What, Who};
use money::Instant;

use crate::fact::{ContractChange, Deed, Did, OrderId, PartyId, Shop, TextId, WalletId};

/// A contract or condition as it stands written, ready to be used.
#[derive(Clone, Debug)]
pub enum Form {
    /// A contract. Here its secrets can be shown by their names: that somebody
    /// showed the real one is what a fact says.
    Contract {
        /// What runs.
        machine: Box<Machine>,
        /// The secrets' true images, in the contract's order.
        images: Vec<Image>,
    },
    /// A condition.
    Condition(Condition),
}

impl Form {
    /// A contract that is ready to run.
    #[must_use]
    pub fn contract(machine: &Machine) -> Self {
        Form::Contract {
            machine: Box::new(machine.with_open_secrets()),
            images: machine.secrets().iter().map(|(_, image)| *image).collect(),
        }
    }

    /// What runs, if it is a contract.
    #[must_use]
    pub fn machine(&self) -> Option<&Machine> {
        match self {
            Form::Contract { machine, .. } => Some(machine),
            Form::Condition(_) => None,
        }
    }
}

/// A contract or condition that facts have introduced.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its name.
    pub name: TextId,
    /// Who plays which party, by the party's number.
    pub players: BTreeMap<u8, WalletId>,
}

/// An open contract, or one that has ended.
#[derive(Clone, Debug)]
pub struct Open {
    /// The contract as written.
    pub number: u32,
    /// Who keeps it and the money in it.
    pub keeper: PartyId,
    /// Who opened it.
    pub opener: WalletId,
    /// What it is called; 0 without a name.
    pub name: TextId,
    /// How it stands.
    pub instance: Instance,
}

/// Money for a purpose.
#[derive(Clone, Debug)]
pub struct Purse {
    /// The condition as written.
    pub number: u32,
    /// Who keeps the money.
    pub keeper: PartyId,
    /// Whose money it was.
    pub creator: WalletId,
    /// What it is called; 0 without a name.
    pub name: TextId,
    /// Who holds how much of it.
    pub wrapper: Wrapper,
    /// What was spent last: the local day, and how much on it.
    pub spent: (i32, i64),
    /// What was signed and not paid yet: to whom, how much, and by whom. A signature is for one
    /// payment.
    pub approved: BTreeSet<(WalletId, i64, WalletId)>,
}

/// What was put into contracts and what became of it, all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// All that was ever put in.
    pub funded: i64,
    /// What was paid to others.
    pub released: i64,
    /// What went back.
    pub refunded: i64,
    /// What is held.
    pub held: i64,
}

impl Sums {
    fn of(instance: &Instance) -> Self {
        Sums {
            funded: instance.funded(),
            released: instance.released(),
            refunded: instance.refunded(),
            held: instance.held().iter().sum(),
        }
    }

    fn of_purse(wrapper: &Wrapper) -> Self {
        let (funded, released, refunded) = wrapper.totals();
        Sums {
            funded,
            released,
            refunded,
            held: wrapper.outstanding(),
        }
    }

    fn change(&mut self, before: Sums, after: Sums) {
        self.funded += after.funded - before.funded;
        self.released += after.released - before.released;
        self.refunded += after.refunded - before.refunded;
        self.held += after.held - before.held;
    }
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Contracts {
    pub(super) forms: Arc<[Form]>,
    written: BTreeMap<u32, Written>,
    open: BTreeMap<OrderId, Open>,
    purses: BTreeMap<OrderId, Purse>,
    owed: BTreeMap<(OrderId, WalletId), (i64, i64)>,
    shops: BTreeMap<WalletId, Shop>,
    sums: Sums,
}

/// A wallet as purpose-bound money knows its holders.
#[must_use]
pub fn holder(wallet: WalletId) -> Option<Name> {
    Name::new(wallet.0.to_string()).ok()
}

/// What somebody did, in the contract's own words.
#[must_use]
pub fn act_of(deed: &Deed, machine: &Machine) -> Act {
    let by = match (deed.role, deed.by) {
        (Some(role), _) => Who::Role(role),
        (None, Some(wallet)) => Who::Stranger(wallet.0),
        (None, None) => Who::World,
    };
    let what = match deed.did {
        Did::Deposits => What::Deposit {
            amount: deed.amount,
            owner: deed.of,
        },
        Did::Names => What::Names {
            value: deed.number,
            amount: deed.amount,
        },
        Did::Shows => {
            let secret = machine.secrets().get(usize::from(deed.number));
            What::Shows {
                preimage: secret
                    .map(|(name, _)| name.as_str().as_bytes().to_vec())
                    .unwrap_or_default(),
            }
        }
        Did::Signs => What::Signs { what: deed.number },
        Did::Event => What::Event {
            event: deed.number,
            of: deed.of,
        },
        Did::Says => What::Says { what: deed.number },
    };
    Act { by, what }
}

impl Contracts {
    /// Makes what the fact says so, at a time and on a local day.
    pub(super) fn change(&mut self, change: ContractChange, now: i64, day: i32) {
        let mut effects: Vec<Effect> = Vec::new();
        let now = Instant(now);
        match change {
            ContractChange::Written { number, name, .. } => {
                let players = BTreeMap::new();
                self.written.insert(number, Written { name, players });
            }
            ContractChange::Plays {
                number,
                role,
                wallet,
            } => {
                if let Some(written) = self.written.get_mut(&number) {
                    written.players.insert(role, wallet);
                }
            }
            ContractChange::Opened {
                contract,
                number,
                keeper,
                opener,
                name,
            } => {
                let forms = Arc::clone(&self.forms);
                if let Some(machine) = forms.get(number as usize).and_then(Form::machine) {
                    let instance = machine.open(now, &mut effects);
                    self.sums.change(Sums::default(), Sums::of(&instance));
                    let open = Open {
                        number,
                        keeper,
                        opener,
                        name,
                        instance,
                    };
                    self.open.insert(contract, open);
                }
            }
            ContractChange::Acted(deed) => self.run(deed.contract, |machine, instance| {
                let act = act_of(&deed, machine);
                // It was taken when it was decided.
                let _ = machine.act(instance, now, &act, &mut effects);
            }),
            ContractChange::Passed { contract } => {
                self.run(contract, |machine, instance| {
                    machine.advance(instance, now, &mut effects);
                });
                self.spend(contract, |purse| {
                    let _ = purse.wrapper.expire(now);
                });
            }
            ContractChange::Dissolved { contract } => {
                self.run(contract, |machine, instance| {
                    machine.dissolve(instance, &mut effects);
                });
                self.spend(contract, |purse| {
                    purse.wrapper.dissolve();
                });
            }
            ContractChange::Owed {
                contract,
                wallet,
                amount: 0,
                ..
            } => {
                self.owed.remove(&(contract, wallet));
            }
            ContractChange::Owed {
                contract,
                wallet,
                amount,
                due,
            } => {
                self.owed.insert((contract, wallet), (amount, due));
            }
            ContractChange::Sells { wallet, shop } => {
                self.shops.insert(wallet, shop);
            }
            ContractChange::Wrapped {
                contract,
                number,
                keeper,
                creator,
                amount,
                expires,
                name,
            } => {
                let forms = Arc::clone(&self.forms);
                if let (Some(Form::Condition(condition)), Some(who)) =
                    (forms.get(number as usize), holder(creator))
                    && let Ok(wrapper) =
                        Wrapper::wrap(who, amount, condition.clone(), Instant(expires))
                {
                    self.sums.change(Sums::default(), Sums::of_purse(&wrapper));
                    let purse = Purse {
                        number,
                        keeper,
                        creator,
                        name,
                        wrapper,
                        spent: (day, 0),
                        approved: BTreeSet::new(),
                    };
                    self.purses.insert(contract, purse);
                }
            }
            ContractChange::Handed {
                contract,
                from,
                to,
                amount,
            } => self.spend(contract, |purse| {
                if let (Some(from), Some(to)) = (holder(from), holder(to)) {
                    let _ = purse.wrapper.transfer(now, &from, &to, amount);
                }
            }),
            ContractChange::Loaded {
                contract,
                from,
                amount,
            } => self.spend(contract, |purse| {
                if let Some(from) = holder(from) {
                    let _ = purse.wrapper.take_out(now, &from, amount);
                }
            }),
            ContractChange::Unloaded {
                contract,
                to,
                amount,
            } => self.spend(contract, |purse| {
                if let Some(to) = holder(to) {
                    let _ = purse.wrapper.put_back(&to, amount);
                }
            }),
            ContractChange::Approved {
                contract,
                by,
                to,
                amount,
            } => self.spend(contract, |purse| {
                purse.approved.insert((to, amount, by));
            }),
            ContractChange::Spent {
                contract,
                from,
                to,
                amount,
            } => self.spend(contract, |purse| {
                if let Some(from) = holder(from) {
                    let _ = purse.wrapper.take_out(now, &from, amount);
                    let before = if purse.spent.0 == day {
                        purse.spent.1
                    } else {
                        0
                    };
                    purse.spent = (day, before + amount);
                    purse
                        .approved
                        .retain(|(payee, sum, _)| (*payee, *sum) != (to, amount));
                }
            }),
        }
    }

    fn run(&mut self, contract: OrderId, work: impl FnOnce(&Machine, &mut Instance)) {
        let forms = Arc::clone(&self.forms);
        if let Some(open) = self.open.get_mut(&contract)
            && let Some(machine) = forms.get(open.number as usize).and_then(Form::machine)
        {
            let before = Sums::of(&open.instance);
            work(machine, &mut open.instance);
            self.sums.change(before, Sums::of(&open.instance));
        }
    }

    fn spend(&mut self, contract: OrderId, work: impl FnOnce(&mut Purse)) {
        if let Some(purse) = self.purses.get_mut(&contract) {
            let before = Sums::of_purse(&purse.wrapper);
            work(purse);
            self.sums.change(before, Sums::of_purse(&purse.wrapper));
        }
    }
}

impl super::World {
    /// Gives the contracts and conditions that the run's text says, before
    /// anything happens.
    pub(crate) fn know(&mut self, forms: Arc<[Form]>) {
        self.contracts.forms = forms;
    }

    /// What a contract or condition says, by its number.
    pub fn form(&self, number: u32) -> Option<&Form> {
        self.contracts.forms.get(number as usize)
    }

    /// A contract or condition that stands written by now.
    pub fn written(&self, number: u32) -> Option<&Written> {
        self.contracts.written.get(&number)
    }

    /// The contracts that were opened, by their numbers.
    pub fn contracts(&self) -> impl Iterator<Item = (OrderId, &Open)> {
        self.contracts.open.iter().map(|(order, it)| (*order, it))
    }

    /// A contract that was opened.
    pub fn contract(&self, order: OrderId) -> Option<&Open> {
        self.contracts.open.get(&order)
    }

    /// What a contract that was opened runs on.
    pub fn machine(&self, open: &Open) -> Option<&Machine> {
        self.form(open.number)?.machine()
    }

    /// Money for a purpose, by its number.
    pub fn purses(&self) -> impl Iterator<Item = (OrderId, &Purse)> {
        self.contracts.purses.iter().map(|(order, it)| (*order, it))
    }

    /// Money for a purpose.
    pub fn purse_of(&self, order: OrderId) -> Option<&Purse> {
        self.contracts.purses.get(&order)
    }

    /// Who keeps a contract or money for a purpose: its number says so, as an
    /// account number names its bank.
    pub fn keeper_of(&self, order: OrderId) -> Option<PartyId> {
        let open = self.contract(order).map(|it| it.keeper);
        open.or_else(|| self.purse_of(order).map(|it| it.keeper))
    }

    /// What contracts have paid and their keepers could not send yet: the
    /// contract, whom it is for, how much, and when it is tried again.
    pub fn unsent(&self) -> impl Iterator<Item = (OrderId, WalletId, i64, i64)> {
        let owed = self.contracts.owed.iter();
        owed.map(|((order, wallet), (amount, due))| (*order, *wallet, *amount, *due))
    }

    /// What is owed to a wallet from a contract and not sent yet.
    pub fn unsent_to(&self, order: OrderId, wallet: WalletId) -> i64 {
        let owed = self.contracts.owed.get(&(order, wallet));
        owed.map_or(0, |(amount, _)| *amount)
    }

    /// What a merchant sells and where, where a condition asks for it.
    pub fn shop(&self, wallet: WalletId) -> Option<Shop> {
        self.contracts.shops.get(&wallet).copied()
    }

    /// What was put into contracts and what became of it.
    pub fn contract_sums(&self) -> Sums {
        self.contracts.sums
    }

    /// The same of one contract, or of money for one purpose.
    pub fn sums_of(&self, order: OrderId) -> Option<Sums> {
        let open = self.contract(order).map(|it| Sums::of(&it.instance));
        open.or_else(|| self.purse_of(order).map(|it| Sums::of_purse(&it.wrapper)))
    }
}
