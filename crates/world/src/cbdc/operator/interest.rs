//! Interest on wallets, where they are deposits of the bank.
//!
//! Every day earns balance times rate; what is posted is the whole minor units
//! of it, rounded half to even, and the exact rest is carried on.

use super::{Desk, Out, Refused};
use crate::fact::{Change, Finality, Status, Subject, Title};
use crate::refusal::Code;

/// Posts what the wallets have earned up to today, and pays it out if asked.
pub(super) fn accrue(desk: &Desk<'_>, pays_out: bool, out: &mut Out) {
    let (expense, accrued) = (desk.own(Title::InterestExpense), desk.own(Title::Accrued));
    for (id, wallet) in desk.wallets() {
        let Some(mut earned) = desk.earned(id) else {
            continue;
        };
        // More than can be counted is not posted; it stays accrued.
        let Ok(posted) = earned.interest.post() else {
            out.refuse(Refused::plain(Code::LiquidityShort, Some(id)), desk.me(), 0);
            continue;
        };
        if posted > 0 {
            out.post(expense, accrued, posted, Finality::Final);
        }
        earned.owed += posted;
        if pays_out && earned.owed > 0 && wallet.status == Status::Open {
            let sum = std::mem::take(&mut earned.owed);
            out.post(accrued, Some(wallet.account), sum, Finality::Final);
            out.file(id, &wallet.plus(sum));
            out.send(wallet.owner, Subject::Notice, Some(id), None, sum);
        }
        out.change(Change::Earned {
            wallet: id,
            day: earned.day,
            accrued: earned.interest.remainder(),
            owed: earned.owed,
        });
    }
}
