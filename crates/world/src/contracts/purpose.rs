//! Money for a purpose: wrapped by its creator, handed on, and spent where its
//! condition holds. Who keeps it judges, by what the directory says of a payee:
//! the handle, and the category and the area on a merchant's certificate.

use conditions::purpose::PurposeError;
use conditions::{Category, Condition, Image, Known, Moment, Name, Spend, Verdict};
use money::Instant;

use super::keeper::{self, Call, Till};
use crate::cbdc::{Desk, Out, Refused};
use crate::fact::{Change, ContractChange, Finality, Message, OrderId, Subject, Title, WalletId};
use crate::refusal::Code;
use crate::state::{Form, Purse, holder};

/// Takes the creator's plain money in.
pub(super) fn wrap(
    desk: &Desk<'_>,
    call: &Call,
    till: &mut Till,
    out: &mut Out,
) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::ContractUnknown, call.wallet);
    let (number, creator) = call.other.zip(call.wallet).ok_or(unknown)?;
    keeper::has_it(desk, call)?;
    let contract = call.order;
    let expires = call.terms.due;
    out.change(Change::Contract(ContractChange::Wrapped {
        contract,
        number,
        keeper: desk.me(),
        creator,
        amount: call.amount,
        expires,
        name: call.terms.name,
    }));
    let account = keeper::account_for(desk, contract, out);
    keeper::fund(desk, call, account, till, out);
    keeper::wake(desk, expires, out);
    Ok(())
}

fn found<'a>(desk: &Desk<'a>, call: &Call) -> Result<(OrderId, &'a Purse), Refused> {
    let unknown = Refused::plain(Code::ContractUnknown, call.wallet);
    let contract = call.contract.ok_or(unknown)?;
    Ok((contract, desk.purse_of(contract).ok_or(unknown)?))
}

/// Whether a holder has so much of it and it has not expired, and to whom it
/// is to go.
fn usable(desk: &Desk<'_>, call: &Call, purse: &Purse) -> Result<(WalletId, WalletId), Refused> {
    let unknown = Refused::plain(Code::PartyUnknown, call.wallet);
    let from = call.wallet.ok_or(unknown)?;
    let to = call.other.map(WalletId).ok_or(unknown)?;
    desk.operator_of(to).ok_or(unknown)?;
    if from == to {
        return Err(Refused::plain(Code::PayeeSelf, Some(from)));
    }
    let name = holder(from).ok_or(unknown)?;
    let taken = purse
        .wrapper
        .clone()
        .take_out(Instant(desk.now), &name, call.amount);
    match taken {
        Ok(()) => Ok((from, to)),
        Err(PurposeError::Short { held }) => {
            Err(Refused::short(Code::FundsShort, Some(from), held))
        }
        Err(_) => Err(Refused::plain(Code::PurposeExpired, Some(from))),
    }
}

/// Hands it on, wrapped as it is.
pub(super) fn hand(desk: &Desk<'_>, call: &Call, out: &mut Out) -> Result<(), Refused> {
    let (contract, purse) = found(desk, call)?;
    let (from, to) = usable(desk, call, purse)?;
    out.change(Change::Contract(ContractChange::Handed {
        contract,
        from,
        to,
        amount: call.amount,
    }));
    Ok(())
}

/// The register moves money for a purpose into the float, for a device that judges the condition
/// by itself. It answers how much it has moved.
pub(crate) fn load(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let contract = message.other.map(OrderId);
    let held = contract.zip(message.wallet).and_then(|(contract, wallet)| {
        let purse = desk.purse_of(contract)?;
        let mut wrapper = purse.wrapper.clone();
        let taken = wrapper.take_out(Instant(desk.now), &holder(wallet)?, message.amount);
        taken.ok().map(|()| (contract, wallet))
    });
    let mut answer = *message;
    match held {
        Some(it) => into_float(desk, it, message.amount, out),
        None => answer.amount = 0,
    }
    out.pass(message.from, Subject::FloatHeld, &answer);
}

/// Moves what somebody holds for a purpose into the float.
pub(crate) fn into_float(
    desk: &Desk<'_>,
    (contract, from): (OrderId, WalletId),
    amount: i64,
    out: &mut Out,
) {
    out.change(Change::Contract(ContractChange::Loaded {
        contract,
        from,
        amount,
    }));
    let account = desk.of(Title::Contracts, contract.0);
    out.post(account, desk.own(Title::Float), amount, Finality::Final);
}

/// What a device did not spend is money for the purpose again. If that is over, the creator gets
/// it with the next sweep.
pub(crate) fn unload(
    desk: &Desk<'_>,
    (contract, to): (OrderId, WalletId),
    amount: i64,
    out: &mut Out,
) {
    out.change(Change::Contract(ContractChange::Unloaded {
        contract,
        to,
        amount,
    }));
    let account = desk.of(Title::Contracts, contract.0);
    out.post(desk.own(Title::Float), account, amount, Finality::Final);
    let expires = desk.purse_of(contract).map(|it| it.wrapper.expires().0);
    if expires.is_some_and(|expires| expires <= desk.now) {
        out.schedule(desk.now + 1);
    }
}

/// Signs a payment that somebody else will ask for: so much to that payee, once.
pub(super) fn sign(desk: &Desk<'_>, call: &Call, out: &mut Out) -> Result<(), Refused> {
    let (contract, purse) = found(desk, call)?;
    let unknown = Refused::plain(Code::PartyUnknown, call.wallet);
    let by = call.wallet.ok_or(unknown)?;
    let to = call.other.map(WalletId).ok_or(unknown)?;
    desk.operator_of(to).ok_or(unknown)?;
    if purse.wrapper.expires().0 <= desk.now {
        return Err(Refused::plain(Code::PurposeExpired, Some(by)));
    }
    if purse.approved.contains(&(to, call.amount, by)) {
        return Err(Refused::plain(Code::ContractSigned, Some(by)));
    }
    out.change(Change::Contract(ContractChange::Approved {
        contract,
        by,
        to,
        amount: call.amount,
    }));
    Ok(())
}

/// Judges a payment with it. Whom plain money is to go to, if it may.
pub(super) fn pay(
    desk: &Desk<'_>,
    call: &Call,
    out: &mut Out,
) -> Result<(OrderId, WalletId), Refused> {
    let (contract, purse) = found(desk, call)?;
    let (from, to) = usable(desk, call, purse)?;
    let unknown = Refused::plain(Code::ContractUnknown, call.wallet);
    let Some(Form::Condition(condition)) = desk.form(purse.number) else {
        return Err(unknown);
    };
    match judge(desk, condition, purse, (from, to), call) {
        Some(Verdict::Holds) => {}
        Some(Verdict::Fails) => return Err(Refused::plain(Code::PurposeFails, Some(from))),
        Some(Verdict::Unknown) | None => {
            return Err(Refused::plain(Code::PurposeUntold, Some(from)));
        }
    }
    out.change(Change::Contract(ContractChange::Spent {
        contract,
        from,
        to,
        amount: call.amount,
    }));
    Ok((contract, to))
}

/// Whether a condition holds for a payment; none if it cannot even be asked.
fn judge(
    desk: &Desk<'_>,
    condition: &Condition,
    purse: &Purse,
    (from, to): (WalletId, WalletId),
    call: &Call,
) -> Option<Verdict> {
    let amount = call.amount;
    let zone = &desk.rules().zone;
    let now = Instant(desk.now);
    let shown = Moment::shown(zone, now);
    let (name, shop, _) = desk.known_as(to)?;
    let (.., ty) = desk.known_as(from)?;
    let payee = Name::new(desk.text(name)).ok()?;
    let area = shop.area.and_then(|it| Name::new(desk.text(it)).ok());
    let types = desk.rules().wallet_types.iter();
    let types: Vec<Name> = types
        .filter_map(|it| Name::new(it.name.as_str()).ok())
        .collect();
    let wallet = Name::new(
        desk.rules()
            .wallet_types
            .get(usize::from(ty))?
            .name
            .as_str(),
    )
    .ok()?;
    let today = zone.day(now);
    let spent = match purse.spent {
        (day, spent) if day == today => spent,
        _ => 0,
    };
    // Whoever asks for the payment has signed it by asking.
    let signed = purse.approved.iter();
    let signed = signed.filter(|(payee, sum, _)| (*payee, *sum) == (to, amount));
    let signers = signed.map(|(.., by)| *by).chain([from]);
    let signers: Vec<Name> = signers
        .filter_map(|by| Name::new(desk.text(desk.known_as(by)?.0)).ok())
        .collect();
    let secret = desk.text(call.terms.address);
    let secrets: Vec<Image> = match secret {
        "" => Vec::new(),
        secret => vec![Image::of(secret.as_bytes())],
    };
    let spend = Spend {
        now: (shown, shown),
        amount,
        decimals: desk.currency().decimals(),
        paid_today: Known::Is(spent),
        payee: Known::Is(&payee),
        category: Known::Is(shop.category.and_then(Category::new)),
        // A certificate vouches for a shop's place, and nobody for a phone's.
        area: match &area {
            Some(area) => Known::Is(Some(area)),
            None => Known::Unknown,
        },
        wallet: Known::Is(&wallet),
        wallet_types: &types,
        signers: Known::Is(&signers),
        shown: Known::Is(&secrets),
    };
    Some(condition.judge(&spend).verdict)
}
