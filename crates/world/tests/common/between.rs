//! Changes between countries, of any content.

use ledger::{AccountId, Class};
use money::Currency;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use world::fact::{
    Change, ContractChange, Deal, Deed, DeviceId, Did, NONE, OfflineChange, OrderId, PartyId, Shop,
    Stage, TextId, Title, WalletId,
};

fn number() -> impl Strategy<Value = u32> + Clone {
    prop_oneof![Just(0), Just(NONE - 1), 0..NONE]
}

fn money() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![Just(i64::MIN), Just(0), Just(i64::MAX), any::<i64>()]
}

fn party() -> impl Strategy<Value = PartyId> + Clone {
    number().prop_map(PartyId)
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

/// What is between countries.
pub(crate) fn changes() -> impl Strategy<Value = Change> {
    let currency = ("[A-Z]{3}", 0..=8u8);
    let currency = currency.prop_map(|(code, decimals)| Currency::new(&code, decimals).unwrap());
    let parties = (party(), party(), party(), party());
    let deal = (parties, money(), money(), money(), text());
    let deal = deal.prop_map(
        |((seller, buyer, sells, buys), sell, buy, due, rate)| Deal {
            seller,
            buyer,
            sells,
            buys,
            sell,
            buy,
            due,
            rate,
        },
    );
    let of_account = (select(&Class::ALL[..]), select(Title::ALL), any::<bool>());
    prop_oneof![
        (
            account(),
            party(),
            of_account,
            any::<u32>(),
            currency.clone()
        )
            .prop_map(
                |(account, book, (class, title, may_overdraw), subject, currency)| {
                    Change::AccountIn {
                        account,
                        book,
                        class,
                        title,
                        subject,
                        may_overdraw,
                        currency,
                    }
                }
            ),
        (party(), currency).prop_map(|(party, currency)| Change::Adopted { party, currency }),
        (order(), deal).prop_map(|(order, deal)| Change::Dealt { order, deal }),
        (order(), party(), select(Stage::ALL)).prop_map(|(order, party, stage)| Change::Filed {
            order,
            party,
            stage,
        }),
        (order(), number(), party()).prop_map(|(order, place, party)| Change::Routed {
            order,
            place,
            party,
        }),
        (order(), party(), party(), money(), money(), money()).prop_map(
            |(order, party, from, amount, due, passed)| Change::Forwarding {
                order,
                party,
                from,
                amount,
                due,
                passed,
            }
        ),
    ]
}

/// One of each.
pub(crate) fn samples(a: PartyId, b: PartyId, x: i64, y: i64) -> [Change; 6] {
    [
        Change::AccountIn {
            account: AccountId(0x0202_0202),
            book: a,
            class: Class::Equity,
            title: Title::Position,
            subject: 0x0404_0404,
            may_overdraw: true,
            currency: Currency::new("THB", 2).unwrap(),
        },
        Change::Adopted {
            party: a,
            currency: Currency::new("KWD", 3).unwrap(),
        },
        Change::Dealt {
            order: OrderId(0x5555_5555),
            deal: Deal {
                seller: a,
                buyer: b,
                sells: PartyId(0x0404_0404),
                buys: PartyId(0x0505_0505),
                sell: x,
                buy: y,
                due: 0x1122_3344,
                rate: TextId(0x6666_6666),
            },
        },
        Change::Filed {
            order: OrderId(0x5555_5555),
            party: a,
            stage: Stage::Settled,
        },
        Change::Routed {
            order: OrderId(0x5555_5555),
            place: 0x0303_0303,
            party: a,
        },
        Change::Forwarding {
            order: OrderId(0x5555_5555),
            party: a,
            from: b,
            amount: x,
            due: y,
            passed: 0x1122_3344,
        },
    ]
}

/// One of each that is about devices.
pub(crate) fn samples_offline(a: PartyId, b: PartyId, x: i64, y: i64) -> [Change; 7] {
    let device = DeviceId(0x0d0d_0d0d);
    [
        OfflineChange::Opened {
            device,
            wallet: WalletId(a.0),
            form: offline::Form::Card,
            name: TextId(0x0e0e_0e0e),
            copy_of: Some(DeviceId(b.0)),
        },
        OfflineChange::Stored {
            device,
            held: x,
            to_claim: y,
            limbo: x + 1,
            payments: 0x0f0f_0f0f,
            hop: 0x0c0c_0c0c,
            sync_by: Some(0x7777_7777),
        },
        OfflineChange::Switched {
            party: a,
            connected: true,
        },
        OfflineChange::Found {
            bank: b,
            what: 3,
            named: Some(device),
            amount: x,
            trace: TextId(0x0e0e_0e0e),
        },
        OfflineChange::Revoked { device },
        OfflineChange::Tampered { device, trick: 2 },
        OfflineChange::Bound {
            device,
            purpose: Some(OrderId(b.0)),
        },
    ]
    .map(Change::Offline)
}

/// The names of what changes devices, in the golden file.
pub(crate) fn name_offline(change: &OfflineChange) -> &'static str {
    match change {
        OfflineChange::Opened { .. } => "device-opened",
        OfflineChange::Stored { .. } => "device-stored",
        OfflineChange::Switched { .. } => "switched",
        OfflineChange::Found { .. } => "found",
        OfflineChange::Revoked { .. } => "device-revoked",
        OfflineChange::Tampered { .. } => "device-tampered",
        OfflineChange::Bound { .. } => "device-bound",
    }
}
/// What changes about contracts.
pub(crate) fn contracts() -> impl Strategy<Value = Change> {
    let wallet = || number().prop_map(WalletId);
    let deed = (
        order(),
        proptest::option::of(wallet()),
        proptest::option::of(0..u8::MAX),
        select(Did::ALL),
        (any::<u16>(), any::<u8>()),
        money(),
    );
    let deed = deed.prop_map(|(contract, by, role, did, (number, of), amount)| {
        ContractChange::Acted(Deed {
            contract,
            by,
            role,
            did,
            number,
            of,
            amount,
        })
    });
    let moved = || (order(), wallet(), wallet(), money());
    prop_oneof![
        (number(), text(), text()).prop_map(|(number, name, text)| ContractChange::Written {
            number,
            name,
            text
        }),
        (number(), any::<u8>(), wallet()).prop_map(|(number, role, wallet)| {
            ContractChange::Plays {
                number,
                role,
                wallet,
            }
        }),
        (order(), number(), party(), wallet(), text()).prop_map(
            |(contract, number, keeper, opener, name)| ContractChange::Opened {
                contract,
                number,
                keeper,
                opener,
                name,
            }
        ),
        deed,
        order().prop_map(|contract| ContractChange::Passed { contract }),
        (order(), wallet(), money(), money()).prop_map(|(contract, wallet, amount, due)| {
            ContractChange::Owed {
                contract,
                wallet,
                amount,
                due,
            }
        }),
        (wallet(), any::<Option<u16>>(), option::of(1..u32::MAX)).prop_map(
            |(wallet, category, area)| ContractChange::Sells {
                wallet,
                shop: Shop {
                    category,
                    area: area.map(TextId),
                },
            }
        ),
        (
            order(),
            number(),
            party(),
            wallet(),
            [money(), money()],
            text()
        )
            .prop_map(
                |(contract, number, keeper, creator, [amount, expires], name)| {
                    ContractChange::Wrapped {
                        contract,
                        number,
                        keeper,
                        creator,
                        amount,
                        expires,
                        name,
                    }
                }
            ),
        moved().prop_map(|(contract, from, to, amount)| ContractChange::Handed {
            contract,
            from,
            to,
            amount,
        }),
        moved().prop_map(|(contract, from, to, amount)| ContractChange::Spent {
            contract,
            from,
            to,
            amount,
        }),
        moved().prop_map(|(contract, by, to, amount)| ContractChange::Approved {
            contract,
            by,
            to,
            amount,
        }),
        moved().prop_map(|(contract, from, _, amount)| ContractChange::Loaded {
            contract,
            from,
            amount,
        }),
        moved().prop_map(|(contract, _, to, amount)| ContractChange::Unloaded {
            contract,
            to,
            amount,
        }),
    ]
    .prop_map(Change::Contract)
}

/// A new variant does not compile without a name here.
pub(crate) fn contract_name(change: &ContractChange) -> &'static str {
    match change {
        ContractChange::Written { .. } => "contract-written",
        ContractChange::Plays { .. } => "contract-plays",
        ContractChange::Opened { .. } => "contract-opened",
        ContractChange::Acted(_) => "contract-acted",
        ContractChange::Passed { .. } => "contract-passed",
        ContractChange::Owed { .. } => "contract-owed",
        ContractChange::Sells { .. } => "contract-sells",
        ContractChange::Wrapped { .. } => "contract-wrapped",
        ContractChange::Handed { .. } => "contract-handed",
        ContractChange::Spent { .. } => "contract-spent",
        ContractChange::Loaded { .. } => "contract-loaded",
        ContractChange::Approved { .. } => "contract-approved",
        ContractChange::Dissolved { .. } => "contract-dissolved",
        ContractChange::Unloaded { .. } => "contract-unloaded",
    }
}

/// One of each, every field another number.
pub(crate) fn contract_samples() -> [Change; 14] {
    let contract = OrderId(0x0101_0101);
    let (from, to) = (WalletId(0x0202_0202), WalletId(0x0303_0303));
    let (number, name) = (0x0404_0404, TextId(0x0505_0505));
    let keeper = PartyId(0x0606_0606);
    let (amount, due) = (0x0707_0707_0707, 0x0808_0808_0808);
    [
        ContractChange::Written {
            number,
            name,
            text: TextId(0x0909_0909),
        },
        ContractChange::Plays {
            number,
            role: 0x0a,
            wallet: from,
        },
        ContractChange::Opened {
            contract,
            number,
            keeper,
            opener: from,
            name,
        },
        ContractChange::Acted(Deed {
            contract,
            by: Some(from),
            role: Some(0x0a),
            did: Did::Signs,
            number: 0x0b0b,
            of: 0x0c,
            amount,
        }),
        ContractChange::Passed { contract },
        ContractChange::Owed {
            contract,
            wallet: from,
            amount,
            due,
        },
        ContractChange::Sells {
            wallet: from,
            shop: Shop {
                category: Some(0x0d0d),
                area: None,
            },
        },
        ContractChange::Wrapped {
            contract,
            number,
            keeper,
            creator: from,
            amount,
            expires: due,
            name,
        },
        ContractChange::Handed {
            contract,
            from,
            to,
            amount,
        },
        ContractChange::Spent {
            contract,
            from,
            to,
            amount,
        },
        ContractChange::Loaded {
            contract,
            from,
            amount,
        },
        ContractChange::Unloaded {
            contract,
            to,
            amount,
        },
        ContractChange::Dissolved { contract },
        ContractChange::Approved {
            contract,
            by: from,
            to,
            amount,
        },
    ]
    .map(Change::Contract)
}
