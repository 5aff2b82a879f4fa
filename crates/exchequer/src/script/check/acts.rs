//! Who does what when: names, times, declarations, acts and expectations.

use money::{Instant, TimeError};
use world::describe::is_member;
use world::spec::{Spec, Value};

use super::super::ast::{Act, ActorName, Args, Declare, Expectation, Path, Statement, When};
use super::super::diagnostic::{Problem, Severity, Words};
use super::super::syntax::{At, Bytes, Fault, Item, RawAct, RawExpectation, time_fault};
use super::super::vocabulary::{AccountSpec, Word};
use super::{Checker, Many, Named, Text};

impl<'t, 'v> Checker<'t, 'v> {
    /// Takes a name in, unless it is taken.
    pub(super) fn learn(&mut self, name: String, kind: Option<&'static str>, line: u32) {
        self.names.entry(name).or_insert(Named { kind, line });
    }

    /// What a name stands for, the members of what was declared as many too.
    pub(super) fn named(&self, name: &str) -> Option<Named> {
        let known = self.names.get(name).copied();
        known.or_else(|| {
            let (many, number) = name.rsplit_once('-')?;
            let of = *self.many.get(many)?;
            is_member(number, of.count).then_some(Named {
                kind: of.kind,
                line: of.line,
            })
        })
    }

    /// Takes in how many things a declaration stands for; that one of their
    /// names is taken is told.
    fn learn_members(&mut self, text: Text<'t>, name: &At<ActorName>, spec: &Spec, args: &Args) {
        let count = match args.value("count") {
            Some(Value::Number { digits, .. }) if spec.creates.is_some() => digits.parse().ok(),
            _ => None,
        };
        let Some(count) = count else { return };
        let prefix = format!("{}-", name.it.plain());
        let others = self.names.range(prefix.clone()..);
        let taken = others
            .map_while(|(other, named)| Some((other, other.strip_prefix(&prefix)?, named.line)))
            .find(|(_, number, _)| is_member(number, count));
        if let Some((other, _, line)) = taken {
            let name_taken = Problem::NameTaken {
                name: other.clone(),
                line,
            };
            self.at(text, &name.bytes, name_taken);
            return;
        }
        let many = Many {
            kind: spec.creates,
            count,
            line: text.number,
        };
        self.many.insert(name.it.plain(), many);
    }

    /// Whether a name can be given to something new; if not, that is told.
    pub(super) fn is_free(&mut self, text: Text<'t>, name: &ActorName, bytes: &Bytes) -> bool {
        let name = name.plain();
        let problem = match self.named(&name) {
            None => return true,
            Some(Named { line: 0, .. }) => Problem::ReservedName { name },
            Some(Named { line, .. }) => Problem::NameTaken { name, line },
        };
        self.at(text, bytes, problem);
        false
    }

    /// What a name stands for; if nothing, that is told.
    pub(super) fn party(
        &mut self,
        text: Text<'t>,
        name: &ActorName,
        bytes: &Bytes,
    ) -> Option<Named> {
        let plain = name.plain();
        let known = self.named(&plain);
        if known.is_none() {
            let problem = Problem::UnknownActor {
                name: plain.clone(),
            };
            let names = std::mem::take(&mut self.names);
            let candidates = names.keys().map(String::as_str);
            self.unknown(text, bytes, problem, &plain, candidates);
            self.names = names;
        }
        known
    }

    // --- time ---

    pub(super) fn bad_time(&mut self, text: Text<'t>, bytes: &Bytes, error: TimeError) {
        let problem = Problem::BadTime {
            text: text.text[bytes.clone()].to_owned(),
            fault: time_fault(error),
        };
        self.at(text, bytes, problem);
    }

    /// The moment of a statement, if times are known and it is not past.
    pub(super) fn moment(&mut self, text: Text<'t>, when: &At<When>) -> Option<Instant> {
        let now = self.now?;
        let zone = &self.outcome.preset.as_ref()?.zone;
        match when.it.resolve(now, zone) {
            Ok(then) if then >= now => Some(then),
            Ok(_) => {
                let problem = Problem::TimeBackward {
                    written: when.it.to_string(),
                    now: zone.civil(now).to_string(),
                };
                let fault = Fault::new(problem, when.bytes.clone());
                let fault = match when.it {
                    When::TimeOfDay(_) => fault.suggest(when.bytes.clone(), "+1d"),
                    _ => fault,
                };
                self.fault(text, fault);
                None
            }
            Err(error) => {
                self.bad_time(text, &when.bytes, error);
                None
            }
        }
    }

    pub(super) fn advance(&mut self, text: Text<'t>, when: &At<When>) {
        if let Some(then) = self.moment(text, when) {
            self.now = Some(then);
        }
    }

    pub(super) fn declare(
        &mut self,
        text: Text<'t>,
        kind: &At<String>,
        name: At<ActorName>,
        items: Vec<Item>,
    ) -> Option<Statement> {
        let spec = self.vocabulary.kind(&kind.it)?;
        if name.it.sub.is_some() {
            let owner = ActorName::from_plain(&name.it.name);
            self.party(text, &owner, &name.bytes);
        }
        // Its own name is not among those its fields may use.
        let args = self.bind(text, spec, &kind.bytes, items);
        if self.is_free(text, &name.it, &name.bytes) {
            self.learn(name.it.plain(), Some(spec.name), text.number);
            self.learn_members(text, &name, spec, &args);
        }
        Some(Statement::Declare(Declare {
            kind: spec,
            name: name.it,
            args,
        }))
    }

    /// Checks an act. What it creates is a name from then on, if it is to be
    /// learnt.
    pub(super) fn act(&mut self, text: Text<'t>, act: RawAct, learn: bool) -> Option<Act> {
        let party = self.party(text, &act.actor.it, &act.actor.bytes);
        let kind = party.and_then(|party| party.kind);
        let verb = self.verb(text, &act, kind);
        let args = verb.map(|verb| self.bind(text, verb, &act.verb.bytes, act.items));
        if let Some(At { it: name, bytes }) = &act.as_name {
            let thing = ActorName {
                name: name.clone(),
                sub: None,
            };
            let free = self.is_free(text, &thing, bytes);
            if free && learn {
                let kind = verb.and_then(|verb| verb.creates);
                self.learn(thing.plain(), kind, text.number);
                // It is also its creator's thing of that name.
                if act.actor.it.sub.is_none() {
                    let whole = format!("{}/{name}", act.actor.it.name);
                    self.learn(whole, kind, text.number);
                }
            }
        }
        Some(Act {
            when: act.when.map(|when| when.it),
            actor: act.actor.it,
            verb: verb?,
            args: args?,
            as_name: act.as_name.map(|name| name.it),
        })
    }

    fn verb(
        &mut self,
        text: Text<'t>,
        act: &RawAct,
        kind: Option<&'static str>,
    ) -> Option<&'static Spec> {
        let allowed = |verb: &&'static Spec| {
            kind.is_none_or(|kind| verb.actors.is_empty() || verb.actors.contains(&kind))
        };
        let At { it: word, bytes } = &act.verb;
        let Some(verb) = self.vocabulary.verb(word) else {
            let verb = word.clone();
            let verbs = self.vocabulary.verbs.iter().copied();
            // Of two that are as near the one the actor has comes first.
            let (can, cannot): (Vec<&Spec>, Vec<&Spec>) = verbs.partition(|verb| allowed(verb));
            let candidates = can.iter().chain(&cannot).map(|verb| verb.name);
            self.unknown(text, bytes, Problem::UnknownVerb { verb }, word, candidates);
            return None;
        };
        if let Some(kind) = kind
            && !allowed(&verb)
        {
            let problem = Problem::VerbNotAllowed {
                verb: word.clone(),
                actor: act.actor.it.plain(),
                kind: kind.to_owned(),
                kinds: Words::of(verb.actors),
            };
            self.at(text, bytes, problem);
        }
        Some(verb)
    }

    pub(super) fn expectation(
        &mut self,
        text: Text<'t>,
        first: &Bytes,
        expectation: RawExpectation,
    ) -> Option<Expectation> {
        if matches!(expectation, RawExpectation::Ok | RawExpectation::Refused(_)) && !self.acted {
            let place = text.place(first);
            let problem = Problem::NothingToExpectOf {};
            self.tell(Severity::Warning, place, problem, None);
        }
        let known = |words: &[Word], name: &str| {
            words.is_empty() || words.iter().any(|word| word.name == name)
        };
        Some(match expectation {
            RawExpectation::Ok => Expectation::Ok,
            RawExpectation::Refused(None) => Expectation::Refused(None),
            RawExpectation::Refused(Some(At { it: code, bytes })) => {
                let refusals = self.vocabulary.refusals;
                if !known(refusals, &code) {
                    let refusal = code.clone();
                    let candidates = refusals.iter().map(|word| word.name);
                    let problem = Problem::UnknownRefusal { refusal };
                    self.unknown(text, &bytes, problem, &code, candidates);
                }
                Expectation::Refused(Some(code))
            }
            RawExpectation::Holds(At { it: name, bytes }) => {
                let invariants = self.vocabulary.invariants;
                if !known(invariants, &name) {
                    let candidates = invariants.iter().map(|word| word.name);
                    let problem = Problem::UnknownInvariant { name: name.clone() };
                    self.unknown(text, &bytes, problem, &name, candidates);
                }
                Expectation::Holds(name)
            }
            RawExpectation::Path {
                actor,
                fields,
                op,
                value,
            } => {
                let party = self.party(text, &actor.it, &actor.bytes);
                let account = match party {
                    Some(party) => self.account(text, &actor.it, party, &fields),
                    None => None,
                };
                let fields: Vec<String> = fields.into_iter().map(|field| field.it).collect();
                let value = match account {
                    Some(account) => {
                        self.typed(text, &fields.join("."), account.ty, value, true)?
                    }
                    None => value.it,
                };
                let actor = actor.it;
                Expectation::Path {
                    path: Path { actor, fields },
                    op,
                    value,
                }
            }
        })
    }

    /// What of a party's an expectation looks at; if the party has no such
    /// thing, that is told.
    fn account(
        &mut self,
        text: Text<'t>,
        actor: &ActorName,
        party: Named,
        fields: &[At<String>],
    ) -> Option<&'v AccountSpec> {
        let accounts = self.vocabulary.accounts;
        let (first, more) = fields.split_first()?;
        if accounts.is_empty() {
            return None;
        }
        let fits = |account: &&AccountSpec| {
            account.kinds.is_empty() || party.kind.is_none_or(|kind| account.kinds.contains(&kind))
        };
        let found = accounts
            .iter()
            .filter(fits)
            .find(|account| account.name == first.it);
        match found {
            Some(account) if account.open || more.is_empty() => Some(account),
            Some(account) => {
                let problem = Problem::UnknownAccount {
                    name: format!("{}.{}", actor.plain(), account.name),
                    account: more[0].it.clone(),
                };
                self.at(text, &more[0].bytes, problem);
                None
            }
            None => {
                let problem = Problem::UnknownAccount {
                    name: actor.plain(),
                    account: first.it.clone(),
                };
                let candidates = accounts.iter().filter(fits).map(|account| account.name);
                self.unknown(text, &first.bytes, problem, &first.it, candidates);
                None
            }
        }
    }
}
