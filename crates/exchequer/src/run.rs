//! A scenario being played.

mod look;

use std::fmt;
use std::sync::Arc;

use money::{Instant, Zone, write_minor};
use serde::Serialize;
use thiserror::Error;
use world::bridge;
use world::cbdc::{Activity, Declaration, Fault, Operation};
use world::contracts;
use world::describe::{Described, Scope, ValueError};
use world::fact::{Change, Fact, OrderId, Purpose, Refusal, Stamped};
use world::invariants;
use world::kernel::{Simulation, Stop};
use world::offline;
use world::spec::Value;
use world::state::Form;

use crate::presets::{Ours, Preset, PresetError, Shipped};
use crate::script::{self, Act, Diagnostic, Expectation, Line, Op, Script, Statement, When};
use crate::vocabulary;

/// The engine's name and version: it opens every log.
pub const ENGINE: &str = concat!("exchequer ", env!("CARGO_PKG_VERSION"));

/// What a run may be told from outside its text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// A seed instead of the text's own.
    pub seed: Option<u64>,
    /// The most facts the run may have.
    pub ceiling: Option<u32>,
}

/// Why a run cannot be loaded or go on.
#[derive(Clone, Debug, Error)]
pub enum RunError {
    /// The text is wrong: everything that is, from its beginning to its end.
    #[error("{}", list(.0))]
    Script(Vec<Diagnostic>),
    /// A line could not be played.
    #[error("line {line}: {why}")]
    Stopped {
        /// The line, from 1.
        line: u32,
        /// Why.
        why: Halt,
    },
    /// There is nothing at this path.
    #[error("there is nothing to look at under “{0}”")]
    Path(String),
    /// The preset cannot be used.
    #[error(transparent)]
    Preset(#[from] PresetError),
}

/// Why a line could not be played although it was read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Halt {
    /// The kernel stopped.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// A value does not fit.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A time cannot be reckoned with.
    #[error(transparent)]
    Time(#[from] money::TimeError),
    /// The line's time has passed.
    #[error("that time has passed: it is {0}")]
    Past(String),
}

fn list(diagnostics: &[Diagnostic]) -> String {
    let lines = diagnostics
        .iter()
        .map(|it| format!("{}:{}: {}", it.place.line, it.place.column, it.problem));
    lines.collect::<Vec<_>>().join("\n")
}

/// What one statement brought about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Played {
    /// Its line, from 1.
    pub line: u32,
    /// Position before its first fact.
    pub from: u32,
    /// Position after its last fact.
    pub to: u32,
    /// Virtual time, milliseconds.
    pub at: i64,
    /// The request, where it is an act.
    pub order: Option<OrderId>,
    /// Its verb, where it is an act.
    pub purpose: Option<Purpose>,
    /// What kind of statement.
    pub what: What,
}

/// What kind of statement was played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A declaration.
    Declared,
    /// An act.
    Acted,
    /// Time passed, and what was due happened.
    Waited,
}

/// An expectation and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Its line, from 1.
    pub line: u32,
    /// Whether it held.
    pub held: bool,
    /// What was expected, as script.
    pub expected: String,
    /// What was found.
    pub found: String,
}

/// A refusal, with where it happened and whether a line expects it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Index of its fact.
    pub index: u32,
    /// The refusal.
    pub refusal: Refusal,
    /// The line whose request was refused.
    pub line: u32,
    /// Whether a line expects it.
    pub expected: bool,
}

/// A scenario being played: text in, facts out.
///
/// Synchronous, without worker, DOM or clock. The same text and seed give the
/// same log to the bit.
pub struct Run {
    source: String,
    script: Script,
    title: String,
    preset: Preset,
    ours: Vec<Ours>,
    seed: u64,
    signing: bool,
    zone: Zone,
    options: Options,
    start: i64,
    simulation: Simulation,
    /// Index into `script.lines` of the next line to play.
    next: usize,
    played: Vec<Played>,
    /// Position reached when each line was passed, by index into the lines.
    marks: Vec<u32>,
    checked: Vec<Checked>,
    refused: Vec<Refused>,
    /// The line of each order.
    lines_of_orders: Vec<u32>,
    last_order: Option<OrderId>,
    /// How many contracts and conditions stand written.
    forms: u32,
    subscribers: Vec<Subscriber>,
    delivered: u32,
}

type Subscriber = Box<dyn FnMut(u32, &Stamped)>;

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("title", &self.title)
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}

impl Run {
    /// Reads a scenario; nothing is played yet.
    ///
    /// # Errors
    /// Everything that is wrong with the text, at once.
    pub fn load(text: &str) -> Result<Run, RunError> {
        Run::load_with(text, Options::default())
    }

    /// The same with options.
    ///
    /// # Errors
    /// As [`Run::load`].
    pub fn load_with(text: impl AsRef<[u8]>, options: Options) -> Result<Run, RunError> {
        let (run, diagnostics) = Run::open(text, options);
        if diagnostics
            .iter()
            .any(|it| it.severity == script::Severity::Error)
        {
            return Err(RunError::Script(diagnostics));
        }
        run
    }

    /// Reads a scenario for all that can be played of it: what stands above
    /// the first wrong line. Beside it, all that is wrong.
    ///
    /// # Errors
    /// If nothing can be played: the text names no preset, say.
    pub fn open(
        text: impl AsRef<[u8]>,
        options: Options,
    ) -> (Result<Run, RunError>, Vec<Diagnostic>) {
        let text = text.as_ref();
        let outcome = vocabulary::with(|vocabulary| script::parse(text, vocabulary, &Shipped));
        let source = String::from_utf8_lossy(text).into_owned();
        let diagnostics = outcome.diagnostics.clone();
        let found = outcome
            .preset
            .as_ref()
            .and_then(|facts| Preset::find(&facts.name, Some(facts.version)));
        let Some((preset, facts)) = found.zip(outcome.preset) else {
            return (Err(RunError::Script(outcome.diagnostics)), diagnostics);
        };
        let run = Run::begin(source, outcome.script, preset, facts.start, options);
        (run, diagnostics)
    }

    fn begin(
        source: String,
        script: Script,
        preset: Preset,
        start: money::Civil,
        options: Options,
    ) -> Result<Run, RunError> {
        let (mut title, mut start, mut seed, mut signing, mut ours) =
            (String::new(), start, 1, true, Vec::new());
        for (_, statement) in script.playable() {
            match statement {
                Statement::Title(text) => title.clone_from(text),
                Statement::Seed(number) => seed = *number,
                Statement::Start(civil) => start = *civil,
                Statement::Signing(on) => signing = *on,
                Statement::Set {
                    path,
                    value,
                    source,
                    ..
                } => {
                    ours.push(Ours {
                        path: path.clone(),
                        value: value.clone(),
                        source: source.clone(),
                    });
                }
                _ => {}
            }
        }
        let seed = options.seed.unwrap_or(seed);
        let rules = Arc::new(preset.rules(&ours)?);
        let zone = rules.zone.clone();
        let start = zone
            .instant(&start)
            .map_err(|error| RunError::Stopped {
                line: 1,
                why: error.into(),
            })?
            .0;
        let mut simulation =
            Simulation::new(rules, ENGINE, seed, signing, start).map_err(|stop| {
                RunError::Stopped {
                    line: 1,
                    why: stop.into(),
                }
            })?;
        simulation.know(script.playable().filter_map(|it| form(it.1)).collect());
        let mut run = Run {
            source,
            title,
            preset,
            ours,
            seed,
            signing,
            zone,
            options,
            start,
            simulation,
            next: 0,
            played: Vec::new(),
            marks: vec![0; script.lines.len()],
            checked: Vec::new(),
            refused: Vec::new(),
            lines_of_orders: vec![0, 0],
            forms: 0,
            last_order: None,
            subscribers: Vec::new(),
            delivered: 0,
            script,
        };
        if let Some(ceiling) = options.ceiling {
            run.simulation.set_ceiling(ceiling);
        }
        Ok(run)
    }

    /// The scenario's title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The scenario's text, with the lines that were [acted](Run::act).
    pub fn text(&self) -> &str {
        &self.source
    }

    /// The scenario as read.
    pub fn script(&self) -> &Script {
        &self.script
    }

    /// The preset in use.
    pub fn preset(&self) -> &Preset {
        &self.preset
    }

    /// The values that the scenario sets itself.
    pub fn ours(&self) -> &[Ours] {
        &self.ours
    }

    /// The seed of every random stream.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Whether requests are signed.
    pub fn signing(&self) -> bool {
        self.signing
    }

    /// The zone of every date and time of day.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// When the scenario begins, milliseconds.
    pub fn start(&self) -> i64 {
        self.start
    }

    /// The world, the log and the texts.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// How many facts there are.
    pub fn position(&self) -> u32 {
        self.simulation.log().len()
    }

    /// BLAKE3 digest of the log, in hexadecimal.
    pub fn digest(&self) -> String {
        self.simulation
            .digest()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// What was played, in order.
    pub fn played(&self) -> &[Played] {
        &self.played
    }

    /// The position reached when the line of this index was passed.
    pub fn mark(&self, index: usize) -> u32 {
        self.marks.get(index).copied().unwrap_or(0)
    }

    /// The expectations that were looked at.
    pub fn checked(&self) -> &[Checked] {
        &self.checked
    }

    /// The refusals so far.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// The line whose request this is; 0 if none is.
    pub fn line_of(&self, order: OrderId) -> u32 {
        let order = self.simulation.asked_by(order);
        self.lines_of_orders
            .get(order.0 as usize)
            .copied()
            .unwrap_or(0)
    }

    /// Delivers every fact from now on, in order, with its index. Facts are
    /// delivered when the statement that caused them has been played.
    pub fn subscribe(&mut self, subscriber: impl FnMut(u32, &Stamped) + 'static) {
        self.subscribers.push(Box::new(subscriber));
    }

    /// Plays the next statement that bears on the run. Says whether there was
    /// one.
    ///
    /// # Errors
    /// If it cannot be played; the run stays where it was.
    pub fn step(&mut self) -> Result<bool, RunError> {
        while let Some(line) = self.script.lines.get(self.next) {
            let index = self.next;
            let number = line.place.line;
            let Some(statement) = line.statement.clone() else {
                self.pass(index);
                continue;
            };
            if matches!(statement, Statement::Wrong(_)) {
                return Ok(false);
            }
            if !statement.acts() {
                self.pass(index);
                continue;
            }
            self.play(number, &statement)
                .map_err(|why| RunError::Stopped { line: number, why })?;
            self.pass(index);
            self.deliver();
            return Ok(true);
        }
        Ok(false)
    }

    fn pass(&mut self, index: usize) {
        let position = self.position();
        if let Some(mark) = self.marks.get_mut(index) {
            *mark = position;
        }
        self.next = index + 1;
        // A block is passed as one.
        let within = |line: &&Line| {
            matches!(
                line.statement,
                Some(Statement::Within(_) | Statement::End) | None
            )
        };
        let is_block = |line: &Line| matches!(line.statement, Some(Statement::Block(_)));
        if self.script.lines.get(index).is_some_and(is_block) {
            let rest = &self.script.lines[self.next..];
            let length = rest.iter().take_while(within).position(is_end);
            self.next += length.map_or(0, |at| at + 1);
            let passed = index + 1..self.next;
            self.marks[passed].fill(position);
        }
    }

    fn deliver(&mut self) {
        if self.subscribers.is_empty() {
            self.delivered = self.position();
            return;
        }
        for index in self.delivered..self.position() {
            if let Some(fact) = self.simulation.log().fact(index) {
                for subscriber in &mut self.subscribers {
                    subscriber(index, &fact);
                }
            }
        }
        self.delivered = self.position();
    }

    /// Plays everything.
    ///
    /// # Errors
    /// If a line cannot be played.
    pub fn to_end(&mut self) -> Result<(), RunError> {
        while self.step()? {}
        Ok(())
    }

    /// Plays every line whose time is at or before `time`, then lets time pass
    /// up to it. `time` is written as in a script: `09:06`, `+1h` or a date
    /// with a time.
    ///
    /// # Errors
    /// If the time cannot be read or has passed, or a line cannot be played.
    pub fn to(&mut self, time: &str) -> Result<(), RunError> {
        let stopped = |why| RunError::Stopped { line: 0, why };
        let when = parse_when(time).ok_or_else(|| RunError::Path(time.to_owned()))?;
        let until = self.moment(when).map_err(stopped)?;
        while let Some(line) = self.script.lines.get(self.next) {
            let when = match &line.statement {
                Some(Statement::Act(Act { when, .. }) | Statement::Expect { when, .. }) => *when,
                Some(Statement::Wait(when)) => Some(*when),
                Some(statement) if statement.acts() => None,
                _ => {
                    self.pass(self.next);
                    continue;
                }
            };
            let at = when
                .map_or(Ok(self.simulation.world().now()), |when| self.moment(when))
                .map_err(stopped)?;
            if at > until || !self.step()? {
                break;
            }
        }
        self.let_pass(until, 0).map_err(stopped)?;
        self.deliver();
        Ok(())
    }

    /// Plays one more act, written as a line of script, now. It becomes the
    /// next line of the text.
    ///
    /// # Errors
    /// Everything that is wrong with the line, or that it cannot be played.
    pub fn act(&mut self, line: &str) -> Result<(), RunError> {
        let kept: Vec<&str> = self.source.lines().take(self.next).collect();
        let line = line.trim();
        let head = kept
            .iter()
            .chain([&line])
            .fold(String::new(), |text, line| text + line + "\n");
        let number = kept.len();
        let rest = self.source.lines().skip(number);
        let whole = rest.fold(head.clone(), |text, line| text + line + "\n");
        let outcome = vocabulary::with(|vocabulary| script::parse(&head, vocabulary, &Shipped));
        if outcome.errors().next().is_some() {
            return Err(RunError::Script(outcome.diagnostics));
        }
        let parsed = outcome.script.lines.get(number).cloned();
        let Some(Line {
            statement: Some(statement),
            ..
        }) = &parsed
        else {
            return Ok(());
        };
        let why = |why| RunError::Stopped {
            line: u32::try_from(number + 1).unwrap_or(u32::MAX),
            why,
        };
        self.play(u32::try_from(number + 1).unwrap_or(u32::MAX), statement)
            .map_err(why)?;
        self.source = whole;
        self.script.lines.splice(number..number, parsed);
        self.marks.insert(number.min(self.marks.len()), 0);
        for (line, index) in self.script.lines.iter_mut().zip(0u32..) {
            line.place.line = index + 1;
        }
        self.pass(number);
        self.deliver();
        Ok(())
    }

    fn moment(&self, when: When) -> Result<i64, Halt> {
        let now = Instant(self.simulation.world().now());
        let then = when.resolve(now, &self.zone)?;
        if then < now {
            return Err(Halt::Past(self.zone.civil(now).to_string()));
        }
        Ok(then.0)
    }

    fn play(&mut self, line: u32, statement: &Statement) -> Result<(), Halt> {
        match statement {
            Statement::Declare(declare) => {
                let from = self.position();
                let name = declare.name.plain();
                let (kind, args) = (declare.kind.name, &declare.args);
                let abroad = bridge::Declaration::read(kind, args, &mut self.simulation)?;
                if let Some(declaration) = abroad {
                    let order = self.simulation.declare_abroad(&name, &declaration)?;
                    self.note(line, from, order, Purpose::Opening, What::Declared);
                } else if let Some(declaration) =
                    offline::Declaration::read(kind, args, &mut self.simulation)?
                {
                    let order = self.simulation.declare_device(&name, &declaration)?;
                    self.note(line, from, order, Purpose::Opening, What::Declared);
                } else if let Some(declaration) =
                    Declaration::read(kind, args, &mut self.simulation)?
                {
                    let order = self.simulation.declare(&name, &declaration)?;
                    self.note(line, from, order, Purpose::Opening, What::Declared);
                }
            }
            Statement::Block(block) => {
                let from = self.position();
                let (number, text) = (self.forms, block.text());
                let players = block.players();
                let simulation = &mut self.simulation;
                let order = simulation.write(&block.name, number, &text, &players)?;
                self.forms += 1;
                self.note(line, from, order, Purpose::Opening, What::Declared);
            }
            Statement::Act(act) => {
                if let Some(when) = act.when {
                    let then = self.moment(when)?;
                    self.let_pass(then, line)?;
                }
                self.play_act(line, act)?;
            }
            Statement::Wait(when) => {
                let then = self.moment(*when)?;
                self.let_pass(then, line)?;
            }
            Statement::Expect { when, expectation } => {
                if let Some(when) = when {
                    let then = self.moment(*when)?;
                    self.let_pass(then, line)?;
                }
                self.expect(line, expectation);
            }
            _ => {}
        }
        Ok(())
    }

    fn play_act(&mut self, line: u32, act: &Act) -> Result<(), Halt> {
        let from = self.position();
        let (verb, name) = (act.verb.name, act.actor.plain());
        if let Some(operation) = Operation::read(verb, &act.args, &mut self.simulation)? {
            let actor = self
                .simulation
                .actor(&name)
                .ok_or(ValueError::Unknown(name))?;
            let order = self
                .simulation
                .act(actor, &operation, act.as_name.as_deref())?;
            self.note(line, from, order, operation.purpose(), What::Acted);
        } else if let Some(operation) =
            bridge::Operation::read(verb, &act.args, &mut self.simulation)?
        {
            let actor = self
                .simulation
                .actor(&name)
                .ok_or(ValueError::Unknown(name))?;
            let name = act.as_name.as_deref();
            let order = self.simulation.ask_abroad(actor, &operation, name)?;
            self.note(line, from, order, operation.purpose(), What::Acted);
        } else if let Some(operation) =
            offline::Operation::read(verb, &act.args, &mut self.simulation)?
        {
            let actor = self
                .simulation
                .actor(&name)
                .ok_or(ValueError::Unknown(name))?;
            let name = act.as_name.as_deref();
            let order = self.simulation.act_offline(actor, &operation, name)?;
            self.note(line, from, order, operation.purpose(), What::Acted);
        } else if let Some(operation) =
            contracts::Operation::read(verb, &act.args, &mut self.simulation)?
        {
            let actor = self
                .simulation
                .actor(&name)
                .ok_or(ValueError::Unknown(name))?;
            let name = act.as_name.as_deref();
            let order = self.simulation.ask_contract(actor, &operation, name)?;
            self.note(line, from, order, operation.purpose(), What::Acted);
        } else if let Some(fault) = Fault::read(verb, &act.args, &mut self.simulation)? {
            let order = self.simulation.fault(&fault)?;
            self.note(line, from, order, Purpose::Fault, What::Acted);
        } else if let Some(activity) = Activity::read(verb, &act.args, &mut self.simulation)? {
            let actor = self
                .simulation
                .actor(&name)
                .ok_or(ValueError::Unknown(name))?;
            let order = self.simulation.begin(actor, &activity)?;
            self.note(line, from, order, activity.purpose(), What::Acted);
        }
        Ok(())
    }

    fn note(&mut self, line: u32, from: u32, order: OrderId, purpose: Purpose, what: What) {
        self.lines_of_orders.resize(order.0 as usize, line);
        self.lines_of_orders.push(line);
        if what == What::Acted {
            self.last_order = Some(order);
        }
        self.played.push(Played {
            line,
            from,
            to: self.position(),
            at: self.simulation.world().now(),
            order: Some(order),
            purpose: Some(purpose),
            what,
        });
        self.find_refusals(from);
    }

    fn find_refusals(&mut self, from: u32) {
        let found: Vec<_> = self
            .simulation
            .log()
            .facts(from, self.position())
            .filter_map(|(index, stamped)| match stamped.fact {
                Fact::Refused(refusal) => Some((index, refusal)),
                _ => None,
            })
            .collect();
        for (index, refusal) in found {
            self.refused.push(Refused {
                index,
                refusal,
                line: self.line_of(refusal.order),
                // That some of what a crowd asks is turned down goes without saying.
                expected: self.simulation.is_by_crowd(refusal.order),
            });
        }
    }

    fn let_pass(&mut self, until: i64, line: u32) -> Result<(), Halt> {
        let from = self.position();
        self.simulation.advance(until)?;
        let tells = |fact: &Fact| match fact {
            Fact::Posted(_) | Fact::Sent(_) | Fact::Refused(_) => true,
            Fact::Changed(change) => !matches!(change, Change::Idle),
            Fact::Scheduled(_) => false,
        };
        // A timer that found nothing to do is no event to show.
        if self
            .simulation
            .log()
            .facts(from, self.position())
            .any(|(_, stamped)| tells(&stamped.fact))
        {
            self.played.push(Played {
                line,
                from,
                to: self.position(),
                at: self.simulation.world().now(),
                order: None,
                purpose: None,
                what: What::Waited,
            });
            self.find_refusals(from);
        }
        Ok(())
    }

    fn expect(&mut self, line: u32, expectation: &Expectation) {
        let (held, found) = match expectation {
            Expectation::Path { path, op, value } => {
                let (name, fields) = (path.actor.plain(), path.fields.as_slice());
                match self.find(&name, fields) {
                    Some((found, currency)) => {
                        let expected = look::minor(value, currency);
                        let held = expected.is_some_and(|expected| op.holds(found, expected));
                        (held, write_minor(found, currency.decimals()))
                    }
                    None => (false, "nothing".to_owned()),
                }
            }
            Expectation::Refused(code) => {
                let last = self.last_order;
                let mut found = "ok".to_owned();
                let mut held = false;
                let simulation = &self.simulation;
                for refused in self
                    .refused
                    .iter_mut()
                    .filter(|it| Some(simulation.asked_by(it.refusal.order)) == last)
                {
                    found = format!("refused {}", refused.refusal.code.key());
                    if code
                        .as_ref()
                        .is_none_or(|code| code == refused.refusal.code.key())
                    {
                        refused.expected = true;
                        held = true;
                    }
                }
                (held, found)
            }
            Expectation::Ok => {
                let last = self.last_order;
                match self
                    .refused
                    .iter()
                    .find(|it| Some(self.simulation.asked_by(it.refusal.order)) == last)
                {
                    Some(refused) => (false, format!("refused {}", refused.refusal.code.key())),
                    None => (true, "ok".to_owned()),
                }
            }
            Expectation::Holds(name) => {
                let checks = invariants::full(self.simulation.world());
                match checks
                    .iter()
                    .find(|check| check.key == name && !check.holds())
                {
                    Some(check) => {
                        let sum = |minor| write_minor(minor, check.currency.decimals());
                        let found = format!("{} against {}", sum(check.left), sum(check.right));
                        (false, found)
                    }
                    None => (true, format!("holds {name}")),
                }
            }
        };
        self.checked.push(Checked {
            line,
            held,
            expected: script::expectation(expectation),
            found,
        });
    }

    /// Plays the whole text again with one more act at its end: what `try`
    /// does.
    ///
    /// # Errors
    /// As [`Run::load`] and [`Run::to_end`].
    pub fn fork(&self, act: &str) -> Result<Run, RunError> {
        let mut fork = Run::load_with(&self.source, self.options)?;
        fork.to_end()?;
        fork.act(act)?;
        Ok(fork)
    }
}

/// A contract or condition of the text, ready to be used.
fn form(statement: &Statement) -> Option<Form> {
    let Statement::Block(block) = statement else {
        return None;
    };
    Some(match &block.says {
        script::Says::Contract { machine, .. } => Form::contract(machine),
        script::Says::Condition(condition) => Form::Condition(condition.clone()),
    })
}

fn is_end(line: &Line) -> bool {
    line.statement == Some(Statement::End)
}

fn parse_when(text: &str) -> Option<When> {
    if let Some(span) = text.strip_prefix('+') {
        return span.parse().ok().map(When::After);
    }
    text.parse()
        .map(When::TimeOfDay)
        .or_else(|_| text.parse().map(When::At))
        .ok()
}

impl Op {
    /// Whether the comparison holds.
    pub fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Op::Equal => left == right,
            Op::NotEqual => left != right,
            Op::Less => left < right,
            Op::AtMost => left <= right,
            Op::More => left > right,
            Op::AtLeast => left >= right,
        }
    }
}

impl world::describe::Args for script::Args {
    fn value(&self, field: &str) -> Option<&Value> {
        script::Args::value(self, field)
    }
}
