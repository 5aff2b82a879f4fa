//! What changed, as an event of the log's export.

use ledger::Class;
use money::Span;
use serde::Serialize;
use world::fact::{Change, DeviceId, OfflineChange};
use world::offline::Trick;

use super::{Names, hex};
use crate::picture::civil;
use crate::run::Run;

#[derive(Serialize)]
#[serde(
    tag = "change",
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub(super) enum ChangeOf {
    PartyOpened {
        party: String,
        is: &'static str,
        /// The institution it stands under. Not `at`, which is when.
        #[serde(skip_serializing_if = "Option::is_none")]
        under: Option<String>,
    },
    AccountOpened {
        book: String,
        title: &'static str,
        #[serde(skip_serializing_if = "String::is_empty")]
        of: String,
        class: &'static str,
        may_overdraw: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
    },
    WalletOpened {
        wallet: String,
        owner: String,
        operator: String,
        #[serde(rename = "type")]
        ty: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        key: String,
    },
    WalletUsed {
        wallet: String,
        available: String,
        expected: String,
        spent_day: String,
        spent_year: String,
    },
    FaultLaid {
        fault: u8,
        fate: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        count: u32,
        after: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        delay: Option<String>,
    },
    Arrived,
    PutAside,
    Overdue {
        line: u32,
        party: String,
    },
    Idle,
    Parked {
        line: u32,
        party: String,
        amount: String,
    },
    Unparked {
        line: u32,
        party: String,
    },
    Instructed {
        line: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        about: Option<u32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        every: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        times: Option<i64>,
    },
    WalletStatus {
        wallet: String,
        status: &'static str,
    },
    WalletTyped {
        wallet: String,
        #[serde(rename = "type")]
        ty: String,
    },
    WalletLimited {
        wallet: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        balance: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        payment: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        day: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        year: Option<String>,
    },
    SubOpened {
        wallet: String,
        parent: String,
        #[serde(rename = "for", skip_serializing_if = "Option::is_none")]
        only: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        cap: Option<String>,
    },
    RequestMade {
        line: u32,
        payee: String,
        payer: String,
        amount: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<String>,
    },
    RequestClosed {
        line: u32,
        outcome: &'static str,
    },
    PaymentKept {
        line: u32,
        payer: String,
        payee: String,
        amount: String,
        refunded: String,
    },
    KeyUsed {
        wallet: String,
        key: String,
    },
    Standing {
        line: u32,
        wallet: String,
        payee: String,
        amount: String,
        due: String,
        times: i64,
    },
    Earned {
        wallet: String,
        /// Not posted yet, in 365ths of a billionth of a minor unit.
        accrued: String,
        owed: String,
    },
    Resent {
        number: u32,
        due: String,
    },
    Recalled {
        number: u32,
    },
    Aliased {
        wallet: String,
        alias: String,
    },
    TypeLimited {
        bank: String,
        #[serde(rename = "type")]
        ty: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        balance: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        payment: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        day: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        year: Option<String>,
    },
    Fronted {
        party: String,
        agent: String,
    },
    Relayed {
        line: u32,
        signed: String,
    },
    BankFailed {
        bank: String,
        successor: String,
    },
    Moved {
        party: String,
        bank: String,
    },
    Begun {
        what: &'static str,
        crowd: String,
        members: u32,
        until: Option<String>,
    },
    CurrencyAdopted {
        party: String,
        currency: String,
    },
    Dealt {
        line: u32,
        seller: String,
        buyer: String,
        sell: String,
        sells: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        buy: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        buys: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        rate: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<String>,
    },
    QuoteFiled {
        line: u32,
        party: String,
        stage: &'static str,
    },
    Routed {
        line: u32,
        place: u32,
        party: String,
    },
    Forwarding {
        line: u32,
        party: String,
        from: String,
        amount: String,
        passed: String,
        currency: String,
        due: String,
    },
    Contract(super::contracts::Happened),
    DeviceOpened {
        device: String,
        wallet: String,
        form: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        copy_of: Option<String>,
    },
    DeviceStored {
        device: String,
        held: String,
        to_claim: String,
        limbo: String,
        payments: u32,
        hop: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        sync_by: Option<String>,
    },
    Switched {
        party: String,
        connected: bool,
    },
    Found {
        bank: String,
        what: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        named: Option<String>,
        amount: String,
        trace: Vec<StepOf>,
    },
    DeviceRevoked {
        device: String,
    },
    DeviceTampered {
        device: String,
        how: &'static str,
    },
    DeviceBound {
        device: String,
        purpose: Option<String>,
    },
}

/// A step on the way of value.
#[derive(Clone, Debug, Serialize)]
pub(super) struct StepOf {
    from: String,
    to: String,
    amount: String,
    twice: bool,
}

fn key_of(class: Class) -> &'static str {
    match class {
        Class::Asset => "asset",
        Class::Liability => "liability",
        Class::Equity => "equity",
    }
}

pub(super) fn change(run: &Run, change: Change) -> ChangeOf {
    let names = Names(run);
    let sum = |limit: Option<i64>| limit.map(|limit| names.sum(limit));
    let time = |at: i64| (at > 0).then(|| civil(run, at));
    let type_name = |ty: u16| {
        let types = &run.simulation().rules().wallet_types;
        types
            .get(usize::from(ty))
            .map(|ty| ty.name.clone())
            .unwrap_or_default()
    };
    match change {
        Change::Offline(change) => offline(run, change),
        Change::PartyOpened {
            party, kind, at, ..
        } => ChangeOf::PartyOpened {
            party: names.party(party),
            is: kind.key(),
            under: at.map(|at| names.party(at)),
        },
        Change::AccountOpened {
            book,
            class,
            title,
            subject,
            may_overdraw,
            ..
        } => ChangeOf::AccountOpened {
            book: names.party(book),
            title: title.key(),
            of: names.subject(Some(title), subject),
            class: key_of(class),
            may_overdraw,
            currency: None,
        },
        Change::AccountIn {
            book,
            class,
            title,
            subject,
            may_overdraw,
            currency,
            ..
        } => ChangeOf::AccountOpened {
            book: names.party(book),
            title: title.key(),
            of: names.subject(Some(title), subject),
            class: key_of(class),
            may_overdraw,
            currency: Some(currency.to_string()),
        },
        Change::Adopted { party, currency } => ChangeOf::CurrencyAdopted {
            party: names.party(party),
            currency: currency.to_string(),
        },
        Change::Dealt { order, deal } => {
            let coin = |authority| run.simulation().world().currency_of(authority);
            let sum = |minor, authority| names.sum_in(minor, coin(authority));
            let code = |authority| coin(authority).map(|it| it.to_string());
            let rate = run.simulation().texts().text(deal.rate);
            ChangeOf::Dealt {
                line: run.line_of(order),
                seller: names.party(deal.seller),
                buyer: names.party(deal.buyer),
                sell: sum(deal.sell, deal.sells),
                sells: code(deal.sells).unwrap_or_default(),
                buy: (deal.buy > 0).then(|| sum(deal.buy, deal.buys)),
                buys: code(deal.buys).filter(|_| deal.buy > 0),
                rate: Some(rate.to_owned()).filter(|it| !it.is_empty()),
                due: time(deal.due),
            }
        }
        Change::Filed {
            order,
            party,
            stage,
        } => ChangeOf::QuoteFiled {
            line: run.line_of(order),
            party: names.party(party),
            stage: stage.key(),
        },
        Change::Routed {
            order,
            place,
            party,
        } => ChangeOf::Routed {
            line: run.line_of(order),
            place,
            party: names.party(party),
        },
        Change::Forwarding {
            order,
            party,
            from,
            amount,
            due,
            passed,
        } => {
            let coin = run.simulation().world().currency_from(order, from);
            ChangeOf::Forwarding {
                line: run.line_of(order),
                party: names.party(party),
                from: names.party(from),
                amount: names.sum_in(amount, coin),
                passed: names.sum_in(passed, coin),
                currency: coin.map(|it| it.to_string()).unwrap_or_default(),
                due: civil(run, due),
            }
        }
        Change::WalletOpened {
            wallet,
            owner,
            operator,
            ty,
            key,
            ..
        } => ChangeOf::WalletOpened {
            wallet: names.wallet(wallet),
            owner: names.party(owner),
            operator: names.party(operator),
            ty: type_name(ty),
            key: hex(run.simulation().texts().bytes(key)),
        },
        Change::WalletUsed {
            wallet,
            available,
            expected,
            spent_day,
            spent_year,
            ..
        } => ChangeOf::WalletUsed {
            wallet: names.wallet(wallet),
            available: names.sum(available),
            expected: names.sum(expected),
            spent_day: names.sum(spent_day),
            spent_year: names.sum(spent_year),
        },
        Change::FaultLaid {
            fault,
            fate,
            from,
            to,
            count,
            after,
            delay,
        } => ChangeOf::FaultLaid {
            fault,
            fate: fate.key(),
            from: from.map(|party| names.party(party)),
            to: to.map(|party| names.party(party)),
            count,
            after,
            delay: (delay > 0).then(|| money::Span(delay).to_string()),
        },
        Change::Arrived => ChangeOf::Arrived,
        Change::PutAside => ChangeOf::PutAside,
        Change::Overdue { order, party } => ChangeOf::Overdue {
            line: run.line_of(order),
            party: names.party(party),
        },
        Change::Idle => ChangeOf::Idle,
        Change::Parked {
            order,
            party,
            amount,
        } => ChangeOf::Parked {
            line: run.line_of(order),
            party: names.party(party),
            amount: names.sum(amount),
        },
        Change::Unparked { order, party } => ChangeOf::Unparked {
            line: run.line_of(order),
            party: names.party(party),
        },
        Change::Instructed { order, terms } => ChangeOf::Instructed {
            line: run.line_of(order),
            about: terms.about.map(|about| run.line_of(about)),
            due: time(terms.due),
            every: (terms.every > 0).then(|| Span(terms.every).to_string()),
            times: (terms.times > 0).then_some(terms.times),
        },
        Change::WalletStatus { wallet, status } => ChangeOf::WalletStatus {
            wallet: names.wallet(wallet),
            status: status.key(),
        },
        Change::WalletTyped { wallet, ty } => ChangeOf::WalletTyped {
            wallet: names.wallet(wallet),
            ty: type_name(ty),
        },
        Change::WalletLimited { wallet, limits } => ChangeOf::WalletLimited {
            wallet: names.wallet(wallet),
            balance: sum(limits.balance),
            payment: sum(limits.payment),
            day: sum(limits.day),
            year: sum(limits.year),
        },
        Change::Fronted { party, agent } => ChangeOf::Fronted {
            party: names.party(party),
            agent: names.party(agent),
        },
        Change::Relayed { order, signed } => ChangeOf::Relayed {
            line: run.line_of(order),
            signed: civil(run, signed),
        },
        Change::BankFailed { bank, successor } => ChangeOf::BankFailed {
            bank: names.party(bank),
            successor: names.party(successor),
        },
        Change::Moved { party, bank } => ChangeOf::Moved {
            party: names.party(party),
            bank: names.party(bank),
        },
        Change::Aliased { wallet, alias } => ChangeOf::Aliased {
            wallet: names.wallet(wallet),
            alias: run.simulation().texts().text(alias).to_owned(),
        },
        Change::TypeLimited { bank, ty, limits } => ChangeOf::TypeLimited {
            bank: names.party(bank),
            ty: type_name(ty),
            balance: sum(limits.balance),
            payment: sum(limits.payment),
            day: sum(limits.day),
            year: sum(limits.year),
        },
        Change::SubOpened {
            wallet,
            parent,
            only,
            cap,
        } => ChangeOf::SubOpened {
            wallet: names.wallet(wallet),
            parent: names.wallet(parent),
            only: only.map(|only| names.wallet(only)),
            cap: sum(cap),
        },
        Change::BillMade {
            order,
            payee,
            payer,
            amount,
            due,
        } => ChangeOf::RequestMade {
            line: run.line_of(order),
            payee: names.wallet(payee),
            payer: names.wallet(payer),
            amount: names.sum(amount),
            due: time(due),
        },
        Change::BillClosed { order, outcome } => ChangeOf::RequestClosed {
            line: run.line_of(order),
            outcome: outcome.key(),
        },
        Change::PaymentKept {
            order,
            payer,
            payee,
            amount,
            refunded,
            ..
        } => ChangeOf::PaymentKept {
            line: run.line_of(order),
            payer: names.wallet(payer),
            payee: names.wallet(payee),
            amount: names.sum(amount),
            refunded: names.sum(refunded),
        },
        Change::KeyUsed { wallet, key } => ChangeOf::KeyUsed {
            wallet: names.wallet(wallet),
            key: run.simulation().texts().text(key).to_owned(),
        },
        Change::Standing {
            order,
            wallet,
            payee,
            amount,
            due,
            times,
            ..
        } => ChangeOf::Standing {
            line: run.line_of(order),
            wallet: names.wallet(wallet),
            payee: names.wallet(payee),
            amount: names.sum(amount),
            due: civil(run, due),
            times,
        },
        Change::Earned {
            wallet,
            accrued,
            owed,
            ..
        } => ChangeOf::Earned {
            wallet: names.wallet(wallet),
            accrued: accrued.to_string(),
            owed: names.sum(owed),
        },
        Change::Resent { serial, due } => ChangeOf::Resent {
            number: serial.0,
            due: civil(run, due),
        },
        Change::Recalled { serial } => ChangeOf::Recalled { number: serial.0 },
        Change::Begun {
            purpose,
            crowd,
            members,
            until,
            ..
        } => ChangeOf::Begun {
            what: purpose.key(),
            crowd: run.simulation().texts().text(crowd).to_owned(),
            members,
            until: time(until),
        },
        Change::Contract(it) => ChangeOf::Contract(super::contracts::happened(run, it)),
    }
}

fn offline(run: &Run, change: OfflineChange) -> ChangeOf {
    let names = Names(run);
    let simulation = run.simulation();
    let name = |device: DeviceId| {
        let device = simulation.world().device(device);
        let text = device.map(|it| simulation.texts().text(it.name).to_owned());
        text.unwrap_or_default()
    };
    match change {
        OfflineChange::Opened {
            wallet,
            form,
            copy_of,
            name: of,
            ..
        } => ChangeOf::DeviceOpened {
            device: simulation.texts().text(of).to_owned(),
            wallet: names.wallet(wallet),
            form: form.key(),
            copy_of: copy_of.map(name),
        },
        OfflineChange::Stored {
            device,
            held,
            to_claim,
            limbo,
            payments,
            hop,
            sync_by,
        } => ChangeOf::DeviceStored {
            device: name(device),
            held: names.sum(held),
            to_claim: names.sum(to_claim),
            limbo: names.sum(limbo),
            payments,
            hop,
            sync_by: sync_by.map(|at| civil(run, at)),
        },
        OfflineChange::Switched { party, connected } => ChangeOf::Switched {
            party: names.party(party),
            connected,
        },
        OfflineChange::Found {
            bank,
            what,
            named,
            amount,
            trace,
        } => ChangeOf::Found {
            bank: names.party(bank),
            what: world::offline::what(what),
            named: named.map(name),
            amount: names.sum(amount),
            trace: world::offline::trace(simulation.texts().bytes(trace))
                .into_iter()
                .map(|step| StepOf {
                    from: name(step.from),
                    to: name(step.to),
                    amount: names.sum(step.amount),
                    twice: step.twice,
                })
                .collect(),
        },
        OfflineChange::Revoked { device } => ChangeOf::DeviceRevoked {
            device: name(device),
        },
        OfflineChange::Tampered { device, trick } => ChangeOf::DeviceTampered {
            device: name(device),
            how: Trick::from_tag(trick).map_or("", Trick::key),
        },
        OfflineChange::Bound { device, purpose } => ChangeOf::DeviceBound {
            device: name(device),
            purpose: purpose.map(|it| names.contract(it)),
        },
    }
}
