//! The 64-byte record of a fact, and back.

use ledger::{AccountId, Class};
use money::Currency;
use thiserror::Error;

use super::*;

mod offline;

/// A fact as it is kept and hashed: 64 bytes, little-endian.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Record {
    pub(super) at: i64,
    pub(super) cause: u32,
    pub(super) tag: u8,
    pub(super) sub: u8,
    pub(super) flags: [u8; 2],
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) c: u32,
    pub(super) d: u32,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) z: i64,
    pub(super) w: i64,
}

/// A record that is no fact: the log is damaged or newer than the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the record with tag {tag}.{sub} is not a fact this engine knows")]
pub struct NotAFact {
    tag: u8,
    sub: u8,
}

const CAUSE_MESSAGE: u32 = 1 << 30;
const CAUSE_TIMER: u32 = 2 << 30;
const CAUSE_NUMBER: u32 = (1 << 30) - 1;

fn two(low: u32, high: u32) -> i64 {
    (u64::from(low) | u64::from(high) << 32).cast_signed()
}

pub(super) fn low(pair: i64) -> u32 {
    (pair.cast_unsigned() & 0xffff_ffff) as u32
}

fn high(pair: i64) -> u32 {
    (pair.cast_unsigned() >> 32) as u32
}

/// A limit in a record: sums are never negative.
fn most(limit: Option<i64>) -> i64 {
    limit.unwrap_or(-1)
}

fn limit(most: i64) -> Option<i64> {
    (most >= 0).then_some(most)
}

pub(super) fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

impl Stamped {
    /// The record this fact is kept as.
    pub fn record(&self) -> Record {
        let cause = match self.cause {
            Cause::Line(OrderId(number)) => number & CAUSE_NUMBER,
            Cause::Message(Serial(number)) => number & CAUSE_NUMBER | CAUSE_MESSAGE,
            Cause::Timer(number) => number & CAUSE_NUMBER | CAUSE_TIMER,
        };
        let record = Record {
            at: self.at,
            cause,
            ..Record::default()
        };
        match &self.fact {
            Fact::Posted(it) => Record {
                tag: 1,
                sub: it.purpose as u8,
                flags: [it.finality as u8, 0],
                a: it.book.0,
                b: it.debit.0,
                c: it.credit.0,
                d: it.order.0,
                x: it.amount,
                ..record
            },
            Fact::Sent(it) => Record {
                tag: 2,
                sub: it.subject as u8,
                flags: [it.purpose as u8 | (it.fate as u8) << 6, it.fault],
                a: it.from.0,
                b: it.to.0,
                c: it.wallet.map_or(NONE, |wallet| wallet.0),
                d: it.other.unwrap_or(NONE),
                x: it.amount,
                y: it.due,
                z: two(it.serial.0, it.order.0),
                w: two(it.memo.0, it.signature.0),
                ..record
            },
            Fact::Changed(change) => change_record(*change, Record { tag: 3, ..record }),
            Fact::Scheduled(it) => Record {
                tag: 4,
                a: it.party.0,
                b: it.number,
                x: it.due,
                ..record
            },
            Fact::Refused(it) => Record {
                tag: 5,
                sub: it.code as u8,
                flags: [it.purpose as u8, 0],
                a: it.by.0,
                b: it.party.0,
                c: it.wallet.map_or(NONE, |wallet| wallet.0),
                d: it.order.0,
                x: it.asked,
                y: it.allowed,
                z: it.used,
                ..record
            },
        }
    }
}

fn change_record(change: Change, record: Record) -> Record {
    match change {
        Change::Offline(change) => offline::write(change, record),
        Change::PartyOpened {
            party,
            kind,
            at,
            name,
        } => Record {
            sub: 1,
            flags: [kind as u8, 0],
            a: party.0,
            b: at.map_or(NONE, |at| at.0),
            c: name.0,
            ..record
        },
        Change::AccountOpened {
            account,
            book,
            class,
            title,
            subject,
            may_overdraw,
        } => Record {
            sub: 2,
            flags: [class as u8 | u8::from(may_overdraw) << 7, title as u8],
            a: account.0,
            b: book.0,
            c: subject,
            ..record
        },
        Change::WalletOpened {
            wallet,
            owner,
            operator,
            ty,
            name,
            key,
        } => Record {
            sub: 3,
            flags: ty.to_le_bytes(),
            a: wallet.0,
            b: owner.0,
            c: operator.0,
            d: name.0,
            x: i64::from(key.0),
            ..record
        },
        Change::WalletUsed {
            wallet,
            available,
            expected,
            spent_day,
            spent_year,
            day,
        } => Record {
            sub: 4,
            a: wallet.0,
            b: day.cast_unsigned(),
            x: available,
            y: expected,
            z: spent_day,
            w: spent_year,
            ..record
        },
        Change::FaultLaid {
            fault,
            fate,
            from,
            to,
            count,
            after,
            delay,
        } => Record {
            sub: 5,
            flags: [fate as u8, fault],
            a: from.map_or(NONE, |party| party.0),
            b: to.map_or(NONE, |party| party.0),
            c: count,
            d: after,
            x: delay,
            ..record
        },
        Change::Arrived => Record { sub: 6, ..record },
        Change::PutAside => Record { sub: 7, ..record },
        Change::Overdue { order, party } => Record {
            sub: 8,
            a: order.0,
            b: party.0,
            ..record
        },
        Change::Idle => Record { sub: 9, ..record },
        Change::Parked {
            order,
            party,
            amount,
        } => Record {
            sub: 10,
            a: order.0,
            b: party.0,
            x: amount,
            ..record
        },
        Change::Unparked { order, party } => Record {
            sub: 11,
            a: order.0,
            b: party.0,
            ..record
        },
        Change::Instructed { order, terms } => Record {
            sub: 12,
            a: order.0,
            b: terms.about.map_or(NONE, |about| about.0),
            c: terms.key.0,
            d: terms.name.0,
            x: terms.due,
            y: terms.every,
            z: terms.times,
            w: i64::from(terms.address.0),
            ..record
        },
        Change::WalletStatus { wallet, status } => Record {
            sub: 13,
            flags: [status as u8, 0],
            a: wallet.0,
            ..record
        },
        Change::WalletTyped { wallet, ty } => Record {
            sub: 14,
            flags: ty.to_le_bytes(),
            a: wallet.0,
            ..record
        },
        Change::WalletLimited { wallet, limits } => Record {
            sub: 15,
            a: wallet.0,
            x: most(limits.balance),
            y: most(limits.payment),
            z: most(limits.day),
            w: most(limits.year),
            ..record
        },
        Change::SubOpened {
            wallet,
            parent,
            only,
            cap,
        } => Record {
            sub: 16,
            a: wallet.0,
            b: parent.0,
            c: only.map_or(NONE, |only| only.0),
            x: most(cap),
            ..record
        },
        Change::BillMade {
            order,
            payee,
            payer,
            amount,
            due,
        } => Record {
            sub: 17,
            a: order.0,
            b: payee.0,
            c: payer.0,
            x: amount,
            y: due,
            ..record
        },
        Change::BillClosed { order, outcome } => Record {
            sub: 18,
            flags: [outcome as u8, 0],
            a: order.0,
            ..record
        },
        Change::PaymentKept {
            order,
            payer,
            payee,
            amount,
            refunded,
            made,
        } => Record {
            sub: 19,
            a: order.0,
            b: payer.0,
            c: payee.0,
            x: amount,
            y: refunded,
            z: made,
            ..record
        },
        Change::KeyUsed { wallet, key } => Record {
            sub: 20,
            a: wallet.0,
            b: key.0,
            ..record
        },
        Change::Standing {
            order,
            wallet,
            payee,
            amount,
            due,
            every,
            times,
        } => Record {
            sub: 21,
            a: order.0,
            b: wallet.0,
            c: payee.0,
            x: amount,
            y: due,
            z: every,
            w: times,
            ..record
        },
        Change::Earned {
            wallet,
            day,
            accrued,
            owed,
        } => Record {
            sub: 22,
            a: wallet.0,
            b: day.cast_unsigned(),
            x: (accrued.cast_unsigned() as u64).cast_signed(),
            y: (accrued >> 64) as i64,
            z: owed,
            ..record
        },
        Change::Resent { serial, due } => Record {
            sub: 23,
            a: serial.0,
            x: due,
            ..record
        },
        Change::Recalled { serial } => Record {
            sub: 24,
            a: serial.0,
            ..record
        },
        Change::Begun {
            order,
            purpose,
            crowd,
            members,
            until,
        } => Record {
            sub: 25,
            flags: [purpose as u8, 0],
            a: order.0,
            b: crowd.0,
            c: members,
            x: until,
            ..record
        },
        Change::Aliased { wallet, alias } => Record {
            sub: 26,
            a: wallet.0,
            b: alias.0,
            ..record
        },
        Change::Fronted { party, agent } => Record {
            sub: 28,
            a: party.0,
            b: agent.0,
            ..record
        },
        Change::Relayed { order, signed } => Record {
            sub: 29,
            a: order.0,
            x: signed,
            ..record
        },
        Change::BankFailed { bank, successor } => Record {
            sub: 30,
            a: bank.0,
            b: successor.0,
            ..record
        },
        Change::Moved { party, bank } => Record {
            sub: 31,
            a: party.0,
            b: bank.0,
            ..record
        },
        Change::TypeLimited { bank, ty, limits } => Record {
            sub: 27,
            a: bank.0,
            b: u32::from(ty),
            x: most(limits.balance),
            y: most(limits.payment),
            z: most(limits.day),
            w: most(limits.year),
            ..record
        },
        Change::AccountIn {
            account,
            book,
            class,
            title,
            subject,
            may_overdraw,
            currency,
        } => Record {
            sub: 60,
            flags: [class as u8 | u8::from(may_overdraw) << 7, title as u8],
            a: account.0,
            b: book.0,
            c: subject,
            d: code_of(currency),
            ..record
        },
        Change::Adopted { party, currency } => Record {
            sub: 61,
            a: party.0,
            d: code_of(currency),
            ..record
        },
        Change::Dealt { order, deal } => Record {
            sub: 62,
            a: order.0,
            b: deal.seller.0,
            c: deal.buyer.0,
            d: deal.sells.0,
            x: deal.sell,
            y: deal.buy,
            z: deal.due,
            w: two(deal.buys.0, deal.rate.0),
            ..record
        },
        Change::Filed {
            order,
            party,
            stage,
        } => Record {
            sub: 63,
            flags: [stage as u8, 0],
            a: order.0,
            b: party.0,
            ..record
        },
        Change::Routed {
            order,
            place,
            party,
        } => Record {
            sub: 64,
            a: order.0,
            b: party.0,
            c: place,
            ..record
        },
        Change::Forwarding {
            order,
            party,
            from,
            amount,
            due,
            passed,
        } => Record {
            sub: 65,
            a: order.0,
            b: party.0,
            c: from.0,
            x: amount,
            y: due,
            z: passed,
            ..record
        },
        Change::Contract(it) => it.record(record),
    }
}

/// A currency in four bytes: its letters and its decimals.
fn code_of(currency: Currency) -> u32 {
    let [a, b, c] = currency.bytes();
    u32::from_le_bytes([a, b, c, currency.decimals()])
}

fn currency_of(code: u32) -> Option<Currency> {
    let [a, b, c, decimals] = code.to_le_bytes();
    Currency::from_bytes([a, b, c], decimals).ok()
}

impl TryFrom<&Record> for Stamped {
    type Error = NotAFact;

    fn try_from(record: &Record) -> Result<Self, NotAFact> {
        let number = record.cause & CAUSE_NUMBER;
        let cause = match record.cause & !CAUSE_NUMBER {
            0 => Some(Cause::Line(OrderId(number))),
            CAUSE_MESSAGE => Some(Cause::Message(Serial(number))),
            CAUSE_TIMER => Some(Cause::Timer(number)),
            _ => None,
        };
        match (cause, fact(record)) {
            (Some(cause), Some(fact)) => Ok(Stamped {
                at: record.at,
                cause,
                fact,
            }),
            _ => Err(NotAFact {
                tag: record.tag,
                sub: record.sub,
            }),
        }
    }
}

fn fact(record: &Record) -> Option<Fact> {
    let Record {
        at,
        sub,
        flags,
        a,
        b,
        c,
        d,
        x,
        y,
        z,
        w,
        ..
    } = *record;
    Some(match record.tag {
        1 => Fact::Posted(Journal {
            book: PartyId(a),
            debit: AccountId(b),
            credit: AccountId(c),
            amount: x,
            purpose: Purpose::from_tag(sub)?,
            finality: Finality::from_tag(flags[0])?,
            order: OrderId(d),
        }),
        2 => Fact::Sent(Message {
            serial: Serial(low(z)),
            from: PartyId(a),
            to: PartyId(b),
            subject: Subject::from_tag(sub)?,
            purpose: Purpose::from_tag(flags[0] & 0x3f)?,
            order: OrderId(high(z)),
            wallet: some(c).map(WalletId),
            other: some(d),
            amount: x,
            sent: at,
            due: y,
            fate: Fate::from_tag(flags[0] >> 6)?,
            fault: flags[1],
            memo: TextId(low(w)),
            signature: TextId(high(w)),
        }),
        3 => Fact::Changed(change(record)?),
        4 => Fact::Scheduled(Timer {
            due: x,
            number: b,
            party: PartyId(a),
        }),
        5 => Fact::Refused(Refusal {
            code: Code::from_tag(sub)?,
            by: PartyId(a),
            party: PartyId(b),
            order: OrderId(d),
            purpose: Purpose::from_tag(flags[0])?,
            wallet: some(c).map(WalletId),
            asked: x,
            allowed: y,
            used: z,
        }),
        _ => return None,
    })
}

fn change(record: &Record) -> Option<Change> {
    let Record {
        sub,
        flags,
        a,
        b,
        c,
        d,
        x,
        y,
        z,
        w,
        ..
    } = *record;
    Some(match sub {
        1 => Change::PartyOpened {
            party: PartyId(a),
            kind: Kind::from_tag(flags[0])?,
            at: some(b).map(PartyId),
            name: TextId(c),
        },
        2 => Change::AccountOpened {
            account: AccountId(a),
            book: PartyId(b),
            class: *Class::ALL.get(usize::from(flags[0] & 0x7f))?,
            title: Title::from_tag(flags[1])?,
            subject: c,
            may_overdraw: flags[0] & 0x80 != 0,
        },
        3 => Change::WalletOpened {
            wallet: WalletId(a),
            owner: PartyId(b),
            operator: PartyId(c),
            ty: u16::from_le_bytes(flags),
            name: TextId(d),
            key: TextId(low(x)),
        },
        4 => Change::WalletUsed {
            wallet: WalletId(a),
            available: x,
            expected: y,
            spent_day: z,
            spent_year: w,
            day: b.cast_signed(),
        },
        5 => Change::FaultLaid {
            fault: flags[1],
            fate: Fate::from_tag(flags[0])?,
            from: some(a).map(PartyId),
            to: some(b).map(PartyId),
            count: c,
            after: d,
            delay: x,
        },
        6 => Change::Arrived,
        7 => Change::PutAside,
        8 => Change::Overdue {
            order: OrderId(a),
            party: PartyId(b),
        },
        9 => Change::Idle,
        10 => Change::Parked {
            order: OrderId(a),
            party: PartyId(b),
            amount: x,
        },
        11 => Change::Unparked {
            order: OrderId(a),
            party: PartyId(b),
        },
        12 => Change::Instructed {
            order: OrderId(a),
            terms: Terms {
                about: some(b).map(OrderId),
                key: TextId(c),
                name: TextId(d),
                address: TextId(low(w)),
                due: x,
                every: y,
                times: z,
            },
        },
        13 => Change::WalletStatus {
            wallet: WalletId(a),
            status: Status::from_tag(flags[0])?,
        },
        14 => Change::WalletTyped {
            wallet: WalletId(a),
            ty: u16::from_le_bytes(flags),
        },
        15 => Change::WalletLimited {
            wallet: WalletId(a),
            limits: Limits {
                balance: limit(x),
                payment: limit(y),
                day: limit(z),
                year: limit(w),
            },
        },
        16 => Change::SubOpened {
            wallet: WalletId(a),
            parent: WalletId(b),
            only: some(c).map(WalletId),
            cap: limit(x),
        },
        17 => Change::BillMade {
            order: OrderId(a),
            payee: WalletId(b),
            payer: WalletId(c),
            amount: x,
            due: y,
        },
        18 => Change::BillClosed {
            order: OrderId(a),
            outcome: Outcome::from_tag(flags[0])?,
        },
        19 => Change::PaymentKept {
            order: OrderId(a),
            payer: WalletId(b),
            payee: WalletId(c),
            amount: x,
            refunded: y,
            made: z,
        },
        20 => Change::KeyUsed {
            wallet: WalletId(a),
            key: TextId(b),
        },
        21 => Change::Standing {
            order: OrderId(a),
            wallet: WalletId(b),
            payee: WalletId(c),
            amount: x,
            due: y,
            every: z,
            times: w,
        },
        22 => Change::Earned {
            wallet: WalletId(a),
            day: b.cast_signed(),
            accrued: i128::from(y) << 64 | i128::from(x.cast_unsigned()),
            owed: z,
        },
        23 => Change::Resent {
            serial: Serial(a),
            due: x,
        },
        24 => Change::Recalled { serial: Serial(a) },
        25 => Change::Begun {
            order: OrderId(a),
            purpose: Purpose::from_tag(flags[0])?,
            crowd: TextId(b),
            members: c,
            until: x,
        },
        26 => Change::Aliased {
            wallet: WalletId(a),
            alias: TextId(b),
        },
        28 => Change::Fronted {
            party: PartyId(a),
            agent: PartyId(b),
        },
        29 => Change::Relayed {
            order: OrderId(a),
            signed: x,
        },
        30 => Change::BankFailed {
            bank: PartyId(a),
            successor: PartyId(b),
        },
        31 => Change::Moved {
            party: PartyId(a),
            bank: PartyId(b),
        },
        27 => Change::TypeLimited {
            bank: PartyId(a),
            ty: u16::try_from(b).ok()?,
            limits: Limits {
                balance: limit(x),
                payment: limit(y),
                day: limit(z),
                year: limit(w),
            },
        },
        90..=95 | 122 => Change::Offline(offline::read(record)?),
        60 => Change::AccountIn {
            account: AccountId(a),
            book: PartyId(b),
            class: *Class::ALL.get(usize::from(flags[0] & 0x7f))?,
            title: Title::from_tag(flags[1])?,
            subject: c,
            may_overdraw: flags[0] & 0x80 != 0,
            currency: currency_of(d)?,
        },
        61 => Change::Adopted {
            party: PartyId(a),
            currency: currency_of(d)?,
        },
        62 => Change::Dealt {
            order: OrderId(a),
            deal: Deal {
                seller: PartyId(b),
                buyer: PartyId(c),
                sells: PartyId(d),
                buys: PartyId(low(w)),
                sell: x,
                buy: y,
                due: z,
                rate: TextId(high(w)),
            },
        },
        63 => Change::Filed {
            order: OrderId(a),
            party: PartyId(b),
            stage: Stage::from_tag(flags[0])?,
        },
        64 => Change::Routed {
            order: OrderId(a),
            place: c,
            party: PartyId(b),
        },
        65 => Change::Forwarding {
            order: OrderId(a),
            party: PartyId(b),
            from: PartyId(c),
            amount: x,
            due: y,
            passed: z,
        },
        80..=89 | 120..=121 | 123 => Change::Contract(ContractChange::read(record)?),
        _ => return None,
    })
}
