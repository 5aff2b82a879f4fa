//! Devices that pay without a network, and what banks run for them.
//!
//! Their state is theirs, and real: keys, certificates, logs. What of it the
//! world shows is in facts.

mod bank;
mod refusal;
mod tamper;

use std::collections::{BTreeMap, BTreeSet};

use ::offline::device::Holding;
use ::offline::lab::tricks;
use ::offline::object::Class;
use ::offline::operator::{Setup, certify};
use ::offline::{Act, Chip, Command, Device, Form, Input, Moment, Operator, Output, To};
use seal::KeyPair;

use super::{Simulation, Stop};
use crate::cbdc::{Out, Refused};
use crate::describe::{Actor, Count};
use crate::fact::{
    Cause, Change, DeviceId, Fact, Finality, Kind, Message, NONE, OfflineChange, OrderId, PartyId,
    Purpose, Refusal, Subject, Title, WalletId,
};
use crate::offline::{Declaration, FIRST_SERIAL, Model, Operation, Pot};
use crate::refusal::Code;
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, Form as Written};
use ledger::Class as Side;
use refusal::refusal;

/// Said of an account of an operator's: what goes to this wallet goes on into its holder's bank
/// account.
const INTO_ACCOUNT: u64 = 1 << 32;

/// The wallet that an account of an operator's stands for.
fn wallet_at(account: u64) -> Option<WalletId> {
    u32::try_from(account & !INTO_ACCOUNT).ok().map(WalletId)
}

/// A device as it is.
#[derive(Clone, Debug)]
struct Slot {
    device: Device,
    chip: Chip,
    /// How far its clock is behind, milliseconds.
    behind: i64,
    /// What its memory was before its last payment.
    before: Option<Device>,
    /// What its memory was before its last report.
    unreported: Option<Device>,
    /// Whether its next payment is changed on its way.
    altered: bool,
    /// Whether its software was changed: it takes whatever it is paid.
    lax: bool,
    /// Whose request is shown in place of its next one.
    shows: Option<DeviceId>,
    /// The request that is the last of it.
    order: OrderId,
}

/// Who pays whom for a request.
#[derive(Clone, Copy, Debug)]
struct Deal {
    payer: DeviceId,
    payee: DeviceId,
    amount: i64,
    pin: Option<u32>,
    /// Whether banknotes are handed over for it.
    notes: bool,
}

/// Answers that a bank keeps until the central bank has moved the money.
#[derive(Clone, Debug, Default)]
struct Kept {
    /// How many postings it waits for.
    postings: u32,
    answers: Vec<Message>,
}

/// What pays without a network, and what banks run for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    operators: BTreeMap<PartyId, Operator>,
    slots: Vec<Slot>,
    deals: BTreeMap<OrderId, Deal>,
    kept: BTreeMap<(PartyId, OrderId), Kept>,
    /// Reserves that a bank owes another and does not have yet.
    unpaid: Vec<Message>,
    /// Devices that wait until the register has moved money for a purpose: what they asked.
    wanting: BTreeMap<(PartyId, OrderId), (Message, Vec<u8>)>,
    /// What banks pay on into a bank account once it is in the wallet: for which request, and how
    /// much.
    onward: Vec<(PartyId, OrderId, WalletId, i64)>,
    /// Payments, by their bytes, that banknotes are handed over for.
    sold: BTreeSet<Vec<u8>>,
    draws: u64,
}

/// Where all value is that was loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounted {
    /// In devices, to be spent or claimed, or at banks until a settlement.
    pub held: i64,
    /// Paid and not collected, or between bank and device.
    pub limbo: i64,
    /// What the books say it must be.
    pub float: i64,
}

impl Simulation {
    /// Declares a device. Its name begins with its holder's.
    ///
    /// # Errors
    /// If the name is taken or no holder's, or a bank was declared after the
    /// first device.
    pub fn declare_device(
        &mut self,
        name: &str,
        declaration: &Declaration,
    ) -> Result<OrderId, Stop> {
        let Declaration::Device(it) = *declaration;
        if self.names.contains_key(name) {
            return Err(Stop::NameTaken);
        }
        let holder = name.split_once('/').map(|(holder, _)| holder);
        let holder = holder.and_then(|holder| self.names.get(holder).copied());
        let wallet = holder.and_then(|holder| self.wallet_of(holder));
        let wallet = wallet.ok_or(Stop::DeviceOfNobody)?;
        let file = *self.world.wallet(wallet).ok_or(Stop::DeviceOfNobody)?;
        let pin = number(it.pin)?;
        self.open_for_business()?;
        let at = self.moment(0);
        let mut limits = self.rules.offline.limits;
        if let Some(span) = it.expires {
            limits.certificate_ms = span.0;
        }
        let number = DeviceId(self.world.device_count());
        let serial = FIRST_SERIAL + u64::from(number.0);
        let secret = KeyPair::derive(self.seed, "offline device", name).secret();
        let form = it.form.unwrap_or(Form::Phone);
        let heir = it.heir.and_then(|heir| self.wallet_of(heir));
        let return_to = self.rest(heir, it.into, (wallet, file.operator))?;
        let is_merchant = self
            .world
            .party(file.owner)
            .is_some_and(|it| it.kind == Kind::Merchant);
        let class = if is_merchant {
            Class::Merchant
        } else {
            Class::Person
        };
        let command = Command::Enrol {
            serial,
            hello: Device::hello(secret, form),
            class,
            account: u64::from(wallet.0),
            return_to,
            limits: it.expires.map(|_| limits),
            category: self.category_of(wallet),
        };
        let operator = self.offline.operators.get_mut(&file.operator);
        let operator = operator.ok_or(Stop::BankAfterDevices)?;
        let acts = operator.step(command, at).map_err(|_| Stop::CannotAct)?;
        let welcome = acts.into_iter().find_map(|act| match act {
            Act::Send { bytes, .. } => Some(bytes),
            _ => None,
        });
        let device = Device::new(secret, &welcome.unwrap_or_default(), pin);
        let device = device.map_err(|_| Stop::CannotAct)?;
        let order = self.next_order();
        self.offline.slots.push(Slot {
            device,
            // A purse rests on a chip that is trusted; the others are software.
            chip: match self.rules.offline.model {
                Model::Purse => Chip::Secure { seen: 0 },
                _ => Chip::Weak,
            },
            behind: 0,
            before: None,
            unreported: None,
            altered: false,
            lax: false,
            shows: None,
            order,
        });
        let text = self.texts.intern(name.as_bytes());
        let opened = OfflineChange::Opened {
            device: number,
            wallet,
            form,
            name: text,
            copy_of: None,
        };
        let cause = Cause::Line(order);
        self.emit(cause, Fact::Changed(Change::Offline(opened)))?;
        let stored = self.stored(number);
        self.emit(cause, stored)?;
        self.names.insert(name.to_owned(), Actor::Device(number));
        self.wake(cause, file.operator)?;
        Ok(order)
    }

    /// Where a bank pays what is left on a device, as an account of its operator's.
    fn rest(
        &self,
        heir: Option<WalletId>,
        into: Option<Pot>,
        (own, bank): (WalletId, PartyId),
    ) -> Result<Option<u64>, Stop> {
        let to = heir.unwrap_or(own);
        let file = self.world.wallet(to).ok_or(Stop::CannotAct)?;
        if file.operator != bank {
            return Err(Stop::HeirElsewhere);
        }
        if into != Some(Pot::Deposit) {
            return Ok(heir.map(|it| u64::from(it.0)));
        }
        let at = self.world.party(file.owner).and_then(|it| it.at);
        let account = at.and_then(|at| self.world.of(at, Title::Deposits, file.owner.0));
        account.ok_or(Stop::HeirWithoutAccount)?;
        Ok(Some(u64::from(to.0) | INTO_ACCOUNT))
    }

    /// What a certificate says of what a merchant sells: as with the directory, only where a
    /// condition of the run may ask.
    fn category_of(&self, wallet: WalletId) -> u32 {
        let mut forms = (0..).map_while(|number| self.world.form(number));
        let asks = forms.any(|form| matches!(form, Written::Condition(_)));
        let shop = self.shops.get(&wallet).filter(|_| asks);
        shop.and_then(|it| it.category).map_or(0, u32::from)
    }

    /// With the first device, the central bank certifies every bank there is,
    /// and the accounts of the float are opened.
    fn open_for_business(&mut self) -> Result<(), Stop> {
        if !self.offline.operators.is_empty() {
            return Ok(());
        }
        let root = KeyPair::derive(self.seed, "offline", "central-bank");
        let banks = self.world.parties();
        let banks = banks.filter(|(_, it)| it.kind == Kind::Operator);
        let banks: Vec<(PartyId, KeyPair)> = banks
            .map(|(bank, it)| {
                let name = self.texts.text(it.name);
                (bank, KeyPair::derive(self.seed, "offline", name))
            })
            .collect();
        let certs: Vec<_> = banks
            .iter()
            .map(|(bank, key)| certify(&root, u64::from(bank.0), key.public(), i64::MAX))
            .collect();
        let terms = self.rules.offline;
        for ((bank, key), cert) in banks.iter().zip(&certs) {
            let operator = Operator::new(Setup {
                secret: key.secret(),
                cert: cert.clone(),
                root: root.public(),
                operators: certs.clone(),
                model: terms.model,
                mode: terms.mode,
                limits: terms.limits,
                now: self.world.now(),
            });
            let operator = operator.map_err(|_| Stop::CannotAct)?;
            self.offline.operators.insert(*bank, operator);
        }
        let all: Vec<_> = self.offline.operators.values().collect();
        let keys: Vec<_> = all
            .iter()
            .flat_map(|it| it.keys().iter().map(|keys| (it.serial(), keys.clone())))
            .collect();
        for operator in self.offline.operators.values_mut() {
            for (of, keys) in &keys {
                if *of != operator.serial() {
                    let keys = keys.bytes().to_vec();
                    let at = Moment {
                        now: self.world.now(),
                        entropy: [0; 32],
                    };
                    let learnt = operator.step(Command::Learn { keys }, at);
                    learnt.map_err(|_| Stop::CannotAct)?;
                }
            }
        }
        let cause = Cause::Line(OrderId(self.orders + 1));
        if self.rules.issuance == Issuance::Deposit {
            for (bank, _) in banks {
                // What a bank's customers were paid elsewhere may be there before it is.
                self.open_account(cause, bank, Side::Liability, Title::Float, NONE, true)?;
            }
        } else {
            self.open_account(
                cause,
                CENTRAL_BANK,
                Side::Liability,
                Title::Float,
                NONE,
                false,
            )?;
            self.open_account(cause, CENTRAL_BANK, Side::Equity, Title::Funds, NONE, true)?;
        }
        Ok(())
    }

    /// The moment of a step: no two have the same entropy.
    fn moment(&mut self, behind: i64) -> Moment {
        self.offline.draws += 1;
        let mut hasher = blake3::Hasher::new_derive_key("exchequer offline entropy 1");
        hasher.update(&self.seed.to_be_bytes());
        hasher.update(&self.offline.draws.to_be_bytes());
        Moment {
            now: self.world.now().saturating_sub(behind),
            entropy: *hasher.finalize().as_bytes(),
        }
    }

    /// What a holder without a network asks for does not leave the phone.
    pub(super) fn no_network(
        &mut self,
        order: OrderId,
        party: PartyId,
        wallet: Option<WalletId>,
        (purpose, asked): (Purpose, i64),
    ) -> Result<OrderId, Stop> {
        let refusal = Refusal {
            code: Code::NetworkNone,
            by: party,
            party,
            order,
            purpose,
            wallet,
            asked,
            allowed: 0,
            used: 0,
        };
        self.emit(Cause::Line(order), Fact::Refused(refusal))?;
        Ok(order)
    }

    /// Whose device is meant.
    pub fn device_of(&self, actor: Actor) -> Option<DeviceId> {
        match actor {
            Actor::Device(device) => Some(device),
            actor => self.world.device_of(self.wallet_of(actor)?),
        }
    }

    /// Whose device it is, and the wallet it is loaded from.
    fn holder(&self, device: DeviceId) -> Option<(PartyId, WalletId, PartyId)> {
        let wallet = self.world.device(device)?.wallet;
        let file = self.world.wallet(wallet)?;
        Some((file.owner, wallet, file.operator))
    }

    /// Lets something be done without a network, or for it; everything it
    /// causes at this instant happens.
    ///
    /// # Errors
    /// If the actor cannot ask that, the name is taken, or the run has to stop.
    /// What a device or bank turns down is no error: it is a fact.
    pub fn act_offline(
        &mut self,
        actor: Actor,
        operation: &Operation,
        name: Option<&str>,
    ) -> Result<OrderId, Stop> {
        self.may_begin(operation.amount().into_iter(), name)?;
        let order = OrderId(self.orders + 1);
        let cause = Cause::Line(order);
        if let Operation::Revoke(it) = operation {
            let Actor::Party(bank) = actor else {
                return Err(Stop::CannotAct);
            };
            let device = self.device_of(it.device).ok_or(Stop::CannotAct)?;
            let is_its = self.holder(device).is_some_and(|(.., of)| of == bank);
            if !is_its {
                return Err(Stop::CannotAct);
            }
            self.orders = order.0;
            self.revoke(bank, device, cause)?;
            return Ok(order);
        }
        let wallet = match actor {
            Actor::Device(device) => self.holder(device).map(|(_, wallet, _)| wallet),
            actor => self.wallet_of(actor),
        };
        let wallet = wallet.ok_or_else(|| match actor {
            Actor::Party(party) => self.cannot(party),
            _ => Stop::CannotAct,
        })?;
        let party = self.world.wallet(wallet).ok_or(Stop::CannotAct)?.owner;
        self.orders = order.0;
        if let Operation::Disconnect(_) | Operation::Connect(_) = operation {
            let connected = matches!(operation, Operation::Connect(_));
            let switched = OfflineChange::Switched { party, connected };
            self.emit(cause, Fact::Changed(Change::Offline(switched)))?;
            return Ok(order);
        }
        let refuse = |code| Refusal {
            code,
            by: party,
            party,
            order,
            purpose: operation.purpose(),
            wallet: Some(wallet),
            asked: operation.amount().unwrap_or(0),
            allowed: 0,
            used: 0,
        };
        let Some(device) = self.device_of(actor) else {
            self.emit(cause, Fact::Refused(refuse(Code::DeviceNone)))?;
            return Ok(order);
        };
        if let Some(slot) = self.offline.slots.get_mut(device.0 as usize) {
            slot.order = order;
        }
        let deal = match *operation {
            Operation::Pay(it) => Some((it.to, it.amount.0, number(it.pin)?, false)),
            Operation::TopUp(it) => Some((it.to, it.amount.0, None, true)),
            _ => None,
        };
        if let Some((to, amount, pin, notes)) = deal {
            let Some(payee) = self.device_of(to) else {
                self.emit(cause, Fact::Refused(refuse(Code::PayeeDeviceNone)))?;
                return Ok(order);
            };
            let payee = self.shown_by(payee);
            if let Some(short) = self.short_of_notes(payee, amount).filter(|_| notes) {
                let short = Refusal {
                    allowed: short,
                    ..refuse(Code::FundsShort)
                };
                self.emit(cause, Fact::Refused(short))?;
                return Ok(order);
            }
            let deal = Deal {
                payer: device,
                payee,
                amount,
                pin,
                notes,
            };
            self.offline.deals.insert(order, deal);
            let input = Input::Request {
                amount,
                category: 0,
            };
            self.step_device(payee, input, cause, order, operation.purpose())?;
            self.drain(self.world.now())?;
            return Ok(order);
        }
        let input = match *operation {
            Operation::Load(it) => match it.purpose {
                None => Input::Load {
                    amount: it.amount.0,
                },
                Some(Actor::Order(purpose)) => Input::LoadPurpose {
                    amount: it.amount.0,
                    number: u64::from(purpose.0),
                },
                Some(_) => return Err(Stop::CannotAct),
            },
            Operation::Lock(it) => {
                let payee = self.device_of(it.to);
                let Some(slot) = payee.and_then(|it| self.offline.slots.get(it.0 as usize)) else {
                    self.emit(cause, Fact::Refused(refuse(Code::PayeeDeviceNone)))?;
                    return Ok(order);
                };
                Input::Lock {
                    payee: slot.device.cert().bytes().to_vec(),
                    amount: it.amount.0,
                }
            }
            Operation::Claim(_) => Input::Claim,
            Operation::Unload(it) => Input::Unload {
                amount: it.amount.map_or_else(|| self.held(device), |it| it.0),
            },
            Operation::Sync(_) => Input::Sync,
            Operation::Again(_) => {
                self.send_again(device, order, refuse(Code::NothingMissing))?;
                self.drain(self.world.now())?;
                return Ok(order);
            }
            _ => {
                self.tamper(device, operation, name, cause)?;
                return Ok(order);
            }
        };
        if !self.world.is_connected(party) {
            self.emit(cause, Fact::Refused(refuse(Code::NetworkNone)))?;
            return Ok(order);
        }
        self.step_device(device, input, cause, order, operation.purpose())?;
        self.drain(self.world.now())?;
        Ok(order)
    }

    /// Sends again what waits for an answer, in the bytes in which it was sent:
    /// each payment to whom it is for, and the question to the bank.
    fn send_again(
        &mut self,
        device: DeviceId,
        line: OrderId,
        nothing: Refusal,
    ) -> Result<(), Stop> {
        let cause = Cause::Line(line);
        let Some((party, wallet, bank)) = self.holder(device) else {
            return Err(Stop::CannotAct);
        };
        let slot = &self.offline.slots[device.0 as usize];
        let payments = slot.device.pending.values();
        let payments: Vec<(u64, i64, Vec<u8>)> = payments
            .map(|it| (it.payee, it.amount, it.bytes.0.clone()))
            .collect();
        let question = slot.device.asking.as_ref().map(|it| it.bytes.0.clone());
        let question = question.filter(|_| self.world.is_connected(party));
        if payments.is_empty() && question.is_none() {
            return self.say(cause, vec![Fact::Refused(nothing)]);
        }
        let message = Message {
            wallet: Some(wallet),
            other: Some(device.0),
            ..Out::about(party, line, Purpose::OfflineAgain).message(bank, Subject::OfflineAsk)
        };
        let mut facts = Vec::new();
        if let Some(bytes) = question {
            let signature = self.texts.push(&bytes);
            facts.push(Fact::Sent(Message {
                signature,
                ..message
            }));
        }
        let first = OrderId(self.orders + 1);
        for (payee, amount, bytes) in payments {
            let Some(payee) = self.of_serial(payee) else {
                continue;
            };
            let Some((to, ..)) = self.holder(payee) else {
                continue;
            };
            // Each has a request of its own, as the payments of a list have.
            let order = self.next_order();
            let deal = Deal {
                payer: device,
                payee,
                amount,
                pin: None,
                notes: false,
            };
            self.offline.deals.insert(order, deal);
            let signature = self.texts.push(&bytes);
            facts.push(Fact::Sent(Message {
                to,
                subject: Subject::OfflinePayment,
                order,
                other: Some(payee.0),
                amount,
                signature,
                ..message
            }));
        }
        if self.orders >= first.0 {
            self.lists.push((first, OrderId(self.orders), line));
        }
        self.say(cause, facts)
    }

    /// The banknotes that a device's holder has, if they are fewer than this.
    fn short_of_notes(&self, device: DeviceId, amount: i64) -> Option<i64> {
        let (holder, ..) = self.holder(device)?;
        let cash = self.world.balance(holder, Title::Cash);
        (cash < amount).then_some(cash)
    }

    /// Whoever was topped up hands banknotes over for it, as soon as the device shows the money.
    /// Who has spent them meanwhile owes them.
    fn hand_notes(
        &self,
        payee: DeviceId,
        deal: Deal,
        (order, purpose): (OrderId, Purpose),
    ) -> Vec<Fact> {
        let (Some((holder, ..)), Some((agent, ..))) = (self.holder(payee), self.holder(deal.payer))
        else {
            return Vec::new();
        };
        let mut out = Out::about(holder, order, purpose);
        if let Some(cash) = self.short_of_notes(payee, deal.amount) {
            let refused = Refused::short(Code::FundsShort, None, cash);
            out.refuse(refused, agent, deal.amount);
        } else {
            let own = |title| self.world.own(holder, title);
            out.post(
                own(Title::Funds),
                own(Title::Cash),
                deal.amount,
                Finality::Final,
            );
            out.send(agent, Subject::HandNotes, None, None, deal.amount);
        }
        out.facts
    }

    pub(super) fn held(&self, device: DeviceId) -> i64 {
        self.world.device(device).map_or(0, |it| it.held)
    }

    fn revoke(&mut self, bank: PartyId, device: DeviceId, cause: Cause) -> Result<(), Stop> {
        let at = self.moment(0);
        let serial = self.serial(device);
        let operator = self.offline.operators.get_mut(&bank);
        let revoked = operator.map(|it| it.step(Command::Revoke { serial }, at));
        if !matches!(revoked, Some(Ok(_))) {
            return Err(Stop::CannotAct);
        }
        // A copy has the number of what it was copied from.
        let number = self.of_serial(serial).unwrap_or(device);
        let revoked = OfflineChange::Revoked { device: number };
        let mut facts = vec![Fact::Changed(Change::Offline(revoked))];
        let order = match cause {
            Cause::Line(order) => order,
            _ => OrderId(self.orders),
        };
        facts.extend(self.tell_list(bank, order, Purpose::OfflineRevoke));
        self.say(cause, facts)?;
        self.wake(cause, bank)
    }

    fn serial(&self, device: DeviceId) -> u64 {
        let slot = self.offline.slots.get(device.0 as usize);
        slot.map_or(0, |slot| slot.device.serial())
    }

    /// The device that a serial number was given to.
    fn of_serial(&self, serial: u64) -> Option<DeviceId> {
        let number = serial.checked_sub(FIRST_SERIAL)?;
        let number = u32::try_from(number).ok()?;
        (number < self.world.device_count()).then_some(DeviceId(number))
    }

    /// What the world knows of a device after it stored.
    fn stored(&self, number: DeviceId) -> Fact {
        let slot = self.offline.slots.get(number.0 as usize);
        let stored = slot.map(|slot| {
            let device = &slot.device;
            let standing = device.standing();
            OfflineChange::Stored {
                device: number,
                held: device.spendable(),
                to_claim: device.to_claim(),
                limbo: device.in_limbo(),
                payments: standing.payments,
                hop: standing.hop,
                sync_by: device.sync_by(),
            }
        });
        let nothing = Fact::Changed(Change::Idle);
        stored.map_or(nothing, |stored| Fact::Changed(Change::Offline(stored)))
    }

    /// That a device carries money for another purpose than the world knows.
    fn bound(&self, number: DeviceId) -> Option<Fact> {
        let slot = self.offline.slots.get(number.0 as usize)?;
        let purpose = slot.device.purpose().map(|it| it.number);
        let purpose = purpose.and_then(|it| u32::try_from(it).ok()).map(OrderId);
        let known = self.world.device(number)?.purpose;
        let bound = OfflineChange::Bound {
            device: number,
            purpose,
        };
        (known != purpose).then_some(Fact::Changed(Change::Offline(bound)))
    }

    /// One step of a device: what it stores, and what it sends.
    fn step_device(
        &mut self,
        number: DeviceId,
        input: Input,
        cause: Cause,
        order: OrderId,
        purpose: Purpose,
    ) -> Result<(), Stop> {
        let Some((party, wallet, bank)) = self.holder(number) else {
            return Err(Stop::CannotAct);
        };
        let behind = self.offline.slots[number.0 as usize].behind;
        let at = self.moment(behind);
        let deal = self.offline.deals.get(&order).copied();
        let slot = &mut self.offline.slots[number.0 as usize];
        let before = matches!(input, Input::Pay { .. }).then(|| slot.device.clone());
        let asked = match &input {
            Input::Load { amount }
            | Input::LoadPurpose { amount, .. }
            | Input::Lock { amount, .. }
            | Input::Unload { amount } => *amount,
            Input::Claim => slot.device.to_claim(),
            _ => deal.map_or(0, |deal| deal.amount),
        };
        let is_told = matches!(input, Input::Receive(_));
        if input == Input::Sync {
            slot.unreported = Some(slot.device.clone());
        }
        let received = match &input {
            Input::Receive(bytes) => Some(bytes.clone()),
            _ => None,
        };
        let is_lax = slot.lax;
        let outputs = match slot.device.step(&mut slot.chip, input, at) {
            Ok(outputs) => outputs,
            // It has had this receipt or answer before.
            Err(refused)
                if is_told
                    && matches!(
                        refused.code,
                        ::offline::Code::PaymentUnknown | ::offline::Code::NotAsked
                    ) =>
            {
                Vec::new()
            }
            Err(_)
                if is_lax
                    && received
                        .as_ref()
                        .is_some_and(|bytes| tricks::take_unchecked(&mut slot.device, bytes)) =>
            {
                vec![Output::Store]
            }
            Err(refused) => vec![Output::Refused(refused)],
        };
        if before.is_some() && outputs.contains(&Output::Store) {
            slot.before = before;
        }
        let mut facts = Vec::new();
        let is_sold = received.is_some_and(|bytes| self.offline.sold.contains(&bytes));
        if is_sold
            && outputs.contains(&Output::Store)
            && let Some(deal) = deal
        {
            facts.extend(self.hand_notes(number, deal, (order, purpose)));
        }
        for output in outputs {
            match output {
                Output::Store => {
                    facts.push(self.stored(number));
                    facts.extend(self.bound(number));
                }
                Output::Refused(refused) => facts.push(Fact::Refused(Refusal {
                    party: deal.map_or(party, |deal| {
                        self.holder(deal.payer).map_or(party, |it| it.0)
                    }),
                    ..refusal(refused, party, order, purpose, Some(wallet), asked)
                })),
                Output::Send { to, mut bytes } => {
                    let peer = deal.map(|deal| {
                        if deal.payer == number {
                            deal.payee
                        } else {
                            deal.payer
                        }
                    });
                    let (to, subject, other) = match to {
                        To::Operator => (bank, Subject::OfflineAsk, Some(number)),
                        To::Peer => {
                            let Some((party, ..)) = peer.and_then(|peer| self.holder(peer)) else {
                                continue;
                            };
                            let subject = between(&bytes);
                            let slot = &mut self.offline.slots[number.0 as usize];
                            if subject == Subject::OfflinePayment
                                && std::mem::take(&mut slot.altered)
                            {
                                tamper::alter(&mut bytes, asked);
                            }
                            if subject == Subject::OfflinePayment && deal.is_some_and(|it| it.notes)
                            {
                                self.offline.sold.insert(bytes.clone());
                            }
                            (party, subject, peer)
                        }
                    };
                    facts.push(Fact::Sent(Message {
                        wallet: Some(wallet),
                        other: other.map(|it| it.0),
                        amount: asked,
                        signature: self.texts.push(&bytes),
                        ..Out::about(party, order, purpose).message(to, subject)
                    }));
                }
            }
        }
        self.say(cause, facts)
    }

    /// Makes a decision so; that it came, if nothing was decided.
    fn say(&mut self, cause: Cause, mut facts: Vec<Fact>) -> Result<(), Stop> {
        if facts.is_empty() {
            facts.push(Fact::Changed(match cause {
                Cause::Message(_) => Change::Arrived,
                Cause::Line(_) | Cause::Timer(_) => Change::Idle,
            }));
        }
        self.carry_out(cause, &mut facts)
    }

    /// A message for a device, or for what a bank runs for devices, arrives.
    pub(super) fn arrive_offline(&mut self, message: Message, again: bool) -> Result<(), Stop> {
        let cause = Cause::Message(message.serial);
        let bytes = self.texts.bytes(message.signature).to_vec();
        let (order, purpose) = (message.order, message.purpose);
        if again {
            // It is off its way. Devices and what banks run for them know it by
            // its bytes; what the central bank says, by its number.
            self.emit(cause, Fact::Changed(Change::PutAside))?;
            if message.subject.is_of_float() {
                return Ok(());
            }
        } else if message.subject == Subject::OfflineAnswer && !self.world.is_connected(message.to)
        {
            // What is sent again to a phone without a network does not reach it.
            return self.say(cause, Vec::new());
        }
        match message.subject {
            Subject::OfflineRequest => {
                let Some(deal) = self.offline.deals.get(&order).copied() else {
                    return self.say(cause, Vec::new());
                };
                let input = Input::Pay {
                    request: bytes,
                    payee: Some(self.serial(deal.payee)),
                    pin: deal.pin,
                };
                self.step_device(deal.payer, input, cause, order, purpose)
            }
            Subject::OfflinePayment | Subject::OfflineReceipt | Subject::OfflineAnswer => {
                let Some(device) = message.other.map(DeviceId) else {
                    return self.say(cause, Vec::new());
                };
                let input = Input::Receive(bytes);
                self.step_device(device, input, cause, order, purpose)
            }
            Subject::FloatHeld | Subject::FloatPaid => self.confirmed(&message),
            Subject::FloatRefused => self.not_paid(&message),
            _ => self.ask_operator(&message, bytes),
        }
    }

    /// Where all value is that was loaded; what a copy has is counted as well.
    pub fn accounted(&self) -> Accounted {
        let mut sum = Accounted {
            float: self.world.sum(Title::Float),
            ..Accounted::default()
        };
        for operator in self.offline.operators.values() {
            sum.held += operator.settling();
        }
        for slot in &self.offline.slots {
            let device = &slot.device;
            // What was reserved is free again when its time is over.
            let is_over = matches!(&device.holding, Holding::Promise(it)
            if it.ceiling.as_ref().is_some_and(|it| {
                it.body.to.saturating_add(device.limits().grace_ms) < self.world.now()
            }));
            if !is_over {
                sum.held += device.spendable() + device.to_claim();
            }
            for (pay, pending) in &device.pending {
                let payee = self.of_serial(pending.payee);
                let payee = payee.and_then(|it| self.offline.slots.get(it.0 as usize));
                let arrived = payee
                    .is_some_and(|it| it.device.collected.iter().any(|(known, _)| known == pay));
                if !arrived {
                    sum.limbo += pending.amount;
                }
            }
        }
        sum
    }
}

/// A number that a holder keeps to itself.
fn number(asked: Option<Count>) -> Result<Option<u32>, Stop> {
    let number = asked.map(|it| u32::try_from(it.0)).transpose();
    number.map_err(|_| Stop::NumberTooLarge(u32::MAX))
}

/// What a device says to another.
fn between(bytes: &[u8]) -> Subject {
    use ::offline::Object;
    use ::offline::object::{Ack, Request};
    match ::offline::number_of(bytes) {
        Ok(Request::NUMBER) => Subject::OfflineRequest,
        Ok(Ack::NUMBER) => Subject::OfflineReceipt,
        _ => Subject::OfflinePayment,
    }
}
