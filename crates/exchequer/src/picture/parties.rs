//! Parties as cards: what they have, their wallets and limits.

use world::fact::{Kind as WorldKind, PartyId, Title};
use world::state::{Wallet as Filed, World};
use world::visible::Viewer;

use super::At;
use crate::views::{Form, Holding, Kind, Limit, Owed, Party, Source, Wallet};

/// Every party that the viewer may look at.
pub(super) fn parties(at: &At<'_>, lit: &[PartyId]) -> Vec<Party> {
    at.now
        .parties()
        .map(|(id, party)| Party {
            no: id.0,
            name: at.text(party.name),
            kind: kind(party.kind),
            at: party.at.map(|at| at.0),
            holdings: if sees(at, id) {
                holdings(at, id, party.kind)
            } else {
                Vec::new()
            },
            wallets: at
                .wallets(id)
                .filter(|(_, wallet)| sees(at, id) || sees(at, wallet.operator))
                .map(|(_, wallet)| self::wallet(at, wallet))
                .collect(),
            lit: lit.contains(&id),
        })
        .collect()
}

fn sees(at: &At<'_>, party: PartyId) -> bool {
    match at.viewer {
        Viewer::Everyone => true,
        Viewer::Party(viewer) => viewer == party,
    }
}

fn kind(kind: WorldKind) -> Kind {
    match kind {
        WorldKind::CentralBank | WorldKind::Network => Kind::CentralBank,
        WorldKind::Operator => Kind::Operator,
        WorldKind::Person => Kind::Person,
        WorldKind::Firm => Kind::Firm,
        WorldKind::Merchant => Kind::Merchant,
        WorldKind::Visitor => Kind::Visitor,
    }
}

fn holdings(at: &At<'_>, id: PartyId, kind: WorldKind) -> Vec<Holding> {
    let holding = |key: &str, form, owed, measure: &dyn Fn(&World) -> i64| {
        let (amount, before) = (measure(at.now), measure(at.before));
        Holding {
            key: format!("holding-{key}"),
            form,
            owed,
            amount,
            before: (before != amount).then_some(before),
        }
    };
    let digital = |key, measure: &dyn Fn(&World) -> i64| {
        holding(key, Form::Digital, Owed::CentralBank, measure)
    };
    let cash = holding("cash", Form::Banknote, Owed::CentralBank, &|world| {
        world.balance(id, Title::Cash)
    });
    let touched = |holding: &Holding| holding.amount != 0 || holding.before.is_some();
    match kind {
        WorldKind::CentralBank | WorldKind::Network => vec![digital("in-issue", &World::issued)],
        WorldKind::Operator => {
            let mut all = vec![
                digital("vault", &|world| world.balance(id, Title::Vault)),
                holding("reserves", Form::Reserves, Owed::CentralBank, &|world| {
                    world.balance(id, Title::OwnReserves)
                }),
            ];
            all.extend(Some(cash).filter(touched));
            all
        }
        _ => {
            let bank = at.now.party(id).and_then(|party| party.at);
            let account = bank.filter(|bank| at.now.of(*bank, Title::Deposits, id.0).is_some());
            let mut all = vec![digital("wallet", &|world| in_wallets(at, world, id))];
            all.extend(account.map(|bank| {
                holding("deposit", Form::Account, Owed::Bank, &|world| {
                    world.balance_of(bank, Title::Deposits, id.0)
                })
            }));
            all.extend(Some(cash).filter(touched));
            // An empty wallet tells least.
            let (mut all, empty): (Vec<_>, Vec<_>) = all.into_iter().partition(touched);
            all.extend(empty);
            all
        }
    }
}

fn in_wallets(at: &At<'_>, world: &World, owner: PartyId) -> i64 {
    at.wallets(owner)
        .map(|(_, wallet)| world.ledger().balance(wallet.circulation))
        .sum()
}

fn wallet(at: &At<'_>, wallet: &Filed) -> Wallet {
    let balance = at.now.ledger().balance(wallet.circulation);
    let rules = at.run.simulation().rules();
    let ty = rules.wallet_types.get(usize::from(wallet.ty));
    let today = rules.zone.day(money::Instant(at.now.now()));
    let (day, year) = if today == wallet.day {
        (wallet.spent_day, wallet.spent_year)
    } else {
        (0, wallet.spent_year)
    };
    let limits = ty.map(|ty| {
        [
            ("payment", 0, ty.payment),
            ("day", day, ty.day),
            ("year", year, ty.year),
            ("balance", balance, ty.balance),
        ]
        .into_iter()
        .filter_map(|(name, used, allowed)| {
            let path = format!("wallet.{}.{name}", ty.name);
            let source = at.run.preset().source(&path, at.run.ours());
            Some(Limit {
                key: format!("limit-{name}"),
                used,
                allowed: allowed?,
                source: source.unwrap_or(Source::Ours(None)),
            })
        })
        .collect()
    });
    Wallet {
        name: at.text(wallet.name),
        ty: ty.map(|ty| ty.name.clone()).unwrap_or_default(),
        at: wallet.operator.0,
        balance,
        limits: limits.unwrap_or_default(),
    }
}
