//! A small vocabulary and one preset, enough for the opening scenario, and
//! what the tests ask again and again.

use exchequer::script::{
    AccountSpec, Outcome, PresetFacts, Presets, Vocabulary, Word, parse, render,
};
use money::{Currency, Zone};
use world::spec::{FieldSpec, FieldType, Spec};

const fn field(name: &'static str, ty: FieldType) -> FieldSpec {
    FieldSpec {
        name,
        doc: "A field.",
        ty,
        required: false,
        positional: false,
    }
}

const fn needed(name: &'static str, ty: FieldType) -> FieldSpec {
    FieldSpec {
        required: true,
        ..field(name, ty)
    }
}

const fn first(name: &'static str, ty: FieldType) -> FieldSpec {
    FieldSpec {
        positional: true,
        ..needed(name, ty)
    }
}

const fn spec(
    name: &'static str,
    actors: &'static [&'static str],
    fields: &'static [FieldSpec],
) -> Spec {
    Spec {
        name,
        doc: "Does something.",
        actors,
        fields,
        example: "",
        creates: None,
    }
}

const HOLDERS: &[&str] = &["person", "firm", "merchant", "visitor", "wallet"];
const OPERATOR: FieldType = FieldType::Actor(&["operator"]);
const HOLDER: FieldType = FieldType::Actor(HOLDERS);
const AMOUNT: FieldType = FieldType::Amount;

pub const KINDS: &[&Spec] = &[
    &spec("operator", &[], &[field("reserves", AMOUNT)]),
    &spec(
        "person",
        &[],
        &[
            needed("at", OPERATOR),
            field("type", FieldType::WalletType),
            field("deposit", AMOUNT),
            field("cash", AMOUNT),
            field("online", FieldType::Bool),
        ],
    ),
    &spec(
        "merchant",
        &[],
        &[needed("at", OPERATOR), field("category", FieldType::Count)],
    ),
    &spec(
        "wallet",
        &[],
        &[
            needed("owner", FieldType::Actor(&["person", "firm"])),
            needed("at", OPERATOR),
            field("type", FieldType::WalletType),
        ],
    ),
];

pub const VERBS: &[&Spec] = &[
    &spec(
        "issue",
        &["central-bank"],
        &[first("amount", AMOUNT), needed("to", OPERATOR)],
    ),
    &spec("exchange", HOLDERS, &[first("amount", AMOUNT)]),
    &spec("redeem", HOLDERS, &[first("amount", AMOUNT)]),
    &spec("cash-in", HOLDERS, &[first("amount", AMOUNT)]),
    &spec("cash-out", HOLDERS, &[first("amount", AMOUNT)]),
    &spec(
        "pay",
        HOLDERS,
        &[
            first("to", HOLDER),
            first("amount", AMOUNT),
            field("memo", FieldType::Text),
        ],
    ),
    &spec(
        "freeze",
        &["operator"],
        &[
            first("wallet", HOLDER),
            FieldSpec {
                required: false,
                ..first("reason", FieldType::Choice(&["court", "fraud", "request"]))
            },
            field("for", FieldType::Duration),
        ],
    ),
    &spec("open-sub", HOLDERS, &[field("cap", AMOUNT)]),
    &spec(
        "contract.claim",
        HOLDERS,
        &[first("contract", FieldType::Name), field("share", AMOUNT)],
    ),
    &spec(
        "network.lose",
        &["network"],
        &[
            first("from", FieldType::Actor(&[])),
            field("count", FieldType::Count),
        ],
    ),
];

pub const ACCOUNTS: &[AccountSpec] = &[
    account("wallet", HOLDERS, false),
    account("deposit", HOLDERS, false),
    account("cash", HOLDERS, false),
    account("reserves", &["operator"], false),
    account("books", &[], true),
    account("in-issue", &["central-bank"], false),
];

const fn account(name: &'static str, kinds: &'static [&'static str], open: bool) -> AccountSpec {
    AccountSpec {
        name,
        doc: "Something of theirs.",
        kinds,
        ty: AMOUNT,
        open,
    }
}

const fn word(name: &'static str) -> Word {
    Word {
        name,
        doc: "A word.",
    }
}

pub const VOCABULARY: Vocabulary<'static> = Vocabulary {
    verbs: VERBS,
    kinds: KINDS,
    accounts: ACCOUNTS,
    settings: &[],
    refusals: &[
        word("limit.payment"),
        word("limit.day"),
        word("funds.short"),
    ],
    invariants: &[word("books"), word("in-issue")],
};

/// One preset in two versions.
pub struct Shelf;

impl Presets for Shelf {
    fn find(&self, name: &str, version: Option<u32>) -> Option<PresetFacts> {
        (name == "cny-2025" && version.is_none_or(|version| matches!(version, 1 | 2))).then(|| {
            PresetFacts {
                name: name.to_owned(),
                version: version.unwrap_or(2),
                currency: Currency::new("CNY", 2).unwrap(),
                zone: Zone::fixed("Asia/Shanghai", 8 * 3_600).unwrap(),
                start: "2025-06-02T08:00".parse().unwrap(),
                wallet_types: ["I", "II", "III", "IV", "V"].map(str::to_owned).to_vec(),
            }
        })
    }

    fn list(&self) -> Vec<(String, u32)> {
        vec![("cny-2025".to_owned(), 1), ("cny-2025".to_owned(), 2)]
    }

    fn settable(&self, _: &PresetFacts, path: &str) -> Option<FieldType> {
        match path {
            "card.balance" => Some(AMOUNT),
            "latency" => Some(FieldType::Duration),
            "wallet.IV.count" => Some(FieldType::Count),
            _ => None,
        }
    }

    fn leaves_open(&self, _: &PresetFacts, path: &str) -> bool {
        path == "card.balance"
    }

    fn settable_paths(&self, _: &PresetFacts) -> Vec<String> {
        ["card.balance", "latency", "wallet.IV.count"]
            .map(str::to_owned)
            .to_vec()
    }
}

pub const OPENING: &str = include_str!("../../../../static/scenarios/birth-of-a-yuan.exq");

/// Two operators, two persons and a shop, declared on the first eight lines.
pub const CAST: &str = "\
use cny-2025@1
start 2025-11-03T09:00
operator Harbour reserves=10_000.00
operator Summit
person Alice at=Harbour type=II deposit=1_000.00
person Bob at=Summit type=IV cash=3_000.00
merchant Noodles at=Summit category=5812
merchant \"Noodle Bar\" at=Summit
";

pub fn read(text: impl AsRef<[u8]>) -> Outcome {
    parse(text, &VOCABULARY, &Shelf)
}

/// Reads a text that must have no error.
pub fn good(text: &str) -> Outcome {
    let outcome = read(text);
    let errors: String = outcome
        .errors()
        .map(|error| render(error, "good.exq", text.as_bytes()))
        .collect();
    assert!(errors.is_empty(), "{errors}\n{text}");
    outcome
}
