//! The opening story as the engine plays it, recorded when the app was built:
//! what a first visitor watches while the engine is on its way.

use std::rc::Rc;

use exchequer::views::{Moment, Program, Seen};

use super::protocol;
use crate::app::OPENING;
use crate::words::Language;

/// A run of a text as far as it is recorded.
pub(super) struct Recording {
    /// The number of the text.
    pub(super) revision: u32,
    /// The run.
    pub(super) program: Rc<Program>,
    moments: Vec<Rc<Moment>>,
}

impl Recording {
    /// The recording of a text told in a language, if there is one.
    pub(super) fn of(revision: u32, text: &str, language: &str) -> Option<Self> {
        let (program, moments) = recorded(language).filter(|_| text == OPENING)?;
        let moments: Vec<Moment> = protocol::decode(moments)?;
        Some(Self {
            revision,
            program: Rc::new(protocol::decode(program)?),
            moments: moments.into_iter().map(Rc::new).collect(),
        })
    }

    /// A moment of it, if it was recorded.
    pub(super) fn moment(&self, position: u32, seen: Seen) -> Option<Rc<Moment>> {
        let mut moments = self.moments.iter();
        let found = moments.find(|moment| moment.position == position)?;
        (seen == Seen::Everyone).then(|| found.clone())
    }
}

/// The opening story in a language, and its moments, which have no words.
fn recorded(language: &str) -> Option<(&'static [u8], &'static [u8])> {
    #[cfg(feature = "parts")]
    let moments = include_bytes!(concat!(env!("OUT_DIR"), "/opening.moments.postcard"));
    #[cfg(not(feature = "parts"))]
    let moments = &[];
    Some((Language::of(language)?.opening()?, moments))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fixture;

    #[test]
    fn a_recording_shows_what_everybody_sees_at_the_places_it_has() {
        let recording = Recording {
            revision: 1,
            program: Rc::new(fixture::opening()),
            moments: [0, 3].map(|at| Rc::new(fixture::moment(at))).to_vec(),
        };
        let moment = recording.moment(3, Seen::Everyone).unwrap();
        assert_eq!(*moment, fixture::moment(3));
        assert_eq!(recording.moment(2, Seen::Everyone), None);
        assert_eq!(recording.moment(3, Seen::Party(0)), None);
    }

    #[test]
    fn only_the_opening_story_is_recorded() {
        assert!(Recording::of(1, "use cny-2025@1", "en").is_none());
    }
}
