//! The 64-byte records that facts are kept and hashed as.
#![allow(clippy::unwrap_used)]
#![allow(
    clippy::inconsistent_digit_grouping,
    reason = "12_50 is 12.50 in minor units"
)]

mod common;
use common::holds_for;
use ledger::{AccountId, Class};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use world::fact::{
    Cause, Change, Fact, Fate, Finality, Journal, Kind, Message, NONE, OrderId, PartyId, Purpose,
    Record, Refusal, Serial, Stamped, Subject, TextId, Timer, Title, WalletId,
};
use world::refusal::Code;

fn number() -> impl Strategy<Value = u32> + Clone {
    prop_oneof![Just(0), Just(1), Just(NONE - 1), 0..NONE]
}

fn money() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![
        Just(i64::MIN),
        Just(-1),
        Just(0),
        Just(i64::MAX),
        any::<i64>()
    ]
}

fn party() -> impl Strategy<Value = PartyId> + Clone {
    number().prop_map(PartyId)
}

fn wallet() -> impl Strategy<Value = WalletId> + Clone {
    number().prop_map(WalletId)
}

fn order() -> impl Strategy<Value = OrderId> + Clone {
    number().prop_map(OrderId)
}

fn text() -> impl Strategy<Value = TextId> + Clone {
    any::<u32>().prop_map(TextId)
}

fn account() -> impl Strategy<Value = AccountId> + Clone {
    number().prop_map(AccountId)
}

fn journal() -> impl Strategy<Value = Fact> {
    let purpose = (select(Purpose::ALL), select(Finality::ALL));
    (party(), account(), account(), money(), purpose, order()).prop_map(
        |(book, debit, credit, amount, (purpose, finality), order)| {
            Fact::Posted(Journal {
                book,
                debit,
                credit,
                amount,
                purpose,
                finality,
                order,
            })
        },
    )
}

/// A message bears the time of its fact, which is set by [`stamped`].
fn message() -> impl Strategy<Value = Fact> {
    let tags = (
        select(Subject::ALL),
        select(Purpose::ALL),
        select(Fate::ALL),
        any::<u8>(),
    );
    let about = (order(), option::of(wallet()), option::of(number()), money());
    (
        number(),
        party(),
        party(),
        tags,
        about,
        money(),
        text(),
        text(),
    )
        .prop_map(
            |(
                serial,
                from,
                to,
                (subject, purpose, fate, fault),
                (order, wallet, other, amount),
                due,
                memo,
                signature,
            )| {
                let (serial, sent) = (Serial(serial), 0);
                let message = Message {
                    serial,
                    from,
                    to,
                    subject,
                    purpose,
                    order,
                    wallet,
                    other,
                    amount,
                    sent,
                    due,
                    fate,
                    fault,
                    memo,
                    signature,
                };
                Fact::Sent(message)
            },
        )
}

fn change() -> impl Strategy<Value = Change> {
    let opened = (party(), select(Kind::ALL), option::of(party()), text());
    let account_opened = (
        account(),
        party(),
        select(&Class::ALL[..]),
        select(Title::ALL),
        any::<u32>(),
        any::<bool>(),
    );
    let wallet_opened = (wallet(), party(), party(), any::<u16>(), text(), text());
    let used = (wallet(), money(), money(), money(), money(), any::<i32>());
    let fault = (
        any::<u8>(),
        select(Fate::ALL),
        option::of(party()),
        option::of(party()),
        any::<u32>(),
        any::<u32>(),
    );
    prop_oneof![
        opened
            .prop_map(|(party, kind, at, name)| Change::PartyOpened {
                party,
                kind,
                at,
                name
            })
            .boxed(),
        account_opened
            .prop_map(|(account, book, class, title, subject, may_overdraw)| {
                Change::AccountOpened {
                    account,
                    book,
                    class,
                    title,
                    subject,
                    may_overdraw,
                }
            })
            .boxed(),
        wallet_opened
            .prop_map(|(wallet, owner, operator, ty, name, key)| {
                Change::WalletOpened {
                    wallet,
                    owner,
                    operator,
                    ty,
                    name,
                    key,
                }
            })
            .boxed(),
        used.prop_map(
            |(wallet, available, expected, spent_day, spent_year, day)| {
                Change::WalletUsed {
                    wallet,
                    available,
                    expected,
                    spent_day,
                    spent_year,
                    day,
                }
            }
        )
        .boxed(),
        (fault, money())
            .prop_map(|((fault, fate, from, to, count, after), delay)| {
                Change::FaultLaid {
                    fault,
                    fate,
                    from,
                    to,
                    count,
                    after,
                    delay,
                }
            })
            .boxed(),
        Just(Change::Arrived).boxed(),
        Just(Change::PutAside).boxed(),
        (order(), party())
            .prop_map(|(order, party)| Change::Overdue { order, party })
            .boxed(),
        Just(Change::Idle).boxed(),
    ]
}

fn timer() -> impl Strategy<Value = Fact> {
    (money(), any::<u32>(), party())
        .prop_map(|(due, number, party)| Fact::Scheduled(Timer { due, number, party }))
}

fn refusal() -> impl Strategy<Value = Fact> {
    let whose = (
        party(),
        party(),
        order(),
        select(Purpose::ALL),
        option::of(wallet()),
    );
    (select(Code::ALL), whose, money(), money(), money()).prop_map(
        |(code, (by, party, order, purpose, wallet), asked, allowed, used)| {
            Fact::Refused(Refusal {
                code,
                by,
                party,
                order,
                purpose,
                wallet,
                asked,
                allowed,
                used,
            })
        },
    )
}

fn stamped() -> impl Strategy<Value = Stamped> {
    let number = 0..1u32 << 30;
    let cause = prop_oneof![
        number.clone().prop_map(|it| Cause::Line(OrderId(it))),
        number.clone().prop_map(|it| Cause::Message(Serial(it))),
        number.prop_map(Cause::Timer),
    ];
    let fact = prop_oneof![
        journal().boxed(),
        message().boxed(),
        change().prop_map(Fact::Changed).boxed(),
        timer().boxed(),
        refusal().boxed(),
    ];
    (money(), cause, fact).prop_map(|(at, cause, fact)| match fact {
        Fact::Sent(message) => Stamped {
            at,
            cause,
            fact: Fact::Sent(Message {
                sent: at,
                ..message
            }),
        },
        fact => Stamped { at, cause, fact },
    })
}

#[test]
fn every_fact_comes_back_from_its_record() {
    holds_for(proptest::collection::vec(stamped(), 16), |facts| {
        for stamped in facts {
            let record = stamped.record();
            if Stamped::try_from(&record) != Ok(stamped) {
                return Err(format!(
                    "{stamped:?} came back as {:?}",
                    Stamped::try_from(&record)
                ));
            }
        }
        Ok(())
    });
}

fn bytes_of(record: &Record) -> &[u8; 64] {
    bytemuck::cast_ref(record)
}

#[test]
fn bytes_that_are_no_fact_are_a_typed_error_and_others_mean_one_fact() {
    // Most random tags are unknown; small ones are likely to be read.
    let byte = prop_oneof![0..12u8, any::<u8>()];
    let bytes = (
        any::<[u8; 32]>(),
        any::<[u8; 32]>(),
        [byte.clone(), byte.clone(), byte.clone(), byte],
    );
    holds_for(proptest::collection::vec(bytes, 32), |many| {
        for (head, tail, tags) in many {
            let mut bytes = [0; 64];
            bytes[..32].copy_from_slice(&head);
            bytes[32..].copy_from_slice(&tail);
            bytes[12..16].copy_from_slice(&tags);
            let record: Record = bytemuck::cast(bytes);
            match Stamped::try_from(&record) {
                Ok(stamped) if Stamped::try_from(&stamped.record()) != Ok(stamped) => {
                    return Err(format!("{stamped:?} has no record of its own"));
                }
                Err(error)
                    if !error
                        .to_string()
                        .contains(&format!("{}.{}", tags[0], tags[1])) =>
                {
                    return Err(format!("{error} does not name the tags {tags:?}"));
                }
                _ => {}
            }
        }
        Ok(())
    });
}

/// One of every variant, with numbers that are told apart in the bytes.
fn samples() -> Vec<(&'static str, Fact)> {
    let (a, b) = (PartyId(0x0a0a_0a0a), PartyId(0x0b0b_0b0b));
    let (wallet, order) = (WalletId(0x0c0c_0c0c), OrderId(0x0d0d_0d0d));
    let (x, y, z, w) = (
        0x1111_1111_1111,
        0x2222_2222_2222,
        0x3333_3333_3333,
        0x4444_4444_4444,
    );
    let (debit, credit) = (AccountId(0x0e0e_0e0e), AccountId(0x0f0f_0f0f));
    let (text, other_text) = (TextId(0x1515_1515), TextId(0x1616_1616));
    let message = Message {
        serial: Serial(0x1717_1717),
        from: a,
        to: b,
        subject: Subject::Offer,
        purpose: Purpose::Pay,
        order,
        wallet: Some(wallet),
        other: None,
        amount: x,
        sent: AT,
        due: y,
        fate: Fate::Late,
        fault: 0x18,
        memo: text,
        signature: other_text,
    };
    let journal = Journal {
        book: a,
        debit,
        credit,
        amount: x,
        purpose: Purpose::Pay,
        finality: Finality::Final,
        order,
    };
    let refusal = Refusal {
        code: Code::LimitDay,
        by: a,
        party: b,
        order,
        purpose: Purpose::Pay,
        wallet: Some(wallet),
        asked: x,
        allowed: y,
        used: z,
    };
    let changes = [
        Change::PartyOpened {
            party: a,
            kind: Kind::Merchant,
            at: Some(b),
            name: text,
        },
        Change::AccountOpened {
            account: debit,
            book: a,
            class: Class::Liability,
            title: Title::Deposits,
            subject: b.0,
            may_overdraw: true,
        },
        Change::WalletOpened {
            wallet,
            owner: a,
            operator: b,
            ty: 0x1918,
            name: text,
            key: other_text,
        },
        Change::WalletUsed {
            wallet,
            available: x,
            expected: y,
            spent_day: z,
            spent_year: w,
            day: -2,
        },
        Change::FaultLaid {
            fault: 0x18,
            fate: Fate::Doubled,
            from: None,
            to: Some(b),
            count: 3,
            after: 4,
            delay: x,
        },
        Change::Arrived,
        Change::PutAside,
        Change::Overdue { order, party: b },
        Change::Idle,
    ];
    let facts = [
        Fact::Posted(journal),
        Fact::Sent(message),
        Fact::Scheduled(Timer {
            due: y,
            number: 0x1a1a_1a1a,
            party: a,
        }),
        Fact::Refused(refusal),
    ];
    facts
        .into_iter()
        .chain(changes.map(Fact::Changed))
        .map(|fact| (name(&fact), fact))
        .collect()
}

const AT: i64 = 0x5555_5555_5555;

/// A new variant does not compile without a name here, and then without its
/// golden bytes does not pass.
fn name(fact: &Fact) -> &'static str {
    match fact {
        Fact::Posted(_) => "posted",
        Fact::Sent(_) => "sent",
        Fact::Scheduled(_) => "scheduled",
        Fact::Refused(_) => "refused",
        Fact::Changed(change) => match change {
            Change::PartyOpened { .. } => "party-opened",
            Change::AccountOpened { .. } => "account-opened",
            Change::WalletOpened { .. } => "wallet-opened",
            Change::WalletUsed { .. } => "wallet-used",
            Change::FaultLaid { .. } => "fault-laid",
            Change::Arrived => "arrived",
            Change::PutAside => "put-aside",
            Change::Overdue { .. } => "overdue",
            Change::Idle => "idle",
        },
    }
}

const APPEND_ONLY: &str = "tags and the layout of records are append-only: \
    a number once given keeps its meaning, and a new one comes at the end";

#[test]
fn the_bytes_of_records_never_change() {
    let stamp = |fact| Stamped {
        at: AT,
        cause: Cause::Message(Serial(0x0606_0606)),
        fact,
    };
    let written: String = samples()
        .into_iter()
        .map(|(name, fact)| {
            let record = stamp(fact).record();
            let word = |word: &[u8]| {
                word.iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect::<String>()
            };
            let words: Vec<_> = bytes_of(&record).chunks(4).map(word).collect();
            format!("{name} {}\n", words.join(" "))
        })
        .collect();
    assert_eq!(written, include_str!("golden/records.txt"), "{APPEND_ONLY}");
    let causes = [
        Cause::Line(OrderId(5)),
        Cause::Message(Serial(5)),
        Cause::Timer(5),
    ];
    let written = causes.map(|cause| {
        let record = Stamped {
            at: 0,
            cause,
            fact: Fact::Changed(Change::Idle),
        }
        .record();
        u32::from_le_bytes(*bytes_of(&record)[8..].first_chunk().unwrap())
    });
    assert_eq!(written, [5, 5 | 1 << 30, 5 | 2 << 30], "{APPEND_ONLY}");
}

#[test]
fn the_numbers_of_tags_never_change() {
    let mut written = String::new();
    let mut list = |name: &str, tags: Vec<(u8, &str)>| {
        for (tag, key) in tags {
            written.push_str(&format!("{name} {tag} {key}\n"));
        }
    };
    list(
        "kind",
        Kind::ALL.iter().map(|it| (*it as u8, it.key())).collect(),
    );
    list(
        "title",
        Title::ALL.iter().map(|it| (*it as u8, it.key())).collect(),
    );
    list(
        "purpose",
        Purpose::ALL
            .iter()
            .map(|it| (*it as u8, it.key()))
            .collect(),
    );
    list(
        "subject",
        Subject::ALL
            .iter()
            .map(|it| (*it as u8, it.key()))
            .collect(),
    );
    list(
        "fate",
        Fate::ALL.iter().map(|it| (*it as u8, it.key())).collect(),
    );
    list(
        "finality",
        Finality::ALL
            .iter()
            .map(|it| (*it as u8, it.key()))
            .collect(),
    );
    list(
        "code",
        Code::ALL.iter().map(|it| (*it as u8, it.key())).collect(),
    );
    list(
        "class",
        Class::ALL
            .iter()
            .map(|it| {
                (
                    *it as u8,
                    if it.grows_by_debit() { "asset" } else { "owed" },
                )
            })
            .collect(),
    );
    assert_eq!(written, include_str!("golden/tags.txt"), "{APPEND_ONLY}");
    for tag in 0..=u8::MAX {
        assert_eq!(
            Kind::from_tag(tag).map(|it| it as u8),
            Kind::ALL.iter().map(|it| *it as u8).find(|it| *it == tag)
        );
        assert_eq!(
            Subject::from_tag(tag).is_some(),
            usize::from(tag) < Subject::ALL.len()
        );
        assert_eq!(
            Code::from_tag(tag).is_some(),
            (1..=Code::ALL.len()).contains(&usize::from(tag))
        );
    }
}

#[test]
fn every_key_names_one_tag() {
    assert!(
        Kind::ALL
            .iter()
            .all(|it| Kind::from_key(it.key()) == Some(*it))
    );
    assert!(
        Title::ALL
            .iter()
            .all(|it| Title::from_key(it.key()) == Some(*it))
    );
    assert!(
        Purpose::ALL
            .iter()
            .all(|it| Purpose::from_key(it.key()) == Some(*it))
    );
    assert!(
        Subject::ALL
            .iter()
            .all(|it| Subject::from_key(it.key()) == Some(*it))
    );
    assert!(
        Fate::ALL
            .iter()
            .all(|it| Fate::from_key(it.key()) == Some(*it))
    );
    assert!(
        Finality::ALL
            .iter()
            .all(|it| Finality::from_key(it.key()) == Some(*it))
    );
    assert!(
        Code::ALL
            .iter()
            .all(|it| Code::from_key(it.key()) == Some(*it))
    );
    assert_eq!(Code::from_key("limit"), None);
}

#[test]
fn purposes_and_fates_fit_the_byte_they_share() {
    assert!(Purpose::ALL.iter().all(|it| (*it as u8) < 1 << 6));
    assert!(Fate::ALL.iter().all(|it| (*it as u8) < 1 << 2));
}
