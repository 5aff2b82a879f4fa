//! What a page and the app in its frame say to each other, version 1. The
//! messages are described for those who send them in `docs/embed.md`.

use exchequer::lessons::{self, NoLesson};
use exchequer::views::{Moment, Program};
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::state::{Answer, Playback, Step, key_of, question_at, step_at};

/// The version of the messages.
pub(super) const VERSION: u64 = 1;

/// Whom messages to the app are addressed to, and whom its own are from.
const NAME: &str = "exchequer";

/// No message is longer, in bytes of its JSON.
const LONGEST: usize = 512 * 1024;

/// No id that is given back is longer.
const LONGEST_ID: usize = 64;

/// What the address of a frame says besides the fragment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frame {
    /// The origin of the page that may speak to the frame. Without one nobody
    /// may, and the frame says nothing to anybody.
    pub(super) origin: Option<String>,
}

/// What the query of the page's address asks for, if it asks for a frame.
pub(super) fn frame(query: &str) -> Option<Frame> {
    let pairs = query.strip_prefix('?')?.split('&');
    let pairs: Vec<(&str, &str)> = pairs.filter_map(|pair| pair.split_once('=')).collect();
    let value = |name: &str| {
        let found = pairs.iter().find(|(it, _)| *it == name);
        found.map(|(_, value)| *value)
    };
    (value("embed") == Some("1")).then(|| Frame {
        origin: value("origin").and_then(decoded).filter(|it| is_origin(it)),
    })
}

/// Whether a text is an origin as browsers write them: `https://host.example`,
/// `http://127.0.0.1:8080`.
fn is_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]_".contains(c);
        !host.is_empty() && host.chars().all(plain)
    })
}

/// A value of a query with its escapes read.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// What a page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// To show another story, from one of its steps, from 1.
    Load(String, usize),
    /// To play on.
    Play,
    /// To stand still.
    Pause,
    /// One event on.
    Next,
    /// One event back.
    Back,
    /// To go to a position.
    Seek(u32),
    /// To go to a step, from 1.
    SeekStep(usize),
    /// To answer the question that waits: a choice, from 0, or none.
    Answer(Option<usize>),
    /// To be told where the story stands.
    State,
}

/// Why a message did nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum Refusal {
    /// It is longer than any message may be.
    #[error("a message has at most {LONGEST} bytes of JSON")]
    TooLong,
    /// It is not a message of these.
    #[error("a message is an object with to: \"exchequer\", version and type")]
    NotRead,
    /// It is of another version.
    #[error("this is version {VERSION} of the messages")]
    Version,
    /// There is nothing of this type.
    #[error("there is no message of the type {0:?}")]
    Type(String),
    /// A value is missing or is not what it has to be.
    #[error("{0}")]
    Value(&'static str),
    /// There is no such lesson, or no such step of it.
    #[error(transparent)]
    NoLesson(#[from] NoLesson),
    /// There is no story yet.
    #[error("the story is not there yet: wait for \"ready\"")]
    NotReady,
    /// Nothing is asked.
    #[error("no question waits for an answer")]
    NotAsked,
}

impl Refusal {
    /// What programs tell refusals apart by.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::NotRead => "not-read",
            Self::Version => "version",
            Self::Type(_) => "type",
            Self::Value(_) => "value",
            Self::NoLesson(_) => "no-lesson",
            Self::NotReady => "not-ready",
            Self::NotAsked => "not-asked",
        }
    }
}

/// A message read: the id that its answer gives back, and what it asks for.
pub(super) type Read = (Option<Value>, Result<Command, Refusal>);

/// Reads a message, given as JSON.
pub(super) fn read(json: &str) -> Read {
    if json.len() > LONGEST {
        return (None, Err(Refusal::TooLong));
    }
    match serde_json::from_str(json) {
        Ok(Value::Object(message)) => (id_of(&message), command_of(&message)),
        _ => (None, Err(Refusal::NotRead)),
    }
}

fn id_of(message: &Map<String, Value>) -> Option<Value> {
    let id = message.get("id")?;
    let short = id.as_str().is_some_and(|id| id.len() <= LONGEST_ID);
    (short || id.is_number()).then(|| id.clone())
}

fn command_of(message: &Map<String, Value>) -> Result<Command, Refusal> {
    let word = |name: &str| message.get(name).and_then(Value::as_str);
    if word("to") != Some(NAME) {
        return Err(Refusal::NotRead);
    }
    if message.get("version").and_then(Value::as_u64) != Some(VERSION) {
        return Err(Refusal::Version);
    }
    Ok(match word("type").ok_or(Refusal::NotRead)? {
        "load" => load(message)?,
        "play" => Command::Play,
        "pause" => Command::Pause,
        "next" => Command::Next,
        "back" => Command::Back,
        "seek" => seek(message)?,
        "answer" => Command::Answer(match message.get("choice") {
            None | Some(Value::Null) => None,
            Some(choice) => Some(number(choice).ok_or(Refusal::Value(
                "choice is a number from 0, or left out to be just shown",
            ))?),
        }),
        "state" => Command::State,
        other => return Err(Refusal::Type(other.chars().take(LONGEST_ID).collect())),
    })
}

fn number(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|it| usize::try_from(it).ok())
}

fn load(message: &Map<String, Value>) -> Result<Command, Refusal> {
    const WHAT: Refusal = Refusal::Value("load takes a lesson or a script, as a text");
    const STEP: Refusal = Refusal::Value("step is a number from 1");
    let step = match message.get("step") {
        None => 1,
        Some(step) => number(step).filter(|step| *step > 0).ok_or(STEP)?,
    };
    match (message.get("lesson"), message.get("script")) {
        (Some(Value::String(slug)), None) => {
            let lesson = lessons::find(slug)
                .ok_or_else(|| NoLesson::Name(slug.chars().take(64).collect()))?;
            if step > lesson.steps() {
                let step = step.to_string();
                return Err(NoLesson::Step { lesson, step }.into());
            }
            Ok(Command::Load(lesson.text.to_owned(), step))
        }
        (None, Some(Value::String(script))) => Ok(Command::Load(script.clone(), step)),
        _ => Err(WHAT),
    }
}

fn seek(message: &Map<String, Value>) -> Result<Command, Refusal> {
    const WHAT: Refusal = Refusal::Value("seek takes a position from 0 or a step from 1");
    match (message.get("position"), message.get("step")) {
        (Some(position), None) => number(position)
            .and_then(|it| u32::try_from(it).ok())
            .map(Command::Seek),
        (None, Some(step)) => number(step).filter(|it| *it > 0).map(Command::SeekStep),
        _ => None,
    }
    .ok_or(WHAT)
}

/// What a command comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// The playback moves.
    Step(Step),
    /// Another text, from a step, from 1.
    Load(String, usize),
    /// The state is told.
    Tell,
}

/// What a command comes to where a story stands.
pub(super) fn act(command: Command, story: Option<(&Program, &Playback)>) -> Result<Act, Refusal> {
    Ok(Act::Step(match (command, story) {
        (Command::State, _) => return Ok(Act::Tell),
        (Command::Load(text, step), _) => return Ok(Act::Load(text, step)),
        (_, None) => return Err(Refusal::NotReady),
        (Command::Play, _) => Step::Play,
        (Command::Pause, _) => Step::Pause,
        (Command::Next, _) => Step::Next,
        (Command::Back, _) => Step::Back,
        (Command::Seek(position), Some((program, _))) if position > program.length => {
            return Err(Refusal::Value("position is past the end of the run"));
        }
        (Command::Seek(position), _) => Step::Seek(position),
        (Command::SeekStep(step), Some((program, _))) if step > program.steps.len() => {
            return Err(Refusal::Value("the story has fewer steps"));
        }
        (Command::SeekStep(step), _) => Step::ToStep(step.saturating_sub(1)),
        (Command::Answer(choice), Some((program, playback))) => {
            let asked = question_at(program, playback.position)
                .filter(|it| !playback.answers.contains_key(key_of(it.question)))
                .ok_or(Refusal::NotAsked)?;
            if choice.is_some_and(|choice| choice >= asked.question.choices.len()) {
                return Err(Refusal::Value("the question has fewer choices"));
            }
            let answer = choice.map_or(Answer::Shown, Answer::Choice);
            Step::Answer(key_of(asked.question).to_owned(), answer)
        }
    }))
}

/// What the frame says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum Said {
    /// There is a picture; these versions are understood.
    Ready {
        versions: [u64; 1],
        engine: String,
        state: State,
    },
    /// A message was understood and done.
    Done,
    /// Where the story stands.
    State { state: State },
    /// A message did nothing.
    Error { code: &'static str, message: String },
}

/// A question that waits for an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Waiting {
    pub(super) text: String,
    pub(super) choices: Vec<String>,
}

/// Where a story stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct State {
    pub(super) title: String,
    /// The slug of the lesson, if the text is one's that ships.
    pub(super) lesson: Option<&'static str>,
    pub(super) position: u32,
    pub(super) length: u32,
    /// From 1; 0 where there are none.
    pub(super) step: usize,
    pub(super) steps: usize,
    pub(super) playing: bool,
    pub(super) finished: bool,
    pub(super) question: Option<Waiting>,
    /// The time shown.
    pub(super) at: String,
    pub(super) caption: String,
    pub(super) digest: String,
    /// The first line that is wrong, if one is: what stands above it plays.
    pub(super) waits_for: Option<u32>,
}

/// Where a story stands.
pub(super) fn state(
    text: &str,
    program: &Program,
    playback: &Playback,
    moment: &Moment,
    caption: String,
) -> State {
    let question = question_at(program, playback.position)
        .filter(|it| !playback.answers.contains_key(key_of(it.question)))
        .map(|it| Waiting {
            text: it.question.text.clone(),
            choices: it.question.choices.iter().map(|it| it.0.clone()).collect(),
        });
    State {
        title: program.title.clone(),
        lesson: lessons::of_text(text).map(|it| it.slug),
        position: playback.position,
        length: program.length,
        step: step_at(program, playback.position).map_or(0, |step| step + 1),
        steps: program.steps.len(),
        playing: playback.playing,
        finished: playback.finished(program),
        question,
        at: moment.at.clone(),
        caption,
        digest: program.digest.clone(),
        waits_for: program.waits_for,
    }
}

#[derive(Serialize)]
struct Envelope<'a> {
    from: &'static str,
    version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    re: Option<&'a Value>,
    #[serde(flatten)]
    said: &'a Said,
}

/// What is said as JSON; an answer gives back the id of what it answers.
pub(super) fn written(said: &Said, re: Option<&Value>) -> Option<String> {
    serde_json::to_string(&Envelope {
        from: NAME,
        version: VERSION,
        re,
        said,
    })
    .ok()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture;
    use proptest::prelude::*;
    use serde_json::json;

    fn said(message: Value) -> Read {
        read(&message.to_string())
    }

    fn told(mut message: Value) -> Result<Command, Refusal> {
        message["to"] = NAME.into();
        message["version"] = VERSION.into();
        said(message).1
    }

    #[test]
    fn a_frame_is_asked_for_with_the_origin_that_may_speak_to_it() {
        let origin = |query: &str| frame(query).map(|it| it.origin);
        let host = Some("https://host.example".to_owned());
        assert_eq!(origin("?embed=1"), Some(None));
        assert_eq!(
            origin("?embed=1&origin=https://host.example"),
            Some(host.clone())
        );
        assert_eq!(
            origin("?origin=https%3A%2F%2Fhost.example&embed=1"),
            Some(host)
        );
        for query in ["", "?", "?embed", "?embed=0", "?embed=12", "?x=embed=1"] {
            assert_eq!(frame(query), None, "{query}");
        }
        for bad in [
            "*",
            "null",
            "https://",
            "https://a/b",
            "javascript:x",
            "//a",
            "https://a%2",
            "https://A",
        ] {
            assert_eq!(
                origin(&format!("?embed=1&origin={bad}")),
                Some(None),
                "{bad}"
            );
        }
    }

    #[test]
    fn every_command_is_read() {
        let text = |slug| lessons::find(slug).unwrap().text.to_owned();
        for (message, command) in [
            (
                json!({"type": "load", "lesson": "payday"}),
                Command::Load(text("payday"), 1),
            ),
            (
                json!({"type": "load", "lesson": "payday", "step": 3}),
                Command::Load(text("payday"), 3),
            ),
            (
                json!({"type": "load", "script": "use x@1"}),
                Command::Load("use x@1".to_owned(), 1),
            ),
            (json!({"type": "play"}), Command::Play),
            (json!({"type": "pause"}), Command::Pause),
            (json!({"type": "next"}), Command::Next),
            (json!({"type": "back"}), Command::Back),
            (json!({"type": "seek", "position": 0}), Command::Seek(0)),
            (json!({"type": "seek", "step": 2}), Command::SeekStep(2)),
            (
                json!({"type": "answer", "choice": 1}),
                Command::Answer(Some(1)),
            ),
            (json!({"type": "answer"}), Command::Answer(None)),
            (json!({"type": "state"}), Command::State),
        ] {
            assert_eq!(told(message.clone()), Ok(command), "{message}");
        }
    }

    #[test]
    fn what_is_no_command_is_refused_by_its_kind() {
        for (message, code) in [
            (json!({"type": "dance"}), "type"),
            (json!({}), "not-read"),
            (json!({"type": "load"}), "value"),
            (
                json!({"type": "load", "lesson": "payday", "script": ""}),
                "value",
            ),
            (json!({"type": "load", "lesson": 3}), "value"),
            (json!({"type": "load", "lesson": "no-such"}), "no-lesson"),
            (
                json!({"type": "load", "lesson": "payday", "step": 99}),
                "no-lesson",
            ),
            (
                json!({"type": "load", "lesson": "payday", "step": 0}),
                "value",
            ),
            (json!({"type": "seek"}), "value"),
            (json!({"type": "seek", "position": -1}), "value"),
            (
                json!({"type": "seek", "position": 4_294_967_296_u64}),
                "value",
            ),
            (json!({"type": "seek", "position": 1, "step": 1}), "value"),
            (json!({"type": "answer", "choice": "a"}), "value"),
        ] {
            assert_eq!(told(message.clone()).unwrap_err().code(), code, "{message}");
        }
        let mine = json!({"to": NAME, "version": 2, "type": "play", "id": 7});
        assert_eq!(said(mine), (Some(json!(7)), Err(Refusal::Version)));
        assert_eq!(
            said(json!({"version": 1, "type": "play"})).1,
            Err(Refusal::NotRead)
        );
        assert_eq!(read("[1]").1, Err(Refusal::NotRead));
        assert_eq!(read(&" ".repeat(LONGEST + 1)).1, Err(Refusal::TooLong));
        let long = json!({"to": NAME, "version": 1, "type": "play", "id": "x".repeat(65)});
        assert_eq!(said(long), (None, Ok(Command::Play)));
    }

    proptest! {
        #[test]
        fn any_message_is_read_or_refused(text in any::<String>(), kind in "[a-z]{0,6}", value in any::<i64>()) {
            let _ = read(&text);
            let _ = told(json!({"type": kind, "step": value, "position": value, "choice": value, "lesson": text}));
        }
    }

    #[test]
    fn a_command_moves_the_story_or_says_why_not() {
        let program = fixture::opening();
        let start = Playback::default().after(&Step::Again, &program);
        let asked = start.after(&Step::End, &program);
        let at_start = Some((&program, &start));
        assert_eq!(act(Command::Play, None), Err(Refusal::NotReady));
        assert_eq!(act(Command::State, None), Ok(Act::Tell));
        assert_eq!(act(Command::Play, at_start), Ok(Act::Step(Step::Play)));
        assert_eq!(
            act(Command::SeekStep(2), at_start),
            Ok(Act::Step(Step::ToStep(1)))
        );
        assert_eq!(act(Command::Answer(None), at_start), Err(Refusal::NotAsked));
        let at_question = Some((&program, &asked));
        let key = key_of(&program.steps[3].questions[0]).to_owned();
        assert_eq!(
            act(Command::Answer(Some(1)), at_question),
            Ok(Act::Step(Step::Answer(key, Answer::Choice(1))))
        );
        for (command, story) in [
            (Command::Seek(program.length + 1), at_start),
            (Command::SeekStep(9), at_start),
            (Command::Answer(Some(9)), at_question),
        ] {
            assert_eq!(act(command, story).unwrap_err().code(), "value");
        }
    }

    #[test]
    fn what_is_said_carries_its_version_and_what_it_answers() {
        let program = fixture::opening();
        let playback = Playback::default()
            .after(&Step::Again, &program)
            .after(&Step::End, &program);
        let moment = fixture::moment(playback.position);
        let state = state("", &program, &playback, &moment, "So it is.".to_owned());
        let json = written(&Said::State { state }, Some(&json!("a"))).unwrap();
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["from"], NAME);
        assert_eq!(
            (&value["version"], &value["type"], &value["re"]),
            (&json!(1), &json!("state"), &json!("a"))
        );
        assert_eq!(
            value["state"]["question"]["choices"]
                .as_array()
                .unwrap()
                .len(),
            3
        );
        assert_eq!(value["state"]["step"], 4);
        let refusal = Refusal::Type("dance".to_owned());
        let error = Said::Error {
            code: refusal.code(),
            message: refusal.to_string(),
        };
        let value: Value = serde_json::from_str(&written(&error, None).unwrap()).unwrap();
        assert_eq!(value["code"], "type");
        assert!(value.get("re").is_none());
    }
}
