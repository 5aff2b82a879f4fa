//! Plain components on native elements: what every screen is made of. They
//! know nothing of the scenario; colours and measures come from the tokens of
//! `static/styles`.

mod button;
mod form;
mod icon;
mod money;
mod overlay;
mod style;
mod tabs;
mod text;

pub use button::{Button, ButtonKind};
pub use form::{Choice, Field, Radios, Select, Switch};
pub use icon::{Icon, IconView};
pub use money::{Amount, Glyph, form_word, owed_class, owed_word};
pub use overlay::{Dialog, Menu, MenuItem, Notice, Toast, Tone};
pub use style::use_style;
pub use tabs::{Tab, Tabs};
pub use text::{Chip, Hidden, Meter, Term};
