//! The BR Code: how Pix, Brazil's instant payments, uses a merchant's code.

use std::collections::BTreeMap;

use super::{
    ADDITIONAL, Account, COUNTRY, CURRENCY, FIRST_TEMPLATE, MerchantQr, MerchantQrError, Read,
    inner, is_text, object, value,
};

/// The identifier of Pix, whatever the case of its letters.
pub const PIX_GUI: &str = "br.gov.bcb.pix";

const KEY: u8 = 1;
const DESCRIPTION: u8 = 2;
const URL: u8 = 25;
const REFERENCE: u8 = 5;

/// What stands for a transaction that has no name of its own.
const NO_TRANSACTION: &str = "***";

/// How the payee is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PixTarget {
    /// By a key of the alias directory, at most 77 characters.
    Key(String),
    /// By the address at which the charge can be fetched, at most 77
    /// characters, without `https://`.
    Url(String),
}

/// What a code says of a Pix payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pix {
    /// Whom to pay.
    pub target: PixTarget,
    /// Words for the payer.
    pub description: Option<String>,
    /// What the payee knows the payment by: letters and digits, at most 25.
    pub transaction: Option<String>,
}

impl Pix {
    /// What a code says of Pix, if it speaks of it.
    ///
    /// # Errors
    /// If it does, and not in the form of a BR Code.
    pub fn of(code: &MerchantQr) -> Read<Option<Self>> {
        let found = code
            .accounts
            .iter()
            .find_map(|(id, account)| match account {
                Account::Template { gui, fields } if gui.eq_ignore_ascii_case(PIX_GUI) => {
                    Some((*id, fields))
                }
                _ => None,
            });
        let Some((id, fields)) = found else {
            return Ok(None);
        };
        if code.currency != "986" {
            return Err(value(object(CURRENCY), "986, the real"));
        }
        if code.country != "BR" {
            return Err(value(object(COUNTRY), "BR, Brazil"));
        }
        let target = match (fields.get(&KEY), fields.get(&URL)) {
            (Some(key), None) => PixTarget::Key(key.clone()),
            (None, Some(url)) => PixTarget::Url(url.clone()),
            (None, None) => {
                let object = inner(id, KEY);
                return Err(MerchantQrError::Missing { object });
            }
            (Some(_), Some(_)) => {
                let object = inner(id, URL);
                return Err(MerchantQrError::Misplaced { object });
            }
        };
        let additional = code.additional.as_ref();
        let reference = additional.and_then(|it| it.reference.clone());
        let pix = Self {
            target,
            description: fields.get(&DESCRIPTION).cloned(),
            transaction: reference.filter(|it| it != NO_TRANSACTION),
        };
        pix.check(id)?;
        Ok(Some(pix))
    }

    /// A code by which this payment can be made: the payee's name and city, and
    /// how much, if the payer is not to say so.
    ///
    /// # Errors
    /// What is not of its form.
    pub fn code(&self, name: &str, city: &str, amount: Option<&str>) -> Read<MerchantQr> {
        self.check(FIRST_TEMPLATE)?;
        let mut fields = BTreeMap::new();
        match &self.target {
            PixTarget::Key(key) => fields.insert(KEY, key.clone()),
            PixTarget::Url(url) => fields.insert(URL, url.clone()),
        };
        if let Some(description) = &self.description {
            fields.insert(DESCRIPTION, description.clone());
        }
        let account = Account::Template {
            gui: PIX_GUI.to_owned(),
            fields,
        };
        let mut code = MerchantQr::new((FIRST_TEMPLATE, account), "986", "BR", name, city);
        code.amount = amount.map(str::to_owned);
        let transaction = self.transaction.as_deref().unwrap_or(NO_TRANSACTION);
        code.additional.get_or_insert_default().reference = Some(transaction.to_owned());
        code.check()?;
        Ok(code)
    }

    fn check(&self, id: u8) -> Read<()> {
        let (within, target) = match &self.target {
            PixTarget::Key(key) => (KEY, key),
            PixTarget::Url(url) => (URL, url),
        };
        if !is_text(target, 77) {
            return Err(value(inner(id, within), "a text of 1 to 77 characters"));
        }
        // With 99 characters in all, and heads of four: what the identifier and
        // the key leave.
        let room = super::MAX_CHARS - (4 + PIX_GUI.len()) - (4 + target.chars().count());
        if let Some(description) = &self.description
            && !is_text(description, room.saturating_sub(4))
        {
            let expected = "a description for which the key leaves room";
            return Err(value(inner(id, DESCRIPTION), expected));
        }
        if let Some(transaction) = &self.transaction {
            let plain = transaction.bytes().all(|b| b.is_ascii_alphanumeric());
            if !plain || !is_text(transaction, 25) {
                let expected = "1 to 25 letters and digits";
                return Err(value(inner(ADDITIONAL, REFERENCE), expected));
            }
        }
        Ok(())
    }
}
