//! The words of all modules, and what `expect` can look at.

use world::cbdc::{Declaration, Fault, Operation};
use world::describe::Described;
use world::fact::Kind;
use world::spec::{FieldType, Spec};

use crate::presets;
use crate::script::{AccountSpec, Vocabulary, Word};

const BANK: &[&str] = &["operator"];
const HOLDER: &[&str] = &["person", "firm", "merchant", "visitor"];
const WALLET: &[&str] = &["person", "firm", "merchant", "visitor", "wallet"];

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

/// What `expect` and `get` can look at.
pub const ACCOUNTS: &[AccountSpec] = &[
    account(
        "wallet",
        "Digital currency in the wallet, as the central bank's register has it.",
        WALLET,
        false,
    ),
    account("deposit", "The balance of the bank account.", HOLDER, false),
    account(
        "cash",
        "Banknotes held.",
        &["person", "firm", "merchant", "visitor", "operator"],
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
        "books",
        "An account of the party's own book by its title, `books.deposits`; where there is one for each of many, their sum.",
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
        "party.unknown",
        "The party or wallet asked for does not exist here.",
    ),
    word("signature.invalid", "The signature is not the wallet's."),
    word("payee.self", "The payer and the payee are the same wallet."),
    word(
        "limit.payment",
        "More than the wallet's type may pay at a time.",
    ),
    word("limit.day", "More than the wallet's type may pay in a day."),
    word(
        "limit.year",
        "More than the wallet's type may pay in a calendar year.",
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
    word(
        "limit.balance",
        "More than the receiving wallet's type may hold.",
    ),
];

/// The invariants that `expect holds` names.
pub const INVARIANTS: &[Word] = &[
    word(
        "in-issue",
        "What was issued less what was returned is in vaults and wallets.",
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
    word("books", "Every book balances."),
];

/// Every operation there is.
pub fn verbs() -> Vec<&'static Spec> {
    Operation::SPECS.iter().chain(Fault::SPECS).collect()
}

/// Every kind of thing that can be declared.
pub fn kinds() -> Vec<&'static Spec> {
    Declaration::SPECS.iter().collect()
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

/// The kind's word in the script.
pub fn kind_word(kind: Kind) -> &'static str {
    kind.key()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use world::refusal::Code;

    #[test]
    fn every_refusal_code_and_invariant_has_its_words_and_no_others() {
        let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.key()).collect();
        assert_eq!(codes, REFUSALS.iter().map(|word| word.name).collect());
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
