//! Wallets' statements: Bank to Customer Statement, camt.053.001.08.

use std::fmt::Write;

use super::{Message, account, amount, document, element, escaped, moment, prefix};
use crate::picture::{self, At};
use crate::views::Arg;

pub(super) fn statements(at: &At<'_>) -> Vec<Message> {
    let run = at.run;
    let log = run.simulation().log();
    let now = at.now.now();
    let first = log.fact(0).map_or(now, |stamped| stamped.at);
    let (began, ended, prefix) = (moment(run, first), moment(run, now), prefix(run));
    let mut out = Vec::new();
    for (id, statement) in picture::statements(at) {
        let Some(wallet) = at.now.wallet(id) else {
            continue;
        };
        let currency = at.now.currency_of_account(wallet.account);
        let sum = |minor: i64| {
            let way = if minor < 0 { "DBIT" } else { "CRDT" };
            let amount = amount(minor, currency);
            format!("<Amt{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>")
        };
        // Writing to a string cannot fail.
        let mut text = String::new();
        let _ = write!(
            text,
            "<GrpHdr><MsgId>{prefix}-W{0}</MsgId><CreDtTm>{ended}</CreDtTm></GrpHdr>\n\
             <Stmt><Id>{prefix}-W{0}</Id><CreDtTm>{ended}</CreDtTm>\
             <FrToDt><FrDtTm>{began}</FrDtTm><ToDtTm>{ended}</ToDtTm></FrToDt>\n\
             <Acct>{1}<Ccy>{2}</Ccy></Acct>\n",
            id.0,
            account(&statement.account),
            currency.code(),
        );
        let balances = [
            ("OPBD", statement.opening, &began),
            ("CLBD", statement.closing, &ended),
        ];
        for (code, balance, when) in balances {
            let sum = sum(balance);
            let _ = writeln!(
                text,
                "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{sum}<Dt><DtTm>{when}</DtTm></Dt></Bal>",
            );
        }
        for line in &statement.lines {
            let fact = line.position.checked_sub(1).and_then(|it| log.fact(it));
            let when = moment(run, fact.map_or(now, |stamped| stamped.at));
            let who = match &line.who {
                Some(Arg::Name(name)) => name.as_str(),
                _ => "",
            };
            let _ = writeln!(
                text,
                "<Ntry><NtryRef>E{}</NtryRef>{}<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>{when}</DtTm></BookgDt>\
                 <BkTxCd><Prtry><Cd>{}</Cd></Prtry></BkTxCd>{}</Ntry>",
                line.position,
                sum(line.change),
                escaped(&line.key, 35),
                element("AddtlNtryInf", &format!("{who} {}", line.memo), 500),
            );
        }
        text.push_str("</Stmt>\n");
        out.push(Message {
            name: format!("camt.053-{}.xml", id.0),
            text: document("camt.053.001.08", "BkToCstmrStmt", &text),
        });
    }
    out
}
