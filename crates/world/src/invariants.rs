//! What must hold at every position of every run.
//!
//! Two institutions never share a transaction, so a thing that both keep books
//! of (a bank's reserves) may differ between them while a message is on its
//! way. Every kind of message therefore states the difference it explains, and
//! a mirror holds when the two books differ by exactly what is on its way.
//!
//! [`quick`] costs the same however large the world is and runs after every
//! event; [`full`] visits every book, party and wallet.

use std::collections::BTreeMap;

use crate::fact::{Kind, Message, NONE, PartyId, Purpose, Subject, Title, WalletId};
use crate::rules::Issuance;
use crate::state::{CENTRAL_BANK, World};
use money::{Currency, Span};

/// A pair of books about the same thing. Differences are what the bank's side
/// has more than the central bank's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mirror {
    /// A bank's reserves, in its book and the central bank's.
    Reserves(PartyId),
    /// A bank's vault and its repository at the central bank.
    Vault(PartyId),
    /// A wallet in its operator's file and in the register.
    Wallet(WalletId),
    /// Banknotes held, and banknotes issued.
    Notes,
    /// An agent's customers' money, in its book and the central bank's.
    Client(PartyId),
    /// Insured deposits of a failed bank: what it owes for them, and what the
    /// central bank has paid.
    Claim(PartyId),
    /// What of a central bank's currency a bank has on the common platform, in
    /// its book and the platform's.
    Bridge(PartyId, PartyId),
    /// What of its currency a central bank has brought onto the common
    /// platform, in the platform's book and its own.
    Issued(PartyId),
    /// An account of one bank at another in another country, in the book of
    /// the one and of the other.
    Nostro {
        /// Whose account it is.
        of: PartyId,
        /// Who keeps it.
        at: PartyId,
        /// Its currency.
        currency: Currency,
    },
}

impl Mirror {
    /// The key of the [`Check`]s that hold it, and whose it is, where it is one
    /// party's.
    pub fn check(self, world: &World) -> (&'static str, Option<PartyId>) {
        match self {
            Self::Reserves(party) => ("reserves", Some(party)),
            Self::Vault(party) => ("vaults", Some(party)),
            Self::Wallet(wallet) => ("wallets", world.wallet(wallet).map(|it| it.owner)),
            Self::Notes => ("notes", None),
            Self::Client(party) => ("client-reserves", Some(party)),
            Self::Claim(party) => ("claims", Some(party)),
            Self::Bridge(party, _) => ("bridge", Some(party)),
            Self::Issued(party) => ("issued", Some(party)),
            Self::Nostro { of, .. } => ("nostros", Some(of)),
        }
    }
}

/// The difference that messages on their way explain, by kind of mirror.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// Of all reserves.
    pub reserves: i64,
    /// Of all vaults.
    pub vaults: i64,
    /// Of all wallets.
    pub wallets: i64,
    /// Of banknotes.
    pub notes: i64,
    /// Of all agents' customers' money.
    pub client: i64,
    /// Of all failed banks' insured deposits.
    pub claims: i64,
    /// Of what is between countries, by currency.
    pub abroad: BTreeMap<Currency, ExplainedAbroad>,
}

/// The same in one currency, of what is between countries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExplainedAbroad {
    /// Of the reserves of banks abroad.
    pub reserves: i64,
    /// Of what banks have on the common platform.
    pub bridge: i64,
    /// Of what has been brought onto it.
    pub issued: i64,
    /// Of banks' accounts at each other.
    pub nostros: i64,
}

/// At most two differences.
pub type Differences = [Option<(Mirror, i64)>; 2];

impl Explained {
    /// Adds a difference: of what is between countries, in its currency.
    pub(crate) fn add(&mut self, mirror: Mirror, difference: i64, abroad: Option<Currency>) {
        let sum = match (mirror, abroad) {
            (Mirror::Reserves(_), None) => &mut self.reserves,
            (Mirror::Vault(_), _) => &mut self.vaults,
            (Mirror::Wallet(_), _) => &mut self.wallets,
            (Mirror::Notes, _) => &mut self.notes,
            (Mirror::Client(_), _) => &mut self.client,
            (Mirror::Claim(_), _) => &mut self.claims,
            (Mirror::Reserves(_), Some(currency)) => &mut self.other(currency).reserves,
            (Mirror::Bridge(..), Some(currency)) => &mut self.other(currency).bridge,
            (Mirror::Issued(_), Some(currency)) => &mut self.other(currency).issued,
            (Mirror::Nostro { currency, .. }, _) => &mut self.other(currency).nostros,
            // What is on the platform is of a currency.
            (Mirror::Bridge(..) | Mirror::Issued(_), None) => return,
        };
        *sum += difference;
    }

    fn other(&mut self, currency: Currency) -> &mut ExplainedAbroad {
        self.abroad.entry(currency).or_default()
    }

    fn of(&self, currency: Currency) -> ExplainedAbroad {
        self.abroad.get(&currency).copied().unwrap_or_default()
    }
}

/// The differences between mirrors that this message explains while it is on
/// its way.
pub fn explains(message: &Message, world: &World) -> Differences {
    let Message {
        from, to, amount, ..
    } = *message;
    let one = |mirror, difference| [Some((mirror, difference)), None];
    let wallet = |wallet: Option<WalletId>, difference| {
        let mirror = |wallet| (Mirror::Wallet(world.purse(wallet)), difference);
        [wallet.map(mirror), None]
    };
    let runs = |wallet: WalletId| {
        world
            .wallet(wallet)
            .is_some_and(|wallet| wallet.operator == to)
    };
    let payee = message.other.map(WalletId);
    let issuance = world.issuance();
    let registers = issuance != Issuance::Deposit;
    // What digital currency is made from: a stock ahead of need, or reserves.
    let stock = |bank, difference| match issuance {
        Issuance::Stocked => one(Mirror::Vault(bank), difference),
        Issuance::OnDemand | Issuance::Deposit => one(Mirror::Reserves(bank), difference),
    };
    // What the central bank keeps for a bank, or for an agent's customers.
    let reserves_of = |party| match world.party(party).map(|it| it.kind) {
        Some(Kind::Agent) => Mirror::Client(party),
        _ => Mirror::Reserves(party),
    };
    // A payment's reserves leave its bank's book when they have moved, not before.
    let is_payment = message.purpose.is_payment() || message.purpose.is_contract();
    match message.subject {
        Subject::Issued | Subject::Returned if issuance != Issuance::Stocked => [None, None],
        Subject::Issued => [
            Some((Mirror::Reserves(to), amount)),
            Some((Mirror::Vault(to), -amount)),
        ],
        Subject::Returned => [
            Some((Mirror::Reserves(from), amount)),
            Some((Mirror::Vault(from), -amount)),
        ],
        Subject::Convert => stock(from, -amount),
        Subject::Converted
        | Subject::Withdraw
        | Subject::Offer
        | Subject::Accept
        | Subject::Order => wallet(message.wallet, -amount),
        Subject::Withdrawn => stock(to, -amount),
        Subject::Settled if issuance == Issuance::Deposit => one(Mirror::Reserves(to), amount),
        Subject::Settled => wallet(payee.filter(|payee| runs(*payee)), -amount),
        Subject::Transfer | Subject::SendBack | Subject::TransferRefused if is_payment => {
            [None, None]
        }
        Subject::Transfer | Subject::SendBack => one(reserves_of(from), -amount),
        Subject::Transferred | Subject::SentBack | Subject::TransferRefused => {
            one(reserves_of(to), -amount)
        }
        Subject::Insured => one(Mirror::Claim(from), amount),
        Subject::Rejected => match message.purpose {
            Purpose::Pay | Purpose::Refund => {
                wallet(message.wallet.filter(|payer| runs(*payer)), -amount)
            }
            Purpose::Return if issuance != Issuance::Stocked => [None, None],
            Purpose::Return => [
                Some((Mirror::Reserves(to), amount)),
                Some((Mirror::Vault(to), -amount)),
            ],
            Purpose::Exchange | Purpose::CashIn | Purpose::ReverseWaterfall => stock(to, -amount),
            _ => wallet(message.wallet, -amount),
        },
        Subject::BridgeAsk
        | Subject::BridgeIssued
        | Subject::BridgeHeld
        | Subject::BridgeGiveBack
        | Subject::BridgeRetire
        | Subject::BridgeRetired
        | Subject::BridgeRedeemed
        | Subject::BridgeQuoted
        | Subject::BridgeAgreed
        | Subject::BridgeOrder
        | Subject::BridgeSettled
        | Subject::BridgeDeclined
        | Subject::BridgeRefused
        | Subject::CorrespondentOrder
        | Subject::CorrespondentReturn => crate::bridge::explains(message, world),
        // Money for a purpose is in no bank's file.
        Subject::FloatIn | Subject::FloatPaid if message.other.is_some() => [None, None],
        Subject::FloatIn | Subject::FloatPaid => wallet(message.wallet, -amount),
        Subject::FloatTransfer => one(Mirror::Reserves(from), -amount),
        // What the float could not pay moved nothing.
        Subject::FloatRefused if message.wallet.is_some() => [None, None],
        Subject::FloatTransferred | Subject::FloatRefused => one(Mirror::Reserves(to), -amount),
        // The bank's file says already what the register is asked for.
        Subject::ContractCall if message.purpose.funds_contract() && registers => {
            wallet(message.wallet, -amount)
        }
        Subject::ContractRefused if message.purpose.funds_contract() && registers => {
            wallet(message.wallet.filter(|payer| runs(*payer)), -amount)
        }
        Subject::ContractPaid => wallet(payee, -amount),
        Subject::ContractCall | Subject::ContractRefused | Subject::ContractDone => [None, None],
        Subject::AskWithNotes | Subject::HandNotes => one(Mirror::Notes, -amount),
        Subject::OfflineRequest
        | Subject::OfflinePayment
        | Subject::OfflineReceipt
        | Subject::OfflineAsk
        | Subject::OfflineAnswer
        | Subject::OfflineClear
        | Subject::OfflineList
        | Subject::FloatHeld
        | Subject::FloatOut
        | Subject::FloatHonour
        | Subject::Ask
        | Subject::Receipt
        | Subject::Notice
        | Subject::Declined
        | Subject::Credited
        | Subject::PleasePay
        | Subject::WillNotPay
        | Subject::Lapsed
        | Subject::LookUp
        | Subject::Found
        | Subject::NotFound
        | Subject::Enrol
        | Subject::Enrolled
        | Subject::Resolve => [None, None],
    }
}

/// The messages that at a time, milliseconds, have kept two books apart for
/// longer than messages may take: lost or late, and named so until they arrive.
pub fn unreconciled(world: &World, now: i64, timeout: Span) -> impl Iterator<Item = &Message> {
    let keeps_apart = |message: &&Message| explains(message, world)[0].is_some();
    world
        .pending()
        .filter(move |message| now - message.sent >= timeout.0)
        .filter(keeps_apart)
}

/// Two sums that must be equal but for what is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// Stable key, as `expect holds` names it: `in-issue`, `reserves` …
    pub key: &'static str,
    /// Whose, where it is one party's.
    pub party: Option<PartyId>,
    /// The currency of the sums.
    pub currency: Currency,
    /// The one sum.
    pub left: i64,
    /// The other.
    pub right: i64,
    /// The difference that messages on their way explain.
    pub on_the_way: i64,
}

impl Check {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.left.checked_sub(self.right) == Some(self.on_the_way)
    }
}

/// The keys of all invariants, in the order of [`quick`] and [`full`].
pub const KEYS: &[&str] = &[
    "in-issue",
    "reserves",
    "vaults",
    "wallets",
    "notes",
    "client-reserves",
    "client-money",
    "claims",
    "bridge",
    "issued",
    "nostros",
    "contracts",
    "contract-money",
    "books",
];

/// Whether all of [`quick`] hold.
pub fn hold(world: &World) -> bool {
    at_home(world).iter().all(Check::holds) && between(world).all(|check| check.holds())
}

/// The invariants as sums that are kept up to date.
pub fn quick(world: &World) -> impl Iterator<Item = Check> {
    at_home(world).into_iter().chain(between(world))
}

/// Those of the run's own country.
fn at_home(world: &World) -> [Check; 10] {
    let check = |key, left, right, on_the_way| Check {
        key,
        party: None,
        currency: world.currency(),
        left,
        right,
        on_the_way,
    };
    let sums = world.ledger().sums(world.currency());
    let sum = |title: Title| sums.of(ledger::Title(title as u16));
    let (contracts, of_contracts) = (sum(Title::Contracts), world.contract_sums());
    // Where banks owe digital money, nothing of it is issued.
    let in_register = match world.issuance() {
        Issuance::Stocked | Issuance::OnDemand => contracts + sum(Title::Float),
        Issuance::Deposit => 0,
    };
    let out = sum(Title::Repository) + sum(Title::Circulation) + in_register;
    [
        check("in-issue", world.issued(), out, 0),
        check(
            "reserves",
            sum(Title::OwnReserves),
            sum(Title::Reserves),
            world.explained.reserves,
        ),
        check(
            "vaults",
            sum(Title::Vault),
            sum(Title::Repository),
            world.explained.vaults,
        ),
        check(
            "wallets",
            world.wallets_available,
            sum(Title::Circulation) + sum(Title::Wallets),
            world.explained.wallets,
        ),
        check(
            "notes",
            sum(Title::Cash),
            sum(Title::Notes),
            world.explained.notes,
        ),
        check(
            "client-reserves",
            sum(Title::ClientAsset),
            sum(Title::ClientReserves),
            world.explained.client,
        ),
        check(
            "client-money",
            sum(Title::ClientAsset),
            sum(Title::Balances),
            0,
        ),
        check(
            "claims",
            sum(Title::OwedToInsurer),
            sum(Title::Claims),
            world.explained.claims,
        ),
        check("contracts", contracts, of_contracts.held, 0),
        check(
            "contract-money",
            of_contracts.funded,
            of_contracts.released + of_contracts.refunded + of_contracts.held,
            0,
        ),
    ]
}

/// Those of what is between countries, if there are others.
fn between(world: &World) -> impl Iterator<Item = Check> {
    let has_abroad = world.currencies().nth(1).is_some() || world.platform().is_some();
    let currencies = has_abroad.then(|| world.currencies()).into_iter().flatten();
    currencies.flat_map(|(authority, currency)| abroad(world, authority, currency))
}

/// The invariants of one currency between countries.
fn abroad(
    world: &World,
    authority: PartyId,
    currency: Currency,
) -> impl Iterator<Item = Check> + use<> {
    let explained = world.explained.of(currency);
    let check = |key, one, other, on_the_way| Check {
        key,
        party: None,
        currency,
        left: world.sum_in(one, currency),
        right: world.sum_in(other, currency),
        on_the_way,
    };
    let reserves = (Title::OwnReserves, Title::Reserves);
    let reserves = (authority != CENTRAL_BANK)
        .then(|| check("reserves", reserves.0, reserves.1, explained.reserves));
    reserves.into_iter().chain([
        check("bridge", Title::Bridge, Title::Holding, explained.bridge),
        check("issued", Title::Issued, Title::OnBridge, explained.issued),
        check("nostros", Title::Nostro, Title::Vostro, explained.nostros),
    ])
}

/// The same, then each mirror of each party and wallet, and each book's own
/// balance. Costs as much as the world is large.
pub fn full(world: &World) -> Vec<Check> {
    let mut checks: Vec<_> = quick(world).collect();
    // Most worlds have no agent, no failed bank and no contract.
    checks.retain(|check| {
        let is_rare = matches!(
            check.key,
            "client-reserves" | "client-money" | "claims" | "contracts" | "contract-money"
        );
        !is_rare || check.left != 0 || check.right != 0 || !check.holds()
    });
    let mut explained = BTreeMap::new();
    for message in world.pending() {
        for (mirror, difference) in explains(message, world).into_iter().flatten() {
            *explained.entry(mirror).or_insert(0i64) += difference;
        }
    }
    let on_the_way = |mirror| explained.get(&mirror).copied().unwrap_or(0);
    let books = world.ledger().trial_balances(world.party_count());
    for ((party, _), books) in world.parties().zip(books) {
        let fits = |sum: i128| i64::try_from(sum).unwrap_or(i64::MAX);
        for (currency, owns, owes) in books {
            checks.push(Check {
                key: "books",
                party: Some(party),
                currency,
                left: fits(owns),
                right: fits(owes),
                on_the_way: 0,
            });
        }
        let authority = world.authority_of(party).unwrap_or(CENTRAL_BANK);
        let currency = world.home_currency(party);
        let mut mirror = |key, mirror, own, theirs| {
            if let Some(own) = world.account_in(party, own, NONE, currency) {
                checks.push(Check {
                    key,
                    party: Some(party),
                    currency,
                    left: world.ledger().balance(own),
                    right: world.balance_in(authority, theirs, party.0, currency),
                    on_the_way: on_the_way(mirror),
                });
            }
        };
        mirror(
            "reserves",
            Mirror::Reserves(party),
            Title::OwnReserves,
            Title::Reserves,
        );
        mirror(
            "vaults",
            Mirror::Vault(party),
            Title::Vault,
            Title::Repository,
        );
        mirror(
            "client-reserves",
            Mirror::Client(party),
            Title::ClientAsset,
            Title::ClientReserves,
        );
        mirror(
            "claims",
            Mirror::Claim(party),
            Title::OwedToInsurer,
            Title::Claims,
        );
    }
    checks.extend(each_abroad(world, on_the_way));
    checks.extend(each_contract(world));
    for (number, wallet) in world.wallets() {
        // A sub-wallet's money is its parent's.
        if world.purse(number) != number {
            continue;
        }
        checks.push(Check {
            key: "wallets",
            party: Some(wallet.owner),
            currency: world.currency(),
            left: wallet.available,
            right: world.ledger().balance(wallet.account),
            on_the_way: on_the_way(Mirror::Wallet(number)),
        });
    }
    checks
}

/// What each contract holds, in its keeper's book and by its own account; and
/// that what was put in is what came out and what is left.
fn each_contract(world: &World) -> impl Iterator<Item = Check> {
    let contracts = world.contracts().map(|(order, it)| (order, it.keeper));
    let purses = world.purses().map(|(order, it)| (order, it.keeper));
    contracts.chain(purses).flat_map(|(order, keeper)| {
        let sums = world.sums_of(order).unwrap_or_default();
        let check = |key, left, right| Check {
            key,
            party: Some(keeper),
            currency: world.currency(),
            left,
            right,
            on_the_way: 0,
        };
        let account = world.balance_of(keeper, Title::Contracts, order.0);
        let out = sums.released + sums.refunded + sums.held;
        [
            check("contracts", account, sums.held),
            check("contract-money", sums.funded, out),
        ]
    })
}

/// Each mirror between countries: what each bank has on the platform, what each
/// central bank has brought onto it, each account of a bank at another.
fn each_abroad(world: &World, on_the_way: impl Fn(Mirror) -> i64) -> Vec<Check> {
    let mut checks = Vec::new();
    let banks = |world: &World, title| {
        let of_title = |it: &&ledger::Account| it.title.0 == title as u16;
        let accounts = world.ledger().accounts().map(|(_, account)| account);
        let found = accounts.filter(of_title);
        let keys = found.map(|it| (PartyId(it.book.0), it.subject, it.currency));
        keys.collect::<std::collections::BTreeSet<_>>()
    };
    for (authority, currency) in world.currencies() {
        let Some(platform) = world.platform() else {
            break;
        };
        checks.push(Check {
            key: "issued",
            party: Some(authority),
            currency,
            left: world.balance_in(platform, Title::Issued, NONE, currency),
            right: world.balance_in(authority, Title::OnBridge, NONE, currency),
            on_the_way: on_the_way(Mirror::Issued(authority)),
        });
        // A bank may have heard of its account before the platform opens one, and the other way round.
        let mut having: std::collections::BTreeSet<u32> = banks(world, Title::Holding)
            .into_iter()
            .filter(|(.., it)| *it == currency)
            .map(|(_, bank, _)| bank)
            .collect();
        having.extend(
            banks(world, Title::Bridge)
                .into_iter()
                .filter(|(.., it)| *it == currency)
                .map(|(bank, ..)| bank.0),
        );
        checks.extend(having.into_iter().map(|bank| Check {
            key: "bridge",
            party: Some(PartyId(bank)),
            currency,
            left: world.balance_in(PartyId(bank), Title::Bridge, NONE, currency),
            right: world.balance_in(platform, Title::Holding, bank, currency),
            on_the_way: on_the_way(Mirror::Bridge(PartyId(bank), authority)),
        }));
    }
    for (of, at, currency) in banks(world, Title::Nostro) {
        let at = PartyId(at);
        checks.push(Check {
            key: "nostros",
            party: Some(of),
            currency,
            left: world.balance_in(of, Title::Nostro, at.0, currency),
            right: world.balance_in(at, Title::Vostro, of.0, currency),
            on_the_way: on_the_way(Mirror::Nostro { of, at, currency }),
        });
    }
    checks
}
