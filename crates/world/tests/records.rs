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
    Cause, Change, Fact, Fate, Finality, Journal, Kind, Limits, Message, NONE, OrderId, Outcome,
    PartyId, Purpose, Record, Refusal, Serial, Stage, Stamped, Status, Subject, Terms, TextId,
    Timer, Title, WalletId,
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

fn serial() -> impl Strategy<Value = Serial> + Clone {
    number().prop_map(Serial)
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
        (order(), party(), any::<i64>())
            .prop_map(|(order, party, amount)| Change::Parked {
                order,
                party,
                amount,
            })
            .boxed(),
        (order(), party())
            .prop_map(|(order, party)| Change::Unparked { order, party })
            .boxed(),
        (
            order(),
            option::of(order()),
            [text(), text(), text()],
            any::<[i64; 3]>()
        )
            .prop_map(
                |(order, about, [key, name, address], [due, every, times])| {
                    let terms = Terms {
                        about,
                        key,
                        name,
                        address,
                        due,
                        every,
                        times,
                    };
                    Change::Instructed { order, terms }
                }
            )
            .boxed(),
        (wallet(), prop::sample::select(Status::ALL))
            .prop_map(|(wallet, status)| Change::WalletStatus { wallet, status })
            .boxed(),
        (wallet(), any::<u16>())
            .prop_map(|(wallet, ty)| Change::WalletTyped { wallet, ty })
            .boxed(),
        (wallet(), [limit(), limit(), limit(), limit()])
            .prop_map(|(wallet, [balance, payment, day, year])| {
                let limits = Limits {
                    balance,
                    payment,
                    day,
                    year,
                };
                Change::WalletLimited { wallet, limits }
            })
            .boxed(),
        (wallet(), wallet(), option::of(wallet()), limit())
            .prop_map(|(wallet, parent, only, cap)| Change::SubOpened {
                wallet,
                parent,
                only,
                cap,
            })
            .boxed(),
        (order(), wallet(), wallet(), any::<[i64; 2]>())
            .prop_map(|(order, payee, payer, [amount, due])| Change::BillMade {
                order,
                payee,
                payer,
                amount,
                due,
            })
            .boxed(),
        (order(), prop::sample::select(Outcome::ALL))
            .prop_map(|(order, outcome)| Change::BillClosed { order, outcome })
            .boxed(),
        (order(), wallet(), wallet(), any::<[i64; 3]>())
            .prop_map(
                |(order, payer, payee, [amount, refunded, made])| Change::PaymentKept {
                    order,
                    payer,
                    payee,
                    amount,
                    refunded,
                    made,
                },
            )
            .boxed(),
        (wallet(), text())
            .prop_map(|(wallet, key)| Change::KeyUsed { wallet, key })
            .boxed(),
        (order(), wallet(), wallet(), any::<[i64; 4]>())
            .prop_map(
                |(order, wallet, payee, [amount, due, every, times])| Change::Standing {
                    order,
                    wallet,
                    payee,
                    amount,
                    due,
                    every,
                    times,
                },
            )
            .boxed(),
        (wallet(), any::<i32>(), any::<i128>(), any::<i64>())
            .prop_map(|(wallet, day, accrued, owed)| Change::Earned {
                wallet,
                day,
                accrued,
                owed,
            })
            .boxed(),
        (serial(), any::<i64>())
            .prop_map(|(serial, due)| Change::Resent { serial, due })
            .boxed(),
        serial()
            .prop_map(|serial| Change::Recalled { serial })
            .boxed(),
        (order(), select(Purpose::ALL), text(), number(), money())
            .prop_map(|(order, purpose, crowd, members, until)| Change::Begun {
                order,
                purpose,
                crowd,
                members,
                until,
            })
            .boxed(),
        (wallet(), text())
            .prop_map(|(wallet, alias)| Change::Aliased { wallet, alias })
            .boxed(),
        (party(), any::<u16>(), [limit(), limit(), limit(), limit()])
            .prop_map(|(bank, ty, [balance, payment, day, year])| {
                let limits = Limits {
                    balance,
                    payment,
                    day,
                    year,
                };
                Change::TypeLimited { bank, ty, limits }
            })
            .boxed(),
        (party(), party())
            .prop_map(|(party, agent)| Change::Fronted { party, agent })
            .boxed(),
        (order(), money())
            .prop_map(|(order, signed)| Change::Relayed { order, signed })
            .boxed(),
        (party(), party())
            .prop_map(|(bank, successor)| Change::BankFailed { bank, successor })
            .boxed(),
        (party(), party())
            .prop_map(|(party, bank)| Change::Moved { party, bank })
            .boxed(),
        common::between::changes().boxed(),
        common::between::contracts().boxed(),
    ]
}

/// A limit, or none: sums are never negative.
fn limit() -> impl Strategy<Value = Option<i64>> {
    option::of(0..=i64::MAX)
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
        Change::Parked {
            order,
            party: b,
            amount: x,
        },
        Change::Unparked { order, party: b },
        Change::Instructed {
            order,
            terms: Terms {
                about: Some(OrderId(0x2222_2222)),
                key: TextId(0x3333_3333),
                name: TextId(0x4444_4444),
                address: TextId(0),
                due: x,
                every: y,
                times: z,
            },
        },
        Change::WalletStatus {
            wallet,
            status: Status::Closed,
        },
        Change::WalletTyped { wallet, ty: 0x1718 },
        Change::WalletLimited {
            wallet,
            limits: Limits {
                balance: Some(x),
                payment: None,
                day: Some(z),
                year: Some(w),
            },
        },
        Change::SubOpened {
            wallet,
            parent: WalletId(0x2222_2222),
            only: None,
            cap: Some(x),
        },
        Change::BillMade {
            order,
            payee: wallet,
            payer: WalletId(0x2222_2222),
            amount: x,
            due: y,
        },
        Change::BillClosed {
            order,
            outcome: Outcome::Expired,
        },
        Change::PaymentKept {
            order,
            payer: wallet,
            payee: WalletId(0x2222_2222),
            amount: x,
            refunded: y,
            made: z,
        },
        Change::KeyUsed {
            wallet,
            key: TextId(0x3333_3333),
        },
        Change::Standing {
            order,
            wallet,
            payee: WalletId(0x2222_2222),
            amount: x,
            due: y,
            every: z,
            times: w,
        },
        Change::Earned {
            wallet,
            day: -2,
            accrued: -3,
            owed: z,
        },
        Change::Resent {
            serial: Serial(0x5555_5555),
            due: x,
        },
        Change::Recalled {
            serial: Serial(0x5555_5555),
        },
        Change::Begun {
            order: OrderId(0x5555_5555),
            purpose: Purpose::Run,
            crowd: TextId(0x6666_6666),
            members: 0x7777_7777,
            until: x,
        },
        Change::Aliased {
            wallet,
            alias: TextId(0x6666_6666),
        },
        Change::TypeLimited {
            bank: b,
            ty: 0x1718,
            limits: Limits {
                balance: Some(x),
                payment: None,
                day: Some(z),
                year: Some(w),
            },
        },
        Change::Fronted { party: a, agent: b },
        Change::Relayed { order, signed: x },
        Change::BankFailed {
            bank: a,
            successor: b,
        },
        Change::Moved { party: a, bank: b },
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
        .chain(common::between::samples(a, b, x, y).map(Fact::Changed))
        .chain(common::between::samples_offline(a, b, x, y).map(Fact::Changed))
        .chain(common::between::contract_samples().map(Fact::Changed))
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
            Change::Parked { .. } => "parked",
            Change::Unparked { .. } => "unparked",
            Change::Instructed { .. } => "instructed",
            Change::WalletStatus { .. } => "wallet-status",
            Change::WalletTyped { .. } => "wallet-typed",
            Change::WalletLimited { .. } => "wallet-limited",
            Change::SubOpened { .. } => "sub-opened",
            Change::BillMade { .. } => "bill-made",
            Change::BillClosed { .. } => "bill-closed",
            Change::PaymentKept { .. } => "payment-kept",
            Change::KeyUsed { .. } => "key-used",
            Change::Standing { .. } => "standing",
            Change::Earned { .. } => "earned",
            Change::Resent { .. } => "resent",
            Change::Recalled { .. } => "recalled",
            Change::Begun { .. } => "begun",
            Change::Aliased { .. } => "aliased",
            Change::TypeLimited { .. } => "type-limited",
            Change::Fronted { .. } => "fronted",
            Change::Relayed { .. } => "relayed",
            Change::BankFailed { .. } => "bank-failed",
            Change::Moved { .. } => "moved",
            Change::AccountIn { .. } => "account-in",
            Change::Adopted { .. } => "adopted",
            Change::Dealt { .. } => "dealt",
            Change::Filed { .. } => "filed",
            Change::Routed { .. } => "routed",
            Change::Forwarding { .. } => "forwarding",
            Change::Offline(change) => common::between::name_offline(change),
            Change::Contract(it) => common::between::contract_name(it),
        },
    }
}

const APPEND_ONLY: &str = "tags and the layout of records are append-only: \
    a number once given keeps its meaning, and a new one comes at the end";

/// Holds what is written against its golden file, or, with `EXCHEQUER_BLESS`
/// set, adds what is new to the file: a line that stands there stays.
fn golden(file: &str, written: &str, golden: &str) {
    if std::env::var_os("EXCHEQUER_BLESS").is_some() {
        let kept = golden
            .lines()
            .all(|line| written.lines().any(|it| it == line));
        assert!(kept, "{APPEND_ONLY}");
        let path = format!("{}/tests/golden/{file}", env!("CARGO_MANIFEST_DIR"));
        std::fs::write(path, written).unwrap();
    } else {
        assert_eq!(written, golden, "{APPEND_ONLY}");
    }
}

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
    golden("records.txt", &written, include_str!("golden/records.txt"));
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
    macro_rules! list {
        ($($name:literal $tags:ident),+) => {
            $(for it in $tags::ALL {
                written.push_str(&format!("{} {} {}\n", $name, *it as u8, it.key()));
            })+
        };
    }
    list!("kind" Kind, "title" Title, "purpose" Purpose, "subject" Subject);
    list!("fate" Fate, "finality" Finality, "code" Code);
    for it in Class::ALL {
        let key = if it.grows_by_debit() { "asset" } else { "owed" };
        written.push_str(&format!("class {} {key}\n", it as u8));
    }
    list!("status" Status, "outcome" Outcome, "stage" Stage);
    golden("tags.txt", &written, include_str!("golden/tags.txt"));
    for tag in 0..=u8::MAX {
        assert_eq!(
            Kind::from_tag(tag).map(|it| it as u8),
            Kind::ALL.iter().map(|it| *it as u8).find(|it| *it == tag)
        );
        assert_eq!(
            Subject::from_tag(tag).map(|it| it as u8),
            Subject::ALL
                .iter()
                .map(|it| *it as u8)
                .find(|it| *it == tag)
        );
        assert_eq!(
            Code::from_tag(tag).map(|it| it as u8),
            Code::ALL.iter().map(|it| *it as u8).find(|it| *it == tag)
        );
    }
    let places: Vec<_> = Title::ALL.iter().map(|it| it.index()).collect();
    assert_eq!(places, (0..Title::ALL.len()).collect::<Vec<_>>());
}

#[test]
fn every_key_names_one_tag() {
    macro_rules! all {
        ($($tags:ident)+) => {
            $(for it in $tags::ALL {
                assert_eq!($tags::from_key(it.key()), Some(*it));
            })+
        };
    }
    all!(Kind Title Purpose Subject Fate Finality Code Status Outcome Stage);
    assert_eq!(Code::from_key("limit"), None);
}

#[test]
fn purposes_and_fates_fit_the_byte_they_share() {
    assert!(Purpose::ALL.iter().all(|it| (*it as u8) < 1 << 6));
    assert!(Fate::ALL.iter().all(|it| (*it as u8) < 1 << 2));
}
