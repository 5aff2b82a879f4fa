//! The records of what changes without a network.

use ::offline::Form;

use super::{
    DeviceId, OfflineChange, OrderId, PartyId, Record, TextId, WalletId, limit, most, some,
};
use crate::fact::NONE;

pub(super) fn write(change: OfflineChange, record: Record) -> Record {
    match change {
        OfflineChange::Opened {
            device,
            wallet,
            form,
            name,
            copy_of,
        } => Record {
            sub: 90,
            flags: [form as u8, 0],
            a: device.0,
            b: wallet.0,
            c: name.0,
            d: copy_of.map_or(NONE, |it| it.0),
            ..record
        },
        OfflineChange::Stored {
            device,
            held,
            to_claim,
            limbo,
            payments,
            hop,
            sync_by,
        } => Record {
            sub: 91,
            a: device.0,
            b: payments,
            c: hop,
            x: held,
            y: to_claim,
            z: limbo,
            w: most(sync_by),
            ..record
        },
        OfflineChange::Switched { party, connected } => Record {
            sub: 92,
            flags: [u8::from(connected), 0],
            a: party.0,
            ..record
        },
        OfflineChange::Found {
            bank,
            what,
            named,
            amount,
            trace,
        } => Record {
            sub: 93,
            flags: [what, 0],
            a: bank.0,
            b: named.map_or(NONE, |it| it.0),
            c: trace.0,
            x: amount,
            ..record
        },
        OfflineChange::Revoked { device } => Record {
            sub: 94,
            a: device.0,
            ..record
        },
        OfflineChange::Bound { device, purpose } => Record {
            sub: 122,
            a: device.0,
            b: purpose.map_or(NONE, |it| it.0),
            ..record
        },
        OfflineChange::Tampered { device, trick } => Record {
            sub: 95,
            flags: [trick, 0],
            a: device.0,
            ..record
        },
    }
}

pub(super) fn read(record: &Record) -> Option<OfflineChange> {
    let &Record {
        sub,
        flags,
        a,
        b,
        c,
        ..
    } = record;
    let device = DeviceId(a);
    Some(match sub {
        90 => OfflineChange::Opened {
            device,
            wallet: WalletId(b),
            form: *Form::ALL.get(usize::from(flags[0]))?,
            name: TextId(c),
            copy_of: some(record.d).map(DeviceId),
        },
        91 => OfflineChange::Stored {
            device,
            held: record.x,
            to_claim: record.y,
            limbo: record.z,
            payments: b,
            hop: c,
            sync_by: limit(record.w),
        },
        92 => OfflineChange::Switched {
            party: PartyId(a),
            connected: flags[0] == 1,
        },
        93 => OfflineChange::Found {
            bank: PartyId(a),
            what: flags[0],
            named: some(b).map(DeviceId),
            amount: record.x,
            trace: TextId(c),
        },
        94 => OfflineChange::Revoked { device },
        95 => OfflineChange::Tampered {
            device,
            trick: flags[0],
        },
        122 => OfflineChange::Bound {
            device,
            purpose: some(b).map(OrderId),
        },
        _ => return None,
    })
}
