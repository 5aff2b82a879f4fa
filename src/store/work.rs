//! The reader's work as components see it: what is kept, whether the last edit
//! is, and what can be asked for. Requests are done one after the other, in
//! the order they were made.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::indexed::Indexed;
use super::keeper::{Damaged, Document, How, Keeper, Kept, Version};
use super::shelf::{Shelf, StoreError};

/// The database's name.
pub const DATABASE: &str = "exchequer";

/// Whether the last edit is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The store has not answered yet.
    Looking,
    /// Nothing was edited yet.
    Untouched,
    /// An edit is being kept.
    Saving,
    /// Every edit is kept; the last at this time, in milliseconds UTC.
    Saved(i64),
    /// The last edit is not kept.
    Unsaved(StoreError),
}

/// What is known of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Whether the last edit is kept.
    pub status: Status,
    /// The documents, the one saved last first.
    pub documents: Rc<[Document]>,
    /// Those of them that opened at an earlier version, as the last was damaged.
    pub recovered: Rc<[u32]>,
    /// What could not be read.
    pub damaged: Rc<[Damaged]>,
    /// The document being worked on.
    pub current: Option<u32>,
    /// Its versions, newest first.
    pub versions: Rc<[Version]>,
    /// Whether another window changed the document, so that work goes on in one
    /// of its own.
    pub apart: bool,
    /// How many minutes the reader's clock is ahead of UTC.
    pub zone: i32,
}

impl Default for State {
    fn default() -> State {
        State {
            status: Status::Looking,
            documents: Rc::new([]),
            recovered: Rc::new([]),
            damaged: Rc::new([]),
            current: None,
            versions: Rc::new([]),
            apart: false,
            zone: 0,
        }
    }
}

/// A change of what is known.
#[derive(Debug)]
pub enum News {
    /// Whether the last edit is kept.
    Status(Status),
    /// The store was looked through.
    Found(Box<State>),
    /// Work goes on in a document of its own.
    Apart(bool),
}

impl Reducible for State {
    type Action = News;

    fn reduce(self: Rc<State>, news: News) -> Rc<State> {
        let mut next = (*self).clone();
        match news {
            News::Status(status) => next.status = status,
            News::Apart(apart) => next.apart = apart,
            News::Found(found) => {
                next = State {
                    status: next.status,
                    apart: next.apart,
                    ..*found
                };
                if next.status == Status::Looking {
                    next.status = Status::Untouched;
                }
            }
        }
        Rc::new(next)
    }
}

enum Request {
    Look,
    Keep(Rc<str>, How),
    Fork(Rc<str>, Callback<Document>),
    Resume(u32, Callback<Rc<str>>),
    Leave,
    Remove(u32),
    Discard,
}

/// The side that does the requests.
struct Clerk {
    keeper: RefCell<Option<Keeper>>,
    requests: RefCell<VecDeque<Request>>,
    busy: Cell<bool>,
    /// Another document was asked for: until it is there, the text on the
    /// screen is no longer this one's to keep.
    moving: Cell<bool>,
    /// Whether an edit is not kept.
    unsaved: Cell<bool>,
    tell: UseReducerDispatcher<State>,
}

impl Clerk {
    fn ask(self: &Rc<Clerk>, request: Request) {
        self.requests.borrow_mut().push_back(request);
        if self.keeper.borrow().is_some() && !self.busy.replace(true) {
            let clerk = self.clone();
            spawn_local(async move { clerk.work().await });
        }
    }

    /// Begins to work at a shelf.
    fn begin(self: &Rc<Clerk>, shelf: Rc<dyn Shelf>) {
        *self.keeper.borrow_mut() = Some(Keeper::new(shelf));
        self.ask(Request::Look);
    }

    async fn work(&self) {
        let Some(mut keeper) = self.keeper.take() else {
            return;
        };
        while let Some(request) = self.next() {
            if let Err(error) = self.answer(&mut keeper, request).await {
                self.tell.dispatch(News::Status(Status::Unsaved(error)));
            }
        }
        *self.keeper.borrow_mut() = Some(keeper);
        self.busy.set(false);
    }

    /// The next request. Of several edits waiting only the last counts.
    fn next(&self) -> Option<Request> {
        let mut requests = self.requests.borrow_mut();
        let mut next = requests.pop_front()?;
        while let (Request::Keep(_, how), Some(Request::Keep(_, later))) =
            (&next, requests.front_mut())
        {
            if *how == How::Replaced {
                *later = How::Replaced;
            }
            next = requests.pop_front()?;
        }
        Some(next)
    }

    async fn answer(&self, keeper: &mut Keeper, request: Request) -> Result<(), StoreError> {
        match request {
            Request::Keep(text, how) => {
                let now = js_sys::Date::now() as i64;
                let before = keeper
                    .current()
                    .map(|document| (document.id, document.made));
                let kept = keeper.keep(&text, how, now).await?;
                // Unless another edit came meanwhile, nothing is left to do.
                if self.requests.borrow().is_empty() {
                    self.unsaved.set(false);
                    self.tell.dispatch(News::Status(Status::Saved(now)));
                }
                if kept == Kept::Apart {
                    self.tell.dispatch(News::Apart(true));
                }
                if before
                    != keeper
                        .current()
                        .map(|document| (document.id, document.made))
                {
                    self.look(keeper).await?;
                }
            }
            Request::Fork(text, then) => {
                let now = js_sys::Date::now() as i64;
                then.emit(keeper.fork(&text, now).await?);
                self.look(keeper).await?;
            }
            Request::Resume(id, then) => {
                let document = keeper.resume(id).await;
                self.moving.set(false);
                if let Some(document) = document? {
                    then.emit(document.text);
                }
                self.tell.dispatch(News::Apart(false));
                self.look(keeper).await?;
            }
            Request::Leave => {
                keeper.leave();
                self.tell.dispatch(News::Apart(false));
                self.look(keeper).await?;
            }
            Request::Remove(id) => {
                keeper.remove(id).await?;
                self.look(keeper).await?;
            }
            Request::Discard => {
                let found = keeper.look().await?;
                keeper.discard(&found.damaged).await?;
                self.look(keeper).await?;
            }
            Request::Look => self.look(keeper).await?,
        }
        Ok(())
    }

    async fn look(&self, keeper: &Keeper) -> Result<(), StoreError> {
        let found = keeper.look().await?;
        let current = keeper.current().map(|document| document.id);
        let versions = match current {
            Some(id) => keeper.versions(id).await?,
            None => Vec::new(),
        };
        self.tell.dispatch(News::Found(Box::new(State {
            documents: found.documents.into(),
            recovered: found.recovered.into(),
            damaged: found.damaged.into(),
            current,
            versions: versions.into(),
            zone: -js_sys::Date::new_0().get_timezone_offset() as i32,
            ..State::default()
        })));
        Ok(())
    }
}

/// The reader's work.
#[derive(Clone)]
pub struct Work {
    state: UseReducerHandle<State>,
    clerk: Rc<Clerk>,
}

impl PartialEq for Work {
    fn eq(&self, other: &Work) -> bool {
        self.state == other.state && Rc::ptr_eq(&self.clerk, &other.clerk)
    }
}

impl std::ops::Deref for Work {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl Work {
    /// Keeps the text as the one being worked on. Without a document, one is
    /// made for it.
    pub fn keep(&self, text: &Rc<str>, how: How) {
        if self.clerk.moving.get() {
            return;
        }
        self.clerk.unsaved.set(true);
        if !matches!(
            self.state.status,
            Status::Looking | Status::Unsaved(StoreError::Refused(_))
        ) {
            self.clerk.tell.dispatch(News::Status(Status::Saving));
        }
        self.clerk.ask(Request::Keep(text.clone(), how));
    }

    /// Keeps a text as a document of its own, and goes on with the one at hand;
    /// the document comes by the callback.
    pub fn fork(&self, text: &Rc<str>, then: Callback<Document>) {
        self.clerk.ask(Request::Fork(text.clone(), then));
    }

    /// Works on another document from now on; its text comes by the callback.
    pub fn resume(&self, id: u32, then: Callback<Rc<str>>) {
        self.clerk.moving.set(true);
        self.clerk.ask(Request::Resume(id, then));
    }

    /// Works on no document from now on: the next text kept gets one of its own.
    pub fn leave(&self) {
        self.clerk.ask(Request::Leave);
    }

    /// Takes a document away for good.
    pub fn remove(&self, id: u32) {
        self.clerk.ask(Request::Remove(id));
    }

    /// Takes away what cannot be read.
    pub fn discard_damaged(&self) {
        self.clerk.ask(Request::Discard);
    }

    /// Looks again, as other windows may have changed something.
    pub fn look(&self) {
        self.clerk.ask(Request::Look);
    }
}

/// The reader's work in this browser. Leaving the page with an edit that is not
/// kept asks first.
#[hook]
pub fn use_work() -> Work {
    let state = use_reducer(State::default);
    let clerk = use_memo((), |()| Clerk {
        keeper: RefCell::default(),
        requests: RefCell::default(),
        busy: Cell::new(false),
        moving: Cell::new(false),
        unsaved: Cell::new(false),
        tell: state.dispatcher(),
    });
    let opening = clerk.clone();
    let leaving = clerk.clone();
    use_effect_with((), move |()| {
        spawn_local(async move {
            match Indexed::open(DATABASE).await {
                Ok(shelf) => opening.begin(Rc::new(shelf)),
                Err(error) => opening.tell.dispatch(News::Status(Status::Unsaved(error))),
            }
        });
        let listener = web_sys::window().map(|window| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window, "beforeunload", options, move |event| {
                if leaving.unsaved.get() {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
    Work { state, clerk }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn looking_through_the_store_does_not_forget_whether_the_last_edit_is_kept() {
        let state = Rc::new(State {
            status: Status::Saved(5),
            apart: true,
            ..State::default()
        });
        let found = State {
            current: Some(3),
            ..State::default()
        };
        let state = state.reduce(News::Found(Box::new(found)));
        assert_eq!(
            (&state.status, state.apart, state.current),
            (&Status::Saved(5), true, Some(3))
        );
        let fresh = Rc::new(State::default()).reduce(News::Found(Box::default()));
        assert_eq!(fresh.status, Status::Untouched);
    }
}
