//! Parties as cards: what they have, their wallets and limits.

use std::collections::BTreeSet;

use money::Currency;
use world::fact::{Kind as WorldKind, NONE, PartyId, Title, WalletId};
use world::rules::Issuance;
use world::state::{Wallet as Filed, World};
use world::visible::Viewer;

use super::At;
use super::crowds::Folded;
use crate::views::{Form, Holding, Kind, Limit, Owed, Party, Source, Wallet};

/// Who is told of, and how much.
pub(super) struct Shown<'a> {
    /// Who takes part in the beat.
    pub(super) lit: &'a BTreeSet<PartyId>,
    /// Who stands on a crowd's card.
    pub(super) folded: &'a Folded,
    /// Who was asked for.
    pub(super) also: Option<PartyId>,
    /// Whether more happens than is drawn one by one.
    pub(super) is_crowded: bool,
}

/// Every party that the viewer may look at. Who stands on a crowd's card is
/// told of where a line may lead to them, and in full only if few do.
pub(super) fn parties(at: &At<'_>, shown: &Shown<'_>) -> Vec<Party> {
    let of_party = |(id, party): (PartyId, &world::state::Party)| {
        let (crowd, lit) = (shown.folded.crowd_of(id), shown.lit.contains(&id));
        let asked = shown.also == Some(id);
        if crowd.is_some() && !lit && !asked {
            return None;
        }
        let known = at.knows(id);
        let in_full = crowd.is_none() || asked || !shown.is_crowded;
        let wallets = at
            .wallets(id)
            .filter(|(_, wallet)| sees(at, id) || sees(at, wallet.operator))
            .map(|(id, wallet)| self::wallet(at, id, wallet));
        Some(Party {
            no: id.0,
            name: if known {
                at.text(party.name)
            } else {
                String::new()
            },
            hidden: (!known).then(|| super::HIDDEN_NAME.to_owned()),
            kind: kind(party.kind),
            at: party.at.map(|at| at.0),
            holdings: match (in_full, sees(at, id)) {
                (false, _) => Vec::new(),
                (true, true) => holdings(at, id, party.kind),
                (true, false) => kept(at, id),
            },
            wallets: if in_full {
                wallets.collect()
            } else {
                Vec::new()
            },
            lit,
            crowd,
        })
    };
    at.now.parties().filter_map(of_party).collect()
}

pub(super) fn sees(at: &At<'_>, party: PartyId) -> bool {
    match at.viewer {
        Viewer::Everyone => true,
        Viewer::Party(viewer) => viewer == party,
        Viewer::Investigator { subject, .. } => subject == party,
        Viewer::Centre(_) => false,
    }
}

fn kind(kind: WorldKind) -> Kind {
    match kind {
        WorldKind::CentralBank | WorldKind::Network => Kind::CentralBank,
        WorldKind::Operator => Kind::Operator,
        WorldKind::Agent => Kind::Agent,
        WorldKind::Person => Kind::Person,
        WorldKind::Firm => Kind::Firm,
        WorldKind::Merchant => Kind::Merchant,
        WorldKind::Visitor => Kind::Visitor,
        WorldKind::Authority => Kind::Authority,
        WorldKind::ForeignBank => Kind::ForeignBank,
        WorldKind::Platform => Kind::Platform,
    }
}

/// What a party has, between countries too.
fn holdings(at: &At<'_>, id: PartyId, kind: WorldKind) -> Vec<Holding> {
    let mut all = at_home(at, id, kind);
    if at.now.platform().is_some() || at.now.currencies().nth(1).is_some() {
        all.extend(abroad(at, id, kind));
        // Of more than a card has room for, what there is tells more than what is empty.
        all.sort_by_key(|it| it.amount == 0 && it.before.is_none());
    }
    all
}

/// What a bank has on the common platform and at banks in other countries, what
/// a central bank has brought onto the platform.
fn abroad(at: &At<'_>, id: PartyId, kind: WorldKind) -> Vec<Holding> {
    let own = at.now.home_currency(id);
    let currencies: Vec<Currency> = at.now.currencies().map(|(_, it)| it).collect();
    let holding = |key: &str, (form, owed), currency, measure: &dyn Fn(&World) -> i64| {
        let (amount, before) = (measure(at.now), measure(at.before));
        Holding {
            key: format!("holding-{key}"),
            form,
            owed,
            amount,
            before: (before != amount).then_some(before),
            currency: at.other(currency),
        }
    };
    let of = |key: &str, kind, title, currency| {
        holding(key, kind, currency, &|world| {
            world.balance_in(id, title, NONE, currency)
        })
    };
    let digital = (Form::Digital, Owed::CentralBank);
    let reserves = (Form::Reserves, Owed::CentralBank);
    let touched = |holding: &Holding| holding.amount != 0 || holding.before.is_some();
    match kind {
        WorldKind::CentralBank => {
            let on_bridge = of("on-bridge", digital, Title::OnBridge, own);
            Some(on_bridge).into_iter().filter(touched).collect()
        }
        WorldKind::Authority => vec![of("on-bridge", digital, Title::OnBridge, own)],
        WorldKind::Platform => {
            let issued = currencies
                .iter()
                .map(|currency| of("issued", digital, Title::Issued, *currency));
            issued.filter(touched).collect()
        }
        WorldKind::Operator | WorldKind::ForeignBank => {
            let mut all = Vec::new();
            if kind == WorldKind::ForeignBank {
                all.push(of("reserves", reserves, Title::OwnReserves, own));
            }
            for currency in currencies {
                all.push(of("bridge", digital, Title::Bridge, currency));
                let nostros = |world: &World| {
                    let is_its = |it: &&ledger::Account| {
                        it.book.0 == id.0
                            && it.title.0 == Title::Nostro as u16
                            && it.currency == currency
                    };
                    let accounts = world.ledger().accounts().map(|(_, account)| account);
                    accounts.filter(is_its).map(|it| it.balance).sum()
                };
                let account = (Form::Account, Owed::Bank);
                all.push(holding("nostro", account, currency, &nostros));
            }
            // What a bank has at home is told, be it nothing.
            let is_told = |it: &Holding| it.key == "holding-reserves" || touched(it);
            all.into_iter().filter(is_told).collect()
        }
        _ => Vec::new(),
    }
}

fn at_home(at: &At<'_>, id: PartyId, kind: WorldKind) -> Vec<Holding> {
    let holding = |key: &str, form, owed, measure: &dyn Fn(&World) -> i64| {
        let (amount, before) = (measure(at.now), measure(at.before));
        Holding {
            key: format!("holding-{key}"),
            form,
            owed,
            amount,
            before: (before != amount).then_some(before),
            currency: None,
        }
    };
    let digital = |key, measure: &dyn Fn(&World) -> i64| {
        holding(key, Form::Digital, super::owed(at), measure)
    };
    let cash = holding("cash", Form::Banknote, Owed::CentralBank, &|world| {
        world.balance(id, Title::Cash)
    });
    let touched = |holding: &Holding| holding.amount != 0 || holding.before.is_some();
    match kind {
        WorldKind::CentralBank | WorldKind::Network => match at.now.issuance() {
            // It issues no digital money: banks owe it.
            Issuance::Deposit => vec![holding(
                "reserves-of-banks",
                Form::Reserves,
                Owed::CentralBank,
                &|world| world.sum(Title::Reserves),
            )],
            Issuance::Stocked | Issuance::OnDemand => vec![digital("in-issue", &World::issued)],
        },
        WorldKind::Authority | WorldKind::ForeignBank | WorldKind::Platform => Vec::new(),
        WorldKind::Operator => {
            let mut all = vec![holding(
                "reserves",
                Form::Reserves,
                Owed::CentralBank,
                &|world| world.balance(id, Title::OwnReserves),
            )];
            if at.now.issuance() == Issuance::Stocked {
                all.insert(
                    0,
                    digital("vault", &|world| world.balance(id, Title::Vault)),
                );
            }
            all.extend(Some(cash).filter(touched));
            all
        }
        _ => {
            let bank = at.now.party(id).and_then(|party| party.at);
            let account = bank.filter(|bank| at.now.of(*bank, Title::Deposits, id.0).is_some());
            let kept = holding(
                "client-asset",
                Form::Reserves,
                Owed::CentralBank,
                &|world| world.balance(id, Title::ClientAsset),
            );
            let is_agent = kind == WorldKind::Agent;
            let mut all: Vec<Holding> = is_agent.then_some(kept).into_iter().collect();
            if !is_agent || account.is_some() {
                all.push(digital("wallet", &|world| in_wallets(at, world, id)));
            }
            let purse = holding("purse", Form::Purse, super::owed(at), &|world| {
                let devices = world.devices_of(id);
                devices.map(|(_, it)| it.held + it.to_claim).sum()
            });
            all.extend(Some(purse).filter(touched));
            all.extend(account.map(|bank| {
                holding("deposit", Form::Account, Owed::Bank, &|world| {
                    world.balance_of(bank, Title::Deposits, id.0)
                })
            }));
            let balance = holding("balance", Form::Account, Owed::Firm, &|world| {
                world.kept_by_agents(id).unwrap_or(0)
            });
            all.extend([balance, cash].into_iter().filter(touched));
            // An empty wallet tells least.
            let (mut all, empty): (Vec<_>, Vec<_>) = all.into_iter().partition(touched);
            all.extend(empty);
            all
        }
    }
}

/// What a bank keeps for a customer: the wallets it runs, and the account.
fn kept(at: &At<'_>, id: PartyId) -> Vec<Holding> {
    let Viewer::Party(bank) = at.viewer else {
        return Vec::new();
    };
    let holding = |key: &str, form, owed, amount: i64, before: i64| Holding {
        key: format!("holding-{key}"),
        form,
        owed,
        amount,
        before: (before != amount).then_some(before),
        currency: None,
    };
    let sum = |world: &World| {
        let run = at.wallets(id).filter(|(_, wallet)| wallet.operator == bank);
        run.map(|(_, wallet)| world.ledger().balance(wallet.account))
            .sum()
    };
    let runs = at.wallets(id).any(|(_, wallet)| wallet.operator == bank);
    let wallet = runs.then(|| {
        let (now, before) = (sum(at.now), sum(at.before));
        holding("wallet", Form::Digital, super::owed(at), now, before)
    });
    let account = at.now.of(bank, Title::Deposits, id.0).map(|account| {
        let (now, before) = (at.now, at.before);
        let [now, before] = [now, before].map(|world| world.ledger().balance(account));
        holding("deposit", Form::Account, Owed::Bank, now, before)
    });
    wallet.into_iter().chain(account).collect()
}

fn in_wallets(at: &At<'_>, world: &World, owner: PartyId) -> i64 {
    at.wallets(owner)
        .map(|(_, wallet)| world.ledger().balance(wallet.account))
        .sum()
}

/// A wallet with its limits: its type's, or its holder's own below them.
pub(super) fn wallet(at: &At<'_>, id: WalletId, wallet: &Filed) -> Wallet {
    let balance = at.now.ledger().balance(wallet.account);
    let rules = at.run.simulation().rules();
    let ty = rules.wallet_types.get(usize::from(wallet.ty));
    let (zone, now) = (&rules.zone, money::Instant(at.now.now()));
    let is_today = zone.day(now) == wallet.day;
    let is_this_year = zone
        .start_of_day(wallet.day)
        .is_ok_and(|start| zone.year(start) == zone.year(now));
    let day = if is_today { wallet.spent_day } else { 0 };
    let year = if is_this_year { wallet.spent_year } else { 0 };
    let own = at.now.special(id).map(|it| it.own).unwrap_or_default();
    let banks = at
        .now
        .limits_at(wallet.operator, wallet.ty)
        .unwrap_or_default();
    let limits = ty.map(|ty| {
        [
            ("payment", 0, ty.payment, [own.payment, banks.payment]),
            ("day", day, ty.day, [own.day, banks.day]),
            ("year", year, ty.year, [own.year, banks.year]),
            ("balance", balance, ty.balance, [own.balance, banks.balance]),
        ]
        .into_iter()
        .filter_map(|(name, used, of_type, lower)| {
            let key = format!("limit-{name}");
            // The holder's own and the bank's, where they are below the rules'.
            let lower = lower.into_iter().zip([Source::Holder, Source::Operator]);
            let lower = lower.filter_map(|(limit, source)| Some((limit?, source)));
            let lowest = lower.min_by_key(|(limit, _)| *limit);
            if let Some((allowed, source)) =
                lowest.filter(|(limit, _)| of_type.is_none_or(|most| *limit < most))
            {
                return Some(Limit {
                    key,
                    used,
                    allowed,
                    source,
                });
            }
            let path = format!("wallet.{}.{name}", ty.name);
            let source = at.run.preset().source(&path, at.run.ours());
            Some(Limit {
                key,
                used,
                allowed: of_type?,
                source: source.unwrap_or(Source::Ours(None)),
            })
        })
        .collect()
    });
    Wallet {
        no: id.0,
        name: at.text(wallet.name),
        ty: ty.map(|ty| ty.name.clone()).unwrap_or_default(),
        at: wallet.operator.0,
        balance,
        limits: limits.unwrap_or_default(),
    }
}
