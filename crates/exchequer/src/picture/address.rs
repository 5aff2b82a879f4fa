//! By what a wallet can be paid without a name of the scenario.

use money::Currency;
use world::cbdc::address::{self, AddressError, Shown};
use world::fact::WalletId;
use world::visible::Viewer;

use super::At;
use crate::views::Address;

/// The addresses of the wallets that the viewer may look into.
pub fn addresses(at: &At<'_>) -> Vec<Address> {
    let may_see = |wallet: &world::state::Wallet| match at.viewer {
        Viewer::Everyone => true,
        Viewer::Party(viewer) => viewer == wallet.owner || viewer == wallet.operator,
        Viewer::Investigator { subject, .. } => subject == wallet.owner,
        Viewer::Centre(_) => false,
    };
    let seen = at.now.wallets().filter(|(_, wallet)| may_see(wallet));
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
