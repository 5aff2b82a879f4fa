//! What a party sees when it decides, and what it says.

use ledger::{AccountId, Class};
use money::{Currency, Instant, Rate};
use seal::{PublicKey, Signature};

use super::address::{self, Address};
use super::{Command, instruction};
use crate::bridge::Ask;
use crate::fact::{
    Change, Deal, Fact, Fate, Finality, Journal, Kind, Limits, Message, NONE, OrderId, Outcome,
    PartyId, Purpose, Refusal, Serial, Shop, Stage, Subject, Terms, TextId, Timer, Title, WalletId,
};
use crate::refusal::Code;
use crate::rules::{Issuance, Rules};
use crate::state::{
    Bill, CENTRAL_BANK, Chase, Earned, Form, Forward, Open, Party, Payment, Purse, Special,
    Standing, Wallet, World, Written,
};
use crate::text::Texts;

/// What a party decides on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A line of the scenario asks.
    Command(Command),
    /// A message arrived.
    Message(Message),
    /// A line of the scenario asks for something across a border.
    Abroad(Ask),
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
        Some(wallet.account)
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

    /// The rules that everybody plays by.
    pub fn rules(&self) -> &'a Rules {
        self.rules
    }

    /// How digital currency comes to be.
    pub fn issuance(&self) -> Issuance {
        self.rules.issuance
    }

    /// The limits of a wallet: its type's, or its holder's own below them.
    pub fn limits(&self, id: WalletId, wallet: &Wallet) -> Limits {
        let of_type = self.limits_of_type(wallet.ty).unwrap_or_default();
        match self.special(id, wallet) {
            Some(special) => of_type.lower(special.own),
            None => of_type,
        }
    }

    /// The limits of a wallet type in the rules, if there is one of this
    /// number.
    pub fn limits_in_rules(&self, ty: u16) -> Option<Limits> {
        let ty = self.rules.wallet_types.get(usize::from(ty))?;
        Some(Limits {
            balance: ty.balance,
            payment: ty.payment,
            day: ty.day,
            year: ty.year,
        })
    }

    /// The same where this bank lets it do less.
    pub fn limits_of_type(&self, ty: u16) -> Option<Limits> {
        let limits = self.limits_in_rules(ty)?;
        Some(match self.world.limits_at(self.me, ty) {
            Some(own) => limits.lower(own),
            None => limits,
        })
    }

    /// How much less than the rules this bank lets a wallet type do.
    pub fn own_limits(&self, ty: u16) -> Limits {
        self.world.limits_at(self.me, ty).unwrap_or_default()
    }

    /// The directory of the central bank: whose name this is.
    pub fn aliased(&self, alias: TextId) -> Option<WalletId> {
        (self.me == CENTRAL_BANK)
            .then(|| self.world.aliased(alias))
            .flatten()
    }

    /// The alias that a payment is meant for, as it was typed or stands in the
    /// code that was read.
    pub fn alias_meant(&self, order: OrderId) -> Option<TextId> {
        let text = self.texts.text(self.terms(order)?.address);
        let code = address::read_code(text, self.currency());
        let address = match &code {
            Ok(asked) => asked.address(),
            Err(_) => Address::read(text),
        };
        match address.ok()? {
            Address::Alias(alias) => self.texts.find(alias.as_bytes()),
            Address::Account(_) => None,
        }
    }

    /// A text that came to it or that it was told.
    pub fn text(&self, id: TextId) -> &'a str {
        self.texts.text(id)
    }

    /// The currency of all books.
    pub fn currency(&self) -> money::Currency {
        self.rules.currency
    }

    /// What only some wallets have, if this one does.
    pub fn special(&self, id: WalletId, wallet: &Wallet) -> Option<&'a Special> {
        self.world.special(id).filter(|_| wallet.special)
    }

    /// The wallet whose money it is, of one it runs or holds: the parent of a
    /// sub-wallet, or itself.
    pub fn purse(&self, id: WalletId) -> Option<(WalletId, &'a Wallet)> {
        let id = self.world.purse(id);
        Some((id, self.wallet(id)?))
    }

    /// The number that the next wallet gets.
    pub fn next_wallet(&self) -> WalletId {
        WalletId(self.world.wallet_count())
    }

    /// The wallets it runs.
    pub fn wallets(&self) -> impl Iterator<Item = (WalletId, &'a Wallet)> {
        let me = self.me;
        self.world
            .wallets()
            .filter(move |(_, wallet)| wallet.operator == me)
    }

    /// What a request says beyond its messages; it travels with them.
    pub fn terms(&self, order: OrderId) -> Option<&'a Terms> {
        self.world.terms(order)
    }

    /// The request to be paid that a payment answers: the payee's bank keeps
    /// it.
    pub fn bill(&self, order: OrderId) -> Option<(OrderId, &'a Bill)> {
        let about = self.terms(order)?.about?;
        let bill = self.world.bill(about)?;
        self.wallet(bill.payee).map(|_| (about, bill))
    }

    /// A request to be paid that a holder was sent.
    pub fn sent_bill(&self, order: OrderId) -> Option<&'a Bill> {
        let bill = self.world.bill(order)?;
        self.wallet(bill.payer).map(|_| bill)
    }

    /// A payment that has a name, for its payee.
    pub fn kept(&self, order: OrderId) -> Option<&'a Payment> {
        let payment = self.world.payment(order)?;
        self.wallet(payment.payee).map(|_| payment)
    }

    /// The payment that a request to give back speaks of, for the payee and
    /// its bank.
    pub fn payment(&self, order: OrderId) -> Option<(OrderId, &'a Payment)> {
        let about = self.terms(order)?.about?;
        Some((about, self.kept(about)?))
    }

    /// Whether a request with this number of the sender's was taken on.
    pub fn is_key_used(&self, wallet: WalletId, key: TextId) -> bool {
        self.world.is_key_used(wallet, key)
    }

    /// Open requests of its customers' that end at a time.
    pub fn bills(&self) -> impl Iterator<Item = (OrderId, &'a Bill)> {
        let runs = |id| {
            self.world
                .wallet(id)
                .is_some_and(|wallet| wallet.operator == self.me)
        };
        self.world
            .bills()
            .filter(move |(_, bill)| bill.outcome.is_none() && bill.due > 0 && runs(bill.payee))
    }

    /// Its customers' payments that are made later.
    pub fn standing(&self) -> impl Iterator<Item = (OrderId, &'a Standing)> {
        let runs = |id| {
            self.world
                .wallet(id)
                .is_some_and(|wallet| wallet.operator == self.me)
        };
        self.world
            .standing()
            .filter(move |(_, standing)| runs(standing.wallet))
    }

    /// What a wallet it runs has earned up to today.
    pub fn earned(&self, id: WalletId) -> Option<Earned> {
        self.wallet(id)?;
        self.world.earned(id)
    }

    /// The minute of the local day.
    pub fn minute(&self) -> u16 {
        let time = self.rules.zone.civil(Instant(self.now)).time();
        u16::from(time.hour) * 60 + u16::from(time.minute)
    }

    /// Its own messages whose arrival nobody has confirmed for as long as
    /// messages may take.
    pub fn undelivered(&self) -> impl Iterator<Item = &'a Message> {
        let (me, before) = (self.me, self.now - self.timeout());
        self.world
            .flight
            .lost()
            .filter(move |message| message.from == me && message.sent <= before)
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

    /// Who asks: the holder of the wallet, if its agent passes the request on.
    pub fn asker(&self, message: &Message) -> PartyId {
        let owner = message.wallet.and_then(|id| self.world.wallet(id));
        match owner.map(|wallet| wallet.owner) {
            Some(owner) if self.agent_of(owner) == Some(message.from) => owner,
            _ => message.from,
        }
    }

    /// Public directory: the agent that a holder comes through.
    fn agent_of(&self, party: PartyId) -> Option<PartyId> {
        self.world.party(party)?.via
    }

    /// Customer file of a holder's agent or keeper of balances: who holds the
    /// wallet.
    pub fn holder_of(&self, id: WalletId) -> Option<PartyId> {
        let owner = self.world.wallet(id)?.owner;
        let is_ours =
            self.agent_of(owner) == Some(self.me) || self.of(Title::Balances, owner.0).is_some();
        is_ours.then_some(owner)
    }

    /// Whether it is the central bank's to declare: a bank has failed, and this
    /// one takes its insured depositors.
    pub fn successor(&self, bank: PartyId) -> Option<PartyId> {
        self.world.successor(bank)
    }

    /// Public directory: the bank that a party's account is at.
    pub fn bank_of(&self, party: PartyId) -> Option<PartyId> {
        self.world.party(party)?.at
    }

    /// Public directory: what kind of party it is.
    pub fn kind_of(&self, party: PartyId) -> Option<Kind> {
        self.world.party(party).map(|it| it.kind)
    }

    /// Its customers' accounts of a title.
    pub fn all_of(&self, title: Title) -> impl Iterator<Item = (u32, AccountId)> {
        self.world.all_of(self.me, title)
    }

    /// The number that the next account gets.
    pub fn next_account(&self) -> AccountId {
        AccountId(self.world.ledger().len())
    }

    /// Public directory: whether the wallet's holder is who asks, and signed
    /// this request. Every bank can look up a wallet's certificate, so the bank
    /// that keeps the account can too.
    pub fn is_signed(&self, message: &Message) -> bool {
        let Some(wallet) = message.wallet.and_then(|id| self.world.wallet(id)) else {
            return false;
        };
        if wallet.owner != self.asker(message) {
            return false;
        }
        // The wallets of a crowd have no key: generated requests bear no signatures.
        if !self.signing || wallet.key == TextId::default() {
            return true;
        }
        let key = <[u8; 32]>::try_from(self.texts.bytes(wallet.key)).map(PublicKey);
        let signature = <[u8; 64]>::try_from(self.texts.bytes(message.signature)).map(Signature);
        let (Ok(key), Ok(signature)) = (key, signature) else {
            return false;
        };
        let signed = Message {
            sent: match self.world.signed_at(message.order) {
                Some(at) if wallet.owner != message.from => at,
                _ => message.sent,
            },
            ..*message
        };
        instruction(self.run, self.world, &signed, self.texts.text(message.memo))
            .encode()
            .is_ok_and(|bytes| key.verify(&bytes, &signature).is_ok())
    }

    /// Its orders that wait for an answer.
    pub fn chases(&self) -> impl Iterator<Item = (OrderId, &'a Chase)> {
        self.world.chases_of(self.me)
    }

    /// What a payment that waits here is to pay.
    pub fn parked(&self, order: OrderId) -> Option<i64> {
        self.world.parked(self.me, order)
    }

    /// When its timer fires, if one is set.
    pub fn timer(&self) -> Option<i64> {
        self.world.timer(self.me)
    }

    /// Its account of a title in a currency, for one subject or its own.
    pub fn account_in(&self, title: Title, subject: u32, currency: Currency) -> Option<AccountId> {
        self.world.account_in(self.me, title, subject, currency)
    }

    /// Its reserves, in the currency it is at home in.
    pub fn own_reserves(&self) -> Option<AccountId> {
        let currency = self.world.home_currency(self.me);
        self.account_in(Title::OwnReserves, NONE, currency)
    }

    /// Public directory: the central banks' common platform.
    pub fn platform(&self) -> Option<PartyId> {
        self.world.platform()
    }

    /// Public directory: a central bank's currency.
    pub fn currency_of(&self, authority: PartyId) -> Option<Currency> {
        self.world.currency_of(authority)
    }

    /// Public directory: the central bank that a bank is at home with.
    pub fn authority_of(&self, party: PartyId) -> Option<PartyId> {
        self.world.authority_of(party)
    }

    /// What a request across a border is about; it travels with its messages.
    pub fn deal(&self, order: OrderId) -> Option<(OrderId, &'a Deal)> {
        self.world.deal(order)
    }

    /// A rate as it was written.
    pub fn rate(&self, written: TextId) -> Option<Rate> {
        self.texts.text(written).parse().ok()
    }

    /// The banks that a payment passes; that travels with it too.
    pub fn route(&self, order: OrderId) -> &'a [PartyId] {
        self.world.route(order)
    }

    /// The currency in which a payment goes from a bank of its route to the
    /// next.
    pub fn currency_from(&self, order: OrderId, from: PartyId) -> Option<Currency> {
        self.world.currency_from(order, from)
    }

    /// How far a swap is in its own file.
    pub fn stage(&self, order: OrderId) -> Option<Stage> {
        self.world.stage(self.me, order)
    }

    /// The swaps it has on file.
    pub fn stages(&self) -> impl Iterator<Item = (OrderId, Stage)> {
        self.world.stages(self.me)
    }

    /// A payment that came to it to be passed on.
    pub fn forward(&self, order: OrderId) -> Option<&'a Forward> {
        self.world.forward(self.me, order)
    }

    /// The payments that came to it to be passed on.
    pub fn forwards(&self) -> impl Iterator<Item = (OrderId, &'a Forward)> {
        self.world.forwards(self.me)
    }

    /// Public: what a contract or condition says.
    pub fn form(&self, number: u32) -> Option<&'a Form> {
        self.world.form(number)
    }

    /// Public: who plays which party of a contract.
    pub fn written(&self, number: u32) -> Option<&'a Written> {
        self.world.written(number)
    }

    /// Public directory: who keeps a contract. Its number names its keeper.
    pub fn keeper_of(&self, contract: OrderId) -> Option<PartyId> {
        self.world.keeper_of(contract)
    }

    /// A contract it keeps.
    pub fn contract(&self, contract: OrderId) -> Option<&'a Open> {
        let open = self.world.contract(contract)?;
        (open.keeper == self.me).then_some(open)
    }

    /// The contracts it keeps.
    pub fn contracts(&self) -> impl Iterator<Item = (OrderId, &'a Open)> {
        let me = self.me;
        self.world
            .contracts()
            .filter(move |(_, it)| it.keeper == me)
    }

    /// Money for a purpose that it keeps.
    pub fn purse_of(&self, contract: OrderId) -> Option<&'a Purse> {
        let purse = self.world.purse_of(contract)?;
        (purse.keeper == self.me).then_some(purse)
    }

    /// All money for a purpose that it keeps.
    pub fn purses(&self) -> impl Iterator<Item = (OrderId, &'a Purse)> {
        let me = self.me;
        self.world.purses().filter(move |(_, it)| it.keeper == me)
    }

    /// What contracts it keeps have paid and it could not send yet.
    pub fn unsent(&self) -> impl Iterator<Item = (OrderId, WalletId, i64, i64)> {
        self.world
            .unsent()
            .filter(|(order, ..)| self.keeper_of(*order) == Some(self.me))
    }

    /// What of that is for a wallet from a contract.
    pub fn unsent_to(&self, contract: OrderId, wallet: WalletId) -> i64 {
        self.world.unsent_to(contract, wallet)
    }

    /// Public directory: the name by which contracts and conditions know a
    /// wallet, what a merchant's certificate says, and its type.
    pub fn known_as(&self, id: WalletId) -> Option<(TextId, Shop, u16)> {
        let purse = self.world.purse(id);
        let wallet = self.world.wallet(purse)?;
        let shop = self.world.shop(purse).unwrap_or_default();
        Some((wallet.name, shop, wallet.ty))
    }

    /// Public directory: the wallet whose money it is, of a handle.
    pub fn purse_id(&self, id: WalletId) -> WalletId {
        self.world.purse(id)
    }

    /// The register's or its own account of a wallet.
    pub fn account_of(&self, id: WalletId) -> Option<AccountId> {
        let wallet = self.world.wallet(self.world.purse(id))?;
        let account = self.world.ledger().account(wallet.account)?;
        (account.book.0 == self.me.0).then_some(wallet.account)
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
    /// When it wants to be reminded, milliseconds.
    pub(super) reminder: Option<i64>,
}

impl Out {
    /// Begins a decision of `me`; `facts` is an empty list whose room is used
    /// again.
    pub fn new(mut facts: Vec<Fact>, me: PartyId, input: &Input) -> Self {
        facts.clear();
        let (order, purpose, memo) = match input {
            Input::Command(command) => (command.order, command.purpose, command.memo),
            Input::Message(message) => (message.order, message.purpose, message.memo),
            Input::Abroad(ask) => (ask.order, ask.purpose, TextId::default()),
            Input::Timer => (OrderId(0), Purpose::Opening, TextId::default()),
        };
        Out {
            facts,
            me,
            order,
            purpose,
            memo,
            reminder: None,
        }
    }

    /// What `me` does about an order.
    pub fn about(me: PartyId, order: OrderId, purpose: Purpose) -> Self {
        let mut out = Out::new(Vec::new(), me, &Input::Timer);
        out.turn_to(order, purpose);
        out
    }

    /// What is posted and sent from here on is for this purpose.
    pub fn begin(&mut self, purpose: Purpose) {
        self.purpose = purpose;
    }

    /// What is done from here on is about another request than the one it
    /// began with.
    pub fn turn_to(&mut self, order: OrderId, purpose: Purpose) {
        self.order = order;
        self.purpose = purpose;
    }

    /// What is sent from here on bears these words.
    pub fn says(&mut self, memo: TextId) {
        self.memo = memo;
    }

    /// Wants to be reminded at this time, if it is the earliest.
    pub fn remind(&mut self, due: i64) {
        self.reminder = Some(self.reminder.map_or(due, |earlier| earlier.min(due)));
    }

    /// Writes what changed.
    pub fn change(&mut self, change: Change) {
        self.facts.push(Fact::Changed(change));
    }

    /// Ends a request to be paid.
    pub fn close_bill(&mut self, order: OrderId, outcome: Outcome) {
        self.change(Change::BillClosed { order, outcome });
    }

    /// Keeps a payment until what it is short of has come.
    pub fn park(&mut self, order: OrderId, amount: i64) {
        self.facts.push(Fact::Changed(Change::Parked {
            order,
            party: self.me,
            amount,
        }));
    }

    /// Lets go of a payment that waited.
    pub fn unpark(&mut self, order: OrderId) {
        self.facts.push(Fact::Changed(Change::Unparked {
            order,
            party: self.me,
        }));
    }

    /// Its account of a title in a currency, opened now if it has none.
    pub fn account(
        &mut self,
        desk: &Desk<'_>,
        (title, subject): (Title, u32),
        class: Class,
        may_overdraw: bool,
        currency: Currency,
    ) -> AccountId {
        if let Some(account) = desk.account_in(title, subject, currency) {
            return account;
        }
        let mut next = desk.world.ledger().len();
        for fact in &self.facts {
            if let Fact::Changed(Change::AccountIn {
                account,
                title: of,
                subject: whose,
                currency: coin,
                ..
            }) = *fact
            {
                if (of, whose, coin) == (title, subject, currency) {
                    return account;
                }
                next = account.0 + 1;
            }
        }
        let account = AccountId(next);
        self.change(Change::AccountIn {
            account,
            book: self.me,
            class,
            title,
            subject,
            may_overdraw,
            currency,
        });
        account
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

    /// A message about the order, with nothing else in it.
    pub fn message(&self, to: PartyId, subject: Subject) -> Message {
        Message {
            serial: Serial(0),
            from: self.me,
            to,
            subject,
            purpose: self.purpose,
            order: self.order,
            wallet: None,
            other: None,
            amount: 0,
            sent: 0,
            due: 0,
            fate: Fate::Arrives,
            fault: 0,
            memo: self.memo,
            signature: TextId::default(),
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
            wallet,
            other,
            amount,
            ..self.message(to, subject)
        }));
    }

    /// Answers or passes on a message: the same wallets and sum.
    pub fn pass(&mut self, to: PartyId, subject: Subject, message: &Message) {
        self.send(to, subject, message.wallet, message.other, message.amount);
    }

    /// Passes a message on as it came, with its signature.
    pub fn relay(&mut self, to: PartyId, message: &Message) {
        self.facts.push(Fact::Sent(Message {
            serial: Serial(0),
            from: self.me,
            to,
            sent: 0,
            due: 0,
            fate: Fate::Arrives,
            fault: 0,
            ..*message
        }));
    }

    /// Opens an account of its own book for one subject; the number is the next
    /// that is free.
    pub fn open(&mut self, account: AccountId, class: Class, title: Title, subject: u32) {
        self.change(Change::AccountOpened {
            account,
            book: self.me,
            class,
            title,
            subject,
            may_overdraw: false,
        });
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
