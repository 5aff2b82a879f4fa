//! Names by which wallets can be paid, which the central bank's directory keeps.

use super::{Desk, Out, Refused, ours};
use crate::cbdc::address::Address;
use crate::fact::{Message, Subject, WalletId};
use crate::refusal::Code;
use crate::state::CENTRAL_BANK;

/// A customer wants a name for its wallet.
pub(super) fn enrol(
    desk: &Desk<'_>,
    message: &Message,
    id: WalletId,
    out: &mut Out,
) -> Result<(), Refused> {
    match Address::read(desk.text(message.memo)) {
        Ok(Address::Alias(_)) => {
            out.pass(CENTRAL_BANK, Subject::Enrol, message);
            Ok(())
        }
        _ => Err(Refused::plain(Code::AddressInvalid, Some(id))),
    }
}

/// A customer asks whose name it is that it wants to pay.
pub(super) fn look_up(message: &Message, out: &mut Out) -> Result<(), Refused> {
    out.pass(CENTRAL_BANK, Subject::LookUp, message);
    Ok(())
}

/// The directory has answered, or the question was called off: the customer
/// hears it.
pub(super) fn answered(desk: &Desk<'_>, message: &Message, out: &mut Out) {
    let subject = match message.subject {
        Subject::Found => Subject::Found,
        Subject::Enrolled => Subject::Receipt,
        _ => Subject::Declined,
    };
    if let Some((_, wallet)) = ours(desk, message.wallet) {
        out.pass(wallet.owner, subject, message);
    }
}
