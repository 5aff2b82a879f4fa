//! Who keeps contracts: opens them, lets them act, lets their time pass, and
//! pays what they pay.

use std::collections::BTreeMap;

use conditions::{Effect, Image, Instance, Machine, Refusal, Who};
use ledger::{AccountId, Class};
use money::{Instant, Span};

use super::{contract_of, purpose};
use crate::cbdc::{Desk, Out, Refused, flow_on};
use crate::fact::{
    Change, ContractChange, Deed, Did, Fate, Finality, Message, OrderId, PartyId, Purpose, Serial,
    Subject, Terms, TextId, Title, WalletId,
};
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, Form, Wallet, act_of};

/// When what could not be sent is tried again.
const AGAIN: Span = Span::DAY;

/// What somebody wants of a contract, as its keeper gets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    pub(super) order: OrderId,
    pub(super) contract: Option<OrderId>,
    pub(super) purpose: Purpose,
    pub(super) wallet: Option<WalletId>,
    pub(super) other: Option<u32>,
    pub(super) amount: i64,
    pub(super) memo: TextId,
    pub(super) terms: Terms,
}

impl Call {
    pub(super) fn of(desk: &Desk<'_>, message: &Message) -> Self {
        Call {
            order: message.order,
            contract: contract_of(desk, message),
            purpose: message.purpose,
            wallet: message.wallet,
            other: message.other,
            amount: message.amount,
            memo: message.memo,
            terms: desk.terms(message.order).copied().unwrap_or_default(),
        }
    }
}

/// Where money that goes into a contract comes from, and files of wallets as a
/// decision leaves them: several payments may meet in one.
#[derive(Debug, Default)]
pub(super) struct Till {
    /// Reserves that brought the money, where it came from another bank.
    brought: Option<AccountId>,
    /// Files of the keeper's own customers that this decision has changed.
    pub(super) files: BTreeMap<WalletId, Wallet>,
    /// Who was paid, and how much.
    paid: Vec<(WalletId, i64)>,
}

impl Till {
    /// Money comes with reserves from another bank.
    pub(super) fn with(brought: Option<AccountId>) -> Self {
        Till {
            brought,
            ..Till::default()
        }
    }
}

/// A bank passes on what its customer wants.
pub(super) fn called(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let call = Call::of(desk, message);
    match take(desk, &call, &mut Till::default(), out) {
        Ok(()) => {
            out.turn_to(message.order, message.purpose);
            out.says(message.memo);
            out.pass(message.from, Subject::ContractDone, message);
        }
        Err(refused) => {
            out.refuse(refused, message.from, message.amount);
            out.pass(message.from, Subject::ContractRefused, message);
        }
    }
}

/// Does what is wanted: money goes in, the contract acts, what it pays goes out.
pub(super) fn take(
    desk: &Desk<'_>,
    call: &Call,
    till: &mut Till,
    out: &mut Out,
) -> Result<(), Refused> {
    match call.purpose {
        Purpose::ContractOpen => match call.other.and_then(|number| desk.form(number)) {
            Some(Form::Contract { machine, .. }) => open(desk, call, machine, till, out)?,
            Some(Form::Condition(_)) => purpose::wrap(desk, call, till, out)?,
            None => return Err(Refused::plain(Code::ContractUnknown, call.wallet)),
        },
        Purpose::ContractHand => purpose::hand(desk, call, out)?,
        Purpose::ContractApprove => purpose::sign(desk, call, out)?,
        Purpose::ContractPay => {
            let (contract, payee) = purpose::pay(desk, call, out)?;
            pay(desk, contract, payee, call.amount, till, out);
        }
        _ => act(desk, call, till, out)?,
    }
    finish(desk, call.order, till, out);
    Ok(())
}

/// Whether somebody may open a contract, which it is, and who that is: whoever
/// puts in what it holds, or one of its parties if it holds nothing.
pub(super) fn may_open(
    desk: &Desk<'_>,
    call: &Call,
    machine: &Machine,
) -> Result<(u32, WalletId), Refused> {
    let not_yours = Refused::plain(Code::ContractOpener, call.wallet);
    let number = call.other.ok_or(not_yours)?;
    let opener = call.wallet.ok_or(not_yours)?;
    let players = &desk.written(number).ok_or(not_yours)?.players;
    let plays = |wallet: &WalletId| is_same(desk, *wallet, opener);
    let amount = match machine.hold() {
        Some((role, amount)) => players.get(&role).is_some_and(plays).then_some(amount),
        None => players.values().any(plays).then_some(0),
    };
    match amount {
        Some(amount) if amount == call.amount => Ok((number, opener)),
        _ => Err(not_yours),
    }
}

/// Money goes into a contract: out of a wallet of the register or of this
/// bank's own book, or with reserves that came.
pub(super) fn fund(desk: &Desk<'_>, call: &Call, account: AccountId, till: &Till, out: &mut Out) {
    let wallet = call.wallet.and_then(|id| desk.account_of(id));
    out.post(
        till.brought.or(wallet),
        Some(account),
        call.amount,
        Finality::Final,
    );
}

/// Whether the register has what is to go in; a bank has looked in its file.
pub(super) fn has_it(desk: &Desk<'_>, call: &Call) -> Result<(), Refused> {
    if desk.issuance() == Issuance::Deposit {
        return Ok(());
    }
    let there = desk.balance(call.wallet.and_then(|id| desk.account_of(id)));
    if there < call.amount {
        return Err(Refused::short(Code::FundsShort, call.wallet, there));
    }
    Ok(())
}

/// The account of a contract that is being opened.
pub(super) fn account_for(desk: &Desk<'_>, contract: OrderId, out: &mut Out) -> AccountId {
    let account = desk.next_account();
    out.open(account, Class::Liability, Title::Contracts, contract.0);
    account
}

fn open(
    desk: &Desk<'_>,
    call: &Call,
    machine: &Machine,
    till: &mut Till,
    out: &mut Out,
) -> Result<(), Refused> {
    let (number, opener) = may_open(desk, call, machine)?;
    has_it(desk, call)?;
    let contract = call.order;
    let mut effects = Vec::new();
    let instance = machine.open(Instant(desk.now), &mut effects);
    out.change(Change::Contract(ContractChange::Opened {
        contract,
        number,
        keeper: desk.me(),
        opener,
        name: call.terms.name,
    }));
    let account = account_for(desk, contract, out);
    if call.amount > 0 {
        fund(desk, call, account, till, out);
    }
    pay_all(desk, (contract, account), number, &effects, till, out);
    remind(desk, machine, &instance, out);
    Ok(())
}

fn act(desk: &Desk<'_>, call: &Call, till: &mut Till, out: &mut Out) -> Result<(), Refused> {
    let unknown = Refused::plain(Code::ContractUnknown, call.wallet);
    let contract = call.contract.ok_or(unknown)?;
    let open = desk.contract(contract).ok_or(unknown)?;
    let form = desk.form(open.number).ok_or(unknown)?;
    let Form::Contract { machine, images } = form else {
        return Err(unknown);
    };
    let account = desk.of(Title::Contracts, contract.0).ok_or(unknown)?;
    let deeds = deeds(desk, call, contract, (open.number, machine, images))?;
    let mut first = None;
    for deed in deeds {
        let mut instance = open.instance.clone();
        let mut effects = Vec::new();
        let now = Instant(desk.now);
        match machine.act(&mut instance, now, &act_of(&deed, machine), &mut effects) {
            Ok(()) => {
                if deed.did == Did::Deposits {
                    has_it(desk, call)?;
                }
                out.change(Change::Contract(ContractChange::Acted(deed)));
                if deed.did == Did::Deposits {
                    fund(desk, call, account, till, out);
                }
                let it = (contract, account);
                pay_all(desk, it, open.number, &effects, till, out);
                remind(desk, machine, &instance, out);
                return Ok(());
            }
            Err(refusal) => {
                first.get_or_insert(refusal);
            }
        }
    }
    let refusal = first.unwrap_or(Refusal::NotAwaited);
    Err(refused(refusal, call))
}

/// What somebody does, for each party of the contract that it plays; as a
/// stranger if it plays none.
fn deeds(
    desk: &Desk<'_>,
    call: &Call,
    contract: OrderId,
    (number, machine, images): (u32, &Machine, &[Image]),
) -> Result<Vec<Deed>, Refused> {
    let not_awaited = Refused::plain(Code::ContractNotAwaited, call.wallet);
    let text = desk.text(call.memo);
    let word = || machine.word(text).ok_or(not_awaited);
    let named = desk.text(call.terms.address);
    let players = &desk.written(number).ok_or(not_awaited)?.players;
    let role_called = |name: &str| machine.role(name).ok_or(not_awaited);
    let (did, number, of) = match call.purpose {
        Purpose::ContractDeposit => {
            let owner = if named.is_empty() {
                None
            } else {
                Some(role_called(named)?)
            };
            (Did::Deposits, 0, owner)
        }
        Purpose::ContractName => {
            let value = machine.values().iter().position(|it| it.as_str() == text);
            let value = value.and_then(|at| u16::try_from(at).ok());
            (Did::Names, value.ok_or(not_awaited)?, Some(0))
        }
        Purpose::ContractShow => {
            let image = Image::of(text.as_bytes());
            let secret = images.iter().position(|it| *it == image);
            // Of a wrong secret the contract says so, if it waits for one.
            let secret = secret.and_then(|at| u16::try_from(at).ok());
            (Did::Shows, secret.unwrap_or(u16::MAX), Some(0))
        }
        Purpose::ContractSign => (Did::Signs, word()?, Some(0)),
        Purpose::ContractEvent => (Did::Event, word()?, Some(role_called(named)?)),
        _ => (Did::Says, word()?, Some(0)),
    };
    let plays = |(role, wallet): (&u8, &WalletId)| {
        let it = call.wallet.filter(|id| is_same(desk, *wallet, *id));
        it.map(|_| Some(*role))
    };
    let mut roles: Vec<Option<u8>> = players.iter().filter_map(plays).collect();
    if roles.is_empty() {
        roles.push(None);
    }
    let deed = |role: Option<u8>| Deed {
        contract,
        by: call.wallet,
        role,
        did,
        number,
        of: of.or(role).unwrap_or(0),
        amount: call.amount,
    };
    Ok(roles.into_iter().map(deed).collect())
}

/// Whether two handles are of one wallet.
fn is_same(desk: &Desk<'_>, one: WalletId, other: WalletId) -> bool {
    one == other || desk.purse_id(other) == one
}

fn refused(refusal: Refusal, call: &Call) -> Refused {
    let plain = |code| Refused::plain(code, call.wallet);
    match refusal {
        Refusal::Ended => plain(Code::ContractEnded),
        Refusal::TooEarly { .. } => plain(Code::ContractEarly),
        Refusal::NotAwaited | Refusal::Backward => plain(Code::ContractNotAwaited),
        Refusal::WrongAmount { expected } => Refused {
            allowed: expected,
            ..plain(Code::ContractAmount)
        },
        Refusal::OutOfRange { least, most } => Refused {
            allowed: most,
            used: least,
            ..plain(Code::ContractRange)
        },
        Refusal::WrongSecret => plain(Code::ContractSecret),
        Refusal::SignedBefore => plain(Code::ContractSigned),
        Refusal::TooMuch => plain(Code::ContractFull),
    }
}

/// What a contract has paid goes to whom it is for.
fn pay_all(
    desk: &Desk<'_>,
    (contract, account): (OrderId, AccountId),
    number: u32,
    effects: &[Effect],
    till: &mut Till,
    out: &mut Out,
) {
    let Some(written) = desk.written(number) else {
        return;
    };
    for effect in effects {
        let Effect::Paid { to, amount, .. } = effect else {
            continue;
        };
        let payee = match to {
            Who::Role(role) => written.players.get(role).copied(),
            Who::Stranger(wallet) => Some(WalletId(*wallet)),
            Who::World => None,
        };
        if let Some(payee) = payee.filter(|_| *amount > 0) {
            pay_from(desk, (contract, account), payee, *amount, till, out);
        }
    }
}

/// The same of a sum that leaves money for a purpose.
fn pay(
    desk: &Desk<'_>,
    contract: OrderId,
    payee: WalletId,
    amount: i64,
    till: &mut Till,
    out: &mut Out,
) {
    if let Some(account) = desk.of(Title::Contracts, contract.0) {
        pay_from(desk, (contract, account), payee, amount, till, out);
    }
}

fn pay_from(
    desk: &Desk<'_>,
    (contract, account): (OrderId, AccountId),
    payee: WalletId,
    amount: i64,
    till: &mut Till,
    out: &mut Out,
) {
    let payee = desk.purse_id(payee);
    out.begin(Purpose::ContractPay);
    out.says(name_of(desk, contract));
    if let Some(wallet) = desk.account_of(payee) {
        out.post(Some(account), Some(wallet), amount, Finality::Final);
        till.paid.push((payee, amount));
        return;
    }
    // It is another bank's customer: reserves go with it.
    let to_settle = desk.own(Title::ToSettle);
    out.post(Some(account), to_settle, amount, Finality::Provisional);
    send(desk, contract, payee, amount, out);
}

/// Sends reserves after what a contract has paid, or owes them until it can.
fn send(desk: &Desk<'_>, contract: OrderId, payee: WalletId, amount: i64, out: &mut Out) {
    let due = |out: &mut Out, amount| owe(desk, (contract, payee), amount, out);
    if desk.balance(desk.own(Title::OwnReserves)) < amount {
        due(out, desk.unsent_to(contract, payee) + amount);
        return;
    }
    let other = Some(payee.0);
    out.send(CENTRAL_BANK, Subject::Transfer, None, other, amount);
}

fn owe(desk: &Desk<'_>, (contract, wallet): (OrderId, WalletId), amount: i64, out: &mut Out) {
    let due = desk.now + AGAIN.0;
    out.change(Change::Contract(ContractChange::Owed {
        contract,
        wallet,
        amount,
        due,
    }));
    wake(desk, due, out);
}

/// Reserves could not be moved: what was paid is owed, and tried again.
pub(super) fn not_sent(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    if let (Some(contract), Some(payee)) = (contract_of(desk, message), message.other) {
        let payee = WalletId(payee);
        let amount = desk.unsent_to(contract, payee) + message.amount;
        owe(desk, (contract, payee), amount, out);
    }
}

fn name_of(desk: &Desk<'_>, contract: OrderId) -> TextId {
    let open = desk.contract(contract).map(|it| it.name);
    let purse = desk.purse_of(contract).map(|it| it.name);
    let own = || desk.terms(contract).map(|it| it.name);
    open.or(purse).or_else(own).unwrap_or_default()
}

/// What was paid is told: to the bank of each payee, or to the payee where this
/// bank keeps its wallet.
fn finish(desk: &Desk<'_>, order: OrderId, till: &mut Till, out: &mut Out) {
    let mut paid: Vec<(WalletId, i64)> = Vec::new();
    for (wallet, amount) in std::mem::take(&mut till.paid) {
        match paid.iter_mut().find(|(it, _)| *it == wallet) {
            Some((_, sum)) => *sum += amount,
            None => paid.push((wallet, amount)),
        }
    }
    for (payee, amount) in paid {
        let Some(bank) = desk.operator_of(payee) else {
            continue;
        };
        out.turn_to(order, Purpose::ContractPay);
        let other = Some(payee.0);
        if bank != desk.me() {
            out.send(bank, Subject::ContractPaid, None, other, amount);
            continue;
        }
        let file = till.files.get(&payee).copied();
        let Some(wallet) = file.or_else(|| desk.wallet(payee).copied()) else {
            continue;
        };
        let left = arrive(desk, order, (payee, &wallet.plus(amount)), amount, out);
        till.files.insert(payee, left);
    }
}

/// What a contract has paid is in the file of a customer's wallet. Gives the
/// file as it is when what it may not hold has flowed on.
pub(super) fn arrive(
    desk: &Desk<'_>,
    order: OrderId,
    (id, wallet): (WalletId, &Wallet),
    amount: i64,
    out: &mut Out,
) -> Wallet {
    out.file(id, wallet);
    let other = Some(id.0);
    out.send(wallet.owner, Subject::Notice, None, other, amount);
    let message = Message {
        serial: Serial(0),
        from: desk.me(),
        to: wallet.owner,
        subject: Subject::Notice,
        purpose: Purpose::ContractPay,
        order,
        wallet: None,
        other,
        amount,
        sent: 0,
        due: 0,
        fate: Fate::Arrives,
        fault: 0,
        memo: TextId::default(),
        signature: TextId::default(),
    };
    wallet.plus(-flow_on(desk, &message, (id, wallet), out))
}

/// The timer fired: contracts whose time has come do what they do when nobody
/// acts, money for a purpose expires, and what could not be sent is tried again.
pub(crate) fn sweep(desk: &Desk<'_>, out: &mut Out) {
    let now = Instant(desk.now);
    // Of several contracts each finds the files as the one before left them.
    let mut till = Till::default();
    for (contract, open) in desk.contracts() {
        let Some(machine) = desk.form(open.number).and_then(Form::machine) else {
            continue;
        };
        let Some(due) = machine.due(&open.instance) else {
            continue;
        };
        if due > now {
            wake(desk, due.0, out);
            continue;
        }
        let Some(account) = desk.of(Title::Contracts, contract.0) else {
            continue;
        };
        let mut instance = open.instance.clone();
        let mut effects = Vec::new();
        machine.advance(&mut instance, now, &mut effects);
        out.turn_to(contract, Purpose::ContractPay);
        out.change(Change::Contract(ContractChange::Passed { contract }));
        pay_all(
            desk,
            (contract, account),
            open.number,
            &effects,
            &mut till,
            out,
        );
        finish(desk, contract, &mut till, out);
        remind(desk, machine, &instance, out);
    }
    for (contract, purse) in desk.purses() {
        let expires = purse.wrapper.expires();
        let left = purse.wrapper.outstanding();
        if left == 0 {
            continue;
        }
        if expires > now {
            wake(desk, expires.0, out);
            continue;
        }
        out.turn_to(contract, Purpose::ContractPay);
        out.change(Change::Contract(ContractChange::Passed { contract }));
        pay(desk, contract, purse.creator, left, &mut till, out);
        finish(desk, contract, &mut till, out);
    }
    for (contract, payee, amount, due) in desk.unsent() {
        if due > desk.now {
            wake(desk, due, out);
            continue;
        }
        if desk.balance(desk.own(Title::OwnReserves)) < amount {
            owe(desk, (contract, payee), amount, out);
            continue;
        }
        out.turn_to(contract, Purpose::ContractPay);
        out.change(Change::Contract(ContractChange::Owed {
            contract,
            wallet: payee,
            amount: 0,
            due: 0,
        }));
        let bank = CENTRAL_BANK;
        out.send(bank, Subject::Transfer, None, Some(payee.0), amount);
    }
}

/// Ends every contract and purpose that a failing bank keeps, and gives what each held to whom it
/// belongs: the contract's account, the owner, how much. Money for a purpose belongs to whoever
/// wrapped it until it is spent.
pub(crate) fn dissolve(desk: &Desk<'_>, out: &mut Out) -> Vec<(AccountId, PartyId, i64)> {
    let mut belongs = Vec::new();
    let owner = |wallet: WalletId| {
        let customer = desk.wallet(wallet).map(|it| it.owner);
        customer.or_else(|| desk.account_at(wallet).map(|(owner, _)| owner))
    };
    for (contract, open) in desk.contracts() {
        let machine = desk.form(open.number).and_then(Form::machine);
        let players = desk.written(open.number).map(|it| &it.players);
        let account = desk.of(Title::Contracts, contract.0);
        let (Some(machine), Some(players), Some(account)) = (machine, players, account) else {
            continue;
        };
        let mut effects = Vec::new();
        machine.dissolve(&mut open.instance.clone(), &mut effects);
        let mut parts = Vec::new();
        for effect in &effects {
            if let Effect::Paid {
                to: Who::Role(role),
                amount,
                ..
            } = effect
            {
                let whose = players.get(role).and_then(|wallet| owner(*wallet));
                parts.push(whose.map(|whose| (account, whose, *amount)));
            }
        }
        // One without an owner that can be named keeps what it holds, as a claim.
        if let Some(parts) = parts.into_iter().collect::<Option<Vec<_>>>()
            && !open.instance.ended()
        {
            out.change(Change::Contract(ContractChange::Dissolved { contract }));
            belongs.extend(parts);
        }
    }
    for (contract, purse) in desk.purses() {
        let left = purse.wrapper.outstanding();
        let account = desk.of(Title::Contracts, contract.0);
        if let Some((account, creator)) = account.zip(owner(purse.creator))
            && left > 0
        {
            out.change(Change::Contract(ContractChange::Dissolved { contract }));
            belongs.push((account, creator, left));
        }
    }
    belongs
}

fn remind(desk: &Desk<'_>, machine: &Machine, instance: &Instance, out: &mut Out) {
    if let Some(due) = machine.due(instance) {
        wake(desk, due.0, out);
    }
}

/// Wants to be reminded, unless a timer fires by then anyway: it looks at
/// everything.
pub(super) fn wake(desk: &Desk<'_>, due: i64, out: &mut Out) {
    let set = desk.timer().filter(|set| *set > desk.now);
    if set.is_none_or(|set| due < set) {
        out.remind(due);
    }
}
