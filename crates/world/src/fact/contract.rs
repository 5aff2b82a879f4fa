//! What changes about contracts that hold money, and money for a purpose.

use super::record::{Record, low, some};
use super::{NONE, OrderId, PartyId, TextId, WalletId, tagged};

tagged! {
    /// What somebody did, as a contract takes it.
    Did {
        /// Put money in.
        Deposits = 0 "deposits",
        /// Named an amount.
        Names = 1 "names",
        /// Showed the secret.
        Shows = 2 "shows",
        /// Signed.
        Signs = 3 "signs",
        /// The world says that something happened.
        Event = 4 "event",
        /// Said a word.
        Says = 5 "says",
    }
}

/// What somebody did with a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Which contract.
    pub contract: OrderId,
    /// Who acted; the world if nobody.
    pub by: Option<WalletId>,
    /// Which party of the contract that is, if it is one.
    pub role: Option<u8>,
    /// What.
    pub did: Did,
    /// The word, value or secret, by its number in the contract.
    pub number: u16,
    /// Whose the money will be, or to whom it happened.
    pub of: u8,
    /// Minor units put in or named.
    pub amount: i64,
}

/// What a merchant's certificate says of its shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shop {
    /// What it sells (ISO 18245).
    pub category: Option<u16>,
    /// Where it is.
    pub area: Option<TextId>,
}

/// Something about a contract, or about money for a purpose, changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractChange {
    /// A contract or condition stands written, so that it can be used.
    Written {
        /// Its number among those of the run.
        number: u32,
        /// Its name.
        name: TextId,
        /// What it says.
        text: TextId,
    },
    /// Who plays a party of a contract.
    Plays {
        /// The contract as written.
        number: u32,
        /// The party, by its number in the contract.
        role: u8,
        /// Whose wallet.
        wallet: WalletId,
    },
    /// A contract was opened.
    Opened {
        /// The request that opened it, which is its number.
        contract: OrderId,
        /// The contract as written.
        number: u32,
        /// Who keeps it and the money in it.
        keeper: PartyId,
        /// Who opened it.
        opener: WalletId,
        /// What it is called.
        name: TextId,
    },
    /// Somebody acted and the contract took it.
    Acted(Deed),
    /// Time passed, and what a contract does when nobody acts in time was done;
    /// money for a purpose has expired.
    Passed {
        /// Which.
        contract: OrderId,
    },
    /// What a contract has paid and its keeper lacks the reserves to send.
    Owed {
        /// Which.
        contract: OrderId,
        /// Whom it is for.
        wallet: WalletId,
        /// How much; 0 once it is sent.
        amount: i64,
        /// When it is tried again, milliseconds.
        due: i64,
    },
    /// What a merchant sells and where, where conditions can ask for it.
    Sells {
        /// The merchant's wallet.
        wallet: WalletId,
        /// What its certificate says.
        shop: Shop,
    },
    /// Money was wrapped for a purpose.
    Wrapped {
        /// The request that wrapped it, which is its number.
        contract: OrderId,
        /// The condition as written.
        number: u32,
        /// Who keeps the money.
        keeper: PartyId,
        /// Whose money it was.
        creator: WalletId,
        /// How much.
        amount: i64,
        /// Until when it can be spent, milliseconds.
        expires: i64,
        /// What it is called.
        name: TextId,
    },
    /// Wrapped money was handed on.
    Handed {
        /// Which.
        contract: OrderId,
        /// By whom.
        from: WalletId,
        /// To whom.
        to: WalletId,
        /// How much.
        amount: i64,
    },
    /// Wrapped money went into a device that judges the condition by itself.
    Loaded {
        /// Which.
        contract: OrderId,
        /// By whom.
        from: WalletId,
        /// How much.
        amount: i64,
    },
    /// What a device was loaded with and did not spend is wrapped again.
    Unloaded {
        /// Which.
        contract: OrderId,
        /// Whose it is.
        to: WalletId,
        /// How much.
        amount: i64,
    },
    /// A payment of wrapped money was signed beforehand by somebody.
    Approved {
        /// Which.
        contract: OrderId,
        /// Who signed.
        by: WalletId,
        /// Whom the payment is to go to.
        to: WalletId,
        /// How much is to be paid.
        amount: i64,
    },
    /// Whoever keeps it has failed: it has ended, and what it held belongs to whom it was for.
    Dissolved {
        /// Which.
        contract: OrderId,
    },
    /// Wrapped money was spent: the payee has plain money.
    Spent {
        /// Which.
        contract: OrderId,
        /// By whom.
        from: WalletId,
        /// To whom.
        to: WalletId,
        /// How much.
        amount: i64,
    },
}

/// No party of a contract has this number.
const NO_ROLE: u8 = u8::MAX;

impl ContractChange {
    /// As it is kept.
    pub(super) fn record(self, record: Record) -> Record {
        match self {
            Self::Written { number, name, text } => Record {
                sub: 80,
                a: number,
                b: name.0,
                c: text.0,
                ..record
            },
            Self::Plays {
                number,
                role,
                wallet,
            } => Record {
                sub: 81,
                flags: [role, 0],
                a: number,
                b: wallet.0,
                ..record
            },
            Self::Opened {
                contract,
                number,
                keeper,
                opener,
                name,
            } => Record {
                sub: 82,
                a: contract.0,
                b: number,
                c: keeper.0,
                d: opener.0,
                x: i64::from(name.0),
                ..record
            },
            Self::Acted(it) => Record {
                sub: 83,
                flags: [it.did as u8, it.role.unwrap_or(NO_ROLE)],
                a: it.contract.0,
                b: it.by.map_or(NONE, |wallet| wallet.0),
                c: u32::from(it.number),
                d: u32::from(it.of),
                x: it.amount,
                ..record
            },
            Self::Passed { contract } => Record {
                sub: 84,
                a: contract.0,
                ..record
            },
            Self::Owed {
                contract,
                wallet,
                amount,
                due,
            } => Record {
                sub: 85,
                a: contract.0,
                b: wallet.0,
                x: amount,
                y: due,
                ..record
            },
            Self::Sells { wallet, shop } => Record {
                sub: 86,
                a: wallet.0,
                b: shop.category.map_or(NONE, u32::from),
                c: shop.area.map_or(0, |area| area.0),
                ..record
            },
            Self::Wrapped {
                contract,
                number,
                keeper,
                creator,
                amount,
                expires,
                name,
            } => Record {
                sub: 87,
                a: contract.0,
                b: number,
                c: keeper.0,
                d: creator.0,
                x: amount,
                y: expires,
                z: i64::from(name.0),
                ..record
            },
            Self::Handed {
                contract,
                from,
                to,
                amount,
            } => Record {
                sub: 88,
                a: contract.0,
                b: from.0,
                c: to.0,
                x: amount,
                ..record
            },
            Self::Loaded {
                contract,
                from,
                amount,
            } => Record {
                sub: 120,
                a: contract.0,
                b: from.0,
                x: amount,
                ..record
            },
            Self::Unloaded {
                contract,
                to,
                amount,
            } => Record {
                sub: 121,
                a: contract.0,
                b: to.0,
                x: amount,
                ..record
            },
            Self::Approved {
                contract,
                by,
                to,
                amount,
            } => Record {
                sub: 130,
                a: contract.0,
                b: by.0,
                c: to.0,
                x: amount,
                ..record
            },
            Self::Dissolved { contract } => Record {
                sub: 123,
                a: contract.0,
                ..record
            },
            Self::Spent {
                contract,
                from,
                to,
                amount,
            } => Record {
                sub: 89,
                a: contract.0,
                b: from.0,
                c: to.0,
                x: amount,
                ..record
            },
        }
    }

    /// From what is kept.
    pub(super) fn read(record: &Record) -> Option<Self> {
        let Record {
            sub,
            flags,
            a,
            b,
            c,
            d,
            x,
            y,
            z,
            ..
        } = *record;
        Some(match sub {
            80 => Self::Written {
                number: a,
                name: TextId(b),
                text: TextId(c),
            },
            81 => Self::Plays {
                number: a,
                role: flags[0],
                wallet: WalletId(b),
            },
            82 => Self::Opened {
                contract: OrderId(a),
                number: b,
                keeper: PartyId(c),
                opener: WalletId(d),
                name: TextId(low(x)),
            },
            83 => Self::Acted(Deed {
                contract: OrderId(a),
                by: some(b).map(WalletId),
                role: (flags[1] != NO_ROLE).then_some(flags[1]),
                did: Did::from_tag(flags[0])?,
                number: u16::try_from(c).ok()?,
                of: u8::try_from(d).ok()?,
                amount: x,
            }),
            84 => Self::Passed {
                contract: OrderId(a),
            },
            85 => Self::Owed {
                contract: OrderId(a),
                wallet: WalletId(b),
                amount: x,
                due: y,
            },
            86 => Self::Sells {
                wallet: WalletId(a),
                shop: Shop {
                    category: some(b).map(u16::try_from).transpose().ok()?,
                    area: (c != 0).then_some(TextId(c)),
                },
            },
            87 => Self::Wrapped {
                contract: OrderId(a),
                number: b,
                keeper: PartyId(c),
                creator: WalletId(d),
                amount: x,
                expires: y,
                name: TextId(low(z)),
            },
            88 => Self::Handed {
                contract: OrderId(a),
                from: WalletId(b),
                to: WalletId(c),
                amount: x,
            },
            89 => Self::Spent {
                contract: OrderId(a),
                from: WalletId(b),
                to: WalletId(c),
                amount: x,
            },
            120 => Self::Loaded {
                contract: OrderId(a),
                from: WalletId(b),
                amount: x,
            },
            121 => Self::Unloaded {
                contract: OrderId(a),
                to: WalletId(b),
                amount: x,
            },
            130 => Self::Approved {
                contract: OrderId(a),
                by: WalletId(b),
                to: WalletId(c),
                amount: x,
            },
            123 => Self::Dissolved {
                contract: OrderId(a),
            },
            _ => return None,
        })
    }
}
