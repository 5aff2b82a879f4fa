//! Plain things to draw on native elements: what every screen is made of. They
//! know nothing of the scenario; colours and measures come from the tokens of
//! `static/styles`. Most are functions; a component of its own is only what
//! has a state or an effect, for each costs the download some KiB.

mod button;
mod form;
mod icon;
mod money;
mod overlay;
mod style;
mod tabs;
mod text;

pub use button::{ButtonKind, ButtonProps, button};
pub use form::{
    BlankProps, Choice, EntryProps, FieldProps, LinesProps, PickProps, RadiosProps, SelectProps,
    SliderProps, SwitchProps, blank, entry, field, lines, pick, radios, select, slider, switch,
};
pub use icon::Icon;
pub use money::{amount, amount_in, form_word, glyph, owed_class, owed_word};
pub use overlay::{
    Dialog, MenuItemProps, MenuProps, NoticeProps, ToastProps, Tone, menu, menu_item, notice, toast,
};
pub use style::{Px, use_style};
pub use tabs::{Tab, TabsProps, tabs};
pub use text::{hidden, meter, term};
