//! What happens without a network, as sentences and as devices on a phone.

use conditions::Rule;
use world::fact::{
    Change, ContractChange, DeviceId, Fact, Fate, Message, OfflineChange, OrderId, PartyId,
    Purpose, Subject, WalletId,
};
use world::offline::{Trick, trace, what};
use world::state::Device as Filed;

use super::{At, contract_name, order};
use crate::views::{Arg, Caption, Crossing, Device, Finding, ForPurpose, Handover};

/// The sentence of a beat that is about devices.
pub(super) fn caption(
    at: &At<'_>,
    purpose: Purpose,
    mut args: Vec<(String, Arg)>,
) -> Option<Caption> {
    let told = |key: &str, args| {
        Some(Caption {
            key: format!("caption-{key}"),
            args,
        })
    };
    let order = order(at)?;
    let simulation = at.run.simulation();
    let (_, played) = at.beat?;
    let facts = || {
        let all = simulation.log().facts(played.from, played.to);
        all.filter(|(_, it)| super::sees(it, at.viewer, at.now))
    };
    let of_it = |asked| simulation.asked_by(asked) == order;
    let mut seen = false;
    let (mut amount, mut ends) = (0, None);
    let (mut refused, mut found, mut special) = (None, None, None);
    let (mut paid, mut confirmed, mut sold, mut wrapped) = (false, false, false, None);
    for (_, it) in facts() {
        match it.fact {
            Fact::Sent(message) if of_it(message.order) => {
                seen = true;
                paid |= message.subject == Subject::OfflinePayment;
                confirmed |= message.subject == Subject::OfflineReceipt;
                sold |= message.subject == Subject::HandNotes;
                amount = amount.max(message.amount);
                ends = ends.or(match message.subject {
                    Subject::OfflineRequest => Some((message.to, Some(message.from))),
                    Subject::OfflinePayment => Some((message.from, Some(message.to))),
                    Subject::OfflineAsk => Some((message.from, None)),
                    _ => None,
                });
            }
            Fact::Refused(refusal) if of_it(refusal.order) => {
                seen = true;
                refused = refused.or(Some(refusal));
                amount = amount.max(refusal.asked);
                ends = ends.or(Some((refusal.party, None)));
            }
            Fact::Changed(Change::Offline(change)) => match change {
                OfflineChange::Found { .. } => found = found.or(Some(change)),
                OfflineChange::Switched { .. }
                | OfflineChange::Revoked { .. }
                | OfflineChange::Tampered { .. } => special = Some(change),
                OfflineChange::Opened { .. }
                | OfflineChange::Stored { .. }
                | OfflineChange::Bound { .. } => {}
            },
            Fact::Changed(Change::Contract(
                ContractChange::Loaded { contract, .. } | ContractChange::Unloaded { contract, .. },
            )) => wrapped = Some(contract),
            _ => {}
        }
    }
    if !seen && special.is_none() {
        return told("unseen", args);
    }
    let mut add = |name: &str, arg| args.push((name.to_owned(), arg));
    add("amount", Arg::Amount(amount));
    if let Some((actor, payee)) = ends {
        add("actor", at.who(actor));
        if let Some(bank) = at.now.party(actor).and_then(|it| it.at) {
            add("bank", at.who(bank));
        }
        if let Some(payee) = payee {
            add("payee", at.who(payee));
        }
    }
    if let Some(OfflineChange::Found {
        bank,
        what: place,
        named,
        amount,
        ..
    }) = found
    {
        args.retain(|(name, _)| !matches!(name.as_str(), "amount" | "bank"));
        let mut add = |name: &str, arg| args.push((name.to_owned(), arg));
        add("bank", at.who(bank));
        add("amount", Arg::Amount(amount));
        add("what", Arg::Word(format!("found-{}", what(place))));
        let key = match named {
            Some(device) => {
                add("device", Arg::Name(name_of(at, device)));
                "offline-found-named"
            }
            None => "offline-found",
        };
        return told(key, args);
    }
    if let Some(refusal) = refused {
        let word = format!("refusal-{}", refusal.code.key().replace('.', "-"));
        args.push(("code".to_owned(), Arg::Word(word)));
        return told(&format!("refused-{}", purpose.key()), args);
    }
    let mut add = |name: &str, arg| args.push((name.to_owned(), arg));
    let key = match special {
        Some(OfflineChange::Switched { party, connected }) => {
            add("actor", at.who(party));
            if connected {
                "offline-connect"
            } else {
                "offline-disconnect"
            }
            .to_owned()
        }
        Some(OfflineChange::Tampered { device, trick }) => {
            add("device", Arg::Name(name_of(at, device)));
            format!("offline-{}", Trick::from_tag(trick)?.key())
        }
        Some(OfflineChange::Revoked { device }) => {
            add("device", Arg::Name(name_of(at, device)));
            let wallet = at.now.wallet(at.now.device(device)?.wallet)?;
            add("bank", at.who(wallet.operator));
            "offline-revoke".to_owned()
        }
        _ if purpose == Purpose::OfflinePay && paid && !confirmed && at.position >= played.to => {
            "offline-limbo".to_owned()
        }
        _ if purpose == Purpose::OfflinePay && sold => "offline-top-up".to_owned(),
        _ => match wrapped {
            Some(contract) if matches!(purpose, Purpose::OfflineLoad | Purpose::OfflineUnload) => {
                add("contract", Arg::Name(contract_name(at, contract)));
                format!("{}-purpose", purpose.key())
            }
            _ => purpose.key().to_owned(),
        },
    };
    told(&key, args)
}

fn name_of(at: &At<'_>, device: DeviceId) -> String {
    let device = at.now.device(device);
    device.map(|it| at.text(it.name)).unwrap_or_default()
}

/// The devices that are loaded from a wallet.
pub(super) fn devices(at: &At<'_>, wallet: WalletId, owner: PartyId) -> Vec<Device> {
    let is_its = |(_, it): &(DeviceId, &Filed)| it.wallet == wallet;
    let all = at.now.devices_of(owner).filter(is_its);
    let limits = at.run.simulation().rules().offline.limits;
    all.map(|(number, it)| Device {
        no: number.0,
        name: at.text(it.name),
        form: format!("device-{}", it.form.key()),
        held: it.held,
        to_claim: it.to_claim,
        limbo: it.limbo,
        payments: it.payments,
        most_payments: limits.payments,
        hop: it.hop,
        most_hops: limits.hops,
        payment: Some(limits.payment).filter(|most| *most > 0),
        most: Some(limits.purse).filter(|most| *most > 0),
        sync_by: it.sync_by.map(|due| at.time(due)),
        is_overdue: it.sync_by.is_some_and(|due| due < at.now.now()),
        is_revoked: it.revoked,
        is_copy: it.copy_of.is_some(),
        purpose: it.purpose.and_then(|purpose| for_purpose(at, purpose)),
    })
    .collect()
}

/// What money for a purpose in a device can be spent on, as far as it is a sum or a time.
fn for_purpose(at: &At<'_>, purpose: OrderId) -> Option<ForPurpose> {
    let purse = at.now.purse_of(purpose)?;
    let decimals = at.now.currency().decimals();
    let cap = |rule: &Rule| match rule {
        Rule::AmountAtMost(cap) => cap.minor(decimals).ok(),
        _ => None,
    };
    let expires = purse.wrapper.expires().0;
    Some(ForPurpose {
        name: contract_name(at, purpose),
        until: at.time(expires),
        is_over: expires <= at.now.now(),
        most: purse.wrapper.condition().rules.iter().filter_map(cap).min(),
    })
}

/// What crossed from device to device in the beat being shown, where this
/// holder took part.
pub(super) fn crossed(at: &At<'_>, owner: PartyId) -> Vec<Crossing> {
    let texts = at.run.simulation().texts();
    let took_part = |message: &Message| message.from == owner || message.to == owner;
    let between = at.facts().filter_map(|(_, it)| match it.fact {
        Fact::Sent(message) if message.subject.is_between_devices() => Some(message),
        _ => None,
    });
    let said = between.filter(took_part).map(|message| {
        let bytes = texts.bytes(message.signature);
        Crossing {
            key: format!("message-{}", message.subject.key()),
            from: at.name(message.from),
            to: at.name(message.to),
            arrived: message.fate != Fate::Lost,
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            codes: seal::parts::split(bytes, seal::parts::READABLE).unwrap_or_default(),
        }
    });
    said.collect()
}

/// Whether a sum, as it was typed, can be paid from a device with no network:
/// the sum, or the key of the sentence that says why not. The first reason
/// counts, in the order in which a device looks at them.
pub fn can_go_offline(device: &Device, sum: &str, decimals: u8) -> Result<i64, &'static str> {
    let sum = money::parse_minor(sum.trim(), decimals)
        .ok()
        .filter(|sum| *sum > 0)
        .ok_or("offline-no-sum")?;
    let too_many = |used: u32, most: u32| most > 0 && used >= most;
    let reasons = [
        (device.is_revoked, "offline-not-revoked"),
        (
            device.payment.is_some_and(|most| sum > most),
            "offline-not-payment",
        ),
        (
            too_many(device.payments, device.most_payments),
            "offline-not-payments",
        ),
        (device.is_overdue, "offline-not-sync"),
        (too_many(device.hop, device.most_hops), "offline-not-hops"),
        (sum > device.held, "offline-not-funds"),
        (
            device.purpose.as_ref().is_some_and(|it| it.is_over),
            "offline-not-purpose-over",
        ),
        (
            device
                .purpose
                .as_ref()
                .is_some_and(|it| it.most.is_some_and(|most| sum > most)),
            "offline-not-purpose-cap",
        ),
    ];
    match reasons.into_iter().find(|(holds, _)| *holds) {
        Some((_, reason)) => Err(reason),
        None => Ok(sum),
    }
}

/// What banks have found, with the way of the value.
pub(super) fn findings(at: &At<'_>) -> Vec<Finding> {
    let sees = |bank: PartyId| match at.viewer {
        world::visible::Viewer::Everyone => true,
        world::visible::Viewer::Party(viewer) => viewer == bank,
        _ => false,
    };
    let all = at.now.found().iter().filter(|it| sees(it.bank));
    all.map(|it| Finding {
        bank: it.bank.0,
        key: format!("found-{}", what(it.what)),
        named: it.named.map(|device| name_of(at, device)),
        amount: it.amount,
        trace: trace(at.run.simulation().texts().bytes(it.trace))
            .into_iter()
            .map(|step| Handover {
                from: name_of(at, step.from),
                to: name_of(at, step.to),
                amount: step.amount,
                is_twice: step.twice,
            })
            .collect(),
    })
    .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_first_reason_against_a_payment_is_told() {
        let device = Device {
            no: 0,
            name: "Alice/phone".to_owned(),
            form: "device-phone".to_owned(),
            held: 5_000,
            to_claim: 0,
            limbo: 0,
            payments: 2,
            most_payments: 10,
            hop: 1,
            most_hops: 3,
            payment: Some(50_000),
            most: Some(100_000),
            sync_by: None,
            is_overdue: false,
            is_revoked: false,
            is_copy: false,
            purpose: None,
        };
        let lunch = Device {
            purpose: Some(ForPurpose {
                name: "Vouchers".to_owned(),
                until: String::new(),
                is_over: false,
                most: Some(2_000),
            }),
            ..device.clone()
        };
        assert_eq!(can_go_offline(&lunch, "20", 2), Ok(2_000));
        let too_much = Err("offline-not-purpose-cap");
        assert_eq!(can_go_offline(&lunch, "20.01", 2), too_much);
        let mut late = lunch;
        if let Some(purpose) = &mut late.purpose {
            purpose.is_over = true;
        }
        let over = Err("offline-not-purpose-over");
        assert_eq!(can_go_offline(&late, "20", 2), over);
        assert_eq!(can_go_offline(&device, "12.50", 2), Ok(1_250));
        assert_eq!(can_go_offline(&device, "50", 2), Ok(5_000));
        assert_eq!(
            can_go_offline(&device, "50.01", 2),
            Err("offline-not-funds")
        );
        assert_eq!(
            can_go_offline(&device, "500.01", 2),
            Err("offline-not-payment")
        );
        for sum in ["", "0", "-1", "a", "1.234"] {
            assert_eq!(
                can_go_offline(&device, sum, 2),
                Err("offline-no-sum"),
                "{sum}"
            );
        }
        let full = Device {
            payments: 10,
            is_overdue: true,
            ..device.clone()
        };
        assert_eq!(can_go_offline(&full, "1", 2), Err("offline-not-payments"));
        let unlimited = Device {
            most_payments: 0,
            hop: 3,
            ..full
        };
        assert_eq!(can_go_offline(&unlimited, "1", 2), Err("offline-not-sync"));
        let far = Device { hop: 3, ..device };
        assert_eq!(can_go_offline(&far, "1", 2), Err("offline-not-hops"));
    }
}
