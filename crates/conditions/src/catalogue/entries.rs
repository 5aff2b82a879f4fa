//! The entries. Each row of the catalogue of conditions has at least one.

use super::{Block, Kind, Param, Template};

const fn param(key: &'static str, kind: Kind, default: &'static str) -> Param {
    Param { key, kind, default }
}

/// SHA-256 of `open sesame`.
const SESAME: &str = "41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb";

/// Every entry, in the order of the catalogue.
pub const TEMPLATES: &[Template] = &[
    Template {
        key: "purpose",
        row: "purpose",
        block: Block::Condition,
        params: &[
            param("categories", Kind::Categories, "5411, 5812, 5814"),
            param("payees", Kind::Parties, "Canteen"),
        ],
        body: "any (category in [{categories}], payee in [{payees}])",
    },
    Template {
        key: "coupon",
        row: "purpose",
        block: Block::Condition,
        params: &[
            param("categories", Kind::Categories, "5812, 5814"),
            param("expiry", Kind::Moment, "2025-12-31T00:00"),
            param("cap", Kind::Amount, "50.00"),
        ],
        body: "category in [{categories}]\nbefore {expiry}\namount at most {cap}",
    },
    Template {
        key: "expiry",
        row: "expiry",
        block: Block::Contract,
        params: &[
            param("issuer", Kind::Party, "City"),
            param("holder", Kind::Party, "Alice"),
            param("shop", Kind::Party, "Bookshop"),
            param("amount", Kind::Amount, "100.00"),
            param("deadline", Kind::Duration, "30d"),
        ],
        body: "parties issuer={issuer} holder={holder} shop={shop}
hold {amount} from issuer
step valid until {deadline}
when holder spends: pay all to shop
else: close",
    },
    Template {
        key: "geofence",
        row: "geofence",
        block: Block::Condition,
        params: &[param("areas", Kind::Areas, "Harbour District")],
        body: "area in [{areas}]",
    },
    Template {
        key: "time-lock",
        row: "time-lock",
        block: Block::Contract,
        params: &[
            param("giver", Kind::Party, "Grandmother"),
            param("receiver", Kind::Party, "Alice"),
            param("amount", Kind::Amount, "1_000.00"),
            param("opens", Kind::Duration, "365d"),
        ],
        body: "parties giver={giver} receiver={receiver}
hold {amount} from giver
step locked until {opens}
else: pay all to receiver",
    },
    Template {
        key: "escrow",
        row: "escrow",
        block: Block::Contract,
        params: &[
            param("buyer", Kind::Party, "Alice"),
            param("seller", Kind::Party, "Bob"),
            param("arbiter", Kind::Party, "Carol"),
            param("price", Kind::Amount, "250.00"),
            param("deliver", Kind::Duration, "14d"),
            param("decide", Kind::Duration, "28d"),
        ],
        body: "parties buyer={buyer} seller={seller} arbiter={arbiter}
hold {price} from buyer
step delivery until {deliver}
when buyer confirms: pay all to seller, close
when seller refunds: close
when buyer disputes: go quarrel
else: pay all to seller, close
step quarrel until {decide}
when arbiter pays-seller: pay all to seller
when arbiter pays-buyer: close
else: close",
    },
    Template {
        key: "delivery-versus-payment",
        row: "delivery-versus-payment",
        block: Block::Contract,
        params: &[
            param("buyer", Kind::Party, "Alice"),
            param("seller", Kind::Party, "Bob"),
            param("register", Kind::Party, "Register"),
            param("price", Kind::Amount, "250.00"),
            param("deadline", Kind::Duration, "2d"),
        ],
        body: "parties buyer={buyer} seller={seller} register={register}
hold {price} from buyer
step delivery until {deadline}
when register delivers: pay all to seller
when seller withdraws: close
else: close",
    },
    Template {
        key: "payment-versus-payment",
        row: "delivery-versus-payment",
        block: Block::Contract,
        params: &[
            param("first", Kind::Party, "Alice"),
            param("second", Kind::Party, "Bob"),
            param("one", Kind::Amount, "100.00"),
            param("other", Kind::Amount, "80.00"),
            param("deadline", Kind::Duration, "2d"),
        ],
        body: "parties first={first} second={second}
step legs until {deadline}
when first deposits {one}: go second-leg
when second deposits {other}: go first-leg
else: close
step second-leg until {deadline}
when second deposits {other}: go both
else: close
step first-leg until {deadline}
when first deposits {one}: go both
else: close
step both
do: pay all to second from first, pay all to first from second",
    },
    Template {
        key: "hash-lock",
        row: "hash-lock",
        block: Block::Contract,
        params: &[
            param("sender", Kind::Party, "Alice"),
            param("receiver", Kind::Party, "Bob"),
            param("amount", Kind::Amount, "100.00"),
            param("image", Kind::Image, SESAME),
            param("timeout", Kind::Duration, "1d"),
        ],
        body: "parties sender={sender} receiver={receiver}
secret key sha256=\"{image}\"
hold {amount} from sender
step locked until {timeout}
when receiver shows key: pay all to receiver
else: close",
    },
    Template {
        key: "stream",
        row: "stream",
        block: Block::Contract,
        params: &[
            param("payer", Kind::Party, "Alice"),
            param("payee", Kind::Party, "Bob"),
            param("rate", Kind::Amount, "10.00"),
            param("days", Kind::Count, "14"),
            param("draws", Kind::Count, "4"),
        ],
        body: "parties payer={payer} payee={payee}
hold {rate} times {days} from payer
step start
do: let drawn = 0
step running until {days}d repeat {draws}
when payee draws: pay {rate} times days - drawn to payee, let drawn = {rate} times days
when payer stops: pay {rate} times days - drawn to payee, close
else: pay all to payee, close
step drawn-out until {days}d
when payer stops: pay {rate} times days - drawn to payee
else: pay all to payee",
    },
    Template {
        key: "salary",
        row: "stream",
        block: Block::Contract,
        params: &[
            param("employer", Kind::Party, "Workshop"),
            param("worker", Kind::Party, "Bob"),
            param("wage", Kind::Amount, "3_000.00"),
            param("months", Kind::Count, "6"),
            param("period", Kind::Duration, "30d"),
        ],
        body: "parties employer={employer} worker={worker}
hold {wage} times {months} from employer
step month until {period} repeat {months} every {period}
when worker leaves: close
else: pay {wage} to worker",
    },
    Template {
        key: "split",
        row: "split",
        block: Block::Contract,
        params: &[
            param("payer", Kind::Party, "Alice"),
            param("shop", Kind::Party, "Shop"),
            param("tax-office", Kind::Party, "Treasury"),
            param("landlord", Kind::Party, "Landlord"),
            param("amount", Kind::Amount, "119.00"),
            param("tax", Kind::Share, "19/119"),
            param("rent", Kind::Share, "5%"),
            param("cap", Kind::Amount, "10.00"),
        ],
        body: "parties payer={payer} shop={shop} tax-office={tax-office} landlord={landlord}
hold {amount} from payer
step sale
do: split all as {tax} to tax-office and {rent} to landlord up to {cap} and rest to shop",
    },
    Template {
        key: "subscription",
        row: "subscription",
        block: Block::Contract,
        params: &[
            param("customer", Kind::Party, "Alice"),
            param("merchant", Kind::Party, "Gazette"),
            param("cap", Kind::Amount, "30.00"),
            param("period", Kind::Duration, "30d"),
            param("periods", Kind::Count, "3"),
        ],
        body: "parties customer={customer} merchant={merchant}
hold {cap} times {periods} from customer
step period until {period} repeat {periods} every {period}
when merchant names charge from 0 to {cap}: pay charge to merchant
when customer cancels: close
else: go on",
    },
    Template {
        key: "refund-window",
        row: "refund-window",
        block: Block::Contract,
        params: &[
            param("buyer", Kind::Party, "Alice"),
            param("seller", Kind::Party, "Bob"),
            param("price", Kind::Amount, "80.00"),
            param("window", Kind::Duration, "14d"),
        ],
        body: "parties buyer={buyer} seller={seller}
hold {price} from buyer
step window until {window}
when buyer returns: close
else: pay all to seller",
    },
    Template {
        key: "prepaid",
        row: "prepaid",
        block: Block::Contract,
        params: &[
            param("buyer", Kind::Party, "Alice"),
            param("seller", Kind::Party, "Gym"),
            param("price", Kind::Amount, "100.00"),
            param("units", Kind::Count, "12"),
            param("period", Kind::Duration, "30d"),
        ],
        body: "parties buyer={buyer} seller={seller}
hold {price} times {units} from buyer
on insolvency of seller: close
step unit until {period} repeat {units} every {period}
when seller claims: pay {price} to seller
else: pay {price} to buyer",
    },
    Template {
        key: "interest",
        row: "interest",
        block: Block::Contract,
        params: &[
            param("saver", Kind::Party, "Alice"),
            param("bank", Kind::Party, "Harbour"),
            param("principal", Kind::Amount, "10_000.00"),
            param("rate", Kind::Share, "2%"),
            param("days", Kind::Count, "90"),
        ],
        body: "parties saver={saver} bank={bank}
hold {principal} from saver
step funding until 1d
when bank deposits 1/365 of ({rate} of ({principal} times {days})): go on
else: close
step term until {days}d
when saver withdraws: pay 1/365 of ({rate} of ({principal} times days)) to saver from bank
else: pay all to saver from bank",
    },
    Template {
        key: "demurrage",
        row: "interest",
        block: Block::Contract,
        params: &[
            param("holder", Kind::Party, "Alice"),
            param("issuer", Kind::Party, "City"),
            param("amount", Kind::Amount, "100.00"),
            param("rate", Kind::Share, "12%"),
            param("days", Kind::Count, "90"),
        ],
        body: "parties holder={holder} issuer={issuer}
hold {amount} from holder
step holding until {days}d
when holder takes: pay 1/365 of ({rate} of ({amount} times days)) to issuer from holder
else: pay 1/365 of ({rate} of ({amount} times {days})) to issuer from holder",
    },
    Template {
        key: "allowance",
        row: "allowance",
        block: Block::Condition,
        params: &[
            param("parent", Kind::Party, "Alice"),
            param("cap", Kind::Amount, "20.00"),
            param("day-cap", Kind::Amount, "50.00"),
            param("of-age", Kind::Moment, "2030-06-01T00:00"),
        ],
        body: "any (after {of-age}, signed by 1 of [{parent}], all (amount at most {cap}, day at most {day-cap}))",
    },
    Template {
        key: "signatures",
        row: "signatures",
        block: Block::Contract,
        params: &[
            param("owner", Kind::Party, "Club"),
            param("payee", Kind::Party, "Builder"),
            param("first", Kind::Party, "Alice"),
            param("second", Kind::Party, "Bob"),
            param("third", Kind::Party, "Carol"),
            param("amount", Kind::Amount, "500.00"),
            param("least", Kind::Count, "2"),
            param("deadline", Kind::Duration, "30d"),
        ],
        body: "parties owner={owner} payee={payee} first={first} second={second} third={third}
hold {amount} from owner
step signing until {deadline}
when {least} of [first, second, third] sign release: pay all to payee
else: close",
    },
];
