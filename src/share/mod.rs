//! Sharing a scenario by a link, and opening one that was shared.

mod dialog;
mod incoming;
mod page;
mod qr;

pub use dialog::{ShareDialog, ShareDialogProps, share_link};
pub use incoming::{LinkTrouble, LinkTroubleProps, RunDiffers, RunDiffersProps};
pub use page::{page_address, page_fragment};
pub use qr::{QrCode, QrProps, QrView};
