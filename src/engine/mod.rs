//! The app's only door to the floors below: an engine in a web worker that
//! owns the scenario and answers for it. Requests go one at a time, the newest
//! of each kind first of its kind; a worker that dies or hangs is replaced by
//! one that starts from the text again.

mod desk;
mod port;
mod protocol;
mod recording;
mod worker;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use exchequer::views::{Moment, PartyNo, Program, Seen};
use gloo::timers::callback::Timeout;
use yew::Callback;

pub use desk::Desk;
pub use protocol::{Answer, Finding, Form, Inquiry, Judged, Reply, Request, With, decode};
pub use worker::{in_worker, serve};

use self::port::{Port, Post};
use self::recording::Recording;

/// How long the engine may be silent over one request before it counts as
/// stopped, in milliseconds.
const PATIENCE: u32 = 30_000;

/// How long it may take to arrive, over a slow line too.
const ARRIVAL: u32 = 180_000;

/// When a wait becomes worth a word, in milliseconds.
const NOTICEABLE: u32 = 400;

/// What the engine has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// A text was played.
    Loaded {
        /// The number it was sent under.
        revision: u32,
        /// The run.
        program: Rc<Program>,
        /// What is wrong with the text.
        findings: Rc<[Finding]>,
    },
    /// A moment of the run.
    Arrived {
        /// The number of its text.
        revision: u32,
        /// The moment.
        moment: Rc<Moment>,
    },
    /// Whether it has been working for a while.
    Busy(bool),
    /// Whether it lacks a part of itself that could not be loaded.
    Lacking(bool),
    /// It has stopped; what it said last, if anything.
    Stopped(Option<String>),
}

/// The app's handle on the engine.
#[derive(Clone)]
pub struct Engine {
    inner: Rc<RefCell<Inner>>,
}

impl PartialEq for Engine {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

struct Inner {
    port: Option<Port>,
    ready: bool,
    asked: Option<Asked>,
    /// The text as last sent, for a new worker, and the language to tell it in.
    text: Option<(u32, Rc<str>, &'static str)>,
    load: bool,
    /// What is shown of the text until the engine has played it.
    recording: Option<Recording>,
    moment: Option<(u32, Option<u32>, Seen, Option<PartyNo>)>,
    inquiries: VecDeque<(Inquiry, Callback<Reply>)>,
    /// Inquiries wait until the reader wants it tried again.
    lacking: bool,
    news: Callback<News>,
}

impl Inner {
    /// Whether the reader waits for the engine: not while all that is asked for
    /// is in a recording.
    fn is_wanted(&self) -> bool {
        self.recording.is_none() || self.moment.is_some() || !self.inquiries.is_empty()
    }

    /// The inquiry to send next, if there is one and it can be answered.
    fn next_inquiry(&mut self) -> Option<(Inquiry, Callback<Reply>)> {
        if self.lacking {
            return None;
        }
        self.inquiries.pop_front()
    }
}

/// The request under way.
struct Asked {
    inquiry: Option<(Inquiry, Callback<Reply>)>,
    told_busy: bool,
    _busy: Timeout,
    _patience: Timeout,
}

impl Engine {
    /// Starts a worker; `news` hears what it says.
    pub fn start(news: Callback<News>) -> Self {
        let engine = Self {
            inner: Rc::new(RefCell::new(Inner {
                port: None,
                ready: false,
                asked: None,
                text: None,
                load: false,
                recording: None,
                moment: None,
                inquiries: VecDeque::new(),
                lacking: false,
                news,
            })),
        };
        engine.restart();
        engine
    }

    /// Ends the worker, starts another and gives it the text.
    pub fn restart(&self) {
        let engine = self.clone();
        let port = Port::open(move |post| engine.hear(post));
        {
            let mut inner = self.inner.borrow_mut();
            inner.port = None;
            inner.ready = false;
            inner.inquiries.clear();
            inner.lacking = false;
            inner.load = inner.text.is_some();
            inner.asked = Some(self.waiting(None, ARRIVAL));
        }
        match port {
            Some(port) => self.inner.borrow_mut().port = Some(port),
            None => self.stop(None),
        }
    }

    /// Plays a text, its story told in a language. Only the newest that waits is played.
    pub fn load(&self, revision: u32, text: Rc<str>, language: &'static str) {
        let recorded = {
            let mut inner = self.inner.borrow_mut();
            inner.recording = match inner.ready {
                true => None,
                false => Recording::of(revision, &text, language),
            };
            inner.text = Some((revision, text, language));
            inner.load = true;
            inner.moment = None;
            let program = inner.recording.as_ref().map(|it| it.program.clone());
            program.zip(Some(inner.news.clone()))
        };
        if let Some((program, news)) = recorded {
            news.emit(News::Loaded {
                revision,
                program,
                findings: Rc::new([]),
            });
        }
        self.send();
    }

    /// Asks for a moment as somebody sees it, with somebody of a crowd on their
    /// own, and all that moved since a position, if one is given. Only the newest
    /// that waits is answered.
    pub fn moment(&self, position: u32, since: Option<u32>, seen: Seen, also: Option<PartyNo>) {
        let recorded = {
            let mut inner = self.inner.borrow_mut();
            let recording = inner.recording.as_ref();
            let recording = recording.filter(|_| since.is_none());
            let found = recording.and_then(|it| Some((it.revision, it.moment(position, seen)?)));
            inner.moment = found.is_none().then_some((position, since, seen, also));
            found.zip(Some(inner.news.clone()))
        };
        match recorded {
            Some(((revision, moment), news)) => news.emit(News::Arrived { revision, moment }),
            None => self.send(),
        }
    }

    /// Asks something about a text. A newer inquiry of the same kind takes the
    /// place of one that waits.
    pub fn ask(&self, inquiry: Inquiry, reply: Callback<Reply>) {
        {
            let mut inner = self.inner.borrow_mut();
            let kind = std::mem::discriminant(&inquiry);
            inner
                .inquiries
                .retain(|(waiting, _)| std::mem::discriminant(waiting) != kind);
            inner.inquiries.push_back((inquiry, reply));
        }
        self.resume();
    }

    /// Goes on with the inquiries, also if a part was lacking for the last.
    pub fn resume(&self) {
        let (lacked, news) = {
            let mut inner = self.inner.borrow_mut();
            (std::mem::take(&mut inner.lacking), inner.news.clone())
        };
        if lacked {
            news.emit(News::Lacking(false));
        }
        self.send();
    }

    /// Sends the next request, if none is under way.
    fn send(&self) {
        let mut inner = self.inner.borrow_mut();
        if !inner.ready
            && inner.is_wanted()
            && let Some(asked) = &mut inner.asked
        {
            asked._busy = self.noticeable();
        }
        if !inner.ready || inner.asked.is_some() {
            return;
        }
        let (request, inquiry) = if inner.load {
            inner.load = false;
            let Some((revision, text, language)) = inner.text.clone() else {
                return;
            };
            (
                Request::Load {
                    revision,
                    text: text.to_string(),
                    language: language.to_owned(),
                },
                None,
            )
        } else if let Some((position, since, seen, also)) = inner.moment.take() {
            let request = Request::Moment {
                position,
                since,
                seen,
                also,
            };
            (request, None)
        } else if let Some(next) = inner.next_inquiry() {
            (Request::Ask(next.0.clone()), Some(next))
        } else {
            return;
        };
        inner.asked = Some(self.waiting(inquiry, PATIENCE));
        if let Some(port) = &inner.port {
            port.send(&request);
        }
    }

    /// A wait that begins now: worth a word after a while, and given up in the
    /// end.
    fn waiting(&self, inquiry: Option<(Inquiry, Callback<Reply>)>, most: u32) -> Asked {
        let patience = self.clone();
        Asked {
            inquiry,
            told_busy: false,
            _busy: self.noticeable(),
            _patience: Timeout::new(most, move || patience.stop(None)),
        }
    }

    fn noticeable(&self) -> Timeout {
        let engine = self.clone();
        Timeout::new(NOTICEABLE, move || engine.tell_busy())
    }

    fn tell_busy(&self) {
        let news = {
            let mut inner = self.inner.borrow_mut();
            if !inner.is_wanted() {
                return;
            }
            if let Some(asked) = &mut inner.asked {
                asked.told_busy = true;
            }
            inner.news.clone()
        };
        news.emit(News::Busy(true));
    }

    fn hear(&self, post: Post) {
        let answer = match post {
            Post::Answer(answer) => answer,
            Post::Failed => return self.stop(None),
        };
        let (news, asked) = {
            let mut inner = self.inner.borrow_mut();
            (inner.news.clone(), inner.asked.take())
        };
        if asked.as_ref().is_some_and(|asked| asked.told_busy) {
            news.emit(News::Busy(false));
        }
        match answer {
            Answer::Ready => self.inner.borrow_mut().ready = true,
            Answer::Loaded {
                revision,
                program,
                findings,
            } => {
                // What is on the page already does not have to be drawn again.
                let recording = self.inner.borrow_mut().recording.take();
                let known = recording.is_some_and(|it| {
                    it.revision == revision && *it.program == *program && findings.is_empty()
                });
                if !known {
                    news.emit(News::Loaded {
                        revision,
                        program: Rc::new(*program),
                        findings: findings.into(),
                    });
                }
            }
            Answer::Moment { revision, moment } => {
                news.emit(News::Arrived {
                    revision,
                    moment: Rc::new(*moment),
                });
            }
            Answer::Told(told) => {
                if let Some((_, reply)) = asked.and_then(|asked| asked.inquiry) {
                    reply.emit(told);
                }
            }
            Answer::Lacking => {
                {
                    let mut inner = self.inner.borrow_mut();
                    inner.lacking = true;
                    if let Some(inquiry) = asked.and_then(|asked| asked.inquiry) {
                        inner.inquiries.push_front(inquiry);
                    }
                }
                news.emit(News::Lacking(true));
            }
            Answer::Panicked(message) => return self.stop(Some(message)),
        }
        self.send();
    }

    fn stop(&self, message: Option<String>) {
        let news = {
            let mut inner = self.inner.borrow_mut();
            inner.port = None;
            inner.ready = false;
            inner.asked = None;
            inner.news.clone()
        };
        news.emit(News::Stopped(message));
    }
}
