//! Changes between countries, of any content.

use ledger::{AccountId, Class};
use money::Currency;
use proptest::prelude::*;
use proptest::sample::select;
use world::fact::{Change, Deal, NONE, OrderId, PartyId, Stage, TextId, Title};

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
