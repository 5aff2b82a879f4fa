//! The words of all modules, and what `expect` can look at.

use world::bridge;
use world::cbdc::{Activity, Declaration, Fault, Operation};
use world::contracts;
use world::describe::Described;
use world::offline;
use world::spec::{FieldType, Spec};

use crate::presets;
use crate::script::{AccountSpec, Vocabulary, Word};

const BANK: &[&str] = &["operator"];
const HOLDER: &[&str] = &["person", "firm", "merchant", "visitor", "agent", "crowd"];
const CONTRACTS: &[&str] = &["deal", "purpose-money"];
const WALLET: &[&str] = &[
    "person", "firm", "merchant", "visitor", "agent", "wallet", "crowd",
];
const DEVICE: &[&str] = world::offline::PAYERS;

const fn account(
    name: &'static str,
    doc: &'static str,
    kinds: &'static [&'static str],
    open: bool,
) -> AccountSpec {
    AccountSpec {
        name,
        doc,
        kinds,
        ty: FieldType::Amount,
        open,
    }
}

/// An account in the currency of whom it concerns.
const fn abroad(
    name: &'static str,
    doc: &'static str,
    kinds: &'static [&'static str],
    open: bool,
) -> AccountSpec {
    AccountSpec {
        ty: FieldType::Figure,
        ..account(name, doc, kinds, open)
    }
}

/// What `expect` and `get` can look at.
pub const ACCOUNTS: &[AccountSpec] = &[
    account(
        "wallet",
        "Digital currency in the wallet, as the central bank's register has it; of a crowd, in all its wallets.",
        WALLET,
        false,
    ),
    account("deposit", "The balance of the bank account.", HOLDER, false),
    account(
        "balance",
        "What agents keep for the holder.",
        &["person", "firm", "merchant", "visitor"],
        false,
    ),
    account(
        "cash",
        "Banknotes held.",
        &[
            "person", "firm", "merchant", "visitor", "agent", "operator", "crowd",
        ],
        false,
    ),
    account(
        "reserves",
        "What the central bank owes the bank, as the bank's own book has it.",
        BANK,
        false,
    ),
    account(
        "vault",
        "Digital currency that the bank holds, as its own book has it.",
        BANK,
        false,
    ),
    account(
        "in-issue",
        "Digital currency issued less returned.",
        &["central-bank"],
        false,
    ),
    account(
        "purse",
        "What a device can pay without a network; of a holder, the device that is loaded from its wallet.",
        DEVICE,
        false,
    ),
    account(
        "to-claim",
        "What a device received and has to claim before it is in the wallet.",
        DEVICE,
        false,
    ),
    account(
        "limbo",
        "What a device paid and nobody has acknowledged.",
        DEVICE,
        false,
    ),
    account(
        "float",
        "What of the digital currency that it owes is in devices.",
        &["central-bank", "operator"],
        false,
    ),
    abroad(
        "reserves",
        "What the central bank of its country owes the bank, as the bank's own book has it.",
        &["foreign-bank"],
        false,
    ),
    abroad(
        "bridge",
        "What the bank has of a currency on the common platform, as its own book has it: `bridge.THB`.",
        bridge::BANKS,
        true,
    ),
    abroad(
        "position",
        "What the bank has been paid of a currency, less what it has paid: `position.THB`.",
        bridge::BANKS,
        true,
    ),
    abroad(
        "on-bridge",
        "What of its currency the central bank has brought onto the common platform.",
        &["central-bank", "authority"],
        false,
    ),
    abroad(
        "issued",
        "What of a currency is on the common platform, as its book has it: `issued.THB`.",
        &["platform"],
        true,
    ),
    abroad(
        "balance",
        "What is in the account, as the book of the bank has it whose account it is.",
        &["nostro"],
        false,
    ),
    account(
        "held",
        "What the contract holds, or what is left of money for a purpose; what of it is one party's goes by the party, `held.buyer`, and what somebody has of money for a purpose by the name, `held.Alice`.",
        CONTRACTS,
        true,
    ),
    account("funded", "All that was ever put in.", CONTRACTS, false),
    account(
        "released",
        "What was paid to others than those whose it was.",
        CONTRACTS,
        false,
    ),
    account(
        "refunded",
        "What went back to those whose it was.",
        CONTRACTS,
        false,
    ),
    abroad(
        "books",
        "An account of the party's own book by its title, `books.deposits`; where there is one for each of many, their sum. One of another currency than the party's own goes by its letters, `books.position.THB`.",
        &[],
        true,
    ),
];

const fn word(name: &'static str, doc: &'static str) -> Word {
    Word { name, doc }
}

/// The refusal codes, in the order in which requests are checked.
pub const REFUSALS: &[Word] = &[
    word(
        "duplicate",
        "A request with this number of the sender's own was taken on before.",
    ),
    word(
        "party.unknown",
        "The party or wallet asked for does not exist here.",
    ),
    word(
        "address.invalid",
        "The account number, alias or payment code cannot be read.",
    ),
    word(
        "address.unknown",
        "Nobody has this account number or alias.",
    ),
    word("address.taken", "Another wallet has this alias."),
    word(
        "code.amount",
        "The payment code and its payer do not name one sum between them.",
    ),
    word("bank.failed", "The bank has failed."),
    word(
        "order.unknown",
        "There is no such request or payment, or not between these two.",
    ),
    word(
        "request.over",
        "The request to be paid is over: paid, declined or expired.",
    ),
    word(
        "refund.late",
        "The time in which the payment can be given back is over.",
    ),
    word("refund.excess", "More than is left of the payment."),
    word(
        "nothing.missing",
        "No message of this bank's is missing, or none that can be undone.",
    ),
    word(
        "contract.unknown",
        "There is no such contract: it was never opened.",
    ),
    word(
        "contract.opener",
        "Whoever puts in what a contract holds opens it; one that holds nothing is opened by one of its parties.",
    ),
    word("bridge.missing", "There is no common platform."),
    word(
        "bank.foreign",
        "A central bank issues to its own banks and redeems for them, and for no others.",
    ),
    word("quote.expired", "Nobody took the quote in time."),
    word(
        "quote.over",
        "The swap has been settled, declined, called off or refused.",
    ),
    word("signature.invalid", "The signature is not the wallet's."),
    word("wallet.closed", "The wallet has been closed."),
    word("wallet.frozen", "The wallet is frozen."),
    word(
        "wallet.not-empty",
        "There is still money in the wallet, or on its way.",
    ),
    word("limit.type", "Above the limit of the wallet's type."),
    word("payee.self", "The payer and the payee are the same wallet."),
    word(
        "currency.same",
        "Both sides of the swap are of one currency.",
    ),
    word(
        "route.missing",
        "Two banks on the way have no account with each other, or one stands on it twice.",
    ),
    word(
        "rate.unusable",
        "At this rate the other side is nothing, or more than can be counted.",
    ),
    word("payee.other", "The sub-wallet pays another payee only."),
    word("limit.payment", "More than the wallet may pay at a time."),
    word("limit.night", "More than may be paid at a time at night."),
    word("limit.day", "More than the wallet may pay in a day."),
    word(
        "limit.year",
        "More than the wallet may pay in a calendar year.",
    ),
    word(
        "limit.parent",
        "More than the parent lets its sub-wallet pay in a day.",
    ),
    word(
        "account.missing",
        "There is no bank account to take it from or put it into.",
    ),
    word("funds.short", "Not enough money."),
    word(
        "liquidity.short",
        "The bank has not enough digital currency, reserves or banknotes.",
    ),
    word("payee.closed", "The payee's wallet has been closed."),
    word("payee.frozen", "The payee's wallet is frozen."),
    word("limit.balance", "More than the receiving wallet may hold."),
    word(
        "message.unusable",
        "What came cannot be read, or answers nothing that was asked.",
    ),
    word(
        "state.rolled-back",
        "The device's memory is older than its chip has seen.",
    ),
    word("device.shut", "The device was shut by its bank."),
    word("online.waiting", "The device waits for its bank's answer."),
    word(
        "certificate.not-yet",
        "The device's certificate is not valid yet.",
    ),
    word(
        "certificate.expired",
        "The device's certificate is no longer valid.",
    ),
    word(
        "certificate.revoked",
        "The device is on its bank's list of revoked devices.",
    ),
    word("request.closed", "The payee's request was closed before."),
    word(
        "request.other",
        "The payment is not the one that was asked for.",
    ),
    word(
        "amount.indivisible",
        "The sum is not a multiple of the smallest coin.",
    ),
    word(
        "proof.invalid",
        "What proves the value is missing or does not hold.",
    ),
    word(
        "epoch.over",
        "The keys that the value was made with are no longer taken.",
    ),
    word(
        "proof.unlocked",
        "The value is not locked to the payee, and only such is taken.",
    ),
    word(
        "promise.ceiling",
        "Nothing is reserved, or its time is over.",
    ),
    word("pin.wrong", "The number typed in is wrong, or missing."),
    word(
        "pin.blocked",
        "Too many wrong numbers: the device pays no more.",
    ),
    word("limit.device", "More than a device may pay at a time."),
    word(
        "limit.payments",
        "The device has to sync after so many payments.",
    ),
    word("limit.purse", "More than a device may hold."),
    word(
        "limit.hops",
        "The value went through as many hands as it may.",
    ),
    word("sync.overdue", "The device's last sync is too long ago."),
    word(
        "log.full",
        "The device can remember no more before it syncs.",
    ),
    word("coins.no-change", "No coins in the device make this sum."),
    word(
        "session.open",
        "Another device is drawing coins under this key.",
    ),
    word(
        "log.broken",
        "What the device reports does not follow on its last report, or does not add up.",
    ),
    word("payment.claimed", "The payment was claimed before."),
    word("value.spent", "The value was spent before."),
    word("promise.late", "The promise comes after the settlement."),
    word("promise.outstanding", "Promises may still be on their way."),
    word("device.none", "Who pays has no device."),
    word("payee.device-none", "Who is to be paid has no device."),
    word("network.none", "The phone has no network."),
    word("contract.ended", "The contract has ended."),
    word(
        "contract.too-early",
        "The step that this belongs to has not begun.",
    ),
    word(
        "contract.not-awaited",
        "The contract does not wait for this now, or not from this party.",
    ),
    word(
        "contract.wrong-amount",
        "The contract waits for another amount.",
    ),
    word(
        "contract.out-of-range",
        "The amount lies outside what may be named.",
    ),
    word("contract.wrong-secret", "This is not the secret."),
    word(
        "contract.signed-before",
        "The same party has signed already.",
    ),
    word("contract.too-much", "More money than a contract can hold."),
    word(
        "purpose.expired",
        "The time in which this money can be spent is over.",
    ),
    word(
        "purpose.fails",
        "The condition on this money does not hold for this payment.",
    ),
    word(
        "purpose.untold",
        "Whether the condition on this money holds cannot be told here.",
    ),
    word(
        "purpose.category",
        "The payee's category is none of those that this money is for.",
    ),
    word("purpose.cap", "More than this money may pay at a time."),
    word(
        "purpose.time",
        "This money may be spent at another time only.",
    ),
    word(
        "purpose.other",
        "The device carries other money: plain, or for another purpose.",
    ),
    word(
        "purpose.model",
        "Money for a purpose goes into chip purses only.",
    ),
    word(
        "purpose.large",
        "The condition has more or deeper rules than a chip holds.",
    ),
    word(
        "purpose.elsewhere",
        "Another bank than the device's keeps the money.",
    ),
    word("purpose.payee", "No chip can judge who is paid."),
    word(
        "purpose.place",
        "No chip can judge where the payment is made.",
    ),
    word("purpose.day", "No chip can judge the sum of a day."),
    word("purpose.wallet", "No chip can judge the type of a wallet."),
    word("purpose.signers", "No chip can judge who has signed."),
    word("purpose.secret", "No chip can judge what secret is shown."),
];

/// The invariants that `expect holds` names.
pub const INVARIANTS: &[Word] = &[
    word(
        "in-issue",
        "What was issued less what was returned is in vaults, wallets and contracts.",
    ),
    word(
        "reserves",
        "Each bank's reserves agree with the central bank's book.",
    ),
    word(
        "vaults",
        "Each bank's vault agrees with its repository at the central bank.",
    ),
    word(
        "wallets",
        "Each operator's file of a wallet agrees with the register.",
    ),
    word("notes", "Banknotes held are the banknotes issued."),
    word(
        "client-reserves",
        "What agents have at the central bank agrees with its book.",
    ),
    word(
        "client-money",
        "What agents have at the central bank is what they owe their customers.",
    ),
    word(
        "claims",
        "What failed banks owe for insured deposits agrees with the central bank's book.",
    ),
    word(
        "bridge",
        "What each bank has on the common platform agrees with the platform's book.",
    ),
    word(
        "issued",
        "What each central bank has brought onto the common platform agrees with the platform's book.",
    ),
    word(
        "nostros",
        "Banks' accounts at each other agree in both books.",
    ),
    word(
        "contracts",
        "What contracts hold is in their keepers' books.",
    ),
    word(
        "contract-money",
        "What was put into contracts was released, went back, or is held.",
    ),
    word("books", "Every book balances."),
];

/// Every operation there is.
pub fn verbs() -> Vec<&'static Spec> {
    let verbs = Operation::SPECS.iter().chain(bridge::Operation::SPECS);
    let verbs = verbs.chain(offline::Operation::SPECS);
    let verbs = verbs.chain(contracts::Operation::SPECS);
    let verbs = verbs.chain(Activity::SPECS);
    verbs.chain(Fault::SPECS).collect()
}

/// Every kind of thing that can be declared.
pub fn kinds() -> Vec<&'static Spec> {
    let kinds = Declaration::SPECS.iter();
    let kinds = kinds.chain(bridge::Declaration::SPECS);
    kinds.chain(offline::Declaration::SPECS).collect()
}

/// Does something with the whole vocabulary.
pub fn with<T>(work: impl FnOnce(&Vocabulary<'_>) -> T) -> T {
    let (verbs, kinds) = (verbs(), kinds());
    let settings: Vec<_> = presets::settings().collect();
    work(&Vocabulary {
        verbs: &verbs,
        kinds: &kinds,
        accounts: ACCOUNTS,
        settings: &settings,
        refusals: REFUSALS,
        invariants: INVARIANTS,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use world::refusal::Code;

    #[test]
    fn every_refusal_code_and_invariant_has_its_words_and_no_others() {
        let ordered: Vec<_> = Code::ORDER.iter().map(|code| code.key()).collect();
        let named: Vec<_> = REFUSALS.iter().map(|word| word.name).collect();
        assert_eq!(ordered, named);
        let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.key()).collect();
        assert_eq!(codes, ordered.into_iter().collect());
        let keys: BTreeSet<_> = world::invariants::KEYS.iter().copied().collect();
        assert_eq!(keys, INVARIANTS.iter().map(|word| word.name).collect());
    }

    #[test]
    fn every_operation_has_its_words_and_an_example() {
        for spec in verbs().into_iter().chain(kinds()) {
            assert!(
                !spec.doc.is_empty() && spec.example.contains(spec.name),
                "{}",
                spec.name
            );
            assert!(
                spec.fields.iter().all(|field| !field.doc.is_empty()),
                "{}",
                spec.name
            );
        }
    }
}
