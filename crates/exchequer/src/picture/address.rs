//! By what a wallet can be paid without a name of the scenario.

use money::{Currency, parse_minor};
use seal::merchant_qr::MerchantQr;
use world::cbdc::address::{self, AddressError, Shown};
use world::fact::WalletId;
use world::visible::Viewer;

use super::At;
use crate::views::{Address, Scanned};

/// The addresses of the wallets that the viewer may look into.
pub fn addresses(at: &At<'_>) -> Vec<Address> {
    let may_see = |id: WalletId, wallet: &world::state::Wallet| match at.viewer {
        Viewer::Everyone => true,
        // What its holder calls a handle is between the two.
        Viewer::Party(viewer) => {
            let is_handle = at.now.purse(id) != id;
            viewer == wallet.owner || (viewer == wallet.operator && !is_handle)
        }
        Viewer::Investigator { subject, .. } => subject == wallet.owner && at.now.purse(id) == id,
        Viewer::Centre(_) => false,
    };
    let seen = at.now.wallets().filter(|(id, wallet)| may_see(*id, wallet));
    seen.filter_map(|(id, _)| of_wallet(at, id)).collect()
}

/// The address of a wallet, if there is such a wallet.
pub(super) fn of_wallet(at: &At<'_>, id: WalletId) -> Option<Address> {
    let wallet = at.now.wallet(id)?;
    let alias = at.now.aliases().find(|(_, it)| *it == id);
    let mut found = Address {
        name: at.text(wallet.name),
        account: address::account_number(id),
        alias: alias.map(|(alias, _)| at.text(alias)),
        code: None,
    };
    let currency = at.run.simulation().rules().currency;
    found.code = payment_code(&found, currency, None, None).ok();
    Some(found)
}

/// The payment code that a wallet shows: for many payments, or for one of this
/// sum (minor units), with what its holder knows it by (letters and digits, at
/// most 25).
///
/// # Errors
/// If the currency has no place in a code, or something is not of its form.
pub fn payment_code(
    of: &Address,
    currency: Currency,
    amount: Option<i64>,
    reference: Option<&str>,
) -> Result<String, AddressError> {
    let shown = Shown {
        payee: of.alias.as_deref().unwrap_or(&of.account),
        name: &of.name,
        category: None,
        amount,
        reference,
    };
    address::write_code(&shown, currency)
}

/// The same with the currency by its code, and the sum as it was written; none
/// if that makes no code.
pub fn code_to_show(of: &Address, (code, decimals): (&str, u8), sum: &str) -> Option<String> {
    let currency = Currency::new(code, decimals).ok()?;
    let sum = sum.trim().replace('_', "");
    let amount = match sum.as_str() {
        "" => None,
        sum => Some(parse_minor(sum, decimals).ok().filter(|it| *it > 0)?),
    };
    payment_code(of, currency, amount, None).ok()
}

/// Reads a code that was scanned.
///
/// # Errors
/// Why it cannot be paid, as a key of the catalogues.
pub fn scanned(text: &str, (code, decimals): (&str, u8)) -> Result<Scanned, &'static str> {
    let currency = Currency::new(code, decimals).map_err(|_| "code-currency")?;
    let asked = address::read_code(text, currency).map_err(|error| match error {
        AddressError::Currency => "code-currency",
        AddressError::Scheme | AddressError::Alias | AddressError::CheckDigits => "code-scheme",
        AddressError::Code(_) | AddressError::Amount => "code-unreadable",
    })?;
    let name = MerchantQr::decode(text).map(|code| code.name);
    Ok(Scanned {
        name: name.unwrap_or_default(),
        payee: asked.payee,
        amount: asked.amount,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const YUAN: (&str, u8) = ("CNY", 2);

    fn noodles() -> Address {
        Address {
            name: "Noodles".to_owned(),
            account: address::account_number(WalletId(7)),
            alias: None,
            code: None,
        }
    }

    #[test]
    fn a_code_that_is_shown_can_be_scanned() {
        let plain = code_to_show(&noodles(), YUAN, "").unwrap();
        let scan = scanned(&plain, YUAN).unwrap();
        assert_eq!((scan.name.as_str(), scan.amount), ("Noodles", None));
        assert_eq!(scan.payee, noodles().account);
        let once = code_to_show(&noodles(), YUAN, " 1_012.50 ").unwrap();
        assert_eq!(scanned(&once, YUAN).unwrap().amount, Some(101_250));
        for sum in ["0", "-1", "1.234", "five"] {
            assert_eq!(code_to_show(&noodles(), YUAN, sum), None, "{sum}");
        }
    }

    #[test]
    fn a_code_that_cannot_be_paid_says_why() {
        let code = code_to_show(&noodles(), YUAN, "").unwrap();
        assert_eq!(scanned(&code, ("EUR", 2)), Err("code-currency"));
        assert_eq!(
            scanned(&code[..code.len() - 1], YUAN),
            Err("code-unreadable")
        );
        assert_eq!(scanned("", YUAN), Err("code-unreadable"));
    }
}
