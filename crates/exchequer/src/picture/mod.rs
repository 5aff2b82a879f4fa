//! Builds the [views](crate::views) of a run: pure functions of the world at a
//! position, the log up to it, and who looks.

mod address;
mod books;
mod caption;
mod contracts;
mod crowds;
mod flows;
mod offline;
mod parties;
mod phone;
mod program;
mod registers;
mod review;
mod statement;
mod studio;

pub use address::{addresses, code_to_show, payment_code, scanned};
pub use caption::caption;
pub use crowds::{BINS, members, spread};
pub use flows::flows;
pub use offline::can_go_offline;
pub use phone::phone;
pub use program::{program, program_in};
pub use registers::registers;
pub use review::{known, sheet};
pub use statement::{statement, statements};
pub use studio::{proof, studio};

use std::collections::{BTreeMap, BTreeSet};

use money::{Currency, Instant};
use world::fact::{Fact, OrderId, PartyId, Stamped, TextId, WalletId};
use world::rules::Issuance;
use world::state::{Wallet, World};
use world::visible::{Field, Viewer, knows, visible};

use self::crowds::Folded;
use crate::run::{Played, Run, What};
use crate::views::{Accounted, Arg, Flow, Moment, Moved, Owed, Passage, Posting, Refusal, Trace};

/// A position of a run, with what is needed to picture it.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The run.
    pub run: &'a Run,
    /// How many facts have happened.
    pub position: u32,
    /// The beat being shown, with its number.
    pub beat: Option<(u32, &'a Played)>,
    /// The world before the beat.
    pub before: &'a World,
    /// The world at the position.
    pub now: &'a World,
    /// Who looks.
    pub viewer: Viewer,
    /// The wallets of each party.
    pub owned: &'a Owned,
}

/// Why a name is not shown.
const HIDDEN_NAME: &str = "hidden-name";

/// Whether the viewer may know that this happened.
pub fn sees(stamped: &Stamped, viewer: Viewer, world: &World) -> bool {
    let in_time = match viewer {
        Viewer::Investigator { since, .. } => stamped.at >= since,
        _ => true,
    };
    in_time && visible(&stamped.fact, Field::Existence, viewer, world)
}

/// The wallets of each party, so that no view searches them party by party.
pub type Owned = BTreeMap<PartyId, Vec<WalletId>>;

/// The wallets of each party of a world, without the sub-wallets, whose money
/// is their parents'.
pub fn owned(world: &World) -> Owned {
    let mut owned = Owned::new();
    let own = |(id, _): &(WalletId, &Wallet)| world.purse(*id) == *id;
    for (id, wallet) in world.wallets().filter(own) {
        owned.entry(wallet.owner).or_default().push(id);
    }
    owned
}

impl<'a> At<'a> {
    /// The facts of the beat up to the position that the viewer may know of.
    fn facts(&self) -> impl Iterator<Item = (u32, Stamped)> + use<'a> {
        let At {
            run,
            position,
            now,
            viewer,
            ..
        } = *self;
        let range = self
            .beat
            .map_or((0, 0), |(_, played)| (played.from, played.to.min(position)));
        run.simulation()
            .log()
            .facts(range.0, range.1)
            .filter(move |(_, stamped)| sees(stamped, viewer, now))
    }

    /// Whether the viewer knows who a party is.
    fn knows(&self, party: PartyId) -> bool {
        knows(self.viewer, party, self.now)
    }

    /// A party's name, or why the viewer does not know it.
    fn who(&self, party: PartyId) -> Arg {
        if self.knows(party) {
            Arg::Name(self.name(party))
        } else {
            Arg::Hidden(HIDDEN_NAME.to_owned())
        }
    }

    /// A party's wallets with their numbers.
    fn wallets(&self, party: PartyId) -> impl Iterator<Item = (WalletId, &'a Wallet)> + use<'a> {
        let now = self.now;
        let ids = self.owned.get(&party).map_or(&[][..], Vec::as_slice);
        ids.iter()
            .filter_map(move |id| Some((*id, now.wallet(*id)?)))
    }

    fn text(&self, id: TextId) -> String {
        self.run.simulation().texts().text(id).to_owned()
    }

    fn name(&self, party: PartyId) -> String {
        self.now
            .party(party)
            .map(|party| self.text(party.name))
            .unwrap_or_default()
    }

    /// A currency to be shown, if it is another than the run's.
    fn other(&self, currency: Currency) -> Option<Currency> {
        (currency != self.now.currency()).then_some(currency)
    }

    fn time(&self, at: i64) -> String {
        civil(self.run, at)
    }
}

/// The beats of a run: acts, and time in which something happened.
pub fn beats(run: &Run) -> impl Iterator<Item = &Played> {
    run.played()
        .iter()
        .filter(|played| played.what != What::Declared)
}

/// The beat being shown at a position: the last that has begun.
pub fn beat_at(run: &Run, position: u32) -> Option<(u32, &Played)> {
    let found = beats(run)
        .zip(0u32..)
        .take_while(|(played, _)| played.from < position)
        .last();
    found.map(|(played, number)| (number, played))
}

/// Local date and time with its seconds: `2025-11-03T09:06:00`.
pub fn civil(run: &Run, at: i64) -> String {
    let civil = run.zone().civil(Instant(at));
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second
    )
}

/// The picture of a run that could not begin.
pub fn nothing() -> Moment {
    Moment {
        position: 0,
        beat: None,
        at: String::new(),
        warrant: None,
        caption: None,
        flows: Vec::new(),
        traces: Vec::new(),
        parties: Vec::new(),
        crowds: Vec::new(),
        books: Vec::new(),
        accounted: Accounted {
            holds: true,
            checks: Vec::new(),
            messages: Vec::new(),
        },
        found: Vec::new(),
        refusal: None,
        journal: Vec::new(),
    }
}

/// The picture of a run at a position. Somebody of a crowd is told of on their
/// own if asked for.
pub fn moment(at: &At<'_>, also: Option<PartyId>) -> Moment {
    let time = match at.beat {
        Some((_, played)) if at.position <= played.to => played.at,
        _ if at.position == at.run.position() => at.run.simulation().world().now(),
        _ => at.now.now(),
    };
    let near = at
        .beat
        .map(|(number, played)| (number, near(played, at.position)));
    let latest = At {
        beat: near.as_ref().map(|(number, played)| (*number, played)),
        ..*at
    };
    let flows = flows::flows(&latest);
    let lit: BTreeSet<PartyId> = flows
        .iter()
        .flat_map(|flow| [PartyId(flow.from), PartyId(flow.to)])
        .chain(latest.facts().filter_map(|(_, it)| match it.fact {
            Fact::Posted(journal) => Some(journal.book),
            _ => None,
        }))
        .collect();
    let folded = Folded::of(at);
    let shown = parties::Shown {
        lit: &lit,
        folded: &folded,
        also,
        is_crowded: is_crowded(&flows),
    };
    Moment {
        position: at.position,
        beat: at.beat.map(|(number, _)| number),
        at: at.time(time),
        warrant: match at.viewer {
            Viewer::Investigator { since, .. } => Some(at.time(since)),
            _ => None,
        },
        caption: caption(at),
        parties: parties::parties(at, &shown),
        crowds: crowds::crowds(at, &folded, |party| lit.contains(&party)),
        traces: traces(at),
        flows,
        books: books::books(at, &folded),
        accounted: books::accounted(at),
        found: offline::findings(at),
        refusal: refusal(&latest),
        journal: journal(&latest),
    }
}

/// All that moved since a position before the beat being shown: of several beats
/// that are played at once.
pub fn flows_since(at: &At<'_>, since: u32) -> Vec<Flow> {
    let Some((number, played)) = at.beat else {
        return Vec::new();
    };
    let whole = Played {
        from: since.min(played.from),
        ..*played
    };
    flows::flows(&At {
        beat: Some((number, &near(&whole, at.position))),
        ..*at
    })
}

/// The beat being shown as a part of the sequence.
pub fn passage(at: &At<'_>) -> Option<Passage> {
    let (beat, played) = at.beat?;
    let near = near(played, at.position);
    let latest = At {
        beat: Some((beat, &near)),
        ..*at
    };
    Some(Passage {
        beat,
        position: at.position,
        at: at.time(played.at),
        caption: caption(at),
        flows: flows::flows(&latest),
    })
}

/// How much of a beat a picture shows, in facts. An act causes far fewer; what
/// a crowd does while time passes, far more.
const SHOWN: u32 = 1_000;

/// The last part of a beat up to a position.
fn near(played: &Played, position: u32) -> Played {
    let to = played.to.min(position);
    Played {
        from: played.from.max(to.saturating_sub(SHOWN)),
        ..*played
    }
}

/// Most tokens of one event that are drawn one by one.
pub const TOKENS: usize = 12;

/// Whether more money moves than is drawn one by one.
pub fn is_crowded(flows: &[Flow]) -> bool {
    let is_money = |flow: &&Flow| !matches!(flow.what, Moved::Information { .. });
    flows.iter().filter(is_money).count() > TOKENS
}

/// The lines of the beat before the one being shown.
fn traces(at: &At<'_>) -> Vec<Trace> {
    let before = at.beat.and_then(|(number, _)| number.checked_sub(1));
    let Some((number, played)) = before.zip(before.and_then(|it| beats(at.run).nth(it as usize)))
    else {
        return Vec::new();
    };
    let near = near(played, played.to);
    let flows = flows::flows(&At {
        position: played.to,
        beat: Some((number, &near)),
        now: at.before,
        ..*at
    });
    if is_crowded(&flows) {
        return Vec::new();
    }
    let lines: BTreeSet<Trace> = flows
        .iter()
        .filter(|flow| flow.from != flow.to)
        .map(|flow| Trace {
            from: flow.from,
            to: flow.to,
            money: match flow.what {
                Moved::Information { .. } => None,
                Moved::Money { owed, .. } | Moved::Swapped { is: (_, owed), .. } => Some(owed),
            },
        })
        .collect();
    lines.into_iter().collect()
}

/// A refusal with the path of the rule whose value decided it.
pub fn turned_down(at: &At<'_>, refused: &world::fact::Refusal) -> (Refusal, Option<String>) {
    (caption::refusal(at, refused), caption::rule(at, refused))
}

/// The first refusal of the beat so far.
fn refusal(at: &At<'_>) -> Option<Refusal> {
    at.facts().find_map(|(_, it)| match it.fact {
        Fact::Refused(refusal) => Some(caption::refusal(at, &refusal)),
        _ => None,
    })
}

/// The beat's postings so far.
pub fn journal(at: &At<'_>) -> Vec<Posting> {
    let account = |id: ledger::AccountId| {
        let account = at.now.ledger().account(id)?;
        Some((books::account_key(account), books::subject(at, account)))
    };
    at.facts()
        .filter_map(|(index, it)| {
            let Fact::Posted(journal) = it.fact else {
                return None;
            };
            let (debit, debit_subject) = account(journal.debit)?;
            let (credit, credit_subject) = account(journal.credit)?;
            Some(Posting {
                position: index + 1,
                party: journal.book.0,
                debit,
                debit_subject,
                credit,
                credit_subject,
                amount: journal.amount,
                currency: at.other(at.now.currency_of_account(journal.debit)),
                is_final: journal.finality == world::fact::Finality::Final,
            })
        })
        .collect()
}

/// Who owes the money in wallets.
fn owed(at: &At<'_>) -> Owed {
    match at.now.issuance() {
        Issuance::Stocked | Issuance::OnDemand => Owed::CentralBank,
        Issuance::Deposit => Owed::Bank,
    }
}

/// The order a beat's act made.
fn order(at: &At<'_>) -> Option<OrderId> {
    at.beat.and_then(|(_, played)| played.order)
}

/// What an open contract, or money for a purpose, is called: by its own name,
/// or by that of what was written.
fn contract_name(at: &At<'_>, order: OrderId) -> String {
    let open = at.now.contract(order).map(|it| (it.name, it.number));
    let purse = || at.now.purse_of(order).map(|it| (it.name, it.number));
    let Some((name, number)) = open.or_else(purse) else {
        // It was refused before it was opened: its request knows what it was to be called.
        let wanted = at.now.terms(order).map(|it| it.name);
        return at.text(wanted.unwrap_or_default());
    };
    let written = at.now.written(number).map(|it| it.name);
    match at.text(name) {
        name if name.is_empty() => at.text(written.unwrap_or_default()),
        name => name,
    }
}
