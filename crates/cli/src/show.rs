//! `exchequer show`: one view of a played scenario as plain text.
//!
//! What the party that looks may not see is absent, not blank: every fact
//! passes [`visible`] first, and the central bank's register names wallets by
//! their numbers.

use std::collections::BTreeMap;

use exchequer::Run;
use exchequer::export::statement;
use exchequer::picture::{self, At, Owned, civil};
use exchequer::run::{Options, Played, What};
use exchequer::script::When;
use exchequer::session::Session;
use exchequer::views::{Fate, Flow, Form, Moved, Owed, Register, Row};
use money::{Currency, Instant};
use world::describe::{Actor, Scope};
use world::fact::{Fact, PartyId, Refusal, WalletId};
use world::refusal::Code;
use world::state::World;
use world::visible::{Centre, Field, Viewer, knows, visible};

use crate::args::{self, View};
use crate::contracts;
use crate::differences;
use crate::failure::{Failure, Verdict};
use crate::out::Out;
use crate::series;
use crate::source::{Source, count};
use crate::table::{Side, Table};
use crate::words::{Words, clock};

/// Prints a view.
pub(crate) fn show(asked: &args::Show, out: &mut Out) -> Result<Verdict, Failure> {
    let source = Source::read(&asked.file)?;
    if asked.with.is_some() && asked.view != View::Differences {
        return Err(Failure::NotWith {
            option: "--with",
            view: "any but differences",
        });
    }
    let mut session = Session::open_with(&source.text, Options::default());
    source.accept(session.diagnostics())?;
    let Some(run) = session.run() else {
        return Err(Failure::Script {
            name: source.name,
            count: "it names no preset".to_owned(),
        });
    };
    if asked.view == View::Series {
        // It is of the whole run, as only whoever watches from outside sees it.
        let given = [
            ("--at", asked.at.is_some()),
            ("--as", asked.viewer.is_some()),
        ];
        if let Some((option, _)) = given.into_iter().find(|(_, given)| *given) {
            return Err(Failure::NotWith {
                option,
                view: "series",
            });
        }
        if asked.json {
            series::json(run, out);
        } else {
            Scene::new(run, run.position(), Viewer::Everyone).head(out);
            out.line("");
            series::tables(run, out);
        }
        return Ok(Verdict::Held);
    }
    if asked.view == View::Differences {
        return differences::show(asked, &source, out);
    }
    if asked.json {
        let view = match asked.view {
            View::BalanceSheet => "balance-sheet",
            View::Journal => "journal",
            View::Sequence => "sequence",
            View::Flows => "flows",
            View::Addresses => "addresses",
            View::Registers => "registers",
            View::Contracts => "contracts",
            View::Analysis => "analysis",
            View::Refusals | View::Series | View::Differences => "refusals",
        };
        return Err(Failure::NotWith {
            option: "--json",
            view,
        });
    }
    let viewer = asked
        .viewer
        .as_deref()
        .map_or(Ok(Viewer::Everyone), |name| viewer(run, name))?;
    let position = asked
        .at
        .as_deref()
        .map_or(Ok(run.position()), |at| position(run, at))?;
    if asked.view == View::BalanceSheet {
        let moment = session.moment_as(position, viewer);
        let Some(run) = session.run() else {
            return Ok(Verdict::Held);
        };
        let scene = Scene::new(run, position, viewer);
        scene.head(out);
        if let Some(caption) = &moment.caption {
            out.line(scene.words.caption(caption));
        }
        out.line("");
        out.text(scene.balance_sheet(&moment.books));
        return Ok(Verdict::Held);
    }
    if asked.view == View::Addresses {
        let addresses = session.addresses(position, viewer);
        let Some(run) = session.run() else {
            return Ok(Verdict::Held);
        };
        let scene = Scene::new(run, position, viewer);
        scene.head(out);
        out.line("");
        let mut table = Table::new(2, &[Side::Left; 4]);
        for it in addresses {
            let alias = it.alias.unwrap_or_default();
            table.row([it.name, it.account, alias, it.code.unwrap_or_default()]);
        }
        out.text(table);
        return Ok(Verdict::Held);
    }
    if asked.view == View::Registers {
        let registers = session.registers(position, viewer);
        let Some(run) = session.run() else {
            return Ok(Verdict::Held);
        };
        let scene = Scene::new(run, position, viewer);
        scene.head(out);
        out.line("");
        out.text(scene.registers(&registers));
        return Ok(Verdict::Held);
    }
    let scene = Scene::new(run, position, viewer);
    scene.head(out);
    out.line("");
    if asked.view == View::Analysis {
        contracts::analysis(run.script(), &scene.words, out);
        return Ok(Verdict::Held);
    }
    if asked.view == View::Contracts {
        let world = run.simulation().log().world_at(position);
        contracts::contracts(run, &world, &scene.words, out);
        return Ok(Verdict::Held);
    }
    let table = match asked.view {
        View::BalanceSheet | View::Addresses | View::Registers | View::Journal => scene.journal(),
        View::Sequence => scene.sequence(),
        View::Flows => scene.flows(),
        View::Refusals | View::Series | View::Differences | View::Contracts | View::Analysis => {
            scene.refusals()
        }
    };
    if table.is_empty() {
        out.line("Nothing to see.");
    }
    out.text(table);
    Ok(Verdict::Held)
}

/// Who looks. Whoever names a wallet looks as its holder.
pub(crate) fn viewer(run: &Run, name: &str) -> Result<Viewer, Failure> {
    if let Some(centre) = Centre::ALL.into_iter().find(|it| it.key() == name) {
        return Ok(Viewer::Centre(centre));
    }
    if let Some((subject, since)) = name
        .strip_prefix("investigator:")
        .map(|rest| rest.split_once('@').unwrap_or((rest, "+0s")))
    {
        let Viewer::Party(subject) = viewer(run, subject)? else {
            return Err(Failure::Nobody {
                name: subject.to_owned(),
                known: String::new(),
            });
        };
        let since = moment(run, since)?;
        return Ok(Viewer::Investigator { subject, since });
    }
    let simulation = run.simulation();
    let party = match simulation.actor(name) {
        Some(Actor::Party(party)) => Some(party),
        Some(Actor::Wallet(wallet)) => simulation.world().wallet(wallet).map(|wallet| wallet.owner),
        _ => None,
    };
    party.map(Viewer::Party).ok_or_else(|| {
        let known: Vec<&str> = simulation
            .names()
            .keys()
            .map(String::as_str)
            .take(20)
            .collect();
        let more = if simulation.names().len() > known.len() {
            " …"
        } else {
            ""
        };
        Failure::Nobody {
            name: name.to_owned(),
            known: known.join(", ") + more,
        }
    })
}

/// How many events have happened: given as such, or at a time.
fn position(run: &Run, written: &str) -> Result<u32, Failure> {
    let length = run.position();
    if let Ok(asked) = written.parse::<u32>() {
        return if asked <= length {
            Ok(asked)
        } else {
            Err(Failure::Beyond { asked, length })
        };
    }
    let until = moment(run, written)?;
    // Facts are in the order of their times.
    let log = run.simulation().log();
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low + (high - low) / 2;
        if log.fact(middle).is_some_and(|fact| fact.at <= until) {
            low = middle + 1
        } else {
            high = middle
        }
    }
    Ok(low)
}

/// A moment of the run, milliseconds. A time of day is meant on the scenario's
/// first day, `+2m` from its beginning.
fn moment(run: &Run, written: &str) -> Result<i64, Failure> {
    let when = match written.strip_prefix('+') {
        Some(span) => span.parse().ok().map(When::After),
        None => written
            .parse()
            .map(When::TimeOfDay)
            .or_else(|_| written.parse().map(When::At))
            .ok(),
    };
    let when = when.ok_or_else(|| Failure::NotAMoment {
        written: written.to_owned(),
    })?;
    let no_such = |why| Failure::NoSuchTime {
        written: written.to_owned(),
        why,
    };
    let until = when
        .resolve(Instant(run.start()), run.zone())
        .map_err(no_such)?
        .0;
    if until < run.start() {
        let start = civil(run, run.start()).replace('T', " ");
        return Err(Failure::TooEarly {
            written: written.to_owned(),
            start,
        });
    }
    Ok(until)
}

/// A run at a position, as somebody sees it.
struct Scene<'a> {
    run: &'a Run,
    words: Words,
    now: World,
    position: u32,
    viewer: Viewer,
    owned: Owned,
}

impl<'a> Scene<'a> {
    fn new(run: &'a Run, position: u32, viewer: Viewer) -> Scene<'a> {
        let now = run.simulation().log().world_at(position);
        let words = Words::new(run.simulation().rules().currency.decimals());
        Scene {
            run,
            words,
            owned: picture::owned(&now),
            now,
            position,
            viewer,
        }
    }

    fn head(&self, out: &mut Out) {
        let at = match self.position {
            position if position == self.run.position() => self.run.simulation().world().now(),
            _ => self.now.now(),
        };
        if !self.run.title().is_empty() {
            out.line(self.run.title());
        }
        let as_whom = match self.viewer {
            Viewer::Everyone => String::new(),
            Viewer::Party(party) => format!(", as {} sees it", self.name(party)),
            Viewer::Centre(centre) => {
                let name = self.words.say(&format!("centre-{}", centre.key()));
                format!(", as the {name} sees it")
            }
            Viewer::Investigator { subject, since } => format!(
                ", as an investigator of {} sees it since {}",
                self.name(subject),
                civil(self.run, since).replace('T', " ")
            ),
        };
        out.line(format_args!(
            "{}, after {} of {}{as_whom}",
            civil(self.run, at).replace('T', " "),
            self.position,
            count(self.run.position() as usize, "event"),
        ));
    }

    fn name(&self, party: PartyId) -> String {
        let name = self
            .now
            .party(party)
            .map(|party| self.run.simulation().texts().text(party.name));
        self.words.name(name.unwrap_or_default())
    }

    /// What was played up to the position, each as if it were the event shown.
    fn played(&self) -> impl Iterator<Item = (&'a Played, At<'_>)> {
        let Scene {
            run,
            position,
            viewer,
            ..
        } = *self;
        let played = run
            .played()
            .iter()
            .take_while(move |played| played.from < position);
        played.map(move |played| {
            let at = At {
                run,
                position,
                beat: Some((0, played)),
                before: &self.now,
                now: &self.now,
                viewer,
                owned: &self.owned,
            };
            (played, at)
        })
    }

    /// What stands above the rows of an event: its time, and to whoever sees
    /// everything what was done.
    fn heading(&self, played: &Played, at: &At<'_>) -> String {
        let time = civil(self.run, played.at);
        let caption = (played.what != What::Declared)
            .then(|| picture::caption(at))
            .flatten()
            .map(|caption| self.words.caption(&caption));
        // The script is its reader's: no party sees its lines.
        let line = || statement(self.run, played).filter(|_| self.viewer == Viewer::Everyone);
        let said = caption.or_else(line).unwrap_or_default();
        format!("{}  {said}", clock(&time))
    }

    fn balance_sheet(&self, books: &[exchequer::views::Book]) -> Table {
        let mut table = Table::new(
            2,
            &[Side::Left, Side::Right, Side::Left, Side::Left, Side::Right],
        );
        let name = |row: &Row| self.words.account(&row.key, row.subject.as_deref());
        let sum = |row: &Row| self.words.sum_in(row.balance, row.currency);
        let (owns, owes, total) = (
            self.words.say("owns"),
            self.words.say("owes"),
            self.words.say("total"),
        );
        for book in books
            .iter()
            .filter(|book| !(book.owns.is_empty() && book.owes.is_empty()))
        {
            if !table.is_empty() {
                table.across("");
            }
            table.across(self.name(PartyId(book.party)));
            table.row([owns.as_str(), "", "|", &owes, ""]);
            for line in 0..book.owns.len().max(book.owes.len()) {
                let (own, owe) = (book.owns.get(line), book.owes.get(line));
                table.row([
                    own.map(name).unwrap_or_default(),
                    own.map(sum).unwrap_or_default(),
                    "|".to_owned(),
                    owe.map(name).unwrap_or_default(),
                    owe.map(sum).unwrap_or_default(),
                ]);
            }
            let own = (book.currency, book.total_owns, book.total_owes);
            let others = book.others.iter();
            let others = others.map(|it| (Some(it.currency), it.owns, it.owes));
            for (currency, owns, owes) in std::iter::once(own).chain(others) {
                let owned = self.words.sum_in(owns, currency);
                let owed = self.words.sum_in(owes, currency);
                table.row([total.as_str(), &owned, "|", &total, &owed]);
            }
        }
        table
    }

    fn registers(&self, registers: &[Register]) -> Table {
        let mut table = Table::new(2, &[Side::Left, Side::Left, Side::Left, Side::Right]);
        for register in registers {
            if !table.is_empty() {
                table.across("");
            }
            let what = self.words.say(&format!("{}-what", register.key));
            table.across(format!("{}: {what}", self.words.say(&register.key)));
            for row in &register.rows {
                let who: Vec<_> = row.who.iter().map(|it| self.words.who(it)).collect();
                table.row([
                    row.wallet.clone().unwrap_or_default(),
                    who.join(" → "),
                    self.words.say(&row.detail),
                    row.amount
                        .map(|sum| self.words.sum(sum))
                        .unwrap_or_default(),
                ]);
            }
        }
        table
    }

    fn journal(&self) -> Table {
        use Side::{Left, Right};
        let mut table = Table::new(2, &[Right, Left, Left, Left, Right, Left]);
        for (played, at) in self.played() {
            let postings = picture::journal(&at);
            if postings.is_empty() {
                continue;
            }
            if table.is_empty() {
                let heads = ["book", "debit", "credit", "amount"];
                let heads = heads.map(|head| self.words.say(&format!("journal-{head}")));
                table.row(
                    [String::new()]
                        .into_iter()
                        .chain(heads)
                        .chain([String::new()]),
                );
            }
            table.across(self.heading(played, &at));
            for it in postings {
                table.row([
                    it.position.to_string(),
                    self.name(PartyId(it.party)),
                    self.words.account(&it.debit, it.debit_subject.as_deref()),
                    self.words.account(&it.credit, it.credit_subject.as_deref()),
                    self.words.sum_in(it.amount, it.currency),
                    self.words
                        .say(if it.is_final { "final" } else { "provisional" }),
                ]);
            }
        }
        table
    }

    fn sequence(&self) -> Table {
        use Side::{Left, Right};
        let mut table = Table::new(2, &[Right, Left, Left, Left, Left, Right, Left]);
        for (played, at) in self.played() {
            let flows = picture::flows(&at);
            if flows.is_empty() && played.what == What::Declared {
                continue;
            }
            if flows.is_empty() && self.viewer != Viewer::Everyone {
                continue;
            }
            table.across(self.heading(played, &at));
            for flow in flows {
                let [from, to] = self.ends(&flow);
                let (what, amount) = self.what(&flow);
                let arrow = match flow.what {
                    Moved::Information { .. } => "- ->",
                    Moved::Money { .. } | Moved::Swapped { .. } => "===>",
                };
                let position = flow.position.to_string();
                let fate = self.fate(&flow.fate);
                table.row([position.as_str(), &from, arrow, &to, &what, &amount, &fate]);
            }
        }
        table
    }

    fn flows(&self) -> Table {
        type Kind = (Form, Owed);
        type Way = ([String; 2], Kind, Option<Kind>, Option<Currency>);
        let mut sums: BTreeMap<Way, (usize, i64)> = BTreeMap::new();
        for (_, at) in self.played() {
            for flow in picture::flows(&at) {
                if matches!(flow.fate, Fate::Lost | Fate::Refused(_)) {
                    continue;
                }
                let (kind, into, amount) = match flow.what {
                    Moved::Information { .. } => continue,
                    Moved::Money { amount, form, owed } => ((form, owed), None, amount),
                    Moved::Swapped { amount, was, is } => (was, Some(is), amount),
                };
                let sum = sums
                    .entry((self.ends(&flow), kind, into, flow.currency))
                    .or_default();
                sum.0 += 1;
                sum.1 = sum.1.saturating_add(amount);
            }
        }
        use Side::{Left, Right};
        let mut table = Table::new(2, &[Left, Left, Left, Left, Right, Right]);
        for (([from, to], kind, into, currency), (times, sum)) in sums {
            let what = self.kind(kind, into);
            table.row([
                from,
                "===>".to_owned(),
                to,
                what,
                format!("{times} ×"),
                self.words.sum_in(sum, currency),
            ]);
        }
        table
    }

    fn kind(&self, (form, owed): (Form, Owed), into: Option<(Form, Owed)>) -> String {
        let kind = self.words.money(form, owed);
        match into {
            Some((form, owed)) => format!("{kind} → {}", self.words.money(form, owed)),
            None => kind,
        }
    }

    fn what(&self, flow: &Flow) -> (String, String) {
        let sum = |minor| self.words.sum_in(minor, flow.currency);
        match &flow.what {
            Moved::Information { key, amount } => {
                (self.words.say(key), amount.map(sum).unwrap_or_default())
            }
            Moved::Money { amount, form, owed } => (self.kind((*form, *owed), None), sum(*amount)),
            Moved::Swapped { amount, was, is } => (self.kind(*was, Some(*is)), sum(*amount)),
        }
    }

    fn fate(&self, fate: &Fate) -> String {
        match fate {
            Fate::Arrived => String::new(),
            Fate::OnTheWay => self.words.say("fate-on-the-way"),
            Fate::Lost => self.words.say("fate-lost"),
            Fate::Doubled => self.words.say("fate-doubled"),
            Fate::Refused(code) => format!("{} {code}", self.words.say("refused")),
        }
    }

    /// From whom and to whom, as the viewer knows them: by name, or by the
    /// wallet's number.
    fn ends(&self, flow: &Flow) -> [String; 2] {
        let [from, to] = &flow.handles;
        [(flow.from, from), (flow.to, to)].map(|(party, handle)| match handle {
            Some(handle) => handle.clone(),
            None => match flow.centre.as_ref().filter(|_| party == 0) {
                Some(centre) => self.words.say(centre),
                None => self.name(PartyId(party)),
            },
        })
    }

    fn knows(&self, party: PartyId) -> bool {
        knows(self.viewer, party, &self.now)
    }

    fn owner(&self, wallet: WalletId) -> Option<PartyId> {
        self.now.wallet(wallet).map(|wallet| wallet.owner)
    }

    /// Whose rule or money a refusal failed at, as the viewer knows it.
    fn party_of(&self, refusal: &Refusal) -> String {
        // What a bank lacks is the bank's.
        if refusal.code == Code::LiquidityShort {
            return self.name(refusal.by);
        }
        let Some((wallet, owner)) = refusal
            .wallet
            .and_then(|wallet| Some((wallet, self.owner(wallet)?)))
        else {
            return self.name(refusal.party);
        };
        if self.knows(owner) {
            self.name(owner)
        } else {
            format!("#{}", wallet.0)
        }
    }

    fn refusals(&self) -> Table {
        let mut table = Table::new(
            0,
            &[Side::Left, Side::Left, Side::Left, Side::Left, Side::Left],
        );
        let log = self.run.simulation().log();
        for refused in self
            .run
            .refused()
            .iter()
            .take_while(|it| it.index < self.position)
        {
            let refusal = &refused.refusal;
            let fact = Fact::Refused(*refusal);
            if !visible(&fact, Field::Existence, self.viewer, &self.now) {
                continue;
            }
            let time = log
                .fact(refused.index)
                .map(|fact| civil(self.run, fact.at))
                .unwrap_or_default();
            let (code, reason) = (refusal.code.key().to_owned(), self.reason(refusal));
            let mut row = vec![clock(&time).to_owned(), code, reason];
            // The script is its reader's: no party sees its lines, or what they expect.
            if self.viewer == Viewer::Everyone {
                let expected = if refused.expected {
                    "expected"
                } else {
                    "not expected"
                };
                row.push(format!("line {}", refused.line));
                row.push(expected.to_owned());
            }
            table.row(row);
        }
        table
    }

    /// Why, with the numbers for those whose business they are.
    fn reason(&self, refusal: &Refusal) -> String {
        let key = refusal.code.key().replace('.', "-");
        let owner = refusal.wallet.and_then(|wallet| self.owner(wallet));
        let may_know = match (self.viewer, owner) {
            (Viewer::Everyone, _) | (_, None) => true,
            (Viewer::Party(viewer), Some(owner)) => viewer == refusal.by || viewer == owner,
            (Viewer::Investigator { subject, .. }, Some(owner)) => subject == owner,
            (Viewer::Centre(_), Some(_)) => false,
        };
        if !may_know {
            return self.words.say(&format!("refusal-{key}"));
        }
        let party = self.party_of(refusal);
        let currency = self.run.simulation().world().currency_of_refusal(refusal);
        let own = self.run.simulation().world().currency();
        let currency = Some(currency).filter(|it| *it != own);
        let (allowed, used) = (
            self.words.sum_in(refusal.allowed, currency),
            self.words.sum_in(refusal.used, currency),
        );
        let mut args = vec![("party", party.as_str())];
        let asked = self.words.sum_in(refusal.asked, currency);
        args.push(("asked", &asked));
        match refusal.code {
            Code::FundsShort | Code::LiquidityShort => args.push(("available", &allowed)),
            _ => args.extend([("allowed", allowed.as_str()), ("used", used.as_str())]),
        }
        self.words.tell(&format!("reason-{key}"), &args)
    }
}
