//! Contracts and conditions of a text as they are worked on: their lines, their
//! states, who can do what now, and what can be proven of them.

use conditions::analysis::{Finding, Play, Weight, analyse};
use conditions::catalogue::{self, Kind, TEMPLATES};
use conditions::text::{self, SourceLine};
use conditions::{
    Act, Contract, Image, Machine, Name, Offer, Offered, Role, Target, What, Who, explain,
};
use money::{Span, write_minor};
use world::fact::WalletId;
use world::state::{CENTRAL_BANK, Open};
use world::visible::Viewer;

use super::{At, civil};
use crate::run::Run;
use crate::script::ActorName;
use crate::studio::{Raw, blocks, free_name};
use crate::views::studio::{
    Deal, Entry, FormRow, Found, OfferedAct, ParamKind, Proof, Sketch, State, Studio, Waits, Wants,
    Way,
};

/// At most so many open contracts of a block are shown, the latest.
const DEALS: usize = 8;

/// At most so many people are offered a part that anybody can play.
const ANYBODY: usize = 3;

/// The blocks of the run's text, and all there is to say of one of them.
pub fn studio(at: &At<'_>, index: usize) -> Studio {
    let raw = blocks(at.run.text());
    let names = raw.iter().map(|it| (it.word.to_owned(), it.name.clone()));
    Studio {
        blocks: names.collect(),
        shown: raw.get(index).and_then(|it| sketch(at, it, index)),
        holders: holders(at),
        catalogue: TEMPLATES.iter().map(entry).collect(),
    }
}

fn entry(template: &catalogue::Template) -> Entry {
    let param = |it: &catalogue::Param| {
        let kind = match it.kind {
            Kind::Party => ParamKind::Party,
            Kind::Parties => ParamKind::Parties,
            _ => ParamKind::Written,
        };
        (it.key.to_owned(), kind, it.default.to_owned())
    };
    Entry {
        key: template.key.to_owned(),
        is_contract: template.block == catalogue::Block::Contract,
        params: template.params.iter().map(param).collect(),
    }
}

/// Whoever has a wallet and is not one of many.
fn holders(at: &At<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (no, party) in at.now.parties().take(200) {
        let name = at.text(party.name);
        if party.wallet.is_some() && no != CENTRAL_BANK && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A block's lines with their numbers in the text.
fn lines<'t>(raw: &Raw<'t>) -> Vec<SourceLine<'t>> {
    (raw.line + 1..).zip(raw.text.lines()).collect()
}

fn sketch(at: &At<'_>, raw: &Raw<'_>, index: usize) -> Option<Sketch> {
    let name = Name::new(raw.name.as_str()).ok()?;
    let lines = lines(raw);
    let decimals = at.now.currency().decimals();
    let mut sketch = Sketch {
        index,
        is_contract: raw.word == "contract",
        name: raw.name.clone(),
        rows: Vec::new(),
        parties: Vec::new(),
        problems: Vec::new(),
        says: Vec::new(),
        states: Vec::new(),
        judges: Vec::new(),
        open: None,
        deals: Vec::new(),
    };
    let wrong = |diagnostics: Vec<conditions::Diagnostic>| {
        let told = diagnostics.into_iter().map(|it| {
            let line = it.place.map_or(raw.line, |place| place.line);
            (line, it.problem.phrase())
        });
        told.collect::<Vec<_>>()
    };
    if !sketch.is_contract {
        match text::load_condition(&name, raw.line, &lines, decimals) {
            Ok(condition) => {
                sketch.says = explain::condition(&condition);
                sketch.judges = explain::judges(&condition);
            }
            Err(diagnostics) => sketch.problems = wrong(diagnostics),
        }
        sketch.rows = rows(raw, &lines, &[], |_, at| {
            sketch.says.get(at).cloned().into_iter().collect()
        });
        return Some(sketch);
    }
    let written = text::read_contract(&name, raw.line, &lines).value;
    let parties: Vec<&str> = written.parties.iter().map(|it| it.role.as_str()).collect();
    let loaded = text::load_contract(&name, raw.line, &lines, decimals);
    let mut told = Told::default();
    sketch.rows = rows(raw, &lines, &parties, |word, _| match &loaded {
        Ok((contract, _)) => told.next(contract, word),
        Err(_) => Vec::new(),
    });
    sketch.parties = parties.iter().map(ToString::to_string).collect();
    match loaded {
        Ok((contract, machine)) => {
            sketch.says = explain::contract(&contract);
            sketch.states = states(&contract);
            sketch.open = opening(&machine, &free_name(at.run.text(), &deal_name(&raw.name)));
            sketch.deals = deals(at, &raw.name, &machine, &contract);
        }
        Err(diagnostics) => sketch.problems = wrong(diagnostics),
    }
    Some(sketch)
}

/// What a contract opened from a block is called.
fn deal_name(block: &str) -> String {
    format!("My{}", block.replace(' ', ""))
}

fn rows(
    raw: &Raw<'_>,
    lines: &[SourceLine<'_>],
    parties: &[&str],
    mut says: impl FnMut(&str, usize) -> Vec<explain::Phrase>,
) -> Vec<FormRow> {
    let mut rows = Vec::new();
    let mut start = raw.body.start;
    let mut told = 0;
    let ends = raw.text.split_inclusive('\n').map(str::len);
    for ((number, line), length) in lines.iter().zip(ends) {
        let (from, word) = (start, line.split_whitespace().next().unwrap_or_default());
        start += length;
        if word.is_empty() || word.starts_with('#') {
            continue;
        }
        let word = word.trim_end_matches(':').to_owned();
        let mut fields = text::fields(&[(*number, *line)], parties);
        for field in &mut fields {
            field.from += from;
            field.to += from;
        }
        let is_contract = !parties.is_empty();
        let does = text::doings(line).filter(|_| is_contract);
        let pays_at = does.as_ref().map(|it| from + it.begin);
        let mut payments = Vec::new();
        for place in does.iter().flat_map(|it| &it.payments) {
            let was = line.get(place.clone()).unwrap_or_default();
            // A line that does nothing has to say so.
            let instead = if does.as_ref().is_some_and(|it| it.only) {
                "go on"
            } else {
                ""
            };
            payments.push((from + place.start, was.to_owned(), instead.to_owned()));
        }
        rows.push(FormRow {
            line: *number,
            says: says(&word, told),
            word,
            fields,
            pays_at,
            payments,
        });
        told += 1;
    }
    rows
}

/// Walks over a contract as over its lines.
#[derive(Default)]
struct Told {
    handlers: usize,
    steps: usize,
    cases: usize,
}

impl Told {
    fn next(&mut self, contract: &Contract, word: &str) -> Vec<explain::Phrase> {
        let step = self
            .steps
            .checked_sub(1)
            .and_then(|at| contract.steps.get(at));
        match word {
            "hold" => contract.hold.iter().map(explain::hold).collect(),
            "on" => {
                self.handlers += 1;
                let handler = contract.on.get(self.handlers - 1);
                handler.map(explain::handler).into_iter().collect()
            }
            "step" => {
                self.steps += 1;
                self.cases = 0;
                let step = contract.steps.get(self.steps - 1);
                let waits = step.filter(|step| step.until.is_some());
                waits.map(explain::waits).unwrap_or_default()
            }
            "when" => {
                self.cases += 1;
                let case = step.and_then(|step| step.cases.get(self.cases - 1));
                case.map(explain::case).into_iter().collect()
            }
            "else" => step.map(explain::late).into_iter().collect(),
            "do" => step.map(explain::waits).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

/// A contract's states, in order; what may happen during every wait comes first
/// and has no name.
fn states(contract: &Contract) -> Vec<State> {
    let before = usize::from(!contract.on.is_empty());
    let end = contract.steps.len() + before;
    let number = |target: &Target, next: usize| match target {
        Target::Next => next,
        Target::Step(name) => {
            let at = contract.steps.iter().position(|step| step.name == *name);
            at.map_or(end, |at| at + before)
        }
        Target::Close => end,
    };
    let way = |when, at_once, block: &conditions::Block, next: usize, turns: bool| {
        let mut goes = vec![number(&block.go, next)];
        for op in &block.ops {
            if let conditions::Op::If { go, .. } = op {
                goes.push(number(go, next));
            }
        }
        goes.sort_unstable();
        goes.dedup();
        Way {
            when,
            at_once,
            does: explain::doings(block),
            goes,
            again: turns && block.go == Target::Next,
        }
    };
    let anytime = contract.on.iter().map(|it| {
        let action = conditions::Action::Event {
            event: it.event.clone(),
            of: it.of.clone(),
        };
        way(Some(explain::action(&action)), false, &it.then, end, false)
    });
    let mut states = Vec::new();
    if before == 1 {
        states.push(State {
            name: String::new(),
            waits: Vec::new(),
            ways: anytime.collect(),
        });
    }
    for (at, step) in contract.steps.iter().enumerate() {
        let next = at + before + 1;
        let turns = step.repeat.as_ref().is_some_and(|it| it.times > 1);
        let mut ways: Vec<Way> = step
            .cases
            .iter()
            .map(|it| {
                way(
                    Some(explain::action(&it.when)),
                    false,
                    &it.then,
                    next,
                    turns,
                )
            })
            .collect();
        ways.push(way(None, step.until.is_none(), &step.late, next, turns));
        states.push(State {
            name: step.name.to_string(),
            waits: if step.until.is_some() {
                explain::waits(step)
            } else {
                Vec::new()
            },
            ways,
        });
    }
    states
}

/// Who plays a party, as a script writes it.
fn player(machine: &Machine, role: Role) -> Option<String> {
    let name = machine.players().get(usize::from(role))?.as_ref()?;
    Some(ActorName::from_plain(name.as_str()).to_string())
}

/// A name as a script writes it.
fn word(name: &Name) -> String {
    ActorName::from_plain(name.as_str()).to_string()
}

fn opener(machine: &Machine) -> Role {
    machine.hold().map_or(0, |(role, _)| role)
}

/// The line that opens a contract.
fn opening(machine: &Machine, deal: &str) -> Option<String> {
    let by = player(machine, opener(machine))?;
    Some(format!(
        "{by}: contract.open {} as {deal}",
        word(machine.name())
    ))
}

/// Whether the viewer may know of a contract: whoever keeps it or plays a part.
fn may_see(at: &At<'_>, open: &Open) -> bool {
    let Viewer::Party(viewer) = at.viewer else {
        return at.viewer == Viewer::Everyone;
    };
    let plays = |wallet: &WalletId| {
        let wallet = at.now.wallet(*wallet);
        wallet.is_some_and(|it| it.owner == viewer || it.operator == viewer)
    };
    let written = at.now.written(open.number);
    open.keeper == viewer || written.is_some_and(|it| it.players.values().any(plays))
}

fn deals(at: &At<'_>, block: &str, machine: &Machine, contract: &Contract) -> Vec<Deal> {
    let of_block = |open: &&Open| {
        let written = at.now.written(open.number);
        written.is_some_and(|it| at.text(it.name) == block) && may_see(at, open)
    };
    let mut deals: Vec<Deal> = at
        .now
        .contracts()
        .map(|(_, open)| open)
        .filter(of_block)
        .filter_map(|open| deal(at, open, machine, contract))
        .collect();
    deals.reverse();
    deals.truncate(DEALS);
    deals
}

fn deal(at: &At<'_>, open: &Open, machine: &Machine, contract: &Contract) -> Option<Deal> {
    let instance = &open.instance;
    let name = at.text(open.name);
    let held = instance.held().iter().sum();
    let waits = instance.state().and_then(|state| {
        let (step, turn, turns) = machine.step_of(state)?;
        let before = usize::from(!contract.on.is_empty());
        let due = machine.due(instance)?;
        // Time counts from the statement that is shown.
        let now = at.beat.map_or(at.now.now(), |(_, played)| played.at);
        Some(Waits {
            state: contract.steps.iter().position(|it| it.name == *step)? + before,
            turn: (turn, turns),
            until: civil(at.run, due.0),
            line: format!("+{} wait", Span(due.0.saturating_sub(now).max(0))),
        })
    });
    // Without a name nobody can speak of it.
    let offers = match name.is_empty() {
        true => Vec::new(),
        false => machine
            .offers(instance)
            .iter()
            .map(|offer| offered(at, machine, offer, &name))
            .collect(),
    };
    Some(Deal {
        sums: [
            instance.funded(),
            instance.released(),
            instance.refunded(),
            held,
        ],
        name,
        waits,
        offers,
    })
}

/// Whoever of the scenario has no part in a contract, the first of them.
fn strangers(at: &At<'_>, machine: &Machine) -> Vec<String> {
    let played: Vec<&str> = machine
        .players()
        .iter()
        .flatten()
        .map(Name::as_str)
        .collect();
    let mut names = holders(at);
    names.retain(|name| !played.contains(&name.as_str()));
    names.truncate(ANYBODY);
    let written = names
        .iter()
        .map(|name| ActorName::from_plain(name).to_string());
    written.collect()
}

fn offered(at: &At<'_>, machine: &Machine, offer: &Offer, deal: &str) -> OfferedAct {
    let deal = ActorName::from_plain(deal).to_string();
    let name = |names: &[Name], at: u16| names.get(usize::from(at)).map(word).unwrap_or_default();
    let mut wants = None;
    let does = match &offer.what {
        Offered::Deposit { amount, owner } => {
            deposit(machine, &deal, *amount, *owner, offer.by.first())
        }
        Offered::Names { value, .. } => {
            wants = Some(Wants::Amount);
            format!("contract.name {deal} {} ", name(machine.values(), *value))
        }
        Offered::Shows { secret } => {
            let image = machine.secrets().get(usize::from(*secret)).map(|it| it.1);
            match image.and_then(|image| secret_of(at.run, image)) {
                Some(secret) => format!("contract.show {deal} preimage={secret}"),
                None => {
                    wants = Some(Wants::Secret);
                    format!("contract.show {deal} preimage=")
                }
            }
        }
        Offered::Signs { what, .. } => {
            format!("contract.sign {deal} {}", name(machine.words(), *what))
        }
        Offered::Event { event, of } => {
            let of = machine.roles().get(usize::from(*of)).map(word);
            format!(
                "contract.event {deal} {} of={}",
                name(machine.words(), *event),
                of.unwrap_or_default()
            )
        }
        Offered::Says { what } => match name(machine.words(), *what).as_str() {
            "claims" => format!("contract.claim {deal}"),
            what => format!("contract.say {deal} {what}"),
        },
    };
    let mut by: Vec<String> = Vec::new();
    for who in &offer.by {
        by.extend(match who {
            Who::Role(role) => player(machine, *role),
            Who::World => Some("central-bank".to_owned()),
            Who::Stranger(_) => None,
        });
    }
    if offer.by.is_empty() {
        by = (0..machine.roles().len())
            .filter_map(|role| player(machine, Role::try_from(role).ok()?))
            .chain(strangers(at, machine))
            .collect();
    }
    OfferedAct {
        says: explain::offer(machine, offer),
        lines: by
            .into_iter()
            .map(|by| (by.clone(), format!("{by}: {does}")))
            .collect(),
        wants,
    }
}

fn deposit(machine: &Machine, deal: &str, amount: i64, owner: Role, by: Option<&Who>) -> String {
    let sum = write_minor(amount, machine.decimals());
    let mut line = format!("contract.deposit {deal} {sum}");
    if by != Some(&Who::Role(owner))
        && let Some(owner) = machine.roles().get(usize::from(owner))
    {
        line.push_str(&format!(" for={}", word(owner)));
    }
    line
}

/// A secret with this image, if the text says it somewhere or it is the
/// catalogue's own; in quotes.
fn secret_of(run: &Run, image: Image) -> Option<String> {
    let quoted = run.text().split('"').skip(1).step_by(2);
    let known = quoted.chain(["open sesame"]);
    known
        .into_iter()
        .find(|text| Image::of(text.as_bytes()) == image)
        .map(|text| format!("\"{text}\""))
}

/// What can be proven of a contract of the run's text; nothing of a condition,
/// or of a contract that is wrong.
pub fn proof(at: &At<'_>, index: usize) -> Option<Proof> {
    let raw = blocks(at.run.text());
    let raw = raw.get(index).filter(|it| it.word == "contract")?;
    let name = Name::new(raw.name.as_str()).ok()?;
    let decimals = at.now.currency().decimals();
    let (_, machine) = text::load_contract(&name, raw.line, &lines(raw), decimals).ok()?;
    let analysis = analyse(&machine);
    let found = analysis.findings.iter().map(|finding| {
        let or: Vec<&Play> = match finding {
            Finding::Race { claims, .. } => vec![&claims.0, &claims.1],
            _ => Vec::new(),
        };
        let said = |play: &&Play| explain::play(&machine, play);
        Found {
            is_risk: finding.weight() == Weight::Risk,
            says: explain::finding(&machine, finding),
            path: finding.path().iter().map(|play| said(&play)).collect(),
            or: or.iter().map(said).collect(),
            play: played(at, &machine, finding, &or),
        }
    });
    Some(Proof {
        says: explain::analysis(&machine, &analysis),
        found: found.collect(),
    })
}

/// The lines of script that play a finding at the end of a text: whoever lacks
/// money in the wallet takes it from the bank first. Of a race, the first wins.
fn played(at: &At<'_>, machine: &Machine, finding: &Finding, or: &[&Play]) -> Option<String> {
    if matches!(
        finding,
        Finding::UnreachableStep { .. } | Finding::UnreachableCase { .. }
    ) {
        return None;
    }
    let deal = free_name(at.run.text(), "Played");
    let plays: Vec<&Play> = finding.path().iter().chain(or.iter().copied()).collect();
    let mut needs = vec![0_i64; machine.roles().len()];
    if let Some((role, amount)) = machine.hold() {
        *needs.get_mut(usize::from(role))? += amount;
    }
    for play in &plays {
        if let Some(Act {
            by: Who::Role(role),
            what: What::Deposit { amount, .. },
        }) = &play.act
        {
            *needs.get_mut(usize::from(*role))? += amount;
        }
    }
    let mut text = String::new();
    for (role, need) in (0..).zip(&needs) {
        let Some(by) = player(machine, role).filter(|_| *need > 0) else {
            continue;
        };
        let look = |field: &str| at.run.look(&by, &[field.to_owned()]).unwrap_or(0);
        let missing = need - look("wallet");
        if missing > 0 && look("deposit") >= missing {
            let sum = write_minor(missing, machine.decimals());
            text.push_str(&format!("{by}: exchange {sum}\n"));
        }
    }
    text.push_str(&opening(machine, &deal)?);
    let mut now = Span(0);
    for play in plays {
        let later = Span(play.at.0 - now.0);
        now = play.at;
        text.push('\n');
        if later.0 > 0 {
            text.push_str(&format!("+{later} "));
        }
        match &play.act {
            None => text.push_str("wait"),
            Some(act) => text.push_str(&said(at, machine, act, &deal)?),
        }
    }
    Some(text)
}

/// The line of script for an act of a play.
fn said(at: &At<'_>, machine: &Machine, act: &Act, deal: &str) -> Option<String> {
    let name = |names: &[Name], at: u16| names.get(usize::from(at)).map(word);
    let by = match act.by {
        Who::Role(role) => player(machine, role)?,
        Who::Stranger(_) => strangers(at, machine).into_iter().next()?,
        Who::World => "central-bank".to_owned(),
    };
    let does = match &act.what {
        What::Deposit { amount, owner } => deposit(machine, deal, *amount, *owner, Some(&act.by)),
        What::Names { value, amount } => format!(
            "contract.name {deal} {} {}",
            name(machine.values(), *value)?,
            write_minor(*amount, machine.decimals())
        ),
        What::Shows { preimage } => {
            // A play shows a secret by its name.
            let open = |it: &&(Name, Image)| it.0.as_str().as_bytes() == preimage.as_slice();
            let (_, image) = machine.secrets().iter().find(open)?;
            format!(
                "contract.show {deal} preimage={}",
                secret_of(at.run, *image)?
            )
        }
        What::Signs { what } => format!("contract.sign {deal} {}", name(machine.words(), *what)?),
        What::Event { event, of } => format!(
            "contract.event {deal} {} of={}",
            name(machine.words(), *event)?,
            machine.roles().get(usize::from(*of)).map(word)?
        ),
        What::Says { what } => format!("contract.say {deal} {}", name(machine.words(), *what)?),
    };
    Some(format!("{by}: {does}"))
}
