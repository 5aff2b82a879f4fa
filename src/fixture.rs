//! Views made by hand, for tests of components: the opening scenario at any
//! position, and towns of any size for the board.

use exchequer::views::{
    Accounted, Arg, Beat, Book, Caption, Check, Fate, Flow, Form, Holding, Kind, Limit, Minor,
    Moment, Moved, Owed, Party, PartyNo, Posting, Preset, Program, Question, Refusal, Row, Source,
    Step, Try, Wallet,
};
use yew::prelude::*;

use crate::words::{Speech, use_words};

/// Properties of [`Shown`].
#[derive(Clone, PartialEq, Properties)]
struct ShownProps {
    view: Callback<Speech, Html>,
}

#[component]
fn Shown(props: &ShownProps) -> Html {
    props.view.emit(use_words())
}

/// What a function draws, as HTML with plain English words.
pub async fn drawn(view: impl Fn(&Speech) -> Html + 'static) -> String {
    let view = Callback::from(move |words: Speech| view(&words));
    yew::LocalServerRenderer::<Shown>::with_props(ShownProps { view })
        .hydratable(false)
        .render()
        .await
}

const CENTRAL_BANK: PartyNo = 0;
const HARBOUR: PartyNo = 1;
const SUMMIT: PartyNo = 2;
const ALICE: PartyNo = 3;
const BOB: PartyNo = 4;
const NOODLES: PartyNo = 5;

/// What everybody has after a beat, in minor units.
#[derive(Clone, Copy)]
struct State {
    harbour: [Minor; 2],
    summit: [Minor; 3],
    alice: [Minor; 2],
    bob: [Minor; 2],
    noodles: Minor,
}

const STATES: [State; 7] = {
    let start = State {
        harbour: [0, 1_000_000],
        summit: [0, 1_000_000, 0],
        alice: [0, 100_000],
        bob: [0, 300_000],
        noodles: 0,
    };
    let issued = State {
        harbour: [100_000, 900_000],
        ..start
    };
    let issued_twice = State {
        summit: [300_000, 700_000, 0],
        ..issued
    };
    let exchanged = State {
        harbour: [50_000, 900_000],
        alice: [50_000, 50_000],
        ..issued_twice
    };
    let paid = State {
        alice: [48_750, 50_000],
        noodles: 1_250,
        ..exchanged
    };
    let cashed_in = State {
        bob: [260_000, 40_000],
        summit: [40_000, 700_000, 260_000],
        ..paid
    };
    [
        start,
        issued,
        issued_twice,
        exchanged,
        paid,
        cashed_in,
        cashed_in,
    ]
};

/// Position after each beat.
const ENDS: [u32; 7] = [0, 2, 4, 7, 12, 14, 16];

const MINUTES: [i64; 7] = [0, 0, 0, 5, 6, 7, 8];

fn flows(beat: usize) -> Vec<Flow> {
    let digital = |amount| Moved::Money {
        amount,
        form: Form::Digital,
        owed: Owed::CentralBank,
    };
    let message = |key: &str| Moved::Information {
        key: key.to_owned(),
        amount: None,
    };
    let reserves = (Form::Reserves, Owed::CentralBank);
    let yuan = (Form::Digital, Owed::CentralBank);
    let issue = |amount| Moved::Swapped {
        amount,
        was: reserves,
        is: yuan,
    };
    let refused = Fate::Refused("limit.payment".to_owned());
    let list: Vec<(PartyNo, PartyNo, Moved, Fate)> = match beat {
        1 => vec![
            (
                HARBOUR,
                CENTRAL_BANK,
                message("message-issue"),
                Fate::Arrived,
            ),
            (CENTRAL_BANK, HARBOUR, issue(100_000), Fate::Arrived),
        ],
        2 => vec![
            (
                SUMMIT,
                CENTRAL_BANK,
                message("message-issue"),
                Fate::Arrived,
            ),
            (CENTRAL_BANK, SUMMIT, issue(300_000), Fate::Arrived),
        ],
        3 => vec![
            (ALICE, HARBOUR, message("message-order"), Fate::Arrived),
            (
                HARBOUR,
                CENTRAL_BANK,
                message("message-register"),
                Fate::Arrived,
            ),
            (
                ALICE,
                ALICE,
                Moved::Swapped {
                    amount: 50_000,
                    was: (Form::Account, Owed::Bank),
                    is: yuan,
                },
                Fate::Arrived,
            ),
        ],
        4 => vec![
            (ALICE, HARBOUR, message("message-order"), Fate::Arrived),
            (
                HARBOUR,
                CENTRAL_BANK,
                message("message-register"),
                Fate::Arrived,
            ),
            (ALICE, NOODLES, digital(1_250), Fate::Arrived),
            (
                CENTRAL_BANK,
                SUMMIT,
                message("message-registered"),
                Fate::Arrived,
            ),
            (SUMMIT, NOODLES, message("message-receipt"), Fate::Arrived),
        ],
        5 => vec![
            (
                BOB,
                SUMMIT,
                Moved::Money {
                    amount: 260_000,
                    form: Form::Banknote,
                    owed: Owed::CentralBank,
                },
                Fate::Arrived,
            ),
            (SUMMIT, BOB, digital(260_000), Fate::Arrived),
        ],
        6 => vec![
            (BOB, SUMMIT, message("message-order"), Fate::Arrived),
            (BOB, NOODLES, digital(250_000), refused),
        ],
        _ => Vec::new(),
    };
    let first = ENDS[beat.saturating_sub(1)];
    list.into_iter()
        .zip(first + 1..)
        .map(|((from, to, what, fate), position)| Flow {
            centre: None,
            handles: [None, None],
            position,
            from,
            to,
            what,
            currency: None,
            fate,
        })
        .collect()
}

/// The opening scenario.
pub fn opening() -> Program {
    let beats = (1..ENDS.len())
        .map(|index| Beat {
            from: ENDS[index - 1],
            to: ENDS[index],
            at: MINUTES[index] * 60_000,
            line: 14 + index as u32,
            messages: 1,
            postings: 1,
            owed: Some(Owed::CentralBank),
            refused: index == 6,
        })
        .collect();
    let step = |title: &str, note: &str, from: u32, to: u32| Step {
        title: title.to_owned(),
        notes: if note.is_empty() {
            Vec::new()
        } else {
            vec![(from, note.to_owned())]
        },
        from,
        to,
        line: 14,
        questions: Vec::new(),
    };
    let mut steps = vec![
        step(
            "The central bank makes it",
            "Each bank swaps reserves for digital yuan. Nothing is added.",
            0,
            4,
        ),
        step(
            "Alice swaps one promise for another",
            "The colour changes: colour says who owes you the money.",
            4,
            7,
        ),
        step(
            "Lunch, paid across two banks",
            "The money goes straight to the shop. Only messages climb.",
            7,
            12,
        ),
        step("Bob brings cash and no papers", "", 12, 16),
    ];
    steps[3].questions.push(Question {
        at: 14,
        line: 28,
        text: "Bob's wallet knows only his phone number. He pays 2,500. What happens?".to_owned(),
        choices: vec![
            ("Paid: he has 2,600".to_owned(), false),
            ("Refused".to_owned(), true),
            ("It waits for his bank".to_owned(), false),
        ],
        reveal: Some(
            "Refused: a phone-only wallet pays at most 2,000 at a time. Fewer papers, lower limits."
                .to_owned(),
        ),
        reveal_at: 16,
    });
    let attempt = |text: &str, line: u32, act: &str| Try {
        text: text.to_owned(),
        line,
        act: act.to_owned(),
    };
    Program {
        title: "Birth of a yuan".to_owned(),
        language: None,
        preset: Preset {
            id: "cny-2025@1".to_owned(),
            currency: "CNY".to_owned(),
            decimals: 2,
            ended: Some("2025-12-31".to_owned()),
            ours: Vec::new(),
        },
        seed: 7,
        length: 16,
        parties: [
            "central-bank",
            "Harbour",
            "Summit",
            "Alice",
            "Bob",
            "Noodles",
        ]
        .map(str::to_owned)
        .to_vec(),
        beats,
        steps,
        tries: vec![
            attempt("Pay 2,000 instead", 36, "Bob: pay Noodles 2_000.00"),
            attempt("Alice goes back to her bank", 37, "Alice: redeem 400.00"),
            attempt("Alice overspends", 38, "Alice: pay Noodles 900.00"),
        ],
        slides: Vec::new(),
        expectations: Vec::new(),
        unexpected: Vec::new(),
        waits_for: None,
        digest: "0".repeat(64),
        engine: "exchequer 0.1.0".to_owned(),
    }
}

/// The opening scenario at a position.
pub fn moment(position: u32) -> Moment {
    let beat = ENDS.iter().filter(|end| **end < position).count();
    let done = ENDS.iter().rposition(|end| *end <= position).unwrap_or(0);
    let (now, before) = (&STATES[done], &STATES[beat.saturating_sub(1)]);
    let flows: Vec<Flow> = flows(beat)
        .into_iter()
        .filter(|flow| flow.position <= position)
        .collect();
    let lit = |no| flows.iter().any(|flow| flow.from == no || flow.to == no);
    let refusal = flows
        .iter()
        .any(|flow| matches!(flow.fate, Fate::Refused(_)));
    Moment {
        position,
        beat: beat.checked_sub(1).map(|beat| beat as u32),
        at: format!("2025-11-03T09:{:02}:00", MINUTES[beat]),
        warrant: None,
        caption: caption(beat),
        parties: parties(now, before, lit),
        crowds: Vec::new(),
        traces: Vec::new(),
        books: books(now, before),
        found: Vec::new(),
        accounted: Accounted {
            holds: true,
            checks: vec![
                check("check-books", None, 3_000_000),
                check("check-in-issue", None, in_issue(now)),
            ],
            messages: Vec::new(),
        },
        refusal: refusal.then(|| Refusal {
            code: "limit.payment".to_owned(),
            by: SUMMIT,
            party: BOB,
            numbers: vec![
                ("asked".to_owned(), 250_000),
                ("allowed".to_owned(), 200_000),
            ],
            currency: None,
            retryable: false,
            source: Some(source()),
        }),
        journal: journal(beat),
        flows,
    }
}

fn source() -> Source {
    Source::Preset {
        mark: "V".to_owned(),
        source: "People's Bank of China, 2021".to_owned(),
        date: "2021-07-16".to_owned(),
    }
}

fn check(key: &str, party: Option<&str>, sum: Minor) -> Check {
    Check {
        key: key.to_owned(),
        party: party.map(str::to_owned),
        left: sum,
        right: sum,
        on_the_way: 0,
        currency: None,
        holds: true,
        overdue: false,
    }
}

fn in_issue(state: &State) -> Minor {
    state.harbour[0] + state.summit[0] + state.alice[0] + state.bob[0] + state.noodles
}

fn caption(beat: usize) -> Option<Caption> {
    let name = |key: &str, name: &str| (key.to_owned(), Arg::Name(name.to_owned()));
    let amount = |minor| ("amount".to_owned(), Arg::Amount(minor));
    let time = (
        "time".to_owned(),
        Arg::Time(format!("2025-11-03T09:{:02}:00", MINUTES[beat])),
    );
    let (key, args) = match beat {
        1 => (
            "caption-issue",
            vec![name("bank", "Harbour"), amount(100_000)],
        ),
        2 => (
            "caption-issue",
            vec![name("bank", "Summit"), amount(300_000)],
        ),
        3 => (
            "caption-exchange",
            vec![name("actor", "Alice"), amount(50_000)],
        ),
        4 => (
            "caption-pay",
            vec![
                name("actor", "Alice"),
                name("payee", "Noodles"),
                amount(1_250),
                time,
            ],
        ),
        5 => (
            "caption-cash-in",
            vec![
                name("actor", "Bob"),
                name("bank", "Summit"),
                amount(260_000),
            ],
        ),
        6 => (
            "caption-refused-pay",
            vec![
                name("actor", "Bob"),
                name("payee", "Noodles"),
                amount(250_000),
                (
                    "code".to_owned(),
                    Arg::Word("refusal-limit-payment".to_owned()),
                ),
            ],
        ),
        _ => return None,
    };
    Some(Caption {
        key: key.to_owned(),
        args,
    })
}

fn holding(key: &str, form: Form, owed: Owed, amount: Minor, before: Minor) -> Holding {
    Holding {
        key: format!("holding-{key}"),
        form,
        owed,
        amount,
        before: (amount != before).then_some(before),
        currency: None,
    }
}

fn wallet(name: &str, ty: &str, at: PartyNo, balance: Minor, allowed: Minor) -> Wallet {
    Wallet {
        no: 0,
        name: name.to_owned(),
        ty: ty.to_owned(),
        at,
        balance,
        limits: vec![Limit {
            key: "limit-payment".to_owned(),
            used: 0,
            allowed,
            source: source(),
        }],
    }
}

fn parties(now: &State, before: &State, lit: impl Fn(PartyNo) -> bool) -> Vec<Party> {
    let digital =
        |key: &str, amount, before| holding(key, Form::Digital, Owed::CentralBank, amount, before);
    let party = |no, name: &str, kind, at, holdings, wallets| Party {
        hidden: None,
        no,
        name: name.to_owned(),
        kind,
        at,
        holdings,
        wallets,
        lit: lit(no),
        crowd: None,
    };
    let reserves = |amount, before| {
        holding(
            "reserves",
            Form::Reserves,
            Owed::CentralBank,
            amount,
            before,
        )
    };
    vec![
        party(
            CENTRAL_BANK,
            "central-bank",
            Kind::CentralBank,
            None,
            vec![digital("in-issue", in_issue(now), in_issue(before))],
            Vec::new(),
        ),
        party(
            HARBOUR,
            "Harbour",
            Kind::Operator,
            None,
            vec![
                digital("vault", now.harbour[0], before.harbour[0]),
                reserves(now.harbour[1], before.harbour[1]),
            ],
            Vec::new(),
        ),
        party(
            SUMMIT,
            "Summit",
            Kind::Operator,
            None,
            vec![
                digital("vault", now.summit[0], before.summit[0]),
                reserves(now.summit[1], before.summit[1]),
            ],
            Vec::new(),
        ),
        party(
            ALICE,
            "Alice",
            Kind::Person,
            Some(HARBOUR),
            vec![
                digital("wallet", now.alice[0], before.alice[0]),
                holding(
                    "deposit",
                    Form::Account,
                    Owed::Bank,
                    now.alice[1],
                    before.alice[1],
                ),
            ],
            vec![wallet("Alice", "II", HARBOUR, now.alice[0], 5_000_000)],
        ),
        party(
            BOB,
            "Bob",
            Kind::Person,
            Some(SUMMIT),
            vec![
                digital("wallet", now.bob[0], before.bob[0]),
                holding(
                    "cash",
                    Form::Banknote,
                    Owed::CentralBank,
                    now.bob[1],
                    before.bob[1],
                ),
            ],
            vec![wallet("Bob", "IV", SUMMIT, now.bob[0], 200_000)],
        ),
        party(
            NOODLES,
            "Noodles",
            Kind::Merchant,
            Some(SUMMIT),
            vec![digital("wallet", now.noodles, before.noodles)],
            vec![wallet("Noodles", "I", SUMMIT, now.noodles, 0)],
        ),
    ]
}

fn row(account: u32, key: &str, subject: Option<&str>, now: Minor, before: Minor) -> Row {
    Row {
        account,
        key: format!("account-{key}"),
        subject: subject.map(str::to_owned),
        balance: now,
        before: (now != before).then_some(before),
        mirror: None,
        currency: None,
    }
}

fn book(party: PartyNo, owns: Vec<Row>, owes: Vec<Row>) -> Book {
    let sum = |rows: &[Row]| rows.iter().map(|row| row.balance).sum();
    Book {
        party,
        total_owns: sum(&owns),
        total_owes: sum(&owes),
        currency: None,
        others: Vec::new(),
        owns,
        owes,
    }
}

fn books(now: &State, before: &State) -> Vec<Book> {
    let mirrored = |mut row: Row, party, account| {
        row.mirror = Some((party, account));
        row
    };
    let bank = |party, now: &[Minor], before: &[Minor], deposits: (Minor, Minor), first: u32| {
        let notes = |state: &[Minor]| state.get(2).copied().unwrap_or(0);
        let owns = |state: &[Minor]| state[0] + state[1] + notes(state);
        let mut assets = vec![
            mirrored(
                row(first, "vault", None, now[0], before[0]),
                CENTRAL_BANK,
                first + 20,
            ),
            mirrored(
                row(first + 1, "reserves", None, now[1], before[1]),
                CENTRAL_BANK,
                first + 21,
            ),
        ];
        if notes(now) > 0 {
            assets.push(row(first + 2, "cash", None, notes(now), notes(before)));
        }
        book(
            party,
            assets,
            vec![
                row(first + 3, "deposits", None, deposits.0, deposits.1),
                row(
                    first + 4,
                    "equity",
                    None,
                    owns(now) - deposits.0,
                    owns(now) - deposits.0,
                ),
            ],
        )
    };
    vec![
        book(
            CENTRAL_BANK,
            vec![row(1, "securities", None, 2_000_000, 2_000_000)],
            vec![
                row(
                    31,
                    "reserves",
                    Some("Harbour"),
                    now.harbour[1],
                    before.harbour[1],
                ),
                row(
                    41,
                    "reserves",
                    Some("Summit"),
                    now.summit[1],
                    before.summit[1],
                ),
                row(
                    30,
                    "repository",
                    Some("Harbour"),
                    now.harbour[0],
                    before.harbour[0],
                ),
                row(
                    40,
                    "repository",
                    Some("Summit"),
                    now.summit[0],
                    before.summit[0],
                ),
                row(
                    50,
                    "circulation",
                    Some("Alice"),
                    now.alice[0],
                    before.alice[0],
                ),
                row(51, "circulation", Some("Bob"), now.bob[0], before.bob[0]),
                row(
                    52,
                    "circulation",
                    Some("Noodles"),
                    now.noodles,
                    before.noodles,
                ),
            ],
        ),
        bank(
            HARBOUR,
            &now.harbour,
            &before.harbour,
            (now.alice[1], before.alice[1]),
            10,
        ),
        bank(SUMMIT, &now.summit, &before.summit, (0, 0), 20),
    ]
}

fn journal(beat: usize) -> Vec<Posting> {
    let posting = |party, debit: &str, credit: &str, amount| Posting {
        position: ENDS[beat],
        party,
        debit: format!("account-{debit}"),
        debit_subject: None,
        credit: format!("account-{credit}"),
        credit_subject: None,
        amount,
        currency: None,
        is_final: true,
    };
    match beat {
        4 => vec![posting(CENTRAL_BANK, "circulation", "circulation", 1_250)],
        5 => vec![
            posting(SUMMIT, "cash", "vault", 260_000),
            posting(CENTRAL_BANK, "repository", "circulation", 260_000),
        ],
        _ => Vec::new(),
    }
}

/// A party of a kind, without anything.
pub const fn party(no: PartyNo, kind: Kind, at: Option<PartyNo>, lit: bool) -> Party {
    Party {
        hidden: None,
        no,
        name: String::new(),
        kind,
        at,
        holdings: Vec::new(),
        wallets: Vec::new(),
        lit,
        crowd: None,
    }
}

/// A central bank, so many operators, and so many of the public spread over
/// them, every third a merchant.
pub fn town(operators: u32, public: u32) -> Vec<Party> {
    let mut parties = vec![party(0, Kind::CentralBank, None, false)];
    parties.extend((1..=operators).map(|no| party(no, Kind::Operator, None, false)));
    parties.extend((0..public).map(|index| {
        let kind = if index % 3 == 0 {
            Kind::Merchant
        } else {
            Kind::Person
        };
        party(
            operators + 1 + index,
            kind,
            Some(1 + index % operators),
            index < 2,
        )
    }));
    parties
}
