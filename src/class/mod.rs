//! For whoever teaches: the gallery of the stories that ship, how far one came
//! in each, the story before a room, and the code by which the room has it too.

mod code;
mod fit;
mod gallery;
mod hands;
mod present;
mod progress;
mod remote;
mod screen;

pub use self::code::{RoomCode, RoomCodeProps};
pub use self::gallery::{GalleryProps, NoLessonProps, Opening, gallery, no_lesson};
pub use self::present::{Present, PresentProps};
pub use self::progress::{Mark, Progress, note};
pub use self::remote::KEYS;
