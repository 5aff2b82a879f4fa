//! What a beat did, as a sentence to be worded, and refusals with their rule.

use money::Instant;
use world::describe::Actor;
use world::fact::{
    Change, Fact, Fate, Finality, Limits, Message, OrderId, PartyId, Purpose, Refusal as Refused,
    Stage, Subject, WalletId,
};
use world::refusal::Code;
use world::rules::Issuance;
use world::visible::{Centre, Field, Viewer, visible};

use super::{At, contracts, offline, order};
use crate::run::What;
use crate::script::Statement;
use crate::views::{Arg, Caption, Refusal, Source};

/// The sentence of the beat being shown.
pub fn caption(at: &At<'_>) -> Option<Caption> {
    let (_, played) = at.beat?;
    let mut args = vec![("time".to_owned(), Arg::Time(at.time(played.at)))];
    let mut add = |name: &str, arg| args.push((name.to_owned(), arg));
    if played.what == What::Waited {
        let overdue = at
            .facts()
            .filter(|(_, it)| matches!(it.fact, Fact::Changed(Change::Overdue { .. })))
            .count();
        let changes = |wanted: fn(&Change) -> bool| {
            let is = |fact: &Fact| matches!(fact, Fact::Changed(it) if wanted(it));
            at.facts().filter(|(_, it)| is(&it.fact)).count()
        };
        let by_crowds = by_crowds(at);
        if overdue == 0 && by_crowds.asked > 0 {
            let count = |count: usize| Arg::Count(i64::try_from(count).unwrap_or(i64::MAX));
            add("asked", count(by_crowds.asked));
            add("count", count(by_crowds.refused));
            return Some(Caption {
                key: "caption-crowd".to_owned(),
                args,
            });
        }
        let passed = changes(|it| matches!(it, Change::Forwarding { passed: 1.., .. }));
        let quotes = changes(|it| {
            matches!(
                it,
                Change::Filed {
                    stage: Stage::Expired,
                    ..
                }
            )
        });
        if overdue == 0
            && let Some(passed) = contracts::passed_by_itself(at)
        {
            args.extend(passed.args);
            return Some(Caption {
                key: passed.key.to_owned(),
                args,
            });
        }
        let made = changes(|it| matches!(it, Change::Standing { .. }));
        let expired = changes(|it| matches!(it, Change::BillClosed { .. }));
        let (key, count) = match (overdue, made, expired) {
            (0, 0, 0) if passed > 0 => ("caption-correspondents", passed),
            // Both banks write down that it is over.
            (0, 0, 0) if quotes > 0 => ("caption-quotes-expired", quotes.div_ceil(2)),
            (0, 0, 0) => ("caption-later", 0),
            (0, 0, expired) => ("caption-expired", expired),
            (0, made, _) => ("caption-standing", made),
            (overdue, ..) => ("caption-overdue", overdue),
        };
        add(
            "count",
            Arg::Count(i64::try_from(count).unwrap_or(i64::MAX)),
        );
        return Some(Caption {
            key: key.to_owned(),
            args,
        });
    }
    let purpose = played.purpose.map(|purpose| {
        // However the payee was found, it is a payment.
        if purpose.leads_to_payment() {
            Purpose::Pay
        } else {
            purpose
        }
    })?;
    match purpose {
        Purpose::Fault => return fault(at, args),
        Purpose::PayMany => return many(at, args),
        purpose if purpose.is_offline() => return offline::caption(at, purpose, args),
        Purpose::Trade | Purpose::Run | Purpose::Blackout if at.viewer == Viewer::Everyone => {
            return begun(at, args);
        }
        _ => {}
    }
    let Some(request) = request(at, purpose).or_else(|| repaired(at, purpose)) else {
        // Something happened that the viewer knows nothing of.
        return (at.viewer != Viewer::Everyone).then(|| Caption {
            key: "caption-unseen".to_owned(),
            args,
        });
    };
    let currency = at.run.simulation().rules().currency;
    add("money", Arg::Word(format!("money-{}", currency.code())));
    add("amount", request.amount);
    if let Some(back) = request.back {
        add("back", back);
    }
    add("actor", request.actor);
    if let Some(bank) = request.bank {
        add("bank", at.who(bank));
    }
    if let Some(payee) = request.payee {
        add("payee", payee);
    }
    let verb = if purpose.is_contract() {
        contracts::verb(at, purpose)
    } else {
        purpose.key()
    };
    let mut key = format!("caption-{verb}");
    if purpose.is_contract() {
        let told = contracts::told(at);
        key.push_str(told.key);
        for (name, arg) in told.args {
            add(&name, arg);
        }
    }
    let refusal = at.facts().find_map(|(_, it)| match it.fact {
        Fact::Refused(refusal) => Some(refusal),
        _ => None,
    });
    if let Some(refusal) = refusal {
        key = format!("caption-refused-{verb}");
        add(
            "code",
            Arg::Word(format!("refusal-{}", refusal.code.key().replace('.', "-"))),
        );
    } else if at.now.issuance() != Issuance::Stocked
        && matches!(purpose, Purpose::Issue | Purpose::Return)
    {
        key = format!("caption-told-{}", purpose.key());
    } else if !is_done(at, purpose) {
        // A lost or late message: it was asked for, and is not done.
        key = format!("caption-asked-{verb}");
    }
    Some(Caption { key, args })
}

/// What was asked for in the beat.
struct Request {
    actor: Arg,
    amount: Arg,
    /// What comes back for it, in a swap.
    back: Option<Arg>,
    bank: Option<PartyId>,
    payee: Option<Arg>,
}

fn request(at: &At<'_>, purpose: Purpose) -> Option<Request> {
    let order = order(at)?;
    let log = at.run.simulation().log();
    let (_, played) = at.beat?;
    // The name that goes with a field of a fact, as the viewer knows it.
    let named = |fact: &Fact, field, wallet: Option<WalletId>| {
        let owner = at.now.wallet(wallet?)?.owner;
        Some(if visible(fact, field, at.viewer, at.now) {
            Arg::Name(at.name(owner))
        } else {
            at.who(owner)
        })
    };
    let seen = || {
        log.facts(played.from, played.to)
            .filter(|(_, it)| super::sees(it, at.viewer, at.now))
    };
    let asked = |fact: &Fact, message: &Message| Request {
        actor: named(fact, Field::Holder, message.wallet).unwrap_or_else(|| at.who(message.from)),
        amount: if visible(fact, Field::Amount, at.viewer, at.now) {
            Arg::Amount(message.amount)
        } else {
            Arg::Hidden("hidden-amount".to_owned())
        },
        back: None,
        bank: Some(if message.to.0 == 0 {
            message.from
        } else {
            message.to
        }),
        payee: message
            .other
            .filter(|_| message.purpose.is_between_wallets())
            .and_then(|other| named(fact, Field::Payee, Some(WalletId(other)))),
    };
    // The payment itself, if first its payee had to be found.
    let itself = seen().find_map(|(_, it)| match &it.fact {
        Fact::Sent(message)
            if message.order == order && message.purpose == purpose && !purpose.is_abroad() =>
        {
            Some(asked(&it.fact, message))
        }
        _ => None,
    });
    itself.or_else(|| {
        seen().find_map(|(_, it)| match it.fact {
            Fact::Sent(message) if message.order == order && message.purpose.is_abroad() => {
                abroad(at, order, message.purpose)
            }
            Fact::Refused(refusal) if refusal.order == order && refusal.purpose.is_abroad() => {
                abroad(at, order, refusal.purpose)
            }
            Fact::Sent(message) if message.order == order => Some(asked(&it.fact, &message)),
            Fact::Refused(refusal) if refusal.order == order => Some(Request {
                actor: at.who(refusal.party),
                amount: Arg::Amount(refusal.asked),
                back: None,
                bank: None,
                payee: None,
            }),
            Fact::Changed(Change::TypeLimited { bank, .. }) => Some(Request {
                actor: at.who(bank),
                amount: Arg::Amount(0),
                back: None,
                bank: Some(bank),
                payee: None,
            }),
            _ => None,
        })
    })
}

/// What an institution does about what was begun before: its own line, though
/// all that happens belongs to the requests of others.
fn repaired(at: &At<'_>, purpose: Purpose) -> Option<Request> {
    if !matches!(purpose, Purpose::Retry | Purpose::Reverse | Purpose::Accrue) {
        return None;
    }
    let (_, played) = at.beat?;
    let line = at
        .run
        .script()
        .lines
        .get((played.line as usize).checked_sub(1)?)?;
    let Some(Statement::Act(act)) = &line.statement else {
        return None;
    };
    let actor = at.run.simulation().names().get(&act.actor.plain())?;
    let Actor::Party(party) = *actor else {
        return None;
    };
    (at.viewer == Viewer::Everyone || at.viewer == Viewer::Party(party)).then(|| Request {
        actor: at.who(party),
        amount: Arg::Amount(0),
        back: None,
        bank: None,
        payee: None,
    })
}

/// A list of payments: how many, how much, and how many of them were refused.
fn many(at: &At<'_>, mut args: Vec<(String, Arg)>) -> Option<Caption> {
    let (mut count, mut amount, mut refused, mut actor) = (0, 0i64, 0, None);
    for (_, it) in at.facts() {
        if !super::sees(&it, at.viewer, at.now) {
            continue;
        }
        match it.fact {
            Fact::Sent(message) if message.subject == Subject::Ask => {
                count += 1;
                amount = amount.saturating_add(message.amount);
                actor.get_or_insert(at.who(message.from));
            }
            Fact::Refused(_) => refused += 1,
            _ => {}
        }
    }
    let Some(actor) = actor else {
        return Some(Caption {
            key: "caption-unseen".to_owned(),
            args,
        });
    };
    args.push(("actor".to_owned(), actor));
    args.push(("amount".to_owned(), Arg::Amount(amount)));
    args.push(("asked".to_owned(), Arg::Count(count)));
    args.push(("count".to_owned(), Arg::Count(refused)));
    Some(Caption {
        key: if refused == 0 {
            "caption-pay-many".to_owned()
        } else {
            "caption-refused-pay-many".to_owned()
        },
        args,
    })
}

/// What a bank asked for across a border.
fn abroad(at: &At<'_>, order: OrderId, purpose: Purpose) -> Option<Request> {
    let (_, deal) = at.now.deal(order)?;
    let sum = |minor, authority| {
        let currency = at.now.currency_of(authority);
        // Where two currencies meet, each is named.
        Arg::Money(minor, currency.unwrap_or(at.now.currency()))
    };
    let answers = matches!(purpose, Purpose::BridgeAccept | Purpose::BridgeDecline);
    let (actor, other) = if answers {
        (deal.buyer, deal.seller)
    } else {
        (deal.seller, deal.buyer)
    };
    Some(Request {
        actor: at.who(actor),
        amount: sum(deal.sell, deal.sells),
        back: Some(sum(deal.buy, deal.buys)),
        bank: None,
        payee: Some(at.who(other)),
    })
}

const MOVES_MONEY: &[Purpose] = &[
    Purpose::Issue,
    Purpose::Return,
    Purpose::Exchange,
    Purpose::Redeem,
    Purpose::CashIn,
    Purpose::CashOut,
    Purpose::Pay,
    Purpose::Refund,
    Purpose::TopUp,
    Purpose::Withdraw,
    Purpose::Transfer,
    Purpose::BridgeIssue,
    Purpose::BridgeRedeem,
    Purpose::BridgeAccept,
    Purpose::BridgePay,
    Purpose::CorrespondentPay,
    Purpose::ContractPay,
];

/// Whether the movement that was asked for has happened by now.
fn is_done(at: &At<'_>, purpose: Purpose) -> bool {
    let (_, played) = match at.beat {
        Some(beat) => beat,
        None => return false,
    };
    // What moves no money is done when it is not refused.
    if !MOVES_MONEY.contains(&purpose) {
        return true;
    }
    // Until the beat is over the sentence announces what is about to be done.
    at.position < played.to
        || at
            .run
            .simulation()
            .log()
            .facts(played.from, played.to)
            .any(|(_, it)| match it.fact {
                Fact::Posted(journal) => {
                    journal.finality == Finality::Final && journal.purpose == purpose
                }
                _ => false,
            })
}

/// What people of crowds asked for within a beat.
#[derive(Default)]
struct ByCrowds {
    asked: usize,
    refused: usize,
}

fn by_crowds(at: &At<'_>) -> ByCrowds {
    let simulation = at.run.simulation();
    let is_made = |order| simulation.is_by_crowd(order);
    let mut found = ByCrowds::default();
    if simulation.crowds().is_empty() {
        return found;
    }
    for (_, it) in at.facts() {
        match it.fact {
            Fact::Sent(message) if message.subject == Subject::Ask && is_made(message.order) => {
                found.asked += 1;
            }
            Fact::Refused(refusal) if is_made(refusal.order) => found.refused += 1,
            _ => {}
        }
    }
    found
}

/// A crowd begins something.
fn begun(at: &At<'_>, mut args: Vec<(String, Arg)>) -> Option<Caption> {
    let (_, played) = at.beat?;
    let mut facts = at.run.simulation().log().facts(played.from, played.to);
    let (purpose, crowd, members, until) = facts.find_map(|(_, it)| match it.fact {
        Fact::Changed(Change::Begun {
            purpose,
            crowd,
            members,
            until,
            ..
        }) => Some((purpose, crowd, members, until)),
        _ => None,
    })?;
    args.push(("actor".to_owned(), Arg::Name(at.text(crowd))));
    args.push(("count".to_owned(), Arg::Count(i64::from(members))));
    let day = |time: i64| at.run.simulation().rules().zone.day(Instant(time));
    let until = match day(until) == day(played.at) {
        true => Arg::Time(at.time(until)),
        false => Arg::Moment(at.time(until)),
    };
    args.push(("until".to_owned(), until));
    Some(Caption {
        key: format!("caption-{}", purpose.key()),
        args,
    })
}

fn fault(at: &At<'_>, mut args: Vec<(String, Arg)>) -> Option<Caption> {
    let (_, played) = at.beat?;
    let laid = at
        .run
        .simulation()
        .log()
        .facts(played.from, played.to)
        .find_map(|(_, it)| match it.fact {
            Fact::Changed(Change::FaultLaid { fate, count, .. }) => Some((fate, count)),
            _ => None,
        });
    let (fate, count) = laid?;
    args.push(("count".to_owned(), Arg::Count(i64::from(count))));
    let key = match fate {
        Fate::Lost => "caption-network-lose",
        Fate::Doubled => "caption-network-double",
        Fate::Late | Fate::Arrives => "caption-network-delay",
    };
    Some(Caption {
        key: key.to_owned(),
        args,
    })
}

/// Whether the viewer knows what a wallet holds.
pub(super) fn may_know(at: &At<'_>, wallet: WalletId) -> bool {
    let wallet = at.now.wallet(wallet);
    match at.viewer {
        Viewer::Everyone => true,
        Viewer::Party(viewer) => {
            wallet.is_some_and(|it| it.owner == viewer || it.operator == viewer)
        }
        Viewer::Centre(centre) => centre == Centre::Registration,
        Viewer::Investigator { subject, .. } => wallet.is_some_and(|it| it.owner == subject),
    }
}

/// The limits of a type of wallet that a request can fail at.
pub(super) const WALLET_RULES: [&str; 4] = ["payment", "day", "year", "balance"];

/// The rules that a device can fail at.
pub(super) const DEVICE_RULES: [&str; 8] = [
    "offline.payment",
    "offline.payments",
    "offline.purse",
    "offline.hops",
    "offline.sync-within",
    "offline.coin",
    "offline.pin-from",
    "offline.certificate",
];

/// The path of the rule whose value decided a refusal; none where no value of
/// the rules did, or a lower limit of the holder or the bank.
pub(super) fn rule(at: &At<'_>, refused: &Refused) -> Option<String> {
    if refused.purpose.is_offline() {
        return Some(
            match refused.code {
                Code::LimitDevice => "offline.payment",
                Code::LimitPayments => "offline.payments",
                Code::LimitPurse => "offline.purse",
                Code::LimitHops => "offline.hops",
                Code::SyncOverdue => "offline.sync-within",
                Code::AmountIndivisible => "offline.coin",
                Code::PinWrong => "offline.pin-from",
                Code::CertificateExpired => "offline.certificate",
                _ => return None,
            }
            .to_owned(),
        );
    }
    let limit = match refused.code {
        Code::LimitPayment => "payment",
        Code::LimitDay => "day",
        Code::LimitYear => "year",
        Code::LimitBalance => "balance",
        Code::LimitNight => return Some("night.payment".to_owned()),
        Code::RefundLate => return Some("refund.within".to_owned()),
        _ => return None,
    };
    if own_limit(at, refused).is_some() {
        return None;
    }
    let types = &at.run.simulation().rules().wallet_types;
    let wallet = at.now.wallet(refused.wallet?)?;
    Some(format!(
        "wallet.{}.{limit}",
        types.get(usize::from(wallet.ty))?.name
    ))
}

/// Who set the limit that a refusal is about, if it is not in the rules.
fn own_limit(at: &At<'_>, refused: &Refused) -> Option<Source> {
    let id = refused.wallet?;
    let wallet = at.now.wallet(id)?;
    let of = |limits: Limits| match refused.code {
        Code::LimitPayment => limits.payment,
        Code::LimitDay => limits.day,
        Code::LimitYear => limits.year,
        Code::LimitBalance => limits.balance,
        _ => None,
    };
    let decided = Some(refused.allowed);
    if of(at.now.special(id).map_or(Limits::default(), |it| it.own)) == decided {
        return Some(Source::Holder);
    }
    (of(at
        .now
        .limits_at(wallet.operator, wallet.ty)
        .unwrap_or_default())
        == decided)
        .then_some(Source::Operator)
}

/// Whether the viewer knows what a bank has that a request across a border was
/// refused for the want of: the bank itself, its central bank and whoever
/// refused it.
fn may_know_bank(at: &At<'_>, refused: &Refused) -> bool {
    let Viewer::Party(viewer) = at.viewer else {
        return at.viewer == Viewer::Everyone;
    };
    let of = at.now.authority_of(refused.party);
    viewer == refused.by || viewer == refused.party || Some(viewer) == of
}

/// Where the value of the rules that decided a refusal comes from.
fn rule_source(at: &At<'_>, refused: &Refused) -> Option<Source> {
    at.run.preset().source(&rule(at, refused)?, at.run.ours())
}

/// What a device or bank turned down offline, with the numbers that decided it.
fn of_device(at: &At<'_>, refused: &Refused, mut numbers: Vec<(String, i64)>) -> Refusal {
    match refused.code {
        Code::FundsShort | Code::LiquidityShort => {
            numbers.push(("available".to_owned(), refused.allowed));
        }
        Code::LimitDevice | Code::LimitPurse | Code::AmountIndivisible => {
            numbers.push(("allowed".to_owned(), refused.allowed));
        }
        _ => {}
    }
    Refusal {
        code: refused.code.key().to_owned(),
        by: refused.by.0,
        party: refused.party.0,
        numbers,
        currency: None,
        retryable: refused.code.retryable(),
        source: rule_source(at, refused),
    }
}

/// A refusal with the numbers that decided it and where they come from.
pub(super) fn refusal(at: &At<'_>, refused: &Refused) -> Refusal {
    let mut numbers = vec![("asked".to_owned(), refused.asked)];
    if refused.purpose.is_offline() {
        return of_device(at, refused, numbers);
    }
    // What a wallet holds and has used is its holder's and its bank's to know.
    let may_know = refused.wallet.is_none_or(|id| may_know(at, id));
    let is_limit = match refused.code {
        Code::LimitPayment | Code::LimitDay | Code::LimitYear | Code::LimitBalance => true,
        Code::LimitNight => {
            numbers.push(("allowed".to_owned(), refused.allowed));
            false
        }
        Code::LimitParent | Code::LimitType | Code::RefundExcess => {
            numbers.push(("allowed".to_owned(), refused.allowed));
            numbers.push(("used".to_owned(), refused.used));
            false
        }
        Code::WalletNotEmpty => {
            numbers.push(("available".to_owned(), refused.allowed));
            false
        }
        _ if !may_know => false,
        _ if refused.purpose.is_abroad() && !may_know_bank(at, refused) => false,
        Code::FundsShort | Code::LiquidityShort => {
            numbers.push(("available".to_owned(), refused.allowed));
            false
        }
        _ => false,
    };
    if is_limit && may_know {
        numbers.push(("allowed".to_owned(), refused.allowed));
        if refused.code != Code::LimitPayment {
            numbers.push(("used".to_owned(), refused.used));
        }
    }
    // A holder's or bank's own limit is lower than the rules'.
    let own = own_limit(at, refused);
    let source = own.or_else(|| rule_source(at, refused));
    Refusal {
        code: refused.code.key().to_owned(),
        by: refused.by.0,
        // What a bank lacks is the bank's.
        party: if refused.code == Code::LiquidityShort {
            refused.by
        } else {
            refused
                .wallet
                .and_then(|id| at.now.wallet(id))
                .map(|wallet| wallet.owner)
                .filter(|owner| at.knows(*owner))
                .unwrap_or(refused.party)
        }
        .0,
        numbers,
        currency: at.other(at.now.currency_of_refusal(refused)),
        retryable: refused.code.retryable(),
        source,
    }
}
