//! A run that is looked at: every position of it as a picture. What the app's
//! worker owns.

use world::fact::PartyId;
use world::kernel::{MOST_PARTIES, MOST_TURNS, Stop};
use world::state::World;
use world::visible::Viewer;

use crate::picture;
use crate::run::{ENGINE, Halt, Options, Run, RunError};
use crate::script::{Diagnostic, Place, Problem, Severity};
use crate::views::studio::{Proof, Studio};
use crate::views::{
    Address, Members, Moment, PartyNo, Passage, Phone, Preset, Program, Register, Review,
    Statement, TurnedDown,
};

/// Worlds kept to seek from, besides the log's own checkpoints.
const KEPT: usize = 4;

/// Beats, and refusals, that a review tells one by one.
const REVIEWED: usize = 200;

/// A scenario played as far as its text allows, to be looked at anywhere.
#[derive(Debug)]
pub struct Session {
    run: Option<Run>,
    diagnostics: Vec<Diagnostic>,
    waits_for: Option<u32>,
    kept: Vec<(u32, World)>,
}

impl Session {
    /// Plays all that can be played of a text: everything above its first
    /// wrong line. Never fails; what is wrong stands in
    /// [`diagnostics`](Session::diagnostics).
    pub fn open(text: impl AsRef<[u8]>) -> Session {
        Session::open_with(text, Options::default())
    }

    /// The same with options.
    pub fn open_with(text: impl AsRef<[u8]>, options: Options) -> Session {
        let (run, mut diagnostics) = Run::open(text, options);
        let mut run = run.ok();
        let mut waits_for = run.as_ref().and_then(|run| run.script().waits_for());
        if run.is_none() {
            waits_for = diagnostics.iter().map(|it| it.place.line).min();
        }
        if let Some(run) = &mut run
            && let Err(RunError::Stopped { line, why }) = run.to_end()
        {
            diagnostics.push(stopped(run, line, &why));
            crate::script::in_order(&mut diagnostics);
            waits_for = Some(waits_for.map_or(line, |first| first.min(line)));
        }
        Session {
            run,
            diagnostics,
            waits_for,
            kept: Vec::new(),
        }
    }

    /// The run, if the text names a preset.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// All that is wrong with the text, from its beginning to its end.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The first line that cannot be played, if there is one.
    pub fn waits_for(&self) -> Option<u32> {
        self.waits_for
    }

    /// What there is to know about the run as a whole, told as it is written.
    pub fn program(&self) -> Program {
        self.told(picture::program)
    }

    /// The same, told in a language: lines of a [story that
    /// ships](crate::lessons) in its translation, all others as they are
    /// written. [`Program::language`] says which language that came to.
    pub fn program_in(&self, language: &str) -> Program {
        self.told(|run| picture::program_in(run, language))
    }

    fn told(&self, program: impl Fn(&Run) -> Program) -> Program {
        match &self.run {
            Some(run) => Program {
                waits_for: self.waits_for,
                ..program(run)
            },
            None => Program {
                title: String::new(),
                language: None,
                preset: Preset {
                    id: String::new(),
                    currency: String::new(),
                    decimals: 0,
                    ended: None,
                    ours: Vec::new(),
                },
                seed: 0,
                length: 0,
                parties: Vec::new(),
                beats: Vec::new(),
                steps: Vec::new(),
                tries: Vec::new(),
                slides: Vec::new(),
                expectations: Vec::new(),
                unexpected: Vec::new(),
                waits_for: self.waits_for,
                digest: String::new(),
                engine: ENGINE.to_owned(),
            },
        }
    }

    /// The run at a position; at its end for one beyond it.
    pub fn moment(&mut self, position: u32) -> Moment {
        self.moment_as(position, Viewer::Everyone)
    }

    /// The same as somebody sees it.
    pub fn moment_as(&mut self, position: u32, viewer: impl Into<Viewer>) -> Moment {
        self.moment_with(position, viewer, None)
    }

    /// The same with somebody of a crowd, who has no card there, told of on
    /// their own.
    pub fn moment_with(
        &mut self,
        position: u32,
        viewer: impl Into<Viewer>,
        also: Option<PartyNo>,
    ) -> Moment {
        self.look(position, viewer.into(), |at, asked| Moment {
            position: asked,
            ..picture::moment(at, also.map(PartyId))
        })
        .unwrap_or_else(picture::nothing)
    }

    /// The same with all that moved since a position before the beat being shown.
    pub fn moment_since(
        &mut self,
        since: u32,
        position: u32,
        viewer: impl Into<Viewer>,
        also: Option<PartyNo>,
    ) -> Moment {
        let viewer = viewer.into();
        let moment = self.moment_with(position, viewer, also);
        let flows = self.look(position, viewer, |at, _| picture::flows_since(at, since));
        Moment {
            flows: flows.unwrap_or_default(),
            ..moment
        }
    }

    /// A page of a crowd's people who bank at one institution, from one of
    /// them on.
    pub fn members(
        &mut self,
        position: u32,
        viewer: impl Into<Viewer>,
        (crowd, bank): (u32, Option<PartyNo>),
        from: u32,
    ) -> Members {
        self.look(position, viewer.into(), |at, _| {
            picture::members(at, crowd, bank, from)
        })
        .unwrap_or_default()
    }

    /// The phone of a wallet at a position, by the name that a line of script
    /// has for it; none if there is no such wallet, or it is not the viewer's
    /// to see.
    pub fn phone(&mut self, position: u32, name: &str, viewer: impl Into<Viewer>) -> Option<Phone> {
        let wallet = {
            let simulation = self.run.as_ref()?.simulation();
            simulation.wallet_of(simulation.names().get(name).copied()?)?
        };
        self.look(position, viewer.into(), |at, _| picture::phone(at, wallet))?
    }

    /// The statement of a wallet at a position, as [`phone`](Session::phone).
    pub fn statement(
        &mut self,
        position: u32,
        name: &str,
        viewer: impl Into<Viewer>,
    ) -> Option<Statement> {
        let wallet = {
            let simulation = self.run.as_ref()?.simulation();
            simulation.wallet_of(simulation.names().get(name).copied()?)?
        };
        self.look(position, viewer.into(), |at, _| {
            picture::statement(at, wallet)
        })?
    }

    /// The addresses of the wallets that the viewer may look into.
    pub fn addresses(&mut self, position: u32, viewer: impl Into<Viewer>) -> Vec<Address> {
        self.look(position, viewer.into(), |at, _| picture::addresses(at))
            .unwrap_or_default()
    }

    /// What happened up to a position, the last so many beats of it, oldest first. Each is told
    /// as it could be seen at its own time.
    pub fn sequence(
        &mut self,
        position: u32,
        viewer: impl Into<Viewer>,
        most: usize,
    ) -> Vec<Passage> {
        let viewer = viewer.into();
        let Some(run) = self.run.as_ref() else {
            return Vec::new();
        };
        let begun = picture::beats(run).take_while(|played| played.from < position);
        let ends: Vec<u32> = begun.map(|played| played.to.min(position)).collect();
        let last = &ends[ends.len().saturating_sub(most)..];
        let passages = last
            .iter()
            .filter_map(|end| self.look(*end, viewer, |at, _| picture::passage(at))?);
        passages.collect()
    }

    /// What the central bank's centres have on file at a position.
    pub fn registers(&mut self, position: u32, viewer: impl Into<Viewer>) -> Vec<Register> {
        self.look(position, viewer.into(), |at, _| picture::registers(at))
            .unwrap_or_default()
    }

    /// The contracts and conditions of the text, and one of them, counted from
    /// 0, with all there is to say of it at a position.
    pub fn studio(&mut self, position: u32, index: usize, viewer: impl Into<Viewer>) -> Studio {
        self.look(position, viewer.into(), |at, _| picture::studio(at, index))
            .unwrap_or_default()
    }

    /// What can be proven of a contract of the text; how it would be played is
    /// found at the run's end.
    pub fn proof(&mut self, index: usize) -> Option<Proof> {
        self.look(u32::MAX, Viewer::Everyone, |at, _| {
            picture::proof(at, index)
        })?
    }

    /// What a reviewer reads of the run; none of a text without a run.
    pub fn review(&mut self) -> Option<Review> {
        let end = self.moment(u32::MAX);
        let run = self.run.as_ref()?;
        let ends: Vec<u32> = picture::beats(run).map(|played| played.to).collect();
        let refused = run.refused();
        let refusals = u32::try_from(refused.len()).unwrap_or(u32::MAX);
        let refused: Vec<_> = refused
            .iter()
            .take(REVIEWED)
            .map(|it| (it.index, it.refusal, it.line, it.expected))
            .collect();
        let happened = ends
            .iter()
            .take(REVIEWED)
            .filter_map(|end| self.look(*end, Viewer::Everyone, |at, _| picture::passage(at))?);
        let happened = happened.collect();
        // What a type of wallet was then decides which rule it was.
        let refused = refused
            .into_iter()
            .filter_map(|(index, it, line, expected)| {
                self.look(index + 1, Viewer::Everyone, |at, _| {
                    let (refusal, rule) = picture::turned_down(at, &it);
                    TurnedDown {
                        line,
                        at: at
                            .run
                            .simulation()
                            .log()
                            .fact(index)
                            .map_or_else(String::new, |fact| picture::civil(at.run, fact.at)),
                        rule,
                        expected,
                        refusal,
                    }
                })
            });
        let refused = refused.collect();
        self.look(u32::MAX, Viewer::Everyone, |at, _| {
            let (sheet, limits) = picture::sheet(at);
            let (known, all) = picture::known(at);
            Review {
                end,
                happened,
                beats: u32::try_from(ends.len()).unwrap_or(u32::MAX),
                refused,
                refusals,
                sheet,
                limits,
                known,
                all,
            }
        })
    }

    /// Looks at the run at a position. `view` gets the position that was asked
    /// for too: what is shown stands at the end of the decision it lies in.
    fn look<T>(
        &mut self,
        position: u32,
        viewer: Viewer,
        view: impl FnOnce(&picture::At<'_>, u32) -> T,
    ) -> Option<T> {
        let run = self.run.as_ref()?;
        let asked = position.min(run.position());
        let position = whole_decision(run, asked);
        let beat = picture::beat_at(run, position);
        let from = beat.map_or(position, |(_, played)| played.from);
        let before = world_at(&mut self.kept, run, from);
        let now = world_at(&mut self.kept, run, position);
        let owned = picture::owned(&now);
        let at = picture::At {
            run,
            position,
            beat,
            before: &before,
            now: &now,
            viewer,
            owned: &owned,
        };
        Some(view(&at, asked))
    }
}

/// The end of the decision that a position lies in. A party posts and sends in
/// one breath: between the two there is nothing to look at.
fn whole_decision(run: &Run, position: u32) -> u32 {
    let log = run.simulation().log();
    let cause = |index: u32| log.fact(index).map(|stamped| stamped.cause);
    let Some(last) = position.checked_sub(1).and_then(cause) else {
        return position;
    };
    (position..run.position())
        .find(|index| cause(*index) != Some(last))
        .unwrap_or(run.position())
}

/// The world at a position, from the nearest of the kept worlds and the log's
/// checkpoints.
fn world_at(kept: &mut Vec<(u32, World)>, run: &Run, position: u32) -> World {
    let log = run.simulation().log();
    let checkpoint = log.checkpoint_before(position);
    let nearest = kept
        .iter()
        .filter(|(at, _)| (checkpoint..=position).contains(at))
        .max_by_key(|(at, _)| *at);
    let world = match nearest {
        Some((at, world)) => {
            let mut world = world.clone();
            log.play(&mut world, *at, position);
            world
        }
        None => log.world_at(position),
    };
    kept.retain(|(at, _)| *at != position);
    if kept.len() >= KEPT {
        kept.remove(0);
    }
    kept.push((position, world.clone()));
    world
}

fn stopped(run: &Run, line: u32, why: &Halt) -> Diagnostic {
    let place = run
        .script()
        .lines
        .iter()
        .find(|it| it.place.line == line)
        .map_or(
            Place {
                line,
                ..Place::default()
            },
            |it| it.place,
        );
    let problem = match why {
        Halt::Stop(Stop::NotPositive) => Problem::ZeroAmount {},
        Halt::Stop(Stop::CrowdSize) => Problem::CrowdSize { most: MOST_PARTIES },
        Halt::Stop(Stop::TooOften) => Problem::TooOften { most: MOST_TURNS },
        why => Problem::Stopped {
            why: why.to_string(),
        },
    };
    Diagnostic {
        severity: Severity::Error,
        place,
        problem,
        suggestion: None,
        pointer: None,
    }
}
