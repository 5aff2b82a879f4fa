//! Payments between banks: FI to FI Customer Credit Transfer, pacs.008.001.08.
//!
//! A payment is between banks if, for a customer, central bank money goes from
//! one operator to another: in the register from a wallet that one runs to a
//! wallet that another runs, elsewhere as reserves. The posting tells that it
//! was settled, and the message that brought the posting about tells for whom.
//! What is sent back is no transfer of its own; what banks pay for themselves,
//! between countries, is none of a customer's.

use std::collections::BTreeMap;

use ledger::AccountId;
use world::cbdc::address::account_number;
use world::fact::{
    Cause, Fact, Kind, Message as Sent, OrderId, PartyId, Purpose, Serial, Stamped, Subject, Title,
    WalletId,
};
use world::state::{CENTRAL_BANK, World};
use world::visible::{Field, is_institution, knows, visible};

use super::{Message, account, amount, document, element, moment, prefix};
use crate::picture::{At, sees};

/// What of an order speaks of one payment: of a list that is paid, each.
type Whose = (OrderId, Option<WalletId>, Option<u32>);

fn whose(sent: &Sent) -> Whose {
    (sent.order, sent.wallet, sent.other)
}

pub(super) fn transfers(at: &At<'_>) -> Vec<Message> {
    let log = at.run.simulation().log();
    let mut asked: BTreeMap<Serial, Sent> = BTreeMap::new();
    let mut between: BTreeMap<Whose, Vec<Stamped>> = BTreeMap::new();
    let mut settled = Vec::new();
    for (index, stamped) in log.facts(0, at.position) {
        match stamped.fact {
            Fact::Sent(sent)
                if is_institution(at.now, sent.from) && is_institution(at.now, sent.to) =>
            {
                between.entry(whose(&sent)).or_default().push(stamped);
                if sent.to == CENTRAL_BANK {
                    asked.insert(sent.serial, sent);
                }
            }
            Fact::Posted(posted) if posted.book == CENTRAL_BANK => {
                let Cause::Message(serial) = stamped.cause else {
                    continue;
                };
                let sent = asked.get(&serial).filter(|it| is_transfer(it));
                let ways = sent.and_then(|it| {
                    agents(at.now, it, posted.debit, posted.credit).map(|ways| (*it, ways))
                });
                if let Some((sent, (from, to, system))) = ways {
                    settled.push(Transfer {
                        position: index + 1,
                        at: stamped.at,
                        amount: posted.amount,
                        currency: at.now.currency_of_account(posted.debit),
                        sent,
                        from,
                        to,
                        system,
                    });
                }
            }
            _ => {}
        }
    }
    let prefix = prefix(at.run);
    let written = |it: &Transfer| {
        let heard = between.get(&whose(&it.sent)).map_or(&[][..], Vec::as_slice);
        it.written(at, heard, &prefix)
    };
    settled.iter().filter_map(written).collect()
}

/// Whether the message moves a customer's money on, and not back.
fn is_transfer(sent: &Sent) -> bool {
    sent.subject != Subject::SendBack && !matches!(sent.purpose, Purpose::Issue | Purpose::Return)
}

/// The two operators that a posting moves money between, and in what system.
fn agents(
    world: &World,
    sent: &Sent,
    debit: AccountId,
    credit: AccountId,
) -> Option<(PartyId, PartyId, &'static str)> {
    let of = |id| {
        let account = world.ledger().account(id)?;
        let title = u8::try_from(account.title.0)
            .ok()
            .and_then(Title::from_tag)?;
        Some((title, account.subject))
    };
    let operator = |wallet| world.wallet(WalletId(wallet)).map(|it| it.operator);
    let ((debit, one), (credit, other)) = (of(debit)?, of(credit)?);
    let (from, to, system) = match (debit, credit) {
        (Title::Reserves, Title::Reserves) => (PartyId(one), PartyId(other), "RESERVES"),
        (Title::Circulation, Title::Circulation) => (operator(one)?, operator(other)?, "REGISTER"),
        // Money for a purpose is paid by whoever holds it.
        (Title::Contracts, Title::Circulation) if sent.purpose == Purpose::ContractPay => {
            (operator(sent.wallet?.0)?, operator(other)?, "REGISTER")
        }
        _ => return None,
    };
    let is_operator = |it| world.party(it).is_some_and(|it| it.kind == Kind::Operator);
    (from != to && is_operator(from) && is_operator(to)).then_some((from, to, system))
}

/// A settled transfer.
struct Transfer {
    position: u32,
    at: i64,
    amount: i64,
    currency: money::Currency,
    /// What asked for it.
    sent: Sent,
    from: PartyId,
    to: PartyId,
    system: &'static str,
}

/// Who pays or is paid.
enum Side {
    /// A wallet's holder.
    Wallet(WalletId, Field, Field),
    /// The same holder with an account, not a wallet.
    Holder(WalletId),
    /// The bank: out of a contract it keeps, or for devices, of which it does
    /// not know.
    Bank(PartyId),
}

impl Transfer {
    /// The payer and the payee.
    fn sides(&self, world: &World) -> (Side, Side) {
        let payee = self.sent.other.map(WalletId);
        let payee = payee.filter(|_| self.sent.purpose.is_between_wallets());
        let paid_by = |it| Side::Wallet(it, Field::Wallet, Field::Holder);
        let paid_to = |it| Side::Wallet(it, Field::PayeeWallet, Field::Payee);
        match (self.sent.wallet, payee) {
            (payer, Some(payee)) => (payer.map_or(Side::Bank(self.from), paid_by), paid_to(payee)),
            (Some(wallet), None) => {
                let pays = world.wallet(wallet).map(|it| it.operator) == Some(self.from);
                // The rest are between a wallet and the same holder's account.
                let is_contract = self.sent.purpose.is_contract();
                match (pays, is_contract) {
                    (true, true) => (paid_by(wallet), Side::Bank(self.to)),
                    (false, true) => (Side::Bank(self.from), paid_by(wallet)),
                    (true, false) => (paid_by(wallet), Side::Holder(wallet)),
                    (false, false) => (Side::Holder(wallet), paid_by(wallet)),
                }
            }
            (None, None) => (Side::Bank(self.from), Side::Bank(self.to)),
        }
    }

    /// The message, as far as the viewer sees what went between the banks for
    /// it; none if it sees nothing of it.
    fn written(&self, at: &At<'_>, heard: &[Stamped], prefix: &str) -> Option<Message> {
        let seen = |field| {
            heard.iter().any(|stamped| {
                sees(stamped, at.viewer, at.now) && visible(&stamped.fact, field, at.viewer, at.now)
            })
        };
        if !seen(Field::Amount) {
            return None;
        }
        let text = |id| at.run.simulation().texts().text(id);
        let name = |party| at.now.party(party).map_or("", |it| text(it.name));
        let party = |tag: &str, side: &Side| {
            let owner = |wallet| at.now.wallet(wallet).map(|it| it.owner);
            let (named, number) = match *side {
                Side::Wallet(wallet, number, holder) => {
                    let named =
                        owner(wallet).filter(|it| seen(holder) || knows(at.viewer, *it, at.now));
                    let number = seen(number).then(|| account_number(wallet));
                    (named, number)
                }
                Side::Holder(wallet) => {
                    let named = owner(wallet)
                        .filter(|it| seen(Field::Holder) || knows(at.viewer, *it, at.now));
                    (named, None)
                }
                Side::Bank(bank) => (Some(bank), None),
            };
            let named = named.map_or(String::new(), |it| element("Nm", name(it), 140));
            let number = number.map_or(String::new(), |it| {
                format!("<{tag}Acct>{}</{tag}Acct>", account(&it))
            });
            (format!("<{tag}>{named}</{tag}>"), number)
        };
        let agent = |tag: &str, bank| {
            let named = element("Nm", name(bank), 140);
            format!("<{tag}><FinInstnId>{named}</FinInstnId></{tag}>\n")
        };
        let (payer, payee) = self.sides(at.now);
        let ((debtor, debtors), (creditor, creditors)) =
            (party("Dbtr", &payer), party("Cdtr", &payee));
        let memo = Some(text(self.sent.memo)).filter(|_| seen(Field::Memo));
        let memo = element("Ustrd", memo.unwrap_or_default(), 140);
        let memo = if memo.is_empty() {
            memo
        } else {
            format!("<RmtInf>{memo}</RmtInf>\n")
        };
        let settled = moment(at.run, self.at);
        let day = settled.get(..10).unwrap_or_default();
        let content = format!(
            "<GrpHdr><MsgId>{prefix}-P{position}</MsgId><CreDtTm>{asked}</CreDtTm><NbOfTxs>1</NbOfTxs>\
             <SttlmInf><SttlmMtd>CLRG</SttlmMtd><ClrSys><Prtry>{system}</Prtry></ClrSys></SttlmInf>\
             </GrpHdr>\n\
             <CdtTrfTxInf>\n\
             <PmtId><EndToEndId>{prefix}-O{order}</EndToEndId><TxId>{prefix}-P{position}</TxId></PmtId>\n\
             <IntrBkSttlmAmt{amount}</IntrBkSttlmAmt><IntrBkSttlmDt>{day}</IntrBkSttlmDt>\n\
             <SttlmTmIndctn><CdtDtTm>{settled}</CdtDtTm></SttlmTmIndctn><ChrgBr>SLEV</ChrgBr>\n\
             {debtor}{debtors}\n{from}{to}{creditor}{creditors}\n{memo}\
             </CdtTrfTxInf>\n",
            position = self.position,
            asked = moment(at.run, self.sent.sent),
            system = self.system,
            order = self.sent.order.0,
            amount = amount(self.amount, self.currency),
            from = agent("DbtrAgt", self.from),
            to = agent("CdtrAgt", self.to),
        );
        Some(Message {
            name: format!("pacs.008-{}.xml", self.position),
            text: document("pacs.008.001.08", "FIToFICstmrCdtTrf", &content),
        })
    }
}
