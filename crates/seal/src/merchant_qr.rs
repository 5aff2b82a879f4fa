//! The text in a merchant's QR code: EMV merchant-presented mode, and Pix as a
//! use of it.
//!
//! A text is a row of data objects: two digits of identifier, two digits of
//! length, and so many characters. The length counts characters, the checksum
//! runs over their UTF-8 bytes. The payload format comes first and the checksum
//! last; what stands between may be in any order and is written in ascending
//! order, so two codes that say the same are written the same.
//!
//! Objects that are not known here are kept as they stand. Amounts stay the
//! decimal texts they are: how many decimals a currency has is for others to
//! know. No text makes this panic, and one of more than [`MAX_BYTES`] is refused
//! before it costs anything.

mod pix;

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use thiserror::Error;

pub use pix::{PIX_GUI, Pix, PixTarget};

/// The most bytes a payload may have.
pub const MAX_BYTES: usize = 512;

/// The most characters a value may have: its length is two digits.
pub const MAX_CHARS: usize = 99;

const FORMAT: u8 = 0;
const INITIATION: u8 = 1;
const FIRST_ACCOUNT: u8 = 2;
const FIRST_TEMPLATE: u8 = 26;
const LAST_ACCOUNT: u8 = 51;
const CATEGORY: u8 = 52;
const CURRENCY: u8 = 53;
const AMOUNT: u8 = 54;
const COUNTRY: u8 = 58;
const NAME: u8 = 59;
const CITY: u8 = 60;
const POSTAL: u8 = 61;
const ADDITIONAL: u8 = 62;
const CHECKSUM: u8 = 63;

/// The globally unique identifier within an account template.
const GUI: u8 = 0;

/// Whether the code is for one payment or for many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initiation {
    /// `11`: the same code for every payment.
    Static,
    /// `12`: a code of its own for this payment.
    Dynamic,
}

/// Where the merchant can be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Account {
    /// A payment network's own form, under 02 to 25.
    Plain(String),
    /// Under 26 to 51: whose form it is, and what it says.
    Template {
        /// The globally unique identifier of the payment scheme.
        gui: String,
        /// The scheme's own objects, 01 to 99.
        fields: BTreeMap<u8, String>,
    },
}

/// What is said of the payment itself (62).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Additional {
    /// The invoice or bill (01).
    pub bill: Option<String>,
    /// The customer's telephone number (02).
    pub mobile: Option<String>,
    /// The shop (03).
    pub store: Option<String>,
    /// The customer's loyalty number (04).
    pub loyalty: Option<String>,
    /// What the merchant knows the payment by (05); with Pix, the transaction.
    pub reference: Option<String>,
    /// Who the customer is (06).
    pub customer: Option<String>,
    /// The till (07).
    pub terminal: Option<String>,
    /// What it is for (08).
    pub purpose: Option<String>,
    /// What the payer is asked to send along (09): of `A`, `M` and `E`.
    pub request: Option<String>,
    /// What else there is, 10 to 99.
    pub others: BTreeMap<u8, String>,
}

/// What a merchant's code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MerchantQr {
    /// Whether it is for one payment or for many (01).
    pub initiation: Option<Initiation>,
    /// Where the merchant can be paid, by identifier (02 to 51); at least one.
    pub accounts: BTreeMap<u8, Account>,
    /// The merchant category code, four digits (52).
    pub category: String,
    /// The currency's three digits of ISO 4217 (53): `156`, `986`.
    pub currency: String,
    /// How much, as a decimal of at most 13 characters (54): `23.72`. Where
    /// there is none the payer says how much.
    pub amount: Option<String>,
    /// The country, two capitals (58).
    pub country: String,
    /// The merchant's name, at most 25 characters (59).
    pub name: String,
    /// The merchant's city, at most 15 characters (60).
    pub city: String,
    /// The postal code, at most 10 characters (61).
    pub postal: Option<String>,
    /// What is said of the payment itself (62).
    pub additional: Option<Additional>,
    /// What else there is: 55 to 57 and 64 to 99.
    pub others: BTreeMap<u8, String>,
}

/// A data object, and within a template one of its own: `62-05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObjectId {
    /// Its identifier.
    pub id: u8,
    /// The identifier of the object within it.
    pub within: Option<u8>,
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.id)?;
        match self.within {
            Some(within) => write!(f, "-{within:02}"),
            None => Ok(()),
        }
    }
}

const fn object(id: u8) -> ObjectId {
    ObjectId { id, within: None }
}

const fn inner(id: u8, within: u8) -> ObjectId {
    ObjectId {
        id,
        within: Some(within),
    }
}

/// Why a text is no merchant's code, or a code has no text. Places are
/// characters of the text, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MerchantQrError {
    /// More than [`MAX_BYTES`].
    #[error("a code has at most {MAX_BYTES} bytes, and this has {bytes}")]
    TooLong {
        /// How many there are.
        bytes: usize,
    },
    /// No identifier where one has to be.
    #[error("two digits of identifier were expected at {at}")]
    Id {
        /// Where.
        at: usize,
    },
    /// No length where one has to be.
    #[error("two digits of length from 01 to 99 were expected at {at}")]
    Length {
        /// Where.
        at: usize,
    },
    /// The text ends before the object does.
    #[error("{object} at {at} says that it has {length} characters, and {left} are left")]
    Truncated {
        /// Which object.
        object: ObjectId,
        /// Where it begins.
        at: usize,
        /// How many characters it says it has.
        length: usize,
        /// How many are left.
        left: usize,
    },
    /// The payload format does not come first.
    #[error("a code begins with 000201, the payload format")]
    Format,
    /// The text goes on behind the checksum.
    #[error("nothing stands behind the checksum, which is at {at}")]
    Trailing {
        /// Where the checksum's object begins.
        at: usize,
    },
    /// The checksum is of another text.
    #[error("the checksum is {computed:04X}, and the code says {found:04X}")]
    Checksum {
        /// What it has to be.
        computed: u16,
        /// What it is.
        found: u16,
    },
    /// An object that stands there twice.
    #[error("{object} at {at} is there twice")]
    Twice {
        /// Which.
        object: ObjectId,
        /// Where it stands again.
        at: usize,
    },
    /// An object that has to be there and is not.
    #[error("{object} is missing")]
    Missing {
        /// Which.
        object: ObjectId,
    },
    /// An object that is not of its form.
    #[error("{object} is not {expected}")]
    Value {
        /// Which.
        object: ObjectId,
        /// What it has to be.
        expected: &'static str,
    },
    /// An identifier that does not belong where a code is to have it.
    #[error("{object} has no place here")]
    Misplaced {
        /// Which.
        object: ObjectId,
    },
}

type Read<T> = Result<T, MerchantQrError>;

impl MerchantQr {
    /// A code for many payments to this merchant, who can be paid there.
    #[must_use]
    pub fn new(
        account: (u8, Account),
        currency: &str,
        country: &str,
        name: &str,
        city: &str,
    ) -> Self {
        Self {
            initiation: None,
            accounts: BTreeMap::from([account]),
            category: "0000".to_owned(),
            currency: currency.to_owned(),
            amount: None,
            country: country.to_owned(),
            name: name.to_owned(),
            city: city.to_owned(),
            postal: None,
            additional: None,
            others: BTreeMap::new(),
        }
    }

    /// Reads the text of a code.
    ///
    /// # Errors
    /// The first thing that is not as it has to be, with its place.
    pub fn decode(text: &str) -> Read<Self> {
        if text.len() > MAX_BYTES {
            return Err(MerchantQrError::TooLong { bytes: text.len() });
        }
        let mut objects = objects(text, 0, None)?;
        check_frame(text, &objects)?;
        objects.retain(|it| !matches!(it.id, FORMAT | CHECKSUM));
        let mut texts = BTreeMap::new();
        let mut accounts = BTreeMap::new();
        let mut additional = None;
        for it in objects {
            match it.id {
                FIRST_ACCOUNT..=LAST_ACCOUNT => {
                    accounts.insert(it.id, Account::read(&it)?);
                }
                ADDITIONAL => additional = Some(Additional::read(&it)?),
                _ => {
                    texts.insert(it.id, it.value.to_owned());
                }
            }
        }
        let initiation = match texts.remove(&INITIATION).as_deref() {
            None => None,
            Some("11") => Some(Initiation::Static),
            Some("12") => Some(Initiation::Dynamic),
            Some(_) => {
                let expected = "11, for many payments, or 12, for one";
                return Err(value(object(INITIATION), expected));
            }
        };
        let mut need = |id| {
            let object = object(id);
            texts.remove(&id).ok_or(MerchantQrError::Missing { object })
        };
        let code = Self {
            initiation,
            accounts,
            category: need(CATEGORY)?,
            currency: need(CURRENCY)?,
            country: need(COUNTRY)?,
            name: need(NAME)?,
            city: need(CITY)?,
            amount: texts.remove(&AMOUNT),
            postal: texts.remove(&POSTAL),
            additional,
            others: texts,
        };
        code.check()?;
        Ok(code)
    }

    /// Writes the text of a code.
    ///
    /// # Errors
    /// What is not of its form, or has no room.
    pub fn encode(&self) -> Read<String> {
        self.check()?;
        let mut objects: BTreeMap<u8, String> = self.others.clone();
        if let Some(initiation) = self.initiation {
            let digits = match initiation {
                Initiation::Static => "11",
                Initiation::Dynamic => "12",
            };
            objects.insert(INITIATION, digits.to_owned());
        }
        for (id, account) in &self.accounts {
            objects.insert(*id, account.write(*id)?);
        }
        if let Some(additional) = &self.additional {
            objects.insert(ADDITIONAL, additional.write()?);
        }
        let mut put = |id, value: &String| objects.insert(id, value.clone());
        put(CATEGORY, &self.category);
        put(CURRENCY, &self.currency);
        put(COUNTRY, &self.country);
        put(NAME, &self.name);
        put(CITY, &self.city);
        if let Some(amount) = &self.amount {
            put(AMOUNT, amount);
        }
        if let Some(postal) = &self.postal {
            put(POSTAL, postal);
        }
        let mut text = String::from("000201");
        for (id, value) in &objects {
            push(&mut text, *id, value);
        }
        text.push_str("6304");
        let checksum = checksum(text.as_bytes());
        // Writing to a string cannot fail.
        let _ = write!(text, "{checksum:04X}");
        if text.len() > MAX_BYTES {
            return Err(MerchantQrError::TooLong { bytes: text.len() });
        }
        Ok(text)
    }

    /// Holds every value against its form.
    fn check(&self) -> Read<()> {
        if self.accounts.is_empty() {
            let object = object(FIRST_TEMPLATE);
            return Err(MerchantQrError::Missing { object });
        }
        for (id, account) in &self.accounts {
            account.check(*id)?;
        }
        let digits =
            |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        form(
            CATEGORY,
            digits(&self.category, 4),
            "a category of four digits",
        )?;
        form(
            CURRENCY,
            digits(&self.currency, 3),
            "a currency's three digits",
        )?;
        let capitals =
            self.country.len() == 2 && self.country.bytes().all(|b| b.is_ascii_uppercase());
        form(COUNTRY, capitals, "a country's two capitals")?;
        if let Some(amount) = &self.amount {
            form(
                AMOUNT,
                is_amount(amount),
                "a decimal above zero of at most 13 characters",
            )?;
        }
        form(
            NAME,
            is_text(&self.name, 25),
            "a name of 1 to 25 characters",
        )?;
        form(
            CITY,
            is_text(&self.city, 15),
            "a city of 1 to 15 characters",
        )?;
        if let Some(postal) = &self.postal {
            form(
                POSTAL,
                is_text(postal, 10),
                "a postal code of 1 to 10 characters",
            )?;
        }
        if let Some(additional) = &self.additional {
            additional.check()?;
        }
        for (id, other) in &self.others {
            if !matches!(id, 55..=57 | 64..=99) {
                let object = object(*id);
                return Err(MerchantQrError::Misplaced { object });
            }
            form(
                *id,
                is_text(other, MAX_CHARS),
                "a text of 1 to 99 characters",
            )?;
        }
        Ok(())
    }
}

impl Account {
    fn read(it: &Object<'_>) -> Read<Self> {
        if it.id < FIRST_TEMPLATE {
            return Ok(Self::Plain(it.value.to_owned()));
        }
        let mut fields = it.fields()?;
        let gui = fields.remove(&GUI).ok_or(MerchantQrError::Missing {
            object: inner(it.id, GUI),
        })?;
        Ok(Self::Template { gui, fields })
    }

    fn write(&self, id: u8) -> Read<String> {
        match self {
            Self::Plain(value) => Ok(value.clone()),
            Self::Template { gui, fields } => {
                let mut text = String::new();
                push(&mut text, GUI, gui);
                for (id, value) in fields {
                    push(&mut text, *id, value);
                }
                fitting(id, text)
            }
        }
    }

    fn check(&self, id: u8) -> Read<()> {
        match (self, id) {
            (Self::Plain(value), FIRST_ACCOUNT..FIRST_TEMPLATE) => form(
                id,
                is_text(value, MAX_CHARS),
                "a text of 1 to 99 characters",
            ),
            (Self::Template { gui, fields }, FIRST_TEMPLATE..=LAST_ACCOUNT) => {
                let known = is_text(gui, 32);
                if !known {
                    return Err(value(inner(id, GUI), "an identifier of 1 to 32 characters"));
                }
                check_fields(id, fields, 1)
            }
            _ => Err(MerchantQrError::Misplaced { object: object(id) }),
        }
    }
}

impl Additional {
    const NAMED: usize = 9;

    /// What has a name, from 01 on.
    fn named(&self) -> [&Option<String>; Self::NAMED] {
        [
            &self.bill,
            &self.mobile,
            &self.store,
            &self.loyalty,
            &self.reference,
            &self.customer,
            &self.terminal,
            &self.purpose,
            &self.request,
        ]
    }

    fn read(it: &Object<'_>) -> Read<Self> {
        let mut fields = it.fields()?;
        if fields.contains_key(&0) {
            let object = inner(ADDITIONAL, 0);
            return Err(MerchantQrError::Misplaced { object });
        }
        Ok(Self {
            bill: fields.remove(&1),
            mobile: fields.remove(&2),
            store: fields.remove(&3),
            loyalty: fields.remove(&4),
            reference: fields.remove(&5),
            customer: fields.remove(&6),
            terminal: fields.remove(&7),
            purpose: fields.remove(&8),
            request: fields.remove(&9),
            others: fields,
        })
    }

    fn write(&self) -> Read<String> {
        let mut text = String::new();
        for (id, named) in (1..).zip(self.named()) {
            if let Some(named) = named {
                push(&mut text, id, named);
            }
        }
        for (id, other) in &self.others {
            push(&mut text, *id, other);
        }
        fitting(ADDITIONAL, text)
    }

    fn check(&self) -> Read<()> {
        for (id, named) in (1..).zip(self.named()) {
            let Some(named) = named else { continue };
            let object = inner(ADDITIONAL, id);
            if id == 9 {
                let letters =
                    matches!(named.len(), 1..=3) && named.bytes().all(|b| b"AME".contains(&b));
                if !letters {
                    return Err(value(object, "one to three of the letters A, M and E"));
                }
            } else if !is_text(named, 25) {
                return Err(value(object, "a text of 1 to 25 characters"));
            }
        }
        check_fields(ADDITIONAL, &self.others, 10)
    }
}

/// Holds a template's own objects against the form of all.
fn check_fields(id: u8, fields: &BTreeMap<u8, String>, first: u8) -> Read<()> {
    for (within, text) in fields {
        let object = inner(id, *within);
        if !(first..=99).contains(within) {
            return Err(MerchantQrError::Misplaced { object });
        }
        if !is_text(text, MAX_CHARS) {
            return Err(value(object, "a text of 1 to 99 characters"));
        }
    }
    Ok(())
}

const fn value(object: ObjectId, expected: &'static str) -> MerchantQrError {
    MerchantQrError::Value { object, expected }
}

fn form(id: u8, good: bool, expected: &'static str) -> Read<()> {
    if good {
        Ok(())
    } else {
        Err(value(object(id), expected))
    }
}

/// A template's text, if its length can be written.
fn fitting(id: u8, text: String) -> Read<String> {
    let fits = (1..=MAX_CHARS).contains(&text.chars().count());
    form(id, fits, "a template of 1 to 99 characters")?;
    Ok(text)
}

/// Whether a text has at most so many characters, and none that is invisible or
/// makes others look different from what they say.
fn is_text(text: &str, most: usize) -> bool {
    let hidden =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    (1..=most).contains(&text.chars().count()) && !text.chars().any(hidden)
}

/// Whether a text is a decimal above zero.
fn is_amount(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let decimal = match text.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(text),
    };
    decimal && text.len() <= 13 && text.bytes().any(|b| matches!(b, b'1'..=b'9'))
}

/// A data object as it stands in a text.
struct Object<'t> {
    id: u8,
    /// Where it begins.
    at: usize,
    value: &'t str,
}

impl Object<'_> {
    /// The objects within a template.
    fn fields(&self) -> Read<BTreeMap<u8, String>> {
        let objects = objects(self.value, self.at + 4, Some(self.id))?;
        let fields = objects.into_iter();
        Ok(fields.map(|it| (it.id, it.value.to_owned())).collect())
    }
}

/// The objects of a text, or of a template that begins at this character.
fn objects(text: &str, start: usize, template: Option<u8>) -> Read<Vec<Object<'_>>> {
    let mut objects: Vec<Object<'_>> = Vec::new();
    let (mut rest, mut at) = (text, start);
    while !rest.is_empty() {
        let id = pair(rest).ok_or(MerchantQrError::Id { at })?;
        let object = template.map_or(object(id), |template| inner(template, id));
        let length = pair(&rest[2..]).filter(|length| *length > 0);
        let length = usize::from(length.ok_or(MerchantQrError::Length { at: at + 2 })?);
        let behind = &rest[4..];
        let left = behind.chars().count();
        if length > left {
            return Err(MerchantQrError::Truncated {
                object,
                at,
                length,
                left,
            });
        }
        let end = behind
            .char_indices()
            .nth(length)
            .map_or(behind.len(), |(end, _)| end);
        if objects.iter().any(|it| it.id == id) {
            return Err(MerchantQrError::Twice { object, at });
        }
        objects.push(Object {
            id,
            at,
            value: &behind[..end],
        });
        rest = &behind[end..];
        at += 4 + length;
    }
    Ok(objects)
}

/// The number that a text's first two characters are, if they are digits.
fn pair(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', ..] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    }
}

/// Holds the first and the last object against what they have to be.
fn check_frame(text: &str, objects: &[Object<'_>]) -> Read<()> {
    if !matches!(
        objects.first(),
        Some(Object {
            id: FORMAT,
            value: "01",
            ..
        })
    ) {
        return Err(MerchantQrError::Format);
    }
    let Some(last) = objects.iter().find(|it| it.id == CHECKSUM) else {
        let object = object(CHECKSUM);
        return Err(MerchantQrError::Missing { object });
    };
    if objects.last().is_some_and(|it| it.id != CHECKSUM) {
        return Err(MerchantQrError::Trailing { at: last.at });
    }
    let hex = last.value.len() == 4 && last.value.bytes().all(|b| b.is_ascii_hexdigit());
    form(CHECKSUM, hex, "four hexadecimal digits")?;
    let covered = text.strip_suffix(last.value).unwrap_or(text);
    let found = u16::from_str_radix(last.value, 16).unwrap_or_default();
    let computed = checksum(covered.as_bytes());
    if found != computed {
        return Err(MerchantQrError::Checksum { computed, found });
    }
    Ok(())
}

fn push(text: &mut String, id: u8, value: &str) {
    // Writing to a string cannot fail.
    let _ = write!(text, "{id:02}{:02}{value}", value.chars().count());
}

/// CRC-16 with the polynomial 0x1021, from 0xFFFF on, as ISO/IEC 13239 names it.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ (u16::from(*byte) << 8), |crc, _| {
            let shifted = crc << 1;
            if crc & 0x8000 == 0 {
                shifted
            } else {
                shifted ^ 0x1021
            }
        })
    })
}
