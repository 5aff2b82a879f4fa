//! A run as files for other programs: a sequence diagram, a journal, the log.
//! Pure functions from a run to text.

mod changes;
mod contracts;
pub mod iso20022;
mod zip;

use std::borrow::Cow;
use std::fmt::Write;

use changes::{ChangeOf, change};
use ledger::AccountId;
use money::{Currency, write_minor};
use serde::Serialize;
use world::fact::{
    Cause, Fact, Finality, Message, NONE, OrderId, PartyId, Purpose, Stamped, Title, WalletId,
};
use world::visible::Viewer;
pub use zip::pack;

use crate::picture::{self, At, civil};
use crate::run::{ENGINE, Played, Run, What};
use crate::script::{self, Act, Statement};
use crate::views::{self, Arg, Fate, Flow, Form, Moved};

/// The names and sums of a run.
#[derive(Clone, Copy)]
struct Names<'a>(&'a Run);

impl Names<'_> {
    fn party(self, id: PartyId) -> String {
        let party = self.0.simulation().world().party(id);
        party
            .map_or("", |party| self.0.simulation().texts().text(party.name))
            .to_owned()
    }

    fn wallet(self, id: WalletId) -> String {
        let wallet = self.0.simulation().world().wallet(id);
        wallet
            .map_or("", |wallet| self.0.simulation().texts().text(wallet.name))
            .to_owned()
    }

    fn sum(self, minor: i64) -> String {
        write_minor(minor, self.0.simulation().rules().currency.decimals())
    }

    /// A sum of a currency, or of the run's.
    fn sum_in(self, minor: i64, currency: Option<Currency>) -> String {
        let own = self.0.simulation().rules().currency;
        write_minor(minor, currency.unwrap_or(own).decimals())
    }

    /// A currency's letters, if it is another than the run's.
    fn other(self, currency: Currency) -> Option<String> {
        let own = self.0.simulation().rules().currency;
        (currency != own).then(|| currency.to_string())
    }

    /// An account's title, and whose it is where a book has one for each.
    fn account(self, id: AccountId) -> (&'static str, String) {
        let account = self.0.simulation().world().ledger().account(id);
        let Some(account) = account else {
            return ("", String::new());
        };
        let title = u8::try_from(account.title.0).ok().and_then(Title::from_tag);
        (
            title.map_or("", Title::key),
            self.subject(title, account.subject),
        )
    }

    /// What a contract is called: by its own name, or by what was written.
    fn contract(self, order: OrderId) -> String {
        let world = self.0.simulation().world();
        let open = world.contract(order).map(|it| (it.name, it.number));
        let purse = || world.purse_of(order).map(|it| (it.name, it.number));
        let Some((name, number)) = open.or_else(purse) else {
            return String::new();
        };
        let text = |id| self.0.simulation().texts().text(id).to_owned();
        match text(name) {
            name if name.is_empty() => world
                .written(number)
                .map_or_else(String::new, |it| text(it.name)),
            name => name,
        }
    }

    fn subject(self, title: Option<Title>, subject: u32) -> String {
        match (title, subject) {
            (_, NONE) => String::new(),
            (Some(Title::Circulation | Title::Wallets), wallet) => self.wallet(WalletId(wallet)),
            (Some(Title::Contracts), order) => self.contract(OrderId(order)),
            (_, party) => self.party(PartyId(party)),
        }
    }
}

/// What was played, as script and without its time.
#[must_use]
pub fn statement(run: &Run, played: &Played) -> Option<String> {
    let line = run
        .script()
        .lines
        .get(played.line.checked_sub(1)? as usize)?;
    match line.statement.as_ref()? {
        Statement::Act(act) => Some(script::act(&Act {
            when: None,
            ..act.clone()
        })),
        statement => Some(script::statement(statement)),
    }
}

/// The run as a [Mermaid](https://mermaid.js.org) sequence diagram: messages on
/// dashed lines, money on solid ones, a note for every event.
#[must_use]
pub fn mermaid(run: &Run) -> String {
    let world = run.simulation().world();
    let names = Names(run);
    let owned = picture::owned(world);
    let beats: Vec<(&Played, Vec<Flow>)> = picture::beats(run)
        .zip(0u32..)
        .map(|(played, number)| {
            let (position, beat) = (run.position(), Some((number, played)));
            let at = At {
                run,
                position,
                beat,
                before: world,
                now: world,
                viewer: Viewer::Everyone,
                owned: &owned,
            };
            (played, picture::flows(&at))
        })
        .collect();
    let mut parties: Vec<u32> = vec![0];
    parties.extend(
        beats
            .iter()
            .flat_map(|(_, flows)| flows)
            .flat_map(|flow| [flow.from, flow.to]),
    );
    parties.sort_unstable();
    parties.dedup();
    let mut out = String::new();
    // Writing to a string cannot fail.
    if !run.title().is_empty() {
        let title = serde_json::to_string(run.title()).unwrap_or_default();
        let _ = write!(out, "---\ntitle: {title}\n---\n");
    }
    out.push_str("sequenceDiagram\n");
    for no in &parties {
        let _ = writeln!(
            out,
            "    participant p{no} as {}",
            for_mermaid(&names.party(PartyId(*no)))
        );
    }
    let last = parties.last().copied().unwrap_or_default();
    for (played, flows) in beats {
        let time = civil(run, played.at).replace('T', " ");
        let said = statement(run, played).filter(|_| played.what == What::Acted);
        let said = said.map_or_else(|| time.clone(), |said| format!("{time} {said}"));
        let over = if last == 0 {
            "p0".to_owned()
        } else {
            format!("p0,p{last}")
        };
        let _ = writeln!(out, "    Note over {over}: {}", for_mermaid(&said));
        for flow in flows {
            let Flow { from, to, .. } = flow;
            let _ = writeln!(
                out,
                "    p{from}{}p{to}: {}",
                arrow(&flow),
                for_mermaid(&label(&flow, names))
            );
        }
    }
    out
}

fn arrow(flow: &Flow) -> &'static str {
    match (&flow.what, &flow.fate) {
        (Moved::Information { .. }, Fate::Lost | Fate::Refused(_)) => "--x",
        (Moved::Information { .. }, Fate::OnTheWay) => "--)",
        (Moved::Information { .. }, Fate::Arrived | Fate::Doubled) => "-->>",
        (_, Fate::Lost | Fate::Refused(_)) => "-x",
        (_, Fate::OnTheWay) => "-)",
        (_, Fate::Arrived | Fate::Doubled) => "->>",
    }
}

fn label(flow: &Flow, names: Names<'_>) -> String {
    let form = |form| match form {
        Form::Reserves => "reserves",
        Form::Digital => "digital",
        Form::Banknote => "banknotes",
        Form::Account => "account balance",
        Form::Purse => "offline purse",
    };
    let sum = |minor: i64| match flow.currency {
        Some(other) => format!("{} {other}", names.sum_in(minor, Some(other))),
        None => names.sum(minor),
    };
    let what = match &flow.what {
        Moved::Information { key, amount } => {
            let word = key
                .strip_prefix("message-")
                .unwrap_or(key)
                .replace('-', " ");
            amount.map_or_else(|| word.clone(), |amount| format!("{word} {}", sum(amount)))
        }
        Moved::Money {
            amount, form: of, ..
        } => format!("{} {}", sum(*amount), form(*of)),
        Moved::Swapped { amount, was, is } => {
            format!("{} {} becomes {}", sum(*amount), form(was.0), form(is.0))
        }
    };
    match &flow.fate {
        Fate::Arrived => what,
        Fate::OnTheWay => format!("{what} (on the way)"),
        Fate::Lost => format!("{what} (lost)"),
        Fate::Doubled => format!("{what} (arrives twice)"),
        Fate::Refused(code) => format!("{what} (refused {code})"),
    }
}

/// A text that Mermaid takes as text: what could mean something to it becomes
/// a character reference.
fn for_mermaid(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || " .,:_-+/=()'!?@…".contains(c) {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    // The one word that ends a block wherever it stands alone.
    if out.eq_ignore_ascii_case("end") {
        format!("#{};{}", u32::from('e'), &out[1..])
    } else {
        out
    }
}

/// The columns of [`csv`].
const COLUMNS: &str =
    "position,time,line,verb,book,debit,debit of,credit,credit of,amount,currency,finality";

/// Every posting as comma-separated values (RFC 4180), one a row.
#[must_use]
pub fn csv(run: &Run) -> String {
    let names = Names(run);
    let mut out = format!("{COLUMNS}\r\n");
    for (index, stamped) in run.simulation().log().facts(0, run.position()) {
        let Fact::Posted(journal) = stamped.fact else {
            continue;
        };
        let (debit, debit_of) = names.account(journal.debit);
        let (credit, credit_of) = names.account(journal.credit);
        let book = names.party(journal.book);
        let world = run.simulation().world();
        let currency = world.currency_of_account(journal.debit);
        let finality = if journal.finality == Finality::Final {
            "final"
        } else {
            "provisional"
        };
        let _ = write!(
            out,
            "{},{},{},{},{},{debit},{},{credit},{},{},{currency},{finality}\r\n",
            index + 1,
            civil(run, stamped.at),
            run.line_of(journal.order),
            journal.purpose.key(),
            for_csv(&book),
            for_csv(&debit_of),
            for_csv(&credit_of),
            names.sum_in(journal.amount, Some(currency)),
        );
    }
    out
}

/// A statement as comma-separated values, with its opening and closing balance.
#[must_use]
pub fn statement_csv(statement: &views::Statement, decimals: u8) -> String {
    let sum = |minor| write_minor(minor, decimals);
    let mut out = "time,what,who,memo,change,balance\r\n".to_owned();
    let _ = write!(out, ",opening,,,,{}\r\n", sum(statement.opening));
    for line in &statement.lines {
        let who = match &line.who {
            Some(Arg::Name(name)) => name.as_str(),
            _ => "",
        };
        let _ = write!(
            out,
            "{},{},{},{},{},{}\r\n",
            line.at,
            line.key.strip_prefix("entry-").unwrap_or(&line.key),
            for_csv(who),
            for_csv(&line.memo),
            sum(line.change),
            sum(line.balance),
        );
    }
    let _ = write!(
        out,
        "{},closing,,,,{}\r\n",
        statement.at,
        sum(statement.closing)
    );
    out
}

/// A name as a cell: quoted where it must be, and never the beginning of a
/// formula, which some spreadsheets would carry out.
fn for_csv(text: &str) -> Cow<'_, str> {
    let guarded: Cow<'_, str> = match text.chars().next() {
        Some('=' | '+' | '-' | '@') => Cow::Owned(format!("'{text}")),
        _ => Cow::Borrowed(text),
    };
    if guarded.contains(['"', ',', '\r', '\n']) {
        return Cow::Owned(format!("\"{}\"", guarded.replace('"', "\"\"")));
    }
    guarded
}

/// The log as JSON: every fact, with names and decimal sums in place of
/// numbers of parties and minor units.
#[must_use]
pub fn json(run: &Run) -> String {
    let log = run.simulation().log();
    let file = LogFile {
        title: run.title(),
        engine: ENGINE,
        digest: run.digest(),
        preset: run.preset().id(),
        currency: run.simulation().rules().currency.code(),
        seed: run.seed().to_string(),
        signing: run.signing(),
        events: log
            .facts(0, run.position())
            .map(|(index, fact)| event(run, index, &fact))
            .collect(),
    };
    // Strings, numbers and maps with text keys: nothing that JSON has no form for.
    serde_json::to_string(&file).unwrap_or_default()
}

/// One fact of the log as JSON, as it stands among the `events` of [`json`].
#[must_use]
pub fn event_json(run: &Run, index: u32) -> Option<String> {
    let fact = run.simulation().log().fact(index)?;
    serde_json::to_string(&event(run, index, &fact)).ok()
}

#[derive(Serialize)]
struct LogFile<'a> {
    title: &'a str,
    engine: &'a str,
    digest: String,
    preset: String,
    currency: &'a str,
    /// As text: numbers of JavaScript have gaps above 2^53.
    seed: String,
    signing: bool,
    events: Vec<Event>,
}

#[derive(Serialize)]
struct Event {
    position: u32,
    at: String,
    cause: CauseOf,
    #[serde(flatten)]
    what: EventOf,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum CauseOf {
    Line(u32),
    Message(u32),
    Timer(u32),
}

#[derive(Serialize)]
struct AccountOf {
    title: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    of: String,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum EventOf {
    Posted {
        line: u32,
        verb: &'static str,
        book: String,
        debit: AccountOf,
        credit: AccountOf,
        amount: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
        finality: &'static str,
    },
    Sent {
        line: u32,
        verb: &'static str,
        number: u32,
        from: String,
        to: String,
        subject: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        wallet: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        payee: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        bank: Option<String>,
        amount: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
        due: String,
        fate: &'static str,
        #[serde(skip_serializing_if = "String::is_empty")]
        memo: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        signature: String,
    },
    Changed {
        #[serde(flatten)]
        change: ChangeOf,
    },
    Scheduled {
        party: String,
        number: u32,
        due: String,
    },
    Refused {
        line: u32,
        verb: &'static str,
        code: &'static str,
        by: String,
        party: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        wallet: Option<String>,
        asked: String,
        allowed: String,
        used: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        currency: Option<String>,
    },
}

fn event(run: &Run, index: u32, stamped: &Stamped) -> Event {
    let names = Names(run);
    let world = run.simulation().world();
    let line = |order: OrderId| run.line_of(order);
    let account = |id| {
        let (title, of) = names.account(id);
        AccountOf { title, of }
    };
    let what = match stamped.fact {
        Fact::Posted(it) => EventOf::Posted {
            line: line(it.order),
            verb: it.purpose.key(),
            book: names.party(it.book),
            debit: account(it.debit),
            credit: account(it.credit),
            amount: names.sum_in(it.amount, Some(world.currency_of_account(it.debit))),
            currency: names.other(world.currency_of_account(it.debit)),
            finality: it.finality.key(),
        },
        Fact::Sent(it) => sent(run, &it),
        Fact::Changed(it) => EventOf::Changed {
            change: change(run, it),
        },
        Fact::Scheduled(it) => EventOf::Scheduled {
            party: names.party(it.party),
            number: it.number,
            due: civil(run, it.due),
        },
        Fact::Refused(it) => EventOf::Refused {
            line: line(it.order),
            verb: it.purpose.key(),
            code: it.code.key(),
            by: names.party(it.by),
            party: names.party(it.party),
            wallet: it.wallet.map(|wallet| names.wallet(wallet)),
            asked: names.sum_in(it.asked, Some(world.currency_of_refusal(&it))),
            allowed: names.sum_in(it.allowed, Some(world.currency_of_refusal(&it))),
            used: names.sum_in(it.used, Some(world.currency_of_refusal(&it))),
            currency: names.other(world.currency_of_refusal(&it)),
        },
    };
    let cause = match stamped.cause {
        Cause::Line(order) => CauseOf::Line(line(order)),
        Cause::Message(serial) => CauseOf::Message(serial.0),
        Cause::Timer(number) => CauseOf::Timer(number),
    };
    Event {
        position: index + 1,
        at: civil(run, stamped.at),
        cause,
        what,
    }
}

fn sent(run: &Run, message: &Message) -> EventOf {
    let names = Names(run);
    let texts = run.simulation().texts();
    let is_between = message.purpose.is_contract() && message.purpose.is_between_wallets();
    let pays = message.purpose == Purpose::Pay || is_between;
    let currency = run.simulation().world().currency_of_message(message);
    EventOf::Sent {
        line: run.line_of(message.order),
        verb: message.purpose.key(),
        number: message.serial.0,
        from: names.party(message.from),
        to: names.party(message.to),
        subject: message.subject.key(),
        wallet: message.wallet.map(|wallet| names.wallet(wallet)),
        payee: message
            .other
            .filter(|_| pays)
            .map(|wallet| names.wallet(WalletId(wallet))),
        bank: message
            .other
            .filter(|_| !pays && !message.purpose.is_contract())
            .map(|bank| names.party(PartyId(bank))),
        amount: names.sum_in(message.amount, Some(currency)),
        currency: names.other(currency),
        due: civil(run, message.due),
        fate: message.fate.key(),
        memo: texts.text(message.memo).to_owned(),
        signature: hex(texts.bytes(message.signature)),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIRTH: &str = include_str!("../../../static/scenarios/birth-of-a-yuan.exq");

    fn run(text: &str) -> Run {
        let mut run = Run::load(text).expect("the scenario can be read");
        run.to_end().expect("the scenario can be played");
        run
    }

    #[test]
    fn a_name_can_be_nothing_but_a_name_to_mermaid() {
        for (name, written) in [
            ("Noodle Bar", "Noodle Bar"),
            ("面馆", "面馆"),
            ("a;b", "a#59;b"),
            ("end", "#101;nd"),
            ("<b>%%", "#60;b#62;#37;#37;"),
        ] {
            assert_eq!(for_mermaid(name), written);
        }
    }

    #[test]
    fn a_name_can_be_nothing_but_a_name_to_a_spreadsheet() {
        for (name, written) in [
            ("Alice", "Alice"),
            ("a, b", "\"a, b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("-2", "'-2"),
        ] {
            assert_eq!(for_csv(name), written);
        }
    }

    #[test]
    fn the_diagram_draws_money_solid_messages_dashed_and_a_refusal_as_a_cross() {
        let text = mermaid(&run(BIRTH));
        assert!(text.starts_with("---\ntitle: \"Birth of a yuan\"\n---\nsequenceDiagram\n"));
        let parties = [
            "central-bank",
            "Harbour",
            "Summit",
            "Alice",
            "Bob",
            "Noodles",
        ];
        for (number, name) in parties.iter().enumerate() {
            assert!(text.contains(&format!("    participant p{number} as {name}\n")));
        }
        assert!(text.contains("    p3->>p5: 12.50 digital\n"));
        assert!(text.contains("    p3-->>p1: ask 12.50\n"));
        assert!(text.contains("    p4-xp5: 2500.00 digital (refused limit.payment)\n"));
    }

    #[test]
    fn the_postings_of_each_book_sum_to_its_balances() {
        let run = run(BIRTH);
        let text = csv(&run);
        let mut rows = text.split_terminator("\r\n");
        assert_eq!(rows.next(), Some(COLUMNS));
        let mut vault = 0;
        for row in rows {
            let cells: Vec<&str> = row.split(',').collect();
            assert_eq!(cells.len(), 12, "{row}");
            let amount = money::parse_minor(cells[9], 2).expect("an amount");
            match (cells[4], cells[5], cells[7]) {
                ("Harbour", "vault", _) => vault += amount,
                ("Harbour", _, "vault") => vault -= amount,
                _ => {}
            }
        }
        assert_eq!(Some(vault), run.look("Harbour", &["vault".to_owned()]));
    }

    #[test]
    fn the_log_as_json_has_every_fact_and_no_number_for_a_sum() {
        let run = run(&BIRTH.replace(
            "09:06 Alice",
            "network: delay 30s from=Harbour\n09:06 Alice",
        ));
        let log: serde_json::Value = serde_json::from_str(&json(&run)).expect("JSON");
        let events = log["events"].as_array().expect("a list");
        assert_eq!(events.len(), run.position() as usize);
        assert_eq!(log["digest"], run.digest());
        for event in events {
            let kind = event["kind"].as_str().expect("a kind");
            assert!(["posted", "sent", "changed", "scheduled", "refused"].contains(&kind));
            for sum in [
                "amount",
                "asked",
                "allowed",
                "used",
                "available",
                "expected",
            ] {
                assert!(
                    event.get(sum).is_none_or(serde_json::Value::is_string),
                    "{event}"
                );
            }
        }
        let fault = events
            .iter()
            .find(|event| event["change"] == "fault-laid")
            .expect("a fault");
        assert_eq!(
            (fault["delay"].as_str(), fault["from"].as_str()),
            (Some("30s"), Some("Harbour"))
        );
    }
}
