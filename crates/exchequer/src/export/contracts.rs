//! What changes about contracts, as an export has it.

use serde::Serialize;
use world::fact::{ContractChange, OrderId, TextId};

use super::{Names, Run, civil};
use world::contracts;
use world::state::{Form, Open};

/// What happened to a contract, or to money for a purpose.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Happened {
    /// `written`, `plays`, `opened`, `acted`, `passed`, `owed`, `sells`,
    /// `wrapped`, `handed` or `spent`.
    happened: &'static str,
    /// The contract's name, or that of what is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    contract: Option<String>,
    /// Whose wallet it concerns: who acts, plays, opens, hands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    wallet: Option<String>,
    /// The other wallet.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// The party of the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    /// What was done: `claims`, `deposits`, the word that was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keeper: Option<String>,
}

pub(super) fn happened(run: &Run, change: ContractChange) -> Happened {
    let names = Names(run);
    let world = run.simulation().world();
    let text = |id: TextId| {
        let text = run.simulation().texts().text(id);
        (!text.is_empty()).then(|| text.to_owned())
    };
    let title = |number: u32| world.written(number).and_then(|it| text(it.name));
    let called = |order: OrderId| Some(names.contract(order)).filter(|it| !it.is_empty());
    let machine = |number: u32| world.form(number).and_then(Form::machine);
    let role = |number: u32, role: u8| {
        let role = machine(number)?.roles().get(usize::from(role))?;
        Some(role.to_string())
    };
    let none = |happened| Happened {
        happened,
        contract: None,
        wallet: None,
        to: None,
        role: None,
        what: None,
        amount: None,
        due: None,
        category: None,
        area: None,
        keeper: None,
    };
    match change {
        ContractChange::Written { name, .. } => Happened {
            contract: text(name),
            ..none("written")
        },
        ContractChange::Plays {
            number,
            role: who,
            wallet,
        } => Happened {
            contract: title(number),
            wallet: Some(names.wallet(wallet)),
            role: role(number, who),
            ..none("plays")
        },
        ContractChange::Opened {
            contract,
            keeper,
            opener,
            ..
        } => Happened {
            contract: called(contract),
            wallet: Some(names.wallet(opener)),
            keeper: Some(names.party(keeper)),
            ..none("opened")
        },
        ContractChange::Acted(deed) => {
            let open: Option<&Open> = world.contract(deed.contract);
            let number = open.map(|it| it.number);
            let what = open
                .and_then(|open| world.machine(open))
                .and_then(|machine| contracts::word_of(machine, &deed));
            Happened {
                contract: called(deed.contract),
                wallet: deed.by.map(|it| names.wallet(it)),
                role: number
                    .zip(deed.role)
                    .and_then(|(number, it)| role(number, it)),
                what: what.map(str::to_owned),
                amount: (deed.amount > 0).then(|| names.sum(deed.amount)),
                ..none("acted")
            }
        }
        ContractChange::Dissolved { contract } => Happened {
            contract: called(contract),
            ..none("dissolved")
        },
        ContractChange::Passed { contract } => Happened {
            contract: called(contract),
            ..none("passed")
        },
        ContractChange::Owed {
            contract,
            wallet,
            amount,
            due,
        } => Happened {
            contract: called(contract),
            wallet: Some(names.wallet(wallet)),
            amount: Some(names.sum(amount)),
            due: (due > 0).then(|| civil(run, due)),
            ..none("owed")
        },
        ContractChange::Sells { wallet, shop } => Happened {
            wallet: Some(names.wallet(wallet)),
            category: shop.category,
            area: shop.area.and_then(text),
            ..none("sells")
        },
        ContractChange::Wrapped {
            contract,
            keeper,
            creator,
            amount,
            expires,
            ..
        } => Happened {
            contract: called(contract),
            wallet: Some(names.wallet(creator)),
            keeper: Some(names.party(keeper)),
            amount: Some(names.sum(amount)),
            due: Some(civil(run, expires)),
            ..none("wrapped")
        },
        ContractChange::Handed {
            contract,
            from,
            to,
            amount,
        } => Happened {
            contract: called(contract),
            wallet: Some(names.wallet(from)),
            to: Some(names.wallet(to)),
            amount: Some(names.sum(amount)),
            ..none("handed")
        },
        ContractChange::Approved {
            contract,
            by,
            to,
            amount,
        } => Happened {
            contract: called(contract),
            wallet: Some(names.wallet(by)),
            to: Some(names.wallet(to)),
            amount: Some(names.sum(amount)),
            ..none("approved")
        },
        ContractChange::Loaded {
            contract,
            from,
            amount,
        } => Happened {
            contract: called(contract),
            wallet: Some(names.wallet(from)),
            amount: Some(names.sum(amount)),
            ..none("loaded")
        },
        ContractChange::Unloaded {
            contract,
            to,
            amount,
        } => Happened {
            contract: called(contract),
            wallet: Some(names.wallet(to)),
            amount: Some(names.sum(amount)),
            ..none("unloaded")
        },
        ContractChange::Spent {
            contract,
            from,
            to,
            amount,
        } => Happened {
            contract: called(contract),
            wallet: Some(names.wallet(from)),
            to: Some(names.wallet(to)),
            amount: Some(names.sum(amount)),
            ..none("spent")
        },
    }
}
