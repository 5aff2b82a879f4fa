//! What a party sees when it decides, and what it says.

use ledger::AccountId;
use money::Instant;
use seal::{PublicKey, Signature};

use super::{Command, instruction};
use crate::fact::{
    Change, Fact, Fate, Finality, Journal, Kind, Message, OrderId, PartyId, Purpose, Refusal,
    Serial, Subject, TextId, Timer, Title, WalletId,
};
use crate::refusal::Code;
use crate::rules::{Rules, WalletType};
use crate::state::{CENTRAL_BANK, Chase, Party, Wallet, World};
use crate::text::Texts;

/// What a party decides on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A line of the scenario asks.
    Command(Command),
    /// A message arrived.
    Message(Message),
    /// A timer fired.
    Timer,
}

/// One party's view of the world: its own books and files, the rules, the
/// time. It shows nothing of any other party's state.
pub struct Desk<'a> {
    world: &'a World,
    rules: &'a Rules,
    texts: &'a Texts,
    run: [u8; 16],
    me: PartyId,
    signing: bool,
    /// Virtual time, milliseconds.
    pub now: i64,
}

impl<'a> Desk<'a> {
    /// The view of party `me`.
    pub fn new(
        world: &'a World,
        rules: &'a Rules,
        texts: &'a Texts,
        run: [u8; 16],
        signing: bool,
        me: PartyId,
        now: i64,
    ) -> Self {
        Desk {
            world,
            rules,
            texts,
            run,
            me,
            signing,
            now,
        }
    }

    /// Who decides.
    pub fn me(&self) -> PartyId {
        self.me
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.world
            .party(self.me)
            .map_or(Kind::Network, |party| party.kind)
    }

    /// Its own entry in the directory of parties.
    pub fn party(&self) -> Option<&'a Party> {
        self.world.party(self.me)
    }

    /// Its only account of this title.
    pub fn own(&self, title: Title) -> Option<AccountId> {
        self.world.own(self.me, title)
    }

    /// Its account of this title for one subject.
    pub fn of(&self, title: Title, subject: u32) -> Option<AccountId> {
        self.world.of(self.me, title, subject)
    }

    /// The balance of one of its accounts; zero for another party's.
    pub fn balance(&self, account: Option<AccountId>) -> i64 {
        account
            .and_then(|account| self.world.ledger().account(account))
            .filter(|account| account.book.0 == self.me.0)
            .map_or(0, |account| account.balance)
    }

    /// The file of a wallet it runs or holds.
    pub fn wallet(&self, id: WalletId) -> Option<&'a Wallet> {
        self.world
            .wallet(id)
            .filter(|wallet| wallet.operator == self.me || wallet.owner == self.me)
    }

    /// The register's account of a wallet, for the central bank.
    pub fn registered(&self, id: WalletId) -> Option<AccountId> {
        let wallet = self.world.wallet(id).filter(|_| self.me == CENTRAL_BANK)?;
        Some(wallet.circulation)
    }

    /// Public directory: who runs a wallet. A wallet's number names its
    /// operator, as an account number names its bank.
    pub fn operator_of(&self, id: WalletId) -> Option<PartyId> {
        self.world.wallet(id).map(|wallet| wallet.operator)
    }

    /// Customer file of a wallet's operator: the holder, and the bank the
    /// holder's account is at.
    pub fn account_at(&self, id: WalletId) -> Option<(PartyId, PartyId)> {
        let owner = self.world.wallet(id)?.owner;
        Some((owner, self.world.party(owner)?.at?))
    }

    /// The rules of a wallet's type.
    pub fn wallet_type(&self, wallet: &Wallet) -> Option<&'a WalletType> {
        self.rules.wallet_types.get(usize::from(wallet.ty))
    }

    /// What a wallet has paid today and this year: local day, sums.
    pub fn spent(&self, wallet: &Wallet) -> (i32, i64, i64) {
        let zone = &self.rules.zone;
        let today = zone.day(Instant(self.now));
        if today == wallet.day {
            return (today, wallet.spent_day, wallet.spent_year);
        }
        let same_year = zone
            .start_of_day(wallet.day)
            .is_ok_and(|start| zone.year(start) == zone.year(Instant(self.now)));
        (today, 0, if same_year { wallet.spent_year } else { 0 })
    }

    /// What a wallet has paid without a payment that this party let pass and
    /// that was turned down since. One of an earlier day or year does not
    /// count in this one any more.
    pub fn spent_without(&self, wallet: &Wallet, order: OrderId, amount: i64) -> (i32, i64, i64) {
        let (today, spent_day, spent_year) = self.spent(wallet);
        let (zone, now) = (&self.rules.zone, Instant(self.now));
        let paid = self
            .world
            .chase(self.me, order)
            .map_or(now, |chase| Instant(chase.since));
        let less = |counts, spent: i64| {
            if counts {
                (spent - amount).max(0)
            } else {
                spent
            }
        };
        let same_year = zone.year(paid) == zone.year(now);
        (
            today,
            less(zone.day(paid) == today, spent_day),
            less(same_year, spent_year),
        )
    }

    /// Public directory: whether the wallet's holder is who asks, and signed
    /// this request. Every bank can look up a wallet's certificate, so the bank
    /// that keeps the account can too.
    pub fn is_signed(&self, message: &Message) -> bool {
        let Some(wallet) = message.wallet.and_then(|id| self.world.wallet(id)) else {
            return false;
        };
        if wallet.owner != message.from {
            return false;
        }
        if !self.signing {
            return true;
        }
        let key = <[u8; 32]>::try_from(self.texts.bytes(wallet.key)).map(PublicKey);
        let signature = <[u8; 64]>::try_from(self.texts.bytes(message.signature)).map(Signature);
        let (Ok(key), Ok(signature)) = (key, signature) else {
            return false;
        };
        instruction(self.run, self.world, message, self.texts.text(message.memo))
            .encode()
            .is_ok_and(|bytes| key.verify(&bytes, &signature).is_ok())
    }

    /// Its orders that wait for an answer.
    pub fn chases(&self) -> impl Iterator<Item = (OrderId, &'a Chase)> {
        self.world.chases_of(self.me)
    }

    /// Whether it has a timer set for them.
    pub fn is_sweeping(&self) -> bool {
        self.world.is_sweeping(self.me)
    }

    /// How long it waits for an answer, milliseconds.
    pub fn timeout(&self) -> i64 {
        self.rules.timeout.0
    }
}

/// What a party says: facts in order. Messages have no number and no fate yet;
/// the kernel and the network give them.
#[derive(Debug)]
pub struct Out {
    /// The facts.
    pub facts: Vec<Fact>,
    me: PartyId,
    order: OrderId,
    purpose: Purpose,
    memo: TextId,
}

impl Out {
    /// Begins a decision of `me`; `facts` is an empty list whose room is used
    /// again.
    pub fn new(mut facts: Vec<Fact>, me: PartyId, input: &Input) -> Self {
        facts.clear();
        let (order, purpose, memo) = match input {
            Input::Command(command) => (command.order, command.purpose, command.memo),
            Input::Message(message) => (message.order, message.purpose, message.memo),
            Input::Timer => (OrderId(0), Purpose::Opening, TextId::default()),
        };
        Out {
            facts,
            me,
            order,
            purpose,
            memo,
        }
    }

    /// Posts in its own book.
    pub fn post(
        &mut self,
        debit: Option<AccountId>,
        credit: Option<AccountId>,
        amount: i64,
        finality: Finality,
    ) {
        if let (Some(debit), Some(credit)) = (debit, credit) {
            self.facts.push(Fact::Posted(Journal {
                book: self.me,
                debit,
                credit,
                amount,
                purpose: self.purpose,
                finality,
                order: self.order,
            }));
        }
    }

    /// Sends a message about the order.
    pub fn send(
        &mut self,
        to: PartyId,
        subject: Subject,
        wallet: Option<WalletId>,
        other: Option<u32>,
        amount: i64,
    ) {
        self.facts.push(Fact::Sent(Message {
            serial: Serial(0),
            from: self.me,
            to,
            subject,
            purpose: self.purpose,
            order: self.order,
            wallet,
            other,
            amount,
            sent: 0,
            due: 0,
            fate: Fate::Arrives,
            fault: 0,
            memo: self.memo,
            signature: TextId::default(),
        }));
    }

    /// Answers or passes on a message: the same wallets and sum.
    pub fn pass(&mut self, to: PartyId, subject: Subject, message: &Message) {
        self.send(to, subject, message.wallet, message.other, message.amount);
    }

    /// Writes a wallet's file.
    pub fn file(&mut self, id: WalletId, wallet: &Wallet) {
        self.facts.push(Fact::Changed(Change::WalletUsed {
            wallet: id,
            available: wallet.available,
            expected: wallet.expected,
            spent_day: wallet.spent_day,
            spent_year: wallet.spent_year,
            day: wallet.day,
        }));
    }

    /// Turns the request down.
    pub fn refuse(&mut self, refused: Refused, party: PartyId, asked: i64) {
        self.facts.push(Fact::Refused(Refusal {
            code: refused.code,
            by: self.me,
            party,
            order: self.order,
            purpose: self.purpose,
            wallet: refused.wallet,
            asked,
            allowed: refused.allowed,
            used: refused.used,
        }));
    }

    /// Says that an order has had no answer in time.
    pub fn overdue(&mut self, order: OrderId) {
        self.facts.push(Fact::Changed(Change::Overdue {
            order,
            party: self.me,
        }));
    }

    /// Sets its timer.
    pub fn schedule(&mut self, due: i64) {
        self.facts.push(Fact::Scheduled(Timer {
            due,
            number: 0,
            party: self.me,
        }));
    }
}

/// Why a check failed, with the numbers that decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The code.
    pub code: Code,
    /// The wallet whose rule it is.
    pub wallet: Option<WalletId>,
    /// The limit, or what there is, minor units.
    pub allowed: i64,
    /// What is used of it, minor units.
    pub used: i64,
}

impl Refused {
    /// A refusal without numbers.
    pub fn plain(code: Code, wallet: Option<WalletId>) -> Self {
        Refused {
            code,
            wallet,
            allowed: 0,
            used: 0,
        }
    }

    /// A refusal for want of money.
    pub fn short(code: Code, wallet: Option<WalletId>, available: i64) -> Self {
        Refused {
            code,
            wallet,
            allowed: available,
            used: 0,
        }
    }
}
