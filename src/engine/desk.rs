//! What the worker does with a request: it holds the run of one text and
//! answers for it. Free of the browser, so that it also answers in native
//! tests.

use exchequer::attacks;
use exchequer::compare;
use exchequer::export::{self, iso20022};
use exchequer::handoff;
use exchequer::presets::Shipped;
use exchequer::run::Run;
use exchequer::script;
use exchequer::series;
use exchequer::session::Session;
use exchequer::studio;
use exchequer::trail::Trail;
use exchequer::views::{Program, Seen};
use exchequer::vocabulary;

use super::protocol::{Answer, Finding, Form, Inquiry, Judged, Reply, Request, With, encode};
use crate::part::part;

/// The language that every story that ships is written in: to tell it so,
/// nothing has to be looked up.
const WRITTEN: &str = "en";

/// What of the desk is not needed to watch the story that the app opens with.
pub struct Depths {
    /// The run as a whole, told in a language.
    program_in: fn(&Session, &str) -> Program,
    /// What was asked.
    told: fn(&mut Desk, Inquiry) -> Reply,
}

part! {
    /// Translations, and answers to inquiries.
    pub DEPTHS, desk: Depths = Depths {
        program_in: Session::program_in,
        told: Desk::told,
    }
}

/// The engine's desk.
#[derive(Default)]
pub struct Desk {
    run: Option<(u32, Session)>,
    /// The same text by another preset's rules, while they are compared.
    beside: Option<Session>,
}

impl Desk {
    /// Whether a request is answered whole only once the depths are there.
    pub fn goes_deep(request: &Request) -> bool {
        match request {
            Request::Load { language, .. } => language != WRITTEN,
            Request::Moment { .. } => false,
            Request::Ask(_) => true,
        }
    }

    /// Answers a request as well as it can with what is there.
    pub fn answer(&mut self, request: Request) -> Answer {
        match request {
            Request::Load {
                revision,
                text,
                language,
            } => {
                let session = Session::open(text);
                // A story is better told as it is written than not at all.
                let program = Box::new(match DEPTHS.get() {
                    Some(depths) if language != WRITTEN => (depths.program_in)(&session, &language),
                    _ => session.program(),
                });
                let findings = session.diagnostics().iter().map(Finding::from).collect();
                self.run = Some((revision, session));
                self.beside = None;
                Answer::Loaded {
                    revision,
                    program,
                    findings,
                }
            }
            Request::Moment {
                position,
                since,
                seen,
                also,
            } => {
                let (revision, session) = self.held();
                let moment = Box::new(match since {
                    Some(since) => session.moment_since(since, position, seen, also),
                    None => session.moment_with(position, seen, also),
                });
                Answer::Moment {
                    revision: *revision,
                    moment,
                }
            }
            Request::Ask(inquiry) => match DEPTHS.get() {
                Some(depths) => Answer::Told((depths.told)(self, inquiry)),
                None => Answer::Lacking,
            },
        }
    }

    /// The run of the text last played.
    fn held(&mut self) -> &mut (u32, Session) {
        self.run.get_or_insert_with(|| (0, Session::open("")))
    }

    fn told(&mut self, inquiry: Inquiry) -> Reply {
        match inquiry {
            Inquiry::Phone {
                position,
                name,
                seen,
            } => {
                let (_, session) = self.held();
                Reply::Phone(session.phone(position, &name, seen).map(Box::new))
            }
            Inquiry::Statement {
                position,
                name,
                seen,
            } => {
                let (_, session) = self.held();
                Reply::Statement(session.statement(position, &name, seen).map(Box::new))
            }
            Inquiry::Codes { position, names } => {
                let (_, session) = self.held();
                // A code is shown to be seen by whoever stands before it.
                let mut codes = session.addresses(position, Seen::Everyone);
                codes.retain(|it| it.code.is_some() && names.contains(&it.name));
                Reply::Codes(codes)
            }
            Inquiry::Sheet => {
                let (_, session) = self.held();
                let run = session.run();
                Reply::Sheet(run.map(|run| Box::new(run.preset().sheet(run.ours()))))
            }
            Inquiry::Attack(attack) => {
                let played = attacks::models().filter_map(|model| attacks::play(&attack, model));
                Reply::Attempts(played.collect())
            }
            Inquiry::Series { intervals } => {
                let (_, session) = self.held();
                let run = session.run();
                Reply::Series(run.map(|run| Box::new(series::series(run, intervals))))
            }
            Inquiry::Sequence {
                position,
                seen,
                most,
            } => {
                let (_, session) = self.held();
                Reply::Sequence(session.sequence(position, seen, most))
            }
            Inquiry::Registers { position, seen } => {
                let (_, session) = self.held();
                Reply::Registers(session.registers(position, seen))
            }
            Inquiry::Members {
                position,
                seen,
                crowd,
                bank,
                from,
            } => {
                let (_, session) = self.held();
                Reply::Members(session.members(position, seen, (crowd, bank), from))
            }
            Inquiry::Compare { with } => {
                let (_, session) = self.held();
                let other = match with {
                    With::Rules(preset) => session
                        .run()
                        .and_then(|run| compare::with_preset(run.text(), &preset)),
                    With::Text(text) => Some(text),
                };
                let Some(mut other) = other.map(Session::open) else {
                    return Reply::Comparison(None);
                };
                let found = compare::compare(session, &mut other);
                self.beside = Some(other);
                Reply::Comparison(Some(Box::new(found)))
            }
            Inquiry::Beside { position, seen } => {
                let other = self.beside.as_mut();
                Reply::Beside(other.map(|it| Box::new(it.moment_as(position, seen))))
            }
            Inquiry::Studio {
                position,
                index,
                seen,
            } => {
                let (_, session) = self.held();
                Reply::Studio(encode(&session.studio(position, index, seen)))
            }
            Inquiry::Proof { index } => {
                let (_, session) = self.held();
                Reply::Proof(session.proof(index).map(|proof| encode(&proof)))
            }
            Inquiry::Fill { key, given } => {
                let (_, session) = self.held();
                let given: Vec<(&str, &str)> =
                    given.iter().map(|(key, it)| (&**key, &**it)).collect();
                let block = session.run().and_then(|run| {
                    let decimals = run.simulation().rules().currency.decimals();
                    let template = conditions::catalogue::find(&key)?;
                    studio::filled(run.text(), template, &given, decimals)
                });
                Reply::Written(block)
            }
            Inquiry::Starter { key, title } => Reply::Written(studio::starter(&key, &title)),
            Inquiry::Deeds { text, line, actor } => {
                let found =
                    vocabulary::with(|words| script::deeds(&text, line, &actor, words, &Shipped));
                Reply::Deeds(encode(&found))
            }
            Inquiry::Draft { text, line, draft } => {
                let found =
                    vocabulary::with(|words| script::drafted(&text, line, &draft, words, &Shipped));
                Reply::Judged(encode(&Judged::from(found)))
            }
            Inquiry::Export { form, seen } => {
                let (_, session) = self.held();
                let may = form.honours_viewer() || seen == Seen::Everyone;
                let whole = session.waits_for().is_none();
                let run = session.run().filter(|_| may && whole);
                Reply::Exported(run.and_then(|run| exported(run, form, seen)))
            }
            Inquiry::Review => {
                let (_, session) = self.held();
                Reply::Review(session.review().map(|it| encode(&it)))
            }
            Inquiry::Trail => {
                let (_, session) = self.held();
                Reply::Trail(session.run().map(Trail::of))
            }
            Inquiry::Parting(trail) => {
                let (_, session) = self.held();
                Reply::Parting(session.run().map(|run| trail.parting(run)))
            }
            Inquiry::Format(text) => format(&text),
            Inquiry::Complete { text, at } => {
                let list = vocabulary::with(|words| script::complete(&text, at, words, &Shipped));
                Reply::Completions { text, at, list }
            }
            Inquiry::Hover { text, at } => Reply::Help(vocabulary::with(|words| {
                script::hover(&text, at, words, &Shipped)
            })),
        }
    }
}

/// A run as a file.
fn exported(run: &Run, form: Form, seen: Seen) -> Option<Vec<u8>> {
    match form {
        Form::HandOff => handoff::zip(run),
        Form::Mermaid => Some(export::mermaid(run).into_bytes()),
        Form::Csv => Some(export::csv(run).into_bytes()),
        Form::Json => Some((export::json(run) + "\n").into_bytes()),
        Form::Iso20022 => {
            let messages = iso20022::messages(run, seen.into()).into_iter();
            let files: Vec<_> = messages.map(|it| (it.name, it.text)).collect();
            export::pack(&files)
        }
    }
}

fn format(text: &str) -> Reply {
    vocabulary::with(|words| {
        let outcome = script::parse(text, words, &Shipped);
        // A text with errors keeps its form: what is not understood cannot be
        // written again.
        let whole = outcome.script.waits_for().is_none();
        Reply::Formatted(whole.then(|| script::format(&outcome.script)))
    })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::app::OPENING;

    #[test]
    fn the_opening_plays_and_every_position_has_a_moment() {
        let mut desk = Desk::default();
        let request = Request::Load {
            revision: 3,
            text: OPENING.to_owned(),
            language: "en".to_owned(),
        };
        let Answer::Loaded {
            revision: 3,
            program,
            findings,
        } = desk.answer(request)
        else {
            panic!("the text is not played");
        };
        assert_eq!(findings, []);
        assert_eq!(program.steps.len(), 4);
        assert!(program.expectations.iter().all(|it| it.held));
        for position in 0..=program.length {
            let Answer::Moment {
                revision: 3,
                moment,
            } = desk.answer(Request::Moment {
                position,
                since: None,
                seen: Seen::Everyone,
                also: None,
            })
            else {
                panic!("no moment at {position}");
            };
            assert_eq!(moment.position, position);
            assert!(moment.accounted.holds, "{position}: {:?}", moment.accounted);
        }
    }

    fn exported(desk: &mut Desk, form: Form, seen: Seen) -> Option<Vec<u8>> {
        match desk.answer(Request::Ask(Inquiry::Export { form, seen })) {
            Answer::Told(Reply::Exported(bytes)) => bytes,
            other => panic!("no export: {other:?}"),
        }
    }

    #[test]
    fn a_run_is_exported_in_every_form_and_to_nobody_who_may_not_see_it_all() {
        let mut desk = Desk::default();
        let load = |desk: &mut Desk, text: &str| {
            desk.answer(Request::Load {
                revision: 1,
                text: text.to_owned(),
                language: "en".to_owned(),
            });
        };
        load(&mut desk, OPENING);
        for (form, begins) in [
            (Form::HandOff, &b"PK\x03\x04"[..]),
            (Form::Mermaid, b"---\ntitle"),
            (Form::Csv, b""),
            (Form::Json, b"{"),
            (Form::Iso20022, b"PK\x03\x04"),
        ] {
            let file = exported(&mut desk, form, Seen::Everyone).unwrap();
            assert!(file.len() > 100 && file.starts_with(begins), "{form:?}");
            let alices = exported(&mut desk, form, Seen::Party(3));
            assert_eq!(alices.is_some(), form == Form::Iso20022, "{form:?}");
            assert_ne!(alices, Some(file), "{form:?}");
        }
        // A text that waits is not handed on.
        load(
            &mut desk,
            &OPENING.replace("Alice: exchange", "Alice: exchagne"),
        );
        for form in Form::ALL {
            assert_eq!(exported(&mut desk, form, Seen::Everyone), None);
        }
    }

    #[test]
    fn a_wrong_line_is_found_and_what_stands_above_it_is_played() {
        let mut desk = Desk::default();
        let text = OPENING.replace("Alice: exchange", "Alice: exchagne");
        let Answer::Loaded {
            program, findings, ..
        } = desk.answer(Request::Load {
            revision: 1,
            text,
            language: "en".to_owned(),
        })
        else {
            panic!("the text is not played");
        };
        assert_eq!(program.beats.len(), 2);
        assert_eq!(findings[0].code, "unknown-verb");
        assert_eq!(program.waits_for, Some(findings[0].place.line));
    }

    #[test]
    fn nothing_loaded_is_a_moment_of_nobody() {
        let answer = Desk::default().answer(Request::Moment {
            position: 9,
            since: None,
            seen: Seen::Everyone,
            also: None,
        });
        assert!(matches!(answer, Answer::Moment { moment, .. } if moment.parties.is_empty()));
    }

    #[test]
    fn texts_are_completed_explained_and_formatted() {
        let mut desk = Desk::default();
        let text = "use cny-2025@1\nperson   Al".to_owned();
        let Answer::Told(Reply::Completions { list, .. }) =
            desk.answer(Request::Ask(Inquiry::Complete {
                text: "us".to_owned(),
                at: 2,
            }))
        else {
            panic!("no completions");
        };
        assert!(list.iter().any(|offer| offer.label == "use"));
        let help = desk.answer(Request::Ask(Inquiry::Hover { text, at: 18 }));
        assert!(matches!(help, Answer::Told(Reply::Help(Some(hover))) if hover.range == (15..21)));
        let wide = "use   cny-2025@1\n".to_owned();
        let formatted = desk.answer(Request::Ask(Inquiry::Format(wide)));
        let Answer::Told(Reply::Formatted(Some(formatted))) = formatted else {
            panic!("not formatted");
        };
        assert_eq!(formatted.trim_end(), "use cny-2025@1");
    }
}
